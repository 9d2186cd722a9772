/* What every test of the drop-in libolm uses. A test is a program that ends at the first check that fails. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <olm/olm.h>
#include <olm/pk.h>
#include <olm/sas.h>

/* Ends the test unless the condition holds. */
#define CHECK(condition)                                                                                    \
    do {                                                                                                    \
        if (!(condition)) {                                                                                 \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                         \
            exit(1);                                                                                        \
        }                                                                                                   \
    } while (0)

/* Ends the test unless the call succeeds. */
#define OK(call) CHECK((call) != olm_error())

/* Ends the test unless the call fails and leaves this code, OLM_..., in the object. */
#define FAILS(code, type, object, call)                                                                     \
    do {                                                                                                    \
        size_t fails_result = (call);                                                                       \
        enum OlmErrorCode fails_code = olm_##type##_last_error_code(object);                                \
        if (fails_result != olm_error() || fails_code != (code)) {                                          \
            fprintf(stderr, "%s:%d: %s: %zu, %s, instead of %s\n", __FILE__, __LINE__, #call, fails_result, \
                    olm_##type##_last_error(object), #code);                                                \
            exit(1);                                                                                        \
        }                                                                                                   \
        CHECK(strcmp(olm_##type##_last_error(object), _olm_error_to_string(code)) == 0);                    \
        printf("code %s\n", #code);                                                                         \
    } while (0)

/* A text and its length, as functions take them. */
#define TEXT(text) (text), strlen(text)

/* A buffer and its length. */
#define ALL(buffer) (buffer), sizeof(buffer)

/* Memory from malloc, so that a tool sees what goes beside it. */
static inline void *memory_of(size_t length) {
    void *memory = malloc(length == 0 ? 1 : length);
    CHECK(memory != NULL);
    memset(memory, 0x77, length == 0 ? 1 : length);
    return memory;
}

/* A copy, because many functions destroy what they read. */
static inline void *copy_of(const void *bytes, size_t length) {
    void *copy = memory_of(length);
    memcpy(copy, bytes, length);
    return copy;
}

/* Puts another character of base64 into a text. */
static inline void change(char *text, size_t place) { text[place] = text[place] == 'A' ? 'B' : 'A'; }

/* Random bytes that are the same each time. */
static inline void *random_of(size_t length) {
    static unsigned state = 1;
    unsigned char *bytes = (unsigned char *)memory_of(length);
    for (size_t i = 0; i < length; i++) {
        state = state * 1103515245u + 12345u;
        bytes[i] = (unsigned char)(state >> 16);
    }
    return bytes;
}

static inline int is_filled(const void *bytes, unsigned char value, size_t length) {
    const unsigned char *byte = (const unsigned char *)bytes;
    for (size_t i = 0; i < length; i++) {
        if (byte[i] != value) {
            return 0;
        }
    }
    return 1;
}

/* Makes an object, in memory of just the size that it asks for. */
#define NEW(Type, type) ((Type *)olm_##type(memory_of(olm_##type##_size())))

/* Clears an object, looks that nothing is left of it, and gives its memory back. */
#define END(type, object)                                                                                   \
    do {                                                                                                    \
        CHECK(olm_clear_##type(object) == olm_##type##_size());                                             \
        CHECK(is_filled(object, 0, olm_##type##_size()));                                                   \
        free(object);                                                                                       \
    } while (0)

static inline OlmAccount *new_account(size_t one_time_keys) {
    OlmAccount *account = NEW(OlmAccount, account);
    size_t length = olm_create_account_random_length(account);
    void *random = random_of(length);
    OK(olm_create_account(account, random, length));
    CHECK(is_filled(random, 0, length));
    free(random);
    length = olm_account_generate_one_time_keys_random_length(account, one_time_keys);
    random = random_of(length);
    OK(olm_account_generate_one_time_keys(account, one_time_keys, random, length));
    CHECK(is_filled(random, 0, length));
    free(random);
    return account;
}

/* The key of 43 characters that follows a name in quotation marks. */
static inline void key_after(const char *json, size_t length, const char *name, char key[43]) {
    size_t name_length = strlen(name);
    for (size_t i = 0; i + name_length + 43 <= length; i++) {
        if (memcmp(json + i, name, name_length) == 0) {
            memcpy(key, json + i + name_length, 43);
            return;
        }
    }
    CHECK(!"the key is there");
}

static inline void identity_key(OlmAccount *account, const char *name, char key[43]) {
    size_t length = olm_account_identity_keys_length(account);
    char *json = (char *)memory_of(length);
    OK(olm_account_identity_keys(account, json, length));
    key_after(json, length, name, key);
    free(json);
}

static inline void newest_one_time_key(OlmAccount *account, char key[43]) {
    size_t length = olm_account_one_time_keys_length(account);
    char *json = (char *)memory_of(length);
    OK(olm_account_one_time_keys(account, json, length));
    /* {"curve25519":{"......":" */
    CHECK(length >= 24 + 43);
    memcpy(key, json + 24 + 1, 43);
    free(json);
}

static inline OlmSession *new_outbound(OlmAccount *account, OlmAccount *other) {
    char identity[43], one_time[43];
    identity_key(other, "\"curve25519\":\"", identity);
    newest_one_time_key(other, one_time);
    OlmSession *session = NEW(OlmSession, session);
    size_t length = olm_create_outbound_session_random_length(session);
    void *random = random_of(length);
    OK(olm_create_outbound_session(session, account, ALL(identity), ALL(one_time), random, length));
    free(random);
    return session;
}

/* A message in memory of its own, and its length. */
static inline char *encrypt(OlmSession *session, const char *plaintext, size_t *length) {
    size_t random_length = olm_encrypt_random_length(session);
    void *random = random_of(random_length);
    *length = olm_encrypt_message_length(session, strlen(plaintext));
    char *message = (char *)memory_of(*length);
    CHECK(olm_encrypt(session, TEXT(plaintext), random, random_length, message, *length) == *length);
    free(random);
    return message;
}

static inline void decrypt(OlmSession *session, size_t type, const char *message, size_t length,
                           const char *expected) {
    void *copy = copy_of(message, length);
    size_t room = olm_decrypt_max_plaintext_length(session, type, copy, length);
    CHECK(room != olm_error());
    free(copy);
    copy = copy_of(message, length);
    char *plaintext = (char *)memory_of(room);
    CHECK(olm_decrypt(session, type, copy, length, plaintext, room) == strlen(expected));
    CHECK(memcmp(plaintext, expected, strlen(expected)) == 0);
    free(copy);
    free(plaintext);
}

static inline OlmSession *new_inbound(OlmAccount *account, const char *message, size_t length) {
    OlmSession *session = NEW(OlmSession, session);
    void *copy = copy_of(message, length);
    OK(olm_create_inbound_session(session, account, copy, length));
    free(copy);
    return session;
}

#endif
