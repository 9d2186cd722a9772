"""What every part of the checker stands on: refusal, base64, varints, and a reader of bytes."""

import base64
import hashlib
import hmac as hmac_module

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
VALUES = {character: value for value, character in enumerate(ALPHABET)}


class Refused(Exception):
    """The input is not valid, and this is why."""


def need(holds, why):
    if not holds:
        raise Refused(why)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hmac(key, *parts, digest="sha256"):
    return hmac_module.digest(key, b"".join(parts), digest)


def hkdf(salt, key_material, info, length, digest="sha256"):
    """RFC 5869."""
    pseudorandom_key = hmac(salt, key_material, digest=digest)
    output, block, number = b"", b"", 1
    while len(output) < length:
        block = hmac(pseudorandom_key, block, info, bytes([number]), digest=digest)
        output, number = output + block, number + 1
    return output[:length]


def to_base64(data):
    """Standard base64 without padding."""
    return base64.b64encode(data).decode().rstrip("=")


def from_base64(text, padding=False):
    """RFC 4648 in the strict reading: no foreign character, no bit that is not used, padding exact if it may be there."""
    stripped = text.rstrip("=")
    if stripped != text:
        need(padding, "padding")
        need(len(text) % 4 == 0 and len(text) - len(stripped) <= 2, "inexact padding")
    need(all(character in VALUES for character in stripped), "a character outside the alphabet")
    need(len(stripped) % 4 != 1, "a length that no bytes have")
    bits = 0
    for character in stripped:
        bits = bits << 6 | VALUES[character]
    unused = len(stripped) * 6 % 8
    need(bits & (1 << unused) - 1 == 0, "unused bits that are set")
    return (bits >> unused).to_bytes(len(stripped) * 6 // 8, "big")


def varint(value):
    groups = []
    while value >= 0x80:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def u32(value):
    return value.to_bytes(4, "big")


class Reader:
    """Bytes from front to back; what is not there is refused."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def left(self):
        return len(self.data) - self.at

    def take(self, length):
        need(length <= self.left(), "too short")
        self.at += length
        return self.data[self.at - length : self.at]

    def u8(self):
        return self.take(1)[0]

    def u32(self):
        return int.from_bytes(self.take(4), "big")

    def varint(self, limit=2**64):
        """The shortest form alone, and below the limit."""
        value, shift = 0, 0
        while True:
            byte = self.u8()
            value |= (byte & 0x7F) << shift
            need(value < 2**64 and shift < 70, "an integer of more than 64 bits")
            if byte < 0x80:
                need(byte > 0 or shift == 0, "an integer that could be shorter")
                need(value < limit, "an integer that is too large")
                return value
            shift += 7

    def expect(self, wanted, what):
        need(self.take(len(wanted)) == wanted, what)

    def end(self):
        need(self.left() == 0, "bytes that nothing reads")
