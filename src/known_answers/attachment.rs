//! Runs the vectors of `test-vectors/attachment/`.

use serde_json::json;

use super::{Input, Outcome, hex, refused};
use crate::{attachment::AttachmentEncryptor, testing::FixedRandom};

/// Encrypts in one piece and in pieces of odd lengths.
pub(super) fn encrypt(input: &Input<'_>) -> Outcome {
    let drawn = [input.bytes("key"), input.bytes("iv_random")].concat();
    let plaintext = input.bytes("plaintext");
    let encrypt = |piece_length: usize| {
        let mut encryptor = AttachmentEncryptor::new(&mut FixedRandom::new(drawn.clone())).unwrap();
        let mut ciphertext = plaintext.clone();
        ciphertext.chunks_mut(piece_length).for_each(|piece| encryptor.encrypt(piece));
        (ciphertext, encryptor.finish())
    };
    let (ciphertext, info) = encrypt(usize::MAX);
    for piece_length in [1, 7, 16, 33] {
        assert_eq!(encrypt(piece_length).0, ciphertext);
        assert_eq!(encrypt(piece_length).1, info);
    }
    assert_eq!(info.decrypt(&ciphertext).map_err(refused)?, plaintext);
    Ok(json!({ "ciphertext": hex(ciphertext), "iv": hex(info.iv()), "sha256": hex(info.sha256()) }))
}

/// Decrypts in every form that there is; all have the same verdict.
#[cfg(feature = "serde")]
pub(super) fn decrypt(input: &Input<'_>) -> Outcome {
    use std::string::ToString;

    use crate::attachment::{AttachmentError, EncryptedFile, UnverifiedDecryptor};

    let file: EncryptedFile = serde_json::from_value(input.0["encrypted_file"].clone()).map_err(refused)?;
    let ciphertext = input.bytes("ciphertext");
    let plaintext = file.info.decrypt(&ciphertext);

    let mut in_place = ciphertext.clone();
    let done = file.info.decrypt_in_place(&mut in_place);
    assert_eq!(done, plaintext.clone().map(|_| ()));
    assert_eq!(&in_place, plaintext.as_ref().unwrap_or(&ciphertext), "an error changes nothing");

    let mut pieces = ciphertext.clone();
    let mut decryptor = UnverifiedDecryptor::new(&file.info);
    let decrypted: Result<(), AttachmentError> =
        pieces.chunks_mut(5).try_for_each(|piece| decryptor.decrypt_unverified(piece));
    let verified = decrypted.and_then(|()| decryptor.verify());
    assert_eq!(verified.map(|()| pieces), plaintext);

    #[cfg(feature = "std")]
    {
        use std::io::{Cursor, Read};
        let mut read = alloc::vec::Vec::new();
        let reader = crate::attachment::AttachmentReader::new(Cursor::new(&ciphertext), &file.info);
        let whole = reader.ok().map(|mut reader| reader.read_to_end(&mut read).map(|_| read));
        assert_eq!(whole.transpose().unwrap(), plaintext.clone().ok());
    }

    let again: EncryptedFile = serde_json::from_value(serde_json::to_value(&file).unwrap()).unwrap();
    assert_eq!(again, file);
    let json = file.to_json();
    assert_eq!(serde_json::from_slice::<EncryptedFile>(json.as_bytes()).unwrap(), file);
    assert_eq!(serde_json::to_value(&file).unwrap().to_string().as_bytes(), json.as_bytes());
    plaintext.map(|plaintext| json!({ "plaintext": hex(plaintext) })).map_err(refused)
}
