//! The source of a cue: which noun phrase of the sentence reports, or none.

use smallvec::SmallVec;

use super::cue::{CueGroup, Voice};
use super::lead;
use super::propose::Proposal;
use super::report;
use super::scene::{Line, NONE, Scene, signature};
use super::subject;
use crate::evidence::weights::{Weights, softmax};
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Act, Strength, list};
use crate::mention::Mention;
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::{t, v};

/// How many noun phrases on the left of a cue are looked at, beside the first of the sentence.
const LEFT: usize = 5;
/// How many on the right.
const RIGHT: usize = 3;
/// A noun phrase is part of one of so many before it, if of any.
const NEAR: usize = 4;
/// Beside them the first of the sentence, those of a few patterns, and nobody.
const MOST: usize = LEFT + RIGHT + 4;

/// Noun phrases, of which few cues have more to choose from.
type Mentions = SmallVec<[u32; MOST]>;

/// The nearest noun phrase on the left is the source where its score is so high and it is no part of another: no other had
/// a greater one in 99 of 100 such cues of annotated news.
const SETTLED: f32 = 6.0;
/// How likely such a source was on average.
const OF_SETTLED: f32 = 0.97;

/// A possible source of a cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Index into the mentions, [`NONE`] for “no source”.
    pub mention: u32,
    /// Its probability.
    pub probability: f32,
}

/// The noun phrases that may be the source of a cue, as indices; [`NONE`] comes last.
pub fn candidates(scene: &Scene<'_>, number: u32) -> Mentions {
    let cue = &scene.cues[number as usize];
    if let Some(subject) = lead::behind_tag(scene, cue) {
        return Mentions::from_slice(&[subject, NONE]);
    }
    if let Some(subject) = subject::of(scene, cue) {
        return Mentions::from_slice(&[subject]);
    }
    let mut out = Mentions::new();
    let all = scene.mentions_in(cue.sentence as usize);
    if report::tells(scene, cue)
        && let Some(subject) = subject::right_before(scene, cue)
        && !subject::tied(scene, scene.mentions[subject as usize].base.start)
    {
        return Mentions::from_slice(&[subject]);
    }
    let front = lead::front(scene, cue);
    // Who was warned that it was “over” did not say so; *he’s said* may be has said.
    let told = cue.voice == Voice::Passive
        && cue.tokens.start < cue.head
        && !scene.outer_in(cue.sentence as usize).is_empty()
        && cue.sense.act == Act::Speech
        && !scene.entry(cue.tokens.start as usize).is(list::CONTRACTIONS);
    // Asked about the money, Rell smiled: nobody is named who asked, but behind *by*.
    let asked = subject::participle(scene, cue);
    let by = |mention: &Mention| scene.entry(mention.base.start as usize - 1).is(list::AGENTS);
    let fits = |m: &usize| {
        let mention = &scene.mentions[*m];
        mention.quoted == cue.quoted
            && !(asked && mention.base.start > cue.head && !by(mention))
            && !(told && mention.base.start < cue.head)
            && !mention.base.overlaps(head(cue))
            && mention.base.start >= front
            && !subject::object(scene, cue, mention)
            && !part(scene, all.start, *m)
    };
    let split = all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < cue.head);
    out.extend((all.start..split).rev().filter(fits).take(LEFT).map(|m| m as u32));
    out.extend((all.start..split).find(fits).map(|m| m as u32).filter(|first| !out.contains(first)));
    if cue.voice != Voice::Finite || !subject::lone(subject::before(scene, cue)) {
        out.extend((split..all.end).filter(fits).take(RIGHT).map(|m| m as u32));
    }
    for p in scene.proposals.of_cue(number) {
        let proposed = p.mention != NONE && scene.mentions[p.mention as usize].base.start >= front;
        let fits = || {
            let mention = p.mention as usize;
            !part(scene, all.start, mention) && !subject::object(scene, cue, &scene.mentions[mention])
        };
        if proposed && !out.contains(&p.mention) && fits() {
            out.push(p.mention);
        }
    }
    out.push(NONE);
    out
}

fn head(cue: &CueGroup) -> TokenSpan {
    TokenSpan { start: cue.head, end: cue.head + 1 }
}

/// Adds the likeliest candidate of a cue and the next with their probabilities.
pub fn choose(scene: &Scene<'_>, weights: &Weights, cue: u32, out: &mut Vec<Candidate>) {
    let (mut first, mut second) = (0, 0);
    for rank in weigh(scene, weights, cue).iter().map(Candidate::rank) {
        second = rank.min(first).max(second);
        first = rank.max(first);
    }
    out.extend([first, second].into_iter().filter(|&rank| rank > 0).map(Candidate::of_rank));
}

/// All candidates of a cue with their probabilities, likeliest first; one where nothing else has a chance.
pub fn all(scene: &Scene<'_>, weights: &Weights, cue: u32) -> Vec<Candidate> {
    let mut out = weigh(scene, weights, cue).to_vec();
    out.sort_by_key(|candidate| std::cmp::Reverse(candidate.rank()));
    out
}

/// The candidates of a cue with their probabilities.
fn weigh(scene: &Scene<'_>, weights: &Weights, cue: u32) -> SmallVec<[Candidate; MOST]> {
    let mentions = candidates(scene, cue);
    let view = View::new(scene, cue);
    let score = |&m: &u32| weights.score(|f| features(scene, &view, m, f));
    let nearest = score(&mentions[0]);
    if nearest >= SETTLED && subject_like(scene, cue, mentions[0]) {
        return SmallVec::from_slice(&[Candidate { mention: mentions[0], probability: OF_SETTLED }]);
    }
    let mut scores: SmallVec<[f32; MOST]> = SmallVec::new();
    scores.push(nearest);
    scores.extend(mentions[1..].iter().map(score));
    softmax(&mut scores);
    let candidate = |(&mention, probability)| Candidate { mention, probability };
    mentions.iter().zip(scores).map(candidate).collect()
}

impl Candidate {
    /// The likelier the greater, and of equals the first mention: as numbers the bits of a probability, which is never
    /// negative, are in its order.
    fn rank(&self) -> u64 {
        u64::from(self.probability.to_bits()) << 32 | u64::from(!self.mention)
    }

    fn of_rank(rank: u64) -> Self {
        Self { mention: !(rank as u32), probability: f32::from_bits((rank >> 32) as u32) }
    }
}

/// On the left, and subject of something: not *Rell* in *people who worked with Rell said*.
fn subject_like(scene: &Scene<'_>, cue: u32, mention: u32) -> bool {
    mention != NONE && {
        let start = scene.mentions[mention as usize].base.start;
        start < scene.cues[cue as usize].head && !subject::tied(scene, start)
    }
}

/// The mention is the second half of what another is for: *Trade* in *the Bureau for Industry and Trade said*.
fn part(scene: &Scene<'_>, first: usize, mention: usize) -> bool {
    let base = scene.mentions[mention].base;
    let joined = base.start > 0 && scene.classes[base.start as usize - 1] == Class::Conjunction;
    let whole =
        |m: &Mention| m.full.contains(base) && m.base.end < base.start && m.full.start == m.base.start;
    joined && scene.mentions[first..mention].iter().rev().take(NEAR).any(whole)
}

/// What the candidates of one cue share.
pub struct View<'a> {
    cue: &'a CueGroup,
    sentence: usize,
    line: Line<'a>,
    form: Value<'a>,
    voice: Name,
    before: Name,
    after: Name,
    /// The first noun phrase of the sentence that is not quoted.
    first: Option<TokenSpan>,
    /// How surely it reports, where it is a verb.
    strength: Option<Name>,
    proposals: &'a [Proposal],
}

impl<'a> View<'a> {
    /// Looks at the cue of this index.
    pub fn new(scene: &Scene<'a>, number: u32) -> Self {
        let cue = &scene.cues[number as usize];
        let sentence = cue.sentence as usize;
        let line = scene.line(sentence);
        let mut mentions = scene.mentions[scene.mentions_in(sentence)].iter();
        Self {
            cue,
            sentence,
            line,
            first: mentions.find(|m| !m.quoted).map(|m| m.base),
            form: scene.word(cue.head as usize),
            voice: Name::from(cue.voice),
            before: line.class(i64::from(cue.tokens.start) - 1),
            after: line.class(i64::from(cue.tokens.end)),
            strength: cue.sense.strength.map(Name::from),
            proposals: scene.proposals.of_cue(number),
        }
    }
}

/// The evidence for one candidate.
pub fn features(scene: &Scene<'_>, view: &View<'_>, candidate: u32, f: &mut impl Sink) {
    let View { cue, line, form, voice, before: before_cue, after: after_cue, .. } = *view;
    if candidate == NONE {
        f.add(t!("source.none"), [] as [Name; 0]);
        f.add(t!("source.none-voice"), [voice]);
        f.add(t!("source.none-form"), [form]);
        f.add(t!("source.none-word"), [line.word(i64::from(cue.tokens.start) - 1)]);
        return;
    }
    let mention = &scene.mentions[candidate as usize];
    let side = if mention.base.start > cue.head { v!("right") } else { v!("left") };
    let stand = Stand::new(scene, view, candidate);
    let kind = scene.mention_type(mention);
    let [a, b, c, d] = signature(stand.between);
    let [rank, commas, verbs] = [count(stand.rank), count(stand.commas), count(stand.finite)];
    let (first, after_quote) = (flag(stand.first), flag(stand.after_quote));
    let (start, end) = (i64::from(mention.full.start), i64::from(mention.full.end));
    let previous = line.class(start - 1);
    f.add(t!("source.gap"), [a, b, c, d, side]);
    f.add(t!("source.kind"), [side, kind]);
    f.add(t!("source.commas"), [side, commas, voice]);
    f.add(t!("source.verbs"), [side, verbs, voice]);
    f.add(t!("source.after-quote"), [side, after_quote, rank, voice]);
    f.add(t!("source.previous"), [side, previous, voice]);
    f.add(t!("source.previous-gap"), [previous, a, side]);
    f.add(t!("source.previous-word"), [side.into(), line.word(start - 1)]);
    let next = line.class(end);
    f.add(t!("source.next"), [side, next, voice]);
    f.add(t!("source.next-word"), [side.into(), line.word(end)]);
    f.add(t!("source.before-cue"), [side, before_cue, rank, voice]);
    f.add(t!("source.first"), [side, first, voice]);
    f.add(t!("source.first-previous"), [side, first, before_cue, voice]);
    f.add(t!("source.after-cue"), [side, after_cue, voice]);
    let mut last = NONE;
    for p in view.proposals.iter().filter(|p| p.mention == candidate) {
        if p.pattern != last {
            last = p.pattern;
            f.add(t!("source.pattern-kind"), [scene.rules.value(last), kind.into()]);
        }
    }
    f.add(t!("source.form"), [side.into(), form]);
    f.add(t!("source.form-gap"), [side.into(), form, a.into()]);
    f.add(t!("source.head"), [scene.word(mention.head as usize)]);
    let apposed = flag(stand.apposed);
    f.add(t!("source.apposed"), [side, apposed, a]);
    if let Some(strength) = view.strength {
        f.add(t!("source.strength"), [side, a, strength, voice]);
    }
}

/// How a mention stands to a cue.
struct Stand<'a> {
    between: &'a [Class],
    rank: usize,
    commas: usize,
    finite: usize,
    first: bool,
    apposed: bool,
    after_quote: bool,
}

impl<'a> Stand<'a> {
    fn new(scene: &Scene<'a>, view: &View<'_>, candidate: u32) -> Self {
        let View { cue, sentence, .. } = *view;
        let mention = &scene.mentions[candidate as usize];
        let left = mention.base.start < cue.head;
        let between = if left {
            let end = mention.full.end.min(cue.tokens.start).max(mention.base.end);
            TokenSpan { start: end.min(cue.tokens.start), end: cue.tokens.start }
        } else {
            TokenSpan { start: cue.tokens.end.min(mention.base.start), end: mention.base.start }
        };
        let all = scene.mentions_in(sentence);
        let counts = |m: &&Mention| m.quoted == cue.quoted && between.contains(m.base);
        // They come in the order of the text, so that those further away than the cue need not be seen.
        let rank = if left {
            let behind = scene.mentions[candidate as usize + 1..all.end].iter();
            behind.take_while(|m| m.base.start < between.end).filter(counts).count()
        } else {
            let before = scene.mentions[all.start..candidate as usize].iter().rev();
            before.take_while(|m| m.base.start >= between.start).filter(counts).count()
        };
        let range = scene.sentences[sentence].tokens;
        Self {
            between: &scene.classes[between.range()],
            rank,
            commas: scene.tally.commas(between),
            finite: scene.tally.finite(between),
            first: view.first == Some(mention.base),
            apposed: mention.apposition.get().is_some(),
            after_quote: mention.full.start > range.start
                && scene.classes[mention.full.start as usize - 1] == Class::Mark,
        }
    }
}

impl From<Voice> for Name {
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

impl From<Strength> for Name {
    fn from(strength: Strength) -> Self {
        match strength {
            Strength::Weak => v!("weak"),
            Strength::Common => v!("common"),
            Strength::Core => v!("core"),
        }
    }
}

impl From<Act> for Name {
    fn from(act: Act) -> Self {
        match act {
            Act::Speech => v!("speech"),
            Act::Attitude => v!("attitude"),
            Act::Deed => v!("deed"),
        }
    }
}
