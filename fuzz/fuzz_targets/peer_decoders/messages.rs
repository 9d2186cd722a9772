//! Messages, session keys, exports and signatures.

use std::sync::OnceLock;

use cliquet::{
    Ed25519PublicKey, Ed25519Signature,
    megolm::{InboundGroupSession, MegolmMessage, SessionConfig, SessionExport, SessionKey},
    olm::{Account, Message, PreKeyMessage},
};
use cliquet_fuzz::{
    Damage, Script, edited,
    peers::{Answer, Case, Peer::Vodozemac, Subject, ask_peer, forge, judge},
    random::seeded,
};

/// Our own signer, for what must be signed.
pub(crate) fn signer() -> &'static Account {
    static SIGNER: OnceLock<Account> = OnceLock::new();
    SIGNER.get_or_init(|| Account::new(&mut seeded(31)).expect("it never fails"))
}

/// A message as it stands, of fields that the input lists, or valid and changed.
pub(crate) fn message(which: u8, how: u8, input: &[u8]) {
    let (subject, valid) = match which {
        0 => (Subject::OlmMessage, forge::normal_messages()),
        1 => (Subject::PreKeyMessage, forge::pre_key_messages()),
        _ => (Subject::MegolmMessage, forge::megolm_messages()),
    };
    let bytes = match how % 3 {
        0 => input.to_vec(),
        1 => forge::of_fields(&mut Script::new(input)),
        _ => match edited(valid, input) {
            Some(bytes) => bytes,
            None => return,
        },
    };
    let case = Case { subject, input: &bytes, state: None };
    let (ours, theirs) = match which {
        0 => (
            Answer::of(Message::from_bytes(bytes.clone()).map(|message| message.as_bytes().to_vec())),
            ask_peer(|| {
                Answer::of(vodozemac::olm::Message::from_bytes(&bytes).map(|message| message.to_bytes()))
            }),
        ),
        1 => (
            Answer::of(PreKeyMessage::from_bytes(bytes.clone()).map(|message| message.as_bytes().to_vec())),
            ask_peer(|| {
                Answer::of(
                    vodozemac::olm::PreKeyMessage::from_bytes(&bytes).map(|message| message.to_bytes()),
                )
            }),
        ),
        _ => (
            Answer::of(MegolmMessage::from_bytes(bytes.clone()).map(|message| message.as_bytes().to_vec())),
            ask_peer(|| {
                Answer::of(
                    vodozemac::megolm::MegolmMessage::from_bytes(&bytes).map(|message| message.to_bytes()),
                )
            }),
        ),
    };
    if judge(Vodozemac, &case, &ours, &theirs) && ours.value().is_some() {
        same_fields(which, &bytes);
    }
}

/// Both have read the same fields.
fn same_fields(which: u8, bytes: &[u8]) {
    if which == 2 {
        let ours = MegolmMessage::from_bytes(bytes).expect("it was read before");
        let theirs = vodozemac::megolm::MegolmMessage::from_bytes(bytes).expect("it was read before");
        assert_eq!(ours.message_index(), theirs.message_index());
        assert_eq!(ours.ciphertext(), theirs.ciphertext());
        assert_eq!(*ours.signature().as_bytes(), theirs.signature().to_bytes());
        return;
    }
    let (ours, theirs);
    if which == 0 {
        let message = Message::from_bytes(bytes).expect("it was read before");
        ours = (message.ratchet_key(), message.chain_index(), message.ciphertext().to_vec());
        theirs = vodozemac::olm::Message::from_bytes(bytes).expect("it was read before");
    } else {
        let message = PreKeyMessage::from_bytes(bytes).expect("it was read before");
        let peers = vodozemac::olm::PreKeyMessage::from_bytes(bytes).expect("it was read before");
        assert_eq!(*message.identity_key().as_bytes(), peers.identity_key().to_bytes());
        assert_eq!(*message.base_key().as_bytes(), peers.base_key().to_bytes());
        assert_eq!(*message.one_time_key().as_bytes(), peers.one_time_key().to_bytes());
        assert_eq!(message.session_id().to_base64(), peers.session_id());
        ours = (message.ratchet_key(), message.chain_index(), message.ciphertext().to_vec());
        theirs = peers.message().clone();
    }
    assert_eq!(*ours.0.as_bytes(), theirs.ratchet_key().to_bytes());
    assert_eq!(u64::from(ours.1), theirs.chain_index());
    assert_eq!(ours.2, theirs.ciphertext());
}

/// A session key as it stands, or of any fields, signed by us, and then changed.
pub(crate) fn session_key(how: u8, input: &[u8]) {
    let mut bytes = input.to_vec();
    if how % 2 == 1 {
        let mut script = Script::new(input);
        let fields: [u8; 133] = script.array();
        bytes = [&fields[..], signer().ed25519_key().as_bytes()].concat();
        bytes.extend_from_slice(signer().sign(&bytes).as_bytes());
        bytes = damaged(bytes, script.rest());
    }
    let ours = Answer::of(SessionKey::from_bytes(&bytes).map(|key| *key.as_bytes()));
    let theirs =
        ask_peer(|| Answer::of(vodozemac::megolm::SessionKey::from_bytes(&bytes).map(|key| key.to_bytes())));
    let case = Case { subject: Subject::SessionKey, input: &bytes, state: None };
    judge(Vodozemac, &case, &ours, &theirs);
    if let Ok(text) = str::from_utf8(&bytes) {
        let ours = Answer::of(SessionKey::from_base64(text).map(|key| *key.as_bytes()));
        let theirs = ask_peer(|| {
            Answer::of(vodozemac::megolm::SessionKey::from_base64(text).map(|key| key.to_bytes()))
        });
        judge(Vodozemac, &case, &ours, &theirs);
    }
}

fn damaged(bytes: Vec<u8>, changes: &[u8]) -> Vec<u8> {
    let mut changes = arbitrary::Unstructured::new(changes);
    let changed = bytes.clone();
    match changes.arbitrary::<Damage>() {
        Ok(damage) if !changes.is_empty() => damage.apply(&bytes, &changed),
        _ => bytes,
    }
}

/// An export as bytes and as text; what both read, both write again, here and some messages later.
pub(crate) fn export(how: u8, input: &[u8]) {
    let bytes = if how.is_multiple_of(2) {
        input.to_vec()
    } else {
        let fields: [u8; 132] = Script::new(input).array();
        [&[1][..], &fields, signer().ed25519_key().as_bytes()].concat()
    };
    let case = Case { subject: Subject::Export, input: &bytes, state: None };
    let ours = SessionExport::from_bytes(&bytes);
    let theirs = vodozemac::megolm::ExportedSessionKey::from_bytes(&bytes);
    let answers = [
        Answer::of(ours.as_ref().map(SessionExport::as_bytes)),
        Answer::of(theirs.as_ref().map(|key| key.to_bytes())),
    ];
    if judge(Vodozemac, &case, &answers[0], &answers[1])
        && let (Ok(ours), Ok(theirs)) = (ours, theirs)
    {
        let ours = InboundGroupSession::import(&ours, SessionConfig::default());
        let config = vodozemac::megolm::SessionConfig::version_1();
        let mut theirs = vodozemac::megolm::InboundGroupSession::import(&theirs, config);
        assert_eq!(ours.session_id().to_base64(), theirs.session_id());
        let first = ours.first_known_index();
        for index in [first, first.saturating_sub(1), first.wrapping_add(u32::from(how) << 16), u32::MAX] {
            let [ours, theirs] = [
                ours.export_at(index).map(|export| export.as_bytes().to_vec()),
                theirs.export_at(index).map(|export| export.to_bytes()),
            ];
            assert_eq!(ours, theirs, "the ratchet at {index}");
        }
    }
    if let Ok(text) = str::from_utf8(&bytes) {
        let ours = Answer::of(SessionExport::from_base64(text).map(|export| *export.as_bytes()));
        let theirs =
            Answer::of(vodozemac::megolm::ExportedSessionKey::from_base64(text).map(|key| key.to_bytes()));
        judge(Vodozemac, &case, &ours, &theirs);
    }
}

/// A public key, a signature and what is signed, as they stand; or our own signature, changed.
pub(crate) fn signature(how: u8, input: &[u8]) {
    let mut script = Script::new(input);
    let bytes = if how.is_multiple_of(2) {
        [&script.array::<96>(), script.rest()].concat()
    } else {
        let message = script.bytes(usize::from(how / 2));
        let key = signer().ed25519_key();
        let signed = [key.as_bytes(), &signer().sign(message).as_bytes()[..], message].concat();
        let signed = damaged(signed, script.rest());
        [Script::new(&signed).array::<96>().as_slice(), signed.get(96..).unwrap_or_default()].concat()
    };
    let (key, rest) = bytes.split_first_chunk::<32>().expect("it was filled up");
    let (signature, message) = rest.split_first_chunk::<64>().expect("it was filled up");
    let case = Case { subject: Subject::Signature, input: &bytes, state: None };
    let ours = Ed25519PublicKey::from_bytes(key);
    let theirs = vodozemac::Ed25519PublicKey::from_slice(key);
    let values = [ours.is_ok(), theirs.is_ok()]
        .map(|is_key| if is_key { Answer::Accepts(Vec::new()) } else { Answer::Refuses });
    judge(Vodozemac, &Case { subject: Subject::Ed25519Key, input: key, state: None }, &values[0], &values[1]);
    let verdict = |verified: bool| if verified { Answer::Accepts(Vec::new()) } else { Answer::Refuses };
    let ours =
        verdict(ours.is_ok_and(|key| key.verify(message, &Ed25519Signature::from_bytes(*signature)).is_ok()));
    let theirs = verdict(theirs.is_ok_and(|key| {
        vodozemac::Ed25519Signature::from_slice(signature)
            .is_ok_and(|signature| key.verify(message, &signature).is_ok())
    }));
    judge(Vodozemac, &case, &ours, &theirs);
}
