//! What stands behind a source and still belongs to its words: *said a pilot who saw it*, *a clerk in Tarn, Ohio*.
//!
//! The choice of a source needs only its head, and a long clause would make the nouns in it look further away
//! than they are. So a mention ends early, and what describes it further is added when all is decided.

use super::cue::{CueGroup, Voice};
use super::scene::Scene;
use crate::lexicon::{bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// What is longer is told for its own sake, and would hide the name in front of it.
const LONGEST: usize = 7;
/// A participle names nobody else, and may go on for longer.
const LONGEST_PARTICIPLE: usize = 14;
/// *a pilot who saw it land*: without the clause nobody knows which pilot.
const LONGEST_RELATIVE: usize = 24;
/// *Ann Li, who ran the office*: why she is asked.
const LONGEST_ASIDE: usize = 20;
/// Ages, places and descriptions may follow each other: `, 55, of Tarn, Ohio, a retired clerk`.
const DESCRIPTIONS: usize = 4;

/// The source with what describes it up to its cue, or behind it where it follows its cue.
///
/// `introduced` tells that the source is named in full, and `free` whether words belong to nothing else.
pub fn with(
    scene: &Scene<'_>,
    source: TokenSpan,
    cue: &CueGroup,
    introduced: bool,
    free: impl Fn(TokenSpan) -> bool,
) -> TokenSpan {
    let start = source.end;
    let leads = start <= cue.tokens.start;
    let inverted = cue.tokens.end == source.start;
    let sentence = scene.sentences[scene.sentence_of(start.saturating_sub(1))].tokens;
    let limit = if leads { cue.tokens.start } else { sentence.end };
    let descriptions = || Descriptions { scene, introduced, inverted, limit }.behind(start, &free);
    let end = if leads {
        before(scene, start, cue).unwrap_or_else(|| {
            let end = descriptions();
            let reaches = end == limit || end + 1 == limit && scene.classes[end as usize] == Class::Comma;
            if reaches { end } else { start }
        })
    } else if inverted && cue.governs(scene.classes) {
        whole_phrase(scene, start).unwrap_or_else(descriptions)
    } else {
        descriptions()
    };
    let tail = TokenSpan { start, end };
    if tail.is_empty() || !free(tail) { source } else { TokenSpan { start: source.start, end } }
}

/// All that stands between a source and its cue, where that belongs to the source by its form alone.
fn before(scene: &Scene<'_>, start: u32, cue: &CueGroup) -> Option<u32> {
    let gap = &scene.classes[start as usize..cue.tokens.start as usize];
    // What stands behind a pronoun or name is its verb.
    let noun = matches!(scene.classes[start as usize - 1], Class::Noun | Class::Plural);
    let paper = || {
        let head = scene.entry(start as usize - 1);
        let by = scene.entry(start as usize).is(list::AGENTS);
        by || head.is_any(bits(&[list::DOCUMENTS, list::REPORTING_NOUNS]))
    };
    if cue.voice == Voice::Finite && noun && (participle(gap) || phrases(gap) && paper()) {
        return Some(cue.tokens.start);
    }
    let inside = gap.strip_suffix(&[Class::Comma]).unwrap_or(gap);
    let whole = match gap {
        [Class::Relative, ..] => gap.len() <= LONGEST_RELATIVE,
        [Class::Comma, Class::Capital | Class::Determiner, .., Class::Comma] => gap.len() <= LONGEST + 1,
        _ => false,
    };
    (whole && !inside.iter().any(|c| outside(*c))).then(|| start + inside.len() as u32)
}

/// Phrases with prepositions and nothing else: *a report by auditors*, *a survey into the cost of fares*.
fn phrases(words: &[Class]) -> bool {
    let inside =
        |c: &Class| !c.finite() && !outside(*c) && !matches!(c, Class::Comma | Class::Time | Class::Pronoun);
    let whole = |c: &Class| matches!(c, Class::Noun | Class::Plural | Class::Capital);
    matches!(words, [Class::Preposition, rest @ ..]
        if words.len() <= LONGEST_PARTICIPLE && rest.iter().all(inside) && rest.last().is_some_and(whole))
}

/// A participle with what hangs on it: *a report released last year*, *people briefed on the plan*.
fn participle(words: &[Class]) -> bool {
    let hangs = |c: &Class| !c.finite() && !outside(*c) && !matches!(c, Class::Comma | Class::Conjunction);
    let whole = |c: &Class| !matches!(c, Class::Preposition | Class::To | Class::Subordinator | Class::That);
    matches!(words, [Class::Past | Class::Ing, rest @ ..]
        if words.len() <= LONGEST_PARTICIPLE && rest.iter().all(hangs) && rest.last().is_none_or(whole))
}

/// The end of the noun phrase behind *according to*: all up to the next comma or stop.
fn whole_phrase(scene: &Scene<'_>, start: u32) -> Option<u32> {
    let limit = scene.sentences[scene.sentence_of(start - 1)].tokens.end;
    let rest = &scene.classes[start as usize..limit as usize];
    let length = rest.iter().position(|c| *c == Class::Comma || outside(*c)).filter(|&length| length > 1)?;
    let over = matches!(rest[length], Class::Comma | Class::Stop | Class::Semicolon);
    let opens = match rest[0] {
        Class::Past | Class::Ing => true,
        Class::Preposition => rest[1] != Class::Time,
        _ => false,
    };
    (over && opens && length <= LONGEST_PARTICIPLE).then(|| start + length as u32)
}

/// What describes a source behind it, one description after the other.
struct Descriptions<'a> {
    scene: &'a Scene<'a>,
    /// The source is named in full.
    introduced: bool,
    /// It stands right behind its cue: a participle behind it is not its verb.
    inverted: bool,
    /// No description reaches over this token.
    limit: u32,
}

impl Descriptions<'_> {
    /// Where the last of the descriptions ends that are free.
    fn behind(&self, start: u32, free: impl Fn(TokenSpan) -> bool) -> u32 {
        let mut end = start;
        for _ in 0..DESCRIPTIONS {
            match self.description(end).filter(|&further| free(TokenSpan { start: end, end: further })) {
                Some(further) => end = further,
                None => break,
            }
        }
        end
    }

    fn class(&self, at: u32) -> Option<Class> {
        (at < self.limit).then(|| self.scene.classes[at as usize])
    }

    fn noun(&self, at: u32) -> bool {
        matches!(self.scene.classes[at as usize], Class::Noun | Class::Plural)
    }

    /// The comma, bracket or other mark that closes what begins here.
    fn close(&self, from: u32) -> u32 {
        let closes =
            |&i: &u32| self.class(i).is_none_or(|c| c == Class::Comma || c == Class::Close || outside(c));
        (from..=self.limit).find(closes).unwrap_or(self.limit)
    }

    /// Where the description that begins at `at` ends.
    fn description(&self, at: u32) -> Option<u32> {
        let within = |end: u32, longest: usize| (end - at) as usize <= longest;
        // Who has a “hold” rating: no clause ends before marked words of its own.
        let marked = |end: u32| self.class(end) == Some(Class::Mark);
        match self.class(at)? {
            Class::Relative => {
                Some(self.close(at)).filter(|&end| within(end, LONGEST_RELATIVE) && !marked(end))
            }
            Class::Past | Class::Ing if self.inverted && self.noun(at.checked_sub(1)?) => {
                let end = self.close(at);
                let words = &self.scene.classes[at as usize..end as usize];
                (words.len() > 1 && participle(words)).then_some(end)
            }
            // An aide to the mayor; but not: said Rell to applause.
            Class::To if self.class(at + 1) != Some(Class::Base) && self.noun(at.checked_sub(1)?) => {
                phrase(self.scene, at + 1)
            }
            Class::Preposition if self.scene.entry(at as usize).is(list::GENITIVES) => {
                phrase(self.scene, at + 1)
            }
            Class::Comma if self.class(at + 1) == Some(Class::Relative) => {
                // It introduces somebody and says why this person is asked.
                let who = self.scene.entry(at as usize + 1).is(list::PERSONAL_RELATIVES);
                Some(self.close(at + 1))
                    .filter(|&end| who && self.introduced && within(end, LONGEST_ASIDE) && !marked(end))
            }
            Class::Comma => {
                let end = self.close(at + 1);
                let inside = &self.scene.classes[at as usize + 1..end.max(at + 1) as usize];
                let verb = inside.iter().any(|c| c.finite());
                let fits = match inside.first()? {
                    Class::Capital => inside.iter().all(|c| *c == Class::Capital),
                    Class::Determiner => within(end, LONGEST) && !verb && inside.get(1) != Some(&Class::Time),
                    Class::Preposition => {
                        self.class(at.checked_sub(1)?) == Some(Class::Number) && within(end, LONGEST) && !verb
                    }
                    _ => false,
                };
                fits.then_some(end)
            }
            _ => None,
        }
    }
}

/// The end of the noun phrase that begins at `at`, in the sentence of the word before it; a text may break off there.
fn phrase(scene: &Scene<'_>, at: u32) -> Option<u32> {
    let mentions = scene.mentions_in(scene.sentence_of(at - 1));
    let found = scene.mentions[mentions].iter().find(|m| m.base.start == at)?;
    Some(found.full.end)
}

/// No description reaches over this.
fn outside(class: Class) -> bool {
    matches!(class, Class::Stop | Class::Semicolon | Class::Colon | Class::Dash | Class::Open | Class::Mark)
}
