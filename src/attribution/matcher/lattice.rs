//! What begins at each token of a text: quotations, mentions and cues, with the tests that they pass.

use std::ops::Range;

use super::Scene;
use super::atom::Atoms;
use super::passes::{MOST_BITS, bit};
use super::run::MOST_STOPS;
use crate::span::TokenSpan;
use crate::token::Token;

/// What leads over one or more tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// Which quotation, mention or cue it is.
    pub index: u32,
    /// The tests that it passes, a bit each.
    pub passes: u64,
}

/// Edges by the token at which they begin.
#[derive(Debug)]
pub(super) struct Edges {
    all: Vec<Edge>,
    /// For each token, and behind the last, how many begin before it.
    before: Vec<u32>,
}

impl Edges {
    fn new(mut all: Vec<Edge>, tokens: usize) -> Self {
        all.sort_by_key(|edge| edge.start);
        let mut before = Vec::with_capacity(tokens + 1);
        for (edge, number) in all.iter().zip(0..) {
            if edge.start as usize >= before.len() {
                before.resize(edge.start as usize + 1, number);
            }
        }
        before.resize(tokens + 1, all.len() as u32);
        Self { all, before }
    }

    /// Those that begin with the token.
    pub fn at(&self, token: usize) -> &[Edge] {
        self.within(token..token + 1)
    }

    /// Those that begin with the token or behind it.
    pub fn behind(&self, token: usize) -> &[Edge] {
        &self.all[self.before[token] as usize..]
    }

    /// Those that begin with one of the tokens.
    pub fn within(&self, tokens: Range<usize>) -> &[Edge] {
        &self.all[self.before[tokens.start] as usize..self.before[tokens.end] as usize]
    }
}

/// A text with all that may begin at each of its tokens.
#[derive(Debug)]
pub(super) struct Lattice<'a> {
    pub scene: &'a Scene<'a>,
    atoms: &'a Atoms,
    pub quotations: Edges,
    pub mentions: Edges,
    pub cues: Edges,
    /// For each token its sentence.
    sentence_at: Vec<u32>,
}

impl<'a> Lattice<'a> {
    pub fn new(scene: &'a Scene<'a>, atoms: &'a Atoms) -> Self {
        let tokens = scene.tokens.len();
        let edge = |index, span: TokenSpan, passes| Edge { start: span.start, end: span.end, index, passes };
        let quotations = scene.quotations.iter().map(|&(index, span)| edge(index, span, 0)).collect();
        let mut mentions = Vec::with_capacity(scene.mentions.len() * 3 / 2);
        for (mention, index) in scene.mentions.iter().zip(0..) {
            let passes = atoms.mentions.passed(mention.kind);
            if mention.full.end > mention.base.end {
                let full = TokenSpan { start: mention.base.start, end: mention.full.end };
                mentions.push(edge(index, full, passes));
            }
            mentions.push(edge(index, mention.base, passes));
        }
        let cues = scene.cues.iter().zip(0..);
        let cues = cues.map(|((span, cue), index)| edge(index, *span, atoms.cues.passed(cue))).collect();
        let mut sentence_at = Vec::with_capacity(tokens);
        for (sentence, number) in scene.sentences.iter().zip(0..) {
            sentence_at.resize(sentence.tokens.end as usize, number);
        }
        Self {
            scene,
            atoms,
            quotations: Edges::new(quotations, tokens),
            mentions: Edges::new(mentions, tokens),
            cues: Edges::new(cues, tokens),
            sentence_at,
        }
    }

    pub fn len(&self) -> usize {
        self.scene.tokens.len()
    }

    /// The mention passes the test of this number.
    pub fn mention_passes(&self, edge: &Edge, test: u16) -> bool {
        let test = usize::from(test);
        if self.atoms.mentions.is_settled(test) {
            edge.passes & bit(test) != 0
        } else {
            self.atoms.mentions.passes(self.scene, test, edge.index)
        }
    }

    /// The cue passes the test of this number.
    pub fn cue_passes(&self, edge: &Edge, test: u16) -> bool {
        let test = usize::from(test);
        if test < MOST_BITS {
            edge.passes & bit(test) != 0
        } else {
            self.atoms.cues.passes(test, &self.scene.cues[edge.index as usize].1)
        }
    }

    /// The sentence in which the token stands.
    pub fn sentence(&self, at: usize) -> TokenSpan {
        self.scene.sentences[self.sentence_at[at] as usize].tokens
    }

    /// A sentence begins with this token, or the text ends before it.
    pub fn starts_sentence(&self, at: usize) -> bool {
        at >= self.len() || self.sentence(at).start as usize == at
    }

    /// Nothing but stops follows in the sentence of the token before.
    pub fn ends_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let end = self.sentence(before).end as usize;
        let rest = || self.scene.tokens[at..end].iter();
        at >= end || end - at <= MOST_STOPS && rest().all(Token::ends_sentence)
    }

    /// A paragraph begins with this token, or the text ends before it.
    pub fn starts_paragraph(&self, at: usize) -> bool {
        if !self.starts_sentence(at) {
            return false;
        }
        let sentences = self.scene.sentences;
        let Some(&number) = self.sentence_at.get(at) else { return true };
        let number = number as usize;
        number == 0 || sentences[number - 1].paragraph != sentences[number].paragraph
    }
}
