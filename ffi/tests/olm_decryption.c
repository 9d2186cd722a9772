/* Every cause for which a session refuses a message. The session is as it was after each, and reads what is true. */
#include "olm.h"

enum { LONGEST = 256 };

/* The message with one bit of one byte the other way; NULL if it is no message any more. */
static cliquet_olm_message *damaged(const cliquet_olm_message *message, size_t position, uint8_t bit) {
    uint8_t bytes[LONGEST];
    cliquet_message_type type = 0;
    cliquet_olm_message *changed = NULL;
    size_t length = 0;
    CHECK(cliquet_olm_message_type(message, &type) == CLIQUET_OK);
    CHECK(cliquet_olm_message_to_bytes(message, bytes, LONGEST, &length) == CLIQUET_OK);
    if (position >= length) {
        return NULL;
    }
    bytes[position] ^= bit;
    cliquet_olm_message_from_bytes(type, bytes, length, &changed, NULL);
    return changed;
}

/* Bits of the ciphertext and the MAC, which end a normal message of one block at byte 63. */
static void refuses_damaged(cliquet_olm_session *session, const cliquet_olm_message *message) {
    for (size_t position = 39; position < 63; position++) {
        cliquet_olm_message *changed = damaged(message, position, (uint8_t)(1 << position % 8));
        CHECK(changed != NULL);
        REFUSES(CLIQUET_AUTHENTICATION_FAILED, session, changed, 0, 0);
        OK(cliquet_olm_message_free(changed));
    }
}

/* Both have read something, Bob has a sending chain, and Alice has none. */
static parties established(cliquet_version version) {
    parties both = meet(version, NULL);
    exchange(both.his, both.hers);
    exchange(both.hers, both.his);
    exchange(both.his, both.hers);
    return both;
}

static void not_authentic(void) {
    parties both = established(CLIQUET_VERSION_1);
    cliquet_olm_message *known = encrypt(both.his, "known chain"), *skipped = encrypt(both.his, "skipped");
    cliquet_olm_message *later = encrypt(both.his, "later"), *fresh = encrypt(both.hers, "new chain");
    refuses_damaged(both.hers, known);
    refuses_damaged(both.his, fresh);
    decrypts_to(both.hers, later, "later");
    refuses_damaged(both.hers, skipped);
    decrypts_to(both.hers, skipped, "skipped");
    decrypts_to(both.hers, known, "known chain");
    decrypts_to(both.his, fresh, "new chain");

    /* No bit of a message is without meaning, and none makes another message that is believed. */
    cliquet_olm_message *whole = encrypt(both.hers, "every bit");
    size_t refused = 0;
    for (size_t position = 0; position < 63; position++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            cliquet_olm_message *changed = damaged(whole, position, (uint8_t)(1 << bit));
            if (changed != NULL) {
                cliquet_details details;
                CHECK(failed_decryption(both.his, changed, &details) != CLIQUET_OK);
                CHECK(cliquet_olm_message_free(changed) == CLIQUET_OK);
                refused += 1;
            }
        }
    }
    CHECK(refused == (32 + 24) * 8 + 7); /* the keys, the ciphertext, the MAC, and the index but for its highest bit */
    decrypts_to(both.his, whole, "every bit");

    OK(cliquet_olm_message_free(known));
    OK(cliquet_olm_message_free(skipped));
    OK(cliquet_olm_message_free(later));
    OK(cliquet_olm_message_free(fresh));
    OK(cliquet_olm_message_free(whole));
    part(both);
}

/* The first answer: the session goes on with pre-key messages until it has read one. */
static void a_first_answer_that_is_not_authentic(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *reply = encrypt(both.his, "answer"), *again = encrypt(both.hers, "again");
    bool has_received = true;
    refuses_damaged(both.hers, reply);
    OK(cliquet_olm_session_has_received_message(both.hers, &has_received));
    CHECK(!has_received);
    for (size_t position = 144; position < 168; position++) {
        cliquet_olm_message *changed = damaged(again, position, 0x10);
        REFUSES(CLIQUET_AUTHENTICATION_FAILED, both.his, changed, 0, 0);
        OK(cliquet_olm_message_free(changed));
    }
    decrypts_to(both.his, again, "again");
    decrypts_to(both.hers, reply, "answer");
    OK(cliquet_olm_message_free(reply));
    OK(cliquet_olm_message_free(again));
    part(both);
}

static void duplicates_and_late_messages(void) {
    parties both = established(CLIQUET_VERSION_1);
    cliquet_olm_message *messages[60];
    for (size_t i = 0; i < 60; i++) {
        messages[i] = encrypt(both.his, "one of many");
    }
    decrypts_to(both.hers, messages[59], "one of many");
    /* One message of his chain was read before these. */
    for (size_t i = 0; i < 60; i++) {
        if (i < 19) {
            REFUSES(CLIQUET_NO_LONGER_KEPT, both.hers, messages[i], i + 1, 0);
        } else if (i < 59) {
            decrypts_to(both.hers, messages[i], "one of many");
        }
        if (i >= 19) {
            REFUSES(CLIQUET_ALREADY_USED, both.hers, messages[i], i + 1, 0);
        }
        OK(cliquet_olm_message_free(messages[i]));
    }
    exchange(both.his, both.hers);
    part(both);

    /* A pre-key message is no better than a normal one. */
    both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *message = encrypt(both.hers, "twice");
    decrypts_to(both.his, message, "twice");
    REFUSES(CLIQUET_ALREADY_USED, both.his, message, 1, 0);
    OK(cliquet_olm_message_free(message));
    part(both);
}

static void gaps(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    uint8_t key[32];
    cliquet_olm_message *message = NULL, *last = NULL, *beyond = NULL;
    for (int i = 0; i < 2002; i++) {
        CHECK(cliquet_olm_session_encrypt(both.hers, NULL, 0, NULL, &message) == CLIQUET_OK);
        CHECK(i == 2000 || i == 2001 || cliquet_olm_message_free(message) == CLIQUET_OK);
        last = i == 2000 ? message : last;
        beyond = i == 2001 ? message : beyond;
    }
    REFUSES(CLIQUET_GAP_TOO_LARGE, both.his, beyond, 2001, 2000);
    cliquet_limits limits = limits_with(3, 2001);
    size_t given_up = 9;
    OK(cliquet_olm_session_set_limits(both.his, &limits, &given_up, NULL));
    OK(cliquet_olm_message_ratchet_key(last, key));
    message = forged(key, 2003);
    REFUSES(CLIQUET_GAP_TOO_LARGE, both.his, message, 2002, 2001);
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_session_set_limits(both.his, NULL, &given_up, NULL));
    decrypts_to(both.his, last, "");
    decrypts_to(both.his, beyond, "");
    message = forged(key, UINT32_MAX);
    REFUSES(CLIQUET_GAP_TOO_LARGE, both.his, message, UINT32_MAX - 2003, 2000);
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_message_free(last));
    OK(cliquet_olm_message_free(beyond));

    /* All that came first on a new chain is missing, too; nothing is computed before that is seen, not even with a key of small order. */
    memset(key, 0, sizeof key);
    message = forged(key, 2001);
    REFUSES(CLIQUET_GAP_TOO_LARGE, both.hers, message, 2001, 2000);
    OK(cliquet_olm_message_free(message));
    exchange(both.his, both.hers);
    part(both);
}

static void ratchet_keys(void) {
    parties both = established(CLIQUET_VERSION_1);
    uint8_t key[32];
    /* Bob has sent, so that there can be a new chain, if its key is good. */
    for (size_t i = 0; i < SMALL_ORDERS; i++) {
        from_hex(SMALL_ORDER[i], key);
        cliquet_olm_message *message = forged(key, 0);
        REFUSES(CLIQUET_NON_CONTRIBUTORY_KEY, both.his, message, 0, 0);
        /* Alice has not answered yet. */
        REFUSES(CLIQUET_UNKNOWN_RATCHET_KEY, both.hers, message, 0, 0);
        OK(cliquet_olm_message_free(message));
    }
    sequence(7, key, 32);
    cliquet_olm_message *message = forged(key, 5000);
    REFUSES(CLIQUET_UNKNOWN_RATCHET_KEY, both.hers, message, 0, 0);
    OK(cliquet_olm_message_free(message));
    exchange(both.his, both.hers);
    exchange(both.hers, both.his);
    part(both);

    /* A message of a chain that is no longer kept: six later ones were read. */
    both = meet(CLIQUET_VERSION_1, NULL);
    message = encrypt(both.hers, "late");
    for (int turn = 0; turn < 6; turn++) {
        exchange(both.his, both.hers);
        exchange(both.hers, both.his);
    }
    REFUSES(CLIQUET_UNKNOWN_RATCHET_KEY, both.his, message, 0, 0);
    cliquet_olm_message *turned = encrypt(both.his, "turned");
    REFUSES(CLIQUET_AUTHENTICATION_FAILED, both.his, message, 0, 0);
    decrypts_to(both.hers, turned, "turned");
    OK(cliquet_olm_message_free(turned));
    OK(cliquet_olm_message_free(message));
    exchange(both.hers, both.his);
    part(both);
}

/* A session that others named can begin with a ratchet key of small order, and then never answers. */
static void no_answer_to_a_key_of_small_order(void) {
    uint8_t zero[32] = {0}, secret[32];
    cliquet_olm_session_keys keys;
    cliquet_olm_session *session = NULL;
    cliquet_olm_message *none = NULL;
    session_state before;
    memset(&keys, 1, sizeof keys);
    sequence(5, secret, 32);
    OK(cliquet_olm_session_receiver_from_shared_keys(secret, secret, &keys, zero, CLIQUET_VERSION_1, NULL, &session, NULL));
    observe_session(session, &before);
    for (int i = 0; i < 2; i++) {
        EXPECT(CLIQUET_NON_CONTRIBUTORY_KEY, cliquet_olm_session_encrypt(session, secret, 32, NULL, &none));
        CHECK(none == NULL && session_is(session, &before));
    }
    OK(cliquet_olm_session_free(session));
}

static void pre_key_messages_of_other_sessions(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *message = encrypt(both.hers, "again");
    /* One-time key, base key, identity key. */
    const size_t keys[] = {3, 37, 71};
    for (size_t i = 0; i < 3; i++) {
        for (size_t end = 0; end < 32; end += 31) {
            cliquet_olm_message *foreign = damaged(message, keys[i] + end, 0x80);
            REFUSES(CLIQUET_FOREIGN_PRE_KEY_MESSAGE, both.his, foreign, 0, 0);
            OK(cliquet_olm_message_free(foreign));
        }
    }
    decrypts_to(both.his, message, "again");
    OK(cliquet_olm_message_free(message));
    part(both);
}

static void other_versions(void) {
    parties first = established(CLIQUET_VERSION_1), second = established(CLIQUET_VERSION_2);
    cliquet_olm_message *old = encrypt(first.his, "version 1"), *whole = encrypt(second.his, "version 2");
    REFUSES(CLIQUET_MISMATCHED_VERSION, second.hers, old, CLIQUET_VERSION_1, CLIQUET_VERSION_2);
    REFUSES(CLIQUET_MISMATCHED_VERSION, first.hers, whole, CLIQUET_VERSION_2, CLIQUET_VERSION_1);
    decrypts_to(first.hers, old, "version 1");
    decrypts_to(second.hers, whole, "version 2");
    OK(cliquet_olm_message_free(old));
    OK(cliquet_olm_message_free(whole));
    part(first);
    part(second);

    /* The MAC of version 2 counts to its last byte. */
    second = established(CLIQUET_VERSION_2);
    whole = encrypt(second.his, "whole");
    for (size_t position = 55; position < 87; position++) {
        cliquet_olm_message *changed = damaged(whole, position, 1);
        REFUSES(CLIQUET_AUTHENTICATION_FAILED, second.hers, changed, 0, 0);
        OK(cliquet_olm_message_free(changed));
    }
    decrypts_to(second.hers, whole, "whole");
    OK(cliquet_olm_message_free(whole));
    part(second);
}

/* The need is that of the longest plaintext which the blocks can hold; what fits is read, to the last byte. */
static void buffers(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    uint8_t plaintext[LONGEST], text[LONGEST];
    sequence(0, text, LONGEST);
    for (size_t size = 0; size < 50; size++) {
        cliquet_olm_message *message = NULL;
        size_t length = 0, most = size / 16 * 16 + 15, told = 0;
        cliquet_details details;
        session_state before;
        OK(cliquet_olm_session_encrypt(both.hers, text, size, NULL, &message));
        OK(cliquet_olm_message_max_plaintext_length(message, &told));
        CHECK(told == most);
        observe_session(both.his, &before);
        make_untouched(plaintext, LONGEST);
        EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_session_decrypt(both.his, message, NULL, 0, &length, &details));
        DETAILS(details, 0, most);
        CHECK(length == most);
        length = 0;
        EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_session_decrypt(both.his, message, plaintext, most - 1, &length, &details));
        DETAILS(details, most - 1, most);
        CHECK(length == most && is_untouched(plaintext, LONGEST) && session_is(both.his, &before));
        OK(cliquet_olm_session_decrypt(both.his, message, plaintext, most, &length, &details));
        CHECK(length == size && is_untouched(&details, sizeof details) && is_untouched(plaintext + size, LONGEST - size));
        SAME_BYTES(plaintext, text, size);
        OK(cliquet_olm_message_free(message));
    }
    part(both);
}

int main(void) {
    not_authentic();
    a_first_answer_that_is_not_authentic();
    duplicates_and_late_messages();
    gaps();
    ratchet_keys();
    no_answer_to_a_key_of_small_order();
    pre_key_messages_of_other_sessions();
    other_versions();
    buffers();
    return 0;
}
