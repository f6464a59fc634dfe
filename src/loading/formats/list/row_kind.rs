//! Tells rows that are operations from all others: totals, sections, notes, repeated headings, continuations.

use super::header::{Header, HeaderColumn};
use super::heading_rows::Vocabulary;
use super::total_row::{ColumnNumbers, begins_with_total_word, is_total_word};
use crate::domain::codes::headings::squashed;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::diarienummer::Diarienummer;

/// The kind of a row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// An operation.
    Operation,
    /// More about the operation above: another location.
    Continuation,
    /// Sums of the rows above.
    Total,
    /// A section heading, a note, a table of codes.
    Stray,
    /// The headings again.
    Heading,
    /// A row without a value.
    Blank,
}

/// The role of a column in telling rows apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnRole {
    Id,
    Name,
    Beneficiary,
    Amount,
    Date,
    Other,
}

/// Classifies rows in their order.
#[derive(Debug)]
pub(super) struct RowClassifier {
    roles: Vec<ColumnRole>,
    headings: Vec<String>,
    numbers: ColumnNumbers,
    /// The usual number of values of an operation, if known.
    typical: Option<usize>,
    rows: RowCounts,
}

/// Properties of the rows so far.
#[derive(Debug)]
struct RowCounts {
    operations: usize,
    /// Rows since the headings.
    seen: usize,
    /// Line of the last row that was an operation or continued one.
    last_line: u32,
}

/// The columns with a value, each with it; merged cells have it in their first row only.
pub(super) type FilledCells<'a> = [(usize, &'a str)];

impl RowClassifier {
    /// A classifier of the rows below the headings, or of later ones.
    pub(super) fn new(header: &Header, from_start: bool) -> Self {
        let columns = &header.columns;
        let role = |column: &HeaderColumn| match column.kind {
            Some(FieldKind::Diarienummer) => ColumnRole::Id,
            Some(FieldKind::Name | FieldKind::NameEnglish) => ColumnRole::Name,
            Some(FieldKind::Beneficiary) => ColumnRole::Beneficiary,
            Some(kind) => match kind.spec().value {
                ValueType::Amount => ColumnRole::Amount,
                ValueType::Date => ColumnRole::Date,
                _ => ColumnRole::Other,
            },
            None => ColumnRole::Other,
        };
        Self {
            roles: columns.iter().map(role).collect(),
            headings: columns.iter().map(|column| squashed(&column.name)).collect(),
            numbers: ColumnNumbers::default(),
            typical: header.typical,
            rows: RowCounts {
                operations: usize::from(!from_start),
                seen: usize::from(!from_start),
                last_line: 0,
            },
        }
    }

    /// The kind of the next row.
    pub(super) fn classify(
        &mut self,
        line: u32,
        lines: u32,
        filled: &FilledCells<'_>,
        vocabulary: Vocabulary<'_>,
    ) -> RowKind {
        let kind = self.kind_of(line, filled, vocabulary);
        self.rows.seen += 1;
        match kind {
            RowKind::Operation => {
                self.rows.operations += 1;
                self.rows.last_line = line + lines;
                self.add_numbers(filled);
            }
            RowKind::Continuation => self.rows.last_line = line + lines,
            _ => {}
        }
        kind
    }

    fn kind_of(&self, line: u32, filled: &FilledCells<'_>, vocabulary: Vocabulary<'_>) -> RowKind {
        let Some((first_column, first)) = filled.first().copied() else { return RowKind::Blank };
        if self.is_heading(filled, vocabulary) {
            return RowKind::Heading;
        }
        if self.is_total(filled, first) {
            return RowKind::Total;
        }
        let is_id = self.role(first_column) == ColumnRole::Id && Diarienummer::read(first).is_some();
        let typical = self.typical;
        let is_sparse =
            filled.len() == 1 && self.roles.len() >= 3 && typical.is_none_or(|typical| typical >= 3);
        if is_sparse && !is_id && !self.is_location(first_column) {
            return RowKind::Stray;
        }
        let says = |wanted: ColumnRole| filled.iter().any(|(column, _)| self.role(*column) == wanted);
        // A table of codes under the list.
        let after_gap = self.rows.operations > 0 && line > self.rows.last_line + 1;
        let is_thin = typical.is_some_and(|typical| filled.len() * 4 <= typical);
        if after_gap && is_thin && !is_id && !says(ColumnRole::Amount) && !says(ColumnRole::Date) {
            return RowKind::Stray;
        }
        let keys =
            [ColumnRole::Id, ColumnRole::Name, ColumnRole::Beneficiary, ColumnRole::Amount, ColumnRole::Date];
        let has_key_column =
            self.roles.iter().any(|role| matches!(role, ColumnRole::Name | ColumnRole::Beneficiary));
        if self.rows.operations > 0 && has_key_column && !keys.into_iter().any(says) {
            return RowKind::Continuation;
        }
        RowKind::Operation
    }

    fn role(&self, column: usize) -> ColumnRole {
        self.roles.get(column).copied().unwrap_or(ColumnRole::Other)
    }

    /// Returns `true` for a column that is neither first nor means id, name, beneficiary, date or amount: a single value in
    /// it is more about the operation above.
    fn is_location(&self, column: usize) -> bool {
        let before = self.roles.get(..column).unwrap_or_default();
        self.rows.operations > 0
            && self.role(column) == ColumnRole::Other
            && before.iter().any(|role| matches!(role, ColumnRole::Name | ColumnRole::Beneficiary))
    }

    fn is_heading(&self, filled: &FilledCells<'_>, vocabulary: Vocabulary<'_>) -> bool {
        if filled.len() < 2 {
            return false;
        }
        let is_same = |(column, cell): &&(usize, &str)| {
            self.headings.get(*column).is_some_and(|heading| cell.len() < 400 && squashed(cell) == *heading)
        };
        // The first value decides for nearly all rows.
        filled.first().is_some_and(|first| is_same(&first))
            && filled.iter().filter(is_same).count() * 2 >= filled.len()
            || self.rows.seen == 0 && self.is_in_another_language(filled, vocabulary)
    }

    fn is_in_another_language(&self, filled: &FilledCells<'_>, vocabulary: Vocabulary<'_>) -> bool {
        let role_of = |cell: &str| vocabulary.meaning(cell).map(|meaning| meaning.kind);
        let agrees = |(column, cell): &&(usize, &str)| match role_of(cell) {
            Some(FieldKind::Diarienummer) => self.role(*column) == ColumnRole::Id,
            Some(FieldKind::Name) => self.role(*column) == ColumnRole::Name,
            Some(FieldKind::Beneficiary) => self.role(*column) == ColumnRole::Beneficiary,
            Some(FieldKind::StartDate | FieldKind::EndDate) => self.role(*column) == ColumnRole::Date,
            Some(FieldKind::TotalBudget | FieldKind::EuSupport) => self.role(*column) == ColumnRole::Amount,
            _ => false,
        };
        filled.iter().filter(agrees).count() >= 2
    }

    fn is_total(&self, filled: &FilledCells<'_>, first: &str) -> bool {
        if is_total_word(first) {
            return true;
        }
        let is_number =
            |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '€' | '£'));
        let numbers = || filled.iter().filter(|(_, cell)| is_number(cell));
        let sums = |column: usize, cell: &str| self.numbers.is_sum(column, cell);
        if numbers().count() == filled.len() && self.roles.len() > filled.len() {
            // Where amounts are known they decide: a column beside them may have gaps, or a rate.
            let amounts = || numbers().filter(|(column, _)| self.role(*column) == ColumnRole::Amount);
            return if amounts().next().is_some() {
                amounts().all(|(column, cell)| sums(*column, cell))
            } else {
                numbers().all(|(column, cell)| sums(*column, cell))
            };
        }
        let says = |role: ColumnRole| filled.iter().any(|(column, _)| self.role(*column) == role);
        let text = filled.iter().map(|(_, cell)| *cell).find(|cell| !is_number(cell));
        text.is_some_and(begins_with_total_word)
            && !says(ColumnRole::Id)
            && !says(ColumnRole::Beneficiary)
            && !says(ColumnRole::Date)
            && numbers().any(|(column, cell)| sums(*column, cell))
    }

    fn add_numbers(&mut self, filled: &FilledCells<'_>) {
        for (column, role) in self.roles.iter().enumerate() {
            if matches!(role, ColumnRole::Amount | ColumnRole::Other) {
                let cell = filled.iter().find(|(at, _)| *at == column).map_or("", |(_, cell)| cell);
                self.numbers.add(column, cell);
            }
        }
    }
}
