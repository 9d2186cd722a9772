//! Texts of JSON, written to a buffer that is wiped: what `serde_json` writes without std is not.

use crate::secret::SecretBytes;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes a text in quotes, in its shortest form (RFC 8259 section 7).
pub(crate) fn write(json: &mut SecretBytes, text: &str) {
    json.extend(b"\"");
    for byte in text.bytes() {
        match byte {
            b'"' => json.extend(br#"\""#),
            b'\\' => json.extend(br"\\"),
            b'\n' => json.extend(br"\n"),
            b'\r' => json.extend(br"\r"),
            b'\t' => json.extend(br"\t"),
            0x08 => json.extend(br"\b"),
            0x0c => json.extend(br"\f"),
            0..0x20 => {
                let digit = HEX.get(usize::from(byte & 0x0f)).copied().unwrap_or_default();
                json.extend(&[b'\\', b'u', b'0', b'0', b'0' | (byte >> 4), digit]);
            }
            _ => json.extend(&[byte]),
        }
    }
    json.extend(b"\"");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_serde_json_writes_them() {
        for number in 0..0x300_u32 {
            let text: alloc::string::String =
                [char::from_u32(number).unwrap(), '\u{1f512}', 'x'].iter().collect();
            let mut json = SecretBytes::with_capacity(0);
            write(&mut json, &text);
            assert_eq!(json.as_bytes(), serde_json::to_string(&text).unwrap().as_bytes());
        }
    }
}
