"""The kinds of `sas/` and `qr/`, after the Matrix specification, "Short Authentication String" and "QR codes"."""

import curves
from basics import ALPHABET, Reader, Refused, hkdf, hmac, need, sha256, to_base64

LABEL = "MATRIX_KEY_VERIFICATION_SAS"
MAC_LABEL = "MATRIX_KEY_VERIFICATION_MAC"

EMOJI = """🐶 Dog|🐱 Cat|🦁 Lion|🐎 Horse|🦄 Unicorn|🐷 Pig|🐘 Elephant|🐰 Rabbit|
🐼 Panda|🐓 Rooster|🐧 Penguin|🐢 Turtle|🐟 Fish|🐙 Octopus|🦋 Butterfly|🌷 Flower|
🌳 Tree|🌵 Cactus|🍄 Mushroom|🌏 Globe|🌙 Moon|☁️ Cloud|🔥 Fire|🍌 Banana|
🍎 Apple|🍓 Strawberry|🌽 Corn|🍕 Pizza|🎂 Cake|❤️ Heart|😀 Smiley|🤖 Robot|
🎩 Hat|👓 Glasses|🔧 Spanner|🎅 Santa|👍 Thumbs Up|☂️ Umbrella|⌛ Hourglass|⏰ Clock|
🎁 Gift|💡 Light Bulb|📕 Book|✏️ Pencil|📎 Paperclip|✂️ Scissors|🔒 Lock|🔑 Key|
🔨 Hammer|☎️ Telephone|🏁 Flag|🚂 Train|🚲 Bicycle|✈️ Aeroplane|🚀 Rocket|🏆 Trophy|
⚽ Ball|🎸 Guitar|🎺 Trumpet|🔔 Bell|⚓ Anchor|🎧 Headphones|📁 Folder|📌 Pin""".replace("\n", "").split("|")


def agreement(given):
    shared_secret = curves.x25519(given["secret_key"], given["their_public_key"])
    return {
        "public_key": curves.x25519_public(given["secret_key"]),
        "bytes": hkdf(b"", shared_secret, given["info"].encode(), 6),
    }


def shown(given):
    """Seven groups of 6 bits are emoji, three of 13 bits are numbers."""
    data = hkdf(b"", given["shared_secret"], given["info"].encode(), 6)
    number = int.from_bytes(data, "big")
    return {
        "bytes": data,
        "emoji_indices": [number >> 42 - 6 * place & 0x3F for place in range(7)],
        "decimals": [(number >> 35 - 13 * place & 0x1FFF) + 1000 for place in range(3)],
    }


def emoji(given):
    symbol, _, description = EMOJI[given["index"]].partition(" ")
    return {"symbol": symbol, "description": description}


def label(given):
    ours = given["our_user"], given["our_device"], to_base64(given["our_public_key"])
    theirs = given["their_user"], given["their_device"], to_base64(given["their_public_key"])
    starter, accepter = (ours, theirs) if given["role"] == "starter" else (theirs, ours)
    transaction, key_id = given["transaction_id"], given["key_id"]
    return {
        "sas": "|".join([LABEL, *starter, *accepter, transaction]),
        "historic_sas": "".join([LABEL, *starter[:2], *accepter[:2], transaction]),
        "our_mac": "".join([MAC_LABEL, *ours[:2], *theirs[:2], transaction, key_id]),
        "their_mac": "".join([MAC_LABEL, *theirs[:2], *ours[:2], transaction, key_id]),
    }


def base64_in_place(data):
    """How libolm once encoded a MAC: from the front, over the bytes that were still to be read."""
    buffer = bytearray(data + bytes(43 - len(data)))
    for place in range(0, 30, 3):
        group = int.from_bytes(buffer[place : place + 3], "big")
        text = "".join(ALPHABET[group >> shift & 0x3F] for shift in (18, 12, 6, 0))
        buffer[place // 3 * 4 : place // 3 * 4 + 4] = text.encode()
    group = int.from_bytes(buffer[30:32], "big") << 2
    buffer[40:43] = "".join(ALPHABET[group >> shift & 0x3F] for shift in (12, 6, 0)).encode()
    return buffer.decode()


def mac(given):
    info, text = given["info"].encode(), given["text"].encode()
    length = 256 if given["method"] == "hmac-sha256" else 32
    code = hmac(hkdf(b"", given["shared_secret"], info, length), text)
    writers = {"hkdf-hmac-sha256.v2": to_base64, "hkdf-hmac-sha256": base64_in_place, "hmac-sha256": base64_in_place}
    need(given["mac"] == writers[given["method"]](code), "another MAC")
    return {}


def commitment(given):
    hashed = sha256(to_base64(given["public_key"]).encode(), given["start_content"].encode())
    need(given["commitment"] == to_base64(hashed), "another commitment")
    return {}


def qr_code(given):
    reader = Reader(given["bytes"])
    reader.expect(b"MATRIX\x02", "no code of version 2")
    mode = reader.u8()
    need(mode <= 2, "an unknown mode")
    try:
        transaction = reader.take(int.from_bytes(reader.take(2), "big")).decode()
    except UnicodeDecodeError:
        raise Refused("an id that is no UTF-8") from None
    first, second = reader.take(32), reader.take(32)
    for key in (first, second):
        curves.decode(key)
    secret = reader.take(reader.left())
    need(len(secret) >= 8, "a short secret")
    return {
        "mode": mode,
        "transaction_id": transaction,
        "first_key": first,
        "second_key": second,
        "shared_secret_base64": to_base64(secret),
    }


KINDS = {
    "sas-agreement": agreement,
    "sas-bytes": shown,
    "sas-emoji": emoji,
    "sas-label": label,
    "sas-mac": mac,
    "sas-commitment": commitment,
    "qr-code": qr_code,
}
