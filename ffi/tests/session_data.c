/* Megolm sessions with what is known of them. */
#include "objects.h"

static cliquet_session_data *read_data(const char *json) {
    cliquet_session_data *data = NULL;
    OK(cliquet_session_data_from_json(TEXT(json), &data, NULL));
    return data;
}

#define CHECK_DATA(expected, data) CHECK_TEXT(expected, cliquet_session_data_to_json(data, buffer, capacity, &length))

/* The session of BARE: its generator counts from 0, the ratchet of 128 bytes and the Ed25519 seed. */
static cliquet_inbound_group_session *bare_session(void) {
    uint8_t next = 0;
    cliquet_random counting = {fill_counting, &next};
    cliquet_outbound_group_session *outbound = NULL;
    cliquet_megolm_session_key *key = NULL;
    cliquet_inbound_group_session *session = NULL;
    OK(cliquet_outbound_group_session_new(CLIQUET_VERSION_1, &counting, &outbound));
    OK(cliquet_outbound_group_session_session_key(outbound, &key));
    OK(cliquet_inbound_group_session_new(key, CLIQUET_VERSION_1, &session));
    OK(cliquet_megolm_session_key_free(key));
    OK(cliquet_outbound_group_session_free(outbound));
    return session;
}

static void ed25519_of(uint8_t first, uint8_t *public_key) {
    cliquet_ed25519_key_pair *pair = counted_ed25519(first);
    OK(cliquet_ed25519_key_pair_public_key(pair, public_key));
    OK(cliquet_ed25519_key_pair_free(pair));
}

/* The 165 bytes of the session export. */
static void session_key_of(const cliquet_session_data *data, uint8_t *bytes) {
    cliquet_megolm_session_export *session_key = NULL;
    size_t length = 0;
    OK(cliquet_session_data_session_key(data, &session_key));
    OK(cliquet_megolm_session_export_to_bytes(session_key, bytes, 165, &length));
    CHECK(length == 165);
    OK(cliquet_megolm_session_export_free(session_key));
}

/* FULL is built of a session and its fields, and BARE of what is left without them. */
static void making(void) {
    cliquet_inbound_group_session *session = bare_session();
    cliquet_session_data *data = NULL, *full = read_data(FULL);
    cliquet_megolm_session_export *session_key = NULL;
    uint8_t sender[32], claimed[32], chain[64];
    counted_curve25519(60, sender);
    ed25519_of(90, claimed);
    counted_curve25519(70, chain);
    counted_curve25519(80, chain + 32);
    OK(cliquet_session_data_new(session, sender, NULL, &data));
    CHECK_DATA(BARE, data);
    OK(cliquet_session_data_free(data));

    OK(cliquet_session_data_new(session, chain, claimed, &data));
    OK(cliquet_session_data_set_sender_key(data, sender));
    OK(cliquet_session_data_session_key(full, &session_key));
    OK(cliquet_session_data_set_session_key(data, session_key));
    OK(cliquet_megolm_session_export_free(session_key));
    OK(cliquet_session_data_set_forwarding_curve25519_key_chain(data, chain, 2));
    OK(cliquet_session_data_set_shared_history(data, -1));
    OK(cliquet_session_data_set_unauthenticated(data, TEXT("m.forwarded_room_key")));
    CHECK_DATA(FULL, data);

    OK(cliquet_session_data_set_sender_claimed_ed25519_key(data, NULL));
    OK(cliquet_session_data_set_forwarding_curve25519_key_chain(data, NULL, 0));
    OK(cliquet_session_data_set_shared_history(data, 0));
    OK(cliquet_session_data_set_unauthenticated(data, NULL, 0));
    OK(cliquet_session_data_free(full));
    full = read_data(BARE);
    OK(cliquet_session_data_session_key(full, &session_key));
    OK(cliquet_session_data_set_session_key(data, session_key));
    OK(cliquet_megolm_session_export_free(session_key));
    CHECK_DATA(BARE, data);
    OK(cliquet_session_data_set_sender_claimed_ed25519_key(data, claimed));
    uint8_t key[32];
    OK(cliquet_session_data_sender_claimed_ed25519_key(data, key));
    SAME_BYTES(key, claimed, 32);
    OK(cliquet_session_data_set_unauthenticated(data, "", 0));
    CHECK_TEXT("", cliquet_session_data_unauthenticated(data, buffer, capacity, &length));
    OK(cliquet_session_data_free(full));
    OK(cliquet_session_data_free(data));
    OK(cliquet_session_data_free(NULL));

    cliquet_session_data *none = NULL;
    uint8_t no_key[32] = {2};
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_session_data_new(session, sender, no_key, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_new(NULL, sender, claimed, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_new(session, NULL, claimed, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_new(session, sender, claimed, NULL));
    cliquet_json_object *object = read_json("{}");
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_new((cliquet_inbound_group_session *)object, sender, claimed, &none));
    CHECK(none == NULL);
    OK(cliquet_json_object_free(object));
    OK(cliquet_inbound_group_session_free(session));
}

static void reading(void) {
    cliquet_session_data *full = read_data(FULL), *bare = read_data(BARE);
    CHECK_DATA(FULL, full);
    CHECK_DATA(BARE, bare);
    uint8_t id[32], expected[32], chain[96], session_key[165], sender[32];
    OK(cliquet_session_data_session_id(full, id));
    ed25519_of(50, expected);
    SAME_BYTES(id, expected, 32);
    session_key_of(full, session_key);
    CHECK(session_key[0] == 1 && session_key[4] == 7 && session_key[5] == 3 && session_key[132] == 130);
    SAME_BYTES(session_key + 133, expected, 32);
    OK(cliquet_session_data_sender_key(full, sender));
    counted_curve25519(60, expected);
    SAME_BYTES(sender, expected, 32);
    OK(cliquet_session_data_sender_claimed_ed25519_key(full, sender));
    ed25519_of(90, expected);
    SAME_BYTES(sender, expected, 32);

    size_t count = 0;
    make_untouched(chain, sizeof chain);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_session_data_forwarding_curve25519_key_chain(full, NULL, 0, &count));
    CHECK(count == 2);
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_session_data_forwarding_curve25519_key_chain(full, chain, 1, &count));
    CHECK(count == 2 && is_untouched(chain, sizeof chain));
    count = 0;
    OK(cliquet_session_data_forwarding_curve25519_key_chain(full, chain, 3, &count));
    CHECK(count == 2 && is_untouched(chain + 64, 32));
    counted_curve25519(70, expected);
    SAME_BYTES(chain, expected, 32);
    counted_curve25519(80, expected);
    SAME_BYTES(chain + 32, expected, 32);
    OK(cliquet_session_data_forwarding_curve25519_key_chain(bare, NULL, 0, &count));
    CHECK(count == 0);

    bool shared = false;
    OK(cliquet_session_data_shared_history(full, &shared));
    CHECK(shared);
    OK(cliquet_session_data_shared_history(bare, &shared));
    CHECK(!shared);
    CHECK_TEXT("m.forwarded_room_key", cliquet_session_data_unauthenticated(full, buffer, capacity, &length));

    size_t length = UNTOUCHED;
    make_untouched(buffer, sizeof buffer);
    make_untouched(sender, 32);
    EXPECT(CLIQUET_ABSENT, cliquet_session_data_sender_claimed_ed25519_key(bare, sender));
    EXPECT(CLIQUET_ABSENT, cliquet_session_data_unauthenticated(bare, buffer, sizeof buffer, &length));
    CHECK(is_untouched(sender, 32) && is_untouched(buffer, sizeof buffer) && length == UNTOUCHED);
    OK(cliquet_session_data_free(bare));
    OK(cliquet_session_data_free(full));
}

static void importing(void) {
    cliquet_session_data *full = read_data(FULL), *again = NULL;
    uint8_t sender[32], claimed[32], session_key[165], key_again[165];
    session_key_of(full, session_key);
    OK(cliquet_session_data_sender_key(full, sender));
    OK(cliquet_session_data_sender_claimed_ed25519_key(full, claimed));
    for (cliquet_version version = CLIQUET_VERSION_1; version <= CLIQUET_VERSION_2; version++) {
        cliquet_inbound_group_session *session = NULL;
        cliquet_version its_version = 0;
        OK(cliquet_session_data_import(full, version, &session));
        OK(cliquet_inbound_group_session_version(session, &its_version));
        CHECK(its_version == version);
        OK(cliquet_session_data_new(session, sender, claimed, &again));
        session_key_of(again, key_again);
        SAME_BYTES(session_key, key_again, 165);
        OK(cliquet_session_data_free(again));
        OK(cliquet_inbound_group_session_free(session));
    }
    cliquet_inbound_group_session *none = NULL;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_session_data_import(full, 3, &none));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_session_data_import(full, 0, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_import(full, CLIQUET_VERSION_1, NULL));
    CHECK(none == NULL);
    OK(cliquet_session_data_free(full));
}

/* What a field does to the data that cannot be refused. */
static void shared_history(void) {
    static const struct {
        const char *fields;
        bool shared;
    } cases[] = {
        {"{}", false},
        {"{\"shared_history\":true,\"unknown\":[]}", true},
        {"{\"org.matrix.msc3061.shared_history\":true}", true},
        {"{\"m.shared_history\":true}", true},
        {"{\"shared_history\":true,\"m.shared_history\":false}", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cliquet_json_object *object = read_json(BARE);
        size_t length = 0;
        bool shared = !cases[i].shared;
        lay_over(object, cases[i].fields);
        OK(cliquet_json_object_to_canonical_json(object, buffer, sizeof buffer, &length));
        cliquet_session_data *data = read_data(buffer);
        OK(cliquet_session_data_shared_history(data, &shared));
        CHECK(shared == cases[i].shared);
        OK(cliquet_session_data_free(data));
        OK(cliquet_json_object_free(object));
    }
}

/* What reading FULL with other fields tells, and which field is to blame. */
static cliquet_status changed(const char *fields, const char *removed, const char *field) {
    cliquet_json_object *object = read_json(FULL);
    cliquet_session_data *none = NULL;
    cliquet_details details;
    size_t length = 0;
    lay_over(object, fields);
    if (removed != NULL) {
        OK(cliquet_json_object_remove(object, TEXT(removed)));
    }
    OK(cliquet_json_object_to_canonical_json(object, buffer, sizeof buffer, &length));
    make_untouched(&details, sizeof details);
    cliquet_status status = cliquet_session_data_from_json(buffer, length, &none, &details);
    CHECK(none == NULL && strcmp(details.field, field) == 0);
    CHECK(status != CLIQUET_LENGTH || (details.found == 3 && details.limit == (strcmp(field, "session_key") == 0 ? 165 : 32)));
    CHECK(status != CLIQUET_UNSUPPORTED_VERSION || details.found == 0);
    OK(cliquet_json_object_free(object));
    return status;
}

static void refusals(void) {
    static const char *const no_json[] = {"", "[]", "7", "{}{}", "{\"algorithm\":\"m\",\"algorithm\":\"m\"}", "{\"algorithm\":1}"};
    cliquet_session_data *none = NULL;
    for (size_t i = 0; i < sizeof no_json / sizeof no_json[0]; i++) {
        EXPECT(CLIQUET_SESSION_DATA_MALFORMED, cliquet_session_data_from_json(TEXT(no_json[i]), &none, NULL));
    }
    EXPECT(CLIQUET_SESSION_DATA_MALFORMED, cliquet_session_data_from_json(NULL, 0, &none, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_session_data_from_json(TEXT("{\"x\":\"\xff\"}"), &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_from_json(NULL, 2, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_from_json(TEXT(FULL), NULL, NULL));
    CHECK(none == NULL);

    static const char *const needed[] = {"algorithm", "session_key", "sender_key"};
    for (size_t i = 0; i < 3; i++) {
        EXPECT(CLIQUET_MISSING_FIELD, changed("{}", needed[i], needed[i]));
    }
    EXPECT(CLIQUET_UNSUPPORTED_ALGORITHM, changed("{\"algorithm\":\"m.megolm.v2\"}", NULL, ""));
    EXPECT(CLIQUET_SESSION_DATA_MALFORMED, changed("{\"forwarding_curve25519_key_chain\":\"\"}", NULL, ""));
    EXPECT(CLIQUET_SESSION_DATA_MALFORMED, changed("{\"shared_history\":1}", NULL, ""));
    EXPECT(CLIQUET_SESSION_DATA_MALFORMED, changed("{\"sender_claimed_keys\":[]}", NULL, ""));
    EXPECT(CLIQUET_BASE64, changed("{\"session_key\":\"?\"}", NULL, "session_key"));
    EXPECT(CLIQUET_LENGTH, changed("{\"session_key\":\"AAAA\"}", NULL, "session_key"));
    EXPECT(CLIQUET_BASE64, changed("{\"sender_key\":\"?\"}", NULL, "sender_key"));
    EXPECT(CLIQUET_LENGTH, changed("{\"sender_key\":\"AAAA\"}", NULL, "sender_key"));
    EXPECT(CLIQUET_LENGTH, changed("{\"sender_claimed_keys\":{\"ed25519\":\"AAAA\"}}", NULL, "sender_claimed_keys"));
    static const char no_point[] = "{\"sender_claimed_keys\":{\"ed25519\":\"AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}";
    EXPECT(CLIQUET_PUBLIC_KEY, changed(no_point, NULL, "sender_claimed_keys"));
    EXPECT(CLIQUET_LENGTH, changed("{\"forwarding_curve25519_key_chain\":[\"AAAA\"]}", NULL, "forwarding_curve25519_key_chain"));

    /* A session export of 165 zeros has version 0; one of version 1 and zeros for a public key is right, one with a 2 for it is none. */
    static char fields[300], base64[221];
    memset(base64, 'A', 220);
    sprintf(fields, "{\"session_key\":\"%s\"}", base64);
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, changed(fields, NULL, "session_key"));
    base64[1] = 'Q';
    memcpy(base64 + 176, "AAIA", 4); /* Bytes 132 to 134. */
    sprintf(fields, "{\"session_key\":\"%s\"}", base64);
    EXPECT(CLIQUET_PUBLIC_KEY, changed(fields, NULL, "session_key"));
}

/* A setter that fails has set nothing. */
static void failing_setters(void) {
    cliquet_session_data *full = read_data(FULL);
    uint8_t no_key[32] = {2};
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_session_data_set_sender_claimed_ed25519_key(full, no_key));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_session_data_set_unauthenticated(full, TEXT("\xff")));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_set_unauthenticated(full, NULL, 1));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_set_session_key(full, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_session_key(full, (cliquet_megolm_session_export *)full));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_set_sender_key(full, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_set_forwarding_curve25519_key_chain(full, NULL, 1));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_session_data_set_forwarding_curve25519_key_chain(full, no_key, SIZE_MAX / 32));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_set_shared_history(NULL, 0));
    CHECK_DATA(FULL, full);
    OK(cliquet_session_data_free(full));
}

static void wrong_handles(void) {
    cliquet_json_object *object = read_json("{}");
    cliquet_session_data *wrong = (cliquet_session_data *)object, *bare = read_data(BARE);
    uint8_t bytes[32] = {0};
    size_t length = 0;
    cliquet_megolm_session_export *session_key = NULL, *no_session_key = NULL;
    bool flag = false;
    cliquet_inbound_group_session *none = NULL;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_to_json(wrong, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_import(wrong, CLIQUET_VERSION_1, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_session_id(wrong, bytes));
    OK(cliquet_session_data_session_key(bare, &session_key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_session_key(wrong, &no_session_key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_session_key(wrong, session_key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_sender_key(wrong, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_sender_key(wrong, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_sender_claimed_ed25519_key(wrong, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_sender_claimed_ed25519_key(wrong, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_forwarding_curve25519_key_chain(wrong, bytes, 1, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_forwarding_curve25519_key_chain(wrong, bytes, 1));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_shared_history(wrong, &flag));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_shared_history(wrong, 1));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_unauthenticated(wrong, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_set_unauthenticated(wrong, NULL, 0));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_session_data_free(wrong));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_to_json(bare, NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_session_id(bare, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_session_key(bare, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_sender_key(bare, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_sender_claimed_ed25519_key(bare, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_forwarding_curve25519_key_chain(bare, NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_forwarding_curve25519_key_chain(bare, bytes, 1, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_shared_history(bare, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_session_data_unauthenticated(bare, NULL, 1, &length));
    CHECK(none == NULL && no_session_key == NULL);
    OK(cliquet_megolm_session_export_free(session_key));
    OK(cliquet_session_data_free(bare));
    OK(cliquet_json_object_free(object));
}

int main(void) {
    making();
    reading();
    importing();
    shared_history();
    refusals();
    failing_setters();
    wrong_handles();
    return 0;
}
