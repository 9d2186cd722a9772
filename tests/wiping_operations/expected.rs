//! What is left behind although nothing here can mend it, each with the reason. What is found and not listed fails a test; and so does what is listed
//! and not found.

/// A secret that may stand on the stack after some operations, and after no other.
pub(crate) struct Expected {
    pub(crate) secret: &'static str,
    /// How the names of these operations begin.
    pub(crate) operations: &'static [&'static str],
    pub(crate) reason: &'static str,
}

impl Expected {
    pub(crate) fn allows(&self, operation: &str, secret: &str) -> bool {
        self.secret == secret && self.operations.iter().any(|beginning| operation.starts_with(beginning))
    }
}

/// Nothing: what the libraries leave is overwritten by `src/secret/stack.rs`, and our own code leaves nothing.
#[cfg(not(debug_assertions))]
pub(crate) const ON_THE_STACK: &[Expected] = &[];

/// Without optimisation the frames of generic code are many times as large, and end far below what is overwritten.
#[cfg(debug_assertions)]
pub(crate) const ON_THE_STACK: &[Expected] = &[
    Expected {
        secret: "AES key",
        operations: &[
            "encrypt",
            "decrypt",
            "fail to decrypt: ",
            "create inbound session",
            "seal",
            "check",
            "pass a check",
            "account to ",
            "session to ",
            "session from ",
            "outbound to ",
            "inbound to ",
            "inbound from ",
        ],
        reason: "aes, cbc and ctr: round keys that are moved from frame to frame",
    },
    Expected {
        secret: "passphrase",
        operations: &["stretch", "begin to stretch", "finish to stretch"],
        reason: "hmac: a state of HMAC-SHA-512 that is copied for each round",
    },
];
