//! Where and when somebody speaks: *in a statement*, *at a news conference*.

use super::Source;
use super::cue::{CueGroup, Voice};
use super::scene::Scene;
use crate::lexicon::{Traits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// The first noun phrase of the cue’s sentence, behind a preposition of place or time, that says where one speaks: *in a
/// statement*.
pub(super) fn setting<'a>(
    scene: &'a Scene<'_>,
    cue: &CueGroup,
    pieces: &[TokenSpan],
    source: Option<Source>,
) -> Option<&'a Mention> {
    let first = scene.sentences[cue.sentence as usize].tokens.start;
    // Of those that begin with the same word the first is asked.
    let phrases = scene.mentions[scene.mentions_in(cue.sentence as usize)]
        .chunk_by(|a, b| a.base.start == b.base.start)
        .map(|same| &same[0]);
    let mut placed = phrases.filter(|m| {
        m.base.start > first
            && scene.entry(m.base.start as usize - 1).is(list::PLACING)
            && scene.classes[m.base.start as usize - 1] == Class::Preposition
            && scene.lexicon.traits(scene.tokens[m.head as usize].word).any(Traits::SETTING)
    });
    placed.find(|m| goes_with(scene, cue, pieces, source, m))
}

/// The phrase tells where the cue is said, and nothing of somebody, of the content or of another verb: not *a delegate at
/// the congress said*, nor *Ann Li, who sat in the chamber, said*.
fn goes_with(
    scene: &Scene<'_>,
    cue: &CueGroup,
    pieces: &[TokenSpan],
    source: Option<Source>,
    place: &Mention,
) -> bool {
    let at = place.base.start - 1;
    let within = |i: u32| move |span: &TokenSpan| span.start <= i && i < span.end;
    let inside = within(at);
    let quoted = || {
        let mut outer = scene.outer[scene.outer_in(cue.sentence as usize)].iter();
        outer.any(|&q| inside(&scene.quotations[q as usize].tokens))
    };
    // A spokesman is no part of his statement; a delegate is one of the congress.
    let gathering = || {
        !matches!(
            scene.lexicon.label(scene.entry(place.head as usize)),
            "document" | "interview" | "post" | "press-conference" | "statement"
        )
    };
    let describes = |source: Source| {
        let mention = source.mention.map(|m| &scene.mentions[m as usize]);
        let behind = |m: &Mention| m.kind == MentionKind::Nominal && m.base.end == at && gathering();
        // Who speaks is no place: part of the statement read.
        source.tokens.start == place.base.start
            || inside(&source.tokens)
            || mention.is_some_and(|m| behind(m) || inside(&m.full))
    };
    // After the court failed to decide, she said.
    let clause = || {
        scene.entry(at as usize).is(list::SUBORDINATORS)
            && scene.classes.get(place.base.end as usize).is_some_and(|c| c.finite())
    };
    if inside(&cue.tokens)
        || pieces.iter().any(&inside)
        || source.is_some_and(describes)
        || quoted()
        || clause()
    {
        return false;
    }
    // What opens a sentence goes with its verb and the participles behind it.
    if cue.voice == Voice::Ing && at == scene.sentences[cue.sentence as usize].tokens.start {
        return true;
    }
    let between = if at < cue.tokens.start {
        // In a letter released today, she said.
        let participle = scene.classes.get(place.base.end as usize) == Some(&Class::Past);
        let behind = place.base.end + u32::from(participle);
        // Ann Li, who sat in the chamber, said.
        source.map(|s| s.tokens.end).filter(|&end| end <= at).unwrap_or(behind)..cue.tokens.start
    } else {
        cue.tokens.end..at
    };
    let own = |i: &u32| !pieces.iter().chain(source.iter().map(|s| &s.tokens)).any(within(*i));
    !between.filter(own).any(|i| scene.classes[i as usize].finite())
}
