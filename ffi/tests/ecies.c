/* The channel of MSC4108. G shows its public key, S has read it. */
#include "check.h"

/* Secret keys are counted bytes, G's from 1 on, S's from 33 on. What is on the wire was made by vodozemac, or by OpenSSL. */
static const uint8_t KEY_OF_G[32] = {0x07, 0xa3, 0x7c, 0xbc, 0x14, 0x20, 0x93, 0xc8, 0xb7, 0x55, 0xdc, 0x1b, 0x10, 0xe8, 0x6c, 0xb4,
                                     0x26, 0x37, 0x4a, 0xd1, 0x6a, 0xa8, 0x53, 0xed, 0x0b, 0xdf, 0xc0, 0xb2, 0xb8, 0x6d, 0x1c, 0x7c};
static const uint8_t KEY_OF_S[32] = {0x58, 0x69, 0xaf, 0xf4, 0x50, 0x54, 0x97, 0x32, 0xcb, 0xaa, 0xed, 0x5e, 0x5d, 0xf9, 0xb3, 0x0a,
                                     0x6d, 0xa3, 0x1c, 0xb0, 0xe5, 0x74, 0x2b, 0xad, 0x5a, 0xd4, 0xa1, 0xa7, 0x68, 0xf1, 0xa6, 0x7b};
static const uint8_t SMALL_ORDER[32] = {0};
#define BASE64_OF_S "WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns"
#define INITIAL "3TLkcy2jI+nlOPisFZzLMMp5/1lC|" BASE64_OF_S
#define ANSWER "DZsvHfsDJa/Dm2N5KmkPE67QZmMm5Q"
#define SECOND "KYRf3NgHlvGuECvgDo+QAxTAYjJvYQ"
#define BYTES(text) (const uint8_t *)(text), strlen(text)

/* A generator that hands out fixed bytes. */
static int32_t fill_fixed(void *context, uint8_t *bytes, size_t length) {
    memcpy(bytes, context, length);
    return 0;
}

static void make(cliquet_ecies **g, cliquet_ecies **s) {
    uint8_t seed = 1, key[32];
    cliquet_random counting = {fill_counting, &seed};
    OK(cliquet_ecies_new(&counting, g));
    OK(cliquet_ecies_with_info(TEXT("MATRIX_QR_CODE_LOGIN"), &counting, s));
    OK(cliquet_ecies_public_key(*g, key));
    SAME_BYTES(key, KEY_OF_G, 32);
    OK(cliquet_ecies_public_key(*s, key));
    SAME_BYTES(key, KEY_OF_S, 32);
}

static void key_pairs(void) {
    cliquet_ecies *g = NULL, *s = NULL, *none = NULL;
    uint8_t key[32];
    make(&g, &s);
    make_untouched(key, 32);
    EXPECT(CLIQUET_RANDOM, cliquet_ecies_new(&FAILING, &none));
    EXPECT(CLIQUET_RANDOM, cliquet_ecies_with_info(TEXT(""), &FAILING, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_ecies_with_info(TEXT("\xff"), NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_with_info(NULL, 1, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_with_info(TEXT(""), NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_new(NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_public_key(g, NULL));
    CHECK(none == NULL && is_untouched(key, 32));
    OK(cliquet_ecies_free(g));
    OK(cliquet_ecies_free(s));
    OK(cliquet_ecies_new(NULL, &g));
    OK(cliquet_ecies_free(g));
    OK(cliquet_ecies_free(NULL));
}

static cliquet_unanswered_ecies *send_first(cliquet_ecies *s) {
    cliquet_unanswered_ecies *channel = NULL;
    char message[73];
    size_t length = 0;
    make_untouched(message, sizeof message);
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY,
           cliquet_ecies_establish_outbound_channel(s, SMALL_ORDER, BYTES("hello"), &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), &channel, message, 72, &length));
    CHECK(length == 72);
    EXPECT(CLIQUET_NULL_POINTER,
           cliquet_ecies_establish_outbound_channel(NULL, KEY_OF_G, BYTES("hello"), &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER,
           cliquet_ecies_establish_outbound_channel(s, NULL, BYTES("hello"), &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, NULL, 1, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), NULL, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), &channel, message, sizeof message, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), &channel, NULL, 73, &length));
    CHECK(channel == NULL && is_untouched(message, sizeof message));

    OK(cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), &channel, message, sizeof message, &length));
    CHECK(length == 72 && strcmp(message, INITIAL) == 0);
    cliquet_unanswered_ecies *none = NULL;
    uint8_t key[32];
    make_untouched(message, sizeof message);
    make_untouched(key, 32);
    EXPECT(CLIQUET_USED_UP, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), &none, message, sizeof message, &length));
    EXPECT(CLIQUET_USED_UP, cliquet_ecies_establish_outbound_channel(s, KEY_OF_G, BYTES("hello"), &none, NULL, 0, &length));
    EXPECT(CLIQUET_USED_UP, cliquet_ecies_public_key(s, key));
    CHECK(none == NULL && is_untouched(message, sizeof message) && is_untouched(key, 32));
    return channel;
}

static cliquet_established_ecies *receive_first(cliquet_ecies *g) {
    cliquet_established_ecies *channel = NULL;
    cliquet_details details;
    uint8_t plaintext[6];
    size_t length = 0;
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_MISSING_SEPARATOR, cliquet_ecies_establish_inbound_channel(g, TEXT(ANSWER), &channel, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_BASE64, cliquet_ecies_establish_inbound_channel(g, TEXT("?|" BASE64_OF_S), &channel, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_LENGTH, cliquet_ecies_establish_inbound_channel(g, TEXT("AAAA|AAAA"), &channel, plaintext, 5, &length, &details));
    CHECK(details.found == 3 && details.limit == 32);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_ecies_establish_inbound_channel(g, TEXT("\xff|"), &channel, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY,
           cliquet_ecies_establish_inbound_channel(g, TEXT("x87KA9/1asybdzUM1/X0AcjzwAJj|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &channel,
                                                   plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED,
           cliquet_ecies_establish_inbound_channel(g, TEXT("3TLkcy2jI+nlOPisFZzLMMp5/1lD|" BASE64_OF_S), &channel, plaintext, 5, &length, NULL));
    /* No room for a tag, and none is needed to refuse that. */
    EXPECT(CLIQUET_AUTHENTICATION_FAILED,
           cliquet_ecies_establish_inbound_channel(g, TEXT("3TLkcy2jI+nlOPisFZzL|" BASE64_OF_S), &channel, NULL, 0, &length, NULL));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_ecies_establish_inbound_channel(g, TEXT(INITIAL), &channel, plaintext, 4, &length, &details));
    CHECK(length == 5 && details.found == 4 && details.limit == 5);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_inbound_channel(NULL, TEXT(INITIAL), &channel, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_inbound_channel(g, NULL, 1, &channel, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_inbound_channel(g, TEXT(INITIAL), NULL, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_inbound_channel(g, TEXT(INITIAL), &channel, NULL, 5, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_ecies_establish_inbound_channel(g, TEXT(INITIAL), &channel, plaintext, 5, NULL, NULL));
    CHECK(channel == NULL && is_untouched(plaintext, sizeof plaintext));

    OK(cliquet_ecies_establish_inbound_channel(g, TEXT(INITIAL), &channel, plaintext, 5, &length, NULL));
    CHECK(length == 5 && is_untouched(plaintext + 5, 1));
    SAME_BYTES(plaintext, "hello", 5);
    cliquet_established_ecies *none = NULL;
    EXPECT(CLIQUET_USED_UP, cliquet_ecies_establish_inbound_channel(g, TEXT(INITIAL), &none, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE,
           cliquet_ecies_establish_inbound_channel((cliquet_ecies *)channel, TEXT(INITIAL), &none, plaintext, 5, &length, NULL));
    CHECK(none == NULL);
    return channel;
}

static void encrypt(cliquet_established_ecies *channel, const char *plaintext, const char *expected) {
    char message[64];
    size_t length = 0, needed = strlen(expected);
    make_untouched(message, sizeof message);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_established_ecies_encrypt(channel, BYTES(plaintext), message, needed, &length));
    CHECK(length == needed && is_untouched(message, sizeof message));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_encrypt(channel, NULL, 1, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_encrypt(NULL, BYTES(plaintext), message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_encrypt(channel, BYTES(plaintext), message, sizeof message, NULL));
    CHECK(is_untouched(message, sizeof message));
    OK(cliquet_established_ecies_encrypt(channel, BYTES(plaintext), message, needed + 1, &length));
    CHECK(length == needed && strcmp(message, expected) == 0);
}

static cliquet_established_ecies *receive_answer(cliquet_unanswered_ecies *channel) {
    cliquet_established_ecies *established = NULL;
    uint8_t plaintext[6];
    size_t length = 0;
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_BASE64, cliquet_unanswered_ecies_receive_answer(channel, TEXT("?"), &established, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_unanswered_ecies_receive_answer(channel, TEXT("\xff"), &established, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_unanswered_ecies_receive_answer(channel, TEXT(SECOND), &established, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_unanswered_ecies_receive_answer(channel, TEXT(ANSWER), &established, plaintext, 5, &length, NULL));
    CHECK(length == 6);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unanswered_ecies_receive_answer(NULL, TEXT(ANSWER), &established, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unanswered_ecies_receive_answer(channel, NULL, 1, &established, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unanswered_ecies_receive_answer(channel, TEXT(ANSWER), NULL, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unanswered_ecies_receive_answer(channel, TEXT(ANSWER), &established, plaintext, 6, NULL, NULL));
    CHECK(established == NULL && is_untouched(plaintext, sizeof plaintext));
    OK(cliquet_unanswered_ecies_receive_answer(channel, TEXT(ANSWER), &established, plaintext, 6, &length, NULL));
    CHECK(length == 6);
    SAME_BYTES(plaintext, "answer", 6);
    cliquet_established_ecies *none = NULL;
    EXPECT(CLIQUET_USED_UP, cliquet_unanswered_ecies_receive_answer(channel, TEXT(ANSWER), &none, plaintext, 6, &length, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE,
           cliquet_unanswered_ecies_receive_answer((cliquet_unanswered_ecies *)established, TEXT(ANSWER), &none, plaintext, 6, &length, NULL));
    CHECK(none == NULL);
    return established;
}

static void decrypt(cliquet_established_ecies *channel, const char *message, const char *expected) {
    uint8_t plaintext[16];
    size_t length = 0, needed = strlen(expected);
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_BASE64, cliquet_established_ecies_decrypt(channel, TEXT("?"), plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_ecies_decrypt(channel, TEXT("\xff"), plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_established_ecies_decrypt(channel, NULL, 0, plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_established_ecies_decrypt(channel, TEXT(ANSWER), plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_established_ecies_decrypt(channel, TEXT(message), plaintext, needed - 1, &length, NULL));
    CHECK(length == needed);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_decrypt(NULL, TEXT(message), plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_decrypt(channel, NULL, 1, plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_decrypt(channel, TEXT(message), plaintext, sizeof plaintext, NULL, NULL));
    CHECK(is_untouched(plaintext, sizeof plaintext));
    OK(cliquet_established_ecies_decrypt(channel, TEXT(message), plaintext, needed, &length, NULL));
    CHECK(length == needed);
    SAME_BYTES(plaintext, expected, needed);
    /* Each message opens once. */
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_established_ecies_decrypt(channel, TEXT(message), plaintext, sizeof plaintext, &length, NULL));
}

static void check_code(cliquet_established_ecies *channel, int is_g) {
    uint8_t code[2], key[32];
    char digits[3];
    size_t length = 0;
    bool matches = false;
    OK(cliquet_established_ecies_check_code(channel, code));
    CHECK(code[0] == 0x4a && code[1] == 0x5e);
    OK(cliquet_established_ecies_check_code_to_digits(channel, CLIQUET_DIGIT_MODE_NO_LEADING_ZERO, digits, sizeof digits, &length));
    CHECK(length == 2 && strcmp(digits, "34") == 0);
    OK(cliquet_established_ecies_check_code_matches(channel, TEXT("34"), CLIQUET_DIGIT_MODE_NO_LEADING_ZERO, &matches));
    CHECK(matches);
    OK(cliquet_established_ecies_check_code_matches(channel, TEXT("34"), CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO, &matches));
    CHECK(!matches);
    OK(cliquet_established_ecies_check_code_to_digits(channel, CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO, digits, sizeof digits, &length));
    CHECK(length == 2 && strcmp(digits, "44") == 0);
    OK(cliquet_established_ecies_check_code_matches(channel, TEXT("44"), CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO, &matches));
    CHECK(matches);
    OK(cliquet_established_ecies_check_code_matches(channel, TEXT("4"), CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO, &matches));
    CHECK(!matches);
    matches = true;
    OK(cliquet_established_ecies_check_code_matches(channel, NULL, 0, CLIQUET_DIGIT_MODE_ALLOW_LEADING_ZERO, &matches));
    CHECK(!matches);

    make_untouched(code, sizeof code);
    make_untouched(digits, sizeof digits);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_established_ecies_check_code_to_digits(channel, 1, digits, 2, &length));
    CHECK(length == 2);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_ecies_check_code_to_digits(channel, 0, digits, sizeof digits, &length));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_ecies_check_code_matches(channel, TEXT("44"), 3, &matches));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_ecies_check_code_matches(channel, TEXT("\xff"), 1, &matches));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code(channel, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code(NULL, code));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code_to_digits(channel, 1, digits, sizeof digits, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code_to_digits(NULL, 1, digits, sizeof digits, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code_matches(NULL, TEXT("44"), 1, &matches));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code_matches(channel, NULL, 1, 1, &matches));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_check_code_matches(channel, TEXT("44"), 1, NULL));
    CHECK(!matches && is_untouched(code, sizeof code) && is_untouched(digits, sizeof digits));

    OK(cliquet_established_ecies_our_public_key(channel, key));
    SAME_BYTES(key, is_g ? KEY_OF_G : KEY_OF_S, 32);
    OK(cliquet_established_ecies_their_public_key(channel, key));
    SAME_BYTES(key, is_g ? KEY_OF_S : KEY_OF_G, 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_our_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_our_public_key(channel, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_their_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_ecies_their_public_key(channel, NULL));
}

static void conversation(void) {
    cliquet_ecies *g = NULL, *s = NULL;
    uint8_t key[32];
    char text[64];
    size_t length = 0;
    make(&g, &s);
    cliquet_unanswered_ecies *unanswered = send_first(s);
    cliquet_established_ecies *channel_of_g = receive_first(g);
    encrypt(channel_of_g, "answer", ANSWER);
    cliquet_established_ecies *channel_of_s = receive_answer(unanswered);
    check_code(channel_of_g, 1);
    check_code(channel_of_s, 0);
    encrypt(channel_of_s, "second", SECOND);
    decrypt(channel_of_g, SECOND, "second");

    cliquet_established_ecies *wrong = (cliquet_established_ecies *)g;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_ecies_encrypt(wrong, NULL, 0, text, sizeof text, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_ecies_decrypt(wrong, TEXT(SECOND), key, 32, &length, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_ecies_check_code(wrong, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_ecies_our_public_key(wrong, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_ecies_their_public_key(wrong, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_ecies_free(wrong));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_unanswered_ecies_free((cliquet_unanswered_ecies *)g));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_ecies_free((cliquet_ecies *)unanswered));
    OK(cliquet_established_ecies_free(channel_of_s));
    OK(cliquet_established_ecies_free(channel_of_g));
    OK(cliquet_established_ecies_free(NULL));
    OK(cliquet_unanswered_ecies_free(unanswered));
    OK(cliquet_unanswered_ecies_free(NULL));
    OK(cliquet_ecies_free(s));
    OK(cliquet_ecies_free(g));
}

/* Another application, with no info and the later of the messages known. */
static void another_application(void) {
    static const uint8_t secret_of_g[32] = {0x65, 0xfe, 0xbb, 0x3a, 0x98, 0x77, 0xd6, 0xe0, 0xd7, 0xa6, 0x54, 0x64, 0x0c, 0x6d, 0x29, 0xae,
                                            0x80, 0xc8, 0xcf, 0x2b, 0xbb, 0xf9, 0xcd, 0xfa, 0xc1, 0x70, 0xb3, 0x4a, 0x0c, 0x19, 0x93, 0xf9};
    static const uint8_t secret_of_s[32] = {0x84, 0x45, 0x50, 0x54, 0x01, 0xc5, 0x53, 0xe3, 0x9d, 0xa3, 0x37, 0x6f, 0x0b, 0xe7, 0xbc, 0xf8,
                                            0xaf, 0x37, 0x40, 0xe3, 0xc1, 0x13, 0x6a, 0xa9, 0xb9, 0x98, 0x1d, 0x6b, 0x47, 0x70, 0x32, 0x53};
    cliquet_random random_of_g = {fill_fixed, (void *)secret_of_g}, random_of_s = {fill_fixed, (void *)secret_of_s};
    cliquet_ecies *g = NULL, *s = NULL;
    cliquet_unanswered_ecies *unanswered = NULL;
    cliquet_established_ecies *channel_of_g = NULL, *channel_of_s = NULL;
    uint8_t key[32], plaintext[8];
    char message[80];
    size_t length = 0;
    OK(cliquet_ecies_with_info(NULL, 0, &random_of_g, &g));
    OK(cliquet_ecies_with_info(NULL, 0, &random_of_s, &s));
    OK(cliquet_ecies_public_key(g, key));
    OK(cliquet_ecies_establish_outbound_channel(s, key, BYTES("hello"), &unanswered, message, sizeof message, &length));
    CHECK(strcmp(message, "zJ6sYYukizdvCu73WwwpuG7nhrBT|UnzwF5Yz5xHEC/0quyuL11PSD4DyxIHQDmR4cT4bJ0w") == 0);
    OK(cliquet_ecies_establish_inbound_channel(g, message, length, &channel_of_g, plaintext, sizeof plaintext, &length, NULL));
    /* Nothing can be said, too. */
    OK(cliquet_established_ecies_encrypt(channel_of_g, NULL, 0, message, sizeof message, &length));
    CHECK(length == 22);
    OK(cliquet_unanswered_ecies_receive_answer(unanswered, message, length, &channel_of_s, NULL, 0, &length, NULL));
    CHECK(length == 0);
    for (int i = 0; i < 2; i++) {
        OK(cliquet_established_ecies_encrypt(channel_of_s, NULL, 0, message, sizeof message, &length));
        OK(cliquet_established_ecies_decrypt(channel_of_g, message, length, NULL, 0, &length, NULL));
        CHECK(length == 0);
    }
    OK(cliquet_established_ecies_encrypt(channel_of_s, BYTES("a"), message, sizeof message, &length));
    CHECK(strcmp(message, "Y9Mk7pWSIOy8M8DTV3ggueE") == 0);
    OK(cliquet_established_ecies_check_code(channel_of_s, key));
    CHECK(key[0] == 0x6c && key[1] == 0xf1);
    OK(cliquet_established_ecies_free(channel_of_s));
    OK(cliquet_established_ecies_free(channel_of_g));
    OK(cliquet_unanswered_ecies_free(unanswered));
    OK(cliquet_ecies_free(s));
    OK(cliquet_ecies_free(g));
}

int main(void) {
    key_pairs();
    conversation();
    another_application();
    return 0;
}
