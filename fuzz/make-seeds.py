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


decoders()
noise()
chosen()
limits()
states()
verification()
