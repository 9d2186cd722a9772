use arbitrary::Arbitrary;
use cliquet::olm::{MessageType, OlmMessage};
use cliquet_fuzz::{pick, wire};

use super::{Network, read};

/// A message that is well-formed, of fields that the forger has chosen or found in other messages.
#[derive(Arbitrary, Debug)]
pub(crate) struct Forgery {
    ratchet_key: RatchetKey,
    chain_index: ChainIndex,
    content: Content,
    frame: Frame,
    other_version: bool,
}

#[derive(Arbitrary, Debug)]
enum RatchetKey {
    /// The key of a message to a party.
    Of {
        party: u8,
        which: u16,
    },
    Any([u8; 32]),
    /// A key with which no secret can be agreed.
    SmallOrder(u8),
}

#[derive(Arbitrary, Debug)]
enum ChainIndex {
    Low(u8),
    Any(u32),
    Last,
}

#[derive(Arbitrary, Debug)]
enum Content {
    /// Ciphertext and MAC of a message.
    Of {
        party: u8,
        which: u16,
    },
    Any {
        blocks: Vec<[u8; 16]>,
        mac: [u8; 32],
    },
}

#[derive(Arbitrary, Debug)]
enum Frame {
    None,
    OfTheSession,
    Any([[u8; 32]; 3]),
}

/// u-coordinates of order 1, 2, 4 and 8, and their second encodings (RFC 7748, section 6.1).
const SMALL_ORDER: [[u8; 32]; 7] = [
    [0; 32],
    ends(1, 0, 0),
    ends(0xec, 0xff, 0x7f),
    ends(0xed, 0xff, 0x7f),
    ends(0xee, 0xff, 0x7f),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
        0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04,
        0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
    ],
];

const fn ends(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut bytes = [middle; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
}

impl Forgery {
    /// The message, to be delivered to `receiver`; `None` if the forger has rebuilt one that was sent to it.
    pub(crate) fn message(&self, network: &Network, receiver: usize) -> Option<OlmMessage> {
        let sent = |party: u8, which| {
            pick(&network.ends[usize::from(party % 2)].inbox, which).map(|sent| &sent.message)
        };
        let ratchet_key = match self.ratchet_key {
            RatchetKey::Of { party, which } => match sent(party, which)? {
                OlmMessage::PreKey(message) => *message.ratchet_key().as_bytes(),
                OlmMessage::Normal(message) => *message.ratchet_key().as_bytes(),
            },
            RatchetKey::Any(bytes) => bytes,
            RatchetKey::SmallOrder(which) => *pick(&SMALL_ORDER, which.into())?,
        };
        let chain_index = match self.chain_index {
            ChainIndex::Low(index) => index.into(),
            ChainIndex::Any(index) => index,
            ChainIndex::Last => u32::MAX,
        };
        let version = wire::version_byte(network.version);
        let version = if self.other_version { 7 - version } else { version };
        let mac_length = if version == 3 { 8 } else { 32 };
        let bytes = match &self.content {
            Content::Of { party, which } => {
                let message = sent(*party, *which)?;
                let ciphertext = match message {
                    OlmMessage::PreKey(message) => message.ciphertext(),
                    OlmMessage::Normal(message) => message.ciphertext(),
                };
                let mac = &message.as_bytes()[message.as_bytes().len() - mac_length..];
                [wire::olm_message(version, &ratchet_key, chain_index, ciphertext), mac.to_vec()].concat()
            }
            Content::Any { blocks, mac } => {
                let ciphertext = if blocks.is_empty() { vec![0; 16] } else { blocks.concat() };
                let message = wire::olm_message(version, &ratchet_key, chain_index, &ciphertext);
                [&message[..], &mac[..mac_length]].concat()
            }
        };
        if network.ends[receiver].inbox.iter().any(|sent| normal_bytes(&sent.message) == bytes) {
            return None;
        }
        let keys = network.ends[receiver].session.session_keys();
        let framed = match &self.frame {
            Frame::None => read(MessageType::Normal, bytes),
            Frame::OfTheSession => {
                let keys = [&keys.one_time_key, &keys.base_key, &keys.identity_key].map(|key| key.as_bytes());
                read(MessageType::PreKey, wire::olm_pre_key_message(keys, &bytes))
            }
            Frame::Any(keys) => read(MessageType::PreKey, wire::olm_pre_key_message(keys.each_ref(), &bytes)),
        };
        Some(framed.expect("a forgery is well-formed"))
    }
}

/// The message without the frame of a pre-key message.
fn normal_bytes(message: &OlmMessage) -> &[u8] {
    match message {
        OlmMessage::PreKey(message) => wire::inside_pre_key_message(message.as_bytes()),
        OlmMessage::Normal(message) => message.as_bytes(),
    }
}
