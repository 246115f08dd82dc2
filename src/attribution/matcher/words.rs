//! What the words of the lexicon are to the forms, told once for each of its entries: most tokens of a text need one look.

use super::atom::Atoms;
use super::number;
use super::tree::Needs;
use crate::lexicon::table::Table;
use crate::lexicon::{ByHash, Entry, Lexicon, WordId, mix};

/// What forms ask of each word of a lexicon.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// For each entry the place of its answer.
    places: Vec<u16>,
    /// The places of the answers for words that are asked for by themselves.
    own: Table<8, 16>,
    /// The first is that of words of which nothing is asked.
    answers: Vec<Answer>,
    /// The atoms beyond [`FIRST`] of all answers.
    others: Vec<u16>,
    /// A bit for hashes of pairs of words with which phrases of the lists that are asked for begin.
    pairs: Vec<u64>,
}

/// Most answers have no more atoms than this, which are noted without asking how many they are.
pub(super) const FIRST: usize = 2;

/// What the words of some entries are to the forms, or one word that is asked for by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    /// The needs that are met by its atoms.
    pub meets: Needs,
    /// Phrases of several words begin with it.
    pub opens: bool,
    /// Its first atoms, filled up with [`Atoms::none`].
    pub first: [u16; FIRST],
    /// Where its other atoms are.
    others: (u32, u32),
}

/// So many bits tell pairs of words apart.
const PAIRS: usize = 1 << 15;

impl Words {
    /// For each atom the needs that it meets are given.
    pub fn new(atoms: &Atoms, meets: &[Needs], lexicon: &Lexicon) -> Self {
        let mut all = Self {
            places: Vec::new(),
            own: Table::default(),
            answers: Vec::new(),
            others: Vec::new(),
            pairs: vec![0; PAIRS / 64],
        };
        let none = all.add(false, &[], atoms, meets);
        let mut known = ByHash::<Vec<(u128, bool, u16)>>::default();
        let mut place = |(entry, id): (&Entry, WordId)| {
            let lists = entry.lists & atoms.every_list;
            let opens = lexicon.opens(entry) & atoms.every_list != 0;
            if lists == 0 && !opens {
                return none;
            }
            for second in lexicon.seconds(entry, atoms.every_list) {
                let (word, bit) = pair(id, second);
                all.pairs[word] |= bit;
            }
            let same = known.entry(mix(lists as u64)).or_default();
            if let Some(known) = same.iter().find(|known| (known.0, known.1) == (lists, opens)) {
                return known.2;
            }
            let of_lists: Vec<u16> = atoms.of_lists(lists).collect();
            let place = all.add(opens, &of_lists, atoms, meets);
            same.push((lists, opens, place));
            place
        };
        let mut places: Vec<u16> = lexicon.entries().iter().zip(0..).map(&mut place).collect();
        // Of other words of its entry nothing may be asked, but this one must be found.
        let perhaps = all.add(false, &[], atoms, meets);
        let mut own = Vec::with_capacity(atoms.words.len());
        for &(word, atom) in &atoms.words {
            let id = lexicon.id(word);
            let place = &mut places[id as usize];
            let opens = all.answers[usize::from(*place)].opens;
            if *place == none {
                *place = perhaps;
            }
            let lists = atoms.of_lists(lexicon.entry(id).lists & atoms.every_list);
            let of_word: Vec<u16> = std::iter::once(atom).chain(lists).collect();
            own.push((word, u32::from(all.add(opens, &of_word, atoms, meets))));
        }
        Self { places, own: Table::new(&own), ..all }
    }

    /// Adds an answer and gives its place.
    fn add(&mut self, opens: bool, its: &[u16], atoms: &Atoms, meets: &[Needs]) -> u16 {
        let (first, others) = its.split_at(its.len().min(FIRST));
        let from = self.others.len() as u32;
        self.others.extend(others);
        let mut answer = Answer {
            meets: its.iter().map(|&atom| meets[usize::from(atom)]).fold(Needs::NONE, Needs::or),
            opens,
            first: [atoms.none(); FIRST],
            others: (from, self.others.len() as u32),
        };
        answer.first[..first.len()].copy_from_slice(first);
        self.answers.push(answer);
        number(self.answers.len() - 1)
    }

    /// The place of the first answer for words of an entry; nothing is asked of those at place 0.
    #[inline]
    pub fn place(&self, entry: WordId) -> u16 {
        self.places[entry as usize]
    }

    /// The answer for a word and its place, given that for most words of its entry.
    #[inline]
    pub fn find(&self, place: u16, word: u64) -> (u16, &Answer) {
        let own = self.own.get(word) as u16;
        let place = if own == 0 { place } else { own };
        (place, self.answer(place))
    }

    /// The answer at this place.
    #[inline]
    pub fn answer(&self, place: u16) -> &Answer {
        &self.answers[usize::from(place)]
    }

    /// Its atoms beyond the first.
    #[inline]
    pub fn others(&self, answer: &Answer) -> &[u16] {
        &self.others[answer.others.0 as usize..answer.others.1 as usize]
    }

    /// Some phrase may begin with a word of the entry and this second word; nearly all pairs are none.
    #[inline]
    pub fn may_pair(&self, first: WordId, second: u64) -> bool {
        let (word, bit) = pair(first, second);
        self.pairs[word] & bit != 0
    }
}

/// The place of a pair of words among the bits.
#[inline]
fn pair(first: WordId, second: u64) -> (usize, u64) {
    // Multiplied by a large odd number small ones differ in their highest bits, of which as many are taken as are needed.
    let hash = second ^ u64::from(first).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let place = (hash >> (64 - PAIRS.ilog2())) as usize;
    (place / 64, 1 << (place % 64))
}
