#!/usr/bin/env python3
"""Plants bugs one at a time and sees that the test each names fails.

    plant.py              every bug still fits the sources, and its test is there
    plant.py --long       plants them: copies the sources, builds without optimisation, runs the named tests
    plant.py --long WORD… only those whose name or program has one of the words

A bug is caught when the program compiles, the named test ran and passed on the sources as they are, and fails with
the bug in. The control is a change without effect: with it everything must pass. Needs RIHLA_SOURCE and RIHLA_BUILD.
"""
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bugs import BUGS, CONTROL

SOURCE = Path(os.environ.get("RIHLA_SOURCE", Path(__file__).resolve().parents[2]))
PLACE = Path(os.environ.get("RIHLA_BUILD", SOURCE / "build" / "dev")) / "seeded"
LEAST = 40
NINJA = ["ninja", "-j", str(os.cpu_count() or 2), "-C"]


def edits_of(bug):
    return [(bug["file"], before, after) for before, after in bug["edits"]]


def misfits(bug):
    for file, before, after in edits_of(bug):
        count = (SOURCE / file).read_text(encoding="utf-8").count(before)
        if count != 1:
            yield f"{file}: stands there {count} times: {before!r}"
        if before == after:
            yield "changes nothing"


def tests_there():
    """Names of doctest cases; a name may be broken over lines."""
    out = set()
    for path in (SOURCE / "tests").rglob("*_test.cpp"):
        for case in re.findall(r'TEST_CASE\(((?:\s*"(?:[^"\\]|\\.)*")+)', path.read_text(encoding="utf-8")):
            out.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', case)))
    return out


def check():
    bad = 0
    names = tests_there()
    for bug in BUGS + [CONTROL]:
        wrong = list(misfits(bug))
        test = bug.get("test")
        if test and not bug["program"].startswith("torture") and not any(n.startswith(test) for n in names):
            wrong.append(f"no such test: {test}")
        for what in wrong:
            print(f"{bug['name']}: {what}")
        bad += bool(wrong)
    if len(BUGS) < LEAST or len({bug["name"] for bug in BUGS}) != len(BUGS):
        print(f"{len(BUGS)} bugs; at least {LEAST}, each with a name of its own")
        bad += 1
    return len(BUGS) + 1 - bad, bad


def copy_sources():
    """Only what changed, so that a second run builds little."""
    tree = PLACE / "tree"
    for folder in ("forms", "sync", "collector", "tests", "assets"):
        for path in (SOURCE / folder).rglob("*"):
            target = tree / path.relative_to(SOURCE)
            if path.is_dir() or path.suffix == ".pyc":
                continue
            if target.exists() and target.stat().st_size == path.stat().st_size and \
                    target.read_bytes() == path.read_bytes():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    for path in SOURCE.iterdir():
        if path.is_file():
            shutil.copy2(path, tree / path.name)
    return tree


def run(words, log, seconds=300):
    with open(log, "w", encoding="utf-8") as out:
        try:
            return subprocess.run(words, stdout=out, stderr=subprocess.STDOUT, timeout=seconds).returncode
        except subprocess.TimeoutExpired:
            return "too long"


def binary(build, program):
    return next(path for path in (build / "tests").rglob(program) if path.is_file())


def prove(build, bug, log):
    """(ran, passed) of the named test."""
    words = bug["program"].split()
    if words[0] == "torture":
        code = run([binary(build, "torture")] + words[1:], log)
        return "trials" in log.read_text(encoding="utf-8", errors="replace"), code == 0
    code = run([binary(build, words[0]), "--test-case=" + bug["test"].replace(",", "\\,") + "*"], log)
    text = log.read_text(encoding="utf-8", errors="replace")
    count = re.search(r"test cases:\s*(\d+)", text)
    # A program that ends in the middle of its test has not passed it.
    return (count is None and code != 0) or (count is not None and int(count.group(1)) > 0), code == 0


def plant(only):
    tree = copy_sources()
    build = PLACE / "build"
    log = PLACE / "log"
    configure = ["cmake", "-S", tree, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                 "-DCMAKE_CXX_FLAGS_DEBUG=-O0", "-DRIHLA_WINDOW=OFF"]
    if shutil.which("ccache"):
        configure.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    bugs = [bug for bug in BUGS if not only or any(w in bug["name"] or w in bug["program"] for w in only)]
    programs = sorted({bug["program"].split()[0] for bug in bugs})
    if run(configure, log) != 0 or run(NINJA + [build] + programs, log, 7200) != 0:
        print(log.read_text(encoding="utf-8", errors="replace")[-4000:])
        return 0, 1
    passed = failed = 0

    def say(bug, wrong, since):
        nonlocal passed, failed
        passed += not wrong
        failed += bool(wrong)
        print(f"{'NOT CAUGHT' if wrong else 'caught'}: {bug['name']}{': ' + wrong if wrong else ''}"
              f" ({time.time() - since:.0f} s)", flush=True)

    def with_edits(bug, use):
        whole = {}
        for file, before, after in edits_of(bug):
            path = tree / file
            text = path.read_text(encoding="utf-8")
            whole.setdefault(path, text)
            path.write_text(text.replace(before, after), encoding="utf-8")
        try:
            return use()
        finally:
            for path, text in whole.items():
                path.write_text(text, encoding="utf-8")

    # On the sources as they are, every named test runs and passes. What one bug left to be built anew is built
    # together with the next.
    sound = {}
    for bug in bugs:
        key = bug["program"], bug["test"]
        if key not in sound:
            sound[key] = prove(build, bug, log) == (True, True)

    def attempt(bug):
        if not sound[bug["program"], bug["test"]]:
            return f"{bug['test'] or bug['program']} does not pass without it"
        if run(NINJA + [build, bug["program"].split()[0]], log) != 0:
            return "does not compile: " + log.read_text(encoding="utf-8", errors="replace")[-800:]
        ran, good = prove(build, bug, log)
        return "not reached" if not ran else "the test passes" if good else ""

    for bug in bugs:
        since = time.time()
        say(bug, with_edits(bug, lambda bug=bug: attempt(bug)), since)

    def control():
        if run(NINJA + [build] + programs, log, 7200) != 0:
            return "does not compile"
        bad = [p for p in programs if p != "torture" and run([binary(build, p)], log, 1800) != 0]
        return "fails " + ", ".join(bad) if bad else ""

    since = time.time()
    wrong = with_edits(CONTROL, control)
    passed += not wrong
    failed += bool(wrong)
    print(f"control, {CONTROL['name']}: {wrong or 'everything passes, as it must'} ({time.time() - since:.0f} s)")
    return passed, failed


def main():
    passed, failed = check()
    words = sys.argv[1:]
    if "--long" in words or os.environ.get("RIHLA_LONG"):
        if failed == 0:
            p, f = plant([word for word in words if word != "--long"])
            passed, failed = passed + p, failed + f
    else:
        print(f"SKIPPED: planting {len(BUGS)} bugs takes minutes; it runs with --long")
    print(f"seeded_bugs: result: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
