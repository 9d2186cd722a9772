/*
 * Objects and threads: some read one object at the same time, others hand objects on to each other. What is shared without a lock here is
 * what the header allows; nothing is printed meanwhile, because that would put the threads in an order. To be run under a thread sanitizer
 * or helgrind, too.
 */
#include <pthread.h>

#include "olm.h"

enum { THREADS = 4, ROUNDS = 12, MESSAGES = 40 };

/* As OK, but silent. */
#define DONE(call) CHECK((call) == CLIQUET_OK)

static void run_all(void *(*body)(void *), void *argument) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, body, argument) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

static void reads(cliquet_olm_session *session, const cliquet_olm_message *message, const char *text) {
    uint8_t plaintext[64];
    size_t length = 0;
    DONE(cliquet_olm_session_decrypt(session, message, plaintext, sizeof plaintext, &length, NULL));
    CHECK(length == strlen(text));
    SAME_BYTES(plaintext, text, length);
}

/* One object of each kind, which nobody changes while the threads run. */
typedef struct {
    pthread_barrier_t together;
    const cliquet_account *alice, *bob;
    const cliquet_olm_session *hers;
    const cliquet_olm_message *message;
    const cliquet_ed25519_key_pair *signing_key;
    uint8_t identity[32], alices_key[32], one_time_key[32], signature[64];
} shared;

static void look_at(const shared *all) {
    uint8_t bytes[256], signature[64];
    size_t length = 0;
    cliquet_one_time_key keys[2];
    cliquet_olm_session *session = NULL;
    cliquet_olm_message *message = NULL;
    cliquet_olm_session_summary summary;
    bool matches = false;
    DONE(cliquet_account_sign(all->alice, (const uint8_t *)"text", 4, signature));
    SAME_BYTES(signature, all->signature, 64);
    DONE(cliquet_ed25519_key_pair_sign(all->signing_key, (const uint8_t *)"text", 4, signature));
    SAME_BYTES(signature, all->signature, 64);
    DONE(cliquet_account_one_time_keys(all->bob, keys, 2, &length));
    CHECK(length == 1 && memcmp(keys[0].public_key, all->one_time_key, 32) == 0);
    DONE(cliquet_olm_session_summarise(all->hers, &summary));
    CHECK(summary.sending_chain.next_chain_index == 1 && !summary.has_received_message);
    DONE(cliquet_olm_session_matches_pre_key_message(all->hers, all->message, &matches, NULL));
    CHECK(matches);
    DONE(cliquet_olm_message_to_bytes(all->message, bytes, sizeof bytes, &length));
    CHECK(length == 168);
    CHECK(cliquet_olm_message_to_bytes(all->message, bytes, 1, &length) == CLIQUET_SHORT_BUFFER && length == 168);
    /* Sessions of their own, of accounts that all share. */
    DONE(cliquet_account_inbound_session_unopened(all->bob, all->alices_key, all->message, CLIQUET_VERSION_1, NULL, &session, NULL));
    reads(session, all->message, "shared");
    DONE(cliquet_olm_session_free(session));
    DONE(cliquet_account_create_outbound_session(all->alice, all->identity, all->one_time_key, CLIQUET_VERSION_1, NULL, NULL, &session,
                                                 NULL));
    DONE(cliquet_olm_session_encrypt(session, (const uint8_t *)"own", 3, NULL, &message));
    DONE(cliquet_olm_session_free(session));
    DONE(cliquet_account_inbound_session_unopened(all->bob, all->alices_key, message, CLIQUET_VERSION_1, NULL, &session, NULL));
    reads(session, message, "own");
    DONE(cliquet_olm_session_free(session));
    DONE(cliquet_olm_message_free(message));
    CHECK(cliquet_status_text(CLIQUET_BUSY) != NULL);
}

static void *look_at_all(void *argument) {
    shared *all = (shared *)argument;
    pthread_barrier_wait(&all->together);
    for (int round = 0; round < ROUNDS; round++) {
        look_at(all);
    }
    return NULL;
}

static void objects_that_many_threads_read(void) {
    shared all;
    cliquet_account *alice = new_account(10), *bob = new_account(80);
    cliquet_ed25519_key_pair *signing_key = NULL;
    account_state keys;
    generate_keys(bob, 1, 150);
    observe_account(bob, &keys);
    memcpy(all.one_time_key, keys.keys[0].public_key, 32);
    cliquet_olm_session *hers = start(alice, bob, CLIQUET_VERSION_1, NULL, 200);
    cliquet_olm_message *message = encrypt(hers, "shared");
    OK(cliquet_account_signing_key_pair(alice, &signing_key));
    OK(cliquet_account_sign(alice, (const uint8_t *)"text", 4, all.signature));
    OK(cliquet_account_curve25519_key(alice, all.alices_key));
    OK(cliquet_account_curve25519_key(bob, all.identity));
    all.alice = alice;
    all.bob = bob;
    all.hers = hers;
    all.message = message;
    all.signing_key = signing_key;
    /* What the processor can do is found out once, through atomics, which helgrind does not know as such: before there are threads. */
    look_at(&all);
    CHECK(pthread_barrier_init(&all.together, NULL, THREADS) == 0);
    run_all(look_at_all, &all);
    CHECK(pthread_barrier_destroy(&all.together) == 0);
    CHECK(account_is(bob, &keys));
    OK(cliquet_ed25519_key_pair_free(signing_key));
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_session_free(hers));
    OK(cliquet_account_free(alice));
    OK(cliquet_account_free(bob));
}

/* Objects of their own: threads that do not know of each other get what each alone would get. */
static void *live_alone(void *argument) {
    pthread_barrier_t *together = (pthread_barrier_t *)argument;
    pthread_barrier_wait(together);
    for (int round = 0; round < ROUNDS; round++) {
        uint8_t next = 0, key[32], expected[32];
        cliquet_random counting = {fill_counting, &next};
        cliquet_account *account = NULL;
        cliquet_details details;
        cliquet_one_time_key keys[100];
        size_t count = 0;
        DONE(cliquet_account_new(&counting, &account));
        DONE(cliquet_account_curve25519_key(account, key));
        from_hex("358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254", expected);
        SAME_BYTES(key, expected, 32);
        DONE(cliquet_account_generate_one_time_keys(account, 3, &counting, NULL, 0, NULL, NULL));
        DONE(cliquet_account_one_time_keys(account, keys, 100, &count));
        from_hex("493e82fc74464a59268817623d2053c5eb8e2cc4a988b4fee179ec6b010d531d", expected);
        CHECK(count == 3 && next == 160 && memcmp(keys[2].public_key, expected, 32) == 0);
        CHECK(cliquet_account_set_one_time_key_limit(account, 1, NULL, 0, NULL, &details) == CLIQUET_LIMIT_TOO_SMALL);
        CHECK(details.found == 1 && details.limit == 100);
        DONE(cliquet_account_free(account));
    }
    return NULL;
}

static void objects_of_one_thread_each(void) {
    pthread_barrier_t together;
    CHECK(pthread_barrier_init(&together, NULL, THREADS) == 0);
    run_all(live_alone, &together);
    CHECK(pthread_barrier_destroy(&together) == 0);
}

/* A hand-over from one thread to another. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void *item;
} hatch;

static void open_hatch(hatch *between) {
    between->item = NULL;
    CHECK(pthread_mutex_init(&between->lock, NULL) == 0 && pthread_cond_init(&between->changed, NULL) == 0);
}

static void close_hatch(hatch *between) {
    CHECK(pthread_mutex_destroy(&between->lock) == 0 && pthread_cond_destroy(&between->changed) == 0);
}

static void pass(hatch *between, void *item) {
    pthread_mutex_lock(&between->lock);
    while (between->item != NULL) {
        pthread_cond_wait(&between->changed, &between->lock);
    }
    between->item = item;
    pthread_cond_broadcast(&between->changed);
    pthread_mutex_unlock(&between->lock);
}

static void *take(hatch *between) {
    pthread_mutex_lock(&between->lock);
    while (between->item == NULL) {
        pthread_cond_wait(&between->changed, &between->lock);
    }
    void *item = between->item;
    between->item = NULL;
    pthread_cond_broadcast(&between->changed);
    pthread_mutex_unlock(&between->lock);
    return item;
}

/* The session comes from another thread, as every message goes to one; in the end the session goes on, too. */
typedef struct {
    hatch *sessions, *messages;
} ends;

static void *send_messages(void *argument) {
    ends *here = (ends *)argument;
    cliquet_olm_session *session = (cliquet_olm_session *)take(here->sessions);
    for (int i = 0; i < MESSAGES; i++) {
        cliquet_olm_message *message = NULL;
        DONE(cliquet_olm_session_encrypt(session, (const uint8_t *)"moved", 5, NULL, &message));
        pass(here->messages, message);
    }
    pass(here->sessions, session);
    return NULL;
}

static void *receive_messages(void *argument) {
    ends *here = (ends *)argument;
    cliquet_olm_session *session = (cliquet_olm_session *)take(here->sessions);
    for (int i = 0; i < MESSAGES; i++) {
        cliquet_olm_message *message = (cliquet_olm_message *)take(here->messages);
        reads(session, message, "moved");
        DONE(cliquet_olm_message_free(message));
    }
    pass(here->sessions, session);
    return NULL;
}

static void *free_all(void *argument) {
    parties *both = (parties *)argument;
    DONE(cliquet_olm_session_free(both->hers));
    DONE(cliquet_olm_session_free(both->his));
    DONE(cliquet_account_free(both->alice));
    DONE(cliquet_account_free(both->bob));
    return NULL;
}

static void objects_that_move(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    hatch hers, his, messages;
    open_hatch(&hers);
    open_hatch(&his);
    open_hatch(&messages);
    /* The roles change after each half, and so does the thread of each session. */
    for (int half = 0; half < 4; half++) {
        pthread_t sender, receiver;
        ends of_sender = {&hers, &messages}, of_receiver = {&his, &messages};
        if (half % 2 != 0) {
            of_sender.sessions = &his;
            of_receiver.sessions = &hers;
        }
        CHECK(pthread_create(&sender, NULL, send_messages, &of_sender) == 0);
        CHECK(pthread_create(&receiver, NULL, receive_messages, &of_receiver) == 0);
        pass(&hers, both.hers);
        pass(&his, both.his);
        CHECK(pthread_join(sender, NULL) == 0 && pthread_join(receiver, NULL) == 0);
        both.hers = (cliquet_olm_session *)take(&hers);
        both.his = (cliquet_olm_session *)take(&his);
    }
    exchange(both.hers, both.his);
    close_hatch(&hers);
    close_hatch(&his);
    close_hatch(&messages);
    pthread_t last;
    CHECK(pthread_create(&last, NULL, free_all, &both) == 0 && pthread_join(last, NULL) == 0);
}

/* Two sessions that many threads change, one after the other. */
typedef struct {
    pthread_mutex_t of_hers, of_his;
    parties both;
    cliquet_olm_message *messages[THREADS * MESSAGES];
    size_t sent, received;
} guarded;

static void *encrypt_in_turn(void *argument) {
    guarded *all = (guarded *)argument;
    for (int i = 0; i < MESSAGES; i++) {
        pthread_mutex_lock(&all->of_hers);
        DONE(cliquet_olm_session_encrypt(all->both.hers, (const uint8_t *)"in turn", 7, NULL, &all->messages[all->sent]));
        all->sent += 1;
        pthread_mutex_unlock(&all->of_hers);
    }
    return NULL;
}

static void *decrypt_in_turn(void *argument) {
    guarded *all = (guarded *)argument;
    for (int i = 0; i < MESSAGES; i++) {
        pthread_mutex_lock(&all->of_his);
        const cliquet_olm_message *message = all->messages[all->received];
        all->received += 1;
        reads(all->both.his, message, "in turn");
        pthread_mutex_unlock(&all->of_his);
    }
    return NULL;
}

static void objects_under_a_lock(void) {
    guarded all;
    all.both = meet(CLIQUET_VERSION_1, NULL);
    all.sent = all.received = 0;
    CHECK(pthread_mutex_init(&all.of_hers, NULL) == 0 && pthread_mutex_init(&all.of_his, NULL) == 0);
    run_all(encrypt_in_turn, &all);
    for (uint32_t i = 0; i < THREADS * MESSAGES; i++) {
        uint32_t chain_index = 0;
        DONE(cliquet_olm_message_chain_index(all.messages[i], &chain_index));
        CHECK(chain_index == i + 1);
    }
    run_all(decrypt_in_turn, &all);
    session_state state;
    observe_session(all.both.his, &state);
    CHECK(all.received == THREADS * MESSAGES && state.summary.skipped_message_keys == 0);
    for (size_t i = 0; i < THREADS * MESSAGES; i++) {
        DONE(cliquet_olm_message_free(all.messages[i]));
    }
    CHECK(pthread_mutex_destroy(&all.of_hers) == 0 && pthread_mutex_destroy(&all.of_his) == 0);
    part(all.both);
}

/* A generator that waits in the middle of a change, until another thread has tried everything. */
typedef struct {
    pthread_barrier_t met;
    cliquet_account *account;
} meeting;

static int32_t fill_after_the_others(void *context, uint8_t *bytes, size_t length) {
    meeting *here = (meeting *)context;
    pthread_barrier_wait(&here->met);
    pthread_barrier_wait(&here->met);
    memset(bytes, 1, length);
    return 0;
}

static void *change_slowly(void *argument) {
    meeting *here = (meeting *)argument;
    cliquet_random slow = {fill_after_the_others, here};
    DONE(cliquet_account_generate_one_time_keys(here->account, 1, &slow, NULL, 0, NULL, NULL));
    return NULL;
}

static void an_object_that_another_thread_changes(void) {
    meeting here;
    pthread_t slow;
    uint8_t key[32];
    size_t count = 9;
    here.account = new_account(1);
    make_untouched(key, sizeof key);
    CHECK(pthread_barrier_init(&here.met, NULL, 2) == 0);
    CHECK(pthread_create(&slow, NULL, change_slowly, &here) == 0);
    pthread_barrier_wait(&here.met);
    EXPECT(CLIQUET_BUSY, cliquet_account_curve25519_key(here.account, key));
    EXPECT(CLIQUET_BUSY, cliquet_account_stored_one_time_key_count(here.account, &count));
    EXPECT(CLIQUET_BUSY, cliquet_account_mark_keys_as_published(here.account));
    EXPECT(CLIQUET_BUSY, cliquet_account_generate_one_time_keys(here.account, 1, NULL, NULL, 0, NULL, NULL));
    EXPECT(CLIQUET_BUSY, cliquet_account_free(here.account));
    CHECK(count == 9 && is_untouched(key, sizeof key));
    pthread_barrier_wait(&here.met);
    CHECK(pthread_join(slow, NULL) == 0);
    CHECK(pthread_barrier_destroy(&here.met) == 0);
    OK(cliquet_account_stored_one_time_key_count(here.account, &count));
    CHECK(count == 1);
    OK(cliquet_account_free(here.account));
}

int main(void) {
    objects_that_many_threads_read();
    objects_of_one_thread_each();
    objects_that_move();
    objects_under_a_lock();
    an_object_that_another_thread_changes();
    return 0;
}
