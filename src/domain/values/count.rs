//! Whole numbers of things, such as participants.

use super::number::{Decimal, is_group_space, join_groups};
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// Reads `600`, `1 883`, `1.883` and `600.0`, the form in which spreadsheets write 600.
///
/// Counts have no thousandths, so a point before three digits always separates groups.
///
/// # Errors
/// [`ValueProblem::UnreadableCount`] for other text, negative and fractional numbers, and numbers beyond a `u64`.
pub fn read_count(raw: &str) -> ParsedValue<u64> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    let text = raw.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    join_groups(text, is_group_space)
        .or_else(|| join_groups(text, |c| c == '.'))
        .and_then(|digits| Decimal::from_digits(&digits, "")?.times_rounded(1))
        .and_then(|count| u64::try_from(count).ok())
        .map(Some)
        .ok_or(ValueProblem::UnreadableCount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("600", Ok(Some(600)))]
    #[case(" 1 883 ", Ok(Some(1_883)))]
    #[case("1\u{a0}883", Ok(Some(1_883)))]
    #[case("1.883", Ok(Some(1_883)))]
    #[case("600.0", Ok(Some(600)))]
    #[case("0", Ok(Some(0)))]
    #[case("18446744073709551615", Ok(Some(u64::MAX)))]
    #[case("None", Ok(None))]
    #[case("18446744073709551616", Err(ValueProblem::UnreadableCount))]
    #[case("ca 600", Err(ValueProblem::UnreadableCount))]
    #[case("600,5", Err(ValueProblem::UnreadableCount))]
    #[case("12.5", Err(ValueProblem::UnreadableCount))]
    #[case("-3", Err(ValueProblem::UnreadableCount))]
    #[case("6 00", Err(ValueProblem::UnreadableCount))]
    #[case(".0", Err(ValueProblem::UnreadableCount))]
    fn reads_whole_numbers(#[case] raw: &str, #[case] expected: ParsedValue<u64>) {
        assert_eq!(read_count(raw), expected);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = read_count(&raw);
        }

        #[test]
        fn reads_back_any_number(count in any::<u64>()) {
            prop_assert_eq!(read_count(&count.to_string()), Ok(Some(count)));
        }
    }
}
