//! From where a form can still come to its end: found for all places of a sentence at once, from the last step
//! backwards, so that no run goes where nothing is to be had.
//!
//! This changes no result. The steps of a form lead forwards only, and each place is a bit: the places from which
//! a step leads on are a few shifts of the places where the next step may begin. Forms that end alike share what
//! is known of their ends. What lies beyond the sentence, or beyond the window over a very long one, counts as
//! possible.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::bits::Bits;
use super::ground::Ground;
use super::lattice::Lattice;
use super::program::{Edge, Need, Program, Step};
use super::run::run;
use super::{Match, Matcher};
use crate::lexicon::{Identity, mix};
use crate::span::TokenSpan;

/// Where each step of one form may be taken.
pub(super) trait Reach {
    /// The step may be taken at the token.
    fn allows(&self, step: usize, at: usize) -> bool;
}

/// A step with all that may follow it: steps of several forms are one node where the same follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    kind: Kind,
    /// What follows, as an index; smaller than the node’s own.
    next: u32,
    /// It may stand behind the end of the sentence in which the form began.
    beyond: bool,
}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (kind, of) = match self.kind {
            Kind::Atom(atom) => (0, u32::from(atom)),
            Kind::Gap(most) => (1, most.into()),
            Kind::Either(other) => (2, other),
            Kind::Clause => (3, 0),
            Kind::End => (4, 0),
            Kind::Start => (5, 0),
            Kind::Paragraph => (6, 0),
            Kind::Accept => (7, 0),
        };
        state.write_u64(mix(u64::from(self.next) << 35 | kind << 32 | u64::from(of)));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Forms by the rarest of what they need, if anything.
    anchors: Vec<(u128, Vec<Tried>)>,
    /// For each atom the needs that it meets, a bit each.
    meets: Vec<u128>,
}

/// A form, and what must be there before it is tried.
#[derive(Clone, Copy, Debug)]
struct Tried {
    form: u16,
    needs: u128,
    /// What follows where it leaves its sentence, as an atom and as a need.
    follows: Option<(u16, u128)>,
}

/// The needs of all forms, a bit each; beyond the bits all are met.
#[derive(Default)]
struct Needs(Vec<Need>);

impl Needs {
    fn bit(&mut self, need: &Need) -> u128 {
        let known = self.0.iter().position(|known| known == need).unwrap_or(self.0.len());
        if known == self.0.len() {
            self.0.push(*need);
        }
        1u128.checked_shl(known as u32).unwrap_or(0)
    }

    /// For each atom the needs that it meets.
    fn by_atom(&self, atoms: usize) -> Vec<u128> {
        let mut meets = vec![0; atoms];
        for (i, need) in self.0.iter().enumerate().take(128) {
            need.atoms.iter().for_each(|atom| meets[atom] |= 1 << i);
        }
        meets
    }
}

impl Graph {
    /// The nodes of all forms over so many atoms.
    pub fn new(programs: &[Program], atoms: usize) -> Self {
        let mut graph = Self::default();
        let mut known = HashMap::<Node, u32, BuildHasherDefault<Identity>>::default();
        let mut needs = Needs::default();
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
            let anchor = program.needs.first().map_or(0, |need| needs.bit(need));
            let tried = Tried {
                form: number as u16,
                needs: program.needs.iter().fold(0, |all, need| all | needs.bit(need)),
                follows: program.follows.map(|(atom, need)| (atom, needs.bit(&need))),
            };
            match graph.anchors.iter_mut().find(|known| known.0 == anchor) {
                Some(known) => known.1.push(tried),
                None => graph.anchors.push((anchor, vec![tried])),
            }
        }
        graph.meets = needs.by_atom(atoms);
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
            ground: Ground::new(lattice, &matcher.atoms, &matcher.graph.meets),
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
        let missing = if closed { !self.ground.met } else { 0 };
        let graph = self.graph;
        for (_, forms) in graph.anchors.iter().filter(|(anchor, _)| anchor & missing == 0) {
            for tried in forms.iter().filter(|tried| tried.needs & missing == 0) {
                let follows = |&(atom, need)| need & missing == 0 || self.ground.follows(atom);
                if !tried.follows.as_ref().is_none_or(follows) {
                    continue;
                }
                if let Some(places) = self.form(tried.form, !last) {
                    // A clause at the beginning of a form is a sentence’s own beginning.
                    let clause = matches!(self.programs[usize::from(tried.form)].steps[0], Step::Clause(_));
                    let own = if !clause { own } else { usize::from(first) };
                    let begins = places.iter().take_while(|&at| at < own);
                    self.runs.extend(begins.map(|at| (at as u16, tried.form)));
                }
            }
        }
        self.runs.sort_unstable();
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
