/*
 * One object of each type that several threads read at once, while another thread makes sessions with the same accounts, and the calls of
 * one more fail; or of two more, but for the argument "one".
 */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <sched.h>

#include "check.h"

enum { READERS = 3, ROUNDS = 100, SESSIONS = 50, FAILURES = 2000, ROOM = 8192 };

static struct {
    OlmAccount *account, *other;
    OlmSession *alices, *bobs;
    OlmUtility *utility;
    OlmOutboundGroupSession *room;
    OlmInboundGroupSession *member;
    OlmPkEncryption *encryption;
    OlmPkDecryption *decryption;
    OlmPkSigning *signing;
    OlmSAS *sas;
    /* A message from Alice to Bob, and one to the room. */
    char *letter;
    uint8_t *post;
    size_t letter_length, post_length;
    /* How many threads there are whose calls fail. */
    int failing;
    pthread_barrier_t start;
} all;

/* What all calls gave, one behind the other. */
struct results {
    unsigned char bytes[ROOM];
    size_t length;
};

/* A call that returns the length of what it writes, and one that does not. */
#define TEXT_OF(call) grow(results, (call))
#define OF(known, call)                                                                                     \
    do {                                                                                                    \
        OK(call);                                                                                           \
        grow(results, (known));                                                                             \
    } while (0)
#define END_OF results->bytes + results->length, ROOM - results->length

static void grow(struct results *results, size_t length) {
    CHECK(length <= ROOM - results->length);
    results->length += length;
}

/* What a call told that writes nothing. */
static void told(struct results *results, size_t number) {
    memcpy(results->bytes + results->length, &number, sizeof number);
    grow(results, sizeof number);
}

/* No call with the object has failed. */
#define NO_ERROR(type, object)                                                                              \
    CHECK(olm_##type##_last_error_code(object) == OLM_SUCCESS);                                             \
    CHECK(strcmp(olm_##type##_last_error(object), "SUCCESS") == 0)

static void accounts_and_sessions(struct results *results) {
    TEXT_OF(olm_account_identity_keys(all.account, END_OF));
    TEXT_OF(olm_account_one_time_keys(all.account, END_OF));
    TEXT_OF(olm_account_fallback_key(all.account, END_OF));
    TEXT_OF(olm_account_unpublished_fallback_key(all.account, END_OF));
    unsigned char *signature = results->bytes + results->length;
    TEXT_OF(olm_account_sign(all.account, TEXT("text"), END_OF));
    char key[43];
    identity_key(all.account, "\"ed25519\":\"", key);
    void *copy = copy_of(signature, 86);
    CHECK(olm_ed25519_verify(all.utility, ALL(key), TEXT("text"), copy, 86) == 0);
    free(copy);
    TEXT_OF(olm_pickle_account(all.account, TEXT("key"), END_OF));
    TEXT_OF(olm_session_id(all.bobs, END_OF));
    TEXT_OF(olm_pickle_session(all.bobs, TEXT("key"), END_OF));
    TEXT_OF(olm_sha256(all.utility, TEXT("text"), END_OF));
    copy = copy_of(all.letter, all.letter_length);
    CHECK(olm_matches_inbound_session(all.bobs, copy, all.letter_length) == 1);
    free(copy);
    copy = copy_of(all.letter, all.letter_length);
    CHECK(olm_decrypt_max_plaintext_length(all.bobs, 0, copy, all.letter_length) == 16);
    free(copy);
    CHECK(olm_session_has_received_message(all.alices) == 0);
    CHECK(olm_encrypt_message_length(all.alices, 5) == all.letter_length);
    olm_session_describe(all.bobs, (char *)results->bytes + results->length, 80);
    grow(results, 80);

    char curve25519[43];
    identity_key(all.account, "\"curve25519\":\"", curve25519);
    copy = copy_of(all.letter, all.letter_length);
    CHECK(olm_matches_inbound_session_from(all.bobs, ALL(curve25519), copy, all.letter_length) == 1);
    free(copy);
    told(results, olm_account_one_time_keys_length(all.account));
    told(results, olm_account_fallback_key_length(all.account));
    told(results, olm_account_unpublished_fallback_key_length(all.account));
    told(results, olm_pickle_account_length(all.account));
    told(results, olm_pickle_session_length(all.bobs));
    told(results, olm_encrypt_message_type(all.alices));
    told(results, olm_encrypt_random_length(all.bobs));
    NO_ERROR(session, all.alices);
    NO_ERROR(session, all.bobs);
    NO_ERROR(utility, all.utility);
}

static void groups(struct results *results) {
    TEXT_OF(olm_outbound_group_session_id(all.room, END_OF));
    TEXT_OF(olm_outbound_group_session_key(all.room, END_OF));
    TEXT_OF(olm_pickle_outbound_group_session(all.room, TEXT("key"), END_OF));
    TEXT_OF(olm_inbound_group_session_id(all.member, END_OF));
    TEXT_OF(olm_pickle_inbound_group_session(all.member, TEXT("key"), END_OF));
    /* The latest index that was read, and one before. */
    TEXT_OF(olm_export_inbound_group_session(all.member, END_OF, 5));
    TEXT_OF(olm_export_inbound_group_session(all.member, END_OF, 2));
    uint8_t *copy = (uint8_t *)copy_of(all.post, all.post_length);
    CHECK(olm_group_decrypt_max_plaintext_length(all.member, copy, all.post_length) == 16);
    free(copy);

    told(results, olm_outbound_group_session_message_index(all.room));
    told(results, olm_group_encrypt_message_length(all.room, 5));
    told(results, olm_pickle_outbound_group_session_length(all.room));
    told(results, olm_inbound_group_session_first_known_index(all.member));
    told(results, (size_t)olm_inbound_group_session_is_verified(all.member));
    told(results, olm_pickle_inbound_group_session_length(all.member));
    NO_ERROR(outbound_group_session, all.room);
    NO_ERROR(inbound_group_session, all.member);
}

static void backups_and_verifications(struct results *results) {
    unsigned char random[32] = {7}, ciphertext[22], mac[11], key[43];
    OK(olm_pk_encrypt(all.encryption, TEXT("text"), ALL(ciphertext), ALL(mac), ALL(key), ALL(random)));
    TEXT_OF(olm_pk_decrypt(all.decryption, ALL(key), ALL(mac), ALL(ciphertext), END_OF));
    TEXT_OF(olm_pk_get_private_key(all.decryption, END_OF));
    TEXT_OF(olm_pickle_pk_decryption(all.decryption, TEXT("key"), END_OF));
    TEXT_OF(olm_pk_sign(all.signing, (const uint8_t *)"text", 4, END_OF));
    OF(43, olm_sas_get_pubkey(all.sas, END_OF));
    OF(6, olm_sas_generate_bytes(all.sas, TEXT("info"), results->bytes + results->length, 6));
    OF(43, olm_sas_calculate_mac(all.sas, TEXT("text"), TEXT("info"), END_OF));
    OF(43, olm_sas_calculate_mac_fixed_base64(all.sas, TEXT("text"), TEXT("info"), END_OF));
    OF(43, olm_sas_calculate_mac_long_kdf(all.sas, TEXT("text"), TEXT("info"), END_OF));

    told(results, olm_pk_ciphertext_length(all.encryption, 4));
    told(results, olm_pickle_pk_decryption_length(all.decryption));
    told(results, (size_t)olm_sas_is_their_key_set(all.sas));
    NO_ERROR(pk_encryption, all.encryption);
    NO_ERROR(pk_decryption, all.decryption);
    NO_ERROR(pk_signing, all.signing);
    NO_ERROR(sas, all.sas);
}

static void read_all(struct results *results) {
    memset(results, 0, sizeof *results);
    accounts_and_sessions(results);
    groups(results);
    backups_and_verifications(results);
}

static void *reader(void *expected) {
    struct results *results = (struct results *)memory_of(sizeof *results);
    pthread_barrier_wait(&all.start);
    for (int round = 0; round < ROUNDS; round++) {
        read_all(results);
        CHECK(memcmp(results, expected, sizeof *results) == 0);
    }
    free(results);
    return NULL;
}

/* The accounts are the second objects of these calls, and only read. */
static void *creating(void *unused) {
    char key[43], one_time[43];
    (void)unused;
    pthread_barrier_wait(&all.start);
    for (int i = 0; i < SESSIONS; i++) {
        identity_key(all.account, "\"curve25519\":\"", key);
        newest_one_time_key(all.account, one_time);
        OlmSession *session = NEW(OlmSession, session);
        unsigned char random[64] = {9};
        OK(olm_create_outbound_session(session, all.account, ALL(key), ALL(one_time), ALL(random)));
        void *copy = copy_of(all.letter, all.letter_length);
        OK(olm_create_inbound_session(session, all.other, copy, all.letter_length));
        free(copy);
        copy = copy_of(all.letter, all.letter_length);
        OK(olm_create_inbound_session_from(session, all.other, ALL(key), copy, all.letter_length));
        free(copy);
        END(session, session);
    }
    return NULL;
}

/* The code of a failure stays until the next one, whatever the other threads do: it is that of this thread, or of the other one. */
static void has_code(enum OlmErrorCode own, enum OlmErrorCode of_the_other) {
    enum OlmErrorCode code = olm_account_last_error_code(all.account);
    CHECK(code == own || (all.failing > 1 && code == of_the_other));
}

static void *failing(void *unused) {
    char room[10], signature[86];
    (void)unused;
    pthread_barrier_wait(&all.start);
    for (int i = 0; i < FAILURES; i++) {
        CHECK(olm_account_sign(all.account, TEXT("text"), ALL(room)) == olm_error());
        sched_yield();
        has_code(OLM_OUTPUT_BUFFER_TOO_SMALL, OLM_INPUT_BUFFER_TOO_SMALL);
        CHECK(olm_account_sign(all.account, NULL, 5, ALL(signature)) == olm_error());
        sched_yield();
        has_code(OLM_INPUT_BUFFER_TOO_SMALL, OLM_OUTPUT_BUFFER_TOO_SMALL);
    }
    return NULL;
}

static void make_olm(void) {
    all.account = new_account(2);
    all.other = new_account(1);
    void *random = random_of(32);
    OK(olm_account_generate_fallback_key(all.account, random, 32));
    free(random);
    all.utility = NEW(OlmUtility, utility);
    all.alices = new_outbound(all.account, all.other);
    all.letter = encrypt(all.alices, "first", &all.letter_length);
    all.bobs = new_inbound(all.other, all.letter, all.letter_length);
}

static void make_group(void) {
    all.room = NEW(OlmOutboundGroupSession, outbound_group_session);
    all.member = NEW(OlmInboundGroupSession, inbound_group_session);
    uint8_t *random = (uint8_t *)random_of(160), key[306], export_[220];
    OK(olm_init_outbound_group_session(all.room, random, 160));
    free(random);
    OK(olm_outbound_group_session_key(all.room, ALL(key)));
    OK(olm_init_inbound_group_session(all.member, ALL(key)));
    OK(olm_export_inbound_group_session(all.member, ALL(export_), 5));
    all.post_length = olm_group_encrypt_message_length(all.room, 4);
    all.post = (uint8_t *)memory_of(all.post_length);
    OK(olm_group_encrypt(all.room, (const uint8_t *)"text", 4, all.post, all.post_length));
}

static void make_others(void) {
    all.encryption = NEW(OlmPkEncryption, pk_encryption);
    all.decryption = NEW(OlmPkDecryption, pk_decryption);
    all.signing = NEW(OlmPkSigning, pk_signing);
    all.sas = NEW(OlmSAS, sas);
    unsigned char random[32] = {1}, key[43];
    OK(olm_pk_key_from_private(all.decryption, ALL(key), ALL(random)));
    OK(olm_pk_encryption_set_recipient_key(all.encryption, ALL(key)));
    OK(olm_create_sas(all.sas, ALL(random)));
    OK(olm_sas_set_their_key(all.sas, ALL(key)));
    OK(olm_pk_signing_key_from_seed(all.signing, ALL(key), ALL(random)));
}

static void end_all(void) {
    free(all.letter);
    free(all.post);
    END(account, all.account);
    END(account, all.other);
    END(session, all.alices);
    END(session, all.bobs);
    END(utility, all.utility);
    END(outbound_group_session, all.room);
    END(inbound_group_session, all.member);
    END(pk_encryption, all.encryption);
    END(pk_decryption, all.decryption);
    END(pk_signing, all.signing);
    END(sas, all.sas);
}

int main(int argc, char **argv) {
    all.failing = argc == 2 && strcmp(argv[1], "one") == 0 ? 1 : 2;
    make_olm();
    make_group();
    make_others();
    struct results *expected = (struct results *)memory_of(sizeof *expected);
    read_all(expected);
    pthread_t threads[READERS + 3];
    const int count = READERS + 1 + all.failing;
    CHECK(pthread_barrier_init(&all.start, NULL, (unsigned)count) == 0);
    for (int i = 0; i < count; i++) {
        void *(*thread)(void *) = i < READERS ? reader : i == READERS ? creating : failing;
        CHECK(pthread_create(&threads[i], NULL, thread, expected) == 0);
    }
    for (int i = 0; i < count; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(pthread_barrier_destroy(&all.start) == 0);
    read_all(expected);
    free(expected);
    end_all();
    return 0;
}
