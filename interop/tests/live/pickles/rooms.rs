//! Megolm sessions on the move: the sender and three receivers change hands while messages are under way, in any order.

use cliquet::MessageVersion::{self, V1, V2};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};

use super::{
    super::party::{
        Implementation::{self, Cliquet, Libolm, Vodozemac},
        Random, Reminder, first_seed, random_plaintext,
    },
    hands::{InboundGroupSession, OutboundGroupSession},
    state::Way,
};

/// Who takes part in a room.
type Places = &'static [Implementation];

const ROOMS: [(MessageVersion, Places); 4] = [
    (V1, &[Cliquet, Libolm]),
    (V1, &[Cliquet, Vodozemac]),
    (V1, &[Cliquet, Libolm, Vodozemac]),
    (V2, &[Cliquet, Vodozemac]),
];

#[test]
fn pickle_of_group_sessions_in_rooms() {
    for (version, places) in ROOMS {
        for seed in (first_seed()..).take(12) {
            let _reminder = Reminder((version, places, seed));
            let tally = Room::new(version, places, seed).run();
            assert!(tally.moves > 60 && tally.late_after_a_move > 20, "{tally:?}");
        }
    }
}

/// What happened, to show that a room was not tame.
#[derive(Debug, Default)]
struct Tally {
    moves: u32,
    late_after_a_move: u32,
}

struct Sent {
    message_index: u32,
    plaintext: Vec<u8>,
    message: String,
    /// The receiver has moved since a later message was read.
    moved: bool,
}

struct Member {
    session: Option<InboundGroupSession>,
    /// Where it joined.
    first_index: u32,
    /// The index after the greatest that was read.
    next_index: u32,
    under_way: Vec<Sent>,
}

struct Room {
    version: MessageVersion,
    places: Places,
    schedule: StdRng,
    session_id: String,
    sender: Option<OutboundGroupSession>,
    next_index: u32,
    members: Vec<Member>,
    tally: Tally,
}

impl Room {
    fn new(version: MessageVersion, places: Places, seed: u64) -> Self {
        let schedule = StdRng::seed_from_u64(seed);
        let first = places[usize::try_from(seed).unwrap() % places.len()];
        let sender = OutboundGroupSession::new(first, version, &Random::new(seed));
        let (session_id, members, tally) = (sender.session_id(), Vec::new(), Tally::default());
        Self { version, places, schedule, session_id, sender: Some(sender), next_index: 0, members, tally }
    }

    /// Over the first border of the ratchet's parts, at 256; members join at 0, at 100 and at 250.
    fn run(mut self) -> Tally {
        while self.next_index < 300 {
            if [0, 100, 250].into_iter().any(|index| index == self.next_index) {
                self.join();
            }
            self.send();
            if self.schedule.random_ratio(1, 10) {
                self.sender_changes_hands();
            }
            for member in 0..self.members.len() {
                if self.schedule.random_ratio(1, 10) {
                    self.member_changes_hands(member);
                }
                if self.schedule.random_ratio(4, 5) {
                    self.deliver(member);
                }
            }
        }
        for member in 0..self.members.len() {
            self.members[member].under_way.shuffle(&mut self.schedule);
            while !self.members[member].under_way.is_empty() {
                self.deliver(member);
            }
        }
        self.compare_exports();
        self.tally
    }

    fn join(&mut self) {
        let session_key = self.sender.as_ref().unwrap().session_key();
        let place = self.random_place();
        let session = Some(InboundGroupSession::new(place, self.version, &session_key));
        let next_index = self.next_index;
        self.members.push(Member { session, first_index: next_index, next_index, under_way: Vec::new() });
    }

    fn send(&mut self) {
        let plaintext = random_plaintext(&mut self.schedule, 300);
        let message = self.sender.as_mut().unwrap().encrypt(&plaintext);
        for member in &mut self.members {
            let (message_index, plaintext, message) = (self.next_index, plaintext.clone(), message.clone());
            member.under_way.push(Sent { message_index, plaintext, message, moved: false });
        }
        self.next_index += 1;
    }

    fn sender_changes_hands(&mut self) {
        let (place, way) = (self.random_place(), self.random_way());
        let sender = self.sender.take().unwrap();
        let session_key = sender.session_key();
        let sender = sender.moved(place, way);
        assert_eq!((sender.session_id(), sender.session_key()), (self.session_id.clone(), session_key));
        self.sender = Some(sender);
        self.tally.moves += 1;
    }

    fn member_changes_hands(&mut self, number: usize) {
        let (place, way) = (self.random_place(), self.random_way());
        let member = &mut self.members[number];
        let session = member.session.take().unwrap().moved(place, way);
        assert_eq!(session.session_id(), self.session_id);
        member.session = Some(session);
        for sent in &mut member.under_way {
            sent.moved |= sent.message_index < member.next_index;
        }
        self.tally.moves += 1;
    }

    fn deliver(&mut self, number: usize) {
        let member = &mut self.members[number];
        if member.under_way.is_empty() {
            return;
        }
        let sent = member.under_way.remove(self.schedule.random_range(0..member.under_way.len()));
        let opened = member.session.as_mut().unwrap().decrypt(&sent.message);
        assert_eq!(opened, Ok((sent.plaintext, sent.message_index)));
        self.tally.late_after_a_move += u32::from(sent.moved);
        member.next_index = member.next_index.max(sent.message_index + 1);
    }

    /// Everyone can still read from where he joined, and from nowhere before.
    fn compare_exports(&mut self) {
        let mut exports = Vec::new();
        for member in &mut self.members {
            let session = member.session.as_mut().unwrap();
            assert!(session.export_at(member.first_index).is_some());
            assert!(member.first_index == 0 || session.export_at(member.first_index - 1).is_none());
            exports.push([250, 300, 70_000].map(|index| session.export_at(index).unwrap()));
        }
        assert!(exports.iter().all(|export| *export == exports[0]));
    }

    fn random_place(&mut self) -> Implementation {
        self.places[self.schedule.random_range(0..self.places.len())]
    }

    fn random_way(&mut self) -> Way {
        Way::random(self.version, &mut self.schedule)
    }
}
