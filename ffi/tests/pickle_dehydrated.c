/* Dehydrated devices: vectors, what the format has no room for, and devices sealed here that hold no account. */
#include "pickle.h"
#include "pickle_vectors_foreign.h"
#include "pickle_vectors_native.h"

/* The key of the vector "constant" is the bytes from 0 on, that of the others a text. */
static const uint8_t KEY[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
#define NONCE "AAECAwQFBgcICQoL"
#define OTHER_KEY (const uint8_t *)"thirty-two bytes of a device key"
#define OTHER_NONCE "dHdlbHZlIGJ5dGVz"

/* ChaCha20-Poly1305 of RFC 8439, to seal what the library never writes. */

static uint32_t word(const uint8_t *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint32_t rotated(uint32_t word, unsigned bits) { return word << bits | word >> (32 - bits); }

static void quarter_round(uint32_t *x, int a, int b, int c, int d) {
    x[a] += x[b], x[d] = rotated(x[d] ^ x[a], 16), x[c] += x[d], x[b] = rotated(x[b] ^ x[c], 12);
    x[a] += x[b], x[d] = rotated(x[d] ^ x[a], 8), x[c] += x[d], x[b] = rotated(x[b] ^ x[c], 7);
}

static void chacha20_block(const uint8_t *key, const uint8_t *nonce, uint32_t counter, uint8_t *out) {
    uint32_t start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, x[16];
    for (int i = 0; i < 8; i++) {
        start[4 + i] = word(key + 4 * i);
    }
    start[12] = counter;
    for (int i = 0; i < 3; i++) {
        start[13 + i] = word(nonce + 4 * i);
    }
    memcpy(x, start, sizeof x);
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 4; i++) {
            quarter_round(x, i, 4 + i, 8 + i, 12 + i);
        }
        for (int i = 0; i < 4; i++) {
            quarter_round(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
        }
    }
    for (int i = 0; i < 64; i++) {
        out[i] = (uint8_t)((x[i / 4] + start[i / 4]) >> (8 * (i % 4)));
    }
}

/* h = (h + block) * r modulo 2^130 - 5, byte by byte; all blocks are whole. */
static void poly1305(const uint8_t *key, const bytes message, uint8_t *tag) {
    uint32_t r[17], h[17] = {0}, carry;
    for (int i = 0; i < 16; i++) {
        r[i] = key[i] & (i % 4 == 3 ? 0x0f : i % 4 == 0 && i > 0 ? 0xfc : 0xff);
    }
    r[16] = 0;
    for (size_t at = 0; at < message.length; at += 16) {
        uint32_t product[17];
        for (int i = 0; i < 17; i++) {
            h[i] += i < 16 ? message.bytes[at + (size_t)i] : 1;
        }
        for (int i = 0; i < 17; i++) {
            product[i] = 0;
            for (int j = 0; j < 17; j++) {
                product[i] += j <= i ? h[j] * r[i - j] : 320 * h[j] * r[i + 17 - j];
            }
        }
        for (int pass = 0; pass < 2; pass++) {
            carry = 0;
            for (int i = 0; i < 16; i++) {
                carry += product[i];
                product[i] = carry & 0xff;
                carry >>= 8;
            }
            carry += product[16];
            product[16] = carry & 3;
            product[0] += 5 * (carry >> 2);
        }
        memcpy(h, product, sizeof h);
    }
    /* Where h + 5 is 2^130 or more, h - (2^130 - 5) is what counts. */
    uint32_t less[17];
    carry = 5;
    for (int i = 0; i < 17; i++) {
        carry += h[i];
        less[i] = carry & 0xff;
        carry >>= 8;
    }
    const uint32_t *reduced = less[16] >= 4 ? less : h;
    carry = 0;
    for (int i = 0; i < 16; i++) {
        carry += reduced[i] + key[16 + i];
        tag[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

static void append_base64(bytes *text, bytes from) {
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < from.length; at += 3) {
        size_t left = from.length - at;
        uint32_t three = (uint32_t)from.bytes[at] << 16 | (left > 1 ? (uint32_t)from.bytes[at + 1] << 8 : 0) |
                         (left > 2 ? from.bytes[at + 2] : 0);
        for (size_t i = 0; i < (left > 2 ? 4 : left + 1); i++) {
            append_byte(text, (unsigned char)ALPHABET[three >> (18 - 6 * i) & 63]);
        }
    }
}

/* The ciphertext of a device with this plaintext, under KEY and NONCE. Frees the plaintext. */
static bytes sealed(bytes plaintext) {
    uint8_t nonce[12], block[64], tag[16];
    for (unsigned i = 0; i < 12; i++) {
        nonce[i] = (uint8_t)i;
    }
    bytes all = copy_of(plaintext.bytes, plaintext.length), text = room(0);
    for (size_t at = 0; at < all.length; at++) {
        if (at % 64 == 0) {
            chacha20_block(KEY, nonce, (uint32_t)(at / 64) + 1, block);
        }
        all.bytes[at] ^= block[at % 64];
    }
    while (all.length % 16 != 0) {
        append_byte(&all, 0);
    }
    for (unsigned i = 0; i < 16; i++) {
        append_byte(&all, i < 8 ? 0 : (unsigned)(plaintext.length >> (8 * (i - 8))) & 0xff);
    }
    chacha20_block(KEY, nonce, 0, block);
    poly1305(block, all, tag);
    all.length = plaintext.length;
    append(&all, tag, 16);
    append_base64(&text, all);
    free(all.bytes);
    free(plaintext.bytes);
    return text;
}

/* A plaintext with so many one-time keys and no fallback key. */
static bytes plaintext_with(unsigned keys) {
    bytes plaintext = copy_of("\0\0\0\1", 4);
    append(&plaintext, KEY, 32);
    append(&plaintext, KEY, 32);
    append_byte(&plaintext, 0);
    append_byte(&plaintext, 0);
    append_byte(&plaintext, keys >> 8);
    append_byte(&plaintext, keys & 0xff);
    for (unsigned key = 0; key < keys; key++) {
        append(&plaintext, KEY, 32);
    }
    append_byte(&plaintext, 0);
    return plaintext;
}

static void opens(void) {
    cliquet_account *account = NULL;
    OK(cliquet_account_from_dehydrated_device(TEXT(DEHYDRATED), TEXT(NONCE), KEY, &account, NULL));
    bytes plain = plain_of(&ACCOUNTS, account);
    /* A seed from 32 on, an identity key from 0 on; a one-time key of id 1, the fallback key of id 2, both published. */
    CHECK(plain.length == 276 && plain.bytes[10] == 0 && plain.bytes[11] == 32 && plain.bytes[42] == 63);
    CHECK(plain.bytes[75] == 0 && plain.bytes[106] == 31 && plain.bytes[107] == 0x8f && plain.bytes[108] == 0x40);
    CHECK(plain.bytes[139] == 2 && plain.bytes[142] == 1 && plain.bytes[143] == 1 && plain.bytes[144] == 1);
    CHECK(plain.bytes[209] == 1 && plain.bytes[210] == 2 && plain.bytes[211] == 1);
    CHECK(plain.bytes[177] == 0x79 && plain.bytes[244] == 0x67);

    /* The same nonce makes the same device of it. */
    char ciphertext[256], nonce[32];
    size_t length = 0, nonce_length = 0, needed = strlen(DEHYDRATED);
    uint8_t seed = 0;
    cliquet_random counting = {fill_counting, &seed};
    cliquet_details details;
    make_untouched(ciphertext, sizeof ciphertext);
    make_untouched(nonce, sizeof nonce);
#define WRITE(random, capacity, nonce_capacity)                                                                       \
    cliquet_account_to_dehydrated_device(account, KEY, random, ciphertext, capacity, &length, nonce, nonce_capacity,  \
                                         &nonce_length, &details)
    EXPECT(CLIQUET_SHORT_BUFFER, WRITE(&counting, 0, 0));
    CHECK(length == needed && nonce_length == 16);
    length = nonce_length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, WRITE(&counting, needed, sizeof nonce));
    CHECK(length == needed && nonce_length == 0 && details.found == needed && details.limit == needed + 1);
    length = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, WRITE(&counting, needed + 1, 16));
    CHECK(length == 0 && nonce_length == 16 && seed == 0);
    nonce_length = 0;
    EXPECT(CLIQUET_RANDOM, WRITE(&FAILING, sizeof ciphertext, sizeof nonce));
    CHECK(length == 0 && nonce_length == 0);
    CHECK(is_untouched(ciphertext, sizeof ciphertext) && is_untouched(nonce, sizeof nonce));
    OK(WRITE(&counting, needed + 1, 17));
    CHECK(seed == 12 && length == needed && nonce_length == 16);
    CHECK(strcmp(ciphertext, DEHYDRATED) == 0 && strcmp(nonce, NONCE) == 0);

    /* The system's nonce is another one. */
    OK(WRITE(NULL, sizeof ciphertext, sizeof nonce));
    CHECK(strcmp(ciphertext, DEHYDRATED) != 0 && strcmp(nonce, NONCE) != 0);
    cliquet_account *back = NULL;
    OK(cliquet_account_from_dehydrated_device(ciphertext, length, nonce, nonce_length, KEY, &back, NULL));
    CHECK(is(&ACCOUNTS, back, plain) && is(&ACCOUNTS, account, plain));
    OK(cliquet_account_free(back));

    make_untouched(ciphertext, sizeof ciphertext);
    make_untouched(nonce, sizeof nonce);
    length = nonce_length = 99;
#define CALL(account, key, random, ciphertext, length, nonce, nonce_length)                                           \
    cliquet_account_to_dehydrated_device(account, key, random, ciphertext, 256, length, nonce, 32, nonce_length, NULL)
    EXPECT(CLIQUET_NULL_POINTER, CALL(NULL, KEY, NULL, ciphertext, &length, nonce, &nonce_length));
    EXPECT(CLIQUET_NULL_POINTER, CALL(account, NULL, NULL, ciphertext, &length, nonce, &nonce_length));
    EXPECT(CLIQUET_NULL_POINTER, CALL(account, KEY, NULL, NULL, &length, nonce, &nonce_length));
    EXPECT(CLIQUET_NULL_POINTER, CALL(account, KEY, NULL, ciphertext, NULL, nonce, &nonce_length));
    EXPECT(CLIQUET_NULL_POINTER, CALL(account, KEY, NULL, ciphertext, &length, NULL, &nonce_length));
    EXPECT(CLIQUET_NULL_POINTER, CALL(account, KEY, NULL, ciphertext, &length, nonce, NULL));
    cliquet_pickle_key *other = NULL;
    OK(cliquet_pickle_key_random(NULL, &other));
    const cliquet_account *wrong = (const cliquet_account *)other;
    EXPECT(CLIQUET_WRONG_HANDLE, CALL(wrong, KEY, NULL, ciphertext, &length, nonce, &nonce_length));
    OK(cliquet_pickle_key_free(other));
    CHECK(length == 99 && nonce_length == 99);
    CHECK(is_untouched(ciphertext, sizeof ciphertext) && is_untouched(nonce, sizeof nonce));
    OK(cliquet_account_free(account));
    free(plain.bytes);
}

/* An account that has no place in the format: nothing is written or drawn, and it stays as it is. Frees the state. */
static cliquet_details inexpressible(cliquet_status expected, bytes state) {
    size_t length = 99, nonce_length = 99, size = 220000;
    char *ciphertext = (char *)malloc(size), nonce[17];
    uint8_t seed = 0;
    cliquet_random counting = {fill_counting, &seed};
    cliquet_details details;
    void *object = read_of(&ACCOUNTS, state);
    make_untouched(ciphertext, size);
    make_untouched(nonce, sizeof nonce);
    EXPECT_GIVEN(expected, cliquet_account_to_dehydrated_device((const cliquet_account *)object, KEY, &counting, ciphertext,
                                                                size, &length, nonce, sizeof nonce, &nonce_length, &details));
    CHECK(length == 99 && nonce_length == 99 && seed == 0);
    CHECK(is_untouched(ciphertext, size) && is_untouched(nonce, sizeof nonce) && is(&ACCOUNTS, object, state));
    OK(ACCOUNTS.release(object));
    free(ciphertext);
    free(state.bytes);
    return details;
}

static cliquet_details refused(cliquet_status expected, const char *ciphertext, const char *nonce, const uint8_t *key) {
    cliquet_details details;
    cliquet_account *none = NULL;
    EXPECT_GIVEN(expected, cliquet_account_from_dehydrated_device(TEXT(ciphertext), TEXT(nonce), key, &none, &details));
    EXPECT_GIVEN(expected, cliquet_account_from_dehydrated_device(TEXT(ciphertext), TEXT(nonce), key, &none, NULL));
    CHECK(none == NULL);
    return details;
}

static void refuses(void) {
    (void)inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_MISSING_SEED), decoded(ACCOUNT_EXPANDED));
    (void)inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY), decoded(ACCOUNT_FALLBACK_KEYS));
    bytes start = decoded(ACCOUNT), state = copy_of(start.bytes, 140);
    append_varint(&state, 5001);
    append_varint(&state, 5001);
    for (unsigned key = 0; key < 5001; key++) {
        append(&state, start.bytes + 143, 66);
    }
    append_varint(&state, 0);
    cliquet_details details = inexpressible(NAMED(CLIQUET_INEXPRESSIBLE_TOO_MANY), state);
    CHECK(details.items == CLIQUET_ITEMS_ONE_TIME_KEYS && details.found == 5001 && details.limit == 5000);
    free(start.bytes);

    bytes changed = replaced(DEHYDRATED, "A", "B");
    (void)refused(NAMED(CLIQUET_AUTHENTICATION_FAILED), (const char *)changed.bytes, NONCE, KEY);
    free(changed.bytes);
    (void)refused(NAMED(CLIQUET_AUTHENTICATION_FAILED), DEHYDRATED, OTHER_NONCE, KEY);
    (void)refused(NAMED(CLIQUET_AUTHENTICATION_FAILED), DEHYDRATED, NONCE, OTHER_KEY);
    (void)refused(NAMED(CLIQUET_AUTHENTICATION_FAILED), "", NONCE, KEY);
    (void)refused(NAMED(CLIQUET_NOT_A_PICKLE), "?", NONCE, KEY);
    (void)refused(NAMED(CLIQUET_NOT_A_PICKLE), DEHYDRATED, "?", KEY);
    (void)refused(NAMED(CLIQUET_NOT_A_PICKLE), DEHYDRATED, "AAAA", KEY);
    (void)refused(NAMED(CLIQUET_NOT_UTF8), "\xff", NONCE, KEY);
    (void)refused(NAMED(CLIQUET_NOT_UTF8), DEHYDRATED, "\xff", KEY);
    CHECK(refused(NAMED(CLIQUET_UNKNOWN_VERSION), DEHYDRATED_VERSION_2, OTHER_NONCE, OTHER_KEY).found == 2);
    (void)refused(NAMED(CLIQUET_TRUNCATED), DEHYDRATED_BYTE_LESS, OTHER_NONCE, OTHER_KEY);
    (void)refused(NAMED(CLIQUET_TRAILING_BYTES), DEHYDRATED_BYTE_MORE, OTHER_NONCE, OTHER_KEY);
    CHECK(refused(NAMED(CLIQUET_UNKNOWN_FORM), DEHYDRATED_FLAG_2, OTHER_NONCE, OTHER_KEY).found == 2);

    cliquet_account *account = NULL;
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_from_dehydrated_device(NULL, 1, TEXT(NONCE), KEY, &account, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_from_dehydrated_device(TEXT(DEHYDRATED), NULL, 1, KEY, &account, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_from_dehydrated_device(TEXT(DEHYDRATED), TEXT(NONCE), NULL, &account, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_account_from_dehydrated_device(TEXT(DEHYDRATED), TEXT(NONCE), KEY, NULL, NULL));
    CHECK(account == NULL);

    /* What is sealed here is opened, so that it is its keys for which the other is refused. */
    bytes few = sealed(plaintext_with(3)), many = sealed(plaintext_with(5001));
    OK(cliquet_account_from_dehydrated_device((const char *)few.bytes, few.length, TEXT(NONCE), KEY, &account, NULL));
    OK(cliquet_account_free(account));
    append_byte(&many, 0);
    details = refused(NAMED(CLIQUET_STATE_TOO_MANY), (const char *)many.bytes, NONCE, KEY);
    CHECK(details.items == CLIQUET_ITEMS_ONE_TIME_KEYS && details.found == 5001 && details.limit == 5000);
    free(many.bytes);
    free(few.bytes);
}

int main(void) {
    opens();
    refuses();
    return 0;
}
