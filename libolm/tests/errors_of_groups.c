/* The same of groups, backups, signatures and verification. */
#include "check.h"

static void groups(void) {
    OlmOutboundGroupSession *room = NEW(OlmOutboundGroupSession, outbound_group_session);
    OlmInboundGroupSession *member = NEW(OlmInboundGroupSession, inbound_group_session);
    uint8_t key[306], buffer[600], export_[220];
    FAILS(OLM_BAD_SESSION_KEY, outbound_group_session, room, olm_outbound_group_session_key(room, ALL(key)));
    FAILS(OLM_BAD_SESSION_KEY, outbound_group_session, room, olm_group_encrypt(room, key, 4, ALL(buffer)));
    FAILS(OLM_BAD_SESSION_KEY, inbound_group_session, member,
          olm_inbound_group_session_id(member, ALL(buffer)));
    uint8_t *random = (uint8_t *)random_of(160);
    FAILS(OLM_NOT_ENOUGH_RANDOM, outbound_group_session, room,
          olm_init_outbound_group_session(room, random, 159));
    OK(olm_init_outbound_group_session(room, random, 160));
    free(random);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room,
          olm_outbound_group_session_key(room, key, 305));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room,
          olm_outbound_group_session_id(room, key, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room,
          olm_group_encrypt(room, key, 4, buffer, 100));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room,
          olm_pickle_outbound_group_session(room, TEXT("key"), buffer, 100));
    OK(olm_outbound_group_session_key(room, ALL(key)));

    FAILS(OLM_BAD_SESSION_KEY, inbound_group_session, member,
          olm_init_inbound_group_session(member, key, 304));
    FAILS(OLM_INVALID_BASE64, inbound_group_session, member,
          olm_init_inbound_group_session(member, key, 305));
    FAILS(OLM_BAD_SESSION_KEY, inbound_group_session, member,
          olm_import_inbound_group_session(member, ALL(key)));
    key[200] ^= 1;
    FAILS(OLM_BAD_SIGNATURE, inbound_group_session, member, olm_init_inbound_group_session(member, ALL(key)));
    key[200] = '*';
    FAILS(OLM_INVALID_BASE64, inbound_group_session, member,
          olm_init_inbound_group_session(member, ALL(key)));
    OK(olm_outbound_group_session_key(room, ALL(key)));
    OK(olm_init_inbound_group_session(member, ALL(key)));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, inbound_group_session, member,
          olm_inbound_group_session_id(member, key, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, inbound_group_session, member,
          olm_export_inbound_group_session(member, export_, 219, 0));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, inbound_group_session, member,
          olm_pickle_inbound_group_session(member, TEXT("key"), buffer, 100));

    OK(olm_export_inbound_group_session(member, ALL(export_), 1));
    size_t length = olm_group_encrypt_message_length(room, 4);
    char *message = (char *)memory_of(length);
    OK(olm_group_encrypt(room, (const uint8_t *)"text", 4, (uint8_t *)message, length));
    OlmInboundGroupSession *later = NEW(OlmInboundGroupSession, inbound_group_session);
    OK(olm_import_inbound_group_session(later, ALL(export_)));
    uint32_t index;
    uint8_t *copy = (uint8_t *)copy_of(message, length);
    FAILS(OLM_UNKNOWN_MESSAGE_INDEX, inbound_group_session, later,
          olm_group_decrypt(later, copy, length, ALL(buffer), &index));
    free(copy);
    FAILS(OLM_UNKNOWN_MESSAGE_INDEX, inbound_group_session, later,
          olm_export_inbound_group_session(later, ALL(export_), 0));
    copy = (uint8_t *)copy_of(message, length);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, inbound_group_session, member,
          olm_group_decrypt(member, copy, length, buffer, 15, &index));
    free(copy);
    for (size_t place = 0; place < length; place++) {
        copy = (uint8_t *)copy_of(message, length);
        change((char *)copy, place);
        int changed = memcmp(copy, message, length) != 0;
        CHECK((olm_group_decrypt(member, copy, length, ALL(buffer), &index) == olm_error()) == changed);
        free(copy);
        copy = (uint8_t *)copy_of(message, place);
        CHECK(olm_group_decrypt(member, copy, place, ALL(buffer), &index) == olm_error());
        free(copy);
        copy = (uint8_t *)copy_of(message, place);
        CHECK(olm_group_decrypt_max_plaintext_length(member, copy, place) == olm_error() || place > 100);
        free(copy);
    }
    free(message);

    length = olm_pickle_outbound_group_session_length(room);
    char *pickle = (char *)memory_of(length);
    OK(olm_pickle_outbound_group_session(room, TEXT("key"), pickle, length));
    FAILS(OLM_BAD_ACCOUNT_KEY, outbound_group_session, room,
          olm_unpickle_outbound_group_session(room, TEXT("wrong"), pickle, length));
    OK(olm_pickle_outbound_group_session(room, TEXT("key"), pickle, length));
    CHECK(olm_unpickle_inbound_group_session(member, TEXT("key"), pickle, length) == olm_error());
    free(pickle);
    /* After all this, the room still has its member. */
    CHECK(olm_inbound_group_session_first_known_index(member) == 0);
    END(inbound_group_session, later);
    END(inbound_group_session, member);
    END(outbound_group_session, room);
}

static void backups(void) {
    OlmPkDecryption *decryption = NEW(OlmPkDecryption, pk_decryption);
    OlmPkEncryption *encryption = NEW(OlmPkEncryption, pk_encryption);
    char key[43], ciphertext[22], mac[11], ephemeral[43], room[100];
    char *random = (char *)random_of(32);
    FAILS(OLM_BAD_ACCOUNT_KEY, pk_decryption, decryption, olm_pk_get_private_key(decryption, ALL(room)));
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_pk_key_from_private(decryption, ALL(key), random, 31));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_pk_generate_key(decryption, key, 42, random, 32));
    OK(olm_pk_generate_key(decryption, ALL(key), random, 32));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_pk_get_private_key(decryption, room, 31));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_pickle_pk_decryption(decryption, TEXT("key"), room, 20));

    FAILS(OLM_BAD_ACCOUNT_KEY, pk_encryption, encryption,
          olm_pk_encrypt(encryption, TEXT("text"), ALL(ciphertext), ALL(mac), ALL(ephemeral), random, 32));
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, pk_encryption, encryption,
          olm_pk_encryption_set_recipient_key(encryption, key, 42));
    memset(room, '.', sizeof room);
    FAILS(OLM_INVALID_BASE64, pk_encryption, encryption,
          olm_pk_encryption_set_recipient_key(encryption, room, 43));
    OK(olm_pk_encryption_set_recipient_key(encryption, ALL(key)));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_encryption, encryption,
          olm_pk_encrypt(encryption, TEXT("text"), ciphertext, 21, ALL(mac), ALL(ephemeral), random, 32));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_encryption, encryption,
          olm_pk_encrypt(encryption, TEXT("text"), ALL(ciphertext), mac, 10, ALL(ephemeral), random, 32));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_encryption, encryption,
          olm_pk_encrypt(encryption, TEXT("text"), ALL(ciphertext), ALL(mac), ephemeral, 42, random, 32));
    FAILS(OLM_NOT_ENOUGH_RANDOM, pk_encryption, encryption,
          olm_pk_encrypt(encryption, TEXT("text"), ALL(ciphertext), ALL(mac), ALL(ephemeral), random, 31));
    OK(olm_pk_encrypt(encryption, TEXT("text"), ALL(ciphertext), ALL(mac), ALL(ephemeral), random, 32));

    char *copy = (char *)copy_of(ALL(ciphertext));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_pk_decrypt(decryption, ALL(ephemeral), ALL(mac), copy, 22, room, 15));
    FAILS(OLM_INVALID_BASE64, pk_decryption, decryption,
          olm_pk_decrypt(decryption, ephemeral, 42, ALL(mac), copy, 22, ALL(room)));
    FAILS(OLM_INVALID_BASE64, pk_decryption, decryption,
          olm_pk_decrypt(decryption, ALL(ephemeral), mac, 10, copy, 22, ALL(room)));
    change(mac, 3);
    FAILS(OLM_BAD_MESSAGE_MAC, pk_decryption, decryption,
          olm_pk_decrypt(decryption, ALL(ephemeral), ALL(mac), copy, 22, ALL(room)));
    free(copy);
    for (size_t length = 0; length < sizeof ciphertext; length++) {
        copy = (char *)copy_of(ciphertext, length);
        CHECK(olm_pk_decrypt(decryption, ALL(ephemeral), ALL(mac), copy, length, ALL(room)) == olm_error());
        free(copy);
    }
    size_t length = olm_pickle_pk_decryption_length(decryption);
    char *pickle = (char *)memory_of(length);
    OK(olm_pickle_pk_decryption(decryption, TEXT("key"), pickle, length));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_unpickle_pk_decryption(decryption, TEXT("key"), pickle, length, key, 42));
    OK(olm_unpickle_pk_decryption(decryption, TEXT("key"), pickle, length, NULL, 0));
    free(pickle);
    free(random);
    END(pk_encryption, encryption);
    END(pk_decryption, decryption);

    OlmPkSigning *signing = NEW(OlmPkSigning, pk_signing);
    uint8_t signature[86];
    FAILS(OLM_BAD_ACCOUNT_KEY, pk_signing, signing, olm_pk_sign(signing, signature, 4, ALL(signature)));
    random = (char *)random_of(32);
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, pk_signing, signing,
          olm_pk_signing_key_from_seed(signing, ALL(key), random, 31));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_signing, signing,
          olm_pk_signing_key_from_seed(signing, key, 42, random, 32));
    OK(olm_pk_signing_key_from_seed(signing, ALL(key), random, 32));
    free(random);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_signing, signing,
          olm_pk_sign(signing, signature, 4, signature, 85));
    OK(olm_pk_sign(signing, (const uint8_t *)"text", 4, ALL(signature)));
    OlmUtility *utility = NEW(OlmUtility, utility);
    char *copied = (char *)copy_of(ALL(signature));
    FAILS(OLM_BAD_MESSAGE_MAC, utility, utility,
          olm_ed25519_verify(utility, ALL(key), TEXT("other"), copied, 86));
    free(copied);
    FAILS(OLM_INVALID_BASE64, utility, utility,
          olm_ed25519_verify(utility, key, 42, TEXT("text"), ALL(signature)));
    FAILS(OLM_BAD_MESSAGE_MAC, utility, utility,
          olm_ed25519_verify(utility, ALL(key), TEXT("text"), signature, 84));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, utility, utility, olm_sha256(utility, TEXT("text"), room, 42));
    END(utility, utility);
    END(pk_signing, signing);
}

static void verification(void) {
    OlmSAS *sas = NEW(OlmSAS, sas);
    char key[43], room[100];
    void *random = random_of(32);
    FAILS(OLM_NOT_ENOUGH_RANDOM, sas, sas, olm_create_sas(sas, random, 31));
    OK(olm_create_sas(sas, random, 32));
    free(random);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_get_pubkey(sas, key, 42));
    OK(olm_sas_get_pubkey(sas, ALL(key)));
    FAILS(OLM_SAS_THEIR_KEY_NOT_SET, sas, sas, olm_sas_generate_bytes(sas, TEXT("info"), ALL(room)));
    FAILS(OLM_SAS_THEIR_KEY_NOT_SET, sas, sas, olm_sas_calculate_mac(sas, TEXT("a"), TEXT("b"), ALL(room)));
    FAILS(OLM_SAS_THEIR_KEY_NOT_SET, sas, sas,
          olm_sas_calculate_mac_fixed_base64(sas, TEXT("a"), TEXT("b"), ALL(room)));
    FAILS(OLM_SAS_THEIR_KEY_NOT_SET, sas, sas,
          olm_sas_calculate_mac_long_kdf(sas, TEXT("a"), TEXT("b"), ALL(room)));
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_set_their_key(sas, key, 42));
    memset(room, 'A', 43);
    FAILS(OLM_BAD_ACCOUNT_KEY, sas, sas, olm_sas_set_their_key(sas, room, 43));
    memset(room, '!', 43);
    FAILS(OLM_INVALID_BASE64, sas, sas, olm_sas_set_their_key(sas, room, 43));
    CHECK(olm_sas_is_their_key_set(sas) == 0);
    OK(olm_sas_set_their_key(sas, ALL(key)));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_calculate_mac(sas, TEXT("a"), TEXT("b"), room, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas,
          olm_sas_calculate_mac_fixed_base64(sas, TEXT("a"), TEXT("b"), room, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas,
          olm_sas_calculate_mac_long_kdf(sas, TEXT("a"), TEXT("b"), room, 42));
    char *much = (char *)memory_of(8161);
    OK(olm_sas_generate_bytes(sas, TEXT("info"), much, 8160));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_generate_bytes(sas, TEXT("info"), much, 8161));
    free(much);
    END(sas, sas);
}

int main(void) {
    groups();
    backups();
    verification();
    return 0;
}
