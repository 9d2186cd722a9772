//! The part of libolm's C interface that the wrapper calls, from `olm.h`, `inbound_group_session.h`,
//! `outbound_group_session.h`, `sas.h` and `pk.h`. C's `void *` stands here as a pointer to bytes, which is what it always
//! points to.

#![allow(unsafe_code, reason = "libolm is a C library")]

use std::ffi::{c_char, c_int};

/// A C structure whose content only libolm knows.
macro_rules! opaque {
    ($($name:ident)*) => { $(
        #[repr(C)]
        pub(super) struct $name {
            _content: [u8; 0],
        }
    )* };
}

opaque! {
    OlmAccount OlmSession OlmUtility OlmInboundGroupSession OlmOutboundGroupSession OlmSAS OlmPkEncryption OlmPkDecryption
    OlmPkSigning
}

// Functions without a pointer argument cannot be misused, hence `safe`.
unsafe extern "C" {
    pub(super) safe fn olm_error() -> usize;
    pub(super) fn olm_get_library_version(major: *mut u8, minor: *mut u8, patch: *mut u8);

    pub(super) safe fn olm_account_size() -> usize;
    pub(super) fn olm_account(memory: *mut u8) -> *mut OlmAccount;
    pub(super) fn olm_clear_account(account: *mut OlmAccount) -> usize;
    pub(super) fn olm_account_last_error(account: *const OlmAccount) -> *const c_char;
    pub(super) fn olm_pickle_account_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_pickle_account(
        account: *mut OlmAccount,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_unpickle_account(
        account: *mut OlmAccount,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_create_account_random_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_create_account(account: *mut OlmAccount, random: *mut u8, length: usize) -> usize;
    pub(super) fn olm_account_identity_keys_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_identity_keys(account: *mut OlmAccount, keys: *mut u8, length: usize) -> usize;
    pub(super) fn olm_account_signature_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_sign(
        account: *mut OlmAccount,
        message: *const u8,
        message_length: usize,
        signature: *mut u8,
        signature_length: usize,
    ) -> usize;
    pub(super) fn olm_account_one_time_keys_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_one_time_keys(account: *mut OlmAccount, keys: *mut u8, length: usize) -> usize;
    pub(super) fn olm_account_mark_keys_as_published(account: *mut OlmAccount) -> usize;
    pub(super) fn olm_account_max_number_of_one_time_keys(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_generate_one_time_keys_random_length(
        account: *const OlmAccount,
        count: usize,
    ) -> usize;
    pub(super) fn olm_account_generate_one_time_keys(
        account: *mut OlmAccount,
        count: usize,
        random: *mut u8,
        random_length: usize,
    ) -> usize;
    pub(super) fn olm_account_generate_fallback_key_random_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_generate_fallback_key(
        account: *mut OlmAccount,
        random: *mut u8,
        random_length: usize,
    ) -> usize;
    pub(super) fn olm_account_fallback_key_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_fallback_key(account: *mut OlmAccount, key: *mut u8, length: usize) -> usize;
    pub(super) fn olm_account_unpublished_fallback_key_length(account: *const OlmAccount) -> usize;
    pub(super) fn olm_account_unpublished_fallback_key(
        account: *mut OlmAccount,
        key: *mut u8,
        length: usize,
    ) -> usize;
    pub(super) fn olm_account_forget_old_fallback_key(account: *mut OlmAccount);
    pub(super) fn olm_remove_one_time_keys(account: *mut OlmAccount, session: *mut OlmSession) -> usize;
}

unsafe extern "C" {
    pub(super) safe fn olm_session_size() -> usize;
    pub(super) fn olm_session(memory: *mut u8) -> *mut OlmSession;
    pub(super) fn olm_clear_session(session: *mut OlmSession) -> usize;
    pub(super) fn olm_session_last_error(session: *const OlmSession) -> *const c_char;
    pub(super) fn olm_pickle_session_length(session: *const OlmSession) -> usize;
    pub(super) fn olm_pickle_session(
        session: *mut OlmSession,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_unpickle_session(
        session: *mut OlmSession,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_create_outbound_session_random_length(session: *const OlmSession) -> usize;
    pub(super) fn olm_create_outbound_session(
        session: *mut OlmSession,
        account: *const OlmAccount,
        identity_key: *const u8,
        identity_key_length: usize,
        one_time_key: *const u8,
        one_time_key_length: usize,
        random: *mut u8,
        random_length: usize,
    ) -> usize;
    pub(super) fn olm_create_inbound_session(
        session: *mut OlmSession,
        account: *mut OlmAccount,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_create_inbound_session_from(
        session: *mut OlmSession,
        account: *mut OlmAccount,
        identity_key: *const u8,
        identity_key_length: usize,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_session_id_length(session: *const OlmSession) -> usize;
    pub(super) fn olm_session_id(session: *mut OlmSession, id: *mut u8, length: usize) -> usize;
    pub(super) fn olm_session_has_received_message(session: *const OlmSession) -> c_int;
    pub(super) fn olm_session_describe(session: *mut OlmSession, text: *mut c_char, length: usize);
    pub(super) fn olm_matches_inbound_session(
        session: *mut OlmSession,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_matches_inbound_session_from(
        session: *mut OlmSession,
        identity_key: *const u8,
        identity_key_length: usize,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_encrypt_message_type(session: *const OlmSession) -> usize;
    pub(super) fn olm_encrypt_random_length(session: *const OlmSession) -> usize;
    pub(super) fn olm_encrypt_message_length(session: *const OlmSession, plaintext_length: usize) -> usize;
    pub(super) fn olm_encrypt(
        session: *mut OlmSession,
        plaintext: *const u8,
        plaintext_length: usize,
        random: *mut u8,
        random_length: usize,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_decrypt_max_plaintext_length(
        session: *mut OlmSession,
        message_type: usize,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_decrypt(
        session: *mut OlmSession,
        message_type: usize,
        message: *mut u8,
        message_length: usize,
        plaintext: *mut u8,
        plaintext_length: usize,
    ) -> usize;

    pub(super) safe fn olm_utility_size() -> usize;
    pub(super) fn olm_utility(memory: *mut u8) -> *mut OlmUtility;
    pub(super) fn olm_clear_utility(utility: *mut OlmUtility) -> usize;
    pub(super) fn olm_utility_last_error(utility: *const OlmUtility) -> *const c_char;
    pub(super) fn olm_sha256_length(utility: *const OlmUtility) -> usize;
    pub(super) fn olm_sha256(
        utility: *mut OlmUtility,
        input: *const u8,
        input_length: usize,
        output: *mut u8,
        output_length: usize,
    ) -> usize;
    pub(super) fn olm_ed25519_verify(
        utility: *mut OlmUtility,
        key: *const u8,
        key_length: usize,
        message: *const u8,
        message_length: usize,
        signature: *mut u8,
        signature_length: usize,
    ) -> usize;
}

unsafe extern "C" {
    pub(super) safe fn olm_outbound_group_session_size() -> usize;
    pub(super) fn olm_outbound_group_session(memory: *mut u8) -> *mut OlmOutboundGroupSession;
    pub(super) fn olm_clear_outbound_group_session(session: *mut OlmOutboundGroupSession) -> usize;
    pub(super) fn olm_outbound_group_session_last_error(
        session: *const OlmOutboundGroupSession,
    ) -> *const c_char;
    pub(super) fn olm_pickle_outbound_group_session_length(session: *const OlmOutboundGroupSession) -> usize;
    pub(super) fn olm_pickle_outbound_group_session(
        session: *mut OlmOutboundGroupSession,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_unpickle_outbound_group_session(
        session: *mut OlmOutboundGroupSession,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_init_outbound_group_session_random_length(
        session: *const OlmOutboundGroupSession,
    ) -> usize;
    pub(super) fn olm_init_outbound_group_session(
        session: *mut OlmOutboundGroupSession,
        random: *mut u8,
        random_length: usize,
    ) -> usize;
    pub(super) fn olm_group_encrypt_message_length(
        session: *mut OlmOutboundGroupSession,
        plaintext_length: usize,
    ) -> usize;
    pub(super) fn olm_group_encrypt(
        session: *mut OlmOutboundGroupSession,
        plaintext: *const u8,
        plaintext_length: usize,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_outbound_group_session_id_length(session: *const OlmOutboundGroupSession) -> usize;
    pub(super) fn olm_outbound_group_session_id(
        session: *mut OlmOutboundGroupSession,
        id: *mut u8,
        length: usize,
    ) -> usize;
    pub(super) fn olm_outbound_group_session_message_index(session: *mut OlmOutboundGroupSession) -> u32;
    pub(super) fn olm_outbound_group_session_key_length(session: *const OlmOutboundGroupSession) -> usize;
    pub(super) fn olm_outbound_group_session_key(
        session: *mut OlmOutboundGroupSession,
        key: *mut u8,
        length: usize,
    ) -> usize;

    pub(super) safe fn olm_inbound_group_session_size() -> usize;
    pub(super) fn olm_inbound_group_session(memory: *mut u8) -> *mut OlmInboundGroupSession;
    pub(super) fn olm_clear_inbound_group_session(session: *mut OlmInboundGroupSession) -> usize;
    pub(super) fn olm_inbound_group_session_last_error(
        session: *const OlmInboundGroupSession,
    ) -> *const c_char;
    pub(super) fn olm_pickle_inbound_group_session_length(session: *const OlmInboundGroupSession) -> usize;
    pub(super) fn olm_pickle_inbound_group_session(
        session: *mut OlmInboundGroupSession,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_unpickle_inbound_group_session(
        session: *mut OlmInboundGroupSession,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_init_inbound_group_session(
        session: *mut OlmInboundGroupSession,
        session_key: *const u8,
        session_key_length: usize,
    ) -> usize;
    pub(super) fn olm_import_inbound_group_session(
        session: *mut OlmInboundGroupSession,
        export: *const u8,
        export_length: usize,
    ) -> usize;
    pub(super) fn olm_group_decrypt_max_plaintext_length(
        session: *mut OlmInboundGroupSession,
        message: *mut u8,
        message_length: usize,
    ) -> usize;
    pub(super) fn olm_group_decrypt(
        session: *mut OlmInboundGroupSession,
        message: *mut u8,
        message_length: usize,
        plaintext: *mut u8,
        plaintext_length: usize,
        message_index: *mut u32,
    ) -> usize;
    pub(super) fn olm_inbound_group_session_id_length(session: *const OlmInboundGroupSession) -> usize;
    pub(super) fn olm_inbound_group_session_id(
        session: *mut OlmInboundGroupSession,
        id: *mut u8,
        length: usize,
    ) -> usize;
    pub(super) fn olm_inbound_group_session_first_known_index(session: *const OlmInboundGroupSession) -> u32;
    pub(super) fn olm_inbound_group_session_is_verified(session: *const OlmInboundGroupSession) -> c_int;
    pub(super) fn olm_export_inbound_group_session_length(session: *const OlmInboundGroupSession) -> usize;
    pub(super) fn olm_export_inbound_group_session(
        session: *mut OlmInboundGroupSession,
        export: *mut u8,
        length: usize,
        message_index: u32,
    ) -> usize;
}

unsafe extern "C" {
    pub(super) safe fn olm_sas_size() -> usize;
    pub(super) fn olm_sas(memory: *mut u8) -> *mut OlmSAS;
    pub(super) fn olm_clear_sas(sas: *mut OlmSAS) -> usize;
    pub(super) fn olm_sas_last_error(sas: *const OlmSAS) -> *const c_char;
    pub(super) fn olm_create_sas_random_length(sas: *const OlmSAS) -> usize;
    pub(super) fn olm_create_sas(sas: *mut OlmSAS, random: *mut u8, random_length: usize) -> usize;
    pub(super) fn olm_sas_pubkey_length(sas: *const OlmSAS) -> usize;
    pub(super) fn olm_sas_get_pubkey(sas: *mut OlmSAS, key: *mut u8, key_length: usize) -> usize;
    pub(super) fn olm_sas_set_their_key(sas: *mut OlmSAS, key: *mut u8, key_length: usize) -> usize;
    pub(super) fn olm_sas_generate_bytes(
        sas: *mut OlmSAS,
        info: *const u8,
        info_length: usize,
        output: *mut u8,
        output_length: usize,
    ) -> usize;
    pub(super) fn olm_sas_mac_length(sas: *const OlmSAS) -> usize;
    pub(super) fn olm_sas_calculate_mac(
        sas: *mut OlmSAS,
        input: *const u8,
        input_length: usize,
        info: *const u8,
        info_length: usize,
        mac: *mut u8,
        mac_length: usize,
    ) -> usize;
    pub(super) fn olm_sas_calculate_mac_fixed_base64(
        sas: *mut OlmSAS,
        input: *const u8,
        input_length: usize,
        info: *const u8,
        info_length: usize,
        mac: *mut u8,
        mac_length: usize,
    ) -> usize;
    pub(super) fn olm_sas_calculate_mac_long_kdf(
        sas: *mut OlmSAS,
        input: *const u8,
        input_length: usize,
        info: *const u8,
        info_length: usize,
        mac: *mut u8,
        mac_length: usize,
    ) -> usize;
}

unsafe extern "C" {
    pub(super) safe fn olm_pk_key_length() -> usize;

    pub(super) safe fn olm_pk_encryption_size() -> usize;
    pub(super) fn olm_pk_encryption(memory: *mut u8) -> *mut OlmPkEncryption;
    pub(super) fn olm_clear_pk_encryption(encryption: *mut OlmPkEncryption) -> usize;
    pub(super) fn olm_pk_encryption_last_error(encryption: *const OlmPkEncryption) -> *const c_char;
    pub(super) fn olm_pk_encryption_set_recipient_key(
        encryption: *mut OlmPkEncryption,
        key: *const u8,
        key_length: usize,
    ) -> usize;
    pub(super) fn olm_pk_ciphertext_length(
        encryption: *const OlmPkEncryption,
        plaintext_length: usize,
    ) -> usize;
    pub(super) fn olm_pk_mac_length(encryption: *const OlmPkEncryption) -> usize;
    pub(super) fn olm_pk_encrypt_random_length(encryption: *const OlmPkEncryption) -> usize;
    pub(super) fn olm_pk_encrypt(
        encryption: *mut OlmPkEncryption,
        plaintext: *const u8,
        plaintext_length: usize,
        ciphertext: *mut u8,
        ciphertext_length: usize,
        mac: *mut u8,
        mac_length: usize,
        ephemeral_key: *mut u8,
        ephemeral_key_length: usize,
        random: *const u8,
        random_length: usize,
    ) -> usize;

    pub(super) safe fn olm_pk_decryption_size() -> usize;
    pub(super) fn olm_pk_decryption(memory: *mut u8) -> *mut OlmPkDecryption;
    pub(super) fn olm_clear_pk_decryption(decryption: *mut OlmPkDecryption) -> usize;
    pub(super) fn olm_pk_decryption_last_error(decryption: *const OlmPkDecryption) -> *const c_char;
    pub(super) safe fn olm_pk_private_key_length() -> usize;
    pub(super) fn olm_pk_key_from_private(
        decryption: *mut OlmPkDecryption,
        public_key: *mut u8,
        public_key_length: usize,
        private_key: *const u8,
        private_key_length: usize,
    ) -> usize;
    pub(super) fn olm_pk_get_private_key(
        decryption: *mut OlmPkDecryption,
        private_key: *mut u8,
        private_key_length: usize,
    ) -> usize;
    pub(super) fn olm_pickle_pk_decryption_length(decryption: *const OlmPkDecryption) -> usize;
    pub(super) fn olm_pickle_pk_decryption(
        decryption: *mut OlmPkDecryption,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
    ) -> usize;
    pub(super) fn olm_unpickle_pk_decryption(
        decryption: *mut OlmPkDecryption,
        key: *const u8,
        key_length: usize,
        pickled: *mut u8,
        pickled_length: usize,
        public_key: *mut u8,
        public_key_length: usize,
    ) -> usize;
    pub(super) fn olm_pk_max_plaintext_length(
        decryption: *const OlmPkDecryption,
        ciphertext_length: usize,
    ) -> usize;
    pub(super) fn olm_pk_decrypt(
        decryption: *mut OlmPkDecryption,
        ephemeral_key: *const u8,
        ephemeral_key_length: usize,
        mac: *const u8,
        mac_length: usize,
        ciphertext: *mut u8,
        ciphertext_length: usize,
        plaintext: *mut u8,
        plaintext_length: usize,
    ) -> usize;

    pub(super) safe fn olm_pk_signing_size() -> usize;
    pub(super) fn olm_pk_signing(memory: *mut u8) -> *mut OlmPkSigning;
    pub(super) fn olm_clear_pk_signing(signing: *mut OlmPkSigning) -> usize;
    pub(super) fn olm_pk_signing_last_error(signing: *const OlmPkSigning) -> *const c_char;
    pub(super) safe fn olm_pk_signing_public_key_length() -> usize;
    pub(super) fn olm_pk_signing_key_from_seed(
        signing: *mut OlmPkSigning,
        public_key: *mut u8,
        public_key_length: usize,
        seed: *const u8,
        seed_length: usize,
    ) -> usize;
    pub(super) safe fn olm_pk_signature_length() -> usize;
    pub(super) fn olm_pk_sign(
        signing: *mut OlmPkSigning,
        message: *const u8,
        message_length: usize,
        signature: *mut u8,
        signature_length: usize,
    ) -> usize;
}
