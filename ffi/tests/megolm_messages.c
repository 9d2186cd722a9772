/* Megolm messages as objects: their parts, and what is none. */
#include "megolm.h"

static const char *const FIRST_MESSAGE = "AwgAEhAgWqCBL6AGssQBD84kHemHhj94HP9okrMIRQ2zfbT2q/TUKX6nrbOGSWinTE3XCMqAbx52lOyg"
                                         "EQrpOBrh/g78HBKkMGRlEge29iY190w+XB0iBnybAU4C";

static void parts(void) {
    uint8_t bytes[256], again[256], ciphertext[32], signature[64], session_id[32];
    char base64[256];
    size_t length = 0, length_again = 0;
    uint32_t message_index = 77;
    cliquet_version version = 0;
    cliquet_megolm_message *message = NULL, *copy = NULL;
    OK(cliquet_megolm_message_from_base64(TEXT(FIRST_MESSAGE), &message, NULL));
    OK(cliquet_megolm_message_to_bytes(message, bytes, sizeof bytes, &length));
    CHECK(length == 1 + 2 + 2 + 16 + 8 + 64);
    CHECK(bytes[0] == 3 && bytes[1] == 0x08 && bytes[2] == 0 && bytes[3] == 0x12 && bytes[4] == 16);
    OK(cliquet_megolm_message_version(message, &version));
    CHECK(version == CLIQUET_VERSION_1);
    OK(cliquet_megolm_message_message_index(message, &message_index));
    CHECK(message_index == 0);
    OK(cliquet_megolm_message_ciphertext(message, ciphertext, sizeof ciphertext, &length_again));
    CHECK(length_again == 16);
    SAME_BYTES(ciphertext, bytes + 5, 16);
    OK(cliquet_megolm_message_signature(message, signature));
    SAME_BYTES(signature, bytes + length - 64, 64);
    OK(cliquet_megolm_message_max_plaintext_length(message, &length_again));
    CHECK(length_again == 15);

    /* The signature is that of the session. */
    OK(cliquet_session_id_from_base64(TEXT("apkElXTvv14iSlZRzdNnZMg5tufBDWWSSWBO0a6v8AA"), session_id, NULL));
    OK(cliquet_ed25519_verify(session_id, bytes, length - 64, signature));

    OK(cliquet_megolm_message_from_bytes(bytes, length, &copy, NULL));
    OK(cliquet_megolm_message_to_bytes(copy, again, sizeof again, &length_again));
    CHECK(length == length_again);
    SAME_BYTES(bytes, again, length);
    OK(cliquet_megolm_message_to_base64(copy, base64, sizeof base64, &length_again));
    CHECK(length_again == strlen(FIRST_MESSAGE) && strcmp(base64, FIRST_MESSAGE) == 0);
    OK(cliquet_megolm_message_free(copy));

    /* A large index, the other version, and a padded text. */
    bytes[0] = 4;
    bytes[2] = 0x7f;
    memset(bytes + length, 9, 24);
    OK(cliquet_megolm_message_from_bytes(bytes, length + 24, &copy, NULL));
    OK(cliquet_megolm_message_version(copy, &version));
    CHECK(version == CLIQUET_VERSION_2);
    OK(cliquet_megolm_message_message_index(copy, &message_index));
    CHECK(message_index == 127);
    OK(cliquet_megolm_message_to_base64(copy, base64, sizeof base64, &length_again));
    CHECK(length_again == 156); /* 117 bytes, which need no padding */
    OK(cliquet_megolm_message_free(copy));
    OK(cliquet_megolm_message_free(message));

    CHECK(strlen(FIRST_MESSAGE) == 124); /* neither do 93 */
    memmove(bytes + 3, bytes + 2, length);
    bytes[0] = 3;
    bytes[2] = 0xff;
    bytes[3] = 0x7f;
    memcpy(bytes + 4, again + 3, 93 - 3);
    OK(cliquet_megolm_message_from_bytes(bytes, 94, &message, NULL));
    OK(cliquet_megolm_message_message_index(message, &message_index));
    CHECK(message_index == 0x3fff);
    OK(cliquet_megolm_message_to_base64(message, base64, sizeof base64, &length_again));
    CHECK(length_again == 126);
    strcpy(base64 + 126, "==");
    OK(cliquet_megolm_message_from_base64(base64, 128, &copy, NULL));
    OK(cliquet_megolm_message_to_bytes(copy, again, sizeof again, &length_again));
    CHECK(length_again == 94);
    SAME_BYTES(bytes, again, 94);
    cliquet_megolm_message *none = NULL;
    EXPECT(CLIQUET_BASE64, cliquet_megolm_message_from_base64(base64, 127, &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_megolm_message_free(copy));
    OK(cliquet_megolm_message_free(message));
}

static void short_buffers(void) {
    uint8_t bytes[256];
    char base64[256];
    size_t length = 0;
    cliquet_megolm_message *message = NULL;
    OK(cliquet_megolm_message_from_base64(TEXT(FIRST_MESSAGE), &message, NULL));
    make_untouched(bytes, sizeof bytes);
    make_untouched(base64, sizeof base64);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_message_to_bytes(message, bytes, 92, &length));
    CHECK(length == 93);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_message_to_bytes(message, NULL, 0, &length));
    CHECK(length == 93);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_message_ciphertext(message, bytes, 15, &length));
    CHECK(length == 16);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_message_to_base64(message, base64, 124, &length));
    CHECK(length == 124);
    CHECK(is_untouched(bytes, sizeof bytes) && is_untouched(base64, sizeof base64));
    OK(cliquet_megolm_message_to_bytes(message, bytes, 93, &length));
    CHECK(is_untouched(bytes + 93, sizeof bytes - 93));
    OK(cliquet_megolm_message_ciphertext(message, bytes, 16, &length));
    OK(cliquet_megolm_message_to_base64(message, base64, 125, &length));
    CHECK(base64[124] == 0 && is_untouched(base64 + 125, sizeof base64 - 125));
    OK(cliquet_megolm_message_free(message));
}

/* The text of bytes, made by hand. */
static size_t base64_of(const uint8_t *bytes, size_t length, char *base64) {
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t bits = 0, characters = 0;
    uint32_t pending = 0;
    for (size_t i = 0; i < length; i++) {
        pending = (pending << 8 | bytes[i]) & 0xffff;
        for (bits += 8; bits >= 6; bits -= 6) {
            base64[characters++] = ALPHABET[pending >> (bits - 6) & 63];
        }
    }
    if (bits > 0) {
        base64[characters++] = ALPHABET[pending << (6 - bits) & 63];
    }
    return characters;
}

/* Why the message above is none if one byte is another and it is so long, as bytes and as text; the failure must tell these figures. */
static cliquet_status with(size_t position, uint8_t byte, size_t length, uint64_t found, uint64_t limit) {
    uint8_t bytes[256];
    char base64[512];
    size_t whole = 0;
    cliquet_details details;
    cliquet_megolm_message *message = NULL, *none = NULL;
    OK(cliquet_megolm_message_from_base64(TEXT(FIRST_MESSAGE), &message, NULL));
    OK(cliquet_megolm_message_to_bytes(message, bytes, sizeof bytes, &whole));
    OK(cliquet_megolm_message_free(message));
    memset(bytes + whole, 0x80, sizeof bytes - whole);
    bytes[position] = byte;
    cliquet_status status = cliquet_megolm_message_from_bytes(bytes, length, &none, &details);
    CHECK(none == NULL && details.found == found && details.limit == limit);
    CHECK(status == cliquet_megolm_message_from_bytes(bytes, length, &none, NULL));
    make_untouched(&details, sizeof details);
    CHECK(status == cliquet_megolm_message_from_base64(base64, base64_of(bytes, length, base64), &none, &details));
    CHECK(none == NULL && details.found == found && details.limit == limit);
    return status;
}

static void what_is_none(void) {
    cliquet_megolm_message *none = NULL;
    cliquet_details details;
    EXPECT(CLIQUET_TRUNCATED, with(0, 3, 0, 0, 0));
    EXPECT(CLIQUET_TRUNCATED, with(0, 3, 20, 0, 0));
    EXPECT(CLIQUET_TRUNCATED, with(0, 3, 92, 0, 0));
    EXPECT(CLIQUET_TRUNCATED, with(4, 0x7f, 93, 0, 0));
    EXPECT(CLIQUET_TRAILING_BYTES, with(0, 3, 94, 0, 0));
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, with(0, 5, 93, 5, 0));
    EXPECT(CLIQUET_UNEXPECTED_FIELD, with(1, 0x12, 93, 0x12, 0x08));
    EXPECT(CLIQUET_UNEXPECTED_FIELD, with(3, 0x08, 93, 0x08, 0x12));
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, with(4, 15, 92, 15, 0));
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, with(4, 0, 77, 0, 0));

    static const uint8_t LONG_WAY_ROUND[] = {3, 8, 0x80, 0, 0x12}, TOO_LARGE[] = {3, 8, 0x80, 0x80, 0x80, 0x80, 0x10, 0x12};
    EXPECT(CLIQUET_NON_CANONICAL_VARINT, cliquet_megolm_message_from_bytes(LONG_WAY_ROUND, 5, &none, &details));
    EXPECT(CLIQUET_NON_CANONICAL_VARINT, cliquet_megolm_message_from_base64(TEXT("AwiAABI"), &none, NULL));
    EXPECT(CLIQUET_INTEGER_TOO_LARGE, cliquet_megolm_message_from_bytes(TOO_LARGE, 8, &none, &details));
    EXPECT(CLIQUET_INTEGER_TOO_LARGE, cliquet_megolm_message_from_base64(TEXT("AwiAgICAEBI"), &none, NULL));
    EXPECT(CLIQUET_TRUNCATED, cliquet_megolm_message_from_bytes(NULL, 0, &none, NULL));
    EXPECT(CLIQUET_TRUNCATED, cliquet_megolm_message_from_base64(NULL, 0, &none, NULL));
    EXPECT(CLIQUET_BASE64, cliquet_megolm_message_from_base64(TEXT("Awg?"), &none, &details));
    EXPECT(CLIQUET_BASE64, cliquet_megolm_message_from_base64(TEXT("A"), &none, NULL));
    EXPECT(CLIQUET_BASE64, cliquet_megolm_message_from_base64(TEXT("Awg-"), &none, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_megolm_message_from_base64(TEXT("Awg\xff"), &none, NULL));
    CHECK(none == NULL);
}

int main(void) {
    parts();
    short_buffers();
    what_is_none();
    return 0;
}
