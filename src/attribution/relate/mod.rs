//! Choices into relations: which quotations and clauses make up one attribution, and what else is said of it.

mod block;
mod clause;
mod finish;
mod taken;

pub use clause::content;
use clause::{clauses, lay_out, merge};
pub(super) use finish::finish_all;
use taken::Taken;

use smallvec::{SmallVec, smallvec};

use super::again::{self, Possible};
use super::cue::Voice;
use super::details;
use super::extent::Owned;
use super::label;
use super::nested;
use super::propose::Proposal;
use super::scene::{NONE, Scene};
use super::segment::{self, Candidate, Decision, Origin, Sources};
use super::{Attribution, Unattributed};
use crate::document::ParagraphKind;
use crate::evidence::weights::Weights;
use crate::lexicon::{Act, list};
use crate::span::TokenSpan;
use crate::token::Kind as TokenKind;
use crate::token::class::Class;

/// A cue without a quotation is reported from this probability on.
const REPORTS: f32 = 0.22;
/// A quotation gets an owner from this probability on.
const OWNED: f32 = 0.40;

/// Likelier than not.
const EVEN: f32 = 0.5;
/// Of so many cues behind the first the second of two verbs is one, if any is.
const NEAR: usize = 8;

/// What somebody says, of which a tag makes two pieces.
pub type Pieces = SmallVec<[TokenSpan; 2]>;

/// Quotations by their numbers, of which most relations have one or two.
pub type Numbers = SmallVec<[u32; 4]>;

/// One attribution while it is put together, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    pub(super) cue: u32,
    pub(super) mention: u32,
    /// The source’s words where no mention covers them.
    words: TokenSpan,
    /// Indices into the outermost quotations.
    pub(super) owned: Numbers,
    pieces: Pieces,
    pub(super) rule: &'a str,
    confidence: f32,
    pub(super) unattributed: Option<Unattributed>,
    pub(super) term: bool,
    /// Stands inside another’s content.
    pub(super) inner: bool,
    /// A label gives a whole paragraph.
    label: bool,
}

/// All attributions of a text, in the order of their contents.
pub fn relate(scene: &Scene<'_>, weights: &Weights) -> Vec<Attribution> {
    let (mut drafts, decisions) = drafts(scene, weights, &mut Sources::new(scene.cues.len()));
    finish_all(scene, &mut drafts, &decisions)
}

/// All drafts of a text, and the decisions behind those of its quotations.
pub(super) fn drafts<'a>(
    scene: &Scene<'a>,
    weights: &Weights,
    sources: &mut Sources,
) -> (Vec<Draft<'a>>, Vec<Decision>) {
    let (mut drafts, decisions) = marked(scene, weights, sources);
    let plain = reported(scene, weights, sources, &drafts);
    drafts.extend(plain);
    nest(scene, weights, sources, &mut drafts);
    // A long text has many, and needs the memory.
    drafts.shrink_to_fit();
    (drafts, decisions)
}

/// Paragraphs with a label.
fn labelled<'a>(scene: &Scene<'a>, weights: &Weights) -> Vec<Draft<'a>> {
    label::believed(scene, weights)
        .into_iter()
        .map(|(label, probability)| Draft {
            cue: NONE,
            mention: label.mention,
            words: label.source,
            owned: Numbers::new(),
            pieces: smallvec![label.content],
            rule: scene.rules.id(label.rule),
            confidence: probability,
            unattributed: asks(scene, label.source).then_some(Unattributed::NoCue),
            term: false,
            inner: false,
            label: true,
        })
        .collect()
}

/// Q: the interviewer has no name.
fn asks(scene: &Scene<'_>, label: TokenSpan) -> bool {
    label.len() == 1 && scene.entry(label.start as usize).is(list::INTERVIEWER_LABELS)
}

/// Adds what is said inside what is said.
fn nest<'a>(scene: &Scene<'a>, weights: &Weights, sources: &mut Sources, drafts: &mut Vec<Draft<'a>>) {
    for inner in nested::quotations(scene, weights, sources) {
        let rule = rule_of(scene, inner.cue, inner.mention, &[]).unwrap_or("nested/quotation");
        let mut draft = Draft::new(inner.cue, inner.mention, rule, inner.probability);
        draft.pieces = smallvec![inner.content];
        draft.inner = true;
        drafts.push(draft);
    }
    let outers: Vec<TokenSpan> = drafts
        .iter()
        .filter(|d| d.owned.is_empty() && d.cue != NONE && !d.term && !d.inner)
        .flat_map(|d| d.pieces.iter().copied())
        .collect();
    for outer in outers {
        let sentence = scene.sentence_of(outer.start);
        let Some(cue) =
            scene.cues_in(sentence).find(|&c| outer.contains(scene.cues[c].tokens) && !scene.cues[c].quoted)
        else {
            continue;
        };
        if !nested::may_report(scene, cue as u32) {
            continue;
        }
        let Some(first) = sources.of(scene, weights, cue as u32).first().copied() else { continue };
        if nested::reports(scene, outer, cue as u32, first.mention) {
            let (pieces, _) = clauses(scene, weights, cue as u32, first.mention, Owned::default());
            // What tells where it is recorded closes the outer one: told a nurse that he was ill, papers show.
            let within = |p: TokenSpan| {
                (outer.start <= p.start && p.start < outer.end)
                    .then(|| TokenSpan { end: p.end.min(outer.end), ..p })
            };
            let pieces: Pieces = merge(pieces).into_iter().filter_map(within).collect();
            if !pieces.is_empty() {
                let rule = rule_of(scene, cue as u32, first.mention, &[]).unwrap_or("nested/report");
                let mut draft = Draft::new(cue as u32, first.mention, rule, first.probability);
                draft.pieces = pieces;
                draft.inner = true;
                drafts.push(draft);
            }
        }
    }
}

impl<'a> Draft<'a> {
    fn new(cue: u32, mention: u32, rule: &'a str, confidence: f32) -> Self {
        Self {
            cue,
            mention,
            words: TokenSpan::default(),
            owned: Numbers::new(),
            pieces: Pieces::new(),
            rule,
            confidence,
            unattributed: None,
            term: false,
            inner: false,
            label: false,
        }
    }
}

/// The surest pattern that proposed this cue with this source, and these quotations where there are any.
pub(super) fn proposal<'a>(
    scene: &Scene<'a>,
    cue: u32,
    mention: u32,
    owned: &[TokenSpan],
) -> Option<&'a Proposal> {
    let fits = |p: &&Proposal| {
        p.mention == mention && (owned.is_empty() || owned.iter().any(|q| p.content.contains(*q)))
    };
    let all = scene.proposals.of_cue(cue);
    let sure = all.iter().filter(|p| scene.rules.sure(p.pattern) && fits(p));
    sure.min_by_key(|p| (p.pattern, std::cmp::Reverse((p.details(), p.content.len()))))
        .or_else(|| all.iter().find(fits))
}

/// The surest pattern that proposed this cue with this source and this quotation.
pub fn pattern_of(scene: &Scene<'_>, cue: u32, mention: u32, quotation: TokenSpan) -> Option<u32> {
    proposal(scene, cue, mention, &[quotation]).map(|p| p.pattern)
}

pub(super) fn rule_of<'a>(scene: &Scene<'a>, cue: u32, mention: u32, owned: &[TokenSpan]) -> Option<&'a str> {
    proposal(scene, cue, mention, owned).map(|p| scene.rules.id(p.pattern))
}

/// The decision that a chain of carried quotations begins with, as long as it is one relation.
fn root(scene: &Scene<'_>, decisions: &[Decision], mut o: usize) -> usize {
    while decisions[o].chosen.origin == Origin::Same {
        let before = decisions[o].chosen.carried as usize;
        let (here, there) =
            (&scene.quotations[scene.outer[o] as usize], &scene.quotations[scene.outer[before] as usize]);
        let narration = scene.sentence_of(here.tokens.start) > scene.sentence_of(there.tokens.start) + 1;
        if here.continues.is_none() && (here.paragraph != there.paragraph || narration) {
            break;
        }
        o = before;
    }
    o
}

fn owned_by_cues<'a>(scene: &Scene<'a>, weights: &Weights, decisions: &[Decision]) -> Vec<Draft<'a>> {
    let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(decisions.len());
    let mut of_root: Vec<usize> = vec![usize::MAX; decisions.len()];
    let mut of_cue: Vec<Option<usize>> = vec![None; scene.cues.len()];
    for o in 0..decisions.len() {
        let first = root(scene, decisions, o);
        if of_root[first] != usize::MAX && first != o {
            let draft = &mut drafts[of_root[first]];
            if !draft.term {
                draft.owned.push(o as u32);
                of_root[o] = of_root[first];
                continue;
            }
        }
        let draft = begin(scene, decisions, o);
        let cued = draft.cue != NONE && !draft.term;
        let known = if cued { of_cue[draft.cue as usize] } else { None };
        if let Some(known) = known {
            drafts[known].owned.push(o as u32);
            of_root[o] = known;
        } else {
            of_root[o] = drafts.len();
            if cued {
                of_cue[draft.cue as usize] = Some(drafts.len());
            }
            drafts.push(draft);
        }
    }
    for draft in &mut drafts {
        lay_out(scene, weights, draft);
    }
    drafts
}

/// The cue that reports a quotation by this choice, or [`NONE`].
pub fn cue_of(scene: &Scene<'_>, chosen: &Candidate) -> u32 {
    let colon = |cue: u32| {
        let sentence = scene.sentences[scene.cues[cue as usize].sentence as usize].tokens;
        scene.classes[sentence.end as usize - 1] == Class::Colon
    };
    match chosen.origin {
        Origin::Cue | Origin::NextCue => chosen.cue,
        Origin::PreviousCue if colon(chosen.cue) => chosen.cue,
        _ => NONE,
    }
}

fn begin<'a>(scene: &Scene<'a>, decisions: &[Decision], o: usize) -> Draft<'a> {
    let decision = &decisions[o];
    let chosen = decision.chosen;
    let cue = cue_of(scene, &chosen);
    let unspoken = cue != NONE && !speaks(scene, cue, chosen.mention);
    let nobody = unspoken || chosen.origin == Origin::Nobody && !sentence_like(scene, o);
    let unsure = !nobody && decision.probability < OWNED;
    let mention = if unsure || nobody { NONE } else { chosen.mention };
    let heading = scene.paragraphs[scene.quotations[scene.outer[o] as usize].paragraph as usize].kind
        == ParagraphKind::Heading;
    let unattributed = if mention != NONE || nobody {
        None
    } else if unsure {
        Some(Unattributed::Ambiguous)
    } else if heading {
        Some(Unattributed::Headline)
    } else if cue != NONE && scene.cues[cue as usize].voice == Voice::Passive {
        Some(Unattributed::Passive)
    } else if cue != NONE {
        Some(Unattributed::CueWithoutSource)
    } else {
        Some(Unattributed::NoCue)
    };
    let here = scene.quotations[scene.outer[o] as usize].tokens;
    let rule = rule_of_choice(scene, Candidate { mention, ..chosen }, here);
    let mut draft = Draft::new(cue, mention, rule, decision.confidence());
    draft.owned = smallvec![o as u32];
    draft.unattributed = unattributed;
    draft.term = nobody;
    draft
}

/// The pattern that gives this quotation to this owner, or where the owner was found.
pub(super) fn rule_of_choice<'a>(scene: &Scene<'a>, chosen: Candidate, here: TokenSpan) -> &'a str {
    let cue = cue_of(scene, &chosen);
    let by_pattern = if cue != NONE {
        rule_of(scene, cue, chosen.mention, &[here])
    } else if chosen.origin == Origin::Near {
        let gives =
            |p: &&Proposal| (p.mention == chosen.mention || p.source.is_empty()) && p.content.contains(here);
        scene.cueless(here).iter().find(gives).map(|p| scene.rules.id(p.pattern))
    } else {
        None
    };
    by_pattern.unwrap_or(rule(chosen.origin))
}

/// Marked words with a verb of their own are no term: somebody said them, whoever it was.
fn sentence_like(scene: &Scene<'_>, o: usize) -> bool {
    let inside = scene.quotations[scene.outer[o] as usize].tokens.range();
    let words = || inside.clone().filter(|&i| scene.tokens[i].kind == TokenKind::Word);
    words().count() >= 4
        && inside.clone().any(|i| scene.classes[i].finite())
        && words().any(|i| !scene.tokens[i].capitalised() && scene.classes[i].finite())
}

/// The cue says that somebody spoke: not `did not say “sorry”`, nor `a cynic might say “…”`.
fn speaks(scene: &Scene<'_>, cue: u32, mention: u32) -> bool {
    let group = &scene.cues[cue as usize];
    !details::negated(scene, group, mention)
}

fn rule(origin: Origin) -> &'static str {
    match origin {
        Origin::Cue => "loose/cue",
        Origin::Same => "continued/same",
        Origin::Earlier => "continued/turn",
        Origin::PreviousCue | Origin::PreviousMention => "continued/sentence",
        Origin::NextCue => "loose/next",
        Origin::Near => "loose/near",
        Origin::Nobody => "term/nobody",
    }
}

/// The drafts of labels and quotations with the decisions behind them.
fn marked<'a>(
    scene: &Scene<'a>,
    weights: &Weights,
    sources: &mut Sources,
) -> (Vec<Draft<'a>>, Vec<Decision>) {
    let mut drafts = labelled(scene, weights);
    drafts.extend(block::blocks(scene, weights, sources));
    let decisions = segment::decide(scene, weights, sources);
    let mut spoken = Taken::new(scene);
    drafts.iter().for_each(|d| spoken.add(scene, d.cue, d.mention, &d.pieces));
    let mut quoted = owned_by_cues(scene, weights, &decisions);
    quoted.iter_mut().for_each(|draft| end_before_second(scene, weights, sources, draft));
    drafts.reserve(quoted.len());
    drafts.extend(quoted.into_iter().filter(|d| d.pieces.iter().all(|p| spoken.free(*p))));
    (drafts, decisions)
}

/// What stands behind the quotations of a cue ends where a second verb of its subject begins: *said it was “mad” and
/// demanded an inquiry*.
fn end_before_second(scene: &Scene<'_>, weights: &Weights, sources: &mut Sources, draft: &mut Draft<'_>) {
    let last = draft.owned.last().map(|&o| scene.quotations[scene.outer[o as usize] as usize].tokens);
    let (Some(last), Some(&piece)) = (last, draft.pieces.last()) else { return };
    if draft.cue == NONE
        || draft.term
        || draft.mention == NONE
        || piece.end <= last.end
        || last.end <= piece.start
    {
        return;
    }
    let behind =
        scene.cues_in(scene.sentence_of(piece.end - 1)).skip_while(|&c| scene.cues[c].head < last.end);
    for c in behind.take(NEAR).take_while(|&c| scene.cues[c].head < piece.end) {
        let second = &scene.cues[c];
        if second.speaks()
            && !second.idle
            && let Some(end) = second.joins(&scene.cues[draft.cue as usize], scene.classes)
            && sources
                .of(scene, weights, c as u32)
                .first()
                .is_some_and(|s| s.mention == draft.mention && s.probability > EVEN)
            && let Some(cut) = clause::up_to(scene, piece, end)
        {
            if let Some(last) = draft.pieces.last_mut() {
                *last = cut;
            }
            return;
        }
    }
}

/// What the other cues of a text may report once its quotations have their owners.
pub fn possible(scene: &Scene<'_>, weights: &Weights, sources: &mut Sources) -> Vec<Possible> {
    let (drafts, _) = marked(scene, weights, sources);
    beside(scene, weights, sources, &drafts)
}

/// The cues that may report beside `owned`, without those that cannot stand beside it.
fn beside(scene: &Scene<'_>, weights: &Weights, sources: &mut Sources, owned: &[Draft<'_>]) -> Vec<Possible> {
    let mut owner: Vec<bool> = vec![false; scene.cues.len()];
    let mut owned_sentence: Vec<bool> = vec![false; scene.sentences.len()];
    let mut taken = Taken::new(scene);
    for draft in owned {
        if draft.cue != NONE {
            owner[draft.cue as usize] = true;
            owned_sentence[scene.cues[draft.cue as usize].sentence as usize] = true;
        }
        // A cue that is denied (*did not say “sorry”*) does not report after all, but it hides nothing either.
        if !draft.term {
            taken.add(scene, draft.cue, draft.mention, &draft.pieces);
        }
    }
    let given = |c: u32| owner[c as usize] || taken.said(scene.cues[c as usize].head);
    let mut out = again::possible(scene, weights, sources, given, &owned_sentence);
    // Marked words that nobody said are not what a cue reports either, as long as it reports nothing else.
    let terms: Vec<&[TokenSpan]> = owned.iter().filter(|d| d.term).map(|d| &d.pieces[..]).collect();
    let term = |p: &Possible| {
        let at = terms.partition_point(|pieces| *pieces < &p.pieces[..]);
        terms.get(at).is_some_and(|pieces| *pieces == &p.pieces[..])
    };
    out.retain_mut(|p| taken.fits(scene, p) && !term(p));
    out
}

/// Drops what needs no weighing where it is part of what somebody says.
fn drop_told(scene: &Scene<'_>, likely: &mut Vec<(f32, Possible)>) {
    let within = |inner: &Possible, outer: &Possible| {
        let head = scene.cues[inner.cue as usize].head;
        outer.pieces.iter().any(|p| p.start <= head && head < p.end)
    };
    let speaks = |p: &Possible| scene.cues[p.cue as usize].sense.act == Act::Speech;
    let tells =
        |outer: &Possible, inner: &Possible| within(inner, outer) && !within(outer, inner) && speaks(outer);
    let sentence = |p: &Possible| scene.cues[p.cue as usize].sentence;
    let same = |a: &(f32, Possible), b: &(f32, Possible)| sentence(&a.1) == sentence(&b.1);
    let told: Vec<bool> = likely
        .chunk_by(same)
        .flat_map(|here| here.iter().map(|(_, p)| p.surely && here.iter().any(|(_, outer)| tells(outer, p))))
        .collect();
    let mut told = told.into_iter();
    likely.retain(|_| told.next() != Some(true));
}

/// Ends what the first of two verbs of one subject reports where the second begins: *said the road was closed and warned
/// of floods*.
fn part(scene: &Scene<'_>, likely: &mut [(f32, Possible)]) {
    for i in 0..likely.len() {
        let cue = likely[i].1.cue;
        let sentence = scene.cues[cue as usize].sentence;
        let behind = likely[i + 1..].iter().map(|(_, p)| p);
        let mut behind = behind.take_while(|p| scene.cues[p.cue as usize].sentence == sentence).take(NEAR);
        let first = &likely[i].1;
        let second = behind.find(|p| p.tells && p.mention == first.mention && p.source > EVEN);
        if let Some(second) = second.map(|p| p.cue)
            && let Some(end) = scene.cues[second as usize].joins(&scene.cues[cue as usize], scene.classes)
            && let [piece] = likely[i].1.pieces[..]
            && piece.start > scene.cues[cue as usize].head
            && let Some(cut) = clause::up_to(scene, piece, end)
        {
            likely[i].1.pieces = smallvec![cut];
        }
    }
}

/// Indirect speech: cues that own no quotation and report all the same, surest first, none inside another's content.
fn reported<'a>(
    scene: &Scene<'a>,
    weights: &Weights,
    sources: &mut Sources,
    owned: &[Draft<'_>],
) -> Vec<Draft<'a>> {
    let possible = beside(scene, weights, sources, owned);
    let probability = |i| again::probability(scene, weights, &possible, i);
    let probabilities: Vec<f32> = (0..possible.len()).map(probability).collect();
    let mut likely: Vec<(f32, Possible)> = probabilities.into_iter().zip(possible).collect();
    likely.retain(|(p, found)| *p >= REPORTS && !details::hears_only(scene, found.cue, &found.pieces));
    drop_told(scene, &mut likely);
    part(scene, &mut likely);
    // What needs no weighing goes before what was weighed; but a noun (*officials’ confidence that*) may stand in what
    // somebody says.
    let noun = |p: &Possible| scene.cues[p.cue as usize].voice == Voice::Noun;
    let first = |p: &Possible| p.surely && !noun(p);
    likely
        .sort_by(|a, b| first(&b.1).cmp(&first(&a.1)).then(b.0.total_cmp(&a.0)).then(a.1.cue.cmp(&b.1.cue)));
    let mut taken = Taken::new(scene);
    let mut out = Vec::with_capacity(likely.len());
    for (p, mut found) in likely {
        if !taken.fits(scene, &mut found) {
            continue;
        }
        let cue = &scene.cues[found.cue as usize];
        taken.add(scene, found.cue, found.mention, &found.pieces);
        let rule = rule_of(scene, found.cue, found.mention, &[]).unwrap_or("loose/indirect");
        let mut draft = Draft::new(found.cue, found.mention, rule, p);
        draft.pieces = found.pieces;
        draft.unattributed = (found.mention == NONE).then_some(if cue.voice == Voice::Passive {
            Unattributed::Passive
        } else {
            Unattributed::CueWithoutSource
        });
        out.push(draft);
    }
    out
}
