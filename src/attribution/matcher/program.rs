//! A form as a list of steps.

use std::ops::Range;

use super::atom::{Ask, Atoms};
use super::bits::Bits;
use super::tree::Shape;
use crate::grammar::{Element, Item, Role};
use crate::lexicon::Lexicon;

/// One form of a pattern, compiled.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// Index of the pattern.
    pub pattern: u32,
    /// Run from the first; the last is [`Step::Accept`].
    pub steps: Vec<Step>,
    /// Without these it cannot fit into the sentence in which it begins.
    pub needs: Vec<Need>,
    /// With this it goes on where it leaves the sentence, unless the sentence has it.
    pub follows: Option<Need>,
    /// From this step on it may stand in another sentence than the one in which it began.
    pub leaves: usize,
    /// The first step that is no bracket of a group.
    pub opening: usize,
    /// The ways through the first choice that every run comes to in the sentence, unless that is between single atoms.
    pub ways: Vec<Way>,
}

/// One way through a choice of a form.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// At which step the choice begins, and the step behind it.
    pub choice: Range<usize>,
    /// The steps of this way.
    pub steps: Range<usize>,
    /// What it needs beside what the form needs.
    pub needs: Vec<Need>,
}

/// Some of a grammar’s first atoms, of which one must stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// How common the commonest is, and how many they are.
    common: (u8, u8),
    pub atoms: Bits<{ NEEDED / 64 }>,
}

/// So many atoms are looked for before a form is tried; the others may always be there.
pub(super) const NEEDED: usize = 512;

impl Need {
    fn one(ask: Ask, atom: u16, lexicon: &Lexicon) -> Option<Self> {
        let mut atoms = Bits::NONE;
        (usize::from(atom) < NEEDED).then(|| atoms.insert(atom.into()))?;
        Some(Self { common: (ask.common(lexicon), 1), atoms })
    }

    fn or(self, other: Self) -> Self {
        let common = (self.common.0.max(other.common.0), self.common.1.saturating_add(other.common.1));
        Self { common, atoms: self.atoms.or(other.atoms) }
    }
}

/// One step of a form.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// One item of the lattice, and its number among the atoms.
    Item(Ask, u16, Option<Role>),
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
    pub fn new(pattern: u32, form: &[Element], atoms: &mut Atoms, lexicon: &Lexicon) -> Self {
        let mut program = Self {
            pattern,
            steps: Vec::with_capacity(2 * form.len()),
            needs: Vec::new(),
            follows: None,
            leaves: usize::MAX,
            opening: 0,
            ways: Vec::new(),
        };
        let mut needs = Vec::with_capacity(2 * form.len());
        // The steps at which the elements begin, through which every way leads.
        let mut gates = Vec::with_capacity(form.len());
        for element in form {
            gates.push(program.steps.len());
            program.all(std::slice::from_ref(element), atoms, lexicon, &mut needs);
        }
        program.needs = needs;
        program.steps.push(Step::Accept);
        program.leaves = program.leads_out().unwrap_or(usize::MAX);
        program.follows = program.follows(&gates, lexicon);
        let mut choices = gates.iter().map(|&gate| program.ways(gate, lexicon));
        let inside = choices.find(|ways| ways.first().is_some_and(|way| way.choice.end <= program.leaves));
        program.ways = inside.unwrap_or_default();
        program.opening = program.steps.iter().take_while(|step| matches!(step, Step::Open)).count();
        program
    }

    /// The atoms of a choice between single ones that begins with this step, and the step behind it.
    pub fn one_of(&self, mut at: usize) -> Option<(usize, Vec<(u16, Shape)>)> {
        let mut atoms = Vec::new();
        let mut end = None;
        loop {
            let (item, more) = match self.steps[at] {
                Step::Either(other) => (at + 1, Some(other)),
                _ => (at, None),
            };
            let Step::Item(ask, atom, _) = self.steps[item] else { return None };
            atoms.push((atom, Shape::of(ask)));
            match (more, &self.steps[item + 1]) {
                (Some(other), &Step::Jump(to)) if other == item + 2 && *end.get_or_insert(to) == to => {
                    at = other;
                }
                (None, _) if end == Some(item + 1) => return Some((item + 1, atoms)),
                _ => return None,
            }
        }
    }

    /// The ways through a choice that begins with this step, unless that is between single atoms.
    fn ways(&self, choice: usize, lexicon: &Lexicon) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        if self.one_of(choice).is_some() {
            return ways;
        }
        let mut from = choice;
        while let Step::Either(other) = self.steps[from]
            && let Step::Jump(end) = self.steps[other - 1]
            && ways.first().is_none_or(|first| first.choice.end == end)
        {
            let steps = from + 1..other - 1;
            ways.push(Way { choice: choice..end, needs: self.needs_of(steps.clone(), lexicon), steps });
            from = other;
        }
        if let Some(choice) = ways.first().map(|first| first.choice.clone()) {
            let steps = from..choice.end;
            ways.push(Way { choice, needs: self.needs_of(steps.clone(), lexicon), steps });
        }
        ways
    }

    /// The needs of the single items among these steps through which every way leads.
    fn needs_of(&self, steps: Range<usize>, lexicon: &Lexicon) -> Vec<Need> {
        let mut needs = Vec::new();
        let mut at = steps.start;
        while at < steps.end {
            at = match self.steps[at] {
                Step::Either(other) => match self.steps[other - 1] {
                    Step::Jump(end) => end,
                    _ => other,
                },
                Step::Item(ask, atom, _) => {
                    needs.extend(Need::one(ask, atom, lexicon));
                    at + 1
                }
                _ => at + 1,
            };
        }
        needs
    }

    /// Nothing more is asked for from this step on.
    pub fn accepts(&self, step: usize) -> bool {
        let rest = self.steps[step..].iter().find(|step| !matches!(step, Step::Close(_)));
        matches!(rest, Some(Step::Accept))
    }

    /// The first step so far that leads into another sentence: where one begins behind something that has its place.
    fn leads_out(&self) -> Option<usize> {
        let covers = |step: &Step| matches!(step, Step::Item(..) | Step::Clause(_) | Step::Gap(_));
        let leads = |step: &Step| matches!(step, Step::Edge(Edge::Start | Edge::Paragraph));
        let inside = self.steps.iter().position(covers)?;
        self.steps[inside..].iter().position(leads).map(|behind| inside + behind)
    }

    /// The first item behind the first step that leads out, where every way there goes straight on to it.
    fn follows(&self, gates: &[usize], lexicon: &Lexicon) -> Option<Need> {
        let mut rest = self.leads_out()?;
        loop {
            match self.steps[rest] {
                Step::Edge(_) | Step::Either(_) => rest += 1,
                Step::Item(ask, atom, _) if gates.contains(&rest) => {
                    return Need::one(ask, atom, lexicon);
                }
                _ => return None,
            }
        }
    }

    /// Adds the steps of all elements, and what they need in the sentence in which they begin.
    fn all(&mut self, elements: &[Element], atoms: &mut Atoms, lexicon: &Lexicon, needs: &mut Vec<Need>) {
        for element in elements {
            let (elsewhere, before) = (self.leads_out().is_some(), needs.len());
            let either = element.optional.then(|| self.hole());
            self.one(element, atoms, lexicon, needs);
            if let Some(either) = either {
                self.steps[either] = Step::Either(self.steps.len());
            }
            if elsewhere || element.optional {
                needs.truncate(before);
            }
        }
    }

    fn one(&mut self, element: &Element, atoms: &mut Atoms, lexicon: &Lexicon, needs: &mut Vec<Need>) {
        match &element.item {
            Item::Choice(ways) => {
                if element.role.is_some() {
                    self.steps.push(Step::Open);
                }
                self.choice(ways, atoms, lexicon, needs);
                self.steps.extend(element.role.map(Step::Close));
            }
            Item::Gap(most) => self.steps.push(Step::Gap(*most)),
            Item::Clause => self.steps.push(Step::Clause(element.role)),
            Item::Start => self.steps.push(Step::Edge(Edge::Start)),
            Item::Paragraph => self.steps.push(Step::Edge(Edge::Paragraph)),
            Item::End => self.steps.push(Step::Edge(Edge::End)),
            item => {
                if let Some((ask, atom)) = atoms.number(item, element.role == Some(Role::Cue)) {
                    self.steps.push(Step::Item(ask, atom, element.role));
                    needs.extend(Need::one(ask, atom, lexicon));
                }
            }
        }
    }

    /// One way must fit: what all of them need is needed, and one of what each of them needs.
    fn choice(&mut self, ways: &[Vec<Element>], atoms: &mut Atoms, lexicon: &Lexicon, needs: &mut Vec<Need>) {
        let mut ends = Vec::with_capacity(ways.len());
        let mut each = vec![Vec::new(); ways.len()];
        for (number, (way, needs)) in ways.iter().zip(&mut each).enumerate() {
            if number + 1 == ways.len() {
                self.all(way, atoms, lexicon, needs);
                break;
            }
            let either = self.hole();
            self.all(way, atoms, lexicon, needs);
            ends.push(self.hole());
            self.steps[either] = Step::Either(self.steps.len());
        }
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len());
        }
        let (first, others) = each.split_first().expect("a choice has ways");
        needs.extend(first.iter().filter(|need| others.iter().all(|way| way.contains(need))).copied());
        let rarest: Option<Vec<Need>> = each.iter().map(|way| way.iter().min().copied()).collect();
        needs.extend(rarest.and_then(|rarest| rarest.into_iter().reduce(Need::or)));
    }

    /// Room for a step that is known later.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Accept);
        self.steps.len() - 1
    }
}
