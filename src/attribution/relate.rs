//! Choices into relations: which quotations and clauses make up one attribution, and what else is said of it.

use smallvec::{SmallVec, smallvec};

use super::again::{self, Possible};
use super::cue::CueGroup;
use super::details;
use super::extent::{self, Frame, Owned, Side};
use super::label;
use super::nested;
use super::propose::Proposal;
use super::scene::{NONE, Scene};
use super::segment::{self, Candidate, Decision, Origin, Sources};
use super::tail;
use super::trust;
use super::{Attribution, Cue, Kind, Source, Unattributed};
use crate::document::ParagraphKind;
use crate::evidence::weights::Weights;
use crate::lexicon::{Act, list};
use crate::span::{Span, TokenSpan};
use crate::token::Kind as TokenKind;
use crate::token::class::Class;

/// A cue without a quotation is reported from this probability on.
const REPORTS: f32 = 0.22;
/// A quotation gets an owner from this probability on.
const OWNED: f32 = 0.40;

/// What somebody says, of which a tag makes two pieces.
pub type Pieces = SmallVec<[TokenSpan; 2]>;

/// One attribution while it is put together, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    pub(super) cue: u32,
    pub(super) mention: u32,
    /// The source’s words where no mention covers them.
    words: TokenSpan,
    /// Indices into the outermost quotations.
    pub(super) owned: Vec<u32>,
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
    (drafts, decisions)
}

/// Puts the drafts in the order of the text, makes an attribution of each, and tells each inner one its parent.
pub(super) fn finish_all(
    scene: &Scene<'_>,
    drafts: &mut [Draft<'_>],
    decisions: &[Decision],
) -> Vec<Attribution> {
    drafts.sort_by_key(|d| {
        (d.pieces.first().map(|p| p.start), std::cmp::Reverse(d.pieces.last().map(|p| p.end)))
    });
    let mut out: Vec<Attribution> = drafts.iter().map(|draft| finish(scene, draft, decisions)).collect();
    details::share_addressees(scene, &mut out);
    describe(scene, drafts, &mut out);
    let mut outer: Option<u32> = None;
    for i in 0..drafts.len() {
        if drafts[i].inner {
            let holds = |o: &u32| {
                drafts[*o as usize].pieces.iter().any(|p| drafts[i].pieces.iter().all(|q| p.contains(*q)))
            };
            out[i].parent = outer.filter(holds);
            out[i].secondhand = true;
        } else if !drafts[i].term {
            outer = Some(i as u32);
        }
    }
    out
}

/// Adds to each source what describes it, where that belongs to no attribution.
fn describe(scene: &Scene<'_>, drafts: &[Draft<'_>], out: &mut [Attribution]) {
    let mut taken = Taken::new(scene);
    for draft in drafts.iter().filter(|d| !d.term) {
        taken.add(scene, draft.cue, &draft.pieces);
    }
    for (draft, attribution) in drafts.iter().zip(out).filter(|(d, _)| d.cue != NONE) {
        let Some(source) = &mut attribution.source else { continue };
        let cue = scene.cues[draft.cue as usize].tokens;
        let setting = attribution.setting.as_ref().map(|(tokens, _)| *tokens);
        let others = [attribution.addressee, setting, attribution.via];
        let free =
            |tail: TokenSpan| taken.free(tail) && !others.iter().flatten().any(|other| other.overlaps(tail));
        source.tokens = tail::with(scene, source.tokens, cue, free);
    }
}

/// Paragraphs with a label.
fn labelled<'a>(scene: &Scene<'a>, weights: &Weights) -> Vec<Draft<'a>> {
    label::believed(scene, weights)
        .into_iter()
        .map(|(label, probability)| Draft {
            cue: NONE,
            mention: label.mention,
            words: label.source,
            owned: Vec::new(),
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
            let pieces: Pieces = merge(pieces).into_iter().filter(|p| outer.contains(*p)).collect();
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
            owned: Vec::new(),
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
fn proposal<'a>(scene: &Scene<'a>, cue: u32, mention: u32, owned: &[TokenSpan]) -> Option<&'a Proposal> {
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
    let mut drafts: Vec<Draft<'_>> = Vec::new();
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
    } else if cue != NONE && scene.cues[cue as usize].voice == super::cue::Voice::Passive {
        Some(Unattributed::Passive)
    } else if cue != NONE {
        Some(Unattributed::CueWithoutSource)
    } else {
        Some(Unattributed::NoCue)
    };
    let here = scene.quotations[scene.outer[o] as usize].tokens;
    let rule = rule_of_choice(scene, Candidate { mention, ..chosen }, here);
    let mut draft = Draft::new(cue, mention, rule, decision.confidence());
    draft.owned = vec![o as u32];
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
        let gives = |p: &&Proposal| p.mention == chosen.mention && p.content.contains(here);
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

/// The content of a draft: its quotations and, where a cue reports them in a clause, the clause.
fn lay_out(scene: &Scene<'_>, weights: &Weights, draft: &mut Draft<'_>) {
    let quotes: Pieces =
        draft.owned.iter().map(|&o| scene.quotations[scene.outer[o as usize] as usize].tokens).collect();
    let mut pieces = quotes.clone();
    if draft.cue != NONE && !draft.term {
        let cue = &scene.cues[draft.cue as usize];
        let sentence = scene.sentences[cue.sentence as usize].tokens;
        let here: Pieces = quotes.iter().copied().filter(|q| sentence.contains(*q)).collect();
        if let Some(pieces_of_pattern) = surely(scene, weights, draft.cue, draft.mention, &here) {
            pieces.extend(pieces_of_pattern);
        } else if !here.is_empty() && !interrupted(scene, draft.cue, draft.mention, &here) {
            let owned = Owned {
                before: here.iter().any(|q| q.start < cue.head),
                after: here.iter().any(|q| q.start > cue.head),
            };
            pieces.extend(clauses(scene, weights, draft.cue, draft.mention, owned).0);
        }
    }
    draft.pieces = merge(pieces);
}

/// A pattern sees the tag, and perhaps a gesture, in the middle of a quotation: nothing around it is said.
fn interrupted(scene: &Scene<'_>, cue: u32, mention: u32, owned: &[TokenSpan]) -> bool {
    let whole = |p: &Proposal| p.quoted && p.pieces.iter().all(|piece| owned.contains(piece));
    proposal(scene, cue, mention, owned).is_some_and(whole)
}

/// What a pattern that needs no weighing says is the content of this cue and source.
fn surely(
    scene: &Scene<'_>,
    weights: &Weights,
    cue: u32,
    mention: u32,
    owned: &[TokenSpan],
) -> Option<impl Iterator<Item = TokenSpan>> {
    let proposal = proposal(scene, cue, mention, owned).filter(|p| scene.rules.sure(p.pattern))?;
    let weighed = (!proposal.quoted).then(|| {
        let side = Owned {
            before: proposal.pieces.iter().any(|p| !p.is_empty() && p.start < scene.cues[cue as usize].head),
            after: proposal.pieces.iter().any(|p| p.start > scene.cues[cue as usize].head),
        };
        clauses(scene, weights, cue, mention, side).0
    });
    let within = move |piece: TokenSpan| {
        let inner = weighed.iter().flatten().find(|w| w.overlaps(piece));
        let cut =
            inner.map_or(piece, |w| TokenSpan { start: w.start.max(piece.start), end: w.end.min(piece.end) });
        trim(scene, cut.start, cut.end)
    };
    Some(proposal.pieces.into_iter().filter(|p| !p.is_empty()).filter_map(within))
}

/// The reported clauses of a cue in its own sentence, and how sure their extent is.
fn clauses(scene: &Scene<'_>, weights: &Weights, number: u32, mention: u32, owned: Owned) -> (Pieces, f32) {
    let cue = &scene.cues[number as usize];
    let frame = Frame::new(scene, cue, mention);
    let view = extent::View::new(scene, number, frame, owned);
    let (side, mut sure) = match (owned.before, owned.after) {
        (true, true) => (Side::Both, 1.0),
        (before, after) => match extent::side(scene, weights, &view) {
            (Side::After, sure) if before => (Side::Before, sure),
            (Side::Before, sure) if after => (Side::After, sure),
            weighed => weighed,
        },
    };
    let mut out = Pieces::new();
    if side != Side::After && frame.before > frame.sentence.start {
        let (left, p) = extent::left(scene, weights, &view);
        sure *= p.max(0.05);
        out.extend(trim(scene, left, frame.before));
    }
    if side != Side::Before
        && let Some(start) = extent::start(scene, weights, &view)
    {
        let (end, p) = extent::end(scene, weights, &view, start);
        sure *= p.max(0.05);
        out.extend(trim(scene, start, end));
    }
    (out, sure)
}

/// Without commas at either end and stops at the end.
fn trim(scene: &Scene<'_>, mut start: u32, mut end: u32) -> Option<TokenSpan> {
    while start < end
        && matches!(
            scene.classes[start as usize],
            Class::Comma | Class::Stop | Class::Colon | Class::Dash | Class::Semicolon
        )
    {
        start += 1;
    }
    while start < end
        && (matches!(
            scene.classes[end as usize - 1],
            Class::Comma | Class::Colon | Class::Semicolon | Class::Dash
        ) || scene.tokens[end as usize - 1].kind == TokenKind::Stop)
    {
        end -= 1;
    }
    (start < end).then_some(TokenSpan { start, end })
}

/// Pieces in order, overlapping ones joined.
fn merge(mut pieces: Pieces) -> Pieces {
    pieces.sort();
    let mut out = Pieces::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => out.push(piece),
        }
    }
    out
}

/// The drafts of labels and quotations with the decisions behind them.
fn marked<'a>(
    scene: &Scene<'a>,
    weights: &Weights,
    sources: &mut Sources,
) -> (Vec<Draft<'a>>, Vec<Decision>) {
    let mut drafts = labelled(scene, weights);
    let decisions = segment::decide(scene, weights, sources);
    let mut spoken = Taken::new(scene);
    drafts.iter().for_each(|d| spoken.add(scene, d.cue, &d.pieces));
    let quoted = owned_by_cues(scene, weights, &decisions);
    drafts.extend(quoted.into_iter().filter(|d| d.pieces.iter().all(|p| spoken.free(*p))));
    (drafts, decisions)
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
            taken.add(scene, draft.cue, &draft.pieces);
        }
    }
    let given = |c: u32| owner[c as usize] || taken.content[scene.cues[c as usize].head as usize];
    let mut out = again::possible(scene, weights, sources, given, &owned_sentence);
    out.retain(|p| taken.allows(scene, p));
    out
}

/// The tokens that are given away, as contents and as cues.
struct Taken {
    content: Vec<bool>,
    heads: Vec<bool>,
}

impl Taken {
    fn new(scene: &Scene<'_>) -> Self {
        Self { content: vec![false; scene.tokens.len()], heads: vec![false; scene.tokens.len()] }
    }

    fn add(&mut self, scene: &Scene<'_>, cue: u32, pieces: &[TokenSpan]) {
        for piece in pieces {
            self.content[piece.range()].fill(true);
        }
        if cue != NONE {
            self.heads[scene.cues[cue as usize].head as usize] = true;
        }
    }

    fn free(&self, tokens: TokenSpan) -> bool {
        !tokens.range().any(|i| self.content[i] || self.heads[i])
    }

    /// Neither lies in the other.
    fn allows(&self, scene: &Scene<'_>, p: &Possible) -> bool {
        let inside = |token: u32| self.content[token as usize];
        let held = inside(scene.cues[p.cue as usize].head)
            || p.mention != NONE && inside(scene.mentions[p.mention as usize].head);
        !held && p.pieces.iter().all(|p| self.free(*p))
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
    let mut likely: Vec<(f32, &Possible)> = (0..possible.len())
        .map(|i| (again::probability(scene, weights, &possible, i), &possible[i]))
        .filter(|(p, _)| *p >= REPORTS)
        .collect();
    // What needs no weighing goes before what was weighed.
    likely.sort_by(|a, b| b.1.surely.cmp(&a.1.surely).then(b.0.total_cmp(&a.0)).then(a.1.cue.cmp(&b.1.cue)));
    let mut taken = Taken::new(scene);
    let mut out = Vec::new();
    for (p, found) in likely {
        if !taken.allows(scene, found) {
            continue;
        }
        let cue = &scene.cues[found.cue as usize];
        taken.add(scene, found.cue, &found.pieces);
        let rule = rule_of(scene, found.cue, found.mention, &[]).unwrap_or("loose/indirect");
        let mut draft = Draft::new(found.cue, found.mention, rule, p);
        draft.pieces.clone_from(&found.pieces);
        draft.unattributed = (found.mention == NONE).then_some(if cue.voice == super::cue::Voice::Passive {
            Unattributed::Passive
        } else {
            Unattributed::CueWithoutSource
        });
        out.push(draft);
    }
    out
}

/// The outermost quotations inside these pieces, as indices into them, in order.
fn inside(scene: &Scene<'_>, pieces: &[TokenSpan]) -> Vec<u32> {
    let tokens = |o: u32| scene.quotations[scene.outer[o as usize] as usize].tokens;
    let mut out: Vec<u32> = Vec::new();
    for piece in pieces {
        let from = scene.outer.partition_point(|&q| scene.quotations[q as usize].tokens.start < piece.start);
        let behind = from as u32..scene.outer.len() as u32;
        out.extend(
            behind.take_while(|&o| tokens(o).start < piece.end).filter(|&o| piece.contains(tokens(o))),
        );
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// What a cue without quotations would report, and how sure its extent is.
pub fn content(scene: &Scene<'_>, weights: &Weights, cue: u32, mention: u32) -> (Pieces, f32) {
    let (pieces, sure) = match surely(scene, weights, cue, mention, &[]) {
        Some(pieces) => (pieces.collect(), 1.0),
        None => clauses(scene, weights, cue, mention, Owned::default()),
    };
    (merge(pieces), sure)
}

fn finish(scene: &Scene<'_>, draft: &Draft<'_>, decisions: &[Decision]) -> Attribution {
    let content: Vec<Span> = draft.pieces.iter().map(|p| bytes(scene, *p)).collect();
    let inside = inside(scene, &draft.pieces);
    let spoken: Vec<u32> = inside
        .iter()
        .copied()
        .filter(|&o| draft.owned.contains(&o) || decisions[o as usize].chosen.origin != Origin::Nobody)
        .collect();
    let heading = draft.pieces.first().is_some_and(|p| scene.heading(p.start));
    let kind = if draft.term {
        Kind::Term
    } else if draft.label && !heading
        || draft.pieces.first().is_some_and(|p| cited(scene, *p))
        || draft.inner && scene.classes[draft.pieces[0].start as usize] == Class::Mark
    {
        Kind::Direct
    } else {
        kind(scene, &draft.pieces, &spoken)
    };
    let cue = (draft.cue != NONE && !draft.term).then(|| cue(scene, draft.cue));
    let group = (draft.cue != NONE).then(|| &scene.cues[draft.cue as usize]);
    let source = if draft.term {
        None
    } else if draft.mention != NONE {
        Some(Source { mention: Some(draft.mention), tokens: scene.mentions[draft.mention as usize].full })
    } else {
        (!draft.words.is_empty()).then_some(Source { mention: None, tokens: draft.words })
    };
    let mut out = Attribution {
        content,
        quotations: spoken.iter().map(|&o| scene.outer[o as usize]).collect(),
        act: group.map_or(Act::Speech, |g| act(scene, g)),
        cue,
        source,
        addressee: None,
        setting: None,
        via: None,
        kind,
        hedged: false,
        secondhand: false,
        negated: false,
        parent: None,
        rule: draft.rule.into(),
        confidence: trust::calibrated(draft.confidence, draft.owned.is_empty() && !draft.label),
        unattributed: draft.unattributed,
    };
    if let Some(group) = group.filter(|_| !draft.term) {
        let owned: Pieces =
            draft.owned.iter().map(|&o| scene.quotations[scene.outer[o as usize] as usize].tokens).collect();
        details::add(
            scene,
            group,
            &draft.pieces,
            proposal(scene, draft.cue, draft.mention, &owned),
            &mut out,
        );
    }
    out
}

/// A line copied from a message: its sign stands before it at the head of the paragraph.
fn cited(scene: &Scene<'_>, piece: TokenSpan) -> bool {
    let Some(sign) = piece.start.checked_sub(1) else { return false };
    let sentence = &scene.sentences[scene.sentence_of(sign)];
    let first = scene.paragraphs[sentence.paragraph as usize].span.start;
    let token = &scene.tokens[sign as usize];
    token.kind == TokenKind::Symbol && token.span.start == first
}

fn bytes(scene: &Scene<'_>, piece: TokenSpan) -> Span {
    scene.tokens[piece.start as usize].span.join(scene.tokens[piece.end as usize - 1].span)
}

fn kind(scene: &Scene<'_>, pieces: &[TokenSpan], spoken: &[u32]) -> Kind {
    if spoken.is_empty() {
        return Kind::Indirect;
    }
    let (mut all, mut quoted) = (0, 0);
    for piece in pieces {
        for i in piece.range() {
            if matches!(scene.tokens[i].kind, TokenKind::Word | TokenKind::Number | TokenKind::Handle) {
                all += 1;
                let inside = spoken
                    .iter()
                    .any(|&o| scene.quotations[scene.outer[o as usize] as usize].tokens.range().contains(&i));
                quoted += usize::from(inside);
            }
        }
    }
    if quoted == all { Kind::Direct } else { Kind::Mixed }
}

fn cue(scene: &Scene<'_>, number: u32) -> Cue {
    let group = &scene.cues[number as usize];
    let verb = group.verb(scene.tokens, scene.lexicon);
    let noun = group.noun(scene.tokens, scene.lexicon);
    let (lemma, stance) = match (verb, noun) {
        (Some(v), _) => (v.lemma.clone(), v.stance.clone()),
        (_, Some(n)) => (n.lemma.clone(), n.stance.clone()),
        _ => (scene.words(group.tokens).to_lowercase().into(), "neutral".into()),
    };
    Cue { tokens: group.tokens, head: group.head, lemma, stance }
}

fn act(scene: &Scene<'_>, group: &CueGroup) -> Act {
    let verb = group.verb(scene.tokens, scene.lexicon).map(|v| v.act);
    verb.or_else(|| group.noun(scene.tokens, scene.lexicon).map(|n| n.act)).unwrap_or(Act::Speech)
}
