//! Swedish texts of `--help` and of the manual page, by command and argument. The English texts are in the
//! definitions of the command line itself.

use super::Lang;

#[rustfmt::skip]
words! {
    /// The words that frame the help: headings, defaults, standard options.
    HelpWords

    usage "Användning" "Usage";
    commands "Kommandon" "Commands";
    arguments "Argument" "Arguments";
    options "Flaggor" "Options";
    common_options "Gemensamma flaggor" "Common options";
    command_name "KOMMANDO" "COMMAND";
    options_name "FLAGGOR" "OPTIONS";
    default "förval" "default";
    possible_values "möjliga värden" "possible values";
    help_option "Visa hjälp" "Print help";
    version_option "Visa version" "Print version";
    help_command "Visa hjälp om ett kommando" "Print help for a command";
    help_target "Kommandot" "The command";
    manual_name "NAMN" "NAME";
    manual_synopsis "SYNOPSIS" "SYNOPSIS";
    manual_commands "KOMMANDON" "COMMANDS";
    manual_common_options "GEMENSAMMA FLAGGOR" "COMMON OPTIONS";
    manual_keys "TANGENTER" "KEYS";
    manual_guide "HANDLEDNING" "GUIDE";
}

#[rustfmt::skip]
words! {
    /// The words of messages about a wrong command line. `{}` is the argument or value in question.
    UsageWords

    error "fel" "error";
    unknown_argument "okänd flagga eller oväntat argument: {}" "unexpected argument: {}";
    unknown_command "okänt kommando: {}" "unknown command: {}";
    invalid_value "ogiltigt värde för {}" "invalid value for {}";
    value_missing "{} kräver ett värde" "{} requires a value";
    too_many_values "för många värden för {}" "too many values for {}";
    too_few_values "för få värden för {}" "too few values for {}";
    required "nödvändiga uppgifter saknas: {}" "required arguments are missing: {}";
    command_required "{} kräver ett kommando" "{} requires a command";
    repeated "{} kan bara anges en gång" "{} can be given only once";
    conflict "{} kan inte kombineras med" "{} cannot be combined with";
    not_unicode "ett argument är inte giltig UTF-8" "an argument is not valid UTF-8";
    wrong_use "kommandoraden kan inte tolkas" "the command line could not be understood";
    did_you_mean "menade du" "did you mean";
    more_help "Mer hjälp" "More help";
}

/// The Swedish text of a command (`diarium review mark`), of the explanation after its help (`diarium find/after`), of
/// an argument of one command (`find.limit`), or of an argument wherever it has that id (`force`).
#[must_use]
pub fn swedish_help(key: &str) -> Option<&'static str> {
    SWEDISH.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

/// The keys of all Swedish texts.
pub fn swedish_help_keys() -> impl Iterator<Item = &'static str> {
    SWEDISH.iter().map(|(key, _)| *key)
}

/// The Swedish name of a value (`PATH`, `QUERY`); `None` if there is none.
#[must_use]
pub fn swedish_value_name(name: &str) -> Option<&'static str> {
    VALUE_NAMES.iter().find(|(english, _)| *english == name).map(|(_, swedish)| *swedish)
}

/// The form that the value of an argument must have, for a message about a value that has another.
#[must_use]
pub fn expected_value(argument: &str, lang: Lang) -> Option<&'static str> {
    let (swedish, english) = match argument {
        "lang" => ("språk: sv eller en", "languages: sv or en"),
        "date" => ("ett datum skrivs ÅÅÅÅ-MM-DD", "dates are written YYYY-MM-DD"),
        "rate" => ("en kurs skrivs EUR=11.20", "rates are written EUR=11.20"),
        "mapping" => (
            "en kolumn skrivs RUBRIK=fält, till exempel 'Zuschuss=eu_support'",
            "columns are written HEADING=field, for example 'Zuschuss=eu_support'",
        ),
        "currency" => {
            ("en valutakod med tre bokstäver, till exempel EUR", "a code of three letters, for example EUR")
        }
        "delimiter" => ("ett ASCII-tecken eller `tab`", "one ASCII character, or `tab`"),
        "eyes" => ("1 eller 2", "1 or 2"),
        "size" => ("ett heltal, minst 1", "a whole number, at least 1"),
        "limit" => ("ett heltal", "a whole number"),
        _ => return None,
    };
    Some(lang.choose(swedish, english))
}

const VALUE_NAMES: &[(&str, &str)] = &[
    ("AMOUNT", "BELOPP"),
    ("CHAR", "TECKEN"),
    ("CODE", "KOD"),
    ("COMMAND", "KOMMANDO"),
    ("EUR=RATE", "EUR=KURS"),
    ("EVENT", "HÄNDELSE"),
    ("EYES", "ANTAL"),
    ("FIELD", "FÄLT"),
    ("FILE", "FIL"),
    ("HEADING=FIELD", "RUBRIK=FÄLT"),
    ("FORMAT", "FORMAT"),
    ("HASH", "KONTROLLSUMMA"),
    ("ID", "ID"),
    ("KEY[:asc|desc]", "FÄLT[:asc|desc]"),
    ("LANG", "SPRÅK"),
    ("LIST", "LISTA"),
    ("N", "ANTAL"),
    ("NAME", "NAMN"),
    ("OTHER", "ANNAN"),
    ("PATH", "SÖKVÄG"),
    ("PATH|ID", "SÖKVÄG|ID"),
    ("QUERY", "SÖKFRÅGA"),
    ("REASON", "SKÄL"),
    ("SHELL", "SKAL"),
    ("STATE", "LÄGE"),
    ("TAG", "ETIKETT"),
    ("TEXT", "TEXT"),
    ("TOPIC", "ÄMNE"),
    ("WHEN", "NÄR"),
    ("YYYY-MM-DD", "ÅÅÅÅ-MM-DD"),
];

#[rustfmt::skip]
const SWEDISH: &[(&str, &str)] = &[
    ("diarium", "Sök, bläddra och granska svenska ESF+-projekt i en terminal"),
    ("diarium/after", "\
Exempel:
  diarium                              bläddra bland de inbyggda exemplen
  diarium projekt/                     bläddra i en mapp med projekt
  diarium 23-079-S13                   öppna vid ett projekt
  diarium -q 'piteå nycklar'           börja med en sökfråga
  diarium --pick | xargs diarium show  välj projekt och skriv ut dem
  diarium show 24-003-S05 --format json
  diarium find -d projekt/ trygghet --format tsv --fields id,name,end_date
  diarium convert trygghet --to urval.csv
                                       spara träffarna som en lista
  diarium stats är:pågående --by region,ägare
                                       räkna pågående projekt och summera deras belopp
  diarium check projekt/               visa påpekanden om uppgifterna
  diarium guide sökning                läs handledningen om sökning

Slutstatus: 0 hittat eller utfört, 1 inget hittat eller påpekanden, 2 felaktig användning eller
inget kunde läsas, 130 avbrutet."),
    ("targets", "Filer eller mappar att bläddra i (`-` är standard in), eller ett diarienummer att öppna; skriv `./x` för en sökväg som ser ut som ett diarienummer"),
    ("diarium.query", "Börja med den här sökfrågan"),
    ("pick", "Välj på skärmen: Enter skriver ut diarienumren för de markerade projekten, eller för det valda"),

    ("data", "Läs projekt från den här filen eller mappen (kan upprepas)"),
    ("format", "Utdataformat"),
    ("fields", "Ta bara med dessa fält, åtskilda med kommatecken (csv, tsv, json, jsonl, table)"),
    ("lang", "Språk: sv eller en"),
    ("date", "Använd det här datumet som dagens datum"),
    ("rate", "Växelkurs för att jämföra belopp i euro med belopp i kronor, till exempel EUR=11.20"),
    ("exact", "Sök bara de skrivna bokstäverna: inga andra former av orden, inga synonymer, inga platser"),
    ("synonyms", "Fil med egna synonymer: en grupp ord per rad, med komma emellan"),
    ("encoding", "Teckenkodning för alla filer, till exempel iso-8859-1"),
    ("delimiter", "Skiljetecken i listor: `;`, `,`, `|` eller `tab`"),
    ("mapping", "Vad kolumnrubriker betyder, till exempel 'Zuschuss=eu_support,Beginn=start_date'"),
    ("currency", "Valuta för belopp som inte anger någon, till exempel EUR"),
    ("reviewer", "Granskarens namn; förval: inloggningsnamnet"),
    ("reviews", "Fil med granskningen"),
    ("show_personal", "Visa personnummer och kontaktuppgifter; noteras i loggen"),
    ("color", "När färger används"),
    ("ascii", "Rita bara med ASCII-tecken"),
    ("config", "Läs inställningarna från den här filen i stället för från din egen"),
    ("log", "Fil för loggen"),
    ("verbose", "Skriv mer i loggen"),

    ("diarium show", "Skriv ut hela projekt"),
    ("diarium show/after", "Format: text (förval), ids, csv, tsv, json, jsonl, md."),
    ("show.ids", "Diarienummer i valfri skrivning (`23-079-S13`, `23079s13`), eller en del som bara ett projekt har"),
    ("diarium find", "Skriv ut de projekt som en sökfråga hittar, bästa träffen först"),
    ("diarium find/after", "Format: table (förval i en terminal), ids (annars förval), text, csv, tsv, json, jsonl, md.\nSorteringsnycklar: relevans, dnr, namn, ägare, ort, start, slut, deltagare, budget, esf, eu, andel, granskad."),
    ("query", "Sökfrågan; tom för alla projekt"),
    ("sort", "Sortera efter dessa nycklar, åtskilda med kommatecken; `:desc` eller `:asc` efter en nyckel anger riktningen; belopp och deltagare sorteras med det största först. Okända värden kommer sist"),
    ("find.limit", "Högsta antal projekt att skriva ut"),
    ("find.count", "Skriv bara ut antalet träffar"),
    ("find.similar", "Skriv även ut projekt som bara är liknande"),
    ("diarium convert", "Spara de projekt som en sökfråga hittar till en fil"),
    ("diarium convert/after", "\
Format, enligt filnamnets ändelse eller --format:
  .csv .tsv     listor: en kolumn för varje nyckel (väljs med --fields) och för varje egen etikett,
                datum som 2024-09-01, belopp som rena tal med valutan i en egen kolumn. En text som
                ett kalkylprogram skulle uppfatta som en formel får en apostrof framför sig, som
                tas bort när listan läses tillbaka
  .xlsx         samma kolumner som en arbetsbok, med datum och tal som sådana och inga formler
  .json .jsonl  alla uppgifter, tolkade och så som de står i källan; kan läsas tillbaka oförändrade
  .md           ett dokument att läsa
  .txt          textposter (--format text); kan läsas tillbaka oförändrade

Filen skrivs i sin helhet eller inte alls."),
    ("convert.to", "Fil att spara till; ändelsen avgör formatet. `-`, eller ingen fil, är standard ut"),
    ("convert.limit", "Högsta antal projekt att spara"),
    ("force", "Ersätt filen om den finns"),
    ("convert.csv_excel", "Skriv CSV för svenska Excel: semikolon, decimalkomma, byteordningsmärke"),
    ("diarium stats", "Räkna träffarna och summera deras belopp, per region, projektägare, läge med mera"),
    ("diarium stats/after", "Format: text (förval), csv, tsv, json. Fält som i sökfrågor: region, po, ägare, nuts, läge, startår …"),
    ("stats.by", "Fält att räkna efter, åtskilda med kommatecken; vart och ett skrivs ut med alla sina värden"),
    ("diarium check", "Skriv ut alla påpekanden om uppgifterna, och var felen finns"),
    ("diarium check/after", "Format: text (förval), json, sarif."),
    ("check.paths", "Filer eller mappar att kontrollera; `-` är standard in"),
    ("check.strict", "Räkna även upplysningar som påpekanden"),
    ("check.explain", "Förklara i stället en kod; utan kod listas alla"),
    ("diarium config", "Visa inställningarna, eller skapa en fil att utgå från"),
    ("diarium config path", "Skriv ut var inställningsfilen finns"),
    ("diarium config show", "Skriv ut de inställningar som gäller och var var och en kommer ifrån"),
    ("diarium config init", "Skapa en kommenterad fil att utgå från"),
    ("diarium keys", "Skriv ut tangenterna och vad de gör"),
    ("diarium guide", "Skriv ut handledningen, eller lista dess ämnen"),
    ("guide.topic", "Ämnet att skriva ut; utan ämne listas alla"),
    ("diarium completions", "Skriv ut ett kompletteringsskript för ett skal"),
    ("completions.shell", "Skalet"),
    ("diarium man", "Skriv ut manualsidan"),

    ("diarium review", "Granska projekt: gör bedömningar, skriv anteckningar, se vad som återstår, skriv rapporten"),
    ("diarium review/after", "\
Exempel:
  diarium review new 'Vår 2026' är:pågående        börja en omgång med träffarna
  diarium review next                              nästa projekt utan bedömning
  diarium review mark 23-079-S13 --state approved
  diarium review mark 24-003-S05 --state rejected --reason period --text 'slut före start'
  diarium review list --state rejected,pending
  diarium review report --to granskning.html

Granskningen finns i filen som anges med --reviews, annars med `reviews` i inställningarna,
annars i reviews.db i din datamapp."),
    ("round", "Omgången, med dess namn eller början av det; förval: den senaste öppna"),
    ("diarium review mark", "Gör en bedömning av projekt; den första påbörjar en omgång med alla projekt"),
    ("review mark.ids", "Diarienummer i valfri skrivning"),
    ("review mark.state", "reviewed (genomgånget), approved (godkänt), rejected (underkänt), pending (utreds) eller undecided (tar tillbaka bedömningen)"),
    ("review mark.reason", "Skälets namn"),
    ("review mark.text", "Skälet i ord"),
    ("diarium review note", "Skriv en anteckning; arbetsanteckningar tas inte med i rapporten"),
    ("review note.id", "Ett diarienummer i valfri skrivning"),
    ("review note.text", "Texten; `-` läser standard in"),
    ("review note.finding", "Gör anteckningen till en iakttagelse, som tas med i rapporten"),
    ("review note.force", "Spara anteckningen även om den innehåller ett personnummer"),
    ("diarium review tag", "Sätt en etikett"),
    ("review tag.tag", "Etiketten"),
    ("review tag.ids", "Diarienummer i valfri skrivning"),
    ("review tag.remove", "Ta bort etiketten i stället"),
    ("diarium review star", "Bevaka projekt"),
    ("review star.ids", "Diarienummer i valfri skrivning"),
    ("review star.remove", "Sluta bevaka dem i stället"),
    ("diarium review list", "Skriv ut omgångens projekt med bedömningar"),
    ("diarium review list/after", "Format: table (förval i en terminal), ids (annars förval), text, json, jsonl."),
    ("review list.query", "Bara projekt som sökfrågan hittar"),
    ("review list.state", "Bara projekt i dessa lägen: undecided, reviewed, approved, rejected, pending, disputed, awaiting, starred, changed, new, gone"),
    ("diarium review next", "Skriv ut nästa projekt som väntar på din bedömning"),
    ("diarium review next/after", "Format: text (förval i en terminal), ids (annars förval), json, jsonl, md."),
    ("review next.query", "Bara bland projekt som sökfrågan hittar"),
    ("diarium review log", "Skriv ut händelseloggen, för ett projekt eller för alla"),
    ("review log.id", "Ett diarienummer i valfri skrivning"),
    ("diarium review undo", "Ångra din senaste åtgärd"),
    ("diarium review redo", "Gör om den åtgärd som du senast ångrade"),
    ("diarium review stats", "Skriv ut hur långt omgången har kommit"),
    ("diarium review rounds", "Skriv ut alla omgångar"),
    ("diarium review new", "Börja en omgång med det som en sökfråga hittar nu"),
    ("review new.name", "Omgångens namn"),
    ("review new.query", "Vilka projekt omgången omfattar; tom för alla"),
    ("from", "Bygg på den här omgången: dess bedömningar är kända, och det som har ändrats sedan dess framgår"),
    ("purpose", "Syftet med omgången"),
    ("eyes", "Antal granskare som måste vara överens om varje projekt: 1 eller 2"),
    ("diarium review sample", "Dra ett stickprov ur det som en sökfråga hittar nu, börja en omgång med det och skriv ut dess diarienummer"),
    ("diarium review sample/after", "\
Metoder:
  enkelt       alla projekt har samma sannolikhet
  --by         stratifierat: varje värde i ett fält i proportion till sin andel, minst ett projekt
               av varje om antalet räcker
  --weight     urval efter belopp: ett belopp som är minst lika stort som urvalsintervallet tas
               alltid med, övriga dras systematiskt i proportion till beloppet. Projekt utan känt
               belopp dras för sig, och det anges. Belopp i euro kräver --rate

Den som har samma uppgifter och samma slumptalsfrö får samma projekt, oavsett dator."),
    ("review sample.size", "Antal projekt att dra"),
    ("review sample.query", "Vad stickprovet dras ur; tom för alla projekt"),
    ("review sample.seed", "Slumptalsfrö: samma text ger samma projekt. Välj det slumpmässigt och dokumentera det"),
    ("review sample.by", "Dra från varje värde i det här fältet i proportion till dess andel"),
    ("review sample.weight", "Dra varje projekt i proportion till beloppet"),
    ("review sample.name", "Omgångens namn; förval: dagens datum"),
    ("review sample.dry_run", "Skriv bara ut stickprovet, utan att börja någon omgång"),
    ("diarium review report", "Skriv omgångens rapport: HTML att skriva ut och underteckna, Markdown, eller en lista"),
    ("diarium review report/after", "Format, enligt filnamnets ändelse: .html .md .csv. Iakttagelser tas med, arbetsanteckningar inte."),
    ("review report.to", "Fil att spara till, i sin helhet eller inte alls"),
    ("diarium review close", "Avsluta och lås omgången: en kontrollsumma över dess händelser sparas, och inget mer kan skrivas"),
    ("diarium review reopen", "Öppna en låst omgång igen"),
    ("review reopen.reason", "Skälet"),
    ("diarium review redact", "Töm en text som inte borde ha skrivits; vem som skrev den och när finns kvar"),
    ("review redact.event", "Händelsen, med början av dess id; `diarium review log` visar det"),
    ("review redact.reason", "Skälet"),
    ("diarium review export", "Skriv alla händelser, som JSON-rader som `import` läser, eller som en lista"),
    ("diarium review export/after", "Format: jsonl (förval), csv."),
    ("review export.to", "Fil att spara till; `-`, eller ingen fil, är standard ut"),
    ("diarium review import", "Läs in det som `export` har skrivit; två gånger ger samma resultat som en"),
    ("review import.files", "Filer; `-` är standard in"),
    ("diarium review verify", "Kontrollera granskningsfilen: kontrollsummor, innehåll, tömda texter och avslut; slutar med 1 om något är fel"),
    ("review verify.seal", "Kräv att en omgång är avslutad med den här kontrollsumman, så som den står i rapporten"),
    ("diarium review repair", "Lägg undan en skadad granskningsfil, oförändrad, och fortsätt med den hela delen"),
    ("diarium review merge", "Läs in en annan granskningsfil, som lämnas oförändrad"),
    ("review merge.other", "Den andra filen"),
];

/// The head of the configuration file that `config init` writes: every setting except keys, commented out.
#[must_use]
pub const fn config_head(lang: Lang) -> &'static str {
    lang.choose(include_str!("../../data/config/sv.toml"), include_str!("../../data/config/en.toml"))
}
