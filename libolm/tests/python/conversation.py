"""A whole conversation through python-olm in one process: conversation.py LIBRARY, the file that must be loaded."""

import sys

import olm

import loaded


def fails(error, code, function, *arguments):
    try:
        function(*arguments)
    except error as raised:
        assert str(raised) == code, f"{raised} instead of {code}"
    else:
        raise AssertionError(f"no {code}")


def one_time_key(account):
    return next(iter(account.one_time_keys["curve25519"].values()))


def accounts():
    alice = olm.Account()
    keys = alice.identity_keys
    assert list(keys) == ["curve25519", "ed25519"] and all(len(key) == 43 for key in keys.values())
    assert alice.max_one_time_keys == 100
    alice.generate_one_time_keys(3)
    assert list(alice.one_time_keys["curve25519"]) == ["AAAAAw", "AAAAAg", "AAAAAQ"]
    alice.mark_keys_as_published()
    assert alice.one_time_keys == {"curve25519": {}}
    assert alice.fallback_key == {"curve25519": {}}
    alice.generate_fallback_key()
    assert list(alice.fallback_key["curve25519"]) == ["AAAABA"]
    alice.forget_old_fallback_key()

    signature = alice.sign("signed")
    olm.ed25519_verify(keys["ed25519"], "signed", signature)
    fails(olm.OlmVerifyError, "BAD_MESSAGE_MAC", olm.ed25519_verify, keys["ed25519"], "other", signature)
    assert olm.sha256("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0"

    pickle = alice.pickle("secret")
    again = olm.Account.from_pickle(pickle, "secret")
    assert again.identity_keys == keys and again.pickle("secret") == pickle
    fails(olm.OlmAccountError, "BAD_ACCOUNT_KEY", olm.Account.from_pickle, pickle, "wrong")
    # One character too many for any number of bytes.
    cut = pickle[: len(pickle) // 4 * 4 - 3]
    fails(olm.OlmAccountError, "INVALID_BASE64", olm.Account.from_pickle, cut, "secret")


def sessions():
    alice, bob = olm.Account(), olm.Account()
    bob.generate_one_time_keys(2)
    key = one_time_key(bob)
    bob.mark_keys_as_published()
    alices = olm.OutboundSession(alice, bob.identity_keys["curve25519"], key)
    first = alices.encrypt("Bonjour, Bob")
    assert isinstance(first, olm.OlmPreKeyMessage)

    bobs = olm.InboundSession(bob, first, alice.identity_keys["curve25519"])
    assert bobs.matches(first) and bobs.matches(first, alice.identity_keys["curve25519"])
    assert not bobs.matches(first, bob.identity_keys["curve25519"])
    assert bobs.id == alices.id
    assert bobs.decrypt(first) == "Bonjour, Bob"
    fails(olm.OlmSessionError, "BAD_MESSAGE_MAC", bobs.decrypt, first)
    bob.remove_one_time_keys(bobs)
    fails(olm.OlmAccountError, "BAD_MESSAGE_KEY_ID", bob.remove_one_time_keys, bobs)
    fails(olm.OlmSessionError, "BAD_MESSAGE_KEY_ID", olm.InboundSession, bob, first)

    answer = bobs.encrypt("Bonjour, Alice")
    assert isinstance(answer, olm.OlmMessage)
    assert alices.decrypt(answer) == "Bonjour, Alice"
    for turn in range(30):
        sender, receiver = (alices, bobs) if turn % 2 else (bobs, alices)
        messages = [sender.encrypt(f"{turn}, {number}") for number in range(4)]
        # The last one first, the others as skipped ones.
        for number in (3, 0, 2, 1):
            assert receiver.decrypt(messages[number]) == f"{turn}, {number}"
        alices = olm.Session.from_pickle(alices.pickle("key"), "key")
        bobs = olm.Session.from_pickle(bobs.pickle(), "")
    assert "sender chain index" in alices.describe()
    changed = olm.OlmMessage(bobs.encrypt("changed").ciphertext[:-4] + "AAAA")
    fails(olm.OlmSessionError, "BAD_MESSAGE_MAC", alices.decrypt, changed)


def groups():
    room = olm.OutboundGroupSession()
    early = olm.InboundGroupSession(room.session_key)
    messages = [room.encrypt(f"message {index}") for index in range(5)]
    assert room.message_index == 5
    late = olm.InboundGroupSession(room.session_key)
    assert early.id == late.id == room.id and late.first_known_index == 5
    for index in (4, 0, 3, 3):
        assert early.decrypt(messages[index]) == (f"message {index}", index)
    fails(olm.OlmGroupSessionError, "UNKNOWN_MESSAGE_INDEX", late.decrypt, messages[4])
    fails(olm.OlmGroupSessionError, "UNKNOWN_MESSAGE_INDEX", late.export_session, 4)

    imported = olm.InboundGroupSession.import_session(early.export_session(2))
    assert imported.first_known_index == 2 and imported.decrypt(messages[2]) == ("message 2", 2)
    imported = olm.InboundGroupSession.from_pickle(imported.pickle("key"), "key")
    assert imported.decrypt(messages[3]) == ("message 3", 3)
    room = olm.OutboundGroupSession.from_pickle(room.pickle("key"), "key")
    assert late.decrypt(room.encrypt("message 5")) == ("message 5", 5)


def backups_and_signatures():
    decryption = olm.PkDecryption()
    message = olm.PkEncryption(decryption.public_key).encrypt("to be kept")
    assert decryption.decrypt(message) == "to be kept"
    again = olm.PkDecryption.from_pickle(decryption.pickle("key"), "key")
    assert again.public_key == decryption.public_key and again.decrypt(message) == "to be kept"
    wrong = olm.PkMessage(message.ephemeral_key, "AAAAAAAAAAA", message.ciphertext)
    fails(olm.PkDecryptionError, "BAD_MESSAGE_MAC", decryption.decrypt, wrong)

    signing = olm.PkSigning(olm.PkSigning.generate_seed())
    olm.ed25519_verify(signing.public_key, "signed", signing.sign("signed"))


def verification():
    alice = olm.Sas()
    assert not alice.other_key_set
    fails(olm.OlmSasError, "OLM_SAS_THEIR_KEY_NOT_SET", alice.generate_bytes, "info", 6)
    bob = olm.Sas(alice.pubkey)
    alice.set_their_pubkey(bob.pubkey)
    assert alice.other_key_set
    assert alice.generate_bytes("info", 6) == bob.generate_bytes("info", 6)
    assert alice.calculate_mac("key", "info") == bob.calculate_mac("key", "info")
    assert alice.calculate_mac_fixed_base64("key", "info") == bob.calculate_mac_fixed_base64("key", "info")
    assert alice.calculate_mac_long_kdf("key", "info") == bob.calculate_mac_long_kdf("key", "info")
    fails(olm.OlmSasError, "OLM_INPUT_BUFFER_TOO_SMALL", alice.set_their_pubkey, "short")


library = loaded.prove(sys.argv[1])
for part in (accounts, sessions, groups, backups_and_signatures, verification):
    for _ in range(3):
        part()
print(f"a whole conversation through {library}")
