//! Loading, one frame, one keystroke, without a terminal: where the time goes that `felt` measures as a whole.
//!
//! `cargo bench --bench screen`. `read_and_validate` is the limit that loading cannot beat: the same bytes, read
//! and found to be UTF-8.

use std::path::PathBuf;
use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::i18n::Lang;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::language::query_context::Rates;
use diarium::session::{Places, RecordSources, Session};
use diarium::ui::appearance::Appearance;
use diarium::ui::event::Event;
use diarium::ui::keys::key::Key;
use diarium::ui::keys::keymap::Keymap;
use diarium::ui::state::Setup;
use diarium::ui::theme::Theme;
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[path = "../corpus/mod.rs"]
mod corpus;

const RECORDS: usize = 5_000;

fn main() {
    divan::main();
}

/// A file of records; it goes when the folder is dropped.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl File {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("records.txt");
        std::fs::write(&path, corpus::generate(RECORDS, 1)).expect("written");
        Self { _folder: folder, path }
    }

    fn plan(&self) -> LoadPlan {
        LoadPlan {
            inputs: vec![Input::Path(self.path.clone())],
            encoding: None,
            delimiter: None,
            privacy: Privacy::Protected,
            ..LoadPlan::default()
        }
    }

    fn session(&self) -> Session {
        let setup = Setup {
            lang: Lang::Swedish,
            rates: Rates::default(),
            expansion: diarium::search::language::expansion::Expansion::default(),
            today: "2026-11-21".parse().expect("a day"),
            pick: false,
            example_data: false,
            query: String::new(),
            open: None,
            options: Vec::new(),
            review: diarium::ui::review::ReviewSetup::default(),
            history: Vec::new(),
            before: None,
            greeting: None,
        };
        let view = Appearance { theme: Theme::new(true, false), keymap: Keymap::default() };
        let codes = Arc::new(Codes::built_in());
        let mut session =
            Session::inline(setup, view, RecordSources { plan: self.plan(), codes }, Places::default());
        session.handle(Event::Resize { width: 120, height: 40 });
        session
    }
}

#[divan::bench(sample_count = 20)]
fn load_text_records(bencher: Bencher) {
    let (file, codes) = (File::new(), Arc::new(Codes::built_in()));
    bencher.bench(|| load(&file.plan(), codes.clone()));
}

#[divan::bench(sample_count = 20)]
fn read_and_validate(bencher: Bencher) {
    let file = File::new();
    bencher.bench(|| std::fs::read_to_string(&file.path).expect("readable"));
}

#[divan::bench]
fn one_frame(bencher: Bencher) {
    let session = File::new().session();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.bench_local(|| session.render(&mut buffer));
}

/// A letter typed and deleted again, each searched and drawn.
#[divan::bench(sample_count = 50)]
fn two_keystrokes(bencher: Bencher) {
    let mut session = File::new().session();
    session.handle(Event::Key(Key::char('/')));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.bench_local(|| {
        for key in [Key::char('t'), "backspace".parse().expect("a key")] {
            session.handle(Event::Key(key));
            session.drain();
            session.render(&mut buffer);
        }
    });
}
