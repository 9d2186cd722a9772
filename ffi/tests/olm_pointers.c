/* Every pointer that a function of accounts, sessions and messages takes, where it is wrong. Nothing is written, and nothing changes. */
#include "olm.h"

enum { ROOM = 256 };

/* Where all the functions would write. */
static struct {
    uint64_t words[ROOM];
    uint8_t bytes[ROOM];
    cliquet_one_time_key keys[2];
    cliquet_chain_summary chains[2];
    cliquet_key_use key_use;
    cliquet_olm_session_keys session_keys;
    cliquet_olm_session_summary summary;
    cliquet_limits limits;
    size_t length;
    uint32_t number;
    bool flag;
} out;

static uint8_t key[32];
static const cliquet_random NO_FUNCTION = {NULL, NULL};

#define NULL_POINTER(call) EXPECT(CLIQUET_NULL_POINTER, call)
#define MISALIGNED(call) EXPECT(CLIQUET_MISALIGNED, call)
#define WRONG_HANDLE(call) EXPECT(CLIQUET_WRONG_HANDLE, call)
#define OFF(type) ONE_OFF(type, out.words)

static void pointers_of_accounts(cliquet_account *account, cliquet_olm_session *other, const cliquet_olm_message *message) {
    cliquet_account *made = NULL;
    cliquet_olm_session *session = NULL;
    cliquet_ed25519_key_pair *ed25519 = NULL, *signing = NULL;
    cliquet_curve25519_key_pair *curve25519 = NULL, *identity = NULL;
    OK(cliquet_account_signing_key_pair(account, &signing));
    OK(cliquet_account_identity_key_pair(account, &identity));

    NULL_POINTER(cliquet_account_new(NULL, NULL));
    MISALIGNED(cliquet_account_new(NULL, OFF(cliquet_account *)));
    NULL_POINTER(cliquet_account_new(&NO_FUNCTION, &made));
    MISALIGNED(cliquet_account_new(OFF(const cliquet_random), &made));
    REFUSES_OBJECTS(const cliquet_ed25519_key_pair, signing, identity, cliquet_account_from_key_pairs, identity, &made);
    NULL_POINTER(cliquet_account_from_key_pairs(signing, NULL, &made));
    MISALIGNED(cliquet_account_from_key_pairs(signing, ONE_OFF(cliquet_curve25519_key_pair, identity), &made));
    WRONG_HANDLE(cliquet_account_from_key_pairs(signing, AS(cliquet_curve25519_key_pair, signing), &made));
    NULL_POINTER(cliquet_account_from_key_pairs(signing, identity, NULL));
    MISALIGNED(cliquet_account_from_key_pairs(signing, identity, OFF(cliquet_account *)));
    MISALIGNED(cliquet_account_free(ONE_OFF(cliquet_account, account)));
    WRONG_HANDLE(cliquet_account_free(AS(cliquet_account, other)));

    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_signing_key_pair, &ed25519);
    NULL_POINTER(cliquet_account_signing_key_pair(account, NULL));
    MISALIGNED(cliquet_account_signing_key_pair(account, OFF(cliquet_ed25519_key_pair *)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_identity_key_pair, &curve25519);
    NULL_POINTER(cliquet_account_identity_key_pair(account, NULL));
    MISALIGNED(cliquet_account_identity_key_pair(account, OFF(cliquet_curve25519_key_pair *)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_ed25519_key, out.bytes);
    NULL_POINTER(cliquet_account_ed25519_key(account, NULL));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_curve25519_key, out.bytes);
    NULL_POINTER(cliquet_account_curve25519_key(account, NULL));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_sign, key, 32, out.bytes);
    NULL_POINTER(cliquet_account_sign(account, NULL, 1, out.bytes));
    NULL_POINTER(cliquet_account_sign(account, key, 32, NULL));

    const cliquet_version v1 = CLIQUET_VERSION_1;
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_create_outbound_session, key, key, v1, NULL, NULL, &session, NULL);
    NULL_POINTER(cliquet_account_create_outbound_session(account, NULL, key, v1, NULL, NULL, &session, NULL));
    NULL_POINTER(cliquet_account_create_outbound_session(account, key, NULL, v1, NULL, NULL, &session, NULL));
    MISALIGNED(cliquet_account_create_outbound_session(account, key, key, v1, OFF(cliquet_limits), NULL, &session, NULL));
    MISALIGNED(cliquet_account_create_outbound_session(account, key, key, v1, NULL, OFF(cliquet_random), &session, NULL));
    NULL_POINTER(cliquet_account_create_outbound_session(account, key, key, v1, NULL, &NO_FUNCTION, &session, NULL));
    NULL_POINTER(cliquet_account_create_outbound_session(account, key, key, v1, NULL, NULL, NULL, NULL));
    MISALIGNED(cliquet_account_create_outbound_session(account, key, key, v1, NULL, NULL, OFF(cliquet_olm_session *), NULL));
    MISALIGNED(cliquet_account_create_outbound_session(account, key, key, v1, NULL, NULL, &session, OFF(cliquet_details)));

    uint8_t *bytes = out.bytes;
    size_t *length = &out.length;
    REFUSES_OBJECTS(cliquet_account, account, other, cliquet_account_create_inbound_session, key, message, v1, NULL, &session, bytes, ROOM,
                    length, NULL, NULL);
    NULL_POINTER(cliquet_account_create_inbound_session(account, NULL, message, v1, NULL, &session, bytes, ROOM, length, NULL, NULL));
    NULL_POINTER(cliquet_account_create_inbound_session(account, key, NULL, v1, NULL, &session, bytes, ROOM, length, NULL, NULL));
    MISALIGNED(cliquet_account_create_inbound_session(account, key, ONE_OFF(cliquet_olm_message, message), v1, NULL, &session, bytes, ROOM,
                                                      length, NULL, NULL));
    WRONG_HANDLE(cliquet_account_create_inbound_session(account, key, AS(cliquet_olm_message, other), v1, NULL, &session, bytes, ROOM,
                                                        length, NULL, NULL));
    MISALIGNED(cliquet_account_create_inbound_session(account, key, message, v1, OFF(cliquet_limits), &session, bytes, ROOM, length, NULL,
                                                      NULL));
    NULL_POINTER(cliquet_account_create_inbound_session(account, key, message, v1, NULL, NULL, bytes, ROOM, length, NULL, NULL));
    MISALIGNED(cliquet_account_create_inbound_session(account, key, message, v1, NULL, OFF(cliquet_olm_session *), bytes, ROOM, length, NULL,
                                                      NULL));
    NULL_POINTER(cliquet_account_create_inbound_session(account, key, message, v1, NULL, &session, NULL, ROOM, length, NULL, NULL));
    NULL_POINTER(cliquet_account_create_inbound_session(account, key, message, v1, NULL, &session, bytes, ROOM, NULL, NULL, NULL));
    MISALIGNED(cliquet_account_create_inbound_session(account, key, message, v1, NULL, &session, bytes, ROOM, OFF(size_t), NULL, NULL));
    MISALIGNED(cliquet_account_create_inbound_session(account, key, message, v1, NULL, &session, bytes, ROOM, length, OFF(cliquet_key_use),
                                                      NULL));
    MISALIGNED(cliquet_account_create_inbound_session(account, key, message, v1, NULL, &session, bytes, ROOM, length, NULL,
                                                      OFF(cliquet_details)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_inbound_session_unopened, key, message, v1, NULL, &session, NULL);
    NULL_POINTER(cliquet_account_inbound_session_unopened(account, NULL, message, v1, NULL, &session, NULL));
    NULL_POINTER(cliquet_account_inbound_session_unopened(account, key, NULL, v1, NULL, &session, NULL));
    WRONG_HANDLE(cliquet_account_inbound_session_unopened(account, key, AS(cliquet_olm_message, other), v1, NULL, &session, NULL));
    MISALIGNED(cliquet_account_inbound_session_unopened(account, key, message, v1, OFF(cliquet_limits), &session, NULL));
    NULL_POINTER(cliquet_account_inbound_session_unopened(account, key, message, v1, NULL, NULL, NULL));
    MISALIGNED(cliquet_account_inbound_session_unopened(account, key, message, v1, NULL, OFF(cliquet_olm_session *), NULL));
    MISALIGNED(cliquet_account_inbound_session_unopened(account, key, message, v1, NULL, &session, OFF(cliquet_details)));

    CHECK(made == NULL && session == NULL && ed25519 == NULL && curve25519 == NULL);
    OK(cliquet_ed25519_key_pair_free(signing));
    OK(cliquet_curve25519_key_pair_free(identity));
}

static void pointers_of_one_time_keys(cliquet_account *account, cliquet_olm_session *other) {
    cliquet_one_time_key *keys = out.keys;
    size_t *count = &out.length;
    REFUSES_OBJECTS(cliquet_account, account, other, cliquet_account_generate_one_time_keys, 1, NULL, keys, 2, count, NULL);
    MISALIGNED(cliquet_account_generate_one_time_keys(account, 1, OFF(cliquet_random), keys, 2, count, NULL));
    NULL_POINTER(cliquet_account_generate_one_time_keys(account, 1, &NO_FUNCTION, keys, 2, count, NULL));
    NULL_POINTER(cliquet_account_generate_one_time_keys(account, 1, NULL, NULL, 2, count, NULL));
    MISALIGNED(cliquet_account_generate_one_time_keys(account, 1, NULL, OFF(cliquet_one_time_key), 2, count, NULL));
    MISALIGNED(cliquet_account_generate_one_time_keys(account, 1, NULL, keys, 2, OFF(size_t), NULL));
    MISALIGNED(cliquet_account_generate_one_time_keys(account, 1, NULL, keys, 2, count, OFF(cliquet_details)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_one_time_keys, keys, 2, count);
    NULL_POINTER(cliquet_account_one_time_keys(account, NULL, 2, count));
    MISALIGNED(cliquet_account_one_time_keys(account, OFF(cliquet_one_time_key), 2, count));
    NULL_POINTER(cliquet_account_one_time_keys(account, keys, 2, NULL));
    MISALIGNED(cliquet_account_one_time_keys(account, keys, 2, OFF(size_t)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_unpublished_one_time_keys, keys, 2, count);
    NULL_POINTER(cliquet_account_unpublished_one_time_keys(account, NULL, 2, count));
    MISALIGNED(cliquet_account_unpublished_one_time_keys(account, OFF(cliquet_one_time_key), 2, count));
    NULL_POINTER(cliquet_account_unpublished_one_time_keys(account, keys, 2, NULL));
    MISALIGNED(cliquet_account_unpublished_one_time_keys(account, keys, 2, OFF(size_t)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_stored_one_time_key_count, count);
    NULL_POINTER(cliquet_account_stored_one_time_key_count(account, NULL));
    MISALIGNED(cliquet_account_stored_one_time_key_count(account, OFF(size_t)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_one_time_key_limit, &out.number);
    NULL_POINTER(cliquet_account_one_time_key_limit(account, NULL));
    MISALIGNED(cliquet_account_one_time_key_limit(account, OFF(uint32_t)));
    REFUSES_OBJECTS(cliquet_account, account, other, cliquet_account_set_one_time_key_limit, 100, keys, 2, count, NULL);
    NULL_POINTER(cliquet_account_set_one_time_key_limit(account, 100, NULL, 2, count, NULL));
    MISALIGNED(cliquet_account_set_one_time_key_limit(account, 100, OFF(cliquet_one_time_key), 2, count, NULL));
    MISALIGNED(cliquet_account_set_one_time_key_limit(account, 100, keys, 2, OFF(size_t), NULL));
    MISALIGNED(cliquet_account_set_one_time_key_limit(account, 100, keys, 2, count, OFF(cliquet_details)));
    REFUSES_OBJECTS(cliquet_account, account, other, cliquet_account_remove_one_time_key, key, &out.number);
    NULL_POINTER(cliquet_account_remove_one_time_key(account, NULL, &out.number));
    NULL_POINTER(cliquet_account_remove_one_time_key(account, key, NULL));
    MISALIGNED(cliquet_account_remove_one_time_key(account, key, OFF(cliquet_removal)));
    REFUSES_OBJECTS(cliquet_account, account, other, cliquet_account_generate_fallback_key, NULL, keys, 2, count);
    MISALIGNED(cliquet_account_generate_fallback_key(account, OFF(cliquet_random), keys, 2, count));
    NULL_POINTER(cliquet_account_generate_fallback_key(account, &NO_FUNCTION, keys, 2, count));
    NULL_POINTER(cliquet_account_generate_fallback_key(account, NULL, NULL, 2, count));
    MISALIGNED(cliquet_account_generate_fallback_key(account, NULL, OFF(cliquet_one_time_key), 2, count));
    MISALIGNED(cliquet_account_generate_fallback_key(account, NULL, keys, 2, OFF(size_t)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_fallback_key, keys);
    NULL_POINTER(cliquet_account_fallback_key(account, NULL));
    MISALIGNED(cliquet_account_fallback_key(account, OFF(cliquet_one_time_key)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_previous_fallback_key, keys);
    NULL_POINTER(cliquet_account_previous_fallback_key(account, NULL));
    MISALIGNED(cliquet_account_previous_fallback_key(account, OFF(cliquet_one_time_key)));
    REFUSES_OBJECTS(const cliquet_account, account, other, cliquet_account_unpublished_fallback_key, keys);
    NULL_POINTER(cliquet_account_unpublished_fallback_key(account, NULL));
    MISALIGNED(cliquet_account_unpublished_fallback_key(account, OFF(cliquet_one_time_key)));
    REFUSES_OBJECTS(cliquet_account, account, other, cliquet_account_forget_previous_fallback_key, &out.flag);
    NULL_POINTER(cliquet_account_forget_previous_fallback_key(account, NULL));
    NULL_POINTER(cliquet_account_mark_keys_as_published(NULL));
    MISALIGNED(cliquet_account_mark_keys_as_published(ONE_OFF(cliquet_account, account)));
    WRONG_HANDLE(cliquet_account_mark_keys_as_published(AS(cliquet_account, other)));
}

static void pointers_of_new_sessions(void) {
    cliquet_olm_session *session = NULL;
    cliquet_olm_session_keys keys;
    const cliquet_version v1 = CLIQUET_VERSION_1;
    memset(&keys, 1, sizeof keys);
    NULL_POINTER(cliquet_olm_session_sender_from_shared_keys(NULL, key, &keys, v1, NULL, NULL, &session, NULL));
    NULL_POINTER(cliquet_olm_session_sender_from_shared_keys(key, NULL, &keys, v1, NULL, NULL, &session, NULL));
    NULL_POINTER(cliquet_olm_session_sender_from_shared_keys(key, key, NULL, v1, NULL, NULL, &session, NULL));
    MISALIGNED(cliquet_olm_session_sender_from_shared_keys(key, key, &keys, v1, OFF(cliquet_limits), NULL, &session, NULL));
    MISALIGNED(cliquet_olm_session_sender_from_shared_keys(key, key, &keys, v1, NULL, OFF(cliquet_random), &session, NULL));
    NULL_POINTER(cliquet_olm_session_sender_from_shared_keys(key, key, &keys, v1, NULL, &NO_FUNCTION, &session, NULL));
    NULL_POINTER(cliquet_olm_session_sender_from_shared_keys(key, key, &keys, v1, NULL, NULL, NULL, NULL));
    MISALIGNED(cliquet_olm_session_sender_from_shared_keys(key, key, &keys, v1, NULL, NULL, OFF(cliquet_olm_session *), NULL));
    MISALIGNED(cliquet_olm_session_sender_from_shared_keys(key, key, &keys, v1, NULL, NULL, &session, OFF(cliquet_details)));
    NULL_POINTER(cliquet_olm_session_receiver_from_shared_keys(NULL, key, &keys, key, v1, NULL, &session, NULL));
    NULL_POINTER(cliquet_olm_session_receiver_from_shared_keys(key, NULL, &keys, key, v1, NULL, &session, NULL));
    NULL_POINTER(cliquet_olm_session_receiver_from_shared_keys(key, key, NULL, key, v1, NULL, &session, NULL));
    NULL_POINTER(cliquet_olm_session_receiver_from_shared_keys(key, key, &keys, NULL, v1, NULL, &session, NULL));
    MISALIGNED(cliquet_olm_session_receiver_from_shared_keys(key, key, &keys, key, v1, OFF(cliquet_limits), &session, NULL));
    NULL_POINTER(cliquet_olm_session_receiver_from_shared_keys(key, key, &keys, key, v1, NULL, NULL, NULL));
    MISALIGNED(cliquet_olm_session_receiver_from_shared_keys(key, key, &keys, key, v1, NULL, OFF(cliquet_olm_session *), NULL));
    MISALIGNED(cliquet_olm_session_receiver_from_shared_keys(key, key, &keys, key, v1, NULL, &session, OFF(cliquet_details)));
    NULL_POINTER(cliquet_olm_session_keys_session_id(NULL, out.bytes));
    NULL_POINTER(cliquet_olm_session_keys_session_id(&keys, NULL));
    CHECK(session == NULL);
}

static void pointers_of_sessions(cliquet_olm_session *session, cliquet_account *other, const cliquet_olm_message *message) {
    cliquet_olm_message *made = NULL;
    MISALIGNED(cliquet_olm_session_free(ONE_OFF(cliquet_olm_session, session)));
    WRONG_HANDLE(cliquet_olm_session_free(AS(cliquet_olm_session, other)));
    REFUSES_OBJECTS(cliquet_olm_session, session, other, cliquet_olm_session_encrypt, key, 32, NULL, &made);
    NULL_POINTER(cliquet_olm_session_encrypt(session, NULL, 1, NULL, &made));
    NULL_POINTER(cliquet_olm_session_encrypt(session, key, 32, &NO_FUNCTION, &made));
    MISALIGNED(cliquet_olm_session_encrypt(session, key, 32, OFF(cliquet_random), &made));
    NULL_POINTER(cliquet_olm_session_encrypt(session, key, 32, NULL, NULL));
    MISALIGNED(cliquet_olm_session_encrypt(session, key, 32, NULL, OFF(cliquet_olm_message *)));
    REFUSES_OBJECTS(cliquet_olm_session, session, other, cliquet_olm_session_decrypt, message, out.bytes, ROOM, &out.length, NULL);
    NULL_POINTER(cliquet_olm_session_decrypt(session, NULL, out.bytes, ROOM, &out.length, NULL));
    MISALIGNED(cliquet_olm_session_decrypt(session, ONE_OFF(cliquet_olm_message, message), out.bytes, ROOM, &out.length, NULL));
    WRONG_HANDLE(cliquet_olm_session_decrypt(session, AS(cliquet_olm_message, other), out.bytes, ROOM, &out.length, NULL));
    NULL_POINTER(cliquet_olm_session_decrypt(session, message, NULL, ROOM, &out.length, NULL));
    NULL_POINTER(cliquet_olm_session_decrypt(session, message, out.bytes, ROOM, NULL, NULL));
    MISALIGNED(cliquet_olm_session_decrypt(session, message, out.bytes, ROOM, OFF(size_t), NULL));
    MISALIGNED(cliquet_olm_session_decrypt(session, message, out.bytes, ROOM, &out.length, OFF(cliquet_details)));
    /* The same object in both places: it is one of them at most. */
    WRONG_HANDLE(cliquet_olm_session_decrypt(session, AS(cliquet_olm_message, session), out.bytes, ROOM, &out.length, NULL));

    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_matches_pre_key_message, message, &out.flag, NULL);
    NULL_POINTER(cliquet_olm_session_matches_pre_key_message(session, NULL, &out.flag, NULL));
    WRONG_HANDLE(cliquet_olm_session_matches_pre_key_message(session, AS(cliquet_olm_message, other), &out.flag, NULL));
    NULL_POINTER(cliquet_olm_session_matches_pre_key_message(session, message, NULL, NULL));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_session_id, out.bytes);
    NULL_POINTER(cliquet_olm_session_session_id(session, NULL));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_session_keys, &out.session_keys);
    NULL_POINTER(cliquet_olm_session_session_keys(session, NULL));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_version, &out.number);
    NULL_POINTER(cliquet_olm_session_version(session, NULL));
    MISALIGNED(cliquet_olm_session_version(session, OFF(cliquet_version)));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_has_received_message, &out.flag);
    NULL_POINTER(cliquet_olm_session_has_received_message(session, NULL));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_needs_random, &out.flag);
    NULL_POINTER(cliquet_olm_session_needs_random(session, NULL));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_next_message_type, &out.number);
    NULL_POINTER(cliquet_olm_session_next_message_type(session, NULL));
    MISALIGNED(cliquet_olm_session_next_message_type(session, OFF(cliquet_message_type)));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_message_length, 1, &out.length);
    NULL_POINTER(cliquet_olm_session_message_length(session, 1, NULL));
    MISALIGNED(cliquet_olm_session_message_length(session, 1, OFF(size_t)));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_limits, &out.limits);
    NULL_POINTER(cliquet_olm_session_limits(session, NULL));
    MISALIGNED(cliquet_olm_session_limits(session, OFF(cliquet_limits)));
    REFUSES_OBJECTS(cliquet_olm_session, session, other, cliquet_olm_session_set_limits, NULL, &out.length, NULL);
    MISALIGNED(cliquet_olm_session_set_limits(session, OFF(cliquet_limits), &out.length, NULL));
    NULL_POINTER(cliquet_olm_session_set_limits(session, NULL, NULL, NULL));
    MISALIGNED(cliquet_olm_session_set_limits(session, NULL, OFF(size_t), NULL));
    MISALIGNED(cliquet_olm_session_set_limits(session, NULL, &out.length, OFF(cliquet_details)));
    REFUSES_OBJECTS(cliquet_olm_session, session, other, cliquet_olm_session_forget_message_keys_of_dropped_chains, &out.length);
    NULL_POINTER(cliquet_olm_session_forget_message_keys_of_dropped_chains(session, NULL));
    MISALIGNED(cliquet_olm_session_forget_message_keys_of_dropped_chains(session, OFF(size_t)));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_summarise, &out.summary);
    NULL_POINTER(cliquet_olm_session_summarise(session, NULL));
    MISALIGNED(cliquet_olm_session_summarise(session, OFF(cliquet_olm_session_summary)));
    REFUSES_OBJECTS(const cliquet_olm_session, session, other, cliquet_olm_session_receiver_chains, out.chains, 2, &out.length);
    NULL_POINTER(cliquet_olm_session_receiver_chains(session, NULL, 2, &out.length));
    MISALIGNED(cliquet_olm_session_receiver_chains(session, OFF(cliquet_chain_summary), 2, &out.length));
    NULL_POINTER(cliquet_olm_session_receiver_chains(session, out.chains, 2, NULL));
    MISALIGNED(cliquet_olm_session_receiver_chains(session, out.chains, 2, OFF(size_t)));
    CHECK(made == NULL);
}

static void pointers_of_messages(cliquet_olm_message *message, cliquet_account *other) {
    cliquet_olm_message *made = NULL;
    const cliquet_message_type type = CLIQUET_MESSAGE_TYPE_NORMAL;
    char *text = (char *)out.bytes;
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_type, &out.number);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_version, &out.number);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_chain_index, &out.number);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_ratchet_key, out.bytes);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_session_keys, &out.session_keys, NULL);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_max_plaintext_length, &out.length);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_to_bytes, out.bytes, ROOM, &out.length);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_ciphertext, out.bytes, ROOM, &out.length);
    REFUSES_OBJECTS(const cliquet_olm_message, message, other, cliquet_olm_message_to_base64, text, ROOM, &out.length);
    NULL_POINTER(cliquet_olm_message_type(message, NULL));
    MISALIGNED(cliquet_olm_message_type(message, OFF(cliquet_message_type)));
    NULL_POINTER(cliquet_olm_message_version(message, NULL));
    MISALIGNED(cliquet_olm_message_version(message, OFF(cliquet_version)));
    NULL_POINTER(cliquet_olm_message_chain_index(message, NULL));
    MISALIGNED(cliquet_olm_message_chain_index(message, OFF(uint32_t)));
    NULL_POINTER(cliquet_olm_message_ratchet_key(message, NULL));
    NULL_POINTER(cliquet_olm_message_session_keys(message, NULL, NULL));
    NULL_POINTER(cliquet_olm_message_max_plaintext_length(message, NULL));
    MISALIGNED(cliquet_olm_message_max_plaintext_length(message, OFF(size_t)));
    NULL_POINTER(cliquet_olm_message_to_bytes(message, NULL, 1, &out.length));
    NULL_POINTER(cliquet_olm_message_to_bytes(message, out.bytes, ROOM, NULL));
    MISALIGNED(cliquet_olm_message_to_bytes(message, out.bytes, ROOM, OFF(size_t)));
    NULL_POINTER(cliquet_olm_message_ciphertext(message, NULL, 1, &out.length));
    NULL_POINTER(cliquet_olm_message_ciphertext(message, out.bytes, ROOM, NULL));
    MISALIGNED(cliquet_olm_message_ciphertext(message, out.bytes, ROOM, OFF(size_t)));
    NULL_POINTER(cliquet_olm_message_to_base64(message, NULL, 1, &out.length));
    NULL_POINTER(cliquet_olm_message_to_base64(message, text, ROOM, NULL));
    MISALIGNED(cliquet_olm_message_to_base64(message, text, ROOM, OFF(size_t)));
    NULL_POINTER(cliquet_olm_message_from_base64(type, NULL, 1, &made, NULL));
    NULL_POINTER(cliquet_olm_message_from_base64(type, TEXT("AwogYJC4"), NULL, NULL));
    MISALIGNED(cliquet_olm_message_from_base64(type, TEXT("AwogYJC4"), OFF(cliquet_olm_message *), NULL));
    MISALIGNED(cliquet_olm_message_from_base64(type, TEXT("AwogYJC4"), &made, OFF(cliquet_details)));
    NULL_POINTER(cliquet_olm_message_from_bytes(type, NULL, 1, &made, NULL));
    NULL_POINTER(cliquet_olm_message_from_bytes(type, key, 32, NULL, NULL));
    MISALIGNED(cliquet_olm_message_from_bytes(type, key, 32, OFF(cliquet_olm_message *), NULL));
    MISALIGNED(cliquet_olm_message_from_bytes(type, key, 32, &made, OFF(cliquet_details)));
    MISALIGNED(cliquet_olm_message_free(ONE_OFF(cliquet_olm_message, message)));
    WRONG_HANDLE(cliquet_olm_message_free(AS(cliquet_olm_message, other)));
    CHECK(made == NULL);
}

int main(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    generate_keys(both.bob, 2, 170);
    OK(cliquet_account_generate_fallback_key(both.bob, NULL, NULL, 0, NULL));
    OK(cliquet_account_generate_fallback_key(both.bob, NULL, NULL, 0, NULL));
    OK(cliquet_account_curve25519_key(both.alice, key));
    cliquet_olm_session *another = start(both.alice, both.bob, CLIQUET_VERSION_1, NULL, 30);
    cliquet_olm_message *first = encrypt(another, "first"), *next = encrypt(both.hers, "next");
    account_state before;
    session_state his;
    observe_account(both.bob, &before);
    observe_session(both.his, &his);
    make_untouched(&out, sizeof out);

    pointers_of_accounts(both.bob, both.his, first);
    pointers_of_one_time_keys(both.bob, both.his);
    pointers_of_new_sessions();
    pointers_of_sessions(both.his, both.bob, next);
    pointers_of_messages(next, both.bob);

    CHECK(is_untouched(&out, sizeof out) && account_is(both.bob, &before) && session_is(both.his, &his));
    decrypts_to(both.his, next, "next");
    OK(cliquet_olm_session_free(both.his));
    both.his = answer(both.bob, both.alice, first, CLIQUET_VERSION_1, NULL);
    exchange(both.his, another);
    OK(cliquet_olm_session_free(another));
    OK(cliquet_olm_message_free(first));
    OK(cliquet_olm_message_free(next));
    part(both);
    return 0;
}
