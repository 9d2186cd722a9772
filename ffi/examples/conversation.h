/* What conversation.c needs besides cliquet: an end for failures, an owner for what is made, files, and a table. */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#define _FILE_OFFSET_BITS 64 /* files of gigabytes also where a long has 32 bits */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cliquet.h"

/* --- Failures: each ends the program, and what was made by then is freed at its exit. --- */

static void require(bool holds, const char *otherwise) {
    if (!holds) {
        fprintf(stderr, "error: %s\n", otherwise);
        exit(EXIT_FAILURE);
    }
}

/* The same for calls of the system. */
static void worked(bool holds, const char *with) {
    if (!holds) {
        fprintf(stderr, "error: %s: %s\n", with, strerror(errno));
        exit(EXIT_FAILURE);
    }
}

/* Every call of cliquet goes through one of these, except for those that free. */
#define OK(call) EXPECT(CLIQUET_OK, call)
#define EXPECT(status, call) ended((status), (call), #call)

/* The figures of a failure, for all calls that tell some. */
static cliquet_details details;

/* Goes on if a call has ended as expected, and prints what it has refused. */
static void ended(cliquet_status expected, cliquet_status status, const char *call) {
    FILE *out = status == expected ? stdout : stderr;
    if (status == CLIQUET_OK && expected == CLIQUET_OK) {
        return;
    }
    fprintf(out, "%s %.*s: %s", status == expected ? "  refused by" : "error:", (int)strcspn(call, "("), call,
            cliquet_status_text(status));
    if (details.found > 0 || details.limit > 0) {
        fprintf(out, " (found %llu, limit %llu)", (unsigned long long)details.found, (unsigned long long)details.limit);
    }
    fputs("\n", out);
    memset(&details, 0, sizeof details);
    if (status != expected) {
        exit(EXIT_FAILURE);
    }
}

/* --- What a step makes is kept until the step ends, so that no function on the way has to free anything. --- */

typedef void disposal(void *what, size_t size);

static struct kept {
    struct kept *older;
    disposal *dispose;
    void *what;
    size_t size;
} *newest = NULL;

static void keep(void *what, size_t size, disposal *dispose) {
    struct kept *added = (struct kept *)malloc(sizeof *added);
    if (added == NULL) {
        dispose(what, size);
        require(false, "memory is exhausted");
    }
    added->older = newest;
    added->dispose = dispose;
    added->what = what;
    added->size = size;
    newest = added;
}

/* Newest first: a reader goes before the file that it reads. */
static void dispose_of_all(void) {
    while (newest != NULL) {
        struct kept *last = newest;
        newest = last->older;
        last->dispose(last->what, last->size);
        free(last);
    }
}

/* Frees an object, or NULL; anything else is a defect of this program. */
#define FREE(type, object)                                 \
    do {                                                   \
        if (cliquet_##type##_free(object) != CLIQUET_OK) { \
            abort();                                       \
        }                                                  \
    } while (0)

/* Declares an object and makes it with a call. */
#define MAKE(type, object, call)   \
    cliquet_##type *object = NULL; \
    OK(call);                      \
    keep(object, 0, dispose_of_##type)

#define DISPOSABLE(type)                                     \
    static void dispose_of_##type(void *what, size_t size) { \
        (void)size;                                          \
        FREE(type, (cliquet_##type *)what);                  \
    }
DISPOSABLE(attachment_encryptor) DISPOSABLE(attachment_info) DISPOSABLE(attachment_reader) DISPOSABLE(claimed_key)
DISPOSABLE(device_keys) DISPOSABLE(encrypted_file) DISPOSABLE(json_object) DISPOSABLE(megolm_message)
DISPOSABLE(megolm_session_export) DISPOSABLE(megolm_session_key) DISPOSABLE(olm_message) DISPOSABLE(pickle_key)

/* --- Memory, for bytes or a text. All of it is wiped, because most of it is secret. --- */

typedef struct {
    uint8_t *bytes;
    char *text; /* the same place, with a zero at the end */
    size_t length;
} memory;

static void dispose_of_memory(void *what, size_t size) {
    cliquet_wipe((uint8_t *)what, size);
    free(what);
}

static memory room_for(size_t length) {
    memory room = {(uint8_t *)calloc(1, length + 1), NULL, length};
    require(room.bytes != NULL, "memory is exhausted");
    room.text = (char *)room.bytes;
    keep(room.bytes, length + 1, dispose_of_memory);
    return room;
}

static memory text_of(const char *format, ...) {
    va_list arguments;
    memory text;
    va_start(arguments, format);
    text = room_for((size_t)vsnprintf(NULL, 0, format, arguments));
    va_end(arguments);
    va_start(arguments, format);
    vsnprintf(text.text, text.length + 1, format, arguments);
    va_end(arguments);
    return text;
}

/* Declares memory for what a call writes. Makes the call twice: with no room it tells how much it needs, and fails. */
#define WRITE(written, bytes_or_text, function, ...)       \
    memory written = {NULL, NULL, 0};                      \
    (void)function(__VA_ARGS__, NULL, 0, &written.length); \
    written = room_for(written.length);                    \
    OK(function(__VA_ARGS__, written.bytes_or_text, written.length + 1, &written.length))

/* --- Files, in a folder that only its owner reads. A crash leaves each as it was, or as it was to become. --- */

#define PIECE 65536

static char folder[1024];

static const char *path_of(const char *owner, const char *name) {
    return text_of("%s/%s.%s", folder, owner, name).text;
}

static void dispose_of_file(void *file, size_t size) {
    (void)size;
    fclose((FILE *)file);
}

/* Without a buffer of its own, which nobody would wipe. */
static FILE *open_file(const char *path, const char *mode) {
    FILE *file = fopen(path, mode);
    worked(file != NULL, path);
    keep(file, 0, dispose_of_file);
    worked(setvbuf(file, NULL, _IONBF, 0) == 0, path);
    return file;
}

/* The next bytes of a file; none at its end. */
static size_t get(FILE *file, memory piece) {
    const size_t length = fread(piece.bytes, 1, piece.length, file);
    worked(!ferror(file), "cannot read");
    return length;
}

static void put(FILE *file, memory piece, size_t length) {
    worked(fwrite(piece.bytes, 1, length, file) == length, "cannot write");
}

/* Begins a file that has its name once it is finished. */
static FILE *begin_file(const char *path) { return open_file(text_of("%s.new", path).text, "wb"); }

/* The content must be on the disk before the name is; and when this returns, the name is, too. */
static void finish_file(FILE *file, const char *path) {
    int descriptor;
    worked(fsync(fileno(file)) == 0 && rename(text_of("%s.new", path).text, path) == 0, path);
    descriptor = open(folder, O_RDONLY);
    worked(descriptor >= 0, folder);
    worked((fsync(descriptor) == 0) & (close(descriptor) == 0), folder);
}

static memory read_file(const char *path) {
    FILE *file = open_file(path, "rb");
    struct stat about;
    memory content;
    worked(fstat(fileno(file), &about) == 0, path);
    content = room_for((size_t)about.st_size);
    content.length = get(file, content);
    return content;
}

/* Compares files of any size. */
static void require_same(const char *path, const char *other_path) {
    FILE *file = open_file(path, "rb"), *other_file = open_file(other_path, "rb");
    const memory piece = room_for(PIECE), other = room_for(PIECE);
    size_t length = PIECE;
    while (length > 0) {
        length = get(file, piece);
        require(get(other_file, other) == length && memcmp(piece.bytes, other.bytes, length) == 0, "the files differ");
    }
}

/* Makes the folder that is named, or a temporary one. It must be new, so that no other conversation is lost. */
static void make_folder(const char *name) {
    const char *temporary = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
    const memory path = name != NULL ? text_of("%s", name) : text_of("%s/conversation-XXXXXX", temporary);
    require(path.length < sizeof folder, "the name of the folder is too long");
    worked(name != NULL ? mkdir(path.text, 0700) == 0 : mkdtemp(path.text) != NULL, path.text);
    memcpy(folder, path.text, path.length + 1);
}

static void remove_folder(void) {
    char path[sizeof folder + 256];
    DIR *listing = opendir(folder);
    const struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path); /* leaves `.` and `..` */
    }
    if (listing != NULL) {
        closedir(listing);
    }
    rmdir(folder);
}

/* --- The table: how often something was done, with how many bytes, and how many the largest had. --- */

enum { PUBLISHED, LETTERS, SENT, READ, PIECES, OPENED, REFUSED, ACCOUNTS, SESSIONS, OUTBOUND, INBOUND, LOADED, ROWS };

static struct {
    const char *what;
    unsigned long long times, bytes, largest;
} table[ROWS] = {
    {"keys of devices published", 0, 0, 0},
    {"letters sent over Olm", 0, 0, 0},
    {"messages sent to the room", 0, 0, 0},
    {"  decrypted", 0, 0, 0},
    {"pieces of the file encrypted", 0, 0, 0},
    {"  files verified and decrypted", 0, 0, 0},
    {"messages and files refused", 0, 0, 0},
    {"pickles written: accounts", 0, 0, 0},
    {"  Olm sessions", 0, 0, 0},
    {"  outbound group sessions", 0, 0, 0},
    {"  inbound group sessions", 0, 0, 0},
    {"  opened again", 0, 0, 0},
};

static void count(int row, unsigned long long bytes) {
    table[row].times++;
    table[row].bytes += bytes;
    table[row].largest = bytes > table[row].largest ? bytes : table[row].largest;
}

static void print_table(void) {
    printf("\n%-32s%8s%16s%16s\n", "", "times", "bytes", "largest");
    for (int row = 0; row < ROWS; row++) {
        printf("%-32s%8llu%16llu%16llu\n", table[row].what, table[row].times, table[row].bytes, table[row].largest);
    }
}
#endif
