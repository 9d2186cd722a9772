//! What was sealed, and what opens: a message says what was put into it, and what nobody has sealed does not open.

use std::collections::HashMap;

use crate::arguments::{Arguments, Purpose};
use crate::call::Outcome;
use crate::interface::{Function, Interface};
use crate::objects::{Object, observe};

/// What names a message: what a function tells of the object, or a text of the call.
enum Mark {
    Object(&'static str),
    Text(&'static str),
}

/// A family of functions: what one of them seals, another opens.
struct Family {
    /// With the argument that is sealed.
    seals: &'static [(&'static str, &'static str)],
    mark: Mark,
    /// With the output that opens.
    opens: &'static [(&'static str, &'static str)],
    /// Whether nothing else opens. Where the whole of a message is not authenticated, only what was not changed is claimed about.
    authentic: bool,
}

const FAMILIES: [Family; 6] = [
    Family {
        seals: &[("cliquet_olm_session_encrypt", "plaintext")],
        // The frame of a pre-key message is not authenticated, and what is in it opens without it.
        mark: Mark::Object("cliquet_olm_message_ciphertext"),
        opens: &[
            ("cliquet_olm_session_decrypt", "plaintext"),
            ("cliquet_account_create_inbound_session", "plaintext"),
        ],
        authentic: true,
    },
    Family {
        seals: &[("cliquet_outbound_group_session_encrypt", "plaintext")],
        mark: Mark::Object("cliquet_megolm_message_to_bytes"),
        opens: &[
            ("cliquet_inbound_group_session_decrypt", "plaintext"),
            ("cliquet_inbound_group_session_decrypt_event", "plaintext"),
        ],
        authentic: true,
    },
    Family {
        seals: &[
            ("cliquet_ecies_establish_outbound_channel", "plaintext"),
            ("cliquet_established_ecies_encrypt", "plaintext"),
        ],
        mark: Mark::Text("message"),
        opens: &[
            ("cliquet_ecies_establish_inbound_channel", "plaintext"),
            ("cliquet_unanswered_ecies_receive_answer", "plaintext"),
            ("cliquet_established_ecies_decrypt", "plaintext"),
        ],
        authentic: true,
    },
    Family {
        seals: &[
            ("cliquet_hpke_unidirectional_sender_channel_establish", "plaintext"),
            ("cliquet_hpke_unidirectional_sender_channel_establish_with_info", "plaintext"),
            ("cliquet_hpke_unidirectional_recipient_channel_respond", "plaintext"),
            ("cliquet_hpke_established_channel_seal", "plaintext"),
        ],
        mark: Mark::Text("message"),
        opens: &[
            ("cliquet_hpke_recipient_establish_channel", "plaintext"),
            ("cliquet_hpke_unidirectional_sender_channel_receive_response", "plaintext"),
            ("cliquet_hpke_established_channel_open", "plaintext"),
        ],
        authentic: true,
    },
    Family {
        seals: &[("cliquet_pk_encryption_encrypt", "plaintext")],
        mark: Mark::Object("cliquet_pk_message_to_json"),
        opens: &[("cliquet_pk_decryption_decrypt", "plaintext")],
        authentic: false,
    },
    Family {
        seals: &[("cliquet_secret_storage_key_encrypt", "secret")],
        mark: Mark::Object("cliquet_encrypted_secret_to_json"),
        opens: &[("cliquet_secret_storage_key_decrypt", "secret")],
        authentic: false,
    },
];

/// Plaintexts, by the family and the mark of their messages.
#[derive(Default)]
pub struct Sealed(HashMap<(usize, Vec<u8>), Vec<u8>>);

impl Sealed {
    /// The mark of what a call is to open.
    pub fn before(
        &self,
        interface: &Interface,
        function: &Function,
        arguments: &Arguments,
    ) -> Option<Vec<u8>> {
        let (family, _) = opened(function)?;
        match FAMILIES[family].mark {
            Mark::Object(teller) => {
                let used = arguments
                    .used
                    .iter()
                    .find(|used| interface.function(teller).subject() == used.object.kind)?;
                told(interface, teller, &used.object)
            }
            Mark::Text(name) => {
                let lent =
                    arguments.lent.iter().find(|lent| lent.name == name && lent.purpose == Purpose::Input)?;
                Some(lent.block.bytes().to_vec())
            }
        }
    }

    /// Notes what was sealed, and compares what was opened.
    pub fn after(
        &mut self,
        interface: &Interface,
        function: &Function,
        arguments: &Arguments,
        outcome: &Outcome,
        mark: Option<Vec<u8>>,
    ) -> Result<(), String> {
        for (family, Family { seals, mark, .. }) in FAMILIES.iter().enumerate() {
            let Some((_, name)) = seals.iter().find(|(seals, _)| *seals == function.name) else { continue };
            let mark = match mark {
                Mark::Object(teller) => outcome.made.as_ref().and_then(|made| told(interface, teller, made)),
                Mark::Text(name) => Some(outcome.output(name).to_vec()),
            };
            let plaintext = arguments.lent.iter().find(|lent| lent.name == *name);
            if let Some((mark, plaintext)) = mark.zip(plaintext) {
                self.0.insert((family, mark), plaintext.block.before().to_vec());
            }
        }
        let Some(((family, output), mark)) = opened(function).zip(mark) else { return Ok(()) };
        let found =
            outcome.outputs.iter().find(|(name, _)| name == output).map_or(&[][..], |(_, bytes)| bytes);
        match self.0.get(&(family, mark)) {
            Some(plaintext) if plaintext == found => Ok(()),
            Some(plaintext) => Err(format!("opens as {found:02x?} and was sealed as {plaintext:02x?}")),
            None if FAMILIES[family].authentic => {
                Err(format!("opens what nobody has sealed, as {found:02x?}"))
            }
            None => Ok(()),
        }
    }
}

/// The family of which this function opens something, and the name of the output.
fn opened(function: &Function) -> Option<(usize, &'static str)> {
    let opens = |family: &Family| {
        family.opens.iter().find(|(opens, _)| *opens == function.name).map(|(_, name)| *name)
    };
    FAMILIES.iter().enumerate().find_map(|(place, family)| Some((place, opens(family)?)))
}

fn told(interface: &Interface, teller: &str, object: &Object) -> Option<Vec<u8>> {
    let (status, bytes) = observe(interface, interface.function(teller), object);
    (status == 0).then_some(bytes)
}
