//! The keys of exported records: stable English names, the same in JSON, TSV and tables.

macro_rules! keys {
    ($($key:ident $name:literal $doc:literal;)*) => {
        /// A key of an exported record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ExportKey { $(#[doc = $doc] $key),* }

        impl ExportKey {
            /// Every key, in the order in which they are written.
            pub const ALL: &[Self] = &[$(Self::$key),*];

            /// Its name; it never changes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$key => $name),* }
            }
        }
    };
}

#[rustfmt::skip]
keys! {
    Id "id" "Text: the diarienummer, or the stable key of a record without one.";
    Diarienummer "diarienummer" "Text.";
    Name "name" "Text.";
    StartDate "start_date" "Text: a day, `2024-09-01`.";
    EndDate "end_date" "Text: a day.";
    Countries "countries" "List of texts.";
    Fund "fund" "Text.";
    ProgrammeCci "programme_cci" "Text.";
    Beneficiary "beneficiary" "Text.";
    OrganisationNumber "organisation_number" "Text: ten digits where it is a Swedish number, else as it stands.";
    CofinancingRate "cofinancing_rate" "Number: percent, 40 for 40 %.";
    Priority "priority" "Text: a code.";
    SpecificObjective "specific_objective" "Text: a code.";
    Region "region" "Text.";
    Nuts "nuts" "Text: a code.";
    Postcode "postcode" "Text.";
    City "city" "Text.";
    InterventionFields "intervention_fields" "List of texts: codes.";
    Participants "participants" "Whole number.";
    StrategicImportance "strategic_importance" "True or false.";
    TotalBudget "total_budget" "Amount: an object with `amount`, in whole units with at most two decimals, and `currency`.";
    EsfSupport "esf_support" "Amount.";
    EuSupport "eu_support" "Amount.";
    Description "description" "Text: the paragraphs as they stand, parted by blank lines.";
    Fields "fields" "List of objects with `label` and `value`: the raw texts in source order.";
    Sources "sources" "List of objects with `file` and `line`: where the record stands, the source that counts first.";
    Review "review" "What a review says of the record; null as long as none is open.";
}

impl ExportKey {
    /// The key of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::FIELDS;

    #[test]
    fn keys_of_fields_are_called_as_in_the_table_of_fields() {
        let own = ["id", "description", "fields", "sources", "review"];
        for key in ExportKey::ALL {
            let name = key.name();
            assert!(own.contains(&name) || FIELDS.iter().any(|spec| spec.key == name), "{name}");
            assert_eq!(ExportKey::from_name(name), Some(*key));
        }
    }
}
