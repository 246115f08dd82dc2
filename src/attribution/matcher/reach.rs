//! From where a form can still come to its end: found for all places of a sentence at once, from the last step
//! backwards, so that no run goes where nothing is to be had.
//!
//! This changes no result. The steps of a form lead forwards only, and each place is a bit: the places from which
//! a step leads on are a few shifts of the places where the next step may begin. Forms that end alike share what
//! is known of their ends. What lies beyond the sentence, or beyond the window over a very long one, counts as
//! possible.

use std::collections::HashMap;

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
    /// For each form what it needs in the sentence in which it begins.
    needs: Vec<u128>,
}

impl Graph {
    pub fn new(programs: &[Program]) -> Self {
        let mut graph = Self::default();
        let mut known = HashMap::new();
        for program in programs {
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
            for (&node, &gate) in form.iter().zip(&program.gates).rev() {
                match path.last_mut() {
                    Some(last) if last.0 == node => last.1 |= gate,
                    _ => path.push((node, gate)),
                }
            }
            graph.paths.push(path);
            graph.needs.push(program.needs);
            graph.forms.push(form);
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
pub(super) struct Window<const W: usize> {
    ground: Ground<W>,
    /// For each node the places where it may be, known of this window where the stamp says so.
    places: Vec<Bits<W>>,
    stamps: Vec<u32>,
    stamp: u32,
    /// Tokens and the forms that may begin there, in order.
    runs: Vec<(u16, u16)>,
}

/// The steps of one form over the window.
pub(super) struct Steps<'a, const W: usize> {
    places: &'a [Bits<W>],
    nodes: &'a [u32],
    start: usize,
    len: usize,
}

impl<const W: usize> Reach for Steps<'_, W> {
    fn allows(&self, step: usize, at: usize) -> bool {
        let place = at.wrapping_sub(self.start);
        place > self.len || self.places[self.nodes[step] as usize].has(place)
    }
}

impl<const W: usize> Window<W> {
    pub fn new(graph: &Graph) -> Self {
        Self {
            ground: Ground::new(),
            places: vec![Bits::NONE; graph.nodes.len()],
            stamps: vec![0; graph.nodes.len()],
            stamp: 0,
            runs: Vec::new(),
        }
    }

    /// Goes through a sentence and hands over, in their order, each token at which a form may begin and fit.
    pub fn go<S: Scene>(
        &mut self,
        scene: &S,
        (atoms, programs, graph): (&Atoms, &[Program], &Graph),
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
            self.stamp = self.stamp.wrapping_add(1);
            // Windows overlap, so that what begins in one is seen nearly to its end.
            let own = if last { len } else { most - most / 8 };
            self.runs.clear();
            let closed = last && !self.ground.leads_out;
            let missing = if closed { !self.ground.present } else { 0 };
            for (number, needs) in graph.needs.iter().enumerate() {
                if needs & missing != 0 {
                    continue;
                }
                if let Some(first) = self.form(atoms, graph, number, !last) {
                    // A clause at the beginning of a form is a sentence’s own beginning.
                    let clause = matches!(programs[number].steps[0], Step::Clause(_));
                    let own = if !clause { own } else { usize::from(start == sentence.start) };
                    let begins = first.iter().take_while(|&at| at < own);
                    self.runs.extend(begins.map(|at| (at as u16, number as u16)));
                }
            }
            self.runs.sort_unstable();
            for &(at, form) in &self.runs {
                let nodes = &graph.forms[usize::from(form)];
                let steps = Steps { places: &self.places, nodes, start, len };
                each(start + usize::from(at), form.into(), &steps);
            }
            start += own;
        }
    }

    /// Where the form may begin, found from its last step to its first; nothing where some step may be nowhere.
    fn form(&mut self, atoms: &Atoms, graph: &Graph, form: usize, open: bool) -> Option<Bits<W>> {
        let mut places = Bits::NONE;
        for &(node, gate) in &graph.paths[form] {
            let node = node as usize;
            if self.stamps[node] == self.stamp {
                places = self.places[node];
            } else {
                self.stamps[node] = self.stamp;
                places = self.node(atoms, &graph.nodes[node], open);
                self.places[node] = places;
            }
            if gate && places.is_empty() && !self.ground.leads_out {
                return None;
            }
        }
        Some(places)
    }

    fn node(&self, atoms: &Atoms, node: &Node, open: bool) -> Bits<W> {
        let ground = &self.ground;
        let after = self.places[node.next as usize];
        let mut here = match node.kind {
            Kind::Atom(atom) => ground.before(atoms, atom, &after),
            Kind::Clause => after.below_last(),
            Kind::Gap(most) => ground.before_gap(most, after),
            Kind::Either(other) => after.or(self.places[other as usize]),
            Kind::End => after.and(ground.ends),
            Kind::Start => after.and(ground.starts[0]).or(ground.starts[1]),
            Kind::Paragraph => after.and(ground.paragraphs[0]).or(ground.paragraphs[1]),
            Kind::Accept => Bits::ALL,
        };
        // Behind the sentence goes on what began in it, and behind the window nothing is known.
        if open || node.beyond {
            here.insert(ground.len);
        }
        here
    }
}
