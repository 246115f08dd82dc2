//! Pieces of invented news, of which property tests and fuzzing make texts.

/// Somebody or something that speaks.
pub const SOURCES: &[&str] = &[
    "Maria Lopez",
    "Mr. Hayashi",
    "Prof. Ó Briain-Nguyễn",
    "she",
    "a senior official who asked not to be named",
    "the ministry’s spokesman, Tom Adeyemi,",
    "Tarn Hollow Rovers F.C.",
    "several residents",
    "the Merran Echo",
    "Dr van der Berg Jr.",
];

/// Verbs with what belongs to them.
pub const VERBS: &[&str] = &[
    "said",
    "told reporters",
    "has reportedly denied",
    "wrote in a statement",
    "did not say",
    "asked",
    "was quoted as saying",
    "called it",
];

pub const WORDS: &[&str] = &[
    "we",
    "are",
    "ready",
    "the",
    "pier",
    "is",
    "shut",
    "don’t",
    "4.5",
    "U.S.",
    "now",
    "naïve",
    "1990s",
    "however",
    "it’s",
    "7 p.m.",
    "never",
    "£4m",
    "🙂",
    "co-operate",
];

/// Marks without partners, odd spaces, breaks anywhere, and what stands beside words on a page.
pub const MARKS: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "''",
    "``",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    "]",
    "…",
    "...",
    ".",
    ",",
    ":",
    ";",
    "?",
    "!",
    "—",
    "-",
    ">",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "\u{2028}",
    "\u{200b}",
    "\u{301}",
    "\u{feff}",
    "’s",
    "@handle",
    "#tag",
    "http://a.b/c?d=“e”",
    "&",
    "*",
    "_",
];

/// What begins a sentence, a label or a nested quotation.
pub const BEGINNINGS: &[&str] =
    &["that", "according to", "Q:", "A:", "THE CHAIRPERSON:", "“’Tis", "rock ’n’ roll", "6'2\""];
