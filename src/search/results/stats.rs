//! Counts and sums of records by a field, whole or in groups.

use std::collections::{BTreeMap, HashMap};

use super::groups::{GroupValue, Groups};
use crate::domain::catalogue::Row;
use crate::domain::schema::FieldKind;
use crate::domain::values::currency::Currency;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::filter_field::FilterField;
use crate::search::language::query_context::{QueryContext, Rates};

/// The amounts that are summed.
pub const SUMMED: [FieldKind; 3] = [FieldKind::TotalBudget, FieldKind::EsfSupport, FieldKind::EuSupport];

/// Records by a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// The field.
    pub field: FilterField,
    /// The groups: years in descending order, values by number of records. A record with several values is in several
    /// groups.
    pub groups: Vec<(GroupValue, Sums)>,
    /// The records without a value.
    pub without: Sums,
}

/// Number of records and sums of their amounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Number of records.
    pub count: usize,
    /// The sums of [`SUMMED`].
    pub amounts: [Sum; SUMMED.len()],
}

/// Sum of the amounts of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Hundredths, by currency; amounts that state none are summed under `None`.
    pub by_currency: BTreeMap<Option<Currency>, i128>,
    /// Number of records without an amount.
    pub unknown: usize,
}

impl Sum {
    /// The sum in one currency, in hundredths.
    #[must_use]
    pub fn of(&self, currency: Option<Currency>) -> i128 {
        self.by_currency.get(&currency).copied().unwrap_or_default()
    }

    /// The sum of all amounts in öre, rounded; `None` without a rate for each of their currencies.
    #[must_use]
    pub fn in_sek(&self, rates: Rates) -> Option<i128> {
        if rates.is_empty() {
            return None;
        }
        self.by_currency
            .iter()
            .try_fold(0_i128, |sum, (currency, minor)| Some(sum + rates.ore(*minor, *currency)?))
    }
}

/// Counts and sums records by a field.
#[must_use]
pub fn by(index: &Index, rows: &[Row], field: FilterField, context: &QueryContext) -> Stats {
    let groups = Groups::new(index, field, context);
    let adding = Adding::new(index);
    let mut sums: HashMap<u32, Sums> = HashMap::new();
    let mut without = Sums::default();
    for slot in rows.iter().filter_map(|row| index.slot(*row)) {
        let mut is_in_any = false;
        groups.for_each(slot, &mut |number| {
            is_in_any = true;
            adding.add(slot, sums.entry(number).or_default());
        });
        if !is_in_any {
            adding.add(slot, &mut without);
        }
    }
    let mut sums: Vec<(u32, Sums)> = sums.into_iter().collect();
    groups.sort(index, &mut sums, |sums| sums.count);
    let groups = sums.into_iter().map(|(number, sums)| (groups.value(number), sums)).collect();
    Stats { field, groups, without }
}

/// Counts and sums all of some records.
#[must_use]
pub fn whole(index: &Index, rows: &[Row]) -> Sums {
    let adding = Adding::new(index);
    let mut sums = Sums::default();
    rows.iter().filter_map(|row| index.slot(*row)).for_each(|slot| adding.add(slot, &mut sums));
    sums
}

struct Adding {
    columns: Vec<std::sync::Arc<crate::search::index::columns::Numbers>>,
}

impl Adding {
    fn new(index: &Index) -> Self {
        Self { columns: SUMMED.iter().map(|kind| index.numbers(*kind)).collect() }
    }

    fn add(&self, slot: Slot, sums: &mut Sums) {
        sums.count += 1;
        for (column, sum) in self.columns.iter().zip(&mut sums.amounts) {
            match column.get(slot) {
                None => sum.unknown += 1,
                Some(minor) => {
                    *sum.by_currency.entry(column.currency(slot)).or_default() += i128::from(minor);
                }
            }
        }
    }
}
