/* The guard of an inbound group session against replays. */
#include "megolm.h"

/* The session must read the message as that of the event. */
static void reads_event(cliquet_inbound_group_session *session, const cliquet_megolm_message *message,
                        const uint8_t *event, const char *text) {
    uint8_t plaintext[64];
    size_t length = 0;
    uint32_t message_index = 0, stated = 1;
    cliquet_provenance provenance;
    OK(cliquet_megolm_message_message_index(message, &stated));
    OK(cliquet_inbound_group_session_decrypt_event(session, message, event, plaintext, sizeof plaintext, &length,
                                                   &message_index, &provenance, NULL));
    CHECK(length == strlen(text) && message_index == stated);
    SAME_BYTES(plaintext, text, length);
    CHECK(provenance.kind == CLIQUET_PROVENANCE_KIND_SHARED && provenance.from == 0 && !provenance.flag);
}

static int guards(const cliquet_inbound_group_session *session, size_t capacity, size_t length) {
    size_t capacity_there = capacity + 1, length_there = length + 1;
    OK(cliquet_inbound_group_session_replay_guard_capacity(session, &capacity_there));
    OK(cliquet_inbound_group_session_replay_guard_count(session, &length_there));
    return capacity_there == capacity && length_there == length;
}

static void one_event_an_index(void) {
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_ed25519_key_pair *signing_key = signing_key_of(3);
    cliquet_megolm_message *first = encrypted(sender, "first"), *second = encrypted(sender, "second");
    cliquet_megolm_message *third = encrypted(sender, "third");

    /* No guard. */
    CHECK(guards(receiver, 0, 0));
    EXPECT(CLIQUET_REPLAY_GUARD_FULL, refusal(receiver, first, EVENT, 0, 0));
    reads(receiver, first, "first");

    OK(cliquet_inbound_group_session_set_replay_guard(receiver, 2, NULL, 0));
    CHECK(guards(receiver, 2, 0));
    reads(receiver, first, "first");
    CHECK(guards(receiver, 2, 0));

    /* What does not open is not remembered. */
    cliquet_megolm_message *forged = altered(second, 64, signing_key), *damaged = altered(second, 0, NULL);
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, refusal(receiver, forged, OTHER_EVENT, 0, 0));
    EXPECT(CLIQUET_INVALID_SIGNATURE, refusal(receiver, damaged, OTHER_EVENT, 0, 0));
    reads_event(receiver, second, EVENT, "second");
    reads_event(receiver, second, EVENT, "second");
    CHECK(guards(receiver, 2, 1));
    EXPECT(CLIQUET_REPLAY, refusal(receiver, second, OTHER_EVENT, 1, 0));
    reads(receiver, second, "second");

    /* A full guard refuses what it cannot remember, until it is given room. */
    reads_event(receiver, first, OTHER_EVENT, "first");
    CHECK(guards(receiver, 2, 2));
    EXPECT(CLIQUET_REPLAY_GUARD_FULL, refusal(receiver, third, EVENT, 0, 2));
    OK(cliquet_inbound_group_session_set_replay_guard_capacity(receiver, 1));
    CHECK(guards(receiver, 2, 2));
    OK(cliquet_inbound_group_session_set_replay_guard_capacity(receiver, 3));
    CHECK(guards(receiver, 3, 2));
    reads_event(receiver, third, EVENT, "third");
    reads_event(receiver, first, OTHER_EVENT, "first");
    EXPECT(CLIQUET_REPLAY, refusal(receiver, first, EVENT, 0, 0));

    OK(cliquet_megolm_message_free(damaged));
    OK(cliquet_megolm_message_free(forged));
    OK(cliquet_megolm_message_free(third));
    OK(cliquet_megolm_message_free(second));
    OK(cliquet_megolm_message_free(first));
    OK(cliquet_ed25519_key_pair_free(signing_key));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

/* A failing decryption of an event, a short buffer among them, leaves the guard as it was. */
static void other_refusals(void) {
    uint8_t plaintext[16];
    size_t length = 0;
    uint32_t message_index = 77;
    bool begins_there = false;
    cliquet_provenance provenance;
    cliquet_details details;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *of_second = inbound_of(sender, CLIQUET_VERSION_2);
    cliquet_megolm_message *message = encrypted(sender, "text"), *next = encrypted(sender, "next");
    OK(cliquet_inbound_group_session_set_replay_guard(receiver, CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY, NULL, 0));
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(&provenance, sizeof provenance);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_inbound_group_session_decrypt_event(receiver, message, EVENT, plaintext, 14,
                                                                             &length, &message_index, &provenance,
                                                                             &details));
    CHECK(length == 15 && details.found == 14 && details.limit == 15 && message_index == 77);
    CHECK(is_untouched(plaintext, sizeof plaintext) && is_untouched(&provenance, sizeof provenance));
    CHECK(guards(receiver, CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY, 0));
    reads_event(receiver, message, OTHER_EVENT, "text");
    EXPECT(CLIQUET_MISMATCHED_VERSION, refusal(of_second, message, EVENT, CLIQUET_VERSION_1, CLIQUET_VERSION_2));
    OK(cliquet_inbound_group_session_set_replay_guard(of_second, 1, NULL, 0));
    EXPECT(CLIQUET_MISMATCHED_VERSION, refusal(of_second, message, EVENT, CLIQUET_VERSION_1, CLIQUET_VERSION_2));
    OK(cliquet_inbound_group_session_advance_to(receiver, 5, &begins_there));
    EXPECT(CLIQUET_UNKNOWN_MESSAGE_INDEX, refusal(receiver, next, EVENT, 1, 5));
    CHECK(guards(receiver, CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY, 1));

    OK(cliquet_megolm_message_free(next));
    OK(cliquet_megolm_message_free(message));
    OK(cliquet_inbound_group_session_free(of_second));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

static cliquet_replay_guard_entry entry(uint32_t message_index, const uint8_t *event) {
    cliquet_replay_guard_entry entry;
    entry.message_index = message_index;
    memcpy(entry.event, event, 32);
    return entry;
}

/* What was seen is kept through storing and merging. */
static void storing_and_merging(void) {
    size_t length = 0;
    bool connected = false;
    cliquet_replay_guard_entry entries[4];
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *other = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_megolm_message *first = encrypted(sender, "first"), *second = encrypted(sender, "second");
    OK(cliquet_inbound_group_session_set_replay_guard(receiver, 2, NULL, 0));
    reads_event(receiver, second, EVENT, "second");
    reads_event(receiver, first, OTHER_EVENT, "first");

    make_untouched(entries, sizeof entries);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_inbound_group_session_replay_guard_entries(receiver, entries, 1, &length));
    CHECK(length == 2 && is_untouched(entries, sizeof entries));
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_inbound_group_session_replay_guard_entries(receiver, NULL, 0, &length));
    CHECK(length == 2);
    OK(cliquet_inbound_group_session_replay_guard_entries(receiver, entries, 2, &length));
    CHECK(length == 2 && is_untouched(entries + 2, sizeof *entries * 2));
    CHECK(entries[0].message_index == 0 && entries[1].message_index == 1);
    SAME_BYTES(entries[0].event, OTHER_EVENT, 32);
    SAME_BYTES(entries[1].event, EVENT, 32);

    OK(cliquet_inbound_group_session_set_replay_guard(other, 1, entries, 2));
    CHECK(guards(other, 2, 2));
    EXPECT(CLIQUET_REPLAY, refusal(other, first, EVENT, 0, 0));
    EXPECT(CLIQUET_REPLAY, refusal(other, second, OTHER_EVENT, 1, 0));
    reads_event(other, first, OTHER_EVENT, "first");

    /* Of an index that comes twice the last event counts; too large a capacity is cut. */
    entries[0] = entry(1, EVENT);
    entries[1] = entry(9, EVENT);
    entries[2] = entry(1, OTHER_EVENT);
    OK(cliquet_inbound_group_session_set_replay_guard(other, SIZE_MAX, entries, 3));
    CHECK(guards(other, CLIQUET_REPLAY_GUARD_MAX_CAPACITY, 2));
    EXPECT(CLIQUET_REPLAY, refusal(other, second, EVENT, 1, 0));
    OK(cliquet_inbound_group_session_set_replay_guard_capacity(other, SIZE_MAX));
    CHECK(guards(other, CLIQUET_REPLAY_GUARD_MAX_CAPACITY, 2));
    OK(cliquet_inbound_group_session_set_replay_guard_capacity(other, 5));
    CHECK(guards(other, 5, 2));

    /* What both have seen stays as it is here. */
    OK(cliquet_inbound_group_session_merge(receiver, other, &connected));
    CHECK(connected && guards(receiver, 5, 3));
    EXPECT(CLIQUET_REPLAY, refusal(receiver, second, OTHER_EVENT, 1, 0));
    OK(cliquet_inbound_group_session_replay_guard_entries(receiver, entries, 4, &length));
    CHECK(length == 3 && entries[2].message_index == 9);
    CHECK(guards(other, 5, 2));

    /* The guard is taken away. */
    OK(cliquet_inbound_group_session_set_replay_guard(other, 0, NULL, 0));
    CHECK(guards(other, 0, 0));
    OK(cliquet_inbound_group_session_replay_guard_entries(other, NULL, 0, &length));
    CHECK(length == 0);

    /* A list that cannot be read leaves the guard as it was. */
    EXPECT(CLIQUET_NULL_POINTER, cliquet_inbound_group_session_set_replay_guard(receiver, 7, NULL, 1));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_inbound_group_session_set_replay_guard(receiver, 7, entries, SIZE_MAX));
    EXPECT(CLIQUET_MISALIGNED,
           cliquet_inbound_group_session_set_replay_guard(
               receiver, 7, (const cliquet_replay_guard_entry *)(const void *)((const char *)entries + 1), 1));
    CHECK(guards(receiver, 5, 3));

    OK(cliquet_megolm_message_free(second));
    OK(cliquet_megolm_message_free(first));
    OK(cliquet_inbound_group_session_free(other));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

int main(void) {
    one_event_an_index();
    other_refusals();
    storing_and_merging();
    return 0;
}
