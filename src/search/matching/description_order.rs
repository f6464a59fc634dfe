//! The order of records found by their descriptions: BM25 over the query's words, the phrase and the beginning of the
//! text first.

use std::cmp::Ordering;

use super::answer::Answer;
use super::description_match::DescriptionScanner;
use super::query_plan::{PlanStep, QueryPlan};
use super::rank::{Hit, Tier};
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::query::Query;
use crate::search::language::term::{Term, TermForm};
use crate::search::parallel::Workers;

/// Maximum number of hits that are ordered before the answer is shown. More are shown in the order of ids first.
const AT_ONCE: usize = 2_000;

/// Number of records, spread evenly, by which the frequency of a word and the mean length of a text are estimated.
const SAMPLE: usize = 2_048;

/// Saturation of repeated words, and the weight of a text's length: the usual constants of BM25.
const SATURATION: f64 = 1.2;
const LENGTH_WEIGHT: f64 = 0.75;

/// Weight of a word by its place, in words at the start of a word in the body of a text.
const IN_NAME: f64 = 3.0;
const IN_FIRST_PARAGRAPH: f64 = 1.5;
const INSIDE_WORD: f64 = 0.5;

/// Returns `true` if ordering takes longer than an answer may wait.
pub(crate) fn takes_long(answer: &Answer) -> bool {
    tier_of(&answer.hits).len() > AT_ONCE
}

/// Orders the hits of the descriptions' tier. `None` if stopped.
pub(crate) fn order(
    index: &Index,
    query: &Query,
    plan: &QueryPlan,
    answer: &mut Answer,
    workers: Workers<'_>,
) -> Option<()> {
    let range = tier_of(&answer.hits);
    let tier = answer.hits.get(range.clone()).unwrap_or_default();
    if tier.len() < 2 {
        return Some(());
    }
    let Some(scorer) = Scorer::new(index, query, plan) else { return Some(()) };
    let mut scored: Vec<(Score, Hit)> = workers.collect(
        tier.len(),
        || (),
        |(), range, scored| {
            let hits = tier.get(range).unwrap_or_default().iter();
            scored.extend(hits.map(|hit| (scorer.score(hit), *hit)));
        },
    )?;
    scored.sort_by(|(one, _), (other, _)| one.compare(other));
    let ordered = scored.into_iter().map(|(_, hit)| hit).collect::<Vec<_>>();
    answer.hits.splice(range, ordered);
    Some(())
}

/// The range of the hits that were found only by their descriptions.
fn tier_of(hits: &[Hit]) -> std::ops::Range<usize> {
    let start = hits.partition_point(|hit| hit.tier < Tier::Description);
    let end = hits.partition_point(|hit| hit.tier <= Tier::Description);
    start..end
}

/// Relevance of a record by its description.
#[derive(Clone, Copy, Debug)]
struct Score {
    /// The sub-order of the tier: letters before forms before synonyms.
    order: u8,
    has_phrase: bool,
    relevance: f64,
}

impl Score {
    /// Compares two scores, best first; equal ones keep the order of their ids.
    fn compare(&self, other: &Self) -> Ordering {
        let by_kind = self.order.cmp(&other.order);
        let by_phrase = other.has_phrase.cmp(&self.has_phrase);
        by_kind.then(by_phrase).then(other.relevance.total_cmp(&self.relevance))
    }
}

/// Statistics of the query's words over the catalogue.
struct Scorer<'a> {
    index: &'a Index,
    plan: &'a QueryPlan,
    /// The weight of each term of the plan; `None` for excluded terms.
    weights: Vec<Option<f64>>,
    mean_length: f64,
    phrase: Option<DescriptionScanner>,
}

impl<'a> Scorer<'a> {
    /// Returns `None` if the query has no word of three letters and more: shorter ones are too common to rank by.
    fn new(index: &'a Index, query: &Query, plan: &'a QueryPlan) -> Option<Self> {
        let is_long = |term: &Term| term.pattern.len() > 2;
        if !plan.terms.iter().any(|term| is_long(&term.term)) {
            return None;
        }
        let phrase = query.plain.as_ref().filter(|_| plan.terms.len() > 1);
        let phrase = phrase
            .and_then(|plain| DescriptionScanner::new(index, &Term::new(&plain.typed, TermForm::Exact)));
        let mut scorer = Self { index, plan, weights: Vec::new(), mean_length: 1.0, phrase };
        let mut wanted = vec![false; plan.terms.len()];
        plan.clauses.iter().for_each(|step| mark_wanted(step, &mut wanted));
        let step = index.len().div_ceil(SAMPLE).max(1);
        let sample = || (0..index.len()).step_by(step);
        let lengths = sample().map(|slot| scorer.length(slot)).filter(|length| *length > 0.0);
        let (count, total) = lengths.fold((0_u32, 0.0), |(count, total), length| (count + 1, total + length));
        scorer.mean_length = total / f64::from(count.max(1));
        let is_one_word = wanted.iter().filter(|wanted| **wanted).count() == 1;
        let weight = |term: usize| {
            // With one word, its frequency changes no order.
            let holding =
                if is_one_word { 0 } else { sample().filter(|slot| scorer.has(term, *slot)).count() };
            let (holding, all) = (to_float(holding), to_float(sample().count()));
            (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln()
        };
        scorer.weights =
            wanted.iter().enumerate().map(|(term, wanted)| wanted.then(|| weight(term))).collect();
        Some(scorer)
    }

    /// The length of a record's long texts in bytes.
    fn length(&self, slot: Slot) -> f64 {
        to_float(self.index.long_texts(slot).map(str::len).sum())
    }

    fn has(&self, term: usize, slot: Slot) -> bool {
        self.frequency(term, slot) > 0.0
    }

    fn score(&self, hit: &Hit) -> Score {
        let slot = self.index.slot(hit.row).unwrap_or(Slot::MAX);
        let length = self.length(slot) / self.mean_length;
        let dampening = SATURATION * (1.0 - LENGTH_WEIGHT + LENGTH_WEIGHT * length);
        let relevance = |(term, weight): (usize, &Option<f64>)| {
            let frequency = self.frequency(term, slot);
            weight.map_or(0.0, |weight| weight * frequency * (SATURATION + 1.0) / (frequency + dampening))
        };
        let has_phrase = self.phrase.as_ref().is_some_and(|phrase| {
            let mut cache = phrase.cache();
            self.index.long_texts(slot).any(|text| phrase.finds_in(cache.as_mut(), text))
        });
        Score {
            order: hit.order,
            has_phrase,
            relevance: self.weights.iter().enumerate().map(relevance).sum(),
        }
    }

    /// Number of occurrences of a term or its forms in a record, weighted by position.
    fn frequency(&self, term: usize, slot: Slot) -> f64 {
        let Some(planned) = self.plan.terms.get(term) else { return 0.0 };
        let in_name = self.index.folded_name(slot).contains(planned.term.pattern.folded());
        let mut frequency = if in_name { IN_NAME } else { 0.0 };
        for text in self.index.long_texts(slot) {
            let first_paragraph = text.find("\n\n").unwrap_or(text.len());
            let mut add = |before: &str| {
                let starts_word = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
                frequency += match (starts_word, before.len() < first_paragraph) {
                    (true, true) => IN_FIRST_PARAGRAPH,
                    (true, false) => 1.0,
                    (false, _) => INSIDE_WORD,
                };
            };
            if let Some(scanner) = &planned.scanner {
                scanner.each(text, &mut add);
            }
            if let Some(forms) = &planned.forms {
                forms.each_other(self.index, text, &planned.term.pattern, &mut add);
            }
        }
        frequency
    }
}

/// Marks the terms that are not excluded.
fn mark_wanted(step: &PlanStep, wanted: &mut [bool]) {
    match step {
        PlanStep::Term(term) => {
            if let Some(mark) = wanted.get_mut(*term) {
                *mark = true;
            }
        }
        PlanStep::Any(steps) | PlanStep::All(steps) => {
            for step in steps {
                mark_wanted(step, wanted);
            }
        }
        PlanStep::Condition(_) | PlanStep::Not(_) => {}
    }
}

fn to_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use crate::search::fixtures::{ask, catalogue, ids};
    use crate::search::index::Index;
    use rstest::rstest;

    const FILLER: &str = "Mer om arbetet står i ansökan, som beskriver tidplan, parter och uppföljning.";

    /// Records of the given descriptions, numbered in this order.
    fn index() -> Index {
        let texts = [
            format!("{FILLER} {FILLER} {FILLER}\n\nMetoden prövas av lärlingar."),
            "Lärlingar och handledare. Lärlingar möts.".to_owned(),
            format!("{FILLER} Handledare av en ny sort får utbildning om stöd till lärlingar."),
            "Stöd till handledare, och utbildning om bemötande.".to_owned(),
            "En lärlings handledare.".to_owned(),
        ];
        let record = |(at, text): (usize, &String)| {
            format!("24-10{at}-S01 - Projekt\n\nDiarienummer:\n24-10{at}-S01\nNamn:\nProjekt\n\n{text}\n\n")
        };
        let records: Vec<String> = texts.iter().enumerate().map(record).collect();
        Index::build(catalogue(&records.concat()))
    }

    #[rstest]
    // More often, in a shorter text, in its first paragraph; the other form last.
    #[case("lärlingar", "1204")]
    // The phrase first.
    #[case("stöd till lärlingar", "2")]
    #[case("utbildning om", "32")]
    #[case("lärlingar handledare", "124")]
    fn the_best_description_comes_first(#[case] query: &str, #[case] expected: &str) {
        let index = index();
        let found = ids(&index, &ask(&index, query).hits);
        let digits: String = found.iter().filter_map(|id| id.get(5..6)).collect();
        assert_eq!(digits, expected);
    }
}
