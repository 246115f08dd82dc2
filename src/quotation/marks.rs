//! Which mark opens, which closes, and which is an apostrophe.

use std::cell::LazyCell;

use smallvec::SmallVec;

use super::doubles::Doubles;
use super::sides::{Mark, Side};
use super::{Quotation, join, singles, turns};
use crate::document::{Paragraph, ParagraphKind};
use crate::lexicon::{Lexicon, fold};
use crate::span::{Span, TokenSpan};
use crate::token::{Kind, Token};

/// Most texts have no more quotations than one in so many tokens.
const QUOTATION: usize = 48;

/// What all rules look at: the text and where the paragraph lies in it.
pub(super) struct Context<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
    /// First token of the paragraph.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
}

/// Two marks that belong together, or one whose other half is missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub open: Option<usize>,
    pub close: Option<usize>,
    /// First token, the opening mark where there is one.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

/// The pairs of a paragraph, of which few have more.
pub(super) type Pairs = SmallVec<[Pair; 4]>;

/// Marks of a paragraph.
type Marks = SmallVec<[Mark; 8]>;

/// The quotations of a text, each before the ones inside it.
///
/// In `“He said ‘no’,” Odile wrote` there are two, the second with the first as its parent. Marks pair within
/// their paragraph; where one is left open and the next paragraph opens with a mark again, the quotation of that
/// paragraph `continues` it. A mark that is the apostrophe of `drivers’` becomes a [`Kind::Clitic`] among
/// `tokens`; other stray marks stay what they are.
pub fn find(text: &str, paragraphs: &[Paragraph], tokens: &mut [Token], lexicon: &Lexicon) -> Vec<Quotation> {
    let mut quotations = Vec::with_capacity(tokens.len() / QUOTATION);
    let mut apostrophes = Vec::new();
    let ranges = token_ranges(paragraphs, tokens);
    let next_text = next_text(paragraphs);
    let mut carried = false;
    let mut marks = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let (first, end) = ranges[number];
        let context = Context { text, tokens, lexicon, first, end };
        marks.clear();
        let shaped = |(_, token): &(usize, &Token)| token.kind == Kind::Mark;
        for (at, _) in (first..).zip(&tokens[first..end]).filter(shaped) {
            marks.push(Mark::look(text, paragraph, tokens, at));
        }
        if marks.is_empty() {
            carried &= paragraph.kind == ParagraphKind::Furniture;
            continue;
        }
        let next = next_text[number].map(|n| (&paragraphs[n], ranges[n]));
        let pairs = pair(&context, &marks, carried, next, &mut apostrophes);
        carried = pairs.iter().any(|p| p.close.is_none() && p.end == end);
        build(&context, pairs, number as u32, &mut quotations);
    }
    let hash = fold("'");
    for at in apostrophes {
        let token: &mut Token = &mut tokens[at];
        (token.kind, token.hash, token.word) = (Kind::Clitic, hash, lexicon.id(hash));
    }
    join::join(&mut quotations, paragraphs);
    turns::part(&mut quotations, tokens, paragraphs);
    quotations.shrink_to_fit();
    quotations
}

/// First and last token of each paragraph.
fn token_ranges(paragraphs: &[Paragraph], tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut at = 0;
    paragraphs
        .iter()
        .map(|paragraph| {
            let first = at;
            at += tokens[at..].partition_point(|t| t.span.end <= paragraph.span.end);
            (first, at)
        })
        .collect()
}

/// For each paragraph the next that is no furniture: an advertisement does not end a quotation.
fn next_text(paragraphs: &[Paragraph]) -> Vec<Option<usize>> {
    let mut next = None;
    let mut all = vec![None; paragraphs.len()];
    for (n, paragraph) in paragraphs.iter().enumerate().rev() {
        all[n] = next;
        if paragraph.kind != ParagraphKind::Furniture {
            next = Some(n);
        }
    }
    all
}

/// All pairs of one paragraph, in the order of the text with the outer ones first.
fn pair(
    context: &Context<'_>,
    marks: &[Mark],
    carried: bool,
    next: Option<(&Paragraph, (usize, usize))>,
    apostrophes: &mut Vec<usize>,
) -> Pairs {
    let doubles: Marks = marks.iter().filter(|m| !m.single).copied().collect();
    let carries = next.is_some_and(|(p, range)| carries_on(context, p, range));
    let mut pairs = Doubles::pair(context, &doubles, carried, carries);
    in_order(&mut pairs);
    let carries = next.is_some_and(|(p, range)| opens_single(context, p, range));
    pair_singles(context, marks, carries, &mut pairs);
    pairs.retain(|p| {
        let inner = p.first + usize::from(p.open.is_some())..p.end - usize::from(p.close.is_some());
        context.tokens[inner]
            .iter()
            .any(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Handle | Kind::Link))
    });
    in_order(&mut pairs);
    collect_apostrophes(context, marks, &pairs, apostrophes);
    pairs
}

fn in_order(pairs: &mut [Pair]) {
    pairs.sort_by_key(|p| (p.first, std::cmp::Reverse(p.end)));
}

/// Pairs single marks among those that stand in the same double quotation: no pair of them crosses another pair.
fn pair_singles(context: &Context<'_>, marks: &[Mark], carries: bool, pairs: &mut Pairs) {
    let mut singles = marks.iter().filter(|m| m.single).peekable();
    if singles.peek().is_none() {
        return;
    }
    let doubles = pairs.clone();
    let mut next = doubles.iter().peekable();
    let mut regions: Vec<(usize, Marks)> = vec![(context.end, Marks::new())]; // end and the marks in it
    for mark in singles {
        loop {
            let opened = next.peek().map_or(usize::MAX, |p| p.first);
            if regions.len() > 1 && regions[regions.len() - 1].0 <= mark.token.min(opened) {
                if let Some((_, inside)) = regions.pop() {
                    singles::pair(context, &inside, false, pairs);
                }
            } else if opened < mark.token {
                regions.extend(next.next().map(|p| (p.end, Marks::new())));
            } else {
                break;
            }
        }
        if let Some((_, inside)) = regions.last_mut() {
            inside.push(*mark);
        }
    }
    let outermost = regions.len();
    for (left, (_, inside)) in regions.into_iter().rev().enumerate() {
        singles::pair(context, &inside, carries && left + 1 == outermost, pairs);
    }
}

/// The next paragraph goes on with a quotation: it opens with a mark, or its first mark closes.
fn carries_on(context: &Context<'_>, next: &Paragraph, (first, end): (usize, usize)) -> bool {
    let double = (first..end)
        .filter(|&t| context.tokens[t].kind == Kind::Mark)
        .map(|t| Mark::look(context.text, next, context.tokens, t))
        .find(|m| !m.single);
    double.is_some_and(|m| {
        if m.token == first { m.side != Side::Close } else { m.side == Side::Close && !m.like_measure() }
    })
}

fn opens_single(context: &Context<'_>, next: &Paragraph, (first, end): (usize, usize)) -> bool {
    first < end && context.tokens[first].kind == Kind::Mark && {
        let mark = Mark::look(context.text, next, context.tokens, first);
        mark.single && singles::opens(&Context { first, end, ..*context }, &mark)
    }
}

/// Marks without a partner directly behind a word in s, x or z.
fn collect_apostrophes(context: &Context<'_>, marks: &[Mark], pairs: &[Pair], apostrophes: &mut Vec<usize>) {
    let paired = LazyCell::new(|| {
        let mut paired: Vec<usize> = pairs.iter().flat_map(|p| [p.open, p.close]).flatten().collect();
        paired.sort_unstable();
        paired
    });
    for mark in marks.iter().filter(|m| m.single && m.before.is_some_and(|c| "sxzSXZ".contains(c))) {
        let word = mark.token > context.first && context.tokens[mark.token - 1].kind == Kind::Word;
        let shape = context.tokens[mark.token].span.of(context.text);
        if word && matches!(shape, "'" | "’" | "ʼ") && paired.binary_search(&mark.token).is_err() {
            apostrophes.push(mark.token);
        }
    }
}

fn build(context: &Context<'_>, pairs: Pairs, paragraph: u32, quotations: &mut Vec<Quotation>) {
    let mut open: SmallVec<[(usize, u32); 4]> = SmallVec::new(); // end and number of the quotations around
    for pair in pairs {
        while open.last().is_some_and(|&(end, _)| end <= pair.first) {
            open.pop();
        }
        let span = context.tokens[pair.first].span.join(context.tokens[pair.end - 1].span);
        let start = pair.open.map_or(span.start, |t| context.tokens[t].span.end);
        let end = pair.close.map_or(span.end, |t| context.tokens[t].span.start);
        let parent = open.last().map(|&(_, number)| number);
        open.push((pair.end, quotations.len() as u32));
        quotations.push(Quotation {
            span,
            inner: Span { start, end },
            tokens: TokenSpan::new(pair.first, pair.end),
            paragraph,
            parent,
            opened: pair.open.is_some(),
            closed: pair.close.is_some(),
            continues: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::paragraph::paragraphs;
    use crate::token::scan::scan;
    use pretty_assertions::assert_eq;

    fn english() -> &'static Lexicon {
        static ENGLISH: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::english);
        &ENGLISH
    }

    struct Found {
        text: String,
        tokens: Vec<Token>,
        quotations: Vec<Quotation>,
    }

    fn found(text: &str) -> Found {
        let lexicon = english();
        let paragraphs = paragraphs(text, lexicon);
        let mut tokens = scan(text, &paragraphs, lexicon);
        let quotations = find(text, &paragraphs, &mut tokens, lexicon);
        Found { text: text.to_owned(), tokens, quotations }
    }

    /// The quotations with their marks, inner ones behind a `>` for each quotation around them.
    fn quotations(text: &str) -> Vec<String> {
        let Found { text, quotations, .. } = found(text);
        let depth =
            |q: &Quotation| std::iter::successors(q.parent, |&p| quotations[p as usize].parent).count();
        quotations.iter().map(|q| format!("{}{}", ">".repeat(depth(q)), q.span.of(&text))).collect()
    }

    #[test]
    fn every_style_of_marks_pairs() {
        for quoted in [
            "“Go”",
            "\"Go\"",
            "''Go''",
            "``Go''",
            "‘‘Go’’",
            "“Go’’",
            "„Go“",
            "„Go”",
            "«Go»",
            "»Go«",
            "‘Go’",
            "'Go'",
            "‹Go›",
            "\"Go”",
            "“Go\"",
        ] {
            assert_eq!(quotations(&format!("The sign said {quoted} in red.")), [quoted]);
        }
    }

    #[test]
    fn single_marks_stand_inside_double_ones_and_the_other_way_round() {
        assert_eq!(quotations("“He said ‘no’ twice,” Odile wrote."), ["“He said ‘no’ twice,”", ">‘no’"]);
        assert_eq!(quotations("‘He said “no” twice,’ Odile wrote."), ["‘He said “no” twice,’", ">“no”"]);
        assert_eq!(quotations("\"He said 'no' twice,\" Odile wrote."), ["\"He said 'no' twice,\"", ">'no'"]);
        assert_eq!(
            quotations("''So I said 'we go,''' Odile wrote."),
            ["''So I said 'we go,'''", ">'we go,'"]
        );
        assert_eq!(
            quotations("\"The “old” pier is \"safe\" now,\" he said."),
            ["\"The “old” pier is \"safe\" now,\"", ">“old”", ">\"safe\""]
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        let british = "‘The rowers’ boat isn’t the club’s,’ said Tove. ‘We gave it to ’em in the ’80s.’";
        assert_eq!(
            quotations(british),
            ["‘The rowers’ boat isn’t the club’s,’", "‘We gave it to ’em in the ’80s.’"]
        );
        assert_eq!(
            quotations("'The rowers' boat isn't ours,' she said."),
            ["'The rowers' boat isn't ours,'"]
        );
        assert_eq!(quotations("The Harrises' and the nurses' homes."), [""; 0]);
        let Found { text, tokens, .. } = found(british);
        let clitics: Vec<&str> =
            tokens.iter().filter(|t| t.kind == Kind::Clitic).map(|t| t.span.of(&text)).collect();
        assert_eq!(clitics, ["’", "’s"]);
    }

    #[test]
    fn what_has_lost_its_ends_closes_nothing() {
        assert_eq!(quotations("‘It’s rock ’n’ roll, innit?’ grinned Odd."), ["‘It’s rock ’n’ roll, innit?’"]);
        assert_eq!(quotations("‘We’d 6’ walls put up,’ Jo said."), ["‘We’d 6’ walls put up,’"]);
        assert_eq!(quotations("He is in the ‘top 10’ now."), ["‘top 10’"]);
        assert_eq!(quotations("‘Get ’em’ was what Odd said."), ["‘Get ’em’"]);
    }

    #[test]
    fn feet_and_inches_are_no_marks() {
        assert_eq!(
            quotations("At 6'4\" he needs a 7' bed. \"It is a 24\" wheel,\" he said."),
            ["\"It is a 24\" wheel,\""]
        );
        assert_eq!(
            quotations("\"It has been so since 1924\" and \"it stays\" so."),
            ["\"It has been so since 1924\"", "\"it stays\""]
        );
    }

    #[test]
    fn misplaced_and_missing_spaces_do_not_matter() {
        assert_eq!(quotations("Ryan said,“Look.”He left."), ["“Look.”"]);
        assert_eq!(quotations("\" Look here, \" he said."), ["\" Look here, \""]);
        assert_eq!(quotations("\"Look here, \"he said. \"Now.\""), ["\"Look here, \"", "\"Now.\""]);
        assert_eq!(quotations("It is “rare“ now."), ["“rare“"]);
        assert_eq!(quotations("It is ”rare” now."), ["”rare”"]);
    }

    #[test]
    fn an_unclosed_quotation_ends_before_its_tag_or_with_the_paragraph() {
        assert_eq!(
            quotations("“The mill has stood since May, said Odd Berg. He waits."),
            ["“The mill has stood since May,"]
        );
        assert_eq!(
            quotations("“The mill stands still. Nobody works."),
            ["“The mill stands still. Nobody works."]
        );
        assert_eq!(
            quotations("“The mill stands still, he said. “Nobody works.”"),
            ["“The mill stands still,", "“Nobody works.”"]
        );
    }

    #[test]
    fn a_quotation_runs_on_in_the_next_paragraph() {
        let text = "“We waited, he said we should.\n\n“Then we left,” she said.\n\n“Then it rained.”";
        let Found { text, quotations, .. } = found(text);
        let seen: Vec<_> = quotations.iter().map(|q| (q.span.of(&text), q.closed, q.continues)).collect();
        assert_eq!(
            seen,
            [
                ("“We waited, he said we should.", false, None),
                ("“Then we left,”", true, Some(0)),
                ("“Then it rained.”", true, None)
            ]
        );
        let Found { quotations, .. } = found("“We waited.\n\n***\n\n“Then we left,” she said.");
        assert_eq!((quotations[0].closed, quotations[1].continues), (false, Some(0)));
        let Found { quotations, .. } = found("‘We waited.\n\n‘Then we left,’ she said.");
        assert_eq!((quotations[0].closed, quotations[1].continues), (false, Some(0)));
    }

    #[test]
    fn single_marks_behind_a_tag_run_on_too() {
        let runs_on = |text: &str| {
            let Found { text, quotations, .. } = found(text);
            let seen = quotations.iter().map(|q| (q.span.of(&text).to_owned(), q.continues));
            seen.collect::<Vec<_>>()
        };
        assert_eq!(
            runs_on("Ann Rell said: ‘We waited. The rowers’ boat sank.\n\n‘Then we left.’"),
            [
                ("‘We waited. The rowers’ boat sank.".to_owned(), None),
                ("‘Then we left.’".to_owned(), Some(0))
            ]
        );
        assert_eq!(runs_on("She waited. 'We rowed.\n\n'Then we left,' she said.")[1].1, Some(0));
        // Behind a colon only a mark can stand.
        assert_eq!(runs_on("Ann Rell said: ‘We waited.\n\nIt rained.")[0].0, "‘We waited.");
        // An apostrophe behind a stop opens nothing.
        assert_eq!(runs_on("It rained. ‘Tis nothing new.\n\n‘Then we left,’ she said.").len(), 1);
        assert_eq!(runs_on("Ann Rell said ‘no’.\n\n‘Then we left,’ she said.")[1].1, None);
    }

    #[test]
    fn a_quotation_without_its_opening_mark_begins_with_the_paragraph() {
        let Found { text, quotations, .. } =
            found("“We waited for the boat that was late\n\nand then we left,” she said.");
        assert_eq!(quotations[1].span.of(&text), "and then we left,”");
        assert!(!quotations[1].opened && quotations[1].continues == Some(0));
    }

    #[test]
    fn stray_marks_quote_nothing() {
        assert_eq!(quotations("Tove Lind at the mill.\""), [""; 0]);
        assert_eq!(quotations("An empty pair “” and “ ” too."), [""; 0]);
        assert_eq!(quotations("<a href=\"http://x.org\">She said \"yes\"</a>"), ["\"yes\""]);
    }

    #[test]
    fn a_bare_inner_span_is_what_stands_between_the_marks() {
        let Found { text, quotations, .. } = found("“It turns,” he said.");
        assert_eq!(quotations[0].inner.of(&text), "It turns,");
    }
}
