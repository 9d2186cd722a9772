/* What callers do wrong, and what the library makes of it: the causes that the contract at the top of the header names for every function. */
#include "olm.h"

/* One object of every kind here, and memory that is none. */
typedef struct {
    cliquet_account *account, *bob;
    cliquet_olm_session *session;
    cliquet_olm_message *message;
    cliquet_curve25519_key_pair *curve25519;
    cliquet_ed25519_key_pair *ed25519;
} objects;

static objects make_objects(void) {
    objects all;
    all.account = new_account(1);
    all.bob = new_account(80);
    generate_keys(all.bob, 1, 150);
    all.session = start(all.account, all.bob, CLIQUET_VERSION_1, NULL, 200);
    all.message = encrypt(all.session, "text");
    OK(cliquet_curve25519_key_pair_new(NULL, &all.curve25519));
    OK(cliquet_ed25519_key_pair_new(NULL, &all.ed25519));
    return all;
}

static void free_objects(objects all) {
    OK(cliquet_account_free(all.account));
    OK(cliquet_account_free(all.bob));
    OK(cliquet_olm_session_free(all.session));
    OK(cliquet_olm_message_free(all.message));
    OK(cliquet_curve25519_key_pair_free(all.curve25519));
    OK(cliquet_ed25519_key_pair_free(all.ed25519));
}

static void nothing_to_free(void) {
    OK(cliquet_account_free(NULL));
    OK(cliquet_olm_session_free(NULL));
    OK(cliquet_olm_message_free(NULL));
    OK(cliquet_curve25519_key_pair_free(NULL));
    OK(cliquet_ed25519_key_pair_free(NULL));
    OK(cliquet_outbound_group_session_free(NULL));
    OK(cliquet_inbound_group_session_free(NULL));
}

/* Every function takes its own kind of object: to read, to change, and to free. */
static void other_kinds_of_objects(void) {
    static union {
        uint64_t words[32];
        char text[256];
    } zeroed;
    union {
        uint64_t words[32];
        char text[256];
    } text, ones, nearly;
    objects all = make_objects();
    uint8_t key[64];
    cliquet_olm_message *none = NULL;
    memset(text.text, 'c', sizeof text.text);
    memset(ones.text, 0xff, sizeof ones.text);
    memcpy(&nearly, (const void *)all.account, 8);
    nearly.text[4] ^= 1; /* in the name that every object has in front */
    const void *others[] = {all.account,    all.session, all.message, all.curve25519, all.ed25519,
                            &zeroed,        &text,       &ones,       &nearly};
    enum { KINDS = 5, OTHERS = sizeof others / sizeof others[0] };
    make_untouched(key, sizeof key);
    for (size_t i = 0; i < OTHERS; i++) {
        if (i != 0) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_account_curve25519_key(AS(const cliquet_account, others[i]), key));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_account_mark_keys_as_published(AS(cliquet_account, others[i])));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_account_free(AS(cliquet_account, others[i])));
        }
        if (i != 1) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_session_session_id(AS(const cliquet_olm_session, others[i]), key));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_session_encrypt(AS(cliquet_olm_session, others[i]), key, 1, NULL, &none));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_session_free(AS(cliquet_olm_session, others[i])));
        }
        if (i != 2) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_message_ratchet_key(AS(const cliquet_olm_message, others[i]), key));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_olm_message_free(AS(cliquet_olm_message, others[i])));
        }
        if (i != 3) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_curve25519_key_pair_public_key(AS(const cliquet_curve25519_key_pair, others[i]), key));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_curve25519_key_pair_free(AS(cliquet_curve25519_key_pair, others[i])));
        }
        if (i != 4) {
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_ed25519_key_pair_public_key(AS(const cliquet_ed25519_key_pair, others[i]), key));
            EXPECT(CLIQUET_WRONG_HANDLE, cliquet_ed25519_key_pair_free(AS(cliquet_ed25519_key_pair, others[i])));
        }
        EXPECT(CLIQUET_WRONG_HANDLE, cliquet_outbound_group_session_free(AS(cliquet_outbound_group_session, others[i])));
        EXPECT(CLIQUET_WRONG_HANDLE, cliquet_inbound_group_session_free(AS(cliquet_inbound_group_session, others[i])));
    }
    CHECK(none == NULL && is_untouched(key, sizeof key) && is_zero(&zeroed, sizeof zeroed));
    /* They are what they were: each can still be freed as itself. */
    free_objects(all);
}

static void misaligned_pointers(void) {
    objects all = make_objects();
    uint64_t places[64];
    uint8_t bytes[256], key[32];
    char text[64];
    size_t length = 0;
    cliquet_olm_session *none = NULL;
    cliquet_random counting = {fill_failing, NULL};
    cliquet_limits limits;
    account_state before;
    memset(places, UNTOUCHED, sizeof places);
    make_untouched(bytes, sizeof bytes);
    sequence(1, key, 32);
    OK(cliquet_limits_default(&limits));
    observe_account(all.account, &before);

    /* Objects, and where objects go. */
    for (size_t off = 1; off < 8; off++) {
        EXPECT(CLIQUET_MISALIGNED, cliquet_account_curve25519_key(AS(cliquet_account, (char *)all.account + off), bytes));
        EXPECT(CLIQUET_MISALIGNED, cliquet_account_mark_keys_as_published(AS(cliquet_account, (char *)all.account + off)));
        EXPECT(CLIQUET_MISALIGNED, cliquet_account_free(AS(cliquet_account, (char *)all.account + off)));
    }
    EXPECT(CLIQUET_MISALIGNED, cliquet_account_new(NULL, ONE_OFF(cliquet_account *, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_message_from_bytes(0, bytes, 1, ONE_OFF(cliquet_olm_message *, places), NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_session_encrypt(all.session, bytes, 1, NULL, ONE_OFF(cliquet_olm_message *, places)));
    /* Lengths, numbers, structures. */
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_message_to_bytes(all.message, bytes, sizeof bytes, ONE_OFF(size_t, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_curve25519_public_key_to_base64(key, text, sizeof text, ONE_OFF(size_t, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_message_max_plaintext_length(all.message, ONE_OFF(size_t, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_message_chain_index(all.message, ONE_OFF(uint32_t, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_key_id_from_base64(TEXT("AAAAAQ"), ONE_OFF(uint64_t, places), NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_limits_default(ONE_OFF(cliquet_limits, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_session_summarise(all.session, ONE_OFF(cliquet_olm_session_summary, places)));
    EXPECT(CLIQUET_MISALIGNED, cliquet_account_fallback_key(all.account, ONE_OFF(cliquet_one_time_key, places)));
    /* Lists, also where they are optional. */
    EXPECT(CLIQUET_MISALIGNED, cliquet_account_one_time_keys(all.account, ONE_OFF(cliquet_one_time_key, places), 1, &length));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_session_receiver_chains(all.session, ONE_OFF(cliquet_chain_summary, places), 1, &length));
    EXPECT(CLIQUET_MISALIGNED, cliquet_account_generate_one_time_keys(all.account, 1, NULL, ONE_OFF(cliquet_one_time_key, places), 1,
                                                                      &length, NULL));
    EXPECT(CLIQUET_MISALIGNED,
           cliquet_account_generate_one_time_keys(all.account, 1, NULL, NULL, 0, ONE_OFF(size_t, places), NULL));
    /* Structures that are read. */
    EXPECT(CLIQUET_MISALIGNED, cliquet_account_generate_one_time_keys(all.account, 1, ONE_OFF(cliquet_random, &counting), NULL, 0, NULL, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_olm_session_set_limits(all.session, ONE_OFF(cliquet_limits, &limits), &length, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_account_create_inbound_session(all.bob, key, all.message, CLIQUET_VERSION_1, NULL, &none,
                                                                      bytes, sizeof bytes, &length, ONE_OFF(cliquet_key_use, places), NULL));
    /* Details: the call does nothing then, even what it could. */
    for (size_t off = 1; off < 8; off++) {
        EXPECT(CLIQUET_MISALIGNED, cliquet_account_generate_one_time_keys(all.account, 1, NULL, NULL, 0, NULL,
                                                                          AS(cliquet_details, (char *)places + off)));
    }
    CHECK(none == NULL && length == 0 && account_is(all.account, &before));
    CHECK(is_untouched(places, sizeof places) && is_untouched(bytes, sizeof bytes));

    /* What has no alignment may lie anywhere. */
    OK(cliquet_account_curve25519_key(all.account, bytes + 1));
    OK(cliquet_olm_message_to_bytes(all.message, bytes + 3, sizeof bytes - 3, &length));
    OK(cliquet_olm_session_keys_session_id(AS(cliquet_olm_session_keys, bytes + 5), bytes + 101));
    OK(cliquet_olm_message_session_keys(all.message, AS(cliquet_olm_session_keys, bytes + 7), NULL));
    free_objects(all);
}

/* NULL for one argument of each kind; functions of their own have all of theirs in their own tests. */
static void null_pointers(void) {
    objects all = make_objects();
    uint8_t key[32], bytes[256];
    char text[64];
    size_t length = 9;
    uint64_t key_id = 9;
    cliquet_curve25519_key_pair *pair = NULL;
    cliquet_account *account = NULL;
    const cliquet_random no_function = {NULL, &length};
    account_state before;
    sequence(1, key, 32);
    make_untouched(bytes, sizeof bytes);
    make_untouched(text, sizeof text);
    observe_account(all.account, &before);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_curve25519_key(NULL, bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_mark_keys_as_published(NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_new(NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_new(&no_function, &account));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_generate_one_time_keys(all.account, 1, &no_function, NULL, 0, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_curve25519_key_pair_from_secret_key(NULL, &pair));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_curve25519_key_pair_public_key(all.curve25519, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_sign(all.account, NULL, 1, bytes));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_curve25519_public_key_from_base64(NULL, 1, bytes, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_curve25519_public_key_to_base64(key, text, sizeof text, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_curve25519_public_key_to_base64(key, NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_olm_message_to_bytes(all.message, NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_olm_message_to_bytes(all.message, bytes, sizeof bytes, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_one_time_keys(all.account, NULL, 1, &length));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_generate_one_time_keys(all.account, 1, NULL, NULL, 1, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_key_id_from_base64(TEXT("AAAAAQ"), NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_olm_session_keys_session_id(NULL, bytes));
    CHECK(length == 9 && key_id == 9 && pair == NULL && account == NULL && account_is(all.account, &before));
    CHECK(is_untouched(bytes, sizeof bytes) && is_untouched(text, sizeof text));
    free_objects(all);
}

/* Too long for anything in memory: refused before a byte is read. */
static void lengths_beyond_memory(void) {
    objects all = make_objects();
    const size_t lengths[] = {SIZE_MAX, SIZE_MAX / 2 + 1};
    uint8_t bytes[64], signature[64];
    uint64_t key_id = 9;
    cliquet_olm_message *none = NULL;
    cliquet_details details;
    session_state before;
    memset(bytes, 1, sizeof bytes);
    make_untouched(signature, sizeof signature);
    observe_session(all.session, &before);
    for (size_t i = 0; i < 2; i++) {
        EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_olm_message_from_bytes(CLIQUET_MESSAGE_TYPE_NORMAL, bytes, lengths[i], &none, &details));
        DETAILS(details, lengths[i], SIZE_MAX / 2);
        EXPECT(CLIQUET_LENGTH_OVERFLOW,
               cliquet_olm_message_from_base64(CLIQUET_MESSAGE_TYPE_NORMAL, (const char *)bytes, lengths[i], &none, &details));
        DETAILS(details, lengths[i], SIZE_MAX / 2);
        EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_olm_session_encrypt(all.session, bytes, lengths[i], NULL, &none));
        EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_account_sign(all.account, bytes, lengths[i], signature));
        EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_ed25519_key_pair_sign(all.ed25519, bytes, lengths[i], signature));
        EXPECT(CLIQUET_LENGTH_OVERFLOW, cliquet_key_id_from_base64((const char *)bytes, lengths[i], &key_id, NULL));
        EXPECT(CLIQUET_NULL_POINTER, cliquet_olm_message_from_bytes(CLIQUET_MESSAGE_TYPE_NORMAL, NULL, lengths[i], &none, &details));
        DETAILS(details, 0, 0);
    }
    CHECK(none == NULL && key_id == 9 && is_untouched(signature, sizeof signature) && session_is(all.session, &before));
    free_objects(all);
}

static void texts_that_are_not_utf8(void) {
    const char *const bad[] = {"\xff", "\x80", "\xc3", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "AAAA\xfe"};
    uint64_t key_id = 7;
    cliquet_details details;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EXPECT(CLIQUET_NOT_UTF8, cliquet_key_id_from_base64(TEXT(bad[i]), &key_id, &details));
        DETAILS(details, 0, 0);
    }
    EXPECT(CLIQUET_BASE64, cliquet_key_id_from_base64(TEXT("\xc3\xa9\xe2\x82\xac"), &key_id, &details));
    DETAILS(details, 0, 0);
    CHECK(key_id == 7);
}

static void numbers_that_are_no_constants(void) {
    objects all = make_objects();
    const uint32_t numbers[] = {2, 3, 0x100, 0x80000001, UINT32_MAX};
    uint8_t key[32], plaintext[256];
    size_t length = 9;
    cliquet_olm_session *none = NULL;
    cliquet_olm_message *message = NULL;
    cliquet_details details;
    account_state before;
    sequence(1, key, 32);
    observe_account(all.bob, &before);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_olm_message_from_bytes(numbers[i], key, 32, &message, &details));
        DETAILS(details, numbers[i], 0);
        if (numbers[i] != CLIQUET_VERSION_2) {
            EXPECT(CLIQUET_UNKNOWN_CONSTANT,
                   cliquet_account_create_outbound_session(all.account, key, key, numbers[i], NULL, NULL, &none, &details));
            DETAILS(details, numbers[i], 0);
            EXPECT(CLIQUET_UNKNOWN_CONSTANT, cliquet_account_create_inbound_session(all.bob, key, all.message, numbers[i], NULL, &none,
                                                                                   plaintext, sizeof plaintext, &length, NULL, &details));
            DETAILS(details, numbers[i], 0);
        }
    }
    CHECK(none == NULL && message == NULL && length == 9 && account_is(all.bob, &before));
    free_objects(all);
}

/* The lengths are exact: not a byte more is read or written, which valgrind sees. */
static void exact_lengths(void) {
    uint8_t *key = (uint8_t *)malloc(32), *again = (uint8_t *)malloc(32);
    char *text = (char *)malloc(43), *exact = (char *)malloc(44);
    size_t length = 0;
    cliquet_details details;
    CHECK(key != NULL && again != NULL && text != NULL && exact != NULL);
    sequence(1, key, 32);
    make_untouched(exact, 44);
    /* A text needs one byte more than its length; a capacity of its length is too small, and nothing is written. */
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_curve25519_public_key_to_base64(key, exact, 43, &length));
    CHECK(length == 43 && is_untouched(exact, 44));
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_curve25519_public_key_to_base64(key, exact, 0, &length));
    CHECK(length == 43 && is_untouched(exact, 44));
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_curve25519_public_key_to_base64(key, NULL, 0, &length));
    CHECK(length == 43);
    length = 0;
    OK(cliquet_curve25519_public_key_to_base64(key, exact, 44, &length));
    CHECK(length == 43 && exact[43] == 0 && strlen(exact) == 43);
    /* The zero need not be there when a text comes back. */
    memcpy(text, exact, 43);
    make_untouched(&details, sizeof details);
    OK(cliquet_curve25519_public_key_from_base64(text, 43, again, &details));
    CHECK(is_untouched(&details, sizeof details));
    SAME_BYTES(key, again, 32);
    EXPECT(CLIQUET_LENGTH, cliquet_curve25519_public_key_from_base64(text, 40, again, &details));
    DETAILS(details, 30, 32);
    EXPECT(CLIQUET_LENGTH, cliquet_curve25519_public_key_from_base64(NULL, 0, again, &details));
    DETAILS(details, 0, 32);
    SAME_BYTES(key, again, 32);
    free(key);
    free(again);
    free(text);
    free(exact);
}

int main(void) {
    nothing_to_free();
    other_kinds_of_objects();
    misaligned_pointers();
    null_pointers();
    lengths_beyond_memory();
    texts_that_are_not_utf8();
    numbers_that_are_no_constants();
    exact_lengths();
    return 0;
}
