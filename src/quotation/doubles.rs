//! Double marks into pairs, by a stack and the side to which each mark opens.

use smallvec::{SmallVec, smallvec};

use super::marks::{Context, Pair, Pairs};
use super::sides::{Mark, Side, Style};
use crate::token::{Kind, tag};

/// A line with a name under a quotation has at most this many words and marks.
const LONGEST_SIGNATURE: usize = 12;

/// An opening mark that waits for its other half.
#[derive(Clone, Copy)]
struct Open {
    token: usize,
    style: Style,
    /// How many pairs there were when it opened: the later ones lie inside.
    pairs: usize,
}

/// How many marks from one on clearly open or close.
#[derive(Clone, Copy, Default)]
struct Rest {
    opening: usize,
    closing: usize,
    straight: usize,
    /// Openings and closings that only curly marks make.
    curly: (usize, usize),
}

pub(super) struct Doubles<'c, 'a> {
    context: &'c Context<'a>,
    marks: &'c [Mark],
    rest: SmallVec<[Rest; 8]>,
    stack: SmallVec<[Open; 4]>,
    pairs: Pairs,
}

impl<'c, 'a> Doubles<'c, 'a> {
    /// Pairs the double marks of one paragraph.
    ///
    /// `carried` says that the paragraph before left a quotation open, `carries` that the next one goes on with
    /// one that this leaves open.
    pub fn pair(context: &'c Context<'a>, marks: &'c [Mark], carried: bool, carries: bool) -> Pairs {
        let mut rest: SmallVec<[Rest; 8]> = smallvec![Rest::default(); marks.len() + 1];
        for (n, mark) in marks.iter().enumerate().rev() {
            rest[n] = rest[n + 1];
            rest[n].opening += usize::from(mark.side == Side::Open);
            rest[n].closing += usize::from(mark.side == Side::Close);
            rest[n].straight += usize::from(!mark.fixed);
            if mark.style == Style::Curly {
                rest[n].curly.0 += usize::from(mark.side == Side::Open);
                rest[n].curly.1 += usize::from(mark.side == Side::Close);
            }
        }
        let mut doubles = Self { context, marks, rest, stack: SmallVec::new(), pairs: Pairs::new() };
        let mut attribute = false;
        for (n, mark) in marks.iter().enumerate() {
            // <tweet author="@x">: the marks of markup are nobody's speech.
            if mark.style == Style::Straight && (attribute || mark.before == Some('=')) {
                attribute = !attribute;
                continue;
            }
            if !doubles.measure(n) {
                doubles.step(n, carried);
            }
        }
        doubles.finish(carries);
        doubles.pairs
    }

    /// The mark stands for inches: no quotation is open, or what follows closes it.
    fn measure(&self, n: usize) -> bool {
        self.marks[n].like_measure()
            && (self.stack.is_empty() || self.marks.get(n + 1).is_some_and(|next| next.side == Side::Close))
    }

    fn step(&mut self, n: usize, carried: bool) {
        let mark = self.marks[n];
        match (mark.side, self.stack.is_empty()) {
            (Side::Open | Side::Either, true) => self.open(n),
            (Side::Close, true) => self.close_nothing(n, carried),
            (Side::Close | Side::Either, false) => self.close(n),
            (Side::Open, false) => self.open_again(n),
        }
    }

    fn open(&mut self, n: usize) {
        let Mark { token, style, .. } = self.marks[n];
        self.stack.push(Open { token, style, pairs: self.pairs.len() });
    }

    /// A closing mark while nothing is open: the end of a quotation of the paragraph before, an opening mark with
    /// its space on the wrong side, or a stray one.
    fn close_nothing(&mut self, n: usize, carried: bool) {
        let mark = self.marks[n];
        if carried && n == 0 && !self.signature(mark.token) {
            self.pairs.push(Pair {
                open: None,
                close: Some(mark.token),
                first: self.context.first,
                end: mark.token + 1,
            });
        } else if !mark.fixed && self.rest[n].straight > 1 && (self.marks.len() - n).is_multiple_of(2) {
            self.open(n);
        }
    }

    /// `Ben Orr, lock keeper."` under an unclosed quotation that ends with a stop: a stray mark behind a name.
    fn signature(&self, close: usize) -> bool {
        let Context { tokens, first, .. } = *self.context;
        let stopped = first.checked_sub(1).is_some_and(|before| tokens[before].ends_sentence());
        stopped && close - first <= LONGEST_SIGNATURE && tokens[first].capitalised()
    }

    fn close(&mut self, n: usize) {
        let mark = self.marks[n];
        let angle = mark.style == Style::Angle;
        // «…» pairs with itself only; the other styles mix, but each prefers its own.
        let same = self.stack.iter().rev().take(4).position(|o| o.style == mark.style);
        let fits =
            same.or_else(|| self.stack.iter().rev().take(4).position(|o| (o.style == Style::Angle) == angle));
        let Some(above) = fits else { return };
        self.stack.truncate(self.stack.len() - above);
        if let Some(open) = self.stack.pop() {
            self.pairs.push(Pair {
                open: Some(open.token),
                close: Some(mark.token),
                first: open.token,
                end: mark.token + 1,
            });
        }
    }

    /// An opening mark while a quotation is open: one inside the other, a closing mark with its space on the wrong
    /// side, or the first was never closed.
    fn open_again(&mut self, n: usize) {
        let rest = self.rest[n + 1];
        // A curly one inside a straight one has a closing mark of its own to come.
        let other =
            self.marks[n].style == Style::Curly && self.stack.last().is_some_and(|o| o.style != Style::Curly);
        if rest.closing >= rest.opening + 1 + self.stack.len() || other && rest.curly.1 > rest.curly.0 {
            self.open(n);
        } else if !self.marks[n].fixed && (rest.closing == 0 || self.tag_behind(n)) {
            self.close(n);
        } else {
            self.end_open(self.marks[n].token, true);
            self.open(n);
        }
    }

    /// `… , "he said`
    fn tag_behind(&self, n: usize) -> bool {
        let Context { tokens, lexicon, .. } = *self.context;
        let at = self.marks[n].token;
        let pause = at
            .checked_sub(1)
            .is_some_and(|before| tokens[before].ends_sentence() || tokens[before].kind == Kind::Comma);
        pause
            && (tag::subject_first(tokens, at + 1, lexicon).is_some()
                || tag::verb_first(tokens, at + 1, lexicon).is_some())
    }

    fn finish(&mut self, carries: bool) {
        let end = self.context.end;
        self.end_open(end, !carries);
    }

    /// Ends the outermost open quotation before the token `limit`, or before its tag where one shows that the
    /// closing mark is missing there: `“It broke in May, said Odd Fjelstad. He waits.` The ones inside it are stray.
    fn end_open(&mut self, limit: usize, look_for_tag: bool) {
        let Some(&open) = self.stack.first() else { return };
        self.stack.clear();
        let inside = self.pairs[open.pairs..].iter().map(|p| p.first).min().unwrap_or(limit);
        // "“All of it.” is a slip, not a quotation in a quotation.
        let whole = |p: &Pair| p.first == open.token + 1 && p.end + 1 >= limit;
        if self.pairs[open.pairs..].iter().any(whole) {
            return;
        }
        let tag = if look_for_tag { self.tag_after_pause(open.token + 1, inside) } else { None };
        self.pairs.push(Pair {
            open: Some(open.token),
            close: None,
            first: open.token,
            end: tag.unwrap_or(limit),
        });
    }

    /// The first place in `from..to` where a comma or the like stands before a tag.
    fn tag_after_pause(&self, from: usize, to: usize) -> Option<usize> {
        let Context { tokens, lexicon, .. } = *self.context;
        let tokens = &tokens[..to];
        (from + 1..to).find(|&at| {
            let before = tokens[at - 1].kind;
            matches!(before, Kind::Comma | Kind::Question | Kind::Exclamation)
                && (tag::verb_first(tokens, at, lexicon).is_some()
                    || tag::subject_first(tokens, at, lexicon)
                        .is_some_and(|verb| tag::behind(tokens, verb, to, lexicon) != tag::Behind::Clause))
        })
    }
}
