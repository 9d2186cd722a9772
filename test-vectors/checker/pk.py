"""The kinds of `pk/`: m.megolm_backup.v1.curve25519-aes-sha2 of the Matrix specification, and libolm's pickle of its key."""

import curves
import pickles
from basics import Reader, from_base64, need, to_base64, u32
from ciphers import MessageKeys

MAC = 8


def keys_of(shared_secret):
    return MessageKeys(shared_secret, b"")


def encrypt(given):
    keys = keys_of(curves.x25519(given["ephemeral_secret_key"], given["recipient_key"]))
    return {
        "ciphertext_base64": to_base64(keys.encrypt(given["plaintext"])),
        # Over nothing, as everyone does.
        "mac_base64": to_base64(keys.mac()[:MAC]),
        "ephemeral_key_base64": to_base64(curves.x25519_public(given["ephemeral_secret_key"])),
    }


def decrypt(given):
    ciphertext, mac, ephemeral_key = (
        from_base64(given[f"{name}_base64"], padding=True) for name in ("ciphertext", "mac", "ephemeral_key")
    )
    need(len(ephemeral_key) == 32, "a key that is not 32 bytes")
    keys = keys_of(curves.x25519(given["secret_key"], ephemeral_key))
    need(mac == keys.mac()[:MAC], "bad MAC")
    return {"plaintext": keys.decrypt(ciphertext)}


def unpickle(given):
    """u32 1 | public key | secret key."""
    reader = Reader(pickles.open_envelope(given["pickle_base64"], given["key"]))
    need(reader.u32() == 1, "another version")
    public_key, secret_key = reader.take(32), reader.take(32)
    reader.end()
    need(curves.x25519_public(secret_key) == public_key, "the public key of another secret key")
    written = pickles.seal_envelope(u32(1) + public_key + secret_key, given["key"])
    return {
        "secret_key": secret_key,
        "public_key": public_key,
        "is_written_again": written == given["pickle_base64"],
    }


KINDS = {"pk-encrypt": encrypt, "pk-decrypt": decrypt, "libolm-pk-decryption": unpickle}
