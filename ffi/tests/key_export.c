/* Key export files. */
#include "objects.h"

#include "key_export_files.h"

#define PASSPHRASE "correct horse"

static cliquet_encrypted_key_export *read_file(const char *text) {
    cliquet_encrypted_key_export *encrypted = NULL;
    OK(cliquet_encrypted_key_export_from_text(TEXT(text), &encrypted, NULL));
    return encrypted;
}

/* Checks the session at a position. */
static void check_session(const cliquet_key_export *opened, size_t position, const char *room_id, const char *json) {
    cliquet_session_data *data = NULL;
    CHECK_TEXT(room_id, cliquet_key_export_room_id(opened, position, buffer, capacity, &length, NULL));
    OK(cliquet_key_export_session_data(opened, position, &data, NULL));
    CHECK_TEXT(json, cliquet_session_data_to_json(data, buffer, capacity, &length));
    OK(cliquet_session_data_free(data));
}

static void check_refused(const cliquet_refused_session *refused, size_t position, cliquet_status status, const char *field) {
    CHECK(refused->position == position && refused->status == status && strcmp(refused->details.field, field) == 0);
}

/* A file with all kinds of entries is opened at once. */
static void mixed(void) {
    cliquet_encrypted_key_export *encrypted = read_file(MIXED);
    CHECK_TEXT(MIXED, cliquet_encrypted_key_export_to_text(encrypted, buffer, capacity, &length));
    uint32_t rounds = 0;
    OK(cliquet_encrypted_key_export_rounds(encrypted, &rounds));
    CHECK(rounds == 10);
    cliquet_key_export *opened = NULL;
    cliquet_details details;
    EXPECT(CLIQUET_TOO_MANY_ROUNDS, cliquet_encrypted_key_export_decrypt(encrypted, TEXT(PASSPHRASE), 9, &opened, &details));
    CHECK(details.found == 10 && details.limit == 9);
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_encrypted_key_export_decrypt(encrypted, NULL, 0, 10, &opened, NULL));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_encrypted_key_export_decrypt(encrypted, TEXT("correct horse "), 10, &opened, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_encrypted_key_export_decrypt(encrypted, TEXT("\xff"), 10, &opened, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_decrypt(encrypted, NULL, 1, 10, &opened, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_decrypt(encrypted, TEXT(PASSPHRASE), 10, NULL, NULL));
    CHECK(opened == NULL);
    OK(cliquet_encrypted_key_export_decrypt(encrypted, TEXT(PASSPHRASE), 10, &opened, NULL));

    size_t count = 0, length = UNTOUCHED;
    OK(cliquet_key_export_session_count(opened, &count));
    CHECK(count == 2);
    check_session(opened, 0, "!room:example.org", FULL);
    check_session(opened, 1, "!\xc3\xa9 \"\xf0\x9f\x94\x92\":example.org", BARE);
    cliquet_session_data *none = NULL;
    make_untouched(buffer, sizeof buffer);
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_key_export_room_id(opened, 2, buffer, sizeof buffer, &length, &details));
    CHECK(details.found == 2 && details.limit == 2);
    make_untouched(&details, sizeof details);
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_key_export_session_data(opened, SIZE_MAX, &none, &details));
    CHECK(details.found == SIZE_MAX && details.limit == 2);
    CHECK(none == NULL && is_untouched(buffer, sizeof buffer) && length == UNTOUCHED);

    cliquet_refused_session refused[8];
    OK(cliquet_key_export_refused_count(opened, &count));
    CHECK(count == 7);
    count = 0;
    make_untouched(refused, sizeof refused);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_key_export_refused(opened, NULL, 0, &count));
    CHECK(count == 7);
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_key_export_refused(opened, refused, 6, &count));
    CHECK(count == 7 && is_untouched(refused, sizeof refused));
    count = 0;
    OK(cliquet_key_export_refused(opened, refused, 8, &count));
    CHECK(count == 7 && is_untouched(&refused[7], sizeof refused[7]));
    check_refused(&refused[0], 0, CLIQUET_SESSION_DATA_MALFORMED, "");
    check_refused(&refused[1], 2, CLIQUET_UNSUPPORTED_ALGORITHM, "");
    check_refused(&refused[2], 3, CLIQUET_MISSING_FIELD, "algorithm");
    check_refused(&refused[3], 4, CLIQUET_MISSING_FIELD, "room_id");
    check_refused(&refused[4], 6, CLIQUET_BASE64, "session_key");
    check_refused(&refused[5], 7, CLIQUET_LENGTH, "session_key");
    CHECK(refused[5].details.found == 3 && refused[5].details.limit == 165);
    check_refused(&refused[6], 8, CLIQUET_MISMATCHED_SESSION_ID, "");
    OK(cliquet_key_export_free(opened));
    OK(cliquet_encrypted_key_export_free(encrypted));
}

/* Of more than a thousand entries that are none, the first thousand are told. */
static void many_refused(void) {
    static cliquet_refused_session refused[1001];
    cliquet_encrypted_key_export *encrypted = read_file(ALL_REFUSED);
    cliquet_key_export *opened = NULL;
    size_t count = 7;
    OK(cliquet_encrypted_key_export_decrypt(encrypted, NULL, 0, 1, &opened, NULL));
    OK(cliquet_key_export_session_count(opened, &count));
    CHECK(count == 0);
    OK(cliquet_key_export_refused_count(opened, &count));
    CHECK(count == 1001);
    OK(cliquet_key_export_refused(opened, refused, 1001, &count));
    CHECK(count == 1000);
    check_refused(&refused[999], 999, CLIQUET_SESSION_DATA_MALFORMED, "");
    OK(cliquet_key_export_free(opened));
    OK(cliquet_encrypted_key_export_free(encrypted));
}

/* A file is opened in steps, and with the passphrase of no other file. */
static void steps(void) {
    cliquet_encrypted_key_export *encrypted = read_file(MIXED), *other = read_file(EMPTY);
    cliquet_passphrase_stretching *stretching = NULL, *no_stretching = NULL;
    cliquet_stretched_passphrase *stretched = NULL;
    cliquet_key_export *opened = NULL, *none = NULL;
    cliquet_details details;
    EXPECT(CLIQUET_TOO_MANY_ROUNDS, cliquet_encrypted_key_export_stretch(encrypted, TEXT(PASSPHRASE), 0, &stretching, &details));
    CHECK(details.found == 10 && details.limit == 0);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_encrypted_key_export_stretch(encrypted, TEXT("\xff"), 10, &stretching, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_stretch(encrypted, NULL, 1, 10, &stretching, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_stretch(encrypted, TEXT(PASSPHRASE), 10, NULL, NULL));
    CHECK(stretching == NULL);
    OK(cliquet_encrypted_key_export_stretch(encrypted, TEXT(PASSPHRASE), 10, &stretching, NULL));
    bool is_done = false;
    int steps = 0;
    for (; !is_done; steps++) {
        OK(cliquet_passphrase_stretching_advance(stretching, 4, &is_done));
    }
    CHECK(steps == 3); /* The first round was done when it began. */
    OK(cliquet_passphrase_stretching_finish(stretching, &stretched));
    EXPECT(CLIQUET_OTHER_PARAMETERS, cliquet_encrypted_key_export_open(other, stretched, &none));
    OK(cliquet_encrypted_key_export_open(encrypted, stretched, &opened));
    check_session(opened, 0, "!room:example.org", FULL);
    OK(cliquet_key_export_free(opened));
    OK(cliquet_stretched_passphrase_free(stretched));
    OK(cliquet_passphrase_stretching_free(stretching));

    OK(cliquet_encrypted_key_export_stretch(encrypted, TEXT("wrong"), 10, &stretching, NULL));
    OK(cliquet_passphrase_stretching_finish(stretching, &stretched));
    EXPECT(CLIQUET_AUTHENTICATION_FAILED, cliquet_encrypted_key_export_open(encrypted, stretched, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_open(encrypted, stretched, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_open(encrypted, NULL, &none));
    cliquet_encrypted_key_export *wrong = (cliquet_encrypted_key_export *)stretched;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_open(wrong, stretched, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_open(encrypted, (cliquet_stretched_passphrase *)encrypted, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_stretch(wrong, TEXT("a"), 10, &no_stretching, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_decrypt(wrong, TEXT("a"), 10, &none, NULL));
    CHECK(none == NULL && no_stretching == NULL);
    OK(cliquet_stretched_passphrase_free(stretched));
    OK(cliquet_passphrase_stretching_free(stretching));
    OK(cliquet_encrypted_key_export_free(other));
    OK(cliquet_encrypted_key_export_free(encrypted));
}

/* Files that are none, and files that hold no list. */
static void refusals(void) {
    cliquet_encrypted_key_export *none = NULL;
    cliquet_details details;
    static const char *const no_lines[] = {"", "AAAA", "-----BEGIN MEGOLM SESSION DATA-----\nAAAA\n", "AAAA\n-----END MEGOLM SESSION DATA-----\n"};
    for (size_t i = 0; i < 4; i++) {
        EXPECT(CLIQUET_MISSING_LINE, cliquet_encrypted_key_export_from_text(TEXT(no_lines[i]), &none, NULL));
    }
    static const char no_base64[] = "-----BEGIN MEGOLM SESSION DATA-----\n?\n-----END MEGOLM SESSION DATA-----";
    EXPECT(CLIQUET_BASE64, cliquet_encrypted_key_export_from_text(TEXT(no_base64), &none, NULL));
    EXPECT(CLIQUET_TRUNCATED, cliquet_encrypted_key_export_from_text(TEXT(CUT_OFF), &none, NULL));
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, cliquet_encrypted_key_export_from_text(TEXT(NEXT_VERSION), &none, &details));
    CHECK(details.found == 2);
    EXPECT(CLIQUET_TOO_FEW_ROUNDS, cliquet_encrypted_key_export_from_text(TEXT(NO_ROUNDS), &none, &details));
    CHECK(details.found == 0 && details.limit == 1);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_encrypted_key_export_from_text(TEXT("\xff"), &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_from_text(NULL, 1, &none, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_from_text(TEXT(EMPTY), NULL, NULL));
    CHECK(none == NULL);

    static const char *const files[] = {NO_LIST, COUNTER_AT_END};
    cliquet_key_export *opened = NULL;
    for (size_t i = 0; i < 2; i++) {
        cliquet_encrypted_key_export *encrypted = read_file(files[i]);
        cliquet_passphrase_stretching *stretching = NULL;
        cliquet_stretched_passphrase *stretched = NULL;
        OK(cliquet_encrypted_key_export_stretch(encrypted, NULL, 0, 1, &stretching, NULL));
        OK(cliquet_passphrase_stretching_finish(stretching, &stretched));
        if (i == 0) {
            EXPECT(CLIQUET_CONTENT, cliquet_encrypted_key_export_decrypt(encrypted, NULL, 0, 1, &opened, NULL));
            EXPECT(CLIQUET_CONTENT, cliquet_encrypted_key_export_open(encrypted, stretched, &opened));
        } else {
            EXPECT(CLIQUET_COUNTER_OVERFLOW, cliquet_encrypted_key_export_decrypt(encrypted, NULL, 0, 1, &opened, NULL));
            EXPECT(CLIQUET_COUNTER_OVERFLOW, cliquet_encrypted_key_export_open(encrypted, stretched, &opened));
        }
        CHECK(opened == NULL);
        OK(cliquet_stretched_passphrase_free(stretched));
        OK(cliquet_passphrase_stretching_free(stretching));
        OK(cliquet_encrypted_key_export_free(encrypted));
    }
}

static cliquet_exported_session exported(const char *room_id, const cliquet_session_data *data) {
    cliquet_exported_session session;
    session.room_id = room_id;
    session.room_id_length = strlen(room_id);
    session.data = data;
    return session;
}

/* What is sealed is what Python seals, and whatever fails leaves the new export as it was. */
static void sealing(void) {
    uint8_t next = 0;
    cliquet_random counting = {fill_counting, &next};
    cliquet_new_key_export *fresh = NULL, *other = NULL;
    cliquet_passphrase_stretching *stretching = NULL, *of_file = NULL, *no_stretching = NULL;
    cliquet_stretched_passphrase *stretched = NULL, *for_file = NULL;
    cliquet_encrypted_key_export *encrypted = NULL;
    cliquet_session_data *full = NULL, *bare = NULL;
    OK(cliquet_session_data_from_json(TEXT(FULL), &full, NULL));
    OK(cliquet_session_data_from_json(TEXT(BARE), &bare, NULL));
    OK(cliquet_new_key_export_new(CLIQUET_KEY_EXPORT_MIN_ROUNDS, &counting, &fresh, NULL));
    CHECK(next == 32);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_new_key_export_stretch(fresh, TEXT("\xff"), &stretching));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_stretch(fresh, NULL, 1, &stretching));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_stretch(fresh, TEXT(PASSPHRASE), NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_new_key_export_stretch((cliquet_new_key_export *)full, TEXT(PASSPHRASE), &stretching));
    CHECK(stretching == NULL);
    OK(cliquet_new_key_export_stretch(fresh, TEXT(PASSPHRASE), &stretching));
    bool is_done = true;
    OK(cliquet_passphrase_stretching_advance(stretching, 1000, &is_done));
    CHECK(!is_done);
    OK(cliquet_passphrase_stretching_finish(stretching, &stretched));
    cliquet_encrypted_key_export *file = read_file(EMPTY);
    OK(cliquet_encrypted_key_export_stretch(file, TEXT(PASSPHRASE), 1, &of_file, NULL));
    OK(cliquet_passphrase_stretching_finish(of_file, &for_file));

    cliquet_exported_session sessions[2] = {exported("!room:example.org", full), exported("!other:example.org", bare)};
    cliquet_exported_session broken[2] = {sessions[0], sessions[1]};
    EXPECT(CLIQUET_OTHER_PARAMETERS, cliquet_new_key_export_seal(fresh, sessions, 2, for_file, &encrypted));
    broken[1].room_id = "\xff";
    broken[1].room_id_length = 1;
    EXPECT(CLIQUET_NOT_UTF8, cliquet_new_key_export_seal(fresh, broken, 2, stretched, &encrypted));
    broken[1].room_id = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_seal(fresh, broken, 2, stretched, &encrypted));
    broken[1] = exported("", NULL);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_seal(fresh, broken, 2, stretched, &encrypted));
    broken[1] = exported("", (const cliquet_session_data *)stretched);
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_new_key_export_seal(fresh, broken, 2, stretched, &encrypted));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_seal(fresh, NULL, 2, stretched, &encrypted));
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_new_key_export_seal(fresh, sessions, SIZE_MAX, stretched, &encrypted));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_seal(fresh, sessions, 2, NULL, &encrypted));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_seal(fresh, sessions, 2, stretched, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_new_key_export_seal((cliquet_new_key_export *)full, sessions, 2, stretched, &encrypted));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_new_key_export_seal(fresh, sessions, 2, (cliquet_stretched_passphrase *)full, &encrypted));
    CHECK(encrypted == NULL);

    OK(cliquet_new_key_export_seal(fresh, sessions, 2, stretched, &encrypted));
    CHECK_TEXT(SEALED, cliquet_encrypted_key_export_to_text(encrypted, buffer, capacity, &length));
    cliquet_key_export *opened = NULL;
    OK(cliquet_encrypted_key_export_open(encrypted, stretched, &opened));
    check_session(opened, 0, "!room:example.org", FULL);
    check_session(opened, 1, "!other:example.org", BARE);
    size_t count = 7;
    OK(cliquet_key_export_refused_count(opened, &count));
    CHECK(count == 0);
    OK(cliquet_key_export_refused(opened, NULL, 0, &count));
    CHECK(count == 0);
    cliquet_encrypted_key_export *none = NULL;
    EXPECT(CLIQUET_USED_UP, cliquet_new_key_export_seal(fresh, sessions, 2, stretched, &none));
    EXPECT(CLIQUET_USED_UP, cliquet_new_key_export_stretch(fresh, TEXT(PASSPHRASE), &no_stretching));
    CHECK(none == NULL && no_stretching == NULL);

    /* Another export, whose generator gives it the same salt, of no session. */
    next = 0;
    OK(cliquet_new_key_export_new(CLIQUET_KEY_EXPORT_MIN_ROUNDS, &counting, &other, NULL));
    OK(cliquet_new_key_export_seal(other, NULL, 0, stretched, &none));
    OK(cliquet_key_export_free(opened));
    OK(cliquet_encrypted_key_export_open(none, stretched, &opened));
    OK(cliquet_key_export_session_count(opened, &count));
    CHECK(count == 0);
    OK(cliquet_key_export_free(opened));
    OK(cliquet_encrypted_key_export_free(none));
    OK(cliquet_encrypted_key_export_free(encrypted));
    OK(cliquet_session_data_free(bare));
    OK(cliquet_session_data_free(full));
    OK(cliquet_stretched_passphrase_free(for_file));
    OK(cliquet_passphrase_stretching_free(of_file));
    OK(cliquet_encrypted_key_export_free(file));
    OK(cliquet_stretched_passphrase_free(stretched));
    OK(cliquet_passphrase_stretching_free(stretching));
    OK(cliquet_new_key_export_free(other));
    OK(cliquet_new_key_export_free(fresh));
}

/* A new export that is not begun. */
static void not_begun(void) {
    cliquet_new_key_export *none = NULL;
    cliquet_details details;
    uint8_t next = 0;
    cliquet_random counting = {fill_counting, &next};
    EXPECT(CLIQUET_TOO_FEW_ROUNDS, cliquet_new_key_export_new(CLIQUET_KEY_EXPORT_MIN_ROUNDS - 1, &counting, &none, &details));
    CHECK(details.found == 99999 && details.limit == 100000 && next == 0);
    EXPECT(CLIQUET_TOO_FEW_ROUNDS, cliquet_new_key_export_new(0, NULL, &none, NULL));
    for (int left = 0; left < 2; left++) {
        int calls = left;
        cliquet_random failing = {fill_until_failure, &calls};
        EXPECT(CLIQUET_RANDOM, cliquet_new_key_export_new(CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS, &failing, &none, NULL));
    }
    EXPECT(CLIQUET_NULL_POINTER, cliquet_new_key_export_new(CLIQUET_KEY_EXPORT_DEFAULT_ROUNDS, NULL, NULL, NULL));
    CHECK(none == NULL && CLIQUET_KEY_EXPORT_DEFAULT_MAX_ROUNDS == 10000000);
    OK(cliquet_new_key_export_free(NULL));
}

static void wrong_handles(void) {
    cliquet_json_object *object = read_json("{}");
    cliquet_key_export *wrong = (cliquet_key_export *)object, *opened = NULL;
    cliquet_encrypted_key_export *encrypted = read_file(EMPTY), *wrong_file = (cliquet_encrypted_key_export *)object;
    cliquet_session_data *none = NULL;
    cliquet_refused_session refused;
    size_t count = 0;
    uint32_t rounds = 0;
    OK(cliquet_encrypted_key_export_decrypt(encrypted, NULL, 0, 1, &opened, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_to_text(wrong_file, buffer, sizeof buffer, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_rounds(wrong_file, &rounds));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_encrypted_key_export_free(wrong_file));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_new_key_export_free((cliquet_new_key_export *)object));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_export_session_count(wrong, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_export_room_id(wrong, 0, buffer, sizeof buffer, &count, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_export_session_data(wrong, 0, &none, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_export_refused_count(wrong, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_export_refused(wrong, &refused, 1, &count));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_key_export_free(wrong));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_to_text(encrypted, NULL, 1, &count));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_encrypted_key_export_rounds(encrypted, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_export_session_count(opened, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_export_room_id(opened, 0, NULL, 1, &count, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_export_session_data(opened, 0, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_export_refused_count(opened, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_export_refused(opened, NULL, 1, &count));
    EXPECT(CLIQUET_OUT_OF_RANGE, cliquet_key_export_session_data(opened, 0, &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_key_export_free(opened));
    OK(cliquet_key_export_free(NULL));
    OK(cliquet_encrypted_key_export_free(encrypted));
    OK(cliquet_encrypted_key_export_free(NULL));
    OK(cliquet_json_object_free(object));
}

int main(void) {
    mixed();
    many_refused();
    steps();
    refusals();
    sealing();
    not_begun();
    wrong_handles();
    return 0;
}
