"""A label that a coordinator corrects and publishes arrives on a device, and its window shows it."""
import csv
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from display import Display, Window  # noqa: E402
from oracle import QUESTIONNAIRES  # noqa: E402
from support import Folder, check, rihla, run  # noqa: E402

CORRECTED = "Qui conduit l'entretien ? (code)"


def corrected_form(folder):
    """The staff questionnaire with one French label corrected and the next version, as a coordinator saves it."""
    form = os.path.join(folder, "staff")
    shutil.copytree(os.path.join(QUESTIONNAIRES, "staff"), form)
    for name, change in (("survey.csv", lambda row: {**row, "label::Français (fr)": CORRECTED}
                          if row["name"] == "interviewer_id" else row),
                         ("settings.csv", lambda row: {**row, "version": str(int(row["version"]) + 1)})):
        path = os.path.join(form, name)
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(change(row) for row in rows)
    return form


def label_shown(display, folder, workspace, words):
    """The first question's label in a new interview, which is then left for later."""
    with Window(display, workspace, folder, "fr", "amina", words) as window:
        window.wait(lambda s: s.screen == "home" and s.focus.startswith("form."), "home")
        window.keys("Return")
        state = window.wait(lambda s: s.screen == "interview", "the interview")
        window.keys("Escape")
        window.wait(lambda s: s.screen == "home", "home again")
        return state.question("interviewer_id").label


def published():
    with Folder() as folder, Display("fr", "oss") as display:
        workspace, share, words = (os.path.join(folder, name) for name in ("workspace", "share", "words"))
        os.mkdir(share)
        with open(words, "w", encoding="utf-8") as file:
            file.write("a passphrase for tests\n")
        common = ["--workspace", workspace, "--passphrase-file", words]
        rihla("project", "new", "Twinning", "--coordinator", "salma", "joost", *common)
        rihla("project", "publish", os.path.join(QUESTIONNAIRES, "staff"), "--profile", "salma", *common)
        request, admission = os.path.join(folder, "request"), os.path.join(folder, "admission")
        rihla("project", "request", request, "--profile", "amina", *common)
        rihla("project", "enrol", request, admission, "--profile", "salma", *common)
        rihla("project", "join", admission, "--profile", "amina", *common)
        before = label_shown(display, folder, workspace, words)
        check(before and before != CORRECTED, "the label was already so")
        rihla("project", "publish", corrected_form(folder), "--lists", os.path.join(QUESTIONNAIRES, "lists"),
              "--profile", "salma", *common)
        check(label_shown(display, folder, workspace, words) == before, "it arrived without a sync")
        for person in ("salma", "amina"):
            rihla("sync", share, "--profile", person, *common)
        after = label_shown(display, folder, workspace, words)
        check(after == CORRECTED, f"the window shows {after!r}")


run("published_label", [("a corrected label is published, synced and shown", published)])
