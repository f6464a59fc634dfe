//! The sentence and the hint of each diagnostic.

use super::Lang;
use super::list_diagnostics::{explain_list, list_hint};
use crate::domain::diagnostic::{Code, Diagnostic};
use crate::domain::schema::FIELDS;

/// The diagnostic as a sentence, without a full stop.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table: one entry a code")]
pub fn explain(diagnostic: &Diagnostic, lang: Lang) -> String {
    let subject = diagnostic.subject.as_str();
    let other = diagnostic.other.as_deref().unwrap_or_default();
    let sv = |text: String| text;
    let (swedish, english) = match diagnostic.code {
        Code::Unreadable => (sv(format!("kan inte läsas: {subject}")), format!("cannot be read: {subject}")),
        Code::NotText => ("är ingen textfil".into(), "is not a text file".into()),
        Code::Archive => (
            format!("är en packad fil ({subject}) och läses inte"),
            format!("is a packed file ({subject}), not read"),
        ),
        Code::ForeignFormat => (
            format!("är en fil i formatet {subject}, som inte kan läsas"),
            format!("is a file in the format {subject}, which is not read"),
        ),
        Code::NoRecord => ("innehåller ingen projektpost".into(), "contains no project record".into()),
        Code::LongLine => (
            "raden tar inte slut inom 256 MB och hoppas över".into(),
            "the line does not end within 256 MB and is skipped".into(),
        ),
        Code::OldWorkbook => (
            "är en gammal eller lösenordsskyddad arbetsbok: spara den som .xlsx utan lösenord".into(),
            "is an old or password-protected workbook: save it as .xlsx without a password".into(),
        ),
        Code::DamagedWorkbook => (
            format!("arbetsboken kan inte läsas till slut: {subject}"),
            format!("the workbook cannot be read to its end: {subject}"),
        ),
        Code::TooMuchText => (
            "ryms inte: mer än 4 GiB i ett stycke".into(),
            "does not fit: more than 4 GiB in one piece".into(),
        ),
        Code::HiddenFile => ("dold fil, hoppas över".into(), "hidden, skipped".into()),
        Code::LinkLoop => {
            (format!("länken leder tillbaka till {subject}"), format!("the link leads back to {subject}"))
        }
        Code::InvalidBytes => (
            format!("{} byte som inte är tecken i filens kodning", times(subject)),
            format!("{} bytes that are not characters in the file's encoding", times(subject)),
        ),
        Code::LegacyEncoding => ("läst som Windows-1252".into(), "read as Windows-1252".into()),
        Code::InvisibleCharacters => (
            format!("{} osynliga tecken borttagna", times(subject)),
            format!("{} invisible characters removed", times(subject)),
        ),
        Code::ControlCharacters => (
            format!("{} styrtecken visas som ¤", times(subject)),
            format!("{} control characters, shown as ¤", times(subject)),
        ),
        Code::PersonalNumber => ("dolt personnummer".into(), "masked personal identity number".into()),
        Code::ContactDetails => (
            format!("{} dolda e-postadresser eller telefonnummer", times(subject)),
            format!("{} masked e-mail addresses or telephone numbers", times(subject)),
        ),
        Code::PersonalAmounts => (
            format!("beloppen i kolumnen {subject} liknar personnummer ({other}) och har dolts"),
            format!(
                "the amounts in column {subject} look like personal identity numbers ({other}) and are masked"
            ),
        ),
        Code::StrayText => (
            format!("text utanför alla poster: {subject}"),
            format!("text that belongs to no record: {subject}"),
        ),
        Code::TitleDiffers => (
            format!("rubriken säger {subject}, fältet {other}; fältet gäller"),
            format!("the title says {subject}, the field says {other}; the field takes precedence"),
        ),
        Code::JoinedRecords => (
            format!("en post börjar mitt i raden: {subject}"),
            format!("a record begins mid-line: {subject}"),
        ),
        Code::ContinuedValue => (
            format!("värdet fortsätter på nästa rad: {subject}"),
            format!("the value continues on the next line: {subject}"),
        ),
        Code::MissingId => (
            format!("diarienummer saknas; posten kallas {subject}"),
            format!("no diarienummer; the record is called {subject}"),
        ),
        Code::UnreadableId => {
            (format!("{subject} är inget diarienummer"), format!("{subject} is not a diarienummer"))
        }
        Code::DuplicateId => (
            format!("{subject} finns redan i filen; den här kallas {other}"),
            format!("{subject} is already in this file; this one is called {other}"),
        ),
        Code::Conflict => (
            format!("källorna skiljer sig: {subject} mot {other}"),
            format!("conflict: {subject} against {other}"),
        ),
        Code::TwoDigitYear => {
            (format!("{subject} har tvåsiffrigt årtal"), format!("{subject} has a two-digit year"))
        }
        Code::ImpossibleDate => (format!("{subject} finns inte"), format!("{subject} does not exist")),
        Code::AmbiguousDate => (
            format!("{subject} kan läsas med dagen eller månaden först"),
            format!("{subject} can be read day first or month first"),
        ),
        Code::UnreadableDate => (format!("{subject} är inget datum"), format!("{subject} is not a date")),
        Code::EndBeforeStart => (
            format!("slutdatum {subject} är före startdatum {other}"),
            format!("end date {subject} is before start date {other}"),
        ),
        Code::OutsidePeriod => (
            format!("{subject} ligger utanför tiden då programmen för {other} kan betala"),
            format!("{subject} is outside the period in which the programmes of {other} can pay"),
        ),
        Code::AmbiguousAmount => {
            (format!("{subject} kan läsas på två sätt"), format!("{subject} can be read in two ways"))
        }
        Code::UnreadableAmount => {
            (format!("{subject} är inget belopp"), format!("{subject} is not an amount"))
        }
        Code::UnreadablePercent => {
            (format!("{subject} är ingen procentsats"), format!("{subject} is not a percentage"))
        }
        Code::UnreadableCount => (format!("{subject} är inget antal"), format!("{subject} is not a count")),
        Code::UnreadableYesNo => {
            (format!("{subject} är varken ja eller nej"), format!("{subject} is neither yes nor no"))
        }
        Code::WrongCheckDigit => {
            (format!("{subject} har fel kontrollsiffra"), format!("{subject} has a wrong check digit"))
        }
        Code::ForeignOrganisationNumber => (
            format!("{subject} är inget svenskt organisationsnummer"),
            format!("{subject} is not a Swedish organisation number"),
        ),
        Code::UnknownCode => (
            format!("koden {subject} finns inte i tabellen för {other}"),
            format!("code {subject} is not in the table of {other}"),
        ),
        Code::RegionDiffers => (
            format!("regionen {subject} och NUTS-koden {other} stämmer inte överens"),
            format!("region {subject} and NUTS code {other} disagree"),
        ),
        Code::RateDiffers => (
            format!("andelen är {subject}, men EU-stöd genom total budget är {}", other.replace('.', ",")),
            format!("the rate is {subject}, but EU support divided by total budget is {other}"),
        ),
        Code::MissingData => explain_missing(subject, other),
        code => explain_list(code, subject, other).unwrap_or_default(),
    };
    let sentence = lang.choose(&swedish, &english);
    match diagnostic.count {
        0 | 1 => sentence.clone(),
        count => format!("{sentence} ({count} {})", lang.choose("gånger", "times")),
    }
}

/// The missing particulars, by their keys, and the number of records; an empty number means this record.
fn explain_missing(keys: &str, records: &str) -> (String, String) {
    let name = |key: &str, lang: Lang| {
        let spec = FIELDS.iter().find(|spec| spec.key == key);
        spec.map_or_else(|| key.to_owned(), |spec| lang.choose(spec.label, spec.english).to_owned())
    };
    let names = |lang| keys.split(", ").map(|key| name(key, lang)).collect::<Vec<_>>().join(", ");
    let (swedish, english) = (names(Lang::Swedish), names(Lang::English));
    if records.is_empty() {
        (format!("det saknas: {swedish}"), format!("missing: {english}"))
    } else {
        (
            format!("ingen av {records} poster anger: {swedish}"),
            format!("none of {records} records states: {english}"),
        )
    }
}

/// A count; an empty one means one.
fn times(subject: &str) -> &str {
    if subject.is_empty() { "1" } else { subject }
}

/// The remedy, if there is one.
#[must_use]
pub const fn hint(code: Code, lang: Lang) -> Option<&'static str> {
    let (swedish, english) = match code {
        Code::NotText => (
            "ange kodningen med --encoding om det är text",
            "specify the encoding with --encoding if it is text",
        ),
        Code::Archive => ("packa upp den och öppna det som finns i den", "unpack it and open what is in it"),
        Code::ForeignFormat => (
            "listan bakom publiceras ofta intill som .xlsx eller .csv; annars kan filen sparas så",
            "the list behind it is often published beside it as .xlsx or .csv; else save the file as one",
        ),
        Code::LegacyEncoding => {
            ("ange annars kodningen med --encoding", "specify another encoding with --encoding")
        }
        Code::NoRecord => (
            "en post börjar med `Diarienummer:` eller `DIARIENUMMER - NAMN`",
            "a record begins with `Diarienummer:` or `DIARIENUMMER - NAME`",
        ),
        Code::PersonalNumber => ("--show-personal visar det", "--show-personal shows it"),
        Code::ContactDetails | Code::PersonalAmounts => {
            ("--show-personal visar dem", "--show-personal shows them")
        }
        Code::TwoDigitYear => ("skriv årtalet med fyra siffror", "write the year with four digits"),
        Code::AmbiguousAmount => ("skriv tusental med mellanslag", "separate thousands with spaces"),
        Code::UnreadableDate => ("skriv ÅÅÅÅ-MM-DD", "write YYYY-MM-DD"),
        Code::Conflict => ("den först nämnda källan gäller", "the source named first takes precedence"),
        code => match list_hint(code) {
            Some(hint) => hint,
            None => return None,
        },
    };
    Some(lang.choose(swedish, english))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Privacy;
    use crate::domain::catalogue::batch_builder::BatchBuilder;
    use crate::domain::source_location::SourceId;
    use crate::domain::source_location::SourceLocation;

    fn some_source() -> SourceId {
        let codes = std::sync::Arc::new(crate::domain::codes::Codes::built_in());
        BatchBuilder::new(codes, Privacy::Protected).add_source("x", "").0
    }

    #[test]
    fn every_code_says_something_in_both_languages() {
        for code in Code::ALL {
            let diagnostic =
                Diagnostic::new(*code, SourceLocation::whole(some_source()), "THIS").against("THAT", None);
            let (swedish, english) =
                (explain(&diagnostic, Lang::Swedish), explain(&diagnostic, Lang::English));
            assert!(!swedish.is_empty() && !english.is_empty());
            assert_ne!(swedish, english);
        }
    }
}
