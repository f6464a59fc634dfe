//! Puts a text on the clipboard of the machine at which the person sits, by whatever way reaches it. Over SSH a
//! clipboard tool that "works" fills the remote machine's clipboard, and tmux drops OSC 52 by default.
//!
//! What is copied has no control characters that matter any more: the session has made them visible.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::capability::TerminalEnvironment;
use crate::session::Waker;
use crate::ui::event::CopyResult;

/// The most that goes by OSC 52, in bytes of text: with base64 and its frame this makes the 100,000 bytes at
/// which terminals (hterm, and others after it) stop listening.
pub const LIMIT: usize = 74_994;
/// GNU screen passes device control strings of at most 256 bytes on in its older versions.
const CHUNK: usize = 240;

/// A way to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The first of these tools that takes the text from its standard input.
    Tools(&'static [&'static [&'static str]]),
    /// An escape sequence to the terminal.
    Osc52,
}

const TMUX: &[&[&str]] = &[&["tmux", "load-buffer", "-w", "-"]];
const WAYLAND: &[&[&str]] = &[&["wl-copy"]];
const X11: &[&[&str]] = &[&["xclip", "-selection", "clipboard"], &["xsel", "-i", "-b"]];
const MAC: &[&[&str]] = &[&["pbcopy"]];

/// The way that reaches the person from here.
pub fn way(environment: &TerminalEnvironment) -> Way {
    if environment.tmux {
        Way::Tools(TMUX)
    } else if environment.ssh {
        Way::Osc52
    } else if environment.wayland {
        Way::Tools(WAYLAND)
    } else if environment.x11 {
        Way::Tools(X11)
    } else if cfg!(target_os = "macos") {
        Way::Tools(MAC)
    } else {
        Way::Osc52
    }
}

/// What a tool came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipboardAnswer {
    /// It took the text.
    Took,
    /// None did; here is the text again, for the terminal.
    Refused(String),
}

/// Runs the tools, one after the other until one takes the text, beside the main loop; the answer comes through
/// `answers`, and then `wake` is called.
pub fn run(
    tools: &'static [&'static [&'static str]],
    text: String,
    answers: Sender<ClipboardAnswer>,
    wake: Waker,
) {
    let start = thread::Builder::new().name("clipboard".into());
    // Without a thread there is no answer, which a person sees as nothing copied.
    let _ = start.spawn(move || {
        let taken = tools.iter().any(|tool| takes(tool, &text));
        let _ = answers.send(if taken { ClipboardAnswer::Took } else { ClipboardAnswer::Refused(text) });
        wake();
    });
}

fn takes(tool: &[&str], text: &str) -> bool {
    let Some((name, arguments)) = tool.split_first() else { return false };
    let child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success()) && written
}

/// What a tool's success means to the person: tmux only passes the text on to its own terminal.
pub fn meaning(tools: &[&[&str]]) -> CopyResult {
    if tools == TMUX { CopyResult::SentToTerminal } else { CopyResult::OnClipboard }
}

/// The sequence that asks the terminal to take the text.
///
/// # Errors
/// The text is longer than terminals take.
pub fn osc52(text: &str, inside_screen: bool) -> Result<Vec<u8>, CopyResult> {
    if text.len() > LIMIT {
        return Err(CopyResult::TooLong { limit: LIMIT });
    }
    let mut sequence = b"\x1b]52;c;".to_vec();
    base64(text.as_bytes(), &mut sequence);
    sequence.push(b'\x07');
    if !inside_screen {
        return Ok(sequence);
    }
    let mut wrapped = Vec::with_capacity(sequence.len() + sequence.len() / CHUNK * 4 + 8);
    for chunk in sequence.chunks(CHUNK) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(chunk);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    Ok(wrapped)
}

/// RFC 4648, encoding alone: a crate for these few lines would be one more to trust with what is copied.
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for group in bytes.chunks(3) {
        let part = |i: usize| group.get(i).map_or(0, |byte| u32::from(*byte));
        let word = part(0) << 16 | part(1) << 8 | part(2);
        for i in 0..4 {
            let digit = (word >> (18 - 6 * i)) & 63;
            let known = i <= group.len();
            out.push(if known { DIGITS.get(digit as usize).copied().unwrap_or(b'=') } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", "")]
    #[case("f", "Zg==")]
    #[case("fo", "Zm8=")]
    #[case("foo", "Zm9v")]
    #[case("foob", "Zm9vYg==")]
    #[case("foobar", "Zm9vYmFy")]
    #[case("å", "w6U=")]
    fn encodes_as_the_rfc_says(#[case] text: &str, #[case] want: &str) {
        let mut out = Vec::new();
        base64(text.as_bytes(), &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }

    #[rstest]
    #[case(TerminalEnvironment { tmux: true, ssh: true, ..TerminalEnvironment::default() }, Way::Tools(TMUX))]
    #[case(TerminalEnvironment { ssh: true, x11: true, ..TerminalEnvironment::default() }, Way::Osc52)]
    #[case(TerminalEnvironment { wayland: true, x11: true, ..TerminalEnvironment::default() }, Way::Tools(WAYLAND))]
    #[case(TerminalEnvironment { x11: true, ..TerminalEnvironment::default() }, Way::Tools(X11))]
    fn takes_the_way_that_reaches_the_person(#[case] environment: TerminalEnvironment, #[case] want: Way) {
        assert_eq!(way(&environment), want);
    }

    #[test]
    fn a_longer_text_than_terminals_take_is_not_sent() {
        assert_eq!(osc52(&"x".repeat(LIMIT), false).map(|sequence| sequence.len()), Ok(100_000));
        assert_eq!(osc52(&"x".repeat(LIMIT + 1), false), Err(CopyResult::TooLong { limit: LIMIT }));
    }

    #[test]
    fn screen_gets_it_in_pieces() {
        let sequence = osc52(&"x".repeat(1000), true).unwrap();
        let text = String::from_utf8(sequence).unwrap();
        let pieces: Vec<_> = text.split_inclusive("\x1b\\").collect();
        assert!(pieces.iter().all(|piece| piece.starts_with("\x1bP") && piece.len() <= 256));
        let inner: String =
            pieces.iter().filter_map(|piece| piece.strip_prefix("\x1bP")?.strip_suffix("\x1b\\")).collect();
        assert_eq!(inner.as_bytes(), osc52(&"x".repeat(1000), false).unwrap());
    }

    #[test]
    fn a_tool_that_fails_gives_the_text_back() {
        let (sender, answers) = std::sync::mpsc::channel();
        run(&[&["diarium-no-such-tool"]], "text".into(), sender.clone(), std::sync::Arc::new(|| {}));
        assert_eq!(answers.recv(), Ok(ClipboardAnswer::Refused("text".into())));
        run(&[&["diarium-no-such-tool"], &["cat"]], "text".into(), sender, std::sync::Arc::new(|| {}));
        assert_eq!(answers.recv(), Ok(ClipboardAnswer::Took));
    }
}
