/* From a passphrase to the key of a secret storage. */
#include "check.h"

#define SALT "IuLnH7S85YtZmkkBJKwNUKxWF42g9O1H"
#define PASSPHRASE "It's a secret to everybody"
#define CHECK_IV "gH2iNpiETFhApvW6/FFEJQ"
#define CHECK_MAC "9Lw12m5SKDipNghdQXKjgpfdj1/K7HFI2brO+UWAGoM"
#define PARAMETERS "{\"algorithm\":\"m.pbkdf2\",\"bits\":256,\"iterations\":10,\"salt\":\"" SALT "\"}"

static cliquet_passphrase_parameters *published_parameters(void) {
    cliquet_passphrase_parameters *parameters = NULL;
    OK(cliquet_passphrase_parameters_new(TEXT(SALT), 10, &parameters));
    return parameters;
}

/* Reads parameters that are none: nothing is made. */
static cliquet_status read_parameters(const char *json) {
    cliquet_passphrase_parameters *none = NULL;
    cliquet_status status = cliquet_passphrase_parameters_from_json(TEXT(json), &none);
    CHECK(none == NULL);
    return status;
}

static void parameters(void) {
    cliquet_passphrase_parameters *published = published_parameters(), *new_ones = NULL, *read = NULL, *none = NULL;
    uint8_t seed = 0;
    cliquet_random counting = {fill_counting, &seed};
    char text[128];
    size_t length = 0;
    uint32_t rounds = 0;
    OK(cliquet_passphrase_parameters_to_json(published, text, sizeof text, &length));
    CHECK(strcmp(text, PARAMETERS) == 0 && length == strlen(PARAMETERS));
    OK(cliquet_passphrase_parameters_from_json(text, length, &read));
    OK(cliquet_passphrase_parameters_rounds(read, &rounds));
    OK(cliquet_passphrase_parameters_salt(read, text, sizeof text, &length));
    CHECK(rounds == 10 && strcmp(text, SALT) == 0);
    OK(cliquet_passphrase_parameters_random(&counting, &new_ones));
    CHECK(seed == 24);
    OK(cliquet_passphrase_parameters_rounds(new_ones, &rounds));
    OK(cliquet_passphrase_parameters_salt(new_ones, text, 33, &length));
    CHECK(rounds == CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS && strcmp(text,
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX") == 0);
    CHECK(CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_ROUNDS == 500000);
    CHECK(CLIQUET_PASSPHRASE_PARAMETERS_DEFAULT_MAX_ROUNDS == 10000000);

    make_untouched(text, sizeof text);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_passphrase_parameters_salt(published, text, 32, &length));
    CHECK(length == 32);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_passphrase_parameters_to_json(published, text, 16, &length));
    CHECK(length == strlen(PARAMETERS) && is_untouched(text, sizeof text));
    EXPECT(CLIQUET_NO_ROUNDS, cliquet_passphrase_parameters_new(TEXT(SALT), 0, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_passphrase_parameters_new(TEXT("\xff"), 1, &none));
    EXPECT(CLIQUET_RANDOM, cliquet_passphrase_parameters_random(&FAILING, &none));
    EXPECT(CLIQUET_JSON, read_parameters("{\"algorithm\":\"m.pbkdf2\",\"salt\":\"\"}"));
    EXPECT(CLIQUET_JSON, read_parameters("{\"algorithm\":\"m.argon2\",\"iterations\":1,\"salt\":\"\"}"));
    EXPECT(CLIQUET_JSON, read_parameters("{\"algorithm\":\"m.pbkdf2\",\"iterations\":0,\"salt\":\"\"}"));
    EXPECT(CLIQUET_JSON, read_parameters("{\"algorithm\":\"m.pbkdf2\",\"iterations\":4294967296,\"salt\":\"\"}"));
    EXPECT(CLIQUET_JSON, read_parameters("{\"algorithm\":\"m.pbkdf2\",\"bits\":512,\"iterations\":1,\"salt\":\"\"}"));
    EXPECT(CLIQUET_JSON, read_parameters("[]"));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_passphrase_parameters_rounds(NULL, &rounds));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_passphrase_parameters_rounds(published, NULL));
    CHECK(none == NULL);
    OK(cliquet_passphrase_parameters_free(NULL));
    OK(cliquet_passphrase_parameters_free(new_ones));
    OK(cliquet_passphrase_parameters_free(read));
    OK(cliquet_passphrase_parameters_free(published));
}

static void stretching(void) {
    cliquet_passphrase_parameters *published = published_parameters(), *others = NULL;
    cliquet_passphrase_stretching *steps = NULL, *none = NULL;
    cliquet_stretched_passphrase *stretched = NULL, *no_passphrase = NULL;
    cliquet_secret_storage_key *key = NULL, *derived = NULL, *no_key = NULL;
    cliquet_key_check *check = NULL;
    cliquet_details details;
    uint32_t rounds = 0;
    bool flag = true;
    EXPECT(CLIQUET_TOO_MANY_ROUNDS,
           cliquet_passphrase_parameters_stretch(published, TEXT(PASSPHRASE), 9, &none, &details));
    CHECK(details.found == 10 && details.limit == 9);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_passphrase_parameters_stretch(published, TEXT("\xff"), 10, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_passphrase_parameters_stretch(NULL, TEXT(PASSPHRASE), 10, &none, NULL));
    OK(cliquet_passphrase_parameters_stretch(published, TEXT(PASSPHRASE), 10, &steps, NULL));
    OK(cliquet_passphrase_stretching_rounds(steps, &rounds));
    CHECK(rounds == 10);
    OK(cliquet_passphrase_stretching_rounds_done(steps, &rounds));
    CHECK(rounds == 1);
    OK(cliquet_passphrase_stretching_advance(steps, 4, &flag));
    OK(cliquet_passphrase_stretching_rounds_done(steps, &rounds));
    CHECK(rounds == 5 && !flag);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_passphrase_stretching_advance(steps, 4, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_passphrase_stretching_finish(steps, NULL));
    OK(cliquet_passphrase_stretching_rounds_done(steps, &rounds));
    CHECK(rounds == 5);
    OK(cliquet_passphrase_stretching_advance(steps, UINT32_MAX, &flag));
    CHECK(flag);
    OK(cliquet_passphrase_stretching_finish(steps, &stretched));
    rounds = 7;
    flag = false;
    EXPECT(CLIQUET_USED_UP, cliquet_passphrase_stretching_rounds(steps, &rounds));
    EXPECT(CLIQUET_USED_UP, cliquet_passphrase_stretching_rounds_done(steps, &rounds));
    EXPECT(CLIQUET_USED_UP, cliquet_passphrase_stretching_advance(steps, 1, &flag));
    EXPECT(CLIQUET_USED_UP, cliquet_passphrase_stretching_finish(steps, &no_passphrase));
    CHECK(rounds == 7 && !flag && no_passphrase == NULL);

    /* The published key of the passphrase, in steps and in one go. */
    OK(cliquet_secret_storage_key_from_passphrase(published, stretched, &key));
    OK(cliquet_key_check_from_base64(TEXT(CHECK_IV), TEXT(CHECK_MAC), &check, NULL));
    OK(cliquet_secret_storage_key_passes(key, check, &flag));
    CHECK(flag);
    OK(cliquet_secret_storage_key_derive(published, TEXT(PASSPHRASE), 10, &derived, NULL));
    flag = false;
    OK(cliquet_secret_storage_key_equals(key, derived, &flag));
    CHECK(flag);
    OK(cliquet_secret_storage_key_free(derived));
    derived = NULL;
    OK(cliquet_secret_storage_key_derive(published, TEXT("It's a secret to nobody"), 10, &derived, NULL));
    OK(cliquet_secret_storage_key_passes(derived, check, &flag));
    CHECK(!flag);
    EXPECT(CLIQUET_TOO_MANY_ROUNDS,
           cliquet_secret_storage_key_derive(published, TEXT(PASSPHRASE), 9, &no_key, &details));
    CHECK(details.found == 10 && details.limit == 9);
    OK(cliquet_passphrase_parameters_new(TEXT(SALT), 11, &others));
    EXPECT(CLIQUET_OTHER_PARAMETERS, cliquet_secret_storage_key_from_passphrase(others, stretched, &no_key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_secret_storage_key_from_passphrase(published, NULL, &no_key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_stretched_passphrase_free((cliquet_stretched_passphrase *)key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_passphrase_stretching_advance((cliquet_passphrase_stretching *)key, 1, &flag));
    CHECK(no_key == NULL && none == NULL);

    /* Given up in the middle. */
    OK(cliquet_passphrase_parameters_stretch(others, NULL, 0, 11, &none, NULL));
    OK(cliquet_passphrase_stretching_free(none));
    OK(cliquet_passphrase_stretching_free(NULL));
    OK(cliquet_stretched_passphrase_free(NULL));
    OK(cliquet_passphrase_stretching_free(steps));
    OK(cliquet_stretched_passphrase_free(stretched));
    OK(cliquet_secret_storage_key_free(derived));
    OK(cliquet_secret_storage_key_free(key));
    OK(cliquet_key_check_free(check));
    OK(cliquet_passphrase_parameters_free(others));
    OK(cliquet_passphrase_parameters_free(published));
}

int main(void) {
    parameters();
    stretching();
    return 0;
}
