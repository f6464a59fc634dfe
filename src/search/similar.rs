//! Tiers 6 and 7: records that almost answer a query. They stand below a line and are never counted.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::evaluate::Evaluator;
use super::index::{Index, Slot};
use super::one_edit::{Nearness, one_edit};
use super::plan::{Plan, PlannedTerm, Step};
use super::query::Term;
use super::rank::Rank;
use super::run::Workers;

/// Of a term's score against itself, as parts of ten: what is less is chance. The specification's figure.
const FLOOR_TENTHS: i64 = 7;

/// Terms with fewer letters than this have too many neighbours.
const MIN_LETTERS_FOR_EDIT: usize = 5;

/// A record, its rank, and its score.
type Similar = (Slot, Rank, i64);

/// Whether any term of the query may be found approximately.
pub(super) fn is_possible(plan: &Plan) -> bool {
    plan.terms.iter().any(|term| term.term.may_be_fuzzy())
}

/// The similar records in the order of their ids, without the known ones (which are in order too): by fuzzy
/// matching, else, where nothing at all has been found, by one edit. `None`: stopped.
pub(super) fn find(index: &Index, plan: &Plan, known: &[Slot], workers: Workers<'_>) -> Option<Vec<Similar>> {
    let fuzzy = pass(index, plan, known, Means::Fuzzy, workers)?;
    if !fuzzy.is_empty() || !known.is_empty() {
        return Some(fuzzy);
    }
    pass(index, plan, known, Means::OneEdit, workers)
}

/// The matcher, as it is used here: texts and terms are folded already.
pub(super) fn matcher() -> SkimMatcherV2 {
    SkimMatcherV2::default().respect_case()
}

/// The least score that counts for a term.
pub(super) fn floor(matcher: &SkimMatcherV2, term: &Term) -> i64 {
    let folded = term.pattern.folded();
    matcher.fuzzy_match(folded, folded).unwrap_or(i64::MAX / 10) * FLOOR_TENTHS / 10
}

/// Whether a term has the letters for tier 7.
pub(super) fn may_be_edited(term: &Term) -> bool {
    term.may_be_fuzzy() && term.pattern.len() >= MIN_LETTERS_FOR_EDIT
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    Fuzzy,
    OneEdit,
}

fn pass(
    index: &Index,
    plan: &Plan,
    known: &[Slot],
    means: Means,
    workers: Workers<'_>,
) -> Option<Vec<Similar>> {
    workers.chunks(
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
    means: Means,
    floors: Vec<i64>,
    /// The letters of each term that may be found approximately.
    letters: Vec<Option<Vec<char>>>,
    /// What each term has in the record that is judged.
    near: Vec<Option<(Rank, i64)>>,
}

impl<'a> Judge<'a> {
    fn new(index: &'a Index, plan: &'a Plan, means: Means) -> Self {
        let matcher = matcher();
        let floors = plan.terms.iter().map(|term| floor(&matcher, &term.term)).collect();
        let may_be_near = |term: &Term| match means {
            Means::Fuzzy => term.may_be_fuzzy(),
            Means::OneEdit => may_be_edited(term),
        };
        let letters = |term: &PlannedTerm| {
            may_be_near(&term.term).then(|| term.term.pattern.folded().chars().collect())
        };
        Self {
            letters: plan.terms.iter().map(letters).collect(),
            evaluator: Evaluator::new(index, plan),
            matcher,
            means,
            floors,
            near: vec![None; plan.terms.len()],
        }
    }

    fn row(&mut self, slot: Slot) -> Option<Similar> {
        let plan = self.evaluator.plan;
        for term in 0..plan.terms.len() {
            self.near[term] = match self.evaluator.short_rank(term, slot) {
                Some(_) => None,
                None => self.near(term, slot),
            };
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

    /// How near a term comes to any short text of a record.
    fn near(&self, term: usize, slot: Slot) -> Option<(Rank, i64)> {
        let letters = self.letters.get(term)?.as_ref()?;
        let (index, planned) = (self.evaluator.index, self.evaluator.plan.terms.get(term)?);
        match self.means {
            Means::Fuzzy => {
                if index.mask(slot) & planned.mask != planned.mask {
                    return None;
                }
                let floor = *self.floors.get(term)?;
                let texts = index.short_texts(slot).filter(|text| holds_in_order(text, letters));
                let typed = planned.term.pattern.folded();
                let best = texts.filter_map(|text| self.matcher.fuzzy_match(text, typed)).max()?;
                (best >= floor).then_some((Rank::FUZZY, best))
            }
            Means::OneEdit => {
                // One edit brings at most two letters that the record lacks into play: one of each kind.
                if (planned.mask & !index.mask(slot)).count_ones() > 1 {
                    return None;
                }
                let nearest = index.short_texts(slot).filter_map(|text| nearest_word(text, letters)).min()?;
                Some(match nearest {
                    Nearness::Word => (Rank::ONE_EDIT, 0),
                    Nearness::Beginning => (Rank::ONE_EDIT_INSIDE, 0),
                })
            }
        }
    }

    fn step(&mut self, step: &Step, slot: Slot) -> Option<(Rank, i64)> {
        match step {
            Step::Term(term) => match self.near.get(*term).copied().flatten() {
                Some(near) => Some(near),
                None => self.evaluator.step(step, slot).map(|rank| (rank, 0)),
            },
            // What is excluded is never excluded approximately.
            Step::Not(_) | Step::Condition(_) => self.evaluator.step(step, slot).map(|rank| (rank, 0)),
            Step::Any(steps) => {
                let all = steps.iter().filter_map(|step| self.step(step, slot));
                all.min_by_key(|(rank, score)| (*rank, std::cmp::Reverse(*score)))
            }
            Step::All(steps) => self.all(steps, slot),
        }
    }

    fn all(&mut self, steps: &[Step], slot: Slot) -> Option<(Rank, i64)> {
        let mut whole = (Rank::LISTED, 0);
        for step in steps {
            let (rank, score) = self.step(step, slot)?;
            whole = (whole.0.max(rank), whole.1 + score);
        }
        Some(whole)
    }
}

/// Whether a text holds the letters in this order, others between: the matcher needs that much, and copies
/// the whole text to find it out.
fn holds_in_order(text: &str, letters: &[char]) -> bool {
    let mut text = text.chars();
    letters.iter().all(|letter| text.any(|c| c == *letter))
}

/// The nearest word of a text that differs by one edit.
fn nearest_word(text: &str, letters: &[char]) -> Option<Nearness> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let long_enough = words.filter(|word| word.len() + 1 >= MIN_LETTERS_FOR_EDIT);
    long_enough.filter_map(|word| one_edit(letters, &word.chars().collect::<Vec<_>>())).min()
}
