//! The peers' pickles under a wrong key, changed, cut or of another kind: cliquet refuses each, and tells them apart where the
//! key allows.

use cliquet::{
    MessageVersion::V1,
    megolm, olm,
    pickle::{
        PickleFormat, PickleKind, Recognised, UnpickleError,
        UnpickleError::{AuthenticationFailed, LegacyAccount, NotAPickle, UnknownVersion},
        recognise,
    },
    pk::PkDecryption,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use vodozemac::{base64_decode, base64_encode, hazmat::Cipher};

use super::{
    super::party::{
        Implementation::{self, Libolm, Vodozemac},
        Random, first_seed,
    },
    hands::{Account, InboundGroupSession, OutboundGroupSession},
    pair::Pair,
    state::{KEY, Kind},
};

/// A pickle of a peer.
struct Stored {
    place: Implementation,
    kind: PickleKind,
    text: String,
}

/// One of each kind, by each peer, all under [`KEY`].
fn stored() -> Vec<Stored> {
    [Libolm, Vodozemac]
        .into_iter()
        .flat_map(|place| {
            let random = Random::new(first_seed());
            let mut account = Account::new(place, &random);
            account.generate_one_time_keys(3, &random);
            account.generate_fallback_key(&random);
            let mut pair = Pair::new(place);
            pair.skip(3);
            let sender = OutboundGroupSession::new(place, V1, &random);
            let member = InboundGroupSession::new(place, V1, &sender.session_key());
            [
                (PickleKind::Account, Kind::peers_text(&account)),
                (PickleKind::Session, Kind::peers_text(pair.receiver.as_ref().unwrap())),
                (PickleKind::OutboundGroupSession, Kind::peers_text(&sender)),
                (PickleKind::InboundGroupSession, Kind::peers_text(&member)),
            ]
            .map(|(kind, text)| Stored { place, kind, text })
        })
        .collect()
}

/// What cliquet's reader of this kind says to a text of `place`.
fn open(place: Implementation, kind: PickleKind, text: &str, key: &[u8; 32]) -> Result<(), UnpickleError> {
    let (limits, config, group_config) =
        (olm::Limits::default(), olm::SessionConfig::default(), megolm::SessionConfig::default());
    match (place, kind) {
        (Libolm, PickleKind::Account) => olm::Account::from_libolm_pickle(text, key).map(drop),
        (Libolm, PickleKind::Session) => olm::Session::from_libolm_pickle(text, key, limits).map(drop),
        (Libolm, PickleKind::OutboundGroupSession) => {
            megolm::OutboundGroupSession::from_libolm_pickle(text, key).map(drop)
        }
        (Libolm, PickleKind::InboundGroupSession) => {
            megolm::InboundGroupSession::from_libolm_pickle(text, key).map(drop)
        }
        (Libolm, PickleKind::PkDecryption) => PkDecryption::from_libolm_pickle(text, key).map(drop),
        (_, PickleKind::Account) => olm::Account::from_vodozemac_pickle(text, key).map(drop),
        (_, PickleKind::Session) => olm::Session::from_vodozemac_pickle(text, key, config).map(drop),
        (_, PickleKind::OutboundGroupSession) => {
            megolm::OutboundGroupSession::from_vodozemac_pickle(text, key, group_config).map(drop)
        }
        (_, PickleKind::InboundGroupSession) => {
            megolm::InboundGroupSession::from_vodozemac_pickle(text, key, group_config).map(drop)
        }
        other => panic!("no such pickle: {other:?}"),
    }
}

fn body(text: &str) -> Vec<u8> {
    Cipher::new_pickle(&KEY).decrypt_pickle(&base64_decode(text).unwrap()).unwrap()
}

fn sealed(body: &[u8]) -> String {
    base64_encode(Cipher::new_pickle(&KEY).encrypt_pickle(body))
}

#[test]
fn pickle_under_another_key_is_refused() {
    for Stored { place, kind, text } in stored() {
        assert_eq!(open(place, kind, &text, &KEY), Ok(()));
        let mut wrong = KEY;
        wrong[31] ^= 1;
        assert_eq!(open(place, kind, &text, &wrong), Err(AuthenticationFailed), "{place:?} {kind}");
        assert_eq!(recognise(text.as_bytes(), &wrong), Err(AuthenticationFailed));
    }
}

#[test]
fn pickle_with_a_flipped_bit_is_refused() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for Stored { place, kind, text } in stored() {
        let bytes = base64_decode(&text).unwrap();
        for position in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[position] ^= 1 << schedule.random_range(0..8);
            let answer = open(place, kind, &base64_encode(&changed), &KEY);
            assert_eq!(answer, Err(AuthenticationFailed), "{place:?}, {kind}, byte {position}");
        }
    }
}

#[test]
fn pickle_that_was_cut_or_grew_is_refused() {
    for Stored { place, kind, text } in stored() {
        let bytes = base64_decode(&text).unwrap();
        for length in 0..bytes.len() {
            let answer = open(place, kind, &base64_encode(&bytes[..length]), &KEY);
            assert!(answer.is_err(), "{place:?}, {kind}, {length} bytes");
        }
        let longer = base64_encode([&bytes[..], &[0]].concat());
        assert!(open(place, kind, &longer, &KEY).is_err());
        assert_eq!(open(place, kind, &format!("{text}!"), &KEY), Err(NotAPickle));
    }
}

/// Under the right key: every beginning of a body, and what has more at its end.
#[test]
fn pickle_of_a_body_that_was_cut_or_grew_is_refused() {
    for Stored { place, kind, text } in stored() {
        let body = body(&text);
        let lengths = (0..body.len()).step_by(if place == Libolm { 1 } else { 37 });
        for length in lengths {
            let answer = open(place, kind, &sealed(&body[..length]), &KEY);
            assert!(answer.is_err() && answer != Err(AuthenticationFailed), "{place:?}, {kind}, {length}");
        }
        let answer = open(place, kind, &sealed(&[&body[..], b"0"].concat()), &KEY);
        assert!(answer.is_err() && answer != Err(AuthenticationFailed), "{place:?}, {kind}: {answer:?}");
    }
}

/// What one reader reads, no other does, and [`recognise`] tells which.
#[test]
fn pickle_of_another_kind_is_refused() {
    for Stored { place, kind, text } in stored() {
        let Recognised { kind: found, format, .. } = recognise(text.as_bytes(), &KEY).unwrap();
        let is_format = match format {
            PickleFormat::Libolm { .. } => place == Libolm,
            PickleFormat::Vodozemac => place == Vodozemac,
            _ => false,
        };
        assert!(found == kind && is_format, "{place:?}, {kind}: {found}, {format}");
        for other_place in [Libolm, Vodozemac] {
            // The key pair of a backup has a form in libolm alone.
            let kinds = PickleKind::ALL.into_iter();
            for other_kind in kinds.filter(|kind| other_place == Libolm || *kind != PickleKind::PkDecryption)
            {
                let opened = open(other_place, other_kind, &text, &KEY).is_ok();
                assert_eq!(opened, (other_place, other_kind) == (place, kind), "{place:?}, {kind}");
            }
        }
    }
}

/// Versions that libolm writes no more, or not yet, and lists that are longer than libolm's.
#[test]
fn pickle_of_libolm_with_impossible_fields_is_refused() {
    let [account, session, sender, member] = {
        let mut stored = stored().into_iter().map(|stored| body(&stored.text));
        [(); 4].map(|()| stored.next().unwrap())
    };
    let with_version = |body: &[u8], version: u32| sealed(&[&version.to_be_bytes(), &body[4..]].concat());
    let unknown = |kind, body: &[u8], version| {
        let refused = open(Libolm, kind, &with_version(body, version), &KEY).unwrap_err();
        assert!(matches!(refused, UnknownVersion { version: found, .. } if found == version), "{refused}");
    };
    // As long as version 1 was: half an Ed25519 secret key, no fallback keys.
    let legacy = [&account[..68], &account[100..375], &account[account.len() - 4..]].concat();
    assert_eq!(open(Libolm, PickleKind::Account, &with_version(&legacy, 1), &KEY), Err(LegacyAccount));
    unknown(PickleKind::Account, &account, 5);
    unknown(PickleKind::Session, &session, 2);
    unknown(PickleKind::OutboundGroupSession, &sender, 2);
    unknown(PickleKind::InboundGroupSession, &member, 3);

    // Three one-time keys of 69 bytes stand behind version, both key pairs and their count.
    let (start, key) = (164, 69);
    assert_eq!(account[start..start + 4], [0, 0, 0, 3]);
    let one_time_key = &account[start + 4..start + 4 + key];
    let crowd = [
        &account[..start],
        &101_u32.to_be_bytes(),
        &one_time_key.repeat(101),
        &account[start + 4 + 3 * key..],
    ];
    let refused = open(Libolm, PickleKind::Account, &sealed(&crowd.concat()), &KEY).unwrap_err();
    assert_eq!(format!("{refused:?}"), "State(TooMany { items: OneTimeKeys, count: 101, limit: 100 })");

    let start = start + 4 + 3 * key;
    assert_eq!(account[start], 1, "one fallback key");
    let crowd = [
        &account[..start],
        &[3],
        &account[start + 1..start + 1 + key].repeat(3),
        &account[start + 1 + key..],
    ];
    let refused = open(Libolm, PickleKind::Account, &sealed(&crowd.concat()), &KEY).unwrap_err();
    assert_eq!(format!("{refused:?}"), "State(TooMany { items: FallbackKeys, count: 3, limit: 2 })");
}
