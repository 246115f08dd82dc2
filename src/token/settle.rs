//! What only the token behind can settle: *her*, participles before nouns, nouns before the objects of verbs.

use super::class::Class;
use super::{Case, Kind, Token};
use crate::lexicon::{Act, Classes, Form, Lexicon, Strength, Traits, Verb, bits, fold, list};

const DETERMINING: u64 = Class::set(&[Class::Determiner, Class::Possessive, Class::Genitive]);

/// The classes of a sentence that has a verb.
const VERBS: u64 = Class::set(&[Class::Third, Class::Past, Class::Auxiliary, Class::Modal, Class::Base]);

/// For each class the classes before it behind which it may be another, as [`Class::set`].
const UNSETTLED: [u64; Class::ALL.len()] = {
    use Class as C;
    let mut behind = [0; Class::ALL.len()];
    behind[C::Possessive as usize] = u64::MAX;
    behind[C::Genitive as usize] = u64::MAX;
    behind[C::Past as usize] = DETERMINING | C::set(&[C::Adjective, C::Preposition, C::Quantifier]);
    behind[C::Ing as usize] =
        DETERMINING | C::set(&[C::Adjective, C::Quantifier, C::Comma, C::Conjunction]) | NOTHING;
    behind[C::Time as usize] = u64::MAX;
    behind[C::Adjective as usize] = DETERMINING | SUBJECT | C::set(&[C::Mark, C::Number]);
    behind[C::Adverb as usize] = DETERMINING;
    behind[C::Plural as usize] = C::set(&[C::Capital, C::Noun, C::Plural, C::Close, C::Mark, C::Comma]);
    behind[C::Noun as usize] =
        C::set(&[C::Capital, C::Noun, C::Plural, C::Close, C::Negation, C::Mark, C::Comma, C::Quantifier])
            | NOTHING;
    behind[C::Third as usize] = C::set(&[C::Past, C::Relative, C::Preposition]);
    behind[C::Base as usize] = C::set(&[C::Mark, C::Comma, C::Past, C::Third, C::To, C::Noun]) | NOTHING;
    behind[C::Preposition as usize] = NOTHING;
    behind
};

/// A clause has its verb within so many words before an object.
const CLAUSE: usize = 64;

/// What may be the subject of a past tense that is also an adjective.
const SUBJECT: u64 = Class::set(&[Class::Capital, Class::Noun, Class::Plural, Class::Pronoun]);

/// No class has the last bit: nothing stands before the first.
const NOTHING: u64 = 1 << 63;

/// The ’s at `i` is the end of a name, since nothing that could be owned stands behind it: *Sainsbury’s said it would*,
/// *for Lloyd’s has*, *Levi’s, the maker of jeans*.
fn ends_name(tokens: &[Token], classes: &[Class], i: usize, lexicon: &Lexicon) -> bool {
    use Class as C;
    let entry = |n: usize| lexicon.entry(tokens[n].word);
    // As Ann Rell’s did: a person, and what she owns is left out.
    let first = (0..i).rev().take_while(|&n| classes[n] == C::Capital).last();
    if first.is_none_or(|first| entry(first).is(list::GIVEN_NAMES) && first + 1 < i) {
        return false;
    }
    match &classes[i + 1..] {
        [C::Auxiliary | C::Modal, ..] => entry(i + 1).is(list::FINITE),
        [C::Comma, C::Determiner | C::Relative, ..] => true,
        [C::Past | C::Third, behind, ..] => {
            let verb = lexicon.verb(entry(i + 1)).filter(|verb| verb.act == Act::Speech);
            // Said prices would rise; but not: Rell’s declared aim.
            let core = verb.is_some_and(|verb| verb.strength == Strength::Core) && *behind != C::Noun;
            core || verb.is_some() && Class::set(&[*behind]) & OBJECT != 0
        }
        _ => false,
    }
}

/// What may stand behind a verb, and behind no participle before a noun.
const OBJECT: u64 = Class::set(&[
    Class::That,
    Class::Pronoun,
    Class::Determiner,
    Class::Possessive,
    Class::Preposition,
    Class::Time,
    Class::Number,
]);

/// Settles the classes of one sentence; `her` is the hash of that word.
pub(super) fn settle(tokens: &[Token], classes: &mut [Class], her: u64, lexicon: &Lexicon) {
    let mut before = NOTHING;
    let mut all = 0;
    for i in 0..classes.len() {
        if UNSETTLED[classes[i] as usize] & before != 0
            && let Some(class) = settled(tokens, classes, i, her, lexicon)
        {
            classes[i] = class;
        }
        before = 1 << classes[i] as u64;
        all |= before;
    }
    if all & VERBS == 0 {
        promote(tokens, classes, lexicon);
    }
}

/// What the class at `i` is instead, behind what [`UNSETTLED`] says.
fn settled(tokens: &[Token], classes: &[Class], i: usize, her: u64, lexicon: &Lexicon) -> Option<Class> {
    use Class as C;
    let token = &tokens[i];
    let next = classes.get(i + 1);
    let previous = i.checked_sub(1).map(|before| classes[before]);
    let determined = previous.is_some_and(|c| Class::set(&[c]) & DETERMINING != 0);
    match classes[i] {
        C::Possessive => {
            let noun = |c: Option<&C>| matches!(c, Some(C::Noun | C::Plural | C::Adjective | C::Capital));
            // Her first boss; but not: told her last night.
            let owns = noun(next)
                || matches!(next, Some(C::Number | C::Past | C::Ing))
                || next == Some(&C::Time) && noun(classes.get(i + 2));
            (token.hash == her && !owns).then_some(C::Pronoun)
        }
        // The Sunday Times, China Daily: a day in the name of an outlet.
        C::Time if token.capitalised() && outlet(tokens, classes, i, lexicon) => Some(C::Capital),
        // The Sunday Lantern, the Monday Group
        C::Time
            if token.capitalised()
                && next == Some(&C::Capital)
                && lexicon.entry(token.word).is(list::WEEKDAYS)
                && previous == Some(C::Determiner)
                && lexicon.entry(tokens[i - 1].word).is(list::DEFINITES)
                && !(i >= 2 && tokens[i - 2].hash == fold("on"))
                && !lexicon
                    .entry(tokens[i + 1].word)
                    .is_any(bits(&[list::GIVEN_NAMES, list::HONORIFICS])) =>
        {
            Some(C::Capital)
        }
        // First Minister Ann Li, Managing director Ann Li: a title that begins its sentence.
        C::Time | C::Ing if previous.is_none() => {
            let titled = matches!(next, Some(C::Noun | C::Capital))
                && lexicon.traits(token.word).any(Traits::LEADS_TITLE)
                && classes.get(i + 2) == Some(&C::Capital);
            let subject = || classes[i] == C::Ing && somebody(tokens, classes, i + 1, lexicon);
            (titled || subject()).then_some(C::Adjective)
        }
        // A statement, acting principal Ann Li: a title, if it reports nothing.
        C::Ing if matches!(previous, Some(C::Comma | C::Conjunction)) => {
            let role = |n: usize| {
                classes.get(i + n) == Some(&C::Noun)
                    && lexicon.entry(tokens[i + n].word).is_any(bits(&[list::ROLES, list::TITLES]))
                    && classes.get(i + n + 1) == Some(&C::Capital)
            };
            let reports = |verb: &Verb| verb.act == Act::Speech && verb.strength >= Strength::Common;
            let titled = role(1) || classes.get(i + 1) == Some(&C::Noun) && role(2);
            (titled && !lexicon.verb(lexicon.entry(token.word)).is_some_and(reports)).then_some(C::Adjective)
        }
        // In the trial of accused Rell; but not: after told by Rell.
        C::Past if previous == Some(C::Preposition) => {
            matches!(next, Some(C::Noun | C::Plural | C::Capital)).then_some(C::Adjective)
        }
        C::Past | C::Ing if matches!(next, Some(C::Noun | C::Plural | C::Adjective | C::Capital)) => {
            // The 20-year-old told Sky, told reporters: what nearly always reports is no participle there.
            let reports = |verb: &Verb| verb.strength == Strength::Core;
            let verb = lexicon.verb(lexicon.entry(token.word));
            let before = i.checked_sub(1).map(|before| lexicon.entry(tokens[before].word));
            let one = previous != Some(C::Determiner) && before.is_some_and(|b| b.is(list::INDEFINITES));
            let some = one || before.is_some_and(|b| b.is(list::QUANTIFIERS));
            let tells = (some || previous == Some(C::Adjective))
                && verb.is_some_and(if next == Some(&C::Capital) { reports } else { Verb::tells });
            // One described meetings: there is no such thing as one meetings.
            let one = one && next == Some(&C::Plural);
            (!(tells || one && verb.is_some())).then_some(C::Adjective)
        }
        // The army chief said; the attorney general’s office.
        C::Adjective
            if matches!(previous, Some(C::Noun | C::Plural))
                && next.is_some_and(|c| c.finite() || matches!(c, C::Comma | C::Stop | C::Genitive))
                && lexicon.entry(token.word).is(list::ROLES) =>
        {
            Some(C::Noun)
        }
        // Patil alleged that, the firm alleged the, Channel 77 reported that: no adjective stands there.
        C::Adjective if !determined => {
            if previous == Some(C::Number) && (i < 2 || !tokens[i - 2].capitalised()) {
                return None;
            }
            let object = matches!(
                next,
                Some(C::That | C::Determiner | C::Pronoun | C::Possessive | C::Stop | C::Comma | C::Colon)
            ) || matches!(next, Some(C::Capital | C::Noun)) && previous == Some(C::Mark);
            // Prosecutors alleged Rell hid it; …, prosecutors alleged on Monday.
            let told = previous == Some(C::Plural)
                && match next {
                    Some(C::Capital) => classes[i + 2..].iter().take(SUBJECT_WORDS).any(|c| c.finite()),
                    Some(C::Preposition | C::Time) => i >= 2 && classes[..i - 1].contains(&C::Comma),
                    _ => false,
                };
            let object = object || told;
            let says = |verb: &Verb| verb.act == Act::Speech && verb.strength >= Strength::Common;
            let past = object && lexicon.entry(token.word).classes.any(Classes::PAST);
            (past && lexicon.verb(lexicon.entry(token.word)).is_some_and(says)).then_some(C::Past)
        }
        // With one saying the team was lost; others warning that it was.
        C::Noun | C::Ing
            if previous == Some(C::Quantifier)
                && lexicon.traits(token.word).form() == Some(Form::Ing)
                && i >= 2
                && (classes[i - 2] == C::Comma
                    || lexicon.entry(tokens[i - 2].word).is(list::ACCOMPANYING)) =>
        {
            let noun =
                matches!(next, Some(C::Noun | C::Plural | C::Auxiliary | C::Modal | C::Past | C::Third));
            let says = |verb: &Verb| verb.act == Act::Speech && verb.strength >= Strength::Common;
            (!noun && lexicon.verb(lexicon.entry(token.word)).is_some_and(says)).then_some(C::Ing)
        }
        C::Adjective | C::Ing | C::Adverb if determined => {
            let leads = matches!(
                next,
                Some(
                    C::Noun
                        | C::Plural
                        | C::Adjective
                        | C::Capital
                        | C::Number
                        | C::Comma
                        | C::Conjunction
                        | C::Ing
                        | C::Past
                        | C::Adverb
                        | C::Quantifier
                )
            );
            (!leads).then_some(C::Noun)
        }
        // Rescue officials said, Outside lawyers have questioned: no verb and no place.
        C::Base | C::Preposition if previous.is_none() && begins_with_people(tokens, classes, lexicon) => {
            Some(C::Adjective)
        }
        // According to plant manager Ann Li
        C::Base if previous == Some(C::To) => {
            let hash = |n: usize| tokens.get(i - 2 + n).map(|t| t.hash);
            let first = || lexicon.entry(tokens[i - 2].word);
            let phrase = i >= 2
                && classes[i - 2] == C::Ing
                && lexicon.phrase_of(first(), list::PREPOSITIONS, hash).is_some_and(|(n, _)| n == 2);
            (phrase && lexicon.entry(token.word).classes.any(Classes::NOUN)).then_some(C::Noun)
        }
        // The league’s policy lead, Ann Li, said
        C::Base if previous == Some(C::Noun) => {
            let named = classes[i + 1..].starts_with(&[C::Comma, C::Capital]);
            let whose = i >= 2 && matches!(classes[i - 2], C::Genitive | C::Capital);
            (named && whose && lexicon.entry(token.word).classes.any(Classes::NOUN)).then_some(C::Noun)
        }
        // “…,” institute director Ann Li said: no verb stands before a role and its bearer.
        C::Base
            if next == Some(&C::Noun)
                && classes.get(i + 2) == Some(&C::Capital)
                && lexicon.entry(token.word).classes.any(Classes::NOUN)
                && lexicon.entry(tokens[i + 1].word).is_any(bits(&[list::ROLES, list::TITLES])) =>
        {
            Some(C::Noun)
        }
        // At a beginning a verb does not take a bare noun that is its subject: “…,” lead author Ann Li said.
        C::Base if matches!(next, Some(C::Noun)) => {
            let adjective = lexicon.entry(token.word).classes.any(Classes::ADJECTIVE);
            let titled = lexicon.traits(token.word).any(Traits::LEADS_TITLE);
            (adjective && (titled || !matches!(previous, Some(C::Past | C::Third)))).then_some(C::Adjective)
        }
        // Which ministers called, who sources say: another verb stands behind it.
        C::Third if previous == Some(C::Relative) => {
            let entry = lexicon.entry(token.word);
            let speak = bits(&[list::ROLES, list::GROUPS, list::DOCUMENTS, list::REPORTING_NOUNS]);
            let verb = next.is_some_and(|c| c.finite() || *c == C::Base && entry.is_any(speak));
            (verb && entry.classes.any(Classes::PLURAL)).then_some(C::Plural)
        }
        // Dismissed claims that it had, after talks broke down: no other verb stands behind a past tense or preposition.
        C::Third => lexicon.entry(token.word).classes.any(Classes::PLURAL).then_some(C::Plural),
        // The Bakers’ Union
        C::Genitive
            if previous == Some(C::Capital)
                && matches!(token.span.len(), 1 | 3)
                && next == Some(&C::Capital)
                && lexicon.entry(tokens[i + 1].word).is(list::ORGANISATIONS) =>
        {
            Some(C::Capital)
        }
        C::Genitive if previous == Some(C::Capital) && ends_name(tokens, classes, i, lexicon) => {
            Some(C::Capital)
        }
        // ’s before a verb form or at the end is no possessive: Clinton’s running.
        C::Genitive => matches!(next, Some(C::Determiner | C::Negation | C::Auxiliary | C::Pronoun))
            .then_some(C::Auxiliary),
        // Warning that the dam might burst, she left; opening the debate, she wept: no noun opens its sentence without an
        // article and has another one behind it.
        C::Noun if previous.is_none() => {
            let claims = lexicon.traits(token.word).form() == Some(Form::Ing) && next == Some(&C::That);
            let object = matches!(next, Some(C::Determiner | C::Possessive))
                && lexicon.entry(token.word).classes.any(Classes::ING);
            (claims || object).then_some(C::Ing)
        }
        // Said it was “ready”, warning that time was short.
        C::Noun if matches!(previous, Some(C::Mark | C::Comma)) => {
            let claims = lexicon.traits(token.word).form() == Some(Form::Ing) && next == Some(&C::That);
            claims.then_some(C::Ing)
        }
        // The engineer warning that it could take longer: whoever has a role warns.
        C::Noun
            if (next == Some(&C::That)
                || next == Some(&C::Preposition) && classes.get(i + 2) == Some(&C::Mark))
                && matches!(previous, Some(C::Noun | C::Plural))
                && lexicon.traits(token.word).form() == Some(Form::Ing)
                && lexicon.entry(tokens[i - 1].word).is_any(bits(&[list::ROLES, list::GROUPS])) =>
        {
            Some(C::Ing)
        }
        // Norvik cut its forecast: what has an object without a verb before it is a verb.
        C::Noun
            if matches!(previous, Some(C::Capital | C::Noun | C::Plural))
                && matches!(next, Some(C::Determiner | C::Possessive))
                && classes.get(i + 2) != Some(&C::Time)
                && lexicon.entry(token.word).classes.any(Classes::PAST) =>
        {
            // After the firm cut its forecast: a clause of its own, though the sentence has a verb.
            let opens = |n: usize| {
                next == Some(&C::Possessive)
                    && matches!(classes[n], C::Preposition | C::Subordinator)
                    && lexicon.entry(tokens[n].word).is(list::SUBORDINATORS)
            };
            let mut clause = (0..i).rev().take(CLAUSE).take_while(|&n| !opens(n));
            (!clause.any(|n| classes[n].finite())).then_some(C::Past)
        }
        // Would not comment: no noun stands there.
        C::Noun if previous == Some(C::Negation) => {
            let modal = i >= 2 && classes[i - 2] == C::Modal;
            (modal && lexicon.entry(token.word).classes.any(Classes::BASE)).then_some(C::Base)
        }
        // Lambe shot back: “No.”, critics point out that, the letter states that.
        C::Noun | C::Plural if token.case == Case::Lower && says(tokens, classes, i, lexicon) => {
            let word = lexicon.entry(token.word).classes;
            let form = if word.any(Classes::THIRD) {
                C::Third
            } else if word.any(Classes::PAST) {
                C::Past
            } else {
                C::Base
            };
            Some(form)
        }
        // “It is one colony,” cautions biologist Ann Li.
        C::Plural if matches!(previous, Some(C::Mark | C::Comma)) => {
            tags(tokens, classes, i, lexicon).then_some(C::Third)
        }
        C::Noun | C::Plural if previous == Some(C::Noun) => None,
        // A name or plural before a word that is noun and verb makes it the verb if an object or clause follows.
        C::Noun | C::Plural
            if token.case == Case::Lower
                && matches!(
                    next,
                    Some(
                        C::Determiner
                            | C::Pronoun
                            | C::Possessive
                            | C::That
                            | C::To
                            | C::Mark
                            | C::Interrogative
                    )
                ) =>
        {
            let word = lexicon.entry(token.word).classes;
            if word.any(Classes::THIRD) {
                Some(C::Third)
            } else {
                (word.any(Classes::BASE) && previous == Some(C::Plural)).then_some(C::Base)
            }
        }
        _ => None,
    }
}

/// A colon that brings the words of a verb stands within so many words of it.
const ANNOUNCED: usize = 8;

/// The lists of words for one person or several.
const PEOPLE: u128 = bits(&[list::ROLES, list::TITLES, list::GROUPS]);

/// How many words of a subject stand behind its first at most.
const SUBJECT_WORDS: usize = 8;

/// A sentence begins with people whom its first word tells apart, though it may be a verb or a preposition: *Rescue
/// officials said*.
fn begins_with_people(tokens: &[Token], classes: &[Class], lexicon: &Lexicon) -> bool {
    use Class as C;
    let first = lexicon.entry(tokens[0].word);
    let who = |i: usize| classes.get(i) == Some(&C::Plural) && lexicon.entry(tokens[i].word).is_any(PEOPLE);
    let strength = || {
        let verb = tokens.get(2).and_then(|t| lexicon.verb(lexicon.entry(t.word)));
        verb.filter(|verb| verb.act == Act::Speech).map(|verb| verb.strength)
    };
    let acts = || match classes.get(2) {
        Some(C::Auxiliary | C::Modal) => true,
        // Past presidents warned; but not: outside protesters chanted.
        Some(C::Past) => classes[0] != C::Preposition || strength() == Some(Strength::Core),
        Some(C::Base) => strength().is_some() && classes.get(3) == Some(&C::That),
        _ => false,
    };
    first.classes.any(Classes::NOUN | Classes::ADJECTIVE) && who(1) && acts()
}

/// The words from `from` on are somebody who is the subject of the verb behind them: *Planning officers said*, *Driving
/// instructor Bev Hull told*.
fn somebody(tokens: &[Token], classes: &[Class], from: usize, lexicon: &Lexicon) -> bool {
    use Class as C;
    let noun = |&i: &usize| matches!(classes[i], C::Noun | C::Plural | C::Capital);
    let words = (from..classes.len()).take(SUBJECT_WORDS).take_while(noun).count();
    let person = |i: usize| classes[i] != C::Capital && lexicon.entry(tokens[i].word).is_any(PEOPLE);
    (from..from + words).any(person)
        && classes.get(from + words).is_some_and(|c| matches!(c, C::Past | C::Third))
}

/// A word that may be a noun is a verb of saying behind its subject: with its particle, before a clause, or before a
/// number that is counted.
fn says(tokens: &[Token], classes: &[Class], i: usize, lexicon: &Lexicon) -> bool {
    use Class as C;
    let entry = lexicon.entry(tokens[i].word);
    let Some(verb) = lexicon.verb(entry).filter(|verb| verb.act == Act::Speech) else { return false };
    let after = |n: usize| classes.get(i + n).copied();
    let plural = i > 0 && classes[i - 1] == C::Plural;
    if !(entry.classes.any(Classes::THIRD) || entry.classes.any(Classes::PAST) || plural) {
        return false;
    }
    let clause = |n: usize| {
        let subject = matches!(
            after(n + 1),
            Some(C::Determiner | C::Pronoun | C::Possessive | C::Capital | C::Quantifier | C::Plural)
        );
        after(n) == Some(C::That) && subject || after(n) == Some(C::Colon) && after(n + 1) == Some(C::Mark)
    };
    let particle = tokens.get(i + 1).is_some_and(|next| verb.particles.contains(&next.hash));
    // Shot back in a podcast: “No.”
    let announces = || (2..ANNOUNCED).any(|n| after(n) == Some(C::Colon) && after(n + 1) == Some(C::Mark));
    let phrasal = matches!(after(1), Some(C::Preposition | C::Adverb))
        && (clause(2) || matches!(after(2), Some(C::Determiner | C::Pronoun | C::Stop)) || announces());
    let core = verb.strength == Strength::Core && lexicon.noun(entry).is_none();
    let counts = after(1) == Some(C::Number) && after(2) != Some(C::Stop);
    // “…,” the report claims.
    let closes = entry.classes.any(Classes::THIRD)
        && verb.strength >= Strength::Common
        && after(1) == Some(C::Stop)
        && classes[..i].ends_with(&[C::Mark, C::Determiner, C::Noun]);
    // “No,” Rell replies.
    let replies = entry.classes.any(Classes::THIRD)
        && verb.strength >= Strength::Common
        && matches!(after(1), Some(C::Stop | C::Comma))
        && (classes[..i].ends_with(&[C::Mark, C::Capital])
            || classes[..i].ends_with(&[C::Mark, C::Capital, C::Capital]));
    // The church is haunted, local villagers claim.
    let closes = closes || replies || plural && verb.strength >= Strength::Common && last(classes, i);
    // Her daughters claim staff left her.
    let people = |i: usize| {
        let entry = lexicon.entry(tokens[i].word);
        entry.is_any(PEOPLE) || lexicon.is_kin(entry)
    };
    let reports = || {
        let behind = &classes[i + 1..];
        let words = behind
            .iter()
            .take_while(|c| matches!(c, C::Noun | C::Plural | C::Capital | C::Adjective))
            .count();
        matches!(behind.get(words), Some(C::Past | C::Third | C::Modal | C::Auxiliary))
            && words > 0
            && !classes[..i].iter().any(|c| c.finite())
    };
    let closes = closes || plural && verb.strength >= Strength::Core && people(i - 1) && reports();
    particle && phrasal || closes || core && clause(1) || entry.classes.any(Classes::THIRD) && counts
}

/// The word at `i` ends its sentence behind a few words that a comma parts from a clause.
fn last(classes: &[Class], i: usize) -> bool {
    use Class as C;
    let subject = classes[..i].iter().rev().take(SUBJECT_WORDS);
    let words = subject
        .take_while(|c| matches!(c, C::Determiner | C::Adjective | C::Noun | C::Plural | C::Capital))
        .count();
    classes.get(i + 1) == Some(&C::Stop)
        && i + 2 >= classes.len()
        && matches!(classes[..i - words], [.., C::Comma])
        && classes[..i - words].iter().any(|c| c.finite())
}

/// A word that may be a plural stands between a quotation that ends in a comma or question and whoever may have said it.
fn tags(tokens: &[Token], classes: &[Class], i: usize, lexicon: &Lexicon) -> bool {
    use Class as C;
    let [.., before, last] = classes[..i] else { return false };
    let quoted = match last {
        C::Mark => {
            matches!(before, C::Comma) || matches!(tokens[i - 2].kind, Kind::Question | Kind::Exclamation)
        }
        _ => before == C::Mark,
    };
    let somebody = matches!(
        classes.get(i + 1),
        Some(C::Noun | C::Capital | C::Determiner | C::Possessive | C::Adjective)
    );
    let entry = lexicon.entry(tokens[i].word);
    quoted
        && somebody
        && tokens[i].case == Case::Lower
        && entry.classes.any(Classes::THIRD)
        && lexicon
            .verb(entry)
            .is_some_and(|verb| verb.act == Act::Speech && verb.strength >= Strength::Common)
}

/// The word for a time stands right before or behind another that says that both are an outlet.
fn outlet(tokens: &[Token], classes: &[Class], i: usize, lexicon: &Lexicon) -> bool {
    let named = |at: usize| lexicon.entry(tokens[at].word).is(list::OUTLET_WORDS);
    let hash = |n: usize| tokens.get(i + n).map(|t| t.hash);
    let known =
        || lexicon.phrase_of(lexicon.entry(tokens[i].word), list::OUTLETS, hash).is_some_and(|(n, _)| n > 1);
    classes.get(i + 1) == Some(&Class::Capital) && (named(i + 1) || known())
        || i > 0 && classes[i - 1] == Class::Capital && named(i)
}

/// A sentence without any verb has lost it to a noun: `Trump reports investments`, `One poll shows Cruz ahead`.
fn promote(tokens: &[Token], classes: &mut [Class], lexicon: &Lexicon) {
    use Class as C;
    for i in 1..classes.len() {
        let subject = matches!(classes[i - 1], C::Capital | C::Noun | C::Plural | C::Pronoun | C::Quantifier);
        if subject && matches!(classes[i], C::Noun | C::Plural) {
            let entry = lexicon.entry(tokens[i].word);
            let third = entry.classes.any(Classes::THIRD) && classes[i - 1] != C::Plural;
            let base = entry.classes.any(Classes::BASE) && classes[i - 1] == C::Plural;
            if third || base {
                classes[i] = if third { C::Third } else { C::Base };
                return;
            }
        }
    }
}
