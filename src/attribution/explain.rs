//! Why an attribution is as it is: what decided, what lost, and the evidence that tipped the scale.
//!
//! The decisions are taken as ever, and only then looked at again. So they are the same whether anybody asks or not,
//! and a text that nobody asks about costs nothing more.

use super::again::{self, Possible};
use super::relate::{self, Draft};
use super::report;
use super::scene::{NONE, Scene};
use super::segment::{self, Candidate, Decision, Sources};
use super::source;
use super::{Attribution, Unattributed};
use crate::evidence::weights::{Evidence, Tip, Weights, difference, logistic};
use crate::span::TokenSpan;

/// How many rivals are shown, and how much evidence for and against each.
const MOST: usize = 3;
/// A rival less likely than this is not shown where there is a likelier one.
const LEAST: f32 = 0.002;

/// Why an attribution is as it is.
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    /// What decided.
    pub ground: Ground,
    /// The other patterns that say the same, in their order.
    pub also: Vec<String>,
    /// Indirect speech: whether the cue reports, at first sight and beside its neighbours.
    pub weighed: Vec<Weighed>,
    /// What lost, likeliest first.
    pub rivals: Vec<Rival>,
}

/// What decided between a choice and its rivals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// The weights.
    #[default]
    Weights,
    /// A pattern that needs no weighing.
    Pattern,
    /// In a dialogue of two it is this speaker’s turn.
    Turn,
    /// The cue stands right before the quotation.
    LeadsIn,
    /// The quotation is part of a name or description.
    InName,
    /// The cue is denied, so that it gives the words to nobody.
    Denied,
}

/// The answer of one model with its evidence.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The stem of its weight file.
    pub model: &'static str,
    /// How likely it says it is.
    pub probability: f32,
    /// The strongest evidence for and against it.
    pub evidence: Vec<Tip>,
}

/// A choice that lost.
#[derive(Clone, Debug)]
pub struct Rival {
    /// Its rule.
    pub rule: String,
    /// Its source, where it had one.
    pub source: Option<TokenSpan>,
    /// Its cue, where it had one.
    pub cue: Option<TokenSpan>,
    /// Its probability.
    pub probability: f32,
    /// What spoke for (+) and against (−) it, compared with what was chosen: the strongest of either.
    pub evidence: Vec<Tip>,
}

/// All attributions of a text as [`relate::relate`] finds them, and why each is as it is.
pub fn explain(scene: &Scene<'_>, weights: &Weights) -> (Vec<Attribution>, Vec<Explanation>) {
    let mut sources = Sources::new(scene.cues.len());
    let (mut drafts, decisions) = relate::drafts(scene, weights, &mut sources);
    let attributions = relate::finish_all(scene, &mut drafts, &decisions);
    let possible = relate::possible(scene, weights, &mut sources);
    let mut owned_sentence = vec![false; scene.sentences.len()];
    for draft in drafts.iter().filter(|d| !d.owned.is_empty() && d.cue != NONE) {
        owned_sentence[scene.cues[draft.cue as usize].sentence as usize] = true;
    }
    let mut case = Case { scene, weights, sources, decisions, possible, owned_sentence };
    let explanations = drafts.iter().map(|draft| case.explain(draft)).collect();
    (attributions, explanations)
}

/// All that the decisions of one text were taken from.
struct Case<'a, 's> {
    scene: &'s Scene<'a>,
    weights: &'s Weights,
    sources: Sources,
    decisions: Vec<Decision>,
    possible: Vec<Possible>,
    /// For each sentence whether one of its cues owns a quotation.
    owned_sentence: Vec<bool>,
}

impl Case<'_, '_> {
    fn explain(&mut self, draft: &Draft<'_>) -> Explanation {
        let mut out = match draft.owned.first() {
            Some(&o) => self.quotation(draft, o as usize),
            // A label has no cue, and nothing else is asked about its paragraph.
            None if draft.cue == NONE => Explanation::default(),
            None if draft.inner => Explanation { rivals: self.sources(draft), ..Explanation::default() },
            None => self.report(draft),
        };
        out.also = self.also(draft);
        out
    }

    /// Why a quotation has this owner: the first one, where the relation has several.
    fn quotation(&mut self, draft: &Draft<'_>, o: usize) -> Explanation {
        let review = segment::review(self.scene, self.weights, &mut self.sources, &self.decisions, o);
        let Decision { chosen, probability, .. } = self.decisions[o];
        let same =
            |c: &Candidate| (c.origin, c.cue, c.mention) == (chosen.origin, chosen.cue, chosen.mention);
        let lost: Vec<(Candidate, f32)> =
            review.candidates.iter().copied().filter(|(c, _)| !same(c)).collect();
        let here = self.scene.quotations[self.scene.outer[o] as usize].tokens;
        let rival = |(this, probability): (Candidate, f32), winner: &Candidate| {
            let found = |c: &Candidate| segment::evidence(self.scene, self.weights, &review.view, c);
            let rule = relate::rule_of_choice(self.scene, this, here);
            let tips = difference(found(&this), found(winner));
            self.rival(rule, this.cue, this.mention, probability, tips)
        };
        let mut rivals = Vec::new();
        if draft.unattributed == Some(Unattributed::Ambiguous) {
            // Nobody won. The likeliest lost to the likeliest of the others who would be somebody else.
            let next = lost.iter().find(|(c, _)| c.mention != chosen.mention);
            rivals.extend(next.map(|(next, _)| rival((chosen, probability), next)));
        }
        rivals.extend(worth_a_line(&lost, |c| c.1).map(|&c| rival(c, &chosen)));
        // The cue is not in doubt, only whether it has a subject.
        if let Some(Unattributed::CueWithoutSource | Unattributed::Passive) = draft.unattributed {
            rivals.extend(self.sources(draft));
        }
        let denied = draft.term && draft.cue != NONE;
        let ground = if denied { Ground::Denied } else { review.ground };
        Explanation { ground, rivals, ..Explanation::default() }
    }

    /// Why a cue without quotations reports, and this source of it.
    fn report(&mut self, draft: &Draft<'_>) -> Explanation {
        let rivals = self.sources(draft);
        let Ok(number) = self.possible.binary_search_by_key(&draft.cue, |p| p.cue) else {
            return Explanation { rivals, ..Explanation::default() };
        };
        let found = &self.possible[number];
        let context = report::Context {
            mention: found.mention,
            source: found.source,
            owns: false,
            owned_elsewhere: self.owned_sentence[self.scene.cues[found.cue as usize].sentence as usize],
        };
        let weighed = |model, probability, emit: &dyn Fn(&mut Evidence<'_>)| {
            let mut sink = Evidence::new(self.weights);
            emit(&mut sink);
            Weighed { model, probability, evidence: strongest(difference(sink.found, Vec::new())) }
        };
        let first = |f: &mut Evidence<'_>| report::features(self.scene, found.cue, &context, f);
        let second = |f: &mut Evidence<'_>| again::features(self.scene, &self.possible, number, f);
        let probability = again::probability(self.scene, self.weights, &self.possible, number);
        Explanation {
            ground: if found.surely { Ground::Pattern } else { Ground::Weights },
            also: Vec::new(),
            weighed: vec![
                weighed("cue", logistic(found.score), &first),
                weighed("again", probability, &second),
            ],
            rivals,
        }
    }

    /// The other sources that the cue of a draft might have.
    fn sources(&self, draft: &Draft<'_>) -> Vec<Rival> {
        let mut lost = source::all(self.scene, self.weights, draft.cue);
        lost.retain(|c| c.mention != draft.mention);
        let view = source::View::new(self.scene, draft.cue);
        let found = |mention| {
            let mut sink = Evidence::new(self.weights);
            source::features(self.scene, &view, mention, &mut sink);
            sink.found
        };
        let rival = |c: &source::Candidate| {
            let rule = relate::rule_of(self.scene, draft.cue, c.mention, &[]).unwrap_or("loose/source");
            let tips = difference(found(c.mention), found(draft.mention));
            self.rival(rule, draft.cue, c.mention, c.probability, tips)
        };
        worth_a_line(&lost, |c| c.probability).map(rival).collect()
    }

    fn rival(&self, rule: &str, cue: u32, mention: u32, probability: f32, tips: Vec<Tip>) -> Rival {
        Rival {
            rule: rule.to_owned(),
            source: (mention != NONE).then(|| self.scene.mentions[mention as usize].full),
            cue: (cue != NONE).then(|| self.scene.cues[cue as usize].tokens),
            probability,
            evidence: strongest(tips),
        }
    }

    /// The other patterns that give these words to this source.
    fn also(&self, draft: &Draft<'_>) -> Vec<String> {
        let tokens = |o: &u32| self.scene.quotations[self.scene.outer[*o as usize] as usize].tokens;
        let owned: Vec<TokenSpan> = draft.owned.iter().map(tokens).collect();
        let all = match owned.first() {
            _ if draft.term => return Vec::new(),
            _ if draft.cue != NONE => self.scene.proposals.of_cue(draft.cue),
            Some(&first) => self.scene.cueless(first),
            None => return Vec::new(),
        };
        let agrees = |p: &&super::propose::Proposal| {
            p.mention == draft.mention
                && draft.mention != NONE
                && (owned.is_empty() || owned.iter().any(|q| p.content.contains(*q)))
        };
        let mut patterns: Vec<u32> = all.iter().filter(agrees).map(|p| p.pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        let ids = patterns.into_iter().map(|p| self.scene.rules.id(p).to_owned());
        ids.filter(|id| *id != draft.rule).collect()
    }
}

/// The first few, the first even where it is unlikely; they come likeliest first.
fn worth_a_line<T>(lost: &[T], probability: impl Fn(&T) -> f32) -> impl Iterator<Item = &T> {
    lost.iter()
        .take(MOST)
        .enumerate()
        .filter(move |(i, c)| *i == 0 || probability(c) >= LEAST)
        .map(|(_, c)| c)
}

/// The strongest on either side, those that speak for it before those that speak against it.
fn strongest(tips: Vec<Tip>) -> Vec<Tip> {
    let (mut out, mut against): (Vec<Tip>, Vec<Tip>) = tips.into_iter().partition(|t| t.weight > 0.0);
    out.truncate(MOST);
    against.truncate(MOST);
    out.append(&mut against);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tip(weight: f32) -> Tip {
        Tip { feature: weight.to_string(), weight, lacking: false }
    }

    #[test]
    fn the_strongest_are_three_on_either_side() {
        let tips = [2.0, -1.5, 1.0, -1.0, 0.75, -0.5, 0.25, -0.25, 0.0].map(tip);
        let shown: Vec<f32> = strongest(tips.into()).iter().map(|t| t.weight).collect();
        assert_eq!(shown, [2.0, 1.0, 0.75, -1.5, -1.0, -0.5]);
    }

    #[test]
    fn the_likeliest_rival_is_shown_however_unlikely_and_others_where_they_have_a_chance() {
        let shown = |lost: &[f32]| worth_a_line(lost, |p| *p).copied().collect::<Vec<f32>>();
        assert_eq!(shown(&[0.001, 0.0005]), [0.001]);
        assert_eq!(shown(&[0.3, LEAST, 0.001]), [0.3, LEAST]);
        assert_eq!(shown(&[0.3, 0.2, 0.1, 0.05]), [0.3, 0.2, 0.1]);
        assert_eq!(shown(&[]), [0.0; 0]);
    }
}
