"""The ciphers around which the formats are built; AES and ChaCha20-Poly1305 are OpenSSL's."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from basics import Refused, hkdf, hmac, need

BLOCK = 16


def cbc_encrypt(key, iv, plaintext):
    """AES-256-CBC with PKCS#7."""
    padding = BLOCK - len(plaintext) % BLOCK
    encryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).encryptor()
    return encryptor.update(plaintext + bytes([padding]) * padding) + encryptor.finalize()


def cbc_decrypt(key, iv, ciphertext):
    need(ciphertext and len(ciphertext) % BLOCK == 0, "no whole blocks")
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
    padded = decryptor.update(ciphertext) + decryptor.finalize()
    padding = padded[-1]
    need(1 <= padding <= BLOCK and padded[-padding:] == bytes([padding]) * padding, "bad padding")
    return padded[:-padding]


def ctr(key, counter_block, data):
    """AES-256 in counter mode; a counter that would leave the low half of its block is refused."""
    blocks = -(-len(data) // BLOCK)
    need(int.from_bytes(counter_block[8:], "big") + blocks <= 2**64, "the counter overflows")
    encryptor = Cipher(algorithms.AES256(key), modes.CTR(counter_block)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def aead_seal(key, nonce, associated_data, plaintext):
    return ChaCha20Poly1305(key).encrypt(nonce, plaintext, associated_data)


def aead_open(key, nonce, associated_data, ciphertext):
    need(len(nonce) == 12 and len(ciphertext) >= 16, "too short")
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, associated_data)
    except InvalidTag:
        raise Refused("bad tag") from None


class MessageKeys:
    """80 bytes of HKDF: an AES key, a MAC key, an IV."""

    def __init__(self, key_material, info, salt=b""):
        expanded = hkdf(salt, key_material, info, 80)
        self.aes_key, self.mac_key, self.iv = expanded[:32], expanded[32:64], expanded[64:]

    def encrypt(self, plaintext):
        return cbc_encrypt(self.aes_key, self.iv, plaintext)

    def decrypt(self, ciphertext):
        return cbc_decrypt(self.aes_key, self.iv, ciphertext)

    def mac(self, *parts):
        return hmac(self.mac_key, *parts)
