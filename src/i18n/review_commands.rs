//! Messages of `diarium review`, in Swedish and English. `{0}`, `{1}` … are replaced by [`super::fill`].

use super::Lang;

#[rustfmt::skip]
words! {
    /// The messages of review commands in one language.
    ReviewCliWords

    store_failed "{0}: {1}." "{0}: {1}.";
    not_imported "{0} lästes inte in, inget sparades: {1}" "{0} was not imported, nothing was saved: {1}";
    no_place "Det finns ingen hemkatalog att spara granskningar i." "There is no home directory to keep reviews in.";
    no_store "{0} finns inte." "{0} does not exist.";
    no_round "Ingen granskningsomgång heter `{0}`, eller flera." "No review round is called `{0}`, or several are.";
    no_rounds "Det finns ingen granskningsomgång än." "There is no review round yet.";
    round_exists "Det finns redan en granskningsomgång `{0}`." "There is already a review round `{0}`.";
    nothing_to_undo "Det finns inget eget att ångra eller göra om." "There is nothing of yours to undo or redo.";
    changed_since "{0}: {1} har ändrat samma sak efteråt." "{0}: {1} has changed the same since.";
    unknown_event "Det finns inget `{0}`." "There is no `{0}`.";
    already_closed "Omgången är redan avslutad och låst." "The round is already closed.";
    already_open "Omgången är redan öppen." "The round is already open.";
    unknown_state "Det finns ingen bedömning `{0}`." "There is no state `{0}`.";
    unknown_reason "Det finns inget skäl `{0}`." "There is no reason `{0}`.";
    reason_needed "Ett underkännande kräver ett skäl." "A rejection needs a reason.";
    not_in_round "{0} hör inte till omgången `{1}`." "{0} does not belong to the round `{1}`.";
    no_event "Ingen händelse börjar med `{0}`, eller flera." "No event begins with `{0}`, or several do.";
    personal_number "Texten innehåller ett personnummer och sparades inte." "The text contains a personal identity number and was not saved.";
    no_text "Det finns ingen text att spara." "There is no text to save.";
    no_report_form "{0} slutar inte som någon rapport." "{0} has no extension of a report.";
    cannot_read "{0} kunde inte läsas: {1}" "{0} could not be read: {1}";

    try_closed "öppna den igen: diarium review reopen --reason …" "open it again: diarium review reopen --reason …";
    try_damaged "vad som är fel: diarium review verify · laga: diarium review repair" "find the damage: diarium review verify · repair it: diarium review repair";
    try_no_place "ange en fil med --reviews" "specify a file with --reviews";
    try_no_round "alla omgångar: diarium review rounds" "all rounds: diarium review rounds";
    try_no_rounds "börja en: diarium review new NAMN" "begin one: diarium review new NAME";
    try_not_in_round "en ny omgång med det: diarium review new NAMN --from DENNA" "a new round with it: diarium review new NAME --from THIS";
    try_no_event "händelserna: diarium review log" "the events: diarium review log";
    try_personal_number "spara ändå med --force" "save it anyway with --force";
    choose_one_of "välj bland: {0}" "choose one of: {0}";
    endings "ändelserna är: {0}" "the extensions are: {0}";

    open "öppen" "open";
    closed "låst" "closed";
    closed_with_hash "avslutad och låst · SHA-256 {0}" "closed · SHA-256 {0}";
    closed_with_other_events "låst, men händelserna är inte desamma" "closed, but its events are not the same";
    closed_with_later_events "låst, {0} händelser efter låsningen" "closed, {0} events after it was closed";
    decided "bedömda {0}" "decided {0}";
    gone "utgått" "gone";
    saved "{0}: {1} · sparat" "{0}: {1} · saved";
    undone "{0}: ångrat: {1}" "{0}: undone: {1}";
    redone "{0}: gjort om: {1}" "{0}: redone: {1}";
    emptied "{0}: texten är tömd" "{0}: the text is emptied";
    is_undone " (ångrat)" " (undone)";
    is_emptied " [texten är tömd]" " [text emptied]";
    sample_name "Stickprov {0}" "Sample {0}";
    fewer_than_asked "färre än begärt: alla togs med" "fewer than requested: all were taken";
}
