//! What is left behind although nothing here can mend it, each with the reason. What is found and not listed fails a test; and so does what is listed
//! and not found.

/// A secret that may stand on the stack after any operation.
pub(crate) struct Expected {
    pub(crate) secret: &'static str,
    pub(crate) reason: &'static str,
}

/// Nothing: what the libraries leave is overwritten by `src/secret/stack.rs`, and our own code leaves nothing.
#[cfg(not(debug_assertions))]
pub(crate) const ON_THE_STACK: &[Expected] = &[];

/// Without optimisation the frames of generic code are many times as large, and end far below what is overwritten.
#[cfg(debug_assertions)]
pub(crate) const ON_THE_STACK: &[Expected] = &[
    Expected { secret: "AES key", reason: "aes, cbc and ctr: round keys that are moved from frame to frame" },
    Expected { secret: "channel key", reason: "chacha20: the key in its initial state" },
    Expected { secret: "pickle key", reason: "chacha20 too, for dehydrated devices" },
    Expected { secret: "passphrase", reason: "hmac: a state of HMAC-SHA-512 that is copied for each round" },
];
