//! Sentences and hints for findings about lists: their rows, columns and formats.

use crate::domain::diagnostic::Code;

/// The sentence for a finding about a list, in Swedish and English; `None` for other codes.
pub(super) fn explain_list(code: Code, subject: &str, other: &str) -> Option<(String, String)> {
    let sentence = match code {
        Code::BeforeHeader => {
            let rows = |one: &str, many: String| if subject == "1" { one.to_owned() } else { many };
            (
                rows("1 rad står ovanför rubrikerna", format!("{subject} rader står ovanför rubrikerna")),
                rows(
                    "1 row precedes the column headings",
                    format!("{subject} rows precede the column headings"),
                ),
            )
        }
        Code::RowTooWide => (
            format!("raden har {subject} celler men listan {other} kolumner"),
            format!("the row has {subject} cells but the list has {other} columns"),
        ),
        Code::RowTooNarrow => (
            format!("raden har {subject} celler, listan {other} kolumner"),
            format!("the row has {subject} cells, the list {other} columns"),
        ),
        Code::BrokenQuotes => (
            format!("citattecknen i kolumnen {subject} går inte ihop"),
            format!("the quotation marks in column {subject} do not pair up"),
        ),
        Code::JsonSyntax => (format!("inte giltig JSON: {subject}"), format!("not valid JSON: {subject}")),
        Code::MonthFirst => (
            format!("datumen i kolumnen {subject} läses med månaden först"),
            format!("the dates in column {subject} are read month first"),
        ),
        Code::MixedDates => (
            format!(
                "kolumnen {subject} har datum med både dagen och månaden först; tvetydiga datum läses inte"
            ),
            format!(
                "column {subject} has dates both day first and month first; ambiguous dates are not read"
            ),
        ),
        Code::CurrencyNotStated => (
            format!("valutan anges inte för beloppen i kolumnen {subject}"),
            format!("no currency is stated for the amounts in column {subject}"),
        ),
        Code::UnitContradicted => (
            format!("enheten i rubriken {subject} stämmer inte med beloppen; de läses som de står"),
            format!("the unit in the heading {subject} contradicts its amounts; they are read as they are"),
        ),
        Code::DuplicateColumn => (
            format!("kolumnen {subject} betyder samma sak som {other}; den visas under sin rubrik"),
            format!("column {subject} means the same as {other}; it is shown under its heading"),
        ),
        Code::TotalRow => (format!("summarad: {subject}"), format!("row of totals: {subject}")),
        Code::StrayRow => {
            (format!("raden är inget projekt: {subject}"), format!("the row is not a project: {subject}"))
        }
        Code::RepeatedHeading => {
            (format!("ytterligare rubrikrad: {subject}"), format!("further row of headings: {subject}"))
        }
        Code::JoinedRow => {
            ("raden hör till projektet ovanför".to_owned(), "the row continues the project above".to_owned())
        }
        Code::IdenticalRows => (
            "raden är likadan som en annan; båda räknas".to_owned(),
            "the row equals another one; both are counted".to_owned(),
        ),
        Code::QuotesAsText => (
            "citattecknen läses som text: så stämmer antalet celler på varje rad".to_owned(),
            "quotation marks are read as text: that gives every row its number of cells".to_owned(),
        ),
        Code::UnknownList => (
            format!("kolumnerna känns inte igen: {subject}"),
            format!("the columns are not known: {subject}"),
        ),
        Code::OtherFormat => (format!("läses inte: {subject}"), format!("not read: {subject}")),
        Code::Limit => (format!("för stort: {subject}"), format!("too large: {subject}")),
        Code::FormulaWithoutValue => (
            format!("cellen {subject} har en formel men inget sparat värde"),
            format!("cell {subject} has a formula but no stored value"),
        ),
        Code::GuessedEncoding => (
            format!("filen läses som {subject}, gissat utifrån bokstäverna"),
            format!("read as {subject}, guessed from its letters"),
        ),
        _ => return None,
    };
    Some(sentence)
}

/// The hint for a finding about a list, in Swedish and English.
pub(super) const fn list_hint(code: Code) -> Option<(&'static str, &'static str)> {
    Some(match code {
        Code::RowTooWide | Code::RowTooNarrow => {
            ("ange avgränsaren med --delimiter om den är fel", "use --delimiter if the delimiter is wrong")
        }
        Code::CurrencyNotStated => (
            "ange valutan med --currency, till exempel --currency SEK",
            "state it with --currency, for example --currency EUR",
        ),
        Code::UnknownList => (
            "ange vad kolumnerna betyder: --map 'RUBRIK=name,RUBRIK=start_date'; eller avgränsaren: --delimiter",
            "say what the columns mean: --map 'HEADING=name,HEADING=start_date'; or the delimiter: --delimiter",
        ),
        Code::FormulaWithoutValue => (
            "öppna filen i ett kalkylprogram och spara den",
            "open the file in a spreadsheet program and save it",
        ),
        Code::GuessedEncoding => {
            ("ange annars kodningen med --encoding", "use --encoding for another encoding")
        }
        _ => return None,
    })
}
