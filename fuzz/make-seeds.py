#!/usr/bin/env python3
"""Writes fuzz/seeds/: messages and keys of the test vectors for `decoders`, saved states that the library makes, repeatable noise
for targets whose input is a list of steps."""

import base64
import hashlib
import itertools
import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
VECTORS = HERE.parent / "test-vectors"
# Of each of these files, the named inputs of so many vectors, accepted ones first: the fuzzer finds the rest.
FIELDS = {
    "olm/message.json": ["message"],
    "olm/pre-key-message.json": ["message"],
    "megolm/message.json": ["message"],
    "megolm/session-key.json": ["session_key_base64"],
    "megolm/export.json": ["export_base64"],
    "keys/ed25519-public-key.json": ["bytes"],
    "encoding/base64-public.json": ["text"],
}
VECTORS_A_FILE = 12
NOISE = {
    "olm_network": [50, 100, 200, 400],
    "megolm_network": [50, 100, 200, 400],
    "megolm_bulk": [50, 100, 200, 400],
    "saved_conversation": [50, 100, 200, 400],
    "libolm_interface": [50, 100, 200, 400],
}
# What the first byte of an input asks for: a state to be changed, a list to be resized, JSON to be made.
CHOSEN = {"native_pickles": [*range(4, 8), *range(12, 16)], "libolm_pickles": range(12, 36), "vodozemac_pickles": range(4, 12)}
SEEDS_A_LENGTH = 8


def write(target, data):
    folder = HERE / "seeds" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def decoders():
    for name, fields in FIELDS.items():
        vectors = json.loads((VECTORS / name).read_text())["vectors"]
        vectors.sort(key=lambda vector: vector["verdict"])
        for vector in vectors[:VECTORS_A_FILE]:
            for field in fields:
                text = vector["input"][field]
                if field == "text" or field.endswith("_base64"):
                    write("decoders", text.encode())
                    if vector["verdict"] == "accept":
                        text = text.rstrip("=")
                        write("decoders", base64.b64decode(text + "=" * (-len(text) % 4)))
                else:
                    data = bytes.fromhex(text)
                    write("decoders", data)
                    write("decoders", base64.b64encode(data).rstrip(b"="))


def noise():
    for target, lengths in NOISE.items():
        for length in lengths:
            for number in range(SEEDS_A_LENGTH):
                label = f"{target} {length} {number}".encode()
                write(target, hashlib.shake_256(label).digest(length))


def chosen():
    for target, selectors in CHOSEN.items():
        for selector in selectors:
            for length in [2, 12, 100]:
                label = f"{target} {selector} {length}".encode()
                write(target, bytes([selector]) + hashlib.shake_256(label).digest(length))


def states():
    manifest = ["--manifest-path", str(HERE / "Cargo.toml"), "--target-dir", str(HERE.parent / "target" / "fuzz")]
    for example in ["seeds", "peer_seeds"]:
        subprocess.run(["cargo", "run", "--quiet", "--release", *manifest, "--example", example], check=True)


def limits():
    """Sessions that keep more than their limits would allow, were they a little lower."""
    for session, place, value in itertools.product(range(12, 16), range(1, 4), [6, 41]):
        write("native_pickles", bytes([13, session, place, value]))


# What the first byte of an input for `verification` asks for, and where inputs of that kind are.
QR_CODE, QR_FIELDS, LOGIN_MESSAGE, PK_TEXTS, *VERIFICATION_STEPS = range(8)


def verification():
    def vectors(name):
        return json.loads((VECTORS / name).read_text())["vectors"]

    def chosen(selector, data):
        write("verification", bytes([selector]) + data)

    for vector in vectors("qr/qr-code.json"):
        chosen(QR_CODE, bytes.fromhex(vector["input"]["bytes"])[:1000])
    for vector in vectors("login/ecies-open.json")[:VECTORS_A_FILE]:
        chosen(LOGIN_MESSAGE, vector["input"]["initial_message"].encode())
    for vector in vectors("login/hpke-open.json")[:VECTORS_A_FILE]:
        chosen(LOGIN_MESSAGE, vector["input"]["initial_message_base64"].encode())
    for vector in vectors("pk/decrypt.json")[:VECTORS_A_FILE]:
        texts = [vector["input"][name] for name in ["ciphertext_base64", "mac_base64", "ephemeral_key_base64"]]
        chosen(PK_TEXTS, "|".join(texts).encode())
    for selector in [QR_FIELDS, *VERIFICATION_STEPS]:
        for length in [50, 100, 200, 400]:
            chosen(selector, hashlib.shake_256(f"verification {selector} {length}".encode()).digest(length))


# What the first byte of an input for `documents` asks for, and where texts of that kind are; the others are lists of changes.
DOCUMENTS = range(20)
FILE, PIECES, SOURCE, EXPORT, SEALED = 0, 2, 3, 4, 5
STORED, SECRET, PASSPHRASE, RECOVERY_KEY, SIGNED, BACKUP, ENTRY = 7, 9, 10, 11, 13, 16, 18
# Longer vectors would have the fuzzer make longer inputs.
MOST_BYTES = 3000


def documents():
    def vectors(name):
        found = json.loads((VECTORS / name).read_text())["vectors"]
        found.sort(key=lambda vector: vector["verdict"])
        # Of what is accepted and of what is refused.
        return found[:VECTORS_A_FILE] + found[-VECTORS_A_FILE:]

    def inputs(*names):
        return (vector["input"] for name in names for vector in vectors(name))

    def chosen(selector, data):
        data = data if isinstance(data, bytes) else data.encode()
        if len(data) <= MOST_BYTES:
            write("documents", bytes([selector]) + data)

    def plain(value):
        return json.dumps(value, ensure_ascii=False)

    def iv_of(file):
        text = file.get("iv") if isinstance(file.get("iv"), str) else ""
        return base64.b64decode(text + "==")[:16].ljust(16, b"\0") if len(text) == 22 else bytes(16)

    def lengths(count, before):
        """The lengths of what has any, zero, stand at the end of an input, in as many bytes as the whole length needs."""
        return bytes(count * (1 if len(before) < 240 else 2))

    def sealed(content):
        """Salt, IV, rounds, no change, one line; an empty passphrase, no wrapping, no steps."""
        return bytes(41) + content + lengths(3, content)

    for given in inputs("attachment/decrypt.json"):
        chosen(FILE, plain(given["encrypted_file"]))
        # In front of the file are the IV, and zeros: no change, no cuts.
        file = bytes.fromhex(given["ciphertext"])[:500]
        chosen(PIECES, bytes(5) + iv_of(given["encrypted_file"]) + bytes(2) + file + lengths(2, file))
        chosen(SOURCE, bytes(4) + iv_of(given["encrypted_file"]) + bytes(7) + file + lengths(1, file))
    # A long file, whose IV has room for a part of it.
    near_end = b"\xff" * 4 + bytes(8) + (2000).to_bytes(2, "little")
    chosen(PIECES, bytes(1) + near_end + bytes(1) + b"\x0f" + bytes(100) + lengths(2, b""))
    for given in inputs("key-export/envelope.json"):
        chosen(EXPORT, given["text"])
    for given in inputs("key-export/sessions.json"):
        chosen(SEALED, sealed(given["json"].encode()))
    # More entries than the library names when it refuses them.
    chosen(SEALED, sealed(f"[{','.join('0' * 1200)}]".encode()))
    for given in inputs("secret-storage/decrypt.json"):
        names = ["iv", "ciphertext", "mac"]
        chosen(STORED, plain({name: given[f"{name}_base64"] for name in names}))
        name = given["name"].encode()
        chosen(SECRET, bytes(1) + bytes.fromhex(given["key"]) + bytes(1) + name + lengths(1, name))
    for given in inputs("secret-storage/key-check.json", "secret-storage/passphrase.json"):
        check = {name: given[f"{name}_base64"] for name in ["iv", "mac"] if f"{name}_base64" in given}
        stretched = {name: given[name] for name in ["salt", "iterations", "bits"] if name in given}
        passphrase = {"passphrase": {"algorithm": "m.pbkdf2", **stretched}} if stretched else {}
        chosen(STORED, plain({"algorithm": "m.secret_storage.v1.aes-hmac-sha2", **passphrase, **check}))
    for given in inputs("keys/pbkdf2.json"):
        chosen(PASSPHRASE, bytes(6) + given["passphrase"].encode() + bytes.fromhex(given["salt"]))
    for given in inputs("secret-storage/recovery-key.json"):
        chosen(RECOVERY_KEY, given["text"])
    for given in inputs("signed-json/canonical.json", "signed-json/sign.json", "signed-json/verify.json"):
        chosen(SIGNED, given["json"])
    for given in inputs("pk/decrypt.json"):
        texts = {"ciphertext": "ciphertext_base64", "mac": "mac_base64", "ephemeral": "ephemeral_key_base64"}
        chosen(BACKUP, plain({name: given[text] for name, text in texts.items()}))
    # A valid entry, of which a byte in an unknown field is no UTF-8.
    byte = b"\xff\0\0\0\x70" + (850).to_bytes(2, "little") + b"\xff"
    chosen(ENTRY, bytes(4) + b"\xff" * 4 + b"\1" + bytes(3) + byte)
    # Without a change, and with a few.
    for selector in DOCUMENTS:
        chosen(selector, bytes(200))
        for length in [50, 100, 200, 400]:
            chosen(selector, hashlib.shake_256(f"documents {selector} {length}".encode()).digest(length))


# What the first byte of an input for `peer_decoders` says that the rest is; the second says how it is to be read.
NORMAL, PRE_KEY, MEGOLM, SESSION_KEY, PEER_EXPORT, SIGNATURE, KEY, BASE64, BACKUP_ENTRY, LOGIN, VERIFICATION = range(11)
JSON, CHANGED_JSON, LIBOLM, CHANGED_LIBOLM, DEHYDRATED = range(11, 16)
PICKLES = ["account", "session", "outbound-group-session", "inbound-group-session"]
SMALL_ORDER = [bytes(32), bytes([1]) + bytes(31), bytes([0xEC]) + b"\xff" * 30 + b"\x7f"]


def varint(value, longer=False):
    groups = []
    while value >= 0x80:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value | 0x80, 0] if longer else [*groups, value])


def fields_of(message, kinds, suffix):
    """The version, the fields one by one, and what stands behind them; of a message in its one form."""
    at, fields = 1, []
    for number, is_bytes in kinds:
        begin, at = at, at + 1
        value, shift = 0, 0
        while True:
            byte = message[at]
            value, shift, at = value | (byte & 0x7F) << shift, shift + 7, at + 1
            if byte < 0x80:
                break
        at += value if is_bytes else 0
        fields.append(message[begin:at])
    return message[:1], fields, message[len(message) - suffix :] if suffix else b""


def deviations(version, fields, suffix, index):
    """The same message with each of the deviations that `peers::protobuf` knows, alone."""
    write = lambda *fields: version + b"".join(fields) + suffix
    yield write(*fields[1:], fields[0])
    yield write(*fields, b"\x78\x07")
    yield write(fields[0], fields[0], *fields[1:])
    yield write(*fields, b"\x7b\x78\x07\x7c")
    if index is not None:
        before, rest = fields[:index], fields[index + 1 :]
        tag = fields[index][:1]
        yield write(*before, tag + varint(0, longer=True), *rest)
        yield write(*before, *rest)
        yield write(*before, tag + varint(2**32), *rest)
        yield write(*before, tag + varint(2**64 - 1), *rest)
        yield write(*before, *rest[:-1], fields[index], rest[-1][:1] + b"\x0f" + bytes(15))
        yield write(*before, *rest[:-1], fields[index], rest[-1][:1] + b"\x00")


def peer_decoders():
    def vectors(name):
        found = json.loads((VECTORS / name).read_text())["vectors"]
        return sorted(found, key=lambda vector: vector["verdict"])

    def inputs(*names):
        return (vector["input"] for name in names for vector in vectors(name))

    def seed(what, how, data):
        data = data if isinstance(data, bytes) else data.encode()
        write("peer_decoders", bytes([what, how]) + data)

    normal = [(1, True), (2, False), (4, True)]
    for given in inputs("olm/message.json"):
        seed(NORMAL, 0, bytes.fromhex(given["message"]))
    for given in inputs("olm/pre-key-message.json"):
        seed(PRE_KEY, 0, bytes.fromhex(given["message"]))
    for given in inputs("megolm/message.json"):
        seed(MEGOLM, 0, bytes.fromhex(given["message"]))
    message = bytes.fromhex(vectors("olm/message.json")[0]["input"]["message"])
    parts = fields_of(message, normal, 8)
    for deviation in deviations(*parts, 1):
        seed(NORMAL, 0, deviation)
    message = bytes.fromhex(vectors("olm/pre-key-message.json")[0]["input"]["message"])
    frame = fields_of(message, [(1, True), (2, True), (3, True), (4, True)], 0)
    for deviation in deviations(*frame, None):
        seed(PRE_KEY, 0, deviation)
    inner = frame[1][3][2:]
    for deviation in deviations(*fields_of(inner, normal, 8), 1):
        seed(PRE_KEY, 0, frame[0] + b"".join(frame[1][:3]) + b"\x22" + varint(len(deviation)) + deviation)
    message = bytes.fromhex(vectors("megolm/message.json")[0]["input"]["message"])
    for deviation in deviations(*fields_of(message, [(1, False), (2, True)], 72), 0):
        seed(MEGOLM, 0, deviation)
    for given in inputs("megolm/session-key.json"):
        text = given["session_key_base64"]
        seed(SESSION_KEY, 0, text)
        try:
            seed(SESSION_KEY, 0, base64.b64decode(text + "=" * (-len(text) % 4)))
        except ValueError:
            pass
    for given in inputs("megolm/export.json"):
        text = given["export_base64"]
        seed(PEER_EXPORT, 0, text)
        try:
            data = base64.b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            continue
        seed(PEER_EXPORT, 0, data)
        seed(PEER_EXPORT, 0, data + b"more")
    for given in inputs("keys/ed25519-verify.json"):
        data = b"".join(bytes.fromhex(given[name]) for name in ["public_key", "signature", "message"])
        if len(data) < MOST_BYTES:
            seed(SIGNATURE, 0, data)
    for given in inputs("keys/ed25519-public-key.json"):
        seed(SIGNATURE, 0, bytes.fromhex(given["bytes"]))
    keys = [bytes.fromhex(given["bytes"]) for given in inputs("keys/ed25519-public-key.json")]
    texts = [base64.b64encode(key).decode() for key in [*keys, bytes([7] * 33), bytes([7] * 31), *SMALL_ORDER]]
    for text in [*texts, *(text.rstrip("=") for text in texts), texts[0].rstrip("=")[:42] + "=", "-" * 43]:
        for how in range(3):
            seed(KEY, how, text)
        seed(VERIFICATION, 0, text)
    for given in inputs("encoding/base64-public.json", "encoding/base64-secret.json"):
        seed(BASE64, 0, given["text"])
        seed(LOGIN, 0, given["text"])
    seed(BASE64, 0, base64.b64encode(bytes([3])).decode().rstrip("=") + "=")
    for given in inputs("pk/decrypt.json"):
        texts = [given[name] for name in ["ciphertext_base64", "mac_base64", "ephemeral_key_base64"]]
        seed(BACKUP_ENTRY, 0, "|".join(texts))
        seed(BACKUP_ENTRY, 2, "|".join(texts))
    for length in range(8):
        seed(BACKUP_ENTRY, 3, bytes([length]) + bytes(32))
    for given in inputs("login/ecies-open.json"):
        seed(LOGIN, 0, given["initial_message"])
        ciphertext, _, key = given["initial_message"].partition("|")
        seed(LOGIN, 0, ciphertext + "=|" + key)
    for given in inputs("sas/mac.json"):
        text, info = (given[name].encode() for name in ["text", "info"])
        if max(len(text), len(info)) < 256:
            seed(VERIFICATION, 1, bytes([len(text)]) + text + bytes([len(info)]) + info + given["mac"].encode())
            seed(VERIFICATION, 2, bytes([len(text)]) + text + info)
    seed(VERIFICATION, 2, b"\x01aainfo")
    seed(VERIFICATION, 2, b"\x01abinfo")
    peer_pickles(seed)


def peer_pickles(seed):
    for kind, name in enumerate(PICKLES):
        for length in [20, 60, 200, 400]:
            for number in range(4):
                noise = hashlib.shake_256(f"{name} {length} {number}".encode()).digest(length)
                seed(JSON, kind + 4, noise)
                seed(CHANGED_JSON, kind, noise)
                seed(CHANGED_LIBOLM, kind, noise)
    peer_states(seed)
    for place in range(20):
        for kind in range(4):
            seed(CHANGED_JSON, kind, bytes([place, 0]))
            seed(CHANGED_LIBOLM, kind, bytes([place, 0]))


def peer_states(seed):
    """States that no vector has: with keys in other encodings, ids that are the last there is, and fields too many."""
    identity_with_sign = bytes([1]) + bytes(30) + b"\x80"
    seed(PEER_EXPORT, 0, bytes([1]) + bytes(132) + identity_with_sign)
    seed(LIBOLM, 3, bytes([0, 0, 0, 2]) + bytes(264) + identity_with_sign + b"\1")
    array = lambda *parts: [byte for part in parts for byte in part]
    inbound = {"initial_ratchet": {"inner": [0] * 128, "counter": 0}, "signing_key": array(identity_with_sign)}
    seed(JSON, 3, json.dumps({**inbound, "signing_key_verified": True, "config": {"version": "V1"}}))
    fallback = {"key_id": 0, "fallback_key": None, "previous_fallback_key": None}
    one_time = {"next_key_id": 0, "public_keys": {}, "private_keys": {str(2**64 - 1): [7] * 32}}
    account = {"signing_key": {"Normal": [5] * 32}, "diffie_hellman_key": [6] * 32}
    seed(JSON, 0, json.dumps({**account, "one_time_keys": one_time, "fallback_keys": fallback}))
    key = {"key": [1] * 32}
    chain = {"ratchet_key": [9] * 32, "hkdf_ratchet": {**key, "index": 1}, "skipped_message_keys": {"inner": []}}
    both = {"root_key": key, "ratchet_key": [9] * 32, "active_ratchet": {"root_key": [1] * 32, "ratchet_key": [2] * 32}}
    keys = {name: [3] * 32 for name in ["identity_key", "base_key", "one_time_key"]}
    for kind in ["active", "inactive"]:
        sending = {"type": kind, **both, "symmetric_key_ratchet": {**key, "index": 0}}
        session = {"session_keys": keys, "sending_ratchet": sending, "receiving_chains": {"inner": [chain]}}
        seed(JSON, 1, json.dumps({**session, "config": {"version": "V1"}}))
    # No one-time keys, no fallback key, and a byte too many; bits that are set where a curve has none are left to the fuzzer.
    device = bytes([0, 0, 0, 1]) + bytes([6] * 32) + bytes([5] * 32) + bytes(4) + bytes(1)
    seed(DEHYDRATED, 0, device)
    seed(DEHYDRATED, 0, device + b"\0")


def peer_conversation():
    def seed(*parts):
        write("peer_conversation", b"".join(part if isinstance(part, bytes) else bytes(part) for part in parts))

    def short(number):
        return number.to_bytes(2, "little")

    newest = short(0xFFFF)
    both, starter, answerer = range(2), 0, 0x80
    send, deliver, deliver_newest, burst, change, store = 0, 1, 2, 3, 4, 7
    damaged, remade, reframed, invented = range(4)
    untouched = [0, 0]
    for version, fallback, they_start in itertools.product([0, 1], [0, 4], [0, 2]):
        how = version | fallback | they_start
        answered = [answerer | send, 0, deliver_newest, 0]
        # A chain that arrives backwards, and again; both ratchets turn, with keys of either library.
        turns = [[starter | burst | draw, 9, answerer | burst | draw, 3] for draw in [0, 0x40, 0x60, 0x20]]
        late = [[answerer | deliver, 0, number, 0] for number in range(30)]
        seed([0, how, *untouched], answered, *turns, *late, [starter | store, 0, answerer | store, 0], *turns, *late)
        # More messages than are kept.
        seed([0, how, *untouched], answered, [starter | send, 60, answerer | deliver_newest, 0], *late)
        # Eight turns later the session keeps the first chains no more, though the keys of their late messages.
        turns = [[starter | burst, 9]] + 9 * [[answerer | burst, 1, starter | burst, 1]]
        seed([0, how, *untouched], answered, *turns, *[[answerer | deliver, 0, number, 0] for number in range(4, 14)])
    for how in [0, 1, 2, 4]:
        # Fields in every form, authenticated as vodozemac would write them, and as they stand.
        for flags, form in itertools.product([0, 0x80, 0x40], range(8)):
            made = [remade, form | flags, 0, 1]
            seed([0, how, 1, 0, 0, *made, 0])
            seed([0, how, 1, 1, 0, reframed, form, 0, 0])
            seed([0, how, 0, 1], answered, [starter | send, 3], [answerer | change, 0], short(5), made)
            seed([0, how, 0, 1], answered, [answerer | change, 0], short(0), made)
            # The message goes to the one who has sent first as well.
            seed([0, how, *untouched], answered, [answerer | send, 3], [starter | change, 0], short(2), made)
        # Padding of every kind, right and wrong.
        for content, length in itertools.product([1, 2, 3, *range(6, 80, 8)], [0, 16]):
            made = [remade, 0, content, length]
            seed([0, how, *untouched], answered, [starter | send, 3], [answerer | change, 0], short(5), made)
        any_key = bytes([9]) + bytes(31)
        for which in range(13):
            seed([0, how, 1, 1, 0, reframed, 0, which], any_key, [0])
            seed([0, how, *untouched], answered, [answerer | change, 0], short(2), [reframed, 0, which], any_key)
        for which, before in itertools.product([0, 1, 2, 0xF0], [[], answered]):
            # Where there is a sending chain, and where there is none.
            seed([0, how, *untouched], before, [answerer | change, 0], short(1), [invented, which], short(1), any_key)
    for how in [0, 3, 4, 6, 13]:
        sent = [[0, *short(number)] for number in [*range(19, 0, -1), 3, 3, 5]]
        met = [[7, *short(number)] for number in range(6)]
        exports = [[6, *short(number)] for number in [0, 1, 200, 5, 0xFF00]]
        seed([2, how], *sent, *met, *exports, [5, 4, 0], *sent, *met, *exports)
        for form, flags, which in itertools.product(range(8), [0, 0x80, 0x40, 0x20], [0, 7]):
            seed([2, how], [3], short(which), [form | flags, 0, 1], [0], short(8))
        for content, length in itertools.product([1, 2, 3, *range(6, 80, 8)], [0, 16]):
            seed([2, how], [3], short(7), [0, content, length])
    for what, length, number in itertools.product([0, 2], [50, 100, 200, 400], range(6)):
        seed([what], hashlib.shake_256(f"peer_conversation {what} {length} {number}".encode()).digest(length))


# What the first byte of an input for `c_interface` asks for: a scene to begin with, or none.
SCENES = range(13)


def scenes():
    for scene in SCENES:
        for length in [0, 50, 100, 200, 400]:
            write("c_interface", bytes([scene]) + hashlib.shake_256(f"c_interface {scene} {length}".encode()).digest(length))


decoders()
peer_decoders()
peer_conversation()
noise()
chosen()
limits()
states()
verification()
documents()
scenes()
