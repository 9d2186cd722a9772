/*
 * What every test of cliquet.h uses. A test is a program that ends at the first check that fails; each status that a check
 * expected is printed, so that the runner can see that every one of them was provoked.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cliquet.h"

/* Ends the test unless the condition holds. */
#define CHECK(condition)                                                                                              \
    do {                                                                                                              \
        if (!(condition)) {                                                                                           \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                   \
            exit(1);                                                                                                  \
        }                                                                                                             \
    } while (0)

/* Ends the test unless the call returns this status. */
#define EXPECT(expected, call) EXPECT_NAMED(expected, #expected, call)

/* The same for macros, in which a status is only a number by then: its name is given beside it. */
#define EXPECT_NAMED(expected, name, call)                                                                            \
    do {                                                                                                              \
        cliquet_status check_status = (call);                                                                         \
        if (check_status != (expected)) {                                                                             \
            fprintf(stderr, "%s:%d: %s: %d, %s, instead of %s\n", __FILE__, __LINE__, #call, (int)check_status,       \
                    cliquet_status_text(check_status), name);                                                         \
            exit(1);                                                                                                  \
        }                                                                                                             \
        printf("status %s\n", name);                                                                                  \
    } while (0)

/* Ends the test unless the call succeeds. */
#define OK(call) EXPECT(CLIQUET_OK, call)

/* Ends the test unless both arrays have the same bytes. */
#define SAME_BYTES(left, right, length) CHECK(memcmp(left, right, length) == 0)

/* A text and its length, as functions take them. */
#define TEXT(text) (text), strlen(text)

/* Bytes that a call must leave as they are: fill, call, then look. */
#define UNTOUCHED 0xa5
static inline void make_untouched(void *bytes, size_t length) { memset(bytes, UNTOUCHED, length); }
static inline int is_untouched(const void *bytes, size_t length) {
    const unsigned char *byte = (const unsigned char *)bytes;
    for (size_t i = 0; i < length; i++) {
        if (byte[i] != UNTOUCHED) {
            return 0;
        }
    }
    return 1;
}

/* A generator that counts, so that a test repeats. */
static inline int32_t fill_counting(void *context, uint8_t *bytes, size_t length) {
    uint8_t *next = (uint8_t *)context;
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (*next)++;
    }
    return 0;
}

/* A generator that serves as many calls as its context, an int, says, and then fails. */
static inline int32_t fill_until_failure(void *context, uint8_t *bytes, size_t length) {
    int *left = (int *)context;
    if (*left == 0) {
        return 1;
    }
    *left -= 1;
    memset(bytes, 7 * *left + 1, length);
    return 0;
}

static inline int32_t fill_failing(void *context, uint8_t *bytes, size_t length) {
    (void)context;
    (void)bytes;
    (void)length;
    return 1;
}

static const cliquet_random FAILING = {fill_failing, NULL};

#endif
