"""Cliquet's own pickles, format version 1: the layout is told at the top of each file of `src/pickle/native/`."""

import curves
import pickles
from basics import Reader, from_base64, need, to_base64
from ciphers import MessageKeys
from olm import session_id

MAGIC = b"cliquet"
STATES = {"account": 1, "session": 2, "outbound-group-session": 3, "inbound-group-session": 4}
# Name, least and most: the defaults of the protocol and the caps of SECURITY.md.
LIMITS = [
    ("skipped_keys_per_chain", 40, 2_000),
    ("skipped_keys", 40, 10_000),
    ("receiver_chains", 5, 50),
    ("message_gap", 2_000, 100_000),
]
ONE_TIME_KEYS = range(100, 50_001)
MOST_REPLAYS = 1_000_000
U32 = 2**32


def header(form, state):
    return MAGIC + form + bytes([1, STATES[state]])


def envelope_keys(given, start, salt):
    return MessageKeys(given["key"], start, salt)


def context_of(given):
    context = given["context"].encode()
    return context + len(context).to_bytes(8, "big")


def seal(given, body):
    start = header(b"s", given["state"])
    keys = envelope_keys(given, start, given["salt"])
    authenticated = start + given["salt"] + keys.encrypt(body)
    return authenticated + keys.mac(authenticated, context_of(given))


def open_sealed(given):
    data = from_base64(given["pickle_base64"])
    reader = Reader(data)
    reader.expect(header(b"s", given["state"]), "no such pickle")
    salt = reader.take(32)
    need(reader.left() >= 48, "too short")
    ciphertext, mac = reader.take(reader.left() - 32), reader.take(32)
    keys = envelope_keys(given, header(b"s", given["state"]), salt)
    need(keys.mac(data[:-32], context_of(given)) == mac, "bad MAC")
    return keys.decrypt(ciphertext)


def open_unencrypted(given):
    reader = Reader(from_base64(given["unencrypted_base64"]))
    reader.expect(header(b"u", given["state"]), "no such pickle")
    return reader.take(reader.left())


class Fields(Reader):
    """The body of a pickle."""

    def flag(self):
        byte = self.u8()
        need(byte <= 1, "a flag that is none")
        return byte == 1

    def items(self, least_length, read):
        count = self.varint()
        need(count * least_length <= self.left(), "more items than bytes")
        return [read() for _ in range(count)]

    def message_version(self):
        version = self.u8()
        need(version in (3, 4), "an unknown version")
        return version

    def key_pair(self):
        """Secret key and public key."""
        return self.take(32), self.take(32)

    def signing_key(self):
        """The public key, and the secret one in the form in which it is kept."""
        form = self.u8()
        need(form <= 1, "an unknown form")
        secret = self.take(64 if form else 32)
        public_key = self.take(32)
        need(not form or curves.clamp(secret) == secret, "a key that is not clamped")
        pickles.check_expanded(public_key, secret if form else curves.expand(secret))
        return public_key, {"expanded" if form else "seed": secret}

    def one_time_key(self):
        key_id, published = self.varint(), self.flag()
        return [key_id, self.key_pair()[1], published]


def account(fields):
    ed25519, kept = fields.signing_key()
    secret, curve25519 = fields.key_pair()
    pickles.check_pair(curve25519, secret)
    last_key_id, limit = fields.varint(), fields.varint(U32)
    need(limit in ONE_TIME_KEYS, "a limit out of its range")
    one_time_keys, fallback_keys = (fields.items(66, fields.one_time_key) for _ in range(2))
    need(len(one_time_keys) <= limit and len(fallback_keys) <= 2, "more than there may be")
    need(all(key[0] <= last_key_id for key in one_time_keys + fallback_keys), "an id beyond the last")
    return {
        "ed25519": ed25519,
        **kept,
        "curve25519": curve25519,
        "curve25519_secret": secret,
        "last_key_id": last_key_id,
        "one_time_key_limit": limit,
        "one_time_keys": one_time_keys,
        "fallback_keys": fallback_keys,
    }


def limits_of(fields):
    limits = {}
    for name, least, most in LIMITS:
        limits[name] = fields.varint(U32)
        need(least <= limits[name] <= most, "a limit out of its range")
    return limits


def sending_of(fields):
    form = fields.u8()
    need(form <= 1, "an unknown form")
    if form == 0:
        return None
    secret, public_key = fields.key_pair()
    pickles.check_pair(public_key, secret)
    chain_key, index = fields.take(32), fields.varint(U32)
    return {"ratchet_key": public_key, "ratchet_secret_key": secret, "chain_key": chain_key, "chain_index": index}


def session(fields):
    version, limits, has_received = fields.message_version(), limits_of(fields), fields.flag()
    session_keys, root_key = [fields.take(32) for _ in range(3)], fields.take(32)
    sending = sending_of(fields)
    read_chain = lambda: [fields.take(32), fields.take(32), fields.varint(U32), fields.varint(U32)]
    read = fields.items(66, read_chain)
    chains = [[key, index, chain_key] for key, chain_key, index, _ in read]
    need(all(evicted <= index for *_, index, evicted in read), "a watermark beyond its chain")

    def ratchet_key():
        place = fields.varint()
        need(place <= len(chains), "a chain that is not there")
        if place:
            return chains[place - 1][0]
        key = fields.take(32)
        need(all(chain[0] != key for chain in chains), "a chain that is there, as if it were gone")
        return key

    skipped = fields.items(34, lambda: [ratchet_key(), fields.varint(U32), fields.take(32)])
    pickles.check_session(chains, skipped)
    need(sending or chains, "no chain")
    need(len(chains) <= limits["receiver_chains"] and len(skipped) <= limits["skipped_keys"], "more than there may be")
    for chain in chains:
        of_chain = sum(key[0] == chain[0] for key in skipped)
        need(of_chain <= limits["skipped_keys_per_chain"], "more than there may be of one chain")
    return {
        "session_id_base64": session_id(*session_keys),
        "version": version,
        "has_received_message": has_received,
        "root_key": root_key,
        "sending": sending or {"their_ratchet_key": chains[0][0]},
        "receiver_chains": chains,
        "skipped_message_keys": skipped,
        "limits": limits,
        "evicted_below": [evicted for *_, evicted in read],
    }


def outbound(fields):
    version, ratchet, index = fields.message_version(), fields.take(128), fields.varint(U32)
    public_key, kept = fields.signing_key()
    session = {"session_id_base64": to_base64(public_key), "version": version}
    return {**session, "message_index": index, "ratchet": ratchet, **kept}


def provenance_of(fields, first_index):
    """00 imported, 01 shared from an index on, 02 and 03 the flag of libolm clear and set."""
    form = fields.u8()
    need(form <= 3, "an unknown form")
    if form >= 2:
        return {"verified": form == 3}
    shared_from = fields.varint(U32) if form else None
    need(not form or shared_from >= first_index, "shared before the first index")
    return {"shared_from": shared_from}


def replay_guard_of(fields):
    capacity = fields.varint()
    least, entries = 0, []
    for step, event in fields.items(33, lambda: (fields.varint(U32), fields.take(32))):
        entries.append([least + step, event])
        need(least + step < U32, "an index that is too large")
        least += step + 1
    need(len(entries) <= capacity <= MOST_REPLAYS, "a capacity out of its range")
    return {"replay_guard_capacity": capacity, "replay_guard": entries}


def inbound(fields):
    version, ratchet, index, public_key = fields.message_version(), fields.take(128), fields.varint(U32), fields.take(32)
    curves.decode(public_key)
    state = {"session_id_base64": to_base64(public_key), "version": version, "first_known_index": index, "ratchet": ratchet}
    return {**state, **provenance_of(fields, index), **replay_guard_of(fields)}


BODIES = {"account": account, "session": session, "outbound-group-session": outbound, "inbound-group-session": inbound}


def native_pickle(given):
    bodies = []
    if "pickle_base64" in given:
        bodies.append(open_sealed(given))
    if "unencrypted_base64" in given:
        bodies.append(open_unencrypted(given))
    need(len(set(bodies)) == 1, "two pickles that do not say the same")
    fields = Fields(bodies[0])
    state = BODIES[given["state"]](fields)
    fields.end()
    if "salt" in given:
        need(to_base64(seal(given, bodies[0])) == given["pickle_base64"], "another text from the same salt")
    return state


KINDS = {"native-pickle": native_pickle}
