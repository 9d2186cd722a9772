//! The wrapper against values that libolm 3.2.16 wrote elsewhere, through its Python binding, from the same "random"
//! bytes; and a conversation in which every function is called once.

use super::*;

const KEY: &[u8] = b"DEFAULT_KEY";

/// Account from `seq(0)` with three one-time keys from `seq(64)`, pickled with `KEY`.
const ACCOUNT_PICKLE: &str = "\
    h2UkmAj557O6aXcM5BDwCx/Raqr6W0lXsNWuMN8S1SEIIW3JZNaO/4bjh+uo1pYQGVVfCfp8fYlsdyAD7n6dpzIQKpJKpK+WyiKtHsAd\
    2tQN7ITLVl4HNJvUnz9GsZ+3I8PCGXmd2/7mGHePXcNzFLMHgU1PVjLJ64bLrtbahf0uZvGALFooGvB1KMEXcDWNohFxdVRkKUUfizzh\
    nZMpeSSyH5aDfQ5sW/gaK8sUl3XTPVNXReXkgoEWPTAyg/gmDKOkjQrrCP1NThl7bsfyCp21OgYHwc9VOZTL0auiXiGkK9mP4FIRVQqj\
    Ozg/brJKO/rz+eSkMPAVdRX3g9khd+oJFDd6d3Tfynlq1214ijdJjHTeQxfr0HtL7JSgNH9YdoLOAXsAAckNCiv07mNnogZ8n7dSByYO\
    i+wA64MySEk0k6kshzD74Rv+3PJZ293UF5fiP7aNOHc7dL/VI1YI3tCyqzCuTYV3dVhfqSidhcPUvEqBWIS5fvxOHzd+eu8MSFFa21BS\
    iU0";

/// "hello" from `seq(200)`: the first message of the account from `seq(10)` to the one from `seq(80)`, whose one-time key
/// is from `seq(150)`.
const PRE_KEY_MESSAGE: &str = "\
    AwogCCZK5pC0Edjj7eQPhxklheoRSggnRKd2EFqsBeqxBS4SIE1bq4mwcz2djc7PBPMhyQt2G3dlpr2yvdv60+er3x9mGiB/iIyVM5TV\
    g5+i9dYJ4wyN4Gxzq9WqoMT/tdB4eDahVCI/AwogieMHFvjUrkJ2fRNNGbAvnnc4o7V6sIeHLNBtZRYH21cQACIQ7vC88vkZE/1lJYfk\
    +0ZkxDV/elhxcPsW";
const SESSION_ID: &str = "Uo3fWuhX7ndrJp/3ktf4z/B7fvt30tMEJsPTHJ5Dnh4";
/// "reply" with a ratchet key from `seq(5)`.
const NORMAL_MESSAGE: &str = "\
    AwogYJC4c2IZGSXvydz8wDvZ4XBm6fehtB0PZEE7pgdVhxwQACIQ8VbaKhlX0jipgFtZDEEmB1ymdiAE89B1";

/// The group session from `seq(3)`, and its messages "g0" and "g299" at these indices.
const SESSION_KEY: &str = "\
    AgAAAAADBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RFRkdISUpL\
    TE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgmqZBJV0779eIkpWUc3TZ2TIObbnwQ1l\
    kklgTtGur/AAzCV3YvXVtrPvczr+IE4uU9QvVboDQLS/RsvKtg3ySvdB1BNm5sBdeNphhNSw/vaJ6EDuoOaPfLvVq1Ce02xHBQ";
const GROUP_MESSAGE_0: &str = "\
    AwgAEhAgWqCBL6AGssQBD84kHemHhj94HP9okrMIRQ2zfbT2q/TUKX6nrbOGSWinTE3XCMqAbx52lOygEQrpOBrh/g78HBKkMGRlEge2\
    9iY190w+XB0iBnybAU4C";
const GROUP_MESSAGE_299: &str = "\
    AwirAhIQb6dWutGijXynkDurlNb++Jhdyns5yUjmJOBU9xmPsviovdwGTEqHHBeKa/Kbu3XHY+L9OVkIGeFrhjzHTSYNYZ1H3WnXCwMN\
    lNoJZx7GvTCWb1EsfNTQAQ";
const EXPORT_AT_300: &str = "\
    AQAAASwDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCosFvZD2NQqcD\
    BW9qXHaovH2jQZFDHNSSi3s+RUiV5gtcE+MSwvb5+xpxbBTVrlSzEMvpP1Z50+J1Ck4hSIqkHmqZBJV0779eIkpWUc3TZ2TIObbnwQ1l\
    kklgTtGur/AA";
const EXPORT_AT_01020304: &str = "\
    AQECAwT/QXydA8xCK6eMlqaZkes6/+xINuzK4zNlS1Kv2KDudd7tDJIsqLUEifw1WpjBNM1gN+irPMAlhIOxTG/u7qShc34jOxrOD0rg\
    B8vWOCmEhEUZ5z9j3LxFiPkN1Pg3MVGbUgAxo6HcQmCfUEmByQ1i3SKNZb0OxxCPAB8uhliCLWqZBJV0779eIkpWUc3TZ2TIObbnwQ1l\
    kklgTtGur/AA";

fn text(error: Error) -> String {
    error.text().to_owned()
}

/// No operation in this state draws anything.
fn nothing(_: &mut [u8]) {
    panic!("libolm asked for random bytes");
}

/// Alice's account, Bob's with one one-time key, and her session with him.
fn alice_and_bob() -> (Account, Account, Session) {
    let alice = Account::create(&mut seq(10)).unwrap();
    let mut bob = Account::create(&mut seq(80)).unwrap();
    bob.generate_one_time_keys(1, &mut seq(150)).unwrap();
    let identity = bob.identity_keys().unwrap().curve25519;
    let (_, one_time) = bob.one_time_keys().unwrap().pop().unwrap();
    let session = alice.create_outbound_session(&identity, &one_time, &mut seq(200)).unwrap();
    (alice, bob, session)
}

#[test]
fn the_version_is_the_one_in_the_tests() {
    assert_eq!(version(), (3, 2, 16));
}

#[test]
fn account_as_written_elsewhere() {
    let mut account = Account::create(&mut seq(0)).unwrap();
    account.generate_one_time_keys(3, &mut seq(64)).unwrap();
    assert_eq!(account.pickle(KEY).unwrap(), ACCOUNT_PICKLE);

    let read = Account::unpickle(ACCOUNT_PICKLE, KEY).unwrap();
    assert_eq!(read.identity_keys(), account.identity_keys());
    let keys = read.one_time_keys().unwrap();
    assert_eq!(keys, account.one_time_keys().unwrap());
    let ids: Vec<&str> = keys.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["AAAAAw", "AAAAAg", "AAAAAQ"]);

    assert_eq!(Account::unpickle(ACCOUNT_PICKLE, b"another").map_err(text).unwrap_err(), "BAD_ACCOUNT_KEY");
}

#[test]
fn conversation_as_written_elsewhere() {
    let (alice, mut bob, mut sending) = alice_and_bob();
    assert_eq!(sending.id().unwrap(), SESSION_ID);
    let first = sending.encrypt(b"hello", &mut nothing).unwrap();
    assert_eq!(first, (PRE_KEY, PRE_KEY_MESSAGE.to_owned()));

    let mut receiving = bob.create_inbound_session(PRE_KEY_MESSAGE).unwrap();
    assert_eq!(receiving.id().unwrap(), SESSION_ID);
    assert!(receiving.matches_inbound_session(PRE_KEY_MESSAGE).unwrap());
    let identity = alice.identity_keys().unwrap().curve25519;
    assert!(receiving.matches_inbound_session_from(&identity, PRE_KEY_MESSAGE).unwrap());
    let other = bob.identity_keys().unwrap().curve25519;
    assert!(!receiving.matches_inbound_session_from(&other, PRE_KEY_MESSAGE).unwrap());
    assert!(!receiving.has_received_message());
    assert_eq!(receiving.decrypt(PRE_KEY, PRE_KEY_MESSAGE).unwrap(), b"hello");
    assert!(receiving.has_received_message());
    assert_eq!(receiving.decrypt(PRE_KEY, PRE_KEY_MESSAGE).map_err(text).unwrap_err(), "BAD_MESSAGE_MAC");

    assert!(bob.create_inbound_session_from(&identity, PRE_KEY_MESSAGE).is_ok());
    bob.remove_one_time_keys(&receiving).unwrap();
    let gone = bob.create_inbound_session_from(&identity, PRE_KEY_MESSAGE);
    assert_eq!(gone.map_err(text).unwrap_err(), "BAD_MESSAGE_KEY_ID");

    let reply = receiving.encrypt(b"reply", &mut seq(5)).unwrap();
    assert_eq!(reply, (NORMAL, NORMAL_MESSAGE.to_owned()));
    assert_eq!(sending.decrypt(NORMAL, NORMAL_MESSAGE).unwrap(), b"reply");
    assert_eq!(sending.message_type().unwrap(), NORMAL);
}

#[test]
fn sessions_survive_their_pickles() {
    let (_, bob, mut sending) = alice_and_bob();
    let (kind, body) = sending.encrypt(b"", &mut nothing).unwrap();
    let mut receiving = bob.create_inbound_session(&body).unwrap();
    assert_eq!(receiving.decrypt(kind, &body).unwrap(), b"");

    let mut sending = Session::unpickle(&sending.pickle(KEY).unwrap(), KEY).unwrap();
    let pickle = receiving.pickle(KEY).unwrap();
    let mut receiving = Session::unpickle(&pickle, KEY).unwrap();
    assert_eq!(receiving.pickle(KEY).unwrap(), pickle);
    let (_, skipped) = sending.encrypt(b"first", &mut nothing).unwrap();
    let (_, body) = sending.encrypt(b"second", &mut nothing).unwrap();
    assert_eq!(receiving.decrypt(PRE_KEY, &body).unwrap(), b"second");
    assert!(receiving.describe().ends_with("receiver chain indices: 3 skipped message keys: 1"));
    assert_eq!(receiving.decrypt(PRE_KEY, &skipped).unwrap(), b"first");

    assert_eq!(Session::unpickle(&pickle, b"another").map_err(text).unwrap_err(), "BAD_ACCOUNT_KEY");
}

#[test]
fn published_keys_are_listed_no_more() {
    let mut account = Account::create(&mut seq(0)).unwrap();
    assert_eq!(account.max_number_of_one_time_keys(), 100);
    assert_eq!(account.one_time_keys().unwrap(), []);
    assert_eq!(account.fallback_key().unwrap(), None);

    account.generate_one_time_keys(2, &mut seq(1)).unwrap();
    account.generate_fallback_key(&mut seq(2)).unwrap();
    let fallback = account.fallback_key().unwrap().unwrap();
    assert_eq!(fallback.0, "AAAAAw");
    assert_eq!(account.unpublished_fallback_key().unwrap(), Some(fallback.clone()));

    assert_eq!(account.mark_keys_as_published().unwrap(), 2);
    assert_eq!(account.one_time_keys().unwrap(), []);
    assert_eq!(account.unpublished_fallback_key().unwrap(), None);
    assert_eq!(account.fallback_key().unwrap(), Some(fallback.clone()));

    // The fallback key opens a session until it is replaced and forgotten.
    let identity = account.identity_keys().unwrap().curve25519;
    let other = Account::create(&mut seq(9)).unwrap();
    let mut session = other.create_outbound_session(&identity, &fallback.1, &mut seq(7)).unwrap();
    let (_, body) = session.encrypt(b"hello", &mut nothing).unwrap();
    account.generate_fallback_key(&mut seq(3)).unwrap();
    assert!(account.create_inbound_session(&body).is_ok());
    account.forget_old_fallback_key();
    assert_eq!(account.create_inbound_session(&body).map_err(text).unwrap_err(), "BAD_MESSAGE_KEY_ID");
}

#[test]
fn room_as_written_elsewhere() {
    let mut room = OutboundGroupSession::create(&mut seq(3)).unwrap();
    assert_eq!(room.session_key().unwrap(), SESSION_KEY);
    let mut member = InboundGroupSession::new(SESSION_KEY).unwrap();
    assert_eq!(member.session_id(), room.session_id());
    assert!(member.is_verified());

    for index in 0..300 {
        assert_eq!(room.message_index(), index);
        let message = room.encrypt(format!("g{index}").as_bytes()).unwrap();
        match index {
            0 => assert_eq!(message, GROUP_MESSAGE_0),
            299 => assert_eq!(message, GROUP_MESSAGE_299),
            _ => {}
        }
    }
    assert_eq!(member.decrypt(GROUP_MESSAGE_299).unwrap(), (b"g299".to_vec(), 299));
    assert_eq!(member.decrypt(GROUP_MESSAGE_0).unwrap(), (b"g0".to_vec(), 0));
    assert_eq!(member.export(300).unwrap(), EXPORT_AT_300);
    assert_eq!(member.export(0x0102_0304).unwrap(), EXPORT_AT_01020304);
    let (tail, other) = (GROUP_MESSAGE_0.get(1..).unwrap(), GROUP_MESSAGE_0.get(..10).unwrap());
    assert_eq!(member.decrypt(&format!("B{tail}")).map_err(text).unwrap_err(), "BAD_MESSAGE_VERSION");
    assert!(member.decrypt(other).is_err());

    let mut imported = InboundGroupSession::import(EXPORT_AT_300).unwrap();
    assert_eq!(imported.first_known_index(), 300);
    assert!(!imported.is_verified());
    assert_eq!(imported.decrypt(GROUP_MESSAGE_299).map_err(text).unwrap_err(), "UNKNOWN_MESSAGE_INDEX");
    assert_eq!(imported.export(299).map_err(text).unwrap_err(), "UNKNOWN_MESSAGE_INDEX");
}

#[test]
fn rooms_survive_their_pickles() {
    let room = OutboundGroupSession::create(&mut seq(3)).unwrap();
    let mut room = OutboundGroupSession::unpickle(&room.pickle(KEY).unwrap(), KEY).unwrap();
    assert_eq!(room.encrypt(b"g0").unwrap(), GROUP_MESSAGE_0);
    let member = InboundGroupSession::new(SESSION_KEY).unwrap();
    let mut member = InboundGroupSession::unpickle(&member.pickle(KEY).unwrap(), KEY).unwrap();
    assert_eq!(member.decrypt(GROUP_MESSAGE_0).unwrap(), (b"g0".to_vec(), 0));
    assert!(InboundGroupSession::new("").is_err());
    assert!(InboundGroupSession::import(SESSION_KEY).is_err());
    assert!(OutboundGroupSession::unpickle("", KEY).is_err());
}

#[test]
fn hashes_and_signatures() {
    assert_eq!(sha256(b"abc").unwrap(), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");
    let account = Account::create(&mut seq(0)).unwrap();
    let key = account.identity_keys().unwrap().ed25519;
    let signature = account.sign(b"text").unwrap();
    assert_eq!(ed25519_verify(&key, b"text", &signature), Ok(()));
    assert_eq!(ed25519_verify(&key, b"texT", &signature).map_err(text), Err("BAD_MESSAGE_MAC".to_owned()));
}
