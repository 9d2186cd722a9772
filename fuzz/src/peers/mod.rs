//! cliquet beside its peers: what each answers to the same input, and the table of what may differ.
//!
//! Whoever asks both hands their answers to [`judge`]. Where they differ, a row of [`table`] must fit: what each side does, and a
//! predicate that sees the input and the state, and not the answers. Each row must have been the only one to fit at least
//! once while the seeds were read ([`check_seeds`]), so that none is superfluous, and none stands there for nothing.

pub mod forge;
pub mod olm_state;
mod panics;
pub mod protobuf;
mod seeds;
pub mod table;

use std::{collections::BTreeMap, fmt, mem::discriminant, sync::Mutex};

use serde_json::Value;

pub use panics::ask_peer;
pub use seeds::check_seeds;

/// Whom cliquet is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// vodozemac 0.11.1.
    Vodozemac,
}

/// What an implementation says to an input.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// It takes it, for this value.
    Accepts(Vec<u8>),
    /// It returns an error.
    Refuses,
    /// It does not return.
    Panics,
}

/// In what way two answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The peer takes what we refuse.
    WeRefuse,
    /// We take what the peer refuses.
    TheyRefuse,
    /// The peer panics where we return an error.
    TheyPanic,
    /// Both take it, for different values; or a state changes in different ways. A row says in which parts, as JSON pointers.
    OtherValue(&'static [&'static str]),
}

/// The whole value may be another one: it is no more than what the row is about, or has no place in the peer's form.
const ALL: &[&str] = &[""];

/// What is decoded, opened or compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Subject {
    Base64,
    OlmMessage,
    PreKeyMessage,
    MegolmMessage,
    SessionKey,
    Export,
    Curve25519Key,
    Ed25519Key,
    Ed25519Seed,
    Signature,
    AccountJson,
    SessionJson,
    OutboundJson,
    InboundJson,
    /// The numbers from which an account counts its keys.
    KeyIds,
    /// The order of the chains and skipped message keys of a session.
    Order,
    LibolmAccount,
    LibolmSession,
    LibolmOutbound,
    LibolmInbound,
    LibolmKeyPair,
    Dehydrated,
    BackupEntry,
    EciesInitial,
    EciesMessage,
    SasKey,
    SasMac,
    /// A session is made from a pre-key message.
    Answering,
    /// A message is given to a session.
    Decryption,
    /// The state of a session afterwards.
    SessionState,
    /// A message is given to an inbound group session.
    GroupDecryption,
}

impl Subject {
    /// Whether it belongs to the target `peer_conversation` and not to `peer_decoders`.
    pub fn is_stateful(self) -> bool {
        self >= Self::Answering
    }
}

/// What a row judges by.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What it is.
    pub subject: Subject,
    /// The bytes or the text that were read.
    pub input: &'a [u8],
    /// The state before: a pickle of vodozemac's, for what is given to a session.
    pub state: Option<&'a Value>,
}

/// An allowed difference.
#[derive(Debug)]
pub struct Row {
    /// Its name, in words.
    pub name: &'static str,
    /// Who differs from us.
    pub peer: Peer,
    /// Where.
    pub subjects: &'static [Subject],
    /// In what way.
    pub difference: Difference,
    /// What cliquet does.
    pub ours: &'static str,
    /// What the peer does.
    pub theirs: &'static str,
    /// Why ours is right, with the number of the finding in `tests/findings` where there is one.
    pub why: &'static str,
    /// Whether it is this input.
    pub fits: fn(&Case<'_>) -> bool,
}

impl Row {
    /// In which parts the values differ, as JSON pointers.
    fn parts(&self) -> &'static [&'static str] {
        if let Difference::OtherValue(parts) = self.difference { parts } else { &[] }
    }
}

impl Answer {
    /// The answer of a function that returns the value or an error.
    pub fn of<V: AsRef<[u8]>, E>(result: Result<V, E>) -> Self {
        result.map_or(Self::Refuses, |value| Self::Accepts(value.as_ref().to_vec()))
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&[u8]> {
        if let Self::Accepts(value) = self { Some(value) } else { None }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepts(value) => match str::from_utf8(value) {
                Ok(text) => write!(formatter, "accepts {text:?}"),
                Err(_) => write!(formatter, "accepts {value:02x?}"),
            },
            Self::Refuses => formatter.write_str("refuses"),
            Self::Panics => formatter.write_str("panics"),
        }
    }
}

/// Whether two values are the same but for the parts that the rows name.
fn is_same_otherwise(rows: &[&Row], ours: &Answer, theirs: &Answer) -> bool {
    let Some((ours, theirs)) = ours.value().zip(theirs.value()) else { return true };
    let parts: Vec<&str> = rows.iter().flat_map(|row| row.parts()).copied().collect();
    let without_parts = |json: &[u8]| {
        let mut value: Value = serde_json::from_slice(json).ok()?;
        for part in &parts {
            *value.pointer_mut(part)? = Value::Null;
        }
        Some(value)
    };
    parts.contains(&"") || without_parts(ours).is_some_and(|ours| Some(ours) == without_parts(theirs))
}

/// How often each row was the only one to fit, by subject.
static SEEN: Mutex<BTreeMap<(&'static str, Peer, Subject), u64>> = Mutex::new(BTreeMap::new());

/// Whether the answers are the same. If not, a row must fit.
///
/// # Panics
///
/// If none does.
pub fn judge(peer: Peer, case: &Case<'_>, ours: &Answer, theirs: &Answer) -> bool {
    let difference = match (ours, theirs) {
        _ if ours == theirs => return true,
        (Answer::Panics, _) => panic!("cliquet panics"),
        (Answer::Refuses, Answer::Accepts(_)) => Difference::WeRefuse,
        (Answer::Accepts(_), Answer::Refuses) => Difference::TheyRefuse,
        (Answer::Accepts(_), Answer::Accepts(_)) => Difference::OtherValue(ALL),
        (_, Answer::Panics) => Difference::TheyPanic,
        (Answer::Refuses, Answer::Refuses) => unreachable!("they are equal"),
    };
    let fitting: Vec<&Row> = table::rows()
        .filter(|row| {
            let is_of_kind = discriminant(&row.difference) == discriminant(&difference);
            row.peer == peer && is_of_kind && row.subjects.contains(&case.subject)
        })
        .filter(|row| (row.fits)(case))
        .collect();
    let fitting = if is_same_otherwise(&fitting, ours, theirs) { fitting } else { Vec::new() };
    match fitting[..] {
        [] => panic!(
            "a difference that no row of the table allows{}: {:?}, {} bytes {:02x?}\n{:?}\nstate {}\ncliquet {ours:?}\n{peer:?} {theirs:?}",
            seeds::current(),
            case.subject,
            case.input.len(),
            case.input,
            String::from_utf8_lossy(case.input),
            case.state.map(Value::to_string).unwrap_or_default(),
        ),
        [row] => {
            let mut seen = SEEN.lock().expect("nobody panics with it");
            *seen.entry((row.name, peer, case.subject)).or_default() += 1;
        }
        _ => {}
    }
    false
}
