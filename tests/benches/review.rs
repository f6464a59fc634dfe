//! Cost of a long review: a store with a hundred thousand events is opened, written to, merged with another of the same
//! size, and reported on.
//!
//! `cargo bench --bench review`; `DIARIUM_BENCH_EVENTS` sets the number of events.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../corpus/collection/mod.rs"]
mod collection;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use collection::{Collection, FORMS};
use diarium::domain::catalogue::{Catalogue, Privacy};
use diarium::domain::codes::Codes;
use diarium::i18n::Lang;
use diarium::loading::{Input, LoadPlan, load};
use diarium::review::command::{NewRound, ReviewCommand};
use diarium::review::content::Content;
use diarium::review::event::{Author, EventId, EventKind, NoteKind, RoundBegun};
use diarium::review::import::merge as merge_store;
use diarium::review::new_event::NewEvent;
use diarium::review::session::ReviewSession;
use diarium::review::store::Store;
use diarium::review::verdict::Verdict;
use diarium::review::version::Version;
use diarium::session::{Clock, Places, RecordSources, ReviewPlace, Session, Waker};
use diarium::ui::appearance::Appearance;
use diarium::ui::event::Event;
use diarium::ui::keys::key::Key;
use diarium::ui::keys::keymap::Keymap;
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::{Setup, State};
use diarium::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Events per record: a verdict, a star, a tag, a note, another verdict.
const EACH: usize = 5;
/// Number of records per action while the store is filled.
const AT_ONCE: usize = 200;
const ROUNDS: usize = 5;

fn main() {
    let events =
        std::env::var("DIARIUM_BENCH_EVENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = Vec::new();
    let (_, form) = FORMS.iter().find(|(name, _)| *name == "kohesio").expect("a form");
    Collection { seed: 1, count: events / EACH }.write(*form, &mut bytes).expect("written");
    let file = folder.path().join("list.csv");
    std::fs::write(&file, bytes).expect("written");
    let plan = LoadPlan {
        inputs: vec![Input::Path(file)],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let catalogue = load(&plan, Arc::new(Codes::built_in())).catalogue;
    let path = |name: &str| folder.path().join(name);
    let round = begin(&path("anna.db"), &catalogue);
    std::fs::copy(path("anna.db"), path("bo.db")).expect("copied");
    for person in ["anna", "bo"] {
        fill(&path(&format!("{person}.db")), person, round, &catalogue);
    }
    let size = std::fs::metadata(path("anna.db")).expect("there").len() / 1_000_000;
    println!("{events} events over {} records, {size} MB; medians of {ROUNDS}\n", catalogue.len());
    start(&plan, &path("anna.db"));
    actions(&plan, &path("anna.db"));
    merge(&path("anna.db"), &path("bo.db"));
}

fn author(person: &str) -> Author {
    Author { person: person.into(), account: "konto".into(), host: "dator".into() }
}

fn open(path: &Path, person: &str) -> ReviewSession {
    ReviewSession::open(path, author(person), Duration::from_secs(1)).expect("a store")
}

fn act(session: &mut ReviewSession, command: &ReviewCommand) -> EventId {
    session.act(EventId::random().expect("randomness"), command, 1_763_726_400_000).expect("done")
}

fn begin(path: &Path, catalogue: &Catalogue) -> EventId {
    let ids = Content::from_ids(catalogue.records().map(diarium::domain::catalogue::record::Record::id));
    let begun = RoundBegun {
        name: "Vår".to_owned(),
        scope: ids.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 1,
        from: None,
        sources: Vec::new(),
        program: "0".to_owned(),
    };
    act(
        &mut open(path, "anna"),
        &ReviewCommand::Begin(Box::new(NewRound { begun, purpose: String::new(), ids })),
    )
}

/// All records are judged: to go on to the next that is not, all have to be looked at.
fn fill(path: &Path, person: &str, round: EventId, catalogue: &Catalogue) {
    let mut session = open(path, person);
    let records: Vec<_> = catalogue.records().collect();
    for some in records.chunks(AT_ONCE) {
        let contents: Vec<Content> = some.iter().map(|record| Version::from(*record).content()).collect();
        for number in 0..EACH {
            let draft = |(at, version): (usize, &Content)| {
                let judged = |verdict| EventKind::Verdict {
                    verdict: Some(verdict),
                    reason: None,
                    version: Some(version.key.clone()),
                };
                let (what, text) = match number {
                    0 => (judged(Verdict::Reviewed), ""),
                    1 => (EventKind::Star { on: true }, ""),
                    2 => (EventKind::Tag { on: true }, "eu"),
                    3 => (EventKind::Note { note: NoteKind::Finding }, "avtalet saknas"),
                    _ => (judged(Verdict::Approved), ""),
                };
                NewEvent { record: Some(some[at].id().to_owned()), kind: what, text: text.to_owned() }
            };
            let new_events = contents.iter().enumerate().map(draft).collect();
            let contents = if number == 0 { contents.clone() } else { Vec::new() };
            act(&mut session, &ReviewCommand::Write { round, new_events, contents });
        }
    }
}

fn setup(store: Option<&Path>) -> (Setup, Appearance, Places) {
    let review =
        ReviewSetup { person: "anna".to_owned(), at_start: store.is_some(), ..ReviewSetup::default() };
    let setup = Setup {
        lang: Lang::Swedish,
        today: "2026-11-21".parse().expect("a day"),
        rates: diarium::search::language::query_context::Rates::default(),
        expansion: diarium::search::language::expansion::Expansion::default(),
        pick: false,
        example_data: false,
        query: String::new(),
        open: None,
        history: Vec::new(),
        review,
        before: None,
        options: Vec::new(),
        greeting: None,
    };
    let view = Appearance { theme: Theme::new(true, false), keymap: Keymap::default() };
    let place = store.map(|store| ReviewPlace {
        store: store.to_owned(),
        author: author("anna"),
        clock: Clock::new(|| 1_763_726_500_000),
    });
    (setup, view, Places { review: place, ..Places::default() })
}

/// A session with its threads.
struct Beside {
    session: Session,
    woken: Receiver<()>,
}

impl Beside {
    fn start(plan: &LoadPlan, store: Option<&Path>) -> Self {
        let (waker, woken) = channel();
        let wake: Waker = Arc::new(move || waker.send(()).unwrap_or_default());
        let (setup, view, places) = setup(store);
        let codes = Arc::new(Codes::built_in());
        let mut session =
            Session::start(setup, view, RecordSources { plan: plan.clone(), codes }, places, wake);
        session.handle(Event::Resize { width: 120, height: 40 });
        Self { session, woken }
    }

    /// Receives the threads' events, a frame each time, until a condition holds. Returns the time of the longest frame.
    fn until(&mut self, holds: impl Fn(&State) -> bool) -> Duration {
        let mut longest = Duration::ZERO;
        while !holds(self.session.state()) {
            self.woken.recv().expect("a worker");
            longest = longest.max(self.frame(Session::drain));
        }
        longest
    }

    fn press(&mut self, key: Key) -> Duration {
        self.frame(|session| session.handle(Event::Key(key)))
    }

    fn frame(&mut self, change: impl FnOnce(&mut Session)) -> Duration {
        let began = Instant::now();
        change(&mut self.session);
        self.session.render(&mut Buffer::empty(Rect::new(0, 0, 120, 40)));
        began.elapsed()
    }
}

fn is_listed(state: &State) -> bool {
    state.ready && !state.load.is_running() && !state.results.rows.is_empty()
}

/// When all records are listed and drawn, and when the review is open too.
fn started(plan: &LoadPlan, store: Option<&Path>) -> [Duration; 2] {
    let began = Instant::now();
    let mut beside = Beside::start(plan, store);
    beside.until(is_listed);
    let listed = began.elapsed();
    beside.until(|state| store.is_none() || state.review.opened().is_some());
    [listed, began.elapsed()]
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn timed<T>(mut work: impl FnMut() -> T) -> Duration {
    median(
        (0..ROUNDS)
            .map(|_| {
                let began = Instant::now();
                work();
                began.elapsed()
            })
            .collect(),
    )
}

fn say(what: &str, time: Duration, limit: &str) {
    println!("{what:<58}{:>10.1} ms   {limit}", time.as_secs_f64() * 1_000.0);
}

/// Loads records while another thread reads the store.
fn start(plan: &LoadPlan, store: &Path) {
    say("the store alone is opened and read", timed(|| open(store, "anna")), "");
    let times = |store| -> Vec<[Duration; 2]> { (0..ROUNDS).map(|_| started(plan, store)).collect() };
    let middle =
        |times: &[[Duration; 2]], which: usize| median(times.iter().map(|times| times[which]).collect());
    let (without, with) = (times(None), times(Some(store)));
    let listed = [middle(&without, 0), middle(&with, 0)];
    say("all records are listed, without the review", listed[0], "");
    say("the same with it", listed[1], "");
    say("what the review adds", listed[1].saturating_sub(listed[0]), "limit 100 ms");
    say("the review is open after", middle(&with, 1), "");
}

/// Cost of a review key on the screen, and the time until it is shown as saved; another thread writes the store.
fn actions(plan: &LoadPlan, store: &Path) {
    let mut beside = Beside::start(plan, Some(store));
    beside.until(|state| is_listed(state) && !state.is_searching());
    let opening = beside.until(|state| state.review.opened().is_some());
    let comparison = |state: &State| state.review.opened().map(|open| Arc::as_ptr(&open.comparison));
    let before = comparison(beside.session.state());
    let compared = beside.until(|state| comparison(state) != before);
    say("the longest frame while the review is opened", opening.max(compared), "limit 16 ms");
    let (mut seen, mut frames, mut saved) = (Vec::new(), Vec::new(), Vec::new());
    for key in "rp+rp+rp+rp+rp+rp+rp+".chars() {
        let began = Instant::now();
        seen.push(beside.press(Key::char(key)));
        frames.push(beside.until(|state| state.review.opened().is_some_and(|open| open.pending.is_empty())));
        saved.push(began.elapsed());
    }
    let most = |times: &[Duration]| times.iter().max().copied().unwrap_or_default();
    say("a verdict is seen (most)", most(&seen), "limit 16 ms");
    say("the longest frame until it is saved (most)", most(&frames), "limit 16 ms");
    say("a verdict is seen as saved (median)", median(saved.clone()), "");
    say("a verdict is seen as saved (most)", most(&saved), "");
    let (mut frames, mut settled) = (Vec::new(), Vec::new());
    for query in ["/är:ogranskad", "/är:godkänd", "/etikett:eu"] {
        for key in ["esc", "esc", "r"] {
            beside.press(key.parse().expect("a key"));
        }
        beside.until(|state| state.review.opened().is_some_and(|open| open.pending.is_empty()));
        for key in query.chars() {
            let began = Instant::now();
            frames.push(beside.press(Key::char(key)));
            frames.push(beside.until(|state| !state.is_searching()));
            settled.push(began.elapsed());
        }
    }
    say("the longest frame in a query about the review (most)", most(&frames), "limit 16 ms");
    say("a key of a query about the review is settled (most)", most(&settled), "");
}

fn merge(own: &Path, other: &Path) {
    let began = Instant::now();
    let mut session = open(own, "anna");
    let from = Store::open(other, Duration::from_secs(1)).expect("a store");
    let joined = merge_store(&mut session, &from).expect("joined");
    say(&format!("two such stores are joined, {} new events", joined.new), began.elapsed(), "limit 5000 ms");
    let again: PathBuf = own.to_owned();
    say("the joined store is opened", timed(|| open(&again, "anna")), "");
}
