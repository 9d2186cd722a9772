/* Attachments: whole and in pieces, what opens them, and how events speak of them. */
#include "check.h"

#define WHOLE 40

static const char PLAINTEXT[] = "An attachment of more than two blocks...";

/* The published vector of matrix-encrypt-attachment: key and IV of ones, "Hello, World". */
static const uint8_t HELLO[12] = {0xe7, 0x12, 0x59, 0x4e, 0xde, 0x5c, 0x42, 0x27, 0x26, 0xfb, 0xd7, 0xf8};
static const char HELLO_JSON[] =
    "{\"hashes\":{\"sha256\":\"YzF08lARDdOCzJpzuSwsjTNlQc4pHxpdHcXiD/wpK6k\"},\"iv\":\"//////////8AAAAAAAAAAA\","
    "\"key\":{\"alg\":\"A256CTR\",\"ext\":true,\"k\":\"__________________________________________8\","
    "\"key_ops\":[\"encrypt\",\"decrypt\"],\"kty\":\"oct\"},\"url\":\"mxc://example.org/abc\",\"v\":\"v2\"}";

/* Two blocks of which the second would overflow the counter, and their hash. */
static const char OVERFLOWING_JSON[] =
    "{\"v\":\"v1\",\"url\":\"mxc://example.org/abc\",\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"ext\":true,"
    "\"key_ops\":[\"encrypt\",\"decrypt\"],\"k\":\"7j-uOLRSEYJ9b0sa8Vh76Bn1xGkmr_XtndaNLb5idNQ\"},"
    "\"iv\":\"ERERERERERH//////////w\",\"hashes\":{\"sha256\":\"qt8bMTd6yAEqlKusM8U/Rh6en5Nw9YDjJTyLpBUAH8U\"}}";
static const uint8_t OVERFLOWING[32] = {0x4c, 0x13, 0x98, 0xbc, 0x37, 0xed, 0x10, 0x0f, 0x4c, 0x14, 0xb7,
                                        0x9b, 0xab, 0xdd, 0xee, 0xc8, 0xef, 0x93, 0xab, 0x71, 0xf6, 0x0a,
                                        0x05, 0x38, 0x54, 0xff, 0xb9, 0x0c, 0xeb, 0xe2, 0x9c, 0xfe};

static int32_t fill_ones(void *context, uint8_t *bytes, size_t length) {
    (void)context;
    memset(bytes, 0xff, length);
    return 0;
}

static cliquet_attachment_info *info_of_json(const char *json) {
    cliquet_encrypted_file *file = NULL;
    cliquet_attachment_info *info = NULL;
    OK(cliquet_encrypted_file_from_json(TEXT(json), &file));
    OK(cliquet_encrypted_file_info(file, &info));
    OK(cliquet_encrypted_file_free(file));
    return info;
}

/* Encrypts the plaintext with bytes that count from 0 to the key and the IV. */
static cliquet_attachment_info *encrypt(uint8_t *bytes) {
    uint8_t seed = 0;
    cliquet_random counting = {fill_counting, &seed};
    cliquet_attachment_info *info = NULL;
    memcpy(bytes, PLAINTEXT, WHOLE);
    OK(cliquet_attachment_encrypt_in_place(bytes, WHOLE, &counting, &info));
    CHECK(seed == 40);
    return info;
}

static void a_published_attachment(void) {
    cliquet_random ones = {fill_ones, NULL};
    cliquet_attachment_info *info = NULL, *read = NULL, *made = NULL;
    cliquet_attachment_version version = 0;
    uint8_t bytes[12], key[32], iv[16], sha256[32], plaintext[12];
    size_t length = 0;
    bool equal = false;
    memcpy(bytes, "Hello, World", 12);
    OK(cliquet_attachment_encrypt_in_place(bytes, 12, &ones, &info));
    SAME_BYTES(bytes, HELLO, 12);
    OK(cliquet_attachment_info_version(info, &version));
    CHECK(version == CLIQUET_ATTACHMENT_VERSION_2);
    OK(cliquet_attachment_info_key(info, key));
    OK(cliquet_attachment_info_iv(info, iv));
    OK(cliquet_attachment_info_sha256(info, sha256));
    CHECK(key[0] == 0xff && key[31] == 0xff && iv[7] == 0xff && iv[8] == 0 && iv[15] == 0);
    CHECK(sha256[0] == 0x63 && sha256[31] == 0xa9);

    read = info_of_json(HELLO_JSON);
    OK(cliquet_attachment_info_equals(info, read, &equal));
    CHECK(equal);
    OK(cliquet_attachment_info_decrypt(read, HELLO, 12, plaintext, 12, &length, NULL));
    CHECK(length == 12);
    SAME_BYTES(plaintext, "Hello, World", 12);

    OK(cliquet_attachment_info_new(version, key, iv, sha256, &made));
    OK(cliquet_attachment_info_equals(made, made, &equal));
    CHECK(equal);
    OK(cliquet_attachment_info_equals(made, info, &equal));
    CHECK(equal);
    OK(cliquet_attachment_info_free(made));
    made = NULL;
    OK(cliquet_attachment_info_new(CLIQUET_ATTACHMENT_VERSION_1, key, iv, sha256, &made));
    OK(cliquet_attachment_info_version(made, &version));
    CHECK(version == CLIQUET_ATTACHMENT_VERSION_1);
    OK(cliquet_attachment_info_equals(made, info, &equal));
    CHECK(!equal);
    OK(cliquet_attachment_info_free(made));
    OK(cliquet_attachment_info_free(read));
    OK(cliquet_attachment_info_free(info));
}

static void in_place(void) {
    uint8_t ciphertext[WHOLE], bytes[WHOLE], sha256[32];
    cliquet_attachment_info *info = encrypt(ciphertext), *none = NULL;
    int left = 1;
    cliquet_random second_fails = {fill_until_failure, &left};
    memcpy(bytes, ciphertext, WHOLE);
    OK(cliquet_attachment_info_decrypt_in_place(info, bytes, WHOLE, NULL));
    SAME_BYTES(bytes, PLAINTEXT, WHOLE);

    /* A damaged ciphertext stays as it is, and so does one that is cut off. */
    memcpy(bytes, ciphertext, WHOLE);
    bytes[39] ^= 1;
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_attachment_info_decrypt_in_place(info, bytes, WHOLE, NULL));
    bytes[39] ^= 1;
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_attachment_info_decrypt_in_place(info, bytes, WHOLE - 1, NULL));
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_attachment_info_decrypt_in_place(info, NULL, 0, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_decrypt_in_place(info, NULL, 1, NULL));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_attachment_info_decrypt_in_place(info, bytes, SIZE_MAX, NULL));
    SAME_BYTES(bytes, ciphertext, WHOLE);
    OK(cliquet_attachment_info_decrypt_in_place(info, bytes, WHOLE, NULL));
    SAME_BYTES(bytes, PLAINTEXT, WHOLE);

    /* The plaintext stays as it is where there is no key for it. */
    EXPECT(CLIQUET_RANDOM, cliquet_attachment_encrypt_in_place(bytes, WHOLE, &FAILING, &none));
    EXPECT(CLIQUET_RANDOM, cliquet_attachment_encrypt_in_place(bytes, WHOLE, &second_fails, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_encrypt_in_place(NULL, WHOLE, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_encrypt_in_place(bytes, WHOLE, NULL, NULL));
    SAME_BYTES(bytes, PLAINTEXT, WHOLE);
    CHECK(none == NULL && left == 0);

    /* Nothing at all is an attachment, too: its hash is that of nothing. */
    OK(cliquet_attachment_encrypt_in_place(NULL, 0, NULL, &none));
    OK(cliquet_attachment_info_sha256(none, sha256));
    CHECK(sha256[0] == 0xe3 && sha256[31] == 0x55);
    OK(cliquet_attachment_info_decrypt_in_place(none, NULL, 0, NULL));
    OK(cliquet_attachment_info_free(none));
    OK(cliquet_attachment_info_free(info));
}

static void into_a_buffer(void) {
    uint8_t ciphertext[WHOLE], plaintext[WHOLE];
    cliquet_attachment_info *info = encrypt(ciphertext);
    cliquet_details details;
    size_t length = 0;
    make_untouched(plaintext, WHOLE);
    EXPECT(CLIQUET_SHORT_BUFFER,
           cliquet_attachment_info_decrypt(info, ciphertext, WHOLE, plaintext, WHOLE - 1, &length, &details));
    CHECK(length == WHOLE && details.found == WHOLE - 1 && details.limit == WHOLE);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_attachment_info_decrypt(info, ciphertext, WHOLE, NULL, 0, &length, NULL));
    CHECK(length == WHOLE);
    /* The buffer comes first: nothing is read that has no place to go. */
    ciphertext[0] ^= 1;
    EXPECT(CLIQUET_SHORT_BUFFER,
           cliquet_attachment_info_decrypt(info, ciphertext, WHOLE, plaintext, WHOLE - 1, &length, NULL));
    length = 7;
    EXPECT(CLIQUET_HASH_MISMATCH,
           cliquet_attachment_info_decrypt(info, ciphertext, WHOLE, plaintext, WHOLE, &length, &details));
    ciphertext[0] ^= 1;
    EXPECT(CLIQUET_NULL_POINTER,
           cliquet_attachment_info_decrypt(NULL, ciphertext, WHOLE, plaintext, WHOLE, &length, NULL));
    CHECK(length == 7 && is_untouched(plaintext, WHOLE));
    OK(cliquet_attachment_info_decrypt(info, ciphertext, WHOLE, plaintext, WHOLE, &length, NULL));
    CHECK(length == WHOLE);
    SAME_BYTES(plaintext, PLAINTEXT, WHOLE);
    OK(cliquet_attachment_info_free(info));
}

static void in_pieces(void) {
    uint8_t whole[WHOLE], bytes[WHOLE], seed = 0, byte = UNTOUCHED;
    cliquet_random counting = {fill_counting, &seed};
    int left = 1;
    cliquet_random second_fails = {fill_until_failure, &left};
    cliquet_attachment_info *of_whole = encrypt(whole), *info = NULL, *none = NULL;
    cliquet_attachment_encryptor *encryptor = NULL, *no_encryptor = NULL;
    bool equal = false;
    OK(cliquet_attachment_encryptor_new(&counting, &encryptor));
    memcpy(bytes, PLAINTEXT, WHOLE);
    OK(cliquet_attachment_encryptor_encrypt(encryptor, bytes, 1));
    OK(cliquet_attachment_encryptor_encrypt(encryptor, NULL, 0));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_encryptor_encrypt(encryptor, NULL, 1));
    OK(cliquet_attachment_encryptor_encrypt(encryptor, bytes + 1, 22));
    OK(cliquet_attachment_encryptor_encrypt(encryptor, bytes + 23, WHOLE - 23));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_encryptor_finish(encryptor, NULL));
    OK(cliquet_attachment_encryptor_finish(encryptor, &info));
    SAME_BYTES(bytes, whole, WHOLE);
    OK(cliquet_attachment_info_equals(info, of_whole, &equal));
    CHECK(equal);

    EXPECT(CLIQUET_USED_UP, cliquet_attachment_encryptor_encrypt(encryptor, &byte, 1));
    EXPECT(CLIQUET_USED_UP, cliquet_attachment_encryptor_finish(encryptor, &none));
    EXPECT(CLIQUET_RANDOM, cliquet_attachment_encryptor_new(&FAILING, &no_encryptor));
    EXPECT(CLIQUET_RANDOM, cliquet_attachment_encryptor_new(&second_fails, &no_encryptor));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_encryptor_finish((cliquet_attachment_encryptor *)info, &none));
    CHECK(byte == UNTOUCHED && none == NULL && no_encryptor == NULL);

    /* Given up in the middle. */
    OK(cliquet_attachment_encryptor_new(NULL, &no_encryptor));
    OK(cliquet_attachment_encryptor_free(no_encryptor));
    OK(cliquet_attachment_encryptor_free(NULL));
    OK(cliquet_attachment_encryptor_free(encryptor));
    OK(cliquet_attachment_info_free(info));
    OK(cliquet_attachment_info_free(of_whole));
}

static void unverified(void) {
    uint8_t ciphertext[WHOLE], bytes[WHOLE];
    cliquet_attachment_info *info = encrypt(ciphertext);
    cliquet_unverified_decryptor *decryptor = NULL;
    OK(cliquet_unverified_decryptor_new(info, &decryptor));
    memcpy(bytes, ciphertext, WHOLE);
    OK(cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes, 17, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unverified_decryptor_decrypt_unverified(decryptor, NULL, 1, NULL));
    OK(cliquet_unverified_decryptor_decrypt_unverified(decryptor, NULL, 0, NULL));
    OK(cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes + 17, WHOLE - 17, NULL));
    SAME_BYTES(bytes, PLAINTEXT, WHOLE);
    OK(cliquet_unverified_decryptor_verify(decryptor));
    EXPECT(CLIQUET_USED_UP, cliquet_unverified_decryptor_verify(decryptor));
    EXPECT(CLIQUET_USED_UP, cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes, 1, NULL));
    SAME_BYTES(bytes, PLAINTEXT, WHOLE);
    OK(cliquet_unverified_decryptor_free(decryptor));

    /* Of a changed bit, the same bit of the plaintext is another one, until the end tells. */
    decryptor = NULL;
    OK(cliquet_unverified_decryptor_new(info, &decryptor));
    memcpy(bytes, ciphertext, WHOLE);
    bytes[3] ^= 4;
    OK(cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes, WHOLE, NULL));
    CHECK(bytes[3] == (PLAINTEXT[3] ^ 4) && bytes[4] == PLAINTEXT[4]);
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_unverified_decryptor_verify(decryptor));
    EXPECT(CLIQUET_USED_UP, cliquet_unverified_decryptor_verify(decryptor));
    OK(cliquet_unverified_decryptor_free(decryptor));

    /* Cut off. */
    decryptor = NULL;
    OK(cliquet_unverified_decryptor_new(info, &decryptor));
    OK(cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes, 0, NULL));
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_unverified_decryptor_verify(decryptor));
    OK(cliquet_unverified_decryptor_free(decryptor));
    OK(cliquet_unverified_decryptor_free(NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_unverified_decryptor_verify((cliquet_unverified_decryptor *)info));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unverified_decryptor_new(NULL, &decryptor));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_unverified_decryptor_new(info, NULL));
    OK(cliquet_attachment_info_free(info));
}

static void no_room_in_the_counter(void) {
    cliquet_attachment_info *info = info_of_json(OVERFLOWING_JSON);
    cliquet_unverified_decryptor *decryptor = NULL;
    cliquet_attachment_version version = 0;
    uint8_t bytes[32], plaintext[32];
    size_t length = 7;
    OK(cliquet_attachment_info_version(info, &version));
    CHECK(version == CLIQUET_ATTACHMENT_VERSION_1);
    make_untouched(plaintext, 32);
    EXPECT(CLIQUET_COUNTER_OVERFLOW,
           cliquet_attachment_info_decrypt(info, OVERFLOWING, 32, plaintext, 32, &length, NULL));
    CHECK(length == 7 && is_untouched(plaintext, 32));
    memcpy(bytes, OVERFLOWING, 32);
    EXPECT(CLIQUET_COUNTER_OVERFLOW, cliquet_attachment_info_decrypt_in_place(info, bytes, 32, NULL));
    SAME_BYTES(bytes, OVERFLOWING, 32);
    OK(cliquet_unverified_decryptor_new(info, &decryptor));
    EXPECT(CLIQUET_COUNTER_OVERFLOW, cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes, 32, NULL));
    SAME_BYTES(bytes, OVERFLOWING, 32);
    /* The first block alone has room. */
    OK(cliquet_unverified_decryptor_decrypt_unverified(decryptor, bytes, 16, NULL));
    SAME_BYTES(bytes, "An attachment of", 16);
    OK(cliquet_unverified_decryptor_free(decryptor));
    OK(cliquet_attachment_info_free(info));
}

static void versions_and_pointers(void) {
    uint8_t bytes[32] = {0};
    char name[3];
    size_t length = 0;
    bool equal = false;
    cliquet_attachment_version version = 0;
    cliquet_details details;
    cliquet_attachment_info *info = NULL;
    cliquet_attachment_encryptor *encryptor = NULL;
    OK(cliquet_attachment_version_to_name(CLIQUET_ATTACHMENT_VERSION_1, name, 3, &length));
    CHECK(length == 2 && strcmp(name, "v1") == 0);
    OK(cliquet_attachment_version_to_name(CLIQUET_ATTACHMENT_VERSION_2, name, 3, &length));
    CHECK(strcmp(name, "v2") == 0);
    make_untouched(name, 3);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_attachment_version_to_name(CLIQUET_ATTACHMENT_VERSION_2, name, 2, &length));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_attachment_version_to_name(3, name, 3, &length));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_attachment_version_to_name(0, name, 3, &length));
    CHECK(length == 2 && is_untouched(name, 3));
    OK(cliquet_attachment_version_from_name(TEXT("v1"), &version));
    CHECK(version == CLIQUET_ATTACHMENT_VERSION_1);
    OK(cliquet_attachment_version_from_name(TEXT("v2"), &version));
    CHECK(version == CLIQUET_ATTACHMENT_VERSION_2);
    EXPECT(CLIQUET_ABSENT, cliquet_attachment_version_from_name(TEXT("v3"), &version));
    EXPECT(CLIQUET_ABSENT, cliquet_attachment_version_from_name(NULL, 0, &version));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_attachment_version_from_name(TEXT("\xff"), &version));
    CHECK(version == CLIQUET_ATTACHMENT_VERSION_2);

    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_attachment_info_new(3, bytes, bytes, bytes, &info));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_new(version, NULL, bytes, bytes, &info));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_new(version, bytes, NULL, bytes, &info));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_new(version, bytes, bytes, NULL, &info));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_new(version, bytes, bytes, bytes, NULL));
    CHECK(info == NULL);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_key(NULL, bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_iv(NULL, bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_sha256(NULL, bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_info_version(NULL, &version));
    OK(cliquet_attachment_encryptor_new(NULL, &encryptor));
    info = (cliquet_attachment_info *)encryptor;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_info_key(info, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_info_equals(info, info, &equal));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_info_decrypt_in_place(info, bytes, 32, &details));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_info_free(info));
    OK(cliquet_attachment_info_free(NULL));
    OK(cliquet_attachment_encryptor_free(encryptor));
}

/* The JSON of the published attachment with the first of one text replaced by another. */
static void refused_with(const char *from, const char *to) {
    char json[512];
    cliquet_encrypted_file *file = NULL;
    const char *found = strstr(HELLO_JSON, from);
    CHECK(found != NULL);
    snprintf(json, sizeof json, "%.*s%s%s", (int)(found - HELLO_JSON), HELLO_JSON, to, found + strlen(from));
    EXPECT(CLIQUET_JSON, cliquet_encrypted_file_from_json(TEXT(json), &file));
    CHECK(file == NULL);
}

static void files(void) {
    cliquet_encrypted_file *file = NULL, *again = NULL, *none = NULL;
    cliquet_attachment_info *info = NULL, *copy = NULL;
    char json[512], url[64];
    size_t length = 0, needed = strlen(HELLO_JSON);
    bool equal = false;
    OK(cliquet_encrypted_file_from_json(TEXT(HELLO_JSON), &file));
    OK(cliquet_encrypted_file_url(file, url, sizeof url, &length));
    CHECK(length == 21 && strcmp(url, "mxc://example.org/abc") == 0);
    OK(cliquet_encrypted_file_info(file, &info));
    make_untouched(json, sizeof json);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_encrypted_file_to_json(file, json, needed, &length));
    CHECK(length == needed && is_untouched(json, sizeof json));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_encrypted_file_url(file, NULL, 0, &length));
    CHECK(length == 21);
    OK(cliquet_encrypted_file_to_json(file, json, needed + 1, &length));
    CHECK(length == needed && strcmp(json, HELLO_JSON) == 0);
    OK(cliquet_encrypted_file_free(file));

    /* What is copied outlives what it was copied of. */
    OK(cliquet_encrypted_file_new(TEXT("a \"text\""), info, &again));
    OK(cliquet_encrypted_file_info(again, &copy));
    OK(cliquet_attachment_info_equals(info, copy, &equal));
    CHECK(equal);
    OK(cliquet_attachment_info_free(info));
    OK(cliquet_encrypted_file_to_json(again, json, sizeof json, &length));
    CHECK(strstr(json, "\"url\":\"a \\\"text\\\"\"") != NULL);
    OK(cliquet_encrypted_file_free(again));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_encrypted_file_new(TEXT("\xff"), copy, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_file_new(TEXT("url"), NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_file_new(TEXT("url"), copy, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_file_free((cliquet_encrypted_file *)copy));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_file_to_json((cliquet_encrypted_file *)copy, json, 512, &length));
    OK(cliquet_encrypted_file_free(NULL));
    OK(cliquet_attachment_info_free(copy));

    refused_with("oct", "rsa");
    refused_with("A256CTR", "A128CTR");
    refused_with("true", "false");
    refused_with("\"encrypt\",", "");
    refused_with("sha256", "sha512");
    refused_with("K6k", "Kw");
    refused_with("/8AAAAAAAAAAA", "/8AAAAAAAAAA");
    refused_with("__8", "__9");
    refused_with("v2", "v3");
    refused_with("\"url\":", "\"uri\":");
    refused_with("\"url\":", "\"url\":\"\",\"url\":");
    refused_with("{", "[");
    EXPECT(CLIQUET_JSON, cliquet_encrypted_file_from_json(NULL, 0, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_encrypted_file_from_json(TEXT("\xff"), &none));
    CHECK(none == NULL);
}

int main(void) {
    a_published_attachment();
    in_place();
    into_a_buffer();
    in_pieces();
    unverified();
    no_room_in_the_counter();
    versions_and_pointers();
    files();
    return 0;
}
