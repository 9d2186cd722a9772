/* What can go wrong. A function that fails returns olm_error(), and the object that it was called for keeps the code. */
#ifndef OLM_ERROR_H_
#define OLM_ERROR_H_

#include "olm/olm_export.h"

#ifdef __cplusplus
extern "C" {
#endif

enum OlmErrorCode {
    /** Nothing has failed yet. Success does not take an older code away. */
    OLM_SUCCESS = 0,
    /** Fewer random bytes than the operation needs. */
    OLM_NOT_ENOUGH_RANDOM = 1,
    /** The result has no room in the buffer, or the buffer is NULL. */
    OLM_OUTPUT_BUFFER_TOO_SMALL = 2,
    /** The message has another version than 3. */
    OLM_BAD_MESSAGE_VERSION = 3,
    /** The message is not laid out as messages are. */
    OLM_BAD_MESSAGE_FORMAT = 4,
    /** The message, or the signature of olm_ed25519_verify(), is not authentic; or the message was decrypted before, or is too far ahead or behind. */
    OLM_BAD_MESSAGE_MAC = 5,
    /** The message or the session is about a key that the account does not have, or not about the one expected; or key ids have run out. */
    OLM_BAD_MESSAGE_KEY_ID = 6,
    /** A text is no unpadded base64, or none of the length that it must have. */
    OLM_INVALID_BASE64 = 7,
    /** The pickle was made with another key, or changed; or a public key is unfit; or the object has no key yet. */
    OLM_BAD_ACCOUNT_KEY = 8,
    /** The pickle has a version that is not known. */
    OLM_UNKNOWN_PICKLE_VERSION = 9,
    /** The pickle is authentic, but holds no such object, or one that contradicts itself. */
    OLM_CORRUPTED_PICKLE = 10,
    /** The session key or the export is none; or the session has no keys yet. */
    OLM_BAD_SESSION_KEY = 11,
    /** The group session begins later than the message or the export; or message indexes have run out. */
    OLM_UNKNOWN_MESSAGE_INDEX = 12,
    /** The pickle is that of an account of version 1, which holds half a signing key. */
    OLM_BAD_LEGACY_ACCOUNT_PICKLE = 13,
    /** The signature of a group message or a session key is not valid. */
    OLM_BAD_SIGNATURE = 14,
    /** The input is shorter than it must be, or it is NULL, or there is no object where one should be. */
    OLM_INPUT_BUFFER_TOO_SMALL = 15,
    /** There is no key of the other device yet. */
    OLM_SAS_THEIR_KEY_NOT_SET = 16,
    /** The pickle is authentic, but something follows the object in it. */
    OLM_PICKLE_EXTRA_DATA = 17
};

/** The name of a code, "UNKNOWN_ERROR" for a number that is none. Lives as long as the program. */
OLM_EXPORT const char * _olm_error_to_string(enum OlmErrorCode error);

#ifdef __cplusplus
}
#endif

#endif
