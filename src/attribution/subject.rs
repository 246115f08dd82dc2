//! The subject of a cue, where the order of the words leaves no choice.

use super::cue::{CueGroup, Voice};
use super::extent;
use super::lead::lead_in;
use super::report;
use super::scene::Scene;
use crate::lexicon::{Act, Addressee, Strength, Verb, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::v;

/// A participle or clause that tells a subject apart has at most so many words.
const TOLD_APART: usize = 14;

/// A clause in which a participle goes on begins so many words at most before it.
const CLAUSE: usize = 24;

/// No more noun phrases than this begin between a subject and its verb.
const BEFORE: usize = 32;

/// The only one who can be the subject of a cue, if there is one.
pub(super) fn of(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    behind_participle(scene, cue)
        .or_else(|| absolute(scene, cue))
        .or_else(|| within_clause(scene, cue))
        .or_else(|| shared_subject(scene, cue))
        .or_else(|| told_apart(scene, cue))
        .or_else(|| told_of(scene, cue))
        .or_else(|| set_off(scene, cue))
        .or_else(|| aside(scene, cue))
        .or_else(|| reported(scene, cue))
}

/// The subject of a clause that is said to be so, right behind the verb of whoever says it: *Rell said the board feared a
/// rout*.
fn reported(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    if cue.voice != Voice::Finite || cue.quoted {
        return None;
    }
    let subject = right_before(scene, cue)?;
    let at = (scene.mentions[subject as usize].full.start as usize).checked_sub(1)?;
    let verb = scene.lexicon.verb(scene.entry(at)).filter(|_| scene.classes[at].finite())?;
    let says = verb.act == Act::Speech && verb.strength == Strength::Core && !verb.tells();
    let all = scene.mentions_in(cue.sentence as usize);
    // Rell, a baker, said; Rell, who bakes, said
    let before = at - usize::from(at > 0 && scene.classes[at - 1] == Class::Comma);
    let mut subjects = all.clone().filter(|&m| scene.mentions[m].full.end as usize == before);
    let said = || scene.cues[scene.cues_in(cue.sentence as usize)].iter().find(|c| c.head as usize == at);
    let mut inverted = || subjects.next().is_none() && said().is_none_or(|said| aside(scene, said).is_none());
    (says && !inverted()).then_some(subject)
}

/// The subject that has something told of it between commas, behind which stands its verb and no participle: *The mayor, Ann
/// Rell, asked why the road was shut*; *Orr said it was shut, but the mayor, Ann Rell, said it was open.*
fn set_off(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let comma = cue.tokens.start.checked_sub(1)?;
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let says = cue.voice == Voice::Finite && cue.sense.act == Act::Speech && !cue.quoted;
    let past = cue.head == cue.tokens.start && scene.classes[cue.head as usize] == Class::Past;
    if !says || !past || scene.classes[comma as usize] != Class::Comma || comma <= sentence.start {
        return None;
    }
    let mut all = scene.mentions_in(cue.sentence as usize);
    let inserted = |m: &usize| {
        scene.mentions[*m].full.end == comma && scene.mentions[*m].full != scene.mentions[*m].base
    };
    let number = all.find(inserted)?;
    let start = scene.mentions[number].base.start;
    // Behind a clause of its own: but the mayor, Ann Rell, said; while the mayor, Ann Rell, said.
    let joined = start > sentence.start + 1
        && matches!(
            scene.classes[start as usize - 2..start as usize],
            [Class::Comma, Class::Conjunction | Class::Subordinator]
        )
        && scene.classes[sentence.start as usize..start as usize].iter().any(|c| c.finite());
    let front = sentence.start + lead_in(scene, cue) as u32;
    let behind = &scene.classes[cue.tokens.end as usize..sentence.end as usize];
    // Ann Rell, 44, said 40 roads, including this one, were shut.
    let aged = scene.mentions[number].kind == MentionKind::Name
        && scene.classes[comma as usize - 1] == Class::Number;
    let alone = (front..front + 2).contains(&start)
        && (aged || !behind.contains(&Class::Comma))
        && !scene.classes[front as usize..comma as usize].iter().any(|c| c.finite() || *c == Class::Mark);
    (joined || alone).then_some(number as u32)
}

/// The subject with something about it between commas that is no description: *On Monday Ann Rell, whose son was hurt, urged
/// calm*; *Ann Rell, now 44, urged calm.*
fn aside(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let says = match cue.voice {
        Voice::Finite => cue.sense.act == Act::Speech && cue.sense.strength >= Some(Strength::Common),
        Voice::Phrase => scene.classes[cue.tokens.start as usize].finite(),
        _ => false,
    };
    if !says || cue.quoted {
        return None;
    }
    let mut front = lead_in(scene, cue);
    let before = before(scene, cue);
    front += usize::from(before.get(front) == Some(&Class::Conjunction));
    // On Tuesday said
    let before = &before[front..];
    let day = [&[Class::Preposition, Class::Time][..], &[Class::Time]];
    let before = day.into_iter().find_map(|day| before.strip_suffix(day)).unwrap_or(before);
    if !lone(before) && !beside(before) {
        return None;
    }
    let start = scene.sentences[cue.sentence as usize].tokens.start + front as u32;
    let comma = start + before.iter().position(|c| *c == Class::Comma)? as u32;
    let mut all = scene.mentions_in(cue.sentence as usize);
    let whole = TokenSpan { start, end: comma };
    all.find(|&m| scene.mentions[m].full == whole).map(|m| m as u32)
}

/// A noun phrase and, between commas, a phrase about it without a verb.
fn beside(before: &[Class]) -> bool {
    let mut parts = before.split(|c| *c == Class::Comma);
    let (Some(head), Some(aside), Some([]), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let named = matches!(head.last(), Some(Class::Capital | Class::Noun | Class::Plural | Class::Close));
    let phrase = matches!(
        aside.first(),
        Some(Class::Preposition | Class::Adverb | Class::Time | Class::Quantifier | Class::Relative)
    );
    let verb = |c: &Class| c.finite() || c.verb();
    named && phrase && !head.iter().any(verb) && !aside.iter().any(|c| c.finite())
}

/// Whom a court is told of, and not the court, speaks in a participle behind it: *The court heard that Rell fled, telling
/// a friend it was over*.
fn told_of(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let comma = cue.tokens.start.checked_sub(1)? as usize;
    if cue.voice != Voice::Ing || cue.quoted || scene.classes[comma] != Class::Comma {
        return None;
    }
    let mut all = scene.mentions_in(cue.sentence as usize);
    let verb = all.find_map(|m| hears(scene, &scene.mentions[m], comma))?;
    let that = matches!(scene.classes[verb + 1], Class::That | Class::Interrogative);
    let subject = verb + 1 + usize::from(that);
    all.find(|&m| scene.mentions[m].base.start as usize == subject).map(|m| m as u32)
}

/// The verb before `limit` with which it hears what others say: *the court heard*, *the jury was told*.
fn hears(scene: &Scene<'_>, mention: &Mention, limit: usize) -> Option<usize> {
    if !scene.entry(mention.head as usize).is(list::HEARERS) {
        return None;
    }
    let start = mention.full.end as usize;
    let over = |at: &usize| matches!(scene.classes[*at], Class::Auxiliary | Class::Adverb);
    let verb = (start..limit).find(|at| !over(at))?;
    let been = |at: usize| scene.classes[at] == Class::Auxiliary && !scene.entry(at).is(list::HAVING);
    let told = || scene.lexicon.verb(scene.entry(verb)).is_some_and(Verb::tells);
    (scene.entry(verb).is(list::HEARD) || (start..verb).any(been) && told()).then_some(verb)
}

/// Who speaks in a participle with a subject of its own: *Three resigned, with one saying it was over*; *They were angry,
/// some calling it a sham*.
fn absolute(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let subject = (cue.voice == Voice::Ing).then(|| right_before(scene, cue)).flatten()?;
    let mention = &scene.mentions[subject as usize];
    let before = mention.base.start.checked_sub(1)? as usize;
    let lone = || scene.classes[before] == Class::Comma && mention.kind == MentionKind::Quantified;
    (scene.entry(before).is(list::ACCOMPANYING) || lone()).then_some(subject)
}

/// Whose clause a participle goes on with, where the subject of the sentence is a thing: *Shares in Norvik fell after the
/// firm cut its forecast, blaming the weather*.
fn within_clause(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let comma = cue.tokens.start.checked_sub(1).filter(|&at| at > sentence.start)?;
    let participle = cue.voice == Voice::Ing && !cue.quoted && cue.sense.act == Act::Speech;
    if !participle || scene.classes[comma as usize] != Class::Comma {
        return None;
    }
    let who = bits(&[list::ROLES, list::TITLES, list::GROUPS, list::ORGANISATIONS, list::COMPANIES]);
    let speaks = |m: &Mention| m.kind == MentionKind::Name || scene.entry(m.head as usize).is_any(who);
    let main = scene.mention_at(cue.sentence, sentence.start)?;
    if main.kind != MentionKind::Nominal || scene.entry(main.head as usize).is_any(who) {
        return None;
    }
    let opens = |at: &u32| scene.entry(*at as usize).is(list::SUBORDINATORS);
    let clause = (main.full.end..comma).rev().take(CLAUSE).find(opens)?;
    let parted = scene.classes[clause as usize..comma as usize].contains(&Class::Comma);
    let all = scene.mentions_in(cue.sentence as usize);
    let subject = all.start + scene.mentions[all].partition_point(|m| m.base.start <= clause);
    let mention = scene.mentions.get(subject).filter(|m| m.base.start == clause + 1 && !parted)?;
    let verb = scene.classes.get(mention.full.end as usize).is_some_and(|c| c.finite());
    (verb && speaks(mention)).then_some(subject as u32)
}

/// The noun phrase that ends where the cue begins, all of it: *a spokesman for the guild* alleged that.
pub(super) fn right_before(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let all = scene.mentions_in(cue.sentence as usize);
    let upto = all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < cue.tokens.start);
    let mut near = all.start.max(upto.saturating_sub(BEFORE))..upto;
    near.find(|&m| scene.mentions[m].full.end == cue.tokens.start).map(|m| m as u32)
}

/// Who speaks in a participle that opens the sentence is the subject of the main clause: *Saying that it was lost, the
/// council voted*.
fn behind_participle(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let first = cue.tokens.start == scene.sentences[cue.sentence as usize].tokens.start;
    if cue.voice != Voice::Ing || cue.quoted || !first {
        return None;
    }
    let start = extent::behind_participle(scene, cue)?;
    let mut all = scene.mentions_in(cue.sentence as usize);
    all.find(|&m| scene.mentions[m].base.start == start).map(|m| m as u32)
}

/// It opens its sentence as a participle of whoever is asked or told: *Asked about the money, Rell smiled*.
pub(super) fn participle(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let opens = cue.tokens.start == scene.sentences[cue.sentence as usize].tokens.start;
    let behind = scene.classes.get(cue.head as usize + 1);
    opens
        && cue.sense.addressee == Addressee::Object
        && scene.classes[cue.head as usize] == Class::Past
        && matches!(
            behind,
            Some(Class::Interrogative | Class::Preposition | Class::Subordinator | Class::That)
        )
}

/// The subject of a second predicate is that of the first: *The keeper dined with Ola Brandt and said that it rained*.
///
/// No other subject with its verb may stand between the two, nor the beginning of a clause that the second predicate
/// may belong to.
fn shared_subject(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let joint = cue.tokens.start.checked_sub(1).filter(|&at| at > sentence.start)?;
    let says = cue.voice == Voice::Finite
        && cue.sense.act == Act::Speech
        && !cue.quoted
        && (cue.sense.strength == Some(Strength::Core) || report::frame(scene, cue) == v!("that"))
        && (cue.tokens.start < cue.head || scene.classes[cue.head as usize] != Class::Base);
    if !says || scene.classes[joint as usize] != Class::Conjunction {
        return None;
    }
    let all = scene.mentions_in(cue.sentence as usize);
    let verb = |m: &Mention| {
        let end = m.full.end as usize;
        // Whoever speaks as one with the next reaches over the conjunction.
        let behind = scene.classes.get(end..joint as usize)?;
        let adverbs = behind.iter().take_while(|c| **c == Class::Adverb).count();
        let verb = end + adverbs;
        (verb < joint as usize && scene.classes[verb].finite()).then_some(verb)
    };
    let first = scene.mentions[all.clone()].iter().position(|m| !m.quoted && m.full.end < joint)?;
    let number = all.start + first;
    let subject = &scene.mentions[number];
    let verb_of_subject = verb(subject)?;
    let rest = &scene.classes[verb_of_subject..joint as usize];
    let parts = |c: &Class| {
        matches!(
            c,
            Class::Colon
                | Class::Dash
                | Class::Interrogative
                | Class::Mark
                | Class::Relative
                | Class::Semicolon
                | Class::Subordinator
                | Class::That
        )
    };
    // Was arrested and told that: a second participle of the passive.
    let passive = matches!(rest, [Class::Auxiliary, Class::Past, ..])
        && !scene.entry(verb_of_subject).is(list::HAVING)
        && scene.classes[cue.head as usize] == Class::Past;
    let fits = subject.base.start == sentence.start
        && speaks(scene, subject)
        && !passive
        && !rest.windows(2).any(|pair| pair == [Class::Comma, Class::Ing])
        && !rest.iter().any(parts)
        && !scene.mentions[number + 1..all.end]
            .iter()
            .take_while(|m| m.base.start < joint)
            .any(|m| m.base.start as usize > verb_of_subject && verb(m).is_some());
    fits.then_some(number as u32)
}

/// Whoever it is can say something.
fn speaks(scene: &Scene<'_>, mention: &Mention) -> bool {
    let head = scene.entry(mention.head as usize);
    match mention.kind {
        MentionKind::Name | MentionKind::Handle => true,
        MentionKind::Pronoun => head.is(list::PERSONAL_SUBJECTS) && !head.is(list::IT),
        MentionKind::Nominal => head.is_any(bits(&[
            list::DOCUMENTS,
            list::GROUPS,
            list::ORGANISATIONS,
            list::OUTLET_WORDS,
            list::ROLES,
            list::TITLES,
        ])),
        _ => false,
    }
}

/// The thing behind a verb that blames or praises is what it is about: *The woman who runs it, Ann Li, condemned the attack*.
pub(super) fn object(scene: &Scene<'_>, cue: &CueGroup, mention: &Mention) -> bool {
    mention.kind == MentionKind::Nominal
        && mention.base.start == cue.tokens.end
        && matches!(cue.stance(scene.lexicon), Some("criticise" | "praise"))
        && !speaks(scene, mention)
}

/// The subject that opens its sentence with a participle or a clause that tells it apart, and then speaks: *the union
/// representing the drivers said*, *a film seen by millions claims*, *the firm that owns the ferry said*.
fn told_apart(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let says = cue.voice == Voice::Finite
        && cue.sense.act == Act::Speech
        && cue.sense.strength >= Some(Strength::Common)
        && !cue.quoted;
    // Documents seen by the paper tell another story.
    let thing = cue.sense.addressee == Addressee::Object
        && [v!("phrase"), v!("object"), v!("end")].contains(&report::frame(scene, cue))
        && scene.outer_in(cue.sentence as usize).is_empty();
    if !says || thing {
        return None;
    }
    let all = scene.mentions_in(cue.sentence as usize);
    let subject = scene.mentions.get(all.start).filter(|_| !all.is_empty())?;
    let gap = TokenSpan { start: subject.full.end, end: cue.tokens.start };
    let opens = subject.base.start == sentence.start
        && matches!(subject.kind, MentionKind::Name | MentionKind::Nominal | MentionKind::Quantified);
    // A source close to Rell said: whoever is named before the verb tells who speaks.
    let close_to = || {
        scene.mentions[all.clone()].iter().any(|m| {
            m.kind == MentionKind::Name
                && m.base.end == gap.end
                && scene.classes[m.base.start as usize - 1] == Class::To
        })
    };
    if opens && gap.start == gap.end && subject.kind == MentionKind::Nominal && close_to() {
        return Some(all.start as u32);
    }
    if !opens || gap.start + 1 >= gap.end || gap.len() > TOLD_APART {
        return None;
    }
    let words = &scene.classes[gap.range()];
    let parts = |c: &Class| {
        matches!(
            c,
            Class::Close
                | Class::Colon
                | Class::Comma
                | Class::Conjunction
                | Class::Dash
                | Class::Interrogative
                | Class::Mark
                | Class::Open
                | Class::Relative
                | Class::Semicolon
                | Class::Stop
                | Class::Subordinator
                | Class::That
        )
    };
    let finite = scene.tally.finite(gap);
    let inside = scene.mentions[all.clone()].iter().take_while(|m| m.full.end <= gap.end);
    let last = inside.max_by_key(|m| m.full.end)?;
    let close = last.full.end == gap.end || matches!(words.last(), Some(Class::Time | Class::Adverb));
    // Accused of hiding a body
    let doing = || {
        let before = &scene.classes[gap.start as usize..last.base.start.max(gap.start) as usize];
        let ing = |at: u32| scene.tokens[at as usize].span.of(scene.text).ends_with("ing");
        matches!(before, [.., Class::Preposition, Class::Ing | Class::Noun]) && ing(last.base.start - 1)
    };
    let tied = || tied(scene, last.base.start) || doing();
    let fits = match words {
        [Class::Relative | Class::That, Class::Adverb | Class::Negation, verb, ..]
        | [Class::Relative | Class::That, verb, ..]
            if verb.finite() =>
        {
            let group = words[1..]
                .iter()
                .skip_while(|c| !c.finite())
                .skip_while(|c| c.finite() || matches!(c, Class::Adverb | Class::Negation));
            !group.into_iter().any(|c| c.finite())
        }
        // A rolling poll.
        [Class::Ing, Class::Noun] => false,
        [Class::Ing, ..] => finite == 0,
        // The bill went to a house that critics say is bought: the last noun is no subject behind a preposition.
        [
            Class::Past,
            Class::Preposition | Class::Adverb | Class::Number | Class::Quantifier | Class::Time,
            ..,
        ] => {
            finite == 1 && subject.kind != MentionKind::Name && (tied() || words.last() == Some(&Class::Time))
        }
        _ => false,
    };
    // The participle itself, as in a man accused of theft, is none.
    let reports = |c: &CueGroup| gap.start < c.head && c.head < gap.end && c.speaks() && !c.idle;
    let silent = || !scene.cues[scene.cues_in(cue.sentence as usize)].iter().any(reports);
    // Nor does a verb follow, whose subject the last noun would be: a house police said was rented.
    let over = scene.classes.get(cue.tokens.end as usize).is_none_or(|c| !c.finite());
    (fits && close && over && !words[1..].iter().any(parts) && silent()).then_some(all.start as u32)
}

/// All that stands in a sentence before its verb is the subject, with a clause or participle about it: *Mateo Cruz, who
/// leads the party,* condemned the attack.
pub(super) fn lone(before: &[Class]) -> bool {
    let Some((head, aside)) = before
        .strip_suffix(&[Class::Comma])
        .and_then(|words| words.split_at_checked(words.iter().position(|c| *c == Class::Comma)?))
    else {
        return false;
    };
    let named = matches!(head.last(), Some(Class::Capital | Class::Noun | Class::Plural | Class::Number));
    // Whose son was hurt; her voice breaking
    let opens = |class: &Class| {
        matches!(class, Class::Relative | Class::Interrogative | Class::Possessive | Class::Past)
    };
    let described = matches!(aside, [_, first, rest @ ..] if opens(first) && !rest.contains(&Class::Comma));
    named && described && !head.iter().any(|c| c.finite() || c.verb())
}

/// What stands in the sentence before the cue.
pub(super) fn before<'a>(scene: &Scene<'a>, cue: &CueGroup) -> &'a [Class] {
    let start = scene.sentences[cue.sentence as usize].tokens.start;
    &scene.classes[start as usize..cue.tokens.start.max(start) as usize]
}

/// A preposition stands before the token.
pub(super) fn tied(scene: &Scene<'_>, start: u32) -> bool {
    (start as usize).checked_sub(1).is_some_and(|before| {
        scene.classes[before] == Class::Preposition && !scene.entry(before).is(list::SUBORDINATORS)
    })
}
