//! What can be known of capitals only from the whole text: headlines, and words that are names here.

use super::{Case, Kind, Sentence, Token};
use crate::lexicon::{ByHash, CLOSED, Filter, Lexicon};

/// A sentence of so many words may be full of names.
const SHORT: usize = 10;

/// What can be known of capitals only from the whole text.
pub(super) struct Capitals {
    /// For each sentence, whether it is in capitals or Title Case, as headlines are: its capitals say nothing.
    pub title_case: Vec<bool>,
    /// Words that stand with a capital inside a sentence of this text and never without one.
    pub names: ByHash<()>,
}

impl Capitals {
    pub fn new(tokens: &[Token], sentences: &[Sentence], lexicon: &Lexicon) -> Self {
        let mut title_case = Vec::with_capacity(sentences.len());
        // Nobody can foresee which words have a capital, so all are written down, each over the last that has none.
        let mut candidates = Vec::new();
        let mut count = 0;
        for sentence in sentences {
            let tokens = &tokens[sentence.tokens.range()];
            if candidates.len() < count + tokens.len() {
                candidates.resize(count + tokens.len(), 0);
            }
            let (mut written, mut inside) = (count, false);
            let (mut all, mut capital, mut upper) = (0, 0, 0);
            for token in tokens {
                all += usize::from(token.kind == Kind::Word);
                capital += usize::from(token.capitalised());
                if token.case == Case::Upper {
                    upper += usize::from(token.span.len() > 1);
                }
                candidates[written] = token.hash;
                written += usize::from((token.case == Case::Capital) & inside);
                inside = matches!(token.kind, Kind::Word | Kind::Comma | Kind::Clitic);
            }
            let mostly = all >= 4 && capital * 10 >= all * 7;
            let headline = mostly && !(all <= SHORT && upper == 0 && names_people(tokens, lexicon))
                || upper * 2 > all && all >= 3;
            title_case.push(headline);
            count = if headline { count } else { written };
        }
        candidates.truncate(count);
        let names = names(&candidates, tokens, sentences, &title_case);
        Self { title_case, names }
    }
}

/// A short sentence may consist of names: Ann Li met Bo Reed on Monday. In a headline its verb has a capital too.
fn names_people(tokens: &[Token], lexicon: &Lexicon) -> bool {
    let small = tokens.iter().filter(|token| token.kind == Kind::Word && token.case == Case::Lower);
    small.into_iter().any(|token| !lexicon.entry(token.word).is_any(CLOSED))
}

/// Those of the candidates that stand inside no sentence without a capital.
fn names(candidates: &[u64], tokens: &[Token], sentences: &[Sentence], title_case: &[bool]) -> ByHash<()> {
    let mut names = ByHash::with_capacity_and_hasher(candidates.len(), Default::default());
    let mut perhaps = Filter::default();
    for &hash in candidates {
        perhaps.insert(hash);
        names.insert(hash, ());
    }
    for (sentence, &title_case) in sentences.iter().zip(title_case) {
        let Some((_, inside)) = tokens[sentence.tokens.range()].split_first() else { continue };
        for word in if title_case { &[] } else { inside } {
            // Most words are small, and few pass.
            if perhaps.passes(word.hash) && word.case == Case::Lower {
                names.remove(&word.hash);
            }
        }
    }
    names
}
