/*
 * The functions of libolm 3.2.16, made from cliquet: accounts, sessions, hashes and signatures.
 *
 * Rules that hold for every function of these headers:
 *
 * Objects    live in memory of the caller, of as many bytes as the function of the name olm_..._size() says, aligned or not. What hangs from an
 *            object is on the heap, and olm_clear_...() gives it back: clear an object before its memory is freed or initialised again.
 *            A pointer that is NULL, or leads to no object of its type, makes the call fail.
 * Results    a length, a number, or 0; olm_error() if the call failed. Then olm_..._last_error() and olm_..._last_error_code() of the
 *            first object say why, and every object is as it was, but for that code. Functions named ..._length() say how large a buffer must be.
 * Buffers    a pointer, then its length in bytes. NULL is an empty one. Texts are base64 without padding, and are not ended by a zero.
 *            Where a buffer is said to be destroyed, it holds something else afterwards.
 * Randomness comes from the caller, from a cryptographic generator, and is never used twice. Functions overwrite it with zeros once they
 *            use it, also if they fail then; olm_init_outbound_group_session() only if it succeeds, olm_create_sas() and
 *            olm_pk_encrypt() never.
 * Threads    may read one object at the same time: sign, verify, hash, pickle, calculate MACs, look at messages without decrypting them, tell
 *            what it holds (keys, ids, indexes, flags, lengths, descriptions, error codes). A call that changes an object must be alone with it:
 *            one that creates, imports, unpickles or clears it, that makes, marks, forgets, removes or sets keys, that encrypts or decrypts
 *            Olm or group messages, or that exports a later index. Of two objects, a call only reads the second.
 */
#ifndef OLM_H_
#define OLM_H_

#include <stddef.h>
#include <stdint.h>

#include "olm/error.h"
#include "olm/inbound_group_session.h"
#include "olm/outbound_group_session.h"

#include "olm/olm_export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A message that also carries what the other side needs to make the session. */
static const size_t OLM_MESSAGE_TYPE_PRE_KEY = 0;
/** A message of a session that both sides have. */
static const size_t OLM_MESSAGE_TYPE_MESSAGE = 1;

/** The long-term keys of a device, and the keys that others start sessions with. */
typedef struct OlmAccount OlmAccount;
/** A conversation with one other device. */
typedef struct OlmSession OlmSession;
/** Keeps the error codes of olm_sha256() and olm_ed25519_verify(), and nothing else. */
typedef struct OlmUtility OlmUtility;

/** The version of libolm whose functions these are: 3, 2, 16. NULL for a number that is not wanted. */
OLM_EXPORT void olm_get_library_version(uint8_t *major, uint8_t *minor, uint8_t *patch);

/** How many bytes of memory an account takes. */
OLM_EXPORT size_t olm_account_size(void);

/** How many bytes of memory a session takes. */
OLM_EXPORT size_t olm_session_size(void);

/** How many bytes of memory a utility takes. */
OLM_EXPORT size_t olm_utility_size(void);

/** Makes an account without keys of this memory, and returns it. */
OLM_EXPORT OlmAccount * olm_account(
    void * memory
);

/** Makes a session without keys of this memory, and returns it. */
OLM_EXPORT OlmSession * olm_session(
    void * memory
);

/** Makes a utility of this memory, and returns it. */
OLM_EXPORT OlmUtility * olm_utility(
    void * memory
);

/** What functions return that fail: the greatest size_t. */
OLM_EXPORT size_t olm_error(void);

/** The name of the code of the last call that failed for this account. */
OLM_EXPORT const char * olm_account_last_error(
    OlmAccount const * account
);

/** The code of the last call that failed for this account. */
OLM_EXPORT enum OlmErrorCode olm_account_last_error_code(
    OlmAccount const * account
);

/** The name of the code of the last call that failed for this session. */
OLM_EXPORT const char * olm_session_last_error(
    OlmSession const * session
);

/** The code of the last call that failed for this session. */
OLM_EXPORT enum OlmErrorCode olm_session_last_error_code(
    OlmSession const * session
);

/** The name of the code of the last call that failed for this utility. */
OLM_EXPORT const char * olm_utility_last_error(
    OlmUtility const * utility
);

/** The code of the last call that failed for this utility. */
OLM_EXPORT enum OlmErrorCode olm_utility_last_error_code(
    OlmUtility const * utility
);

/** Wipes the account and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_account(
    OlmAccount * account
);

/** Wipes the session and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_session(
    OlmSession * session
);

/** Ends the utility. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_utility(
    OlmUtility * utility
);

/** How long the pickle of the account is. */
OLM_EXPORT size_t olm_pickle_account_length(
    OlmAccount const * account
);

/** How long the pickle of the session is. */
OLM_EXPORT size_t olm_pickle_session_length(
    OlmSession const * session
);

/**
 * Writes the account, encrypted under a key of any length. The same account under the same key is the same text. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if the account was not created, OLM_BAD_MESSAGE_KEY_ID if no key id is left.
 */
OLM_EXPORT size_t olm_pickle_account(
    OlmAccount * account,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/**
 * Writes the session, encrypted under a key of any length. The same session under the same key is the same text. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session was not created.
 */
OLM_EXPORT size_t olm_pickle_session(
    OlmSession * session,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/**
 * Reads an account from its pickle, which is destroyed: filled with zeros. Whatever the account was before is wiped. Returns pickled_length.
 *
 * OLM_INVALID_BASE64, OLM_BAD_ACCOUNT_KEY if the key is wrong or the pickle was changed, OLM_UNKNOWN_PICKLE_VERSION,
 * OLM_BAD_LEGACY_ACCOUNT_PICKLE, OLM_CORRUPTED_PICKLE, OLM_PICKLE_EXTRA_DATA.
 */
OLM_EXPORT size_t olm_unpickle_account(
    OlmAccount * account,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/**
 * Reads a session from its pickle, which is destroyed: filled with zeros. Whatever the session was before is wiped. Returns pickled_length.
 *
 * OLM_INVALID_BASE64, OLM_BAD_ACCOUNT_KEY if the key is wrong or the pickle was changed, OLM_UNKNOWN_PICKLE_VERSION,
 * OLM_CORRUPTED_PICKLE, OLM_PICKLE_EXTRA_DATA.
 */
OLM_EXPORT size_t olm_unpickle_session(
    OlmSession * session,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/** How many random bytes olm_create_account() takes. */
OLM_EXPORT size_t olm_create_account_random_length(
    OlmAccount const * account
);

/**
 * Makes the keys of a new account, without one-time keys. Whatever the account was before is wiped. Returns 0.
 *
 * OLM_NOT_ENOUGH_RANDOM.
 */
OLM_EXPORT size_t olm_create_account(
    OlmAccount * account,
    void * random, size_t random_length
);

/** How long the JSON of olm_account_identity_keys() is. */
OLM_EXPORT size_t olm_account_identity_keys_length(
    OlmAccount const * account
);

/**
 * Writes both public keys as {"curve25519":"...","ed25519":"..."}. Returns the length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if the account was not created.
 */
OLM_EXPORT size_t olm_account_identity_keys(
    OlmAccount * account,
    void * identity_keys, size_t identity_key_length
);

/** How long a signature is. */
OLM_EXPORT size_t olm_account_signature_length(
    OlmAccount const * account
);

/**
 * Signs a message with the Ed25519 key. Returns the length of the signature.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if the account was not created.
 */
OLM_EXPORT size_t olm_account_sign(
    OlmAccount * account,
    void const * message, size_t message_length,
    void * signature, size_t signature_length
);

/** How long the JSON of olm_account_one_time_keys() is. */
OLM_EXPORT size_t olm_account_one_time_keys_length(
    OlmAccount const * account
);

/**
 * Writes the public one-time keys that were not marked as published, by their ids, newest first:
 * {"curve25519":{"AAAAAg":"...","AAAAAQ":"..."}}. Returns the length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL.
 */
OLM_EXPORT size_t olm_account_one_time_keys(
    OlmAccount * account,
    void * one_time_keys, size_t one_time_keys_length
);

/**
 * Marks all one-time keys and the current fallback key as published, once the server has them. Returns how many one-time keys were not marked
 * before.
 */
OLM_EXPORT size_t olm_account_mark_keys_as_published(
    OlmAccount * account
);

/** How many one-time keys an account stores: 100. */
OLM_EXPORT size_t olm_account_max_number_of_one_time_keys(
    OlmAccount const * account
);

/** How many random bytes so many one-time keys take. */
OLM_EXPORT size_t olm_account_generate_one_time_keys_random_length(
    OlmAccount const * account,
    size_t number_of_keys
);

/**
 * Makes one-time keys. Beyond 100, the oldest are given up, and messages to them can no longer be read. Returns number_of_keys.
 *
 * OLM_NOT_ENOUGH_RANDOM, OLM_BAD_ACCOUNT_KEY if the account was not created, OLM_BAD_MESSAGE_KEY_ID if no key id is left.
 */
OLM_EXPORT size_t olm_account_generate_one_time_keys(
    OlmAccount * account,
    size_t number_of_keys,
    void * random, size_t random_length
);

/** How many random bytes olm_account_generate_fallback_key() takes. */
OLM_EXPORT size_t olm_account_generate_fallback_key_random_length(
    OlmAccount const * account
);

/**
 * Makes a fallback key. The one before it is kept, an older one is not. Returns 1.
 *
 * OLM_NOT_ENOUGH_RANDOM, OLM_BAD_ACCOUNT_KEY if the account was not created, OLM_BAD_MESSAGE_KEY_ID if no key id is left.
 */
OLM_EXPORT size_t olm_account_generate_fallback_key(
    OlmAccount * account,
    void * random, size_t random_length
);

/** How long the JSON of olm_account_fallback_key() is. */
OLM_EXPORT size_t olm_account_fallback_key_length(
    OlmAccount const * account
);

/** Deprecated: writes the current fallback key also if it was published. Otherwise as olm_account_unpublished_fallback_key(). */
OLM_EXPORT size_t olm_account_fallback_key(
    OlmAccount * account,
    void * fallback_key, size_t fallback_key_size
);

/** How long the JSON of olm_account_unpublished_fallback_key() is. */
OLM_EXPORT size_t olm_account_unpublished_fallback_key_length(
    OlmAccount const * account
);

/**
 * Writes the current fallback key unless it was marked as published: {"curve25519":{"AAAAAw":"..."}}, or {"curve25519":{}}. Returns the length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL.
 */
OLM_EXPORT size_t olm_account_unpublished_fallback_key(
    OlmAccount * account,
    void * fallback_key, size_t fallback_key_size
);

/** Gives up the fallback key before the current one, once messages to it have had time to arrive. */
OLM_EXPORT void olm_account_forget_old_fallback_key(
    OlmAccount * account
);

/** How many random bytes olm_create_outbound_session() takes. */
OLM_EXPORT size_t olm_create_outbound_session_random_length(
    OlmSession const * session
);

/**
 * Starts a session with a device, by its identity key and one of its one-time keys, whose signatures the caller has checked. Whatever the session
 * was before is wiped. Returns 0.
 *
 * OLM_INVALID_BASE64, OLM_NOT_ENOUGH_RANDOM, OLM_BAD_ACCOUNT_KEY if the account was not created or one of the keys has small order.
 */
OLM_EXPORT size_t olm_create_outbound_session(
    OlmSession * session,
    OlmAccount const * account,
    void const * their_identity_key, size_t their_identity_key_length,
    void const * their_one_time_key, size_t their_one_time_key_length,
    void * random, size_t random_length
);

/**
 * Makes the session to which a pre-key message belongs. The message is destroyed: keep a copy, and decrypt that next. Only then it is known to be
 * authentic, and it is time for olm_remove_one_time_keys(). Whatever the session was before is wiped. Returns 0.
 *
 * OLM_INVALID_BASE64, OLM_BAD_MESSAGE_VERSION, OLM_BAD_MESSAGE_FORMAT, OLM_BAD_MESSAGE_KEY_ID if the account has no such one-time key.
 */
OLM_EXPORT size_t olm_create_inbound_session(
    OlmSession * session,
    OlmAccount * account,
    void * one_time_key_message, size_t message_length
);

/** As olm_create_inbound_session(), for a sender whose identity key is known: OLM_BAD_MESSAGE_KEY_ID if the message has another one. */
OLM_EXPORT size_t olm_create_inbound_session_from(
    OlmSession * session,
    OlmAccount * account,
    void const * their_identity_key, size_t their_identity_key_length,
    void * one_time_key_message, size_t message_length
);

/** How long a session id is. */
OLM_EXPORT size_t olm_session_id_length(
    OlmSession const * session
);

/**
 * Writes the id of the session, the same on both sides. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session was not created.
 */
OLM_EXPORT size_t olm_session_id(
    OlmSession * session,
    void * id, size_t id_length
);

/** 1 if the session has decrypted anything, 0 if not. */
OLM_EXPORT int olm_session_has_received_message(
    OlmSession const *session
);

/**
 * Writes how far the chains of the session have come and which messages are missing, for logs, ended by a zero. What has no room is replaced by
 * "..."; 600 bytes are enough for everything, below 23 the text is empty.
 */
OLM_EXPORT void olm_session_describe(OlmSession * session, char *buf, size_t buflen);

/**
 * Whether a pre-key message belongs to this session: 1 or 0, also for what is no pre-key message. The message is destroyed.
 *
 * OLM_INVALID_BASE64.
 */
OLM_EXPORT size_t olm_matches_inbound_session(
    OlmSession * session,
    void * one_time_key_message, size_t message_length
);

/** As olm_matches_inbound_session(), and whether the message has this identity key. */
OLM_EXPORT size_t olm_matches_inbound_session_from(
    OlmSession * session,
    void const * their_identity_key, size_t their_identity_key_length,
    void * one_time_key_message, size_t message_length
);

/**
 * Removes the one-time key that the session was made with, once the session has decrypted its first message. A fallback key stays. Returns the id
 * of the key.
 *
 * OLM_BAD_MESSAGE_KEY_ID, in the account, if it has no such key.
 */
OLM_EXPORT size_t olm_remove_one_time_keys(
    OlmAccount * account,
    OlmSession * session
);

/** The type of the next message: OLM_MESSAGE_TYPE_PRE_KEY until the session has decrypted something. */
OLM_EXPORT size_t olm_encrypt_message_type(
    OlmSession const * session
);

/** How many random bytes the next olm_encrypt() takes: 32 or none. */
OLM_EXPORT size_t olm_encrypt_random_length(
    OlmSession const * session
);

/** How long the next message is for a plaintext of so many bytes. */
OLM_EXPORT size_t olm_encrypt_message_length(
    OlmSession const * session,
    size_t plaintext_length
);

/**
 * Encrypts a plaintext. Store the session before the message leaves. Returns the length of the message.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_NOT_ENOUGH_RANDOM, OLM_BAD_SESSION_KEY if the session was not created or the other side's key has small order,
 * OLM_UNKNOWN_MESSAGE_INDEX after 2^32 - 1 messages without an answer.
 */
OLM_EXPORT size_t olm_encrypt(
    OlmSession * session,
    void const * plaintext, size_t plaintext_length,
    void * random, size_t random_length,
    void * message, size_t message_length
);

/**
 * How much room olm_decrypt() wants for the plaintext of this message, which is destroyed: keep a copy.
 *
 * OLM_INVALID_BASE64, OLM_BAD_MESSAGE_VERSION, OLM_BAD_MESSAGE_FORMAT.
 */
OLM_EXPORT size_t olm_decrypt_max_plaintext_length(
    OlmSession * session,
    size_t message_type,
    void * message, size_t message_length
);

/**
 * Decrypts a message, which is destroyed. Store the session before the message is acknowledged. Returns the length of the plaintext.
 *
 * OLM_INVALID_BASE64, OLM_BAD_MESSAGE_VERSION, OLM_BAD_MESSAGE_FORMAT, OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_MESSAGE_MAC.
 */
OLM_EXPORT size_t olm_decrypt(
    OlmSession * session,
    size_t message_type,
    void * message, size_t message_length,
    void * plaintext, size_t max_plaintext_length
);

/** How long the text of a SHA-256 is. */
OLM_EXPORT size_t olm_sha256_length(
   OlmUtility const * utility
);

/**
 * Writes the SHA-256 of the input. Returns the length of the text.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL.
 */
OLM_EXPORT size_t olm_sha256(
    OlmUtility * utility,
    void const * input, size_t input_length,
    void * output, size_t output_length
);

/**
 * Returns 0 if the signature, which is destroyed, is that of the Ed25519 key over the message.
 *
 * OLM_INVALID_BASE64, OLM_BAD_MESSAGE_MAC if it is not.
 */
OLM_EXPORT size_t olm_ed25519_verify(
    OlmUtility * utility,
    void const * key, size_t key_length,
    void const * message, size_t message_length,
    void * signature, size_t signature_length
);

#ifdef __cplusplus
}
#endif

#endif
