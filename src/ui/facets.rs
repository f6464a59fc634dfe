//! The facet panel: what the records that are found can be filtered by, as rows to choose from.

use std::sync::Arc;

use tui_input::Input as Line;

use crate::domain::codes::Codes;
use crate::i18n::Words;
use crate::search::language::filter_edit::Filtered;
use crate::search::language::filter_field::FilterField;
use crate::search::results::facets::{FacetCounts, FacetValue};
use crate::search::results::groups::value_in_words;
use crate::text::fold::fold;

/// So many values of a facet are shown while nothing is typed.
const SHOWN: usize = 12;

/// So many are shown of those that match what is typed.
const SHOWN_MATCHING: usize = 200;

/// The panel.
#[derive(Clone, Debug)]
pub struct FacetPanel {
    /// What is typed to find a value.
    pub filter: Line,
    /// The newest counts; `None` before the first.
    pub counts: Option<Arc<Vec<FacetCounts>>>,
    /// The rows that are shown.
    pub rows: Vec<FacetRow>,
    /// The chosen row.
    pub at: usize,
    /// The first row that is shown.
    pub top: usize,
}

/// A row of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetRow {
    /// What the rows below are about.
    Heading(String),
    /// A value.
    Value {
        /// What it filters by.
        field: FilterField,
        /// The value as it is typed.
        value: String,
        /// The value as it is shown: a code with its name.
        shown: String,
        /// How many records have it.
        count: usize,
        /// Whether it filters.
        filtered: Option<Filtered>,
    },
    /// Something that is only said.
    Remark(String),
}

impl FacetRow {
    /// Whether it can be chosen.
    #[must_use]
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value { .. })
    }

    /// What it filters by.
    #[must_use]
    pub fn choice(&self) -> Option<(FilterField, &str)> {
        match self {
            Self::Value { field, value, .. } => Some((*field, value)),
            Self::Heading(_) | Self::Remark(_) => None,
        }
    }
}

impl FacetPanel {
    /// A panel that waits for its counts.
    #[must_use]
    pub fn new() -> Self {
        Self { filter: Line::default(), counts: None, rows: Vec::new(), at: 0, top: 0 }
    }

    /// Makes the rows anew, and stays on the chosen value as long as it is there.
    pub fn lay_out(&mut self, codes: &Codes, words: &Words) {
        let chosen = self.rows.get(self.at).and_then(FacetRow::choice);
        let chosen = chosen.map(|(field, value)| (field, value.to_owned()));
        let typed = fold(self.filter.value());
        let typed: Vec<&str> = typed.split_whitespace().collect();
        let mut rows = Vec::new();
        for counts in self.counts.iter().flat_map(|counts| counts.iter()) {
            facet(counts, &typed, codes, words, &mut rows);
        }
        self.rows = rows;
        let same = |row: &FacetRow| {
            chosen.as_ref().is_some_and(|(field, value)| row.choice() == Some((*field, value.as_str())))
        };
        let at = self.rows.iter().position(same).or_else(|| self.rows.iter().position(FacetRow::is_value));
        self.at = at.unwrap_or(0);
    }

    /// Moves on by so many rows, over headings.
    pub fn move_by(&mut self, by: isize, height: usize) {
        let last = self.rows.len().saturating_sub(1);
        let at = self.at.saturating_add_signed(by).min(last);
        let is_value = |at: &usize| self.rows.get(*at).is_some_and(FacetRow::is_value);
        let (mut below, mut above) = (at..=last, (0..=at).rev());
        let next = if by > 0 {
            below.find(is_value).or_else(|| above.find(is_value))
        } else {
            above.find(is_value).or_else(|| below.find(is_value))
        };
        self.at = next.unwrap_or(at);
        // The heading above a first value is seen with it.
        let first = if self.at == 1 { 0 } else { self.at };
        self.top = self.top.min(first).max((self.at + 1).saturating_sub(height.max(1)));
    }
}

impl Default for FacetPanel {
    fn default() -> Self {
        Self::new()
    }
}

fn facet(counts: &FacetCounts, typed: &[&str], codes: &Codes, words: &Words, rows: &mut Vec<FacetRow>) {
    let title = counts.field.title(words.lang);
    let folded_title = fold(title);
    let row = |value: &FacetValue| {
        let shown = value_in_words(counts.field, &value.value, codes, words.lang);
        let folded = fold(&shown);
        // What they are values of may be typed too: `region` shows all regions.
        typed.iter().all(|word| folded.contains(word) || folded_title.contains(word)).then(|| {
            FacetRow::Value {
                field: counts.field,
                value: value.value.name(words.lang),
                shown,
                count: value.count,
                filtered: value.filtered,
            }
        })
    };
    let most = if typed.is_empty() { SHOWN } else { SHOWN_MATCHING };
    // What filters is always shown, however few have it.
    let mut matching = counts.values.iter().filter_map(row);
    let mut found: Vec<FacetRow> = matching.by_ref().take(most).collect();
    let mut more = 0;
    for row in matching {
        match row {
            FacetRow::Value { filtered: Some(_), .. } => found.push(row),
            _ => more += 1,
        }
    }
    if found.is_empty() {
        return;
    }
    rows.push(FacetRow::Heading(title.to_owned()));
    rows.append(&mut found);
    if more > 0 {
        rows.push(FacetRow::Remark(format!("{more} {}", words.more_values)));
    }
    if counts.without > 0 && typed.is_empty() {
        rows.push(FacetRow::Remark(format!("{} {}", counts.without, words.unknown_value)));
    }
}
