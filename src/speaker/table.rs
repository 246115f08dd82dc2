//! The name table of a document: who and what is named in it, and which runs of capitals mean whom.

use super::names::{Builder, Numbers};
use super::run::{Run, Words, collect};
use super::{Document, SpeakerKind, gender};
use crate::lexicon::{ByHash, Gender, list};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// Somebody or something that has a name in the document.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Person, organisation, group or, where nothing tells, unknown.
    pub kind: SpeakerKind,
    /// The words of the fullest name, folded.
    pub words: Words,
    /// Where the fullest name stands.
    pub name: TokenSpan,
    /// The surname that stands with a coordinated name: `Halloway` for Ned in `Ned and Tomas Halloway`.
    pub surname: Option<TokenSpan>,
    /// he, she or unknown.
    pub gender: Gender,
    /// Where the full name stands, by token, in order.
    pub full: Numbers,
    /// A place, which speaks but is seldom meant by a short form.
    pub place: bool,
}

/// How a run of capitals came to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// It is the full name.
    Full,
    /// A surname of one entity of the document.
    Surname,
    /// A surname of several, told apart by distance.
    Nearest,
    /// A first or middle name, or the beginning of a longer name.
    Part,
    /// An acronym.
    Acronym,
    /// A name that never stands in a fuller form.
    Alone,
}

/// Whom each run means.
#[derive(Clone, Debug)]
pub struct Table {
    /// Runs in the order of the text.
    pub runs: Vec<Run>,
    /// For each run its entity; none where two are equally possible.
    pub of_run: Vec<Option<(u32, Route)>>,
    /// All entities.
    pub entities: Vec<Entity>,
    /// Entities by the last word of their names, in the order in which they come up.
    pub surnames: ByHash<Numbers>,
    /// For each sentence where its runs begin; one more at the end.
    starts: Vec<u32>,
}

impl Table {
    /// Reads all names of a document.
    pub fn new(document: &Document<'_>) -> Self {
        let runs = collect(document);
        let mut starts = Vec::with_capacity(document.sentences.len() + 1);
        for (i, run) in runs.iter().enumerate() {
            while starts.len() <= run.sentence as usize {
                starts.push(i as u32);
            }
        }
        starts.resize(document.sentences.len() + 1, runs.len() as u32);
        let of_run = vec![None; runs.len()];
        let entities = Vec::with_capacity(runs.len() / 4);
        let mut builder = Builder {
            document,
            table: Self { runs, of_run, entities, surnames: ByHash::default(), starts },
            by_last: ByHash::default(),
            by_word: ByHash::default(),
            by_part: ByHash::default(),
            acronyms: ByHash::default(),
            initials: ByHash::default(),
            pronouns: gender::pronouns(document),
        };
        builder.full_names();
        builder.coordinated();
        builder.index();
        builder.genders();
        builder.short_names();
        builder.relatives();
        builder.genders();
        Self { surnames: builder.by_last, ..builder.table }
    }

    /// The runs of a sentence, as indices.
    pub fn runs_in(&self, sentence: usize) -> std::ops::Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }

    /// The runs between two tokens, as indices.
    pub fn runs_between(&self, span: TokenSpan) -> std::ops::Range<usize> {
        let from = self.runs.partition_point(|r| r.tokens.start < span.start);
        from..from + self.runs[from..].partition_point(|r| r.tokens.start < span.end)
    }

    /// The run that is the name of a mention.
    pub fn run_of(&self, mention: u32, name: TokenSpan) -> Option<usize> {
        let from = self.runs.partition_point(|r| r.tokens.start < name.start);
        (from..self.runs.len()).take(2).find(|&i| self.runs[i].mention == Some(mention))
    }

    /// The entity of a run.
    pub fn entity(&self, run: usize) -> Option<u32> {
        self.of_run[run].map(|(e, _)| e)
    }
}

impl Entity {
    /// A person, or a name of which nothing says that it is none.
    pub fn may_be_person(&self) -> bool {
        self.kind == SpeakerKind::Person || self.kind == SpeakerKind::Unknown && self.words.len() <= 3
    }

    /// The age that stands beside the full name: *Conor Moyle, 15,*; *Conor Moyle, a 15-year-old pupil*; *15-year-old Conor
    /// Moyle*.
    pub(super) fn age(&self, document: &Document<'_>) -> Option<u32> {
        let (start, end) = (self.name.start as usize, self.name.end as usize);
        let class = |i: usize| document.class(end + i);
        if !matches!(class(0), Some(Class::Comma | Class::Open)) {
            return years_old(document, start.checked_sub(1)?);
        }
        let set_off = class(1) == Some(Class::Number)
            && matches!(class(2), Some(Class::Comma | Class::Close | Class::Stop));
        // The text may end with the name.
        if set_off {
            document.words(TokenSpan::new(end + 1, end + 2)).parse().ok()
        } else if class(2).is_some() {
            years_old(document, end + 2)
        } else {
            None
        }
    }

    /// The gender known so far, else what the first word of a person's name says.
    pub(super) fn gender_hint(&self, document: &Document<'_>) -> Gender {
        if self.gender != Gender::Unknown || self.kind != SpeakerKind::Person {
            return self.gender;
        }
        self.given(document)
    }

    /// What the given name of a full name says.
    pub(super) fn given(&self, document: &Document<'_>) -> Gender {
        let first = document.entry(self.name.start as usize);
        if first.is(list::GIVEN_NAMES) && (self.words.len() > 1 || self.surname.is_some()) {
            first.gender
        } else {
            Gender::Unknown
        }
    }
}

/// How old the word says that somebody is: *the 15-year-old*.
pub(super) fn years_old(document: &Document<'_>, token: usize) -> Option<u32> {
    let (years, rest) = document.words(TokenSpan::new(token, token + 1)).split_once('-')?;
    years.parse().ok().filter(|_| rest.ends_with("old"))
}

/// Nothing says that the two are of different gender.
pub fn compatible(one: Gender, other: Gender) -> bool {
    one == Gender::Unknown || other == Gender::Unknown || one == other
}
