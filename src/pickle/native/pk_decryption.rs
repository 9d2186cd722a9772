//! ```text
//! key pair
//! ```

use super::{Pickled, layout};
use crate::{
    encoding::Reader,
    pickle::{PickleKind, UnpickleError},
    pk::PkDecryption,
    secret::SecretBytes,
};

impl Pickled for PkDecryption {
    const KIND: PickleKind = PickleKind::PkDecryption;

    fn write(&self, out: &mut SecretBytes) {
        layout::put_key_pair(out, &self.snapshot());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, UnpickleError> {
        Ok(Self::from_snapshot(&layout::key_pair(reader)?)?)
    }
}
