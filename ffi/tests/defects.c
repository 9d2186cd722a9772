/*
 * A defect of the library ends at its boundary, and leaves an object that can only be freed. None is known, so that one is made here out of
 * a broken promise: a plaintext longer than anything in memory, by a few bytes less than its length would be refused for. The library
 * finds no memory for the message that would be longer still, before it has read any of it.
 */
#include "olm.h"

static void a_panic_in_the_middle_of_a_change(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *message = NULL, *next = encrypt(both.his, "next");
    uint8_t plaintext[64], key[32];
    size_t length = 9;
    make_untouched(plaintext, sizeof plaintext);
    make_untouched(key, sizeof key);
    EXPECT(CLIQUET_PANIC, cliquet_olm_session_encrypt(both.hers, plaintext, SIZE_MAX / 2, NULL, &message));
    CHECK(message == NULL);
    EXPECT(CLIQUET_POISONED, cliquet_olm_session_encrypt(both.hers, NULL, 0, NULL, &message));
    EXPECT(CLIQUET_POISONED, cliquet_olm_session_decrypt(both.hers, next, plaintext, sizeof plaintext, &length, NULL));
    EXPECT(CLIQUET_POISONED, cliquet_olm_session_session_id(both.hers, key));
    EXPECT(CLIQUET_POISONED, cliquet_olm_session_set_limits(both.hers, NULL, &length, NULL));
    CHECK(message == NULL && length == 9 && is_untouched(plaintext, sizeof plaintext) && is_untouched(key, sizeof key));
    /* No other object is touched by it, and this one is freed as every other. */
    cliquet_olm_session *gone = both.hers;
    OK(cliquet_olm_session_free(gone));
#ifdef DEBUG_LIBRARY
    EXPECT(CLIQUET_FREED, cliquet_olm_session_free(gone));
#endif
    OK(cliquet_olm_message_free(next));
    generate_keys(both.bob, 1, 170);
    both.hers = start(both.alice, both.bob, CLIQUET_VERSION_1, NULL, 30);
    next = encrypt(both.hers, "a new start");
    OK(cliquet_olm_session_free(both.his));
    both.his = answer(both.bob, both.alice, next, CLIQUET_VERSION_1, NULL);
    exchange(both.his, both.hers);
    OK(cliquet_olm_message_free(next));
    part(both);
}

int main(void) {
    a_panic_in_the_middle_of_a_change();
    return 0;
}
