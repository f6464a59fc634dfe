//! Days as deliveries write them. Knows the written forms only, not today's date.
//!
//! Slashes are day first, as in the Kohesio files (`16/03/2020`).

pub use jiff::civil::Date;

use super::month_name::month_by_name;
use super::number::is_dash;
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// The order of day and month in dates that end with a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `16/03/2020`, as in Kohesio's files.
    #[default]
    DayFirst,
    /// `03/16/2020`.
    MonthFirst,
    /// Not known: only dates that can be read one way are read.
    Undecided,
}

/// Form of the dates of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateForm {
    /// The order of day and month.
    pub order: DateOrder,
    /// The first and last of the years that the column writes with four digits; they tell the century of the others.
    pub years: Option<(i16, i16)>,
}

/// Reads `2024-04-01`, `2024-04-01 00:00:00`, `16/03/2020`, `24.04.2014`, `1-3-2015` and `1 mars 2015`, day first.
///
/// A time of day is dropped: the lists give days, and their times are all midnight.
///
/// # Errors
/// [`ValueProblem::ImpossibleDate`] for a day the calendar does not have, [`ValueProblem::TwoDigitYear`]
/// for `18-09-01`, and [`ValueProblem::UnreadableDate`] for everything else: years alone, ranges, words.
pub fn read_date(raw: &str) -> ParsedValue<Date> {
    read_date_as(raw, DateForm::default())
}

/// Reads a date of a column, as [`read_date`].
///
/// # Errors
/// As [`read_date`], and [`ValueProblem::AmbiguousDate`] for `03/04/2020` where the order is not decided.
pub fn read_date_as(raw: &str, form: DateForm) -> ParsedValue<Date> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    let WrittenDate { year, month, day } = written_date(raw, form.order)?;
    let year = full_year(year, form.years).ok_or(ValueProblem::TwoDigitYear)?;
    jiff_date(year, month, day).map(Some).ok_or(ValueProblem::ImpossibleDate)
}

/// Evidence of a text about the dates of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderEvidence {
    /// It can only be read day first.
    DayFirst,
    /// It can only be read month first.
    MonthFirst,
    /// It can be read both ways.
    Either,
    /// It is no such date.
    None,
}

/// Tells which order of day and month a text speaks for, and its year if that has four digits.
#[must_use]
pub fn order_evidence(raw: &str) -> (OrderEvidence, Option<i16>) {
    let day_first = written_date(raw, DateOrder::DayFirst);
    let month_first = written_date(raw, DateOrder::MonthFirst);
    let year =
        [day_first, month_first].into_iter().flatten().map(|date| date.year).find(|year| year.digits == 4);
    // 2000 is a leap year: a day that any year of the century has counts.
    let is_possible = |date: Result<WrittenDate, ValueProblem>| {
        date.is_ok_and(|date| {
            jiff_date(if date.year.digits == 4 { date.year.value } else { 2000 }, date.month, date.day)
                .is_some()
        })
    };
    let evidence = match (is_possible(day_first), is_possible(month_first)) {
        (true, true)
            if day_first.map(|date| (date.month, date.day))
                == month_first.map(|date| (date.month, date.day)) =>
        {
            OrderEvidence::None
        }
        (true, true) => OrderEvidence::Either,
        (true, false) => OrderEvidence::DayFirst,
        (false, true) => OrderEvidence::MonthFirst,
        (false, false) => OrderEvidence::None,
    };
    (evidence, year.map(|year| year.value))
}

/// The numbers of a written day.
#[derive(Clone, Copy, Debug)]
struct WrittenDate {
    year: DateComponent,
    month: i16,
    day: i16,
}

fn written_date(raw: &str, order: DateOrder) -> Result<WrittenDate, ValueProblem> {
    let text = raw.trim();
    if let Some(date) = date_with_month_name(text) {
        return Ok(date);
    }
    let (day, time) = match text.split_once(|c: char| c.is_whitespace() || c == 'T') {
        Some((day, time)) => (day, Some(time.trim_start())),
        None => (text, None),
    };
    if time.is_some_and(|time| !is_time_of_day(time)) {
        return Err(ValueProblem::UnreadableDate);
    }
    let [first, second, third] = three_numbers(day)?;
    match (first.digits, third.digits) {
        (4, 1 | 2) => Ok(WrittenDate { year: first, month: second.value, day: third.value }),
        // `18-09-01` begins with a year, `18.03.13` ends with one.
        (2, 2) if first.is_before_a_dash => {
            Ok(WrittenDate { year: first, month: second.value, day: third.value })
        }
        (1 | 2, 2 | 4) => {
            let (day, month) = match order {
                DateOrder::DayFirst => (first, second),
                DateOrder::MonthFirst => (second, first),
                DateOrder::Undecided if first.value == second.value || second.value > 12 => (second, first),
                DateOrder::Undecided if first.value > 12 => (first, second),
                DateOrder::Undecided => return Err(ValueProblem::AmbiguousDate),
            };
            Ok(WrittenDate { year: third, month: month.value, day: day.value })
        }
        _ => Err(ValueProblem::UnreadableDate),
    }
}

/// Reads `1 mars 2015`, `01. Nov 15`, `1-Apr-2016` and `April 1, 2016`.
fn date_with_month_name(text: &str) -> Option<WrittenDate> {
    let parts = text.split(|c: char| c.is_whitespace() || is_dash(c) || matches!(c, '.' | ',' | '/'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).take(4).collect();
    let number = |text: &str| {
        let digits = text.len();
        let is_number = (1..=4).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| is_number).map(|value| DateComponent {
            value,
            digits,
            is_before_a_dash: false,
        })
    };
    let [first, second, third] = parts.as_slice() else { return None };
    let (day, name) =
        if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second) } else { (second, first) };
    let (day, year) = (number(day)?, number(third)?);
    let month = month_by_name(name).filter(|_| day.digits <= 2 && matches!(year.digits, 2 | 4))?;
    Some(WrittenDate { year, month, day: day.value })
}

/// The year with its century: the one within twenty years of those that the column writes in full.
fn full_year(year: DateComponent, known: Option<(i16, i16)>) -> Option<i16> {
    const NEAR: i16 = 20;
    if year.digits == 4 {
        return Some(year.value);
    }
    let (first, last) = known?;
    let mut near = [1900, 2000]
        .map(|century| century + year.value)
        .into_iter()
        .filter(|year| (first - NEAR..=last + NEAR).contains(year));
    near.next().filter(|_| near.next().is_none())
}

/// One of the three numbers of a written day.
#[derive(Clone, Copy, Debug)]
struct DateComponent {
    value: i16,
    digits: usize,
    is_before_a_dash: bool,
}

/// Splits at two separators of one kind: two dashes, two slashes or two points.
fn three_numbers(day: &str) -> Result<[DateComponent; 3], ValueProblem> {
    let unreadable = ValueProblem::UnreadableDate;
    let separator = day.chars().find(|c| !c.is_ascii_digit()).ok_or(unreadable)?;
    let is_before_a_dash = is_dash(separator);
    if !is_before_a_dash && !matches!(separator, '/' | '.') {
        return Err(unreadable);
    }
    let mut parts = day.split(|c| if is_before_a_dash { is_dash(c) } else { c == separator });
    let mut next = || -> Result<DateComponent, ValueProblem> {
        let text = parts.next().ok_or(unreadable)?;
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(unreadable);
        }
        // The length limit comes first, so that a long row of digits is no overflow.
        let digits = text.len();
        let value = text.parse::<i16>().ok().filter(|_| digits <= 4).ok_or(unreadable)?;
        Ok(DateComponent { value, digits, is_before_a_dash })
    };
    let three = [next()?, next()?, next()?];
    if parts.next().is_some() || three[1].digits > 2 {
        return Err(unreadable);
    }
    Ok(three)
}

/// Returns `true` if the text after the day is a time (`00:00`, `00:00:00.000`, `12:30Z`, `12:30+02:00`).
fn is_time_of_day(time: &str) -> bool {
    let mut bytes = time.bytes();
    let hour = [bytes.next(), bytes.next()].iter().all(|b| b.is_some_and(|b| b.is_ascii_digit()));
    hour && bytes.next() == Some(b':')
        && bytes.all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-' | b'Z'))
}

fn jiff_date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("2024-04-01", date(2024, 4, 1))]
    #[case("2024-04-01 00:00:00", date(2024, 4, 1))]
    #[case("2024-04-01T00:00:00.000Z", date(2024, 4, 1))]
    #[case("16/03/2020", date(2020, 3, 16))]
    #[case("03/04/2020", date(2020, 4, 3))]
    #[case("1/3/2020", date(2020, 3, 1))]
    #[case("24.04.2014", date(2014, 4, 24))]
    #[case("1.3.2015", date(2015, 3, 1))]
    #[case(" 2028-02-29\u{a0}", date(2028, 2, 29))]
    #[case("16-03-2020", date(2020, 3, 16))]
    #[case("1-9-2016", date(2016, 9, 1))]
    #[case("2024-4-1", date(2024, 4, 1))]
    #[case("2016/10/26", date(2016, 10, 26))]
    #[case("1 mars 2015", date(2015, 3, 1))]
    #[case("01-Apr-2016", date(2016, 4, 1))]
    #[case("April 1, 2016", date(2016, 4, 1))]
    #[case("24. września 2018", date(2018, 9, 24))]
    #[case("2024\u{2011}04\u{2011}01", date(2024, 4, 1))]
    fn reads_the_forms_seen(#[case] raw: &str, #[case] expected: Date) {
        assert_eq!(read_date(raw), Ok(Some(expected)));
    }

    #[rstest]
    #[case("")]
    #[case("  ")]
    #[case("-")]
    #[case("UPPGIFT SAKNAS")]
    fn empty_markers_are_no_date(#[case] raw: &str) {
        assert_eq!(read_date(raw), Ok(None));
    }

    #[rstest]
    #[case("31/02/2020", ValueProblem::ImpossibleDate)]
    #[case("2023-02-29", ValueProblem::ImpossibleDate)]
    #[case("0000-00-00", ValueProblem::ImpossibleDate)]
    #[case("12/31/2020", ValueProblem::ImpossibleDate)]
    #[case("18-09-01", ValueProblem::TwoDigitYear)]
    #[case("1/9/18", ValueProblem::TwoDigitYear)]
    #[case("01.09.18", ValueProblem::TwoDigitYear)]
    #[case("2018", ValueProblem::UnreadableDate)]
    #[case("2022--2025", ValueProblem::UnreadableDate)]
    #[case("2026 till 2028", ValueProblem::UnreadableDate)]
    #[case("18-09-01 till 21-12-31", ValueProblem::UnreadableDate)]
    #[case("2024-04-01 - 2025-04-01", ValueProblem::UnreadableDate)]
    #[case("2024/04-01", ValueProblem::UnreadableDate)]
    #[case("20240401", ValueProblem::UnreadableDate)]
    #[case("våren 2024", ValueProblem::UnreadableDate)]
    #[case("2024-04-01-99999999999999999999", ValueProblem::UnreadableDate)]
    fn names_the_problem(#[case] raw: &str, #[case] problem: ValueProblem) {
        assert_eq!(read_date(raw), Err(problem));
    }

    const MONTH_FIRST: DateForm = DateForm { order: DateOrder::MonthFirst, years: None };
    const UNDECIDED: DateForm = DateForm { order: DateOrder::Undecided, years: None };
    const THIS_CENTURY: DateForm = DateForm { order: DateOrder::DayFirst, years: Some((2013, 2020)) };

    #[rstest]
    #[case("12/17/2015", MONTH_FIRST, Ok(date(2015, 12, 17)))]
    #[case("6/7/2015", MONTH_FIRST, Ok(date(2015, 6, 7)))]
    #[case("17/12/2015", MONTH_FIRST, Err(ValueProblem::ImpossibleDate))]
    #[case("6/7/2015", UNDECIDED, Err(ValueProblem::AmbiguousDate))]
    #[case("17/12/2015", UNDECIDED, Ok(date(2015, 12, 17)))]
    #[case("12/17/2015", UNDECIDED, Ok(date(2015, 12, 17)))]
    #[case("7/7/2015", UNDECIDED, Ok(date(2015, 7, 7)))]
    #[case("18.03.13", THIS_CENTURY, Ok(date(2013, 3, 18)))]
    #[case("02/5/16", THIS_CENTURY, Ok(date(2016, 5, 2)))]
    #[case("01. Nov 15", THIS_CENTURY, Ok(date(2015, 11, 1)))]
    #[case("01. Nov 15", UNDECIDED, Err(ValueProblem::TwoDigitYear))]
    #[case("01.03.70", THIS_CENTURY, Err(ValueProblem::TwoDigitYear))]
    fn columns_decide(
        #[case] raw: &str,
        #[case] form: DateForm,
        #[case] expected: Result<Date, ValueProblem>,
    ) {
        assert_eq!(read_date_as(raw, form), expected.map(Some));
    }

    #[rstest]
    #[case("17/12/2015", OrderEvidence::DayFirst, Some(2015))]
    #[case("12/17/2015", OrderEvidence::MonthFirst, Some(2015))]
    #[case("6/7/2015", OrderEvidence::Either, Some(2015))]
    #[case("7/7/2015", OrderEvidence::None, Some(2015))]
    #[case("30/02/2015", OrderEvidence::None, Some(2015))]
    #[case("2015-12-17", OrderEvidence::None, Some(2015))]
    #[case("18.03.13", OrderEvidence::DayFirst, None)]
    #[case("Aug 15", OrderEvidence::None, None)]
    fn evidence(#[case] raw: &str, #[case] expected: OrderEvidence, #[case] year: Option<i16>) {
        assert_eq!(order_evidence(raw), (expected, year));
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = read_date(&raw);
        }

        #[test]
        fn never_panics_on_almost_dates(raw in "[0-9]{0,5}[-/.–][0-9]{0,5}[-/.–][0-9]{0,5}[ T0-9:]{0,9}") {
            let _ = read_date(&raw);
        }

        #[test]
        fn reads_back_what_jiff_prints(year in 1i16..=9999, day in 1i16..=365) {
            let date = Date::new(year, 1, 1).expect("a first of January").with().day_of_year(day).build()
                .expect("a day of the year");
            prop_assert_eq!(read_date(&date.to_string()), Ok(Some(date)));
        }
    }
}
