#!/usr/bin/env python3
"""Runs form_bench and the npm peer one after the other on the same forms, and prints the ratios side by side.

    npm install --prefix PEERS @getodk/xforms-engine jsdom          # once, anywhere
    python3 tests/bench/peers.py --forms DIR --peers PEERS [--preset release] [--shared ../shared]

DIR holds the forms that genforms.py of the workloads page writes. Each figure is a median; the peer's load in jsdom is
slower than in a browser (the page says how much), so that loads are compared with that in mind. A peer that does not
end within --limit seconds is told as such, not left out.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# workload, our operation, the peer's kind, form, n, the peer's operations that make the same work together
PAIRS = [
    ("W1", "load", "flat", "w1_flat1000.xml", 1000, ["load_total"]),
    ("W1", "fill", "flat", "w1_flat1000.xml", 1000, ["fill_all"]),
    ("W1", "break", "flat", "w1_flat1000.xml", 1000, ["break_chain"]),
    ("W3", "answer", "calc", "w3_calc1000.xml", 1000, ["answer_head_read_tail"]),
    ("W4", "grow_fill", "repeat", "w4_repeat1000.xml", 1000, ["grow_to_n", "fill_x"]),
    ("W4", "one", "repeat", "w4_repeat1000.xml", 1000, ["answer_one_x"]),
    ("W5", "load", "cascade", "w5_cascade20000.xml", 20000, ["load_total"]),
    ("W5", "round", "cascade", "w5_cascade20000.xml", 20000, ["choose_a", "choose_b", "choose_c", "choose_d"]),
    ("W6", "load", "real", "whova.xml", 0, ["load_total"]),
]


def lines_of(command, environment=None, limit=None):
    try:
        run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    out = []
    for line in run.stdout.splitlines():
        if line.startswith("{"):
            out.append(json.loads(line))
    if not out:
        print(f"{command[0]}: {run.stderr.strip()[:300]}", file=sys.stderr)
    return out


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--forms", required=True)
    asked.add_argument("--peers", required=True, help="folder that holds node_modules")
    asked.add_argument("--preset", default="release")
    asked.add_argument("--shared", default=str(ROOT / ".." / "shared"))
    asked.add_argument("--limit", type=int, default=300, help="seconds for one form of the peer")
    words = asked.parse_args()
    forms = pathlib.Path(words.forms)
    peer = pathlib.Path(words.shared) / "bench" / "xforms_engine.mjs"
    whova = pathlib.Path(words.shared) / "bench" / "forms" / "whova.xml"
    for needed in (peer, whova, forms / "w1_flat1000.xml", pathlib.Path(words.peers) / "node_modules"):
        if not needed.exists():
            sys.exit(f"peers: {needed} is not there; see --help")
    bench = ROOT / "build" / words.preset / "tests" / "bench" / "form_bench"
    ours = {}
    for line in lines_of([str(bench), str(forms), "--whova", str(whova)]) or []:
        ours[(line["workload"], line["op"])] = line
    theirs = {}
    for kind, name, n in dict.fromkeys((kind, name, n) for _, _, kind, name, n, _ in PAIRS):
        path = whova if kind == "real" else forms / name
        environment = dict(os.environ, PEERS=words.peers, LIMIT_S="60")
        found = lines_of(["node", "--expose-gc", "--stack-size=4000", str(peer), kind, str(path), str(n)], environment,
                         words.limit)
        theirs[kind] = None if found is None else {line["op"]: line for line in found}
    print(f"{'workload':10} {'':10} {'ours ms':>10} {'peer ms':>10} {'ratio':>8} {'ours MB':>9} {'peer MB':>9}")
    for workload, op, kind, _, _, operations in PAIRS:
        mine = ours.get((workload, op))
        peer_lines = theirs[kind]
        left = f"{workload:10} {op:10} {mine['median_ms'] if mine else float('nan'):10.4f}"
        if peer_lines is None:
            print(f"{left} {'> limit':>10}")
            continue
        rows = [peer_lines.get(one) for one in operations]
        if mine is None or any(row is None or "med" not in row for row in rows):
            print(f"{left} {'no result':>10}")
            continue
        peer_ms = sum(row["med"] for row in rows)
        memory = [line["peak_rss_mb"] for line in peer_lines.values() if "peak_rss_mb" in line]
        print(f"{left} {peer_ms:10.3f} {peer_ms / mine['median_ms']:8.0f} {mine['peak_rss_mb']:9.1f} "
              f"{max(memory) if memory else float('nan'):9.1f}")


main()
