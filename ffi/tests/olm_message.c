/* Olm messages: reading, writing, what can be seen of them, and everything that is no message. */
#include "olm.h"

/* The parts of both messages: a normal one lies at 105 of a pre-key one. */
enum { INNER = 105, LONGEST = 256 };

/* libolm wrote both in one conversation. */
static const char *const PRE_KEY = "AwogCCZK5pC0Edjj7eQPhxklheoRSggnRKd2EFqsBeqxBS4SIE1bq4mwcz2djc7PBPMhyQt2G3dlpr2yvdv60+er3x9mGiB/iIyVM5TVg5+i9dYJ"
                                   "4wyN4Gxzq9WqoMT/tdB4eDahVCI/AwogieMHFvjUrkJ2fRNNGbAvnnc4o7V6sIeHLNBtZRYH21cQACIQ7vC88vkZE/1lJYfk+0ZkxDV/elhxcPsW";
static const char *const NORMAL = "AwogYJC4c2IZGSXvydz8wDvZ4XBm6fehtB0PZEE7pgdVhxwQACIQ8VbaKhlX0jipgFtZDEEmB1ymdiAE89B1";

static const char *const VERSION_2 =
    "040a20808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f10002210c3ea07dcc36ef77b001fa89d7e5ef940"
    "d42b4c9da9a7ce16b61699603e2a6db815eb6caea341c2d2e89c14f4aa0956e3";

static void base64_of(const uint8_t *bytes, size_t length, char *text) {
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t group = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < length; i++) {
        group = group << 8 | bytes[i];
        for (bits += 8; bits >= 6; bits -= 6) {
            *text++ = ALPHABET[group >> (bits - 6) & 63];
        }
    }
    if (bits > 0) {
        *text++ = ALPHABET[group << (6 - bits) & 63];
    }
    *text = 0;
}

/* Both readers must refuse the bytes with this status and these figures, and write no message. */
#define NO_READING(status, ...) NO_READING_NAMED(status, #status, __VA_ARGS__)
#define NO_READING_NAMED(status, name, type, bytes, bytes_length, found, limit)                                       \
    do {                                                                                                              \
        cliquet_olm_message *none = NULL;                                                                             \
        cliquet_details details;                                                                                      \
        char text[2 * LONGEST];                                                                                       \
        EXPECT_NAMED(status, name, cliquet_olm_message_from_bytes(type, bytes, bytes_length, &none, &details));                   \
        DETAILS(details, found, limit);                                                                               \
        base64_of(bytes, bytes_length, text);                                                                         \
        EXPECT_NAMED(status, name, cliquet_olm_message_from_base64(type, TEXT(text), &none, &details));                           \
        DETAILS(details, found, limit);                                                                               \
        CHECK(none == NULL);                                                                                          \
    } while (0)

typedef struct {
    uint8_t bytes[LONGEST];
    size_t length;
} buffer;

/* The wire bytes with `removed` of them exchanged for others. */
static buffer spliced(const buffer *original, size_t position, size_t removed, const char *hex) {
    buffer changed;
    size_t added = strlen(hex) / 2, rest = original->length - position - removed;
    memcpy(changed.bytes, original->bytes, position);
    from_hex(hex, changed.bytes + position);
    memcpy(changed.bytes + position + added, original->bytes + position + removed, rest);
    changed.length = position + added + rest;
    CHECK(changed.length <= LONGEST);
    return changed;
}

#define NO_READING_SPLICED(status, ...) NO_READING_SPLICED_NAMED(status, #status, __VA_ARGS__)
#define NO_READING_SPLICED_NAMED(status, name, type, original, position, removed, hex, found, limit)                  \
    do {                                                                                                              \
        buffer changed = spliced(original, position, removed, hex);                                                   \
        NO_READING_NAMED(status, name, type, changed.bytes, changed.length, found, limit);                                        \
    } while (0)

static cliquet_olm_message *from_text(cliquet_message_type type, const char *body) {
    cliquet_olm_message *message = NULL;
    cliquet_details details;
    make_untouched(&details, sizeof details);
    OK(cliquet_olm_message_from_base64(type, TEXT(body), &message, &details));
    CHECK(message != NULL && is_untouched(&details, sizeof details));
    return message;
}

static buffer wire_of(cliquet_message_type type, const char *body) {
    buffer result;
    cliquet_olm_message *message = from_text(type, body);
    result.length = wire(message, result.bytes, LONGEST);
    OK(cliquet_olm_message_free(message));
    return result;
}

static void what_a_message_says(void) {
    cliquet_olm_message *messages[] = {from_text(CLIQUET_MESSAGE_TYPE_PRE_KEY, PRE_KEY),
                                       from_text(CLIQUET_MESSAGE_TYPE_NORMAL, NORMAL), NULL};
    uint8_t bytes[LONGEST], ciphertext[LONGEST], key[32], expected[LONGEST];
    from_hex(VERSION_2, bytes);
    OK(cliquet_olm_message_from_bytes(CLIQUET_MESSAGE_TYPE_NORMAL, bytes, 87, &messages[2], NULL));
    const char *ratchet_keys[] = {"89e30716f8d4ae42767d134d19b02f9e7738a3b57ab087872cd06d651607db57",
                                  "6090b87362191925efc9dcfcc03bd9e17066e9f7a1b41d0f64413ba60755871c",
                                  "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"};
    const char *ciphertexts[] = {"eef0bcf2f91913fd652587e4fb4664c4", "f156da2a1957d238a9805b590c412607",
                                 "c3ea07dcc36ef77b001fa89d7e5ef940"};
    const size_t lengths[] = {168, 63, 87};
    for (size_t i = 0; i < 3; i++) {
        cliquet_message_type type = 9;
        cliquet_version version = 9;
        uint32_t chain_index = 9;
        size_t length = 0, most = 0;
        OK(cliquet_olm_message_type(messages[i], &type));
        CHECK(type == (i == 0 ? CLIQUET_MESSAGE_TYPE_PRE_KEY : CLIQUET_MESSAGE_TYPE_NORMAL));
        OK(cliquet_olm_message_version(messages[i], &version));
        CHECK(version == (i == 2 ? CLIQUET_VERSION_2 : CLIQUET_VERSION_1));
        OK(cliquet_olm_message_chain_index(messages[i], &chain_index));
        CHECK(chain_index == 0);
        OK(cliquet_olm_message_ratchet_key(messages[i], key));
        from_hex(ratchet_keys[i], expected);
        SAME_BYTES(key, expected, 32);
        OK(cliquet_olm_message_ciphertext(messages[i], ciphertext, 16, &length));
        from_hex(ciphertexts[i], expected);
        CHECK(length == 16);
        SAME_BYTES(ciphertext, expected, 16);
        OK(cliquet_olm_message_max_plaintext_length(messages[i], &most));
        CHECK(most == 15);
        CHECK(wire(messages[i], bytes, LONGEST) == lengths[i]);
        cliquet_olm_message *again = read_message(type, bytes, lengths[i]);
        CHECK(wire(again, expected, LONGEST) == lengths[i]);
        SAME_BYTES(bytes, expected, lengths[i]);
        OK(cliquet_olm_message_free(again));
    }
    char body[LONGEST];
    size_t length = 0;
    OK(cliquet_olm_message_to_base64(messages[0], body, sizeof body, &length));
    CHECK(length == strlen(PRE_KEY) && strcmp(body, PRE_KEY) == 0);
    OK(cliquet_olm_message_to_base64(messages[1], body, sizeof body, &length));
    CHECK(length == strlen(NORMAL) && strcmp(body, NORMAL) == 0);

    cliquet_olm_session_keys keys;
    OK(cliquet_olm_message_session_keys(messages[0], &keys, NULL));
    wire(messages[0], bytes, LONGEST);
    SAME_BYTES(keys.one_time_key, bytes + 3, 32);
    SAME_BYTES(keys.base_key, bytes + 37, 32);
    SAME_BYTES(keys.identity_key, bytes + 71, 32);
    make_untouched(&keys, sizeof keys);
    EXPECT(CLIQUET_MESSAGE_TYPE, cliquet_olm_message_session_keys(messages[1], &keys, NULL));
    CHECK(is_untouched(&keys, sizeof keys));
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_olm_message_free(messages[i]));
    }
}

/* A pre-key message is of version 3 outside whatever is in it. */
static void a_pre_key_message_of_version_2(void) {
    parties both = meet(CLIQUET_VERSION_2, NULL);
    cliquet_olm_message *message = encrypt(both.hers, "");
    cliquet_version version = 0;
    uint8_t bytes[LONGEST];
    OK(cliquet_olm_message_version(message, &version));
    CHECK(version == CLIQUET_VERSION_2);
    CHECK(wire(message, bytes, LONGEST) == 192 && bytes[0] == 3 && bytes[INNER] == 4);
    OK(cliquet_olm_message_free(message));
    part(both);
}

/* Indices of every length, and a ciphertext so long that its length takes two bytes. */
static void long_fields(void) {
    uint8_t key[32], bytes[512];
    sequence(1, key, 32);
    const uint32_t indices[] = {0, 127, 128, 300, 16383, 16384, 0x7fffffff, 0xffffffff};
    for (size_t i = 0; i < sizeof indices / sizeof indices[0]; i++) {
        uint32_t chain_index = 0;
        cliquet_olm_message *message = forged(key, indices[i]);
        OK(cliquet_olm_message_chain_index(message, &chain_index));
        CHECK(chain_index == indices[i]);
        OK(cliquet_olm_message_free(message));
    }
    memset(bytes, 7, sizeof bytes);
    forge(key, 300, bytes);
    CHECK(bytes[36] == 0xac && bytes[37] == 2);
    bytes[39] = 0x90; /* 16 + 128 */
    bytes[40] = 1;
    cliquet_olm_message *message = read_message(CLIQUET_MESSAGE_TYPE_NORMAL, bytes, 41 + 144 + 8);
    size_t length = 0;
    OK(cliquet_olm_message_ciphertext(message, bytes, sizeof bytes, &length));
    CHECK(length == 144);
    OK(cliquet_olm_message_max_plaintext_length(message, &length));
    CHECK(length == 143);
    OK(cliquet_olm_message_free(message));
}

static void bodies_that_are_no_base64(void) {
    cliquet_olm_message *message = NULL;
    cliquet_details details;
    char body[LONGEST];
    const char *const bad[] = {"?", "A", "AAAAA", "Aw og", "AwogYJC4\n", "AwogYJC4=", "AwogYJC4====", "=", "A-_A", "AB", "AAB"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EXPECT(CLIQUET_BASE64, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, TEXT(bad[i]), &message, &details));
        DETAILS(details, 0, 0);
        EXPECT(CLIQUET_BASE64, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_PRE_KEY, TEXT(bad[i]), &message, &details));
        DETAILS(details, 0, 0);
    }
    strcpy(body, NORMAL);
    body[40] = 0; /* a zero is no end: the length says where that is */
    EXPECT(CLIQUET_BASE64, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, body, strlen(NORMAL), &message, NULL));
    EXPECT(CLIQUET_TRUNCATED, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, body, 40, &message, NULL));
    EXPECT(CLIQUET_TRUNCATED, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, NULL, 0, &message, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, TEXT("Awog\xff"), &message, &details));
    DETAILS(details, 0, 0);
    CHECK(message == NULL);

    /* Padding may be there, if it is right: 63 bytes need none, and 64 need two. */
    uint8_t bytes[72], key[32] = {9};
    size_t length = forge(key, 300, bytes);
    CHECK(length == 64);
    base64_of(bytes, length, body);
    OK(cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, TEXT(body), &message, NULL));
    OK(cliquet_olm_message_free(message));
    strcat(body, "=");
    message = NULL;
    EXPECT(CLIQUET_BASE64, cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, TEXT(body), &message, NULL));
    CHECK(message == NULL);
    strcat(body, "=");
    OK(cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, TEXT(body), &message, NULL));
    OK(cliquet_olm_message_free(message));
}

static void no_type(void) {
    cliquet_olm_message *message = NULL;
    cliquet_details details;
    buffer normal = wire_of(CLIQUET_MESSAGE_TYPE_NORMAL, NORMAL);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_olm_message_from_base64(2, TEXT(NORMAL), &message, &details));
    DETAILS(details, 2, 0);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT,
           cliquet_olm_message_from_bytes(UINT32_MAX, normal.bytes, normal.length, &message, &details));
    DETAILS(details, UINT32_MAX, 0);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_olm_message_from_base64(2, NULL, 0, &message, NULL));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_olm_message_from_bytes(2, NULL, 0, &message, NULL));
    CHECK(message == NULL);
}

static void bytes_that_are_no_normal_message(void) {
    const cliquet_message_type type = CLIQUET_MESSAGE_TYPE_NORMAL;
    buffer normal = wire_of(type, NORMAL);
    for (size_t length = 0; length < normal.length; length++) {
        NO_READING(CLIQUET_TRUNCATED, type, normal.bytes, length, 0, 0);
    }
    NO_READING_SPLICED(CLIQUET_TRAILING_BYTES, type, &normal, 63, 0, "00", 0, 0);
    NO_READING_SPLICED(CLIQUET_UNSUPPORTED_VERSION, type, &normal, 0, 1, "02", 2, 0);
    NO_READING_SPLICED(CLIQUET_UNSUPPORTED_VERSION, type, &normal, 0, 1, "05", 5, 0);
    NO_READING_SPLICED(CLIQUET_UNSUPPORTED_VERSION, type, &normal, 0, 1, "ff", 255, 0);
    /* The version says how long the MAC is. */
    NO_READING_SPLICED(CLIQUET_TRUNCATED, type, &normal, 0, 1, "04", 0, 0);
    buffer version_2;
    from_hex(VERSION_2, version_2.bytes);
    version_2.length = 87;
    NO_READING_SPLICED(CLIQUET_TRAILING_BYTES, type, &version_2, 0, 1, "03", 0, 0);

    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &normal, 1, 1, "10", 0x10, 0x0a);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &normal, 1, 34, "", 0x10, 0x0a);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &normal, 35, 2, "", 0x22, 0x10);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &normal, 37, 0, "1000", 0x10, 0x22);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &normal, 37, 0, "1a00", 0x1a, 0x22);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &normal, 37, 0, "ff", 0xff, 0x22);

    NO_READING_SPLICED(CLIQUET_LENGTH, type, &normal, 2, 1, "1f", 31, 32);
    NO_READING_SPLICED(CLIQUET_LENGTH, type, &normal, 2, 1, "21", 33, 32);
    NO_READING_SPLICED(CLIQUET_LENGTH, type, &normal, 2, 1, "00", 0, 32);
    NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &normal, 2, 1, "a000", 0, 0);
    NO_READING_SPLICED(CLIQUET_INTEGER_TOO_LARGE, type, &normal, 2, 1, "ffffffffffffffffff02", 0, 0);

    NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &normal, 36, 1, "8000", 0, 0);
    NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &normal, 36, 1, "8080808080808080808000", 0, 0);
    NO_READING_SPLICED(CLIQUET_INTEGER_TOO_LARGE, type, &normal, 36, 1, "8080808010", 0, 0);
    NO_READING_SPLICED(CLIQUET_INTEGER_TOO_LARGE, type, &normal, 36, 1, "ffffffffffffffffff01", 0, 0);

    NO_READING_SPLICED(CLIQUET_CIPHERTEXT_LENGTH, type, &normal, 38, 17, "00", 0, 0);
    NO_READING_SPLICED(CLIQUET_CIPHERTEXT_LENGTH, type, &normal, 38, 2, "0f", 15, 0);
    NO_READING_SPLICED(CLIQUET_CIPHERTEXT_LENGTH, type, &normal, 38, 1, "1100", 17, 0);
    NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &normal, 38, 1, "9000", 0, 0);
    NO_READING_SPLICED(CLIQUET_TRUNCATED, type, &normal, 38, 1, "19", 0, 0);
    NO_READING_SPLICED(CLIQUET_TRUNCATED, type, &normal, 38, 1, "ffffffffffffffffff01", 0, 0);
    NO_READING_SPLICED(CLIQUET_INTEGER_TOO_LARGE, type, &normal, 38, 1, "ffffffffffffffffff7f", 0, 0);
    NO_READING_SPLICED(CLIQUET_TRAILING_BYTES, type, &normal, 38, 17, "10000102030405060708090a0b0c0d0e0fff", 0, 0);
}

static void bytes_that_are_no_pre_key_message(void) {
    const cliquet_message_type type = CLIQUET_MESSAGE_TYPE_PRE_KEY;
    buffer message = wire_of(type, PRE_KEY);
    for (size_t length = 0; length < message.length; length++) {
        NO_READING(CLIQUET_TRUNCATED, type, message.bytes, length, 0, 0);
    }
    NO_READING_SPLICED(CLIQUET_TRAILING_BYTES, type, &message, 168, 0, "00", 0, 0);
    NO_READING_SPLICED(CLIQUET_UNSUPPORTED_VERSION, type, &message, 0, 1, "02", 2, 0);
    NO_READING_SPLICED(CLIQUET_UNSUPPORTED_VERSION, type, &message, 0, 1, "04", 4, 0);
    NO_READING_SPLICED(CLIQUET_UNSUPPORTED_VERSION, type, &message, INNER, 1, "05", 5, 0);
    const size_t keys[] = {1, 35, 69};
    const uint64_t tags[] = {0x0a, 0x12, 0x1a, 0x22};
    for (size_t i = 0; i < 3; i++) {
        /* Of another field, missing, there twice, of another length. */
        NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &message, keys[i], 1, "2a", 0x2a, tags[i]);
        NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &message, keys[i], 34, "", tags[i + 1], tags[i]);
        buffer twice = message;
        memmove(twice.bytes + keys[i] + 34, message.bytes + keys[i], message.length - keys[i]);
        NO_READING(CLIQUET_UNEXPECTED_FIELD, type, twice.bytes, message.length + 34, tags[i], tags[i + 1]);
        NO_READING_SPLICED(CLIQUET_LENGTH, type, &message, keys[i] + 1, 1, "1f", 31, 32);
        NO_READING_SPLICED(CLIQUET_LENGTH, type, &message, keys[i] + 1, 1, "a001", 160, 32);
        NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &message, keys[i] + 1, 1, "a080808000", 0, 0);
    }
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &message, 103, 1, "0a", 0x0a, 0x22);
    NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &message, 104, 1, "bf00", 0, 0);

    /* What is inside is read as strictly, and fills its field. */
    NO_READING_SPLICED(CLIQUET_TRUNCATED, type, &message, 104, 64, "00", 0, 0);
    buffer shorter = message;
    shorter.length -= 1;
    NO_READING_SPLICED(CLIQUET_TRUNCATED, type, &shorter, 104, 1, "3e", 0, 0);
    NO_READING_SPLICED(CLIQUET_TRAILING_BYTES, type, &message, 104, 1, "3e", 0, 0);
    buffer longer = spliced(&message, 104, 1, "40");
    NO_READING_SPLICED(CLIQUET_TRAILING_BYTES, type, &longer, 168, 0, "00", 0, 0);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &message, INNER + 35, 1, "08", 8, 0x10);
    NO_READING_SPLICED(CLIQUET_LENGTH, type, &message, INNER + 2, 1, "40", 64, 32);
    longer = spliced(&message, 104, 1, "3e");
    NO_READING_SPLICED(CLIQUET_CIPHERTEXT_LENGTH, type, &longer, INNER + 38, 2, "0f", 15, 0);
    longer = spliced(&message, 104, 1, "43");
    NO_READING_SPLICED(CLIQUET_INTEGER_TOO_LARGE, type, &longer, INNER + 36, 1, "8080808010", 0, 0);
    longer = spliced(&message, 104, 1, "40");
    NO_READING_SPLICED(CLIQUET_NON_CANONICAL_VARINT, type, &longer, INNER + 36, 1, "8000", 0, 0);
    /* One type is not read as the other. */
    NO_READING(CLIQUET_UNEXPECTED_FIELD, CLIQUET_MESSAGE_TYPE_NORMAL, message.bytes, message.length, 0x12, 0x10);
    NO_READING_SPLICED(CLIQUET_UNEXPECTED_FIELD, type, &message, 0, INNER, "", 0x10, 0x12);
}

static void short_buffers(void) {
    cliquet_olm_message *message = from_text(CLIQUET_MESSAGE_TYPE_NORMAL, NORMAL);
    uint8_t bytes[64];
    char body[85];
    size_t length = 0;
    make_untouched(bytes, sizeof bytes);
    make_untouched(body, sizeof body);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_message_to_bytes(message, bytes, 62, &length));
    CHECK(length == 63);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_message_to_bytes(message, NULL, 0, &length));
    CHECK(length == 63);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_message_ciphertext(message, bytes, 15, &length));
    CHECK(length == 16);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_message_ciphertext(message, NULL, 0, &length));
    CHECK(length == 16);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_message_to_base64(message, body, 84, &length));
    CHECK(length == 84);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_message_to_base64(message, NULL, 0, &length));
    CHECK(length == 84 && is_untouched(bytes, sizeof bytes) && is_untouched(body, sizeof body));
    OK(cliquet_olm_message_to_bytes(message, bytes, 63, &length));
    CHECK(length == 63 && is_untouched(bytes + 63, 1));
    make_untouched(bytes, sizeof bytes);
    OK(cliquet_olm_message_ciphertext(message, bytes, 16, &length));
    CHECK(length == 16 && is_untouched(bytes + 16, 48));
    OK(cliquet_olm_message_to_base64(message, body, 85, &length));
    CHECK(length == 84 && strcmp(body, NORMAL) == 0);
    OK(cliquet_olm_message_free(message));
}

int main(void) {
    what_a_message_says();
    a_pre_key_message_of_version_2();
    long_fields();
    bodies_that_are_no_base64();
    no_type();
    bytes_that_are_no_normal_message();
    bytes_that_are_no_pre_key_message();
    short_buffers();
    return 0;
}
