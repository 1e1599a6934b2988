"""What every script test needs: the program, a folder of its own, and an honest count."""
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

RIHLA = os.environ.get("RIHLA", "build/release/rihla")
SOURCE = os.environ.get("RIHLA_SOURCE", os.getcwd())
SHARED = os.environ.get("RIHLA_SHARED", os.path.join(SOURCE, "..", "shared"))


class Skip(Exception):
    """Raised with the reason when a test cannot run here."""


class Folder:
    """A temporary folder, gone at the end."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="rihla-test-")
        return self.path

    def __exit__(self, *_):
        subprocess.run(["chmod", "-R", "u+rwx", self.path], check=False)
        shutil.rmtree(self.path, ignore_errors=True)


def rihla(*words, expect=0, text_in=None, env=None, timeout=600):
    """Runs `rihla words…`; fails unless the exit code is `expect` (None: any)."""
    done = subprocess.run([RIHLA, *map(str, words)], input=text_in, capture_output=True, timeout=timeout,
                          env={**os.environ, "LC_ALL": "C", **(env or {})})
    done.out = done.stdout.decode("utf-8")
    done.err = done.stderr.decode("utf-8")
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"rihla {' '.join(map(str, words))}: exit {done.returncode}, expected {expect}\n"
                             f"{done.out[-1500:]}\n{done.err[-1500:]}")
    return done


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def gap(function):
    """A known gap, told in the README's state of the code: the test must fail; passing is news, and a failure."""
    def expected_to_fail():
        try:
            function()
        except AssertionError as error:
            print(f"gap, as expected: {error}")
            return
        raise AssertionError("this passes now: take the mark off, and the row out of the README")
    return expected_to_fail


def run(name, tests):
    """Runs (sentence, function) pairs, prints what fails, and the last line that the test runner reads."""
    passed = failed = skipped = 0
    for sentence, function in tests:
        try:
            function()
            passed += 1
        except Skip as why:
            skipped += 1
            print(f"SKIPPED: {name}: {sentence}: {why}")
        except Exception as error:  # any failure is a failed test, never a crash of the others
            failed += 1
            print(f"FAILED: {name}: {sentence}")
            print("".join(traceback.format_exception_only(type(error), error)))
    # The runner counts "SKIPPED:" lines itself, so the result line leaves them at zero.
    print(f"{name}: result: {passed} passed, {failed} failed, 0 skipped")
    sys.exit(1 if failed else 0)
