//! From where a form can still come to its end: found for all places of a sentence at once, from the last step
//! backwards, so that no run goes where nothing is to be had.
//!
//! This changes no result. The steps of a form lead forwards only, and each place is a bit: the places from which
//! a step leads on are a few shifts of the places where the next step may begin. What lies beyond the sentence, or
//! beyond the window over a very long one, counts as possible.

use super::bits::Bits;
use super::ground::Ground;
use super::lattice::Lattice;
use super::program::{Program, Step};
use super::run::run;
use super::tree::{Kind, Needs, Tree};
use super::{Match, Matcher};
use crate::span::TokenSpan;

/// Where each step of one form may be taken.
pub(super) trait Reach {
    /// The step may be taken at the token.
    fn allows(&self, step: usize, at: usize) -> bool;
}

/// The forms of a grammar over one window of a sentence at a time.
pub(super) struct Window<'a, const W: usize> {
    lattice: &'a Lattice<'a>,
    programs: &'a [Program],
    tree: &'a Tree,
    ground: Ground<'a, W>,
    /// For each branch the places where it may be; of this window where the walk has come to it.
    places: Vec<Bits<W>>,
    /// The forms that have what they need, in order.
    forms: Vec<u32>,
    /// Tokens and the forms that may begin there, in order.
    runs: Vec<(u16, u32)>,
}

/// The steps of one form over the window.
pub(super) struct Steps<'a, const W: usize> {
    places: &'a [Bits<W>],
    branches: &'a [u32],
    start: usize,
    len: usize,
}

impl<const W: usize> Reach for Steps<'_, W> {
    fn allows(&self, step: usize, at: usize) -> bool {
        let place = at.wrapping_sub(self.start);
        place > self.len || self.places[self.branches[step] as usize].has(place)
    }
}

impl<'a, const W: usize> Window<'a, W> {
    pub fn new(matcher: &'a Matcher, lattice: &'a Lattice<'a>) -> Self {
        Self {
            lattice,
            programs: &matcher.programs,
            tree: &matcher.tree,
            ground: Ground::new(lattice, matcher),
            places: Vec::new(),
            forms: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// Goes through a sentence and adds the matches that begin in it, by token and form.
    pub fn go(&mut self, sentence: TokenSpan, matches: &mut Vec<Match>) {
        self.places.resize(self.tree.branches.len(), Bits::NONE);
        let most = Ground::<W>::MOST;
        let sentence = sentence.range();
        let mut start = sentence.start;
        while start < sentence.end {
            let len = (sentence.end - start).min(most);
            let last = start + len == sentence.end;
            self.ground.look(start, len, sentence.end);
            // Windows overlap, so that what begins in one is seen nearly to its end.
            let own = if last { len } else { most - most / 8 };
            self.walk(own, start == sentence.start, last);
            for &(at, form) in &self.runs {
                let branches = &self.tree.forms[form as usize];
                let steps = Steps { places: &self.places, branches, start, len };
                let program = &self.programs[form as usize];
                run(self.lattice, program, &steps, start + usize::from(at), matches);
            }
            start += own;
        }
    }

    /// Finds the runs that begin before `own`; the window may be the first of its sentence, and the last.
    ///
    /// Left out are branches of which no form has what it needs, and those that grow out of a step that all their
    /// forms must take and that may be nowhere.
    fn walk(&mut self, own: usize, first: bool, last: bool) {
        self.runs.clear();
        let closed = last && !self.ground.leads_out;
        let met = if closed { self.ground.met } else { Needs::ALL };
        self.tree.left(&met, |pair| !closed || self.ground.has(pair), &mut self.forms);
        let mut forms = self.forms.iter();
        let mut left = forms.next();
        let (branches, places, ground) = (&self.tree.branches[..], &mut self.places[..], &mut self.ground);
        let mut at = 0;
        while let Some(&form) = left {
            let branch = &branches[at];
            if form >= branch.forms.1 {
                at = branch.skip as usize;
                continue;
            }
            let after = places[branch.next as usize];
            let mut here = match branch.kind {
                Kind::Atom(atom, shape) => ground.before(atom, shape, &after),
                Kind::Clause => after.below_last(),
                Kind::Gap(most) => ground.before_gap(most, after),
                Kind::Either(other) => after.or(places[other as usize]),
                Kind::Or(atom, shape, other) => {
                    let mut atom = ground.before(atom, shape, &after);
                    if !last {
                        atom.insert(ground.len);
                    }
                    places[at] = atom;
                    at += 1;
                    atom.or(places[other as usize])
                }
                Kind::End => after.and(ground.ends),
                Kind::Start => after.and(ground.starts),
                Kind::Paragraph => after.and(ground.paragraphs),
                Kind::Follows(atom, need) if !met.has(need.into()) && !ground.follows(atom) => Bits::NONE,
                Kind::Follows(..) | Kind::Accept => Bits::ALL,
                Kind::Form(form) => {
                    // A clause at the beginning of a form is a sentence’s own beginning.
                    let clause = matches!(self.programs[form as usize].steps[0], Step::Clause(_));
                    let own = if !clause { own } else { usize::from(first) };
                    let runs = &mut self.runs;
                    after.and(Bits::below(own)).iter().for_each(|at| runs.push((at as u16, form)));
                    left = forms.next();
                    at += 1;
                    continue;
                }
            };
            if !last || branch.beyond && goes_behind(ground, branch.kind) {
                here.insert(ground.len);
            }
            places[at] = here;
            at += 1;
            if branch.gate && here.is_empty() && !ground.leads_out {
                at = branch.skip as usize;
                while left.is_some_and(|&form| form < branch.forms.1) {
                    left = forms.next();
                }
            }
        }
        self.runs.sort_unstable();
    }
}

/// What began in the sentence may go on there behind it.
fn goes_behind<const W: usize>(ground: &Ground<'_, W>, kind: Kind) -> bool {
    match kind {
        Kind::Atom(atom, _) => ground.follows(atom),
        Kind::Clause | Kind::Gap(_) => true,
        _ => false,
    }
}
