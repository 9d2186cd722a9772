//! MACs over keys, with any key ids, changed on their way: what is verified is what was sent, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use arbitrary::Arbitrary;
use cliquet::{
    Ed25519PublicKey,
    olm::Account,
    sas::{Device, EstablishedSas, MacError, MacMethod, Macs, Role, Sas, SasKey, Verification},
};
use cliquet_fuzz::{pick, pick_index, random::seeded};

const METHODS: [MacMethod; 3] =
    [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256, MacMethod::HistoricHmacSha256];
const MOST: usize = 12;

/// The labels of MACs, up to the key id: of the sender, and of the receiver.
const LABELS: [&str; 2] = [
    "MATRIX_KEY_VERIFICATION_MAC@amelie:example.orgA@bruno:example.orgBtransaction",
    "MATRIX_KEY_VERIFICATION_MAC@bruno:example.orgB@amelie:example.orgAtransaction",
];

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
    Master(u8),
    /// What stands in a label for the list of ids.
    KeyIds,
    /// Two ids in one.
    WithComma(u8),
    Any(String),
}

#[derive(Arbitrary, Debug)]
enum Known {
    /// What was sent under this id.
    Sent(u8),
    Device(KeyId, u8),
    Master(u8),
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
            Self::Master(number) => format!("ed25519:{}", key(*number)),
            Self::KeyIds => "KEY_IDS".to_owned(),
            Self::WithComma(number) => format!("ed25519:{},ed25519:{}", number % 8, number / 8 % 8),
            Self::Any(text) => text.clone(),
        }
    }
}

fn key(number: u8) -> Ed25519PublicKey {
    static KEYS: OnceLock<[Ed25519PublicKey; 4]> = OnceLock::new();
    let made = |seed| Account::new(&mut seeded(seed)).expect("it never fails").ed25519_key();
    KEYS.get_or_init(|| [3, 4, 5, 6].map(made))[usize::from(number % 4)]
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

    let sent: Vec<(String, Ed25519PublicKey)> =
        changed.sent.iter().take(MOST).map(|(id, number)| (id.text(), key(*number))).collect();
    let end = End { agreed: sender, method, label: LABELS[0] };
    let made = end.sends(&sent);
    let sent_keys: Vec<SasKey<'_>> = sent.iter().filter_map(|(id, key)| sas_key(id, *key)).collect();
    assert_eq!(sender.macs(&ours, method, sent_keys.iter().copied()), end.expected_of(&sent_keys));
    let reflected = End { agreed: receiver, method, label: LABELS[1] }.sends(&sent);
    let received = on_its_way(&changed.changes, &made.event, &reflected.event);
    let known: Vec<(String, Ed25519PublicKey)> =
        changed.known.iter().filter_map(|known| known.entry(&sent)).collect();
    let known: Vec<SasKey<'_>> = known.iter().filter_map(|(id, key)| sas_key(id, *key)).collect();

    let outcome = match receiver.verify_macs(&theirs, expected_method, &received, known.iter().copied()) {
        Ok(keys) => Verdict::Verified(keys),
        Err(MacError::KeyIds) => Verdict::KeyIds,
        Err(MacError::Key { key_id, .. }) => Verdict::Key(key_id),
        Err(MacError::NoKnownKey) => Verdict::NoKnownKey,
        Err(other) => panic!("nothing leads to {other:?}"),
    };
    let expected = if method == expected_method { made.verdict(&received, &known) } else { Verdict::KeyIds };
    assert_eq!(outcome, expected);
}

impl Known {
    fn entry(&self, sent: &[(String, Ed25519PublicKey)]) -> Option<(String, Ed25519PublicKey)> {
        match self {
            Self::Sent(which) => pick(sent, (*which).into()).cloned(),
            Self::Device(id, number) => Some((id.text(), key(*number))),
            Self::Master(number) => Some((KeyId::Master(*number).text(), key(*number))),
        }
    }
}

/// The key that has this id, if one can have it: a master key if the id is the key itself.
fn sas_key(id: &str, key: Ed25519PublicKey) -> Option<SasKey<'_>> {
    let name = id.strip_prefix("ed25519:")?;
    Some(if name == key.to_base64() { SasKey::MasterKey(key) } else { SasKey::Device(name, key) })
}

fn public(key: &SasKey<'_>) -> Ed25519PublicKey {
    match key {
        SasKey::Device(_, key) | SasKey::MasterKey(key) => *key,
        other => panic!("there is no {other:?}"),
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

/// One of the two devices, which makes MACs under labels that are put together here.
struct End<'a> {
    agreed: &'a EstablishedSas,
    method: MacMethod,
    label: &'static str,
}

impl End<'_> {
    fn mac(&self, id: &str, text: &str) -> String {
        self.agreed.calculate_mac_with_info(self.method, text, format!("{}{id}", self.label))
    }

    /// The MACs over keys under any ids, also those that the library would not send.
    fn sends(&self, keys: &[(String, Ed25519PublicKey)]) -> Made {
        let of_key = |(id, key): &(String, Ed25519PublicKey)| {
            let text = key.to_base64();
            [id.clone(), self.mac(id, &text), text]
        };
        let of_keys: Vec<[String; 3]> = keys.iter().map(of_key).collect();
        let entries = of_keys.iter().map(|[id, mac, _]| (id.clone(), mac.clone()));
        let list = joined(keys.iter().map(|(id, _)| id.as_str()));
        let event = Macs::new(entries, self.mac("KEY_IDS", &list));
        let of_list = ["KEY_IDS".to_owned(), event.keys.clone(), list];
        Made { event, macs: of_keys.into_iter().chain([of_list]).collect() }
    }

    /// What the library sends: the last key of each id, and nothing if an id holds a comma.
    fn expected_of(&self, keys: &[SasKey<'_>]) -> Option<Macs> {
        let last: BTreeMap<String, Ed25519PublicKey> =
            keys.iter().map(|key| (key.key_id(), public(key))).collect();
        let last: Vec<(String, Ed25519PublicKey)> = last.into_iter().collect();
        last.iter().all(|(id, _)| !id.contains(',')).then(|| self.sends(&last).event)
    }
}

/// What a device has sent, and every MAC that it has made: id, MAC, text.
struct Made {
    event: Macs,
    macs: Vec<[String; 3]>,
}

impl Made {
    fn has(&self, id: &str, mac: &str, text: &str) -> bool {
        self.macs.iter().any(|made| made == &[id, mac, text])
    }

    fn verdict<'k>(&self, received: &Macs, known: &[SasKey<'k>]) -> Verdict<'k> {
        let ids = || received.mac.iter().map(|(id, _)| id.as_str());
        let is_clear =
            ids().collect::<BTreeSet<_>>().len() == ids().count() && ids().all(|id| !id.contains(','));
        if !is_clear || !self.has("KEY_IDS", &received.keys, &joined(ids())) {
            return Verdict::KeyIds;
        }
        let mut verified = Vec::new();
        for key in known {
            let id = key.key_id();
            match received.mac.iter().find(|(found, _)| *found == id) {
                None => {}
                Some((_, mac)) if self.has(&id, mac, &public(key).to_base64()) => verified.push(*key),
                Some(_) => return Verdict::Key(id),
            }
        }
        if verified.is_empty() { Verdict::NoKnownKey } else { Verdict::Verified(verified) }
    }
}

#[derive(Debug, PartialEq)]
enum Verdict<'k> {
    Verified(Vec<SasKey<'k>>),
    KeyIds,
    Key(String),
    NoKnownKey,
}

/// The ids, sorted and with commas between.
fn joined<'m>(ids: impl Iterator<Item = &'m str>) -> String {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.join(",")
}
