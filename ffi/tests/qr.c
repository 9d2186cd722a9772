/* The QR codes of verification. */
#include "check.h"

static const uint8_t FIRST_KEY[32] = {0x79, 0xb5, 0x56, 0x2e, 0x8f, 0xe6, 0x54, 0xf9, 0x40, 0x78, 0xb1, 0x12, 0xe8, 0xa9, 0x8b, 0xa7,
                                      0x90, 0x1f, 0x85, 0x3a, 0xe6, 0x95, 0xbe, 0xd7, 0xe0, 0xe3, 0x91, 0x0b, 0xad, 0x04, 0x96, 0x64};
static const uint8_t SECOND_KEY[32] = {0xe7, 0xf1, 0x62, 0xa1, 0x0b, 0xec, 0x55, 0x9a, 0xfe, 0xa1, 0x95, 0xe4, 0xdc, 0xe8, 0x4b, 0x69,
                                       0x56, 0x8d, 0x5d, 0x2c, 0xb0, 0x96, 0x3e, 0xb4, 0x46, 0xc0, 0x68, 0x5e, 0x2b, 0x17, 0xf2, 0xf0};
static const char ID[] = "$event:example.org";
#define CODE_LENGTH (74 + 18 + 16)

static cliquet_qr_keys keys_of(cliquet_qr_mode mode) {
    cliquet_qr_keys keys;
    keys.mode = mode;
    memcpy(keys.first_key, FIRST_KEY, 32);
    memcpy(keys.second_key, SECOND_KEY, 32);
    return keys;
}

/* The code with a secret of the bytes from 7 on. */
static cliquet_qr_code *code_of(cliquet_qr_mode mode) {
    cliquet_qr_code *code = NULL;
    cliquet_qr_keys keys = keys_of(mode);
    uint8_t seed = 7;
    cliquet_random counting = {fill_counting, &seed};
    OK(cliquet_qr_code_new(&keys, TEXT(ID), &counting, &code));
    CHECK(seed == 7 + 16);
    return code;
}

/* The layout of the specification. */
static void expect_bytes(uint8_t *bytes, cliquet_qr_mode mode) {
    memcpy(bytes, "MATRIX\x02", 7);
    bytes[7] = (uint8_t)mode;
    bytes[8] = 0;
    bytes[9] = 18;
    memcpy(bytes + 10, ID, 18);
    memcpy(bytes + 28, FIRST_KEY, 32);
    memcpy(bytes + 60, SECOND_KEY, 32);
    for (size_t i = 0; i < 16; i++) {
        bytes[92 + i] = (uint8_t)(7 + i);
    }
}

static void every_mode(void) {
    static const cliquet_qr_mode modes[] = {CLIQUET_QR_MODE_OTHER_USER, CLIQUET_QR_MODE_TRUSTING_DEVICE, CLIQUET_QR_MODE_NEW_DEVICE};
    for (size_t i = 0; i < 3; i++) {
        uint8_t bytes[CODE_LENGTH], expected[CODE_LENGTH];
        size_t length = 0;
        char text[23];
        cliquet_qr_code *shown = code_of(modes[i]), *scanned = NULL;
        CHECK(modes[i] == i);
        OK(cliquet_qr_code_to_bytes(shown, bytes, sizeof bytes, &length));
        expect_bytes(expected, modes[i]);
        CHECK(length == CODE_LENGTH);
        SAME_BYTES(bytes, expected, CODE_LENGTH);

        OK(cliquet_qr_code_from_bytes(bytes, length, &scanned, NULL));
        cliquet_qr_keys keys;
        OK(cliquet_qr_code_keys(scanned, &keys));
        CHECK(keys.mode == modes[i]);
        SAME_BYTES(keys.first_key, FIRST_KEY, 32);
        SAME_BYTES(keys.second_key, SECOND_KEY, 32);
        for (size_t j = 0; j < 3; j++) {
            cliquet_qr_keys known = keys_of(modes[j]);
            if (i == j) {
                OK(cliquet_qr_code_check_keys(scanned, &known));
            } else {
                EXPECT(CLIQUET_MISMATCHED_QR_KEYS, cliquet_qr_code_check_keys(scanned, &known));
            }
        }
        memcpy(keys.second_key, FIRST_KEY, 32);
        EXPECT(CLIQUET_MISMATCHED_QR_KEYS, cliquet_qr_code_check_keys(scanned, &keys));
        keys = keys_of(modes[i]);
        memcpy(keys.first_key, SECOND_KEY, 32);
        EXPECT(CLIQUET_MISMATCHED_QR_KEYS, cliquet_qr_code_check_keys(scanned, &keys));
        OK(cliquet_qr_code_transaction_id(scanned, text, sizeof text, &length));
        CHECK(length == 18 && strcmp(text, ID) == 0);

        bool reciprocated = false;
        OK(cliquet_qr_code_shared_secret(scanned, text, sizeof text, &length));
        CHECK(length == 22 && strcmp(text, "BwgJCgsMDQ4PEBESExQVFg") == 0);
        OK(cliquet_qr_code_is_reciprocated_by(shown, text, length, &reciprocated));
        CHECK(reciprocated);
        OK(cliquet_qr_code_is_reciprocated_by(shown, TEXT("BwgJCgsMDQ4PEBESExQVFw"), &reciprocated));
        CHECK(!reciprocated);
        OK(cliquet_qr_code_is_reciprocated_by(shown, TEXT("BwgJCgsMDQ4PEBESExQVFg=="), &reciprocated));
        CHECK(reciprocated);
        OK(cliquet_qr_code_is_reciprocated_by(shown, NULL, 0, &reciprocated));
        CHECK(!reciprocated);
        OK(cliquet_qr_code_free(scanned));
        OK(cliquet_qr_code_free(shown));
    }
}

static void not_made(void) {
    static char id[65536];
    uint8_t seed = 1;
    cliquet_random counting = {fill_counting, &seed};
    cliquet_qr_keys keys = keys_of(CLIQUET_QR_MODE_OTHER_USER);
    cliquet_qr_code *code = NULL;
    memset(id, 'x', sizeof id);
    EXPECT(CLIQUET_TRANSACTION_ID_TOO_LONG, cliquet_qr_code_new(&keys, id, 65536, &counting, &code));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_qr_code_new(&keys, TEXT("\xff"), &counting, &code));
    EXPECT(CLIQUET_RANDOM, cliquet_qr_code_new(&keys, TEXT(ID), &FAILING, &code));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_new(NULL, TEXT(ID), &counting, &code));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_new(&keys, NULL, 1, &counting, &code));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_new(&keys, TEXT(ID), &counting, NULL));
    keys.mode = 3;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_qr_code_new(&keys, TEXT(ID), &counting, &code));
    for (cliquet_qr_mode mode = 0; mode < 3; mode++) {
        keys = keys_of(mode);
        memset(keys.first_key, 0, 32);
        keys.first_key[0] = 2;
        EXPECT(CLIQUET_PUBLIC_KEY, cliquet_qr_code_new(&keys, TEXT(ID), &counting, &code));
        keys = keys_of(mode);
        memset(keys.second_key, 0, 32);
        keys.second_key[0] = 2;
        EXPECT(CLIQUET_PUBLIC_KEY, cliquet_qr_code_new(&keys, TEXT(ID), &counting, &code));
    }
    CHECK(code == NULL && seed == 1);

    static char again[65536];
    size_t length = 0;
    keys = keys_of(CLIQUET_QR_MODE_NEW_DEVICE);
    OK(cliquet_qr_code_new(&keys, id, 65535, NULL, &code));
    OK(cliquet_qr_code_transaction_id(code, again, sizeof again, &length));
    CHECK(length == 65535 && again[65535] == 0);
    SAME_BYTES(id, again, 65535);
    OK(cliquet_qr_code_free(code));
    OK(cliquet_qr_code_free(NULL));
}

/* What becomes of the code with one byte changed. */
static cliquet_status changed(size_t position, uint8_t byte, cliquet_details *details) {
    uint8_t bytes[CODE_LENGTH];
    cliquet_qr_code *none = NULL;
    expect_bytes(bytes, CLIQUET_QR_MODE_OTHER_USER);
    bytes[position] = byte;
    cliquet_status status = cliquet_qr_code_from_bytes(bytes, sizeof bytes, &none, details);
    CHECK(none == NULL);
    return status;
}

static void not_read(void) {
    uint8_t bytes[CODE_LENGTH];
    cliquet_qr_code *code = NULL;
    cliquet_details details;
    EXPECT(CLIQUET_MAGIC, changed(0, 'm', NULL));
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, changed(6, 1, &details));
    CHECK(details.found == 1);
    EXPECT(CLIQUET_UNKNOWN_FORM, changed(7, 3, &details));
    CHECK(details.found == 3);
    EXPECT(CLIQUET_TRUNCATED, changed(8, 1, NULL));
    EXPECT(CLIQUET_NOT_UTF8, changed(10, 0xff, NULL));
    expect_bytes(bytes, CLIQUET_QR_MODE_OTHER_USER);
    memset(bytes + 60, 0, 32);
    bytes[60] = 2;
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_qr_code_from_bytes(bytes, sizeof bytes, &code, NULL));
    expect_bytes(bytes, CLIQUET_QR_MODE_OTHER_USER);
    for (size_t length = 0; length < CODE_LENGTH - 8; length++) {
        EXPECT(CLIQUET_TRUNCATED, cliquet_qr_code_from_bytes(bytes, length, &code, NULL));
    }
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_from_bytes(NULL, 1, &code, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_from_bytes(bytes, sizeof bytes, NULL, NULL));
    CHECK(code == NULL);

    /* A secret of 8 bytes is read, and stays so short. */
    char secret[12];
    size_t length = 0;
    OK(cliquet_qr_code_from_bytes(bytes, CODE_LENGTH - 8, &code, NULL));
    OK(cliquet_qr_code_shared_secret(code, secret, sizeof secret, &length));
    CHECK(strcmp(secret, "BwgJCgsMDQ4") == 0);
    OK(cliquet_qr_code_free(code));
}

static void misused(void) {
    cliquet_qr_code *code = code_of(CLIQUET_QR_MODE_OTHER_USER);
    cliquet_curve25519_key_pair *other = NULL;
    cliquet_qr_keys keys = keys_of(CLIQUET_QR_MODE_OTHER_USER);
    uint8_t bytes[CODE_LENGTH];
    char text[23];
    size_t length = 0;
    bool reciprocated = true;
    OK(cliquet_curve25519_key_pair_new(NULL, &other));
    const cliquet_qr_code *wrong = (const cliquet_qr_code *)other;
    make_untouched(bytes, sizeof bytes);
    make_untouched(text, sizeof text);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_qr_code_to_bytes(code, bytes, CODE_LENGTH - 1, &length));
    CHECK(length == CODE_LENGTH);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_qr_code_transaction_id(code, text, 18, &length));
    CHECK(length == 18);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_qr_code_shared_secret(code, text, 22, &length));
    CHECK(length == 22);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_qr_code_is_reciprocated_by(code, TEXT("\xff"), &reciprocated));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_is_reciprocated_by(code, NULL, 1, &reciprocated));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_is_reciprocated_by(code, TEXT(""), NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_is_reciprocated_by(NULL, TEXT(""), &reciprocated));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_is_reciprocated_by(wrong, TEXT(""), &reciprocated));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_to_bytes(code, bytes, sizeof bytes, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_to_bytes(NULL, bytes, sizeof bytes, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_to_bytes(wrong, bytes, sizeof bytes, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_transaction_id(NULL, text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_transaction_id(code, text, sizeof text, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_transaction_id(wrong, text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_shared_secret(NULL, text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_shared_secret(code, text, sizeof text, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_shared_secret(wrong, text, sizeof text, &length));
    CHECK(reciprocated && is_untouched(bytes, sizeof bytes) && is_untouched(text, sizeof text));

    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_check_keys(code, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_check_keys(NULL, &keys));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_check_keys(wrong, &keys));
    memset(keys.first_key, 0, 32);
    keys.first_key[0] = 2;
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_qr_code_check_keys(code, &keys));
    keys.mode = 3;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_qr_code_check_keys(code, &keys));
    make_untouched(&keys, sizeof keys);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_keys(code, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_qr_code_keys(NULL, &keys));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_keys(wrong, &keys));
    CHECK(is_untouched(&keys, sizeof keys));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_qr_code_free((cliquet_qr_code *)other));
    OK(cliquet_curve25519_key_pair_free(other));
    OK(cliquet_qr_code_free(code));
}

int main(void) {
    every_mode();
    not_made();
    not_read();
    misused();
    return 0;
}
