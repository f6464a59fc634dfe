//! The review store as a command uses it: its path, the round, the author and the time.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::review_error::ReviewError;
use crate::cli::app::CliContext;
use crate::cli::error::CliError;
use crate::cli::status::Status;
use crate::domain::catalogue::record::Record;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::privacy::masked;
use crate::i18n::{Lang, first_round_name, round_begun, store_damaged, store_finding, store_migrated};
use crate::loading::Loaded;
use crate::review::command::{NewRound, ReviewCommand};
use crate::review::comparison::{VersionComparison, compare};
use crate::review::content::Content;
use crate::review::event::{Author, EventId, EventKind, RoundBegun, SampleMethod, SourceFile};
use crate::review::finding::Finding;
use crate::review::hex::sha256_of_reader;
use crate::review::new_event::NewEvent;
use crate::review::presence::PRESENT_MS;
use crate::review::round::Round;
use crate::review::session::{ReviewSession, SessionAccess};
use crate::review::store::StoreOpening;
use crate::review::store_error::StoreError;
use crate::review::version::Version;
use crate::search::finds;
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::results::look_up::{LookUp, look_up};
use crate::text::printable::printable_lines;

/// Default time in seconds that a command waits for another program that has locked the store.
const PATIENCE: u64 = 10;

/// A person's place at a store.
pub struct StoreLocation {
    /// The store.
    pub session: ReviewSession,
    path: PathBuf,
    now: i64,
    /// The round that was asked for.
    wanted: Option<String>,
}

/// The definition of a new round, as it was asked for.
#[derive(Default)]
pub struct RoundRequest<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its purpose.
    pub purpose: &'a str,
    /// The query that found its records.
    pub query: &'a str,
    /// The sampling method, if the round is a sample.
    pub sample: Option<SampleMethod>,
    /// Number of people who must agree; `None` for the configured number.
    pub eyes: Option<u8>,
    /// The round that it continues.
    pub from: Option<EventId>,
    /// The ids of its records.
    pub ids: Vec<&'a str>,
}

/// The store that this run is about.
///
/// # Errors
/// When there is no place for one.
pub fn store_path(app: &CliContext<'_>) -> Result<PathBuf, ReviewError> {
    let named = app.settings.review.store.value.clone();
    let own = || app.environment.folders.data.as_ref().map(|folder| folder.join("reviews.db"));
    named.or_else(own).ok_or(ReviewError::NoPlace)
}

/// The author of the command's actions.
#[must_use]
pub fn author(app: &CliContext<'_>) -> Author {
    Author {
        person: masked(app.settings.review.person.value.trim()).into(),
        account: app.environment.account.as_str().into(),
        host: app.environment.host.as_str().into(),
    }
}

/// Maximum time to wait for another program that has locked the store.
#[must_use]
pub fn patience(app: &CliContext<'_>) -> Duration {
    Duration::from_secs(app.environment.wait.unwrap_or(PATIENCE))
}

impl StoreLocation {
    /// Opens the store to read and write. A missing store is created; an older one is migrated, which is reported.
    ///
    /// # Errors
    /// Returns an error if it cannot be used. A damaged store is not changed.
    pub fn open(app: &mut CliContext<'_>, wanted: Option<String>) -> Result<Self, CliError> {
        let path = store_path(app)?;
        match ReviewSession::open(&path, author(app), patience(app)) {
            Ok(session) => {
                if let StoreOpening::Migrated(events) = session.store().opening() {
                    app.output.say(store_migrated(&path.display(), events, app.words.lang))?;
                }
                Ok(Self { session, path, now: app.environment.now, wanted })
            }
            Err(error) => Err(ReviewError::Store(path, error).into()),
        }
    }

    /// Opens the store to read. Nothing is created or changed; of a damaged store the trustworthy part is read, and the
    /// damage is reported.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn open_read_only(app: &mut CliContext<'_>, wanted: Option<String>) -> Result<Self, CliError> {
        let path = store_path(app)?;
        let session = ReviewSession::open_read_only(&path, author(app), patience(app))
            .map_err(|error| ReviewError::Store(path.clone(), error))?;
        if let SessionAccess::Damaged(findings) = session.access() {
            app.output.say(store_damaged(&path.display(), app.words.lang))?;
            for finding in findings {
                app.output.say(finding_line(finding, app.words.lang))?;
            }
        }
        Ok(Self { session, path, now: app.environment.now, wanted })
    }

    /// The exit status of a command that has read the store: a damaged store is never read without saying so.
    #[must_use]
    pub fn status(&self, status: Status) -> Status {
        if matches!(self.session.access(), SessionAccess::Damaged(_)) { Status::Failed } else { status }
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The round that was asked for, else the newest that is open, else the newest.
    ///
    /// # Errors
    /// When there is none.
    pub fn round(&self) -> Result<&Round, ReviewError> {
        let journal = self.session.journal();
        match &self.wanted {
            Some(name) => self.round_called(name),
            None => {
                let mut newest = journal.rounds().rev();
                let open = journal.rounds().rev().find(|round| round.closing.is_none());
                open.or_else(|| newest.next()).ok_or(ReviewError::NoRounds)
            }
        }
    }

    /// The round of a name, or of the beginning of one round's name.
    ///
    /// # Errors
    /// When there is none, or several are.
    pub fn round_called(&self, name: &str) -> Result<&Round, ReviewError> {
        let plain = |text: &str| text.trim().to_lowercase();
        let wanted = plain(name);
        let rounds = || self.session.journal().rounds();
        let whole = rounds().rev().find(|round| plain(round.name()) == wanted);
        let mut begun = rounds().filter(|round| plain(round.name()).starts_with(&wanted));
        let only = begun.next().filter(|_| begun.next().is_none());
        whole.or(only).ok_or_else(|| ReviewError::NoRound(name.to_owned()))
    }

    /// The round of [`Self::round`]. If there is none, the first one is begun over all loaded records, or joined if
    /// another person has begun it meanwhile; either is reported.
    ///
    /// # Errors
    /// Returns an error if that fails.
    pub fn round_or_first(&mut self, app: &mut CliContext<'_>, loaded: &Loaded) -> Result<EventId, CliError> {
        match self.round() {
            Ok(round) => Ok(round.id),
            Err(ReviewError::NoRounds) => {
                let name = first_round_name(app.today(), app.words.lang);
                let ids: Vec<&str> = loaded.catalogue.records().map(Record::id).collect();
                let count = ids.len();
                let new = definition(
                    app,
                    &loaded.catalogue,
                    RoundRequest { name: &name, ids, ..RoundRequest::default() },
                );
                let (key, id) = self.act_with_key(&ReviewCommand::JoinOrBegin(Box::new(new)))?;
                if key == id {
                    app.output.say(round_begun(&name, &app.words.records(count), app.words.lang))?;
                }
                Ok(id)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Begins a round.
    ///
    /// # Errors
    /// Returns an error if there is a round of that name, or it cannot be written.
    pub fn begin(
        &mut self,
        app: &mut CliContext<'_>,
        catalogue: &Catalogue,
        request: RoundRequest<'_>,
    ) -> Result<EventId, CliError> {
        let is_so = |round: &Round| round.name().to_lowercase() == request.name.trim().to_lowercase();
        if self.session.journal().rounds().any(is_so) {
            return Err(ReviewError::RoundExists(request.name.to_owned()).into());
        }
        let (name, count) = (request.name.trim().to_owned(), app.words.records(request.ids.len()));
        let new = definition(app, catalogue, request);
        let id = self.act(&ReviewCommand::Begin(Box::new(new)))?;
        app.output.say(round_begun(&name, &count, app.words.lang))?;
        Ok(id)
    }

    /// Does something. When it comes back it is saved.
    ///
    /// # Errors
    /// When it cannot be done; then nothing was.
    pub fn act(&mut self, command: &ReviewCommand) -> Result<EventId, CliError> {
        self.act_with_key(command).map(|(_, id)| id)
    }

    /// Performs a command, and returns its key and its first event, or the one that it joined.
    fn act_with_key(&mut self, command: &ReviewCommand) -> Result<(EventId, EventId), CliError> {
        let failed = |error| CliError::from(ReviewError::NotDone(self.path.clone(), error));
        let key = EventId::random().map_err(|error| failed(StoreError::from(error).into()))?;
        Ok((key, self.session.act(key, command, self.now).map_err(failed)?))
    }

    /// Writes the same about several records, as one action, with the versions that they have.
    ///
    /// # Errors
    /// When a record does not belong to the round, or nothing can be written.
    pub fn write(
        &mut self,
        round: EventId,
        records: &[Record<'_>],
        kind: impl Fn(&Content) -> EventKind,
        text: &str,
    ) -> Result<EventId, CliError> {
        if let Some(round) = self.session.journal().round(round)
            && let Some(other) = records.iter().find(|record| !round.scope.holds(record.id()))
        {
            let (id, name) = (other.id().to_owned(), round.name().to_owned());
            return Err(ReviewError::NotInRound(id, name).into());
        }
        let mut contents = Vec::new();
        let new_events = records.iter().map(|record| {
            let version = Version::from(*record).content();
            let kind = kind(&version);
            if matches!(kind, EventKind::Verdict { verdict: Some(_), .. }) {
                contents.push(version);
            }
            NewEvent { record: Some(record.id().to_owned()), kind, text: text.to_owned() }
        });
        let new_events = new_events.collect();
        self.act(&ReviewCommand::Write { round, new_events, contents })
    }

    /// The records that others are on just now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn others(&self, app: &CliContext<'_>) -> Result<HashSet<String>, CliError> {
        let since = app.environment.now - PRESENT_MS;
        let failed = |error| CliError::from(ReviewError::Store(self.path.clone(), error));
        let key = EventId::random().map_err(|error| failed(error.into()))?;
        let others = self.session.store().presence(key, since).map_err(failed)?;
        Ok(others.into_iter().filter_map(|other| other.record).collect())
    }

    /// Compares the round with the loaded records.
    ///
    /// # Errors If the store cannot be read.
    pub fn compare(
        &self,
        app: &CliContext<'_>,
        catalogue: &Arc<Catalogue>,
        round: &Round,
    ) -> Result<VersionComparison, CliError> {
        let content = |key: &_| self.session.store().content(key);
        let query = Query::parse_in(&round.begun.query, &app.basis());
        compare(catalogue, self.session.journal(), round, finds(catalogue, &query), content)
            .map_err(|error| ReviewError::Store(self.path.clone(), error).into())
    }
}

/// A round as a command writes it.
fn definition(app: &CliContext<'_>, catalogue: &Catalogue, request: RoundRequest<'_>) -> NewRound {
    let ids = Content::from_ids(request.ids.iter().copied());
    let begun = RoundBegun {
        name: request.name.trim().to_owned(),
        scope: ids.key.clone(),
        query: request.query.to_owned(),
        sample: request.sample,
        eyes: request.eyes.unwrap_or(app.settings.review.eyes.value),
        from: request.from,
        sources: sources(catalogue),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    NewRound { begun, purpose: request.purpose.to_owned(), ids }
}

/// The records of these ids, each once, in any spelling.
///
/// # Errors
/// When one is unknown, or several are meant.
pub fn rows_of(catalogue: &Arc<Catalogue>, ids: &[String]) -> Result<Vec<Row>, CliError> {
    let index = Index::as_needed(catalogue.clone());
    let mut rows = Vec::new();
    for id in ids {
        match look_up(&index, id) {
            LookUp::Found(row) if rows.contains(&row) => {}
            LookUp::Found(row) => rows.push(row),
            LookUp::Several(_) => return Err(CliError::SeveralRecords(id.clone())),
            LookUp::Nothing => return Err(CliError::NoSuchRecord(id.clone())),
        }
    }
    Ok(rows)
}

/// The source files of the records, with digests of those that can still be read.
pub(crate) fn sources(catalogue: &Catalogue) -> Vec<SourceFile> {
    let hash = |name: &str| std::fs::File::open(name).ok().and_then(|file| sha256_of_reader(file).ok());
    let source = |(name, path): (&str, &str)| SourceFile { name: name.to_owned(), sha256: hash(path) };
    catalogue.source_names().zip(catalogue.source_paths()).map(source).collect()
}

/// A finding, in one line.
#[must_use]
pub fn finding_line(finding: &Finding, lang: Lang) -> String {
    let line = format!("{}: {}", finding.subject, store_finding(finding.kind.name(), lang));
    printable_lines(&line).replace('\n', " ")
}
