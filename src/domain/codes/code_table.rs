//! Reads one code table of `data/`: tab-separated, with a header line. Knows the columns, not the codes.

use crate::domain::values::period::Period;

/// Certainty of a name. Inferred and unknown names are left out of the tables that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// The wording of the agency, the Commission or the regulation.
    Official,
    /// Our own translation; marked so in the detail.
    Unofficial,
    /// Not checked against the source; marked so in the detail, and kept out of reports and CSV.
    Unverified,
}

/// A code's name in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name itself.
    pub text: &'static str,
    /// Its certainty.
    pub standing: Certainty,
}

/// The names of a code. A known code can lack both; it is then shown alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeName {
    /// The Swedish name.
    pub sv: Option<Name>,
    /// The English name.
    pub en: Option<Name>,
}

impl CodeName {
    /// The Swedish name for reports and CSV files, which leave out translations of unverified names.
    #[must_use]
    pub fn sv_for_reports(&self) -> Option<&'static str> {
        let original_is_verified = self.en.is_none_or(|en| en.standing != Certainty::Unverified);
        let is_sure = |name: &Name| match name.standing {
            Certainty::Official => true,
            Certainty::Unofficial => original_is_verified,
            Certainty::Unverified => false,
        };
        self.sv.filter(is_sure).map(|name| name.text)
    }

    /// The English name for reports and CSV files.
    #[must_use]
    pub fn en_for_reports(&self) -> Option<&'static str> {
        self.en.filter(|name| name.standing != Certainty::Unverified).map(|name| name.text)
    }
}

/// One row of a code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The code as the table spells it.
    pub code: &'static str,
    /// The period in which the code means this.
    pub period: Period,
    /// Its names.
    pub name: CodeName,
    /// Another spelling of the code, or nothing.
    pub also: &'static str,
}

/// The rows of a table with the columns code, period, `name_sv`, `standing_sv`, `name_en`, `standing_en`, also.
///
/// Rows of another shape are passed over: the tables are part of the program, and a test reads them all.
pub fn rows(table: &'static str) -> impl Iterator<Item = CodeRow> {
    table.lines().skip(1).filter_map(row)
}

fn row(line: &'static str) -> Option<CodeRow> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    let (code, period) = (next()?, Period::read(next()?)?);
    let name = CodeName { sv: name(next()?, next()?)?, en: name(next()?, next()?)? };
    Some(CodeRow { code, period, name, also: next()? })
}

/// The name of two cells; the outer `None` is for an unknown standing.
#[expect(
    clippy::option_option,
    reason = "the inner one is a value of the table, the outer one its misspelling"
)]
fn name(text: &'static str, standing: &str) -> Option<Option<Name>> {
    let standing = match standing {
        "official" => Certainty::Official,
        "unofficial" => Certainty::Unofficial,
        "unverified" => Certainty::Unverified,
        "inferred" | "none" => return Some(None),
        _ => return None,
    };
    Some(Some(Name { text, standing }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const SURE: Option<Name> = Some(Name { text: "name", standing: Certainty::Official });
    const OURS: Option<Name> = Some(Name { text: "name", standing: Certainty::Unofficial });
    const UNSURE: Option<Name> = Some(Name { text: "name", standing: Certainty::Unverified });

    #[rstest]
    #[case(SURE, SURE, true, true)]
    #[case(OURS, SURE, true, true)]
    #[case(OURS, None, true, false)]
    #[case(OURS, UNSURE, false, false)]
    #[case(UNSURE, SURE, false, true)]
    #[case(None, OURS, false, true)]
    fn reports_hold_only_what_is_sure(
        #[case] sv: Option<Name>,
        #[case] en: Option<Name>,
        #[case] sv_expected: bool,
        #[case] en_expected: bool,
    ) {
        let name = CodeName { sv, en };
        assert_eq!(
            (name.sv_for_reports().is_some(), name.en_for_reports().is_some()),
            (sv_expected, en_expected)
        );
    }

    #[test]
    fn inferred_names_are_left_out() {
        let table = "header\nD1\t2021-2027\t\tnone\tA guess\tinferred\t";
        let row = rows(table).next().expect("a row");
        assert_eq!((row.code, row.name), ("D1", CodeName { sv: None, en: None }));
    }

    #[rstest]
    #[case("header\nD1\t2021-2027\t\tnone")]
    #[case("header\nD1\t2021-2027\t\tperhaps\t\tnone\t")]
    #[case("header\nD1\t1999\t\tnone\t\tnone\t")]
    #[case("")]
    fn rows_of_another_shape_are_passed_over(#[case] table: &'static str) {
        assert_eq!(rows(table).count(), 0);
    }
}
