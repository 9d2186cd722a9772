//! Every operation of the public API that touches a secret, in groups.

mod backup;
mod documents;
mod keys;
mod login;
mod megolm;
mod olm;
mod pickles;
mod verification;

use std::error::Error;

use crate::controls;

/// Why an operation could not be run.
pub(crate) type Failure = Box<dyn Error>;

/// Operations that one process runs.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) run: fn() -> Result<(), Failure>,
}

/// All of them, those that take long first.
pub(crate) const GROUPS: &[Group] = &[
    Group { name: "key-exports", run: documents::key_exports },
    Group { name: "megolm-1", run: megolm::first_version },
    Group { name: "megolm-2", run: megolm::second_version },
    Group { name: "olm-1", run: olm::first_version },
    Group { name: "olm-2", run: olm::second_version },
    Group { name: "sealed-pickles", run: pickles::sealed },
    Group { name: "plain-pickles", run: pickles::plain },
    Group { name: "libolm-pickles", run: pickles::libolm },
    Group { name: "dehydrated-devices", run: pickles::dehydrated },
    Group { name: "accounts", run: olm::accounts },
    Group { name: "shared-keys", run: olm::shared_keys },
    Group { name: "keys", run: keys::run },
    Group { name: "short-strings", run: verification::short_strings },
    Group { name: "qr-codes", run: verification::qr_codes },
    Group { name: "ecies", run: login::ecies },
    Group { name: "hpke", run: login::hpke },
    Group { name: "pk", run: backup::encryption },
    Group { name: "session-data", run: backup::session_data_as_json },
    Group { name: "backup-entries", run: backup::entries },
    Group { name: "attachments", run: documents::attachments },
    Group { name: "passphrases", run: documents::passphrases },
    Group { name: "secret-storage", run: documents::secret_storage },
    Group { name: "signed-json", run: documents::signed_json },
    Group { name: "controls", run: controls::run },
];
