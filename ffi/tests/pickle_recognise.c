/* What a saved state is. */
#include "pickle.h"
#include "pickle_vectors_foreign.h"
#include "pickle_vectors_native.h"

#define KEY (const uint8_t *)FOREIGN_KEY, 32

static void is_recognised(const void *input, size_t length, const uint8_t *key, size_t key_length, uint32_t kind, uint32_t format,
                          uint32_t version) {
    cliquet_recognised recognised = {99, 99, 99};
    OK(cliquet_pickle_recognise((const uint8_t *)input, length, key, key_length, &recognised, NULL));
    CHECK(recognised.kind == kind && recognised.format == format && recognised.version == version);
}

static cliquet_details refused(cliquet_status expected, const void *input, size_t length) {
    cliquet_recognised recognised = {99, 99, 99};
    cliquet_details details;
    EXPECT_GIVEN(expected, cliquet_pickle_recognise((const uint8_t *)input, length, KEY, &recognised, &details));
    EXPECT_GIVEN(expected, cliquet_pickle_recognise((const uint8_t *)input, length, KEY, &recognised, NULL));
    CHECK(recognised.kind == 99 && recognised.format == 99 && recognised.version == 99);
    return details;
}

/* A native pickle: in bytes without encryption, and encrypted in bytes and as a text among white space; no key is needed. */
static void natives(uint32_t kind, const char *plain_base64, const char *sealed_base64) {
    bytes plain = decoded(plain_base64), sealed = decoded(sealed_base64), spaced = replaced("\n < ", "<", sealed_base64);
    is_recognised(plain.bytes, plain.length, NULL, 0, kind, CLIQUET_PICKLE_FORMAT_NATIVE_WITHOUT_ENCRYPTION, 1);
    is_recognised(sealed.bytes, sealed.length, NULL, 0, kind, CLIQUET_PICKLE_FORMAT_NATIVE, 1);
    is_recognised(spaced.bytes, spaced.length, KEY, kind, CLIQUET_PICKLE_FORMAT_NATIVE, 1);
    free(spaced.bytes);
    free(sealed.bytes);
    free(plain.bytes);
}

#define IS_JSON(type, KIND, of, base64)                                                                               \
    do {                                                                                                              \
        char json[8192];                                                                                              \
        size_t json_length = 0;                                                                                       \
        void *object = vector_of(&of, base64);                                                                        \
        const cliquet_##type *it = (const cliquet_##type *)object;                                                    \
        OK(cliquet_##type##_to_vodozemac_json(it, json, sizeof json, &json_length, NULL));                            \
        is_recognised(json, json_length, NULL, 0, CLIQUET_PICKLE_KIND_##KIND, CLIQUET_PICKLE_FORMAT_VODOZEMAC_JSON, 0); \
        OK(of.release(object));                                                                                       \
    } while (0)

static void recognised(void) {
    natives(CLIQUET_PICKLE_KIND_ACCOUNT, ACCOUNT, ACCOUNT_SEALED);
    natives(CLIQUET_PICKLE_KIND_SESSION, SESSION, SESSION_SEALED);
    natives(CLIQUET_PICKLE_KIND_OUTBOUND_GROUP_SESSION, OUTBOUND, OUTBOUND_SEALED);
    natives(CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION, INBOUND, INBOUND_SEALED);

    uint32_t format = CLIQUET_PICKLE_FORMAT_LIBOLM;
    is_recognised(TEXT(LIBOLM_ACCOUNT_LAST_ID), KEY, CLIQUET_PICKLE_KIND_ACCOUNT, format, 4);
    is_recognised(TEXT(LIBOLM_SESSION), KEY, CLIQUET_PICKLE_KIND_SESSION, format, 1);
    is_recognised(TEXT(LIBOLM_SESSION_EMPTY_KEY), NULL, 0, CLIQUET_PICKLE_KIND_SESSION, format, 1);
    is_recognised(TEXT(LIBOLM_OUTBOUND_NEW), KEY, CLIQUET_PICKLE_KIND_OUTBOUND_GROUP_SESSION, format, 1);
    is_recognised(TEXT(LIBOLM_INBOUND), KEY, CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION, format, 2);
    is_recognised(TEXT(LIBOLM_INBOUND_VERSION_1), KEY, CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION, format, 1);
    is_recognised(TEXT(LIBOLM_PK), (const uint8_t *)TEXT("secret"), CLIQUET_PICKLE_KIND_PK_DECRYPTION, format, 1);

    format = CLIQUET_PICKLE_FORMAT_VODOZEMAC;
    is_recognised(TEXT(VODOZEMAC_ACCOUNT), KEY, CLIQUET_PICKLE_KIND_ACCOUNT, format, 0);
    is_recognised(TEXT(VODOZEMAC_SESSION_V2), KEY, CLIQUET_PICKLE_KIND_SESSION, format, 0);
    is_recognised(TEXT(VODOZEMAC_OUTBOUND), KEY, CLIQUET_PICKLE_KIND_OUTBOUND_GROUP_SESSION, format, 0);
    is_recognised(TEXT(VODOZEMAC_INBOUND_V2), KEY, CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION, format, 0);
    IS_JSON(account, ACCOUNT, ACCOUNTS, ACCOUNT);
    IS_JSON(olm_session, SESSION, SESSIONS, SESSION_INBOUND);
    IS_JSON(outbound_group_session, OUTBOUND_GROUP_SESSION, OUTBOUND_SESSIONS, OUTBOUND);
    IS_JSON(inbound_group_session, INBOUND_GROUP_SESSION, INBOUND_SESSIONS, INBOUND);
}

static void unrecognised(void) {
    (void)refused(NAMED(CLIQUET_NOT_A_PICKLE), TEXT("neither base64 nor JSON"));
    (void)refused(NAMED(CLIQUET_NOT_A_PICKLE), "\xff\xfe", 2);
    (void)refused(NAMED(CLIQUET_NOT_A_PICKLE), TEXT(LIBOLM_ACCOUNT_VERSION_5));
    (void)refused(NAMED(CLIQUET_AUTHENTICATION_FAILED), TEXT(LIBOLM_PK));
    (void)refused(NAMED(CLIQUET_TRUNCATED), NULL, 0);
    (void)refused(NAMED(CLIQUET_TRUNCATED), TEXT("AAAA"));
    (void)refused(NAMED(CLIQUET_TRUNCATED), TEXT("cliquets"));
    (void)refused(NAMED(CLIQUET_TRUNCATED), TEXT("Y2xpcXVldHMBAQ"));
    CHECK(refused(NAMED(CLIQUET_CIPHERTEXT_LENGTH), TEXT("AAAAAAAAAAAAAAAA")).found == 4);
    CHECK(refused(NAMED(CLIQUET_UNKNOWN_VERSION), "cliquets\2\1", 10).found == 2);
    CHECK(refused(NAMED(CLIQUET_UNKNOWN_KIND), "cliquetu\1\7", 10).found == 7);
    (void)refused(NAMED(CLIQUET_JSON), TEXT("{\"nothing\":1}"));
    (void)refused(NAMED(CLIQUET_JSON), TEXT("{"));
    (void)refused(NAMED(CLIQUET_NOT_ENCRYPTED), TEXT(ACCOUNT));
    (void)refused(NAMED(CLIQUET_LEGACY_ACCOUNT), TEXT(LIBOLM_ACCOUNT_VERSION_1));
    cliquet_details details = refused(NAMED(CLIQUET_STATE_TOO_MANY), TEXT(LIBOLM_ACCOUNT_THREE_FALLBACK_KEYS));
    CHECK(details.items == CLIQUET_ITEMS_FALLBACK_KEYS && details.found == 3 && details.limit == 2);

    cliquet_recognised none;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_recognise(NULL, 1, KEY, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_recognise((const uint8_t *)TEXT(ACCOUNT_SEALED), NULL, 1, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_recognise((const uint8_t *)TEXT(ACCOUNT_SEALED), KEY, NULL, NULL));
}

int main(void) {
    recognised();
    unrecognised();
    return 0;
}
