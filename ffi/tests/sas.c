/* Verification by short authentication strings: the agreement, and what both users compare. */
#include "check.h"

/* The secret keys of both are counted bytes, from 1 and from 33 on; what is derived was calculated apart from the library. */
static const uint8_t HER_KEY[32] = {0x07, 0xa3, 0x7c, 0xbc, 0x14, 0x20, 0x93, 0xc8, 0xb7, 0x55, 0xdc, 0x1b, 0x10, 0xe8, 0x6c, 0xb4,
                                    0x26, 0x37, 0x4a, 0xd1, 0x6a, 0xa8, 0x53, 0xed, 0x0b, 0xdf, 0xc0, 0xb2, 0xb8, 0x6d, 0x1c, 0x7c};
static const uint8_t HIS_KEY[32] = {0x58, 0x69, 0xaf, 0xf4, 0x50, 0x54, 0x97, 0x32, 0xcb, 0xaa, 0xed, 0x5e, 0x5d, 0xf9, 0xb3, 0x0a,
                                    0x6d, 0xa3, 0x1c, 0xb0, 0xe5, 0x74, 0x2b, 0xad, 0x5a, 0xd4, 0xa1, 0xa7, 0x68, 0xf1, 0xa6, 0x7b};
static const uint8_t SMALL_ORDER[32] = {0};
static const char START[] =
    "{\"from_device\":\"LAPTOP\",\"hashes\":[\"sha256\"],\"key_agreement_protocols\":[\"curve25519-hkdf-sha256\"],"
    "\"message_authentication_codes\":[\"hkdf-hmac-sha256.v2\"],\"method\":\"m.sas.v1\","
    "\"short_authentication_string\":[\"decimal\",\"emoji\"],\"transaction_id\":\"transaction\"}";
static const char COMMITMENT[] = "6UkGDB4B3OfBiHKHG+JoRqUxYM5mh0Hlg7GTBp2nBo8";
static const cliquet_sas_verification HERS = {
    {"@amelie:example.org", 19, "LAPTOP", 6}, {"@bruno:example.com", 18, "PHONE", 5}, CLIQUET_SAS_ROLE_STARTER, "transaction", 11};
static const cliquet_sas_verification HIS = {
    {"@bruno:example.com", 18, "PHONE", 5}, {"@amelie:example.org", 19, "LAPTOP", 6}, CLIQUET_SAS_ROLE_ACCEPTER, "transaction", 11};

static void make(cliquet_sas **hers, cliquet_sas **his) {
    uint8_t seed = 1;
    cliquet_random counting = {fill_counting, &seed};
    OK(cliquet_sas_new(&counting, hers));
    OK(cliquet_sas_new(&counting, his));
}

static void commitment(void) {
    char text[44];
    size_t length = 0;
    bool committed = false;
    OK(cliquet_sas_commitment(HIS_KEY, TEXT(START), text, sizeof text, &length));
    CHECK(length == 43 && strcmp(text, COMMITMENT) == 0);
    OK(cliquet_sas_commitment(HER_KEY, NULL, 0, text, sizeof text, &length));
    CHECK(strcmp(text, "5HcsQXts19v0QbP4jrBV08bg1GwcXZB2DE18a0Z89Jk") == 0);

    OK(cliquet_sas_is_committed(HIS_KEY, TEXT(START), TEXT(COMMITMENT), &committed));
    CHECK(committed);
    OK(cliquet_sas_is_committed(HER_KEY, TEXT(START), TEXT(COMMITMENT), &committed));
    CHECK(!committed);
    committed = true;
    OK(cliquet_sas_is_committed(HIS_KEY, TEXT("{}"), TEXT(COMMITMENT), &committed));
    CHECK(!committed);
    committed = true;
    OK(cliquet_sas_is_committed(HIS_KEY, TEXT(START), COMMITMENT, 42, &committed));
    CHECK(!committed);

    make_untouched(text, sizeof text);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_sas_commitment(HIS_KEY, TEXT(START), text, 43, &length));
    CHECK(length == 43);
    EXPECT(CLIQUET_NOT_UTF8, cliquet_sas_commitment(HIS_KEY, TEXT("\xff"), text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_commitment(NULL, TEXT(START), text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_commitment(HIS_KEY, NULL, 1, text, sizeof text, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_commitment(HIS_KEY, TEXT(START), NULL, 44, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_commitment(HIS_KEY, TEXT(START), text, sizeof text, NULL));
    CHECK(is_untouched(text, sizeof text));
    committed = true;
    EXPECT(CLIQUET_NOT_UTF8, cliquet_sas_is_committed(HIS_KEY, TEXT("\xff"), TEXT(COMMITMENT), &committed));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_sas_is_committed(HIS_KEY, TEXT(START), TEXT("\xff"), &committed));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_is_committed(NULL, TEXT(START), TEXT(COMMITMENT), &committed));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_is_committed(HIS_KEY, TEXT(START), TEXT(COMMITMENT), NULL));
    CHECK(committed);
}

/* Nothing of what is given here may end the agreement, or write anything. */
static void refused(cliquet_sas *hers) {
    cliquet_established_sas *none = NULL;
    char commitment[44];
    size_t length = 0;
    EXPECT(CLIQUET_MISMATCHED_COMMITMENT,
           cliquet_sas_diffie_hellman_as_starter(hers, HER_KEY, TEXT(START), TEXT(COMMITMENT), &none));
    EXPECT(CLIQUET_MISMATCHED_COMMITMENT, cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, NULL, 0, TEXT(COMMITMENT), &none));
    EXPECT(CLIQUET_MISMATCHED_COMMITMENT, cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, TEXT(START), NULL, 0, &none));
    OK(cliquet_sas_commitment(SMALL_ORDER, TEXT(START), commitment, sizeof commitment, &length));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY,
           cliquet_sas_diffie_hellman_as_starter(hers, SMALL_ORDER, TEXT(START), commitment, length, &none));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_sas_diffie_hellman_as_accepter(hers, SMALL_ORDER, &none));
    EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_sas_diffie_hellman(hers, SMALL_ORDER, &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, TEXT("\xff"), TEXT(COMMITMENT), &none));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, TEXT(START), TEXT("\xff"), &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman_as_starter(hers, NULL, TEXT(START), TEXT(COMMITMENT), &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, TEXT(START), TEXT(COMMITMENT), NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman_as_starter(NULL, HIS_KEY, TEXT(START), TEXT(COMMITMENT), &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman_as_accepter(hers, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman_as_accepter(hers, HIS_KEY, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman_as_accepter(NULL, HIS_KEY, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman(hers, NULL, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman(hers, HIS_KEY, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_diffie_hellman(NULL, HIS_KEY, &none));
    CHECK(none == NULL);
}

static void agreement(cliquet_established_sas **established_hers, cliquet_established_sas **established_his) {
    cliquet_sas *hers = NULL, *his = NULL, *third = NULL;
    cliquet_established_sas *none = NULL;
    uint8_t key[32];
    make(&hers, &his);
    OK(cliquet_sas_public_key(hers, key));
    SAME_BYTES(key, HER_KEY, 32);
    OK(cliquet_sas_public_key(his, key));
    SAME_BYTES(key, HIS_KEY, 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_public_key(his, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_public_key(NULL, key));
    EXPECT(CLIQUET_RANDOM, cliquet_sas_new(&FAILING, &third));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_sas_new(NULL, NULL));
    CHECK(third == NULL);

    refused(hers);
    OK(cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, TEXT(START), TEXT(COMMITMENT), established_hers));
    OK(cliquet_sas_diffie_hellman_as_accepter(his, HER_KEY, established_his));
    EXPECT(CLIQUET_USED_UP, cliquet_sas_diffie_hellman_as_starter(hers, HIS_KEY, TEXT(START), TEXT(COMMITMENT), &none));
    EXPECT(CLIQUET_USED_UP, cliquet_sas_diffie_hellman_as_accepter(hers, HIS_KEY, &none));
    EXPECT(CLIQUET_USED_UP, cliquet_sas_diffie_hellman(hers, HIS_KEY, &none));
    make_untouched(key, 32);
    EXPECT(CLIQUET_USED_UP, cliquet_sas_public_key(hers, key));
    CHECK(none == NULL && is_untouched(key, 32));

    OK(cliquet_established_sas_our_public_key(*established_hers, key));
    SAME_BYTES(key, HER_KEY, 32);
    OK(cliquet_established_sas_their_public_key(*established_hers, key));
    SAME_BYTES(key, HIS_KEY, 32);
    OK(cliquet_established_sas_our_public_key(*established_his, key));
    SAME_BYTES(key, HIS_KEY, 32);
    OK(cliquet_established_sas_their_public_key(*established_his, key));
    SAME_BYTES(key, HER_KEY, 32);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_our_public_key(*established_his, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_our_public_key(NULL, key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_their_public_key(*established_his, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_their_public_key(NULL, key));

    make_untouched(key, 32);
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_sas_public_key((cliquet_sas *)*established_his, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_sas_diffie_hellman((cliquet_sas *)*established_his, HIS_KEY, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_sas_diffie_hellman_as_accepter((cliquet_sas *)*established_his, HIS_KEY, &none));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_sas_free((cliquet_sas *)*established_his));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_sas_our_public_key((cliquet_established_sas *)hers, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_sas_their_public_key((cliquet_established_sas *)hers, key));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_established_sas_free((cliquet_established_sas *)hers));
    CHECK(none == NULL && is_untouched(key, 32));
    OK(cliquet_sas_free(his));
    OK(cliquet_sas_free(hers));
    OK(cliquet_sas_free(NULL));
}

/* The agreement without roles gives the same secret. */
static void without_roles(const cliquet_established_sas *established_hers) {
    cliquet_sas *hers = NULL, *his = NULL;
    cliquet_established_sas *established = NULL;
    cliquet_sas_bytes ours, theirs;
    make(&hers, &his);
    OK(cliquet_sas_diffie_hellman(his, HER_KEY, &established));
    OK(cliquet_established_sas_bytes(established, &HIS, &theirs));
    OK(cliquet_established_sas_bytes(established_hers, &HERS, &ours));
    SAME_BYTES(ours.bytes, theirs.bytes, 6);
    OK(cliquet_established_sas_free(established));
    OK(cliquet_sas_free(his));
    OK(cliquet_sas_free(hers));
    OK(cliquet_sas_new(NULL, &hers));
    OK(cliquet_sas_free(hers));
    OK(cliquet_established_sas_free(NULL));
}

static void shown(const cliquet_established_sas *hers, const cliquet_established_sas *his) {
    static const uint8_t bytes[6] = {0xde, 0x61, 0x51, 0xd0, 0x1c, 0x2c}, historic[6] = {0x83, 0x12, 0x36, 0xe8, 0xbf, 0x23};
    static const uint8_t of_test[6] = {0xe1, 0x6e, 0x47, 0x5a, 0x9e, 0x61}, indices[7] = {55, 38, 5, 17, 52, 1, 48};
    static const char label[] = "MATRIX_KEY_VERIFICATION_SAS|@amelie:example.org|LAPTOP|B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw|"
                                "@bruno:example.com|PHONE|WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns|transaction";
    cliquet_sas_bytes ours, theirs;
    OK(cliquet_established_sas_bytes(hers, &HERS, &ours));
    OK(cliquet_established_sas_bytes(his, &HIS, &theirs));
    SAME_BYTES(ours.bytes, bytes, 6);
    SAME_BYTES(theirs.bytes, bytes, 6);
    CHECK(ours.decimals[0] == 8116 && ours.decimals[1] == 2351 && ours.decimals[2] == 3062);
    for (size_t i = 0; i < 7; i++) {
        CHECK(ours.emoji[i].index == indices[i]);
        CHECK(strcmp(ours.emoji[i].symbol, theirs.emoji[i].symbol) == 0);
    }
    CHECK(strcmp(ours.emoji[0].description, "Trophy") == 0 && strcmp(ours.emoji[6].description, "Hammer") == 0);
    OK(cliquet_established_sas_bytes_with_info(his, TEXT(label), &theirs));
    SAME_BYTES(theirs.bytes, bytes, 6);

    OK(cliquet_established_sas_historic_bytes(hers, &HERS, &ours));
    OK(cliquet_established_sas_historic_bytes(his, &HIS, &theirs));
    SAME_BYTES(ours.bytes, historic, 6);
    SAME_BYTES(theirs.bytes, historic, 6);
    OK(cliquet_established_sas_bytes_with_info(his, TEXT("test"), &theirs));
    SAME_BYTES(theirs.bytes, of_test, 6);

    /* Two starters do not agree. */
    OK(cliquet_established_sas_bytes(his, &HERS, &theirs));
    CHECK(memcmp(theirs.bytes, bytes, 6) != 0);
}

static void shown_refused(cliquet_established_sas *sas) {
    cliquet_sas_bytes bytes;
    cliquet_sas_verification verifications[] = {HERS, HERS, HERS, HERS, HERS};
    verifications[0].ours.user_id = verifications[1].ours.device_id = "\xff";
    verifications[0].ours.user_id_length = verifications[1].ours.device_id_length = 1;
    verifications[2].theirs.user_id = verifications[3].theirs.device_id = verifications[4].transaction_id = "\xff";
    verifications[2].theirs.user_id_length = verifications[3].theirs.device_id_length = verifications[4].transaction_id_length = 1;
    make_untouched(&bytes, sizeof bytes);
    for (size_t i = 0; i < 5; i++) {
        EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_bytes(sas, &verifications[i], &bytes));
        EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_historic_bytes(sas, &verifications[i], &bytes));
    }
    cliquet_sas_verification verification = HERS;
    verification.role = 0;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_sas_bytes(sas, &verification, &bytes));
    verification.role = 3;
    EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_established_sas_historic_bytes(sas, &verification, &bytes));
    verification = HERS;
    verification.theirs.user_id = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes(sas, &verification, &bytes));
    verification = HERS;
    verification.transaction_id_length = SIZE_MAX;
    EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_established_sas_bytes(sas, &verification, &bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes(sas, NULL, &bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes(NULL, &HERS, &bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes(sas, &HERS, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_historic_bytes(sas, NULL, &bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_historic_bytes(NULL, &HERS, &bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_historic_bytes(sas, &HERS, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes_with_info(NULL, TEXT("test"), &bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes_with_info(sas, TEXT("test"), NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_bytes_with_info(sas, NULL, 4, &bytes));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_established_sas_bytes_with_info(sas, TEXT("\xff"), &bytes));
    CHECK(is_untouched(&bytes, sizeof bytes));
}

static void generated(const cliquet_established_sas *hers, const cliquet_established_sas *his) {
    static uint8_t ours[8161], theirs[8161];
    static const uint8_t of_test[6] = {0xe1, 0x6e, 0x47, 0x5a, 0x9e, 0x61};
    const uint8_t *test = (const uint8_t *)"test";
    cliquet_details details;
    make_untouched(ours, sizeof ours);
    OK(cliquet_established_sas_generate_bytes(hers, test, 4, ours, 6, &details));
    SAME_BYTES(ours, of_test, 6);
    CHECK(is_untouched(ours + 6, sizeof ours - 6));
    OK(cliquet_established_sas_generate_bytes(hers, test, 4, ours, 8160, NULL));
    OK(cliquet_established_sas_generate_bytes(his, test, 4, theirs, 8160, NULL));
    SAME_BYTES(ours, theirs, 8160);
    SAME_BYTES(ours, of_test, 6);
    CHECK(is_untouched(ours + 8160, 1));
    OK(cliquet_established_sas_generate_bytes(hers, NULL, 0, NULL, 0, NULL));

    make_untouched(ours, sizeof ours);
    EXPECT(CLIQUET_TOO_MANY_BYTES, cliquet_established_sas_generate_bytes(hers, test, 4, ours, 8161, &details));
    CHECK(details.found == 8161 && details.limit == 8160);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_generate_bytes(hers, test, 4, NULL, 6, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_generate_bytes(hers, NULL, 4, ours, 6, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_established_sas_generate_bytes(NULL, test, 4, ours, 6, NULL));
    CHECK(is_untouched(ours, sizeof ours));
}

/* The table of the specification. */
static const char *const EMOJI[64][2] = {
    {"\xf0\x9f\x90\xb6", "Dog"}, {"\xf0\x9f\x90\xb1", "Cat"}, {"\xf0\x9f\xa6\x81", "Lion"},
    {"\xf0\x9f\x90\x8e", "Horse"}, {"\xf0\x9f\xa6\x84", "Unicorn"}, {"\xf0\x9f\x90\xb7", "Pig"},
    {"\xf0\x9f\x90\x98", "Elephant"}, {"\xf0\x9f\x90\xb0", "Rabbit"}, {"\xf0\x9f\x90\xbc", "Panda"},
    {"\xf0\x9f\x90\x93", "Rooster"}, {"\xf0\x9f\x90\xa7", "Penguin"}, {"\xf0\x9f\x90\xa2", "Turtle"},
    {"\xf0\x9f\x90\x9f", "Fish"}, {"\xf0\x9f\x90\x99", "Octopus"}, {"\xf0\x9f\xa6\x8b", "Butterfly"},
    {"\xf0\x9f\x8c\xb7", "Flower"}, {"\xf0\x9f\x8c\xb3", "Tree"}, {"\xf0\x9f\x8c\xb5", "Cactus"},
    {"\xf0\x9f\x8d\x84", "Mushroom"}, {"\xf0\x9f\x8c\x8f", "Globe"}, {"\xf0\x9f\x8c\x99", "Moon"},
    {"\xe2\x98\x81\xef\xb8\x8f", "Cloud"}, {"\xf0\x9f\x94\xa5", "Fire"}, {"\xf0\x9f\x8d\x8c", "Banana"},
    {"\xf0\x9f\x8d\x8e", "Apple"}, {"\xf0\x9f\x8d\x93", "Strawberry"}, {"\xf0\x9f\x8c\xbd", "Corn"},
    {"\xf0\x9f\x8d\x95", "Pizza"}, {"\xf0\x9f\x8e\x82", "Cake"}, {"\xe2\x9d\xa4\xef\xb8\x8f", "Heart"},
    {"\xf0\x9f\x98\x80", "Smiley"}, {"\xf0\x9f\xa4\x96", "Robot"}, {"\xf0\x9f\x8e\xa9", "Hat"},
    {"\xf0\x9f\x91\x93", "Glasses"}, {"\xf0\x9f\x94\xa7", "Spanner"}, {"\xf0\x9f\x8e\x85", "Santa"},
    {"\xf0\x9f\x91\x8d", "Thumbs Up"}, {"\xe2\x98\x82\xef\xb8\x8f", "Umbrella"}, {"\xe2\x8c\x9b", "Hourglass"},
    {"\xe2\x8f\xb0", "Clock"}, {"\xf0\x9f\x8e\x81", "Gift"}, {"\xf0\x9f\x92\xa1", "Light Bulb"},
    {"\xf0\x9f\x93\x95", "Book"}, {"\xe2\x9c\x8f\xef\xb8\x8f", "Pencil"}, {"\xf0\x9f\x93\x8e", "Paperclip"},
    {"\xe2\x9c\x82\xef\xb8\x8f", "Scissors"}, {"\xf0\x9f\x94\x92", "Lock"}, {"\xf0\x9f\x94\x91", "Key"},
    {"\xf0\x9f\x94\xa8", "Hammer"}, {"\xe2\x98\x8e\xef\xb8\x8f", "Telephone"}, {"\xf0\x9f\x8f\x81", "Flag"},
    {"\xf0\x9f\x9a\x82", "Train"}, {"\xf0\x9f\x9a\xb2", "Bicycle"}, {"\xe2\x9c\x88\xef\xb8\x8f", "Aeroplane"},
    {"\xf0\x9f\x9a\x80", "Rocket"}, {"\xf0\x9f\x8f\x86", "Trophy"}, {"\xe2\x9a\xbd", "Ball"},
    {"\xf0\x9f\x8e\xb8", "Guitar"}, {"\xf0\x9f\x8e\xba", "Trumpet"}, {"\xf0\x9f\x94\x94", "Bell"},
    {"\xe2\x9a\x93", "Anchor"}, {"\xf0\x9f\x8e\xa7", "Headphones"}, {"\xf0\x9f\x93\x81", "Folder"},
    {"\xf0\x9f\x93\x8c", "Pin"},
};

static void every_emoji(const cliquet_established_sas *sas) {
    bool seen[64] = {false};
    size_t found = 0;
    for (int i = 0; found < 64; i++) {
        char info[12];
        cliquet_sas_bytes bytes;
        CHECK(i < 10000);
        snprintf(info, sizeof info, "%d", i);
        OK(cliquet_established_sas_bytes_with_info(sas, TEXT(info), &bytes));
        uint64_t number = 0;
        for (size_t j = 0; j < 6; j++) {
            number = number << 8 | bytes.bytes[j];
        }
        for (size_t j = 0; j < 3; j++) {
            CHECK(bytes.decimals[j] == (number >> (35 - 13 * j) & 0x1fff) + 1000);
        }
        for (size_t j = 0; j < 7; j++) {
            const cliquet_emoji *emoji = &bytes.emoji[j];
            CHECK(emoji->index == (number >> (42 - 6 * j) & 0x3f));
            CHECK(strcmp(emoji->symbol, EMOJI[emoji->index][0]) == 0 && strcmp(emoji->description, EMOJI[emoji->index][1]) == 0);
            found += !seen[emoji->index];
            seen[emoji->index] = true;
        }
    }
}

int main(void) {
    cliquet_established_sas *hers = NULL, *his = NULL;
    commitment();
    agreement(&hers, &his);
    without_roles(hers);
    shown(hers, his);
    shown_refused(hers);
    generated(hers, his);
    every_emoji(his);
    OK(cliquet_established_sas_free(his));
    OK(cliquet_established_sas_free(hers));
    return 0;
}
