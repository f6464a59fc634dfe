//! The id of a record: as its source states it, or a key made of what does not change about the record.

use super::batch_builder::BatchBuilder;
use crate::domain::diagnostic::{Code, Diagnostic};
use crate::domain::record_id::RecordId;
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::date::read_date;
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::span::Span;
use crate::domain::values::value::is_empty_marker;
use crate::text::fold::fold_label;

impl BatchBuilder {
    /// The first value of one kind, among the fields from `first` on.
    pub(super) fn first(&self, first: usize, kind: FieldKind) -> Option<Span> {
        let fields = self.segment.fields.get(first..).unwrap_or_default();
        fields
            .iter()
            .copied()
            .filter(|field| self.segment.label(*field).is_some_and(|label| label.kind == Some(kind)))
            .map(|field| self.segment.span(field))
            .find(|value| !is_empty_marker(self.text(*value)))
    }

    /// The record's id, from the field, else from the title, else from what does not change about it.
    pub(super) fn identify(
        &mut self,
        title: Option<&Diarienummer>,
        first: usize,
        name: Span,
        place: SourceLocation,
    ) -> RecordId {
        let field = self.first(first, FieldKind::Diarienummer);
        if let Some(written) = field {
            let written = self.text(written).to_owned();
            if let Some(id) = stated_id(&written) {
                if let Some(title) = title.filter(|title| title.as_str() != id.as_str()) {
                    let problem = Diagnostic::new(Code::TitleDiffers, place, title.as_str());
                    self.report(problem.against(id.as_str(), None));
                }
                return id;
            }
            self.report(Diagnostic::new(Code::UnreadableId, place, written));
        }
        if let Some(id) = title {
            return id.clone().into();
        }
        let key = self.stable_key(first, name);
        if field.is_none() {
            self.report(Diagnostic::new(Code::MissingId, place, key.as_str()));
        }
        key
    }

    pub(super) fn compare_names(&mut self, title: Span, name: Span, place: SourceLocation) {
        let (title, name) = (self.text(title), self.text(name));
        if !title.is_empty() && title.split_whitespace().ne(name.split_whitespace()) {
            let problem = Diagnostic::new(Code::TitleDiffers, place, title).against(name, None);
            self.report(problem);
        }
    }

    /// `~1a2b3c4d`: FNV-1a over owner, name and start, folded. Implemented here because it must never change between
    /// versions of the program: reviews depend on it.
    fn stable_key(&self, first: usize, name: Span) -> RecordId {
        let part = |kind| self.first(first, kind).map(|span| self.text(span)).unwrap_or_default();
        let start = part(FieldKind::StartDate);
        let start = read_date(start).ok().flatten().map_or_else(|| start.to_owned(), |date| date.to_string());
        let folded = [part(FieldKind::Beneficiary), self.text(name), &start].map(fold_label).join("|");
        let hash = folded
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        RecordId::from_hash(hash)
    }
}

/// The id stated in a field: a diarienummer, normalised, or the number of another agency as written. `None` for text
/// too long for a number, and for text that reads as a stable key of this program.
fn stated_id(written: &str) -> Option<RecordId> {
    const LONGEST: usize = 64;
    if let Some(id) = Diarienummer::read(written) {
        return Some(id.into());
    }
    let written = written.trim();
    let is_id = !written.is_empty()
        && written.len() <= LONGEST
        && !written.starts_with('~')
        && !written.contains('\n');
    is_id.then(|| RecordId::from(written))
}
