//! The fields of a project record: their names in every delivery, their types, their groups.
//!
//! One table serves the labels of text records and the columns of lists: a new spelling is one more word here. Names
//! with underscores are Kohesio's columns, or the keys of this program's own JSON. Comments name the point of Article
//! 49(3) of Regulation (EU) 2021/1060 that a field answers.

use crate::text::fold::{fold_char, same_label};

/// A field that the program knows. Fields that it does not know keep their own label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldKind {
    /// The operation's unique code (chapeau).
    Diarienummer,
    /// Name of the operation (d).
    Name,
    /// Start date (f).
    StartDate,
    /// Expected or actual date of completion (g).
    EndDate,
    /// Countries concerned (l).
    Countries,
    /// Fund (i).
    Fund,
    /// The programme's CCI.
    ProgrammeCci,
    /// The beneficiary's organisation number.
    OrganisationNumber,
    /// The beneficiary's name (a).
    Beneficiary,
    /// The Union's co-financing rate (k).
    CofinancingRate,
    /// Programme area: the priority.
    Priority,
    /// Specific objective (j).
    SpecificObjective,
    /// The secondary theme of child poverty, yes or no.
    ChildPoverty,
    /// The fund's region (l).
    Region,
    /// The NUTS code (l).
    Nuts,
    /// The beneficiary's postcode (l, m).
    Postcode,
    /// The beneficiary's town (m).
    City,
    /// The beneficiary's country.
    BeneficiaryCountry,
    /// Type of intervention: the intervention field (n).
    InterventionField,
    /// Number of participants.
    Participants,
    /// Operation of strategic importance, yes or no.
    StrategicImportance,
    /// Total cost (h).
    TotalBudget,
    /// Granted ESF support, national co-financing included.
    EsfSupport,
    /// The Union's contribution.
    EuSupport,
    /// Programming period, `2021-2027`.
    Period,
    /// A summary under a label of its own; the text record's body needs none (e).
    Summary,
    /// The summary in English.
    SummaryEnglish,
    /// A page about the project.
    Link,
    /// Name of the operation in English, in addition to the original one.
    NameEnglish,
    /// The currency of a list's amounts, in a column of its own.
    Currency,
}

/// Type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// Free text.
    Text,
    /// A diarienummer.
    Id,
    /// A day.
    Date,
    /// Money.
    Amount,
    /// A percentage.
    Percent,
    /// A whole number.
    Count,
    /// Yes or no.
    YesNo,
    /// A code of one of the tables.
    Code,
    /// An organisation number.
    OrganisationNumber,
}

/// Groups of fields in the detail, in display order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldGroup {
    /// The project and its owner.
    Project,
    /// When and where.
    TimeAndPlace,
    /// Programme, objective, intervention.
    Programme,
    /// Money.
    Money,
    /// Fields that the program does not know.
    Other,
}

/// One row of the table of fields.
#[derive(Debug)]
pub struct FieldSpec {
    /// The field.
    pub kind: FieldKind,
    /// The text record's label, which is its Swedish name.
    pub label: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// Its key in JSON output.
    pub key: &'static str,
    /// Type of its values.
    pub value: ValueType,
    /// Its place in the detail.
    pub group: FieldGroup,
    /// Other labels and column headings that mean the same.
    pub synonyms: &'static [&'static str],
}

macro_rules! fields {
    ($($kind:ident $label:literal $english:literal $key:literal $value:ident $group:ident [$($synonym:literal),*];)*) => {
        /// All known fields, in the order of the text record.
        pub const FIELDS: &[FieldSpec] = &[$(FieldSpec {
            kind: FieldKind::$kind, label: $label, english: $english, key: $key,
            value: ValueType::$value, group: FieldGroup::$group, synonyms: &[$($synonym),*],
        }),*];
    };
}

#[rustfmt::skip]
fields! {
    Diarienummer "Diarienummer" "Operation ID" "diarienummer" Id Project ["Dnr", "Projektnummer", "Operation_Local_Identifier"];
    Name "Namn" "Operation name" "name" Text Project ["Namn på insatsen", "Projektnamn", "Project name", "Name of operation", "Name of the operation", "Operation_Name_Programme_Language"];
    StartDate "Startdatum" "Start date" "start_date" Date TimeAndPlace ["Start", "Projektstart", "Operation start date", "Operation_Start_Date"];
    EndDate "Slutdatum" "End date" "end_date" Date TimeAndPlace ["Slut", "Projektslut", "Operation end date", "Operation_End_Date"];
    Countries "Land som berörs" "Countries concerned" "countries" Text TimeAndPlace ["Land", "Country", "Länder som berörs"];
    Fund "Berörd fond" "EU fund" "fund" Code Programme ["EU-fond", "Fond", "Fund", "Fund concerned", "Fund_Code"];
    ProgrammeCci "Program CCI" "Programme CCI" "programme_cci" Code Programme ["CCI", "Programme code", "Programme_Code"];
    OrganisationNumber "Projektägare organisationsnummer" "Beneficiary ID" "organisation_number" OrganisationNumber Project ["Organisationsnummer", "Orgnr", "Org.nr", "Stödmottagare organisationsnummer", "Organisation number", "Beneficiary_Local_Identifier"];
    Beneficiary "Projektägare" "Beneficiary" "beneficiary" Text Project ["Stödmottagare", "Beneficiary name", "Name of beneficiary", "Beneficiary_Name"];
    CofinancingRate "Unionens medfinansieringsgrad" "Union co-financing rate" "cofinancing_rate" Percent Money ["Medfinansieringsgrad", "Co-financing rate", "Cofinancing rate", "EU co-financing rate", "Cofinancing_Rate"];
    Priority "Programområde" "Priority" "priority" Code Programme ["PO", "Priority axis"];
    SpecificObjective "Specifikt mål" "Specific objective" "specific_objective" Code Programme ["Specific objective concerned", "Specific_Objective_Label"];
    ChildPoverty "Sekundärtema - Motverka barnfattigdom" "Secondary theme - tackling child poverty" "child_poverty" YesNo Programme [];
    Region "Region" "Region" "region" Text TimeAndPlace ["ESF-region", "NUTS2_Label"];
    Nuts "NUTS-2 kod" "NUTS 2 code" "nuts" Code TimeAndPlace ["NUTS 2", "NUTS-kod", "NUTS code", "NUTS-3 kod", "NUTS2_Code"];
    Postcode "Stödmottagare postnr" "Beneficiary postcode" "postcode" Text TimeAndPlace ["Postnummer", "Projektägare postnr"];
    City "Stödmottagare ort" "Beneficiary city" "city" Text TimeAndPlace ["Projektägare ort", "Ort"];
    BeneficiaryCountry "Stödmottagarens land" "Beneficiary country" "beneficiary_country" Text TimeAndPlace [];
    InterventionField "Interventionstyp" "Intervention field" "intervention_fields" Code Programme ["Interventionsområde", "Type of intervention", "Category of intervention", "Category_Of_Intervention"];
    Participants "Antal deltagare" "Participants" "participants" Count Project ["Deltagare", "Number of participants"];
    StrategicImportance "Insats av strategisk betydelse" "Operation of strategic importance" "strategic_importance" YesNo Programme [];
    TotalBudget "Total projektbudget" "Total budget" "total_budget" Amount Money ["Total budget SEK", "Total cost", "Totala kostnader", "Total eligible cost", "Total eligible expenditure", "Total_Eligible_Expenditure_amount"];
    EsfSupport "Beviljat ESF-stöd" "Granted ESF support" "esf_support" Amount Money ["ESF-stöd", "Beviljat stöd"];
    EuSupport "EU-stöd" "EU support" "eu_support" Amount Money ["EU-stöd i SEK", "EU contribution SEK", "EU contribution", "Project_EU_Budget"];
    Period "Programperiod" "Programming period" "period" Text Programme ["Programming_Period"];
    Summary "Sammanfattning" "Summary" "summary" Text Project ["Beskrivning", "Description", "Operation summary", "Operation_Summary_Programme_Language"];
    SummaryEnglish "Sammanfattning engelsk" "Summary in English" "summary_english" Text Project ["Operation_Summary_English"];
    Link "Länk" "Link" "link" Text Project ["Operation_Unique_Identifier", "URL", "Webbadress", "Webbplats"];
    NameEnglish "Namn engelska" "Name in English" "name_english" Text Project ["Operation_Name_English"];
    Currency "Valuta" "Currency" "currency" Text Money ["Total_Eligible_Expenditure_Currency"];
}

impl FieldKind {
    /// The row of the table.
    ///
    /// # Panics
    /// Never: every kind has its row, at its own place in the table (kept by a test).
    #[must_use]
    pub const fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }

    /// The field that a label means, whatever its case and spaces. One in two languages (`EU-fond / EU fund`) is known
    /// by either half, the first one before the other.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim();
        Self::from_name(label).or_else(|| {
            let (one, other) = label.split_once(" / ")?;
            Self::from_name(one.trim_end()).or_else(|| Self::from_name(other.trim_start()))
        })
    }

    fn from_name(name: &str) -> Option<Self> {
        // Longer than any name that is known: the lines of a description end here.
        if name.len() > 64 {
            return None;
        }
        // Text records look up every line with a colon, and nearly always use the label spelled here.
        if let Some(spec) = FIELDS.iter().find(|spec| spec.label == name) {
            return Some(spec.kind);
        }
        let first = name.chars().next().map(fold_char)?;
        let may_be = |known: &&str| known.chars().next().map(fold_char) == Some(first);
        let is_named = |spec: &&FieldSpec| spec.names().filter(may_be).any(|known| same_label(known, name));
        FIELDS.iter().find(is_named).map(|spec| spec.kind)
    }
}

impl FieldSpec {
    /// Every name that the field goes by.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.label, self.english, self.key].into_iter().chain(self.synonyms.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_label;
    use std::collections::HashMap;

    #[test]
    fn every_kind_has_its_own_row() {
        for (row, spec) in FIELDS.iter().enumerate() {
            assert_eq!(spec.kind as usize, row, "{}", spec.label);
            assert_eq!(spec.kind.spec().label, spec.label);
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut owners: HashMap<String, FieldKind> = HashMap::new();
        for spec in FIELDS {
            for name in spec.names() {
                let before = owners.insert(fold_label(name), spec.kind);
                assert!(
                    before.is_none_or(|kind| kind == spec.kind),
                    "{name} means {before:?} and {:?}",
                    spec.kind
                );
            }
        }
    }

    #[test]
    fn labels_are_found_in_any_case() {
        assert_eq!(FieldKind::from_label("projektägare  ORT"), Some(FieldKind::City));
        assert_eq!(FieldKind::from_label("EU-stöd i SEK"), Some(FieldKind::EuSupport));
        assert_eq!(FieldKind::from_label("Namn på insatsen"), Some(FieldKind::Name));
        assert_eq!(FieldKind::from_label("Projektägare ort / Beneficiary city"), Some(FieldKind::City));
        assert_eq!(FieldKind::from_label("Projektets titel / Project name"), Some(FieldKind::Name));
        assert_eq!(FieldKind::from_label("cofinancing_rate"), Some(FieldKind::CofinancingRate));
        assert_eq!(FieldKind::from_label("De tre arbetspaketen är sammanlänkande"), None);
    }
}
