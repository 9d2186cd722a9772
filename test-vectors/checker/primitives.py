"""The kinds of `primitives/`: what standards publish for the functions under everything else."""

from basics import hmac, sha256
from ciphers import aead_open, aead_seal, cbc_decrypt, cbc_encrypt, ctr


def sha256_kind(given):
    return {"hash": sha256(given["message"])}


def hmac_sha256(given):
    return {"mac": hmac(given["key"], given["message"])}


def aes_256_cbc(given):
    plaintext = cbc_decrypt(given["key"], given["iv"], given["ciphertext"])
    assert cbc_encrypt(given["key"], given["iv"], plaintext) == given["ciphertext"]
    return {"plaintext": plaintext}


def aes_256_ctr(given):
    return {"ciphertext": ctr(given["key"], given["counter_block"], given["plaintext"])}


def chacha20_poly1305(given):
    key, nonce, associated_data = given["key"], given["nonce"], given["associated_data"]
    plaintext = aead_open(key, nonce, associated_data, given["ciphertext"])
    assert aead_seal(key, nonce, associated_data, plaintext) == given["ciphertext"]
    return {"plaintext": plaintext}


KINDS = {
    "sha256": sha256_kind,
    "hmac-sha256": hmac_sha256,
    "aes-256-cbc": aes_256_cbc,
    "aes-256-ctr": aes_256_ctr,
    "chacha20-poly1305": chacha20_poly1305,
}
