/*
 * cliquet: the Olm and Megolm ratchets of Matrix, and what goes with them, for C and whatever calls C.
 *
 * The contract, which holds for every function below:
 *
 * CALLS. Every function that can fail returns a status, CLIQUET_OK or the cause; cliquet_status_text() says it in English. A call that fails has
 * changed nothing, neither in an object nor through a pointer, except for `*details` and for the `*length` of a buffer that was too small. Functions
 * that decrypt or decode, and others whose causes can have figures, take a last argument `details`: NULL, or where these go, which are public. It is
 * written, whole, on failure alone.
 *
 * OBJECTS are opaque and live behind pointers. A function that makes one writes its pointer on success; the caller frees it, once, with the
 * function `..._free` of its type, which also wipes what is secret. Freeing NULL does nothing. What a function takes besides, it copies.
 * A few objects are good for one call (CLIQUET_USED_UP afterwards); they are freed like all others.
 *
 * POINTERS must lead to what the type and the description say, for the whole call. NULL where it is not allowed is CLIQUET_NULL_POINTER, a pointer that
 * is not aligned CLIQUET_MISALIGNED, what is no object of the type CLIQUET_WRONG_HANDLE; in a debug build, an object that was freed is CLIQUET_FREED (its memory
 * is kept to tell so, which a leak checker sees). A function must not be given overlapping memory to read and to write. Where one object is given
 * twice and would be changed, that is CLIQUET_BUSY.
 *
 * LENGTHS are in bytes, of arrays and lists in elements. NULL with a length of 0 is an empty input. Keys, signatures and ids are arrays of fixed size:
 * Curve25519 and Ed25519 keys and session ids 32 bytes, signatures 64. Texts are UTF-8 (CLIQUET_NOT_UTF8), and their length does not count a zero at the end,
 * which need not be there.
 *
 * BUFFERS for output are three arguments: where, `capacity`, and `length`. On success `*length` is what was written. If the capacity is too small,
 * the call returns CLIQUET_SHORT_BUFFER before anything changes, and `*length` is what there is to write: NULL with a capacity of 0 asks for that. Where
 * a description says "at most", that is an upper bound. Behind a text a zero is written, which its length does not count: its capacity is at least one more.
 *
 * SECRETS in the caller's memory are the caller's to wipe: what is written there (plaintexts, session keys, exported keys, pickles without encryption), and what
 * is handed in (keys, passphrases, plaintexts), which the library copies. cliquet_wipe() does it.
 *
 * RANDOMNESS comes from `random`, NULL for that of the operating system. CLIQUET_RANDOM says that it failed.
 *
 * CONSTANTS that a function takes are checked: CLIQUET_UNKNOWN_CONSTANT. A flag that goes in is an int32_t, 0 for no; one that comes out, a bool.
 *
 * THREADS. There is no global state but constants that are computed once. An object may move between threads. Functions that take it as a pointer to
 * const, or in a list, may run at the same time in any threads; while one runs that takes it otherwise, every other call with it is CLIQUET_BUSY, as
 * is that one while others run. An object must not be freed while a call with it begins.
 *
 * DEFECTS. A panic of the library ends at its boundary with CLIQUET_PANIC, and a line on the standard error output; an object that was being changed is
 * CLIQUET_POISONED from then on, and can only be freed. If memory is exhausted, the process ends.
 *
 * WHERE TO BEGIN. cliquet_account_new, cliquet_account_signed_device_keys and _signed_one_time_keys make what a device publishes;
 * cliquet_device_keys_verify and _verify_claimed check what others published, cliquet_account_create_outbound_session_with starts a session,
 * cliquet_account_create_inbound_session answers; cliquet_olm_session_encrypt and _decrypt do the rest. cliquet_outbound_group_session_new and
 * cliquet_inbound_group_session_new are a room. Every state has ..._to_pickle and ..._from_pickle: store it after an encryption before the message
 * leaves, and after a decryption, once its content is stored, before the message is acknowledged. The example conversation.c does all of it.
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
 * How many message indexes a replay guard remembers if nothing speaks for another number: a hundred times what Matrix clients send in a session.
 */
#define CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY 10000

/**
 * The most message indexes that a replay guard makes room for; only what it has seen already can be more.
 */
#define CLIQUET_REPLAY_GUARD_MAX_CAPACITY 1000000

/**
 * So many rounds are written for the key of a new secret storage.
 */
#define CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS 500000

/**
 * A limit for the rounds that the description of a key asks for: twenty times those of a new key.
 */
#define CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS 10000000

/**
 * A limit for the rounds of a key export that somebody else has written: twenty times what clients write, which is 100000 to 500000 rounds.
 */
#define CLIQUET_KEY_EXPORT_DEFAULT_MAX_ROUNDS 10000000

/**
 * So many rounds should be written into a new key export today, at least.
 */
#define CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS 500000

/**
 * The fewest rounds that the specification allows to be written into a key export.
 */
#define CLIQUET_KEY_EXPORT_MIN_ROUNDS 100000

/**
 * An Olm account: the identity keys of a device and its one-time keys. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_account cliquet_account;

/**
 * Encrypts one attachment, piece by piece, with a key of its own. What is secret in it is wiped when it is freed.
 */
typedef struct cliquet_attachment_encryptor cliquet_attachment_encryptor;

/**
 * What opens an attachment: key, IV, and the SHA-256 of the ciphertext. It is secret, and travels in encrypted events alone; its key is wiped when
 * it is freed.
 */
typedef struct cliquet_attachment_info cliquet_attachment_info;

/**
 * Reads the plaintext of an attachment whose hash was checked before, in constant memory.
 *
 * If the source changes in between, what was read until then cannot be taken back; but the last byte is not handed out, and an error ends the
 * reading in its place. Let nobody else write to the source, or use the plaintext only once it has been read to the end.
 */
typedef struct cliquet_attachment_reader cliquet_attachment_reader;

/**
 * The `auth_data` of a key backup, which were checked (Matrix specification, "Backup algorithm: `m.megolm_backup.v1.curve25519-aes-sha2`").
 */
typedef struct cliquet_auth_data cliquet_auth_data;

/**
 * Authenticates the entries of a key backup, as MSC4048 proposes. Experimental: the proposal is not accepted, and no released client is known to
 * write it. Its secret is wiped when it is freed.
 *
 * A right MAC proves that a device of the user wrote the entry, and nothing of the session in it. It does not cover the room, which the server alone
 * states: compare the `room_id` in each decrypted event.
 */
typedef struct cliquet_backup_mac_key cliquet_backup_mac_key;

/**
 * A one-time key or fallback key of a device, which the device has signed, with the identity key of the device: what a session is made from. It
 * cannot be had without the signatures being checked.
 */
typedef struct cliquet_claimed_key cliquet_claimed_key;

/**
 * A Curve25519 key pair, such as the identity key of a device. Its secret key is wiped when it is freed.
 */
typedef struct cliquet_curve25519_key_pair cliquet_curve25519_key_pair;

/**
 * What became of many messages that were decrypted together: of each its plaintext, or why it was refused. The plaintexts are wiped when it is freed.
 */
typedef struct cliquet_decrypted_messages cliquet_decrypted_messages;

/**
 * The identity keys of a device, which it has signed itself (Matrix specification, "Device keys"). That they belong to the user who is said to
 * have them, only cross-signing and verification show.
 */
typedef struct cliquet_device_keys cliquet_device_keys;

/**
 * One end of an ECIES channel to be (MSC4108, login by QR code): an ephemeral key pair, good for one channel, which is wiped when it is freed.
 *
 * The device that shows its public key in a QR code waits for the first message: `cliquet_ecies_establish_inbound_channel`. The one that has read it
 * sends that: `cliquet_ecies_establish_outbound_channel`, and then `cliquet_unanswered_ecies_receive_answer`.
 */
typedef struct cliquet_ecies cliquet_ecies;

/**
 * An Ed25519 key pair, such as the fingerprint key of a device. Its secret key is wiped when it is freed.
 */
typedef struct cliquet_ed25519_key_pair cliquet_ed25519_key_pair;

/**
 * An attachment as an event speaks of it: where the ciphertext is, and what opens it. It is secret as that is; its key is wiped when it is freed.
 */
typedef struct cliquet_encrypted_file cliquet_encrypted_file;

/**
 * A key export file that was read, or written, and is encrypted (Matrix specification, "Key exports").
 */
typedef struct cliquet_encrypted_key_export cliquet_encrypted_key_export;

/**
 * A secret as it lies on the server, encrypted for one key.
 */
typedef struct cliquet_encrypted_secret cliquet_encrypted_secret;

/**
 * An ECIES channel in both directions. Messages are numbered: they decrypt in the order in which they were encrypted, and each once. Its secrets are
 * wiped when it is freed.
 *
 * Before anything secret is sent, the user compares the check code: the device that has read the QR code shows it
 * (`cliquet_established_ecies_check_code_to_digits`), the user types it into the one that has shown the QR code
 * (`cliquet_established_ecies_check_code_matches`). One wrong code ends the channel and the QR code.
 */
typedef struct cliquet_established_ecies cliquet_established_ecies;

/**
 * One device of a verification by short authentication strings, after the agreement: the shared secret, which is wiped when it is freed, and both
 * public keys.
 */
typedef struct cliquet_established_sas cliquet_established_sas;

/**
 * An HPKE channel in both directions. Messages are numbered: they open in the order in which they were sealed, and each once. Its secrets are wiped
 * when it is freed.
 *
 * Before anything secret is sent, the user compares the check code: the device that has read the QR code shows it
 * (`cliquet_hpke_established_channel_check_code_to_digits`), the user types it into the one that has shown the QR code
 * (`cliquet_hpke_established_channel_check_code_matches`). One wrong code ends the channel and the QR code.
 */
typedef struct cliquet_hpke_established_channel cliquet_hpke_established_channel;

/**
 * The end of an HPKE channel to be (MSC4388, login by QR code) that shows its public key: a key pair, good for one channel, which is wiped when it
 * is freed. It waits for the first message, `cliquet_hpke_recipient_establish_channel`.
 */
typedef struct cliquet_hpke_recipient cliquet_hpke_recipient;

/**
 * The end of an HPKE channel that has shown its public key and read the first message: it can only answer. Good for one answer; its secrets are
 * wiped when it is freed.
 */
typedef struct cliquet_hpke_unidirectional_recipient_channel cliquet_hpke_unidirectional_recipient_channel;

/**
 * The end of an HPKE channel that has read the public key of the other, sent the first message, and has no answer yet: it can only wait for that.
 * Good for one answer; its secrets are wiped when it is freed.
 */
typedef struct cliquet_hpke_unidirectional_sender_channel cliquet_hpke_unidirectional_sender_channel;

/**
 * An inbound group session: decrypts what one device sends to a room. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_inbound_group_session cliquet_inbound_group_session;

/**
 * A JSON object that has a canonical form (Matrix specification, appendices "Canonical JSON" and "Signing JSON"): what is signed and what is
 * verified.
 *
 * It is not meant for secrets: its memory is not wiped.
 */
typedef struct cliquet_json_object cliquet_json_object;

/**
 * What tells a right key from a wrong one: the fields `iv` and `mac` of a key's description (`m.secret_storage.key.<id>`).
 */
typedef struct cliquet_key_check cliquet_key_check;

/**
 * What the server keeps of a key beside the secrets: the content of `m.secret_storage.key.<id>` in the account data. It may have a name, the
 * parameters of a passphrase, and a check, each of them or none. Nothing in it is secret.
 */
typedef struct cliquet_key_description cliquet_key_description;

/**
 * The sessions of a key export that was opened. What is secret in them is wiped when it is freed.
 */
typedef struct cliquet_key_export cliquet_key_export;

/**
 * The content of an `m.key.verification.mac` event: ids of keys with MACs over the keys, and a MAC over the list of the ids.
 */
typedef struct cliquet_macs cliquet_macs;

/**
 * A Megolm message, exactly as it came. Nothing in it is authenticated before an inbound group session has decrypted it.
 */
typedef struct cliquet_megolm_message cliquet_megolm_message;

/**
 * A session export: what an inbound group session hands on, in key backups, key export files and forwarded keys. It has no signature: whoever
 * made it may have invented it. It is secret, and wiped when it is freed.
 */
typedef struct cliquet_megolm_session_export cliquet_megolm_session_export;

/**
 * A session key: what the sender of a Megolm session shares over Olm, so that others read its messages from an index on. It is signed by the
 * session's own signing key, and every object of this type has a valid signature. It is secret, and wiped when it is freed.
 */
typedef struct cliquet_megolm_session_key cliquet_megolm_session_key;

/**
 * A key export that is about to be written: its salt, its IV and its rounds. `cliquet_new_key_export_seal` uses it up, because a key and an IV
 * encrypt once.
 */
typedef struct cliquet_new_key_export cliquet_new_key_export;

/**
 * An Olm message of either type. It is public, holds no key, and does not change.
 */
typedef struct cliquet_olm_message cliquet_olm_message;

/**
 * An Olm session with one other device. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_olm_session cliquet_olm_session;

/**
 * An outbound group session: encrypts what this device sends to a room. Its secrets are wiped when it is freed.
 */
typedef struct cliquet_outbound_group_session cliquet_outbound_group_session;

/**
 * How the key of a secret storage comes from a passphrase: the `passphrase` of the key's description, with the algorithm `m.pbkdf2`. Nothing in it
 * is secret.
 */
typedef struct cliquet_passphrase_parameters cliquet_passphrase_parameters;

/**
 * A passphrase that is being stretched to a key with PBKDF2-HMAC-SHA-512 (RFC 8018, section 5.2).
 *
 * That takes from a tenth of a second to many seconds, on purpose. `cliquet_passphrase_stretching_advance` does a part of it, so that a program can
 * show how far it has come and stay responsive; to cancel, free the object. What it keeps is wiped then.
 */
typedef struct cliquet_passphrase_stretching cliquet_passphrase_stretching;

/**
 * The key of native pickles: 32 secret bytes, and the context that a pickle belongs to. The bytes are wiped when it is freed.
 *
 * The bytes must be as good as random; a passphrase must be stretched first. One key serves any number of pickles, as each has a salt of its own.
 */
typedef struct cliquet_pickle_key cliquet_pickle_key;

/**
 * The key pair of a backup, which decrypts it. Its secret key is what a recovery key encodes, and is wiped when it is freed.
 *
 * THIS ENCRYPTION PROVES NOTHING, because its MAC covers nothing. Whoever stores a backup can change any bits of an entry as it likes, at the price
 * of garbling 16 bytes before them. Whoever sees which of many entries fail to decrypt learns plaintext: do not tell the server which could not be
 * read, and do not ask again for each. And anybody who knows the public key can put entries into the backup: what comes out of it never proves a
 * sender.
 */
typedef struct cliquet_pk_decryption cliquet_pk_decryption;

/**
 * Encrypts to a backup.
 */
typedef struct cliquet_pk_encryption cliquet_pk_encryption;

/**
 * An encrypted entry of a backup: a ciphertext, the MAC, which covers nothing, and the ephemeral public key of whoever encrypted.
 */
typedef struct cliquet_pk_message cliquet_pk_message;

/**
 * The QR code of a verification (Matrix specification, "QR code verification"): the keys that the device which shows it has and believes in, and a
 * secret that only a camera sees, which is wiped when it is freed.
 *
 * Whoever scans it compares the keys with those that it knows, and sends the secret back in a start event (`m.reciprocate.v1`), which shows that it
 * has seen the code.
 */
typedef struct cliquet_qr_code cliquet_qr_code;

/**
 * One device of a verification by short authentication strings, before the agreement: an ephemeral key pair, good for one agreement. It is wiped
 * when it is freed. In the order of the events (Matrix specification, "Short Authentication String (SAS) verification"):
 *
 * `m.key.verification.accept`: the accepter sends `cliquet_sas_commitment`.
 * `m.key.verification.key`: both send `cliquet_sas_public_key`, the starter first, and agree with `cliquet_sas_diffie_hellman_as_...`.
 * Both show what `cliquet_established_sas_bytes` gives, and the users compare it.
 * `m.key.verification.mac`: both send `cliquet_established_sas_macs` and check what came with `cliquet_established_sas_verify_macs`.
 */
typedef struct cliquet_sas cliquet_sas;

/**
 * The key of a secret storage, 32 bytes, under which a user's secrets lie on the server. It is wiped when it is freed.
 */
typedef struct cliquet_secret_storage_key cliquet_secret_storage_key;

/**
 * A Megolm session with what is known of it, as key export files and key backups hold it (Matrix specification, "Key export format" and
 * `BackedUpSessionData`). Its session key is secret and wiped when it is freed.
 *
 * Nothing in it is proven: whoever wrote the file or the backup may have invented the session, its sender and the rest.
 */
typedef struct cliquet_session_data cliquet_session_data;

/**
 * A passphrase that was stretched: the key of the one key export or secret storage whose salt and rounds it was stretched with. It is wiped when it
 * is freed.
 */
typedef struct cliquet_stretched_passphrase cliquet_stretched_passphrase;

/**
 * The end of an ECIES channel that has sent the first message and has no answer yet: it can only wait for that, and until it has come there is no
 * check code to show. Good for one answer; its secrets are wiped when it is freed.
 */
typedef struct cliquet_unanswered_ecies cliquet_unanswered_ecies;

/**
 * Decrypts an attachment piece by piece, BEFORE its hash is known: for callers who keep the plaintext to themselves until
 * `cliquet_unverified_decryptor_verify` has passed.
 *
 * Until then the plaintext may be anybody's: whoever changes a bit of the ciphertext changes that bit of it. Write it to a place that is thrown away
 * if that call fails, and neither show nor parse nor act on it before. `cliquet_attachment_info_decrypt` and `cliquet_attachment_reader` do without
 * that promise.
 */
typedef struct cliquet_unverified_decryptor cliquet_unverified_decryptor;

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
     * Which of the things that a state keeps, one of the constants `CLIQUET_ITEMS_*`.
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
} cliquet_olm_session_keys;

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
} cliquet_olm_session_summary;

/**
 * A message that has not arrived, while a later one of its chain has.
 */
typedef struct {
    /**
     * The ratchet key of its chain.
     */
    uint8_t ratchet_key[32];
    /**
     * Its chain index.
     */
    uint32_t chain_index;
} cliquet_skipped_message;

/**
 * Where an inbound group session comes from.
 */
typedef uint32_t cliquet_provenance_kind;

/**
 * Where an inbound group session comes from, and from which message index on that is known. Decrypting, comparing and merging never raise it.
 */
typedef struct {
    /**
     * One of the constants `CLIQUET_PROVENANCE_KIND_...`.
     */
    cliquet_provenance_kind kind;
    /**
     * Of `CLIQUET_PROVENANCE_KIND_SHARED`: the message index from which that is so; a session that was merged with an import may read earlier ones.
     * 0 otherwise.
     */
    uint32_t from;
    /**
     * Of `CLIQUET_PROVENANCE_KIND_LEGACY`: whether the other library took the session for shared. libolm also does when it has decrypted
     * a message, which proves nothing. False otherwise.
     */
    bool flag;
} cliquet_provenance;

/**
 * How two inbound group sessions relate: which of them reads more.
 */
typedef uint32_t cliquet_megolm_session_ordering;

/**
 * What a replay guard has seen: a message index, and the event that carried its message. Nothing of it is secret.
 */
typedef struct {
    /**
     * The message index.
     */
    uint32_t message_index;
    /**
     * The 32 bytes that name the event.
     */
    uint8_t event[32];
} cliquet_replay_guard_entry;

/**
 * What a pickle holds.
 */
typedef uint32_t cliquet_pickle_kind;

/**
 * How a saved state is written.
 */
typedef uint32_t cliquet_pickle_format;

/**
 * What a saved state is.
 */
typedef struct {
    /**
     * What it holds, one of the constants `CLIQUET_PICKLE_KIND_...`.
     */
    cliquet_pickle_kind kind;
    /**
     * How it is written, one of the constants `CLIQUET_PICKLE_FORMAT_...`.
     */
    cliquet_pickle_format format;
    /**
     * The version of the format; 0 for those of vodozemac, which have none.
     */
    uint32_t version;
} cliquet_recognised;

/**
 * What a key is that two devices authenticate to each other.
 */
typedef uint32_t cliquet_sas_key_kind;

/**
 * A key that two devices authenticate to each other.
 */
typedef struct {
    /**
     * One of the constants `CLIQUET_SAS_KEY_KIND_...`.
     */
    cliquet_sas_key_kind kind;
    /**
     * The id of the device whose key it is; of a master signing key it is not looked at.
     */
    const char *device_id;
    /**
     * Its length in bytes; of a master signing key it is not looked at.
     */
    size_t device_id_length;
    /**
     * The Ed25519 public key, 32 bytes.
     */
    const uint8_t *public_key;
} cliquet_sas_key;

/**
 * The id of a key and the MAC over the key, one field of `mac` in an `m.key.verification.mac` event.
 */
typedef struct {
    /**
     * The id of the key, such as `ed25519:DEVICE`.
     */
    const char *key_id;
    /**
     * Its length in bytes.
     */
    size_t key_id_length;
    /**
     * The MAC as it stands there.
     */
    const char *mac;
    /**
     * Its length in bytes.
     */
    size_t mac_length;
} cliquet_mac;

/**
 * How the MACs over keys are made. The starter offers some, the accept event names one of them.
 *
 * The commitment does not cover the accept event: refuse a method there that you did not offer, and offer the historic ones only if you must.
 */
typedef uint32_t cliquet_mac_method;

/**
 * One of two devices that verify each other.
 */
typedef struct {
    /**
     * The user id (`@user:server`).
     */
    const char *user_id;
    /**
     * Its length in bytes.
     */
    size_t user_id_length;
    /**
     * The device id.
     */
    const char *device_id;
    /**
     * Its length in bytes.
     */
    size_t device_id_length;
} cliquet_sas_device;

/**
 * Which of two devices that verify each other by short authentication strings sent the `m.key.verification.start` event that counts.
 */
typedef uint32_t cliquet_sas_role;

/**
 * Who verifies whom by short authentication strings, in which transaction: what both devices know in the same way, seen from ours.
 */
typedef struct {
    /**
     * Our device.
     */
    cliquet_sas_device ours;
    /**
     * The other device.
     */
    cliquet_sas_device theirs;
    /**
     * Our role, one of the constants `CLIQUET_SAS_ROLE_...`.
     */
    cliquet_sas_role role;
    /**
     * The transaction id of the to-device events, or, in a room, the event id of the request.
     */
    const char *transaction_id;
    /**
     * Its length in bytes.
     */
    size_t transaction_id_length;
} cliquet_sas_verification;

/**
 * One of the 64 emoji of the Matrix specification ("SAS method: emoji").
 */
typedef struct {
    /**
     * Its number, from 0 to 63, by which the specification has its name in other languages.
     */
    uint8_t index;
    /**
     * The emoji itself in UTF-8, with the selector that asks for an emoji where it could be drawn as text, too; ended by a zero.
     */
    char symbol[16];
    /**
     * Its name in English, for those who do not see it; ended by a zero.
     */
    char description[32];
} cliquet_emoji;

/**
 * Six bytes of an agreement, which both users compare, as seven emoji or as three numbers.
 */
typedef struct {
    /**
     * The bytes.
     */
    uint8_t bytes[6];
    /**
     * The three numbers, from 1000 to 9191. Two secrets that differ show the same with a probability of 2^-39.
     */
    uint16_t decimals[3];
    /**
     * The seven emoji, in the order in which they are shown. Two secrets that differ show the same with a probability of 2^-42.
     */
    cliquet_emoji emoji[7];
} cliquet_sas_bytes;

/**
 * Who shows a QR code to whom. The numbers are those of the specification.
 */
typedef uint32_t cliquet_qr_mode;

/**
 * The two keys of a QR code: one that the showing device has, and one that it takes for the scanning device's.
 */
typedef struct {
    /**
     * One of the constants `CLIQUET_QR_MODE_...`, which say what keys the two are.
     */
    cliquet_qr_mode mode;
    /**
     * The first Ed25519 public key.
     */
    uint8_t first_key[32];
    /**
     * The second Ed25519 public key.
     */
    uint8_t second_key[32];
} cliquet_qr_keys;

/**
 * How the check code of a channel becomes two digits. Both devices use the same; that of MSC4108 is `CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO`.
 */
typedef uint32_t cliquet_digit_mode;

/**
 * The versions of the attachment format. All encrypt in the same way.
 */
typedef uint32_t cliquet_attachment_version;

/**
 * Where the ciphertext of an attachment comes from: a file, say, behind functions of the caller.
 *
 * The functions are called by whatever thread makes or uses the reader, one at a time, until the reader is freed. They must not throw, jump out of
 * the call, or use the objects of the call that they serve.
 */
typedef struct {
    /**
     * Reads the next bytes to `bytes`, at least one and at most `length`, writes how many to `count`, and returns 0. A count of 0 says that the
     * ciphertext has ended. Anything else that is returned says that reading failed: the source must stand
     * where it stood if the call is to be repeated.
     */
    int32_t (*read)(void *context, uint8_t *bytes, size_t length, size_t *count);
    /**
     * Goes to a position, counted in bytes from the first one of the ciphertext, and returns 0; anything else says that it failed.
     */
    int32_t (*seek)(void *context, uint64_t position);
    /**
     * Handed to both as it is.
     */
    void *context;
} cliquet_source;

/**
 * Who is told how far a long call is.
 */
typedef struct {
    /**
     * Is told now and then how much is done. It must not throw, jump out of the call, or use the objects of the call that it serves.
     */
    void (*tell)(void *context, uint64_t done);
    /**
     * Handed to `tell` as it is.
     */
    void *context;
} cliquet_progress;

/**
 * A session that goes into a key export, with its room.
 */
typedef struct {
    /**
     * The id of the room, a text.
     */
    const char *room_id;
    /**
     * The length of the id, in bytes.
     */
    size_t room_id_length;
    /**
     * The session and what is known of it.
     */
    const cliquet_session_data *data;
} cliquet_exported_session;

/**
 * An entry of a key export that was left out.
 */
typedef struct {
    /**
     * Its position in the list of the file, counted from 0.
     */
    size_t position;
    /**
     * What is wrong with it: what `cliquet_session_data_from_json` returns, or `CLIQUET_MISMATCHED_SESSION_ID`.
     */
    cliquet_status status;
    /**
     * What else can be told of that, as the `details` of a call do.
     */
    cliquet_details details;
} cliquet_refused_session;

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
 * From a session key, which the signing key of the session signed. That this key belongs to the sender one thinks of, the Olm session shows
 * over which the session key came.
 */
#define CLIQUET_PROVENANCE_KIND_SHARED 1

/**
 * From a session export, which anybody can make who knows the id of the session: who shared it is known from elsewhere or not at all.
 */
#define CLIQUET_PROVENANCE_KIND_IMPORTED 2

/**
 * From a pickle of another library, which keeps one flag without an index.
 */
#define CLIQUET_PROVENANCE_KIND_LEGACY 3

/**
 * Both begin at the same message index.
 */
#define CLIQUET_MEGOLM_SESSION_ORDERING_EQUAL 1

/**
 * The first one begins earlier.
 */
#define CLIQUET_MEGOLM_SESSION_ORDERING_BETTER 2

/**
 * The first one begins later.
 */
#define CLIQUET_MEGOLM_SESSION_ORDERING_WORSE 3

/**
 * They are not the same session: another id, another version, or a ratchet that does not agree where both can be read. Between a shared and an
 * imported one, the imported one is the one to give up.
 */
#define CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED 4

/**
 * An encrypted native pickle, in bytes or base64.
 */
#define CLIQUET_PICKLE_FORMAT_NATIVE 1

/**
 * A native pickle without encryption.
 */
#define CLIQUET_PICKLE_FORMAT_NATIVE_WITHOUT_ENCRYPTION 2

/**
 * A pickle of libolm.
 */
#define CLIQUET_PICKLE_FORMAT_LIBOLM 3

/**
 * An encrypted pickle of vodozemac.
 */
#define CLIQUET_PICKLE_FORMAT_VODOZEMAC 4

/**
 * The JSON of a pickle of vodozemac, without encryption.
 */
#define CLIQUET_PICKLE_FORMAT_VODOZEMAC_JSON 5

/**
 * The fingerprint key of a device: its id is `ed25519:` and the device id.
 */
#define CLIQUET_SAS_KEY_KIND_DEVICE 1

/**
 * The master signing key of a user: its id is `ed25519:` and the key itself in unpadded base64.
 */
#define CLIQUET_SAS_KEY_KIND_MASTER_KEY 2

/**
 * `hkdf-hmac-sha256.v2`: the only one to be chosen today.
 */
#define CLIQUET_MAC_METHOD_HKDF_HMAC_SHA256_V2 1

/**
 * `hkdf-hmac-sha256`, historic: the same MAC in the broken base64 of an old libolm, which keeps 48 of its 256 bits.
 */
#define CLIQUET_MAC_METHOD_HISTORIC_HKDF_HMAC_SHA256 2

/**
 * `hmac-sha256`, historic: the same broken base64 of a MAC under a key of 256 bytes.
 */
#define CLIQUET_MAC_METHOD_HISTORIC_HMAC_SHA256 3

/**
 * We sent it.
 */
#define CLIQUET_SAS_ROLE_STARTER 1

/**
 * We answered it with an `m.key.verification.accept` event.
 */
#define CLIQUET_SAS_ROLE_ACCEPTER 2

/**
 * One user verifies another: the master signing keys, first of the user who shows the code, then of the one who scans it.
 */
#define CLIQUET_QR_MODE_OTHER_USER 0

/**
 * A device that trusts the master signing key shows the code to a new one of the same user: first that key, then the fingerprint key of the new
 * device.
 */
#define CLIQUET_QR_MODE_TRUSTING_DEVICE 1

/**
 * A new device, which does not trust the master signing key yet, shows the code to one that does: first its fingerprint key, then the master
 * signing key.
 */
#define CLIQUET_QR_MODE_NEW_DEVICE 2

/**
 * `00` to `99`.
 */
#define CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO 1

/**
 * `10` to `99`.
 */
#define CLIQUET_DIGIT_MODE_NO_LEADING_ZERO 2

/**
 * `v1`, historic: an IV of 16 random bytes. Read, never written.
 */
#define CLIQUET_ATTACHMENT_VERSION_1 1

/**
 * `v2`: an IV of 8 random bytes and 8 zeros.
 */
#define CLIQUET_ATTACHMENT_VERSION_2 2

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
 * The object is used by another call, and at least one of the two would change it: a call of another thread, of the random generator or source
 * that serves this one, or this one, which was given it twice.
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
 * A buffer is too small; nothing was done. `*length` tells how much there is to write; in the details, `found` is the capacity, `limit` the least one.
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
 * A normal message, where only a pre-key message can stand: `found` its type, `limit` the other, each one of the constants `CLIQUET_MESSAGE_TYPE_*`.
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
 * The caller's source of an attachment failed: `found` what its function returned, as a `uint32_t`; or, `found` 0, the source is not what it was.
 */
#define CLIQUET_SOURCE 44

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
 * A message, pickle or session of another version: `found` it, `limit` the expected one, each one of the constants `CLIQUET_VERSION_*`.
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
 * A pickle of another kind: `found` it, `limit` the expected one, each one of the constants `CLIQUET_PICKLE_KIND_*`.
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
 * The format cannot express message keys of receiver chains that are no longer kept: `found` how many.
 * `cliquet_olm_session_forget_message_keys_of_dropped_chains` gives them up.
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
 * A key id cannot stand in the list of key ids, whose separator, a comma, is in it.
 */
#define CLIQUET_KEY_ID_COMMA 117

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
 * Wipes memory of the caller that held a secret, in a way that no compiler leaves out.
 */
cliquet_status cliquet_wipe(uint8_t *bytes, size_t bytes_length);

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
 * Starts a session with another device; `cliquet_account_create_outbound_session_with` takes keys whose signatures it has checked. By its identity key, and a one-time key or fallback key of it whose signature the caller has checked, 32 bytes
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
                                                       cliquet_olm_session **session,
                                                       cliquet_details *details);

/**
 * Makes a session from the first message of another device, and decrypts that message. `their_identity_key`, 32 bytes, is the one that the caller expects
 * from that device, from its signed device keys and not from the message. A one-time key is used up, a fallback key is not; `key_use` tells which it
 * was, or is NULL (Olm specification, "Creating an inbound session from a pre-key message"). The need of the buffer is at most
 * `cliquet_olm_message_max_plaintext_length`; the plaintext is the caller's to wipe. The caller frees `*session`.
 *
 * Errors: `CLIQUET_MESSAGE_TYPE` for a normal message, `CLIQUET_MISMATCHED_IDENTITY_KEY`, `CLIQUET_UNKNOWN_ONE_TIME_KEY`,
 * `CLIQUET_MISMATCHED_ONE_TIME_KEY`, `CLIQUET_MALFORMED_BASE_KEY`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_MISMATCHED_VERSION`,
 * `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, and those of `cliquet_olm_session_decrypt`. The account is as it was after each of them.
 */
cliquet_status cliquet_account_create_inbound_session(cliquet_account *account,
                                                      const uint8_t *their_identity_key,
                                                      const cliquet_olm_message *message,
                                                      cliquet_version version,
                                                      const cliquet_limits *limits,
                                                      cliquet_olm_session **session,
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
                                                        cliquet_olm_session **session,
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
cliquet_status cliquet_olm_message_session_keys(const cliquet_olm_message *message,
                                                cliquet_olm_session_keys *session_keys,
                                                cliquet_details *details);

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
 * Writes the id that was given last, to a one-time key or a fallback key; the next key gets the one after it. 0 before the first.
 */
cliquet_status cliquet_account_last_key_id(const cliquet_account *account,
                                           uint64_t *key_id);

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
cliquet_status cliquet_olm_session_sender_from_shared_keys(const uint8_t *root_key,
                                                           const uint8_t *chain_key,
                                                           const cliquet_olm_session_keys *keys,
                                                           cliquet_version version,
                                                           const cliquet_limits *limits,
                                                           const cliquet_random *random,
                                                           cliquet_olm_session **session,
                                                           cliquet_details *details);

/**
 * Makes the session of the other party, after another handshake than triple Diffie-Hellman: `their_ratchet_key` is that of the first message. The session
 * can encrypt before it has decrypted that message, to a ratchet key that nobody has vouched for: wait until it has received a message. The caller
 * frees `*session`, and wipes both keys. `limits` NULL: the default ones.
 *
 * Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_olm_session_receiver_from_shared_keys(const uint8_t *root_key,
                                                             const uint8_t *chain_key,
                                                             const cliquet_olm_session_keys *keys,
                                                             const uint8_t *their_ratchet_key,
                                                             cliquet_version version,
                                                             const cliquet_limits *limits,
                                                             cliquet_olm_session **session,
                                                             cliquet_details *details);

/**
 * Frees an Olm session and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_olm_session_free(cliquet_olm_session *session);

/**
 * Encrypts a plaintext of any length. `*message`, which the caller frees, is a pre-key message until the session has received something, a normal one
 * from then on. The sending chain moves on by one message: store the session before the message leaves, so that no message key is ever used
 * twice (Olm specification, "Sending normal messages"). Draws 32 bytes where `cliquet_olm_session_needs_random` says so.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the other party's ratchet key has small order, `CLIQUET_CHAIN_EXHAUSTED` after
 * 2^32 - 1 messages without an answer.
 */
cliquet_status cliquet_olm_session_encrypt(cliquet_olm_session *session,
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
cliquet_status cliquet_olm_session_decrypt(cliquet_olm_session *session,
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
cliquet_status cliquet_olm_session_matches_pre_key_message(const cliquet_olm_session *session,
                                                           const cliquet_olm_message *message,
                                                           bool *matches,
                                                           cliquet_details *details);

/**
 * Writes the id of a session, 32 bytes, the same on both sides.
 */
cliquet_status cliquet_olm_session_session_id(const cliquet_olm_session *session, uint8_t *session_id);

/**
 * Writes the three keys that a session was agreed with. The identity key among them is that of the party that started.
 */
cliquet_status cliquet_olm_session_session_keys(const cliquet_olm_session *session,
                                                cliquet_olm_session_keys *session_keys);

/**
 * Writes the version of the messages of a session, one of the constants `CLIQUET_VERSION_*`.
 */
cliquet_status cliquet_olm_session_version(const cliquet_olm_session *session, cliquet_version *version);

/**
 * Writes whether a session has decrypted anything: before, it encrypts pre-key messages.
 */
cliquet_status cliquet_olm_session_has_received_message(const cliquet_olm_session *session, bool *has_received_message);

/**
 * Writes whether the next encryption draws 32 random bytes, because there is no sending chain.
 */
cliquet_status cliquet_olm_session_needs_random(const cliquet_olm_session *session, bool *needs_random);

/**
 * Writes the type of the message that the next encryption makes, one of the constants `CLIQUET_MESSAGE_TYPE_*`.
 */
cliquet_status cliquet_olm_session_next_message_type(const cliquet_olm_session *session,
                                                     cliquet_message_type *message_type);

/**
 * Writes how many wire bytes the next encryption makes of a plaintext of so many bytes.
 */
cliquet_status cliquet_olm_session_message_length(const cliquet_olm_session *session,
                                                  size_t plaintext_length,
                                                  size_t *message_length);

/**
 * Writes what a session keeps and how far it jumps.
 */
cliquet_status cliquet_olm_session_limits(const cliquet_olm_session *session, cliquet_limits *limits);

/**
 * Sets what a session keeps and how far it jumps; `limits` NULL: the default ones. Writes how many skipped message keys were given up for want of
 * room, oldest first; late messages that need them can no longer be read. Receiver chains that there is no room for go too.
 *
 * Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
 */
cliquet_status cliquet_olm_session_set_limits(cliquet_olm_session *session,
                                              const cliquet_limits *limits,
                                              size_t *given_up,
                                              cliquet_details *details);

/**
 * Gives up the skipped message keys of receiver chains that are no longer kept, which not every other library can store, and writes how many there
 * were. Late messages that need them can no longer be read.
 */
cliquet_status cliquet_olm_session_forget_message_keys_of_dropped_chains(cliquet_olm_session *session,
                                                                         size_t *given_up);

/**
 * Writes the public part of a session's state.
 */
cliquet_status cliquet_olm_session_summarise(const cliquet_olm_session *session, cliquet_olm_session_summary *summary);

/**
 * Writes how far the chains of the other party have come, newest first.
 */
cliquet_status cliquet_olm_session_receiver_chains(const cliquet_olm_session *session,
                                                   cliquet_chain_summary *chains,
                                                   size_t capacity,
                                                   size_t *count);

/**
 * Writes the messages that have not arrived and can still be read, because their keys are kept: those given up first come first.
 */
cliquet_status cliquet_olm_session_skipped_messages(const cliquet_olm_session *session,
                                                    cliquet_skipped_message *messages,
                                                    size_t capacity,
                                                    size_t *count);

/**
 * Writes the id of the session with these keys, 32 bytes: `SHA-256(identity_key || base_key || one_time_key)`.
 */
cliquet_status cliquet_olm_session_keys_session_id(const cliquet_olm_session_keys *keys, uint8_t *session_id);

/**
 * Decrypts a message of the session, earlier or later than those before it, as often as it is asked to. A replay guard neither looks nor learns.
 * Many are read faster by `cliquet_inbound_group_session_decrypt_bulk`.
 *
 * `plaintext` is a buffer for at most as many bytes as `cliquet_megolm_message_max_plaintext_length` tells; the caller wipes it. The index of the
 * message goes to `*message_index`: the same index twice is a replay. Where the session's key of this index comes from goes to `*provenance`. Both may be NULL.
 *
 * Errors: `CLIQUET_MISMATCHED_VERSION`, `CLIQUET_INVALID_SIGNATURE` if the message is of another session, forged or damaged,
 * `CLIQUET_UNKNOWN_MESSAGE_INDEX`, `CLIQUET_AUTHENTICATION_FAILED` if the sender has another key at this index.
 */
cliquet_status cliquet_inbound_group_session_decrypt(cliquet_inbound_group_session *session,
                                                     const cliquet_megolm_message *message,
                                                     uint8_t *plaintext,
                                                     size_t capacity,
                                                     size_t *length,
                                                     uint32_t *message_index,
                                                     cliquet_provenance *provenance,
                                                     cliquet_details *details);

/**
 * As `cliquet_inbound_group_session_decrypt`, with the replay guard of the session, which `cliquet_inbound_group_session_set_replay_guard` sets.
 *
 * `event` is 32 bytes that name the event which carried the message, and no other: a SHA-256 of room id, event id and timestamp, say. The same
 * index with the same event passes as often as it is read, with another event it is a replay. The guard remembers the message once it has
 * opened, and not otherwise: store the session afterwards. Many are read faster by `cliquet_inbound_group_session_decrypt_events_bulk`.
 *
 * Errors: `CLIQUET_MISMATCHED_VERSION`, `CLIQUET_INVALID_SIGNATURE` if the message is of another session, forged or damaged, `CLIQUET_REPLAY`
 * if the index was seen with another event, `CLIQUET_REPLAY_GUARD_FULL` if it was not seen and there is no room to remember it, or no guard at all,
 * `CLIQUET_UNKNOWN_MESSAGE_INDEX`, `CLIQUET_AUTHENTICATION_FAILED` if the sender has another key at this index.
 */
cliquet_status cliquet_inbound_group_session_decrypt_event(cliquet_inbound_group_session *session,
                                                           const cliquet_megolm_message *message,
                                                           const uint8_t *event,
                                                           uint8_t *plaintext,
                                                           size_t capacity,
                                                           size_t *length,
                                                           uint32_t *message_index,
                                                           cliquet_provenance *provenance,
                                                           cliquet_details *details);

/**
 * Decrypts `count` messages of the session together, in less time than `cliquet_inbound_group_session_decrypt` takes for one after the other: a client
 * that opens a room, or reads it back. `messages` may have any order and the same message more than once. A replay guard neither looks nor learns.
 *
 * The call succeeds whatever becomes of the messages, and one that is refused does not touch the others: `cliquet_decrypted_messages_plaintext` gives
 * for each position what `cliquet_inbound_group_session_decrypt` would. The caller frees `*decrypted`; `messages` stay the caller's too.
 *
 * Signatures are verified on up to `threads` threads, one for each 16 messages and 256 at most; 0 and 1 are the caller's alone. The others end before
 * the call does, and where none can be had the caller's does their work. The first call with 16 messages or more fills 145 KiB that stay until the
 * process ends: multiples of a constant, nothing of any session.
 *
 * Errors: where an entry of `messages` cannot be used, nothing is decrypted: `found` is its position, `limit` is `count`.
 */
cliquet_status cliquet_inbound_group_session_decrypt_bulk(cliquet_inbound_group_session *session,
                                                          cliquet_megolm_message *const *messages,
                                                          size_t count,
                                                          size_t threads,
                                                          cliquet_decrypted_messages **decrypted,
                                                          cliquet_details *details);

/**
 * As `cliquet_inbound_group_session_decrypt_bulk`, with the replay guard of the session, which `cliquet_inbound_group_session_set_replay_guard` sets.
 *
 * `events` are `count` times 32 bytes in a row: for each message, in the same order, what `cliquet_inbound_group_session_decrypt_event` takes. The guard
 * looks and learns in that order, too, and `cliquet_decrypted_messages_plaintext` gives what that function would: of two events with one index, the
 * first is read and the second is a replay. Store the session afterwards.
 *
 * Errors: where an entry of `messages` cannot be used, nothing is decrypted: `found` is its position, `limit` is `count`.
 */
cliquet_status cliquet_inbound_group_session_decrypt_events_bulk(cliquet_inbound_group_session *session,
                                                                 cliquet_megolm_message *const *messages,
                                                                 const uint8_t *events,
                                                                 size_t count,
                                                                 size_t threads,
                                                                 cliquet_decrypted_messages **decrypted,
                                                                 cliquet_details *details);

/**
 * Frees decrypted messages and wipes their plaintexts. NULL is ignored.
 */
cliquet_status cliquet_decrypted_messages_free(cliquet_decrypted_messages *decrypted);

/**
 * Writes how many messages there were, those that were refused among them, to `*count`.
 */
cliquet_status cliquet_decrypted_messages_count(const cliquet_decrypted_messages *decrypted, size_t *count);

/**
 * Writes what became of the message at a position, counted from 0 in the order in which they were given: the status, the details and the outputs are
 * those of `cliquet_inbound_group_session_decrypt`, or of `cliquet_inbound_group_session_decrypt_event`, for this message. It can be asked for again.
 *
 * `plaintext` is a buffer whose length is told exactly; the caller wipes it. The index of the message goes to `*message_index`, where the session's key
 * of this index comes from to `*provenance`. Both may be NULL.
 *
 * Errors: `CLIQUET_OUT_OF_RANGE`; if the message was refused, `CLIQUET_MISMATCHED_VERSION`, `CLIQUET_INVALID_SIGNATURE`, `CLIQUET_REPLAY`,
 * `CLIQUET_REPLAY_GUARD_FULL`, `CLIQUET_UNKNOWN_MESSAGE_INDEX`, `CLIQUET_AUTHENTICATION_FAILED`.
 */
cliquet_status cliquet_decrypted_messages_plaintext(const cliquet_decrypted_messages *decrypted,
                                                    size_t position,
                                                    uint8_t *plaintext,
                                                    size_t capacity,
                                                    size_t *length,
                                                    uint32_t *message_index,
                                                    cliquet_provenance *provenance,
                                                    cliquet_details *details);

/**
 * Reads a session export from its 165 bytes (Matrix specification, "Megolm group ratchet", "Session export format"). The caller frees
 * `*session_export`, and wipes `bytes` as soon as it can.
 *
 * Errors: `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_megolm_session_export_from_bytes(const uint8_t *bytes,
                                                        size_t bytes_length,
                                                        cliquet_megolm_session_export **session_export,
                                                        cliquet_details *details);

/**
 * Reads a session export from its text, the `session_key` of session data: unpadded base64, 220 characters. The caller frees
 * `*session_export`, and wipes `base64` as soon as it can.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_megolm_session_export_from_base64(const char *base64,
                                                         size_t base64_length,
                                                         cliquet_megolm_session_export **session_export,
                                                         cliquet_details *details);

/**
 * Frees a session export and wipes it. NULL is ignored.
 */
cliquet_status cliquet_megolm_session_export_free(cliquet_megolm_session_export *session_export);

/**
 * Writes the 165 bytes of a session export, which the caller wipes.
 */
cliquet_status cliquet_megolm_session_export_to_bytes(const cliquet_megolm_session_export *session_export,
                                                      uint8_t *bytes,
                                                      size_t capacity,
                                                      size_t *length);

/**
 * Writes a session export as the `session_key` of session data, unpadded base64: 220 characters, so that `capacity` is at least 221. The caller
 * wipes it.
 */
cliquet_status cliquet_megolm_session_export_to_base64(const cliquet_megolm_session_export *session_export,
                                                       char *base64,
                                                       size_t capacity,
                                                       size_t *length);

/**
 * Writes the id of the session, 32 bytes, to `session_id`.
 */
cliquet_status cliquet_megolm_session_export_session_id(const cliquet_megolm_session_export *session_export,
                                                        uint8_t *session_id);

/**
 * Writes the index of the first message that can be read with a session export, to `*message_index`.
 */
cliquet_status cliquet_megolm_session_export_message_index(const cliquet_megolm_session_export *session_export,
                                                           uint32_t *message_index);

/**
 * Makes an inbound group session of the session key that its sender shared. It reads messages of `version`, one of the constants
 * `CLIQUET_VERSION_...`, and no others, and has no replay guard. The caller frees `*session`.
 */
cliquet_status cliquet_inbound_group_session_new(const cliquet_megolm_session_key *session_key,
                                                 cliquet_version version,
                                                 cliquet_inbound_group_session **session);

/**
 * Makes an inbound group session of an export, marked as imported. It reads messages of `version`, one of the constants `CLIQUET_VERSION_...`,
 * and no others, and has no replay guard. The caller frees `*session`.
 */
cliquet_status cliquet_inbound_group_session_import(const cliquet_megolm_session_export *session_export,
                                                    cliquet_version version,
                                                    cliquet_inbound_group_session **session);

/**
 * Frees an inbound group session and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_inbound_group_session_free(cliquet_inbound_group_session *session);

/**
 * Writes the id of the session, 32 bytes, which is its public signing key, to `session_id`.
 */
cliquet_status cliquet_inbound_group_session_session_id(const cliquet_inbound_group_session *session,
                                                        uint8_t *session_id);

/**
 * Writes the version of the messages that the session reads, one of the constants `CLIQUET_VERSION_...`, to `*version`.
 */
cliquet_status cliquet_inbound_group_session_version(const cliquet_inbound_group_session *session,
                                                     cliquet_version *version);

/**
 * Writes the earliest message index that the session can read, to `*first_known_index`.
 */
cliquet_status cliquet_inbound_group_session_first_known_index(const cliquet_inbound_group_session *session,
                                                               uint32_t *first_known_index);

/**
 * Makes an export of all that the session can read. The session stays as it is. The caller frees `*session_export`.
 */
cliquet_status cliquet_inbound_group_session_export(const cliquet_inbound_group_session *session,
                                                    cliquet_megolm_session_export **session_export);

/**
 * Makes an export of what the session can read from `message_index` on. The session stays as it is. The caller frees `*session_export`.
 *
 * Errors: `CLIQUET_ABSENT` if the session cannot read that far back.
 */
cliquet_status cliquet_inbound_group_session_export_at(const cliquet_inbound_group_session *session,
                                                       uint32_t message_index,
                                                       cliquet_megolm_session_export **session_export);

/**
 * Gives up what is before `message_index`: everything from which an earlier message could be read is wiped. Tells in `*begins_there` whether the
 * session begins at `message_index` now; where it began later, nothing happens.
 */
cliquet_status cliquet_inbound_group_session_advance_to(cliquet_inbound_group_session *session,
                                                        uint32_t message_index,
                                                        bool *begins_there);

/**
 * Reads a message from its bytes, strictly (Matrix specification, "Megolm group ratchet", "Message format"). The caller frees `*message`.
 *
 * Errors: `CLIQUET_TRUNCATED`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_UNEXPECTED_FIELD`, `CLIQUET_NON_CANONICAL_VARINT`,
 * `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`.
 */
cliquet_status cliquet_megolm_message_from_bytes(const uint8_t *bytes,
                                                 size_t bytes_length,
                                                 cliquet_megolm_message **message,
                                                 cliquet_details *details);

/**
 * Reads a message from its text, the `ciphertext` of an `m.room.encrypted` event: base64, with or without padding. The caller frees `*message`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_UNEXPECTED_FIELD`, `CLIQUET_NON_CANONICAL_VARINT`,
 * `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`.
 */
cliquet_status cliquet_megolm_message_from_base64(const char *base64,
                                                  size_t base64_length,
                                                  cliquet_megolm_message **message,
                                                  cliquet_details *details);

/**
 * Frees a message. NULL is ignored.
 */
cliquet_status cliquet_megolm_message_free(cliquet_megolm_message *message);

/**
 * Writes the bytes of a message. `cliquet_outbound_group_session_message_length` tells their number before the message is made.
 */
cliquet_status cliquet_megolm_message_to_bytes(const cliquet_megolm_message *message,
                                               uint8_t *bytes,
                                               size_t capacity,
                                               size_t *length);

/**
 * Writes a message as the `ciphertext` of an `m.room.encrypted` event, unpadded base64: four characters for three bytes, and two or three for
 * one or two that are left.
 */
cliquet_status cliquet_megolm_message_to_base64(const cliquet_megolm_message *message,
                                                char *base64,
                                                size_t capacity,
                                                size_t *length);

/**
 * Writes the version that a message states, one of the constants `CLIQUET_VERSION_...`, to `*version`.
 */
cliquet_status cliquet_megolm_message_version(const cliquet_megolm_message *message, cliquet_version *version);

/**
 * Writes how many messages of the session a message says were before it, to `*message_index`.
 */
cliquet_status cliquet_megolm_message_message_index(const cliquet_megolm_message *message, uint32_t *message_index);

/**
 * Writes the ciphertext of a message, which alone is of no use: a multiple of 16 bytes, and not empty.
 */
cliquet_status cliquet_megolm_message_ciphertext(const cliquet_megolm_message *message,
                                                 uint8_t *ciphertext,
                                                 size_t capacity,
                                                 size_t *length);

/**
 * Writes how many bytes the plaintext of a message has at most, one less than its ciphertext, to `*length`: the capacity that its decryption
 * asks for.
 */
cliquet_status cliquet_megolm_message_max_plaintext_length(const cliquet_megolm_message *message,
                                                           size_t *length);

/**
 * Writes the signature of a message, 64 bytes, over all bytes before it, to `signature`.
 */
cliquet_status cliquet_megolm_message_signature(const cliquet_megolm_message *message, uint8_t *signature);

/**
 * Makes an outbound group session at message index 0, whose messages are of `version`, one of the constants `CLIQUET_VERSION_...`. The caller
 * frees `*session`.
 *
 * Draws 128 random bytes for the ratchet, then 32 for the signing key.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_outbound_group_session_new(cliquet_version version,
                                                  const cliquet_random *random,
                                                  cliquet_outbound_group_session **session);

/**
 * Frees an outbound group session and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_outbound_group_session_free(cliquet_outbound_group_session *session);

/**
 * Writes the id of the session, 32 bytes, which is its public signing key, to `session_id`. `cliquet_session_id_to_base64` makes the
 * `session_id` of an event of it.
 */
cliquet_status cliquet_outbound_group_session_session_id(const cliquet_outbound_group_session *session,
                                                         uint8_t *session_id);

/**
 * Writes the version of the messages, one of the constants `CLIQUET_VERSION_...`, to `*version`.
 */
cliquet_status cliquet_outbound_group_session_version(const cliquet_outbound_group_session *session,
                                                      cliquet_version *version);

/**
 * Writes the index of the next message, which is how many were encrypted so far, to `*message_index`.
 */
cliquet_status cliquet_outbound_group_session_message_index(const cliquet_outbound_group_session *session,
                                                            uint32_t *message_index);

/**
 * Writes how many bytes the next message has if its plaintext has `plaintext_length` bytes, to `*length`; `SIZE_MAX` if they are too many to count.
 */
cliquet_status cliquet_outbound_group_session_message_length(const cliquet_outbound_group_session *session,
                                                             size_t plaintext_length,
                                                             size_t *length);

/**
 * Makes the session key at the index of the next message: whoever gets it reads that message and all after it, and none before. It is what an
 * `m.room_key` event carries over Olm to each device. The session stays as it is. The caller frees `*session_key`.
 */
cliquet_status cliquet_outbound_group_session_session_key(const cliquet_outbound_group_session *session,
                                                          cliquet_megolm_session_key **session_key);

/**
 * Encrypts and signs a plaintext of any length, and moves the session on by one message. The caller stores the session before the message
 * leaves the device, so that no message key is used twice, and frees `*message`.
 *
 * Matrix specification, "Megolm group ratchet", "Message encryption".
 *
 * Errors: `CLIQUET_SESSION_EXHAUSTED` at message index 2^32 - 1: make a new session.
 */
cliquet_status cliquet_outbound_group_session_encrypt(cliquet_outbound_group_session *session,
                                                      const uint8_t *plaintext,
                                                      size_t plaintext_length,
                                                      cliquet_megolm_message **message);

/**
 * Writes where the session comes from as a whole, to `*provenance`.
 */
cliquet_status cliquet_inbound_group_session_provenance(const cliquet_inbound_group_session *session,
                                                        cliquet_provenance *provenance);

/**
 * Writes where what the session knows of one message comes from, to `*provenance`: `CLIQUET_PROVENANCE_KIND_IMPORTED` before the index from which
 * it is shared. Whether the session can read that far back does not matter.
 */
cliquet_status cliquet_inbound_group_session_provenance_at(const cliquet_inbound_group_session *session,
                                                           uint32_t message_index,
                                                           cliquet_provenance *provenance);

/**
 * Tells in `*connected` whether both are the same session: one id, one version, and one ratchet from the later of both first known indexes on.
 * What an import claims of earlier indexes is not checked by that. Both may be the same object.
 */
cliquet_status cliquet_inbound_group_session_connected(const cliquet_inbound_group_session *session,
                                                       const cliquet_inbound_group_session *other,
                                                       bool *connected);

/**
 * Writes which of two sessions reads more, one of the constants `CLIQUET_MEGOLM_SESSION_ORDERING_...`, to `*ordering`. Both may be the same object.
 */
cliquet_status cliquet_inbound_group_session_compare(const cliquet_inbound_group_session *session,
                                                     const cliquet_inbound_group_session *other,
                                                     cliquet_megolm_session_ordering *ordering);

/**
 * Takes over from another session what this one lacks: an earlier first known index, being shared, and what the replay guard of the other has seen.
 * Tells in `*connected` whether both are the same session; if they are not, nothing happens. The other session stays as it is.
 *
 * What is shared from an index on stays shared from that index on, and not before it. Where both replay guards have seen an index, the event that
 * this session knows stays.
 *
 * Errors: `CLIQUET_BUSY` if both are the same object.
 */
cliquet_status cliquet_inbound_group_session_merge(cliquet_inbound_group_session *session,
                                                   const cliquet_inbound_group_session *other,
                                                   bool *connected);

/**
 * Sets the guard of the session against replays, which `cliquet_inbound_group_session_decrypt_event` asks: an empty one when the session is made, or
 * one that was kept elsewhere. With a guard, use that function alone: what `cliquet_inbound_group_session_decrypt` reads, the guard does not learn.
 *
 * The guard has room for `capacity` message indexes, at most `CLIQUET_REPLAY_GUARD_MAX_CAPACITY` and at least so many as `entries` has, at about
 * 60 bytes each once they are seen. `entries` is a list of `count` entries that it has seen; of an index that comes twice the last
 * event counts. A capacity of 0 without entries takes the guard away. The guard that was there is dropped.
 */
cliquet_status cliquet_inbound_group_session_set_replay_guard(cliquet_inbound_group_session *session,
                                                              size_t capacity,
                                                              const cliquet_replay_guard_entry *entries,
                                                              size_t count);

/**
 * Gives the replay guard of the session more room or less, but never less than it has filled, nor more than `CLIQUET_REPLAY_GUARD_MAX_CAPACITY`.
 * What it has seen stays.
 */
cliquet_status cliquet_inbound_group_session_set_replay_guard_capacity(cliquet_inbound_group_session *session,
                                                                       size_t capacity);

/**
 * Writes how many message indexes the replay guard of the session can remember, to `*replay_guard_capacity`; 0 where there is no guard.
 */
cliquet_status cliquet_inbound_group_session_replay_guard_capacity(const cliquet_inbound_group_session *session,
                                                                   size_t *replay_guard_capacity);

/**
 * Writes how many message indexes the replay guard of the session has seen, to `*replay_guard_count`.
 */
cliquet_status cliquet_inbound_group_session_replay_guard_count(const cliquet_inbound_group_session *session,
                                                                size_t *replay_guard_count);

/**
 * Writes what the replay guard of the session has seen, in the order of the message indexes, to be stored beside the session. `capacity` and
 * `*length` count entries: `cliquet_inbound_group_session_replay_guard_count` tells how many there are.
 */
cliquet_status cliquet_inbound_group_session_replay_guard_entries(const cliquet_inbound_group_session *session,
                                                                  cliquet_replay_guard_entry *entries,
                                                                  size_t capacity,
                                                                  size_t *length);

/**
 * Reads a session key from its 229 bytes and checks its signature (Matrix specification, "Megolm group ratchet", "Session sharing format"). The
 * caller frees `*session_key`, and wipes `bytes` as soon as it can.
 *
 * Errors: `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_megolm_session_key_from_bytes(const uint8_t *bytes,
                                                     size_t bytes_length,
                                                     cliquet_megolm_session_key **session_key,
                                                     cliquet_details *details);

/**
 * Reads a session key from its text, the `session_key` of an `m.room_key` event: unpadded base64, 306 characters. The caller frees
 * `*session_key`, and wipes `base64` as soon as it can.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_megolm_session_key_from_base64(const char *base64,
                                                      size_t base64_length,
                                                      cliquet_megolm_session_key **session_key,
                                                      cliquet_details *details);

/**
 * Frees a session key and wipes it. NULL is ignored.
 */
cliquet_status cliquet_megolm_session_key_free(cliquet_megolm_session_key *session_key);

/**
 * Writes the 229 bytes of a session key, which the caller wipes.
 */
cliquet_status cliquet_megolm_session_key_to_bytes(const cliquet_megolm_session_key *session_key,
                                                   uint8_t *bytes,
                                                   size_t capacity,
                                                   size_t *length);

/**
 * Writes a session key as the `session_key` of an `m.room_key` event, unpadded base64: 306 characters, so that `capacity` is at least 307. The
 * caller wipes it.
 */
cliquet_status cliquet_megolm_session_key_to_base64(const cliquet_megolm_session_key *session_key,
                                                    char *base64,
                                                    size_t capacity,
                                                    size_t *length);

/**
 * Writes the id of the session, 32 bytes, to `session_id`.
 */
cliquet_status cliquet_megolm_session_key_session_id(const cliquet_megolm_session_key *session_key,
                                                     uint8_t *session_id);

/**
 * Writes the index of the first message that can be read with a session key, to `*message_index`.
 */
cliquet_status cliquet_megolm_session_key_message_index(const cliquet_megolm_session_key *session_key,
                                                        uint32_t *message_index);

/**
 * Writes an account as a dehydrated device (MSC3814), under a key of 32 bytes: an account that waits on the server for messages to a user who has no
 * device at hand. Both texts are unpadded base64 and not secret. `ciphertext` depends on how many keys the account has; `nonce` is 16 characters, so
 * that `nonce_capacity` is at least 17. Draws 12 bytes, the nonce.
 *
 * Kept are the identity keys, the one-time keys and the fallback key; ids, and what is published, are not. Publish the keys when it is uploaded. An
 * account for this is made for it and used for nothing else.
 *
 * If a buffer is too small, its length tells what is needed, of both if both are; nothing was drawn.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_INEXPRESSIBLE_MISSING_SEED` if the Ed25519 key came without its seed, as from libolm,
 * `CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY`, `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5000 one-time keys.
 */
cliquet_status cliquet_account_to_dehydrated_device(const cliquet_account *account,
                                                    const uint8_t *key,
                                                    const cliquet_random *random,
                                                    char *ciphertext,
                                                    size_t ciphertext_capacity,
                                                    size_t *ciphertext_length,
                                                    char *nonce,
                                                    size_t nonce_capacity,
                                                    size_t *nonce_length,
                                                    cliquet_details *details);

/**
 * Opens a dehydrated device (MSC3814) under the key of 32 bytes that it was made with. Both texts are base64, padding optional. The caller frees
 * `*account`.
 *
 * The keys get new ids, from 1 on, and count as published. Generate no keys on this account: the server knows the old ids, and a new key could have
 * one of them.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if a text is no base64 or the nonce has not 12 bytes, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or
 * the device was changed, `CLIQUET_UNKNOWN_VERSION`; and if it is authentic and yet holds no such account, `CLIQUET_TRUNCATED`,
 * `CLIQUET_TRAILING_BYTES`, `CLIQUET_UNKNOWN_FORM`, `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_account_from_dehydrated_device(const char *ciphertext,
                                                      size_t ciphertext_length,
                                                      const char *nonce,
                                                      size_t nonce_length,
                                                      const uint8_t *key,
                                                      cliquet_account **account,
                                                      cliquet_details *details);

/**
 * Makes a pickle key of 32 bytes, without a context. The caller frees `*pickle_key`, and wipes `bytes` as soon as it can.
 */
cliquet_status cliquet_pickle_key_new(const uint8_t *bytes,
                                      cliquet_pickle_key **pickle_key);

/**
 * Makes a pickle key of 32 random bytes, without a context. The caller frees `*pickle_key`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_pickle_key_random(const cliquet_random *random, cliquet_pickle_key **pickle_key);

/**
 * Makes a pickle key with the same 32 bytes for pickles of the given context, instead of the one that `pickle_key` has. The caller frees both.
 *
 * A context is public, of any bytes and any length. It says where a pickle belongs: user, device, row of the store. A pickle opens under the context
 * that it was made under and under no other, so that nobody who can write to the store can swap two of them: let no two places have the same.
 * That an older pickle takes the place of a newer one in the same row, no pickle can notice.
 */
cliquet_status cliquet_pickle_key_in_context(const cliquet_pickle_key *pickle_key,
                                             const uint8_t *context,
                                             size_t context_length,
                                             cliquet_pickle_key **pickle_key_in_context);

/**
 * Frees a pickle key and wipes its 32 bytes. NULL is ignored.
 */
cliquet_status cliquet_pickle_key_free(cliquet_pickle_key *pickle_key);

/**
 * Writes the 32 bytes of a pickle key to `bytes`, to be kept in a key store. The caller wipes them.
 */
cliquet_status cliquet_pickle_key_export_bytes(const cliquet_pickle_key *pickle_key, uint8_t *bytes);

/**
 * Writes the context of a pickle key: no bytes where none was given.
 */
cliquet_status cliquet_pickle_key_context(const cliquet_pickle_key *pickle_key,
                                          uint8_t *context,
                                          size_t capacity,
                                          size_t *length);

/**
 * Writes an account in libolm's form, under a key of any length, to be opened by `olm_unpickle_account`: base64. Equal states under one key give
 * equal texts. Left out are the limit of one-time keys and the seed of the Ed25519 key, which libolm keeps in its expanded form alone.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 100 one-time keys, `CLIQUET_INEXPRESSIBLE_KEY_ID` if an id, or the one that would be given
 * next, is beyond 2^32 - 1.
 */
cliquet_status cliquet_account_to_libolm_pickle(const cliquet_account *account,
                                                const uint8_t *key,
                                                size_t key_length,
                                                char *pickle,
                                                size_t capacity,
                                                size_t *length,
                                                cliquet_details *details);

/**
 * Opens an account that libolm has pickled under a key of any length. White space around the text does not count. The caller frees `*account`.
 * Its Ed25519 key has no seed, and it stores as many one-time keys as a new account does. Versions 2, 3 and 4 are read.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_LEGACY_ACCOUNT` for version 1,
 * `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`, `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_account_from_libolm_pickle(const char *pickle,
                                                  size_t pickle_length,
                                                  const uint8_t *key,
                                                  size_t key_length,
                                                  cliquet_account **account,
                                                  cliquet_details *details);

/**
 * Writes an Olm session in libolm's form, under a key of any length, to be opened by `olm_unpickle_session`: base64. Equal states under one key
 * give equal texts. Left out are the limits, and which keys of late messages were given up instead of used.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_VERSION` unless the messages have version 1; `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5 receiver chains or 40
 * skipped message keys.
 */
cliquet_status cliquet_olm_session_to_libolm_pickle(const cliquet_olm_session *session,
                                                    const uint8_t *key,
                                                    size_t key_length,
                                                    char *pickle,
                                                    size_t capacity,
                                                    size_t *length,
                                                    cliquet_details *details);

/**
 * Opens an Olm session that libolm has pickled under a key of any length. White space around the text does not count. The caller frees
 * `*session`. Its messages have version 1, and it gets `limits`: NULL stands for the default ones. All keys of late messages that are missing
 * count as no longer kept.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_LIMIT_TOO_SMALL`,
 * `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_STATE_AHEAD_OF_CHAIN`, `CLIQUET_STATE_DUPLICATE`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`,
 * `CLIQUET_STATE_NO_CHAIN`, `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_olm_session_from_libolm_pickle(const char *pickle,
                                                      size_t pickle_length,
                                                      const uint8_t *key,
                                                      size_t key_length,
                                                      const cliquet_limits *limits,
                                                      cliquet_olm_session **session,
                                                      cliquet_details *details);

/**
 * Writes an outbound group session in libolm's form, under a key of any length, to be opened by `olm_unpickle_outbound_group_session`: base64.
 * Equal states under one key give equal texts. Left out is the seed of the Ed25519 key, which libolm keeps in its expanded form alone.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_VERSION` unless the messages have version 1.
 */
cliquet_status cliquet_outbound_group_session_to_libolm_pickle(const cliquet_outbound_group_session *session,
                                                               const uint8_t *key,
                                                               size_t key_length,
                                                               char *pickle,
                                                               size_t capacity,
                                                               size_t *length,
                                                               cliquet_details *details);

/**
 * Opens an outbound group session that libolm has pickled under a key of any length. White space around the text does not count. The caller
 * frees `*session`. Its messages have version 1, and its Ed25519 key has no seed.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
 */
cliquet_status cliquet_outbound_group_session_from_libolm_pickle(const char *pickle,
                                                                 size_t pickle_length,
                                                                 const uint8_t *key,
                                                                 size_t key_length,
                                                                 cliquet_outbound_group_session **session,
                                                                 cliquet_details *details);

/**
 * Writes an inbound group session in libolm's form, under a key of any length, to be opened by `olm_unpickle_inbound_group_session`: base64.
 * Equal states under one key give equal texts. libolm's flag "verified" is set only where the session is shared from its first known index on,
 * or the flag was set in the pickle that the session comes from.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_VERSION` unless the messages have version 1, `CLIQUET_INEXPRESSIBLE_REPLAY_GUARD`.
 */
cliquet_status cliquet_inbound_group_session_to_libolm_pickle(const cliquet_inbound_group_session *session,
                                                              const uint8_t *key,
                                                              size_t key_length,
                                                              char *pickle,
                                                              size_t capacity,
                                                              size_t *length,
                                                              cliquet_details *details);

/**
 * Opens an inbound group session that libolm has pickled under a key of any length. White space around the text does not count. The caller frees
 * `*session`. Its messages have version 1. Versions 1 and 2 are read. That libolm's flag "verified" is set proves nothing: libolm also sets it
 * when it decrypts a message.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_inbound_group_session_from_libolm_pickle(const char *pickle,
                                                                size_t pickle_length,
                                                                const uint8_t *key,
                                                                size_t key_length,
                                                                cliquet_inbound_group_session **session,
                                                                cliquet_details *details);

/**
 * Writes the key pair of a key backup in libolm's form, under a key of any length, to be opened by `olm_unpickle_pk_decryption`: base64. Equal
 * states under one key give equal texts.
 */
cliquet_status cliquet_pk_decryption_to_libolm_pickle(const cliquet_pk_decryption *decryption,
                                                      const uint8_t *key,
                                                      size_t key_length,
                                                      char *pickle,
                                                      size_t capacity,
                                                      size_t *length,
                                                      cliquet_details *details);

/**
 * Opens the key pair of a key backup that libolm has pickled under a key of any length. White space around the text does not count. The caller
 * frees `*decryption`.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
 */
cliquet_status cliquet_pk_decryption_from_libolm_pickle(const char *pickle,
                                                        size_t pickle_length,
                                                        const uint8_t *key,
                                                        size_t key_length,
                                                        cliquet_pk_decryption **decryption,
                                                        cliquet_details *details);

/**
 * Writes an account as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole tag. Keys, ids, and
 * the limit of one-time keys are kept. The length depends on the state alone and is told exactly. Draws 32 bytes, the salt.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_account_to_pickle(const cliquet_account *account,
                                         const cliquet_pickle_key *key,
                                         const cliquet_random *random,
                                         uint8_t *pickle,
                                         size_t capacity,
                                         size_t *length);

/**
 * Opens an encrypted native pickle of an account, under the bytes and the context that it was made with. The caller frees `*account`.
 *
 * Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
 * context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
 * `cliquet_account_from_pickle_without_encryption`.
 */
cliquet_status cliquet_account_from_pickle(const uint8_t *pickle,
                                           size_t pickle_length,
                                           const cliquet_pickle_key *key,
                                           cliquet_account **account,
                                           cliquet_details *details);

/**
 * Writes an account as a native pickle **without encryption**, secret keys and all, for a store that encrypts and authenticates what it keeps.
 * The caller wipes it. Everything else wants `cliquet_account_to_pickle`.
 */
cliquet_status cliquet_account_to_pickle_without_encryption(const cliquet_account *account,
                                                            uint8_t *pickle,
                                                            size_t capacity,
                                                            size_t *length);

/**
 * Reads what `cliquet_account_to_pickle_without_encryption` wrote. The caller frees `*account`, and wipes `pickle`. Nothing shows whether it was
 * changed since, but that public keys belong to secret keys: those of one-time keys when they are used, all others now.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
 * `CLIQUET_TRAILING_BYTES`, `CLIQUET_NON_CANONICAL`, `CLIQUET_NON_CANONICAL_VARINT`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_UNKNOWN_FORM`,
 * `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_STATE_KEY_ID_BEYOND_LAST`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`,
 * `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_account_from_pickle_without_encryption(const uint8_t *pickle,
                                                              size_t pickle_length,
                                                              cliquet_account **account,
                                                              cliquet_details *details);

/**
 * Writes an inbound group session as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole tag.
 * Where the session comes from, and its replay guard, are kept. The length depends on the state alone and is told exactly. Draws 32 bytes, the
 * salt.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_inbound_group_session_to_pickle(const cliquet_inbound_group_session *session,
                                                       const cliquet_pickle_key *key,
                                                       const cliquet_random *random,
                                                       uint8_t *pickle,
                                                       size_t capacity,
                                                       size_t *length);

/**
 * Opens an encrypted native pickle of an inbound group session, under the bytes and the context that it was made with. The caller frees
 * `*session`.
 *
 * Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
 * context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
 * `cliquet_inbound_group_session_from_pickle_without_encryption`.
 */
cliquet_status cliquet_inbound_group_session_from_pickle(const uint8_t *pickle,
                                                         size_t pickle_length,
                                                         const cliquet_pickle_key *key,
                                                         cliquet_inbound_group_session **session,
                                                         cliquet_details *details);

/**
 * Writes an inbound group session as a native pickle **without encryption**, secret keys and all, for a store that encrypts and authenticates
 * what it keeps. The caller wipes it. Everything else wants `cliquet_inbound_group_session_to_pickle`.
 */
cliquet_status cliquet_inbound_group_session_to_pickle_without_encryption(const cliquet_inbound_group_session *session,
                                                                          uint8_t *pickle,
                                                                          size_t capacity,
                                                                          size_t *length);

/**
 * Reads what `cliquet_inbound_group_session_to_pickle_without_encryption` wrote. The caller frees `*session`, and wipes `pickle`. Nothing shows
 * whether it was changed since, but that the signing key is a public key.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
 * `CLIQUET_TRAILING_BYTES`, `CLIQUET_NON_CANONICAL`, `CLIQUET_NON_CANONICAL_VARINT`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_UNKNOWN_FORM`,
 * `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_inbound_group_session_from_pickle_without_encryption(const uint8_t *pickle,
                                                                            size_t pickle_length,
                                                                            cliquet_inbound_group_session **session,
                                                                            cliquet_details *details);

/**
 * Writes an outbound group session as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole tag.
 * The message index is kept: store a session before a message that it encrypted leaves. The length depends on the state alone and is told
 * exactly. Draws 32 bytes, the salt.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_outbound_group_session_to_pickle(const cliquet_outbound_group_session *session,
                                                        const cliquet_pickle_key *key,
                                                        const cliquet_random *random,
                                                        uint8_t *pickle,
                                                        size_t capacity,
                                                        size_t *length);

/**
 * Opens an encrypted native pickle of an outbound group session, under the bytes and the context that it was made with. The caller frees
 * `*session`.
 *
 * Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
 * context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
 * `cliquet_outbound_group_session_from_pickle_without_encryption`.
 */
cliquet_status cliquet_outbound_group_session_from_pickle(const uint8_t *pickle,
                                                          size_t pickle_length,
                                                          const cliquet_pickle_key *key,
                                                          cliquet_outbound_group_session **session,
                                                          cliquet_details *details);

/**
 * Writes an outbound group session as a native pickle **without encryption**, secret keys and all, for a store that encrypts and authenticates
 * what it keeps. The caller wipes it. Everything else wants `cliquet_outbound_group_session_to_pickle`.
 */
cliquet_status cliquet_outbound_group_session_to_pickle_without_encryption(const cliquet_outbound_group_session *session,
                                                                           uint8_t *pickle,
                                                                           size_t capacity,
                                                                           size_t *length);

/**
 * Reads what `cliquet_outbound_group_session_to_pickle_without_encryption` wrote. The caller frees `*session`, and wipes `pickle`. Nothing shows
 * whether it was changed since, but that the public signing key belongs to its secret key.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
 * `CLIQUET_TRAILING_BYTES`, `CLIQUET_NON_CANONICAL`, `CLIQUET_NON_CANONICAL_VARINT`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_UNKNOWN_FORM`,
 * `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
 */
cliquet_status cliquet_outbound_group_session_from_pickle_without_encryption(const uint8_t *pickle,
                                                                             size_t pickle_length,
                                                                             cliquet_outbound_group_session **session,
                                                                             cliquet_details *details);

/**
 * Writes the key pair of a key backup as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole
 * tag. The length depends on the state alone and is told exactly. Draws 32 bytes, the salt.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_pk_decryption_to_pickle(const cliquet_pk_decryption *decryption,
                                               const cliquet_pickle_key *key,
                                               const cliquet_random *random,
                                               uint8_t *pickle,
                                               size_t capacity,
                                               size_t *length);

/**
 * Opens an encrypted native pickle of the key pair of a key backup, under the bytes and the context that it was made with. The caller frees
 * `*decryption`.
 *
 * Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
 * context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
 * `cliquet_pk_decryption_from_pickle_without_encryption`.
 */
cliquet_status cliquet_pk_decryption_from_pickle(const uint8_t *pickle,
                                                 size_t pickle_length,
                                                 const cliquet_pickle_key *key,
                                                 cliquet_pk_decryption **decryption,
                                                 cliquet_details *details);

/**
 * Writes the key pair of a key backup as a native pickle **without encryption**, secret keys and all, for a store that encrypts and
 * authenticates what it keeps. The caller wipes it. Everything else wants `cliquet_pk_decryption_to_pickle`.
 */
cliquet_status cliquet_pk_decryption_to_pickle_without_encryption(const cliquet_pk_decryption *decryption,
                                                                  uint8_t *pickle,
                                                                  size_t capacity,
                                                                  size_t *length);

/**
 * Reads what `cliquet_pk_decryption_to_pickle_without_encryption` wrote. The caller frees `*decryption`, and wipes `pickle`. Nothing shows
 * whether it was changed since, but that the public key belongs to the secret key.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
 * `CLIQUET_TRAILING_BYTES`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
 */
cliquet_status cliquet_pk_decryption_from_pickle_without_encryption(const uint8_t *pickle,
                                                                    size_t pickle_length,
                                                                    cliquet_pk_decryption **decryption,
                                                                    cliquet_details *details);

/**
 * Writes an encrypted native pickle in unpadded base64, for stores that keep texts: (4 * `pickle_length` + 2) / 3 characters.
 *
 * Errors: those of `cliquet_pickle_kind_of`.
 */
cliquet_status cliquet_pickle_to_base64(const uint8_t *pickle,
                                        size_t pickle_length,
                                        char *base64,
                                        size_t capacity,
                                        size_t *length,
                                        cliquet_details *details);

/**
 * Reads an encrypted native pickle in base64, padding optional, white space around it allowed, and writes its bytes: at most 3 for 4 characters.
 * That it is authentic, only opening it shows.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, and those of `cliquet_pickle_kind_of`.
 */
cliquet_status cliquet_pickle_from_base64(const char *base64,
                                          size_t base64_length,
                                          uint8_t *pickle,
                                          size_t capacity,
                                          size_t *length,
                                          cliquet_details *details);

/**
 * Writes what an encrypted native pickle holds, one of the constants `CLIQUET_PICKLE_KIND_...`, to `kind`. That it is authentic, only opening it
 * shows.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the bytes do not begin as a native pickle does, `CLIQUET_NOT_ENCRYPTED` if they are one without encryption,
 * `CLIQUET_UNKNOWN_VERSION` and `CLIQUET_UNKNOWN_KIND` if a later version of the library made it, `CLIQUET_TRUNCATED` and
 * `CLIQUET_CIPHERTEXT_LENGTH` if the length is none that a pickle has.
 */
cliquet_status cliquet_pickle_kind_of(const uint8_t *pickle,
                                      size_t pickle_length,
                                      cliquet_pickle_kind *kind,
                                      cliquet_details *details);

/**
 * Writes the version of the format of an encrypted native pickle to `format_version`; there is version 1 so far.
 *
 * Errors: those of `cliquet_pickle_kind_of`.
 */
cliquet_status cliquet_pickle_format_version(const uint8_t *pickle,
                                             size_t pickle_length,
                                             uint32_t *format_version,
                                             cliquet_details *details);

/**
 * Writes an Olm session as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole tag. Chains,
 * skipped message keys and limits are kept. The length depends on the state alone and is told exactly. Draws 32 bytes, the salt.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_olm_session_to_pickle(const cliquet_olm_session *session,
                                             const cliquet_pickle_key *key,
                                             const cliquet_random *random,
                                             uint8_t *pickle,
                                             size_t capacity,
                                             size_t *length);

/**
 * Opens an encrypted native pickle of an Olm session, under the bytes and the context that it was made with. The caller frees `*session`.
 *
 * Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
 * context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
 * `cliquet_olm_session_from_pickle_without_encryption`.
 */
cliquet_status cliquet_olm_session_from_pickle(const uint8_t *pickle,
                                               size_t pickle_length,
                                               const cliquet_pickle_key *key,
                                               cliquet_olm_session **session,
                                               cliquet_details *details);

/**
 * Writes an Olm session as a native pickle **without encryption**, secret keys and all, for a store that encrypts and authenticates what it
 * keeps. The caller wipes it. Everything else wants `cliquet_olm_session_to_pickle`.
 */
cliquet_status cliquet_olm_session_to_pickle_without_encryption(const cliquet_olm_session *session,
                                                                uint8_t *pickle,
                                                                size_t capacity,
                                                                size_t *length);

/**
 * Reads what `cliquet_olm_session_to_pickle_without_encryption` wrote. The caller frees `*session`, and wipes `pickle`. Nothing shows whether it was
 * changed since, but that the public ratchet key belongs to its secret key.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
 * `CLIQUET_TRAILING_BYTES`, `CLIQUET_NON_CANONICAL`, `CLIQUET_NON_CANONICAL_VARINT`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_UNKNOWN_FORM`,
 * `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_STATE_AHEAD_OF_CHAIN`,
 * `CLIQUET_STATE_DUPLICATE`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`, `CLIQUET_STATE_NO_CHAIN`, `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_olm_session_from_pickle_without_encryption(const uint8_t *pickle,
                                                                  size_t pickle_length,
                                                                  cliquet_olm_session **session,
                                                                  cliquet_details *details);

/**
 * Tells what a saved state is, and so which function reads it: bytes or text, of this library, libolm or vodozemac; dehydrated devices aside. White
 * space around a text does not count.
 *
 * `key`, of any length, is used for what shows nothing of itself before it is decrypted: the pickles of libolm and vodozemac. Of a native
 * pickle, only what it says without its key is read; that it is authentic, opening it shows.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the input has the form of none of them, `CLIQUET_AUTHENTICATION_FAILED` if it could be a pickle of libolm or
 * vodozemac, but the key is wrong or it was changed, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_TRUNCATED`,
 * `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_JSON`, `CLIQUET_NOT_ENCRYPTED` of a native pickle without encryption in base64, where bytes are expected,
 * `CLIQUET_LEGACY_ACCOUNT`, `CLIQUET_STATE_TOO_MANY` of a pickle that holds more than libolm has room for.
 */
cliquet_status cliquet_pickle_recognise(const uint8_t *input,
                                        size_t input_length,
                                        const uint8_t *key,
                                        size_t key_length,
                                        cliquet_recognised *recognised,
                                        cliquet_details *details);

/**
 * Writes an account as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal texts.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5000 one-time keys, `CLIQUET_INEXPRESSIBLE_KEY_ID` if no id is left to be given next,
 * `CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID`.
 */
cliquet_status cliquet_account_to_vodozemac_pickle(const cliquet_account *account,
                                                   const uint8_t *key,
                                                   char *pickle,
                                                   size_t capacity,
                                                   size_t *length,
                                                   cliquet_details *details);

/**
 * Opens an account that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count. The caller
 * frees `*account`. It stores as many one-time keys as a new account does.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_account_from_vodozemac_json`.
 */
cliquet_status cliquet_account_from_vodozemac_pickle(const char *pickle,
                                                     size_t pickle_length,
                                                     const uint8_t *key,
                                                     cliquet_account **account,
                                                     cliquet_details *details);

/**
 * Writes an account as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5000 one-time keys, `CLIQUET_INEXPRESSIBLE_KEY_ID` if no id is left to be given next,
 * `CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID`.
 */
cliquet_status cliquet_account_to_vodozemac_json(const cliquet_account *account,
                                                 char *json,
                                                 size_t capacity,
                                                 size_t *length,
                                                 cliquet_details *details);

/**
 * Reads the JSON of an account of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*account`, and wipes `json`.
 * It stores as many one-time keys as a new account does.
 *
 * Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`, `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_account_from_vodozemac_json(const char *json,
                                                   size_t json_length,
                                                   cliquet_account **account,
                                                   cliquet_details *details);

/**
 * Writes an outbound group session as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal
 * texts.
 */
cliquet_status cliquet_outbound_group_session_to_vodozemac_pickle(const cliquet_outbound_group_session *session,
                                                                  const uint8_t *key,
                                                                  char *pickle,
                                                                  size_t capacity,
                                                                  size_t *length,
                                                                  cliquet_details *details);

/**
 * Opens an outbound group session that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count.
 * The caller frees `*session`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_outbound_group_session_from_vodozemac_json`.
 */
cliquet_status cliquet_outbound_group_session_from_vodozemac_pickle(const char *pickle,
                                                                    size_t pickle_length,
                                                                    const uint8_t *key,
                                                                    cliquet_version version,
                                                                    cliquet_outbound_group_session **session,
                                                                    cliquet_details *details);

/**
 * Writes an outbound group session as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it.
 */
cliquet_status cliquet_outbound_group_session_to_vodozemac_json(const cliquet_outbound_group_session *session,
                                                                char *json,
                                                                size_t capacity,
                                                                size_t *length,
                                                                cliquet_details *details);

/**
 * Reads the JSON of an outbound group session of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*session`, and
 * wipes `json`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
 *
 * Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_MISMATCHED_VERSION` if its messages have another version than stated,
 * `CLIQUET_MISSING_VERSION` if it says none and version 1 is not stated.
 */
cliquet_status cliquet_outbound_group_session_from_vodozemac_json(const char *json,
                                                                  size_t json_length,
                                                                  cliquet_version version,
                                                                  cliquet_outbound_group_session **session,
                                                                  cliquet_details *details);

/**
 * Writes an inbound group session as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal
 * texts. Of where the session comes from, one flag is kept: whether it is shared from its first known index on, or that flag was set in the
 * pickle that the session comes from.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_REPLAY_GUARD`.
 */
cliquet_status cliquet_inbound_group_session_to_vodozemac_pickle(const cliquet_inbound_group_session *session,
                                                                 const uint8_t *key,
                                                                 char *pickle,
                                                                 size_t capacity,
                                                                 size_t *length,
                                                                 cliquet_details *details);

/**
 * Opens an inbound group session that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count.
 * The caller frees `*session`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_inbound_group_session_from_vodozemac_json`.
 */
cliquet_status cliquet_inbound_group_session_from_vodozemac_pickle(const char *pickle,
                                                                   size_t pickle_length,
                                                                   const uint8_t *key,
                                                                   cliquet_version version,
                                                                   cliquet_inbound_group_session **session,
                                                                   cliquet_details *details);

/**
 * Writes an inbound group session as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it. Of where the session
 * comes from, one flag is kept: whether it is shared from its first known index on, or that flag was set in the pickle that the session comes
 * from.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_REPLAY_GUARD`.
 */
cliquet_status cliquet_inbound_group_session_to_vodozemac_json(const cliquet_inbound_group_session *session,
                                                               char *json,
                                                               size_t capacity,
                                                               size_t *length,
                                                               cliquet_details *details);

/**
 * Reads the JSON of an inbound group session of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*session`, and
 * wipes `json`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
 *
 * Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_MISMATCHED_VERSION` if its messages have another version than stated,
 * `CLIQUET_MISSING_VERSION` if it says none and version 1 is not stated, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_inbound_group_session_from_vodozemac_json(const char *json,
                                                                 size_t json_length,
                                                                 cliquet_version version,
                                                                 cliquet_inbound_group_session **session,
                                                                 cliquet_details *details);

/**
 * Writes an Olm session as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal texts. Left
 * out are the limits, the order of skipped message keys of different chains, and which keys of late messages were given up instead of used.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5 receiver chains or 40 skipped message keys of one of them,
 * `CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS`.
 */
cliquet_status cliquet_olm_session_to_vodozemac_pickle(const cliquet_olm_session *session,
                                                       const uint8_t *key,
                                                       char *pickle,
                                                       size_t capacity,
                                                       size_t *length,
                                                       cliquet_details *details);

/**
 * Opens an Olm session that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count. The caller
 * frees `*session`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`, and `limits` what it keeps from now on,
 * at least what is in the pickle; NULL stands for the default ones.
 *
 * Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
 * `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_olm_session_from_vodozemac_json`.
 */
cliquet_status cliquet_olm_session_from_vodozemac_pickle(const char *pickle,
                                                         size_t pickle_length,
                                                         const uint8_t *key,
                                                         cliquet_version version,
                                                         const cliquet_limits *limits,
                                                         cliquet_olm_session **session,
                                                         cliquet_details *details);

/**
 * Writes an Olm session as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it. Left out are the limits, the
 * order of skipped message keys of different chains, and which keys of late messages were given up instead of used.
 *
 * Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5 receiver chains or 40 skipped message keys of one of them,
 * `CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS`.
 */
cliquet_status cliquet_olm_session_to_vodozemac_json(const cliquet_olm_session *session,
                                                     char *json,
                                                     size_t capacity,
                                                     size_t *length,
                                                     cliquet_details *details);

/**
 * Reads the JSON of an Olm session of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*session`, and wipes
 * `json`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`, and `limits` what it keeps from now on, at least
 * what is in the pickle; NULL stands for the default ones.
 *
 * Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_MISMATCHED_VERSION` if its messages have another version than stated,
 * `CLIQUET_MISSING_VERSION` if it says none and version 1 is not stated, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`,
 * `CLIQUET_STATE_AHEAD_OF_CHAIN`, `CLIQUET_STATE_DUPLICATE`, `CLIQUET_STATE_NO_CHAIN`, `CLIQUET_STATE_TOO_MANY`.
 */
cliquet_status cliquet_olm_session_from_vodozemac_json(const char *json,
                                                       size_t json_length,
                                                       cliquet_version version,
                                                       const cliquet_limits *limits,
                                                       cliquet_olm_session **session,
                                                       cliquet_details *details);

/**
 * Makes an ephemeral key pair of 32 random bytes, for one verification. The caller frees `*sas`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_sas_new(const cliquet_random *random, cliquet_sas **sas);

/**
 * Frees an ephemeral key pair and wipes its secret key. NULL is ignored.
 */
cliquet_status cliquet_sas_free(cliquet_sas *sas);

/**
 * Writes our public key, 32 bytes, to `public_key`: the `key` of our `m.key.verification.key` event, there in unpadded base64.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_sas_public_key(const cliquet_sas *sas,
                                      uint8_t *public_key);

/**
 * Agrees the secret as the starter, which uses `sas` up: the accepter's public key, 32 bytes, must be the one that it committed itself to before it
 * saw ours. `start_content` is the content of our `m.key.verification.start` event in canonical JSON, `commitment` that of the accept event. The
 * caller frees `*established`. After a failure, `sas` is as it was; after `CLIQUET_MISMATCHED_COMMITMENT` the verification ends
 * (`m.mismatched_commitment`).
 *
 * Errors: `CLIQUET_MISMATCHED_COMMITMENT`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_sas_diffie_hellman_as_starter(cliquet_sas *sas,
                                                     const uint8_t *accepter_key,
                                                     const char *start_content,
                                                     size_t start_content_length,
                                                     const char *commitment,
                                                     size_t commitment_length,
                                                     cliquet_established_sas **established);

/**
 * Agrees the secret as the accepter, which uses `sas` up: its commitment went out before the starter's public key, 32 bytes, came. The caller frees
 * `*established`. After a failure, `sas` is as it was.
 *
 * Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_sas_diffie_hellman_as_accepter(cliquet_sas *sas,
                                                      const uint8_t *starter_key,
                                                      cliquet_established_sas **established);

/**
 * Agrees the secret without a word about commitments, which uses `sas` up. For adapters: a starter that has not checked the commitment lets somebody
 * in between choose a key until both devices show the same. The caller frees `*established`. After a failure, `sas` is as it was.
 *
 * Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_sas_diffie_hellman(cliquet_sas *sas,
                                          const uint8_t *their_public_key,
                                          cliquet_established_sas **established);

/**
 * Writes what the accepter commits itself to before it sees the starter's key, so that nobody in between can choose a key by trying: the SHA-256 of
 * its public key, 32 bytes, in base64 and of `start_content`, in unpadded base64: 43 characters, so that `capacity` is at least 44. `start_content`
 * is the content of the `m.key.verification.start` event as received, in canonical JSON.
 */
cliquet_status cliquet_sas_commitment(const uint8_t *accepter_key,
                                      const char *start_content,
                                      size_t start_content_length,
                                      char *commitment,
                                      size_t capacity,
                                      size_t *length);

/**
 * Tells whether the accepter's public key, 32 bytes, is the one that it committed itself to. If it is not, the verification ends
 * (`m.mismatched_commitment`). `cliquet_sas_diffie_hellman_as_starter` checks it anyway.
 */
cliquet_status cliquet_sas_is_committed(const uint8_t *accepter_key,
                                        const char *start_content,
                                        size_t start_content_length,
                                        const char *commitment,
                                        size_t commitment_length,
                                        bool *is_committed);

/**
 * Frees an agreement and wipes its secret. NULL is ignored.
 */
cliquet_status cliquet_established_sas_free(cliquet_established_sas *sas);

/**
 * Writes our public key in this agreement, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_established_sas_our_public_key(const cliquet_established_sas *sas, uint8_t *public_key);

/**
 * Writes the public key of the other device in this agreement, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_established_sas_their_public_key(const cliquet_established_sas *sas, uint8_t *public_key);

/**
 * Writes the id that a key has in `m.key.verification.mac` events: of a device 8 bytes more than its id, of a master signing key 51 characters.
 * `capacity` is one more.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_sas_key_key_id(const cliquet_sas_key *key,
                                      char *key_id,
                                      size_t capacity,
                                      size_t *length);

/**
 * Takes the content of an `m.key.verification.mac` event that was received: `count` ids of keys with their MACs, in any order, and the MAC over the
 * list of ids. Nothing is checked before `cliquet_established_sas_verify_macs`. The caller frees `*macs`.
 */
cliquet_status cliquet_macs_new(const cliquet_mac *mac,
                                size_t count,
                                const char *keys,
                                size_t keys_length,
                                cliquet_macs **macs);

/**
 * Frees the content of an event. NULL is ignored.
 */
cliquet_status cliquet_macs_free(cliquet_macs *macs);

/**
 * Writes to `*count` over how many keys there are MACs.
 */
cliquet_status cliquet_macs_count(const cliquet_macs *macs, size_t *count);

/**
 * Writes the id of the key at a position, from 0 on; they are sorted by their bytes.
 *
 * Errors: `CLIQUET_OUT_OF_RANGE`.
 */
cliquet_status cliquet_macs_key_id(const cliquet_macs *macs,
                                   size_t position,
                                   char *key_id,
                                   size_t capacity,
                                   size_t *length,
                                   cliquet_details *details);

/**
 * Writes the MAC over the key at a position: 43 characters if it was made here, so that `capacity` is at least 44.
 *
 * Errors: `CLIQUET_OUT_OF_RANGE`.
 */
cliquet_status cliquet_macs_mac(const cliquet_macs *macs,
                                size_t position,
                                char *mac,
                                size_t capacity,
                                size_t *length,
                                cliquet_details *details);

/**
 * Writes the MAC over the list of ids, the field `keys`: 43 characters if it was made here, so that `capacity` is at least 44.
 */
cliquet_status cliquet_macs_keys(const cliquet_macs *macs,
                                 char *keys,
                                 size_t capacity,
                                 size_t *length);

/**
 * Writes the name that a method has in `m.key.verification.accept` events, such as `hkdf-hmac-sha256.v2`: at most 19 characters.
 */
cliquet_status cliquet_mac_method_to_name(cliquet_mac_method method,
                                          char *name,
                                          size_t capacity,
                                          size_t *length);

/**
 * Writes to `*method` the method that has this name in `m.key.verification.accept` events, one of the constants `CLIQUET_MAC_METHOD_...`.
 *
 * Errors: `CLIQUET_ABSENT` if none has.
 */
cliquet_status cliquet_mac_method_from_name(const char *name,
                                            size_t name_length,
                                            cliquet_mac_method *method);

/**
 * Makes the content of our `m.key.verification.mac` event, over `count` keys of ours; one that comes twice counts once. `method` is one of the
 * constants `CLIQUET_MAC_METHOD_...`. Send it once the user has said that both devices show the same, and not before. The caller frees `*macs`.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`, `CLIQUET_KEY_ID_COMMA` if a device id holds a comma, so that the list of keys could be read as another one.
 */
cliquet_status cliquet_established_sas_macs(const cliquet_established_sas *sas,
                                            const cliquet_sas_verification *verification,
                                            cliquet_mac_method method,
                                            const cliquet_sas_key *keys,
                                            size_t count,
                                            cliquet_macs **macs);

/**
 * Checks the content of the other device's `m.key.verification.mac` event against those of its and its user's keys that are known from elsewhere,
 * and writes to `verified`, which has room for `count` of them, which of these `known_keys` are verified from now on: those that the event has a
 * MAC over. Keys in the event that are not known are passed over (Matrix specification, "SAS HMAC calculation"). `method` is one of the constants
 * `CLIQUET_MAC_METHOD_...`. After a failure nothing is verified, and the verification ends (`m.key_mismatch`).
 *
 * Errors: `CLIQUET_PUBLIC_KEY`; `CLIQUET_MAC_OF_KEY_IDS` if a key was added or left out, the secrets differ, or an id holds a comma or comes twice;
 * `CLIQUET_MAC_OF_KEY` if the other device has another key, with the position of the first known key of that id; `CLIQUET_NO_KNOWN_KEY`.
 */
cliquet_status cliquet_established_sas_verify_macs(const cliquet_established_sas *sas,
                                                   const cliquet_sas_verification *verification,
                                                   cliquet_mac_method method,
                                                   const cliquet_macs *macs,
                                                   const cliquet_sas_key *known_keys,
                                                   size_t count,
                                                   bool *verified,
                                                   cliquet_details *details);

/**
 * Writes the MAC of a text under a label that the caller has put together: 43 characters, so that `capacity` is at least 44. `method` is one of the
 * constants `CLIQUET_MAC_METHOD_...`. For adapters.
 */
cliquet_status cliquet_established_sas_calculate_mac_with_info(const cliquet_established_sas *sas,
                                                               cliquet_mac_method method,
                                                               const char *text,
                                                               size_t text_length,
                                                               const char *info,
                                                               size_t info_length,
                                                               char *mac,
                                                               size_t capacity,
                                                               size_t *length);

/**
 * Verifies, in constant time, that a MAC is the one of a text under a label that the caller has put together. `method` is one of the constants
 * `CLIQUET_MAC_METHOD_...`. For adapters.
 *
 * Errors: `CLIQUET_AUTHENTICATION_FAILED`.
 */
cliquet_status cliquet_established_sas_verify_mac_with_info(const cliquet_established_sas *sas,
                                                            cliquet_mac_method method,
                                                            const char *text,
                                                            size_t text_length,
                                                            const char *info,
                                                            size_t info_length,
                                                            const char *mac,
                                                            size_t mac_length);

/**
 * Writes what both users compare to `*shown` (key agreement `curve25519-hkdf-sha256`).
 */
cliquet_status cliquet_established_sas_bytes(const cliquet_established_sas *sas,
                                             const cliquet_sas_verification *verification,
                                             cliquet_sas_bytes *shown);

/**
 * Writes to `*shown` what both users compare with devices that know the historic key agreement `curve25519` alone: the keys do not enter it.
 */
cliquet_status cliquet_established_sas_historic_bytes(const cliquet_established_sas *sas,
                                                      const cliquet_sas_verification *verification,
                                                      cliquet_sas_bytes *shown);

/**
 * Writes to `*shown` what both users compare, under a label that the caller has put together. For adapters.
 */
cliquet_status cliquet_established_sas_bytes_with_info(const cliquet_established_sas *sas,
                                                       const char *info,
                                                       size_t info_length,
                                                       cliquet_sas_bytes *shown);

/**
 * Writes `HKDF-SHA-256(no salt, shared secret, info, length)` to `bytes`, which has room for `length` of them; the caller wipes it. For adapters.
 *
 * Errors: `CLIQUET_TOO_MANY_BYTES` beyond 8160 bytes.
 */
cliquet_status cliquet_established_sas_generate_bytes(const cliquet_established_sas *sas,
                                                      const uint8_t *info,
                                                      size_t info_length,
                                                      uint8_t *bytes,
                                                      size_t length,
                                                      cliquet_details *details);

/**
 * Makes a QR code with these keys for the request with this transaction id, or, in a room, this event id, at most 65535 bytes; its shared secret is
 * 16 random bytes. The caller frees `*code`.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`, `CLIQUET_TRANSACTION_ID_TOO_LONG`, `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_qr_code_new(const cliquet_qr_keys *keys,
                                   const char *transaction_id,
                                   size_t transaction_id_length,
                                   const cliquet_random *random,
                                   cliquet_qr_code **code);

/**
 * Reads the bytes of a QR code, as a scanner gives them. The caller frees `*code`, and wipes `bytes` as soon as it can.
 *
 * Errors: `CLIQUET_MAGIC`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_UNKNOWN_FORM` for a mode that is not known, `CLIQUET_TRUNCATED` also if there are
 * fewer than 8 bytes of shared secret, `CLIQUET_NOT_UTF8`, `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_qr_code_from_bytes(const uint8_t *bytes,
                                          size_t bytes_length,
                                          cliquet_qr_code **code,
                                          cliquet_details *details);

/**
 * Frees a QR code and wipes its secret. NULL is ignored.
 */
cliquet_status cliquet_qr_code_free(cliquet_qr_code *code);

/**
 * Writes the bytes of a QR code, to be shown in byte mode: 74, those of the transaction id, and those of the shared secret, which are 16 if the code
 * was made here. The caller wipes them, because the secret is among them.
 */
cliquet_status cliquet_qr_code_to_bytes(const cliquet_qr_code *code,
                                        uint8_t *bytes,
                                        size_t capacity,
                                        size_t *length);

/**
 * Writes mode and keys of a QR code to `*keys`, for the device that has scanned it to see the mode. Whether they are right,
 * `cliquet_qr_code_check_keys` tells.
 */
cliquet_status cliquet_qr_code_keys(const cliquet_qr_code *code,
                                    cliquet_qr_keys *keys);

/**
 * Compares mode and both keys of a QR code with those that the device which has scanned it knows. If they are others, the verification ends
 * (`m.key_mismatch`).
 *
 * Errors: `CLIQUET_PUBLIC_KEY` if one of `expected` is none, `CLIQUET_MISMATCHED_QR_KEYS`.
 */
cliquet_status cliquet_qr_code_check_keys(const cliquet_qr_code *code,
                                          const cliquet_qr_keys *expected);

/**
 * Writes the transaction id of a QR code, or, in a room, the event id of the request: at most 65535 bytes.
 */
cliquet_status cliquet_qr_code_transaction_id(const cliquet_qr_code *code,
                                              char *transaction_id,
                                              size_t capacity,
                                              size_t *length);

/**
 * Writes the shared secret of a QR code in unpadded base64, the `secret` of the start event that a device sends which has scanned it: 22 characters
 * if the code was made here. The caller wipes it.
 */
cliquet_status cliquet_qr_code_shared_secret(const cliquet_qr_code *code,
                                             char *base64,
                                             size_t capacity,
                                             size_t *length);

/**
 * Tells whether the `secret` of a start event, in base64, is the one of this QR code, compared in constant time: whoever sent it has seen the code.
 */
cliquet_status cliquet_qr_code_is_reciprocated_by(const cliquet_qr_code *code,
                                                  const char *secret,
                                                  size_t secret_length,
                                                  bool *is_reciprocated);

/**
 * Makes a key pair of 32 random bytes for one channel of the login by QR code. The caller frees `*ecies`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_ecies_new(const cliquet_random *random, cliquet_ecies **ecies);

/**
 * Makes a key pair of 32 random bytes for one channel of another application, both of whose devices give the same `info`. The caller frees `*ecies`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_ecies_with_info(const char *info,
                                       size_t info_length,
                                       const cliquet_random *random,
                                       cliquet_ecies **ecies);

/**
 * Frees a key pair and wipes its secret key. NULL is ignored.
 */
cliquet_status cliquet_ecies_free(cliquet_ecies *ecies);

/**
 * Writes our public key, 32 bytes, to `public_key`.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_ecies_public_key(const cliquet_ecies *ecies, uint8_t *public_key);

/**
 * Opens a channel to the device that has shown `their_public_key`, 32 bytes, and encrypts the first message, which uses `ecies` up. The message is
 * written as text: the unpadded base64 of `plaintext_length` + 16 bytes, `|`, and 43 characters of our public key. The caller frees `*channel`.
 * After a failure, `ecies` is as it was.
 *
 * Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext beyond 256 GiB, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_ecies_establish_outbound_channel(cliquet_ecies *ecies,
                                                        const uint8_t *their_public_key,
                                                        const uint8_t *plaintext,
                                                        size_t plaintext_length,
                                                        cliquet_unanswered_ecies **channel,
                                                        char *message,
                                                        size_t capacity,
                                                        size_t *length);

/**
 * Makes the channel of the first message of a device that has read our public key, and decrypts it, which uses `ecies` up. The plaintext, which the
 * caller wipes, is 16 bytes shorter than the ciphertext. The caller frees `*channel`. After a failure, `ecies` is as it was.
 *
 * Errors: `CLIQUET_MISSING_SEPARATOR`, `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_AUTHENTICATION_FAILED`,
 * `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_ecies_establish_inbound_channel(cliquet_ecies *ecies,
                                                       const char *message,
                                                       size_t message_length,
                                                       cliquet_established_ecies **channel,
                                                       uint8_t *plaintext,
                                                       size_t capacity,
                                                       size_t *length,
                                                       cliquet_details *details);

/**
 * Frees a channel without an answer and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_unanswered_ecies_free(cliquet_unanswered_ecies *channel);

/**
 * Decrypts the first answer, in base64, which shows that the channel goes to the device that has shown its key, and uses `channel` up. The
 * plaintext, which the caller wipes, is 16 bytes shorter than the ciphertext. The caller frees `*established`. After a failure, `channel` is as it
 * was, and waits for another answer.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_unanswered_ecies_receive_answer(cliquet_unanswered_ecies *channel,
                                                       const char *message,
                                                       size_t message_length,
                                                       cliquet_established_ecies **established,
                                                       uint8_t *plaintext,
                                                       size_t capacity,
                                                       size_t *length,
                                                       cliquet_details *details);

/**
 * Frees a channel and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_established_ecies_free(cliquet_established_ecies *channel);

/**
 * Encrypts the next message and writes it in unpadded base64, that of `plaintext_length` + 16 bytes. After a failure, the channel is as it was.
 *
 * Errors: `CLIQUET_CHANNEL_EXHAUSTED` after 2^64 - 1 messages or for a plaintext beyond 256 GiB.
 */
cliquet_status cliquet_established_ecies_encrypt(cliquet_established_ecies *channel,
                                                 const uint8_t *plaintext,
                                                 size_t plaintext_length,
                                                 char *message,
                                                 size_t capacity,
                                                 size_t *length);

/**
 * Decrypts the next message, in base64. The plaintext, which the caller wipes, is 16 bytes shorter than the ciphertext. After a failure, the
 * channel is as it was, and still waits for the same message.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_AUTHENTICATION_FAILED` also for a message that is not the next one, `CLIQUET_CHANNEL_EXHAUSTED` after 2^64 - 1
 * messages.
 */
cliquet_status cliquet_established_ecies_decrypt(cliquet_established_ecies *channel,
                                                 const char *message,
                                                 size_t message_length,
                                                 uint8_t *plaintext,
                                                 size_t capacity,
                                                 size_t *length,
                                                 cliquet_details *details);

/**
 * Writes the check code of a channel, 2 bytes, to `check_code`: both ends have the same, and what the user compares is made of it.
 */
cliquet_status cliquet_established_ecies_check_code(const cliquet_established_ecies *channel,
                                                    uint8_t *check_code);

/**
 * Writes the check code as two digits, for the device to show that has read the QR code; `capacity` is at least 3. `mode` is one of the constants
 * `CLIQUET_DIGIT_MODE_...`.
 */
cliquet_status cliquet_established_ecies_check_code_to_digits(const cliquet_established_ecies *channel,
                                                              cliquet_digit_mode mode,
                                                              char *digits,
                                                              size_t capacity,
                                                              size_t *length);

/**
 * Tells whether the user has typed the two digits of the check code into the device that has shown the QR code, compared in constant time. If not,
 * the channel and the QR code end: the user must not be asked again. `mode` is one of the constants `CLIQUET_DIGIT_MODE_...`.
 */
cliquet_status cliquet_established_ecies_check_code_matches(const cliquet_established_ecies *channel,
                                                            const char *typed,
                                                            size_t typed_length,
                                                            cliquet_digit_mode mode,
                                                            bool *matches);

/**
 * Writes our public key in this channel, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_established_ecies_our_public_key(const cliquet_established_ecies *channel, uint8_t *public_key);

/**
 * Writes the public key of the other device in this channel, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_established_ecies_their_public_key(const cliquet_established_ecies *channel,
                                                          uint8_t *public_key);

/**
 * Makes a key pair of 32 random bytes for one channel of the login by QR code. The caller frees `*recipient`.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_hpke_recipient_new(const cliquet_random *random, cliquet_hpke_recipient **recipient);

/**
 * Makes a key pair of 32 random bytes for one channel of another application, both of whose devices give the same `info`. The caller frees
 * `*recipient`.
 *
 * Errors: `CLIQUET_INFO_TOO_LONG` beyond 65000 bytes, `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_hpke_recipient_with_info(const char *info,
                                                size_t info_length,
                                                const cliquet_random *random,
                                                cliquet_hpke_recipient **recipient);

/**
 * Frees a key pair and wipes its secret key. NULL is ignored.
 */
cliquet_status cliquet_hpke_recipient_free(cliquet_hpke_recipient *recipient);

/**
 * Writes our public key, 32 bytes, to `public_key`, for the other device to read.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_hpke_recipient_public_key(const cliquet_hpke_recipient *recipient, uint8_t *public_key);

/**
 * Makes the channel of the first message, in base64, of a device that has read our public key, and decrypts it, which uses `recipient` up.
 * `associated_data` is what the sender gave, or nothing. The plaintext, which the caller wipes, is 48 bytes shorter than the message in bytes. The
 * caller frees `*channel`. After a failure, `recipient` is as it was.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_hpke_recipient_establish_channel(cliquet_hpke_recipient *recipient,
                                                        const char *message,
                                                        size_t message_length,
                                                        const uint8_t *associated_data,
                                                        size_t associated_data_length,
                                                        cliquet_hpke_unidirectional_recipient_channel **channel,
                                                        uint8_t *plaintext,
                                                        size_t capacity,
                                                        size_t *length,
                                                        cliquet_details *details);

/**
 * Frees a channel that was not answered and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_hpke_unidirectional_recipient_channel_free(cliquet_hpke_unidirectional_recipient_channel *channel);

/**
 * Encrypts the first answer, from which on the channel goes both ways, which uses `channel` up; 32 random bytes go into it. `associated_data` is
 * authenticated and not sent: the other device gives the same. The answer is written in unpadded base64, that of `plaintext_length` + 48 bytes. The
 * caller frees `*established`. After a failure, `channel` is as it was.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext beyond 256 GiB, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_hpke_unidirectional_recipient_channel_respond(cliquet_hpke_unidirectional_recipient_channel *channel,
                                                                     const uint8_t *plaintext,
                                                                     size_t plaintext_length,
                                                                     const uint8_t *associated_data,
                                                                     size_t associated_data_length,
                                                                     const cliquet_random *random,
                                                                     cliquet_hpke_established_channel **established,
                                                                     char *message,
                                                                     size_t capacity,
                                                                     size_t *length);

/**
 * Opens a channel of the login by QR code to the device that has shown `their_public_key`, 32 bytes, and encrypts the first message; 32 random bytes
 * are the key material of the ephemeral key pair (RFC 9180, section 7.1.3). `associated_data` is authenticated and not sent: the other device gives
 * the same. The message is written in unpadded base64, that of `plaintext_length` + 48 bytes. The caller frees `*channel`.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext beyond 256 GiB.
 */
cliquet_status cliquet_hpke_unidirectional_sender_channel_establish(const uint8_t *their_public_key,
                                                                    const uint8_t *plaintext,
                                                                    size_t plaintext_length,
                                                                    const uint8_t *associated_data,
                                                                    size_t associated_data_length,
                                                                    const cliquet_random *random,
                                                                    cliquet_hpke_unidirectional_sender_channel **channel,
                                                                    char *message,
                                                                    size_t capacity,
                                                                    size_t *length);

/**
 * `cliquet_hpke_unidirectional_sender_channel_establish` for another application, both of whose devices give the same `info`.
 *
 * Errors: `CLIQUET_INFO_TOO_LONG` beyond 65000 bytes, `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_CHANNEL_EXHAUSTED` for a plaintext
 * beyond 256 GiB.
 */
cliquet_status cliquet_hpke_unidirectional_sender_channel_establish_with_info(const char *info,
                                                                              size_t info_length,
                                                                              const uint8_t *their_public_key,
                                                                              const uint8_t *plaintext,
                                                                              size_t plaintext_length,
                                                                              const uint8_t *associated_data,
                                                                              size_t associated_data_length,
                                                                              const cliquet_random *random,
                                                                              cliquet_hpke_unidirectional_sender_channel **channel,
                                                                              char *message,
                                                                              size_t capacity,
                                                                              size_t *length);

/**
 * Frees a channel without an answer and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_hpke_unidirectional_sender_channel_free(cliquet_hpke_unidirectional_sender_channel *channel);

/**
 * Decrypts the first answer, in base64, from which on the channel goes both ways, which uses `channel` up. `associated_data` is what the other
 * device gave, or nothing. The plaintext, which the caller wipes, is 48 bytes shorter than the answer in bytes. The caller frees `*established`.
 * After a failure, `channel` is as it was, and waits for another answer.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_hpke_unidirectional_sender_channel_receive_response(cliquet_hpke_unidirectional_sender_channel *channel,
                                                                           const char *message,
                                                                           size_t message_length,
                                                                           const uint8_t *associated_data,
                                                                           size_t associated_data_length,
                                                                           cliquet_hpke_established_channel **established,
                                                                           uint8_t *plaintext,
                                                                           size_t capacity,
                                                                           size_t *length,
                                                                           cliquet_details *details);

/**
 * Frees a channel and wipes its secrets. NULL is ignored.
 */
cliquet_status cliquet_hpke_established_channel_free(cliquet_hpke_established_channel *channel);

/**
 * Encrypts the next message and writes it in unpadded base64, that of `plaintext_length` + 16 bytes. `associated_data` is authenticated and not
 * sent: the other device gives the same. After a failure, the channel is as it was.
 *
 * Errors: `CLIQUET_CHANNEL_EXHAUSTED` once all numbers of 64 bits are used up or for a plaintext beyond 256 GiB.
 */
cliquet_status cliquet_hpke_established_channel_seal(cliquet_hpke_established_channel *channel,
                                                     const uint8_t *plaintext,
                                                     size_t plaintext_length,
                                                     const uint8_t *associated_data,
                                                     size_t associated_data_length,
                                                     char *message,
                                                     size_t capacity,
                                                     size_t *length);

/**
 * Decrypts the next message, in base64. `associated_data` is what the other device gave, or nothing. The plaintext, which the caller wipes, is 16
 * bytes shorter than the message in bytes. After a failure, the channel is as it was, and still waits for the same message.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_AUTHENTICATION_FAILED` also for a message that is not the next one, `CLIQUET_CHANNEL_EXHAUSTED` once all
 * numbers of 64 bits are used up.
 */
cliquet_status cliquet_hpke_established_channel_open(cliquet_hpke_established_channel *channel,
                                                     const char *message,
                                                     size_t message_length,
                                                     const uint8_t *associated_data,
                                                     size_t associated_data_length,
                                                     uint8_t *plaintext,
                                                     size_t capacity,
                                                     size_t *length,
                                                     cliquet_details *details);

/**
 * Writes the check code of a channel, 2 bytes, to `check_code`: both ends have the same, and what the user compares is made of it.
 */
cliquet_status cliquet_hpke_established_channel_check_code(const cliquet_hpke_established_channel *channel,
                                                           uint8_t *check_code);

/**
 * Writes the check code as two digits, for the device to show that has read the QR code; `capacity` is at least 3. `mode` is one of the constants
 * `CLIQUET_DIGIT_MODE_...`.
 */
cliquet_status cliquet_hpke_established_channel_check_code_to_digits(const cliquet_hpke_established_channel *channel,
                                                                     cliquet_digit_mode mode,
                                                                     char *digits,
                                                                     size_t capacity,
                                                                     size_t *length);

/**
 * Tells whether the user has typed the two digits of the check code into the device that has shown the QR code, compared in constant time. If not,
 * the channel and the QR code end: the user must not be asked again. `mode` is one of the constants `CLIQUET_DIGIT_MODE_...`.
 */
cliquet_status cliquet_hpke_established_channel_check_code_matches(const cliquet_hpke_established_channel *channel,
                                                                   const char *typed,
                                                                   size_t typed_length,
                                                                   cliquet_digit_mode mode,
                                                                   bool *matches);

/**
 * Writes our public key in this channel, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_hpke_established_channel_our_public_key(const cliquet_hpke_established_channel *channel,
                                                               uint8_t *public_key);

/**
 * Writes the public key of the other device in this channel, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_hpke_established_channel_their_public_key(const cliquet_hpke_established_channel *channel,
                                                                 uint8_t *public_key);

/**
 * Writes the bytes of a message that any of the functions of these channels wrote in base64, for a transport that carries bytes.
 *
 * Errors: `CLIQUET_BASE64`.
 */
cliquet_status cliquet_hpke_message_to_bytes(const char *message,
                                             size_t message_length,
                                             uint8_t *bytes,
                                             size_t capacity,
                                             size_t *length,
                                             cliquet_details *details);

/**
 * Writes the bytes of a message of these channels in unpadded base64, for any of their functions to read.
 */
cliquet_status cliquet_hpke_message_from_bytes(const uint8_t *bytes,
                                               size_t bytes_length,
                                               char *message,
                                               size_t capacity,
                                               size_t *length);

/**
 * Makes the key pair of a new backup. The caller frees `*decryption`.
 *
 * Draws 32 bytes: the secret key.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_pk_decryption_new(const cliquet_random *random, cliquet_pk_decryption **decryption);

/**
 * Makes the key pair of a secret key, 32 bytes. The caller frees `*decryption`, and wipes `secret_key` as soon as it can.
 */
cliquet_status cliquet_pk_decryption_from_secret_key(const uint8_t *secret_key,
                                                     cliquet_pk_decryption **decryption);

/**
 * Makes the key pair of a secret key in base64, padded or not: as secret storage holds it under the name `m.megolm_backup.v1`. The caller frees
 * `*decryption`, and wipes `base64` as soon as it can.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
 */
cliquet_status cliquet_pk_decryption_from_base64_secret_key(const char *base64,
                                                            size_t base64_length,
                                                            cliquet_pk_decryption **decryption,
                                                            cliquet_details *details);

/**
 * Makes the key pair of the recovery key that the user has kept (Matrix specification, "Key representation"); white space in it does not count. The
 * caller frees `*decryption`, and wipes `recovery_key` as soon as it can.
 *
 * Errors: `CLIQUET_RECOVERY_KEY_LENGTH`, `CLIQUET_RECOVERY_KEY_CHARACTER`, `CLIQUET_RECOVERY_KEY_PREFIX`, `CLIQUET_RECOVERY_KEY_PARITY`.
 */
cliquet_status cliquet_pk_decryption_from_recovery_key(const char *recovery_key,
                                                       size_t recovery_key_length,
                                                       cliquet_pk_decryption **decryption,
                                                       cliquet_details *details);

/**
 * Frees the key pair of a backup and wipes its secret key. NULL is ignored.
 */
cliquet_status cliquet_pk_decryption_free(cliquet_pk_decryption *decryption);

/**
 * Writes the public key of the backup, 32 bytes, to `public_key`.
 */
cliquet_status cliquet_pk_decryption_public_key(const cliquet_pk_decryption *decryption, uint8_t *public_key);

/**
 * Writes the secret key of the backup, 32 bytes, to `secret_key`, which the caller wipes.
 */
cliquet_status cliquet_pk_decryption_export_secret_key(const cliquet_pk_decryption *decryption, uint8_t *secret_key);

/**
 * Writes the secret key of the backup in unpadded base64, the form of secret storage: 43 characters, so that `capacity` is at least 44. The caller
 * wipes it.
 */
cliquet_status cliquet_pk_decryption_export_base64_secret_key(const cliquet_pk_decryption *decryption,
                                                              char *base64,
                                                              size_t capacity,
                                                              size_t *length);

/**
 * Writes the secret key of the backup as a recovery key, for the user to keep: 48 characters in groups of four, 59 with the spaces, so that
 * `capacity` is at least 60. The caller wipes it.
 */
cliquet_status cliquet_pk_decryption_to_recovery_key(const cliquet_pk_decryption *decryption,
                                                     char *recovery_key,
                                                     size_t capacity,
                                                     size_t *length);

/**
 * Decrypts an entry to `plaintext`, which the caller wipes; it is shorter than the ciphertext by 1 to 16 bytes. It is NOT AUTHENTIC: see
 * `cliquet_pk_decryption`.
 *
 * Errors: `CLIQUET_NON_CONTRIBUTORY_KEY` if the ephemeral key has small order, `CLIQUET_AUTHENTICATION_FAILED` if the MAC or the padding is
 * wrong; which of the two is not told.
 */
cliquet_status cliquet_pk_decryption_decrypt(const cliquet_pk_decryption *decryption,
                                             const cliquet_pk_message *message,
                                             uint8_t *plaintext,
                                             size_t capacity,
                                             size_t *length,
                                             cliquet_details *details);

/**
 * Makes what encrypts to the backup with this public key, 32 bytes. The caller frees `*encryption`.
 */
cliquet_status cliquet_pk_encryption_new(const uint8_t *recipient_key, cliquet_pk_encryption **encryption);

/**
 * Frees what encrypts to a backup. NULL is ignored.
 */
cliquet_status cliquet_pk_encryption_free(cliquet_pk_encryption *encryption);

/**
 * Writes the public key of the backup, 32 bytes, to `recipient_key`.
 */
cliquet_status cliquet_pk_encryption_recipient_key(const cliquet_pk_encryption *encryption, uint8_t *recipient_key);

/**
 * Encrypts a plaintext of any length. The caller frees `*message`.
 *
 * Draws 32 bytes: the ephemeral secret key.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the public key of the backup has small order.
 */
cliquet_status cliquet_pk_encryption_encrypt(const cliquet_pk_encryption *encryption,
                                             const uint8_t *plaintext,
                                             size_t plaintext_length,
                                             const cliquet_random *random,
                                             cliquet_pk_message **message);

/**
 * Makes an entry of three texts in base64, padded or not, as they stand in a backup. The caller frees `*message`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_LENGTH` unless the MAC has exactly 8 bytes and the key 32.
 */
cliquet_status cliquet_pk_message_from_base64(const char *ciphertext,
                                              size_t ciphertext_length,
                                              const char *mac,
                                              size_t mac_length,
                                              const char *ephemeral_key,
                                              size_t ephemeral_key_length,
                                              cliquet_pk_message **message,
                                              cliquet_details *details);

/**
 * Makes an entry of its parts: a ciphertext, a MAC of 8 bytes and a key of 32. The caller frees `*message`.
 *
 * Errors: `CLIQUET_CIPHERTEXT_LENGTH` if the ciphertext is empty or no multiple of 16 bytes.
 */
cliquet_status cliquet_pk_message_from_parts(const uint8_t *ciphertext,
                                             size_t ciphertext_length,
                                             const uint8_t *mac,
                                             const uint8_t *ephemeral_key,
                                             cliquet_pk_message **message,
                                             cliquet_details *details);

/**
 * Reads the JSON object of an entry, the `session_data` of the Matrix specification: `ephemeral`, `ciphertext` and `mac`. The caller frees
 * `*message`.
 *
 * Errors: `CLIQUET_JSON`, also if a text in it is no base64 or of the wrong length, or the object has no canonical form.
 */
cliquet_status cliquet_pk_message_from_json(const char *json,
                                            size_t json_length,
                                            cliquet_pk_message **message);

/**
 * Frees an entry. NULL is ignored.
 */
cliquet_status cliquet_pk_message_free(cliquet_pk_message *message);

/**
 * Writes the JSON object of an entry, in canonical form; the texts in it are unpadded base64.
 */
cliquet_status cliquet_pk_message_to_json(const cliquet_pk_message *message,
                                          char *json,
                                          size_t capacity,
                                          size_t *length);

/**
 * Writes the ciphertext, a multiple of 16 bytes.
 */
cliquet_status cliquet_pk_message_ciphertext(const cliquet_pk_message *message,
                                             uint8_t *ciphertext,
                                             size_t capacity,
                                             size_t *length);

/**
 * Writes the MAC, 8 bytes, to `mac`.
 */
cliquet_status cliquet_pk_message_mac(const cliquet_pk_message *message, uint8_t *mac);

/**
 * Writes the ephemeral public key, 32 bytes, to `ephemeral_key`; `cliquet_curve25519_public_key_to_base64` makes a text of it.
 */
cliquet_status cliquet_pk_message_ephemeral_key(const cliquet_pk_message *message,
                                                uint8_t *ephemeral_key);

/**
 * Writes the ciphertext in unpadded base64: of a plaintext of `n` bytes, `(16 * (n / 16 + 1) * 4 + 2) / 3` characters.
 */
cliquet_status cliquet_pk_message_ciphertext_base64(const cliquet_pk_message *message,
                                                    char *base64,
                                                    size_t capacity,
                                                    size_t *length);

/**
 * Writes the MAC in unpadded base64: 11 characters, so that `capacity` is at least 12.
 */
cliquet_status cliquet_pk_message_mac_base64(const cliquet_pk_message *message,
                                             char *base64,
                                             size_t capacity,
                                             size_t *length);

/**
 * Writes the name that a version has in events, their field `v`: 2 characters, so that `capacity` is at least 3.
 */
cliquet_status cliquet_attachment_version_to_name(cliquet_attachment_version version,
                                                  char *name,
                                                  size_t capacity,
                                                  size_t *length);

/**
 * Reads the name that a version has in events and writes its constant to `version`.
 *
 * Errors: `CLIQUET_ABSENT` if no version that is known here has this name.
 */
cliquet_status cliquet_attachment_version_from_name(const char *name,
                                                    size_t name_length,
                                                    cliquet_attachment_version *version);

/**
 * Begins with the first byte of the attachment that `info` opens. The caller frees `*decryptor`.
 */
cliquet_status cliquet_unverified_decryptor_new(const cliquet_attachment_info *info,
                                                cliquet_unverified_decryptor **decryptor);

/**
 * Frees a decryptor and wipes its key. NULL is ignored.
 */
cliquet_status cliquet_unverified_decryptor_free(cliquet_unverified_decryptor *decryptor);

/**
 * Decrypts the next piece of the ciphertext, of any length, where it lies. What comes out is NOT AUTHENTIC, and must not be used before
 * `cliquet_unverified_decryptor_verify` has passed. The caller wipes it.
 *
 * Errors: `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for that much: nothing was decrypted, and the attachment is to be given up;
 * `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_unverified_decryptor_decrypt_unverified(cliquet_unverified_decryptor *decryptor,
                                                               uint8_t *piece,
                                                               size_t length,
                                                               cliquet_details *details);

/**
 * Ends the attachment: only if this returns `CLIQUET_OK` is all that was decrypted what the sender encrypted. Whatever it says of the hash, the
 * decryptor is used up by it; the caller frees it.
 *
 * Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext was another one, or is not complete: throw away all that was decrypted; `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_unverified_decryptor_verify(cliquet_unverified_decryptor *decryptor);

/**
 * Encrypts a whole attachment where it lies, `length` bytes at `bytes`: what is to be uploaded afterwards. Writes to `*info` what opens it, of
 * `CLIQUET_ATTACHMENT_VERSION_2`, which the caller frees.
 *
 * Draws 40 bytes: the key (32), then the random part of the IV (8).
 *
 * Errors: `CLIQUET_RANDOM`; the attachment is as it was.
 */
cliquet_status cliquet_attachment_encrypt_in_place(uint8_t *bytes,
                                                   size_t length,
                                                   const cliquet_random *random,
                                                   cliquet_attachment_info **info);

/**
 * Begins a new attachment of `CLIQUET_ATTACHMENT_VERSION_2`. The caller frees `*encryptor`.
 *
 * Draws 40 bytes: the key (32), then the random part of the IV (8).
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_attachment_encryptor_new(const cliquet_random *random, cliquet_attachment_encryptor **encryptor);

/**
 * Frees an encryptor and wipes its key. NULL is ignored.
 */
cliquet_status cliquet_attachment_encryptor_free(cliquet_attachment_encryptor *encryptor);

/**
 * Encrypts the next piece of the attachment, of any length, where it lies: the next bytes of what is to be uploaded.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_attachment_encryptor_encrypt(cliquet_attachment_encryptor *encryptor,
                                                    uint8_t *piece,
                                                    size_t length);

/**
 * Ends the attachment and uses the encryptor up. Writes to `*info` what opens all that was encrypted; the caller frees it, and the encryptor.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_attachment_encryptor_finish(cliquet_attachment_encryptor *encryptor,
                                                   cliquet_attachment_info **info);

/**
 * Makes what an event says of an attachment that was uploaded to `url`: `mxc://...`, any text here. `info` is copied. The caller frees `*file`.
 */
cliquet_status cliquet_encrypted_file_new(const char *url,
                                          size_t url_length,
                                          const cliquet_attachment_info *info,
                                          cliquet_encrypted_file **file);

/**
 * Reads the JSON object `EncryptedFile` of the Matrix specification, the `file` of an `m.file`, `m.image`, `m.audio` or `m.video` message. The
 * caller frees `*file`, and wipes `json` as soon as it can.
 *
 * Errors: `CLIQUET_JSON` if it does not have all that the specification demands (the key type `oct`, the algorithm `A256CTR`, `ext`, both key
 * operations, a `sha256` of 32 bytes), has one of these twice, or is of another version than `v1` and `v2`.
 */
cliquet_status cliquet_encrypted_file_from_json(const char *json,
                                                size_t json_length,
                                                cliquet_encrypted_file **file);

/**
 * Frees a file and wipes its key. NULL is ignored.
 */
cliquet_status cliquet_encrypted_file_free(cliquet_encrypted_file *file);

/**
 * Writes the JSON object of the event, in canonical form, to `json`, which the caller wipes: it holds the key.
 */
cliquet_status cliquet_encrypted_file_to_json(const cliquet_encrypted_file *file,
                                              char *json,
                                              size_t capacity,
                                              size_t *length);

/**
 * Writes the address of the ciphertext.
 */
cliquet_status cliquet_encrypted_file_url(const cliquet_encrypted_file *file,
                                          char *url,
                                          size_t capacity,
                                          size_t *length);

/**
 * Writes to `*info` a copy of what opens the attachment. The caller frees it.
 */
cliquet_status cliquet_encrypted_file_info(const cliquet_encrypted_file *file, cliquet_attachment_info **info);

/**
 * Makes of what an event says what opens an attachment: `version` is one of the constants `CLIQUET_ATTACHMENT_VERSION_...`, `key` has 32 bytes, `iv`
 * 16, `sha256`, that of the ciphertext, 32. The caller frees `*info`, and wipes `key` as soon as it can.
 */
cliquet_status cliquet_attachment_info_new(cliquet_attachment_version version,
                                           const uint8_t *key,
                                           const uint8_t *iv,
                                           const uint8_t *sha256,
                                           cliquet_attachment_info **info);

/**
 * Frees what opens an attachment and wipes its key. NULL is ignored.
 */
cliquet_status cliquet_attachment_info_free(cliquet_attachment_info *info);

/**
 * Writes the version of the format, one of the constants `CLIQUET_ATTACHMENT_VERSION_...`, to `version`.
 */
cliquet_status cliquet_attachment_info_version(const cliquet_attachment_info *info,
                                               cliquet_attachment_version *version);

/**
 * Writes the key, 32 bytes, to `key`, which the caller wipes.
 */
cliquet_status cliquet_attachment_info_key(const cliquet_attachment_info *info, uint8_t *key);

/**
 * Writes the IV, the counter block of the first 16 bytes, to `iv`: 16 bytes.
 */
cliquet_status cliquet_attachment_info_iv(const cliquet_attachment_info *info, uint8_t *iv);

/**
 * Writes the SHA-256 of the ciphertext, 32 bytes, to `sha256`.
 */
cliquet_status cliquet_attachment_info_sha256(const cliquet_attachment_info *info, uint8_t *sha256);

/**
 * Writes to `equal` whether both open the same attachment, after a comparison in constant time. They may be the same object.
 */
cliquet_status cliquet_attachment_info_equals(const cliquet_attachment_info *info,
                                              const cliquet_attachment_info *other,
                                              bool *equal);

/**
 * Checks the SHA-256 of a whole ciphertext, and decrypts it: to `plaintext`, whose `capacity` is at least `ciphertext_length`, which the caller
 * wipes.
 *
 * Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext has another hash, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for its length.
 */
cliquet_status cliquet_attachment_info_decrypt(const cliquet_attachment_info *info,
                                               const uint8_t *ciphertext,
                                               size_t ciphertext_length,
                                               uint8_t *plaintext,
                                               size_t capacity,
                                               size_t *length,
                                               cliquet_details *details);

/**
 * Checks the SHA-256 of a whole ciphertext, `length` bytes at `bytes`, and decrypts it where it lies. The caller wipes it.
 *
 * Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext has another hash, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for its length; the
 * ciphertext is as it was after both.
 */
cliquet_status cliquet_attachment_info_decrypt_in_place(const cliquet_attachment_info *info,
                                                        uint8_t *bytes,
                                                        size_t length,
                                                        cliquet_details *details);

/**
 * Reads the whole ciphertext once and checks its SHA-256, before a byte of it is decrypted. `source`, whose structure is copied, must be good until
 * the reader is freed, and is not ended by that. `progress` is NULL, or told how many bytes have been read: a large file takes a while. The caller
 * frees `*reader`.
 *
 * The source goes to its first byte, is read to its end, and goes to its first byte again.
 *
 * Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext has another hash, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for its length,
 * `CLIQUET_SOURCE`.
 */
cliquet_status cliquet_attachment_reader_new(const cliquet_source *source,
                                             const cliquet_attachment_info *info,
                                             const cliquet_progress *progress,
                                             cliquet_attachment_reader **reader,
                                             cliquet_details *details);

/**
 * Frees a reader and wipes its key. NULL is ignored. The source is the caller's to end, afterwards.
 */
cliquet_status cliquet_attachment_reader_free(cliquet_attachment_reader *reader);

/**
 * Writes the length of the whole plaintext, in bytes, to `length`.
 */
cliquet_status cliquet_attachment_reader_length(const cliquet_attachment_reader *reader, uint64_t *length);

/**
 * Reads the next bytes of the plaintext, at most `capacity` and at most 65536 of them, to `plaintext`, which the caller wipes. No capacity is
 * too small. Where `capacity` is not 0, a `*length` of 0 says that all was read, and that all was what the sender encrypted.
 *
 * Errors: `CLIQUET_SOURCE`: if its `found` is not 0, a function of the source failed, and the call can be repeated; if it is 0, the source
 * is not what it was, and the attachment is to be given up, with all that was read of it.
 */
cliquet_status cliquet_attachment_reader_read(cliquet_attachment_reader *reader,
                                              uint8_t *plaintext,
                                              size_t capacity,
                                              size_t *length,
                                              cliquet_details *details);

/**
 * Frees a passphrase that is being stretched, whether that has ended or not, and wipes what was kept. NULL is ignored.
 */
cliquet_status cliquet_passphrase_stretching_free(cliquet_passphrase_stretching *stretching);

/**
 * Writes to `rounds` how many rounds there are to do in all.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_passphrase_stretching_rounds(const cliquet_passphrase_stretching *stretching, uint32_t *rounds);

/**
 * Writes to `rounds_done` how many rounds are done.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_passphrase_stretching_rounds_done(const cliquet_passphrase_stretching *stretching,
                                                         uint32_t *rounds_done);

/**
 * Does up to `rounds` more rounds, and writes to `is_done` whether none are left. 10000 rounds are a good step between two frames.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_passphrase_stretching_advance(cliquet_passphrase_stretching *stretching,
                                                     uint32_t rounds,
                                                     bool *is_done);

/**
 * Does whatever is left to do, and uses `stretching` up, which the caller frees as ever. The caller frees `*stretched`, too.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_passphrase_stretching_finish(cliquet_passphrase_stretching *stretching,
                                                    cliquet_stretched_passphrase **stretched);

/**
 * Frees a stretched passphrase and wipes it. NULL is ignored.
 */
cliquet_status cliquet_stretched_passphrase_free(cliquet_stretched_passphrase *stretched);

/**
 * Makes a check of its parts: `iv` has 16 bytes, `mac` 32. The caller frees `*check`.
 */
cliquet_status cliquet_key_check_new(const uint8_t *iv, const uint8_t *mac, cliquet_key_check **check);

/**
 * Makes a check of two texts in base64, padded or not, as they stand in the description of a key. The caller frees `*check`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH` unless the IV has exactly 16 bytes and the MAC 32.
 */
cliquet_status cliquet_key_check_from_base64(const char *iv,
                                             size_t iv_length,
                                             const char *mac,
                                             size_t mac_length,
                                             cliquet_key_check **check,
                                             cliquet_details *details);

/**
 * Frees a check. NULL is ignored.
 */
cliquet_status cliquet_key_check_free(cliquet_key_check *check);

/**
 * Writes the IV, 16 bytes, to `iv`.
 */
cliquet_status cliquet_key_check_iv(const cliquet_key_check *check, uint8_t *iv);

/**
 * Writes the MAC over 32 encrypted zeros, 32 bytes, to `mac`.
 */
cliquet_status cliquet_key_check_mac(const cliquet_key_check *check, uint8_t *mac);

/**
 * Makes the description of a key: with a check, by which others are told from it, and nothing else. The caller frees `*description`.
 *
 * Draws 16 bytes: the IV of the check.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_key_description_new(const cliquet_secret_storage_key *key,
                                           const cliquet_random *random,
                                           cliquet_key_description **description);

/**
 * Makes a description with neither name nor passphrase nor check. The caller frees `*description`.
 */
cliquet_status cliquet_key_description_default(cliquet_key_description **description);

/**
 * Reads the JSON object of a description. A passphrase of another algorithm than `m.pbkdf2`, or of another number of bits than 256, is left aside: a
 * recovery key still opens the storage. So is half a check. The caller frees `*description`.
 *
 * Errors: `CLIQUET_JSON`, also if the algorithm of the key is not `m.secret_storage.v1.aes-hmac-sha2`, or the object has no canonical form.
 */
cliquet_status cliquet_key_description_from_json(const char *json,
                                                 size_t json_length,
                                                 cliquet_key_description **description);

/**
 * Frees a description. NULL is ignored.
 */
cliquet_status cliquet_key_description_free(cliquet_key_description *description);

/**
 * Writes the JSON object of a description, in canonical form; the texts of a check in it are unpadded base64.
 */
cliquet_status cliquet_key_description_to_json(const cliquet_key_description *description,
                                               char *json,
                                               size_t capacity,
                                               size_t *length);

/**
 * Writes the name that the user has given the key.
 *
 * Errors: `CLIQUET_ABSENT`.
 */
cliquet_status cliquet_key_description_name(const cliquet_key_description *description,
                                            char *name,
                                            size_t capacity,
                                            size_t *length);

/**
 * Sets the name of the key. A `name` that is NULL, with a length of 0, takes it away: an empty name is another pointer.
 */
cliquet_status cliquet_key_description_set_name(cliquet_key_description *description,
                                                const char *name,
                                                size_t name_length);

/**
 * Writes to `*parameters` a copy of how the key comes from a passphrase. The caller frees it.
 *
 * Errors: `CLIQUET_ABSENT` if it does not, or in a way that is not known here.
 */
cliquet_status cliquet_key_description_passphrase(const cliquet_key_description *description,
                                                  cliquet_passphrase_parameters **parameters);

/**
 * Sets how the key comes from a passphrase: a copy of `parameters`, or, if that is NULL, not at all.
 */
cliquet_status cliquet_key_description_set_passphrase(cliquet_key_description *description,
                                                      const cliquet_passphrase_parameters *parameters);

/**
 * Writes to `*check` a copy of what tells the right key from a wrong one. The caller frees it.
 *
 * Errors: `CLIQUET_ABSENT`.
 */
cliquet_status cliquet_key_description_check(const cliquet_key_description *description, cliquet_key_check **check);

/**
 * Sets what tells the right key from a wrong one: a copy of `check`, or, if that is NULL, nothing.
 */
cliquet_status cliquet_key_description_set_check(cliquet_key_description *description, const cliquet_key_check *check);

/**
 * Writes to `may_describe` whether `key` may be the key that is described. Where there is no check, any may be: the secrets will tell. Encrypt
 * nothing to a key that neither a check nor a secret has confirmed: the description comes from the server, which could have chosen it.
 */
cliquet_status cliquet_key_description_may_describe(const cliquet_key_description *description,
                                                    const cliquet_secret_storage_key *key,
                                                    bool *may_describe);

/**
 * Makes a new key. The caller frees `*key`.
 *
 * Draws 32 bytes: the key.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_secret_storage_key_random(const cliquet_random *random, cliquet_secret_storage_key **key);

/**
 * Makes a key of its 32 bytes. The caller frees `*key`, and wipes `bytes` as soon as it can.
 */
cliquet_status cliquet_secret_storage_key_from_bytes(const uint8_t *bytes, cliquet_secret_storage_key **key);

/**
 * Makes a key of the recovery key that the user has kept (Matrix specification, "Key representation"); white space in it does not count. The caller
 * frees `*key`, and wipes `recovery_key` as soon as it can.
 *
 * Errors: `CLIQUET_RECOVERY_KEY_LENGTH`, `CLIQUET_RECOVERY_KEY_CHARACTER`, `CLIQUET_RECOVERY_KEY_PREFIX`, `CLIQUET_RECOVERY_KEY_PARITY`.
 */
cliquet_status cliquet_secret_storage_key_from_recovery_key(const char *recovery_key,
                                                            size_t recovery_key_length,
                                                            cliquet_secret_storage_key **key,
                                                            cliquet_details *details);

/**
 * Makes the key that a passphrase was stretched to. The caller frees `*key`.
 *
 * Errors: `CLIQUET_OTHER_PARAMETERS` if it was stretched for another description of a key than `parameters`.
 */
cliquet_status cliquet_secret_storage_key_from_passphrase(const cliquet_passphrase_parameters *parameters,
                                                          const cliquet_stretched_passphrase *stretched,
                                                          cliquet_secret_storage_key **key);

/**
 * Makes the key of a passphrase in one go: `cliquet_passphrase_parameters_stretch` to the end, and `cliquet_secret_storage_key_from_passphrase`. It
 * takes from a tenth of a second to many seconds. The caller frees `*key`, and wipes `passphrase` as soon as it can.
 *
 * Errors: `CLIQUET_TOO_MANY_ROUNDS` if the parameters ask for more than `max_rounds`.
 */
cliquet_status cliquet_secret_storage_key_derive(const cliquet_passphrase_parameters *parameters,
                                                 const char *passphrase,
                                                 size_t passphrase_length,
                                                 uint32_t max_rounds,
                                                 cliquet_secret_storage_key **key,
                                                 cliquet_details *details);

/**
 * Frees a key and wipes it. NULL is ignored.
 */
cliquet_status cliquet_secret_storage_key_free(cliquet_secret_storage_key *key);

/**
 * Writes the 32 bytes of a key to `bytes`, which the caller wipes.
 */
cliquet_status cliquet_secret_storage_key_as_bytes(const cliquet_secret_storage_key *key, uint8_t *bytes);

/**
 * Writes a key as a recovery key, for the user to keep: 48 characters in groups of four, 59 with the spaces, so that `capacity` is at least 60. The
 * caller wipes it.
 */
cliquet_status cliquet_secret_storage_key_to_recovery_key(const cliquet_secret_storage_key *key,
                                                          char *recovery_key,
                                                          size_t capacity,
                                                          size_t *length);

/**
 * Writes to `equal` whether both are the same key, after a comparison in constant time. They may be the same object.
 */
cliquet_status cliquet_secret_storage_key_equals(const cliquet_secret_storage_key *key,
                                                 const cliquet_secret_storage_key *other,
                                                 bool *equal);

/**
 * Makes what tells this key from others, for the description of the key on the server. The caller frees `*check`.
 *
 * Draws 16 bytes: the IV.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_secret_storage_key_check(const cliquet_secret_storage_key *key,
                                                const cliquet_random *random,
                                                cliquet_key_check **check);

/**
 * Writes to `passes` whether this is the key that a check was made with.
 */
cliquet_status cliquet_secret_storage_key_passes(const cliquet_secret_storage_key *key,
                                                 const cliquet_key_check *check,
                                                 bool *passes);

/**
 * Encrypts a secret under its name, the event type of its account data (`m.cross_signing.master`, say). The caller frees `*encrypted`.
 *
 * Draws 16 bytes: the IV.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_secret_storage_key_encrypt(const cliquet_secret_storage_key *key,
                                                  const char *name,
                                                  size_t name_length,
                                                  const uint8_t *secret,
                                                  size_t secret_length,
                                                  const cliquet_random *random,
                                                  cliquet_encrypted_secret **encrypted);

/**
 * Decrypts a secret of this name to `secret`, which the caller wipes; it is as long as the ciphertext.
 *
 * THE MAC DOES NOT COVER THE IV: whoever can write to the server can change the IV of a stored secret, and what is then decrypted is another text,
 * random in effect, without an error. Use no secret before it was compared with what belongs to it: a key with its public key, say.
 *
 * Errors: `CLIQUET_AUTHENTICATION_FAILED`: another key, another name, a damaged ciphertext or MAC, or an IV without room for a secret of this
 * length; which of them is not told.
 */
cliquet_status cliquet_secret_storage_key_decrypt(const cliquet_secret_storage_key *key,
                                                  const char *name,
                                                  size_t name_length,
                                                  const cliquet_encrypted_secret *encrypted,
                                                  uint8_t *secret,
                                                  size_t capacity,
                                                  size_t *length,
                                                  cliquet_details *details);

/**
 * Makes the parameters of a storage that exists: what its description says, the `salt` and the `iterations`. For a new storage,
 * `cliquet_passphrase_parameters_random` has rounds enough. The caller frees `*parameters`.
 *
 * Errors: `CLIQUET_NO_ROUNDS` if `rounds` is 0.
 */
cliquet_status cliquet_passphrase_parameters_new(const char *salt,
                                                 size_t salt_length,
                                                 uint32_t rounds,
                                                 cliquet_passphrase_parameters **parameters);

/**
 * Makes the parameters of a new storage: a salt of its own, 32 characters, and `CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS`. The caller frees
 * `*parameters`.
 *
 * Draws 24 bytes: the salt.
 *
 * Errors: `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_passphrase_parameters_random(const cliquet_random *random,
                                                    cliquet_passphrase_parameters **parameters);

/**
 * Reads the JSON object that stands in the description of a key under `passphrase`. The caller frees `*parameters`.
 *
 * Errors: `CLIQUET_JSON`, also if the algorithm is not `m.pbkdf2`, the `bits`, where there are any, are not 256, the `iterations` are 0 or more
 * than 32 bits hold, or the object has no canonical form.
 */
cliquet_status cliquet_passphrase_parameters_from_json(const char *json,
                                                       size_t json_length,
                                                       cliquet_passphrase_parameters **parameters);

/**
 * Frees parameters. NULL is ignored.
 */
cliquet_status cliquet_passphrase_parameters_free(cliquet_passphrase_parameters *parameters);

/**
 * Writes the JSON object that stands in the description of a key under `passphrase`, in canonical form.
 */
cliquet_status cliquet_passphrase_parameters_to_json(const cliquet_passphrase_parameters *parameters,
                                                     char *json,
                                                     size_t capacity,
                                                     size_t *length);

/**
 * Writes the salt, any text.
 */
cliquet_status cliquet_passphrase_parameters_salt(const cliquet_passphrase_parameters *parameters,
                                                  char *salt,
                                                  size_t capacity,
                                                  size_t *length);

/**
 * Writes the number of rounds, `iterations` in the description, to `rounds`.
 */
cliquet_status cliquet_passphrase_parameters_rounds(const cliquet_passphrase_parameters *parameters, uint32_t *rounds);

/**
 * Begins to stretch a passphrase, the text that the user types, and does the first round. At most `max_rounds`, such as
 * `CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS`: the description comes from the server, and could ask for hours. The caller frees
 * `*stretching`, and wipes `passphrase` as soon as it can.
 *
 * Errors: `CLIQUET_TOO_MANY_ROUNDS`.
 */
cliquet_status cliquet_passphrase_parameters_stretch(const cliquet_passphrase_parameters *parameters,
                                                     const char *passphrase,
                                                     size_t passphrase_length,
                                                     uint32_t max_rounds,
                                                     cliquet_passphrase_stretching **stretching,
                                                     cliquet_details *details);

/**
 * Makes an encrypted secret of its parts: `iv` has 16 bytes, `ciphertext` as many as the secret, `mac` 32. The caller frees `*secret`.
 */
cliquet_status cliquet_encrypted_secret_new(const uint8_t *iv,
                                            const uint8_t *ciphertext,
                                            size_t ciphertext_length,
                                            const uint8_t *mac,
                                            cliquet_encrypted_secret **secret);

/**
 * Makes an encrypted secret of three texts in base64, padded or not, as the server hands them out. The caller frees `*secret`.
 *
 * Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH` unless the IV has exactly 16 bytes and the MAC 32.
 */
cliquet_status cliquet_encrypted_secret_from_base64(const char *iv,
                                                    size_t iv_length,
                                                    const char *ciphertext,
                                                    size_t ciphertext_length,
                                                    const char *mac,
                                                    size_t mac_length,
                                                    cliquet_encrypted_secret **secret,
                                                    cliquet_details *details);

/**
 * Reads the JSON object of an encrypted secret: `iv`, `ciphertext` and `mac`, what stands in the account data under the id of a key in `encrypted`.
 * The caller frees `*secret`.
 *
 * Errors: `CLIQUET_JSON`, also if a text in it is no base64 or of the wrong length, or the object has no canonical form.
 */
cliquet_status cliquet_encrypted_secret_from_json(const char *json,
                                                  size_t json_length,
                                                  cliquet_encrypted_secret **secret);

/**
 * Frees an encrypted secret. NULL is ignored.
 */
cliquet_status cliquet_encrypted_secret_free(cliquet_encrypted_secret *secret);

/**
 * Writes the JSON object of an encrypted secret, in canonical form; the texts in it are unpadded base64.
 */
cliquet_status cliquet_encrypted_secret_to_json(const cliquet_encrypted_secret *secret,
                                                char *json,
                                                size_t capacity,
                                                size_t *length);

/**
 * Writes the IV, 16 bytes, to `iv`. The MAC does not cover it.
 */
cliquet_status cliquet_encrypted_secret_iv(const cliquet_encrypted_secret *secret, uint8_t *iv);

/**
 * Writes the ciphertext, as long as the secret.
 */
cliquet_status cliquet_encrypted_secret_ciphertext(const cliquet_encrypted_secret *secret,
                                                   uint8_t *ciphertext,
                                                   size_t capacity,
                                                   size_t *length);

/**
 * Writes the MAC over the ciphertext, 32 bytes, to `mac`.
 */
cliquet_status cliquet_encrypted_secret_mac(const cliquet_encrypted_secret *secret, uint8_t *mac);

/**
 * Reads a JSON text strictly, so that no two readers see different things in it: one object, white space around it or not, in which arrays
 * and objects lie at most 127 deep. The caller frees `*object`.
 *
 * Errors: `CLIQUET_JSON` if the text is no JSON object, if an object in it has a key twice, or if a number in it is written with a point or an
 * exponent, is -0, or is not from -(2^53) + 1 to 2^53 - 1.
 */
cliquet_status cliquet_json_object_from_json(const char *json,
                                             size_t json_length,
                                             cliquet_json_object **object);

/**
 * Frees a JSON object. NULL is ignored.
 */
cliquet_status cliquet_json_object_free(cliquet_json_object *object);

/**
 * Writes the canonical form: keys sorted by code point, no white space, each text in its shortest form.
 */
cliquet_status cliquet_json_object_to_canonical_json(const cliquet_json_object *object,
                                                     char *json,
                                                     size_t capacity,
                                                     size_t *length);

/**
 * Writes what a signature covers: the canonical form without `signatures` and `unsigned`.
 */
cliquet_status cliquet_json_object_signed_text(const cliquet_json_object *object,
                                               char *text,
                                               size_t capacity,
                                               size_t *length);

/**
 * Writes how many keys the object itself has.
 */
cliquet_status cliquet_json_object_count(const cliquet_json_object *object, size_t *length);

/**
 * Writes the value under a key of the object itself, as canonical JSON of any kind: a text has its quotes and escapes.
 *
 * Errors: `CLIQUET_ABSENT` if there is no such key.
 */
cliquet_status cliquet_json_object_get(const cliquet_json_object *object,
                                       const char *key,
                                       size_t key_length,
                                       char *json,
                                       size_t capacity,
                                       size_t *length);

/**
 * Removes a key of the object itself, with its value.
 *
 * Errors: `CLIQUET_ABSENT` if there is no such key.
 */
cliquet_status cliquet_json_object_remove(cliquet_json_object *object, const char *key, size_t key_length);

/**
 * Copies the keys and values of another object into this one, in the place of those that are there: `signatures` of the other replace all that
 * this one has. A signature that was made before does not cover what comes in.
 */
cliquet_status cliquet_json_object_extend(cliquet_json_object *object,
                                          const cliquet_json_object *other);

/**
 * Signs the object, adds the signature to its `signatures` in the place of an earlier one with the same key, and writes its 64 bytes to `signature`.
 *
 * `entity` is who signs: a user id, or the name of a server. `key_name` is what follows `ed25519:` in the id of the key: the device id for the
 * fingerprint key of a device, the public key in base64 for a cross-signing key. `cliquet_account_signed_device_keys` signs with the key of an
 * account.
 *
 * Errors: `CLIQUET_SIGNATURE_MALFORMED` if `signatures`, or the part of the entity in it, is there and no object.
 */
cliquet_status cliquet_json_object_sign(cliquet_json_object *object,
                                        const char *entity,
                                        size_t entity_length,
                                        const char *key_name,
                                        size_t key_name_length,
                                        const cliquet_ed25519_key_pair *key_pair,
                                        uint8_t *signature);

/**
 * Checks that the object was signed by an entity with a key. Other signatures do not matter, nor does `unsigned`.
 *
 * `public_key`, 32 bytes, is the key that the caller knows to belong to the entity: the object cannot tell. `entity` and `key_name` are those of
 * `cliquet_json_object_sign`.
 *
 * Errors: `CLIQUET_PUBLIC_KEY` if `public_key` is none, `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_json_object_verify(const cliquet_json_object *object,
                                          const char *entity,
                                          size_t entity_length,
                                          const char *key_name,
                                          size_t key_name_length,
                                          const uint8_t *public_key);

/**
 * Makes the `device_keys` of an upload (`POST /_matrix/client/v3/keys/upload`), signed by the fingerprint key of the account. The caller frees
 * `*object`.
 */
cliquet_status cliquet_account_signed_device_keys(const cliquet_account *account,
                                                  const char *user_id,
                                                  size_t user_id_length,
                                                  const char *device_id,
                                                  size_t device_id_length,
                                                  cliquet_json_object **object);

/**
 * Makes the `one_time_keys` of an upload: each that was not marked as published, under its id and signed by the fingerprint key of the
 * account; an empty object if there are none. The caller frees `*object`.
 */
cliquet_status cliquet_account_signed_one_time_keys(const cliquet_account *account,
                                                    const char *user_id,
                                                    size_t user_id_length,
                                                    const char *device_id,
                                                    size_t device_id_length,
                                                    cliquet_json_object **object);

/**
 * Makes the `fallback_keys` of an upload: the current fallback key, unless it was marked as published, under its id and signed by the fingerprint
 * key of the account; an empty object otherwise. The caller frees `*object`.
 */
cliquet_status cliquet_account_signed_fallback_keys(const cliquet_account *account,
                                                    const char *user_id,
                                                    size_t user_id_length,
                                                    const char *device_id,
                                                    size_t device_id_length,
                                                    cliquet_json_object **object);

/**
 * Checks what the server says of a device (an object in the `device_keys` of an answer to `POST /_matrix/client/v3/keys/query`): that it is about
 * the device that was asked for, and signed with the fingerprint key in it. The caller frees `*device_keys`.
 *
 * Whoever has known the device before compares the fingerprint key with what it was: that of a device never changes.
 *
 * Errors: `CLIQUET_MALFORMED_FIELD` with `field` in the details, `CLIQUET_MISMATCHED_USER_ID`, `CLIQUET_MISMATCHED_DEVICE_ID`; `CLIQUET_BASE64`,
 * `CLIQUET_LENGTH`, `CLIQUET_PUBLIC_KEY` of a key; `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_device_keys_verify(const cliquet_json_object *object,
                                          const char *user_id,
                                          size_t user_id_length,
                                          const char *device_id,
                                          size_t device_id_length,
                                          cliquet_device_keys **device_keys,
                                          cliquet_details *details);

/**
 * Frees device keys. NULL is ignored.
 */
cliquet_status cliquet_device_keys_free(cliquet_device_keys *device_keys);

/**
 * Writes the id of the user.
 */
cliquet_status cliquet_device_keys_user_id(const cliquet_device_keys *device_keys,
                                           char *user_id,
                                           size_t capacity,
                                           size_t *length);

/**
 * Writes the id of the device.
 */
cliquet_status cliquet_device_keys_device_id(const cliquet_device_keys *device_keys,
                                             char *device_id,
                                             size_t capacity,
                                             size_t *length);

/**
 * Writes how many encryption algorithms the device says it can do.
 */
cliquet_status cliquet_device_keys_algorithm_count(const cliquet_device_keys *device_keys, size_t *count);

/**
 * Writes the name of one of the encryption algorithms that the device says it can do, by its position, counted from 0.
 *
 * Errors: `CLIQUET_OUT_OF_RANGE`.
 */
cliquet_status cliquet_device_keys_algorithm(const cliquet_device_keys *device_keys,
                                             size_t position,
                                             char *algorithm,
                                             size_t capacity,
                                             size_t *length,
                                             cliquet_details *details);

/**
 * Writes the fingerprint key, an Ed25519 public key of 32 bytes, to `ed25519_key`.
 */
cliquet_status cliquet_device_keys_ed25519_key(const cliquet_device_keys *device_keys, uint8_t *ed25519_key);

/**
 * Writes the identity key, a Curve25519 public key of 32 bytes, to `curve25519_key`.
 */
cliquet_status cliquet_device_keys_curve25519_key(const cliquet_device_keys *device_keys, uint8_t *curve25519_key);

/**
 * Copies the object that was verified: other signatures on it, such as that of the user's self-signing key, are checked with
 * `cliquet_json_object_verify`. The caller frees `*object`.
 */
cliquet_status cliquet_device_keys_object(const cliquet_device_keys *device_keys,
                                          cliquet_json_object **object);

/**
 * Checks what the server hands out for this device in an answer to `POST /_matrix/client/v3/keys/claim`: an object with a key of the kind
 * `signed_curve25519` under its id. The caller frees `*claimed`.
 *
 * Errors: `CLIQUET_MALFORMED_FIELD` with `field` in the details, `signed_curve25519` if there is no such key; `CLIQUET_BASE64` and `CLIQUET_LENGTH`
 * of the key; `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_device_keys_verify_claimed(const cliquet_device_keys *device_keys,
                                                  const cliquet_json_object *keys,
                                                  cliquet_claimed_key **claimed,
                                                  cliquet_details *details);

/**
 * Checks that a one-time key or a fallback key, an object of the kind `signed_curve25519`, was signed by this device. The caller frees `*claimed`.
 *
 * Errors: `CLIQUET_MALFORMED_FIELD` with `field` in the details; `CLIQUET_BASE64` and `CLIQUET_LENGTH` of the key; `CLIQUET_SIGNATURE_MISSING`,
 * `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
 */
cliquet_status cliquet_device_keys_verify_one_time_key(const cliquet_device_keys *device_keys,
                                                       const cliquet_json_object *object,
                                                       cliquet_claimed_key **claimed,
                                                       cliquet_details *details);

/**
 * Frees a claimed key. NULL is ignored.
 */
cliquet_status cliquet_claimed_key_free(cliquet_claimed_key *claimed);

/**
 * Writes the identity key of the device, a Curve25519 public key of 32 bytes, to `identity_key`.
 */
cliquet_status cliquet_claimed_key_identity_key(const cliquet_claimed_key *claimed, uint8_t *identity_key);

/**
 * Writes the one-time key or fallback key, a Curve25519 public key of 32 bytes, to `one_time_key`.
 */
cliquet_status cliquet_claimed_key_one_time_key(const cliquet_claimed_key *claimed, uint8_t *one_time_key);

/**
 * Writes whether it is a fallback key, which serves more than once.
 */
cliquet_status cliquet_claimed_key_is_fallback(const cliquet_claimed_key *claimed, bool *is_fallback);

/**
 * Makes an Olm session with a device from keys whose signatures were checked; its messages are of one version. `limits` are what it keeps and how
 * far it jumps, NULL for the usual ones. 64 bytes are drawn from `random`: the base key (32), then the first ratchet key (32). The caller frees
 * `*session`.
 *
 * Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if a key of the device has small
 * order.
 */
cliquet_status cliquet_account_create_outbound_session_with(const cliquet_account *account,
                                                            const cliquet_claimed_key *claimed,
                                                            cliquet_version version,
                                                            const cliquet_limits *limits,
                                                            const cliquet_random *random,
                                                            cliquet_olm_session **session,
                                                            cliquet_details *details);

/**
 * Makes the `auth_data` of a backup with this Curve25519 public key of 32 bytes, to be signed with `cliquet_json_object_sign` and uploaded. The
 * caller frees `*auth_data`.
 */
cliquet_status cliquet_key_backup_auth_data(const uint8_t *public_key,
                                            cliquet_json_object **auth_data);

/**
 * Checks the signature of a user on the `auth_data` of a backup, with an Ed25519 public key of 32 bytes that the caller trusts to be theirs: the
 * fingerprint key of a device, with its device id for `key_name`, or the master signing key, with itself in base64. The caller frees `*auth_data`.
 *
 * Errors: `CLIQUET_PUBLIC_KEY` if `signing_key` is none; `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`;
 * `CLIQUET_AUTH_DATA_PUBLIC_KEY`.
 */
cliquet_status cliquet_auth_data_verify(const cliquet_json_object *object,
                                        const char *user_id,
                                        size_t user_id_length,
                                        const char *key_name,
                                        size_t key_name_length,
                                        const uint8_t *signing_key,
                                        cliquet_auth_data **auth_data);

/**
 * Checks the `auth_data` of a backup against its secret key, which came from secret storage or another device of the user: who has that needs no
 * signature. The caller frees `*auth_data`.
 *
 * Errors: `CLIQUET_AUTH_DATA_PUBLIC_KEY`, `CLIQUET_MISMATCHED_SECRET_KEY`.
 */
cliquet_status cliquet_auth_data_verify_with_secret_key(const cliquet_json_object *object,
                                                        const cliquet_pk_decryption *backup,
                                                        cliquet_auth_data **auth_data);

/**
 * Frees auth data. NULL is ignored.
 */
cliquet_status cliquet_auth_data_free(cliquet_auth_data *auth_data);

/**
 * Writes the public key to which entries are encrypted, a Curve25519 public key of 32 bytes, to `public_key`.
 */
cliquet_status cliquet_auth_data_public_key(const cliquet_auth_data *auth_data, uint8_t *public_key);

/**
 * Encrypts an entry of a backup, the `session_data` of a session. 32 bytes are drawn from `random`: the ephemeral secret key. The caller frees
 * `*message`.
 *
 * Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the public key of the backup has small order.
 */
cliquet_status cliquet_pk_encryption_encrypt_session_data(const cliquet_pk_encryption *encryption,
                                                          const cliquet_session_data *data,
                                                          const cliquet_random *random,
                                                          cliquet_pk_message **message);

/**
 * Decrypts an entry of a backup, which the server has under this session id of 32 bytes. It is not authentic: anybody who knows the public key of
 * the backup can have written it, and the server can have exchanged and damaged it. Do not tell the server which entries failed. The caller frees
 * `*data`.
 *
 * Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_AUTHENTICATION_FAILED` if the entry does not decrypt; `CLIQUET_MISMATCHED_SESSION_ID` if it is
 * that of another session; of what it encrypts, those of `cliquet_session_data_from_json`: `CLIQUET_SESSION_DATA_MALFORMED` also if that is not
 * UTF-8.
 */
cliquet_status cliquet_pk_decryption_decrypt_session_data(const cliquet_pk_decryption *decryption,
                                                          const cliquet_pk_message *message,
                                                          const uint8_t *session_id,
                                                          cliquet_session_data **data,
                                                          cliquet_details *details);

/**
 * Derives the MAC key of a backup from its secret key of 32 bytes (HKDF-SHA-256). The caller frees `*mac_key`, and wipes `backup_secret_key` as soon
 * as it can.
 */
cliquet_status cliquet_backup_mac_key_derive(const uint8_t *backup_secret_key,
                                             cliquet_backup_mac_key **mac_key);

/**
 * Takes the MAC key of a backup with these 32 bytes. The caller frees `*mac_key`, and wipes `bytes` as soon as it can.
 */
cliquet_status cliquet_backup_mac_key_from_bytes(const uint8_t *bytes, cliquet_backup_mac_key **mac_key);

/**
 * Frees the MAC key of a backup and wipes its secret. NULL is ignored.
 */
cliquet_status cliquet_backup_mac_key_free(cliquet_backup_mac_key *mac_key);

/**
 * Writes the 32 bytes of the MAC key, which are secret, to `bytes`: the caller wipes them.
 */
cliquet_status cliquet_backup_mac_key_to_bytes(const cliquet_backup_mac_key *mac_key, uint8_t *bytes);

/**
 * Makes the `session_data` of an entry of this user, with its MAC. The caller frees `*session_data`.
 */
cliquet_status cliquet_backup_mac_key_authenticate(const cliquet_backup_mac_key *mac_key,
                                                   const cliquet_pk_message *entry,
                                                   const char *user_id,
                                                   size_t user_id_length,
                                                   cliquet_json_object **session_data);

/**
 * Checks the MAC of a `session_data` of this user, and takes the entry that it covers. One that does not pass is to be treated as an entry of
 * today's backups, which anybody may have written. The caller frees `*entry`.
 *
 * Errors: `CLIQUET_BACKUP_MAC_MISSING`, `CLIQUET_AUTHENTICATION_FAILED` if the MAC is wrong or none, `CLIQUET_BACKUP_ENTRY`.
 */
cliquet_status cliquet_backup_mac_key_verify(const cliquet_backup_mac_key *mac_key,
                                             const cliquet_json_object *session_data,
                                             const char *user_id,
                                             size_t user_id_length,
                                             cliquet_pk_message **entry);

/**
 * Reads the text of a file. Lines may end in any way and have any length, ASCII white space in them is skipped, padding of the base64 is optional.
 * The caller frees `*encrypted`.
 *
 * Errors: `CLIQUET_MISSING_LINE`; `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_UNSUPPORTED_VERSION` of what stands between the first and the last
 * line; `CLIQUET_TOO_FEW_ROUNDS` if the file asks for no round at all.
 */
cliquet_status cliquet_encrypted_key_export_from_text(const char *text,
                                                      size_t text_length,
                                                      cliquet_encrypted_key_export **encrypted,
                                                      cliquet_details *details);

/**
 * Frees an encrypted key export. NULL is ignored.
 */
cliquet_status cliquet_encrypted_key_export_free(cliquet_encrypted_key_export *encrypted);

/**
 * Writes the text of a file: lines of at most 96 characters, unpadded base64 between the first and the last.
 */
cliquet_status cliquet_encrypted_key_export_to_text(const cliquet_encrypted_key_export *encrypted,
                                                    char *text,
                                                    size_t capacity,
                                                    size_t *length);

/**
 * Writes in how many rounds the passphrase has to be stretched.
 */
cliquet_status cliquet_encrypted_key_export_rounds(const cliquet_encrypted_key_export *encrypted, uint32_t *rounds);

/**
 * Begins to stretch a passphrase, the text that the user types, in at most `max_rounds` rounds, such as `CLIQUET_KEY_EXPORT_DEFAULT_MAX_ROUNDS`: a
 * hostile file could ask for hours. The caller frees `*stretching`.
 *
 * Errors: `CLIQUET_TOO_MANY_ROUNDS` if the file asks for more.
 */
cliquet_status cliquet_encrypted_key_export_stretch(const cliquet_encrypted_key_export *encrypted,
                                                    const char *passphrase,
                                                    size_t passphrase_length,
                                                    uint32_t max_rounds,
                                                    cliquet_passphrase_stretching **stretching,
                                                    cliquet_details *details);

/**
 * Checks the MAC and reads the sessions. The caller frees `*key_export`.
 *
 * Errors: `CLIQUET_OTHER_PARAMETERS` if the passphrase was stretched for another file, `CLIQUET_AUTHENTICATION_FAILED` if it is wrong or the file
 * damaged, `CLIQUET_CONTENT` if what is encrypted is no list in JSON, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for it.
 */
cliquet_status cliquet_encrypted_key_export_open(const cliquet_encrypted_key_export *encrypted,
                                                 const cliquet_stretched_passphrase *stretched,
                                                 cliquet_key_export **key_export);

/**
 * Stretches the passphrase, the text that the user types, in at most `max_rounds` rounds, and reads the sessions:
 * `cliquet_encrypted_key_export_stretch` to the end and `cliquet_encrypted_key_export_open`. The caller frees `*key_export`.
 *
 * Errors: `CLIQUET_TOO_MANY_ROUNDS`, `CLIQUET_AUTHENTICATION_FAILED`, `CLIQUET_CONTENT`, `CLIQUET_COUNTER_OVERFLOW`.
 */
cliquet_status cliquet_encrypted_key_export_decrypt(const cliquet_encrypted_key_export *encrypted,
                                                    const char *passphrase,
                                                    size_t passphrase_length,
                                                    uint32_t max_rounds,
                                                    cliquet_key_export **key_export,
                                                    cliquet_details *details);

/**
 * Begins an export whose passphrase is stretched in so many rounds, `CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS` or more. 32 bytes are drawn from `random`:
 * the salt (16), then the IV (16). The caller frees `*new_export`.
 *
 * Errors: `CLIQUET_TOO_FEW_ROUNDS` if there are fewer than `CLIQUET_KEY_EXPORT_MIN_ROUNDS`, `CLIQUET_RANDOM`.
 */
cliquet_status cliquet_new_key_export_new(uint32_t rounds,
                                          const cliquet_random *random,
                                          cliquet_new_key_export **new_export,
                                          cliquet_details *details);

/**
 * Frees an export that is about to be written. NULL is ignored.
 */
cliquet_status cliquet_new_key_export_free(cliquet_new_key_export *new_export);

/**
 * Begins to stretch the passphrase of a new export, the text that the user types. The caller frees `*stretching`.
 *
 * Errors: `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_new_key_export_stretch(const cliquet_new_key_export *new_export,
                                              const char *passphrase,
                                              size_t passphrase_length,
                                              cliquet_passphrase_stretching **stretching);

/**
 * Encrypts `count` sessions under the stretched passphrase, and uses the new export up. The same session data may stand there more than once. The
 * caller frees `*encrypted`.
 *
 * Errors: `CLIQUET_OTHER_PARAMETERS` if the passphrase was stretched for another export, after which this one can still be used; `CLIQUET_USED_UP`.
 */
cliquet_status cliquet_new_key_export_seal(cliquet_new_key_export *new_export,
                                           const cliquet_exported_session *sessions,
                                           size_t count,
                                           const cliquet_stretched_passphrase *stretched,
                                           cliquet_encrypted_key_export **encrypted);

/**
 * Frees the sessions of a key export and wipes what is secret in them. NULL is ignored.
 */
cliquet_status cliquet_key_export_free(cliquet_key_export *key_export);

/**
 * Writes how many sessions were read.
 */
cliquet_status cliquet_key_export_session_count(const cliquet_key_export *key_export, size_t *count);

/**
 * Writes the room id of a session by its position among those that were read, counted from 0, in the order of the file. It can be any text.
 *
 * Errors: `CLIQUET_OUT_OF_RANGE`.
 */
cliquet_status cliquet_key_export_room_id(const cliquet_key_export *key_export,
                                          size_t position,
                                          char *room_id,
                                          size_t capacity,
                                          size_t *length,
                                          cliquet_details *details);

/**
 * Copies the data of a session by its position among those that were read, counted from 0, in the order of the file. The caller frees `*data`.
 *
 * Errors: `CLIQUET_OUT_OF_RANGE`.
 */
cliquet_status cliquet_key_export_session_data(const cliquet_key_export *key_export,
                                               size_t position,
                                               cliquet_session_data **data,
                                               cliquet_details *details);

/**
 * Writes how many entries of the file were refused in all: of another algorithm, say. They keep the others from nothing.
 */
cliquet_status cliquet_key_export_refused_count(const cliquet_key_export *key_export,
                                                size_t *count);

/**
 * Writes the entries that were refused, in the order of the file, but no more than the first thousand. `capacity` and `*count` are in entries.
 */
cliquet_status cliquet_key_export_refused(const cliquet_key_export *key_export,
                                          cliquet_refused_session *refused,
                                          size_t capacity,
                                          size_t *count);

/**
 * Takes all that an inbound group session can read, with its sender as the client knows it: `sender_key`, the Curve25519 identity key of the device
 * that made the session, and `sender_claimed_ed25519_key`, the fingerprint key that this device claimed to have, each of 32 bytes. The latter may be
 * NULL where nobody wrote it down. The session was not forwarded and its history is not shared, unless the functions `cliquet_session_data_set_...`
 * say otherwise. The caller frees `*data`.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_session_data_new(const cliquet_inbound_group_session *session,
                                        const uint8_t *sender_key,
                                        const uint8_t *sender_claimed_ed25519_key,
                                        cliquet_session_data **data);

/**
 * Reads the JSON of an entry of a key backup, `BackedUpSessionData`; unknown fields are left aside. The caller frees `*data`, and wipes
 * `json` as soon as it can.
 *
 * Errors: `CLIQUET_SESSION_DATA_MALFORMED` if it is no JSON object, if a field is of another type than it should be, or stands there twice;
 * `CLIQUET_MISSING_FIELD`; `CLIQUET_UNSUPPORTED_ALGORITHM`; `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_PUBLIC_KEY` of a key and
 * `CLIQUET_UNSUPPORTED_VERSION` of the session key. Where a field is to blame, the details name it as `field`.
 */
cliquet_status cliquet_session_data_from_json(const char *json,
                                              size_t json_length,
                                              cliquet_session_data **data,
                                              cliquet_details *details);

/**
 * Writes the JSON of an entry of a key backup, in canonical form. It is secret: the caller wipes it.
 */
cliquet_status cliquet_session_data_to_json(const cliquet_session_data *data,
                                            char *json,
                                            size_t capacity,
                                            size_t *length);

/**
 * Frees session data and wipes its session key. NULL is ignored.
 */
cliquet_status cliquet_session_data_free(cliquet_session_data *data);

/**
 * Makes an inbound group session that reads messages of one version, marked as imported. The caller frees `*session`.
 */
cliquet_status cliquet_session_data_import(const cliquet_session_data *data,
                                           cliquet_version version,
                                           cliquet_inbound_group_session **session);

/**
 * Writes the id of the session, 32 bytes, to `session_id`.
 */
cliquet_status cliquet_session_data_session_id(const cliquet_session_data *data, uint8_t *session_id);

/**
 * Copies the session from its first known index on. The caller frees `*session_key`.
 */
cliquet_status cliquet_session_data_session_key(const cliquet_session_data *data,
                                                cliquet_megolm_session_export **session_key);

/**
 * Replaces the session by another one, or by the same from another index on.
 */
cliquet_status cliquet_session_data_set_session_key(cliquet_session_data *data,
                                                    const cliquet_megolm_session_export *session_key);

/**
 * Writes the identity key of the device that is said to have made the session, a Curve25519 public key of 32 bytes, to `sender_key`.
 */
cliquet_status cliquet_session_data_sender_key(const cliquet_session_data *data,
                                               uint8_t *sender_key);

/**
 * Sets the identity key of the device that made the session, a Curve25519 public key of 32 bytes.
 */
cliquet_status cliquet_session_data_set_sender_key(cliquet_session_data *data, const uint8_t *sender_key);

/**
 * Writes the fingerprint key that the sender's device claimed to have, an Ed25519 public key of 32 bytes, to `ed25519_key`.
 *
 * Errors: `CLIQUET_ABSENT` if nobody wrote it down.
 */
cliquet_status cliquet_session_data_sender_claimed_ed25519_key(const cliquet_session_data *data,
                                                               uint8_t *ed25519_key);

/**
 * Sets the fingerprint key that the sender's device claimed to have, an Ed25519 public key of 32 bytes; NULL for none.
 *
 * Errors: `CLIQUET_PUBLIC_KEY`.
 */
cliquet_status cliquet_session_data_set_sender_claimed_ed25519_key(cliquet_session_data *data,
                                                                   const uint8_t *ed25519_key);

/**
 * Writes the identity keys of the devices that forwarded the session, the first one first: Curve25519 public keys of 32 bytes in a row, none if the
 * session came from its maker. `capacity` and `*count` are in keys.
 */
cliquet_status cliquet_session_data_forwarding_curve25519_key_chain(const cliquet_session_data *data,
                                                                    uint8_t *keys,
                                                                    size_t capacity,
                                                                    size_t *count);

/**
 * Sets the identity keys of the devices that forwarded the session, the first one first: `count` Curve25519 public keys of 32 bytes in a row.
 */
cliquet_status cliquet_session_data_set_forwarding_curve25519_key_chain(cliquet_session_data *data,
                                                                        const uint8_t *keys,
                                                                        size_t count);

/**
 * Writes whether the session was made while the history of the room was visible to whoever joins later (MSC3061).
 */
cliquet_status cliquet_session_data_shared_history(const cliquet_session_data *data, bool *shared_history);

/**
 * Sets whether the session was made while the history of the room was visible to whoever joins later (MSC3061), 0 for no.
 */
cliquet_status cliquet_session_data_set_shared_history(cliquet_session_data *data,
                                                       int32_t shared_history);

/**
 * Writes where the session came from, if the device that wrote the data does not vouch for its sender (MSC4048, experimental): `m.legacy-v1`,
 * `m.forwarded_room_key` or another text.
 *
 * Errors: `CLIQUET_ABSENT` if the data does not say so, which means nothing in a backup whose entries are not authenticated.
 */
cliquet_status cliquet_session_data_unauthenticated(const cliquet_session_data *data,
                                                    char *unauthenticated,
                                                    size_t capacity,
                                                    size_t *length);

/**
 * Sets where the session came from, if this device does not vouch for its sender (MSC4048, experimental); NULL with a length of 0 if it does.
 */
cliquet_status cliquet_session_data_set_unauthenticated(cliquet_session_data *data,
                                                        const char *unauthenticated,
                                                        size_t unauthenticated_length);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CLIQUET_H */
