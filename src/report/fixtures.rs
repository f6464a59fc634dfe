//! Two small reviews for the tests of reports. All of it is made up, and stays the same: ids, times, days.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Report, ReportInputs};
use crate::domain::catalogue::{Catalogue, Privacy};
use crate::domain::codes::Codes;
use crate::domain::values::date::Date;
use crate::loading::{Input, LoadPlan, Loaded, load};
use crate::review::closing::{ClosingStamp, closing_hash};
use crate::review::content::{Content, ContentKey};
use crate::review::event::{
    Author, Event, EventId, EventKind, EventOrder, EventText, NoteKind, RoundBegun, SampleKind, SampleMethod,
    SealScheme, SourceFile,
};
use crate::review::journal::Journal;
use crate::review::round::Scope;
use crate::review::sample::by_amount;
use crate::review::verdict::Verdict;
use crate::review::version::Version;

/// 2026-03-02 08:00 UTC.
const MONDAY: i64 = 1_772_438_400_000;

/// The records when the review began.
const BEFORE: &[(&str, &str, &str)] = &[
    ("24-001-S01", "Nycklar till arbete", "1 000 000"),
    ("24-002-S01", "Kompetens i norr", "2 500 000"),
    ("24-003-S01", "Unga | vuxna <b>framåt</b>", "400 000"),
    ("24-004-S01", "Språk på jobbet", "750 000"),
    ("24-005-S01", "Grön omställning", "12 000 000"),
    ("24-006-S01", "Hälsa före arbete", "saknas"),
    ("24-007-S01", "Utgånget projekt", "300 000"),
];

/// A review that is being made up, event after event.
pub(super) struct Fixture {
    journal: Journal,
    contents: HashMap<ContentKey, Content>,
    before: Arc<Catalogue>,
    round: EventId,
    number: u8,
}

/// Two people who must agree, a round before, a closing and an event after it, an emptied text.
pub(super) fn closed() -> Report {
    let mut made = Fixture::new();
    made.begin("Höst 2025", "", None, 1, &["24-001-S01", "24-009-S01"]);
    let earlier = made.round;
    made.begin("Vår 2026", "Kontroll enligt art. 49 & <plan>\n=SUMMA(A1)", Some(earlier), 2, &[]);
    for id in ["24-001-S01", "24-002-S01", "24-007-S01"] {
        made.judge("Anna Ås", id, Verdict::Approved, None, "");
        made.judge("Bo Berg", id, Verdict::Approved, None, "");
    }
    made.judge(
        "Anna Ås",
        "24-003-S01",
        Verdict::Rejected,
        Some("amount_or_rate"),
        "Andelen är 45 %, inte 40 %.",
    );
    made.judge("anna", "24-003-S01", Verdict::Rejected, Some("period"), "");
    made.note(
        "Bo Berg",
        "24-003-S01",
        NoteKind::Finding,
        "Underlag saknas:\n1. beslut\n2. =HYPERLINK(\"x\")",
    );
    made.note("Bo Berg", "24-003-S01", NoteKind::Working, "ARBETSANTECKNING");
    made.judge("Bo Berg", "24-004-S01", Verdict::Pending, None, "Väntar på svar om 811228-9874");
    made.judge("Anna Ås", "24-005-S01", Verdict::Approved, None, "");
    made.judge("Bo Berg", "24-005-S01", Verdict::Rejected, Some("eget skäl"), "");
    let note = made.note("Bo Berg", "24-001-S01", NoteKind::Finding, "Skulle inte ha skrivits");
    made.add("Anna Ås", None, EventKind::Redacted { event: note }, "personuppgift");
    let closing = made.journal.events().next_back().expect("events").clone();
    let order = EventOrder { lamport: closing.lamport + 1, ..closing.order() };
    let stamp = ClosingStamp { order, author: &closing.author, round: made.round };
    let scheme = SealScheme::Events;
    let (hash, events) = closing_hash(&made.journal, stamp, scheme);
    made.add("Anna Ås", None, EventKind::Closed { hash, events, scheme }, "");
    made.note("Bo Berg", "24-002-S01", NoteKind::Finding, "Skrivet på en annan dator");
    made.report(&made.after())
}

/// One person, a sample by amount, not closed.
pub(super) fn open_sample() -> Report {
    let mut made = Fixture::new();
    let amounts = [Some(100_000_000), Some(250_000_000), Some(40_000_000), None];
    let drawn = by_amount(BEFORE.iter().map(|(id, ..)| *id).zip(amounts), 3, "tärning 4711");
    let ids: Vec<&str> = drawn.ids.iter().map(String::as_str).collect();
    let sample = SampleMethod {
        method: SampleKind::ByAmount { weight: "total_budget".to_owned(), rate: None },
        size: 3,
        population: 4,
        seed: "tärning 4711".to_owned(),
        strata: drawn.strata.clone(),
    };
    made.begin_sample("Stickprov", "", None, 1, &ids, Some(sample));
    made.report(&made.before)
}

/// One record in which every text that people can type is set to the given one.
pub(super) fn saying(text: &str) -> Report {
    let mut made = Fixture::new();
    made.begin(text, text, None, 1, &["24-001-S01"]);
    made.judge(text, "24-001-S01", Verdict::Rejected, Some(text), text);
    made.note(text, "24-001-S01", NoteKind::Finding, text);
    made.add(text, None, EventKind::Reopened, text);
    made.report(&made.before)
}

fn catalogue(records: &[(&str, &str, &str)]) -> Loaded {
    let record = |(id, name, budget): &(&str, &str, &str)| {
        format!(
            "{id} - {name}\n\nDiarienummer:\n{id}\nTotal projektbudget:\n{budget}\nRegion:\nNorr\n\nText.\n\n"
        )
    };
    let text: String = records.iter().map(record).collect();
    let bytes = Input::Bytes { name: "lista.txt".to_owned(), bytes: text.into_bytes().into() };
    let plan = LoadPlan {
        inputs: vec![bytes],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    load(&plan, Arc::new(Codes::built_in()))
}

fn source(digit: &str) -> SourceFile {
    SourceFile { name: "leverans/lista.txt".to_owned(), sha256: Some(digit.repeat(64)) }
}

impl Fixture {
    fn new() -> Self {
        Self {
            journal: Journal::default(),
            contents: HashMap::new(),
            before: catalogue(BEFORE).catalogue,
            round: EventId::from([0; 16]),
            number: 0,
        }
    }

    /// The records later: one says something else, one is gone, one is new.
    fn after(&self) -> Arc<Catalogue> {
        let mut records: Vec<_> = BEFORE.iter().filter(|(id, ..)| *id != "24-007-S01").copied().collect();
        records[1].2 = "2 700 000";
        records.push(("25-001-S01", "Nytt projekt", "1 000"));
        assert!(self.before.len() == records.len());
        catalogue(&records).catalogue
    }

    fn add(&mut self, person: &str, record: Option<&str>, kind: EventKind, text: &str) -> EventId {
        self.number += 1;
        let number = self.number;
        let id = EventId::from([number; 16]);
        if matches!(kind, EventKind::RoundBegun(_)) {
            self.round = id;
        }
        // "anna" is Anna at another machine, by another name.
        let account = if person.to_lowercase().starts_with("anna") { "anna" } else { "konto" };
        let host = if person == "anna" { "hemma" } else { "kontoret" };
        let said = || EventText::Said { text: text.into(), salt: number.to_string() };
        self.journal.add(Arc::new(Event {
            id,
            lamport: u64::from(number),
            time: MONDAY + i64::from(number) * 60_000,
            author: Author { person: person.into(), account: account.into(), host: host.into() },
            action: id,
            round: self.round,
            record: record.map(Into::into),
            kind,
            text: if text.is_empty() { EventText::None } else { said() },
        }));
        id
    }

    fn begin(&mut self, name: &str, purpose: &str, from: Option<EventId>, eyes: u8, ids: &[&str]) {
        let all: Vec<&str> = BEFORE.iter().map(|(id, ..)| *id).collect();
        self.begin_sample(name, purpose, from, eyes, if ids.is_empty() { &all } else { ids }, None);
    }

    fn begin_sample(
        &mut self,
        name: &str,
        purpose: &str,
        from: Option<EventId>,
        eyes: u8,
        ids: &[&str],
        sample: Option<SampleMethod>,
    ) {
        let scope = Content::from_ids(ids.iter().copied());
        let known = Scope::new(ids.iter().map(|id| (*id).to_owned()).collect());
        self.journal.set_scope(scope.key.clone(), Arc::new(known));
        let begun = RoundBegun {
            name: name.to_owned(),
            scope: scope.key,
            query: "region:norr".to_owned(),
            sample,
            eyes,
            from,
            sources: vec![source("a")],
            program: "0.1.0".to_owned(),
        };
        self.add("Anna Ås", None, EventKind::RoundBegun(Box::new(begun)), purpose);
    }

    fn judge(&mut self, person: &str, id: &str, verdict: Verdict, reason: Option<&str>, text: &str) {
        let record = self.before.row_of(id).and_then(|row| self.before.record(row)).expect("a record");
        let content = Version::from(record).content();
        let version = Some(content.key.clone());
        self.contents.insert(content.key.clone(), content);
        let reason = reason.map(str::to_owned);
        self.add(person, Some(id), EventKind::Verdict { verdict: Some(verdict), reason, version }, text);
    }

    fn note(&mut self, person: &str, id: &str, note: NoteKind, text: &str) -> EventId {
        self.add(person, Some(id), EventKind::Note { note }, text)
    }

    fn report(&self, now: &Catalogue) -> Report {
        let is_same = now.row_of("24-007-S01").is_some();
        let loaded = catalogue(&BEFORE[5..6]);
        let found: HashSet<String> = now.records().map(|record| record.id().to_owned()).collect();
        Report::new(&ReportInputs {
            journal: &self.journal,
            round: self.journal.round(self.round).expect("a round"),
            catalogue: now,
            diagnostics: &loaded.diagnostics,
            sources: vec![source(if is_same { "a" } else { "b" })],
            found,
            date: Date::constant(2026, 3, 9),
            program: "0.1.0",
            findings: Vec::new(),
            content: &|key| Ok(self.contents.get(key).cloned()),
        })
        .expect("contents")
    }
}
