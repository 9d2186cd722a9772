//! PBKDF2-HMAC-SHA-512 (RFC 8018 section 5.2), round by round.
//!
//! Written here, because no library stops in the middle. One block of output is all that Matrix asks for.

use alloc::boxed::Box;

use hmac::{Hmac, KeyInit, Mac, digest::FixedOutput};
use sha2::Sha512;

#[cfg(test)]
use super::work::Work;
use crate::secret::{FOR_HASHES, Secret, with_wiped_stack};

/// The first block `T_1 = U_1 xor U_2 xor ...` on its way, where `U_1 = HMAC(passphrase, salt || 1[4])` and `U_i = HMAC(passphrase, U_(i-1))`.
pub(crate) struct FirstBlock {
    /// Keyed with the passphrase; on the heap, so that moving it later leaves no copy behind.
    hmac: Box<Hmac<Sha512>>,
    previous: Secret<64>,
    sum: Secret<64>,
    rounds_done: u32,
}

impl FirstBlock {
    /// The first round is done here.
    pub(crate) fn new(passphrase: &[u8], salt: &[u8]) -> Self {
        #[cfg(test)]
        Work::hmac_sha512(passphrase.len(), salt.len() + 4);
        let (mut previous, mut sum) = (Secret::zeroed(), Secret::zeroed());
        let hmac = with_wiped_stack::<FOR_HASHES, _>(|| {
            #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
            let hmac = Box::new(Hmac::new_from_slice(passphrase).expect("HMAC takes a key of any length"));
            // A copy of what is in the box: a second box would be given back as it is.
            let mut first = Hmac::clone(&hmac);
            first.update(salt);
            first.update(&1_u32.to_be_bytes());
            first.finalize_into(previous.as_mut_bytes().into());
            hmac
        });
        sum.as_mut_bytes().copy_from_slice(previous.as_bytes());
        Self { hmac, previous, sum, rounds_done: 1 }
    }

    pub(crate) fn rounds_done(&self) -> u32 {
        self.rounds_done
    }

    /// Does so many more rounds.
    pub(crate) fn advance(&mut self, rounds: u32) {
        with_wiped_stack::<FOR_HASHES, _>(|| (0..rounds).for_each(|_| self.do_round()));
        self.rounds_done = self.rounds_done.saturating_add(rounds);
    }

    fn do_round(&mut self) {
        #[cfg(test)]
        Work::hmac_sha512_again();
        let mut hmac = Hmac::clone(&self.hmac);
        hmac.update(self.previous.as_bytes());
        hmac.finalize_into(self.previous.as_mut_bytes().into());
        let places = self.sum.as_mut_bytes().iter_mut();
        places.zip(self.previous.as_bytes()).for_each(|(sum, next)| *sum ^= next);
    }

    pub(crate) fn into_output(self) -> Secret<64> {
        self.sum
    }
}
