/* What a sender writes the messages of one room with. The rules of all functions are in olm.h. */
#ifndef OLM_OUTBOUND_GROUP_SESSION_H_
#define OLM_OUTBOUND_GROUP_SESSION_H_

#include <stddef.h>
#include <stdint.h>

#include "olm/error.h"

#include "olm/olm_export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Encrypts and signs one sender's messages. */
typedef struct OlmOutboundGroupSession OlmOutboundGroupSession;

/** How many bytes of memory an outbound group session takes. */
OLM_EXPORT size_t olm_outbound_group_session_size(void);

/** Makes a session without keys of this memory, and returns it. */
OLM_EXPORT OlmOutboundGroupSession * olm_outbound_group_session(
    void *memory
);

/** The name of the code of the last call that failed for this session. */
OLM_EXPORT const char *olm_outbound_group_session_last_error(
    const OlmOutboundGroupSession *session
);

/** The code of the last call that failed for this session. */
OLM_EXPORT enum OlmErrorCode olm_outbound_group_session_last_error_code(
    const OlmOutboundGroupSession *session
);

/** Wipes the session and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_outbound_group_session(
    OlmOutboundGroupSession *session
);

/** How long the pickle of the session is. */
OLM_EXPORT size_t olm_pickle_outbound_group_session_length(
    const OlmOutboundGroupSession *session
);

/**
 * Writes the session, encrypted under a key of any length. The same session under the same key is the same text. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_pickle_outbound_group_session(
    OlmOutboundGroupSession *session,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/**
 * Reads a session from its pickle, which is destroyed: filled with zeros. Whatever the session was before is wiped. Returns pickled_length.
 *
 * OLM_INVALID_BASE64, OLM_BAD_ACCOUNT_KEY if the key is wrong or the pickle was changed, OLM_UNKNOWN_PICKLE_VERSION,
 * OLM_CORRUPTED_PICKLE, OLM_PICKLE_EXTRA_DATA.
 */
OLM_EXPORT size_t olm_unpickle_outbound_group_session(
    OlmOutboundGroupSession *session,
    void const * key, size_t key_length,
    void * pickled, size_t pickled_length
);

/** How many random bytes olm_init_outbound_group_session() takes. */
OLM_EXPORT size_t olm_init_outbound_group_session_random_length(
    const OlmOutboundGroupSession *session
);

/**
 * Makes the keys of a new session. Whatever the session was before is wiped. Returns 0. The random bytes are overwritten with zeros on success.
 *
 * OLM_NOT_ENOUGH_RANDOM.
 */
OLM_EXPORT size_t olm_init_outbound_group_session(
    OlmOutboundGroupSession *session,
    uint8_t *random, size_t random_length
);

/** How long the next message is for a plaintext of so many bytes. */
OLM_EXPORT size_t olm_group_encrypt_message_length(
    OlmOutboundGroupSession *session,
    size_t plaintext_length
);

/**
 * Encrypts a plaintext. Store the session before the message leaves. Returns the length of the message.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session has no keys, OLM_UNKNOWN_MESSAGE_INDEX after 2^32 - 1 messages.
 */
OLM_EXPORT size_t olm_group_encrypt(
    OlmOutboundGroupSession *session,
    uint8_t const * plaintext, size_t plaintext_length,
    uint8_t * message, size_t message_length
);

/** How long a session id is. */
OLM_EXPORT size_t olm_outbound_group_session_id_length(
    const OlmOutboundGroupSession *session
);

/**
 * Writes the id of the session. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_outbound_group_session_id(
    OlmOutboundGroupSession *session,
    uint8_t * id, size_t id_length
);

/** The index of the next message. */
OLM_EXPORT uint32_t olm_outbound_group_session_message_index(
    OlmOutboundGroupSession *session
);

/** How long a session key is. */
OLM_EXPORT size_t olm_outbound_group_session_key_length(
    const OlmOutboundGroupSession *session
);

/**
 * Writes what can read the messages from the next one on, for olm_init_inbound_group_session(). It is secret. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_SESSION_KEY if the session has no keys.
 */
OLM_EXPORT size_t olm_outbound_group_session_key(
    OlmOutboundGroupSession *session,
    uint8_t * key, size_t key_length
);

#ifdef __cplusplus
}
#endif

#endif
