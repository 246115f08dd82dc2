//! How quoted words differ from what was said.

use super::{Alteration, Document, Kind};
use crate::attribution::Attribution;
use crate::extract::Extraction;
use crate::lexicon::list;
use crate::quotation::Quotation;
use crate::token::{Case, Kind as TokenKind, Token};

/// A quotation of so many words can be a fragment.
const FRAGMENT: usize = 3;

/// `(emphasis added)` stands at most so many tokens behind the closing mark.
const BEHIND: usize = 6;

/// A bracket is looked through for its closing mark no further than this.
const BRACKETED: usize = 40;

/// Everything that was done to the quotations of one attribution; `carried` tells of each quotation of the
/// document whether a later one carries it on.
pub(super) fn find(
    extraction: &Extraction<'_>,
    document: &Document<'_>,
    attribution: &Attribution,
    carried: &[bool],
) -> Vec<Alteration> {
    let mut found = Vec::new();
    for &number in &attribution.quotations {
        let Some(quotation) = extraction.quotations.get(number as usize) else { continue };
        if !quotation.opened || !(quotation.closed || carried[number as usize]) {
            found.push(Alteration::Unclosed);
        }
        if fragment(extraction, attribution.kind, quotation) {
            found.push(Alteration::Partial);
        }
        inside(extraction, document, quotation, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Up to three words that are no utterance of their own: part of somebody else's sentence, or in lower case.
fn fragment(extraction: &Extraction<'_>, kind: Kind, quotation: &Quotation) -> bool {
    if quotation.tokens.len() > 4 * FRAGMENT {
        return false; // Marks and clitics do not make a short quotation this long.
    }
    let tokens = extraction.tokens.get(quotation.tokens.range()).unwrap_or_default();
    let mut words = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
    let lower = words.clone().next().is_some_and(|w| w.case == Case::Lower);
    let count = words.by_ref().take(FRAGMENT + 1).count();
    (1..=FRAGMENT).contains(&count) && (lower || kind == Kind::Mixed)
}

fn inside(
    extraction: &Extraction<'_>,
    document: &Document<'_>,
    quotation: &Quotation,
    found: &mut Vec<Alteration>,
) {
    let tokens = &extraction.tokens;
    let (start, end) = (quotation.tokens.start as usize, (quotation.tokens.end as usize).min(tokens.len()));
    let mut at = start;
    while at < (end + BEHIND).min(tokens.len()) {
        match tokens[at].kind {
            TokenKind::Ellipsis if at < end => found.push(Alteration::Ellipsis),
            TokenKind::Open => {
                let close = closing(tokens, at);
                note_bracket(extraction.text, document, &tokens[at..close], at < end, found);
                at = close.max(at + 1);
                continue;
            }
            TokenKind::Stop if at < end && spaced_stops(&tokens[at..end]) => found.push(Alteration::Ellipsis),
            _ => {}
        }
        at += 1;
    }
}

/// One past the mark that closes the bracket, or past the opening mark where none does.
fn closing(tokens: &[Token], open: usize) -> usize {
    let behind = tokens[open + 1..].iter().take(BRACKETED);
    behind.into_iter().position(|t| t.kind == TokenKind::Close).map_or(open + 1, |n| open + n + 2)
}

/// `. . .`, as some papers set an ellipsis.
fn spaced_stops(tokens: &[Token]) -> bool {
    tokens.len() >= 3
        && tokens[..3].iter().all(|t| t.kind == TokenKind::Stop)
        && tokens[1].spaced
        && tokens[2].spaced
}

/// What a bracket says: `[sic]`, `[…]`, `(emphasis added)`, or in square ones words that the writer put in.
fn note_bracket(
    text: &str,
    document: &Document<'_>,
    bracket: &[Token],
    quoted: bool,
    found: &mut Vec<Alteration>,
) {
    let Some(words) = bracket.get(1..bracket.len().saturating_sub(1)).filter(|w| !w.is_empty()) else {
        return;
    };
    let square = bracket[0].span.of(text) == "[";
    let lexicon = document.lexicon;
    let known = lexicon
        .phrase(list::ALTERATIONS, |i| words.get(i).map(|t| t.hash))
        .filter(|&(length, _)| length == words.len());
    let alteration = match known {
        Some((_, "emphasis")) => Some(Alteration::Emphasis),
        Some((_, "sic")) if quoted => Some(Alteration::Sic),
        _ if !quoted => None,
        _ if words.iter().all(|t| matches!(t.kind, TokenKind::Ellipsis | TokenKind::Stop)) => {
            Some(Alteration::Ellipsis)
        }
        _ => square.then_some(Alteration::Bracket),
    };
    found.extend(alteration);
}
