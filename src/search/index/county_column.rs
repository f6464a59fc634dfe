//! The counties of each record: as its source says, by its NUTS codes, by its town and owner.

use super::slots::{Slot, Slots};
use crate::domain::catalogue::record::Record;
use crate::domain::codes::geography::CountySet;
use crate::domain::schema::FieldKind;
use crate::text::fold::fold_label;

/// The counties of all records.
#[derive(Debug, Default)]
pub(crate) struct CountyColumn {
    by_slot: Vec<RecordCounties>,
}

/// The counties of one record.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RecordCounties {
    /// The counties that the record is known to be in.
    pub(crate) known: CountySet,
    /// Those; where there are none, the counties of its region.
    pub(crate) possible: CountySet,
}

impl CountyColumn {
    pub(crate) fn new(slots: &Slots) -> Self {
        let read = |slot| slots.record(slot).map(RecordCounties::from).unwrap_or_default();
        Self { by_slot: slots.map(read) }
    }

    pub(crate) fn get(&self, slot: Slot) -> RecordCounties {
        self.by_slot.get(slot).copied().unwrap_or_default()
    }
}

impl From<Record<'_>> for RecordCounties {
    fn from(record: Record<'_>) -> Self {
        let geography = record.catalogue().codes().geography();
        let stated = record.fields().filter(|field| is_county_label(field.label));
        let stated = stated.flat_map(|field| field.value.split([',', ';', '|']));
        let stated: CountySet = stated.map(|name| geography.county(name)).collect();
        let codes = || record.parts(FieldKind::Nuts);
        let by_code: CountySet =
            codes().filter(|code| code.trim().len() > 4).map(|code| geography.nuts(code)).collect();
        let town: CountySet =
            record.parts(FieldKind::City).map(|town| geography.municipality(town)).collect();
        let owner =
            record.raw(FieldKind::Beneficiary).map(|owner| geography.owner(owner)).unwrap_or_default();
        let known = stated.or(by_code).or(town.or(owner));
        let by_region: CountySet = codes().map(|code| geography.nuts(code)).collect();
        Self { known, possible: known.or(by_region) }
    }
}

fn is_county_label(label: &str) -> bool {
    matches!(fold_label(label).as_str(), "lan" | "county" | "counties")
}
