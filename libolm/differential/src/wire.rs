//! The messages on the wire, read as loosely as libolm reads them, and written as nobody else does.

/// What libolm makes of a text, bad characters included.
pub(crate) fn decoded_loosely(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::new();
    for group in text.chunks(4) {
        let value = group.iter().fold(0_u32, |value, character| value << 6 | sextet(*character));
        let value = value << (6 * (4 - group.len()));
        bytes.extend_from_slice(&value.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

/// A bad character is eight ones, two of which get into its neighbour.
fn sextet(character: u8) -> u32 {
    match character & 0x7f {
        upper @ b'A'..=b'Z' => u32::from(upper - b'A'),
        lower @ b'a'..=b'z' => u32::from(lower - b'a') + 26,
        digit @ b'0'..=b'9' => u32::from(digit - b'0') + 52,
        b'+' => 62,
        b'/' => 63,
        _ => 0xff,
    }
}

/// The text without its padding, if it is padded as other libraries do it.
pub(crate) fn unpadded(text: &[u8]) -> &[u8] {
    let length = text.len() - text.iter().rev().take_while(|character| **character == b'=').count();
    if length % 4 >= 2 && length.next_multiple_of(4) == text.len() { &text[..length] } else { text }
}

/// Whether a library wrote the text, instead of one with other characters, or with bits behind its last byte.
pub(crate) fn is_canonical_base64(text: &[u8]) -> bool {
    crate::forge::from_base64(text).is_some()
}

/// A field with bytes.
pub(crate) fn field(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let mut field = vec![tag];
    field.extend(varint(u64::try_from(bytes.len()).unwrap()));
    field.extend_from_slice(bytes);
    field
}

/// A field with a number.
pub(crate) fn number(tag: u8, value: u64) -> Vec<u8> {
    let mut field = vec![tag];
    field.extend(varint(value));
    field
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
    bytes
}

/// The fields of a message behind its version, in their order, as far as libolm reads them.
pub(crate) fn fields(message: &[u8]) -> Vec<(u8, &[u8])> {
    read_fields(message).0.into_iter().map(|(tag, _, content)| (tag, content)).collect()
}

/// A tag, the number behind it, and as many bytes as that says if the field has bytes.
type Field<'a> = (u8, u64, &'a [u8]);

/// The fields, and whether there is nothing behind them.
fn read_fields(message: &[u8]) -> (Vec<Field<'_>>, bool) {
    let mut fields = Vec::new();
    let mut rest = message.get(1..).unwrap_or_default();
    while let Some((tag, behind)) = rest.split_first() {
        let Some((value, behind)) = read_varint(behind) else { return (fields, false) };
        let (content, behind) = match tag & 7 {
            0 => behind.split_at(0),
            2 => match behind.split_at_checked(usize::try_from(value).unwrap_or(usize::MAX)) {
                Some(parts) => parts,
                None => return (fields, false),
            },
            _ => return (fields, false),
        };
        fields.push((*tag, value, content));
        rest = behind;
    }
    (fields, true)
}

/// Nothing if it does not end.
fn read_varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.iter().position(|byte| byte & 0x80 == 0)? + 1;
    let (varint, rest) = bytes.split_at(length);
    Some((varint.iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7f)), rest))
}

/// The last field of this tag: that is the one that libolm takes.
fn last<'a>(fields: &[(u8, &'a [u8])], tag: u8) -> Option<&'a [u8]> {
    fields.iter().rev().find(|(other, _)| *other == tag).map(|(_, content)| *content)
}

/// The keys of a pre-key message: one-time key, base key, identity key.
pub(crate) fn outer_keys(message: &[u8]) -> Option<[&[u8]; 3]> {
    let fields = fields(message);
    Some([last(&fields, 0x0a)?, last(&fields, 0x12)?, last(&fields, 0x1a)?])
}

/// Whether a pre-key message is as libolm writes it.
pub(crate) fn is_pre_key_message(message: &[u8]) -> bool {
    pre_key_ciphertext(message).is_some_and(are_blocks)
}

/// The ciphertext in the message in a pre-key message, if all that is around it is as libolm writes it.
pub(crate) fn pre_key_ciphertext(message: &[u8]) -> Option<&[u8]> {
    let fields = written_fields(message, &[0x0a, 0x12, 0x1a, 0x22])?;
    olm_ciphertext(fields[3]).filter(|_| fields[..3].iter().all(|key| key.len() == 32))
}

/// The same of an Olm message.
pub(crate) fn olm_ciphertext(message: &[u8]) -> Option<&[u8]> {
    let fields = written_fields(&message[..message.len().checked_sub(8)?], &[0x0a, 0x10, 0x22])?;
    (fields[0].len() == 32).then_some(fields[2])
}

/// The same of a Megolm message.
pub(crate) fn megolm_ciphertext(message: &[u8]) -> Option<&[u8]> {
    Some(written_fields(&message[..message.len().checked_sub(72)?], &[0x08, 0x12])?[1])
}

/// The fields of a message that has the one version that libolm knows, these fields in this order and in their shortest
/// form, and nothing else.
fn written_fields<'a>(message: &'a [u8], tags: &[u8]) -> Option<Vec<&'a [u8]>> {
    let (fields, complete) = read_fields(message);
    let mut again = vec![3];
    for (tag, value, content) in &fields {
        again.extend(if tag & 7 == 2 { field(*tag, content) } else { number(*tag, *value) });
    }
    let numbers = fields.iter().all(|(tag, value, _)| tag & 7 == 2 || u32::try_from(*value).is_ok());
    let expected = complete && numbers && again == message && fields.iter().map(|(tag, ..)| tag).eq(tags);
    expected.then(|| fields.into_iter().map(|(_, _, content)| content).collect())
}

/// Whether a ciphertext is one that padding leads to.
pub(crate) fn are_blocks(ciphertext: &[u8]) -> bool {
    !ciphertext.is_empty() && ciphertext.len().is_multiple_of(16)
}

/// Whether libolm would read the identity key of a pre-key message that has none, if one is passed beside it.
pub(crate) fn lacks_identity_key(text: &[u8]) -> bool {
    decoded_loosely(text).is_none_or(|message| last(&fields(&message), 0x1a).is_none())
}

/// The ratchet key of an Olm message, or of the one in a pre-key message.
pub(crate) fn ratchet_key(message: &[u8], is_normal: bool) -> Option<Vec<u8>> {
    let message = if is_normal { message } else { last(&fields(message), 0x22)? };
    last(&fields(message), 0x0a).map(<[u8]>::to_vec)
}

/// The index of a Megolm message.
pub(crate) fn index(message: &[u8]) -> Option<u32> {
    let behind = message.strip_prefix(&[3, 0x08])?;
    u32::try_from(read_varint(behind)?.0).ok()
}

/// The ratchet keys of a pickled session: of its receiving chains, and of the message keys that it keeps.
pub(crate) struct Session {
    pub(crate) receiving: Vec<Vec<u8>>,
    pub(crate) skipped: Vec<Vec<u8>>,
}

impl Session {
    /// Reads the content of a pickle.
    pub(crate) fn read(content: &[u8]) -> Self {
        // Version, flag, three keys, root key; then the chains.
        let (count, rest) = counted(&content[4 + 1 + 3 * 32 + 32..]);
        let (receiving, rest) = keys(&rest[count * 100..]);
        Self { receiving, skipped: keys(rest).0 }
    }
}

fn counted(bytes: &[u8]) -> (usize, &[u8]) {
    let (count, rest) = bytes.split_at(4);
    (usize::try_from(u32::from_be_bytes(count.try_into().unwrap())).unwrap(), rest)
}

/// The keys with which the entries of a list begin.
fn keys(bytes: &[u8]) -> (Vec<Vec<u8>>, &[u8]) {
    let (count, rest) = counted(bytes);
    let (entries, rest) = rest.split_at(count * 68);
    (entries.chunks(68).map(|entry| entry[..32].to_vec()).collect(), rest)
}

/// The texts between quotation marks, names included.
pub(crate) fn texts_in(json: &[u8]) -> Vec<Vec<u8>> {
    json.split(|byte| *byte == b'"').skip(1).step_by(2).map(<[u8]>::to_vec).collect()
}
