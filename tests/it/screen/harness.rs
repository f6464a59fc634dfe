//! A session without a terminal: keys in by name, the screen out as text. What happens in the background
//! elsewhere happens at once here, so nothing waits and nothing is a matter of luck.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::domain::values::date::Date;
use diarium::i18n::Lang;
use diarium::loading::{Input, LoadPlan};
use diarium::review::event::Author;
use diarium::search::language::query_context::Rates;
use diarium::session::{Calendar, CalendarDay, Clock, Places, RecordSources, ReviewPlace, Session};
use diarium::ui::appearance::Appearance;
use diarium::ui::event::{Event, Request};
use diarium::ui::keys::key::{Key, KeyCode};
use diarium::ui::keys::keymap::Keymap;
use diarium::ui::state::Setup;
use diarium::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::steps::Steps;

/// A session under test.
pub struct Screen {
    session: Session,
    size: (u16, u16),
    clock: u64,
    /// The clock of the review, in milliseconds since 1970.
    time: Arc<AtomicI64>,
    /// Requests to the terminal, in order.
    pub requests: Vec<Request>,
}

/// The setup of most tests: Swedish, a fixed day.
pub fn setup() -> Setup {
    Setup {
        lang: Lang::Swedish,
        rates: Rates::default(),
        expansion: diarium::search::language::expansion::Expansion::default(),
        today: "2026-11-21".parse().expect("a day"),
        pick: false,
        example_data: false,
        query: String::new(),
        open: None,
        options: Vec::new(),
        review: diarium::ui::review::ReviewSetup { person: "anna".to_owned(), ..Default::default() },
        history: Vec::new(),
        before: None,
        greeting: None,
    }
}

/// The plan of records in a folder of `tests/fixtures`.
pub fn fixture(name: &str) -> Input {
    // Tests run in the package's own folder; a relative path looks the same on every machine.
    Input::Path(PathBuf::from("tests/fixtures").join(name))
}

impl Screen {
    /// Starts a session over the given records.
    pub fn start(setup: Setup, input: Input, size: (u16, u16)) -> Self {
        Self::start_as(setup, input, size, Theme::new(true, false))
    }

    /// The same with other looks.
    pub fn start_as(setup: Setup, input: Input, size: (u16, u16), theme: Theme) -> Self {
        let plan = LoadPlan {
            inputs: vec![input],
            encoding: None,
            delimiter: None,
            privacy: Privacy::Protected,
            ..LoadPlan::default()
        };
        let view = Appearance { theme, keymap: Keymap::default() };
        let codes = Arc::new(Codes::built_in());
        let session = Session::inline(setup, view, RecordSources { plan, codes }, Places::default());
        let mut screen = Self { session, size: (0, 0), clock: 0, time: Arc::default(), requests: Vec::new() };
        screen.resize(size);
        screen
    }

    /// Starts a session with a review in a store, on some day at noon.
    pub fn reviewing(setup: Setup, input: Input, size: (u16, u16), store: &Path) -> Self {
        Self::reviewing_in(setup, input, size, store, store.parent())
    }

    /// The same, with the folder that files are written to; without one, none are.
    pub fn reviewing_in(
        setup: Setup,
        input: Input,
        size: (u16, u16),
        store: &Path,
        folder: Option<&Path>,
    ) -> Self {
        Self::reviewing_with(setup, input, size, Theme::new(true, false), (store, folder))
    }

    /// Starts a session with a review in other colours.
    pub fn reviewing_as(setup: Setup, input: Input, size: (u16, u16), store: &Path, theme: Theme) -> Self {
        Self::reviewing_with(setup, input, size, theme, (store, store.parent()))
    }

    fn reviewing_with(
        setup: Setup,
        input: Input,
        size: (u16, u16),
        theme: Theme,
        (store, folder): (&Path, Option<&Path>),
    ) -> Self {
        let plan = LoadPlan {
            inputs: vec![input],
            encoding: None,
            delimiter: None,
            privacy: Privacy::Protected,
            ..LoadPlan::default()
        };
        let view = Appearance { theme, keymap: Keymap::default() };
        let person = setup.review.person.clone();
        let time = Arc::new(AtomicI64::new(1_763_726_400_000));
        let clock = {
            let time = time.clone();
            move || time.load(Ordering::Relaxed)
        };
        let author = Author { person: person.into(), account: "konto".into(), host: "dator".into() };
        let place = ReviewPlace { store: store.to_owned(), author, clock: Clock::new(clock) };
        let drafts = Some(store.with_file_name("drafts"));
        let calendar = Some(calendar(setup.today, time.clone()));
        let places = Places {
            review: Some(place),
            folder: folder.map(Path::to_owned),
            drafts,
            calendar,
            ..Places::default()
        };
        let session =
            Session::inline(setup, view, RecordSources { plan, codes: Arc::new(Codes::built_in()) }, places);
        let mut screen = Self { session, size: (0, 0), clock: 0, time, requests: Vec::new() };
        screen.resize(size);
        screen
    }

    /// Presses a key before what workers have answered is taken.
    pub fn unanswered(&mut self, key: Key) {
        self.session.handle(Event::Key(key));
    }

    /// Advances the clock of the review by `milliseconds`.
    pub fn later(&self, milliseconds: i64) {
        self.time.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// The line drops.
    pub fn lose_line(mut self) {
        self.session.line_lost();
    }

    /// Polls the review store for the work of other sessions.
    pub fn look(&mut self) {
        self.session.poll_review_store();
    }

    /// Starts a session whose load is under way: its records are handed in as events.
    pub fn reading(setup: Setup, size: (u16, u16)) -> Self {
        let view = Appearance { theme: Theme::new(true, false), keymap: Keymap::default() };
        let session = Session::without_load(setup, view, Arc::new(Codes::built_in()));
        let mut screen = Self { session, size: (0, 0), clock: 0, time: Arc::default(), requests: Vec::new() };
        screen.resize(size);
        screen
    }

    /// Changes the size.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.event(Event::Resize { width: size.0, height: size.1 });
    }

    /// Hands in any event, and does all that follows from it.
    pub fn event(&mut self, event: Event) {
        self.session.handle(event);
        self.session.drain();
        while let Some(request) = self.session.request() {
            self.requests.push(request);
        }
    }

    /// Presses keys: plain characters, and names in angle brackets (`/trygg<enter>jj<ctrl-d>`).
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for key in parse(script) {
            // A person's pace: no key counts as held down.
            self.wait(500);
            self.event(Event::Key(key));
        }
        self
    }

    /// Presses the keys of named steps, at a person's pace.
    pub fn play(&mut self, steps: &Steps) -> &mut Self {
        for key in steps.keys() {
            self.wait(500);
            self.event(Event::Key(*key));
        }
        self
    }

    /// Sends characters that arrive at once, as from a paste without brackets or a fast typist; `\r` and `\n` are Enter.
    pub fn burst(&mut self, text: &str) -> &mut Self {
        let key = |c| if matches!(c, '\r' | '\n') { Key::plain(KeyCode::Enter) } else { Key::char(c) };
        let keys: Vec<Key> = text.chars().map(key).collect();
        let from = self.session.pasted_from(&keys).unwrap_or(keys.len());
        for key in &keys[..from] {
            self.event(Event::Key(*key));
        }
        if from < keys.len() {
            self.event(Event::UnbracketedPaste(text.chars().skip(from).collect()));
        }
        self
    }

    /// Advances the session's clock by `milliseconds`.
    pub fn wait(&mut self, milliseconds: u64) {
        self.clock += milliseconds;
        self.event(Event::Now(self.clock));
    }

    /// The session's state.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The cells and the cursor.
    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let cursor = self.session.render(&mut buffer);
        (buffer, cursor)
    }

    /// The screen as text, lines without the spaces at their ends.
    pub fn text(&self) -> String {
        let (buffer, _) = self.buffer();
        let rows = (0..self.size.1).map(|y| line_text(&buffer, y).trim_end().to_owned());
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The screen as text, then the position of the cursor and every run of cells with its style.
    pub fn styled(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut out = self.text();
        out.push_str("\n\n");
        if let Some(at) = cursor {
            let _ = writeln!(out, "cursor {},{}", at.x, at.y);
        }
        for y in 0..self.size.1 {
            let mut x = 0;
            while x < self.size.0 {
                let look = look_of(&buffer, x, y);
                let end =
                    (x..self.size.0).find(|next| look_of(&buffer, *next, y) != look).unwrap_or(self.size.0);
                if !look.is_empty() {
                    let words: String = (x..end).map(|x| buffer[(x, y)].symbol()).collect();
                    let is_frame = words.trim().chars().all(|c| "│|█".contains(c));
                    if !is_frame {
                        let _ = writeln!(out, "{y:>2}: {look} {:?}", words.trim_end());
                    }
                }
                x = end;
            }
        }
        out
    }
}

/// A calendar that begins at noon of a day, and goes on as the clock of the review does.
fn calendar(first: Date, time: Arc<AtomicI64>) -> Calendar {
    const DAY: i64 = 86_400_000;
    let began = time.load(Ordering::Relaxed);
    Calendar::new(move || {
        let since_midnight = time.load(Ordering::Relaxed) - began + DAY / 2;
        let date = (0..since_midnight / DAY).fold(first, |date, _| date.tomorrow().expect("a day"));
        CalendarDay { date, ends_in: u64::try_from(DAY - since_midnight % DAY).expect("before midnight") }
    })
}

fn line_text(buffer: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let symbol = buffer[(x, y)].symbol();
        skip = diarium::text::width::width(symbol).saturating_sub(1);
        text.push_str(&symbol.replace('\u{a0}', " "));
    }
    text
}

fn look_of(buffer: &Buffer, x: u16, y: u16) -> String {
    let cell = &buffer[(x, y)];
    let mut parts: Vec<String> = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(cell.fg.to_string().to_lowercase());
    }
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if cell.modifier.contains(modifier) {
            parts.push(name.to_owned());
        }
    }
    parts.join("+")
}

/// The keys of a script.
fn parse(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        if first == '<'
            && let Some((name, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'))
        {
            keys.push(name.parse().unwrap_or_else(|error| panic!("{error}")));
            rest = after;
        } else {
            keys.push(Key::char(first));
            rest = rest.strip_prefix(first).unwrap_or_default();
        }
    }
    keys
}
