"""Bad input gets a clear sentence, the right exit code, and changes nothing."""
import os
import re
import zipfile

from support import Folder, check, rihla, run

USAGE, INVALID, CORRUPT, LOCKED, UNSUPPORTED, MISSING, CONFLICT, FULL = 2, 10, 11, 12, 13, 14, 15, 16


def refused(words, code, sentence, **more):
    """The command ends with `code`, and standard error says `sentence` (a regular expression) and a hint."""
    done = rihla(*words, expect=code, **more)
    check(re.search(sentence, done.err), f"{words}: expected /{sentence}/ in:\n{done.err}")
    if code >= 10:
        check("rihla: hint:" in done.err, f"{words}: no hint in:\n{done.err}")
    check("terminate" not in done.err and "Sanitizer" not in done.err, done.err)


def unknown_words():
    refused(["frobnicate"], USAGE, "frobnicate: there is no such command")
    refused(["form", "chekc", "x"], USAGE, "chekc")
    refused([], USAGE, "subcommand")
    check("check" in rihla("form", "--help").out, "help teaches")


def missing_file():
    refused(["form", "check", "nowhere.xlsx"], MISSING, "nowhere.xlsx")


def broken_workbooks():
    with Folder() as folder:
        def put(name, data):
            path = os.path.join(folder, name)
            with open(path, "wb") as f:
                f.write(data)
            return path

        refused(["form", "check", put("text.xlsx", b"this is not a workbook")], CORRUPT, "text.xlsx")
        refused(["form", "check", put("empty.xlsx", b"")], CORRUPT, "empty.xlsx")
        old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        refused(["form", "check", put("old.xls", old)], UNSUPPORTED, "(?i)save.*xlsx")
        good = os.path.join(folder, "good.zip")
        with zipfile.ZipFile(good, "w") as z:
            z.writestr("readme.txt", "a zip, but not a workbook")
        with open(good, "rb") as f:
            data = f.read()
        refused(["form", "check", put("foreign.xlsx", data)], CORRUPT, "foreign.xlsx")
        for cut in (10, len(data) // 2, len(data) - 4):
            refused(["form", "check", put("cut.xlsx", data[:cut])], CORRUPT, "cut.xlsx")
        os.mkdir(os.path.join(folder, "no-form"))
        refused(["form", "check", os.path.join(folder, "no-form")], MISSING, "survey.csv")


def a_form_full_of_mistakes():
    with Folder() as folder:
        with open(os.path.join(folder, "survey.csv"), "w") as f:
            f.write("type,name,label,relevant\ninteger,age,Age,\ntext,why,Why?,${agee} > 3\nselect_one yesno,ok,OK?,\nbegin group,g,G,\n")
        done = rihla("form", "check", folder, expect=1)
        check("survey!D3" in done.out and 'did you mean "age"' in done.out, done.out)
        check("refused" in done.out, done.out)


def write_refused():
    with Folder() as folder:
        form = os.path.join(folder, "form")
        os.mkdir(form)
        with open(os.path.join(form, "survey.csv"), "w") as f:
            f.write("type,name,label\ninteger,age,Age\n")
        blocked = os.path.join(folder, "a-file")
        with open(blocked, "w") as f:
            f.write("x")
        done = rihla("form", "convert", form, os.path.join(blocked, "out.xlsx"), expect=None)
        check(done.returncode in (LOCKED, MISSING), f"{done.returncode} {done.err}")
        with open(blocked) as f:
            check(f.read() == "x", "the file in the way is untouched")


run("bad_input", [
    ("unknown words get usage and exit code 2", unknown_words),
    ("a file that is not there is named", missing_file),
    ("broken, foreign, old and truncated workbooks are refused", broken_workbooks),
    ("a form full of mistakes shows all of them with places", a_form_full_of_mistakes),
    ("a place that refuses writing is said, and nothing is overwritten", write_refused),
])
