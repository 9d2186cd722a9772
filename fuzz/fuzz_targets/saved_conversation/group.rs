use std::collections::HashSet;

use arbitrary::Arbitrary;
use cliquet::{
    MessageVersion,
    megolm::{
        DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession, ReplayGuard, SessionConfig,
    },
};
use cliquet_fuzz::{Form, pick};
use rand::rngs::StdRng;

use super::kept::Kept;

const MOST_MESSAGES: usize = 300;

/// What happens in the room.
#[derive(Arbitrary, Debug)]
pub(crate) enum Step {
    Send {
        count: u8,
    },
    /// The sender ends before it has saved, or, once it has saved, before the message leaves.
    SendAndCrash {
        saved: bool,
    },
    Deliver {
        which: u16,
        crash: bool,
    },
    /// The server says that the message came in another event than it did.
    Replay {
        which: u16,
    },
    ReopenSender(Form),
    ReopenReceiver(Form),
    CrashSender,
    CrashReceiver,
}

struct Sent {
    message: MegolmMessage,
    plaintext: Vec<u8>,
}

/// One sender, one receiver, and every message that has left.
pub(crate) struct Group {
    /// The model is the next message index.
    sender: Kept<OutboundGroupSession, u32>,
    /// The model is the indexes that have been seen.
    receiver: Kept<InboundGroupSession, HashSet<u32>>,
    guarded: bool,
    sent: Vec<Sent>,
    used: HashSet<u32>,
    plaintexts: u32,
}

impl Group {
    pub(crate) fn new(forms: [Form; 2], version: MessageVersion, guarded: bool, rng: &mut StdRng) -> Self {
        let config = SessionConfig::default().with_version(version);
        let outbound = OutboundGroupSession::new(config, rng).expect("it never fails");
        let mut inbound = InboundGroupSession::new(&outbound.session_key(), config);
        if guarded {
            inbound.set_replay_guard(ReplayGuard::with_capacity(MOST_MESSAGES));
        }
        Self {
            sender: Kept::new(outbound, 0, forms[0], version),
            receiver: Kept::new(inbound, HashSet::new(), forms[1], version),
            guarded,
            sent: Vec::new(),
            used: HashSet::new(),
            plaintexts: 0,
        }
    }

    pub(crate) fn run(&mut self, step: &Step) {
        match step {
            Step::Send { count } => {
                for _ in 0..=count % 8 {
                    let sent = self.encrypt();
                    self.sender.save();
                    self.leave(sent);
                }
            }
            Step::SendAndCrash { saved } => {
                self.encrypt();
                if *saved {
                    self.sender.save();
                }
                self.sender.crash();
            }
            Step::Deliver { which, crash } => {
                self.deliver(*which);
                if *crash {
                    self.receiver.crash();
                } else {
                    self.receiver.save();
                }
            }
            Step::Replay { which } => self.replay(*which),
            Step::ReopenSender(form) => self.sender.reopen(*form),
            Step::ReopenReceiver(form) => self.receiver.reopen(*form),
            Step::CrashSender => self.sender.crash(),
            Step::CrashReceiver => self.receiver.crash(),
        }
    }

    /// Every plaintext is another one, also those that never leave.
    fn encrypt(&mut self) -> Sent {
        self.plaintexts += 1;
        let plaintext = format!("message {}", self.plaintexts).into_bytes();
        let message = self.sender.live.encrypt(&plaintext).expect("the session is young");
        assert_eq!(message.message_index(), self.sender.model, "no index is skipped or comes again");
        self.sender.model += 1;
        Sent { message, plaintext }
    }

    fn leave(&mut self, sent: Sent) {
        assert!(self.used.insert(sent.message.message_index()), "two messages under one key have left");
        if self.sent.len() < MOST_MESSAGES {
            self.sent.push(sent);
        }
    }

    fn deliver(&mut self, which: u16) {
        let Some(sent) = pick(&self.sent, which) else { return };
        let index = sent.message.message_index();
        let receiver = &mut self.receiver;
        let decrypted = if self.guarded {
            receiver.live.decrypt_event(&sent.message, &event(index, 0))
        } else {
            receiver.live.decrypt(&sent.message)
        };
        let decrypted = decrypted.expect("every index is known from the first on");
        assert_eq!((decrypted.plaintext, decrypted.message_index), (sent.plaintext.clone(), index));
        receiver.model.insert(index);
    }

    fn replay(&mut self, which: u16) {
        let Some(sent) = pick(&self.sent, which) else { return };
        let index = sent.message.message_index();
        let receiver = &mut self.receiver;
        if self.guarded && receiver.model.contains(&index) {
            let outcome = receiver.live.decrypt_event(&sent.message, &event(index, 1)).map(|_| ());
            assert!(
                matches!(outcome, Err(DecryptionError::Replay { .. })),
                "a guard is never lost: {outcome:?}"
            );
        }
    }

    pub(crate) fn finish(&mut self) {
        self.run(&Step::Send { count: 0 });
        for which in 0..u16::try_from(self.sent.len()).expect("there are few") {
            self.replay(which);
            self.deliver(which);
        }
    }
}

fn event(index: u32, other: u8) -> [u8; 32] {
    let mut event = [other; 32];
    event[..4].copy_from_slice(&index.to_be_bytes());
    event
}
