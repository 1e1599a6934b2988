"""Reads every worked example of the format pages, by the pages alone; shares no code with the program."""
import hashlib
import os
import re
import struct
import sys
import zlib

from nacl import bindings, pwhash

SOURCE = os.environ.get("RIHLA_SOURCE", os.path.join(os.path.dirname(__file__), "..", ".."))
PAGES = ["sync/seal/PROFILE_KEY.md", "sync/seal/ENVELOPE.md", "sync/seal/TOMBSTONE.md", "sync/seal/PACKAGE.md",
         "sync/seal/ATTACHMENT.md", "sync/seal/HEAD.md",
         "sync/record/VALUES.md", "sync/record/JOURNAL.md", "sync/record/REVISION.md", "sync/record/STATEMENT.md",
         "sync/record/ENROLMENT.md", "sync/record/SEND_BACK.md", "sync/record/RECORD.md", "sync/record/MIGRATION.md", "sync/seal/KIT.md",
         "sync/exchange/BUNDLE.md", "forms/definition/FORM.md"]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def vectors():
    out = {}
    for page in PAGES:
        with open(os.path.join(SOURCE, page), encoding="utf-8") as file:
            for name, body in re.findall(r"```vector (\S+)\n(.*?)```", file.read(), re.S):
                out[name] = dict(line.split(" = ", 1) for line in body.split("\n") if " = " in line)
    return out


def same(found, stated, what):
    if found != stated:
        raise AssertionError(f"{what}: {found!r}, the page says {stated!r}")


def blake(personal, data, key=b""):
    return hashlib.blake2b(data, digest_size=32, key=key, person=personal.encode().ljust(16, b"\0")).digest()


def derive(key, number, context):
    return hashlib.blake2b(b"", digest_size=32, key=key, salt=struct.pack("<QQ", number, 0),
                           person=context.encode().ljust(16, b"\0")).digest()


def signed(key, context, digest, signature):
    bindings.crypto_sign_open(signature + context.encode().ljust(16, b"\0") + digest, key)


def opened(key, nonce, cipher, bound):
    return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(cipher, bound, nonce, key)


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        if self.at + size > len(self.data):
            raise AssertionError("cut short")
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "little")

    def text(self):
        return self.take(self.number(4)).decode("utf-8")

    def left(self):
        return len(self.data) - self.at

    def zeros(self, size):
        same(self.take(size), bytes(size), "reserved bytes")


def start(data, magic):
    reader = Reader(data)
    same(reader.take(4), magic, "magic")
    same(reader.number(1), 1, "suite")
    return reader


def read_value(data):
    reader = Reader(data)
    tag = reader.number(1)
    if tag in (9, 10):
        out = " ".join(reader.text() for _ in range(reader.number(4)))
    else:
        out = reader.text() if tag else ""
    same(reader.left(), 0, "bytes left over in a value")
    return tag, out


def read_key(reader):
    question = reader.text()
    return question, [reader.take(16).hex() for _ in range(reader.number(1))]


def profile_key(v, _):
    data = bytes.fromhex(v["file"])
    reader = start(data, b"SVK1")
    same(reader.number(1), 2, "algorithm")
    reader.zeros(2)
    same(reader.number(4), int(v["passes"]), "passes")
    same(reader.number(4), int(v["memory_kib"]), "memory")
    salt, _profile = reader.take(16), reader.take(16)
    same(reader.number(8), int(v["generation"]), "generation")
    nonce, commitment, sealed = reader.take(24), reader.take(32), reader.take(48)
    reader.zeros(160)
    same(reader.take(32), blake("sv1.key-file", data[:320]), "hash")
    stretched = pwhash.argon2id.kdf(32, v["passphrase"].encode(), salt, opslimit=int(v["passes"]),
                                    memlimit=int(v["memory_kib"]) * 1024)
    same(commitment, blake("sv1.key-commit", data[:80], stretched), "commitment")
    same(opened(stretched, nonce, sealed, data[:80]).hex(), v["master"], "master key")


def envelope(v, _):
    with open(os.path.join(SOURCE, v["file"]), "rb") as file:
        data = file.read()
    same(len(data), int(v["size"]), "size")
    reader = start(data, b"SVR1")
    same(reader.number(1), 1, "kind")
    reader.zeros(2)
    for field, size in (("project", 16), ("record", 16), ("device", 16)):
        same(reader.take(size).hex(), v[field], field)
    same(reader.number(8), int(v["sequence"]), "sequence")
    same(reader.take(32).hex(), v["previous"], "previous")
    epoch, slots = reader.take(4), reader.number(1)
    reader.zeros(3)
    size, nonce, withdrawal = reader.number(4), reader.take(24), reader.take(32)
    same(withdrawal.hex(), v["withdrawal"], "withdrawal key")
    same(blake("sv1.record-id", bytes.fromhex(v["project"]) + withdrawal)[:16].hex(), v["record"], "record id")
    public, secret = bindings.crypto_box_seed_keypair(bytes.fromhex(v["epoch_seed"]))
    same(public.hex(), v["epoch_public"], "the epoch's key")
    wanted, content = blake("sv1.key-id", public)[:8], None
    same(epoch, wanted[:4], "epoch")
    for _slot in range(slots):
        key_id, box = reader.take(8), reader.take(80)
        if key_id == wanted:
            content = bindings.crypto_box_seal_open(box, public, secret)
    head, slot_part = data[:164], data[164:164 + 88 * slots]
    commitment = reader.take(32)
    same(commitment, blake("sv1.rev-commit", head + slot_part, derive(content, 2, "SvRevCom")), "commitment")
    body, signature = reader.take(size), reader.take(64)
    same(reader.left(), 0, "bytes left over")
    digest = blake("sv1.rev-id", head + blake("sv1.rev-slots", slot_part) + commitment + blake("sv1.rev-body", body))
    same(digest.hex(), v["id"], "id")
    signer = bytes.fromhex(v["signer"])
    same(blake("sv1.device-id", signer)[:16].hex(), v["device"], "device id")
    signed(signer, "sv1.rev-sig", digest, signature)
    padded = opened(derive(content, 1, "SvRevEnc"), nonce, body, data[:-len(body) - 64])
    same(padded.rstrip(b"\0")[:-1].hex(), v["plain"], "content")
    stub = head + blake("sv1.rev-slots", slot_part) + commitment + blake("sv1.rev-body", body) + signature
    same(stub.hex(), v["stub"], "stub")


def card(v, _):
    bits = int.from_bytes(bytes.fromhex(v["code"]), "big")
    signs = [bits >> 5 * (15 - i) & 31 for i in range(16)]
    check = [sum((i + 1) * c for i, c in enumerate(signs)) % 31,
             sum(((i + 3) * (i + 2) + 1) * c for i, c in enumerate(signs)) % 29]
    text = "".join(CROCKFORD[c] for c in signs + check)
    same("-".join(text[i:i + 4] for i in range(0, 18, 4)), v["text"], "card")
    seed = blake("sv1.wdr-seed", bytes.fromhex(v["project"] + v["code"]))
    public, _secret = bindings.crypto_sign_seed_keypair(seed)
    same(public.hex(), v["public"], "public key")
    same(blake("sv1.record-id", bytes.fromhex(v["project"]) + public)[:16].hex(), v["record"], "record id")


def tombstone(v, _):
    data = bytes.fromhex(v["bytes"])
    same(len(data), 168, "size")
    reader = start(data, b"SVT1")
    same(reader.number(1), int(v["authority"]), "authority")
    reader.zeros(2)
    same(reader.take(16).hex(), v["project"], "project")
    same(reader.take(16).hex(), v["record"], "record")
    signer = reader.take(32)
    same(signer.hex(), v["signer"], "signer")
    reader.zeros(32)
    digest = blake("sv1.tomb-id", data[:104])
    same(digest.hex(), v["id"], "id")
    signed(signer, "sv1.tomb-sig", digest, reader.take(64))


def package(v, _):
    data = bytes.fromhex(v["bytes"])
    reader = start(data, b"SVF1")
    reader.zeros(3)
    reader.take(16)
    signer = bytes.fromhex(v["signer"])
    same(reader.take(16), blake("sv1.device-id", signer)[:16], "signer")
    same(reader.number(4), int(v["generation"]), "generation")
    size, nonce = reader.number(4), reader.take(24)
    cipher = reader.take(size)
    digest = blake("sv1.form-id", data[:-64])
    same(digest.hex(), v["id"], "id")
    signed(signer, "sv1.form-sig", digest, reader.take(64))
    files = Reader(opened(bytes.fromhex(v["read_key"]), nonce, cipher, data[:72]))
    for _file in range(files.number(4)):
        name = files.text()
        same(files.take(files.number(4)).hex(), v["file." + name], name)
    same(files.left(), 0, "bytes left over")


def padded(length):
    if length <= 65536:
        return 65536
    spared = (length.bit_length() - 1) - (length.bit_length() - 1).bit_length()
    return (length + (1 << spared) - 1) >> spared << spared


def attachment(v, _):
    with open(os.path.join(SOURCE, v["file"]), "rb") as file:
        data = file.read()
    same(len(data), int(v["size"]), "size")
    reader = start(data, b"SVA1")
    chunk = 1 << reader.number(1)
    reader.zeros(2)
    for field in ("project", "record", "id"):
        same(reader.take(16).hex(), v[field], field)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, reader.take(24), bytes.fromhex(v["key"]))
    plain, index, tag = b"", 0, 0
    while reader.left():
        same(tag, 0, "nothing stands behind the final chunk")
        bound = bytes.fromhex(v["id"]) + struct.pack("<Q", index) + (blake("sv1.att-head", data[:80]) if index == 0 else b"")
        part, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
            state, reader.take(min(chunk + 17, reader.left())), bound)
        plain, index = plain + part, index + 1
    same(tag, 3, "final chunk")
    length = int(v["length"])
    same((len(plain), plain[length:].strip(b"\0")), (padded(length), b""), "padding")
    same(plain[:length].hex(), v["content"], "content")
    same(blake("sv1.att-hash", data).hex(), v["hash"], "hash")
    for field, stated in v.items():
        if field.startswith("padded."):
            same(padded(int(field[7:])), int(stated), field)


def head(v, _):
    data = bytes.fromhex(v["bytes"])
    same(len(data), 152, "size")
    reader = start(data, b"SVH1")
    same(reader.number(1), int(v["kind"]), "kind")
    reader.zeros(2)
    same((reader.take(16).hex(), reader.take(16).hex()), (v["project"], v["device"]), "project and device")
    same((reader.number(8), reader.take(32).hex()), (int(v["sequence"]), v["revision"]), "where the chain ends")
    reader.zeros(8)
    digest = blake("sv1.head-id", data[:88])
    same(digest.hex(), v["id"], "id")
    signer = bytes.fromhex(v["signer"])
    same(blake("sv1.device-id", signer)[:16].hex(), v["device"], "device id")
    signed(signer, "sv1.head-sig", digest, reader.take(64))


def overflow(v, _):
    def text(data):
        return struct.pack("<I", len(data)) + data

    answers = struct.pack("<I", int(v["answers"]))
    for i in range(int(v["answers"])):
        answers += text(b"q%05d" % i) + b"\0" + b"\1" + text(b"\1" + text(b"x" * 100 + b"%d" % i))
    whole = struct.pack("<H", 0x800c) + text(answers)
    same((len(whole), whole[:140].hex()), (int(v["size"]), v["begins"]), "size and beginning")
    same(blake("example", whole).hex(), v["hash"], "hash")


def packed(v, _):
    reader = Reader(bytes.fromhex(v["bytes"]))
    same(reader.number(2), 0x8000, "tag")
    inside = Reader(reader.take(reader.number(4)))
    same(reader.left(), 0, "bytes left over")
    size = inside.number(4)
    unpack = zlib.decompressobj()
    whole = unpack.decompress(inside.take(inside.left()))
    same((unpack.eof, unpack.unused_data), (True, b""), "end of the stream")
    same((size, len(whole)), (int(v["size"]), int(v["size"])), "size")
    same(blake("example", whole).hex(), v["hash"], "hash")


def value(v, _):
    tag, text = read_value(bytes.fromhex(v["bytes"]))
    same((str(tag), text), (v["tag"], v["kept"]), "value")


def entry(v, _):
    reader = Reader(bytes.fromhex(v["bytes"]))
    same(reader.number(1), int(v["kind"]), "kind")
    same(reader.number(8), int(v["at"]), "time")
    same(reader.number(1), int(v["origin"]), "origin")
    same(read_key(reader), (v["question"], []), "key")
    same(read_value(reader.take(reader.number(4)))[1], v["value"], "value")
    same(reader.text(), "", "text")
    same(reader.left(), 0, "bytes left over")


def journal(v, _):
    reader = Reader(bytes.fromhex(v["bytes"]))
    questions = [reader.text() for _ in range(reader.number(4))]
    count, language = reader.number(4), ""
    same(count, int(v["entries"]), "entries")
    for _entry in range(count):
        kind, _at, _origin = reader.number(1), reader.number(8), reader.number(1)
        questions[reader.number(4)]
        for _instance in range(reader.number(1)):
            reader.take(16)
        reader.take(reader.number(4))
        text = reader.text()
        if kind == 4:
            language = text
    same(language, v["language"], "language")
    same(reader.left(), 0, "bytes left over")


def revision(v, _):
    reader, fields, before = Reader(bytes.fromhex(v["bytes"])), {}, -1
    while reader.left():
        tag = reader.number(2)
        if tag <= before:
            raise AssertionError("tags do not ascend")
        before, fields[tag] = tag, reader.take(reader.number(4))
    same(sum(0x8001 <= tag <= 0x800c for tag in fields), 12, "fields that are always there")
    same(fields[0x8001].hex(), v["record"], "record")
    same(fields[0x8002].hex(), v["device"], "device")
    for tag, field in ((0x8003, "sequence"), (0x8004, "kind"), (0x8009, "at"), (0x800b, "flags")):
        same(str(int.from_bytes(fields[tag], "little")), v[field], field)
    for tag, field in ((0x8006, "form_id"), (0x8007, "form_version"), (0x800a, "author")):
        same(fields[tag].decode(), v[field], field)
    answers, found = Reader(fields[0x800c]), {}
    count = answers.number(4)
    same(count, int(v["answers"]), "answers")
    for _answer in range(count):
        question, _instances = read_key(answers)
        answers.number(1)
        found[question] = read_value(answers.take(answers.number(4)))[1]
    same(found["age"], v["answer.age"], "age")
    same(answers.left(), 0, "bytes left over")


def statement(v, _):
    data = bytes.fromhex(v["bytes"])
    reader = start(data, b"SVS1")
    same(reader.number(1), int(v["type"]), "type")
    reader.zeros(2)
    reader.take(16)
    signer, key = reader.take(16), None
    same(signer.hex(), v["signer"], "signer")
    key = reader.take(32)
    same(blake("sv1.device-id", key)[:16], signer, "the signer's key")
    same(reader.number(8), int(v["sequence"]), "sequence")
    reader.take(32 + 8)
    reader.take(32 * reader.number(4))
    reader.take(16 + 32 + 32)
    texts = [reader.text() for _ in range(4)]
    same((texts[2], texts[3]), (v["text"], v["version"]), "texts")
    reader.take(64)
    same(reader.number(8), int(v["number"]), "number")
    reader.take(88 * reader.number(4))
    reader.take(56 * reader.number(4))
    reader.take(reader.number(4))
    digest = blake("sv1.stmt-id", data[:reader.at])
    same(digest.hex(), v["id"], "id")
    signed(key, "sv1.stmt-sig", digest, reader.take(64))
    same(reader.left(), 0, "bytes left over")


def migration(v, _):
    reader, lines = Reader(bytes.fromhex(v["bytes"])), []
    reader.take(64)
    for _rule in range(reader.number(4)):
        question, place = reader.text(), reader.number(1)
        words = [question, "=", question if place == 1 else reader.text() if place == 2 else ""]
        kind = reader.number(1)
        words += [f"as {kind}"] if kind != 0xff else []
        words += [f"{reader.text()}:{reader.text()}" for _code in range(reader.number(4))]
        lines.append(" ".join(words).strip())
    same(reader.left(), 0, "bytes left over")
    same(lines, [v[f"rule.{n}"].strip() for n in range(1, int(v["rules"]) + 1)], "rules")


def kit(v, _):
    def sheet(n):
        bits = ""
        for line in range(14):
            signs = [CROCKFORD.index(c) for c in v[f"sheet.{n}.{line + 1}"].replace("-", "")]
            data, checks = signs[:-2], signs[-2:]
            same(checks, [(line + sum((i + 1) * c for i, c in enumerate(data))) % 31,
                          (line + sum(((i + 3) * (i + 2) + 1) * c for i, c in enumerate(data))) % 29], "check signs")
            bits += "".join(f"{c:05b}" for c in data)
        reader = Reader(bytes(int(bits[i:i + 8], 2) for i in range(0, 156 * 8, 8)))
        same((reader.number(1), reader.number(1), reader.number(2)), (1, n, int(v["generation"])), "sheet")
        same(reader.take(16).hex(), v["project"], "project")
        return reader.take(8), reader.take(64), reader.take(64)

    check, second, third = sheet(1)
    again, first, second_again = sheet(3)
    same((check, second), (again, second_again), "what two sheets share")
    secret = bytes(a ^ b ^ c for a, b, c in zip(first, second, third))
    same((secret[:32].hex(), secret[32:].hex()), (v["root_seed"], v["recovery_seed"]), "seeds")
    bound = bytes.fromhex(v["project"]) + struct.pack("<H", int(v["generation"])) + secret
    same(blake("sv1.kit-check", bound)[:8], check, "check")
    same(bindings.crypto_box_seed_keypair(secret[32:])[0].hex(), v["recovery_public"], "recovery key")


def spoken(digest):
    digits = str(int.from_bytes(digest[:9], "big") % 10 ** 20).zfill(20)
    return " ".join(digits[i:i + 4] for i in range(0, 20, 4))


def enrolment(v, _):
    data = bytes.fromhex(v["bytes"])
    reader = start(data, b"SVE1")
    reader.zeros(3)
    key, box = reader.take(32), reader.take(32)
    same((key.hex(), box.hex(), reader.text()), (v["sign"], v["box"], v["label"]), "keys and label")
    same(blake("sv1.device-id", key)[:16].hex(), v["device"], "device")
    digest = blake("sv1.enrol-id", data[:reader.at])
    same((digest.hex(), spoken(digest)), (v["id"], v["spoken"]), "id")
    signed(key, "sv1.cert-sig", digest, reader.take(64))


def bundle(v, _):
    data = bytes.fromhex(v["bytes"])
    reader = start(data, b"SVB1")
    reader.zeros(3)
    same(reader.take(16).hex(), v["project"], "project")
    same(reader.take(16).hex(), v["exporter"], "exporter")
    same(reader.number(8), int(v["number"]), "number")
    same((reader.number(2), reader.number(2)), (1, 1), "volumes")
    lines = []
    for n in range(1, reader.number(4) + 1):
        kind = reader.number(1)
        reader.zeros(7)
        lines.append((reader.number(8), reader.take(32)))
        same(f"{kind} {lines[-1][0]}", v[f"item.{n}"], "item")
    for size, digest in lines:
        same(blake("sv1.bndl-item", reader.take(size)), digest, "an item's hash")
    digest = blake("sv1.bndl-id", data[:reader.at])
    same((reader.take(32).hex(), digest.hex()), (v["hash"], v["hash"]), "hash")
    signed(bytes.fromhex(v["signer"]), "sv1.bndl-sig", digest, reader.take(64))
    same(f"{int(v['number']):010d}-{digest.hex()[:8]}.svb", v["name"], "name")


def fingerprint(v, _):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripts"))
    import fingerprint as reader_of_values
    lines = [v[f"line.{n}"] for n in (1, 2)]
    same(reader_of_values.fingerprint(lines).hex(), v["fingerprint"], "fingerprint")
    same(spoken(bytes.fromhex(v["fingerprint"])), v["spoken"], "spoken")


def form(v, _):
    data = bytes.fromhex(v["bytes"])
    same(blake("sv1.form-hash", data).hex(), v["hash"], "hash")
    reader = Reader(data)

    def texts():
        return [reader.text() for _ in range(reader.number(4))]

    def pairs():
        return {reader.text(): reader.text() for _ in range(reader.number(4))}

    same(reader.take(4), b"SVQ1", "magic")
    settings = v["settings"].split("\\n")[1].split(",")
    same([reader.text(), reader.text(), reader.text()], [settings[1], settings[0], settings[2]], "id, title, version")
    languages, default = texts(), reader.number(4)
    same(default < len(languages), True, "default language")
    pairs()
    rows = [row.split(",") for row in v["survey"].split("\\n")[1:] if row]
    same(reader.number(4), len(rows) + 1, "nodes")
    for row in [None] + rows:
        kind, identity, name = reader.number(1), reader.text(), reader.text()
        parent, type_word, lst = reader.number(4), reader.text(), reader.number(4)
        label = texts()
        for _ in range(4):
            texts()
        for _ in range(9):
            reader.text()
        pairs(), pairs()
        if row:
            same((kind, identity, name, parent, type_word, lst, label),
                 (2, row[1], row[1], 0, row[0], 0xffffffff, [row[2]]), "question")
        else:
            same((kind, parent), (0, 0xffffffff), "the form's own node")
    same(reader.number(4), 0, "lists")
    pairs()
    same(reader.left(), 0, "bytes left over")


def send_back(v, _):
    data = bytes.fromhex(v["bytes"])
    same(data[:16].hex(), v["record"], "record in clear")
    public, secret = bindings.crypto_box_seed_keypair(bytes.fromhex(v["box_seed"]))
    reader = Reader(bindings.crypto_box_seal_open(data[16:], public, secret))
    same(reader.number(1), 1, "version")
    same(reader.take(16).hex(), v["record"], "record")
    reader.take(32)
    reader.take(32 * reader.number(4))
    reader.take(32)
    for field in ("form_id", "form_version", "name", "comment"):
        same(reader.text(), v[field], field)
    same(reader.number(4), int(v["hours"]), "hours")
    same([reader.text() for _ in range(reader.number(4))], [v["question"]], "questions")
    same(reader.number(4), 1, "answers")
    same(read_key(reader), (v["question"], []), "key")
    same(reader.number(1), 1, "origin")
    same(read_value(reader.take(reader.number(4)))[1], v["answer"], "answer")
    same(reader.left(), 0, "bytes left over")


READERS = {"send-back": send_back, "attachment": attachment, "head": head, "overflow": overflow,
           "form": form, "profile-key": profile_key, "envelope": envelope, "card": card, "tombstone": tombstone, "package": package,
           "entry": entry, "journal": journal, "revision": revision, "packed": packed, "statement": statement, "enrolment": enrolment,
           "bundle": bundle, "fingerprint": fingerprint, "migration": migration, "kit": kit}


def main():
    passed, failed, found = 0, 0, vectors()
    for name in sorted(set(READERS) | set(found)):
        try:
            if name not in found:
                raise AssertionError("no page holds it")
            READERS.get(name, value)(found[name], name)
            passed += 1
        except Exception as error:  # each example alone
            failed += 1
            print(f"FAILED: {name}: {error!r}")
    print(f"vectors: result: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
