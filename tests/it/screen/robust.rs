//! Any size, any events, any order: no panic, and the screen stays whole.

use diarium::loading::Input;
use diarium::ui::event::Event;
use diarium::ui::keys::key::{Key, KeyCode};
use diarium::ui::review::OpenReview;
use proptest::prelude::*;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

fn any_key() -> impl Strategy<Value = Key> {
    let code = prop_oneof![
        6 => proptest::char::range(' ', '~').prop_map(KeyCode::Char),
        1 => proptest::sample::select(vec!['å', 'Ö', 'é', '日', '\u{301}', '\u{202e}']).prop_map(KeyCode::Char),
        4 => proptest::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::Backspace, KeyCode::Delete, KeyCode::Up,
            KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End, KeyCode::PageUp,
            KeyCode::PageDown, KeyCode::F(1),
        ]),
    ];
    (code, proptest::bool::weighted(0.15), proptest::bool::weighted(0.1)).prop_map(|(code, ctrl, alt)| {
        let plain = Key::plain(code);
        Key { ctrl, alt, ..plain }
    })
}

#[derive(Clone, Debug)]
enum Step {
    Key(Key),
    Paste(String),
    Resize(u16, u16),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any_key().prop_map(Step::Key),
        1 => "\\PC{0,20}|[ -~\n\t\u{1b}]{0,20}".prop_map(Step::Paste),
        1 => (0_u16..140, 0_u16..60).prop_map(|(width, height)| Step::Resize(width, height)),
    ]
}

fn review_key() -> impl Strategy<Value = Step> {
    proptest::sample::select("r+-psct.,iuULOejkgG123 /".chars().collect::<Vec<_>>())
        .prop_map(|typed| Step::Key(Key::char(typed)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_events_at_any_size(size in (0_u16..140, 0_u16..60), steps in proptest::collection::vec(any_step(), 0..60)) {
        let mut screen = Screen::start(setup(), fixture("projekt"), size);
        for step in steps {
            match step {
                Step::Key(key) => screen.event(Event::Key(key)),
                Step::Paste(text) => screen.event(Event::Paste(text)),
                Step::Resize(width, height) => screen.resize((width, height)),
            }
            let (buffer, cursor) = screen.buffer();
            prop_assert!(cursor.is_none_or(|at| buffer.area.contains(at)));
            let state = screen.session().state();
            prop_assert!(state.results.rows.is_empty() || state.list.at < state.results.rows.len());
            prop_assert!(state.waiting.is_empty());
        }
    }

    #[test]
    fn any_events_while_a_review_is_open(
        size in (0_u16..140, 0_u16..60),
        steps in proptest::collection::vec(prop_oneof![1 => any_step(), 1 => review_key()], 0..60),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("r.db");
        let mut setup = setup();
        setup.review.at_start = true;
        let mut screen = Screen::reviewing_in(setup.clone(), fixture("projekt"), size, &store, None);
        for step in steps {
            match step {
                Step::Key(key) => screen.event(Event::Key(key)),
                Step::Paste(text) => screen.event(Event::Paste(text)),
                Step::Resize(width, height) => screen.resize((width, height)),
            }
            let (buffer, cursor) = screen.buffer();
            prop_assert!(cursor.is_none_or(|at| buffer.area.contains(at)));
            prop_assert!(screen.session().state().waiting.is_empty());
        }
        // Only actions that the next session finds count as saved.
        let Some(review) = screen.session().state().review.opened() else { return Ok(()) };
        prop_assert!(review.pending.is_empty(), "a store that can be written takes all at once");
        let events = |review: &OpenReview| review.journal.events().map(|event| event.id).collect::<Vec<_>>();
        let again = Screen::reviewing(setup, fixture("projekt"), size, &store);
        let found = again.session().state().review.opened().map(events);
        prop_assert_eq!(Some(events(review)), found);
    }

    #[test]
    fn any_bytes_as_a_file(
        head in proptest::sample::select(vec!["", "23-001-S01 - A\n\nNamn:\n", "\u{feff}Diarienummer: 23-001-S01\n"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("any");
        std::fs::write(&file, [head.as_bytes(), &bytes].concat()).expect("written");
        let mut screen = Screen::start(setup(), Input::Path(file), (80, 24));
        let diagnostics = Steps::new().search("a").press("W").press("G").press("q").press("esc");
        let source = diagnostics.press("enter").press("v").press("G").press("q");
        screen.play(&source.press("n").press("N").times(2, "down"));
        let (buffer, _) = screen.buffer();
        let shown = buffer.content.iter().all(|cell| !cell.symbol().chars().any(diarium::text::printable::is_unprintable));
        prop_assert!(shown, "no control character reaches a cell");
    }
}
