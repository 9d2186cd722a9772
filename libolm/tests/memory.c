/* Objects wherever a program may put them: aligned or not, fresh, zeroed, cleared, used again, copied. */
#include "check.h"

/* Runs a test on an object of each type, at each distance from an aligned address. */
#define EACH_TYPE(DO)                                                                                       \
    DO(OlmAccount, account)                                                                                 \
    DO(OlmSession, session)                                                                                 \
    DO(OlmUtility, utility)                                                                                 \
    DO(OlmInboundGroupSession, inbound_group_session)                                                       \
    DO(OlmOutboundGroupSession, outbound_group_session)                                                     \
    DO(OlmPkEncryption, pk_encryption)                                                                      \
    DO(OlmPkDecryption, pk_decryption)                                                                      \
    DO(OlmPkSigning, pk_signing)                                                                            \
    DO(OlmSAS, sas)

/* Constructed, asked, cleared, asked, constructed again where it was; nothing is written beside it. */
#define LIFE(Type, type)                                                                                    \
    for (size_t offset = 0; offset < 9; offset++) {                                                         \
        size_t length = olm_##type##_size();                                                                \
        unsigned char *memory = (unsigned char *)memory_of(length + 16);                                    \
        Type *object = olm_##type(memory + offset);                                                         \
        CHECK((void *)object == (void *)(memory + offset));                                                 \
        CHECK(olm_##type##_last_error_code(object) == OLM_SUCCESS);                                         \
        CHECK(strcmp(olm_##type##_last_error(object), "SUCCESS") == 0);                                     \
        for (int times = 0; times < 3; times++) {                                                           \
            CHECK(olm_clear_##type(object) == length);                                                      \
            CHECK(is_filled(object, 0, length));                                                            \
            CHECK(olm_##type##_last_error_code(object) == OLM_SUCCESS);                                     \
        }                                                                                                   \
        CHECK(olm_##type(object) == object);                                                                \
        CHECK(olm_clear_##type(object) == length);                                                          \
        CHECK(is_filled(memory, 0x77, offset) && is_filled(memory + offset + length, 0x77, 16 - offset));   \
        free(memory);                                                                                       \
    }

static void misaligned_account(size_t offset) {
    unsigned char *memory = (unsigned char *)memory_of(olm_account_size() + offset);
    OlmAccount *account = olm_account(memory + offset);
    unsigned char *random = (unsigned char *)random_of(64 + offset);
    OK(olm_create_account(account, random + offset, 64));
    CHECK(is_filled(random + offset, 0, 64));
    free(random);
    char *room = (char *)memory_of(116 + offset);
    CHECK(olm_account_identity_keys(account, room + offset, 116) == 116);
    free(room);
    size_t length = olm_pickle_account_length(account);
    char *pickle = (char *)memory_of(length + offset);
    CHECK(olm_pickle_account(account, TEXT("key"), pickle + offset, length) == length);
    /* An object that was cleared takes another content without a constructor in between. */
    olm_clear_account(account);
    CHECK(olm_unpickle_account(account, TEXT("key"), pickle + offset, length) == length);
    free(pickle);
    olm_clear_account(account);
    free(memory);
}

static void misaligned_group(size_t offset) {
    unsigned char *memory = (unsigned char *)memory_of(olm_inbound_group_session_size() + offset);
    OlmInboundGroupSession *member = olm_inbound_group_session(memory + offset);
    OlmOutboundGroupSession *room = NEW(OlmOutboundGroupSession, outbound_group_session);
    uint8_t *random = (uint8_t *)random_of(160), key[306];
    OK(olm_init_outbound_group_session(room, random, 160));
    free(random);
    OK(olm_outbound_group_session_key(room, ALL(key)));
    OK(olm_init_inbound_group_session(member, ALL(key)));
    size_t length = olm_group_encrypt_message_length(room, 4);
    uint8_t *message = (uint8_t *)memory_of(length + offset), plaintext[16];
    OK(olm_group_encrypt(room, (const uint8_t *)"text", 4, message + offset, length));
    /* The index may lie anywhere, too. */
    unsigned char *index = (unsigned char *)memory_of(sizeof(uint32_t) + offset);
    uint32_t *place = (uint32_t *)(void *)(index + offset);
    CHECK(olm_group_decrypt(member, message + offset, length, ALL(plaintext), place) == 4);
    CHECK(is_filled(index + offset, 0, sizeof(uint32_t)));
    free(index);
    free(message);
    END(outbound_group_session, room);
    olm_clear_inbound_group_session(member);
    free(memory);
}

/* Memory of zeros is as good as an object that was cleared. */
static void zeros(void) {
    OlmAccount *account = (OlmAccount *)calloc(1, olm_account_size());
    void *random = random_of(64);
    OK(olm_create_account(account, random, 64));
    free(random);
    END(account, account);
}

/* What is created over something that was created lets go of that. */
static void again(void) {
    OlmAccount *account = new_account(3), *other = new_account(1);
    OlmSession *session = new_outbound(account, other);
    for (int times = 0; times < 3; times++) {
        void *random = random_of(64);
        OK(olm_create_account(account, random, 64));
        free(random);
        char identity[43], one_time[43];
        identity_key(other, "\"curve25519\":\"", identity);
        newest_one_time_key(other, one_time);
        random = random_of(64);
        OK(olm_create_outbound_session(session, account, ALL(identity), ALL(one_time), random, 64));
        free(random);
    }
    END(session, session);
    END(account, other);
    END(account, account);
}

/* Input and output may be the same memory. */
static void overlapping(void) {
    OlmUtility *utility = NEW(OlmUtility, utility);
    char text[43];
    memcpy(text, "abc", 3);
    CHECK(olm_sha256(utility, text, 3, ALL(text)) == sizeof text);
    CHECK(memcmp(text, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0", sizeof text) == 0);
    END(utility, utility);
    OlmAccount *alice = new_account(0), *bob = new_account(1);
    OlmSession *alices = new_outbound(alice, bob);
    size_t length;
    char *message = encrypt(alices, "first", &length);
    OlmSession *bobs = new_inbound(bob, message, length);
    CHECK(olm_decrypt(bobs, 0, message, length, message, length) == 5);
    CHECK(memcmp(message, "first", 5) == 0);
    free(message);
    END(session, bobs);
    END(session, alices);
    END(account, bob);
    END(account, alice);
}

/* A copy of an object is none: its state is the first one's, which is not freed twice. */
static void copied(void) {
    size_t length = olm_outbound_group_session_size();
    void *memory = memory_of(length), *other = memory_of(length);
    OlmOutboundGroupSession *session = olm_outbound_group_session(memory);
    OlmOutboundGroupSession *copy = (OlmOutboundGroupSession *)other;
    uint8_t random[160], key[512];
    memset(random, 7, sizeof random);
    CHECK(olm_init_outbound_group_session(session, random, sizeof random) != olm_error());
    memcpy(other, memory, length);
    CHECK(olm_outbound_group_session_key(copy, key, sizeof key) == olm_error());
    CHECK(olm_clear_outbound_group_session(copy) == olm_error());
    CHECK(olm_outbound_group_session_key(session, key, sizeof key) != olm_error());
    CHECK(olm_clear_outbound_group_session(session) == length);
    CHECK(olm_outbound_group_session_key(copy, key, sizeof key) == olm_error());
    free(memory);
    free(other);
}

int main(void) {
    EACH_TYPE(LIFE)
    for (size_t offset = 0; offset < 9; offset++) {
        misaligned_account(offset);
        misaligned_group(offset);
    }
    zeros();
    again();
    overlapping();
    copied();
    return 0;
}
