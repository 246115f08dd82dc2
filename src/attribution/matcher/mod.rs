//! Patterns over tokens, quotations, mentions and cues: here is a text's lattice, find all that could be said in it.
//!
//! A pattern is compiled to a few steps of a small machine. At each token only those forms run whose first
//! element can stand there; a run goes through all ways that the lattice offers, with a bound on its steps, so
//! that the time grows with the text and never faster.

mod ahead;
mod atom;
mod bits;
mod blocks;
mod ground;
mod lattice;
mod look;
mod matches;
mod passes;
mod program;
mod reach;
mod run;
mod tree;
mod words;

use super::cue::CueGroup;
use crate::grammar::Grammar;
use crate::lexicon::Lexicon;
use crate::mention::Mention;
use crate::span::TokenSpan;
use crate::token::{Sentence, Token};
use atom::Atoms;
use lattice::Lattice;
use look::{Look, Meets};
pub use matches::{Capture, CaptureKind, Match, Matches};
use program::Program;
use reach::Window;
use tree::Tree;
use words::Words;

/// A pattern gives at most so many matches that begin at one token.
pub const MOST_MATCHES: usize = 4;

/// A form may take so many steps from one token; what needs more is no sentence that people write.
const STEPS: u32 = 400;

/// A text as the matcher sees it: its tokens, and what may begin at each of them.
///
/// Nothing is folded or copied. Where a quotation begins, the tokens inside are passed over; a mention or cue
/// is offered beside its tokens, a mention with its appositive and without.
#[derive(Debug)]
pub struct Scene<'a> {
    /// All tokens.
    pub tokens: &'a [Token],
    /// All sentences.
    pub sentences: &'a [Sentence],
    /// The words by which the tokens were scanned.
    pub lexicon: &'a Lexicon,
    /// The outermost quotations, each with its number.
    pub quotations: Vec<(u32, TokenSpan)>,
    /// All mentions.
    pub mentions: &'a [Mention],
    /// All cues.
    pub cues: &'a [CueGroup],
}

/// A number of 16 bits, of which a grammar takes no more than there are.
fn number(count: usize) -> u16 {
    u16::try_from(count).expect("a grammar that needs more numbers is refused where it is loaded")
}

/// The patterns of one grammar, ready to run; plain data, shared between threads.
#[derive(Clone, Debug)]
pub struct Matcher {
    programs: Vec<Program>,
    atoms: Atoms,
    tree: Tree,
    words: Words,
    meets: Meets,
}

impl Matcher {
    /// Compiles all forms of the grammar.
    pub fn new(grammar: &Grammar) -> Self {
        let mut atoms = Atoms::default();
        let mut programs = Vec::new();
        for (number, pattern) in grammar.patterns.iter().enumerate() {
            for form in &pattern.forms {
                programs.push(Program::new(number as u32, form, &mut atoms, &grammar.lexicon));
            }
        }
        let tree = Tree::new(&programs, atoms.asks.len());
        let words = Words::new(&atoms, &tree.meets, &grammar.lexicon);
        let meets = Meets::new(&atoms, &tree.meets);
        Self { programs, atoms, tree, words, meets }
    }

    /// Adds every match that begins in one of the sentences: by token, then by rank of the pattern.
    pub fn find(&self, scene: &Scene<'_>, matches: &mut Matches) {
        let lattice = Lattice::new(scene, &self.atoms);
        // Most texts have no long sentences.
        let (mut short, mut middle, mut long, mut longest) = (None, None, None, None);
        for sentence in scene.sentences.iter().map(|s| s.tokens) {
            if sentence.len() <= Look::<1>::MOST {
                short.get_or_insert_with(|| Window::<1>::new(self, &lattice)).go(sentence, matches);
            } else if sentence.len() <= Look::<2>::MOST {
                middle.get_or_insert_with(|| Window::<2>::new(self, &lattice)).go(sentence, matches);
            } else if sentence.len() <= Look::<4>::MOST {
                long.get_or_insert_with(|| Window::<4>::new(self, &lattice)).go(sentence, matches);
            } else {
                longest.get_or_insert_with(|| Window::<8>::new(self, &lattice)).go(sentence, matches);
            }
        }
    }
}

#[cfg(test)]
mod tests;
