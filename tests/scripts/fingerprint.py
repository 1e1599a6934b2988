"""Recomputes a dataset's fingerprint from `rihla export --format values`, by sync/record/RECORD.md alone."""
import hashlib
import json
import struct
import sys

TAGS = ["cleared", "text", "integer", "decimal", "boolean", "date", "time", "date_time", "choice", "choices", "ranking",
        "place", "attachment", "consent", "present"]


def text32(s):
    raw = s.encode("utf-8")
    return struct.pack("<I", len(raw)) + raw


def canonical(value):
    tag = TAGS.index(value["tag"])
    out = bytes([tag])
    if value["tag"] in ("choices", "ranking"):
        return out + struct.pack("<I", len(value["items"])) + b"".join(text32(i) for i in value["items"])
    if value["tag"] == "cleared":
        return out
    return out + text32(value["text"])


def sized(raw):
    return struct.pack("<I", len(raw)) + raw


def hashed(person, data):
    return hashlib.blake2b(data, digest_size=32, person=person.ljust(16, b"\0")).digest()


def leaf(one):
    """The record's id, and the hash of what the fingerprint covers of it."""
    if "withdrawn" in one:
        record = bytes.fromhex(one["withdrawn"])
        return record, hashed(b"sv1.fp-gone", bytes([2]) + record)
    record = bytes.fromhex(one["record"])
    out = bytes([2]) + record + struct.pack("<I", len(one["cells"]))
    for cell in one["cells"]:
        out += text32(cell["question"]) + bytes([len(cell["instances"])])
        out += b"".join(bytes.fromhex(i) for i in cell["instances"])
        out += sized(canonical(cell["shown"])) + struct.pack("<I", len(cell["candidates"]))
        out += b"".join(sized(canonical(candidate)) for candidate in cell["candidates"])
    return record, hashed(b"sv1.fp-record", out)


def fingerprint(lines):
    leaves = dict(leaf(json.loads(line)) for line in lines)
    buckets, branches = {}, {}
    for record in sorted(leaves):
        buckets.setdefault(record[:2], []).append(leaves[record])
    for place in sorted(buckets):
        branches.setdefault(place[:1], []).append(place[1:2] + hashed(b"sv1.fp-bucket", b"".join(buckets[place])))
    top = bytes([2]) + struct.pack("<Q", len(leaves))
    for place in sorted(branches):
        top += place + hashed(b"sv1.fp-branch", b"".join(branches[place]))
    return hashed(b"sv1.fingerprint", top)


def spoken(lines):
    digits = str(int.from_bytes(fingerprint(lines)[:9], "big") % 10 ** 20).zfill(20)
    return " ".join(digits[i:i + 4] for i in range(0, 20, 4))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as f:
        print(spoken(f.read().splitlines()))
