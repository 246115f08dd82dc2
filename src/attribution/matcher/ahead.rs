//! What begins in a window, and what begins behind it: windows go through a text from left to right.

use super::bits::Bits;
use super::blocks::Blocks;
use super::lattice::{Edge, Edges, split};

/// Some edges, with those that begin in a window at hand.
#[derive(Debug)]
pub(super) struct Ahead<'a, const W: usize> {
    edges: &'a Edges,
    /// From the beginning of the window to the end of the text.
    all: &'a [Edge],
    /// Those that begin in the window.
    pub here: &'a [Edge],
    start: usize,
    len: usize,
    /// The places of the window at which some begin.
    pub starts: Bits<W>,
    /// At each of these the place of the first among those of the window.
    first: Vec<u16>,
}

impl<'a, const W: usize> Ahead<'a, W> {
    /// Before the first window.
    pub fn new(edges: &'a Edges) -> Self {
        let first = vec![0; 64 * W];
        Self { edges, all: edges.all(), here: &[], start: 0, len: 0, starts: Bits::NONE, first }
    }

    /// Goes on to the window over so many tokens, which begins no earlier than the last.
    pub fn go(&mut self, start: usize, len: usize) {
        // Where windows do not overlap, all that began in the last lies behind.
        let passed = if start < self.start + self.len { 0 } else { self.here.len() };
        (self.start, self.len) = (start, len);
        (_, self.all) = split(&self.all[passed..], start);
        (self.here, _) = split(self.all, start + len);
    }

    /// Finds the places of those that begin in the window, and makes them the only blocks.
    pub fn lay_out(&mut self, blocks: &mut Blocks<W>) {
        self.starts = Bits::NONE;
        blocks.clear();
        for (number, edge) in self.here.iter().enumerate().rev() {
            let place = edge.start as usize - self.start;
            self.starts.insert(place);
            self.first[place] = number as u16;
            blocks.add(place, edge.end as usize - self.start, self.len);
        }
    }

    /// Those that begin with the token.
    #[inline]
    pub fn at(&self, token: usize) -> &'a [Edge] {
        let place = token.wrapping_sub(self.start);
        if place >= self.len {
            self.edges.at(token)
        } else if self.starts.has(place) {
            split(&self.here[usize::from(self.first[place])..], token + 1).0
        } else {
            &[]
        }
    }

    /// Those that begin with the token right behind the window.
    pub fn at_end(&self) -> &'a [Edge] {
        split(&self.all[self.here.len()..], self.start + self.len + 1).0
    }
}
