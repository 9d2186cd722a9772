//! The table of what was found. Nothing in it is secret.

use std::fmt;

use cliquet::{
    MessageVersion,
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance},
    olm::{Account, OneTimeKey, Session},
};

use crate::{
    source::{Source, State},
    target::{self, Format},
};

/// As wide as a terminal, and as every row.
const WIDTH: usize = 80;

pub(crate) struct Findings {
    rows: Vec<(&'static str, String)>,
}

impl Findings {
    pub(crate) fn new(source: &Source<'_>, state: &State, to: Format) -> Self {
        let recognised = source.recognised;
        let mut rows =
            vec![("found", recognised.kind.to_string()), ("format", recognised.format.to_string())];
        rows.extend(match state {
            State::Account(account) => of_account(account),
            State::Session(session) => of_session(session),
            State::OutboundGroupSession(session) => of_outbound_group_session(session),
            State::InboundGroupSession(session) => of_inbound_group_session(session),
        });
        let left_out = source.left_out().into_iter().chain(target::left_out(state, to));
        rows.extend(left_out.map(|what| ("left out", what.to_owned())));
        Self { rows }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = "-".repeat(WIDTH);
        writeln!(formatter, "{rule}")?;
        for (name, value) in &self.rows {
            writeln!(formatter, "{name:<24}{value}")?;
        }
        writeln!(formatter, "{rule}")
    }
}

fn of_account(account: &Account) -> Vec<(&'static str, String)> {
    let unpublished = account.unpublished_one_time_keys().count();
    let published = account.one_time_keys().count().saturating_sub(unpublished);
    vec![
        ("Curve25519 key", account.curve25519_key().to_base64()),
        ("Ed25519 key", account.ed25519_key().to_base64()),
        ("one-time keys", format!("{published} published, {unpublished} not published")),
        ("fallback keys", fallback_keys(account.fallback_key(), account.previous_fallback_key().is_some())),
    ]
}

fn fallback_keys(current: Option<OneTimeKey>, has_previous: bool) -> String {
    let Some(current) = current else { return "none".to_owned() };
    let published = if current.published { "published" } else { "not published" };
    let previous = if has_previous { "a previous one" } else { "no previous one" };
    format!("the current one, {published}; {previous}")
}

fn of_session(session: &Session) -> Vec<(&'static str, String)> {
    let summary = session.summary();
    let sending_chain = summary.sending_chain.map_or_else(
        || "none; the next message starts one".to_owned(),
        |chain| format!("next chain index {}", chain.next_chain_index),
    );
    let received = if summary.has_received_message { "yes" } else { "no" };
    vec![
        ("session id", summary.session_id.to_base64()),
        ("message version", message_version(summary.version)),
        ("has received a message", received.to_owned()),
        ("sending chain", sending_chain),
        ("receiver chains", summary.receiver_chains.len().to_string()),
        ("skipped message keys", summary.skipped_message_keys.to_string()),
    ]
}

fn of_outbound_group_session(session: &OutboundGroupSession) -> Vec<(&'static str, String)> {
    vec![
        ("session id", session.session_id().to_base64()),
        ("message version", message_version(session.version())),
        ("next message index", session.message_index().to_string()),
    ]
}

fn of_inbound_group_session(session: &InboundGroupSession) -> Vec<(&'static str, String)> {
    let guard = session.replay_guard();
    let replay_guard = match guard.capacity() {
        0 => "none".to_owned(),
        capacity => format!("{} messages, room for {capacity}", guard.len()),
    };
    vec![
        ("session id", session.session_id().to_base64()),
        ("message version", message_version(session.version())),
        ("first known index", session.first_known_index().to_string()),
        ("provenance", provenance(session.provenance())),
        ("replay guard", replay_guard),
    ]
}

fn message_version(version: MessageVersion) -> String {
    format!("{version:?}")
}

fn provenance(provenance: Provenance) -> String {
    match provenance {
        Provenance::Shared { from, .. } => format!("shared, from index {from} on"),
        Provenance::Imported => "imported".to_owned(),
        Provenance::Legacy { flag: true, .. } => "another library's, its flag set".to_owned(),
        Provenance::Legacy { flag: false, .. } => "another library's, its flag clear".to_owned(),
        other => format!("{other:?}"),
    }
}
