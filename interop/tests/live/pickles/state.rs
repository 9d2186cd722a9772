//! A state in the hands of one implementation, and its way into those of another: always by way of cliquet, which opens
//! what the peers pickled and pickles what they open.

use cliquet::{
    MessageVersion, SecretBytes, megolm, olm,
    pickle::{InexpressibleError, Pickle, PickleKey, UnpickleError, vodozemac as typed},
};
use cliquet_interop::libolm;
use rand::{RngExt, rngs::StdRng};

use super::super::party::{
    Implementation::{self, Cliquet, Libolm, Vodozemac},
    Random,
};

/// A state, and whose it is at present.
pub(super) enum State<K: Kind> {
    Cliquet(K),
    Libolm(K::Libolm),
    Vodozemac(K::Vodozemac),
}

/// How a state is written on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// How long the key of libolm's pickles is, in bytes.
    pub(super) key_length: usize,
    /// The form of vodozemac's.
    pub(super) form: Form,
    /// The version that cliquet states of a session of vodozemac.
    pub(super) version: MessageVersion,
}

pub(super) const KEY_LENGTHS: [usize; 4] = [0, 5, 32, 100];

/// The forms of vodozemac's pickles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON in an envelope.
    Encrypted,
    /// JSON, written and read as text.
    Json,
    /// Values of serde, taken by cliquet's own types.
    Typed,
}

pub(super) const FORMS: [Form; 3] = [Form::Encrypted, Form::Json, Form::Typed];

impl Way {
    /// Every way of V1 at least once.
    pub(super) fn all() -> impl Iterator<Item = Self> + Clone {
        KEY_LENGTHS.into_iter().zip(FORMS.into_iter().cycle()).map(|(key_length, form)| Self {
            key_length,
            form,
            version: MessageVersion::V1,
        })
    }

    pub(super) fn random(version: MessageVersion, schedule: &mut StdRng) -> Self {
        let (key_length, form) =
            (KEY_LENGTHS[schedule.random_range(0..4)], FORMS[schedule.random_range(0..3)]);
        Self { key_length, form, version }
    }

    pub(super) fn libolm_key(self) -> Vec<u8> {
        (0_u8..).take(self.key_length).collect()
    }
}

/// The key of vodozemac's pickles.
pub(super) const KEY: [u8; 32] = *b"a key of exactly thirty-two byte";

/// What is stored, as cliquet has it; the peers' types stand beside it.
pub(super) trait Kind: Sized {
    type Libolm;
    type Vodozemac;

    /// Whether cliquet keeps all of a pickle of libolm's, and writes it again as it was.
    const SAME_TEXT: bool = true;

    fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError>;

    /// Gives up what the peer has no room for.
    fn make_room(&mut self, _for_peer: Implementation) {}

    /// All of it, to see that it stays as it is.
    fn unsealed(&self) -> SecretBytes;
    /// Through native pickles, sealed and unsealed.
    fn reopened(&self) -> Self;
    /// The pickle of a peer under [`KEY`].
    fn peers_text(state: &State<Self>) -> String;
    fn to_libolm(&self, way: Way) -> Result<Self::Libolm, InexpressibleError>;
    fn from_libolm(peers: &Self::Libolm, way: Way) -> Self;
    fn to_vodozemac(&self, way: Way) -> Result<Self::Vodozemac, InexpressibleError>;
    fn from_vodozemac(peers: &Self::Vodozemac, way: Way) -> Self;
}

impl<K: Kind> State<K> {
    pub(super) fn place(&self) -> Implementation {
        match self {
            Self::Cliquet(_) => Cliquet,
            Self::Libolm(_) => Libolm,
            Self::Vodozemac(_) => Vodozemac,
        }
    }

    /// The state in other hands. Within cliquet it goes through native pickles.
    pub(super) fn moved(self, to: Implementation, way: Way) -> Self {
        let mut ours = self.into_ours(way);
        match to {
            Cliquet => Self::Cliquet(ours),
            Libolm => {
                ours.make_room(Libolm);
                Self::Libolm(ours.to_libolm(way).unwrap())
            }
            Vodozemac => {
                ours.make_room(Vodozemac);
                Self::Vodozemac(ours.to_vodozemac(way).unwrap())
            }
        }
    }

    /// The state in cliquet's hands, and the last copy of it.
    pub(super) fn into_ours(self, way: Way) -> K {
        match self {
            Self::Cliquet(ours) => ours.reopened(),
            Self::Libolm(peers) => K::from_libolm(&peers, way).reopened(),
            Self::Vodozemac(peers) => K::from_vodozemac(&peers, way).reopened(),
        }
    }
}

/// What a kind is in all three implementations.
macro_rules! kind {
    (
        $kind:ty, $libolm:ty, $vodozemac:ty, $vodozemacs_pickle:ty, $typed:ty $(, config: $config:ty)?;
        $($item:item)*
    ) => {
        impl Kind for $kind {
            type Libolm = $libolm;
            type Vodozemac = $vodozemac;

            $($item)*

            fn unsealed(&self) -> SecretBytes {
                self.to_pickle_without_encryption()
            }

            fn peers_text(state: &State<Self>) -> String {
                match state {
                    State::Cliquet(_) => panic!("in cliquet's hands"),
                    State::Libolm(peers) => peers.pickle(&KEY).unwrap(),
                    State::Vodozemac(peers) => peers.pickle().encrypt(&KEY),
                }
            }

            fn reopened(&self) -> Self {
                let key = PickleKey::new(&KEY).in_context("here");
                let sealed = self.to_pickle(&key, &mut Random::new(1)).unwrap().to_base64();
                let opened = Self::from_pickle(&Pickle::from_base64(&sealed).unwrap(), &key).unwrap();
                let unsealed = opened.unsealed();
                assert_eq!(unsealed, self.unsealed());
                Self::from_pickle_without_encryption(unsealed.as_bytes()).unwrap()
            }

            fn to_libolm(&self, way: Way) -> Result<$libolm, InexpressibleError> {
                let key = way.libolm_key();
                let text = self.to_libolm_pickle(&key)?;
                let peers = <$libolm>::unpickle(&text, &key).unwrap();
                assert_eq!(peers.pickle(&key).unwrap(), text);
                Ok(peers)
            }

            fn from_libolm(peers: &$libolm, way: Way) -> Self {
                let key = way.libolm_key();
                let text = peers.pickle(&key).unwrap();
                let ours = Self::open_libolm(&text, &key).unwrap();
                assert!(!Self::SAME_TEXT || ours.to_libolm_pickle(&key).unwrap() == text);
                ours
            }

            fn to_vodozemac(&self, way: Way) -> Result<$vodozemac, InexpressibleError> {
                let pickle: $vodozemacs_pickle = match way.form {
                    Form::Encrypted => {
                        <$vodozemacs_pickle>::from_encrypted(&self.to_vodozemac_pickle(&KEY)?, &KEY).unwrap()
                    }
                    Form::Json => serde_json::from_slice(self.to_vodozemac_json()?.as_bytes()).unwrap(),
                    Form::Typed => {
                        let value = serde_json::to_value(<$typed>::try_from(self)?).unwrap();
                        serde_json::from_value(value).unwrap()
                    }
                };
                Ok(<$vodozemac>::from_pickle(pickle))
            }

            fn from_vodozemac(peers: &$vodozemac, way: Way) -> Self {
                let pickle = peers.pickle();
                match way.form {
                    Form::Encrypted => {
                        let text = pickle.encrypt(&KEY);
                        Self::from_vodozemac_pickle(
                            &text, &KEY $(, <$config>::default().with_version(way.version))?
                        ).unwrap()
                    }
                    Form::Json => {
                        let json = serde_json::to_vec(&pickle).unwrap();
                        Self::from_vodozemac_json(
                            &json $(, <$config>::default().with_version(way.version))?
                        ).unwrap()
                    }
                    Form::Typed => {
                        let value = serde_json::to_value(&pickle).unwrap();
                        serde_json::from_value::<$typed>(value).unwrap().into()
                    }
                }
            }
        }
    };
}

kind! {
    olm::Account, libolm::Account, vodozemac::olm::Account, vodozemac::olm::AccountPickle, typed::AccountPickle;

    fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        Self::from_libolm_pickle(text, key)
    }
}

kind! {
    olm::Session, libolm::Session, vodozemac::olm::Session, vodozemac::olm::SessionPickle, typed::SessionPickle,
    config: olm::SessionConfig;

    fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        Self::from_libolm_pickle(text, key, olm::Limits::default())
    }

    fn make_room(&mut self, for_peer: Implementation) {
        if for_peer == Libolm {
            self.set_limits(libolms_limits());
        } else {
            self.forget_message_keys_of_dropped_chains();
        }
    }
}

kind! {
    megolm::OutboundGroupSession, libolm::OutboundGroupSession, vodozemac::megolm::GroupSession,
    vodozemac::megolm::GroupSessionPickle, typed::GroupSessionPickle, config: megolm::SessionConfig;

    fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        Self::from_libolm_pickle(text, key)
    }
}

kind! {
    megolm::InboundGroupSession, libolm::InboundGroupSession, vodozemac::megolm::InboundGroupSession,
    vodozemac::megolm::InboundGroupSessionPickle, typed::InboundGroupSessionPickle, config: megolm::SessionConfig;

    // The latest ratchet is left out.
    const SAME_TEXT: bool = false;

    fn open_libolm(text: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        Self::from_libolm_pickle(text, key)
    }
}

/// What libolm has room for in a session.
pub(super) fn libolms_limits() -> olm::Limits {
    olm::Limits::default().with_skipped_keys(40).unwrap()
}
