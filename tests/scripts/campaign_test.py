"""The demonstration campaign: repeatable, agreed on by both centres, recomputable, and unreadable on disk."""
import base64
import json
import os
import shutil
import subprocess

import fingerprint
from support import SOURCE, Folder, Skip, check, rihla, run

QUESTIONNAIRES = os.path.join(SOURCE, "forms", "questionnaires")
SMALL = ["--devices", 3, "--interviews", 18]
CANARIES = ["kanarya7Qx2Lp", "عصفور9Zt4Wm", "serin3Vb8Kd"]


def demo(folder, *more):
    return json.loads(rihla("demo", folder, "--json", *SMALL, *more).out)


def prints(report):
    return [c["fingerprint"] for c in report["centres"]]


def repeatable():
    with Folder() as a:
        first = demo(os.path.join(a, "1"), "--seed", 5)
        again = demo(os.path.join(a, "2"), "--seed", 5)
        other = demo(os.path.join(a, "3"), "--seed", 6)
        alter = demo(os.path.join(a, "4"), "--seed", 5, "--alter")
        withheld = demo(os.path.join(a, "5"), "--seed", 5, "--withhold")
    check(first["agree"] and len(set(prints(first))) == 1, "both centres see the same")
    check(prints(first) == prints(again), "the same seed gives the same fingerprint")
    for name, report in [("another seed", other), ("a changed answer", alter), ("a bundle withheld", withheld)]:
        check(report["agree"], name + ": the centres agree")
        check(prints(report)[0] != prints(first)[0], name + " gives another fingerprint")
    for key in ["interviews", "refused", "revisions", "conflicts", "centres", "tables", "seconds"]:
        check(key in first, key)
    check(first["interviews"] == 18 and first["revisions"] > 10, first)
    check(all(t["columns"] > 3 for t in first["tables"]), first["tables"])


def recomputed():
    with Folder() as a:
        report = demo(os.path.join(a, "d"), "--seed", 7)
        words = os.path.join(a, "words")
        with open(words, "w") as f:
            f.write("demonstration\n")
        out = os.path.join(a, "out")
        os.mkdir(out)
        rihla("export", "--workspace", os.path.join(a, "d", "workspace"), "--profile", "joost", "--passphrase-file", words,
              "--format", "values", "--to", out)
        with open(os.path.join(out, "values.jsonl"), encoding="utf-8") as f:
            lines = f.read().splitlines()
        check(fingerprint.spoken(lines) == prints(report)[0], "the reader in Python finds the same fingerprint")
        lines[0] = lines[0].replace('"yes"', '"no"', 1)
        check(fingerprint.spoken(lines) != prints(report)[0], "a changed line gives another")


def merged_by_hand():
    """A second centre's conflicts are settled on the command line, and both agree again."""
    with Folder() as a:
        d = os.path.join(a, "d")
        report = json.loads(rihla("demo", d, "--json", "--devices", 3, "--interviews", 40, "--seed", 1).out)
        check(report["conflicts"] > 0, "this campaign has conflicts")
        words = os.path.join(a, "words")
        with open(words, "w") as f:
            f.write("demonstration\n")

        def centre(name, command, *more):
            return json.loads(rihla(command, *more, "--workspace", os.path.join(d, "workspace"), "--profile", name,
                                    "--passphrase-file", words, "--json").out)

        before = centre("salma", "conflicts")["conflicts"]
        check(len(before) == report["conflicts"] and all(len(c["sides"]) >= 2 and c["label"] for c in before), before)
        after = centre("salma", "conflicts", "--settle", 1, "--side", 2, "--reason", "asked by telephone")["conflicts"]
        check(len(after) == len(before) - 1, "settled")
        share = os.path.join(d, "share")
        centre("salma", "sync", share)
        centre("joost", "sync", share)
        centre("salma", "sync", share)
        one, two = centre("salma", "merge"), centre("joost", "merge")
        check(one["fingerprint"] == two["fingerprint"], "both centres agree again")
        check(one["conflicts"] == two["conflicts"] == len(after), "the settlement arrived")
        check(centre("joost", "verify")["problems"] == [], "every signature holds, nothing is missing")
        again = centre("joost", "sync", share)
        check(again["items"] == 0, "importing twice changes nothing")


def canaries(folder, words):
    """Every place below `folder` where a canary stands in UTF-8, UTF-16 or base64."""
    needles = []
    for canary in CANARIES:
        for raw in (canary.encode("utf-8"), canary.encode("utf-16-le"), canary.encode("utf-16-be")):
            needles.append(raw)
            for shift in range(3):  # base64 at each of the three alignments, its unstable ends cut off
                encoded = base64.b64encode(b"x" * shift + raw)
                needles.append(encoded[4:-4])
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as f:
                data = f.read()
            if any(n in data for n in needles):
                found.append(os.path.join(root, name))
    return found


def hold(program, folder):
    """Two devices' interviews with canaries in texts, unfinished and finished, synced and merged."""
    env = {"RIHLA_PROGRAM": program}
    del env
    w = os.path.join(folder, "workspace")
    words = os.path.join(folder, "..", "words-" + os.path.basename(folder))
    with open(words, "w") as f:
        f.write("a long passphrase\n")

    def call(*more, text=None):
        done = subprocess.run([program, *map(str, more)], input=text, capture_output=True, text=True)
        check(done.returncode == 0, f"{more}: {done.stdout[-500:]} {done.stderr[-800:]}")

    form = os.path.join(folder, "..", "form-" + os.path.basename(folder))
    os.makedirs(form, exist_ok=True)
    with open(os.path.join(form, "survey.csv"), "w") as f:
        f.write("type,name,label\ntext,code,Code\ntext,story,Story\nselect_one yn,ok,OK?\n")
    with open(os.path.join(form, "choices.csv"), "w") as f:
        f.write("list_name,name,label\nyn,yes,Yes\nyn,no,No\n")
    common = ["--workspace", w, "--passphrase-file", words]
    call("project", "new", "Hunt", "--coordinator", "one", "two", "--kit", os.path.join(folder, "..", "kit-" + os.path.basename(folder)), *common)
    call("project", "publish", form, "--profile", "one", *common)
    request, admission = os.path.join(folder, "request"), os.path.join(folder, "admission")
    call("project", "request", request, "--profile", "field", *common)
    call("project", "enrol", request, admission, "--profile", "one", *common)
    call("project", "join", admission, "--profile", "field", *common)
    def script(*lines):
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    name = "form-" + os.path.basename(folder)
    call("fill", name, "--script", "-", "--profile", "field", *common,
         text=script({"question": "story", "answer": f"I said {CANARIES[0]} and {CANARIES[1]}"}, {"finish": True}))
    call("fill", name, "--script", "-", "--profile", "field", *common, text=script({"question": "story", "answer": CANARIES[2]}))
    share = os.path.join(folder, "share")
    os.makedirs(share, exist_ok=True)
    call("sync", share, "--profile", "field", *common)
    call("sync", share, "--profile", "one", *common)
    call("merge", "--profile", "one", *common)


def nothing_readable():
    with Folder() as a:
        folder = os.path.join(a, "sealed")
        os.mkdir(folder)
        hold(os.environ["RIHLA"], folder)
        found = canaries(folder, None)
        check(not found, f"readable answers in: {found}")


def control_is_found():
    program = os.path.join(os.environ["RIHLA_BUILD"], "tests", "scripts", "rihla_unsealed")
    if not os.path.exists(program):
        raise Skip("the control program is not built")
    with Folder() as a:
        folder = os.path.join(a, "open")
        os.mkdir(folder)
        hold(program, folder)
        found = {os.path.basename(f) for f in canaries(folder, None)}
        check(any("vault.db" in f for f in found), f"the hunt finds the unsealed vault: {found}")
        check(any(f.endswith(".svb") for f in found), f"and the unsealed bundle: {found}")


run("campaign", [
    ("the same seed gives the same fingerprint, anything else another", repeatable),
    ("a reader in Python recomputes the fingerprint", recomputed),
    ("conflicts are settled by a signed choice and both centres agree again", merged_by_hand),
    ("no answer is readable on disk, in bundles or in central files", nothing_readable),
    ("the control of the hunt, with sealing switched off, is found", control_is_found),
])
