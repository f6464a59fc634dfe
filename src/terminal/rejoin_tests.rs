//! Tables and properties of the rejoined keys.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const ESC: Key = Key::plain(KeyCode::Esc);

/// Feeds keys by name, all at once or with a pause where `|` stands, and gives the names that come out.
fn names(script: &str) -> String {
    let mut rejoiner = Rejoiner::new(HOLD_REMOTE);
    let (mut now, mut out) = (Instant::now(), Vec::new());
    for name in script.split_whitespace() {
        if name == "|" {
            now += Duration::from_millis(400);
            rejoiner.expire(now, &mut out);
        } else {
            rejoiner.feed(RawInput::Key(name.parse().expect("a key")), now, &mut out);
        }
    }
    rejoiner.expire(now + Duration::from_secs(1), &mut out);
    let name = |input: &RawInput| match input {
        RawInput::Key(key) => key.to_string(),
        RawInput::Paste(text) => format!("{text:?}"),
    };
    out.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case("j", "j")]
#[case("esc | j", "esc j")]
#[case("esc j", "alt-j")]
#[case("esc [ A", "up")]
#[case("esc [ 1 ; 2 B", "shift-down")]
#[case("esc [ 1 ; 5 C", "ctrl-right")]
#[case("esc [ 5 ~", "pgup")]
#[case("esc [ 2 1 ~", "f10")]
#[case("esc [ Z", "shift-tab")]
#[case("esc [ [ A", "f1")]
#[case("esc O P", "f1")]
#[case("esc O B", "down")]
#[case("esc O | j", "alt-O j")]
#[case("esc O j", "alt-O j")]
#[case("esc [ | A", "alt-[ A")]
#[case("esc esc", "esc esc")]
#[case("esc esc [ A", "esc up")]
#[case("esc up", "esc up")]
#[case("esc enter", "alt-enter")]
#[case("esc backspace", "alt-backspace")]
#[case("esc [ 9 9 ~ j", "j")]
#[case("esc [ å", "alt-[ å")]
#[case("esc [ 2 0 0 ~ q enter å", "\"q\\nå\"")]
#[case("esc [ 2 0 0 ~ q esc [ 2 0 1 ~ j", "\"q\" j")]
#[case("esc [ 2 0 0 ~ q | j", "\"q\" j")]
fn rejoins(#[case] script: &str, #[case] want: &str) {
    assert_eq!(names(script), want);
}

#[test]
fn nothing_is_held_but_an_escape() {
    let mut rejoiner = Rejoiner::new(HOLD_LOCAL);
    let (now, mut out) = (Instant::now(), Vec::new());
    rejoiner.feed(RawInput::Key(Key::char('x')), now, &mut out);
    assert_eq!((out.len(), rejoiner.deadline()), (1, None));
    rejoiner.feed(RawInput::Key(ESC), now, &mut out);
    assert_eq!((out.len(), rejoiner.deadline()), (1, Some(now + HOLD_LOCAL)));
    rejoiner.expire(now + HOLD_LOCAL / 2, &mut out);
    assert_eq!(out.len(), 1);
    rejoiner.feed(RawInput::Paste("text".into()), now, &mut out);
    assert_eq!(out.split_off(1), [RawInput::Key(ESC), RawInput::Paste("text".into())]);
    assert_eq!(rejoiner.deadline(), None);
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        3 => Just(ESC),
        3 => prop::sample::select(vec!['[', 'O', '0', '2', ';', '~', 'A', 'q', 'å', ' ']).prop_map(Key::char),
        1 => any::<char>().prop_filter("typed", |c| !c.is_control()).prop_map(Key::char),
        1 => prop::sample::select(vec![KeyCode::Up, KeyCode::Enter, KeyCode::F(1)]).prop_map(Key::plain),
        1 => prop::sample::select(vec!['c', 'd']).prop_map(Key::ctrl),
    ]
}

proptest! {
    /// Whatever comes, at whatever pace: no panic, nothing stays held, and no plain character is lost unless it
    /// stands within a sequence behind an Esc.
    #[test]
    fn loses_no_plain_character(keys in prop::collection::vec((key(), 0..150_u64), 0..40)) {
        let mut rejoiner = Rejoiner::new(HOLD_REMOTE);
        let (mut now, mut out) = (Instant::now(), Vec::new());
        let mut last_escape = None;
        let mut certain = String::new();
        for (key, pause) in keys {
            now += Duration::from_millis(pause);
            if key == ESC {
                last_escape = Some(now);
            }
            // Long after any Esc a character stands for itself.
            let free = rejoiner.deadline().is_none_or(|deadline| now >= deadline);
            if let (Some(c), true) = (key.typed(), free) {
                certain.push(c);
                out.clear();
                rejoiner.feed(RawInput::Key(key), now, &mut out);
                prop_assert_eq!(out.last(), Some(&RawInput::Key(key)));
            } else {
                rejoiner.feed(RawInput::Key(key), now, &mut out);
            }
        }
        prop_assert!(last_escape.is_some() || rejoiner.deadline().is_none());
        rejoiner.expire(now + Duration::from_secs(1), &mut out);
        prop_assert_eq!(rejoiner.deadline(), None);
    }

    /// Without an Esc everything passes as it is, at once.
    #[test]
    fn passes_what_has_no_escape(text in "[^\\p{Cc}]{0,60}") {
        let mut rejoiner = Rejoiner::new(HOLD_REMOTE);
        let (now, mut out) = (Instant::now(), Vec::new());
        for c in text.chars() {
            rejoiner.feed(RawInput::Key(Key::char(c)), now, &mut out);
        }
        let want: Vec<_> = text.chars().map(|c| RawInput::Key(Key::char(c))).collect();
        prop_assert_eq!(out, want);
    }
}
