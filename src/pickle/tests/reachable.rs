//! Whatever a session can live through, its pickle opens: also with a peer whose random generator repeats itself.

use std::{string::String, vec::Vec};

use crate::{
    keys::Curve25519PublicKey,
    olm::{Account, Limits, OlmMessage, Session, SessionConfig},
    rand_core::{TryCryptoRng, TryRng},
    testing::{FixedRandom, seeded},
};

/// Deals the keys of a small hand, again and again.
struct Repeating(u8);

impl TryRng for Repeating {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.0 = (self.0 + 1) % 7;
        bytes.fill(self.0 + 1);
        Ok(())
    }
}

impl TryCryptoRng for Repeating {}

fn reopens(session: &Session) {
    let plain = session.to_pickle_without_encryption();
    assert_eq!(&Session::from_pickle_without_encryption(plain.as_bytes()).unwrap(), session);
}

#[test]
fn a_peer_that_comes_back_to_an_old_ratchet_key_spoils_nothing() {
    let rng = &mut seeded(1);
    let config = SessionConfig::default().with_limits(Limits::default().with_skipped_keys(60).unwrap());
    let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let key = bob.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
    let mut ours = alice.create_outbound_session(bob.curve25519_key(), key, config, rng).unwrap();
    let OlmMessage::PreKey(first) = ours.encrypt("first", rng).unwrap() else { panic!() };
    let mut theirs = bob.create_inbound_session(alice.curve25519_key(), &first, config).unwrap().session;

    let mut repeating = Repeating(0);
    let mut seen: Vec<Curve25519PublicKey> = Vec::new();
    for round in 0..40_u32 {
        for _ in 0..round % 9 {
            theirs.encrypt("lost", &mut repeating).unwrap();
        }
        let OlmMessage::Normal(message) = theirs.encrypt("arrives", &mut repeating).unwrap() else {
            panic!()
        };
        seen.push(message.ratchet_key());
        // Where the ratchet key is that of a chain still kept, the message is none of that chain.
        let decrypted = ours.decrypt(&OlmMessage::Normal(message)).is_ok();
        reopens(&ours);
        if !decrypted {
            break;
        }
        let answer = ours.encrypt("answer", rng).unwrap();
        theirs.decrypt(&answer).unwrap();
        reopens(&ours);
        reopens(&theirs);
    }
    seen.sort();
    let all = seen.len();
    seen.dedup();
    assert!(all > seen.len(), "no ratchet key came back");
}

#[test]
fn a_text_may_stand_among_white_space() {
    let account = Account::new(&mut FixedRandom::new([7; 64].to_vec())).unwrap();
    let key = crate::pickle::PickleKey::new(&[7; 32]);
    let text = account.to_pickle(&key, &mut seeded(1)).unwrap().to_base64();
    let spaced = String::from("  ") + &text + "\n";
    let pickle = crate::pickle::Pickle::from_base64(&spaced).unwrap();
    assert_eq!(Account::from_pickle(&pickle, &key).unwrap().identity_keys(), account.identity_keys());
    let text = account.to_libolm_pickle(&[]).unwrap() + "\n";
    Account::from_libolm_pickle(&text, &[]).unwrap();
}
