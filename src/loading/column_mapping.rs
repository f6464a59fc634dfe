//! Meanings of column headings that the user states: `--map 'Zuschuss=eu_support,Beginn=start_date'`.

use crate::domain::codes::headings::{Confidence, Headings, Meaning, squashed};
use crate::domain::schema::{FIELDS, FieldKind};

/// Stated meanings, which precede the known headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMapping {
    /// Headings by their letters and digits; `None` is a column without a known meaning.
    stated: Vec<(String, Option<FieldKind>)>,
}

/// A mapping that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnMappingError {
    /// A part without `=`, or without a heading.
    #[error("{0}: HEADING=FIELD expected")]
    NoField(String),
    /// A field that does not exist.
    #[error("{0}: no such field")]
    UnknownField(String),
}

impl ColumnMapping {
    /// Reads `HEADING=FIELD`, or several of them separated by commas. A field is named by its key or a label; `-` is none.
    ///
    /// # Errors
    /// When a part has no `=` or names no field.
    pub fn read(text: &str) -> Result<Self, ColumnMappingError> {
        let mut mapping = Self::default();
        let mut heading_before = String::new();
        for part in text.split(',') {
            // Headings may contain commas: a part without `=` belongs to the next one.
            let part =
                if heading_before.is_empty() { part.to_owned() } else { format!("{heading_before},{part}") };
            let Some((heading, field)) = part.rsplit_once('=') else {
                heading_before = part;
                continue;
            };
            heading_before.clear();
            mapping.state(heading, field)?;
        }
        if heading_before.trim().is_empty() {
            Ok(mapping)
        } else {
            Err(ColumnMappingError::NoField(heading_before))
        }
    }

    /// States the meaning of a heading; a later statement on the same heading replaces it.
    ///
    /// # Errors
    /// When there is no such field or the heading is empty.
    pub fn state(&mut self, heading: &str, field: &str) -> Result<(), ColumnMappingError> {
        let (letters, field) = (squashed(heading), field.trim());
        if letters.is_empty() {
            return Err(ColumnMappingError::NoField(format!("{heading}={field}")));
        }
        let by_key = || FIELDS.iter().find(|spec| spec.key == field).map(|spec| spec.kind);
        let kind = match field {
            "" | "-" => None,
            "id" => Some(FieldKind::Diarienummer),
            "description" => Some(FieldKind::Summary),
            field => {
                let kind = by_key().or_else(|| FieldKind::from_label(field));
                Some(kind.ok_or_else(|| ColumnMappingError::UnknownField(field.to_owned()))?)
            }
        };
        self.stated.retain(|(known, _)| *known != letters);
        self.stated.push((letters, kind));
        Ok(())
    }

    /// Returns `true` if nothing is stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stated.is_empty()
    }

    /// Adds the statements of another mapping, which precede those that are there.
    pub fn extend(&mut self, other: Self) {
        self.stated.retain(|(known, _)| !other.stated.iter().any(|(stated, _)| stated == known));
        self.stated.extend(other.stated);
    }

    /// The meaning of a heading: as stated, else as known.
    #[must_use]
    pub fn meaning(&self, heading: &str, known: &Headings) -> Option<Meaning> {
        if !self.stated.is_empty() {
            let letters = squashed(heading);
            if let Some((_, kind)) = self.stated.iter().find(|(stated, _)| *stated == letters) {
                return kind.map(|kind| Meaning { kind, confidence: Confidence::Stated });
            }
        }
        known.meaning(heading)
    }
}

impl std::fmt::Display for ColumnMapping {
    /// Writes it as [`ColumnMapping::read`] accepts it, each heading by its letters and digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (heading, kind)) in self.stated.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{heading}={}", kind.map_or("-", |kind| kind.spec().key))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn kind(mapping: &str, heading: &str) -> Option<FieldKind> {
        let mapping = ColumnMapping::read(mapping).expect("a mapping");
        mapping.meaning(heading, &Headings::built_in()).map(|meaning| meaning.kind)
    }

    #[rstest]
    #[case("Zuschuss=eu_support,Beginn=start_date", "zuschuss", Some(FieldKind::EuSupport))]
    #[case("Zuschuss=eu_support,Beginn=start_date", "BEGINN", Some(FieldKind::StartDate))]
    #[case("Anslag, kr=EU-stöd", "Anslag, kr", Some(FieldKind::EuSupport))]
    #[case("Namn=-", "Namn", None)]
    #[case("x=id", "X", Some(FieldKind::Diarienummer))]
    #[case("x=id", "Namn", Some(FieldKind::Name))]
    fn stated_meanings_precede_known_ones(
        #[case] mapping: &str,
        #[case] heading: &str,
        #[case] expected: Option<FieldKind>,
    ) {
        assert_eq!(kind(mapping, heading), expected);
    }

    #[test]
    fn a_mapping_is_written_as_it_is_read() {
        let mapping =
            ColumnMapping::read("Zuschuss, kr=eu_support,Beginn=start_date,x=-").expect("a mapping");
        assert_eq!(mapping.to_string(), "zuschusskr=eu_support,beginn=start_date,x=-");
        assert_eq!(ColumnMapping::read(&mapping.to_string()), Ok(mapping));
    }

    #[rstest]
    #[case("Zuschuss", ColumnMappingError::NoField("Zuschuss".to_owned()))]
    #[case("=name", ColumnMappingError::NoField("=name".to_owned()))]
    #[case("a=b", ColumnMappingError::UnknownField("b".to_owned()))]
    fn mistakes_are_named(#[case] mapping: &str, #[case] error: ColumnMappingError) {
        assert_eq!(ColumnMapping::read(mapping), Err(error));
    }
}
