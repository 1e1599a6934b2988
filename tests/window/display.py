"""A window under test: its own display, real key events, and the state read from --dump-registry only.

    with Display("fr,ara") as display:
        with Window(display, workspace, folder, "ar", "field", words) as window:
            window.keys("Tab", "Return")
            window.wait(lambda s: s.screen == "home", "the home screen")

Nothing here sleeps for a fixed time: every wait has a condition on the dump and a deadline.
"""
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripts"))
from support import RIHLA, Skip  # noqa: E402

COLLECTOR = os.path.join(os.path.dirname(os.path.abspath(RIHLA)), "rihla-collector")
NEEDED = ["Xvfb", "xdotool", "setxkbmap", "xkbcomp"]
(HIDDEN, NOTE, TEXT, NUMBER, SCALE, DATE, ONE, MANY, RANKING, ACKNOWLEDGE, NOT_YET, PLACE, MEDIA) = range(13)


def plain(part):
    out, at = "", 0
    while at < len(part):
        if part[at] == "\\" and at + 1 < len(part):
            at += 1
            out += {"n": "\n", "t": "\t"}.get(part[at], part[at])
        else:
            out += part[at]
        at += 1
    return out


class Question:
    def __init__(self, parts):
        self.id, self.kind, self.required = parts[0], int(parts[1]), parts[2] == "1"
        self.count, self.value, self.problem = int(parts[3]), parts[4], parts[5] == "1"
        self.label, self.read_only = parts[6], parts[7] == "1"
        self.choices = []  # (value, label)


class State:
    """One dump, parsed."""

    def __init__(self, text):
        self.text, self.screen, self.focus, self.typed, self.asks = text, "", "", "", ""
        self.questions, self.widgets, self.forms, self.lines = [], {}, [], []
        self.page, self.pages, self.grid, self.last, self.language = 0, 0, False, False, 0
        self.caret = None  # byte in what is typed
        self.interface, self.notice, self.notice_is_problem = "", "", False
        for line in text.split("\n"):
            parts = [plain(p) for p in line.split("\t")]
            word, rest = parts[0], parts[1:]
            self.lines.append((word, rest))
            if word == "screen":
                self.screen = rest[0]
            elif word == "frame":
                self.interface, self.notice_is_problem, self.notice = rest[0], rest[2] == "1", rest[3]
            elif word == "page":
                self.page, self.pages, self.language = int(rest[0]), int(rest[1]), int(rest[4])
                self.grid, self.last = rest[2] == "1", rest[3] == "1"
            elif word == "question":
                self.questions.append(Question(rest))
            elif word == "choice":
                self.questions[-1].choices.append((rest[2], rest[3]))
            elif word == "asks":
                self.asks = rest[0]
            elif word == "focus":
                self.focus, self.typed = rest
            elif word == "caret":
                self.caret = int(rest[0])
            elif word == "form":
                self.forms.append(rest)
            elif word == "widget":
                self.widgets[rest[0]] = tuple(float(x) for x in rest[1:])

    def of(self, word):
        return [rest for w, rest in self.lines if w == word]

    def question(self, name):
        return next((q for q in self.questions if q.id == name), None)


class Display:
    """An X server of its own, with a keyboard layout."""

    def __init__(self, layout, variant=""):
        missing = [n for n in NEEDED if not shutil.which(n)]
        if missing:
            raise Skip(f"{', '.join(missing)} not installed here")
        if not os.path.exists(COLLECTOR):
            raise Skip("rihla-collector is not built")
        self.layout, self.variant = layout, variant

    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
                                       pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        number = b""
        while not number.endswith(b"\n"):
            got = os.read(read, 16)
            if not got:
                self.server.wait()
                raise Skip("Xvfb does not start here")
            number += got
        os.close(read)
        self.env = {**os.environ, "DISPLAY": ":" + number.decode().strip(), "LC_ALL": "C.UTF-8",
                    "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.env.pop("WAYLAND_DISPLAY", None)
        self.switch(self.layout, self.variant)
        self.hand = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, env=self.env, stdout=subprocess.DEVNULL)
        return self

    def switch(self, layout, variant=""):
        subprocess.run(["setxkbmap", "-layout", layout, "-variant", variant], env=self.env, check=True)

    def send(self, line):
        self.hand.stdin.write((line + "\n").encode("utf-8"))
        self.hand.stdin.flush()

    def __exit__(self, *_):
        self.hand.stdin.close()
        self.hand.wait()
        self.server.terminate()
        self.server.wait()


class Window:
    def __init__(self, display, workspace, folder, language, profile="", words="", name="registry", more=()):
        self.display, self.dump = display, os.path.join(folder, "dump-" + name)
        if os.path.exists(self.dump):
            os.remove(self.dump)
        command = [COLLECTOR, "--workspace", workspace, "--language", language, "--dump-registry", self.dump, *more]
        if profile:
            command += ["--profile", profile, "--passphrase-file", words]
        self.command = command

    def __enter__(self):
        self.process = subprocess.Popen(self.command, env=self.display.env)
        self.seen, self.state = None, None
        self.wait(lambda s: True, "a first frame", 30)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()

    def look(self):
        """The state as last written; None while there is none."""
        try:
            with open(self.dump, encoding="utf-8") as f:
                text = f.read()
        except FileNotFoundError:
            return None
        if text != self.seen:
            self.seen, self.state = text, State(text)
        return self.state

    def wait(self, condition, what, seconds=15):
        end = time.monotonic() + seconds
        pause = 0.001
        while True:
            state = self.look()
            if state is not None and condition(state):
                return state
            if self.process.poll() is not None:
                raise AssertionError(f"the window ended ({self.process.returncode}) while waiting for {what}")
            if time.monotonic() > end:
                raise AssertionError(f"no {what} after {seconds} s; the window shows:\n{(self.seen or '')[:1500]}")
            time.sleep(pause)
            pause = min(0.02, pause * 1.3)

    def kill(self):
        """As power or the system would end it: at once, nothing said to it."""
        self.process.kill()
        self.process.wait()

    def keys(self, *names):
        # A hand's pace at its fastest: two strokes of one key in one millisecond are one to X11's clients.
        self.display.send("key --delay 6 " + " ".join(names))

    def digit(self, number):
        """The physical digit key, without Shift, whatever the layout writes on it."""
        assert 0 <= number <= 9
        self.keys(str(19 if number == 0 else 9 + number))

    def type(self, text):
        for line_number, line in enumerate(text.split("\n")):
            if line_number:
                self.keys("Return")
            if line:
                self.display.send("type --delay 0 \"" + line + "\"")
