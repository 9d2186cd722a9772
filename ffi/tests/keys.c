/* Key pairs, public keys, signatures and ids. */
#include "check.h"

static void curve25519(void) {
    uint8_t seed = 0, secret[32], public_key[32], again[32];
    cliquet_random counting = {fill_counting, &seed};
    cliquet_curve25519_key_pair *pair = NULL, *copy = NULL;
    OK(cliquet_curve25519_key_pair_new(&counting, &pair));
    OK(cliquet_curve25519_key_pair_export_secret_key(pair, secret));
    CHECK(secret[0] == 0 && secret[31] == 31);
    OK(cliquet_curve25519_key_pair_public_key(pair, public_key));
    OK(cliquet_curve25519_key_pair_from_secret_key(secret, &copy));
    OK(cliquet_curve25519_key_pair_public_key(copy, again));
    SAME_BYTES(public_key, again, 32);

    char base64[44];
    size_t length = 0;
    OK(cliquet_curve25519_public_key_to_base64(public_key, base64, sizeof base64, &length));
    CHECK(length == 43 && strlen(base64) == 43);
    memset(again, 0, 32);
    OK(cliquet_curve25519_public_key_from_base64(base64, length, again, NULL));
    SAME_BYTES(public_key, again, 32);

    cliquet_details details;
    make_untouched(again, 32);
    EXPECT(CLIQUET_BASE64, cliquet_curve25519_public_key_from_base64(TEXT("?"), again, &details));
    EXPECT(CLIQUET_LENGTH, cliquet_curve25519_public_key_from_base64(TEXT("AAAA"), again, &details));
    CHECK(details.found == 3 && details.limit == 32);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_curve25519_public_key_from_base64(TEXT("\xff"), again, NULL));
    CHECK(is_untouched(again, 32));

    make_untouched(base64, sizeof base64);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_curve25519_public_key_to_base64(public_key, base64, 43, &length));
    CHECK(length == 43 && is_untouched(base64, sizeof base64));
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_curve25519_public_key_to_base64(public_key, NULL, 0, &length));
    CHECK(length == 43);

    cliquet_curve25519_key_pair *none = NULL;
    EXPECT(CLIQUET_RANDOM, cliquet_curve25519_key_pair_new(&FAILING, &none));
    CHECK(none == NULL);
    OK(cliquet_curve25519_key_pair_new(NULL, &none));
    OK(cliquet_curve25519_key_pair_free(none));
    OK(cliquet_curve25519_key_pair_free(copy));
    OK(cliquet_curve25519_key_pair_free(pair));
}

static void ed25519(void) {
    uint8_t seed = 0, seed_bytes[32], expanded[64], public_key[32], again[32], signature[64], signature_again[64];
    cliquet_random counting = {fill_counting, &seed};
    cliquet_ed25519_key_pair *pair = NULL, *of_seed = NULL, *of_base64 = NULL, *of_expanded = NULL, *none = NULL;
    OK(cliquet_ed25519_key_pair_new(&counting, &pair));
    OK(cliquet_ed25519_key_pair_public_key(pair, public_key));
    OK(cliquet_ed25519_key_pair_sign(pair, (const uint8_t *)"Bonjour", 7, signature));
    OK(cliquet_ed25519_verify(public_key, (const uint8_t *)"Bonjour", 7, signature));
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_ed25519_verify(public_key, (const uint8_t *)"Bonsoir", 7, signature));
    memset(again, 0, 32);
    again[0] = 2; /* no point of the curve */
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_ed25519_verify(again, NULL, 0, signature));

    OK(cliquet_ed25519_key_pair_export_seed(pair, seed_bytes));
    OK(cliquet_ed25519_key_pair_from_seed(seed_bytes, &of_seed));
    char base64[87];
    size_t length = 0;
    OK(cliquet_ed25519_key_pair_export_base64_seed(pair, base64, sizeof base64, &length));
    CHECK(length == 43);
    OK(cliquet_ed25519_key_pair_from_base64_seed(base64, length, &of_base64, NULL));
    OK(cliquet_ed25519_key_pair_export_expanded_secret_key(pair, expanded));
    OK(cliquet_ed25519_key_pair_from_expanded_secret_key(expanded, &of_expanded));
    const cliquet_ed25519_key_pair *copies[] = {of_seed, of_base64, of_expanded};
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_ed25519_key_pair_public_key(copies[i], again));
        SAME_BYTES(public_key, again, 32);
        OK(cliquet_ed25519_key_pair_sign(copies[i], (const uint8_t *)"Bonjour", 7, signature_again));
        SAME_BYTES(signature, signature_again, 64);
    }
    make_untouched(again, 32);
    EXPECT(CLIQUET_ABSENT, cliquet_ed25519_key_pair_export_seed(of_expanded, again));
    EXPECT(CLIQUET_ABSENT, cliquet_ed25519_key_pair_export_base64_seed(of_expanded, base64, sizeof base64, &length));
    EXPECT(CLIQUET_BASE64, cliquet_ed25519_key_pair_from_base64_seed(TEXT("?"), &none, NULL));
    EXPECT(CLIQUET_RANDOM, cliquet_ed25519_key_pair_new(&FAILING, &none));
    CHECK(none == NULL && is_untouched(again, 32));

    OK(cliquet_ed25519_public_key_to_base64(public_key, base64, sizeof base64, &length));
    OK(cliquet_ed25519_public_key_from_base64(base64, length, again, NULL));
    SAME_BYTES(public_key, again, 32);
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_ed25519_public_key_from_base64(TEXT("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), again, NULL));
    OK(cliquet_ed25519_signature_to_base64(signature, base64, sizeof base64, &length));
    CHECK(length == 86);
    OK(cliquet_ed25519_signature_from_base64(base64, length, signature_again, NULL));
    SAME_BYTES(signature, signature_again, 64);
    EXPECT(CLIQUET_LENGTH, cliquet_ed25519_signature_from_base64(TEXT("AAAA"), signature_again, NULL));

    OK(cliquet_ed25519_key_pair_free(of_expanded));
    OK(cliquet_ed25519_key_pair_free(of_base64));
    OK(cliquet_ed25519_key_pair_free(of_seed));
    OK(cliquet_ed25519_key_pair_free(pair));
}

static void identifiers(void) {
    uint8_t id[32] = {1, 2, 3}, again[32];
    char base64[44];
    size_t length = 0;
    OK(cliquet_session_id_to_base64(id, base64, sizeof base64, &length));
    OK(cliquet_session_id_from_base64(base64, length, again, NULL));
    SAME_BYTES(id, again, 32);
    EXPECT(CLIQUET_LENGTH, cliquet_session_id_from_base64(TEXT("AAAA"), again, NULL));

    uint64_t key_id = 0;
    OK(cliquet_key_id_to_base64(258, base64, sizeof base64, &length));
    CHECK(strcmp(base64, "AAAAAAAAAQI") == 0);
    OK(cliquet_key_id_from_base64(base64, length, &key_id, NULL));
    CHECK(key_id == 258);
    OK(cliquet_key_id_to_libolm_base64(258, base64, sizeof base64, &length));
    CHECK(strcmp(base64, "AAABAg") == 0);
    OK(cliquet_key_id_from_base64(base64, length, &key_id, NULL));
    CHECK(key_id == 258);
    EXPECT(CLIQUET_ABSENT, cliquet_key_id_to_libolm_base64(UINT64_C(1) << 32, base64, sizeof base64, &length));
    EXPECT(CLIQUET_BASE64, cliquet_key_id_from_base64(TEXT("?"), &key_id, NULL));
    CHECK(key_id == 258);
}

int main(void) {
    curve25519();
    ed25519();
    identifiers();
    return 0;
}
