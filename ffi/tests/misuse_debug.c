/*
 * Objects that are used after they were freed: a debug build of the library notices, because it keeps their memory. With any other build
 * this program does nothing.
 */
#include "olm.h"

#ifdef DEBUG_LIBRARY

static void accounts(void) {
    cliquet_account *account = new_account(1), *freed = account;
    uint8_t key[64];
    size_t count = 9;
    cliquet_details details;
    cliquet_olm_session *session = NULL;
    make_untouched(key, sizeof key);
    OK(cliquet_account_free(account));
    EXPECT(CLIQUET_FREED, cliquet_account_free(freed));
    EXPECT(CLIQUET_FREED, cliquet_account_curve25519_key(freed, key));
    EXPECT(CLIQUET_FREED, cliquet_account_sign(freed, NULL, 0, key));
    EXPECT(CLIQUET_FREED, cliquet_account_stored_one_time_key_count(freed, &count));
    EXPECT(CLIQUET_FREED, cliquet_account_mark_keys_as_published(freed));
    EXPECT(CLIQUET_FREED, cliquet_account_generate_one_time_keys(freed, 1, &FAILING, NULL, 0, NULL, &details));
    DETAILS(details, 0, 0);
    EXPECT(CLIQUET_FREED, cliquet_account_create_outbound_session(freed, key, key, CLIQUET_VERSION_1, NULL, NULL, &session, &details));
    DETAILS(details, 0, 0);
    CHECK(session == NULL && count == 9 && is_untouched(key, sizeof key));
    /* It is still no object of another kind. */
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_session_free(AS(cliquet_olm_session, freed)));
    EXPECT(CLIQUET_FREED, cliquet_account_free(freed));
}

static void sessions_and_messages(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *message = encrypt(both.hers, "text"), *none = NULL;
    uint8_t plaintext[32];
    size_t length = 9;
    cliquet_olm_session *gone = both.his;
    bool matches = true;
    OK(cliquet_olm_session_free(both.his));
    EXPECT(CLIQUET_FREED, cliquet_olm_session_decrypt(gone, message, plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_FREED, cliquet_olm_session_encrypt(gone, NULL, 0, NULL, &none));
    EXPECT(CLIQUET_FREED, cliquet_olm_session_session_id(gone, plaintext));
    EXPECT(CLIQUET_FREED, cliquet_olm_session_free(gone));
    OK(cliquet_olm_message_free(message));
    EXPECT(CLIQUET_FREED, cliquet_olm_message_to_bytes(message, plaintext, sizeof plaintext, &length));
    EXPECT(CLIQUET_FREED, cliquet_olm_message_free(message));
    /* A second object that is gone is noticed as the first; the one that is not stays as it was. */
    session_state before;
    observe_session(both.hers, &before);
    EXPECT(CLIQUET_FREED, cliquet_olm_session_decrypt(both.hers, message, plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_FREED, cliquet_olm_session_matches_pre_key_message(both.hers, message, &matches, NULL));
    CHECK(length == 9 && none == NULL && matches && session_is(both.hers, &before));
    both.his = NULL;
    part(both);
}

static void key_pairs(void) {
    cliquet_curve25519_key_pair *curve25519 = NULL;
    cliquet_ed25519_key_pair *ed25519 = NULL;
    cliquet_account *account = NULL;
    uint8_t key[32];
    OK(cliquet_curve25519_key_pair_new(NULL, &curve25519));
    OK(cliquet_ed25519_key_pair_new(NULL, &ed25519));
    OK(cliquet_curve25519_key_pair_free(curve25519));
    EXPECT(CLIQUET_FREED, cliquet_curve25519_key_pair_free(curve25519));
    EXPECT(CLIQUET_FREED, cliquet_curve25519_key_pair_export_secret_key(curve25519, key));
    EXPECT(CLIQUET_FREED, cliquet_account_from_key_pairs(ed25519, curve25519, &account));
    OK(cliquet_ed25519_key_pair_free(ed25519));
    EXPECT(CLIQUET_FREED, cliquet_ed25519_key_pair_free(ed25519));
    EXPECT(CLIQUET_FREED, cliquet_ed25519_key_pair_export_seed(ed25519, key));
    CHECK(account == NULL);
}

int main(void) {
    accounts();
    sessions_and_messages();
    key_pairs();
    return 0;
}

#else

int main(void) { return 0; }

#endif
