"""Pickles of libolm, all integers big endian; and dehydrated devices (MSC3814)."""

import curves
import pickles
from basics import Reader, from_base64, need, to_base64, u32
from ciphers import aead_open
from olm import session_id

MESSAGE_VERSION = 3


class Fields(Reader):
    """A plaintext; `end` comes after its last field."""

    def flag(self):
        return self.u8() != 0

    def items(self, most, read):
        count = self.u32()
        need(count <= most, "more than there may be")
        return [read() for _ in range(count)]

    def signing_key(self):
        """Public key 32 | expanded secret key 64."""
        public_key, expanded = self.take(32), curves.clamp(self.take(64))
        pickles.check_expanded(public_key, expanded)
        return public_key, expanded

    def key_pair(self):
        return self.take(32), self.take(32)

    def one_time_key(self):
        return [self.u32(), self.flag(), *self.key_pair()]


def opened(given):
    return Fields(pickles.open_envelope(given["pickle_base64"], given["key"]))


def with_text(state, plaintext, given):
    """The state with what libolm writes for it."""
    text = pickles.seal_envelope(plaintext, given["key"])
    return {**state, "pickle_base64": text, "is_written_again": text == given["pickle_base64"]}


def write_one_time_key(key):
    number, published, public_key, secret_key = key
    return u32(number) + bytes([published]) + public_key + secret_key


def fallback_keys(fields, version):
    """Version 2 has none, 3 two places of which the published flags say whether they are taken, 4 a count."""
    if version == 2:
        return []
    if version == 3:
        current, previous = fields.one_time_key(), fields.one_time_key()
        return [current, previous][: current[1] + (current[1] and previous[1])]
    count = fields.u8()
    need(count <= 2, "more than two fallback keys")
    return [fields.one_time_key() for _ in range(count)]


def account(given):
    fields = opened(given)
    version = fields.u32()
    need(version in (2, 3, 4), "an unknown version")
    ed25519, expanded = fields.signing_key()
    curve25519, secret = fields.key_pair()
    pickles.check_pair(curve25519, secret)
    one_time_keys = fields.items(100, fields.one_time_key)
    fallback = fallback_keys(fields, version)
    last_key_id = fields.u32()
    fields.end()
    plaintext = u32(4) + ed25519 + expanded + curve25519 + secret
    plaintext += u32(len(one_time_keys)) + b"".join(map(write_one_time_key, one_time_keys))
    plaintext += bytes([len(fallback)]) + b"".join(map(write_one_time_key, fallback)) + u32(last_key_id)
    shown = lambda key: [key[0], key[2], key[1]]
    state = {
        "ed25519": ed25519,
        "curve25519": curve25519,
        "curve25519_secret": secret,
        "expanded": expanded,
        "one_time_keys": [shown(key) for key in reversed(one_time_keys)],
        "fallback_keys": [shown(key) for key in fallback],
        "last_key_id": max([last_key_id, *(key[0] for key in one_time_keys + fallback)]),
    }
    return with_text(state, plaintext, given)


def session(given):
    fields = opened(given)
    version = fields.u32()
    need(version in (1, 0x80000001), "an unknown version")
    has_received = fields.flag()
    session_keys = [fields.take(32) for _ in range(3)]
    root_key = fields.take(32)
    senders = fields.items(1, lambda: [*fields.key_pair(), fields.take(32), fields.u32()])
    triple = lambda: [fields.take(32), fields.take(32), fields.u32()]
    receivers, skipped = fields.items(5, triple), fields.items(40, triple)
    if version == 0x80000001:
        fields.u32()
    fields.end()
    need(senders or receivers, "no chain")
    for public_key, secret_key, *_ in senders:
        pickles.check_pair(public_key, secret_key)
    chains = [[key, index, chain_key] for key, chain_key, index in receivers]
    kept = [[key, index, message_key] for key, message_key, index in skipped]
    pickles.check_session(chains, kept)

    plaintext = u32(1) + bytes([has_received]) + b"".join(session_keys) + root_key
    plaintext += u32(len(senders)) + b"".join(a + b + c + u32(index) for a, b, c, index in senders)
    for items in (receivers, skipped):
        plaintext += u32(len(items)) + b"".join(a + b + u32(index) for a, b, index in items)
    names = ("ratchet_key", "ratchet_secret_key", "chain_key", "chain_index")
    state = {
        "session_id_base64": session_id(*session_keys),
        "version": MESSAGE_VERSION,
        "has_received_message": has_received,
        "root_key": root_key,
        "sending": dict(zip(names, senders[0])) if senders else {"their_ratchet_key": receivers[0][0]},
        "receiver_chains": chains,
        "skipped_message_keys": kept[::-1],
    }
    return with_text(state, plaintext, given)


def outbound(given):
    fields = opened(given)
    need(fields.u32() == 1, "an unknown version")
    ratchet, index = fields.take(128), fields.u32()
    public_key, expanded = fields.signing_key()
    fields.end()
    state = {
        "session_id_base64": to_base64(public_key),
        "version": MESSAGE_VERSION,
        "message_index": index,
        "ratchet": ratchet,
        "expanded": expanded,
    }
    return with_text(state, u32(1) + ratchet + u32(index) + public_key + expanded, given)


def inbound(given):
    fields = opened(given)
    version = fields.u32()
    need(version in (1, 2), "an unknown version")
    ratchet, index, latest = fields.take(128), fields.u32(), fields.take(132)
    public_key = fields.take(32)
    curves.decode(public_key)
    verified = version == 1 or fields.flag()
    fields.end()
    state = {
        "session_id_base64": to_base64(public_key),
        "version": MESSAGE_VERSION,
        "first_known_index": index,
        "ratchet": ratchet,
        "verified": verified,
    }
    return with_text(state, u32(2) + ratchet + u32(index) + latest + public_key + bytes([verified]), given)


def dehydrated_device(given):
    """u32 1 | Curve25519 secret 32 | Ed25519 seed 32 | list of one-time secrets | flag | fallback secret."""
    nonce, ciphertext = from_base64(given["nonce_base64"]), from_base64(given["ciphertext_base64"])
    need(len(nonce) == 12, "another length")
    fields = Fields(aead_open(given["key"], nonce, b"", ciphertext))
    need(fields.u32() == 1, "an unknown version")
    secret, seed = fields.take(32), fields.take(32)
    count = fields.u32()
    need(count * 32 <= fields.left(), "more keys than bytes")
    one_time = [curves.x25519_public(fields.take(32)) for _ in range(count)]
    flag = fields.u8()
    need(flag <= 1, "a flag that is none")
    fallback = curves.x25519_public(fields.take(32)) if flag else None
    fields.end()
    return {
        "ed25519": curves.ed25519_public(seed),
        "curve25519": curves.x25519_public(secret),
        "curve25519_secret": secret,
        "seed": seed,
        "one_time_public_keys": one_time,
        "fallback_public_key": fallback,
    }


KINDS = {
    "libolm-account": account,
    "libolm-session": session,
    "libolm-outbound-group-session": outbound,
    "libolm-inbound-group-session": inbound,
    "dehydrated-device": dehydrated_device,
}
