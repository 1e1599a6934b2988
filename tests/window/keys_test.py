"""A whole interview on each questionnaire in a real window, by keys alone, in Arabic and in French; what is stored
equals what was typed, character for character."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts"))
from support import Folder, check, rihla, run  # noqa: E402
from window import Display, Window, found_project, questionnaire  # noqa: E402

FORMS = {"staff": "S", "youth": "Y", "associations": "A"}
# The digits are chosen by the physical row, without Shift: on this keyboard it types these.
ROWS = {"fr": ["agrave", "ampersand", "eacute", "quotedbl", "apostrophe", "parenleft", "minus", "egrave",
               "underscore", "ccedilla"],
        "ar": [str(n) for n in range(10)]}
TEXTS = {"fr": "Oui, l'été à Fès : « 2 fois » & plus", "ar": "نعم، مرتين في السنة: الجمعية والبلدية"}
NAMES = {"fr": "Mairie n° {}", "ar": "بلدية رقم {}"}
NUMBERS = {"act_n": 3, "intro_n": 1, "ex_n": 1, "since_year": 2012, "ex_year": 2019, "as_members": 120,
           "as_contacts": 9, "as_contacts_used": 4}
# Where the first choice would break a rule of the form.
CHOICES = {"int_language": None, "intro/in_b": 3, "intro/in_a": 2, "exchange/ex_to": 2, "exchange/ex_facil": 3}


def case_code(letter):
    code = f"MA12-{letter}147"
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for digits in range(147, 1000):
        code = f"MA12-{letter}{digits:03d}"
        total = sum(weight * (alphabet.index(sign) if sign in alphabet else int(sign))
                    for weight, sign in zip((9, 8, 7, 6, 5, 4, 3, 2), code.replace("-", "")))
        if total % 11 < 10:
            return f"{code}-{total % 11}"
    raise AssertionError("no code card has a check digit")


class Interviewer:
    """Decides what is said to each question, types it, and remembers it."""

    def __init__(self, window, language, form):
        self.window, self.language, self.form = window, language, form
        self.said = {}  # address: value as it must be stored
        self.age = {"ar": 15, "fr": 22}[language] if form == "youth" else 41

    def digit(self, number):
        self.window.key(ROWS[self.language][number])

    def digits(self, number, count):
        if count > 9:
            self.digit(number // 10)
        self.digit(number % 10)

    def stored(self, question, value):
        """The tick: the window shows the value as stored."""
        self.window.wait(f"{question['id']} = {value!r}",
                         lambda now: question["id"] not in now.questions
                         or now.questions[question["id"]]["value"] == value)
        self.said[question["id"]] = value

    def on(self, before):
        """Enter, and the page or the question has changed."""
        self.window.key("Return")
        self.window.wait(f"the next after {before.active or before.asks}",
                         lambda now: now.screen != "interview" or now.page != before.page
                         or now.active != before.active or now.asks != before.asks)

    def answer(self, now):
        question = now.questions[now.active]
        name = "/".join(part.split("[")[0] for part in question["id"].split("/"))
        kind, values = question["kind"], [value for value, _ in question["choices"]]
        if kind in ("note", "not_yet", "acknowledge"):
            return self.on(now)
        if kind == "text":
            last = name.split("/")[-1]
            text = (case_code(FORMS[self.form]) if last == "case_code"
                    else NAMES[self.language].format(question["id"].split("[")[1][0]) if last == "act_name"
                    else TEXTS[self.language])
            self.window.type(text)
            self.stored(question, text)
            self.window.key("ctrl+Return" if question["multiline"] else "Return")
            return self.left(now)
        if kind == "number":
            number = self.age if name == "age_years" else NUMBERS.get(name.split("/")[-1], 5)
            shown = str(number)
            if self.language == "ar":  # as an Arabic keyboard types them
                shown = shown.translate({ord(str(d)): chr(0x660 + d) for d in range(10)})
            self.window.type(shown)
            self.window.key("Return")
            self.said[question["id"]] = str(number)
            return self.left(now)
        if kind == "scale":
            self.digit(5)
            self.stored(question, "5")
            return self.on(self.window.now())
        if len(values) > 12:  # found by its name
            value, label = question["choices"][0]
            self.window.type(label.replace("\u00a0", " "))
            self.window.wait(label, lambda now: "choice." + question["id"] + "." + value in now.widgets)
            self.window.key("Return")
            if kind == "many":  # the first Enter took it, the second goes on
                self.stored(question, value)
                self.window.key("Return")
            self.said[question["id"]] = value
            return self.left(now)
        wanted = CHOICES.get(name, 1) or 1
        if "yes" in values:
            wanted = values.index("yes") + 1
        wanted = min(wanted, len(values))
        self.digits(wanted, len(values))
        if kind == "one":
            self.stored(question, values[wanted - 1])
            after = self.window.now()
            if after.page == now.page and after.active == now.active:
                self.on(now)
            return None
        chosen = [values[wanted - 1]]
        if len(values) > wanted and values[wanted] not in ("dk", "none", "ref") and name != "exchange/ex_facil":
            self.window.wait(question["id"],
                             lambda now: now.questions[question["id"]]["value"] == chosen[0])
            self.digits(wanted + 1, len(values))
            chosen.append(values[wanted])
        self.stored(question, " ".join(chosen))
        if kind == "many":  # a set: kept in the order of its values, whatever was chosen first
            self.said[question["id"]] = " ".join(sorted(chosen))
        return self.on(now)

    def left(self, before):
        self.window.wait(f"the page after {before.active}",
                         lambda now: now.screen != "interview" or now.page != before.page
                         or now.active != before.active
                         or now.questions.get(before.active, {}).get("problem"))
        now = self.window.now()
        problem = now.screen == "interview" and now.questions.get(before.active, {}).get("problem")
        check(not problem, f"{before.active}: {problem}")

    def hold(self):
        steps = 0
        while True:
            now = self.window.wait("a question", lambda now: now.screen in ("interview", "submit"))
            if now.screen == "submit":
                break
            steps += 1
            check(steps < 600, "the interview does not end")
            self.answer(now)
        self.window.wait("finishing is offered", lambda now: now.focus == "submit.finish")
        self.window.key("Return")
        self.window.wait("home again", lambda now: now.screen == "home")
        return steps


def stored_answers(lines):
    """By case code: {address: value}, instances numbered as they were shown."""
    out = {}
    for line in lines:
        record = json.loads(line)
        cells = record.get("cells", [])
        place = {cell["instances"][-1]: cell["candidates"][0]["text"] for cell in cells
                 if cell["candidates"][0]["tag"] == "present"}
        answers = {}
        for cell in cells:
            check(len(cell["candidates"]) == 1, f"{cell['question']} has more than one value")
            candidate, parts, left = cell["candidates"][0], cell["question"].split("/"), list(cell["instances"])
            if candidate["tag"] == "present":
                continue
            address = "/".join(part + (f"[{place[left.pop(0)]}]" if left else "") for part in parts)
            answers[address] = " ".join(candidate["items"]) if "items" in candidate else candidate["text"]
        if "case_code" in answers:
            out[answers["case_code"]] = answers
    return out


def interviews(language, layout, variant):
    with Folder() as folder:
        display = Display(layout, variant)
        try:
            workspace, share, words = found_project(folder, [questionnaire(form) for form in FORMS])
            window = Window(display, folder, workspace, "amina", words, language)
            said = {}
            try:
                ids = {"staff": "twinlearn_staff", "youth": "twinlearn_youth", "associations": "twinlearn_assoc"}
                for form in FORMS:
                    home = window.wait("home", lambda now: now.screen == "home")
                    goal = "form." + ids[form]
                    for _ in range(len(home.widgets) + 1):
                        if window.now().focus == goal:
                            break
                        was = window.now().focus
                        window.key("Tab")
                        window.wait("the next widget", lambda now: now.focus != was)
                    check(window.now().focus == goal, f"Tab never reaches {goal}")
                    window.key("Return")
                    window.wait("the interview", lambda now: now.screen == "interview")
                    person = Interviewer(window, language, form)
                    steps = person.hold()
                    said[person.said["case_code"]] = person.said
                    print(f"{language} {form}: {steps} steps, {len(person.said)} answers by keys")
            finally:
                window.close()
            for person in ("amina", "salma"):
                rihla("sync", "--workspace", workspace, "--passphrase-file", words, "--profile", person, share)
            rihla("export", "--workspace", workspace, "--passphrase-file", words, "--profile", "salma",
                  "--format", "values", "--to", folder)
            with open(os.path.join(folder, "values.jsonl"), encoding="utf-8") as file:
                kept = stored_answers(file.read().splitlines())
            check(set(kept) == set(said), f"interviews {sorted(kept)} instead of {sorted(said)}")
            for code, answers in said.items():
                for address, value in answers.items():
                    check(kept[code].get(address) == value,
                          f"{code} {address}: {kept[code].get(address)!r} instead of {value!r}")
        finally:
            display.close()


run("keys", [
    ("three interviews by keys alone on a French keyboard, in French", lambda: interviews("fr", "fr", "")),
    ("three interviews by keys alone on an Arabic keyboard, in Arabic",
     lambda: interviews("ar", "ara,us", "digits,")),
])
