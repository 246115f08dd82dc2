//! A form as a list of steps.

use super::atom::{Ask, Atoms};
use super::bits::Bits;
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
    /// What has to stand side by side in that sentence.
    pub pairs: Vec<Pair>,
    /// The atom with which it goes on where it leaves the sentence, as a need too.
    pub follows: Option<(u16, Need)>,
    /// The steps through which every way leads, a flag a step.
    gates: Vec<bool>,
    /// From this step on it may stand in another sentence than the one in which it began.
    pub leaves: usize,
}

/// Some of a grammar’s first atoms, of which one must stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// How common the commonest is, and how many they are.
    common: (u8, u8),
    pub atoms: Bits<{ NEEDED / 64 }>,
}

/// So many atoms are looked for before a form is tried; the others may always be there.
const NEEDED: usize = 256;

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

/// Two things of which one has to follow the other, with at most so many tokens between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub first: Pole,
    pub between: u8,
    pub second: Pole,
}

/// One of a pair: the token of an atom, any quotation, mention or cue, or the end of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pole {
    Token(u16),
    Quotation,
    Mention,
    Cue,
    End,
}

impl Pole {
    /// What stands at the beginning of all that the element may be, or at its end.
    fn of(element: &Element, end: bool, atoms: &mut Atoms) -> Option<Self> {
        match &element.item {
            _ if element.optional => None,
            Item::Choice(ways) => {
                let mut poles = ways.iter().map(|way| {
                    let outermost = if end { way.last() } else { way.first() };
                    Self::of(outermost?, end, atoms)
                });
                let first = poles.next()??;
                poles.all(|pole| pole == Some(first)).then_some(first)
            }
            Item::Quote => Some(Self::Quotation),
            Item::Mention(_) => Some(Self::Mention),
            Item::Cue(_) => Some(Self::Cue),
            Item::End if !end => Some(Self::End),
            item if is_token(item) => atoms.number(item, false).map(|(_, atom)| Self::Token(atom)),
            _ => None,
        }
    }
}

/// The item covers one token and no more.
fn is_token(item: &Item) -> bool {
    match item {
        Item::Word(_) | Item::Mark(_) | Item::AnyWord | Item::Number => true,
        Item::Choice(ways) => ways.iter().all(|way| matches!(&way[..], [one] if is_token(&one.item))),
        _ => false,
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
            pairs: Vec::new(),
            follows: None,
            gates: Vec::new(),
            leaves: usize::MAX,
        };
        let mut needs = Vec::with_capacity(2 * form.len());
        let mut before: Option<(Pole, u8)> = None;
        for element in form {
            let gate = program.steps.len();
            program.all(std::slice::from_ref(element), atoms, lexicon, &mut needs);
            program.gates.resize(program.steps.len(), false);
            program.gates[gate] = true;
            if program.leads_out().is_some() {
                before = None;
            } else if element.optional && is_token(&element.item) {
                before = before.map(|(pole, between)| (pole, between + 1));
            } else {
                let second = Pole::of(element, false, atoms);
                let pair = before.zip(second);
                program.pairs.extend(pair.map(|((first, between), second)| Pair { first, between, second }));
                before = Pole::of(element, true, atoms).map(|pole| (pole, 0));
            }
        }
        program.needs = needs;
        program.steps.push(Step::Accept);
        program.gates.push(false);
        program.leaves = program.leads_out().unwrap_or(usize::MAX);
        program.follows = program.follows(lexicon);
        program
    }

    /// Every way leads through the step while it stands in the sentence in which the form began.
    pub fn is_gate(&self, step: usize) -> bool {
        let opens = self.steps[..step].iter().rev().take_while(|step| matches!(step, Step::Open)).count();
        step <= self.leaves && self.gates[step - opens..=step].contains(&true)
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

    /// The first item behind the first step that leads out, where every way there goes straight on to it.
    fn follows(&self, lexicon: &Lexicon) -> Option<(u16, Need)> {
        let mut rest = self.leads_out()?;
        loop {
            match self.steps[rest] {
                Step::Edge(_) | Step::Either(_) => rest += 1,
                Step::Item(ask, atom, _) if self.gates[rest] => {
                    return Some((atom, Need::one(ask, atom, lexicon)?));
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
