//! The words of the screen and of the command line: one struct, filled twice.

use super::Lang;

#[rustfmt::skip]
words! {
    /// The program's fixed words in one language.
    Words

    projects "Projekt" "Projects";
    search "sök" "search";
    of "av" "of";
    similar "liknande" "similar";
    relevance "relevans" "relevance";
    best_match_first "bäst träff först" "best match first";
    last_reviewed "Senast granskad" "Last reviewed";
    state_of_project "Läge" "State";
    start_year "Startår" "Start year";
    review_verdict "Bedömning" "Review";
    type_to_search "tryck / eller en siffra för att söka" "press / or a digit to search";
    loading "läser in" "loading";
    searching "söker" "searching";
    reading "läser" "reading";
    read "läst" "read";
    not_found_yet "inget hittat än" "not found yet";
    nothing_changed "inget har ändrats" "nothing has changed";
    being_written "skrivs just nu; de förra uppgifterna visas (R läser ändå)" "is being written; the earlier records are shown (R reads it anyway)";
    not_reloaded "inget kunde läsas på nytt; de förra uppgifterna visas" "nothing could be read again; the earlier records are shown";
    not_twice "det som kom på standard in kan inte läsas igen" "what came from standard input cannot be read again";
    marked "markerade" "marked";
    marked_one "markerad" "marked";
    only_marked "bara markerade" "only marked";
    not_shown "visas inte" "not shown";
    example_data "exempeluppgifter, ej aktuella" "example data, not current";
    no_hits "inga träffar" "no matches";
    no_such_record "inget projekt har diarienummer" "no project has the id";
    no_records "inga projekt" "no projects";
    own_data_hint "Öppna egna uppgifter: diarium SÖKVÄG" "Open your own data: diarium PATH";
    diagnostics "påpekanden" "diagnostics";
    no_diagnostics "inga påpekanden om uppgifterna" "no diagnostics of the data";
    help "hjälp" "help";
    commands "kommandon" "commands";
    copy_what "kopiera" "copy";
    source_text "källtext" "source text";
    too_small "terminalen är för liten (minst 40×10)" "the terminal is too small (at least 40×10)";
    line_similar "liknande" "similar";
    in_text "» träff i texten" "» found in the text";

    beneficiary "Projektägare" "Beneficiary";
    period "Period" "Period";
    participants "Deltagare" "Participants";
    money "Pengar" "Money";
    source "Källa" "Source";
    also "även" "also";
    unknown "uppgift saknas" "unknown";
    total "total" "total";
    esf_support "ESF-stöd" "ESF support";
    eu_support "EU-stöd" "EU support";
    eu_share "EU:s andel" "EU share";
    ongoing "PÅGÅR" "ONGOING";
    ended "AVSLUTAT" "ENDED";
    upcoming "EJ STARTAT" "UPCOMING";
    ends_in "slutar om" "ends in";
    ended_ago "slutade för {0} sedan" "ended {0} ago";
    field_and_value "Fält | Värde" "Field | Value";
    starts_in "startar om" "starts in";
    ends_today "slutar i dag" "ends today";
    nameless "(namn saknas)" "(no name)";
    masked "dolt personnummer" "masked";
    hidden_fields "dolda kontaktuppgifter" "hidden contact fields";
    our_translation "egen översättning" "our translation";
    not_verified "ej kontrollerat" "not verified";
    derived "enligt NUTS-koden" "from the NUTS code";
    also_searched "även" "also";
    like_field "liknar" "like";
    shared_words "gemensamma ord" "shared words";
    other_forms "andra former" "other forms";
    only_letters "söker bara de skrivna bokstäverna" "searching only for the typed letters";
    meaning_too "söker även andra former, synonymer och platser" "searching for other forms, synonyms and places too";
    by_meaning "annan form, synonym eller plats" "another form, synonym or place";
    no_text "ingen beskrivning" "no description";
    group_project "Projektet" "The project";
    group_time_and_place "Tid och plats" "Time and place";
    group_programme "Program" "Programme";
    group_money "Ekonomi" "Money";
    group_other "Övrigt" "Other";
    description "Beskrivning" "Description";

    error "fel" "error";
    warning "varning" "warning";
    note "upplysning" "note";
    hint "råd" "hint";
    example "exempel" "example";
    more_of_codes "mer om en kod" "more about a code";

    nothing_to_open "projektet anger ingen webbsida" "no web page";
    nothing_selected "inget projekt valt" "no project selected";
    no_previous "ingen tidigare sökning" "no previous search";
    no_history "ingen tidigare sökfråga" "no earlier query";
    no_hit_in_text "ingen träff i texten" "no hit in the text";
    unknown_key "ingen funktion på" "nothing is bound to";
    chord_apart "{chord}: tryck Esc och {key} var för sig" "{chord}: press Esc and {key} apart";
    pasted "inklistrad text? Esc tar bort den" "pasted? Esc discards it";
    press_again_to_quit "tryck Ctrl-C igen för att avsluta" "press Ctrl-C again to quit";
    sent_to_terminal "skickat till terminalen" "sent to the terminal";
    copied "kopierat" "copied";
    any_key "valfri tangent går tillbaka" "any key goes back";
    copy_too_long "för långt för terminalens urklipp" "too long for the terminal's clipboard";
    write_to "spara till fil (.xlsx .csv .tsv .json .md .txt): " "write to file (.xlsx .csv .tsv .json .md .txt): ";
    csv_for_whom "vem ska läsa filen?" "who reads the file?";
    csv_for_excel "Excel: semikolon och decimalkomma" "Excel: semicolons and decimal commas";
    csv_for_programs "andra program: komma och decimalpunkt" "other programs: commas and decimal points";
    written "sparat" "saved";
    not_written "kunde inte sparas" "could not be saved";
    yes_key "j" "y";
    nowhere_to_write "det finns ingen mapp att spara i" "there is no folder to write to";
    exists_already "finns redan, välj ett annat namn" "exists already, choose another name";
    unclosed_quote "citattecknet saknar sitt andra" "the quote is not closed";
    unclosed_bracket "parentesen är inte stängd" "the bracket is not closed";
    missing_alternative "ELLER saknar ett ord på ena sidan" "OR lacks a word on one side";
    nothing_to_exclude "! saknar ett ord efter sig" "! lacks a word after it";
    empty_term "tecknet saknar ett ord efter sig" "the sign lacks a word after it";
    query_too_long "för lång, resten söks inte" "too long, the rest is not searched";
    brackets_too_deep "för många parenteser i varandra, de innersta räknas inte" "too many nested brackets, the innermost are ignored";
    too_many_terms "för många ord: de sista söks inte" "too many words: the last are not searched";
    unknown_query_field "inget fält heter så" "no field is called so";
    ambiguous_query_field "flera fält börjar så" "several fields begin so";
    missing_value "värdet saknas" "the value is missing";
    unknown_standing "inget läge heter så" "no state is called so";
    gone_is_elsewhere "utgångna söks inte: se granskningens läge, review list --state gone" "what is gone is not searched: see the review's page, review list --state gone";
    unreadable_date "inte ett datum: 2024, 2024-05, 2024-05-01, idag, +3mån, 2024..2025" "not a date: 2024, 2024-05, 2024-05-01, today, +3m, 2024..2025";
    unreadable_amount "inte ett belopp: 500000, 20mkr, 1,5mkr.., 2meur" "not an amount: 500000, 20mkr, 1.5mkr.., 2meur";
    unreadable_number "inte ett tal: 100, 10..50, 40%" "not a number: 100, 10..50, 40%";
    not_comparable "text är varken större eller mindre" "a text is neither more nor less";
    no_review_open "ingen granskning är öppen · O öppnar · / söker" "no review is open · O opens · / searches";
    opening_review "öppnar granskningen" "opening the review";
    not_in_round "hör inte till granskningsomgången" "does not belong to the review round";
    round_closed "omgången är avslutad och låst · O" "the round is closed · O";
    all_decided "inget annat är ogranskat" "no other is undecided";
    saved "sparat" "saved";
    saving "sparas" "saving";
    not_saved "kunde inte sparas, försöker igen" "not saved, trying again";
    decided "bedömda" "decided";
    review "granskning" "review";
    verdict "Bedömning" "Review";
    not_reviewed "ej granskad" "undecided";
    was "förra omgången" "the round before";
    undone "ångrat" "undone";
    redone "gjort om" "redone";
    nothing_to_undo "det finns inget eget att ångra" "there is nothing of yours to undo";
    changed_since "har ändrat samma sak efteråt" "has changed the same since";
    without_reason "utan skäl" "without a reason";
    reason "skäl" "reason";
    tag "etikett" "tag";
    round_purpose "syfte (får vara tomt)" "purpose (may be empty)";
    not_done "är inte bedömda" "are not decided";
    closed_now "avslutad och låst · rapport: diarium review report --to granskning.html" "closed · report: diarium review report --to review.html";
    round_name "omgångens namn" "name of the round";
    new_round "ny granskningsomgång" "new review round";
    over_shown "av det som visas" "over what is shown";
    over_all "av allt" "over everything";
    going_on_from "fortsätter på" "going on from";
    close_round "avsluta och lås" "close";
    reopen_round "öppna igen" "open again";
    leave_review "lämna granskningen" "leave the review";
    only_this "bara denna" "only this";
    working_note "arbetsanteckning" "working note";
    finding "iakttagelse" "finding";
    personal_number_in_note "texten innehåller ett personnummer; Enter igen sparar ändå" "the text holds a personal identity number; Enter again saves it anyway";
    is_here "är här" "is here";
    store_only_read "granskningsfilen är skadad och kan bara läsas · O reparerar den" "the review store is damaged and read-only · O repairs it";
    review_store "granskningsfilen" "the review store";
    opens_again "O öppnar den igen" "O opens it again";
    store_migrated "granskningsfilen har fått kontrollsummor" "the review store was given digests";
    store_repaired "granskningsfilen är reparerad; den skadade filen heter nu" "the review store is repaired; the damaged file is now";
    repair_store "reparera granskningsfilen" "repair the review store";
    open_store_again "öppna granskningsfilen igen" "open the review store again";
    unsaved "inte sparat" "not saved";
    unsaved_stay "stanna, försök vidare" "stay, go on trying";
    unsaved_keep "spara det i en fil …" "write it to a file …";
    unsaved_go "gå utan att spara" "go without saving";
    unsaved_to "fil för det som inte är sparat: " "file for what is not saved: ";
    unsaved_kept "läses in med: diarium review import" "taken in with: diarium review import";
    note_removed "anteckningen är borttagen · u ångrar" "the note is removed · u undoes";
    save_note_first "spara eller töm den först" "save or empty it first";
    no_more_notes "det finns ingen fler egen anteckning" "there is no other note of yours";
    no_editor "redigeraren" "the editor";
    editor_unchanged "redigeraren lämnade texten oförändrad" "the editor left the text unchanged";
    editor_at_once "redigeraren avslutades genast utan ändring; behöver den ett tillval för att vänta (code --wait)?" "the editor ended at once without a change; does it need an option to wait (code --wait)?";
    editor_left_no_text "redigeraren lämnade något som inte är text; anteckningen är oförändrad" "the editor left something that is no text; the note is unchanged";
    earlier_notes "tidigare" "earlier";
    drafts_offered "anteckningar som inte är sparade finns kvar under c:" "notes that are not saved are kept under c:";
    note_begun "anteckningen är inte sparad" "the note is not saved";
    no_review "ingen granskning är öppen" "no review is open";
    mixed_currencies "två valutor i ett intervall" "two currencies in one range";
    no_such_value "inget värde börjar så" "no value begins so";
    facets "avgränsa" "facets";
    counting "räknar" "counting";
    more_values "till: skriv för att hitta" "more: type to find";
    choose_a_field_first "välj först ett fält med pilarna" "first choose a field with the arrows";
    no_filter_for_this "det går inte att avgränsa till detta" "one cannot filter to this";
    no_filters "inga avgränsningar" "no filters";
    unknown_value "saknar uppgift" "unknown";
    in_currency "i" "in";
    without_currency "utan angiven valuta" "without a stated currency";
    currency_not_stated "(valutan anges inte)" "(currency not stated)";
    not_compared "jämförs inte (--rate)" "not compared (--rate)";
    sorted_last "sist" "last";
    sort "sortering" "order";
    ascending "stigande" "ascending";
    descending "fallande" "descending";
    key_add "lägg till" "add";
    sorting "sorterar" "sorting";
    without_filters "utan avgränsningar" "without filters";
    key_include "ta med" "include";
    key_exclude "uteslut" "exclude";
    key_done "klar" "done";
    guide "handledning" "guide";
    read_the_guide "handledning: sökning, granskning, export …" "guide: searching, reviewing, writing files …";
    query_language "sökspråket: exempel" "the query language: examples";
    outside_the_filter "utanför avgränsningen" "outside the filter";
    did_you_mean "menade du" "did you mean";
    missing_ids_whole "diarienummer som saknas" "ids that are missing";
    missing_ids "saknas" "missing";
    found "hittade" "found";

    name "namn" "name";
    record_text "hela posten som text" "the record as text";
    record_json "hela posten som JSON" "the record as JSON";
    record_tsv "hela posten som TSV" "the record as TSV";
    link "länk" "link";
    field "fält" "field";
    command_line "kommandorad" "command line";

    key_open "öppna" "open";
    key_search "sök" "search";
    key_help "hjälp" "help";
    key_back "tillbaka" "back";
    key_quit "avsluta" "quit";
    key_mark "markera" "mark";
    key_scroll "bläddra" "scroll";
    key_choose "välj" "choose";
    key_list "listan" "list";
    key_copy "kopiera" "copy";
    key_source "källtext" "source";
    key_next "nästa" "next";
    key_undo "ångra" "undo";
    key_note "anteckna" "note";
    key_print "skriv ut" "print";
    store_unreachable "kan inte öppnas" "cannot be opened";
    store_no_place "det finns ingenstans att spara granskningar: --reviews FIL" "there is nowhere to keep reviews: --reviews FILE";
    store_damaged "är skadad" "is damaged";
    store_newer "är skriven av en nyare version av diarium och lämnas orörd" "was written by a newer version of diarium and is left untouched";
    store_foreign "är ingen granskningsfil och lämnas orörd" "is not a review store and is left untouched";
    store_too_large "är större än 2 GB" "is larger than 2 GB";
    store_unfinished "har en skrivning som aldrig blev färdig" "has a write that was never finished";
    store_removed "finns inte längre på sin plats" "is no longer at its path";
    store_not_any_more "har bytts ut mot en annan sorts fil" "was replaced by a file that is not a review store";
    store_other "har bytts ut mot en annan granskningsfil" "was replaced by another review store";
    store_older "har bytts ut mot en äldre kopia" "was replaced by an earlier copy of it";
    store_newer_copy "har bytts ut mot en nyare kopia" "was replaced by a newer copy of it";
    store_truncated "har blivit kortare" "has become shorter";
    store_locked "används av ett annat program" "is in use by another program";
    store_read_only "är skrivskyddad" "is read-only";
    store_full "disken är full" "the disk is full";
    store_refused "disken tar inte emot: en kvot är slut, filen är för stor eller disken är trasig" "the disk refuses: a quota is used up, the file is too large or the disk fails";
    store_no_random "inga slumptal" "no random numbers";
    round_closed_now "omgången är avslutad och låst" "the round is closed";
    round_default_name "Granskning" "Review";
    key_complete "komplettera" "complete";
    go_to_row "gå till raden" "go to this row";
    without_argument "utan argument" "without an argument";
    usage_file "FIL (.txt, .csv, .tsv, .json, .md)" "FILE (.txt, .csv, .tsv, .json, .md)";
    usage_sort_order "NYCKEL[:desc][,NYCKEL]" "KEY[:desc][,KEY]";
    usage_language "sv|en" "sv|en";
    usage_topic "ÄMNE" "TOPIC";
    usage_theme "auto|dark|light|high-contrast|mono" "auto|dark|light|high-contrast|mono";
    theme "färgtema" "theme";
    id_heading "Diarienr" "Id";
    name_heading "Namn" "Name";
    undoes "u ångrar" "u undoes";
    note_saved "anteckningen är sparad" "the note is saved";
    has_left "har utgått ur uppgifterna" "has left the data";
    now_selected "nu är valt" "now selected";
    key_cancel "avbryt" "cancel";
    key_save "spara" "save";
    closed "avslutad och låst" "closed";
    closed_mark "låst" "closed";
    personal_number_refused "texten innehåller ett personnummer" "the text holds a personal identity number";
    not_compared_here "jämförs inte" "not compared";
    text_of_record "Text" "Text";
    starred "bevakas" "starred";
    not_starred "bevakas inte" "not starred";
    tag_removed "etikett borttagen" "tag removed";
    note_taken_away "anteckning borttagen" "note removed";
    note_changed "anteckning ändrad" "note changed";
    reopened "öppnad igen" "reopened";
    text_emptied "text tömd i" "text emptied in";
    undone_mark "(ångrat)" "(undone)";
    tag_new "(ny)" "(new)";
    no_round "Ingen omgång är påbörjad." "No round has been begun.";
    audit_log "Händelselogg, det senaste först" "Audit log, the latest first";
    gone_heading "Utgångna (inte bland det som lästs in)" "Vanished (not among the loaded records)";
    changed_heading "Ändrade efter granskning" "Changed since review";
    new_heading "Tillkomna" "New";
    changed_group "Ändrat efter granskning" "Changed since review";
    notes_group "Anteckningar" "Notes";
    yes "Ja" "Yes";
    no "Nej" "No";
}

impl Words {
    /// The hint for an Alt chord that is bound to nothing, such as `alt-j`; `plain` is its key without Alt.
    #[must_use]
    pub fn unbound_chord(&self, chord: &str, plain: &str) -> String {
        let mut letters = chord.chars();
        let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        self.chord_apart.replace("{chord}", &name).replace("{key}", plain)
    }

    /// `12 av 288`.
    #[must_use]
    pub fn count(&self, shown: usize, all: usize) -> String {
        format!("{shown} {} {all}", self.of)
    }

    /// Differences after a reload: `3 nya, 2 ändrade, 1 borta`.
    #[must_use]
    pub fn difference(&self, new: usize, changed: usize, gone: usize) -> String {
        let number = |n: usize, one: &'static str, more: &'static str| {
            (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { more }))
        };
        let parts = [
            number(new, self.lang.choose("ny", "new"), self.lang.choose("nya", "new")),
            number(changed, self.lang.choose("ändrad", "changed"), self.lang.choose("ändrade", "changed")),
            number(gone, self.lang.choose("borta", "gone"), self.lang.choose("borta", "gone")),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        if said.is_empty() { self.nothing_changed.to_owned() } else { said.join(", ") }
    }

    /// Progress of a load: `läser · 120 000 projekt · 34 % · 150 000/s · 6 s kvar`.
    #[must_use]
    pub fn reading(
        &self,
        records: usize,
        percent: Option<u8>,
        per_second: usize,
        left: Option<u64>,
    ) -> String {
        let mut parts = vec![self.reading.to_owned()];
        if records > 0 {
            parts.push(self.records(records));
        }
        parts.extend(percent.map(|percent| format!("{percent} %")));
        if per_second > 0 {
            parts.push(format!("{per_second}/s"));
        }
        parts.extend(left.map(|seconds| format!("{seconds} s {}", self.lang.choose("kvar", "left"))));
        parts.join(" · ")
    }

    /// `1 markerad`, `12 markerade`.
    #[must_use]
    pub fn marked_count(&self, count: usize) -> String {
        format!("{count} {}", if count == 1 { self.marked_one } else { self.marked })
    }

    /// Result of a load: `37 projekt, 2 varningar, 1 upplysning`.
    #[must_use]
    pub fn tally(&self, tally: crate::domain::diagnostic::DiagnosticCounts) -> String {
        let one_or_more =
            |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        let parts = [
            (tally.errors, self.lang.choose(("fel", "fel"), ("error", "errors"))),
            (tally.warnings, self.lang.choose(("varning", "varningar"), ("warning", "warnings"))),
            (tally.notes, self.lang.choose(("upplysning", "upplysningar"), ("note", "notes"))),
        ];
        let said = parts.iter().filter(|(n, _)| *n > 0).map(|(n, (one, more))| one_or_more(*n, one, more));
        said.collect::<Vec<_>>().join(", ")
    }

    /// `1 projekt`, `12 projects`.
    #[must_use]
    pub fn records(&self, count: usize) -> String {
        format!("{count} {}", self.lang.choose("projekt", if count == 1 { "project" } else { "projects" }))
    }

    /// `8 mån 27 dgr`, for a stretch of time: its two largest units.
    #[must_use]
    pub fn stretch(&self, years: i32, months: i32, days: i32) -> String {
        let units = [
            (years, self.lang.choose("år", "y")),
            (months, self.lang.choose("mån", "mo")),
            (days, self.lang.choose(if days == 1 { "dag" } else { "dgr" }, "d")),
        ];
        let said: Vec<String> =
            units.iter().filter(|(n, _)| *n > 0).take(2).map(|(n, unit)| format!("{n} {unit}")).collect();
        said.join(" ")
    }
}
