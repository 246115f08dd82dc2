//! Which matches do not mean what they seem to say: each look is at one way to be led astray.

use super::cue::{CueGroup, Voice};
use super::extent;
use super::matcher::{Capture, CaptureKind, Match};
use super::propose::Findings;
use crate::grammar::Role;
use crate::lexicon::{Lexicon, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// What the looks share.
pub(super) struct View<'a> {
    pub findings: &'a Findings<'a>,
    /// The outermost quotations, each with its number.
    pub quotations: &'a [(u32, TokenSpan)],
    pub cues: &'a [CueGroup],
    pub lexicon: &'a Lexicon,
}

impl View<'_> {
    /// The words around a match leave it as it is; those of a pattern that decides by itself are looked at harder.
    pub fn fits(&self, found: &Match<'_>, sure: bool) -> bool {
        let &Self { findings, quotations, cues, lexicon } = self;
        let classes = findings.classes;
        let wanting = || {
            !whole(found, classes, quotations)
                || answers(found, findings, lexicon)
                || detached(found, findings, lexicon)
                || handed_on(found, quotations, cues)
                || described(found, classes)
                || thing(found, findings, lexicon)
                || predicate(found, classes, cues)
        };
        !(relative(found, classes) || cut(found, findings.mentions) || sure && wanting())
    }
}

/// So many adverbs and marks at most stand between a subject and its verb.
const ASIDE: usize = 5;

/// A clause in front, where it is all the content, says something by itself, and no quotation in it has a tag of its
/// own: not *Ann Li, 18, from Accra, disagrees*, nor *“No,” Ann Li, who sings, told us*.
fn whole(found: &Match<'_>, classes: &[Class], quotations: &[(u32, TokenSpan)]) -> bool {
    let mut contents = found.roles.of(Role::Content);
    let (Some(content), None) = (contents.next(), contents.next()) else { return true };
    let clause = content.tokens;
    if !matches!(content.kind, CaptureKind::Tokens) || clause.start != found.tokens.start {
        return true;
    }
    let from = quotations.partition_point(|(_, q)| q.start < clause.start);
    let mut inside = quotations[from..].iter().map(|(_, q)| q).take_while(|q| q.start < clause.end);
    let said =
        |q: &TokenSpan| q.start == clause.start || classes[..q.end as usize - 1].ends_with(&[Class::Comma]);
    !inside.any(said) && classes[clause.range()].iter().any(|c| c.finite() || c.verb())
}

/// The clause in front is a question to whoever stands behind it, and no answer: *Asked if he would stay, Rell laughed.*
fn answers(found: &Match<'_>, findings: &Findings<'_>, lexicon: &Lexicon) -> bool {
    let asked = |content: &Capture| {
        let start = content.tokens.start;
        let when = matches!(findings.classes[start as usize], Class::Subordinator | Class::Interrogative);
        let word = start + u32::from(when);
        start == found.tokens.start
            && findings.tokens.get(word as usize).is_some_and(|t| lexicon.entry(t.word).is(list::QUESTIONED))
    };
    found.roles.of(Role::Content).any(asked)
}

/// Before the quotation in a clause another verb reports, and the words may be its own: *when I asked if she would, she
/// said, “No.”*
fn handed_on(found: &Match<'_>, quotations: &[(u32, TokenSpan)], cues: &[CueGroup]) -> bool {
    // What a court hears has no speaker anyway.
    if found.roles.of(Role::Source).next().is_none() {
        return false;
    }
    let cue = found.roles.of(Role::Cue).next().map_or(u32::MAX, |cue| cue.tokens.start);
    let reports = |content: &Capture| {
        let TokenSpan { start, end } = content.tokens;
        if start < cue {
            return false;
        }
        let first = quotations.partition_point(|(_, q)| q.start <= start);
        let quote = quotations.get(first).map(|(_, q)| q.start).filter(|&quote| quote < end);
        let from = cues.partition_point(|c| c.head < start);
        let mut inside = cues[from..].iter().take_while(|c| quote.is_some_and(|quote| c.head < quote));
        inside.any(|c| c.voice == Voice::Finite && !c.idle && !c.quoted)
    };
    found.roles.of(Role::Content).any(reports)
}

/// What stands in marks behind a noun and whose it is goes on with a verb of which they are the subject: *the criticism of
/// the firm “missed the point”*.
fn predicate(found: &Match<'_>, classes: &[Class], cues: &[CueGroup]) -> bool {
    let noun = |cue: &Capture| matches!(cue.kind, CaptureKind::Cue(c) if cues.get(c as usize).is_some_and(|c| c.voice == Voice::Noun));
    let goes_on = |content: &Capture| {
        let TokenSpan { start, end } = content.tokens;
        let beside = found.roles.of(Role::Source).any(|source| source.tokens.end == start);
        matches!(content.kind, CaptureKind::Quotation(_))
            && beside
            && start + 1 < end
            && classes[start as usize + 1].finite()
    };
    found.roles.of(Role::Cue).any(noun) && found.roles.of(Role::Content).any(goes_on)
}

/// The comma between source and verb closes a phrase that the source ends: *Rell, here since childhood, said*; *for the
/// state, Ann Rell, who is new, submitted*. Behind a conjunction a description may have a comma behind it that belongs to
/// it, and one that closes it: *after the warden, Odd Pell, said*.
fn detached(found: &Match<'_>, findings: &Findings<'_>, lexicon: &Lexicon) -> bool {
    let classes = findings.classes;
    let first = |role: Role| found.roles.of(role).next().map(|c| c.tokens);
    let (Some(source), Some(cue)) = (first(Role::Source), first(Role::Cue)) else { return false };
    if cue.start <= source.end {
        return false;
    }
    // A form that names the preposition itself knows what it does there.
    let named = found.tokens.start + 1 < source.start;
    let between = &classes[source.end as usize..cue.start as usize];
    // LONDON, May 4 - Norvik said
    if between.contains(&Class::Dash) {
        return true;
    }
    let Some(before) = source.start.checked_sub(1).filter(|_| !named).map(|at| at as usize) else {
        return false;
    };
    let joins = lexicon.entry(findings.tokens[before].word).is(list::SUBORDINATORS);
    let last = source.end as usize - 1;
    let people = bits(&[list::ROLES, list::TITLES, list::GROUPS, list::ORGANISATIONS]);
    let speaks =
        || classes[last] == Class::Capital || lexicon.entry(findings.tokens[last].word).is_any(people);
    let described = || classes[source.range()].contains(&Class::Comma);
    let closed = between.len() > 1 && between.last() == Some(&Class::Comma);
    between[0] == Class::Comma
        && match classes[before] {
            Class::Ing | Class::To => true,
            Class::Preposition if !joins => true,
            Class::Preposition | Class::Subordinator | Class::Interrogative => {
                !(described() || closed && speaks())
            }
            // Rell, one of the owners, urged; Rell, who owns the mill, urged
            class => (class == Class::Comma || class.finite()) && between.len() == 1 && !described(),
        }
}

/// Somebody hears or is told a thing and not a clause: of what stands right behind the cue no verb tells anything.
/// *Heard the pair met online*, but *heard a petition filed by Ms Rao*.
fn thing(found: &Match<'_>, findings: &Findings<'_>, lexicon: &Lexicon) -> bool {
    let first = |role: Role| found.roles.of(role).next();
    let (Some(_), None) = (first(Role::Addressee), first(Role::Source)) else { return false };
    let (Some(cue), Some(content)) = (first(Role::Cue), first(Role::Content)) else { return false };
    let (start, classes) = (content.tokens.start, findings.classes);
    if content.kind != CaptureKind::Tokens || start < cue.tokens.end || classes[start as usize] == Class::That
    {
        return false;
    }
    let mentions = findings.mentions;
    let Some(subject) = mentions.get(mentions.partition_point(|m| m.base.start < start)) else {
        return false;
    };
    if subject.base.start != start || subject.kind == MentionKind::Relative {
        return false;
    }
    let entry = |at: u32| lexicon.entry(findings.tokens[at as usize].word);
    let acts = matches!(subject.kind, MentionKind::Name | MentionKind::Pronoun)
        || entry(subject.head).is_any(bits(&[list::ROLES, list::GROUPS, list::TITLES]));
    // Before the verb may stand an adverb or an age: Evans, 43, then hid it.
    let skipped = |at: u32| {
        let adverb = |&at: &usize| {
            matches!(classes[at], Class::Adverb | Class::Negation | Class::Number | Class::Comma)
        };
        (at as usize..content.tokens.end as usize).take(ASIDE).find(|at| !adverb(at))
    };
    let tells = |at: usize| match classes[at] {
        Class::Past => acts && (at + 1 == classes.len() || !entry(at as u32 + 1).is(list::AGENTS)),
        class => class.finite(),
    };
    ![subject.base.end, subject.full.end].into_iter().filter_map(skipped).any(tells)
}

/// The content begins with a *that* which stands for the noun before it.
fn relative(found: &Match<'_>, classes: &[Class]) -> bool {
    // According to police, who said more: what is told of the source is no part of its words.
    let told = |content: &Capture| classes[content.tokens.start as usize] == Class::Relative;
    found.roles.of(Role::Content).any(|content| extent::relative(classes, content.tokens.start as usize))
        || found.roles.of(Role::Content).nth(1).is_some_and(told)
}

/// What stands before the tag has its own comma, so that the one before the verb closes what is told of the speaker: *The
/// chairman, Tom Rell, said the clerk, Ann Orr, was ill*, but *The road, says Ann Orr, is shut*.
fn described(found: &Match<'_>, classes: &[Class]) -> bool {
    let mut contents = found.roles.of(Role::Content);
    let (Some(first), Some(_)) = (contents.next(), contents.next()) else { return false };
    let words = &classes[first.tokens.range()];
    let nominal = !words.iter().any(|c| c.finite() || c.verb() || *c == Class::Mark);
    first.tokens.start == found.tokens.start && nominal && words.contains(&Class::Comma)
}

/// What goes on behind the source tells who that is: *according to the mayor, Ann Rell*.
fn cut(found: &Match<'_>, mentions: &[Mention]) -> bool {
    let (Some(more), Some(source)) =
        (found.roles.of(Role::Content).nth(1), found.roles.of(Role::Source).next())
    else {
        return false;
    };
    let CaptureKind::Mention(mention) = source.kind else { return false };
    let end = mentions[mention as usize].full.end;
    more.kind == CaptureKind::Tokens
        && source.tokens.end < end
        && more.tokens.start < end
        && end <= more.tokens.end
}
