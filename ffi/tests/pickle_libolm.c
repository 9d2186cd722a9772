/* Pickles of libolm: what libolm wrote, there and back; what it never writes; and what it has no room for. */
#include "pickle.h"
#include "pickle_vectors_foreign.h"
#include "pickle_vectors_native.h"

/* The two functions of each object, without its type; sessions get the default limits. */
typedef struct {
    const native *of;
    cliquet_status (*write)(const void *, const uint8_t *, size_t, char *, size_t, size_t *, cliquet_details *);
    cliquet_status (*read)(const char *, size_t, const uint8_t *, size_t, void **, cliquet_details *);
} libolm;

#define LIBOLM(type, ...)                                                                                             \
    static cliquet_status type##_to_libolm(const void *object, const uint8_t *key, size_t key_length, char *pickle,   \
                                           size_t capacity, size_t *length, cliquet_details *details) {               \
        return cliquet_##type##_to_libolm_pickle((const cliquet_##type *)object, key, key_length, pickle, capacity,   \
                                                 length, details);                                                    \
    }                                                                                                                 \
    static cliquet_status type##_from_libolm(const char *pickle, size_t length, const uint8_t *key,                   \
                                             size_t key_length, void **object, cliquet_details *details) {            \
        cliquet_##type *made = NULL;                                                                                  \
        cliquet_status status = cliquet_##type##_from_libolm_pickle(                                                  \
            pickle, length, key, key_length __VA_ARGS__, object == NULL ? NULL : &made, details);                     \
        if (made != NULL) {                                                                                           \
            *object = made;                                                                                           \
        }                                                                                                             \
        return status;                                                                                                \
    }
#define DEFAULT_LIMITS , NULL
#define NOTHING
LIBOLM(account, NOTHING)
LIBOLM(olm_session, DEFAULT_LIMITS)
LIBOLM(outbound_group_session, NOTHING)
LIBOLM(inbound_group_session, NOTHING)
LIBOLM(pk_decryption, NOTHING)

static const libolm LIBOLM_ACCOUNTS = {&ACCOUNTS, account_to_libolm, account_from_libolm};
static const libolm LIBOLM_SESSIONS = {&SESSIONS, olm_session_to_libolm, olm_session_from_libolm};
static const libolm LIBOLM_OUTBOUND_SESSIONS = {&OUTBOUND_SESSIONS, outbound_group_session_to_libolm,
                                                 outbound_group_session_from_libolm};
static const libolm LIBOLM_INBOUND_SESSIONS = {&INBOUND_SESSIONS, inbound_group_session_to_libolm,
                                                 inbound_group_session_from_libolm};
static const libolm LIBOLM_PK_DECRYPTIONS = {&PK_DECRYPTIONS, pk_decryption_to_libolm, pk_decryption_from_libolm};

#define KEY(key) (const uint8_t *)(key), strlen(key)
#define UNDER_KEY KEY(FOREIGN_KEY)

/* What libolm wrote: read, and written again as it was; with all that is refused around it. The result is freed by the caller. */
static void *there_and_back(const libolm *as, const char *pickle, const char *key) {
    size_t length = 0, size = strlen(pickle) + 1;
    char *text = (char *)malloc(size);
    cliquet_details details;
    void *object = NULL, *none = NULL;
    bytes spaced = replaced("\n <", "<", pickle);
    append(&spaced, " \n", 2);
    OK(as->read((const char *)spaced.bytes, spaced.length, KEY(key), &object, NULL));
    free(spaced.bytes);
    bytes plain = plain_of(as->of, object);

    make_untouched(text, size);
    EXPECT(CLIQUET_SHORT_BUFFER, as->write(object, KEY(key), text, size - 1, &length, &details));
    CHECK(length == size - 1 && details.found == size - 1 && details.limit == size && is_untouched(text, size));
    OK(as->write(object, KEY(key), text, size, &length, NULL));
    CHECK(length == size - 1 && strcmp(text, pickle) == 0);
    /* Any key there may be, and none. */
    OK(as->write(object, NULL, 0, text, size, &length, NULL));
    CHECK(length == size - 1 && (key[0] == 0 || strcmp(text, pickle) != 0));
    OK(as->read(text, length, NULL, 0, &none, NULL));
    CHECK(is(as->of, none, plain));
    OK(as->of->release(none));
    none = NULL;

    length = 99;
    make_untouched(text, size);
    EXPECT(CLIQUET_NULL_POINTER, as->write(NULL, KEY(key), text, size, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->write(object, NULL, 1, text, size, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->write(object, KEY(key), NULL, size, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->write(object, KEY(key), text, size, NULL, NULL));
    cliquet_pickle_key *other = NULL;
    OK(cliquet_pickle_key_random(NULL, &other));
    EXPECT(CLIQUET_WRONG_HANDLE, as->write(other, KEY(key), text, size, &length, NULL));
    OK(cliquet_pickle_key_free(other));
    CHECK(length == 99 && is_untouched(text, size));

    EXPECT(CLIQUET_AUTHENTICATION_FAILED, as->read(TEXT(pickle), KEY("another"), &none, NULL));
    memcpy(text, pickle, size);
    text[20] = text[20] == 'A' ? 'B' : 'A';
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, as->read(text, size - 1, KEY(key), &none, NULL));
    text[20] = '?';
    EXPECT(CLIQUET_NOT_A_PICKLE, as->read(text, size - 1, KEY(key), &none, NULL));
    EXPECT(CLIQUET_TRUNCATED, as->read(NULL, 0, KEY(key), &none, NULL));
    EXPECT(CLIQUET_TRUNCATED, as->read(TEXT("AAAAAAAAAA"), KEY(key), &none, NULL));
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, as->read(TEXT("AAAAAAAAAAA"), KEY(key), &none, &details));
    CHECK(details.found == 0);
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, as->read(TEXT("AAAAAAAAAAAAAAAA"), KEY(key), &none, &details));
    CHECK(details.found == 4);
    EXPECT(CLIQUET_NOT_UTF8, as->read(TEXT("\xff"), KEY(key), &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->read(NULL, 1, KEY(key), &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->read(TEXT(pickle), NULL, 1, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, as->read(TEXT(pickle), KEY(key), NULL, NULL));
    CHECK(none == NULL && is(as->of, object, plain));
    free(plain.bytes);
    free(text);
    return object;
}

/* The same where nothing is to be looked at behind it. */
static void comes_back(const libolm *as, const char *pickle, const char *key) {
    OK(as->of->release(there_and_back(as, pickle, key)));
}

static cliquet_details refused(cliquet_status expected, const libolm *as, const char *pickle, const char *key) {
    cliquet_details details;
    void *none = NULL;
    EXPECT_GIVEN(expected, as->read(TEXT(pickle), KEY(key), &none, &details));
    EXPECT_GIVEN(expected, as->read(TEXT(pickle), KEY(key), &none, NULL));
    CHECK(none == NULL);
    return details;
}
#define REFUSED(status, as, pickle) (printf("status %s\n", #status), refused(status, &as, pickle, FOREIGN_KEY))

static void accounts(void) {
    void *object = there_and_back(&LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT, "DEFAULT_KEY");
    bytes plain = plain_of(&ACCOUNTS, object);
    /* The figures of the vector: 10 form, 75 public, 107 identity key, 171 last id, 174 count, then 66 bytes for each key. */
    CHECK(plain.length == 374 && plain.bytes[10] == 1 && plain.bytes[75] == 0x03 && plain.bytes[76] == 0xa1);
    CHECK(plain.bytes[107] == 0x20 && plain.bytes[138] == 0x3f && plain.bytes[171] == 3 && plain.bytes[174] == 3);
    CHECK(plain.bytes[175] == 1 && plain.bytes[241] == 2 && plain.bytes[307] == 3 && plain.bytes[309] == 0x80);
    free(plain.bytes);
    OK(ACCOUNTS.release(object));
    comes_back(&LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_TWO_FALLBACK_KEYS, FOREIGN_KEY);

    (void)REFUSED(CLIQUET_LEGACY_ACCOUNT, LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_VERSION_1);
    CHECK(REFUSED(CLIQUET_UNKNOWN_VERSION, LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_VERSION_5).found == 5);
    (void)REFUSED(CLIQUET_TRUNCATED, LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_BYTE_LESS);
    (void)REFUSED(CLIQUET_TRAILING_BYTES, LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_BYTE_MORE);
    (void)REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_OTHER_KEY);
    cliquet_details details = REFUSED(CLIQUET_STATE_TOO_MANY, LIBOLM_ACCOUNTS, LIBOLM_ACCOUNT_THREE_FALLBACK_KEYS);
    CHECK(details.items == CLIQUET_ITEMS_FALLBACK_KEYS && details.found == 3 && details.limit == 2);
}

static void sessions(void) {
    comes_back(&LIBOLM_SESSIONS, LIBOLM_SESSION, FOREIGN_KEY);
    comes_back(&LIBOLM_SESSIONS, LIBOLM_SESSION_EMPTY_KEY, "");
    void *object = there_and_back(&LIBOLM_SESSIONS, LIBOLM_SESSION_SKIPPED, FOREIGN_KEY);
    static const uint8_t START[] = {3, 40, 200, 1, 5, 0xd0, 0x0f, 1}, ROOT_KEY[] = {0x5f, 0xba, 0x25, 0x5b};
    bytes plain = plain_of(&SESSIONS, object);
    SAME_BYTES(plain.bytes + 10, START, sizeof START);
    SAME_BYTES(plain.bytes + 114, ROOT_KEY, sizeof ROOT_KEY);
    /* To answer; one chain, at index 2 and with its watermark there; one skipped message key of it, of index 0. */
    CHECK(plain.length == 249 && plain.bytes[146] == 0 && plain.bytes[147] == 1);
    CHECK(plain.bytes[212] == 2 && plain.bytes[213] == 2);
    CHECK(plain.bytes[214] == 1 && plain.bytes[215] == 1 && plain.bytes[216] == 0 && plain.bytes[217] == 0x7a);
    OK(SESSIONS.release(object));

    cliquet_olm_session *session = NULL;
    cliquet_limits limits = {41, 42, 6, 2001}, small = {40, 39, 5, 2000}, large = {40, 200, 51, 2000}, none = {0, 0, 0, 0};
    cliquet_details details;
    OK(cliquet_olm_session_from_libolm_pickle(TEXT(LIBOLM_SESSION_SKIPPED), KEY(FOREIGN_KEY), &limits, &session, NULL));
    bytes limited = plain_of(&SESSIONS, session);
    static const uint8_t LIMITS[] = {3, 41, 42, 6, 0xd1, 0x0f, 1};
    SAME_BYTES(limited.bytes + 10, LIMITS, sizeof LIMITS);
    SAME_BYTES(limited.bytes + 17, plain.bytes + 18, limited.length - 17);
    free(limited.bytes);
    free(plain.bytes);
    OK(cliquet_olm_session_free(session));
    session = NULL;
#define READ_WITH(limits) cliquet_olm_session_from_libolm_pickle(TEXT(LIBOLM_SESSION), UNDER_KEY, limits, &session, &details)
    EXPECT(CLIQUET_LIMIT_TOO_SMALL, READ_WITH(&small));
    CHECK(details.found == 39 && details.limit == 40);
    EXPECT(CLIQUET_LIMIT_TOO_LARGE, READ_WITH(&large));
    CHECK(details.found == 51 && details.limit == 50);
    EXPECT(CLIQUET_LIMIT_TOO_SMALL, READ_WITH(&none));
    CHECK(details.found == 0 && session == NULL);

    CHECK(REFUSED(CLIQUET_UNKNOWN_VERSION, LIBOLM_SESSIONS, LIBOLM_SESSION_VERSION_0).found == 0);
    (void)REFUSED(CLIQUET_TRUNCATED, LIBOLM_SESSIONS, LIBOLM_SESSION_BYTE_LESS);
    (void)REFUSED(CLIQUET_TRAILING_BYTES, LIBOLM_SESSIONS, LIBOLM_SESSION_BYTE_MORE);
    (void)REFUSED(CLIQUET_STATE_AHEAD_OF_CHAIN, LIBOLM_SESSIONS, LIBOLM_SESSION_AHEAD);
    details = REFUSED(CLIQUET_STATE_DUPLICATE, LIBOLM_SESSIONS, LIBOLM_SESSION_TWO_KEYS);
    CHECK(details.items == CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS);
    (void)REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, LIBOLM_SESSIONS, LIBOLM_SESSION_OTHER_KEY);
    (void)REFUSED(CLIQUET_STATE_NO_CHAIN, LIBOLM_SESSIONS, LIBOLM_SESSION_NO_CHAIN);
    details = REFUSED(CLIQUET_STATE_TOO_MANY, LIBOLM_SESSIONS, LIBOLM_SESSION_TWO_SENDING_CHAINS);
    CHECK(details.items == CLIQUET_ITEMS_SENDING_CHAINS && details.found == 2 && details.limit == 1);
}

static void others(void) {
    char long_key[101];
    memset(long_key, 'Z', 100);
    long_key[100] = 0;
    comes_back(&LIBOLM_OUTBOUND_SESSIONS, LIBOLM_OUTBOUND, long_key);
    void *object = there_and_back(&LIBOLM_OUTBOUND_SESSIONS, LIBOLM_OUTBOUND_NEW, FOREIGN_KEY);
    bytes plain = plain_of(&OUTBOUND_SESSIONS, object);
    static const uint8_t INDEX[] = {0x81, 0x80, 4, 1};
    CHECK(plain.bytes[10] == 3 && plain.bytes[11] == 0xef && plain.bytes[12] == 0xad);
    SAME_BYTES(plain.bytes + 139, INDEX, sizeof INDEX);
    free(plain.bytes);
    OK(OUTBOUND_SESSIONS.release(object));
    CHECK(REFUSED(CLIQUET_UNKNOWN_VERSION, LIBOLM_OUTBOUND_SESSIONS, LIBOLM_OUTBOUND_VERSION_2).found == 2);
    (void)REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, LIBOLM_OUTBOUND_SESSIONS, LIBOLM_OUTBOUND_OTHER_KEY);
    /* Other objects of the same version are longer. */
    (void)REFUSED(CLIQUET_TRAILING_BYTES, LIBOLM_OUTBOUND_SESSIONS, LIBOLM_SESSION);
    (void)REFUSED(CLIQUET_TRAILING_BYTES, LIBOLM_INBOUND_SESSIONS, LIBOLM_SESSION);
    (void)REFUSED(CLIQUET_TRAILING_BYTES, LIBOLM_PK_DECRYPTIONS, LIBOLM_OUTBOUND_NEW);

    /* The flag of one is clear, that of the other counts as set; the figures of the vector: index 303. */
    object = there_and_back(&LIBOLM_INBOUND_SESSIONS, LIBOLM_INBOUND, FOREIGN_KEY);
    plain = plain_of(&INBOUND_SESSIONS, object);
    CHECK(plain.bytes[139] == 0xaf && plain.bytes[140] == 2 && plain.bytes[173] == 2 && plain.bytes[11] == 0x90);
    free(plain.bytes);
    OK(INBOUND_SESSIONS.release(object));
    OK(inbound_group_session_from_libolm(TEXT(LIBOLM_INBOUND_VERSION_1), KEY(FOREIGN_KEY), &object, NULL));
    plain = plain_of(&INBOUND_SESSIONS, object);
    CHECK(plain.bytes[plain.length - 3] == 3);
    free(plain.bytes);
    OK(INBOUND_SESSIONS.release(object));
    CHECK(REFUSED(CLIQUET_UNKNOWN_VERSION, LIBOLM_INBOUND_SESSIONS, LIBOLM_INBOUND_VERSION_5).found == 5);
    (void)REFUSED(CLIQUET_PUBLIC_KEY, LIBOLM_INBOUND_SESSIONS, LIBOLM_INBOUND_NO_POINT);

    object = there_and_back(&LIBOLM_PK_DECRYPTIONS, LIBOLM_PK, "secret");
    plain = plain_of(&PK_DECRYPTIONS, object);
    CHECK(plain.bytes[10] == 7 && plain.bytes[41] == 38 && plain.bytes[42] == 0x07 && plain.bytes[43] == 0xb8);
    free(plain.bytes);
    OK(PK_DECRYPTIONS.release(object));
    CHECK(refused(NAMED(CLIQUET_UNKNOWN_VERSION), &LIBOLM_PK_DECRYPTIONS, LIBOLM_PK_VERSION_2, "secret").found == 2);
    (void)refused(NAMED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY), &LIBOLM_PK_DECRYPTIONS, LIBOLM_PK_OTHER_KEY, "secret");
}

/* A state that libolm has no room for: it is not written, and stays as it is. */
static cliquet_details inexpressible(cliquet_status expected, const libolm *as, bytes plain) {
    char text[64];
    size_t length = 99;
    cliquet_details details;
    void *object = read_of(as->of, plain);
    make_untouched(text, sizeof text);
    EXPECT_GIVEN(expected, as->write(object, KEY(FOREIGN_KEY), text, sizeof text, &length, &details));
    EXPECT_GIVEN(expected, as->write(object, KEY(FOREIGN_KEY), NULL, 0, &length, NULL));
    CHECK(length == 99 && is_untouched(text, sizeof text) && is(as->of, object, plain));
    OK(as->of->release(object));
    free(plain.bytes);
    return details;
}

static void no_room(void) {
    const libolm *kinds[] = {&LIBOLM_SESSIONS, &LIBOLM_OUTBOUND_SESSIONS, &LIBOLM_INBOUND_SESSIONS};
    const char *second_versions[] = {SESSION_V2, OUTBOUND_V2, INBOUND_V2};
    for (size_t i = 0; i < 3; i++) {
        bytes second = decoded(second_versions[i]);
        CHECK(inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_VERSION), kinds[i], second).found == CLIQUET_VERSION_2);
    }
    (void)inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_REPLAY_GUARD), &LIBOLM_INBOUND_SESSIONS, decoded(INBOUND_GUARD));

    /* The offsets are those of the states in pickle_states.c. */
    bytes account = decoded(ACCOUNT), session = decoded(SESSION), state = copy_of(account.bytes, 142);
    append_varint(&state, 101);
    for (unsigned key = 0; key < 101; key++) {
        append(&state, account.bytes + 143, 66);
    }
    append_varint(&state, 0);
    cliquet_details details = inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_TOO_MANY), &LIBOLM_ACCOUNTS, state);
    CHECK(details.items == CLIQUET_ITEMS_ONE_TIME_KEYS && details.found == 101 && details.limit == 100);
    state = with_varint(account, 139, 1, UINT32_MAX);
    CHECK(inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_KEY_ID), &LIBOLM_ACCOUNTS, state).found == UINT32_MAX);
    bytes id = with_varint(account, 143, 1, UINT64_C(1) << 32);
    state = with_varint(id, 139, 1, UINT64_C(1) << 33);
    CHECK(inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_KEY_ID), &LIBOLM_ACCOUNTS, state).found == UINT64_C(1) << 32);
    free(id.bytes);

    state = copy_of(session.bytes, 244);
    append_varint(&state, 6);
    for (unsigned chain = 0; chain < 6; chain++) {
        append_byte(&state, chain);
        append(&state, session.bytes + 246, 65);
    }
    append_varint(&state, 0);
    details = inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_TOO_MANY), &LIBOLM_SESSIONS, state);
    CHECK(details.items == CLIQUET_ITEMS_RECEIVER_CHAINS && details.found == 6 && details.limit == 5);
    state = copy_of(session.bytes, 509);
    append_varint(&state, 41);
    for (unsigned key = 0; key < 41; key++) {
        append_varint(&state, 0);
        append_byte(&state, key);
        append(&state, session.bytes + 18, 31);
        append_varint(&state, 0);
        append(&state, session.bytes + 512, 32);
    }
    details = inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_TOO_MANY), &LIBOLM_SESSIONS, state);
    CHECK(details.items == CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS && details.found == 41 && details.limit == 40);
    free(session.bytes);
    free(account.bytes);
}

int main(void) {
    accounts();
    sessions();
    others();
    no_room();
    return 0;
}
