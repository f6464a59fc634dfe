//! The facet panel: the values by which the matching records can be filtered, as rows to choose from.

use std::sync::Arc;

use tui_input::Input as Line;

use super::choice_cursor::ChoiceCursor;
use crate::domain::codes::Codes;
use crate::i18n::Words;
use crate::search::language::filter_edit::Filtered;
use crate::search::language::filter_field::FilterField;
use crate::search::results::facets::{FacetCounts, FacetValue};
use crate::search::results::groups::value_in_words;
use crate::text::fold::fold;

/// Maximum number of values of a facet shown while nothing is typed.
const SHOWN: usize = 12;

/// Maximum number of values that match the typed text.
const SHOWN_MATCHING: usize = 200;

/// The facet panel.
#[derive(Clone, Debug)]
pub struct FacetPanel {
    /// The typed filter.
    pub filter: Line,
    /// The newest counts; `None` before the first.
    pub counts: Option<Arc<Vec<FacetCounts>>>,
    /// The rows shown.
    pub rows: Vec<FacetRow>,
    /// The chosen row.
    pub cursor: ChoiceCursor,
}

/// A row of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetRow {
    /// The field of the rows below.
    Heading(String),
    /// A value.
    Value {
        /// The field it filters by.
        field: FilterField,
        /// The value in query syntax.
        value: String,
        /// The value for display: a code with its name.
        shown: String,
        /// The number of records with this value.
        count: usize,
        /// The filter in force on this value.
        filtered: Option<Filtered>,
    },
    /// A remark.
    Remark(String),
}

impl FacetRow {
    /// `true` for a value, which can be chosen.
    #[must_use]
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value { .. })
    }

    /// The field and the value as typed; `None` for headings and remarks.
    #[must_use]
    pub fn choice(&self) -> Option<(FilterField, &str)> {
        match self {
            Self::Value { field, value, .. } => Some((*field, value)),
            Self::Heading(_) | Self::Remark(_) => None,
        }
    }
}

impl FacetPanel {
    /// A panel without counts yet.
    #[must_use]
    pub fn new() -> Self {
        Self { filter: Line::default(), counts: None, rows: Vec::new(), cursor: ChoiceCursor::default() }
    }

    /// Rebuilds the rows. The selected value stays selected if it is still there.
    pub fn lay_out(&mut self, codes: &Codes, words: &Words) {
        let chosen = self.rows.get(self.cursor.at).and_then(FacetRow::choice);
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
        self.cursor.at = at.unwrap_or(0);
    }

    /// Moves the cursor by a number of rows, of which `height` are shown.
    pub fn move_by(&mut self, by: isize, height: usize) {
        let choosable: Vec<bool> = self.rows.iter().map(FacetRow::is_value).collect();
        self.cursor.move_by(by, height, &choosable);
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
        // The name of the field may be typed too: `region` shows all regions.
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
    // A value that filters is always shown, however few records have it.
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
