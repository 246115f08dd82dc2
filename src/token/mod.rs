//! Words and marks of a text, with what the lexicon says of each.

mod calendar;
mod capitals;
pub mod class;
pub mod classify;
mod counted;
mod eight;
pub mod scan;
pub mod sentence;
mod settle;
pub(crate) mod tag;
pub mod tally;

pub(crate) use counted::parent_of;

use crate::lexicon::WordId;
use crate::span::{Span, TokenSpan};

/// One word, number, mark or sign.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Folded hash of the word (see [`crate::lexicon::fold`]).
    pub hash: u64,
    /// Its entry in the lexicon, 0 where no list has it.
    pub word: WordId,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
    /// White space stands before it.
    pub spaced: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word, with inner hyphens, apostrophes and stops: `re-elected`, `don’t`, `U.S.`, `Mr.`
    Word,
    /// A number with its signs: `24,000`, `$5`, `38%`, `1990s`
    Number,
    /// What an apostrophe ties to the word before: `’s`, `’ll`, or the bare apostrophe of `drivers’`
    Clitic,
    /// `@name`, `#tag`
    Handle,
    /// A web address
    Link,
    /// `,`
    Comma,
    /// `.`
    Stop,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `–`, `—`, `--`, or a hyphen between spaces
    Dash,
    /// `?`
    Question,
    /// `!`
    Exclamation,
    /// `…` or `...`
    Ellipsis,
    /// `(` `[` `{`
    Open,
    /// `)` `]` `}`
    Close,
    /// A quotation mark of any style, or an apostrophe that looks like one
    Mark,
    /// Anything else
    Symbol,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letters
    None,
    /// `minister`
    Lower,
    /// `Minister`, `McDonald`
    Capital,
    /// `MINISTER`, `NATO`
    Upper,
}

impl Token {
    /// Starts with a capital letter.
    pub fn capitalised(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    /// `.`, `?`, `!` or `…`
    pub fn ends_sentence(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis)
    }
}

/// A sentence: tokens of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// The paragraph in which it stands.
    pub paragraph: u32,
}
