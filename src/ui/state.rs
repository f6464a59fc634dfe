//! What the screen knows: the whole state of one person's session, changed by `update` alone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use tui_input::Input as Line;

use super::event::{Effect, Outcome, Request};
use super::keys::key::Key;
use super::load_state::{LoadCause, LoadState};
use super::motion::SelectionMotion;
use super::note_box::{BegunNote, NoteBox};
use super::popup::Popup;
use super::review::{Review, ReviewSetup};
use super::rows::Rows;
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;
use crate::domain::diagnostic::DiagnosticCounts;
use crate::domain::reviewed::Reviewed;
use crate::domain::values::date::Date;
use crate::i18n::{Lang, Words};
use crate::loading::Loaded;
use crate::search::language::query::Query;
use crate::search::language::query_context::{QueryContext, Rates};
use crate::search::language::sort_order::SortOrder;
use crate::search::matching::answer::Answer;
use crate::search::matching::rank::Hit;
use crate::search::results::completion::Completions;

/// What was decided before the session began.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The language to begin with.
    pub lang: Lang,
    /// Today.
    pub today: Date,
    /// What other currencies are worth.
    pub rates: Rates,
    /// Whether to choose and print (`--pick`).
    pub pick: bool,
    /// Whether the built-in records are shown.
    pub example_data: bool,
    /// A query to begin with.
    pub query: String,
    /// An id to open at the beginning, normalised.
    pub open: Option<String>,
    /// Earlier queries, oldest first.
    pub history: Vec<String>,
    /// How it is reviewed.
    pub review: ReviewSetup,
    /// Where an earlier session was when its line was lost; `b` goes there.
    pub before: Option<Bookmark>,
    /// The options that tell which records are read and how, as a shell takes them: for command lines to be copied.
    pub options: Vec<String>,
    /// Notes that were being written in an earlier session when its line was lost.
    pub notes: Vec<BegunNote>,
    /// Something to say at the beginning.
    pub greeting: Option<String>,
}

/// Which part has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Letters type.
    Prompt,
    /// Letters act on the list.
    List,
    /// Letters act on the detail.
    Detail,
}

/// How the panes stand, as far as the size allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Beside each other where there is room, else above each other.
    #[default]
    Auto,
    /// List above detail.
    Stacked,
    /// The list alone.
    ListOnly,
}

/// The prompt.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// The line of text with its cursor.
    pub line: Line,
    /// The text is selected: typing replaces it.
    pub selected: bool,
    /// Which earlier query is shown, counted back from the newest, and what had been typed.
    pub recalled: Option<(usize, String)>,
    /// The text, read.
    pub read: Query,
    /// A word that is being completed, until another key is pressed.
    pub completing: Option<CompletionCycle>,
}

/// A word that is being completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionCycle {
    /// The query before.
    pub text: String,
    /// What the word may become.
    pub completions: Completions,
    /// Which of them it is now.
    pub at: usize,
}

/// What a search found, and which search is under way.
#[derive(Clone, Debug)]
pub struct Results {
    /// The number of the newest search.
    pub asked: u64,
    /// The number of the search that `answer` belongs to.
    pub answered: u64,
    /// The newest answer; `None` before the first.
    pub answer: Option<Arc<Answer>>,
    /// The rows of the list: the hits, then the similar ones; only marked ones if so chosen.
    pub rows: Rows,
}

/// Where the list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// The selected one of `Results::rows`.
    pub at: usize,
    /// The first line of the list that is shown.
    pub top: usize,
}

/// Where the detail stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DetailPlace {
    /// The first line that is shown.
    pub scroll: usize,
    /// The chosen field, counted over the fields shown.
    pub field: Option<usize>,
    /// The chosen hit, counted over the hits of the text.
    pub hit: Option<usize>,
    /// Opened wide: the detail has the screen to itself.
    pub wide: bool,
}

/// Marked records, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Their ids.
    pub ids: BTreeSet<String>,
    /// The id marked last, from which a range begins.
    pub anchor: Option<String>,
    /// Whether only marked records are shown.
    pub only: bool,
}

/// Where a person was before a search: what Esc and `b` bring back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// The query.
    pub query: String,
    /// The id of the selected record.
    pub id: Option<String>,
    /// Whether it was opened wide.
    pub wide: bool,
}

/// The whole state.
#[derive(Debug)]
pub struct State {
    /// What was decided before.
    pub setup: Setup,
    /// The language.
    pub lang: Lang,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The time of the newest key, in milliseconds since the beginning.
    pub now: u64,
    /// The records; empty until they are loaded.
    pub loaded: Loaded,
    /// How many problems they have.
    pub tally: DiagnosticCounts,
    /// Whether there are any to be searched.
    pub ready: bool,
    /// The load that is running.
    pub load: LoadState,
    /// Which part has the keys.
    pub focus: Focus,
    /// How the panes stand.
    pub arrangement: Arrangement,
    /// The prompt.
    pub prompt: Prompt,
    /// Queries that were used, oldest first.
    pub history: Vec<String>,
    /// What was found.
    pub results: Results,
    /// In which order it is wanted.
    pub order: SortOrder,
    /// Where the list stands.
    pub list: ListPlace,
    /// Where the detail stands.
    pub detail: DetailPlace,
    /// Movement of the selection.
    pub motion: SelectionMotion,
    /// Marked records.
    pub marks: Marks,
    /// The review.
    pub review: Review,
    /// What is saved of the review, as queries read it.
    pub reviewed: Arc<Reviewed>,
    /// The number of what was asked for last about the review.
    pub review_token: u64,
    /// Notes that were begun and not saved, by record.
    pub notes_begun: BTreeMap<String, NoteBox>,
    /// What lies over the panes.
    pub popup: Option<Popup>,
    /// What the bottom line says, until the next key.
    pub message: Option<String>,
    /// Where the person was before the present search.
    pub before: Option<Bookmark>,
    /// Where to go when the answer to the newest search is there.
    pub after_answer: Option<AfterAnswer>,
    /// Keys that wait for the answer to the newest search.
    pub waiting: VecDeque<Key>,
    /// When Ctrl-C was pressed with nothing to cancel.
    pub cancelled_at: Option<u64>,
    /// What the session has to do next.
    pub(super) effects: Vec<Effect>,
}

/// What an answer is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterAnswer {
    /// Select this record.
    Select(String),
    /// Select this record, where it was; if it is gone, what stands in its row.
    Stay {
        /// Its id.
        id: String,
        /// Its row in the list.
        at: usize,
    },
    /// Open this record wide.
    Open(String),
}

impl State {
    /// The state at the beginning, and what has to be done for it.
    #[must_use]
    pub fn new(setup: Setup, nothing: Loaded) -> Self {
        let typing = setup.pick || !setup.query.is_empty();
        let line = Line::new(setup.query.clone());
        Self {
            lang: setup.lang,
            size: (0, 0),
            now: 0,
            loaded: nothing,
            tally: DiagnosticCounts::default(),
            ready: false,
            load: LoadState::begun(LoadCause::Start),
            focus: if typing { Focus::Prompt } else { Focus::List },
            arrangement: Arrangement::Auto,
            prompt: Prompt { line, ..Prompt::default() },
            history: setup.history.clone(),
            results: Results { asked: 1, answered: 0, answer: None, rows: Rows::default() },
            order: SortOrder::default(),
            list: ListPlace::default(),
            detail: DetailPlace::default(),
            motion: SelectionMotion::default(),
            marks: Marks::default(),
            review: if setup.review.at_start { Review::Opening } else { Review::Closed },
            reviewed: Arc::default(),
            review_token: 0,
            notes_begun: setup.notes.iter().map(begun).collect(),
            popup: None,
            message: setup.greeting.clone(),
            before: setup.before.clone(),
            after_answer: setup.open.clone().map(AfterAnswer::Open),
            waiting: VecDeque::new(),
            cancelled_at: None,
            effects: Vec::new(),
            setup,
        }
    }

    /// The words of the language in force.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::of(self.lang)
    }

    /// The records.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.loaded.catalogue
    }

    /// The query as it stands in the prompt.
    #[must_use]
    pub fn query(&self) -> &str {
        self.prompt.line.value()
    }

    /// Whether the newest search has not answered yet.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.results.asked != self.results.answered
    }

    /// Whether the hits that are shown do not stand in the order that is wanted yet.
    #[must_use]
    pub fn is_sorting(&self) -> bool {
        self.results.answer.as_ref().is_some_and(|answer| answer.order != self.order)
    }

    /// The selected record.
    #[must_use]
    pub fn selected(&self) -> Option<Record<'_>> {
        self.catalogue().record(self.selected_hit()?.row)
    }

    /// The selected row.
    #[must_use]
    pub fn selected_hit(&self) -> Option<Hit> {
        self.results.rows.get(self.list.at)
    }

    /// The record that the detail shows.
    #[must_use]
    pub fn detailed(&self) -> Option<Record<'_>> {
        self.catalogue().record(self.motion.shown().or_else(|| Some(self.selected_hit()?.row))?)
    }

    /// When the screen wants to know the time, if nothing happens before, in milliseconds since the beginning.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        self.motion.rests_at()
    }

    /// The id of the selected record.
    #[must_use]
    pub fn selected_id(&self) -> Option<String> {
        self.selected().map(|record| record.id().to_owned())
    }

    /// The records that an action is about: the marked ones in the order of the list, else the selected one.
    #[must_use]
    pub fn chosen_ids(&self) -> Vec<String> {
        if self.marks.ids.is_empty() {
            return self.selected_id().into_iter().collect();
        }
        let shown = self.results.rows.iter().filter_map(|row| self.catalogue().record(row)).map(Record::id);
        let mut ids: Vec<String> =
            shown.filter(|id| self.marks.ids.contains(*id)).map(str::to_owned).collect();
        ids.extend(self.marks.ids.iter().filter(|id| !self.shows(id)).cloned());
        ids
    }

    /// How many marked records the list does not show.
    #[must_use]
    pub fn marked_but_hidden(&self) -> usize {
        self.marks.ids.iter().filter(|id| !self.shows(id)).count()
    }

    /// Whether the list shows a record.
    fn shows(&self, id: &str) -> bool {
        self.catalogue().row_of(id).is_some_and(|row| self.results.rows.contains(row))
    }

    /// The notes that are being written and are not saved.
    #[must_use]
    pub fn begun_notes(&self) -> Vec<BegunNote> {
        let open = match &self.popup {
            Some(Popup::Note(note)) if note.is_changed() => Some(&**note),
            _ => None,
        };
        open.into_iter().chain(self.notes_begun.values()).map(NoteBox::begun).collect()
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(text.into());
    }

    pub(super) fn request(&mut self, request: Request) {
        self.effects.push(Effect::Terminal(request));
    }

    pub(super) fn quit(&mut self, outcome: Outcome) {
        self.request(Request::Quit(outcome));
    }

    /// Asks for the rows that the prompt's query finds.
    pub(super) fn search(&mut self) {
        self.results.asked += 1;
        self.prompt.read = self.read(self.query());
        let query = self.prompt.read.clone();
        let order = self.order.clone();
        self.effects.push(Effect::Search { generation: self.results.asked, query, order });
    }

    /// Whether what is listed hangs on what reviewers have said.
    pub(super) fn asks_for_review(&self) -> bool {
        self.prompt.read.asks_for_review() || self.order.asks_for_review()
    }

    /// What a text means as a query at this time.
    pub(super) fn read(&self, text: &str) -> Query {
        let (today, rates, reviewed) = (self.setup.today, self.setup.rates, self.reviewed.clone());
        let basis = QueryContext { today, rates, reviewed, ..QueryContext::default() };
        let query = Query::parse_in(text, &basis);
        if query.asks_for_marks() {
            let marked = Arc::new(self.marks.ids.clone());
            return Query::parse_in(text, &QueryContext { marked, ..basis });
        }
        query
    }

    /// Puts a query into the prompt, cursor at its end, and searches.
    pub(super) fn set_query(&mut self, query: &str) {
        self.prompt.line = Line::new(query.to_owned());
        self.prompt.selected = false;
        self.search();
    }
}

fn begun(note: &BegunNote) -> (String, NoteBox) {
    (note.record.clone(), NoteBox::begun_before(note.clone()))
}
