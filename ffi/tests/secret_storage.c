/* Secret storage: keys, recovery keys, secrets, and what the server keeps of a key. */
#include "check.h"

#define SALT "IuLnH7S85YtZmkkBJKwNUKxWF42g9O1H"
#define PASSPHRASE "It's a secret to everybody"
#define COUNTED_RECOVERY_KEY "EsSz ykH7 LCZx 7Cae cmKD wcmY JRXi Ybtu 8iQ3 t8Ez nRwK pUY1"
#define COUNTED_SECRET                                                                                                \
    "{\"ciphertext\":\"qrRZzOqI\",\"iv\":\"AAECAwQFBgd4CQoLDA0ODw\","                                                \
    "\"mac\":\"3WkyyfgobiV6ysex4GuTZPjcMcMA4c/oQ1xqkvUR4ac\"}"
#define CHECK_IV "gH2iNpiETFhApvW6/FFEJQ"
#define CHECK_MAC "9Lw12m5SKDipNghdQXKjgpfdj1/K7HFI2brO+UWAGoM"
#define ALGORITHM "\"algorithm\":\"m.secret_storage.v1.aes-hmac-sha2\""
#define DESCRIPTION                                                                                                   \
    "{" ALGORITHM ",\"iv\":\"" CHECK_IV "\",\"mac\":\"" CHECK_MAC "\",\"name\":\"m.default\","                        \
    "\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"bits\":256,\"iterations\":10,\"salt\":\"" SALT "\"}}"
#define HALF_DESCRIPTION "{" ALGORITHM ",\"iv\":\"" CHECK_IV "\",\"passphrase\":{\"algorithm\":\"m.argon2\"}}"

/* The bytes that the published vectors draw: they count, but for one. */
static int32_t fill_vector(void *context, uint8_t *bytes, size_t length) {
    (void)context;
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(i == 8 ? 0x78 : i);
    }
    return 0;
}

static const cliquet_random VECTOR = {fill_vector, NULL};

/* The key of the bytes 0 to 31. */
static cliquet_secret_storage_key *counted(void) {
    uint8_t bytes[32];
    cliquet_secret_storage_key *key = NULL;
    for (uint8_t i = 0; i < 32; i++) {
        bytes[i] = i;
    }
    OK(cliquet_secret_storage_key_from_bytes(bytes, &key));
    return key;
}

/* Reads a text that is no recovery key: nothing is made, and the details tell this. */
static cliquet_status read_recovery_key(const char *text, uint64_t found) {
    cliquet_details details;
    cliquet_secret_storage_key *none = NULL;
    cliquet_status status = cliquet_secret_storage_key_from_recovery_key(TEXT(text), &none, &details);
    CHECK(details.found == found && none == NULL);
    return status;
}

static void keys(void) {
    cliquet_secret_storage_key *key = counted(), *same = NULL, *other = NULL, *none = NULL;
    uint8_t seed = 0, bytes[32];
    cliquet_random counting = {fill_counting, &seed};
    char text[60];
    size_t length = 0;
    bool equal = false;
    OK(cliquet_secret_storage_key_random(&counting, &same));
    CHECK(seed == 32);
    OK(cliquet_secret_storage_key_equals(key, same, &equal));
    CHECK(equal);
    OK(cliquet_secret_storage_key_equals(key, key, &equal));
    CHECK(equal);
    OK(cliquet_secret_storage_key_as_bytes(same, bytes));
    CHECK(bytes[0] == 0 && bytes[31] == 31);
    OK(cliquet_secret_storage_key_free(same));
    OK(cliquet_secret_storage_key_random(NULL, &other));
    OK(cliquet_secret_storage_key_equals(key, other, &equal));
    CHECK(!equal);
    EXPECT(CLIQUET_RANDOM, cliquet_secret_storage_key_random(&FAILING, &none));

    make_untouched(text, 60);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_secret_storage_key_to_recovery_key(key, text, 59, &length));
    CHECK(length == 59 && is_untouched(text, 60));
    OK(cliquet_secret_storage_key_to_recovery_key(key, text, 60, &length));
    CHECK(length == 59 && strcmp(text, COUNTED_RECOVERY_KEY) == 0);
    same = NULL;
    OK(cliquet_secret_storage_key_from_recovery_key(TEXT(" EsSzykH7LCZx7CaecmKD wcmYJRXiYbtu8iQ3t8EznRwKpUY1\n"), &same,
                                                    NULL));
    OK(cliquet_secret_storage_key_equals(key, same, &equal));
    CHECK(equal);
    EXPECT(CLIQUET_RECOVERY_KEY_LENGTH, read_recovery_key("EsSz ykH7", 8));
    EXPECT(CLIQUET_RECOVERY_KEY_CHARACTER,
           read_recovery_key("EsTc LW2K PG0F wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d", 0));
    EXPECT(CLIQUET_RECOVERY_KEY_PREFIX,
           read_recovery_key("EsUv PH7C TD9q BPzt 4HL1 q13w i3HG p5P3 GaZL DBsA 2Hfr g55E", 0));
    EXPECT(CLIQUET_RECOVERY_KEY_PARITY,
           read_recovery_key("EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4e", 0));
    EXPECT(CLIQUET_NOT_UTF8, read_recovery_key("\xff", 0));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_secret_storage_key_from_bytes(NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_secret_storage_key_as_bytes(key, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_secret_storage_key_equals(key, NULL, &equal));
    CHECK(none == NULL);
    OK(cliquet_secret_storage_key_free(NULL));
    OK(cliquet_secret_storage_key_free(other));
    OK(cliquet_secret_storage_key_free(same));
    OK(cliquet_secret_storage_key_free(key));
}

static void secrets(void) {
    cliquet_secret_storage_key *key = counted(), *other = NULL;
    cliquet_encrypted_secret *secret = NULL, *read = NULL, *made = NULL, *none = NULL;
    uint8_t iv[16], mac[32], ciphertext[6], plaintext[6];
    char json[256];
    size_t length = 0;
    cliquet_details details;
    OK(cliquet_secret_storage_key_encrypt(key, TEXT("name"), (const uint8_t *)"secret", 6, &VECTOR, &secret));
    OK(cliquet_encrypted_secret_to_json(secret, json, sizeof json, &length));
    CHECK(length == strlen(COUNTED_SECRET) && strcmp(json, COUNTED_SECRET) == 0);
    OK(cliquet_encrypted_secret_from_json(json, length, &read));
    OK(cliquet_encrypted_secret_iv(read, iv));
    OK(cliquet_encrypted_secret_mac(read, mac));
    OK(cliquet_encrypted_secret_ciphertext(read, ciphertext, 6, &length));
    CHECK(iv[8] == 0x78 && mac[0] == 0xdd && ciphertext[0] == 0xaa && length == 6);
    OK(cliquet_encrypted_secret_new(iv, ciphertext, 6, mac, &made));
    OK(cliquet_secret_storage_key_decrypt(key, TEXT("name"), made, plaintext, 6, &length, NULL));
    CHECK(length == 6);
    SAME_BYTES(plaintext, "secret", 6);

    make_untouched(plaintext, 6);
    length = 7;
    EXPECT(CLIQUET_AUTHENTICATION_FAILED,
           cliquet_secret_storage_key_decrypt(key, TEXT("Name"), made, plaintext, 6, &length, &details));
    OK(cliquet_secret_storage_key_random(NULL, &other));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED,
           cliquet_secret_storage_key_decrypt(other, TEXT("name"), made, plaintext, 6, &length, NULL));
    CHECK(length == 7);
    EXPECT(CLIQUET_SHORT_BUFFER,
           cliquet_secret_storage_key_decrypt(key, TEXT("name"), made, plaintext, 5, &length, &details));
    CHECK(length == 6 && details.found == 5 && details.limit == 6 && is_untouched(plaintext, 6));
    EXPECT(CLIQUET_SHORT_BUFFER,
           cliquet_secret_storage_key_decrypt(other, TEXT("name"), made, plaintext, 5, &length, NULL));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_encrypted_secret_ciphertext(made, plaintext, 5, &length));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_encrypted_secret_to_json(made, NULL, 0, &length));
    CHECK(length == strlen(COUNTED_SECRET) && is_untouched(plaintext, 6));
    OK(cliquet_encrypted_secret_free(made));

    /* The MAC does not cover the IV: another one gives another text. */
    iv[0] ^= 1;
    made = NULL;
    OK(cliquet_encrypted_secret_new(iv, ciphertext, 6, mac, &made));
    OK(cliquet_secret_storage_key_decrypt(key, TEXT("name"), made, plaintext, 6, &length, NULL));
    CHECK(length == 6 && memcmp(plaintext, "secret", 6) != 0);
    OK(cliquet_encrypted_secret_free(made));

    made = NULL;
    OK(cliquet_encrypted_secret_from_base64(TEXT("AAECAwQFBgd4CQoLDA0ODw=="), TEXT("qrRZzOqI"),
                                            TEXT("3WkyyfgobiV6ysex4GuTZPjcMcMA4c/oQ1xqkvUR4ac="), &made, NULL));
    OK(cliquet_encrypted_secret_to_json(made, json, sizeof json, &length));
    CHECK(strcmp(json, COUNTED_SECRET) == 0);
    EXPECT(CLIQUET_BASE64,
           cliquet_encrypted_secret_from_base64(TEXT(CHECK_IV), TEXT("?"), TEXT(CHECK_MAC), &none, &details));
    EXPECT(CLIQUET_LENGTH,
           cliquet_encrypted_secret_from_base64(TEXT("AAAA"), TEXT("AAAA"), TEXT(CHECK_MAC), &none, &details));
    CHECK(details.found == 3 && details.limit == 16);
    EXPECT(CLIQUET_LENGTH,
           cliquet_encrypted_secret_from_base64(TEXT(CHECK_IV), TEXT("AAAA"), TEXT("AAAA"), &none, &details));
    CHECK(details.found == 3 && details.limit == 32);
    EXPECT(CLIQUET_JSON,
           cliquet_encrypted_secret_from_json(TEXT("{\"ciphertext\":\"\",\"iv\":\"" CHECK_IV "\",\"mac\":\"AAAA\"}"),
                                              &none));
    EXPECT(CLIQUET_JSON, cliquet_encrypted_secret_from_json(TEXT("{}"), &none));
    EXPECT(CLIQUET_RANDOM,
           cliquet_secret_storage_key_encrypt(key, TEXT("name"), (const uint8_t *)"secret", 6, &FAILING, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_secret_storage_key_encrypt(key, TEXT("\xff"), NULL, 0, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_secret_storage_key_encrypt(key, TEXT("name"), NULL, 1, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_secret_new(NULL, NULL, 0, mac, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_secret_new(iv, NULL, 0, NULL, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_secret_iv((cliquet_encrypted_secret *)key, iv));
    CHECK(none == NULL);

    /* A secret may be empty. */
    OK(cliquet_secret_storage_key_encrypt(key, NULL, 0, NULL, 0, NULL, &none));
    OK(cliquet_secret_storage_key_decrypt(key, NULL, 0, none, NULL, 0, &length, NULL));
    CHECK(length == 0);
    OK(cliquet_encrypted_secret_free(none));
    OK(cliquet_encrypted_secret_free(made));
    OK(cliquet_encrypted_secret_free(read));
    OK(cliquet_encrypted_secret_free(secret));
    OK(cliquet_encrypted_secret_free(NULL));
    OK(cliquet_secret_storage_key_free(other));
    OK(cliquet_secret_storage_key_free(key));
}

static void checks(void) {
    cliquet_secret_storage_key *key = counted(), *other = NULL;
    cliquet_key_check *check = NULL, *made = NULL, *none = NULL;
    uint8_t iv[16], mac[32];
    cliquet_details details;
    bool passes = false;
    OK(cliquet_secret_storage_key_check(key, &VECTOR, &check));
    OK(cliquet_key_check_iv(check, iv));
    OK(cliquet_key_check_mac(check, mac));
    CHECK(iv[0] == 0 && iv[8] == 0x78 && iv[15] == 15);
    OK(cliquet_key_check_new(iv, mac, &made));
    OK(cliquet_secret_storage_key_passes(key, made, &passes));
    CHECK(passes);
    OK(cliquet_secret_storage_key_random(NULL, &other));
    OK(cliquet_secret_storage_key_passes(other, made, &passes));
    CHECK(!passes);
    EXPECT(CLIQUET_RANDOM, cliquet_secret_storage_key_check(key, &FAILING, &none));
    EXPECT(CLIQUET_BASE64, cliquet_key_check_from_base64(TEXT("?"), TEXT(CHECK_MAC), &none, &details));
    EXPECT(CLIQUET_LENGTH, cliquet_key_check_from_base64(TEXT("AAAA"), TEXT(CHECK_MAC), &none, &details));
    CHECK(details.found == 3 && details.limit == 16);
    EXPECT(CLIQUET_LENGTH, cliquet_key_check_from_base64(TEXT(CHECK_IV), TEXT("AAAA"), &none, &details));
    CHECK(details.found == 3 && details.limit == 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_check_new(NULL, mac, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_secret_storage_key_passes(key, NULL, &passes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_check_mac((cliquet_key_check *)key, mac));
    CHECK(none == NULL);
    OK(cliquet_key_check_free(NULL));
    OK(cliquet_key_check_free(made));
    OK(cliquet_key_check_free(check));
    OK(cliquet_secret_storage_key_free(other));
    OK(cliquet_secret_storage_key_free(key));
}

/* Whether the JSON of a description is this one. */
static void is_described(const cliquet_key_description *description, const char *expected) {
    char json[512];
    size_t length = 0;
    OK(cliquet_key_description_to_json(description, json, sizeof json, &length));
    CHECK(length == strlen(expected) && strcmp(json, expected) == 0);
}

static void descriptions(void) {
    cliquet_secret_storage_key *key = counted(), *published = NULL;
    cliquet_key_description *description = NULL, *bare = NULL, *none = NULL;
    cliquet_passphrase_parameters *parameters = NULL, *no_parameters = NULL;
    cliquet_key_check *check = NULL, *no_check = NULL;
    char text[64];
    size_t length = 0;
    bool flag = false;
    OK(cliquet_key_description_from_json(TEXT(DESCRIPTION), &description));
    is_described(description, DESCRIPTION);
    OK(cliquet_key_description_name(description, text, sizeof text, &length));
    CHECK(length == 9 && strcmp(text, "m.default") == 0);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_key_description_name(description, text, 9, &length));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_key_description_to_json(description, NULL, 0, &length));
    CHECK(length == strlen(DESCRIPTION));
    OK(cliquet_key_description_passphrase(description, &parameters));
    OK(cliquet_key_description_check(description, &check));
    OK(cliquet_secret_storage_key_derive(parameters, TEXT(PASSPHRASE), CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS,
                                         &published, NULL));
    OK(cliquet_key_description_may_describe(description, published, &flag));
    CHECK(flag);
    OK(cliquet_key_description_may_describe(description, key, &flag));
    CHECK(!flag);

    /* Of a description without anything, nothing can be had, and everything can be set. */
    OK(cliquet_key_description_default(&bare));
    is_described(bare, "{" ALGORITHM "}");
    OK(cliquet_key_description_may_describe(bare, key, &flag));
    CHECK(flag);
    EXPECT(CLIQUET_ABSENT, cliquet_key_description_name(bare, text, sizeof text, &length));
    EXPECT(CLIQUET_ABSENT, cliquet_key_description_passphrase(bare, &no_parameters));
    EXPECT(CLIQUET_ABSENT, cliquet_key_description_check(bare, &no_check));
    OK(cliquet_key_description_set_name(bare, TEXT("m.default")));
    OK(cliquet_key_description_set_passphrase(bare, parameters));
    OK(cliquet_key_description_set_check(bare, check));
    is_described(bare, DESCRIPTION);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_key_description_set_name(bare, TEXT("\xff")));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_description_set_name(bare, NULL, 1));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_description_set_passphrase(bare, (cliquet_passphrase_parameters *)key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_description_set_check(bare, (cliquet_key_check *)key));
    is_described(bare, DESCRIPTION);
    OK(cliquet_key_description_set_passphrase(bare, NULL));
    OK(cliquet_key_description_set_check(bare, NULL));
    OK(cliquet_key_description_set_name(bare, text, 0));
    is_described(bare, "{" ALGORITHM ",\"name\":\"\"}");
    OK(cliquet_key_description_set_name(bare, NULL, 0));
    is_described(bare, "{" ALGORITHM "}");
    OK(cliquet_key_description_free(bare));

    /* A new key. */
    bare = NULL;
    OK(cliquet_key_description_new(key, &VECTOR, &bare));
    OK(cliquet_key_description_may_describe(bare, key, &flag));
    CHECK(flag);
    OK(cliquet_key_description_may_describe(bare, published, &flag));
    CHECK(!flag);
    EXPECT(CLIQUET_RANDOM, cliquet_key_description_new(key, &FAILING, &none));
    OK(cliquet_key_description_free(bare));

    /* What is not known here is left aside, but another algorithm of the key is not. */
    bare = NULL;
    OK(cliquet_key_description_from_json(TEXT(HALF_DESCRIPTION), &bare));
    is_described(bare, "{" ALGORITHM "}");
    EXPECT(CLIQUET_JSON, cliquet_key_description_from_json(TEXT("{\"algorithm\":\"m.secret_storage.v2\"}"), &none));
    EXPECT(CLIQUET_JSON, cliquet_key_description_from_json(TEXT("{" ALGORITHM ",\"iv\":\"AAAA\"}"), &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_description_default(NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_description_may_describe(bare, NULL, &flag));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_description_set_name((cliquet_key_description *)key, TEXT("name")));
    CHECK(none == NULL && no_parameters == NULL && no_check == NULL);
    OK(cliquet_key_description_free(NULL));
    OK(cliquet_key_description_free(bare));
    OK(cliquet_key_description_free(description));
    OK(cliquet_key_check_free(check));
    OK(cliquet_passphrase_parameters_free(parameters));
    OK(cliquet_secret_storage_key_free(published));
    OK(cliquet_secret_storage_key_free(key));
}

int main(void) {
    keys();
    secrets();
    checks();
    descriptions();
    return 0;
}
