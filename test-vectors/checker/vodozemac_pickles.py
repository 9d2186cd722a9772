"""Pickles of vodozemac: JSON, plain or in libolm's envelope; bytes are lists of numbers."""

import json

import curves
import pickles
from basics import Refused, need, to_base64
from olm import session_id

VERSIONS = {"V1": 3, "V2": 4}


def read(given):
    if "json" in given:
        text = given["json"]
    else:
        text = pickles.open_envelope(given["pickle_base64"], given["key"])
    try:
        return json.loads(text)
    except ValueError:
        raise Refused("no JSON") from None


def field(value, name, *other_names):
    need(isinstance(value, dict), "no object")
    for each in (name, *other_names):
        if each in value:
            return value[each]
    raise Refused(f"no {name}")


def array(value, length=32):
    need(isinstance(value, list) and len(value) == length, "no array of that length")
    need(all(type(byte) is int and 0 <= byte < 256 for byte in value), "no bytes")
    return bytes(value)


def number(value, limit=2**32):
    need(type(value) is int and 0 <= value < limit, "no number")
    return value


def flag(value):
    need(isinstance(value, bool), "no flag")
    return value


def inner(value, most):
    items = field(value, "inner")
    need(isinstance(items, list) and len(items) <= most, "no list, or more than there may be")
    return items


def version_of(value, given):
    """What the pickle says must be what the reader states; a pickle that says nothing is of version 3."""
    stated = given.get("version", 3)
    config = value.get("config")
    name = field(config, "version") if config is not None else "V1"
    need(isinstance(name, str) and VERSIONS.get(name) == stated, "another version than stated")
    return stated


def signing_key(value):
    """The public key, and the secret one in the form in which it is kept."""
    need(isinstance(value, dict) and len(value) == 1, "no key")
    form, secret = next(iter(value.items()))
    if form == "Normal":
        seed = array(secret)
        return curves.ed25519_public(seed), {"seed": seed}
    need(form == "Expanded", "an unknown form")
    expanded = curves.clamp(array(secret, 64))
    return curves.public_of_expanded(expanded), {"expanded": expanded}


def keys_by_id(value):
    need(isinstance(value, dict), "no object")
    found = {}
    for text, key in value.items():
        need(text.isascii() and text.isdigit() and int(text) < 2**64, "no id")
        found[int(text)] = array(key)
    return found


def fallback_key(value):
    """[id, public key, published], or None."""
    if value is None:
        return None
    secret = array(field(value, "key"))
    return [number(field(value, "key_id"), 2**64), curves.x25519_public(secret), flag(field(value, "published"))]


def account(given):
    value = read(given)
    ed25519, kept = signing_key(field(value, "signing_key"))
    secret = array(field(value, "diffie_hellman_key"))
    one_time = field(value, "one_time_keys")
    next_id = number(field(one_time, "next_key_id", "key_id"), 2**64)
    unpublished = keys_by_id(field(one_time, "public_keys"))
    secrets = keys_by_id(field(one_time, "private_keys"))
    need(unpublished.keys() <= secrets.keys(), "a public key without its secret key")
    fallback = field(value, "fallback_keys")
    next_fallback_id = number(field(fallback, "key_id"), 2**64)
    current, previous = (fallback_key(fallback.get(name)) for name in ("fallback_key", "previous_fallback_key"))
    need(current or not previous, "a previous fallback key without a current one")
    fallback_keys = [key for key in (current, previous) if key]
    given_ids = [*secrets, *(key[0] for key in fallback_keys), next_id - 1, next_fallback_id - 1, 0]
    return {
        "ed25519": ed25519,
        **kept,
        "curve25519": curves.x25519_public(secret),
        "curve25519_secret": secret,
        "one_time_keys": [
            [key_id, curves.x25519_public(secrets[key_id]), key_id not in unpublished] for key_id in sorted(secrets)
        ],
        "fallback_keys": fallback_keys,
        "last_key_id": max(given_ids),
    }


def sending_of(value):
    """The root key, and what the next message goes out on, or answers."""
    if field(value, "type") == "active":
        active, chain = field(value, "active_ratchet"), field(value, "symmetric_key_ratchet")
        secret = array(field(active, "ratchet_key"))
        return array(field(active, "root_key")), {
            "ratchet_key": curves.x25519_public(secret),
            "ratchet_secret_key": secret,
            "chain_key": array(field(chain, "key")),
            "chain_index": number(field(chain, "index")),
        }
    need(field(value, "type") == "inactive", "an unknown type")
    root_key = array(field(field(value, "root_key"), "key"))
    return root_key, {"their_ratchet_key": array(field(value, "ratchet_key"))}


def oldest_first(chains, to_be_answered):
    """A session that came from libolm keeps libolm's order, newest first; the chain that is to be answered tells."""
    if to_be_answered is None:
        return chains
    places = [place for place, chain in enumerate(chains) if array(field(chain, "ratchet_key")) == to_be_answered]
    need(places and places[0] in (0, len(chains) - 1), "another chain than the newest is to be answered")
    return chains if places[0] == len(chains) - 1 else chains[::-1]


def session(given):
    value = read(given)
    keys = field(value, "session_keys")
    session_keys = [array(field(keys, name)) for name in ("identity_key", "base_key", "one_time_key")]
    root_key, sending = sending_of(field(value, "sending_ratchet"))
    chains, skipped = [], []
    for chain in oldest_first(inner(field(value, "receiving_chains"), 5), sending.get("their_ratchet_key")):
        ratchet_key, ratchet = array(field(chain, "ratchet_key")), field(chain, "hkdf_ratchet")
        chains.append([ratchet_key, number(field(ratchet, "index")), array(field(ratchet, "key"))])
        of_chain = inner(field(chain, "skipped_message_keys"), 40)
        kept = [[ratchet_key, number(field(key, "index")), array(field(key, "key"))] for key in of_chain]
        skipped.extend(sorted(kept, key=lambda key: key[1]))
    pickles.check_session(chains, skipped)
    return {
        "session_id_base64": session_id(*session_keys),
        "version": version_of(value, given),
        "has_received_message": bool(chains),
        "root_key": root_key,
        "sending": sending,
        "receiver_chains": chains[::-1],
        "skipped_message_keys": skipped,
    }


def ratchet(value):
    return array(field(value, "inner"), 128), number(field(value, "counter"))


def outbound(given):
    value = read(given)
    parts, index = ratchet(field(value, "ratchet"))
    public_key, kept = signing_key(field(value, "signing_key"))
    return {
        "session_id_base64": to_base64(public_key),
        **kept,
        "version": version_of(value, given),
        "message_index": index,
        "ratchet": parts,
    }


def inbound(given):
    value = read(given)
    parts, index = ratchet(field(value, "initial_ratchet"))
    public_key = array(field(value, "signing_key"))
    curves.decode(public_key)
    return {
        "session_id_base64": to_base64(public_key),
        "version": version_of(value, given),
        "first_known_index": index,
        "ratchet": parts,
        "verified": flag(field(value, "signing_key_verified")),
    }


KINDS = {
    "vodozemac-account": account,
    "vodozemac-session": session,
    "vodozemac-outbound-group-session": outbound,
    "vodozemac-inbound-group-session": inbound,
}
