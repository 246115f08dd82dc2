//! `onrecord explain`: why each record says what it says.

use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::Result;
use onrecord::attribution::Unattributed;
use onrecord::attribution::explain::{Explanation, Ground, Rival};
use onrecord::evidence::weights::Tip;
use onrecord::export::text::harmless;
use onrecord::input::{Event, Flow, Text};
use onrecord::span::TokenSpan;
use onrecord::{Extraction, Extractor, Record};

use crate::args::ExplainArgs;
use crate::input::{self, Input};
use crate::output::complain;
use crate::progress::Counter;
use crate::{Status, Usage, grammar};

/// Columns of a line of evidence.
const WIDTH: usize = 100;
/// Characters of a rival’s source or cue; enough to find it in the text.
const LONGEST: usize = 32;

pub fn explain(args: &ExplainArgs) -> Result<Status> {
    let extractor = grammar::extractor(args.grammar.as_deref())?;
    if args.path.is_dir() {
        let path = args.path.display();
        return Err(Usage(format!("{path}: this is a folder; explain takes one file of it")).into());
    }
    let found = input::find(std::slice::from_ref(&args.path), &[])?;
    let input = found.inputs.first().unwrap_or(&Input::Stdin);
    let mut explained = Explained { args, extractor, out: BufWriter::new(io::stdout().lock()), shown: 0 };
    let (mut failed, mut error) = (false, None);
    let _ = input.documents(&args.input.options(), &Counter::default(), &mut |event| {
        match event {
            Event::Document(found) => match found.read(&args.input.options()) {
                Ok(text) => error = explained.document(&text).err(),
                Err(problem) => (failed, _) = (true, complain(format_args!("{problem}"))),
            },
            Event::Problem(problem) => (failed, _) = (true, complain(format_args!("{problem}"))),
            Event::Note { document, note } => complain(format_args!("{document}: {note}")),
        }
        if error.is_none() { Flow::Continue(()) } else { Flow::Break(()) }
    });
    if let Some(error) = error {
        return Err(error.into());
    }
    explained.out.flush()?;
    if let Some(id) = args.id.as_ref().filter(|_| explained.shown == 0 && !failed) {
        let name = input.name();
        complain(format_args!("{name}: no record's id begins with {id}; leave out --id to see all"));
        return Ok(Status::Incomplete);
    }
    Ok(if failed { Status::Incomplete } else { Status::Done })
}

/// What is explained, document by document.
struct Explained<'a> {
    args: &'a ExplainArgs,
    extractor: Extractor,
    out: BufWriter<StdoutLock<'static>>,
    shown: usize,
}

impl Explained<'_> {
    fn document(&mut self, text: &Text) -> io::Result<()> {
        let extraction = self.extractor.explain(&text.decoded.text);
        let records = extraction.records(&text.document(&self.extractor.grammar.lexicon));
        let id = self.args.id.as_deref().unwrap_or_default();
        let wanted =
            records.iter().zip(&extraction.explanations).filter(|(record, _)| record.id.starts_with(id));
        for (record, why) in wanted {
            if self.shown > 0 {
                writeln!(self.out)?;
            }
            self.shown += 1;
            show(&mut self.out, &extraction, record, why)?;
        }
        Ok(())
    }
}

/// One record: rule, then the words of each role, then who lost and why.
fn show(out: &mut impl Write, found: &Extraction<'_>, record: &Record, why: &Explanation) -> io::Result<()> {
    writeln!(out, "{}  {}  {:.3}", record.id, record.rule, record.confidence)?;
    role(out, "content", Some(&record.content.text), "")?;
    if let Some(cue) = &record.cue {
        role(out, "cue", Some(&cue.passage.text), &format!("{}, {}", cue.lemma, cue.stance))?;
    }
    if let Some(speaker) = &record.speaker {
        let mention = speaker.text.as_deref().or(speaker.name.as_deref());
        role(out, "source", mention, speaker.name.as_deref().unwrap_or_default())?;
    }
    if let Some(addressee) = &record.addressee {
        role(out, "addressee", Some(&addressee.passage.text), addressee.name.as_deref().unwrap_or_default())?;
    }
    if let Some(setting) = &record.setting {
        role(out, "setting", Some(&setting.passage.text), &setting.kind)?;
    }
    role(out, "via", record.via.as_ref().map(|via| &*via.text), "")?;
    role(out, "inside", record.parent.as_deref(), "")?;
    reasons(out, found, record, why)
}

/// What decided, and what lost to it.
fn reasons(
    out: &mut impl Write,
    found: &Extraction<'_>,
    record: &Record,
    why: &Explanation,
) -> io::Result<()> {
    if let Some(reason) = record.unattributed {
        writeln!(out, "  no source  {}", no_source(reason))?;
    }
    if let Some(ground) = ground(why.ground) {
        writeln!(out, "  decided    {ground}")?;
    }
    if !why.also.is_empty() {
        let others: Vec<String> = why.also.iter().map(|id| harmless(id).into_owned()).collect();
        lines(out, "  also       ", &others)?;
    }
    for weighed in &why.weighed {
        writeln!(out, "  weighed    {}  {:.3}", weighed.model, weighed.probability)?;
        evidence(out, &weighed.evidence)?;
    }
    for rival in &why.rivals {
        show_rival(out, found, rival)?;
    }
    Ok(())
}

fn role(out: &mut impl Write, name: &str, text: Option<&str>, means: &str) -> io::Result<()> {
    match text {
        None => Ok(()),
        Some(text) if means.is_empty() || means == text => writeln!(out, "  {name:<9}  {}", harmless(text)),
        Some(text) => writeln!(out, "  {name:<9}  {}  ({})", harmless(text), harmless(means)),
    }
}

fn show_rival(out: &mut impl Write, found: &Extraction<'_>, rival: &Rival) -> io::Result<()> {
    let part = |name: &str, tokens: Option<TokenSpan>| {
        let words = tokens.and_then(|tokens| words(found, tokens)).map_or("-".into(), harmless);
        match words.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{name} {}…", words[..end].trim_end()),
            None => format!("{name} {words}"),
        }
    };
    let (source, cue) = (part("source", rival.source), part("cue", rival.cue));
    writeln!(out, "  rival      {}  {:.3}  {source}, {cue}", rival.rule, rival.probability)?;
    evidence(out, &rival.evidence)
}

/// What speaks for it in lines of their own before what speaks against it.
fn evidence(out: &mut impl Write, tips: &[Tip]) -> io::Result<()> {
    let shown = |tip: &Tip| {
        let lacking = if tip.lacking { "not " } else { "" };
        format!("{:+.2} {lacking}{}", tip.weight, harmless(&tip.feature))
    };
    let against = tips.partition_point(|tip| tip.weight > 0.0);
    for side in [&tips[..against], &tips[against..]] {
        lines(out, "             ", &side.iter().map(shown).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Items side by side behind `head`, in as many lines as they need.
fn lines(out: &mut impl Write, head: &str, items: &[String]) -> io::Result<()> {
    let mut line = head.to_owned();
    for (i, item) in items.iter().enumerate() {
        if i > 0 && line.chars().count() + 3 + item.chars().count() > WIDTH {
            writeln!(out, "{line}")?;
            line = " ".repeat(head.len());
        } else if i > 0 {
            line.push_str("   ");
        }
        line.push_str(item);
    }
    if items.is_empty() { Ok(()) } else { writeln!(out, "{line}") }
}

fn words<'t>(found: &Extraction<'t>, tokens: TokenSpan) -> Option<&'t str> {
    let covered = found.tokens.get(tokens.range())?;
    Some(covered.first()?.span.join(covered.last()?.span).of(found.text))
}

/// What decided, where it was not the weights.
fn ground(ground: Ground) -> Option<&'static str> {
    match ground {
        Ground::Weights => None,
        Ground::Pattern => Some("by a pattern that needs no weighing"),
        Ground::Turn => Some("by whose turn it is in a dialogue of two"),
        Ground::LeadsIn => Some("by its cue, which stands right before the quotation"),
        Ground::InName => Some("by the name or description that it is part of: a nickname or a title"),
        Ground::Denied => Some("by its cue, which is denied: nobody is stated to have said it"),
    }
}

fn no_source(reason: Unattributed) -> &'static str {
    match reason {
        Unattributed::NoCue => "nothing near it reports",
        Unattributed::Ambiguous => "several could have said it, and none is likely enough",
        Unattributed::CueWithoutSource => "the words that report have no subject",
        Unattributed::Passive => "the passive names nobody",
        Unattributed::Headline => "it stands in a headline that names nobody",
    }
}
