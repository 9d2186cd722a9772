//! What people see: frames, seven emoji in a row, a QR code.

use std::io::{IsTerminal, stdout};

use cliquet::sas::SasBytes;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::{Result, person::Person};

/// The columns between the sides of a frame: seven cells, and one in front of them.
const WIDTH: usize = 78;
/// The columns of a cell: the longest name of an emoji has ten letters.
const CELL: usize = 11;
/// An emoji takes two columns, however many characters it is made of.
const EMOJI: usize = 2;
/// The light margin of a QR code.
const MARGIN: i32 = 4;

pub(crate) fn heading(text: &str) {
    println!("\n{text}\n{}\n", "=".repeat(text.chars().count()));
}

/// The screen of one person, who is asked to compare.
pub(crate) fn print_comparison(person: &Person, other: &Person, bytes: &SasBytes) {
    let title = format!("─ {} ─ {} ", person.device_id, person.user_id);
    println!("┌{title:─<WIDTH$}┐");
    print_line(&format!(" Do you and {} see the same?", other.name));
    print_line("");
    let symbols = bytes.emoji().map(|emoji| {
        let left = CELL.saturating_sub(EMOJI) / 2;
        let right = CELL.saturating_sub(EMOJI).saturating_sub(left);
        [&" ".repeat(left), emoji.symbol, &" ".repeat(right)].concat()
    });
    println!("│ {}│", symbols.concat());
    print_line(&format!(" {}", bytes.emoji().map(|emoji| format!("{:^CELL$}", emoji.description)).concat()));
    print_line("");
    let [first, second, third] = bytes.decimals();
    print_line(&format!("{:^WIDTH$}", format!("or {first} {second} {third}")));
    println!("└{}┘", "─".repeat(WIDTH));
}

/// A line of characters that take one column each.
fn print_line(text: &str) {
    println!("│{text:<WIDTH$}│");
}

/// A QR code in byte mode, two rows of it in each line. What is light is drawn, so that it looks right on a dark background;
/// a terminal is told to make it dark.
pub(crate) fn print_qr_code(payload: &[u8]) -> Result<()> {
    let code = QrCode::encode_binary(payload, QrCodeEcc::Low)?;
    let (first, last) = (-MARGIN, code.size().saturating_add(MARGIN));
    let (before, after) = if stdout().is_terminal() { ("\x1b[97;40m", "\x1b[0m") } else { ("", "") };
    for row in (first..last).step_by(2) {
        let halves = (first..last).map(|column| {
            // Outside of the code everything is light.
            let upper = !code.get_module(column, row);
            let lower = row.saturating_add(1) < last && !code.get_module(column, row.saturating_add(1));
            match (upper, lower) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            }
        });
        println!("    {before}{}{after}", halves.collect::<String>());
    }
    Ok(())
}
