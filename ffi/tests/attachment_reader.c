/* Attachments that are verified before they are read, from a source of the caller. */
#include "check.h"

#define MEGABYTE 1048576
#define LENGTH 200003
#define FAILED (-5)
#define FAILED_FOUND 4294967291u

/* A file in memory, which can be told to fail, to lie, and to change. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
    size_t position;
    size_t at_once; /* how much one call gives at most */
    int reads_left; /* before one fails, once; negative for none */
    int seeks_left;
    size_t too_much; /* how much more than was asked for is told */
} memory;

static int32_t memory_read(void *context, uint8_t *bytes, size_t length, size_t *count) {
    memory *source = (memory *)context;
    size_t left = source->length - source->position;
    if (source->reads_left-- == 0) {
        *count = 1;
        return FAILED;
    }
    *count = left < length ? left : length;
    *count = *count < source->at_once ? *count : source->at_once;
    memcpy(bytes, source->bytes + source->position, *count);
    source->position += *count;
    if (source->too_much > 0) {
        *count = length + source->too_much;
    }
    return 0;
}

static int32_t memory_seek(void *context, uint64_t position) {
    memory *source = (memory *)context;
    if (source->seeks_left-- == 0) {
        return FAILED;
    }
    source->position = (size_t)position;
    return 0;
}

static int32_t file_read(void *context, uint8_t *bytes, size_t length, size_t *count) {
    FILE *file = (FILE *)context;
    *count = fread(bytes, 1, length, file);
    return ferror(file) ? 1 : 0;
}

static int32_t file_seek(void *context, uint64_t position) {
    return fseek((FILE *)context, (long)position, SEEK_SET) == 0 ? 0 : 1;
}

/* What progress told: how often, and what last. */
typedef struct {
    int times;
    uint64_t last;
} told;

static void tell(void *context, uint64_t done) {
    told *what = (told *)context;
    CHECK(done > what->last);
    what->times++;
    what->last = done;
}

static uint8_t plaintext[LENGTH], ciphertext[LENGTH], changed[LENGTH], read_bytes[MEGABYTE];
static cliquet_attachment_info *info = NULL;
static memory in_memory;
static const cliquet_source SOURCE = {memory_read, memory_seek, &in_memory};

static void reset(const uint8_t *bytes, size_t length) {
    memory fresh = {bytes, length, length, SIZE_MAX, -1, -1, 0};
    in_memory = fresh;
}

static cliquet_attachment_reader *open_reader(void) {
    cliquet_attachment_reader *reader = NULL;
    reset(ciphertext, LENGTH);
    OK(cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, NULL));
    CHECK(in_memory.position == 0);
    return reader;
}

/* Reads to the end and compares. */
static void read_all(cliquet_attachment_reader *reader, size_t capacity) {
    size_t total = 0, length = 1;
    while (length > 0) {
        OK(cliquet_attachment_reader_read(reader, read_bytes, capacity, &length, NULL));
        CHECK(length <= capacity && length <= 65536 && total + length <= LENGTH);
        SAME_BYTES(read_bytes, plaintext + total, length);
        total += length;
    }
    CHECK(total == LENGTH);
    OK(cliquet_attachment_reader_read(reader, read_bytes, capacity, &length, NULL));
    CHECK(length == 0);
}

static void every_capacity(void) {
    const size_t capacities[] = {MEGABYTE, 65536, 65535, 1009};
    for (size_t i = 0; i < 4; i++) {
        cliquet_attachment_reader *reader = open_reader();
        uint64_t total = 0;
        size_t length = 7;
        OK(cliquet_attachment_reader_length(reader, &total));
        CHECK(total == LENGTH);
        OK(cliquet_attachment_reader_read(reader, NULL, 0, &length, NULL));
        CHECK(length == 0);
        read_all(reader, capacities[i]);
        OK(cliquet_attachment_reader_free(reader));
    }
}

static void a_source_that_gives_little(void) {
    told what = {0, 0};
    cliquet_progress progress = {tell, &what};
    cliquet_attachment_reader *reader = NULL;
    reset(ciphertext, LENGTH);
    in_memory.at_once = 1000;
    OK(cliquet_attachment_reader_new(&SOURCE, info, &progress, &reader, NULL));
    CHECK(what.times == 201 && what.last == LENGTH);
    read_all(reader, MEGABYTE);
    CHECK(what.times == 201);
    OK(cliquet_attachment_reader_free(reader));
}

static void a_file(void) {
    FILE *file = tmpfile();
    cliquet_source source = {file_read, file_seek, NULL};
    cliquet_attachment_reader *reader = NULL;
    CHECK(file != NULL && fwrite(ciphertext, 1, LENGTH, file) == LENGTH);
    /* It stands at its end; the reader goes to its beginning. The structure need not outlive the call. */
    source.context = file;
    OK(cliquet_attachment_reader_new(&source, info, NULL, &reader, NULL));
    memset(&source, 0, sizeof source);
    read_all(reader, 4096);
    OK(cliquet_attachment_reader_free(reader));
    fclose(file);
}

static void an_empty_attachment(void) {
    cliquet_attachment_info *of_nothing = NULL;
    cliquet_attachment_reader *reader = NULL;
    uint64_t total = 7;
    size_t length = 7;
    OK(cliquet_attachment_encrypt_in_place(NULL, 0, NULL, &of_nothing));
    reset(ciphertext, 0);
    OK(cliquet_attachment_reader_new(&SOURCE, of_nothing, NULL, &reader, NULL));
    OK(cliquet_attachment_reader_length(reader, &total));
    OK(cliquet_attachment_reader_read(reader, read_bytes, 16, &length, NULL));
    CHECK(total == 0 && length == 0);
    OK(cliquet_attachment_reader_free(reader));
    OK(cliquet_attachment_info_free(of_nothing));
}

static void what_is_another_attachment(void) {
    cliquet_attachment_reader *reader = NULL;
    memcpy(changed, ciphertext, LENGTH);
    changed[LENGTH - 1] ^= 1;
    reset(changed, LENGTH);
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, NULL));
    reset(ciphertext, LENGTH - 1);
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, NULL));
    reset(ciphertext, 0);
    EXPECT(CLIQUET_HASH_MISMATCH, cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, NULL));
    CHECK(reader == NULL);
}

/* The IV lets the counter begin at its end, so that there is room for one block. */
static void no_room_in_the_counter(void) {
    uint8_t key[32], iv[16], sha256[32];
    cliquet_attachment_info *overflowing = NULL;
    cliquet_attachment_reader *reader = NULL;
    OK(cliquet_attachment_info_key(info, key));
    OK(cliquet_attachment_info_sha256(info, sha256));
    memset(iv, 0xff, 16);
    OK(cliquet_attachment_info_new(CLIQUET_ATTACHMENT_VERSION_1, key, iv, sha256, &overflowing));
    reset(ciphertext, LENGTH);
    EXPECT(CLIQUET_COUNTER_OVERFLOW, cliquet_attachment_reader_new(&SOURCE, overflowing, NULL, &reader, NULL));
    CHECK(reader == NULL);
    OK(cliquet_attachment_info_free(overflowing));
}

static void a_source_that_fails_at_first(void) {
    cliquet_attachment_reader *reader = NULL;
    cliquet_details details;
    for (int seeks = 0; seeks < 2; seeks++) {
        reset(ciphertext, LENGTH);
        in_memory.seeks_left = seeks;
        EXPECT(CLIQUET_SOURCE, cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, &details));
        CHECK(details.found == FAILED_FOUND && details.limit == 0);
    }
    for (int reads = 0; reads < 4; reads++) {
        reset(ciphertext, LENGTH);
        in_memory.reads_left = reads;
        EXPECT(CLIQUET_SOURCE, cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, &details));
        CHECK(details.found == FAILED_FOUND);
    }
    reset(ciphertext, LENGTH);
    in_memory.too_much = 1;
    EXPECT(CLIQUET_SOURCE, cliquet_attachment_reader_new(&SOURCE, info, NULL, &reader, &details));
    CHECK(details.found == 0 && reader == NULL);
}

static void a_source_that_fails_later(void) {
    cliquet_attachment_reader *reader = open_reader();
    cliquet_details details;
    size_t length = 7;
    make_untouched(read_bytes, MEGABYTE);
    in_memory.reads_left = 0;
    EXPECT(CLIQUET_SOURCE, cliquet_attachment_reader_read(reader, read_bytes, MEGABYTE, &length, &details));
    CHECK(details.found == FAILED_FOUND && length == 7 && is_untouched(read_bytes, MEGABYTE));
    /* The same bytes can be asked for again, and nothing is lost. */
    read_all(reader, MEGABYTE);
    OK(cliquet_attachment_reader_free(reader));

    reader = open_reader();
    make_untouched(read_bytes, MEGABYTE);
    in_memory.too_much = 1;
    EXPECT(CLIQUET_SOURCE, cliquet_attachment_reader_read(reader, read_bytes, 100, &length, &details));
    CHECK(details.found == 0 && length == 7 && is_untouched(read_bytes, MEGABYTE));
    OK(cliquet_attachment_reader_free(reader));
}

/* Whatever happens to the source, its last bytes are not handed out. */
static void given_up(cliquet_attachment_reader *reader) {
    cliquet_details details;
    size_t total = 0, length = 0;
    cliquet_status status = CLIQUET_OK;
    do {
        total += length;
        make_untouched(read_bytes, 65536);
        status = cliquet_attachment_reader_read(reader, read_bytes, 65536, &length, &details);
        CHECK(status != CLIQUET_OK || length > 0);
    } while (status == CLIQUET_OK);
    CHECK(status == CLIQUET_SOURCE && details.found == 0 && total < LENGTH && is_untouched(read_bytes, 65536));
    EXPECT(CLIQUET_SOURCE, cliquet_attachment_reader_read(reader, read_bytes, 65536, &length, &details));
    CHECK(details.found == 0 && is_untouched(read_bytes, 65536));
    OK(cliquet_attachment_reader_free(reader));
}

static void a_source_that_changes(void) {
    cliquet_attachment_reader *reader = open_reader();
    memcpy(changed, ciphertext, LENGTH);
    changed[0] ^= 1;
    in_memory.bytes = changed;
    given_up(reader);
    reader = open_reader();
    in_memory.length = 100000;
    given_up(reader);
}

static void pointers(void) {
    cliquet_attachment_reader *reader = NULL;
    cliquet_source no_read = {NULL, memory_seek, &in_memory}, no_seek = {memory_read, NULL, &in_memory};
    const cliquet_source *misaligned = (const cliquet_source *)(const void *)((const char *)&SOURCE + 1);
    cliquet_progress no_tell = {NULL, NULL};
    uint64_t total = 7;
    size_t length = 7;
    reset(ciphertext, LENGTH);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_new(NULL, info, NULL, &reader, NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_attachment_reader_new(misaligned, info, NULL, &reader, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_new(&no_read, info, NULL, &reader, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_new(&no_seek, info, NULL, &reader, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_new(&SOURCE, NULL, NULL, &reader, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_new(&SOURCE, info, &no_tell, &reader, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_new(&SOURCE, info, NULL, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_length(NULL, &total));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_read(NULL, read_bytes, 1, &length, NULL));
    /* Nothing was asked of the source. */
    CHECK(reader == NULL && in_memory.position == LENGTH);
    reader = (cliquet_attachment_reader *)info;
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_reader_length(reader, &total));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_reader_read(reader, read_bytes, 1, &length, NULL));
    EXPECT(CLIQUET_WRONG_HANDLE, cliquet_attachment_reader_free(reader));
    CHECK(total == 7 && length == 7);
    OK(cliquet_attachment_reader_free(NULL));

    reader = open_reader();
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_read(reader, NULL, 1, &length, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_read(reader, read_bytes, 1, NULL, NULL));
    EXPECT(CLIQUET_NULL_POINTER, cliquet_attachment_reader_length(reader, NULL));
    read_all(reader, MEGABYTE);
    OK(cliquet_attachment_reader_free(reader));
}

/* A source that uses the reader which it serves is told so. */
static cliquet_attachment_reader *served = NULL;
static int32_t busy_read(void *context, uint8_t *bytes, size_t length, size_t *count) {
    if (served != NULL) {
        uint64_t total = 0;
        size_t read = 0;
        EXPECT(CLIQUET_BUSY, cliquet_attachment_reader_length(served, &total));
        EXPECT(CLIQUET_BUSY, cliquet_attachment_reader_read(served, read_bytes, 1, &read, NULL));
        EXPECT(CLIQUET_BUSY, cliquet_attachment_reader_free(served));
    }
    return memory_read(context, bytes, length, count);
}

static void a_reader_that_is_busy(void) {
    cliquet_source source = {busy_read, memory_seek, &in_memory};
    cliquet_attachment_reader *reader = NULL;
    reset(ciphertext, LENGTH);
    OK(cliquet_attachment_reader_new(&source, info, NULL, &reader, NULL));
    served = reader;
    read_all(reader, MEGABYTE);
    OK(cliquet_attachment_reader_free(reader));
}

int main(void) {
    for (size_t i = 0; i < LENGTH; i++) {
        plaintext[i] = (uint8_t)(i * 7 + i / 251);
    }
    memcpy(ciphertext, plaintext, LENGTH);
    OK(cliquet_attachment_encrypt_in_place(ciphertext, LENGTH, NULL, &info));
    every_capacity();
    a_source_that_gives_little();
    a_file();
    an_empty_attachment();
    what_is_another_attachment();
    no_room_in_the_counter();
    a_source_that_fails_at_first();
    a_source_that_fails_later();
    a_source_that_changes();
    pointers();
    a_reader_that_is_busy();
    OK(cliquet_attachment_info_free(info));
    return 0;
}
