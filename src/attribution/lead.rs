//! Where the sentence proper begins: behind its dateline and behind what leads in.

use super::cue::{CueGroup, Voice};
use super::scene::Scene;
use super::subject::{before, lone, object};
use crate::document::ParagraphKind;
use crate::lexicon::{Act, Addressee, Strength, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Token};

/// The place and day from which a report comes, or a label, have so many words and marks.
const DATELINE: usize = 12;

/// Where the sentence begins behind the place from which it comes, or behind a label, which are subjects of nothing:
/// *LONDON, Oct 12 (Agency) - Norvik cut its forecast, saying …*; *MUMBAI: The court held …*.
pub(super) fn behind_dateline(scene: &Scene<'_>, sentence: TokenSpan) -> Option<u32> {
    let classes = &scene.classes[sentence.range()];
    if let Some(agency) = behind_agency(scene, sentence) {
        return Some(agency);
    }
    let mark = classes.iter().take(DATELINE).position(|c| matches!(c, Class::Colon | Class::Dash))?;
    let shouted = |t: &Token| t.case == Case::Upper && t.span.len() > 1;
    let (front, first) = (&classes[..mark], &scene.tokens[sentence.start as usize]);
    let placed = match classes[mark] {
        Class::Colon => front.iter().all(|c| *c == Class::Capital),
        _ => {
            let part = |c: &Class| {
                matches!(
                    c,
                    Class::Capital
                        | Class::Close
                        | Class::Comma
                        | Class::Number
                        | Class::Open
                        | Class::Other
                        | Class::Stop
                        | Class::Time
                )
            };
            // Tarn (Newswire) –
            let agency = matches!(front, [Class::Capital, Class::Open, .., Class::Close]);
            (shouted(first) || agency) && front.iter().all(part)
        }
    };
    (mark > 0 && placed).then_some(sentence.start + mark as u32 + 1)
}

/// Where the sentence begins behind its place, day and agency, where no dash parts them from it: *Lafia, Jan. 21, 2026 (NBN)
/// The chairman warned*.
fn behind_agency(scene: &Scene<'_>, sentence: TokenSpan) -> Option<u32> {
    let classes = &scene.classes[sentence.range()];
    let close = classes.iter().take(DATELINE).position(|c| *c == Class::Close)?;
    let part =
        |c: &Class| matches!(c, Class::Capital | Class::Comma | Class::Number | Class::Stop | Class::Time);
    let [place @ .., Class::Open, Class::Capital] = &classes[..close] else { return None };
    let agency = &scene.tokens[sentence.start as usize + close - 1];
    let dated = matches!(place, [Class::Capital, .., Class::Time | Class::Number])
        && place.contains(&Class::Comma)
        && place.contains(&Class::Time)
        && place.iter().all(part);
    (dated && agency.case == Case::Upper).then_some(sentence.start + close as u32 + 1)
}

/// Where the sentence’s own subject may begin: behind the phrase in front of it, whose nouns are subjects of nothing.
///
/// *In a chat with our correspondent, a trader, Ana Rell, said that prices had doubled.*
pub(super) fn front(scene: &Scene<'_>, cue: &CueGroup) -> u32 {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let before = before(scene, cue);
    if let Some(behind) = behind_dateline(scene, sentence).filter(|&behind| behind <= cue.tokens.start) {
        return behind;
    }
    // As Ana Rell, a trader, said: no phrase but a clause.
    let people = bits(&[list::ROLES, list::TITLES, list::GROUPS]);
    let person = |m: &Mention| m.kind == MentionKind::Name || scene.entry(m.head as usize).is_any(people);
    let clause = scene.entry(sentence.start as usize).is(list::SUBORDINATORS)
        && scene.mention_at(cue.sentence, sentence.start + 1).is_none_or(person);
    let opens = matches!(before.first(), Some(Class::Ing | Class::Past | Class::Preposition)) && !clause;
    if cue.voice != Voice::Finite || !opens {
        return sentence.start;
    }
    let Some(comma) = before.iter().position(|c| *c == Class::Comma) else { return sentence.start };
    let all = &scene.mentions[scene.mentions_in(cue.sentence as usize)];
    let behind = sentence.start + comma as u32 + 1;
    // After the vote, retired teacher Ana Rell
    let word = scene.classes.get(behind as usize);
    let starts = behind..behind + 1 + u32::from(matches!(word, Some(Class::Adjective | Class::Past)));
    let subject = all.iter().any(|m| starts.contains(&m.base.start) && m.kind != MentionKind::Relative);
    if subject && !before[..comma].iter().skip(1).any(|c| c.finite()) { behind } else { sentence.start }
}

/// How many words before the cue belong to a clause or phrase that leads the sentence in, so that a verb there is no other’s:
/// *As the vote was lost, Rell, who had won, condemned it*; *However, Rell, who had won, condemned it*.
pub(super) fn lead_in(scene: &Scene<'_>, cue: &CueGroup) -> usize {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let before = before(scene, cue);
    let leads = scene.entry(sentence.start as usize).is(list::SUBORDINATORS)
        || matches!(before, [Class::Ing | Class::Past, ..] | [Class::Adverb | Class::Time, Class::Comma, ..]);
    // Two days later
    let dated = |words: &[Class]| {
        let of_time = |c: &Class| {
            matches!(
                c,
                Class::Number
                    | Class::Quantifier
                    | Class::Determiner
                    | Class::Adjective
                    | Class::Adverb
                    | Class::Preposition
                    | Class::Time
            )
        };
        words.contains(&Class::Time) && words.iter().all(of_time)
    };
    match before.iter().position(|c| *c == Class::Comma) {
        Some(comma) if (leads || dated(&before[..comma])) && comma + 1 < before.len() => comma + 1,
        _ => ((front(scene, cue) - sentence.start) as usize).min(before.len()),
    }
}

/// The subject of a tag that closes its sentence with the verb first: `The road will stay shut, said the council.`
///
/// A clause with its verb and a comma stand before, so that whoever is named there is the subject of that verb; and
/// what one says is never a bare noun phrase. Whom one tells is one, so that there the sentence’s first words have to
/// have a verb of their own: not in `The minister, who spoke on Monday, told reporters.`
pub(super) fn behind_tag(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let says = cue.sense.strength? >= Strength::Common && cue.sense.act == Act::Speech;
    let before = before(scene, cue);
    // A headline may do without its verb: No going back, says minister.
    let paragraph = scene.sentences[cue.sentence as usize].paragraph as usize;
    let heading = scene.paragraphs[paragraph].kind == ParagraphKind::Heading;
    let main = &before[lead_in(scene, cue)..];
    let clause =
        before.last() == Some(&Class::Comma) && (heading || main.iter().any(|c| c.finite())) && !lone(main);
    if cue.voice != Voice::Finite || cue.tokens.len() > 1 || !says || !clause {
        return None;
    }
    let mut mentions = scene.mentions_in(cue.sentence as usize);
    let first = &scene.mentions[mentions.clone().next()?];
    let behind = scene.classes.get(first.full.end as usize);
    let own_verb = first.full.start == sentence.start && behind.is_some_and(|c| c.finite());
    if cue.sense.addressee == Addressee::Object && !own_verb {
        return None;
    }
    let subject = mentions.find(|&m| scene.mentions[m].base.start == cue.tokens.end)?;
    if object(scene, cue, &scene.mentions[subject]) {
        return None;
    }
    let end = scene.mentions[subject].full.end;
    let behind = &scene.classes[end as usize..sentence.end as usize];
    let day = matches!(behind, [Class::Time, ..] | [Class::Preposition, Class::Time, ..]);
    // Said Ann Li, who runs the shop.
    let described = matches!(behind, [Class::Comma, Class::Relative | Class::Determiner, rest @ ..] if !rest.contains(&Class::Comma));
    let over =
        matches!(behind, [] | [Class::Stop, ..]) || described || day && !behind.iter().any(|c| c.finite());
    over.then_some(subject as u32)
}
