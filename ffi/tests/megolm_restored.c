/*
 * Megolm sessions in states that only a stored one can be in: at the last message index, and with the flag of another library. A pickle
 * without encryption is a header of 10 bytes, the version of the messages, 128 bytes of ratchet, the message index as a varint, the
 * signing key, and for an inbound session its provenance.
 */
#include "megolm.h"

enum { INDEX = 10 + 1 + 128, PROVENANCE = INDEX + 1 + 32 };

/* At the last message index nothing is encrypted, and all stays as it is. */
static void exhausted(void) {
    static const uint8_t LAST_BUT_ONE[] = {0xfe, 0xff, 0xff, 0xff, 0x0f};
    uint8_t pickle[300], before[300], after[300];
    size_t length = 0, length_after = 0;
    uint32_t message_index = 0;
    cliquet_megolm_message *none = NULL;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1), *late = NULL;
    OK(cliquet_outbound_group_session_to_pickle_without_encryption(sender, pickle, sizeof pickle - 4, &length));
    CHECK(pickle[INDEX] == 0);
    memmove(pickle + INDEX + 5, pickle + INDEX + 1, length - INDEX - 1);
    memcpy(pickle + INDEX, LAST_BUT_ONE, 5);
    OK(cliquet_outbound_group_session_from_pickle_without_encryption(pickle, length + 4, &late, NULL));
    cliquet_inbound_group_session *receiver = inbound_of(late, CLIQUET_VERSION_1);
    cliquet_megolm_message *last = encrypted(late, "last");
    OK(cliquet_megolm_message_message_index(last, &message_index));
    CHECK(message_index == UINT32_MAX - 1);
    reads(receiver, last, "last");

    OK(cliquet_outbound_group_session_to_pickle_without_encryption(late, before, sizeof before, &length));
    EXPECT(CLIQUET_SESSION_EXHAUSTED, cliquet_outbound_group_session_encrypt(late, (const uint8_t *)"x", 1, &none));
    EXPECT(CLIQUET_SESSION_EXHAUSTED, cliquet_outbound_group_session_encrypt(late, NULL, 0, &none));
    CHECK(none == NULL);
    OK(cliquet_outbound_group_session_message_index(late, &message_index));
    CHECK(message_index == UINT32_MAX);
    OK(cliquet_outbound_group_session_to_pickle_without_encryption(late, after, sizeof after, &length_after));
    CHECK(length == length_after);
    SAME_BYTES(before, after, length);

    OK(cliquet_megolm_message_free(last));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(late));
    OK(cliquet_outbound_group_session_free(sender));
}

/* What another library's flag says is told as such. */
static void legacy(void) {
    uint8_t pickle[300];
    size_t length = 0;
    cliquet_provenance provenance;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *shared = inbound_of(sender, CLIQUET_VERSION_1), *session = NULL;
    cliquet_inbound_group_session *imported = imported_from(shared, 0, CLIQUET_VERSION_1);
    OK(cliquet_inbound_group_session_to_pickle_without_encryption(imported, pickle, sizeof pickle, &length));
    CHECK(pickle[PROVENANCE] == 0);
    for (int flag = 0; flag < 2; flag++) {
        pickle[PROVENANCE] = (uint8_t)(2 + flag);
        OK(cliquet_inbound_group_session_from_pickle_without_encryption(pickle, length, &session, NULL));
        make_untouched(&provenance, sizeof provenance);
        OK(cliquet_inbound_group_session_provenance(session, &provenance));
        CHECK(provenance.kind == CLIQUET_PROVENANCE_KIND_LEGACY && provenance.from == 0);
        CHECK(provenance.flag == (flag == 1));
        OK(cliquet_inbound_group_session_provenance_at(session, 9, &provenance));
        CHECK(provenance.kind == CLIQUET_PROVENANCE_KIND_LEGACY && provenance.flag == (flag == 1));
        OK(cliquet_inbound_group_session_free(session));
    }
    OK(cliquet_inbound_group_session_free(imported));
    OK(cliquet_inbound_group_session_free(shared));
    OK(cliquet_outbound_group_session_free(sender));
}

int main(void) {
    exhausted();
    legacy();
    return 0;
}
