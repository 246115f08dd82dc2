//! Which forms can come to their end, and from where: found for all places of a sentence at once, so that no run goes
//! where nothing is to be had.
//!
//! This changes no result. The steps of a form lead forwards only, and each place is a bit: the places to which a step
//! leads, or from which it does, are a few shifts of a set. First all forms are walked through together from where they
//! begin. Those that come to an end are gone through again from there, backwards, each for itself. What lies beyond the
//! sentence, or beyond the window over a very long one, counts as possible.

use super::bits::Bits;
use super::ground::Ground;
use super::lattice::{Edge as Block, Lattice};
use super::look::Look;
use super::program::{Edge, Program, Step};
use super::tree::{self, Kind, Shape, Tree};
use super::{Matcher, Matches};
use crate::span::TokenSpan;

/// Where each step of one form may be taken, and what its run asks of places.
pub(super) trait Reach {
    /// The step may be taken at the token.
    fn allows(&self, step: usize, at: usize) -> bool;

    /// The first token from this one on where the step may be taken.
    fn next(&self, step: usize, at: usize) -> usize;

    /// The quotations that begin with the token.
    fn quotations(&self, at: usize) -> &[Block];

    /// The mentions that begin with the token.
    fn mentions(&self, at: usize) -> &[Block];

    /// The cues that begin with the token.
    fn cues(&self, at: usize) -> &[Block];

    /// A sentence begins with the token, or the text ends before it.
    fn starts_sentence(&self, at: usize) -> bool;

    /// Nothing but stops follows in the sentence of the token before.
    fn ends_sentence(&self, at: usize) -> bool;
}

/// The forms of a grammar over one window of a sentence at a time.
pub(super) struct Window<'a, const W: usize> {
    lattice: &'a Lattice<'a>,
    programs: &'a [Program],
    tree: &'a Tree,
    ground: Ground<'a, W>,
    /// The places behind each branch on the path to the leaf at which the walk is, by its depth, and the first leaf that
    /// does not lie behind it.
    behind: Vec<(Bits<W>, u32)>,
    /// The leaves whose forms have what they need, a bit each.
    left: Vec<u64>,
    /// The forms that may fit.
    forms: Vec<u32>,
    /// For each of their steps the places where it may be taken.
    places: Vec<Bits<W>>,
    runs: Vec<Start>,
}

/// In most sentences no more forms than this may fit, and most have fewer steps.
const FEW: usize = 16;

/// A form may begin here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    at: u16,
    form: u32,
    /// Where the places of its steps begin.
    places: u32,
}

/// The steps of one form over the window.
struct Steps<'a, const W: usize> {
    places: &'a [Bits<W>],
    start: usize,
    len: usize,
    ground: &'a Ground<'a, W>,
}

impl<const W: usize> Steps<'_, W> {
    /// The place of a token in the window, or right behind it.
    #[inline]
    fn place(&self, token: usize) -> Option<usize> {
        let place = token.wrapping_sub(self.start);
        (place <= self.len).then_some(place)
    }
}

impl<const W: usize> Reach for Steps<'_, W> {
    #[inline]
    fn allows(&self, step: usize, at: usize) -> bool {
        self.place(at).is_none_or(|place| self.places[step].has(place))
    }

    fn next(&self, step: usize, at: usize) -> usize {
        let Some(place) = self.place(at) else { return at };
        let next = self.places[step].first_from(place).unwrap_or(usize::MAX);
        self.start + next.min(self.len + 1)
    }

    fn quotations(&self, at: usize) -> &[Block] {
        self.ground.look.quotations.at(at)
    }

    fn mentions(&self, at: usize) -> &[Block] {
        self.ground.look.mentions.at(at)
    }

    fn cues(&self, at: usize) -> &[Block] {
        self.ground.look.cues.at(at)
    }

    #[inline]
    fn starts_sentence(&self, at: usize) -> bool {
        match self.place(at) {
            Some(place) => self.ground.starts.has(place),
            None => self.ground.look.lattice.starts_sentence(at),
        }
    }

    #[inline]
    fn ends_sentence(&self, at: usize) -> bool {
        match self.place(at) {
            Some(place) => self.ground.ends.has(place),
            None => self.ground.look.lattice.ends_sentence(at),
        }
    }
}

impl<'a, const W: usize> Window<'a, W> {
    pub fn new(matcher: &'a Matcher, lattice: &'a Lattice<'a>) -> Self {
        Self {
            lattice,
            programs: &matcher.programs,
            tree: &matcher.tree,
            ground: Ground::new(lattice, matcher),
            behind: vec![(Bits::NONE, 0); matcher.tree.deepest],
            left: Vec::with_capacity(matcher.tree.words()),
            forms: Vec::with_capacity(FEW),
            places: Vec::with_capacity(FEW * FEW),
            runs: Vec::with_capacity(FEW),
        }
    }

    /// Goes through a sentence and adds the matches that begin in it, by token and form.
    pub fn go(&mut self, sentence: TokenSpan, matches: &mut Matches) {
        let most = Look::<W>::MOST;
        let sentence = sentence.range();
        let mut start = sentence.start;
        while start < sentence.end {
            let len = (sentence.end - start).min(most);
            let last = start + len == sentence.end;
            self.ground.look.go(start, len);
            // Windows overlap, so that what begins in one is seen nearly to its end.
            let own = if last { len } else { most - most / 8 };
            let first = start == sentence.start;
            let all = !last || self.ground.look.leads_out;
            if all || self.find_left() {
                self.ground.lay_out(sentence.end);
                self.find_forms(all, first);
                self.find_runs(own, first, last);
                self.run_all(start, matches);
            }
            start += own;
        }
    }

    /// Finds the forms that may fit, which may be all; the window may be the first of its sentence.
    fn find_forms(&mut self, all: bool, first: bool) {
        self.forms.clear();
        if all {
            self.forms.extend((0..).take(self.programs.len()));
        } else {
            self.walk(first);
            // Several ways may lead to the same form.
            self.forms.sort_unstable();
            self.forms.dedup();
        }
    }

    /// Runs the forms over the window that begins here.
    fn run_all(&self, start: usize, matches: &mut Matches) {
        // The pattern and the place of the run before, and where the matches of these two begin.
        let (mut same, mut from) = (None, 0);
        for run in &self.runs {
            let program = &self.programs[run.form as usize];
            if same != Some((program.pattern, run.at)) {
                same = Some((program.pattern, run.at));
                from = matches.len();
            }
            let places = &self.places[run.places as usize..];
            let steps = Steps { places, start, len: self.ground.look.len, ground: &self.ground };
            super::run::run(self.lattice, program, &steps, start + usize::from(run.at), from, matches);
        }
    }

    /// Finds the forms that have what they need, and tells whether there are any.
    fn find_left(&mut self) -> bool {
        let look = &self.ground.look;
        let met = look.met.or(look.met_behind().and(self.tree.follows));
        self.tree.left(&met, &mut self.left)
    }

    /// Goes to the forms that have what they need, but nowhere behind a step that all its forms must take and that
    /// fits nowhere.
    fn walk(&mut self, first: bool) {
        let (tree, behind) = (self.tree, &mut self.behind[..]);
        // How much of the path to the leaf before is known, and the first leaf that is not done with.
        let (mut known, mut from) = (0, 0);
        'leaves: while let Some(number) = tree::next(&self.left, from) {
            from = number + 1;
            while known > 0 && behind[known - 1].1 <= number {
                known -= 1;
            }
            for &at in &tree.path(number)[known..] {
                let branch = &tree.branches[at as usize];
                let before = behind[branch.behind.0 as usize].0.or(behind[branch.behind.1 as usize].0);
                let here = match branch.kind {
                    // As most are.
                    Kind::Atom(atom, shape) => self.ground.behind(atom, shape, before),
                    kind => self.ground.behind_branch(kind, tree, before, first),
                };
                behind[known] = (here, branch.leaves.1);
                known += 1;
                if branch.gate && here.is_empty() {
                    from = branch.leaves.1;
                    continue 'leaves;
                }
            }
            let leaf = &tree.leaves[number as usize];
            if !behind[leaf.behind.0 as usize].0.or(behind[leaf.behind.1 as usize].0).is_empty() {
                self.forms.push(leaf.form);
            }
        }
    }

    /// Finds where the forms that may fit can begin before `own`.
    fn find_runs(&mut self, own: usize, first: bool, last: bool) {
        self.runs.clear();
        self.places.clear();
        for i in 0..self.forms.len() {
            let form = self.forms[i];
            let program = &self.programs[form as usize];
            let places = self.places.len();
            self.go_back(program, last);
            // A clause at the beginning of a form is a sentence’s own beginning.
            let clause = matches!(program.steps[program.opening], Step::Clause(_));
            let own = if clause { usize::from(first) } else { own };
            for at in self.places[places].and(Bits::below(own)).iter() {
                self.runs.push(Start { at: at as u16, form, places: places as u32 });
            }
        }
        self.runs.sort_unstable();
    }

    /// Adds the places of the form’s steps.
    fn go_back(&mut self, program: &Program, last: bool) {
        let first = self.places.len();
        self.places.resize(first + program.steps.len(), Bits::ALL);
        let (places, ground) = (&mut self.places[first..], &mut self.ground);
        // Nothing is asked for by the last step.
        for (at, step) in program.steps[..program.steps.len() - 1].iter().enumerate().rev() {
            let after = places[at + 1];
            let mut here = match *step {
                Step::Item(ask, atom, _) => ground.before(atom, Shape::of(ask), &after),
                Step::Clause(_) => after.below_last(),
                Step::Gap(most) => ground.before_gap(most, after),
                Step::Either(other) => after.or(places[other]),
                Step::Jump(to) => places[to],
                Step::Edge(Edge::End) => after.and(ground.ends),
                Step::Edge(Edge::Start) => after.and(ground.starts),
                Step::Edge(Edge::Paragraph) => after.and(ground.paragraphs),
                Step::Open | Step::Close(_) | Step::Accept => after,
            };
            if !last || at > program.leaves && goes_behind(ground, step) {
                here.insert(ground.look.len);
            }
            places[at] = here;
        }
    }
}

/// What began in the sentence may go on there behind it.
fn goes_behind<const W: usize>(ground: &Ground<'_, W>, step: &Step) -> bool {
    match step {
        Step::Item(_, atom, _) => ground.look.follows(*atom),
        Step::Clause(_) | Step::Gap(_) => true,
        _ => false,
    }
}
