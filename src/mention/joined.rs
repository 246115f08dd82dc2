//! Two who are one subject: *Ned Halloway and Tomas Bray*, *Rell and her aides*, *president and CEO Ana Rell*.

use super::name::titled;
use super::{Mention, MentionKind};
use crate::lexicon::{Classes, Lexicon, bits, list};
use crate::token::Token;
use crate::token::class::Class;

/// How many mentions back the other of two may begin whose phrases end before `and`.
const NEAR: usize = 64;

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
        let behind = match classes.get(mentions[i].full.end as usize..).unwrap_or_default() {
            // Rell and Lantry on Sunday agreed
            [Class::Time, c, ..] | [Class::Preposition, Class::Time, c, ..] => c.finite(),
            [c, ..] => c.finite() || c.verb() || *c == Class::Adverb,
            [] => false,
        };
        if (circle || alike && (bare || behind)) && classes[mentions[j].base.start as usize] != Class::Time {
            mentions[i].full.start = mentions[j].full.start;
            mentions[i].plural |= !bare;
        }
    }
}
