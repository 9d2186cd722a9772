/// A stored public key does not belong to its secret key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MismatchedPublicKey;
