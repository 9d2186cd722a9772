/* The signed keys of devices: those of an account, for upload, and those of others, verified. */
#include "objects.h"

/*
 * What Python's cryptography signs for an account whose generator counts from 0: the Ed25519 seed, the Curve25519 key, then two one-time keys and a
 * fallback key, of 32 bytes each.
 */
static const char DEVICE_KEYS[] =
    "{\"algorithms\":[\"m.olm.v1.curve25519-aes-sha2\",\"m.megolm.v1.aes-sha2\"],\"device_id\":\"PHON"
    "E\",\"keys\":{\"curve25519:PHONE\":\"NYBy1jZYgNGu6jKa35EhODhR7SGijjt16WXQ0s0WYlQ\",\"ed25519:PHO"
    "NE\":\"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg\"},\"signatures\":{\"@bruno:example.org\":{\""
    "ed25519:PHONE\":\"5GnqPMSx/55ofefoqUAE7o/zi1aHhEbyxnGwCXnkuOuHB9SXkZd18n0G+jwGZ6Cvwc5oZLkyECmsd3"
    "Y/pdjmBw\"}},\"user_id\":\"@bruno:example.org\"}";

static const char ONE_TIME_KEYS[] =
    "{\"signed_curve25519:AAAAAAAAAAE\":{\"key\":\"eaYx7t4b+cmPEgMs3q3Q56B5OY/HhriMyEbsia+FpRo\",\"si"
    "gnatures\":{\"@bruno:example.org\":{\"ed25519:PHONE\":\"PRXH2ypZMgKlLJr/DaKk4wBTpa1ZyQ8LcfvexFqe"
    "4SNmTvAeKb05Xsfa9cTh3eaWINmJqwyp4LBC9YoM4GDfCg\"}}},\"signed_curve25519:AAAAAAAAAAI\":{\"key\":\""
    "Z13VdO13iTELPS52gfN5C0ZsdzsVIf7PNld5WDcepS8\",\"signatures\":{\"@bruno:example.org\":{\"ed25519:"
    "PHONE\":\"vb2wBxWFW0hISe2Si3NjSp+WephRkK2WA5sAJhNnDKMPRbE9vtUA0wwGUkbBXDzwG/Aa3NXcLgmysqDLdkvxAQ"
    "\"}}}}";

static const char FALLBACK_KEYS[] =
    "{\"signed_curve25519:AAAAAAAAAAM\":{\"fallback\":true,\"key\":\"ST6C/HRGSlkmiBdiPSBTxeuOLMSpiLT+"
    "4XnsawENUx0\",\"signatures\":{\"@bruno:example.org\":{\"ed25519:PHONE\":\"a/7NL0EXukEvg68VYavK35"
    "ysUzu6ucrJguzEmnG808A8fgNvn5z5RjoFPdSUyNrFhclMFj+31ef2gOmjZRM5Ag\"}}}}";

static const char FIRST[] = "signed_curve25519:AAAAAAAAAAE", SECOND[] = "signed_curve25519:AAAAAAAAAAI", FALLBACK[] = "signed_curve25519:AAAAAAAAAAM";

/* The account of these, and one with other keys. */
static cliquet_account *new_account(uint8_t first) {
    cliquet_account *account = NULL;
    cliquet_random counting = {fill_counting, &first};
    size_t removed = 0;
    OK(cliquet_account_new(&counting, &account));
    OK(cliquet_account_generate_one_time_keys(account, 2, &counting, NULL, 0, &removed, NULL));
    OK(cliquet_account_generate_fallback_key(account, &counting, NULL, 0, &removed));
    return account;
}

static cliquet_device_keys *verified_device(void) {
    cliquet_json_object *object = read_json(DEVICE_KEYS);
    cliquet_device_keys *device = NULL;
    OK(cliquet_device_keys_verify(object, TEXT(USER), TEXT(DEVICE), &device, NULL));
    OK(cliquet_json_object_free(object));
    return device;
}

typedef cliquet_status (*sign_function)(const cliquet_account *, const char *, size_t, const char *, size_t, cliquet_json_object **);

static void upload(void) {
    static const sign_function functions[] = {
        cliquet_account_signed_device_keys,
        cliquet_account_signed_one_time_keys,
        cliquet_account_signed_fallback_keys,
    };
    static const char *const unpublished[] = {DEVICE_KEYS, ONE_TIME_KEYS, FALLBACK_KEYS};
    static const char *const published[] = {DEVICE_KEYS, "{}", "{}"};
    cliquet_account *account = new_account(0);
    cliquet_device_keys *device = verified_device();
    cliquet_json_object *object = NULL, *none = NULL;
    for (size_t i = 0; i < 3; i++) {
        sign_function sign = functions[i];
        OK(sign(account, TEXT(USER), TEXT(DEVICE), &object));
        CHECK_JSON(unpublished[i], object);
        OK(cliquet_json_object_free(object));
        EXPECT(CLIQUET_NOT_UTF8, sign(account, TEXT("\xff"), TEXT(DEVICE), &none));
        EXPECT(CLIQUET_NOT_UTF8, sign(account, TEXT(USER), TEXT("\xff"), &none));
        EXPECT(CLIQUET_NULL_POINTER, sign(account, NULL, 1, TEXT(DEVICE), &none));
        EXPECT(CLIQUET_NULL_POINTER, sign(account, TEXT(USER), NULL, 1, &none));
        EXPECT(CLIQUET_NULL_POINTER, sign(account, TEXT(USER), TEXT(DEVICE), NULL));
        EXPECT(CLIQUET_NULL_POINTER, sign(NULL, TEXT(USER), TEXT(DEVICE), &none));
        EXPECT(CLIQUET_WRONG_HANDLE, sign((cliquet_account *)device, TEXT(USER), TEXT(DEVICE), &none));
        CHECK(none == NULL);
    }
    OK(cliquet_account_mark_keys_as_published(account));
    for (size_t i = 0; i < 3; i++) {
        sign_function sign = functions[i];
        OK(sign(account, TEXT(USER), TEXT(DEVICE), &object));
        CHECK_JSON(published[i], object);
        OK(cliquet_json_object_free(object));
    }
    OK(cliquet_device_keys_free(device));
    OK(cliquet_account_free(account));
}

static void reading(void) {
    cliquet_account *account = new_account(0);
    cliquet_device_keys *device = verified_device(), *wrong = (cliquet_device_keys *)account;
    CHECK_TEXT(USER, cliquet_device_keys_user_id(device, buffer, capacity, &length));
    CHECK_TEXT(DEVICE, cliquet_device_keys_device_id(device, buffer, capacity, &length));
    size_t count = 0, length = 0;
    OK(cliquet_device_keys_algorithm_count(device, &count));
    CHECK(count == 2);
    CHECK_TEXT("m.olm.v1.curve25519-aes-sha2", cliquet_device_keys_algorithm(device, 0, buffer, capacity, &length, NULL));
    CHECK_TEXT("m.megolm.v1.aes-sha2", cliquet_device_keys_algorithm(device, 1, buffer, capacity, &length, NULL));
    cliquet_details details;
    make_untouched(buffer, sizeof buffer);
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_device_keys_algorithm(device, 2, buffer, sizeof buffer, &length, &details));
    CHECK(details.found == 2 && details.limit == 2);
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_device_keys_algorithm(device, SIZE_MAX, buffer, sizeof buffer, &length, NULL));
    CHECK(is_untouched(buffer, sizeof buffer));

    uint8_t key[32], expected[32];
    OK(cliquet_device_keys_ed25519_key(device, key));
    OK(cliquet_account_ed25519_key(account, expected));
    SAME_BYTES(key, expected, 32);
    OK(cliquet_device_keys_curve25519_key(device, key));
    OK(cliquet_account_curve25519_key(account, expected));
    SAME_BYTES(key, expected, 32);
    cliquet_json_object *object = NULL, *none = NULL;
    OK(cliquet_device_keys_object(device, &object));
    CHECK_JSON(DEVICE_KEYS, object);

    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_user_id(wrong, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_device_id(wrong, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_algorithm_count(wrong, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_algorithm(wrong, 0, buffer, sizeof buffer, &length, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_ed25519_key(wrong, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_curve25519_key(wrong, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_object(wrong, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_free(wrong));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_user_id(device, NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_device_id(device, buffer, 1, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_algorithm_count(device, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_algorithm(device, 0, NULL, 1, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_ed25519_key(device, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_curve25519_key(device, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_object(device, NULL));
    CHECK(none == NULL);
    OK(cliquet_json_object_free(object));
    OK(cliquet_device_keys_free(device));
    OK(cliquet_device_keys_free(NULL));
    OK(cliquet_account_free(account));
}

/* Device keys that were changed, and signed by the device again if it is said so: what verifying them tells, and which field is to blame. */
static cliquet_status changed(const char *fields, const char *removed, int is_signed, const char *field) {
    cliquet_json_object *object = read_json(DEVICE_KEYS);
    cliquet_ed25519_key_pair *pair = counted_ed25519(0);
    cliquet_device_keys *none = NULL;
    cliquet_details details;
    uint8_t signature[64];
    lay_over(object, fields);
    if (removed != NULL) {
        OK(cliquet_json_object_remove(object, TEXT(removed)));
    }
    if (is_signed) {
        OK(cliquet_json_object_sign(object, TEXT(USER), TEXT(DEVICE), pair, signature));
    }
    make_untouched(&details, sizeof details);
    cliquet_status status = cliquet_device_keys_verify(object, TEXT(USER), TEXT(DEVICE), &none, &details);
    CHECK(none == NULL && strcmp(details.field, field) == 0);
    if (status == CLIQUET_LENGTH) {
        CHECK(details.found == 3 && details.limit == 32);
    }
    OK(cliquet_ed25519_key_pair_free(pair));
    OK(cliquet_json_object_free(object));
    return status;
}

static void refusals(void) {
#define CURVE25519 "\"curve25519:PHONE\":\"NYBy1jZYgNGu6jKa35EhODhR7SGijjt16WXQ0s0WYlQ\""
#define ED25519 "\"ed25519:PHONE\":\"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg\""
    static const char *const fields[] = {"user_id", "device_id", "keys", "algorithms"};
    static const char *const numbers[] = {"{\"user_id\":7}", "{\"device_id\":7}", "{\"keys\":7}", "{\"algorithms\":7}"};
    for (size_t i = 0; i < 4; i++) {
        EXPECT(CLIQUET_MALFORMED_FIELD, changed("{}", fields[i], 1, fields[i]));
        EXPECT(CLIQUET_MALFORMED_FIELD, changed(numbers[i], NULL, 1, fields[i]));
    }
    EXPECT(CLIQUET_MALFORMED_FIELD, changed("{\"algorithms\":[7]}", NULL, 1, "algorithms"));
    EXPECT(CLIQUET_MALFORMED_FIELD, changed("{\"keys\":{" ED25519 "}}", NULL, 1, "keys"));
    EXPECT(CLIQUET_MALFORMED_FIELD, changed("{\"keys\":{" CURVE25519 "}}", NULL, 1, "keys"));
    EXPECT(CLIQUET_BASE64, changed("{\"keys\":{\"ed25519:PHONE\":\"?\"," CURVE25519 "}}", NULL, 1, ""));
    EXPECT(CLIQUET_LENGTH, changed("{\"keys\":{\"ed25519:PHONE\":\"AAAA\"," CURVE25519 "}}", NULL, 1, ""));
    EXPECT(CLIQUET_PUBLIC_KEY, changed("{\"keys\":{\"ed25519:PHONE\":\"AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"," CURVE25519 "}}", NULL, 1, ""));
    EXPECT(CLIQUET_BASE64, changed("{\"keys\":{\"curve25519:PHONE\":\"?\"," ED25519 "}}", NULL, 1, ""));
    EXPECT(CLIQUET_LENGTH, changed("{\"keys\":{\"curve25519:PHONE\":\"AAAA\"," ED25519 "}}", NULL, 1, ""));
    EXPECT(CLIQUET_MISMATCHED_USER_ID, changed("{\"user_id\":\"@other:example.org\"}", NULL, 1, ""));
    EXPECT(CLIQUET_MISMATCHED_DEVICE_ID, changed("{\"device_id\":\"LAPTOP\"}", NULL, 1, ""));
    EXPECT(CLIQUET_INVALID_SIGNATURE, changed("{\"more\":1}", NULL, 0, ""));
    EXPECT(CLIQUET_SIGNATURE_MISSING, changed("{}", "signatures", 0, ""));
    EXPECT(CLIQUET_SIGNATURE_MALFORMED, changed("{\"signatures\":{\"" USER "\":{\"ed25519:PHONE\":\"AAAA\"}}}", NULL, 0, ""));

    cliquet_json_object *object = read_json(DEVICE_KEYS);
    cliquet_device_keys *none = NULL, *other = verified_device();
    EXPECT(CLIQUET_MISMATCHED_USER_ID, cliquet_device_keys_verify(object, NULL, 0, TEXT(DEVICE), &none, NULL));
    EXPECT(CLIQUET_MISMATCHED_DEVICE_ID, cliquet_device_keys_verify(object, TEXT(USER), NULL, 0, &none, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_device_keys_verify(object, TEXT("\xff"), TEXT(DEVICE), &none, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_device_keys_verify(object, TEXT(USER), TEXT("\xff"), &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_verify(NULL, TEXT(USER), TEXT(DEVICE), &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_verify(object, TEXT(USER), TEXT(DEVICE), NULL, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_verify((cliquet_json_object *)other, TEXT(USER), TEXT(DEVICE), &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_device_keys_free(other));
    OK(cliquet_json_object_free(object));
}

/* Checks what a claimed key is, and frees it. */
static void check_claimed(cliquet_claimed_key *claimed, uint8_t first, bool is_fallback_key) {
    uint8_t key[32], expected[32];
    bool is_fallback = !is_fallback_key;
    OK(cliquet_claimed_key_identity_key(claimed, key));
    counted_curve25519(32, expected);
    SAME_BYTES(key, expected, 32);
    OK(cliquet_claimed_key_one_time_key(claimed, key));
    counted_curve25519(first, expected);
    SAME_BYTES(key, expected, 32);
    OK(cliquet_claimed_key_is_fallback(claimed, &is_fallback));
    CHECK(is_fallback == is_fallback_key);
    OK(cliquet_claimed_key_free(claimed));
}

static void claiming(void) {
    cliquet_device_keys *device = verified_device();
    cliquet_json_object *keys = read_json(ONE_TIME_KEYS), *fallback = read_json(FALLBACK_KEYS);
    cliquet_json_object *second = inner(keys, SECOND), *third = inner(fallback, FALLBACK);
    cliquet_claimed_key *claimed = NULL;
    lay_over(keys, "{\"curve25519:AAAA\":\"unsigned\"}");
    OK(cliquet_device_keys_verify_claimed(device, keys, &claimed, NULL));
    check_claimed(claimed, 64, false);
    OK(cliquet_json_object_remove(keys, TEXT(FIRST)));
    OK(cliquet_device_keys_verify_claimed(device, keys, &claimed, NULL));
    check_claimed(claimed, 96, false);
    OK(cliquet_device_keys_verify_claimed(device, fallback, &claimed, NULL));
    check_claimed(claimed, 128, true);
    OK(cliquet_device_keys_verify_one_time_key(device, second, &claimed, NULL));
    check_claimed(claimed, 96, false);
    OK(cliquet_device_keys_verify_one_time_key(device, third, &claimed, NULL));
    check_claimed(claimed, 128, true);

    cliquet_claimed_key *wrong = (cliquet_claimed_key *)device;
    uint8_t bytes[32];
    bool flag = false;
    OK(cliquet_device_keys_verify_one_time_key(device, second, &claimed, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_claimed_key_identity_key(wrong, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_claimed_key_one_time_key(wrong, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_claimed_key_is_fallback(wrong, &flag));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_claimed_key_free(wrong));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_claimed_key_identity_key(claimed, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_claimed_key_one_time_key(claimed, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_claimed_key_is_fallback(claimed, NULL));
    OK(cliquet_claimed_key_free(claimed));
    OK(cliquet_claimed_key_free(NULL));
    OK(cliquet_json_object_free(third));
    OK(cliquet_json_object_free(second));
    OK(cliquet_json_object_free(fallback));
    OK(cliquet_json_object_free(keys));
    OK(cliquet_device_keys_free(device));
}

/* A one-time key that was changed, and signed by the device again if it is said so: what verifying it tells, alone and among others. */
static cliquet_status changed_key(const char *fields, const char *removed, int is_signed, const char *field) {
    cliquet_json_object *keys = read_json(ONE_TIME_KEYS), *key = inner(keys, FIRST), *around = NULL;
    cliquet_device_keys *device = verified_device();
    cliquet_ed25519_key_pair *pair = counted_ed25519(0);
    cliquet_claimed_key *none = NULL;
    cliquet_details details;
    uint8_t signature[64];
    static char json[sizeof buffer + 64];
    size_t length = 0;
    lay_over(key, fields);
    if (removed != NULL) {
        OK(cliquet_json_object_remove(key, TEXT(removed)));
    }
    if (is_signed) {
        OK(cliquet_json_object_sign(key, TEXT(USER), TEXT(DEVICE), pair, signature));
    }
    make_untouched(&details, sizeof details);
    cliquet_status status = cliquet_device_keys_verify_one_time_key(device, key, &none, &details);
    CHECK(strcmp(details.field, field) == 0);
    OK(cliquet_json_object_to_canonical_json(key, buffer, sizeof buffer, &length));
    sprintf(json, "{\"%s\":%s}", FIRST, buffer);
    around = read_json(json);
    make_untouched(&details, sizeof details);
    CHECK(cliquet_device_keys_verify_claimed(device, around, &none, &details) == status);
    CHECK(none == NULL && strcmp(details.field, field) == 0);
    OK(cliquet_json_object_free(around));
    OK(cliquet_ed25519_key_pair_free(pair));
    OK(cliquet_device_keys_free(device));
    OK(cliquet_json_object_free(key));
    OK(cliquet_json_object_free(keys));
    return status;
}

static void refused_keys(void) {
    EXPECT(CLIQUET_MALFORMED_FIELD, changed_key("{}", "key", 1, "key"));
    EXPECT(CLIQUET_MALFORMED_FIELD, changed_key("{\"fallback\":1}", NULL, 1, "fallback"));
    EXPECT(CLIQUET_BASE64, changed_key("{\"key\":\"?\"}", NULL, 1, ""));
    EXPECT(CLIQUET_LENGTH, changed_key("{\"key\":\"AAAA\"}", NULL, 1, ""));
    EXPECT(CLIQUET_INVALID_SIGNATURE, changed_key("{\"fallback\":true}", NULL, 0, ""));
    EXPECT(CLIQUET_SIGNATURE_MISSING, changed_key("{}", "signatures", 0, ""));
    EXPECT(CLIQUET_SIGNATURE_MALFORMED, changed_key("{\"signatures\":{\"" USER "\":{\"ed25519:PHONE\":7}}}", NULL, 0, ""));

    cliquet_device_keys *device = verified_device();
    cliquet_json_object *none_signed = read_json("{\"curve25519:AAAA\":\"unsigned\"}");
    cliquet_claimed_key *none = NULL;
    cliquet_details details;
    EXPECT(CLIQUET_MALFORMED_FIELD, cliquet_device_keys_verify_claimed(device, none_signed, &none, &details));
    CHECK(strcmp(details.field, "signed_curve25519") == 0);
    cliquet_device_keys *wrong = (cliquet_device_keys *)none_signed;
    cliquet_json_object *wrong_object = (cliquet_json_object *)device;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_verify_claimed(wrong, none_signed, &none, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_verify_claimed(device, wrong_object, &none, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_verify_one_time_key(wrong, none_signed, &none, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_device_keys_verify_one_time_key(device, wrong_object, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_verify_claimed(device, none_signed, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_device_keys_verify_one_time_key(device, none_signed, NULL, NULL));
    CHECK(none == NULL);
    OK(cliquet_json_object_free(none_signed));
    OK(cliquet_device_keys_free(device));
}

/*
 * The session id is the SHA-256 of the identity key, the base key and the one-time key: here with the accounts of 100 and 0, and a base key counted
 * from 200.
 */
static void sessions(void) {
    static const char expected[] = "kqSSvBZ44xgtXN6ZKP4Zo6t9oQCe+P8B8+Vm4IQbSuA";
    cliquet_account *account = new_account(100);
    cliquet_device_keys *device = verified_device();
    cliquet_json_object *keys = read_json(ONE_TIME_KEYS);
    cliquet_claimed_key *claimed = NULL;
    OK(cliquet_device_keys_verify_claimed(device, keys, &claimed, NULL));
    static const cliquet_limits limits = {41, 201, 6, 2001};
    const cliquet_limits *const all_limits[] = {NULL, &limits};
    for (cliquet_version version = CLIQUET_VERSION_1; version <= CLIQUET_VERSION_2; version++) {
        uint8_t next = 200, id[32], expected_id[32];
        cliquet_random counting = {fill_counting, &next};
        cliquet_olm_session *session = NULL;
        cliquet_version its_version = 0;
        OK(cliquet_account_create_outbound_session_with(account, claimed, version, all_limits[version - 1], &counting, &session, NULL));
        CHECK(next == (uint8_t)(200 + 64));
        OK(cliquet_olm_session_session_id(session, id));
        OK(cliquet_session_id_from_base64(TEXT(expected), expected_id, NULL));
        SAME_BYTES(id, expected_id, 32);
        OK(cliquet_olm_session_version(session, &its_version));
        CHECK(its_version == version);
        OK(cliquet_olm_session_free(session));
    }

    cliquet_olm_session *none = NULL;
    cliquet_details details;
    static const cliquet_limits small = {39, 200, 5, 2000}, large = {40, 200, 51, 2000};
    EXPECT(CLIQUET_LIMIT_TOO_SMALL, cliquet_account_create_outbound_session_with(account, claimed, 1, &small, NULL, &none, &details));
    CHECK(details.found == 39 && details.limit == 40);
    EXPECT(CLIQUET_LIMIT_TOO_LARGE, cliquet_account_create_outbound_session_with(account, claimed, 1, &large, NULL, &none, &details));
    CHECK(details.found == 51 && details.limit == 50);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_account_create_outbound_session_with(account, claimed, 3, NULL, NULL, &none, &details));
    CHECK(details.found == 3);
    for (int left = 0; left < 2; left++) {
        int calls = left;
        cliquet_random failing = {fill_until_failure, &calls};
        EXPECT(CLIQUET_RANDOM, cliquet_account_create_outbound_session_with(account, claimed, 1, NULL, &failing, &none, NULL));
    }
    cliquet_account *wrong = (cliquet_account *)claimed;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_account_create_outbound_session_with(wrong, claimed, 1, NULL, NULL, &none, NULL));
    cliquet_claimed_key *wrong_key = (cliquet_claimed_key *)account;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_account_create_outbound_session_with(account, wrong_key, 1, NULL, NULL, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_create_outbound_session_with(account, claimed, 1, NULL, NULL, NULL, NULL));
    OK(cliquet_claimed_key_free(claimed));

    /* A key of small order, which the device has signed. */
    cliquet_ed25519_key_pair *pair = counted_ed25519(0);
    cliquet_json_object *small_order = read_json("{\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}");
    uint8_t signature[64];
    OK(cliquet_json_object_sign(small_order, TEXT(USER), TEXT(DEVICE), pair, signature));
    OK(cliquet_device_keys_verify_one_time_key(device, small_order, &claimed, NULL));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_account_create_outbound_session_with(account, claimed, 1, NULL, NULL, &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_ed25519_key_pair_free(pair));
    OK(cliquet_json_object_free(small_order));
    OK(cliquet_claimed_key_free(claimed));
    OK(cliquet_json_object_free(keys));
    OK(cliquet_device_keys_free(device));
    OK(cliquet_account_free(account));
}

int main(void) {
    upload();
    reading();
    refusals();
    claiming();
    refused_keys();
    sessions();
    return 0;
}
