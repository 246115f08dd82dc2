//! Whom a source means: names over the whole article.

pub mod anonymity;

/// Somebody who speaks in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name in the document without titles, or the fullest description.
    pub name: Option<String>,
    /// Title, role or affiliation.
    pub description: Option<String>,
    /// What the speaker is.
    pub kind: SpeakerKind,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerKind {
    /// A named person.
    Person,
    /// A named organisation.
    Organization,
    /// Several people: residents, critics.
    Group,
    /// A report, sign, law.
    Document,
    /// One person or office without a name.
    Unnamed,
    /// Cannot be told.
    Unknown,
}
