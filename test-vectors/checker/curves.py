"""X25519 (by OpenSSL) and strict Ed25519 (on Python's integers, because OpenSSL is laxer than these vectors)."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from basics import Refused, need

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def x25519_public(secret_key):
    return X25519PrivateKey.from_private_bytes(secret_key).public_key().public_bytes_raw()


def x25519(secret_key, public_key):
    """RFC 7748, section 6.1, with the check for the all-zero value."""
    try:
        return X25519PrivateKey.from_private_bytes(secret_key).exchange(X25519PublicKey.from_public_bytes(public_key))
    except ValueError:
        raise Refused("a shared secret of zeros") from None


# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x y = T/Z: RFC 8032, section 5.1.4.
NEUTRAL = (0, 1, 1, 0)


def add(a, b):
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, z - t, z + t, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(factor, point):
    result = NEUTRAL
    while factor:
        if factor & 1:
            result = add(result, point)
        point, factor = add(point, point), factor >> 1
    return result


def encode(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data):
    """RFC 8032, section 5.1.3: the one encoding of a point on the curve."""
    need(len(data) == 32, "a point that is not 32 bytes")
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    need(y < P, "y that is not below p")
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    square = u * pow(v, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    need(x * x % P == square, "no point of the curve")
    need(x != 0 or sign == 0, "minus zero")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
MULTIPLES_OF_BASE = [BASE]
while len(MULTIPLES_OF_BASE) < 256:
    MULTIPLES_OF_BASE.append(add(MULTIPLES_OF_BASE[-1], MULTIPLES_OF_BASE[-1]))


def multiply_base(factor):
    result = NEUTRAL
    for bit, point in enumerate(MULTIPLES_OF_BASE):
        if factor >> bit & 1:
            result = add(result, point)
    return result


def has_small_order(point):
    return encode(multiply(8, point)) == encode(NEUTRAL)


def hash_to_scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def expand(seed):
    """SHA-512 of the seed, its low half clamped: libolm's form of a secret key."""
    return clamp(hashlib.sha512(seed).digest())


def clamp(expanded):
    return bytes([expanded[0] & 0xF8, *expanded[1:31], expanded[31] & 0x3F | 0x40, *expanded[32:]])


def public_of_expanded(expanded):
    return encode(multiply_base(int.from_bytes(expanded[:32], "little")))


def ed25519_public(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed, message):
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def sign_expanded(expanded, message):
    """RFC 8032, section 5.1.6, from step 2 on."""
    scalar, public = int.from_bytes(expanded[:32], "little"), public_of_expanded(expanded)
    nonce = hash_to_scalar(expanded[32:], message)
    commitment = encode(multiply_base(nonce))
    answer = (nonce + hash_to_scalar(commitment, public, message) * scalar) % ORDER
    return commitment + answer.to_bytes(32, "little")


def verify(public_key, message, signature):
    """S below the order, neither key nor R of small order, and S B = R + k A without the cofactor."""
    need(len(signature) == 64, "a signature that is not 64 bytes")
    key, commitment = decode(public_key), decode(signature[:32])
    need(not has_small_order(key), "a key of small order")
    need(not has_small_order(commitment), "a commitment of small order")
    answer = int.from_bytes(signature[32:], "little")
    need(answer < ORDER, "S that is not below the order")
    challenge = hash_to_scalar(signature[:32], public_key, message)
    need(encode(multiply_base(answer)) == encode(add(commitment, multiply(challenge, key))), "the equation")
