//! The steps of all forms as one tree that grows from their ends, so that forms that end alike are one as far as they do.
//!
//! A branch is a step together with all that may follow it. The branches stand in a list, each before those that grow
//! out of it: a walk over the tree is a walk through the list that leaps over what it leaves out.

use super::atom::Ask;
use super::bits::Bits;
use super::program::{Edge, Pair, Pole, Program, Step};

/// So many needs and pairs have a bit; those beyond are taken to be met.
const MOST_NEEDS: usize = 256;
const MOST_PAIRS: usize = 128;

/// Needs, a bit each.
pub(super) type Needs = Bits<{ MOST_NEEDS / 64 }>;

/// Pairs, a bit each.
type Pairs = Bits<{ MOST_PAIRS / 64 }>;

/// So many forms are looked at at once, a bit each.
const BLOCK: usize = 256;
type Block = Bits<{ BLOCK / 64 }>;

/// A step of one or several forms with all that may follow it, or the end of a way to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    pub kind: Kind,
    /// What follows, as an index; smaller than the branch’s own.
    pub next: u32,
    /// The first branch behind it that does not grow out of it.
    pub skip: u32,
    /// The forms that it leads to, from and to; forms are numbered as they stand in the tree.
    pub forms: (u32, u32),
    /// Every way of its forms leads through it.
    pub gate: bool,
    /// It may stand behind the end of the sentence in which the form began.
    pub beyond: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One item of the lattice, by its number among the atoms.
    Atom(u16, Shape),
    Clause,
    Gap(u8),
    /// What follows, or this.
    Either(u32),
    /// An atom, and as the next branch this or what stands there.
    Or(u16, Shape, u32),
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
    List,
    Quotation,
    /// A mention that passes the test of this number.
    Mention(u16),
    /// A cue that does.
    Cue(u16),
}

/// What has to stand side by side, by the places of both among the atoms and what stands behind them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// Where the last token of the first is.
    pub first: u16,
    /// So many tokens may stand between them.
    pub between: u8,
    /// Where the second begins.
    pub second: u16,
}

impl Beside {
    fn new(pair: Pair, atoms: u16) -> Self {
        let place = |pole, end| match pole {
            Pole::Token(atom) => atom,
            Pole::Quotation => atoms + end,
            Pole::Mention => atoms + 2 + end,
            Pole::Cue => atoms + 4 + end,
            Pole::End => atoms + 6,
        };
        Self { first: place(pair.first, 1), between: pair.between, second: place(pair.second, 0) }
    }
}

/// The steps of all forms of a grammar.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub branches: Vec<Branch>,
    /// For each form the branches of its steps.
    pub forms: Vec<Box<[u32]>>,
    /// For each atom the needs that it meets.
    pub meets: Vec<Needs>,
    /// All pairs, and for each form which of them must stand side by side.
    pairs: Vec<Beside>,
    paired: Vec<Pairs>,
    /// For each block of forms, and for each four needs, which of the forms are left by each way in which these are met.
    left: Vec<Vec<[Block; WAYS]>>,
}

impl Tree {
    /// The tree of all forms over so many atoms.
    pub fn new(programs: &[Program], atoms: usize) -> Self {
        let mut known = Vec::new();
        let mut buds = Buds::new();
        let mut forms = Vec::with_capacity(programs.len());
        let mut needs = vec![Needs::NONE; programs.len()];
        for (number, (program, needs)) in programs.iter().zip(&mut needs).enumerate() {
            for need in program.needs.iter().filter_map(|need| place(&mut known, need, MOST_NEEDS)) {
                needs.insert(need);
            }
            let follows =
                program.follows.and_then(|(atom, need)| Some((atom, place(&mut known, &need, MOST_NEEDS)?)));
            forms.push(buds.add(number as u32, program, follows));
        }
        let mut pairs = Vec::new();
        let mut paired = vec![Pairs::NONE; programs.len()];
        for (program, paired) in programs.iter().zip(&mut paired) {
            for pair in program.pairs.iter().filter_map(|pair| place(&mut pairs, pair, MOST_PAIRS)) {
                paired.insert(pair);
            }
        }
        let mut meets = vec![Needs::NONE; atoms];
        for (i, need) in known.iter().enumerate() {
            need.atoms.iter().for_each(|atom| meets[atom].insert(i));
        }
        let pairs = pairs.into_iter().map(|pair| Beside::new(pair, super::number(atoms))).collect();
        let (mut branches, places) = buds.flatten();
        join(&mut branches);
        forms.iter_mut().flatten().for_each(|bud| *bud = places[*bud as usize]);
        let ordered = branches.iter().filter_map(|branch| match branch.kind {
            Kind::Form(form) => Some(form as usize),
            _ => None,
        });
        let ordered: Vec<usize> = ordered.collect();
        let mut left =
            vec![vec![[Block::ALL; WAYS]; known.len().div_ceil(NIBBLE)]; programs.len().div_ceil(BLOCK)];
        for (place, &form) in ordered.iter().enumerate() {
            for need in needs[form].iter() {
                let ways = left[place / BLOCK][need / NIBBLE].iter_mut().enumerate();
                let unmet = ways.filter(|(way, _)| way >> (need % NIBBLE) & 1 == 0);
                unmet.for_each(|(_, left)| left.remove(place % BLOCK));
            }
        }
        let paired = ordered.iter().map(|&form| paired[form]).collect();
        Self { branches, forms, meets, pairs, paired, left }
    }

    /// From now on all forms have what they need.
    #[cfg(test)]
    pub fn forget_needs(&mut self) {
        self.left.iter_mut().for_each(Vec::clear);
        self.paired.fill(Pairs::NONE);
    }

    /// The forms of which all needs are met and all pairs stand side by side.
    pub fn left(&self, met: &Needs, stands: impl Fn(&Beside) -> bool, forms: &mut Vec<u32>) {
        forms.clear();
        for (nibbles, first) in self.left.iter().zip((0..).step_by(BLOCK)) {
            let mut left = Block::below((self.paired.len() - first).min(BLOCK));
            for (mut met, nibbles) in met.words().into_iter().zip(nibbles.chunks(64 / NIBBLE)) {
                for ways in nibbles {
                    left = left.and(ways[met as usize % WAYS]);
                    met >>= NIBBLE;
                }
            }
            left.iter().for_each(|form| forms.push((first + form) as u32));
        }
        let asked = forms.iter().fold(Pairs::NONE, |all, &form| all.or(self.paired[form as usize]));
        let mut apart = Pairs::NONE;
        asked.iter().for_each(|pair| apart.insert_if(!stands(&self.pairs[pair]), pair));
        forms.retain(|&form| !self.paired[form as usize].meets(&apart));
    }
}

/// Joins atoms with the branch of what may stand there as well, where nothing else grows out of them.
fn join(branches: &mut [Branch]) {
    for at in 1..branches.len() {
        let (atom, either) = (branches[at - 1], branches[at]);
        if let (Kind::Atom(number, shape), Kind::Either(other)) = (atom.kind, either.kind)
            && either.next as usize == at - 1
            && either.skip == atom.skip
            && !(atom.gate || atom.beyond || either.beyond)
        {
            let kind = Kind::Or(number, shape, other);
            branches[at - 1] = Branch { kind, gate: either.gate, ..atom };
        }
    }
}

/// So many needs are looked at at once, which may be met in so many ways.
const NIBBLE: usize = 4;
const WAYS: usize = 1 << NIBBLE;

/// The bit of a need or pair, while there are any.
fn place<T: Copy + PartialEq>(known: &mut Vec<T>, one: &T, most: usize) -> Option<usize> {
    let place = known.iter().position(|known| known == one).unwrap_or(known.len());
    if place == known.len() && place < most {
        known.push(*one);
    }
    (place < most).then_some(place)
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
        let root = Branch::new(Kind::Accept, 0);
        Self(vec![Bud { branch: root, parent: NONE, child: NONE, sibling: NONE }])
    }

    /// Adds a form, and gives the buds of its steps.
    fn add(&mut self, number: u32, program: &Program, follows: Option<(u16, usize)>) -> Box<[u32]> {
        let last = program.steps.len() - 1;
        let mut steps = vec![0; last + 1].into_boxed_slice();
        let mut parent = 0;
        if let Some((atom, need)) = follows {
            let branch = Branch::new(Kind::Follows(atom, need as u8), 0);
            parent = self.grow(parent, Branch { gate: true, ..branch });
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
                    parent = self.grow(parent, Branch { gate, beyond, ..Branch::new(kind, next) });
                    parent
                }
            };
        }
        self.grow(parent, Branch::new(Kind::Form(number), steps[0]));
        steps
    }

    /// The branch grows out of its parent, unless it has before.
    fn grow(&mut self, parent: u32, branch: Branch) -> u32 {
        let last = self.0[parent as usize].child;
        let mut child = last;
        while child != NONE {
            let known = &self.0[child as usize];
            if known.branch == branch {
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
        let mut forms = 0;
        let mut bud = 0;
        while bud != NONE {
            let Bud { mut branch, child, .. } = self.0[bud as usize];
            places[bud as usize] = branches.len() as u32;
            branch.next = places[branch.next as usize];
            if let Kind::Either(other) = &mut branch.kind {
                *other = places[*other as usize];
            }
            branch.forms.0 = forms;
            forms += u32::from(matches!(branch.kind, Kind::Form(_)));
            branches.push(branch);
            let mut up = bud;
            bud = child;
            while bud == NONE && up != NONE {
                let skip = branches.len() as u32;
                let done = &mut branches[places[up as usize] as usize];
                (done.skip, done.forms.1) = (skip, forms);
                bud = self.0[up as usize].sibling;
                up = self.0[up as usize].parent;
            }
        }
        (branches, places)
    }
}

impl Branch {
    fn new(kind: Kind, next: u32) -> Self {
        Self { kind, next, skip: 0, forms: (0, 0), gate: false, beyond: false }
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
            Ask::List(_) => Self::List,
            Ask::Quote => Self::Quotation,
            Ask::Mention(test) => Self::Mention(test),
            Ask::Cue(test) => Self::Cue(test),
            Ask::Word(_) | Ask::AnyWord | Ask::Number | Ask::Mark(_) => Self::Token,
        }
    }
}
