//! Where the content of a cue begins and ends: before it, behind it or both, up to the likeliest boundary.

mod end;
mod start;
mod stop;
mod tag;

pub use end::{Opening, end, end_features, ends};
pub use start::{relative, start, start_features, starts};
pub use stop::{behind_participle, commented};
pub use tag::{closes, embedded, inset, introduces, led_in, opened, second, tells_before};

use smallvec::SmallVec;

use super::cue::{CueGroup, Voice};
use super::report;
use super::scene::{Line, NONE, Scene};
use crate::evidence::weights::{Weights, logistic, softmax};
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Act, Addressee, Strength};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::{t, v};

/// Tokens at which content may begin or end.
pub type Boundaries = SmallVec<[u32; 16]>;

/// On which side of the cue the content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// S V content
    After,
    /// content, S V
    Before,
    /// content, S V, content
    Both,
}

/// All sides, in the order of their scores.
pub const SIDES: [Side; 3] = [Side::After, Side::Before, Side::Both];

/// The tag around a cue: where content can begin behind it and end before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The sentence’s tokens.
    pub sentence: TokenSpan,
    /// Cue with its source, when they are neighbours.
    pub tag: TokenSpan,
    /// First token behind the cue, and behind its source where that follows.
    pub after: u32,
    /// One past the last token before the tag, its comma left out.
    pub before: u32,
    /// What such a verb has behind it is a clause, and no person or thing.
    clausal: bool,
    /// A participle that reports opens the sentence.
    participle: bool,
    /// The number of the sentence.
    number: u32,
}

impl Frame {
    /// The frame of a cue with the mention that is its source.
    pub fn new(scene: &Scene<'_>, cue: &CueGroup, mention: u32) -> Self {
        let sentence = scene.sentences[cue.sentence as usize].tokens;
        let mut tag = cue.tokens;
        if mention != NONE {
            let full = scene.mentions[mention as usize].full;
            let free = |from: u32, to: u32| {
                to.saturating_sub(from) <= 12
                    && !scene.classes[from as usize..to.max(from) as usize].contains(&Class::Mark)
            };
            if full.start < tag.start && free(full.end.min(tag.start), tag.start) {
                tag.start = full.start;
            } else if full.start >= tag.end
                && full.start - tag.end <= 3
                && !opens(scene, cue)
                && free(tag.end, full.start)
            {
                tag.end = full.end;
            }
        }
        let mut before = tag.start;
        if before > sentence.start && matches!(scene.classes[before as usize - 1], Class::Comma | Class::Dash)
        {
            before -= 1;
        } else if before > sentence.start + 1
            && matches!(scene.classes[before as usize - 1], Class::Subordinator | Class::Preposition)
            && scene.classes[before as usize - 2] == Class::Comma
        {
            // “…, as the ferryman explained”
            before -= 2;
        }
        Self {
            sentence,
            tag,
            after: tag.end,
            before,
            clausal: clausal(scene, cue),
            participle: opens(scene, cue),
            number: cue.sentence,
        }
    }

    /// The sentence in which a token stands, which nearly always is that of the frame.
    fn sentence_of(&self, scene: &Scene<'_>, token: u32) -> usize {
        let here = self.sentence.start <= token && token < self.sentence.end;
        if here { self.number as usize } else { scene.sentence_of(token) }
    }
}

/// A participle that reports a clause opens its sentence: *Saying that it was lost, the council voted*; not *According to*,
/// nor *Commenting on the vote*.
fn opens(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    cue.voice == Voice::Ing
        && cue.tokens.start == scene.sentences[cue.sentence as usize].tokens.start
        && scene.classes[cue.tokens.end as usize - 1] != Class::To
        && (cue.sense.strength == Some(Strength::Core)
            || scene.classes[cue.tokens.end as usize - 1] == Class::That
            || scene.classes.get(cue.tokens.end as usize) == Some(&Class::That))
}

/// What stands behind such a verb is a clause: *said*, but not *warned the leader*, nor *asked for*.
fn clausal(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    cue.voice == Voice::Finite
        && cue.sense.act == Act::Speech
        && cue.sense.strength == Some(Strength::Core)
        && cue.sense.addressee != Addressee::Object
        && scene.classes[cue.tokens.end as usize - 1] != Class::Preposition
}

/// On which sides quotations were given to the cue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owned {
    /// Before it, in its sentence.
    pub before: bool,
    /// Behind it, in its sentence.
    pub after: bool,
}

/// What the choices of one cue's extent share.
pub struct View<'a> {
    /// The cue itself.
    pub cue: &'a CueGroup,
    sentence: usize,
    line: Line<'a>,
    /// Where content can begin and end.
    pub frame: Frame,
    form: Value<'a>,
    lemma: Value<'a>,
    voice: Name,
    /// Where it has an addressee.
    takes: Name,
    /// What follows the cue.
    follows: Name,
    /// The classes before the tag, and of the two tokens behind it.
    before: Name,
    after: [Name; 2],
    /// How much of the sentence stands on either side.
    left: Name,
    right: Name,
    /// On which sides quotations were given to it.
    pub owned: Owned,
    /// The surest pattern that proposed this cue, and whether it puts the content before it.
    pattern: Option<(Value<'a>, Name)>,
}

impl<'a> View<'a> {
    /// Looks at the cue of this index with its source and the quotations that it was given.
    pub fn new(scene: &Scene<'a>, number: u32, mention: u32, owned: Owned) -> Self {
        let cue = &scene.cues[number as usize];
        let sentence = cue.sentence as usize;
        let line = scene.line(sentence);
        let frame = Frame::new(scene, cue, mention);
        let end = i64::from(frame.tag.end);
        let pattern = scene.proposals.of_cue(number).first();
        Self {
            cue,
            sentence,
            line,
            form: scene.word(cue.head as usize),
            lemma: report::lemma(scene, cue),
            voice: Name::from(cue.voice),
            takes: match cue.sense.addressee {
                Addressee::Object => v!("object"),
                Addressee::To => v!("to"),
                Addressee::None => v!("none"),
            },
            follows: report::frame(scene, cue),
            before: line.class(i64::from(frame.tag.start) - 1),
            after: [line.class(end), line.class(end + 1)],
            left: count((frame.before - frame.sentence.start.min(frame.before)) as usize),
            right: count((frame.sentence.end - frame.after) as usize),
            owned,
            pattern: pattern.map(|p| (scene.rules.value(p.pattern), flag(p.content.start < cue.head))),
            frame,
        }
    }
}

/// The most probable side of the content.
pub fn side(weights: &Weights, view: &View<'_>) -> (Side, f32) {
    let mut scores = SIDES.map(|side| weights.score(|f| side_features(view, side, f)));
    softmax(&mut scores);
    let best = (0..3).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    (SIDES[best], scores[best])
}

/// The evidence for a side.
pub fn side_features(view: &View<'_>, side: Side, f: &mut impl Sink) {
    let View { form, lemma, voice, follows, before, after: [after, after_2], left, right, .. } = *view;
    let side = match side {
        Side::After => v!("after"),
        Side::Before => v!("before"),
        Side::Both => v!("both"),
    };
    let at_start = flag(view.frame.tag.start == view.frame.sentence.start);
    let (owns_before, owns_after) = (flag(view.owned.before), flag(view.owned.after));
    if let Some((pattern, content_before)) = view.pattern {
        f.add(t!("side.pattern"), [side.into(), pattern, content_before.into()]);
    }
    f.add(t!("side.voice"), [side, voice, at_start]);
    f.add(t!("side.frame-before"), [side, follows, before]);
    f.add(t!("side.room"), [side, left, right, before]);
    f.add(t!("side.owned"), [side, owns_before, owns_after, after]);
    f.add(t!("side.owned-frame"), [side, owns_before, owns_after, follows]);
    f.add(t!("side.next-pair"), [side, after, after_2, before]);
    f.add(t!("side.form"), [side.into(), form]);
    f.add(t!("side.form-frame"), [side.into(), form, follows.into()]);
    f.add(t!("side.lemma-before"), [side.into(), lemma, before.into()]);
    let next = view.line.word(i64::from(view.frame.tag.end));
    f.add(t!("side.next-word"), [side.into(), next]);
}

/// The boundary with the greatest chance that the content stops there and at none before.
fn most_probable(boundaries: &[u32], mut stops: impl FnMut(u32) -> f32) -> (u32, f32) {
    let mut going = 1.0;
    let mut best = (boundaries[boundaries.len() - 1], 0.0);
    for (i, &b) in boundaries.iter().enumerate() {
        let stop = if i + 1 == boundaries.len() { 1.0 } else { stops(b) };
        if going * stop > best.1 {
            best = (b, going * stop);
        }
        going *= 1.0 - stop;
        // Nothing behind can have a greater chance than is left for all of it.
        if going <= best.1 {
            break;
        }
    }
    best
}

/// What stands before the token parts it from the words before.
pub fn may_begin(scene: &Scene<'_>, at: u32) -> bool {
    matches!(
        scene.classes[at as usize - 1],
        Class::Comma
            | Class::Semicolon
            | Class::Dash
            | Class::Conjunction
            | Class::Open
            | Class::Colon
            | Class::Close
            | Class::Mark
    )
}

/// The boundaries before a tag, from right to left: tokens at which content may begin; the sentence’s start is last.
pub fn lefts(scene: &Scene<'_>, frame: &Frame) -> Boundaries {
    let mut out = Boundaries::new();
    let mut at = frame.before;
    let quotes: SmallVec<[TokenSpan; 4]> = scene
        .outer_in(frame.sentence_of(scene, frame.tag.start))
        .map(|o| scene.quotations[scene.outer[o] as usize].tokens)
        .collect();
    // What stands in brackets is no beginning: as Ramesh (32), police said.
    let mut brackets = 0;
    while at > frame.sentence.start + 1 && out.len() < 40 {
        at -= 1;
        match scene.classes[at as usize] {
            Class::Close => brackets += 1,
            Class::Open => brackets = i32::max(brackets - 1, 0),
            _ => {}
        }
        if let Some(q) = quotes.iter().find(|q| q.start <= at && at < q.end) {
            at = q.start;
            if at > frame.sentence.start {
                out.push(at);
            }
            at += 1;
            if at <= frame.sentence.start + 1 {
                break;
            }
            at -= 1;
            continue;
        }
        if may_begin(scene, at) && brackets == 0 {
            out.push(at);
        }
    }
    out.dedup();
    out.push(frame.sentence.start);
    out
}

/// The most probable first token of content before the tag.
pub fn left(scene: &Scene<'_>, weights: &Weights, view: &View<'_>) -> (u32, f32) {
    let at = lefts(scene, &view.frame);
    most_probable(&at, |b| logistic(weights.score(|f| left_features(scene, view, b, f))))
}

/// The evidence that content before the tag begins at `at`.
pub fn left_features(scene: &Scene<'_>, view: &View<'_>, at: u32, f: &mut impl Sink) {
    let View { line, frame, owned, .. } = *view;
    let token = i64::from(at);
    let (previous, here, word) = (line.class(token - 1), line.class(token), line.word(token - 1));
    let inside = TokenSpan { start: at, end: frame.before.max(at) };
    let left = &scene.classes[frame.sentence.start as usize..at as usize];
    let verb = flag(scene.tally.finite(inside) > 0);
    let quoted = flag(left.contains(&Class::Mark));
    f.add(t!("left.class"), [previous, here]);
    f.add(t!("left.word"), [word, here.into()]);
    f.add(t!("left.length"), [previous, count(inside.len()), count(left.len())]);
    f.add(t!("left.quotes"), [previous, here, quoted, flag(owned.before)]);
    f.add(t!("left.voice"), [previous, view.voice]);
    f.add(t!("left.pair"), [line.class(token - 2), previous, here]);
    f.add(t!("left.start"), [line.class(i64::from(frame.sentence.start)), previous, verb]);
}
