//! Which mentions and cues pass the tests of the forms: answered once for each of them, a bit a test.

use super::Scene;
use super::bits::Bits;
use crate::attribution::cue::{self, CueGroup};
use crate::grammar::{CueTest, MentionClass, MentionTest, Voice};
use crate::lexicon::{self, Act, Addressee, ByHash, Lexicon, Strength, fold};
use crate::mention::MentionKind;
use crate::span::TokenSpan;

/// So many tests have a bit; those beyond are asked for at each place anew.
pub(super) const MOST_TESTS: usize = 128;

/// Tests, a bit each.
pub(super) type Tests = Bits<{ MOST_TESTS / 64 }>;

/// The test alone, where it has a bit.
fn bit(number: usize) -> Tests {
    if number < MOST_TESTS { Tests::only(number) } else { Tests::NONE }
}

/// The tests by which forms tell mentions apart, each with the bits of the lists that it asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct MentionTests(Vec<(MentionTest, u128)>);

impl MentionTests {
    /// The number of a test.
    pub fn number(&mut self, test: &MentionTest) -> u16 {
        let known = self.0.iter().position(|known| known.0 == *test);
        super::number(known.unwrap_or_else(|| {
            self.0.push((test.clone(), lexicon::bits(&test.lists)));
            self.0.len() - 1
        }))
    }

    /// A mention of this kind passes the test of this number where it stands in the lists.
    pub fn may_pass(&self, number: usize, kind: MentionKind) -> bool {
        kind_passes(self.0[number].0.kind, kind)
    }

    /// The mention passes the test of this number.
    pub fn passes(&self, scene: &Scene<'_>, number: usize, index: u32) -> bool {
        let mention = &scene.mentions[index as usize];
        let (test, lists) = &self.0[number];
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
    alone: Tests,
    voices: [Tests; VOICES],
    addressees: [Tests; ADDRESSEES.len()],
    strengths: [Tests; STRENGTHS.len()],
    acts: [Tests; ACTS.len()],
    lemmas: Words,
    stances: Words,
}

/// A column of words: those asked for by their hashes, with the tests that ask for them, and the tests that ask for none.
#[derive(Clone, Debug, Default)]
struct Words {
    asked: ByHash<Tests>,
    any: Tests,
}

impl Words {
    fn note(&mut self, asked: &[Box<str>], test: Tests) {
        if asked.is_empty() {
            self.any.add(test);
        }
        for word in asked {
            self.asked.entry(fold(word)).or_default().add(test);
        }
    }

    /// Those of the tests that let the word pass.
    fn narrow(&self, tests: Tests, word: impl Fn() -> Option<u64>) -> Tests {
        if tests.without(self.any).is_empty() {
            return tests;
        }
        let asked = word().and_then(|word| self.asked.get(&word));
        tests.and(asked.map_or(self.any, |asked| self.any.or(*asked)))
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
            self.alone.add(bit);
        }
        self.voices[test.voice as usize].add(bit);
        for value in ADDRESSEES.into_iter().filter(|value| lets(&test.addressees, value)) {
            self.addressees[value as usize].add(bit);
        }
        for value in STRENGTHS.into_iter().filter(|value| lets(&test.strengths, value)) {
            self.strengths[value as usize].add(bit);
        }
        for value in ACTS.into_iter().filter(|value| lets(&test.acts, value)) {
            self.acts[value as usize].add(bit);
        }
        self.lemmas.note(&test.lemmas, bit);
        self.stances.note(&test.stances, bit);
        self.tests.push((test.clone(), alone));
        super::number(number)
    }

    /// The tests that the cue passes.
    pub fn passed(&self, cue: &CueGroup, lexicon: &Lexicon) -> Tests {
        let tests = self.voices[voice(cue) as usize]
            .and(self.addressees[cue.sense.addressee as usize])
            .and(self.strengths[strength(cue) as usize])
            .and(self.acts[cue.sense.act as usize]);
        let tests = if cue.idle { tests.without(self.alone) } else { tests };
        let tests = self.lemmas.narrow(tests, || cue.lemma(lexicon).map(|lemma| lemma.hash));
        self.stances.narrow(tests, || cue.stance(lexicon).map(fold))
    }

    /// The cue passes the test of this number.
    pub fn passes(&self, number: usize, cue: &CueGroup, lexicon: &Lexicon) -> bool {
        let (test, alone) = &self.tests[number];
        let among = |asked: &[Box<str>], word: Option<&str>| {
            asked.is_empty() || word.is_some_and(|word| asked.iter().any(|asked| **asked == *word))
        };
        !(*alone && cue.idle)
            && test.voice == voice(cue)
            && among(&test.lemmas, cue.lemma(lexicon).map(|lemma| lemma.words()))
            && among(&test.stances, cue.stance(lexicon))
            && lets(&test.addressees, &cue.sense.addressee)
            && lets(&test.strengths, &strength(cue))
            && lets(&test.acts, &cue.sense.act)
    }
}

/// The voice by which forms ask for such a cue.
fn voice(cue: &CueGroup) -> Voice {
    match cue.voice {
        cue::Voice::Finite | cue::Voice::Phrase => Voice::Finite,
        cue::Voice::Ing => Voice::Ing,
        cue::Voice::Infinitive => Voice::Bare,
        cue::Voice::Passive => Voice::Passive,
        cue::Voice::Noun => Voice::Noun,
    }
}

/// How surely it reports: a noun as a verb does that mostly reports, and any other word hardly.
fn strength(cue: &CueGroup) -> Strength {
    let other = if cue.sense.reports() { Strength::Common } else { Strength::Weak };
    cue.sense.strength.unwrap_or(other)
}

/// A column with no entry lets everything pass.
fn lets<T: PartialEq>(column: &[T], value: &T) -> bool {
    column.is_empty() || column.contains(value)
}
