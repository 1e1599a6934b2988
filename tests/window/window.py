"""The window program on a display of its own: keys go in by xdotool, what it shows comes out of its registry."""
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts"))
from support import Skip, SOURCE, rihla  # noqa: E402

COLLECTOR = os.environ.get("RIHLA_COLLECTOR", "build/release/rihla-collector")
PATIENCE = 60  # seconds until a key that had no effect is a failure
KINDS = ["hidden", "note", "text", "number", "scale", "date", "one", "many", "ranking", "acknowledge", "not_yet"]


class Display:
    """Xvfb with a keyboard layout; the first free number is its own choice."""

    def __init__(self, layout, variant=""):
        for tool in ("Xvfb", "xdotool", "setxkbmap"):
            if not shutil.which(tool):
                raise Skip(f"{tool} is not installed")
        reading, writing = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24",
                                        "-nolisten", "tcp", "-noreset"], pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        number = b""
        while not number.endswith(b"\n"):
            piece = os.read(reading, 16)
            if not piece:
                raise Skip("Xvfb does not start here")
            number += piece
        os.close(reading)
        self.env = {**os.environ, "DISPLAY": ":" + number.decode().strip(), "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.env.pop("WAYLAND_DISPLAY", None)
        words = ["setxkbmap", "-layout", layout] + (["-variant", variant] if variant else [])
        subprocess.run(words, env=self.env, check=True, stderr=subprocess.DEVNULL)

    def close(self):
        self.server.terminate()
        self.server.wait()


class Window:
    """rihla-collector on a display, opened on a profile."""

    def __init__(self, display, folder, workspace, profile, passphrase_file, language):
        self.display = display
        self.registry = os.path.join(folder, f"registry-{profile}-{time.monotonic_ns()}")
        self.program = subprocess.Popen(
            [COLLECTOR, "--workspace", workspace, "--profile", profile, "--passphrase-file", passphrase_file,
             "--language", language, "--size", "1366x768", "--dump-registry", self.registry],
            env=display.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.wait("the home screen", lambda now: now.screen == "home")
        # No window manager runs here: the window is given the keys as one would give it.
        found = subprocess.run(["xdotool", "search", "--name", "Rihla"], env=display.env, capture_output=True,
                               check=True).stdout.split()
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1].decode()], env=display.env, check=True)

    def now(self):
        try:
            with open(self.registry, encoding="utf-8", newline="\n") as file:
                return Registry(file.read())
        except FileNotFoundError:
            return None

    def wait(self, what, holds):
        """Until the registry shows it; what it showed last is told when it never does."""
        end = time.monotonic() + PATIENCE
        while True:
            now = self.now()
            if now and holds(now):
                return now
            if self.program.poll() is not None:
                raise AssertionError(f"the window ended while waiting for {what}: {self.program.stdout.read()}")
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}; it shows:\n{now.text[:3000] if now else ''}")
            time.sleep(0.004)

    def key(self, *names):
        subprocess.run(["xdotool", "key", "--delay", "2", *names], env=self.display.env, check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "2", "--", text], env=self.display.env, check=True)

    def close(self):
        self.program.terminate()
        self.program.wait()
        self.program.stdout.close()


class Registry:
    """What stands on the screen."""

    def __init__(self, text):
        self.text = text
        self.screen, self.focus, self.page, self.active, self.asks = "", "", -1, "", ""
        self.questions, self.widgets = {}, []
        for line in text.split("\n"):
            word = [part.replace("\\n", "\n").replace("\\t", "\t") for part in line.split("\t")]
            if word[0] == "screen":
                self.screen = word[1]
            elif word[0] == "page":
                self.page = int(word[1])
            elif word[0] == "question":
                self.questions[word[1]] = {
                    "id": word[1], "kind": KINDS[int(word[2])], "value": word[5], "label": word[7],
                    "multiline": word[9] == "1", "problem": word[10], "choices": []}
            elif word[0] == "choice":
                self.questions[word[1]]["choices"].append((word[3], word[4]))
            elif word[0] == "asks":
                self.active = word[1]
            elif word[0] == "repeat":
                self.asks = word[1]
            elif word[0] == "focus":
                self.focus = word[1]
            elif word[0] == "widget":
                self.widgets.append(word[1])


def found_project(folder, forms):
    """A project with two coordinators and one device that has the forms; gives workspace, share, passphrase file."""
    workspace, share, words = (os.path.join(folder, name) for name in ("workspace", "share", "words"))
    os.mkdir(share)
    with open(words, "w", encoding="utf-8") as file:
        file.write("a passphrase for tests\n")
    project = ["project", "--workspace", workspace, "--passphrase-file", words]
    rihla(*project, "new", "Twinning", "--coordinator", "salma", "--coordinator", "joost")
    request, admission = os.path.join(folder, "request"), os.path.join(folder, "admission")
    rihla(*project, "--profile", "amina", "request", request)
    rihla(*project, "--profile", "salma", "enrol", request, admission)
    rihla(*project, "--profile", "amina", "join", admission)
    for form in forms:
        rihla(*project, "--profile", "salma", "publish", form)
    for person in ("salma", "joost", "amina"):
        rihla("sync", "--workspace", workspace, "--passphrase-file", words, "--profile", person, share)
    return workspace, share, words


def questionnaire(name):
    return os.path.join(SOURCE, "forms", "questionnaires", name)
