/* What the tests of Megolm have in common. */
#ifndef MEGOLM_H
#define MEGOLM_H

#include "check.h"

/* Another event than EVENT, and that one. */
static const uint8_t EVENT[32] = {1, 2, 3}, OTHER_EVENT[32] = {1, 2, 4};

/* A session whose ratchet counts from `seed` on, and whose signing key counts from where the ratchet ends. */
static inline cliquet_outbound_group_session *outbound_of(uint8_t seed, cliquet_version version) {
    cliquet_random counting = {fill_counting, &seed};
    cliquet_outbound_group_session *session = NULL;
    OK(cliquet_outbound_group_session_new(version, &counting, &session));
    return session;
}

/* The signing key of that session. */
static inline cliquet_ed25519_key_pair *signing_key_of(uint8_t seed) {
    uint8_t bytes[32];
    cliquet_ed25519_key_pair *pair = NULL;
    for (size_t i = 0; i < 32; i++) {
        bytes[i] = (uint8_t)(seed + 128 + i);
    }
    OK(cliquet_ed25519_key_pair_from_seed(bytes, &pair));
    return pair;
}

/* A session that reads what the other sends from now on. */
static inline cliquet_inbound_group_session *inbound_of(const cliquet_outbound_group_session *sender,
                                                        cliquet_version version) {
    cliquet_megolm_session_key *key = NULL;
    cliquet_inbound_group_session *session = NULL;
    OK(cliquet_outbound_group_session_session_key(sender, &key));
    OK(cliquet_inbound_group_session_new(key, version, &session));
    OK(cliquet_megolm_session_key_free(key));
    return session;
}

/* A session that reads what the other reads from an index on, by an export. */
static inline cliquet_inbound_group_session *imported_from(const cliquet_inbound_group_session *whole,
                                                           uint32_t message_index, cliquet_version version) {
    cliquet_megolm_session_export *exported = NULL;
    cliquet_inbound_group_session *session = NULL;
    OK(cliquet_inbound_group_session_export_at(whole, message_index, &exported));
    OK(cliquet_inbound_group_session_import(exported, version, &session));
    OK(cliquet_megolm_session_export_free(exported));
    return session;
}

static inline cliquet_megolm_message *encrypted(cliquet_outbound_group_session *sender, const char *text) {
    cliquet_megolm_message *message = NULL;
    OK(cliquet_outbound_group_session_encrypt(sender, (const uint8_t *)text, strlen(text), &message));
    return message;
}

/* Encrypts and gives up so many messages. */
static inline void skip(cliquet_outbound_group_session *sender, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        OK(cliquet_megolm_message_free(encrypted(sender, "skipped")));
    }
}

/* The session must read the message as this text. */
static inline void reads(cliquet_inbound_group_session *session, const cliquet_megolm_message *message,
                         const char *text) {
    uint8_t plaintext[64];
    size_t length = 0;
    uint32_t message_index = 0, stated = 1;
    cliquet_provenance provenance;
    OK(cliquet_megolm_message_message_index(message, &stated));
    OK(cliquet_inbound_group_session_decrypt(session, message, plaintext, sizeof plaintext, &length, &message_index,
                                             &provenance, NULL));
    CHECK(length == strlen(text));
    SAME_BYTES(plaintext, text, length);
    CHECK(message_index == stated);
}

/* Why the session does not read the message, whose failure must tell these figures, and write and change nothing. */
static inline cliquet_status refusal(cliquet_inbound_group_session *session, const cliquet_megolm_message *message,
                                     const uint8_t *event, uint64_t found, uint64_t limit) {
    uint8_t plaintext[64];
    size_t length = 77, before = 0, after = 1;
    uint32_t message_index = 77, first = 0, first_after = 1;
    cliquet_status status;
    cliquet_provenance provenance;
    cliquet_details details;
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(&provenance, sizeof provenance);
    make_untouched(&details, sizeof details);
    OK(cliquet_inbound_group_session_replay_guard_count(session, &before));
    OK(cliquet_inbound_group_session_first_known_index(session, &first));
    if (event == NULL) {
        status = cliquet_inbound_group_session_decrypt(session, message, plaintext, sizeof plaintext, &length,
                                                       &message_index, &provenance, &details);
    } else {
        status = cliquet_inbound_group_session_decrypt_event(session, message, event, plaintext, sizeof plaintext,
                                                             &length, &message_index, &provenance, &details);
    }
    CHECK(status != CLIQUET_OK);
    CHECK(is_untouched(plaintext, sizeof plaintext) && is_untouched(&provenance, sizeof provenance));
    CHECK(length == 77 && message_index == 77);
    CHECK(details.found == found && details.limit == limit && details.items == 0 && details.field[0] == 0);
    OK(cliquet_inbound_group_session_replay_guard_count(session, &after));
    OK(cliquet_inbound_group_session_first_known_index(session, &first_after));
    CHECK(before == after && first == first_after);
    return status;
}

/* The message with one bit changed, signed again where a key is given. */
static inline cliquet_megolm_message *altered(const cliquet_megolm_message *message, size_t from_end,
                                              const cliquet_ed25519_key_pair *signing_key) {
    uint8_t bytes[512];
    size_t length = 0;
    cliquet_megolm_message *other = NULL;
    OK(cliquet_megolm_message_to_bytes(message, bytes, sizeof bytes, &length));
    CHECK(from_end < length);
    bytes[length - 1 - from_end] ^= 1;
    if (signing_key != NULL) {
        OK(cliquet_ed25519_key_pair_sign(signing_key, bytes, length - 64, bytes + length - 64));
    }
    OK(cliquet_megolm_message_from_bytes(bytes, length, &other, NULL));
    return other;
}

#endif
