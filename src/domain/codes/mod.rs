//! Meanings of codes, by kind and programming period. The tables are compiled in.

pub mod code_table;
pub mod geography;
pub mod headings;
pub mod regions;

use std::collections::HashMap;

use self::code_table::{CodeName, rows};
use self::geography::Geography;
use self::headings::Headings;
use self::regions::Regions;
use super::schema::FieldKind;
use crate::domain::values::period::Period;

/// The kinds of codes in records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeKind {
    /// Interventionstyp: regulation (EU) 2021/1060, Annex I, or (EU) 215/2014.
    InterventionField,
    /// Programområde, A to F.
    Priority,
    /// Specifikt mål, such as `A2A`, or `ESO4.8` in the European lists.
    SpecificObjective,
    /// Sekundärtema, 01 to 10.
    SecondaryTheme,
    /// Berörd fond, in its Swedish or English abbreviation.
    Fund,
    /// Programme, by its CCI of 12 or 15 characters.
    Programme,
}

impl CodeKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::InterventionField,
        Self::Priority,
        Self::SpecificObjective,
        Self::SecondaryTheme,
        Self::Fund,
        Self::Programme,
    ];

    /// The kind of code in a field; `None` for NUTS codes, which [`regions`] handles.
    #[must_use]
    pub const fn for_field(field: FieldKind) -> Option<Self> {
        match field {
            FieldKind::Fund => Some(Self::Fund),
            FieldKind::ProgrammeCci => Some(Self::Programme),
            FieldKind::Priority => Some(Self::Priority),
            FieldKind::SpecificObjective => Some(Self::SpecificObjective),
            FieldKind::InterventionField => Some(Self::InterventionField),
            _ => None,
        }
    }

    fn table(self) -> &'static str {
        match self {
            Self::InterventionField => {
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/intervention_fields.tsv"))
            }
            Self::Priority => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/priorities.tsv")),
            Self::SpecificObjective => {
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/specific_objectives.tsv"))
            }
            Self::SecondaryTheme => {
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/secondary_themes.tsv"))
            }
            Self::Fund => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/funds.tsv")),
            Self::Programme => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/programmes.tsv")),
        }
    }

    /// The spelling under which a code is looked up and shown: `117.0` is `117`, `7` is `007`, `145A` is `145a`,
    /// `esf +` is `ESF+`. A text that is no code of this kind comes back in upper case.
    #[must_use]
    pub fn normalise(self, raw: &str) -> String {
        let text = raw.trim();
        match self {
            Self::InterventionField => numbered(text, 3),
            Self::SecondaryTheme => numbered(text, 2),
            Self::Priority | Self::Programme => text.to_uppercase(),
            Self::SpecificObjective => text.split_whitespace().collect::<String>().to_uppercase(),
            Self::Fund => {
                let code = text.to_uppercase();
                match code.strip_suffix("PLUS").or_else(|| code.strip_suffix('+')) {
                    Some(fund) => format!("{}+", fund.trim_end()),
                    None => code,
                }
            }
        }
    }
}

/// All code tables, read once by the caller and handed down.
#[derive(Clone, Debug)]
pub struct Codes {
    names: HashMap<(CodeKind, Period, String), CodeName>,
    regions: Regions,
    geography: Geography,
    headings: Headings,
}

impl Codes {
    /// The tables that are part of the program: about 500 codes.
    #[must_use]
    pub fn built_in() -> Self {
        let mut names = HashMap::new();
        for kind in CodeKind::ALL {
            for row in rows(kind.table()) {
                names.insert((kind, row.period, kind.normalise(row.code)), row.name);
                if !row.also.is_empty() {
                    names.insert((kind, row.period, kind.normalise(row.also)), row.name);
                }
                // Projektbanken cuts the CCI after twelve characters.
                if let Some((short, _)) =
                    row.code.split_at_checked(12).filter(|_| kind == CodeKind::Programme)
                {
                    names.entry((kind, row.period, short.to_owned())).or_insert(row.name);
                }
            }
        }
        Self {
            names,
            regions: Regions::built_in(),
            geography: Geography::built_in(),
            headings: Headings::built_in(),
        }
    }

    /// The names of a code; `None` for a code that is not in the tables of that period.
    #[must_use]
    pub fn lookup(&self, kind: CodeKind, period: Period, code: &str) -> Option<CodeName> {
        self.names.get(&(kind, period, kind.normalise(code))).copied()
    }

    /// The known column headings.
    #[must_use]
    pub fn headings(&self) -> &Headings {
        &self.headings
    }

    /// The Swedish counties and municipalities.
    #[must_use]
    pub fn geography(&self) -> &Geography {
        &self.geography
    }

    /// The Swedish regions.
    #[must_use]
    pub fn regions(&self) -> &Regions {
        &self.regions
    }
}

/// A numbered code in `width` digits with its letter, if any: spreadsheets write `117.0` and lose leading zeros.
fn numbered(text: &str, width: usize) -> String {
    let number = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let letters = number.strip_prefix(digits).unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || letters.len() > 1 {
        return text.to_uppercase();
    }
    format!("{digits:0>width$}{}", letters.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes::code_table::Certainty;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(CodeKind::InterventionField, "117.0", "117")]
    #[case(CodeKind::InterventionField, "7", "007")]
    #[case(CodeKind::InterventionField, " 7,0 ", "007")]
    #[case(CodeKind::InterventionField, "145A", "145a")]
    #[case(CodeKind::InterventionField, "", "")]
    #[case(CodeKind::InterventionField, "117.5", "117.5")]
    #[case(CodeKind::InterventionField, "140abc", "140ABC")]
    #[case(CodeKind::SecondaryTheme, "6.0", "06")]
    #[case(CodeKind::SpecificObjective, "eso 4.7", "ESO4.7")]
    #[case(CodeKind::Fund, "esf +", "ESF+")]
    #[case(CodeKind::Fund, "ESF Plus", "ESF+")]
    #[case(CodeKind::Fund, "Esf", "ESF")]
    #[case(CodeKind::Priority, "a", "A")]
    fn codes_are_normalised(#[case] kind: CodeKind, #[case] raw: &str, #[case] expected: &str) {
        assert_eq!(kind.normalise(raw), expected);
    }

    #[test]
    fn every_row_of_every_table_is_read() {
        for kind in CodeKind::ALL {
            let lines = kind.table().lines().count() - 1;
            assert_eq!(rows(kind.table()).count(), lines, "{kind:?}");
            let distinct: std::collections::HashSet<_> =
                rows(kind.table()).map(|row| (row.period, kind.normalise(row.code))).collect();
            assert_eq!(distinct.len(), lines, "{kind:?}: a code stands twice in one period");
        }
    }

    #[test]
    fn a_code_means_different_things_in_different_periods() {
        let codes = Codes::built_in();
        let english = |period, code| {
            codes
                .lookup(CodeKind::InterventionField, period, code)
                .and_then(|name| name.en)
                .map(|name| name.text)
        };
        assert_eq!(
            english(Period::P2021, "140.0"),
            Some("Support for labour market matching and transitions")
        );
        assert_eq!(english(Period::P2014, "140"), None);
        assert!(
            english(Period::P2014, "117.0").is_some_and(|name| name.starts_with("Enhancing equal access"))
        );
        assert!(english(Period::P2021, "117").is_some_and(|name| name.starts_with("Inland waterways")));
    }

    #[rstest]
    #[case(CodeKind::InterventionField, Period::P2014, "117", None, Some(Certainty::Official))]
    #[case(
        CodeKind::InterventionField,
        Period::P2021,
        "151",
        Some(Certainty::Unofficial),
        Some(Certainty::Official)
    )]
    #[case(
        CodeKind::InterventionField,
        Period::P2021,
        "145a",
        Some(Certainty::Unofficial),
        Some(Certainty::Unverified)
    )]
    #[case(CodeKind::Priority, Period::P2021, "D", Some(Certainty::Official), Some(Certainty::Official))]
    #[case(
        CodeKind::SpecificObjective,
        Period::P2021,
        "A2A",
        Some(Certainty::Official),
        Some(Certainty::Unofficial)
    )]
    #[case(CodeKind::SpecificObjective, Period::P2021, "D1", None, None)]
    #[case(CodeKind::SpecificObjective, Period::P2021, "ESO4.7", None, Some(Certainty::Unverified))]
    #[case(
        CodeKind::SecondaryTheme,
        Period::P2021,
        "6",
        Some(Certainty::Unverified),
        Some(Certainty::Unverified)
    )]
    #[case(CodeKind::Fund, Period::P2014, "ERDF", Some(Certainty::Official), Some(Certainty::Official))]
    #[case(CodeKind::Fund, Period::P2021, "esfplus", Some(Certainty::Official), Some(Certainty::Official))]
    #[case(CodeKind::Programme, Period::P2021, "2021SE05SFPR", Some(Certainty::Official), None)]
    #[case(CodeKind::Programme, Period::P2021, "2021se05sfpr001", Some(Certainty::Official), None)]
    fn names_have_a_standing(
        #[case] kind: CodeKind,
        #[case] period: Period,
        #[case] code: &str,
        #[case] sv: Option<Certainty>,
        #[case] en: Option<Certainty>,
    ) {
        let name = Codes::built_in().lookup(kind, period, code).expect("a known code");
        assert_eq!((name.sv.map(|n| n.standing), name.en.map(|n| n.standing)), (sv, en));
    }

    #[test]
    fn unknown_codes_have_no_names() {
        let codes = Codes::built_in();
        assert_eq!(codes.lookup(CodeKind::InterventionField, Period::P2021, "999"), None);
        assert_eq!(codes.lookup(CodeKind::Fund, Period::P2014, "ESF+"), None);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let codes = Codes::built_in();
            for kind in CodeKind::ALL {
                let _ = codes.lookup(kind, Period::P2021, &raw);
            }
        }

        #[test]
        fn normalising_twice_changes_nothing(raw in "[0-9a-zA-Z+., ]{0,8}") {
            for kind in CodeKind::ALL {
                let once = kind.normalise(&raw);
                prop_assert_eq!(kind.normalise(&once), once);
            }
        }
    }
}
