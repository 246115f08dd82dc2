//! Where in a window of one sentence each atom stands, and from where it leads on.

use super::Matcher;
use super::bits::Bits;
use super::blocks::Blocks;
use super::lattice::Lattice;
use super::look::Look;
use super::passes::MOST_TESTS;
use super::run::MOST_STOPS;
use super::tree::{BLOCKS, Kind as Branch, Shape, Tree};
use crate::mention::MentionKind;
use crate::token::Kind;

/// Where in a window of one sentence each atom stands.
#[derive(Debug)]
pub(super) struct Ground<'a, const W: usize> {
    pub look: Look<'a, W>,
    /// For each atom the places where it begins, but for phrases, and a last for none.
    places: Vec<Bits<W>>,
    /// What quotations, mentions and cues lead over.
    blocks: [Blocks<W>; BLOCKS],
    /// Nothing but stops follows.
    pub ends: Bits<W>,
    /// The first place of the window, and the one behind its last, where a sentence begins there.
    pub starts: Bits<W>,
    /// The same for paragraphs.
    pub paragraphs: Bits<W>,
    /// What a gap steps over, once that is asked for.
    gaps: Blocks<W>,
    gaps_known: bool,
}

impl<'a, const W: usize> Ground<'a, W> {
    pub fn new(lattice: &'a Lattice<'a>, matcher: &'a Matcher) -> Self {
        Self {
            look: Look::new(lattice, matcher),
            places: Vec::new(),
            blocks: std::array::from_fn(|_| Blocks::default()),
            ends: Bits::NONE,
            starts: Bits::NONE,
            paragraphs: Bits::NONE,
            gaps: Blocks::default(),
            gaps_known: false,
        }
    }

    /// Finds where all atoms stand in the window of a sentence that ends at `sentence_end`.
    pub fn lay_out(&mut self, sentence_end: usize) {
        self.gaps_known = false;
        self.tokens_begin();
        self.edges_begin();
        self.borders(sentence_end);
    }

    /// Where sentences and paragraphs begin and end.
    fn borders(&mut self, sentence_end: usize) {
        let (lattice, start, len) = (self.look.lattice, self.look.start, self.look.len);
        let end = start + len;
        self.starts = Bits::NONE;
        self.paragraphs = Bits::NONE;
        for at in [0, len] {
            if lattice.starts_sentence(start + at) {
                self.starts.insert(at);
            }
            if lattice.starts_paragraph(start + at) {
                self.paragraphs.insert(at);
            }
        }
        self.ends = Bits::NONE;
        self.ends.insert_if(lattice.ends_sentence(start), 0);
        let stops = lattice.scene.tokens[start..sentence_end].iter().rev();
        let over = stops.take(MOST_STOPS).take_while(|token| token.ends_sentence()).count();
        for at in (sentence_end - over..=sentence_end).filter(|&at| at <= end) {
            self.ends.insert(at - start);
        }
    }

    /// Finds the places of words, lists and kinds of token.
    fn tokens_begin(&mut self) {
        let Look { atoms, words, lattice, start, len, .. } = self.look;
        let tokens = &lattice.scene.tokens[start..][..len];
        self.places.clear();
        self.places.resize(usize::from(atoms.none()) + 1, Bits::NONE);
        let places = &mut self.places[..];
        for &(at, place) in self.look.asked() {
            let answer = words.answer(place);
            for atom in answer.first {
                places[usize::from(atom)].insert(at.into());
            }
            for &atom in words.others(answer) {
                places[usize::from(atom)].insert(at.into());
            }
        }
        let mut marks = Bits::NONE;
        for at in self.look.marks().iter().map(|&at| usize::from(at)) {
            marks.insert(at);
            let atom = atoms.kinds[tokens[at].kind as usize].unwrap_or(atoms.none());
            places[usize::from(atom)].insert(at);
        }
        if let Some(atom) = atoms.kinds[Kind::Word as usize] {
            places[usize::from(atom)] = Bits::below(len).without(marks);
        }
        // A phrase stands there and not its first word.
        for &(at, _, atom) in &self.look.phrases {
            places[usize::from(atom)].remove(at.into());
        }
    }

    /// Finds where quotations, mentions and cues begin and end.
    fn edges_begin(&mut self) {
        let Look { atoms, start, .. } = self.look;
        for (ahead, shape) in [
            (&mut self.look.quotations, Shape::Quotation),
            (&mut self.look.mentions, Shape::Mention),
            (&mut self.look.cues, Shape::Cue),
        ] {
            ahead.lay_out(&mut self.blocks[shape as usize]);
        }
        if let Some(atom) = atoms.quotation {
            self.places[usize::from(atom)] = self.look.quotations.starts;
        }
        let mut kinds = [Bits::<W>::NONE; MentionKind::ALL.len()];
        for edge in self.look.mentions.here {
            kinds[self.look.kind(edge) as usize].insert(edge.start as usize - start);
        }
        for (starts, atoms) in kinds.iter().zip(&atoms.mentions_of).filter(|(starts, _)| !starts.is_empty()) {
            for &atom in atoms {
                self.places[usize::from(atom)] = self.places[usize::from(atom)].or(*starts);
            }
        }
        for edge in self.look.cues.here {
            for test in self.look.lattice.passed(edge).iter() {
                self.places[usize::from(atoms.cue_atoms[test])].insert(edge.start as usize - start);
            }
        }
        for &atom in atoms.cue_atoms.iter().skip(MOST_TESTS) {
            self.places[usize::from(atom)] = self.look.cues.starts;
        }
    }

    /// From where the atom of this shape leads into the set.
    #[inline]
    pub fn before(&self, atom: u16, shape: Shape, after: &Bits<W>) -> Bits<W> {
        let mut all = match shape {
            Shape::Token | Shape::List => after.before(),
            _ => self.blocks[shape as usize].before(after),
        }
        .and(self.places[usize::from(atom)]);
        if shape == Shape::List {
            for &(start, end, _) in self.look.phrases.iter().filter(|phrase| phrase.2 == atom) {
                all.insert_if(self.reaches(after, end.into()), start.into());
            }
        }
        all
    }

    /// To where the atom of this shape leads out of the set; what leads out of the window may lead anywhere.
    #[inline]
    pub fn behind(&self, atom: u16, shape: Shape, before: Bits<W>) -> Bits<W> {
        let here = before.and(self.places[usize::from(atom)]);
        let mut all = match shape {
            Shape::Token | Shape::List => here.after(),
            _ => self.blocks[shape as usize].behind(&here),
        };
        if shape == Shape::List {
            let phrases = self.look.phrases.iter().filter(|phrase| phrase.2 == atom);
            for &(_, end, _) in phrases.filter(|phrase| before.has(phrase.0.into())) {
                all = all.or(self.end(end.into()));
            }
        }
        all
    }

    /// To where a branch that is no form leads out of the set; the window may be the first of its sentence.
    pub fn behind_branch(&self, kind: Branch, tree: &Tree, before: Bits<W>, first: bool) -> Bits<W> {
        match kind {
            Branch::Root => Bits::below(self.look.len),
            Branch::Opening if first => Bits::only(0).above_first(),
            Branch::Opening => Bits::NONE,
            _ if before.is_empty() => before,
            Branch::Atom(atom, shape) => self.behind(atom, shape, before),
            Branch::Any(from, count) => {
                let atoms = tree.choices[from as usize..][..count as usize].iter();
                atoms.fold(Bits::NONE, |all, &(atom, shape)| all.or(self.behind(atom, shape, before)))
            }
            Branch::Clause => self.behind_clause(before),
            Branch::Gap => before.since_first(),
            Branch::Join | Branch::Leaf(_) => before,
            Branch::End => before.and(self.ends),
            Branch::Start => before.and(self.starts),
            Branch::Paragraph => before.and(self.paragraphs),
        }
    }

    /// To where a clause leads out of the set: none begins where nothing but stops follows.
    pub fn behind_clause(&self, before: Bits<W>) -> Bits<W> {
        before.without(self.ends.without(self.starts)).above_first()
    }

    /// This place, or any where it lies beyond the window.
    fn end(&self, at: usize) -> Bits<W> {
        if at > self.look.len { Bits::ALL } else { Bits::only(at) }
    }

    /// The place lies in the set, or beyond the window, where all is possible.
    fn reaches(&self, after: &Bits<W>, end: usize) -> bool {
        (end > self.look.len) | after.has(end.min(Look::<W>::MOST))
    }

    /// From where a gap of at most so many items leads into the set.
    pub fn before_gap(&mut self, most: u8, after: Bits<W>) -> Bits<W> {
        let gaps = self.gaps();
        far(most, after, |last| gaps.before(&last))
    }

    /// What a gap steps over: one token, or the longest mention that begins there, but no quotation.
    fn gaps(&mut self) -> &Blocks<W> {
        if !self.gaps_known {
            self.gaps_known = true;
            self.gaps.clear();
            let Look { start, len, .. } = self.look;
            let mut single = Bits::below(len).without(self.look.quotations.starts);
            for same in self.look.mentions.here.chunk_by(|a, b| a.start == b.start) {
                let (from, end) = (same[0].start, same.iter().map(|edge| edge.end).max().unwrap_or(0));
                let place = from as usize - start;
                if end > from + 1 && single.has(place) {
                    single.remove(place);
                    self.gaps.add(place, end as usize - start, len);
                }
            }
            self.gaps.add_single(single);
        }
        &self.gaps
    }
}

/// All places to which at most so many steps lead from the set.
fn far<const W: usize>(most: u8, from: Bits<W>, step: impl Fn(Bits<W>) -> Bits<W>) -> Bits<W> {
    let (mut all, mut last) = (from, from);
    for _ in 0..most {
        // What was reached by fewer steps has been gone on from.
        last = step(last).without(all);
        if last.is_empty() {
            break;
        }
        all = all.or(last);
    }
    all
}
