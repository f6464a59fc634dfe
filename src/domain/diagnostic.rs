//! Diagnostics: problems of the data and their places. A bad row never stops a load; it is reported here.
//!
//! A diagnostic contains facts only; its sentence and hint are in `i18n`.

use super::values::value::ValueProblem;
use crate::domain::source_location::SourceLocation;

/// Severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong or lost.
    Note,
    /// Something in the data is probably wrong.
    Warning,
    /// Something could not be read at all.
    Error,
}

macro_rules! codes {
    ($($code:ident $name:literal $severity:ident $doc:literal;)*) => {
        /// The stable name of a kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $doc] $code),* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The name that commands, scripts and reports use; it never changes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// The severity of this problem.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity),* }
            }
        }
    };
}

#[rustfmt::skip]
codes! {
    Unreadable "unreadable" Error "A file or folder could not be read.";
    NotText "not-text" Warning "A file that is not text.";
    Archive "archive" Warning "A packed file, whose contents are not read.";
    ForeignFormat "foreign-format" Warning "A file in a format that is not read, such as PDF.";
    NoRecord "no-record" Warning "A file that holds no record.";
    TooMuchText "too-much-text" Error "More text than can be read in one piece (4 GiB).";
    LongLine "long-line" Error "A line longer than any record, passed over.";
    OldWorkbook "old-workbook" Error "A workbook in the form used before 2007, or one with a password.";
    DamagedWorkbook "damaged-workbook" Error "A workbook, or a sheet, that cannot be read to its end.";
    HiddenFile "hidden-file" Note "A hidden file or folder that was passed over.";
    LinkLoop "link-loop" Warning "A link that leads back to a folder above it.";
    InvalidBytes "invalid-bytes" Warning "Bytes that are no characters in the file's encoding.";
    LegacyEncoding "legacy-encoding" Note "A file read as Windows-1252, because it is not UTF-8.";
    InvisibleCharacters "invisible-characters" Note "Soft hyphens or zero-width characters that were dropped.";
    ControlCharacters "control-characters" Note "Control or bidirectional characters, shown as placeholders.";
    PersonalNumber "personal-number" Warning "A personal identity number, masked.";
    ContactDetails "contact-details" Note "E-mail addresses or telephone numbers, masked.";
    PersonalAmounts "personal-amounts" Warning "A column of amounts that look like personal identity numbers, masked.";
    StrayText "stray-text" Warning "Text that belongs to no record.";
    TitleDiffers "title-differs" Warning "The title and the fields disagree; the field counts.";
    JoinedRecords "joined-records" Note "A record that begins in the middle of a line.";
    ContinuedValue "continued-value" Note "A value that goes on in a further line.";
    BeforeHeader "before-header" Note "Rows of a list above its column headings, passed over.";
    RowTooWide "row-too-wide" Warning "A row with more cells than the list has columns.";
    RowTooNarrow "row-too-narrow" Warning "A row with fewer cells than the list has columns.";
    BrokenQuotes "broken-quotes" Warning "A cell whose quotation marks do not pair up.";
    JsonSyntax "json-syntax" Error "JSON that is not well formed.";
    MissingId "missing-id" Note "A record without a diarienummer; it goes by a stable key.";
    UnreadableId "unreadable-id" Warning "A diarienummer in no known form.";
    DuplicateId "duplicate-id" Warning "The same id twice in one file, with different content.";
    Conflict "conflict" Warning "Two sources give different values.";
    TwoDigitYear "two-digit-year" Warning "A date whose century is anybody's guess.";
    ImpossibleDate "impossible-date" Warning "A day that does not exist.";
    UnreadableDate "unreadable-date" Warning "Not a date in any accepted form.";
    EndBeforeStart "end-before-start" Warning "The end date is before the start date.";
    OutsidePeriod "outside-period" Warning "A date on which the programme cannot pay.";
    AmbiguousAmount "ambiguous-amount" Warning "An amount whose one separator may mean two things.";
    AmbiguousDate "ambiguous-date" Warning "A date whose day and month cannot be told apart.";
    UnreadableAmount "unreadable-amount" Warning "Not an amount of money.";
    UnreadablePercent "unreadable-percent" Warning "Not a percentage from 0 to 100.";
    UnreadableCount "unreadable-count" Warning "Not a whole number.";
    UnreadableYesNo "unreadable-yes-no" Warning "Neither yes nor no.";
    WrongCheckDigit "wrong-check-digit" Warning "An organisation number whose check digit is wrong.";
    ForeignOrganisationNumber "foreign-organisation-number" Note "Not a Swedish organisation number.";
    UnknownCode "unknown-code" Note "A code that is in no table of its period.";
    RegionDiffers "region-differs" Warning "The region's name and the NUTS code disagree.";
    RateDiffers "rate-differs" Warning "The rate is not the part that the amounts make.";
    MissingData "missing-data" Note "Data that Article 49(3) asks for are missing.";
    MonthFirst "month-first" Note "A column of dates that are read month first.";
    MixedDates "mixed-dates" Warning "A column with dates of both orders; the ambiguous ones are not read.";
    CurrencyNotStated "currency-not-stated" Note "A column of amounts without a stated currency.";
    UnitContradicted "unit-contradicted" Warning "A heading states a unit that its values contradict.";
    DuplicateColumn "duplicate-column" Note "A further column that means the same field; it is kept under its heading.";
    TotalRow "total-row" Note "A row of totals, which is not a project.";
    StrayRow "stray-row" Note "A row of a list that is not a project: a section, a note.";
    RepeatedHeading "repeated-heading" Note "A further row of column headings.";
    JoinedRow "joined-row" Note "A row that continues the project above it.";
    IdenticalRows "identical-rows" Note "Rows with the same content, each counted as a project.";
    QuotesAsText "quotes-as-text" Note "A list whose quotation marks are text.";
    UnknownList "unknown-list" Error "A list whose columns are not known.";
    OtherFormat "other-format" Warning "A file in a format that is not read.";
    Limit "limit" Error "A file that exceeds a limit on size or nesting.";
    FormulaWithoutValue "formula-without-value" Warning "A cell with a formula but without a stored value.";
    GuessedEncoding "guessed-encoding" Note "A file whose encoding was guessed from its letters.";
}

impl From<ValueProblem> for Code {
    fn from(problem: ValueProblem) -> Self {
        match problem {
            ValueProblem::TwoDigitYear => Self::TwoDigitYear,
            ValueProblem::ImpossibleDate => Self::ImpossibleDate,
            ValueProblem::UnreadableDate => Self::UnreadableDate,
            ValueProblem::AmbiguousDate => Self::AmbiguousDate,
            ValueProblem::AmbiguousAmount => Self::AmbiguousAmount,
            ValueProblem::UnreadableAmount => Self::UnreadableAmount,
            ValueProblem::UnreadablePercent => Self::UnreadablePercent,
            ValueProblem::UnreadableCount => Self::UnreadableCount,
            ValueProblem::UnreadableYesNo => Self::UnreadableYesNo,
            ValueProblem::WrongCheckDigit => Self::WrongCheckDigit,
            ValueProblem::ForeignOrganisationNumber => Self::ForeignOrganisationNumber,
        }
    }
}

/// One problem in the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// Its place.
    pub place: SourceLocation,
    /// The offending text, as far as it may be shown.
    pub subject: String,
    /// The other value of a contradiction, or the system's error message.
    pub other: Option<String>,
    /// The place of the other value.
    pub other_place: Option<SourceLocation>,
    /// Number of equal findings that it represents; the place is that of the first.
    pub count: usize,
}

impl Diagnostic {
    /// A problem with one text at one place.
    #[must_use]
    pub fn new(code: Code, place: SourceLocation, subject: impl Into<String>) -> Self {
        Self { code, place, subject: subject.into(), other: None, other_place: None, count: 1 }
    }

    /// Adds the other value of a contradiction.
    #[must_use]
    pub fn against(mut self, other: impl Into<String>, place: Option<SourceLocation>) -> Self {
        self.other = Some(other.into());
        self.other_place = place;
        self
    }

    /// The same, standing for this many equal findings.
    #[must_use]
    pub fn times(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    /// The severity of the problem.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Number of problems of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiagnosticCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl DiagnosticCounts {
    /// Counts diagnostics by their severity.
    #[must_use]
    pub fn count<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        diagnostics.into_iter().fold(Self::default(), |mut tally, diagnostic| {
            match diagnostic.severity() {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Note => tally.notes += 1,
            }
            tally
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_stable_words_and_differ() {
        let names: HashSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }
}
