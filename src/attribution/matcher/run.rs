//! One form, run at one token, through all ways that the lattice offers.

use super::atom::Ask;
use super::lattice::{Edge as Block, Lattice};
use super::program::{Edge, Program, Step};
use super::reach::Reach;
use super::{Capture, CaptureKind, MOST_MATCHES, Matches, STEPS};
use crate::grammar::{Role, resolve::MOST_CAPTURES};
use crate::span::TokenSpan;

/// Adds the matches of the form that begin at `start`, by ways that can still come to an end; from `first` on they are of
/// the same pattern and start.
pub(super) fn run(
    lattice: &Lattice<'_>,
    program: &Program,
    reach: &impl Reach,
    start: usize,
    first: usize,
    matches: &mut Matches,
) {
    let mut run = Run { lattice, program, reach, start, first, matches, steps: STEPS, captures: NONE };
    let way = Way {
        at: start,
        free: true,
        clause: false,
        captures: 0,
        nested: false,
        depth: 0,
        groups: [0; DEEPEST],
        item: None,
        cue: None,
    };
    run.go(0, way);
}

/// Room for what a form captures.
const NONE: [Capture; MOST_CAPTURES] = {
    let tokens = TokenSpan { start: 0, end: 0 };
    [Capture { role: Role::Content, kind: CaptureKind::Tokens, tokens }; MOST_CAPTURES]
};

/// Captured groups inside one another; a form that nests deeper finds nothing.
const DEEPEST: usize = 4;

/// More stops than this in a row are no end of a sentence that is worth the look.
pub(super) const MOST_STOPS: usize = 8;

struct Run<'a, R> {
    lattice: &'a Lattice<'a>,
    program: &'a Program,
    reach: &'a R,
    start: usize,
    /// Where the matches of this pattern and start begin.
    first: usize,
    matches: &'a mut Matches,
    steps: u32,
    /// What the way captured that is gone now.
    captures: [Capture; MOST_CAPTURES],
}

/// A way through the form, as far as it has come.
#[derive(Clone, Copy)]
struct Way {
    at: usize,
    /// A sentence may begin here: the form has said so, or has not begun.
    free: bool,
    /// The last thing covered was a CLAUSE, which ends where the next element or the sentence does.
    clause: bool,
    /// So much has been captured, and a group only after what stands in it.
    captures: u8,
    nested: bool,
    /// So many captured groups have not ended, and where they begin.
    depth: u8,
    groups: [u32; DEEPEST],
    /// The item that was matched last.
    item: Option<(CaptureKind, TokenSpan)>,
    /// The cue that was matched last, and where it begins.
    cue: Option<(u32, u32)>,
}

impl<R: Reach> Run<'_, R> {
    /// Goes on from this step to the end, by each way that the lattice offers.
    fn go(&mut self, mut step: usize, mut way: Way) {
        while self.steps > 0
            && self.matches.len() - self.first < MOST_MATCHES
            && self.reach.allows(step, way.at)
        {
            self.steps -= 1;
            let mut next = step + 1;
            match self.program.steps[step] {
                Step::Item(ask, _, role) if self.item(ask, role, next, &mut way) => {}
                Step::Edge(edge) if self.edge(edge, &mut way) => {}
                Step::Item(..) | Step::Edge(_) => return,
                Step::Clause(role) => return self.clause(role, next, way),
                Step::Gap(most) => return self.gap(most, next, way),
                Step::Either(other) => {
                    if !self.reach.allows(next, way.at) {
                        next = other;
                    } else if self.reach.allows(other, way.at) {
                        self.go(next, way);
                        next = other;
                    }
                }
                Step::Jump(to) => next = to,
                Step::Open if usize::from(way.depth) == DEEPEST => return,
                Step::Open => {
                    way.groups[usize::from(way.depth)] = way.at as u32;
                    way.depth += 1;
                }
                Step::Close(role) => self.close(role, &mut way),
                Step::Accept => return self.accept(&way),
            }
            step = next;
        }
    }

    /// The place is one that is asked for, and the way goes on behind it.
    fn edge(&self, edge: Edge, way: &mut Way) -> bool {
        match edge {
            Edge::Start | Edge::Paragraph => way.free = true,
            Edge::End => way.clause = false,
        }
        match edge {
            Edge::Start => self.reach.starts_sentence(way.at),
            Edge::Paragraph => self.lattice.starts_paragraph(way.at),
            Edge::End => self.reach.ends_sentence(way.at),
        }
    }

    /// Some item fits, and the way goes on behind the last that does; those before are gone to their ends.
    fn item(&mut self, ask: Ask, role: Option<Role>, next: usize, way: &mut Way) -> bool {
        if !self.open_road(way) {
            return false;
        }
        let (reach, at) = (self.reach, way.at);
        let edges = match ask {
            Ask::Quote => reach.quotations(at),
            Ask::Mention(_) => reach.mentions(at),
            Ask::Cue(_) => reach.cues(at),
            ask => {
                let Some(length) = self.words(ask, at) else { return false };
                self.pass(way, CaptureKind::Tokens, role, at + length);
                return true;
            }
        };
        let Some((last, others)) = edges.split_last() else { return false };
        for edge in others {
            if self.reach.allows(next, edge.end as usize)
                && let Some(kind) = self.kind(ask, edge)
            {
                let mut on = *way;
                self.pass(&mut on, kind, role, edge.end as usize);
                self.go(next, on);
            }
        }
        let Some(kind) = self.kind(ask, last) else { return false };
        self.pass(way, kind, role, last.end as usize);
        true
    }

    /// What it is that is asked for, if it fits.
    fn kind(&self, ask: Ask, edge: &Block) -> Option<CaptureKind> {
        match ask {
            Ask::Mention(test) => {
                self.lattice.mention_passes(edge, test).then_some(CaptureKind::Mention(edge.index))
            }
            Ask::Cue(test) => self.lattice.cue_passes(edge, test).then_some(CaptureKind::Cue(edge.index)),
            _ => Some(CaptureKind::Quotation(edge.index)),
        }
    }

    /// How many tokens the words cover that are asked for, if they are there.
    fn words(&self, ask: Ask, at: usize) -> Option<usize> {
        let words = &self.lattice.scene.tokens[at..];
        match ask {
            Ask::List(list) => {
                let lexicon = self.lattice.scene.lexicon;
                let word = |n: usize| words.get(n).map(|token| token.hash);
                lexicon.phrase_of(lexicon.entry(words[0].word), list, word).map(|(length, _)| length)
            }
            ask => ask.token(&words[0]).then_some(1),
        }
    }

    /// Goes on behind an item.
    fn pass(&mut self, way: &mut Way, kind: CaptureKind, role: Option<Role>, end: usize) {
        let tokens = TokenSpan::new(way.at, end);
        if let CaptureKind::Cue(index) = kind {
            way.cue = Some((index, tokens.start));
        }
        if let Some(role) = role {
            self.capture(way, Capture { role, kind, tokens });
        }
        way.item = Some((kind, tokens));
        (way.at, way.free, way.clause) = (end, false, false);
    }

    /// A form has no more captures than fit; the grammar is refused otherwise.
    fn capture(&mut self, way: &mut Way, capture: Capture) {
        self.captures[usize::from(way.captures)] = capture;
        way.captures += 1;
    }

    /// Tries each end of a clause, the shortest first; a quotation inside is passed over as a whole.
    fn clause(&mut self, role: Option<Role>, next: usize, way: Way) {
        // At the beginning of a form a clause is a sentence's own beginning, or every token would begin one.
        let starts = self.reach.starts_sentence(way.at);
        if !self.open_road(&way) || !starts && (way.at == self.start || self.reach.ends_sentence(way.at)) {
            return;
        }
        let lattice = self.lattice;
        let sentence = lattice.sentence(way.at).end as usize;
        let over = self.stops_from(sentence);
        // What ends with its clause ends with the sentence.
        let last = self.program.accepts(next);
        let mut quotations = lattice.quotations.behind(way.at).iter().peekable();
        let mut at = way.at;
        while at < lattice.len() && self.steps > 0 {
            if at > way.at && at >= over && (at <= sentence || self.reach.ends_sentence(at)) {
                break;
            }
            while quotations.next_if(|edge| (edge.start as usize) < at).is_some() {}
            at = match quotations.peek() {
                Some(edge) if edge.start as usize == at => edge.end as usize,
                quotation => {
                    let most = quotation.map_or(usize::MAX, |edge| edge.start as usize);
                    let to = if last { over } else { self.reach.next(next, at + 1) };
                    to.min(most).min(over).max(at + 1)
                }
            };
            if last && at < over || !self.reach.allows(next, at) {
                continue;
            }
            let mut on = Way { at, free: false, clause: true, ..way };
            if let Some(role) = role {
                let tokens = TokenSpan::new(way.at, at);
                self.capture(&mut on, Capture { role, kind: CaptureKind::Tokens, tokens });
            }
            self.go(next, on);
        }
    }

    /// Where the stops at the end of a sentence begin.
    fn stops_from(&self, end: usize) -> usize {
        let before = self.lattice.scene.tokens[..end].iter().rev().take(MOST_STOPS);
        end - before.take_while(|token| token.ends_sentence()).count()
    }

    /// The fewest items first; a mention counts as one, a quotation may not be left out.
    fn gap(&mut self, most: u8, next: usize, mut way: Way) {
        for left in (0..=most).rev() {
            if self.reach.allows(next, way.at) {
                self.go(next, way);
            }
            if left == 0
                || self.steps == 0
                || !self.open_road(&way)
                || self.reach.ends_sentence(way.at)
                || !self.reach.quotations(way.at).is_empty()
            {
                return;
            }
            let longest = self.reach.mentions(way.at).iter().map(|edge| edge.end as usize).max();
            way = Way { at: longest.unwrap_or(way.at + 1), free: false, clause: false, ..way };
            self.steps -= 1;
        }
    }

    fn close(&mut self, role: Role, way: &mut Way) {
        way.depth -= 1;
        let tokens = TokenSpan { start: way.groups[usize::from(way.depth)], end: way.at as u32 };
        if tokens.is_empty() {
            return;
        }
        let whole = way.item.filter(|(_, covered)| *covered == tokens).map(|(kind, _)| kind);
        let cue = way.cue.filter(|&(_, at)| role == Role::Cue && at >= tokens.start);
        let kind = whole.or(cue.map(|(index, _)| CaptureKind::Cue(index))).unwrap_or(CaptureKind::Tokens);
        let inner = self.captures[..way.captures.into()].last();
        way.nested |= inner.is_some_and(|inner| inner.tokens.start >= tokens.start);
        self.capture(way, Capture { role, kind, tokens });
    }

    fn accept(&mut self, way: &Way) {
        if way.at == self.start || way.clause && !self.reach.ends_sentence(way.at) {
            return;
        }
        let mut in_order;
        let mut captures = &self.captures[..way.captures.into()];
        if way.nested {
            // Other ways go on from what has been captured so far.
            in_order = self.captures;
            in_order[..captures.len()].sort_by_key(|c| (c.tokens, c.role));
            captures = &in_order[..captures.len()];
        }
        if !self.matches.since(self.first).any(|m| *m.roles == *captures) {
            let tokens = TokenSpan::new(self.start, way.at);
            self.matches.add(self.program.pattern, tokens, captures);
        }
    }

    /// There is a token, and it does not begin a sentence that the form has not asked for.
    fn open_road(&self, way: &Way) -> bool {
        way.at < self.lattice.len() && (way.free || !self.reach.starts_sentence(way.at))
    }
}
