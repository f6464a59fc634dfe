//! Tiers 6 and 7: records that almost match a query. They are listed below a line and never counted.

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use hashbrown::HashMap;

use super::evaluator::Evaluator;
use super::one_edit::{Nearness, Pieces, may_be_one_edit, one_edit};
use super::planned_term::PlannedTerm;
use super::query_plan::{PlanStep, QueryPlan};
use super::rank::Rank;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::term::Term;
use crate::search::parallel::Workers;

/// Minimum score, in tenths of the term's perfect score. The value comes from the specification.
const FLOOR_TENTHS: i64 = 7;

/// Terms with fewer letters than this have too many neighbours.
const MIN_LETTERS_FOR_EDIT: usize = 5;

/// A record, its rank, and its score.
type Similar = (Slot, Rank, i64);

/// Returns `true` if any term of the query may match approximately.
pub(crate) fn is_possible(plan: &QueryPlan) -> bool {
    plan.terms.iter().any(|term| term.term.may_be_fuzzy())
}

/// The similar records in the order of their ids, without the known ones (which are in order too): by fuzzy
/// matching, else, where nothing at all has been found, by one edit. `None`: stopped.
pub(crate) fn find(
    index: &Index,
    plan: &QueryPlan,
    known: &[Slot],
    workers: Workers<'_>,
) -> Option<Vec<Similar>> {
    let fuzzy = pass(index, plan, known, SimilarityKind::Fuzzy, workers)?;
    if !fuzzy.is_empty() || !known.is_empty() {
        return Some(fuzzy);
    }
    pass(index, plan, known, SimilarityKind::OneEdit, workers)
}

/// The matcher for folded texts and terms.
pub(crate) fn matcher() -> SkimMatcherV2 {
    SkimMatcherV2::default().respect_case()
}

/// The least score that counts for a term.
pub(crate) fn floor(matcher: &SkimMatcherV2, term: &Term) -> i64 {
    let folded = term.pattern.folded();
    matcher.fuzzy_match(folded, folded).unwrap_or(i64::MAX / 10) * FLOOR_TENTHS / 10
}

/// Returns `true` if a term is long enough for tier 7.
pub(crate) fn may_be_edited(term: &Term) -> bool {
    term.may_be_fuzzy() && term.pattern.len() >= MIN_LETTERS_FOR_EDIT
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SimilarityKind {
    Fuzzy,
    OneEdit,
}

fn pass(
    index: &Index,
    plan: &QueryPlan,
    known: &[Slot],
    means: SimilarityKind,
    workers: Workers<'_>,
) -> Option<Vec<Similar>> {
    workers.collect(
        index.len(),
        || Judge::new(index, plan, means),
        |judge, slots, found| {
            judge.evaluator.read_chunk(&slots);
            let unknown = slots.filter(|slot| known.binary_search(slot).is_err());
            found.extend(unknown.filter_map(|slot| judge.row(slot)));
        },
    )
}

struct Judge<'a> {
    evaluator: Evaluator<'a>,
    matcher: SkimMatcherV2,
    means: SimilarityKind,
    floors: Vec<i64>,
    /// The letters of each term that may be found approximately.
    letters: Vec<Option<Vec<char>>>,
    /// Of each term, the pieces of which a word has one that is one edit away.
    pieces: Vec<Pieces>,
    /// Of each term, how near it comes to each value that many records have, as far as anybody has asked.
    values: Vec<HashMap<u32, Near>>,
    /// `true` for each term without which a record is not similar.
    required: Vec<bool>,
    /// The similarity of each term to the current record.
    near: Vec<Near>,
}

/// Rank and score of a term; `None` if it is not similar.
type Near = Option<(Rank, i64)>;

impl<'a> Judge<'a> {
    fn new(index: &'a Index, plan: &'a QueryPlan, means: SimilarityKind) -> Self {
        let matcher = matcher();
        let floors = plan.terms.iter().map(|term| floor(&matcher, &term.term)).collect();
        let may_be_near = |term: &Term| match means {
            SimilarityKind::Fuzzy => term.may_be_fuzzy(),
            SimilarityKind::OneEdit => may_be_edited(term),
        };
        let letters = |term: &PlannedTerm| {
            may_be_near(&term.term).then(|| term.term.pattern.folded().chars().collect())
        };
        Self {
            letters: plan.terms.iter().map(letters).collect(),
            pieces: plan.terms.iter().map(|term| Pieces::new(term.term.pattern.folded())).collect(),
            evaluator: Evaluator::new(index, plan),
            matcher,
            means,
            floors,
            values: vec![HashMap::new(); plan.terms.len()],
            required: (0..plan.terms.len()).map(|term| plan.requires(term)).collect(),
            near: vec![None; plan.terms.len()],
        }
    }

    fn row(&mut self, slot: Slot) -> Option<Similar> {
        let plan = self.evaluator.plan;
        for term in 0..plan.terms.len() {
            let has = self.evaluator.short_rank(term, slot).is_some();
            self.near[term] = if has { None } else { self.near(term, slot) };
            let may_have = has || self.near[term].is_some() || self.evaluator.may_describe(term, slot);
            if self.required[term] && !may_have {
                return None;
            }
        }
        if self.near.iter().all(Option::is_none) {
            return None;
        }
        if !self.evaluator.passes(slot) {
            return None;
        }
        let (rank, score) = self.all(&plan.clauses, slot)?;
        rank.tier.is_similar().then_some((slot, rank, score))
    }

    /// The best similarity of a term to the short texts of a record.
    fn near(&mut self, term: usize, slot: Slot) -> Near {
        let letters = self.letters.get(term)?.as_ref()?;
        let (index, planned) = (self.evaluator.index, self.evaluator.plan.terms.get(term)?);
        let lacking = (planned.mask & !index.mask(slot)).count_ones();
        // One edit brings at most one letter that the record lacks into play.
        if lacking > u32::from(self.means == SimilarityKind::OneEdit) {
            return None;
        }
        let typed = Typed { letters, folded: planned.term.pattern.folded(), floor: *self.floors.get(term)? };
        let own = index.short().text().get(index.short().range(slot))?;
        let may_be_near = self.means == SimilarityKind::Fuzzy || self.pieces.get(term)?.may_be_in(own);
        let own = may_be_near.then(|| index.short().group(slot)).into_iter().flatten();
        let mut best = own.filter_map(|text| typed.near(&self.matcher, self.means, text)).reduce(nearer);
        let known = self.values.get_mut(term)?;
        for value in index.values_of(slot) {
            let near = *known.entry(*value).or_insert_with(|| {
                let texts = index.values().group(*value as usize);
                texts.filter_map(|text| typed.near(&self.matcher, self.means, text)).reduce(nearer)
            });
            best = best.into_iter().chain(near).reduce(nearer);
        }
        best
    }

    fn step(&mut self, step: &PlanStep, slot: Slot) -> Option<(Rank, i64)> {
        match step {
            PlanStep::Term(term) => match self.near.get(*term).copied().flatten() {
                Some(near) => Some(near),
                None => self.evaluator.step(step, slot).map(|rank| (rank, 0)),
            },
            // Exclusion is always exact.
            PlanStep::Not(_) | PlanStep::Condition(_) => {
                self.evaluator.step(step, slot).map(|rank| (rank, 0))
            }
            PlanStep::Any(steps) => {
                let all = steps.iter().filter_map(|step| self.step(step, slot));
                all.min_by_key(|(rank, score)| (*rank, Reverse(*score)))
            }
            PlanStep::All(steps) => self.all(steps, slot),
        }
    }

    fn all(&mut self, steps: &[PlanStep], slot: Slot) -> Option<(Rank, i64)> {
        let mut whole = (Rank::LISTED, 0);
        for step in steps {
            let (rank, score) = self.step(step, slot)?;
            whole = (whole.0.and(rank), whole.1 + score);
        }
        Some(whole)
    }
}

/// A term that may be found approximately.
struct Typed<'a> {
    letters: &'a [char],
    folded: &'a str,
    /// The least score that counts.
    floor: i64,
}

impl Typed<'_> {
    /// The similarity of the term to a text.
    fn near(&self, matcher: &SkimMatcherV2, means: SimilarityKind, text: &str) -> Near {
        match means {
            SimilarityKind::Fuzzy => {
                let is_possible = holds_in_order(text, self.letters);
                let score = is_possible.then(|| matcher.fuzzy_match(text, self.folded)).flatten()?;
                (score >= self.floor).then_some((Rank::FUZZY, score))
            }
            SimilarityKind::OneEdit => Some(match nearest_word(text, self.letters)? {
                Nearness::Word => (Rank::ONE_EDIT, 0),
                Nearness::Beginning => (Rank::ONE_EDIT_INSIDE, 0),
            }),
        }
    }
}

fn nearer(one: (Rank, i64), other: (Rank, i64)) -> (Rank, i64) {
    let key = |near: (Rank, i64)| (near.0, Reverse(near.1));
    if key(other) < key(one) { other } else { one }
}

/// Returns `true` if a text contains the letters in order, with others between them. The matcher requires this too, but
/// copies the whole text to find out.
fn holds_in_order(text: &str, letters: &[char]) -> bool {
    let mut text = text.chars();
    letters.iter().all(|letter| text.any(|c| c == *letter))
}

/// The nearest word of a text that differs by one edit.
fn nearest_word(text: &str, letters: &[char]) -> Option<Nearness> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let long_enough =
        words.filter(|word| word.len() + 1 >= MIN_LETTERS_FOR_EDIT && may_be_one_edit(letters, word));
    long_enough.filter_map(|word| one_edit(letters, &word.chars().collect::<Vec<_>>())).min()
}
