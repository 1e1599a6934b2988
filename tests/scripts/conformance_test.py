"""The recorded cases of the reference engines, put to the engine; read from ../shared, never copied."""
import os
import subprocess
import sys

from support import SHARED, Skip, check, run

CONFORM = os.path.join(os.environ.get("RIHLA_BUILD", "build/release"), "tests", "conform")
FOLDER = os.path.join(SHARED, "conformance")


def measured(kind):
    score = os.path.join(FOLDER, "score")
    cases = os.path.join(FOLDER, kind + ".jsonl")
    if not os.path.exists(score) or not os.path.exists(cases):
        raise Skip(f"no recorded cases in {FOLDER}")
    done = subprocess.run([sys.executable, score, CONFORM, kind, cases], capture_output=True, text=True, timeout=600)
    out = {}
    for line in done.stdout.splitlines():
        name, _, numbers = line.rpartition(": ")
        words = numbers.split()
        if len(words) >= 3 and words[1] == "of":
            out[name] = int(words[0]) / int(words[2])
    check(out, done.stdout + done.stderr)
    return out


def at_least(scores, name, share):
    found = [value for key, value in scores.items() if key.endswith(name)]
    check(len(found) == 1, f"{name}: {scores}")
    check(found[0] >= share, f"{name}: {found[0]:.4f}, not {share}")


def xpath():
    scores = measured("xpath")
    at_least(scores, "form", 0.99)
    at_least(scores, "javarosa", 0.93)
    at_least(scores, "dom", 0.97)


def xlsform():
    scores = measured("xlsform")
    at_least(scores, "verdict error", 0.97)
    at_least(scores, "verdict valid", 0.97)
    try:
        import lxml  # what looks into the XForms
    except ImportError:
        return
    del lxml
    at_least(scores, "whole", 0.85)


def scenario():
    scores = measured("scenario")
    at_least(scores, "scenario scenario", 0.95)  # what could be answered: all; six are not (forms/FORMS.md)
    at_least(scores, "fails it too", 0.5)


run("conformance", [
    ("expressions answer as recorded, in the shares that are asked", xpath),
    ("sheets are taken and refused as recorded", xlsform),
    ("whole forms behave as recorded", scenario),
])
