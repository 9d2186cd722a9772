"""What pickles share: the envelope of libolm and vodozemac, and the form in which the vectors tell a state."""

import curves
from basics import from_base64, need, to_base64
from ciphers import MessageKeys

MAC = 8


def seal_envelope(plaintext, key):
    keys = MessageKeys(key, b"Pickle")
    ciphertext = keys.encrypt(plaintext)
    return to_base64(ciphertext + keys.mac(ciphertext)[:MAC])


def open_envelope(text, key):
    data = from_base64(text)
    need(len(data) > MAC, "too short")
    keys = MessageKeys(key, b"Pickle")
    need(keys.mac(data[:-MAC])[:MAC] == data[-MAC:], "bad MAC")
    return keys.decrypt(data[:-MAC])


def check_pair(public_key, secret_key):
    need(curves.x25519_public(secret_key) == public_key, "the public key of another secret key")


def check_expanded(public_key, expanded):
    need(curves.public_of_expanded(expanded) == public_key, "the public key of another secret key")


def check_session(receiver_chains, skipped_message_keys):
    """Chains are [ratchet key, next index, chain key], keys are [ratchet key, index, message key]."""
    indexes = {chain[0]: chain[1] for chain in receiver_chains}
    need(len(indexes) == len(receiver_chains), "two chains of one ratchet key")
    named = {(key[0], key[1]) for key in skipped_message_keys}
    need(len(named) == len(skipped_message_keys), "two keys for one message")
    for ratchet_key, index in named:
        need(index < indexes.get(ratchet_key, 2**32), "a skipped message key ahead of its chain")
