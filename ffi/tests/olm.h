/*
 * What the tests of Olm share: parties whose keys repeat, messages on their way, and a look at the whole public state, which a call
 * that fails must leave as it was. Alice starts sessions, Bob answers.
 */
#ifndef OLM_H
#define OLM_H

#include "check.h"

/* A pointer that is not aligned for what it points to. */
#define ONE_OFF(type, pointer) ((type *)(void *)((char *)(pointer) + 1))

/* A pointer to something else, as a pointer to this type. */
#define AS(type, pointer) ((type *)(void *)(pointer))

/* What a function must refuse as the object that it takes first; the other arguments follow. */
#define REFUSES_OBJECTS(type, object, other, function, ...)                                                           \
    do {                                                                                                              \
        EXPECT(CLIQUET_NULL_POINTER, function((type *)NULL, __VA_ARGS__));                                            \
        EXPECT(CLIQUET_MISALIGNED, function(ONE_OFF(type, object), __VA_ARGS__));                                     \
        EXPECT(CLIQUET_WRONG_HANDLE, function(AS(type, other), __VA_ARGS__));                                         \
    } while (0)

static inline bool is_zero(const void *bytes, size_t length) {
    const unsigned char *byte = (const unsigned char *)bytes;
    for (size_t i = 0; i < length; i++) {
        if (byte[i] != 0) {
            return false;
        }
    }
    return true;
}

/* Details are written whole: these figures, and zero for the rest. */
#define DETAILS(details, found_, limit_)                                                                              \
    do {                                                                                                              \
        CHECK((details).found == (found_) && (details).limit == (limit_) && (details).items == 0);                    \
        CHECK(is_zero((details).key, 32) && is_zero((details).field, sizeof (details).field));                        \
        make_untouched(&(details), sizeof(details));                                                                  \
    } while (0)

static inline void from_hex(const char *hex, uint8_t *bytes) {
    for (; hex[0] != 0; hex += 2) {
        unsigned int byte = 0;
        CHECK(sscanf(hex, "%2x", &byte) == 1);
        *bytes++ = (uint8_t)byte;
    }
}

static inline void sequence(uint8_t first, uint8_t *bytes, size_t length) { fill_counting(&first, bytes, length); }

/* Keys of small order, with which everybody would agree the same secrets, each in every form. */
static const char *const SMALL_ORDER[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
};
enum { SMALL_ORDERS = sizeof SMALL_ORDER / sizeof SMALL_ORDER[0] };

/* The account that the random bytes first, first + 1, ... make. */
static inline cliquet_account *new_account(uint8_t first) {
    cliquet_account *account = NULL;
    cliquet_random counting = {fill_counting, &first};
    OK(cliquet_account_new(&counting, &account));
    CHECK(account != NULL);
    return account;
}

static inline void generate_keys(cliquet_account *account, size_t count, uint8_t first) {
    cliquet_random counting = {fill_counting, &first};
    OK(cliquet_account_generate_one_time_keys(account, count, &counting, NULL, 0, NULL, NULL));
}

/* One number for the whole state of an object, secrets too: the FNV-1a hash of its pickle without encryption. */
#define WHOLE_STATE(type)                                                                                             \
    static inline uint64_t whole_##type(const cliquet_##type *object) {                                               \
        uint64_t hash = UINT64_C(0xcbf29ce484222325);                                                                 \
        size_t length = 0;                                                                                            \
        CHECK(cliquet_##type##_to_pickle_without_encryption(object, NULL, 0, &length) == CLIQUET_SHORT_BUFFER);       \
        uint8_t *pickle = (uint8_t *)malloc(length);                                                                  \
        CHECK(pickle != NULL);                                                                                        \
        CHECK(cliquet_##type##_to_pickle_without_encryption(object, pickle, length, &length) == CLIQUET_OK);          \
        for (size_t i = 0; i < length; i++) {                                                                         \
            hash = (hash ^ pickle[i]) * UINT64_C(0x100000001b3);                                                      \
        }                                                                                                             \
        free(pickle);                                                                                                 \
        return hash;                                                                                                  \
    }
WHOLE_STATE(account)
WHOLE_STATE(olm_session)

enum { MOST_KEYS = 300 };

/* What can be seen of an account's keys, and the whole of it. */
typedef struct {
    cliquet_one_time_key keys[MOST_KEYS], fallback, previous;
    size_t count, unpublished;
    uint32_t limit;
    uint64_t whole;
} account_state;

static inline bool same_key(const cliquet_one_time_key *left, const cliquet_one_time_key *right) {
    return left->key_id == right->key_id && memcmp(left->public_key, right->public_key, 32) == 0 &&
           left->published == right->published;
}

static inline void observe_account(const cliquet_account *account, account_state *state) {
    size_t unpublished = 0;
    memset(state, 0, sizeof *state);
    state->whole = whole_account(account);
    CHECK(cliquet_account_one_time_keys(account, state->keys, MOST_KEYS, &state->count) == CLIQUET_OK);
    CHECK(cliquet_account_stored_one_time_key_count(account, &unpublished) == CLIQUET_OK && unpublished == state->count);
    CHECK(cliquet_account_one_time_key_limit(account, &state->limit) == CLIQUET_OK);
    for (size_t i = 0; i < state->count; i++) {
        state->unpublished += state->keys[i].published ? 0 : 1;
    }
    cliquet_account_fallback_key(account, &state->fallback);
    cliquet_account_previous_fallback_key(account, &state->previous);
}

static inline bool account_is(const cliquet_account *account, const account_state *before) {
    account_state after;
    observe_account(account, &after);
    for (size_t i = 0; i < after.count && after.count == before->count; i++) {
        if (!same_key(&after.keys[i], &before->keys[i])) {
            return false;
        }
    }
    return after.whole == before->whole && after.count == before->count && after.limit == before->limit &&
           same_key(&after.fallback, &before->fallback) && same_key(&after.previous, &before->previous);
}

/* Session of Alice with Bob, by his newest one-time key. */
static inline cliquet_olm_session *start(const cliquet_account *alice, const cliquet_account *bob, cliquet_version version,
                                     const cliquet_limits *limits, uint8_t first) {
    account_state state;
    uint8_t identity[32];
    cliquet_olm_session *session = NULL;
    cliquet_random counting = {fill_counting, &first};
    observe_account(bob, &state);
    CHECK(state.count > 0);
    OK(cliquet_account_curve25519_key(bob, identity));
    OK(cliquet_account_create_outbound_session(alice, identity, state.keys[state.count - 1].public_key, version, limits,
                                               &counting, &session, NULL));
    CHECK(session != NULL);
    return session;
}

static inline cliquet_olm_message *encrypt(cliquet_olm_session *session, const char *text) {
    cliquet_olm_message *message = NULL;
    OK(cliquet_olm_session_encrypt(session, (const uint8_t *)text, strlen(text), NULL, &message));
    CHECK(message != NULL);
    return message;
}

static inline void decrypts_to(cliquet_olm_session *session, const cliquet_olm_message *message, const char *text) {
    uint8_t plaintext[256];
    size_t length = 0;
    OK(cliquet_olm_session_decrypt(session, message, plaintext, sizeof plaintext, &length, NULL));
    CHECK(length == strlen(text));
    SAME_BYTES(plaintext, text, length);
}

/* One message from one to the other. */
static inline void exchange(cliquet_olm_session *from, cliquet_olm_session *to) {
    cliquet_olm_message *message = encrypt(from, "exchange");
    decrypts_to(to, message, "exchange");
    OK(cliquet_olm_message_free(message));
}

/* Bob's session, of Alice's first message. */
static inline cliquet_olm_session *answer(cliquet_account *bob, const cliquet_account *alice,
                                      const cliquet_olm_message *message, cliquet_version version,
                                      const cliquet_limits *limits) {
    uint8_t identity[32], plaintext[256];
    size_t length = 0;
    cliquet_olm_session *session = NULL;
    OK(cliquet_account_curve25519_key(alice, identity));
    OK(cliquet_account_create_inbound_session(bob, identity, message, version, limits, &session, plaintext,
                                              sizeof plaintext, &length, NULL, NULL));
    CHECK(session != NULL);
    return session;
}

typedef struct {
    cliquet_account *alice, *bob;
    cliquet_olm_session *hers, *his;
} parties;

/* Both have a session; Bob has received Alice's first message, and Alice nothing yet. */
static inline parties meet(cliquet_version version, const cliquet_limits *limits) {
    parties both;
    both.alice = new_account(10);
    both.bob = new_account(80);
    generate_keys(both.bob, 1, 150);
    both.hers = start(both.alice, both.bob, version, limits, 200);
    cliquet_olm_message *message = encrypt(both.hers, "first");
    both.his = answer(both.bob, both.alice, message, version, limits);
    OK(cliquet_olm_message_free(message));
    return both;
}

static inline void part(parties both) {
    OK(cliquet_olm_session_free(both.hers));
    OK(cliquet_olm_session_free(both.his));
    OK(cliquet_account_free(both.alice));
    OK(cliquet_account_free(both.bob));
}

static inline cliquet_olm_message *read_message(cliquet_message_type type, const uint8_t *bytes, size_t length) {
    cliquet_olm_message *message = NULL;
    CHECK(cliquet_olm_message_from_bytes(type, bytes, length, &message, NULL) == CLIQUET_OK);
    return message;
}

static inline size_t wire(const cliquet_olm_message *message, uint8_t *bytes, size_t capacity) {
    size_t length = 0;
    OK(cliquet_olm_message_to_bytes(message, bytes, capacity, &length));
    return length;
}

/* The wire bytes of a normal message of version 1 with a MAC of zeros, which no session accepts. */
static inline size_t forge(const uint8_t ratchet_key[32], uint32_t chain_index, uint8_t bytes[72]) {
    size_t length = 0;
    bytes[length++] = 3;
    bytes[length++] = 0x0a;
    bytes[length++] = 32;
    memcpy(bytes + length, ratchet_key, 32);
    length += 32;
    bytes[length++] = 0x10;
    for (; chain_index > 0x7f; chain_index >>= 7) {
        bytes[length++] = (uint8_t)(chain_index | 0x80);
    }
    bytes[length++] = (uint8_t)chain_index;
    bytes[length++] = 0x22;
    bytes[length++] = 16;
    memset(bytes + length, 0, 24);
    return length + 24;
}

static inline cliquet_olm_message *forged(const uint8_t ratchet_key[32], uint32_t chain_index) {
    uint8_t bytes[72];
    return read_message(CLIQUET_MESSAGE_TYPE_NORMAL, bytes, forge(ratchet_key, chain_index, bytes));
}

enum { MOST_CHAINS = 50 };

/* What can be seen of a session, and the whole of it. */
typedef struct {
    cliquet_olm_session_summary summary;
    cliquet_chain_summary chains[MOST_CHAINS];
    size_t count;
    cliquet_limits limits;
    uint64_t whole;
} session_state;

static inline void observe_session(const cliquet_olm_session *session, session_state *state) {
    CHECK(cliquet_olm_session_summarise(session, &state->summary) == CLIQUET_OK);
    CHECK(cliquet_olm_session_receiver_chains(session, state->chains, MOST_CHAINS, &state->count) == CLIQUET_OK);
    CHECK(cliquet_olm_session_limits(session, &state->limits) == CLIQUET_OK);
    state->whole = whole_olm_session(session);
}

static inline bool same_limits(const cliquet_limits *left, const cliquet_limits *right) {
    return left->skipped_keys_per_chain == right->skipped_keys_per_chain && left->skipped_keys == right->skipped_keys &&
           left->receiver_chains == right->receiver_chains && left->message_gap == right->message_gap;
}

static inline bool same_chain(const cliquet_chain_summary *left, const cliquet_chain_summary *right) {
    return memcmp(left->ratchet_key, right->ratchet_key, 32) == 0 && left->next_chain_index == right->next_chain_index;
}

static inline bool session_is(const cliquet_olm_session *session, const session_state *before) {
    session_state after;
    const cliquet_olm_session_summary *left = &after.summary, *right = &before->summary;
    observe_session(session, &after);
    for (size_t i = 0; i < after.count && after.count == before->count; i++) {
        if (!same_chain(&after.chains[i], &before->chains[i])) {
            return false;
        }
    }
    return after.whole == before->whole && after.count == before->count && same_limits(&after.limits, &before->limits) &&
           memcmp(left->session_id, right->session_id, 32) == 0 && left->version == right->version &&
           left->has_received_message == right->has_received_message &&
           left->has_sending_chain == right->has_sending_chain &&
           same_chain(&left->sending_chain, &right->sending_chain) &&
           left->skipped_message_keys == right->skipped_message_keys;
}

/* A decryption that must fail: it writes no plaintext, and the session stays as it was. */
static inline cliquet_status failed_decryption(cliquet_olm_session *session, const cliquet_olm_message *message,
                                               cliquet_details *details) {
    uint8_t plaintext[256];
    size_t length = 0;
    session_state before;
    observe_session(session, &before);
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(&length, sizeof length);
    make_untouched(details, sizeof *details);
    cliquet_status status =
        cliquet_olm_session_decrypt(session, message, plaintext, sizeof plaintext, &length, details);
    CHECK(status == CLIQUET_OK || (is_untouched(plaintext, sizeof plaintext) && is_untouched(&length, sizeof length)));
    CHECK(status == CLIQUET_OK || session_is(session, &before));
    return status;
}

/* Ends the test unless the session refuses the message with this status and these figures. */
#define REFUSES(status, session, message, found, limit)                                                               \
    do {                                                                                                              \
        cliquet_details refuses_details;                                                                              \
        EXPECT_NAMED(status, #status, failed_decryption(session, message, &refuses_details));                                        \
        DETAILS(refuses_details, found, limit);                                                                       \
    } while (0)

/* Four limits, one of them set. */
static inline cliquet_limits limits_with(size_t which, uint32_t value) {
    cliquet_limits limits;
    OK(cliquet_limits_default(&limits));
    uint32_t *fields[] = {&limits.skipped_keys_per_chain, &limits.skipped_keys, &limits.receiver_chains,
                          &limits.message_gap};
    *fields[which] = value;
    return limits;
}

static const uint32_t LEAST[] = {40, 40, 5, 2000};
static const uint32_t MOST[] = {2000, 10000, 50, 100000};

/* A call that takes `limits` and `&details` must refuse every limit that is too small or too large. */
#define REFUSES_LIMITS(call)                                                                                          \
    do {                                                                                                              \
        for (size_t which = 0; which < 4; which++) {                                                                  \
            cliquet_limits limits = limits_with(which, LEAST[which] - 1);                                             \
            cliquet_details details;                                                                                  \
            EXPECT(CLIQUET_LIMIT_TOO_SMALL, call);                                                                    \
            DETAILS(details, LEAST[which] - 1, LEAST[which]);                                                         \
            limits = limits_with(which, MOST[which] + 1);                                                             \
            EXPECT(CLIQUET_LIMIT_TOO_LARGE, call);                                                                    \
            DETAILS(details, MOST[which] + 1, MOST[which]);                                                           \
        }                                                                                                             \
    } while (0)

#endif
