//! The sheet of small records, as text.

use super::*;
use crate::domain::catalogue::batch_builder::BatchBuilder;
use crate::domain::catalogue::{Privacy, Row};
use crate::domain::codes::Codes;
use crate::i18n::Lang;
use crate::loading::formats::text_record;
use std::sync::Arc;

fn sheet_of(text: &str, lang: Lang) -> String {
    sheet_of_all(&[("prov.txt", text)], lang)
}

fn sheet_of_all(texts: &[(&str, &str)], lang: Lang) -> String {
    let mut collector = BatchBuilder::new(Arc::new(Codes::built_in()), Privacy::Protected);
    for &(name, text) in texts {
        let (source, _) = collector.add_source(name, text);
        for record in text_record::read(text).0 {
            collector.add_record(source, &record);
        }
    }
    let (catalogue, _) = collector.finish();
    let record = catalogue.record(Row(0)).expect("a record");
    let sheet = sheet(&catalogue, record, &Words::of(lang), "2026-11-21".parse().expect("a day"));
    let all =
        sheet.first.iter().chain(sheet.groups.iter().flat_map(|group| &group.lines)).chain(&sheet.sources);
    let line = |line: &SummaryLine| {
        let pieces: String = line
            .pieces
            .iter()
            .map(|piece| match piece.role {
                Role::Bar(bar) => format!("[{}/20]", bar.filled(20)),
                _ => piece.text.replace('\u{a0}', " "),
            })
            .collect();
        format!("{}: {pieces}\n", line.label)
    };
    all.map(line).collect()
}

const FULL: &str = "24-777-S05 - Prov\n\nDiarienummer:\n24-777-S05\nNamn:\nProv\nStartdatum:\n2024-08-19\n\
    Slutdatum:\n2027-08-18\nProgram CCI:\n2021SE05SFPR\nProjektägare organisationsnummer:\n2120002759\n\
    Projektägare:\nPROV KOMMUN\nUnionens medfinansieringsgrad:\n40%\nProgramområde:\nD\nSpecifikt mål:\nD1\n\
    Region:\nÖvre Norrland\nNUTS-2 kod:\nSE33\nStödmottagare postnr:\n94185\nStödmottagare ort:\nPITEÅ\n\
    Total projektbudget:\n19 126 097 kr\nEgen etikett:\neget värde\n";

#[test]
fn a_full_record_in_swedish() {
    insta::assert_snapshot!(sheet_of(FULL, Lang::Swedish), @"
    : 24-777-S05  Prov  PÅGÅR
    Projektägare: PROV KOMMUN · 212000-2759 · 94185 PITEÅ
    Period: 2024-08-19 [15/20] 2027-08-18 · slutar om 8 mån 28 dgr
    Deltagare: uppgift saknas   Övre Norrland (SE33) · D · D1
    Pengar: total 19 126 097 kr · ESF-stöd – · EU-stöd –   EU:s andel 40 %
    Program CCI: 2021SE05SFPR · Nationellt program för Europeiska socialfonden+ 2021-2027
    Programområde: D · Öka kapaciteten i den glesa geografin
    Specifikt mål: D1
    Egen etikett: eget värde
    Källa: prov.txt:1
    ");
}

#[test]
fn a_bare_record_in_english_marks_missing_facts() {
    insta::assert_snapshot!(sheet_of("Namn:\nBara namn\nNUTS-2 kod:\nSE12\n", Lang::English), @"
    : ~2c688fbd  Bara namn
    Beneficiary: unknown
    Period: unknown – unknown
    Participants: unknown   SE12 (Östra Mellansverige, from the NUTS code)
    Money: total – · ESF support – · EU support –   EU share –
    Source: prov.txt:1
    ");
}

#[test]
fn values_of_other_sources_follow_below() {
    let other = FULL.replace("2027-08-18", "18/08/2028").replace("eget värde", "annat värde");
    let other = other.replace("D1\n", "D2\n").replace("PROV KOMMUN", "Prov kommun");
    insta::assert_snapshot!(sheet_of_all(&[("a.txt", FULL), ("b.txt", &other)], Lang::English));
}
