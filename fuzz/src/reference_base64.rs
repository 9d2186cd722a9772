//! Base64 written a second time, as plainly as can be: what the library accepts must be what this accepts.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text without padding that stands for the bytes.
pub fn encode(bytes: &[u8]) -> String {
    let group = |bytes: &[u8]| {
        let whole =
            bytes.iter().chain(&[0, 0]).take(3).fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte));
        let character = move |place: usize| char::from(ALPHABET[(whole >> (18 - 6 * place)) as usize % 64]);
        (0..=bytes.len()).map(character).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// The bytes that the text without padding stands for; `None` if it is not the one text of any bytes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0);
    for character in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == character)?;
        buffer = buffer << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits).ok()?);
            buffer &= (1 << bits) - 1;
        }
    }
    (buffer == 0 && bits < 6).then_some(bytes)
}

/// As [`decode`], with padding where it is exact.
pub fn decode_with_optional_padding(text: &str) -> Option<Vec<u8>> {
    let bytes = decode(text.trim_end_matches('='))?;
    let padding = text.len() - text.trim_end_matches('=').len();
    let exact = (3 - bytes.len() % 3) % 3;
    (padding == 0 || padding == exact).then_some(bytes)
}

/// A text of which most characters are base64, made from any bytes.
pub fn resembling_text(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        0..192 => char::from(ALPHABET[usize::from(byte % 64)]),
        192..=223 => '=',
        224..=239 => ['-', '_', ' ', '\n'][usize::from(byte % 4)],
        240.. => 'é',
    };
    bytes.iter().map(character).collect()
}
