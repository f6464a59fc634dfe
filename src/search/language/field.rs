//! The fields of the query language, and their names.

use crate::domain::schema::{FIELDS, FieldKind, ValueType};
use crate::i18n::Bilingual;
use crate::text::fold::fold_char;

/// A field that a condition can test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QueryField {
    /// A field of the schema.
    Known(FieldKind),
    /// The description and other long texts.
    Text,
    /// The county, as the source says or by NUTS code, town and owner.
    County,
    /// The file that the record was read from.
    Source,
    /// A field of the review.
    Review(ReviewField),
}

/// A field of the review that a condition can test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReviewField {
    /// The tags of the record.
    Tag,
    /// The people who have given a verdict.
    Reviewer,
    /// All notes: working notes and findings.
    Note,
    /// The findings.
    Finding,
}

/// A field with its short names, which contain no spaces.
#[derive(Debug)]
struct Names {
    field: QueryField,
    swedish: &'static str,
    english: &'static str,
    also: &'static [&'static str],
}

macro_rules! names {
    ($($kind:ident $swedish:literal $english:literal [$($also:literal),*];)*) => {
        &[
            $(Names {
                field: QueryField::Known(FieldKind::$kind),
                swedish: $swedish, english: $english, also: &[$($also),*],
            },)*
            Names { field: QueryField::Text, swedish: "text", english: "text", also: &["beskrivning", "description"] },
            Names { field: QueryField::County, swedish: "län", english: "county", also: &[] },
            Names { field: QueryField::Source, swedish: "källa", english: "source", also: &["fil", "file"] },
            Names { field: QueryField::Review(ReviewField::Tag), swedish: "etikett", english: "tag", also: &[] },
            Names { field: QueryField::Review(ReviewField::Reviewer), swedish: "granskare", english: "reviewer", also: &[] },
            Names { field: QueryField::Review(ReviewField::Note), swedish: "anteckning", english: "note", also: &[] },
            Names { field: QueryField::Review(ReviewField::Finding), swedish: "iakttagelse", english: "finding", also: &[] },
        ]
    };
}

/// All fields in the order of completion.
#[rustfmt::skip]
const NAMES: &[Names] = names! {
    Region "region" "region" [];
    Priority "po" "priority" ["prio"];
    SpecificObjective "mål" "objective" ["so"];
    Fund "fond" "fund" [];
    InterventionField "typ" "intervention" ["interventionsområde"];
    Beneficiary "ägare" "owner" [];
    City "ort" "town" ["city"];
    StartDate "start" "start" [];
    EndDate "slut" "end" [];
    Participants "deltagare" "participants" ["antal"];
    TotalBudget "budget" "budget" ["total"];
    EsfSupport "esf" "esf" ["esfstöd"];
    EuSupport "eu" "eu" ["eustöd"];
    CofinancingRate "andel" "rate" ["medfinansiering"];
    Nuts "nuts" "nuts" [];
    Diarienummer "dnr" "id" [];
    Name "namn" "name" ["title", "titel"];
    OrganisationNumber "orgnr" "orgnr" ["org"];
    Postcode "postnr" "postcode" [];
    Countries "land" "country" [];
    ProgrammeCci "program" "programme" ["cci"];
    Period "period" "period" [];
    StrategicImportance "strategisk" "strategic" [];
    ChildPoverty "barnfattigdom" "childpoverty" [];
    BeneficiaryCountry "ägarland" "ownercountry" [];
    Currency "valuta" "currency" [];
    Link "länk" "link" [];
    NameEnglish "engelsktnamn" "englishname" [];
    Summary "sammanfattning" "summary" [];
    SummaryEnglish "engelsktext" "englishsummary" [];
};

/// The reason why a name matches no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FieldError {
    /// No field has the name; with the most similar name.
    #[error("unknown field")]
    Unknown(Option<&'static str>),
    /// Names of several fields begin with it.
    #[error("ambiguous field")]
    Ambiguous,
}

impl QueryField {
    /// All fields in the order of completion.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|names| names.field)
    }

    /// The short name in both languages.
    #[must_use]
    pub fn names(self) -> Bilingual {
        let row = NAMES.iter().find(|names| names.field == self);
        row.map_or(Bilingual::default(), |names| Bilingual::new(names.swedish, names.english))
    }

    /// The type of the values.
    #[must_use]
    pub const fn value_type(self) -> ValueType {
        match self {
            Self::Known(kind) => kind.spec().value,
            Self::Text | Self::County | Self::Source | Self::Review(_) => ValueType::Text,
        }
    }

    /// Resolves a name: a short name, a label in either language, or a JSON key, ignoring case and diacritics; or the
    /// beginning of names of a single field.
    pub(crate) fn from_name(typed: &str) -> Result<Self, FieldError> {
        let typed = plain(typed);
        if typed.is_empty() {
            return Err(FieldError::Unknown(None));
        }
        let short = NAMES.iter().find(|names| names.short().any(|name| plain(name) == typed));
        if let Some(names) = short {
            return Ok(names.field);
        }
        if let Some((_, field)) = all_names().find(|(name, _)| plain(name) == typed) {
            return Ok(field);
        }
        let mut begun =
            all_names().filter(|(name, _)| plain(name).starts_with(&typed)).map(|(_, field)| field);
        match begun.next() {
            Some(field) if begun.all(|other| other == field) => Ok(field),
            Some(_) => Err(FieldError::Ambiguous),
            None => Err(FieldError::Unknown(nearest(&typed, NAMES.iter().flat_map(Names::short)))),
        }
    }
}

impl Names {
    fn short(&self) -> impl Iterator<Item = &'static str> {
        [self.swedish, self.english].into_iter().chain(self.also.iter().copied())
    }
}

/// Every name with its field: short names, then labels and keys of the schema.
fn all_names() -> impl Iterator<Item = (&'static str, QueryField)> {
    let short = NAMES.iter().flat_map(|names| names.short().map(|name| (name, names.field)));
    let of_schema = FIELDS.iter().flat_map(|spec| {
        [spec.label, spec.english, spec.key].into_iter().map(|name| (name, QueryField::Known(spec.kind)))
    });
    short.chain(of_schema)
}

/// Normalises a name: folded, letters and digits only.
pub(crate) fn plain(name: &str) -> String {
    name.chars().map(fold_char).filter(|c| c.is_alphanumeric()).collect()
}

/// Maximum length in bytes of a text that may be a misspelt name.
const MAX_MEANT: usize = 64;

/// The name with the smallest edit distance, if at most a third of the letters differ.
pub(crate) fn nearest(typed: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    if typed.len() > MAX_MEANT {
        return None;
    }
    let typed = plain(typed);
    let distance = |name: &str| strsim::damerau_levenshtein(&typed, &plain(name));
    let best = names.map(|name| (distance(name), name)).min_by_key(|(distance, _)| *distance)?;
    (best.0 <= typed.chars().count().div_ceil(3)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::collections::HashMap;

    #[rstest]
    #[case("region", FieldKind::Region)]
    #[case("PO", FieldKind::Priority)]
    #[case("mål", FieldKind::SpecificObjective)]
    #[case("mal", FieldKind::SpecificObjective)]
    #[case("agare", FieldKind::Beneficiary)]
    #[case("owner", FieldKind::Beneficiary)]
    #[case("total_budget", FieldKind::TotalBudget)]
    #[case("eu-stöd", FieldKind::EuSupport)]
    #[case("startdatum", FieldKind::StartDate)]
    #[case("delt", FieldKind::Participants)]
    #[case("reg", FieldKind::Region)]
    fn names_find_their_field(#[case] name: &str, #[case] kind: FieldKind) {
        assert_eq!(QueryField::from_name(name), Ok(QueryField::Known(kind)));
    }

    #[rstest]
    #[case("projekt", FieldError::Ambiguous)]
    #[case("regoin", FieldError::Unknown(Some("region")))]
    #[case("xyzzy", FieldError::Unknown(None))]
    #[case("", FieldError::Unknown(None))]
    fn other_names_find_none(#[case] name: &str, #[case] why: FieldError) {
        assert_eq!(QueryField::from_name(name), Err(why));
    }

    #[test]
    fn every_field_has_names_and_no_short_name_means_two() {
        let mut owners: HashMap<String, QueryField> = HashMap::new();
        for names in NAMES {
            for name in names.short() {
                let before = owners.insert(plain(name), names.field);
                assert!(before.is_none_or(|field| field == names.field), "{name}");
                assert_eq!(QueryField::from_name(name), Ok(names.field), "{name}");
            }
        }
        for spec in FIELDS {
            assert_ne!(QueryField::Known(spec.kind).names(), Bilingual::default(), "{}", spec.label);
        }
    }
}
