//! The words that were searched in addition to the typed ones, with the number of hits that only they matched.

use super::query_plan::QueryPlan;
use super::rank::{Hit, Rank, Tier};
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::word_forms::FormKind;
use crate::search::parallel::Workers;

/// Maximum number of hits for which added words are counted.
const MOST_COUNTED: usize = 20_000;

/// A word or place that was searched in addition to the typed words, and the number of records found by it only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedWord {
    /// The word.
    pub word: Added,
    /// The number of records.
    pub count: usize,
}

/// A word that was searched in addition to the typed ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// Other forms of the typed words.
    Forms,
    /// A word of the same meaning, or a county.
    Word(String),
}

impl Hit {
    /// The kind of word that the record was found by, if by no typed one.
    pub(crate) fn added_kind(&self) -> Option<FormKind> {
        let kinds = [FormKind::Form, FormKind::Synonym];
        kinds.into_iter().find(|kind| match self.tier {
            Tier::Name | Tier::ShortField => Rank::form(true, *kind).order == self.order,
            Tier::Description => Rank::form_in_description(*kind).order == self.order,
            _ => false,
        })
    }

    /// Returns `true` if some term was found only by another form, a synonym or a place.
    #[must_use]
    pub fn only_by_meaning(&self) -> bool {
        self.added_kind().is_some()
    }
}

/// Counts the added words of a query's hits, most frequent first. `None` if stopped.
pub(crate) fn count(
    index: &Index,
    plan: &QueryPlan,
    hits: &[Hit],
    workers: Workers<'_>,
) -> Option<Vec<AddedWord>> {
    let has_added = plan.terms.iter().any(|term| term.forms.is_some() || term.place.is_some());
    let added: Vec<Hit> = hits.iter().copied().filter(Hit::only_by_meaning).collect();
    if !has_added || added.is_empty() || added.len() > MOST_COUNTED {
        return Some(Vec::new());
    }
    let mut words: Vec<Added> = workers.collect(
        added.len(),
        || (),
        |(), range, found| {
            for hit in added.get(range).unwrap_or_default() {
                let Some(slot) = index.slot(hit.row) else { continue };
                match hit.added_kind() {
                    Some(FormKind::Synonym) => found.extend(synonyms_of(index, plan, slot)),
                    _ => found.push(Added::Forms),
                }
            }
        },
    )?;
    words.sort_unstable();
    let chunks = words.chunk_by(|one, next| one == next);
    let mut counted: Vec<AddedWord> = chunks
        .filter_map(|same| Some(AddedWord { word: same.first()?.clone(), count: same.len() }))
        .collect();
    counted.sort_by_key(|added| std::cmp::Reverse(added.count));
    Some(counted)
}

/// The synonyms and counties by which a record was found.
fn synonyms_of(index: &Index, plan: &QueryPlan, slot: Slot) -> Vec<Added> {
    let mut found = Vec::new();
    for term in &plan.terms {
        if let Some(place) = term.place.filter(|_| term.rank_by_place(index, slot).is_some()) {
            let counties = index.counties().get(slot).possible.common(place.counties);
            found.extend(
                index
                    .catalogue()
                    .codes()
                    .geography()
                    .names(counties)
                    .map(|name| Added::Word(name.to_owned())),
            );
        } else if let Some(forms) = &term.forms {
            found.extend(forms.synonyms_in(index, slot).into_iter().map(Added::Word));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fixtures::{ask, catalogue};
    use rstest::rstest;

    fn index() -> Index {
        let rows = [
            ("Unga i arbete", "Luleå kommun", "SE332"),
            ("Ungdomar i skolan", "Umeå kommun", "SE331"),
            ("Ungdom", "Malmö stad", "SE224"),
            ("Besökare", "Region Gävleborg", "SE31"),
        ];
        let record = |(at, (name, owner, nuts)): (usize, &(&str, &str, &str))| {
            let id = format!("24-10{at}-S01");
            format!(
                "{id} - {name}\n\nDiarienummer:\n{id}\nNamn:\n{name}\nProjektägare:\n{owner}\nNUTS-2 kod:\n{nuts}\n\nText.\n\n"
            )
        };
        let records: Vec<String> = rows.iter().enumerate().map(record).collect();
        Index::build(catalogue(&records.concat()))
    }

    #[rstest]
    #[case("ungdom", "unga 1")]
    #[case("ungdomen", "forms 2 · unga 1")]
    #[case("'ungdom", "")]
    #[case("norrland", "Gävleborgs län 1")]
    #[case("skåne", "Skåne län 1")]
    #[case("malmö", "")]
    fn what_was_added_is_counted(#[case] query: &str, #[case] expected: &str) {
        let added = ask(&index(), query).added;
        let said = added.iter().map(|added| match &added.word {
            Added::Forms => format!("forms {}", added.count),
            Added::Word(word) => format!("{word} {}", added.count),
        });
        assert_eq!(said.collect::<Vec<_>>().join(" · "), expected);
    }
}
