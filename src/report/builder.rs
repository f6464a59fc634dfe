//! The facts of a report, gathered from a journal and the loaded records.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    Agreement, Different, Emptied, Report, ReportFinding, ReportRecord, ReportText, ReportVerdict, Reviewer,
    Sealed, Signed, Since,
};
use crate::domain::catalogue::Catalogue;
use crate::domain::diagnostic::{Code, Diagnostic};
use crate::domain::reviewed::ReviewState;
use crate::domain::values::date::Date;
use crate::review::closing::seal;
use crate::review::comparison::{LoadedSources, judged};
use crate::review::content::{Content, ContentKey};
use crate::review::event::{Author, Event, EventId, EventKind, EventText, NoteKind, SourceFile};
use crate::review::finding::Finding;
use crate::review::journal::Journal;
use crate::review::record_state::{GivenVerdict, Note, RecordState, person_key};
use crate::review::round::Round;
use crate::review::store_error::StoreError;
use crate::review::version::{Change, Version, file_name};

/// The data that a report is built from.
pub struct ReportInputs<'a> {
    /// The events of the store.
    pub journal: &'a Journal,
    /// The round.
    pub round: &'a Round,
    /// The loaded records.
    pub catalogue: &'a Catalogue,
    /// The diagnostics of the loaded records.
    pub diagnostics: &'a [Diagnostic],
    /// The files that they came from.
    pub sources: Vec<SourceFile>,
    /// Ids of the records that the round's query finds now.
    pub found: HashSet<String>,
    /// The day that counts as today.
    pub date: Date,
    /// The version of the program.
    pub program: &'a str,
    /// Findings of the store that concern the round.
    pub findings: Vec<Finding>,
    /// Reads content from the store.
    pub content: &'a dyn Fn(&ContentKey) -> Result<Option<Content>, StoreError>,
}

impl Report {
    /// Gathers the facts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn new(inputs: &ReportInputs<'_>) -> Result<Self, StoreError> {
        let (journal, round) = (inputs.journal, inputs.round);
        let begun = &round.begun;
        let records = records(inputs)?;
        let first = journal.event(round.id);
        let closing = round.closing.clone().zip(seal(journal, round));
        Ok(Self {
            name: round.name().to_owned(),
            purpose: first.map_or(ReportText::Nothing, |event| ReportText::from(&event.text)),
            begun: Signed { person: round.person.clone(), time: round.time },
            from: earlier(inputs).map(|round| round.name().to_owned()),
            date: inputs.date,
            programs: [begun.program.clone(), inputs.program.to_owned()],
            sources: begun.sources.clone(),
            compared: (!same_files(&begun.sources, &inputs.sources)).then(|| inputs.sources.clone()),
            query: begun.query.clone(),
            sample: begun.sample.clone(),
            eyes: round.eyes(),
            tally: journal.tally(round),
            reasons: reasons(&records),
            reviewers: reviewers(journal, round, &records),
            shared_accounts: shared_accounts(journal, round),
            agreements: agreements(&records),
            different: different(inputs)?,
            emptied: emptied(journal, round),
            diagnostics: diagnostics(inputs.diagnostics),
            findings: inputs.findings.clone(),
            seal: closing.map(|(closing, seal)| Sealed { closing, holds: seal.holds, later: seal.later }),
            reopened: own_events(journal, round)
                .filter(|event| event.kind == EventKind::Reopened)
                .map(|event| (Signed::from(event), ReportText::from(&event.text)))
                .collect(),
            records,
        })
    }
}

impl From<&EventText> for ReportText {
    fn from(text: &EventText) -> Self {
        match text {
            EventText::None => Self::Nothing,
            EventText::Said { text, .. } => Self::Text(text.to_string()),
            EventText::Redacted { .. } => Self::Emptied,
        }
    }
}

impl From<&Event> for Signed {
    fn from(event: &Event) -> Self {
        Self { person: event.author.person.to_string(), time: event.time }
    }
}

fn own_events<'a>(journal: &'a Journal, round: &Round) -> impl Iterator<Item = &'a Event> {
    let id = round.id;
    journal.events().map(|event| &**event).filter(move |event| event.round == id)
}

fn earlier<'a>(inputs: &ReportInputs<'a>) -> Option<&'a Round> {
    inputs.round.begun.from.and_then(|from| inputs.journal.round(from))
}

/// Returns `true` if both lists have the same file names and digests, in whatever folders.
fn same_files(ones: &[SourceFile], others: &[SourceFile]) -> bool {
    let plain = |files: &[SourceFile]| -> BTreeSet<(String, Option<String>)> {
        files.iter().map(|file| (file_name(&file.name).to_owned(), file.sha256.clone())).collect()
    };
    plain(ones) == plain(others)
}

fn records(inputs: &ReportInputs<'_>) -> Result<Vec<ReportRecord>, StoreError> {
    let (journal, round) = (inputs.journal, inputs.round);
    let mut outside: Vec<&str> = journal
        .states(round.id)
        .filter(|(id, _)| !round.scope.holds(id))
        .filter(|(_, state)| !state.verdicts.is_empty() || !state.notes.is_empty())
        .map(|(id, _)| id)
        .collect();
    outside.sort_unstable();
    let sources = LoadedSources::from(inputs.catalogue);
    let ids = round.scope.ids.iter().map(String::as_str).chain(outside);
    ids.map(|id| record(inputs, &sources, id)).collect()
}

fn record(
    inputs: &ReportInputs<'_>,
    sources: &LoadedSources<'_>,
    id: &str,
) -> Result<ReportRecord, StoreError> {
    let (journal, round) = (inputs.journal, inputs.round);
    let nothing = RecordState::default();
    let state = journal.state(round.id, id).unwrap_or(&nothing);
    let mut verdicts: Vec<&GivenVerdict> = state.verdicts.iter().collect();
    verdicts.sort_by_key(|given| given.order);
    let findings = state.notes.iter().filter(|note| note.kind == NoteKind::Finding);
    Ok(ReportRecord {
        id: id.to_owned(),
        name: name(inputs, id)?,
        in_round: round.scope.holds(id),
        state: ReviewState::from(state.status(round.eyes())),
        verdicts: verdicts.into_iter().map(|given| verdict(journal, given)).collect(),
        findings: findings.map(finding).collect(),
        since: since(inputs, sources, id)?,
    })
}

fn verdict(journal: &Journal, given: &GivenVerdict) -> ReportVerdict {
    let event = journal.event(given.event);
    ReportVerdict {
        verdict: ReviewState::from(given.verdict),
        reason: given.reason.clone(),
        text: event.map_or(ReportText::Nothing, |event| ReportText::from(&event.text)),
        by: Signed { person: given.person.to_string(), time: given.time },
        account: event.map_or_else(String::new, |event| account(&event.author)),
    }
}

/// A finding without a text is one that was emptied: an empty one cannot be written.
fn finding(note: &Note) -> ReportFinding {
    let text =
        if note.text.is_empty() { ReportText::Emptied } else { ReportText::Text(note.text.to_string()) };
    ReportFinding { text, by: Signed { person: note.person.to_string(), time: note.time } }
}

/// The name of a record: that of the loaded one, else that of its last judged version.
fn name(inputs: &ReportInputs<'_>, id: &str) -> Result<String, StoreError> {
    if let Some(record) = inputs.catalogue.row_of(id).and_then(|row| inputs.catalogue.record(row)) {
        return Ok(record.name().to_owned());
    }
    let version = version(inputs, id)?;
    Ok(version.map_or_else(String::new, |version| version.name))
}

/// The version of a record that was judged last, in this round or an earlier one.
fn version(inputs: &ReportInputs<'_>, id: &str) -> Result<Option<Version>, StoreError> {
    let key = judged(inputs.journal, inputs.round, id).and_then(|given| given.version.as_ref());
    let content = key.map(|key| (inputs.content)(key)).transpose()?.flatten();
    Ok(content.as_ref().and_then(Version::from_content))
}

fn since(inputs: &ReportInputs<'_>, sources: &LoadedSources<'_>, id: &str) -> Result<Since, StoreError> {
    let Some(record) = inputs.catalogue.row_of(id).and_then(|row| inputs.catalogue.record(row)) else {
        return Ok(Since::Gone);
    };
    let key = judged(inputs.journal, inputs.round, id).and_then(|given| given.version.as_ref());
    let Some(key) = key else { return Ok(Since::Same) };
    let now = Version::from(record);
    if now.key() == *key {
        return Ok(Since::Same);
    }
    let Some(old) = version(inputs, id)? else { return Ok(Since::ChangedUnseen) };
    let changes = sources.changes(&old, &now);
    Ok(if changes.iter().any(Change::is_certain) { Since::Changed(changes) } else { Since::Same })
}

/// The number of records for each reason. A record with two reasons counts for both.
fn reasons(records: &[ReportRecord]) -> Vec<(ReviewState, Option<String>, usize)> {
    let mut counts: BTreeMap<(ReviewState, Option<String>), usize> = BTreeMap::new();
    for record in records.iter().filter(|record| record.in_round) {
        let judged = record.judged_as();
        let asks_for_one = matches!(judged, Some(ReviewState::Rejected | ReviewState::Pending));
        let given = record.verdicts.iter().map(|verdict| verdict.reason.clone());
        let given: BTreeSet<Option<String>> =
            given.filter(|reason| asks_for_one || reason.is_some()).collect();
        for reason in given {
            *counts.entry((judged.unwrap_or(record.state), reason)).or_default() += 1;
        }
    }
    let mut counts: Vec<_> =
        counts.into_iter().map(|((state, reason), count)| (state, reason, count)).collect();
    counts.sort_by_key(|(state, _, count)| (*state, std::cmp::Reverse(*count)));
    counts
}

impl ReportRecord {
    /// The verdict that all who gave one agree on, whether or not more must.
    pub(super) fn judged_as(&self) -> Option<ReviewState> {
        let first = self.verdicts.first()?.verdict;
        self.verdicts.iter().all(|given| given.verdict == first).then_some(first)
    }
}

/// An account on a machine.
fn account(author: &Author) -> String {
    format!("{}@{}", author.account, author.host)
}

fn reviewers(journal: &Journal, round: &Round, records: &[ReportRecord]) -> Vec<Reviewer> {
    let mut verdicts: HashMap<String, usize> = HashMap::new();
    for given in records.iter().flat_map(|record| &record.verdicts) {
        *verdicts.entry(person_key(&given.by.person)).or_default() += 1;
    }
    let mut reviewers: Vec<(String, Reviewer)> = Vec::new();
    for event in own_events(journal, round) {
        let key = person_key(&event.author.person);
        let at = reviewers.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let verdicts = verdicts.get(&key).copied().unwrap_or_default();
            let (person, first, last) = (String::new(), event.time, event.time);
            reviewers.push((key, Reviewer { person, accounts: Vec::new(), first, last, verdicts }));
            reviewers.len() - 1
        });
        let Some((_, reviewer)) = reviewers.get_mut(at) else { continue };
        reviewer.person = event.author.person.to_string();
        reviewer.first = reviewer.first.min(event.time);
        reviewer.last = reviewer.last.max(event.time);
        let account = account(&event.author);
        if !reviewer.accounts.contains(&account) {
            reviewer.accounts.push(account);
        }
    }
    reviewers.into_iter().map(|(_, reviewer)| reviewer).collect()
}

/// Logins that several names were used from, on whichever machine: one login is mostly one person.
fn shared_accounts(journal: &Journal, round: &Round) -> Vec<(String, Vec<String>)> {
    let mut people: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for event in own_events(journal, round) {
        let Author { person, account, .. } = &event.author;
        people.entry(account).or_default().insert(person_key(person), person);
    }
    let shared = people.into_iter().filter(|(_, people)| people.len() > 1);
    shared
        .map(|(account, people)| (account.to_owned(), people.into_values().map(str::to_owned).collect()))
        .collect()
}

/// The login of `login@machine`.
fn login(account: &str) -> &str {
    account.rsplit_once('@').map_or(account, |(login, _)| login)
}

fn agreements(records: &[ReportRecord]) -> Vec<Agreement> {
    let mut agreements: Vec<Agreement> = Vec::new();
    let agreed = records.iter().filter(|record| record.verdicts.len() > 1 && record.judged_as().is_some());
    for record in agreed {
        let people: Vec<String> = record.verdicts.iter().map(|given| given.by.person.clone()).collect();
        let logins: BTreeSet<&str> = record.verdicts.iter().map(|given| login(&given.account)).collect();
        let at = agreements.iter().position(|known| known.people == people).unwrap_or_else(|| {
            agreements.push(Agreement { people, records: 0, one_account: Vec::new() });
            agreements.len() - 1
        });
        let Some(agreement) = agreements.get_mut(at) else { continue };
        agreement.records += 1;
        if logins.len() < record.verdicts.len() {
            agreement.one_account.push(record.id.clone());
        }
    }
    agreements
}

fn different(inputs: &ReportInputs<'_>) -> Result<Different, StoreError> {
    let scope = &inputs.round.scope;
    let named = |ids: Vec<&str>| -> Result<Vec<(String, String)>, StoreError> {
        ids.into_iter().map(|id| Ok((id.to_owned(), name(inputs, id)?))).collect()
    };
    let ids = || scope.ids.iter().map(String::as_str);
    let mut different = Different::default();
    if let Some(earlier) = earlier(inputs) {
        let new = ids().filter(|id| !earlier.scope.holds(id)).collect();
        different.since_earlier = Some(named(new)?);
        let before = earlier.scope.ids.iter().map(String::as_str);
        let is_gone = |id: &&str| !scope.holds(id) && inputs.catalogue.row_of(id).is_none();
        different.left_since_earlier = named(before.filter(is_gone).collect())?;
    }
    if inputs.round.begun.sample.is_none() {
        let mut more: Vec<&str> =
            inputs.found.iter().map(String::as_str).filter(|id| !scope.holds(id)).collect();
        more.sort_unstable();
        different.not_in_round = Some(named(more)?);
    }
    Ok(different)
}

fn emptied(journal: &Journal, round: &Round) -> Vec<Emptied> {
    let mut why: HashMap<EventId, (Signed, ReportText)> = HashMap::new();
    for event in journal.events() {
        if let EventKind::Redacted { event: emptied } = event.kind {
            why.entry(emptied).or_insert_with(|| (Signed::from(&**event), ReportText::from(&event.text)));
        }
    }
    let is_emptied = |event: &&Event| matches!(event.text, EventText::Redacted { .. });
    own_events(journal, round)
        .filter(is_emptied)
        .map(|event| Emptied {
            event: event.id.short(),
            kind: event.kind.name(),
            record: event.record.as_deref().map(str::to_owned),
            written: Signed::from(event),
            emptied: why.remove(&event.id),
        })
        .collect()
}

fn diagnostics(diagnostics: &[Diagnostic]) -> Vec<(Code, usize)> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    counts.into_iter().collect()
}
