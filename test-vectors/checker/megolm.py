"""Megolm: the kinds of `megolm/`, after the Matrix specification, "Megolm group ratchet"."""

import curves
from basics import Reader, from_base64, hmac, need, to_base64, u32, varint
from ciphers import BLOCK, MessageKeys

MAC_LENGTHS = {3: 8, 4: 32}
SIGNATURE = 64


class Ratchet:
    """R0 to R3 at an index."""

    def __init__(self, parts, index):
        self.parts, self.index = [parts[at : at + 32] for at in range(0, 128, 32)], index

    def advance_to(self, target):
        """Part j counts in steps of 2^(24 - 8j); at each multiple all lower parts are made anew from it."""
        for j in range(4):
            shift = 24 - 8 * j
            for _ in range((target >> shift) - (self.index >> shift)):
                before = self.parts[j]
                for k in range(j, 4):
                    self.parts[k] = hmac(before, bytes([k]))
            self.index = max(self.index, target >> shift << shift)

    def bytes(self):
        return b"".join(self.parts)

    def keys(self):
        return MessageKeys(self.bytes(), b"MEGOLM_KEYS")


class SessionKey:
    """A session as it is shared (229 bytes, signed) or exported (165 bytes)."""

    def __init__(self, data, version):
        reader = Reader(data)
        need(reader.u8() == version, "another version")
        index = reader.u32()
        self.ratchet = Ratchet(reader.take(128), index)
        self.public_key = reader.take(32)
        self.first_index = index
        if version == 2:
            curves.verify(self.public_key, data[:165], reader.take(SIGNATURE))
        else:
            curves.decode(self.public_key)
        reader.end()

    def export(self):
        return b"\x01" + u32(self.first_index) + self.ratchet.bytes() + self.public_key


def write_message(version, ratchet, seed, plaintext):
    """version | 08 message index | 12 ciphertext | MAC | signature."""
    keys = ratchet.keys()
    ciphertext = keys.encrypt(plaintext)
    body = bytes([version]) + b"\x08" + varint(ratchet.index) + b"\x12" + varint(len(ciphertext)) + ciphertext
    body += keys.mac(body)[: MAC_LENGTHS[version]]
    return body + curves.sign(seed, body)


def read_message(data, version):
    reader = Reader(data)
    need(reader.u8() == version, "another version")
    reader.expect(b"\x08", "no message index")
    index = reader.varint(2**32)
    reader.expect(b"\x12", "no ciphertext")
    ciphertext = reader.take(reader.varint())
    need(ciphertext and len(ciphertext) % BLOCK == 0, "a ciphertext of no whole blocks")
    mac, signature = reader.take(MAC_LENGTHS[version]), reader.take(SIGNATURE)
    reader.end()
    return index, ciphertext, mac, signature


# The kinds.


def advance(given):
    ratchet = Ratchet(given["ratchet"], given["from"])
    ratchet.advance_to(given["to"])
    return {"ratchet": ratchet.bytes()}


def outbound(given):
    version = given.get("version", 3)
    seed, ratchet = given["random"][128:], Ratchet(given["random"][:128], 0)
    public_key = curves.ed25519_public(seed)
    state = u32(0) + ratchet.bytes() + public_key
    messages = []
    for index, plaintext in enumerate(given["plaintexts"]):
        ratchet.advance_to(index)
        messages.append(to_base64(write_message(version, ratchet, seed, plaintext.encode())))
    return {
        "session_id_base64": to_base64(public_key),
        "session_key_base64": to_base64(b"\x02" + state + curves.sign(seed, b"\x02" + state)),
        "export_base64": to_base64(b"\x01" + state),
        "messages_base64": messages,
    }


def open_kind(given):
    session = SessionKey(from_base64(given["session_key_base64"]), 2)
    data = from_base64(given["message_base64"], padding=True)
    index, ciphertext, mac, signature = read_message(data, given.get("version", 3))
    curves.verify(session.public_key, data[:-SIGNATURE], signature)
    need(index >= session.first_index, "an index before the first known one")
    session.ratchet.advance_to(index)
    keys = session.ratchet.keys()
    need(keys.mac(data[: -SIGNATURE - len(mac)])[: len(mac)] == mac, "bad MAC")
    return {"plaintext": keys.decrypt(ciphertext), "message_index": index}


def message_kind(given):
    index, ciphertext, *_ = read_message(given["message"], given.get("version", 3))
    return {"message_index": index, "ciphertext": ciphertext}


def session_key(given):
    session = SessionKey(from_base64(given["session_key_base64"]), 2)
    return {
        "session_id_base64": to_base64(session.public_key),
        "first_known_index": session.first_index,
        "export_base64": to_base64(session.export()),
    }


def export_kind(given):
    session = SessionKey(from_base64(given["export_base64"]), 1)
    return {"session_id_base64": to_base64(session.public_key), "first_known_index": session.first_index}


KINDS = {
    "megolm-advance": advance,
    "megolm-outbound": outbound,
    "megolm-open": open_kind,
    "megolm-message": message_kind,
    "megolm-session-key": session_key,
    "megolm-export": export_kind,
}
