//! Days as deliveries write them. Knows the written forms only, not today's date.
//!
//! Slashes are day first, as in the Kohesio files (`16/03/2020`).

pub use jiff::civil::Date;

use super::number::is_dash;
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// Reads `2024-04-01`, `2024-04-01 00:00:00`, `16/03/2020`, `24.04.2014` and `1.3.2015`.
///
/// A time of day is dropped: the lists give days, and their times are all midnight.
///
/// # Errors
/// [`ValueProblem::ImpossibleDate`] for a day the calendar does not have, [`ValueProblem::TwoDigitYear`]
/// for `18-09-01`, and [`ValueProblem::UnreadableDate`] for everything else: years alone, ranges, words.
pub fn read_date(raw: &str) -> ParsedValue<Date> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    let text = raw.trim();
    let (day, time) = match text.split_once(|c: char| c.is_whitespace() || c == 'T') {
        Some((day, time)) => (day, Some(time.trim_start())),
        None => (text, None),
    };
    if time.is_some_and(|time| !is_time_of_day(time)) {
        return Err(ValueProblem::UnreadableDate);
    }
    let [first, second, third] = three_numbers(day)?;
    let (year, month, day) = match (first.digits, third.digits) {
        (4, 2) if first.is_before_a_dash && second.digits == 2 => (first, second, third),
        (1 | 2, 4) if !first.is_before_a_dash => (third, second, first),
        (1 | 2, 2) => return Err(ValueProblem::TwoDigitYear),
        _ => return Err(ValueProblem::UnreadableDate),
    };
    jiff_date(year.value, month.value, day.value).map(Some).ok_or(ValueProblem::ImpossibleDate)
}

/// One of the three numbers of a written day.
#[derive(Clone, Copy)]
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
    #[case("16-03-2020", ValueProblem::UnreadableDate)]
    #[case("2024/04-01", ValueProblem::UnreadableDate)]
    #[case("2024-4-1", ValueProblem::UnreadableDate)]
    #[case("20240401", ValueProblem::UnreadableDate)]
    #[case("våren 2024", ValueProblem::UnreadableDate)]
    #[case("2024-04-01-99999999999999999999", ValueProblem::UnreadableDate)]
    fn names_the_problem(#[case] raw: &str, #[case] problem: ValueProblem) {
        assert_eq!(read_date(raw), Err(problem));
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
