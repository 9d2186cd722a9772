//! Runs the vectors of `test-vectors/qr/`.

use serde_json::json;

use super::{Input, Outcome, hex, refused};
use crate::qr::{QrCode, QrKeys};

pub(super) fn open(input: &Input<'_>) -> Outcome {
    let bytes = input.bytes("bytes");
    let code = QrCode::from_bytes(&bytes).map_err(refused)?;
    assert_eq!(code.to_bytes().as_bytes(), bytes);
    let (mode, first, second) = match code.keys() {
        QrKeys::OtherUser { showing_master_key, scanning_master_key } => {
            (0, showing_master_key, scanning_master_key)
        }
        QrKeys::TrustingDevice { master_key, scanning_device_key } => (1, master_key, scanning_device_key),
        QrKeys::NewDevice { showing_device_key, master_key } => (2, showing_device_key, master_key),
    };
    Ok(json!({
        "mode": mode,
        "transaction_id": code.transaction_id(),
        "first_key": hex(first.as_bytes()),
        "second_key": hex(second.as_bytes()),
        "shared_secret_base64": code.shared_secret().as_str(),
    }))
}
