//! Copies text to the clipboard of the person's own machine. Over SSH a local clipboard tool would fill the remote
//! machine's clipboard, and tmux drops OSC 52 by default.
//!
//! The session has replaced control characters in the text already.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::capability::TerminalEnvironment;
use crate::session::Waker;
use crate::ui::event::CopyResult;

/// Maximum size of a text for OSC 52, in bytes. Encoded and framed it has the 100,000 bytes beyond which hterm and other
/// terminals ignore the sequence.
pub const LIMIT: usize = 74_994;
/// Bytes in one device control string; older versions of GNU screen pass on at most 256.
const CHUNK: usize = 240;

/// A way to reach the clipboard.
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

/// Returns the way that reaches the person's own machine.
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

/// The answer of the clipboard tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipboardAnswer {
    /// One of them took the text.
    Taken,
    /// None of them did; the text, to be sent to the terminal.
    Refused(String),
}

/// Runs the tools in a thread, one after another until one takes the text. Sends the answer to `answers` and calls
/// `wake`.
pub fn run(
    tools: &'static [&'static [&'static str]],
    text: String,
    answers: Sender<ClipboardAnswer>,
    wake: Waker,
) {
    let start = thread::Builder::new().name("clipboard".into());
    // Without a thread there is no answer, and no message that anything was copied.
    let _ = start.spawn(move || {
        let taken = tools.iter().any(|tool| takes(tool, &text));
        let _ = answers.send(if taken { ClipboardAnswer::Taken } else { ClipboardAnswer::Refused(text) });
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

/// Returns the result if one of the tools succeeds: tmux only forwards the text to its own terminal.
pub fn result_of(tools: &[&[&str]]) -> CopyResult {
    if tools == TMUX { CopyResult::SentToTerminal } else { CopyResult::OnClipboard }
}

/// Returns the sequence that puts the text on the terminal's clipboard.
///
/// # Errors
/// The text is longer than [`LIMIT`].
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

/// Appends the base64 encoding of RFC 4648.
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
    fn base64_follows_rfc_4648(#[case] text: &str, #[case] want: &str) {
        let mut out = Vec::new();
        base64(text.as_bytes(), &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }

    #[rstest]
    #[case(TerminalEnvironment { tmux: true, ssh: true, ..TerminalEnvironment::default() }, Way::Tools(TMUX))]
    #[case(TerminalEnvironment { ssh: true, x11: true, ..TerminalEnvironment::default() }, Way::Osc52)]
    #[case(TerminalEnvironment { wayland: true, x11: true, ..TerminalEnvironment::default() }, Way::Tools(WAYLAND))]
    #[case(TerminalEnvironment { x11: true, ..TerminalEnvironment::default() }, Way::Tools(X11))]
    fn the_way_reaches_the_persons_own_machine(#[case] environment: TerminalEnvironment, #[case] want: Way) {
        assert_eq!(way(&environment), want);
    }

    #[test]
    fn a_text_beyond_the_limit_is_not_sent() {
        assert_eq!(osc52(&"x".repeat(LIMIT), false).map(|sequence| sequence.len()), Ok(100_000));
        assert_eq!(osc52(&"x".repeat(LIMIT + 1), false), Err(CopyResult::TooLong { limit: LIMIT }));
    }

    #[test]
    fn gnu_screen_gets_it_in_pieces() {
        let sequence = osc52(&"x".repeat(1000), true).unwrap();
        let text = String::from_utf8(sequence).unwrap();
        let pieces: Vec<_> = text.split_inclusive("\x1b\\").collect();
        assert!(pieces.iter().all(|piece| piece.starts_with("\x1bP") && piece.len() <= 256));
        let inner: String =
            pieces.iter().filter_map(|piece| piece.strip_prefix("\x1bP")?.strip_suffix("\x1b\\")).collect();
        assert_eq!(inner.as_bytes(), osc52(&"x".repeat(1000), false).unwrap());
    }

    #[test]
    fn a_failing_tool_gives_the_text_back() {
        let (sender, answers) = std::sync::mpsc::channel();
        run(&[&["diarium-no-such-tool"]], "text".into(), sender.clone(), std::sync::Arc::new(|| {}));
        assert_eq!(answers.recv(), Ok(ClipboardAnswer::Refused("text".into())));
        run(&[&["diarium-no-such-tool"], &["cat"]], "text".into(), sender, std::sync::Arc::new(|| {}));
        assert_eq!(answers.recv(), Ok(ClipboardAnswer::Taken));
    }
}
