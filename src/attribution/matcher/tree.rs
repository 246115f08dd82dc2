//! The steps of all forms as one tree that grows from their ends, so that forms that end alike are one as far as they do.
//!
//! A branch is a step together with all that may follow it. The branches stand in a list, each before those that grow
//! out of it: a walk over the tree is a walk through the list that leaps over what it leaves out.

use super::atom::Ask;
use super::bits::Bits;
use super::program::{Edge, Need, Program, Step};
use crate::lexicon::List;

/// So many needs have a bit; those beyond are taken to be met.
const MOST_NEEDS: usize = 128;

/// Needs, a bit each.
pub(super) type Needs = Bits<{ MOST_NEEDS / 64 }>;

/// A step of one or several forms with all that may follow it, or the end of a way to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    pub kind: Kind,
    /// What follows, as an index; smaller than the branch’s own.
    pub next: u32,
    /// The first branch behind it that does not grow out of it.
    pub skip: u32,
    /// Every way of its forms leads through it.
    pub gate: bool,
    /// It may stand behind the end of the sentence in which the form began.
    pub beyond: bool,
    /// What all its forms need.
    pub needs: Needs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One item of the lattice, by its number among the atoms.
    Atom(u16, Shape),
    Clause,
    Gap(u8),
    /// What follows, or this.
    Either(u32),
    End,
    Start,
    Paragraph,
    /// Nothing more is asked for.
    Accept,
    /// Nothing more is asked for, but this atom has to follow behind the sentence unless this need is met in it.
    Follows(u16, u8),
    /// The form of this number begins where what follows may stand.
    Form(u32),
}

/// What an atom covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Token,
    List(List),
    Quotation,
    /// A mention that passes the test of this number.
    Mention(u16),
    /// A cue that does.
    Cue(u16),
}

/// The steps of all forms of a grammar.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub branches: Vec<Branch>,
    /// For each form the branches of its steps.
    pub forms: Vec<Box<[u32]>>,
    /// For each atom the needs that it meets.
    pub meets: Vec<Needs>,
}

impl Tree {
    /// The tree of all forms over so many atoms.
    pub fn new(programs: &[Program], atoms: usize) -> Self {
        let mut known = Vec::new();
        let mut buds = Buds::new();
        let mut forms = Vec::with_capacity(programs.len());
        for (number, program) in programs.iter().enumerate() {
            let mut needs = Needs::NONE;
            for need in program.needs.iter().filter_map(|need| place(&mut known, need)) {
                needs.insert(need);
            }
            let follows = program.follows.and_then(|(atom, need)| Some((atom, place(&mut known, &need)?)));
            forms.push(buds.add(number as u32, program, needs, follows));
        }
        let mut meets = vec![Needs::NONE; atoms];
        for (i, need) in known.iter().enumerate() {
            need.atoms.iter().for_each(|atom| meets[atom].insert(i));
        }
        let (branches, places) = buds.flatten();
        forms.iter_mut().flatten().for_each(|bud| *bud = places[*bud as usize]);
        Self { branches, forms, meets }
    }
}

/// The bit of a need, while there are any.
fn place(known: &mut Vec<Need>, need: &Need) -> Option<usize> {
    let place = known.iter().position(|known| known == need).unwrap_or(known.len());
    if place == known.len() && place < MOST_NEEDS {
        known.push(*need);
    }
    (place < MOST_NEEDS).then_some(place)
}

/// No bud.
const NONE: u32 = u32::MAX;

/// A branch of a tree that still grows.
struct Bud {
    branch: Branch,
    /// Out of which it grows, the last that grew out of it, and the one that grew beside it before.
    parent: u32,
    child: u32,
    sibling: u32,
}

struct Buds(Vec<Bud>);

impl Buds {
    /// A tree of nothing but its root, at which all forms end.
    fn new() -> Self {
        let root =
            Branch { kind: Kind::Accept, next: 0, skip: 0, gate: false, beyond: false, needs: Needs::ALL };
        Self(vec![Bud { branch: root, parent: NONE, child: NONE, sibling: NONE }])
    }

    /// Adds a form, and gives the buds of its steps.
    fn add(
        &mut self,
        number: u32,
        program: &Program,
        needs: Needs,
        follows: Option<(u16, usize)>,
    ) -> Box<[u32]> {
        let last = program.steps.len() - 1;
        let mut steps = vec![0; last + 1].into_boxed_slice();
        self.0[0].branch.needs = self.0[0].branch.needs.and(needs);
        let branch = |kind, next| Branch { kind, next, skip: 0, gate: false, beyond: false, needs };
        let mut parent = 0;
        if let Some((atom, need)) = follows {
            let branch = Branch { gate: true, ..branch(Kind::Follows(atom, need as u8), 0) };
            parent = self.grow(parent, branch);
        }
        steps[last] = parent;
        for step in (0..last).rev() {
            let next = steps[step + 1];
            steps[step] = match &program.steps[step] {
                Step::Jump(to) => steps[*to],
                Step::Open | Step::Close(_) => next,
                other => {
                    let kind = Kind::of(other, &steps);
                    let (gate, beyond) = (program.is_gate(step), step > program.leaves);
                    parent = self.grow(parent, Branch { gate, beyond, ..branch(kind, next) });
                    parent
                }
            };
        }
        self.grow(parent, branch(Kind::Form(number), steps[0]));
        steps
    }

    /// The branch grows out of its parent, unless it has before.
    fn grow(&mut self, parent: u32, branch: Branch) -> u32 {
        let last = self.0[parent as usize].child;
        let mut child = last;
        while child != NONE {
            let known = &mut self.0[child as usize];
            if (Branch { needs: branch.needs, ..known.branch }) == branch {
                known.branch.needs = known.branch.needs.and(branch.needs);
                return child;
            }
            child = known.sibling;
        }
        let new = self.0.len() as u32;
        self.0.push(Bud { branch, parent, child: NONE, sibling: last });
        self.0[parent as usize].child = new;
        new
    }

    /// The branches, each before those that grow out of it, and for each bud its place among them.
    fn flatten(self) -> (Vec<Branch>, Vec<u32>) {
        let mut branches: Vec<Branch> = Vec::with_capacity(self.0.len());
        let mut places = vec![0; self.0.len()];
        let mut bud = 0;
        while bud != NONE {
            let Bud { mut branch, child, .. } = self.0[bud as usize];
            places[bud as usize] = branches.len() as u32;
            branch.next = places[branch.next as usize];
            if let Kind::Either(other) = &mut branch.kind {
                *other = places[*other as usize];
            }
            branches.push(branch);
            let mut up = bud;
            bud = child;
            while bud == NONE && up != NONE {
                branches[places[up as usize] as usize].skip = branches.len() as u32;
                bud = self.0[up as usize].sibling;
                up = self.0[up as usize].parent;
            }
        }
        (branches, places)
    }
}

impl Kind {
    fn of(step: &Step, steps: &[u32]) -> Self {
        match step {
            Step::Item(ask, atom, _) => Self::Atom(*atom, Shape::of(*ask)),
            Step::Clause(_) => Self::Clause,
            Step::Gap(most) => Self::Gap(*most),
            Step::Either(other) => Self::Either(steps[*other]),
            Step::Edge(Edge::End) => Self::End,
            Step::Edge(Edge::Start) => Self::Start,
            Step::Edge(Edge::Paragraph) => Self::Paragraph,
            Step::Accept | Step::Jump(_) | Step::Open | Step::Close(_) => Self::Accept,
        }
    }
}

impl Shape {
    fn of(ask: Ask) -> Self {
        match ask {
            Ask::List(list) => Self::List(list),
            Ask::Quote => Self::Quotation,
            Ask::Mention(test) => Self::Mention(test),
            Ask::Cue(test) => Self::Cue(test),
            Ask::Word(_) | Ask::AnyWord | Ask::Number | Ask::Mark(_) => Self::Token,
        }
    }
}
