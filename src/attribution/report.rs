//! Whether a cue reports anything: the probability that a word group is the cue of an attribution.

use super::cue::{CueGroup, Voice};
use super::extent;
use super::frame;
use super::scene::{NONE, Scene};
use super::source;
use super::subject;
use crate::document::ParagraphKind;
use crate::evidence::weights::Weights;
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Act, Form, Strength, Traits, Verb, bits, list};
use crate::span::TokenSpan;
use crate::token::Kind;
use crate::token::class::Class;
use crate::{t, v};

/// What the other stages know of a cue when it is weighed.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Its likeliest source, or [`NONE`].
    pub mention: u32,
    /// How likely that is.
    pub source: f32,
    /// A quotation was given to this cue.
    pub owns: bool,
    /// A quotation of its sentence was given to another cue.
    pub owned_elsewhere: bool,
}

/// Below this the words around a cue say so clearly that it reports nothing that hardly any source makes up for it.
const HOPELESS: f32 = -2.0;

/// The same where the patterns have looked, and found a source for it, or none. On annotated news this and
/// [`HOPELESS`] took a tenth of a point from the F1 of indirect speech, and nothing from that of quotations.
const HOPELESS_IN_PATTERN: f32 = -1.5;
const HOPELESS_OUTSIDE: f32 = -1.25;

/// The same where the sentence has a quotation, which speaks for every cue beside it.
const HOPELESS_BESIDE_QUOTATION: f32 = -2.5;

/// What is called something in marks has at most so many words.
const LABELLED: usize = 6;

/// A participle between two commas has fewer words.
const ASIDE: usize = 24;

/// So many words at most lead from a verb to the noun for where something was said.
const SETTING: usize = 4;

/// So many words at most lead from *known* to a nickname in marks.
const NICKNAME: usize = 8;

/// So many words at most hang on a participle before the verb of its sentence.
const HANGING: usize = 7;

/// For each cue whether the words around it leave no chance that it reports, and what they came to where they were
/// weighed.
///
/// Three of five forms of reporting words mean something else where they stand (*the court made room*). This looks at
/// words only, so that neither patterns nor sources are looked for where nothing will come of it.
pub fn idle(scene: &Scene<'_>, weights: &Weights) -> Vec<(bool, Option<f32>)> {
    let idle = |(number, cue): (usize, &CueGroup)| match (cue.sense.strength, cue.sense.act) {
        // Who asked not to be named; a woman named Tasha; her mother called her at work.
        _ if !cue.quoted
            && (unnamed(scene, cue)
                || names(scene, cue)
                || telephones(scene, cue)
                || participle(scene, cue)
                || aside(scene, cue)
                || elsewhere(scene, cue)
                || described(scene, cue)
                || says_nothing(scene, cue)
                || filled(scene, cue)
                || does(scene, cue)
                || denied(scene, number)
                || wondered(scene, cue)
                || unsaid(scene, cue)
                || said_there(scene, number)
                || hearsay(scene, number)) =>
        {
            (true, None)
        }
        (Some(Strength::Core), _) => (false, None),
        (Some(Strength::Common), Act::Speech) if cue.quoted => (false, None),
        _ if cue.quoted => (true, None),
        _ => {
            let beside = !scene.outer_in(cue.sentence as usize).is_empty();
            let least = if beside { HOPELESS_BESIDE_QUOTATION } else { HOPELESS };
            let own = own_score(scene, weights, number as u32);
            (own < least && !labels(scene, cue), Some(own))
        }
    };
    scene.cues.iter().enumerate().map(idle).collect()
}

/// What somebody or something is called stands in marks: *called the reports “overblown”*.
fn labels(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let end = scene.sentences[cue.sentence as usize].tokens.end;
    let behind = &scene.classes[cue.tokens.end as usize..end as usize];
    let object = |c: &&Class| !c.finite() && !matches!(c, Class::Comma | Class::Stop | Class::Colon);
    let marked = behind.iter().take(LABELLED).take_while(object).any(|c| *c == Class::Mark);
    marked && cue.voice == Voice::Finite && scene.entry(cue.head as usize).is(list::NAMING)
}

/// The next verb tells what is said to have been said, and this one only keeps its distance: *is said to have replied*.
fn hearsay(scene: &Scene<'_>, number: usize) -> bool {
    let cue = &scene.cues[number];
    // But not: is said to have repeated the remark.
    let clause = |next: &CueGroup| {
        let end = scene.sentences[next.sentence as usize].tokens.end as usize;
        let behind = &scene.classes[next.tokens.end as usize..end];
        let that =
            behind.iter().take_while(|c| !c.finite() && **c != Class::Comma).any(|c| *c == Class::That);
        that || next.verb(scene.lexicon).is_some_and(Verb::tells)
    };
    scene.cues.get(number + 1).is_some_and(|next| {
        cue.voice == Voice::Passive
            && next.tokens.start == cue.tokens.end + 1
            && scene.classes[cue.tokens.end as usize] == Class::To
            && scene.entry(next.tokens.start as usize).is(list::HAVING)
            && next.sense.act == Act::Speech
            && next.sense.strength >= Some(Strength::Common)
            && clause(next)
    })
}

/// The noun is where something was said, and the clause behind it what was: *said in its yearly report that*.
fn said_there(scene: &Scene<'_>, number: usize) -> bool {
    let cue = &scene.cues[number];
    let Some(before) = number.checked_sub(1).map(|before| &scene.cues[before]) else { return false };
    let between = scene.classes.get(before.tokens.end as usize..cue.head as usize).unwrap_or_default();
    cue.voice == Voice::Noun
        && before.voice == Voice::Finite
        && before.speaks()
        && before.sentence == cue.sentence
        && scene.classes.get(cue.tokens.end as usize) == Some(&Class::That)
        && between.len() <= SETTING
        && matches!(between, [Class::Preposition, Class::Possessive | Class::Determiner, ..])
}

/// Nobody says it: *Nobody has ever claimed that it was safe*.
fn unsaid(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let nobody = |m: u32| {
        let head = scene.entry(scene.mentions[m as usize].head as usize);
        head.is(list::NEGATIONS) && head.is_any(bits(&[list::PRONOUNS, list::QUANTIFIERS]))
    };
    cue.voice == Voice::Finite && subject::right_before(scene, cue).is_some_and(nobody)
}

/// The sentence asks what somebody would or could say: *What would she tell her boss?*
fn wondered(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let asks = scene.tokens[sentence.end as usize - 1].kind == Kind::Question;
    let before = &scene.classes[sentence.start as usize..cue.head.max(sentence.start) as usize];
    asks && scene.classes[cue.head as usize] == Class::Base
        && before.iter().take(2).any(|c| *c == Class::Modal)
}

/// The cue is part of how somebody goes without a name: who *asked not to be identified*.
fn unnamed(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let start = cue.tokens.start as usize;
    // Spoke on condition of anonymity: a weak verb needs no more.
    let who = start > 0 && scene.classes[start - 1] == Class::Relative;
    if !who && cue.sense.strength != Some(Strength::Weak) {
        return false;
    }
    let words = &scene.tokens[start..];
    let hash = |i: usize| words.get(i).map(|token| token.hash);
    scene.lexicon.phrase_of(scene.entry(start), list::ANONYMITY, hash).is_some()
}

/// A noun whose *that* tells which it is and not what it says: *a proposal that would cut taxes*.
fn described(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    cue.voice == Voice::Noun && extent::relative(scene.classes, cue.tokens.end as usize)
}

/// The cue only gives somebody’s name: *a woman named Tasha took it*, *the dead man was identified as Ola Brandt*.
fn names(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    if !scene.entry(cue.head as usize).is(list::NAMING) {
        return false;
    }
    let mut mentions = scene.mentions[scene.mentions_in(cue.sentence as usize)].iter();
    // Who identified himself as Ramesh
    let himself = || {
        let end = cue.tokens.end as usize;
        let behind = scene.classes.get(end + 1..).unwrap_or_default();
        let behind = behind.strip_prefix(&[Class::Adverb]).unwrap_or(behind);
        scene.tokens.get(end).is_some_and(|t| scene.lexicon.reflexive(t.word))
            && matches!(behind, [Class::Preposition | Class::Subordinator, Class::Capital, ..])
    };
    // Known to drivers as “the Fork”
    let nickname = || {
        let behind = scene.classes.get(cue.tokens.end as usize..).unwrap_or_default();
        let mark = behind.iter().take(NICKNAME).position(|c| *c == Class::Mark);
        let plain = |c: &Class| !c.finite() && !matches!(c, Class::Comma | Class::Stop);
        let joined = |at: usize| scene.entry(cue.tokens.end as usize + at - 1).is(list::SUBORDINATORS);
        let by = |at: usize| (0..at).any(|i| scene.entry(cue.tokens.end as usize + i).is(list::AGENTS));
        mark.is_some_and(|at| at > 0 && behind[..at].iter().all(plain) && joined(at) && !by(at))
    };
    himself()
        || cue.voice == Voice::Passive && (nickname() || cue.head as usize + 2 == cue.tokens.end as usize)
        || mentions.any(|m| m.base.end == cue.head && m.full.end > cue.tokens.end)
}

/// What was said is nothing: *stood by and said nothing*.
fn says_nothing(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let end = cue.tokens.end as usize;
    let over = |class: &Class| {
        let of = *class == Class::Preposition && scene.entry(end + 1).is(list::GENITIVES);
        !of && matches!(
            class,
            Class::Stop
                | Class::Comma
                | Class::Conjunction
                | Class::Preposition
                | Class::Time
                | Class::Semicolon
        )
    };
    let nothing = |i: usize| scene.entry(i).is(list::NEGATIONS) && scene.entry(i).is(list::PRONOUNS);
    end < scene.tokens.len()
        && nothing(end)
        && cue.voice != Voice::Noun
        && scene.classes.get(end + 1).is_none_or(over)
}

/// What the verb does is done to a thing, and nothing is said: *claimed a goal*, *called an ambulance*.
fn does(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let Some(lemma) = cue.verb(scene.lexicon).map(|verb| verb.lemma_hash) else { return false };
    let object = |n: usize| match n {
        0 => Some(lemma),
        1 => {
            let object = scene.mention_at(cue.sentence, cue.tokens.end)?;
            // Claimed the goal was offside: a clause.
            let clause = scene.classes.get(object.full.end as usize).is_some_and(|c| c.finite());
            (!clause).then(|| scene.tokens[object.head as usize].hash)
        }
        _ => None,
    };
    let verb = scene.lexicon.entry(scene.lexicon.id(lemma));
    // Called on police to act; addressed the crowd: “…”
    let outer = &scene.outer[scene.outer_in(cue.sentence as usize)];
    let quoted = outer.last().is_some_and(|&q| scene.quotations[q as usize].tokens.start >= cue.tokens.end);
    let plain = cue.voice != Voice::Passive && cue.head + 1 == cue.tokens.end && !quoted;
    plain && scene.lexicon.phrase_of(verb, list::DEEDS, object).is_some()
}

/// What is said stands before the subject already: *which is what chairmen say when the money is gone*.
fn filled(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let end = cue.tokens.end as usize;
    if scene.classes.get(end) != Some(&Class::Subordinator) && !is_when(scene, end)
        || cue.voice != Voice::Finite
    {
        return false;
    }
    let mut all = scene.mentions[scene.mentions_in(cue.sentence as usize)].iter();
    let subject = all.find(|m| m.full.end == cue.tokens.start);
    let before = subject.and_then(|m| (m.base.start as usize).checked_sub(1));
    before.is_some_and(|at| scene.classes[at] == Class::Interrogative && !is_when(scene, at))
}

/// A word that asks, and opens a clause of time as well: when, whenever.
fn is_when(scene: &Scene<'_>, at: usize) -> bool {
    at < scene.tokens.len()
        && scene.classes[at] == Class::Interrogative
        && scene.entry(at).is(list::SUBORDINATORS)
}

/// The cue is what another one right before it denies: *denied having said so*, *denies ever saying so*.
fn denied(scene: &Scene<'_>, number: usize) -> bool {
    let cue = &scene.cues[number];
    let before = number.checked_sub(1).map(|before| &scene.cues[before]);
    let gerund = |c: &Class| matches!(c, Class::Ing | Class::Auxiliary);
    before.is_some_and(|b| {
        b.tokens.end == cue.tokens.start
            && b.voice == Voice::Finite
            && b.stance(scene.lexicon) == Some("deny")
            && scene.classes[cue.tokens.range()].iter().any(gerund)
    })
}

/// A call by telephone: *called me and said*; what one calls a person has a name or description behind the pronoun.
fn telephones(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let end = cue.tokens.end as usize;
    let over = matches!(
        scene.classes.get(end..end + 2),
        Some([Class::Pronoun, Class::Conjunction | Class::Stop | Class::Time])
    );
    over && cue.head as usize + 1 == end
        && scene.entry(cue.head as usize).is(list::TELEPHONE)
        && scene.entry(end).is_any(bits(&[list::PERSONAL_OBJECTS, list::POSSESSIVES]))
}

/// A participle that tells which thing is meant, before its verb or where the sentence opens with it: *the views expressed
/// here are her own*; *in a video posted on Monday, Rell said*.
fn participle(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let (start, end) = (cue.tokens.start as usize, cue.tokens.end as usize);
    let people = bits(&[list::ROLES, list::GROUPS, list::ORGANISATIONS, list::TITLES, list::OUTLET_WORDS]);
    if cue.voice == Voice::Finite
        && cue.sense.strength != Some(Strength::Core)
        && cue.head == cue.tokens.start
        && scene.classes[start] == Class::Past
        && scene.classes.get(start + 1) == Some(&Class::Preposition)
        && scene.classes.get(start + 2) != Some(&Class::Mark)
    {
        let sentence = scene.sentences[cue.sentence as usize].tokens.start as usize;
        let phrase = |c: &Class| {
            matches!(
                c,
                Class::Determiner | Class::Possessive | Class::Adjective | Class::Noun | Class::Plural
            )
        };
        return match &scene.classes[sentence..start] {
            [Class::Preposition, words @ .., Class::Noun | Class::Plural] => {
                words.iter().all(phrase) && !scene.entry(start - 1).is_any(people)
            }
            _ => false,
        };
    }
    if cue.voice != Voice::Finite
        || cue.sense.strength == Some(Strength::Core)
        || start == 0
        || !matches!(scene.classes[start - 1], Class::Noun | Class::Plural)
        || scene.classes[end - 1] != Class::Past
    {
        return false;
    }
    let hangs = |i: &usize| {
        let inside = matches!(
            scene.classes[*i],
            Class::Adverb
                | Class::Preposition
                | Class::Determiner
                | Class::Adjective
                | Class::Noun
                | Class::Plural
        );
        inside && (*i > end || matches!(scene.classes[*i], Class::Adverb | Class::Preposition))
    };
    let verb = (end..(end + HANGING).min(scene.classes.len())).find(|i| !hangs(i));
    verb.is_some_and(|i| scene.classes[i] == Class::Auxiliary && !scene.entry(i).is(list::HAVING))
        && !scene.entry(start - 1).is_any(people)
}

/// Where or to whom the one told of spoke, and nothing of what: *Ann Li, who spoke at the opening*; what it was about has a
/// particle.
fn elsewhere(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let head = cue.head as usize;
    cue.voice != Voice::Noun
        && cue.sense.act == Act::Speech
        && cue.sense.strength == Some(Strength::Weak)
        && cue.tokens.end as usize == head + 1
        && head > 0
        && scene.classes[head - 1] == Class::Relative
        && scene.classes.get(head + 1) == Some(&Class::Preposition)
        && scene.lexicon.traits(scene.tokens[head].word).any(Traits::TAKES_PARTICLE)
        && scene.outer_in(cue.sentence as usize).is_empty()
}

/// A participle between two commas, of whose subject the verb comes behind: *Rell, criticised last year for the delay, said*;
/// *Hale, asked if she would go, said no*.
fn aside(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let (head, end) = (cue.head as usize, cue.tokens.end as usize);
    // When asked about it: nobody asks there who is named.
    if cue.voice == Voice::Passive && cue.tokens.start == cue.head && head > sentence.start as usize {
        let opens = matches!(scene.classes[head - 1], Class::Interrogative | Class::Subordinator);
        let by = scene.tokens.get(end).is_some() && scene.entry(end).is(list::AGENTS);
        return opens && !by && scene.entry(head).is(list::QUESTIONED);
    }
    let form = scene.lexicon.traits(scene.tokens[head].word).form();
    let opens = cue.tokens.start == cue.head
        && cue.tokens.start > sentence.start + 1
        && matches!(form, Some(Form::Participle | Form::PastOrParticiple))
        && scene.classes[head - 1] == Class::Comma
        && scene.tally.finite(TokenSpan { start: sentence.start, end: cue.head }) == 0;
    if !opens {
        return false;
    }
    let behind = &scene.classes[end..(sentence.end as usize).min(end + ASIDE).max(end)];
    let phrasal = || matches!(scene.classes[end - 1], Class::Preposition | Class::To);
    let hangs = end > head + 1 && phrasal()
        || matches!(
            behind.first(),
            Some(
                Class::Adverb
                    | Class::Interrogative
                    | Class::Preposition
                    | Class::Subordinator
                    | Class::Time
                    | Class::To
            )
        );
    let close = behind.iter().position(|c| matches!(c, Class::Comma | Class::Mark | Class::Semicolon));
    hangs
        && close.is_some_and(|close| {
            matches!(&behind[close..], [Class::Comma, Class::Adverb, verb, ..] | [Class::Comma, verb, ..] if verb.finite())
                && !(head..end + close).any(|i| scene.entry(i).is(list::AGENTS))
        })
}

/// A past tense of saying with a clause of its own behind *that*: alleged that the well was dry; or with one before it
/// that it closes.
pub fn tells(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let end = cue.tokens.end as usize;
    let says = cue.sense.act == Act::Speech && cue.sense.strength >= Some(Strength::Common);
    let that = scene.classes[end - 1] == Class::That || scene.classes.get(end) == Some(&Class::That);
    says && that && cue.voice == Voice::Finite && scene.classes[cue.head as usize] == Class::Past
        || extent::closes(scene, cue)
}

/// The log-odds that the cue reports; `context` is asked for only where there is a chance, or always where a pattern
/// is `sure`.
pub fn score(
    scene: &Scene<'_>,
    weights: &Weights,
    cue: u32,
    sure: bool,
    context: impl FnOnce() -> Context,
) -> Option<(f32, Context)> {
    let own = scene.cues[cue as usize].own.unwrap_or_else(|| own_score(scene, weights, cue));
    let in_pattern = scene.proposals.of_cue(cue).iter().any(|p| p.mention != NONE);
    (sure || own >= if in_pattern { HOPELESS_IN_PATTERN } else { HOPELESS_OUTSIDE }).then(|| {
        let context = context();
        let score = own + weights.score(|f| context_features(scene, &View::new(scene, cue), &context, f));
        (score, context)
    })
}

fn own_score(scene: &Scene<'_>, weights: &Weights, cue: u32) -> f32 {
    weights.score(|f| own_features(scene, &View::new(scene, cue), f))
}

/// The evidence for a cue.
pub fn features(scene: &Scene<'_>, number: u32, context: &Context, f: &mut impl Sink) {
    let view = View::new(scene, number);
    own_features(scene, &view, f);
    context_features(scene, &view, context, f);
}

/// What both kinds of evidence ask for.
struct View<'a> {
    number: u32,
    cue: &'a CueGroup,
    form: Value<'a>,
    lemma: Value<'a>,
    voice: Name,
}

impl<'a> View<'a> {
    // Where scores are added up nobody asks for words, and so they are not even looked for.
    #[inline(always)]
    fn new(scene: &Scene<'a>, number: u32) -> Self {
        let cue = &scene.cues[number as usize];
        Self {
            number,
            cue,
            form: scene.word(cue.head as usize),
            lemma: lemma(scene, cue),
            voice: Name::from(cue.voice),
        }
    }
}

/// The evidence in the words around a cue, whoever its source is.
fn own_features(scene: &Scene<'_>, view: &View<'_>, f: &mut impl Sink) {
    let View { number, cue, form, lemma, voice } = *view;
    let (sentence, number) = (cue.sentence as usize, number as usize);
    let (start, end) = (i64::from(cue.tokens.start), i64::from(cue.tokens.end));
    let line = scene.line(sentence);
    let (before, frame) = (line.class(start - 1), frame(scene, cue));
    let paragraph = scene.paragraphs[scene.sentences[sentence].paragraph as usize].kind;
    // The lemma is that of the form: as a noun or as a verb, which the voice tells.
    f.add(t!("cue.lemma"), [lemma]);
    f.add(t!("cue.lemma-before"), [lemma, before.into()]);
    f.add(t!("cue.lemma-frame"), [lemma, frame.into()]);
    f.add(t!("cue.bias"), [] as [Name; 0]);
    f.add(t!("cue.frame"), [frame, voice]);
    f.add(t!("cue.before"), [before, voice]);
    f.add(t!("cue.heading"), [flag(paragraph == ParagraphKind::Heading), voice]);
    f.add(t!("cue.word-before"), [line.word(start - 1)]);
    f.add(t!("cue.word-before-2"), [line.word(start - 2)]);
    let word_after = line.word(end);
    f.add(t!("cue.word-after"), [word_after]);
    f.add(t!("cue.form-after"), [form, word_after]);
    f.add(t!("cue.lemma-after"), [lemma, word_after]);
    f.add(t!("cue.word-after-2"), [line.word(end + 1)]);
    f.add(t!("cue.length"), [count(cue.tokens.len()), voice]);
    f.add(t!("cue.first"), [line.word(start), voice.into(), flag(cue.tokens.len() > 1).into()]);
    let all = scene.cues_in(sentence);
    let nearest = scene.cues[all.start..number].iter().rev().find(|c| !c.quoted && c.head < cue.head);
    let next = scene.cues[number..all.end].iter().find(|c| !c.quoted && c.head > cue.head);
    let name = |c: Option<&CueGroup>| c.map_or(v!("none"), CueGroup::strength);
    let (strength, nearest_strength, next_strength) = (cue.strength(), name(nearest), name(next));
    f.add(t!("cue.position"), [count(number - all.start), voice]);
    f.add(t!("cue.neighbours"), [nearest_strength, next_strength, strength]);
    if let Some(nearest) = nearest {
        let gap = count(cue.tokens.start.saturating_sub(nearest.tokens.end) as usize);
        f.add(t!("cue.nearest-gap"), [gap, nearest_strength, voice]);
        f.add(t!("cue.nearest-frame"), [self::frame(scene, nearest), nearest_strength, voice]);
    }
}

/// The evidence in its source and in what was given to other cues.
fn context_features(scene: &Scene<'_>, view: &View<'_>, context: &Context, f: &mut impl Sink) {
    let View { number, form, lemma, voice, .. } = *view;
    let mut last = NONE;
    for p in scene.proposals.of_cue(number).iter().filter(|p| p.mention == context.mention) {
        if p.pattern != last {
            f.add(t!("cue.pattern"), [scene.rules.value(p.pattern)]);
            last = p.pattern;
        }
    }
    f.add(t!("cue.unmatched"), [flag(last == NONE), voice]);
    f.add(t!("cue.quotes"), [flag(context.owns), flag(context.owned_elsewhere), voice]);
    f.add(t!("cue.quotes-form"), [flag(context.owned_elsewhere).into(), form]);
    if context.mention == NONE {
        f.add(t!("cue.no-source-lemma"), [lemma]);
    } else {
        let kind = scene.mention_type(&scene.mentions[context.mention as usize]);
        f.add(t!("cue.source"), [kind, voice]);
    }
    f.add(t!("cue.source-sure"), [flag(context.source > 0.8), flag(context.mention == NONE), voice]);
}

/// The lemma of a cue as a value.
#[inline]
pub fn lemma<'a>(scene: &Scene<'a>, cue: &CueGroup) -> Value<'a> {
    cue.lemma(scene.lexicon).unwrap_or_else(|| scene.word(cue.head as usize))
}

/// What follows a cue, as [`frame::frame`] sees it.
pub fn frame(scene: &Scene<'_>, cue: &CueGroup) -> Name {
    let sentence = || scene.sentences[cue.sentence as usize].tokens.range();
    cue.follows.unwrap_or_else(|| frame::frame(cue, scene.classes, sentence(), scene.mentions))
}

/// The context of a cue as far as its source goes.
pub fn context(candidates: &[source::Candidate]) -> Context {
    let first = candidates.first().copied().unwrap_or(source::Candidate { mention: NONE, probability: 1.0 });
    Context { mention: first.mention, source: first.probability, owns: false, owned_elsewhere: false }
}
