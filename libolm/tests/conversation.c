/* Every function as it is meant to be used, with buffers of just the right size; all is cleared and freed. */
#include "check.h"

static void accounts(void) {
    OlmAccount *account = new_account(3);
    CHECK(olm_account_max_number_of_one_time_keys(account) == 100);
    CHECK(olm_account_mark_keys_as_published(account) == 3);
    size_t length = olm_account_generate_fallback_key_random_length(account);
    for (int i = 0; i < 2; i++) {
        void *random = random_of(length);
        OK(olm_account_generate_fallback_key(account, random, length));
        free(random);
    }
    length = olm_account_fallback_key_length(account);
    char *json = (char *)memory_of(length);
    CHECK(olm_account_fallback_key(account, json, length) == length);
    free(json);
    length = olm_account_unpublished_fallback_key_length(account);
    json = (char *)memory_of(length);
    CHECK(olm_account_unpublished_fallback_key(account, json, length) == length);
    free(json);
    olm_account_forget_old_fallback_key(account);

    char key[43];
    identity_key(account, "\"ed25519\":\"", key);
    length = olm_account_signature_length(account);
    char *signature = (char *)memory_of(length);
    CHECK(olm_account_sign(account, TEXT("text"), signature, length) == length);
    OlmUtility *utility = NEW(OlmUtility, utility);
    OK(olm_ed25519_verify(utility, ALL(key), TEXT("text"), signature, length));
    free(signature);
    length = olm_sha256_length(utility);
    char *hash = (char *)memory_of(length);
    CHECK(olm_sha256(utility, TEXT("abc"), hash, length) == length);
    CHECK(memcmp(hash, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0", length) == 0);
    free(hash);
    END(utility, utility);

    length = olm_pickle_account_length(account);
    char *pickle = (char *)memory_of(length);
    CHECK(olm_pickle_account(account, TEXT("key"), pickle, length) == length);
    OlmAccount *copy = NEW(OlmAccount, account);
    CHECK(olm_unpickle_account(copy, TEXT("key"), pickle, length) == length);
    CHECK(is_filled(pickle, 0, length));
    free(pickle);
    END(account, copy);
    END(account, account);
}

static void sessions(void) {
    OlmAccount *alice = new_account(0), *bob = new_account(2);
    OlmSession *alices = new_outbound(alice, bob);
    CHECK(olm_encrypt_message_type(alices) == OLM_MESSAGE_TYPE_PRE_KEY);
    size_t length, answer_length;
    char *first = encrypt(alices, "first", &length);

    char key[43];
    identity_key(alice, "\"curve25519\":\"", key);
    OlmSession *bobs = NEW(OlmSession, session);
    void *copy = copy_of(first, length);
    OK(olm_create_inbound_session_from(bobs, bob, ALL(key), copy, length));
    free(copy);
    copy = copy_of(first, length);
    CHECK(olm_matches_inbound_session(bobs, copy, length) == 1);
    free(copy);
    copy = copy_of(first, length);
    CHECK(olm_matches_inbound_session_from(bobs, ALL(key), copy, length) == 1);
    free(copy);
    CHECK(olm_session_has_received_message(bobs) == 0);
    decrypt(bobs, OLM_MESSAGE_TYPE_PRE_KEY, first, length, "first");
    CHECK(olm_session_has_received_message(bobs) == 1);
    OK(olm_remove_one_time_keys(bob, bobs));
    free(first);

    char *answer = encrypt(bobs, "answer", &answer_length);
    decrypt(alices, OLM_MESSAGE_TYPE_MESSAGE, answer, answer_length, "answer");
    CHECK(olm_encrypt_message_type(alices) == OLM_MESSAGE_TYPE_MESSAGE);
    free(answer);
    char *messages[50];
    size_t lengths[50];
    for (int i = 0; i < 50; i++) {
        messages[i] = encrypt(alices, "late", &lengths[i]);
    }
    for (int i = 50; i-- > 20;) {
        decrypt(bobs, OLM_MESSAGE_TYPE_MESSAGE, messages[i], lengths[i], "late");
    }
    for (int i = 0; i < 50; i++) {
        free(messages[i]);
    }

    char ids[2][43];
    CHECK(olm_session_id_length(alices) == sizeof ids[0]);
    OK(olm_session_id(alices, ALL(ids[0])));
    OK(olm_session_id(bobs, ALL(ids[1])));
    CHECK(memcmp(ids[0], ids[1], sizeof ids[0]) == 0);
    for (size_t room = 0; room < 300; room++) {
        char *description = (char *)memory_of(room);
        olm_session_describe(bobs, description, room);
        free(description);
    }

    length = olm_pickle_session_length(bobs);
    char *pickle = (char *)memory_of(length);
    CHECK(olm_pickle_session(bobs, TEXT("key"), pickle, length) == length);
    OlmSession *again = NEW(OlmSession, session);
    CHECK(olm_unpickle_session(again, TEXT("key"), pickle, length) == length);
    free(pickle);
    END(session, again);
    END(session, bobs);
    END(session, alices);
    END(account, bob);
    END(account, alice);
}

static void groups(void) {
    OlmOutboundGroupSession *room = NEW(OlmOutboundGroupSession, outbound_group_session);
    size_t length = olm_init_outbound_group_session_random_length(room);
    void *random = random_of(length);
    OK(olm_init_outbound_group_session(room, (uint8_t *)random, length));
    free(random);
    CHECK(olm_outbound_group_session_message_index(room) == 0);

    length = olm_outbound_group_session_key_length(room);
    uint8_t *key = (uint8_t *)memory_of(length);
    CHECK(olm_outbound_group_session_key(room, key, length) == length);
    OlmInboundGroupSession *member = NEW(OlmInboundGroupSession, inbound_group_session);
    OK(olm_init_inbound_group_session(member, key, length));
    free(key);
    CHECK(olm_inbound_group_session_first_known_index(member) == 0);
    CHECK(olm_inbound_group_session_is_verified(member) == 1);
    uint8_t ids[2][43];
    CHECK(olm_outbound_group_session_id_length(room) == 43);
    CHECK(olm_inbound_group_session_id_length(member) == 43);
    OK(olm_outbound_group_session_id(room, ALL(ids[0])));
    OK(olm_inbound_group_session_id(member, ALL(ids[1])));
    CHECK(memcmp(ids[0], ids[1], sizeof ids[0]) == 0);

    for (uint32_t index = 0; index < 300; index += 1) {
        length = olm_group_encrypt_message_length(room, 4);
        uint8_t *message = (uint8_t *)memory_of(length);
        CHECK(olm_group_encrypt(room, (const uint8_t *)"text", 4, message, length) == length);
        uint8_t *copy = (uint8_t *)copy_of(message, length);
        size_t capacity = olm_group_decrypt_max_plaintext_length(member, copy, length);
        uint8_t *plaintext = (uint8_t *)memory_of(capacity);
        uint32_t found = 0;
        CHECK(olm_group_decrypt(member, message, length, plaintext, capacity, &found) == 4 && found == index);
        CHECK(memcmp(plaintext, "text", 4) == 0);
        free(message);
        free(copy);
        free(plaintext);
    }
    length = olm_export_inbound_group_session_length(member);
    uint8_t *export_ = (uint8_t *)memory_of(length);
    CHECK(olm_export_inbound_group_session(member, export_, length, 7) == length);
    OlmInboundGroupSession *imported = NEW(OlmInboundGroupSession, inbound_group_session);
    OK(olm_import_inbound_group_session(imported, export_, length));
    CHECK(olm_inbound_group_session_is_verified(imported) == 0);
    free(export_);

    length = olm_pickle_inbound_group_session_length(member);
    char *pickle = (char *)memory_of(length);
    CHECK(olm_pickle_inbound_group_session(member, TEXT("key"), pickle, length) == length);
    OlmInboundGroupSession *copy = NEW(OlmInboundGroupSession, inbound_group_session);
    CHECK(olm_unpickle_inbound_group_session(copy, TEXT("key"), pickle, length) == length);
    free(pickle);
    length = olm_pickle_outbound_group_session_length(room);
    pickle = (char *)memory_of(length);
    CHECK(olm_pickle_outbound_group_session(room, TEXT("key"), pickle, length) == length);
    OlmOutboundGroupSession *other = NEW(OlmOutboundGroupSession, outbound_group_session);
    CHECK(olm_unpickle_outbound_group_session(other, TEXT("key"), pickle, length) == length);
    free(pickle);
    END(inbound_group_session, copy);
    END(inbound_group_session, imported);
    END(inbound_group_session, member);
    END(outbound_group_session, other);
    END(outbound_group_session, room);
}

static void backups(void) {
    OlmPkDecryption *decryption = NEW(OlmPkDecryption, pk_decryption);
    CHECK(olm_pk_private_key_length() == 32 && olm_pk_generate_key_random_length() == 32);
    CHECK(olm_pk_key_length() == 43);
    char key[43];
    void *private_key = random_of(32);
    OK(olm_pk_key_from_private(decryption, ALL(key), private_key, 32));
    OK(olm_pk_generate_key(decryption, ALL(key), private_key, 32));
    char found[32];
    CHECK(olm_pk_get_private_key(decryption, ALL(found)) == 32);
    CHECK(memcmp(found, private_key, 32) == 0);
    free(private_key);

    OlmPkEncryption *encryption = NEW(OlmPkEncryption, pk_encryption);
    OK(olm_pk_encryption_set_recipient_key(encryption, ALL(key)));
    size_t length = olm_pk_ciphertext_length(encryption, 4), mac_length = olm_pk_mac_length(encryption);
    size_t random_length = olm_pk_encrypt_random_length(encryption);
    char *ciphertext = (char *)memory_of(length), *mac = (char *)memory_of(mac_length);
    char ephemeral[43];
    void *random = random_of(random_length);
    OK(olm_pk_encrypt(encryption, TEXT("text"), ciphertext, length, mac, mac_length, ALL(ephemeral), random,
                      random_length));
    free(random);
    size_t room = olm_pk_max_plaintext_length(decryption, length);
    char *plaintext = (char *)memory_of(room);
    size_t decrypted =
        olm_pk_decrypt(decryption, ALL(ephemeral), mac, mac_length, ciphertext, length, plaintext, room);
    CHECK(decrypted == 4);
    CHECK(memcmp(plaintext, "text", 4) == 0);
    free(plaintext);
    free(ciphertext);
    free(mac);

    length = olm_pickle_pk_decryption_length(decryption);
    char *pickle = (char *)memory_of(length);
    CHECK(olm_pickle_pk_decryption(decryption, TEXT("key"), pickle, length) == length);
    OlmPkDecryption *copy = NEW(OlmPkDecryption, pk_decryption);
    char again[43];
    CHECK(olm_unpickle_pk_decryption(copy, TEXT("key"), pickle, length, ALL(again)) == length);
    CHECK(memcmp(again, key, sizeof key) == 0);
    free(pickle);
    END(pk_decryption, copy);
    END(pk_decryption, decryption);
    END(pk_encryption, encryption);

    OlmPkSigning *signing = NEW(OlmPkSigning, pk_signing);
    void *seed = random_of(olm_pk_signing_seed_length());
    CHECK(olm_pk_signing_public_key_length() == sizeof key);
    OK(olm_pk_signing_key_from_seed(signing, ALL(key), seed, olm_pk_signing_seed_length()));
    free(seed);
    uint8_t signature[86];
    CHECK(olm_pk_signature_length() == sizeof signature);
    OK(olm_pk_sign(signing, (const uint8_t *)"text", 4, ALL(signature)));
    OlmUtility *utility = NEW(OlmUtility, utility);
    OK(olm_ed25519_verify(utility, ALL(key), TEXT("text"), ALL(signature)));
    END(utility, utility);
    END(pk_signing, signing);
}

static void verification(void) {
    OlmSAS *sides[2];
    char keys[2][43], bytes[2][40], macs[2][3][43];
    for (int i = 0; i < 2; i++) {
        sides[i] = NEW(OlmSAS, sas);
        size_t length = olm_create_sas_random_length(sides[i]);
        void *random = random_of(length);
        OK(olm_create_sas(sides[i], random, length));
        free(random);
        CHECK(olm_sas_pubkey_length(sides[i]) == 43 && olm_sas_mac_length(sides[i]) == 43);
        OK(olm_sas_get_pubkey(sides[i], ALL(keys[i])));
    }
    for (int i = 0; i < 2; i++) {
        CHECK(olm_sas_is_their_key_set(sides[i]) == 0);
        OK(olm_sas_set_their_key(sides[i], ALL(keys[1 - i])));
        CHECK(olm_sas_is_their_key_set(sides[i]) == 1);
        OK(olm_sas_generate_bytes(sides[i], TEXT("info"), ALL(bytes[i])));
        OK(olm_sas_calculate_mac(sides[i], TEXT("key"), TEXT("info"), ALL(macs[i][0])));
        OK(olm_sas_calculate_mac_fixed_base64(sides[i], TEXT("key"), TEXT("info"), ALL(macs[i][1])));
        OK(olm_sas_calculate_mac_long_kdf(sides[i], TEXT("key"), TEXT("info"), ALL(macs[i][2])));
    }
    CHECK(memcmp(bytes[0], bytes[1], sizeof bytes[0]) == 0 && memcmp(macs[0], macs[1], sizeof macs[0]) == 0);
    END(sas, sides[0]);
    END(sas, sides[1]);
}

int main(void) {
    uint8_t version[3];
    olm_get_library_version(&version[0], &version[1], &version[2]);
    CHECK(version[0] == 3 && version[1] == 2 && version[2] == 16);
    accounts();
    sessions();
    groups();
    backups();
    verification();
    return 0;
}
