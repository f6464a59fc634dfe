//! Names of months in the languages of published lists: English, Swedish, Danish, Finnish, German, Dutch, French, Polish.

use crate::text::fold::fold_char;

/// Names and usual abbreviations, folded, by month.
const NAMES: [&[&str]; 12] = [
    &[
        "jan",
        "january",
        "januari",
        "januar",
        "janvier",
        "janv",
        "tammikuu",
        "tammikuuta",
        "styczen",
        "stycznia",
        "sty",
    ],
    &[
        "feb",
        "february",
        "februari",
        "februar",
        "fevrier",
        "fevr",
        "fev",
        "helmikuu",
        "helmikuuta",
        "luty",
        "lutego",
        "lut",
    ],
    &[
        "mar",
        "march",
        "mars",
        "marts",
        "marz",
        "mrz",
        "maart",
        "mrt",
        "maaliskuu",
        "maaliskuuta",
        "marzec",
        "marca",
    ],
    &["apr", "april", "avril", "avr", "huhtikuu", "huhtikuuta", "kwiecien", "kwietnia", "kwi"],
    &["may", "maj", "mai", "mei", "toukokuu", "toukokuuta", "maja"],
    &["jun", "june", "juni", "juin", "kesakuu", "kesakuuta", "czerwiec", "czerwca", "cze"],
    &["jul", "july", "juli", "juillet", "juil", "heinakuu", "heinakuuta", "lipiec", "lipca", "lip"],
    &["aug", "august", "augusti", "augustus", "aout", "elokuu", "elokuuta", "sierpien", "sierpnia", "sie"],
    &["sep", "sept", "september", "septembre", "syyskuu", "syyskuuta", "wrzesien", "wrzesnia", "wrz"],
    &[
        "oct",
        "okt",
        "october",
        "oktober",
        "octobre",
        "lokakuu",
        "lokakuuta",
        "pazdziernik",
        "pazdziernika",
        "paz",
    ],
    &["nov", "november", "novembre", "marraskuu", "marraskuuta", "listopad", "listopada", "lis"],
    &[
        "dec",
        "dez",
        "des",
        "december",
        "dezember",
        "decembre",
        "joulukuu",
        "joulukuuta",
        "grudzien",
        "grudnia",
        "gru",
    ],
];

/// The number of a month, from 1, by its name or abbreviation in any case; a point may follow it.
#[must_use]
pub fn month_by_name(name: &str) -> Option<i16> {
    let folded: String = name.trim_end_matches('.').chars().map(fold_char).collect();
    let at = NAMES.iter().position(|names| names.contains(&folded.as_str()))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::collections::HashSet;

    #[rstest]
    #[case("Nov", Some(11))]
    #[case("MÄRZ", Some(3))]
    #[case("août", Some(8))]
    #[case("września", Some(9))]
    #[case("heinäkuuta", Some(7))]
    #[case("dec.", Some(12))]
    #[case("x", None)]
    #[case("", None)]
    fn names(#[case] name: &str, #[case] month: Option<i16>) {
        assert_eq!(month_by_name(name), month);
    }

    #[test]
    fn no_name_means_two_months() {
        let all: Vec<&str> = NAMES.iter().flat_map(|names| names.iter().copied()).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
