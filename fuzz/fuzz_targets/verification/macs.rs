//! MACs over keys, with any key ids, changed on their way: what is verified is what was sent, and nothing else.

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use cliquet::sas::{Device, EstablishedSas, MacError, MacMethod, Macs, Role, Sas, Verification};
use cliquet_fuzz::{pick, pick_index, random::seeded};

const METHODS: [MacMethod; 3] =
    [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256, MacMethod::HistoricHmacSha256];
const MOST: usize = 12;

#[derive(Arbitrary, Debug)]
pub(crate) struct Changed {
    method: u8,
    /// The receiver may expect another method.
    expected_method: Option<u8>,
    sent: Vec<(KeyId, u8)>,
    changes: Vec<Change>,
    /// What the receiver knows: some of what was sent, and other keys.
    known: Vec<Known>,
}

#[derive(Arbitrary, Debug)]
enum KeyId {
    Device(u8),
    /// What stands in a label for the list of ids.
    KeyIds,
    /// Two ids in one.
    WithComma(u8),
    Any(String),
}

#[derive(Arbitrary, Debug)]
enum Known {
    Sent(u8),
    Other(KeyId, u8),
    /// The list of ids, as if it were a key.
    List,
}

#[derive(Arbitrary, Debug)]
enum Change {
    Rename(u8, KeyId),
    Replace(u8, Text),
    ReplaceKeys(Text),
    Add(KeyId, Text),
    Remove(u8),
    Repeat(u8),
}

#[derive(Arbitrary, Debug)]
enum Text {
    Any(String),
    /// The MAC over another key.
    OfKey(u8),
    OfList,
    /// What the receiver itself has sent over the same.
    Reflected(u8),
}

impl KeyId {
    fn text(&self) -> String {
        match self {
            Self::Device(number) => format!("ed25519:{}", number % 8),
            Self::KeyIds => "KEY_IDS".to_owned(),
            Self::WithComma(number) => format!("ed25519:{},ed25519:{}", number % 8, number / 8 % 8),
            Self::Any(text) => text.clone(),
        }
    }
}

fn key(number: u8) -> String {
    format!("key {}", number % 4)
}

fn agreed() -> &'static [EstablishedSas; 2] {
    static AGREED: OnceLock<[EstablishedSas; 2]> = OnceLock::new();
    AGREED.get_or_init(|| {
        let [first, second] = [1, 2].map(|seed| Sas::new(&mut seeded(seed)).expect("it never fails"));
        let (first_key, second_key) = (first.public_key(), second.public_key());
        [first.diffie_hellman(second_key), second.diffie_hellman(first_key)]
            .map(|agreed| agreed.expect("the keys are good"))
    })
}

pub(crate) fn changed(changed: Changed) {
    let [sender, receiver] = agreed();
    let devices = (Device::new("@amelie:example.org", "A"), Device::new("@bruno:example.org", "B"));
    let ours = Verification::new(devices.0, devices.1, Role::Starter, "transaction");
    let theirs = Verification::new(devices.1, devices.0, Role::Accepter, "transaction");
    let method = METHODS[usize::from(changed.method % 3)];
    let expected_method = changed.expected_method.map_or(method, |number| METHODS[usize::from(number % 3)]);

    let sent: Vec<(String, String)> =
        changed.sent.iter().take(MOST).map(|(id, number)| (id.text(), key(*number))).collect();
    let keys = || sent.iter().map(|(id, key)| (id.as_str(), key.as_str()));
    let macs = sender.macs(&ours, method, keys());
    let reflected = receiver.macs(&theirs, method, keys());
    let made = Made::new(&sent, &macs, |id, key| sender.macs(&ours, method, [(id, key)]).mac.remove(0).1);
    let received = on_its_way(&changed.changes, &macs, &reflected);
    let known: Vec<(String, String)> =
        changed.known.iter().filter_map(|known| known.entry(&sent, &made)).collect();
    let known_key = |id: &str| known.iter().find(|(known, _)| known == id).map(|(_, key)| key.as_str());

    let outcome = match receiver.verify_macs(&theirs, expected_method, &received, known_key) {
        Ok(key_ids) => Verdict::Verified(key_ids),
        Err(MacError::KeyIds) => Verdict::KeyIds,
        Err(MacError::Key { key_id, .. }) => Verdict::Key(key_id),
        Err(MacError::NoKnownKey) => Verdict::NoKnownKey,
        Err(other) => panic!("nothing leads to {other:?}"),
    };
    let expected =
        if method == expected_method { made.verdict(&received, known_key) } else { Verdict::KeyIds };
    assert_eq!(outcome, expected);
}

impl Known {
    fn entry(&self, sent: &[(String, String)], made: &Made) -> Option<(String, String)> {
        match self {
            Self::Sent(which) => pick(sent, (*which).into()).cloned(),
            Self::Other(id, number) => Some((id.text(), key(*number))),
            Self::List => Some(("KEY_IDS".to_owned(), made.list.clone())),
        }
    }
}

fn on_its_way(changes: &[Change], macs: &Macs, reflected: &Macs) -> Macs {
    let text = |text: &Text| match text {
        Text::Any(text) => text.clone(),
        Text::OfKey(which) => {
            pick(&macs.mac, (*which).into()).map_or_else(String::new, |(_, mac)| mac.clone())
        }
        Text::OfList => macs.keys.clone(),
        Text::Reflected(0) => reflected.keys.clone(),
        Text::Reflected(which) => {
            pick(&reflected.mac, (*which).into()).map_or_else(String::new, |(_, mac)| mac.clone())
        }
    };
    let (mut entries, mut keys) = (macs.mac.clone(), macs.keys.clone());
    for change in changes.iter().take(MOST) {
        let index = |which: &u8| pick_index(entries.len(), (*which).into());
        match change {
            Change::Rename(which, id) => {
                if let Some(index) = index(which) {
                    entries[index].0 = id.text();
                }
            }
            Change::Replace(which, mac) => {
                if let Some(index) = index(which) {
                    entries[index].1 = text(mac);
                }
            }
            Change::ReplaceKeys(mac) => keys = text(mac),
            Change::Add(id, mac) => entries.push((id.text(), text(mac))),
            Change::Remove(which) => {
                if let Some(index) = index(which) {
                    entries.remove(index);
                }
            }
            Change::Repeat(which) => {
                if let Some(index) = index(which) {
                    entries.push(entries[index].clone());
                }
            }
        }
    }
    Macs::new(entries, keys)
}

/// Every MAC that the sender has made: label, text, MAC.
struct Made {
    list: String,
    macs: Vec<[String; 3]>,
}

impl Made {
    fn new(sent: &[(String, String)], macs: &Macs, mac: impl Fn(&str, &str) -> String) -> Self {
        let list = joined(macs);
        let of_list = ["KEY_IDS".to_owned(), list.clone(), macs.keys.clone()];
        let of_key = |(id, key): &(String, String)| [id.clone(), key.clone(), mac(id, key)];
        Self { list, macs: sent.iter().map(of_key).chain([of_list]).collect() }
    }

    fn has(&self, label: &str, text: &str, mac: &str) -> bool {
        self.macs.iter().any(|made| made == &[label, text, mac])
    }

    fn verdict<'m, 'k>(
        &self,
        received: &'m Macs,
        known_key: impl Fn(&str) -> Option<&'k str>,
    ) -> Verdict<'m> {
        if !self.has("KEY_IDS", &joined(received), &received.keys) {
            return Verdict::KeyIds;
        }
        let mut verified = Vec::new();
        for (id, mac) in &received.mac {
            match known_key(id) {
                None => {}
                Some(key) if self.has(id, key, mac) => verified.push(id.as_str()),
                Some(_) => return Verdict::Key(id.clone()),
            }
        }
        if verified.is_empty() { Verdict::NoKnownKey } else { Verdict::Verified(verified) }
    }
}

#[derive(Debug, PartialEq)]
enum Verdict<'m> {
    Verified(Vec<&'m str>),
    KeyIds,
    Key(String),
    NoKnownKey,
}

fn joined(macs: &Macs) -> String {
    let mut ids: Vec<&str> = macs.mac.iter().map(|(id, _)| id.as_str()).collect();
    ids.sort_unstable();
    ids.join(",")
}
