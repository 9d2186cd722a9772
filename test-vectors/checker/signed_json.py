"""The kinds of `signed-json/`, after the appendices of the Matrix specification, "Signing JSON"."""

import json

import curves
import strict_json
from basics import from_base64, need, to_base64

LARGEST = 2**53 - 1
DEEPEST = 127


def checked(value, depth=0):
    """The value with dictionaries, if it has a canonical form."""
    need(depth <= DEEPEST, "too deep")
    if isinstance(value, strict_json.Pairs):
        names = [checked(name) for name, _ in value]
        need(len(set(names)) == len(names), "a key twice")
        return {name: checked(field, depth + 1) for name, field in value}
    if isinstance(value, list):
        return [checked(item, depth + 1) for item in value]
    need(not isinstance(value, strict_json.OtherNumber), "a number that is no integer")
    if isinstance(value, str):
        need(not any(0xD800 <= ord(character) < 0xE000 for character in value), "a lone surrogate")
    elif isinstance(value, int):
        need(abs(value) <= LARGEST, "an integer that is too large")
    return value


def read_object(text):
    value = strict_json.read(text)
    strict_json.pairs_of(value)
    return checked(value)


def canonical(value):
    """Python sorts by code point and escapes what must be escaped alone, as canonical JSON wants it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def signed_part(value):
    return canonical({name: field for name, field in value.items() if name not in ("signatures", "unsigned")}).encode()


def canonical_json(given):
    return {"canonical": canonical(read_object(given["json"]))}


def sign(given):
    value = read_object(given["json"])
    signature = to_base64(curves.sign(given["seed"], signed_part(value)))
    signatures = value.setdefault("signatures", {})
    need(isinstance(signatures, dict), "signatures that are no object")
    of_user = signatures.setdefault(given["user_id"], {})
    need(isinstance(of_user, dict), "signatures that are no object")
    of_user[f"ed25519:{given['key_name']}"] = signature
    return {"json": canonical(value), "signature_base64": signature}


def verify(given):
    value = read_object(given["json"])
    signature = value
    for name in ("signatures", given["user_id"], f"ed25519:{given['key_name']}"):
        need(isinstance(signature, dict) and name in signature, "no signature")
        signature = signature[name]
    need(isinstance(signature, str), "a signature that is no text")
    curves.verify(given["public_key"], signed_part(value), from_base64(signature, padding=True))
    return {}


KINDS = {"canonical-json": canonical_json, "signed-json-sign": sign, "signed-json-verify": verify}
