"""Reads the testkit, by the format pages alone; shares no code with the program. Each vector must give exactly the code
it names, and each code must be the first that the page's order of checks comes to."""
import os
import struct
import sys
import unicodedata
import zlib

from nacl import bindings, exceptions, pwhash

import decode

SOURCE = decode.SOURCE
FOLDER = os.path.join(SOURCE, "tests", "vectors", "testkit")
blake, derive, opened = decode.blake, decode.derive, decode.opened


class Refused(Exception):
    pass


def demand(condition, code):
    if not condition:
        raise Refused(code)


def signed(key, context, digest, signature, code="signature"):
    try:
        decode.signed(key, context, digest, signature)
    except (exceptions.BadSignatureError, ValueError) as error:
        raise Refused(code) from error


def device_id(key):
    return blake("sv1.device-id", key)[:16]


def number(data, at, size):
    return int.from_bytes(data[at:at + size], "little")


def cipher_opened(key, nonce, cipher, bound, code):
    try:
        return opened(key, nonce, cipher, bound)
    except exceptions.CryptoError as error:
        raise Refused(code) from error


BODIES = [kib * 1024 + 16 for kib in (8, 32, 128, 512, 1024)]


def header(data, whole):
    """What an envelope and its stub have in common; `whole` tells the length that slots and size give."""
    demand(len(data) >= 8, "length")
    demand(data[:4] == b"SVR1", "magic")
    demand(data[4] == 1, "suite")
    demand(data[5] == 1, "kind")
    demand(data[6:8] == b"\0\0", "reserved")
    demand(len(data) >= 348 if whole else len(data) == 324, "length")
    slots, size = data[100], number(data, 104, 4)
    demand(1 <= slots <= 8, "slots")
    demand(data[101:104] == b"\0\0\0", "reserved")
    demand(size in BODIES, "size_field")
    demand(not whole or len(data) == 164 + 88 * slots + 32 + size + 64, "length")
    demand(blake("sv1.record-id", data[8:24] + data[132:164])[:16] == data[24:40], "record_id")
    return slots


def envelope(data, v):
    slots = header(data, True)
    signer = bytes.fromhex(v["signer"])
    demand(device_id(signer) == data[40:56], "unknown_signer")
    end = 164 + 88 * slots
    slot_part, commitment, body = data[164:end], data[end:end + 32], data[end + 32:-64]
    digest = blake("sv1.rev-id", data[:164] + blake("sv1.rev-slots", slot_part) + commitment + blake("sv1.rev-body", body))
    signed(signer, "sv1.rev-sig", digest, data[-64:])
    public, secret = bindings.crypto_box_seed_keypair(bytes.fromhex(v["epoch_seed"]))
    wanted = blake("sv1.key-id", public)[:8]
    ours = [slot_part[i:i + 88] for i in range(0, len(slot_part), 88) if slot_part[i:i + 8] == wanted]
    demand(ours, "no_slot")
    try:
        content = bindings.crypto_box_seal_open(ours[0][8:], public, secret)
    except exceptions.CryptoError as error:
        raise Refused("unwrap") from error
    demand(blake("sv1.rev-commit", data[:end], derive(content, 2, "SvRevCom")) == commitment, "commit")
    padded = cipher_opened(derive(content, 1, "SvRevEnc"), data[108:132], body, data[:end + 32], "body")
    plain = padded.rstrip(b"\0")
    demand(plain[-1:] == b"\x80", "padding")
    plain = plain[:-1]
    fields = revision(plain, v)
    inner = (fields[0x8001], fields[0x8002], fields[0x8003])
    demand(inner == (data[24:40], data[40:56], data[56:64]), "inner")
    demand(blake("example", plain).hex() == v["content"], "opened, and is not what was sealed")


def stub(data, v):
    header(data, False)
    signer = bytes.fromhex(v["signer"])
    demand(device_id(signer) == data[40:56], "unknown_signer")
    signed(signer, "sv1.rev-sig", blake("sv1.rev-id", data[:260]), data[260:])


def head(data, v):
    demand(len(data) >= 8, "length")
    demand(data[:4] == b"SVH1", "magic")
    demand(data[4] == 1, "suite")
    demand(len(data) == 152, "length")
    demand(data[5] in (1, 2), "kind")
    demand(data[6:8] == b"\0\0", "reserved")
    demand((data[5] == 2) == any(data[80:88]) and (number(data, 40, 8) == 0) == (not any(data[48:80])), "epoch")
    signer = bytes.fromhex(v["signer"])
    demand(device_id(signer) == data[24:40], "unknown_signer")
    signed(signer, "sv1.head-sig", blake("sv1.head-id", data[:88]), data[88:])


def key(data, v):
    demand(len(data) >= 5, "length")
    demand(data[:3] == b"SVK", "magic")
    right = b"SVK1\1" + data[5:320]
    ours = len(data) == 352 and blake("sv1.key-file", right) == data[320:]
    demand(data[3:5] == b"1\1" or ours, "suite")
    demand(len(data) == 352, "length")
    demand(blake("sv1.key-file", data[:320]) == data[320:], "hash")
    demand(data[5] == 2, "algorithm")
    demand(data[6:8] == b"\0\0" and not any(data[160:320]), "reserved")
    passes, memory = number(data, 8, 4), number(data, 12, 4)
    demand(1 <= passes <= 10 and 8192 <= memory <= 1048576, "cost")
    words = unicodedata.normalize("NFC", v["passphrase"]).encode()
    stretched = pwhash.argon2id.kdf(32, words, data[16:32], opslimit=passes, memlimit=memory * 1024)
    demand(blake("sv1.key-commit", data[:80], stretched) == data[80:112], "passphrase")
    master = cipher_opened(stretched, data[56:80], data[112:160], data[:80], "body")
    demand(master.hex() == v["master"], "opened, and is not what was sealed")


def tombstone(data, _):
    demand(len(data) >= 5, "length")
    demand(data[:4] == b"SVT1", "magic")
    demand(data[4] == 1, "suite")
    demand(len(data) == 168, "length")
    demand(data[5] in (1, 2, 3), "authority")
    demand(data[6:8] == b"\0\0", "reserved")
    if data[5] == 1:
        demand(not any(data[72:104]), "reserved")
        demand(blake("sv1.record-id", data[8:24] + data[40:72])[:16] == data[24:40], "record_id")
    signed(data[40:72], "sv1.tomb-sig", blake("sv1.tomb-id", data[:104]), data[104:])


def attachment(data, v):
    demand(len(data) >= 80, "length")
    demand(data[:4] == b"SVA1", "magic")
    demand(data[4] == 1, "suite")
    demand(data[5] in (12, 16), "grain")
    demand(data[6:8] == b"\0\0", "reserved")
    demand(data[8:56].hex() == v["project"] + v["record"] + v["id"], "place")
    chunk, at, index, plain, tag = (1 << data[5]) + 17, 80, 0, b"", 0
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, data[56:80], bytes.fromhex(v["key"]))
    while at < len(data):
        demand(tag != 3, "trailing")
        part = data[at:at + chunk]
        code = "chunk" if len(part) == chunk else "cut"
        bound = data[40:56] + struct.pack("<Q", index) + (blake("sv1.att-head", data[:80]) if index == 0 else b"")
        demand(len(part) > 17, code)
        try:
            more, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, part, bound)
        except (exceptions.CryptoError, RuntimeError) as error:
            raise Refused(code) from error
        demand(tag in (0, 3), code)
        plain, at, index = plain + more, at + chunk, index + 1
    demand(tag == 3, "cut")
    length = int(v["length"])
    demand(len(plain) == decode.padded(length), "size")
    demand(not any(plain[length:]), "padding")
    demand(blake("sv1.att-hash", data).hex() == v["hash"], "hash")
    demand(blake("example", plain[:length]).hex() == v["content"], "opened, and is not what was sealed")


def package(data, v):
    demand(len(data) >= 5, "length")
    demand(data[:4] == b"SVF1", "magic")
    demand(data[4] == 1, "suite")
    demand(len(data) >= 72 + 16 + 64, "length")
    demand(not any(data[5:8]), "reserved")
    size = number(data, 44, 4)
    demand(16 <= size <= (64 << 20) + 16 and len(data) == 72 + size + 64, "length")
    signer = bytes.fromhex(v["signer"])
    demand(device_id(signer) == data[24:40], "unknown_signer")
    signed(signer, "sv1.form-sig", blake("sv1.form-id", data[:-64]), data[-64:])
    plain = cipher_opened(bytes.fromhex(v["read_key"]), data[48:72], data[72:-64], data[:72], "body")
    reader, names = decode.Reader(plain), []
    try:
        count = reader.number(4)
        demand(count <= 256, "content")
        for _ in range(count):
            names.append(reader.take(reader.number(4)))
            reader.take(reader.number(4))
    except AssertionError as error:
        raise Refused("content") from error
    for name in names:
        demand(0 < len(name) <= 200 and name[:1] != b"/" and not any(bad in name for bad in (b"..", b"\\", b"\0")), "content")
    demand(names == sorted(set(names)) and reader.left() == 0, "content")
    demand(b" ".join(names).decode() == v.get("files", ""), "opened, and is not what was sealed")


def bundle(data, v):
    demand(len(data) >= 5, "length")
    demand(data[:4] == b"SVB1", "magic")
    demand(data[4] == 1, "suite")
    demand(56 + 96 <= len(data) <= 1 << 30, "length")
    demand(not any(data[5:8]), "reserved")
    demand(number(data, 48, 2) == number(data, 50, 2) == 1, "volume")
    count = number(data, 52, 4)
    start = 56 + 48 * count
    demand(count <= 65535 and start + 96 <= len(data), "items")
    rows = [data[at:at + 48] for at in range(56, start, 48)]
    for row in rows:
        demand(not any(row[1:8]), "reserved")
        demand(1 <= row[0] <= 9, "kind")
        demand(number(row, 8, 8) <= 1 << 30, "table")
    demand(start + sum(number(row, 8, 8) for row in rows) + 96 == len(data), "table")
    digest = blake("sv1.bndl-id", data[:-96])
    demand(digest == data[-96:-64], "hash")
    if any(data[-64:]):
        signer = bytes.fromhex(v["signer"])
        demand(device_id(signer) == data[24:40], "signature")
        signed(signer, "sv1.bndl-sig", digest, data[-64:])
    for row in rows:
        size = number(row, 8, 8)
        demand(blake("sv1.bndl-item", data[start:start + size]) == row[16:], "item")
        start += size
    demand(len(rows) == int(v["items"]), "opened, and is not what was sealed")


def canonical(data):
    """Whether these bytes are a value that a writer would write; by VALUES.md."""
    try:
        tag, text = decode.read_value(data)
    except (AssertionError, UnicodeDecodeError):
        return False
    if tag > 14 or unicodedata.normalize("NFC", text) != text:
        return False
    digits = text[1:] if text[:1] == "-" else text
    if tag in (2, 14) and (not digits.isdigit() or digits != str(int(digits)) or text == "-0"):
        return False
    whole, point, part = digits.partition(".")
    if tag == 3 and (not whole.isdigit() or whole != str(int(whole)) or (point and (not part.isdigit() or part[-1] == "0"))):
        return False
    if tag == 12:
        name = text[33:].encode()
        return text[32:33] == "/" and all(c in "0123456789abcdef" for c in text[:32]) and 0 < len(name) <= 200 and b"/" not in name
    return True


def answers(data):
    reader, before = decode.Reader(data), None
    try:
        for _ in range(reader.number(4)):
            question, depth = reader.take(reader.number(4)), reader.number(1)
            here = (question, [reader.take(16) for _ in range(depth)])
            demand(depth <= 8 and (before is None or before < here), "answers")
            demand(1 <= reader.number(1) <= 3 and canonical(reader.take(reader.number(4))), "answers")
            before = here
    except AssertionError as error:
        raise Refused("answers") from error
    demand(reader.left() == 0, "field")


SIZES = {0x8001: 16, 0x8002: 16, 0x8003: 8, 0x8004: 1, 0x8005: 32, 0x8009: 8, 0x800b: 1, 0x800e: 16}


def attachments(field):
    demand(len(field) >= 4, "attachments")
    count, before = number(field, 0, 4), b""
    demand(1 <= count <= 4096 and len(field) >= 4 + count * 88, "attachments")
    for i in range(count):
        one = field[4 + i * 88:20 + i * 88]
        demand(one > before and number(field, 52 + i * 88, 8) <= 2 << 30, "attachments")
        before = one
    demand(len(field) == 4 + count * 88, "field")
    return {field[4 + i * 88:20 + i * 88] for i in range(count)}


def unpacked(data):
    demand(len(data) >= 6 and len(data) == 6 + number(data, 2, 4) and len(data) >= 10, "packed")
    size = number(data, 6, 4)
    demand(8192 <= size <= 1048575, "packed")
    stream = zlib.decompressobj()
    try:
        out = stream.decompress(data[10:], size + 1)
    except zlib.error as error:
        raise Refused("packed") from error
    demand(len(out) == size and stream.eof and not stream.unused_data and out[:2] != b"\0\x80", "packed")
    return out


def revision(data, _):
    if data[:2] == b"\0\x80":
        data = unpacked(data)
    named = set()
    reader, fields, before = decode.Reader(data), {}, -1
    while reader.left():
        try:
            tag = reader.number(2)
            field = reader.take(reader.number(4))
        except AssertionError as error:
            raise Refused("length") from error
        demand(tag > before, "order")
        before, fields[tag] = tag, field
        demand(not tag & 0x8000 or 0x8001 <= tag <= 0x800e, "unsupported")
        demand(tag != 0x8004 or len(field) < 1 or 1 <= field[0] <= 4, "kind")
        demand(tag != 0x800b or len(field) < 1 or field[0] <= 3, "flags")
        demand(tag != 0x8008 or (len(field) % 32 == 0 and len(field) <= 16 * 32), "parents")
        if tag == 0x800c:
            answers(field)
        if tag == 0x800d:
            named = attachments(field)
        demand(tag != 0x800e or field in named, "overflow")
        demand(tag not in SIZES or len(field) == SIZES[tag], "field")
    demand(all(tag in fields for tag in range(0x8001, 0x800d)), "fields")
    return fields


def utf8(data):
    try:
        data.decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False


class Strict(decode.Reader):
    """Whatever is cut short is a fault of its own."""

    def take(self, size):
        demand(self.at + size <= len(self.data), "length")
        return super().take(size)


def statement(data, _):
    demand(8 <= len(data) <= 1 << 20, "length")
    demand(data[:4] == b"SVS1", "magic")
    demand(data[4] == 1, "suite")
    demand(1 <= data[5] <= 20, "type")
    demand(data[6:8] == b"\0\0", "reserved")
    reader = Strict(data)
    reader.take(8 + 16)
    signer, key = reader.take(16), reader.take(32)
    reader.take(8 + 32 + 8)

    def items(size):
        count = reader.number(4)
        demand(count <= 4096, "lists")
        reader.take(count * size)

    items(32)
    reader.take(16 + 32 + 32)
    texts = [reader.take(reader.number(4)) for _ in range(4)]
    reader.take(32 + 32 + 8)
    items(88)
    items(56)
    reader.take(reader.number(4))
    demand(reader.left() == 64, "length")
    demand(all(utf8(text) for text in texts), "text")
    demand(device_id(key) == signer, "signer")
    signed(key, "sv1.stmt-sig", blake("sv1.stmt-id", data[:-64]), data[-64:])


def enrolment(data, _):
    demand(len(data) >= 8, "length")
    demand(data[:4] == b"SVE1", "magic")
    demand(data[4] == 1, "suite")
    demand(data[5:8] == b"\0\0\0", "reserved")
    reader = Strict(data)
    reader.take(8)
    key, _box = reader.take(32), reader.take(32)
    label = reader.take(reader.number(4))
    demand(reader.left() == 64, "length")
    demand(len(label) <= 200 and utf8(label), "label")
    signed(key, "sv1.cert-sig", blake("sv1.enrol-id", data[:-64]), data[-64:])


def send_back(data, v):
    public, secret = bindings.crypto_box_seed_keypair(bytes.fromhex(v["box_seed"]))
    demand(len(data) >= 48, "box")
    try:
        plain = bindings.crypto_box_seal_open(data, public, secret)
    except exceptions.CryptoError as error:
        raise Refused("box") from error
    demand(plain[:1] == b"\1", "version")
    reader = Strict(plain)
    reader.take(1)
    record = reader.take(16)
    reader.take(32)

    def count():
        out = reader.number(4)
        demand(out <= 10000, "length")
        return out

    reader.take(32 * count())
    reader.take(32)
    for _text in range(4):
        reader.take(reader.number(4))
    reader.take(4)
    for _question in range(count()):
        reader.take(reader.number(4))
    number_of = count()
    try:
        for _answer in range(number_of):
            reader.take(reader.number(4))
            depth = reader.number(1)
            demand(depth <= 8, "answers")
            reader.take(16 * depth)
            demand(1 <= reader.number(1) <= 3 and canonical(reader.take(reader.number(4))), "answers")
    except Refused as error:
        raise Refused("answers") from error
    demand(reader.left() == 0, "length")
    demand(record.hex() == v["record"], "record")
    demand(blake("example", plain).hex() == v["content"], "opened, and is not what was sealed")


def migration(data, _):
    reader = Strict(data)
    reader.take(64)
    count, before, taken = reader.number(4), None, set()
    demand(count <= 100000, "count")
    for _rule in range(count):
        older = reader.take(reader.number(4))
        demand(before is None or older >= before, "order")
        before, place = older, reader.number(1)
        newer = older if place == 1 else reader.take(reader.number(4)) if place == 2 else b""
        demand(place <= 2 and (place != 2 or newer not in (b"", older)), "place")
        kind = reader.number(1)
        demand(kind <= 14 or kind == 255, "kind")
        codes = reader.number(4)
        last = None
        for _code in range(codes):
            code = reader.take(reader.number(4))
            reader.take(reader.number(4))
            demand(last is None or code > last, "codes")
            last = code
        demand(not newer or newer not in taken, "twice")
        taken.add(newer)
    demand(reader.left() == 0, "length")


def sheet(text):
    found = {}
    for line in text.split("\n"):
        name, _space, rest = line.strip().partition(" ")
        if not name.isdigit() or not 1 <= int(name) <= 14:
            continue
        typed = rest.upper().replace(" ", "").replace("-", "")
        typed = typed.replace("O", "0").replace("I", "1").replace("L", "1")
        if not typed or any(sign not in decode.CROCKFORD for sign in typed):
            continue
        number_of = int(name)
        wanted = 18 if number_of < 14 else 250 - 13 * 18
        demand(len(typed) == wanted + 2, "length")
        values = [decode.CROCKFORD.index(sign) for sign in typed]
        first = (number_of - 1 + sum((i + 1) * c for i, c in enumerate(values[:-2]))) % 31
        second = (number_of - 1 + sum(((i + 3) * (i + 2) + 1) * c for i, c in enumerate(values[:-2]))) % 29
        demand(values[-2:] == [first, second], "check")
        found[number_of] = values[:-2]
    demand(len(found) == 14, "missing")
    bits = 0
    for n in range(1, 15):
        for c in found[n]:
            bits = bits << 5 | c
    data = (bits >> 2).to_bytes(156, "big")
    demand(data[0] == 1, "version")
    demand(1 <= data[1] <= 3, "number")
    return data


def kit(data, v):
    texts = (data.decode().split("\f") + [""])[:2]
    one, two = sheet(texts[0]), sheet(texts[1])
    demand(one[2:28] == two[2:28], "kits")
    demand(one[1] != two[1], "same")
    pads = {}
    for data_of in (one, two):
        others = [n for n in (1, 2, 3) if n != data_of[1]]
        for n, pad in zip(others, (data_of[28:92], data_of[92:])):
            demand(pads.setdefault(n, pad) == pad, "fit")
    secret = bytes(a ^ b ^ c for a, b, c in zip(pads[1], pads[2], pads[3]))
    demand(blake("sv1.kit-check", one[4:20] + one[2:4] + secret)[:8] == one[20:28], "fit")
    demand(secret[:32].hex() == v["root_seed"], "opened, and is not what was shared")


def journal(data, v):
    reader = Strict(data)
    strings = reader.number(4)
    for _string in range(strings):
        reader.take(reader.number(4))
    count = reader.number(4)
    demand(count <= 1000000, "count")
    for _entry in range(count):
        demand(reader.number(1) != 0, "kind")
        reader.take(8)
        demand(1 <= reader.number(1) <= 3, "origin")
        demand(reader.number(4) < strings, "question")
        depth = reader.number(1)
        demand(depth <= 8, "depth")
        reader.take(16 * depth)
        demand(canonical(reader.take(reader.number(4))), "value")
        reader.take(reader.number(4))
    demand(reader.left() == 0, "length")
    demand(count == int(v["entries"]), "opened, and is not what was packed")


READERS = {"envelope": envelope, "stub": stub, "head": head, "key": key, "tombstone": tombstone,
           "attachment": attachment, "package": package, "bundle": bundle, "revision": revision,
           "statement": statement, "enrolment": enrolment, "send_back": send_back, "migration": migration, "kit": kit,
           "journal": journal}


def vectors(kind):
    common, found = {}, []
    with open(os.path.join(FOLDER, kind + ".txt"), encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("vector "):
                found.append({"vector": line[7:]})
            elif " = " in line:
                name, value = line.split(" = ", 1)
                (found[-1] if found else common)[name] = value
    with open(os.path.join(FOLDER, common["base"]), "rb") as file:
        base = file.read()
    for own in found:
        data = bytearray(base)
        if "cut" in own:
            del data[int(own["cut"]):]
        for edit in own.get("edit", "").split():
            at, text = edit.split(":")
            data[int(at):int(at) + len(text) // 2] = bytes.fromhex(text)
        yield bytes(data + bytes.fromhex(own.get("append", ""))), {**common, **own}


def main():
    passed = failed = 0
    for kind, read in READERS.items():
        for data, v in vectors(kind):
            try:
                read(data, v)
                found = "good"
            except Refused as refused:
                found = str(refused)
            if found == v["expect"]:
                passed += 1
            else:
                failed += 1
                print(f"FAILED: {kind}: {v['vector']} ({v['why']}): {found}, the vector says {v['expect']}")
    print(f"testkit: result: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or passed < 400 else 0


if __name__ == "__main__":
    sys.exit(main())
