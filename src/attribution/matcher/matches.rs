//! The ways in which patterns fit, one behind the other.

use crate::grammar::Role;
use crate::span::TokenSpan;

/// All matches of a text, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    all: Vec<Found>,
    /// What they captured.
    captures: Vec<Capture>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    pattern: u32,
    tokens: TokenSpan,
    /// One past its last capture among those of all; its first stands behind the last of the match before.
    end: u32,
}

/// One way in which a pattern fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// Index into the grammar's patterns.
    pub pattern: u32,
    /// What stands in which role.
    pub roles: Roles<'a>,
    /// From the first to the last token.
    pub tokens: TokenSpan,
}

/// The captures of one match, in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles<'a>(&'a [Capture]);

/// What stands in one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The role.
    pub role: Role,
    /// What it is in the lattice.
    pub kind: CaptureKind,
    /// Its tokens.
    pub tokens: TokenSpan,
}

/// What a captured stretch is in the lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureKind {
    /// A whole quotation.
    Quotation(u32),
    /// A whole mention.
    Mention(u32),
    /// A cue. Where a group of words is the cue, as in `was quoted as saying`, this is the last cue in it.
    Cue(u32),
    /// Words.
    Tokens,
}

impl Matches {
    /// Room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self { all: Vec::with_capacity(count), captures: Vec::with_capacity(3 * count) }
    }

    /// How many they are.
    pub(in crate::attribution) fn len(&self) -> usize {
        self.all.len()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Match<'_>> {
        self.since(0)
    }

    /// Those from this one on.
    pub(super) fn since(&self, first: usize) -> impl Iterator<Item = Match<'_>> {
        let mut start = first.checked_sub(1).map_or(0, |before| self.all[before].end);
        self.all[first..].iter().map(move |&Found { pattern, tokens, end }| {
            let captures = &self.captures[start as usize..end as usize];
            start = end;
            Match { pattern, roles: Roles(captures), tokens }
        })
    }

    /// Adds one.
    pub(super) fn add(&mut self, pattern: u32, tokens: TokenSpan, captures: &[Capture]) {
        self.captures.extend_from_slice(captures);
        self.all.push(Found { pattern, tokens, end: self.captures.len() as u32 });
    }
}

impl<'a> Roles<'a> {
    /// The captures in the role, in the order of the text.
    pub fn of(self, role: Role) -> impl Iterator<Item = &'a Capture> {
        self.0.iter().filter(move |c| c.role == role)
    }
}

impl std::ops::Deref for Roles<'_> {
    type Target = [Capture];

    fn deref(&self) -> &[Capture] {
        self.0
    }
}
