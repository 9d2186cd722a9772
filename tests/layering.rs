//! Keeps the drawing of the layers true: a room imports from lower layers only, never from a room beside it, and the
//! files inside a room import each other without circles.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use syn::visit::Visit;

/// The rooms of the library, from the lowest layer up.
const LAYERS: [&[&str]; 6] = [
    &["secret", "random", "handed_back"],
    &["encoding"],
    &["primitives"],
    &["keys", "passphrase"],
    &["olm", "megolm", "sas", "qr", "pk", "login", "attachment", "secret_storage", "signed_json"],
    &["pickle", "objects", "matrix_json"],
];

/// Compiled for tests alone.
const FOR_TESTS: [&str; 4] = ["bounded_work", "error_texts", "known_answers", "testing"];

/// Which rooms may use which other crates: a primitive has one home.
const CRATES: [(&str, &[&str]); 20] = [
    ("serde", &["encoding", "matrix_json", "pickle", "signed_json", "objects"]),
    ("serde_json", &["pickle", "signed_json", "objects"]),
    ("std", &["pickle", "attachment", "megolm", "primitives"]),
    ("chacha20poly1305", &["primitives"]),
    ("hpke", &["primitives"]),
    ("subtle", &["secret", "encoding", "primitives", "sas", "qr", "login", "secret_storage", "objects"]),
    ("zeroize", &["secret", "primitives"]),
    (
        "rand_core",
        &[
            "random",
            "primitives",
            "keys",
            "olm",
            "megolm",
            "sas",
            "qr",
            "pk",
            "login",
            "attachment",
            "secret_storage",
            "pickle",
            "objects",
            "lib",
        ],
    ),
    ("getrandom", &["random"]),
    ("base64", &["encoding"]),
    ("base64ct", &["encoding"]),
    ("aes", &["primitives"]),
    ("cbc", &["primitives"]),
    ("ctr", &["primitives"]),
    ("hmac", &["primitives"]),
    ("sha2", &["primitives"]),
    ("curve25519_dalek", &["primitives"]),
    ("x25519_dalek", &["primitives"]),
    ("ed25519_dalek", &["primitives"]),
    (
        "alloc",
        &[
            "secret",
            "encoding",
            "primitives",
            "keys",
            "olm",
            "megolm",
            "sas",
            "qr",
            "pk",
            "login",
            "passphrase",
            "attachment",
            "secret_storage",
            "signed_json",
            "pickle",
            "objects",
            "matrix_json",
        ],
    ),
];

/// A module by its path below the crate: `["olm", "ratchet"]`.
type Module = Vec<String>;

/// The modules of the crate: for each, the paths it imports, and where the names that it re-exports come from.
#[derive(Default)]
struct Crate {
    imports: BTreeMap<Module, BTreeSet<Vec<String>>>,
    re_exports: BTreeMap<(Module, String), Vec<String>>,
    other_crates: BTreeMap<Module, BTreeSet<String>>,
}

impl Crate {
    fn read() -> Self {
        let mut this = Self::default();
        this.read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[]);
        this
    }

    fn read_folder(&mut self, folder: &Path, module: &[String]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let child = [module, std::slice::from_ref(&name)].concat();
            let for_tests = module.is_empty() && FOR_TESTS.contains(&name.as_str());
            if path.is_dir() {
                if name != "tests" && !for_tests {
                    self.read_folder(&path, &child);
                }
            } else if name == "mod" {
                self.read_file(&path, module.to_vec());
            } else if child == ["lib"] {
                self.read_file(&path, Vec::new());
            } else if !for_tests {
                self.read_file(&path, child);
            }
        }
    }

    fn read_file(&mut self, path: &Path, module: Module) {
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let mut reader = FileReader { module: module.clone(), ..FileReader::default() };
        reader.children = file.items.iter().filter_map(child_module).collect();
        reader.visit_file(&file);
        for (name, target) in reader.re_exports {
            self.re_exports.insert((module.clone(), name), target);
        }
        self.other_crates.insert(module.clone(), reader.other_crates);
        self.imports.insert(module, reader.imports);
    }

    /// The module in which the thing at `path` is defined, through re-exports.
    fn home(&self, path: &[String]) -> Module {
        let length =
            (0..=path.len()).rev().find(|length| self.imports.contains_key(&path[..*length])).unwrap();
        let module = path[..length].to_vec();
        match path.get(length).and_then(|name| self.re_exports.get(&(module.clone(), name.clone()))) {
            Some(target) => self.home(target),
            None => module,
        }
    }

    /// For each module the modules that it imports from.
    fn edges(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let homes = |paths: &BTreeSet<Vec<String>>, from: &Module| {
            paths.iter().map(|path| self.home(path)).filter(|home| home != from).collect()
        };
        self.imports.iter().map(|(module, paths)| (module.clone(), homes(paths, module))).collect()
    }
}

/// Collects what one file imports, absolute from the crate's root; what is compiled for tests alone is left out.
#[derive(Default)]
struct FileReader {
    module: Module,
    children: BTreeSet<String>,
    imports: BTreeSet<Vec<String>>,
    re_exports: Vec<(String, Vec<String>)>,
    other_crates: BTreeSet<String>,
}

impl FileReader {
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&self.module, rest].concat()),
            "super" => {
                let supers = path.iter().take_while(|segment| *segment == "super").count();
                let parent = &self.module[..self.module.len().checked_sub(supers)?];
                Some([parent, &path[supers..]].concat())
            }
            child if self.children.contains(child) => Some([&self.module, path].concat()),
            _ => None,
        }
    }

    fn use_tree(&mut self, tree: &syn::UseTree, prefix: &[String], re_exports: bool) {
        let with = |ident: &syn::Ident| [prefix, &[ident.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.use_tree(&path.tree, &with(&path.ident), re_exports),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.use_tree(item, prefix, re_exports));
            }
            syn::UseTree::Name(name) => self.import(&with(&name.ident), &name.ident, re_exports),
            syn::UseTree::Rename(rename) => self.import(&with(&rename.ident), &rename.rename, re_exports),
            _ => panic!("a glob import hides what is imported: {prefix:?}"),
        }
    }

    fn import(&mut self, path: &[String], name: &syn::Ident, re_exports: bool) {
        match self.absolute(path) {
            Some(path) => {
                if re_exports {
                    self.re_exports.push((name.to_string(), path.clone()));
                }
                self.imports.insert(path);
            }
            None => {
                self.other_crates.insert(path[0].clone());
            }
        }
    }
}

impl<'ast> Visit<'ast> for FileReader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if attributes(item).iter().any(is_for_tests) {
            return;
        }
        if let syn::Item::Mod(syn::ItemMod { content: Some(_), ident, .. }) = item {
            panic!("the inline module {ident} would hide what it imports: give it a file");
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_macro(&mut self, macro_call: &'ast syn::Macro) {
        let tokens = macro_call.tokens.to_string();
        assert!(
            !tokens.contains("crate ::") && !tokens.contains("super ::"),
            "a path inside a macro hides what is imported: {tokens}"
        );
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let re_exports = !matches!(item.vis, syn::Visibility::Inherited);
        self.use_tree(&item.tree, &[], re_exports);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let relative =
            segments.first().is_some_and(|first| ["crate", "self", "super"].contains(&first.as_str()));
        if relative && segments.len() > 1 {
            self.imports.extend(self.absolute(&segments));
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

fn child_module(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Mod(module) if !module.attrs.iter().any(is_for_tests) => Some(module.ident.to_string()),
        _ => None,
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    let condition = list.tokens.to_string();
    list.path.is_ident("cfg") && (condition == "test" || condition.starts_with("all (test ,"))
}

fn layer(room: &str) -> usize {
    LAYERS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("the room {room} has no layer: add it to LAYERS and to the drawing"))
}

#[test]
fn a_room_imports_from_lower_layers_alone() {
    let mut checked = 0;
    for (module, targets) in Crate::read().edges() {
        let Some(room) = module.first() else { continue };
        for target in targets {
            let Some(other) = target.first() else {
                panic!("{} imports from the crate's root what no room below it has", module.join("::"))
            };
            assert!(
                room == other || layer(other) < layer(room),
                "{} imports {}, which is not below it",
                module.join("::"),
                target.join("::")
            );
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} imports were found");
}

#[test]
fn other_crates_are_used_where_they_belong() {
    for (module, crates) in Crate::read().other_crates {
        let room = module.first().map_or("lib", String::as_str);
        for name in crates.iter().filter(|name| *name != "core") {
            let rooms = CRATES.iter().find(|(known, _)| known == name).map(|(_, rooms)| *rooms);
            let rooms =
                rooms.unwrap_or_else(|| panic!("{room} uses {name}, which has no home: add it to CRATES"));
            assert!(
                rooms.contains(&room),
                "{name} is used in {}, its home is in {rooms:?}",
                module.join("::")
            );
        }
    }
}

#[test]
fn files_of_a_room_import_each_other_without_circles() {
    fn visit(module: &Module, edges: &BTreeMap<Module, BTreeSet<Module>>, path: &mut Vec<Module>) {
        if let Some(start) = path.iter().position(|earlier| earlier == module) {
            let circle: Vec<String> = path[start..].iter().map(|module| module.join("::")).collect();
            panic!("a circle of imports: {} -> {}", circle.join(" -> "), module.join("::"));
        }
        path.push(module.clone());
        for target in &edges[module] {
            visit(target, edges, path);
        }
        path.pop();
    }
    let edges = Crate::read().edges();
    for module in edges.keys() {
        visit(module, &edges, &mut Vec::new());
    }
}
