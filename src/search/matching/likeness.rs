//! Records that are like one or like a text: `like:24-003-S05`, `liknar:"unga i utanförskap"`.

use crate::domain::catalogue::Row;
use crate::domain::record_id::RecordId;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::index::word_vectors::Alike;
use crate::text::fold::fold;

/// A record that is like the one asked for, with the words that they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeRecord {
    /// The record.
    pub row: Row,
    /// The shared words, weightiest first.
    pub words: Vec<String>,
}

/// The records that are like a record, by its id, the beginning of its name, or else like a text; best first.
pub(crate) fn alike(index: &Index, value: &str) -> Vec<Alike> {
    let Some(slot) = meant(index, value) else { return index.word_vectors().alike(&[value], None) };
    let Some(record) = index.record(slot) else { return Vec::new() };
    let text = [record.name(), record.name(), record.name(), record.description()];
    index.word_vectors().alike(&text, Some(slot))
}

/// The record with an id, or the only one with a name that is or begins with the value.
fn meant(index: &Index, value: &str) -> Option<Slot> {
    if let Some(slot) = RecordId::read_loose(value).and_then(|id| index.slot_of_id(&id)) {
        return Some(slot);
    }
    if let Some(slot) = index.slot_of_id(value) {
        return Some(slot);
    }
    let folded = fold(value);
    let only = |fits: &dyn Fn(Slot) -> bool| {
        let mut fitting = (0..index.len()).filter(|slot| fits(*slot));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    only(&|slot| index.folded_name(slot) == folded)
        .or_else(|| only(&|slot| fold(index.id(slot)).starts_with(&folded)))
        .or_else(|| only(&|slot| index.folded_name(slot).starts_with(&folded)))
}
