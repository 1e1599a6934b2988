"""A project in a folder, as a field team has it: a coordinator, forms, and laptops that have joined.

    words, common = project(folder, ["fr"], {"kinds": (survey, settings)})

`words` is a file with the passphrase of everybody; laptop "fr" has the profile "fr" in folder/fr; `common` are the
words that the coordinator's commands end with.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from oracle import QUESTIONNAIRES  # noqa: E402
from support import rihla  # noqa: E402

PASSPHRASE = "tanger 2026 ete"


def project(folder, devices, forms, study=("staff", "youth", "associations")):
    words, space = os.path.join(folder, "words"), os.path.join(folder, "workspace")
    with open(words, "w") as f:
        f.write(PASSPHRASE + "\n")
    common = ["--workspace", space, "--passphrase-file", words]
    rihla("project", "new", "Essai", "--coordinator", "one", "two", "--kit", os.path.join(folder, "kit"), *common)
    for form in study:
        rihla("project", "publish", os.path.join(QUESTIONNAIRES, form), "--profile", "one", *common)
    for form, (survey, settings) in forms.items():
        path = os.path.join(folder, form)
        os.mkdir(path)
        for name, text in (("survey", survey), ("settings", settings)):
            with open(os.path.join(path, name + ".csv"), "w", encoding="utf-8") as f:
                f.write(text)
        rihla("project", "publish", path, "--profile", "one", *common)
    for device in devices:
        request, admission = os.path.join(folder, device + ".request"), os.path.join(folder, device + ".admission")
        own = ["--workspace", os.path.join(folder, device), "--passphrase-file", words]
        rihla("project", "request", request, "--profile", device, *own)
        rihla("project", "enrol", request, admission, "--profile", "one", *common)
        rihla("project", "join", admission, "--profile", device, *own)
    return words, common


def walk(window, widget):
    """By Tab to a widget."""
    state = window.look()
    for _ in range(len(state.widgets) + 1):
        if window.look().focus == widget:
            return
        before = window.look().focus
        window.keys("Tab")
        window.wait(lambda s: s.focus != before, "another focus")
    raise AssertionError(f"Tab never reaches {widget}: {list(state.widgets)}")
