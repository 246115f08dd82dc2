//! What begins at each token of a text: quotations, mentions and cues, with the tests that they pass.

use super::Scene;
use super::atom::Atoms;
use super::passes::{MOST_TESTS, Tests};
use super::run::MOST_STOPS;
use crate::mention::Mention;
use crate::span::TokenSpan;

/// What leads over one or more tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// Which quotation, mention or cue it is.
    pub index: u32,
}

/// Edges in the order of the tokens at which they begin.
#[derive(Debug)]
pub(super) struct Edges(Vec<Edge>);

impl Edges {
    fn new(mut all: Vec<Edge>) -> Self {
        // Nearly all are in their order already, and sorting would take memory.
        if !all.is_sorted_by_key(|edge| edge.start) {
            all.sort_by_key(|edge| edge.start);
        }
        Self(all)
    }

    /// All of them.
    pub fn all(&self) -> &[Edge] {
        &self.0
    }

    /// Those that begin with the token.
    pub fn at(&self, token: usize) -> &[Edge] {
        split(self.behind(token), token + 1).0
    }

    /// Those that begin with the token or behind it.
    pub fn behind(&self, token: usize) -> &[Edge] {
        &self.0[self.0.partition_point(|edge| (edge.start as usize) < token)..]
    }
}

/// Those of the edges that begin before the token, which are few, and the others.
pub(super) fn split(edges: &[Edge], token: usize) -> (&[Edge], &[Edge]) {
    edges.split_at(edges.iter().take_while(|edge| (edge.start as usize) < token).count())
}

/// A text with all that may begin at each of its tokens.
#[derive(Debug)]
pub(super) struct Lattice<'a> {
    pub scene: &'a Scene<'a>,
    atoms: &'a Atoms,
    pub quotations: Edges,
    pub mentions: Edges,
    pub cues: Edges,
    /// For each cue the tests that it passes, a bit each.
    passed: Vec<Tests>,
    /// For each token a bit that says whether a sentence begins there.
    starts: Vec<u64>,
}

impl<'a> Lattice<'a> {
    pub fn new(scene: &'a Scene<'a>, atoms: &'a Atoms) -> Self {
        let edge = |index, span: TokenSpan| Edge { start: span.start, end: span.end, index };
        let quotations = scene.quotations.iter().map(|&(index, span)| edge(index, span)).collect();
        let longer = |mention: &Mention| mention.full.end > mention.base.end;
        let joined = |mention: &Mention| mention.full.start < mention.base.start;
        let edges = |mention| 1 + usize::from(longer(mention)) + usize::from(joined(mention));
        let count = scene.mentions.iter().map(edges).sum();
        let mut mentions = Vec::with_capacity(count);
        for (mention, index) in scene.mentions.iter().zip(0..) {
            if longer(mention) {
                let full = TokenSpan { start: mention.base.start, end: mention.full.end };
                mentions.push(edge(index, full));
            }
            mentions.push(edge(index, mention.base));
            // Ned Halloway and Tomas Bray: the second of two who are one reaches from the first.
            if joined(mention) {
                mentions.push(edge(index, mention.full));
            }
        }
        let cues = scene.cues.iter().zip(0..).map(|(cue, index)| edge(index, cue.tokens)).collect();
        let passed = scene.cues.iter().map(|cue| atoms.cues.passed(cue, scene.lexicon)).collect();
        let mut starts = vec![0; scene.tokens.len() / 64 + 1];
        for at in scene.sentences.iter().map(|sentence| sentence.tokens.start as usize) {
            starts[at / 64] |= 1 << (at % 64);
        }
        Self {
            scene,
            atoms,
            quotations: Edges::new(quotations),
            mentions: Edges::new(mentions),
            cues: Edges::new(cues),
            passed,
            starts,
        }
    }

    pub fn len(&self) -> usize {
        self.scene.tokens.len()
    }

    /// The mention passes the test of this number.
    pub fn mention_passes(&self, edge: &Edge, test: u16) -> bool {
        self.atoms.mentions.passes(self.scene, test.into(), edge.index)
    }

    /// The tests that the cue passes, a bit each.
    pub fn passed(&self, cue: &Edge) -> Tests {
        self.passed[cue.index as usize]
    }

    /// The cue passes the test of this number.
    pub fn cue_passes(&self, edge: &Edge, test: u16) -> bool {
        let test = usize::from(test);
        if test < MOST_TESTS {
            self.passed(edge).has(test)
        } else {
            self.atoms.cues.passes(test, &self.scene.cues[edge.index as usize], self.scene.lexicon)
        }
    }

    /// The sentence in which the token stands.
    pub fn sentence(&self, at: usize) -> TokenSpan {
        self.scene.sentences[self.sentence_number(at)].tokens
    }

    fn sentence_number(&self, at: usize) -> usize {
        self.scene.sentences.partition_point(|s| s.tokens.end as usize <= at)
    }

    /// A sentence begins with this token, or the text ends before it.
    pub fn starts_sentence(&self, at: usize) -> bool {
        at >= self.len() || self.starts[at / 64] >> (at % 64) & 1 != 0
    }

    /// Nothing but stops follows in the sentence of the token before.
    pub fn ends_sentence(&self, at: usize) -> bool {
        let stop = |at: usize| self.scene.tokens[at].ends_sentence();
        at > 0
            && (at..=at + MOST_STOPS)
                .find(|&at| self.starts_sentence(at) || !stop(at))
                .is_some_and(|at| self.starts_sentence(at))
    }

    /// A paragraph begins with this token, or the text ends before it.
    pub fn starts_paragraph(&self, at: usize) -> bool {
        if !self.starts_sentence(at) {
            return false;
        }
        let sentences = self.scene.sentences;
        let number = self.sentence_number(at);
        number == 0 || sentences.get(number).is_none_or(|s| sentences[number - 1].paragraph != s.paragraph)
    }
}
