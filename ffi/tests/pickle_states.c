/* Native pickles without encryption that hold what can be no state: every cause, with its figures. */
#include "pickle.h"
#include "pickle_vectors_native.h"

/* Bytes that hold no such object. Frees them. */
static cliquet_details refused(cliquet_status expected, const native *of, bytes plain) {
    cliquet_details details;
    void *none = NULL;
    memset(&details, 0xff, sizeof details);
    EXPECT_GIVEN(expected, of->read(plain.bytes, plain.length, &none, &details));
    EXPECT_GIVEN(expected, of->read(plain.bytes, plain.length, &none, NULL));
    CHECK(none == NULL);
    free(plain.bytes);
    return details;
}

#define REFUSED(status, of, plain) (printf("status %s\n", #status), (void)refused(status, of, plain))
#define REFUSED_FOR(status, of, plain, figure, most)                                                                  \
    do {                                                                                                              \
        printf("status %s\n", #status);                                                                               \
        cliquet_details told = refused(status, of, plain);                                                            \
        CHECK(told.found == (figure) && told.limit == (most) && told.items == 0);                                     \
    } while (0)
#define REFUSED_ITEMS(status, of, plain, kept, figure, most)                                                          \
    do {                                                                                                              \
        printf("status %s\n", #status);                                                                               \
        cliquet_details told = refused(status, of, plain);                                                            \
        CHECK(told.items == CLIQUET_ITEMS_##kept && told.found == (figure) && told.limit == (most));                  \
    } while (0)

/* What all kinds have in common: the header, and that the bytes end where they must. */
static void headers(const native *of, bytes start) {
    for (size_t length = 0; length < start.length; length++) {
        cliquet_status status = of->read(start.bytes, length, NULL, NULL);
        CHECK(status == CLIQUET_NULL_POINTER);
        if (length < 8) {
            REFUSED(CLIQUET_NOT_A_PICKLE, of, copy_of(start.bytes, length));
        } else {
            REFUSED(CLIQUET_TRUNCATED, of, copy_of(start.bytes, length));
        }
    }
    bytes more = copy_of(start.bytes, start.length);
    append_byte(&more, 0);
    REFUSED(CLIQUET_TRAILING_BYTES, of, more);
    REFUSED(CLIQUET_NOT_A_PICKLE, of, with_byte(start, 0, 'C'));
    REFUSED(CLIQUET_NOT_A_PICKLE, of, with_byte(start, 7, 's'));
    REFUSED_FOR(CLIQUET_UNKNOWN_VERSION, of, with_byte(start, 8, 2), 2, 0);
    REFUSED_FOR(CLIQUET_UNKNOWN_KIND, of, with_byte(start, 9, 0), 0, 0);
    REFUSED_FOR(CLIQUET_UNKNOWN_KIND, of, with_byte(start, 9, 6), 6, 0);
    for (unsigned kind = 1; kind <= 5; kind++) {
        if (kind != of->kind) {
            REFUSED_FOR(CLIQUET_WRONG_KIND, of, with_byte(start, 9, kind), kind, of->kind);
        }
    }
}

/* An integer in two bytes where one is enough. */
static const uint8_t LONG_ZERO[] = {0x80, 0x00};
/* What ten bytes can say and eight cannot. */
static const uint8_t TWO_TO_64[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02};

/* The account: 10 form, 11 seed, 43 public, 75 identity key, 139 last id, 140 limit (2 bytes), 142 count, 143 key, 209 count. */
static void accounts(void) {
    const native *of = &ACCOUNTS;
    bytes start = decoded(ACCOUNT);
    CHECK(start.length == 210);
    headers(of, start);
    REFUSED_FOR(CLIQUET_UNKNOWN_FORM, of, with_byte(start, 10, 2), 2, 0);
    REFUSED_FOR(CLIQUET_UNKNOWN_FORM, of, with_byte(start, 144, 2), 2, 0);
    REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, of, with_byte(start, 43, start.bytes[43] ^ 1u));
    REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, of, with_byte(start, 107, start.bytes[107] ^ 1u));
    REFUSED(CLIQUET_STATE_KEY_ID_BEYOND_LAST, of, with_byte(start, 139, 0));
    REFUSED(CLIQUET_STATE_KEY_ID_BEYOND_LAST, of, with_byte(start, 143, 2));
    REFUSED(CLIQUET_NON_CANONICAL_VARINT, of, spliced(start, 139, 1, LONG_ZERO, 2));
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, spliced(start, 139, 1, TWO_TO_64, 10));
    REFUSED_FOR(CLIQUET_LIMIT_TOO_SMALL, of, with_varint(start, 140, 2, 99), 99, 100);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_LARGE, of, with_varint(start, 140, 2, 50001), 50001, 50000);
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_varint(start, 140, 2, UINT64_C(1) << 32));
    REFUSED(CLIQUET_TRUNCATED, of, with_varint(start, 142, 1, 3));
    REFUSED(CLIQUET_TRUNCATED, of, with_varint(start, 142, 1, UINT64_MAX));

    bytes keys = copy_of(start.bytes, 140);
    append_varint(&keys, 100);
    append_varint(&keys, 101);
    for (unsigned key = 0; key < 101; key++) {
        append(&keys, start.bytes + 143, 66);
    }
    append_varint(&keys, 0);
    REFUSED_ITEMS(CLIQUET_STATE_TOO_MANY, of, keys, ONE_TIME_KEYS, 101, 100);

    bytes fallback_keys = copy_of(start.bytes, 142);
    append_varint(&fallback_keys, 0);
    append_varint(&fallback_keys, 3);
    for (unsigned key = 0; key < 3; key++) {
        append(&fallback_keys, start.bytes + 143, 66);
    }
    REFUSED_ITEMS(CLIQUET_STATE_TOO_MANY, of, fallback_keys, FALLBACK_KEYS, 3, 2);
    free(start.bytes);

    bytes expanded = decoded(ACCOUNT_EXPANDED);
    REFUSED(CLIQUET_NON_CANONICAL, of, with_byte(expanded, 11, expanded.bytes[11] | 1u));
    free(expanded.bytes);
}

/*
 * The session: 10 version, 11 limits (1, 2, 1, 2 bytes), 17 flag, 18 keys, 114 root key, 146 form, 147 ratchet key pair,
 * 211 chain key, 243 index, 244 count, 245 four receiver chains of 66 bytes, 509 count, 510 twelve skipped message keys of 34 bytes.
 */
enum { CHAINS = 244, FIRST_CHAIN = 245, SKIPPED = 509, FIRST_SKIPPED = 510 };

static void sessions(void) {
    const native *of = &SESSIONS;
    bytes start = decoded(SESSION);
    CHECK(start.length == 918);
    headers(of, start);
    REFUSED_FOR(CLIQUET_UNSUPPORTED_VERSION, of, with_byte(start, 10, 5), 5, 0);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_SMALL, of, with_varint(start, 11, 1, 39), 39, 40);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_LARGE, of, with_varint(start, 11, 1, 2001), 2001, 2000);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_SMALL, of, with_varint(start, 12, 2, 39), 39, 40);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_LARGE, of, with_varint(start, 12, 2, 10001), 10001, 10000);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_SMALL, of, with_varint(start, 14, 1, 4), 4, 5);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_LARGE, of, with_varint(start, 14, 1, 51), 51, 50);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_SMALL, of, with_varint(start, 15, 2, 1999), 1999, 2000);
    REFUSED_FOR(CLIQUET_LIMIT_TOO_LARGE, of, with_varint(start, 15, 2, 100001), 100001, 100000);
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_varint(start, 15, 2, UINT64_C(1) << 32));
    REFUSED_FOR(CLIQUET_UNKNOWN_FORM, of, with_byte(start, 17, 2), 2, 0);
    REFUSED_FOR(CLIQUET_UNKNOWN_FORM, of, with_byte(start, 146, 2), 2, 0);
    REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, of, with_byte(start, 179, start.bytes[179] ^ 1u));
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_varint(start, 243, 1, UINT64_C(1) << 32));
    REFUSED(CLIQUET_NON_CANONICAL_VARINT, of, spliced(start, 243, 1, LONG_ZERO, 2));
    REFUSED(CLIQUET_TRUNCATED, of, with_varint(start, CHAINS, 1, 100));
    REFUSED(CLIQUET_TRUNCATED, of, with_varint(start, SKIPPED, 1, UINT64_MAX));
    /* A watermark beyond its chain; a skipped message key ahead of its chain; one of a fifth chain. */
    REFUSED(CLIQUET_STATE_AHEAD_OF_CHAIN, of, with_byte(start, FIRST_CHAIN + 65, 5));
    REFUSED(CLIQUET_STATE_AHEAD_OF_CHAIN, of, with_byte(start, FIRST_SKIPPED + 1, 4));
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_byte(start, FIRST_SKIPPED, 5));
    /* A key of a chain that is kept, named as if that were gone. */
    bytes gone = copy_of(start.bytes + FIRST_CHAIN, 33);
    memmove(gone.bytes + 1, gone.bytes, 32);
    gone.bytes[0] = 0;
    REFUSED(CLIQUET_NON_CANONICAL, of, spliced(start, FIRST_SKIPPED, 1, gone.bytes, 33));
    free(gone.bytes);
    bytes twice = spliced(start, FIRST_CHAIN + 66, 32, start.bytes + FIRST_CHAIN, 32);
    REFUSED_ITEMS(CLIQUET_STATE_DUPLICATE, of, twice, RECEIVER_CHAINS, 0, 0);
    REFUSED_ITEMS(CLIQUET_STATE_DUPLICATE, of, with_byte(start, FIRST_SKIPPED + 35, 0), SKIPPED_MESSAGE_KEYS, 0, 0);

    bytes none = copy_of(start.bytes, 146);
    append(&none, "\0\0", 3);
    REFUSED(CLIQUET_STATE_NO_CHAIN, of, none);

    bytes chains = copy_of(start.bytes, CHAINS);
    append_varint(&chains, 7);
    for (unsigned chain = 0; chain < 7; chain++) {
        append_byte(&chains, chain);
        append(&chains, start.bytes + FIRST_CHAIN + 1, 65);
    }
    append_varint(&chains, 0);
    REFUSED_ITEMS(CLIQUET_STATE_TOO_MANY, of, chains, RECEIVER_CHAINS, 7, 6);

    /* 41 keys of one chain, which is at index 50; then 301 keys of chains that are gone, seven each. */
    bytes of_chain = with_byte(start, FIRST_CHAIN + 64, 50);
    of_chain.length = SKIPPED;
    append_varint(&of_chain, 41);
    for (unsigned index = 0; index < 41; index++) {
        append_varint(&of_chain, 1);
        append_varint(&of_chain, index);
        append(&of_chain, start.bytes + FIRST_SKIPPED + 2, 32);
    }
    REFUSED_ITEMS(CLIQUET_STATE_TOO_MANY, of, of_chain, SKIPPED_MESSAGE_KEYS_OF_CHAIN, 41, 40);
    bytes keys = copy_of(start.bytes, SKIPPED);
    append_varint(&keys, 301);
    for (unsigned key = 0; key < 301; key++) {
        append_varint(&keys, 0);
        append_byte(&keys, key / 7);
        append(&keys, start.bytes + 18, 31);
        append_varint(&keys, key % 7);
        append(&keys, start.bytes + FIRST_SKIPPED + 2, 32);
    }
    REFUSED_ITEMS(CLIQUET_STATE_TOO_MANY, of, keys, SKIPPED_MESSAGE_KEYS, 301, 300);
    free(start.bytes);
}

/* 10 version, 11 ratchet, 139 index, 140 form, 141 seed, 173 public. */
static void outbound_group_sessions(void) {
    const native *of = &OUTBOUND_SESSIONS;
    bytes start = decoded(OUTBOUND), expanded = decoded(OUTBOUND_EXPANDED);
    CHECK(start.length == 205);
    headers(of, start);
    REFUSED_FOR(CLIQUET_UNSUPPORTED_VERSION, of, with_byte(start, 10, 5), 5, 0);
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_varint(start, 139, 1, UINT64_C(1) << 32));
    REFUSED(CLIQUET_NON_CANONICAL_VARINT, of, spliced(start, 139, 1, LONG_ZERO, 2));
    REFUSED_FOR(CLIQUET_UNKNOWN_FORM, of, with_byte(start, 140, 2), 2, 0);
    REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, of, with_byte(start, 173, start.bytes[173] ^ 1u));
    REFUSED(CLIQUET_NON_CANONICAL, of, with_byte(expanded, 141, expanded.bytes[141] | 1u));
    free(expanded.bytes);
    free(start.bytes);
}

/* 10 version, 11 ratchet, 139 index, 140 signing key, 172 provenance, 173 from, 174 capacity, 175 count, 176 steps and events. */
static void inbound_group_sessions(void) {
    const native *of = &INBOUND_SESSIONS;
    bytes start = decoded(INBOUND_GUARD);
    uint8_t no_point[32] = {2};
    CHECK(start.length == 275);
    headers(of, start);
    REFUSED_FOR(CLIQUET_UNSUPPORTED_VERSION, of, with_byte(start, 10, 5), 5, 0);
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_varint(start, 139, 1, UINT64_C(1) << 32));
    REFUSED(CLIQUET_NON_CANONICAL_VARINT, of, spliced(start, 139, 1, LONG_ZERO, 2));
    REFUSED(CLIQUET_PUBLIC_KEY, of, spliced(start, 140, 32, no_point, 32));
    REFUSED_FOR(CLIQUET_UNKNOWN_FORM, of, with_byte(start, 172, 4), 4, 0);
    /* Shared from before the first known index on; a guard that holds more than its capacity. */
    REFUSED(CLIQUET_NON_CANONICAL, of, with_byte(start, 139, 5));
    REFUSED(CLIQUET_NON_CANONICAL, of, with_byte(start, 174, 2));
    REFUSED(CLIQUET_TRUNCATED, of, with_byte(start, 175, 100));
    REFUSED(CLIQUET_INTEGER_TOO_LARGE, of, with_varint(start, 176, 1, UINT32_MAX));
    free(start.bytes);
}

/* 10 secret key, 42 public key. */
static void pk_decryptions(void) {
    const native *of = &PK_DECRYPTIONS;
    cliquet_pk_decryption *pair = NULL;
    uint8_t seed = 1, public_key[32];
    cliquet_random counting = {fill_counting, &seed};
    OK(cliquet_pk_decryption_new(&counting, &pair));
    OK(cliquet_pk_decryption_public_key(pair, public_key));
    bytes start = plain_of(of, pair);
    CHECK(start.length == 74 && start.bytes[10] == 1 && start.bytes[41] == 32);
    SAME_BYTES(start.bytes + 42, public_key, 32);
    headers(of, start);
    REFUSED(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY, of, with_byte(start, 42, start.bytes[42] ^ 1u));
    OK(cliquet_pk_decryption_free(pair));
    free(start.bytes);
}

int main(void) {
    accounts();
    sessions();
    outbound_group_sessions();
    inbound_group_sessions();
    pk_decryptions();
    return 0;
}
