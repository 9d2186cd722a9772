//! Texts that one side reads and the other does not.

use cliquet::signed_json::JsonObject;

use super::{SIGNERS, Signer, generator, read_by_peer, write_by_peer};

/// Whether cliquet and the peer read the text.
type Verdict = (bool, bool);
const READ: Verdict = (true, true);
const REFUSED: Verdict = (false, false);
const ONLY_PEER: Verdict = (false, true);

#[test]
fn signed_json_texts() {
    let nested = |depth: usize| format!(r#"{{"a":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    for (text, verdict) in [
        ("{}", READ),
        (" \t\r\n{ } ", READ),
        (r#"{"a":9007199254740991,"b":-9007199254740991}"#, READ),
        (r#"{"a":9007199254740992}"#, REFUSED),
        (r#"{"a":-9007199254740992}"#, REFUSED),
        (r#"{"a":18446744073709551616}"#, REFUSED),
        (r#"{"a":1.0}"#, REFUSED),
        (r#"{"a":1.5}"#, REFUSED),
        (r#"{"a":1e3}"#, REFUSED),
        (r#"{"a":-0}"#, REFUSED),
        (r#"{"a":01}"#, REFUSED),
        (r#"{"a":+1}"#, REFUSED),
        (r#"{"a":NaN}"#, REFUSED),
        // The peer takes the last.
        (r#"{"a":1,"a":2}"#, ONLY_PEER),
        (r#"{"a":1,"\u0061":2}"#, ONLY_PEER),
        (r#"{"a":{"b":[{"c":1,"c":1}]}}"#, ONLY_PEER),
        // How serde_json may hide a number; where it does, the peer reads one.
        (r#"{"$serde_json::private::Number":"1"}"#, ONLY_PEER),
        (r#"{"a":"\ud800"}"#, REFUSED),
        (r#"{"a":"\udc00\ud800"}"#, REFUSED),
        (r#"{"\ud83d\ude00":1}"#, READ),
        ("{\"a\":\"\u{1}\"}", REFUSED),
        (r#"{"a":"\x41"}"#, REFUSED),
        (r#"{"a":1,}"#, REFUSED),
        (r#"{'a':1}"#, REFUSED),
        (r#"{"a":1} {}"#, REFUSED),
        (r#"{"a":1"#, REFUSED),
        ("\u{feff}{}", REFUSED),
        ("[]", REFUSED),
        ("null", REFUSED),
        ("1", REFUSED),
        ("", REFUSED),
        (&nested(126), READ),
        (&nested(127), REFUSED),
    ] {
        let (ours, peers) = (JsonObject::from_json(text).ok(), read_by_peer(text));
        assert_eq!((ours.is_some(), peers.is_some()), verdict, "{text}");
        if let (Some(ours), Some(peers)) = (ours, peers) {
            assert_eq!(ours.to_canonical_json(), write_by_peer(&peers));
        }
    }
}

#[test]
fn signed_json_signatures_of_other_forms() {
    let random = &mut generator();
    let signers = [Signer::new(SIGNERS[0], random)];
    let signer = &signers[0];
    let good = signer.sign(r#"{"a":1}"#);
    let signature = good.split('"').find(|text| text.len() == 86).unwrap();
    let last_bits = format!("{}{}", &signature[..85], if signature.ends_with('A') { 'B' } else { 'R' });
    // 64 bytes end with 2 of the 6 bits that the last character has.
    let with_last_bits = match &signature[85..] {
        "A" | "Q" => good.replace(signature, &last_bits),
        "g" => good.replace(signature, &format!("{}h", &signature[..85])),
        _ => good.replace(signature, &format!("{}x", &signature[..85])),
    };
    let in_place = |value: &str| good.replace(&format!("\"{signature}\""), value);
    let beside = |entry: &str| good.replace(r#""signatures":{"#, &format!(r#""signatures":{{{entry},"#));
    for (text, verdict) in [
        (good.clone(), READ),
        (good.replace(signature, &format!("{signature}==")), READ),
        (with_last_bits, ONLY_PEER),
        (good.replace(signature, &signature[1..]), REFUSED),
        (in_place("1"), REFUSED),
        (in_place("null"), REFUSED),
        (in_place(r#""""#), REFUSED),
        (in_place("{}"), REFUSED),
        (r#"{"a":1}"#.to_owned(), REFUSED),
        (r#"{"a":1,"signatures":1}"#.to_owned(), REFUSED),
        (r#"{"a":1,"signatures":{"@amelie:example.org":1}}"#.to_owned(), REFUSED),
        // No signature at all is none that is wrong, to the peer.
        (r#"{"a":1,"signatures":{}}"#.to_owned(), ONLY_PEER),
        // We are asked about one entity, and the peer about all that have signed.
        (beside(r#""other":{"ed25519:1":"AAAA"}"#), (true, false)),
        (beside(r#""other":1"#), (true, false)),
    ] {
        let verdicts = (signer.verify(&text).is_ok(), Signer::verify_by_peer(&signers, &text));
        assert_eq!(verdicts, verdict, "{text}");
    }
}

/// Neither signs what is malformed, and neither changes it.
#[test]
fn signed_json_malformed_signatures_are_not_signed() {
    let signer = Signer::new(SIGNERS[0], &mut generator());
    for text in [r#"{"signatures":1}"#, r#"{"signatures":[]}"#, r#"{"signatures":{"@amelie:example.org":1}}"#]
    {
        let mut ours = JsonObject::from_json(text).unwrap();
        ours.sign(signer.entity, signer.key_name, &signer.ours).unwrap_err();
        assert_eq!(ours.to_canonical_json(), text);
        let mut peers = read_by_peer(text).unwrap();
        assert!(super::sign_json(signer.entity, &signer.peers, &mut peers).is_err());
    }
    // Those of others are left as they are.
    let text = r#"{"signatures":{"other":1}}"#;
    assert_eq!(signer.sign(text), signer.sign_by_peer(text));
}
