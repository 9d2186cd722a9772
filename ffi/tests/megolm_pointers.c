/* Pointers, lengths and constants that the functions of Megolm must refuse: nothing is written then, and no session changes. */
#include "megolm.h"

/* Where outputs would go: bytes, and values, which have an alignment. */
static uint8_t place[256];
static struct {
    uint64_t words[64];
} outputs;
static uint64_t no_object[4];
static cliquet_curve25519_key_pair *other_object;

static void *odd(void *pointer) { return (uint8_t *)pointer + 1; }

/* Each call has `it` in the place of an object that is none. */
#define NO_HANDLE(type, call)                                                                                          \
    do {                                                                                                               \
        type *it = NULL;                                                                                               \
        EXPECT(CLIQUET_NULL_POINTER, call);                                                                            \
        it = (type *)odd(other_object);                                                                                \
        EXPECT(CLIQUET_MISALIGNED, call);                                                                              \
        it = (type *)(void *)other_object;                                                                             \
        EXPECT(CLIQUET_WRONG_HANDLE, call);                                                                            \
        it = (type *)(void *)no_object;                                                                                \
        EXPECT(CLIQUET_WRONG_HANDLE, call);                                                                            \
    } while (0)

/* Each call has `it` in the place of a pointer to a value, which has an alignment. */
#define NO_PLACE(type, call)                                                                                           \
    do {                                                                                                               \
        type *it = NULL;                                                                                               \
        EXPECT(CLIQUET_NULL_POINTER, call);                                                                            \
        it = (type *)odd(&outputs);                                                                                    \
        EXPECT(CLIQUET_MISALIGNED, call);                                                                              \
    } while (0)

/* Each call has `in` and `size` in the place of an input. */
#define NO_INPUT(type, call)                                                                                           \
    do {                                                                                                               \
        type *in = NULL;                                                                                               \
        size_t size = 1;                                                                                               \
        EXPECT(CLIQUET_NULL_POINTER, call);                                                                            \
        in = (type *)(void *)no_object;                                                                                \
        size = SIZE_MAX;                                                                                               \
        EXPECT(CLIQUET_LENGTH_OVERFLOW, call);                                                                         \
    } while (0)

/* Each call has `out` and `length` in the places of an output, whose capacity is 256. */
#define NO_BUFFER(type, call)                                                                                          \
    do {                                                                                                               \
        type *out = NULL;                                                                                              \
        size_t *length = (size_t *)(void *)outputs.words;                                                              \
        EXPECT(CLIQUET_NULL_POINTER, call);                                                                            \
        out = (type *)place;                                                                                           \
        length = NULL;                                                                                                 \
        EXPECT(CLIQUET_NULL_POINTER, call);                                                                            \
        length = (size_t *)odd(&outputs);                                                                              \
        EXPECT(CLIQUET_MISALIGNED, call);                                                                              \
    } while (0)

#define FREEING(type, function)                                                                                        \
    do {                                                                                                               \
        OK(function(NULL));                                                                                            \
        type *it = (type *)odd(other_object);                                                                          \
        EXPECT(CLIQUET_MISALIGNED, function(it));                                                                      \
        it = (type *)(void *)other_object;                                                                             \
        EXPECT(CLIQUET_WRONG_HANDLE, function(it));                                                                    \
        it = (type *)(void *)no_object;                                                                                \
        EXPECT(CLIQUET_WRONG_HANDLE, function(it));                                                                    \
    } while (0)

/* Places that are good. */
#define NUMBER ((uint32_t *)(void *)outputs.words)
#define SIZE ((size_t *)(void *)outputs.words)
#define FLAG ((bool *)(void *)outputs.words)
#define FROM ((cliquet_provenance *)(void *)outputs.words)
#define TO(type) ((type **)(void *)outputs.words)
#define ODD_DETAILS ((cliquet_details *)odd(&outputs))

static void outbound(cliquet_outbound_group_session *session) {
    static const cliquet_version UNKNOWN[] = {0, 3, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        EXPECT(CLIQUET_UNKNOWN_CONSTANT,
               cliquet_outbound_group_session_new(UNKNOWN[i], NULL, TO(cliquet_outbound_group_session)));
    }
    NO_PLACE(cliquet_outbound_group_session *, cliquet_outbound_group_session_new(CLIQUET_VERSION_1, NULL, it));
    EXPECT(CLIQUET_MISALIGNED,
           cliquet_outbound_group_session_new(CLIQUET_VERSION_1, (const cliquet_random *)odd(&outputs),
                                              TO(cliquet_outbound_group_session)));
    FREEING(cliquet_outbound_group_session, cliquet_outbound_group_session_free);
    NO_HANDLE(cliquet_outbound_group_session, cliquet_outbound_group_session_session_id(it, place));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_outbound_group_session_session_id(session, NULL));
    NO_HANDLE(cliquet_outbound_group_session, cliquet_outbound_group_session_version(it, NUMBER));
    NO_PLACE(cliquet_version, cliquet_outbound_group_session_version(session, it));
    NO_HANDLE(cliquet_outbound_group_session, cliquet_outbound_group_session_message_index(it, NUMBER));
    NO_PLACE(uint32_t, cliquet_outbound_group_session_message_index(session, it));
    NO_HANDLE(cliquet_outbound_group_session, cliquet_outbound_group_session_message_length(it, 1, SIZE));
    NO_PLACE(size_t, cliquet_outbound_group_session_message_length(session, 1, it));
    NO_HANDLE(cliquet_outbound_group_session, cliquet_outbound_group_session_session_key(it, TO(cliquet_megolm_session_key)));
    NO_PLACE(cliquet_megolm_session_key *, cliquet_outbound_group_session_session_key(session, it));
    NO_HANDLE(cliquet_outbound_group_session,
              cliquet_outbound_group_session_encrypt(it, place, 1, TO(cliquet_megolm_message)));
    NO_PLACE(cliquet_megolm_message *, cliquet_outbound_group_session_encrypt(session, place, 1, it));
    NO_INPUT(uint8_t, cliquet_outbound_group_session_encrypt(session, in, size, TO(cliquet_megolm_message)));
}

static void message(const cliquet_megolm_message *message) {
    uint8_t bytes[128];
    char base64[128];
    size_t size_of_bytes = 0, size_of_base64 = 0;
    OK(cliquet_megolm_message_to_bytes(message, bytes, sizeof bytes, &size_of_bytes));
    OK(cliquet_megolm_message_to_base64(message, base64, sizeof base64, &size_of_base64));
    NO_INPUT(uint8_t, cliquet_megolm_message_from_bytes(in, size, TO(cliquet_megolm_message), NULL));
    NO_PLACE(cliquet_megolm_message *, cliquet_megolm_message_from_bytes(bytes, size_of_bytes, it, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_megolm_message_from_bytes(bytes, size_of_bytes, TO(cliquet_megolm_message),
                                                                 ODD_DETAILS));
    NO_INPUT(char, cliquet_megolm_message_from_base64(in, size, TO(cliquet_megolm_message), NULL));
    NO_PLACE(cliquet_megolm_message *, cliquet_megolm_message_from_base64(base64, size_of_base64, it, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_megolm_message_from_base64(base64, size_of_base64, TO(cliquet_megolm_message),
                                                                  ODD_DETAILS));
    FREEING(cliquet_megolm_message, cliquet_megolm_message_free);
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_to_bytes(it, place, 256, SIZE));
    NO_BUFFER(uint8_t, cliquet_megolm_message_to_bytes(message, out, 256, length));
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_to_base64(it, (char *)place, 256, SIZE));
    NO_BUFFER(char, cliquet_megolm_message_to_base64(message, out, 256, length));
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_ciphertext(it, place, 256, SIZE));
    NO_BUFFER(uint8_t, cliquet_megolm_message_ciphertext(message, out, 256, length));
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_version(it, NUMBER));
    NO_PLACE(cliquet_version, cliquet_megolm_message_version(message, it));
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_message_index(it, NUMBER));
    NO_PLACE(uint32_t, cliquet_megolm_message_message_index(message, it));
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_max_plaintext_length(it, SIZE));
    NO_PLACE(size_t, cliquet_megolm_message_max_plaintext_length(message, it));
    NO_HANDLE(cliquet_megolm_message, cliquet_megolm_message_signature(it, place));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_megolm_message_signature(message, NULL));
}

static void session_key(const cliquet_megolm_session_key *key) {
    uint8_t bytes[229];
    char base64[307];
    size_t length_there = 0;
    OK(cliquet_megolm_session_key_to_bytes(key, bytes, sizeof bytes, &length_there));
    OK(cliquet_megolm_session_key_to_base64(key, base64, sizeof base64, &length_there));
    NO_INPUT(uint8_t, cliquet_megolm_session_key_from_bytes(in, size, TO(cliquet_megolm_session_key), NULL));
    NO_PLACE(cliquet_megolm_session_key *, cliquet_megolm_session_key_from_bytes(bytes, 229, it, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_megolm_session_key_from_bytes(bytes, 229, TO(cliquet_megolm_session_key), ODD_DETAILS));
    NO_INPUT(char, cliquet_megolm_session_key_from_base64(in, size, TO(cliquet_megolm_session_key), NULL));
    NO_PLACE(cliquet_megolm_session_key *, cliquet_megolm_session_key_from_base64(base64, 306, it, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_megolm_session_key_from_base64(base64, 306, TO(cliquet_megolm_session_key), ODD_DETAILS));
    FREEING(cliquet_megolm_session_key, cliquet_megolm_session_key_free);
    NO_HANDLE(cliquet_megolm_session_key, cliquet_megolm_session_key_to_bytes(it, place, 256, SIZE));
    NO_BUFFER(uint8_t, cliquet_megolm_session_key_to_bytes(key, out, 256, length));
    NO_HANDLE(cliquet_megolm_session_key, cliquet_megolm_session_key_to_base64(it, (char *)place, 256, SIZE));
    NO_BUFFER(char, cliquet_megolm_session_key_to_base64(key, out, 256, length));
    NO_HANDLE(cliquet_megolm_session_key, cliquet_megolm_session_key_session_id(it, place));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_megolm_session_key_session_id(key, NULL));
    NO_HANDLE(cliquet_megolm_session_key, cliquet_megolm_session_key_message_index(it, NUMBER));
    NO_PLACE(uint32_t, cliquet_megolm_session_key_message_index(key, it));
}

static void session_export(const cliquet_megolm_session_export *exported) {
    uint8_t bytes[165];
    char base64[221];
    size_t length_there = 0;
    OK(cliquet_megolm_session_export_to_bytes(exported, bytes, sizeof bytes, &length_there));
    OK(cliquet_megolm_session_export_to_base64(exported, base64, sizeof base64, &length_there));
    NO_INPUT(uint8_t, cliquet_megolm_session_export_from_bytes(in, size, TO(cliquet_megolm_session_export), NULL));
    NO_PLACE(cliquet_megolm_session_export *, cliquet_megolm_session_export_from_bytes(bytes, 165, it, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_megolm_session_export_from_bytes(bytes, 165, TO(cliquet_megolm_session_export), ODD_DETAILS));
    NO_INPUT(char, cliquet_megolm_session_export_from_base64(in, size, TO(cliquet_megolm_session_export), NULL));
    NO_PLACE(cliquet_megolm_session_export *, cliquet_megolm_session_export_from_base64(base64, 220, it, NULL));
    EXPECT(CLIQUET_MISALIGNED,
           cliquet_megolm_session_export_from_base64(base64, 220, TO(cliquet_megolm_session_export), ODD_DETAILS));
    FREEING(cliquet_megolm_session_export, cliquet_megolm_session_export_free);
    NO_HANDLE(cliquet_megolm_session_export, cliquet_megolm_session_export_to_bytes(it, place, 256, SIZE));
    NO_BUFFER(uint8_t, cliquet_megolm_session_export_to_bytes(exported, out, 256, length));
    NO_HANDLE(cliquet_megolm_session_export, cliquet_megolm_session_export_to_base64(it, (char *)place, 256, SIZE));
    NO_BUFFER(char, cliquet_megolm_session_export_to_base64(exported, out, 256, length));
    NO_HANDLE(cliquet_megolm_session_export, cliquet_megolm_session_export_session_id(it, place));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_megolm_session_export_session_id(exported, NULL));
    NO_HANDLE(cliquet_megolm_session_export, cliquet_megolm_session_export_message_index(it, NUMBER));
    NO_PLACE(uint32_t, cliquet_megolm_session_export_message_index(exported, it));
}

static void inbound(cliquet_inbound_group_session *session, const cliquet_megolm_session_key *key,
                    const cliquet_megolm_session_export *exported) {
    static const cliquet_version UNKNOWN[] = {0, 3, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        EXPECT(CLIQUET_UNKNOWN_CONSTANT,
               cliquet_inbound_group_session_new(key, UNKNOWN[i], TO(cliquet_inbound_group_session)));
        EXPECT(CLIQUET_UNKNOWN_CONSTANT,
               cliquet_inbound_group_session_import(exported, UNKNOWN[i], TO(cliquet_inbound_group_session)));
    }
    NO_HANDLE(cliquet_megolm_session_key,
              cliquet_inbound_group_session_new(it, CLIQUET_VERSION_1, TO(cliquet_inbound_group_session)));
    NO_PLACE(cliquet_inbound_group_session *, cliquet_inbound_group_session_new(key, CLIQUET_VERSION_1, it));
    NO_HANDLE(cliquet_megolm_session_export,
              cliquet_inbound_group_session_import(it, CLIQUET_VERSION_1, TO(cliquet_inbound_group_session)));
    NO_PLACE(cliquet_inbound_group_session *, cliquet_inbound_group_session_import(exported, CLIQUET_VERSION_1, it));
    FREEING(cliquet_inbound_group_session, cliquet_inbound_group_session_free);
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_session_id(it, place));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_inbound_group_session_session_id(session, NULL));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_version(it, NUMBER));
    NO_PLACE(cliquet_version, cliquet_inbound_group_session_version(session, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_first_known_index(it, NUMBER));
    NO_PLACE(uint32_t, cliquet_inbound_group_session_first_known_index(session, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_export(it, TO(cliquet_megolm_session_export)));
    NO_PLACE(cliquet_megolm_session_export *, cliquet_inbound_group_session_export(session, it));
    NO_HANDLE(cliquet_inbound_group_session,
              cliquet_inbound_group_session_export_at(it, 9, TO(cliquet_megolm_session_export)));
    NO_PLACE(cliquet_megolm_session_export *, cliquet_inbound_group_session_export_at(session, 9, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_advance_to(it, 9, FLAG));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_inbound_group_session_advance_to(session, 9, NULL));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_provenance(it, FROM));
    NO_PLACE(cliquet_provenance, cliquet_inbound_group_session_provenance(session, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_provenance_at(it, 9, FROM));
    NO_PLACE(cliquet_provenance, cliquet_inbound_group_session_provenance_at(session, 9, it));
}

static void relations(cliquet_inbound_group_session *session, cliquet_inbound_group_session *earlier) {
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_connected(it, earlier, FLAG));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_connected(session, it, FLAG));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_inbound_group_session_connected(session, earlier, NULL));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_compare(it, earlier, NUMBER));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_compare(session, it, NUMBER));
    NO_PLACE(cliquet_megolm_session_ordering, cliquet_inbound_group_session_compare(session, earlier, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_merge(it, earlier, FLAG));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_merge(session, it, FLAG));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_inbound_group_session_merge(session, earlier, NULL));
}

static void replay_guard(cliquet_inbound_group_session *session) {
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_set_replay_guard(it, 9, NULL, 0));
    NO_INPUT(cliquet_replay_guard_entry, cliquet_inbound_group_session_set_replay_guard(session, 9, in, size));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_set_replay_guard_capacity(it, 9));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_replay_guard_capacity(it, SIZE));
    NO_PLACE(size_t, cliquet_inbound_group_session_replay_guard_capacity(session, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_replay_guard_count(it, SIZE));
    NO_PLACE(size_t, cliquet_inbound_group_session_replay_guard_count(session, it));
    NO_HANDLE(cliquet_inbound_group_session, cliquet_inbound_group_session_replay_guard_entries(it, NULL, 0, SIZE));
    NO_PLACE(cliquet_replay_guard_entry, cliquet_inbound_group_session_replay_guard_entries(session, it, 1, SIZE));
    NO_PLACE(size_t, cliquet_inbound_group_session_replay_guard_entries(session, NULL, 0, it));
}

/* `event` is that of the message, or NULL for a decryption without one. */
static cliquet_status decrypt(cliquet_inbound_group_session *session, const cliquet_megolm_message *message,
                              const uint8_t *event, uint8_t *plaintext, size_t *length, uint32_t *message_index,
                              cliquet_provenance *provenance, cliquet_details *details) {
    if (event == NULL) {
        return cliquet_inbound_group_session_decrypt(session, message, plaintext, sizeof place, length, message_index,
                                                     provenance, details);
    }
    return cliquet_inbound_group_session_decrypt_event(session, message, event, plaintext, sizeof place, length,
                                                       message_index, provenance, details);
}

static void decryption(cliquet_inbound_group_session *session, const cliquet_megolm_message *message) {
    const uint8_t *const events[] = {NULL, EVENT};
    for (size_t i = 0; i < 2; i++) {
        const uint8_t *event = events[i];
        NO_HANDLE(cliquet_inbound_group_session,
                  decrypt(it, message, event, place, SIZE, NUMBER, FROM, NULL));
        NO_HANDLE(cliquet_megolm_message, decrypt(session, it, event, place, SIZE, NUMBER, FROM, NULL));
        NO_BUFFER(uint8_t, decrypt(session, message, event, out, length, NUMBER, FROM, NULL));
        EXPECT(CLIQUET_MISALIGNED, decrypt(session, message, event, place, SIZE, NUMBER, FROM, ODD_DETAILS));
    }
    EXPECT(CLIQUET_NULL_POINTER, cliquet_inbound_group_session_decrypt_event(session, message, NULL, place,
                                                                             sizeof place, SIZE, NUMBER, FROM, NULL));
}

/* Each type is told from each other. */
static void kinds(void *sender, void *receiver, void *message, void *key, void *exported) {
    void *const objects[] = {sender, receiver, message, key, exported};
    for (size_t i = 0; i < 5; i++) {
        if (objects[i] != sender) {
            EXPECT(CLIQUET_WRONG_HANDLE,
                   cliquet_outbound_group_session_free((cliquet_outbound_group_session *)objects[i]));
        }
        if (objects[i] != receiver) {
            EXPECT(CLIQUET_WRONG_HANDLE,
                   cliquet_inbound_group_session_free((cliquet_inbound_group_session *)objects[i]));
        }
        if (objects[i] != message) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_megolm_message_free((cliquet_megolm_message *)objects[i]));
        }
        if (objects[i] != key) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_megolm_session_key_free((cliquet_megolm_session_key *)objects[i]));
        }
        if (objects[i] != exported) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_megolm_session_export_free((cliquet_megolm_session_export *)objects[i]));
        }
    }
}

static int all_untouched(void) { return is_untouched(place, sizeof place) && is_untouched(&outputs, sizeof outputs); }

int main(void) {
    uint32_t index = 77;
    size_t capacity = 77, length = 77;
    cliquet_megolm_session_key *key = NULL;
    cliquet_megolm_session_export *exported = NULL;
    cliquet_outbound_group_session *sender = outbound_of(3, CLIQUET_VERSION_1);
    cliquet_inbound_group_session *earlier = inbound_of(sender, CLIQUET_VERSION_1);
    skip(sender, 1);
    cliquet_inbound_group_session *receiver = inbound_of(sender, CLIQUET_VERSION_1);
    cliquet_megolm_message *sent = encrypted(sender, "text");
    OK(cliquet_outbound_group_session_session_key(sender, &key));
    OK(cliquet_inbound_group_session_export(receiver, &exported));
    OK(cliquet_inbound_group_session_set_replay_guard(receiver, 2, NULL, 0));
    OK(cliquet_curve25519_key_pair_new(NULL, &other_object));
    make_untouched(place, sizeof place);
    make_untouched(&outputs, sizeof outputs);

    kinds(sender, receiver, sent, key, exported);
    outbound(sender);
    CHECK(all_untouched());
    message(sent);
    CHECK(all_untouched());
    session_key(key);
    CHECK(all_untouched());
    session_export(exported);
    CHECK(all_untouched());
    inbound(receiver, key, exported);
    CHECK(all_untouched());
    relations(receiver, earlier);
    CHECK(all_untouched());
    replay_guard(receiver);
    CHECK(all_untouched());
    decryption(receiver, sent);
    CHECK(all_untouched());

    OK(cliquet_outbound_group_session_message_index(sender, &index));
    CHECK(index == 2);
    OK(cliquet_inbound_group_session_first_known_index(receiver, &index));
    CHECK(index == 1);
    OK(cliquet_inbound_group_session_replay_guard_capacity(receiver, &capacity));
    OK(cliquet_inbound_group_session_replay_guard_count(receiver, &length));
    CHECK(capacity == 2 && length == 0);
    reads(receiver, sent, "text");

    OK(cliquet_curve25519_key_pair_free(other_object));
    OK(cliquet_megolm_session_export_free(exported));
    OK(cliquet_megolm_session_key_free(key));
    OK(cliquet_megolm_message_free(sent));
    OK(cliquet_inbound_group_session_free(receiver));
    OK(cliquet_inbound_group_session_free(earlier));
    OK(cliquet_outbound_group_session_free(sender));
    return 0;
}
