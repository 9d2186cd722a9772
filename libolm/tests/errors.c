/* Every way in which the functions of accounts and sessions refuse; after each, the object works on. */
#include "check.h"

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
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account,
          olm_account_unpublished_fallback_key(account, room, 16));
    size_t length = olm_pickle_account_length(account);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, account, account,
          olm_pickle_account(account, TEXT("key"), room, length - 1));
    random = random_of(64);
    FAILS(OLM_NOT_ENOUGH_RANDOM, account, account,
          olm_account_generate_one_time_keys(account, 2, random, 63));
    FAILS(OLM_NOT_ENOUGH_RANDOM, account, account,
          olm_account_generate_one_time_keys(account, (size_t)1 << 59, random, 0));
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
    FAILS(OLM_BAD_LEGACY_ACCOUNT_PICKLE, account, other,
          olm_unpickle_account(other, TEXT("key"), copy, other_length));
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
    /* The ciphertext is where a pre-key message has the message inside. */
    FAILS(OLM_BAD_MESSAGE_VERSION, session, alices, olm_decrypt(alices, 0, copy, length, ALL(room)));
    free(copy);
    copy = (char *)copy_of(answer, 8);
    FAILS(OLM_BAD_MESSAGE_FORMAT, session, alices, olm_decrypt(alices, 0, copy, 8, ALL(room)));
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
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, session, alices,
          olm_encrypt(alices, TEXT("text"), room, 32, room, 50));
    length = olm_pickle_session_length(alices);
    FAILS(OLM_OUTPUT_BUFFER_TOO_SMALL, session, alices,
          olm_pickle_session(alices, TEXT("key"), room, length - 1));

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

int main(void) {
    accounts();
    session_creation();
    session_messages();
    for (int code = 0; code <= 18; code++) {
        CHECK(strlen(_olm_error_to_string((enum OlmErrorCode)code)) > 0);
    }
    CHECK(strcmp(_olm_error_to_string((enum OlmErrorCode)18), "UNKNOWN_ERROR") == 0);
    return 0;
}
