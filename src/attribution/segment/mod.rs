//! Who said a quotation: every cue, noun phrase and earlier speaker that may own it, weighed against nobody.

mod candidates;
mod dialogue;
mod evidence;
mod settle;

pub use candidates::propose;
use candidates::{around, within};
use dialogue::{speaking, turn};
pub use evidence::{View, features};
use evidence::{candidate_features, origin_features};
use settle::{leads_in, settle};

use std::ops::Range;

use super::cue::Voice;
use super::explain::Ground;
use super::extent;
use super::propose::Proposal;
use super::scene::{NONE, Scene};
use super::source;
use super::trust;
use crate::evidence::weights::{Evidence, Weights, softmax};
use crate::lexicon::list;
use crate::mention::Mention;
use crate::quotation::Quotation;
use crate::token::class::Class;

/// How sure it is at least what a pattern decides that needs no weighing.
pub const SURE: f32 = 0.85;
/// A cue of the same sentence with such a score leaves no chance to what stands around: of a thousand quotations of
/// annotated news one would have had another owner.
const OWNED: f32 = 4.0;
/// How much less likely nobody is for a whole sentence in marks.
const WHOLE: f32 = 4.0;
/// A quotation is part of one of so many mentions before it, if of any.
const NEAR: usize = 16;
/// Few quotations have more candidates.
const MANY: usize = 32;

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
    /// For each cue where its likeliest candidates stand among all, where they were chosen.
    of_cue: Vec<Option<Range<u32>>>,
    all: Vec<source::Candidate>,
}

impl Sources {
    /// Nothing asked for yet.
    pub fn new(cues: usize) -> Self {
        Self { of_cue: vec![None; cues], all: Vec::with_capacity(2 * cues) }
    }

    /// The likeliest candidate of a cue and the next.
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
    let (mut candidates, mut scores) = (Vec::with_capacity(MANY), Vec::with_capacity(MANY));
    for o in 0..scene.outer.len() {
        let chosen = |i: usize| decisions[i].chosen;
        let view = weigh(scene, weights, sources, &chosen, o, &mut candidates, &mut scores);
        let turn = turn(scene, &decisions, o);
        let mut settled = settle(scene, &view, &candidates, &scores, turn);
        settled.trust = trust::probability(scene, weights, &decisions, o, &settled);
        let quotation = quotation_of(scene, o);
        decisions.push(match surely(scene, quotation, settled.chosen.cue) {
            _ if in_name(scene, quotation) || in_description(scene, quotation, &settled.chosen) => {
                settled.dismissed()
            }
            Some(proposal) if proposal.cue == NONE && proposal.source.is_empty() => {
                match speaking(scene, &decisions, o) {
                    NONE => settled,
                    mention => settled.given_to(&Proposal { mention, ..*proposal }),
                }
            }
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
    let ground = if in_name(scene, quotation) {
        Ground::InName
    } else if surely(scene, quotation, settled.cue).is_some()
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

/// The proposal of a pattern that needs no weighing and gives this quotation to somebody: as a whole, in a clause
/// of the cue that was chosen for it, or in one around that cue with its tag behind.
fn surely<'a>(scene: &Scene<'a>, quotation: &Quotation, chosen: u32) -> Option<&'a Proposal> {
    let head = scene.cues.get(chosen as usize).map(|cue| cue.head);
    let number =
        scene.outer.partition_point(|&q| scene.quotations[q as usize].tokens.start < quotation.tokens.start);
    let before = number.checked_sub(1).map(|o| quotation_of(scene, o).tokens);
    let closes = |p: &Proposal, head: u32| {
        scene.rules.sure(p.pattern)
            && p.pieces[1].is_empty()
            && !p.content.is_empty()
            && p.content.end <= head
    };
    let closed = head.is_some_and(|head| scene.proposals.of_cue(chosen).iter().any(|p| closes(p, head)));
    let owns = |p: &&Proposal| {
        // A closing tag looks back over the whole clause, and over a cue in it.
        let behind = scene.cues.get(p.cue as usize).is_some_and(|cue| cue.head >= p.content.end);
        let around = behind && head.is_some_and(|head| p.content.start <= head && head < p.content.end);
        // Behind the words of the first the turn of the second begins: said it was “mad”, while Hall accused her of “a con”.
        let voice = scene.cues.get(p.cue as usize).map(|cue| cue.voice);
        let turn = || {
            voice == Some(Voice::Finite)
                && before.is_some_and(|q| head.is_some_and(|head| head < q.start) && q.end <= p.source.start)
        };
        let first = |p: &Proposal| before.is_none_or(|q| q.end <= p.content.start);
        // With one calling it “mad”: a participle with a subject of its own stands nearer than the verb before it; and so
        // does any verb behind a tag that closed the clause before: it was shut, Rell said, after Hall called it “mad”.
        let nearer = || {
            scene.cues.get(p.cue as usize).is_some_and(|cue| {
                let comment = || extent::commented(scene, cue).is_some();
                cue.head < quotation.tokens.start
                    && cue.tokens.start == p.source.end
                    && (cue.voice == Voice::Ing || cue.voice == Voice::Finite && (closed || comment()))
            }) && head.is_some_and(|head| head < p.source.start)
                && first(p)
        };
        // The herd has halved, the guild said, calling it “mad”.
        let goes_on = || {
            voice == Some(Voice::Ing)
                && first(p)
                && scene
                    .cues
                    .get(chosen as usize)
                    .is_some_and(|tag| tag.tokens.start == p.source.end && extent::closes(scene, tag))
        };
        // Calling it “mad”, Rell said it would fail: the main verb has words of its own.
        let opens = || {
            head.is_some_and(|head| {
                let cue = scene.cues.get(p.cue as usize).filter(|cue| cue.voice == Voice::Ing);
                let says = |own: &Proposal| own.content.start > head;
                cue.is_some_and(|cue| cue.head < quotation.tokens.start)
                    && quotation.tokens.end <= p.source.start
                    && p.source.end <= head
                    && scene.proposals.of_cue(chosen).iter().any(says)
            })
        };
        scene.rules.sure(p.pattern)
            && p.pieces.iter().any(|piece| piece.contains(quotation.tokens))
            && (p.quoted
                || chosen == NONE && scene.rules.marked(p.pattern) && first(p)
                || p.cue == chosen && chosen != NONE
                || voice == Some(Voice::Phrase) && chosen == NONE
                || around
                || turn()
                || nearer()
                || goes_on()
                || opens())
            && !told(scene, chosen, p)
    };
    let sentence = scene.sentence_of(quotation.tokens.start);
    let cued = scene
        .cues_in(sentence)
        .filter(|&c| !scene.cues[c].quoted)
        .filter_map(|c| scene.proposals.of_cue(c as u32).iter().find(owns));
    let cueless = scene.cueless(quotation.tokens).iter().find(owns);
    cued.chain(cueless).min_by_key(|p| p.pattern)
}

/// The proposal stands in a clause with *what* inside of what somebody else says, whose words all of it is: *Hall said it
/// was what critics call “a sham”*.
fn told(scene: &Scene<'_>, chosen: u32, p: &Proposal) -> bool {
    let before = p.source.start.checked_sub(1).map(|at| scene.classes[at as usize]);
    let clause = matches!(before, Some(Class::Interrogative | Class::Relative));
    let outer = scene.cues.get(chosen as usize).filter(|_| clause && chosen != p.cue);
    outer.is_some_and(|cue| {
        (cue.speaks() || cue.voice == Voice::Phrase)
            && cue.head < p.source.start
            && scene.sentence_of(p.source.start) == cue.sentence as usize
    })
}

/// The quotation is part of how somebody is named or described: a nickname, or the title of a work.
fn in_name(scene: &Scene<'_>, quotation: &Quotation) -> bool {
    let sentence = scene.sentence_of(quotation.tokens.start);
    let mentions = &scene.mentions[scene.mentions_in(sentence)];
    let before = mentions.partition_point(|m| m.base.start < quotation.tokens.start);
    let holds = |m: &Mention| m.full.contains(quotation.tokens) && m.full.start < quotation.tokens.start;
    mentions[..before].iter().rev().take(NEAR).any(holds) || nickname(scene, quotation)
}

/// What somebody is called stands in marks behind a comma: *Musa Bello, also known as “Small London”, said*.
fn nickname(scene: &Scene<'_>, quotation: &Quotation) -> bool {
    let (start, end) = (quotation.tokens.start, quotation.tokens.end);
    let from = scene.sentences[scene.sentence_of(start)].tokens.start as usize;
    let before = &scene.classes[from..start as usize];
    // Known online as, nicknamed, also called
    let linked = before.strip_suffix(&[Class::Preposition]).or(before.strip_suffix(&[Class::Subordinator]));
    let linked = linked.unwrap_or(before);
    let linked = linked.strip_suffix(&[Class::Adverb]).unwrap_or(linked);
    let Some((Class::Past, rest)) = linked.split_last() else { return false };
    let adverbs = rest.iter().rev().take_while(|c| **c == Class::Adverb).count();
    let set_off = matches!(rest[..rest.len() - adverbs], [.., Class::Comma | Class::Open]);
    let closed = scene.classes[..end as usize - 1].ends_with(&[Class::Comma])
        || matches!(scene.classes.get(end as usize), Some(Class::Comma | Class::Close));
    set_off && closed && scene.entry(from + rest.len()).is(list::NAMING)
}

/// The quotation stands in a clause behind the tag that tells something of the speaker and is no report of its own:
/// *said Marta Oyelaran, who has a “hold” rating on the shares*.
fn in_description(scene: &Scene<'_>, quotation: &Quotation, chosen: &Candidate) -> bool {
    if chosen.origin != Origin::Cue || chosen.mention == NONE {
        return false;
    }
    let (cue, source) = (&scene.cues[chosen.cue as usize], &scene.mentions[chosen.mention as usize]);
    let start = quotation.tokens.start;
    let behind_tag = cue.tokens.end <= source.base.start
        && source.base.end <= start
        && cue.tokens.start > scene.sentences[cue.sentence as usize].tokens.start
        && matches!(scene.classes[cue.tokens.start as usize - 1], Class::Mark | Class::Comma);
    let relative =
        |&i: &u32| scene.entry(i as usize).is(list::RELATIVES) && scene.classes[i as usize] != Class::That;
    let goes_on = || {
        let before = scene.classes[start as usize - 1];
        matches!(before, Class::Comma | Class::Colon | Class::Dash | Class::Stop)
    };
    behind_tag
        && !goes_on()
        && (source.base.end..start).find(relative).is_some_and(|from| {
            let mut cues = scene.cues[scene.cues_in(cue.sentence as usize)].iter();
            !cues.any(|c| !c.quoted && !c.idle && from < c.head && c.head < start)
        })
}

impl Decision {
    /// Nobody said it.
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
