//! What the words of the lexicon are to the forms, told once for each of its entries: most tokens of a text need one look.

use super::atom::Atoms;
use super::number;
use super::tree::Needs;
use crate::lexicon::{ByHash, Entry, Lexicon, WordId, mix};

/// What forms ask of each word of a lexicon.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// For each entry the place of its answer.
    places: Vec<u16>,
    /// The first is that of words of which nothing is asked.
    answers: Vec<Answer>,
    /// The atoms of all answers.
    atoms: Vec<u16>,
    /// Words that are asked for by themselves, and their atoms.
    words: Vec<(u64, u16)>,
}

/// What the words of some entries are to the forms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Answer {
    /// The needs that are met by its lists.
    pub meets: Needs,
    /// Phrases of several words begin with it.
    pub opens: bool,
    /// The lists in which it stands, as a place among the atoms.
    lists: (u32, u32),
    /// Which words that are asked for by themselves have this answer.
    words: (u32, u32),
}

impl Words {
    /// For each atom the needs that it meets are given.
    pub fn new(atoms: &Atoms, meets: &[Needs], lexicon: &Lexicon) -> Self {
        let mut answers = vec![Answer::default()];
        let mut all = Vec::new();
        let mut known = ByHash::<Vec<(u128, bool, u16)>>::default();
        let place = |entry: &Entry| {
            let lists = entry.lists & atoms.every_list;
            let opens = lexicon.opens(entry) & atoms.every_list != 0;
            if lists == 0 && !opens {
                return 0;
            }
            let same = known.entry(mix(lists as u64)).or_default();
            if let Some(known) = same.iter().find(|known| (known.0, known.1) == (lists, opens)) {
                return known.2;
            }
            let meets = atoms.of_lists(lists).map(|atom| meets[usize::from(atom)]);
            let from = all.len() as u32;
            all.extend(atoms.of_lists(lists));
            let lists_only = (from, all.len() as u32);
            answers.push(Answer {
                meets: meets.fold(Needs::NONE, Needs::or),
                opens,
                lists: lists_only,
                words: (0, 0),
            });
            let place = number(answers.len() - 1);
            same.push((lists, opens, place));
            place
        };
        let mut places: Vec<u16> = lexicon.entries().iter().map(place).collect();
        // Other words with the same lists are not asked for by themselves.
        let mut words = atoms.words.clone();
        words.sort_by_key(|word| lexicon.id(word.0));
        let mut from = 0;
        for same in words.chunk_by(|a, b| lexicon.id(a.0) == lexicon.id(b.0)) {
            let place = &mut places[lexicon.id(same[0].0) as usize];
            let to = from + same.len() as u32;
            answers.push(Answer { words: (from, to), ..answers[usize::from(*place)] });
            *place = number(answers.len() - 1);
            from = to;
        }
        Self { places, answers, atoms: all, words }
    }

    /// What the words of an entry are to the forms, if anything.
    #[inline]
    pub fn of(&self, entry: WordId) -> Option<&Answer> {
        match self.places[entry as usize] {
            0 => None,
            place => Some(&self.answers[usize::from(place)]),
        }
    }

    /// The atoms of its lists.
    #[inline]
    pub fn lists(&self, answer: &Answer) -> &[u16] {
        &self.atoms[answer.lists.0 as usize..answer.lists.1 as usize]
    }

    /// The atom of a word that is asked for by itself.
    #[inline]
    pub fn word(&self, answer: &Answer, hash: u64) -> Option<u16> {
        let words = &self.words[answer.words.0 as usize..answer.words.1 as usize];
        words.iter().find(|word| word.0 == hash).map(|word| word.1)
    }
}
