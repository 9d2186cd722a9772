//! F20: one protocol is not the other, and an import stays an import.

use cliquet::{
    megolm::{self, InboundGroupSession, MegolmMessage, Provenance, SessionExport, SessionKey},
    olm::{self, Message, OlmMessage, PreKeyMessage},
};
use static_assertions::assert_not_impl_any;

use crate::support::{established, room, seeded};

// Nothing of one protocol becomes something of the other, nor an export a session key.
assert_not_impl_any!(MegolmMessage: From<OlmMessage>, From<Message>, From<PreKeyMessage>);
assert_not_impl_any!(OlmMessage: From<MegolmMessage>);
assert_not_impl_any!(SessionKey: From<SessionExport>);
assert_not_impl_any!(olm::Session: From<InboundGroupSession>);

/// Olm messages were taken for Megolm ones, and both for what came from somewhere else.
#[test]
fn f20_messages_and_keys_of_one_kind_are_not_read_as_another() {
    let (mut sender, receiver, _) = room();
    let group_message = sender.encrypt("text").unwrap();
    Message::from_bytes(group_message.as_bytes()).unwrap_err();
    PreKeyMessage::from_bytes(group_message.as_bytes()).unwrap_err();
    let message = established().1.encrypt("text", &mut seeded(1)).unwrap();
    MegolmMessage::from_bytes(message.as_bytes()).unwrap_err();
    SessionKey::from_bytes(receiver.export().as_bytes()).unwrap_err();
    SessionExport::from_bytes(sender.session_key().as_bytes()).unwrap_err();
}

/// In the peers an imported session counts as its sender's own once it has opened a message, or was merged.
#[test]
fn f20_neither_decrypting_nor_merging_makes_more_of_an_import() {
    let config = megolm::SessionConfig::default();
    let (mut sender, whole, _) = room();
    let messages = [sender.encrypt("0").unwrap(), sender.encrypt("1").unwrap()];
    let mut later = InboundGroupSession::new(&sender.session_key(), config);
    let after = sender.encrypt("2").unwrap();

    let mut imported = InboundGroupSession::import(&whole.export(), config);
    for message in messages.iter().chain([&after]) {
        assert_eq!(imported.decrypt(message).unwrap().provenance, Provenance::Imported);
    }
    assert_eq!(imported.provenance(), Provenance::Imported);

    // What the sender has shared is proven from its index on, and what lies before is not.
    assert!(later.merge(&imported));
    assert!(matches!(later.provenance(), Provenance::Shared { from: 2, .. }));
    assert_eq!(later.decrypt(&messages[1]).unwrap().provenance, Provenance::Imported);
    assert!(matches!(later.decrypt(&after).unwrap().provenance, Provenance::Shared { from: 2, .. }));
    assert_eq!(later.provenance_at(1), Provenance::Imported);

    // Another library's flag stays what it is.
    let pickle = whole.to_libolm_pickle(b"key").unwrap();
    let mut legacy = InboundGroupSession::from_libolm_pickle(&pickle, b"key").unwrap();
    let decrypted = legacy.decrypt(&messages[0]).unwrap();
    assert!(matches!(decrypted.provenance, Provenance::Legacy { flag: true, .. }));
    let pickle = imported.to_libolm_pickle(b"key").unwrap();
    let mut legacy = InboundGroupSession::from_libolm_pickle(&pickle, b"key").unwrap();
    let decrypted = legacy.decrypt(&messages[0]).unwrap();
    assert!(matches!(decrypted.provenance, Provenance::Legacy { flag: false, .. }));
}
