//! One form, run at one token, through all ways that the lattice offers.

use super::atom::is_mark;
use super::program::{Edge, Program, Step};
use super::reach::Reach;
use super::{Capture, CaptureKind, CueInfo, MOST_MATCHES, Match, Roles, STEPS, Scene};
use crate::grammar::{CueTest, Item, MentionClass, MentionTest, Role};
use crate::mention::MentionKind;
use crate::span::TokenSpan;
use crate::token::{Kind, Token};

/// Adds the matches of the form that begin at `start`, by ways that can still come to an end.
pub(super) fn run<S: Scene>(
    scene: &S,
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
        scene,
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

struct Run<'a, S, R> {
    scene: &'a S,
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

impl<S: Scene, R: Reach> Run<'_, S, R> {
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
            Step::Item(item, _, role) => {
                if self.open_road(place) {
                    self.item(item, *role, step + 1, place);
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
            Edge::Start if self.starts_sentence(place.at) => self.step(next, Place { free: true, ..place }),
            Edge::Paragraph if self.starts_paragraph(place.at) => {
                self.step(next, Place { free: true, ..place });
            }
            Edge::End if self.ends_sentence(place.at) => self.step(next, Place { clause: false, ..place }),
            Edge::Start | Edge::Paragraph | Edge::End => {}
        }
    }

    fn item(&mut self, item: &Item, role: Option<Role>, next: usize, place: Place) {
        let scene = self.scene;
        match item {
            Item::Quote => {
                if let Some((index, end)) = scene.quotation(place.at) {
                    self.take(CaptureKind::Quotation(index), role, next, place.at, end);
                }
            }
            Item::Mention(test) => scene.mentions(place.at, &mut |index, end| {
                if mention_passes(scene, test, index) {
                    self.take(CaptureKind::Mention(index), role, next, place.at, end);
                }
            }),
            Item::Cue(test) => scene.cues(place.at, &mut |index, end| {
                let cue = scene.cue(index);
                if cue_passes(test, &cue) && !(cue.idle && role == Some(Role::Cue)) {
                    self.take(CaptureKind::Cue(index), role, next, place.at, end);
                }
            }),
            Item::List(list) => {
                let at = place.at;
                let word = |n: usize| (at + n < scene.len()).then(|| scene.token(at + n).hash);
                let entry = scene.lexicon().entry(scene.token(at).word);
                if let Some((length, _)) = scene.lexicon().phrase_of(entry, *list, word) {
                    self.take(CaptureKind::Tokens, role, next, at, at + length);
                }
            }
            item => {
                if token_passes(item, scene.token(place.at)) {
                    self.take(CaptureKind::Tokens, role, next, place.at, place.at + 1);
                }
            }
        }
    }

    /// Goes on behind an item, then forgets it.
    fn take(&mut self, kind: CaptureKind, role: Option<Role>, next: usize, at: usize, end: usize) {
        let tokens = TokenSpan::new(at, end);
        let (roles, last_cue, groups) = (self.roles.len, self.last_cue, self.groups);
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
        self.groups = groups;
    }

    /// Tries each end of a clause, the shortest first; a quotation inside is passed over as a whole.
    fn clause(&mut self, role: Option<Role>, next: usize, place: Place) {
        // At the beginning of a form a clause is a sentence's own beginning, or every token would begin one.
        let starts = self.starts_sentence(place.at);
        if !self.open_road(place) || !starts && (place.at == self.start || self.ends_sentence(place.at)) {
            return;
        }
        let scene = self.scene;
        let sentence = scene.sentence(place.at).end as usize;
        let over = self.stops_from(sentence);
        // What ends with its clause ends with the sentence.
        let last = self.program.accepts(next);
        let roles = self.roles.len;
        let mut at = place.at;
        while at < scene.len() && self.steps > 0 {
            if at > place.at && at >= over && (at <= sentence || self.ends_sentence(at)) {
                break;
            }
            at = scene.quotation(at).map_or(at + 1, |(_, end)| end);
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
        let stops = (0..end).rev().take(MOST_STOPS).take_while(|&i| self.scene.token(i).ends_sentence());
        end - stops.count()
    }

    /// The fewest items first; a mention counts as one, a quotation may not be left out.
    fn gap(&mut self, most: u8, next: usize, place: Place) {
        self.step(next, place);
        if most == 0 || self.steps == 0 || !self.open_road(place) || self.ends_sentence(place.at) {
            return;
        }
        let scene = self.scene;
        if scene.quotation(place.at).is_some() {
            return;
        }
        let mut longest = place.at + 1;
        scene.mentions(place.at, &mut |_, end| longest = longest.max(end));
        self.gap_on(most - 1, next, longest);
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
        place.at < self.scene.len() && (place.free || !self.starts_sentence(place.at))
    }

    fn starts_sentence(&self, at: usize) -> bool {
        at >= self.scene.len() || self.scene.sentence(at).start as usize == at
    }

    fn starts_paragraph(&self, at: usize) -> bool {
        at >= self.scene.len() || self.scene.paragraph_start(at)
    }

    /// Nothing but stops follows in the sentence of the token before.
    fn ends_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let end = self.scene.sentence(before).end as usize;
        at >= end || end - at <= MOST_STOPS && (at..end).all(|i| self.scene.token(i).ends_sentence())
    }
}

fn token_passes(item: &Item, token: &Token) -> bool {
    match item {
        Item::Word(hash) => token.hash == *hash,
        Item::AnyWord => token.kind == Kind::Word,
        Item::Number => token.kind == Kind::Number,
        Item::Mark(mark) => is_mark(*mark, token),
        _ => false,
    }
}

pub(super) fn mention_passes<S: Scene>(scene: &S, test: &MentionTest, index: u32) -> bool {
    let mention = scene.mention(index);
    let kind = kind_passes(test.kind, mention.kind);
    let listed = |from: TokenSpan| {
        if from.is_empty() {
            return false;
        }
        let first = scene.lexicon().entry(scene.token(from.start as usize).word);
        let word = |n: usize| {
            (from.start as usize + n < from.end as usize).then(|| scene.token(from.start as usize + n).hash)
        };
        test.lists
            .iter()
            .any(|&list| scene.lexicon().phrase_of(first, list, word).is_some_and(|(n, _)| n == from.len()))
    };
    let head = TokenSpan { start: mention.head, end: mention.head + 1 };
    kind && (test.lists.is_empty() || listed(head) || listed(mention.name) || listed(mention.base))
}

/// A mention of this kind is of the class that is asked for.
pub(super) fn kind_passes(class: Option<MentionClass>, kind: MentionKind) -> bool {
    match class {
        None => true,
        Some(MentionClass::Name) => matches!(kind, MentionKind::Name | MentionKind::Handle),
        Some(MentionClass::Nominal) => matches!(kind, MentionKind::Nominal | MentionKind::Quantified),
        Some(MentionClass::Pronoun) => kind == MentionKind::Pronoun,
    }
}

pub(super) fn cue_passes(test: &CueTest, cue: &CueInfo<'_>) -> bool {
    test.voice == cue.voice
        && (test.lemmas.is_empty() || test.lemmas.iter().any(|l| l.as_ref() == cue.lemma))
        && (test.stances.is_empty() || test.stances.iter().any(|s| s.as_ref() == cue.stance))
        && (test.addressees.is_empty() || test.addressees.contains(&cue.addressee))
        && (test.strengths.is_empty() || test.strengths.contains(&cue.strength))
        && (test.acts.is_empty() || test.acts.contains(&cue.act))
}
