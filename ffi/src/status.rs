//! What a call tells: one number for each cause, the same in every later version.

use std::ffi::CStr;

/// What a call tells: `CLIQUET_OK`, or the cause of its failure. The numbers keep their meaning in every later version.
pub type cliquet_status = i32;

// Success, and use of the interface.

/// The call did what it says.
pub const CLIQUET_OK: cliquet_status = 0;
/// A pointer is NULL that must not be.
pub const CLIQUET_NULL_POINTER: cliquet_status = 1;
/// A pointer is not aligned for what it points to.
pub const CLIQUET_MISALIGNED: cliquet_status = 2;
/// What a pointer leads to is no object of this type.
pub const CLIQUET_WRONG_HANDLE: cliquet_status = 3;
/// The object was freed. Debug builds notice it; in others the use of a freed object is undefined.
pub const CLIQUET_FREED: cliquet_status = 4;
/// The object is used by another call, and at least one of the two would change it: a call of another thread, of the random generator or source
/// that serves this one, or this one, which was given it twice.
pub const CLIQUET_BUSY: cliquet_status = 5;
/// A call that changed the object ended with `CLIQUET_PANIC`: it can only be freed.
pub const CLIQUET_POISONED: cliquet_status = 6;
/// The object was good for one call, which it served: it can only be freed.
pub const CLIQUET_USED_UP: cliquet_status = 7;
/// A buffer is too small; nothing was done. `*length` tells how much there is to write; in the details, `found` is the capacity, `limit` the least one.
pub const CLIQUET_SHORT_BUFFER: cliquet_status = 8;
/// A length is larger than anything in memory: `found` it, `limit` the largest.
pub const CLIQUET_LENGTH_OVERFLOW: cliquet_status = 9;
/// A text is not UTF-8.
pub const CLIQUET_NOT_UTF8: cliquet_status = 10;
/// A number is none of the constants that may stand there: `found` it.
pub const CLIQUET_UNKNOWN_CONSTANT: cliquet_status = 11;
/// There is no element at this position: `found` the position, `limit` how many there are.
pub const CLIQUET_OUT_OF_RANGE: cliquet_status = 12;
/// What was asked for does not exist, as it need not.
pub const CLIQUET_ABSENT: cliquet_status = 13;
/// The random generator failed.
pub const CLIQUET_RANDOM: cliquet_status = 14;
/// A defect of the library was caught. What was being changed is now `CLIQUET_POISONED`.
pub const CLIQUET_PANIC: cliquet_status = 15;
/// A cause that this version of the header does not name.
pub const CLIQUET_OTHER: cliquet_status = 16;

// Decoding.

/// Not base64, not of the alphabet that is expected, or not canonical.
pub const CLIQUET_BASE64: cliquet_status = 20;
/// A ciphertext that is empty or no multiple of 16 bytes long: `found` its length.
pub const CLIQUET_CIPHERTEXT_LENGTH: cliquet_status = 21;
/// An integer is too large for its field.
pub const CLIQUET_INTEGER_TOO_LARGE: cliquet_status = 22;
/// Bytes have the wrong length: `found` it, `limit` what was expected.
pub const CLIQUET_LENGTH: cliquet_status = 23;
/// The first bytes are not those of this format.
pub const CLIQUET_MAGIC: cliquet_status = 24;
/// A normal message, where only a pre-key message can stand: `found` its type, `limit` the other, each one of the constants `CLIQUET_MESSAGE_TYPE_*`.
pub const CLIQUET_MESSAGE_TYPE: cliquet_status = 25;
/// A separator is missing.
pub const CLIQUET_MISSING_SEPARATOR: cliquet_status = 26;
/// Not the canonical form of what is encoded.
pub const CLIQUET_NON_CANONICAL: cliquet_status = 27;
/// An integer is not in its shortest form.
pub const CLIQUET_NON_CANONICAL_VARINT: cliquet_status = 28;
/// Bytes that are no public key.
pub const CLIQUET_PUBLIC_KEY: cliquet_status = 29;
/// Bytes follow after the end.
pub const CLIQUET_TRAILING_BYTES: cliquet_status = 30;
/// The bytes end too early.
pub const CLIQUET_TRUNCATED: cliquet_status = 31;
/// A field of a message is missing, repeated, or not where it must be: `found` its tag, `limit` the expected one.
pub const CLIQUET_UNEXPECTED_FIELD: cliquet_status = 32;
/// An unknown form of what is encoded: `found` its number.
pub const CLIQUET_UNKNOWN_FORM: cliquet_status = 33;
/// An unknown version of a message, session key or export: `found` it.
pub const CLIQUET_UNSUPPORTED_VERSION: cliquet_status = 34;

// Cryptography.

/// Altered, or made under another key: a MAC does not match, or what it covers does not open.
pub const CLIQUET_AUTHENTICATION_FAILED: cliquet_status = 40;
/// A signature does not verify.
pub const CLIQUET_INVALID_SIGNATURE: cliquet_status = 41;
/// A public key that would make the shared secret known to everybody.
pub const CLIQUET_NON_CONTRIBUTORY_KEY: cliquet_status = 42;
/// The hash of an attachment is another one.
pub const CLIQUET_HASH_MISMATCH: cliquet_status = 43;
/// The caller's source of an attachment failed: `found` what its function returned, as a `uint32_t`; or, `found` 0, the source is not what it was.
pub const CLIQUET_SOURCE: cliquet_status = 44;

// Olm.

/// The message was decrypted before: `found` its chain index.
pub const CLIQUET_ALREADY_USED: cliquet_status = 50;
/// The key of the message was dropped by a limit: `found` its chain index.
pub const CLIQUET_NO_LONGER_KEPT: cliquet_status = 51;
/// The message is too far ahead in its chain: `found` by how much, `limit` the most.
pub const CLIQUET_GAP_TOO_LARGE: cliquet_status = 52;
/// A message, pickle or session of another version: `found` it, `limit` the expected one, each one of the constants `CLIQUET_VERSION_*`.
pub const CLIQUET_MISMATCHED_VERSION: cliquet_status = 53;
/// The chain has no further index.
pub const CLIQUET_CHAIN_EXHAUSTED: cliquet_status = 54;
/// The pre-key message belongs to another session.
pub const CLIQUET_FOREIGN_PRE_KEY_MESSAGE: cliquet_status = 55;
/// The message is of a chain that the session does not know, and cannot begin now.
pub const CLIQUET_UNKNOWN_RATCHET_KEY: cliquet_status = 56;
/// The base key of a pre-key message is unusable.
pub const CLIQUET_MALFORMED_BASE_KEY: cliquet_status = 57;
/// The pre-key message names another identity key than the caller: `key` is that of the message.
pub const CLIQUET_MISMATCHED_IDENTITY_KEY: cliquet_status = 58;
/// The stored one-time key has another public part than it should: `found` its key id.
pub const CLIQUET_MISMATCHED_ONE_TIME_KEY: cliquet_status = 59;
/// The account does not have the one-time key of a pre-key message: `key` is its public part.
pub const CLIQUET_UNKNOWN_ONE_TIME_KEY: cliquet_status = 60;
/// The account has no further key id.
pub const CLIQUET_KEY_IDS_EXHAUSTED: cliquet_status = 61;
/// More one-time keys than an account may keep: `found` the number, `limit` the most.
pub const CLIQUET_TOO_MANY_KEYS: cliquet_status = 62;
/// A limit is below what the protocol asks for: `found` it, `limit` the least.
pub const CLIQUET_LIMIT_TOO_SMALL: cliquet_status = 63;
/// A limit is above the hard cap: `found` it, `limit` the most.
pub const CLIQUET_LIMIT_TOO_LARGE: cliquet_status = 64;

// Megolm.

/// The message is older than the session: `found` its index, `limit` the first one known.
pub const CLIQUET_UNKNOWN_MESSAGE_INDEX: cliquet_status = 70;
/// Another event carried this message index: `found` the index.
pub const CLIQUET_REPLAY: cliquet_status = 71;
/// The replay guard can note nothing more: `limit` its capacity.
pub const CLIQUET_REPLAY_GUARD_FULL: cliquet_status = 72;
/// The session has no further message index.
pub const CLIQUET_SESSION_EXHAUSTED: cliquet_status = 73;

// Pickles.

/// Not JSON, or not of the form that is expected.
pub const CLIQUET_JSON: cliquet_status = 80;
/// A libolm account of version 1, which holds half an Ed25519 secret key: libolm cannot use it either.
pub const CLIQUET_LEGACY_ACCOUNT: cliquet_status = 81;
/// A vodozemac pickle does not say which version the messages of the session have: state `CLIQUET_VERSION_1` to open it.
pub const CLIQUET_MISSING_VERSION: cliquet_status = 82;
/// Not a pickle of this format.
pub const CLIQUET_NOT_A_PICKLE: cliquet_status = 83;
/// A pickle without encryption, where an encrypted one is expected.
pub const CLIQUET_NOT_ENCRYPTED: cliquet_status = 84;
/// A pickle of an unknown kind: `found` its number.
pub const CLIQUET_UNKNOWN_KIND: cliquet_status = 85;
/// A pickle of an unknown version: `found` it.
pub const CLIQUET_UNKNOWN_VERSION: cliquet_status = 86;
/// A pickle of another kind: `found` it, `limit` the expected one, each one of the constants `CLIQUET_PICKLE_KIND_*`.
pub const CLIQUET_WRONG_KIND: cliquet_status = 87;
/// The state keeps a message key that is ahead of its chain.
pub const CLIQUET_STATE_AHEAD_OF_CHAIN: cliquet_status = 88;
/// The state keeps something twice: `items` what.
pub const CLIQUET_STATE_DUPLICATE: cliquet_status = 89;
/// The state keeps a one-time key whose id was not yet given.
pub const CLIQUET_STATE_KEY_ID_BEYOND_LAST: cliquet_status = 90;
/// The state keeps a public key that is not the one of its secret key.
pub const CLIQUET_STATE_MISMATCHED_PUBLIC_KEY: cliquet_status = 91;
/// The state keeps no chain at all.
pub const CLIQUET_STATE_NO_CHAIN: cliquet_status = 92;
/// The state keeps too many of something: `items` what, `found` how many, `limit` the most.
pub const CLIQUET_STATE_TOO_MANY: cliquet_status = 93;
/// The format cannot say that two keys have one id: `found` the id.
pub const CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID: cliquet_status = 94;
/// The format cannot express the state, which contradicts itself there.
pub const CLIQUET_INEXPRESSIBLE_INCONSISTENT: cliquet_status = 95;
/// The format cannot express a key id: `found` it.
pub const CLIQUET_INEXPRESSIBLE_KEY_ID: cliquet_status = 96;
/// The format cannot express message keys of receiver chains that are no longer kept: `found` how many.
/// `cliquet_olm_session_forget_message_keys_of_dropped_chains` gives them up.
pub const CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS: cliquet_status = 97;
/// The format wants the seed of a signing key that came without one.
pub const CLIQUET_INEXPRESSIBLE_MISSING_SEED: cliquet_status = 98;
/// The format cannot express a previous fallback key; `cliquet_account_forget_previous_fallback_key` gives it up.
pub const CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY: cliquet_status = 99;
/// The format cannot express a replay guard.
pub const CLIQUET_INEXPRESSIBLE_REPLAY_GUARD: cliquet_status = 100;
/// The format has no room for so many: `items` of what, `found` how many, `limit` the most.
pub const CLIQUET_INEXPRESSIBLE_TOO_MANY: cliquet_status = 101;
/// The format cannot express the version of the session: `found` it.
pub const CLIQUET_INEXPRESSIBLE_VERSION: cliquet_status = 102;

// Verification.

/// The key is not the one that was committed to.
pub const CLIQUET_MISMATCHED_COMMITMENT: cliquet_status = 110;
/// The MAC of a key does not match: `found` its position in the given list.
pub const CLIQUET_MAC_OF_KEY: cliquet_status = 111;
/// The MAC of the list of key ids does not match.
pub const CLIQUET_MAC_OF_KEY_IDS: cliquet_status = 112;
/// None of the keys with a MAC is known here.
pub const CLIQUET_NO_KNOWN_KEY: cliquet_status = 113;
/// More bytes than can be derived: `found` how many, `limit` the most.
pub const CLIQUET_TOO_MANY_BYTES: cliquet_status = 114;
/// The transaction id is too long for a QR code.
pub const CLIQUET_TRANSACTION_ID_TOO_LONG: cliquet_status = 115;
/// A QR code has another mode than expected, or another key: the verification ends (`m.key_mismatch`).
pub const CLIQUET_MISMATCHED_QR_KEYS: cliquet_status = 116;
/// A key id cannot stand in the list of key ids, whose separator, a comma, is in it.
pub const CLIQUET_KEY_ID_COMMA: cliquet_status = 117;

// Channels.

/// The channel can carry no further message.
pub const CLIQUET_CHANNEL_EXHAUSTED: cliquet_status = 120;
/// The info string is too long.
pub const CLIQUET_INFO_TOO_LONG: cliquet_status = 121;

// Attachments, passphrases, secret storage.

/// So much data would overflow the counter of the cipher.
pub const CLIQUET_COUNTER_OVERFLOW: cliquet_status = 130;
/// A passphrase cannot be stretched in no round.
pub const CLIQUET_NO_ROUNDS: cliquet_status = 131;
/// Fewer rounds than the specification allows: `found` them, `limit` the fewest.
pub const CLIQUET_TOO_FEW_ROUNDS: cliquet_status = 132;
/// More rounds than the caller allows: `found` them, `limit` the most.
pub const CLIQUET_TOO_MANY_ROUNDS: cliquet_status = 133;
/// The passphrase was stretched with other parameters.
pub const CLIQUET_OTHER_PARAMETERS: cliquet_status = 134;
/// A recovery key has a character that is not in base58.
pub const CLIQUET_RECOVERY_KEY_CHARACTER: cliquet_status = 135;
/// A recovery key has the wrong length: `found` its characters.
pub const CLIQUET_RECOVERY_KEY_LENGTH: cliquet_status = 136;
/// The check sum of a recovery key is wrong: a character was mistaken, or two were exchanged.
pub const CLIQUET_RECOVERY_KEY_PARITY: cliquet_status = 137;
/// A recovery key begins with other bytes.
pub const CLIQUET_RECOVERY_KEY_PREFIX: cliquet_status = 138;

// Documents.

/// The first or the last line of a key export is missing.
pub const CLIQUET_MISSING_LINE: cliquet_status = 150;
/// What was decrypted is not the JSON of a key export.
pub const CLIQUET_CONTENT: cliquet_status = 151;
/// Session data is not JSON of the expected form.
pub const CLIQUET_SESSION_DATA_MALFORMED: cliquet_status = 152;
/// A field is missing: `field` which.
pub const CLIQUET_MISSING_FIELD: cliquet_status = 153;
/// Session data names another session than its key, or than the caller.
pub const CLIQUET_MISMATCHED_SESSION_ID: cliquet_status = 154;
/// An algorithm other than `m.megolm.v1.aes-sha2`.
pub const CLIQUET_UNSUPPORTED_ALGORITHM: cliquet_status = 155;
/// There is no signature of this user and key.
pub const CLIQUET_SIGNATURE_MISSING: cliquet_status = 156;
/// The signature, or what holds the signatures, has no possible form.
pub const CLIQUET_SIGNATURE_MALFORMED: cliquet_status = 157;
/// A field of device keys is missing or of another form: `field` which.
pub const CLIQUET_MALFORMED_FIELD: cliquet_status = 158;
/// Device keys are of another device.
pub const CLIQUET_MISMATCHED_DEVICE_ID: cliquet_status = 159;
/// Device keys are of another user.
pub const CLIQUET_MISMATCHED_USER_ID: cliquet_status = 160;
/// A backup was made for another key.
pub const CLIQUET_MISMATCHED_SECRET_KEY: cliquet_status = 161;
/// The auth data of a backup has no readable public key.
pub const CLIQUET_AUTH_DATA_PUBLIC_KEY: cliquet_status = 162;
/// An entry of a backup has no MAC.
pub const CLIQUET_BACKUP_MAC_MISSING: cliquet_status = 163;
/// The MAC is right, but the object is no entry of a backup.
pub const CLIQUET_BACKUP_ENTRY: cliquet_status = 164;

/// The text of a status; of a number that is none, a text that says so.
pub(crate) const fn text(status: cliquet_status) -> &'static CStr {
    match status {
        CLIQUET_OK => c"success",
        CLIQUET_NULL_POINTER => c"a pointer is NULL that must not be",
        CLIQUET_MISALIGNED => c"a pointer is not aligned",
        CLIQUET_WRONG_HANDLE => c"not an object of this type",
        CLIQUET_FREED => c"the object was freed",
        CLIQUET_BUSY => c"the object is used by another call",
        CLIQUET_POISONED => c"a call ended in the middle of a change of this object",
        CLIQUET_USED_UP => c"the object was used up",
        CLIQUET_SHORT_BUFFER => c"the buffer is too small",
        CLIQUET_LENGTH_OVERFLOW => c"the length is larger than any object in memory",
        CLIQUET_NOT_UTF8 => c"the text is not UTF-8",
        CLIQUET_UNKNOWN_CONSTANT => c"the number is none of the named constants",
        CLIQUET_OUT_OF_RANGE => c"there is no element at this position",
        CLIQUET_ABSENT => c"there is none",
        CLIQUET_RANDOM => c"the random generator failed",
        CLIQUET_PANIC => c"a defect of the library was caught",
        CLIQUET_OTHER => c"a cause without a name",
        CLIQUET_BASE64 => c"not base64",
        CLIQUET_CIPHERTEXT_LENGTH => c"the ciphertext has no possible length",
        CLIQUET_INTEGER_TOO_LARGE => c"an integer is too large for its field",
        CLIQUET_LENGTH => c"wrong length",
        CLIQUET_MAGIC => c"the first bytes are not those of this format",
        CLIQUET_MESSAGE_TYPE => c"a normal message where a pre-key message is wanted",
        CLIQUET_MISSING_SEPARATOR => c"a separator is missing",
        CLIQUET_NON_CANONICAL => c"not in canonical form",
        CLIQUET_NON_CANONICAL_VARINT => c"an integer is not in its shortest form",
        CLIQUET_PUBLIC_KEY => c"not a public key",
        CLIQUET_TRAILING_BYTES => c"bytes follow after the end",
        CLIQUET_TRUNCATED => c"the bytes end too early",
        CLIQUET_UNEXPECTED_FIELD => c"a field is not the one expected",
        CLIQUET_UNKNOWN_FORM => c"unknown form",
        CLIQUET_UNSUPPORTED_VERSION => c"unknown version",
        CLIQUET_AUTHENTICATION_FAILED => c"authentication failed",
        CLIQUET_INVALID_SIGNATURE => c"the signature does not verify",
        CLIQUET_NON_CONTRIBUTORY_KEY => c"the public key contributes nothing to the shared secret",
        CLIQUET_HASH_MISMATCH => c"the hash does not match",
        CLIQUET_SOURCE => c"the caller's source failed, or is not what it was",
        CLIQUET_ALREADY_USED => c"the message was decrypted before",
        CLIQUET_NO_LONGER_KEPT => c"the key of the message is no longer kept",
        CLIQUET_GAP_TOO_LARGE => c"the message is too far ahead",
        CLIQUET_MISMATCHED_VERSION => c"another version than expected",
        CLIQUET_CHAIN_EXHAUSTED => c"the chain has no further index",
        CLIQUET_FOREIGN_PRE_KEY_MESSAGE => c"the pre-key message belongs to another session",
        CLIQUET_UNKNOWN_RATCHET_KEY => c"unknown ratchet key",
        CLIQUET_MALFORMED_BASE_KEY => c"unusable base key",
        CLIQUET_MISMATCHED_IDENTITY_KEY => c"another identity key than expected",
        CLIQUET_MISMATCHED_ONE_TIME_KEY => c"a stored one-time key does not match its public key",
        CLIQUET_UNKNOWN_ONE_TIME_KEY => c"unknown one-time key",
        CLIQUET_KEY_IDS_EXHAUSTED => c"no further key id",
        CLIQUET_TOO_MANY_KEYS => c"too many one-time keys",
        CLIQUET_LIMIT_TOO_SMALL => c"the limit is too small",
        CLIQUET_LIMIT_TOO_LARGE => c"the limit is too large",
        CLIQUET_UNKNOWN_MESSAGE_INDEX => c"the message is older than the session",
        CLIQUET_REPLAY => c"the message index was used by another event",
        CLIQUET_REPLAY_GUARD_FULL => c"the replay guard is full",
        CLIQUET_SESSION_EXHAUSTED => c"the session has no further message index",
        CLIQUET_JSON => c"not JSON of the expected form",
        CLIQUET_LEGACY_ACCOUNT => c"a libolm account of version 1, which lacks half a key",
        CLIQUET_MISSING_VERSION => c"the version is missing",
        CLIQUET_NOT_A_PICKLE => c"not a pickle",
        CLIQUET_NOT_ENCRYPTED => c"not encrypted",
        CLIQUET_UNKNOWN_KIND => c"unknown kind of pickle",
        CLIQUET_UNKNOWN_VERSION => c"unknown version of a pickle",
        CLIQUET_WRONG_KIND => c"another kind of pickle than expected",
        CLIQUET_STATE_AHEAD_OF_CHAIN => c"a kept message key is ahead of its chain",
        CLIQUET_STATE_DUPLICATE => c"the state keeps something twice",
        CLIQUET_STATE_KEY_ID_BEYOND_LAST => c"a key id was not yet given",
        CLIQUET_STATE_MISMATCHED_PUBLIC_KEY => c"a public key is not the one of its secret key",
        CLIQUET_STATE_NO_CHAIN => c"the state keeps no chain",
        CLIQUET_STATE_TOO_MANY => c"the state keeps too many of something",
        CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID => c"the format cannot express two keys of one id",
        CLIQUET_INEXPRESSIBLE_INCONSISTENT => c"the format cannot express this state",
        CLIQUET_INEXPRESSIBLE_KEY_ID => c"the format cannot express this key id",
        CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS => c"the format cannot express message keys of dropped chains",
        CLIQUET_INEXPRESSIBLE_MISSING_SEED => c"the format wants a seed that is not known",
        CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY => c"the format cannot express a previous fallback key",
        CLIQUET_INEXPRESSIBLE_REPLAY_GUARD => c"the format cannot express a replay guard",
        CLIQUET_INEXPRESSIBLE_TOO_MANY => c"the format cannot express so many of something",
        CLIQUET_INEXPRESSIBLE_VERSION => c"the format cannot express this version",
        CLIQUET_MISMATCHED_COMMITMENT => c"the key is not the one that was committed to",
        CLIQUET_MAC_OF_KEY => c"the MAC of a key does not match",
        CLIQUET_MAC_OF_KEY_IDS => c"the MAC of the key ids does not match",
        CLIQUET_NO_KNOWN_KEY => c"none of the keys is known",
        CLIQUET_TOO_MANY_BYTES => c"more bytes than can be derived",
        CLIQUET_TRANSACTION_ID_TOO_LONG => c"the transaction id is too long",
        CLIQUET_MISMATCHED_QR_KEYS => c"the keys in the QR code are not the expected ones",
        CLIQUET_KEY_ID_COMMA => c"a key id with a comma",
        CLIQUET_CHANNEL_EXHAUSTED => c"the channel can carry no further message",
        CLIQUET_INFO_TOO_LONG => c"the info string is too long",
        CLIQUET_COUNTER_OVERFLOW => c"the counter of the cipher would overflow",
        CLIQUET_NO_ROUNDS => c"no rounds",
        CLIQUET_TOO_FEW_ROUNDS => c"too few rounds",
        CLIQUET_TOO_MANY_ROUNDS => c"too many rounds",
        CLIQUET_OTHER_PARAMETERS => c"the passphrase was stretched with other parameters",
        CLIQUET_RECOVERY_KEY_CHARACTER => c"a character is not in base58",
        CLIQUET_RECOVERY_KEY_LENGTH => c"a recovery key has another length",
        CLIQUET_RECOVERY_KEY_PARITY => c"the recovery key was mistyped",
        CLIQUET_RECOVERY_KEY_PREFIX => c"a recovery key begins with other bytes",
        CLIQUET_MISSING_LINE => c"the first or last line is missing",
        CLIQUET_CONTENT => c"not the content of a key export",
        CLIQUET_SESSION_DATA_MALFORMED => c"malformed session data",
        CLIQUET_MISSING_FIELD => c"a field is missing",
        CLIQUET_MISMATCHED_SESSION_ID => c"another session id",
        CLIQUET_UNSUPPORTED_ALGORITHM => c"unsupported algorithm",
        CLIQUET_SIGNATURE_MISSING => c"the signature is missing",
        CLIQUET_SIGNATURE_MALFORMED => c"malformed signature",
        CLIQUET_MALFORMED_FIELD => c"a field is missing or malformed",
        CLIQUET_MISMATCHED_DEVICE_ID => c"another device id",
        CLIQUET_MISMATCHED_USER_ID => c"another user id",
        CLIQUET_MISMATCHED_SECRET_KEY => c"a backup of another key",
        CLIQUET_AUTH_DATA_PUBLIC_KEY => c"no readable public key in the auth data",
        CLIQUET_BACKUP_MAC_MISSING => c"the MAC is missing",
        CLIQUET_BACKUP_ENTRY => c"not an entry of a backup",
        _ => c"not a status of this version",
    }
}
