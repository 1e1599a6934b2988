"""The study's questionnaires: complete in five languages, every reference there, every form opens."""
import json
import os
import subprocess
import sys

from support import SOURCE, Folder, check, rihla, run

FOLDER = os.path.join(SOURCE, "forms", "questionnaires")
FORMS = ["staff", "youth", "associations"]


def checked_by_script():
    done = subprocess.run([sys.executable, os.path.join(FOLDER, "check.py")], capture_output=True)
    check(done.returncode == 0, done.stdout.decode() + done.stderr.decode())


def opens():
    for form in FORMS:
        done = rihla("form", "check", os.path.join(FOLDER, form), "--lists", os.path.join(FOLDER, "lists"), "--json")
        report = json.loads(done.out)
        check(report["opens"], form)
        worse = [d for d in report["diagnostics"] if d["severity"] != "note"]
        check(not worse, f"{form}: {worse[:3]}")


def converts():
    for form in FORMS:
        with Folder() as folder:
            target = os.path.join(folder, form + ".xlsx")
            lists = ["--lists", os.path.join(FOLDER, "lists")]
            done = rihla("form", "convert", os.path.join(FOLDER, form), target, "--json", *lists)
            check(json.loads(done.out)["reads_back_the_same"], form)
            back = os.path.join(folder, "back")
            rihla("form", "convert", target, back, *lists)
            for sheet in ["survey", "choices", "settings"]:
                with open(os.path.join(FOLDER, form, sheet + ".csv"), "rb") as a, open(os.path.join(back, sheet + ".csv"), "rb") as b:
                    check(a.read() == b.read(), f"{form}/{sheet}.csv does not come back byte for byte")


run("questionnaires", [
    ("the folder's own script finds no fault", checked_by_script),
    ("every questionnaire opens without an error or a warning", opens),
    ("sheets → .xlsx → sheets is the identity", converts),
])
