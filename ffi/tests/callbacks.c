/* Random generators of the caller: what they are asked for, how they fail, and those that use the very object which they serve. */
#include "olm.h"

/* What a generator was asked for. */
typedef struct {
    size_t calls, bytes;
    int32_t answer;
} ledger;

static int32_t fill_and_note(void *context, uint8_t *bytes, size_t length) {
    ledger *noted = (ledger *)context;
    noted->calls += 1;
    noted->bytes += length;
    memset(bytes, (int)noted->calls, length);
    return noted->answer;
}

#define DRAWS(expected, call)                                                                                         \
    do {                                                                                                              \
        noted.calls = noted.bytes = 0;                                                                                \
        OK(call);                                                                                                     \
        CHECK(noted.bytes == (expected));                                                                             \
    } while (0)

/* The documentation of each function says how much it draws. */
static void what_is_drawn(void) {
    ledger noted = {0, 0, 0};
    cliquet_random noting = {fill_and_note, &noted};
    cliquet_curve25519_key_pair *curve25519 = NULL;
    cliquet_ed25519_key_pair *ed25519 = NULL;
    cliquet_account *alice = NULL, *bob = new_account(80);
    cliquet_olm_session *session = NULL, *of_shared_keys = NULL;
    cliquet_olm_message *messages[3] = {NULL, NULL, NULL};
    cliquet_olm_session_keys keys;
    uint8_t identity[32], key[32];
    account_state state;
    DRAWS(32, cliquet_curve25519_key_pair_new(&noting, &curve25519));
    DRAWS(32, cliquet_ed25519_key_pair_new(&noting, &ed25519));
    DRAWS(64, cliquet_account_new(&noting, &alice));
    DRAWS(0, cliquet_account_generate_one_time_keys(bob, 0, &noting, NULL, 0, NULL, NULL));
    DRAWS(7 * 32, cliquet_account_generate_one_time_keys(bob, 7, &noting, NULL, 0, NULL, NULL));
    DRAWS(32, cliquet_account_generate_fallback_key(bob, &noting, NULL, 0, NULL));
    observe_account(bob, &state);
    OK(cliquet_account_curve25519_key(bob, identity));
    DRAWS(64, cliquet_account_create_outbound_session(alice, identity, state.keys[0].public_key, CLIQUET_VERSION_1, NULL, &noting,
                                                      &session, NULL));
    DRAWS(0, cliquet_olm_session_encrypt(session, NULL, 0, &noting, &messages[0]));
    cliquet_olm_session *his = answer(bob, alice, messages[0], CLIQUET_VERSION_1, NULL);
    DRAWS(32, cliquet_olm_session_encrypt(his, NULL, 0, &noting, &messages[1]));
    DRAWS(0, cliquet_olm_session_encrypt(his, NULL, 0, &noting, &messages[2]));
    memset(&keys, 1, sizeof keys);
    sequence(3, key, 32);
    DRAWS(32, cliquet_olm_session_sender_from_shared_keys(key, key, &keys, CLIQUET_VERSION_1, NULL, &noting, &of_shared_keys, NULL));
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_olm_message_free(messages[i]));
    }
    OK(cliquet_olm_session_free(session));
    OK(cliquet_olm_session_free(his));
    OK(cliquet_olm_session_free(of_shared_keys));
    OK(cliquet_account_free(alice));
    OK(cliquet_account_free(bob));
    OK(cliquet_curve25519_key_pair_free(curve25519));
    OK(cliquet_ed25519_key_pair_free(ed25519));
}

/* Whatever is not zero is a failure, and the generator is not asked again. */
static void answers_that_are_failures(void) {
    const int32_t answers[] = {1, -1, 256, INT32_MIN, INT32_MAX};
    cliquet_account *account = new_account(1), *none = NULL;
    account_state before;
    observe_account(account, &before);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        ledger noted = {0, 0, answers[i]};
        cliquet_random noting = {fill_and_note, &noted};
        EXPECT(CLIQUET_RANDOM, cliquet_account_new(&noting, &none));
        CHECK(noted.calls == 1 && none == NULL);
        EXPECT(CLIQUET_RANDOM, cliquet_account_generate_one_time_keys(account, 3, &noting, NULL, 0, NULL, NULL));
        CHECK(noted.calls == 2 && account_is(account, &before));
    }
    OK(cliquet_account_free(account));
}

/* Whatever is wrong with the arguments is found before anything is drawn. */
static void nothing_is_drawn_for_nothing(void) {
    ledger noted = {0, 0, 0};
    cliquet_random noting = {fill_and_note, &noted};
    cliquet_account *account = new_account(1);
    uint8_t key[32];
    cliquet_olm_session *none = NULL;
    size_t count = 0;
    cliquet_one_time_key removed[1];
    sequence(1, key, 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_new(&noting, NULL));
    EXPECT(CLIQUET_NULL_POINTER,
           cliquet_account_create_outbound_session(account, key, NULL, CLIQUET_VERSION_1, NULL, &noting, &none, NULL));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_account_create_outbound_session(account, key, key, 9, NULL, &noting, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_generate_one_time_keys(account, 1, &noting, NULL, 1, &count, NULL));
    EXPECT(CLIQUET_TOO_MANY_KEYS, cliquet_account_generate_one_time_keys(account, 5001, &noting, removed, 1, &count, NULL));
    OK(cliquet_account_set_one_time_key_limit(account, 100, NULL, 0, NULL, NULL));
    generate_keys(account, 100, 1);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_generate_one_time_keys(account, 2, &noting, removed, 1, &count, NULL));
    CHECK(noted.calls == 0 && none == NULL);
    OK(cliquet_account_free(account));
}

/* A generator that uses the account which is being changed: every use is refused, and the call that it serves is not disturbed. */
typedef struct {
    cliquet_account *account;
    uint8_t next;
    size_t calls;
} intruder;

static int32_t intrude(void *context, uint8_t *bytes, size_t length) {
    intruder *self = (intruder *)context;
    uint8_t key[64];
    bool forgotten = true;
    size_t count = 9;
    cliquet_details details;
    cliquet_account *other = NULL;
    make_untouched(key, sizeof key);
    EXPECT(CLIQUET_BUSY, cliquet_account_curve25519_key(self->account, key));
    EXPECT(CLIQUET_BUSY, cliquet_account_sign(self->account, key, 1, key));
    EXPECT(CLIQUET_BUSY, cliquet_account_one_time_keys(self->account, NULL, 0, &count));
    EXPECT(CLIQUET_BUSY, cliquet_account_mark_keys_as_published(self->account));
    EXPECT(CLIQUET_BUSY, cliquet_account_forget_previous_fallback_key(self->account, &forgotten));
    EXPECT(CLIQUET_BUSY, cliquet_account_generate_one_time_keys(self->account, 1, NULL, NULL, 0, NULL, &details));
    DETAILS(details, 0, 0);
    EXPECT(CLIQUET_BUSY, cliquet_account_free(self->account));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_session_free(AS(cliquet_olm_session, self->account)));
    CHECK(is_untouched(key, sizeof key) && forgotten && count == 9);
    /* Other objects are as free as ever. */
    OK(cliquet_account_new(NULL, &other));
    OK(cliquet_account_free(other));
    self->calls += 1;
    return fill_counting(&self->next, bytes, length);
}

static void an_intruder_in_an_account(void) {
    cliquet_account *account = new_account(0);
    intruder self = {account, 64, 0};
    cliquet_random intruding = {intrude, &self};
    account_state state;
    OK(cliquet_account_generate_one_time_keys(account, 3, &intruding, NULL, 0, NULL, NULL));
    OK(cliquet_account_generate_fallback_key(account, &intruding, NULL, 0, NULL));
    CHECK(self.calls == 4);
    observe_account(account, &state);
    uint8_t expected[32];
    from_hex("493e82fc74464a59268817623d2053c5eb8e2cc4a988b4fee179ec6b010d531d", expected);
    SAME_BYTES(state.keys[2].public_key, expected, 32);
    CHECK(state.count == 3 && state.unpublished == 3 && state.fallback.key_id == 4);
    OK(cliquet_account_mark_keys_as_published(account));
    OK(cliquet_account_free(account));
}

typedef struct {
    cliquet_olm_session *session;
    const cliquet_olm_message *message;
    int32_t answer;
    size_t calls;
} session_intruder;

static int32_t intrude_session(void *context, uint8_t *bytes, size_t length) {
    session_intruder *self = (session_intruder *)context;
    cliquet_olm_message *message = NULL;
    uint8_t plaintext[64];
    size_t written = 9;
    cliquet_olm_session_summary summary;
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(&summary, sizeof summary);
    EXPECT(CLIQUET_BUSY, cliquet_olm_session_encrypt(self->session, plaintext, 1, NULL, &message));
    EXPECT(CLIQUET_BUSY, cliquet_olm_session_decrypt(self->session, self->message, plaintext, sizeof plaintext, &written, NULL));
    EXPECT(CLIQUET_BUSY, cliquet_olm_session_summarise(self->session, &summary));
    EXPECT(CLIQUET_BUSY, cliquet_olm_session_set_limits(self->session, NULL, &written, NULL));
    EXPECT(CLIQUET_BUSY, cliquet_olm_session_free(self->session));
    CHECK(message == NULL && written == 9 && is_untouched(plaintext, sizeof plaintext) && is_untouched(&summary, sizeof summary));
    self->calls += 1;
    memset(bytes, 7, length);
    return self->answer;
}

static void an_intruder_in_a_session(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *next = encrypt(both.hers, "next"), *reply = NULL;
    session_intruder self = {both.his, next, 1, 0};
    cliquet_random intruding = {intrude_session, &self};
    session_state before;
    observe_session(both.his, &before);
    EXPECT(CLIQUET_RANDOM, cliquet_olm_session_encrypt(both.his, (const uint8_t *)"reply", 5, &intruding, &reply));
    CHECK(reply == NULL && self.calls == 1 && session_is(both.his, &before));
    self.answer = 0;
    OK(cliquet_olm_session_encrypt(both.his, (const uint8_t *)"reply", 5, &intruding, &reply));
    CHECK(self.calls == 2);
    decrypts_to(both.hers, reply, "reply");
    decrypts_to(both.his, next, "next");
    OK(cliquet_olm_message_free(reply));
    OK(cliquet_olm_message_free(next));
    part(both);
}

/* A call that only looks at the account lets others look, and nobody change or free it. */
static int32_t intrude_on_a_reader(void *context, uint8_t *bytes, size_t length) {
    intruder *self = (intruder *)context;
    uint8_t key[32];
    OK(cliquet_account_curve25519_key(self->account, key));
    EXPECT(CLIQUET_BUSY, cliquet_account_mark_keys_as_published(self->account));
    EXPECT(CLIQUET_BUSY, cliquet_account_generate_one_time_keys(self->account, 1, NULL, NULL, 0, NULL, NULL));
    EXPECT(CLIQUET_BUSY, cliquet_account_free(self->account));
    self->calls += 1;
    return fill_counting(&self->next, bytes, length);
}

static void an_intruder_on_a_reader(void) {
    cliquet_account *account = new_account(0);
    intruder self = {account, 64, 0};
    cliquet_random intruding = {intrude_on_a_reader, &self};
    cliquet_olm_session *session = NULL;
    uint8_t key[32];
    OK(cliquet_account_curve25519_key(account, key));
    OK(cliquet_account_create_outbound_session(account, key, key, CLIQUET_VERSION_1, NULL, &intruding, &session, NULL));
    CHECK(self.calls == 2);
    OK(cliquet_account_mark_keys_as_published(account));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_account_free(account));
}

int main(void) {
    what_is_drawn();
    answers_that_are_failures();
    nothing_is_drawn_for_nothing();
    an_intruder_in_an_account();
    an_intruder_in_a_session();
    an_intruder_on_a_reader();
    return 0;
}
