/* Verification by short authentication strings. The rules of all functions are in olm.h. */
#ifndef OLM_SAS_H_
#define OLM_SAS_H_

#include <stddef.h>

#include "olm/error.h"

#include "olm/olm_export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One device in one verification. */
typedef struct OlmSAS OlmSAS;

/** The name of the code of the last call that failed for this object. */
OLM_EXPORT const char * olm_sas_last_error(
    const OlmSAS * sas
);

/** The code of the last call that failed for this object. */
OLM_EXPORT enum OlmErrorCode olm_sas_last_error_code(
    const OlmSAS * sas
);

/** How many bytes of memory the object takes. */
OLM_EXPORT size_t olm_sas_size(void);

/** Makes an object without keys of this memory, and returns it. */
OLM_EXPORT OlmSAS * olm_sas(
    void * memory
);

/** Wipes the object and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_sas(
    OlmSAS * sas
);

/** How many random bytes olm_create_sas() takes. */
OLM_EXPORT size_t olm_create_sas_random_length(
    const OlmSAS * sas
);

/**
 * Makes our key pair for this verification. The random bytes are the caller's to wipe. Returns 0.
 *
 * OLM_NOT_ENOUGH_RANDOM.
 */
OLM_EXPORT size_t olm_create_sas(
    OlmSAS * sas,
    void * random, size_t random_length
);

/** How long a public key is. */
OLM_EXPORT size_t olm_sas_pubkey_length(const OlmSAS * sas);

/**
 * Writes our public key. Returns 0.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if there is none yet.
 */
OLM_EXPORT size_t olm_sas_get_pubkey(
    OlmSAS * sas,
    void * pubkey, size_t pubkey_length
);

/**
 * Takes the public key of the other device, its first 43 characters; it is destroyed. That an accepter's key is the one that it has committed itself
 * to, the caller checks before. Returns 0.
 *
 * OLM_INPUT_BUFFER_TOO_SMALL, OLM_INVALID_BASE64, OLM_BAD_ACCOUNT_KEY if it has small order or we have no key yet.
 */
OLM_EXPORT size_t olm_sas_set_their_key(
    OlmSAS *sas,
    void * their_key, size_t their_key_length
);

/** 1 if the key of the other device was taken, 0 if not. */
OLM_EXPORT int olm_sas_is_their_key_set(
    const OlmSAS *sas
);

/**
 * Writes output_length bytes that both devices have in common, of which emoji or numbers are made. Returns 0.
 *
 * OLM_SAS_THEIR_KEY_NOT_SET, OLM_OUTPUT_BUFFER_TOO_SMALL for more than 8160 bytes.
 */
OLM_EXPORT size_t olm_sas_generate_bytes(
    OlmSAS * sas,
    const void * info, size_t info_length,
    void * output, size_t output_length
);

/** How long a MAC is. */
OLM_EXPORT size_t olm_sas_mac_length(
    const OlmSAS *sas
);

/**
 * Writes the MAC of a key or a list of keys, in the broken base64 of the method hkdf-hmac-sha256. Only for devices that know no better. Returns 0.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_SAS_THEIR_KEY_NOT_SET.
 */
OLM_EXPORT size_t olm_sas_calculate_mac(
    OlmSAS * sas,
    const void * input, size_t input_length,
    const void * info, size_t info_length,
    void * mac, size_t mac_length
);

/** As olm_sas_calculate_mac(), in base64 as it should be: the method hkdf-hmac-sha256.v2. */
OLM_EXPORT size_t olm_sas_calculate_mac_fixed_base64(
    OlmSAS * sas,
    const void * input, size_t input_length,
    const void * info, size_t info_length,
    void * mac, size_t mac_length
);

/** As olm_sas_calculate_mac(), under a longer key: the method hmac-sha256. Only for very old devices. */
OLM_EXPORT size_t olm_sas_calculate_mac_long_kdf(
    OlmSAS * sas,
    const void * input, size_t input_length,
    const void * info, size_t info_length,
    void * mac, size_t mac_length
);

#ifdef __cplusplus
}
#endif

#endif
