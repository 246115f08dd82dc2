//! From where a form can still come to its end: found for all places of a sentence at once, from the last step
//! backwards, so that no run goes where nothing is to be had.
//!
//! This changes no result. The steps of a form lead forwards only, and each place is a bit: the places from which
//! a step leads on are a few shifts of the places where the next step may begin. What lies beyond the sentence,
//! or beyond the window over a very long one, counts as possible.

use super::Scene;
use super::atom::{Atoms, Ground};
use super::bits::Bits;
use super::program::{Edge, Program, Step};
use crate::span::TokenSpan;

/// Where each step of one form may be taken.
pub(super) trait Reach {
    /// The step may be taken at the token.
    fn allows(&self, step: usize, at: usize) -> bool;
}

/// The forms of a grammar over one window of a sentence at a time.
pub(super) struct Window<const W: usize> {
    ground: Ground<W>,
    /// The first token of the window.
    start: usize,
    /// For each form that begins in the window, where; in the order of the forms.
    begins: Vec<(u32, Bits<W>)>,
    /// The steps of all forms in `begins`, one form behind the other.
    steps: Vec<Bits<W>>,
    /// Places and the entries of `begins` that begin there, in order.
    runs: Vec<(u16, u16)>,
    offsets: Vec<u32>,
}

/// The steps of one form over the window.
pub(super) struct Steps<'a, const W: usize> {
    steps: &'a [Bits<W>],
    start: usize,
    len: usize,
}

impl<const W: usize> Reach for Steps<'_, W> {
    fn allows(&self, step: usize, at: usize) -> bool {
        let place = at.wrapping_sub(self.start);
        place > self.len || self.steps[step].has(place)
    }
}

impl<const W: usize> Window<W> {
    pub fn new() -> Self {
        Self {
            ground: Ground::new(),
            start: 0,
            begins: Vec::new(),
            steps: Vec::new(),
            runs: Vec::new(),
            offsets: Vec::new(),
        }
    }

    /// Goes through a sentence and hands over, in their order, each token at which a form may begin and fit.
    pub fn go<S: Scene>(
        &mut self,
        scene: &S,
        atoms: &Atoms,
        programs: &[Program],
        sentence: TokenSpan,
        each: &mut dyn FnMut(usize, usize, &Steps<'_, W>),
    ) {
        let most = Ground::<W>::MOST;
        let sentence = sentence.range();
        let mut start = sentence.start;
        while start < sentence.end {
            let len = (sentence.end - start).min(most);
            let last = start + len == sentence.end;
            self.ground.look(scene, atoms, start, len, sentence.end);
            self.start = start;
            // Windows overlap, so that what begins in one is seen nearly to its end.
            let own = if last { len } else { most - most / 8 };
            self.forms(atoms, programs, own, !last);
            for &(at, number) in &self.runs {
                let from = self.offsets[number as usize] as usize;
                let form = self.begins[number as usize].0 as usize;
                let steps = &self.steps[from..from + programs[form].steps.len()];
                each(start + at as usize, form, &Steps { steps, start, len });
            }
            start += own;
        }
    }

    fn forms(&mut self, atoms: &Atoms, programs: &[Program], own: usize, open: bool) {
        self.begins.clear();
        self.steps.clear();
        self.runs.clear();
        self.offsets.clear();
        for (number, program) in programs.iter().enumerate() {
            let lacks = program.needs & !self.ground.present != 0;
            if lacks && !open && !self.ground.leads_out {
                continue;
            }
            let from = self.steps.len();
            if !self.form(atoms, program, open) {
                self.steps.truncate(from);
                continue;
            }
            let first = self.steps[from];
            let mut any = false;
            for at in first.iter().take_while(|&at| at < own) {
                self.runs.push((at as u16, self.begins.len() as u16));
                any = true;
            }
            if any {
                self.begins.push((number as u32, first));
                self.offsets.push(from as u32);
            } else {
                self.steps.truncate(from);
            }
        }
        self.runs.sort_unstable();
    }

    /// Where each step of the form may be taken, from the last to the first; false where some step may be nowhere.
    fn form(&mut self, atoms: &Atoms, program: &Program, open: bool) -> bool {
        let from = self.steps.len();
        self.steps.resize(from + program.steps.len(), Bits::ALL);
        let ground = &self.ground;
        let end = ground.len;
        for step in (0..program.steps.len()).rev() {
            let after = |other: usize| self.steps[from + other];
            let mut here = match &program.steps[step] {
                Step::Item(_, atom, _) => ground.before(atoms, *atom, &after(step + 1)),
                Step::Clause(_) => after(step + 1).below_last(),
                Step::Gap(most) => ground.before_gap(*most, after(step + 1)),
                Step::Either(other) => after(step + 1).or(after(*other)),
                Step::Jump(to) => after(*to),
                Step::Open | Step::Close(_) => after(step + 1),
                Step::Edge(Edge::End) => after(step + 1).and(ground.ends),
                Step::Edge(Edge::Start | Edge::Paragraph) => {
                    let mut places = Bits::NONE;
                    if after(step + 1).has(0) {
                        places.insert(0);
                    }
                    places.insert(end);
                    places
                }
                Step::Accept => continue,
            };
            // Behind the sentence goes on what began in it, and behind the window nothing is known.
            if open || step > program.leaves {
                here.insert(end);
            }
            if program.gates[step] && here.is_empty() {
                return false;
            }
            self.steps[from + step] = here;
        }
        true
    }
}
