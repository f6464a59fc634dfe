//! Fields answered with yes or no, such as `Insats av strategisk betydelse`.

use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// An answer to a yes-or-no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum YesNo {
    /// `Ja`, `Yes`, `true` or `1`.
    Yes,
    /// `Nej`, `No`, `false` or `0`.
    No,
}

/// Reads Swedish and English answers and what programs write for them, in any case.
///
/// # Errors
/// [`ValueProblem::UnreadableYesNo`] for anything else.
pub fn read_yes_no(raw: &str) -> ParsedValue<YesNo> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    match raw.trim().to_lowercase().as_str() {
        "ja" | "yes" | "true" | "1" => Ok(Some(YesNo::Yes)),
        "nej" | "no" | "false" | "0" => Ok(Some(YesNo::No)),
        _ => Err(ValueProblem::UnreadableYesNo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Ja", Ok(Some(YesNo::Yes)))]
    #[case("NEJ", Ok(Some(YesNo::No)))]
    #[case(" yes ", Ok(Some(YesNo::Yes)))]
    #[case("No", Ok(Some(YesNo::No)))]
    #[case("true", Ok(Some(YesNo::Yes)))]
    #[case("FALSE", Ok(Some(YesNo::No)))]
    #[case("1", Ok(Some(YesNo::Yes)))]
    #[case("0", Ok(Some(YesNo::No)))]
    #[case("-", Ok(None))]
    #[case("", Ok(None))]
    #[case("kanske", Err(ValueProblem::UnreadableYesNo))]
    #[case("2", Err(ValueProblem::UnreadableYesNo))]
    fn reads_answers(#[case] raw: &str, #[case] expected: ParsedValue<YesNo>) {
        assert_eq!(read_yes_no(raw), expected);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = read_yes_no(&raw);
        }
    }
}
