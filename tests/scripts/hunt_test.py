"""The hunt for canaries through a whole life cycle: on disk, in temporary files, in what programs say on standard
error, and in the memory of the command-line program once it is locked. Each hunt has a control that must be found."""
import base64
import json
import os
import random
import re
import subprocess
import time

from support import Folder, Skip, check, run

PROGRAM = os.environ.get("RIHLA", "build/release/rihla")
UNSEALED = os.path.join(os.environ.get("RIHLA_BUILD", "build/release"), "tests", "scripts", "rihla_unsealed")
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SEED = int(os.environ.get("RIHLA_SEED", "20"))


def make_canaries():
    rng = random.Random(SEED)
    words = ["".join(rng.choice(LETTERS) for _ in range(12)) for _ in range(6)]
    words.append("عصفور" + "".join(rng.choice("ابتثجحخدذرزسشصض") for _ in range(12)))
    # In a sentence, in an other-field, in a name, corrected later, never finished, behind a long text, in Arabic.
    return dict(zip(["story", "other", "code", "amended", "open", "long", "arabic"], words))


def needles_of(canaries):
    out = {}
    for name, canary in canaries.items():
        for raw in (canary.encode("utf-8"), canary.encode("utf-16-le"), canary.encode("utf-16-be")):
            out[raw] = name
            for shift in range(3):  # base64 at each of the three alignments, its unstable ends cut off
                out[base64.b64encode(b"x" * shift + raw)[4:-4]] = name
    return out


def hunt(folders, needles):
    """(file, canary) wherever one stands, in a file's content or its name."""
    found = set()
    for folder in folders:
        for root, _, names in os.walk(folder):
            for name in names:
                with open(os.path.join(root, name), "rb") as f:
                    data = f.read() + name.encode("utf-8", "surrogateescape")
                found |= {(name, canary) for needle, canary in needles.items() if needle in data}
    return found


class Life:
    """A project with two coordinators and a fieldworker, everything that its programs write below one folder."""

    def __init__(self, program, folder):
        self.program, self.folder, self.said = program, folder, b""
        self.canaries = make_canaries()
        for name in ("home", "tmp", "share", "form", "run"):
            os.makedirs(os.path.join(folder, name))
        self.env = {**os.environ, "LC_ALL": "C", "HOME": self.at("home"), "XDG_DATA_HOME": self.at("home", "data"),
                    "XDG_CACHE_HOME": self.at("home", "cache"), "XDG_RUNTIME_DIR": self.at("run"),
                    "TMPDIR": self.at("tmp")}
        self.words = self.at("words")
        with open(self.words, "w", encoding="utf-8") as f:
            f.write("a long passphrase\n")
        with open(self.at("form", "survey.csv"), "w", encoding="utf-8") as f:
            f.write("type,name,label\ntext,code,Code\ntext,story,Story\nselect_one yn or_other,ok,OK?\n")
        with open(self.at("form", "choices.csv"), "w", encoding="utf-8") as f:
            f.write("list_name,name,label\nyn,yes,Yes\nyn,no,No\n")
        self.common = ["--workspace", self.at("workspace"), "--passphrase-file", self.words]
        self.call("project", "new", "Hunt", "--coordinator", "one", "two", "--kit", self.at("kit"))
        self.call("project", "publish", self.at("form"), "--profile", "one")
        self.call("project", "request", self.at("request"), "--profile", "field")
        self.call("project", "enrol", self.at("request"), self.at("admission"), "--profile", "one")
        self.call("project", "join", self.at("admission"), "--profile", "field")

    def at(self, *names):
        return os.path.join(self.folder, *names)

    def call(self, *words, lines=()):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        done = subprocess.run([self.program, *words, *self.common], input=text.encode("utf-8"), capture_output=True,
                              env=self.env, timeout=300)
        self.said += done.stderr
        check(done.returncode == 0, f"{words}: {done.stdout[-500:]} {done.stderr[-800:]}")
        return done.stdout.decode("utf-8")

    def fill(self, *words, lines):
        return self.call("fill", *words, "--script", "-", "--profile", "field", lines=lines)

    def live(self):
        """Interviews finished, corrected, left open; handed over, merged, backed up by the centre's sync."""
        c = self.canaries
        answers = [{"question": "code", "answer": c["code"]},
                   {"question": "story", "answer": f"She said {c['story']}. " + "And so on. " * 400 + c["long"]},
                   {"question": "ok", "answer": "other"}, {"question": "ok_other", "answer": c["other"]}]
        self.fill("form", lines=[*answers, {"finish": True}])
        self.fill("form", lines=[{"question": "story", "answer": c["arabic"]}, {"finish": True}])
        self.fill("form", lines=[{"question": "story", "answer": c["open"]}])
        status = json.loads(self.call("project", "status", "--json", "--profile", "field"))
        done = [i for i in status.get("finished", status.get("interviews", [])) if isinstance(i, dict)]
        ids = [i.get("record") or i.get("id") for i in done]
        if ids:
            self.fill("--open", ids[0], lines=[{"question": "story", "answer": c["amended"]}])
        for who in ("field", "one", "two", "field"):
            self.call("sync", self.at("share"), "--profile", who)
        self.call("merge", "--profile", "one")
        self.call("verify", "--profile", "one")

    def places(self):
        return [self.at(n) for n in ("workspace", "home", "tmp", "share", "run", "kit") if os.path.isdir(self.at(n))]


def nothing_readable():
    with Folder() as a:
        life = Life(PROGRAM, a)
        life.live()
        needles = needles_of(life.canaries)
        found = hunt(life.places(), needles)
        check(not found, f"readable on disk (seed {SEED}): {sorted(found)}")
        spoken = {canary for needle, canary in needles.items() if needle in life.said}
        check(not spoken, f"readable on standard error: {spoken}")
        # The control of the eye: a table that somebody asked for is readable, and is found.
        os.makedirs(life.at("out"))
        life.call("export", "--format", "values", "--to", life.at("out"), "--profile", "one")
        seen = {canary for _, canary in hunt([life.at("out")], needles)}
        check({"story", "long", "other", "arabic", "code"} <= seen, f"the export shows only {seen}")


def control_is_found():
    if not os.path.exists(UNSEALED):
        raise Skip("the control program is not built")
    with Folder() as a:
        life = Life(UNSEALED, a)
        life.live()
        found = hunt(life.places(), needles_of(life.canaries))
        files = {name for name, _ in found}
        check({"story", "other", "code", "arabic", "open", "long"} <= {canary for _, canary in found},
              f"of the unsealed files it finds {sorted(found)}")
        check(any("vault.db" in f for f in files) and any(f.endswith(".svb") for f in files), files)


def memory_of(process, needles):
    """The canaries that stand anywhere in the memory of a running program."""
    found = set()
    try:
        with open(f"/proc/{process.pid}/maps", encoding="utf-8") as maps, \
                open(f"/proc/{process.pid}/mem", "rb", buffering=0) as memory:
            for line in maps:
                match = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
                if not match or "[v" in line:
                    continue
                start, end = (int(x, 16) for x in match.groups())
                try:
                    memory.seek(start)
                    data = memory.read(end - start)
                except (OSError, ValueError):
                    continue  # guard pages
                found |= {canary for needle, canary in needles.items() if needle in data}
    except PermissionError as why:
        raise Skip(f"this system does not let one program look into another: {why}") from why
    return found


def memory_after_lock(program, folder):
    """What stands in memory while an interview is open, and at most a second after it was locked."""
    life = Life(program, folder)
    c = {k: life.canaries[k] for k in ("story", "other", "code", "long", "arabic")}
    needles = needles_of(c)
    words = [life.program, "fill", "form", "--script", "-", "--profile", "field", *life.common]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=life.env)

    def send(*lines):
        for line in lines:
            process.stdin.write((json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8"))
            process.stdin.flush()
            answer = process.stdout.readline().decode("utf-8")
            check(answer, f"it ended at {list(line)}")
        return answer

    try:
        send({"question": "code", "answer": c["code"]},
             {"question": "story", "answer": f"She said {c['story']}. " + "And so on. " * 400 + c["long"]},
             {"question": "ok", "answer": "other"}, {"question": "ok_other", "answer": c["other"]},
             {"question": "story", "answer": f"{c['arabic']} {c['story']} " + "x" * 5000 + c["long"]})
        before = memory_of(process, needles)
        check("locked" in send({"lock": True}), "it says that it is locked")
        until = time.monotonic() + 1
        after = memory_of(process, needles)
        while after and time.monotonic() < until:
            after = memory_of(process, needles)
        # And back: everything that was said is there.
        process.stdin.write(b'{"unlock": true}\n')
        process.stdin.close()
        last = json.loads(process.stdout.readlines()[-1].decode("utf-8"))
        check(last["answers"]["ok_other"] == c["other"] and c["story"] in last["answers"]["story"], "it goes on")
        return before, after
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            pipe.close()


def memory_is_clean():
    with Folder() as a:
        before, after = memory_after_lock(PROGRAM, a)
    check(before == {"story", "other", "code", "long", "arabic"}, f"while it is open the hunt sees only {before}")
    check(not after, f"still in memory a second after the lock: {after}")


def unwiped_memory_is_found():
    if not os.path.exists(UNSEALED):
        raise Skip("the control program is not built")
    with Folder() as a:
        _, after = memory_after_lock(UNSEALED, a)
    check(after, "in the program that does not wipe what it frees, nothing is found: the hunt proves nothing")


run("hunt", [
    ("no answer is readable on disk, in temporary files, in bundles, in central files or in what is said",
     nothing_readable),
    ("the control of the hunt, with sealing switched off, is found", control_is_found),
    ("no answer is in the memory of the program a second after it was locked", memory_is_clean),
    ("the control of the hunt in memory, which frees without wiping, is found", unwiped_memory_is_found),
])
