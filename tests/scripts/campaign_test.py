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


run("campaign", [
    ("the same seed gives the same fingerprint, anything else another", repeatable),
    ("a reader in Python recomputes the fingerprint", recomputed),
    ("conflicts are settled by a signed choice and both centres agree again", merged_by_hand),
])
