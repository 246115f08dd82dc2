//! Base noun phrases: the runs of words that can name somebody.

use super::{Mention, MentionKind, Other};
use crate::lexicon::{Classes, Gender, Lexicon, Strength, Traits, Verb, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Sentence, Token};

/// The mentions of one text, in order; see [`Mention`].
///
/// `The country’s foreign minister, Yoshimasa Hayashi, said` gives `The country’s foreign minister` and
/// `Yoshimasa Hayashi`, which are in apposition.
pub fn mentions(
    text: &str,
    tokens: &[Token],
    classes: &[Class],
    sentences: &[Sentence],
    quotations: &[TokenSpan],
    lexicon: &Lexicon,
) -> Vec<Mention> {
    let out = Vec::with_capacity(tokens.len() / 3);
    let mut chunker = Chunker { text, tokens, classes, lexicon, opening: 0, out };
    let beginnings = Beginnings::new(classes);
    let mut quoted = quotations.iter().peekable();
    for (number, sentence) in sentences.iter().enumerate() {
        let range = sentence.tokens.range();
        let first = chunker.out.len();
        let mut next = range.start;
        chunker.opening = range.start as u32;
        while let Some(at) = beginnings.next(next, range.end) {
            while quoted.peek().is_some_and(|q| q.range().end <= at) {
                quoted.next();
            }
            let inside = quoted.peek().is_some_and(|q| q.range().contains(&at));
            next = chunker.step(at, range.end, number as u32, inside);
        }
        super::apposition::extend(text, tokens, classes, range, lexicon, &mut chunker.out[first..], first);
    }
    // Few texts have as many as there is room for, and what comes after this takes more memory than they do.
    chunker.out.shrink_to_fit();
    chunker.out
}

/// The classes with which a phrase begins.
const PHRASE: u64 = Class::set(&[
    Class::Determiner,
    Class::Possessive,
    Class::Quantifier,
    Class::Adjective,
    Class::Noun,
    Class::Plural,
    Class::Number,
    Class::Capital,
    Class::Time,
]);
/// The classes with which a mention begins.
const BEGIN: u64 = PHRASE | Class::set(&[Class::Pronoun, Class::Relative, Class::That, Class::Handle]);

/// Where mentions may begin, a bit for each token.
struct Beginnings(Vec<u64>);

impl Beginnings {
    fn new(classes: &[Class]) -> Self {
        let begins = |(i, &class): (usize, &Class)| (BEGIN >> class as u64 & 1) << i;
        let word = |classes: &[Class]| classes.iter().enumerate().map(begins).fold(0, |all, bit| all | bit);
        Self(classes.chunks(64).map(word).collect())
    }

    /// The first from `at` on and before `end`. The words before it are not looked at one by one, since nobody can foresee
    /// how many they are.
    fn next(&self, at: usize, end: usize) -> Option<usize> {
        let mut word = at / 64;
        let mut bits = self.0.get(word)? & u64::MAX << (at % 64);
        while bits == 0 {
            word += 1;
            bits = *self.0.get(word).filter(|_| 64 * word < end)?;
        }
        Some(64 * word + bits.trailing_zeros() as usize).filter(|&first| first < end)
    }
}

/// The classes that carry a phrase.
const HEADS: u64 = Class::set(&[
    Class::Noun,
    Class::Plural,
    Class::Capital,
    Class::Number,
    Class::Handle,
    Class::Quantifier,
    Class::Time,
]);

/// Where a word of some class goes on with a phrase: behind which classes, and before which.
#[derive(Clone, Copy)]
struct Link {
    behind: u64,
    before: u64,
}

/// The classes that a subject has behind it.
const CLAUSE: u64 =
    Class::set(&[Class::Mark, Class::Auxiliary, Class::Modal, Class::Past, Class::Third, Class::Base]);

/// The link of each class. Whatever class it is, nothing at all is the last bit.
const LINKS: [Link; Class::ALL.len()] = {
    use Class as C;
    let mut links = [Link { behind: 0, before: u64::MAX }; Class::ALL.len()];
    let noun_like = C::set(&[C::Noun, C::Plural, C::Adjective, C::Capital]);
    links[C::Adjective as usize].behind = !C::set(&[C::Time]);
    links[C::Noun as usize].behind = u64::MAX;
    links[C::Plural as usize].behind = u64::MAX;
    links[C::Number as usize].behind = !C::set(&[C::Plural]);
    links[C::Capital as usize].behind = !C::set(&[C::Time]);
    links[C::Time as usize].behind =
        C::set(&[C::Determiner, C::Possessive, C::Adjective, C::Number, C::Genitive]);
    links[C::Determiner as usize].behind = C::set(&[C::Quantifier]);
    links[C::Possessive as usize].behind = C::set(&[C::Quantifier]);
    links[C::Quantifier as usize].behind =
        C::set(&[C::Determiner, C::Possessive, C::Genitive, C::Adjective, C::Noun, C::Quantifier]);
    links[C::Genitive as usize] = Link {
        behind: C::set(&[C::Noun, C::Plural, C::Capital, C::Time, C::Number]),
        before: noun_like | C::set(&[C::Number, C::Past, C::Ing, C::Time]),
    };
    links[C::Adverb as usize] = Link {
        behind: C::set(&[C::Determiner, C::Possessive]),
        before: C::set(&[C::Adjective, C::Past, C::Ing]),
    };
    links[C::Past as usize] = Link {
        behind: C::set(&[C::Determiner, C::Possessive, C::Adjective, C::Genitive, C::Adverb]),
        before: noun_like,
    };
    links[C::Ing as usize] =
        Link { behind: links[C::Past as usize].behind | C::set(&[C::Capital]), before: noun_like };
    links[C::Other as usize] = Link { behind: C::set(&[C::Capital]), before: C::set(&[C::Capital]) };
    links
};

pub(super) struct Chunker<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub classes: &'a [Class],
    pub lexicon: &'a Lexicon,
    /// Where the sentence begins.
    pub opening: u32,
    out: Vec<Mention>,
}

impl Chunker<'_> {
    /// Takes the mention that begins at `at`, if one does; returns where to look next.
    fn step(&mut self, at: usize, end: usize, sentence: u32, quoted: bool) -> usize {
        use Class as C;
        if Class::set(&[self.classes[at]]) & PHRASE != 0 && !self.year(at, end) {
            return self.phrase(at, end, sentence, quoted);
        }
        match self.classes[at] {
            C::Pronoun if self.lexicon.reflexive(self.tokens[at].word) => {
                self.stress(at, sentence, quoted);
            }
            C::Pronoun => self.out.push(self.single(at, MentionKind::Pronoun, sentence, quoted)),
            C::Relative => self.out.push(self.single(at, MentionKind::Relative, sentence, quoted)),
            C::That if at + 1 < end && (self.classes[at + 1].verb() || self.classes[at + 1].finite()) => {
                self.out.push(self.single(at, MentionKind::Relative, sentence, quoted));
            }
            C::Handle => self.out.push(self.single(at, MentionKind::Handle, sentence, quoted)),
            C::That if at + 1 < end && matches!(self.classes[at + 1], C::Noun | C::Adjective) => {
                return self.phrase(at, end, sentence, quoted);
            }
            _ => {}
        }
        at + 1
    }

    /// Adds a pronoun to the mention that it stresses, if it does: *Rell herself*, *the ministers themselves*.
    fn stress(&mut self, at: usize, sentence: u32, quoted: bool) {
        // Behind a phrase stands whoever owns it.
        let mut before = self.out.iter_mut().rev().take(3);
        let stressed = before.find(|mention| mention.base.end as usize == at);
        let Some(mention) = stressed.filter(|_| at > self.opening as usize) else {
            self.out.push(self.single(at, MentionKind::Pronoun, sentence, quoted));
            return;
        };
        mention.base.end += 1;
        mention.full = mention.base;
        if !mention.plural {
            // Clinton herself, though Clinton is a man’s name
            mention.gender = self.lexicon.traits(self.tokens[at].word).gender();
        }
    }

    /// A mention of one word without a name.
    fn single(&self, at: usize, kind: MentionKind, sentence: u32, quoted: bool) -> Mention {
        let traits = self.lexicon.traits(self.tokens[at].word);
        Mention {
            base: TokenSpan::new(at, at + 1),
            full: TokenSpan::new(at, at + 1),
            head: at as u32,
            kind,
            name: TokenSpan::default(),
            apposition: Other::NONE,
            gender: traits.gender(),
            plural: traits.any(Traits::PLURAL),
            sentence,
            quoted,
        }
    }

    /// A year before a name that has nothing to do with it: In 2019 Cruz called it a joke.
    fn year(&self, at: usize, end: usize) -> bool {
        self.classes[at] == Class::Number
            && at > 0
            && self.classes[at - 1] == Class::Preposition
            && at + 1 < end
            && self.classes[at + 1] == Class::Capital
            && self.tokens[at].span.len() == 4
    }

    /// The word at `at` belongs to the phrase of the word before it; `next` is what stands behind it.
    fn goes_on(&self, at: usize, [before, here]: [Class; 2], next: Option<Class>, end: usize) -> bool {
        let next = next.map_or(1 << 63, |next| Class::set(&[next]));
        let Link { behind, before: ahead } = LINKS[here as usize];
        if Class::set(&[before]) & behind == 0 || next & ahead == 0 {
            return false;
        }
        match here {
            Class::Capital if before == Class::Plural => {
                self.tokens[at - 1].capitalised()
                    || self.kin(at - 1)
                    || self.titled(at, end)
                    || self.described_together(at, end)
            }
            // Radio Tarn’s Today programme
            Class::Time if before == Class::Genitive => {
                let day = bits(&[list::WEEKDAYS, list::MONTHS]);
                self.tokens[at].case == Case::Capital
                    && next == Class::set(&[Class::Noun])
                    && !self.lexicon.entry(self.tokens[at].word).is_any(day)
            }
            // The only thing Rell said
            Class::Capital if self.lexicon.entry(self.tokens[at - 1].word).is(list::THINGS) => {
                !self.has_verb(at, end)
            }
            // 15.40 GMT Tarn Rail: the zone is no part of the name.
            Class::Capital if before == Class::Capital => {
                !(at >= 2 && self.classes[at - 2] == Class::Number && self.clock(at - 2, at))
            }
            Class::Capital if before == Class::Noun => {
                !self.heard(at) && !self.placed(at, end) && !self.told_of(at, end)
            }
            // Told the crowd ministers would go: a clause begins behind those who hear it.
            Class::Plural if before == Class::Noun && self.hears(at) && at >= 3 && self.tells(at - 3) => {
                next & CLAUSE == 0
            }
            // Said that two women had left.
            Class::Noun if before == Class::That => {
                !self.lexicon.entry(self.tokens[at].word).is(list::NUMBER_WORDS)
            }
            // Two other trustees
            Class::Quantifier if before == Class::Noun => {
                self.lexicon.entry(self.tokens[at - 1].word).is(list::NUMBER_WORDS)
            }
            // Several other trustees
            Class::Quantifier if before == Class::Quantifier => {
                self.lexicon.entry(self.tokens[at].word).classes.any(Classes::ADJECTIVE)
            }
            // A strong majority; but not: is alarming many Germans.
            Class::Quantifier if before == Class::Adjective => {
                at >= 2 && self.classes[at - 2] == Class::Determiner
            }
            // State television late Thursday: the day is no part of it.
            Class::Adjective if matches!(before, Class::Noun | Class::Plural | Class::Capital) => {
                next != Class::set(&[Class::Time])
            }
            // Tarn Steel managing director Bo Ek
            Class::Ing if before == Class::Capital => {
                let hash = |n: usize| self.tokens[..end].get(at + n).map(|t| t.hash);
                self.lexicon
                    .phrase_of(self.lexicon.entry(self.tokens[at].word), list::TITLES, hash)
                    .is_some_and(|(length, _)| length > 1)
            }
            // Some said Rell was late.
            Class::Past
                if before == Class::Determiner
                    && self.lexicon.entry(self.tokens[at - 1].word).is(list::QUANTIFIERS) =>
            {
                !self.says(at)
            }
            Class::Past if before == Class::Adjective => {
                !(self.tells(at) || next == Class::set(&[Class::Capital]) && self.says(at))
            }
            Class::Other => self.tokens[at].span.of(self.text) == "&",
            _ => true,
        }
    }

    /// A verb that tells somebody something and is no participle: the 20-year-old told reporters.
    pub fn tells(&self, at: usize) -> bool {
        let verb = self.lexicon.verb(self.lexicon.entry(self.tokens[at].word));
        verb.is_some_and(Verb::tells)
    }

    /// Somebody says something, where a word may be an adjective too: the chief said Rell was late.
    fn says(&self, at: usize) -> bool {
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let core = self.lexicon.verb(entry(at)).is_some_and(|verb| verb.strength == Strength::Core);
        // The other said Rell was late.
        core && (entry(at - 1).is_any(bits(&[list::ROLES, list::TITLES]))
            || !entry(at).classes.any(Classes::ADJECTIVE))
    }

    /// The end of the run of words that form one base noun phrase.
    fn run(&self, start: usize, end: usize) -> usize {
        let classes = &self.classes[..end];
        let (mut before, mut at) = (classes[start], start + 1);
        while let Some(&here) = classes.get(at) {
            let next = classes.get(at + 1).copied();
            if self.goes_on(at, [before, here], next, end)
                || before == Class::Capital && self.particles(at, classes)
            {
                (before, at) = (here, at + 1);
            } else if let Some(after) = self.bridge(start, at, end) {
                (before, at) = (classes[after - 1], after);
            } else {
                break;
            }
        }
        at
    }

    /// Up to three particles stand here before the rest of a name: `Ursula von der Leyen`.
    fn particles(&self, at: usize, classes: &[Class]) -> bool {
        self.particle(at)
            && (at + 1..at + 4)
                .find(|&next| next >= classes.len() || !self.particle(next))
                .is_some_and(|next| classes.get(next) == Some(&Class::Capital))
    }

    /// Whoever speaks in what has just been said: In her statement Rell said; at the inquest Dr Rell said.
    fn placed(&self, at: usize, end: usize) -> bool {
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let place = bits(&[list::SETTINGS, list::DOCUMENTS, list::REPORTING_NOUNS]);
        let people =
            bits(&[list::ROLES, list::GROUPS, list::TITLES, list::ORGANISATIONS, list::OUTLET_WORDS]);
        at >= 3
            && self.classes[at - 3] == Class::Preposition
            && matches!(self.classes[at - 2], Class::Determiner | Class::Possessive)
            && self.tokens[at - 1].case == Case::Lower
            && entry(at - 1).is_any(place)
            && !entry(at - 1).is_any(people)
            && self.has_verb(at, end)
    }

    /// The name that begins here has its verb behind it.
    fn has_verb(&self, at: usize, end: usize) -> bool {
        let behind = (at..end).take(6).find(|&i| self.classes[i] != Class::Capital);
        behind.is_some_and(|i| self.classes[i].finite())
    }

    /// Whoever speaks of the thing that has just been named: a move President Rell called bold.
    fn told_of(&self, at: usize, end: usize) -> bool {
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let known = bits(&[
            list::ROLES,
            list::GROUPS,
            list::TITLES,
            list::ORGANISATIONS,
            list::OUTLET_WORDS,
            list::COMPANIES,
            list::WORKS,
        ]);
        let article =
            at.checked_sub(2).map(|i| i - usize::from(i > 0 && self.classes[i] == Class::Adjective));
        article.is_some_and(|i| entry(i).is(list::INDEFINITES))
            && self.tokens[at - 1].case == Case::Lower
            && !entry(at - 1).is_any(known)
            && self.has_verb(at, end)
    }

    /// A name right behind those who heard of it: told the jury Wicks was late.
    fn heard(&self, at: usize) -> bool {
        let people = bits(&[list::TITLES, list::ROLES, list::GROUPS]);
        self.hears(at) && !self.lexicon.entry(self.tokens[at].word).is_any(people)
    }

    /// Right before the word stand those who hear what is told, without a name: *the jury*, *the crowd*.
    fn hears(&self, at: usize) -> bool {
        at >= 2
            && self.classes[at - 2] == Class::Determiner
            && self.tokens[at - 1].case == Case::Lower
            && self.lexicon.entry(self.tokens[at - 1].word).is(list::HEARERS)
    }

    fn particle(&self, at: usize) -> bool {
        self.tokens[at].case == Case::Lower
            && self.lexicon.traits(self.tokens[at].word).any(Traits::NAME_PARTICLE)
    }

    fn phrase(&mut self, start: usize, end: usize, sentence: u32, quoted: bool) -> usize {
        use Class as C;
        let stop = self.run(start, end);
        // Two days later
        let dated = start == self.opening as usize
            && self.classes[stop - 1] == C::Quantifier
            && self.classes[..end].get(stop) == Some(&C::Time);
        if dated
            || stop == start + 1 && self.suffix(start)
            || self.flag(start, stop, end)
            || self.clock(start, stop)
        {
            return stop;
        }
        let base = TokenSpan::new(start, stop);
        let words = &self.classes[start..stop];
        let Some(head) = words.iter().rposition(|&c| Class::set(&[c]) & HEADS != 0) else {
            // Determiner or adjectives alone: “the injured”, “this”, “another”.
            let last = self.classes[stop - 1];
            if matches!(last, C::Determiner | C::Possessive)
                || (last == C::Adjective && words[0] != C::Determiner)
            {
                if last == C::Determiner && stop - start == 1 && !self.stands_alone(start, end) {
                    return stop;
                }
                if last == C::Adjective || last == C::Possessive {
                    return stop;
                }
            }
            // The general, the former liberal: an adjective that people are called by.
            let person = last == C::Adjective
                && stop >= start + 2
                && self.lexicon.entry(self.tokens[stop - 1].word).is(list::ROLES);
            let kind = if person { MentionKind::Nominal } else { MentionKind::Quantified };
            self.push(base, stop - 1, kind, sentence, quoted);
            return stop;
        };
        let head = start + head;
        if self.classes[head] == C::Time
            && words.iter().all(|c| matches!(c, C::Time | C::Number | C::Adjective | C::Determiner))
        {
            return stop; // a date is nobody
        }
        let kind = match self.classes[head] {
            C::Capital => MentionKind::Name,
            C::Quantifier | C::Number => MentionKind::Quantified,
            _ => MentionKind::Nominal,
        };
        self.push(base, head, kind, sentence, quoted);
        self.possessors(base, sentence, quoted);
        stop
    }

    /// READ MORE, EXCLUSIVE: the words before a colon say of what kind the text behind it is.
    fn flag(&self, start: usize, stop: usize, end: usize) -> bool {
        if stop >= end || self.classes[stop] != Class::Colon || self.tokens[start].case == Case::Lower {
            return false;
        }
        let hash = |i: usize| self.tokens[start..stop].get(i).map(|t| t.hash);
        let found = self.lexicon.phrase(list::FLAGS, hash);
        found.is_some_and(|(length, _)| length == stop - start)
    }

    /// A time of day with its zone: 15.40 GMT.
    fn clock(&self, start: usize, stop: usize) -> bool {
        let time = |word: &str| {
            let digits = word.split_once(['.', ':']);
            digits
                .is_some_and(|(hour, rest)| hour.len() <= 2 && rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        stop == start + 2
            && self.classes[start] == Class::Number
            && self.tokens[start + 1].case == Case::Upper
            && time(self.tokens[start].span.of(self.text))
    }

    /// What stands behind a name and its comma and belongs to it: `Ana Rell, M.D.`; `Ana Rell, D-Ohio`
    fn suffix(&self, at: usize) -> bool {
        at >= 2
            && self.classes[at - 1] == Class::Comma
            && self.classes[at - 2] == Class::Capital
            && (self.lexicon.entry(self.tokens[at].word).is(list::NAME_SUFFIXES)
                || super::apposition::party(self.tokens[at].span.of(self.text)))
    }

    /// Whose claim it is: `his` in `his claim`, `the ministry` in `the ministry’s claim`.
    fn possessors(&mut self, base: TokenSpan, sentence: u32, quoted: bool) {
        if base.len() < 2 {
            return;
        }
        let start = base.start as usize;
        if self.classes[start] == Class::Possessive {
            self.out.push(self.single(start, MentionKind::Pronoun, sentence, quoted));
        }
        let words = &self.classes[base.range()];
        let Some(genitive) = words.iter().rposition(|&c| c == Class::Genitive) else { return };
        let genitive = start + genitive;
        let head = genitive - 1;
        let kind = match self.classes[head] {
            Class::Capital => MentionKind::Name,
            Class::Noun | Class::Plural => MentionKind::Nominal,
            _ => return,
        };
        self.push(TokenSpan::new(start, genitive), head, kind, sentence, quoted);
    }

    /// A determiner that is a pronoun here: “Another said”, “another, who wept”, “another, Tomas Bray”, “these are”.
    fn stands_alone(&self, at: usize, end: usize) -> bool {
        let Some(&next) = self.classes[..end].get(at + 1) else { return true };
        let behind = || self.classes[..end].get(at + 2);
        let described = || next == Class::Comma && matches!(behind(), Some(Class::Relative | Class::Capital));
        next.verb() || next.finite() || next == Class::Stop || described()
    }

    fn push(&mut self, base: TokenSpan, head: usize, kind: MentionKind, sentence: u32, quoted: bool) {
        let traits = self.lexicon.traits(self.tokens[head].word);
        let name = if kind == MentionKind::Name {
            let start = base.start + u32::from(self.compound(base) || self.occupied(base));
            super::name::proper(self.tokens, self.classes, TokenSpan { start, ..base }, self.lexicon)
        } else {
            TokenSpan::default()
        };
        // President, Mayor, SPEAKER by themselves are descriptions.
        let kind = if kind == MentionKind::Name && name.is_empty() { MentionKind::Nominal } else { kind };
        let gender = if name.is_empty() {
            // The dean is no Dean.
            let token = &self.tokens[head];
            let known = traits.gender() != Gender::Unknown && token.case == Case::Lower;
            let named = known && self.lexicon.entry(token.word).is(list::GIVEN_NAMES);
            if named { Gender::Unknown } else { traits.gender() }
        } else {
            super::name::gender(self.tokens, base, name, self.lexicon)
        };
        let plural = self.classes[head] == Class::Plural || traits.any(Traits::PLURAL) && name.is_empty();
        self.out.push(Mention {
            base,
            full: base,
            head: head as u32,
            kind,
            name,
            apposition: Other::NONE,
            gender: if plural { Gender::Unknown } else { gender },
            plural,
            sentence,
            quoted,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn beginnings_are_where_a_class_may_begin_a_mention() {
        use Class as C;
        let classes: Vec<C> = [C::Comma, C::Noun, C::Past, C::Stop, C::Pronoun].repeat(70);
        let beginnings = Beginnings::new(&classes);
        for end in [0, 1, 63, 64, 65, 128, classes.len()] {
            for at in 0..=end {
                let first = (at..end).find(|&i| Class::set(&[classes[i]]) & BEGIN != 0);
                assert_eq!(beginnings.next(at, end), first, "{at}..{end}");
            }
        }
        assert_eq!(Beginnings::new(&[C::Stop; 200]).next(3, 200), None);
    }
}
