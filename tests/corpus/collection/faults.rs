//! Faults of deliveries and their frequency in the collection, which is chosen so that each occurs among some thousand
//! records. `Seen`: in a real delivery, or in another program's test data made from one. `Plausible`: in none of our
//! deliveries, but it must be accepted.

use super::random::Random;

/// One row of the table of faults.
pub struct FaultSpec {
    pub fault: Fault,
    /// Frequency, in records out of 10,000.
    pub share: usize,
}

macro_rules! faults {
    ($($fault:ident $share:literal $evidence:ident $doc:literal;)*) => {
        /// An oddity of a record, named after its effect in the delivery.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault { $(#[doc = concat!($doc, " ", stringify!($evidence), ".")] $fault),* }

        pub const FAULTS: &[FaultSpec] = &[$(FaultSpec {
            fault: Fault::$fault, share: $share,
        }),*];
    };
}

#[rustfmt::skip]
faults! {
    IdMissing 20 Seen "No diarienummer at all.";
    IdRepeated 30 Plausible "The diarienummer of the record before, over other content.";
    IdInLowerCase 30 Seen "`23-017-s01`.";
    NameWithDash 400 Seen "A name that holds ` - ` itself.";
    OwnerInCapitals 2500 Seen "`PITEÅ KOMMUN`.";
    OwnerIsDepartment 400 Seen "A department of a municipality, without an organisation number.";
    NumberMissing 1000 Seen "No organisation number.";
    NumberWrittenOtherwise 300 Seen "With a hyphen, with 16 before it, or as a VAT number.";
    NumberIsForeign 20 Seen "`GB744495211`.";
    NumberIsPersonal 30 Plausible "A sole trader's: a personal identity number.";
    RateAsFraction 50 Seen "`0.4`.";
    RateWithDecimals 300 Seen "`40.0`.";
    AmountWithNoBreakSpace 3000 Seen "Groups of digits parted by U+00A0.";
    AmountIsMarker 150 Seen "`N.a.`.";
    AmountMissing 1000 Seen "No amounts.";
    DateWithTime 150 Seen "`2024-04-01 00:00:00`.";
    DateWithShortYear 20 Seen "`24-04-01`.";
    DateImpossible 10 Seen "31 February.";
    EndMissing 200 Seen "No end.";
    EndBeforeStart 20 Plausible "The end lies before the start.";
    MarkerForTown 200 Seen "`UPPGIFT SAKNAS` for a town.";
    RegionDisagrees 30 Plausible "Another region than the NUTS code's.";
    CodeWithLetter 100 Seen "`145a`.";
    SeveralCodes 200 Plausible "Two intervention fields.";
    DescriptionTiny 100 Seen "A description of a word or two.";
    LineLikeLabel 500 Seen "A line of the description that ends in a colon.";
    NumberedList 500 Seen "Numbered lines in the description.";
    MarkupLeftOver 100 Seen "`**`, `[[…]]` or ` -- ` in the description.";
    StrayQuotes 200 Seen "Quotation marks around a word, or around a summary.";
    SoftHyphens 50 Plausible "Soft hyphens in the description.";
    PersonalNumberInText 30 Plausible "A personal identity number in the description.";
    RowTooWide 10 Seen "More cells than columns (lists only).";
}

/// The faults of one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults(u64);

impl Faults {
    /// Draws each by its share.
    pub fn draw(random: &mut Random) -> Self {
        let drawn = FAULTS.iter().filter(|spec| random.below(10_000) < spec.share);
        Self(drawn.fold(0, |set, spec| set | 1 << spec.fault as u64))
    }

    pub fn has(self, fault: Fault) -> bool {
        self.0 >> (fault as u64) & 1 == 1
    }
}
