"""Whole interviews held in the real window, by real keys, in Arabic, French and Turkish, each on its keyboard.

Every key is decided from the dump of the screen; in the end the centre must hold, character for character,
what was typed here. Skipped, saying so, where there is no Xvfb or no xdotool.
"""
import json
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from display import DATE, MANY, MEDIA, NOT_YET, NOTE, NUMBER, ONE, PLACE, RANKING, SCALE, TEXT, ACKNOWLEDGE, Display, Window  # noqa: E402
from field import PASSPHRASE, project, walk  # noqa: E402
from oracle import QUESTIONNAIRES, Form, folded, key_of, some_case_code, stored  # noqa: E402
from support import Folder, check, rihla, run  # noqa: E402

# The first layout of each is the one a person types in; the row of digits of the French one writes
# & é " ' ( - è _ ç à without Shift. Case codes are Latin: beside Arabic there is a Latin layout, as there.
LAYOUTS = {"fr": ("fr,ara", "oss,"), "ar": ("ara,fr", ",oss"), "tr": ("tr", "")}
TEXTS = {
    "fr": ["Nous avons « appris » à écouter les jeunes.", "Fès, ça va : 100 % d'accord !", "L'été où l'on s'est réunis"],
    "ar": ["تعلّمنا أن نصغي إلى الشباب.", "الجمعية ربطت بين البلدية والأسر، نعم؟", "فاس 2019 : مشروع مشترك"],
    "tr": ["Gençleri dinlemeyi öğrendik, çok iyi.", "Iğdır'da ışık ve şeker: %100 güzel!", "İzmir'deki ağaçlar, Üsküdar'ın öğleni"],
}
SECOND_LINE = {"fr": "Deuxième ligne : œuvre à suivre", "ar": "سطر ثان: لا شيء", "tr": "İkinci satır: ılık göğüs, şişe"}
# By the name of the question: what to answer, where not anything will do. A number is the n-th choice.
WANTED = {
    "consent_part": 1, "consent_audio": 2, "consent_gps": 1, "loc_gps": "33.97159, -6.84981", "loc_country": "ma", "ex_facil_any": 1, "age_years": "34",
    "since_year": "2016", "y_times": "6", "act_n": "3", "intro_n": "1", "ex_n": "1", "ex_year": "2019", "as_members": "1660",
    "as_contacts": "66", "as_contacts_used": "6", "eff_share_own": "-98", "youth_b4": "10", "youth_now": "6", "divers_b4": "-99",
    "divers_now": "0", "in_broker": 1, "in_a": 2, "in_b": 3, "ex_to": 1, "ex_from": 2, "ex_facil": [2, 3], "spill_yn": 1, "as_gain": 1,
    "y_met_migr": 1, "y_listened": 1, "y_equal": 2, "int_language": 1,
}
# A fourth form, for the controls that the three questionnaires do not have.
KINDS = """type,name,label::Français (fr),label::العربية (ar),label::Türkçe (tr),required,appearance
date,day,Quel jour ?,في أي يوم؟,Hangi gün?,yes,
time,hour,À quelle heure ?,في أي ساعة؟,Saat kaçta?,,
dateTime,moment,Quel jour et à quelle heure ?,في أي يوم وساعة؟,Hangi gün ve saatte?,,
decimal,cost,Combien de dirhams ?,كم درهماً؟,Kaç dirhem?,,
acknowledge,seen,Avez-vous lu ?,هل قرأتم؟,Okudunuz mu?,,
text,last,Un mot encore ?,هل من كلمة أخيرة؟,Son bir söz?,,
"""
KINDS_SETTINGS = "form_title,form_id,version,default_language\nKinds,kinds,1,Français (fr)\n"
# Typed, and as stored; the day once first and once last, separators of both keyboards.
TYPED = {"day": ("16/06/2026", "2026-06-16"), "hour": ("16:06", "16:06:00"), "moment": ("2026/11/24 08:05", None), "cost": ("166,65", "166.65")}
FORMS = sys.argv[1:] or ["staff", "youth", "associations", "kinds"]  # a single one may be named on the command line
COMPUTED = {"start_time", "end_time", "int_date"}


class Respondent:
    """Holds one interview in a window and keeps what it typed."""

    def __init__(self, window, form, code, seed):
        self.window, self.form, self.code = window, form, code
        self.random = random.Random(seed)
        self.said = {}  # (question, positions) → (tag or None, value)
        self.texts = 0
        self.done = set()

    def here(self, question):
        return lambda s: s.question(question) is not None

    def value(self, question, value):
        """The dump shows it."""
        return self.window.wait(lambda s: s.question(question) is None or s.question(question).value == value,
                                f"value {value!r} of {question}")

    def keep(self, q, value, tag=None):
        self.said[key_of(q.id)] = (tag, value)

    def number(self, text):
        """Digits by their physical keys without Shift; what stands between them as this keyboard writes it."""
        for c in text:
            if c == "-":
                # Right of the digits: ")" on the French keyboard, "*" on the Turkish one, whose "-" is further on.
                self.window.keys("21" if self.code == "tr" else "20")
            elif c.isdigit():
                self.window.digit(int(c))
            else:
                self.window.type(c)

    def hold(self):
        while True:
            state = self.window.wait(lambda s: s.screen in ("interview", "submit"), "the interview")
            if state.screen == "submit":
                return state
            if state.grid:
                self.grid(state)
            elif len(state.questions) > 1:
                self.several(state)
            else:
                self.alone(state)

    def on(self, key="Return"):
        """Goes on and waits for another page."""
        before = [q.id for q in self.window.look().questions]
        self.window.keys(key)
        return self.window.wait(lambda s: s.screen == "submit" or (s.questions and [q.id for q in s.questions][0] != before[0]),
                                f"a page after {before}")

    def grid(self, state):
        rows = [q for q in state.questions if q.choices]
        check(rows, "a grid has rows")
        for q in rows:
            n = self.random.randint(1, q.count)
            self.window.digit(n)
            self.keep(q, q.choices[n - 1][0])
            self.value(q.id, q.choices[n - 1][0])
        self.on()

    def several(self, state):
        asked = [q for q in state.questions if q.kind not in (NOTE, NOT_YET, MEDIA)]
        for index, q in enumerate(asked):
            state = self.window.wait(lambda s: s.asks == q.id, f"the keyboard at {q.id}")
            self.answer(state.question(q.id), alone=False)
            if index + 1 < len(asked) and q.kind != ONE:
                self.window.keys("Return")
        self.on()

    def alone(self, state):
        q = state.questions[0]
        if "card.handed" in state.widgets:  # the withdrawal card: Enter does not pass it, saying it is written does
            self.window.keys("Return")
            self.window.wait(lambda s: s.question(q.id) and s.question(q.id).problem, "the card's own confirmation")
            self.window.digit(1)
            self.window.wait(lambda s: s.question(q.id) and not s.question(q.id).problem, "the card confirmed")
            self.on()
        elif q.kind in (NOTE, NOT_YET, MEDIA):
            self.on()
        elif q.kind == TEXT and self.multiline(q):
            self.answer(q, alone=True)
            self.on("ctrl+Return")
        elif self.answer(q, alone=True) != "gone":
            self.on()
        if q.id in ("age_years", "as_members") and q.id not in self.done:  # back: it is still there
            self.done.add(q.id)
            self.window.keys("Prior")
            self.window.wait(self.here(q.id), "the page before")
            self.value(q.id, self.said[key_of(q.id)][1])
            self.on()

    def multiline(self, q):
        return self.form.rows[q.id.split("/")[-1]].get("appearance") == "multiline"

    def answer(self, q, alone):
        name = q.id.split("/")[-1]
        wanted = WANTED.get(name)
        if q.kind == TEXT:
            return self.text(q, name)
        if q.kind == PLACE:
            return self.place(q, wanted)
        if q.kind in (NUMBER, DATE):
            return self.entry(q, name, wanted)
        if q.kind == SCALE:
            return self.scale(q, wanted)
        if q.kind == ACKNOWLEDGE:
            self.window.keys("space")
            self.keep(q, "OK")
            return self.value(q.id, "OK")
        options = self.form.options(name, self.code) or q.choices
        check([v for v, _ in options] == [v for v, _ in q.choices], f"{q.id}: the sheet's choices, in the sheet's order")
        check([l for _, l in options] == [l for _, l in q.choices], f"{q.id}: labels in the interview's language: {options} {q.choices}")
        if q.kind == RANKING:
            order = self.random.sample(range(1, q.count + 1), q.count)
            so_far = []
            for n in order:
                self.choose(q, n)
                so_far.append(options[n - 1][0])
                self.value(q.id, " ".join(so_far))
            return self.keep(q, so_far)
        if q.kind == MANY:
            good = [n for n, (v, _) in enumerate(options, 1) if v not in ("dk", "none", "ref", "na", "other")]
            numbers = wanted or self.random.sample(good, min(2, len(good)))
            so_far = []
            for n in numbers:
                self.choose(q, n)
                so_far.append(options[n - 1][0])
                self.value(q.id, " ".join(so_far))
            if q.count <= 12 and len(good) > 2:  # chosen by mistake, and taken back
                other = next(n for n in good if n not in numbers)
                self.choose(q, other)
                self.value(q.id, " ".join(so_far + [options[other - 1][0]]))
                self.choose(q, other)
                self.value(q.id, " ".join(so_far))
            return self.keep(q, sorted(so_far))
        check(q.kind == ONE, f"{q.id}: a kind this test knows: {q.kind}")
        if isinstance(wanted, str):
            n = [v for v, _ in options].index(wanted) + 1
        else:
            n = wanted or self.random.randint(1, q.count)
        self.keep(q, options[n - 1][0])
        if q.count > 12:
            return self.search(q, n)
        single = alone and q.count > 9 and n == 1
        if single:  # one digit of two, and Enter: it is meant
            self.window.digit(1)
            self.on()
            return "gone"
        self.choose(q, n)
        self.value(q.id, options[n - 1][0])
        return None

    def place(self, q, wanted):
        """Coordinates, typed; kept to a hundredth of a degree."""
        self.window.wait(lambda s: s.focus == "field." + q.id, f"the caret in {q.id}")
        self.number(wanted)
        self.window.wait(lambda s: s.typed == wanted, f"{wanted} typed")
        kept = " ".join(f"{round(float(n), 2):g}" for n in wanted.split(", ")) + " 0 0"
        self.keep(q, kept)
        self.on()
        return "gone"

    def choose(self, q, n):
        if q.count > 12:
            return self.search(q, n)
        if q.count > 9:
            self.window.digit(n // 10)
        self.window.digit(n % 10)

    def search(self, q, n):
        """A long list: part of the label, typed; Enter takes what is marked."""
        label = q.choices[n - 1][1]
        # Every word must be found; labels that begin so come first, then those with words that begin so.
        words = folded(label).split()
        found = []
        for i, (value, l) in enumerate(q.choices, 1):
            where = f" {folded(l)}  {folded(value)}"
            if all(w in where for w in words):
                begins = all(" " + w in where for w in words)
                found.append((0 if begins and where.startswith(" " + words[0]) else 1 if begins else 2, i))
        hits = [i for _, i in sorted(found)]
        state = self.window.wait(lambda s: s.focus == "search." + q.id, "the search field")
        check(state.typed == "", "the search field is empty")
        self.window.type(label)
        self.window.wait(lambda s: s.typed == label, f"{label!r} in the search field")
        for _ in range(hits.index(n)):
            self.window.keys("Down")
        self.window.keys("Return")
        if q.kind == ONE:
            self.window.wait(lambda s: s.question(q.id) is None, f"the page after {q.id}")
            return "gone"
        return self.window.wait(lambda s: s.typed == "", "the search field empty again")

    def text(self, q, name):
        field = "field." + q.id
        self.window.wait(lambda s: s.focus == field, f"the caret in {field}")
        if name == "case_code":
            letter = {"staff": "S", "youth": "Y", "associations": "A"}[os.path.basename(self.form.folder)]
            text = some_case_code("MA", letter, {"fr": 140, "ar": 240, "tr": 340}[self.code])
            wrong = text[:-1] + ("1" if text[-1] != "1" else "2")
            self.window.type(wrong)
            self.window.wait(lambda s: s.question(q.id).value == wrong and not s.question(q.id).problem,
                             "a wrong code is kept, and nothing is said against it while it is typed")
            self.window.keys("Down")  # on, and back: it was said when the field was left
            self.window.wait(lambda s: s.asks == "int_language", "the next question")
            self.window.keys("Up")
            self.window.wait(lambda s: s.focus == field and s.question(q.id).problem, f"the caret back in {field}")
            self.window.keys("ctrl+a")
            self.window.type(text)
            self.window.wait(lambda s: s.typed == text and not s.question(q.id).problem, f"{text!r} is taken")
            return self.keep(q, text)
        text = TEXTS[self.code][self.texts % len(TEXTS[self.code])]
        if name == "act_name":
            text = text[:12].strip() + " " + str(self.texts)
        self.texts += 1
        if self.multiline(q):
            text += "\n" + SECOND_LINE[self.code]
        middle = len(text) // 2
        self.window.type(text[:middle])
        self.window.wait(lambda s: s.typed == text[:middle], f"{text[:middle]!r} typed in {q.id}")
        if name == "loc_commune":
            self.other_language(field)
        if name == "init_story_txt":
            self.locked_and_back(q, field)
        self.window.type(text[middle:])
        self.window.wait(lambda s: s.typed == text, f"{text!r} typed in {q.id}")
        self.value(q.id, text)
        self.keep(q, text)
        return None

    def other_language(self, field):
        """Half-way through a text, the question is read in the next language, and back; the caret stays."""
        before = self.window.look().language
        there = [("Up", before - 1), ("Down", before)] if before > 0 else [("Down", before + 1), ("Up", before)]
        for key, language in there:
            self.window.keys("ctrl+l")
            self.window.wait(lambda s: s.focus == f"read.{s.language}", "the languages")
            self.window.keys(key, "Return")
            self.window.wait(lambda s: s.language == language and s.focus == field, "the other language, the same caret")

    def locked_and_back(self, q, field):
        """Escape, lock, passphrase, and the same question again."""
        self.window.keys("Escape")
        self.window.wait(lambda s: s.screen == "home", "home")
        self.walk("go.lock")
        self.window.keys("Return")
        self.window.wait(lambda s: s.screen == "unlock" and s.focus == "unlock.passphrase", "the lock")
        self.window.type(PASSPHRASE)
        self.window.keys("Return")
        state = self.window.wait(lambda s: s.screen == "home", "home after the passphrase")
        drafts = [i for i in state.of("interview") if i[1] == "0"]
        check(len(drafts) == 1, f"one open interview: {drafts}")
        self.walk("interview." + drafts[0][0])
        self.window.keys("Return")
        self.window.wait(lambda s: s.focus == field and s.question(q.id), "the question it stopped at")

    def walk(self, widget):
        walk(self.window, widget)

    def entry(self, q, name, wanted):
        field = "field." + q.id
        self.window.wait(lambda s: s.focus == field, f"the caret in {field}")
        text, as_stored = TYPED.get(name, (wanted or str(self.random.randint(1, 5)), None))
        if name == "age_years":  # nothing, then a child's age: both are said, and nothing is lost
            self.window.keys("Return")
            self.window.wait(lambda s: s.question(q.id).problem, "a required answer is asked for")
            self.number("6")
            self.window.wait(lambda s: s.typed == "6", "6")
            self.window.keys("Return")
            self.window.wait(lambda s: s.question(q.id).problem and s.question(q.id).value == "6", "the age's rule")
            self.window.keys("ctrl+a")
        self.number(text)
        self.window.wait(lambda s: s.typed == text and s.focus == field, f"{text} typed in {q.id}")
        self.keep(q, as_stored or text)
        if name == "moment":  # stored with the laptop's offset from UTC: taken over from the screen, once looked at
            self.on()
            self.window.keys("Prior")
            value = self.window.wait(self.here(q.id), "the page before").question(q.id).value
            check(value.startswith("2026-11-24T08:05"), value)
            self.keep(q, value)

    def scale(self, q, wanted):
        text = wanted or str(self.random.randint(0, 9))
        self.keep(q, text)
        if text in ("-98", "-99"):  # don't know, no answer: on their keys
            self.window.keys("F6" if text == "-98" else "F7")
        else:
            self.number(text)
        self.value(q.id, text)


def hold_all(folder, words, code, seconds):
    """Every form on one device; returns what was said in each."""
    said = {}
    with Display(*LAYOUTS[code]) as display:
        with Window(display, os.path.join(folder, code), folder, code, code, words, name=code) as window:
            for seed, name in enumerate(FORMS):
                started = time.monotonic()
                form = Form(os.path.join(folder if name == "kinds" else QUESTIONNAIRES, name))
                state = window.wait(lambda s: s.screen == "home", "home")
                check(form.id in [f[0] for f in state.forms], f"{name} is offered: {state.forms}")
                person = Respondent(window, form, code, seed)
                person.walk("form." + form.id)
                window.keys("Return")
                state = person.hold()
                check(state.of("submit")[0][0] == "1", f"{name} may be finished: {state.of('finding')}")
                check(state.focus == "submit.finish", f"the caret is at finishing: {state.focus}")
                window.keys("Return")
                window.wait(lambda s: s.screen == "home" and not [i for i in s.of("interview") if i[1] == "0"], "home, nothing open")
                said[name] = person.said
                seconds[code, name] = (time.monotonic() - started, len(person.said))
            person.walk("go.lock")
            window.keys("Return")
            window.wait(lambda s: s.screen == "unlock", "the lock")
    return said


def compare(said, records):
    for name, answers in said.items():
        mark = next(k for k in answers if k[0] in ("case_code", "last"))  # what tells its record from the others
        found = [r for r in records if r.get(mark, (0, 0))[1] == answers[mark][1]]
        check(len(found) == 1, f"{name}: one record with {answers[mark]}")
        held = {k: v[1] for k, v in found[0].items() if k[0] not in COMPUTED}
        for key, (_, value) in answers.items():
            check(key in held, f"{name}: {key} typed as {value!r} is not stored")
            check(held[key] == value, f"{name}: {key}: typed {value!r}, stored {held[key]!r}")
        more = sorted(set(held) - set(answers))
        check(not more, f"{name}: stored and never typed: {[(k, held[k]) for k in more]}")


def interviews():
    seconds = {}
    with Folder() as folder:
        with Display(*LAYOUTS["fr"]):
            pass  # skipped before anything is made
        words, common = project(folder, list(LAYOUTS), {"kinds": (KINDS, KINDS_SETTINGS)})
        said, wrong = {}, {}

        def one(code):
            try:
                said[code] = hold_all(folder, words, code, seconds)
            except BaseException as error:  # handed over to the test below
                wrong[code] = error

        threads = [threading.Thread(target=one, args=(code,)) for code in LAYOUTS]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for (code, name), (s, n) in sorted(seconds.items()):
            print(f"interview_test: {name} in {code}: {n} answers in {s:.1f} s")
        check(not wrong, "\n".join(f"in {code}: {error}" for code, error in wrong.items()))
        share, out = os.path.join(folder, "share"), os.path.join(folder, "out")
        os.mkdir(share)
        for code in LAYOUTS:
            rihla("sync", share, "--profile", code, "--workspace", os.path.join(folder, code), "--passphrase-file", words)
        os.mkdir(out)
        rihla("sync", share, "--profile", "one", *common)
        merged = json.loads(rihla("merge", "--profile", "one", "--json", *common).out)
        check(merged["conflicts"] == 0, merged)
        rihla("export", "--format", "values", "--to", out, "--profile", "one", *common)
        records = stored(os.path.join(out, "values.jsonl"))
        check(len(records) == len(LAYOUTS) * len(FORMS), f"{len(records)} records")
        for code in LAYOUTS:
            compare(said[code], records)
        answers = said["fr"][FORMS[0]]
        key = next(k for k, v in answers.items() if isinstance(v[1], str) and " " in v[1])
        answers[key] = (None, answers[key][1] + " ")  # the control: one space more is noticed
        try:
            compare(said["fr"], records)
        except AssertionError:
            return
        raise AssertionError("the comparison notices nothing")


run("interview", [
    ("three questionnaires and every kind of control in Arabic, French and Turkish, each on its keyboard, by keys alone, stored as they were typed", interviews),
])
