/* Verification by short authentication strings: the MACs over keys. */
#include "check.h"

/* Secret keys are counted bytes; every MAC here was calculated apart from the library. */
static const uint8_t DEVICE_KEY[32] = {0x79, 0xb5, 0x56, 0x2e, 0x8f, 0xe6, 0x54, 0xf9, 0x40, 0x78, 0xb1, 0x12, 0xe8, 0xa9, 0x8b, 0xa7,
                                       0x90, 0x1f, 0x85, 0x3a, 0xe6, 0x95, 0xbe, 0xd7, 0xe0, 0xe3, 0x91, 0x0b, 0xad, 0x04, 0x96, 0x64};
static const uint8_t MASTER_KEY[32] = {0xe7, 0xf1, 0x62, 0xa1, 0x0b, 0xec, 0x55, 0x9a, 0xfe, 0xa1, 0x95, 0xe4, 0xdc, 0xe8, 0x4b, 0x69,
                                       0x56, 0x8d, 0x5d, 0x2c, 0xb0, 0x96, 0x3e, 0xb4, 0x46, 0xc0, 0x68, 0x5e, 0x2b, 0x17, 0xf2, 0xf0};
static const uint8_t NO_POINT[32] = {2};
static const cliquet_sas_key DEVICE = {CLIQUET_SAS_KEY_KIND_DEVICE, "LAPTOP", 6, DEVICE_KEY};
static const cliquet_sas_key MASTER = {CLIQUET_SAS_KEY_KIND_MASTER_KEY, NULL, 0, MASTER_KEY};
static const cliquet_sas_verification HERS = {
    {"@amelie:example.org", 19, "LAPTOP", 6}, {"@bruno:example.com", 18, "PHONE", 5}, CLIQUET_SAS_ROLE_STARTER, "transaction", 11};
static const cliquet_sas_verification HIS = {
    {"@bruno:example.com", 18, "PHONE", 5}, {"@amelie:example.org", 19, "LAPTOP", 6}, CLIQUET_SAS_ROLE_ACCEPTER, "transaction", 11};
#define V2 CLIQUET_MAC_METHOD_HKDF_HMAC_SHA256_V2
#define MASTER_KEY_ID "ed25519:5/FioQvsVZr+oZXk3OhLaVaNXSywlj60RsBoXisX8vA"
#define MAC_OF_DEVICE "ntXoTIgApnpA0ZJ4F08IMKVt/CJ0QQbFe77thjOsvXs"
#define MAC_OF_MASTER "ogsQ3TW8TuE+HJrDhJCJJMn7iR3f0oq3jdgoPh+FYOs"
#define MAC_OF_BOTH "FylWnPu8TfFgvt6sHj3c9ZiGCit6L1ooNxGvRQGPv/o"

static void agree(cliquet_established_sas **hers, cliquet_established_sas **his) {
    cliquet_sas *starter = NULL, *accepter = NULL;
    uint8_t seed = 1, her_key[32], his_key[32];
    cliquet_random counting = {fill_counting, &seed};
    OK(cliquet_sas_new(&counting, &starter));
    OK(cliquet_sas_new(&counting, &accepter));
    OK(cliquet_sas_public_key(starter, her_key));
    OK(cliquet_sas_public_key(accepter, his_key));
    OK(cliquet_sas_diffie_hellman(starter, his_key, hers));
    OK(cliquet_sas_diffie_hellman(accepter, her_key, his));
    OK(cliquet_sas_free(starter));
    OK(cliquet_sas_free(accepter));
}

static void methods(void) {
    static const char *const names[] = {"hkdf-hmac-sha256.v2", "hkdf-hmac-sha256", "hmac-sha256"};
    static const cliquet_mac_method numbers[] = {CLIQUET_MAC_METHOD_HKDF_HMAC_SHA256_V2, CLIQUET_MAC_METHOD_HISTORIC_HKDF_HMAC_SHA256,
                                                 CLIQUET_MAC_METHOD_HISTORIC_HMAC_SHA256};
    char name[20];
    size_t length = 0;
    cliquet_mac_method method = 0;
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_mac_method_to_name(numbers[i], name, sizeof name, &length));
        CHECK(length == strlen(names[i]) && strcmp(name, names[i]) == 0);
        OK(cliquet_mac_method_from_name(TEXT(names[i]), &method));
        CHECK(method == numbers[i]);
    }
    make_untouched(name, sizeof name);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_mac_method_to_name(V2, name, 19, &length));
    CHECK(length == 19);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_mac_method_to_name(0, name, sizeof name, &length));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_mac_method_to_name(4, name, sizeof name, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_mac_method_to_name(V2, name, sizeof name, NULL));
    CHECK(is_untouched(name, sizeof name));
    method = 77;
    EXPECT(CLIQUET_ABSENT, cliquet_mac_method_from_name(TEXT("hkdf-hmac-sha256.v3"), &method));
    EXPECT(CLIQUET_ABSENT, cliquet_mac_method_from_name(NULL, 0, &method));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_mac_method_from_name(TEXT("\xff"), &method));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_mac_method_from_name(NULL, 1, &method));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_mac_method_from_name(TEXT("hmac-sha256"), NULL));
    CHECK(method == 77);
}

static void key_ids(void) {
    char id[52];
    size_t length = 0;
    OK(cliquet_sas_key_key_id(&DEVICE, id, sizeof id, &length));
    CHECK(length == 14 && strcmp(id, "ed25519:LAPTOP") == 0);
    OK(cliquet_sas_key_key_id(&MASTER, id, sizeof id, &length));
    CHECK(length == 51 && strcmp(id, MASTER_KEY_ID) == 0);
    /* The device id of a master signing key is not looked at. */
    cliquet_sas_key key = {CLIQUET_SAS_KEY_KIND_MASTER_KEY, NULL, 5, MASTER_KEY};
    OK(cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    CHECK(strcmp(id, MASTER_KEY_ID) == 0);

    make_untouched(id, sizeof id);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_sas_key_key_id(&MASTER, id, 51, &length));
    CHECK(length == 51);
    key.kind = 0;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    key.kind = 3;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    key.kind = CLIQUET_SAS_KEY_KIND_DEVICE;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    key.device_id = "\xff";
    key.device_id_length = 1;
    EXPECT(CLIQUET_NOT_UTF8, cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    key = MASTER;
    key.public_key = NO_POINT;
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    key = DEVICE;
    key.public_key = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_key_key_id(&key, id, sizeof id, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_key_key_id(NULL, id, sizeof id, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_key_key_id(&DEVICE, id, sizeof id, NULL));
    CHECK(is_untouched(id, sizeof id));
}

static void sent(const cliquet_established_sas *hers) {
    static const char *const ids[] = {MASTER_KEY_ID, "ed25519:LAPTOP"}, *const texts[] = {MAC_OF_MASTER, MAC_OF_DEVICE};
    cliquet_sas_key keys[] = {DEVICE, MASTER, DEVICE};
    cliquet_macs *macs = NULL, *none = NULL;
    cliquet_details details;
    char text[52];
    size_t count = 0, length = 0;
    OK(cliquet_established_sas_macs(hers, &HERS, V2, keys, 3, &macs));
    OK(cliquet_macs_count(macs, &count));
    CHECK(count == 2);
    for (size_t i = 0; i < 2; i++) {
        OK(cliquet_macs_key_id(macs, i, text, sizeof text, &length, NULL));
        CHECK(length == strlen(ids[i]) && strcmp(text, ids[i]) == 0);
        OK(cliquet_macs_mac(macs, i, text, sizeof text, &length, NULL));
        CHECK(length == 43 && strcmp(text, texts[i]) == 0);
    }
    OK(cliquet_macs_keys(macs, text, sizeof text, &length));
    CHECK(length == 43 && strcmp(text, MAC_OF_BOTH) == 0);

    make_untouched(text, sizeof text);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_macs_key_id(macs, 0, text, 51, &length, NULL));
    CHECK(length == 51);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_macs_mac(macs, 0, text, 43, &length, &details));
    CHECK(length == 43 && details.found == 43 && details.limit == 44);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_macs_keys(macs, text, 43, &length));
    CHECK(length == 43);
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_macs_key_id(macs, 2, text, sizeof text, &length, &details));
    CHECK(details.found == 2 && details.limit == 2);
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_macs_mac(macs, SIZE_MAX, text, sizeof text, &length, &details));
    CHECK(details.found == SIZE_MAX && details.limit == 2);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_key_id(NULL, 0, text, sizeof text, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_mac(NULL, 0, text, sizeof text, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_keys(NULL, text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_key_id(macs, 0, text, sizeof text, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_mac(macs, 0, text, sizeof text, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_keys(macs, text, sizeof text, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_count(macs, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_count(NULL, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_macs_count((const cliquet_macs *)hers, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_sas_macs((cliquet_established_sas *)macs, &HERS, V2, keys, 3, &none));
    CHECK(count == 2 && is_untouched(text, sizeof text));
    OK(cliquet_macs_free(macs));
    OK(cliquet_macs_free(NULL));

    /* Of no keys, only the MAC over an empty list. */
    OK(cliquet_established_sas_macs(hers, &HERS, V2, NULL, 0, &macs));
    OK(cliquet_macs_count(macs, &count));
    CHECK(count == 0);
    OK(cliquet_macs_free(macs));

    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_sas_macs(hers, &HERS, 0, keys, 3, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_macs(NULL, &HERS, V2, keys, 3, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_macs(hers, NULL, V2, keys, 3, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_macs(hers, &HERS, V2, NULL, 1, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_macs(hers, &HERS, V2, keys, 3, NULL));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_established_sas_macs(hers, &HERS, V2, keys, SIZE_MAX / 8, &none));
    keys[2].device_id = "A,ed25519:B";
    keys[2].device_id_length = 11;
    EXPECT(CLIQUET_KEY_ID_COMMA, cliquet_established_sas_macs(hers, &HERS, V2, keys, 3, &none));
    keys[2].public_key = NO_POINT;
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_established_sas_macs(hers, &HERS, V2, keys, 3, &none));
    keys[2].kind = 9;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_sas_macs(hers, &HERS, V2, keys, 3, &none));
    CHECK(none == NULL);
}

/* The event of the other device, in another order, with one thing changed if any. */
static cliquet_macs *received(const char *first_id, const char *first_mac, const char *second_mac, const char *keys) {
    cliquet_mac mac[2] = {{first_id, strlen(first_id), first_mac, strlen(first_mac)},
                          {MASTER_KEY_ID, strlen(MASTER_KEY_ID), second_mac, strlen(second_mac)}};
    cliquet_macs *macs = NULL;
    OK(cliquet_macs_new(mac, 2, TEXT(keys), &macs));
    return macs;
}

static void verified(const cliquet_established_sas *his) {
    uint8_t other_key[32];
    cliquet_ed25519_key_pair *pair = NULL;
    OK(cliquet_ed25519_key_pair_new(NULL, &pair));
    OK(cliquet_ed25519_key_pair_public_key(pair, other_key));
    OK(cliquet_ed25519_key_pair_free(pair));
    cliquet_sas_key keys[] = {{CLIQUET_SAS_KEY_KIND_DEVICE, "TABLET", 6, other_key}, DEVICE, MASTER, DEVICE};
    bool verdicts[4] = {true, false, false, false};
    cliquet_details details;
    cliquet_macs *macs = received("ed25519:LAPTOP", MAC_OF_DEVICE, MAC_OF_MASTER, MAC_OF_BOTH);
    OK(cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 4, verdicts, NULL));
    CHECK(!verdicts[0] && verdicts[1] && verdicts[2] && verdicts[3]);
    /* A key that is not known is passed over. */
    OK(cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 2, verdicts, NULL));
    CHECK(!verdicts[0] && verdicts[1]);

    make_untouched(verdicts, sizeof verdicts);
    EXPECT(CLIQUET_NO_KNOWN_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 1, verdicts, NULL));
    EXPECT(CLIQUET_NO_KNOWN_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, NULL, 0, NULL, NULL));
    EXPECT(CLIQUET_MAC_OF_KEY_IDS, cliquet_established_sas_verify_macs(his, &HERS, V2, macs, keys, 4, verdicts, NULL));
    EXPECT(CLIQUET_MAC_OF_KEY_IDS,
           cliquet_established_sas_verify_macs(his, &HIS, CLIQUET_MAC_METHOD_HISTORIC_HMAC_SHA256, macs, keys, 4, verdicts, NULL));
    keys[2].public_key = other_key; /* another id, so that it is not in the event */
    cliquet_sas_key wrong[] = {keys[0], keys[2], MASTER, {CLIQUET_SAS_KEY_KIND_DEVICE, "LAPTOP", 6, other_key}};
    EXPECT(CLIQUET_MAC_OF_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, wrong, 4, verdicts, &details));
    CHECK(details.found == 3);
    wrong[0] = DEVICE; /* of two keys with one id, the wrong one is named */
    EXPECT(CLIQUET_MAC_OF_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, wrong, 4, verdicts, &details));
    CHECK(details.found == 3);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_sas_verify_macs(his, &HIS, 4, macs, keys, 4, verdicts, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_macs(NULL, &HIS, V2, macs, keys, 4, verdicts, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_macs(his, NULL, V2, macs, keys, 4, verdicts, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_macs(his, &HIS, V2, NULL, keys, 4, verdicts, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, NULL, 4, verdicts, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 4, NULL, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_sas_verify_macs(his, &HIS, V2, (const cliquet_macs *)his, keys, 4, verdicts, NULL));
    keys[0].public_key = NO_POINT;
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 4, verdicts, NULL));
    OK(cliquet_macs_free(macs));

    /* A MAC over a key that was changed, one that was exchanged, a list that is another one, an id with a comma, one that comes twice. */
    keys[0] = DEVICE;
    keys[1] = MASTER;
    macs = received("ed25519:LAPTOP", MAC_OF_DEVICE, MAC_OF_DEVICE, MAC_OF_BOTH);
    EXPECT(CLIQUET_MAC_OF_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 2, verdicts, &details));
    CHECK(details.found == 1);
    OK(cliquet_macs_free(macs));
    macs = received("ed25519:LAPTOP", "", MAC_OF_MASTER, MAC_OF_BOTH);
    EXPECT(CLIQUET_MAC_OF_KEY, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 2, verdicts, &details));
    CHECK(details.found == 0);
    OK(cliquet_macs_free(macs));
    const char *const ids[] = {"ed25519:LAPTOP", "ed25519:DESKTOP", "ed25519:A,ed25519:LAPTOP", MASTER_KEY_ID};
    const char *const lists[] = {MAC_OF_DEVICE, MAC_OF_BOTH, MAC_OF_BOTH, MAC_OF_BOTH};
    for (size_t i = 0; i < 4; i++) {
        macs = received(ids[i], MAC_OF_DEVICE, MAC_OF_MASTER, lists[i]);
        EXPECT(CLIQUET_MAC_OF_KEY_IDS, cliquet_established_sas_verify_macs(his, &HIS, V2, macs, keys, 2, verdicts, NULL));
        OK(cliquet_macs_free(macs));
    }
    CHECK(is_untouched(verdicts, sizeof verdicts));
}

/* What one device sends under each method, the other verifies. */
static void every_method(const cliquet_established_sas *hers, const cliquet_established_sas *his) {
    cliquet_sas_key keys[] = {DEVICE, MASTER};
    for (cliquet_mac_method method = 1; method <= 3; method++) {
        bool verdicts[2] = {false, false};
        cliquet_macs *macs = NULL;
        OK(cliquet_established_sas_macs(hers, &HERS, method, keys, 2, &macs));
        OK(cliquet_established_sas_verify_macs(his, &HIS, method, macs, keys, 2, verdicts, NULL));
        CHECK(verdicts[0] && verdicts[1]);
        EXPECT(CLIQUET_MAC_OF_KEY_IDS, cliquet_established_sas_verify_macs(his, &HIS, method % 3 + 1, macs, keys, 2, verdicts, NULL));
        EXPECT(CLIQUET_MAC_OF_KEY_IDS, cliquet_established_sas_verify_macs(hers, &HERS, method, macs, keys, 2, verdicts, NULL));
        OK(cliquet_macs_free(macs));
    }
}

static void refused_events(void) {
    cliquet_mac mac = {"id", 2, "mac", 3};
    cliquet_macs *none = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_new(NULL, 1, TEXT(""), &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_new(&mac, 1, NULL, 1, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_new(&mac, 1, TEXT(""), NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_macs_new(&mac, 1, TEXT("\xff"), &none));
    mac.key_id = "\xff\xff";
    EXPECT(CLIQUET_NOT_UTF8, cliquet_macs_new(&mac, 1, TEXT(""), &none));
    mac.key_id = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_new(&mac, 1, TEXT(""), &none));
    mac.key_id = "id";
    mac.mac = "\xff\xff\xff";
    EXPECT(CLIQUET_NOT_UTF8, cliquet_macs_new(&mac, 1, TEXT(""), &none));
    mac.mac = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_macs_new(&mac, 1, TEXT(""), &none));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_macs_new(&mac, SIZE_MAX, TEXT(""), &none));
    CHECK(none == NULL);
}

static void with_info(const cliquet_established_sas *hers, const cliquet_established_sas *his) {
    static const char *const expected[] = {"t3FqSgKfSH4LdVJK92mJpmahcUgV2e5YEgYPJ+TqJ8w", "t3FqcQKfS2YLMllMTWxsTVRXeHNUVlJYZUhOVVZsSlk",
                                           "kELHSKptcHQHSFFIU0ZGSVUwWkdTVlV3V2tkVFZsVjM"};
    char mac[44];
    size_t length = 0;
    for (cliquet_mac_method method = 1; method <= 3; method++) {
        OK(cliquet_established_sas_calculate_mac_with_info(hers, method, TEXT("input"), TEXT("macinfo"), mac, sizeof mac, &length));
        CHECK(length == 43 && strcmp(mac, expected[method - 1]) == 0);
        OK(cliquet_established_sas_verify_mac_with_info(his, method, TEXT("input"), TEXT("macinfo"), mac, length));
        EXPECT(CLIQUET_AUTHENTICATION_FAILED,
               cliquet_established_sas_verify_mac_with_info(his, method, TEXT("Input"), TEXT("macinfo"), mac, length));
        EXPECT(CLIQUET_AUTHENTICATION_FAILED,
               cliquet_established_sas_verify_mac_with_info(his, method, TEXT("input"), TEXT("info"), mac, length));
        EXPECT(CLIQUET_AUTHENTICATION_FAILED,
               cliquet_established_sas_verify_mac_with_info(his, method, TEXT("input"), TEXT("macinfo"), mac, length - 1));
    }
    make_untouched(mac, sizeof mac);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_established_sas_calculate_mac_with_info(hers, V2, TEXT("input"), NULL, 0, mac, 43, &length));
    CHECK(length == 43);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT,
           cliquet_established_sas_calculate_mac_with_info(hers, 0, TEXT("input"), NULL, 0, mac, sizeof mac, &length));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_calculate_mac_with_info(hers, V2, TEXT("\xff"), NULL, 0, mac, sizeof mac, &length));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_calculate_mac_with_info(hers, V2, NULL, 0, TEXT("\xff"), mac, sizeof mac, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_calculate_mac_with_info(hers, V2, NULL, 1, NULL, 0, mac, sizeof mac, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_calculate_mac_with_info(hers, V2, NULL, 0, NULL, 1, mac, sizeof mac, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_calculate_mac_with_info(NULL, V2, NULL, 0, NULL, 0, mac, sizeof mac, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_calculate_mac_with_info(hers, V2, NULL, 0, NULL, 0, mac, sizeof mac, NULL));
    CHECK(is_untouched(mac, sizeof mac));
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_sas_verify_mac_with_info(his, 4, NULL, 0, NULL, 0, NULL, 0));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_mac_with_info(NULL, V2, NULL, 0, NULL, 0, NULL, 0));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_verify_mac_with_info(his, V2, NULL, 0, NULL, 0, NULL, 1));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_verify_mac_with_info(his, V2, NULL, 0, NULL, 0, TEXT("\xff")));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_verify_mac_with_info(his, V2, TEXT("\xff"), NULL, 0, NULL, 0));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_verify_mac_with_info(his, V2, NULL, 0, TEXT("\xff"), NULL, 0));
}

int main(void) {
    cliquet_established_sas *hers = NULL, *his = NULL;
    agree(&hers, &his);
    methods();
    key_ids();
    sent(hers);
    verified(his);
    every_method(hers, his);
    refused_events();
    with_info(hers, his);
    OK(cliquet_established_sas_free(his));
    OK(cliquet_established_sas_free(hers));
    return 0;
}
