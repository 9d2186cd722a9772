//! The steps in which a file of any size is sent to the room as an encrypted attachment, and opened there.

use std::io::Write;

use cliquet::{
    SystemRandom,
    attachment::{AttachmentEncryptor, AttachmentReader, EncryptedFile},
};

use crate::{
    Result, files,
    kept_file::KeptFile,
    media::Media,
    report::{Report, Stopwatch},
    room_event::{Attachment, RoomEvent},
    state::State,
    store::Store,
};

/// The sender encrypts the file on its way to the server, and tells the room where it is and what opens it.
pub(crate) fn send_attachment(state: &State, sender: &str, name: &str, report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("attachment encrypted and uploaded");
    let (mut kept, timeline) = (state.kept_file()?, state.timeline()?);
    // Its event follows the last piece.
    let place = kept.pieces();
    if timeline.len()? == place {
        let device = state.device(sender)?;
        let file = upload(&state.media()?, &mut kept, &mut stopwatch)?;
        let event = RoomEvent::Attachment(Attachment { name: name.to_owned(), size: kept.length(), file });
        // After the upload: an event in the room speaks of a file that is there.
        let message = device.encrypt(&mut device.room()?, &event.into_plaintext()?)?;
        timeline.put(place, &message)?;
        stopwatch.lap(0);
    }
    report.add(stopwatch);
    Ok(())
}

/// Begins anew after a crash, with another key: what encrypts an attachment cannot be stored.
fn upload(media: &Media, kept: &mut KeptFile, stopwatch: &mut Stopwatch) -> Result<EncryptedFile> {
    let mut encryptor = AttachmentEncryptor::new(&mut SystemRandom::new())?;
    let (address, mut uploaded) = media.upload()?;
    files::for_each_piece(kept.read_from(0)?, |piece| {
        encryptor.encrypt(piece);
        stopwatch.add_bytes(piece.len());
        uploaded.write_all(piece)
    })?;
    uploaded.finish()?;
    Ok(EncryptedFile::new(address, encryptor.finish()))
}

/// Every device opens the attachments that it has read of and does not have yet.
pub(crate) fn open_attachments(state: &State, readers: &[&str], report: &mut Report) -> Result<()> {
    let mut stopwatch = Stopwatch::start("  attachment opened by every device");
    let media = state.media()?;
    for reader in readers {
        let store = state.device(reader)?.store;
        for name in store.text_names("attachment-")? {
            if !store.has_attachment(&name) {
                let opened = open(&store, &name, &media, &mut stopwatch);
                opened.map_err(|error| format!("{name} of {reader}: {error}"))?;
            }
        }
    }
    report.add(stopwatch);
    Ok(())
}

fn open(store: &Store, name: &str, media: &Media, stopwatch: &mut Stopwatch) -> Result<()> {
    let RoomEvent::Attachment(Attachment { file, .. }) = RoomEvent::from_plaintext(&store.text(name)?)?
    else {
        return Err("the event speaks of no attachment".into());
    };
    // Reads the ciphertext once to check its hash: of a file that was changed, nothing is written.
    let plaintext = AttachmentReader::new(media.download(&file.url)?, &file.info)?;
    let mut opened = store.create_attachment(name)?;
    files::for_each_piece(plaintext, |piece| {
        stopwatch.add_bytes(piece.len());
        opened.write_all(piece)
    })?;
    // Only now: a file that is changed while it is read, is noticed with its last byte.
    opened.finish_and_sync()?;
    stopwatch.lap(0);
    Ok(())
}
