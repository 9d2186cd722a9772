/* Pickles of vodozemac and their JSON: what vodozemac wrote, there and back, and what it never writes. */
#include "pickle.h"
#include "pickle_vectors_foreign.h"
#include "pickle_vectors_native.h"

/* The four functions of each object, without its type; an account has no version, and sessions get the default limits. */
typedef struct {
    const native *of;
    cliquet_status (*seal)(const void *, const uint8_t *, char *, size_t, size_t *, cliquet_details *);
    cliquet_status (*open)(const char *, size_t, const uint8_t *, cliquet_version, void **, cliquet_details *);
    cliquet_status (*write)(const void *, char *, size_t, size_t *, cliquet_details *);
    cliquet_status (*read)(const char *, size_t, cliquet_version, void **, cliquet_details *);
} vodozemac;

#define VODOZEMAC(type, ...)                                                                                          \
    static cliquet_status type##_seal(const void *object, const uint8_t *key, char *pickle, size_t capacity,          \
                                      size_t *length, cliquet_details *details) {                                     \
        return cliquet_##type##_to_vodozemac_pickle((const cliquet_##type *)object, key, pickle, capacity, length,    \
                                                    details);                                                         \
    }                                                                                                                 \
    static cliquet_status type##_open(const char *pickle, size_t length, const uint8_t *key, cliquet_version version, \
                                      void **object, cliquet_details *details) {                                      \
        cliquet_##type *made = NULL;                                                                                  \
        (void)version;                                                                                                \
        cliquet_status status = cliquet_##type##_from_vodozemac_pickle(                                               \
            pickle, length, key __VA_ARGS__, object == NULL ? NULL : &made, details);                                 \
        if (made != NULL) {                                                                                           \
            *object = made;                                                                                           \
        }                                                                                                             \
        return status;                                                                                                \
    }                                                                                                                 \
    static cliquet_status type##_write_json(const void *object, char *json, size_t capacity, size_t *length,          \
                                            cliquet_details *details) {                                               \
        return cliquet_##type##_to_vodozemac_json((const cliquet_##type *)object, json, capacity, length, details);   \
    }                                                                                                                 \
    static cliquet_status type##_read_json(const char *json, size_t length, cliquet_version version, void **object,   \
                                           cliquet_details *details) {                                                \
        cliquet_##type *made = NULL;                                                                                  \
        (void)version;                                                                                                \
        cliquet_status status = cliquet_##type##_from_vodozemac_json(                                                 \
            json, length __VA_ARGS__, object == NULL ? NULL : &made, details);                                        \
        if (made != NULL) {                                                                                           \
            *object = made;                                                                                           \
        }                                                                                                             \
        return status;                                                                                                \
    }
#define NOTHING
#define VERSION , version
#define VERSION_AND_LIMITS , version, NULL
VODOZEMAC(account, NOTHING)
VODOZEMAC(olm_session, VERSION_AND_LIMITS)
VODOZEMAC(outbound_group_session, VERSION)
VODOZEMAC(inbound_group_session, VERSION)

#define FUNCTIONS(type) type##_seal, type##_open, type##_write_json, type##_read_json
static const vodozemac VODOZEMAC_ACCOUNTS = {&ACCOUNTS, FUNCTIONS(account)};
static const vodozemac VODOZEMAC_SESSIONS = {&SESSIONS, FUNCTIONS(olm_session)};
static const vodozemac VODOZEMAC_OUTBOUND_SESSIONS = {&OUTBOUND_SESSIONS, FUNCTIONS(outbound_group_session)};
static const vodozemac VODOZEMAC_INBOUND_SESSIONS = {&INBOUND_SESSIONS, FUNCTIONS(inbound_group_session)};

#define KEY (const uint8_t *)FOREIGN_KEY
static const uint8_t OTHER_KEY[32] = {1};

/* The JSON of an object, ended by a zero that its length does not count. */
static bytes json_of(const vodozemac *as, const void *object) {
    size_t length = 0, written = 0;
    cliquet_details details;
    EXPECT(CLIQUET_SHORT_BUFFER, as->write(object, NULL, 0, &length, NULL));
    bytes json = room(length + 1);
    make_untouched(json.bytes, json.length);
    EXPECT(CLIQUET_SHORT_BUFFER, as->write(object, (char *)json.bytes, length, &written, &details));
    CHECK(written == length && details.limit == length + 1 && is_untouched(json.bytes, json.length));
    OK(as->write(object, (char *)json.bytes, length + 1, &written, NULL));
    CHECK(written == length && strlen((char *)json.bytes) == length);
    json.length = length;
    return json;
}

#define JSON(json) (const char *)(json).bytes, (json).length

/* Everything that is the same for all objects. */
static void there_and_back(const vodozemac *as, void *object, cliquet_version version) {
    size_t length = 0, written = 0;
    cliquet_details details;
    void *again = NULL, *none = NULL;
    bytes plain = plain_of(as->of, object), json = json_of(as, object);
    OK(as->read(JSON(json), version, &again, NULL));
    CHECK(is(as->of, again, plain));
    OK(as->of->release(again));
    bytes more = replaced((const char *)json.bytes, "{", "{\"unknown\":[1],");
    OK(as->read(JSON(more), version, &again, NULL));
    CHECK(is(as->of, again, plain));
    OK(as->of->release(again));
    free(more.bytes);

    EXPECT(CLIQUET_SHORT_BUFFER, as->seal(object, KEY, NULL, 0, &length, NULL));
    bytes text = room(length + 1);
    char *pickle = (char *)text.bytes;
    make_untouched(pickle, length + 1);
    EXPECT(CLIQUET_SHORT_BUFFER, as->seal(object, KEY, pickle, length, &written, &details));
    CHECK(written == length && details.found == length && is_untouched(pickle, length + 1));
    written = 99;
    EXPECT(CLIQUET_NULL_POINTER, as->seal(NULL, KEY, pickle, length + 1, &written, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->seal(object, NULL, pickle, length + 1, &written, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->seal(object, KEY, NULL, length + 1, &written, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->seal(object, KEY, pickle, length + 1, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->write(NULL, pickle, length + 1, &written, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->write(object, NULL, length + 1, &written, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->write(object, pickle, length + 1, NULL, NULL));
    cliquet_pickle_key *other = NULL;
    OK(cliquet_pickle_key_random(NULL, &other));
    EXPECT(CLIQUET_WRONG_HANDLE, as->seal(other, KEY, pickle, length + 1, &written, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, as->write(other, pickle, length + 1, &written, NULL));
    OK(cliquet_pickle_key_free(other));
    CHECK(written == 99 && is_untouched(pickle, length + 1));
    OK(as->seal(object, KEY, pickle, length + 1, &written, NULL));
    CHECK(written == length && strlen(pickle) == length);

    bytes spaced = replaced(" <\n", "<", pickle);
    OK(as->open(JSON(spaced), KEY, version, &again, NULL));
    CHECK(is(as->of, again, plain));
    OK(as->of->release(again));
    free(spaced.bytes);

    EXPECT(CLIQUET_AUTHENTICATION_FAILED, as->open(pickle, length, OTHER_KEY, version, &none, NULL));
    EXPECT(CLIQUET_NOT_A_PICKLE, as->open(TEXT("?"), KEY, version, &none, NULL));
    EXPECT(CLIQUET_TRUNCATED, as->open(NULL, 0, KEY, version, &none, NULL));
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, as->open(TEXT("AAAAAAAAAAAAAAAA"), KEY, version, &none, &details));
    CHECK(details.found == 4);
    EXPECT(CLIQUET_NOT_UTF8, as->open(TEXT("\xff"), KEY, version, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->open(NULL, 1, KEY, version, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->open(pickle, length, NULL, version, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->open(pickle, length, KEY, version, NULL, NULL));
    pickle[length / 2] = pickle[length / 2] == 'A' ? 'B' : 'A';
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, as->open(pickle, length, KEY, version, &none, NULL));
    EXPECT(CLIQUET_JSON, as->open(TEXT(LIBOLM_SESSION), KEY, version, &none, NULL));
    EXPECT(CLIQUET_JSON, as->read((const char *)json.bytes, json.length - 1, version, &none, NULL));
    EXPECT(CLIQUET_JSON, as->read(NULL, 0, version, &none, NULL));
    EXPECT(CLIQUET_JSON, as->read(TEXT("null"), version, &none, NULL));
    EXPECT(CLIQUET_JSON, as->read(TEXT("{}"), version, &none, NULL));
    EXPECT(CLIQUET_NOT_UTF8, as->read(TEXT("{\"\xff\":1}"), version, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->read(NULL, 1, version, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->read(JSON(json), version, NULL, NULL));

    if (as->of != &ACCOUNTS) {
        cliquet_version wrong = version == CLIQUET_VERSION_1 ? CLIQUET_VERSION_2 : CLIQUET_VERSION_1;
        EXPECT(CLIQUET_MISMATCHED_VERSION, as->read(JSON(json), wrong, &none, &details));
        CHECK(details.found == version && details.limit == wrong);
        OK(as->seal(object, KEY, pickle, length + 1, &written, NULL));
        EXPECT(CLIQUET_MISMATCHED_VERSION, as->open(pickle, length, KEY, wrong, &none, &details));
        CHECK(details.found == version && details.limit == wrong);
        EXPECT(CLIQUET_UNKNOWN_CONSTANT, as->read(JSON(json), 0, &none, NULL));
        EXPECT(CLIQUET_UNKNOWN_CONSTANT, as->open(pickle, length, KEY, 3, &none, &details));
        CHECK(details.found == 3);
        char *config = strstr((char *)json.bytes, ",\"config\"");
        CHECK(config != NULL);
        memcpy(config, "}", 2);
        json.length = strlen((char *)json.bytes);
        EXPECT(CLIQUET_MISSING_VERSION, as->read(JSON(json), CLIQUET_VERSION_2, &none, NULL));
        OK(as->read(JSON(json), CLIQUET_VERSION_1, &again, NULL));
        OK(as->of->release(again));
    }
    CHECK(none == NULL && is(as->of, object, plain));
    OK(as->of->release(object));
    free(text.bytes);
    free(json.bytes);
    free(plain.bytes);
}

/* What vodozemac wrote: so many bytes of its state at this place, without encryption. */
static void vodozemac_wrote(const vodozemac *as, const char *pickle, cliquet_version version, size_t at,
                            const char *expected) {
    void *object = NULL;
    OK(as->open(TEXT(pickle), KEY, version, &object, NULL));
    bytes plain = plain_of(as->of, object), here = decoded(expected);
    CHECK(at + here.length <= plain.length);
    SAME_BYTES(plain.bytes + at, here.bytes, here.length);
    if (as->of == &OUTBOUND_SESSIONS || as->of == &INBOUND_SESSIONS) {
        /* It would write it in the same way; of the others, it counts what nobody needs. */
        char text[1000];
        size_t length = 0;
        OK(as->seal(object, KEY, text, sizeof text, &length, NULL));
        CHECK(length == strlen(pickle) && strcmp(text, pickle) == 0);
    }
    free(here.bytes);
    free(plain.bytes);
    there_and_back(as, object, version);
}

/* A state of the native vectors, in this format and back. */
static void goes_over(const vodozemac *as, const char *base64, cliquet_version version) {
    bytes plain = decoded(base64);
    void *object = read_of(as->of, plain), *back = NULL;
    bytes json = json_of(as, object);
    OK(as->read(JSON(json), version, &back, NULL));
    bytes again = json_of(as, back);
    CHECK(same(json, again));
    OK(as->of->release(object));
    there_and_back(as, back, version);
    free(again.bytes);
    free(json.bytes);
    free(plain.bytes);
}

/* JSON that holds no such object. Frees it. */
static cliquet_details refused(cliquet_status expected, const vodozemac *as, bytes json) {
    cliquet_details details;
    void *none = NULL;
    EXPECT_GIVEN(expected, as->read(JSON(json), CLIQUET_VERSION_1, &none, &details));
    EXPECT_GIVEN(expected, as->read(JSON(json), CLIQUET_VERSION_1, &none, NULL));
    CHECK(none == NULL);
    free(json.bytes);
    return details;
}

static bytes json_of_vector(const vodozemac *as, const char *base64) {
    void *object = vector_of(as->of, base64);
    bytes json = json_of(as, object);
    OK(as->of->release(object));
    return json;
}

/* The JSON with all that stands between two places replaced. */
static bytes between(const char *json, const char *start, const char *end, const char *with) {
    const char *from = strstr(json, start);
    CHECK(from != NULL && (from += strlen(start)) != NULL);
    const char *until = strstr(from, end);
    CHECK(until != NULL);
    bytes all = copy_of(json, strlen(json));
    bytes out = spliced(all, (size_t)(from - json), (size_t)(until - from), with, strlen(with));
    append_byte(&out, 0);
    out.length -= 1;
    free(all.bytes);
    return out;
}

/* A list of so many of the same. */
static bytes repeated(const char *item, unsigned count) {
    bytes list = room(0);
    for (unsigned i = 0; i < count; i++) {
        append(&list, i == 0 ? "" : ",", i == 0 ? 0 : 1);
        append(&list, item, strlen(item));
    }
    append_byte(&list, 0);
    return list;
}

#define ZEROS "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]"
#define NO_POINT ",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"
#define CHAIN                                                                                                         \
    "{\"ratchet_key\":" ZEROS ",\"hkdf_ratchet\":{\"key\":" ZEROS                                                       \
    ",\"index\":0},\"skipped_message_keys\":{\"inner\":[]}}"

static void impossible_accounts(void) {
    const vodozemac *as = &VODOZEMAC_ACCOUNTS;
    bytes account = json_of_vector(as, ACCOUNT), changed;
    const char *json = (const char *)account.bytes;
    /* A public key is another one; there is one without its secret key. */
    changed = replaced(json, "\"public_keys\":{\"1\":[173,", "\"public_keys\":{\"1\":[172,");
    (void)refused(NAMED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY), as, changed);
    changed = replaced(json, "\"public_keys\":{\"1\"", "\"public_keys\":{\"2\"");
    (void)refused(NAMED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY), as, changed);
    (void)refused(NAMED(CLIQUET_JSON), as, replaced(json, "\"Normal\"", "\"Other\""));
    bytes keys = room(0);
    for (unsigned number = 0; number < 5001; number++) {
        char name[16];
        append(&keys, name, (size_t)sprintf(name, "%s\"%u\":", number == 0 ? "" : ",", number));
        append(&keys, ZEROS, strlen(ZEROS));
    }
    append_byte(&keys, 0);
    bytes without = between(json, "\"public_keys\":{", "}", "");
    changed = between((const char *)without.bytes, "\"private_keys\":{", "}", (const char *)keys.bytes);
    cliquet_details details = refused(NAMED(CLIQUET_STATE_TOO_MANY), as, changed);
    CHECK(details.items == CLIQUET_ITEMS_ONE_TIME_KEYS && details.found == 5001 && details.limit == 5000);
    free(without.bytes);
    free(keys.bytes);
    free(account.bytes);
}

static void impossible_sessions(void) {
    const vodozemac *as = &VODOZEMAC_SESSIONS;
    bytes session = json_of_vector(as, SESSION), list, changed;
    const char *json = (const char *)session.bytes;
    (void)refused(NAMED(CLIQUET_STATE_AHEAD_OF_CHAIN), as, replaced(json, "\"index\":0}", "\"index\":9}"));
    cliquet_details details = refused(NAMED(CLIQUET_STATE_DUPLICATE), as, replaced(json, "\"index\":2}", "\"index\":1}"));
    CHECK(details.items == CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS);
    list = repeated(CHAIN, 2);
    changed = between(json, "\"receiving_chains\":{\"inner\":[", "]},\"config\"", (const char *)list.bytes);
    details = refused(NAMED(CLIQUET_STATE_DUPLICATE), as, changed);
    CHECK(details.items == CLIQUET_ITEMS_RECEIVER_CHAINS);
    free(list.bytes);
    list = repeated(CHAIN, 6);
    changed = between(json, "\"receiving_chains\":{\"inner\":[", "]},\"config\"", (const char *)list.bytes);
    details = refused(NAMED(CLIQUET_STATE_TOO_MANY), as, changed);
    CHECK(details.items == CLIQUET_ITEMS_RECEIVER_CHAINS && details.found == 6 && details.limit == 5);
    free(list.bytes);
    list = repeated("{\"key\":" ZEROS ",\"index\":0}", 41);
    changed = between(json, "\"skipped_message_keys\":{\"inner\":[", "]},\"ratchet_count\"", (const char *)list.bytes);
    details = refused(NAMED(CLIQUET_STATE_TOO_MANY), as, changed);
    CHECK(details.items == CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS_OF_CHAIN && details.found == 41 && details.limit == 40);
    free(list.bytes);
    free(session.bytes);

    session = json_of_vector(as, SESSION_INBOUND);
    changed = between((const char *)session.bytes, "\"receiving_chains\":{\"inner\":[", "]},\"config\"", "");
    (void)refused(NAMED(CLIQUET_STATE_NO_CHAIN), as, changed);
    free(session.bytes);
    session = json_of_vector(&VODOZEMAC_INBOUND_SESSIONS, INBOUND);
    /* y = 2 is on no point of the curve. */
    changed = between((const char *)session.bytes, "\"signing_key\":[", "]", "2" NO_POINT);
    (void)refused(NAMED(CLIQUET_PUBLIC_KEY), &VODOZEMAC_INBOUND_SESSIONS, changed);
    free(session.bytes);
}

int main(void) {
    /* The figures of the vectors: Ed25519 seed; root key; ratchet and index; the same. */
    vodozemac_wrote(&VODOZEMAC_ACCOUNTS, VODOZEMAC_ACCOUNT, 0, 11, "deIoWWi0BZWFoW6gPAwY0vcG4OFVFRng");
    vodozemac_wrote(&VODOZEMAC_SESSIONS, VODOZEMAC_SESSION, CLIQUET_VERSION_1, 114, "A01x/+bs4AlYTPAJ04RIpkVTOKfEHyh4");
    vodozemac_wrote(&VODOZEMAC_SESSIONS, VODOZEMAC_SESSION_V2, CLIQUET_VERSION_2, 10, "BA");
    vodozemac_wrote(&VODOZEMAC_OUTBOUND_SESSIONS, VODOZEMAC_OUTBOUND, CLIQUET_VERSION_1, 139, "rAI");
    vodozemac_wrote(&VODOZEMAC_INBOUND_SESSIONS, VODOZEMAC_INBOUND, CLIQUET_VERSION_1, 139,
                    "A4AyA1EwQ3Tb2RVYUGJ16w/mkl7tiv8xs2iOOm5hFyR/Aw");
    vodozemac_wrote(&VODOZEMAC_INBOUND_SESSIONS, VODOZEMAC_INBOUND_V2, CLIQUET_VERSION_2, 10, "BA");
    goes_over(&VODOZEMAC_ACCOUNTS, ACCOUNT, 0);
    goes_over(&VODOZEMAC_ACCOUNTS, ACCOUNT_FALLBACK_KEYS, 0);
    goes_over(&VODOZEMAC_ACCOUNTS, ACCOUNT_EXPANDED, 0);
    goes_over(&VODOZEMAC_SESSIONS, SESSION, CLIQUET_VERSION_1);
    goes_over(&VODOZEMAC_SESSIONS, SESSION_OUTBOUND, CLIQUET_VERSION_1);
    goes_over(&VODOZEMAC_SESSIONS, SESSION_V2, CLIQUET_VERSION_2);
    goes_over(&VODOZEMAC_OUTBOUND_SESSIONS, OUTBOUND, CLIQUET_VERSION_1);
    goes_over(&VODOZEMAC_OUTBOUND_SESSIONS, OUTBOUND_EXPANDED, CLIQUET_VERSION_1);
    goes_over(&VODOZEMAC_INBOUND_SESSIONS, INBOUND_V2, CLIQUET_VERSION_2);
    impossible_accounts();
    impossible_sessions();
    return 0;
}
