//! Where in a window of one sentence each atom stands, and from where it leads on.

use super::Matcher;
use super::atom::{Ask, Atoms};
use super::bits::{Bits, ones};
use super::blocks::Blocks;
use super::lattice::Lattice;
use super::passes::MOST_BITS;
use super::run::MOST_STOPS;
use super::tree::{Needs, Shape};
use super::words::Words;
use crate::token::Kind;

const KINDS: usize = Kind::Symbol as usize + 1;

/// Where in a window of one sentence each atom stands.
#[derive(Debug)]
pub(super) struct Ground<'a, const W: usize> {
    pub lattice: &'a Lattice<'a>,
    atoms: &'a Atoms,
    words: &'a Words,
    start: usize,
    /// One past the last place of the window.
    pub len: usize,
    /// For each atom the places where it covers one token; of mentions and cues where those begin that pass its test.
    single: Vec<Bits<W>>,
    mentions: Blocks<W>,
    cues: Blocks<W>,
    quotations: Blocks<W>,
    /// Which tests mentions or cues pass, and where those begin that pass these.
    alike: Vec<(u64, Bits<W>)>,
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
    /// What a gap steps over, once that is asked for.
    gaps: Blocks<W>,
    gaps_known: bool,
    /// A quotation runs on behind the window, and with it the forms that pass over it.
    pub leads_out: bool,
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
            mentions: Blocks::default(),
            cues: Blocks::default(),
            quotations: Blocks::default(),
            alike: Vec::new(),
            phrases: Vec::new(),
            meets: &matcher.tree.meets,
            met: Needs::NONE,
            ends: Bits::NONE,
            starts: Bits::NONE,
            paragraphs: Bits::NONE,
            gaps: Blocks::default(),
            gaps_known: false,
            leads_out: false,
        }
    }

    /// Looks at the tokens `start..start + len` of a sentence that ends at `sentence_end`.
    pub fn look(&mut self, start: usize, len: usize, sentence_end: usize) {
        self.start = start;
        self.len = len;
        self.phrases.clear();
        self.gaps_known = false;
        self.tokens();
        self.blocks();
        self.leads_out = !self.quotations.out.is_empty();
        self.borders(sentence_end);
    }

    /// Where sentences and paragraphs begin and end.
    fn borders(&mut self, sentence_end: usize) {
        let (lattice, start, len) = (self.lattice, self.start, self.len);
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

    fn note(&mut self, atom: u16) {
        self.met = self.met.or(self.meets[usize::from(atom)]);
    }

    fn tokens(&mut self) {
        let (atoms, words) = (self.atoms, self.words);
        self.single.clear();
        self.single.resize(atoms.asks.len(), Bits::NONE);
        let single = &mut self.single[..];
        let mut met = Needs::NONE;
        let mut opens = Bits::<W>::NONE;
        let mut kinds = [Bits::NONE; KINDS];
        for (at, token) in self.lattice.scene.tokens[self.start..][..self.len].iter().enumerate() {
            kinds[token.kind as usize].insert(at);
            let Some(answer) = words.of(token.word) else { continue };
            met = met.or(answer.meets);
            opens.insert_if(answer.opens, at);
            for &atom in words.lists(answer) {
                single[usize::from(atom)].insert(at);
            }
            if let Some(atom) = words.word(answer, token.hash) {
                single[usize::from(atom)].insert(at);
                met = met.or(self.meets[usize::from(atom)]);
            }
        }
        self.met = met;
        let lexicon = self.lattice.scene.lexicon;
        for at in opens.iter() {
            if let [first, second, ..] = &self.lattice.scene.tokens[self.start + at..]
                && lexicon.goes_on(lexicon.entry(first.word), second.hash)
            {
                self.phrases_from(at);
            }
        }
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
        let (lattice, atoms, (start, len)) = (self.lattice, self.atoms, (self.start, self.len));
        for (edges, tests, blocks) in [
            (&lattice.mentions, &atoms.mention_atoms, &mut self.mentions),
            (&lattice.cues, &atoms.cue_atoms, &mut self.cues),
            (&lattice.quotations, &Vec::new(), &mut self.quotations),
        ] {
            blocks.clear();
            // Most pass the same tests as some other.
            self.alike.clear();
            for edge in edges.within(start..start + len) {
                let from = edge.start as usize - start;
                blocks.add(from, edge.end as usize - start, len);
                match self.alike.iter_mut().find(|alike| alike.0 == edge.passes) {
                    Some((_, starts)) => starts.insert(from),
                    None => self.alike.push((edge.passes, Bits::only(from))),
                }
            }
            let mut passed = 0;
            for &(passes, starts) in &self.alike {
                passed |= passes;
                for atom in ones(passes).map(|test| usize::from(tests[test])) {
                    self.single[atom] = self.single[atom].or(starts);
                }
            }
            for atom in ones(passed).map(|test| usize::from(tests[test])) {
                self.met = self.met.or(self.meets[atom]);
            }
            for atom in tests.iter().skip(MOST_BITS).map(|&atom| usize::from(atom)) {
                self.single[atom] = blocks.starts();
                self.met = self.met.or(self.meets[atom]);
            }
        }
        if !self.quotations.starts().is_empty() {
            atoms.quotation.into_iter().for_each(|atom| self.note(atom));
        }
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
        let single = self.single[usize::from(atom)];
        match shape {
            Shape::Token => single.and(after.before()),
            Shape::List => {
                let mut all = single.and(after.before());
                for &(start, end, _) in self.phrases.iter().filter(|phrase| phrase.2 == atom) {
                    all.insert_if(self.reaches(after, end.into()), start.into());
                }
                all
            }
            Shape::Quotation => self.quotations.before(after),
            Shape::Mention => single.and(self.mentions.before(after)),
            Shape::Cue => single.and(self.cues.before(after)),
        }
    }

    /// To where the atom of this shape leads out of the set; what leads out of the window may lead anywhere.
    #[inline]
    pub fn behind(&self, atom: u16, shape: Shape, before: Bits<W>) -> Bits<W> {
        let from = self.single[usize::from(atom)].and(before);
        match shape {
            Shape::Token => from.after(),
            Shape::List => {
                let mut all = from.after();
                let phrases = self.phrases.iter().filter(|phrase| phrase.2 == atom);
                for &(_, end, _) in phrases.filter(|phrase| before.has(phrase.0.into())) {
                    all = all.or(self.end(end.into()));
                }
                all
            }
            Shape::Quotation => self.quotations.behind(&before),
            Shape::Mention => self.mentions.behind(&from),
            Shape::Cue => self.cues.behind(&from),
        }
    }

    /// To where a clause leads out of the set: none begins where nothing but stops follows.
    pub fn behind_clause(&self, before: Bits<W>) -> Bits<W> {
        before.without(self.ends.without(self.starts)).above_first()
    }

    /// This place, or any where it lies beyond the window.
    fn end(&self, at: usize) -> Bits<W> {
        if at > self.len { Bits::ALL } else { Bits::only(at) }
    }

    /// The place lies in the set, or beyond the window, where all is possible.
    fn reaches(&self, after: &Bits<W>, end: usize) -> bool {
        (end > self.len) | after.has(end.min(Self::MOST))
    }

    /// From where a gap of at most so many items leads into the set.
    pub fn before_gap(&mut self, most: u8, after: Bits<W>) -> Bits<W> {
        let gaps = self.gaps();
        far(most, after, |last| gaps.before(&last))
    }

    /// To where a gap of at most so many items leads out of the set.
    pub fn behind_gap(&mut self, most: u8, before: Bits<W>) -> Bits<W> {
        let gaps = self.gaps();
        far(most, before, |last| gaps.behind(&last))
    }

    /// What a gap steps over: one token, or the longest mention that begins there, but no quotation.
    fn gaps(&mut self) -> &Blocks<W> {
        if !self.gaps_known {
            self.gaps_known = true;
            self.gaps.clear();
            let (lattice, start, len) = (self.lattice, self.start, self.len);
            let mut single = Bits::below(len).without(self.quotations.starts());
            let mentions = lattice.mentions.within(start..start + len);
            for same in mentions.chunk_by(|a, b| a.start == b.start) {
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
