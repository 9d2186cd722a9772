/* Olm sessions: what they encrypt to, how they turn, and what can be seen of their state. */
#include "olm.h"

/* Root key and chain key that follow from the shared secret 00 01 .. 5f. */
static const char *const ROOT_KEY = "61b3da11cad2745430970d3a1cde37dcbe966cda08355d72fe46bd5511cb4d79";
static const char *const CHAIN_KEY = "663e327639bb0d895275e63b2cc6d76cb614a0e7601283e0926ff40b163525aa";
/* The public key of the secret one that counts from 128. */
static const char *const RATCHET_KEY = "493e82fc74464a59268817623d2053c5eb8e2cc4a988b4fee179ec6b010d531d";

/* What vodozemac wrote with these. */
static const char *const PRE_KEY = "AwogQEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8SICAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/GiAAAQIDBAUGBwgJ"
                                   "CgsMDQ4PEBESExQVFhcYGRobHB0eHyI/AwogST6C/HRGSlkmiBdiPSBTxeuOLMSpiLT+4XnsawENUx0QACIQw+oH3MNu93sAH6idfl75QKhU"
                                   "42DuZyJw";
/* And under the ratchet key 80 81 .. 9f, of both versions. */
static const char *const VERSION_1 = "030a20808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f10002210c3ea07dcc36ef77b001fa89d7e5ef940"
                                     "5a54919a7384b240";
static const char *const VERSION_2 = "040a20808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f10002210c3ea07dcc36ef77b001fa89d7e5ef940"
                                     "d42b4c9da9a7ce16b61699603e2a6db815eb6caea341c2d2e89c14f4aa0956e3";

static void sessions_of_shared_keys(void) {
    uint8_t root_key[32], chain_key[32], ratchet_key[32], session_id[32], first = 128, bytes[128];
    cliquet_olm_session_keys keys, same;
    cliquet_olm_session *hers = NULL, *his = NULL;
    cliquet_random counting = {fill_counting, &first};
    from_hex(ROOT_KEY, root_key);
    from_hex(CHAIN_KEY, chain_key);
    from_hex(RATCHET_KEY, ratchet_key);
    sequence(0, keys.identity_key, 32);
    sequence(32, keys.base_key, 32);
    sequence(64, keys.one_time_key, 32);
    cliquet_details details;
    EXPECT(CLIQUET_RANDOM, cliquet_olm_session_sender_from_shared_keys(root_key, chain_key, &keys, CLIQUET_VERSION_1, NULL, &FAILING, &hers,
                                                                   &details));
    DETAILS(details, 0, 0);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT,
           cliquet_olm_session_sender_from_shared_keys(root_key, chain_key, &keys, 3, NULL, NULL, &hers, &details));
    DETAILS(details, 3, 0);
    EXPECT(CLIQUET_UNKNOWN_CONSTANT,
           cliquet_olm_session_receiver_from_shared_keys(root_key, chain_key, &keys, ratchet_key, 0, NULL, &his, &details));
    DETAILS(details, 0, 0);
    REFUSES_LIMITS(
        cliquet_olm_session_sender_from_shared_keys(root_key, chain_key, &keys, CLIQUET_VERSION_1, &limits, NULL, &hers, &details));
    REFUSES_LIMITS(cliquet_olm_session_receiver_from_shared_keys(root_key, chain_key, &keys, ratchet_key, CLIQUET_VERSION_1, &limits, &his,
                                                             &details));
    CHECK(hers == NULL && his == NULL);

    OK(cliquet_olm_session_sender_from_shared_keys(root_key, chain_key, &keys, CLIQUET_VERSION_1, NULL, &counting, &hers, &details));
    OK(cliquet_olm_session_receiver_from_shared_keys(root_key, chain_key, &keys, ratchet_key, CLIQUET_VERSION_1, NULL, &his, &details));
    CHECK(first == 160 && is_untouched(&details, sizeof details));
    cliquet_olm_message *message = encrypt(hers, "hello");
    char text[256];
    size_t length = 0;
    OK(cliquet_olm_message_to_base64(message, text, sizeof text, &length));
    CHECK(strcmp(text, PRE_KEY) == 0);
    bool has_received = true;
    OK(cliquet_olm_session_has_received_message(his, &has_received));
    CHECK(!has_received);
    decrypts_to(his, message, "hello");
    exchange(his, hers);
    exchange(hers, his);
    OK(cliquet_olm_session_session_keys(his, &same));
    SAME_BYTES(same.identity_key, keys.identity_key, 32);
    SAME_BYTES(same.base_key, keys.base_key, 32);
    SAME_BYTES(same.one_time_key, keys.one_time_key, 32);
    const cliquet_olm_session *both[] = {hers, his};
    for (size_t i = 0; i < 3; i++) {
        OK(i < 2 ? cliquet_olm_session_session_id(both[i], session_id) : cliquet_olm_session_keys_session_id(&keys, session_id));
        OK(cliquet_session_id_to_base64(session_id, text, sizeof text, &length));
        CHECK(strcmp(text, "CDWbEI+lZ/Xc8xn6NDTaarvB1ZX0JjcmZkR/Ccxah9w") == 0);
        make_untouched(session_id, sizeof session_id);
    }
    OK(cliquet_olm_message_free(message));
    OK(cliquet_olm_session_free(hers));
    OK(cliquet_olm_session_free(his));

    sequence(128, ratchet_key, 32);
    for (int i = 0; i < 2; i++) {
        const char *hex = i == 0 ? VERSION_1 : VERSION_2;
        cliquet_version version = i == 0 ? CLIQUET_VERSION_1 : CLIQUET_VERSION_2, stated = 0;
        from_hex(hex, bytes);
        message = read_message(CLIQUET_MESSAGE_TYPE_NORMAL, bytes, strlen(hex) / 2);
        OK(cliquet_olm_session_receiver_from_shared_keys(root_key, chain_key, &keys, ratchet_key, version, NULL, &his, NULL));
        OK(cliquet_olm_session_version(his, &stated));
        CHECK(stated == version);
        decrypts_to(his, message, "hello");
        OK(cliquet_olm_message_free(message));
        OK(cliquet_olm_session_free(his));
    }
}

/* What a session says that it will do next is what it does. */
static void encrypts_as_told(cliquet_olm_session *session, const char *plaintext, bool has_received, bool needs_random,
                             cliquet_olm_message **message) {
    bool told_received = !has_received, told_needs = !needs_random;
    cliquet_message_type told_type = 9, type = 8;
    cliquet_version version = 0, told_version = 9;
    size_t told_length = 0;
    uint8_t bytes[512];
    session_state before, after;
    OK(cliquet_olm_session_has_received_message(session, &told_received));
    CHECK(told_received == has_received);
    OK(cliquet_olm_session_needs_random(session, &told_needs));
    CHECK(told_needs == needs_random);
    OK(cliquet_olm_session_next_message_type(session, &told_type));
    CHECK(told_type == (has_received ? CLIQUET_MESSAGE_TYPE_NORMAL : CLIQUET_MESSAGE_TYPE_PRE_KEY));
    OK(cliquet_olm_session_message_length(session, strlen(plaintext), &told_length));
    OK(cliquet_olm_session_version(session, &told_version));

    observe_session(session, &before);
    CHECK(before.summary.has_received_message == has_received && before.summary.has_sending_chain == !needs_random);
    CHECK(before.summary.version == told_version);
    if (needs_random) {
        CHECK(is_zero(before.summary.sending_chain.ratchet_key, 32) && before.summary.sending_chain.next_chain_index == 0);
        *message = NULL;
        EXPECT(CLIQUET_RANDOM, cliquet_olm_session_encrypt(session, (const uint8_t *)plaintext, strlen(plaintext), &FAILING, message));
        CHECK(*message == NULL && session_is(session, &before));
    }
    OK(cliquet_olm_session_encrypt(session, (const uint8_t *)plaintext, strlen(plaintext), needs_random ? NULL : &FAILING, message));
    OK(cliquet_olm_message_type(*message, &type));
    OK(cliquet_olm_message_version(*message, &version));
    CHECK(type == told_type && version == told_version && wire(*message, bytes, sizeof bytes) == told_length);

    uint8_t ratchet_key[32];
    uint32_t chain_index = 9;
    OK(cliquet_olm_message_ratchet_key(*message, ratchet_key));
    OK(cliquet_olm_message_chain_index(*message, &chain_index));
    observe_session(session, &after);
    CHECK(after.summary.has_sending_chain && after.summary.sending_chain.next_chain_index == chain_index + 1);
    SAME_BYTES(after.summary.sending_chain.ratchet_key, ratchet_key, 32);
}

static void a_conversation(cliquet_version version) {
    parties both;
    cliquet_olm_message *messages[3];
    both.alice = new_account(10);
    both.bob = new_account(80);
    generate_keys(both.bob, 1, 150);
    both.hers = start(both.alice, both.bob, version, NULL, 200);
    encrypts_as_told(both.hers, "", false, false, &messages[0]);
    encrypts_as_told(both.hers, "and again", false, false, &messages[1]);
    encrypts_as_told(both.hers, "sixteen letters!", false, false, &messages[2]);
    bool matches = false;
    both.his = answer(both.bob, both.alice, messages[1], version, NULL);
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_olm_session_matches_pre_key_message(both.his, messages[i], &matches, NULL));
        CHECK(matches);
    }
    session_state hers, his;
    observe_session(both.his, &his);
    CHECK(his.summary.skipped_message_keys == 1 && his.count == 1 && his.chains[0].next_chain_index == 2);
    decrypts_to(both.his, messages[0], "");
    decrypts_to(both.his, messages[2], "sixteen letters!");
    observe_session(both.his, &his);
    observe_session(both.hers, &hers);
    CHECK(his.summary.skipped_message_keys == 0 && same_chain(&his.chains[0], &hers.summary.sending_chain));
    SAME_BYTES(his.summary.session_id, hers.summary.session_id, 32);
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_olm_message_free(messages[i]));
    }

    /* Five turns each: Bob always begins a chain, Alice has one only at first. */
    for (int turn = 0; turn < 5; turn++) {
        encrypts_as_told(both.his, "his", true, true, &messages[0]);
        encrypts_as_told(both.his, "his second", true, false, &messages[1]);
        decrypts_to(both.hers, messages[0], "his");
        decrypts_to(both.hers, messages[1], "his second");
        encrypts_as_told(both.hers, "hers", true, true, &messages[2]);
        decrypts_to(both.his, messages[2], "hers");
        for (size_t i = 0; i < 3; i++) {
            OK(cliquet_olm_message_free(messages[i]));
        }
    }
    observe_session(both.hers, &hers);
    observe_session(both.his, &his);
    CHECK(hers.count == 5 && his.count == 5 && hers.chains[0].next_chain_index == 2 && his.chains[0].next_chain_index == 1);
    SAME_BYTES(his.chains[0].ratchet_key, hers.summary.sending_chain.ratchet_key, 32);
    part(both);
}

/* The bytes of every plaintext's message, also where its length or its index takes one byte more. */
static void lengths_of_messages(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    size_t told = 0;
    uint8_t plaintext[300], bytes[600];
    memset(plaintext, 'x', sizeof plaintext);
    for (size_t i = 0; i < 140; i++) {
        cliquet_olm_message *message = NULL;
        size_t length = i * 2;
        OK(cliquet_olm_session_message_length(both.hers, length, &told));
        OK(cliquet_olm_session_encrypt(both.hers, plaintext, length, NULL, &message));
        CHECK(wire(message, bytes, sizeof bytes) == told);
        OK(cliquet_olm_message_free(message));
    }
    OK(cliquet_olm_session_message_length(both.his, 0, &told));
    CHECK(told == 63);
    OK(cliquet_olm_session_message_length(both.his, SIZE_MAX, &told));
    CHECK(told == SIZE_MAX);
    part(both);
}

static void pre_key_messages_of_others(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_session *other = NULL;
    bool matches = true;
    generate_keys(both.bob, 1, 160);
    other = start(both.alice, both.bob, CLIQUET_VERSION_1, NULL, 30);
    cliquet_olm_message *foreign = encrypt(other, "foreign"), *normal = encrypt(both.his, "normal");
    OK(cliquet_olm_session_matches_pre_key_message(both.his, foreign, &matches, NULL));
    CHECK(!matches);
    OK(cliquet_olm_session_matches_pre_key_message(other, foreign, &matches, NULL));
    CHECK(matches);
    EXPECT(CLIQUET_MESSAGE_TYPE, cliquet_olm_session_matches_pre_key_message(both.hers, normal, &matches, NULL));
    CHECK(matches);
    OK(cliquet_olm_message_free(foreign));
    OK(cliquet_olm_message_free(normal));
    OK(cliquet_olm_session_free(other));
    part(both);
}

static void limits_of_sessions(void) {
    cliquet_limits limits;
    make_untouched(&limits, sizeof limits);
    OK(cliquet_limits_default(&limits));
    CHECK(limits.skipped_keys_per_chain == 40 && limits.skipped_keys == 200);
    CHECK(limits.receiver_chains == 5 && limits.message_gap == 2000);
    EXPECT(CLIQUET_NULL_POINTER, cliquet_limits_default(NULL));
    EXPECT(CLIQUET_MISALIGNED, cliquet_limits_default(ONE_OFF(cliquet_limits, &limits)));

    parties both = meet(CLIQUET_VERSION_1, NULL);
    size_t given_up = 9;
    session_state before, after;
    observe_session(both.his, &before);
    CHECK(same_limits(&before.limits, &limits));
    REFUSES_LIMITS(cliquet_olm_session_set_limits(both.his, &limits, &given_up, &details));
    CHECK(given_up == 9 && session_is(both.his, &before));
    /* Every limit may be at both ends. */
    for (size_t which = 0; which < 4; which++) {
        for (int end = 0; end < 2; end++) {
            limits = limits_with(which, end == 0 ? LEAST[which] : MOST[which]);
            OK(cliquet_olm_session_set_limits(both.his, &limits, &given_up, NULL));
            observe_session(both.his, &after);
            CHECK(given_up == 0 && same_limits(&after.limits, &limits));
        }
    }
    part(both);

    /* A session that is made with limits has them; of 100 skipped keys, 40 outlive the return to the default ones. */
    limits = limits_with(0, 100);
    both = meet(CLIQUET_VERSION_1, &limits);
    observe_session(both.hers, &after);
    CHECK(same_limits(&after.limits, &limits));
    cliquet_olm_message *messages[101];
    for (size_t i = 0; i < 101; i++) {
        messages[i] = encrypt(both.hers, "late");
    }
    decrypts_to(both.his, messages[100], "late");
    observe_session(both.his, &after);
    CHECK(same_limits(&after.limits, &limits) && after.summary.skipped_message_keys == 100);
    cliquet_details details;
    make_untouched(&details, sizeof details);
    OK(cliquet_olm_session_set_limits(both.his, NULL, &given_up, &details));
    observe_session(both.his, &after);
    CHECK(given_up == 60 && after.summary.skipped_message_keys == 40 && is_untouched(&details, sizeof details));
    REFUSES(CLIQUET_NO_LONGER_KEPT, both.his, messages[0], 1, 0);
    REFUSES(CLIQUET_NO_LONGER_KEPT, both.his, messages[59], 60, 0);
    decrypts_to(both.his, messages[60], "late");
    decrypts_to(both.his, messages[99], "late");
    for (size_t i = 0; i < 101; i++) {
        OK(cliquet_olm_message_free(messages[i]));
    }
    part(both);
}

/* Keys of late messages outlive their chain, until they are forgotten. */
static void keys_of_dropped_chains(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *late[4];
    for (size_t i = 0; i < 4; i++) {
        late[i] = encrypt(both.hers, "late");
    }
    decrypts_to(both.his, late[3], "late");
    size_t given_up = 9;
    OK(cliquet_olm_session_forget_message_keys_of_dropped_chains(both.his, &given_up));
    CHECK(given_up == 0);
    for (int turn = 0; turn < 5; turn++) {
        exchange(both.his, both.hers);
        exchange(both.hers, both.his);
    }
    session_state state;
    observe_session(both.his, &state);
    CHECK(state.count == 5 && state.summary.skipped_message_keys == 3);
    decrypts_to(both.his, late[0], "late");
    OK(cliquet_olm_session_forget_message_keys_of_dropped_chains(both.his, &given_up));
    observe_session(both.his, &state);
    CHECK(given_up == 2 && state.summary.skipped_message_keys == 0);
    REFUSES(CLIQUET_UNKNOWN_RATCHET_KEY, both.his, late[1], 0, 0);
    for (size_t i = 0; i < 4; i++) {
        OK(cliquet_olm_message_free(late[i]));
    }
    part(both);
}

static void chains_that_do_not_fit(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    exchange(both.his, both.hers);
    exchange(both.hers, both.his);
    cliquet_chain_summary chains[3];
    size_t count = 0;
    make_untouched(chains, sizeof chains);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_session_receiver_chains(both.his, chains, 1, &count));
    CHECK(count == 2);
    count = 0;
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_session_receiver_chains(both.his, NULL, 0, &count));
    CHECK(count == 2 && is_untouched(chains, sizeof chains));
    OK(cliquet_olm_session_receiver_chains(both.his, chains, 2, &count));
    CHECK(count == 2 && is_untouched(chains + 2, sizeof chains[2]) && chains[0].next_chain_index == 1);
    part(both);

    both.alice = new_account(10);
    both.bob = new_account(80);
    generate_keys(both.bob, 1, 150);
    both.hers = start(both.alice, both.bob, CLIQUET_VERSION_1, NULL, 200);
    OK(cliquet_olm_session_receiver_chains(both.hers, NULL, 0, &count));
    CHECK(count == 0);
    both.his = NULL;
    part(both);
}

/* What is missing is what was sent and has not come. */
static void messages_that_are_missing(void) {
    parties both = meet(CLIQUET_VERSION_1, NULL);
    cliquet_olm_message *sent[3];
    cliquet_skipped_message missing[3];
    size_t count = 9;
    for (size_t i = 0; i < 3; i++) {
        sent[i] = encrypt(both.hers, "text");
    }
    OK(cliquet_olm_session_skipped_messages(both.his, missing, 3, &count));
    CHECK(count == 0);
    decrypts_to(both.his, sent[2], "text");
    make_untouched(missing, sizeof missing);
    EXPECT(CLIQUET_SHORT_BUFFER, cliquet_olm_session_skipped_messages(both.his, missing, 1, &count));
    CHECK(count == 2 && is_untouched(missing, sizeof missing));
    OK(cliquet_olm_session_skipped_messages(both.his, missing, 2, &count));
    CHECK(count == 2 && is_untouched(missing + 2, sizeof missing[2]));
    for (size_t i = 0; i < 2; i++) {
        uint32_t chain_index = 0;
        uint8_t ratchet_key[32];
        OK(cliquet_olm_message_chain_index(sent[i], &chain_index));
        OK(cliquet_olm_message_ratchet_key(sent[i], ratchet_key));
        CHECK(missing[i].chain_index == chain_index);
        SAME_BYTES(missing[i].ratchet_key, ratchet_key, 32);
    }
    EXPECT(CLIQUET_NULL_POINTER, cliquet_olm_session_skipped_messages(NULL, missing, 3, &count));
    for (size_t i = 0; i < 3; i++) {
        OK(cliquet_olm_message_free(sent[i]));
    }
    part(both);
}

int main(void) {
    sessions_of_shared_keys();
    a_conversation(CLIQUET_VERSION_1);
    a_conversation(CLIQUET_VERSION_2);
    lengths_of_messages();
    pre_key_messages_of_others();
    limits_of_sessions();
    keys_of_dropped_chains();
    chains_that_do_not_fit();
    messages_that_are_missing();
    return 0;
}
