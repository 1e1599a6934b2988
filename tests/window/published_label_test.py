"""A label that a coordinator corrects and publishes arrives on a device, and its window shows it."""
import csv
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts"))
from support import Folder, check, rihla, run  # noqa: E402
from window import Display, Window, found_project, questionnaire  # noqa: E402

CORRECTED = "Qui conduit l'entretien ? (code)"


def corrected_form(folder):
    """The staff questionnaire with one French label corrected and the next version, as a coordinator saves it."""
    form = os.path.join(folder, "staff")
    shutil.copytree(questionnaire("staff"), form)
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
    window = Window(display, folder, workspace, "amina", words, "fr")
    try:
        window.key("Return")  # the first form has the focus
        now = window.wait("the interview", lambda now: now.screen == "interview")
        window.key("Escape")
        window.wait("home", lambda now: now.screen == "home")
        return now.questions["interviewer_id"]["label"]
    finally:
        window.close()


def published():
    with Folder() as folder:
        display = Display("fr")
        try:
            workspace, share, words = found_project(folder, [questionnaire("staff")])
            before = label_shown(display, folder, workspace, words)
            check(before and before != CORRECTED, "the label was already so")
            rihla("project", "--workspace", workspace, "--passphrase-file", words, "--profile", "salma", "publish",
                  corrected_form(folder), "--lists", questionnaire("lists"))
            check(label_shown(display, folder, workspace, words) == before, "it arrived without a sync")
            for person in ("salma", "amina"):
                rihla("sync", "--workspace", workspace, "--passphrase-file", words, "--profile", person, share)
            after = label_shown(display, folder, workspace, words)
            check(after == CORRECTED, f"the window shows {after!r}")
        finally:
            display.close()


run("published_label", [("a corrected label is published, synced and shown", published)])
