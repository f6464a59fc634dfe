//! The words of reviews: states, verdicts, reasons.

use super::Lang;
use crate::domain::reviewed::ReviewState;

/// The name of a review state.
#[must_use]
pub const fn review_state(state: ReviewState, lang: Lang) -> &'static str {
    let (swedish, english) = match state {
        ReviewState::Undecided => ("ej granskad", "undecided"),
        ReviewState::Reviewed => ("genomgånget", "reviewed"),
        ReviewState::Approved => ("godkänt", "approved"),
        ReviewState::Rejected => ("underkänt", "rejected"),
        ReviewState::Pending => ("utreds", "pending"),
        ReviewState::Disputed => ("olika bedömning", "verdicts differ"),
        ReviewState::Awaiting => ("väntar på en till", "awaits another"),
        ReviewState::Starred => ("bevakas", "starred"),
        ReviewState::Changed => ("ändrad efter granskning", "changed since review"),
        ReviewState::New => ("tillkommit", "new"),
    };
    lang.choose(swedish, english)
}

/// The name of a reason. A reason of the configuration is its own name.
#[must_use]
pub fn review_reason(name: &str, lang: Lang) -> &str {
    let (swedish, english) = match name {
        "missing_particulars" => ("uppgifter saknas (art. 49.3)", "missing particulars (art. 49.3)"),
        "amount_or_rate" => ("belopp eller andel", "amount or rate"),
        "period" => ("period", "period"),
        "owner" => ("projektägare eller organisationsnummer", "owner or organisation number"),
        "code" => ("kod", "code"),
        "duplicate" => ("dubblett", "duplicate"),
        "personal_data" => ("personuppgifter", "personal data"),
        "not_eligible" => ("ej stödberättigat", "not eligible"),
        "other" => ("annat", "other"),
        own => return own,
    };
    lang.choose(swedish, english)
}
