//! The floor: the same primitives put together as well as can be, with nothing of what makes a library out of them.
//!
//! It does the same work in the same form, base64 in and out. The states of HMAC and HKDF are shared wherever two uses have one, keys are kept in the
//! form that the next use takes, a message is encrypted and decrypted in one buffer. Left out is what costs time beside: nothing is wiped but by the
//! primitives, nothing staged, no late message kept, and hardly anything of the input checked.

mod bytes;
mod kdf;
mod message;
mod olm;
pub(crate) mod parts;
mod primitives;
mod ratchet;
mod rooms;

/// The floor as a library of its own.
pub(crate) struct Floor;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        libraries::{Accounts, Bulk, Cliquet, Libolm, Rooms, Vodozemac, one},
        rows::same,
    };

    /// What one writes the other reads, from the first message on.
    fn olm<First: Accounts, Second: Accounts>() {
        let (first, mut second) = (First::account().unwrap(), Second::account().unwrap());
        let first_key = First::identity_keys(&first).unwrap().1;
        let second_key = Second::identity_keys(&second).unwrap().1;
        let one_time_key = one(Second::one_time_keys(&mut second, 1).unwrap()).unwrap();
        let mut sending = First::outbound(&first, &second_key, &one_time_key).unwrap();
        let message = First::encrypt(&mut sending, b"first").unwrap();
        let (mut receiving, found) = Second::inbound(&mut second, &first_key, &message).unwrap();
        same(&found, b"first").unwrap();
        for text in [b"a".as_slice(), b"an answer", &[7; 1000]] {
            let answer = Second::encrypt(&mut receiving, text).unwrap();
            same(&First::decrypt(&mut sending, &answer).unwrap(), text).unwrap();
            let message = First::encrypt(&mut sending, text).unwrap();
            same(&Second::decrypt(&mut receiving, &message).unwrap(), text).unwrap();
        }
    }

    fn megolm<First: Rooms, Second: Rooms>() {
        let mut sender = First::sender().unwrap();
        let mut reader = Second::reader(&First::session_key(&sender).unwrap()).unwrap();
        let export = Second::export(&mut reader).unwrap();
        let mut importer = First::import(Second::export_text(&export)).unwrap();
        for (index, text) in (0..).zip([b"a".as_slice(), b"another", &[7; 1000]]) {
            let message = First::send(&mut sender, text).unwrap();
            assert_eq!(Second::read(&mut reader, &message).unwrap(), (text.to_vec(), index));
            assert_eq!(First::read(&mut importer, &message).unwrap(), (text.to_vec(), index));
        }
    }

    #[test]
    fn it_speaks_with_the_libraries() {
        olm::<Floor, Cliquet>();
        olm::<Vodozemac, Floor>();
        olm::<Floor, Libolm>();
        megolm::<Floor, Cliquet>();
        megolm::<Vodozemac, Floor>();
        megolm::<Floor, Libolm>();
    }

    #[test]
    fn it_reads_many_messages_and_refuses_one_that_was_changed() {
        let mut sender = Cliquet::sender().unwrap();
        let mut reader = Floor::reader(&Cliquet::session_key(&sender).unwrap()).unwrap();
        let mut messages: Vec<_> = (0..300).map(|_| Cliquet::send(&mut sender, b"text").unwrap()).collect();
        assert_eq!(Floor::read_all(&mut reader, &messages).unwrap(), vec![b"text"; 300]);
        messages[200].replace_range(20..21, "!");
        assert!(Floor::read_all(&mut reader, &messages).is_err());
        let changed = if messages[3].as_bytes()[20] == b'A' { "B" } else { "A" };
        messages[200] = messages[3].clone();
        messages[200].replace_range(20..21, changed);
        assert!(Floor::read_all(&mut reader, &messages).is_err());
    }
}
