"""What was typed, after the power fails and after the lock: every acknowledged letter is there again, with the caret
where it was; and one second after locking none of it is in the window's memory.
"""
import os
import random
import secrets
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from display import Display, Window  # noqa: E402
from field import project, walk  # noqa: E402
from support import Folder, Skip, check, run  # noqa: E402

MARKS = 40
BEGIN = "qxzj"
CODE = "274190"
SETTINGS = "form_title,form_id,version,default_language\nMarks,marks,1,English (en)\n"
SURVEY = "type,name,label::English (en)\n" + "".join(f"text,m{n},Question {n}\n" for n in range(MARKS + 1))


def mapped(pid):
    """Every writable byte of a process."""
    out = []
    try:
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
            for line in maps:
                span, rights = line.split()[:2]
                if "w" not in rights or "/dev/" in line:
                    continue
                start, end = (int(x, 16) for x in span.split("-"))
                try:
                    memory.seek(start)
                    out.append((line.rstrip(), memory.read(end - start)))
                except (OSError, ValueError, OverflowError):
                    continue
    except PermissionError as error:
        raise Skip(f"the memory of another process may not be read here: {error}") from error
    return out


def found(pid, marks):
    """{mark: where} of the marks that stand in its memory, in any of three encodings. All begin alike."""
    out = {}
    for place, content in mapped(pid):
        for encoding, width in (("utf-8", 1), ("utf-16-le", 2), ("utf-32-le", 4)):
            at = content.find(BEGIN.encode(encoding))
            while at >= 0:
                text = content[at:at + width * 12].decode(encoding, "replace")
                if text in marks:
                    out.setdefault(text, f"{encoding} in {place} +{at:#x}")
                at = content.find(BEGIN.encode(encoding), at + 1)
    return out


def begin(window):
    window.wait(lambda s: s.screen == "home", "home")
    walk(window, "form.marks")
    window.keys("Return")
    window.wait(lambda s: s.focus == "field.m0", "the first question")


def nothing_is_left():
    with Folder() as folder, Display("fr", "oss") as display:
        words, _ = project(folder, ["fr"], {"marks": (SURVEY, SETTINGS)}, study=())
        marks = [BEGIN + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(8)) for _ in range(MARKS)]
        with Window(display, os.path.join(folder, "fr"), folder, "fr", "fr", words) as window:
            window.wait(lambda s: s.screen == "home", "home")
            walk(window, "go.settings")
            window.keys("Return")
            window.wait(lambda s: s.screen == "settings", "settings")
            walk(window, "settings.code")
            window.type(CODE)
            window.keys("Return")
            window.wait(lambda s: "settings.no_code" in s.widgets, "the short code kept")
            walk(window, "go.home")
            window.keys("Return")
            begin(window)
            for n, mark in enumerate(marks):
                window.wait(lambda s: s.focus == f"field.m{n}", f"question {n}")
                window.type(mark)
                window.wait(lambda s: s.question(f"m{n}").value == mark, f"{mark} stored")
                window.keys("Return")
            last = f"field.m{MARKS}"
            window.wait(lambda s: s.focus == last, "the last question")
            window.type("abcdef")
            window.wait(lambda s: s.typed == "abcdef", "the last text")
            window.keys("Left", "Left")
            window.wait(lambda s: s.caret == 4, "the caret in the middle")
            pid = window.process.pid
            here = found(pid, marks)
            check(len(here) == MARKS, f"the control: before the lock all stand in memory, {len(here)} were found")
            window.keys("F12")
            window.wait(lambda s: s.screen == "lock", "the lock")
            locked = time.monotonic()
            window.wait(lambda s: time.monotonic() - locked >= 1, "a second", 5)
            left = found(pid, marks)
            check(not left, f"{len(left)} of {MARKS} answers are in memory a second after the lock:\n"
                  + "\n".join(f"{m}: {w}" for m, w in list(left.items())[:12]))
            window.type("999999")  # a wrong code is said
            window.keys("Return")
            window.wait(lambda s: s.screen == "lock" and s.focus == "lock.words" and s.typed == "", "the lock, again")
            window.type(CODE)
            window.keys("Return")
            state = window.wait(lambda s: s.screen == "interview" and s.focus == last, "the same question")
            check(state.typed == "abcdef" and state.caret == 4, f"the same caret: {state.typed!r} {state.caret}")
            window.keys("Prior")
            window.wait(lambda s: s.question(f"m{MARKS - 1}"), "the page before")
            check(window.look().question(f"m{MARKS - 1}").value == marks[-1], "its answer is there")


def killed_while_typing():
    chance = random.Random(5)
    with Folder() as folder, Display("fr", "oss") as display:
        words, _ = project(folder, ["fr"], {"marks": (SURVEY, SETTINGS)}, study=())
        before, after, middle = "d\u00e9but ", " fin", ""
        alphabet = "abcdefghijklmnopqrstuvwxyz"
        longest = 0
        for life in range(6):
            with Window(display, os.path.join(folder, "fr"), folder, "fr", "fr", words, name=str(life)) as window:
                if life == 0:
                    begin(window)
                    window.type(before + after)
                    window.wait(lambda s: s.typed == before + after, "both ends")
                    window.keys(*["Left"] * len(after))
                    window.wait(lambda s: s.caret == len(before.encode()), "the caret between them")
                else:
                    state = window.wait(lambda s: s.screen == "home", "home")
                    drafts = [i for i in state.of("interview") if i[1] == "0"]
                    check(len(drafts) == 1, f"one open interview: {drafts}")
                    walk(window, "interview." + drafts[0][0])
                    window.keys("Return")
                    state = window.wait(lambda s: s.focus == "field.m0", "the question it was killed at")
                    text = state.typed
                    check(text.startswith(before + middle) and text.endswith(after),
                          f"acknowledged {before + middle + after!r}, reopened {text!r}")
                    held = text[len(before):len(text) - len(after)]
                    check(len(held) >= len(middle), f"acknowledged {middle!r}, reopened {held!r}")
                    check(state.caret == len((before + held).encode()), f"the caret: {state.caret} in {text!r}")
                    middle = held
                more = "".join(chance.choice(alphabet) for _ in range(160))
                stop = len(before + middle + after) + chance.randint(5, 120)
                window.type(more)
                window.wait(lambda s: len(s.typed) >= stop, f"{stop} letters")
                window.kill()
                shown = window.look().question("m0").value  # the last thing a person saw as saved
                middle = shown[len(before):len(shown) - len(after)]
                longest = max(longest, len(shown))
        check(longest > 100, f"there was something to lose: {longest}")


def killed_in_numbers_and_dates():
    survey = "type,name,label::English (en)\ninteger,age,How old?\ndate,day,Which day?\n"
    with Folder() as folder, Display("fr", "oss") as display:
        words, _ = project(folder, ["fr"], {"marks": (survey, SETTINGS)}, study=())

        def life(name):
            return Window(display, os.path.join(folder, "fr"), folder, "fr", "fr", words, name=name)

        def reopen(window):
            state = window.wait(lambda s: s.screen == "home", "home")
            walk(window, "interview." + [i for i in state.of("interview") if i[1] == "0"][0][0])
            window.keys("Return")

        with life("0") as window:
            window.wait(lambda s: s.screen == "home", "home")
            walk(window, "form.marks")
            window.keys("Return")
            window.wait(lambda s: s.focus == "field.age", "the number")
            window.type("16")
            window.wait(lambda s: s.question("age").value == "16", "16 stored while it is typed")
            window.kill()
        with life("1") as window:
            reopen(window)
            state = window.wait(lambda s: s.focus == "field.age", "the number it was killed at")
            check(state.question("age").value == "16" and state.typed == "16", f"16 is there again: {state.typed!r}")
            window.keys("Return")
            window.wait(lambda s: s.focus == "field.day", "the date")
            window.type("24/11")
            state = window.wait(lambda s: s.typed == "24/11", "half a date")
            check(state.question("day").value == "", "half a date is no answer")
            window.type("/2026")
            window.wait(lambda s: s.question("day").value == "2026-11-24", "the date stored while it is typed")
            window.kill()
        with life("2") as window:
            reopen(window)
            state = window.wait(lambda s: s.focus == "field.day", "the date it was killed at")
            check(state.question("day").value == "2026-11-24", "the date is there again")


run("lock", [
    ("one second after locking none of 40 answers is in the window's memory, and the code leads back to the caret", nothing_is_left),
    ("killed six times while typing, every acknowledged letter and the caret are there again", killed_while_typing),
    ("killed in a number and in a date, without Enter, both are there again", killed_in_numbers_and_dates),
])
