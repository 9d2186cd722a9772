//! The example `migrate`, run as a program.

#![cfg(all(feature = "getrandom", feature = "vodozemac"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test may panic"
)]

#[path = "../built_example/mod.rs"]
mod built_example;
mod folder;
mod refusals;
mod states;

use std::fs;

use cliquet::{
    MessageVersion, SystemRandom,
    megolm::{InboundGroupSession, ReplayGuard},
    olm::{Session, SessionConfig},
    pickle::Pickle,
};
use folder::Folder;
use serde_json::Value;
use states::State;

use MessageVersion::{V1, V2};

/// A key that every format takes; no byte in it is a newline.
const KEY: [u8; 32] = *b"\x00\xffof random bytes, no text \x80\x81\x82\x83\x84";

/// Made by libolm 3.2.16 under the key `DEFAULT_KEY`: an account from the random bytes 0, 1, ..., 63, with three one-time keys from the
/// bytes 64, 65, ..., 159.
const ACCOUNT_OF_LIBOLM: &str = "\
    h2UkmAj557O6aXcM5BDwCx/Raqr6W0lXsNWuMN8S1SEIIW3JZNaO/4bjh+uo1pYQGVVfCfp8fYlsdyAD7n6dpzIQKpJKpK+W\
    yiKtHsAd2tQN7ITLVl4HNJvUnz9GsZ+3I8PCGXmd2/7mGHePXcNzFLMHgU1PVjLJ64bLrtbahf0uZvGALFooGvB1KMEXcDWN\
    ohFxdVRkKUUfizzhnZMpeSSyH5aDfQ5sW/gaK8sUl3XTPVNXReXkgoEWPTAyg/gmDKOkjQrrCP1NThl7bsfyCp21OgYHwc9V\
    OZTL0auiXiGkK9mP4FIRVQqjOzg/brJKO/rz+eSkMPAVdRX3g9khd+oJFDd6d3Tfynlq1214ijdJjHTeQxfr0HtL7JSgNH9Y\
    doLOAXsAAckNCiv07mNnogZ8n7dSByYOi+wA64MySEk0k6kshzD74Rv+3PJZ293UF5fiP7aNOHc7dL/VI1YI3tCyqzCuTYV3\
    dVhfqSidhcPUvEqBWIS5fvxOHzd+eu8MSFFa21BSiU0";
const KEY_OF_LIBOLM: &str = "DEFAULT_KEY";

#[test]
fn an_account_of_libolm_comes_back_as_the_same_text() {
    let folder = Folder::new();
    folder.write("KEY-OF-LIBOLM", KEY_OF_LIBOLM);
    folder.write("IN", ACCOUNT_OF_LIBOLM);
    let told = folder.migrate("--key-file KEY-OF-LIBOLM --out-key-file KEY IN NATIVE");
    assert_eq!(
        told,
        "\
--------------------------------------------------------------------------------
found                   an account
format                  libolm, version 4
Curve25519 key          NYBy1jZYgNGu6jKa35EhODhR7SGijjt16WXQ0s0WYlQ
Ed25519 key             A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg
one-time keys           0 published, 3 not published
fallback keys           none
--------------------------------------------------------------------------------
Written to NATIVE, as a pickle of cliquet.
"
    );
    folder.migrate("--to libolm --key-file KEY --out-key-file KEY-OF-LIBOLM NATIVE BACK");
    assert_eq!(folder.read("BACK"), ACCOUNT_OF_LIBOLM);
}

#[test]
fn every_kind_goes_from_every_format_to_every_other_and_back() {
    for state in states::all(V1) {
        let folder = Folder::new();
        let text = state.to_libolm_pickle(&KEY).unwrap();
        folder.write("STATE", &text);
        for format in ["native", "vodozemac", "libolm", "vodozemac", "native", "libolm"] {
            let told = folder.migrate(&format!("--to {format} --key-file KEY STATE NEXT"));
            assert!(told.contains("Written to NEXT"), "{told}");
            assert_ne!(folder.read("NEXT"), folder.read("STATE"));
            fs::rename(folder.path("NEXT"), folder.path("STATE")).unwrap();
        }
        assert_eq!(folder.read("STATE"), text);
    }
}

#[test]
fn version_2_goes_to_vodozemac_and_back_and_not_to_libolm() {
    for state in states::all(V2).into_iter().skip(1) {
        let folder = Folder::new();
        folder.write("IN", state.to_vodozemac_json());
        for (format, input) in [("native", "IN"), ("vodozemac", "OUT"), ("native", "OUT")] {
            let told = folder.migrate(&format!("--to {format} --key-file KEY {input} OUT"));
            assert!(told.contains("message version         V2\n"), "{told}");
        }
        let told = folder.refuse("--to libolm --key-file KEY IN OUT");
        assert!(told.ends_with("the format knows no sessions of version V2; native and vodozemac know them"));
    }
}

#[test]
fn every_form_of_input_is_read() {
    for state in states::all(V1) {
        let folder = Folder::new();
        let text = state.to_libolm_pickle(&KEY).unwrap();
        folder.write("LIBOLM", format!("\r\n  {text}\n\n"));
        folder.migrate("--key-file KEY LIBOLM TEXT");
        let pickle = Pickle::from_base64(folder.read("TEXT").trim_end()).unwrap();
        folder.write("BYTES", pickle.as_bytes());
        folder.write("JSON", [b" \n", state.to_vodozemac_json().as_slice(), b"\n"].concat());
        folder.write("WITHOUT-ENCRYPTION", state.to_pickle_without_encryption());
        for input in ["LIBOLM", "TEXT", "BYTES", "JSON", "WITHOUT-ENCRYPTION"] {
            folder.migrate(&format!("--to libolm --key-file KEY {input} OUT"));
            assert_eq!(folder.read("OUT"), text, "{input}");
        }
    }
}

#[test]
fn a_session_that_states_no_version_opens_only_where_version_1_is_assumed() {
    for state in states::all(V1).into_iter().skip(1) {
        let folder = Folder::new();
        let mut json: Value = serde_json::from_slice(&state.to_vodozemac_json()).unwrap();
        json.as_object_mut().unwrap().remove("config").unwrap();
        folder.write("IN", json.to_string());
        assert!(folder.refuse("--key-file KEY IN OUT").contains("--assume-version-1"));
        folder.migrate("--assume-version-1 --to libolm --key-file KEY IN OUT");
        assert_eq!(folder.read("OUT"), state.to_libolm_pickle(&KEY).unwrap());
    }
}

#[test]
fn a_version_that_is_stated_is_not_assumed_to_be_another() {
    let folder = Folder::new();
    let session = states::session(V2);
    folder.write("IN", session.to_vodozemac_pickle(&KEY).unwrap());
    folder.migrate("--assume-version-1 --to vodozemac --key-file KEY IN OUT");
    let config = SessionConfig::default().with_version(V2);
    assert!(Session::from_vodozemac_pickle(&folder.read("OUT"), &KEY, config).is_ok());
}

#[test]
fn standard_input_and_output_serve() {
    let folder = Folder::new();
    let account = states::account();
    let text = account.to_libolm_pickle(&KEY).unwrap();
    let native = folder.run_with_input("--key-file KEY - -", text.as_bytes());
    assert!(native.status.success());
    assert_eq!(native.stdout.iter().filter(|byte| **byte == b'\n').count(), 1);
    assert_eq!(native.stdout.last(), Some(&b'\n'));
    let libolm = folder.run_with_input("--to libolm --key-file KEY - -", &native.stdout);
    assert_eq!(String::from_utf8(libolm.stdout).unwrap(), text);
    assert_eq!(folder.content().len(), 1, "more than the key file");

    let nothing = folder.run_with_input("--key-file KEY - -", b"");
    assert_eq!((nothing.status.code(), nothing.stdout), (Some(1), Vec::new()));
}

#[test]
fn a_large_input_is_read_whole() {
    let folder = Folder::new();
    let mut account = states::account();
    account.generate_one_time_keys(4_000, &mut SystemRandom::new()).unwrap();
    folder.write("IN", account.to_vodozemac_pickle(&KEY).unwrap());
    assert!(folder.migrate("--key-file KEY IN OUT").contains("2 published, 4003 not published"));
    let told = folder.refuse("--to libolm --key-file KEY OUT OUT");
    assert!(told.ends_with(
        "room for 100 one-time keys, not for 4005; Account::set_one_time_key_limit gives the oldest up"
    ));
}

#[test]
fn the_input_can_be_the_output() {
    let folder = Folder::new();
    let account = states::account();
    folder.write("STATE", account.to_libolm_pickle(&KEY).unwrap());
    for format in ["native", "native", "vodozemac", "libolm"] {
        folder.migrate(&format!("--to {format} --key-file KEY STATE STATE"));
    }
    assert_eq!(folder.read("STATE"), account.to_libolm_pickle(&KEY).unwrap());
    assert_eq!(folder.content().len(), 2, "more than the key file and the state");
}

#[test]
fn what_is_left_out_is_listed_and_what_would_be_missed_is_refused() {
    let folder = Folder::new();
    folder.write("IN", states::account().to_pickle_without_encryption().as_bytes());
    let told = folder.migrate("--to libolm --key-file KEY IN OUT");
    assert!(told.contains("left out                the seed of the Ed25519 key (not the key)\n"), "{told}");
    assert!(
        told.contains("fallback keys           the current one, not published; a previous one\n"),
        "{told}"
    );
    assert!(!folder.migrate("--to native --key-file KEY IN OUT").contains("left out"));

    let session = State::Session(states::session(V1));
    folder.write("IN", session.to_libolm_pickle(&KEY).unwrap());
    let told = folder.migrate("--to vodozemac --key-file KEY IN OUT");
    assert!(told.contains("receiver chains         3\nskipped message keys    4\nleft out      "), "{told}");

    let mut guarded: InboundGroupSession = states::inbound(V1);
    guarded.set_replay_guard(ReplayGuard::with_capacity(9));
    folder.write("IN", guarded.to_pickle_without_encryption().as_bytes());
    let told = folder.migrate("--key-file KEY IN OUT");
    assert!(told.contains("provenance              shared, from index 2 on\n"), "{told}");
    assert!(told.contains("replay guard            0 messages, room for 9\n"), "{told}");
    for format in ["libolm", "vodozemac"] {
        assert!(folder.refuse(&format!("--to {format} --key-file KEY IN OUT")).contains("set_replay_guard"));
    }
}

#[test]
fn nothing_secret_is_told() {
    for state in states::all(V1) {
        let folder = Folder::new();
        let json = state.to_vodozemac_json();
        let mut secrets = vec![KEY.to_vec()];
        collect_secrets(&serde_json::from_slice(&json).unwrap(), &mut secrets);
        if let State::Account(account) = &state {
            // The JSON has the seed that it comes from.
            let expanded = account.signing_key_pair().export_expanded_secret_key();
            secrets.extend(expanded.chunks_exact(32).map(<[u8]>::to_vec));
        }
        assert!(secrets.len() > 4);
        folder.write("JSON", json);
        folder.write("BAD", "Y2xpcXVldH");
        let mut told = folder.migrate("--key-file KEY JSON NATIVE");
        told += &folder.migrate("--to vodozemac --key-file KEY NATIVE VODOZEMAC");
        told += &folder.migrate("--to libolm --key-file KEY VODOZEMAC LIBOLM");
        told += &folder.migrate("--key-file KEY LIBOLM NATIVE");
        told += &folder.refuse("--key-file KEY BAD NATIVE");
        told += &folder.refuse("--key-file LIBOLM NATIVE NATIVE");
        for secret in &secrets {
            assert!(!told.contains(&cliquet::Curve25519PublicKey::from_slice(secret).unwrap().to_base64()));
            let hexadecimal: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(!told.to_lowercase().contains(&hexadecimal[..16]));
            assert!(!told.contains(&format!("{:?}", &secret[..8])[1..20]));
        }
    }
}

/// All keys in JSON of vodozemac, in pieces of 32 bytes, but the one that an inbound group session is known by.
fn collect_secrets(value: &Value, secrets: &mut Vec<Vec<u8>>) {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, value)| *name != "signing_key" || !value.is_array());
            fields.for_each(|(_, value)| collect_secrets(value, secrets));
        }
        Value::Array(items) if items.len() >= 32 && items.iter().all(Value::is_u64) => {
            let bytes: Vec<u8> = items.iter().map(|item| item.as_u64().unwrap() as u8).collect();
            secrets.extend(bytes.chunks_exact(32).map(<[u8]>::to_vec));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_secrets(item, secrets)),
        _ => {}
    }
}

#[test]
fn the_output_is_another_file_and_not_the_old_one_written_over() {
    let folder = Folder::new();
    folder.write("IN", states::account().to_libolm_pickle(&KEY).unwrap());
    folder.write("OUT", "old");
    fs::hard_link(folder.path("OUT"), folder.path("SECOND-NAME")).unwrap();
    folder.migrate("--key-file KEY IN OUT");
    assert_eq!(folder.read("SECOND-NAME"), "old");
    assert!(folder.read("OUT").starts_with("Y2xpcXVldH"));
}

#[cfg(unix)]
#[test]
fn the_output_is_for_its_owner_alone_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new();
    folder.write("IN", states::account().to_libolm_pickle(&KEY).unwrap());
    folder.write("OUT", "old");
    fs::set_permissions(folder.path("OUT"), fs::Permissions::from_mode(0o644)).unwrap();
    symlink("OUT", folder.path("LINK")).unwrap();
    folder.migrate("--key-file KEY IN LINK");
    assert!(folder.path("LINK").is_symlink());
    assert!(folder.read("OUT").starts_with("Y2xpcXVldH"));
    assert_eq!(fs::metadata(folder.path("OUT")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(folder.refuse("--key-file KEY IN /dev/null").contains("no regular file"));
}
