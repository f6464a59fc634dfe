//! Names of severities: the stable ones of JSON and SARIF, and the words for people.

use crate::domain::diagnostic::Severity;
use crate::i18n::Words;

/// The stable name, which SARIF calls the level.
pub(super) const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The word in the language of `words`.
pub(super) const fn severity_word(severity: Severity, words: &Words) -> &'static str {
    match severity {
        Severity::Error => words.error,
        Severity::Warning => words.warning,
        Severity::Note => words.note,
    }
}
