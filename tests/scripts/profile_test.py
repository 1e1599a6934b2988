"""rihla profile: another passphrase, a safe copy, another place, the check before a journey, the end."""
import json
import os
import resource
import shutil
import subprocess

from support import RIHLA, Folder, Skip, check, rihla, run


class Laptop:
    def __init__(self, folder):
        self.folder = folder
        self.old, self.new = self.at("old"), self.at("new")
        for path, words in ((self.old, "a long passphrase\n"), (self.new, "quite another one\n"), (self.at("weak"), "12345678\n")):
            with open(path, "w", encoding="utf-8") as f:
                f.write(words)
        os.makedirs(self.at("form"))
        with open(self.at("form", "survey.csv"), "w", encoding="utf-8") as f:
            f.write("type,name,label\ntext,story,Story\n")
        self.call("project", "new", "P", "--coordinator", "one", "two", "--kit", self.at("kit"))
        self.call("project", "publish", self.at("form"), "--profile", "one")
        line = json.dumps({"question": "story", "answer": "said"}) + "\n"
        self.call("fill", "form", "--script", "-", "--profile", "one", text=line + '{"finish": true}\n')
        self.call("fill", "form", "--script", "-", "--profile", "one", text=line)

    def at(self, *names):
        return os.path.join(self.folder, *names)

    def call(self, *words, expect=0, text="", by=None):
        return rihla(*words, "--workspace", self.at("w"), "--passphrase-file", by or self.old, expect=expect,
                     text_in=text.encode("utf-8"))


def another_passphrase():
    with Folder() as a:
        p = Laptop(a)
        p.call("profile", "passphrase", "--profile", "one", "--new-passphrase-file", p.new)
        p.call("verify", "--profile", "one", by=p.new)
        p.call("verify", "--profile", "one", expect=12)
        said = p.call("profile", "passphrase", "--profile", "two", "--new-passphrase-file", p.at("weak"))
        check("easy to guess" in said.err, said.err)
        check(len(rihla("profile", "suggest").out.split()) == 5, "five words")


def unlocked_memory_is_said():
    """mlock refused: no memory may be locked, and for root the right to do so all the same is taken away."""
    with Folder() as a:
        p = Laptop(a)
        words = [RIHLA, "verify", "--workspace", p.at("w"), "--passphrase-file", p.old, "--profile", "one"]
        if os.geteuid() == 0:
            if not shutil.which("setpriv"):
                raise Skip("root may lock memory, and setpriv is not here to take that away")
            words = ["setpriv", "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock"] + words
        limits = resource.getrlimit(resource.RLIMIT_MEMLOCK)
        for most, said in ((0, True), (1 << 20, False)):
            if limits[1] != resource.RLIM_INFINITY and most > limits[1]:
                continue
            done = subprocess.run(words, capture_output=True, check=False, preexec_fn=lambda m=most: resource.setrlimit(
                resource.RLIMIT_MEMLOCK, (m, m)))
            check(done.returncode == 0, done.stderr)
            check((b"swap" in done.stderr) == said, f"{most} bytes may be locked: {done.stderr}")


def travel_and_purge():
    with Folder() as a:
        p = Laptop(a)
        left = json.loads(p.call("profile", "travel-check", "--json", "--profile", "one").out)
        check(left["closed"] == 1 and len(left["open_interviews"]) == 1, left)
        check(json.loads(p.call("profile", "travel-check", "--json", "--profile", "one").out)["closed"] == 0, "once")
        p.call("profile", "backup", p.at("copy"), "--profile", "one")
        check({"vault.db", "profile.key"} <= set(os.listdir(p.at("copy"))), os.listdir(p.at("copy")))
        p.call("profile", "purge", "--profile", "one", expect=10)
        p.call("profile", "purge", "--profile", "one", "--yes")
        p.call("verify", "--profile", "one", expect=14)


def moved():
    with Folder() as a:
        p = Laptop(a)
        p.call("profile", "move", p.at("elsewhere"), "--profile", "two")
        check(os.path.exists(p.at("elsewhere", "profile.key")), "it lives there")
        p.call("verify", "--profile", "two", expect=14)


run("profile", [
    ("a passphrase is changed, the former one opens nothing, and a weak one is said to be weak", another_passphrase),
    ("where no memory can be locked that is said, and where it can it is not", unlocked_memory_is_said),
    ("before a journey what can be read is closed; a purged profile opens no more", travel_and_purge),
    ("a moved profile lives in its new place", moved),
])
