//! What there is in a window of one sentence, as far as it tells which forms have what they need: for many sentences that is
//! none.

use super::Matcher;
use super::ahead::Ahead;
use super::atom::{Ask, Atoms, KINDS};
use super::bits::{Bits, ones};
use super::lattice::{Edge, Lattice};
use super::passes::{MOST_TESTS, Tests};
use super::tree::Needs;
use super::words::Words;
use crate::mention::MentionKind;
use crate::token::{Kind, Token};

/// The needs that are met by all atoms of a kind together.
#[derive(Clone, Debug)]
pub(super) struct Meets {
    tokens: [Needs; KINDS],
    /// Each of these meets what some mention of its kind may meet.
    mentions: [Needs; MentionKind::ALL.len()],
    quotation: Needs,
    lists: Needs,
    /// The tests of cues that have no bit.
    other_cues: Needs,
}

impl Meets {
    /// For each atom the needs that it meets are given.
    pub fn new(atoms: &Atoms, meets: &[Needs]) -> Self {
        let all = |its: &mut dyn Iterator<Item = u16>| {
            its.fold(Needs::NONE, |all, atom| all.or(meets[usize::from(atom)]))
        };
        Self {
            tokens: atoms.kinds.map(|atom| all(&mut atom.into_iter())),
            mentions: atoms.mentions_of.each_ref().map(|its| all(&mut its.iter().copied())),
            quotation: all(&mut atoms.quotation.into_iter()),
            lists: all(&mut atoms.of_lists(atoms.every_list)),
            other_cues: all(&mut atoms.cue_atoms.iter().skip(MOST_TESTS).copied()),
        }
    }
}

/// Few sentences have more phrases.
const SOME: usize = 16;

/// What there is in a window of one sentence.
#[derive(Debug)]
pub(super) struct Look<'a, const W: usize> {
    pub lattice: &'a Lattice<'a>,
    pub atoms: &'a Atoms,
    pub words: &'a Words,
    /// For each atom the needs that it meets.
    meets: &'a [Needs],
    by_kind: &'a Meets,
    pub start: usize,
    /// One past the last place of the window.
    pub len: usize,
    /// The needs that are met here.
    pub met: Needs,
    /// A quotation runs on behind the window, and with it the forms that pass over it.
    pub leads_out: bool,
    pub quotations: Ahead<'a, W>,
    pub mentions: Ahead<'a, W>,
    pub cues: Ahead<'a, W>,
    /// Where phrases of several words stand: from, to, atom.
    pub phrases: Vec<(u16, u16, u16)>,
    /// The words of which something is asked, each with the place of its answer; what stands behind those that are, is
    /// of windows before.
    asked: Vec<(u16, u16)>,
    asked_count: usize,
    /// The tokens that are no words, likewise.
    marks: Vec<u16>,
    marks_count: usize,
}

impl<'a, const W: usize> Look<'a, W> {
    /// The longest window, with a place behind its last token.
    pub const MOST: usize = 64 * W - 1;

    pub fn new(lattice: &'a Lattice<'a>, matcher: &'a Matcher) -> Self {
        Self {
            lattice,
            atoms: &matcher.atoms,
            words: &matcher.words,
            meets: &matcher.tree.meets,
            by_kind: &matcher.meets,
            start: 0,
            len: 0,
            met: Needs::NONE,
            leads_out: false,
            quotations: Ahead::new(&lattice.quotations),
            mentions: Ahead::new(&lattice.mentions),
            cues: Ahead::new(&lattice.cues),
            phrases: Vec::with_capacity(SOME),
            asked: vec![(0, 0); 64 * W],
            asked_count: 0,
            marks: vec![0; 64 * W],
            marks_count: 0,
        }
    }

    /// Looks at the tokens `start..start + len`.
    pub fn go(&mut self, start: usize, len: usize) {
        self.start = start;
        self.len = len;
        for ahead in [&mut self.quotations, &mut self.mentions, &mut self.cues] {
            ahead.go(start, len);
        }
        self.met = Needs::NONE;
        self.tokens();
        self.edges();
    }

    /// The words of which something is asked, each with the place of its answer.
    pub fn asked(&self) -> &[(u16, u16)] {
        &self.asked[..self.asked_count]
    }

    /// The tokens that are no words.
    pub fn marks(&self) -> &[u16] {
        &self.marks[..self.marks_count]
    }

    fn note(&mut self, atom: u16) {
        self.met = self.met.or(self.meets[usize::from(atom)]);
    }

    /// Finds the words of which something is asked, the tokens that are no words, and the phrases.
    fn tokens(&mut self) {
        let (lattice, words) = (self.lattice, self.words);
        let tokens = &lattice.scene.tokens[self.start..][..self.len];
        // Each is written down, and written over by the next unless it counts: nothing can be guessed wrong here.
        let (mut asked, mut marks) = (0, 0);
        for (token, at) in tokens.iter().zip(0..) {
            let place = words.place(token.word);
            self.asked[asked] = (at, place);
            asked += usize::from(place != 0);
            self.marks[marks] = at;
            marks += usize::from(token.kind != Kind::Word);
        }
        (self.asked_count, self.marks_count) = (asked, marks);
        let mut met = Needs::NONE;
        let mut opens = Bits::<W>::NONE;
        for (at, place) in &mut self.asked[..asked] {
            let answer;
            (*place, answer) = words.find(*place, tokens[usize::from(*at)].hash);
            met = met.or(answer.meets);
            opens.insert_if(answer.opens, usize::from(*at));
        }
        let kinds = self.marks[..marks].iter().map(|&at| tokens[usize::from(at)].kind);
        for kind in kinds.chain((marks < self.len).then_some(Kind::Word)) {
            met = met.or(self.by_kind.tokens[kind as usize]);
        }
        self.met = self.met.or(met);
        self.phrases.clear();
        for at in opens.iter() {
            if let [first, second, ..] = &lattice.scene.tokens[self.start + at..]
                && words.may_pair(first.word, second.hash)
            {
                self.phrases_from(at);
            }
        }
    }

    /// Notes the phrases that begin here, of each list the longest.
    fn phrases_from(&mut self, at: usize) {
        let scene = self.lattice.scene;
        let words = &scene.tokens[self.start + at..];
        let entry = scene.lexicon.entry(words[0].word);
        for (list, length) in scene.lexicon.phrases(entry, |n| words.get(n).map(|word| word.hash)) {
            let Some(atom) = self.atoms.of_list(list) else { continue };
            let (start, end) = (at as u16, (at + length).min(Self::MOST + 1) as u16);
            self.note(atom);
            match self.phrases.last_mut() {
                Some(known) if (known.0, known.2) == (start, atom) => known.1 = known.1.max(end),
                _ => self.phrases.push((start, end, atom)),
            }
        }
    }

    /// Notes the needs that quotations, mentions and cues meet.
    fn edges(&mut self) {
        let end = (self.start + self.len) as u32;
        self.leads_out = self.quotations.here.iter().any(|edge| edge.end > end);
        let met = self.met_by(self.quotations.here, self.mentions.here, self.cues.here);
        self.met = self.met.or(met);
    }

    /// The needs that such edges may meet; tests of cues beyond the bits may always be passed.
    fn met_by(&self, quotations: &[Edge], mentions: &[Edge], cues: &[Edge]) -> Needs {
        let mut met = if quotations.is_empty() { Needs::NONE } else { self.by_kind.quotation };
        let kinds = mentions.iter().fold(0, |kinds, edge| kinds | 1 << self.kind(edge) as usize);
        for kind in ones(kinds) {
            met = met.or(self.by_kind.mentions[kind]);
        }
        if !cues.is_empty() {
            met = met.or(self.by_kind.other_cues);
        }
        let passed = cues.iter().fold(Tests::NONE, |all, edge| all.or(self.lattice.passed(edge)));
        for test in passed.iter() {
            met = met.or(self.meets[usize::from(self.atoms.cue_atoms[test])]);
        }
        met
    }

    /// The needs that the token behind the window and what begins there may meet.
    pub fn met_behind(&self) -> Needs {
        let Some(token) = self.lattice.scene.tokens.get(self.start + self.len) else { return Needs::NONE };
        let edges = self.met_by(self.quotations.at_end(), self.mentions.at_end(), self.cues.at_end());
        self.met_by_token(token).or(edges)
    }

    /// The needs that a token may meet by itself or with those behind it.
    fn met_by_token(&self, token: &Token) -> Needs {
        let (_, answer) = self.words.find(self.words.place(token.word), token.hash);
        let phrases = if answer.opens { self.by_kind.lists } else { Needs::NONE };
        answer.meets.or(phrases).or(self.by_kind.tokens[token.kind as usize])
    }

    /// Of which kind a mention is.
    pub fn kind(&self, mention: &Edge) -> MentionKind {
        self.lattice.scene.mentions[mention.index as usize].kind
    }

    /// The atom may stand at the token behind the window.
    pub fn follows(&self, atom: u16) -> bool {
        let (lattice, at) = (self.lattice, self.start + self.len);
        at < lattice.len()
            && match self.atoms.asks[usize::from(atom)] {
                Ask::Quote => !self.quotations.at_end().is_empty(),
                Ask::Mention(test) => {
                    self.mentions.at_end().iter().any(|edge| lattice.mention_passes(edge, test))
                }
                Ask::Cue(test) => self.cues.at_end().iter().any(|edge| lattice.cue_passes(edge, test)),
                Ask::List(list) => {
                    let lexicon = lattice.scene.lexicon;
                    let entry = lexicon.entry(lattice.scene.tokens[at].word);
                    (entry.lists | lexicon.opens(entry)) >> list.0 & 1 != 0
                }
                ask => ask.token(&lattice.scene.tokens[at]),
            }
    }
}
