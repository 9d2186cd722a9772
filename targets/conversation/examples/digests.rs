//! Prints the table of `src/known.rs`.

fn main() {
    for (what, digest) in conversation::digests().expect("the conversation") {
        println!("    (\"{what}\", {digest:#010x}),");
    }
}
