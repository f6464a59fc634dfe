//! Ids as the command line takes them: whole in any spelling, or a part that only one record has.

use crate::domain::catalogue::Row;

use crate::search::index::Index;
use crate::search::language::id_pattern::IdPattern;
use crate::search::matching::planned_term::slot_of_whole_id;

/// The result of looking up an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// One record: its whole id, or a part that no other has.
    Found(Row),
    /// Several records have it as a part of their ids; best first, then by id.
    Several(Vec<Row>),
    /// No record has it.
    Nothing,
}

/// Looks up an id: `23-079-S13` in any spelling, `23-079-S13#2`, `~1a2b3c4d`, or a part of one (`24-003`, `079`).
#[must_use]
pub fn look_up(index: &Index, typed: &str) -> LookUp {
    if let Some(slot) = slot_of_whole_id(index, typed) {
        return LookUp::Found(index.row(slot));
    }
    let Some(pattern) = IdPattern::new(typed) else { return LookUp::Nothing };
    let find = |slot| pattern.find(index.id(slot)).map(|(part, _)| (part, slot));
    let mut found: Vec<_> = (0..index.len()).filter_map(find).collect();
    found.sort_by_key(|(part, _)| *part);
    let rows: Vec<Row> = found.into_iter().map(|(_, slot)| index.row(slot)).collect();
    match rows.as_slice() {
        [] => LookUp::Nothing,
        [row] => LookUp::Found(*row),
        _ => LookUp::Several(rows),
    }
}
