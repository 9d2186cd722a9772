//! Both accounts, in the same state, make a session from the same pre-key message.

use cliquet::{
    Curve25519PublicKey, MessageVersion,
    olm::{Account, PreKeyMessage, SessionConfig},
};
use cliquet_fuzz::{
    Saved,
    peers::{Answer, Case, Peer::Vodozemac, Subject, ask_peer, judge, olm_state},
};

use super::twin::Twin;

/// The twin of an account.
pub(crate) fn copied(account: &Account) -> vodozemac::olm::Account {
    let state = olm_state::of_ours(account).expect("it has a place there");
    vodozemac::olm::Account::from_pickle(
        serde_json::from_value(state).expect("vodozemac reads what cliquet writes"),
    )
}

pub(crate) fn configuration(version: MessageVersion) -> vodozemac::olm::SessionConfig {
    match version {
        MessageVersion::V1 => vodozemac::olm::SessionConfig::version_1(),
        _ => vodozemac::olm::SessionConfig::version_2(),
    }
}

/// What copies of the account make of the message: the party, if both have made the same session.
pub(crate) fn answer(
    account: &Account,
    starter: Curve25519PublicKey,
    message: &[u8],
    version: MessageVersion,
) -> Option<Twin> {
    let mut ours = Account::open_plain(&account.save_plain()).expect("it was saved");
    let mut theirs = copied(account);
    let config = SessionConfig::default().with_version(version);
    let our_session = PreKeyMessage::from_bytes(message)
        .ok()
        .and_then(|message| ours.create_inbound_session(starter, &message, config).ok());
    let mut their_session = None;
    let their_answer = ask_peer(|| {
        let Ok(message) = vodozemac::olm::PreKeyMessage::from_bytes(message) else { return Answer::Refuses };
        let starter = vodozemac::Curve25519PublicKey::from(*starter.as_bytes());
        let created = theirs.create_inbound_session(configuration(version), starter, &message);
        Answer::of(created.map(|created| {
            their_session = Some(created.session);
            created.plaintext
        }))
    });
    let our_answer = Answer::of(our_session.as_ref().map(|created| created.plaintext.clone()).ok_or(()));
    let case = Case { subject: Subject::Answering, input: message, state: None };
    if !judge(Vodozemac, &case, &our_answer, &their_answer) {
        return None;
    }
    let states =
        [olm_state::of_ours(&ours), serde_json::to_value(theirs.pickle()).ok().map(olm_state::normalised)];
    let [ours, theirs] =
        states.map(|state| olm_state::parts(state.expect("it has a place there"))[0].clone());
    assert_eq!(ours, theirs, "both accounts have used the same key, or none");
    let (our_session, their_session) = our_session.map(|created| created.session).zip(their_session)?;
    let twin = Twin::of_ours(our_session);
    assert_eq!(
        twin.state(),
        olm_state::normalised(serde_json::to_value(their_session.pickle()).expect("it can be written")),
        "the same session"
    );
    assert_eq!(twin.ours.session_id().to_base64(), their_session.session_id());
    Some(twin)
}
