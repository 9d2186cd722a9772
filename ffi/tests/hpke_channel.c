/* The channel of MSC4388 in both directions. G shows its public key, S has read it. */
#include "check.h"

#define BYTES(text) (const uint8_t *)(text), strlen(text)
#define MESSAGE message, sizeof message, &length
#define PLAINTEXT plaintext, sizeof plaintext, &length, NULL

/* What is drawn, and what was made of it apart from the library. */
static const uint8_t SECRET_OF_G[32] = {0x8d, 0xe4, 0xb3, 0xd4, 0xb5, 0xef, 0x40, 0x75, 0x5a, 0x44, 0xe2, 0x22, 0x56, 0xe0, 0x99, 0x6e,
                                        0xfd, 0x32, 0xf9, 0xcf, 0x4d, 0xd2, 0x16, 0xb9, 0xef, 0x20, 0x5b, 0xbd, 0x34, 0x1b, 0xe2, 0x53};
static const uint8_t KEY_MATERIAL[32] = {0xc7, 0xb8, 0xe4, 0x9a, 0xae, 0x50, 0x1b, 0x43, 0x76, 0x53, 0xd9, 0x80, 0x2a, 0x36, 0xf8, 0x6a,
                                         0xfb, 0x76, 0x71, 0x61, 0xb2, 0xe2, 0x23, 0x5d, 0xa0, 0x8d, 0xe3, 0x66, 0xe5, 0xeb, 0x8d, 0x41};
static const uint8_t NONCE[32] = {0xb3, 0x06, 0x91, 0xbe, 0x5c, 0x06, 0x41, 0x87, 0xa6, 0x2b, 0x0f, 0xb9, 0x7e, 0x1e, 0x6b, 0x8e,
                                  0x95, 0x8d, 0xef, 0xf2, 0x58, 0x7a, 0xae, 0xcd, 0xb0, 0x08, 0xf9, 0x23, 0x36, 0x14, 0x01, 0x65};
static const uint8_t KEY_OF_G[32] = {0x0c, 0x79, 0x7a, 0x23, 0x85, 0x7a, 0x17, 0x37, 0xac, 0xc9, 0xc7, 0x94, 0x91, 0x38, 0xac, 0x3e,
                                     0x47, 0xe1, 0x7a, 0x9f, 0x0c, 0xf1, 0xd0, 0x79, 0xdc, 0x2e, 0x55, 0x3c, 0x7f, 0x01, 0xd1, 0x01};
static const uint8_t KEY_OF_S[32] = {0x96, 0xa4, 0x0c, 0x7b, 0x3e, 0x1b, 0xd3, 0x76, 0x71, 0x19, 0xbf, 0x6e, 0xe6, 0x37, 0x32, 0xc2,
                                     0x11, 0x4f, 0xe8, 0xc4, 0x3c, 0xca, 0x9d, 0x32, 0x18, 0xc3, 0x31, 0x72, 0xea, 0x98, 0x58, 0x17};
static const uint8_t CHECK_CODE[2] = {0x5e, 0x45};
#define FIRST "lqQMez4b03ZxGb9u5jcywhFP6MQ8yp0yGMMxcuqYWBfksc5Jb6r0NJrtILOwKfVNIZFe8gk"

/* A generator that hands out fixed bytes. */
static int32_t fill_fixed(void *context, uint8_t *bytes, size_t length) {
    CHECK(length == 32);
    memcpy(bytes, context, length);
    return 0;
}
static cliquet_random fixed(const uint8_t *bytes) {
    cliquet_random random = {fill_fixed, (void *)bytes};
    return random;
}

static void establish(cliquet_hpke_established_channel **g, cliquet_hpke_established_channel **s) {
    cliquet_random secret_of_g = fixed(SECRET_OF_G), key_material = fixed(KEY_MATERIAL), nonce = fixed(NONCE);
    cliquet_hpke_recipient *recipient = NULL;
    cliquet_hpke_unidirectional_sender_channel *sender_channel = NULL;
    cliquet_hpke_unidirectional_recipient_channel *recipient_channel = NULL;
    uint8_t plaintext[8];
    char message[128];
    size_t length = 0;
    OK(cliquet_hpke_recipient_new(&secret_of_g, &recipient));
    OK(cliquet_hpke_unidirectional_sender_channel_establish(KEY_OF_G, BYTES("hello"), BYTES("first"), &key_material, &sender_channel, MESSAGE));
    CHECK(strcmp(message, FIRST) == 0);
    OK(cliquet_hpke_recipient_establish_channel(recipient, TEXT(message), BYTES("first"), &recipient_channel, PLAINTEXT));
    OK(cliquet_hpke_unidirectional_recipient_channel_respond(recipient_channel, BYTES("yes"), BYTES("response"), &nonce, g, MESSAGE));
    OK(cliquet_hpke_unidirectional_sender_channel_receive_response(sender_channel, TEXT(message), BYTES("response"), s, PLAINTEXT));
    OK(cliquet_hpke_recipient_free(recipient));
    OK(cliquet_hpke_unidirectional_sender_channel_free(sender_channel));
    OK(cliquet_hpke_unidirectional_recipient_channel_free(recipient_channel));
}

/* What one end seals, the other opens, once. */
static void pass(cliquet_hpke_established_channel *from, cliquet_hpke_established_channel *to, const char *said, const char *data,
                 const char *wire) {
    uint8_t plaintext[32];
    char message[64];
    size_t length = 0, needed = strlen(wire);
#define SEAL cliquet_hpke_established_channel_seal
#define OPEN cliquet_hpke_established_channel_open
    make_untouched(message, sizeof message);
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_SHORT_BUFFER, SEAL(from, BYTES(said), BYTES(data), message, needed, &length));
    CHECK(length == needed);
    EXPECT(CLIQUET_NULL_POINTER, SEAL(NULL, BYTES(said), BYTES(data), MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, SEAL(from, NULL, 1, BYTES(data), MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, SEAL(from, BYTES(said), NULL, 1, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, SEAL(from, BYTES(said), BYTES(data), message, sizeof message, NULL));
    CHECK(is_untouched(message, sizeof message));
    OK(SEAL(from, BYTES(said), BYTES(data), message, needed + 1, &length));
    CHECK(length == needed && strcmp(message, wire) == 0);

    EXPECT(CLIQUET_BASE64, OPEN(to, TEXT("?"), NULL, 0, PLAINTEXT));
    EXPECT(CLIQUET_NOT_UTF8, OPEN(to, TEXT("\xff"), NULL, 0, PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, OPEN(to, TEXT(wire), BYTES("other"), PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, OPEN(to, NULL, 0, BYTES(data), PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, OPEN(from, TEXT(wire), BYTES(data), PLAINTEXT));
    EXPECT(CLIQUET_SHORT_BUFFER, OPEN(to, TEXT(wire), BYTES(data), plaintext, strlen(said) - 1, &length, NULL));
    CHECK(length == strlen(said));
    EXPECT(CLIQUET_NULL_POINTER, OPEN(NULL, TEXT(wire), BYTES(data), PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, OPEN(to, NULL, 1, BYTES(data), PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, OPEN(to, TEXT(wire), NULL, 1, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, OPEN(to, TEXT(wire), BYTES(data), plaintext, sizeof plaintext, NULL, NULL));
    CHECK(is_untouched(plaintext, sizeof plaintext));
    OK(OPEN(to, TEXT(wire), BYTES(data), plaintext, strlen(said), &length, NULL));
    CHECK(length == strlen(said));
    SAME_BYTES(plaintext, said, length);
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, OPEN(to, TEXT(wire), BYTES(data), PLAINTEXT));
}

/* Nothing can be said, too. */
static void pass_nothing(cliquet_hpke_established_channel *from, cliquet_hpke_established_channel *to) {
    char message[23];
    size_t length = 0;
    OK(SEAL(from, NULL, 0, NULL, 0, MESSAGE));
    CHECK(length == 22);
    OK(OPEN(to, TEXT(message), NULL, 0, NULL, 0, &length, NULL));
    CHECK(length == 0);
}

static void check_code(cliquet_hpke_established_channel *channel, int is_g) {
    uint8_t code[2], key[32];
    char digits[3], typed[3] = {0};
    size_t length = 0;
    bool matches = false;
#define TO_DIGITS cliquet_hpke_established_channel_check_code_to_digits
#define MATCHES cliquet_hpke_established_channel_check_code_matches
    OK(cliquet_hpke_established_channel_check_code(channel, code));
    SAME_BYTES(code, CHECK_CODE, 2);
    for (cliquet_digit_mode mode = CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO; mode <= CLIQUET_DIGIT_MODE_NO_LEADING_ZERO; mode++) {
        typed[0] = (char)('0' + (mode == CLIQUET_DIGIT_MODE_NO_LEADING_ZERO ? code[0] % 9 + 1 : code[0] % 10));
        typed[1] = (char)('0' + code[1] % 10);
        OK(TO_DIGITS(channel, mode, digits, sizeof digits, &length));
        CHECK(length == 2 && strcmp(digits, typed) == 0);
        OK(MATCHES(channel, TEXT(typed), mode, &matches));
        CHECK(matches);
        OK(MATCHES(channel, TEXT(typed), 3 - mode, &matches));
        CHECK(!matches);
        typed[1] ^= 1;
        matches = true;
        OK(MATCHES(channel, TEXT(typed), mode, &matches));
        CHECK(!matches);
    }
    make_untouched(code, sizeof code);
    make_untouched(digits, sizeof digits);
    EXPECT(CLIQUET_SHORT_BUFFER, TO_DIGITS(channel, 1, digits, 2, &length));
    CHECK(length == 2);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, TO_DIGITS(channel, 3, digits, sizeof digits, &length));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, MATCHES(channel, TEXT("44"), 0, &matches));
    EXPECT(CLIQUET_NOT_UTF8, MATCHES(channel, TEXT("\xff"), 1, &matches));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_established_channel_check_code(channel, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_established_channel_check_code(NULL, code));
    EXPECT(CLIQUET_NULL_POINTER, TO_DIGITS(channel, 1, digits, sizeof digits, NULL));
    EXPECT(CLIQUET_NULL_POINTER, TO_DIGITS(NULL, 1, digits, sizeof digits, &length));
    EXPECT(CLIQUET_NULL_POINTER, MATCHES(NULL, TEXT("44"), 1, &matches));
    EXPECT(CLIQUET_NULL_POINTER, MATCHES(channel, NULL, 1, 1, &matches));
    EXPECT(CLIQUET_NULL_POINTER, MATCHES(channel, TEXT("44"), 1, NULL));
    CHECK(!matches && is_untouched(code, sizeof code) && is_untouched(digits, sizeof digits));

    OK(cliquet_hpke_established_channel_our_public_key(channel, key));
    SAME_BYTES(key, is_g ? KEY_OF_G : KEY_OF_S, 32);
    OK(cliquet_hpke_established_channel_their_public_key(channel, key));
    SAME_BYTES(key, is_g ? KEY_OF_S : KEY_OF_G, 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_established_channel_our_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_established_channel_our_public_key(channel, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_established_channel_their_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_established_channel_their_public_key(channel, NULL));
}

static void misused(cliquet_hpke_established_channel *wrong) {
    uint8_t plaintext[32];
    char message[64];
    size_t length = 0;
    bool matches = true;
    EXPECT(CLIQUET_WRONG_HANDLE, SEAL(wrong, NULL, 0, NULL, 0, MESSAGE));
    EXPECT(CLIQUET_WRONG_HANDLE, OPEN(wrong, NULL, 0, NULL, 0, PLAINTEXT));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_established_channel_check_code(wrong, plaintext));
    EXPECT(CLIQUET_WRONG_HANDLE, TO_DIGITS(wrong, 1, MESSAGE));
    EXPECT(CLIQUET_WRONG_HANDLE, MATCHES(wrong, TEXT("44"), 1, &matches));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_established_channel_our_public_key(wrong, plaintext));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_established_channel_their_public_key(wrong, plaintext));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_established_channel_free(wrong));
    CHECK(matches);
}

/* The bytes of a message: those of the key of S come first. */
static void message_bytes(void) {
    uint8_t bytes[53];
    char message[72];
    size_t length = 0;
    OK(cliquet_hpke_message_to_bytes(TEXT(FIRST), bytes, sizeof bytes, &length, NULL));
    CHECK(length == 53);
    SAME_BYTES(bytes, KEY_OF_S, 32);
    OK(cliquet_hpke_message_from_bytes(bytes, length, MESSAGE));
    CHECK(length == strlen(FIRST) && strcmp(message, FIRST) == 0);

    make_untouched(bytes, sizeof bytes);
    make_untouched(message, sizeof message);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_hpke_message_to_bytes(TEXT(FIRST), bytes, 52, &length, NULL));
    CHECK(length == 53);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_hpke_message_from_bytes(KEY_OF_S, 32, message, 43, &length));
    CHECK(length == 43);
    EXPECT(CLIQUET_BASE64, cliquet_hpke_message_to_bytes(TEXT("?"), bytes, sizeof bytes, &length, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_hpke_message_to_bytes(TEXT("\xff"), bytes, sizeof bytes, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_message_to_bytes(NULL, 1, bytes, sizeof bytes, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_message_to_bytes(TEXT(FIRST), bytes, sizeof bytes, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_message_from_bytes(NULL, 1, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_message_from_bytes(KEY_OF_S, 32, message, sizeof message, NULL));
    CHECK(is_untouched(bytes, sizeof bytes) && is_untouched(message, sizeof message));
}

int main(void) {
    cliquet_hpke_established_channel *g = NULL, *s = NULL;
    establish(&g, &s);
    check_code(g, 1);
    check_code(s, 0);
    pass_nothing(s, g);
    pass_nothing(g, s);
    pass(s, g, "a", "further", "Vo/r7La8HvMIBL+70ZCITW4");
    pass(g, s, "b", "further", "z44BmH9AzwMlGmruOT6CZKc");
    message_bytes();

    cliquet_hpke_recipient *other = NULL;
    OK(cliquet_hpke_recipient_new(NULL, &other));
    misused((cliquet_hpke_established_channel *)other);
    OK(cliquet_hpke_recipient_free(other));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_recipient_free((cliquet_hpke_recipient *)g));
    OK(cliquet_hpke_established_channel_free(s));
    OK(cliquet_hpke_established_channel_free(g));
    OK(cliquet_hpke_established_channel_free(NULL));
    return 0;
}
