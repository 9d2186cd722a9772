//! Verification by short authentication strings: what both users see, and the MACs over keys, in every form that a peer has.
//! The labels are put together here by hand, as a client of the peers does; cliquet builds its own.

use cliquet::{
    Curve25519PublicKey, Ed25519PublicKey,
    olm::Account,
    sas::{self, Device, MacError, MacMethod, Macs, Role, SasError, SasKey, Verification},
};
use cliquet_interop::libolm::{self, MacForm};
use rand::{SeedableRng, rngs::StdRng};

use super::party::{Random, first_seed, random_plaintext};

const OURS: Device<'_> = Device::new("@amelie:example.org", "LAPTOP");
const THEIRS: Device<'_> = Device::new("@bruno:example.com", "PHONE");
const ROLES: [Role; 2] = [Role::Starter, Role::Accepter];
const METHODS: [MacMethod; 3] =
    [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256, MacMethod::HistoricHmacSha256];

/// The labels of MACs, up to the key id: what we send, and what they send.
const OUR_MAC_LABEL: &str =
    "MATRIX_KEY_VERIFICATION_MAC@amelie:example.orgLAPTOP@bruno:example.comPHONEtransaction";
const THEIR_MAC_LABEL: &str =
    "MATRIX_KEY_VERIFICATION_MAC@bruno:example.comPHONE@amelie:example.orgLAPTOPtransaction";
const HISTORIC_LABELS: [&str; 2] = [
    "MATRIX_KEY_VERIFICATION_SAS@amelie:example.orgLAPTOP@bruno:example.comPHONEtransaction",
    "MATRIX_KEY_VERIFICATION_SAS@bruno:example.comPHONE@amelie:example.orgLAPTOPtransaction",
];

/// A public key that nobody committed himself to.
const BASE_POINT: &str = "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The peer's end of an agreement.
enum Peer {
    Libolm(libolm::Sas),
    Vodozemac(Box<vodozemac::sas::EstablishedSas>),
}

impl Peer {
    fn bytes(&self, info: &str, length: usize) -> Vec<u8> {
        match self {
            Self::Libolm(sas) => sas.generate_bytes(info.as_bytes(), length).unwrap(),
            Self::Vodozemac(sas) => sas.bytes_raw(info, length).unwrap(),
        }
    }

    /// The MAC of a text, unless the peer does not have the method.
    fn mac(&self, method: MacMethod, text: &str, info: &str) -> Option<String> {
        match self {
            Self::Libolm(sas) => {
                let form = match method {
                    MacMethod::HkdfHmacSha256V2 => MacForm::FixedBase64,
                    MacMethod::HistoricHkdfHmacSha256 => MacForm::BrokenBase64,
                    _ => MacForm::LongKdf,
                };
                Some(sas.calculate_mac(form, text.as_bytes(), info.as_bytes()).unwrap())
            }
            Self::Vodozemac(sas) => match method {
                MacMethod::HkdfHmacSha256V2 => Some(sas.calculate_mac(text, info).to_base64()),
                MacMethod::HistoricHkdfHmacSha256 => Some(sas.calculate_mac_invalid_base64(text, info)),
                _ => None,
            },
        }
    }
}

/// Our end of an agreement, and the peer's.
struct Agreement {
    ours: sas::EstablishedSas,
    peer: Peer,
}

impl Agreement {
    /// An agreement with each peer.
    fn with_both(seed: u64) -> [Self; 2] {
        [Self::with_libolm(seed), Self::with_vodozemac(seed)]
    }

    fn with_libolm(seed: u64) -> Self {
        let ours = sas::Sas::new(&mut Random::new(seed)).unwrap();
        let mut peer = libolm::Sas::create(&mut Random::new(seed + 1).filler()).unwrap();
        peer.set_their_key(&ours.public_key().to_base64()).unwrap();
        let ours = ours.diffie_hellman(key(&peer.public_key().unwrap())).unwrap();
        Self { ours, peer: Peer::Libolm(peer) }
    }

    fn with_vodozemac(seed: u64) -> Self {
        let ours = sas::Sas::new(&mut Random::new(seed)).unwrap();
        let peer = vodozemac::sas::Sas::new();
        let peers_key = key(&peer.public_key().to_base64());
        let peer = peer.diffie_hellman_with_raw(&ours.public_key().to_base64()).unwrap();
        Self { ours: ours.diffie_hellman(peers_key).unwrap(), peer: Peer::Vodozemac(Box::new(peer)) }
    }

    /// The label of what is shown, if we have this role.
    fn label(&self, role: Role) -> String {
        let ours = format!("@amelie:example.org|LAPTOP|{}", self.ours.our_public_key());
        let theirs = format!("@bruno:example.com|PHONE|{}", self.ours.their_public_key());
        let (starter, accepter) = if role == Role::Starter { (ours, theirs) } else { (theirs, ours) };
        format!("MATRIX_KEY_VERIFICATION_SAS|{starter}|{accepter}|transaction")
    }

    /// The mac event that the peer sends over these keys, each a key id and a text.
    fn peers_macs(&self, method: MacMethod, label: &str, keys: &[(&str, &str)]) -> Option<Macs> {
        let mac = keys.iter().map(|(key_id, text)| {
            self.peer.mac(method, text, &format!("{label}{key_id}")).map(|mac| (*key_id, mac))
        });
        let mac = mac.collect::<Option<Vec<_>>>()?;
        let keys = self.peer.mac(method, &list_of_ids(keys), &format!("{label}KEY_IDS"))?;
        Some(Macs::new(mac, keys))
    }
}

fn key(text: &str) -> Curve25519PublicKey {
    Curve25519PublicKey::from_base64(text).unwrap()
}

/// The key ids, sorted and with commas between.
fn list_of_ids(keys: &[(&str, &str)]) -> String {
    let mut ids: Vec<&str> = keys.iter().map(|(key_id, _)| *key_id).collect();
    ids.sort_unstable();
    ids.join(",")
}

/// Keys of devices and users.
fn ed25519_keys<const N: usize>() -> [Ed25519PublicKey; N] {
    let mut seeds = first_seed()..;
    [(); N].map(|()| Account::new(&mut Random::new(seeds.next().unwrap())).unwrap().ed25519_key())
}

fn verification(role: Role) -> Verification<'static> {
    Verification::new(OURS, THEIRS, role, "transaction")
}

#[test]
fn sas_both_users_see_the_same() {
    for seed in (first_seed()..).take(20) {
        for agreement in Agreement::with_both(seed) {
            for (role, historic_label) in ROLES.into_iter().zip(HISTORIC_LABELS) {
                let (shown, label) = (agreement.ours.bytes(&verification(role)), agreement.label(role));
                assert_eq!(shown.as_bytes()[..], agreement.peer.bytes(&label, 6));
                let historic = agreement.ours.historic_bytes(&verification(role));
                assert_eq!(historic.as_bytes()[..], agreement.peer.bytes(historic_label, 6));
                if let Peer::Vodozemac(peer) = &agreement.peer {
                    let theirs = peer.bytes(&label);
                    assert_eq!(shown.emoji_indices(), theirs.emoji_indices());
                    assert_eq!(shown.emoji().map(|emoji| emoji.index), theirs.emoji_indices());
                    let [first, second, third] = shown.decimals();
                    assert_eq!((first, second, third), theirs.decimals());
                }
            }
        }
    }
}

#[test]
fn sas_bytes_of_every_kind_of_length() {
    for agreement in Agreement::with_both(first_seed()) {
        for length in [1, 5, 6, 31, 32, 33, 64, 65, 1000, 8_159, 8_160] {
            let ours = agreement.ours.generate_bytes(b"some info", length).unwrap();
            assert_eq!(ours.as_bytes(), agreement.peer.bytes("some info", length), "{length}");
        }
        agreement.ours.generate_bytes(b"some info", 8_161).unwrap_err();
        if let Peer::Vodozemac(peer) = &agreement.peer {
            peer.bytes_raw("some info", 8_161).unwrap_err();
        }
    }
}

#[test]
fn sas_one_random_stream_makes_one_key_pair() {
    for seed in (first_seed()..).take(20) {
        let ours = sas::Sas::new(&mut Random::new(seed)).unwrap().public_key();
        let peers = libolm::Sas::create(&mut Random::new(seed).filler()).unwrap().public_key().unwrap();
        assert_eq!(ours.to_base64(), peers);
        let content = r#"{"from_device":"LAPTOP","method":"m.sas.v1"}"#;
        let commitment = libolm::sha256(format!("{peers}{content}").as_bytes()).unwrap();
        assert_eq!(sas::commitment(&ours, content), commitment);
        assert!(sas::is_committed(&ours, content, &commitment));

        let starter = sas::Sas::new(&mut Random::new(seed + 1)).unwrap();
        let refused = starter.diffie_hellman_as_starter(ours, "{}", &commitment).unwrap_err();
        assert_eq!(refused.error, SasError::MismatchedCommitment);
        let refused = refused.receiver.diffie_hellman_as_starter(key(BASE_POINT), content, &commitment);
        let refused = refused.unwrap_err();
        assert_eq!(refused.error, SasError::MismatchedCommitment);
        refused.receiver.diffie_hellman_as_starter(ours, content, &commitment).unwrap();
    }
}

#[test]
fn sas_macs_of_any_text_are_the_same() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for seed in (first_seed()..).take(50) {
        for agreement in Agreement::with_both(seed) {
            for method in METHODS {
                let [text, info] = [(); 2].map(|()| {
                    random_plaintext(&mut schedule, 300).into_iter().map(char::from).collect::<String>()
                });
                let ours = agreement.ours.calculate_mac_with_info(method, &text, &info);
                let Some(peers) = agreement.peer.mac(method, &text, &info) else { continue };
                assert_eq!(ours, peers, "{method:?}");
                assert!(agreement.ours.verify_mac_with_info(method, &text, &info, &peers));
            }
        }
    }
}

#[test]
fn sas_mac_events_verify_either_way() {
    let [our_device, our_master, their_device, their_master, other] = ed25519_keys();
    let texts = [our_device, our_master, their_device, their_master].map(|key| key.to_base64());
    let [our_device_text, our_master_text, their_device_text, their_master_text] = texts.each_ref();
    let master_ids = [our_master_text, their_master_text].map(|text| format!("ed25519:{text}"));
    let our_texts = [("ed25519:LAPTOP", &**our_device_text), (&master_ids[0], our_master_text)];
    let their_texts = [("ed25519:PHONE", &**their_device_text), (&master_ids[1], their_master_text)];
    let ours = [SasKey::Device("LAPTOP", our_device), SasKey::MasterKey(our_master)];
    let theirs = [SasKey::Device("PHONE", their_device), SasKey::MasterKey(their_master)];
    for agreement in Agreement::with_both(first_seed()) {
        for (role, method) in ROLES.into_iter().flat_map(|role| METHODS.map(|method| (role, method))) {
            let verification = verification(role);
            let Some(expected) = agreement.peers_macs(method, OUR_MAC_LABEL, &our_texts) else { continue };
            // Given in either order, and one of them twice.
            for given in [vec![ours[0], ours[1]], vec![ours[1], ours[0], ours[1]]] {
                let sent = agreement.ours.macs(&verification, method, given).unwrap();
                assert_eq!(sent, expected, "{method:?}");
            }
            if let (Peer::Vodozemac(peer), MacMethod::HkdfHmacSha256V2) = (&agreement.peer, method) {
                let sent = agreement.ours.macs(&verification, method, ours).unwrap();
                let mac = vodozemac::sas::Mac::from_base64(&sent.keys).unwrap();
                let info = format!("{OUR_MAC_LABEL}KEY_IDS");
                peer.verify_mac(&list_of_ids(&our_texts), &info, &mac).unwrap();
            }

            let received = agreement.peers_macs(method, THEIR_MAC_LABEL, &their_texts).unwrap();
            let verified = |known: &[SasKey<'static>]| {
                agreement.ours.verify_macs(&verification, method, &received, known.iter().copied())
            };
            assert_eq!(verified(&theirs).unwrap(), theirs);
            let absent = [SasKey::Device("TABLET", other), SasKey::MasterKey(other)];
            let known = [absent[0], theirs[1], absent[1], theirs[0]];
            assert_eq!(verified(&known).unwrap(), [theirs[1], theirs[0]]);
            assert_eq!(verified(&theirs[1..]).unwrap(), theirs[1..]);
            assert_eq!(verified(&absent), Err(MacError::NoKnownKey));
        }
    }
}

#[test]
fn sas_changed_mac_events_are_refused() {
    let [key, other_key] = ed25519_keys();
    let [text, other_text] = [key, other_key].map(|key| key.to_base64());
    let keys = [("ed25519:PHONE", &*text)];
    let known = [SasKey::Device("PHONE", key)];
    for agreement in Agreement::with_both(first_seed()) {
        for method in METHODS {
            let verify = |macs: &Macs| {
                agreement.ours.verify_macs(&verification(Role::Starter), method, macs, known).map(drop)
            };
            let Some(received) = agreement.peers_macs(method, THEIR_MAC_LABEL, &keys) else { continue };
            assert_eq!(verify(&received), Ok(()));
            let wrong_key =
                |verdict| matches!(verdict, Err(MacError::Key { key_id, .. }) if key_id == keys[0].0);

            for changed in changes(&received.keys) {
                assert_eq!(verify(&Macs::new(received.mac.clone(), changed)), Err(MacError::KeyIds));
            }
            for changed in changes(&received.mac[0].1) {
                let macs = Macs::new([("ed25519:PHONE", changed)], received.keys.clone());
                assert!(wrong_key(verify(&macs)));
            }
            // The peer put the devices in the order of our own label.
            let reflected = agreement.peers_macs(method, OUR_MAC_LABEL, &keys).unwrap();
            assert_eq!(verify(&reflected), Err(MacError::KeyIds));
            // The list of ids is right, the key is another.
            let of_peer =
                |keys: &[(&str, &str)]| agreement.peers_macs(method, THEIR_MAC_LABEL, keys).unwrap();
            assert!(wrong_key(verify(&of_peer(&[("ed25519:PHONE", &other_text)]))));
            // The MACs are right, but the list of ids could be another one.
            assert_eq!(verify(&of_peer(&[keys[0], keys[0]])), Err(MacError::KeyIds));
            let with_comma = of_peer(&[keys[0], ("ed25519:A,ed25519:B", &text)]);
            assert_eq!(verify(&with_comma), Err(MacError::KeyIds));
            assert_eq!(verify(&of_peer(&[keys[0], ("ed25519:A", &text)])), Ok(()));
            // A key was added, and another taken away.
            let two = [received.mac[0].clone(), ("ed25519:X".to_owned(), received.mac[0].1.clone())];
            assert_eq!(verify(&Macs::new(two, received.keys.clone())), Err(MacError::KeyIds));
            let none: [(&str, &str); 0] = [];
            assert_eq!(verify(&Macs::new(none, received.keys.clone())), Err(MacError::KeyIds));
        }
    }
}

/// The text with each character changed, shortened at each, and with one too many.
fn changes(text: &str) -> Vec<String> {
    let mut changes = vec![format!("{text}="), format!("{text}A"), format!(" {text}")];
    for position in 0..text.len() {
        let other = if text[position..].starts_with('A') { "B" } else { "A" };
        changes.push(format!("{}{other}{}", &text[..position], &text[position + 1..]));
        changes.push(text[..position].to_owned());
    }
    changes
}

/// vodozemac refuses them as well; libolm agrees a secret that everybody knows.
#[test]
fn sas_keys_of_small_order_are_refused() {
    let mut ours = sas::Sas::new(&mut Random::new(first_seed())).unwrap();
    for first in [0, 1] {
        let mut small = [0; 32];
        small[0] = first;
        let refused = ours.diffie_hellman_as_accepter(Curve25519PublicKey::from_bytes(small)).unwrap_err();
        assert_eq!(refused.error, SasError::NonContributoryKey);
        ours = refused.receiver;
        let text = Curve25519PublicKey::from_bytes(small).to_base64();
        vodozemac::sas::Sas::new().diffie_hellman_with_raw(&text).unwrap_err();
        let bytes = |seed| {
            let mut sas = libolm::Sas::create(&mut Random::new(seed).filler()).unwrap();
            sas.set_their_key(&text).unwrap();
            sas.generate_bytes(b"info", 6).unwrap()
        };
        assert_eq!(bytes(1), bytes(2));
    }
    // It was handed back as it was.
    ours.diffie_hellman(sas::Sas::new(&mut Random::new(first_seed() + 1)).unwrap().public_key()).unwrap();
}

#[test]
fn sas_nothing_before_the_agreement() {
    // cliquet and vodozemac have no such method on what is not established.
    let peer = libolm::Sas::create(&mut Random::new(first_seed()).filler()).unwrap();
    assert_eq!(peer.generate_bytes(b"info", 6).unwrap_err().text(), "OLM_SAS_THEIR_KEY_NOT_SET");
    let refused = peer.calculate_mac(MacForm::FixedBase64, b"input", b"info").unwrap_err();
    assert_eq!(refused.text(), "OLM_SAS_THEIR_KEY_NOT_SET");
}
