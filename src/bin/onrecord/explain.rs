//! `onrecord explain`: why each record says what it says.

use std::io::{self, BufWriter, Write};

use anyhow::{Result, anyhow};
use onrecord::attribution::{Attribution, Rival, Unattributed};
use onrecord::export::text::harmless;
use onrecord::span::TokenSpan;
use onrecord::{Extraction, Record};

use crate::args::ExplainArgs;
use crate::input::{self, Input};
use crate::output::complain;
use crate::{Status, Usage, grammar, read};

pub fn explain(args: &ExplainArgs) -> Result<Status> {
    let extractor = grammar::extractor(args.grammar.as_deref())?;
    if args.path.is_dir() {
        let path = args.path.display();
        return Err(Usage(format!("{path}: this is a folder; explain takes one file of it")).into());
    }
    let (inputs, _) = input::find(std::slice::from_ref(&args.path))?;
    let text = read::text(inputs.first().unwrap_or(&Input::Stdin))
        .map_err(|p| anyhow!("{}: {}", p.name, p.reason))?;
    let extraction = text.extraction(&extractor);
    let records = extraction.records(&text.document(&extractor));
    let wanted = |record: &Record| args.id.as_ref().is_none_or(|id| record.id.starts_with(id.as_str()));
    let mut out = BufWriter::new(io::stdout().lock());
    let mut shown = 0;
    for (record, attribution) in
        records.iter().zip(&extraction.attributions).filter(|(record, _)| wanted(record))
    {
        if shown > 0 {
            writeln!(out)?;
        }
        shown += 1;
        show(&mut out, &extraction, record, attribution)?;
    }
    out.flush()?;
    if let Some(id) = args.id.as_ref().filter(|_| shown == 0) {
        complain(format_args!("{}: no record's id begins with {id}; leave out --id to see all", text.name));
        return Ok(Status::Incomplete);
    }
    Ok(Status::Done)
}

/// One record: rule, then the words of each role, then who lost and why.
fn show(
    out: &mut impl Write,
    found: &Extraction<'_>,
    record: &Record,
    attribution: &Attribution,
) -> io::Result<()> {
    writeln!(out, "{}  {}  {:.3}", record.id, record.rule, record.confidence)?;
    role(out, "content", Some(&record.content.text), "")?;
    if let Some(cue) = &record.cue {
        role(out, "cue", Some(&cue.passage.text), &format!("{}, {}", cue.lemma, cue.stance))?;
    }
    if let Some(speaker) = &record.speaker {
        role(out, "source", Some(&speaker.passage.text), speaker.name.as_deref().unwrap_or_default())?;
    }
    if let Some(addressee) = &record.addressee {
        role(out, "addressee", Some(&addressee.passage.text), addressee.name.as_deref().unwrap_or_default())?;
    }
    if let Some(setting) = &record.setting {
        role(out, "setting", Some(&setting.passage.text), &setting.kind)?;
    }
    role(out, "via", record.via.as_ref().map(|via| &via.text), "")?;
    role(out, "inside", record.parent.as_ref(), "")?;
    if let Some(reason) = record.unattributed {
        writeln!(out, "  no source  {}", why(reason))?;
    }
    for rival in &attribution.rivals {
        show_rival(out, found, rival)?;
    }
    Ok(())
}

fn role(out: &mut impl Write, name: &str, text: Option<&String>, means: &str) -> io::Result<()> {
    match text {
        None => Ok(()),
        Some(text) if means.is_empty() || means == text => writeln!(out, "  {name:<9}  {}", harmless(text)),
        Some(text) => writeln!(out, "  {name:<9}  {}  ({})", harmless(text), harmless(means)),
    }
}

fn show_rival(out: &mut impl Write, found: &Extraction<'_>, rival: &Rival) -> io::Result<()> {
    let part = |name: &str, tokens: Option<TokenSpan>| {
        let words = tokens.and_then(|tokens| words(found, tokens)).map_or("-".into(), harmless);
        format!("{name} {words}")
    };
    let (source, cue) = (part("source", rival.source), part("cue", rival.cue));
    writeln!(out, "  rival      {}  {:.3}  {source}, {cue}", rival.rule, rival.probability)?;
    for (feature, weight) in &rival.evidence {
        writeln!(out, "    {weight:+.2}  {}", harmless(feature))?;
    }
    Ok(())
}

fn words<'t>(found: &Extraction<'t>, tokens: TokenSpan) -> Option<&'t str> {
    let covered = found.tokens.get(tokens.range())?;
    Some(covered.first()?.span.join(covered.last()?.span).of(found.text))
}

fn why(reason: Unattributed) -> &'static str {
    match reason {
        Unattributed::NoCue => "nothing near it reports",
        Unattributed::Ambiguous => "several could have said it, and none is likelier than not",
        Unattributed::CueWithoutSource => "the words that report have no subject",
        Unattributed::Passive => "the passive names nobody",
        Unattributed::Headline => "it stands in a headline that names nobody",
    }
}
