//! A form as a list of steps.

use super::atom::Atoms;
use crate::grammar::{Element, Item, Role};

/// One form of a pattern, compiled.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// Index of the pattern.
    pub pattern: u32,
    /// Run from the first; the last is [`Step::Accept`].
    pub steps: Vec<Step>,
    /// The atoms without which it cannot fit into the sentence in which it begins, a bit each.
    pub needs: u128,
    /// The steps through which every way leads, a flag a step.
    pub gates: Vec<bool>,
    /// From this step on it may stand in another sentence than the one in which it began.
    pub leaves: usize,
}

/// One step of a form.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// One item of the lattice, and its number among the atoms.
    Item(Item, u16, Option<Role>),
    /// A place between two items.
    Edge(Edge),
    /// Tokens up to where the rest fits.
    Clause(Option<Role>),
    /// At most so many items.
    Gap(u8),
    /// Go on with the next step, and also at this one.
    Either(usize),
    /// Go on at this step.
    Jump(usize),
    /// A captured group begins.
    Open,
    /// The group that was begun last ends, in this role.
    Close(Role),
    /// The form fits.
    Accept,
}

/// A place that a form may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// A sentence begins.
    Start,
    /// A paragraph begins.
    Paragraph,
    /// The sentence ends.
    End,
}

impl Program {
    pub fn new(pattern: u32, form: &[Element], atoms: &mut Atoms) -> Self {
        let mut program =
            Self { pattern, steps: Vec::new(), needs: 0, gates: Vec::new(), leaves: usize::MAX };
        for element in form {
            let gate = program.steps.len();
            program.needs |= program.all(std::slice::from_ref(element), atoms);
            program.gates.resize(program.steps.len(), false);
            program.gates[gate] = true;
        }
        program.steps.push(Step::Accept);
        program.gates.push(false);
        program.leaves = program.leads_out().unwrap_or(usize::MAX);
        program
    }

    /// Nothing more is asked for from this step on.
    pub fn accepts(&self, step: usize) -> bool {
        let rest = self.steps[step..].iter().find(|step| !matches!(step, Step::Close(_)));
        matches!(rest, Some(Step::Accept))
    }

    /// The first step so far that leads into another sentence.
    fn leads_out(&self) -> Option<usize> {
        let leads = |&i: &usize| matches!(self.steps[i], Step::Edge(Edge::Start | Edge::Paragraph));
        (1..self.steps.len()).find(leads)
    }

    /// Adds the steps of all elements; what they need in the sentence in which they begin.
    fn all(&mut self, elements: &[Element], atoms: &mut Atoms) -> u128 {
        let mut needs = 0;
        for element in elements {
            let elsewhere = self.leads_out().is_some();
            let one = if element.optional {
                let either = self.hole();
                self.one(element, atoms);
                self.steps[either] = Step::Either(self.steps.len());
                0
            } else {
                self.one(element, atoms)
            };
            if !elsewhere {
                needs |= one;
            }
        }
        needs
    }

    fn one(&mut self, element: &Element, atoms: &mut Atoms) -> u128 {
        match &element.item {
            Item::Choice(ways) => {
                if element.role.is_some() {
                    self.steps.push(Step::Open);
                }
                let needs = self.choice(ways, atoms);
                self.steps.extend(element.role.map(Step::Close));
                return needs;
            }
            Item::Gap(most) => self.steps.push(Step::Gap(*most)),
            Item::Clause => self.steps.push(Step::Clause(element.role)),
            Item::Start => self.steps.push(Step::Edge(Edge::Start)),
            Item::Paragraph => self.steps.push(Step::Edge(Edge::Paragraph)),
            Item::End => self.steps.push(Step::Edge(Edge::End)),
            item => {
                let atom = atoms.number(item, element.role == Some(Role::Cue));
                self.steps.push(Step::Item(item.clone(), atom, element.role));
                return 1u128.checked_shl(atom.into()).unwrap_or(0);
            }
        }
        0
    }

    /// One way must fit: what all of them need is needed.
    fn choice(&mut self, ways: &[Vec<Element>], atoms: &mut Atoms) -> u128 {
        let mut ends = Vec::new();
        let mut needs = u128::MAX;
        for (number, way) in ways.iter().enumerate() {
            if number + 1 == ways.len() {
                needs &= self.all(way, atoms);
                break;
            }
            let either = self.hole();
            needs &= self.all(way, atoms);
            ends.push(self.hole());
            self.steps[either] = Step::Either(self.steps.len());
        }
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len());
        }
        needs
    }

    /// Room for a step that is known later.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Accept);
        self.steps.len() - 1
    }
}
