//! The things that forms ask of single places, each with a number: most tokens answer to none of them.

use super::Scene;
use super::bits::Bits;
use super::run::{cue_passes, kind_passes, mention_passes};
use crate::grammar::{CueTest, Item, Mark, MentionTest};
use crate::lexicon::{ByHash, List, fold};
use crate::mention::MentionKind;
use crate::token::{Kind, Token};

/// Forms ask for at most so many mentions or cues that are told apart; what is beyond passes unseen.
const MOST_TESTS: usize = 64;

/// All atoms of a grammar’s forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Atoms {
    items: Vec<(Item, bool)>,
    /// For each item its place among the mentions or cues asked for.
    tests: Vec<usize>,
    words: ByHash<u16>,
    /// A bit for the lowest bits of each word’s hash: most words of a text are no word of a form.
    filter: [u64; FILTER / 64],
    /// By the number of the list, where it is one of `every_list`.
    lists: Vec<u16>,
    every_list: u128,
    kinds: [Vec<u16>; KINDS],
    cited: Option<u16>,
    /// The tests by which mentions are told apart, with their atoms; those of one kind of mention, a bit each; and
    /// those that ask for lists too.
    mentions: Vec<(MentionTest, u16)>,
    by_kind: [u64; MentionKind::ALL.len()],
    by_list: Vec<usize>,
    /// The same for cues, by voice.
    cues: Vec<(CueTest, u16)>,
    by_voice: [Vec<usize>; VOICES],
    quotation: Option<u16>,
}

const VOICES: usize = 5;
const KINDS: usize = Kind::Symbol as usize + 1;

/// How many bits the filter before the words has.
const FILTER: usize = 1024;

impl Atoms {
    /// The number of an item that stands at one place; `whole` is a cue by itself and no part of a phrase.
    pub fn number(&mut self, item: &Item, whole: bool) -> u16 {
        let whole = whole && matches!(item, Item::Cue(_));
        if let Some(known) = self.items.iter().position(|known| known.0 == *item && known.1 == whole) {
            return known as u16;
        }
        let number = self.items.len() as u16;
        self.items.push((item.clone(), whole));
        self.tests.push(match item {
            Item::Mention(_) => self.mentions.len(),
            Item::Cue(_) => self.cues.len(),
            _ => 0,
        });
        match item {
            Item::Word(hash) => {
                self.words.insert(*hash, number);
                let bit = *hash as usize % FILTER;
                self.filter[bit / 64] |= 1 << (bit % 64);
            }
            Item::List(list) => {
                self.lists.resize(128, 0);
                self.lists[list.0 as usize] = number;
                self.every_list |= 1 << list.0;
            }
            Item::Mark(Mark::Cited) => self.cited = Some(number),
            Item::Mark(mark) => kinds(*mark).iter().for_each(|&kind| self.kinds[kind as usize].push(number)),
            Item::AnyWord => self.kinds[Kind::Word as usize].push(number),
            Item::Number => self.kinds[Kind::Number as usize].push(number),
            Item::Quote => self.quotation = Some(number),
            Item::Mention(test) => self.mention(test, number),
            Item::Cue(test) => {
                self.by_voice[test.voice as usize].push(self.cues.len());
                self.cues.push((test.clone(), number));
            }
            Item::Clause | Item::Gap(_) | Item::Choice(_) | Item::Start | Item::End | Item::Paragraph => {}
        }
        number
    }

    fn mention(&mut self, test: &MentionTest, number: u16) {
        if !test.lists.is_empty() {
            self.by_list.push(self.mentions.len());
        } else {
            for kind in MentionKind::ALL.into_iter().filter(|&kind| kind_passes(test.kind, kind)) {
                self.by_kind[kind as usize] |= bit(self.mentions.len());
            }
        }
        self.mentions.push((test.clone(), number));
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }
}

/// The bit of a test, where it has one.
fn bit(number: usize) -> u64 {
    1u64.checked_shl(number as u32).unwrap_or(0)
}

/// What leads over more than one token, or is asked for by tests.
#[derive(Clone, Copy, Debug)]
struct Edge {
    start: u16,
    /// One past its last token, as far as the window goes.
    end: u16,
    /// The tests that it passes, a bit each.
    passes: u64,
}

/// Where in a window of one sentence each atom stands.
#[derive(Clone, Debug)]
pub(super) struct Ground<const W: usize> {
    /// For each atom the places where it covers one token.
    single: Vec<Bits<W>>,
    /// Phrases of lists: the atom in place of the tests.
    phrases: Vec<Edge>,
    mentions: Vec<Edge>,
    cues: Vec<Edge>,
    quotations: Vec<Edge>,
    /// The tests that some mention, and some cue, passes.
    passing: (u64, u64),
    /// The first 128 atoms that stand here at all.
    pub present: u128,
    /// Nothing but stops follows.
    pub ends: Bits<W>,
    /// The window’s first place where a sentence begins there, and the place behind its last where one does.
    pub starts: [Bits<W>; 2],
    /// The same for paragraphs.
    pub paragraphs: [Bits<W>; 2],
    /// Where a gap steps over one token.
    gaps: Bits<W>,
    /// Where it steps over a mention, and to where.
    long_gaps: Vec<(u16, u16)>,
    /// One past the last place of the window.
    pub len: usize,
    /// A quotation runs on behind the window, and with it the forms that pass over it.
    pub leads_out: bool,
}

impl<const W: usize> Ground<W> {
    /// The longest window, with a place behind its last token.
    pub const MOST: usize = 64 * W - 1;

    pub fn new() -> Self {
        Self {
            single: Vec::new(),
            phrases: Vec::new(),
            mentions: Vec::new(),
            cues: Vec::new(),
            quotations: Vec::new(),
            passing: (0, 0),
            present: 0,
            ends: Bits::NONE,
            starts: [Bits::NONE; 2],
            paragraphs: [Bits::NONE; 2],
            gaps: Bits::NONE,
            long_gaps: Vec::new(),
            len: 0,
            leads_out: false,
        }
    }

    /// Looks at the tokens `start..start + len` of a sentence that ends at `sentence_end`.
    pub fn look<S: Scene>(
        &mut self,
        scene: &S,
        atoms: &Atoms,
        start: usize,
        len: usize,
        sentence_end: usize,
    ) {
        self.single.clear();
        self.single.resize(atoms.len(), Bits::NONE);
        self.phrases.clear();
        self.mentions.clear();
        self.cues.clear();
        self.quotations.clear();
        self.long_gaps.clear();
        self.present = 0;
        self.passing = (0, 0);
        self.ends = Bits::NONE;
        self.starts = [Bits::NONE; 2];
        self.paragraphs = [Bits::NONE; 2];
        self.gaps = Bits::NONE;
        self.len = len;
        self.leads_out = false;
        for at in 0..len {
            self.token(scene, atoms, start, at);
            self.blocks(scene, atoms, start, at);
        }
        for (i, at) in [0, len].into_iter().enumerate() {
            let token = start + at;
            if token >= scene.len() || scene.sentence(token).start as usize == token {
                self.starts[i].insert(at);
            }
            if token >= scene.len() || scene.paragraph_start(token) {
                self.paragraphs[i].insert(at);
            }
        }
        self.note_tests(atoms);
        self.ends.insert(0);
        let stops = (start..sentence_end).rev().take_while(|&i| scene.token(i).ends_sentence());
        let over = stops.take(super::run::MOST_STOPS).count();
        for at in sentence_end - over..=sentence_end {
            if (start..=start + len).contains(&at) {
                self.ends.insert(at - start);
            }
        }
    }

    fn found(&mut self, atom: u16, at: usize) {
        self.single[atom as usize].insert(at);
        self.note(atom);
    }

    /// Atoms of mentions and cues stand where their test is passed; tests beyond the bits may always be.
    fn note_tests(&mut self, atoms: &Atoms) {
        let passed = |all: u64, number: usize| number >= MOST_TESTS || all & bit(number) != 0;
        let (mentions, cues) = self.passing;
        for (_, (_, atom)) in atoms.mentions.iter().enumerate().filter(|(n, _)| passed(mentions, *n)) {
            self.note(*atom);
        }
        for (_, (_, atom)) in atoms.cues.iter().enumerate().filter(|(n, _)| passed(cues, *n)) {
            self.note(*atom);
        }
    }

    fn note(&mut self, atom: u16) {
        self.present |= 1u128.checked_shl(atom.into()).unwrap_or(0);
    }

    fn token<S: Scene>(&mut self, scene: &S, atoms: &Atoms, start: usize, at: usize) {
        let token = scene.token(start + at);
        for &atom in &atoms.kinds[token.kind as usize] {
            self.found(atom, at);
        }
        if let Some(atom) = atoms.cited.filter(|_| cited(token)) {
            self.found(atom, at);
        }
        let bit = token.hash as usize % FILTER;
        if atoms.filter[bit / 64] >> (bit % 64) & 1 != 0
            && let Some(&atom) = atoms.words.get(&token.hash)
        {
            self.found(atom, at);
        }
        let entry = scene.lexicon().entry(token.word);
        let opens = scene.lexicon().opens(entry);
        let mut lists = (entry.lists | opens) & atoms.every_list;
        while lists != 0 {
            let list = List(lists.trailing_zeros() as u8);
            lists &= lists - 1;
            let atom = atoms.lists[list.0 as usize];
            if opens & (1 << list.0) == 0 {
                self.found(atom, at);
            } else {
                let word =
                    |n: usize| (start + at + n < scene.len()).then(|| scene.token(start + at + n).hash);
                match scene.lexicon().phrase_of(entry, list, word) {
                    Some((1, _)) => self.found(atom, at),
                    Some((length, _)) => {
                        let end = (at + length).min(Self::MOST + 1) as u16;
                        self.phrases.push(Edge { start: at as u16, end, passes: atom.into() });
                        self.note(atom);
                    }
                    None => {}
                }
            }
        }
    }

    fn blocks<S: Scene>(&mut self, scene: &S, atoms: &Atoms, start: usize, at: usize) {
        let end = |end: usize| (end - start).min(Self::MOST + 1) as u16;
        let mut longest = at + 1;
        scene.mentions(start + at, &mut |index, after| {
            let mut passes = atoms.by_kind[scene.mention(index).kind as usize];
            for &number in &atoms.by_list {
                if number >= MOST_TESTS || mention_passes(scene, &atoms.mentions[number].0, index) {
                    passes |= bit(number);
                }
            }
            self.passing.0 |= passes;
            self.mentions.push(Edge { start: at as u16, end: end(after), passes });
            longest = longest.max(after - start);
        });
        scene.cues(start + at, &mut |index, after| {
            let mut passes = 0;
            let info = scene.cue(index);
            for &number in &atoms.by_voice[info.voice as usize] {
                let (test, atom) = &atoms.cues[number];
                let idle = info.idle && atoms.items[usize::from(*atom)].1;
                if number >= MOST_TESTS || !idle && cue_passes(test, &info) {
                    passes |= bit(number);
                }
            }
            self.passing.1 |= passes;
            if passes != 0 || atoms.cues.len() > MOST_TESTS {
                self.cues.push(Edge { start: at as u16, end: end(after), passes });
            }
        });
        if let Some((_, after)) = scene.quotation(start + at) {
            self.quotations.push(Edge { start: at as u16, end: end(after), passes: 0 });
            self.leads_out |= after > start + self.len;
            atoms.quotation.into_iter().for_each(|atom| self.note(atom));
        } else if longest > at + 1 {
            self.long_gaps.push((at as u16, longest.min(Self::MOST + 1) as u16));
        } else {
            self.gaps.insert(at);
        }
    }

    /// The place lies in the set, or beyond the window, where all is possible.
    fn reaches(&self, after: &Bits<W>, end: u16) -> bool {
        usize::from(end) > self.len || after.has(end.into())
    }

    /// From where the atom leads into the set.
    pub fn before(&self, atoms: &Atoms, atom: u16, after: &Bits<W>) -> Bits<W> {
        let mut out = self.single[atom as usize].and(after.before());
        let mut lead = |edges: &[Edge], passes: &dyn Fn(u64) -> bool| {
            for edge in edges.iter().filter(|e| passes(e.passes)) {
                if self.reaches(after, edge.end) {
                    out.insert(edge.start.into());
                }
            }
        };
        let test = atoms.tests[atom as usize];
        let passed = |passes: u64| test >= MOST_TESTS || passes & bit(test) != 0;
        match &atoms.items[atom as usize].0 {
            Item::Quote => lead(&self.quotations, &|_| true),
            Item::Mention(_) => lead(&self.mentions, &passed),
            Item::Cue(_) => lead(&self.cues, &passed),
            Item::List(_) => lead(&self.phrases, &|passes| passes == u64::from(atom)),
            _ => {}
        }
        out
    }

    /// From where a gap of at most so many items leads into the set.
    pub fn before_gap(&self, most: u8, after: Bits<W>) -> Bits<W> {
        let mut all = after;
        let mut last = after;
        for _ in 0..most {
            let mut here = self.gaps.and(last.before());
            for &(start, end) in &self.long_gaps {
                if self.reaches(&last, end) {
                    here.insert(start.into());
                }
            }
            last = here;
            all = all.or(here);
            if here.is_empty() {
                break;
            }
        }
        all
    }
}

fn kinds(mark: Mark) -> &'static [Kind] {
    match mark {
        Mark::Comma => &[Kind::Comma],
        Mark::Colon => &[Kind::Colon],
        Mark::Semicolon => &[Kind::Semicolon],
        Mark::Dash => &[Kind::Dash],
        Mark::Stop => &[Kind::Stop, Kind::Question, Kind::Exclamation, Kind::Ellipsis],
        Mark::Open => &[Kind::Open],
        Mark::Close => &[Kind::Close],
        Mark::Cited => &[Kind::Symbol],
    }
}

/// The token stands in for the mark, whatever its shape.
pub(super) fn is_mark(mark: Mark, token: &Token) -> bool {
    if mark == Mark::Cited { cited(token) } else { kinds(mark).contains(&token.kind) }
}

fn cited(token: &Token) -> bool {
    token.kind == Kind::Symbol && token.hash == fold(">")
}
