//! What a session must do, said without keys: chains are numbers, and a chain can be read by who owns its parent.

use std::collections::HashSet;

/// The figures of the protocol.
const KEPT_PER_CHAIN: usize = 40;
const KEPT: usize = 200;
const CHAINS: usize = 5;

/// The first chain of a session follows from the handshake, not from a chain of the other party.
const NO_PARENT: Chain = Chain { number: 0, owner: 0, parent: 0 };

/// A sending chain: the `number`-th of its `owner`, made in answer to the `parent`-th of the other party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Chain {
    number: u32,
    owner: u8,
    parent: u32,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Position {
    pub(crate) chain: Chain,
    pub(crate) index: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Opens,
    AlreadyUsed,
    NoLongerKept,
    NotTheirTurn,
    NotAuthentic,
}

#[derive(Clone, Debug)]
struct ReceiverChain {
    chain: Chain,
    next: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Party {
    owner: u8,
    /// The chain we send on and its next index, while it is our turn no longer to make one.
    sending: Option<(Chain, u32)>,
    /// The number of our latest chain.
    latest: u32,
    /// Newest first.
    receiving: Vec<ReceiverChain>,
    /// Oldest first.
    skipped: Vec<Position>,
    given_up: HashSet<Position>,
    has_received: bool,
}

impl Party {
    pub(crate) fn starting() -> Self {
        let first = Chain { number: 1, owner: 1, ..NO_PARENT };
        Self { sending: Some((first, 0)), latest: 1, ..Self::new(1) }
    }

    pub(crate) fn answering(first: Chain) -> Self {
        Self { receiving: vec![ReceiverChain { chain: first, next: 0 }], ..Self::new(2) }
    }

    fn new(owner: u8) -> Self {
        Self {
            owner,
            sending: None,
            latest: 0,
            receiving: Vec::new(),
            skipped: Vec::new(),
            given_up: HashSet::new(),
            has_received: false,
        }
    }

    pub(crate) fn has_received(&self) -> bool {
        self.has_received
    }

    pub(crate) fn send(&mut self) -> Position {
        let (chain, index) = self.sending.unwrap_or_else(|| {
            self.latest += 1;
            let parent = self.receiving[0].chain.number;
            (Chain { number: self.latest, owner: self.owner, parent }, 0)
        });
        self.sending = Some((chain, index + 1));
        Position { chain, index }
    }

    pub(crate) fn deliver(&mut self, message: Position) -> Verdict {
        let verdict = self.judge(message);
        self.has_received |= verdict == Verdict::Opens;
        verdict
    }

    fn judge(&mut self, message: Position) -> Verdict {
        if let Some(position) = self.skipped.iter().position(|skipped| *skipped == message) {
            self.skipped.remove(position);
            return Verdict::Opens;
        }
        match self.receiving.iter().position(|receiving| receiving.chain == message.chain) {
            Some(position) if message.index < self.receiving[position].next => {
                // The watermark: whatever lies below something given up counts as given up.
                let lost = self
                    .given_up
                    .iter()
                    .any(|lost| lost.chain == message.chain && lost.index >= message.index);
                if lost { Verdict::NoLongerKept } else { Verdict::AlreadyUsed }
            }
            Some(position) => {
                let from = self.receiving[position].next;
                self.receiving[position].next = message.index + 1;
                self.skip(message, from);
                Verdict::Opens
            }
            None => self.turn(message),
        }
    }

    fn turn(&mut self, message: Position) -> Verdict {
        match self.sending {
            None => Verdict::NotTheirTurn,
            Some((ours, _)) if ours.number != message.chain.parent => Verdict::NotAuthentic,
            Some(_) => {
                self.sending = None;
                self.receiving.insert(0, ReceiverChain { chain: message.chain, next: message.index + 1 });
                self.receiving.truncate(CHAINS);
                self.skip(message, 0);
                Verdict::Opens
            }
        }
    }

    fn skip(&mut self, message: Position, from: u32) {
        let of_chain = |skipped: &Position| skipped.chain == message.chain;
        self.skipped.extend((from..message.index).map(|index| Position { index, ..message }));
        while self.skipped.iter().filter(|skipped| of_chain(skipped)).count() > KEPT_PER_CHAIN {
            let oldest = self.skipped.iter().position(of_chain).unwrap();
            self.given_up.insert(self.skipped.remove(oldest));
        }
        while self.skipped.len() > KEPT {
            self.given_up.insert(self.skipped.remove(0));
        }
    }
}
