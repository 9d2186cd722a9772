//! The QR codes of verification.

use std::ffi::c_char;

use cliquet_core::Ed25519PublicKey;
use cliquet_core::qr::{QrCode, QrKeys};

use crate::constants::unknown;
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Buffer, Place, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::status::{self, cliquet_status};

/// The QR code of a verification (Matrix specification, "QR code verification"): the keys that the device which shows it has and believes in, and a
/// secret that only a camera sees, which is wiped when it is freed.
///
/// Whoever scans it compares the keys with those that it knows, and sends the secret back in a start event (`m.reciprocate.v1`), which shows that it
/// has seen the code.
pub struct cliquet_qr_code {
    _opaque: [u8; 0],
}
handle!(cliquet_qr_code: QrCode);

/// Who shows a QR code to whom. The numbers are those of the specification.
pub type cliquet_qr_mode = u32;
/// One user verifies another: the master signing keys, first of the user who shows the code, then of the one who scans it.
pub const CLIQUET_QR_MODE_OTHER_USER: cliquet_qr_mode = 0;
/// A device that trusts the master signing key shows the code to a new one of the same user: first that key, then the fingerprint key of the new
/// device.
pub const CLIQUET_QR_MODE_TRUSTING_DEVICE: cliquet_qr_mode = 1;
/// A new device, which does not trust the master signing key yet, shows the code to one that does: first its fingerprint key, then the master
/// signing key.
pub const CLIQUET_QR_MODE_NEW_DEVICE: cliquet_qr_mode = 2;

/// The two keys of a QR code: one that the showing device has, and one that it takes for the scanning device's.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_qr_keys {
    /// One of the constants `CLIQUET_QR_MODE_...`, which say what keys the two are.
    pub mode: cliquet_qr_mode,
    /// The first Ed25519 public key.
    pub first_key: [u8; 32],
    /// The second Ed25519 public key.
    pub second_key: [u8; 32],
}

/// Makes a QR code with these keys for the request with this transaction id, or, in a room, this event id, at most 65535 bytes; its shared secret is
/// 16 random bytes. The caller frees `*code`.
///
/// Errors: `CLIQUET_PUBLIC_KEY`, `CLIQUET_TRANSACTION_ID_TOO_LONG`, `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_new(
    keys: *const cliquet_qr_keys,
    transaction_id: *const c_char,
    transaction_id_length: usize,
    random: *const cliquet_random,
    code: *mut *mut cliquet_qr_code,
) -> cliquet_status {
    call(|| unsafe {
        let code = Slot::at(code)?;
        let keys = to_qr_keys(input::structure(keys)?)?;
        let transaction_id = input::text(transaction_id, transaction_id_length)?;
        code.put(QrCode::new(keys, transaction_id, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Reads the bytes of a QR code, as a scanner gives them. The caller frees `*code`, and wipes `bytes` as soon as it can.
///
/// Errors: `CLIQUET_MAGIC`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_UNKNOWN_FORM` for a mode that is not known, `CLIQUET_TRUNCATED` also if there are
/// fewer than 8 bytes of shared secret, `CLIQUET_NOT_UTF8`, `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_from_bytes(
    bytes: *const u8,
    bytes_length: usize,
    code: *mut *mut cliquet_qr_code,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let code = Slot::at(code)?;
            code.put(QrCode::from_bytes(input::bytes(bytes, bytes_length)?)?);
            Ok(())
        })
    }
}

/// Frees a QR code and wipes its secret. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_free(code: *mut cliquet_qr_code) -> cliquet_status {
    call(|| unsafe { free(code) })
}

/// Writes the bytes of a QR code, to be shown in byte mode: 74, those of the transaction id, and those of the shared secret, which are 16 if the code
/// was made here. The caller wipes them, because the secret is among them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_to_bytes(
    code: *const cliquet_qr_code,
    bytes: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Buffer::at(bytes, capacity, length)?;
        bytes.put(look(code)?.to_bytes().as_bytes())
    })
}

/// Writes mode and keys of a QR code to `*keys`, for the device that has scanned it to see the mode. Whether they are right,
/// `cliquet_qr_code_check_keys` tells.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_keys(
    code: *const cliquet_qr_code,
    keys: *mut cliquet_qr_keys,
) -> cliquet_status {
    call(|| unsafe {
        let keys = Place::at(keys)?;
        keys.put(qr_keys(look(code)?.keys())?);
        Ok(())
    })
}

/// Compares mode and both keys of a QR code with those that the device which has scanned it knows. If they are others, the verification ends
/// (`m.key_mismatch`).
///
/// Errors: `CLIQUET_PUBLIC_KEY` if one of `expected` is none, `CLIQUET_MISMATCHED_QR_KEYS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_check_keys(
    code: *const cliquet_qr_code,
    expected: *const cliquet_qr_keys,
) -> cliquet_status {
    call(|| unsafe {
        let code = look(code)?;
        code.check_keys(&to_qr_keys(input::structure(expected)?)?)?;
        Ok(())
    })
}

/// Writes the transaction id of a QR code, or, in a room, the event id of the request: at most 65535 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_transaction_id(
    code: *const cliquet_qr_code,
    transaction_id: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let transaction_id = TextBuffer::at(transaction_id, capacity, length)?;
        transaction_id.put(look(code)?.transaction_id())
    })
}

/// Writes the shared secret of a QR code in unpadded base64, the `secret` of the start event that a device sends which has scanned it: 22 characters
/// if the code was made here. The caller wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_shared_secret(
    code: *const cliquet_qr_code,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(look(code)?.shared_secret().as_str())
    })
}

/// Tells whether the `secret` of a start event, in base64, is the one of this QR code, compared in constant time: whoever sent it has seen the code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_qr_code_is_reciprocated_by(
    code: *const cliquet_qr_code,
    secret: *const c_char,
    secret_length: usize,
    is_reciprocated: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let is_reciprocated = Place::at(is_reciprocated)?;
        is_reciprocated.put(look(code)?.is_reciprocated_by(input::text(secret, secret_length)?));
        Ok(())
    })
}

fn to_qr_keys(keys: &cliquet_qr_keys) -> Result<QrKeys, Failure> {
    let [first, second] = [&keys.first_key, &keys.second_key].map(Ed25519PublicKey::from_bytes);
    match keys.mode {
        CLIQUET_QR_MODE_OTHER_USER => {
            Ok(QrKeys::OtherUser { showing_master_key: first?, scanning_master_key: second? })
        }
        CLIQUET_QR_MODE_TRUSTING_DEVICE => {
            Ok(QrKeys::TrustingDevice { master_key: first?, scanning_device_key: second? })
        }
        CLIQUET_QR_MODE_NEW_DEVICE => {
            Ok(QrKeys::NewDevice { showing_device_key: first?, master_key: second? })
        }
        other => Err(unknown(other)),
    }
}

fn qr_keys(keys: QrKeys) -> Result<cliquet_qr_keys, Failure> {
    let (mode, first, second) = match keys {
        QrKeys::OtherUser { showing_master_key, scanning_master_key } => {
            (CLIQUET_QR_MODE_OTHER_USER, showing_master_key, scanning_master_key)
        }
        QrKeys::TrustingDevice { master_key, scanning_device_key } => {
            (CLIQUET_QR_MODE_TRUSTING_DEVICE, master_key, scanning_device_key)
        }
        QrKeys::NewDevice { showing_device_key, master_key } => {
            (CLIQUET_QR_MODE_NEW_DEVICE, showing_device_key, master_key)
        }
        _ => return Err(Failure::new(status::CLIQUET_OTHER)),
    };
    Ok(cliquet_qr_keys { mode, first_key: *first.as_bytes(), second_key: *second.as_bytes() })
}
