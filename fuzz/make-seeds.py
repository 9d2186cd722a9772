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
    subprocess.run(["cargo", "run", "--quiet", "--release", *manifest, "--example", "seeds"], check=True)


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


decoders()
noise()
chosen()
limits()
states()
verification()
documents()
