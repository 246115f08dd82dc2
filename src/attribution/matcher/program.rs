//! A form as a list of steps.

use crate::grammar::{Element, Item, Role};

/// One form of a pattern, compiled.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// Index of the pattern.
    pub pattern: u32,
    /// Run from the first; the last is [`Step::Accept`].
    pub steps: Vec<Step>,
}

/// One step of a form.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// One item of the lattice, or a place between two.
    Item(Item, Option<Role>),
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

impl Program {
    pub fn new(pattern: u32, form: &[Element]) -> Self {
        let mut program = Self { pattern, steps: Vec::new() };
        program.all(form);
        program.steps.push(Step::Accept);
        program
    }

    fn all(&mut self, elements: &[Element]) {
        for element in elements {
            if element.optional {
                let either = self.hole();
                self.one(element);
                self.steps[either] = Step::Either(self.steps.len());
            } else {
                self.one(element);
            }
        }
    }

    fn one(&mut self, element: &Element) {
        match &element.item {
            Item::Choice(ways) => {
                if element.role.is_some() {
                    self.steps.push(Step::Open);
                }
                self.choice(ways);
                self.steps.extend(element.role.map(Step::Close));
            }
            Item::Gap(most) => self.steps.push(Step::Gap(*most)),
            Item::Clause => self.steps.push(Step::Clause(element.role)),
            item => self.steps.push(Step::Item(item.clone(), element.role)),
        }
    }

    fn choice(&mut self, ways: &[Vec<Element>]) {
        let mut ends = Vec::new();
        for (number, way) in ways.iter().enumerate() {
            if number + 1 == ways.len() {
                self.all(way);
                break;
            }
            let either = self.hole();
            self.all(way);
            ends.push(self.hole());
            self.steps[either] = Step::Either(self.steps.len());
        }
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len());
        }
    }

    /// Room for a step that is known later.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Accept);
        self.steps.len() - 1
    }
}
