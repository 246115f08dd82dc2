//! The source of a cue: which noun phrase of the sentence reports, or none.

use smallvec::SmallVec;

use super::cue::{CueGroup, Voice};
use super::extent;
use super::propose::Proposal;
use super::report;
use super::scene::{Line, NONE, Scene, signature};
use crate::document::ParagraphKind;
use crate::evidence::weights::{Weights, softmax};
use crate::evidence::{Name, Sink, Value, count, flag};
use crate::lexicon::{Act, Addressee, Strength, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::{t, v};

/// How many noun phrases on the left of a cue are looked at, beside the first of the sentence.
const LEFT: usize = 5;
/// How many on the right.
const RIGHT: usize = 3;
/// A noun phrase is part of one of so many before it, if of any.
const NEAR: usize = 4;
/// Beside them the first of the sentence, those of a few patterns, and nobody.
const MOST: usize = LEFT + RIGHT + 4;

/// Noun phrases, of which few cues have more to choose from.
type Mentions = SmallVec<[u32; MOST]>;

/// The nearest noun phrase on the left is the source where its score is so high and it is no part of another: no other had
/// a greater one in 99 of 100 such cues of annotated news.
const SETTLED: f32 = 6.0;
/// How likely such a source was on average.
const OF_SETTLED: f32 = 0.97;

/// A possible source of a cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Index into the mentions, [`NONE`] for “no source”.
    pub mention: u32,
    /// Its probability.
    pub probability: f32,
}

/// The noun phrases that may be the source of a cue, as indices; [`NONE`] comes last.
pub fn candidates(scene: &Scene<'_>, number: u32) -> Mentions {
    let cue = &scene.cues[number as usize];
    if let Some(subject) = behind_tag(scene, cue) {
        return Mentions::from_slice(&[subject, NONE]);
    }
    if let Some(subject) = behind_participle(scene, cue).or_else(|| shared_subject(scene, cue)) {
        return Mentions::from_slice(&[subject]);
    }
    let mut out = Mentions::new();
    let all = scene.mentions_in(cue.sentence as usize);
    if report::tells(scene, cue)
        && let Some(subject) = subject(scene, cue)
    {
        return Mentions::from_slice(&[subject]);
    }
    let front = front(scene, cue);
    // Who was warned that it was “over” did not say so; *he’s said* may be has said.
    let told = cue.voice == Voice::Passive
        && cue.tokens.start < cue.head
        && !scene.outer_in(cue.sentence as usize).is_empty()
        && cue.sense.act == Act::Speech
        && !scene.entry(cue.tokens.start as usize).is(list::CONTRACTIONS);
    let fits = |m: &usize| {
        let mention = &scene.mentions[*m];
        mention.quoted == cue.quoted
            && !(told && mention.base.start < cue.head)
            && !mention.base.overlaps(head(cue))
            && mention.base.start >= front
            && !part(scene, all.start, *m)
    };
    let split = all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < cue.head);
    out.extend((all.start..split).rev().filter(fits).take(LEFT).map(|m| m as u32));
    out.extend((all.start..split).find(fits).map(|m| m as u32).filter(|first| !out.contains(first)));
    if cue.voice != Voice::Finite || !lone_subject(before(scene, cue)) {
        out.extend((split..all.end).filter(fits).take(RIGHT).map(|m| m as u32));
    }
    for p in scene.proposals.of_cue(number) {
        let proposed = p.mention != NONE && scene.mentions[p.mention as usize].base.start >= front;
        if proposed && !out.contains(&p.mention) && !part(scene, all.start, p.mention as usize) {
            out.push(p.mention);
        }
    }
    out.push(NONE);
    out
}

/// The noun phrase that ends where the cue begins, all of it: *a spokesman for the guild* alleged that.
fn subject(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let mut all = scene.mentions_in(cue.sentence as usize);
    all.find(|&m| scene.mentions[m].full.end == cue.tokens.start).map(|m| m as u32)
}

/// Who speaks in a participle that opens the sentence is the subject of the main clause: *Saying that it was lost, the
/// council voted*.
fn behind_participle(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let first = cue.tokens.start == scene.sentences[cue.sentence as usize].tokens.start;
    if cue.voice != Voice::Ing || cue.quoted || !first {
        return None;
    }
    let start = extent::behind_participle(scene, cue)?;
    let mut all = scene.mentions_in(cue.sentence as usize);
    all.find(|&m| scene.mentions[m].base.start == start).map(|m| m as u32)
}

/// The subject of a second predicate is that of the first: *The keeper dined with Ola Brandt and said that it rained*.
///
/// No other subject with its verb may stand between the two, nor the beginning of a clause that the second predicate
/// may belong to.
fn shared_subject(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let joint = cue.tokens.start.checked_sub(1).filter(|&at| at > sentence.start)?;
    let says = cue.voice == Voice::Finite
        && cue.sense.act == Act::Speech
        && !cue.quoted
        && (cue.sense.strength == Some(Strength::Core) || report::frame(scene, cue) == v!("that"))
        && (cue.tokens.start < cue.head || scene.classes[cue.head as usize] != Class::Base);
    if !says || scene.classes[joint as usize] != Class::Conjunction {
        return None;
    }
    let all = scene.mentions_in(cue.sentence as usize);
    let verb = |m: &Mention| {
        let end = m.full.end as usize;
        let adverbs = scene.classes[end..joint as usize].iter().take_while(|c| **c == Class::Adverb).count();
        let verb = end + adverbs;
        (verb < joint as usize && scene.classes[verb].finite()).then_some(verb)
    };
    let first = scene.mentions[all.clone()].iter().position(|m| !m.quoted && m.full.end < joint)?;
    let number = all.start + first;
    let subject = &scene.mentions[number];
    let verb_of_subject = verb(subject)?;
    let rest = &scene.classes[verb_of_subject..joint as usize];
    let parts = |c: &Class| {
        matches!(
            c,
            Class::Colon
                | Class::Dash
                | Class::Interrogative
                | Class::Mark
                | Class::Relative
                | Class::Semicolon
                | Class::Subordinator
                | Class::That
        )
    };
    // Was arrested and told that: a second participle of the passive.
    let passive = matches!(rest, [Class::Auxiliary, Class::Past, ..])
        && !scene.entry(verb_of_subject).is(list::HAVING)
        && scene.classes[cue.head as usize] == Class::Past;
    let head = scene.entry(subject.head as usize);
    let speaks = match subject.kind {
        MentionKind::Name | MentionKind::Handle => true,
        MentionKind::Pronoun => head.is(list::PERSONAL_SUBJECTS) && !head.is(list::IT),
        MentionKind::Nominal => head.is_any(bits(&[
            list::DOCUMENTS,
            list::GROUPS,
            list::ORGANISATIONS,
            list::OUTLET_WORDS,
            list::ROLES,
            list::TITLES,
        ])),
        _ => false,
    };
    let fits = subject.base.start == sentence.start
        && speaks
        && !passive
        && !rest.windows(2).any(|pair| pair == [Class::Comma, Class::Ing])
        && !rest.iter().any(parts)
        && !scene.mentions[number + 1..all.end]
            .iter()
            .take_while(|m| m.base.start < joint)
            .any(|m| m.base.start as usize > verb_of_subject && verb(m).is_some());
    fits.then_some(number as u32)
}

/// Where the sentence’s own subject may begin: behind the phrase in front of it, whose nouns are subjects of nothing.
///
/// *In a chat with our correspondent, a trader, Ana Rell, said that prices had doubled.*
fn front(scene: &Scene<'_>, cue: &CueGroup) -> u32 {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let before = before(scene, cue);
    // As Ana Rell, a trader, said: no phrase but a clause.
    let opens = matches!(before.first(), Some(Class::Preposition | Class::Ing))
        && !scene.entry(sentence.start as usize).is(list::SUBORDINATORS);
    if cue.voice != Voice::Finite || !opens {
        return sentence.start;
    }
    let Some(comma) = before.iter().position(|c| *c == Class::Comma) else { return sentence.start };
    let behind = sentence.start + comma as u32 + 1;
    let mut mentions = scene.mentions[scene.mentions_in(cue.sentence as usize)].iter();
    let subject = mentions.any(|m| m.base.start == behind && m.kind != MentionKind::Relative);
    if subject { behind } else { sentence.start }
}

/// The subject of a tag that closes its sentence with the verb first: `The road will stay shut, said the council.`
///
/// A clause with its verb and a comma stand before, so that whoever is named there is the subject of that verb; and
/// what one says is never a bare noun phrase. Whom one tells is one, so that there the sentence’s first words have to
/// have a verb of their own: not in `The minister, who spoke on Monday, told reporters.`
fn behind_tag(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let says = cue.sense.strength? >= Strength::Common && cue.sense.act == Act::Speech;
    let before = before(scene, cue);
    // A headline may do without its verb: No going back, says minister.
    let paragraph = scene.sentences[cue.sentence as usize].paragraph as usize;
    let heading = scene.paragraphs[paragraph].kind == ParagraphKind::Heading;
    let clause = before.last() == Some(&Class::Comma)
        && (heading || before.iter().any(|c| c.finite()))
        && !lone_subject(before);
    if cue.voice != Voice::Finite || cue.tokens.len() > 1 || !says || !clause {
        return None;
    }
    let mut mentions = scene.mentions_in(cue.sentence as usize);
    let first = &scene.mentions[mentions.clone().next()?];
    let behind = scene.classes.get(first.full.end as usize);
    let own_verb = first.full.start == sentence.start && behind.is_some_and(|c| c.finite());
    if cue.sense.addressee == Addressee::Object && !own_verb {
        return None;
    }
    let subject = mentions.find(|&m| scene.mentions[m].base.start == cue.tokens.end)?;
    let end = scene.mentions[subject].full.end;
    let behind = &scene.classes[end as usize..sentence.end as usize];
    let day = matches!(behind, [Class::Time, ..] | [Class::Preposition, Class::Time, ..]);
    let over = matches!(behind, [] | [Class::Stop, ..]) || day && !behind.iter().any(|c| c.finite());
    over.then_some(subject as u32)
}

/// All that stands in a sentence before its verb is the subject, with a clause or participle about it: *Mateo Cruz, who
/// leads the party,* condemned the attack.
fn lone_subject(before: &[Class]) -> bool {
    let Some((head, aside)) = before
        .strip_suffix(&[Class::Comma])
        .and_then(|words| words.split_at_checked(words.iter().position(|c| *c == Class::Comma)?))
    else {
        return false;
    };
    let named = matches!(head.last(), Some(Class::Capital | Class::Noun | Class::Plural | Class::Number));
    let described =
        matches!(aside, [_, Class::Relative | Class::Past, rest @ ..] if !rest.contains(&Class::Comma));
    named && described && !head.iter().any(|c| c.finite() || c.verb())
}

/// What stands in the sentence before the cue.
fn before<'a>(scene: &Scene<'a>, cue: &CueGroup) -> &'a [Class] {
    let start = scene.sentences[cue.sentence as usize].tokens.start;
    &scene.classes[start as usize..cue.tokens.start.max(start) as usize]
}

fn head(cue: &CueGroup) -> TokenSpan {
    TokenSpan { start: cue.head, end: cue.head + 1 }
}

/// Adds the likeliest candidate of a cue and the next with their probabilities.
pub fn choose(scene: &Scene<'_>, weights: &Weights, cue: u32, out: &mut Vec<Candidate>) {
    let (mut first, mut second) = (0, 0);
    for rank in weigh(scene, weights, cue).iter().map(Candidate::rank) {
        second = rank.min(first).max(second);
        first = rank.max(first);
    }
    out.extend([first, second].into_iter().filter(|&rank| rank > 0).map(Candidate::of_rank));
}

/// All candidates of a cue with their probabilities, likeliest first; one where nothing else has a chance.
pub fn all(scene: &Scene<'_>, weights: &Weights, cue: u32) -> Vec<Candidate> {
    let mut out = weigh(scene, weights, cue).to_vec();
    out.sort_by_key(|candidate| std::cmp::Reverse(candidate.rank()));
    out
}

/// The candidates of a cue with their probabilities.
fn weigh(scene: &Scene<'_>, weights: &Weights, cue: u32) -> SmallVec<[Candidate; MOST]> {
    let mentions = candidates(scene, cue);
    let view = View::new(scene, cue);
    let score = |&m: &u32| weights.score(|f| features(scene, &view, m, f));
    let nearest = score(&mentions[0]);
    if nearest >= SETTLED && subject_like(scene, cue, mentions[0]) {
        return SmallVec::from_slice(&[Candidate { mention: mentions[0], probability: OF_SETTLED }]);
    }
    let mut scores: SmallVec<[f32; MOST]> = SmallVec::new();
    scores.push(nearest);
    scores.extend(mentions[1..].iter().map(score));
    softmax(&mut scores);
    let candidate = |(&mention, probability)| Candidate { mention, probability };
    mentions.iter().zip(scores).map(candidate).collect()
}

impl Candidate {
    /// The likelier the greater, and of equals the first mention: as numbers the bits of a probability, which is never
    /// negative, are in its order.
    fn rank(&self) -> u64 {
        u64::from(self.probability.to_bits()) << 32 | u64::from(!self.mention)
    }

    fn of_rank(rank: u64) -> Self {
        Self { mention: !(rank as u32), probability: f32::from_bits((rank >> 32) as u32) }
    }
}

/// On the left, and subject of something: not *Rell* in *people who worked with Rell said*.
fn subject_like(scene: &Scene<'_>, cue: u32, mention: u32) -> bool {
    mention != NONE && {
        let start = scene.mentions[mention as usize].base.start;
        start < scene.cues[cue as usize].head && !tied(scene, start)
    }
}

/// A preposition stands before the token.
fn tied(scene: &Scene<'_>, start: u32) -> bool {
    (start as usize).checked_sub(1).is_some_and(|before| {
        scene.classes[before] == Class::Preposition && !scene.entry(before).is(list::SUBORDINATORS)
    })
}

/// The mention is the second half of what another is for: *Trade* in *the Bureau for Industry and Trade said*.
fn part(scene: &Scene<'_>, first: usize, mention: usize) -> bool {
    let base = scene.mentions[mention].base;
    let joined = base.start > 0 && scene.classes[base.start as usize - 1] == Class::Conjunction;
    let whole =
        |m: &Mention| m.full.contains(base) && m.base.end < base.start && m.full.start == m.base.start;
    joined && scene.mentions[first..mention].iter().rev().take(NEAR).any(whole)
}

/// What the candidates of one cue share.
pub struct View<'a> {
    cue: &'a CueGroup,
    sentence: usize,
    line: Line<'a>,
    form: Value<'a>,
    voice: Name,
    before: Name,
    after: Name,
    /// The first noun phrase of the sentence that is not quoted.
    first: Option<TokenSpan>,
    /// How surely it reports, where it is a verb.
    strength: Option<Name>,
    proposals: &'a [Proposal],
}

impl<'a> View<'a> {
    /// Looks at the cue of this index.
    pub fn new(scene: &Scene<'a>, number: u32) -> Self {
        let cue = &scene.cues[number as usize];
        let sentence = cue.sentence as usize;
        let line = scene.line(sentence);
        let mut mentions = scene.mentions[scene.mentions_in(sentence)].iter();
        Self {
            cue,
            sentence,
            line,
            first: mentions.find(|m| !m.quoted).map(|m| m.base),
            form: scene.word(cue.head as usize),
            voice: Name::from(cue.voice),
            before: line.class(i64::from(cue.tokens.start) - 1),
            after: line.class(i64::from(cue.tokens.end)),
            strength: cue.sense.strength.map(Name::from),
            proposals: scene.proposals.of_cue(number),
        }
    }
}

/// The evidence for one candidate.
pub fn features(scene: &Scene<'_>, view: &View<'_>, candidate: u32, f: &mut impl Sink) {
    let View { cue, line, form, voice, before: before_cue, after: after_cue, .. } = *view;
    if candidate == NONE {
        f.add(t!("source.none"), [] as [Name; 0]);
        f.add(t!("source.none-voice"), [voice]);
        f.add(t!("source.none-form"), [form]);
        f.add(t!("source.none-word"), [line.word(i64::from(cue.tokens.start) - 1)]);
        return;
    }
    let mention = &scene.mentions[candidate as usize];
    let side = if mention.base.start > cue.head { v!("right") } else { v!("left") };
    let stand = Stand::new(scene, view, candidate);
    let kind = scene.mention_type(mention);
    let [a, b, c, d] = signature(stand.between);
    let [rank, commas, verbs] = [count(stand.rank), count(stand.commas), count(stand.finite)];
    let (first, after_quote) = (flag(stand.first), flag(stand.after_quote));
    let (start, end) = (i64::from(mention.full.start), i64::from(mention.full.end));
    let previous = line.class(start - 1);
    f.add(t!("source.gap"), [a, b, c, d, side]);
    f.add(t!("source.kind"), [side, kind]);
    f.add(t!("source.commas"), [side, commas, voice]);
    f.add(t!("source.verbs"), [side, verbs, voice]);
    f.add(t!("source.after-quote"), [side, after_quote, rank, voice]);
    f.add(t!("source.previous"), [side, previous, voice]);
    f.add(t!("source.previous-gap"), [previous, a, side]);
    f.add(t!("source.previous-word"), [side.into(), line.word(start - 1)]);
    let next = line.class(end);
    f.add(t!("source.next"), [side, next, voice]);
    f.add(t!("source.next-word"), [side.into(), line.word(end)]);
    f.add(t!("source.before-cue"), [side, before_cue, rank, voice]);
    f.add(t!("source.first"), [side, first, voice]);
    f.add(t!("source.first-previous"), [side, first, before_cue, voice]);
    f.add(t!("source.after-cue"), [side, after_cue, voice]);
    let mut last = NONE;
    for p in view.proposals.iter().filter(|p| p.mention == candidate) {
        if p.pattern != last {
            last = p.pattern;
            f.add(t!("source.pattern-kind"), [scene.rules.value(last), kind.into()]);
        }
    }
    f.add(t!("source.form"), [side.into(), form]);
    f.add(t!("source.form-gap"), [side.into(), form, a.into()]);
    f.add(t!("source.head"), [scene.word(mention.head as usize)]);
    let apposed = flag(stand.apposed);
    f.add(t!("source.apposed"), [side, apposed, a]);
    if let Some(strength) = view.strength {
        f.add(t!("source.strength"), [side, a, strength, voice]);
    }
}

/// How a mention stands to a cue.
struct Stand<'a> {
    between: &'a [Class],
    rank: usize,
    commas: usize,
    finite: usize,
    first: bool,
    apposed: bool,
    after_quote: bool,
}

impl<'a> Stand<'a> {
    fn new(scene: &Scene<'a>, view: &View<'_>, candidate: u32) -> Self {
        let View { cue, sentence, .. } = *view;
        let mention = &scene.mentions[candidate as usize];
        let left = mention.base.start < cue.head;
        let between = if left {
            let end = mention.full.end.min(cue.tokens.start).max(mention.base.end);
            TokenSpan { start: end.min(cue.tokens.start), end: cue.tokens.start }
        } else {
            TokenSpan { start: cue.tokens.end.min(mention.base.start), end: mention.base.start }
        };
        let all = scene.mentions_in(sentence);
        let counts = |m: &&Mention| m.quoted == cue.quoted && between.contains(m.base);
        // They come in the order of the text, so that those further away than the cue need not be seen.
        let rank = if left {
            let behind = scene.mentions[candidate as usize + 1..all.end].iter();
            behind.take_while(|m| m.base.start < between.end).filter(counts).count()
        } else {
            let before = scene.mentions[all.start..candidate as usize].iter().rev();
            before.take_while(|m| m.base.start >= between.start).filter(counts).count()
        };
        let range = scene.sentences[sentence].tokens;
        Self {
            between: &scene.classes[between.range()],
            rank,
            commas: scene.tally.commas(between),
            finite: scene.tally.finite(between),
            first: view.first == Some(mention.base),
            apposed: mention.apposition.is_some(),
            after_quote: mention.full.start > range.start
                && scene.classes[mention.full.start as usize - 1] == Class::Mark,
        }
    }
}

impl From<Voice> for Name {
    fn from(voice: Voice) -> Self {
        match voice {
            Voice::Finite => v!("finite"),
            Voice::Ing => v!("ing"),
            Voice::Infinitive => v!("inf"),
            Voice::Passive => v!("passive"),
            Voice::Noun => v!("noun"),
            Voice::Phrase => v!("phrase"),
        }
    }
}

impl From<Strength> for Name {
    fn from(strength: Strength) -> Self {
        match strength {
            Strength::Weak => v!("weak"),
            Strength::Common => v!("common"),
            Strength::Core => v!("core"),
        }
    }
}

impl From<Act> for Name {
    fn from(act: Act) -> Self {
        match act {
            Act::Speech => v!("speech"),
            Act::Attitude => v!("attitude"),
            Act::Deed => v!("deed"),
        }
    }
}
