/* What decryption of many messages must refuse as a whole: pointers that lead to nothing of use, and a session that is in use. */
#include "megolm_bulk.h"

static uint64_t no_object[4];

static void *odd(void *pointer) { return (uint8_t *)pointer + 1; }

/* A session whose guard is empty, messages for it, and where results would go. */
typedef struct {
    cliquet_outbound_group_session *sender;
    cliquet_inbound_group_session *session;
    cliquet_megolm_message *messages[MANY];
    uint8_t events[MANY * 32];
    cliquet_decrypted_messages *decrypted;
    cliquet_details details;
} room;

static void open_room(room *it) {
    it->sender = outbound_of(3, CLIQUET_VERSION_1);
    it->session = inbound_of(it->sender, CLIQUET_VERSION_1);
    newest_first(it->sender, it->messages, MANY);
    for (size_t i = 0; i < MANY; i++) {
        memset(it->events + 32 * i, (int)i, 32);
    }
    OK(cliquet_inbound_group_session_set_replay_guard(it->session, MANY, NULL, 0));
    make_untouched(&it->decrypted, sizeof it->decrypted);
    make_untouched(&it->details, sizeof it->details);
}

static void close_room(room *it) {
    free_messages(it->messages, MANY);
    OK(cliquet_inbound_group_session_free(it->session));
    OK(cliquet_outbound_group_session_free(it->sender));
}

/* Checks that the last call decrypted nothing. */
static int nothing_done(const room *it) {
    size_t count = 77;
    OK(cliquet_inbound_group_session_replay_guard_count(it->session, &count));
    return count == 0 && is_untouched(&it->decrypted, sizeof it->decrypted);
}

/* Either function, with all that is good. */
static cliquet_status decrypt(room *it, int with_events) {
    if (with_events) {
        return cliquet_inbound_group_session_decrypt_events_bulk(it->session, it->messages, it->events, MANY, 2,
                                                                 &it->decrypted, &it->details);
    }
    return cliquet_inbound_group_session_decrypt_bulk(it->session, it->messages, MANY, 2, &it->decrypted, &it->details);
}

/* Each entry that is no message is told by its position, and nothing is decrypted. */
static void entries(void) {
    static const size_t POSITIONS[] = {0, 1, MANY / 2, MANY - 1};
    room it;
    open_room(&it);
    for (size_t i = 0; i < 4; i++) {
        cliquet_megolm_message **entry = &it.messages[POSITIONS[i]], *good = *entry;
        for (int with_events = 0; with_events < 2; with_events++) {
            *entry = NULL;
            EXPECT(CLIQUET_NULL_POINTER, decrypt(&it, with_events));
            CHECK(it.details.found == POSITIONS[i] && it.details.limit == MANY && nothing_done(&it));
            *entry = (cliquet_megolm_message *)odd(good);
            EXPECT(CLIQUET_MISALIGNED, decrypt(&it, with_events));
            CHECK(it.details.found == POSITIONS[i] && it.details.limit == MANY && nothing_done(&it));
            *entry = (cliquet_megolm_message *)(void *)it.sender;
            EXPECT(CLIQUET_WRONG_HANDLE, decrypt(&it, with_events));
            CHECK(it.details.found == POSITIONS[i] && it.details.limit == MANY && nothing_done(&it));
            *entry = (cliquet_megolm_message *)(void *)no_object;
            make_untouched(&it.details, sizeof it.details);
            EXPECT(CLIQUET_WRONG_HANDLE, decrypt(&it, with_events));
            CHECK(it.details.found == POSITIONS[i] && it.details.limit == MANY && nothing_done(&it));
            CHECK(it.details.items == 0 && it.details.field[0] == 0);
        }
        *entry = good;
    }
#ifdef DEBUG_LIBRARY
    cliquet_megolm_message *freed = encrypted(it.sender, "freed"), *good = it.messages[9];
    OK(cliquet_megolm_message_free(freed));
    it.messages[9] = freed;
    EXPECT(CLIQUET_FREED, decrypt(&it, 1));
    CHECK(it.details.found == 9 && it.details.limit == MANY && nothing_done(&it));
    it.messages[9] = good;
#endif
    close_room(&it);
}

/* The other pointers; a failure that is of no entry has no `limit`. */
static void pointers(void) {
    room it;
    open_room(&it);
    cliquet_inbound_group_session *const no_session[] = {NULL, (cliquet_inbound_group_session *)odd(it.session),
                                                         (cliquet_inbound_group_session *)(void *)it.sender};
    static const cliquet_status STATUSES[] = {CLIQUET_NULL_POINTER, CLIQUET_MISALIGNED, CLIQUET_WRONG_HANDLE};
    for (size_t i = 0; i < 3; i++) {
        make_untouched(&it.details, sizeof it.details);
        CHECK(cliquet_inbound_group_session_decrypt_bulk(no_session[i], it.messages, MANY, 2, &it.decrypted, &it.details) ==
              STATUSES[i]);
        CHECK(it.details.found == 0 && it.details.limit == 0 && nothing_done(&it));
        make_untouched(&it.details, sizeof it.details);
        CHECK(cliquet_inbound_group_session_decrypt_events_bulk(no_session[i], it.messages, it.events, MANY, 2, &it.decrypted,
                                                                &it.details) == STATUSES[i]);
        CHECK(it.details.found == 0 && it.details.limit == 0 && nothing_done(&it));
    }

#define BULK(messages, count, place, details)                                                                           \
    cliquet_inbound_group_session_decrypt_bulk(it.session, messages, count, 2, place, details)
#define EVENTS_BULK(messages, events, count, place, details)                                                            \
    cliquet_inbound_group_session_decrypt_events_bulk(it.session, messages, events, count, 2, place, details)
    cliquet_megolm_message *const *odd_list = (cliquet_megolm_message *const *)odd(it.messages);
    cliquet_decrypted_messages **odd_place = (cliquet_decrypted_messages **)odd(no_object);
    cliquet_details *odd_details = (cliquet_details *)odd(no_object);
    EXPECT(CLIQUET_NULL_POINTER, BULK(NULL, 1, &it.decrypted, &it.details));
    CHECK(it.details.found == 0 && it.details.limit == 0);
    EXPECT(CLIQUET_NULL_POINTER, EVENTS_BULK(NULL, it.events, 1, &it.decrypted, NULL));
    EXPECT(CLIQUET_NULL_POINTER, EVENTS_BULK(it.messages, NULL, 1, &it.decrypted, &it.details));
    CHECK(it.details.found == 0 && it.details.limit == 0);
    EXPECT(CLIQUET_MISALIGNED, BULK(odd_list, 1, &it.decrypted, NULL));
    EXPECT(CLIQUET_MISALIGNED, EVENTS_BULK(odd_list, it.events, 1, &it.decrypted, NULL));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, BULK(it.messages, SIZE_MAX, &it.decrypted, &it.details));
    CHECK(it.details.found == SIZE_MAX && it.details.limit == SIZE_MAX / 2 / sizeof(void *));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, EVENTS_BULK(it.messages, it.events, SIZE_MAX, &it.decrypted, NULL));
    EXPECT(CLIQUET_NULL_POINTER, BULK(it.messages, 1, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, EVENTS_BULK(it.messages, it.events, 1, NULL, NULL));
    EXPECT(CLIQUET_MISALIGNED, BULK(it.messages, 1, odd_place, NULL));
    EXPECT(CLIQUET_MISALIGNED, EVENTS_BULK(it.messages, it.events, 1, odd_place, NULL));
    EXPECT(CLIQUET_MISALIGNED, BULK(it.messages, 1, &it.decrypted, odd_details));
    EXPECT(CLIQUET_MISALIGNED, EVENTS_BULK(it.messages, it.events, 1, &it.decrypted, odd_details));
    CHECK(nothing_done(&it) && no_object[0] == 0);

    /* No messages at all are fine. */
    OK(BULK(NULL, 0, &it.decrypted, &it.details));
    OK(cliquet_decrypted_messages_free(it.decrypted));
    OK(EVENTS_BULK(NULL, NULL, 0, &it.decrypted, &it.details));

    /* What is no result. */
    size_t length = 77;
    uint8_t plaintext[LONGEST];
    cliquet_decrypted_messages *wrong = (cliquet_decrypted_messages *)(void *)it.session;
    cliquet_decrypted_messages *misaligned = (cliquet_decrypted_messages *)odd(it.decrypted);
    OK(cliquet_decrypted_messages_free(NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_decrypted_messages_free(misaligned));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_decrypted_messages_free(wrong));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_megolm_message_free((cliquet_megolm_message *)(void *)it.decrypted));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_decrypted_messages_count(NULL, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_decrypted_messages_count(wrong, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_decrypted_messages_count(it.decrypted, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_decrypted_messages_plaintext(NULL, 0, plaintext, LONGEST, &length, NULL, NULL, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_decrypted_messages_plaintext(wrong, 0, plaintext, LONGEST, &length, NULL, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_decrypted_messages_plaintext(it.decrypted, 0, NULL, 1, &length, NULL, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_decrypted_messages_plaintext(it.decrypted, 0, plaintext, LONGEST, NULL, NULL, NULL, NULL));
    CHECK(length == 77);
    cliquet_decrypted_messages *gone = it.decrypted;
    OK(cliquet_decrypted_messages_free(gone));
#ifdef DEBUG_LIBRARY
    EXPECT(CLIQUET_FREED, cliquet_decrypted_messages_count(gone, &length));
    EXPECT(CLIQUET_FREED, cliquet_decrypted_messages_free(gone));
#endif
    close_room(&it);
}

/* A generator that decrypts with the session which it is asked to store. */
static int32_t fill_and_decrypt(void *context, uint8_t *bytes, size_t length) {
    room *it = (room *)context;
    EXPECT(CLIQUET_BUSY, decrypt(it, 0));
    EXPECT(CLIQUET_BUSY, decrypt(it, 1));
    CHECK(it->details.found == 0 && it->details.limit == 0 && nothing_done(it));
    memset(bytes, 1, length);
    return 0;
}

/* While another call looks at the session, it cannot decrypt. */
static void in_use_by_a_reader(void) {
    room it;
    open_room(&it);
    uint8_t bytes[32] = {1}, *pickle;
    size_t length = 0;
    cliquet_pickle_key *key = NULL;
    cliquet_random decrypting = {fill_and_decrypt, &it};
    OK(cliquet_pickle_key_new(bytes, &key));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_inbound_group_session_to_pickle(it.session, key, NULL, NULL, 0, &length));
    pickle = (uint8_t *)malloc(length);
    OK(cliquet_inbound_group_session_to_pickle(it.session, key, &decrypting, pickle, length, &length));
    free(pickle);
    OK(cliquet_pickle_key_free(key));
    /* Afterwards it is free again. */
    OK(decrypt(&it, 1));
    OK(cliquet_decrypted_messages_free(it.decrypted));
    close_room(&it);
}

/* A session that one thread decrypts with, over and over, until another has found it busy. */
typedef struct {
    room of_both;
    pthread_mutex_t lock;
    int found_busy;
} contest;

static int over(contest *both) {
    CHECK(pthread_mutex_lock(&both->lock) == 0);
    int found_busy = both->found_busy;
    CHECK(pthread_mutex_unlock(&both->lock) == 0);
    return found_busy;
}

static void *decrypt_on_and_on(void *argument) {
    contest *both = (contest *)argument;
    room *it = &both->of_both;
    while (!over(both)) {
        /* Silent, because printing would put the threads in an order. */
        cliquet_decrypted_messages *decrypted = NULL;
        cliquet_status status =
            cliquet_inbound_group_session_decrypt_bulk(it->session, it->messages, MANY, 2, &decrypted, NULL);
        CHECK(status == CLIQUET_OK || status == CLIQUET_BUSY);
        CHECK((status == CLIQUET_OK) == (decrypted != NULL));
        CHECK(cliquet_decrypted_messages_free(decrypted) == CLIQUET_OK);
    }
    return NULL;
}

/* While many are decrypted, nobody else may look. */
static void in_use_by_a_decryption(void) {
    contest both;
    pthread_t other;
    uint32_t first = 0;
    open_room(&both.of_both);
    both.found_busy = 0;
    CHECK(pthread_mutex_init(&both.lock, NULL) == 0);
    CHECK(pthread_create(&other, NULL, decrypt_on_and_on, &both) == 0);
    cliquet_status status = CLIQUET_OK;
    while (status == CLIQUET_OK) {
        status = cliquet_inbound_group_session_first_known_index(both.of_both.session, &first);
    }
    EXPECT(CLIQUET_BUSY, status);
    CHECK(pthread_mutex_lock(&both.lock) == 0);
    both.found_busy = 1;
    CHECK(pthread_mutex_unlock(&both.lock) == 0);
    CHECK(pthread_join(other, NULL) == 0);
    CHECK(pthread_mutex_destroy(&both.lock) == 0);
    reads(both.of_both.session, both.of_both.messages[0], "69");
    close_room(&both.of_both);
}

static void *all(void *nothing) {
    entries();
    pointers();
    in_use_by_a_reader();
    in_use_by_a_decryption();
    return nothing;
}

int main(void) {
    in_a_thread(all);
    return 0;
}
