/* What reads the messages of one sender in one room. The rules of all functions are in olm.h. */
#ifndef OLM_INBOUND_GROUP_SESSION_H_
#define OLM_INBOUND_GROUP_SESSION_H_

#include <stddef.h>
#include <stdint.h>

#include "olm/error.h"

#include "olm/olm_export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Reads one sender's messages, from an index on. */
typedef struct OlmInboundGroupSession OlmInboundGroupSession;

/** How many bytes of memory an inbound group session takes. */
OLM_EXPORT size_t olm_inbound_group_session_size(void);

/** Makes a session without keys of this memory, and returns it. */
OLM_EXPORT OlmInboundGroupSession * olm_inbound_group_session(
    void *memory
);

/** The name of the code of the last call that failed for this session. */
OLM_EXPORT const char *olm_inbound_group_session_last_error(
    const OlmInboundGroupSession *session
);

/** The code of the last call that failed for this session. */
OLM_EXPORT enum OlmErrorCode olm_inbound_group_session_last_error_code(
    const OlmInboundGroupSession *session
);

/** Wipes the session and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_inbound_group_session(
    OlmInboundGroupSession *session
);

/** How long the pickle of the session is. */
OLM_EXPORT size_t olm_pickle_inbound_group_session_length(
    const OlmInboundGroupSession *session
);

/**
 * Writes the session, encrypted under a key of any length. The same session under the same key is the same text. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_pickle_inbound_group_session(
    OlmInboundGroupSession *session,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/**
 * Reads a session from its pickle, which is destroyed: filled with zeros. Whatever the session was before is wiped. Returns pickled_length.
 *
 * OLM_INVALID_BASE64, OLM_BAD_ACCOUNT_KEY if the key is wrong or the pickle was changed, OLM_UNKNOWN_PICKLE_VERSION,
 * OLM_CORRUPTED_PICKLE, OLM_PICKLE_EXTRA_DATA.
 */
OLM_EXPORT size_t olm_unpickle_inbound_group_session(
    OlmInboundGroupSession *session,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/**
 * Takes the session key of a sender, from olm_outbound_group_session_key(). Whatever the session was before is wiped. Returns 0.
 *
 * OLM_INVALID_BASE64, OLM_BAD_SESSION_KEY, OLM_BAD_SIGNATURE.
 */
OLM_EXPORT size_t olm_init_inbound_group_session(
    OlmInboundGroupSession *session,
    uint8_t const * session_key, size_t session_key_length
);

/**
 * Takes an export, from olm_export_inbound_group_session(). It carries no signature: who made it is known from elsewhere or not at all. Whatever
 * the session was before is wiped. Returns 0.
 *
 * OLM_INVALID_BASE64, OLM_BAD_SESSION_KEY.
 */
OLM_EXPORT size_t olm_import_inbound_group_session(
    OlmInboundGroupSession *session,
    uint8_t const * session_key, size_t session_key_length
);

/**
 * How much room olm_group_decrypt() wants for the plaintext of this message, which is destroyed: keep a copy.
 *
 * OLM_INVALID_BASE64, OLM_BAD_MESSAGE_VERSION, OLM_BAD_MESSAGE_FORMAT.
 */
OLM_EXPORT size_t olm_group_decrypt_max_plaintext_length(
    OlmInboundGroupSession *session,
    uint8_t * message, size_t message_length
);

/**
 * Decrypts a message, which is destroyed. A message decrypts as often as it comes: whether its index was seen before with another event is for
 * the caller to notice. The index is written, unless message_index is NULL, once the message could be read, authentic or not. Returns the
 * length of the plaintext.
 *
 * OLM_INVALID_BASE64, OLM_BAD_MESSAGE_VERSION, OLM_BAD_MESSAGE_FORMAT, OLM_BAD_SIGNATURE, OLM_OUTPUT_BUFFER_TOO_SMALL,
 * OLM_UNKNOWN_MESSAGE_INDEX, OLM_BAD_MESSAGE_MAC, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_group_decrypt(
    OlmInboundGroupSession *session,
    uint8_t * message, size_t message_length,
    uint8_t * plaintext, size_t max_plaintext_length,
    uint32_t * message_index
);

/** How long a session id is. */
OLM_EXPORT size_t olm_inbound_group_session_id_length(
    const OlmInboundGroupSession *session
);

/**
 * Writes the id of the session. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_inbound_group_session_id(
    OlmInboundGroupSession *session,
    uint8_t * id, size_t id_length
);

/** The index of the first message that the session can read. */
OLM_EXPORT uint32_t olm_inbound_group_session_first_known_index(
    const OlmInboundGroupSession *session
);

/**
 * 1 if the session comes from a signed session key or has decrypted a message since, 0 if not. The second proves nothing of who shared it: do
 * not trust a session for this.
 */
OLM_EXPORT int olm_inbound_group_session_is_verified(
    const OlmInboundGroupSession *session
);

/** How long an export is. */
OLM_EXPORT size_t olm_export_inbound_group_session_length(
    const OlmInboundGroupSession *session
);

/**
 * Writes what can read the messages from message_index on, for olm_import_inbound_group_session(). It is secret. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_UNKNOWN_MESSAGE_INDEX, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_export_inbound_group_session(
    OlmInboundGroupSession *session,
    uint8_t * key, size_t key_length, uint32_t message_index
);

#ifdef __cplusplus
}
#endif

#endif
