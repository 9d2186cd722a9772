/* Inbound group sessions beside each other: comparing, merging, and where they come from. */
#include "megolm.h"

static int comes(const cliquet_inbound_group_session *session, cliquet_provenance_kind kind, uint32_t from) {
    cliquet_provenance provenance;
    make_untouched(&provenance, sizeof provenance);
    OK(cliquet_inbound_group_session_provenance(session, &provenance));
    return provenance.kind == kind && provenance.from == from && !provenance.flag;
}

static int comes_at(const cliquet_inbound_group_session *session, uint32_t message_index,
                    cliquet_provenance_kind kind, uint32_t from) {
    cliquet_provenance provenance;
    make_untouched(&provenance, sizeof provenance);
    OK(cliquet_inbound_group_session_provenance_at(session, message_index, &provenance));
    return provenance.kind == kind && provenance.from == from && !provenance.flag;
}

static int relate(const cliquet_inbound_group_session *session, const cliquet_inbound_group_session *other,
                  cliquet_megolm_session_ordering expected) {
    cliquet_megolm_session_ordering ordering = 0;
    bool connected = expected == CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED;
    OK(cliquet_inbound_group_session_compare(session, other, &ordering));
    OK(cliquet_inbound_group_session_connected(session, other, &connected));
    return ordering == expected && connected == (expected != CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED);
}

static int begins_at(const cliquet_inbound_group_session *session, uint32_t index) {
    uint32_t first_known_index = index + 1;
    OK(cliquet_inbound_group_session_first_known_index(session, &first_known_index));
    return first_known_index == index;
}

/* The same session with an invented ratchet. */
static cliquet_inbound_group_session *invented(const cliquet_inbound_group_session *session) {
    uint8_t bytes[165];
    size_t length = 0;
    cliquet_megolm_session_export *exported = NULL;
    cliquet_inbound_group_session *other = NULL;
    OK(cliquet_inbound_group_session_export(session, &exported));
    OK(cliquet_megolm_session_export_to_bytes(exported, bytes, sizeof bytes, &length));
    OK(cliquet_megolm_session_export_free(exported));
    memset(bytes + 5, 7, 128);
    OK(cliquet_megolm_session_export_from_bytes(bytes, length, &exported, NULL));
    OK(cliquet_inbound_group_session_import(exported, CLIQUET_VERSION_1, &other));
    OK(cliquet_megolm_session_export_free(exported));
    return other;
}

static void comparing(void) {
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_outbound_group_session *stranger = outbound_of(4, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *whole = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *later = imported_from(whole, 300, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *also_later = imported_from(later, 300, CLIQUET_VERSION_1);
    CHECK(relate(whole, whole, CLIQUET_MEGOLM_SESSION_ORDERING_EQUAL));
    CHECK(relate(later, also_later, CLIQUET_MEGOLM_SESSION_ORDERING_EQUAL));
    CHECK(relate(whole, later, CLIQUET_MEGOLM_SESSION_ORDERING_BETTER));
    CHECK(relate(later, whole, CLIQUET_MEGOLM_SESSION_ORDERING_WORSE));

    cliquet_inbound_group_session *const others[] = {
        inbound_of(stranger, CLIQUET_VERSION_1),
        inbound_of(sender, CLIQUET_VERSION_2),
        invented(whole),
    };
    for (size_t i = 0; i < 3; i++) {
        bool connected = true;
        CHECK(relate(whole, others[i], CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED));
        CHECK(relate(others[i], later, CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED));
        OK(cliquet_inbound_group_session_merge(later, others[i], &connected));
        CHECK(!connected && begins_at(later, 300) && comes(later, CLIQUET_PROVENANCE_KIND_IMPORTED, 0));
        CHECK(relate(later, also_later, CLIQUET_MEGOLM_SESSION_ORDERING_EQUAL));
        OK(cliquet_inbound_group_session_free(others[i]));
    }

    OK(cliquet_inbound_group_session_free(also_later));
    OK(cliquet_inbound_group_session_free(later));
    OK(cliquet_inbound_group_session_free(whole));
    OK(cliquet_outbound_group_session_free(stranger));
    OK(cliquet_outbound_group_session_free(sender));
}

/* Merging reads more, and proves no more. */
static void merging(void) {
    uint8_t plaintext[32];
    size_t length = 0;
    uint32_t message_index = 0;
    bool connected = false;
    cliquet_provenance provenance;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *whole = inbound_of(sender, CLIQUET_VERSION_1);
    CHECK(comes(whole, CLIQUET_PROVENANCE_KIND_SHARED, 0) && comes_at(whole, 7, CLIQUET_PROVENANCE_KIND_SHARED, 0));
    skip(sender, 5);
    cliquet_megolm_message *fifth = encrypted(sender, "fifth");
    skip(sender, 14);
    cliquet_inbound_group_session *shared = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_megolm_message *twentieth = encrypted(sender, "twentieth");
    CHECK(comes(shared, CLIQUET_PROVENANCE_KIND_SHARED, 20) && begins_at(shared, 20));
    cliquet_inbound_group_session *imported = imported_from(whole, 5, CLIQUET_VERSION_1);
    CHECK(comes(imported, CLIQUET_PROVENANCE_KIND_IMPORTED, 0) && begins_at(imported, 5));
    EXPECT(CLIQUET_UNKNOWN_MESSAGE_INDEX, refusal(shared, fifth, NULL, 5, 20));

    /* The same object twice. */
    EXPECT(CLIQUET_BUSY, cliquet_inbound_group_session_merge(shared, shared, &connected));
    CHECK(!connected && begins_at(shared, 20));

    OK(cliquet_inbound_group_session_merge(shared, imported, &connected));
    CHECK(connected && begins_at(shared, 5) && comes(shared, CLIQUET_PROVENANCE_KIND_SHARED, 20));
    CHECK(begins_at(imported, 5) && comes(imported, CLIQUET_PROVENANCE_KIND_IMPORTED, 0));
    CHECK(comes_at(shared, 19, CLIQUET_PROVENANCE_KIND_IMPORTED, 0));
    CHECK(comes_at(shared, 20, CLIQUET_PROVENANCE_KIND_SHARED, 20));
    CHECK(comes_at(shared, 0, CLIQUET_PROVENANCE_KIND_IMPORTED, 0));
    CHECK(comes_at(imported, 5, CLIQUET_PROVENANCE_KIND_IMPORTED, 0));

    /* Each message tells its own. */
    OK(cliquet_inbound_group_session_decrypt(shared, fifth, plaintext, sizeof plaintext, &length, &message_index,
                                             &provenance, NULL));
    CHECK(length == 5 && message_index == 5 && provenance.kind == CLIQUET_PROVENANCE_KIND_IMPORTED);
    OK(cliquet_inbound_group_session_decrypt(shared, twentieth, plaintext, sizeof plaintext, &length, &message_index,
                                             &provenance, NULL));
    CHECK(length == 9 && message_index == 20);
    CHECK(provenance.kind == CLIQUET_PROVENANCE_KIND_SHARED && provenance.from == 20);
    CHECK(comes(shared, CLIQUET_PROVENANCE_KIND_SHARED, 20));

    /* The other way round. */
    OK(cliquet_inbound_group_session_merge(imported, shared, &connected));
    CHECK(connected && begins_at(imported, 5) && comes(imported, CLIQUET_PROVENANCE_KIND_SHARED, 20));

    /* What begins later is proven from there on alone. */
    OK(cliquet_inbound_group_session_advance_to(shared, 30, &connected));
    CHECK(comes(shared, CLIQUET_PROVENANCE_KIND_SHARED, 30));

    OK(cliquet_inbound_group_session_free(imported));
    OK(cliquet_inbound_group_session_free(shared));
    OK(cliquet_megolm_message_free(twentieth));
    OK(cliquet_megolm_message_free(fifth));
    OK(cliquet_inbound_group_session_free(whole));
    OK(cliquet_outbound_group_session_free(sender));
}

int main(void) {
    comparing();
    merging();
    return 0;
}
