//! What the words of the lexicon are to the forms, told once for each of its entries: most tokens of a text need one look.

use super::atom::Atoms;
use super::tree::Needs;
use crate::lexicon::{ByHash, Entry, Lexicon, WordId, mix};

/// What forms ask of each word of a lexicon.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// For each entry the place of its answer.
    places: Vec<u16>,
    /// The first is that of words of which nothing is asked.
    answers: Vec<Answer>,
}

/// What the words of some entries are to the forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// The needs that are met by its lists.
    pub meets: Needs,
    /// Atoms of lists in which the word stands, with no phrase of several words that begins with it.
    pub lists: Vec<u16>,
    /// The lists that have such a phrase.
    pub opens: u128,
    /// Words that are asked for by themselves, and their atoms.
    pub words: Vec<(u64, u16)>,
}

impl Words {
    /// For each atom the needs that it meets are given.
    pub fn new(atoms: &Atoms, meets: &[Needs], lexicon: &Lexicon) -> Self {
        let mut answers = vec![Answer::default()];
        let mut known = ByHash::<Vec<(u128, u128, u16)>>::default();
        let place = |entry: &Entry| {
            let asked = [entry.lists, lexicon.opens(entry)];
            let [lists, opens] = asked.map(|lists| lists & atoms.every_list);
            if lists | opens == 0 {
                return 0;
            }
            let same = known.entry(mix((lists ^ opens.rotate_left(1)) as u64)).or_default();
            if let Some(known) = same.iter().find(|known| (known.0, known.1) == (lists, opens)) {
                return known.2;
            }
            let meets =
                atoms.of_lists(lists | opens).fold(Needs::NONE, |all, atom| all.or(meets[usize::from(atom)]));
            let lists_only = atoms.of_lists(lists & !opens).collect();
            answers.push(Answer { meets, lists: lists_only, opens, words: Vec::new() });
            same.push((lists, opens, answers.len() as u16 - 1));
            answers.len() as u16 - 1
        };
        let mut places: Vec<u16> = lexicon.entries().iter().map(place).collect();
        for &(hash, atom) in &atoms.words {
            let place = &mut places[lexicon.id(hash) as usize];
            // Other words with the same lists are not asked for by themselves.
            answers.push(answers[usize::from(*place)].clone());
            *place = answers.len() as u16 - 1;
            answers[usize::from(*place)].words.push((hash, atom));
        }
        Self { places, answers }
    }

    /// What the words of an entry are to the forms, if anything.
    pub fn of(&self, entry: WordId) -> Option<&Answer> {
        match self.places[entry as usize] {
            0 => None,
            place => Some(&self.answers[usize::from(place)]),
        }
    }
}
