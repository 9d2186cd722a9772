/* Every way in which a function refuses, in buffers of just the right size; after each, the object works on. */
#include "check.h"

/* A text of base64 in memory of its own, one bit of its bytes changed: the last but one character stays valid. */
static void change(char *text, size_t place) { text[place] = text[place] == 'A' ? 'B' : 'A'; }

static void accounts(void) {
    OlmAccount *account = NEW(OlmAccount, account);
    char room[2000];
    FAILS(OLM_BAD_ACCOUNT_KEY, account, account, olm_account_identity_keys(account, ALL(room)));
    FAILS(OLM_BAD_ACCOUNT_KEY, account, account, olm_account_sign(account, TEXT("text"), ALL(room)));
    FAILS(OLM_BAD_ACCOUNT_KEY, account, account, olm_pickle_account(account, TEXT("key"), ALL(room)));
    void *random = random_of(64);
    FAILS(OLM_NOT_ENOUGH_RANDOM, account, account, olm_create_account(account, random, 63));
    CHECK(is_filled(random, 0, 63));
    free(random);
    END(account, account);

    account = new_account(2);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account, olm_account_identity_keys(account, room, 115));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account, olm_account_sign(account, TEXT("text"), room, 85));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account,
          olm_account_one_time_keys(account, room, olm_account_one_time_keys_length(account) - 1));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account, olm_account_fallback_key(account, room, 16));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account, olm_account_unpublished_fallback_key(account, room, 16));
    size_t length = olm_pickle_account_length(account);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account, olm_pickle_account(account, TEXT("key"), room, length - 1));
    random = random_of(64);
    FAILS(OLM_NOT_ENOUGH_RANDOM, account, account, olm_account_generate_one_time_keys(account, 2, random, 63));
    FAILS(OLM_NOT_ENOUGH_RANDOM, account, account, olm_account_generate_one_time_keys(account, (size_t)1 << 59, random, 0));
    FAILS(OLM_NOT_ENOUGH_RANDOM, account, account, olm_account_generate_fallback_key(account, random, 31));
    free(random);

    CHECK(length <= sizeof room);
    char *pickle = (char *)memory_of(length);
    OK(olm_pickle_account(account, TEXT("key"), pickle, length));
    OlmAccount *other = NEW(OlmAccount, account);
    char *copy = (char *)copy_of(pickle, length);
    FAILS(OLM_BAD_ACCOUNT_KEY, account, other, olm_unpickle_account(other, TEXT("wrong"), copy, length));
    free(copy);
    copy = (char *)copy_of(pickle, length);
    change(copy, length / 2);
    FAILS(OLM_BAD_ACCOUNT_KEY, account, other, olm_unpickle_account(other, TEXT("key"), copy, length));
    free(copy);
    copy = (char *)copy_of(pickle, length);
    copy[3] = '=';
    FAILS(OLM_INVALID_BASE64, account, other, olm_unpickle_account(other, TEXT("key"), copy, length));
    free(copy);
    for (size_t cut = 1; cut < length; cut += 7) {
        copy = (char *)copy_of(pickle, length - cut);
        CHECK(olm_unpickle_account(other, TEXT("key"), copy, length - cut) == olm_error());
        free(copy);
    }
    /* The pickle of something else. */
    OlmPkDecryption *decryption = NEW(OlmPkDecryption, pk_decryption);
    random = random_of(32);
    OK(olm_pk_key_from_private(decryption, ALL(room), random, 32));
    free(random);
    size_t other_length = olm_pickle_pk_decryption_length(decryption);
    copy = (char *)memory_of(other_length);
    OK(olm_pickle_pk_decryption(decryption, TEXT("key"), copy, other_length));
    FAILS(OLM_BAD_LEGACY_ACCOUNT_PICKLE, account, other, olm_unpickle_account(other, TEXT("key"), copy, other_length));
    OK(olm_pickle_pk_decryption(decryption, TEXT("key"), copy, other_length));
    OlmSession *none = NEW(OlmSession, session);
    FAILS(OLM_CORRUPTED_PICKLE, session, none, olm_unpickle_session(none, TEXT("key"), copy, other_length));
    free(copy);
    END(pk_decryption, decryption);
    copy = (char *)copy_of(pickle, length);
    FAILS(OLM_UNKNOWN_PICKLE_VERSION, session, none, olm_unpickle_session(none, TEXT("key"), copy, length));
    free(copy);
    END(session, none);
    OK(olm_unpickle_account(other, TEXT("key"), pickle, length));
    free(pickle);
    END(account, other);

    OlmSession *session = NEW(OlmSession, session);
    FAILS(OLM_BAD_MESSAGE_KEY_ID, account, account, olm_remove_one_time_keys(account, session));
    END(session, session);
    END(account, account);
}

static void session_creation(void) {
    OlmAccount *alice = new_account(0), *bob = new_account(1);
    OlmSession *session = NEW(OlmSession, session);
    char identity[43], one_time[43], zeros[43];
    memset(zeros, 'A', sizeof zeros);
    identity_key(bob, "\"curve25519\":\"", identity);
    newest_one_time_key(bob, one_time);
    char *random = (char *)random_of(64);
    FAILS(OLM_INVALID_BASE64, session, session,
          olm_create_outbound_session(session, alice, identity, 42, ALL(one_time), random, 64));
    FAILS(OLM_INVALID_BASE64, session, session,
          olm_create_outbound_session(session, alice, ALL(identity), one_time, 40, random, 64));
    FAILS(OLM_NOT_ENOUGH_RANDOM, session, session,
          olm_create_outbound_session(session, alice, ALL(identity), ALL(one_time), random, 63));
    free(random);
    random = (char *)random_of(64);
    FAILS(OLM_BAD_ACCOUNT_KEY, session, session,
          olm_create_outbound_session(session, alice, ALL(identity), ALL(zeros), random, 64));
    free(random);
    FAILS(OLM_BAD_SESSION_KEY, session, session, olm_session_id(session, ALL(zeros)));
    END(session, session);

    session = new_outbound(alice, bob);
    size_t length;
    char *message = encrypt(session, "first", &length);
    OlmSession *inbound = NEW(OlmSession, session);
    char *copy = (char *)copy_of(message, length);
    FAILS(OLM_BAD_MESSAGE_KEY_ID, session, inbound, olm_create_inbound_session(inbound, alice, copy, length));
    free(copy);
    copy = (char *)copy_of(message, length);
    identity_key(bob, "\"curve25519\":\"", identity);
    FAILS(OLM_BAD_MESSAGE_KEY_ID, session, inbound,
          olm_create_inbound_session_from(inbound, bob, ALL(identity), copy, length));
    free(copy);
    copy = (char *)copy_of(message, length);
    FAILS(OLM_INVALID_BASE64, session, inbound,
          olm_create_inbound_session_from(inbound, bob, identity, 41, copy, length));
    copy[9] = '?';
    FAILS(OLM_INVALID_BASE64, session, inbound, olm_create_inbound_session(inbound, bob, copy, length));
    FAILS(OLM_INVALID_BASE64, session, inbound, olm_matches_inbound_session(inbound, copy, length));
    free(copy);
    copy = (char *)copy_of(message, length);
    memcpy(copy, "BA", 2);
    FAILS(OLM_BAD_MESSAGE_VERSION, session, inbound, olm_create_inbound_session(inbound, bob, copy, length));
    free(copy);
    for (size_t cut = 1; cut < length; cut++) {
        copy = (char *)copy_of(message, length - cut);
        CHECK(olm_create_inbound_session(inbound, bob, copy, length - cut) == olm_error());
        free(copy);
        copy = (char *)copy_of(message, length - cut);
        CHECK(olm_decrypt_max_plaintext_length(inbound, 0, copy, length - cut) == olm_error());
        free(copy);
    }
    copy = (char *)copy_of(message, length);
    OK(olm_create_inbound_session(inbound, bob, copy, length));
    free(copy);
    copy = (char *)copy_of(message, length);
    identity_key(alice, "\"curve25519\":\"", identity);
    FAILS(OLM_INVALID_BASE64, session, inbound,
          olm_matches_inbound_session_from(inbound, identity, 42, copy, length));
    free(copy);
    free(message);
    END(session, inbound);
    END(session, session);
    END(account, bob);
    END(account, alice);
}

static void session_messages(void) {
    OlmAccount *alice = new_account(0), *bob = new_account(1);
    OlmSession *alices = new_outbound(alice, bob);
    size_t length;
    char *first = encrypt(alices, "first", &length);
    OlmSession *bobs = new_inbound(bob, first, length);
    char room[600];
    FAILS(OLM_NOT_ENOUGH_RANDOM, session, bobs, olm_encrypt(bobs, TEXT("text"), room, 31, ALL(room)));
    decrypt(bobs, OLM_MESSAGE_TYPE_PRE_KEY, first, length, "first");
    char *copy = (char *)copy_of(first, length);
    FAILS(OLM_BAD_MESSAGE_MAC, session, bobs, olm_decrypt(bobs, 0, copy, length, ALL(room)));
    free(copy);
    free(first);

    char *answer = encrypt(bobs, "answer", &length);
    copy = (char *)copy_of(answer, length);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, session, alices, olm_decrypt(alices, 1, copy, length, room, 15));
    free(copy);
    copy = (char *)copy_of(answer, length);
    memcpy(copy, "AQ", 2);
    FAILS(OLM_BAD_MESSAGE_VERSION, session, alices, olm_decrypt(alices, 1, copy, length, ALL(room)));
    free(copy);
    copy = (char *)copy_of(answer, length);
    FAILS(OLM_BAD_MESSAGE_FORMAT, session, alices, olm_decrypt(alices, 0, copy, length, ALL(room)));
    free(copy);
    for (size_t place = 0; place < length; place++) {
        copy = (char *)copy_of(answer, length);
        change(copy, place);
        int changed = memcmp(copy, answer, length) != 0;
        CHECK((olm_decrypt(alices, 1, copy, length, ALL(room)) == olm_error()) == changed);
        free(copy);
        copy = (char *)copy_of(answer, place);
        CHECK(olm_decrypt(alices, 1, copy, place, ALL(room)) == olm_error());
        free(copy);
    }
    decrypt(alices, OLM_MESSAGE_TYPE_MESSAGE, answer, length, "answer");
    free(answer);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, session, alices, olm_session_id(alices, room, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, session, alices, olm_encrypt(alices, TEXT("text"), room, 32, room, 50));
    length = olm_pickle_session_length(alices);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, session, alices, olm_pickle_session(alices, TEXT("key"), room, length - 1));

    /* More messages missing than anybody computes keys for. */
    for (int i = 0; i < 2001; i++) {
        free(encrypt(bobs, "missing", &length));
    }
    answer = encrypt(bobs, "too late", &length);
    copy = (char *)copy_of(answer, length);
    FAILS(OLM_BAD_MESSAGE_MAC, session, alices, olm_decrypt(alices, 1, copy, length, ALL(room)));
    free(copy);
    free(answer);

    length = olm_pickle_session_length(bobs);
    char *pickle = (char *)memory_of(length);
    OK(olm_pickle_session(bobs, TEXT("key"), pickle, length));
    OlmAccount *account = NEW(OlmAccount, account);
    OlmInboundGroupSession *group = NEW(OlmInboundGroupSession, inbound_group_session);
    OlmPkDecryption *decryption = NEW(OlmPkDecryption, pk_decryption);
    copy = (char *)copy_of(pickle, length);
    FAILS(OLM_PICKLE_EXTRA_DATA, pk_decryption, decryption,
          olm_unpickle_pk_decryption(decryption, TEXT("key"), copy, length, NULL, 0));
    free(copy);
    END(pk_decryption, decryption);
    copy = (char *)copy_of(pickle, length);
    CHECK(olm_unpickle_account(account, TEXT("key"), copy, length) == olm_error());
    free(copy);
    CHECK(olm_unpickle_inbound_group_session(group, TEXT("key"), pickle, length) == olm_error());
    free(pickle);
    END(inbound_group_session, group);
    END(account, account);
    END(session, bobs);
    END(session, alices);
    END(account, bob);
    END(account, alice);
}

static void groups(void) {
    OlmOutboundGroupSession *room = NEW(OlmOutboundGroupSession, outbound_group_session);
    OlmInboundGroupSession *member = NEW(OlmInboundGroupSession, inbound_group_session);
    uint8_t key[306], buffer[600], export_[220];
    FAILS(OLM_BAD_SESSION_KEY, outbound_group_session, room, olm_outbound_group_session_key(room, ALL(key)));
    FAILS(OLM_BAD_SESSION_KEY, outbound_group_session, room, olm_group_encrypt(room, key, 4, ALL(buffer)));
    FAILS(OLM_BAD_SESSION_KEY, inbound_group_session, member, olm_inbound_group_session_id(member, ALL(buffer)));
    uint8_t *random = (uint8_t *)random_of(160);
    FAILS(OLM_NOT_ENOUGH_RANDOM, outbound_group_session, room, olm_init_outbound_group_session(room, random, 159));
    OK(olm_init_outbound_group_session(room, random, 160));
    free(random);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room, olm_outbound_group_session_key(room, key, 305));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room, olm_outbound_group_session_id(room, key, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room, olm_group_encrypt(room, key, 4, buffer, 100));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, outbound_group_session, room,
          olm_pickle_outbound_group_session(room, TEXT("key"), buffer, 100));
    OK(olm_outbound_group_session_key(room, ALL(key)));

    FAILS(OLM_BAD_SESSION_KEY, inbound_group_session, member, olm_init_inbound_group_session(member, key, 304));
    FAILS(OLM_INVALID_BASE64, inbound_group_session, member, olm_init_inbound_group_session(member, key, 305));
    FAILS(OLM_BAD_SESSION_KEY, inbound_group_session, member, olm_import_inbound_group_session(member, ALL(key)));
    key[200] ^= 1;
    FAILS(OLM_BAD_SIGNATURE, inbound_group_session, member, olm_init_inbound_group_session(member, ALL(key)));
    key[200] = '*';
    FAILS(OLM_INVALID_BASE64, inbound_group_session, member, olm_init_inbound_group_session(member, ALL(key)));
    OK(olm_outbound_group_session_key(room, ALL(key)));
    OK(olm_init_inbound_group_session(member, ALL(key)));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, inbound_group_session, member, olm_inbound_group_session_id(member, key, 42));
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
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, pk_decryption, decryption, olm_pk_key_from_private(decryption, ALL(key), random, 31));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption, olm_pk_generate_key(decryption, key, 42, random, 32));
    OK(olm_pk_generate_key(decryption, ALL(key), random, 32));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption, olm_pk_get_private_key(decryption, room, 31));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_decryption, decryption,
          olm_pickle_pk_decryption(decryption, TEXT("key"), room, 20));

    FAILS(OLM_BAD_ACCOUNT_KEY, pk_encryption, encryption,
          olm_pk_encrypt(encryption, TEXT("text"), ALL(ciphertext), ALL(mac), ALL(ephemeral), random, 32));
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, pk_encryption, encryption,
          olm_pk_encryption_set_recipient_key(encryption, key, 42));
    memset(room, '.', sizeof room);
    FAILS(OLM_INVALID_BASE64, pk_encryption, encryption, olm_pk_encryption_set_recipient_key(encryption, room, 43));
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
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, pk_signing, signing, olm_pk_signing_key_from_seed(signing, ALL(key), random, 31));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_signing, signing, olm_pk_signing_key_from_seed(signing, key, 42, random, 32));
    OK(olm_pk_signing_key_from_seed(signing, ALL(key), random, 32));
    free(random);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, pk_signing, signing, olm_pk_sign(signing, signature, 4, signature, 85));
    OK(olm_pk_sign(signing, (const uint8_t *)"text", 4, ALL(signature)));
    OlmUtility *utility = NEW(OlmUtility, utility);
    char *copied = (char *)copy_of(ALL(signature));
    FAILS(OLM_BAD_MESSAGE_MAC, utility, utility, olm_ed25519_verify(utility, ALL(key), TEXT("other"), copied, 86));
    free(copied);
    FAILS(OLM_INVALID_BASE64, utility, utility, olm_ed25519_verify(utility, key, 42, TEXT("text"), ALL(signature)));
    FAILS(OLM_BAD_MESSAGE_MAC, utility, utility, olm_ed25519_verify(utility, ALL(key), TEXT("text"), signature, 84));
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
    FAILS(OLM_SAS_THEIR_KEY_NOT_SET, sas, sas, olm_sas_calculate_mac_fixed_base64(sas, TEXT("a"), TEXT("b"), ALL(room)));
    FAILS(OLM_SAS_THEIR_KEY_NOT_SET, sas, sas, olm_sas_calculate_mac_long_kdf(sas, TEXT("a"), TEXT("b"), ALL(room)));
    FAILS(OLM_INPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_set_their_key(sas, key, 42));
    memset(room, 'A', 43);
    FAILS(OLM_BAD_ACCOUNT_KEY, sas, sas, olm_sas_set_their_key(sas, room, 43));
    memset(room, '!', 43);
    FAILS(OLM_INVALID_BASE64, sas, sas, olm_sas_set_their_key(sas, room, 43));
    CHECK(olm_sas_is_their_key_set(sas) == 0);
    OK(olm_sas_set_their_key(sas, ALL(key)));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_calculate_mac(sas, TEXT("a"), TEXT("b"), room, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_calculate_mac_fixed_base64(sas, TEXT("a"), TEXT("b"), room, 42));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_calculate_mac_long_kdf(sas, TEXT("a"), TEXT("b"), room, 42));
    char *much = (char *)memory_of(8161);
    OK(olm_sas_generate_bytes(sas, TEXT("info"), much, 8160));
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, sas, sas, olm_sas_generate_bytes(sas, TEXT("info"), much, 8161));
    free(much);
    END(sas, sas);
}

int main(void) {
    accounts();
    session_creation();
    session_messages();
    groups();
    backups();
    verification();
    for (int code = 0; code <= 18; code++) {
        CHECK(strlen(_olm_error_to_string((enum OlmErrorCode)code)) > 0);
    }
    CHECK(strcmp(_olm_error_to_string((enum OlmErrorCode)18), "UNKNOWN_ERROR") == 0);
    return 0;
}
