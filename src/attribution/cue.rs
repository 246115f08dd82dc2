//! The words that may report: verb groups with a reporting verb, and reporting nouns.

use super::frame::frame;
use crate::evidence::{Name, Value};
use crate::lexicon::{Act, Addressee, Classes, Entry, Form, Lexicon, Noun, Strength, Traits, Verb, list};
use crate::mention::Mention;
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Sentence, Token};
use crate::v;

/// So many words before a conjunction may belong to a clause that it goes on with.
const CLAUSE: usize = 16;

/// A word group that may be a cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CueGroup {
    /// With auxiliaries, adverbs, negation before it and particles behind it.
    pub tokens: TokenSpan,
    /// The token that carries the sense.
    pub head: u32,
    /// How it stands in the sentence.
    pub voice: Voice,
    /// The sentence in which it stands.
    pub sentence: u32,
    /// Inside a quotation.
    pub quoted: bool,
    /// The words around it leave no chance that it reports, unless it is part of a phrase that does.
    pub idle: bool,
    /// What the words around it came to when it was weighed, as long as its sentence has the same cues.
    pub own: Option<f32>,
    /// What follows it, where it was looked at when it was found.
    pub follows: Option<Name>,
    /// What the lists say of its head.
    pub sense: Sense,
}

/// What the lists say of a reporting word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sense {
    /// The number of the verb or noun, 0 of any other word.
    number: u16,
    /// How surely it reports, where it is a verb.
    pub strength: Option<Strength>,
    /// What somebody does by it.
    pub act: Act,
    /// Where an addressee would stand.
    pub addressee: Addressee,
}

impl Sense {
    /// That of a word which does not report.
    const OTHER: Self = Self { number: 0, strength: None, act: Act::Speech, addressee: Addressee::None };

    /// That of the word of this entry.
    pub fn new(voice: Voice, entry: &Entry, lexicon: &Lexicon) -> Self {
        if voice == Voice::Noun {
            lexicon.noun(entry).map_or(Self::OTHER, |noun| Self::of_noun(entry.noun, noun))
        } else {
            lexicon.verb(entry).map_or(Self::OTHER, |verb| Self::of_verb(entry.verb, verb))
        }
    }

    /// It is that of a word which reports.
    pub fn reports(&self) -> bool {
        self.number != 0
    }

    fn of_verb(number: u16, verb: &Verb) -> Self {
        let Verb { act, addressee, strength, .. } = *verb;
        Self { number, strength: Some(strength), act, addressee }
    }

    fn of_noun(number: u16, noun: &Noun) -> Self {
        Self { number, act: noun.act, ..Self::OTHER }
    }
}

/// The senses of all words, close together: the processor does not keep the entries and verbs of the lexicon.
#[derive(Clone, Debug)]
pub struct Senses {
    /// Of each entry of the lexicon.
    words: Vec<Word>,
    /// That of no reporting word, then those of verbs and those of nouns.
    senses: Vec<Sense>,
    /// For each verb a bit for each of its particles.
    particles: Vec<u64>,
}

/// A word in places of [`Senses::senses`].
#[derive(Clone, Copy, Debug)]
struct Word {
    verb: u16,
    noun: u16,
    /// An adverb of time.
    when: bool,
}

impl Senses {
    /// Those of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let verbs = (1..).map_while(|number| Some(Sense::of_verb(number, lexicon.verb_at(number)?)));
        let nouns = (1..).map_while(|number| Some(Sense::of_noun(number, lexicon.noun_at(number)?)));
        let before_nouns = lexicon.verbs().len() as u16;
        let word = |entry: &Entry| Word {
            verb: entry.verb,
            noun: if entry.noun == 0 { 0 } else { before_nouns + entry.noun },
            when: entry.is(list::TIME_WORDS) && entry.dominant.any(Classes::ADVERB),
        };
        let particles = |verb: &Verb| verb.particles.iter().fold(0, |all, &hash| all | particle(hash));
        Self {
            words: lexicon.entries().iter().map(word).collect(),
            senses: [Sense::OTHER].into_iter().chain(verbs).chain(nouns).collect(),
            particles: [0].into_iter().chain(lexicon.verbs().iter().map(particles)).collect(),
        }
    }

    fn word(&self, token: &Token) -> Word {
        self.words[token.word as usize]
    }

    fn sense(&self, voice: Voice, token: &Token) -> Sense {
        let Word { verb, noun, .. } = self.word(token);
        self.senses[usize::from(if voice == Voice::Noun { noun } else { verb })]
    }

    /// The word may be a particle of this verb.
    fn may_take(&self, verb: &Token, particle: &Token) -> bool {
        self.particles[usize::from(self.word(verb).verb)] & self::particle(particle.hash) != 0
    }
}

/// The bit of a particle.
fn particle(hash: u64) -> u64 {
    1 << (hash >> 58)
}

/// How a cue stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// said, has not said, would say
    Finite,
    /// saying
    Ing,
    /// to say
    Infinitive,
    /// was told, quoted
    Passive,
    /// claim
    Noun,
    /// according to, in the words of
    Phrase,
}

impl Voice {
    /// A short name for features.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Finite => "finite",
            Voice::Ing => "ing",
            Voice::Infinitive => "inf",
            Voice::Passive => "passive",
            Voice::Noun => "noun",
            Voice::Phrase => "phrase",
        }
    }
}

/// All groups of the text that may report, in order.
pub fn cues(
    tokens: &[Token],
    classes: &[Class],
    sentences: &[Sentence],
    quotations: &[TokenSpan],
    mentions: &[Mention],
    senses: &Senses,
    lexicon: &Lexicon,
) -> Vec<CueGroup> {
    let heads = heads(tokens, classes, lexicon);
    let mut out = Vec::with_capacity(heads.len());
    let mut heads = heads.into_iter().map(|i| i as usize).peekable();
    let mut quoted = quotations.iter().peekable();
    for (number, sentence) in sentences.iter().enumerate() {
        let range = sentence.tokens.range();
        while let Some(i) = heads.next_if(|&i| i < range.end) {
            let (token, class) = (&tokens[i], classes[i]);
            let traits = lexicon.traits(token.word);
            let voice = match class {
                Class::Noun | Class::Plural if traits.any(Traits::NOUN) => Voice::Noun,
                // The accused is a person.
                Class::Noun
                    if i > range.start
                        && classes[i - 1] == Class::Determiner
                        && matches!(traits.form(), Some(Form::Past | Form::PastOrParticiple)) =>
                {
                    continue;
                }
                c if traits.any(Traits::VERB) && (c.verb() || !traits.any(Traits::NOUN)) => {
                    verb_voice(tokens, classes, i, range.start, traits.form(), lexicon)
                }
                _ => continue,
            };
            while quoted.peek().is_some_and(|q| q.range().end <= i) {
                quoted.next();
            }
            let inside = quoted.peek().is_some_and(|q| q.range().contains(&i));
            let mut cue = CueGroup {
                tokens: group(tokens, classes, i, range.clone(), voice, senses, lexicon),
                head: i as u32,
                voice,
                sentence: number as u32,
                quoted: inside,
                idle: false,
                own: None,
                follows: None,
                sense: senses.sense(voice, token),
            };
            // What is quoted is hardly ever asked for it.
            cue.follows = (!inside).then(|| frame(&cue, classes, range.clone(), mentions));
            out.push(cue);
        }
    }
    out
}

/// The classes of heads.
const HEADS: u64 = Class::set(&[
    Class::Base,
    Class::Third,
    Class::Past,
    Class::Ing,
    Class::Noun,
    Class::Plural,
    Class::Adjective,
]);

/// The tokens that may be the heads of groups.
fn heads(tokens: &[Token], classes: &[Class], lexicon: &Lexicon) -> Vec<u32> {
    // Nobody can foresee which words report, so all are written down, each over the last that does not.
    let mut heads = vec![0; tokens.len()];
    let mut count = 0;
    for (i, (token, &class)) in (0..).zip(tokens.iter().zip(classes)) {
        let reports = lexicon.traits(token.word).any(Traits::VERB | Traits::NOUN);
        heads[count] = i;
        count += usize::from((Class::set(&[class]) & HEADS != 0) & reports);
    }
    heads.truncate(count);
    heads
}

fn verb_voice(
    tokens: &[Token],
    classes: &[Class],
    head: usize,
    start: usize,
    form: Option<Form>,
    lexicon: &Lexicon,
) -> Voice {
    let mut before = head;
    while before > start
        && (matches!(classes[before - 1], Class::Adverb | Class::Negation)
            || often(classes, before - 1, start))
    {
        before -= 1;
    }
    before = dated(classes, before, start);
    let previous = (before > start).then(|| classes[before - 1]);
    let form = form.unwrap_or(Form::Base);
    match form {
        Form::Ing => {
            if previous == Some(Class::Auxiliary) {
                Voice::Finite
            } else {
                Voice::Ing
            }
        }
        Form::Base => match previous {
            Some(Class::To) => Voice::Infinitive,
            _ => Voice::Finite,
        },
        Form::Third | Form::Past => Voice::Finite,
        Form::Participle | Form::PastOrParticiple => match previous {
            Some(Class::Auxiliary) => {
                let aux = lexicon.entry(tokens[before - 1].word);
                if aux.is(list::HAVING) { Voice::Finite } else { Voice::Passive }
            }
            _ if form == Form::Participle
                || by_somebody(tokens, previous, head, lexicon)
                || without_object(tokens, classes, head, lexicon)
                || questioned(tokens, classes, before, head, lexicon) =>
            {
                Voice::Passive
            }
            _ => Voice::Finite,
        },
    }
}

/// An adverb of time belongs to the verb behind it as other adverbs do: later told, today announced.
fn when(token: &Token, senses: &Senses) -> bool {
    token.case == Case::Lower && senses.word(token).when
}

/// A word of time between an auxiliary and its verb: has repeatedly said.
fn often(classes: &[Class], at: usize, start: usize) -> bool {
    classes[at] == Class::Time
        && at > start
        && matches!(classes[at - 1], Class::Auxiliary | Class::Modal | Class::Negation)
}

/// Where a date begins that stands between an auxiliary and its verb, or the verb itself: was last night urged, has on
/// Monday said.
fn dated(classes: &[Class], verb: usize, start: usize) -> usize {
    let day = |c: &Class| {
        matches!(c, Class::Adjective | Class::Determiner | Class::Number | Class::Preposition | Class::Time)
    };
    let words = classes[start..verb].iter().rev().take(3).take_while(|c| day(c)).count();
    let from = verb - words;
    let between = words > 1 && classes[verb - 1] == Class::Time;
    if between && from > start && classes[from - 1] == Class::Auxiliary { from } else { verb }
}

/// Described by its own architect: a form that is past tense or participle, and the preposition of the passive.
fn by_somebody(tokens: &[Token], previous: Option<Class>, head: usize, lexicon: &Lexicon) -> bool {
    // A subject right before it speaks: “he said by email”.
    let free = previous.is_none_or(|c| matches!(c, Class::Comma | Class::Mark));
    free && tokens.get(head + 1).is_some_and(|t| lexicon.entry(t.word).is(list::AGENTS))
}

/// A past form that would have its object behind it, and has none: *Council urged to scrap tax*, *the man accused of it*.
fn without_object(tokens: &[Token], classes: &[Class], head: usize, lexicon: &Lexicon) -> bool {
    let entry = |at: usize| lexicon.entry(tokens[at].word);
    let behind = match classes.get(head + 1) {
        Some(Class::Preposition) => entry(head + 1).is(list::GENITIVES),
        Some(Class::To) => classes.get(head + 2).is_some_and(|c| matches!(c, Class::Base | Class::Mark)),
        _ => false,
    };
    behind && entry(head).is(list::OBJECTLESS)
}

/// Who was asked, in a clause without a subject: *a spokesman, when asked about it, said*.
fn questioned(tokens: &[Token], classes: &[Class], before: usize, head: usize, lexicon: &Lexicon) -> bool {
    let entry = |at: usize| lexicon.entry(tokens[at].word);
    let opens = |at: usize| {
        matches!(classes[at], Class::Interrogative | Class::Subordinator) && entry(at).is(list::SUBORDINATORS)
    };
    before.checked_sub(1).is_some_and(opens) && entry(head).is(list::QUESTIONED)
}

/// The head with what belongs to it on either side.
fn group(
    tokens: &[Token],
    classes: &[Class],
    head: usize,
    sentence: std::ops::Range<usize>,
    voice: Voice,
    senses: &Senses,
    lexicon: &Lexicon,
) -> TokenSpan {
    let mut start = head;
    let mut end = head + 1;
    if voice != Voice::Noun {
        start = dated(classes, head, sentence.start);
        // Who spoke privately said: the adverb is of the verb before it.
        let other = |adverb: usize| {
            classes[adverb] == Class::Adverb
                && adverb > sentence.start
                && matches!(classes[adverb - 1], Class::Past | Class::Base | Class::Third)
        };
        while start > sentence.start
            && !other(start - 1)
            && (matches!(
                classes[start - 1],
                Class::Auxiliary | Class::Modal | Class::Negation | Class::Adverb
            ) || often(classes, start - 1, sentence.start)
                || start - 1 > sentence.start && when(&tokens[start - 1], senses))
        {
            start -= 1;
        }
        let verb = || lexicon.verb(lexicon.entry(tokens[head].word));
        let takes = lexicon.traits(tokens[head].word).any(Traits::TAKES_PARTICLE);
        while takes
            && end < sentence.end.min(head + 3)
            && lexicon.traits(tokens[end].word).any(Traits::PARTICLE)
        {
            // “reported on Friday” has no particle, “reported on the fire” has.
            let date = classes.get(end + 1) == Some(&Class::Time) && classes[end] == Class::Preposition;
            let taken = |verb: &Verb| verb.particles.contains(&tokens[end].hash);
            if date || !senses.may_take(&tokens[head], &tokens[end]) || !verb().is_some_and(taken) {
                break;
            }
            end += 1;
        }
    }
    TokenSpan::new(start, end)
}

impl CueGroup {
    /// It is the second of two verbs of one subject, of which the other is `first`: a conjunction stands before it, and both
    /// have the same form. Gives the conjunction.
    pub fn joins(&self, first: &Self, classes: &[Class]) -> Option<u32> {
        let before = self.tokens.start.checked_sub(1)?;
        let form = |cue: &Self| classes[cue.head as usize];
        let helped = || classes[self.tokens.start as usize] == Class::Auxiliary;
        let agrees =
            form(first) == form(self) || form(first) == Class::Ing && form(self) == Class::Past || helped();
        let verbs = self.voice == Voice::Finite || [first.voice, self.voice] == [Voice::Ing; 2];
        let joined = verbs && classes[before as usize] == Class::Conjunction;
        // After she attacked them and blamed her rivals: the clause has a subject of its own.
        let clause = |from: u32| {
            let inside = &classes[from as usize..before as usize];
            let near = &inside[inside.len().saturating_sub(CLAUSE)..];
            let comma = near.iter().rposition(|c| matches!(c, Class::Comma | Class::Semicolon | Class::Dash));
            let near = &near[comma.map_or(0, |at| at + 1)..];
            let own = |w: &[Class]| matches!(w, [Class::Preposition, Class::Pronoun, verb] if verb.finite());
            near.iter().any(|c| matches!(c, Class::Subordinator | Class::Relative))
                || near.windows(3).any(own)
        };
        let joined = joined && first.head < before && !clause(first.head);
        (joined && agrees).then_some(before)
    }

    /// It ends in a preposition, of which the source is the object: according to.
    pub fn governs(&self, classes: &[Class]) -> bool {
        self.tokens.len() > 1
            && matches!(classes[self.tokens.end as usize - 1], Class::To | Class::Preposition)
    }

    /// It says something, and mostly does.
    pub fn speaks(&self) -> bool {
        self.sense.act == Act::Speech && self.sense.strength >= Some(Strength::Common)
    }

    /// The verb of the group, unless it is a noun or phrase without one.
    pub fn verb<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l Verb> {
        if self.voice == Voice::Noun { None } else { lexicon.verb_at(self.sense.number) }
    }

    /// The noun of the group, where it is one.
    pub fn noun<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l Noun> {
        if self.voice == Voice::Noun { lexicon.noun_at(self.sense.number) } else { None }
    }

    /// Its lemma as a value: that of the verb or noun, none of any other word.
    #[inline]
    pub fn lemma<'l>(&self, lexicon: &'l Lexicon) -> Option<Value<'l>> {
        Some(match self.voice {
            Voice::Noun => {
                let noun = lexicon.noun_at(self.sense.number)?;
                Value::listed(&noun.lemma, noun.lemma_hash)
            }
            _ => {
                let verb = lexicon.verb_at(self.sense.number)?;
                Value::listed(&verb.lemma, verb.lemma_hash)
            }
        })
    }

    /// The stance of its verb or noun: `neutral`, `deny` …
    pub fn stance<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l str> {
        match self.voice {
            Voice::Noun => lexicon.noun_at(self.sense.number).map(|noun| &*noun.stance),
            _ => lexicon.verb_at(self.sense.number).map(|verb| &*verb.stance),
        }
    }

    /// How surely its verb reports, as a value.
    pub fn strength(&self) -> Name {
        self.sense.strength.map_or(v!("noun"), Name::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::token::Kind;
    use pretty_assertions::assert_eq;

    #[test]
    fn senses_say_what_the_lists_say() {
        let lexicon = Lexicon::english();
        let senses = Senses::new(&lexicon);
        for (word, entry) in (0..).zip(lexicon.entries()) {
            let token = |hash| Token {
                span: Span::default(),
                hash,
                word,
                kind: Kind::Word,
                case: Case::Lower,
                spaced: true,
            };
            for voice in [Voice::Finite, Voice::Noun] {
                assert_eq!(senses.sense(voice, &token(0)), Sense::new(voice, entry, &lexicon));
            }
            let particles = lexicon.verb(entry).map_or(&[][..], |verb| &verb.particles);
            assert!(particles.iter().all(|&particle| senses.may_take(&token(0), &token(particle))));
        }
    }
}
