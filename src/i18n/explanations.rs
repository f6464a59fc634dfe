//! Explanations of diagnostics for `check --explain`: meaning, reason, remedy and example of each code.

use super::Lang;
use crate::domain::diagnostic::Code;

/// The explanation of a diagnostic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Meaning of the diagnostic.
    pub meaning: &'static str,
    /// Consequence for the data.
    pub reason: &'static str,
    /// Remedy.
    pub remedy: &'static str,
    /// Example of offending text; the same in both languages.
    pub example: &'static str,
}

macro_rules! explanations {
    ($($code:ident
        $sv_meaning:literal $sv_reason:literal $sv_remedy:literal
        $en_meaning:literal $en_reason:literal $en_remedy:literal
        $example:literal;)*) => {
        /// Explains a diagnostic code. A code without a row does not compile.
        #[must_use]
        pub const fn explanation(code: Code, lang: Lang) -> Explanation {
            match code {
                $(Code::$code => Explanation {
                    meaning: lang.choose($sv_meaning, $en_meaning),
                    reason: lang.choose($sv_reason, $en_reason),
                    remedy: lang.choose($sv_remedy, $en_remedy),
                    example: $example,
                },)*
            }
        }
    };
}

#[rustfmt::skip]
explanations! {
    Unreadable
        "Filen eller mappen kunde inte öppnas eller läsas."
        "Allt som står i den saknas."
        "Kontrollera att den finns och att du har rätt att läsa den."
        "The file or folder could not be opened or read."
        "Its content is missing."
        "Check that it exists and that you have permission to read it."
        "projekt/hemlig.txt: Permission denied";
    NotText
        "Filen innehåller byte som ingen textfil har."
        "Den läses inte; finns det poster i den saknas de."
        "Ta bort den, spara den som text eller CSV, eller ange --encoding."
        "The file contains bytes that do not occur in text files."
        "It is not read; records in it are missing."
        "Remove it, save it as text or CSV, or specify --encoding."
        "projekt/karta.png";
    Archive
        "Filen är ett arkiv eller är komprimerad."
        "Det som finns i den läses inte; poster i den saknas."
        "Packa upp den först. Ett kalkylark i annat format än XLSX kan sparas som XLSX eller CSV."
        "The file is an archive, or compressed."
        "What is in it is not read; records in it are missing."
        "Unpack it first. A spreadsheet in another form than XLSX can be saved as XLSX or CSV."
        "projekt/lista.csv.gz";
    ForeignFormat
        "Filen är ett dokument, en bild eller en databas i ett format som inte kan läsas."
        "Den läses inte; finns det poster i den saknas de."
        "Leta efter samma lista som .xlsx eller .csv, eller spara filen så."
        "The file is a document, a picture or a database in a format that is not read."
        "It is not read; records in it are missing."
        "Look for the same list as .xlsx or .csv, or save the file as one."
        "projekt/beslut.pdf";
    NoRecord
        "I filen finns ingen post i någon känd form."
        "Den bidrar inte med något projekt."
        "Kontrollera att det är rätt fil och att den har etiketter eller kolumnrubriker."
        "The file has no record in any known form."
        "It contributes no project."
        "Check that it is the right file and that it has labels or column headings."
        "anteckningar.txt";
    TooMuchText
        "Ett stycke text är större än 4 GiB."
        "Det som inte ryms läses inte."
        "Dela upp filen."
        "One piece of text is larger than 4 GiB."
        "Text beyond the limit is not read."
        "Split the file."
        "allt.csv";
    LongLine
        "En rad är längre än någon post kan vara."
        "Raden hoppas över."
        "Kontrollera radbrytningar och citattecken."
        "A line is longer than any record can be."
        "The line is skipped."
        "Check line breaks and quotation marks."
        "en fil utan radbrytningar / a file without line breaks";
    OldWorkbook
        "Filen är en arbetsbok i den form som användes före 2007, eller så har den ett lösenord."
        "Den läses inte."
        "Spara den som .xlsx utan lösenord, eller som CSV."
        "The file is a workbook in the form that was used before 2007, or it has a password."
        "It is not read."
        "Save it as .xlsx without a password, or as CSV."
        "lista.xls";
    DamagedWorkbook
        "Arbetsboken är skadad, eller så blir den för stor när den packas upp."
        "Det som stod före felet finns med, resten inte."
        "Öppna den i ett kalkylprogram och spara den på nytt, eller spara den som CSV."
        "The workbook is damaged, or too large when it is unpacked."
        "Content before the fault is read, the rest is not."
        "Open it in a spreadsheet program and save it again, or save it as CSV."
        "lista.xlsx";
    HiddenFile
        "Filen eller mappen är dold: namnet börjar med en punkt."
        "Den läses inte."
        "Nämn den själv på kommandoraden om den ska läsas."
        "The file or folder is hidden: its name begins with a dot."
        "It is not read."
        "Name it on the command line if it is to be read."
        "projekt/.gammalt/";
    LinkLoop
        "En länk leder tillbaka till en mapp ovanför."
        "Utan stopp skulle läsningen aldrig ta slut."
        "Ta bort länken."
        "A link leads back to a folder above it."
        "Following it would never end."
        "Remove the link."
        "projekt/alla -> ..";
    InvalidBytes
        "Byte som inte är tecken i filens kodning har ersatts."
        "Bokstäver, ofta å, ä och ö, har gått förlorade och kan inte sökas."
        "Ange rätt kodning med --encoding eller spara om filen."
        "Bytes that are not characters in the file's encoding were replaced."
        "Letters, often å, ä and ö, are lost and cannot be searched."
        "Specify the encoding with --encoding, or save the file again."
        "Pite� kommun";
    LegacyEncoding
        "Filen är inte UTF-8 och har lästs som Windows-1252."
        "Är den i en annan kodning blir bokstäverna fel."
        "Titta på å, ä och ö; ange annars --encoding."
        "The file is not UTF-8 and was read as Windows-1252."
        "If the file has another encoding, its letters are wrong."
        "Check å, ä and ö, and specify --encoding if they are wrong."
        "--encoding windows-1250";
    InvisibleCharacters
        "Mjuka bindestreck eller tecken utan bredd har tagits bort."
        "De hindrar sökning utan att synas."
        "Inget, om du inte äger källan: ta då bort dem där."
        "Soft hyphens or zero-width characters were removed."
        "They are invisible and prevent matches."
        "None needed. If the source is yours, remove them there."
        "pro(U+00AD)jekt";
    ControlCharacters
        "Styrtecken eller tecken som vänder skrivriktningen visas som ¤."
        "Råa kan de styra en terminal eller vilseleda den som läser."
        "Ta bort dem i källan."
        "Control or bidirectional characters are shown as ¤."
        "Unescaped, they can control a terminal or mislead a reader."
        "Remove them in the source."
        "Nästa¤[31m steg";
    PersonalNumber
        "Ett personnummer har dolts: datum och kontrollsiffra stämmer."
        "Det är en personuppgift och ska inte spridas."
        "Ta bort det i källan. --show-personal visar det för en körning."
        "A personal identity number was masked: its date and check digit are valid."
        "It is personal data and must not be disseminated."
        "Remove it in the source. --show-personal shows it for one run."
        "******-****";
    ContactDetails
        "E-postadresser eller telefonnummer har dolts."
        "De leder till enskilda personer."
        "Inget. --show-personal visar dem för en körning."
        "E-mail addresses or telephone numbers were masked."
        "They lead to individual persons."
        "Nothing. --show-personal shows them for one run."
        "****.****@*****.**";
    PersonalAmounts
        "Fler än vart tionde tiosiffrigt tal i en beloppskolumn är ett giltigt personnummer."
        "Kolumnen innehåller troligen personnummer och har dolts."
        "Rätta kolumnrubriken. Är talen belopp visar --show-personal dem."
        "More than one in ten ten-digit numbers in a column of amounts is a valid personal identity number."
        "The column probably holds personal identity numbers and was masked."
        "Correct the heading. If the numbers are amounts, --show-personal shows them."
        "EU-stöd (3/3)";
    StrayText
        "Text som inte hör till någon post."
        "Den varken visas eller söks."
        "Kontrollera att posten ovanför eller nedanför börjar som den ska."
        "Text that belongs to no record."
        "It is neither shown nor searched."
        "Check that the record above or below begins correctly."
        "Utdrag 2024-09-01";
    TitleDiffers
        "Rubriken och fälten säger olika."
        "En av dem är fel; fältet gäller."
        "Rätta rubriken eller fältet."
        "The title and the fields disagree."
        "One of them is wrong; the field takes precedence."
        "Correct the title or the field."
        "23-079-S13 - A / Namn: B";
    JoinedRecords
        "En post börjar mitt i en rad, som när filer slås ihop utan sista radbrytning."
        "Posterna har skilts åt, men gränsen är gissad."
        "Avsluta varje fil med en radbrytning."
        "A record begins in the middle of a line, as when files without a last newline are joined."
        "The records were separated, but the boundary is a guess."
        "End each file with a newline."
        "…aktiviteter24-003-S05 - Nycklar 2.0";
    ContinuedValue
        "Ett värde går vidare på en rad till."
        "Är raden egentligen en etikett har ett fält gått förlorat."
        "Skriv värdet på en rad, eller etiketten som den brukar stavas."
        "A value continues on the next line."
        "If that line is a label, a field is lost."
        "Write the value on one line, or the label in its usual spelling."
        "Namn: / Ungas / väg";
    BeforeHeader
        "Rader ovanför kolumnrubrikerna har hoppats över."
        "De är oftast en rubrik, men kan vara poster."
        "Kontrollera att rätt rad har tolkats som rubriker."
        "Rows above the column headings were skipped."
        "They are usually a title, but may be records."
        "Check that the right row was taken as the headings."
        "Insatslista 2024";
    RowTooWide
        "En rad har fler celler än listan har kolumner."
        "Värden kan stå i fel kolumn."
        "Sätt citattecken om celler som innehåller avgränsaren, eller ange --delimiter."
        "A row has more cells than the list has columns."
        "Values may be in the wrong column."
        "Quote cells that contain the delimiter, or specify --delimiter."
        "A70305;157500;Kommun;;";
    RowTooNarrow
        "En rad har färre celler än listan har kolumner."
        "Värden saknas eller står i fel kolumn."
        "Fyll ut raden, eller ange --delimiter."
        "A row has fewer cells than the list has columns."
        "Values are missing or in the wrong column."
        "Complete the row, or specify --delimiter."
        "23-079-S13;Namn";
    BrokenQuotes
        "Citattecknen i en cell går inte ihop."
        "Celler eller rader kan ha flutit samman."
        "Fördubbla citattecken inne i en cell."
        "The quotation marks of a cell are unbalanced."
        "Cells or rows may have run together."
        "Double the quotation marks inside a cell."
        "\"\"Insatsen \"\"X\"\"";
    JsonSyntax
        "JSON som inte är riktigt skriven."
        "Det som följer på felet läses inte."
        "Rätta platsen som nämns."
        "The JSON is not well formed."
        "Text after the error is not read."
        "Correct the place named."
        "{\"id\": \"23-079-S13\",}";
    MissingId
        "Posten har inget diarienummer."
        "Den får en nyckel av ägare, namn och start, som ändras när de ändras."
        "Ange diarienumret."
        "The record has no diarienummer."
        "Its key is derived from owner, name and start, and changes with them."
        "Add the diarienummer."
        "~1a2b3c4d";
    UnreadableId
        "Diarienumret har ingen känd form."
        "Posten kan inte paras ihop med andra källor."
        "Skriv ÅÅ-NNN-SNN eller ÅÅÅÅ/NNNNN."
        "The diarienummer has no known format."
        "The record cannot be matched with other sources."
        "Write YY-NNN-SNN or YYYY/NNNNN."
        "23-79-S13";
    DuplicateId
        "Samma diarienummer står två gånger i en fil, med olika innehåll."
        "Det är två projekt, eller två versioner av ett."
        "Ta bort den ena posten, eller rätta numret."
        "The same diarienummer occurs twice in one file, with different content."
        "They are two projects, or two versions of one."
        "Remove one of the records, or correct the number."
        "23-079-S13#2";
    Conflict
        "Två källor säger emot varandra om ett fält. Andra stavningar och valutor räknas inte."
        "Bara det ena värdet kan stämma; den först nämnda källan gäller."
        "Fråga den som ger ut uppgiften, eller nämn den bättre källan först."
        "Two sources contradict each other about a field. Different spellings and currencies are not conflicts."
        "Only one value can be right; the source named first takes precedence."
        "Ask the publisher, or name the better source first."
        "2026-08-31 (a.csv:2) / 31/08/2027 (b.csv:2)";
    TwoDigitYear
        "Ett datum har två siffror för året."
        "Århundradet går inte att veta; datumet kan inte sökas eller sorteras."
        "Skriv årtalet med fyra siffror."
        "A date has a two-digit year."
        "Its century is unknown, so it is neither searched nor sorted as a date."
        "Write the year with four digits."
        "18-09-01";
    ImpossibleDate
        "Dagen finns inte i kalendern."
        "Projektets tid kan inte räknas ut."
        "Rätta dagen; med snedstreck står dagen först."
        "The calendar has no such day."
        "The project's period is unknown."
        "Correct the day; with slashes, the day comes first."
        "31/02/2020";
    UnreadableDate
        "Texten är inget datum i någon känd form."
        "Projektets tid kan inte räknas ut."
        "Skriv ÅÅÅÅ-MM-DD."
        "The text is not a date in any known format."
        "The project's period is unknown."
        "Write YYYY-MM-DD."
        "våren 2024";
    EndBeforeStart
        "Slutdatum ligger före startdatum."
        "Ett av dem är fel."
        "Rätta det datum som är fel."
        "The end date is before the start date."
        "One of them is wrong."
        "Correct the wrong one."
        "2024-09-01 – 2023-08-31";
    OutsidePeriod
        "Ett datum ligger utanför de dagar då periodens program kan betala: 2014-01-01 till 2023-12-31 för 2014–2020, 2021-01-01 till 2029-12-31 för 2021–2027."
        "Datumet, perioden eller diarienumret är troligen fel."
        "Jämför datumet med beslutet."
        "A date is outside the days on which the period's programmes can pay: 2014-01-01 to 2023-12-31 for 2014–2020, 2021-01-01 to 2029-12-31 for 2021–2027."
        "The date, the period or the diarienummer is probably wrong."
        "Compare the date with the decision."
        "23-079-S13: 2030-06-30";
    AmbiguousAmount
        "Ett skiljetecken följt av tre siffror kan betyda tusental eller decimaler."
        "Beloppet kan vara tusen gånger fel och läses därför inte."
        "Skriv tusental med mellanslag."
        "A separator followed by three digits may group thousands or mark decimals."
        "The amount could be wrong by a factor of a thousand, so it is not read."
        "Separate thousands with spaces."
        "1.234";
    UnreadableAmount
        "Texten är inget belopp."
        "Beloppet kan inte räknas, sökas eller jämföras."
        "Skriv ett tal, med valuta om det inte är kronor."
        "The text is not an amount."
        "It cannot be summed, searched or compared."
        "Write a number, with its currency if it is not kronor."
        "ungefär en miljon";
    UnreadablePercent
        "Texten är ingen procentsats från 0 till 100."
        "Andelen kan inte jämföras med beloppen."
        "Skriv till exempel 40 %."
        "The text is not a percentage from 0 to 100."
        "The rate cannot be compared with the amounts."
        "Write, for example, 40 %."
        "140%";
    UnreadableCount
        "Texten är inget heltal."
        "Antalet kan inte sökas eller jämföras."
        "Skriv ett heltal."
        "The text is not a whole number."
        "The count cannot be searched or compared."
        "Write a whole number."
        "ett tjugotal";
    UnreadableYesNo
        "Texten är varken ja eller nej."
        "Svaret kan inte sökas."
        "Skriv Ja eller Nej."
        "The text is neither yes nor no."
        "The answer cannot be searched."
        "Write Ja or Nej (yes or no)."
        "Kanske";
    WrongCheckDigit
        "Organisationsnumrets sista siffra stämmer inte med de andra."
        "Någon siffra är fel; numret kan peka på någon annan."
        "Slå upp numret och rätta det."
        "The last digit of the organisation number does not fit the others."
        "A digit is wrong; the number may belong to somebody else."
        "Look the number up and correct it."
        "2120002758";
    ForeignOrganisationNumber
        "Texten är inget svenskt organisationsnummer."
        "Den kan vara ett utländskt nummer eller hamnat i fel fält."
        "Inget, om projektägaren är utländsk."
        "The text is not a Swedish organisation number."
        "It may be a foreign number, or be in the wrong field."
        "None needed, if the beneficiary is foreign."
        "GB744495211";
    UnknownCode
        "Koden finns inte i periodens tabell."
        "Den visas utan namn. Samma kod betyder olika saker i olika perioder."
        "Kontrollera koden och perioden."
        "The code is not in the table of its period."
        "It is shown without a name. One code means different things in different periods."
        "Check the code and the period."
        "999 (2021-2027)";
    RegionDiffers
        "Regionens namn och NUTS-koden pekar på olika platser."
        "Projektet hittas i fel region."
        "Rätta det som är fel."
        "The region's name and the NUTS code denote different places."
        "The project is found in the wrong region."
        "Correct the one that is wrong."
        "Övre Norrland / SE12";
    RateDiffers
        "EU-stöd delat med total budget ger en annan andel än medfinansieringsgraden, med mer än 0,5 procentenheter. Bara belopp i samma valuta jämförs."
        "Ett belopp eller andelen är fel, eller så är beloppen av olika slag."
        "Jämför med beslutet: total budget, beviljat ESF-stöd och EU-stöd är tre olika belopp."
        "EU support divided by total budget differs from the co-financing rate by more than 0.5 percentage points. Only amounts in one currency are compared."
        "An amount or the rate is wrong, or the amounts are of different kinds."
        "Compare with the decision: total budget, granted ESF support and EU support are three different amounts."
        "300 / 1 000 = 30 % ≠ 40 %";
    MissingData
        "Uppgifter saknas som artikel 49.3 i förordning (EU) 2021/1060 begär av listor över insatser."
        "Den som ger ut listan ska ange dem."
        "Lägg till dem i källan. En kolumn som hela listan saknar nämns en gång."
        "Data that Article 49(3) of Regulation (EU) 2021/1060 requires in lists of operations are missing."
        "The publisher of the list must provide them."
        "Add them to the source. A column that is missing from a whole list is reported once."
        "Total projektbudget";
    AmbiguousDate
        "Datumet kan läsas med dagen eller månaden först, och kolumnen avgör det inte."
        "Det kan vara fel med flera månader och läses därför inte."
        "Skriv datum som ÅÅÅÅ-MM-DD."
        "The date can be read day first or month first, and its column does not decide."
        "It could be wrong by months, so it is not read."
        "Write dates as YYYY-MM-DD."
        "03/04/2020";
    MonthFirst
        "Kolumnens datum kan bara läsas med månaden först."
        "Datum som kunde läsas på båda sätten läses likadant."
        "Kontrollera några datum. Skriv helst ÅÅÅÅ-MM-DD."
        "The dates of the column can only be read month first."
        "Dates that could be read both ways are read the same way."
        "Check a few dates. Prefer YYYY-MM-DD."
        "12/17/2015";
    MixedDates
        "Några datum i kolumnen kan bara läsas med dagen först, andra bara med månaden först."
        "Datum som kan läsas på båda sätten läses inte."
        "Rätta de datum som avviker."
        "Some dates of the column can only be read day first, others only month first."
        "Dates that can be read both ways are not read."
        "Correct the dates that differ."
        "17/12/2015, 12/17/2015";
    CurrencyNotStated
        "Varken cellerna, rubriken, en valutakolumn eller formatet anger beloppens valuta."
        "Beloppen summeras för sig och jämförs inte med kronor eller euro."
        "Ange valutan med --currency, eller skriv den i rubriken."
        "Neither the cells, the heading, a currency column nor the format state the currency of the amounts."
        "The amounts are summed among themselves and not compared with kronor or euros."
        "State the currency with --currency, or in the heading."
        "Total eligible expenditure";
    UnitContradicted
        "Rubriken anger en enhet, till exempel miljoner, men värdena är för stora för den."
        "Beloppen läses som de står, utan att räknas om."
        "Kontrollera beloppen mot källan."
        "The heading states a unit such as millions, but the values are too large for it."
        "The amounts are read as they are, without conversion."
        "Check the amounts against the source."
        "Total project costs £m: 12959074.08";
    DuplicateColumn
        "Flera kolumner har rubriker som betyder samma fält."
        "Bara den säkraste används; de andra visas under sin egen rubrik."
        "Välj en annan kolumn med --map om fel kolumn används."
        "Several columns have headings that mean the same field."
        "Only the most certain one is used; the others are shown under their own headings."
        "Choose another column with --map if the wrong one is used."
        "FEDER, Financement FEDER (UE)";
    TotalRow
        "Raden summerar raderna ovanför."
        "Den räknas inte som projekt."
        "Inget behöver göras."
        "The row sums the rows above it."
        "It is not counted as a project."
        "Nothing needs to be done."
        "Summa;;3 000";
    StrayRow
        "Raden är en avsnittsrubrik, en not eller något annat som inte är ett projekt."
        "Den räknas inte som projekt."
        "Kontrollera raden om den borde vara ett projekt."
        "The row is a section heading, a note or something else that is not a project."
        "It is not counted as a project."
        "Check the row if it should be a project."
        "1) Belopp i euro";
    RepeatedHeading
        "Raden upprepar rubrikerna, kanske på ett annat språk."
        "Den räknas inte som projekt."
        "Inget behöver göras."
        "The row repeats the headings, perhaps in another language."
        "It is not counted as a project."
        "Nothing needs to be done."
        "beneficiary name, operation name";
    JoinedRow
        "Raden saknar namn, id och belopp men anger något mer, till exempel ytterligare en plats."
        "Den läggs till projektet ovanför."
        "Inget behöver göras."
        "The row has no name, id or amount but gives something more, such as a further location."
        "It is added to the project above it."
        "Nothing needs to be done."
        ";;;Co. Cork";
    IdenticalRows
        "Flera rader utan id har samma innehåll."
        "Varje rad räknas som ett projekt: källan anger den en gång för varje insats."
        "Kontrollera om raderna är dubbletter."
        "Several rows without an id have the same content."
        "Each row counts as a project: the source states it once for each operation."
        "Check whether the rows are duplicates."
        "Bildungsscheck;500";
    QuotesAsText
        "Lästa rad för rad har alla rader rätt antal celler, men inte när citattecken omsluter celler."
        "Citattecknen läses därför som text."
        "Inget behöver göras."
        "Read line by line all rows have the right number of cells, but not when quotation marks enclose cells."
        "The quotation marks are therefore read as text."
        "Nothing needs to be done."
        "SIA \"Alfa\"";
    UnknownList
        "Filen ser ut som en lista, men rubrikerna känns inte igen."
        "Inga projekt läses ur den."
        "Ange vad kolumnerna betyder med --map, eller avgränsaren med --delimiter."
        "The file looks like a list, but its headings are not known."
        "No projects are read from it."
        "Say what the columns mean with --map, or give --delimiter."
        "Zuschuss, Beginn";
    OtherFormat
        "Filens format läses inte."
        "Poster i den saknas."
        "Listan publiceras ofta som XLSX eller CSV också: öppna den i stället."
        "The format of the file is not read."
        "Records in it are missing."
        "The list is often published as XLSX or CSV too: open that instead."
        "lista.pdf";
    Limit
        "Filen är större, eller innehåller mer, än vad som läses."
        "Resten av den saknas."
        "Dela upp filen."
        "The file is larger, or unpacks to more, than is read."
        "The rest of it is missing."
        "Split the file."
        "lista.zip: 3 GB";
    FormulaWithoutValue
        "Cellen har en formel, men filen innehåller inte resultatet."
        "Värdet saknas."
        "Öppna filen i ett kalkylprogram och spara den."
        "The cell has a formula, but the file does not contain its result."
        "The value is missing."
        "Open the file in a spreadsheet program and save it."
        "B2: =A2&A3";
    GuessedEncoding
        "Filen är inte UTF-8. Teckenkodningen är gissad utifrån bokstäverna."
        "Är gissningen fel visas fel bokstäver."
        "Ange kodningen med --encoding."
        "The file is not UTF-8. Its encoding was guessed from its letters."
        "If the guess is wrong, letters are wrong."
        "Name the encoding with --encoding."
        "windows-1250";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_is_whole_and_in_two_languages() {
        for code in Code::ALL {
            let (swedish, english) = (explanation(*code, Lang::Swedish), explanation(*code, Lang::English));
            assert_ne!(swedish.meaning, english.meaning);
            for said in [swedish, english] {
                for text in [said.meaning, said.reason, said.remedy] {
                    assert!(text.ends_with('.') && text.len() > 10, "{}: {text}", code.name());
                }
                assert!(!said.example.is_empty());
            }
        }
    }
}
