//! Transcripts that are quoted whole: each turn has its label behind the opening mark.

use super::Quotation;
use crate::document::Paragraph;
use crate::span::{Span, TokenSpan};
use crate::token::{Case, Kind, Token};

/// A label has no more words.
const LABEL: usize = 4;

/// Lets quotations of two speakers or more that begin with a label begin behind it.
///
/// In `“ORDE: When? ¶ “TULLOCH: In May.”` the words are `When?` and `In May.”`, and neither carries on the other: the
/// mark before the label belongs to no quotation any more.
pub fn part(quotations: &mut [Quotation], tokens: &[Token], paragraphs: &[Paragraph]) {
    let mut turns: Vec<(usize, usize)> = Vec::new(); // the quotation and the token behind the colon
    for (at, quotation) in quotations.iter().enumerate() {
        let heads =
            quotation.opened && quotation.span.start == paragraphs[quotation.paragraph as usize].span.start;
        if heads && let Some(label) = label(&tokens[quotation.tokens.range()]) {
            turns.push((at, quotation.tokens.start as usize + label));
        }
    }
    // One label alone may be a notice: “WARNING: deep water”.
    let name = |&(_, behind): &(usize, usize)| tokens[behind - 2].hash;
    if turns.iter().all(|turn| name(turn) == name(&turns[0])) {
        return;
    }
    for (at, behind) in turns {
        let (quotation, first) = (&mut quotations[at], tokens[behind].span.start);
        quotation.span = Span { start: first, ..quotation.span };
        quotation.inner = Span { start: first, ..quotation.inner };
        quotation.tokens = TokenSpan { start: behind as u32, ..quotation.tokens };
        (quotation.opened, quotation.continues) = (false, None);
    }
}

/// Where the words begin behind a label in capitals, or behind one letter; of the tokens of a quotation.
fn label(tokens: &[Token]) -> Option<usize> {
    let words = tokens[1..].iter().take(LABEL + 1);
    let name =
        |t: &&Token| t.kind == Kind::Word && (t.case == Case::Upper || t.span.len() == 1 && t.capitalised());
    let colon = 1 + words.take_while(name).count();
    let label = colon > 1 && tokens.get(colon)?.kind == Kind::Colon;
    (label && tokens.get(colon + 1)?.kind != Kind::Mark).then_some(colon + 1)
}
