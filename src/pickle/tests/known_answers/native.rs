use serde_json::Value;

use super::state;
use crate::{
    encoding::base64,
    known_answers::{Input, Outcome, refused},
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Session},
    pickle::{Pickle, PickleKey, UnpickleError},
    random::RandomError,
    secret::SecretBytes,
    testing::FixedRandom,
};

/// Where a native pickle, sealed or not, says the version of its format.
const FORMAT_VERSION: usize = 8;

pub(super) fn open(input: &Input<'_>) -> Outcome {
    match input.text("state") {
        "account" => Methods {
            open: Account::from_pickle,
            open_plain: Account::from_pickle_without_encryption,
            save: Account::to_pickle,
            save_plain: Account::to_pickle_without_encryption,
            state: state::account,
        }
        .run(input),
        "session" => Methods {
            open: Session::from_pickle,
            open_plain: Session::from_pickle_without_encryption,
            save: Session::to_pickle,
            save_plain: Session::to_pickle_without_encryption,
            state: state::session,
        }
        .run(input),
        "outbound-group-session" => Methods {
            open: OutboundGroupSession::from_pickle,
            open_plain: OutboundGroupSession::from_pickle_without_encryption,
            save: OutboundGroupSession::to_pickle,
            save_plain: OutboundGroupSession::to_pickle_without_encryption,
            state: state::outbound_group_session,
        }
        .run(input),
        "inbound-group-session" => Methods {
            open: InboundGroupSession::from_pickle,
            open_plain: InboundGroupSession::from_pickle_without_encryption,
            save: InboundGroupSession::to_pickle,
            save_plain: InboundGroupSession::to_pickle_without_encryption,
            state: state::inbound_group_session,
        }
        .run(input),
        other => panic!("no state is {other}"),
    }
}

struct Methods<T> {
    open: fn(&Pickle, &PickleKey) -> Result<T, UnpickleError>,
    open_plain: fn(&[u8]) -> Result<T, UnpickleError>,
    save: fn(&T, &PickleKey, &mut FixedRandom) -> Result<Pickle, RandomError>,
    save_plain: fn(&T) -> SecretBytes,
    state: fn(&T) -> Value,
}

impl<T> Methods<T> {
    /// A vector is sealed, or without encryption, or both, which then say the same.
    fn run(&self, input: &Input<'_>) -> Outcome {
        let sealed = input.optional_text("pickle_base64").map(|pickle| self.run_sealed(input, pickle));
        let plain = input.optional_text("unencrypted_base64").map(|text| self.run_plain(text));
        match (sealed, plain) {
            (Some(sealed), Some(plain)) => {
                assert_eq!(sealed, plain, "sealed and not, they say the same");
                sealed
            }
            (sealed, plain) => sealed.or(plain).expect("a pickle"),
        }
    }

    fn run_sealed(&self, input: &Input<'_>, text: &str) -> Outcome {
        let key = PickleKey::new(&input.array("key")).in_context(input.text("context"));
        let pickle = Pickle::from_base64(text).map_err(refused)?;
        let opened = (self.open)(&pickle, &key).map_err(refused)?;
        if input.optional_text("salt").is_some() {
            let again = (self.save)(&opened, &key, &mut FixedRandom::new(input.bytes("salt"))).unwrap();
            assert_same_of_one_version(pickle.as_bytes(), again.as_bytes());
        }
        Ok((self.state)(&opened))
    }

    fn run_plain(&self, text: &str) -> Outcome {
        let bytes = base64::decode(text).map_err(refused)?;
        let opened = (self.open_plain)(&bytes).map_err(refused)?;
        assert_same_of_one_version(&bytes, (self.save_plain)(&opened).as_bytes());
        Ok((self.state)(&opened))
    }
}

/// Who writes the version of the format that was read writes it to the byte.
fn assert_same_of_one_version(read: &[u8], written: &[u8]) {
    if read[FORMAT_VERSION] == written[FORMAT_VERSION] {
        assert_eq!(read, written, "a version of the format never changes");
    }
}
