//! Single marks into pairs, and apostrophes told from them.

use super::marks::{Context, Pair, Pairs};
use super::sides::{Mark, Side, Style};
use crate::lexicon::list;
use crate::token::scan::apostrophe;
use crate::token::{Case, Kind, Token};

/// How well a mark would close a quotation; the least doubtful candidate does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// `… it,’ she`
    None,
    /// `drivers’ Union`
    Name,
    /// `drivers’ union`, `6' tall`, `rock ’n’ roll`
    Possessive,
}

/// Pairs the single marks that stand directly in one double quotation, or in none.
///
/// An opening mark takes the best closing one before the next opening mark; without one it was an apostrophe.
/// `carries` says that the next paragraph opens with such a mark too.
pub(super) fn pair(context: &Context<'_>, marks: &[Mark], carries: bool, pairs: &mut Pairs) {
    let mut open: Option<(Mark, Option<(Doubt, usize)>)> = None;
    for mark in marks {
        if opens(context, mark) {
            push(context, open.take(), carries, pairs);
            open = Some((*mark, None));
        } else if let Some((opening, best)) = &mut open
            && let Some(doubt) = closes(context, opening, mark)
            && best.is_none_or(|(least, _)| doubt < least)
        {
            *best = Some((doubt, mark.token));
        }
    }
    push(context, open, carries, pairs);
}

fn push(
    context: &Context<'_>,
    open: Option<(Mark, Option<(Doubt, usize)>)>,
    carries: bool,
    pairs: &mut Pairs,
) {
    let Some((opening, best)) = open else { return };
    let first = opening.token;
    let doubtful = best.is_none_or(|(doubt, _)| doubt == Doubt::Possessive);
    let told = || {
        best.is_none() && context.tokens[context.first..first].last().is_some_and(|t| t.kind == Kind::Colon)
    };
    if doubtful && (carries || told()) && begins(context, &opening) {
        pairs.push(Pair { open: Some(first), close: None, first, end: context.end });
    } else if let Some((_, close)) = best {
        pairs.push(Pair { open: Some(first), close: Some(close), first, end: close + 1 });
    }
}

/// The mark opens whole sentences, which may go on in the next paragraph: first of all, or behind a colon, comma or stop.
fn begins(context: &Context<'_>, opening: &Mark) -> bool {
    let tokens = &context.tokens[context.first..context.end];
    let at = opening.token - context.first;
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    let capital = tokens.get(at + 1).is_some_and(Token::capitalised);
    capital
        && (matches!(before.kind, Kind::Colon | Kind::Comma) || before.ends_sentence())
        && tokens.last().is_some_and(Token::ends_sentence)
}

/// The mark can open a quotation: nothing tight before it, a word that is not clipped behind it.
pub(super) fn opens(context: &Context<'_>, mark: &Mark) -> bool {
    if mark.tight() || mark.after.is_none_or(char::is_whitespace) || mark.side == Side::Close {
        return false;
    }
    if mark.style == Style::Straight && mark.side != Side::Open {
        return false;
    }
    !context.tokens[..context.end].get(mark.token + 1).is_some_and(|next| {
        let decade = next.kind == Kind::Number && {
            let year = next.span.of(context.text).trim_end_matches('s');
            year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit())
        };
        !next.spaced
            && (decade || next.kind == Kind::Word && context.lexicon.entry(next.word).is(list::CLIPPED))
    })
}

/// How doubtful it is that the mark closes what `opening` opened; `None` where it cannot.
fn closes(context: &Context<'_>, opening: &Mark, mark: &Mark) -> Option<Doubt> {
    let angle = mark.style == Style::Angle;
    let tick = mark.style == Style::Tick && opening.style != Style::Tick;
    if angle != (opening.style == Style::Angle) || tick || mark.after.is_some_and(char::is_alphanumeric) {
        return None;
    }
    if mark.side == Side::Open || mark.before.is_none_or(char::is_whitespace) && !angle {
        return None;
    }
    let measure = mark.before.is_some_and(|c| c.is_ascii_digit()) && mark.style != Style::Angle;
    let clause = context.tokens[..context.end].get(mark.token + 1).is_some_and(|t| t.case == Case::Lower);
    if measure && (mark.style == Style::Straight || clause) || clipped(context, mark) {
        return Some(Doubt::Possessive);
    }
    let next = context.tokens[..context.end].get(mark.token + 1).filter(|t| t.spaced && t.kind == Kind::Word);
    match next {
        Some(next) if mark.before.is_some_and(|c| matches!(c, 's' | 'S')) => {
            Some(if next.case == Case::Lower { Doubt::Possessive } else { Doubt::Name })
        }
        _ => Some(Doubt::None),
    }
}

/// The mark stands right behind a word that has lost its beginning: `’n’`.
fn clipped(context: &Context<'_>, mark: &Mark) -> bool {
    let [.., word] = &context.tokens[context.first..mark.token] else { return false };
    word.kind == Kind::Word && word.span.of(context.text).starts_with(apostrophe)
}
