//! Who said a quotation: every cue, noun phrase and earlier speaker that may own it, weighed against nobody.

use std::ops::Range;

use super::cue::CueGroup;
use super::explain::Ground;
use super::propose::Proposal;
use super::scene::{NONE, Scene, signature};
use super::source;
use super::trust;
use crate::document::ParagraphKind;
use crate::evidence::weights::{Evidence, Weights, softmax};
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Strength, bits, list};
use crate::quotation::Quotation;
use crate::token::class::Class;
use crate::token::{Case, Kind};
use crate::{t, v};

/// Where an owner of a quotation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A cue in the same sentence.
    Cue,
    /// The owner of the quotation before.
    Same,
    /// The last owner who is not the owner of the quotation before.
    Earlier,
    /// A cue of the sentence before.
    PreviousCue,
    /// A noun phrase of the sentence before.
    PreviousMention,
    /// A cue of the sentence behind.
    NextCue,
    /// A noun phrase of the same sentence, without a cue.
    Near,
    /// Nobody is stated to have said it.
    Nobody,
}

impl Origin {
    const COUNT: usize = Self::Nobody as usize + 1;
}

/// A possible owner of a quotation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Where it was found.
    pub origin: Origin,
    /// Index into the cues, or [`NONE`].
    pub cue: u32,
    /// Index into the mentions, or [`NONE`].
    pub mention: u32,
    /// How likely the mention is the source of the cue, 1 where there is no cue.
    pub source: f32,
    /// The decision that this one carries on, as an index into the outermost quotations.
    pub carried: u32,
}

impl Candidate {
    /// One without a cue.
    fn lone(origin: Origin, mention: u32) -> Self {
        Self { origin, cue: NONE, mention, source: 1.0, carried: NONE }
    }
}

/// What was decided for a quotation.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    /// The owner.
    pub chosen: Candidate,
    /// Its probability: the sum over all candidates with the same source.
    pub probability: f32,
    /// How far a choice like this one can be trusted.
    pub trust: f32,
}

impl Decision {
    /// The probability that cue and source are right, or that there is none.
    pub fn confidence(&self) -> f32 {
        if self.chosen.mention == NONE { self.probability } else { self.trust }
    }
}

/// The sources of every cue, chosen when they are first asked for.
pub struct Sources {
    /// For each cue where its candidates stand among all, where they were chosen.
    of_cue: Vec<Option<Range<u32>>>,
    all: Vec<source::Candidate>,
}

impl Sources {
    /// Nothing asked for yet.
    pub fn new(cues: usize) -> Self {
        Self { of_cue: vec![None; cues], all: Vec::new() }
    }

    /// The candidates of a cue, likeliest first.
    pub fn of(&mut self, scene: &Scene<'_>, weights: &Weights, cue: u32) -> &[source::Candidate] {
        let Self { of_cue, all } = self;
        let range = of_cue[cue as usize].get_or_insert_with(|| {
            let from = all.len() as u32;
            source::choose(scene, weights, cue, all);
            from..all.len() as u32
        });
        &all[range.start as usize..range.end as usize]
    }
}

/// Decides every outermost quotation, in the order of the text.
pub fn decide(scene: &Scene<'_>, weights: &Weights, sources: &mut Sources) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::with_capacity(scene.outer.len());
    let (mut candidates, mut scores) = (Vec::new(), Vec::new());
    for o in 0..scene.outer.len() {
        let chosen = |i: usize| decisions[i].chosen;
        let view = weigh(scene, weights, sources, &chosen, o, &mut candidates, &mut scores);
        let turn = turn(scene, &decisions, o);
        let mut settled = settle(scene, &view, &candidates, &scores, turn);
        settled.trust = trust::probability(scene, weights, &decisions, o, &settled);
        let quotation = quotation_of(scene, o);
        decisions.push(match surely(scene, quotation, settled.chosen.cue) {
            Some(proposal) => settled.given_to(proposal),
            None if scene.proposals.dismissed(quotation.tokens.start) => settled.dismissed(),
            None => settled,
        });
    }
    decisions
}

/// The candidates for the outermost quotation `o` and the probability of each; `chosen` tells what was decided for
/// those before it.
fn weigh<'a>(
    scene: &Scene<'a>,
    weights: &Weights,
    sources: &mut Sources,
    chosen: &dyn Fn(usize) -> Candidate,
    o: usize,
    candidates: &mut Vec<Candidate>,
    scores: &mut Vec<f32>,
) -> View<'a> {
    let view = View::new(scene, o);
    candidates.clear();
    scores.clear();
    within(scene, weights, sources, chosen, o, candidates);
    score(scene, weights, &view, candidates, scores);
    let owned = |(c, score): (&Candidate, &f32)| c.origin == Origin::Cue && *score >= OWNED;
    if !candidates.iter().zip(&*scores).any(owned) {
        around(scene, weights, sources, o, candidates);
        score(scene, weights, &view, candidates, scores);
    }
    // Whole sentences in marks were said by somebody, even where nobody can tell by whom.
    if view.whole() {
        for (candidate, score) in candidates.iter().zip(scores.iter_mut()) {
            if candidate.origin == Origin::Nobody {
                *score -= WHOLE;
            }
        }
    }
    softmax(scores);
    view
}

/// Scores the candidates that have none yet.
fn score(
    scene: &Scene<'_>,
    weights: &Weights,
    view: &View<'_>,
    candidates: &[Candidate],
    scores: &mut Vec<f32>,
) {
    let mut shared = [None; Origin::COUNT];
    scores.extend(candidates[scores.len()..].iter().map(|c| {
        let of_origin = shared[c.origin as usize]
            .get_or_insert_with(|| weights.score(|f| origin_features(view, c.origin, f)));
        *of_origin + weights.score(|f| candidate_features(scene, view, c, f))
    }));
}

/// A decision looked at again, with all that it was taken from: for `explain`.
pub struct Review<'a> {
    /// What the candidates share.
    pub view: View<'a>,
    /// All candidates with their probabilities, likeliest first.
    pub candidates: Vec<(Candidate, f32)>,
    /// What decided.
    pub ground: Ground,
}

/// Looks at the decision for the outermost quotation `o` again; `decisions` are those of [`decide`].
pub fn review<'a>(
    scene: &Scene<'a>,
    weights: &Weights,
    sources: &mut Sources,
    decisions: &[Decision],
    o: usize,
) -> Review<'a> {
    let (mut candidates, mut scores) = (Vec::new(), Vec::new());
    let chosen = |i: usize| decisions[i].chosen;
    let view = weigh(scene, weights, sources, &chosen, o, &mut candidates, &mut scores);
    let turn = turn(scene, decisions, o);
    let settled = settle(scene, &view, &candidates, &scores, turn).chosen;
    let mut candidates: Vec<(Candidate, f32)> = candidates.into_iter().zip(scores).collect();
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
    let likeliest = candidates[0].0.mention == settled.mention;
    let quotation = quotation_of(scene, o);
    let ground = if surely(scene, quotation, settled.cue).is_some()
        || scene.proposals.dismissed(quotation.tokens.start)
    {
        Ground::Pattern
    } else if turn.is_some_and(|turn| settled.origin == Origin::Earlier && settled.carried == turn) {
        Ground::Turn
    } else if !likeliest && leads_in(scene, &view, &settled) {
        Ground::LeadsIn
    } else {
        Ground::Weights
    };
    Review { view, candidates, ground }
}

/// The evidence for one candidate by its names.
pub fn evidence(
    scene: &Scene<'_>,
    weights: &Weights,
    view: &View<'_>,
    candidate: &Candidate,
) -> Vec<(String, f32)> {
    let mut sink = Evidence::new(weights);
    // A pattern may decide for words that are no mention; of them the weights know nothing.
    if candidate.origin != Origin::Near || candidate.mention != NONE {
        features(scene, view, candidate, &mut sink);
    }
    if candidate.origin == Origin::Nobody && view.whole() {
        sink.found.push(("whole-sentence".to_owned(), -WHOLE));
    }
    sink.found
}

fn quotation_of<'a>(scene: &Scene<'a>, o: usize) -> &'a Quotation {
    &scene.quotations[scene.outer[o] as usize]
}

/// The proposal of a pattern that needs no weighing and gives this quotation to somebody: as a whole, or in a clause
/// of the cue that was chosen for it.
fn surely<'a>(scene: &Scene<'a>, quotation: &Quotation, chosen: u32) -> Option<&'a Proposal> {
    let owns = |p: &&Proposal| {
        scene.rules.sure(p.pattern)
            && (p.quoted || p.cue == chosen && chosen != NONE)
            && p.pieces.iter().any(|piece| piece.contains(quotation.tokens))
    };
    let sentence = scene.sentence_of(quotation.tokens.start);
    let cued = scene
        .cues_in(sentence)
        .filter(|&c| !scene.cues[c].quoted)
        .filter_map(|c| scene.proposals.of_cue(c as u32).iter().find(owns));
    let cueless = scene.cueless(quotation.tokens).iter().find(owns);
    cued.chain(cueless).min_by_key(|p| p.pattern)
}

impl Decision {
    /// A pattern says that nobody said it.
    fn dismissed(mut self) -> Self {
        self.chosen = Candidate::lone(Origin::Nobody, NONE);
        self.probability = SURE;
        self.trust = SURE;
        self
    }

    /// The same choice made by a pattern.
    fn given_to(mut self, proposal: &Proposal) -> Self {
        let before = self.chosen;
        let origin = if proposal.cue == NONE { Origin::Near } else { Origin::Cue };
        if (before.origin, before.cue, before.mention) != (origin, proposal.cue, proposal.mention) {
            self.chosen = Candidate {
                origin,
                cue: proposal.cue,
                mention: proposal.mention,
                source: 1.0,
                carried: NONE,
            };
            self.probability = SURE;
        }
        self.probability = self.probability.max(SURE);
        self.trust = self.trust.max(SURE);
        self
    }
}

/// In a dialogue of two, the speaker whose turn it is: each paragraph is one quotation with its tag at most.
fn turn(scene: &Scene<'_>, decisions: &[Decision], o: usize) -> Option<u32> {
    let quotation = |o: usize| &scene.quotations[scene.outer[o] as usize];
    let (last, before) = (o.checked_sub(1)?, o.checked_sub(2)?);
    let lone = |o: usize, tag: usize| {
        let paragraph = &scene.paragraphs[quotation(o).paragraph as usize];
        paragraph.span.start == quotation(o).span.start
            && paragraph.span.len() <= quotation(o).span.len() + tag
    };
    let steps = quotation(o).paragraph - quotation(last).paragraph == 1
        && quotation(last).paragraph - quotation(before).paragraph == 1;
    if !steps
        || !lone(o, 0)
        || !lone(last, TAG)
        || !lone(before, TAG)
        || quotation(o).continues.is_some()
        || !quotation(last).closed
    {
        return None;
    }
    let (a, b) = (decisions[before].chosen.mention, decisions[last].chosen.mention);
    (a != NONE && b != NONE && a != b).then_some(before as u32)
}

/// Adds up the candidates of one source and takes the likeliest of the likeliest source.
fn settle(
    scene: &Scene<'_>,
    view: &View<'_>,
    candidates: &[Candidate],
    scores: &[f32],
    turn: Option<u32>,
) -> Decision {
    let total = |c: &Candidate| -> f32 {
        candidates
            .iter()
            .zip(scores)
            .filter(|(d, _)| d.mention == c.mention && (c.mention != NONE || d.origin == c.origin))
            .map(|(_, p)| p)
            .sum()
    };
    let mut best = 0;
    let mut most = (f32::MIN, f32::MIN);
    for (i, candidate) in candidates.iter().enumerate() {
        let key = (total(candidate), scores[i]);
        if key > most {
            most = key;
            best = i;
        }
    }
    if let Some(turn) = turn {
        if let Some(i) = candidates.iter().position(|c| c.origin == Origin::Earlier && c.carried == turn) {
            best = i;
            most = (total(&candidates[i]).max(0.5), scores[i]);
        }
    } else if let Some(i) = candidates
        .iter()
        .position(|c| c.mention == candidates[best].mention && c.mention != NONE && leads_in(scene, view, c))
    {
        best = i;
    }
    // Whoever spoke just before and is named between goes on speaking.
    if matches!(candidates[best].origin, Origin::PreviousCue | Origin::PreviousMention) {
        let goes_on = |c: &Candidate| c.origin == Origin::Same && c.mention == candidates[best].mention;
        best = candidates.iter().position(goes_on).unwrap_or(best);
    }
    Decision { chosen: candidates[best], probability: most.0.min(1.0), trust: 1.0 }
}

/// The cue stands right before the quotation, with a comma or colon at most: `adding: “…”`.
fn leads_in(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate) -> bool {
    if candidate.origin != Origin::Cue {
        return false;
    }
    let cue = &scene.cues[candidate.cue as usize];
    if cue.verb(scene.tokens, scene.lexicon).is_none_or(|verb| verb.strength < Strength::Common) {
        return false;
    }
    let (end, start) = (cue.tokens.end, view.quotation.tokens.start);
    end <= start
        && scene.classes[end as usize..start as usize]
            .iter()
            .all(|c| matches!(c, Class::Comma | Class::Colon))
}

/// All candidates for the outermost quotation `o`; `chosen` tells what was decided for those before it.
pub fn propose(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    chosen: &dyn Fn(usize) -> Candidate,
    o: usize,
    out: &mut Vec<Candidate>,
) {
    out.clear();
    within(scene, weights, sources, chosen, o, out);
    around(scene, weights, sources, o, out);
}

fn free(cue: &CueGroup) -> bool {
    !cue.quoted && !cue.idle
}

/// The cues of its own sentence, the owners of quotations before it, and nobody.
fn within(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    chosen: &dyn Fn(usize) -> Candidate,
    o: usize,
    out: &mut Vec<Candidate>,
) {
    let sentence = scene.sentence_of(quotation_of(scene, o).tokens.start);
    for c in scene.cues_in(sentence).filter(|&c| free(&scene.cues[c])) {
        with_sources(scene, weights, sources, c as u32, Origin::Cue, 2, out);
    }
    if let Some(before) = o.checked_sub(1) {
        let last = chosen(before);
        if last.origin != Origin::Nobody {
            out.push(Candidate { origin: Origin::Same, carried: before as u32, ..last });
        }
        let other = (0..before)
            .rev()
            .take(6)
            .map(|i| (i, chosen(i)))
            .find(|(_, d)| d.origin != Origin::Nobody && d.mention != last.mention && d.mention != NONE);
        if let Some((i, candidate)) = other {
            out.push(Candidate { origin: Origin::Earlier, carried: i as u32, ..candidate });
        }
    }
    out.push(Candidate::lone(Origin::Nobody, NONE));
}

/// Noun phrases of its sentence, and cues and noun phrases of the sentences beside it.
fn around(scene: &Scene<'_>, weights: &Weights, sources: &mut Sources, o: usize, out: &mut Vec<Candidate>) {
    let quotation = quotation_of(scene, o);
    let sentence = scene.sentence_of(quotation.tokens.start);
    let mut near: Vec<u32> = near_mentions(scene, sentence, quotation);
    for p in scene
        .cueless(quotation.tokens)
        .iter()
        .filter(|p| p.mention != NONE && p.content.contains(quotation.tokens))
    {
        if !near.contains(&p.mention) {
            near.push(p.mention);
        }
    }
    out.extend(near.into_iter().map(|m| Candidate::lone(Origin::Near, m)));
    if let Some(previous) = neighbour(scene, sentence, true) {
        for c in scene.cues_in(previous).rev().filter(|&c| free(&scene.cues[c])).take(3) {
            with_sources(scene, weights, sources, c as u32, Origin::PreviousCue, 1, out);
        }
        let subjects =
            scene.mentions_in(previous).filter(|&m| !scene.mentions[m].quoted && subject_like(scene, m));
        out.extend(subjects.take(2).map(|m| Candidate::lone(Origin::PreviousMention, m as u32)));
    }
    if let Some(next) = neighbour(scene, sentence, false) {
        for c in scene.cues_in(next).filter(|&c| free(&scene.cues[c])).take(1) {
            with_sources(scene, weights, sources, c as u32, Origin::NextCue, 1, out);
        }
    }
}

fn with_sources(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    cue: u32,
    origin: Origin,
    most: usize,
    out: &mut Vec<Candidate>,
) {
    for (i, s) in sources.of(scene, weights, cue).iter().take(most).enumerate() {
        if i == 0 || s.probability > 0.1 {
            out.push(Candidate { origin, cue, mention: s.mention, source: s.probability, carried: NONE });
        }
    }
}

/// The noun phrases around a quotation: three before, one behind, the first of the sentence.
fn near_mentions(scene: &Scene<'_>, sentence: usize, quotation: &Quotation) -> Vec<u32> {
    let all = scene.mentions_in(sentence);
    let free = |m: &usize| !scene.mentions[*m].quoted;
    let split =
        all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < quotation.tokens.start);
    let mut out: Vec<u32> = (all.start..split).rev().filter(free).take(3).map(|m| m as u32).collect();
    if let Some(first) = (all.start..split).find(free)
        && !out.contains(&(first as u32))
    {
        out.push(first as u32);
    }
    out.extend((split..all.end).filter(free).take(1).map(|m| m as u32));
    out
}

fn subject_like(scene: &Scene<'_>, m: usize) -> bool {
    let mention = &scene.mentions[m];
    let start = mention.base.start as usize;
    let sentence = scene.sentences[mention.sentence as usize].tokens.range();
    start == sentence.start || !matches!(scene.classes[start - 1], Class::Preposition | Class::To)
}

/// The sentence before or behind, if it is in this paragraph or the next one of running text.
fn neighbour(scene: &Scene<'_>, sentence: usize, before: bool) -> Option<usize> {
    let here = scene.sentences[sentence].paragraph;
    let other = if before { sentence.checked_sub(1)? } else { sentence + 1 };
    let there = scene.sentences.get(other)?.paragraph;
    let near = here.abs_diff(there) <= 1;
    let body = there == here || scene.paragraphs[there as usize].kind == ParagraphKind::Body;
    (near && body).then_some(other)
}

/// How sure it is at least what a pattern decides that needs no weighing.
pub const SURE: f32 = 0.85;
/// A cue of the same sentence with such a score leaves no chance to what stands around: of a thousand quotations of
/// annotated news one would have had another owner.
const OWNED: f32 = 4.0;
/// How much less likely nobody is for a whole sentence in marks.
const WHOLE: f32 = 4.0;
/// Bytes that a tag may have beside a line of dialogue.
const TAG: usize = 60;

/// What the candidates of one quotation share.
pub struct View<'a> {
    quotation: &'a Quotation,
    sentence: usize,
    length: Name,
    words: usize,
    title_case: bool,
    lower_start: bool,
    ending: Name,
    previous: Value<'a>,
    previous_class: Name,
    next_class: Name,
    /// Unquoted cues of the sentence.
    cues: Name,
    strong: bool,
    opens_sentence: bool,
    fills_sentence: bool,
    /// How the quotation before stands to this one.
    link: Name,
    between: [Name; 4],
    last_length: usize,
    heading: bool,
    term_word: bool,
    work_word: bool,
    single: bool,
    only: Value<'a>,
}

impl<'a> View<'a> {
    /// Looks at the outermost quotation `o`.
    pub fn new(scene: &Scene<'a>, o: usize) -> Self {
        let quotation = &scene.quotations[scene.outer[o] as usize];
        let sentence = scene.sentence_of(quotation.tokens.start);
        let range = scene.sentences[sentence].tokens;
        let (start, end) = (i64::from(quotation.tokens.start), i64::from(quotation.tokens.end));
        let inner = || quotation.tokens.range().filter(|&i| scene.classes[i] != Class::Mark);
        let words = || inner().filter(|&i| matches!(scene.tokens[i].kind, Kind::Word | Kind::Number));
        let count_of_words = words().count();
        let first_word = words().next();
        let content = || words().filter(|&i| scene.tokens[i].kind == Kind::Word && !small(scene.classes[i]));
        let title_case = content().next().is_some() && content().all(|i| scene.tokens[i].capitalised());
        let cues = || scene.cues[scene.cues_in(sentence)].iter().filter(|c| !c.quoted);
        let previous_quotation = o.checked_sub(1).map(|i| &scene.quotations[scene.outer[i] as usize]);
        let (link, between, last_length) = match previous_quotation {
            None => (v!("none"), signature(&[]), 0),
            Some(last) => {
                let gap = &scene.classes[last.tokens.end as usize..quotation.tokens.start as usize];
                let link = if quotation.continues.is_some() {
                    v!("continues")
                } else if scene.sentence_of(last.tokens.start) == sentence {
                    v!("sentence")
                } else if last.paragraph == quotation.paragraph {
                    v!("paragraph")
                } else if last.paragraph + 1 == quotation.paragraph {
                    if scene.paragraphs[last.paragraph as usize].span.end == last.span.end {
                        v!("next-tight")
                    } else {
                        v!("next")
                    }
                } else {
                    v!("far")
                };
                (link, signature(gap), last.tokens.len())
            }
        };
        let marked = |offset: i64, lists: u128| {
            (1..=offset).any(|k| {
                let i = start - k;
                i >= i64::from(range.start) && scene.entry(i as usize).is_any(lists)
            })
        };
        let ending = match inner().next_back().map(|i| scene.tokens[i].kind) {
            Some(Kind::Comma) => v!("comma"),
            Some(Kind::Stop) => v!("stop"),
            Some(Kind::Question | Kind::Exclamation) => v!("mark"),
            Some(Kind::Dash | Kind::Ellipsis) => v!("dash"),
            _ => v!("none"),
        };
        Self {
            quotation,
            sentence,
            length: match count_of_words {
                0..=1 => v!("1"),
                2..=3 => v!("2-3"),
                4..=5 => v!("4-5"),
                6..=8 => v!("6-8"),
                9..=15 => v!("9-15"),
                _ => v!("16+"),
            },
            words: count_of_words,
            title_case,
            lower_start: first_word.is_some_and(|i| scene.tokens[i].case == Case::Lower),
            ending,
            previous: scene.word_at(sentence, start - 1),
            previous_class: scene.class_at(sentence, start - 1),
            next_class: scene.class_at(sentence, end),
            cues: count(cues().count()),
            strong: cues()
                .any(|c| c.verb(scene.tokens, scene.lexicon).is_some_and(|v| v.strength == Strength::Core)),
            opens_sentence: quotation.tokens.start == range.start,
            fills_sentence: quotation.tokens.start == range.start
                && scene.classes[quotation.tokens.end as usize..range.end as usize]
                    .iter()
                    .all(|c| *c == Class::Stop),
            link,
            between,
            last_length,
            heading: scene.paragraphs[quotation.paragraph as usize].kind == ParagraphKind::Heading,
            term_word: marked(2, bits(&[list::TERM_WORDS])),
            work_word: marked(4, bits(&[list::WORKS, list::OUTLETS, list::OUTLET_WORDS])),
            single: quotation.span.of(scene.text).starts_with(['‘', '\''])
                && !quotation.span.of(scene.text).starts_with("''"),
            only: first_word.map_or(v!("none").into(), |i| Value {
                text: scene.tokens[i].span.of(scene.text),
                hash: scene.tokens[i].hash,
            }),
        }
    }
}

impl View<'_> {
    /// The quotation is a sentence or more by itself.
    fn whole(&self) -> bool {
        self.fills_sentence && self.words >= 4 && !self.title_case && !self.lower_start && !self.heading
    }
}

/// Words that stay small in a title.
fn small(class: Class) -> bool {
    matches!(
        class,
        Class::Determiner
            | Class::Preposition
            | Class::To
            | Class::Conjunction
            | Class::Possessive
            | Class::Auxiliary
    )
}

/// The evidence for one candidate.
pub fn features(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate, f: &mut impl Sink) {
    origin_features(view, candidate.origin, f);
    candidate_features(scene, view, candidate, f);
}

/// The evidence that all candidates of one origin share.
fn origin_features(view: &View<'_>, origin: Origin, f: &mut impl Sink) {
    let name = Name::from(origin);
    f.add(t!("segment.origin"), [name]);
    f.add(t!("segment.origin-heading"), [name, flag(view.heading)]);
    match origin {
        Origin::Same | Origin::Earlier => carried_features(view, name, f),
        Origin::Nobody => nobody_features(view, f),
        _ => {}
    }
}

/// The evidence in a candidate’s own words.
fn candidate_features(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate, f: &mut impl Sink) {
    match candidate.origin {
        Origin::Cue => cue_features(scene, view, candidate, f),
        Origin::PreviousCue | Origin::NextCue | Origin::PreviousMention => {
            neighbour_features(scene, view, candidate, Name::from(candidate.origin), f);
        }
        Origin::Near => near_features(scene, view, candidate, f),
        Origin::Same | Origin::Earlier | Origin::Nobody => {}
    }
}

fn carried_features(view: &View<'_>, origin: Name, f: &mut impl Sink) {
    let [a, b, c, d] = view.between;
    f.add(t!("segment.carried-between"), [origin, view.link, a, b, c, d]);
    f.add(t!("segment.carried-cues"), [origin, view.link, view.cues, flag(view.opens_sentence)]);
    f.add(t!("segment.carried-previous"), [origin, view.link, view.previous_class]);
    f.add(t!("segment.carried-lengths"), [origin, view.link, view.length, count(view.last_length)]);
    f.add(t!("segment.carried-strong"), [origin, view.link, flag(view.strong), flag(view.fills_sentence)]);
}

fn nobody_features(view: &View<'_>, f: &mut impl Sink) {
    f.add(t!("segment.nobody-case"), [flag(view.title_case), flag(view.lower_start), count(view.words)]);
    f.add(t!("segment.nobody-previous"), [view.previous]);
    f.add(t!("segment.nobody-next-class"), [view.next_class, view.length]);
    f.add(t!("segment.nobody-sides"), [view.previous_class, view.next_class, flag(view.title_case)]);
    f.add(t!("segment.nobody-term"), [flag(view.term_word), view.length]);
    f.add(t!("segment.nobody-work"), [flag(view.work_word), flag(view.title_case), view.length]);
    f.add(t!("segment.nobody-strong"), [flag(view.strong), view.length, flag(view.title_case)]);
    f.add(t!("segment.nobody-single"), [flag(view.single), flag(view.heading), view.length]);
    f.add(t!("segment.nobody-ending"), [view.ending, flag(view.opens_sentence), view.length]);
    if view.words <= 2 {
        f.add(t!("segment.nobody-word"), [view.only]);
    }
}

fn near_features(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate, f: &mut impl Sink) {
    let mention = &scene.mentions[candidate.mention as usize];
    let kind = scene.mention_type(mention);
    let quote = view.quotation.tokens;
    let before = mention.base.start < quote.start;
    let side = if before { v!("before") } else { v!("after") };
    let gap = if before {
        &scene.classes[mention.full.end.min(quote.start) as usize..quote.start as usize]
    } else {
        &scene.classes[quote.end as usize..mention.base.start.max(quote.end) as usize]
    };
    let [a, b, c, d] = signature(gap);
    f.add(t!("segment.near-gap"), [side, a, b, c, d]);
    for p in
        scene.cueless(quote).iter().filter(|p| p.mention == candidate.mention && p.content.contains(quote))
    {
        f.add(t!("segment.near-pattern"), [scene.rules.value(p.pattern)]);
    }
    f.add(t!("segment.near-cues"), [side, view.cues, a]);
    f.add(t!("segment.near-strong"), [side, flag(view.strong), kind]);
    f.add(t!("segment.near-previous"), [side.into(), view.previous]);
    f.add(
        t!("segment.near-start"),
        [side, flag(mention.full.start == scene.sentences[view.sentence].tokens.start), a],
    );
    let verb = i64::from(mention.full.end);
    f.add(t!("segment.near-verb"), [side.into(), scene.word_at(view.sentence, verb)]);
    f.add(t!("segment.near-verb-class"), [side, scene.class_at(view.sentence, verb), a]);
    f.add(t!("segment.near-heading"), [side, flag(view.heading), a, b]);
}

fn neighbour_features(
    scene: &Scene<'_>,
    view: &View<'_>,
    candidate: &Candidate,
    origin: Name,
    f: &mut impl Sink,
) {
    let there = if candidate.cue == NONE {
        scene.mentions[candidate.mention as usize].sentence
    } else {
        scene.cues[candidate.cue as usize].sentence
    } as usize;
    let same_paragraph = scene.sentences[there].paragraph == view.quotation.paragraph;
    let range = scene.sentences[there].tokens;
    let colon = scene.classes[range.end as usize - 1] == Class::Colon;
    f.add(t!("segment.neighbour"), [origin, flag(same_paragraph), flag(colon), flag(view.fills_sentence)]);
    f.add(
        t!("segment.neighbour-start"),
        [origin, flag(same_paragraph), flag(view.opens_sentence), view.cues],
    );
    if candidate.mention != NONE {
        let mention = &scene.mentions[candidate.mention as usize];
        let first = mention.full.start == range.start;
        f.add(t!("segment.neighbour-kind"), [origin, scene.mention_type(mention), flag(first)]);
        f.add(
            t!("segment.neighbour-first"),
            [origin, flag(first), flag(same_paragraph), flag(view.fills_sentence)],
        );
    } else {
        f.add(t!("segment.neighbour-none"), [origin]);
    }
    if candidate.cue != NONE {
        let cue = &scene.cues[candidate.cue as usize];
        f.add(t!("segment.neighbour-voice"), [origin, Name::from(cue.voice), flag(colon)]);
        let last = scene.cues[scene.cues_in(there)]
            .iter()
            .rev()
            .find(|c| !c.quoted)
            .is_some_and(|c| c.head == cue.head);
        f.add(t!("segment.neighbour-last"), [origin, flag(last), flag(same_paragraph)]);
        f.add(
            t!("segment.neighbour-strength"),
            [origin, strength(scene, cue), flag(colon), flag(same_paragraph)],
        );
    }
}

fn strength(scene: &Scene<'_>, cue: &CueGroup) -> Name {
    cue.verb(scene.tokens, scene.lexicon).map_or(v!("noun"), |verb| Name::from(verb.strength))
}

fn cue_features(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate, f: &mut impl Sink) {
    let cue = &scene.cues[candidate.cue as usize];
    let quote = view.quotation.tokens;
    let before = cue.tokens.start < quote.start;
    let mention = (candidate.mention != NONE).then(|| &scene.mentions[candidate.mention as usize]);
    // Order of source and cue, and what stands between them and the quotation.
    let inverted = mention.is_some_and(|m| m.base.start > cue.head);
    let order = match (before, mention.is_some(), inverted) {
        (true, true, false) => v!("sc-q"),
        (true, true, true) => v!("cs-q"),
        (true, false, _) => v!("c-q"),
        (false, true, false) => v!("q-sc"),
        (false, true, true) => v!("q-cs"),
        (false, false, _) => v!("q-c"),
    };
    let (from, to) = if before {
        let end = if inverted {
            mention.map_or(cue.tokens.end, |m| m.full.end).min(quote.start)
        } else {
            cue.tokens.end
        };
        (end.min(quote.start), quote.start)
    } else {
        let start = if inverted {
            cue.tokens.start
        } else {
            mention.map_or(cue.tokens.start, |m| m.full.start.max(quote.end))
        };
        (quote.end.min(start), start.max(quote.end))
    };
    let gap = &scene.classes[from as usize..to as usize];
    let [a, b, ..] = signature(gap);
    let form = scene.word(cue.head as usize);
    let voice = Name::from(cue.voice);
    let strong = strength(scene, cue);
    let others = scene.cues[scene.cues_in(view.sentence)].iter().filter(|x| !x.quoted && x.head != cue.head);
    let nearer = others
        .filter(|x| {
            if before {
                x.head > cue.head && x.head < quote.start
            } else {
                x.head < cue.head && x.head >= quote.end
            }
        })
        .count();
    let marks = gap.iter().filter(|&&c| c == Class::Mark).count();
    f.add(t!("segment.gap-ending"), [order, a, view.ending]);
    f.add(t!("segment.form"), [form]);
    f.add(t!("segment.form-order"), [form, order.into()]);
    f.add(t!("segment.nearer-strength"), [order, count(nearer), strong]);
    f.add(t!("segment.nearer-gap"), [order, count(nearer), a, b]);
    f.add(t!("segment.marks"), [order, count(marks), view.link]);
    f.add(t!("segment.work"), [order, flag(view.work_word), flag(view.title_case)]);
    f.add(t!("segment.source-voice"), [voice, probability(candidate.source), flag(mention.is_some())]);
    let previous = scene.class_at(view.sentence, i64::from(cue.tokens.start) - 1);
    f.add(t!("segment.before-cue"), [order, previous, voice]);
    f.add(t!("segment.after-cue"), [order, scene.class_at(view.sentence, i64::from(cue.tokens.end)), voice]);
    if let Some(mention) = mention {
        f.add(t!("segment.kind"), [order, scene.mention_type(mention)]);
        f.add(
            t!("segment.before-source-word"),
            [order.into(), scene.word_at(view.sentence, i64::from(mention.full.start) - 1)],
        );
        let between = if inverted {
            &scene.classes[cue.tokens.end as usize..mention.base.start.max(cue.tokens.end) as usize]
        } else {
            &scene.classes[mention.full.end.min(cue.tokens.start) as usize..cue.tokens.start as usize]
        };
        let [a, b, c, _] = signature(between);
        f.add(t!("segment.tie"), [order, a, b, c]);
    } else {
        f.add(t!("segment.no-source"), [voice.into(), form]);
    }
}

fn probability(p: f32) -> Name {
    match p {
        p if p < 0.2 => v!("<.2"),
        p if p < 0.4 => v!("<.4"),
        p if p < 0.6 => v!("<.6"),
        p if p < 0.8 => v!("<.8"),
        p if p < 0.95 => v!("<.95"),
        _ => v!("high"),
    }
}

impl From<Origin> for Name {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Cue => v!("cue"),
            Origin::Same => v!("same"),
            Origin::Earlier => v!("earlier"),
            Origin::PreviousCue => v!("previous-cue"),
            Origin::PreviousMention => v!("previous-mention"),
            Origin::NextCue => v!("next-cue"),
            Origin::Near => v!("near"),
            Origin::Nobody => v!("nobody"),
        }
    }
}
