//! The agreement of the secret.

use std::ffi::c_char;

use cliquet_core::sas::{self, EstablishedSas, Sas};

use crate::failure::call;
use crate::handle::{Slot, UsedOnce, change, free, handle, look};
use crate::input;
use crate::output::{Array, Place, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// One device of a verification by short authentication strings, before the agreement: an ephemeral key pair, good for one agreement. It is wiped
/// when it is freed. In the order of the events (Matrix specification, "Short Authentication String (SAS) verification"):
///
/// `m.key.verification.accept`: the accepter sends `cliquet_sas_commitment`.
/// `m.key.verification.key`: both send `cliquet_sas_public_key`, the starter first, and agree with `cliquet_sas_diffie_hellman_as_...`.
/// Both show what `cliquet_established_sas_bytes` gives, and the users compare it.
/// `m.key.verification.mac`: both send `cliquet_established_sas_macs` and check what came with `cliquet_established_sas_verify_macs`.
pub struct cliquet_sas {
    _opaque: [u8; 0],
}
handle!(cliquet_sas: UsedOnce<Sas>);

/// One device of a verification by short authentication strings, after the agreement: the shared secret, which is wiped when it is freed, and both
/// public keys.
pub struct cliquet_established_sas {
    _opaque: [u8; 0],
}
handle!(cliquet_established_sas: EstablishedSas);

/// Makes an ephemeral key pair of 32 random bytes, for one verification. The caller frees `*sas`.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_new(
    random: *const cliquet_random,
    sas: *mut *mut cliquet_sas,
) -> cliquet_status {
    call(|| unsafe {
        let sas = Slot::at(sas)?;
        sas.put(UsedOnce::new(Sas::new(&mut Random::of(random)?)?));
        Ok(())
    })
}

/// Frees an ephemeral key pair and wipes its secret key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_free(sas: *mut cliquet_sas) -> cliquet_status {
    call(|| unsafe { free(sas) })
}

/// Writes our public key, 32 bytes, to `public_key`: the `key` of our `m.key.verification.key` event, there in unpadded base64.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_public_key(
    sas: *const cliquet_sas,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(sas)?.get()?.public_key().as_bytes());
        Ok(())
    })
}

/// Agrees the secret as the starter, which uses `sas` up: the accepter's public key, 32 bytes, must be the one that it committed itself to before it
/// saw ours. `start_content` is the content of our `m.key.verification.start` event in canonical JSON, `commitment` that of the accept event. The
/// caller frees `*established`. After a failure, `sas` is as it was; after `CLIQUET_MISMATCHED_COMMITMENT` the verification ends
/// (`m.mismatched_commitment`).
///
/// Errors: `CLIQUET_MISMATCHED_COMMITMENT`, `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_diffie_hellman_as_starter(
    sas: *mut cliquet_sas,
    accepter_key: *const u8,
    start_content: *const c_char,
    start_content_length: usize,
    commitment: *const c_char,
    commitment_length: usize,
    established: *mut *mut cliquet_established_sas,
) -> cliquet_status {
    call(|| unsafe {
        let established = Slot::at(established)?;
        let mut sas = change(sas)?;
        let accepter_key = input::curve25519_public_key(accepter_key)?;
        let start_content = input::text(start_content, start_content_length)?;
        let commitment = input::text(commitment, commitment_length)?;
        established
            .put(sas.use_up(|sas| sas.diffie_hellman_as_starter(accepter_key, start_content, commitment))?);
        Ok(())
    })
}

/// Agrees the secret as the accepter, which uses `sas` up: its commitment went out before the starter's public key, 32 bytes, came. The caller frees
/// `*established`. After a failure, `sas` is as it was.
///
/// Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_diffie_hellman_as_accepter(
    sas: *mut cliquet_sas,
    starter_key: *const u8,
    established: *mut *mut cliquet_established_sas,
) -> cliquet_status {
    call(|| unsafe {
        let established = Slot::at(established)?;
        let mut sas = change(sas)?;
        let starter_key = input::curve25519_public_key(starter_key)?;
        established.put(sas.use_up(|sas| sas.diffie_hellman_as_accepter(starter_key))?);
        Ok(())
    })
}

/// Agrees the secret without a word about commitments, which uses `sas` up. For adapters: a starter that has not checked the commitment lets somebody
/// in between choose a key until both devices show the same. The caller frees `*established`. After a failure, `sas` is as it was.
///
/// Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_diffie_hellman(
    sas: *mut cliquet_sas,
    their_public_key: *const u8,
    established: *mut *mut cliquet_established_sas,
) -> cliquet_status {
    call(|| unsafe {
        let established = Slot::at(established)?;
        let mut sas = change(sas)?;
        let their_public_key = input::curve25519_public_key(their_public_key)?;
        established.put(sas.use_up(|sas| sas.diffie_hellman(their_public_key))?);
        Ok(())
    })
}

/// Writes what the accepter commits itself to before it sees the starter's key, so that nobody in between can choose a key by trying: the SHA-256 of
/// its public key, 32 bytes, in base64 and of `start_content`, in unpadded base64: 43 characters, so that `capacity` is at least 44. `start_content`
/// is the content of the `m.key.verification.start` event as received, in canonical JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_commitment(
    accepter_key: *const u8,
    start_content: *const c_char,
    start_content_length: usize,
    commitment: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let commitment = TextBuffer::at(commitment, capacity, length)?;
        let accepter_key = input::curve25519_public_key(accepter_key)?;
        commitment.put(&sas::commitment(&accepter_key, input::text(start_content, start_content_length)?))
    })
}

/// Tells whether the accepter's public key, 32 bytes, is the one that it committed itself to. If it is not, the verification ends
/// (`m.mismatched_commitment`). `cliquet_sas_diffie_hellman_as_starter` checks it anyway.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_sas_is_committed(
    accepter_key: *const u8,
    start_content: *const c_char,
    start_content_length: usize,
    commitment: *const c_char,
    commitment_length: usize,
    is_committed: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let is_committed = Place::at(is_committed)?;
        let accepter_key = input::curve25519_public_key(accepter_key)?;
        let start_content = input::text(start_content, start_content_length)?;
        let commitment = input::text(commitment, commitment_length)?;
        is_committed.put(sas::is_committed(&accepter_key, start_content, commitment));
        Ok(())
    })
}

/// Frees an agreement and wipes its secret. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_free(sas: *mut cliquet_established_sas) -> cliquet_status {
    call(|| unsafe { free(sas) })
}

/// Writes our public key in this agreement, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_our_public_key(
    sas: *const cliquet_established_sas,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(sas)?.our_public_key().as_bytes());
        Ok(())
    })
}

/// Writes the public key of the other device in this agreement, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_their_public_key(
    sas: *const cliquet_established_sas,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(sas)?.their_public_key().as_bytes());
        Ok(())
    })
}
