"""The kinds of `login/`: the channels of MSC4108 (ECIES) and MSC4388 (HPKE, RFC 9180)."""

import curves
from basics import from_base64, hkdf, hmac, need, to_base64
from ciphers import aead_open, aead_seal

TAG = 16


def check_code(given):
    first, second = given["bytes"]
    return {
        "digits": f"{first % 10}{second % 10}",
        "digits_without_leading_zero": f"{first % 9 + 1}{second % 10}",
    }


# ECIES. G is the device whose key is shown, S the one that sends first.


class Ecies:
    def __init__(self, shared_secret, info, key_of_g, key_of_s):
        names = f"{to_base64(key_of_g)}|{to_base64(key_of_s)}"
        derive = lambda use, length: hkdf(b"", shared_secret, f"{info}_{use}|{names}".encode(), length, "sha512")
        self.of_s, self.of_g = derive("ENCKEY_S", 32), derive("ENCKEY_G", 32)
        self.check_code = derive("CHECKCODE", 2)


def little_endian(number):
    return number.to_bytes(12, "little")


def ecies(given):
    key_of_g, key_of_s = curves.x25519_public(given["key_of_g"]), curves.x25519_public(given["key_of_s"])
    channel = Ecies(curves.x25519(given["key_of_s"], key_of_g), given["info"], key_of_g, key_of_s)
    before = given["messages_before"]
    first = aead_seal(channel.of_s, little_endian(0), b"", given["first_plaintext"])
    of_s = aead_seal(channel.of_s, little_endian(1 + before), b"", given["plaintext_of_s"])
    of_g = aead_seal(channel.of_g, little_endian(before), b"", given["plaintext_of_g"])
    return {
        "public_key_of_g": key_of_g,
        "public_key_of_s": key_of_s,
        "check_code": channel.check_code,
        "initial_message": f"{to_base64(first)}|{to_base64(key_of_s)}",
        "message_of_s_base64": to_base64(of_s),
        "message_of_g_base64": to_base64(of_g),
    }


def ecies_open(given):
    parts = given["initial_message"].split("|")
    need(len(parts) == 2, "not two parts")
    ciphertext, key_of_s = (from_base64(part, padding=True) for part in parts)
    need(len(key_of_s) == 32, "a key that is not 32 bytes")
    shared_secret = curves.x25519(given["key_of_g"], key_of_s)
    channel = Ecies(shared_secret, given["info"], curves.x25519_public(given["key_of_g"]), key_of_s)
    plaintext = aead_open(channel.of_s, little_endian(0), b"", ciphertext)
    return {"plaintext": plaintext, "check_code": channel.check_code}


# HPKE in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.

KEM_SUITE = b"KEM\x00\x20"
SUITE = b"HPKE\x00\x20\x00\x01\x00\x03"


def labeled_extract(suite, salt, label, key_material):
    return hmac(salt, b"HPKE-v1", suite, label, key_material)


def expand(key, info, length):
    output, block, number = b"", b"", 1
    while len(output) < length:
        block = hmac(key, block, info, bytes([number]))
        output, number = output + block, number + 1
    return output[:length]


def labeled_expand(suite, key, label, info, length):
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def derive_key_pair(key_material):
    """RFC 9180, section 7.1.3, for X25519."""
    return labeled_expand(KEM_SUITE, labeled_extract(KEM_SUITE, b"", b"dkp_prk", key_material), b"sk", b"", 32)


def kem_secret(agreed, encapsulated_key, recipient_key):
    key = labeled_extract(KEM_SUITE, b"", b"eae_prk", agreed)
    return labeled_expand(KEM_SUITE, key, b"shared_secret", encapsulated_key + recipient_key, 32)


class Context:
    """Key, base nonce and exporter secret; messages are numbered by the caller."""

    def __init__(self, shared_secret, info):
        hashes = (labeled_extract(SUITE, b"", label, data) for label, data in ((b"psk_id_hash", b""), (b"info_hash", info)))
        schedule = b"\x00" + b"".join(hashes)
        secret = labeled_extract(SUITE, shared_secret, b"secret", b"")
        self.key = labeled_expand(SUITE, secret, b"key", schedule, 32)
        self.base_nonce = labeled_expand(SUITE, secret, b"base_nonce", schedule, 12)
        self.exporter_secret = labeled_expand(SUITE, secret, b"exp", schedule, 32)

    def export(self, context, length=32):
        return labeled_expand(SUITE, self.exporter_secret, b"sec", context, length)

    def seal(self, sequence, associated_data, plaintext):
        return aead_seal(self.key, numbered(self.base_nonce, sequence), associated_data, plaintext)


def numbered(base_nonce, sequence):
    return bytes(a ^ b for a, b in zip(base_nonce, sequence.to_bytes(12, "big")))


def send_to(recipient_key, key_material, info):
    """The context of the sender, and the encapsulated key."""
    ephemeral = derive_key_pair(key_material)
    encapsulated_key = curves.x25519_public(ephemeral)
    agreed = curves.x25519(ephemeral, recipient_key)
    return Context(kem_secret(agreed, encapsulated_key, recipient_key), info), encapsulated_key


def hpke_base(given):
    context, encapsulated_key = send_to(given["recipient_public_key"], given["ephemeral_key_material"], given["info"])
    need(curves.x25519_public(given["recipient_secret_key"]) == given["recipient_public_key"], "another key")
    messages = given["messages"]
    sealed = [context.seal(each["sequence"], each["associated_data"], each["plaintext"]) for each in messages]
    exports = [context.export(exporter_context) for exporter_context in given["exporter_contexts"]]
    return {"encapsulated_key": encapsulated_key, "ciphertexts": sealed, "exports": exports}


def hpke_channel(given):
    info = given["info"]
    key_of_g = curves.x25519_public(given["recipient_secret_key"])
    context, encapsulated_key = send_to(key_of_g, given["ephemeral_key_material"], info.encode())
    first = context.seal(0, given["first_associated_data"], given["first_plaintext"])

    nonce, before = given["response_nonce"], given["messages_before"]
    prk = hmac(encapsulated_key + nonce, context.export(f"{info}_RESPONSE".encode()))
    key, base_nonce = expand(prk, b"key", 32), expand(prk, b"nonce", 12)
    answer = lambda number, data, text: aead_seal(key, numbered(base_nonce, number), data, text)
    response = answer(0, given["response_associated_data"], given["response_plaintext"])
    of_s = context.seal(1 + before, given["associated_data"], given["plaintext_of_s"])
    of_g = answer(1 + before, given["associated_data"], given["plaintext_of_g"])
    return {
        "public_key_of_g": key_of_g,
        "public_key_of_s": encapsulated_key,
        "check_code": context.export(f"{info}_CHECKCODE".encode() + key_of_g + encapsulated_key, 2),
        "initial_message_base64": to_base64(encapsulated_key + first),
        "response_base64": to_base64(nonce + response),
        "message_of_s_base64": to_base64(of_s),
        "message_of_g_base64": to_base64(of_g),
    }


def hpke_open(given):
    data = from_base64(given["initial_message_base64"], padding=True)
    need(len(data) >= 32 + TAG, "too short")
    secret_key, encapsulated_key = given["recipient_secret_key"], data[:32]
    agreed = curves.x25519(secret_key, encapsulated_key)
    shared_secret = kem_secret(agreed, encapsulated_key, curves.x25519_public(secret_key))
    context = Context(shared_secret, given["info"].encode())
    return {"plaintext": aead_open(context.key, context.base_nonce, given["associated_data"], data[32:])}


KINDS = {
    "check-code": check_code,
    "ecies": ecies,
    "ecies-open": ecies_open,
    "hpke-base": hpke_base,
    "hpke-channel": hpke_channel,
    "hpke-open": hpke_open,
}
