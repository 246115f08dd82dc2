//! Where content that stands behind a cue ends: before the main clause, the next report, or a boundary that is weighed.

use super::{Boundaries, Frame, View, most_probable};
use crate::attribution::cue::{CueGroup, Voice};
use crate::attribution::report;
use crate::attribution::scene::{Line, NONE, Scene};
use crate::evidence::weights::{Weights, logistic};
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Act, Addressee, Gender, Strength, Traits, bits, list};
use crate::mention::MentionKind;
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::{t, v};

/// What is inserted between a subject and its verb has at most so many words.
const LONGEST_INSERT: usize = 30;
/// A day before a verb has at most so many.
const DATE: usize = 3;

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

/// Where the main clause begins behind a clause that reports: *While critics say it is lost, the council voted*.
fn main_clause(scene: &Scene<'_>, frame: &Frame, start: u32) -> Option<u32> {
    let before = &scene.classes[frame.sentence.start as usize..frame.tag.end as usize];
    let opens = match before.first()? {
        Class::Subordinator => true,
        // Saying that it was lost, the council voted.
        Class::Ing => frame.participle,
        // After saying that it was lost, the council voted; when critics say it is lost, the council votes.
        Class::Preposition | Class::Interrogative => {
            before.get(1) == Some(&Class::Ing) || frame.tag.start == frame.sentence.start + 1
        }
        _ => false,
    };
    if !opens || before.contains(&Class::Comma) {
        return None;
    }
    let behind = &scene.classes[start as usize..frame.sentence.end as usize];
    let comma = behind.windows(2).position(|pair| pair[0] == Class::Comma && begins_clause(pair[1]))?;
    let clause = behind[comma + 1..].iter().take(SUBJECT);
    let mut clause = clause.take_while(|c| !matches!(c, Class::Comma | Class::Conjunction | Class::Relative));
    (clause.any(|c| c.finite() || *c == Class::Base) && behind[..comma].iter().any(|c| c.finite()))
        .then_some(start + comma as u32)
}

/// Where the main clause begins behind a participle that reports and opens its sentence: *Saying that it was lost, the
/// council voted*.
pub fn behind_participle(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let frame = Frame::new(scene, cue, NONE);
    let comma = frame.participle.then(|| main_clause(scene, &frame, frame.after)).flatten()?;
    let between = &scene.classes[frame.after as usize..comma as usize];
    (!between.contains(&Class::Colon)).then_some(comma + 1)
}

/// The comma, or the mark behind one, after which a participle goes on with words of its own: *said the bill was “dead”,
/// adding: “Enough.”*; *said they were “ready,” warning that time was short*.
fn next_words(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    // What his claim was, and what she answers: rejected his claim that it was over, saying it had begun.
    let noun = cue.voice == Voice::Noun;
    let cues = scene.cues[scene.cues_in(frame.sentence_of(scene, start))].iter();
    let mut adding = cues.filter(|c| {
        let (from, to) = (c.tokens.start, c.tokens.end as usize);
        let quotes = matches!(
            scene.classes.get(to..(to + 2).min(frame.sentence.end as usize)),
            Some([Class::Mark, ..] | [Class::Colon | Class::Comma, Class::Mark])
        );
        let before = scene.classes.get(start as usize..from as usize).unwrap_or_default();
        let parted = before.ends_with(&[Class::Comma]);
        let marked =
            before.ends_with(&[Class::Mark, Class::Comma]) || before.ends_with(&[Class::Comma, Class::Mark]);
        let clause = marked && scene.classes.get(to) == Some(&Class::That);
        c.voice == Voice::Ing
            && !c.quoted
            && c.sense.act == Act::Speech
            && before.len() > 1
            && (parted && quotes || (parted && noun || clause) && c.sense.strength >= Some(Strength::Common))
    });
    let from = adding.next()?.tokens.start;
    Some(from - u32::from(scene.classes[from as usize - 1] == Class::Comma))
}

/// Where the sentence’s next report begins: *The army said it had struck a depot; residents said a school was hit*; *Rell
/// said it was “safe”, but Hale called it “a bathtub”*; *said it was over, while another said it was not*; *said it was
/// safe, with one calling it a bathtub*.
fn next_report(scene: &Scene<'_>, frame: &Frame, start: u32) -> Option<u32> {
    let comma = |at: u32| at > start && scene.classes[at as usize - 1] == Class::Comma;
    let told = |at: u32| comma(at) && scene.tally.finite(TokenSpan { start, end: at }) > 0;
    let beside = |at: u32| told(at) && scene.entry(at as usize).is(list::CONTRASTING);
    let joint = |&at: &u32| match scene.classes[at as usize] {
        Class::Semicolon => true,
        // Behind words in marks and a comma.
        Class::Conjunction | Class::Subordinator => {
            let before = &scene.classes[..at as usize];
            before.strip_suffix(&[Class::Comma]).unwrap_or(before).ends_with(&[Class::Mark]) || beside(at)
        }
        Class::Preposition => comma(at) && scene.entry(at as usize).is(list::ACCOMPANYING),
        _ => false,
    };
    let sentence = frame.sentence_of(scene, start);
    let reports = |at: u32| {
        let cues = &scene.cues[scene.cues_in(sentence)];
        let next = cues.get(cues.partition_point(|c| c.head <= at));
        let with = scene.classes[at as usize] == Class::Preposition;
        let voice = if with { Voice::Ing } else { Voice::Finite };
        let Some(cue) = next.filter(|c| c.voice == voice && !c.quoted) else { return false };
        // While the EU voiced “grave concern”: words of its own.
        let marked = scene.classes.get(cue.tokens.end as usize) == Some(&Class::Mark);
        let alone = !marked && (scene.classes[at as usize] == Class::Semicolon || beside(at));
        let firm = Some(if alone { Strength::Core } else { Strength::Common });
        let mentions = &scene.mentions[scene.mentions_in(sentence)];
        let from = mentions.partition_point(|m| m.base.start <= at);
        let mut subjects = mentions[from..].iter().take_while(|m| m.base.start == at + 1);
        // While the chair, Tom Orr, said
        let ends = |end: u32| end + u32::from(scene.classes.get(end as usize) == Some(&Class::Comma));
        cue.sense.strength >= firm && subjects.any(|m| ends(m.full.end) == cue.tokens.start)
    };
    (start..frame.sentence.end).filter(joint).find(|&at| reports(at))
}

/// Here begins what somebody does not say: *said it was over and declined to comment*; *said it was over, without
/// elaborating*.
pub(super) fn withholds(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, at: u32) -> bool {
    let (at, end) = (at as usize, frame.sentence.end as usize);
    let reports = |at: usize| at < end && scene.lexicon.traits(scene.tokens[at].word).any(Traits::VERB);
    let tells = |at: usize| {
        let verb = scene.lexicon.verb(scene.entry(at));
        verb.is_some_and(|verb| verb.act == Act::Speech && verb.strength >= Strength::Common)
    };
    match &scene.classes[at.min(end)..end] {
        // But not: alleges that they hid it and refused to pay.
        [Class::Conjunction, Class::Past, Class::To, _, ..] => {
            scene.entry(at + 1).is(list::WITHHOLDING)
                && reports(at + 3)
                && scene.classes[cue.head as usize] != Class::Third
        }
        [Class::Comma, Class::Preposition | Class::Negation, Class::Ing, ..] => {
            let without = scene.entry(at + 1);
            without.is(list::NEGATIONS) && without.is(list::PREPOSITIONS) && tells(at + 2)
        }
        _ => false,
    }
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
    let mut stop = main_clause(scene, frame, start)
        .or_else(|| next_report(scene, frame, start))
        .or_else(|| next_words(scene, cue, frame, start))
        .or_else(|| resumed(scene, cue, frame, start))
        .or_else(|| main_verb(scene, cue, frame, start))
        .or_else(|| second_verb(scene, cue, frame, start))
        .or_else(|| {
            let opens = |at: &u32| matches!(scene.classes[*at as usize], Class::Comma | Class::Conjunction);
            (start + 1..frame.sentence.end).filter(opens).find(|&at| withholds(scene, cue, frame, at))
        })
        .unwrap_or(frame.sentence.end);
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
                if at < stop && at > start {
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
        let inside = hangs
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

/// The main verb behind a report that tells the subject apart: *A woman who said she was ignored has been paid*.
///
/// The sentence begins with the subject, so that one of its verbs is the main one: the second behind the cue, if nothing
/// joins it to the first.
fn main_verb(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let who = pronoun(cue, frame, |at| scene.classes[at as usize] == Class::Relative)?;
    let first = scene.mentions_in(scene.sentence_of(start)).start;
    let subject = &scene.mentions[first];
    if subject.base.start != frame.sentence.start || subject.full.end != who && subject.base.end != who {
        return None;
    }
    let joins = |c: &Class| {
        matches!(
            c,
            Class::Comma
                | Class::Conjunction
                | Class::Interrogative
                | Class::Relative
                | Class::Semicolon
                | Class::Subordinator
                | Class::That
        )
    };
    let behind = &scene.classes[start as usize..frame.sentence.end as usize];
    let verb = |from: usize| Some(from + behind[from..].iter().position(|c| c.finite())?);
    // Participles and adverbs go with the verb before them, in marks or not: was “ignored”.
    let over = |from: usize| {
        let group = |c: &Class| c.finite() || matches!(c, Class::Adverb | Class::Mark | Class::Negation);
        from + behind[from..].iter().take_while(|c| group(c)).count()
    };
    let end = over(verb(usize::from(behind[0] == Class::That))?);
    let second = verb(end)?;
    let sure = behind[second] != Class::Past || verb(over(second)).is_none();
    (sure && !behind[end..second].iter().any(joins)).then_some(start + second as u32)
}

/// Where a second verb of saying goes on with the subject of the first, since the subject of the clause between is a thing,
/// which says nothing: *said the road was shut and thanked drivers*.
fn second_verb(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let that = u32::from(scene.classes[start as usize] == Class::That);
    let subject = scene.mention_at(cue.sentence, start + that)?;
    let persons = bits(&[
        list::ROLES,
        list::TITLES,
        list::GROUPS,
        list::ORGANISATIONS,
        list::COMPANIES,
        list::DOCUMENTS,
    ]);
    let head = scene.entry(subject.head as usize);
    let thing = subject.kind == MentionKind::Nominal
        && !head.is_any(persons)
        && subject.gender == Gender::Unknown
        && !scene.classes[subject.base.range()].contains(&Class::Capital);
    // Called it “dead” and accused her; no words in marks may stand behind it, which would be of the first verb too.
    let marked = |at: u32| {
        scene.classes[..at as usize].ends_with(&[Class::Mark])
            && !scene.classes[at as usize..frame.sentence.end as usize].contains(&Class::Mark)
    };
    if cue.sense.act != Act::Speech || cue.sense.strength != Some(Strength::Core) {
        return None;
    }
    let second =
        |other: &&CueGroup| other.head > start && !other.quoted && other.joins(cue, scene.classes).is_some();
    let next = scene.cues[scene.cues_in(cue.sentence as usize)].iter().find(second)?;
    let requests = || {
        let behind = &scene.classes[next.tokens.end as usize..frame.sentence.end as usize];
        next.sense.addressee == Addressee::Object && behind.iter().take(SUBJECT).any(|c| *c == Class::To)
    };
    let phrase = next.tokens.end > next.head + 1;
    let says = next.sense.act == Act::Speech
        && (next.sense.strength >= Some(Strength::Common) || phrase || requests());
    let at = next.tokens.start - 1;
    ((thing || marked(at)) && says && scene.tally.finite(TokenSpan { start, end: at }) > 0).then_some(at)
}

/// The relative pronoun of the clause in which the cue stands: right before it, or before its tag.
fn pronoun(cue: &CueGroup, frame: &Frame, relative: impl Fn(u32) -> bool) -> Option<u32> {
    let Frame { tag, sentence, .. } = *frame;
    let before = |at: u32| at.checked_sub(1).filter(|&at| at >= sentence.start);
    let places = [Some(tag.start), before(tag.start), before(cue.tokens.start)];
    places.into_iter().flatten().find(|&at| relative(at))
}

/// Where the main clause goes on behind words in a relative clause: *The bill, which Rell called “a joke,” will pass*; *the
/// firm, which says it is owed a million, last week shut*.
fn resumed(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let relative = |at: u32| matches!(scene.classes[at as usize], Class::Interrogative | Class::Relative);
    let who = pronoun(cue, frame, relative)?;
    // Which analysts say is sound, will be sold.
    let aside = who > frame.sentence.start
        && scene.classes[who as usize - 1] == Class::Comma
        && scene.entry(who as usize).is(list::RELATIVES);
    let behind = &scene.classes[start as usize..frame.sentence.end as usize];
    if aside && !behind.contains(&Class::Mark) {
        // Last week began, has since gone; but not: especially his supporters, disenfranchised.
        let verb = |&at: &usize| match &behind[at..] {
            [Class::Comma, Class::Past, Class::Stop, ..] => false,
            [Class::Comma, rest @ ..] => {
                let day = |c: &&Class| {
                    matches!(
                        c,
                        Class::Adjective
                            | Class::Determiner
                            | Class::Number
                            | Class::Preposition
                            | Class::Time
                    )
                };
                let dated = rest.iter().take(DATE).take_while(day).count();
                let dated = if rest[..dated].last() == Some(&Class::Time) { dated } else { 0 };
                let adverb = usize::from(rest.get(dated) == Some(&Class::Adverb));
                let clause = !frame.clausal || behind[..at].iter().any(|c| c.finite());
                clause && rest.get(dated + adverb).is_some_and(|c| c.finite())
            }
            _ => false,
        };
        let comma = (0..behind.len()).find(verb)?;
        return (comma > 1).then_some(start + comma as u32);
    }
    let quotations = scene.outer_in(frame.sentence_of(scene, start));
    let mut ends = quotations.map(|o| scene.quotations[scene.outer[o] as usize].tokens.end);
    ends.find(|&end| {
        let class = |at: u32| scene.classes.get(at as usize).copied();
        let comma = |at: u32| class(at) == Some(Class::Comma);
        let verb = |at: u32| at < frame.sentence.end && class(at).is_some_and(Class::finite);
        end > start + 1 && (comma(end - 2) && verb(end) || comma(end) && verb(end + 1))
    })
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
