//! Interpretation of the columns of a source: order of dates, decimal mark, currency.
//!
//! All values of a column decide together. Readers collect [`ColumnEvidence`] row by row; when the source has ended,
//! [`SourceReading::decide`] turns it into one [`ColumnReading`] for each column.

use crate::domain::diagnostic::Code;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::amount::{AmountForm, may_be_a_group, read_amount};
use crate::domain::values::currency::Currency;
use crate::domain::values::date::{DateForm, DateOrder, OrderEvidence, order_evidence};

/// A kind of source, which decides what its values alone do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SourceForm {
    /// Text records: decimal comma, day first.
    #[default]
    TextRecords,
    /// A list with Swedish headings, or this program's own export: decimal comma where nothing speaks against it.
    Swedish,
    /// Kohesio's columns: decimal point, day first, euros.
    Kohesio,
    /// JSON of another program: numbers have a decimal point.
    Json,
    /// Any other list.
    Other,
}

impl SourceForm {
    /// The reading of an amount with one separator and three digits after it, if no value of its column decides.
    #[must_use]
    pub const fn amounts(self) -> AmountForm {
        match self {
            Self::TextRecords | Self::Swedish => AmountForm::Swedish,
            Self::Kohesio | Self::Json => AmountForm::DecimalPoint,
            Self::Other => AmountForm::Unknown,
        }
    }

    const fn currency(self) -> Option<Currency> {
        match self {
            Self::Kohesio => Some(Currency::EUR),
            _ => None,
        }
    }

    /// Returns `true` if the values of columns decide nothing.
    #[must_use]
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::TextRecords | Self::Kohesio)
    }
}

/// The unit that a column states for its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnUnit {
    /// The currency, if the column states one.
    pub currency: Option<Currency>,
    /// The number that the amounts are multiplied by.
    pub factor: u32,
}

impl Default for ColumnUnit {
    fn default() -> Self {
        Self { currency: None, factor: 1 }
    }
}

/// Evidence of a column's values about their form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnEvidence {
    day_first: u32,
    month_first: u32,
    either: u32,
    years: Option<(i16, i16)>,
    /// Amounts that can only have a decimal comma, and those that can only have a decimal point.
    commas: u32,
    points: u32,
    /// Amounts with three decimals or more that can be nothing else.
    long_fractions: u32,
    /// Amounts with one separator before three digits.
    open: u32,
    amounts: u32,
    /// Amounts that name no currency.
    without_currency: u32,
    /// Amounts of more than ten million.
    large: u32,
    /// Amounts of more than ten thousand.
    medium: u32,
}

impl ColumnEvidence {
    /// Adds a value of a column of dates or amounts; others tell nothing.
    pub fn add(&mut self, kind: FieldKind, raw: &str) {
        match kind.spec().value {
            ValueType::Date => self.add_date(raw),
            ValueType::Amount => self.add_amount(raw),
            _ => {}
        }
    }

    fn add_date(&mut self, raw: &str) {
        let (evidence, year) = order_evidence(raw);
        match evidence {
            OrderEvidence::DayFirst => self.day_first += 1,
            OrderEvidence::MonthFirst => self.month_first += 1,
            OrderEvidence::Either => self.either += 1,
            OrderEvidence::None => {}
        }
        if let Some(year) = year {
            self.years =
                Some(self.years.map_or((year, year), |(first, last)| (first.min(year), last.max(year))));
        }
    }

    fn add_amount(&mut self, raw: &str) {
        let Ok(Some(amount)) = read_amount(raw, AmountForm::DecimalPoint) else { return };
        self.amounts += 1;
        self.without_currency += u32::from(amount.currency.is_none());
        let units = amount.minor.unsigned_abs() / 100;
        self.medium += u32::from(units > 10_000);
        self.large += u32::from(units > 10_000_000);
        let number = raw.trim_matches(|c: char| !c.is_ascii_digit());
        let mut marks = number.chars().filter(|c| matches!(c, '.' | ','));
        let Some(first) = marks.next() else { return };
        let last = marks.next_back();
        let decimal = match last {
            // The last of two different marks starts the decimals; equal ones separate groups.
            Some(last) if last != first => last,
            Some(_) => {
                if first == ',' {
                    '.'
                } else {
                    ','
                }
            }
            None if may_be_a_group(number, first) && !number.contains(char::is_whitespace) => {
                self.open += 1;
                return;
            }
            None => first,
        };
        let fraction = number.rsplit_once(decimal).map_or(0, |(_, digits)| digits.len());
        self.long_fractions += u32::from(fraction > 2);
        if decimal == ',' { self.commas += 1 } else { self.points += 1 }
    }

    /// Adds the evidence of other values of the column.
    pub fn merge(&mut self, other: &Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.either += other.either;
        self.years = match (self.years, other.years) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (one, other) => one.or(other),
        };
        self.commas += other.commas;
        self.points += other.points;
        self.long_fractions += other.long_fractions;
        self.open += other.open;
        self.amounts += other.amounts;
        self.without_currency += other.without_currency;
        self.large += other.large;
        self.medium += other.medium;
    }

    /// The order of dates; `None` where no value speaks for one.
    fn order(&self) -> Option<DateOrder> {
        let (most, least) = (self.day_first.max(self.month_first), self.day_first.min(self.month_first));
        if most == 0 {
            return None;
        }
        // A minority this small is a mistake; a larger one leaves the column undecided.
        let is_mistake = least <= 5 && u64::from(least) * 1_000 <= u64::from(most) + u64::from(self.either);
        Some(match (least == 0 || is_mistake, self.day_first > self.month_first) {
            (false, _) => DateOrder::Undecided,
            (true, true) => DateOrder::DayFirst,
            (true, false) => DateOrder::MonthFirst,
        })
    }

    /// The decimal mark of amounts; `None` where no value speaks for one.
    fn decimal(&self) -> Option<AmountForm> {
        match (self.commas, self.points) {
            (0, 0) => None,
            (commas, points) if commas > points => Some(AmountForm::Swedish),
            (commas, points) if points > commas => Some(AmountForm::DecimalPoint),
            _ => Some(AmountForm::Unknown),
        }
    }
}

/// A column of a source, with the evidence of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedColumn {
    /// The label of its fields.
    pub label: Box<str>,
    /// The field that it means.
    pub kind: FieldKind,
    /// The unit that its heading states.
    pub unit: ColumnUnit,
    /// The evidence of its values.
    pub evidence: ColumnEvidence,
}

/// Interpretation of a column's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReading {
    label: Box<str>,
    /// Form of its dates.
    pub dates: DateForm,
    /// Form of its amounts.
    pub amounts: AmountForm,
    /// `true` if a decimal mark before three digits is accepted.
    pub long_fractions: bool,
    /// The unit that it states.
    pub unit: ColumnUnit,
}

/// Interpretation of a source's values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceReading {
    form: SourceForm,
    currency: Option<Currency>,
    columns: Vec<ColumnReading>,
}

/// Something to say about a column as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnFinding {
    /// The kind of finding.
    pub code: Code,
    /// The label of the column.
    pub label: Box<str>,
    /// The number of values that it is about.
    pub count: u32,
}

impl ColumnReading {
    /// Returns `true` for a number whose only separator precedes three digits and would start decimals, in a column whose
    /// other decimals are never so long: it may as well separate thousands.
    #[must_use]
    pub fn contradicts(&self, raw: &str) -> bool {
        let decimal = match self.amounts {
            AmountForm::Swedish => ',',
            AmountForm::DecimalPoint => '.',
            AmountForm::Unknown => return false,
        };
        let number = raw.trim_matches(|c: char| !c.is_ascii_digit());
        !self.long_fractions
            && number.chars().filter(|c| matches!(c, '.' | ',')).count() == 1
            && !number.contains(char::is_whitespace)
            && may_be_a_group(number, decimal)
    }
}

impl SourceReading {
    /// The interpretation before columns are decided: ambiguous dates and amounts are not read yet.
    #[must_use]
    pub fn undecided(form: SourceForm, columns: &[ObservedColumn]) -> Self {
        let dates = DateForm { order: DateOrder::Undecided, years: None };
        let columns = columns.iter().map(|column| ColumnReading {
            label: column.label.clone(),
            dates,
            amounts: AmountForm::Unknown,
            long_fractions: false,
            unit: column.unit,
        });
        let columns = if form.is_fixed() { Vec::new() } else { columns.collect() };
        Self { form, currency: form.currency(), columns }
    }

    /// Decides the interpretation of a source's columns, and returns its diagnostics. A column without evidence follows
    /// the others; without any evidence, dates are day first and amounts are as usual in the format. `currency` applies
    /// to amounts that state none.
    #[must_use]
    pub fn decide(
        form: SourceForm,
        columns: &[ObservedColumn],
        currency: Option<Currency>,
    ) -> (Self, Vec<ColumnFinding>) {
        let mut all = ColumnEvidence::default();
        for column in columns {
            all.merge(&column.evidence);
        }
        let mut findings = Vec::new();
        let reading = |column: &ObservedColumn| {
            let evidence = &column.evidence;
            let order =
                evidence.order().or_else(|| all.order().filter(|order| *order != DateOrder::Undecided));
            let order = order.unwrap_or_default();
            let amounts = evidence.decimal().or_else(|| all.decimal()).unwrap_or(form.amounts());
            let unit = ColumnUnit {
                factor: if contradicts_unit(evidence, column.unit) { 1 } else { column.unit.factor },
                ..column.unit
            };
            ColumnReading {
                label: column.label.clone(),
                dates: DateForm { order, years: evidence.years.or(all.years) },
                amounts,
                long_fractions: evidence.long_fractions > 0 || evidence.decimal().is_none(),
                unit,
            }
        };
        let readings: Vec<ColumnReading> = columns.iter().map(reading).collect();
        for (column, reading) in columns.iter().zip(&readings) {
            let evidence = &column.evidence;
            let mut say = |code, count: u32| {
                if count > 0 {
                    findings.push(ColumnFinding { code, label: column.label.clone(), count });
                }
            };
            match column.kind.spec().value {
                ValueType::Date => match reading.dates.order {
                    DateOrder::MonthFirst => say(Code::MonthFirst, evidence.month_first + evidence.either),
                    DateOrder::Undecided => say(Code::MixedDates, evidence.either.max(1)),
                    DateOrder::DayFirst => {}
                },
                ValueType::Amount if contradicts_unit(evidence, column.unit) => {
                    say(Code::UnitContradicted, evidence.amounts);
                }
                _ => {}
            }
        }
        (Self { form, currency: form.currency().or(currency), columns: readings }, findings)
    }

    /// The reading of a column; `None` if it is that of the source.
    #[must_use]
    pub fn column(&self, label: &str) -> Option<&ColumnReading> {
        self.columns.iter().find(|column| *column.label == *label)
    }

    /// The form of amounts in a column without an interpretation of its own.
    #[must_use]
    pub const fn amounts(&self) -> AmountForm {
        self.form.amounts()
    }

    /// Returns `true` for a list, whose rows are records of their own even if they are equal.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        !matches!(self.form, SourceForm::TextRecords)
    }

    /// The currency of amounts that state none.
    #[must_use]
    pub const fn currency(&self) -> Option<Currency> {
        self.currency
    }
}

/// Returns `true` if most values are too large for the unit of their heading: pounds under `£m`.
fn contradicts_unit(evidence: &ColumnEvidence, unit: ColumnUnit) -> bool {
    let too_large = match unit.factor {
        1 => return false,
        2..=1_000 => evidence.large,
        _ => evidence.medium,
    };
    evidence.amounts > 0 && too_large * 2 > evidence.amounts
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn observed(kind: FieldKind, values: &[&str]) -> ObservedColumn {
        let mut evidence = ColumnEvidence::default();
        for value in values {
            evidence.add(kind, value);
        }
        ObservedColumn { label: kind.spec().label.into(), kind, unit: ColumnUnit::default(), evidence }
    }

    fn order(values: &[&str]) -> DateOrder {
        let columns = [observed(FieldKind::StartDate, values)];
        SourceReading::decide(SourceForm::Other, &columns, None).0.columns[0].dates.order
    }

    #[rstest]
    #[case(&["12/17/2015", "6/7/2015"], DateOrder::MonthFirst)]
    #[case(&["17/12/2015", "6/7/2015"], DateOrder::DayFirst)]
    #[case(&["6/7/2015", "30/02/2016"], DateOrder::DayFirst)]
    #[case(&["12/17/2015", "17/12/2015"], DateOrder::Undecided)]
    #[case(&[], DateOrder::DayFirst)]
    fn dates_decide_together(#[case] values: &[&str], #[case] expected: DateOrder) {
        assert_eq!(order(values), expected);
    }

    #[test]
    fn a_tiny_minority_of_dates_is_a_mistake() {
        let mut values = vec!["17/12/2015"; 2_000];
        values.push("12/17/2015");
        assert_eq!(order(&values), DateOrder::DayFirst);
        values.extend(["12/17/2015"; 5]);
        assert_eq!(order(&values), DateOrder::Undecided);
    }

    #[rstest]
    #[case(&["1.234,50", "1.234"], SourceForm::Other, AmountForm::Swedish)]
    #[case(&["1,234.50", "1,234"], SourceForm::Other, AmountForm::DecimalPoint)]
    #[case(&["1.234.567", "1.234"], SourceForm::Other, AmountForm::Swedish)]
    #[case(&["1.234"], SourceForm::Other, AmountForm::Unknown)]
    #[case(&["1.234"], SourceForm::Swedish, AmountForm::Swedish)]
    #[case(&["100"], SourceForm::Json, AmountForm::DecimalPoint)]
    fn amounts_decide_together(
        #[case] values: &[&str],
        #[case] form: SourceForm,
        #[case] expected: AmountForm,
    ) {
        let columns = [observed(FieldKind::TotalBudget, values)];
        assert_eq!(SourceReading::decide(form, &columns, None).0.columns[0].amounts, expected);
    }

    #[test]
    fn columns_without_evidence_follow_the_others() {
        let columns = [
            observed(FieldKind::StartDate, &["6/7/2015"]),
            observed(FieldKind::EndDate, &["12/17/2015"]),
            observed(FieldKind::TotalBudget, &["1.234"]),
            observed(FieldKind::EuSupport, &["1.234,5"]),
        ];
        let (reading, findings) = SourceReading::decide(SourceForm::Other, &columns, None);
        assert_eq!(reading.columns[0].dates.order, DateOrder::MonthFirst);
        assert_eq!(reading.columns[2].amounts, AmountForm::Swedish);
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::MonthFirst, Code::MonthFirst]);
    }

    #[test]
    fn a_unit_that_most_values_contradict_is_not_applied() {
        let pounds = ColumnUnit { currency: None, factor: 1_000_000 };
        let mut column = observed(FieldKind::TotalBudget, &["434952", "12959074.08", "9147"]);
        column.unit = pounds;
        let (reading, findings) =
            SourceReading::decide(SourceForm::Other, std::slice::from_ref(&column), None);
        assert_eq!((reading.columns[0].unit.factor, findings[0].code), (1, Code::UnitContradicted));
        column.evidence = observed(FieldKind::TotalBudget, &["1.5", "12"]).evidence;
        let (reading, findings) = SourceReading::decide(SourceForm::Other, &[column], None);
        assert_eq!((reading.columns[0].unit.factor, findings.len()), (1_000_000, 0));
    }
}
