//! What speaks for each possible owner of a quotation.

use super::{Candidate, Origin};
use crate::attribution::scene::{Line, NONE, Scene, signature};
use crate::document::ParagraphKind;
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Strength, bits, list};
use crate::mention::work::small;
use crate::quotation::Quotation;
use crate::token::class::Class;
use crate::token::{Case, Kind};
use crate::{t, v};

/// What the candidates of one quotation share.
pub struct View<'a> {
    pub(super) quotation: &'a Quotation,
    sentence: usize,
    line: Line<'a>,
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
    /// It has single marks where other quotations have double ones.
    single: bool,
    only: Value<'a>,
}

impl<'a> View<'a> {
    /// Looks at the outermost quotation `o`.
    pub fn new(scene: &Scene<'a>, o: usize) -> Self {
        let quotation = &scene.quotations[scene.outer[o] as usize];
        let sentence = scene.sentence_of(quotation.tokens.start);
        let range = scene.sentences[sentence].tokens;
        let line = scene.line(sentence);
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
            line,
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
            previous: line.word(start - 1),
            previous_class: line.class(start - 1),
            next_class: line.class(end),
            cues: count(cues().count()),
            strong: cues().any(|c| c.sense.strength == Some(Strength::Core)),
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
            // Write to ‘The Editor’: a term in British papers too.
            single: quotation.single(scene.text) && !(scene.british && ending != v!("none")),
            only: first_word.map_or(v!("none").into(), |i| {
                Value::within(scene.text, scene.tokens[i].span, scene.tokens[i].hash)
            }),
        }
    }
}

impl View<'_> {
    /// The quotation is a sentence or more by itself.
    pub(super) fn whole(&self) -> bool {
        // “It is wet.” is said; ‘Relationships that last.’ may be a head.
        let ended = self.words >= 2
            && self.quotation.closed
            && !self.single
            && (self.ending == v!("stop") || self.ending == v!("mark"));
        self.fills_sentence
            && (self.words >= 4 || ended)
            && !self.title_case
            && !self.lower_start
            && !self.heading
    }
}

/// The evidence for one candidate.
pub fn features(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate, f: &mut impl Sink) {
    origin_features(view, candidate.origin, f);
    candidate_features(scene, view, candidate, f);
}

/// The evidence that all candidates of one origin share.
pub(super) fn origin_features(view: &View<'_>, origin: Origin, f: &mut impl Sink) {
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
pub(super) fn candidate_features(
    scene: &Scene<'_>,
    view: &View<'_>,
    candidate: &Candidate,
    f: &mut impl Sink,
) {
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
    f.add(t!("segment.near-verb"), [side.into(), view.line.word(verb)]);
    f.add(t!("segment.near-verb-class"), [side, view.line.class(verb), a]);
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
        f.add(t!("segment.neighbour-strength"), [origin, cue.strength(), flag(colon), flag(same_paragraph)]);
    }
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
    let strong = cue.strength();
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
    let previous = view.line.class(i64::from(cue.tokens.start) - 1);
    f.add(t!("segment.before-cue"), [order, previous, voice]);
    f.add(t!("segment.after-cue"), [order, view.line.class(i64::from(cue.tokens.end)), voice]);
    if let Some(mention) = mention {
        f.add(t!("segment.kind"), [order, scene.mention_type(mention)]);
        f.add(
            t!("segment.before-source-word"),
            [order.into(), view.line.word(i64::from(mention.full.start) - 1)],
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
