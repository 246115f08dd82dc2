//! The classes that a word can have in its sentence.

/// What a token is in the structure of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// the, a, this
    Determiner,
    /// my, her, their
    Possessive,
    /// some, many, both
    Quantifier,
    /// he, they, someone
    Pronoun,
    /// who, which
    Relative,
    /// that, in any of its uses
    That,
    /// what, how, whether
    Interrogative,
    /// to
    To,
    /// in, of, by
    Preposition,
    /// and, or, but
    Conjunction,
    /// because, while, if
    Subordinator,
    /// is, has, did
    Auxiliary,
    /// will, could
    Modal,
    /// not, never
    Negation,
    /// also, publicly
    Adverb,
    /// senior, new
    Adjective,
    /// minister
    Noun,
    /// officials
    Plural,
    /// base form of a verb
    Base,
    /// says
    Third,
    /// said, given
    Past,
    /// saying
    Ing,
    /// 24, dozens as figures
    Number,
    /// Wednesday, March, yesterday
    Time,
    /// A capitalised word that is no other class
    Capital,
    /// ’s behind a noun
    Genitive,
    /// Web address, handle
    Handle,
    /// ,
    Comma,
    /// . ? ! …
    Stop,
    /// :
    Colon,
    /// ;
    Semicolon,
    /// –
    Dash,
    /// Opening bracket
    Open,
    /// Closing bracket
    Close,
    /// A quotation mark
    Mark,
    /// Anything else
    Other,
}

impl Class {
    /// All classes, in the order of their numbers.
    pub const ALL: [Class; 36] = {
        use Class::*;
        [
            Determiner,
            Possessive,
            Quantifier,
            Pronoun,
            Relative,
            That,
            Interrogative,
            To,
            Preposition,
            Conjunction,
            Subordinator,
            Auxiliary,
            Modal,
            Negation,
            Adverb,
            Adjective,
            Noun,
            Plural,
            Base,
            Third,
            Past,
            Ing,
            Number,
            Time,
            Capital,
            Genitive,
            Handle,
            Comma,
            Stop,
            Colon,
            Semicolon,
            Dash,
            Open,
            Close,
            Mark,
            Other,
        ]
    };

    /// A short name for features.
    pub const fn name(self) -> &'static str {
        use Class::*;
        match self {
            Determiner => "det",
            Possessive => "poss",
            Quantifier => "quant",
            Pronoun => "pron",
            Relative => "rel",
            That => "that",
            Interrogative => "wh",
            To => "to",
            Preposition => "prep",
            Conjunction => "conj",
            Subordinator => "sub",
            Auxiliary => "aux",
            Modal => "modal",
            Negation => "neg",
            Adverb => "adv",
            Adjective => "adj",
            Noun => "noun",
            Plural => "plural",
            Base => "base",
            Third => "third",
            Past => "past",
            Ing => "ing",
            Number => "num",
            Time => "time",
            Capital => "cap",
            Genitive => "gen",
            Handle => "handle",
            Comma => "comma",
            Stop => "stop",
            Colon => "colon",
            Semicolon => "semi",
            Dash => "dash",
            Open => "open",
            Close => "close",
            Mark => "mark",
            Other => "other",
        }
    }

    /// A bit for each of these classes.
    pub const fn set(classes: &[Self]) -> u64 {
        let mut set = 0;
        let mut i = 0;
        while i < classes.len() {
            set |= 1 << classes[i] as u64;
            i += 1;
        }
        set
    }

    /// A verb form that is no auxiliary.
    pub fn verb(self) -> bool {
        matches!(self, Class::Base | Class::Third | Class::Past | Class::Ing)
    }

    /// Can be the verb of a clause by itself: says, said, is, would.
    pub const fn finite(self) -> bool {
        matches!(self, Class::Third | Class::Past | Class::Auxiliary | Class::Modal)
    }

    /// Can stand inside a base noun phrase and carry it.
    pub fn nominal(self) -> bool {
        matches!(self, Class::Noun | Class::Plural | Class::Capital | Class::Number | Class::Handle)
    }
}
