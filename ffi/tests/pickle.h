/*
 * What the tests of pickles share: bytes of any length, base64, and states with one place changed.
 */
#ifndef PICKLE_H
#define PICKLE_H

#include "check.h"

/* As EXPECT, in a function that was given the status. Whoever gives it says its name with NAMED. */
#define EXPECT_GIVEN(status, call)                                                                                    \
    do {                                                                                                              \
        cliquet_status check_status = (call);                                                                         \
        if (check_status != (status)) {                                                                               \
            fprintf(stderr, "%s:%d: %s: %d, %s, instead of %d\n", __FILE__, __LINE__, #call, (int)check_status,       \
                    cliquet_status_text(check_status), (int)(status));                                                \
            exit(1);                                                                                                  \
        }                                                                                                             \
    } while (0)
#define NAMED(status) (printf("status %s\n", #status), (status))

/* Bytes that grow. */
typedef struct {
    uint8_t *bytes;
    size_t length;
} bytes;

/* So many zeros. */
static inline bytes room(size_t length) {
    bytes made = {(uint8_t *)calloc(length + 1, 1), length};
    CHECK(made.bytes != NULL);
    return made;
}

static inline void append(bytes *to, const void *from, size_t length) {
    to->bytes = (uint8_t *)realloc(to->bytes, to->length + length + 1);
    CHECK(to->bytes != NULL);
    memcpy(to->bytes + to->length, from, length);
    to->length += length;
}

static inline void append_byte(bytes *to, unsigned byte) {
    uint8_t one = (uint8_t)byte;
    append(to, &one, 1);
}

/* Seven bits in each byte, the lowest first, as native pickles have integers. */
static inline void append_varint(bytes *to, uint64_t value) {
    for (; value > 0x7f; value >>= 7) {
        append_byte(to, (unsigned)(value & 0x7f) | 0x80);
    }
    append_byte(to, (unsigned)value);
}

static inline bytes copy_of(const void *from, size_t length) {
    bytes copy = room(0);
    append(&copy, from, length);
    return copy;
}

/* The bytes of a base64 text without padding. */
static inline bytes decoded(const char *base64) {
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes out = room(0);
    uint32_t bits = 0;
    unsigned count = 0;
    for (; *base64 != 0; base64++) {
        const char *place = strchr(ALPHABET, *base64);
        CHECK(place != NULL);
        bits = bits << 6 | (uint32_t)(place - ALPHABET);
        count += 6;
        if (count >= 8) {
            count -= 8;
            append_byte(&out, (bits >> count) & 0xff);
        }
    }
    return out;
}

/* The bytes with `removed` of them from `at` on replaced by others. */
static inline bytes spliced(bytes from, size_t at, size_t removed, const void *inserted, size_t length) {
    CHECK(at + removed <= from.length);
    bytes out = copy_of(from.bytes, at);
    append(&out, inserted, length);
    append(&out, from.bytes + at + removed, from.length - at - removed);
    return out;
}

/* The same with one byte changed. */
static inline bytes with_byte(bytes from, size_t at, unsigned byte) {
    uint8_t one = (uint8_t)byte;
    return spliced(from, at, 1, &one, 1);
}

/* The same with an integer in the place of so many bytes. */
static inline bytes with_varint(bytes from, size_t at, size_t removed, uint64_t value) {
    bytes integer = room(0);
    append_varint(&integer, value);
    bytes out = spliced(from, at, removed, integer.bytes, integer.length);
    free(integer.bytes);
    return out;
}

/* The text with the first place where `from` stands replaced. */
static inline bytes replaced(const char *text, const char *from, const char *to) {
    const char *place = strstr(text, from);
    CHECK(place != NULL);
    bytes all = {(uint8_t *)text, strlen(text)};
    bytes out = spliced(all, (size_t)(place - text), strlen(from), to, strlen(to));
    append_byte(&out, 0);
    out.length -= 1;
    return out;
}

static inline int same(bytes left, bytes right) {
    return left.length == right.length && memcmp(left.bytes, right.bytes, left.length) == 0;
}

/*
 * What the four functions of native pickles are for each object, without its type, so that one test can be made for all.
 */
typedef struct {
    cliquet_pickle_kind kind;
    cliquet_status (*to_pickle)(const void *, const cliquet_pickle_key *, const cliquet_random *, uint8_t *, size_t, size_t *);
    cliquet_status (*from_pickle)(const uint8_t *, size_t, const cliquet_pickle_key *, void **, cliquet_details *);
    cliquet_status (*write)(const void *, uint8_t *, size_t, size_t *);
    cliquet_status (*read)(const uint8_t *, size_t, void **, cliquet_details *);
    cliquet_status (*release)(void *);
} native;

#define NATIVE(type)                                                                                                  \
    static inline cliquet_status type##_to(const void *object, const cliquet_pickle_key *key,                         \
                                           const cliquet_random *random, uint8_t *pickle, size_t capacity,            \
                                           size_t *length) {                                                          \
        return cliquet_##type##_to_pickle((const cliquet_##type *)object, key, random, pickle, capacity, length);     \
    }                                                                                                                 \
    static inline cliquet_status type##_from(const uint8_t *pickle, size_t length, const cliquet_pickle_key *key,     \
                                             void **object, cliquet_details *details) {                               \
        cliquet_##type *made = NULL;                                                                                  \
        cliquet_status status =                                                                                       \
            cliquet_##type##_from_pickle(pickle, length, key, object == NULL ? NULL : &made, details);                \
        if (made != NULL) {                                                                                           \
            *object = made;                                                                                           \
        }                                                                                                             \
        return status;                                                                                                \
    }                                                                                                                 \
    static inline cliquet_status type##_write(const void *object, uint8_t *pickle, size_t capacity, size_t *length) { \
        return cliquet_##type##_to_pickle_without_encryption((const cliquet_##type *)object, pickle, capacity, length); \
    }                                                                                                                 \
    static inline cliquet_status type##_read(const uint8_t *pickle, size_t length, void **object,                     \
                                             cliquet_details *details) {                                              \
        cliquet_##type *made = NULL;                                                                                  \
        cliquet_status status = cliquet_##type##_from_pickle_without_encryption(                                      \
            pickle, length, object == NULL ? NULL : &made, details);                                                  \
        if (made != NULL) {                                                                                           \
            *object = made;                                                                                           \
        }                                                                                                             \
        return status;                                                                                                \
    }                                                                                                                 \
    static inline cliquet_status type##_release(void *object) {                                                       \
        return cliquet_##type##_free((cliquet_##type *)object);                                                       \
    }
NATIVE(account)
NATIVE(olm_session)
NATIVE(outbound_group_session)
NATIVE(inbound_group_session)
NATIVE(pk_decryption)
#undef NATIVE

#define NATIVE(KIND, type) {CLIQUET_PICKLE_KIND_##KIND, type##_to, type##_from, type##_write, type##_read, type##_release}
static const native ACCOUNTS = NATIVE(ACCOUNT, account);
static const native SESSIONS = NATIVE(SESSION, olm_session);
static const native OUTBOUND_SESSIONS = NATIVE(OUTBOUND_GROUP_SESSION, outbound_group_session);
static const native INBOUND_SESSIONS = NATIVE(INBOUND_GROUP_SESSION, inbound_group_session);
static const native PK_DECRYPTIONS = NATIVE(PK_DECRYPTION, pk_decryption);
#undef NATIVE

/* An object without encryption. */
static inline bytes plain_of(const native *of, const void *object) {
    size_t length = 0, written = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, of->write(object, NULL, 0, &length));
    bytes plain = room(length);
    OK(of->write(object, plain.bytes, length, &written));
    CHECK(written == length);
    return plain;
}

/* The object of bytes without encryption. */
static inline void *read_of(const native *of, bytes plain) {
    void *object = NULL;
    OK(of->read(plain.bytes, plain.length, &object, NULL));
    CHECK(object != NULL);
    return object;
}

/* The same of base64. */
static inline void *vector_of(const native *of, const char *base64) {
    bytes plain = decoded(base64);
    void *object = read_of(of, plain);
    free(plain.bytes);
    return object;
}

/* Whether an object is, without encryption, these bytes. */
static inline int is(const native *of, const void *object, bytes expected) {
    bytes plain = plain_of(of, object);
    int is_same = same(plain, expected);
    free(plain.bytes);
    return is_same;
}

#endif
