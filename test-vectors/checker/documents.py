"""The kinds of `attachment/`, `key-export/` and `secret-storage/`, after the Matrix specification."""

import hashlib
import re

import curves
import strict_json
from basics import Reader, Refused, from_base64, hkdf, hmac, need, sha256, to_base64
from ciphers import ctr
from megolm import SessionKey

# Attachments: "Sending encrypted attachments".


def attachment_encrypt(given):
    iv = given["iv_random"] + bytes(8)
    ciphertext = ctr(given["key"], iv, given["plaintext"])
    return {"ciphertext": ciphertext, "iv": iv, "sha256": sha256(ciphertext)}


def text_of(value):
    need(isinstance(value, str), "no text")
    return value


def object_of(value):
    need(isinstance(value, dict), "no object")
    return value


def base64_url(text):
    need("+" not in text and "/" not in text, "the other alphabet")
    return from_base64(text.replace("-", "+").replace("_", "/"))


def attachment_decrypt(given):
    file = given["encrypted_file"]
    need(file.get("v") in ("v1", "v2"), "an unknown version")
    key = object_of(file.get("key"))
    need(key.get("kty") == "oct" and key.get("alg") == "A256CTR" and key.get("ext") is True, "another kind of key")
    operations = key.get("key_ops")
    need(isinstance(operations, list) and {"encrypt", "decrypt"} <= set(operations), "operations missing")
    secret = base64_url(text_of(key.get("k")))
    iv = from_base64(text_of(file.get("iv")), padding=True)
    hashed = from_base64(text_of(object_of(file.get("hashes")).get("sha256")), padding=True)
    need(len(secret) == 32 and len(iv) == 16, "another length")
    need(hashed == sha256(given["ciphertext"]), "another ciphertext")
    return {"plaintext": ctr(secret, iv, given["ciphertext"])}


# Key exports: "Key exports".

FIRST_LINE, LAST_LINE = "-----BEGIN MEGOLM SESSION DATA-----", "-----END MEGOLM SESSION DATA-----"
WHITE_SPACE = " \t\r\n"


def key_export_envelope(given):
    """01 | salt 16 | iv 16 | rounds, 4 bytes | ciphertext | MAC 32."""
    lines = [line.strip(WHITE_SPACE) for line in given["text"].strip(WHITE_SPACE).split("\n")]
    need(len(lines) > 2 and (lines[0], lines[-1]) == (FIRST_LINE, LAST_LINE), "no such file")
    data = from_base64("".join(lines[1:-1]), padding=True)
    reader = Reader(data)
    need(reader.u8() == 1, "another version")
    salt, iv, rounds = reader.take(16), reader.take(16), reader.u32()
    need(reader.left() >= 32, "too short")
    ciphertext = reader.take(reader.left() - 32)
    need(1 <= rounds <= given["max_rounds"], "too few or too many rounds")
    keys = hashlib.pbkdf2_hmac("sha512", given["passphrase"].encode(), salt, rounds, 64)
    need(hmac(keys[32:], data[:-32]) == data[-32:], "bad MAC")
    return {"plaintext": ctr(keys[:32], iv, ciphertext)}


ALGORITHM = "m.megolm.v1.aes-sha2"
SHARED_HISTORY = ["shared_history", "m.shared_history", "org.matrix.msc3061.shared_history"]
TEXT_FIELDS = ["algorithm", "room_id", "session_id", "session_key", "sender_key"]
OTHER_FIELDS = ["sender_claimed_keys", "forwarding_curve25519_key_chain", *SHARED_HISTORY]


def curve25519_key(text):
    need(len(from_base64(text_of(text), padding=True)) == 32, "another length")
    return text


def exported_session(pairs):
    """One entry of a list; `pairs` is what the object has, in its order."""
    names = [name for name, _ in pairs]
    need(all(names.count(name) <= 1 for name in TEXT_FIELDS + OTHER_FIELDS), "a field twice")
    entry = {name: value for name, value in pairs if value is not None}
    texts = {name: text_of(entry.get(name)) for name in TEXT_FIELDS}
    need(texts["algorithm"] == ALGORITHM, "another algorithm")
    session = SessionKey(from_base64(texts["session_key"]), 1)
    session_id = to_base64(session.public_key)
    need(texts["session_id"] == session_id, "the id of another key")

    claimed = dict(strict_json.pairs_of(entry.get("sender_claimed_keys", strict_json.Pairs()))).get("ed25519")
    if claimed is not None:
        curves.decode(from_base64(text_of(claimed), padding=True))
    chain = entry.get("forwarding_curve25519_key_chain", [])
    need(isinstance(chain, list) and not isinstance(chain, strict_json.Pairs), "no list")
    shared = [entry[name] for name in SHARED_HISTORY if name in entry]
    need(all(isinstance(flag, bool) for flag in shared), "a flag that is none")
    return {
        "room_id": texts["room_id"],
        "session_id": session_id,
        "sender_key": curve25519_key(texts["sender_key"]),
        "ed25519": claimed,
        "forwarding_curve25519_key_chain": [curve25519_key(key) for key in chain],
        "session_key_base64": to_base64(session.export()),
        "first_known_index": session.first_index,
        "shared_history": bool(shared) and all(shared),
    }


def key_export_sessions(given):
    entries = strict_json.read(given["json"])
    need(isinstance(entries, list) and not isinstance(entries, strict_json.Pairs), "no list")
    sessions, refused = [], []
    for place, entry in enumerate(entries):
        try:
            sessions.append(exported_session(strict_json.pairs_of(entry)))
        except Refused:
            refused.append(place)
    return {"sessions": sessions, "refused": refused}


# Secret storage: "Secret storage", m.secret_storage.v1.aes-hmac-sha2.


def secret_keys(key, name):
    keys = hkdf(bytes(32), key, name.encode(), 64)
    return keys[:32], keys[32:]


def secret_encrypt(given):
    random = given["iv_random"]
    iv = random[:8] + bytes([random[8] & 0x7F]) + random[9:]
    aes_key, mac_key = secret_keys(given["key"], given["name"])
    ciphertext = ctr(aes_key, iv, given["plaintext"])
    return {
        "iv_base64": to_base64(iv),
        "ciphertext_base64": to_base64(ciphertext),
        "mac_base64": to_base64(hmac(mac_key, ciphertext)),
    }


def secret_decrypt(given):
    iv, ciphertext, mac = (from_base64(given[f"{name}_base64"], padding=True) for name in ("iv", "ciphertext", "mac"))
    need(len(iv) == 16, "another length")
    aes_key, mac_key = secret_keys(given["key"], given["name"])
    need(mac == hmac(mac_key, ciphertext), "bad MAC")
    return {"plaintext": ctr(aes_key, iv, ciphertext)}


def key_check(given):
    """The MAC of 32 zero bytes, encrypted under the empty name."""
    iv, mac = (from_base64(given[f"{name}_base64"], padding=True) for name in ("iv", "mac"))
    need(len(iv) == 16, "another length")
    aes_key, mac_key = secret_keys(given["key"], "")
    need(mac == hmac(mac_key, ctr(aes_key, iv, bytes(32))), "another key")
    return {}


def passphrase(given):
    need(given["bits"] == 256 and given["iterations"] > 0, "another length, or no rounds")
    salt, rounds = given["salt"].encode(), given["iterations"]
    return {"key": hashlib.pbkdf2_hmac("sha512", given["passphrase"].encode(), salt, rounds, 32)}


BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def recovery_key(given):
    """8b 01 | key | parity, in base58 and groups of four."""
    text = re.sub(f"[{WHITE_SPACE}]", "", given["text"])
    number = 0
    for character in text:
        need(character in BASE58, "a character outside the alphabet")
        number = number * 58 + BASE58.index(character)
    need(number < 256**35, "too long")
    data = number.to_bytes(35, "big")
    need(data[:2] == b"\x8b\x01", "another prefix")
    parity = 0
    for byte in data:
        parity ^= byte
    need(parity == 0, "wrong parity")
    written = ""
    while number:
        number, digit = divmod(number, 58)
        written = BASE58[digit] + written
    # The prefix is not zero, so that a number has one text.
    need(text == written, "a longer form")
    return {"key": data[2:-1], "text": " ".join(written[at : at + 4] for at in range(0, len(written), 4))}


KINDS = {
    "attachment-encrypt": attachment_encrypt,
    "attachment-decrypt": attachment_decrypt,
    "key-export-envelope": key_export_envelope,
    "key-export-sessions": key_export_sessions,
    "secret-storage-encrypt": secret_encrypt,
    "secret-storage-decrypt": secret_decrypt,
    "secret-storage-key-check": key_check,
    "secret-storage-passphrase": passphrase,
    "recovery-key": recovery_key,
}
