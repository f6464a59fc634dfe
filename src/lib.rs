//! # diarium: Swedish ESF+ project records in a terminal
//!
//! The library behind the program `diarium`. This page is the map: what the parts are, which way they depend on
//! each other, and where to go for a change. What the program does for its users stands in the README.
//!
//! ## ARCHITECTURE
//!
//! Arrows only point down: a part may use those below it, never those above.
//!
//! ```text
//! main → cli           arguments, configuration, environment, output, exit statuses
//! terminal             keys, frames, signals, a lost line, the clipboard: the only part that knows a tty
//! session              one person at one screen: the state, and the executor of its effects
//! ui                   PURE. update: state and event in, state and effects out. render: state in, cells out
//! sheet                what is said of a record, in words: for the screen and for `show`
//! report               what came of a review, in words: HTML, Markdown, a list
//! loading search export review    services, each usable alone
//! guide                the user's guide, laid out for any width
//! i18n                 words, Swedish and English
//! domain text          records, codes, dates, amounts, diagnostics | folding, width, wrapping, what may be shown
//! ```
//!
//! ### How a key becomes a screen
//!
//! `terminal::run` waits for the tty or for a worker's wake-up. Keys become [`ui::event::Event`]s; the
//! [`session::Session`] hands each to [`ui::update::update`], which changes the [`ui::state::State`] and returns
//! effects. Searching and loading are effects: threads do them and answer with events that carry the number of
//! the question, so that a late answer to an old question is dropped. When nothing more waits to be read,
//! [`ui::render::render`] draws the state into a buffer, and `terminal` sends the difference to what the screen
//! shows, in one write. While nothing happens, nothing runs and nothing is sent.
//!
//! ### How a file becomes a record
//!
//! One thread walks through folders ([`loading::files`]), one reads what is large and cuts it between two records
//! (`loading::feed`), as many as the machine has do the rest (`loading::work`): [`loading::encoding`] makes text of bytes
//! (and masks personal identity numbers before anything else sees them), `loading::form` tells the form of the text by
//! what is in it, and the reader of that form ([`loading::text_record`], `loading::delimited` for lists,
//! `loading::workbook`, `loading::json`) finds where things stand in it. [`domain::collect`] makes a batch of them, with
//! its text in one segment; what a source spells with escapes (doubled quotation marks, HTML, JSON) is kept behind that
//! source's text in the same segment, so that a value is always a stretch of it. [`domain::gather`] puts batches
//! together in order and links what several sources say of one record; [`domain::unite`] tells where they differ. A
//! piece that was cut in the wrong place is seen there and read again with the next, so the result is that of reading
//! all at once.
//!
//! The result is a [`domain::catalogue::Catalogue`], whose segments never change and are shared: one of what has been
//! read so far copies no text. [`search::index::Index`] is built over it; a value that many records have is kept there
//! once. A field's raw text is always kept; typed values are read from it on demand.
//!
//! ### How a verdict is kept
//!
//! Whatever a reviewer does is a [`review::event::Event`] in an append-only table ([`review::store`], SQLite). Nothing
//! else is stored of it: [`review::journal::Journal`] works out of all events what holds now, in an order that hangs on
//! the events alone, so that two stores can be joined in any order. [`review::desk::Desk::act`] decides and writes in one
//! transaction. Beside the events a store keeps, once each, the versions of records that verdicts were given on; what is
//! different since is told by [`review::comparison`]. A [`report`] gathers all of it for the file: facts first, then words
//! as a row of blocks, then a form.
//!
//! On the screen a key changes [`ui::review::OpenReview`] at once, as something pending; `session::review`, the one thread
//! that owns the store, saves it in the order in which it was done, and what it answers makes it saved. What queries and
//! lists know of a review, [`domain::reviewed::Reviewed`], is worked out on that thread too (`session::round_comparison`).
//!
//! ### Invariants
//!
//! A test walks the sources and keeps those that can be seen there (`tests/it/architecture.rs`).
//!
//! - `ui` names no terminal library, no thread, no file, no environment, no clock: time and size arrive as
//!   events. Rendering changes nothing; where things stand is a pure function that update and render share.
//! - There is no global and no thread-local state. Two sessions in two languages can live in one process.
//! - Selection, marks and whatever outlives a search name a record by its id, never by its row.
//! - Loading fails only when nothing at all could be read; every oddity is a diagnostic with its place.
//! - All text of records leaves through `Record` and `Catalogue`, which hide personal data, and reaches a
//!   terminal only through [`text::printable`]. The terminal layer refuses control characters once more.
//! - Bad input is a value, never a panic.
//!
//! ### Where to go for a change
//!
//! | change | place |
//! |---|---|
//! | a label or column heading that means a known field | the table in [`domain::schema`] |
//! | a form of file | `loading::form` tells it, a reader beside it hands rows to [`domain::collect`] |
//! | a code, a region, an example record | `data/`, described in `data/README.md` |
//! | a key, or a new action | the table in [`ui::keys::action`], then its family in [`ui::update`] |
//! | an argument of a command | `ArgumentKind` in [`ui::keys::action`], then `ui::update::commands` |
//! | a popup | its contents in [`ui::pages`], its picture in [`ui::render`], its keys in `ui::update::menus` |
//! | a pane or its place | [`ui::layout`] |
//! | a word on the screen | the table in [`i18n`] |
//! | a kind of problem in data | [`domain::diagnostic`], its sentence in [`i18n`] |
//! | how a query matches or ranks | [`search`] |
//! | a key to sort by | the table in [`search::order`]; its places in [`search::sorting`] |
//! | what a reviewer can do, and what it amounts to | [`review::event`], then [`review::record_state`] |
//! | how a sample is drawn | [`review::sample`] |
//! | what a report says | [`report`]: the facts in `gather`, the words in `sections`, the looks in a file a form |
//! | what the first screenful says | [`sheet`] |
//! | a colour or a glyph | [`ui::theme`] |

pub mod cli;
pub mod domain;
pub mod export;
pub mod guide;
pub mod i18n;
pub mod loading;
pub mod report;
pub mod review;
pub mod search;
pub mod session;
pub mod summary;
pub mod terminal;
pub mod text;
pub mod ui;
