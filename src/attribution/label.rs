//! Paragraphs that a label gives to somebody: transcripts, records of parliaments, headlines with a colon.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::propose::Proposal;
use super::scene::{NONE, Scene};
use super::segment::SURE;
use crate::document::ParagraphKind;
use crate::evidence::weights::{Weights, logistic};
use crate::evidence::{Name, Sink, count, flag};
use crate::lexicon::{bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Sentence};
use crate::{t, v};

/// A label is believed from this probability on.
const LABELS: f32 = 0.5;

/// A text in which so many paragraphs are signed is a collection of sayings or letters.
const SIGNATURES: usize = 3;

/// A signed sentence may be broken into so many lines that were taken for paragraphs.
const LINES: usize = 12;

/// Mentions of the same head are counted as far as this.
const FEW: usize = 4;

/// Words that tell a person or body, which may speak.
const SOMEBODY: u128 = bits(&[
    list::GIVEN_NAMES,
    list::GROUPS,
    list::HONORIFICS,
    list::ORGANISATIONS,
    list::OUTLETS,
    list::ROLES,
    list::TITLES,
]);

/// How sure a label is in a text where labels take turns.
const TRANSCRIPT: f32 = 0.9;

/// A paragraph with a label that may be its speaker.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// The pattern that saw it.
    pub pattern: u32,
    /// The surest pattern that gives the same words to the same source: a label before a quotation, a signature.
    pub rule: u32,
    /// The mention that is the label, or [`NONE`].
    pub mention: u32,
    /// The label’s words.
    pub source: TokenSpan,
    /// All that it covers.
    pub content: TokenSpan,
    /// How often a label of these words heads a paragraph of this text.
    pub repeated: usize,
    /// How many paragraphs have a label.
    pub labelled: usize,
    /// How many mentions of the text have the head of this one; more than a few are not counted.
    pub elsewhere: usize,
    /// It stands in a text where labels take turns.
    pub turns: bool,
}

impl Label {
    /// Labels take turns here: three paragraphs or more have one, and some label comes back.
    fn in_transcript(&self) -> bool {
        self.turns
    }
}

/// All labels of a text, in order, one a paragraph.
pub fn labels(scene: &Scene<'_>) -> Vec<Label> {
    let mut out: Vec<Label> = Vec::new();
    for p in scene
        .proposals
        .cueless()
        .iter()
        .filter(|p| !p.quoted && !p.source.is_empty() && !p.content.is_empty())
    {
        let Some(content) = covered(scene, p) else { continue };
        let paragraph = scene.sentences[scene.sentence_of(p.content.start)].paragraph;
        let label = Label {
            pattern: p.pattern,
            rule: surest(scene, p),
            mention: p.mention,
            source: p.source,
            content,
            repeated: 1,
            labelled: 1,
            elsewhere: 0,
            turns: false,
        };
        match out.last_mut() {
            Some(last) if scene.sentences[scene.sentence_of(last.content.start)].paragraph == paragraph => {
                if p.pattern < last.pattern {
                    *last = label;
                }
            }
            _ => out.push(label),
        }
    }
    let words: Vec<String> = out.iter().map(|l| scene.words(l.source).to_lowercase()).collect();
    let mut seen = HashMap::new();
    for word in &words {
        *seen.entry(word.as_str()).or_insert(0) += 1;
    }
    let mut heads: HashMap<u64, usize> = HashMap::new();
    if out.iter().any(|label| label.mention != NONE) {
        (0..scene.mentions.len() as u32).for_each(|m| *heads.entry(head(scene, m)).or_default() += 1);
    }
    let labelled = out.len();
    let upper =
        |l: &&Label| scene.tokens[l.source.range()].iter().any(|t| t.case == Case::Upper && t.span.len() > 2);
    let turns = labelled >= 3 && (seen.len() < labelled || out.iter().filter(upper).count() == labelled);
    let signatures = out.iter().filter(|l| below(scene, l)).count();
    for (label, word) in out.iter_mut().zip(&words) {
        label.repeated = seen[word.as_str()];
        label.labelled = labelled;
        if label.mention != NONE {
            label.elsewhere = heads[&head(scene, label.mention)].min(FEW);
        }
        // What heads other paragraphs, too, is no headline.
        let heading = scene.heading(label.source.start) && label.repeated == 1;
        label.turns = turns && !heading || signatures >= SIGNATURES && below(scene, label);
    }
    out
}

/// The word that carries the sense of a mention, as a hash.
fn head(scene: &Scene<'_>, mention: u32) -> u64 {
    scene.tokens[scene.mentions[mention as usize].head as usize].hash
}

/// The label stands in the paragraph below what it signs.
fn below(scene: &Scene<'_>, label: &Label) -> bool {
    let paragraph = |token: u32| scene.sentences[scene.sentence_of(token)].paragraph;
    label.content.start < label.source.start && paragraph(label.content.start) < paragraph(label.source.start)
}

fn surest(scene: &Scene<'_>, label: &Proposal) -> u32 {
    let all = scene.proposals.cueless();
    let from = all.partition_point(|p| p.content.start < label.content.start);
    let here = all[from..].iter().take_while(|p| p.content.start == label.content.start);
    let same = here.filter(|p| p.source == label.source && p.content.end >= label.content.end);
    same.map(|p| p.pattern).min().unwrap_or(label.pattern)
}

/// The paragraph of a sentence, and those before it as long as it carries on a sentence of theirs in mid-line.
fn whole(scene: &Scene<'_>, sentence: usize) -> TokenSpan {
    let paragraph = scene.sentences[sentence].paragraph;
    let same = |s: &&Sentence| s.paragraph == paragraph;
    let mut first = scene.sentences[..=sentence].iter().rev().take_while(same).last();
    for _ in 0..LINES {
        let carried = first.filter(|s| scene.tokens[s.tokens.start as usize].case == Case::Lower);
        let before = carried.map(|s| scene.sentence_of(s.tokens.start)).and_then(|s| s.checked_sub(1));
        let Some(before) = before else { break };
        let above = scene.sentences[before].paragraph;
        first = scene.sentences[..=before].iter().rev().take_while(|s| s.paragraph == above).last();
    }
    let last = scene.sentences[sentence..].iter().take_while(same).last();
    let here = scene.sentences[sentence].tokens;
    TokenSpan {
        start: first.map_or(here.start, |s| s.tokens.start),
        end: last.map_or(here.end, |s| s.tokens.end),
    }
}

/// Behind a label everything up to the end of the paragraph, stage directions at its end left out.
fn covered(scene: &Scene<'_>, p: &Proposal) -> Option<TokenSpan> {
    let first = scene.sentence_of(p.content.start);
    let paragraph = scene.sentences[first].paragraph;
    if p.content.start < p.source.start {
        if scene.classes[p.content.start as usize] == Class::Dash {
            return None;
        }
        // A signature below signs the whole paragraph.
        let below = scene.sentences[scene.sentence_of(p.source.start)].paragraph != paragraph;
        return Some(if below { whole(scene, first) } else { p.content });
    }
    let last = scene.sentences[first..].iter().take_while(|s| s.paragraph == paragraph).last()?;
    let mut end = last.tokens.end;
    if scene.classes[end as usize - 1] == Class::Close {
        let open = (p.content.start..end).rev().find(|&i| scene.classes[i as usize] == Class::Open);
        end = open.unwrap_or(end);
    }
    (p.content.start < end).then_some(TokenSpan { start: p.content.start, end })
}

/// The labels that are believed, with their probability.
pub fn believed(scene: &Scene<'_>, weights: &Weights) -> Vec<(Label, f32)> {
    let told = LazyCell::new(|| names(scene));
    labels(scene)
        .into_iter()
        .filter(|label| !dateline(scene, label) && !topic(scene, label, |head| told.contains(&head)))
        .map(|label| {
            let learned = logistic(weights.score(|f| features(scene, &label, f)));
            let sure = if scene.rules.sure(label.pattern) { SURE } else { 0.0 };
            // One name below one paragraph may be an agency’s, or whoever wrote it.
            if below(scene, &label) && !label.turns {
                return (label, sure);
            }
            (label, if label.in_transcript() { learned.max(TRANSCRIPT) } else { learned.max(sure) })
        })
        .filter(|(_, p)| *p >= LABELS)
        .collect()
}

/// `NASHIK: Exporters said …`: the place from which a report comes, and not who speaks it.
fn dateline(scene: &Scene<'_>, label: &Label) -> bool {
    let words = &scene.tokens[label.source.range()];
    let upper = words.iter().all(|t| t.case == Case::Upper && t.span.len() > 1);
    let first = scene.entry(label.source.start as usize);
    let text = !scene.heading(label.source.start) && label.source.end <= label.content.start;
    // A place that no list has may have several words where a text begins: KUALA SENTANG: Police said …
    let somebody = SOMEBODY | bits(&[list::DETERMINERS]);
    let named = || label.source.range().any(|i| scene.entry(i).is_any(somebody));
    let opens = || {
        let here = scene.sentences[scene.sentence_of(label.source.start)].paragraph as usize;
        scene.paragraphs[..here].iter().all(|paragraph| paragraph.kind != ParagraphKind::Body)
    };
    let unknown = label.labelled == 1
        && match words.len() {
            1 => !first.is_any(bits(&[list::GIVEN_NAMES, list::OUTLETS])),
            2 | 3 => opens() && !named(),
            _ => false,
        };
    text && upper && label.repeated == 1 && (unknown || place(scene, label))
}

/// `Insecurity: Senate summons army chief`: what a headline is about, and not who says it.
fn topic(scene: &Scene<'_>, label: &Label, told: impl Fn(u64) -> bool) -> bool {
    if !scene.heading(label.source.start) || label.source.end > label.content.start {
        return false;
    }
    // Rovers 2 Athletic 2: a result says nothing.
    let numbers = scene.classes[label.source.range()].iter().filter(|c| **c == Class::Number).count();
    if numbers > 1 {
        return true;
    }
    let speaks = SOMEBODY | bits(&[list::DOCUMENTS]);
    // Doctors’ strike: whose it is does not speak.
    let classes = &scene.classes[label.source.range()];
    let own = classes.iter().rposition(|c| *c == Class::Genitive).map_or(0, |at| at + 1);
    let own = TokenSpan { start: label.source.start + own as u32, end: label.source.end };
    let acronym = |i: usize| {
        let token = &scene.tokens[i];
        token.case == Case::Upper && token.span.len() > 1 && scene.classes[i] == Class::Capital
    };
    let somebody = own.range().any(|i| scene.entry(i).is_any(speaks) || acronym(i));
    let last = label.source.end as usize - 1;
    let head = if label.mention == NONE { scene.tokens[last].hash } else { head(scene, label.mention) };
    !somebody && (place(scene, label) || !told(head))
}

/// The last words of all names that the running text tells of.
fn names(scene: &Scene<'_>) -> HashSet<u64> {
    let told = scene.mentions.iter().filter(|m| !m.name.is_empty() && !scene.heading(m.head));
    told.map(|m| scene.tokens[m.head as usize].hash).collect()
}

/// The label is the name of a place.
fn place(scene: &Scene<'_>, label: &Label) -> bool {
    let words = &scene.tokens[label.source.range()];
    let first = scene.entry(label.source.start as usize);
    let known = scene.lexicon.phrase_of(first, list::PLACES, |i| words.get(i).map(|t| t.hash));
    known.is_some_and(|(length, _)| length == words.len())
}

/// The evidence for a label.
pub fn features(scene: &Scene<'_>, label: &Label, f: &mut impl Sink) {
    let pattern = scene.rules.value(label.pattern);
    let paragraph =
        scene.paragraphs[scene.sentences[scene.sentence_of(label.content.start)].paragraph as usize].kind;
    let heading = flag(paragraph == ParagraphKind::Heading);
    let first = &scene.tokens[label.source.start as usize];
    let case = match first.case {
        Case::Upper => v!("upper"),
        Case::Capital => v!("capital"),
        _ => v!("lower"),
    };
    let kind = if label.mention == NONE {
        v!("letter")
    } else {
        scene.mention_type(&scene.mentions[label.mention as usize])
    };
    let content = &scene.classes[label.content.range()];
    let verb = flag(content.iter().any(|c| c.finite()));
    let stop = flag(content.last() == Some(&Class::Stop));
    f.add(t!("label.bias"), [] as [Name; 0]);
    f.add(t!("label.pattern"), [pattern]);
    f.add(t!("label.pattern-heading"), [pattern, heading.into()]);
    f.add(t!("label.repeated"), [count(label.repeated), count(label.labelled)]);
    f.add(t!("label.repeated-case"), [count(label.repeated), case, heading]);
    f.add(t!("label.kind"), [kind, heading]);
    f.add(t!("label.kind-repeated"), [kind, count(label.repeated)]);
    f.add(t!("label.words"), [count(label.source.len()), case, heading]);
    f.add(t!("label.length"), [count(label.content.len()), heading]);
    f.add(t!("label.verb"), [verb, stop, heading]);
    if label.mention != NONE {
        f.add(t!("label.elsewhere"), [count(label.elsewhere), kind]);
    }
}
