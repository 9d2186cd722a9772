/*
 * A whole conversation, as Matrix clients have it:
 *
 *     conversation [--state FOLDER] [FILE]
 *
 * Amelie has a laptop and a phone, Bruno a tablet. All publish signed keys. The laptop shares the key of a room with
 * the tablet over Olm; it sends a poem there, and FILE (default: a README) as an encrypted attachment. The tablet reads
 * the poem out of order, and backwards; the phone comes late, and reads from there on and not before. What was changed
 * on its way, or comes twice, is refused.
 *
 * In each step one device acts. It begins with its pickles and nothing else, as if the program had just been started.
 * They are in FOLDER, which is made for them; without it, in a temporary folder that is removed at the end. FILE may be
 * of any size: only a few pieces of it, of 64 KiB each, are in memory at once.
 *
 * How to read on: the steps and `main` are at the end; what they use comes before, in the order of the conversation.
 * conversation.h has what is not about Matrix: OK and EXPECT check each call; MAKE and WRITE declare an object, or a
 * buffer, which is freed when the step ends.
 */
#include "conversation.h"

#define ROOM_ID "!room:example.org"
#define MEDIA_URL "mxc://example.org/media"

/* A text as functions take it. */
#define TEXT(text) (text), strlen(text)

enum { LAPTOP, PHONE, TABLET, DEVICES };

typedef struct {
    const char *user_id, *device_id;
    cliquet_account *account;
    cliquet_olm_session *sessions[DEVICES];       /* Olm, with each other device */
    cliquet_outbound_group_session *outbound; /* Megolm, what it sends to the room */
    cliquet_inbound_group_session *inbound;   /* Megolm, what it reads there */
} device;

static device devices[DEVICES] = {
    {"@amelie:example.org", "LAPTOP", NULL, {NULL}, NULL, NULL},
    {"@amelie:example.org", "PHONE", NULL, {NULL}, NULL, NULL},
    {"@bruno:example.org", "TABLET", NULL, {NULL}, NULL, NULL},
};

static const char *const POEM[] = {
    "A ratchet turns, and does not turn again:",
    "what it has locked, no hand will open twice.",
    "Come late, and you may read from here, my friend;",
    "what went before is under other keys.",
};
enum { LINES = sizeof POEM / sizeof POEM[0], JOINED_AT = 2 };

/* A text that the server holds; none in this conversation is longer. */
typedef char held[2048];

/* The homeserver, which nobody trusts. */
static struct {
    held device_keys[DEVICES], one_time_keys[DEVICES];
    struct {
        int from;
        cliquet_message_type type;
        held body;
    } letters[DEVICES];   /* the one that waits for each device */
    held room[LINES + 1]; /* all messages, in the order in which they were sent */
    int sent;
} server;

static void upload(held place, memory text) {
    require(text.length < sizeof(held), "the text is too long for the server");
    memcpy(place, text.text, text.length + 1);
}

/* --- The store: pickles, each in a slot of its device. --- */

/* The key of all pickles. It stays in memory here; a real client keeps it in the key store of the system. */
static cliquet_pickle_key *pickle_key = NULL;

/* User, device and slot are bound into each pickle, so that none opens in the place of another. */
static const cliquet_pickle_key *key_of(const device *owner, const char *slot) {
    const memory context = text_of("%s|%s|%s", owner->user_id, owner->device_id, slot);
    MAKE(pickle_key, key, cliquet_pickle_key_in_context(pickle_key, context.bytes, context.length, &key));
    return key;
}

/* Four types of object are saved and loaded in the same way. Where nothing was saved, NULL stays. */
#define STORED(type, row)                                                                                           \
    static void save_##type(const device *owner, const char *slot, const cliquet_##type *object) {                  \
        const cliquet_pickle_key *key = key_of(owner, slot);                                                        \
        const char *path = path_of(owner->device_id, slot);                                                         \
        FILE *file = begin_file(path);                                                                              \
        WRITE(pickle, bytes, cliquet_##type##_to_pickle, object, key, NULL);                                        \
        put(file, pickle, pickle.length);                                                                           \
        finish_file(file, path);                                                                                    \
        count(row, pickle.length);                                                                                  \
    }                                                                                                               \
    static void load_##type(const device *owner, const char *slot, cliquet_##type **object) {                       \
        const char *path = path_of(owner->device_id, slot);                                                         \
        if (access(path, F_OK) == 0) {                                                                              \
            const memory pickle = read_file(path);                                                                  \
            const cliquet_pickle_key *key = key_of(owner, slot);                                                    \
            OK(cliquet_##type##_from_pickle(pickle.bytes, pickle.length, key, object, &details));                   \
            count(LOADED, pickle.length);                                                                           \
        }                                                                                                           \
    }
STORED(account, ACCOUNTS)
STORED(olm_session, SESSIONS)
STORED(outbound_group_session, OUTBOUND)
STORED(inbound_group_session, INBOUND)

/* What was not saved is lost. */
static void close_device(void *what, size_t size) {
    device *self = (device *)what;
    const device closed = {self->user_id, self->device_id, NULL, {NULL}, NULL, NULL};
    (void)size;
    FREE(account, self->account);
    FREE(outbound_group_session, self->outbound);
    FREE(inbound_group_session, self->inbound);
    for (int other = 0; other < DEVICES; other++) {
        FREE(olm_session, self->sessions[other]);
    }
    *self = closed;
}

static void open_device(device *self) {
    keep(self, 0, close_device);
    load_account(self, "account", &self->account);
    load_outbound_group_session(self, "outbound", &self->outbound);
    load_inbound_group_session(self, "inbound", &self->inbound);
    for (int other = 0; other < DEVICES; other++) {
        load_olm_session(self, devices[other].device_id, &self->sessions[other]);
    }
}

/* --- Keys: made, signed, published, looked up, claimed. --- */

static void publish(int who) {
    device *self = &devices[who];
    OK(cliquet_account_new(NULL, &self->account));
    OK(cliquet_account_generate_one_time_keys(self->account, 5, NULL, NULL, 0, NULL, &details));
    MAKE(json_object, keys,
         cliquet_account_signed_device_keys(self->account, TEXT(self->user_id), TEXT(self->device_id), &keys));
    MAKE(json_object, one_time,
         cliquet_account_signed_one_time_keys(self->account, TEXT(self->user_id), TEXT(self->device_id), &one_time));
    WRITE(keys_json, text, cliquet_json_object_to_canonical_json, keys);
    WRITE(one_time_json, text, cliquet_json_object_to_canonical_json, one_time);
    /* Before the upload: whoever claims a key that no account holds, writes what nobody can read. */
    save_account(self, "account", self->account);
    upload(server.device_keys[who], keys_json);
    upload(server.one_time_keys[who], one_time_json);
    /* After it: the other way round, a crash would leave keys that nobody ever uploads. */
    OK(cliquet_account_mark_keys_as_published(self->account));
    save_account(self, "account", self->account);
    count(PUBLISHED, keys_json.length + one_time_json.length);
}

/* What the server says of a device, if it is about that device and signed by it. Whose it is, verification shows. */
static const cliquet_device_keys *look_up(int whom) {
    const device *it = &devices[whom];
    MAKE(json_object, object, cliquet_json_object_from_json(TEXT(server.device_keys[whom]), &object));
    MAKE(device_keys, keys,
         cliquet_device_keys_verify(object, TEXT(it->user_id), TEXT(it->device_id), &keys, &details));
    return keys;
}

/* The server hands out each one-time key once. In canonical JSON, the first id begins at the third character. */
static memory claim(int whom) {
    const char *first = server.one_time_keys[whom] + 2;
    const memory key_id = text_of("%.*s", (int)strcspn(first, "\""), first);
    MAKE(json_object, keys, cliquet_json_object_from_json(TEXT(server.one_time_keys[whom]), &keys));
    WRITE(claimed, text, cliquet_json_object_get, keys, key_id.text, key_id.length);
    OK(cliquet_json_object_remove(keys, key_id.text, key_id.length));
    WRITE(left, text, cliquet_json_object_to_canonical_json, keys);
    upload(server.one_time_keys[whom], left);
    return claimed;
}

/* --- Letters: from one device to one other, over Olm. --- */

/* A session is made from a claimed key, which cannot be had without its signatures being checked. */
static void start_session(int from, int to) {
    const memory json = claim(to);
    MAKE(json_object, object, cliquet_json_object_from_json(json.text, json.length, &object));
    MAKE(claimed_key, claimed, cliquet_device_keys_verify_one_time_key(look_up(to), object, &claimed, &details));
    OK(cliquet_account_create_outbound_session_with(devices[from].account, claimed, CLIQUET_VERSION_1, NULL, NULL,
                                                    &devices[from].sessions[to], &details));
}

/* The first line of a letter, so that nobody passes another's off as his own. Matrix has fields of JSON for it. */
static memory address(int from, int to) {
    const device *sender = &devices[from], *recipient = &devices[to];
    return text_of("%s %s to %s %s\n", sender->user_id, sender->device_id, recipient->user_id, recipient->device_id);
}

static void send_letter(int from, int to, const char *text) {
    device *self = &devices[from];
    const memory plaintext = text_of("%s%s", address(from, to).text, text);
    MAKE(olm_message, message,
         cliquet_olm_session_encrypt(self->sessions[to], plaintext.bytes, plaintext.length, NULL, &message));
    WRITE(body, text, cliquet_olm_message_to_base64, message);
    /* Before the letter leaves: a crash now costs a gap of one message, a crash later would use its key twice. */
    save_olm_session(self, devices[to].device_id, self->sessions[to]);
    server.letters[to].from = from;
    OK(cliquet_olm_message_type(message, &server.letters[to].type));
    upload(server.letters[to].body, body);
    count(LETTERS, body.length);
}

/* Reads the letter that waits for a device, with the session there is or the one that begins with it. */
static const char *read_letter(int who) {
    device *self = &devices[who];
    const int from = server.letters[who].from;
    const memory line = address(from, who);
    uint8_t identity_key[32];
    memory text = {NULL, NULL, 0};
    MAKE(olm_message, message,
         cliquet_olm_message_from_base64(server.letters[who].type, TEXT(server.letters[who].body), &message, &details));
    OK(cliquet_olm_message_max_plaintext_length(message, &text.length));
    text = room_for(text.length);
    if (self->sessions[from] != NULL) { /* of several, cliquet_olm_session_matches_pre_key_message tells which */
        OK(cliquet_olm_session_decrypt(self->sessions[from], message, text.bytes, text.length, &text.length, &details));
    } else {
        OK(cliquet_device_keys_curve25519_key(look_up(from), identity_key));
        OK(cliquet_account_create_inbound_session(self->account, identity_key, message, CLIQUET_VERSION_1, NULL,
                                                  &self->sessions[from], text.bytes, text.length, &text.length, NULL,
                                                  &details));
    }
    require(strncmp(text.text, line.text, line.length) == 0, "the letter names another sender or recipient");
    return text.text + line.length;
}

/* After what the letter says: the session, then the account without its one-time key; else a crash can lose it all. */
static void acknowledge(int who) {
    device *self = &devices[who];
    const int from = server.letters[who].from;
    save_olm_session(self, devices[from].device_id, self->sessions[from]);
    save_account(self, "account", self->account);
    upload(server.letters[who].body, text_of(""));
}

/* --- The room: one device sends, all read, over Megolm. --- */

static void send_to_room(const device *self, const char *text) {
    /* With the id of the room, so that the server cannot pass a message off as one of another room. */
    const memory plaintext = text_of("%s\n%s", ROOM_ID, text);
    MAKE(megolm_message, message,
         cliquet_outbound_group_session_encrypt(self->outbound, plaintext.bytes, plaintext.length, &message));
    WRITE(ciphertext, text, cliquet_megolm_message_to_base64, message);
    /* Before the message leaves, as with letters. */
    save_outbound_group_session(self, "outbound", self->outbound);
    upload(server.room[server.sent++], ciphertext);
    count(SENT, ciphertext.length);
}

/* A device can read the room: sets a guard against replays, and saves. */
static void begin_reading(const device *self) {
    OK(cliquet_inbound_group_session_set_replay_guard(self->inbound, CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY, NULL, 0));
    save_inbound_group_session(self, "inbound", self->inbound);
}

/* Reads what an event brings; or it is refused, as expected. */
static const char *read_event(const device *self, int number, const char *ciphertext, cliquet_status expected) {
    char event_id[32] = ""; /* as it is, because it is short; of a longer one, its SHA-256 */
    uint32_t message_index = 0;
    cliquet_provenance provenance;
    memory text = {NULL, NULL, 0};
    snprintf(event_id, sizeof event_id, "$%d:example.org", number);
    MAKE(megolm_message, message, cliquet_megolm_message_from_base64(TEXT(ciphertext), &message, &details));
    OK(cliquet_megolm_message_max_plaintext_length(message, &text.length));
    text = room_for(text.length);
    EXPECT(expected, cliquet_inbound_group_session_decrypt_event(self->inbound, message, (const uint8_t *)event_id,
                                                                 text.bytes, text.length, &text.length, &message_index,
                                                                 &provenance, &details));
    count(expected == CLIQUET_OK ? READ : REFUSED, strlen(ciphertext));
    if (expected != CLIQUET_OK) {
        return NULL;
    }
    require(strncmp(text.text, TEXT(ROOM_ID "\n")) == 0, "the message names another room");
    return text.text + strlen(ROOM_ID "\n");
}

static void read_line(const device *self, int number) {
    const char *text = read_event(self, number, server.room[number], CLIQUET_OK);
    require(strcmp(text, POEM[number]) == 0, "another line was read than was sent");
    printf("  %d: %s\n", number, text);
    /* What the guard has seen must not be forgotten. */
    save_inbound_group_session(self, "inbound", self->inbound);
}

/* --- The file: encrypted on its way to the server, and verified before a byte of it is decrypted. --- */

static const char *file_path;

/* Encrypts each piece where it lies, and returns what an event says of the whole. */
static memory upload_file(void) {
    FILE *file = open_file(file_path, "rb"), *media = begin_file(path_of("server", "media"));
    const memory piece = room_for(PIECE);
    size_t length;
    MAKE(attachment_encryptor, encryptor, cliquet_attachment_encryptor_new(NULL, &encryptor));
    while ((length = get(file, piece)) > 0) {
        OK(cliquet_attachment_encryptor_encrypt(encryptor, piece.bytes, length));
        put(media, piece, length);
        count(PIECES, length);
    }
    finish_file(media, path_of("server", "media"));
    MAKE(attachment_info, info, cliquet_attachment_encryptor_finish(encryptor, &info));
    MAKE(encrypted_file, encrypted, cliquet_encrypted_file_new(TEXT(MEDIA_URL), info, &encrypted));
    WRITE(json, text, cliquet_encrypted_file_to_json, encrypted);
    return json;
}

static int32_t read_media(void *media, uint8_t *bytes, size_t length, size_t *count) {
    *count = fread(bytes, 1, length, (FILE *)media);
    return ferror((FILE *)media) ? EIO : 0;
}

static int32_t seek_media(void *media, uint64_t position) {
    return fseeko((FILE *)media, (off_t)position, SEEK_SET) == 0 ? 0 : EIO;
}

/* Decrypts what an event speaks of to a file; or it is refused, as expected. */
static void download_file(const char *json, const char *path, cliquet_status expected) {
    const cliquet_source source = {read_media, seek_media, open_file(path_of("server", "media"), "rb")};
    cliquet_attachment_reader *reader = NULL;
    MAKE(encrypted_file, encrypted, cliquet_encrypted_file_from_json(TEXT(json), &encrypted));
    MAKE(attachment_info, info, cliquet_encrypted_file_info(encrypted, &info));
    WRITE(url, text, cliquet_encrypted_file_url, encrypted);
    require(strcmp(url.text, MEDIA_URL) == 0, "the file is not on this server");
    /* Reads all of it once, for its hash: of a file that was changed, no byte is decrypted. */
    EXPECT(expected, cliquet_attachment_reader_new(&source, info, NULL, &reader, &details));
    if (expected != CLIQUET_OK) {
        return;
    }
    keep(reader, 0, dispose_of_attachment_reader);
    const memory piece = room_for(PIECE);
    FILE *file = begin_file(path);
    size_t length = PIECE;
    while (length > 0) {
        OK(cliquet_attachment_reader_read(reader, piece.bytes, piece.length, &length, &details));
        put(file, piece, length);
    }
    /* Only now: a file that changes while it is read, is noticed with its last byte. */
    finish_file(file, path);
    uint64_t total = 0;
    OK(cliquet_attachment_reader_length(reader, &total));
    count(OPENED, total);
}

/* --- The steps, each of one device. --- */

static void share_room_key(int who) {
    device *self = &devices[who];
    OK(cliquet_outbound_group_session_new(CLIQUET_VERSION_1, NULL, &self->outbound));
    MAKE(megolm_session_key, key, cliquet_outbound_group_session_session_key(self->outbound, &key));
    WRITE(text, text, cliquet_megolm_session_key_to_base64, key);
    /* It reads its own messages, too; this first, so that a room that is stored is complete. */
    OK(cliquet_inbound_group_session_new(key, CLIQUET_VERSION_1, &self->inbound));
    begin_reading(self);
    save_outbound_group_session(self, "outbound", self->outbound);
    start_session(who, TABLET);
    send_letter(who, TABLET, text.text);
}

static void receive_room_key(int who) {
    device *self = &devices[who];
    const char *text = read_letter(who);
    MAKE(megolm_session_key, key, cliquet_megolm_session_key_from_base64(TEXT(text), &key, &details));
    OK(cliquet_inbound_group_session_new(key, CLIQUET_VERSION_1, &self->inbound));
    begin_reading(self);
    acknowledge(who);
    send_letter(who, LAPTOP, "I can read you now. Thank you!");
}

static void read_answer(int who) {
    printf("  %s\n", read_letter(who));
    acknowledge(who);
}

static void send_two_lines(int who) {
    for (int i = 0; i < 2; i++) {
        send_to_room(&devices[who], POEM[server.sent]);
    }
}

static void read_lines(int who) {
    static const int arrival[LINES] = {2, 0, 3, 1};
    for (int i = 0; i < LINES; i++) {
        read_line(&devices[who], arrival[i]);
    }
    for (int number = LINES - 1; number >= 0; number--) {
        read_line(&devices[who], number);
    }
}

static void refuse_messages(int who) {
    const memory changed = text_of("%s", server.room[1]);
    char *letter = &changed.text[changed.length / 2];
    *letter = *letter == 'A' ? 'B' : 'A';
    read_event(&devices[who], 1, changed.text, CLIQUET_INVALID_SIGNATURE);
    read_event(&devices[who], 100, server.room[1], CLIQUET_REPLAY);
}

static void ask_for_room_key(int who) {
    start_session(who, LAPTOP);
    send_letter(who, LAPTOP, "I am new here. May I have the key?");
}

static void forward_room_key(int who) {
    const device *self = &devices[who];
    const int to = server.letters[who].from;
    printf("  %s\n", read_letter(who));
    acknowledge(who);
    require(strcmp(devices[to].user_id, self->user_id) == 0, "another user asks for the key");
    MAKE(megolm_session_export, exported, cliquet_inbound_group_session_export_at(self->inbound, JOINED_AT, &exported));
    WRITE(text, text, cliquet_megolm_session_export_to_base64, exported);
    send_letter(who, to, text.text);
}

static void join_late(int who) {
    device *self = &devices[who];
    const char *text = read_letter(who);
    MAKE(megolm_session_export, exported, cliquet_megolm_session_export_from_base64(TEXT(text), &exported, &details));
    OK(cliquet_inbound_group_session_import(exported, CLIQUET_VERSION_1, &self->inbound));
    begin_reading(self);
    acknowledge(who);
    read_event(self, JOINED_AT - 1, server.room[JOINED_AT - 1], CLIQUET_UNKNOWN_MESSAGE_INDEX);
    for (int number = JOINED_AT; number < LINES; number++) {
        read_line(self, number);
    }
}

static void send_file(int who) { send_to_room(&devices[who], upload_file().text); }

static void receive_file(int who) {
    const char *path = path_of(devices[who].device_id, "file");
    download_file(read_event(&devices[who], LINES, server.room[LINES], CLIQUET_OK), path, CLIQUET_OK);
    require_same(path, file_path);
}

static void refuse_file(int who) {
    const char *path = path_of(devices[who].device_id, "changed");
    FILE *media = open_file(path_of("server", "media"), "r+b");
    const int first = fgetc(media);
    rewind(media);
    worked(fputc(first ^ 1, media) != EOF, "media"); /* of an empty file, EOF was read, and a byte is added */
    download_file(read_event(&devices[who], LINES, server.room[LINES], CLIQUET_OK), path, CLIQUET_HASH_MISMATCH);
    count(REFUSED, 0);
}

static const struct {
    const char *what;
    void (*take)(int who);
    int who;
} STEPS[] = {
    {"The laptop publishes its keys, signed;", publish, LAPTOP},
    {"so does the phone,", publish, PHONE},
    {"and so does the tablet.", publish, TABLET},
    {"The laptop shares the key of the room with the tablet, over Olm.", share_room_key, LAPTOP},
    {"The tablet receives it, and answers.", receive_room_key, TABLET},
    {"The laptop reads the answer.", read_answer, LAPTOP},
    {"It sends half of a poem to the room,", send_two_lines, LAPTOP},
    {"and then the other half.", send_two_lines, LAPTOP},
    {"The tablet reads the poem out of order, scrolls up, and reads it backwards.", read_lines, TABLET},
    {"It is given line 1 with a letter changed, and again as another event.", refuse_messages, TABLET},
    {"The phone comes late, and asks the laptop.", ask_for_room_key, PHONE},
    {"The laptop forwards the key, from line 2 on.", forward_room_key, LAPTOP},
    {"The phone reads from line 2 on, and not before.", join_late, PHONE},
    {"The laptop encrypts the file, uploads it, and tells the room.", send_file, LAPTOP},
    {"The phone verifies the file, and decrypts it.", receive_file, PHONE},
    {"The tablet does, too: both have what was sent.", receive_file, TABLET},
    {"The file is changed by one bit, and the tablet tries again.", refuse_file, TABLET},
};

static const char *state = NULL;

/* Frees and removes what is left, however the program ends. */
static void clean_up(void) {
    dispose_of_all();
    FREE(pickle_key, pickle_key);
    if (state == NULL) {
        remove_folder();
    }
}

int main(int argc, char **argv) {
    file_path = access("ffi/README.md", R_OK) == 0 ? "ffi/README.md" : argv[0];
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--state") == 0 && i + 1 < argc) {
            state = argv[++i];
        } else {
            require(argv[i][0] != '-', "usage: conversation [--state FOLDER] [FILE]");
            file_path = argv[i];
        }
    }
    atexit(clean_up);
    make_folder(state);
    OK(cliquet_pickle_key_random(NULL, &pickle_key));
    printf("cliquet %s, with %s; the pickles are in %s.\n\n", cliquet_library_version(), file_path, folder);
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        printf("%s\n", STEPS[i].what);
        open_device(&devices[STEPS[i].who]);
        STEPS[i].take(STEPS[i].who);
        dispose_of_all();
    }
    print_table();
    return EXIT_SUCCESS;
}
