"""The demonstration campaign: repeatable, agreed on by both centres, and recomputable."""
import json
import os

import fingerprint
from support import Folder, check, rihla, run

SMALL = ["--devices", 3, "--interviews", 18]


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


def every_file_explained():
    """Without a key, each file that a campaign, a project and an export leave says what it is."""
    with Folder() as a:
        demo(os.path.join(a, "d"), "--seed", 3)
        with open(os.path.join(a, "words"), "w") as f:
            f.write("a long passphrase\n")
        rihla("project", "new", "P", "--coordinator", "one", "two", "--kit", os.path.join(a, "kit"), "--workspace", os.path.join(a, "w"),
              "--passphrase-file", os.path.join(a, "words"))
        kinds, unknown = set(), []
        for folder, _, names in os.walk(a):
            for name in names:
                if name in ("words", "cache.svc") or name.endswith((".db-wal", ".xlsx", ".xml", "sync.json")):
                    continue  # spreadsheets and XForms are other programs' formats; a cache is noise by design
                said = rihla("inspect", os.path.join(folder, name), "--json", expect=None)
                if said.returncode:
                    unknown.append(os.path.relpath(os.path.join(folder, name), a))
                else:
                    kinds.add(json.loads(said.out)["lines"][0]["value"].split(",")[0])
        check(not unknown, unknown)
        check(len(kinds) >= 7, kinds)


def tables_have_digests():
    with Folder() as a:
        demo(os.path.join(a, "1"), "--seed", 5)
        demo(os.path.join(a, "2"), "--seed", 5)
        demo(os.path.join(a, "3"), "--seed", 5, "--alter")

        def about(n):
            with open(os.path.join(a, n, "tables", "about.csv"), encoding="utf-8-sig") as f:
                return dict(line.rstrip("\n").split(",")[:2] for line in f)  # a label stands third

        one, two, three = about("1"), about("2"), about("3")
        digests = [name for name in one if name.startswith("digest of ")]
        check(len(digests) > 3 and all(len(one[d]) == 16 for d in digests), one)
        check("time-zone data" in one and "program" in one, one)
        check([d for d in digests if one[d] != two[d]] == [], "the same table has the same digest")
        check(any(one[d] != three.get(d) for d in digests), "a changed answer changes its table's digest")


run("campaign", [
    ("each file that is written is explained without a key", every_file_explained),
    ("every table has a digest that follows what it says", tables_have_digests),
    ("the same seed gives the same fingerprint, anything else another", repeatable),
    ("a reader in Python recomputes the fingerprint", recomputed),
    ("conflicts are settled by a signed choice and both centres agree again", merged_by_hand),
])
