//! An application that shows the events of the terminal layer, run by this test program in a pseudo-terminal.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use diarium::terminal::{self, App, Ended, TerminalEnvironment, TerminalSettings};
use diarium::ui::event::{CopyResult, EditOutcome, Event, Outcome, Request};
use diarium::ui::keys::key::Key;
use portable_pty::CommandBuilder;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;

/// Set to run this test program as the application.
const VARIABLE: &str = "DIARIUM_PROBE";

/// The program and its arguments that show the guest.
pub fn command() -> CommandBuilder {
    let mut command = CommandBuilder::new(program());
    command.args(ARGUMENTS);
    command.env(VARIABLE, "1");
    command
}

/// The application inside a shell script, as `"$0" "$@"`.
pub fn command_in(script: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script]);
    command.arg(program());
    command.args(ARGUMENTS);
    command.env(VARIABLE, "1");
    command
}

const ARGUMENTS: [&str; 5] = ["--exact", "pty::probe::guest", "--ignored", "--nocapture", "--test-threads=1"];

fn program() -> std::path::PathBuf {
    std::env::current_exe().expect("this test program")
}

/// A text's length and hash, as the guest shows them for a paste.
pub fn digest(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{}:{:x}", text.len(), hasher.finish())
}

#[derive(Default)]
struct Probe {
    keys: String,
    count: usize,
    size: String,
    note: String,
    requests: Vec<Request>,
    changed: bool,
}

impl App for Probe {
    fn handle(&mut self, event: Event) {
        match event {
            Event::Key(key) => {
                assert_ne!(key, Key::char('!'), "asked to panic");
                let _ = write!(self.keys, "{key} ");
                self.count += 1;
                self.requests.extend(match key.to_string().as_str() {
                    "q" => Some(Request::Quit(Outcome::Done)),
                    "ctrl-z" => Some(Request::Suspend),
                    "ctrl-l" => Some(Request::Redraw),
                    "e" => Some(Request::Edit("begun".into())),
                    "y" => Some(Request::Copy("åäö".into())),
                    "Y" => Some(Request::Copy("x".repeat(80_000))),
                    _ => None,
                });
            }
            Event::Paste(text) => self.note = format!("paste {}.", digest(&text)),
            Event::Edited(EditOutcome::Ended { contents, .. }) => {
                self.note = format!("edited {:?}.", String::from_utf8_lossy(&contents));
            }
            Event::Edited(EditOutcome::Failed { reason, contents }) => {
                let contents = contents.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                self.note = format!("not edited: {reason} {contents:?}");
            }
            Event::Resize { width, height } => self.size = format!("{width}x{height}."),
            Event::Copied(CopyResult::SentToTerminal) => self.note = "sent.".into(),
            Event::Copied(result) => self.note = format!("{result:?}"),
            _ => return,
        }
        self.changed = true;
    }

    fn drain(&mut self) {}

    fn request(&mut self) -> Option<Request> {
        self.requests.pop()
    }

    fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    fn render(&self, buffer: &mut Buffer) -> Option<Position> {
        let id = format!("process {}. {} keys.", std::process::id(), self.count);
        for (y, text) in (0..).zip([&self.keys, &self.size, &self.note, &id]) {
            buffer.set_string(0, y, text, Style::default());
        }
        Some(Position::ORIGIN)
    }
}

#[test]
#[ignore = "run in a pseudo-terminal by the other tests"]
#[expect(clippy::exit, reason = "the test program's own status would hide the guest's")]
fn guest() {
    if std::env::var_os(VARIABLE).is_none() {
        return;
    }
    let environment = TerminalEnvironment::read(|name| std::env::var(name).ok());
    let draw_on_tty = std::env::var_os("DIARIUM_PROBE_PICKS").is_some();
    let scratch = Some(std::env::temp_dir());
    let settings = TerminalSettings { environment, draw_on_tty, scratch, ..TerminalSettings::default() };
    let (ended, _) = terminal::run(&settings, |_, _| Probe::default()).expect("a terminal");
    match ended {
        Ended::Outcome(_) => std::process::exit(0),
        Ended::Gone(_) => std::process::exit(ended.signal_status().map_or(1, i32::from)),
    }
}
