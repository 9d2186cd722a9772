//! What is told about two libraries that did not do the same.

use std::collections::VecDeque;

use crate::call::{Argument, Call, Id, Seen};
use crate::differences::Situation;
use crate::object::Kind;

/// A difference that nothing explains.
#[derive(Debug)]
pub(crate) struct Mismatch {
    /// The same for mismatches that are likely to have the same cause.
    pub(crate) key: String,
    pub(crate) text: String,
}

impl Mismatch {
    pub(crate) fn new(situation: &Situation<'_>, recent: &VecDeque<String>) -> Self {
        let Situation { call, real, ours, .. } = situation;
        let (key, mut text) = (key(call, real, ours), String::new());
        if !call.notes.is_empty() {
            text += &format!("noted: {}\n", call.notes.join(", "));
        }
        if real.value != ours.value || real.errors != ours.errors {
            text += &format!(
                "real: {:?} {:?}\nours: {:?} {:?}\n",
                real.value, real.errors, ours.value, ours.errors
            );
        }
        if !(real.guarded && ours.guarded) {
            text += &format!("wrote only where allowed: real {}, ours {}\n", real.guarded, ours.guarded);
        }
        let pickles =
            |seen: &Seen| seen.pickles.iter().map(|pickle| pickle.clone().unwrap_or_default()).collect();
        for (what, real, ours) in
            [("memory", real.blocks.clone(), ours.blocks.clone()), ("pickle", pickles(real), pickles(ours))]
        {
            for (index, (real, ours)) in
                real.iter().zip(&ours).enumerate().filter(|(_, (real, ours))| real != ours)
            {
                let first = real.iter().zip(ours).take_while(|(real, ours)| real == ours).count();
                text += &format!(
                    "{what} {index} differs from byte {first} on\n  real {}\n  ours {}\n",
                    hex(real),
                    hex(ours)
                );
            }
        }
        text += &calls(recent);
        Self { key, text }
    }

    /// An object whose two pickles differ though no call was about it.
    pub(crate) fn untouched(kind: Kind, id: Id, recent: &VecDeque<String>) -> Self {
        Self {
            key: format!("a {kind:?} changed by itself"),
            text: format!("object {}\n{}", id.0, calls(recent)),
        }
    }

    /// An expectation of a directed test.
    pub(crate) fn expected(key: &str, text: String) -> Self {
        Self { key: key.to_owned(), text }
    }
}

fn key(call: &Call, real: &Seen, ours: &Seen) -> String {
    let mut parts = Vec::new();
    match (real.failed(), ours.failed()) {
        (false, true) => parts.push(format!("only ours refuses with {}", ours.code())),
        (true, false) => parts.push(format!("only real refuses with {}", real.code())),
        _ if real.value != ours.value => parts.push("value".to_owned()),
        _ => {}
    }
    if real.failed() && ours.failed() && real.code() != ours.code() {
        parts.push(format!("error {} / {}", real.code(), ours.code()));
    } else if real.failed() == ours.failed() && real.errors != ours.errors {
        parts.push("errors".to_owned());
    }
    if real.guarded != ours.guarded || !ours.guarded {
        parts.push("guards".to_owned());
    }
    for (index, _) in
        real.blocks.iter().zip(&ours.blocks).enumerate().filter(|(_, (real, ours))| real != ours)
    {
        parts.push(format!("memory {index}"));
    }
    if real.pickles != ours.pickles {
        parts.push("pickle".to_owned());
    }
    format!("{}: {}", call.name, parts.join(", "))
}

fn calls(recent: &VecDeque<String>) -> String {
    let lines: Vec<_> = recent.iter().map(|line| format!("  {line}\n")).collect();
    format!("the last calls:\n{}", lines.concat())
}

/// The call as one line.
pub(crate) fn describe(call: &Call, kind: impl Fn(Id) -> Kind) -> String {
    let arguments = call.arguments.iter().map(|argument| match argument {
        Argument::Object(id) => format!("{:?} {}", kind(*id), id.0),
        Argument::Bytes(bytes) => text(bytes),
        Argument::Null => "NULL".to_owned(),
        Argument::Size(size) => size.to_string(),
        Argument::Number(number) => format!("{number}u"),
    });
    format!("{}({})", call.name, arguments.collect::<Vec<_>>().join(", "))
}

/// Text as text, anything else in hexadecimal digits, both cut.
fn text(bytes: &[u8]) -> String {
    const LONGEST: usize = 100;
    if bytes.iter().all(u8::is_ascii_graphic) && !bytes.is_empty() {
        let cut = bytes.len().min(LONGEST);
        format!(
            "\"{}\"{}",
            String::from_utf8_lossy(&bytes[..cut]),
            if cut < bytes.len() { "..." } else { "" }
        )
    } else {
        hex(&bytes[..bytes.len().min(LONGEST / 2)])
    }
}

fn hex(bytes: &[u8]) -> String {
    const LONGEST: usize = 400;
    let digits: String = bytes.iter().take(LONGEST).map(|byte| format!("{byte:02x}")).collect();
    format!("<{digits}>{}", if bytes.len() > LONGEST { "..." } else { "" })
}
