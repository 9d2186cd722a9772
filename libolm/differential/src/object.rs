//! The objects of libolm, each of which exists twice: once for each library.

use crate::memory::Block;

/// What kinds of objects there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Account,
    Session,
    Utility,
    Inbound,
    Outbound,
    Encryption,
    Decryption,
    Signing,
    Sas,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Account,
        Self::Session,
        Self::Utility,
        Self::Inbound,
        Self::Outbound,
        Self::Encryption,
        Self::Decryption,
        Self::Signing,
        Self::Sas,
    ];

    /// Those that can be stored.
    pub(crate) const STORED: [Self; 5] =
        [Self::Account, Self::Session, Self::Inbound, Self::Outbound, Self::Decryption];

    /// What libolm calls it in the names of its functions.
    pub(crate) const fn stem(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Session => "session",
            Self::Utility => "utility",
            Self::Inbound => "inbound_group_session",
            Self::Outbound => "outbound_group_session",
            Self::Encryption => "pk_encryption",
            Self::Decryption => "pk_decryption",
            Self::Signing => "pk_signing",
            Self::Sas => "sas",
        }
    }

    pub(crate) fn is_stored(self) -> bool {
        Self::STORED.contains(&self)
    }

    pub(crate) fn constructor(self) -> String {
        format!("olm_{}", self.stem())
    }

    pub(crate) fn size(self) -> String {
        format!("olm_{}_size", self.stem())
    }

    pub(crate) fn clear(self) -> String {
        format!("olm_clear_{}", self.stem())
    }

    pub(crate) fn last_error(self) -> String {
        format!("olm_{}_last_error", self.stem())
    }

    pub(crate) fn last_error_code(self) -> String {
        format!("olm_{}_last_error_code", self.stem())
    }

    pub(crate) fn pickle(self) -> String {
        format!("olm_pickle_{}", self.stem())
    }

    pub(crate) fn pickle_length(self) -> String {
        format!("olm_pickle_{}_length", self.stem())
    }

    pub(crate) fn unpickle(self) -> String {
        format!("olm_unpickle_{}", self.stem())
    }
}

/// The functions that give an object, their first argument, its content.
pub(crate) fn is_creator(function: &str) -> bool {
    const CREATORS: [&str; 12] = [
        "olm_create_account",
        "olm_create_outbound_session",
        "olm_create_inbound_session",
        "olm_create_inbound_session_from",
        "olm_init_inbound_group_session",
        "olm_import_inbound_group_session",
        "olm_init_outbound_group_session",
        "olm_pk_encryption_set_recipient_key",
        "olm_pk_key_from_private",
        "olm_pk_generate_key",
        "olm_pk_signing_key_from_seed",
        "olm_create_sas",
    ];
    CREATORS.contains(&function) || function.starts_with("olm_unpickle_")
}

/// One object, in the memory of each library.
pub(crate) struct Object {
    pub(crate) kind: Kind,
    pub(crate) real: Block,
    pub(crate) ours: Block,
    /// Whether it has content: a constructor alone leaves it without.
    pub(crate) created: bool,
    /// Whether both libraries remember the same last error.
    pub(crate) same_error: bool,
    /// The real object as it was when it was pickled last, and the pickle: nothing hangs from it.
    pub(crate) pickled: Option<(Vec<u8>, Option<Vec<u8>>)>,
    /// The pickle of our object after the last call that was about it.
    pub(crate) latest: Option<Vec<u8>>,
}
