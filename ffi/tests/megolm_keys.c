/* Session keys and exports: how they travel, what is none, and the sessions that are made of them. */
#include "megolm.h"

/* What libolm 3.2.16 wrote with the same randomness, at index 0; and the exports at later ones. */
static const char *const KEY = "AgAAAAADBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RF"
                               "RkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgmqZBJV0779eIkpW"
                               "Uc3TZ2TIObbnwQ1lkklgTtGur/AAzCV3YvXVtrPvczr+IE4uU9QvVboDQLS/RsvKtg3ySvdB1BNm5sBdeNphhNSw/vaJ6EDu"
                               "oOaPfLvVq1Ce02xHBQ";
static const char *const EXPORT = "AQAAAAADBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RF"
                                  "RkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgmqZBJV0779eIkpW"
                                  "Uc3TZ2TIObbnwQ1lkklgTtGur/AA";
static const char *const AT_300 = "AQAAASwDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCosFv"
                                  "ZD2NQqcDBW9qXHaovH2jQZFDHNSSi3s+RUiV5gtcE+MSwvb5+xpxbBTVrlSzEMvpP1Z50+J1Ck4hSIqkHmqZBJV0779eIkpW"
                                  "Uc3TZ2TIObbnwQ1lkklgTtGur/AA";
static const char *const AT_16909060 = "AQECAwT/QXydA8xCK6eMlqaZkes6/+xINuzK4zNlS1Kv2KDudd7tDJIsqLUEifw1WpjBNM1gN+irPMAlhIOxTG/u7qSh"
                                       "c34jOxrOD0rgB8vWOCmEhEUZ5z9j3LxFiPkN1Pg3MVGbUgAxo6HcQmCfUEmByQ1i3SKNZb0OxxCPAB8uhliCLWqZBJV0"
                                       "779eIkpWUc3TZ2TIObbnwQ1lkklgTtGur/AA";

/* What stands in the text of both from character 176 on: a public key that is no point of the curve. */
static const char *const NO_POINT = "ggIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static void is_base64(const cliquet_megolm_session_export *exported, const char *expected) {
    char base64[221];
    size_t length = 0;
    OK(cliquet_megolm_session_export_to_base64(exported, base64, sizeof base64, &length));
    CHECK(length == 220 && strcmp(base64, expected) == 0);
}

static void session_keys(void) {
    uint8_t bytes[256], id[32], id_there[32];
    char base64[320];
    size_t length = 0;
    uint32_t message_index = 77;
    cliquet_megolm_session_key *key = NULL, *of_bytes = NULL, *of_base64 = NULL;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    OK(cliquet_outbound_group_session_session_key(sender, &key));
    OK(cliquet_megolm_session_key_to_base64(key, base64, sizeof base64, &length));
    CHECK(length == 306 && strcmp(base64, KEY) == 0);
    OK(cliquet_megolm_session_key_to_bytes(key, bytes, sizeof bytes, &length));
    CHECK(length == 229 && bytes[0] == 2 && bytes[5] == 3);
    OK(cliquet_megolm_session_key_from_bytes(bytes, length, &of_bytes, NULL));
    OK(cliquet_megolm_session_key_from_base64(base64, 306, &of_base64, NULL));
    OK(cliquet_outbound_group_session_session_id(sender, id));
    cliquet_megolm_session_key *const keys[] = {key, of_bytes, of_base64};
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_megolm_session_key_session_id(keys[i], id_there));
        SAME_BYTES(id, id_there, 32);
        message_index = 77;
        OK(cliquet_megolm_session_key_message_index(keys[i], &message_index));
        CHECK(message_index == 0);
        OK(cliquet_megolm_session_key_to_base64(keys[i], base64, sizeof base64, &length));
        CHECK(strcmp(base64, KEY) == 0);
        OK(cliquet_megolm_session_key_free(keys[i]));
    }

    /* The key of a later index does not read earlier. */
    skip(sender, 2);
    OK(cliquet_outbound_group_session_session_key(sender, &key));
    OK(cliquet_megolm_session_key_message_index(key, &message_index));
    CHECK(message_index == 2);

    make_untouched(bytes, sizeof bytes);
    make_untouched(base64, sizeof base64);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_session_key_to_bytes(key, bytes, 228, &length));
    CHECK(length == 229);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_session_key_to_base64(key, base64, 306, &length));
    CHECK(length == 306);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_session_key_to_base64(key, NULL, 0, &length));
    CHECK(length == 306 && is_untouched(bytes, sizeof bytes) && is_untouched(base64, sizeof base64));
    OK(cliquet_megolm_session_key_to_bytes(key, bytes, 229, &length));
    OK(cliquet_megolm_session_key_to_base64(key, base64, 307, &length));
    CHECK(is_untouched(bytes + 229, sizeof bytes - 229) && is_untouched(base64 + 307, sizeof base64 - 307));
    OK(cliquet_megolm_session_key_free(key));
    OK(cliquet_outbound_group_session_free(sender));
}

static void no_session_keys(void) {
    uint8_t bytes[230];
    char base64[400];
    size_t length = 0;
    cliquet_details details;
    cliquet_megolm_session_key *key = NULL, *none = NULL;
    OK(cliquet_megolm_session_key_from_base64(TEXT(KEY), &key, NULL));
    OK(cliquet_megolm_session_key_to_bytes(key, bytes, sizeof bytes, &length));
    bytes[229] = 0;
    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_key_from_bytes(bytes, 228, &none, &details));
    CHECK(details.found == 228 && details.limit == 229);
    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_key_from_bytes(bytes, 230, &none, &details));
    CHECK(details.found == 230 && details.limit == 229);
    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_key_from_bytes(NULL, 0, &none, NULL));
    bytes[0] = 1;
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, cliquet_megolm_session_key_from_bytes(bytes, 229, &none, &details));
    CHECK(details.found == 1);
    bytes[0] = 2;
    bytes[5] ^= 1;
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_megolm_session_key_from_bytes(bytes, 229, &none, &details));
    bytes[5] ^= 1;
    memset(bytes + 133, 0, 32);
    bytes[133] = 2; /* no point of the curve */
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_megolm_session_key_from_bytes(bytes, 229, &none, &details));

    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_key_from_base64(KEY, 300, &none, &details));
    CHECK(details.found == 225 && details.limit == 229);
    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_key_from_base64(TEXT(EXPORT), &none, &details));
    CHECK(details.found == 165 && details.limit == 229);
    EXPECT(CLIQUET_BASE64, cliquet_megolm_session_key_from_base64(KEY, 305, &none, NULL));
    strcpy(base64, KEY);
    strcpy(base64 + 306, "==");
    EXPECT(CLIQUET_BASE64, cliquet_megolm_session_key_from_base64(base64, 308, &none, NULL));
    base64[100] = '-';
    EXPECT(CLIQUET_BASE64, cliquet_megolm_session_key_from_base64(base64, 306, &none, NULL));
    base64[100] = (char)0xff;
    EXPECT(CLIQUET_NOT_UTF8, cliquet_megolm_session_key_from_base64(base64, 306, &none, NULL));
    strcpy(base64, KEY);
    base64[1] = 'Q';
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, cliquet_megolm_session_key_from_base64(base64, 306, &none, &details));
    CHECK(details.found == 1);
    base64[1] = 'g';
    base64[10] = 'C';
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_megolm_session_key_from_base64(base64, 306, &none, NULL));
    strcpy(base64, KEY);
    memcpy(base64 + 176, NO_POINT, 44);
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_megolm_session_key_from_base64(base64, 306, &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_megolm_session_key_free(key));
}

static void exports(void) {
    uint8_t bytes[200], id[32], id_there[32];
    char base64[240];
    size_t length = 0;
    uint32_t message_index = 77;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_megolm_session_export *whole = NULL, *later = NULL, *of_bytes = NULL, *of_base64 = NULL, *none = NULL;
    OK(cliquet_inbound_group_session_export(receiver, &whole));
    is_base64(whole, EXPORT);
    OK(cliquet_inbound_group_session_export_at(receiver, 0, &later));
    is_base64(later, EXPORT);
    OK(cliquet_megolm_session_export_free(later));
    OK(cliquet_inbound_group_session_export_at(receiver, 300, &later));
    is_base64(later, AT_300);
    OK(cliquet_megolm_session_export_message_index(later, &message_index));
    CHECK(message_index == 300);
    OK(cliquet_megolm_session_export_free(later));
    OK(cliquet_inbound_group_session_export_at(receiver, 16909060, &later));
    is_base64(later, AT_16909060);
    OK(cliquet_megolm_session_export_free(later));

    OK(cliquet_megolm_session_export_to_bytes(whole, bytes, sizeof bytes, &length));
    CHECK(length == 165 && bytes[0] == 1);
    OK(cliquet_megolm_session_export_from_bytes(bytes, length, &of_bytes, NULL));
    is_base64(of_bytes, EXPORT);
    OK(cliquet_megolm_session_export_from_base64(TEXT(AT_16909060), &of_base64, NULL));
    is_base64(of_base64, AT_16909060);
    OK(cliquet_megolm_session_export_message_index(of_base64, &message_index));
    CHECK(message_index == 16909060);
    OK(cliquet_inbound_group_session_session_id(receiver, id));
    OK(cliquet_megolm_session_export_session_id(of_base64, id_there));
    SAME_BYTES(id, id_there, 32);

    make_untouched(bytes, sizeof bytes);
    make_untouched(base64, sizeof base64);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_session_export_to_bytes(whole, bytes, 164, &length));
    CHECK(length == 165);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_megolm_session_export_to_base64(whole, base64, 220, &length));
    CHECK(length == 220 && is_untouched(bytes, sizeof bytes) && is_untouched(base64, sizeof base64));
    OK(cliquet_megolm_session_export_to_bytes(whole, bytes, 165, &length));
    OK(cliquet_megolm_session_export_to_base64(whole, base64, 221, &length));
    CHECK(is_untouched(bytes + 165, sizeof bytes - 165) && is_untouched(base64 + 221, sizeof base64 - 221));

    /* A session that begins later exports no more than it has. */
    cliquet_inbound_group_session *late = imported_from(receiver, 300, CLIQUET_VERSION_1);
    OK(cliquet_inbound_group_session_export(late, &later));
    is_base64(later, AT_300);
    EXPECT(CLIQUET_ABSENT, cliquet_inbound_group_session_export_at(late, 299, &none));
    CHECK(none == NULL);

    OK(cliquet_megolm_session_export_free(later));
    OK(cliquet_inbound_group_session_free(late));
    OK(cliquet_megolm_session_export_free(of_base64));
    OK(cliquet_megolm_session_export_free(of_bytes));
    OK(cliquet_megolm_session_export_free(whole));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

static void no_exports(void) {
    uint8_t bytes[166];
    char base64[240];
    size_t length = 0;
    cliquet_details details;
    cliquet_megolm_session_export *exported = NULL, *none = NULL;
    OK(cliquet_megolm_session_export_from_base64(TEXT(EXPORT), &exported, NULL));
    OK(cliquet_megolm_session_export_to_bytes(exported, bytes, sizeof bytes, &length));
    bytes[165] = 0;
    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_export_from_bytes(bytes, 164, &none, &details));
    CHECK(details.found == 164 && details.limit == 165);
    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_export_from_bytes(bytes, 166, &none, NULL));
    bytes[0] = 2;
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, cliquet_megolm_session_export_from_bytes(bytes, 165, &none, &details));
    CHECK(details.found == 2);
    bytes[0] = 1;
    memset(bytes + 133, 0, 32);
    bytes[133] = 2; /* no point of the curve */
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_megolm_session_export_from_bytes(bytes, 165, &none, &details));

    EXPECT(CLIQUET_LENGTH, cliquet_megolm_session_export_from_base64(TEXT(KEY), &none, &details));
    CHECK(details.found == 229 && details.limit == 165);
    strcpy(base64, EXPORT);
    base64[1] = 'g';
    EXPECT(CLIQUET_UNSUPPORTED_VERSION, cliquet_megolm_session_export_from_base64(base64, 220, &none, &details));
    CHECK(details.found == 2);
    base64[1] = 'Q';
    memcpy(base64 + 176, NO_POINT, 44);
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_megolm_session_export_from_base64(base64, 220, &none, NULL));
    EXPECT(CLIQUET_BASE64, cliquet_megolm_session_export_from_base64(TEXT("?"), &none, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_megolm_session_export_from_base64(TEXT("\xff"), &none, NULL));
    CHECK(none == NULL);
    OK(cliquet_megolm_session_export_free(exported));
}

/* What is given up is gone. */
static void advancing(void) {
    uint32_t index = 77;
    bool begins_there = false;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_megolm_session_export *exported = NULL;
    skip(sender, 4);
    cliquet_megolm_message *fourth = encrypted(sender, "fourth"), *fifth = encrypted(sender, "fifth");
    reads(receiver, fifth, "fifth");
    reads(receiver, fourth, "fourth");
    OK(cliquet_inbound_group_session_first_known_index(receiver, &index));
    CHECK(index == 0);
    OK(cliquet_inbound_group_session_advance_to(receiver, 5, &begins_there));
    CHECK(begins_there);
    OK(cliquet_inbound_group_session_first_known_index(receiver, &index));
    CHECK(index == 5);
    OK(cliquet_inbound_group_session_advance_to(receiver, 4, &begins_there));
    CHECK(!begins_there);
    EXPECT(CLIQUET_UNKNOWN_MESSAGE_INDEX, refusal(receiver, fourth, NULL, 4, 5));
    EXPECT(CLIQUET_ABSENT, cliquet_inbound_group_session_export_at(receiver, 4, &exported));
    reads(receiver, fifth, "fifth");
    OK(cliquet_inbound_group_session_advance_to(receiver, 300, &begins_there));
    CHECK(begins_there);
    OK(cliquet_inbound_group_session_export(receiver, &exported));
    is_base64(exported, AT_300);

    OK(cliquet_megolm_session_export_free(exported));
    OK(cliquet_megolm_message_free(fifth));
    OK(cliquet_megolm_message_free(fourth));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_outbound_group_session_free(sender));
}

int main(void) {
    session_keys();
    no_session_keys();
    exports();
    no_exports();
    advancing();
    return 0;
}
