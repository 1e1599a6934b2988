"""What the questionnaires' own sheets say, read here a second time, and what the centre's export holds."""
import csv
import json
import os
import re
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripts"))
from support import SOURCE, check  # noqa: E402

QUESTIONNAIRES = os.path.join(SOURCE, "forms", "questionnaires")


def sheet(*path):
    with open(os.path.join(*path), encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


class Form:
    def __init__(self, folder, lists=os.path.join(QUESTIONNAIRES, "lists")):
        self.rows = {r["name"]: r for r in sheet(folder, "survey.csv") if r.get("name")}
        self.id = sheet(folder, "settings.csv")[0]["form_id"]
        self.folder, self.lists = folder, lists
        choices = os.path.join(folder, "choices.csv")
        self.choices = sheet(folder, "choices.csv") if os.path.exists(choices) else []

    def language(self, code):
        """The column ending of a language: "Français (fr)"."""
        row = next(iter(self.rows.values()))
        return next(c.split("::")[1] for c in row if c.startswith("label::") and f"({code})" in c)

    def label(self, question, code):
        return self.rows[question]["label::" + self.language(code)]

    def options(self, question, code):
        """[(value, label)] as the sheets list them; None where earlier answers decide (filters, repeats)."""
        row = self.rows[question]
        words = row["type"].split()
        if row.get("choice_filter") or "${" in row["type"] or len(words) < 2:
            return None
        column = "label::" + self.language(code)
        if words[0].endswith("_from_file"):
            found = sheet(self.lists, words[1])
            return [(r["name"], r[column] or r["label"]) for r in found]
        return [(r["name"], r[column]) for r in self.choices if r["list_name"] == words[1]]


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def case_code(start):
    """A case code with its check digit: "MA12-S147-?" → "MA12-S147-5", computed as the code cards are."""
    total = 9 * (ord(start[0]) - 65) + 8 * (ord(start[1]) - 65) + 7 * int(start[2]) + 6 * int(start[3])
    total += 5 * (ord(start[5]) - 65) + 4 * int(start[6]) + 3 * int(start[7]) + 2 * int(start[8])
    return None if total % 11 > 9 else f"{start[:10]}{total % 11}"


def some_case_code(country, letter, number):
    while True:
        code = case_code(f"{country}12-{letter}{number:03d}-")
        if code:
            return code
        number += 1


def key_of(identifier):
    """"actor[2]/act_name" → ("actor/act_name", (2,))."""
    return re.sub(r"\[\d+\]", "", identifier), tuple(int(n) for n in re.findall(r"\[(\d+)\]", identifier))


def stored(path):
    """Every record of values.jsonl: {(question, positions): value}, ticks and computed times left out."""
    out = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            record = json.loads(line)
            positions = {}
            for cell in record["cells"]:
                if cell["shown"]["tag"] == "present":
                    positions[cell["instances"][-1]] = int(cell["shown"]["text"])
            answers = {}
            for cell in record["cells"]:
                check(len(cell["candidates"]) <= 1, f"{cell['question']}: nothing to settle")
                held = cell["shown"]
                if held["tag"] == "present":
                    continue
                value = held["text"] if "text" in held else held["items"]
                answers[cell["question"], tuple(positions[i] for i in cell["instances"])] = (held["tag"], value)
            out.append(answers)
    return out
