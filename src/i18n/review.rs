//! The words of reviews: states, verdicts, reasons.

use std::fmt::Display;

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

/// A problem with a store, by the name of its kind.
#[must_use]
pub fn store_finding(kind: &str, lang: Lang) -> &'static str {
    let (swedish, english) = match kind {
        "unreadable" => ("en del av filen kan inte läsas", "part of the file cannot be read"),
        "tables" => ("tabellerna är inte en granskningsfils", "the tables are not those of a review store"),
        "ledger" => {
            ("filens räkneverk stämmer inte med sin kontrollsumma", "the ledger does not fit its digest")
        }
        "event_unreadable" => ("händelsen kan inte läsas", "the event cannot be read"),
        "event_altered" => {
            ("händelsen stämmer inte med sin kontrollsumma", "the event does not fit its digest")
        }
        "digest_altered" => (
            "händelsens kontrollsumma är ändrad; händelsen själv är hel",
            "the digest of the event was altered; the event itself is intact",
        ),
        "event_unproven" => (
            "händelsen kan inte kontrolleras: den som kom före saknas",
            "the event cannot be checked: the one before is missing",
        ),
        "events_missing" => (
            "händelserna är inte så många som filen ska ha, eller den sista är en annan",
            "the events are not those that the store counts, or the last is another",
        ),
        "content_altered" => {
            ("en sparad version eller omfattning är ändrad", "a kept version or scope was altered")
        }
        "content_missing" => (
            "en version eller omfattning som en händelse anger saknas",
            "a version or scope that an event names is missing",
        ),
        "contents_missing" => (
            "de sparade versionerna är inte så många som filen ska ha",
            "the kept versions are not those that the store counts",
        ),
        "redaction_unexplained" => (
            "texten är tömd utan att någon händelse säger av vem",
            "the text is redacted, and no event says by whom",
        ),
        "seal_broken" => (
            "omgången har inte de händelser som den avslutades med",
            "the round does not have the events that it was closed with",
        ),
        "seal_unknown" => {
            ("ingen omgång är avslutad med den kontrollsumman", "no round is closed with this hash")
        }
        _ => ("filen är inte hel", "the file is inconsistent"),
    };
    lang.choose(swedish, english)
}

/// Warning about a damaged store that is opened to be read.
pub fn store_damaged(path: &dyn Display, lang: Lang) -> String {
    match lang {
        Lang::Swedish => {
            format!("{path} är skadad; det som går att lita på visas. Laga: diarium review repair")
        }
        Lang::English => {
            format!("{path} is damaged; what can be trusted is shown. Mend it: diarium review repair")
        }
    }
}

/// A store was migrated to the present format.
pub fn store_migrated(path: &dyn Display, events: u64, lang: Lang) -> String {
    match lang {
        Lang::Swedish => format!("{path}: {events} händelser har fått kontrollsummor"),
        Lang::English => format!("{path}: digests were added to {events} events"),
    }
}

/// Verification found no problem.
pub fn store_sound(path: &dyn Display, events: usize, lang: Lang) -> String {
    match lang {
        Lang::Swedish => format!("{path}: allt stämmer, {events} händelser"),
        Lang::English => format!("{path}: everything holds, {events} events"),
    }
}

/// A store was repaired.
pub fn store_repaired(path: &dyn Display, aside: &dyn Display, events: u64, lang: Lang) -> String {
    match lang {
        Lang::Swedish => {
            format!("{path}: {events} händelser gick att rädda; den skadade filen heter nu {aside}")
        }
        Lang::English => format!("{path}: {events} events were saved; the damaged file is now {aside}"),
    }
}

/// Default name of a round that is begun by a verdict.
pub fn first_round_name(date: impl Display, lang: Lang) -> String {
    format!("{} {date}", lang.choose("Granskning", "Review"))
}

/// A round has begun.
#[must_use]
pub fn round_begun(name: &str, count: &str, lang: Lang) -> String {
    format!("{}: {name} · {count}", lang.choose("ny granskningsomgång", "new review round"))
}

/// Result of an import.
pub fn events_imported(from: &dyn Display, new: usize, all: usize, lang: Lang) -> String {
    match (lang, new) {
        (Lang::Swedish, 1) => format!("{from}: 1 ny händelse av {all}"),
        (Lang::Swedish, _) => format!("{from}: {new} nya händelser av {all}"),
        (Lang::English, 1) => format!("{from}: 1 new event of {all}"),
        (Lang::English, _) => format!("{from}: {new} new events of {all}"),
    }
}

/// A record on which reviewers disagree since an import.
#[must_use]
pub fn verdicts_differ(record: &str, round: &str, lang: Lang) -> String {
    format!("{record}: {} ({round})", review_state(ReviewState::Disputed, lang))
}
