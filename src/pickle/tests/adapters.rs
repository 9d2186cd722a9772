//! What an adapter for libolm's users keeps beside a session.

use crate::{
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance},
    pickle::{LibolmInboundState, legacy_envelope},
    testing::seeded,
};

const KEY: &[u8] = b"secret";

#[test]
fn an_adapter_keeps_what_libolm_keeps() {
    let mut room = OutboundGroupSession::new(Default::default(), &mut seeded(9)).unwrap();
    let mut member = InboundGroupSession::new(&room.session_key(), Default::default());
    for _ in 0..300 {
        room.encrypt("text").unwrap();
    }
    member.decrypt(&room.encrypt("text").unwrap()).unwrap();
    assert!(member.advance_to(3));
    let plain = member.to_libolm_pickle(KEY).unwrap();
    for state in [LibolmInboundState::new(false, 300), LibolmInboundState::new(true, 3)] {
        let text = member.to_libolm_pickle_with(KEY, state).unwrap();
        let (back, read) = InboundGroupSession::from_libolm_pickle_with_state(&text, KEY).unwrap();
        assert_eq!((read, back.first_known_index()), (state, 3));
        assert_eq!(back.provenance(), Provenance::Legacy { flag: state.verified });
        assert_eq!(back.to_libolm_pickle_with(KEY, read).unwrap(), text);
        // The latest ratchet is the one at its index.
        let ratchet = |at: usize| legacy_envelope::open(KEY, &text).unwrap().as_bytes()[at..][..132].to_vec();
        let export = member.export_at(state.latest_index).unwrap();
        assert_eq!(ratchet(4 + 132)[..128], export.as_bytes()[5..133]);
        assert_eq!(ratchet(4)[..128], member.export().as_bytes()[5..133]);
    }
    // Nothing can have been read before the first index.
    let early = LibolmInboundState::new(true, 2);
    assert_eq!(member.to_libolm_pickle_with(KEY, early).unwrap(), plain);
}
