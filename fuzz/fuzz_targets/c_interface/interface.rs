//! All functions of the C interface with what is known of them, put together once.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::c_void;
use std::ptr;

use crate::functions;
use crate::groups::{self, Group, Named};
use crate::header::Header;

/// A function that can be called.
#[derive(Debug)]
pub struct Function {
    pub name: String,
    /// As a number, so that all threads may have it.
    address: usize,
    pub groups: Vec<Named>,
    /// The statuses that its documentation names.
    pub named: BTreeSet<i32>,
    /// Whether its documentation says what NULL means for it.
    pub speaks_of_null: bool,
}

impl Function {
    pub fn address(&self) -> *const c_void {
        ptr::with_exposed_provenance(self.address)
    }

    pub fn has(&self, wanted: impl Fn(&Group) -> bool) -> bool {
        self.groups.iter().any(|named| wanted(&named.group))
    }

    /// The kinds of objects that it needs.
    pub fn needs(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().filter_map(|named| match &named.group {
            Group::Handle { kind, .. } => Some(kind.as_str()),
            _ => None,
        })
    }

    /// The kind of object that it makes.
    pub fn makes(&self) -> Option<&str> {
        self.groups.iter().find_map(|named| match &named.group {
            Group::NewHandle { kind } => Some(kind.as_str()),
            _ => None,
        })
    }

    /// What it is about: its first object.
    pub fn subject(&self) -> &str {
        self.needs().next().or(self.makes()).unwrap_or_default()
    }

    pub fn frees(&self) -> bool {
        self.name.ends_with("_free")
    }

    /// Whether it only tells something of one object.
    fn observes(&self) -> bool {
        let is_output = |named: &Named| {
            matches!(
                named.group,
                Group::Output { .. } | Group::OutFixed { .. } | Group::Place { .. } | Group::Details
            )
        };
        match self.groups.split_first() {
            Some((Named { group: Group::Handle { constant: true, .. }, .. }, rest)) => {
                rest.iter().all(is_output)
            }
            _ => false,
        }
    }
}

#[derive(Debug)]
pub struct Interface {
    pub header: Header,
    pub functions: Vec<Function>,
    /// Of each kind of object, the functions that tell something of it.
    pub observers: BTreeMap<String, Vec<usize>>,
    by_name: BTreeMap<String, usize>,
}

impl Interface {
    /// Compares what is linked with the header.
    ///
    /// # Panics
    ///
    /// If a function is missing on either side: a new one must be entered in `functions.rs`, to be called or to be left out.
    pub fn new() -> Self {
        let header = Header::read();
        let linked = functions::all();
        let known = linked.iter().map(|(name, _)| *name).chain(functions::LEFT_OUT.map(|(name, _)| name));
        let known: BTreeSet<_> = known.map(str::to_owned).collect();
        assert_eq!(known, header.names, "functions.rs lists what cliquet.h declares");
        let functions = linked.into_iter().map(|(name, address)| {
            let declared = &header.functions[name];
            Function {
                name: name.to_owned(),
                address: address.expose_provenance(),
                groups: groups::of_function(&header, name, &declared.parameters),
                named: declared.named.clone(),
                speaks_of_null: declared.speaks_of_null,
            }
        });
        let functions: Vec<_> = functions.collect();
        let mut observers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, function) in functions.iter().enumerate().filter(|(_, function)| function.observes()) {
            observers.entry(function.subject().to_owned()).or_default().push(place);
        }
        let by_name =
            functions.iter().enumerate().map(|(place, function)| (function.name.clone(), place)).collect();
        Self { header, functions, observers, by_name }
    }

    pub fn function(&self, name: &str) -> &Function {
        &self.functions[self.by_name[name]]
    }
}
