/* Native pickles: their keys, their text, and every object there and back. */
#include "pickle.h"
#include "pickle_vectors_native.h"

static cliquet_pickle_key *key_with(const char *context) {
    cliquet_pickle_key *bare = NULL, *key = NULL;
    OK(cliquet_pickle_key_new((const uint8_t *)NATIVE_KEY, &bare));
    OK(cliquet_pickle_key_in_context(bare, (const uint8_t *)context, strlen(context), &key));
    OK(cliquet_pickle_key_free(bare));
    return key;
}

static void keys(void) {
    uint8_t seed = 0, exported[32], context[8];
    size_t length = 7;
    cliquet_random counting = {fill_counting, &seed};
    cliquet_pickle_key *drawn = NULL, *key = NULL, *placed = NULL, *moved = NULL, *none = NULL;
    OK(cliquet_pickle_key_random(&counting, &drawn));
    OK(cliquet_pickle_key_export_bytes(drawn, exported));
    CHECK(seed == 32 && exported[0] == 0 && exported[31] == 31);
    OK(cliquet_pickle_key_context(drawn, NULL, 0, &length));
    CHECK(length == 0);

    OK(cliquet_pickle_key_new((const uint8_t *)NATIVE_KEY, &key));
    OK(cliquet_pickle_key_export_bytes(key, exported));
    SAME_BYTES(exported, NATIVE_KEY, 32);
    OK(cliquet_pickle_key_in_context(key, (const uint8_t *)"row\0one", 7, &placed));
    OK(cliquet_pickle_key_free(key));
    make_untouched(context, sizeof context);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pickle_key_context(placed, context, 6, &length));
    CHECK(length == 7 && is_untouched(context, sizeof context));
    OK(cliquet_pickle_key_context(placed, context, 7, &length));
    CHECK(length == 7 && memcmp(context, "row\0one", 7) == 0 && context[7] == UNTOUCHED);
    OK(cliquet_pickle_key_export_bytes(placed, exported));
    SAME_BYTES(exported, NATIVE_KEY, 32);

    /* Another context takes the place of the one there was; none is one, too. */
    OK(cliquet_pickle_key_in_context(placed, (const uint8_t *)"two", 3, &moved));
    OK(cliquet_pickle_key_context(moved, context, sizeof context, &length));
    CHECK(length == 3 && memcmp(context, "two", 3) == 0);
    OK(cliquet_pickle_key_free(moved));
    OK(cliquet_pickle_key_in_context(placed, NULL, 0, &moved));
    OK(cliquet_pickle_key_context(moved, context, sizeof context, &length));
    CHECK(length == 0);

    EXPECT(CLIQUET_RANDOM, cliquet_pickle_key_random(&FAILING, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_random(NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_new(NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_new(exported, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_in_context(NULL, NULL, 0, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_in_context(placed, NULL, 1, &none));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_pickle_key_in_context(placed, exported, SIZE_MAX, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_in_context(placed, NULL, 0, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_export_bytes(NULL, exported));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_export_bytes(placed, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_context(NULL, context, sizeof context, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_key_context(placed, context, sizeof context, NULL));
    CHECK(none == NULL);

    void *account = vector_of(&ACCOUNTS, ACCOUNT);
    cliquet_pickle_key *wrong = (cliquet_pickle_key *)account;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pickle_key_in_context(wrong, NULL, 0, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pickle_key_export_bytes(wrong, exported));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pickle_key_context(wrong, context, sizeof context, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pickle_key_free(wrong));
    OK(ACCOUNTS.release(account));

    OK(cliquet_pickle_key_random(NULL, &none));
    OK(cliquet_pickle_key_free(none));
    OK(cliquet_pickle_key_free(moved));
    OK(cliquet_pickle_key_free(placed));
    OK(cliquet_pickle_key_free(drawn));
    OK(cliquet_pickle_key_free(NULL));
}

/* Bytes that are no sealed pickle, to the four functions that take one without its key. */
static void is_no_pickle(cliquet_status expected, bytes pickle, uint64_t found) {
    char text[16];
    size_t length = 99;
    cliquet_pickle_kind kind = 99;
    uint32_t version = 99;
    cliquet_details details;
    EXPECT_GIVEN(expected, cliquet_pickle_kind_of(pickle.bytes, pickle.length, &kind, &details));
    CHECK(details.found == found);
    EXPECT_GIVEN(expected, cliquet_pickle_format_version(pickle.bytes, pickle.length, &version, &details));
    CHECK(details.found == found);
    EXPECT_GIVEN(expected, cliquet_pickle_to_base64(pickle.bytes, pickle.length, text, sizeof text, &length, &details));
    CHECK(details.found == found && kind == 99 && version == 99 && length == 99);
    free(pickle.bytes);
}

static cliquet_status read_text(const char *text, size_t text_length, bytes to, size_t *length, cliquet_details *details) {
    return cliquet_pickle_from_base64(text, text_length, to.bytes, to.length, length, details);
}

static void texts(void) {
    bytes sealed = decoded(ACCOUNT_SEALED), pickle = room(sealed.length);
    size_t length = 0;
    char text[400];
    make_untouched(text, sizeof text);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pickle_to_base64(sealed.bytes, sealed.length, text, 376, &length, NULL));
    CHECK(length == 376 && length == (4 * sealed.length + 2) / 3 && is_untouched(text, sizeof text));
    OK(cliquet_pickle_to_base64(sealed.bytes, sealed.length, text, 377, &length, NULL));
    CHECK(length == 376 && strcmp(text, ACCOUNT_SEALED) == 0);

    bytes spaced = replaced(" \n\t", "\n", ACCOUNT_SEALED);
    const char *read = (const char *)spaced.bytes;
    make_untouched(pickle.bytes, pickle.length);
    bytes less = {pickle.bytes, pickle.length - 1};
    EXPECT(CLIQUET_SHORT_BUFFER, read_text(read, spaced.length, less, &length, NULL));
    CHECK(length == sealed.length && is_untouched(pickle.bytes, pickle.length));
    OK(read_text(read, spaced.length, pickle, &length, NULL));
    CHECK(length == sealed.length && same(pickle, sealed));

    cliquet_pickle_kind kind = 0;
    uint32_t version = 0;
    OK(cliquet_pickle_format_version(sealed.bytes, sealed.length, &version, NULL));
    CHECK(version == 1);
    for (unsigned number = CLIQUET_PICKLE_KIND_ACCOUNT; number <= CLIQUET_PICKLE_KIND_PK_DECRYPTION; number++) {
        bytes other = with_byte(sealed, 9, number);
        OK(cliquet_pickle_kind_of(other.bytes, other.length, &kind, NULL));
        CHECK(kind == number);
        free(other.bytes);
    }

    is_no_pickle(NAMED(CLIQUET_NOT_A_PICKLE), room(0), 0);
    is_no_pickle(NAMED(CLIQUET_NOT_A_PICKLE), with_byte(sealed, 0, 'C'), 0);
    is_no_pickle(NAMED(CLIQUET_NOT_A_PICKLE), with_byte(sealed, 7, 'x'), 0);
    is_no_pickle(NAMED(CLIQUET_NOT_ENCRYPTED), with_byte(sealed, 7, 'u'), 0);
    is_no_pickle(NAMED(CLIQUET_NOT_ENCRYPTED), decoded(ACCOUNT), 0);
    is_no_pickle(NAMED(CLIQUET_UNKNOWN_VERSION), with_byte(sealed, 8, 2), 2);
    is_no_pickle(NAMED(CLIQUET_UNKNOWN_KIND), with_byte(sealed, 9, 6), 6);
    is_no_pickle(NAMED(CLIQUET_UNKNOWN_KIND), with_byte(sealed, 9, 0), 0);
    is_no_pickle(NAMED(CLIQUET_TRUNCATED), copy_of(sealed.bytes, 73), 0);
    is_no_pickle(NAMED(CLIQUET_CIPHERTEXT_LENGTH), copy_of(sealed.bytes, 74), 0);
    is_no_pickle(NAMED(CLIQUET_CIPHERTEXT_LENGTH), copy_of(sealed.bytes, sealed.length - 1), sealed.length - 74 - 1);

    cliquet_details details;
    length = 99;
    EXPECT(CLIQUET_NOT_A_PICKLE, read_text(TEXT("?"), pickle, &length, NULL));
    EXPECT(CLIQUET_NOT_A_PICKLE, read_text(NULL, 0, pickle, &length, NULL));
    EXPECT(CLIQUET_NOT_ENCRYPTED, read_text(TEXT(ACCOUNT), pickle, &length, NULL));
    EXPECT(CLIQUET_UNKNOWN_VERSION, read_text(TEXT("Y2xpcXVldHMC"), pickle, &length, &details));
    CHECK(details.found == 2);
    EXPECT(CLIQUET_UNKNOWN_KIND, read_text(TEXT("Y2xpcXVldHMBCQ"), pickle, &length, &details));
    CHECK(details.found == 9);
    EXPECT(CLIQUET_TRUNCATED, read_text(TEXT("Y2xpcXVldHMBAQ"), pickle, &length, NULL));
    EXPECT(CLIQUET_NOT_UTF8, read_text(TEXT("\xff"), pickle, &length, NULL));
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, read_text(ACCOUNT_SEALED, 372, pickle, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, read_text(NULL, 1, pickle, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_from_base64(TEXT(ACCOUNT_SEALED), NULL, 400, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_from_base64(TEXT(ACCOUNT_SEALED), pickle.bytes, pickle.length, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_to_base64(sealed.bytes, sealed.length, text, sizeof text, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_to_base64(NULL, 1, text, sizeof text, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_kind_of(sealed.bytes, sealed.length, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pickle_format_version(sealed.bytes, sealed.length, NULL, NULL));
    CHECK(length == 99 && same(pickle, sealed));
    free(spaced.bytes);
    free(pickle.bytes);
    free(sealed.bytes);
}

static int32_t fill_salt(void *context, uint8_t *out, size_t length) {
    *(int *)context += 1;
    CHECK(length == 32);
    memcpy(out, NATIVE_SALT, 32);
    return 0;
}

/* Writes an object in every way; `sealed` is empty where no vector says what it must be. */
static void writes(const native *of, const void *object, bytes plain, bytes sealed) {
    int drawn = 0;
    size_t length = 0, written = 0;
    cliquet_random salt = {fill_salt, &drawn};
    cliquet_pickle_key *key = key_with(NATIVE_CONTEXT);
    EXPECT(CLIQUET_SHORT_BUFFER, of->to_pickle(object, key, &salt, NULL, 0, &length));
    bytes pickle = room(length);
    make_untouched(pickle.bytes, pickle.length);
    EXPECT(CLIQUET_SHORT_BUFFER, of->to_pickle(object, key, &salt, pickle.bytes, length - 1, &written));
    CHECK(written == length && drawn == 0);
    written = 0;
    EXPECT(CLIQUET_RANDOM, of->to_pickle(object, key, &FAILING, pickle.bytes, length, &written));
    CHECK(written == 0 && is_untouched(pickle.bytes, pickle.length));
    OK(of->to_pickle(object, key, &salt, pickle.bytes, length, &written));
    CHECK(written == length && drawn == 1);
    CHECK(sealed.length == 0 || same(pickle, sealed));

    void *opened = NULL;
    OK(of->from_pickle(pickle.bytes, pickle.length, key, &opened, NULL));
    CHECK(is(of, opened, plain));
    OK(of->release(opened));

    /* The system's salt is another one. */
    bytes other = room(length);
    OK(of->to_pickle(object, key, NULL, other.bytes, length, &written));
    CHECK(written == length && !same(pickle, other));
    OK(of->from_pickle(other.bytes, other.length, key, &opened, NULL));
    CHECK(is(of, opened, plain) && is(of, object, plain));
    OK(of->release(opened));
    free(other.bytes);

    make_untouched(pickle.bytes, pickle.length);
    EXPECT(CLIQUET_SHORT_BUFFER, of->write(object, pickle.bytes, plain.length - 1, &written));
    CHECK(written == plain.length && is_untouched(pickle.bytes, pickle.length));
    free(pickle.bytes);
    OK(cliquet_pickle_key_free(key));
}

/* Every refusal of a sealed pickle and of what is around it. */
static void refuses(const native *of, const void *object, bytes sealed) {
    cliquet_pickle_key *key = key_with(NATIVE_CONTEXT), *misplaced = key_with("@amelie:example.org|PHONE"), *other = NULL;
    cliquet_details details;
    void *none = NULL;
    for (size_t length = 0; length < sealed.length; length++) {
        cliquet_status status = of->from_pickle(sealed.bytes, length, key, &none, NULL);
        size_t ciphertext = length < 74 ? 0 : length - 74;
        cliquet_status due = length < 8                                  ? CLIQUET_NOT_A_PICKLE
                             : length < 74                               ? CLIQUET_TRUNCATED
                             : ciphertext == 0 || ciphertext % 16 != 0 ? CLIQUET_CIPHERTEXT_LENGTH
                                                                         : CLIQUET_AUTHENTICATION_FAILED;
        CHECK(status == due && none == NULL);
    }
    for (size_t at = 10; at < sealed.length; at++) {
        bytes changed = with_byte(sealed, at, sealed.bytes[at] ^ 1u);
        EXPECT(CLIQUET_AUTHENTICATION_FAILED, of->from_pickle(changed.bytes, changed.length, key, &none, NULL));
        free(changed.bytes);
    }
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, of->from_pickle(sealed.bytes, sealed.length, misplaced, &none, NULL));
    uint8_t zeros[32] = {0};
    cliquet_pickle_key *bare = NULL;
    OK(cliquet_pickle_key_new(zeros, &bare));
    OK(cliquet_pickle_key_in_context(bare, (const uint8_t *)TEXT(NATIVE_CONTEXT), &other));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, of->from_pickle(sealed.bytes, sealed.length, other, &none, NULL));

    cliquet_pickle_kind wrong = of->kind % 5 + 1;
    bytes changed = with_byte(sealed, 9, wrong);
    EXPECT(CLIQUET_WRONG_KIND, of->from_pickle(changed.bytes, changed.length, key, &none, &details));
    CHECK(details.found == wrong && details.limit == of->kind);
    free(changed.bytes);
    changed = with_byte(sealed, 9, 77);
    EXPECT(CLIQUET_UNKNOWN_KIND, of->from_pickle(changed.bytes, changed.length, key, &none, &details));
    CHECK(details.found == 77);
    free(changed.bytes);
    changed = with_byte(sealed, 8, 9);
    EXPECT(CLIQUET_UNKNOWN_VERSION, of->from_pickle(changed.bytes, changed.length, key, &none, &details));
    CHECK(details.found == 9);
    free(changed.bytes);
    changed = with_byte(sealed, 7, 'u');
    EXPECT(CLIQUET_NOT_ENCRYPTED, of->from_pickle(changed.bytes, changed.length, key, &none, NULL));
    free(changed.bytes);

    uint8_t out[4096];
    size_t length = 0;
    make_untouched(out, sizeof out);
    cliquet_random empty = {NULL, NULL};
    EXPECT(CLIQUET_NULL_POINTER, of->to_pickle(NULL, key, NULL, out, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->to_pickle(object, NULL, NULL, out, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->to_pickle(object, key, &empty, out, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->to_pickle(object, key, NULL, NULL, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->to_pickle(object, key, NULL, out, sizeof out, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, of->to_pickle(key, key, NULL, out, sizeof out, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, of->to_pickle(object, (const cliquet_pickle_key *)object, NULL, out, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->write(NULL, out, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->write(object, NULL, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->write(object, out, sizeof out, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, of->write(key, out, sizeof out, &length));
    EXPECT(CLIQUET_NULL_POINTER, of->from_pickle(NULL, 1, key, &none, NULL));
    EXPECT(CLIQUET_NOT_A_PICKLE, of->from_pickle(NULL, 0, key, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, of->from_pickle(sealed.bytes, sealed.length, NULL, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, of->from_pickle(sealed.bytes, sealed.length, key, NULL, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, of->from_pickle(sealed.bytes, sealed.length, (const cliquet_pickle_key *)object, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, of->read(NULL, 1, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, of->read(sealed.bytes, sealed.length, NULL, NULL));
    CHECK(none == NULL && length == 0 && is_untouched(out, sizeof out));
    OK(cliquet_pickle_key_free(bare));
    OK(cliquet_pickle_key_free(other));
    OK(cliquet_pickle_key_free(misplaced));
    OK(cliquet_pickle_key_free(key));
}

static void there_and_back(const native *of, const char *plain_base64, const char *sealed_base64) {
    bytes plain = decoded(plain_base64), sealed = decoded(sealed_base64);
    void *object = read_of(of, plain), *opened = NULL;
    CHECK(is(of, object, plain));
    writes(of, object, plain, sealed);
    cliquet_pickle_key *key = key_with(NATIVE_CONTEXT);
    OK(of->from_pickle(sealed.bytes, sealed.length, key, &opened, NULL));
    CHECK(is(of, opened, plain));
    refuses(of, object, sealed);
    CHECK(is(of, object, plain));
    OK(cliquet_pickle_key_free(key));
    OK(of->release(opened));
    OK(of->release(object));
    free(sealed.bytes);
    free(plain.bytes);
}

/* The length is right for every length of a body, whatever padding it needs. */
static void lengths(void) {
    bytes start = decoded(ACCOUNT), nothing = room(0);
    unsigned seen = 0;
    for (unsigned keys = 0; keys < 8; keys++) {
        for (unsigned wide = 0; wide < 2; wide++) {
            bytes plain = copy_of(start.bytes, 139);
            append_varint(&plain, wide ? 1000 : 100);
            append_varint(&plain, 5000);
            append_varint(&plain, keys);
            for (unsigned key = 0; key < keys; key++) {
                append(&plain, start.bytes + 143, 66);
            }
            append_varint(&plain, 0);
            void *account = read_of(&ACCOUNTS, plain);
            seen |= 1u << (plain.length % 16);
            writes(&ACCOUNTS, account, plain, nothing);
            OK(ACCOUNTS.release(account));
            free(plain.bytes);
        }
    }
    CHECK(seen == 0xffff);
    free(nothing.bytes);
    free(start.bytes);
}

/* Authentic, and yet no account. */
static void sealed_and_wrong(void) {
    cliquet_pickle_key *key = key_with(NATIVE_CONTEXT);
    bytes nothing = decoded(SEALED_NOTHING), other = decoded(SEALED_OTHER_KEY);
    void *none = NULL;
    EXPECT(CLIQUET_TRUNCATED, ACCOUNTS.from_pickle(nothing.bytes, nothing.length, key, &none, NULL));
    EXPECT(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, ACCOUNTS.from_pickle(other.bytes, other.length, key, &none, NULL));
    CHECK(none == NULL);
    free(other.bytes);
    free(nothing.bytes);
    OK(cliquet_pickle_key_free(key));
}

/* There is no vector of a key pair: libolm's counted bytes, and what they give. */
static void pk_decryption(void) {
    bytes plain = decoded("Y2xpcXVldHUBBQcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmB7jFQkh2hqeDAYVfy20/aoqRHNfxmDqbRNydzSKDnSM");
    void *object = read_of(&PK_DECRYPTIONS, plain);
    bytes nothing = room(0);
    writes(&PK_DECRYPTIONS, object, plain, nothing);
    cliquet_pickle_key *key = key_with(NATIVE_CONTEXT);
    bytes sealed = room(154);
    size_t length = 0;
    OK(PK_DECRYPTIONS.to_pickle(object, key, NULL, sealed.bytes, sealed.length, &length));
    CHECK(length == 154);
    refuses(&PK_DECRYPTIONS, object, sealed);
    OK(cliquet_pickle_key_free(key));
    OK(PK_DECRYPTIONS.release(object));
    free(sealed.bytes);
    free(nothing.bytes);
    free(plain.bytes);
}

int main(void) {
    keys();
    texts();
    there_and_back(&ACCOUNTS, ACCOUNT, ACCOUNT_SEALED);
    there_and_back(&ACCOUNTS, ACCOUNT_FALLBACK_KEYS, ACCOUNT_FALLBACK_KEYS_SEALED);
    there_and_back(&ACCOUNTS, ACCOUNT_EXPANDED, ACCOUNT_EXPANDED_SEALED);
    there_and_back(&SESSIONS, SESSION_OUTBOUND, SESSION_OUTBOUND_SEALED);
    there_and_back(&SESSIONS, SESSION_INBOUND, SESSION_INBOUND_SEALED);
    there_and_back(&SESSIONS, SESSION, SESSION_SEALED);
    there_and_back(&SESSIONS, SESSION_V2, SESSION_V2_SEALED);
    there_and_back(&OUTBOUND_SESSIONS, OUTBOUND, OUTBOUND_SEALED);
    there_and_back(&OUTBOUND_SESSIONS, OUTBOUND_V2, OUTBOUND_V2_SEALED);
    there_and_back(&OUTBOUND_SESSIONS, OUTBOUND_EXPANDED, OUTBOUND_EXPANDED_SEALED);
    there_and_back(&INBOUND_SESSIONS, INBOUND, INBOUND_SEALED);
    there_and_back(&INBOUND_SESSIONS, INBOUND_GUARD, INBOUND_GUARD_SEALED);
    there_and_back(&INBOUND_SESSIONS, INBOUND_V2, INBOUND_V2_SEALED);
    pk_decryption();
    lengths();
    sealed_and_wrong();
    return 0;
}
