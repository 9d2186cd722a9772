/* The encryption of key backups, but for pickles and session data. */
#include "check.h"

#define CIPHERTEXT "3j9ExTJjgs5PsZpjFIKAqQ"
#define MAC "ViX039Pzb0g"
#define EPHEMERAL_KEY "Fde3UGT90co7aIfXWzfWr8H9JXPtnd/vONZ9w83K+Rs"
#define JSON "{\"ciphertext\":\"" CIPHERTEXT "\",\"ephemeral\":\"" EPHEMERAL_KEY "\",\"mac\":\"" MAC "\"}"
#define SHORT_JSON "{\"ciphertext\":\"AAAA\",\"ephemeral\":\"" EPHEMERAL_KEY "\",\"mac\":\"" MAC "\"}"
#define ZERO_KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* The backup whose secret key counts from 7. */
static cliquet_pk_decryption *backup(void) {
    uint8_t seed = 7;
    cliquet_random counting = {fill_counting, &seed};
    cliquet_pk_decryption *decryption = NULL;
    OK(cliquet_pk_decryption_new(&counting, &decryption));
    CHECK(seed == 39);
    return decryption;
}

static cliquet_pk_message *message_of(const char *ciphertext, const char *mac, const char *ephemeral_key) {
    cliquet_pk_message *message = NULL;
    OK(cliquet_pk_message_from_base64(TEXT(ciphertext), TEXT(mac), TEXT(ephemeral_key), &message, NULL));
    return message;
}

static void is_same_backup(cliquet_pk_decryption *decryption) {
    cliquet_pk_decryption *expected = backup();
    uint8_t left[32], right[32];
    OK(cliquet_pk_decryption_public_key(decryption, left));
    OK(cliquet_pk_decryption_public_key(expected, right));
    SAME_BYTES(left, right, 32);
    OK(cliquet_pk_decryption_export_secret_key(decryption, left));
    OK(cliquet_pk_decryption_export_secret_key(expected, right));
    SAME_BYTES(left, right, 32);
    CHECK(left[0] == 7 && left[31] == 38);
    OK(cliquet_pk_decryption_free(expected));
}

static void key_pairs(void) {
    cliquet_pk_decryption *decryption = backup(), *again = NULL, *none = NULL;
    uint8_t secret_key[32];
    char text[60];
    size_t length = 0;
    cliquet_details details;
    OK(cliquet_pk_decryption_export_secret_key(decryption, secret_key));
    OK(cliquet_pk_decryption_from_secret_key(secret_key, &again));
    is_same_backup(again);
    OK(cliquet_pk_decryption_free(again));

    make_untouched(text, 60);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_decryption_export_base64_secret_key(decryption, text, 43, &length));
    CHECK(length == 43 && is_untouched(text, 60));
    OK(cliquet_pk_decryption_export_base64_secret_key(decryption, text, 44, &length));
    CHECK(length == 43 && strcmp(text, "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY") == 0);
    again = NULL;
    OK(cliquet_pk_decryption_from_base64_secret_key(TEXT("BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY="), &again,
                                                    NULL));
    is_same_backup(again);
    OK(cliquet_pk_decryption_free(again));
    EXPECT(CLIQUET_BASE64, cliquet_pk_decryption_from_base64_secret_key(TEXT("?"), &none, &details));
    EXPECT(CLIQUET_LENGTH, cliquet_pk_decryption_from_base64_secret_key(TEXT("AAAA"), &none, &details));
    CHECK(details.found == 3 && details.limit == 32);

    make_untouched(text, 60);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_decryption_to_recovery_key(decryption, text, 59, &length));
    CHECK(length == 59 && is_untouched(text, 60));
    OK(cliquet_pk_decryption_to_recovery_key(decryption, text, 60, &length));
    CHECK(length == 59 && text[4] == ' ');
    again = NULL;
    OK(cliquet_pk_decryption_from_recovery_key(text, length, &again, NULL));
    is_same_backup(again);
    OK(cliquet_pk_decryption_free(again));
    /* The secret key of RFC 7748, section 6.1, and its public key. */
    again = NULL;
    OK(cliquet_pk_decryption_from_recovery_key(TEXT("EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d"),
                                               &again, NULL));
    OK(cliquet_pk_decryption_export_secret_key(again, secret_key));
    CHECK(secret_key[0] == 0x77 && secret_key[31] == 0x2a);
    OK(cliquet_pk_decryption_public_key(again, secret_key));
    CHECK(secret_key[0] == 0x85 && secret_key[31] == 0x6a);
    OK(cliquet_pk_decryption_free(again));
    EXPECT(CLIQUET_RECOVERY_KEY_LENGTH, cliquet_pk_decryption_from_recovery_key(TEXT("EsTc LW2K"), &none, &details));
    CHECK(details.found == 8);
    EXPECT(CLIQUET_RECOVERY_KEY_CHARACTER,
           cliquet_pk_decryption_from_recovery_key(TEXT("EsTc LW2K PG0F wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d"),
                                                   &none, NULL));
    EXPECT(CLIQUET_RECOVERY_KEY_PREFIX,
           cliquet_pk_decryption_from_recovery_key(TEXT("EsUv PH7C TD9q BPzt 4HL1 q13w i3HG p5P3 GaZL DBsA 2Hfr g55E"),
                                                   &none, NULL));
    EXPECT(CLIQUET_RECOVERY_KEY_PARITY,
           cliquet_pk_decryption_from_recovery_key(TEXT("EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4e"),
                                                   &none, NULL));

    EXPECT(CLIQUET_RANDOM, cliquet_pk_decryption_new(&FAILING, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_decryption_new(NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_decryption_from_secret_key(NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_decryption_public_key(NULL, secret_key));
    CHECK(none == NULL);
    OK(cliquet_pk_decryption_new(NULL, &none));
    OK(cliquet_pk_decryption_free(none));
    OK(cliquet_pk_decryption_free(NULL));
    OK(cliquet_pk_decryption_free(decryption));
}

static void a_known_entry(void) {
    cliquet_pk_decryption *decryption = backup();
    cliquet_pk_encryption *encryption = NULL;
    cliquet_pk_message *message = NULL, *read = NULL, *made = NULL, *none = NULL;
    uint8_t seed = 90, public_key[32], key[32], mac[8], bytes[16];
    cliquet_random counting = {fill_counting, &seed};
    char text[160];
    size_t length = 0;
    OK(cliquet_pk_decryption_public_key(decryption, public_key));
    OK(cliquet_pk_encryption_new(public_key, &encryption));
    OK(cliquet_pk_encryption_recipient_key(encryption, key));
    SAME_BYTES(key, public_key, 32);
    OK(cliquet_pk_encryption_encrypt(encryption, (const uint8_t *)"pk plaintext", 12, &counting, &message));
    CHECK(seed == 122);
    OK(cliquet_pk_message_ciphertext_base64(message, text, sizeof text, &length));
    CHECK(length == 22 && strcmp(text, CIPHERTEXT) == 0);
    OK(cliquet_pk_message_mac_base64(message, text, 12, &length));
    CHECK(length == 11 && strcmp(text, MAC) == 0);
    OK(cliquet_pk_message_ephemeral_key(message, key));
    OK(cliquet_curve25519_public_key_to_base64(key, text, sizeof text, &length));
    CHECK(strcmp(text, EPHEMERAL_KEY) == 0);
    OK(cliquet_pk_message_mac(message, mac));
    CHECK(mac[0] == 0x56 && mac[7] == 0x48);
    OK(cliquet_pk_message_ciphertext(message, bytes, 16, &length));
    CHECK(length == 16 && bytes[0] == 0xde);
    OK(cliquet_pk_message_to_json(message, text, sizeof text, &length));
    CHECK(length == strlen(JSON) && strcmp(text, JSON) == 0);

    /* Short buffers, of every kind. */
    make_untouched(text, sizeof text);
    make_untouched(bytes, 16);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_message_to_json(message, text, strlen(JSON), &length));
    CHECK(length == strlen(JSON));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_message_ciphertext_base64(message, text, 22, &length));
    CHECK(length == 22);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_message_mac_base64(message, text, 11, &length));
    CHECK(length == 11);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_message_ciphertext(message, bytes, 15, &length));
    CHECK(length == 16);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_pk_decryption_decrypt(decryption, message, bytes, 11, &length, NULL));
    CHECK(length == 12 && is_untouched(text, sizeof text) && is_untouched(bytes, 16));

    OK(cliquet_pk_message_from_json(TEXT(JSON), &read));
    made = message_of(CIPHERTEXT "==", MAC "=", EPHEMERAL_KEY "=");
    const cliquet_pk_message *messages[] = {message, read, made};
    for (size_t i = 0; i < 3; i++) {
        memset(bytes, 0, 16);
        OK(cliquet_pk_decryption_decrypt(decryption, messages[i], bytes, 12, &length, NULL));
        CHECK(length == 12);
        SAME_BYTES(bytes, "pk plaintext", 12);
    }
    EXPECT(CLIQUET_RANDOM, cliquet_pk_encryption_encrypt(encryption, NULL, 0, &FAILING, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_encryption_encrypt(encryption, NULL, 1, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_encryption_encrypt(NULL, NULL, 0, NULL, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pk_encryption_recipient_key((cliquet_pk_encryption *)decryption, key));
    EXPECT(CLIQUET_WRONG_HANDLE,
           cliquet_pk_decryption_decrypt(decryption, (cliquet_pk_message *)encryption, bytes, 16, &length, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pk_decryption_free((cliquet_pk_decryption *)message));
    CHECK(none == NULL);

    /* An empty entry is a block of padding. */
    OK(cliquet_pk_encryption_encrypt(encryption, NULL, 0, NULL, &none));
    OK(cliquet_pk_message_ciphertext(none, bytes, 16, &length));
    CHECK(length == 16);
    OK(cliquet_pk_decryption_decrypt(decryption, none, NULL, 0, &length, NULL));
    CHECK(length == 0);
    OK(cliquet_pk_message_free(none));
    OK(cliquet_pk_message_free(made));
    OK(cliquet_pk_message_free(read));
    OK(cliquet_pk_message_free(message));
    OK(cliquet_pk_message_free(NULL));
    OK(cliquet_pk_encryption_free(encryption));
    OK(cliquet_pk_encryption_free(NULL));
    OK(cliquet_pk_decryption_free(decryption));
}

/* Decrypts a message that does not: nothing is written. */
static cliquet_status decrypt(cliquet_pk_message *message) {
    cliquet_pk_decryption *decryption = backup();
    uint8_t bytes[16];
    size_t length = 7;
    cliquet_details details;
    cliquet_status status = CLIQUET_OK;
    make_untouched(bytes, 16);
    status = cliquet_pk_decryption_decrypt(decryption, message, bytes, 16, &length, &details);
    CHECK(length == 7 && details.found == 0 && is_untouched(bytes, 16));
    OK(cliquet_pk_message_free(message));
    OK(cliquet_pk_decryption_free(decryption));
    return status;
}

static void what_does_not_decrypt(void) {
    cliquet_pk_encryption *encryption = NULL;
    cliquet_pk_message *none = NULL;
    cliquet_details details;
    uint8_t zero[32] = {0};
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, decrypt(message_of(CIPHERTEXT, "VyX039Pzb0g", EPHEMERAL_KEY)));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, decrypt(message_of("AAAAAAAAAAAAAAAAAAAAAA", MAC, EPHEMERAL_KEY)));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, decrypt(message_of(CIPHERTEXT, MAC, ZERO_KEY)));
    OK(cliquet_pk_encryption_new(zero, &encryption));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_pk_encryption_encrypt(encryption, NULL, 0, NULL, &none));
    OK(cliquet_pk_encryption_free(encryption));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_encryption_new(NULL, &encryption));

    EXPECT(CLIQUET_BASE64, cliquet_pk_message_from_base64(TEXT("?"), TEXT(MAC), TEXT(EPHEMERAL_KEY), &none, &details));
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH,
           cliquet_pk_message_from_base64(TEXT("AAAA"), TEXT(MAC), TEXT(EPHEMERAL_KEY), &none, &details));
    CHECK(details.found == 3);
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH,
           cliquet_pk_message_from_base64(NULL, 0, TEXT(MAC), TEXT(EPHEMERAL_KEY), &none, &details));
    CHECK(details.found == 0);
    EXPECT(CLIQUET_LENGTH,
           cliquet_pk_message_from_base64(TEXT(CIPHERTEXT), TEXT("AAAA"), TEXT(EPHEMERAL_KEY), &none, &details));
    CHECK(details.found == 3 && details.limit == 8);
    EXPECT(CLIQUET_LENGTH, cliquet_pk_message_from_base64(TEXT(CIPHERTEXT), TEXT(MAC), TEXT("AAAA"), &none, &details));
    CHECK(details.found == 3 && details.limit == 32);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_pk_message_from_base64(TEXT("\xff"), TEXT(MAC), TEXT(EPHEMERAL_KEY), &none, NULL));
    EXPECT(CLIQUET_JSON, cliquet_pk_message_from_json(TEXT("{}"), &none));
    EXPECT(CLIQUET_JSON,
           cliquet_pk_message_from_json(TEXT("[\"" EPHEMERAL_KEY "\",\"" CIPHERTEXT "\",\"" MAC "\"]"), &none));
    EXPECT(CLIQUET_JSON, cliquet_pk_message_from_json(TEXT(SHORT_JSON), &none));
    CHECK(none == NULL);
}

/* Parts and texts make the same message. */
static void parts(void) {
    cliquet_pk_message *message = message_of(CIPHERTEXT, MAC, EPHEMERAL_KEY), *again = NULL, *none = NULL;
    uint8_t ciphertext[256], mac[8], key[32];
    char json[512], json_again[512];
    size_t length = 0, json_length = 0, json_again_length = 0;
    cliquet_details details;
    OK(cliquet_pk_message_ciphertext(message, ciphertext, sizeof ciphertext, &length));
    OK(cliquet_pk_message_mac(message, mac));
    OK(cliquet_pk_message_ephemeral_key(message, key));
    OK(cliquet_pk_message_from_parts(ciphertext, length, mac, key, &again, NULL));
    OK(cliquet_pk_message_to_json(message, json, sizeof json, &json_length));
    OK(cliquet_pk_message_to_json(again, json_again, sizeof json_again, &json_again_length));
    CHECK(json_length == json_again_length);
    SAME_BYTES(json, json_again, json_length);
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, cliquet_pk_message_from_parts(ciphertext, length - 1, mac, key, &none, &details));
    CHECK(details.found == length - 1);
    EXPECT(CLIQUET_CIPHERTEXT_LENGTH, cliquet_pk_message_from_parts(NULL, 0, mac, key, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_message_from_parts(ciphertext, length, NULL, key, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_message_from_parts(ciphertext, length, mac, NULL, &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_pk_message_free(again));
    OK(cliquet_pk_message_free(message));
}

int main(void) {
    key_pairs();
    a_known_entry();
    what_does_not_decrypt();
    parts();
    return 0;
}
