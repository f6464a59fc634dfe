//! # diarium: Swedish ESF+ project records in a terminal
//!
//! The library behind the program `diarium`. This page is the map: the parts, the direction of their dependencies, and
//! the place for each kind of change. The README describes the program for its users.
//!
//! ## ARCHITECTURE
//!
//! Arrows only point down: a part may use those below it, never those above.
//!
//! ```text
//! main → cli           arguments, configuration, environment, output, exit status
//! terminal             tty, key decoder, signals, hang-up, clipboard: the only part that knows a terminal
//! session              one user at one screen: the state, and the executor of its effects
//! ui                   PURE. update: state and event in, state and effects out. render: state in, cells out
//! summary              the summary of a record, for the screen and for `show`
//! report               the report of a review: HTML, Markdown, CSV
//! loading search export review    services, each usable alone
//! guide i18n           the guide; words and sentences, Swedish and English
//! domain text          records, codes, dates, amounts, diagnostics | folding, width, wrapping, printable text
//! ```
//!
//! ### The screen
//!
//! ```text
//!  prompt: name, query, filters, counts                                         ui/render/prompt.rs
//! ┌ list ───────────────────────────────────┐┌ detail ────────────────────────┐
//! │ marks, verdict, star · id · name · …    ││ first block (never scrolls)    │ ui/render/list.rs, detail.rs
//! │                                         ││ groups of fields, then text    │ summary/
//! └─────────────────────────────────────────┘└────────────────────────────────┘
//!  status: review, load, messages, hints                                        ui/render/status.rs
//! ```
//!
//! Popups (menus, palette, pages of text, note box, facet panel) lie over the panes: `ui/pages`, `ui/render/popup.rs`.
//!
//! ### From a key to a screen
//!
//! `terminal` waits for the tty or for a worker. Keys become events; the session hands each to `ui::update`, which
//! changes the state and returns effects. Searching and loading are effects: threads perform them and answer with events
//! that carry a generation, so that a late answer to an old question is dropped. When no input is left, `ui::render`
//! draws the state into a buffer, and `terminal` writes the difference to the screen in one write. While nothing happens,
//! nothing runs and nothing is sent.
//!
//! ### Threads
//!
//! | thread | talks to |
//! |---|---|
//! | main: terminal loop, update, render | receives the events of all others |
//! | loader, with one decoder per core | sends loaded records and progress |
//! | searcher, with helpers per core | takes the newest search from a queue, sends answers |
//! | sort ranks | sends a note that they are ready |
//! | review store worker, the only owner of the store | takes commands in order, sends what was saved |
//! | draft writer | writes drafts of notes while typing pauses |
//! | file watch, signal watch | send a note of a change or a hang-up |
//!
//! ### From a file to a record
//!
//! `loading::files` walks folders, `loading/splitter.rs` cuts large sources between two records, and decode jobs do the
//! rest on all cores: `loading::encoding` turns bytes into text and masks personal data before anything else sees it,
//! `loading/formats/detection.rs` chooses the format by content, and the reader of that format hands rows to the batch
//! builder in `domain/catalogue`. The catalogue builder merges batches in order and links the sources of one record.
//! A piece that was cut in the wrong place is recognised and read again with the next, so the result is that of reading
//! the whole. Segments of text never change and are shared; raw text is kept, typed values are read from it on demand.
//!
//! ### From a query to rows
//!
//! `search/language` parses, `search/index` holds the folded texts of all records, `search/matching` gives each record a
//! tier and a rank, `search/results` orders, groups, counts and highlights.
//!
//! ### From a verdict to the store
//!
//! Each action of a reviewer is an event in an append-only table (`review/store.rs`, SQLite), bound to the event before
//! it by a digest (`review/chain.rs`). The present state is derived from all events in an order that depends on the
//! events alone, so that stores can be merged in any order. On the screen an action is pending until the store worker
//! has saved it.
//!
//! ### Errors
//!
//! Each service has a thiserror enum. Bad data is never an error but a diagnostic with its place, and the rest goes on.
//! `cli/error.rs` turns failures into a sentence, a hint and an exit status; on the screen they are messages.
//!
//! ### Invariants
//!
//! Those that show in the sources are kept by `tests/it/architecture.rs`: the arrows between the parts, the order of
//! modules inside `search`, `domain`, `loading`, `ui` and `report`, and the absence of circles in every folder.
//!
//! - `ui` names no terminal library, thread, file, environment or clock: time and size arrive as events. Rendering changes
//!   nothing.
//! - There is no global and no thread-local state. Two sessions in two languages can live in one process.
//! - Selection, marks and reviews name a record by its id, never by its row.
//! - Loading fails only if nothing at all is readable.
//! - Text of records leaves through `Record` and `Catalogue`, which hide personal data, and reaches a terminal only through
//!   `text::printable`. The terminal layer refuses control characters once more.
//! - Bad input is a value, never a panic.
//!
//! ### The place for a change
//!
//! | change | place |
//! |---|---|
//! | a label that means a known field | `domain/schema.rs`, `data/headings.tsv` |
//! | a file format | `loading/formats`: detection, and a reader |
//! | a code, a region, an example record | `data/`, described in `data/README.md` |
//! | a key, a new action | `ui/keys/action.rs`, then its family in `ui/update` |
//! | a word or sentence | `i18n`; the guide and the configuration file: `data/guide`, `data/config` |
//! | a kind of diagnostic | `domain/diagnostic.rs`, its sentence in `i18n` |
//! | matching and ranking | `search/matching` |
//! | a sort key | `search/language/sort_order.rs`, its ranks in `search/index` |
//! | an action of reviewers | `review/event.rs`, then `review/record_state.rs` |
//! | a sample's method | `review/sample.rs` |
//! | a check of a store, its repair | `review/verify.rs`, `review/repair.rs` |
//! | a report's content | `report`: the data, the sections, a file for each format |
//! | the first screenful of a record | `summary` |
//! | a colour or a glyph | `ui/theme.rs` |

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
