//! What follows a cue: a that-clause, a clause without that, a noun phrase, an infinitive …

use std::ops::Range;

use super::cue::CueGroup;
use crate::evidence::Name;
use crate::lexicon::Addressee;
use crate::mention::Mention;
use crate::token::class::Class;
use crate::v;

/// The subject of a clause has its verb before so many tokens.
const FAR: usize = 14;

/// What follows a cue in its sentence; `mentions` are those of the text.
pub fn frame(cue: &CueGroup, classes: &[Class], sentence: Range<usize>, mentions: &[Mention]) -> Name {
    let behind = cue.tokens.end as usize;
    let class = |at: usize| (at < sentence.end).then(|| classes[at]);
    // Behind an addressee the clause begins.
    let addressee = match cue.sense.addressee {
        Addressee::Object => Some(behind),
        Addressee::To if class(behind) == Some(Class::To) => Some(behind + 1),
        _ => None,
    };
    let told = addressee.filter(|&from| from < sentence.end).and_then(|from| {
        let at = mentions.partition_point(|m| (m.base.start as usize) < from);
        mentions.get(at).filter(|m| m.base.start as usize == from)
    });
    let (at, shifted) = told.map_or((behind, false), |m| (m.base.end as usize, true));
    match class(at) {
        None | Some(Class::Stop) => v!("end"),
        Some(Class::Comma) => v!("comma"),
        Some(Class::Colon) => v!("colon"),
        Some(Class::Dash | Class::Semicolon | Class::Open | Class::Close) => v!("break"),
        Some(Class::Mark) => v!("quote"),
        Some(Class::That) => v!("that"),
        Some(Class::Interrogative | Class::Subordinator) => v!("wh"),
        Some(Class::To) => {
            if class(at + 1) == Some(Class::Base) {
                v!("infinitive")
            } else {
                v!("preposition")
            }
        }
        Some(Class::Preposition) => v!("preposition"),
        Some(Class::Conjunction) => v!("and"),
        Some(Class::Ing) => v!("ing"),
        Some(Class::Relative) => v!("relative"),
        Some(Class::Adverb | Class::Negation) => v!("adverb"),
        Some(c) if c.finite() => v!("verb"),
        Some(_) => {
            // A noun phrase: is it the subject of a clause?
            let mut end = at + 1;
            let limit = (at + FAR).min(sentence.end);
            while end < limit {
                match classes[end] {
                    c if c.finite() => return if shifted { v!("object-clause") } else { v!("clause") },
                    Class::Comma
                    | Class::Stop
                    | Class::Mark
                    | Class::Semicolon
                    | Class::Dash
                    | Class::To
                    | Class::That
                    | Class::Conjunction => break,
                    _ => end += 1,
                }
            }
            if shifted { v!("object") } else { v!("phrase") }
        }
    }
}
