//! The functions of the drop-in libolm, which is linked into this program: where each of them is.

use std::ffi::c_void;

// Linked for its functions alone: their names are those of C.
use olm as _;

/// Declares functions of C, of which only the address is taken here, and lists them.
macro_rules! functions {
    ($($name:ident)*) => {
        mod c {
            unsafe extern "C" {
                $(pub(super) fn $name();)*
            }
        }

        /// All of them, with their names. That they are those of the headers is checked at the start.
        pub fn all() -> Vec<(&'static str, *const c_void)> {
            vec![$((stringify!($name), (c::$name as unsafe extern "C" fn() as *const c_void)),)*]
        }
    };
}

functions! {
    _olm_error_to_string olm_account olm_account_fallback_key olm_account_fallback_key_length
    olm_account_forget_old_fallback_key olm_account_generate_fallback_key olm_account_generate_fallback_key_random_length
    olm_account_generate_one_time_keys olm_account_generate_one_time_keys_random_length olm_account_identity_keys
    olm_account_identity_keys_length olm_account_last_error olm_account_last_error_code olm_account_mark_keys_as_published
    olm_account_max_number_of_one_time_keys olm_account_one_time_keys olm_account_one_time_keys_length olm_account_sign
    olm_account_signature_length olm_account_size olm_account_unpublished_fallback_key
    olm_account_unpublished_fallback_key_length olm_clear_account olm_clear_inbound_group_session
    olm_clear_outbound_group_session olm_clear_pk_decryption olm_clear_pk_encryption olm_clear_pk_signing olm_clear_sas
    olm_clear_session olm_clear_utility olm_create_account olm_create_account_random_length olm_create_inbound_session
    olm_create_inbound_session_from olm_create_outbound_session olm_create_outbound_session_random_length olm_create_sas
    olm_create_sas_random_length olm_decrypt olm_decrypt_max_plaintext_length olm_ed25519_verify olm_encrypt
    olm_encrypt_message_length olm_encrypt_message_type olm_encrypt_random_length olm_error olm_export_inbound_group_session
    olm_export_inbound_group_session_length olm_get_library_version olm_group_decrypt olm_group_decrypt_max_plaintext_length
    olm_group_encrypt olm_group_encrypt_message_length olm_import_inbound_group_session olm_inbound_group_session
    olm_inbound_group_session_first_known_index olm_inbound_group_session_id olm_inbound_group_session_id_length
    olm_inbound_group_session_is_verified olm_inbound_group_session_last_error olm_inbound_group_session_last_error_code
    olm_inbound_group_session_size olm_init_inbound_group_session olm_init_outbound_group_session
    olm_init_outbound_group_session_random_length olm_matches_inbound_session olm_matches_inbound_session_from
    olm_outbound_group_session olm_outbound_group_session_id olm_outbound_group_session_id_length
    olm_outbound_group_session_key olm_outbound_group_session_key_length olm_outbound_group_session_last_error
    olm_outbound_group_session_last_error_code olm_outbound_group_session_message_index olm_outbound_group_session_size
    olm_pickle_account olm_pickle_account_length olm_pickle_inbound_group_session olm_pickle_inbound_group_session_length
    olm_pickle_outbound_group_session olm_pickle_outbound_group_session_length olm_pickle_pk_decryption
    olm_pickle_pk_decryption_length olm_pickle_session olm_pickle_session_length olm_pk_ciphertext_length olm_pk_decrypt
    olm_pk_decryption olm_pk_decryption_last_error olm_pk_decryption_last_error_code olm_pk_decryption_size olm_pk_encrypt
    olm_pk_encrypt_random_length olm_pk_encryption olm_pk_encryption_last_error olm_pk_encryption_last_error_code
    olm_pk_encryption_set_recipient_key olm_pk_encryption_size olm_pk_generate_key olm_pk_generate_key_random_length
    olm_pk_get_private_key olm_pk_key_from_private olm_pk_key_length olm_pk_mac_length olm_pk_max_plaintext_length
    olm_pk_private_key_length olm_pk_sign olm_pk_signature_length olm_pk_signing olm_pk_signing_key_from_seed
    olm_pk_signing_last_error olm_pk_signing_last_error_code olm_pk_signing_public_key_length olm_pk_signing_seed_length
    olm_pk_signing_size olm_remove_one_time_keys olm_sas olm_sas_calculate_mac olm_sas_calculate_mac_fixed_base64
    olm_sas_calculate_mac_long_kdf olm_sas_generate_bytes olm_sas_get_pubkey olm_sas_is_their_key_set olm_sas_last_error
    olm_sas_last_error_code olm_sas_mac_length olm_sas_pubkey_length olm_sas_set_their_key olm_sas_size olm_session
    olm_session_describe olm_session_has_received_message olm_session_id olm_session_id_length olm_session_last_error
    olm_session_last_error_code olm_session_size olm_sha256 olm_sha256_length olm_unpickle_account
    olm_unpickle_inbound_group_session olm_unpickle_outbound_group_session olm_unpickle_pk_decryption olm_unpickle_session
    olm_utility olm_utility_last_error olm_utility_last_error_code olm_utility_size
}
