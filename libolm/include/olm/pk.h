/*
 * The encryption of key backups, and signatures under a key of which the seed is known. The rules of all functions are in olm.h.
 *
 * The encryption is that of m.megolm_backup.v1.curve25519-aes-sha2, whose MAC covers nothing: whoever stores a backup can change what is
 * in it, and whoever knows the public key can put something in.
 */
#ifndef OLM_PK_H_
#define OLM_PK_H_

#include <stddef.h>
#include <stdint.h>

#include "olm/error.h"

#include "olm/olm_export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Encrypts to a backup. */
typedef struct OlmPkEncryption OlmPkEncryption;

/** How many bytes of memory an encryption takes. */
OLM_EXPORT size_t olm_pk_encryption_size(void);

/** Makes an encryption without a key of this memory, and returns it. */
OLM_EXPORT OlmPkEncryption *olm_pk_encryption(
    void * memory
);

/** The name of the code of the last call that failed for this encryption. */
OLM_EXPORT const char * olm_pk_encryption_last_error(
    const OlmPkEncryption * encryption
);

/** The code of the last call that failed for this encryption. */
OLM_EXPORT enum OlmErrorCode olm_pk_encryption_last_error_code(
    const OlmPkEncryption * encryption
);

/** Ends the encryption and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_pk_encryption(
    OlmPkEncryption *encryption
);

/**
 * Sets the public key of the backup: the first 43 characters. Returns 0.
 *
 * OLM_INPUT_BUFFER_TOO_SMALL, OLM_INVALID_BASE64.
 */
OLM_EXPORT size_t olm_pk_encryption_set_recipient_key(
    OlmPkEncryption *encryption,
    void const *public_key, size_t public_key_length
);

/** How long the ciphertext of a plaintext of so many bytes is. */
OLM_EXPORT size_t olm_pk_ciphertext_length(
    const OlmPkEncryption *encryption,
    size_t plaintext_length
);

/** How long a MAC is. */
OLM_EXPORT size_t olm_pk_mac_length(
    const OlmPkEncryption *encryption
);

/** How long a public key is. */
OLM_EXPORT size_t olm_pk_key_length(void);

/** How many random bytes olm_pk_encrypt() takes. */
OLM_EXPORT size_t olm_pk_encrypt_random_length(
    const OlmPkEncryption *encryption
);

/**
 * Encrypts a plaintext to the backup: three texts. The random bytes are the caller's to wipe. Returns 8.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_NOT_ENOUGH_RANDOM, OLM_BAD_ACCOUNT_KEY if the public key is not set or has small order.
 */
OLM_EXPORT size_t olm_pk_encrypt(
    OlmPkEncryption *encryption,
    void const * plaintext, size_t plaintext_length,
    void * ciphertext, size_t ciphertext_length,
    void * mac, size_t mac_length,
    void * ephemeral_key, size_t ephemeral_key_size,
    const void * random, size_t random_length
);

/** Decrypts a backup: its key pair. */
typedef struct OlmPkDecryption OlmPkDecryption;

/** How many bytes of memory a decryption takes. */
OLM_EXPORT size_t olm_pk_decryption_size(void);

/** Makes a decryption without a key of this memory, and returns it. */
OLM_EXPORT OlmPkDecryption *olm_pk_decryption(
    void * memory
);

/** The name of the code of the last call that failed for this decryption. */
OLM_EXPORT const char * olm_pk_decryption_last_error(
    const OlmPkDecryption * decryption
);

/** The code of the last call that failed for this decryption. */
OLM_EXPORT enum OlmErrorCode olm_pk_decryption_last_error_code(
    const OlmPkDecryption * decryption
);

/** Wipes the decryption and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_pk_decryption(
    OlmPkDecryption *decryption
);

/** How long a private key is, in bytes: 32. */
OLM_EXPORT size_t olm_pk_private_key_length(void);

/** Deprecated: the old name of olm_pk_private_key_length(). */
OLM_EXPORT size_t olm_pk_generate_key_random_length(void);

/**
 * Sets the private key, and writes the public key that belongs to it. A new private key is so many random bytes; they are the caller's to wipe.
 * Returns 0.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_INPUT_BUFFER_TOO_SMALL.
 */
OLM_EXPORT size_t olm_pk_key_from_private(
    OlmPkDecryption * decryption,
    void * pubkey, size_t pubkey_length,
    const void * privkey, size_t privkey_length
);

/** Deprecated: the old name of olm_pk_key_from_private(). */
OLM_EXPORT size_t olm_pk_generate_key(
    OlmPkDecryption * decryption,
    void * pubkey, size_t pubkey_length,
    const void * privkey, size_t privkey_length
);

/** How long the pickle of a decryption is. */
OLM_EXPORT size_t olm_pickle_pk_decryption_length(
    const OlmPkDecryption * decryption
);

/**
 * Writes the key pair, encrypted under a key of any length. Returns the length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if the private key is not set.
 */
OLM_EXPORT size_t olm_pickle_pk_decryption(
    OlmPkDecryption * decryption,
    void const * key, size_t key_length,
    void *pickled, size_t pickled_length
);

/**
 * Reads a key pair from its pickle, which is destroyed: filled with zeros. Writes the public key, unless pubkey is NULL. Returns pickled_length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_INVALID_BASE64, OLM_BAD_ACCOUNT_KEY if the key is wrong or the pickle was changed,
 * OLM_UNKNOWN_PICKLE_VERSION, OLM_CORRUPTED_PICKLE, OLM_PICKLE_EXTRA_DATA.
 */
OLM_EXPORT size_t olm_unpickle_pk_decryption(
    OlmPkDecryption * decryption,
    void const * key, size_t key_length,
    void *pickled, size_t pickled_length,
    void *pubkey, size_t pubkey_length
);

/** How much room olm_pk_decrypt() wants for the plaintext of a ciphertext of so many characters. */
OLM_EXPORT size_t olm_pk_max_plaintext_length(
    const OlmPkDecryption * decryption,
    size_t ciphertext_length
);

/**
 * Decrypts the three texts of an entry; the ciphertext is destroyed. The plaintext is not authentic. Returns its length.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_INVALID_BASE64, OLM_BAD_MESSAGE_MAC, OLM_BAD_ACCOUNT_KEY if the private key is not set.
 */
OLM_EXPORT size_t olm_pk_decrypt(
    OlmPkDecryption * decryption,
    void const * ephemeral_key, size_t ephemeral_key_length,
    void const * mac, size_t mac_length,
    void * ciphertext, size_t ciphertext_length,
    void * plaintext, size_t max_plaintext_length
);

/**
 * Writes the private key, 32 bytes. Returns 32.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if it is not set.
 */
OLM_EXPORT size_t olm_pk_get_private_key(
    OlmPkDecryption * decryption,
    void *private_key, size_t private_key_length
);

/** Signs, as cross-signing keys do. */
typedef struct OlmPkSigning OlmPkSigning;

/** How many bytes of memory a signing object takes. */
OLM_EXPORT size_t olm_pk_signing_size(void);

/** Makes a signing object without a key of this memory, and returns it. */
OLM_EXPORT OlmPkSigning *olm_pk_signing(
    void * memory
);

/** The name of the code of the last call that failed for this object. */
OLM_EXPORT const char * olm_pk_signing_last_error(
    const OlmPkSigning * sign
);

/** The code of the last call that failed for this object. */
OLM_EXPORT enum OlmErrorCode olm_pk_signing_last_error_code(
    const OlmPkSigning * sign
);

/** Wipes the object and gives back what hangs from it. Returns the size of the memory. */
OLM_EXPORT size_t olm_clear_pk_signing(
    OlmPkSigning *sign
);

/**
 * Sets the key by its seed of 32 bytes, which is the caller's to wipe, and writes the public key. Returns 0.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_INPUT_BUFFER_TOO_SMALL.
 */
OLM_EXPORT size_t olm_pk_signing_key_from_seed(
    OlmPkSigning * sign,
    void * pubkey, size_t pubkey_length,
    const void * seed, size_t seed_length
);

/** How long a seed is, in bytes: 32. */
OLM_EXPORT size_t olm_pk_signing_seed_length(void);

/** How long a public key is. */
OLM_EXPORT size_t olm_pk_signing_public_key_length(void);

/** How long a signature is. */
OLM_EXPORT size_t olm_pk_signature_length(void);

/**
 * Signs a message. Returns the length of the signature.
 *
 * OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_BAD_ACCOUNT_KEY if the key is not set.
 */
OLM_EXPORT size_t olm_pk_sign(
    OlmPkSigning *sign,
    uint8_t const * message, size_t message_length,
    uint8_t * signature, size_t signature_length
);

#ifdef __cplusplus
}
#endif

#endif
