//! Where in a window of one sentence each atom stands, and from where it leads on.

use super::Matcher;
use super::atom::{Ask, Atoms};
use super::bits::Bits;
use super::lattice::{Edge, Lattice};
use super::passes::MOST_BITS;
use super::run::MOST_STOPS;
use super::tree::{Beside, Needs, Shape};
use super::words::Words;
use crate::token::Kind;

/// What may stand in a pair beside the atoms of single tokens.
pub(super) const POLES: usize = 7;

const KINDS: usize = Kind::Symbol as usize + 1;

/// Where in a window of one sentence each atom stands.
#[derive(Debug)]
pub(super) struct Ground<'a, const W: usize> {
    lattice: &'a Lattice<'a>,
    atoms: &'a Atoms,
    words: &'a Words,
    start: usize,
    /// One past the last place of the window.
    pub len: usize,
    /// For each atom the places where it covers one token; then where quotations, mentions and cues begin, and for
    /// each of them where its last token is, and at last where the sentence may end.
    single: Vec<Bits<W>>,
    mentions: Blocks<'a, W>,
    cues: Blocks<'a, W>,
    quotations: Blocks<'a, W>,
    /// Where phrases of several words stand: from, to, atom.
    phrases: Vec<(u16, u16, u16)>,
    /// For each atom the needs that it meets, and those that are met here.
    meets: &'a [Needs],
    pub met: Needs,
    /// Nothing but stops follows.
    pub ends: Bits<W>,
    /// The first place of the window, and the one behind its last, where a sentence begins there.
    pub starts: Bits<W>,
    /// The same for paragraphs.
    pub paragraphs: Bits<W>,
    /// Where a gap steps over one token, once that is asked for.
    gaps: Option<Bits<W>>,
    /// Where it steps over a mention, and to where.
    long_gaps: Vec<(u16, u16)>,
    long_ends: Bits<W>,
    /// A quotation runs on behind the window, and with it the forms that pass over it.
    pub leads_out: bool,
}

/// All quotations, mentions or cues that begin in a window.
#[derive(Clone, Copy, Debug)]
struct Blocks<'a, const W: usize> {
    all: &'a [Edge],
    start: usize,
    len: usize,
    /// The places in the window where they begin and end.
    starts: Bits<W>,
    ends: Bits<W>,
    /// One of them leads out of it.
    crosses: bool,
}

impl<'a, const W: usize> Blocks<'a, W> {
    fn new(all: &'a [Edge], start: usize, len: usize) -> Self {
        let mut blocks = Self { all, start, len, starts: Bits::NONE, ends: Bits::NONE, crosses: false };
        for edge in all {
            let end = edge.end as usize - start;
            blocks.crosses |= end > len;
            blocks.starts.insert(edge.start as usize - start);
            blocks.ends.insert_if(end <= len, end % (64 * W));
        }
        blocks
    }

    /// From where those that pass lead into the set; what leads out may lead anywhere.
    fn before(&self, after: &Bits<W>, passes: impl Fn(&Edge) -> bool) -> Bits<W> {
        let mut out = Bits::NONE;
        if after.meets(&self.ends) || self.crosses {
            for edge in self.all {
                let end = edge.end as usize - self.start;
                if (end > self.len || after.has(end)) && passes(edge) {
                    out.insert(edge.start as usize - self.start);
                }
            }
        }
        out
    }
}

impl<'a, const W: usize> Ground<'a, W> {
    /// The longest window, with a place behind its last token.
    pub const MOST: usize = 64 * W - 1;

    pub fn new(lattice: &'a Lattice<'a>, matcher: &'a Matcher) -> Self {
        Self {
            lattice,
            atoms: &matcher.atoms,
            words: &matcher.words,
            start: 0,
            len: 0,
            single: Vec::new(),
            mentions: Blocks::new(&[], 0, 0),
            cues: Blocks::new(&[], 0, 0),
            quotations: Blocks::new(&[], 0, 0),
            phrases: Vec::new(),
            meets: &matcher.tree.meets,
            met: Needs::NONE,
            ends: Bits::NONE,
            starts: Bits::NONE,
            paragraphs: Bits::NONE,
            gaps: None,
            long_gaps: Vec::new(),
            long_ends: Bits::NONE,
            leads_out: false,
        }
    }

    /// Looks at the tokens `start..start + len` of a sentence that ends at `sentence_end`.
    pub fn look(&mut self, start: usize, len: usize, sentence_end: usize) {
        let lattice = self.lattice;
        let end = start + len;
        self.start = start;
        self.len = len;
        self.mentions = Blocks::new(lattice.mentions.within(start..end), start, len);
        self.cues = Blocks::new(lattice.cues.within(start..end), start, len);
        self.quotations = Blocks::new(lattice.quotations.within(start..end), start, len);
        self.leads_out = self.quotations.crosses;
        self.phrases.clear();
        self.gaps = None;
        self.long_gaps.clear();
        self.long_ends = Bits::NONE;
        self.met = Needs::NONE;
        self.tokens();
        self.blocks();
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
        self.ends.insert(0);
        let stops = lattice.scene.tokens[start..sentence_end].iter().rev();
        let over = stops.take(MOST_STOPS).take_while(|token| token.ends_sentence()).count();
        for at in (sentence_end - over..=sentence_end).filter(|&at| at <= end) {
            self.ends.insert(at - start);
        }
        self.poles();
    }

    fn note(&mut self, atom: u16) {
        self.met = self.met.or(self.meets[usize::from(atom)]);
    }

    fn tokens(&mut self) {
        let (atoms, words) = (self.atoms, self.words);
        let mut met = Needs::NONE;
        self.single.clear();
        self.single.resize(atoms.asks.len() + POLES, Bits::NONE);
        let mut kinds = [Bits::NONE; KINDS];
        for (at, token) in self.lattice.scene.tokens[self.start..][..self.len].iter().enumerate() {
            kinds[token.kind as usize].insert(at);
            let Some(answer) = words.of(token.word) else { continue };
            met = met.or(answer.meets);
            for &atom in words.lists(answer) {
                self.single[usize::from(atom)].insert(at);
            }
            if answer.opens {
                self.phrases_from(at);
            }
            if let Some(atom) = words.word(answer, token.hash) {
                self.single[usize::from(atom)].insert(at);
                self.note(atom);
            }
        }
        self.met = self.met.or(met);
        for &(atom, of) in &atoms.kinds {
            let places = of.iter().fold(Bits::NONE, |all, &kind| kinds[kind as usize].or(all));
            if !places.is_empty() {
                self.single[usize::from(atom)] = places;
                self.note(atom);
            }
        }
    }

    /// Notes the phrases that begin here, of each list the longest; it stands there and not its first word.
    fn phrases_from(&mut self, at: usize) {
        let scene = self.lattice.scene;
        let words = &scene.tokens[self.start + at..];
        let entry = scene.lexicon.entry(words[0].word);
        for (list, length) in scene.lexicon.phrases(entry, |n| words.get(n).map(|word| word.hash)) {
            let Some(atom) = self.atoms.of_list(list) else { continue };
            let (start, end) = (at as u16, (at + length).min(Self::MOST + 1) as u16);
            self.note(atom);
            self.single[usize::from(atom)].remove(at);
            match self.phrases.last_mut() {
                Some(known) if (known.0, known.2) == (start, atom) => known.1 = known.1.max(end),
                _ => self.phrases.push((start, end, atom)),
            }
        }
    }

    /// Atoms of mentions and cues stand where their test is passed; tests beyond the bits may always be.
    fn blocks(&mut self) {
        let atoms = self.atoms;
        for (blocks, tests) in [(self.mentions, &atoms.mention_atoms), (self.cues, &atoms.cue_atoms)] {
            let mut passed = blocks.all.iter().fold(0, |all, edge| all | edge.passes);
            while passed != 0 {
                self.note(tests[passed.trailing_zeros() as usize]);
                passed &= passed - 1;
            }
            tests.iter().skip(MOST_BITS).for_each(|&atom| self.note(atom));
        }
        if !self.quotations.all.is_empty() {
            atoms.quotation.into_iter().for_each(|atom| self.note(atom));
        }
    }

    /// Where what may stand in pairs is, beside the atoms.
    fn poles(&mut self) {
        let atoms = self.atoms.asks.len();
        for (blocks, pole) in [(self.quotations, 0), (self.mentions, 1), (self.cues, 2)] {
            self.single[atoms + 2 * pole] = blocks.starts;
            self.single[atoms + 2 * pole + 1] = blocks.ends.before();
        }
        self.single[atoms + 6] = self.ends;
    }

    /// Both of the pair stand side by side.
    pub fn has(&self, pair: &Beside) -> bool {
        let mut near = self.single[usize::from(pair.second)].before();
        for _ in 0..pair.between {
            near = near.or(near.before());
        }
        near.meets(&self.single[usize::from(pair.first)])
    }

    /// The atom may stand at the token behind the window.
    pub fn follows(&self, atom: u16) -> bool {
        let (lattice, at) = (self.lattice, self.start + self.len);
        at < lattice.len()
            && match self.atoms.asks[usize::from(atom)] {
                Ask::Quote => !lattice.quotations.at(at).is_empty(),
                Ask::Mention(test) => {
                    lattice.mentions.at(at).iter().any(|edge| lattice.mention_passes(edge, test))
                }
                Ask::Cue(test) => lattice.cues.at(at).iter().any(|edge| lattice.cue_passes(edge, test)),
                Ask::List(list) => {
                    let lexicon = lattice.scene.lexicon;
                    let entry = lexicon.entry(lattice.scene.tokens[at].word);
                    (entry.lists | lexicon.opens(entry)) >> list.0 & 1 != 0
                }
                ask => ask.token(&lattice.scene.tokens[at]),
            }
    }

    /// From where the atom of this shape leads into the set.
    #[inline]
    pub fn before(&self, atom: u16, shape: Shape, after: &Bits<W>) -> Bits<W> {
        match shape {
            Shape::Token => self.single[usize::from(atom)].and(after.before()),
            shape => self.before_several(atom, shape, after),
        }
    }

    /// The same for what may cover several tokens.
    fn before_several(&self, atom: u16, shape: Shape, after: &Bits<W>) -> Bits<W> {
        let lattice = self.lattice;
        match shape {
            Shape::Token | Shape::List => {
                let mut out = self.single[usize::from(atom)].and(after.before());
                for &(start, end, _) in self.phrases.iter().filter(|phrase| phrase.2 == atom) {
                    out.insert_if(self.reaches(after, end.into()), start.into());
                }
                out
            }
            Shape::Quotation => self.quotations.before(after, |_| true),
            Shape::Mention(test) => self.mentions.before(after, |edge| lattice.mention_passes(edge, test)),
            Shape::Cue(test) => self.cues.before(after, |edge| lattice.cue_passes(edge, test)),
        }
    }

    /// The place lies in the set, or beyond the window, where all is possible.
    fn reaches(&self, after: &Bits<W>, end: usize) -> bool {
        (end > self.len) | after.has(end.min(Self::MOST))
    }

    /// From where a gap of at most so many items leads into the set.
    pub fn before_gap(&mut self, most: u8, after: Bits<W>) -> Bits<W> {
        let gaps = self.gaps();
        let mut all = after;
        let mut last = after;
        for _ in 0..most {
            let mut here = gaps.and(last.before());
            if last.meets(&self.long_ends) {
                for &(start, end) in &self.long_gaps {
                    here.insert_if(self.reaches(&last, end.into()), start.into());
                }
            }
            // What was reached by fewer items has been gone on from.
            last = here.without(all);
            if last.is_empty() {
                break;
            }
            all = all.or(last);
        }
        all
    }

    /// Where a gap steps over one token, and over a mention.
    fn gaps(&mut self) -> Bits<W> {
        if let Some(known) = self.gaps {
            return known;
        }
        let place = |token: u32| token as usize - self.start;
        let mut long = Bits::NONE;
        let mut quoted = Bits::<W>::NONE;
        self.quotations.all.iter().for_each(|edge| quoted.insert(place(edge.start)));
        for same in self.mentions.all.chunk_by(|a, b| a.start == b.start) {
            let (start, end) = (same[0].start, same.iter().map(|edge| edge.end).max().unwrap_or(0));
            if end > start + 1 && !quoted.has(place(start)) {
                long.insert(place(start));
                self.long_gaps.push((place(start) as u16, place(end).min(Self::MOST + 1) as u16));
                // What leads out may lead anywhere.
                let ends = if place(end) > self.len { Bits::ALL } else { Bits::only(place(end)) };
                self.long_ends = self.long_ends.or(ends);
            }
        }
        let gaps = Bits::below(self.len).without(quoted).without(long);
        self.gaps = Some(gaps);
        gaps
    }
}
