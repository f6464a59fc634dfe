//! Quotation marks of the query language.

/// Returns `true` for a straight quotation mark and for the typographic ones that word processors substitute.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„')
}
