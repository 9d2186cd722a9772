//! What an adapter behind another library's interface needs: libolm's steps to an inbound session, and what it says of
//! the next message before it writes it.
//!
//! cliquet and libolm play one side together, with the same random bytes, and must agree on every word.

mod both;

use cliquet::{Curve25519PublicKey, KeyId, megolm, olm};
use cliquet_interop::libolm;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use self::both::Both;
use super::{
    pair::StartedWith,
    party::{
        Account,
        Implementation::{Libolm, Vodozemac},
        OlmMessage, PRE_KEY, Random, Session, first_seed, random_plaintext,
    },
};

/// A peer has started a session with a key of this account; the account has not seen the message.
struct Started {
    account: olm::Account,
    libolms_account: libolm::Account,
    random: [Random; 2],
    starter: Box<dyn Session>,
    identity_key: Curve25519PublicKey,
}

impl Started {
    fn new(mut peer: Box<dyn Account>, with: StartedWith) -> Self {
        let mut random = [Random::new(first_seed()), Random::new(first_seed())];
        let mut account = olm::Account::new(&mut random[0]).unwrap();
        let mut libolms_account = libolm::Account::create(&mut random[1].filler()).unwrap();
        let key = match with {
            StartedWith::OneTimeKey => {
                libolms_account.generate_one_time_keys(3, &mut random[1].filler()).unwrap();
                account.generate_one_time_keys(3, &mut random[0]).unwrap().created[1].public_key
            }
            StartedWith::FallbackKey => {
                libolms_account.generate_fallback_key(&mut random[1].filler()).unwrap();
                account.generate_fallback_key(&mut random[0]).unwrap();
                account.fallback_key().unwrap().public_key
            }
        };
        let starter = peer.start(&account.curve25519_key().to_base64(), &key.to_base64()).unwrap();
        let identity_key = Curve25519PublicKey::from_base64(&peer.curve25519_key()).unwrap();
        Self { account, libolms_account, random, starter, identity_key }
    }

    /// Both sessions that the message opens, nothing decrypted.
    fn unopened(&self, message: &OlmMessage) -> Both {
        let read = olm::PreKeyMessage::from_base64(&message.body).unwrap();
        let config = olm::SessionConfig::default();
        let ours = self.account.inbound_session_unopened(self.identity_key, &read, config).unwrap();
        let identity_key = self.identity_key.to_base64();
        let libolms = self.libolms_account.create_inbound_session_from(&identity_key, &message.body).unwrap();
        let [our_random, libolms_random] = self.random.clone();
        let both = Both { ours, libolms, our_random, libolms_random };
        both.compare();
        assert_eq!(both.libolms.matches_inbound_session(&message.body), Ok(true));
        assert!(both.ours.matches_pre_key_message(&read));
        both
    }
}

#[test]
fn libolms_steps_to_an_inbound_session() {
    for peer in [Libolm, Vodozemac] {
        for with in [StartedWith::OneTimeKey, StartedWith::FallbackKey] {
            let mut started = Started::new(peer.account(&Random::new(first_seed() + 1)), with);
            let first = started.starter.encrypt(b"first");
            let keys = started.account.stored_one_time_key_count();

            // A session from a damaged message is made, and decrypts nothing; the key stays.
            let damaged = first.with_flipped_bit(first.bytes().len() - 1, 0);
            let mut in_vain = started.unopened(&damaged);
            let read = olm::OlmMessage::from_parts(PRE_KEY, &damaged.body).unwrap();
            assert!(in_vain.ours.decrypt(&read).is_err());
            assert!(in_vain.libolms.decrypt(PRE_KEY, &damaged.body).is_err());
            assert_eq!(started.account.stored_one_time_key_count(), keys);

            let mut session = started.unopened(&first);
            assert_eq!(session.decrypt(&first), b"first");
            assert_eq!(started.account.stored_one_time_key_count(), keys);
            let used = session.ours.session_keys().one_time_key;
            let (removal, left) = match with {
                StartedWith::OneTimeKey => (olm::Removal::Removed, keys - 1),
                StartedWith::FallbackKey => (olm::Removal::FallbackKept, keys),
            };
            assert_eq!(started.account.remove_one_time_key(&used), removal);
            assert_eq!(started.account.stored_one_time_key_count(), left);
            let read = olm::PreKeyMessage::from_base64(&first.body).unwrap();
            let config = olm::SessionConfig::default();
            let again = started.account.inbound_session_unopened(started.identity_key, &read, config);
            assert_eq!(again.is_ok(), with == StartedWith::FallbackKey);

            converse(&mut session, &mut *started.starter);
        }
    }
}

/// Before it has decrypted anything, a session that was opened answers with pre-key messages, as libolm's does.
#[test]
fn an_unopened_session_speaks_as_libolms() {
    let mut started = Started::new(Libolm.account(&Random::new(first_seed() + 1)), StartedWith::OneTimeKey);
    let first = started.starter.encrypt(b"first");
    let mut session = started.unopened(&first);
    assert!(session.ours.needs_random());
    assert_eq!(session.encrypt(b"unheard").message_type, PRE_KEY);
    assert_eq!(session.encrypt(b"unheard again").message_type, PRE_KEY);
}

#[test]
fn a_session_that_cliquet_starts() {
    for peer in [Libolm, Vodozemac] {
        let mut random = [Random::new(first_seed()), Random::new(first_seed())];
        let account = olm::Account::new(&mut random[0]).unwrap();
        let libolms_account = libolm::Account::create(&mut random[1].filler()).unwrap();
        let mut other = peer.account(&Random::new(first_seed() + 1));
        other.generate_one_time_keys(1);
        let (identity_key, (_, one_time_key)) =
            (other.curve25519_key(), other.one_time_keys().pop().unwrap());
        let key = |text: &str| Curve25519PublicKey::from_base64(text).unwrap();
        let (theirs, config) = (key(&identity_key), olm::SessionConfig::default());
        let ours =
            account.create_outbound_session(theirs, key(&one_time_key), config, &mut random[0]).unwrap();
        let mut filler = random[1].filler();
        let libolms =
            libolms_account.create_outbound_session(&identity_key, &one_time_key, &mut filler).unwrap();
        let [our_random, libolms_random] = random.clone();
        let mut session = Both { ours, libolms, our_random, libolms_random };
        // Over the border of a varint, from which messages are longer.
        let messages: Vec<_> = (0..300).map(|_| session.encrypt(b"first")).collect();
        let identity_key = account.curve25519_key().to_base64();
        let (mut answerer, _) = other.answer(&identity_key, &messages[299]).unwrap();
        converse(&mut session, &mut *answerer);
    }
}

/// 200 messages in turns.
fn converse(session: &mut Both, peer: &mut dyn Session) {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for _ in 0..200 {
        let plaintext = random_plaintext(&mut schedule, 500);
        if schedule.random() {
            let message = session.encrypt(&plaintext);
            assert_eq!(peer.decrypt(&message), Ok(plaintext));
        } else {
            let message = peer.encrypt(&plaintext);
            assert_eq!(session.decrypt(&message), plaintext);
        }
    }
}

#[test]
fn group_messages_have_the_length_that_was_announced() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    let config = megolm::SessionConfig::default();
    let mut ours = megolm::OutboundGroupSession::new(config, &mut Random::new(first_seed())).unwrap();
    let mut libolms = Libolm.outbound_group_session(&Random::new(first_seed()));
    for _ in 0..300 {
        let plaintext = random_plaintext(&mut schedule, 500);
        let announced = ours.message_len(plaintext.len());
        let message = ours.encrypt(&plaintext).unwrap();
        assert_eq!(message.as_bytes().len(), announced);
        assert!((plaintext.len()..plaintext.len() + 16).contains(&message.max_plaintext_len()));
        assert_eq!(libolms.encrypt(&plaintext), message.to_base64());
    }
}

/// libolm writes 6 characters, vodozemac 11; an id is read in either form.
#[test]
fn key_ids_of_the_peers_are_read() {
    for (peer, counts_from, length) in [(Libolm, 1, 6), (Vodozemac, 0, 11)] {
        let mut account = peer.account(&Random::new(first_seed()));
        account.generate_one_time_keys(40);
        for (number, (text, _)) in (counts_from..).zip(account.one_time_keys()) {
            let key_id = KeyId::from_base64(&text).unwrap();
            assert_eq!((text.len(), key_id), (length, KeyId::from_u64(number)));
            let (short, long) = (key_id.to_libolm_base64().unwrap(), key_id.to_base64());
            assert_eq!(if length == 6 { &short } else { &long }, &text);
            assert_eq!(KeyId::from_base64(&short), KeyId::from_base64(&long));
        }
    }
}
