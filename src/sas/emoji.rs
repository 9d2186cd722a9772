/// One of the 64 emoji of the Matrix specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Emoji {
    /// Its number, from 0 to 63.
    pub index: u8,
    /// The emoji itself; where its characters can also be drawn as text, with the selector that asks for the emoji.
    pub symbol: &'static str,
    /// Its name in English, for those who do not see it. The specification has it in other languages, by number.
    pub description: &'static str,
}

/// The emoji with a number; of a greater one, the lowest six bits count.
pub(super) fn with_index(index: u8) -> Emoji {
    let index = index & 0x3f;
    let (symbol, description) = EMOJI.get(usize::from(index)).copied().unwrap_or_default();
    Emoji { index, symbol, description }
}

/// Symbol and name, by number (Matrix specification, "SAS method: emoji").
const EMOJI: [(&str, &str); 64] = [
    ("\u{1F436}", "Dog"),              // 0
    ("\u{1F431}", "Cat"),              // 1
    ("\u{1F981}", "Lion"),             // 2
    ("\u{1F40E}", "Horse"),            // 3
    ("\u{1F984}", "Unicorn"),          // 4
    ("\u{1F437}", "Pig"),              // 5
    ("\u{1F418}", "Elephant"),         // 6
    ("\u{1F430}", "Rabbit"),           // 7
    ("\u{1F43C}", "Panda"),            // 8
    ("\u{1F413}", "Rooster"),          // 9
    ("\u{1F427}", "Penguin"),          // 10
    ("\u{1F422}", "Turtle"),           // 11
    ("\u{1F41F}", "Fish"),             // 12
    ("\u{1F419}", "Octopus"),          // 13
    ("\u{1F98B}", "Butterfly"),        // 14
    ("\u{1F337}", "Flower"),           // 15
    ("\u{1F333}", "Tree"),             // 16
    ("\u{1F335}", "Cactus"),           // 17
    ("\u{1F344}", "Mushroom"),         // 18
    ("\u{1F30F}", "Globe"),            // 19
    ("\u{1F319}", "Moon"),             // 20
    ("\u{2601}\u{FE0F}", "Cloud"),     // 21
    ("\u{1F525}", "Fire"),             // 22
    ("\u{1F34C}", "Banana"),           // 23
    ("\u{1F34E}", "Apple"),            // 24
    ("\u{1F353}", "Strawberry"),       // 25
    ("\u{1F33D}", "Corn"),             // 26
    ("\u{1F355}", "Pizza"),            // 27
    ("\u{1F382}", "Cake"),             // 28
    ("\u{2764}\u{FE0F}", "Heart"),     // 29
    ("\u{1F600}", "Smiley"),           // 30
    ("\u{1F916}", "Robot"),            // 31
    ("\u{1F3A9}", "Hat"),              // 32
    ("\u{1F453}", "Glasses"),          // 33
    ("\u{1F527}", "Spanner"),          // 34
    ("\u{1F385}", "Santa"),            // 35
    ("\u{1F44D}", "Thumbs Up"),        // 36
    ("\u{2602}\u{FE0F}", "Umbrella"),  // 37
    ("\u{231B}", "Hourglass"),         // 38
    ("\u{23F0}", "Clock"),             // 39
    ("\u{1F381}", "Gift"),             // 40
    ("\u{1F4A1}", "Light Bulb"),       // 41
    ("\u{1F4D5}", "Book"),             // 42
    ("\u{270F}\u{FE0F}", "Pencil"),    // 43
    ("\u{1F4CE}", "Paperclip"),        // 44
    ("\u{2702}\u{FE0F}", "Scissors"),  // 45
    ("\u{1F512}", "Lock"),             // 46
    ("\u{1F511}", "Key"),              // 47
    ("\u{1F528}", "Hammer"),           // 48
    ("\u{260E}\u{FE0F}", "Telephone"), // 49
    ("\u{1F3C1}", "Flag"),             // 50
    ("\u{1F682}", "Train"),            // 51
    ("\u{1F6B2}", "Bicycle"),          // 52
    ("\u{2708}\u{FE0F}", "Aeroplane"), // 53
    ("\u{1F680}", "Rocket"),           // 54
    ("\u{1F3C6}", "Trophy"),           // 55
    ("\u{26BD}", "Ball"),              // 56
    ("\u{1F3B8}", "Guitar"),           // 57
    ("\u{1F3BA}", "Trumpet"),          // 58
    ("\u{1F514}", "Bell"),             // 59
    ("\u{2693}", "Anchor"),            // 60
    ("\u{1F3A7}", "Headphones"),       // 61
    ("\u{1F4C1}", "Folder"),           // 62
    ("\u{1F4CC}", "Pin"),              // 63
];
