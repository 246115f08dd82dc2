//! Which mentions and cues pass the tests of the forms: answered once for each of them, a bit a test.

use super::{CueInfo, Scene};
use crate::grammar::{CueTest, MentionClass, MentionTest};
use crate::lexicon::{self, Act, Addressee, ByHash, Strength, fold};
use crate::mention::MentionKind;
use crate::span::TokenSpan;

/// So many tests have a bit; those beyond are asked for at each place anew.
pub(super) const MOST_BITS: usize = 64;

/// The bit of a test, where it has one.
pub(super) fn bit(number: usize) -> u64 {
    1u64.checked_shl(number as u32).unwrap_or(0)
}

/// The tests by which forms tell mentions apart.
#[derive(Clone, Debug, Default)]
pub(super) struct MentionTests {
    /// With the bits of the lists that they ask for.
    tests: Vec<(MentionTest, u128)>,
    /// Those that a kind of mention passes, but for lists.
    by_kind: [u64; MentionKind::ALL.len()],
    /// Those that ask for lists too, of which few come to be asked.
    by_list: u64,
}

impl MentionTests {
    /// The number of a test.
    pub fn number(&mut self, test: &MentionTest) -> u16 {
        if let Some(known) = self.tests.iter().position(|known| known.0 == *test) {
            return super::number(known);
        }
        let number = self.tests.len();
        for kind in MentionKind::ALL.into_iter().filter(|&kind| kind_passes(test.kind, kind)) {
            self.by_kind[kind as usize] |= bit(number);
        }
        if !test.lists.is_empty() {
            self.by_list |= bit(number);
        }
        self.tests.push((test.clone(), lexicon::bits(&test.lists)));
        super::number(number)
    }

    /// The tests that a mention of this kind passes, where it stands in the lists.
    pub fn passed(&self, kind: MentionKind) -> u64 {
        self.by_kind[kind as usize]
    }

    /// A mention of this kind passes the test of this number where it stands in the lists.
    pub fn may_pass(&self, number: usize, kind: MentionKind) -> bool {
        kind_passes(self.tests[number].0.kind, kind)
    }

    /// The bit alone tells whether a mention passes the test.
    pub fn is_settled(&self, number: usize) -> bool {
        bit(number) & !self.by_list != 0
    }

    /// The mention passes the test of this number.
    pub fn passes(&self, scene: &Scene<'_>, number: usize, index: u32) -> bool {
        let (test, lists) = &self.tests[number];
        let mention = &scene.mentions[index as usize];
        let listed = |from: TokenSpan| {
            if from.is_empty() || !begins(scene, from.start, *lists) {
                return false;
            }
            let words = &scene.tokens[from.range()];
            let entry = scene.lexicon.entry(words[0].word);
            let word = |n: usize| words.get(n).map(|word| word.hash);
            let phrase = |&list| scene.lexicon.phrase_of(entry, list, word);
            test.lists.iter().filter_map(phrase).any(|(length, _)| length == words.len())
        };
        let head = TokenSpan { start: mention.head, end: mention.head + 1 };
        // What stands before a name says what its bearer is: Justice Obi.
        let title = TokenSpan { start: mention.base.start, end: mention.name.start.max(mention.base.start) };
        let spans = [head, mention.name, mention.base, title];
        kind_passes(test.kind, mention.kind) && (test.lists.is_empty() || spans.into_iter().any(listed))
    }
}

/// The token is in one of the lists, or a phrase of one begins with it.
fn begins(scene: &Scene<'_>, token: u32, lists: u128) -> bool {
    scene.tokens.get(token as usize).is_some_and(|token| {
        let entry = scene.lexicon.entry(token.word);
        (entry.lists | scene.lexicon.opens(entry)) & lists != 0
    })
}

/// A mention of this kind is of the class that is asked for.
fn kind_passes(class: Option<MentionClass>, kind: MentionKind) -> bool {
    match class {
        None => true,
        Some(MentionClass::Name) => matches!(kind, MentionKind::Name | MentionKind::Handle),
        Some(MentionClass::Nominal) => matches!(kind, MentionKind::Nominal | MentionKind::Quantified),
        Some(MentionClass::Pronoun) => kind == MentionKind::Pronoun,
    }
}

const VOICES: usize = 5;
const ADDRESSEES: [Addressee; 3] = [Addressee::None, Addressee::Object, Addressee::To];
const STRENGTHS: [Strength; 3] = [Strength::Weak, Strength::Common, Strength::Core];
const ACTS: [Act; 3] = [Act::Speech, Act::Attitude, Act::Deed];

/// The tests by which forms tell cues apart, and for each column what its values let pass.
#[derive(Clone, Debug, Default)]
pub(super) struct CueTests {
    /// With each whether the cue must report by itself and not as part of a phrase.
    tests: Vec<(CueTest, bool)>,
    alone: u64,
    voices: [u64; VOICES],
    addressees: [u64; ADDRESSEES.len()],
    strengths: [u64; STRENGTHS.len()],
    acts: [u64; ACTS.len()],
    lemmas: Words,
    stances: Words,
}

/// A column of words: those asked for by their hashes, with the tests that ask for them, and the tests that ask for none.
#[derive(Clone, Debug, Default)]
struct Words {
    asked: ByHash<u64>,
    any: u64,
}

impl Words {
    fn note(&mut self, asked: &[Box<str>], bit: u64) {
        if asked.is_empty() {
            self.any |= bit;
        }
        for word in asked {
            *self.asked.entry(fold(word)).or_default() |= bit;
        }
    }

    /// Those of the tests that let the word pass.
    fn narrow(&self, tests: u64, word: impl FnOnce() -> u64) -> u64 {
        if tests & !self.any == 0 {
            return tests;
        }
        tests & (self.any | self.asked.get(&word()).copied().unwrap_or(0))
    }
}

impl CueTests {
    /// The number of a test; `alone` is a cue by itself and no part of a phrase.
    pub fn number(&mut self, test: &CueTest, alone: bool) -> u16 {
        if let Some(known) = self.tests.iter().position(|known| known.1 == alone && known.0 == *test) {
            return super::number(known);
        }
        let number = self.tests.len();
        let bit = bit(number);
        if alone {
            self.alone |= bit;
        }
        self.voices[test.voice as usize] |= bit;
        for value in ADDRESSEES.into_iter().filter(|value| lets(&test.addressees, value)) {
            self.addressees[value as usize] |= bit;
        }
        for value in STRENGTHS.into_iter().filter(|value| lets(&test.strengths, value)) {
            self.strengths[value as usize] |= bit;
        }
        for value in ACTS.into_iter().filter(|value| lets(&test.acts, value)) {
            self.acts[value as usize] |= bit;
        }
        self.lemmas.note(&test.lemmas, bit);
        self.stances.note(&test.stances, bit);
        self.tests.push((test.clone(), alone));
        super::number(number)
    }

    /// The tests that the cue passes.
    pub fn passed(&self, cue: &CueInfo) -> u64 {
        let mut tests = self.voices[cue.voice as usize]
            & self.addressees[cue.addressee as usize]
            & self.strengths[cue.strength as usize]
            & self.acts[cue.act as usize];
        if cue.idle {
            tests &= !self.alone;
        }
        let tests = self.lemmas.narrow(tests, || cue.lemma);
        self.stances.narrow(tests, || cue.stance)
    }

    /// The cue passes the test of this number.
    pub fn passes(&self, number: usize, cue: &CueInfo) -> bool {
        let (test, alone) = &self.tests[number];
        !(*alone && cue.idle)
            && test.voice == cue.voice
            && (test.lemmas.is_empty() || test.lemmas.iter().any(|l| fold(l) == cue.lemma))
            && (test.stances.is_empty() || test.stances.iter().any(|s| fold(s) == cue.stance))
            && lets(&test.addressees, &cue.addressee)
            && lets(&test.strengths, &cue.strength)
            && lets(&test.acts, &cue.act)
    }
}

/// A column with no entry lets everything pass.
fn lets<T: PartialEq>(column: &[T], value: &T) -> bool {
    column.is_empty() || column.contains(value)
}
