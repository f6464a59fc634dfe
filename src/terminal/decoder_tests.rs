//! Tables and properties of the decoder.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// Decodes pieces that arrive with a pause between them, in milliseconds, and returns the names of the results.
fn decode(pieces: &[&[u8]], pause: u64) -> String {
    let mut decoder = Decoder::new(HOLD_REMOTE);
    let (mut now, mut out) = (Instant::now(), Vec::new());
    for piece in pieces {
        decoder.feed(piece, now, &mut out);
        now += Duration::from_millis(pause);
        decoder.expire(now, &mut out);
    }
    decoder.expire(now + Duration::from_secs(10), &mut out);
    assert_eq!(decoder.deadline(), None, "nothing stays held");
    names(&out)
}

fn names(inputs: &[RawInput]) -> String {
    let name = |input: &RawInput| match input {
        RawInput::Key(key) => key.to_string(),
        RawInput::Paste(text) => format!("{text:?}"),
    };
    inputs.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case("G", "G")]
#[case("å日", "å 日")]
#[case("\r", "enter")]
#[case("\n", "enter")]
#[case("\t", "tab")]
#[case("\x7f\x08", "backspace backspace")]
#[case("\x04\x1a", "ctrl-d ctrl-z")]
#[case("\x00", "ctrl-space")]
#[case("\x1f", "ctrl-_")]
#[case("\x1b", "esc")]
#[case("\x1bj", "alt-j")]
#[case("\x1bå", "alt-å")]
#[case("\x1b\r", "alt-enter")]
#[case("\x1b\x7f", "alt-backspace")]
#[case("\x1b\x1b", "esc esc")]
#[case("\x1b\x1b[A", "esc up")]
#[case("\x1b[A", "up")]
#[case("\x1b[1;2B", "shift-down")]
#[case("\x1b[1;5C", "ctrl-right")]
#[case("\x1b[5~", "pgup")]
#[case("\x1b[3;5~", "ctrl-delete")]
#[case("\x1b[21~", "f10")]
#[case("\x1b[Z", "shift-tab")]
#[case("\x1b[[A", "f1")]
#[case("\x1b[1;2R", "shift-f3")]
#[case("\x1bOP", "f1")]
#[case("\x1bOB", "down")]
#[case("\x1bOj", "alt-O j")]
#[case("\x1b[å", "alt-[ å")]
#[case("\x1b[99~j", "j")]
#[case("\x1b[a", "shift-up")]
#[case("\u{9b}A", "up")]
fn decodes_keys(#[case] bytes: &str, #[case] want: &str) {
    assert_eq!(decode(&[bytes.as_bytes()], 0), want);
}

#[rstest]
#[case("\x1b[27;5;99~", "ctrl-c")]
#[case("\x1b[27;5;67~", "ctrl-c")]
#[case("\x1b[27;2;97~", "A")]
#[case("\x1b[27;2;65~", "A")]
#[case("\x1b[27;3;106~", "alt-j")]
#[case("\x1b[27;7;100~", "ctrl-alt-d")]
#[case("\x1b[27;5;9~", "tab")]
#[case("\x1b[27;2;9~", "shift-tab")]
#[case("\x1b[27;2;13~", "enter")]
#[case("\x1b[27;5;104~", "backspace")]
#[case("\x1b[27;5;32~", "ctrl-space")]
#[case("\x1b[99;5u", "ctrl-c")]
#[case("\x1b[229u", "å")]
#[case("\x1b[97:65;2u", "A")]
#[case("\x1b[97;1:3u", "")]
#[case("\x1b[97;9u", "")]
#[case("\x1b[57358u", "")]
#[case("\x1b[27;5~", "")]
fn understands_modify_other_keys(#[case] bytes: &str, #[case] want: &str) {
    assert_eq!(decode(&[bytes.as_bytes()], 0), want);
}

/// Replies that terminals and multiplexers send, some of them long after the question.
const REPLIES: &[&str] = &[
    "\x1bP>|XTerm(370)\x1b\\",
    "\x1bP>|tmux 3.3a\x1b\\",
    "\x1bP1$r0 q\x1b\\",
    "\x1bP0$r\x1b\\",
    "\x1bP1+r524742=382f382f38\x1b\\",
    "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]11;rgb:0000/0000/0000\x07",
    "\x1b]52;c;cnJycisrKw==\x07",
    "\x1b]11;rgb:0000/0000/0000\u{9c}",
    "\u{90}>|XTerm(370)\u{9c}",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b^pr+\x1b\\",
    "\x1bXrps\x1b\\",
    "\x1b[>41;370;0c",
    "\x1b[?64;1;2;6;22c",
    "\x1b[=0;0c",
    "\x1b[24;80R",
    "\x1b[0n",
    "\x1b[?2026;2$y",
    "\x1b[?1u",
    "\x1b[8;24;80t",
    "\x1b[I",
    "\x1b[O",
    "\x1b[<0;10;10M",
    "\x1b[M !!",
    "\x1b[32;10;10M",
];

#[test]
fn replies_are_never_keys_whole_or_in_two_pieces() {
    for reply in REPLIES {
        let bytes = reply.as_bytes();
        assert_eq!(decode(&[bytes, b"j"], 0), "j", "{reply:?}");
        // The first two bytes of a sequence are a chord of their own once the time of an Esc is over.
        for at in 3..bytes.len() {
            assert_eq!(decode(&[&bytes[..at], &bytes[at..], b"j"], 250), "j", "{reply:?} at {at}");
        }
        for at in 1..bytes.len() {
            assert_eq!(decode(&[&bytes[..at], &bytes[at..], b"j"], 90), "j", "{reply:?} at {at}");
        }
    }
}

#[test]
fn a_reply_without_an_end_is_over_after_a_pause() {
    assert_eq!(decode(&[b"\x1bP>|XTerm", b"j"], 400), "j");
    assert_eq!(decode(&[b"\x1b]11;rgb:", b"\x1b[A", b"j"], 100), "up j", "or when another sequence begins");
    assert_eq!(decode(&[b"\x1b]11;rgb:\x03j"], 0), "ctrl-c j", "Ctrl-C is always heard");
}

#[test]
fn a_chord_that_opens_a_reply_is_a_chord_once_nothing_follows() {
    assert_eq!(decode(&[b"\x1bP", b"j"], 400), "alt-P j");
    assert_eq!(decode(&[b"\x1bP", b"\x1bP", b"j"], 400), "alt-P alt-P j");
    assert_eq!(decode(&[b"\x1bP\x1b[A", b"j"], 0), "alt-P up j");
    assert_eq!(decode(&[b"\x1b]", b"\x1b", b"j"], 400), "alt-] esc j");
}

#[test]
fn keys_after_a_chord_that_opens_a_reply_are_not_lost() {
    for (chord, name) in [("P", "alt-P"), ("]", "alt-]"), ("X", "alt-X"), ("^", "alt-^"), ("_", "alt-_")] {
        let chord = format!("\x1b{chord}");
        for pause in [1, 30, 90, 250] {
            let typed = |keys: &[&str]| {
                let pieces: Vec<&[u8]> =
                    [chord.as_str()].iter().chain(keys).map(|key| key.as_bytes()).collect();
                decode(&pieces, pause)
            };
            assert_eq!(typed(&["j", "k", "+"]), format!("{name} j k +"), "{pause} ms");
            assert_eq!(typed(&["å"]), format!("{name} å"), "{pause} ms");
            assert_eq!(typed(&["1", "j"]), format!("{name} 1 j"), "{pause} ms");
            assert_eq!(typed(&["1", "2"]), format!("{name} 1 2"), "{pause} ms");
            assert_eq!(typed(&[">", "j"]), format!("{name} > j"), "{pause} ms");
            assert_eq!(typed(&["\x1b[A", "j"]), format!("{name} up j"), "{pause} ms");
            assert_eq!(typed(&["\r", "j"]), format!("{name} enter j"), "{pause} ms");
        }
        assert_eq!(decode(&[chord.as_bytes(), b"\x1b", b"j"], 110), format!("{name} esc j"));
    }
}

#[test]
fn a_reply_whose_form_is_known_is_never_keys_byte_by_byte() {
    for reply in REPLIES.iter().filter(|reply| !reply.starts_with("\x1bX") && !reply.starts_with("\x1b^")) {
        let pieces: Vec<&[u8]> = reply.as_bytes().chunks(1).chain([&b"j"[..]]).collect();
        assert_eq!(decode(&pieces, 90), "j", "{reply:?}");
    }
}

#[test]
fn a_long_reply_is_over_soon_after_its_limit() {
    let mut decoder = Decoder::new(HOLD_LOCAL);
    let (now, mut out) = (Instant::now(), Vec::new());
    decoder.feed(b"\x1b]52;c;", now, &mut out);
    decoder.feed(&vec![b'r'; 2 * LONG_REPLY], now, &mut out);
    decoder.feed(b"j", now + HOLD_LOCAL, &mut out);
    assert_eq!(names(&out), "j");
}

#[test]
fn only_a_lone_escape_is_delayed() {
    let mut decoder = Decoder::new(HOLD_LOCAL);
    let (now, mut out) = (Instant::now(), Vec::new());
    decoder.feed(b"x", now, &mut out);
    assert_eq!((out.len(), decoder.deadline()), (1, None));
    decoder.feed(b"\x1b", now, &mut out);
    assert_eq!((out.len(), decoder.deadline()), (1, Some(now + HOLD_LOCAL)));
    decoder.expire(now + HOLD_LOCAL / 2, &mut out);
    assert_eq!(out.len(), 1);
    decoder.expire(now + HOLD_LOCAL, &mut out);
    assert_eq!(names(&out), "x esc");
    assert_eq!(decode(&[b"\x1b", b"j"], 110), "esc j");
    assert_eq!(decode(&[b"\x1b", b"[", b"A"], 90), "up", "a slow line tears sequences apart");
}

#[rstest]
#[case("\x1b[200~q\nj\x1b[201~x", "\"q\\nj\" x")]
#[case("\x1b[200~ett\r\ntvå\rtre\x1b[201~", "\"ett\\ntvå\\ntre\"")]
#[case("\x1b[200~\x1b[A\x1b[201~", "\"\\u{1b}[A\"")]
#[case("\x1b[200~a\x03b\x03c\x1b[201~j", "ctrl-c j")]
#[case("\x1b[201~j", "j")]
fn a_paste_is_one_input(#[case] bytes: &str, #[case] want: &str) {
    assert_eq!(decode(&[bytes.as_bytes()], 0), want);
    let pieces: Vec<&[u8]> = bytes.as_bytes().chunks(1).collect();
    assert_eq!(decode(&pieces, 90), want, "in pieces");
}

#[test]
fn a_paste_without_an_end_is_given_out_after_a_pause() {
    assert_eq!(decode(&[b"\x1b[200~q", b"j"], 4_000), "\"q\" j");
    assert_eq!(decode(&[b"\x1b[200~q", b"j\x1b[201~"], 2_000), "\"qj\"", "a slow line stalls");
}

#[test]
fn a_paste_beyond_all_measure_is_cut() {
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.resize(LONGEST_PASTE + 1_000_000, b'x');
    bytes.extend_from_slice(b"\x1b[201~j");
    let mut decoder = Decoder::new(HOLD_LOCAL);
    let mut out = Vec::new();
    decoder.feed(&bytes, Instant::now(), &mut out);
    let [RawInput::Paste(text), RawInput::Key(key)] = &out[..] else { panic!("{} inputs", out.len()) };
    assert!(text.len() <= LONGEST_PASTE && text.bytes().all(|byte| byte == b'x'));
    assert_eq!(*key, Key::char('j'));
}

#[rstest]
#[case(b"\xff\xfej", "j")]
#[case(b"\xc3j", "j")]
#[case(b"\xc3\xc3\xa5", "\u{e5}")]
#[case(b"\xe6\x97\xc3\xa5", "\u{e5}")]
#[case(b"\xed\xa0\x80j", "j")]
fn bytes_that_are_no_utf8_are_dropped(#[case] bytes: &[u8], #[case] want: &str) {
    assert_eq!(decode(&[bytes], 0), want);
}

proptest! {
    /// Any bytes at any pace: no panic, and nothing stays held.
    #[test]
    fn any_bytes(pieces in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..20), 0..400_u64), 0..20)) {
        let mut decoder = Decoder::new(HOLD_REMOTE);
        let (mut now, mut out) = (Instant::now(), Vec::new());
        for (bytes, pause) in pieces {
            decoder.feed(&bytes, now, &mut out);
            now += Duration::from_millis(pause);
        }
        decoder.expire(now + Duration::from_secs(10), &mut out);
        prop_assert_eq!(decoder.deadline(), None);
    }

    /// The result does not depend on how the bytes are split.
    #[test]
    fn pieces_are_as_good_as_the_whole(
        parts in prop::collection::vec(prop::sample::select(vec![
            "j", "å", "日", "\x1b[A", "\x1b[1;5C", "\x1bOP", "\x1bj", "\x1b[200~text\n\x1b[201~", "\x1b[27;5;99~",
            "\x1bP>|XTerm(370)\x1b\\", "\x1b]11;rgb:0/0/0\x07", "\x1b[>41;370;0c", "\r", "\x04",
        ]), 0..12),
        splits in prop::collection::vec(1..8_usize, 1..40),
    ) {
        let bytes = parts.concat().into_bytes();
        let (mut pieces, mut rest, mut splits) = (Vec::new(), &bytes[..], splits.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.len().min(*splits.next().expect("endless")));
            pieces.push(piece);
            rest = after;
        }
        prop_assert_eq!(decode(&pieces, 90), decode(&[&bytes[..]], 0));
    }

    /// Text without control characters is passed through unchanged and at once.
    #[test]
    fn text_passes_unchanged(text in "[^\\p{Cc}]{0,60}") {
        let mut decoder = Decoder::new(HOLD_REMOTE);
        let mut out = Vec::new();
        decoder.feed(text.as_bytes(), Instant::now(), &mut out);
        let want: Vec<_> = text.chars().map(|c| RawInput::Key(Key::char(c))).collect();
        prop_assert_eq!(out, want);
    }
}
