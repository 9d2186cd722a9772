/*
 * cliquet: the Olm and Megolm ratchets of Matrix, and what goes with them, for C and whatever calls C.
 *
 * The contract, which holds for every function below:
 *
 * CALLS. Every function that can fail returns a status, CLIQUET_OK or the cause; cliquet_status_text() says it in English. A call that fails has
 * changed nothing, neither in an object nor through a pointer, except for `*details` and for the `*length` of a buffer that was too small. Some
 * functions take a last argument `details`: NULL, or where figures of a failure go, which are public. They are written only on failure.
 *
 * OBJECTS are opaque and live behind pointers. A function that makes one writes its pointer on success; the caller frees it, once, with the
 * function `..._free` of its type, which also wipes what is secret. Freeing NULL does nothing. What a function takes besides, it copies.
 * A few objects are good for one call (CLIQUET_USED_UP afterwards); they are freed like all others.
 *
 * POINTERS must lead to what the type and the description say, for the whole call. NULL where it is not allowed is CLIQUET_NULL_POINTER, a pointer that
 * is not aligned CLIQUET_MISALIGNED, an object of another type CLIQUET_WRONG_HANDLE; in a debug build, an object that was freed is CLIQUET_FREED (its memory
 * is kept to tell so, which a leak checker sees). A function must not be given overlapping memory to read and to write, nor the same object
 * twice, unless it says so.
 *
 * LENGTHS are in bytes, of arrays and lists in elements. NULL with a length of 0 is an empty input. Keys, signatures and ids are arrays of fixed size:
 * Curve25519 and Ed25519 keys and session ids 32 bytes, signatures 64. Texts are UTF-8 (CLIQUET_NOT_UTF8), and their length does not count a zero at the end,
 * which need not be there.
 *
 * BUFFERS for output are three arguments: where, `capacity`, and `length`. On success `*length` is what was written. If the capacity is too small,
 * the call returns CLIQUET_SHORT_BUFFER before it does anything, and `*length` is what is needed: NULL with a capacity of 0 asks for that. Where a
 * description says "at most", the need is an upper bound. A text is written with a zero behind it, so that its capacity is one more than its length.
 *
 * SECRETS that are written to the caller's memory are the caller's to wipe: plaintexts, session keys, exported keys, pickles without encryption.
 *
 * RANDOMNESS comes from `random`, NULL for that of the operating system. CLIQUET_RANDOM says that it failed.
 *
 * CONSTANTS that a function takes are checked: CLIQUET_UNKNOWN_CONSTANT. A flag is an int, 0 for no.
 *
 * THREADS. There is no global state. An object may move between threads. Functions that take it as a pointer to const may run at the same time in
 * any threads; while one runs that takes it otherwise, no other call may use the object. CLIQUET_BUSY tells where that was noticed.
 *
 * DEFECTS. A panic of the library ends at its boundary with CLIQUET_PANIC; an object that was being changed is CLIQUET_POISONED from then on, and can
 * only be freed. If memory is exhausted, the process ends.
 *
 * The causes named so far, and CLIQUET_LENGTH_OVERFLOW, are not named again below.
 */


#ifndef CLIQUET_H
#define CLIQUET_H

/* Made by cbindgen from the Rust source of the package cliquet-ffi: change that, not this. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * An Olm account: the identity keys of a device and its one-time keys. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_account cliquet_account;

/**
 * A Curve25519 key pair, such as the identity key of a device. Its secret key is wiped when it is freed.
 */
typedef struct cliquet_curve25519_key_pair cliquet_curve25519_key_pair;

/**
 * An Ed25519 key pair, such as the fingerprint key of a device. Its secret key is wiped when it is freed.
 */
typedef struct cliquet_ed25519_key_pair cliquet_ed25519_key_pair;

/**
 * An inbound group session: decrypts what one device sends to a room. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_inbound_group_session cliquet_inbound_group_session;

/**
 * An Olm message of either type. It is public, holds no key, and does not change.
 */
typedef struct cliquet_olm_message cliquet_olm_message;

/**
 * An outbound group session: encrypts what this device sends to a room. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_outbound_group_session cliquet_outbound_group_session;

/**
 * An Olm session with one other device. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_session cliquet_session;

/**
 * What a call tells: `CLIQUET_OK`, or the cause of its failure. The numbers keep their meaning in every later version.
 */
typedef int32_t cliquet_status;

/**
 * A random generator of the caller. Where a function takes one, NULL stands for the operating system's.
 *
 * It must be cryptographically secure, and must report a failure rather than hand out poor bytes. What a function draws, in which order, is
 * said in the documentation of the Rust library and is part of the interface: the same bytes give the same keys and messages.
 */
typedef struct {
    /**
     * Writes `length` random bytes to `bytes` and returns 0; anything else says that it failed. It must not throw, jump out of the call, or use
     * the objects of the call that it serves.
     */
    int32_t (*fill)(void *context, uint8_t *bytes, size_t length);
    /**
     * Handed to `fill` as it is.
     */
    void *context;
} cliquet_random;

/**
 * What can be told of a failure beside its status: public figures, whose meaning each status says. What it does not name is zero.
 */
typedef struct {
    /**
     * What was found: an index, a length, a number.
     */
    uint64_t found;
    /**
     * What was expected, or the limit that was passed.
     */
    uint64_t limit;
    /**
     * Which of the things that a state keeps, one of the constants `CLIQUET_ITEMS_…`.
     */
    uint32_t items;
    /**
     * A public key, raw.
     */
    uint8_t key[32];
    /**
     * The name of a field, ended by a zero.
     */
    char field[48];
} cliquet_details;

/**
 * The versions of Olm and Megolm messages that differ in the length of their MAC.
 */
typedef uint32_t cliquet_version;

/**
 * What an Olm session keeps for messages that arrive late, and how much work one message may cause.
 */
typedef struct {
    /**
     * Skipped message keys per receiver chain: 40 to 2000, 40 by default.
     */
    uint32_t skipped_keys_per_chain;
    /**
     * Skipped message keys of the whole session: 40 to 10000, 200 by default.
     */
    uint32_t skipped_keys;
    /**
     * Receiver chains: 5 to 50, 5 by default.
     */
    uint32_t receiver_chains;
    /**
     * How many messages of a chain may be missing in front of one that is accepted: 2000 to 100000, 2000 by default.
     */
    uint32_t message_gap;
} cliquet_limits;

/**
 * Which key of the account the other party used to start a session.
 */
typedef struct {
    /**
     * The id of the key.
     */
    uint64_t key_id;
    /**
     * Whether it is a fallback key, which stays. A one-time key is used up.
     */
    bool is_fallback_key;
} cliquet_key_use;

/**
 * The two types of Olm message, with the numbers of the `type` field of a Matrix event.
 */
typedef uint32_t cliquet_message_type;

/**
 * The three public keys that a session was agreed with; every pre-key message of the session carries them.
 */
typedef struct {
    /**
     * The identity key of the party that started the session.
     */
    uint8_t identity_key[32];
    /**
     * The base key: the single-use key of the party that started the session.
     */
    uint8_t base_key[32];
    /**
     * The one-time key or fallback key of the other party.
     */
    uint8_t one_time_key[32];
} cliquet_session_keys;

/**
 * The public part of a one-time key or a fallback key.
 */
typedef struct {
    /**
     * The id of the key: see `cliquet_key_id_to_base64`.
     */
    uint64_t key_id;
    /**
     * The public key, to be signed and uploaded.
     */
    uint8_t public_key[32];
    /**
     * Whether it was marked as published.
     */
    bool published;
} cliquet_one_time_key;

/**
 * What became of a key that was to be removed.
 */
typedef uint32_t cliquet_removal;

/**
 * How far one chain of a session has come.
 */
typedef struct {
    /**
     * The ratchet key of the chain.
     */
    uint8_t ratchet_key[32];
    /**
     * The chain index of the next message.
     */
    uint32_t next_chain_index;
} cliquet_chain_summary;

/**
 * The public part of a session's state: what both parties may compare when they no longer understand each other.
 */
typedef struct {
    /**
     * The id of the session.
     */
    uint8_t session_id[32];
    /**
     * The version of its messages.
     */
    cliquet_version version;
    /**
     * Whether it has decrypted anything.
     */
    bool has_received_message;
    /**
     * Whether there is a sending chain; if not, the next message of ours will make one.
     */
    bool has_sending_chain;
    /**
     * The sending chain; zero if there is none.
     */
    cliquet_chain_summary sending_chain;
    /**
     * How many keys of messages that have not arrived are kept, over all chains.
     */
    size_t skipped_message_keys;
} cliquet_session_summary;

/**
 * What a pickle holds.
 */
typedef uint32_t cliquet_pickle_kind;

/**
 * Things that a state keeps, of which there can be too many.
 */
typedef uint32_t cliquet_items;

/**
 * A message that also carries what the other party needs to start the session.
 */
#define CLIQUET_MESSAGE_TYPE_PRE_KEY 0

/**
 * A message of a session that both parties have.
 */
#define CLIQUET_MESSAGE_TYPE_NORMAL 1

/**
 * It was a one-time key: it is gone now.
 */
#define CLIQUET_REMOVAL_REMOVED 1

/**
 * It is a fallback key: it stays.
 */
#define CLIQUET_REMOVAL_FALLBACK_KEPT 2

/**
 * It is no key of this account.
 */
#define CLIQUET_REMOVAL_UNKNOWN 3

/**
 * Messages with a MAC of 8 bytes: version 3 on the wire, what every client speaks.
 */
#define CLIQUET_VERSION_1 1

/**
 * Messages with a whole MAC of 32 bytes: version 4 on the wire, for devices that agreed on it.
 */
#define CLIQUET_VERSION_2 2

/**
 * An account.
 */
#define CLIQUET_PICKLE_KIND_ACCOUNT 1

/**
 * An Olm session.
 */
#define CLIQUET_PICKLE_KIND_SESSION 2

/**
 * An outbound group session.
 */
#define CLIQUET_PICKLE_KIND_OUTBOUND_GROUP_SESSION 3

/**
 * An inbound group session.
 */
#define CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION 4

/**
 * The secret key of a key backup.
 */
#define CLIQUET_PICKLE_KIND_PK_DECRYPTION 5

/**
 * One-time keys of an account.
 */
#define CLIQUET_ITEMS_ONE_TIME_KEYS 1

/**
 * Fallback keys of an account.
 */
#define CLIQUET_ITEMS_FALLBACK_KEYS 2

/**
 * Sending chains of a session.
 */
#define CLIQUET_ITEMS_SENDING_CHAINS 3

/**
 * Receiver chains of a session.
 */
#define CLIQUET_ITEMS_RECEIVER_CHAINS 4

/**
 * Skipped message keys of a session.
 */
#define CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS 5

/**
 * Skipped message keys of one chain.
 */
#define CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS_OF_CHAIN 6

/**
 * The call did what it says.
 */
#define CLIQUET_OK 0

/**
 * A pointer is NULL that must not be.
 */
#define CLIQUET_NULL_POINTER 1

/**
 * A pointer is not aligned for what it points to.
 */
#define CLIQUET_MISALIGNED 2

/**
 * What a pointer leads to is no object of this type.
 */
#define CLIQUET_WRONG_HANDLE 3

/**
 * The object was freed. Debug builds notice it; in others the use of a freed object is undefined.
 */
#define CLIQUET_FREED 4

/**
 * The object is being changed by another call: of another thread, of the random generator that serves this one, or of this one, which was given it twice.
 */
#define CLIQUET_BUSY 5

/**
 * A call that changed the object ended with `CLIQUET_PANIC`: it can only be freed.
 */
#define CLIQUET_POISONED 6

/**
 * The object was good for one call, which it served: it can only be freed.
 */
#define CLIQUET_USED_UP 7

/**
 * A buffer is too small; nothing was done. `*length` tells what is needed, as do the details: `found` the capacity, `limit` the least one.
 */
#define CLIQUET_SHORT_BUFFER 8

/**
 * A length is larger than anything in memory: `found` it, `limit` the largest.
 */
#define CLIQUET_LENGTH_OVERFLOW 9

/**
 * A text is not UTF-8.
 */
#define CLIQUET_NOT_UTF8 10

/**
 * A number is none of the constants that may stand there: `found` it.
 */
#define CLIQUET_UNKNOWN_CONSTANT 11

/**
 * There is no element at this position: `found` the position, `limit` how many there are.
 */
#define CLIQUET_OUT_OF_RANGE 12

/**
 * What was asked for does not exist, as it need not.
 */
#define CLIQUET_ABSENT 13

/**
 * The random generator failed.
 */
#define CLIQUET_RANDOM 14

/**
 * A defect of the library was caught. What was being changed is now `CLIQUET_POISONED`.
 */
#define CLIQUET_PANIC 15

/**
 * A cause that this version of the header does not name.
 */
#define CLIQUET_OTHER 16

/**
 * Not base64, not of the alphabet that is expected, or not canonical.
 */
#define CLIQUET_BASE64 20

/**
 * A ciphertext that is empty or no multiple of 16 bytes long: `found` its length.
 */
#define CLIQUET_CIPHERTEXT_LENGTH 21

/**
 * An integer is too large for its field.
 */
#define CLIQUET_INTEGER_TOO_LARGE 22

/**
 * Bytes have the wrong length: `found` it, `limit` what was expected.
 */
#define CLIQUET_LENGTH 23

/**
 * The first bytes are not those of this format.
 */
#define CLIQUET_MAGIC 24

/**
 * An Olm message has a type other than 0 and 1: `found` it.
 */
#define CLIQUET_MESSAGE_TYPE 25

/**
 * A separator is missing.
 */
#define CLIQUET_MISSING_SEPARATOR 26

/**
 * Not the canonical form of what is encoded.
 */
#define CLIQUET_NON_CANONICAL 27

/**
 * An integer is not in its shortest form.
 */
#define CLIQUET_NON_CANONICAL_VARINT 28

/**
 * Bytes that are no public key.
 */
#define CLIQUET_PUBLIC_KEY 29

/**
 * Bytes follow after the end.
 */
#define CLIQUET_TRAILING_BYTES 30

/**
 * The bytes end too early.
 */
#define CLIQUET_TRUNCATED 31

/**
 * A field of a message is missing, repeated, or not where it must be: `found` its tag, `limit` the expected one.
 */
#define CLIQUET_UNEXPECTED_FIELD 32

/**
 * An unknown form of what is encoded: `found` its number.
 */
#define CLIQUET_UNKNOWN_FORM 33

/**
 * An unknown version of a message, session key or export: `found` it.
 */
#define CLIQUET_UNSUPPORTED_VERSION 34

/**
 * Altered, or made under another key: a MAC does not match, or what it covers does not open.
 */
#define CLIQUET_AUTHENTICATION_FAILED 40

/**
 * A signature does not verify.
 */
#define CLIQUET_INVALID_SIGNATURE 41

/**
 * A public key that would make the shared secret known to everybody.
 */
#define CLIQUET_NON_CONTRIBUTORY_KEY 42

/**
 * The hash of an attachment is another one.
 */
#define CLIQUET_HASH_MISMATCH 43

/**
 * The message was decrypted before: `found` its chain index.
 */
#define CLIQUET_ALREADY_USED 50

/**
 * The key of the message was dropped by a limit: `found` its chain index.
 */
#define CLIQUET_NO_LONGER_KEPT 51

/**
 * The message is too far ahead in its chain: `found` by how much, `limit` the most.
 */
#define CLIQUET_GAP_TOO_LARGE 52

/**
 * A message, pickle or session of another version: `found` it, `limit` the expected one, each one of the constants `CLIQUET_VERSION_…`.
 */
#define CLIQUET_MISMATCHED_VERSION 53

/**
 * The chain has no further index.
 */
#define CLIQUET_CHAIN_EXHAUSTED 54

/**
 * The pre-key message belongs to another session.
 */
#define CLIQUET_FOREIGN_PRE_KEY_MESSAGE 55

/**
 * The message is of a chain that the session does not know, and cannot begin now.
 */
#define CLIQUET_UNKNOWN_RATCHET_KEY 56

/**
 * The base key of a pre-key message is unusable.
 */
#define CLIQUET_MALFORMED_BASE_KEY 57

/**
 * The pre-key message names another identity key than the caller: `key` is that of the message.
 */
#define CLIQUET_MISMATCHED_IDENTITY_KEY 58

/**
 * The stored one-time key has another public part than it should: `found` its key id.
 */
#define CLIQUET_MISMATCHED_ONE_TIME_KEY 59

/**
 * The account does not have the one-time key of a pre-key message: `key` is its public part.
 */
#define CLIQUET_UNKNOWN_ONE_TIME_KEY 60

/**
 * The account has no further key id.
 */
#define CLIQUET_KEY_IDS_EXHAUSTED 61

/**
 * More one-time keys than an account may keep: `found` the number, `limit` the most.
 */
#define CLIQUET_TOO_MANY_KEYS 62

/**
 * A limit is below what the protocol asks for: `found` it, `limit` the least.
 */
#define CLIQUET_LIMIT_TOO_SMALL 63

/**
 * A limit is above the hard cap: `found` it, `limit` the most.
 */
#define CLIQUET_LIMIT_TOO_LARGE 64

/**
 * The message is older than the session: `found` its index, `limit` the first one known.
 */
#define CLIQUET_UNKNOWN_MESSAGE_INDEX 70

/**
 * Another event carried this message index: `found` the index.
 */
#define CLIQUET_REPLAY 71

/**
 * The replay guard can note nothing more: `limit` its capacity.
 */
#define CLIQUET_REPLAY_GUARD_FULL 72

/**
 * The session has no further message index.
 */
#define CLIQUET_SESSION_EXHAUSTED 73

/**
 * Not JSON, or not of the form that is expected.
 */
#define CLIQUET_JSON 80

/**
 * A libolm account of version 1, which holds half an Ed25519 secret key: libolm cannot use it either.
 */
#define CLIQUET_LEGACY_ACCOUNT 81

/**
 * A vodozemac pickle does not say which version the messages of the session have: state `CLIQUET_VERSION_1` to open it.
 */
#define CLIQUET_MISSING_VERSION 82

/**
 * Not a pickle of this format.
 */
#define CLIQUET_NOT_A_PICKLE 83

/**
 * A pickle without encryption, where an encrypted one is expected.
 */
#define CLIQUET_NOT_ENCRYPTED 84

/**
 * A pickle of an unknown kind: `found` its number.
 */
#define CLIQUET_UNKNOWN_KIND 85

/**
 * A pickle of an unknown version: `found` it.
 */
#define CLIQUET_UNKNOWN_VERSION 86

/**
 * A pickle of another kind: `found` it, `limit` the expected one, each one of the constants `CLIQUET_PICKLE_KIND_…`.
 */
#define CLIQUET_WRONG_KIND 87

/**
 * The state keeps a message key that is ahead of its chain.
 */
#define CLIQUET_STATE_AHEAD_OF_CHAIN 88

/**
 * The state keeps something twice: `items` what.
 */
#define CLIQUET_STATE_DUPLICATE 89

/**
 * The state keeps a one-time key whose id was not yet given.
 */
#define CLIQUET_STATE_KEY_ID_BEYOND_LAST 90

/**
 * The state keeps a public key that is not the one of its secret key.
 */
#define CLIQUET_STATE_MISMATCHED_PUBLIC_KEY 91

/**
 * The state keeps no chain at all.
 */
#define CLIQUET_STATE_NO_CHAIN 92

/**
 * The state keeps too many of something: `items` what, `found` how many, `limit` the most.
 */
#define CLIQUET_STATE_TOO_MANY 93

/**
 * The format cannot say that two keys have one id: `found` the id.
 */
#define CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID 94

/**
 * The format cannot express the state, which contradicts itself there.
 */
#define CLIQUET_INEXPRESSIBLE_INCONSISTENT 95

/**
 * The format cannot express a key id: `found` it.
 */
#define CLIQUET_INEXPRESSIBLE_KEY_ID 96

/**
 * The format cannot express message keys of receiver chains that are no longer kept: `found` how many; `cliquet_session_forget_message_keys_of_dropped_chains` gives them up.
 */
#define CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS 97

/**
 * The format wants the seed of a signing key that came without one.
 */
#define CLIQUET_INEXPRESSIBLE_MISSING_SEED 98

/**
 * The format cannot express a previous fallback key; `cliquet_account_forget_previous_fallback_key` gives it up.
 */
#define CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY 99

/**
 * The format cannot express a replay guard.
 */
#define CLIQUET_INEXPRESSIBLE_REPLAY_GUARD 100

/**
 * The format has no room for so many: `items` of what, `found` how many, `limit` the most.
 */
#define CLIQUET_INEXPRESSIBLE_TOO_MANY 101

/**
 * The format cannot express the version of the session: `found` it.
 */
#define CLIQUET_INEXPRESSIBLE_VERSION 102

/**
 * The key is not the one that was committed to.
 */
#define CLIQUET_MISMATCHED_COMMITMENT 110

/**
 * The MAC of a key does not match: `found` its position in the given list.
 */
#define CLIQUET_MAC_OF_KEY 111

/**
 * The MAC of the list of key ids does not match.
 */
#define CLIQUET_MAC_OF_KEY_IDS 112

/**
 * None of the keys with a MAC is known here.
 */
#define CLIQUET_NO_KNOWN_KEY 113

/**
 * More bytes than can be derived: `found` how many, `limit` the most.
 */
#define CLIQUET_TOO_MANY_BYTES 114

/**
 * The transaction id is too long for a QR code.
 */
#define CLIQUET_TRANSACTION_ID_TOO_LONG 115

/**
 * A QR code has another mode than expected, or another key: the verification ends (`m.key_mismatch`).
 */
#define CLIQUET_MISMATCHED_QR_KEYS 116

/**
 * The channel can carry no further message.
 */
#define CLIQUET_CHANNEL_EXHAUSTED 120

/**
 * The info string is too long.
 */
#define CLIQUET_INFO_TOO_LONG 121

/**
 * So much data would overflow the counter of the cipher.
 */
#define CLIQUET_COUNTER_OVERFLOW 130

/**
 * A passphrase cannot be stretched in no round.
 */
#define CLIQUET_NO_ROUNDS 131

/**
 * Fewer rounds than the specification allows: `found` them, `limit` the fewest.
 */
#define CLIQUET_TOO_FEW_ROUNDS 132

/**
 * More rounds than the caller allows: `found` them, `limit` the most.
 */
#define CLIQUET_TOO_MANY_ROUNDS 133

/**
 * The passphrase was stretched with other parameters.
 */
#define CLIQUET_OTHER_PARAMETERS 134

/**
 * A recovery key has a character that is not in base58.
 */
#define CLIQUET_RECOVERY_KEY_CHARACTER 135

/**
 * A recovery key has the wrong length: `found` its characters.
 */
#define CLIQUET_RECOVERY_KEY_LENGTH 136

/**
 * The check sum of a recovery key is wrong: a character was mistaken, or two were exchanged.
 */
#define CLIQUET_RECOVERY_KEY_PARITY 137

/**
 * A recovery key begins with other bytes.
 */
#define CLIQUET_RECOVERY_KEY_PREFIX 138

/**
 * The first or the last line of a key export is missing.
 */
#define CLIQUET_MISSING_LINE 150

/**
 * What was decrypted is not the JSON of a key export.
 */
#define CLIQUET_CONTENT 151

/**
 * Session data is not JSON of the expected form.
 */
#define CLIQUET_SESSION_DATA_MALFORMED 152

/**
 * A field is missing: `field` which.
 */
#define CLIQUET_MISSING_FIELD 153

/**
 * Session data names another session than its key, or than the caller.
 */
#define CLIQUET_MISMATCHED_SESSION_ID 154

/**
 * An algorithm other than `m.megolm.v1.aes-sha2`.
 */
#define CLIQUET_UNSUPPORTED_ALGORITHM 155

/**
 * There is no signature of this user and key.
 */
#define CLIQUET_SIGNATURE_MISSING 156

/**
 * The signature, or what holds the signatures, has no possible form.
 */
#define CLIQUET_SIGNATURE_MALFORMED 157

/**
 * A field of device keys is missing or of another form: `field` which.
 */
#define CLIQUET_MALFORMED_FIELD 158

/**
 * Device keys are of another device.
 */
#define CLIQUET_MISMATCHED_DEVICE_ID 159

/**
 * Device keys are of another user.
 */
#define CLIQUET_MISMATCHED_USER_ID 160

/**
 * A backup was made for another key.
 */
#define CLIQUET_MISMATCHED_SECRET_KEY 161

/**
 * The auth data of a backup has no readable public key.
 */
#define CLIQUET_AUTH_DATA_PUBLIC_KEY 162

/**
 * An entry of a backup has no MAC.
 */
#define CLIQUET_BACKUP_MAC_MISSING 163

/**
 * The MAC is right, but the object is no entry of a backup.
 */
#define CLIQUET_BACKUP_ENTRY 164

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library, such as `0.1.0`, as a text that is never freed.
 */
const char *cliquet_library_version(void);

/**
 * What a status says, in English, as a text that is never freed; of a number that is no status, a text that says so.
 */
const char *cliquet_status_text(cliquet_status status);

/**
 * Makes a Curve25519 key pair of 32 random bytes. The caller frees `*key_pair`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_curve25519_key_pair_new(const cliquet_random *random, cliquet_curve25519_key_pair **key_pair);

/**
 * Makes a Curve25519 key pair of a secret key of 32 bytes (RFC 7748: the bytes before clamping). The caller frees `*key_pair`, and wipes
 * `secret_key` as soon as it can.
 */
cliquet_status cliquet_curve25519_key_pair_from_secret_key(const uint8_t *secret_key,
                                                           cliquet_curve25519_key_pair **key_pair);

/**
 * Frees a Curve25519 key pair and wipes its secret key. NULL is ignored.
 */
cliquet_status cliquet_curve25519_key_pair_free(cliquet_curve25519_key_pair *key_pair);

/**
 * Writes the public key of a pair, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_curve25519_key_pair_public_key(const cliquet_curve25519_key_pair *key_pair, uint8_t *public_key);

/**
 * Writes the secret key of a pair, 32 bytes, to `secret_key`, which the caller wipes.
 */
cliquet_status cliquet_curve25519_key_pair_export_secret_key(const cliquet_curve25519_key_pair *key_pair,
                                                             uint8_t *secret_key);

/**
 * Writes a Curve25519 public key of 32 bytes in unpadded base64: 43 characters, so that `capacity` is at least 44.
 */
cliquet_status cliquet_curve25519_public_key_to_base64(const uint8_t *public_key,
                                                       char *base64,
                                                       size_t capacity,
                                                       size_t *length);

/**
 * Reads a Curve25519 public key in unpadded base64 and writes its 32 bytes to `public_key`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
 */
cliquet_status cliquet_curve25519_public_key_from_base64(const char *base64,
                                                         size_t base64_length,
                                                         uint8_t *public_key,
                                                         cliquet_details *details);

/**
 * Makes an Ed25519 key pair of a random seed of 32 bytes. The caller frees `*key_pair`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_ed25519_key_pair_new(const cliquet_random *random, cliquet_ed25519_key_pair **key_pair);

/**
 * Makes an Ed25519 key pair of a seed of 32 bytes (the secret key of RFC 8032). The caller frees `*key_pair`, and wipes `seed` as soon as it can.
 */
cliquet_status cliquet_ed25519_key_pair_from_seed(const uint8_t *seed,
                                                  cliquet_ed25519_key_pair **key_pair);

/**
 * Makes an Ed25519 key pair of a seed of 32 bytes in unpadded base64, the form of secret storage. The caller frees `*key_pair`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
 */
cliquet_status cliquet_ed25519_key_pair_from_base64_seed(const char *base64,
                                                         size_t base64_length,
                                                         cliquet_ed25519_key_pair **key_pair,
                                                         cliquet_details *details);

/**
 * Makes an Ed25519 key pair of an expanded secret key, 64 bytes, the form that libolm keeps. Such a pair has no seed. The caller frees
 * `*key_pair`, and wipes `expanded_secret_key` as soon as it can.
 */
cliquet_status cliquet_ed25519_key_pair_from_expanded_secret_key(const uint8_t *expanded_secret_key,
                                                                 cliquet_ed25519_key_pair **key_pair);

/**
 * Frees an Ed25519 key pair and wipes its secret key. NULL is ignored.
 */
cliquet_status cliquet_ed25519_key_pair_free(cliquet_ed25519_key_pair *key_pair);

/**
 * Writes the public key of a pair, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_ed25519_key_pair_public_key(const cliquet_ed25519_key_pair *key_pair, uint8_t *public_key);

/**
 * Signs a message and writes the signature, 64 bytes, to `signature` (RFC 8032, Ed25519).
 */
cliquet_status cliquet_ed25519_key_pair_sign(const cliquet_ed25519_key_pair *key_pair,
                                             const uint8_t *message,
                                             size_t message_length,
                                             uint8_t *signature);

/**
 * Writes the seed of a pair, 32 bytes, to `seed`, which the caller wipes.
 *
 * Errors: `CLIQUET_ABSENT` if the pair came as an expanded secret key.
 */
cliquet_status cliquet_ed25519_key_pair_export_seed(const cliquet_ed25519_key_pair *key_pair, uint8_t *seed);

/**
 * Writes the seed of a pair in unpadded base64, the form of secret storage: 43 characters, so that `capacity` is at least 44. The caller wipes it.
 *
 * Errors: `CLIQUET_ABSENT` if the pair came as an expanded secret key.
 */
cliquet_status cliquet_ed25519_key_pair_export_base64_seed(const cliquet_ed25519_key_pair *key_pair,
                                                           char *base64,
                                                           size_t capacity,
                                                           size_t *length);

/**
 * Writes the expanded secret key of a pair, 64 bytes, to `expanded_secret_key`, which the caller wipes.
 */
cliquet_status cliquet_ed25519_key_pair_export_expanded_secret_key(const cliquet_ed25519_key_pair *key_pair,
                                                                   uint8_t *expanded_secret_key);

/**
 * Verifies a signature of 64 bytes by a public key of 32 bytes, strictly: the key must be a point of prime order in its canonical form, as must `R`
 * be, and `S` must be reduced.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_ed25519_verify(const uint8_t *public_key,
                                      const uint8_t *message,
                                      size_t message_length,
                                      const uint8_t *signature);

/**
 * Writes an Ed25519 public key of 32 bytes in unpadded base64: 43 characters, so that `capacity` is at least 44.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_ed25519_public_key_to_base64(const uint8_t *public_key,
                                                    char *base64,
                                                    size_t capacity,
                                                    size_t *length);

/**
 * Reads an Ed25519 public key in unpadded base64 and writes its 32 bytes to `public_key`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_ed25519_public_key_from_base64(const char *base64,
                                                      size_t base64_length,
                                                      uint8_t *public_key,
                                                      cliquet_details *details);

/**
 * Writes a signature of 64 bytes in unpadded base64: 86 characters, so that `capacity` is at least 87.
 */
cliquet_status cliquet_ed25519_signature_to_base64(const uint8_t *signature,
                                                   char *base64,
                                                   size_t capacity,
                                                   size_t *length);

/**
 * Reads a signature in unpadded base64 and writes its 64 bytes to `signature`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
 */
cliquet_status cliquet_ed25519_signature_from_base64(const char *base64,
                                                     size_t base64_length,
                                                     uint8_t *signature,
                                                     cliquet_details *details);

/**
 * Writes a session id of 32 bytes in unpadded base64: 43 characters, so that `capacity` is at least 44.
 */
cliquet_status cliquet_session_id_to_base64(const uint8_t *session_id, char *base64, size_t capacity, size_t *length);

/**
 * Reads a session id in unpadded base64 and writes its 32 bytes to `session_id`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
 */
cliquet_status cliquet_session_id_from_base64(const char *base64,
                                              size_t base64_length,
                                              uint8_t *session_id,
                                              cliquet_details *details);

/**
 * Writes a key id as the name under which a key is uploaded, the base64 of its 8 bytes: 11 characters, so that `capacity` is at least 12.
 */
cliquet_status cliquet_key_id_to_base64(uint64_t key_id,
                                        char *base64,
                                        size_t capacity,
                                        size_t *length);

/**
 * Writes a key id as libolm names it, the base64 of its 4 bytes: 6 characters, so that `capacity` is at least 7.
 *
 * Errors: `CLIQUET_ABSENT` if the id is larger than libolm's ids can be.
 */
cliquet_status cliquet_key_id_to_libolm_base64(uint64_t key_id, char *base64, size_t capacity, size_t *length);

/**
 * Reads the name under which a key was uploaded, in either form, and writes its id to `key_id`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
 */
cliquet_status cliquet_key_id_from_base64(const char *base64,
                                          size_t base64_length,
                                          uint64_t *key_id,
                                          cliquet_details *details);

/**
 * Frees an inbound group session and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_inbound_group_session_free(cliquet_inbound_group_session *session);

/**
 * Frees an outbound group session and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_outbound_group_session_free(cliquet_outbound_group_session *session);

/**
 * Makes a new account without one-time keys. Draws 64 bytes: the Ed25519 seed, then the Curve25519 secret key. The caller frees `*account`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_account_new(const cliquet_random *random,
                                   cliquet_account **account);

/**
 * Makes an account of copies of two key pairs, without one-time keys. The caller frees `*account`, and both pairs as before.
 */
cliquet_status cliquet_account_from_key_pairs(const cliquet_ed25519_key_pair *signing_key,
                                              const cliquet_curve25519_key_pair *identity_key,
                                              cliquet_account **account);

/**
 * Frees an account and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_account_free(cliquet_account *account);

/**
 * Makes a copy of the fingerprint key with its secret half, for another library to take over. The caller frees `*key_pair`.
 */
cliquet_status cliquet_account_signing_key_pair(const cliquet_account *account,
                                                cliquet_ed25519_key_pair **key_pair);

/**
 * Makes a copy of the identity key with its secret half, for another library to take over. The caller frees `*key_pair`.
 */
cliquet_status cliquet_account_identity_key_pair(const cliquet_account *account,
                                                 cliquet_curve25519_key_pair **key_pair);

/**
 * Writes the public fingerprint key, 32 bytes, which verifies what the account signs.
 */
cliquet_status cliquet_account_ed25519_key(const cliquet_account *account, uint8_t *ed25519_key);

/**
 * Writes the public identity key, 32 bytes, which others start sessions with.
 */
cliquet_status cliquet_account_curve25519_key(const cliquet_account *account, uint8_t *curve25519_key);

/**
 * Signs a message of any length with the fingerprint key, and writes the signature, 64 bytes (RFC 8032 section 5.1.6; deterministic).
 */
cliquet_status cliquet_account_sign(const cliquet_account *account,
                                    const uint8_t *message,
                                    size_t message_length,
                                    uint8_t *signature);

/**
 * Starts a session with another device: by its identity key, and a one-time key or fallback key of it whose signature the caller has checked, 32 bytes
 * each. `version` is one of the constants `CLIQUET_VERSION_*`, `limits` NULL for the default ones. Draws 64 bytes: the base key, then the first
 * ratchet key. The account does not change (Olm specification, "Creating an outbound session"). The caller frees `*session`.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_account_create_outbound_session(const cliquet_account *account,
                                                       const uint8_t *their_identity_key,
                                                       const uint8_t *their_one_time_key,
                                                       cliquet_version version,
                                                       const cliquet_limits *limits,
                                                       const cliquet_random *random,
                                                       cliquet_session **session,
                                                       cliquet_details *details);

/**
 * Makes a session from the first message of another device, and decrypts that message. `their_identity_key`, 32 bytes, is the one that the caller expects
 * from that device, from its signed device keys and not from the message. A one-time key is used up, a fallback key is not; `key_use` tells which it
 * was, or is NULL (Olm specification, "Creating an inbound session from a pre-key message"). The need of the buffer is at most
 * `cliquet_olm_message_max_plaintext_length`; the plaintext is the caller's to wipe. The caller frees `*session`.
 *
 * Errors: `CLIQUET_MESSAGE_TYPE` for a normal message, `CLIQUET_MISMATCHED_IDENTITY_KEY`, `CLIQUET_UNKNOWN_ONE_TIME_KEY`,
 * `CLIQUET_MISMATCHED_ONE_TIME_KEY`, `CLIQUET_MALFORMED_BASE_KEY`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_MISMATCHED_VERSION`,
 * `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, and those of `cliquet_session_decrypt`. The account is as it was after each of them.
 */
cliquet_status cliquet_account_create_inbound_session(cliquet_account *account,
                                                      const uint8_t *their_identity_key,
                                                      const cliquet_olm_message *message,
                                                      cliquet_version version,
                                                      const cliquet_limits *limits,
                                                      cliquet_session **session,
                                                      uint8_t *plaintext,
                                                      size_t capacity,
                                                      size_t *length,
                                                      cliquet_key_use *key_use,
                                                      cliquet_details *details);

/**
 * Makes a session from the first message of another device as libolm does: the message is not decrypted, and the one-time key is not used up. For
 * adapters; `cliquet_account_create_inbound_session` is what a client wants. The caller decrypts the message next, and on success calls
 * `cliquet_account_remove_one_time_key`; on failure it frees the session. The caller frees `*session`.
 *
 * Errors: as `cliquet_account_create_inbound_session`, of those of a decryption only `CLIQUET_MISMATCHED_VERSION`.
 */
cliquet_status cliquet_account_inbound_session_unopened(const cliquet_account *account,
                                                        const uint8_t *their_identity_key,
                                                        const cliquet_olm_message *message,
                                                        cliquet_version version,
                                                        const cliquet_limits *limits,
                                                        cliquet_session **session,
                                                        cliquet_details *details);

/**
 * Writes the limits that hold where a function is given NULL for them.
 */
cliquet_status cliquet_limits_default(cliquet_limits *limits);

/**
 * Reads a message from the two fields of a Matrix event: its `type`, one of the constants `CLIQUET_MESSAGE_TYPE_*`, and its `body`, unpadded
 * base64. The caller frees `*message`. That it could be read does not say that it is authentic.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_UNEXPECTED_FIELD`,
 * `CLIQUET_LENGTH`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_NON_CANONICAL_VARINT`.
 */
cliquet_status cliquet_olm_message_from_base64(cliquet_message_type message_type,
                                               const char *body,
                                               size_t body_length,
                                               cliquet_olm_message **message,
                                               cliquet_details *details);

/**
 * Reads a message from its wire bytes. Otherwise as `cliquet_olm_message_from_base64`.
 *
 * Errors: those of `cliquet_olm_message_from_base64` except `CLIQUET_BASE64`.
 */
cliquet_status cliquet_olm_message_from_bytes(cliquet_message_type message_type,
                                              const uint8_t *bytes,
                                              size_t bytes_length,
                                              cliquet_olm_message **message,
                                              cliquet_details *details);

/**
 * Frees a message. NULL is ignored.
 */
cliquet_status cliquet_olm_message_free(cliquet_olm_message *message);

/**
 * Writes the type of a message, the `type` field of a Matrix event.
 */
cliquet_status cliquet_olm_message_type(const cliquet_olm_message *message, cliquet_message_type *message_type);

/**
 * Writes a message in unpadded base64, the `body` field of a Matrix event.
 */
cliquet_status cliquet_olm_message_to_base64(const cliquet_olm_message *message,
                                             char *body,
                                             size_t capacity,
                                             size_t *length);

/**
 * Writes the wire bytes of a message.
 */
cliquet_status cliquet_olm_message_to_bytes(const cliquet_olm_message *message,
                                            uint8_t *bytes,
                                            size_t capacity,
                                            size_t *length);

/**
 * Writes the most bytes that the plaintext of a message can have: the capacity with which it can be decrypted.
 */
cliquet_status cliquet_olm_message_max_plaintext_length(const cliquet_olm_message *message, size_t *length);

/**
 * Writes the version of a message.
 */
cliquet_status cliquet_olm_message_version(const cliquet_olm_message *message, cliquet_version *version);

/**
 * Writes the ratchet key of a message, 32 bytes, which names the chain that it belongs to.
 */
cliquet_status cliquet_olm_message_ratchet_key(const cliquet_olm_message *message, uint8_t *ratchet_key);

/**
 * Writes the index of a message in its chain, from 0.
 */
cliquet_status cliquet_olm_message_chain_index(const cliquet_olm_message *message, uint32_t *chain_index);

/**
 * Writes the ciphertext of a message, a multiple of 16 bytes.
 */
cliquet_status cliquet_olm_message_ciphertext(const cliquet_olm_message *message,
                                              uint8_t *ciphertext,
                                              size_t capacity,
                                              size_t *length);

/**
 * Writes the three keys that a pre-key message carries. They are not authenticated.
 *
 * Errors: `CLIQUET_MESSAGE_TYPE` for a normal message.
 */
cliquet_status cliquet_olm_message_session_keys(const cliquet_olm_message *message, cliquet_session_keys *session_keys);

/**
 * Generates `count` one-time keys, unpublished, with the next ids. Draws 32 bytes for each, in the order of the ids. Where an account would store
 * more than its limit, the oldest are given up, and written to `removed`: at most `count`. Who does not want to know passes NULL, 0 and NULL.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_TOO_MANY_KEYS`, `CLIQUET_KEY_IDS_EXHAUSTED`.
 */
cliquet_status cliquet_account_generate_one_time_keys(cliquet_account *account,
                                                      size_t count,
                                                      const cliquet_random *random,
                                                      cliquet_one_time_key *removed,
                                                      size_t removed_capacity,
                                                      size_t *removed_count,
                                                      cliquet_details *details);

/**
 * Writes all stored one-time keys, oldest first.
 */
cliquet_status cliquet_account_one_time_keys(const cliquet_account *account,
                                             cliquet_one_time_key *one_time_keys,
                                             size_t capacity,
                                             size_t *count);

/**
 * Writes the stored one-time keys that were not marked as published, oldest first: those to upload.
 */
cliquet_status cliquet_account_unpublished_one_time_keys(const cliquet_account *account,
                                                         cliquet_one_time_key *one_time_keys,
                                                         size_t capacity,
                                                         size_t *count);

/**
 * Writes how many one-time keys are stored, published or not.
 */
cliquet_status cliquet_account_stored_one_time_key_count(const cliquet_account *account, size_t *count);

/**
 * Writes how many one-time keys the account stores at most.
 */
cliquet_status cliquet_account_one_time_key_limit(const cliquet_account *account, uint32_t *limit);

/**
 * Sets how many one-time keys the account stores: 100 to 50000; 5000 unless it is set. The oldest keys for which there is no room any more are given
 * up, and written to `removed`; messages to them can no longer be read. Who does not want to know passes NULL, 0 and NULL.
 *
 * Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_account_set_one_time_key_limit(cliquet_account *account,
                                                      uint32_t limit,
                                                      cliquet_one_time_key *removed,
                                                      size_t removed_capacity,
                                                      size_t *removed_count,
                                                      cliquet_details *details);

/**
 * Removes and wipes the one-time key with this public key of 32 bytes, and writes what became of it, one of the constants `CLIQUET_REMOVAL_*`. A
 * fallback key is not removed.
 */
cliquet_status cliquet_account_remove_one_time_key(cliquet_account *account,
                                                   const uint8_t *public_key,
                                                   cliquet_removal *removal);

/**
 * Generates a fallback key, unpublished, with the next id. The current one becomes the previous one, and an older one is given up, and written to
 * `removed`: at most one. Who does not want to know passes NULL, 0 and NULL. Draws 32 bytes.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_KEY_IDS_EXHAUSTED`.
 */
cliquet_status cliquet_account_generate_fallback_key(cliquet_account *account,
                                                     const cliquet_random *random,
                                                     cliquet_one_time_key *removed,
                                                     size_t removed_capacity,
                                                     size_t *removed_count);

/**
 * Writes the current fallback key, published or not.
 *
 * Errors: `CLIQUET_ABSENT`.
 */
cliquet_status cliquet_account_fallback_key(const cliquet_account *account, cliquet_one_time_key *fallback_key);

/**
 * Writes the previous fallback key, which messages on their way may still use.
 *
 * Errors: `CLIQUET_ABSENT`.
 */
cliquet_status cliquet_account_previous_fallback_key(const cliquet_account *account,
                                                     cliquet_one_time_key *fallback_key);

/**
 * Writes the current fallback key if it was not marked as published: the one to upload.
 *
 * Errors: `CLIQUET_ABSENT`.
 */
cliquet_status cliquet_account_unpublished_fallback_key(const cliquet_account *account,
                                                        cliquet_one_time_key *fallback_key);

/**
 * Forgets the previous fallback key, once messages that used it have had time to arrive, and writes whether there was one.
 */
cliquet_status cliquet_account_forget_previous_fallback_key(cliquet_account *account,
                                                            bool *forgotten);

/**
 * Marks all one-time keys and the current fallback key as published: the server has accepted them.
 */
cliquet_status cliquet_account_mark_keys_as_published(cliquet_account *account);

/**
 * Makes the session of the party that starts it, after another handshake than triple Diffie-Hellman: of a root key and a chain key of 32 bytes each,
 * and the keys that name the session on both sides. Draws 32 bytes, the first ratchet key. The caller frees `*session`, and wipes both keys.
 * `limits` NULL: the default ones.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_session_sender_from_shared_keys(const uint8_t *root_key,
                                                       const uint8_t *chain_key,
                                                       const cliquet_session_keys *keys,
                                                       cliquet_version version,
                                                       const cliquet_limits *limits,
                                                       const cliquet_random *random,
                                                       cliquet_session **session,
                                                       cliquet_details *details);

/**
 * Makes the session of the other party, after another handshake than triple Diffie-Hellman: `their_ratchet_key` is that of the first message. The session
 * can encrypt before it has decrypted that message, to a ratchet key that nobody has vouched for: wait until it has received a message. The caller
 * frees `*session`, and wipes both keys. `limits` NULL: the default ones.
 *
 * Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_session_receiver_from_shared_keys(const uint8_t *root_key,
                                                         const uint8_t *chain_key,
                                                         const cliquet_session_keys *keys,
                                                         const uint8_t *their_ratchet_key,
                                                         cliquet_version version,
                                                         const cliquet_limits *limits,
                                                         cliquet_session **session,
                                                         cliquet_details *details);

/**
 * Frees an Olm session and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_session_free(cliquet_session *session);

/**
 * Encrypts a plaintext of any length. `*message`, which the caller frees, is a pre-key message until the session has received something, a normal one
 * from then on. The sending chain moves on by one message: store the session before the message leaves, so that no message key is ever used
 * twice (Olm specification, "Sending normal messages"). Draws 32 bytes where `cliquet_session_needs_random` says so.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the other party's ratchet key has small order, `CLIQUET_CHAIN_EXHAUSTED` after
 * 2^32 - 1 messages without an answer.
 */
cliquet_status cliquet_session_encrypt(cliquet_session *session,
                                       const uint8_t *plaintext,
                                       size_t plaintext_length,
                                       const cliquet_random *random,
                                       cliquet_olm_message **message);

/**
 * Decrypts a message of either type. The need of the buffer is at most `cliquet_olm_message_max_plaintext_length`; the plaintext is the caller's to wipe.
 * It names its sender and recipient, which the caller compares with the device that the session belongs to (Olm specification, "Message authentication
 * concerns"). On success the key of the message is used up, and the keys of messages that are missing before it are kept within the limits.
 *
 * Errors: `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_ALREADY_USED`, `CLIQUET_NO_LONGER_KEPT`, `CLIQUET_GAP_TOO_LARGE`, `CLIQUET_CHAIN_EXHAUSTED`,
 * `CLIQUET_FOREIGN_PRE_KEY_MESSAGE`, `CLIQUET_UNKNOWN_RATCHET_KEY`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_MISMATCHED_VERSION`.
 */
cliquet_status cliquet_session_decrypt(cliquet_session *session,
                                       const cliquet_olm_message *message,
                                       uint8_t *plaintext,
                                       size_t capacity,
                                       size_t *length,
                                       cliquet_details *details);

/**
 * Writes whether a pre-key message carries the three keys of this session. They are not authenticated: only decrypting shows who sent the message.
 *
 * Errors: `CLIQUET_MESSAGE_TYPE` for a normal message.
 */
cliquet_status cliquet_session_matches_pre_key_message(const cliquet_session *session,
                                                       const cliquet_olm_message *message,
                                                       bool *matches);

/**
 * Writes the id of a session, 32 bytes, the same on both sides.
 */
cliquet_status cliquet_session_session_id(const cliquet_session *session, uint8_t *session_id);

/**
 * Writes the three keys that a session was agreed with. The identity key among them is that of the party that started.
 */
cliquet_status cliquet_session_session_keys(const cliquet_session *session, cliquet_session_keys *session_keys);

/**
 * Writes the version of the messages of a session, one of the constants `CLIQUET_VERSION_*`.
 */
cliquet_status cliquet_session_version(const cliquet_session *session, cliquet_version *version);

/**
 * Writes whether a session has decrypted anything: before, it encrypts pre-key messages.
 */
cliquet_status cliquet_session_has_received_message(const cliquet_session *session, bool *has_received_message);

/**
 * Writes whether the next encryption draws 32 random bytes, because there is no sending chain.
 */
cliquet_status cliquet_session_needs_random(const cliquet_session *session, bool *needs_random);

/**
 * Writes the type of the message that the next encryption makes, one of the constants `CLIQUET_MESSAGE_TYPE_*`.
 */
cliquet_status cliquet_session_next_message_type(const cliquet_session *session, cliquet_message_type *message_type);

/**
 * Writes how many wire bytes the next encryption makes of a plaintext of so many bytes.
 */
cliquet_status cliquet_session_message_length(const cliquet_session *session,
                                              size_t plaintext_length,
                                              size_t *message_length);

/**
 * Writes what a session keeps and how far it jumps.
 */
cliquet_status cliquet_session_limits(const cliquet_session *session, cliquet_limits *limits);

/**
 * Sets what a session keeps and how far it jumps; `limits` NULL: the default ones. Writes how many skipped message keys were given up for want of
 * room, oldest first; late messages that need them can no longer be read. Receiver chains that there is no room for go too.
 *
 * Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_session_set_limits(cliquet_session *session,
                                          const cliquet_limits *limits,
                                          size_t *given_up,
                                          cliquet_details *details);

/**
 * Gives up the skipped message keys of receiver chains that are no longer kept, which not every other library can store, and writes how many there
 * were. Late messages that need them can no longer be read.
 */
cliquet_status cliquet_session_forget_message_keys_of_dropped_chains(cliquet_session *session,
                                                                     size_t *given_up);

/**
 * Writes the public part of a session's state.
 */
cliquet_status cliquet_session_summarise(const cliquet_session *session, cliquet_session_summary *summary);

/**
 * Writes how far the chains of the other party have come, newest first.
 */
cliquet_status cliquet_session_receiver_chains(const cliquet_session *session,
                                               cliquet_chain_summary *chains,
                                               size_t capacity,
                                               size_t *count);

/**
 * Writes the id of the session with these keys, 32 bytes: `SHA-256(identity_key || base_key || one_time_key)`.
 */
cliquet_status cliquet_session_keys_session_id(const cliquet_session_keys *keys, uint8_t *session_id);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CLIQUET_H */
