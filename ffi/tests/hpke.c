/* The making of a channel of MSC4388. G shows its public key, S has read it. */
#include "check.h"

#define BYTES(text) (const uint8_t *)(text), strlen(text)
#define MESSAGE message, sizeof message, &length
#define PLAINTEXT plaintext, sizeof plaintext, &length, NULL

/* What was calculated apart from the library: what is drawn, what is said, and what is on the wire. */
typedef struct {
    uint8_t secret_of_g[32], key_material[32], nonce[32], key_of_g[32];
    const char *first, *first_data, *response, *response_data, *first_message, *response_message;
} conversation;
static const conversation CONVERSATIONS[2] = {
    {{0x79, 0x7d, 0xa0, 0x58, 0x7b, 0x09, 0x6f, 0xbb, 0x62, 0xb8, 0xe6, 0xfb, 0xa8, 0x3a, 0x60, 0xa3,
      0x05, 0x15, 0xec, 0x99, 0xf0, 0x39, 0xb5, 0xbe, 0xda, 0xaf, 0xb5, 0xe8, 0x5e, 0x55, 0xc6, 0x35},
     {0x0d, 0x5c, 0x22, 0x84, 0xb4, 0xee, 0xf3, 0x1d, 0xdc, 0xf4, 0xe9, 0x64, 0x26, 0x6e, 0xbc, 0x8b,
      0x3e, 0x2a, 0x36, 0x9d, 0xf2, 0x22, 0x32, 0xba, 0x9d, 0x67, 0x51, 0xcc, 0x27, 0xa8, 0x27, 0x24},
     {0x4a, 0x1e, 0x1f, 0x5c, 0x63, 0x8c, 0xc5, 0xaf, 0x6a, 0x3f, 0x62, 0x7c, 0x5b, 0xc3, 0x45, 0x63,
      0x60, 0x81, 0x30, 0xa8, 0x1f, 0x20, 0xbf, 0x09, 0x0b, 0x59, 0x4b, 0x5f, 0xad, 0xe6, 0x8a, 0xe4},
     {0x56, 0x34, 0x04, 0xbb, 0xcf, 0x33, 0xeb, 0xd2, 0x4e, 0x1e, 0x5f, 0x0e, 0x1a, 0x6e, 0x3f, 0xe8,
      0xd0, 0x70, 0x66, 0x73, 0x63, 0xa1, 0xf9, 0xd6, 0x61, 0x3b, 0x9b, 0x1c, 0x67, 0xa1, 0x95, 0x08},
     "LOGIN INITIATE", "", "LOGIN OK", "",
     "Xew6aij4ZRQhTZedTDDwu2HpF64J6mVC/XcCCAA0Ill8oPOGWh9S06RPjyzWQVrsABUi9VyM+mwhRWzvBBo",
     "Sh4fXGOMxa9qP2J8W8NFY2CBMKgfIL8JC1lLX63miuTNC9NLjilH4ZlAWOfYgSgZxoBqwUD2lhM"},
    {{0x8d, 0xe4, 0xb3, 0xd4, 0xb5, 0xef, 0x40, 0x75, 0x5a, 0x44, 0xe2, 0x22, 0x56, 0xe0, 0x99, 0x6e,
      0xfd, 0x32, 0xf9, 0xcf, 0x4d, 0xd2, 0x16, 0xb9, 0xef, 0x20, 0x5b, 0xbd, 0x34, 0x1b, 0xe2, 0x53},
     {0xc7, 0xb8, 0xe4, 0x9a, 0xae, 0x50, 0x1b, 0x43, 0x76, 0x53, 0xd9, 0x80, 0x2a, 0x36, 0xf8, 0x6a,
      0xfb, 0x76, 0x71, 0x61, 0xb2, 0xe2, 0x23, 0x5d, 0xa0, 0x8d, 0xe3, 0x66, 0xe5, 0xeb, 0x8d, 0x41},
     {0xb3, 0x06, 0x91, 0xbe, 0x5c, 0x06, 0x41, 0x87, 0xa6, 0x2b, 0x0f, 0xb9, 0x7e, 0x1e, 0x6b, 0x8e,
      0x95, 0x8d, 0xef, 0xf2, 0x58, 0x7a, 0xae, 0xcd, 0xb0, 0x08, 0xf9, 0x23, 0x36, 0x14, 0x01, 0x65},
     {0x0c, 0x79, 0x7a, 0x23, 0x85, 0x7a, 0x17, 0x37, 0xac, 0xc9, 0xc7, 0x94, 0x91, 0x38, 0xac, 0x3e,
      0x47, 0xe1, 0x7a, 0x9f, 0x0c, 0xf1, 0xd0, 0x79, 0xdc, 0x2e, 0x55, 0x3c, 0x7f, 0x01, 0xd1, 0x01},
     "hello", "first", "yes", "response",
     "lqQMez4b03ZxGb9u5jcywhFP6MQ8yp0yGMMxcuqYWBfksc5Jb6r0NJrtILOwKfVNIZFe8gk",
     "swaRvlwGQYemKw+5fh5rjpWN7/JYeq7NsAj5IzYUAWUzmXZzsWJaRwB5WStVAG0mk915"}};
static const uint8_t SMALL_ORDER[32] = {0};
static const char INFO[] = "MATRIX_QR_CODE_LOGIN";
static char too_long[65001];

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

static cliquet_hpke_recipient *make_recipient(const conversation *expected, int with_info) {
    cliquet_hpke_recipient *recipient = NULL;
    cliquet_random random = fixed(expected->secret_of_g);
    uint8_t key[32];
    if (with_info) {
        OK(cliquet_hpke_recipient_with_info(TEXT(INFO), &random, &recipient));
    } else {
        OK(cliquet_hpke_recipient_new(&random, &recipient));
    }
    OK(cliquet_hpke_recipient_public_key(recipient, key));
    SAME_BYTES(key, expected->key_of_g, 32);
    return recipient;
}

static void recipients(void) {
    cliquet_hpke_recipient *recipient = make_recipient(&CONVERSATIONS[0], 0), *none = NULL;
    uint8_t key[32];
    make_untouched(key, 32);
    EXPECT(CLIQUET_RANDOM, cliquet_hpke_recipient_new(&FAILING, &none));
    EXPECT(CLIQUET_RANDOM, cliquet_hpke_recipient_with_info(TEXT(INFO), &FAILING, &none));
    EXPECT(CLIQUET_INFO_TOO_LONG, cliquet_hpke_recipient_with_info(too_long, 65001, NULL, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_hpke_recipient_with_info(TEXT("\xff"), NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_recipient_with_info(NULL, 1, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_recipient_with_info(TEXT(INFO), NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_recipient_new(NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_recipient_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_hpke_recipient_public_key(recipient, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_unidirectional_sender_channel_free((cliquet_hpke_unidirectional_sender_channel *)recipient));
    EXPECT(CLIQUET_WRONG_HANDLE,
           cliquet_hpke_unidirectional_recipient_channel_free((cliquet_hpke_unidirectional_recipient_channel *)recipient));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_hpke_established_channel_free((cliquet_hpke_established_channel *)recipient));
    CHECK(none == NULL && is_untouched(key, 32));
    OK(cliquet_hpke_recipient_with_info(too_long, 65000, NULL, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_ecies_free((cliquet_ecies *)none));
    OK(cliquet_hpke_recipient_free(none));
    OK(cliquet_hpke_recipient_free(recipient));
    OK(cliquet_hpke_recipient_free(NULL));
}

static cliquet_hpke_unidirectional_sender_channel *send_first(const conversation *expected, int with_info) {
    cliquet_hpke_unidirectional_sender_channel *channel = NULL;
    cliquet_random random = fixed(expected->key_material);
    const uint8_t *g = expected->key_of_g;
    char message[128];
    size_t length = 0, needed = strlen(expected->first_message);
#define ESTABLISH cliquet_hpke_unidirectional_sender_channel_establish
#define WITH_INFO cliquet_hpke_unidirectional_sender_channel_establish_with_info
#define SAID BYTES(expected->first), BYTES(expected->first_data)
    make_untouched(message, sizeof message);
    /* A buffer that is too short is noticed before anything is drawn. */
    EXPECT(CLIQUET_SHORT_BUFFER, ESTABLISH(g, SAID, &FAILING, &channel, message, needed, &length));
    CHECK(length == needed);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, WITH_INFO(TEXT(INFO), g, SAID, &FAILING, &channel, message, needed, &length));
    CHECK(length == needed);
    EXPECT(CLIQUET_RANDOM, ESTABLISH(g, SAID, &FAILING, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_RANDOM, WITH_INFO(TEXT(INFO), g, SAID, &FAILING, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, ESTABLISH(SMALL_ORDER, SAID, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, WITH_INFO(TEXT(INFO), SMALL_ORDER, SAID, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_INFO_TOO_LONG, WITH_INFO(too_long, 65001, g, SAID, &FAILING, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NOT_UTF8, WITH_INFO(TEXT("\xff"), g, SAID, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, WITH_INFO(NULL, 1, g, SAID, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, WITH_INFO(TEXT(INFO), NULL, SAID, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, WITH_INFO(TEXT(INFO), g, NULL, 1, NULL, 0, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, WITH_INFO(TEXT(INFO), g, NULL, 0, NULL, 1, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, WITH_INFO(TEXT(INFO), g, SAID, &random, NULL, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, WITH_INFO(TEXT(INFO), g, SAID, &random, &channel, message, sizeof message, NULL));
    EXPECT(CLIQUET_NULL_POINTER, ESTABLISH(NULL, SAID, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, ESTABLISH(g, NULL, 1, NULL, 0, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, ESTABLISH(g, NULL, 0, NULL, 1, &random, &channel, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, ESTABLISH(g, SAID, &random, NULL, message, sizeof message, &length));
    EXPECT(CLIQUET_NULL_POINTER, ESTABLISH(g, SAID, &random, &channel, message, sizeof message, NULL));
    CHECK(channel == NULL && is_untouched(message, sizeof message));
    if (with_info) {
        OK(WITH_INFO(TEXT(INFO), g, SAID, &random, &channel, message, needed + 1, &length));
    } else {
        OK(ESTABLISH(g, SAID, &random, &channel, message, needed + 1, &length));
    }
#undef ESTABLISH
#undef WITH_INFO
#undef SAID
    CHECK(length == needed && strcmp(message, expected->first_message) == 0);
    return channel;
}

static cliquet_hpke_unidirectional_recipient_channel *receive_first(cliquet_hpke_recipient *recipient, const conversation *expected) {
    cliquet_hpke_unidirectional_recipient_channel *channel = NULL, *none = NULL;
    cliquet_details details;
    uint8_t plaintext[32];
    char zeros[65]; /* a key of small order, and a tag */
    size_t length = 0, needed = strlen(expected->first);
    memset(zeros, 'A', 64);
    zeros[64] = 0;
#define RECEIVE cliquet_hpke_recipient_establish_channel
#define SENT TEXT(expected->first_message), BYTES(expected->first_data)
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_BASE64, RECEIVE(recipient, TEXT("?"), NULL, 0, &channel, PLAINTEXT));
    EXPECT(CLIQUET_NOT_UTF8, RECEIVE(recipient, TEXT("\xff"), NULL, 0, &channel, PLAINTEXT));
    EXPECT(CLIQUET_TRUNCATED, RECEIVE(recipient, TEXT("AAAA"), NULL, 0, &channel, PLAINTEXT));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, RECEIVE(recipient, TEXT(zeros), NULL, 0, &channel, PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, RECEIVE(recipient, TEXT(expected->first_message), BYTES("other"), &channel, PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, RECEIVE(recipient, TEXT(expected->response_message), NULL, 0, &channel, PLAINTEXT));
    EXPECT(CLIQUET_SHORT_BUFFER, RECEIVE(recipient, SENT, &channel, plaintext, needed - 1, &length, &details));
    CHECK(length == needed && details.found == needed - 1 && details.limit == needed);
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(NULL, SENT, &channel, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(recipient, NULL, 1, NULL, 0, &channel, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(recipient, TEXT(expected->first_message), NULL, 1, &channel, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(recipient, SENT, NULL, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(recipient, SENT, &channel, plaintext, sizeof plaintext, NULL, NULL));
    CHECK(channel == NULL && is_untouched(plaintext, sizeof plaintext));
    OK(RECEIVE(recipient, SENT, &channel, plaintext, needed, &length, NULL));
    CHECK(length == needed);
    SAME_BYTES(plaintext, expected->first, needed);
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_USED_UP, RECEIVE(recipient, SENT, &none, PLAINTEXT));
    EXPECT(CLIQUET_USED_UP, cliquet_hpke_recipient_public_key(recipient, plaintext));
    EXPECT(CLIQUET_WRONG_HANDLE, RECEIVE((cliquet_hpke_recipient *)channel, SENT, &none, PLAINTEXT));
#undef RECEIVE
#undef SENT
    CHECK(none == NULL && is_untouched(plaintext, sizeof plaintext));
    return channel;
}

/* A generator that uses the channel that it serves, and then serves it. */
typedef struct {
    cliquet_hpke_unidirectional_recipient_channel *channel;
    const uint8_t *bytes;
} reentering;
static int32_t fill_reentering(void *context, uint8_t *bytes, size_t length) {
    reentering *of = (reentering *)context;
    cliquet_hpke_established_channel *none = NULL;
    char message[128];
    size_t message_length = 0;
    EXPECT(CLIQUET_BUSY, cliquet_hpke_unidirectional_recipient_channel_respond(of->channel, NULL, 0, NULL, 0, NULL, &none, message,
                                                                               sizeof message, &message_length));
    EXPECT(CLIQUET_BUSY, cliquet_hpke_unidirectional_recipient_channel_free(of->channel));
    CHECK(none == NULL && length == 32);
    memcpy(bytes, of->bytes, 32);
    return 0;
}

static cliquet_hpke_established_channel *respond(cliquet_hpke_unidirectional_recipient_channel *channel, const conversation *expected) {
    cliquet_hpke_established_channel *established = NULL, *none = NULL;
    reentering context = {channel, expected->nonce};
    cliquet_random random = {fill_reentering, &context};
    char message[128];
    size_t length = 0, needed = strlen(expected->response_message);
#define RESPOND cliquet_hpke_unidirectional_recipient_channel_respond
#define SAID BYTES(expected->response), BYTES(expected->response_data)
    make_untouched(message, sizeof message);
    EXPECT(CLIQUET_SHORT_BUFFER, RESPOND(channel, SAID, &FAILING, &established, message, needed, &length));
    CHECK(length == needed);
    EXPECT(CLIQUET_RANDOM, RESPOND(channel, SAID, &FAILING, &established, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, RESPOND(NULL, SAID, &random, &established, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, RESPOND(channel, NULL, 1, NULL, 0, &random, &established, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, RESPOND(channel, NULL, 0, NULL, 1, &random, &established, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, RESPOND(channel, SAID, &random, NULL, MESSAGE));
    EXPECT(CLIQUET_NULL_POINTER, RESPOND(channel, SAID, &random, &established, message, sizeof message, NULL));
    CHECK(established == NULL && is_untouched(message, sizeof message));
    OK(RESPOND(channel, SAID, &random, &established, message, needed + 1, &length));
    CHECK(length == needed && strcmp(message, expected->response_message) == 0);
    EXPECT(CLIQUET_USED_UP, RESPOND(channel, SAID, &FAILING, &none, MESSAGE));
    EXPECT(CLIQUET_WRONG_HANDLE, RESPOND((cliquet_hpke_unidirectional_recipient_channel *)established, SAID, &FAILING, &none, MESSAGE));
#undef RESPOND
#undef SAID
    CHECK(none == NULL);
    return established;
}

static cliquet_hpke_established_channel *receive_response(cliquet_hpke_unidirectional_sender_channel *channel, const conversation *expected) {
    cliquet_hpke_established_channel *established = NULL, *none = NULL;
    uint8_t plaintext[32];
    size_t length = 0, needed = strlen(expected->response);
#define RECEIVE cliquet_hpke_unidirectional_sender_channel_receive_response
#define SENT TEXT(expected->response_message), BYTES(expected->response_data)
    make_untouched(plaintext, sizeof plaintext);
    EXPECT(CLIQUET_BASE64, RECEIVE(channel, TEXT("?"), NULL, 0, &established, PLAINTEXT));
    EXPECT(CLIQUET_NOT_UTF8, RECEIVE(channel, TEXT("\xff"), NULL, 0, &established, PLAINTEXT));
    EXPECT(CLIQUET_TRUNCATED, RECEIVE(channel, TEXT("AAAA"), NULL, 0, &established, PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, RECEIVE(channel, TEXT(expected->response_message), BYTES("other"), &established, PLAINTEXT));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, RECEIVE(channel, TEXT(expected->first_message), NULL, 0, &established, PLAINTEXT));
    EXPECT(CLIQUET_SHORT_BUFFER, RECEIVE(channel, SENT, &established, plaintext, needed - 1, &length, NULL));
    CHECK(length == needed);
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(NULL, SENT, &established, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(channel, NULL, 1, NULL, 0, &established, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(channel, TEXT(expected->response_message), NULL, 1, &established, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(channel, SENT, NULL, PLAINTEXT));
    EXPECT(CLIQUET_NULL_POINTER, RECEIVE(channel, SENT, &established, plaintext, sizeof plaintext, NULL, NULL));
    CHECK(established == NULL && is_untouched(plaintext, sizeof plaintext));
    OK(RECEIVE(channel, SENT, &established, plaintext, needed, &length, NULL));
    CHECK(length == needed);
    SAME_BYTES(plaintext, expected->response, needed);
    EXPECT(CLIQUET_USED_UP, RECEIVE(channel, SENT, &none, PLAINTEXT));
    EXPECT(CLIQUET_WRONG_HANDLE, RECEIVE((cliquet_hpke_unidirectional_sender_channel *)established, SENT, &none, PLAINTEXT));
#undef RECEIVE
#undef SENT
    CHECK(none == NULL);
    return established;
}

static void converse(const conversation *expected, int with_info) {
    cliquet_hpke_recipient *recipient = make_recipient(expected, with_info);
    cliquet_hpke_unidirectional_sender_channel *sender_channel = send_first(expected, with_info);
    cliquet_hpke_unidirectional_recipient_channel *recipient_channel = receive_first(recipient, expected);
    cliquet_hpke_established_channel *g = respond(recipient_channel, expected);
    cliquet_hpke_established_channel *s = receive_response(sender_channel, expected);
    uint8_t code_of_g[2], code_of_s[2];
    OK(cliquet_hpke_established_channel_check_code(g, code_of_g));
    OK(cliquet_hpke_established_channel_check_code(s, code_of_s));
    SAME_BYTES(code_of_g, code_of_s, 2);
    OK(cliquet_hpke_established_channel_free(s));
    OK(cliquet_hpke_established_channel_free(g));
    OK(cliquet_hpke_unidirectional_recipient_channel_free(recipient_channel));
    OK(cliquet_hpke_unidirectional_sender_channel_free(sender_channel));
    OK(cliquet_hpke_recipient_free(recipient));
}

/* An end that never got an answer, or gave none, is freed with its secrets; another application is another channel. */
static void unanswered(void) {
    cliquet_hpke_recipient *recipient = NULL;
    cliquet_hpke_unidirectional_sender_channel *sender_channel = NULL;
    cliquet_hpke_unidirectional_recipient_channel *recipient_channel = NULL;
    uint8_t key[32];
    char message[128];
    size_t length = 0;
    OK(cliquet_hpke_recipient_with_info(TEXT("OTHER"), NULL, &recipient));
    OK(cliquet_hpke_recipient_public_key(recipient, key));
    OK(cliquet_hpke_unidirectional_sender_channel_establish(key, NULL, 0, NULL, 0, NULL, &sender_channel, MESSAGE));
    CHECK(length == 64);
    EXPECT(CLIQUET_AUTHENTICATION_FAILED,
           cliquet_hpke_recipient_establish_channel(recipient, TEXT(message), NULL, 0, &recipient_channel, NULL, 0, &length, NULL));
    OK(cliquet_hpke_unidirectional_sender_channel_free(sender_channel));
    OK(cliquet_hpke_unidirectional_sender_channel_establish_with_info(TEXT("OTHER"), key, NULL, 0, NULL, 0, NULL, &sender_channel, MESSAGE));
    OK(cliquet_hpke_recipient_establish_channel(recipient, TEXT(message), NULL, 0, &recipient_channel, NULL, 0, &length, NULL));
    CHECK(length == 0);
    OK(cliquet_hpke_unidirectional_recipient_channel_free(recipient_channel));
    OK(cliquet_hpke_unidirectional_recipient_channel_free(NULL));
    OK(cliquet_hpke_unidirectional_sender_channel_free(sender_channel));
    OK(cliquet_hpke_unidirectional_sender_channel_free(NULL));
    OK(cliquet_hpke_recipient_free(recipient));
}

int main(void) {
    memset(too_long, 'x', sizeof too_long);
    recipients();
    converse(&CONVERSATIONS[0], 0);
    converse(&CONVERSATIONS[1], 1);
    unanswered();
    return 0;
}
