//! Two who are one subject: *Ned Halloway and Tomas Bray*, *Rell and her aides*, *president and CEO Ana Rell*.

use super::name::titled;
use super::{Mention, MentionKind};
use crate::lexicon::{Act, Classes, Lexicon, Strength, bits, fold, list};
use crate::token::Token;
use crate::token::class::Class;

/// How many mentions back the other of two may begin whose phrases end before `and`.
const NEAR: usize = 64;

/// No more than so many are looked for in a list of names.
const MANY: usize = 16;

/// So many words at most tell who two are before their verb.
const ASIDE: usize = 8;

/// The first of more than two with names, where nothing but commas parts them from the beginning of the sentence up to the
/// last of these mentions: *Rell, Lantry and Bray*.
fn listed(classes: &[Class], start: usize, mentions: &[Mention]) -> Option<usize> {
    let bare = |m: &Mention| m.kind == MentionKind::Name && m.full == m.base;
    let before = |&j: &usize| {
        let comma =
            (mentions[j].base.start as usize).checked_sub(1).filter(|&at| classes[at] == Class::Comma)?;
        let (near, from) = (&mentions[j.saturating_sub(NEAR)..j], j.saturating_sub(NEAR));
        let k = from + near.iter().rposition(|m| m.full.end as usize == comma)?;
        bare(&mentions[k]).then_some(k)
    };
    let last = mentions.len() - 1;
    let chain = std::iter::successors(Some(last).filter(|&j| bare(&mentions[j])), before);
    let first = chain.take(MANY).last()?;
    (first < last && mentions[first].base.start as usize == start).then_some(first)
}

/// The verb of two who are one subject stands behind them: at once, or where they open the sentence behind what tells who
/// they are, which may be part of the second already.
fn verb_behind(rest: &[Class], opens: bool, described: bool) -> bool {
    // Rell and Lantry on Sunday agreed
    let agrees = |rest: &[Class]| match rest {
        [Class::Time | Class::Adverb, c, ..] | [Class::Preposition, Class::Time, c, ..] | [c, ..] => {
            c.finite()
        }
        [] => false,
    };
    match rest {
        // Rell and Lantry, both lawyers, agreed
        [Class::Comma, rest @ ..] => {
            let comma = rest.iter().take(ASIDE).position(|c| *c == Class::Comma);
            described && agrees(rest) || opens && comma.is_some_and(|comma| agrees(&rest[comma + 1..]))
        }
        _ => rest.first().is_some_and(|c| c.verb() || *c == Class::Adverb) || agrees(rest),
    }
}

/// What stands behind the subject of a tag that has its verb first.
fn closes(rest: &[Class]) -> bool {
    let ends = |class: &Class| {
        matches!(
            class,
            Class::Stop
                | Class::Comma
                | Class::Mark
                | Class::Dash
                | Class::Semicolon
                | Class::Colon
                | Class::Preposition
                | Class::Relative
                | Class::Time
        )
    };
    rest.first().is_none_or(ends)
}

/// Right before the first of two stands a verb that reports, behind a comma or mark, or *according to*: *“No,” said Rell
/// and Lantry*.
fn tagged(classes: &[Class], lexicon: &Lexicon, tokens: &[Token], start: usize, first: usize) -> bool {
    let Some(verb) = first.checked_sub(1).filter(|&verb| verb > start) else { return false };
    let reports = |at: usize| {
        let verb = lexicon.verb(lexicon.entry(tokens[at].word));
        verb.is_some_and(|verb| verb.act == Act::Speech && verb.strength >= Strength::Common)
    };
    match (classes[verb - 1], classes[verb]) {
        (Class::Comma | Class::Mark, class) => class.finite() && reports(verb),
        (_, Class::To) => tokens[verb - 1].hash == fold("according"),
        _ => false,
    }
}

/// Two people as one subject: `Ned Halloway and Tomas Bray said`, `the former mayor and current governor said`.
pub(super) fn coordinate(
    classes: &[Class],
    start: usize,
    lexicon: &Lexicon,
    tokens: &[Token],
    mentions: &mut [Mention],
) {
    for i in 1..mentions.len() {
        let mut at = mentions[i].base.start as usize;
        // Rell and visiting minister Ivo Lantry
        if at >= start + 2 && classes[at - 1] == Class::Ing {
            at -= 1;
        }
        if at == start
            || classes[at - 1] != Class::Conjunction
            || !lexicon.entry(tokens[at - 1].word).is(list::JOINING)
        {
            continue;
        }
        // Rell, Lantry, and Bray said
        if at >= start + 2 && classes[at - 2] == Class::Comma && mentions[i].kind == MentionKind::Name {
            let last = |j: &usize| {
                mentions[*j].full.end as usize == at - 2 && mentions[*j].kind == MentionKind::Name
            };
            let rest = classes.get(mentions[i].full.end as usize..).unwrap_or_default();
            let described = |j: usize| {
                let m = &mentions[j];
                (m.base.start as usize == start && m.full.end > m.base.end).then_some(j)
            };
            if verb_behind(rest, false, mentions[i].full.end > mentions[i].base.end)
                && let Some(last) = (0..i).rev().take(NEAR).find(last)
                && let Some(first) = listed(classes, start, &mentions[..=last]).or_else(|| described(last))
            {
                mentions[i].full.start = mentions[first].full.start;
                mentions[i].plural = true;
            }
            continue;
        }
        let ends = |j: &usize| {
            mentions[*j].full.end as usize == at - 1 && mentions[*j].full.start < mentions[i].base.start
        };
        let Some(j) = (0..i).rev().take(NEAR).find(ends) else { continue };
        // The Bureau for Trade and Development: what it is for has two names, and it has one.
        let entry = |at: u32| lexicon.entry(tokens[at as usize].word);
        let common = |i: &Mention| {
            i.kind == MentionKind::Name
                && i.base.range().all(|at| {
                    entry(at as u32).classes.any(Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE)
                })
        };
        let holds = |k: &usize| {
            ends(k)
                && mentions[*k].base.end < mentions[j].base.start
                && mentions[*k].kind == MentionKind::Name
                && entry(mentions[*k].head).is(list::ORGANISATIONS)
        };
        if common(&mentions[i])
            && let Some(whole) = (0..j).rev().take(NEAR).find(holds)
        {
            mentions[whole].full.end = mentions[i].full.end;
            continue;
        }
        // Rell and colleagues, Rell and her aides
        let circle = mentions[i].plural
            && (mentions[j].kind, mentions[i].kind) == (MentionKind::Name, MentionKind::Nominal)
            && matches!(classes[at], Class::Plural | Class::Possessive)
            && entry(mentions[i].head).is_any(bits(&[list::ROLES, list::GROUPS]));
        let alike = mentions[i].kind == mentions[j].kind
            && matches!(mentions[i].kind, MentionKind::Name | MentionKind::Nominal);
        // Kestrel president and CEO Ana Rell: one person with two titles.
        let titled = |at: u32| titled(lexicon.entry(tokens[at as usize].word));
        let (first, second) = (&mentions[j], &mentions[i]);
        if second.kind == MentionKind::Name
            && second.name.start > second.base.start
            && titled(second.name.start - 1)
            && first.name.is_empty()
            && !first.plural
            && first.full == first.base
            && titled(first.head)
            && !matches!(classes[first.base.start as usize], Class::Determiner | Class::Possessive)
        {
            mentions[i].full.start = first.base.start;
            continue;
        }
        let bare = matches!(classes[at], Class::Adjective | Class::Noun | Class::Plural);
        // A bench of Justices Rell and Lantry
        let members = |k: &usize| {
            ends(k)
                && mentions[*k].kind == MentionKind::Nominal
                && mentions[*k].base.end < mentions[j].base.start
                && entry(mentions[*k].head).is(list::GROUPS)
        };
        let group = (0..j).rev().take(NEAR).find(|k| (alike || circle) && members(k));
        let first = mentions[group.unwrap_or(j)].full.start as usize;
        let rest = classes.get(second.full.end as usize..).unwrap_or_default();
        let aside = first == start && second.full.end > second.base.end;
        let tag = closes(rest) && tagged(classes, lexicon, tokens, start, first);
        let behind = verb_behind(rest, first == start, aside) || tag;
        // Rell and her husband; he and his brother Sam
        let known =
            |head: u32| entry(head).is_any(bits(&[list::ROLES, list::GROUPS])) || lexicon.is_kin(entry(head));
        let subject = mentions[j].base.start as usize == start || tag;
        let own = subject
            && classes[at] == Class::Possessive
            && matches!(mentions[j].kind, MentionKind::Name | MentionKind::Pronoun)
            && (second.kind == MentionKind::Name || known(second.head) || second.apposition.get().is_some());
        // Rell and two other trustees; but not: guards beat Rell and several witnesses said so.
        let clause = |class: Class| {
            matches!(
                class,
                Class::Comma | Class::Conjunction | Class::That | Class::Subordinator | Class::Mark
            )
        };
        let opens = first.checked_sub(1).is_some_and(|before| clause(classes[before]));
        let others = (subject || opens || listed(classes, start, &mentions[..=j]).is_some())
            && second.plural
            && mentions[j].kind == MentionKind::Name
            && second.kind == MentionKind::Nominal
            && classes[second.base.range()].contains(&Class::Quantifier);
        if (circle || (alike || own || others) && behind || alike && bare)
            && classes[mentions[j].base.start as usize] != Class::Time
        {
            if let Some(group) = group {
                mentions[group].full.end = mentions[i].full.end;
            }
            let first = listed(classes, start, &mentions[..=j]).unwrap_or(j);
            mentions[i].full.start = mentions[first].full.start;
            mentions[i].plural |= !bare;
        }
    }
}
