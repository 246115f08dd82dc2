//! Runs of capitalised words that may be names, with what stands around them.

use smallvec::SmallVec;

use super::Document;
use crate::document::ParagraphKind;
use crate::lexicon::{Gender, bits, list};
use crate::mention::{Mention, MentionKind, name};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Kind};

/// Words of these lists before a name say what its bearer is.
const TITLED: u128 = bits(&[list::HONORIFICS, list::TITLES, list::ROLES]);

/// So many names and descriptions in a row tell of each other what they are.
const JOINED: usize = 4;

/// The folded words of a name, of which few have more than three.
pub type Words = SmallVec<[u64; 3]>;

/// A run of capitalised words without titles.
#[derive(Clone, Debug)]
pub struct Run {
    /// The name: `Emil Dragosan` in `President Emil Dragosan`.
    pub tokens: TokenSpan,
    /// Its words folded, without particles, nicknames and suffixes; the owner’s before them.
    pub words: Words,
    /// The place whose organisation it is: `Norway` in `Norway’s Foreign Ministry`.
    pub owner: Option<TokenSpan>,
    /// The mention whose name it is, as an index.
    pub mention: Option<u32>,
    /// The sentence in which it stands.
    pub sentence: u32,
    /// Inside a quotation.
    pub quoted: bool,
    /// In a headline, where capitals say little.
    pub heading: bool,
    /// Stands where a subject stands, not behind a verb or preposition.
    pub subject: bool,
    /// Has a possessive ending.
    pub possessive: bool,
    /// `the` or another determiner stands directly before it.
    pub definite: bool,
    /// A title, honorific or role stands before it.
    pub titled: bool,
    /// A form of address stands directly before it: Mr, Dr.
    pub addressed: bool,
    /// What the words around it say of the bearer's gender.
    pub gender: Gender,
    /// What the lists know of it.
    pub(super) listed: Listed,
}

/// Of which lists a name is a phrase, with all its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// A place.
    pub place: bool,
    /// An outlet.
    pub outlet: bool,
    /// A nationality.
    pub nationality: bool,
}

impl Listed {
    fn new(document: &Document<'_>, tokens: TokenSpan) -> Self {
        let first = document.entry(tokens.start as usize);
        if tokens.len() == 1 {
            let is = |list| first.is(list);
            return Self {
                place: is(list::PLACES),
                outlet: is(list::OUTLETS),
                nationality: is(list::NATIONALITIES),
            };
        }
        let hash = |i: usize| document.tokens[tokens.range()].get(i).map(|t| t.hash);
        let mut listed = Self::default();
        for (list, _) in document.lexicon.phrases(first, hash).filter(|&(_, n)| n == tokens.len()) {
            listed.place |= list == list::PLACES;
            listed.outlet |= list == list::OUTLETS;
            listed.nationality |= list == list::NATIONALITIES;
        }
        listed
    }
}

/// All runs of a document, in order.
pub fn collect(document: &Document<'_>) -> Vec<Run> {
    let headings: Vec<bool> = (0..document.sentences.len()).map(|s| heading(document, s)).collect();
    let mut out = Vec::with_capacity(document.mentions.len() / 3);
    let next_capital = |from: u32| {
        let behind = document.classes[from as usize..].iter().position(|&class| class == Class::Capital);
        behind.map_or(document.classes.len() as u32, |n| from + n as u32)
    };
    let mut capital = next_capital(0);
    for (i, mention) in document.mentions.iter().enumerate() {
        if capital < mention.base.start {
            capital = next_capital(mention.base.start);
        }
        let named = mention.kind == MentionKind::Name && !mention.name.is_empty();
        if !named && capital >= mention.base.end {
            continue; // As most have it.
        }
        let upto = if named { mention.name.start } else { mention.base.end };
        let heading = headings[mention.sentence as usize];
        inner(document, mention, upto, heading, &mut out);
        if named {
            let tokens = organisation(document, mention).unwrap_or(mention.name);
            put(run(document, mention, tokens, Some(i as u32), heading), &mut out);
        }
    }
    // A possessor is a run of the phrase that it opens, and a mention of its own, which counts.
    out.dedup_by_key(|r| r.tokens);
    // A long text has far fewer than there was room for, and needs the memory.
    out.shrink_to_fit();
    out
}

/// Puts a run in its place, which mostly is the last: with those that begin where it does, a mention first.
fn put(run: Run, runs: &mut Vec<Run>) {
    let key = |r: &Run| (r.tokens.start, r.mention.is_none());
    match runs.iter().rev().take_while(|r| key(r) > key(&run)).count() {
        0 => runs.push(run),
        behind => runs.insert(runs.len() - behind, run),
    }
}

/// The place before an organisation that is named by common words alone, as every country has one: `Norway’s Foreign
/// Ministry`; or whose it is by its name: `the Tram Drivers’ Union`.
fn owner(document: &Document<'_>, mention: &Mention, name: TokenSpan) -> Option<TokenSpan> {
    let genitive = name.start.checked_sub(1).filter(|&i| document.classes[i as usize] == Class::Genitive)?;
    let common = document.entry(mention.head as usize).is(list::ORGANISATIONS);
    let mut owner = TokenSpan { start: mention.base.start, end: genitive.max(mention.base.start) };
    if document.class(owner.start as usize) == Some(Class::Determiner) {
        owner.start += 1;
        let capital =
            |i: usize| document.classes[i] == Class::Capital && document.tokens[i].case == Case::Capital;
        return (common && !owner.is_empty() && owner.range().all(capital)).then_some(owner);
    }
    // St Brannoc’s Hospital, King’s College
    let first = document.entry(owner.start as usize);
    if (first.is(list::NAME_PARTICLES) && owner.len() >= 2 || first.is(list::HONORIFICS) && owner.len() == 1)
        && owner.range().all(|i| document.classes[i] == Class::Capital)
        && document.tokens[mention.head as usize].capitalised()
    {
        return document.entry(mention.head as usize).is(list::ORGANISATIONS).then_some(owner);
    }
    let hash = |i: usize| document.tokens[owner.range()].get(i).map(|t| t.hash);
    let place = document.lexicon.phrase(list::PLACES, hash).is_some_and(|(n, _)| n == owner.len());
    (common && place).then_some(owner)
}

/// A headline by its paragraph, or by the share of its words that are capitalised.
fn heading(document: &Document<'_>, sentence: usize) -> bool {
    let sentence = document.sentences[sentence];
    if document.paragraphs[sentence.paragraph as usize].kind != ParagraphKind::Body {
        return true;
    }
    let last = sentence.tokens.end.max(1) as usize - 1;
    if document.class(last) == Some(Class::Stop) || document.class(last) == Some(Class::Mark) {
        return false;
    }
    if byline(document, sentence.tokens) {
        return true;
    }
    let words = document.tokens[sentence.tokens.range()].iter().filter(|t| t.kind == Kind::Word);
    let (all, capital) = words.fold((0, 0), |(a, c), t| (a + 1, c + usize::from(t.capitalised())));
    all >= 6 && capital * 10 >= all * 7
}

/// `By Priyanka Strand, Port Okere`: names behind a preposition, without a verb or a stop.
fn byline(document: &Document<'_>, sentence: TokenSpan) -> bool {
    let classes = &document.classes[sentence.range()];
    classes.len() <= 14
        && classes.first() == Some(&Class::Preposition)
        && classes.get(1) == Some(&Class::Capital)
        && !classes.iter().any(|c| c.finite() || c.verb())
}

/// The runs of capitals before the name of a mention: `Brightwell Foods` in `Brightwell Foods chairman Otis Ferrando`.
fn inner(document: &Document<'_>, mention: &Mention, upto: u32, heading: bool, out: &mut Vec<Run>) {
    let (mut at, end) = (mention.base.start as usize, upto as usize);
    while let Some(before) = document.classes[at..end].iter().position(|&class| class == Class::Capital) {
        let start = at + before;
        at = start + 1;
        while at < end && (document.classes[at] == Class::Capital || particle(document, at, end)) {
            at += 1;
        }
        let last = document.entry(at - 1);
        // Words right before the name are its title; a run that ends in a role is a description.
        if at == end && mention.kind == MentionKind::Name && upto < mention.base.end
            || last.is_any(bits(&[list::TITLES, list::ROLES]))
        {
            continue;
        }
        let tokens =
            name::proper(document.tokens, document.classes, TokenSpan::new(start, at), document.lexicon);
        if !tokens.is_empty() {
            let part = Mention { base: TokenSpan::new(mention.base.start as usize, at), ..*mention };
            put(run(document, &part, tokens, None, heading), out);
        }
    }
}

fn particle(document: &Document<'_>, at: usize, end: usize) -> bool {
    document.tokens[at].case == Case::Lower
        && document.entry(at).is(list::NAME_PARTICLES)
        && at + 1 < end
        && (document.classes[at + 1] == Class::Capital || document.entry(at + 1).is(list::NAME_PARTICLES))
}

/// `Ministry of Defence`: the name of an organisation with the phrase behind its head.
fn organisation(document: &Document<'_>, mention: &Mention) -> Option<TokenSpan> {
    let head = document.entry(mention.head as usize);
    let upto = before_comma(document, mention.full).end;
    if !head.is(list::ORGANISATIONS) || upto <= mention.base.end {
        return None;
    }
    let named = (mention.base.end as usize..upto as usize).any(|i| document.classes[i] == Class::Capital);
    let joined = document.class(mention.base.end as usize) == Some(Class::Preposition)
        && (document.entry(mention.base.end as usize).is(list::GENITIVES)
            || document.tokens[mention.head as usize].capitalised());
    (named && joined && document.tokens[mention.head as usize].capitalised())
        .then_some(TokenSpan { start: mention.name.start, end: upto })
}

/// The span up to its first comma or bracket.
pub fn before_comma(document: &Document<'_>, span: TokenSpan) -> TokenSpan {
    let stop = span.range().find(|&i| {
        matches!(document.classes[i], Class::Comma | Class::Open | Class::Dash | Class::Semicolon)
    });
    TokenSpan { start: span.start, end: stop.map_or(span.end, |i| (i as u32).max(span.start + 1)) }
}

fn run(
    document: &Document<'_>,
    mention: &Mention,
    tokens: TokenSpan,
    index: Option<u32>,
    heading: bool,
) -> Run {
    let before = mention.base.start as usize..tokens.start as usize;
    let (mut gender, mut titled) = (Gender::Unknown, false);
    for i in before.clone().rev() {
        let entry = document.entry(i);
        // A retailer or developer may be a business.
        titled |= entry.is_any(TITLED) && !(entry.is(list::COMPANIES) && tokens.len() == 1);
        if gender == Gender::Unknown && document.classes[i] != Class::Genitive {
            gender = name::gender_before(entry);
        }
    }
    // Rell herself
    let stressed = tokens.end + 1 == mention.base.end
        && document.lexicon.reflexive(document.tokens[tokens.end as usize].word);
    if stressed && gender == Gender::Unknown {
        gender = mention.gender;
    }
    let owner = index.and_then(|_| owner(document, mention, tokens));
    let mut words = words(document, tokens);
    if let Some(owner) = owner {
        words.insert_many(0, document.tokens[owner.range()].iter().map(|t| t.hash));
    }
    let addressed = !before.is_empty() && document.entry(before.end - 1).is(list::HONORIFICS);
    Run {
        tokens,
        words,
        owner,
        mention: index,
        sentence: mention.sentence,
        quoted: mention.quoted,
        heading,
        subject: subject(document, grounds(document, mention)),
        possessive: document.class(tokens.end as usize) == Some(Class::Genitive),
        definite: tokens.start > 0 && document.class(tokens.start as usize - 1) == Some(Class::Determiner),
        titled,
        addressed,
        gender,
        listed: Listed::new(document, tokens),
    }
}

/// What tells whether a name is a subject: the description before it, where it stands in apposition to one, and the name to
/// which it is joined.
fn grounds<'a>(document: &'a Document<'_>, mention: &'a Mention) -> &'a Mention {
    let mut ground = mention;
    for _ in 0..JOINED {
        let start = ground.base.start;
        let apposed = ground.apposition.get().map(|other| &document.mentions[other as usize]);
        let joined = || {
            let conjunction =
                start.checked_sub(1).filter(|&i| document.classes[i as usize] == Class::Conjunction)?;
            let upto = document.mentions.partition_point(|m| m.base.start < start);
            let before = document.mentions[..upto].iter().rev().take(JOINED);
            { before }.find(|m| m.base.end == conjunction && m.kind == MentionKind::Name)
        };
        match apposed.filter(|other| other.base.start < start).or_else(joined) {
            Some(other) => ground = other,
            None => break,
        }
    }
    ground
}

/// Not the object of a verb or preposition; behind a quotation the verb of saying has its subject behind it.
fn subject(document: &Document<'_>, mention: &Mention) -> bool {
    let Some(before) = (mention.base.start as usize).checked_sub(1) else { return true };
    let sentence = document.sentences[mention.sentence as usize].tokens.start as usize;
    if before < sentence {
        return true;
    }
    let object = match document.classes[before] {
        Class::Preposition | Class::To | Class::Base | Class::Ing | Class::Genitive => true,
        Class::Past | Class::Third => {
            !document.entry(before).is_verb()
                || before > sentence && !matches!(document.classes[before - 1], Class::Mark | Class::Comma)
        }
        _ => false,
    };
    !object && !in_brackets(&document.classes[sentence.max(before.saturating_sub(6))..=before])
}

/// A bracket opens among the classes before a word and does not close.
fn in_brackets(before: &[Class]) -> bool {
    let bracket = before.iter().rev().find(|class| matches!(class, Class::Open | Class::Close));
    bracket == Some(&Class::Open)
}

/// The letters of an honour that are a family’s name behind `before` words of it: `Ada Mba`, but `Ada Rell, MBA`.
pub(super) fn family(document: &Document<'_>, at: usize, before: usize) -> bool {
    let entry = document.entry(at);
    before == 1
        && document.tokens[at].case == Case::Capital
        && !entry.is_any(bits(&[list::GENERATIONS, list::ABBREVIATIONS]))
}

/// The words that tell one name from another.
pub fn words(document: &Document<'_>, tokens: TokenSpan) -> Words {
    if let [one] = &document.tokens[tokens.range()] {
        return Words::from_slice(&[one.hash]);
    }
    let mut out = Words::new();
    let mut nickname = false;
    for i in tokens.range() {
        let token = &document.tokens[i];
        if token.kind == Kind::Mark {
            nickname = !nickname;
        }
        let last = i + 1 == tokens.end as usize;
        let entry = document.entry(i);
        // Ben Rell: the first word is no particle where it is a given name with a capital.
        let given = i == tokens.start as usize && token.capitalised() && entry.is(list::GIVEN_NAMES);
        let dropped = nickname
            || token.kind == Kind::Mark
            || !last && !given && entry.is(list::NAME_PARTICLES)
            || !out.is_empty()
                && entry.is(list::NAME_SUFFIXES)
                && (last || token.case == Case::Upper)
                && !(last && family(document, i, out.len()));
        if !dropped {
            out.push(token.hash);
        }
    }
    if out.is_empty() {
        out.extend(tokens.range().map(|i| document.tokens[i].hash));
    }
    out
}
