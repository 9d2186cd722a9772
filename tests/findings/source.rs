//! F5, F7, F10: what the source itself must not hold.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use syn::visit::Visit;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below these folders, with its path from here on.
pub(crate) fn files(folders: &[&str]) -> Vec<(String, String)> {
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}

/// What Cargo keeps of the manifest in a published package, which holds no other member of the workspace.
fn published() -> PathBuf {
    root().join("Cargo.toml.orig")
}

/// The manifest as it was written.
fn manifest() -> String {
    let path = if published().exists() { published() } else { root().join("Cargo.toml") };
    fs::read_to_string(path).unwrap()
}

/// A peer leaves MAC and signature out where it is built for fuzzing, in the source that it ships.
#[test]
fn f05_no_source_behaves_otherwise_when_it_is_fuzzed() {
    let folders: &[&str] = if published().exists() { &["src"] } else { &["src", "ffi/src", "libolm/src"] };
    for folder in folders {
        let files = files(&[folder]);
        assert!(!files.is_empty(), "{folder}");
        for (name, text) in files {
            assert!(!text.to_lowercase().contains("fuzz"), "{name}");
        }
    }
}

/// Who reads public texts and writes messages, in the fast way. A secret must not come here: look before a file is added.
const PUBLIC: [&str; 17] = [
    "src/keys/curve25519.rs",
    "src/keys/ed25519.rs",
    "src/keys/identifiers.rs",
    "src/login/ecies.rs",
    "src/login/hpke/messages.rs",
    "src/matrix_json/any_bytes.rs",
    "src/matrix_json/bytes.rs",
    "src/megolm/message.rs",
    "src/objects/key_backup/mac.rs",
    "src/objects/key_export/envelope.rs",
    "src/olm/message.rs",
    "src/olm/olm_message.rs",
    "src/olm/pre_key_message.rs",
    "src/pickle/dehydrated.rs",
    "src/pickle/legacy_envelope.rs",
    "src/pk.rs",
    "src/secret_storage/key.rs",
];

/// The functions of a file, each with the names of the same file that stand in it.
#[derive(Default)]
struct Functions {
    of: Vec<(String, BTreeSet<String>)>,
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.of.push((function.sig.ident.to_string(), BTreeSet::new()));
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (Some((_, names)), Some(name)) = (self.of.last_mut(), path.get_ident()) {
            names.insert(name.to_string());
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        assert_eq!(module.ident, "tests", "a module that is not looked into");
    }
}

/// The peers read secret base64 by a table, whose cache lines tell which characters there were.
#[test]
fn f07_the_fast_base64_serves_messages_and_public_texts_alone() {
    let base64 = "src/encoding/base64.rs";
    let text = fs::read_to_string(root().join(base64)).unwrap();
    let mut functions = Functions::default();
    functions.visit_file(&syn::parse_file(&text).unwrap());
    let using = |name: &str| {
        let users = functions.of.iter().filter(|(_, names)| names.contains(name));
        users.map(|(function, _)| function.as_str()).collect::<Vec<_>>()
    };
    // tests/layering.rs sees to it that the library is used in this room alone.
    assert_eq!(using("engine"), ["encode_message", "decode"]);
    assert_eq!(using("decode"), ["decode_array"]);
    assert!(using("decode_array").is_empty() && using("encode_message").is_empty());

    let mut users = BTreeSet::new();
    for (name, text) in files(&["src"]) {
        let for_tests = name.contains("/tests/") || name.contains("known_answers");
        let fast = ["base64::decode(", "base64::decode_array", "base64::encode_message"];
        // A function imported by its own name would be called unseen.
        let imports = ["base64::{", "base64::decode;", "base64::decode_array;", "base64::encode_message;"];
        let is_unseen = |line: &str| line != "use base64::{" && imports.iter().any(|one| line.contains(one));
        assert!(!text.lines().any(is_unseen), "{name}");
        if !for_tests && fast.iter().any(|function| text.contains(function)) {
            users.insert(name);
        }
    }
    assert_eq!(users, PUBLIC.iter().map(|name| (*name).to_owned()).collect());
}

/// libolm has AES by tables whose lines a neighbour on the machine can watch.
#[test]
fn f07_aes_is_that_of_the_library_without_tables() {
    let manifest = manifest();
    let aes = manifest.lines().find(|line| line.starts_with("aes = ")).unwrap();
    let (_, version) = aes.split_once("version = \"0.").unwrap();
    let minor: u32 = version.split(['.', '"']).next().unwrap().parse().unwrap();
    // From 0.7 on it has fixsliced code instead of tables, and the processor's own instructions.
    assert!(minor >= 7, "{aes}");
    for (name, text) in files(&["src"]) {
        let text = text.to_lowercase();
        assert!(!text.contains("sbox") && !text.contains("s_box"), "{name}");
    }
}

/// The encryption of key backups is unsafe whatever its code does, and stands in a peer beside all else.
#[test]
fn f10_the_encryption_of_backups_is_there_only_when_it_is_asked_for_as_insecure() {
    let manifest = manifest();
    let default = manifest.lines().find(|line| line.starts_with("default = ")).unwrap();
    assert!(!default.contains("insecure") && !default.contains("backup"), "{default}");
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(library.contains("#[cfg(feature = \"insecure-pk-encryption\")]\npub mod pk;"));
}
