//! The words of a review's report.

use super::Lang;

#[rustfmt::skip]
words! {
    /// The words of a review's report in one language.
    ReportWords

    title "Granskningsrapport" "Review report";
    none "Inga." "None.";
    page "Sida" "Page";
    of "av" "of";

    about "Om granskningen" "About the review";
    purpose "Syfte" "Purpose";
    not_stated "ej angivet" "not stated";
    goes_on_from "Fortsätter från" "Continues from";
    begun "Påbörjad" "Started";
    reference_date "Referensdatum" "Reference date";
    program "Program" "Program";
    report_by "rapporten skriven med" "report written with";
    scope "Omfattning" "Scope";
    query "Sökfråga" "Query";
    everything "alla projekt i leveransen" "all projects of the delivery";
    eyes "Godkännandekrav" "Agreement";
    one_person "en granskare per projekt" "one reviewer for each project";
    people_must_agree "granskare ska vara överens om varje projekt" "reviewers must agree on each project";
    state "Läge" "State";
    open "öppen: bedömningar kan ännu ändras" "open: verdicts may still change";
    closed "avslutad och låst" "closed";

    sources "Källor" "Sources";
    file "Fil" "File";
    sha256 "SHA-256" "SHA-256";
    no_file "ingen fil" "no file";
    built_in "poster inbyggda i programmet" "records built into the program";
    compared_with "Jämförd med uppgifterna i" "Compared with the data in";
    compared_why "Rapporten jämför med dessa filer, som inte är desamma som granskningen påbörjades med." "The report compares with these files, which differ from those at the start of the review.";

    sample "Stickprov" "Sample";
    method "Metod" "Method";
    sample_simple "Obundet slumpmässigt urval: varje projekt har samma sannolikhet att dras." "Simple random sample: each project is as likely to be drawn as any other.";
    sample_stratified "Stratifierat urval, proportionellt fördelat (största resten, minst ett ur varje stratum när antalet räcker) efter" "Stratified sample in proportion to size (largest remainder, at least one from each stratum where the number suffices) by";
    sample_by_amount "Urval i proportion till belopp (MUS): poster som är minst så stora som urvalsintervallet tas med säkerhet, övriga dras systematiskt från en slumpmässig start; projekt utan känt belopp dras för sig. Belopp:" "Sample in proportion to amount (MUS): items at least as large as the sampling interval are certain, the others are drawn systematically from a random start; projects without a known amount are drawn apart. Amount:";
    seed "Slumptalsfrö" "Seed";
    drawn "Draget antal" "Drawn";
    asked_for "begärt" "asked for";
    population "Population" "Population";
    to_draw_again "Att dra på nytt" "To draw it again";
    how_to_draw "Ett projekts slumptal är SHA-256 över fröet och dess diarienummer, vart och ett i UTF-8 med sin längd i byte före sig (åtta byte, störst först). De lägsta slumptalen dras; ett systematiskt urval går i deras ordning och startar vid de första 16 byten av SHA-256 över enbart fröet (med sin längd), modulo stratumets summa." "A project's random number is the SHA-256 of the seed and its id, each in UTF-8 with its length in bytes before it (eight bytes, highest first). The lowest numbers are drawn; a systematic draw goes in their order and starts at the first 16 bytes of the SHA-256 of the seed alone (with its length), modulo the sum of the stratum.";
    stratum "Stratum" "Stratum";
    amount_of_all "Belopp, alla (SEK)" "Amount, all (SEK)";
    amount_of_drawn "Belopp, dragna (SEK)" "Amount, drawn (SEK)";
    no_value "uppgift saknas" "unknown";
    certain "tas med säkerhet" "certain";
    proportional "i proportion till belopp" "in proportion to amount";
    no_amount "belopp saknas eller är inte över noll" "amount unknown or not above zero";

    reviewers "Granskare" "Reviewers";
    name "Namn" "Name";
    account "Konto" "Account";
    first "Första åtgärd" "First action";
    last "Senaste åtgärd" "Last action";
    verdicts "Bedömningar" "Verdicts";
    one_account "Samma konto under flera namn" "One account under several names";

    outcome "Utfall" "Outcome";
    count "Antal" "Count";
    all "Summa" "Total";
    reason "Skäl" "Reason";
    no_reason "inget skäl angivet" "no reason given";
    verdict "Bedömning" "Verdict";
    reasons_note "Ett projekt med flera skäl räknas under vart och ett." "A project with several reasons is counted under each.";
    rejected "Underkända" "Rejected";
    pending "Utreds" "Pending";
    disputed "Olika bedömning" "Verdicts differ";
    other_findings "Iakttagelser om övriga projekt" "Findings on other projects";
    finding "Iakttagelse" "Finding";
    emptied_text "[texten är tömd]" "[the text was emptied]";
    outside "utanför omgången" "outside the round";

    countersigning "Kontrollerade av ytterligare en granskare" "Countersigned";
    first_by "Bedömd av" "Judged by";
    then_by "Kontrollerad av" "Countersigned by";
    same_account "Varav från ett och samma konto" "Of these from one account";
    awaiting "Väntar på ytterligare granskare" "Awaiting another reviewer";
    undecided "Ej granskade" "Not reviewed";

    id "Diarienummer" "Id";
    project "Projekt" "Project";
    by "Av" "By";
    differences "Ändrat sedan granskningen" "Changed since the review";
    changed "Ändrade efter granskning" "Changed since they were reviewed";
    field "Uppgift" "Field";
    before "Då" "Then";
    now "Nu" "Now";
    description "Beskrivning" "Description";
    another_text "en annan text" "another text";
    gone_value "utgått" "gone";
    not_compared "jämförs inte: källan är inte inläst" "not compared: its source is not loaded";
    changed_unseen "har ändrats; den tidigare lydelsen finns inte kvar" "has changed; the earlier text is not kept";
    gone "Utgångna: finns inte i de inlästa uppgifterna" "Gone: not in the loaded data";
    gone_since "Utgångna sedan den förra omgången" "Gone since the earlier round";
    new_since "Tillkomna sedan den förra omgången" "New since the earlier round";
    not_in_round "Tillkomna: motsvarar sökfrågan men ingår inte i omgången" "New: found by the query and not part of the round";
    not_told_for_sample "Ett stickprov utelämnar de flesta projekt; vad som tillkommit redovisas därför inte." "A sample leaves out most projects; new projects are therefore not listed.";

    emptied "Tömda texter" "Emptied texts";
    event "Händelse" "Event";
    kind "Slag" "Kind";
    written_by "Skriven" "Written";
    emptied_by "Tömd" "Emptied";

    diagnostics "Påpekanden om uppgifterna" "Diagnostics of the data";
    diagnostics_of "Gäller alla inlästa uppgifter, inte bara granskade projekt." "Of all loaded data, not only of reviewed projects.";
    code "Kod" "Code";
    meaning "Betydelse" "Meaning";
    error "fel" "error";
    warning "varning" "warning";
    note "upplysning" "note";

    closing "Avslut" "Closing";
    not_closed "Granskningen är inte avslutad. Rapporten visar läget när den skrevs." "The review is not closed. The report shows its state when it was written.";
    closed_by "Avslutad av" "Closed by";
    hash "Kontrollsumma (SHA-256)" "Hash (SHA-256)";
    hash_over "Över antal händelser" "Over events";
    hash_state "Kontroll" "Check";
    hash_holds "stämmer: händelserna är desamma som när granskningen avslutades" "valid: the events are those that the review was closed with";
    hash_broken "STÄMMER INTE: händelserna är inte desamma som när granskningen avslutades" "INVALID: the events are not those that the review was closed with";
    store_does_not_hold "GRANSKNINGSFILEN ÄR INTE HEL: uppgifterna ovan kan vara ofullständiga eller ändrade." "THE REVIEW STORE IS NOT INTACT: the data above may be incomplete or altered.";
    findings_of_store "Fel i filen" "Problems of the store";
    later_events "Händelser som har kommit in efter avslutet och ingår i uppgifterna ovan" "Events received after the review was closed; included above";
    reopened "Öppnad igen" "Opened again";

    signatures "Underskrifter" "Signatures";
    reviewer "Granskare" "Reviewer";
    signature "Namnteckning" "Signature";
    date "Datum" "Date";
    name_in_print "Namnförtydligande" "Name in print";
    countersigned_by "Kontrollerad av" "Countersigned by";
}

impl ReportWords {
    /// `1 projekt`, `12 projects`.
    #[must_use]
    pub fn records(&self, count: usize) -> String {
        super::Words::of(self.lang).records(count)
    }

    /// The name of a kind of event.
    #[must_use]
    pub fn event_kind(&self, name: &'static str) -> &'static str {
        let (swedish, english) = match name {
            "round_begun" => ("syfte", "purpose"),
            "verdict" => ("bedömning", "verdict"),
            "tag" => ("etikett", "tag"),
            "note" => ("anteckning eller iakttagelse", "note or finding"),
            "note_changed" => ("ändrad anteckning eller iakttagelse", "changed note or finding"),
            "reopened" => ("skäl att öppna igen", "reason to open again"),
            "redacted" => ("skäl att tömma", "reason to empty"),
            other => (other, other),
        };
        self.lang.choose(swedish, english)
    }
}
