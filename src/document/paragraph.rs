//! placeholder
use super::{Paragraph, ParagraphKind};
use crate::lexicon::Lexicon;
use crate::span::Span;
pub fn paragraphs(text: &str, _l: &Lexicon) -> Vec<Paragraph> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        let t = line.trim();
        if !t.is_empty() { let s = at + (line.len() - line.trim_start().len()); out.push(Paragraph { span: Span::new(s, s + t.len()), kind: ParagraphKind::Body }); }
        at += line.len() + 1;
    }
    out
}
