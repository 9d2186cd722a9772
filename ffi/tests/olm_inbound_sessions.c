/* Sessions that accounts make of the first message of another device, and all first messages of which they make none. */
#include "olm.h"

/* libolm's Alice and Bob: all their random bytes count, hers from 10, his from 80, his one-time key's from 150, her session's from 200. */
static const char *const HELLO = "AwogCCZK5pC0Edjj7eQPhxklheoRSggnRKd2EFqsBeqxBS4SIE1bq4mwcz2djc7PBPMhyQt2G3dlpr2yvdv60+er3x9mGiB/iIyVM5TVg5+i9dYJ"
                                 "4wyN4Gxzq9WqoMT/tdB4eDahVCI/AwogieMHFvjUrkJ2fRNNGbAvnnc4o7V6sIeHLNBtZRYH21cQACIQ7vC88vkZE/1lJYfk+0ZkxDV/elhxcPsW";

/* Other forms of her base key, of which X25519 makes the same secrets: with a part of small order, or a bit that it ignores. */
static const char *const OTHER_BASE_KEYS[] = {
    "9452a242ac5f82615c2d20996ab4a9466f9759a771ac91ce4433155618f2f07b",
    "8f46d4ebcc2dabde89f47e76643f743331a1ec007e410dfebf64fed7db955e41",
    "74afae96cd6eb69b4984a5cc222dd1adf19627acbfc8c06a670239ecd833ec18",
    "51f50b557dd0527df2911601cf06bf9ea1bc65d1c1e8a69782774de67b447c1e",
    "800c6df856ec34a19e67571b8690ca83e5eb972e66f96b27d35b1b1b41785215",
    "99de899630a638af316043419f84066b519f56c8d3e5acef13c713f8e75df557",
    "2d881b3331848a672bb8f0a9f6e49d7095f74eb5e0cf03c27ae07371dcbcde48",
    "4d5bab89b0733d9d8dcecf04f321c90b761b7765a6bdb2bddbfad3e7abdf1fe6",
};

enum { ONE_TIME_KEY = 3, BASE_KEY = 37, IDENTITY_KEY = 71, INNER = 105, HELLO_LENGTH = 168 };

/* Bob, who has two one-time keys, and Alice's message to the first of them, as bytes. */
typedef struct {
    cliquet_account *bob;
    account_state before;
    uint8_t alices_key[32], bytes[256];
} expecting;

static expecting expect_hello(void) {
    expecting this_one;
    cliquet_account *alice = new_account(10);
    cliquet_olm_message *message = NULL;
    this_one.bob = new_account(80);
    generate_keys(this_one.bob, 2, 150);
    observe_account(this_one.bob, &this_one.before);
    OK(cliquet_account_curve25519_key(alice, this_one.alices_key));
    OK(cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_PRE_KEY, TEXT(HELLO), &message, NULL));
    CHECK(wire(message, this_one.bytes, 256) == HELLO_LENGTH);
    OK(cliquet_olm_message_free(message));
    OK(cliquet_account_free(alice));
    return this_one;
}

typedef struct {
    const uint8_t *identity_key;
    const uint8_t *bytes;
    size_t length;
    cliquet_version version;
} question;

/* An inbound session that must not come to be: nothing is written, and the account keeps its keys. */
static cliquet_status created(const expecting *he, question asked, bool opened, cliquet_details *details) {
    cliquet_olm_session *session = NULL;
    uint8_t plaintext[256];
    size_t length = 0;
    cliquet_key_use key_use;
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(&length, sizeof length);
    make_untouched(&key_use, sizeof key_use);
    make_untouched(details, sizeof *details);
    cliquet_message_type type = CLIQUET_MESSAGE_TYPE_PRE_KEY;
    if (asked.bytes[1] == 0x0a && asked.bytes[35] == 0x10) {
        type = CLIQUET_MESSAGE_TYPE_NORMAL;
    }
    cliquet_olm_message *message = read_message(type, asked.bytes, asked.length);
    cliquet_status status =
        opened ? cliquet_account_create_inbound_session(he->bob, asked.identity_key, message, asked.version, NULL, &session,
                                                        plaintext, sizeof plaintext, &length, &key_use, details)
               : cliquet_account_inbound_session_unopened(he->bob, asked.identity_key, message, asked.version, NULL, &session,
                                                          details);
    CHECK(cliquet_olm_message_free(message) == CLIQUET_OK);
    if (status == CLIQUET_OK) {
        CHECK(cliquet_olm_session_free(session) == CLIQUET_OK);
        return status;
    }
    CHECK(session == NULL && is_untouched(plaintext, sizeof plaintext) && is_untouched(&length, sizeof length));
    CHECK(is_untouched(&key_use, sizeof key_use) && account_is(he->bob, &he->before));
    return status;
}

#define NO_SESSION(status, he, asked, opened, found, limit)                                                           \
    do {                                                                                                              \
        cliquet_details no_session_details;                                                                           \
        EXPECT_NAMED(status, #status, created(he, asked, opened, &no_session_details));                               \
        DETAILS(no_session_details, found, limit);                                                                    \
    } while (0)

/* Both functions refuse, and tell a key. */
#define NO_SESSION_KEY(status, he, asked, expected)                                                                   \
    do {                                                                                                              \
        for (int opened = 0; opened < 2; opened++) {                                                                  \
            cliquet_details key_details;                                                                              \
            EXPECT_NAMED(status, #status, created(he, asked, opened != 0, &key_details));                             \
            SAME_BYTES(key_details.key, expected, 32);                                                                \
            memset(key_details.key, 0, 32);                                                                           \
            DETAILS(key_details, 0, 0);                                                                               \
        }                                                                                                             \
    } while (0)

static void inbound_sessions_that_are_refused(void) {
    expecting he = expect_hello();
    uint8_t changed[256], small[32], other[32];
    question asked = {he.alices_key, changed, HELLO_LENGTH, CLIQUET_VERSION_1};
    sequence(77, other, 32);

    memcpy(changed, he.bytes, HELLO_LENGTH);
    asked.identity_key = other;
    NO_SESSION_KEY(CLIQUET_MISMATCHED_IDENTITY_KEY, &he, asked, he.alices_key);
    asked.identity_key = he.alices_key;
    memcpy(changed + IDENTITY_KEY, other, 32);
    NO_SESSION_KEY(CLIQUET_MISMATCHED_IDENTITY_KEY, &he, asked, other);
    /* Somebody claims to be another device, which the caller expects. */
    asked.identity_key = other;
    NO_SESSION(CLIQUET_AUTHENTICATION_FAILED, &he, asked, true, 0, 0);
    asked.identity_key = he.alices_key;

    memcpy(changed, he.bytes, HELLO_LENGTH);
    memcpy(changed + ONE_TIME_KEY, other, 32);
    NO_SESSION_KEY(CLIQUET_UNKNOWN_ONE_TIME_KEY, &he, asked, other);
    memcpy(changed + ONE_TIME_KEY, he.before.keys[1].public_key, 32);
    NO_SESSION(CLIQUET_AUTHENTICATION_FAILED, &he, asked, true, 0, 0);

    for (size_t i = 0; i < sizeof OTHER_BASE_KEYS / sizeof OTHER_BASE_KEYS[0]; i++) {
        memcpy(changed, he.bytes, HELLO_LENGTH);
        from_hex(OTHER_BASE_KEYS[i], changed + BASE_KEY);
        NO_SESSION(CLIQUET_MALFORMED_BASE_KEY, &he, asked, true, 0, 0);
        NO_SESSION(CLIQUET_MALFORMED_BASE_KEY, &he, asked, false, 0, 0);
    }
    for (size_t i = 0; i < SMALL_ORDERS; i++) {
        from_hex(SMALL_ORDER[i], small);
        memcpy(changed, he.bytes, HELLO_LENGTH);
        memcpy(changed + BASE_KEY, small, 32);
        NO_SESSION(CLIQUET_NON_CONTRIBUTORY_KEY, &he, asked, true, 0, 0);
        NO_SESSION(CLIQUET_NON_CONTRIBUTORY_KEY, &he, asked, false, 0, 0);
        memcpy(changed, he.bytes, HELLO_LENGTH);
        memcpy(changed + IDENTITY_KEY, small, 32);
        asked.identity_key = small;
        NO_SESSION(CLIQUET_NON_CONTRIBUTORY_KEY, &he, asked, true, 0, 0);
        NO_SESSION(CLIQUET_NON_CONTRIBUTORY_KEY, &he, asked, false, 0, 0);
        asked.identity_key = he.alices_key;
    }

    memcpy(changed, he.bytes, HELLO_LENGTH);
    asked.version = CLIQUET_VERSION_2;
    NO_SESSION(CLIQUET_MISMATCHED_VERSION, &he, asked, true, CLIQUET_VERSION_1, CLIQUET_VERSION_2);
    NO_SESSION(CLIQUET_MISMATCHED_VERSION, &he, asked, false, CLIQUET_VERSION_1, CLIQUET_VERSION_2);
    asked.version = 7;
    NO_SESSION(CLIQUET_UNKNOWN_CONSTANT, &he, asked, true, 7, 0);
    NO_SESSION(CLIQUET_UNKNOWN_CONSTANT, &he, asked, false, 7, 0);
    asked.version = CLIQUET_VERSION_1;

    /* Every byte of the message inside is authenticated: if it is still a message, it does not open. */
    for (size_t i = INNER; i < HELLO_LENGTH; i++) {
        cliquet_olm_message *message = NULL;
        memcpy(changed, he.bytes, HELLO_LENGTH);
        changed[i] ^= 1;
        if (cliquet_olm_message_from_bytes(CLIQUET_MESSAGE_TYPE_PRE_KEY, changed, HELLO_LENGTH, &message, NULL) == CLIQUET_OK) {
            OK(cliquet_olm_message_free(message));
            NO_SESSION(CLIQUET_AUTHENTICATION_FAILED, &he, asked, true, 0, 0);
        }
    }
    memcpy(changed, he.bytes, HELLO_LENGTH);
    asked.length = INNER + forge(he.bytes + INNER + 3, 2001, changed + INNER);
    changed[INNER - 1] = (uint8_t)(asked.length - INNER);
    NO_SESSION(CLIQUET_GAP_TOO_LARGE, &he, asked, true, 2001, 2000);
    asked.bytes = he.bytes + INNER;
    asked.length = HELLO_LENGTH - INNER;
    NO_SESSION(CLIQUET_MESSAGE_TYPE, &he, asked, true, CLIQUET_MESSAGE_TYPE_NORMAL, 0);
    NO_SESSION(CLIQUET_MESSAGE_TYPE, &he, asked, false, CLIQUET_MESSAGE_TYPE_NORMAL, 0);

    cliquet_olm_session *session = NULL;
    uint8_t plaintext[16];
    size_t length = 0;
    cliquet_olm_message *hello = read_message(CLIQUET_MESSAGE_TYPE_PRE_KEY, he.bytes, HELLO_LENGTH);
    REFUSES_LIMITS(cliquet_account_create_inbound_session(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, &limits, &session, plaintext,
                                                          16, &length, NULL, &details));
    REFUSES_LIMITS(cliquet_account_inbound_session_unopened(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, &limits, &session, &details));

    /* A buffer too short for the longest text that these blocks can hold, then one that fits. */
    cliquet_details details;
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_create_inbound_session(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, NULL, &session,
                                                                        plaintext, 14, &length, NULL, &details));
    DETAILS(details, 14, 15);
    CHECK(length == 15 && session == NULL && is_untouched(plaintext, 16) && account_is(he.bob, &he.before));
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_create_inbound_session(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, NULL, &session,
                                                                        NULL, 0, &length, NULL, &details));
    DETAILS(details, 0, 15);
    CHECK(length == 15 && session == NULL && account_is(he.bob, &he.before));

    cliquet_key_use key_use;
    OK(cliquet_account_create_inbound_session(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, NULL, &session, plaintext, 15, &length,
                                              &key_use, &details));
    CHECK(length == 5 && session != NULL && key_use.key_id == he.before.keys[0].key_id && !key_use.is_fallback_key);
    CHECK(is_untouched(&details, sizeof details) && is_untouched(plaintext + 5, 11));
    SAME_BYTES(plaintext, "hello", 5);

    /* He answers as libolm's Bob does. His key is used up, the other one is not. */
    cliquet_olm_message *reply = NULL;
    char text[128];
    uint8_t five = 5;
    cliquet_random counting = {fill_counting, &five};
    OK(cliquet_olm_session_encrypt(session, (const uint8_t *)"reply", 5, &counting, &reply));
    OK(cliquet_olm_message_to_base64(reply, text, sizeof text, &length));
    CHECK(strcmp(text, "AwogYJC4c2IZGSXvydz8wDvZ4XBm6fehtB0PZEE7pgdVhxwQACIQ8VbaKhlX0jipgFtZDEEmB1ymdiAE89B1") == 0);
    account_state after;
    observe_account(he.bob, &after);
    CHECK(after.count == 1 && same_key(&after.keys[0], &he.before.keys[1]));
    he.before = after;
    asked.bytes = he.bytes;
    asked.length = HELLO_LENGTH;
    NO_SESSION_KEY(CLIQUET_UNKNOWN_ONE_TIME_KEY, &he, asked, he.bytes + ONE_TIME_KEY);
    OK(cliquet_olm_message_free(reply));
    OK(cliquet_olm_message_free(hello));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_account_free(he.bob));
}

/* What libolm does: the session comes first, the message is decrypted after it, the key removed in the end. */
static void unopened_sessions(void) {
    expecting he = expect_hello();
    cliquet_olm_session *session = NULL;
    cliquet_olm_message *hello = read_message(CLIQUET_MESSAGE_TYPE_PRE_KEY, he.bytes, HELLO_LENGTH), *early = NULL;
    OK(cliquet_account_inbound_session_unopened(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, NULL, &session, NULL));
    CHECK(account_is(he.bob, &he.before));
    session_state state;
    observe_session(session, &state);
    CHECK(!state.summary.has_received_message && !state.summary.has_sending_chain && state.count == 1);
    CHECK(state.chains[0].next_chain_index == 0);
    bool matches = false;
    OK(cliquet_olm_session_matches_pre_key_message(session, hello, &matches, NULL));
    CHECK(matches);
    decrypts_to(session, hello, "hello");
    cliquet_removal removal = 0;
    OK(cliquet_account_remove_one_time_key(he.bob, he.bytes + ONE_TIME_KEY, &removal));
    CHECK(removal == CLIQUET_REMOVAL_REMOVED);
    OK(cliquet_olm_session_free(session));
    session = NULL;
    EXPECT(CLIQUET_UNKNOWN_ONE_TIME_KEY,
           cliquet_account_inbound_session_unopened(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, NULL, &session, NULL));
    CHECK(session == NULL);
    OK(cliquet_olm_message_free(hello));
    OK(cliquet_account_free(he.bob));

    /* Such a session may encrypt at once, to a ratchet key that nobody vouched for: here one of small order. */
    he = expect_hello();
    from_hex(SMALL_ORDER[0], he.bytes + INNER + 3);
    hello = read_message(CLIQUET_MESSAGE_TYPE_PRE_KEY, he.bytes, HELLO_LENGTH);
    OK(cliquet_account_inbound_session_unopened(he.bob, he.alices_key, hello, CLIQUET_VERSION_1, NULL, &session, NULL));
    observe_session(session, &state);
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_olm_session_encrypt(session, NULL, 0, NULL, &early));
    CHECK(early == NULL && session_is(session, &state));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_olm_message_free(hello));
    OK(cliquet_account_free(he.bob));
}

/* A fallback key opens as many sessions as there are messages, also the previous one until it is forgotten. */
static void fallback_keys(void) {
    cliquet_account *alice = new_account(10), *bob = new_account(80);
    cliquet_olm_session *hers = NULL, *his = NULL;
    uint8_t alices_key[32], identity[32], plaintext[32], first = 150;
    cliquet_random counting = {fill_counting, &first};
    cliquet_one_time_key fallback;
    cliquet_key_use key_use;
    size_t length = 0;
    bool forgotten = false;
    generate_keys(bob, 1, 3);
    OK(cliquet_account_generate_fallback_key(bob, &counting, NULL, 0, NULL));
    OK(cliquet_account_fallback_key(bob, &fallback));
    OK(cliquet_account_curve25519_key(alice, alices_key));
    OK(cliquet_account_curve25519_key(bob, identity));
    OK(cliquet_account_create_outbound_session(alice, identity, fallback.public_key, CLIQUET_VERSION_1, NULL, NULL, &hers, NULL));
    cliquet_olm_message *message = encrypt(hers, "fallback");
    account_state before;
    for (int i = 0; i < 3; i++) {
        observe_account(bob, &before);
        OK(cliquet_account_create_inbound_session(bob, alices_key, message, CLIQUET_VERSION_1, NULL, &his, plaintext, 32, &length,
                                                  &key_use, NULL));
        CHECK(length == 8 && key_use.key_id == fallback.key_id && key_use.is_fallback_key && account_is(bob, &before));
        SAME_BYTES(plaintext, "fallback", 8);
        OK(cliquet_olm_session_free(his));
        if (i == 1) {
            OK(cliquet_account_generate_fallback_key(bob, NULL, NULL, 0, NULL));
        }
    }
    OK(cliquet_account_forget_previous_fallback_key(bob, &forgotten));
    CHECK(forgotten);
    his = NULL;
    EXPECT(CLIQUET_UNKNOWN_ONE_TIME_KEY, cliquet_account_create_inbound_session(bob, alices_key, message, CLIQUET_VERSION_1, NULL, &his,
                                                                                plaintext, 32, &length, &key_use, NULL));
    CHECK(his == NULL);
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_session_free(hers));
    OK(cliquet_account_free(alice));
    OK(cliquet_account_free(bob));
}

int main(void) {
    inbound_sessions_that_are_refused();
    unopened_sessions();
    fallback_keys();
    return 0;
}
