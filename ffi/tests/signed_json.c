/* JSON objects in their canonical form, signed and verified. */
#include "objects.h"

/* A key under which objects are never read, because a reader of JSON could take it for a number. */
#define HIDDEN_NUMBER "$serde_json::private::Number"

static void reading(void) {
    /* The first ones are of the Matrix specification, appendix "Canonical JSON". */
    static const char *const read[][2] = {
        {"{}", "{}"},
        {"{\n    \"one\": 1,\n    \"two\": \"Two\"\n}", "{\"one\":1,\"two\":\"Two\"}"},
        {" {\"b\":\"2\",\"a\":\"1\"}\t\r\n", "{\"a\":\"1\",\"b\":\"2\"}"},
        {"{\"a\": \"\\u65E5\\/\"}", "{\"a\":\"\xe6\x97\xa5/\"}"},
        {"{\"a\":[null,true,-9007199254740991,{}]}", "{\"a\":[null,true,-9007199254740991,{}]}"},
    };
    for (size_t i = 0; i < sizeof read / sizeof read[0]; i++) {
        cliquet_json_object *object = read_json(read[i][0]);
        CHECK_JSON(read[i][1], object);
        OK(cliquet_json_object_free(object));
    }

    static const char *const refused[] = {
        "", "[]", "\"{}\"", "{", "{}{}", "{\"a\":1,\"a\":1}", "{\"a\":[{\"b\":1,\"b\":2}]}", "{\"a\":1.0}", "{\"a\":1e3}", "{\"a\":-0}",
        "{\"a\":9007199254740992}", "{\"a\":\"\\ud800\"}", "{\"" HIDDEN_NUMBER "\":\"1\"}",
    };
    cliquet_json_object *none = NULL;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        EXPECT(CLIQUET_JSON, cliquet_json_object_from_json(TEXT(refused[i]), &none));
    }
    EXPECT(CLIQUET_JSON, cliquet_json_object_from_json(NULL, 0, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_from_json(NULL, 2, &none));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_from_json("{}", 2, NULL));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_from_json(TEXT("{\"a\":\"\xff\"}"), &none));
    CHECK(none == NULL);
    OK(cliquet_json_object_free(NULL));
}

/* Lists that lie so deep in an object, the object counted too. */
static void depth(void) {
    char json[300];
    cliquet_json_object *object = NULL;
    for (size_t deep = 127; deep <= 128; deep++) {
        memcpy(json, "{\"a\":", 5);
        memset(json + 5, '[', deep - 1);
        memset(json + 5 + deep - 1, ']', deep - 1);
        memcpy(json + 5 + 2 * (deep - 1), "}", 2);
        if (deep == 127) {
            OK(cliquet_json_object_from_json(TEXT(json), &object));
            CHECK_JSON(json, object);
            json[strlen(json) - 1] = 0; /* The value, without what is around it. */
            CHECK_TEXT(json + 5, cliquet_json_object_get(object, TEXT("a"), buffer, capacity, &length));
        } else {
            EXPECT(CLIQUET_JSON, cliquet_json_object_from_json(TEXT(json), &object));
        }
    }
    OK(cliquet_json_object_free(object));
}

static void values(void) {
    static const char *const expected[][2] = {
        {"null", "null"}, {"yes", "true"}, {"number", "-7"}, {"list", "[1,{\"x\":[]}]"}, {"object", "{\"a\":{},\"b\":\"\"}"},
        {"text", "\"\\\"}\\n\""}, {"", "\"empty\""},
    };
    cliquet_json_object *object = read_json("{\"null\":null,\"yes\":true,\"number\":-7,\"list\":[1,{\"x\":[]}],\"object\":{\"b\":\"\",\"a\":{}},"
                                            "\"text\":\"\\\"}\\u000a\",\"\":\"empty\"}");
    size_t keys = 0, length = UNTOUCHED;
    OK(cliquet_json_object_count(object, &keys));
    CHECK(keys == 7);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        CHECK_TEXT(expected[i][1], cliquet_json_object_get(object, TEXT(expected[i][0]), buffer, capacity, &length));
    }
    CHECK_TEXT("\"empty\"", cliquet_json_object_get(object, NULL, 0, buffer, capacity, &length));
    make_untouched(buffer, sizeof buffer);
    EXPECT(CLIQUET_ABSENT, cliquet_json_object_get(object, TEXT("x"), buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_get(object, TEXT("\xff"), buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_get(object, NULL, 1, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_get(object, TEXT("yes"), NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_get(object, TEXT("yes"), buffer, sizeof buffer, NULL));
    CHECK(length == UNTOUCHED && is_untouched(buffer, sizeof buffer));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_count(object, NULL));

    OK(cliquet_json_object_remove(object, TEXT("list")));
    EXPECT(CLIQUET_ABSENT, cliquet_json_object_remove(object, TEXT("list")));
    EXPECT(CLIQUET_ABSENT, cliquet_json_object_get(object, TEXT("list"), buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_remove(object, TEXT("\xff")));
    OK(cliquet_json_object_count(object, &keys));
    CHECK(keys == 6);

    cliquet_json_object *small = read_json("{\"b\":1,\"c\":2}"), *other = read_json("{\"a\":[],\"b\":{\"x\":1}}");
    OK(cliquet_json_object_extend(small, other));
    CHECK_JSON("{\"a\":[],\"b\":{\"x\":1},\"c\":2}", small);
    CHECK_JSON("{\"a\":[],\"b\":{\"x\":1}}", other);
    EXPECT(CLIQUET_BUSY, cliquet_json_object_extend(small, small));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_extend(small, NULL));
    CHECK_JSON("{\"a\":[],\"b\":{\"x\":1},\"c\":2}", small);
    OK(cliquet_json_object_free(other));
    OK(cliquet_json_object_free(small));
    OK(cliquet_json_object_free(object));
}

/* The Matrix specification, appendix "Cryptographic Test Vectors". */
static void known_signature(void) {
    static const char seed[] = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA0";
    static const char expected[] =
        "{\"one\":1,\"signatures\":{\"domain\":{\"ed25519:1\":"
        "\"KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw\"}},\"two\":\"Two\"}";
    cliquet_ed25519_key_pair *pair = NULL;
    uint8_t public_key[32], signature[64], again[64];
    OK(cliquet_ed25519_key_pair_from_base64_seed(TEXT(seed), &pair, NULL));
    OK(cliquet_ed25519_key_pair_public_key(pair, public_key));
    cliquet_json_object *object = read_json("{\"two\":\"Two\",\"one\":1}");
    OK(cliquet_json_object_sign(object, TEXT("domain"), TEXT("1"), pair, signature));
    CHECK_JSON(expected, object);
    CHECK_TEXT("{\"one\":1,\"two\":\"Two\"}", cliquet_json_object_signed_text(object, buffer, capacity, &length));
    OK(cliquet_ed25519_verify(public_key, (const uint8_t *)buffer, strlen(buffer), signature));
    OK(cliquet_ed25519_signature_from_base64(TEXT("KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw"),
                                             again, NULL));
    SAME_BYTES(signature, again, 64);

    cliquet_json_object *received = read_json(expected);
    OK(cliquet_json_object_verify(received, TEXT("domain"), TEXT("1"), public_key));
    lay_over(received, "{\"unsigned\":{\"age\":3}}");
    OK(cliquet_json_object_verify(received, TEXT("domain"), TEXT("1"), public_key));
    lay_over(received, "{\"one\":2}");
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_json_object_verify(received, TEXT("domain"), TEXT("1"), public_key));
    OK(cliquet_json_object_free(received));
    OK(cliquet_json_object_free(object));
    OK(cliquet_ed25519_key_pair_free(pair));
}

static void signatures(void) {
    uint8_t public_key[32], other_key[32], no_key[32] = {2}, signature[64], replaced[64];
    cliquet_ed25519_key_pair *pair = counted_ed25519(0), *other = counted_ed25519(1);
    OK(cliquet_ed25519_key_pair_public_key(pair, public_key));
    OK(cliquet_ed25519_key_pair_public_key(other, other_key));
    cliquet_json_object *object = read_json("{\"a\":1,\"unsigned\":{\"b\":2}}");
    OK(cliquet_json_object_sign(object, TEXT("x"), TEXT("A"), other, replaced));
    OK(cliquet_json_object_sign(object, TEXT("x"), TEXT("A"), pair, signature));
    CHECK(memcmp(signature, replaced, 64) != 0);
    OK(cliquet_json_object_sign(object, TEXT("x"), TEXT("B"), other, replaced));
    OK(cliquet_json_object_sign(object, TEXT("y"), NULL, 0, other, replaced));
    OK(cliquet_json_object_verify(object, TEXT("x"), TEXT("A"), public_key));
    OK(cliquet_json_object_verify(object, TEXT("x"), TEXT("B"), other_key));
    OK(cliquet_json_object_verify(object, TEXT("y"), NULL, 0, other_key));
    EXPECT(CLIQUET_INVALID_SIGNATURE, cliquet_json_object_verify(object, TEXT("x"), TEXT("A"), other_key));
    EXPECT(CLIQUET_SIGNATURE_MISSING, cliquet_json_object_verify(object, TEXT("x"), TEXT("C"), public_key));
    EXPECT(CLIQUET_SIGNATURE_MISSING, cliquet_json_object_verify(object, TEXT("z"), TEXT("A"), public_key));
    EXPECT(CLIQUET_PUBLIC_KEY, cliquet_json_object_verify(object, TEXT("x"), TEXT("A"), no_key));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_verify(object, TEXT("\xff"), TEXT("A"), public_key));
    EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_verify(object, TEXT("x"), TEXT("\xff"), public_key));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_verify(object, TEXT("x"), TEXT("A"), NULL));
    CHECK_TEXT("{\"a\":1}", cliquet_json_object_signed_text(object, buffer, capacity, &length));
    OK(cliquet_json_object_free(object));

    static const char *const malformed[] = {
        "{\"signatures\":{\"x\":{\"ed25519:A\":1}}}",
        "{\"signatures\":{\"x\":{\"ed25519:A\":\"?\"}}}",
        "{\"signatures\":{\"x\":{\"ed25519:A\":\"AAAA\"}}}",
    };
    for (size_t i = 0; i < 3; i++) {
        object = read_json(malformed[i]);
        EXPECT(CLIQUET_SIGNATURE_MALFORMED, cliquet_json_object_verify(object, TEXT("x"), TEXT("A"), public_key));
        OK(cliquet_json_object_free(object));
    }

    /* None can be added where there is no place for it: neither the object nor the signature is written. */
    static const char *const no_place[] = {"{\"signatures\":[]}", "{\"signatures\":{\"x\":7}}"};
    for (size_t i = 0; i < 2; i++) {
        object = read_json(no_place[i]);
        make_untouched(signature, 64);
        EXPECT(CLIQUET_SIGNATURE_MALFORMED, cliquet_json_object_sign(object, TEXT("x"), TEXT("A"), pair, signature));
        EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_sign(object, TEXT("\xff"), TEXT("A"), pair, signature));
        EXPECT(CLIQUET_NOT_UTF8, cliquet_json_object_sign(object, TEXT("x"), TEXT("\xff"), pair, signature));
        EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_sign(object, TEXT("x"), TEXT("A"), NULL, signature));
        EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_sign(object, TEXT("x"), TEXT("A"), pair, NULL));
        CHECK(is_untouched(signature, 64));
        CHECK_JSON(no_place[i], object);
        OK(cliquet_json_object_remove(object, TEXT("signatures")));
        OK(cliquet_json_object_sign(object, TEXT("x"), TEXT("A"), pair, signature));
        OK(cliquet_json_object_verify(object, TEXT("x"), TEXT("A"), public_key));
        OK(cliquet_json_object_free(object));
    }

    /* What was not read but made here is written, too, whoever signs. */
    object = read_json("{}");
    OK(cliquet_json_object_sign(object, TEXT(HIDDEN_NUMBER), TEXT("A"), pair, signature));
    size_t length = 0;
    OK(cliquet_json_object_get(object, TEXT("signatures"), buffer, sizeof buffer, &length));
    static const char begin[] = "{\"" HIDDEN_NUMBER "\":{\"ed25519:A\":\"";
    CHECK(length == strlen(begin) + 86 + 3 && strncmp(buffer, begin, strlen(begin)) == 0);
    OK(cliquet_json_object_free(object));
    OK(cliquet_ed25519_key_pair_free(other));
    OK(cliquet_ed25519_key_pair_free(pair));
}

static void wrong_handles(void) {
    cliquet_ed25519_key_pair *pair = counted_ed25519(0);
    cliquet_json_object *wrong = (cliquet_json_object *)pair, *object = read_json("{}");
    uint8_t bytes[64] = {0};
    size_t length = 0;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_to_canonical_json(wrong, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_signed_text(wrong, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_count(wrong, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_get(wrong, TEXT("a"), buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_remove(wrong, TEXT("a")));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_extend(wrong, object));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_extend(object, wrong));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_sign(wrong, TEXT("a"), TEXT("b"), pair, bytes));
    EXPECT(CLIQUET_WRONG_HANDLE,
           cliquet_json_object_sign(object, TEXT("a"), TEXT("b"), (cliquet_ed25519_key_pair *)object, bytes));
    memset(bytes, 0, sizeof bytes);
    bytes[0] = 1; /* A point, though not one that can sign. */
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_verify(wrong, TEXT("a"), TEXT("b"), bytes));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_json_object_free(wrong));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_to_canonical_json(NULL, buffer, sizeof buffer, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_json_object_signed_text(object, NULL, 1, &length));
    CHECK_JSON("{}", object);
    OK(cliquet_json_object_free(object));
    OK(cliquet_ed25519_key_pair_free(pair));
}

int main(void) {
    reading();
    depth();
    values();
    known_signature();
    signatures();
    wrong_handles();
    return 0;
}
