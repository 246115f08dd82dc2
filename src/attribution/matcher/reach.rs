//! From where a form can still come to its end: found for all places of a sentence at once, from the last step
//! backwards, so that no run goes where nothing is to be had.
//!
//! This changes no result. The steps of a form lead forwards only, and each place is a bit: the places from which
//! a step leads on are a few shifts of the places where the next step may begin. Forms that end alike share what
//! is known of their ends. What lies beyond the sentence, or beyond the window over a very long one, counts as
//! possible.

use std::collections::HashMap;

use super::bits::Bits;
use super::ground::{AtomSet, Ground};
use super::lattice::Lattice;
use super::program::{Edge, Program, Step};
use super::run::run;
use super::{Match, Matcher};
use crate::span::TokenSpan;

/// Where each step of one form may be taken.
pub(super) trait Reach {
    /// The step may be taken at the token.
    fn allows(&self, step: usize, at: usize) -> bool;
}

/// A step with all that may follow it: steps of several forms are one node where the same follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Node {
    kind: Kind,
    /// What follows, as an index; smaller than the node’s own.
    next: u32,
    /// It may stand behind the end of the sentence in which the form began.
    beyond: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Atom(u16),
    Clause,
    Gap(u8),
    /// What follows, or this.
    Either(u32),
    End,
    Start,
    Paragraph,
    Accept,
}

/// The steps of all forms of a grammar as nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    /// For each form the nodes of its steps.
    forms: Vec<Vec<u32>>,
    /// For each form its nodes from the last to the first, each once, and whether every way leads through it.
    paths: Vec<Vec<(u32, bool)>>,
    /// The forms by the rarest of what they need, if anything.
    anchors: Vec<(Option<AtomSet>, Vec<u16>)>,
}

impl Graph {
    pub fn new(programs: &[Program]) -> Self {
        let mut graph = Self::default();
        let mut known = HashMap::new();
        for (number, program) in programs.iter().enumerate() {
            let mut form = vec![0; program.steps.len()];
            for step in (0..program.steps.len()).rev() {
                let beyond = step > program.leaves;
                let next = form.get(step + 1).copied().unwrap_or(0);
                form[step] = match &program.steps[step] {
                    Step::Jump(to) => form[*to],
                    Step::Open | Step::Close(_) => next,
                    other => {
                        let kind = Kind::of(other, &form);
                        *known.entry(Node { kind, next, beyond }).or_insert_with(|| {
                            graph.nodes.push(Node { kind, next, beyond });
                            graph.nodes.len() as u32 - 1
                        })
                    }
                };
            }
            let mut path: Vec<(u32, bool)> = Vec::with_capacity(form.len());
            for (step, (&node, &gate)) in form.iter().zip(&program.gates).enumerate().rev() {
                // What stands in another sentence is nowhere in this one.
                let gate = gate && step <= program.leaves;
                match path.last_mut() {
                    Some(last) if last.0 == node => last.1 |= gate,
                    _ => path.push((node, gate)),
                }
            }
            graph.paths.push(path);
            graph.forms.push(form);
            let anchor = program.needs.first().map(|need| need.atoms);
            match graph.anchors.iter_mut().find(|known| known.0 == anchor) {
                Some(known) => known.1.push(number as u16),
                None => graph.anchors.push((anchor, vec![number as u16])),
            }
        }
        graph
    }
}

impl Kind {
    fn of(step: &Step, form: &[u32]) -> Self {
        match step {
            Step::Item(_, atom, _) => Self::Atom(*atom),
            Step::Clause(_) => Self::Clause,
            Step::Gap(most) => Self::Gap(*most),
            Step::Either(other) => Self::Either(form[*other]),
            Step::Edge(Edge::End) => Self::End,
            Step::Edge(Edge::Start) => Self::Start,
            Step::Edge(Edge::Paragraph) => Self::Paragraph,
            Step::Accept | Step::Jump(_) | Step::Open | Step::Close(_) => Self::Accept,
        }
    }
}

/// The forms of a grammar over one window of a sentence at a time.
pub(super) struct Window<'a, const W: usize> {
    lattice: &'a Lattice<'a>,
    programs: &'a [Program],
    graph: &'a Graph,
    ground: Ground<'a, W>,
    /// For each node the places where it may be, known of this window where the stamp says so.
    places: Vec<(Bits<W>, u32)>,
    stamp: u32,
    /// Tokens and the forms that may begin there, in order.
    runs: Vec<(u16, u16)>,
}

/// The steps of one form over the window.
pub(super) struct Steps<'a, const W: usize> {
    places: &'a [(Bits<W>, u32)],
    nodes: &'a [u32],
    start: usize,
    len: usize,
}

impl<const W: usize> Reach for Steps<'_, W> {
    fn allows(&self, step: usize, at: usize) -> bool {
        let place = at.wrapping_sub(self.start);
        place > self.len || self.places[self.nodes[step] as usize].0.has(place)
    }
}

impl<'a, const W: usize> Window<'a, W> {
    pub fn new(matcher: &'a Matcher, lattice: &'a Lattice<'a>) -> Self {
        Self {
            lattice,
            programs: &matcher.programs,
            graph: &matcher.graph,
            ground: Ground::new(lattice, &matcher.atoms),
            places: Vec::new(),
            stamp: 0,
            runs: Vec::new(),
        }
    }

    /// Goes through a sentence and adds the matches that begin in it, by token and form.
    pub fn go(&mut self, sentence: TokenSpan, matches: &mut Vec<Match>) {
        self.places.resize(self.graph.nodes.len(), (Bits::NONE, 0));
        let most = Ground::<W>::MOST;
        let sentence = sentence.range();
        let mut start = sentence.start;
        while start < sentence.end {
            let len = (sentence.end - start).min(most);
            let last = start + len == sentence.end;
            self.ground.look(start, len, sentence.end);
            self.stamp = self.stamp.wrapping_add(1);
            // Windows overlap, so that what begins in one is seen nearly to its end.
            let own = if last { len } else { most - most / 8 };
            self.fit(own, start == sentence.start, last);
            for &(at, form) in &self.runs {
                let nodes = &self.graph.forms[usize::from(form)];
                let steps = Steps { places: &self.places, nodes, start, len };
                let program = &self.programs[usize::from(form)];
                run(self.lattice, program, &steps, start + usize::from(at), matches);
            }
            start += own;
        }
    }

    /// Finds the runs that begin before `own`; the window may be the first of its sentence, and the last.
    fn fit(&mut self, own: usize, first: bool, last: bool) {
        self.runs.clear();
        let closed = last && !self.ground.leads_out;
        let (programs, graph) = (self.programs, self.graph);
        for (anchor, forms) in &graph.anchors {
            if closed && anchor.is_some_and(|atoms| !atoms.meets(&self.ground.present)) {
                continue;
            }
            for &form in forms {
                let program = &programs[usize::from(form)];
                if closed && !self.may_fit(program) {
                    continue;
                }
                if let Some(places) = self.form(form, !last) {
                    // A clause at the beginning of a form is a sentence’s own beginning.
                    let clause = matches!(program.steps[0], Step::Clause(_));
                    let own = if !clause { own } else { usize::from(first) };
                    let begins = places.iter().take_while(|&at| at < own);
                    self.runs.extend(begins.map(|at| (at as u16, form)));
                }
            }
        }
        self.runs.sort_unstable();
    }

    /// All that the form needs is there.
    fn may_fit(&self, program: &Program) -> bool {
        let ground = &self.ground;
        program.needs.iter().skip(1).all(|need| need.atoms.meets(&ground.present))
            && program.follows.is_none_or(|atom| ground.may_hold(atom) || ground.follows(atom))
    }

    /// Where the form may begin, found from its last step to its first; nothing where some step may be nowhere.
    fn form(&mut self, form: u16, open: bool) -> Option<Bits<W>> {
        let graph = self.graph;
        let mut places = Bits::NONE;
        for &(node, gate) in &graph.paths[usize::from(form)] {
            let known = self.places[node as usize];
            if known.1 == self.stamp {
                places = known.0;
            } else {
                places = self.node(graph.nodes[node as usize], open);
                self.places[node as usize] = (places, self.stamp);
            }
            if gate && places.is_empty() && !self.ground.leads_out {
                return None;
            }
        }
        Some(places)
    }

    fn node(&mut self, node: Node, open: bool) -> Bits<W> {
        let ground = &mut self.ground;
        let after = self.places[node.next as usize].0;
        let mut here = match node.kind {
            Kind::Atom(atom) => ground.before(atom, &after),
            Kind::Clause => after.below_last(),
            Kind::Gap(most) => ground.before_gap(most, after),
            Kind::Either(other) => after.or(self.places[other as usize].0),
            Kind::End => after.and(ground.ends),
            Kind::Start => after.and(ground.starts),
            Kind::Paragraph => after.and(ground.paragraphs),
            Kind::Accept => Bits::ALL,
        };
        // Behind the sentence goes on what began in it, and behind the window nothing is known.
        let behind = || match node.kind {
            Kind::Atom(atom) => ground.follows(atom),
            Kind::Clause | Kind::Gap(_) => true,
            _ => false,
        };
        if open || node.beyond && behind() {
            here.insert(ground.len);
        }
        here
    }
}
