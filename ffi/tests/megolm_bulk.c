/* Decryption of many messages at once: the verdicts, their order, the replay guard, and how results are read. */
#include "megolm_bulk.h"

/* From the caller's thread alone to more than there is work for. */
static const size_t THREADS[] = {0, 1, 2, SIZE_MAX};
enum { THREAD_COUNTS = sizeof THREADS / sizeof THREADS[0] };

/* Checks why the message at a position was refused, and that nothing was written beside the details. */
#define REFUSED(expected, decrypted, position, found_there, limit_there)                                               \
    do {                                                                                                               \
        verdict it = verdict_at(decrypted, position);                                                                  \
        verdict nothing = no_verdict();                                                                                \
        EXPECT_NAMED(expected, #expected, it.status);                                                                  \
        CHECK(it.details.found == (found_there) && it.details.limit == (limit_there));                                 \
        it.status = nothing.status;                                                                                    \
        it.details = nothing.details;                                                                                  \
        CHECK(same_verdict(&it, &nothing));                                                                            \
    } while (0)

/* Checks that the message at a position is this text of this index. */
static void is_read(const cliquet_decrypted_messages *decrypted, size_t position, const char *text, uint32_t index) {
    verdict it = verdict_at(decrypted, position);
    OK(it.status);
    CHECK(it.length == strlen(text) && it.message_index == index);
    SAME_BYTES(it.plaintext, text, it.length);
    CHECK(is_untouched(it.plaintext + it.length, LONGEST - it.length) && is_untouched(&it.details, sizeof it.details));
}

/* Of every kind of message the verdict is that of the single call, in the order that was given, and the others are read. */
static void all_verdicts(void) {
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1), *other = outbound_of(9, CLIQUET_VERSION_1);
    cliquet_outbound_group_session *of_second = outbound_of(3, CLIQUET_VERSION_2);
    cliquet_inbound_group_session *whole = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *session = imported_from(whole, 5, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *twin = imported_from(whole, 5, CLIQUET_VERSION_1);
    cliquet_ed25519_key_pair *signing_key = signing_key_of(3);
    cliquet_megolm_message *messages[MANY + 6];
    newest_first(sender, messages, MANY);
    messages[MANY] = altered(messages[2], 64, signing_key);
    messages[MANY + 1] = altered(messages[3], 0, NULL);
    messages[MANY + 2] = encrypted(other, "of another session");
    messages[MANY + 3] = encrypted(of_second, "of another version");
    messages[MANY + 4] = encrypted(sender, "");
    messages[MANY + 5] = encrypted(sender, "the last");

    verdict alone[MANY + 6];
    verdicts_alone(twin, messages, NULL, MANY + 6, alone);
    const size_t counts[] = {0, 1, 2, 15, 16, 17, 33, MANY + 6};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        /* The last ones, so that the refused are among few, too. */
        size_t start = MANY + 6 - counts[i];
        for (size_t j = 0; j < THREAD_COUNTS; j++) {
            cliquet_decrypted_messages *decrypted = bulk(session, messages + start, NULL, counts[i], THREADS[j]);
            check_verdicts(decrypted, alone + start, counts[i]);
            OK(cliquet_decrypted_messages_free(decrypted));
        }
    }

    cliquet_decrypted_messages *decrypted = bulk(session, messages, NULL, MANY + 6, 2);
    is_read(decrypted, 0, "69", 69);
    is_read(decrypted, 1, "68", 68);
    is_read(decrypted, MANY - 6, "5", 5);
    REFUSED(CLIQUET_UNKNOWN_MESSAGE_INDEX, decrypted, MANY - 5, 4, 5);
    REFUSED(CLIQUET_UNKNOWN_MESSAGE_INDEX, decrypted, MANY - 1, 0, 5);
    REFUSED(CLIQUET_AUTHENTICATION_FAILED, decrypted, MANY, 0, 0);
    REFUSED(CLIQUET_INVALID_SIGNATURE, decrypted, MANY + 1, 0, 0);
    REFUSED(CLIQUET_INVALID_SIGNATURE, decrypted, MANY + 2, 0, 0);
    REFUSED(CLIQUET_MISMATCHED_VERSION, decrypted, MANY + 3, CLIQUET_VERSION_2, CLIQUET_VERSION_1);
    is_read(decrypted, MANY + 4, "", MANY);
    is_read(decrypted, MANY + 5, "the last", MANY + 1);
    OK(cliquet_decrypted_messages_free(decrypted));

    /* One message as often as one likes; where it comes from is told for each index. */
    cliquet_megolm_message *same[20];
    for (size_t i = 0; i < 20; i++) {
        same[i] = messages[i == 7 ? MANY - 1 : 0];
    }
    decrypted = bulk(session, same, NULL, 20, 1);
    verdicts_alone(twin, same, NULL, 20, alone);
    check_verdicts(decrypted, alone, 20);
    OK(cliquet_decrypted_messages_free(decrypted));
    decrypted = bulk(whole, same, NULL, 20, 1);
    CHECK(verdict_at(decrypted, 7).provenance.kind == CLIQUET_PROVENANCE_KIND_SHARED);
    OK(cliquet_decrypted_messages_free(decrypted));

    /* What the session can read does not change. */
    uint32_t first = 0;
    OK(cliquet_inbound_group_session_first_known_index(session, &first));
    CHECK(first == 5);
    reads(session, messages[MANY - 6], "5");

    free_messages(messages, MANY + 6);
    OK(cliquet_ed25519_key_pair_free(signing_key));
    OK(cliquet_inbound_group_session_free(twin));
    OK(cliquet_inbound_group_session_free(session));
    OK(cliquet_inbound_group_session_free(whole));
    OK(cliquet_outbound_group_session_free(of_second));
    OK(cliquet_outbound_group_session_free(other));
    OK(cliquet_outbound_group_session_free(sender));
}

/* Ends the test unless both guards have seen the same. */
static void guards_are_same(const cliquet_inbound_group_session *one, const cliquet_inbound_group_session *other) {
    cliquet_replay_guard_entry of_one[MANY], of_other[MANY];
    size_t length = 0, other_length = 1;
    OK(cliquet_inbound_group_session_replay_guard_entries(one, of_one, MANY, &length));
    OK(cliquet_inbound_group_session_replay_guard_entries(other, of_other, MANY, &other_length));
    CHECK(length == other_length);
    SAME_BYTES(of_one, of_other, length * sizeof *of_one);
}

/* The guard looks and learns in the order of the caller, as one by one. */
static void events(void) {
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *sessions[2] = {inbound_of(sender, CLIQUET_VERSION_1), inbound_of(sender, CLIQUET_VERSION_1)};
    cliquet_ed25519_key_pair *signing_key = signing_key_of(3);
    cliquet_megolm_message *messages[24];
    uint8_t events[24 * 32];
    newest_first(sender, messages, 20);
    messages[20] = altered(messages[10], 64, signing_key); /* Forged, of an index that was seen and of one that was not. */
    messages[21] = altered(messages[18], 64, signing_key);
    messages[22] = altered(messages[18], 0, NULL);
    messages[23] = encrypted(sender, "20");
    for (size_t i = 0; i < 24; i++) {
        memset(events + 32 * i, (int)i, 32);
    }

    /* Without a guard nothing is read. */
    cliquet_decrypted_messages *decrypted = bulk(sessions[0], messages, events, 20, 2);
    for (size_t i = 0; i < 20; i++) {
        REFUSED(CLIQUET_REPLAY_GUARD_FULL, decrypted, i, 0, 0);
    }
    OK(cliquet_decrypted_messages_free(decrypted));
    for (size_t i = 0; i < 2; i++) {
        OK(cliquet_inbound_group_session_set_replay_guard(sessions[i], 18, NULL, 0));
    }

    /* Position 1 becomes the message of position 0 once more, with its event; position 5 that of position 4, with its own event. */
    cliquet_megolm_message *given[24];
    memcpy(given, messages, sizeof given);
    given[1] = messages[0];
    memcpy(events + 32, events, 32);
    given[5] = messages[4];
    decrypted = bulk(sessions[0], given, events, 24, 3);
    is_read(decrypted, 0, "19", 19);
    is_read(decrypted, 1, "19", 19);
    is_read(decrypted, 4, "15", 15);
    REFUSED(CLIQUET_REPLAY, decrypted, 5, 15, 0);
    is_read(decrypted, 19, "0", 0);
    REFUSED(CLIQUET_REPLAY, decrypted, 20, 9, 0); /* The guard looks before the MAC does. */
    REFUSED(CLIQUET_REPLAY, decrypted, 21, 1, 0);
    REFUSED(CLIQUET_INVALID_SIGNATURE, decrypted, 22, 0, 0);
    REFUSED(CLIQUET_REPLAY_GUARD_FULL, decrypted, 23, 0, 18);
    verdict alone[24];
    verdicts_alone(sessions[1], given, events, 24, alone);
    check_verdicts(decrypted, alone, 24);
    OK(cliquet_decrypted_messages_free(decrypted));
    guards_are_same(sessions[0], sessions[1]);

    /* What was learned holds from call to call, and there is room for one more. */
    for (size_t i = 0; i < 2; i++) {
        OK(cliquet_inbound_group_session_set_replay_guard_capacity(sessions[i], 19));
    }
    for (size_t i = 0; i < THREAD_COUNTS; i++) {
        decrypted = bulk(sessions[0], messages, events, 24, THREADS[i]);
        verdicts_alone(sessions[1], messages, events, 24, alone);
        check_verdicts(decrypted, alone, 24);
        OK(cliquet_decrypted_messages_free(decrypted));
        guards_are_same(sessions[0], sessions[1]);
    }
    EXPECT(CLIQUET_REPLAY, refusal(sessions[0], messages[0], events + 32 * 5, 19, 0));

    /* What does not open takes no room, though it comes first. */
    cliquet_megolm_message *forged_first[3] = {messages[21], messages[22], messages[18]};
    OK(cliquet_inbound_group_session_set_replay_guard(sessions[0], 1, NULL, 0));
    decrypted = bulk(sessions[0], forged_first, events, 3, 1);
    REFUSED(CLIQUET_AUTHENTICATION_FAILED, decrypted, 0, 0, 0);
    REFUSED(CLIQUET_INVALID_SIGNATURE, decrypted, 1, 0, 0);
    is_read(decrypted, 2, "1", 1);
    OK(cliquet_decrypted_messages_free(decrypted));

    /* The same index twice in one call: the first one counts, whichever that is. */
    for (size_t i = 0; i < 2; i++) {
        cliquet_megolm_message *twice[2] = {messages[0], messages[0]};
        uint8_t both[64];
        memcpy(both, i == 0 ? EVENT : OTHER_EVENT, 32);
        memcpy(both + 32, i == 0 ? OTHER_EVENT : EVENT, 32);
        OK(cliquet_inbound_group_session_set_replay_guard(sessions[i], 1, NULL, 0));
        decrypted = bulk(sessions[i], twice, both, 2, 1);
        is_read(decrypted, 0, "19", 19);
        REFUSED(CLIQUET_REPLAY, decrypted, 1, 19, 0);
        OK(cliquet_decrypted_messages_free(decrypted));
    }

    free_messages(messages, 24);
    OK(cliquet_ed25519_key_pair_free(signing_key));
    OK(cliquet_inbound_group_session_free(sessions[1]));
    OK(cliquet_inbound_group_session_free(sessions[0]));
    OK(cliquet_outbound_group_session_free(sender));
}

/* Results stay without the session and the messages, are read as often as one likes, and tell exactly how long they are. */
static void reading(void) {
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *session = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_megolm_message *messages[3] = {encrypted(sender, "text"), encrypted(sender, ""), NULL};
    messages[2] = altered(messages[0], 0, NULL);
    cliquet_decrypted_messages *decrypted = bulk(session, messages, NULL, 3, 1);
    free_messages(messages, 3);
    OK(cliquet_inbound_group_session_free(session));
    OK(cliquet_outbound_group_session_free(sender));

    uint8_t plaintext[8];
    size_t length = 77;
    uint32_t message_index = 77;
    cliquet_details details;
    make_untouched(plaintext, sizeof plaintext);
    for (size_t capacity = 0; capacity < 4; capacity++) {
        length = 77;
        EXPECT(CLIQUET_SHORT_BUFFER, cliquet_decrypted_messages_plaintext(decrypted, 0, capacity == 0 ? NULL : plaintext, capacity,
                                                                          &length, &message_index, NULL, &details));
        CHECK(length == 4 && message_index == 77 && details.found == capacity && details.limit == 4);
    }
    CHECK(is_untouched(plaintext, sizeof plaintext));
    for (int i = 0; i < 2; i++) {
        OK(cliquet_decrypted_messages_plaintext(decrypted, 0, plaintext, 4, &length, NULL, NULL, NULL));
        CHECK(length == 4 && memcmp(plaintext, "text", 4) == 0 && is_untouched(plaintext + 4, 4));
    }
    OK(cliquet_decrypted_messages_plaintext(decrypted, 1, NULL, 0, &length, &message_index, NULL, NULL));
    CHECK(length == 0 && message_index == 1);

    /* Why it was refused is told without a buffer, too. */
    length = 77;
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_decrypted_messages_plaintext(decrypted, 2, NULL, 0, &length, NULL, NULL, NULL));
    CHECK(length == 77);
    REFUSED(CLIQUET_OUT_OF_RANGE, decrypted, 3, 3, 3);
    REFUSED(CLIQUET_OUT_OF_RANGE, decrypted, SIZE_MAX, SIZE_MAX, 3);
    OK(cliquet_decrypted_messages_free(decrypted));
}

static void *all(void *nothing) {
    all_verdicts();
    events();
    reading();
    return nothing;
}

int main(void) {
    in_a_thread(all);
    return 0;
}
