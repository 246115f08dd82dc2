//! The source of a cue: which noun phrase of the sentence reports, or none.

use super::cue::{CueGroup, Voice};
use super::scene::{NONE, Scene, signature};
use crate::evidence::weights::{Weights, softmax};
use crate::evidence::{Sink, Value, count, flag};
use crate::lexicon::{Act, Addressee, Strength};
use crate::mention::{Mention, MentionKind};
use crate::token::class::Class;
use crate::{t, v};

/// How many noun phrases on the left of a cue are looked at, beside the first of the sentence.
const LEFT: usize = 7;
/// How many on the right.
const RIGHT: usize = 4;

/// A possible source of a cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Index into the mentions, [`NONE`] for “no source”.
    pub mention: u32,
    /// Its probability.
    pub probability: f32,
}

/// The noun phrases that may be the source of a cue, as indices; [`NONE`] comes last.
pub fn candidates(scene: &Scene<'_>, number: u32, out: &mut Vec<u32>) {
    let cue = &scene.cues[number as usize];
    out.clear();
    if let Some(subject) = behind_tag(scene, cue) {
        out.extend([subject, NONE]);
        return;
    }
    let all = scene.mentions_in(cue.sentence as usize);
    let fits = |m: &usize| {
        let mention = &scene.mentions[*m];
        mention.quoted == cue.quoted && !mention.base.overlaps(head(cue))
    };
    let split = all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < cue.head);
    let left: Vec<usize> = (all.start..split).filter(fits).collect();
    for &m in left.iter().rev().take(LEFT) {
        out.push(m as u32);
    }
    if left.len() > LEFT {
        out.push(left[0] as u32);
    }
    out.extend((split..all.end).filter(fits).take(RIGHT).map(|m| m as u32));
    for p in scene.proposals.of_cue(number) {
        if p.mention != NONE && !out.contains(&p.mention) {
            out.push(p.mention);
        }
    }
    out.push(NONE);
}

/// The subject of a tag that closes its sentence with the verb first: `The road will stay shut, said the council.`
///
/// A clause with its verb and a comma stand before, so that whoever is named there is the subject of that verb; and
/// what one says is never a bare noun phrase. Whom one tells is one, so that there the sentence’s first words have to
/// have a verb of their own: not in `The minister, who spoke on Monday, told reporters.`
fn behind_tag(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let verb = cue.verb(scene.tokens, scene.lexicon)?;
    let says = verb.strength >= Strength::Common && verb.act == Act::Speech;
    let before = &scene.classes[sentence.start as usize..cue.tokens.start as usize];
    let clause = before.last() == Some(&Class::Comma) && before.iter().any(|c| c.finite());
    if cue.voice != Voice::Finite || cue.tokens.len() > 1 || !says || !clause {
        return None;
    }
    let mut mentions = scene.mentions_in(cue.sentence as usize);
    let first = &scene.mentions[mentions.clone().next()?];
    let behind = scene.classes.get(first.full.end as usize);
    let own_verb = first.full.start == sentence.start && behind.is_some_and(|c| c.finite());
    if verb.addressee == Addressee::Object && !own_verb {
        return None;
    }
    let subject = mentions.find(|&m| scene.mentions[m].base.start == cue.tokens.end)?;
    let end = scene.mentions[subject].full.end;
    let over = end == sentence.end || scene.classes[end as usize] == Class::Stop;
    over.then_some(subject as u32)
}

fn head(cue: &CueGroup) -> crate::span::TokenSpan {
    crate::span::TokenSpan { start: cue.head, end: cue.head + 1 }
}

/// The candidates of a cue with their probabilities, likeliest first.
pub fn choose(scene: &Scene<'_>, weights: &Weights, cue: u32) -> Vec<Candidate> {
    let mut mentions = Vec::with_capacity(LEFT + RIGHT + 2);
    candidates(scene, cue, &mut mentions);
    let mut scores: Vec<f32> =
        mentions.iter().map(|&m| weights.score(|f| features(scene, cue, m, f))).collect();
    softmax(&mut scores);
    let mut out: Vec<Candidate> = mentions
        .iter()
        .zip(scores)
        .map(|(&mention, probability)| Candidate { mention, probability })
        .collect();
    out.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.mention.cmp(&b.mention)));
    out
}

/// The evidence for one candidate.
pub fn features(scene: &Scene<'_>, number: u32, candidate: u32, f: &mut impl Sink) {
    let cue = &scene.cues[number as usize];
    let sentence = cue.sentence as usize;
    let voice = Value::from(cue.voice);
    let form = scene.word(cue.head as usize);
    let before_cue = scene.class_at(sentence, i64::from(cue.tokens.start) - 1);
    let after_cue = scene.class_at(sentence, i64::from(cue.tokens.end));
    if candidate == NONE {
        f.add(t!("source.none"), []);
        f.add(t!("source.none-voice"), [voice]);
        f.add(t!("source.none-form"), [form]);
        f.add(t!("source.none-before"), [voice, before_cue]);
        f.add(t!("source.none-word"), [scene.word_at(sentence, i64::from(cue.tokens.start) - 1)]);
        f.add(t!("source.none-after"), [voice, after_cue]);
        f.add(t!("source.none-sides"), [voice, before_cue, after_cue]);
        return;
    }
    let mention = &scene.mentions[candidate as usize];
    let side = if mention.base.start > cue.head { v!("right") } else { v!("left") };
    let view = View::new(scene, cue, mention);
    let kind = scene.mention_type(mention);
    let gap = signature(view.between);
    f.add(t!("source.side"), [voice, side]);
    f.add(t!("source.gap"), [gap[0], gap[1], gap[2], gap[3], side]);
    f.add(t!("source.gap-voice"), [gap[0], gap[1], gap[2], gap[3], side, voice]);
    f.add(t!("source.gap-kind"), [gap[0], gap[1], side, kind]);
    f.add(t!("source.kind"), [side, kind]);
    f.add(t!("source.kind-voice"), [side, kind, voice]);
    f.add(t!("source.order"), [side, count(view.rank), voice]);
    f.add(t!("source.order-kind"), [side, count(view.rank), kind]);
    f.add(t!("source.commas"), [side, count(view.commas), voice]);
    f.add(t!("source.verbs"), [side, count(view.finite), voice]);
    f.add(t!("source.verbs-commas"), [side, count(view.finite), count(view.commas), count(view.rank)]);
    // A clause with a verb of its own and a comma before the cue: the tag’s subject stands behind it.
    f.add(t!("source.tag"), [side, flag(before_cue.text == "comma"), count(view.finite), after_cue]);
    f.add(t!("source.quotes"), [side, flag(view.quotes > 0), count(view.rank)]);
    let start = i64::from(mention.full.start);
    let previous = scene.class_at(sentence, start - 1);
    f.add(t!("source.previous"), [side, previous, voice]);
    f.add(t!("source.previous-word"), [side, scene.word_at(sentence, start - 1)]);
    f.add(t!("source.previous-gap"), [previous, gap[0], side]);
    f.add(t!("source.previous-rank"), [previous, count(view.rank), side]);
    f.add(t!("source.next"), [side, scene.class_at(sentence, i64::from(mention.full.end)), voice]);
    f.add(t!("source.next-word"), [side, scene.word_at(sentence, i64::from(mention.full.end))]);
    f.add(t!("source.before-cue"), [side, before_cue, count(view.rank), voice]);
    f.add(t!("source.after-cue"), [side, after_cue, voice]);
    f.add(t!("source.after-rank"), [side, after_cue, count(view.rank)]);
    let mut last = NONE;
    for p in scene.proposals.of_cue(number).iter().filter(|p| p.mention == candidate) {
        if p.pattern != last {
            last = p.pattern;
            f.add(t!("source.pattern"), [scene.rules.value(last)]);
            f.add(t!("source.pattern-kind"), [scene.rules.value(last), kind]);
        }
    }
    f.add(t!("source.form"), [side, form]);
    f.add(t!("source.form-gap"), [side, form, gap[0]]);
    f.add(t!("source.head"), [scene.word(mention.head as usize)]);
    f.add(t!("source.first"), [side, flag(view.first), voice]);
    f.add(t!("source.first-previous"), [side, flag(view.first), before_cue, voice]);
    f.add(t!("source.apposed"), [side, flag(view.apposed), gap[0]]);
    f.add(t!("source.after-quote"), [side, flag(view.after_quote), count(view.rank), voice]);
    if view.rank <= 2 {
        f.add(t!("source.near-verb"), [side, flag(view.other_subject), count(view.rank), voice]);
    }
    if let Some(verb) = cue.verb(scene.tokens, scene.lexicon) {
        f.add(t!("source.strength"), [side, gap[0], Value::from(verb.strength), voice]);
        f.add(t!("source.act-kind"), [side, Value::from(verb.act), kind]);
    }
}

/// How a mention stands to a cue.
struct View<'a> {
    between: &'a [Class],
    rank: usize,
    commas: usize,
    finite: usize,
    quotes: usize,
    first: bool,
    apposed: bool,
    after_quote: bool,
    /// The mention has a verb of its own between it and the cue.
    other_subject: bool,
}

impl<'a> View<'a> {
    fn new(scene: &Scene<'a>, cue: &CueGroup, mention: &Mention) -> Self {
        let sentence = cue.sentence as usize;
        let all = scene.mentions_in(sentence);
        let left = mention.base.start < cue.head;
        let (from, to) = if left {
            let end = mention.full.end.min(cue.tokens.start).max(mention.base.end);
            (end.min(cue.tokens.start), cue.tokens.start)
        } else {
            (cue.tokens.end.min(mention.base.start), mention.base.start)
        };
        let between = &scene.classes[from as usize..to as usize];
        let rank = scene.mentions[all.clone()]
            .iter()
            .filter(|m| m.quoted == cue.quoted && m.base.start >= from && m.base.end <= to)
            .count();
        let tally = |wanted: fn(Class) -> bool| between.iter().filter(|&&c| wanted(c)).count();
        let range = scene.sentences[sentence].tokens;
        Self {
            between,
            rank,
            commas: tally(|c| c == Class::Comma),
            finite: tally(Class::finite),
            quotes: tally(|c| c == Class::Mark),
            first: all
                .clone()
                .find(|&m| !scene.mentions[m].quoted)
                .is_some_and(|m| scene.mentions[m].base == mention.base),
            apposed: mention.apposition.is_some(),
            after_quote: mention.full.start > range.start
                && scene.classes[mention.full.start as usize - 1] == Class::Mark,
            other_subject: between.first().is_some_and(|c| c.finite())
                && mention.kind != MentionKind::Relative,
        }
    }
}

impl From<Voice> for Value<'static> {
    fn from(voice: Voice) -> Self {
        match voice {
            Voice::Finite => v!("finite"),
            Voice::Ing => v!("ing"),
            Voice::Infinitive => v!("inf"),
            Voice::Passive => v!("passive"),
            Voice::Noun => v!("noun"),
            Voice::Phrase => v!("phrase"),
        }
    }
}

impl From<Strength> for Value<'static> {
    fn from(strength: Strength) -> Self {
        match strength {
            Strength::Weak => v!("weak"),
            Strength::Common => v!("common"),
            Strength::Core => v!("core"),
        }
    }
}

impl From<Act> for Value<'static> {
    fn from(act: Act) -> Self {
        match act {
            Act::Speech => v!("speech"),
            Act::Attitude => v!("attitude"),
            Act::Deed => v!("deed"),
        }
    }
}
