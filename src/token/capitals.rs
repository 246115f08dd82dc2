//! What can be known of capitals only from the whole text: headlines, and words that are names here.

use super::classify::Place;
use super::{Case, Kind, Sentence, Token};
use crate::lexicon::{ByHash, CLOSED, Classes, Entry, Filter, Lexicon, bits, list};

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
/// A participle that opens its sentence with whom it is about, in a phrase that ends with a comma: *Jailing Rell for
/// life, the judge said*; but *Sentencing Council chair Rell said*.
pub(super) fn fronted(text: &str, place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> bool {
    let token = place.token();
    let Some(stem) = token.span.of(text).strip_suffix("ing").filter(|stem| stem.len() > 2) else {
        return false;
    };
    let listed = entry.classes.any(Classes::ING);
    let named = bits(&[list::GIVEN_NAMES, list::PLACES, list::OUTLETS, list::OUTLET_WORDS, list::TITLES]);
    let verb = || {
        let base = |stem: &str| lexicon.word(stem).classes.any(Classes::BASE);
        entry.classes.0 == 0 && (base(stem) || base(&format!("{stem}e")))
    };
    if entry.is_any(named) || place.names.contains_key(&token.hash) || !(listed || verb()) {
        return false;
    }
    let rest = &place.tokens[place.at + 1..];
    let entry = |token: &Token| lexicon.entry(token.word);
    let run = rest.iter().take_while(|t| t.kind == Kind::Word && t.capitalised()).count();
    let bodies = bits(&[list::ORGANISATIONS, list::COMPANIES, list::OUTLET_WORDS, list::ROLES, list::TITLES]);
    let somebody = !rest[..run].iter().any(|t| entry(t).is_any(bodies));
    let object_ends = match rest.get(run) {
        Some(t) if t.kind == Kind::Comma => listed,
        Some(t) => matches!(t.kind, Kind::Number | Kind::Symbol) || entry(t).is(list::PREPOSITIONS),
        None => false,
    };
    somebody && object_ends && rest[run..].iter().any(|t| t.kind == Kind::Comma)
}

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
