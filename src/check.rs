//! The grammar's own examples, run through the whole program.

use std::fmt;

use crate::attribution::{Attribution, Kind};
use crate::extract::{Extraction, Extractor};
use crate::grammar::{Example, Pattern, Role};
use crate::span::{Span, TokenSpan};

/// An example that did not come out as the pattern file says.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The pattern, `file/name`.
    pub pattern: String,
    /// The file and line of the example.
    pub place: String,
    /// The example's text.
    pub text: String,
    /// What was expected and what came out.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}\n  {}", self.place, self.pattern, self.reason, self.text)
    }
}

/// Runs every example of every pattern.
///
/// In a `yes` example exactly the roles that are marked must come out, and the pattern must have decided; in a
/// `no` example the pattern must decide nothing.
pub fn run(extractor: &Extractor) -> Vec<Failure> {
    let mut failures = Vec::new();
    for pattern in &extractor.grammar.patterns {
        let examples = pattern.yes.iter().map(|e| (e, true)).chain(pattern.no.iter().map(|e| (e, false)));
        for (example, yes) in examples {
            let found = extractor.extract(&example.text);
            let reason = if yes { missing(pattern, example, &found) } else { excess(pattern, &found) };
            failures.extend(reason.map(|reason| Failure {
                pattern: pattern.id(),
                place: format!("{}:{}", pattern.path.display(), example.line),
                text: example.text.clone(),
                reason,
            }));
        }
    }
    failures
}

fn missing(pattern: &Pattern, example: &Example, found: &Extraction<'_>) -> Option<String> {
    let id = pattern.id();
    let wanted = roles(example.roles.iter().copied(), &example.text);
    let mut seen = Vec::new();
    for attribution in found.attributions.iter().filter(|a| a.kind != Kind::Term) {
        let got = roles(captured(found, attribution, example).into_iter(), found.text);
        if got == wanted && *attribution.rule == *id {
            return None;
        }
        seen.push(format!("{} by {}", got, attribution.rule));
    }
    let seen = if seen.is_empty() { "nothing".to_owned() } else { seen.join("; ") };
    Some(format!("expected {wanted}, found {seen}"))
}

fn excess(pattern: &Pattern, found: &Extraction<'_>) -> Option<String> {
    let id = pattern.id();
    let decided = found.attributions.iter().any(|a| *a.rule == *id);
    decided.then(|| "the pattern decided, and should stay silent".to_owned())
}

/// The roles of an attribution; those that the example leaves out are not asked for.
fn captured(found: &Extraction<'_>, a: &Attribution, example: &Example) -> Vec<(Role, Span)> {
    let bytes =
        |t: TokenSpan| found.tokens[t.start as usize].span.join(found.tokens[t.end as usize - 1].span);
    let mut out: Vec<(Role, Span)> = a.content.iter().map(|&span| (Role::Content, span)).collect();
    out.extend(a.cue.as_ref().map(|c| (Role::Cue, bytes(c.tokens))));
    out.extend(a.source.map(|s| (Role::Source, bytes(s.tokens))));
    let asked = |role: Role| example.roles.iter().any(|(r, _)| *r == role);
    out.extend(a.addressee.filter(|_| asked(Role::Addressee)).map(|t| (Role::Addressee, bytes(t))));
    out.extend(a.setting.as_ref().filter(|_| asked(Role::Setting)).map(|s| (Role::Setting, bytes(s.tokens))));
    out.extend(a.via.filter(|_| asked(Role::Via)).map(|t| (Role::Via, bytes(t))));
    out
}

/// The roles as people read them, in one order.
fn roles(roles: impl Iterator<Item = (Role, Span)>, text: &str) -> String {
    let mut all: Vec<(Role, Span)> = roles.collect();
    all.sort();
    let words: Vec<String> =
        all.iter().map(|(role, span)| format!("{{{} {}}}", role.name(), span.of(text))).collect();
    words.join(" ")
}
