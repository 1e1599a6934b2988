"""How light it is, printed: what is installed, what is linked, memory, start, idle, a hundred interviews.

Bytes and libraries are held to the limits; times and memory are printed beside theirs, since this machine is not
the laptop. The figures are those of window_bench.
"""
import contextlib
import json
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from display import COLLECTOR, Display  # noqa: E402
from support import RIHLA, Folder, Skip, check, gap, rihla, run  # noqa: E402

BUILD = os.path.dirname(os.path.abspath(RIHLA))
BENCH = os.path.join(BUILD, "tests", "bench", "window_bench")
OPS = {"first_frame", "frame_interview", "frame_200_widgets", "build_200_widgets", "build_10000_choices", "keystroke_to_stored",
       "idle_cpu_percent", "recording_cpu_percent", "rss_mb", "rss_own_mb", "turn_page", "build_page"}


def say(what, value, limit):
    print(f"weights: {what}: {value} (at most {limit})")


def size_of(path):
    if os.path.isdir(path):
        return sum(size_of(os.path.join(path, name)) for name in os.listdir(path))
    return os.path.getsize(path)


def installed_bytes():
    with Folder() as folder:
        total = 0
        for name in ("rihla-collector", "rihla"):
            lean = os.path.join(folder, name)
            subprocess.run(["strip", "-o", lean, os.path.join(BUILD, name)], check=True)
            total += os.path.getsize(lean)
            print(f"weights: {name}: {os.path.getsize(lean) / 1e6:.1f} MB")
        for name in ("share", "lib"):
            path = os.path.join(BUILD, name)
            if os.path.exists(path):
                total += size_of(path)
                print(f"weights: {name}: {size_of(path) / 1e6:.1f} MB")
        say("installed", f"{total / 1e6:.1f} MB", "25 MB")
        check(total <= 25_000_000, f"{total} bytes are installed")


def libraries():
    own = [line.split("[")[1].rstrip("]") for line in
           subprocess.run(["readelf", "-d", COLLECTOR], capture_output=True, check=True, text=True).stdout.splitlines()
           if "(NEEDED)" in line]
    system = ("libc.so", "libm.so", "libstdc++.so", "libgcc_s.so", "ld-linux")  # every program's
    direct = [name for name in own if not name.startswith(system)]
    say("direct libraries", f"{len(direct)}: {' '.join(direct)}", 12)
    check(0 < len(direct) <= 12, f"direct libraries: {direct}")


def hundred_interviews():
    with Folder() as folder:
        rihla("demo", os.path.join(folder, "demo"), "--devices", "2", "--interviews", "100", "--seed", "1")
        central = os.path.join(folder, "demo", "workspace", "profiles", "salma", "central.db")
        with contextlib.closing(sqlite3.connect(f"file:{central}?mode=ro", uri=True)) as store:
            sizes = [n for (n,) in store.execute("select length(bytes) from payload")]
        check(len(sizes) > 90, f"{len(sizes)} revisions")
        say(f"100 revisions sealed and signed, of the {len(sizes)} that a demonstration of 100 interviews made",
            f"{100 * sum(sizes) / len(sizes) / 1e6:.2f} MB, {min(sizes)} to {max(sizes)} bytes each", "1 MB")


def figures():
    if not os.path.exists(BENCH):
        raise Skip("window_bench is not built")
    limits = {"first_frame": "500 ms to unlock", "rss_own_mb": "100 MB", "idle_cpu_percent": "0.05 %", "keystroke_to_stored": "10 ms",
              "build_200_widgets": "1.5 ms"}
    with Display("fr", "oss") as display:
        done = subprocess.run([BENCH, "--size", "3"], env=display.env, capture_output=True, text=True, timeout=600, check=False)
    print(done.stdout)
    check(done.returncode == 0, done.stderr)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    seen = {line["op"]: line for line in lines}
    check(OPS <= set(seen), f"not printed: {sorted(OPS - set(seen))}")
    for op, limit in limits.items():
        say(op, seen[op].get("value", seen[op].get("median_ms")), limit)
    for line in lines:
        check(line.get("value", line.get("median_ms")) >= 0, f"{line}")


run("weights", [
    ("what is installed", installed_bytes),
    ("what is linked directly", gap(libraries)),
    ("a hundred interviews", hundred_interviews),
    ("start, idle, memory and frames", figures),
])
