/* One-time keys and fallback keys of accounts. */
#include "olm.h"

enum { LIMIT = 100 };

/* The public keys of the secret ones that count from 64, from 96 and from 128, as libolm computed them. */
static const char *const PUBLIC_KEYS[] = {"79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51a",
                                          "675dd574ed7789310b3d2e7681f3790b466c773b1521fecf36577958371ea52f",
                                          "493e82fc74464a59268817623d2053c5eb8e2cc4a988b4fee179ec6b010d531d"};

static void generated_keys(void) {
    cliquet_account *account = new_account(0);
    cliquet_one_time_key keys[5];
    uint8_t expected[32], next = 64;
    cliquet_random counting = {fill_counting, &next};
    cliquet_details details;
    size_t count = 9;
    make_untouched(&details, sizeof details);
    OK(cliquet_account_one_time_keys(account, NULL, 0, &count));
    CHECK(count == 0);
    count = 9;
    OK(cliquet_account_generate_one_time_keys(account, 3, &counting, NULL, 0, &count, &details));
    CHECK(count == 0 && next == 64 + 96 && is_untouched(&details, sizeof details));
    OK(cliquet_account_one_time_keys(account, keys, 5, &count));
    CHECK(count == 3);
    for (size_t i = 0; i < 3; i++) {
        from_hex(PUBLIC_KEYS[i], expected);
        SAME_BYTES(keys[i].public_key, expected, 32);
        CHECK(keys[i].key_id == i + 1 && !keys[i].published);
    }

    /* No key at all is possible, too, and draws nothing. */
    OK(cliquet_account_generate_one_time_keys(account, 0, &FAILING, NULL, 0, NULL, NULL));
    OK(cliquet_account_mark_keys_as_published(account));
    OK(cliquet_account_unpublished_one_time_keys(account, NULL, 0, &count));
    CHECK(count == 0);
    generate_keys(account, 1, 7);
    OK(cliquet_account_unpublished_one_time_keys(account, keys, 1, &count));
    CHECK(count == 1 && keys[0].key_id == 4 && !keys[0].published);
    OK(cliquet_account_one_time_keys(account, keys, 5, &count));
    CHECK(count == 4 && keys[0].published && keys[2].published && keys[3].key_id == 4 && !keys[3].published);
    OK(cliquet_account_stored_one_time_key_count(account, &count));
    CHECK(count == 4);

    cliquet_removal removal = 0;
    OK(cliquet_account_remove_one_time_key(account, keys[1].public_key, &removal));
    CHECK(removal == CLIQUET_REMOVAL_REMOVED);
    OK(cliquet_account_remove_one_time_key(account, keys[1].public_key, &removal));
    CHECK(removal == CLIQUET_REMOVAL_UNKNOWN);
    OK(cliquet_account_one_time_keys(account, keys, 5, &count));
    CHECK(count == 3 && keys[0].key_id == 1 && keys[1].key_id == 3 && keys[2].key_id == 4);
    OK(cliquet_account_free(account));
}

static void lists_that_do_not_fit(void) {
    cliquet_account *account = new_account(0);
    cliquet_one_time_key keys[3];
    size_t count = 0;
    generate_keys(account, 3, 64);
    make_untouched(keys, sizeof keys);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_one_time_keys(account, keys, 2, &count));
    CHECK(count == 3);
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_one_time_keys(account, NULL, 0, &count));
    CHECK(count == 3);
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_unpublished_one_time_keys(account, keys, 2, &count));
    CHECK(count == 3);
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_unpublished_one_time_keys(account, NULL, 0, &count));
    CHECK(count == 3 && is_untouched(keys, sizeof keys));
    OK(cliquet_account_one_time_keys(account, keys, 3, &count));
    CHECK(count == 3 && keys[2].key_id == 3);
    OK(cliquet_account_unpublished_one_time_keys(account, keys, 3, &count));
    CHECK(count == 3 && keys[2].key_id == 3);
    OK(cliquet_account_free(account));
}

static void a_failing_generator(void) {
    cliquet_account *account = new_account(0);
    cliquet_details details;
    account_state before;
    generate_keys(account, 2, 64);
    observe_account(account, &before);
    for (int calls = 0; calls < 3; calls++) {
        int left = calls;
        cliquet_random until = {fill_until_failure, &left};
        EXPECT(CLIQUET_RANDOM, cliquet_account_generate_one_time_keys(account, 3, &until, NULL, 0, NULL, &details));
        DETAILS(details, 0, 0);
        CHECK(left == 0 && account_is(account, &before));
    }
    EXPECT(CLIQUET_RANDOM, cliquet_account_generate_fallback_key(account, &FAILING, NULL, 0, NULL));
    CHECK(account_is(account, &before));
    /* No id was lost. */
    cliquet_one_time_key fallback;
    OK(cliquet_account_generate_fallback_key(account, NULL, NULL, 0, NULL));
    OK(cliquet_account_fallback_key(account, &fallback));
    CHECK(fallback.key_id == 3);
    OK(cliquet_account_free(account));
}

static void too_many(void) {
    cliquet_account *account = new_account(0);
    cliquet_details details;
    account_state before;
    uint32_t limit = 0;
    size_t count = 9;
    cliquet_one_time_key keys[LIMIT + 1];
    make_untouched(keys, sizeof keys);
    OK(cliquet_account_one_time_key_limit(account, &limit));
    CHECK(limit == 5000);
    observe_account(account, &before);
    EXPECT(CLIQUET_TOO_MANY_KEYS, cliquet_account_generate_one_time_keys(account, 5001, NULL, NULL, 0, NULL, &details));
    DETAILS(details, 5001, 5000);
    EXPECT(CLIQUET_TOO_MANY_KEYS, cliquet_account_generate_one_time_keys(account, SIZE_MAX, NULL, NULL, 0, NULL, &details));
    DETAILS(details, SIZE_MAX, 5000);
    CHECK(account_is(account, &before));
    OK(cliquet_account_set_one_time_key_limit(account, LIMIT, NULL, 0, NULL, NULL));
    observe_account(account, &before);
    CHECK(before.limit == LIMIT);
    EXPECT(CLIQUET_TOO_MANY_KEYS, cliquet_account_generate_one_time_keys(account, LIMIT + 1, NULL, keys, LIMIT + 1, &count, &details));
    DETAILS(details, LIMIT + 1, LIMIT);
    EXPECT(CLIQUET_TOO_MANY_KEYS, cliquet_account_generate_one_time_keys(account, SIZE_MAX, NULL, keys, LIMIT + 1, &count, &details));
    DETAILS(details, SIZE_MAX, LIMIT);
    CHECK(account_is(account, &before) && count == 9 && is_untouched(keys, sizeof keys));
    OK(cliquet_account_generate_one_time_keys(account, LIMIT, NULL, NULL, 0, &count, &details));
    CHECK(count == 0);
    OK(cliquet_account_free(account));
}

/* An account that is full gives its oldest keys up, and tells which, unless nobody wants to know. */
static void given_up_for_new_ones(void) {
    cliquet_account *account = new_account(0);
    cliquet_one_time_key removed[LIMIT], first;
    cliquet_details details;
    account_state before, after;
    size_t count = 0;
    OK(cliquet_account_set_one_time_key_limit(account, LIMIT, NULL, 0, NULL, NULL));
    generate_keys(account, LIMIT - 1, 64);
    OK(cliquet_account_mark_keys_as_published(account));
    observe_account(account, &before);
    make_untouched(removed, sizeof removed);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_generate_one_time_keys(account, 3, &FAILING, removed, 1, &count, &details));
    DETAILS(details, 1, 2);
    CHECK(count == 2 && account_is(account, &before));
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_generate_one_time_keys(account, 3, &FAILING, NULL, 0, &count, &details));
    DETAILS(details, 0, 2);
    CHECK(count == 2 && account_is(account, &before));
    count = 9;
    EXPECT(CLIQUET_RANDOM, cliquet_account_generate_one_time_keys(account, 3, &FAILING, removed, 2, &count, &details));
    DETAILS(details, 0, 0);
    CHECK(count == 9 && account_is(account, &before) && is_untouched(removed, sizeof removed));
    OK(cliquet_account_generate_one_time_keys(account, 3, NULL, removed, 2, &count, &details));
    CHECK(count == 2 && same_key(&removed[0], &before.keys[0]) && same_key(&removed[1], &before.keys[1]));
    CHECK(removed[0].published && is_untouched(removed + 2, sizeof removed - 2 * sizeof removed[0]));
    observe_account(account, &after);
    CHECK(after.count == LIMIT && after.keys[0].key_id == 3 && after.keys[LIMIT - 1].key_id == LIMIT + 2);
    CHECK(after.unpublished == 3);

    /* All at once. */
    OK(cliquet_account_generate_one_time_keys(account, LIMIT, NULL, removed, LIMIT, &count, &details));
    CHECK(count == LIMIT && same_key(&removed[0], &after.keys[0]) && same_key(&removed[LIMIT - 1], &after.keys[LIMIT - 1]));
    OK(cliquet_account_one_time_keys(account, removed, LIMIT, &count));
    first = removed[0];
    OK(cliquet_account_generate_one_time_keys(account, 1, NULL, NULL, 0, NULL, NULL));
    cliquet_removal removal = 0;
    OK(cliquet_account_remove_one_time_key(account, first.public_key, &removal));
    CHECK(removal == CLIQUET_REMOVAL_UNKNOWN);
    OK(cliquet_account_free(account));
}

static void limits_of_accounts(void) {
    cliquet_account *account = new_account(0);
    cliquet_one_time_key removed[4];
    cliquet_details details;
    account_state before, after;
    size_t count = 9;
    uint32_t limit = 0;
    generate_keys(account, LIMIT + 4, 64);
    observe_account(account, &before);
    make_untouched(removed, sizeof removed);
    EXPECT(CLIQUET_LIMIT_TOO_SMALL, cliquet_account_set_one_time_key_limit(account, LIMIT - 1, NULL, 0, NULL, &details));
    DETAILS(details, LIMIT - 1, LIMIT);
    EXPECT(CLIQUET_LIMIT_TOO_SMALL, cliquet_account_set_one_time_key_limit(account, 0, NULL, 0, NULL, &details));
    DETAILS(details, 0, LIMIT);
    EXPECT(CLIQUET_LIMIT_TOO_LARGE, cliquet_account_set_one_time_key_limit(account, 50001, removed, 4, &count, &details));
    DETAILS(details, 50001, 50000);
    EXPECT(CLIQUET_LIMIT_TOO_LARGE, cliquet_account_set_one_time_key_limit(account, UINT32_MAX, removed, 4, &count, &details));
    DETAILS(details, UINT32_MAX, 50000);
    CHECK(count == 9 && account_is(account, &before));
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_set_one_time_key_limit(account, LIMIT, removed, 3, &count, &details));
    DETAILS(details, 3, 4);
    CHECK(count == 4 && account_is(account, &before) && is_untouched(removed, sizeof removed));
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_set_one_time_key_limit(account, LIMIT, NULL, 0, &count, &details));
    DETAILS(details, 0, 4);
    CHECK(count == 4 && account_is(account, &before));
    OK(cliquet_account_set_one_time_key_limit(account, LIMIT, removed, 4, &count, &details));
    CHECK(count == 4 && is_untouched(&details, sizeof details));
    for (size_t i = 0; i < 4; i++) {
        CHECK(same_key(&removed[i], &before.keys[i]));
    }
    observe_account(account, &after);
    CHECK(after.count == LIMIT && after.limit == LIMIT && same_key(&after.keys[0], &before.keys[4]));
    OK(cliquet_account_set_one_time_key_limit(account, 50000, NULL, 0, &count, NULL));
    OK(cliquet_account_one_time_key_limit(account, &limit));
    CHECK(count == 0 && limit == 50000);
    OK(cliquet_account_free(account));
}

static void fallback_keys(void) {
    cliquet_account *account = new_account(0);
    cliquet_one_time_key key, previous, removed[2];
    uint8_t next = 64, expected[32];
    cliquet_random counting = {fill_counting, &next};
    size_t count = 9;
    bool forgotten = true;
    make_untouched(&key, sizeof key);
    EXPECT(CLIQUET_ABSENT, cliquet_account_fallback_key(account, &key));
    EXPECT(CLIQUET_ABSENT, cliquet_account_previous_fallback_key(account, &key));
    EXPECT(CLIQUET_ABSENT, cliquet_account_unpublished_fallback_key(account, &key));
    CHECK(is_untouched(&key, sizeof key));
    OK(cliquet_account_forget_previous_fallback_key(account, &forgotten));
    CHECK(!forgotten);

    OK(cliquet_account_generate_fallback_key(account, &counting, NULL, 0, &count));
    CHECK(count == 0 && next == 96);
    OK(cliquet_account_fallback_key(account, &key));
    from_hex(PUBLIC_KEYS[0], expected);
    SAME_BYTES(key.public_key, expected, 32);
    CHECK(key.key_id == 1 && !key.published);
    OK(cliquet_account_unpublished_fallback_key(account, &previous));
    CHECK(same_key(&previous, &key));
    EXPECT(CLIQUET_ABSENT, cliquet_account_previous_fallback_key(account, &previous));
    cliquet_removal removal = 0;
    OK(cliquet_account_remove_one_time_key(account, key.public_key, &removal));
    CHECK(removal == CLIQUET_REMOVAL_FALLBACK_KEPT);
    OK(cliquet_account_mark_keys_as_published(account));
    EXPECT(CLIQUET_ABSENT, cliquet_account_unpublished_fallback_key(account, &previous));
    OK(cliquet_account_fallback_key(account, &key));
    CHECK(key.key_id == 1 && key.published);

    count = 9;
    OK(cliquet_account_generate_fallback_key(account, &counting, removed, 2, &count));
    CHECK(count == 0);
    OK(cliquet_account_previous_fallback_key(account, &previous));
    CHECK(same_key(&previous, &key));
    OK(cliquet_account_remove_one_time_key(account, previous.public_key, &removal));
    CHECK(removal == CLIQUET_REMOVAL_FALLBACK_KEPT);

    /* The third one displaces the first. */
    account_state before;
    observe_account(account, &before);
    make_untouched(removed, sizeof removed);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_account_generate_fallback_key(account, &FAILING, NULL, 0, &count));
    CHECK(count == 1 && account_is(account, &before));
    EXPECT(CLIQUET_RANDOM, cliquet_account_generate_fallback_key(account, &FAILING, removed, 1, &count));
    CHECK(count == 1 && account_is(account, &before) && is_untouched(removed, sizeof removed));
    count = 0;
    OK(cliquet_account_generate_fallback_key(account, &counting, removed, 1, &count));
    CHECK(count == 1 && same_key(&removed[0], &key) && is_untouched(removed + 1, sizeof removed[1]));
    OK(cliquet_account_fallback_key(account, &key));
    OK(cliquet_account_previous_fallback_key(account, &previous));
    CHECK(key.key_id == 3 && previous.key_id == 2);
    OK(cliquet_account_generate_fallback_key(account, &counting, NULL, 0, NULL));
    OK(cliquet_account_forget_previous_fallback_key(account, &forgotten));
    CHECK(forgotten);
    EXPECT(CLIQUET_ABSENT, cliquet_account_previous_fallback_key(account, &previous));
    OK(cliquet_account_fallback_key(account, &key));
    CHECK(key.key_id == 4);

    /* Ids are shared with one-time keys. */
    generate_keys(account, 1, 1);
    OK(cliquet_account_one_time_keys(account, removed, 2, &count));
    CHECK(count == 1 && removed[0].key_id == 5);
    OK(cliquet_account_free(account));
}

static void the_last_id(void) {
    cliquet_account *account = new_account(0);
    uint64_t key_id = 9;
    OK(cliquet_account_last_key_id(account, &key_id));
    CHECK(key_id == 0);
    generate_keys(account, 3, 40);
    OK(cliquet_account_generate_fallback_key(account, NULL, NULL, 0, NULL));
    OK(cliquet_account_last_key_id(account, &key_id));
    CHECK(key_id == 4);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_last_key_id(account, NULL));
    OK(cliquet_account_free(account));
}

int main(void) {
    generated_keys();
    lists_that_do_not_fit();
    a_failing_generator();
    too_many();
    given_up_for_new_ones();
    limits_of_accounts();
    fallback_keys();
    the_last_id();
    return 0;
}
