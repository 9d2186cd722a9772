/* Megolm: what is encrypted is decrypted, as other libraries do it; and what is not. */
#include "megolm.h"

/* What libolm 3.2.16 wrote with the same randomness. */
static const char *const SESSION_ID = "apkElXTvv14iSlZRzdNnZMg5tufBDWWSSWBO0a6v8AA";
static const char *const FIRST_MESSAGE = "AwgAEhAgWqCBL6AGssQBD84kHemHhj94HP9okrMIRQ2zfbT2q/TUKX6nrbOGSWinTE3XCMqAbx52lOyg"
                                         "EQrpOBrh/g78HBKkMGRlEge29iY190w+XB0iBnybAU4C";
static const char *const MESSAGE_299 = "AwirAhIQb6dWutGijXynkDurlNb++Jhdyns5yUjmJOBU9xmPsviovdwGTEqHHBeKa/Kbu3XHY+L9OVkI"
                                       "GeFrhjzHTSYNYZ1H3WnXCwMNlNoJZx7GvTCWb1EsfNTQAQ";

/* What an independent implementation made of a session of the second version. */
static const char *const SECOND_VERSION = "BAgAEhAJyc3ljuF+LVkBm1A6iWwVL2dHqPmGl6PaGI4WmwpU7ff4FH0GHaZS5wvgm6NOgN8ziwmTSKrh"
                                          "klhMqjt2G19LjAdmZAJsSYMg2ZF4FXrgcDpWU8tkJz7B7rBoWY0mqNqkR5S/UeWoiknVZ0C6r9EC";

/* A generator that counts from 0 in each call. */
static int32_t fill_from_zero(void *context, uint8_t *bytes, size_t length) {
    (void)context;
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)i;
    }
    return 0;
}

static void is_base64(const cliquet_megolm_message *message, const char *expected) {
    char base64[512];
    size_t length = 0;
    OK(cliquet_megolm_message_to_base64(message, base64, sizeof base64, &length));
    CHECK(length == strlen(expected) && strcmp(base64, expected) == 0);
}

static void known_answers(void) {
    uint8_t id[32], id_there[32];
    char base64[64];
    size_t length = 0;
    uint32_t message_index = 7;
    cliquet_version version = 0;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    OK(cliquet_outbound_group_session_session_id(sender, id));
    OK(cliquet_session_id_to_base64(id, base64, sizeof base64, &length));
    CHECK(strcmp(base64, SESSION_ID) == 0);
    OK(cliquet_inbound_group_session_session_id(receiver, id_there));
    SAME_BYTES(id, id_there, 32);
    OK(cliquet_outbound_group_session_version(sender, &version));
    CHECK(version == CLIQUET_VERSION_1);
    OK(cliquet_outbound_group_session_message_index(sender, &message_index));
    CHECK(message_index == 0);

    cliquet_megolm_message *first = encrypted(sender, "g0");
    is_base64(first, FIRST_MESSAGE);
    OK(cliquet_outbound_group_session_message_index(sender, &message_index));
    CHECK(message_index == 1);
    skip(sender, 298);
    OK(cliquet_outbound_group_session_message_index(sender, &message_index));
    CHECK(message_index == 299);
    cliquet_megolm_message *late = encrypted(sender, "g299");
    is_base64(late, MESSAGE_299);
    reads(receiver, late, "g299");
    reads(receiver, first, "g0");
    reads(receiver, late, "g299");

    OK(cliquet_megolm_message_free(late));
    OK(cliquet_megolm_message_free(first));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

static void second_version(void) {
    cliquet_random from_zero = {fill_from_zero, NULL};
    cliquet_outbound_group_session *sender = NULL;
    cliquet_version version = 0;
    OK(cliquet_outbound_group_session_new(CLIQUET_VERSION_2, &from_zero, &sender));
    OK(cliquet_outbound_group_session_version(sender, &version));
    CHECK(version == CLIQUET_VERSION_2);
    cliquet_inbound_group_session *of_second = inbound_of(sender, CLIQUET_VERSION_2);
    cliquet_inbound_group_session *of_first = inbound_of(sender, CLIQUET_VERSION_1);
    OK(cliquet_inbound_group_session_version(of_second, &version));
    CHECK(version == CLIQUET_VERSION_2);
    OK(cliquet_inbound_group_session_version(of_first, &version));
    CHECK(version == CLIQUET_VERSION_1);

    cliquet_megolm_message *message = encrypted(sender, "hello");
    is_base64(message, SECOND_VERSION);
    reads(of_second, message, "hello");
    EXPECT(CLIQUET_MISMATCHED_VERSION, refusal(of_first, message, NULL, CLIQUET_VERSION_2, CLIQUET_VERSION_1));

    OK(cliquet_megolm_message_free(message));
    OK(cliquet_inbound_group_session_free(of_first));
    OK(cliquet_inbound_group_session_free(of_second));
    OK(cliquet_outbound_group_session_free(sender));
}

/* The length of a message is known before, whatever its plaintext and its index. */
static void lengths(void) {
    static const size_t LENGTHS[] = {0, 1, 15, 16, 17, 100};
    uint8_t bytes[512];
    size_t expected = 0, length = 0, most = 0;
    const cliquet_version versions[] = {CLIQUET_VERSION_1, CLIQUET_VERSION_2};
    for (size_t v = 0; v < 2; v++) {
        cliquet_outbound_group_session *sender = outbound_of(9, versions[v]);
        for (size_t i = 0; i < 132; i++) {
            size_t plaintext_length = LENGTHS[i % 6];
            cliquet_megolm_message *message = NULL;
            memset(bytes, 'x', plaintext_length);
            OK(cliquet_outbound_group_session_message_length(sender, plaintext_length, &expected));
            OK(cliquet_outbound_group_session_encrypt(sender, plaintext_length == 0 ? NULL : bytes, plaintext_length,
                                                      &message));
            OK(cliquet_megolm_message_to_bytes(message, bytes, sizeof bytes, &length));
            CHECK(length == expected);
            OK(cliquet_megolm_message_max_plaintext_length(message, &most));
            CHECK(most >= plaintext_length && most <= plaintext_length + 15);
            OK(cliquet_megolm_message_free(message));
        }
        OK(cliquet_outbound_group_session_message_length(sender, SIZE_MAX, &length));
        CHECK(length == SIZE_MAX);
        OK(cliquet_outbound_group_session_free(sender));
    }
}

/* Without the operating system's generator nothing is made, wherever the caller's fails. */
static void generators(void) {
    cliquet_outbound_group_session *session = NULL;
    for (int served = 0; served < 2; served++) {
        int left = served;
        cliquet_random fails_later = {fill_until_failure, &left};
        EXPECT(CLIQUET_RANDOM, cliquet_outbound_group_session_new(CLIQUET_VERSION_1, &fails_later, &session));
        CHECK(session == NULL && left == 0);
    }
    EXPECT(CLIQUET_RANDOM, cliquet_outbound_group_session_new(CLIQUET_VERSION_1, &FAILING, &session));
    cliquet_random nothing = {NULL, NULL};
    EXPECT(CLIQUET_NULL_POINTER, cliquet_outbound_group_session_new(CLIQUET_VERSION_1, &nothing, &session));
    CHECK(session == NULL);
    int two = 2;
    cliquet_random suffices = {fill_until_failure, &two};
    OK(cliquet_outbound_group_session_new(CLIQUET_VERSION_1, &suffices, &session));
    CHECK(two == 0);
    OK(cliquet_outbound_group_session_free(session));

    /* The system's: two sessions are two. */
    uint8_t id[32], other_id[32];
    cliquet_outbound_group_session *other = NULL;
    OK(cliquet_outbound_group_session_new(CLIQUET_VERSION_1, NULL, &session));
    OK(cliquet_outbound_group_session_new(CLIQUET_VERSION_1, NULL, &other));
    OK(cliquet_outbound_group_session_session_id(session, id));
    OK(cliquet_outbound_group_session_session_id(other, other_id));
    CHECK(memcmp(id, other_id, 32) != 0);
    OK(cliquet_outbound_group_session_free(other));
    OK(cliquet_outbound_group_session_free(session));
}

static void forgeries(void) {
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_outbound_group_session *stranger = outbound_of(4, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_ed25519_key_pair *signing_key = signing_key_of(3);
    cliquet_megolm_message *message = encrypted(sender, "text"), *foreign = encrypted(stranger, "text");

    EXPECT(CLIQUET_INVALID_SIGNATURE, refusal(receiver, foreign, NULL, 0, 0));
    cliquet_megolm_message *damaged = altered(message, 0, NULL);
    EXPECT(CLIQUET_INVALID_SIGNATURE, refusal(receiver, damaged, NULL, 0, 0));
    cliquet_megolm_message *other_text = altered(message, 64 + 8, NULL);
    EXPECT(CLIQUET_INVALID_SIGNATURE, refusal(receiver, other_text, NULL, 0, 0));
    /* The right signature over a wrong MAC, and over another ciphertext. */
    cliquet_megolm_message *wrong_mac = altered(message, 64, signing_key);
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, refusal(receiver, wrong_mac, NULL, 0, 0));
    cliquet_megolm_message *wrong_text = altered(message, 64 + 8, signing_key);
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, refusal(receiver, wrong_text, NULL, 0, 0));
    /* The same alteration, taken back and signed again, is the message: the forger above has the right key. */
    cliquet_megolm_message *restored = altered(wrong_mac, 64, signing_key);
    reads(receiver, restored, "text");
    reads(receiver, message, "text");

    /* Who joins later reads from there on. */
    cliquet_inbound_group_session *late = inbound_of(sender, CLIQUET_VERSION_1);
    EXPECT(CLIQUET_UNKNOWN_MESSAGE_INDEX, refusal(late, message, NULL, 0, 1));
    cliquet_megolm_message *second = encrypted(sender, "second");
    reads(late, second, "second");
    reads(receiver, second, "second");

    cliquet_megolm_message *const messages[] = {message,   foreign,    damaged,  other_text,
                                                wrong_mac, wrong_text, restored, second};
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        OK(cliquet_megolm_message_free(messages[i]));
    }
    OK(cliquet_inbound_group_session_free(late));
    OK(cliquet_ed25519_key_pair_free(signing_key));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(stranger));
    OK(cliquet_outbound_group_session_free(sender));
}

/* A plaintext is not decrypted into a buffer that might be too small. */
static void short_buffers(void) {
    uint8_t plaintext[16];
    size_t length = 0, most = 0;
    uint32_t message_index = 77;
    cliquet_provenance provenance;
    cliquet_details details;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    skip(sender, 5);
    cliquet_megolm_message *message = encrypted(sender, "g5");
    OK(cliquet_megolm_message_max_plaintext_length(message, &most));
    CHECK(most == 15);
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(&provenance, sizeof provenance);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_inbound_group_session_decrypt(receiver, message, plaintext, 14, &length,
                                                                       &message_index, &provenance, &details));
    CHECK(length == 15 && details.found == 14 && details.limit == 15);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_inbound_group_session_decrypt(receiver, message, NULL, 0, &length,
                                                                       &message_index, &provenance, NULL));
    CHECK(length == 15 && message_index == 77);
    CHECK(is_untouched(plaintext, sizeof plaintext) && is_untouched(&provenance, sizeof provenance));

    make_untouched(&details, sizeof details);
    OK(cliquet_inbound_group_session_decrypt(receiver, message, plaintext, 15, &length, &message_index, &provenance,
                                             &details));
    CHECK(length == 2 && message_index == 5);
    SAME_BYTES(plaintext, "g5", 2);
    CHECK(is_untouched(plaintext + 2, sizeof plaintext - 2) && is_untouched(&details, sizeof details));
    CHECK(provenance.kind == CLIQUET_PROVENANCE_KIND_SHARED && provenance.from == 0 && !provenance.flag);
    OK(cliquet_inbound_group_session_decrypt(receiver, message, plaintext, 15, &length, NULL, NULL, NULL));
    CHECK(length == 2 && message_index == 5);

    /* An empty plaintext is one. */
    cliquet_megolm_message *empty = encrypted(sender, "");
    reads(receiver, empty, "");
    OK(cliquet_megolm_message_free(empty));
    OK(cliquet_megolm_message_free(message));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

int main(void) {
    known_answers();
    second_version();
    lengths();
    generators();
    forgeries();
    short_buffers();
    return 0;
}
