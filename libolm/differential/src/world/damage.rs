//! Texts with something wrong in them.

use super::World;
use crate::forge;
use crate::wire;

/// Characters that base64 has not.
const BAD: &[u8] = b"=-_ \n.\0\x7f\x80\xc3\xff";

impl World<'_> {
    /// A text that is not quite the given one; rarely, it means the same all the same.
    pub(super) fn damaged(&mut self, text: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        let place = self.dice.within(0..text.len().max(1));
        match self.dice.within(0..12) {
            0 => text.truncate(place),
            1 => text.truncate(text.len().saturating_sub(1)),
            2 => text.clear(),
            3 => {
                let length = self.dice.within(1..9);
                text.extend(self.dice.bytes(length).iter().map(|byte| forge::to_base64(&[*byte])[0]));
            }
            4 => text.insert(place.min(text.len()), *self.dice.pick(BAD)),
            5 if !text.is_empty() => text[place] = *self.dice.pick(BAD),
            6 if !self.texts.is_empty() => text = self.dice.pick(&self.texts).clone(),
            7 => {
                let length = self.dice.length();
                text = forge::to_base64(&self.dice.bytes(length));
            }
            8 if !text.is_empty() => text[place] = forge::to_base64(&[self.dice.byte()])[0],
            // As other libraries pad it.
            9 => text.resize(text.len().next_multiple_of(4), b'='),
            _ => {
                if let Some(bytes) = forge::from_base64(&text) {
                    text = forge::to_base64(&self.damaged_bytes(bytes));
                }
            }
        }
        text
    }

    /// Bytes of a message, a key or a pickle with something wrong in them.
    fn damaged_bytes(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.is_empty() {
            return self.dice.bytes(1);
        }
        let place = self.dice.within(0..bytes.len());
        match self.dice.within(0..8) {
            // The version, and what follows it.
            0 => bytes[0] = *self.dice.pick(&[0, 1, 2, 3, 4, 5, 0xff]),
            1 => bytes[place.min(8)] ^= 1 << self.dice.within(0..8),
            2 => bytes[place] ^= 1 << self.dice.within(0..8),
            3 => bytes[place] = self.dice.byte(),
            4 => {
                bytes.remove(place);
            }
            5 => bytes.insert(place, self.dice.byte()),
            6 => bytes.extend([0; 8]),
            _ => bytes = self.other_fields(&bytes),
        }
        bytes
    }

    /// A message whose fields are reordered, repeated, left out or joined by others.
    fn other_fields(&mut self, message: &[u8]) -> Vec<u8> {
        let fields = wire::fields(message);
        let mut parts: Vec<Vec<u8>> = fields
            .iter()
            .map(
                |(tag, content)| {
                    if tag & 7 == 2 { wire::field(*tag, content) } else { wire::number(*tag, 1) }
                },
            )
            .collect();
        if parts.is_empty() {
            return message.to_vec();
        }
        let place = self.dice.within(0..parts.len());
        let other = self.dice.within(0..parts.len());
        match self.dice.within(0..5) {
            0 => parts.swap(place, other),
            1 => {
                parts.remove(place);
            }
            2 => parts.insert(other, parts[place].clone()),
            3 => parts.insert(place, wire::number(0x50, self.dice.number().into())),
            _ => parts.insert(place, wire::field(0x52, &[1, 2, 3])),
        }
        let mut all = vec![message[0]];
        all.extend(parts.concat());
        all
    }
}
