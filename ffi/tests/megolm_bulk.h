/* What the tests of bulk decryption have in common. */
#ifndef MEGOLM_BULK_H
#define MEGOLM_BULK_H

#include <pthread.h>

#include "megolm.h"

enum { MANY = 70, LONGEST = 64 };

/* What a call tells of one message. */
typedef struct {
    cliquet_status status;
    uint8_t plaintext[LONGEST];
    size_t length;
    uint32_t message_index;
    cliquet_provenance provenance;
    cliquet_details details;
} verdict;

static inline verdict no_verdict(void) {
    verdict none;
    make_untouched(&none, sizeof none);
    return none;
}

/* What the session tells of the message alone; `event` is NULL for a decryption without one. */
static inline verdict verdict_alone(cliquet_inbound_group_session *session, const cliquet_megolm_message *message,
                                    const uint8_t *event) {
    verdict it = no_verdict();
    if (event == NULL) {
        it.status = cliquet_inbound_group_session_decrypt(session, message, it.plaintext, LONGEST, &it.length,
                                                          &it.message_index, &it.provenance, &it.details);
    } else {
        it.status = cliquet_inbound_group_session_decrypt_event(session, message, event, it.plaintext, LONGEST, &it.length,
                                                                &it.message_index, &it.provenance, &it.details);
    }
    return it;
}

static inline verdict verdict_at(const cliquet_decrypted_messages *decrypted, size_t position) {
    verdict it = no_verdict();
    it.status = cliquet_decrypted_messages_plaintext(decrypted, position, it.plaintext, LONGEST, &it.length,
                                                     &it.message_index, &it.provenance, &it.details);
    return it;
}

/* Both tell the same, and wrote the same bytes; what is between the fields of a structure does not count. */
static inline int same_verdict(const verdict *one, const verdict *other) {
    return one->status == other->status && memcmp(one->plaintext, other->plaintext, LONGEST) == 0 &&
           one->length == other->length && one->message_index == other->message_index &&
           one->provenance.kind == other->provenance.kind && one->provenance.from == other->provenance.from &&
           memcmp(&one->provenance.flag, &other->provenance.flag, sizeof one->provenance.flag) == 0 &&
           one->details.found == other->details.found && one->details.limit == other->details.limit &&
           one->details.items == other->details.items && memcmp(one->details.key, other->details.key, 32) == 0 &&
           memcmp(one->details.field, other->details.field, sizeof one->details.field) == 0;
}

/* Decrypts all at once, with events where they are given. */
static inline cliquet_decrypted_messages *bulk(cliquet_inbound_group_session *session,
                                               cliquet_megolm_message *const *messages, const uint8_t *events,
                                               size_t count, size_t threads) {
    cliquet_decrypted_messages *decrypted = NULL;
    size_t there = count + 1;
    if (events == NULL) {
        OK(cliquet_inbound_group_session_decrypt_bulk(session, messages, count, threads, &decrypted, NULL));
    } else {
        OK(cliquet_inbound_group_session_decrypt_events_bulk(session, messages, events, count, threads, &decrypted, NULL));
    }
    OK(cliquet_decrypted_messages_count(decrypted, &there));
    CHECK(there == count);
    return decrypted;
}

/* What the session tells of one message after the other. */
static inline void verdicts_alone(cliquet_inbound_group_session *session, cliquet_megolm_message *const *messages,
                                  const uint8_t *events, size_t count, verdict *alone) {
    for (size_t i = 0; i < count; i++) {
        alone[i] = verdict_alone(session, messages[i], events == NULL ? NULL : events + 32 * i);
    }
}

/* All at once must have been told as one by one. */
static inline void check_verdicts(const cliquet_decrypted_messages *decrypted, const verdict *alone, size_t count) {
    for (size_t i = 0; i < count; i++) {
        verdict here = verdict_at(decrypted, i);
        CHECK(same_verdict(&here, &alone[i]));
    }
}

/* So many messages, "0", "1" and so on, the newest first. */
static inline void newest_first(cliquet_outbound_group_session *sender, cliquet_megolm_message **messages, size_t count) {
    char text[8];
    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%u", (unsigned)i);
        messages[count - 1 - i] = encrypted(sender, text);
    }
}

static inline void free_messages(cliquet_megolm_message *const *messages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        OK(cliquet_megolm_message_free(messages[i]));
    }
}

/* Rust keeps 48 bytes for each thread that starts others, and gives them back when it ends; those of the main thread memcheck would call lost. */
static inline void in_a_thread(void *(*body)(void *)) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, body, NULL) == 0 && pthread_join(thread, NULL) == 0);
}

#endif
