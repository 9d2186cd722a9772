"""Olm: the kinds of `olm/`, after the Matrix specification, "Olm: A Cryptographic Ratchet"."""

import curves
from basics import Reader, hkdf, hmac, need, sha256, to_base64, varint
from ciphers import BLOCK, MessageKeys

PRE_KEY_VERSION = 3
MAC_LENGTHS = {3: 8, 4: 32}


# The ratchets.


def root_of(shared_secret):
    """Root key and chain key of a new session."""
    keys = hkdf(b"", shared_secret, b"OLM_ROOT", 64)
    return keys[:32], keys[32:]


def next_root(root_key, shared_secret):
    keys = hkdf(root_key, shared_secret, b"OLM_RATCHET", 64)
    return keys[:32], keys[32:]


def message_key_of(chain_key):
    return hmac(chain_key, b"\x01")


def next_chain_key(chain_key):
    return hmac(chain_key, b"\x02")


# Normal messages: version | 0a ratchet key | 10 chain index | 22 ciphertext | MAC.


def seal_message(version, message_key, ratchet_key, chain_index, plaintext):
    keys = MessageKeys(message_key, b"OLM_KEYS")
    ciphertext = keys.encrypt(plaintext)
    body = bytes([version]) + b"\x0a\x20" + ratchet_key + b"\x10" + varint(chain_index)
    body += b"\x22" + varint(len(ciphertext)) + ciphertext
    return body + keys.mac(body)[: MAC_LENGTHS[version]]


def read_message(data, version):
    """Ratchet key, chain index, ciphertext, MAC; nothing but the form in which messages are written."""
    reader = Reader(data)
    need(reader.u8() == version, "another version")
    reader.expect(b"\x0a\x20", "no ratchet key")
    ratchet_key = reader.take(32)
    reader.expect(b"\x10", "no chain index")
    chain_index = reader.varint(2**32)
    reader.expect(b"\x22", "no ciphertext")
    ciphertext = reader.take(reader.varint())
    need(ciphertext and len(ciphertext) % BLOCK == 0, "a ciphertext of no whole blocks")
    mac = reader.take(MAC_LENGTHS[version])
    reader.end()
    return ratchet_key, chain_index, ciphertext, mac


def open_message(data, version, message_key):
    *_, ciphertext, mac = read_message(data, version)
    keys = MessageKeys(message_key, b"OLM_KEYS")
    need(keys.mac(data[: -len(mac)])[: len(mac)] == mac, "bad MAC")
    return keys.decrypt(ciphertext)


# Pre-key messages: 03 | 0a one-time key | 12 base key | 1a identity key | 22 normal message.


def write_pre_key_message(one_time_key, base_key, identity_key, message):
    fields = b"\x0a\x20" + one_time_key + b"\x12\x20" + base_key + b"\x1a\x20" + identity_key
    return bytes([PRE_KEY_VERSION]) + fields + b"\x22" + varint(len(message)) + message


def read_pre_key_message(data, version):
    reader = Reader(data)
    need(reader.u8() == PRE_KEY_VERSION, "another version")
    keys = []
    for tag in (0x0A, 0x12, 0x1A):
        reader.expect(bytes([tag, 32]), "no key")
        keys.append(reader.take(32))
    reader.expect(b"\x22", "no message")
    message = reader.take(reader.varint())
    reader.end()
    return *keys, read_message(message, version)


def session_id(identity_key, base_key, one_time_key):
    return to_base64(sha256(identity_key, base_key, one_time_key))


# The kinds.


def root(given):
    root_key, chain_key = root_of(given["shared_secret"])
    return {"root_key": root_key, "chain_key": chain_key}


def root_step(given):
    root_key, chain_key = next_root(given["root_key"], given["shared_secret"])
    return {"root_key": root_key, "chain_key": chain_key}


def chain_step(given):
    return {"message_key": message_key_of(given["chain_key"]), "chain_key": next_chain_key(given["chain_key"])}


def seal(given):
    version, index = given.get("version", 3), given["chain_index"]
    return {"message": seal_message(version, given["message_key"], given["ratchet_key"], index, given["plaintext"])}


def open_kind(given):
    return {"plaintext": open_message(given["message"], given.get("version", 3), given["message_key"])}


def message_kind(given):
    ratchet_key, chain_index, ciphertext, _ = read_message(given["message"], given.get("version", 3))
    return {"ratchet_key": ratchet_key, "chain_index": chain_index, "ciphertext": ciphertext}


def pre_key_message_kind(given):
    one_time_key, base_key, identity_key, inner = read_pre_key_message(given["message"], given.get("version", 3))
    return {
        "one_time_key": one_time_key,
        "base_key": base_key,
        "identity_key": identity_key,
        "session_id_base64": session_id(identity_key, base_key, one_time_key),
        "ratchet_key": inner[0],
        "chain_index": inner[1],
        "ciphertext": inner[2],
    }


class Account:
    """Ed25519 seed and Curve25519 secret key, in the order in which they are drawn."""

    def __init__(self, random):
        self.seed, self.secret = random[:32], random[32:]
        self.ed25519, self.curve25519 = curves.ed25519_public(self.seed), curves.x25519_public(self.secret)


def scenario(given):
    """Alice opens a session and writes, Bob reads and answers, Alice reads that."""
    alice, bob = Account(given["alice_random"]), Account(given["bob_random"])
    one_time_secret = given["bob_one_time_key_random"]
    one_time_key = curves.x25519_public(one_time_secret)
    base_secret, ratchet_secret = given["session_random"][:32], given["session_random"][32:]
    base_key, ratchet_key = curves.x25519_public(base_secret), curves.x25519_public(ratchet_secret)

    agreed = curves.x25519(alice.secret, one_time_key)
    agreed += curves.x25519(base_secret, bob.curve25519) + curves.x25519(base_secret, one_time_key)
    mirrored = curves.x25519(one_time_secret, alice.curve25519)
    mirrored += curves.x25519(bob.secret, base_key) + curves.x25519(one_time_secret, base_key)
    assert agreed == mirrored
    root_key, chain_key = root_of(agreed)
    plaintext = given["first_plaintext"].encode()
    first = seal_message(3, message_key_of(chain_key), ratchet_key, 0, plaintext)
    pre_key_message = write_pre_key_message(one_time_key, base_key, alice.curve25519, first)
    assert open_message(read_back(pre_key_message), 3, message_key_of(chain_key)) == plaintext

    reply_secret = given["reply_random"]
    reply_key = curves.x25519_public(reply_secret)
    _, reply_chain = next_root(root_key, curves.x25519(reply_secret, ratchet_key))
    reply = seal_message(3, message_key_of(reply_chain), reply_key, 0, given["reply_plaintext"].encode())
    _, same_chain = next_root(root_key, curves.x25519(ratchet_secret, reply_key))
    assert open_message(reply, 3, message_key_of(same_chain)) == given["reply_plaintext"].encode()
    return {
        "alice_ed25519": alice.ed25519,
        "alice_curve25519": alice.curve25519,
        "bob_ed25519": bob.ed25519,
        "bob_curve25519": bob.curve25519,
        "bob_one_time_key": one_time_key,
        "session_id_base64": session_id(alice.curve25519, base_key, one_time_key),
        "pre_key_message_base64": to_base64(pre_key_message),
        "reply_base64": to_base64(reply),
    }


def read_back(pre_key_message):
    """The normal message at the end of a pre-key message in its one form."""
    read_pre_key_message(pre_key_message, 3)
    reader = Reader(pre_key_message[1 + 3 * 34 + 1 :])
    return reader.take(reader.varint())


def account_one_time_keys(given):
    account, random = Account(given["account_random"]), given["one_time_key_random"]
    secrets = [random[at : at + 32] for at in range(0, len(random), 32)]
    keys = [[number, curves.x25519_public(secret)] for number, secret in enumerate(secrets, 1)]
    return {"ed25519": account.ed25519, "curve25519": account.curve25519, "one_time_keys": keys}


KINDS = {
    "olm-root": root,
    "olm-root-step": root_step,
    "olm-chain-step": chain_step,
    "olm-seal": seal,
    "olm-open": open_kind,
    "olm-message": message_kind,
    "olm-pre-key-message": pre_key_message_kind,
    "olm-scenario": scenario,
    "account-one-time-keys": account_one_time_keys,
}
