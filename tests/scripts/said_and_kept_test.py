"""What the commands say is what they did: scripts of answers, publishing, converting, verifying, a lost central file."""
import glob
import json
import os

from support import Folder, check, rihla, run

SURVEY = """type,name,label,x_role,constraint
select_one yn,ok,Agreed?,,
select_multiple col,cols,Colours,,
rank col,rk,Rank them,,
integer,age,Age,,. < 100
note,card,Hand over the card,withdrawal_card,
"""
CHOICES = """list_name,name,label
yn,yes,Yes
yn,no,No
col,r,Red
col,g,Green
"""


class Team:
    def __init__(self, folder):
        self.folder = folder
        self.words = self.at("words")
        with open(self.words, "w", encoding="utf-8") as f:
            f.write("a long passphrase\n")
        self.form = self.sheets("form", SURVEY, CHOICES)
        self.call("project", "new", "P", "--coordinator", "one", "two", "--kit", self.at("kit"))
        self.call("project", "publish", self.form, "--profile", "one")

    def at(self, *names):
        return os.path.join(self.folder, *names)

    def sheets(self, name, survey, choices=None, settings=None):
        os.makedirs(self.at(name))
        for sheet, text in (("survey", survey), ("choices", choices), ("settings", settings)):
            if text:
                with open(self.at(name, sheet + ".csv"), "w", encoding="utf-8") as f:
                    f.write(text)
        return self.at(name)

    def call(self, *words, expect=0, text=""):
        return rihla(*words, "--workspace", self.at("w"), "--passphrase-file", self.words, expect=expect,
                     text_in=text.encode("utf-8"))

    def fill(self, *lines, expect=0):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        return self.call("fill", "form", "--script", "-", "--profile", "one", expect=expect, text=text)


def said(question, answer):
    return {"question": question, "answer": answer}


def choices_are_offered():
    with Folder() as a:
        p = Team(a)
        for question, answer, why in (("ok", "banana", '"banana" is not offered here; these are: yes, no.'),
                                      ("cols", "r purple", '"purple" is not offered here'),
                                      ("cols", "r r", "stands there twice"), ("rk", "g g", "stands there twice"),
                                      ("rk", "g", "All of them are ranked")):
            done = p.fill(said("age", 7), said(question, answer), expect=10)
            check(why in done.err and "line 2, " + question in done.err, done.err)
            check("1 lines before it are kept" in done.err and "nothing was changed" not in done.err, done.err)
        last = json.loads(p.fill(said("ok", "yes"), said("cols", "g"), said("rk", "g r")).out.splitlines()[-1])
        check(last["answers"]["rk"] == "g r", last)


def what_breaks_a_rule_is_not_kept():
    with Folder() as a:
        p = Team(a)
        done = p.fill(said("age", 44), said("age", "144"), expect=10)
        name = done.err.split("--open ")[1].split()[0]
        text = json.dumps(said("ok", "yes")) + "\n"
        last = p.call("fill", "--open", name, "--script", "-", "--profile", "one", text=text).out.splitlines()[-1]
        check(json.loads(last)["answers"]["age"] == "44", last)


def lines_of_other_kinds():
    with Folder() as a:
        p = Team(a)
        for line in ({"finish": "true"}, {"finish": 1}, {"lock": "x"}, {"add": 3}, {"question": 1, "answer": "x"},
                     {"question": "age", "answer": None}, [1], "x"):
            done = p.fill(line, expect=10)
            check("line 1" in done.err, done.err)


def card_is_given():
    with Folder() as a:
        p = Team(a)
        last = json.loads(p.fill(said("ok", "yes"), {"finish": True}).out.splitlines()[-1])
        check(len(last["card"]) > 20, last)
        shown = p.call("fill", "form", "--profile", "one", text="1\n1\n1 2\n7\n:q\n").out
        check("Write this code on the respondent's card, twice." in shown, shown)
        practised = rihla("fill", p.form, "--script", "-", text_in=b'{"finish": true}\n').out
        check("card" not in json.loads(practised.splitlines()[-1]), practised)


def publishing_says():
    with Folder() as a:
        p = Team(a)
        lists = p.sheets("towns", "type,name,label\nselect_one_from_file towns.csv,town,Town\n",
                         settings="form_id,version\ntowns,2\n")
        done = p.call("project", "publish", lists, "--profile", "one", expect=14)
        check("towns.csv" in done.err and "--anyway" in done.err, done.err)
        done = p.call("project", "publish", lists, "--anyway", "--profile", "one")
        check("warning" in done.err, done.err)
        for version, words in (("2", "published already with another content"), ("1", "looks older than 2")):
            other = p.sheets("towns" + version, "type,name,label\ntext,town,Your town\n",
                             settings=f"form_id,version\ntowns,{version}\n")
            check(words in p.call("project", "publish", other, "--profile", "one").err, version)


def convert_overwrites_nothing():
    with Folder() as a:
        form = Team(a).form
        target = os.path.join(a, "edited.xlsx")
        rihla("form", "convert", form, target)
        with open(target, "rb") as f:
            before = f.read()
        check("--replace" in rihla("form", "convert", form, target, expect=15).err, "it says how")
        with open(target, "rb") as f:
            check(f.read() == before, "it is as it was")
        rihla("form", "convert", form, target, "--replace")
        rihla("form", "convert", target, form, expect=15)
        rihla("form", "convert", form, os.path.join(a, "form.docx"), expect=10)
        check(not os.path.exists(os.path.join(a, "form.docx")), "nothing was made")


def forged_bundles():
    with Folder() as a:
        p = Team(a)
        share = p.at("share")
        os.mkdir(share)
        p.fill(said("ok", "yes"), {"finish": True})
        p.call("sync", share, "--profile", "one")
        bundles = [b for b in glob.glob(share + "/**/*.svb", recursive=True) if os.path.getsize(b) > 0]
        check(bundles, "bundles were carried out")
        for bundle in bundles:
            good = json.loads(p.call("verify", bundle, "--json", "--profile", "two").out)
            check(good["checked"] > 0 and good["problems"] == [], good)
            with open(bundle, "rb") as f:
                data = bytearray(f.read())
            for at in (len(data) - 1, len(data) // 2, 30):  # the signature, an item, the exporter
                forged = bytearray(data)
                forged[at] ^= 1
                with open(p.at("forged.svb"), "wb") as f:
                    f.write(forged)
                done = json.loads(p.call("verify", p.at("forged.svb"), "--json", "--profile", "two", expect=1).out)
                check(done["problems"], f"byte {at} of {bundle}")


def lost_central_file():
    with Folder() as a:
        p = Team(a)
        p.call("central", "backup", p.at("backup.db"), "--profile", "one")
        central = p.at("w", "profiles", "one", "central.db")
        for lose in (os.remove, lambda file: open(file, "w").close()):
            for beside in glob.glob(central + "-*"):
                os.remove(beside)
            lose(central)
            done = p.call("merge", "--profile", "one", expect=14)
            check("rihla central restore" in done.err, done.err)
            p.call("central", "restore", p.at("backup.db"), "--profile", "one")
            p.call("merge", "--profile", "one")


def errors_as_json():
    done = rihla("form", "check", "nowhere.xlsx", "--json", expect=14)
    error = json.loads(done.out)["error"]
    check(error["code"] == 14 and "nowhere.xlsx" in error["where"] and error["detail"] and error["hint"], error)
    check("bogus: there is no such command" in rihla("--json", "bogus", expect=2).err, "the wrong word is named")


def empty_campaign():
    with Folder() as a:
        report = json.loads(rihla("demo", os.path.join(a, "d"), "--devices", 1, "--interviews", 0, "--json").out)
        check(report["interviews"] == 0 and report["agree"], report)


run("said_and_kept", [
    ("a script's choices are those that are offered, each once", choices_are_offered),
    ("an answer that breaks a rule of the form leaves the one before", what_breaks_a_rule_is_not_kept),
    ("a line of another kind is refused with its number (some ended the program)", lines_of_other_kinds),
    ("the withdrawal card is given in the terminal too, and in no practice", card_is_given),
    ("publishing says what is missing, and which version came before", publishing_says),
    ("converting writes over nothing unasked", convert_overwrites_nothing),
    ("a bundle with one byte changed is found by verify, whatever it holds", forged_bundles),
    ("a central file that is gone or empty is missed, not made anew", lost_central_file),
    ("with --json an error is an object too", errors_as_json),
    ("a campaign without interviews comes to its end (it once crashed)", empty_campaign),
])
