"""The kinds of `encoding/` and `keys/`."""

import hashlib

import curves
from basics import from_base64, hkdf, need, sha256, to_base64, u32
from ciphers import MessageKeys


def base64_public(given):
    return {"bytes": from_base64(given["text"], padding=True)}


def base64_secret(given):
    return {"bytes": from_base64(given["text"])}


def key_id(given):
    number = given["id"]
    return {
        "base64": to_base64(number.to_bytes(8, "big")),
        "libolm_base64": to_base64(u32(number)) if number < 2**32 else None,
    }


def ed25519_sign(given):
    expanded = curves.expand(given["seed"])
    signature = curves.sign_expanded(expanded, given["message"])
    assert signature == curves.sign(given["seed"], given["message"]), "OpenSSL signs otherwise"
    public_key = curves.public_of_expanded(expanded)
    curves.verify(public_key, given["message"], signature)
    return {"public_key": public_key, "expanded": expanded, "signature": signature}


def ed25519_verify(given):
    curves.verify(given["public_key"], given["message"], given["signature"])
    return {}


def ed25519_public_key(given):
    curves.decode(given["bytes"])
    return {}


def x25519(given):
    return {"shared": curves.x25519(given["secret_key"], given["public_key"])}


def session_id(given):
    return {"session_id_base64": to_base64(sha256(given["identity_key"], given["base_key"], given["one_time_key"]))}


def expand_message_keys(given):
    keys = MessageKeys(given["key_material"], given["info"].encode())
    return {"aes_key": keys.aes_key, "mac_key": keys.mac_key, "iv": keys.iv}


def hkdf_sha256(given):
    return {"output": hkdf(given["salt"], given["key_material"], given["info"], given["length"])}


def pbkdf2(given):
    need(given["rounds"] > 0, "no rounds")
    return {"key": hashlib.pbkdf2_hmac("sha512", given["passphrase"].encode(), given["salt"], given["rounds"], 64)}


KINDS = {
    "base64-public": base64_public,
    "base64-secret": base64_secret,
    "key-id": key_id,
    "ed25519-sign": ed25519_sign,
    "ed25519-verify": ed25519_verify,
    "ed25519-public-key": ed25519_public_key,
    "x25519": x25519,
    "session-id": session_id,
    "expand-message-keys": expand_message_keys,
    "hkdf": hkdf_sha256,
    "pbkdf2": pbkdf2,
}
