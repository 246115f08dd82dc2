//! What the patterns say: each match as a proposal of cue, source and content for the weights to judge.

use super::cue::{CueGroup, Sense, Voice};
use super::fit;
use super::matcher::{Capture, CaptureKind, Match, Matcher, Matches, Scene};
use super::scene::NONE;
use crate::evidence::Value;
use crate::grammar::{Element, Grammar, Item, Pattern, Role};
use crate::lexicon::{Lexicon, fold};
use crate::mention::Mention;
use crate::quotation::Quotation;
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Sentence, Token};

/// The patterns of a grammar, ready to run, with their names as feature values.
#[derive(Clone, Debug)]
pub struct Rules {
    matcher: Matcher,
    ids: Vec<(String, u64)>,
    /// For each pattern: it decides where it fits.
    sure: Vec<bool>,
    /// For each pattern: it has a verb without a role, which is part of its phrase and no cue of its own.
    absorbs: Vec<bool>,
    /// For each pattern: it is sure, and has a quotation without a role, which nobody has said.
    dismisses: Vec<bool>,
    /// For each pattern: every form has marked words in its content, whatever stands around them.
    marked: Vec<bool>,
}

impl Rules {
    /// Compiles the patterns.
    pub fn new(grammar: &Grammar) -> Self {
        let ids = grammar.patterns.iter().map(Pattern::id);
        let ids = ids.map(|id| (fold(&id), id)).map(|(hash, id)| (id, hash)).collect();
        let sure = grammar.patterns.iter().map(|p| p.sure.is_some()).collect();
        let cue = |item: &Item| matches!(item, Item::Cue(_));
        let absorbs = grammar.patterns.iter().map(|p| passes(p, cue)).collect();
        let quote = |item: &Item| matches!(item, Item::Quote);
        let dismisses = grammar.patterns.iter().map(|p| p.sure.is_some() && passes(p, quote)).collect();
        let marked = grammar.patterns.iter().map(marked).collect();
        Self { matcher: Matcher::new(grammar), ids, sure, absorbs, dismisses, marked }
    }

    /// The pattern decides wherever it fits, and the weights are not asked.
    pub fn sure(&self, pattern: u32) -> bool {
        self.sure[pattern as usize]
    }

    /// Every form of the pattern has marked words in its content.
    pub fn marked(&self, pattern: u32) -> bool {
        self.marked[pattern as usize]
    }

    /// `after/inverted`
    pub fn id(&self, pattern: u32) -> &str {
        &self.ids[pattern as usize].0
    }

    /// The name of a pattern as a feature value.
    pub fn value(&self, pattern: u32) -> Value<'_> {
        let (text, hash) = &self.ids[pattern as usize];
        Value::new(text, *hash)
    }
}

/// Some form has such an item without a role: `as SAYING` in `cue=SAID by via=MENTION as SAYING content=QUOTE`.
fn passes(pattern: &Pattern, wanted: fn(&Item) -> bool) -> bool {
    fn free(element: &Element, wanted: fn(&Item) -> bool) -> bool {
        element.role.is_none()
            && match &element.item {
                Item::Choice(ways) => ways.iter().flatten().any(|e| free(e, wanted)),
                item => wanted(item),
            }
    }
    pattern.forms.iter().flatten().any(|e| free(e, wanted))
}

/// Every form has a quotation in its content: `content=( CLAUSE? QUOTE CLAUSE? )`.
fn marked(pattern: &Pattern) -> bool {
    let quote = |e: &Element| !e.optional && matches!(e.item, Item::Quote);
    let content = |e: &Element| {
        e.role == Some(Role::Content)
            && match &e.item {
                Item::Choice(ways) => ways.iter().all(|way| way.iter().any(quote)),
                _ => quote(e),
            }
    };
    pattern.forms.iter().all(|form| form.iter().any(content))
}

/// One match in terms of the text: indices into its cues and mentions, [`NONE`] where there is none.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// Index into the grammar’s patterns; smaller is surer.
    pub pattern: u32,
    /// The cue.
    pub cue: u32,
    /// The source.
    pub mention: u32,
    /// The source’s words.
    pub source: TokenSpan,
    /// The content, from its first to its last piece.
    pub content: TokenSpan,
    /// Its pieces; the second is empty where there is one.
    pub pieces: [TokenSpan; 2],
    /// The content is whole quotations.
    pub quoted: bool,
    /// To whom, where the pattern says so.
    pub addressee: Option<TokenSpan>,
    /// Where, where the pattern says so.
    pub setting: Option<TokenSpan>,
    /// Through whom, where the pattern says so.
    pub via: Option<TokenSpan>,
}

impl Proposal {
    /// How much it says beside who said what.
    pub fn details(&self) -> usize {
        [self.addressee, self.setting, self.via].iter().flatten().count()
    }
}

/// All proposals of a text, found by cue or by place.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    /// In the order of their cues; those without a cue come last.
    all: Vec<Proposal>,
    /// For each cue the place of its first proposal, and behind the last the place of those without.
    first: Vec<u32>,
    /// The first tokens of quotations that a sure pattern passes over, in order.
    dismissed: Vec<u32>,
}

impl Proposals {
    /// Those with this cue, surest pattern first.
    pub fn of_cue(&self, cue: u32) -> &[Proposal] {
        if cue == NONE {
            return self.cueless();
        }
        match self.first.get(cue as usize..cue as usize + 2) {
            Some(ends) => &self.all[ends[0] as usize..ends[1] as usize],
            None => &[],
        }
    }

    /// A sure pattern says that nobody has said the quotation that begins with this token: it names a work.
    pub fn dismissed(&self, start: u32) -> bool {
        self.dismissed.binary_search(&start).is_ok()
    }

    /// Those without a cue, in the order of the text.
    pub fn cueless(&self) -> &[Proposal] {
        &self.all[self.first.last().map_or(0, |&end| end as usize)..]
    }
}

/// What the stages before have found in a text.
pub struct Findings<'a> {
    /// Its words and marks.
    pub tokens: &'a [Token],
    /// The class of each.
    pub classes: &'a [Class],
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// What stands between quotation marks.
    pub quotations: &'a [Quotation],
    /// Who could be a source.
    pub mentions: &'a [Mention],
}

/// Runs the patterns over a text. Phrases that are cues by themselves are added to `cues`.
pub fn propose(
    rules: &Rules,
    findings: &Findings<'_>,
    cues: &mut Vec<CueGroup>,
    lexicon: &Lexicon,
) -> Proposals {
    let &Findings { tokens, sentences, quotations, mentions, .. } = findings;
    let mut found = Matches::with_capacity(sentences.len());
    let quotations = {
        let scene = scene(tokens, sentences, quotations, mentions, cues, lexicon);
        rules.matcher.find(&scene, &mut found);
        scene.quotations
    };
    let view = fit::View { findings, quotations: &quotations, cues, lexicon };
    let fits = |m: &Match<'_>| view.fits(m, rules.sure(m.pattern));
    let mut matches = Vec::with_capacity(found.len());
    matches.extend(found.iter().filter(fits));
    let dismissed = dismissed(rules, &matches, &quotations);
    let absorbed = absorbed(rules, &matches, cues);
    add_phrases(&matches, tokens, sentences, lexicon, cues);
    cues.retain(|c| absorbed.binary_search(&c.head).is_err());
    forget(&absorbed, sentences, cues);
    let mut all = Vec::with_capacity(matches.len());
    all.extend(matches.iter().filter_map(|m| proposal(m, cues, mentions)));
    // Nobody asks for these any more, and sorting takes memory of its own.
    drop(matches);
    drop(found);
    all.sort_by_key(|p| {
        (p.cue, if p.cue == NONE { p.content.start } else { 0 }, p.pattern, p.mention, p.content)
    });
    all.dedup_by_key(|p| (p.cue, p.pattern, p.mention, p.content));
    let mut first = Vec::with_capacity(cues.len() + 1);
    for (i, proposal) in all.iter().enumerate().filter(|(_, p)| p.cue != NONE) {
        first.resize(proposal.cue as usize + 1, i as u32);
    }
    first.resize(cues.len() + 1, all.partition_point(|p| p.cue != NONE) as u32);
    Proposals { all, first, dismissed }
}

/// The outermost quotations inside matches of sure patterns that play no role there.
fn dismissed(rules: &Rules, matches: &[Match<'_>], quotations: &[(u32, TokenSpan)]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for found in matches.iter().filter(|m| rules.dismisses[m.pattern as usize]) {
        // What a match begins with only tells what stands before the rest.
        let from = quotations.partition_point(|(_, q)| q.start <= found.tokens.start);
        let inside = quotations[from..].iter().map(|(_, q)| q.start).take_while(|&i| i < found.tokens.end);
        let free = |i: &u32| !found.roles.iter().any(|r| r.tokens.start <= *i && *i < r.tokens.end);
        out.extend(inside.filter(free));
    }
    out.sort_unstable();
    out
}

/// The heads of verbs that a pattern passes over on the way from its cue to the content: `was quoted by … as saying`.
fn absorbed(rules: &Rules, matches: &[Match<'_>], cues: &[CueGroup]) -> Vec<u32> {
    let mut out = Vec::new();
    for found in matches.iter().filter(|m| rules.absorbs[m.pattern as usize]) {
        let first = |role: Role| found.roles.of(role).next().map(|c| c.tokens);
        let (Some(cue), Some(content)) = (first(Role::Cue), first(Role::Content)) else { continue };
        let from = cues.partition_point(|c| c.head < cue.end);
        let free = |c: &&CueGroup| !found.roles.iter().any(|r| r.tokens.contains(c.tokens));
        let between = cues[from..].iter().take_while(|c| c.head < content.start).filter(free);
        out.extend(between.map(|c| c.head));
    }
    // What a sure pattern takes for somebody says nothing, unless it is the cue of a surer one: state in “state radio”,
    // but not answer in “her answer was simple”.
    let sure = || matches.iter().filter(|m| rules.sure(m.pattern));
    let mut surer: Vec<(u32, u32)> =
        sure().filter_map(|m| Some((m.roles.of(Role::Cue).next()?.tokens.start, m.pattern))).collect();
    surer.sort_unstable();
    let surest =
        |head: u32| surer.get(surer.partition_point(|(cue, _)| *cue < head)).filter(|(cue, _)| *cue == head);
    for found in sure() {
        for role in found.roles.iter().filter(|r| !matches!(r.role, Role::Cue | Role::Content)) {
            let from = cues.partition_point(|c| c.head < role.tokens.start);
            let inside = cues[from..].iter().map(|c| c.head).take_while(|&head| head < role.tokens.end);
            out.extend(
                inside.filter(|&head| surest(head).is_none_or(|(_, pattern)| *pattern > found.pattern)),
            );
        }
    }
    out.sort_unstable();
    out
}

/// Where cues of a sentence are gone or new, what the words around the others came to no longer holds.
fn forget(absorbed: &[u32], sentences: &[Sentence], cues: &mut [CueGroup]) {
    let gone = absorbed.iter().map(|&head| sentences.partition_point(|s| s.tokens.end <= head) as u32);
    let new = cues.iter().filter(|c| c.voice == Voice::Phrase).map(|c| c.sentence);
    let mut changed: Vec<u32> = gone.chain(new).collect();
    changed.sort_unstable();
    for cue in cues.iter_mut().filter(|c| changed.binary_search(&c.sentence).is_ok()) {
        cue.own = None;
    }
}

/// So many phrases before the last may overlap the next one.
const REACH: usize = 16;

/// Phrases such as `was quoted as saying` replace the cues inside them.
fn add_phrases(
    matches: &[Match<'_>],
    tokens: &[Token],
    sentences: &[Sentence],
    lexicon: &Lexicon,
    cues: &mut Vec<CueGroup>,
) {
    let mut phrases: Vec<CueGroup> = Vec::new();
    for found in matches {
        let Some(capture) = found.roles.of(Role::Cue).next() else { continue };
        let span = capture.tokens;
        if matches!(capture.kind, CaptureKind::Cue(c) if cues[c as usize].tokens == span) {
            continue;
        }
        let from = cues.partition_point(|c| c.head < span.start);
        let same = cues[from..].iter().take_while(|c| c.head < span.end).any(|c| c.tokens == span);
        // Matches come in the order of the text: only the phrases before this one can reach into it.
        if same || phrases.iter().rev().take(REACH).any(|c| c.tokens.overlaps(span)) {
            continue;
        }
        let last = cues.partition_point(|c| c.head < span.end);
        let inside = last
            .checked_sub(1)
            .map(|i| &cues[i])
            .filter(|c| span.contains(c.tokens) || span.start <= c.head && c.head < span.end);
        let head = inside.map_or_else(|| content_word(tokens, span), |c| c.head);
        let sentence = sentences.partition_point(|s| s.tokens.end <= span.start) as u32;
        phrases.push(CueGroup {
            tokens: span,
            head,
            voice: Voice::Phrase,
            sentence,
            quoted: false,
            idle: false,
            own: None,
            follows: None,
            sense: Sense::new(Voice::Phrase, lexicon.entry(tokens[head as usize].word), lexicon),
        });
    }
    if !phrases.is_empty() {
        phrases.sort_by_key(|p| p.tokens.start);
        let phrase = |head: u32| phrases[..phrases.partition_point(|p| p.tokens.start <= head)].last();
        cues.retain(|c| phrase(c.head).is_none_or(|p| p.tokens.end <= c.head));
        cues.extend(phrases);
        cues.sort_by_key(|c| c.head);
    }
}

/// The longest word of a phrase without a reporting word: `words` in `in the words of`.
fn content_word(tokens: &[Token], span: TokenSpan) -> u32 {
    (span.start..span.end)
        .max_by_key(|&i| (tokens[i as usize].span.len(), std::cmp::Reverse(i)))
        .unwrap_or(span.start)
}

/// A match in terms of the text; none where its cue has become part of a longer phrase: `went on` of `went on to say`.
fn proposal(found: &Match<'_>, cues: &[CueGroup], mentions: &[Mention]) -> Option<Proposal> {
    let mut firsts = [None; Role::ALL.len()];
    found.roles.iter().rev().for_each(|capture| firsts[capture.role as usize] = Some(capture));
    let first = |role: Role| firsts[role as usize];
    let cue = match first(Role::Cue) {
        Some(c) => {
            let at = cues.partition_point(|g| g.head < c.tokens.start);
            cues.get(at).filter(|g| g.head < c.tokens.end)?;
            at as u32
        }
        None => NONE,
    };
    let source = first(Role::Source);
    let span = |role: Role| first(role).map(|c| c.tokens);
    let mut contents = found.roles.of(Role::Content);
    // The first is a piece, and all others are one.
    let one = contents.next();
    let mut pieces = [one.map_or(TokenSpan::default(), |c| c.tokens), TokenSpan::default()];
    let mut content = pieces[0];
    let mut quoted = one.is_some_and(is_quotation);
    for other in contents {
        pieces[1] = if pieces[1].is_empty() { other.tokens } else { pieces[1].join(other.tokens) };
        content = content.join(other.tokens);
        quoted &= is_quotation(other);
    }
    Some(Proposal {
        pattern: found.pattern,
        cue,
        mention: source.map_or(NONE, |c| mention_of(c, mentions)),
        source: source.map_or(TokenSpan::default(), |c| c.tokens),
        content,
        pieces,
        quoted,
        addressee: span(Role::Addressee),
        setting: span(Role::Setting),
        via: span(Role::Via),
    })
}

fn is_quotation(capture: &Capture) -> bool {
    matches!(capture.kind, CaptureKind::Quotation(_))
}

fn mention_of(capture: &Capture, mentions: &[Mention]) -> u32 {
    match capture.kind {
        CaptureKind::Mention(m) => m,
        // A possessive pronoun is a mention of its own inside the phrase that it opens.
        _ => {
            let from = mentions.partition_point(|m| m.base.start < capture.tokens.start);
            mentions[from..]
                .iter()
                .take_while(|m| m.base.start == capture.tokens.start)
                .position(|m| m.base == capture.tokens)
                .map_or(NONE, |k| (from + k) as u32)
        }
    }
}

/// What the stages before have found, as the matcher wants to see it.
fn scene<'a>(
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    quotations: &[Quotation],
    mentions: &'a [Mention],
    cues: &'a [CueGroup],
    lexicon: &'a Lexicon,
) -> Scene<'a> {
    let outer = quotations.iter().zip(0..).filter(|(q, _)| q.parent.is_none());
    Scene {
        tokens,
        sentences,
        lexicon,
        quotations: outer.map(|(q, index)| (index, q.tokens)).collect(),
        mentions,
        cues,
    }
}
