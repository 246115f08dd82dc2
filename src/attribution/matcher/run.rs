//! One form, run at one token, through all ways that the lattice offers.

use super::atom::Ask;
use super::lattice::Lattice;
use super::program::{Edge, Program, Step};
use super::reach::Reach;
use super::{Capture, CaptureKind, MOST_MATCHES, Match, Roles, STEPS};
use crate::grammar::Role;
use crate::span::TokenSpan;
use crate::token::Token;

/// Adds the matches of the form that begin at `start`, by ways that can still come to an end.
pub(super) fn run(
    lattice: &Lattice<'_>,
    program: &Program,
    reach: &impl Reach,
    start: usize,
    matches: &mut Vec<Match>,
) {
    let before = matches
        .iter()
        .rev()
        .take_while(|m| m.pattern == program.pattern && m.tokens.start as usize == start)
        .count();
    let first = matches.len() - before;
    let mut run = Run {
        lattice,
        program,
        reach,
        start,
        first,
        matches,
        steps: STEPS,
        roles: Roles::new(),
        groups: [Group::default(); DEEPEST],
        depth: 0,
        last_cue: None,
    };
    run.step(0, Place { at: start, free: true, clause: false });
}

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
    matches: &'a mut Vec<Match>,
    steps: u32,
    roles: Roles,
    groups: [Group; DEEPEST],
    depth: usize,
    /// The cue that was matched last, and where it begins.
    last_cue: Option<(u32, usize)>,
}

/// A captured group that has begun.
#[derive(Clone, Copy, Default)]
struct Group {
    start: usize,
    /// The only item in it so far.
    item: Option<(CaptureKind, TokenSpan)>,
}

/// Where the run stands.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    /// A sentence may begin here: the form has said so, or has not begun.
    free: bool,
    /// The last thing covered was a CLAUSE, which ends where the next element or the sentence does.
    clause: bool,
}

impl Place {
    fn item(at: usize) -> Self {
        Self { at, free: false, clause: false }
    }
}

impl<R: Reach> Run<'_, R> {
    fn step(&mut self, step: usize, place: Place) {
        if !self.reach.allows(step, place.at)
            || self.steps == 0
            || self.matches.len() - self.first >= MOST_MATCHES
        {
            return;
        }
        self.steps -= 1;
        let program = self.program;
        match &program.steps[step] {
            Step::Item(ask, _, role) => {
                if self.open_road(place) {
                    self.item(*ask, *role, step + 1, place);
                }
            }
            Step::Edge(edge) => self.edge(*edge, step + 1, place),
            Step::Clause(role) => self.clause(*role, step + 1, place),
            Step::Gap(most) => self.gap(*most, step + 1, place),
            Step::Either(other) => {
                self.step(step + 1, place);
                self.step(*other, place);
            }
            Step::Jump(to) => self.step(*to, place),
            Step::Open => self.open(step + 1, place),
            Step::Close(role) => self.close(*role, step + 1, place),
            Step::Accept => self.accept(place),
        }
    }

    fn edge(&mut self, edge: Edge, next: usize, place: Place) {
        match edge {
            Edge::Start if self.lattice.starts_sentence(place.at) => {
                self.step(next, Place { free: true, ..place });
            }
            Edge::Paragraph if self.lattice.starts_paragraph(place.at) => {
                self.step(next, Place { free: true, ..place });
            }
            Edge::End if self.ends_sentence(place.at) => self.step(next, Place { clause: false, ..place }),
            Edge::Start | Edge::Paragraph | Edge::End => {}
        }
    }

    fn item(&mut self, ask: Ask, role: Option<Role>, next: usize, place: Place) {
        let (lattice, at) = (self.lattice, place.at);
        match ask {
            Ask::Quote => {
                for edge in lattice.quotations.at(at) {
                    self.take(CaptureKind::Quotation(edge.index), role, next, at, edge.end as usize);
                }
            }
            Ask::Mention(test) => {
                for edge in lattice.mentions.at(at).iter().filter(|edge| lattice.mention_passes(edge, test)) {
                    self.take(CaptureKind::Mention(edge.index), role, next, at, edge.end as usize);
                }
            }
            Ask::Cue(test) => {
                for edge in lattice.cues.at(at).iter().filter(|edge| lattice.cue_passes(edge, test)) {
                    self.take(CaptureKind::Cue(edge.index), role, next, at, edge.end as usize);
                }
            }
            Ask::List(list) => {
                let words = &lattice.scene.tokens[at..];
                let entry = lattice.scene.lexicon.entry(words[0].word);
                let word = |n: usize| words.get(n).map(|token| token.hash);
                if let Some((length, _)) = lattice.scene.lexicon.phrase_of(entry, list, word) {
                    self.take(CaptureKind::Tokens, role, next, at, at + length);
                }
            }
            ask => {
                if ask.token(&lattice.scene.tokens[at]) {
                    self.take(CaptureKind::Tokens, role, next, at, at + 1);
                }
            }
        }
    }

    /// Goes on behind an item, then forgets it.
    fn take(&mut self, kind: CaptureKind, role: Option<Role>, next: usize, at: usize, end: usize) {
        let tokens = TokenSpan::new(at, end);
        let (roles, last_cue) = (self.roles.len, self.last_cue);
        let groups = (self.depth > 0).then_some(self.groups);
        for group in &mut self.groups[..self.depth] {
            group.item = if group.start == at { Some((kind, tokens)) } else { None };
        }
        if let CaptureKind::Cue(index) = kind {
            self.last_cue = Some((index, at));
        }
        if let Some(role) = role {
            self.roles.push(Capture { role, kind, tokens });
        }
        self.step(next, Place::item(end));
        self.roles.len = roles;
        self.last_cue = last_cue;
        if let Some(groups) = groups {
            self.groups = groups;
        }
    }

    /// Tries each end of a clause, the shortest first; a quotation inside is passed over as a whole.
    fn clause(&mut self, role: Option<Role>, next: usize, place: Place) {
        // At the beginning of a form a clause is a sentence's own beginning, or every token would begin one.
        let starts = self.lattice.starts_sentence(place.at);
        if !self.open_road(place) || !starts && (place.at == self.start || self.ends_sentence(place.at)) {
            return;
        }
        let lattice = self.lattice;
        let sentence = lattice.sentence(place.at).end as usize;
        let over = self.stops_from(sentence);
        // What ends with its clause ends with the sentence.
        let last = self.program.accepts(next);
        let roles = self.roles.len;
        let mut at = place.at;
        if last && at < over && lattice.quotations.within(at..over).is_empty() {
            at = over - 1;
        }
        while at < lattice.len() && self.steps > 0 {
            if at > place.at && at >= over && (at <= sentence || self.ends_sentence(at)) {
                break;
            }
            at = lattice.quotation_end(at).unwrap_or(at + 1);
            if last && at < over || !self.reach.allows(next, at) {
                continue;
            }
            self.roles.len = roles;
            if let Some(role) = role {
                let tokens = TokenSpan::new(place.at, at);
                self.roles.push(Capture { role, kind: CaptureKind::Tokens, tokens });
            }
            self.step(next, Place { at, free: false, clause: true });
        }
        self.roles.len = roles;
    }

    /// Where the stops at the end of a sentence begin.
    fn stops_from(&self, end: usize) -> usize {
        let before = self.lattice.scene.tokens[..end].iter().rev().take(MOST_STOPS);
        end - before.take_while(|token| token.ends_sentence()).count()
    }

    /// The fewest items first; a mention counts as one, a quotation may not be left out.
    fn gap(&mut self, most: u8, next: usize, place: Place) {
        self.step(next, place);
        if most == 0 || self.steps == 0 || !self.open_road(place) || self.ends_sentence(place.at) {
            return;
        }
        let lattice = self.lattice;
        if !lattice.quotations.at(place.at).is_empty() {
            return;
        }
        let longest = lattice.mentions.at(place.at).iter().map(|edge| edge.end as usize).max();
        self.gap_on(most - 1, next, longest.unwrap_or(place.at + 1));
    }

    fn gap_on(&mut self, left: u8, next: usize, at: usize) {
        self.steps = self.steps.saturating_sub(1);
        self.gap(left, next, Place::item(at));
    }

    fn open(&mut self, next: usize, place: Place) {
        if self.depth == DEEPEST {
            return;
        }
        self.groups[self.depth] = Group { start: place.at, item: None };
        self.depth += 1;
        self.step(next, place);
        self.depth -= 1;
    }

    fn close(&mut self, role: Role, next: usize, place: Place) {
        self.depth -= 1;
        let group = self.groups[self.depth];
        let tokens = TokenSpan::new(group.start, place.at);
        let whole = group.item.filter(|(_, covered)| *covered == tokens).map(|(kind, _)| kind);
        let cue = self.last_cue.filter(|&(_, at)| role == Role::Cue && at >= group.start);
        let kind = whole.or(cue.map(|(index, _)| CaptureKind::Cue(index))).unwrap_or(CaptureKind::Tokens);
        let roles = self.roles.len;
        if !tokens.is_empty() {
            self.roles.push(Capture { role, kind, tokens });
        }
        self.step(next, place);
        self.roles.len = roles;
        self.groups[self.depth] = group;
        self.depth += 1;
    }

    fn accept(&mut self, place: Place) {
        if place.at == self.start || place.clause && !self.ends_sentence(place.at) {
            return;
        }
        let mut roles = self.roles;
        roles.captures[..roles.len].sort_by_key(|c| (c.tokens, c.role));
        let tokens = TokenSpan::new(self.start, place.at);
        let new = Match { pattern: self.program.pattern, roles, tokens };
        if !self.matches[self.first..].iter().any(|m| m.roles == new.roles) {
            self.matches.push(new);
        }
    }

    /// There is a token, and it does not begin a sentence that the form has not asked for.
    fn open_road(&self, place: Place) -> bool {
        place.at < self.lattice.len() && (place.free || !self.lattice.starts_sentence(place.at))
    }

    /// Nothing but stops follows in the sentence of the token before.
    fn ends_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let end = self.lattice.sentence(before).end as usize;
        let rest = || self.lattice.scene.tokens[at..end].iter();
        at >= end || end - at <= MOST_STOPS && rest().all(Token::ends_sentence)
    }
}
