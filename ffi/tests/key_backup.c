/* Key backups: their auth data, their entries, and the MAC of the proposal. */
#include "objects.h"

/*
 * What Python's cryptography makes for the backup whose secret key is the bytes from 7 to 38: BARE, encrypted with the ephemeral secret key of the
 * bytes from 90 to 121; no entry; an entry whose ephemeral key has small order. Each has a right MAC.
 */
static const char AUTHENTICATED[] =
    "{\"ciphertext\":\"k0DNOV72VZLveCprPrGfyYrcdv8Vsnoq4p04daXOTCCJrv8+bf9wq3YqjC2wuXyYPDkI36HDPtXRRk"
    "/EH3kJRSqYWQlTMQSkLnyTdD2dDgmhLXUzjZZQPH6VYo5Cyh1fov7GOnKi+SWKPRkNsQYuoR8iFrXTf4fHhVGTmBPYvMgg3G"
    "EyJBoQx30+SyVX5OpPm54M8vqeAb0nhKKrItnPQARdRIEd2l77pYfnLa7WUQ8l68NGUxPGqEepCApSEONDF1PwDRMS2puOur"
    "WUOD2c14azclQjF2ehzsuTSq1AD/U2IvvNvGTo0pkUdqRLaaIhfpYS3Kg7Na23cfVDUsiUfCdQ9cgqxPgHyEiaysAghUoO4W"
    "+JfsuVbplcCf23IitzqaZ7/OHseFsS2YrWh+Bb4X+iNd8ZIvFid0rCrQ2ve6aKvrqYWM6jpiMbRxvuUD2wcPE2iEOJMbEhkK"
    "KS5IUiv3IEG+p2cZ0yBqInVfiRjFmpNDu8pLyfEsm8BqRJvpVCK8Tw4f569q7oxNCmK60ceQ\",\"ephemeral\":\"Fde3U"
    "GT90co7aIfXWzfWr8H9JXPtnd/vONZ9w83K+Rs\",\"mac\":\"ViX039Pzb0g\",\"signatures\":{\"@bruno:exampl"
    "e.org\":{\"org.matrix.msc4048.hmac-sha-256:backup_mac_key\":\"k3PxzXEiupjbSNhqJZeFN48JKpNMkIrXqh"
    "aGpkDipos\"}}}";

static const char NO_ENTRY[] =
    "{\"ciphertext\":\"AAAA\",\"signatures\":{\"@bruno:example.org\":{\"org.matrix.msc4048.hmac-sha-2"
    "56:backup_mac_key\":\"qhDWEHCQIDxPK8uHKvXWtyYK7/atmEvXTr2uSS06HtE\"}}}";

static const char SMALL_ORDER[] =
    "{\"ciphertext\":\"OeJV0X/nZNBVwBJ9Ex9BEg\",\"ephemeral\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAA\",\"mac\":\"ViX039Pzb0g\",\"signatures\":{\"@bruno:example.org\":{\"org.matrix.msc4048.hm"
    "ac-sha-256:backup_mac_key\":\"35X0VLNMWE/rh9gG9DfghFP0YExx/iSKRLSIJo+rGxY\"}}}";

static const uint8_t MAC_KEY[32] = {
    0x39, 0x76, 0x59, 0xea, 0x8d, 0x16, 0x1e, 0xe3, 0x7e, 0x83, 0xf0, 0x93, 0x5b, 0xf0, 0x9f, 0x1b,
    0xaa, 0xb8, 0xf6, 0x6b, 0xb3, 0x67, 0x01, 0x5e, 0x5a, 0xce, 0x53, 0x99, 0x66, 0x3b, 0xf0, 0xb2,
};

static const char AUTH_DATA[] = "{\"public_key\":\"B7jFQkh2hqeDAYVfy20/aoqRHNfxmDqbRNydzSKDnSM\"}";

/* The pair of the backup, or of another one. */
static cliquet_pk_decryption *backup_of(uint8_t first) {
    uint8_t secret_key[32];
    cliquet_pk_decryption *backup = NULL;
    fill_counting(&first, secret_key, 32);
    OK(cliquet_pk_decryption_from_secret_key(secret_key, &backup));
    return backup;
}

static void auth_data(void) {
    cliquet_pk_decryption *backup = backup_of(7), *other_backup = backup_of(8);
    cliquet_ed25519_key_pair *pair = counted_ed25519(0), *other = counted_ed25519(1);
    uint8_t public_key[32], signing_key[32], key[32], no_key[32] = {2}, signature[64];
    cliquet_json_object *object = NULL, *no_object = NULL;
    cliquet_auth_data *checked = NULL, *none = NULL;
    OK(cliquet_pk_decryption_public_key(backup, public_key));
    OK(cliquet_ed25519_key_pair_public_key(pair, signing_key));
    OK(cliquet_key_backup_auth_data(public_key, &object));
    CHECK_JSON(AUTH_DATA, object);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_backup_auth_data(NULL, &no_object));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_backup_auth_data(public_key, NULL));
    CHECK(no_object == NULL);

    EXPECT(CLIQUET_SIGNATURE_MISSING, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), signing_key, &none));
    OK(cliquet_json_object_sign(object, TEXT(USER), TEXT(DEVICE), other, signature));
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), signing_key, &none));
    OK(cliquet_json_object_sign(object, TEXT(USER), TEXT(DEVICE), pair, signature));
    OK(cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), signing_key, &checked));
    OK(cliquet_auth_data_public_key(checked, key));
    SAME_BYTES(key, public_key, 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_auth_data_public_key(checked, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_auth_data_public_key((cliquet_auth_data *)object, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_auth_data_free((cliquet_auth_data *)object));
    OK(cliquet_auth_data_free(checked));
    OK(cliquet_auth_data_free(NULL));

    EXPECT(CLIQUET_SIGNATURE_MISSING, cliquet_auth_data_verify(object, TEXT("@other:example.org"), TEXT(DEVICE), signing_key, &none));
    EXPECT(CLIQUET_SIGNATURE_MISSING, cliquet_auth_data_verify(object, TEXT(USER), NULL, 0, signing_key, &none));
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), no_key, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_auth_data_verify(object, TEXT("\xff"), TEXT(DEVICE), signing_key, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_auth_data_verify(object, TEXT(USER), TEXT("\xff"), signing_key, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), signing_key, NULL));
    cliquet_json_object *wrong = (cliquet_json_object *)backup;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_auth_data_verify(wrong, TEXT(USER), TEXT(DEVICE), signing_key, &none));

    OK(cliquet_auth_data_verify_with_secret_key(object, backup, &checked));
    OK(cliquet_auth_data_public_key(checked, key));
    SAME_BYTES(key, public_key, 32);
    OK(cliquet_auth_data_free(checked));
    EXPECT(CLIQUET_MISMATCHED_SECRET_KEY, cliquet_auth_data_verify_with_secret_key(object, other_backup, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_auth_data_verify_with_secret_key(object, backup, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_auth_data_verify_with_secret_key(wrong, backup, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_auth_data_verify_with_secret_key(object, (cliquet_pk_decryption *)object, &none));

    static const char *const no_public_key[] = {"{\"public_key\":7}", "{\"public_key\":\"\"}", "{\"public_key\":\"AAAA\"}", "{\"public_key\":\"?\"}"};
    for (size_t i = 0; i < 4; i++) {
        lay_over(object, no_public_key[i]);
        OK(cliquet_json_object_sign(object, TEXT(USER), TEXT(DEVICE), pair, signature));
        EXPECT(CLIQUET_AUTH_DATA_PUBLIC_KEY, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), signing_key, &none));
        EXPECT(CLIQUET_AUTH_DATA_PUBLIC_KEY, cliquet_auth_data_verify_with_secret_key(object, backup, &none));
    }
    lay_over(object, "{\"signatures\":{\"" USER "\":{\"ed25519:" DEVICE "\":7}}}");
    EXPECT(CLIQUET_SIGNATURE_MALFORMED, cliquet_auth_data_verify(object, TEXT(USER), TEXT(DEVICE), signing_key, &none));
    CHECK(none == NULL);
    OK(cliquet_json_object_free(object));
    OK(cliquet_ed25519_key_pair_free(other));
    OK(cliquet_ed25519_key_pair_free(pair));
    OK(cliquet_pk_decryption_free(other_backup));
    OK(cliquet_pk_decryption_free(backup));
}

/* The entry that a MAC covers. */
static cliquet_pk_message *entry_of(const char *json) {
    cliquet_backup_mac_key *mac_key = NULL;
    cliquet_json_object *object = read_json(json);
    cliquet_pk_message *entry = NULL;
    OK(cliquet_backup_mac_key_from_bytes(MAC_KEY, &mac_key));
    OK(cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), &entry));
    OK(cliquet_json_object_free(object));
    OK(cliquet_backup_mac_key_free(mac_key));
    return entry;
}

static void entries(void) {
    cliquet_pk_decryption *backup = backup_of(7), *other_backup = backup_of(8);
    cliquet_pk_encryption *encryption = NULL, *to_nobody = NULL;
    cliquet_session_data *bare = NULL, *restored = NULL, *none = NULL;
    cliquet_backup_mac_key *mac_key = NULL;
    cliquet_pk_message *entry = NULL, *no_entry = NULL;
    cliquet_json_object *object = NULL;
    uint8_t key[32], id[32], next = 90;
    cliquet_random counting = {fill_counting, &next};
    OK(cliquet_pk_decryption_public_key(backup, key));
    OK(cliquet_pk_encryption_new(key, &encryption));
    OK(cliquet_session_data_from_json(TEXT(BARE), &bare, NULL));
    OK(cliquet_session_data_session_id(bare, id));

    /* What is encrypted here is what Python encrypts, and that is decrypted. */
    OK(cliquet_pk_encryption_encrypt_session_data(encryption, bare, &counting, &entry));
    CHECK(next == 90 + 32);
    OK(cliquet_backup_mac_key_from_bytes(MAC_KEY, &mac_key));
    OK(cliquet_backup_mac_key_authenticate(mac_key, entry, TEXT(USER), &object));
    CHECK_JSON(AUTHENTICATED, object);
    OK(cliquet_json_object_free(object));
    OK(cliquet_pk_message_free(entry));
    entry = entry_of(AUTHENTICATED);
    OK(cliquet_pk_decryption_decrypt_session_data(backup, entry, id, &restored, NULL));
    CHECK_TEXT(BARE, cliquet_session_data_to_json(restored, buffer, capacity, &length));
    OK(cliquet_session_data_free(restored));

    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_pk_decryption_decrypt_session_data(other_backup, entry, id, &none, NULL));
    id[0] ^= 1;
    EXPECT(CLIQUET_MISMATCHED_SESSION_ID, cliquet_pk_decryption_decrypt_session_data(backup, entry, id, &none, NULL));
    id[0] ^= 1;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_decryption_decrypt_session_data(backup, entry, NULL, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_decryption_decrypt_session_data(backup, entry, id, NULL, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pk_decryption_decrypt_session_data((cliquet_pk_decryption *)bare, entry, id, &none, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pk_decryption_decrypt_session_data(backup, (cliquet_pk_message *)bare, id, &none, NULL));
    OK(cliquet_pk_message_free(entry));
    entry = entry_of(SMALL_ORDER);
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_pk_decryption_decrypt_session_data(backup, entry, id, &none, NULL));
    OK(cliquet_pk_message_free(entry));

    EXPECT(CLIQUET_RANDOM, cliquet_pk_encryption_encrypt_session_data(encryption, bare, &FAILING, &no_entry));
    memset(key, 0, 32);
    OK(cliquet_pk_encryption_new(key, &to_nobody));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_pk_encryption_encrypt_session_data(to_nobody, bare, NULL, &no_entry));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_encryption_encrypt_session_data(encryption, NULL, NULL, &no_entry));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_pk_encryption_encrypt_session_data(encryption, bare, NULL, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_pk_encryption_encrypt_session_data((cliquet_pk_encryption *)bare, bare, NULL, &no_entry));
    EXPECT(CLIQUET_WRONG_HANDLE,
           cliquet_pk_encryption_encrypt_session_data(encryption, (cliquet_session_data *)encryption, NULL, &no_entry));
    CHECK(none == NULL && no_entry == NULL);
    OK(cliquet_backup_mac_key_free(mac_key));
    OK(cliquet_pk_encryption_free(to_nobody));
    OK(cliquet_pk_encryption_free(encryption));
    OK(cliquet_session_data_free(bare));
    OK(cliquet_pk_decryption_free(other_backup));
    OK(cliquet_pk_decryption_free(backup));
}

/* What decrypting an entry of this content tells, and which field is to blame. */
static cliquet_status decrypted(const cliquet_pk_encryption *encryption, const char *content, const char *field) {
    cliquet_pk_decryption *backup = backup_of(7);
    cliquet_pk_message *entry = NULL;
    cliquet_session_data *none = NULL;
    cliquet_details details;
    uint8_t id[32] = {0};
    make_untouched(&details, sizeof details);
    OK(cliquet_pk_encryption_encrypt(encryption, (const uint8_t *)content, strlen(content), NULL, &entry));
    cliquet_status status = cliquet_pk_decryption_decrypt_session_data(backup, entry, id, &none, &details);
    CHECK(none == NULL && strcmp(details.field, field) == 0);
    OK(cliquet_pk_message_free(entry));
    OK(cliquet_pk_decryption_free(backup));
    return status;
}

/* What is encrypted to the backup and is no session data. */
static void other_content(void) {
#define WITH_KEY "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"sender_key\":\"\",\"session_key\":\"%s\"}"
    cliquet_pk_decryption *backup = backup_of(7);
    cliquet_pk_encryption *encryption = NULL;
    uint8_t key[32], id[32];
    OK(cliquet_pk_decryption_public_key(backup, key));
    OK(cliquet_pk_encryption_new(key, &encryption));
    EXPECT(CLIQUET_SESSION_DATA_MALFORMED, decrypted(encryption, "", ""));
    EXPECT(CLIQUET_SESSION_DATA_MALFORMED, decrypted(encryption, "{\"x\":\"\xff\"}", ""));
    EXPECT(CLIQUET_MISSING_FIELD, decrypted(encryption, "{}", "algorithm"));
    EXPECT(CLIQUET_UNSUPPORTED_ALGORITHM, decrypted(encryption, "{\"algorithm\":\"m.other\"}", ""));
    static char session_key[221], with_key[400];
    sprintf(with_key, WITH_KEY, "?");
    EXPECT(CLIQUET_BASE64, decrypted(encryption, with_key, "session_key"));
    sprintf(with_key, WITH_KEY, "AAAA");
    EXPECT(CLIQUET_LENGTH, decrypted(encryption, with_key, "session_key"));
    memset(session_key, 'A', 220);
    sprintf(with_key, WITH_KEY, session_key);
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, decrypted(encryption, with_key, "session_key"));
    session_key[1] = 'Q';
    memcpy(session_key + 176, "AAIA", 4); /* No point of the curve. */
    sprintf(with_key, WITH_KEY, session_key);
    EXPECT(CLIQUET_PUBLIC_KEY, decrypted(encryption, with_key, "session_key"));

    /* An entry of another writer, who escapes what need not be escaped. */
    static const char *const escaped = "\"m.megolm.v1.aes-sha2\"", *const with_solidus = "\"m.megolm.v1.aes-sha2\",\"x\":\"\\/\"";
    static char json[sizeof BARE + 64];
    cliquet_pk_message *entry = NULL;
    cliquet_session_data *data = NULL;
    const char *place = strstr(BARE, escaped);
    sprintf(json, "%.*s%s%s", (int)(place - BARE), BARE, with_solidus, place + strlen(escaped));
    OK(cliquet_pk_encryption_encrypt(encryption, (const uint8_t *)json, strlen(json), NULL, &entry));
    OK(cliquet_session_id_from_base64(TEXT("zRSzf5VulTGU/3+3Oz2B3MVh1hp1OAlLfD4aZD7l86o"), id, NULL));
    OK(cliquet_pk_decryption_decrypt_session_data(backup, entry, id, &data, NULL));
    CHECK_TEXT(BARE, cliquet_session_data_to_json(data, buffer, capacity, &length));
    OK(cliquet_session_data_free(data));
    OK(cliquet_pk_message_free(entry));
    OK(cliquet_pk_encryption_free(encryption));
    OK(cliquet_pk_decryption_free(backup));
}

static void macs(void) {
    uint8_t secret_key[32], bytes[32], next = 7;
    cliquet_backup_mac_key *mac_key = NULL, *other = NULL, *no_key = NULL;
    cliquet_json_object *object = read_json(AUTHENTICATED), *no_object = NULL;
    cliquet_pk_message *entry = NULL, *none = NULL;
    fill_counting(&next, secret_key, 32);
    OK(cliquet_backup_mac_key_derive(secret_key, &mac_key));
    OK(cliquet_backup_mac_key_to_bytes(mac_key, bytes));
    SAME_BYTES(bytes, MAC_KEY, 32);
    OK(cliquet_backup_mac_key_from_bytes(secret_key, &other));
    OK(cliquet_backup_mac_key_to_bytes(other, bytes));
    SAME_BYTES(bytes, secret_key, 32);

    OK(cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), &entry));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_backup_mac_key_verify(other, object, TEXT(USER), &none));
    EXPECT(CLIQUET_BACKUP_MAC_MISSING, cliquet_backup_mac_key_verify(mac_key, object, TEXT("@other:example.org"), &none));
    EXPECT(CLIQUET_BACKUP_MAC_MISSING, cliquet_backup_mac_key_verify(mac_key, object, NULL, 0, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_backup_mac_key_verify(mac_key, object, TEXT("\xff"), &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), NULL));
    lay_over(object, "{\"unsigned\":1}");
    OK(cliquet_pk_message_free(entry));
    OK(cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), &entry));
    lay_over(object, "{\"mac\":\"AAAAAAAAAAA\"}");
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), &none));
    OK(cliquet_json_object_free(object));
    object = read_json(NO_ENTRY);
    EXPECT(CLIQUET_BACKUP_ENTRY, cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), &none));
    OK(cliquet_json_object_free(object));

    /* What is written is read again, and is another entry's for another user. */
    OK(cliquet_backup_mac_key_authenticate(mac_key, entry, TEXT("@amelie:example.org"), &object));
    EXPECT(CLIQUET_BACKUP_MAC_MISSING, cliquet_backup_mac_key_verify(mac_key, object, TEXT(USER), &none));
    OK(cliquet_pk_message_free(entry));
    OK(cliquet_backup_mac_key_verify(mac_key, object, TEXT("@amelie:example.org"), &entry));

    EXPECT(CLIQUET_NOT_UTF8, cliquet_backup_mac_key_authenticate(mac_key, entry, TEXT("\xff"), &no_object));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_authenticate(mac_key, entry, TEXT(USER), NULL));
    cliquet_backup_mac_key *wrong = (cliquet_backup_mac_key *)object;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_backup_mac_key_authenticate(wrong, entry, TEXT(USER), &no_object));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_backup_mac_key_authenticate(mac_key, (cliquet_pk_message *)object, TEXT(USER), &no_object));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_backup_mac_key_verify(wrong, object, TEXT(USER), &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_backup_mac_key_verify(mac_key, (cliquet_json_object *)entry, TEXT(USER), &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_backup_mac_key_to_bytes(wrong, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_backup_mac_key_free(wrong));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_to_bytes(mac_key, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_derive(NULL, &no_key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_derive(secret_key, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_from_bytes(NULL, &no_key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_backup_mac_key_from_bytes(bytes, NULL));
    CHECK(none == NULL && no_key == NULL && no_object == NULL);
    OK(cliquet_pk_message_free(entry));
    OK(cliquet_json_object_free(object));
    OK(cliquet_backup_mac_key_free(other));
    OK(cliquet_backup_mac_key_free(mac_key));
    OK(cliquet_backup_mac_key_free(NULL));
}

int main(void) {
    auth_data();
    entries();
    other_content();
    macs();
    return 0;
}
