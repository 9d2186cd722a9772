/* What vodozemac has no room for, and what a caller states of a session that comes from there. */
#include "pickle.h"
#include "pickle_vectors_foreign.h"
#include "pickle_vectors_native.h"

#define KEY (const uint8_t *)FOREIGN_KEY

/* The offsets are those of the states in pickle_states.c. */
enum { CHAINS = 244, SKIPPED = 509, FIRST_SKIPPED = 510 };

/* A state that is written neither as a pickle nor as JSON, and stays as it is. Frees it. */
#define INEXPRESSIBLE(status, type, of, state, details)                                                               \
    do {                                                                                                              \
        char room_text[64];                                                                                           \
        size_t room_length = 99;                                                                                      \
        bytes room_state = state;                                                                                     \
        void *room_object = read_of(&of, room_state);                                                                 \
        const cliquet_##type *it = (const cliquet_##type *)room_object;                                               \
        char *at = room_text;                                                                                         \
        make_untouched(at, 64);                                                                                       \
        printf("status %s\n", #status);                                                                               \
        EXPECT_GIVEN(status, cliquet_##type##_to_vodozemac_pickle(it, KEY, at, 64, &room_length, NULL));              \
        EXPECT_GIVEN(status, cliquet_##type##_to_vodozemac_pickle(it, KEY, NULL, 0, &room_length, details));          \
        cliquet_details of_pickle = *(details);                                                                       \
        EXPECT_GIVEN(status, cliquet_##type##_to_vodozemac_json(it, NULL, 0, &room_length, NULL));                    \
        EXPECT_GIVEN(status, cliquet_##type##_to_vodozemac_json(it, at, 64, &room_length, details));                  \
        CHECK((details)->found == of_pickle.found && (details)->items == of_pickle.items);                            \
        CHECK(room_length == 99 && is_untouched(at, 64) && is(&of, room_object, room_state));                         \
        OK(of.release(room_object));                                                                                  \
        free(room_state.bytes);                                                                                       \
    } while (0)

/* An account with so many one-time keys, each with an id of its own, and room for 50000. */
static bytes account_with(unsigned count) {
    bytes start = decoded(ACCOUNT), state = copy_of(start.bytes, 139);
    append_varint(&state, count);
    append_varint(&state, 50000);
    append_varint(&state, count);
    for (unsigned key = 1; key <= count; key++) {
        append_varint(&state, key);
        append(&state, start.bytes + 144, 65);
    }
    append_varint(&state, 0);
    free(start.bytes);
    return state;
}

static void accounts(void) {
    cliquet_details details;
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_TOO_MANY, account, ACCOUNTS, account_with(5001), &details);
    CHECK(details.items == CLIQUET_ITEMS_ONE_TIME_KEYS && details.found == 5001 && details.limit == 5000);

    bytes start = decoded(ACCOUNT);
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_KEY_ID, account, ACCOUNTS, with_varint(start, 139, 1, UINT64_MAX), &details);
    CHECK(details.found == UINT64_MAX && details.items == 0);
    bytes twice = copy_of(start.bytes, 142);
    append_varint(&twice, 2);
    append(&twice, start.bytes + 143, 66);
    append(&twice, start.bytes + 143, 66);
    append_varint(&twice, 0);
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID, account, ACCOUNTS, twice, &details);
    CHECK(details.found == 1);
    free(start.bytes);
}

/* A session whose first `chains` chains are at index 100, with so many skipped message keys each. */
static bytes session_with(unsigned chains, unsigned keys) {
    bytes start = decoded(SESSION), state = copy_of(start.bytes, 11);
    append_varint(&state, 50);
    append(&state, start.bytes + 12, CHAINS - 12);
    append_varint(&state, chains);
    for (unsigned chain = 0; chain < chains; chain++) {
        append_byte(&state, chain);
        append(&state, start.bytes + CHAINS + 2, 63);
        append_byte(&state, 100);
        append_byte(&state, 0);
    }
    append_varint(&state, chains * keys);
    for (unsigned chain = 0; chain < chains; chain++) {
        for (unsigned key = 0; key < keys; key++) {
            append_varint(&state, chain + 1);
            append_varint(&state, key);
            append(&state, start.bytes + FIRST_SKIPPED + 2, 32);
        }
    }
    free(start.bytes);
    return state;
}

static void sessions(void) {
    cliquet_details details;
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_TOO_MANY, olm_session, SESSIONS, session_with(6, 0), &details);
    CHECK(details.items == CLIQUET_ITEMS_RECEIVER_CHAINS && details.found == 6 && details.limit == 5);
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_TOO_MANY, olm_session, SESSIONS, session_with(1, 41), &details);
    CHECK(details.items == CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS_OF_CHAIN && details.found == 41 && details.limit == 40);

    /* Two of the twelve keys are of a chain that is gone. */
    bytes start = decoded(SESSION), state = copy_of(start.bytes, SKIPPED);
    append_varint(&state, 2);
    for (unsigned key = 0; key < 2; key++) {
        append_varint(&state, 0);
        append(&state, start.bytes + 18, 32);
        append_varint(&state, key);
        append(&state, start.bytes + FIRST_SKIPPED + 2, 32);
    }
    free(start.bytes);
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS, olm_session, SESSIONS, state, &details);
    CHECK(details.found == 2);

    state = decoded(INBOUND_GUARD);
    INEXPRESSIBLE(CLIQUET_INEXPRESSIBLE_REPLAY_GUARD, inbound_group_session, INBOUND_SESSIONS, state, &details);
}

/* Limits: at least what is in the pickle, and within their range. */
static void limits(void) {
    bytes state = session_with(2, 30);
    void *object = read_of(&SESSIONS, state);
    const cliquet_olm_session *written = (const cliquet_olm_session *)object;
    cliquet_olm_session *session = NULL;
    cliquet_limits least = {40, 40, 5, 2000}, enough = {41, 60, 6, 2001}, small = {40, 200, 4, 2000}, large = {40, 200, 5, 100001};
    cliquet_details details;
    char json[20000], text[20000];
    size_t length = 0, text_length = 0;
    OK(cliquet_olm_session_to_vodozemac_json(written, json, sizeof json, &length, NULL));
    OK(cliquet_olm_session_to_vodozemac_pickle(written, KEY, text, sizeof text, &text_length, NULL));

    const cliquet_limits *refused[] = {&least, &small, &large};
    static const cliquet_status DUE[] = {CLIQUET_STATE_TOO_MANY, CLIQUET_LIMIT_TOO_SMALL, CLIQUET_LIMIT_TOO_LARGE};
    static const uint64_t FOUND[] = {60, 4, 100001}, LIMIT[] = {40, 5, 100000};
    for (size_t i = 0; i < 3; i++) {
        const cliquet_limits *stated = refused[i];
        EXPECT_GIVEN(DUE[i], cliquet_olm_session_from_vodozemac_json(json, length, CLIQUET_VERSION_1, stated, &session, &details));
        CHECK(details.found == FOUND[i] && details.limit == LIMIT[i]);
        memset(&details, 0xff, sizeof details);
        EXPECT_GIVEN(DUE[i], cliquet_olm_session_from_vodozemac_pickle(text, text_length, KEY, CLIQUET_VERSION_1, stated,
                                                                   &session, &details));
        CHECK(details.found == FOUND[i] && details.limit == LIMIT[i] && session == NULL);
        CHECK(details.items == (i == 0 ? CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS : 0));
    }
    static const uint8_t DEFAULTS[] = {3, 40, 200, 1, 5, 0xd0, 0x0f, 1}, GIVEN[] = {3, 41, 60, 6, 0xd1, 0x0f, 1};
    for (int given = 0; given < 2; given++) {
        const cliquet_limits *stated = given ? &enough : NULL;
        OK(cliquet_olm_session_from_vodozemac_json(json, length, CLIQUET_VERSION_1, stated, &session, NULL));
        bytes plain = plain_of(&SESSIONS, session);
        SAME_BYTES(plain.bytes + 10, given ? GIVEN : DEFAULTS, given ? sizeof GIVEN : sizeof DEFAULTS);
        OK(cliquet_olm_session_free(session));
        OK(cliquet_olm_session_from_vodozemac_pickle(text, text_length, KEY, CLIQUET_VERSION_1, stated, &session, NULL));
        CHECK(is(&SESSIONS, session, plain));
        OK(cliquet_olm_session_free(session));
        session = NULL;
        free(plain.bytes);
    }
    OK(SESSIONS.release(object));
    free(state.bytes);
}

int main(void) {
    accounts();
    sessions();
    limits();
    return 0;
}
