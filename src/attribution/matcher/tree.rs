//! The steps of all forms as one tree that grows from where they begin, so that forms that begin alike are one as far as
//! they do.
//!
//! A branch is a step together with all that may stand before it. The branches stand in a list, each before those that
//! grow out of it, and to each form a path leads over some of them.

use super::atom::Ask;
use super::bits::Bits;
use super::program::{Edge, Need, Program, Step, Way};

/// So many needs have a bit; those beyond are taken to be met.
pub(super) const MOST_NEEDS: usize = 256;

/// Needs, a bit each.
pub(super) type Needs = Bits<{ MOST_NEEDS / 64 }>;

/// So many forms are looked at at once, a bit each.
const BLOCK: usize = 256;
type Block = Bits<{ BLOCK / 64 }>;

/// A step of one or several forms with all that may stand before it, or the end of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    pub kind: Kind,
    /// Behind which branches on the path to it it may stand, by their depths; twice the same where there is one.
    pub behind: (u32, u32),
    /// The leaves to which it leads, from and to.
    pub leaves: (u32, u32),
    /// Every way of their forms leads through it.
    pub gate: bool,
}

/// Where a form may fit, or leads on into another sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    /// As that of a branch.
    pub behind: (u32, u32),
    /// The form.
    pub form: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Where all forms begin.
    Root,
    /// One item of the lattice, by its number among the atoms.
    Atom(u16, Shape),
    /// A clause at the beginning of a form.
    Opening,
    Clause,
    Gap,
    /// One of several atoms, as a place among those of the tree and how many they are.
    Any(u32, u32),
    /// Ways come together.
    Join,
    End,
    Start,
    Paragraph,
    /// A form comes to its leaf, which has this number.
    Leaf(u32),
}

/// What an atom covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Quotation,
    Mention,
    Cue,
    Token,
    /// A token, or a phrase of several.
    List,
}

/// The shapes that lead over as many tokens as they like come first.
pub(super) const BLOCKS: usize = Shape::Cue as usize + 1;

/// The steps of all forms of a grammar.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub branches: Vec<Branch>,
    pub leaves: Vec<Leaf>,
    /// For each leaf the branches that lead to it, in order, and where these end.
    paths: Vec<u32>,
    path_ends: Vec<u32>,
    /// The atoms of choices between single ones.
    pub choices: Vec<(u16, Shape)>,
    /// The most branches in a path.
    pub deepest: usize,
    /// For each atom the needs that it meets.
    pub meets: Vec<Needs>,
    /// The needs that are met too by what follows behind the sentence, where forms go on.
    pub follows: Needs,
    /// For each block of forms the needs on which they depend, four at a time.
    left: Vec<Vec<Nibble>>,
}

impl Tree {
    /// The tree of all forms over so many atoms.
    pub fn new(programs: &[Program], atoms: usize) -> Self {
        // Each with whether it is met too where it follows behind the sentence.
        let mut known: Vec<(Need, bool)> = Vec::new();
        let mut buds = Buds::new();
        // For each form, and for each way through its choice, its number and what it needs.
        let mut ways: Vec<(u32, Needs)> = Vec::new();
        for (program, number) in programs.iter().zip(0..) {
            let mut needs = Needs::NONE;
            let own = program.needs.iter().map(|&need| (need, false));
            for need in own.chain(program.follows.map(|need| (need, true))) {
                place(&mut known, need).into_iter().for_each(|need| needs.insert(need));
            }
            let through = program.ways.iter().map(Some);
            for way in through.chain(program.ways.is_empty().then_some(None)) {
                let mut needs = needs;
                for &need in way.iter().flat_map(|way| &way.needs) {
                    place(&mut known, (need, false)).into_iter().for_each(|need| needs.insert(need));
                }
                buds.add(ways.len() as u32, program, way);
                ways.push((number, needs));
            }
        }
        let choices = std::mem::take(&mut buds.choices);
        let mut tree = buds.flatten();
        let mut left = blocks(ways.len(), known.len());
        // Needs are numbered as leaves first have them, so that most of them concern one block only.
        let mut numbers = Vec::with_capacity(known.len());
        for (place, leaf) in tree.leaves.iter_mut().enumerate() {
            let (form, needs) = ways[leaf.form as usize];
            leaf.form = form;
            for need in needs.iter() {
                let number = numbers.iter().position(|&known| known == need).unwrap_or(numbers.len());
                if number == numbers.len() {
                    numbers.push(need);
                }
                bar(&mut left, place, number);
            }
        }
        left.iter_mut().for_each(|block| block.retain(Nibble::bars));
        let (mut meets, mut follows) = (vec![Needs::NONE; atoms], Needs::NONE);
        for (number, &need) in numbers.iter().enumerate() {
            let (need, behind) = &known[need];
            need.atoms.iter().for_each(|atom| meets[atom].insert(number));
            follows.insert_if(*behind, number);
        }
        let deepest = (0..ways.len() as u32).map(|leaf| tree.path(leaf).len()).max().unwrap_or(0);
        Self { choices, deepest, meets, follows, left, ..tree }
    }

    /// The branches that lead to the leaf, in order.
    #[inline]
    pub fn path(&self, leaf: u32) -> &[u32] {
        let from = leaf.checked_sub(1).map_or(0, |before| self.path_ends[before as usize]);
        &self.paths[from as usize..self.path_ends[leaf as usize] as usize]
    }

    /// From now on all forms have what they need, and may fit.
    #[cfg(test)]
    pub fn forget_all(&mut self) {
        self.left.iter_mut().for_each(Vec::clear);
        self.branches.iter_mut().for_each(|branch| branch.kind = Kind::Root);
    }

    /// How many words hold a bit for each form.
    pub fn words(&self) -> usize {
        self.left.len() * BLOCK / 64
    }

    /// Finds the forms of which all needs are met, a bit each, and tells whether there are any.
    pub fn left(&self, met: &Needs, forms: &mut Vec<u64>) -> bool {
        forms.clear();
        let met = met.words();
        for (nibbles, first) in self.left.iter().zip((0..).step_by(BLOCK)) {
            let mut left = Block::below((self.path_ends.len() - first).min(BLOCK));
            for Nibble { word, shift, left: ways } in nibbles {
                let way = met[usize::from(*word) % met.len()] >> shift;
                left = left.and(ways[way as usize % WAYS]);
            }
            forms.extend(left.words());
        }
        forms.iter().any(|&word| word != 0)
    }
}

/// The first leaf from this one on that is among those that are left.
#[inline]
pub(super) fn next(left: &[u64], from: u32) -> Option<u32> {
    let mut word = from as usize / 64;
    let mut bits = left.get(word)? >> (from % 64) << (from % 64);
    while bits == 0 {
        word += 1;
        bits = *left.get(word)?;
    }
    Some(64 * word as u32 + bits.trailing_zeros())
}

/// So many needs are looked at at once, which may be met in so many ways.
const NIBBLE: usize = 4;
const WAYS: usize = 1 << NIBBLE;

/// A few needs that stand side by side, and which forms of a block are left by each way in which they are met.
#[derive(Clone, Debug)]
struct Nibble {
    /// In which word of all needs they stand, and behind how many bits.
    word: u8,
    shift: u8,
    left: [Block; WAYS],
}

impl Nibble {
    /// Some form needs some of them.
    fn bars(&self) -> bool {
        self.left.iter().any(|left| *left != Block::ALL)
    }
}

/// All of so many leaves are left in whichever way so many needs are met.
fn blocks(leaves: usize, needs: usize) -> Vec<Vec<Nibble>> {
    let place = |n: usize| ((n * NIBBLE / 64) as u8, (n * NIBBLE % 64) as u8);
    let nibble = |n| Nibble { word: place(n).0, shift: place(n).1, left: [Block::ALL; WAYS] };
    vec![(0..needs.div_ceil(NIBBLE)).map(nibble).collect(); leaves.div_ceil(BLOCK)]
}

/// The leaf at this place is not left where the need is not met.
fn bar(left: &mut [Vec<Nibble>], leaf: usize, need: usize) {
    let ways = left[leaf / BLOCK][need / NIBBLE].left.iter_mut().enumerate();
    let unmet = ways.filter(|(way, _)| way >> (need % NIBBLE) & 1 == 0);
    unmet.for_each(|(_, left)| left.remove(leaf % BLOCK));
}

/// The bit of a need, while there are any.
fn place<T: PartialEq>(known: &mut Vec<T>, one: T) -> Option<usize> {
    let place = known.iter().position(|known| *known == one).unwrap_or(known.len());
    if place == known.len() && place < MOST_NEEDS {
        known.push(one);
    }
    (place < MOST_NEEDS).then_some(place)
}

/// The bud with which all forms begin, and no bud.
const ROOT: u32 = 0;
const NONE: u32 = u32::MAX;

/// A branch of a tree that still grows.
struct Bud {
    branch: Branch,
    /// Out of which it grows, the last that grew out of it, and the one that grew beside it before.
    parent: u32,
    child: u32,
    sibling: u32,
}

struct Buds {
    all: Vec<Bud>,
    choices: Vec<(u16, Shape)>,
}

impl Buds {
    /// A tree of nothing but its root, at which all forms begin.
    fn new() -> Self {
        let branch = Branch { kind: Kind::Root, behind: (0, 0), leaves: (0, 0), gate: true };
        let root = Bud { branch, parent: NONE, child: NONE, sibling: NONE };
        Self { all: vec![root], choices: Vec::new() }
    }

    /// Adds a form, as far as it stands in the sentence in which it begins, by one way through its choice.
    fn add(&mut self, leaf: u32, program: &Program, way: Option<&Way>) {
        let mut parent = ROOT;
        // Behind which buds the step may stand, and each step further on to which some way leaps.
        let mut behind = vec![parent];
        let mut leaps: Vec<Vec<u32>> = vec![Vec::new(); program.steps.len() + 1];
        let mut at = 0;
        while let Some(step) = program.steps.get(at) {
            behind.append(&mut leaps[at]);
            match way {
                Some(way) if at == way.choice.start => {
                    at = way.steps.start;
                    continue;
                }
                Some(way) if at == way.steps.end && at < way.choice.end => {
                    at = way.choice.end;
                    continue;
                }
                _ => {}
            }
            match step {
                Step::Open | Step::Close(_) => {}
                Step::Either(_) if let Some((end, atoms)) = program.one_of(at) => {
                    let gate = leaps[at + 1..].iter().all(Vec::is_empty);
                    let kind = self.any(&atoms);
                    parent = self.grow(parent, kind, &mut behind, gate);
                    at = end;
                    continue;
                }
                Step::Either(other) => {
                    parent = self.join(parent, &mut behind, 1);
                    leaps[*other].extend(&behind);
                }
                Step::Jump(to) => leaps[*to].append(&mut behind),
                Step::Accept => break,
                Step::Clause(_) if at == program.opening => {
                    parent = self.grow(parent, Kind::Opening, &mut behind, true);
                }
                Step::Item(..) | Step::Edge(_) | Step::Clause(_) | Step::Gap(_) => {
                    let gate = leaps[at + 1..].iter().all(Vec::is_empty);
                    parent = self.grow(parent, Kind::of(step), &mut behind, gate);
                }
            }
            if at == program.leaves {
                leaps.iter_mut().for_each(|leap| behind.append(leap));
                break;
            }
            at += 1;
        }
        self.grow(parent, Kind::Leaf(leaf), &mut behind, false);
    }

    /// Grows a branch that stands behind these buds, of which it then takes the place.
    fn grow(&mut self, parent: u32, kind: Kind, behind: &mut Vec<u32>, gate: bool) -> u32 {
        let parent = self.join(parent, behind, 2);
        let bud = self.bud(parent, kind, (behind[0], behind[behind.len() - 1]), gate);
        behind.clear();
        behind.push(bud);
        bud
    }

    /// Joins buds until there are no more than so many, and gives the last that grew.
    fn join(&mut self, mut parent: u32, behind: &mut Vec<u32>, most: usize) -> u32 {
        while behind.len() > most {
            let others = (behind[0], behind.remove(1));
            parent = self.bud(parent, Kind::Join, others, false);
            behind[0] = parent;
        }
        parent
    }

    /// A choice between these atoms.
    fn any(&mut self, atoms: &[(u16, Shape)]) -> Kind {
        let known = self.choices.windows(atoms.len()).position(|known| known == atoms);
        let first = known.unwrap_or(self.choices.len());
        if known.is_none() {
            self.choices.extend(atoms);
        }
        Kind::Any(first as u32, atoms.len() as u32)
    }

    /// The branch grows out of its parent, unless it has before.
    fn bud(&mut self, parent: u32, kind: Kind, behind: (u32, u32), gate: bool) -> u32 {
        let branch = Branch { kind, behind, leaves: (0, 0), gate };
        let last = self.all[parent as usize].child;
        let mut child = last;
        while child != NONE {
            let known = &self.all[child as usize];
            if known.branch == branch {
                return child;
            }
            child = known.sibling;
        }
        let new = self.all.len() as u32;
        self.all.push(Bud { branch, parent, child: NONE, sibling: last });
        self.all[parent as usize].child = new;
        new
    }

    /// The branches, each before those that grow out of it, the leaves, and the paths to all of these one behind the
    /// other.
    fn flatten(self) -> Tree {
        let mut branches: Vec<Branch> = Vec::with_capacity(self.all.len());
        let mut depths = vec![0; self.all.len()];
        let (mut leaves, mut paths, mut path_ends) = (Vec::new(), Vec::new(), Vec::new());
        let mut path = Vec::new();
        let mut bud = ROOT;
        while bud != NONE {
            let Bud { mut branch, child, .. } = self.all[bud as usize];
            branch.behind = (depths[branch.behind.0 as usize], depths[branch.behind.1 as usize]);
            let mut up = bud;
            if let Kind::Leaf(form) = branch.kind {
                leaves.push(Leaf { behind: branch.behind, form });
                paths.extend(&path);
                path_ends.push(paths.len() as u32);
                (bud, up) = self.beside(bud);
            } else {
                depths[bud as usize] = path.len() as u32;
                path.push(branches.len() as u32);
                branch.leaves.0 = leaves.len() as u32;
                branches.push(branch);
                bud = child;
            }
            while bud == NONE
                && let Some(done) = path.pop()
            {
                branches[done as usize].leaves.1 = leaves.len() as u32;
                (bud, up) = self.beside(up);
            }
        }
        let (choices, meets, left) = (Vec::new(), Vec::new(), Vec::new());
        Tree { branches, leaves, paths, path_ends, choices, deepest: 0, meets, follows: Needs::NONE, left }
    }

    /// The bud that grew beside this one before it, and that out of which both grow.
    fn beside(&self, bud: u32) -> (u32, u32) {
        let Bud { sibling, parent, .. } = self.all[bud as usize];
        (sibling, parent)
    }
}

impl Kind {
    fn of(step: &Step) -> Self {
        match step {
            Step::Item(ask, atom, _) => Self::Atom(*atom, Shape::of(*ask)),
            Step::Clause(_) => Self::Clause,
            Step::Gap(_) => Self::Gap,
            Step::Edge(Edge::End) => Self::End,
            Step::Edge(Edge::Start) => Self::Start,
            Step::Edge(Edge::Paragraph) => Self::Paragraph,
            Step::Either(_) | Step::Jump(_) | Step::Open | Step::Close(_) | Step::Accept => Self::Join,
        }
    }
}

impl Shape {
    #[inline]
    pub fn of(ask: Ask) -> Self {
        match ask {
            Ask::List(_) => Self::List,
            Ask::Quote => Self::Quotation,
            Ask::Mention(_) => Self::Mention,
            Ask::Cue(_) => Self::Cue,
            Ask::Word(_) | Ask::AnyWord | Ask::Number | Ask::Mark(_) => Self::Token,
        }
    }
}
