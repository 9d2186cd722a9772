/* Accounts: identity keys, and the sessions that they start. */
#include "olm.h"

/* libolm's Alice and Bob: all their random bytes count, hers from 10, his from 80, his one-time key's from 150, her session's from 200. */
static const char *const HELLO = "AwogCCZK5pC0Edjj7eQPhxklheoRSggnRKd2EFqsBeqxBS4SIE1bq4mwcz2djc7PBPMhyQt2G3dlpr2yvdv60+er3x9mGiB/iIyVM5TVg5+i9dYJ"
                                 "4wyN4Gxzq9WqoMT/tdB4eDahVCI/AwogieMHFvjUrkJ2fRNNGbAvnnc4o7V6sIeHLNBtZRYH21cQACIQ7vC88vkZE/1lJYfk+0ZkxDV/elhxcPsW";

static void the_keys_of_an_account(void) {
    cliquet_account *account = new_account(0), *again = NULL;
    uint8_t ed25519[32], curve25519[32], expected[32], secret[32], signature[64], signature_again[64];
    OK(cliquet_account_ed25519_key(account, ed25519));
    OK(cliquet_account_curve25519_key(account, curve25519));
    from_hex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8", expected);
    SAME_BYTES(ed25519, expected, 32);
    from_hex("358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254", expected);
    SAME_BYTES(curve25519, expected, 32);
    OK(cliquet_account_sign(account, (const uint8_t *)"text", 4, signature));
    OK(cliquet_ed25519_verify(ed25519, (const uint8_t *)"text", 4, signature));
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_ed25519_verify(ed25519, NULL, 0, signature));
    OK(cliquet_account_sign(account, NULL, 0, signature_again));
    OK(cliquet_ed25519_verify(ed25519, NULL, 0, signature_again));

    /* The pairs are copies: they make the account again, and outlive it. */
    cliquet_ed25519_key_pair *signing = NULL, *of_expanded = NULL;
    cliquet_curve25519_key_pair *identity = NULL;
    OK(cliquet_account_signing_key_pair(account, &signing));
    OK(cliquet_account_identity_key_pair(account, &identity));
    OK(cliquet_account_free(account));
    OK(cliquet_ed25519_key_pair_export_seed(signing, secret));
    sequence(0, expected, 32);
    SAME_BYTES(secret, expected, 32);
    OK(cliquet_curve25519_key_pair_export_secret_key(identity, secret));
    sequence(32, expected, 32);
    SAME_BYTES(secret, expected, 32);
    OK(cliquet_account_from_key_pairs(signing, identity, &again));
    OK(cliquet_account_sign(again, (const uint8_t *)"text", 4, signature_again));
    SAME_BYTES(signature, signature_again, 64);
    OK(cliquet_account_curve25519_key(again, expected));
    SAME_BYTES(curve25519, expected, 32);
    size_t count = 7;
    OK(cliquet_account_stored_one_time_key_count(again, &count));
    CHECK(count == 0);
    OK(cliquet_account_free(again));

    /* A key that came without a seed signs as well, and still has none. */
    uint8_t expanded[64];
    OK(cliquet_ed25519_key_pair_export_expanded_secret_key(signing, expanded));
    OK(cliquet_ed25519_key_pair_from_expanded_secret_key(expanded, &of_expanded));
    OK(cliquet_account_from_key_pairs(of_expanded, identity, &again));
    OK(cliquet_account_sign(again, (const uint8_t *)"text", 4, signature_again));
    SAME_BYTES(signature, signature_again, 64);
    OK(cliquet_ed25519_key_pair_free(signing));
    OK(cliquet_account_signing_key_pair(again, &signing));
    EXPECT(CLIQUET_ABSENT, cliquet_ed25519_key_pair_export_seed(signing, secret));
    OK(cliquet_account_free(again));
    OK(cliquet_ed25519_key_pair_free(signing));
    OK(cliquet_ed25519_key_pair_free(of_expanded));
    OK(cliquet_curve25519_key_pair_free(identity));
}

static void a_failing_generator(void) {
    cliquet_account *account = NULL, *bob = new_account(80);
    cliquet_olm_session *session = NULL;
    uint8_t identity[32], one_time_key[32];
    cliquet_details details;
    OK(cliquet_account_curve25519_key(bob, identity));
    sequence(9, one_time_key, 32);
    EXPECT(CLIQUET_RANDOM, cliquet_account_new(&FAILING, &account));
    for (int calls = 0;; calls++) {
        int left = calls;
        cliquet_random until = {fill_until_failure, &left};
        if (cliquet_account_new(&until, &account) == CLIQUET_OK) {
            CHECK(calls == 2 && left == 0 && account != NULL);
            break;
        }
        CHECK(calls < 2 && account == NULL);
    }
    account_state before;
    observe_account(account, &before);
    for (int calls = 0; calls < 2; calls++) {
        int left = calls;
        cliquet_random until = {fill_until_failure, &left};
        EXPECT(CLIQUET_RANDOM, cliquet_account_create_outbound_session(account, identity, one_time_key, CLIQUET_VERSION_1,
                                                                       NULL, &until, &session, &details));
        DETAILS(details, 0, 0);
        CHECK(session == NULL && left == 0 && account_is(account, &before));
    }
    OK(cliquet_account_create_outbound_session(account, identity, one_time_key, CLIQUET_VERSION_1, NULL, NULL, &session, NULL));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_account_free(account));
    OK(cliquet_account_new(NULL, &account));
    OK(cliquet_account_free(account));
    OK(cliquet_account_free(bob));
}

static void outbound_sessions(void) {
    cliquet_account *alice = new_account(10), *bob = new_account(80);
    cliquet_olm_session *session = NULL;
    cliquet_details details;
    uint8_t identity[32], small[32];
    account_state keys, before;
    generate_keys(bob, 1, 150);
    observe_account(bob, &keys);
    observe_account(alice, &before);
    const uint8_t *one_time_key = keys.keys[0].public_key;
    OK(cliquet_account_curve25519_key(bob, identity));
    for (size_t i = 0; i < SMALL_ORDERS; i++) {
        from_hex(SMALL_ORDER[i], small);
        EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_account_create_outbound_session(alice, small, one_time_key, CLIQUET_VERSION_1,
                                                                                    NULL, NULL, &session, &details));
        DETAILS(details, 0, 0);
        EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_account_create_outbound_session(alice, identity, small, CLIQUET_VERSION_1,
                                                                                    NULL, NULL, &session, &details));
        DETAILS(details, 0, 0);
    }
    REFUSES_LIMITS(cliquet_account_create_outbound_session(alice, identity, one_time_key, CLIQUET_VERSION_1, &limits, NULL, &session,
                                                           &details));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT,
           cliquet_account_create_outbound_session(alice, identity, one_time_key, 0, NULL, NULL, &session, &details));
    DETAILS(details, 0, 0);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT,
           cliquet_account_create_outbound_session(alice, identity, one_time_key, 3, NULL, NULL, &session, &details));
    DETAILS(details, 3, 0);
    CHECK(session == NULL && account_is(alice, &before));

    /* With all that refused, her session is still the one that libolm makes. */
    session = start(alice, bob, CLIQUET_VERSION_1, NULL, 200);
    cliquet_olm_message *message = encrypt(session, "hello");
    char text[256];
    size_t length = 0;
    uint8_t session_id[32];
    OK(cliquet_olm_message_to_base64(message, text, sizeof text, &length));
    CHECK(strcmp(text, HELLO) == 0 && account_is(alice, &before));
    OK(cliquet_olm_session_session_id(session, session_id));
    OK(cliquet_session_id_to_base64(session_id, text, sizeof text, &length));
    CHECK(strcmp(text, "Uo3fWuhX7ndrJp/3ktf4z/B7fvt30tMEJsPTHJ5Dnh4") == 0);
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_account_free(alice));
    OK(cliquet_account_free(bob));
}

int main(void) {
    the_keys_of_an_account();
    a_failing_generator();
    outbound_sessions();
    return 0;
}
