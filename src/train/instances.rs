//! Annotated attributions into instances of each model.

use super::brat::Gold;
use super::fit::Problem;
use crate::attribution::again;
use crate::attribution::cue::Voice;
use crate::attribution::extent::{self, Owned, SIDES, Side, View};
use crate::attribution::label;
use crate::attribution::relate;
use crate::attribution::report;
use crate::attribution::scene::{NONE, Scene};
use crate::attribution::segment::{self, Candidate, Origin, Sources};
use crate::attribution::source;
use crate::attribution::trust;
use crate::evidence::weights::Weights;
use crate::lexicon::list;
use crate::span::{Span, TokenSpan};
use crate::token::Kind;
use crate::token::class::Class;

/// One annotated attribution against what the program sees.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// Index into the cues, or [`NONE`].
    pub cue: u32,
    /// The token that carries the source, or [`NONE`] where it is implicit.
    pub head: u32,
    /// Words of the source.
    pub size: usize,
    /// Tokens of the content, in pieces.
    pub content: Vec<TokenSpan>,
}

/// Lines the annotation up with tokens and cues.
pub fn align(scene: &Scene<'_>, gold: &[Gold]) -> Vec<Aligned> {
    gold.iter()
        .map(|g| {
            let source = covered(scene, &g.source);
            Aligned {
                cue: cue(scene, &g.cue),
                head: head(scene, &source),
                size: source.len(),
                content: pieces(scene, &g.content),
            }
        })
        .collect()
}

fn covered(scene: &Scene<'_>, spans: &[Span]) -> Vec<u32> {
    let mut out = Vec::new();
    for span in spans {
        let from = scene.tokens.partition_point(|t| t.span.end <= span.start);
        out.extend(
            (from as u32..)
                .zip(&scene.tokens[from..])
                .take_while(|(_, t)| t.span.start < span.end)
                .map(|(i, _)| i),
        );
    }
    out
}

fn cue(scene: &Scene<'_>, spans: &[Span]) -> u32 {
    let tokens = covered(scene, spans);
    let mut best = NONE;
    let mut most = 0;
    for &token in &tokens {
        let from = scene.cues.partition_point(|c| c.head < token);
        if let Some(c) = scene.cues.get(from).filter(|c| c.head == token) {
            let worth = match c.sense.strength {
                Some(strength) => 2 + strength as usize,
                None => 1 + usize::from(c.voice == Voice::Phrase) * 5,
            };
            if worth > most {
                most = worth;
                best = from as u32;
            }
        }
    }
    best
}

/// The head of a source: its last word before a comma, bracket, dash, preposition or relative pronoun.
fn head(scene: &Scene<'_>, tokens: &[u32]) -> u32 {
    let mut last = NONE;
    for (n, &i) in tokens.iter().enumerate() {
        let class = scene.classes[i as usize];
        let stops = matches!(
            class,
            Class::Comma
                | Class::Semicolon
                | Class::Colon
                | Class::Open
                | Class::Dash
                | Class::Preposition
                | Class::To
                | Class::Relative
                | Class::That
        );
        if n > 0 && stops && last != NONE {
            break;
        }
        let suffix = class == Class::Genitive || n > 0 && scene.entry(i as usize).is(list::NAME_SUFFIXES);
        let word = matches!(scene.tokens[i as usize].kind, Kind::Word | Kind::Number | Kind::Handle);
        if word && !suffix {
            last = i;
        }
    }
    last
}

fn pieces(scene: &Scene<'_>, spans: &[Span]) -> Vec<TokenSpan> {
    let mut out: Vec<TokenSpan> = Vec::new();
    for i in covered(scene, spans) {
        match out.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => out.push(TokenSpan { start: i, end: i + 1 }),
        }
    }
    out
}

impl Aligned {
    /// The mention names this source, as the scorers see it: its head and not many words more.
    pub fn named_by(&self, scene: &Scene<'_>, mention: u32) -> bool {
        if mention == NONE || self.head == NONE {
            return mention == NONE && self.head == NONE;
        }
        let full = scene.mentions[mention as usize].full;
        full.start <= self.head && self.head < full.end && full.len() <= self.size + 8
    }
}

/// Instances of all models from one text.
#[derive(Default)]
pub struct Problems {
    /// Which noun phrase is the source of a cue.
    pub source: Problem,
    /// Who owns a quotation.
    pub segment: Problem,
    /// Whether the owner chosen is right.
    pub trust: Problem,
    /// Whether a cue reports.
    pub cue: Problem,
    /// The same at a second look.
    pub again: Problem,
    /// On which side its content stands.
    pub side: Problem,
    /// Where content behind the cue begins.
    pub start: Problem,
    /// Where it ends.
    pub end: Problem,
    /// Where content before the cue begins.
    pub left: Problem,
    /// Whether a label gives its paragraph to somebody.
    pub label: Problem,
}

impl Problems {
    /// The instances added from now on are from this part of the corpus.
    pub fn part(&mut self, part: usize) {
        for problem in [
            &mut self.source,
            &mut self.segment,
            &mut self.trust,
            &mut self.cue,
            &mut self.again,
            &mut self.side,
            &mut self.start,
            &mut self.end,
            &mut self.left,
            &mut self.label,
        ] {
            problem.part = part as u8;
        }
    }
}

/// Adds the instances of the label model.
pub fn labelled(scene: &Scene<'_>, gold: &[Aligned], out: &mut Problem) {
    for found in label::labels(scene) {
        let right = gold.iter().any(|g| {
            let shared: u32 = g
                .content
                .iter()
                .map(|p| p.end.min(found.content.end).saturating_sub(p.start.max(found.content.start)))
                .sum();
            let named = found.source.start <= g.head && g.head < found.source.end;
            named && shared as usize * 2 >= found.content.len()
        });
        out.add_binary(right, |f| label::features(scene, &found, f));
    }
}

/// Adds the instances of the source model.
pub fn sources(scene: &Scene<'_>, gold: &[Aligned], out: &mut Problem) {
    for g in gold.iter().filter(|g| g.cue != NONE) {
        let mentions = source::candidates(scene, g.cue);
        let right: Vec<bool> = mentions.iter().map(|&m| g.named_by(scene, m)).collect();
        if right.contains(&true) {
            let view = source::View::new(scene, g.cue);
            out.add(mentions.len(), |i| right[i], |i, f| source::features(scene, &view, mentions[i], f));
        }
    }
}

/// For each outermost quotation the annotated attribution that covers at least half of it.
pub fn labels(scene: &Scene<'_>, gold: &[Aligned]) -> Vec<Option<usize>> {
    scene
        .outer
        .iter()
        .map(|&q| {
            let tokens = scene.quotations[q as usize].tokens;
            let share = |g: &Aligned| -> usize {
                g.content
                    .iter()
                    .map(|p| p.end.min(tokens.end).saturating_sub(p.start.max(tokens.start)) as usize)
                    .sum()
            };
            let best = (0..gold.len()).max_by_key(|&i| (share(&gold[i]), std::cmp::Reverse(i)))?;
            (share(&gold[best]) * 2 >= tokens.len()).then_some(best)
        })
        .collect()
}

/// Adds the instances of the quotation model; earlier quotations count as annotated.
pub fn segments(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    gold: &[Aligned],
    out: &mut Problem,
) {
    let labels = labels(scene, gold);
    let mut truth: Vec<Candidate> = Vec::with_capacity(labels.len());
    let mut candidates = Vec::new();
    let nobody = Candidate { origin: Origin::Nobody, cue: NONE, mention: NONE, source: 1.0, carried: NONE };
    for o in 0..labels.len() {
        segment::propose(scene, weights, sources, &|i| truth[i], o, &mut candidates);
        let right: Vec<bool> = candidates
            .iter()
            .map(|c| match labels[o] {
                None => c.origin == Origin::Nobody,
                Some(label) => {
                    let g = &gold[label];
                    match c.origin {
                        Origin::Nobody => false,
                        Origin::Same | Origin::Earlier => {
                            labels[c.carried as usize] == Some(label)
                                || g.head != NONE && g.named_by(scene, c.mention)
                        }
                        _ if g.head == NONE => c.mention == NONE && c.cue != NONE && c.cue == g.cue,
                        _ => g.named_by(scene, c.mention),
                    }
                }
            })
            .collect();
        if right.contains(&true) {
            let view = segment::View::new(scene, o);
            out.add(
                candidates.len(),
                |i| right[i],
                |i, f| segment::features(scene, &view, &candidates[i], f),
            );
        }
        truth.push(match labels[o] {
            None => nobody,
            Some(label) => {
                let found = candidates.iter().zip(&right).find(|(_, r)| **r).map(|(c, _)| *c);
                found.unwrap_or_else(|| elsewhere(scene, &gold[label]))
            }
        });
    }
}

/// Adds the instances of trust: the owners that the quotation model chose, right or wrong.
pub fn trusted(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    gold: &[Aligned],
    out: &mut Problem,
) {
    let decisions = segment::decide(scene, weights, sources);
    for (o, label) in labels(scene, gold).iter().enumerate() {
        let implicit = label.is_some_and(|l| gold[l].head == NONE);
        if decisions[o].chosen.mention == NONE || implicit {
            continue;
        }
        let right = label.is_some_and(|l| gold[l].named_by(scene, decisions[o].chosen.mention));
        out.add_binary(right, |f| trust::features(scene, &decisions, o, &decisions[o], f));
    }
}

/// A source that no candidate names: taken from anywhere in the text.
fn elsewhere(scene: &Scene<'_>, gold: &Aligned) -> Candidate {
    let mention = (0..scene.mentions.len() as u32)
        .find(|&m| gold.head != NONE && gold.named_by(scene, m))
        .unwrap_or(NONE);
    Candidate { origin: Origin::Near, cue: NONE, mention, source: 1.0, carried: NONE }
}

/// Adds the instances of the cue model: cues without a quotation of their own.
pub fn cues(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    gold: &[Aligned],
    out: &mut Problem,
) {
    let mut owner = vec![false; scene.cues.len()];
    let mut owned = vec![false; scene.sentences.len()];
    let mut reports = vec![false; scene.cues.len()];
    for decision in segment::decide(scene, weights, sources) {
        let cue = relate::cue_of(scene, &decision.chosen);
        if cue != NONE {
            owner[cue as usize] = true;
            owned[scene.cues[cue as usize].sentence as usize] = true;
        }
    }
    for g in gold.iter().filter(|g| g.cue != NONE) {
        reports[g.cue as usize] = true;
    }
    for (c, cue) in scene.cues.iter().enumerate() {
        if cue.quoted || owner[c] {
            continue;
        }
        let mut context = report::context(sources.of(scene, weights, c as u32));
        context.owned_elsewhere = owned[cue.sentence as usize];
        out.add_binary(reports[c], |f| report::features(scene, c as u32, &context, f));
    }
}

/// Adds the instances of the second look at the cues: right is a relation whose source and most of whose content are.
pub fn second(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    gold: &[Aligned],
    out: &mut Problem,
) {
    let possible = relate::possible(scene, weights, sources);
    for (i, p) in possible.iter().enumerate() {
        let right = gold.iter().any(|g| g.named_by(scene, p.mention) && alike(&g.content, &p.pieces));
        out.add_binary(right, |f| again::features(scene, &possible, i, f));
    }
}

/// At least half of all that either covers is covered by both.
fn alike(a: &[TokenSpan], b: &[TokenSpan]) -> bool {
    let size = |of: &[TokenSpan]| -> usize { of.iter().map(|s| s.len()).sum() };
    let both: u32 =
        a.iter().flat_map(|a| b.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum();
    let both = both as usize;
    both * 2 >= size(a) + size(b) - both
}

/// Adds the instances of the extent models.
pub fn extents(scene: &Scene<'_>, gold: &[Aligned], out: &mut Problems) {
    let labels = labels(scene, gold);
    for (number, g) in gold.iter().enumerate().filter(|(_, g)| g.cue != NONE) {
        let cue = &scene.cues[g.cue as usize];
        let mentions = source::candidates(scene, g.cue);
        let mention = mentions.iter().copied().find(|&m| m != NONE && g.named_by(scene, m)).unwrap_or(NONE);
        let sentence = scene.sentences[cue.sentence as usize].tokens;
        let mut owned = Owned::default();
        for (o, label) in labels.iter().enumerate() {
            let q = scene.quotations[scene.outer[o] as usize].tokens;
            if *label == Some(number) && sentence.contains(q) {
                owned.before |= q.start < cue.head;
                owned.after |= q.start > cue.head;
            }
        }
        let here = || g.content.iter().filter(|p| p.overlaps(sentence));
        let before = here().rfind(|p| p.start < cue.head);
        let after = here().find(|p| p.start >= cue.tokens.end);
        let side = match (before, after) {
            (Some(_), Some(_)) => Side::Both,
            (Some(_), None) => Side::Before,
            (None, Some(_)) => Side::After,
            (None, None) => continue,
        };
        let view = View::new(scene, g.cue, mention, owned);
        out.side.add(3, |i| SIDES[i] == side, |i, f| extent::side_features(&view, SIDES[i], f));
        if let Some(piece) = after {
            after_piece(scene, &view, *piece, out);
        }
        if let Some(piece) = here().find(|p| p.start < cue.head) {
            left_piece(scene, &view, piece.start, out);
        }
    }
}

fn after_piece(scene: &Scene<'_>, view: &View<'_>, piece: TokenSpan, out: &mut Problems) {
    let (cue, frame) = (view.cue, &view.frame);
    let at = extent::starts(scene, view.cue, frame);
    if at.contains(&piece.start) {
        out.start.add(at.len(), |i| at[i] == piece.start, |i, f| extent::start_features(view, at[i], f));
    }
    if piece.start < frame.after || piece.start >= frame.sentence.end {
        return;
    }
    let at = extent::ends(scene, cue, frame, piece.start);
    let opening = extent::Opening::new(scene, cue, piece.start);
    let (_, boundaries) = at.split_last().expect("the sentence’s end is always there");
    for &b in boundaries {
        if b > piece.end {
            break;
        }
        out.end.add_binary(b == piece.end, |f| extent::end_features(scene, cue, &opening, piece.start, b, f));
    }
}

fn left_piece(scene: &Scene<'_>, view: &View<'_>, start: u32, out: &mut Problems) {
    let frame = &view.frame;
    if frame.before <= frame.sentence.start {
        return;
    }
    let at = extent::lefts(scene, frame);
    let (_, boundaries) = at.split_last().expect("the sentence’s start is always there");
    for &b in boundaries {
        if b < start {
            break;
        }
        out.left.add_binary(b == start, |f| extent::left_features(scene, view, b, f));
    }
}
