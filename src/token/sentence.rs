//! placeholder
use super::{Sentence, Token, Kind};
use crate::document::Paragraph;
use crate::lexicon::Lexicon;
use crate::span::TokenSpan;
pub fn sentences(text: &str, tokens: &[Token], paragraphs: &[Paragraph], quotations: &[TokenSpan], lexicon: &Lexicon) -> Vec<Sentence> {
    let _ = lexicon;
    let mut out = Vec::new();
    let mut start = 0usize;
    let mut p = 0usize;
    let mut q = 0usize;
    let mut i = 0usize;
    while i < tokens.len() {
        while paragraphs[p].span.end <= tokens[i].span.start { p += 1; }
        while q < quotations.len() && quotations[q].end as usize <= i { q += 1; }
        let mut end_here = false;
        if q < quotations.len() && quotations[q].start as usize <= i {
            i = quotations[q].end as usize - 1;
            let last = tokens[..i].iter().rev().find(|t| t.kind != Kind::Mark);
            end_here = last.is_some_and(|t| matches!(t.kind, Kind::Stop)) && tokens.get(i + 1).is_some_and(|n| n.capitalised() || n.kind == Kind::Mark);
        } else if tokens[i].ends_sentence() {
            end_here = tokens.get(i + 1).is_none_or(|n| n.kind == Kind::Mark && n.spaced || n.capitalised() || n.kind == Kind::Number);
        }
        let next = i + 1;
        let para_end = next >= tokens.len() || tokens[next].span.start >= paragraphs[p].span.end;
        if end_here || para_end {
            out.push(Sentence { tokens: TokenSpan::new(start, next), paragraph: p as u32 });
            start = next;
        }
        i = next;
    }
    let _ = text;
    out
}
