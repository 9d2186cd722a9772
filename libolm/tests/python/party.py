"""One party of a conversation between processes: party.py LIBRARY, the file that must be loaded.

Each line in is a JSON list, the name of a function below and its arguments; each line out is what it returned, or the name of
the error in an object. Objects stay here; the other side knows them by names that it chose.
"""

import json
import sys

import olm

import loaded

MESSAGES = [olm.OlmPreKeyMessage, olm.OlmMessage]
STORED = {
    "account": olm.Account,
    "session": olm.Session,
    "room": olm.OutboundGroupSession,
    "member": olm.InboundGroupSession,
    "decryption": olm.PkDecryption,
}
objects = {}


def message_of(wire):
    kind, body = wire
    return MESSAGES[kind](body)


def wire_of(message):
    return [MESSAGES.index(type(message)), message.ciphertext]


def new_account(name):
    objects[name] = olm.Account()
    return objects[name].identity_keys


def new_keys(name, count):
    objects[name].generate_one_time_keys(count)
    keys = objects[name].one_time_keys["curve25519"]
    objects[name].mark_keys_as_published()
    return keys


def new_fallback_key(name):
    objects[name].generate_fallback_key()
    return list(objects[name].fallback_key["curve25519"].values())[0]


def sign(name, text):
    return objects[name].sign(text)


def verify(key, text, signature):
    olm.ed25519_verify(key, text, signature)


def begin(name, account, identity_key, one_time_key):
    objects[name] = olm.OutboundSession(objects[account], identity_key, one_time_key)
    return objects[name].id


def accept(name, account, wire, identity_key):
    objects[name] = olm.InboundSession(objects[account], message_of(wire), identity_key)
    return objects[name].id


def use_up(account, session):
    objects[account].remove_one_time_keys(objects[session])


def matches(name, wire):
    return objects[name].matches(message_of(wire))


def encrypt(name, text):
    return wire_of(objects[name].encrypt(text))


def decrypt(name, wire):
    return objects[name].decrypt(message_of(wire))


def open_room(name):
    objects[name] = olm.OutboundGroupSession()
    return objects[name].id


def room_key(name):
    return objects[name].session_key


def join(name, key):
    objects[name] = olm.InboundGroupSession(key)
    return objects[name].id


def post(name, text):
    return objects[name].encrypt(text)


def read(name, text):
    return objects[name].decrypt(text)


def export(name, index):
    return objects[name].export_session(index)


def take(name, export):
    objects[name] = olm.InboundGroupSession.import_session(export)
    return objects[name].first_known_index


def new_backup(name):
    objects[name] = olm.PkDecryption()
    return objects[name].public_key


def back_up(public_key, text):
    message = olm.PkEncryption(public_key).encrypt(text)
    return [message.ephemeral_key, message.mac, message.ciphertext]


def restore(name, wire):
    return objects[name].decrypt(olm.PkMessage(*wire))


def cross_sign(seed, text):
    signing = olm.PkSigning(bytes.fromhex(seed))
    return [signing.public_key, signing.sign(text)]


def new_sas(name):
    objects[name] = olm.Sas()
    return objects[name].pubkey


def compare(name, their_key, info):
    sas = objects[name]
    sas.set_their_pubkey(their_key)
    macs = [sas.calculate_mac, sas.calculate_mac_fixed_base64, sas.calculate_mac_long_kdf]
    return [sas.generate_bytes(info, 40).hex()] + [mac("key", info) for mac in macs]


def store(name, key):
    return objects[name].pickle(key).decode()


def load(name, kind, pickle, key):
    objects[name] = STORED[kind].from_pickle(pickle.encode(), key)


print(json.dumps(loaded.prove(sys.argv[1])), flush=True)
for line in sys.stdin:
    name, *arguments = json.loads(line)
    try:
        print(json.dumps(globals()[name](*arguments)), flush=True)
    except Exception as error:  # whatever it is, the other side asked for it
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
