/* What the tests of JSON objects, device keys, session data, key exports and key backups share. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include "check.h"

#define USER "@bruno:example.org"
#define DEVICE "PHONE"

static char buffer[8192];

/*
 * Checks a function that writes this text: `call` hands it `buffer, capacity, &length`. A buffer that is too small, even by one byte, is told and
 * left alone, and behind the zero of the text nothing is written.
 */
#define CHECK_TEXT(expected, call)                                                                                    \
    do {                                                                                                              \
        const char *check_text = (expected);                                                                          \
        size_t capacity = 0, length = 0;                                                                              \
        make_untouched(buffer, sizeof buffer);                                                                        \
        EXPECT(CLIQUET_SHORT_BUFFER, call);                                                                           \
        CHECK(length == strlen(check_text));                                                                          \
        capacity = strlen(check_text);                                                                                \
        length = 0;                                                                                                   \
        EXPECT(CLIQUET_SHORT_BUFFER, call);                                                                           \
        CHECK(length == strlen(check_text) && is_untouched(buffer, sizeof buffer));                                   \
        capacity = sizeof buffer;                                                                                     \
        length = 0;                                                                                                   \
        OK(call);                                                                                                     \
        CHECK(length == strlen(check_text) && strcmp(buffer, check_text) == 0);                                       \
        CHECK(is_untouched(buffer + length + 1, sizeof buffer - length - 1));                                         \
    } while (0)

/* Ends the test unless this is the canonical form of the object. */
#define CHECK_JSON(expected, object)                                                                                  \
    CHECK_TEXT(expected, cliquet_json_object_to_canonical_json(object, buffer, capacity, &length))

/* The object of a text; the caller frees it. */
static inline cliquet_json_object *read_json(const char *text) {
    cliquet_json_object *object = NULL;
    OK(cliquet_json_object_from_json(TEXT(text), &object));
    return object;
}

/* The value under a key, which is an object; the caller frees it. */
static inline cliquet_json_object *inner(const cliquet_json_object *object, const char *key) {
    size_t length = 0;
    OK(cliquet_json_object_get(object, TEXT(key), buffer, sizeof buffer, &length));
    return read_json(buffer);
}

/* Lays the fields of an object in JSON over another object. */
static inline void lay_over(cliquet_json_object *object, const char *fields) {
    cliquet_json_object *other = read_json(fields);
    OK(cliquet_json_object_extend(object, other));
    OK(cliquet_json_object_free(other));
}

/* The Ed25519 key pair whose seed is 32 bytes that are counted from this one on; the caller frees it. */
static inline cliquet_ed25519_key_pair *counted_ed25519(uint8_t first) {
    cliquet_ed25519_key_pair *pair = NULL;
    cliquet_random counting = {fill_counting, &first};
    OK(cliquet_ed25519_key_pair_new(&counting, &pair));
    return pair;
}

/* The public key of the Curve25519 pair whose secret key is 32 bytes that are counted from this one on. */
static inline void counted_curve25519(uint8_t first, uint8_t *public_key) {
    cliquet_curve25519_key_pair *pair = NULL;
    cliquet_random counting = {fill_counting, &first};
    OK(cliquet_curve25519_key_pair_new(&counting, &pair));
    OK(cliquet_curve25519_key_pair_public_key(pair, public_key));
    OK(cliquet_curve25519_key_pair_free(pair));
}

/*
 * Session data with all that there can be, of index 7, and with nothing that need not be, of index 0. Ratchets are counted bytes; the Ed25519 seed of
 * the session and the secret keys of sender, forwarders and claimed key are too: 50, 60, 70, 80, 90 of FULL, 128 and 60 of BARE are the first bytes.
 */
static const char FULL[] =
    "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"forwarding_curve25519_key_chain\":[\"FD/cWge1ctJjnZ0UB"
    "uHSxcbEoBk7EwI+xYlHjQCxZjs\",\"OS0XSjizsb6vrx/oJIcIQcX6UxvG6v22QCwSRmRIjBw\"],\"org.matrix.msc40"
    "48.unauthenticated\":\"m.forwarded_room_key\",\"sender_claimed_keys\":{\"ed25519\":\"Hphf++Rad+5"
    "YJTxrOSrpJyRCzuhCzsSdv4j7sP/9Fqg\"},\"sender_key\":\"6wQT5KFn8Gg7yGrPxZ7MJ5kxrneeVcvl169vx+Ghw2g"
    "\",\"session_key\":\"AQAAAAcDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU"
    "2Nzg5Ojs8PT4/QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1"
    "+f4CBgl5CMDMET1ahOmhnmUh7y/pj3R45IEzsJ905om2qYVYo\",\"shared_history\":true}";

static const char BARE[] =
    "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"forwarding_curve25519_key_chain\":[],\"sender_claimed_"
    "keys\":{},\"sender_key\":\"6wQT5KFn8Gg7yGrPxZ7MJ5kxrneeVcvl169vx+Ghw2g\",\"session_key\":\"AQAAA"
    "AAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RFR"
    "kdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f80Us3+VbpUxlP9/tzs9g"
    "dzFYdYadTgJS3w+GmQ+5fOq\"}";

#endif
