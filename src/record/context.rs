//! The sentences in which an attribution stands.

use crate::attribution::Attribution;
use crate::extract::Extraction;
use crate::span::{Span, TokenSpan};

/// A cue or source further from the content than this many sentences is left out of the context, so that a
/// long interview does not repeat its beginning with every answer.
const REACH: usize = 12;

/// The tokens of the sentences in which content, cue and source stand; empty where the content has none.
pub(super) fn tokens(extraction: &Extraction<'_>, attribution: &Attribution) -> TokenSpan {
    let tokens = &extraction.tokens;
    let (Some(first), Some(last)) = (attribution.content.first(), attribution.content.last()) else {
        return TokenSpan::default();
    };
    let begin = tokens.partition_point(|t| t.span.end <= first.start);
    let end = tokens.partition_point(|t| t.span.start < last.end);
    if begin >= end {
        return TokenSpan::default();
    }
    let content = (sentence(extraction, begin), sentence(extraction, end - 1));
    let mut whole = content;
    let outer = |n: usize| extraction.sentences.get(n).map(|s| s.tokens);
    let here = outer(content.0).zip(outer(content.1)).map(|(a, b)| a.join(b)).unwrap_or_default();
    let near = attribution.cue.iter().map(|c| c.tokens).chain(attribution.source.iter().map(|s| s.tokens));
    for part in near.filter(|part| !part.is_empty() && !here.contains(*part)) {
        let (a, b) = (sentence(extraction, part.start as usize), sentence(extraction, part.end as usize - 1));
        if a + REACH >= content.0 && b <= content.1 + REACH {
            whole = (whole.0.min(a), whole.1.max(b));
        }
    }
    match (outer(whole.0), outer(whole.1)) {
        (Some(a), Some(b)) => a.join(b).join(TokenSpan::new(begin, end)),
        _ => TokenSpan::new(begin, end),
    }
}

/// The sentence of a token, or the one behind it where the token is in none.
fn sentence(extraction: &Extraction<'_>, token: usize) -> usize {
    extraction.sentences.partition_point(|s| s.tokens.end as usize <= token)
}

/// The bytes that tokens cover, nothing for none.
pub(super) fn bytes(extraction: &Extraction<'_>, tokens: TokenSpan) -> Option<Span> {
    let covered = extraction.tokens.get(tokens.range())?;
    Some(covered.first()?.span.join(covered.last()?.span))
}
