#!/usr/bin/env python3
"""Checks the questionnaires in this folder. Prints every fault with file, row and column; exits 1 if any.

    python3 check.py                  check all sheets and lists, and the sample codes in README.md
    python3 check.py code MA01-S014   print the code with its check digit

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

import csv
import io
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FORMS = ["staff", "youth", "associations"]
LISTS = HERE / "lists"

LANGUAGES = ["English (en)", "Français (fr)", "العربية (ar)", "Türkçe (tr)", "Nederlands (nl)"]
TAMAZIGHT = "ⵜⴰⵎⴰⵣⵉⵖⵜ (zgh)"
TEXTS = ["label", "hint", "constraint_message", "required_message"]
SILENT = {"start", "end", "today", "audit", "calculate"}  # types that show nothing
LONGEST_NAME = 32  # Stata's limit; holds also for question_option columns of select_multiple
ROLES = {"consent_text", "consent", "consent_audio", "consent_quote", "consent_place", "consent_recontact",
         "case_code", "partnership", "interviewer", "day", "group", "how_given", "withdrawal_card"}
ROLES_MINORS = {"consent_guardian", "consent_assent"}

REFERENCE = re.compile(r"\$\{([^}]*)\}")
ARABIC = re.compile("[\u0621-\u064a]")
TIFINAGH = re.compile("[\u2d30-\u2d7f]")

faults = []


def fault(file, row, column, message):
    faults.append(f"{file}: row {row}, column {column}: {message}")


# --- the case code -----------------------------------------------------------------------------------------

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


def check_digit(payload):
    """The check digit of a code without it, 'MA01-S014'; None where the rule gives 10: that code is not used."""
    characters = payload.replace("-", "")
    values = [LETTERS.index(c) if c in LETTERS else int(c) for c in characters]
    remainder = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True)) % 11
    return remainder if remainder < 10 else None


def code_holds(code):
    match = re.fullmatch(r"([A-Z]{2}[0-9]{2}-[A-Z][0-9]{3})-([0-9])", code)
    return bool(match) and check_digit(match[1]) == int(match[2])


def constraint_holds(expression, code):
    """Evaluates the constraint as it stands in the sheet; knows only the few functions used there."""
    text = expression.replace("(., ", "(value, ").replace(" = ", " == ").replace(" mod ", " % ")
    text = text.replace("string-length(", "len(").replace("substring-before(", "before(")
    known = {
        "value": code,
        "len": len,
        "regex": lambda s, pattern: re.fullmatch(pattern, s) is not None,
        "substr": lambda s, start, end: s[start:end],
        "before": lambda s, part: s[: max(s.find(part), 0)],
        "number": lambda s: float(s) if re.fullmatch("[0-9]+", s) else float("nan"),
    }
    return bool(eval(text, {"__builtins__": {}}, known))


def check_code_constraint(file, row, expression, samples):
    for code in samples:
        if not constraint_holds(expression, code):
            fault(file, row, "constraint", f"refuses the sample code {code}")
        for i, old in enumerate(code):
            others = "0123456789" if old.isdigit() else LETTERS if old in LETTERS else ""
            for new in others.replace(old, ""):
                wrong = code[:i] + new + code[i + 1:]
                if old.isdigit() and constraint_holds(expression, wrong):
                    fault(file, row, "constraint", f"takes {wrong} for {code}: one digit differs")
                right = f"{wrong[:9]}-{check_digit(wrong[:9])}"
                if constraint_holds(expression, right) != (code_holds(right) and right[5] == code[5]):
                    fault(file, row, "constraint", f"and check_digit() disagree about {right}")


# --- reading -----------------------------------------------------------------------------------------------


def read(path):
    """The rows of a CSV file as (row number, {column: cell}); faults of the file itself are reported."""
    file = str(path.relative_to(HERE))
    if not path.exists():
        fault(file, 1, "-", "the file is missing")
        return []
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        fault(file, 1, "-", "begins with a byte order mark")
    if b"\r" in raw:
        fault(file, raw[: raw.index(b"\r")].count(b"\n") + 1, "-", "has a carriage return; lines end in LF")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault(file, raw[: error.start].count(b"\n") + 1, "-", "is not UTF-8")
        return []
    table = list(csv.reader(io.StringIO(text), strict=True))
    header, rows = table[0], []
    for column in {c for c in header if header.count(c) > 1}:
        fault(file, 1, column, "stands twice in the header")
    for number, cells in enumerate(table[1:], 2):
        if len(cells) != len(header):
            fault(file, number, "-", f"has {len(cells)} cells, the header {len(header)}")
        for column, cell in zip(header, cells):
            if cell != cell.strip():
                fault(file, number, column, "has space at an end")
        rows.append((number, dict(zip(header, cells))))
    return rows


# --- texts -------------------------------------------------------------------------------------------------


def check_texts(file, number, row, kind, needed):
    """One label, hint or message: all five languages or none, the same references, no English left over."""
    cells = {language: row.get(f"{kind}::{language}", "") for language in LANGUAGES}
    if not needed and not any(cells.values()):
        return
    english = cells[LANGUAGES[0]]
    for language, text in cells.items():
        column = f"{kind}::{language}"
        if not text:
            fault(file, number, column, "is empty")
            continue
        if sorted(REFERENCE.findall(text)) != sorted(REFERENCE.findall(english)):
            fault(file, number, column, "has other ${…} than the English text")
        if text == english and language != LANGUAGES[0] and len(text.split()) > 4:
            fault(file, number, column, "is the English text")
        words = re.sub(r"[A-Z0-9-]", "", text)
        if "(ar)" in language and re.search("[a-z]", words) and not ARABIC.search(text):
            fault(file, number, column, "has no Arabic letters")
        if "(ar)" not in language and ARABIC.search(text):
            fault(file, number, column, "has Arabic letters")


def check_draft_mark(file, number, row):
    zgh = row.get(f"label::{TAMAZIGHT}", "")
    mark = row.get("x_translation", "")
    if not mark:
        fault(file, number, "x_translation", "is empty: say what is unchecked")
    if zgh and not TIFINAGH.search(zgh):
        fault(file, number, f"label::{TAMAZIGHT}", "is not written in Tifinagh")
    if zgh and row.get("x_role", "").startswith("consent") and "zgh: checked" not in mark:
        fault(file, number, f"label::{TAMAZIGHT}", "an unchecked consent is no consent; leave it empty")


# --- lists -------------------------------------------------------------------------------------------------


def check_list(path):
    file = str(path.relative_to(HERE))
    rows, seen = read(path), set()
    for number, row in rows:
        name = row.get("name", "")
        if not name or re.search(r"\s", name):
            fault(file, number, "name", f"'{name}' is no choice name")
        if name in seen:
            fault(file, number, "name", f"{name} stands twice")
        seen.add(name)
        if row.get("label") != row.get(f"label::{LANGUAGES[0]}"):
            fault(file, number, "label", "differs from the English label")
        check_texts(file, number, row, "label", needed=True)
        check_draft_mark(file, number, row)
    return [row for _, row in rows]


def check_choices(path):
    """The choice lists of a form: {list name: [rows]}."""
    file = str(path.relative_to(HERE))
    lists = {}
    for number, row in read(path):
        rows = lists.setdefault(row["list_name"], [])
        if any(other["name"] == row["name"] for other in rows):
            fault(file, number, "name", f"{row['name']} stands twice in the list {row['list_name']}")
        check_texts(file, number, row, "label", needed=True)
        check_draft_mark(file, number, row)
        rows.append(row)
    return lists


# --- survey ------------------------------------------------------------------------------------------------


def check_groups(file, rows):
    stack = []
    for number, row in rows:
        verb, _, kind = row["type"].partition("_")
        if verb == "begin":
            stack.append((kind, row["name"], number))
        elif verb == "end" and kind:
            if not stack:
                fault(file, number, "type", f"ends {row['name']}, which was not begun")
                continue
            begun, name, begin = stack.pop()
            if (begun, name) != (kind, row["name"]):
                fault(file, number, "name", f"ends {kind} {row['name']}; open is {begun} {name} of row {begin}")
    for kind, name, number in stack:
        fault(file, number, "type", f"the {kind} {name} is not ended")


def check_values(file, number, row, options):
    """Every answer that a condition names must be on the list of its question."""
    for column in ("relevant", "constraint", "calculation", "choice_filter"):
        cell = row[column]
        named = re.findall(r"\$\{(\w+)\} != '([^']+)'|\$\{(\w+)\} = '([^']+)'|selected\((\S+), '([^']+)'\)", cell)
        for groups in named:
            question, value = [g for g in groups if g]
            question = row["name"] if question == "." else question.strip("${}")
            if question in options and value not in options[question]:
                fault(file, number, column, f"'{value}' is no answer to {question}")


def check_rosters(file, rows, questions):
    """Choices from one roster that must all differ dead-end where it is too short: they are asked when it is long enough."""
    counted = {}  # question in a repeat: what the repeat is counted by
    stack = []
    for _, row in rows:
        if row["type"] == "begin_repeat":
            stack.append(row["repeat_count"].strip("${} "))
        elif row["type"] == "end_repeat":
            stack.pop()
        elif stack:
            counted[row["name"]] = stack[-1]
    for number, row in rows:
        kind, _, target = row["type"].partition(" ")
        others = [name for name in re.findall(r"\. != \$\{(\w+)\}", row["constraint"])
                  if questions[name]["type"] == row["type"]]
        count = counted.get(target.strip("${}"), "")
        if kind != "select_one" or not others or not count:
            continue
        least = f"${{{count}}} >= {len(others) + 1}"
        around = questions.get(counted.get(row["name"], ""), {}).get("relevant", "")
        if least not in row["relevant"] and least not in around and not (len(others) == 1 and f"${{{count}}} >= 3" in around):
            fault(file, number, "relevant", f"with a roster that short it dead-ends: ask it, or its repeat, when {least}")


def check_form(form, files, samples):
    folder = HERE / form
    file = f"{form}/survey.csv"
    lists = check_choices(folder / "choices.csv")
    rows = read(folder / "survey.csv")
    if not rows:
        return {}, lists, {}
    questions = {row["name"]: row for _, row in rows if not row["type"].startswith("end_")}
    options, used, seen, roles, matrix = {}, set(), {}, {}, None
    for number, row in rows:
        kind, _, target = row["type"].partition(" ")
        name = row["name"]
        if kind == "end_group":
            matrix = None
        if kind.startswith("end_"):
            continue
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            fault(file, number, "name", f"'{name}' is no name: lower case, digits and _")
        if len(name) > LONGEST_NAME:
            fault(file, number, "name", f"is longer than {LONGEST_NAME} characters")
        if name in seen:
            fault(file, number, "name", f"{name} stands already in row {seen[name]}")
        seen[name] = number

        for column, cell in row.items():
            for reference in REFERENCE.findall(cell):
                if reference not in questions:
                    fault(file, number, column, f"there is no question {reference}")

        if kind in ("select_one", "select_multiple", "rank") and not target.startswith("${"):
            used.add(target)
            if target not in lists:
                fault(file, number, "type", f"there is no list {target} in choices.csv")
            options[name] = [choice["name"] for choice in lists.get(target, [])]
        elif kind == "select_one_from_file":
            if target not in files:
                fault(file, number, "type", f"there is no file lists/{target}")
            options[name] = [choice["name"] for choice in files.get(target, [])]
            for column in re.findall(r"(?:^| or | and )(\w+) ?=", row["choice_filter"]):
                if files.get(target) and column not in files[target][0]:
                    fault(file, number, "choice_filter", f"lists/{target} has no column {column}")
        if kind == "select_multiple":
            for option in options.get(name, []):
                if len(f"{name}_{option}") > LONGEST_NAME:
                    fault(file, number, "name", f"{name}_{option} is longer than {LONGEST_NAME} characters")

        if kind == "begin_group" and row["appearance"] == "table-list":
            matrix = ("", number)
        elif matrix is not None and (kind != "note" or matrix[0]):  # its stem stands above the rows
            if kind != "select_one" or matrix[0] not in ("", target):
                fault(file, number, "type", f"a matrix (row {matrix[1]}) has one list of choices")
            matrix = (target, matrix[1])

        if kind == "audio":
            notes = questions.get(f"{name}_txt")
            if row["required"]:
                fault(file, number, "required", "a recording is never required")
            if notes is None or notes["type"] != "text" or "consent_audio" in notes["relevant"]:
                fault(file, number, "name", f"needs a text question {name}_txt, also where consent_audio is no")

        if kind not in SILENT:
            for text in TEXTS:
                needed = text == "label" or bool(row.get(text.replace("_message", ""), "")) and text != "hint"
                check_texts(file, number, row, text, needed)
            check_draft_mark(file, number, row)
        if row["x_role"]:
            roles.setdefault(row["x_role"], []).append(number)

    for number, row in rows:
        check_values(file, number, row, options)
        if row["x_role"] == "case_code":
            check_code_constraint(file, number, row["constraint"], samples)
    check_groups(file, rows)
    check_rosters(file, rows, questions)

    settings = read(folder / "settings.csv")
    for number, row in settings:
        for reference in REFERENCE.findall(row.get("instance_name", "")):
            if reference not in questions:
                fault(f"{form}/settings.csv", number, "instance_name", f"there is no question {reference}")
        if row.get("default_language") != LANGUAGES[0]:
            fault(f"{form}/settings.csv", number, "default_language", f"is not {LANGUAGES[0]}")
        expected = ROLES | (ROLES_MINORS if row.get("x_minors") == "yes" else set())
        for role in sorted(expected ^ set(roles)):
            fault(file, 1, "x_role", f"{role} is {'missing' if role in expected else 'not expected here'}")
        for role, numbers in roles.items():
            if len(numbers) > 1:
                fault(file, numbers[1], "x_role", f"{role} stands already in row {numbers[0]}")
    for name in sorted(set(lists) - used):
        fault(f"{form}/choices.csv", 1, "list_name", f"no question uses the list {name}")
    check_places(file, seen, questions, files)
    return questions, lists, seen


def check_places(file, numbers, questions, files):
    """Walks the cascade: no country or region may lead to an empty list, none may be without a question."""
    shown = set(re.findall(r"\$\{loc_country\} = '(\w+)'", questions["loc_admin1"]["relevant"]))
    written = set(re.findall(r"\$\{loc_country\} != '(\w+)'", questions["loc_admin1_other"]["relevant"]))
    second = set(re.findall(r"\$\{loc_country\} = '(\w+)'", questions["loc_admin2"]["relevant"]))
    countries = {row["name"] for row in files["countries.csv"]}
    regions, provinces = files["admin1.csv"], files["admin2.csv"]
    if shown != written:
        fault(file, numbers["loc_admin1_other"], "relevant", "is not the opposite of loc_admin1's")
    for country in sorted(shown):
        if country not in countries:
            fault(file, numbers["loc_admin1"], "relevant", f"{country} is not in lists/countries.csv")
        if not any(row["country"] == country for row in regions):
            fault(file, numbers["loc_admin1"], "relevant", f"lists/admin1.csv has no rows for {country}")
    if "${loc_admin1} != ''" not in questions["loc_admin2"]["relevant"]:
        fault(file, numbers["loc_admin2"], "relevant", "shows an empty list before loc_admin1 is answered")
    for number, region in enumerate(regions, 2):
        children = [row for row in provinces if row["parent"] == region["name"]]
        if region["country"] in second and not children:
            fault("lists/admin1.csv", number, "name", f"lists/admin2.csv has no rows under {region['name']}")
    for number, province in enumerate(provinces, 2):
        if province["parent"] not in {region["name"] for region in regions}:
            fault("lists/admin2.csv", number, "parent", f"{province['parent']} is not in lists/admin1.csv")


def check_core(forms):
    """What has the same name in two forms must be the same question, and a list the same list."""
    first_question, first_list = {}, {}
    for form, (questions, lists, numbers) in forms.items():
        for name, row in questions.items():
            if row["x_set"] not in ("core", "shared"):
                continue
            other_form, other = first_question.setdefault(name, (form, row))
            for column in ["type", *(f"label::{language}" for language in LANGUAGES)]:
                if row[column] != other[column]:
                    fault(f"{form}/survey.csv", numbers[name], column, f"{name} differs from {other_form}")
        for name, rows in lists.items():
            other_form, other = first_list.setdefault(name, (form, rows))
            if rows != other:
                fault(f"{form}/choices.csv", 1, "list_name", f"the list {name} differs from {other_form}")


def main(arguments):
    if arguments[:1] == ["code"] and len(arguments) == 2:
        digit = check_digit(arguments[1])
        print(f"{arguments[1]}-{digit}" if digit is not None else f"{arguments[1]}: not used, take the next number")
        return 0
    if arguments:
        print(__doc__)
        return 2

    readme = (HERE / "README.md").read_text(encoding="utf-8")
    codes = re.findall(r"`([A-Z]{2}[0-9]{2}-[A-Z][0-9]{3}-[0-9])`", readme)
    for code in codes:
        if not code_holds(code):
            fault("README.md", "?", "-", f"the code {code} has a wrong check digit")
    files = {path.name: check_list(path) for path in sorted(LISTS.glob("*.csv"))}
    forms = {}
    for form, letter in zip(FORMS, "SYA"):
        samples = [code for code in codes if code[5] == letter]
        if len(samples) < 3:
            fault("README.md", "?", "-", f"has fewer than three sample codes for {form}")
        forms[form] = check_form(form, files, samples)
    check_core(forms)

    for line in faults:
        print(line)
    if faults:
        print(f"{len(faults)} faults")
        return 1
    questions = ", ".join(f"{form} {len(q)} rows, {sum(map(len, c.values()))} choices"
                          for form, (q, c, _) in forms.items())
    print(f"no fault: {questions}; {sum(map(len, files.values()))} rows in {len(files)} lists")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
