//! placeholder
use super::Quotation;
use crate::document::Paragraph;
use crate::lexicon::Lexicon;
use crate::span::{Span, TokenSpan};
use crate::token::{Kind, Token};
pub fn find(text: &str, paragraphs: &[Paragraph], tokens: &mut [Token], _l: &Lexicon) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut i = 0;
    for (p, para) in paragraphs.iter().enumerate() {
        let mut open: Option<usize> = None;
        while i < tokens.len() && tokens[i].span.start < para.span.end {
            if tokens[i].kind == Kind::Mark {
                let m = tokens[i].span.of(text);
                if matches!(m, "“" | "”" | "\"" | "''") {
                    if let Some(s) = open { if m != "“" {
                        out.push(Quotation { span: tokens[s].span.join(tokens[i].span), inner: Span { start: tokens[s].span.end, end: tokens[i].span.start }, tokens: TokenSpan::new(s, i + 1), paragraph: p as u32, parent: None, opened: true, closed: true, continues: None });
                        open = None; } } else if m != "”" { open = Some(i); }
                }
            }
            i += 1;
        }
    }
    out
}
