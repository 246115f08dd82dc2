//! What is said of sources without a name, for all records of a document at once.

use smallvec::SmallVec;

use super::place::Ruler;
use super::{Anonymity, Document, context};
use crate::attribution::{Attribution, Source};
use crate::extract::Extraction;
use crate::mention::Mention;
use crate::span::TokenSpan;
use crate::speaker::anonymity::Reader;

/// For each attribution what its source is and why it has no name, where it has none.
pub(super) struct Withheld(Vec<Option<Box<Anonymity>>>);

impl Withheld {
    /// Looks at those attributions that are asked for; the mentions are not needed any more behind this.
    pub fn all(
        extraction: &Extraction<'_>,
        document: &Document<'_>,
        ruler: &Ruler<'_>,
        wanted: impl Fn(usize) -> bool,
    ) -> Self {
        let mut first_sources = vec![None; extraction.speakers.len()];
        for (attribution, resolved) in extraction.attributions.iter().zip(&extraction.resolved) {
            if let Some(first) = resolved.speaker.and_then(|n| first_sources.get_mut(n as usize)) {
                *first = first.or(attribution.source);
            }
        }
        let of = |(number, attribution): (usize, &Attribution)| {
            let speaker = extraction.resolved.get(number)?.speaker? as usize;
            let first = *first_sources.get(speaker)?;
            wanted(number).then(|| anonymity(extraction, document, ruler, attribution, (speaker, first)))?
        };
        Self(extraction.attributions.iter().enumerate().map(|a| of(a).map(Box::new)).collect())
    }

    /// Hands over what is said of one.
    pub fn take(&mut self, number: usize) -> Option<Box<Anonymity>> {
        self.0.get_mut(number)?.take()
    }
}

/// What is said of the source of one attribution, whose speaker has a number and a first source.
fn anonymity(
    extraction: &Extraction<'_>,
    document: &Document<'_>,
    ruler: &Ruler<'_>,
    attribution: &Attribution,
    (speaker, first): (usize, Option<Source>),
) -> Option<Anonymity> {
    let kind = extraction.speakers.get(speaker)?.kind;
    let named = |m: u32| extraction.mentions.get(m as usize).is_some_and(Mention::joins_names);
    if first.and_then(|s| s.mention).is_some_and(named) {
        return None;
    }
    // Words that are carried on have no mention of their own; what the speaker is was told before.
    let source = attribution.source.or(first);
    let mention = source.and_then(|s| extraction.mentions.get(s.mention? as usize));
    let reader = Reader { tokens: &extraction.tokens, lexicon: document.lexicon };
    let class = reader.class(kind, mention, source.map(|s| s.tokens))?;
    let stated = |s: Source| {
        let around = context::tokens(extraction, attribution);
        reader.stated(s.tokens, mention.map(|m| m.head), around, &taken(extraction, attribution))
    };
    let said = attribution.source.map(stated).unwrap_or_default();
    let words = |tokens: TokenSpan| context::bytes(extraction, tokens).map(|span| ruler.excerpt(span));
    Some(Anonymity { class, condition: said.condition.and_then(words), reason: said.reason.and_then(words) })
}

/// What of the sentence is content or cue, and so can be no part of the reason for a missing name.
fn taken(extraction: &Extraction<'_>, attribution: &Attribution) -> SmallVec<[TokenSpan; 4]> {
    let tokens = &extraction.tokens;
    let content = attribution.content.iter().map(|piece| {
        let start = tokens.partition_point(|t| t.span.end <= piece.start);
        let end = tokens.partition_point(|t| t.span.start < piece.end);
        TokenSpan::new(start, end.max(start))
    });
    content.chain(attribution.cue.iter().map(|cue| cue.tokens)).collect()
}
