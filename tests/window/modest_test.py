"""What the window asks of a machine: OpenGL 2 is enough, its own folder is only read, and no network is reached for.
"""
import hashlib
import os
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from display import COLLECTOR, Display, Window  # noqa: E402
from field import project, walk  # noqa: E402
from support import RIHLA, SOURCE, Folder, Skip, check, run  # noqa: E402

BUILD = os.path.dirname(os.path.abspath(RIHLA))
SETTINGS = "form_title,form_id,version,default_language\nWords,words,1,English (en)\n"
SURVEY = "type,name,label::English (en)\ntext,a,First\ntext,b,Second\n"


def shots(display, folder, opengl):
    out = os.path.join(folder, "opengl" + str(opengl))
    subprocess.run([COLLECTOR, "--shots", out, "--language", "fr", "--opengl", str(opengl), "--pages", "12"], env=display.env, check=True,
                   timeout=600)
    return {name: open(os.path.join(out, name), "rb").read() for name in os.listdir(out) if name.endswith(".png")}


def older_graphics():
    with Folder() as folder, Display("fr", "oss") as display:
        with ThreadPoolExecutor() as both:
            three, two = both.map(lambda n: shots(display, folder, n), (3, 2))
        check(len(three) > 30 and set(three) == set(two), f"the same screens: {sorted(set(three) ^ set(two))}")
        for content in two.values():
            check(len(content) > 2000, "a picture with something on it")
        other = sorted(name for name in three if three[name] != two[name])
        for name in other[:60]:  # the control of "the same": pictures of different screens differ
            apart = pixels_apart(os.path.join(folder, "opengl3", name), os.path.join(folder, "opengl2", name))
            check(apart < 200, f"{name}: {apart} pixels differ")
        first, second = sorted(three)[0], sorted(three)[-1]
        check(three[first] != three[second], "two screens differ")
        print(f"modest_test: {len(three)} screens, {len(three) - len(other)} of them the same byte for byte in OpenGL 2 and 3")


def pixels_apart(one, other):
    if not shutil.which("compare"):
        raise Skip("ImageMagick's compare is not installed here")
    done = subprocess.run(["compare", "-metric", "AE", one, other, "null:"], capture_output=True, check=False)
    return int(float(done.stderr.split()[0]))


def contents(folder):
    out = {}
    for root, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(root, name)
            with open(path, "rb") as f:
                out[os.path.relpath(path, folder)] = hashlib.sha256(f.read()).hexdigest()
    return out


def installed(folder):
    """The program as it is carried to a laptop: read-only."""
    to = os.path.join(folder, "program")
    os.mkdir(to)
    for name in ("rihla-collector",):
        shutil.copy2(os.path.join(BUILD, name), to)
    for name in ("share", "lib"):
        if os.path.exists(os.path.join(BUILD, name)):
            shutil.copytree(os.path.join(BUILD, name), os.path.join(to, name), symlinks=False)
    for root, _, files in os.walk(to, topdown=False):
        for name in files:
            os.chmod(os.path.join(root, name), stat.S_IRUSR | stat.S_IXUSR)
        os.chmod(root, stat.S_IRUSR | stat.S_IXUSR)
    return to


def read_only_and_alone():
    watch = os.path.join(BUILD, "tests", "rihla-watch.so")
    with Folder() as folder, Display("fr", "oss") as display:
        words, _ = project(folder, ["fr"], {"pair": (SURVEY, SETTINGS)}, study=())
        program = installed(folder)
        before = contents(program)
        told = os.path.join(folder, "told")
        subprocess.run([sys.executable, "-c", "import socket; socket.socket(socket.AF_INET).close()"], check=True,
                       env={**os.environ, "LD_PRELOAD": watch, "RIHLA_WATCH": told})
        check(os.path.getsize(told) > 0, "the control: a socket is noticed")
        os.remove(told)
        display.env.update({"LD_PRELOAD": watch, "RIHLA_WATCH": told, "HOME": os.path.join(folder, "home")})
        window = Window(display, os.path.join(folder, "fr"), folder, "fr", "fr", words)
        window.command[0] = os.path.join(program, "rihla-collector")
        with window:
            window.wait(lambda s: s.screen == "home", "home")
            walk(window, "form.words")
            window.keys("Return")
            for question in ("a", "b"):
                window.wait(lambda s: s.focus == "field." + question, question)
                window.type("mot")
                window.wait(lambda s: s.question(question).value == "mot", "the answer kept")
                window.keys("Return")
            window.wait(lambda s: s.focus == "submit.finish", "the end")
            window.keys("Return")
            window.wait(lambda s: s.screen == "home", "home again")
            for place in ("sync", "settings", "help", "about"):
                walk(window, "go." + place)
                window.keys("Return")
                window.wait(lambda s: s.screen == place, place)
        check(not os.path.exists(told), "it reached for: " + (open(told).read() if os.path.exists(told) else ""))
        check(contents(program) == before, "its own folder is as it was")
        others = [n for n in os.listdir(os.path.join(folder, "home"))] if os.path.exists(os.path.join(folder, "home")) else []
        check([n for n in others if n not in (".cache",)] == [], f"nothing of it lies in the home folder: {others}")


run("modest", [
    ("every screen looks the same on OpenGL 2", older_graphics),
    ("an interview from a read-only folder, without a network", read_only_and_alone),
])
