//! One record from what several sources say of it: fields are united, the source named first wins, and where two
//! differ a diagnostic names both places. Twice in one source is not the same record said twice, unless it says
//! the same.

use std::collections::HashMap;

use super::catalogue::{Extent, FieldEntry};
use super::collect::{Collector, Draft};
use super::diagnostic::{Code, Diagnostic, Place};
use super::schema::FieldKind;
use super::value::is_empty_marker;
use crate::text::fold::fold_label;

impl Collector {
    /// One draft for each record.
    pub(super) fn unite(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut united: Vec<Draft> = Vec::with_capacity(drafts.len());
        let mut at: HashMap<String, usize> = HashMap::with_capacity(drafts.len());
        for mut draft in drafts {
            let plain = draft.id.clone();
            let mut ordinal = 1;
            while let Some(&known) = at.get(&draft.id) {
                if self.is_same(&united[known], &draft) {
                    break;
                }
                ordinal += 1;
                draft.id = format!("{plain}#{ordinal}");
            }
            if let Some(&known) = at.get(&draft.id) {
                self.join(&mut united[known], draft);
                continue;
            }
            if ordinal > 1 {
                let first = place_of(&united[at[&plain]].extents);
                let problem = Diagnostic::new(Code::DuplicateId, place_of(&draft.extents), plain);
                self.report(problem.against(draft.id.as_str(), Some(first)));
            }
            at.insert(draft.id.clone(), united.len());
            united.push(draft);
        }
        united
    }

    /// Whether two drafts of one id are one record: from different sources, or word for word the same. A stable
    /// key is only a hash: what it was made from has to be there, and to be the same.
    fn is_same(&self, known: &Draft, draft: &Draft) -> bool {
        let elsewhere =
            draft.extents.iter().all(|new| known.extents.iter().all(|extent| extent.source != new.source));
        let said = |draft: &Draft| -> Vec<(u32, &str)> {
            draft.fields.iter().map(|field| (field.label, self.text(field.value))).collect()
        };
        let is_key = draft.id.starts_with('~');
        let named = |draft: &Draft| {
            let part = |kind| self.first(&draft.fields, kind).map(|value| fold_label(self.text(value)));
            Some((fold_label(self.text(draft.name)), part(FieldKind::Beneficiary)?))
                .filter(|(name, _)| !name.is_empty())
        };
        let same_key = !is_key || (named(draft).is_some() && named(draft) == named(known));
        (elsewhere && same_key)
            || (self.text(known.body) == self.text(draft.body) && said(known) == said(draft))
    }

    /// Adds to a record what another source says of it.
    fn join(&mut self, whole: &mut Draft, other: Draft) {
        let before = whole.fields.clone();
        for field in other.fields {
            self.join_field(whole, &before, field);
        }
        if is_empty_marker(self.text(whole.name)) {
            whole.name = other.name;
        }
        let (body, new) = (self.text(whole.body), self.text(other.body));
        if body.is_empty() {
            whole.body = other.body;
        } else if !new.is_empty() && fold_label(body) != fold_label(new) {
            let first_words = |text: &str| text.chars().take(60).collect::<String>();
            let problem = Diagnostic::new(Code::Conflict, place_of(&other.extents), first_words(new))
                .against(first_words(body), Some(place_of(&whole.extents)));
            self.report(problem);
        }
        whole.extents.extend(other.extents);
    }

    /// A value fills what was empty before, agrees with what was there, or is a conflict.
    fn join_field(&mut self, whole: &mut Draft, before: &[FieldEntry], field: FieldEntry) {
        let same = || before.iter().filter(|known| self.is_same_field(**known, field));
        let value = self.text(field.value);
        if is_empty_marker(value) {
            if same().next().is_none() {
                whole.fields.push(field);
            }
            return;
        }
        let mut values = same().filter(|known| !is_empty_marker(self.text(known.value)));
        let Some(first) = values.next() else {
            whole.fields.retain(|known| {
                !(self.is_same_field(*known, field) && is_empty_marker(self.text(known.value)))
            });
            whole.fields.push(field);
            return;
        };
        let agrees = |known: &FieldEntry| fold_label(self.text(known.value)) == fold_label(value);
        if !agrees(first) && !values.any(agrees) {
            let place = |entry: &FieldEntry| Place { source: entry.source, line: entry.line, column: 1 };
            let problem = Diagnostic::new(Code::Conflict, place(&field), value)
                .against(self.text(first.value), Some(place(first)));
            self.report(problem);
        }
    }

    /// Whether two fields say the same kind of thing: one known kind, or the same unknown label.
    fn is_same_field(&self, one: FieldEntry, other: FieldEntry) -> bool {
        let kind = |field: FieldEntry| self.catalogue.labels[field.label as usize].kind;
        one.label == other.label || kind(one).is_some_and(|known| kind(other) == Some(known))
    }
}

/// Where a record was first seen.
fn place_of(extents: &[Extent]) -> Place {
    let first = extents.first().expect("a draft has a place from the beginning");
    Place { source: first.source, line: first.line, column: 1 }
}
