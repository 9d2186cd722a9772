//! Lists of a valid body, made longer or shorter: too many items are more bytes than a mutation adds.

use cliquet::pickle::PickleKind;

/// The body with one of its lists cut or grown to `count` items, each like one that was there; `None` if there is none.
pub(crate) fn resized(kind: PickleKind, body: &[u8], which: u8, count: u8) -> Option<Vec<u8>> {
    let lists = lists(kind, body);
    let &(start, item_length) = lists.get(usize::from(which).checked_rem(lists.len())?)?;
    let old_end = end(body, start, item_length)?;
    let items: Vec<&[u8]> = body.get(start + 4..old_end)?.chunks(item_length).collect();
    let differing = |(number, item): (u8, &&[u8])| {
        let mut item = item.to_vec();
        // Of a session nothing may be there twice: another ratchet key. Keys of an account keep their ids.
        if kind == PickleKind::Session && usize::from(number) >= items.len() {
            item[..2].copy_from_slice(&[number, which]);
        }
        item
    };
    let grown: Vec<Vec<u8>> = (0..count).zip(items.iter().cycle()).map(differing).collect();
    let count = u32::try_from(grown.len()).ok()?.to_be_bytes();
    Some([&body[..start], &count, &grown.concat(), &body[old_end..]].concat())
}

/// Where the lists begin, and how long their items are.
fn lists(kind: PickleKind, body: &[u8]) -> Vec<(usize, usize)> {
    const KEY_PAIR: usize = 64;
    match kind {
        // Version, both long-term key pairs; id, flag and key pair of each key.
        PickleKind::Account => vec![(4 + 96 + KEY_PAIR, 4 + 1 + KEY_PAIR)],
        // Version, flag, three keys, root key; then sending chains, receiver chains, skipped message keys.
        PickleKind::Session => {
            let mut lists = vec![(4 + 1 + 3 * 32 + 32, KEY_PAIR + 32 + 4)];
            for item_length in [32 + 32 + 4; 2] {
                let (start, before) = lists[lists.len() - 1];
                lists.extend(end(body, start, before).map(|end| (end, item_length)));
            }
            lists
        }
        _ => Vec::new(),
    }
}

fn end(body: &[u8], start: usize, item_length: usize) -> Option<usize> {
    let count = u32::from_be_bytes(*body.get(start..)?.first_chunk()?);
    Some(start + 4 + usize::try_from(count).ok()? * item_length)
}
