//! What is refused, and that nothing is written then.

use std::fs;

use cliquet::{
    MessageVersion::V1,
    SystemRandom,
    olm::Account,
    pickle::{Pickle, PickleKey},
};

use crate::{KEY, folder::Folder, states};

#[test]
fn a_key_has_the_length_that_its_format_takes() {
    let folder = Folder::new();
    let account = states::account();
    folder.write("EMPTY", "");
    folder.write("SHORT", &KEY[..31]);
    folder.write("LINE", [KEY.as_slice(), b"\n"].concat());
    folder.write("LONG", [7; 5_000]);
    for key in ["EMPTY", "SHORT", "LINE", "LONG"] {
        let bytes = fs::read(folder.path(key)).unwrap();
        folder.write("IN", account.to_libolm_pickle(&bytes).unwrap());
        for format in ["native", "vodozemac"] {
            let told = folder.refuse(&format!("--to {format} --key-file {key} IN OUT"));
            let length = format!("takes a key of exactly 32 bytes, and {key} has {}", bytes.len());
            assert!(told.contains(&length) && told.contains("--out-key-file"), "{told}");
            assert_eq!(told.contains("newline"), key == "LINE", "{told}");
        }
        folder.migrate(&format!("--key-file {key} --out-key-file KEY IN NATIVE"));
        assert!(
            folder.refuse(&format!("--to libolm --key-file {key} NATIVE OUT")).contains("exactly 32 bytes")
        );
        folder.migrate(&format!("--to libolm --key-file KEY --out-key-file {key} NATIVE OUT"));
        assert_eq!(folder.read("OUT"), folder.read("IN"));
        fs::remove_file(folder.path("OUT")).unwrap();
    }
}

#[test]
fn a_wrong_key_or_context_opens_nothing() {
    let folder = Folder::new();
    let account = states::account();
    let native =
        account.to_pickle(&PickleKey::new(&KEY).in_context("row-7"), &mut SystemRandom::new()).unwrap();
    folder.write("NATIVE", native.to_base64());
    folder.write("LIBOLM", account.to_libolm_pickle(&KEY).unwrap());
    folder.write("WRONG", [0; 32]);
    folder.write("LINE", [KEY.as_slice(), b"\n"].concat());
    for arguments in
        ["--context row-7 --key-file WRONG NATIVE", "--key-file KEY NATIVE", "--key-file WRONG LIBOLM"]
    {
        assert!(folder.refuse(&format!("{arguments} OUT")).contains("the key or the context is wrong"));
    }
    let told = folder.refuse("--key-file LINE --out-key-file KEY LIBOLM OUT");
    assert!(told.ends_with("the last byte of LINE is a newline: is it part of the key?"), "{told}");

    folder.migrate("--context row-7 --key-file KEY NATIVE OUT");
    let pickle = Pickle::from_base64(folder.read("OUT").trim_end()).unwrap();
    assert!(Account::from_pickle(&pickle, &PickleKey::new(&KEY).in_context("row-7")).is_ok());
    assert!(Account::from_pickle(&pickle, &PickleKey::new(&KEY)).is_err());
}

#[test]
fn bad_input_leaves_everything_as_it_was() {
    let folder = Folder::new();
    folder.write("OUT", "what was there before");
    for state in states::all(V1) {
        folder.write("IN", state.to_libolm_pickle(&KEY).unwrap());
        folder.migrate("--to vodozemac --key-file KEY IN VODOZEMAC");
        folder.migrate("--key-file KEY IN NATIVE");
        for name in ["IN", "VODOZEMAC", "NATIVE"] {
            let good = folder.read(name).trim_end().to_owned();
            let changed =
                if good.contains('A') { good.replacen('A', "B", 1) } else { good.replacen('B', "A", 1) };
            for bad in [&good[1..], &good[..good.len() - 1], &good[..40], &changed, &format!("{good}AAAA")] {
                folder.write("BAD", bad);
                for format in ["native", "libolm", "vodozemac"] {
                    folder.refuse(&format!("--to {format} --key-file KEY BAD OUT"));
                }
            }
        }
    }
    for bad in [
        b"".as_slice(),
        b"\n",
        b"{}",
        b"{\"ratchet\":{}}",
        b"cliquet",
        b"cliquets\x02\x01",
        b"\xff\xfe",
        &[0; 300],
    ] {
        folder.write("BAD", bad);
        folder.refuse("--key-file KEY BAD OUT");
        folder.refuse("--key-file KEY BAD BAD");
    }
}

#[test]
fn what_cannot_be_read_or_written_is_named() {
    let folder = Folder::new();
    folder.write("IN", states::account().to_libolm_pickle(&KEY).unwrap());
    assert!(folder.refuse("--key-file KEY MISSING OUT").contains("cannot read MISSING"));
    assert!(folder.refuse("--key-file MISSING IN OUT").contains("cannot read the key file MISSING"));
    assert!(folder.refuse("--key-file KEY --out-key-file MISSING IN OUT").contains("the key file MISSING"));
    assert!(folder.refuse("--key-file KEY IN MISSING/OUT").contains("cannot write MISSING/OUT"));
    assert!(folder.refuse("--key-file KEY IN .").contains("cannot write ."));
}

#[test]
fn a_wrong_command_line_has_an_exit_code_of_its_own() {
    let folder = Folder::new();
    folder.write("IN", states::account().to_libolm_pickle(&KEY).unwrap());
    for (arguments, complaint) in [
        ("", "--key-file"),
        ("IN OUT", "--key-file"),
        ("--key-file KEY", "IN and OUT"),
        ("--key-file KEY IN", "OUT"),
        ("--key-file KEY IN OUT MORE", "MORE"),
        ("--key-file KEY --key-file KEY IN OUT", "twice"),
        ("--assume-version-1 --assume-version-1 --key-file KEY IN OUT", "twice"),
        ("--to native --to native --key-file KEY IN OUT", "twice"),
        ("--to olm --key-file KEY IN OUT", "native, libolm and vodozemac"),
        ("--key KEY IN OUT", "--key"),
        ("-x", "-x"),
        ("IN OUT --key-file", "--key-file"),
    ] {
        let before = folder.content();
        let output = folder.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert_eq!((told.lines().count(), output.stdout.len()), (1, 0), "{arguments}: {told}");
        assert!(told.starts_with("error: ") && told.contains(complaint), "{arguments}: {told}");
        assert_eq!(folder.content(), before, "{arguments}");
    }
    for arguments in ["--help", "-h", "--key-file KEY --help"] {
        let output = folder.run(arguments);
        assert!(output.status.success() && output.stderr.is_empty());
        let help = String::from_utf8(output.stdout).unwrap();
        for option in ["--to", "--key-file", "--out-key-file", "--context", "--assume-version-1", "newline"] {
            assert!(help.contains(option), "{option}");
        }
    }
}
