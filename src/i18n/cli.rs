//! The sentences of the command line: failures of commands and what to do about them.

use super::Lang;

#[rustfmt::skip]
words! {
    /// Failures of commands, and their remedies (`try_…`), in one language. `{0}` and `{1}` are filled by [`fill`].
    CliWords

    output "Utdata kunde inte skrivas: {0}." "Output could not be written: {0}.";
    browse_before_verb "Sökvägar, --query och --pick hör till bläddringen och kan inte stå före ett kommando." "Paths, --query and --pick are options of browsing and cannot precede a command.";
    neither_path_nor_id "`{0}` är varken en sökväg som finns eller ett diarienummer." "`{0}` is neither a path that exists nor a diarienummer.";
    id_and_query "Ett diarienummer att öppna och en sökfråga kan inte ges på en gång." "An id to open and a query cannot be combined.";
    format_of_screen "--format och --fields hör till kommandon som skriver ut något." "--format and --fields apply to commands that print.";
    format_not_here "Det här kommandot skriver inte `{0}`." "This command does not print `{0}`.";
    fields_not_here "Fält kan inte väljas i det här formatet." "Fields cannot be chosen in this format.";
    unknown_field "Fältet `{0}` finns inte." "There is no field `{0}`.";
    unknown_facet "Fältet `{0}` finns inte eller är tvetydigt." "There is no field `{0}`, or the name is ambiguous.";
    not_shared "Värdena i `{0}` är olika för varje projekt och kan inte grupperas." "Each project has its own value of `{0}`, so projects cannot be grouped by it.";
    unknown_topic "Handledningen har inget ämne `{0}`." "The guide has no topic `{0}`.";
    unknown_encoding "Teckenkodningen `{0}` finns inte." "There is no encoding `{0}`.";
    no_terminal "Bläddring kräver en terminal." "Browsing requires a terminal.";
    dumb_terminal "Den här terminalen (TERM={0}) kan inte visa en skärm." "This terminal (TERM={0}) cannot show a screen.";
    unusable_terminal "Terminalen kan inte användas: {0}." "The terminal cannot be used: {0}.";
    unknown_code "Koden `{0}` finns inte." "There is no code `{0}`.";
    no_such_record "Inget projekt har diarienumret `{0}`." "No project has the id `{0}`.";
    several_records "Flera diarienummer innehåller `{0}`:" "Several ids contain `{0}`:";
    nothing_readable "Inga projekt kunde läsas." "No projects could be read.";
    format_needed "Ange ett format för utskrift till standard ut." "Writing to standard output requires a format.";
    excel_not_here "--csv-excel gäller bara csv." "--csv-excel applies to csv only.";
    no_config_folder "Ingen hemkatalog hittades för inställningarna." "No home directory was found for the configuration.";
    file_exists "{0} finns redan och skrevs inte över." "{0} already exists and was not overwritten.";
    unreadable_config "Inställningsfilen {0} kunde inte läsas: {1}." "The configuration file {0} could not be read: {1}.";
    cannot_write "{0} kunde inte skrivas: {1}." "{0} could not be written: {1}.";
    unknown_ending "{0}: okänd filändelse." "{0}: unknown file extension.";
    direction "`{0}`: ange `asc` (stigande) eller `desc` (fallande) efter kolon." "`{0}`: the colon must be followed by `asc` (ascending) or `desc` (descending).";
    best_first "`{0}`: relevans har bara en riktning, bäst först." "`{0}`: relevance has one direction only, best first.";
    not_sorted "Det går inte att sortera efter `{0}`." "Projects cannot be sorted by `{0}`.";
    try_browse_before_verb "ge sökvägar med -d" "pass paths with -d";
    try_fields_not_here "--fields går med --format csv, tsv, json, jsonl och table" "--fields works with --format csv, tsv, json, jsonl and table";
    try_unknown_encoding "till exempel utf-8, windows-1252, iso-8859-1, utf-16le" "for example utf-8, windows-1252, iso-8859-1, utf-16le";
    try_format_of_screen "skriv ut med diarium find eller diarium show" "print with diarium find or diarium show";
    try_dumb_terminal "utan terminal: diarium find, diarium show" "without a terminal: diarium find, diarium show";
    try_several_records "ange hela diarienumret" "specify the whole id";
    try_nothing_readable "orsakerna: diarium check" "the reasons: diarium check";
    try_no_config_folder "ange en fil med --config" "specify a file with --config";
    try_file_exists "skriv över med --force" "overwrite with --force";
    try_format_needed "till exempel --format csv, eller --to urval.csv" "for example --format csv, or --to selection.csv";
    try_unreadable_config "skapa en: diarium --config FIL config init" "create one: diarium --config FILE config init";
    try_config_exists "visa den: diarium config show" "show it: diarium config show";
    search_for_it "sök efter det" "search for it";
        choose_one_of "välj bland" "choose one of";
    did_you_mean "menade du" "did you mean";
    for_example "till exempel" "for example";
    all_codes_diarium_check_explain "alla koder: diarium check --explain" "all codes: diarium check --explain";
    search_instead "sök i stället" "search instead";
    give_format_or_one_of_the_endings "ange --format eller någon av filändelserna" "specify --format or one of the extensions";
    search_for_it_as_text "sök som text" "search for it as text";
    config_unreadable "filen kan inte läsas: {0}" "the file cannot be read: {0}";
    config_syntax "filen är inte giltig TOML och används inte: {0}" "the file is not valid TOML and is not used: {0}";
    unknown_setting "det finns ingen inställning `{0}`" "there is no setting `{0}`";
    wrong_value "`{0}` ska vara något av: {1}" "`{0}` must be one of: {1}";
    unknown_context "det finns ingen tangentgrupp `{0}`" "there is no key context `{0}`";
    unknown_action "det finns ingen åtgärd `{0}`" "there is no action `{0}`";
    unknown_key "det finns ingen tangent `{0}`" "there is no key `{0}`";
    not_there "åtgärden `{0}` finns inte i `{1}`" "there is no action `{0}` in `{1}`";
    taken "`{0}` är redan kopplad till `{1}` i `{2}` och kopplas inte till `{3}`" "`{0}` is already bound to `{1}` in `{2}`, so it is not bound to `{3}`";
    more_failures "… och {0} till: diarium check" "… and {0} more: diarium check";
    verdicts_not_saved "bedömningar sparades inte: diarium review import {0}" "verdicts were not saved: diarium review import {0}";
    connection_lost "förbindelsen bröts: b går tillbaka till {0}" "the connection was lost: b goes back to {0}";
    labels_left_out "etiketter som inte fick någon kolumn (json har allt)" "labels without a column (json has everything)";
    values_left_out "värden som inte kunde tolkas och är tomma celler (json har dem)" "values that could not be read and are empty cells (json has them)";
    run_together "projekt utan kända fält, som inte kan läsas in igen var för sig (json skiljer dem åt)" "projects without a known field, which cannot be read back one by one (json separates them)";
    default "förval" "default";
    locale "systemets språk" "locale";
    written_one "{0} projekt sparat i {1}" "{0} project written to {1}";
    written_several "{0} projekt sparade i {1}" "{0} projects written to {1}";
    explain_codes "mer om en kod: diarium check --explain KOD" "more about a code: diarium check --explain CODE";
    more_values "till" "more";
    million_kronor "mnkr" "MSEK";
    million_without_currency "milj. (valutan anges inte)" "M (currency not stated)";
}

/// The template with `{0}`, `{1}` … replaced by the values. A placeholder without a value stays.
#[must_use]
pub fn fill(template: &str, values: &[&dyn std::fmt::Display]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        match after
            .split_once('}')
            .and_then(|(name, tail)| Some((values.get(name.parse::<usize>().ok()?)?, tail)))
        {
            Some((value, tail)) => {
                filled += &value.to_string();
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_in_any_order() {
        assert_eq!(fill("{1}: `{0}` {2} {", &[&"{1}", &7]), "7: `{1}` {2} {");
    }
}
