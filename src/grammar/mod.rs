//! How English says who said what: patterns with their examples, word lists and weights, all read from `grammar/`.
//!
//! The language is taught in `grammar/README.md`. A pattern reads from left to right:
//!
//! ```text
//! pattern inverted
//!   why   The reporting verb stands before its subject, the usual tag in English news.
//!   form  content=QUOTE ,? cue=SAYS source=MENTION
//!   yes   {content “We are ready,”} {cue said} {source Maria Lopez}.
//!   no    “The Odyssey” thrilled Maria Lopez.
//! ```

pub mod ast;
mod builtin;
mod example;
mod form;
pub mod frozen;
mod load;
pub mod parse;
pub mod resolve;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::evidence::weights::Weights;
use crate::lexicon::{Act, Addressee, Lexicon, List, Strength};
use crate::span::Span;

/// Everything that is English: what the patterns, the word lists and the weights say.
///
/// ```
/// use onrecord::grammar::Grammar;
/// let english = Grammar::english();
/// assert!(english.patterns.iter().any(|p| p.id() == "after/inverted"));
/// ```
#[derive(Clone, Debug)]
pub struct Grammar {
    /// Surest first, so that the index of a pattern is its rank.
    pub patterns: Vec<Pattern>,
    /// The words.
    pub lexicon: Lexicon,
    /// What each piece of evidence is worth.
    pub weights: Weights,
    /// SHA-256 over all files, so that a result can name the grammar that gave it.
    pub digest: [u8; 32],
}

/// One way to report what somebody said, ready to match.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pattern {
    /// `after`, the file without its ending.
    pub file: String,
    /// `inverted`
    pub name: String,
    /// Why it exists, in a sentence.
    pub why: String,
    /// Why it decides by itself, where it does; the weights decide over all others.
    pub sure: Option<String>,
    /// Its forms, each an alternative.
    pub forms: Vec<Vec<Element>>,
    /// What must come out of these texts.
    pub yes: Vec<Example>,
    /// It must stay silent on these texts.
    pub no: Vec<Example>,
    /// Place in the order of patterns, 0 the surest.
    pub rank: u32,
    /// The file from which it was read, for messages.
    pub path: PathBuf,
    /// The line of its name.
    pub line: usize,
}

impl Pattern {
    /// The rule as results name it: `after/inverted`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.file, self.name)
    }
}

/// A text with the roles that must be found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Without braces; a paragraph sign has become a blank line.
    pub text: String,
    /// In the order of the text; empty in a `no` example.
    pub roles: Vec<(Role, Span)>,
    /// Its line in the file.
    pub line: usize,
}

/// What a stretch of text is in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// What was said.
    Content,
    /// The words that report.
    Cue,
    /// Who said it.
    Source,
    /// To whom.
    Addressee,
    /// Where, or in what: a statement, an interview.
    Setting,
    /// Through whom the words came.
    Via,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Content, Self::Cue, Self::Source, Self::Addressee, Self::Setting, Self::Via];

    /// As patterns write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Addressee => "addressee",
            Self::Setting => "setting",
            Self::Via => "via",
        }
    }

    /// The role that patterns write like this.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// One step of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// What must stand here.
    pub item: Item,
    /// What it is in the attribution.
    pub role: Option<Role>,
    /// It may be absent.
    pub optional: bool,
}

/// What can stand at one place of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// This word, folded.
    Word(u64),
    /// A word or phrase of the list.
    List(List),
    /// A mark.
    Mark(Mark),
    /// Any word.
    AnyWord,
    /// A number.
    Number,
    /// An outermost quotation.
    Quote,
    /// A noun phrase.
    Mention(MentionTest),
    /// A verb or noun that reports.
    Cue(CueTest),
    /// Tokens up to the next element, or to the end of the sentence.
    Clause,
    /// At most so many items of any kind but quotations.
    Gap(u8),
    /// One of several ways to go on.
    Choice(Vec<Vec<Element>>),
    /// A sentence begins here.
    Start,
    /// The sentence ends here, but for its stop.
    End,
    /// A paragraph begins here, or the text ends.
    Paragraph,
}

/// A mark, whatever its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `–`, `—`, `--`, ` - `
    Dash,
    /// `.`, `?`, `!` or `…`
    Stop,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// `>` before a line of a cited message
    Cited,
    /// A quotation mark that belongs to no quotation
    Stray,
}

/// Which noun phrases will do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionTest {
    /// Of this kind only.
    pub kind: Option<MentionClass>,
    /// Head or name stands in one of these lists; any will do where there are none.
    pub lists: Vec<List>,
}

/// The kinds of noun phrase that patterns can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MentionClass {
    /// A proper name, or a handle.
    Name,
    /// A description, or a quantity of people.
    Nominal,
    /// A personal pronoun.
    Pronoun,
}

/// How a word reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Voice {
    /// `said`, `has repeatedly said`
    Finite,
    /// `saying`
    Ing,
    /// `say` behind `to` or a modal verb
    Bare,
    /// `was quoted`, `described`
    Passive,
    /// `claim`
    Noun,
}

/// Which cues will do: a column with no entry lets everything pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueTest {
    /// In this voice.
    pub voice: Voice,
    /// One of these lemmas.
    pub lemmas: Vec<Box<str>>,
    /// One of these stances.
    pub stances: Vec<Box<str>>,
    /// Where its addressee stands.
    pub addressees: Vec<Addressee>,
    /// How surely it reports.
    pub strengths: Vec<Strength>,
    /// Its kind of act.
    pub acts: Vec<Act>,
}

impl CueTest {
    /// Any cue in this voice.
    pub fn any(voice: Voice) -> Self {
        Self {
            voice,
            lemmas: Vec::new(),
            stances: Vec::new(),
            addressees: Vec::new(),
            strengths: Vec::new(),
            acts: Vec::new(),
        }
    }
}
