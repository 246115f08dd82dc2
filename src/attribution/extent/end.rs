//! Where content that stands behind a cue ends: before the main clause, the next report, or a boundary that is weighed.

use super::stop::{self, pronoun};
use super::{Boundaries, Frame, View, most_probable};
use crate::attribution::cue::{CueGroup, Voice};
use crate::attribution::report;
use crate::attribution::scene::{Line, Scene};
use crate::evidence::weights::{Weights, logistic};
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Strength, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::{t, v};

/// What is inserted between a subject and its verb has at most so many words.
const LONGEST_INSERT: usize = 30;
/// One boundary at which content may end (or, read leftwards, begin).
fn boundary(class: Class) -> bool {
    matches!(
        class,
        Class::Comma
            | Class::Semicolon
            | Class::Dash
            | Class::Conjunction
            | Class::Open
            | Class::Close
            | Class::Colon
            | Class::Subordinator
            | Class::Relative
            | Class::Interrogative
            | Class::Preposition
            | Class::Ing
            | Class::Mark
            | Class::Time
    )
}

/// What is put at a number is named within so many words.
const NUMBERED: usize = 3;

/// A subject has its verb within so many words.
pub(super) const SUBJECT: usize = 8;

/// A subject may begin with such a word.
pub(super) fn begins_clause(class: Class) -> bool {
    matches!(
        class,
        Class::Determiner
            | Class::Possessive
            | Class::Pronoun
            | Class::Capital
            | Class::Quantifier
            | Class::Noun
            | Class::Plural
    )
}

/// The boundaries behind `start`: tokens before which content may end; the sentence’s end comes last.
pub fn ends(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Boundaries {
    let mut out = Boundaries::new();
    let mut stop = stop::first(scene, cue, frame, start);
    // The final stop, and what closes behind it, is no content.
    while stop > start + 1 && scene.classes[stop as usize - 1] == Class::Stop {
        stop -= 1;
    }
    let mut quote = scene.outer_in(frame.sentence_of(scene, start)).peekable();
    let governs = cue.governs(scene.classes)
        && cue.tokens.start == frame.sentence.start
        && frame.after > cue.tokens.end;
    let mut at = behind_insert(scene, frame, start, stop).unwrap_or(start) + 1;
    while at < stop && out.len() < 40 {
        while quote.peek().is_some_and(|&o| scene.quotations[scene.outer[o] as usize].tokens.end <= at) {
            quote.next();
        }
        if let Some(&o) = quote.peek() {
            let tokens = scene.quotations[scene.outer[o] as usize].tokens;
            if tokens.start < at {
                at = tokens.end;
                // Said it had “gutted” its budget: the verb in the marks has its object behind them.
                let verb = tokens.start > start
                    && scene.classes[tokens.start as usize - 1] == Class::Auxiliary
                    && matches!(
                        scene.classes.get(at as usize),
                        Some(
                            Class::Determiner
                                | Class::Possessive
                                | Class::Pronoun
                                | Class::Capital
                                | Class::Noun
                                | Class::Plural
                        )
                    );
                if at < stop && at > start && !verb {
                    out.push(at);
                }
                at += 1;
                continue;
            }
        }
        if let Some(verb) = behind_aside(scene.classes, at, stop).filter(|_| !waiting(scene, cue, frame)) {
            at = verb + 1;
            continue;
        }
        // A verb alone is not what somebody threatens to do: to embark on a strike.
        let bare = at == start + 1 && start > 0 && scene.classes[start as usize - 1] == Class::To;
        let (first, class) = (scene.classes[start as usize], scene.classes[at as usize]);
        let hangs = class == Class::Comma && hanging(scene, frame, start, at)
            || class == Class::Preposition && linked(scene, cue, start, at);
        // According to police, the suspect, a clerk, was ill: there is no clause before its verb.
        let verbless = governs && scene.tally.finite(TokenSpan { start, end: at }) == 0;
        // Rovers said that Ali Ncube (groin) would miss the match.
        let bracket = class == Class::Open
            && matches!(first, Class::That | Class::Capital)
            && scene.tally.finite(TokenSpan { start, end: at }) == 0;
        let inside = hangs
            || bracket
            || verbless
            || bare && class == Class::Preposition
            || first == Class::That && lists(scene, at);
        if boundary(class) && !inside {
            out.push(at);
        }
        at += 1;
    }
    out.dedup();
    out.push(stop);
    out
}

/// Where the verb stands whose subject begins the content and has an insertion with a comma on either side: *said the
/// bridge, which opened in May, would close*.
fn behind_insert(scene: &Scene<'_>, frame: &Frame, start: u32, stop: u32) -> Option<u32> {
    if !frame.clausal {
        return None;
    }
    let classes = &scene.classes[start as usize..stop as usize];
    let first = classes.iter().position(|c| *c == Class::Comma)?;
    let begins = match classes[0] {
        Class::Pronoun => false,
        Class::Adjective | Class::Number => true,
        class => begins_clause(class),
    };
    let inserted = classes.get(first + 1) != Some(&Class::Conjunction);
    if !begins || !inserted || classes[..first].iter().any(|c| c.finite() || c.verb() || *c == Class::Mark) {
        return None;
    }
    // The comma that closes the insertion, with the verb right behind it, an adverb perhaps between.
    let closes = |&i: &usize| {
        let by = || scene.entry(start as usize + i + 2).is(list::AGENTS);
        classes[i] == Class::Comma
            && match &classes[i + 1..] {
                // Described by critics as mad: a participle.
                [Class::Past, _, ..] => !by(),
                // Dubbed “Iron Wave,” will end
                [Class::Adverb | Class::Mark, next, ..] | [next, ..] => next.finite(),
                [] => false,
            }
    };
    let close = (first + 1..classes.len().min(first + LONGEST_INSERT)).find(closes)?;
    Some(start + close as u32 + 1)
}

/// Where the verb stands whose subject has something told of it behind it: *two offers – one of them from the village –
/// were turned down*; *that the Duke, who was ill, was at home*.
fn behind_aside(classes: &[Class], at: u32, stop: u32) -> Option<u32> {
    let mark = classes[at as usize];
    let opens = match mark {
        Class::Dash => true,
        Class::Comma => at + 1 < stop && classes[at as usize + 1] == Class::Relative,
        _ => false,
    };
    if !opens || stop <= at + 1 {
        return None;
    }
    let inside = &classes[at as usize + 1..stop.min(at + 1 + LONGEST_INSERT as u32) as usize];
    let close = inside.iter().position(|c| *c == mark)?;
    let verb = match &inside[close + 1..] {
        [Class::Adverb, verb, ..] | [verb, ..] => verb.finite(),
        [] => false,
    };
    verb.then_some(at + 2 + close as u32)
}

/// The verb of the main clause is still to come behind what the cue reports: it stands in a relative clause, or is a
/// participle before any verb.
fn waiting(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame) -> bool {
    let relative = |at: u32| matches!(scene.classes[at as usize], Class::Interrogative | Class::Relative);
    let front = TokenSpan { start: frame.sentence.start, end: cue.tokens.start };
    (cue.voice == Voice::Ing || pronoun(cue, frame, relative).is_some()) && scene.tally.finite(front) == 0
}

/// The comma parts the clause that opens the content from the one that it belongs to: *said if the bank closed, nobody
/// would lend*.
fn hanging(scene: &Scene<'_>, frame: &Frame, start: u32, at: u32) -> bool {
    let first = matches!(scene.classes[start as usize], Class::Subordinator | Class::Interrogative);
    if !(first && frame.clausal && scene.entry(start as usize).is(list::SUBORDINATORS)) {
        return false;
    }
    let front = TokenSpan { start, end: at };
    let behind = &scene.classes[at as usize + 1..frame.sentence.end as usize];
    scene.tally.finite(front) > 0
        && scene.tally.commas(front) == 0
        && behind.first().is_some_and(|&c| begins_clause(c))
        && behind.iter().take(SUBJECT).any(|c| c.finite())
}

/// What is put at a number has its prepositions, and a participle right behind a noun its own: *the cost of the roof at a
/// million*, *talk linking the coach with a move*.
fn linked(scene: &Scene<'_>, cue: &CueGroup, start: u32, at: u32) -> bool {
    let front = start as usize..at as usize;
    let participle = matches!(
        &scene.classes[front.clone()],
        [Class::Noun | Class::Plural | Class::Base, Class::Ing, _, ..]
    ) && scene.tally.commas(TokenSpan { start, end: at }) == 0;
    let number = || scene.classes.get(at as usize + 1) != Some(&Class::Time);
    let mut first = front.take(NUMBERED);
    participle
        || cue.sense.strength == Some(Strength::Weak)
            && first.any(|i| scene.entry(i).is(list::AMOUNTS))
            && number()
}

/// Another clause of the same report begins here, with its semicolon and *that*: *said that it was shut; and that nobody
/// was hurt*.
fn lists(scene: &Scene<'_>, at: u32) -> bool {
    let behind = &scene.classes[at as usize..];
    matches!(
        behind,
        [Class::Semicolon, Class::That, ..] | [Class::Semicolon, Class::Conjunction, Class::That, ..]
    )
}

/// What is known of a content when its end is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// The cue’s lemma.
    pub lemma: Value<'a>,
    /// How the content begins: that, clause, infinitive, phrase …
    pub kind: Name,
    /// Its second word goes on with a clause or phrase inside it.
    open: Name,
    /// Its sentence.
    line: Line<'a>,
}

impl<'a> Opening<'a> {
    /// Looks at the first words of a content.
    pub fn new(scene: &Scene<'a>, cue: &CueGroup, start: u32) -> Self {
        let end = scene.sentences[cue.sentence as usize].tokens.end;
        let kind = match scene.classes[start as usize] {
            Class::That => v!("that"),
            Class::Mark => v!("quote"),
            Class::To => v!("to"),
            Class::Interrogative | Class::Relative => v!("wh"),
            Class::Ing => v!("ing"),
            Class::Subordinator => v!("subordinate"),
            Class::Preposition => v!("preposition"),
            _ => {
                let upto = (start + 10).min(end) as usize;
                let verb = scene.classes[start as usize..upto]
                    .iter()
                    .take_while(|c| !matches!(c, Class::Comma | Class::Semicolon | Class::Dash | Class::To))
                    .any(|c| c.finite());
                if verb { v!("clause") } else { v!("phrase") }
            }
        };
        let line = scene.line(cue.sentence as usize);
        let second = line.class(i64::from(start) + 1);
        let open = flag(second == v!("sub") || second == v!("prep"));
        Self { lemma: report::lemma(scene, cue), kind, open, line }
    }
}

/// The most probable end of content that begins at `start`: one past its last token.
pub fn end(scene: &Scene<'_>, weights: &Weights, view: &View<'_>, start: u32) -> (u32, f32) {
    let at = ends(scene, view.cue, &view.frame, start);
    let opening = Opening::new(scene, view.cue, start);
    most_probable(&at, |b| logistic(weights.score(|f| end_features(scene, view.cue, &opening, start, b, f))))
}

/// The evidence that content ends before the token `at`.
pub fn end_features(
    scene: &Scene<'_>,
    cue: &CueGroup,
    opening: &Opening<'_>,
    start: u32,
    at: u32,
    f: &mut impl Sink,
) {
    let sentence = cue.sentence as usize;
    let Opening { lemma, kind, open, line } = *opening;
    let token = i64::from(at);
    let (here, next, next_2) = (line.class(token), line.class(token + 1), line.class(token + 2));
    let (word, next_word) = (line.word(token), line.word(token + 1));
    let inside = TokenSpan { start, end: at };
    let verb = flag(scene.tally.finite(inside) > 0);
    let commas = count(scene.tally.commas(inside));
    let length = count(inside.len());
    let previous = line.class(token - 1);
    let range = scene.sentences[sentence].tokens;
    let ahead = &scene.classes[at as usize..(at + 8).min(range.end) as usize];
    let subject_ahead = flag(ahead.windows(2).skip(1).any(|pair| {
        matches!(pair[0], Class::Capital | Class::Pronoun | Class::Noun | Class::Plural | Class::Relative)
            && pair[1].finite()
    }));
    f.add(t!("end.class"), [here, kind]);
    f.add(t!("end.triple"), [here, next, next_2, kind]);
    f.add(t!("end.word"), [word, kind.into()]);
    f.add(t!("end.word-pair"), [word, next_word]);
    f.add(t!("end.class-word"), [here.into(), next_word]);
    let cue_ahead =
        scene.cues[scene.cues_in(sentence)].iter().any(|c| !c.quoted && c.head > at && c.head < at + 4);
    let cue_ahead = flag(cue_ahead);
    f.add(t!("end.verb"), [here, verb, kind]);
    f.add(t!("end.subject-ahead"), [here, next, subject_ahead, verb]);
    f.add(t!("end.cue-ahead"), [here, next, cue_ahead]);
    // The word behind the boundary is inflected as the cue is: vowed … and celebrated.
    let parallel = scene.classes.get(at as usize + 1).is_some_and(|c| *c == scene.classes[cue.head as usize]);
    let (left, parallel) = (count((range.end - at) as usize), flag(parallel));
    f.add(t!("end.length"), [here, length, kind]);
    f.add(t!("end.left"), [here, left, kind]);
    f.add(t!("end.previous"), [previous, here, kind]);
    f.add(t!("end.parallel"), [here, parallel, kind]);
    f.add(t!("end.lemma"), [lemma, here.into()]);
    f.add(t!("end.commas"), [here, commas, kind]);
    f.add(t!("end.open-clause"), [kind, open, here, commas]);
}
