/* What only a stored account or session can meet: the end of key ids and of chains, and a key that does not belong to its secret. */
#include "olm.h"

/* The account or session without encryption, with one place changed, read again. */
#define WITH_BYTES(type, object, at, inserted, removed, made)                                                         \
    do {                                                                                                              \
        uint8_t pickle_[512], changed_[512];                                                                          \
        size_t length_ = 0;                                                                                           \
        OK(cliquet_##type##_to_pickle_without_encryption(object, pickle_, sizeof pickle_, &length_));                 \
        memcpy(changed_, pickle_, at);                                                                                \
        memcpy(changed_ + (at), inserted, sizeof(inserted));                                                          \
        memcpy(changed_ + (at) + sizeof(inserted), pickle_ + (at) + (removed), length_ - (at) - (removed));           \
        OK(cliquet_##type##_from_pickle_without_encryption(changed_, length_ - (removed) + sizeof(inserted), made, NULL)); \
    } while (0)

/* 2^64 - 1 as a varint, in the place of the last key id. */
static void key_ids(void) {
    static const uint8_t LAST[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    cliquet_account *fresh = new_account(0), *account = NULL;
    account_state before;
    WITH_BYTES(account, fresh, 139, LAST, 1, &account);
    observe_account(account, &before);
    EXPECT(CLIQUET_KEY_IDS_EXHAUSTED, cliquet_account_generate_one_time_keys(account, 1, NULL, NULL, 0, NULL, NULL));
    EXPECT(CLIQUET_KEY_IDS_EXHAUSTED, cliquet_account_generate_fallback_key(account, NULL, NULL, 0, NULL));
    CHECK(account_is(account, &before));
    OK(cliquet_account_free(account));
    OK(cliquet_account_free(fresh));
}

/* 2^32 - 2 as a varint, in the place of the index of the sending chain: one more message, and no other. */
static void sending_chain(void) {
    static const uint8_t LAST[] = {0xfe, 0xff, 0xff, 0xff, 0x0f};
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_account *alice = new_account(100), *bob = new_account(7);
    cliquet_olm_session *fresh = NULL, *session = NULL;
    cliquet_olm_message *message = NULL, *none = NULL;
    generate_keys(bob, 1, 9);
    fresh = start(alice, bob, CLIQUET_VERSION_1, NULL, 200);
    message = encrypt(fresh, "one");
    OK(cliquet_olm_message_free(message));
    WITH_BYTES(olm_session, fresh, 243, LAST, 1, &session);
    message = encrypt(session, "the last");
    EXPECT(CLIQUET_CHAIN_EXHAUSTED, cliquet_olm_session_encrypt(session, NULL, 0, NULL, &none));
    CHECK(none == NULL);
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_olm_session_free(fresh));
    OK(cliquet_account_free(alice));
    OK(cliquet_account_free(bob));
    part(both);
}

/* 2^32 - 1 as a varint, in the place of the next index of the receiver chain. */
static void receiver_chain(void) {
    static const uint8_t LAST[] = {0xff, 0xff, 0xff, 0xff, 0x0f};
    cliquet_account *alice = new_account(100), *bob = new_account(7);
    generate_keys(bob, 1, 9);
    cliquet_olm_session *hers = start(alice, bob, CLIQUET_VERSION_1, NULL, 200), *session = NULL;
    cliquet_olm_message *first = encrypt(hers, "first");
    cliquet_olm_session *his = answer(bob, alice, first, CLIQUET_VERSION_1, NULL);
    uint8_t ratchet_key[32], plaintext[64];
    size_t length = 0;
    OK(cliquet_olm_message_ratchet_key(first, ratchet_key));
    cliquet_olm_message *beyond = forged(ratchet_key, UINT32_MAX);
    WITH_BYTES(olm_session, his, 212, LAST, 1, &session);
    EXPECT(CLIQUET_CHAIN_EXHAUSTED, cliquet_olm_session_decrypt(session, beyond, plaintext, sizeof plaintext, &length, NULL));
    OK(cliquet_olm_message_free(beyond));
    OK(cliquet_olm_message_free(first));
    OK(cliquet_olm_session_free(session));
    OK(cliquet_olm_session_free(his));
    OK(cliquet_olm_session_free(hers));
    OK(cliquet_account_free(alice));
    OK(cliquet_account_free(bob));
}

/* Another public key in the place of that of the one-time key: noticed when the key is used. */
static void one_time_key(void) {
    cliquet_account *alice = new_account(100), *bob = new_account(7), *changed = NULL;
    cliquet_olm_session *hers = NULL, *none = NULL;
    uint8_t identity[32], his_identity[32], plaintext[64];
    size_t length = 0;
    cliquet_details details;
    generate_keys(bob, 1, 9);
    OK(cliquet_account_curve25519_key(alice, identity));
    OK(cliquet_account_curve25519_key(bob, his_identity));
    WITH_BYTES(account, bob, 177, identity, 32, &changed);
    OK(cliquet_account_create_outbound_session(alice, his_identity, identity, CLIQUET_VERSION_1, NULL, NULL, &hers, NULL));
    cliquet_olm_message *first = encrypt(hers, "first");
    EXPECT(CLIQUET_MISMATCHED_ONE_TIME_KEY,
           cliquet_account_create_inbound_session(changed, identity, first, CLIQUET_VERSION_1, NULL, &none, plaintext,
                                                  sizeof plaintext, &length, NULL, &details));
    CHECK(none == NULL && details.found == 1);
    OK(cliquet_olm_message_free(first));
    OK(cliquet_olm_session_free(hers));
    OK(cliquet_account_free(changed));
    OK(cliquet_account_free(bob));
    OK(cliquet_account_free(alice));
}

int main(void) {
    key_ids();
    sending_chain();
    receiver_chain();
    one_time_key();
    return 0;
}
