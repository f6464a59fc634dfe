//! Names that come in both languages: labels of fields, and pairs of words for tables elsewhere.

use super::Lang;
use crate::domain::schema::{FIELDS, FieldKind, FieldSpec};

/// One name in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// The Swedish name.
    pub swedish: &'static str,
    /// The English name.
    pub english: &'static str,
}

impl Bilingual {
    /// Pairs a Swedish with an English name.
    #[must_use]
    pub const fn new(swedish: &'static str, english: &'static str) -> Self {
        Self { swedish, english }
    }

    /// The name in one language.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        lang.choose(self.swedish, self.english)
    }

    /// Both names, Swedish first.
    #[must_use]
    pub const fn both(self) -> [&'static str; 2] {
        [self.swedish, self.english]
    }
}

/// The label of a schema field, as the detail view shows it.
#[must_use]
pub fn field_label(kind: FieldKind, lang: Lang) -> &'static str {
    label(kind.spec(), lang)
}

/// The label of a field, by its key; `None` if no field has it.
#[must_use]
pub fn label_of_key(key: &str, lang: Lang) -> Option<&'static str> {
    FIELDS.iter().find(|spec| spec.key == key).map(|spec| label(spec, lang))
}

const fn label(spec: &FieldSpec, lang: Lang) -> &'static str {
    lang.choose(spec.label, spec.english)
}
