//! A small collection for the tests of search, in the form of the text record; all of it is made up.

use std::sync::Arc;

use crate::domain::catalogue::batch_builder::BatchBuilder;
use crate::domain::catalogue::{Catalogue, Privacy};
use crate::domain::codes::Codes;
use crate::domain::privacy::mask_personal_numbers;
use crate::loading::formats::text_record;

use super::index::Index;
use super::language::query::Query;
use super::matching::answer::Answer;
use super::search;

/// Eight of nine records. The table of tests explains the purpose of each.
const COLLECTION: &str = "\
23-079-S13 - Lugn start Östra Mellansverige

Diarienummer:
23-079-S13
Namn:
Lugn start Östra Mellansverige
Startdatum:
2024-09-01
Projektägare organisationsnummer:
2120003005
Projektägare:
Lugna Vägen Ekonomisk förening
Program CCI:
2021SE05SFPR
Region:
Östra Mellansverige
NUTS-2 kod:
SE12
Interventionstyp:
140

Insatsen ger unga trygghet i skolan
och hemma. Samverkan fungerar.

24-003-S05 - Nycklar 2.0

Diarienummer:
24-003-S05
Namn:
Nycklar 2.0
Projektägare organisationsnummer:
2120002759
Projektägare:
PITEÅ KOMMUN
Region:
Övre Norrland
NUTS-2 kod:
SE33
Stödmottagare ort:
PITEÅ
Interventionstyp:
175

Vägen tillbaka till studier.

24-004-S05 - Nycklar till arbete

Diarienummer:
24-004-S05
Namn:
Nycklar till arbete
Projektägare:
Luleå kommun
NUTS-2 kod:
SE33
Interventionstyp:
117.0 | 140

Ett samarbete med Piteå.

24-035-S02 - Trygghet

Diarienummer:
24-035-S02
Namn:
Trygghet
Projektägare:
Region Norrbotten
Region:
Övre Norrland
Antal deltagare:
140

Ung och gammal möts.

25-101-S07 - Rum för trygghetsarbete

Diarienummer:
25-101-S07
Namn:
Rum för trygghetsarbete
Projektägare:
Ostra Gruppen AB
Region:
Stockholm
NUTS-2 kod:
SE11
Total projektbudget:
1 140 000 kr

Norrut i staden.

2018/00076 - Kompetens i omsorgen

Diarienummer:
2018/00076
Namn:
Kompetens i omsorgen
Projektägare:
Uppsala kommun
Kontaktperson:
Kim Hemligsson
Eget fält:
Fältnamn utan motstycke

Kurser för anställda.

20200940 - Tekniskt stöd

Diarienummer:
20200940
Namn:
Tekniskt stöd

Administration.

23-140-S02 - Språk på jobbet

Diarienummer:
23-140-S02
Namn:
Språk på jobbet
Projektägare:
Umeå kommun

Deltagarna övar.
";

/// A record without an id, in a text of its own: inside another text nothing would show its start.
const WITHOUT_ID: &str = "\
Utan nummer

Namn:
Utan nummer
Projektägare:
Kiruna kommun
Projektägare organisationsnummer:
811218-9876

Ägaren är en person, 811218-9876.
";

/// The records of a text.
pub(super) fn catalogue(text: &str) -> Arc<Catalogue> {
    catalogue_of(&[text], Privacy::Protected)
}

fn catalogue_of(texts: &[&str], privacy: Privacy) -> Arc<Catalogue> {
    let mut collector = BatchBuilder::new(Arc::new(Codes::built_in()), privacy);
    for text in texts {
        // Masking, as loading does before any other code sees a text.
        let masked = mask_personal_numbers(text).filter(|_| privacy == Privacy::Protected);
        let text = masked.map_or_else(|| (*text).to_owned(), |(masked, _)| masked);
        let (source, _) = collector.add_source("fixture", &text);
        for record in &text_record::read(&text).0 {
            collector.add_record(source, record);
        }
    }
    Arc::new(collector.finish().0)
}

/// All nine records.
pub(super) fn collection() -> Index {
    collection_with(Privacy::Protected)
}

pub(super) fn collection_with(privacy: Privacy) -> Index {
    Index::build(catalogue_of(&[COLLECTION, WITHOUT_ID], privacy))
}

/// The whole answer.
pub(super) fn ask(index: &Index, query: &str) -> Answer {
    search(index, &Query::parse(query), None, &|| false, &mut |_| {}).expect("nobody stops it")
}

/// The ids of the hits, in order.
pub(super) fn ids(index: &Index, hits: &[super::matching::rank::Hit]) -> Vec<String> {
    let id = |hit: &super::matching::rank::Hit| {
        index.catalogue().record(hit.row).map(|record| record.id().to_owned())
    };
    hits.iter().filter_map(id).collect()
}
