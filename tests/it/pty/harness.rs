//! A program in a pseudo-terminal, and an emulator with the screen that a user would see.
//!
//! The end mark of a frame is the clock: no test sleeps or retries. The deadline only ends failed tests.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::steps::Steps;

/// The mark with which each frame ends (synchronized output).
const END: &[u8] = b"\x1b[?2026l";
/// Longer than anything takes on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// A program in a pseudo-terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    emulator: vt100::Parser,
    chunks: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
    /// Received, but not yet shown to the emulator.
    pending: Vec<u8>,
    /// All that was ever received.
    pub raw: Vec<u8>,
    modes: String,
    frames: usize,
}

impl Terminal {
    /// Starts the command; nothing, said aloud, where there are no pseudo-terminals.
    pub fn start(mut command: CommandBuilder, width: u16, height: u16) -> Option<Self> {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = match native_pty_system().openpty(size) {
            Ok(pair) => pair,
            Err(error) => {
                let _ = writeln!(std::io::stderr(), "SKIPPED: no pseudo-terminal here: {error}");
                return None;
            }
        };
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        for name in [
            "COLORTERM",
            "NO_COLOR",
            "TMUX",
            "STY",
            "SSH_CONNECTION",
            "SSH_TTY",
            "DISPLAY",
            "WAYLAND_DISPLAY",
        ] {
            command.env_remove(name);
        }
        let modes = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let (sender, chunks) = mpsc::channel();
        let mut source = pair.master.try_clone_reader().expect("a reader");
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        let reader = thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = source.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() || closed.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        Some(Self {
            writer: pair.master.take_writer().expect("a writer"),
            master: pair.master,
            child,
            emulator: vt100::Parser::new(size.rows.try_into().ok()?, size.cols.try_into().ok()?, 0),
            chunks,
            reader: Some(reader),
            closing,
            pending: Vec::new(),
            raw: Vec::new(),
            modes,
            frames: 0,
        })
    }

    /// Types the bytes, as a terminal would send them.
    pub fn press(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// Presses the keys of named steps, in one piece.
    pub fn play(&mut self, steps: &Steps) {
        self.press(&steps.bytes());
    }

    /// Changes the terminal's size.
    pub fn resize(&mut self, width: u16, height: u16) {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the size changes");
        self.emulator
            .screen_mut()
            .set_size(height.try_into().expect("rows"), width.try_into().expect("columns"));
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        self.emulator.screen().contents()
    }

    /// The emulator's screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// Waits for the end of a frame that shows `text`; the last one may be it.
    #[track_caller]
    pub fn frame(&mut self, text: &str) {
        self.until(text, true);
    }

    /// Waits until something other than a frame (a shell, a panic) has written `text`.
    #[track_caller]
    pub fn shell(&mut self, text: &str) {
        self.until(text, false);
    }

    #[track_caller]
    fn until(&mut self, text: &str, frames: bool) {
        let end = Instant::now() + DEADLINE;
        if frames && self.frames > 0 && self.text().contains(text) {
            return;
        }
        loop {
            while self.show_frame() {
                if self.text().contains(text) {
                    return;
                }
            }
            if !frames {
                self.emulator.process(&std::mem::take(&mut self.pending));
                if self.text().contains(text) {
                    return;
                }
            }
            if let Err(error) = self.receive(end) {
                panic!("no {text:?} ({error}); the screen shows\n{}", self.text());
            }
        }
    }

    /// Feeds frames to the emulator until a number of bytes has been received, or the screen shows the expected text.
    #[track_caller]
    pub fn frames_until(&mut self, bytes: usize, wanted: impl Fn(&str) -> bool) {
        let end = Instant::now() + DEADLINE;
        while self.raw.len() < bytes && !wanted(&self.text()) {
            if let Err(error) = self.receive(end) {
                panic!("{error}; the screen shows\n{}", self.text());
            }
            while self.show_frame() {}
        }
    }

    /// Shows the next frame, if all of it has been received.
    fn show_frame(&mut self) -> bool {
        let Some(at) = find(&self.pending, END) else { return false };
        let rest = self.pending.split_off(at + END.len());
        let frame = std::mem::replace(&mut self.pending, rest);
        self.emulator.process(&frame);
        self.frames += 1;
        true
    }

    fn receive(&mut self, end: Instant) -> Result<(), RecvTimeoutError> {
        let chunk = self.chunks.recv_timeout(end.saturating_duration_since(Instant::now()))?;
        self.raw.extend_from_slice(&chunk);
        self.pending.extend(chunk);
        Ok(())
    }

    /// Kills the program, which cannot hinder it: the screen as its last whole frame left it.
    #[track_caller]
    pub fn kill(mut self) -> String {
        self.signal(rustix::process::Signal::KILL);
        self.child.wait().expect("it ends");
        let end = Instant::now() + DEADLINE;
        while self.receive(end).is_ok() {}
        while self.show_frame() {}
        assert!(self.screen().alternate_screen(), "it had not ended by itself\n{}", self.text());
        self.text()
    }

    /// Sends a signal to the program that was started.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = self.child.process_id().expect("it runs").try_into().expect("a process id");
        send(id, signal);
    }

    /// Drops the line like a lost connection: no descriptor of the terminal's other end stays open. `key` must make the
    /// program draw, since the reading thread waits for output.
    pub fn hang_up(mut self, key: &[u8]) -> u32 {
        self.closing.store(true, Ordering::SeqCst);
        self.press(key);
        self.reader.take().expect("once").join().expect("the reader ends");
        let Self { master, writer, child, .. } = self;
        drop((master, writer));
        exit_status(child)
    }

    /// Waits for the program to end; returns its exit status and the text left on the screen. Panics unless the
    /// terminal's modes are restored and the alternate screen is left.
    #[track_caller]
    pub fn end(mut self) -> (u32, String) {
        let status = exit_status(self.child);
        let modes = format!("{:?}", self.master.get_termios());
        drop((self.writer, self.master));
        while let Ok(chunk) = self.chunks.recv_timeout(DEADLINE) {
            self.pending.extend(chunk);
        }
        self.emulator.process(&self.pending);
        let screen = self.emulator.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.bracketed_paste(), "bracketed paste is off");
        assert!(!screen.hide_cursor(), "the cursor shows");
        assert_eq!(self.modes, modes, "the modes are as they were");
        (status, screen.contents())
    }
}

/// Sends a signal to a process.
pub fn send(id: i32, signal: rustix::process::Signal) {
    let id = rustix::process::Pid::from_raw(id).expect("a process id");
    rustix::process::kill_process(id, signal).expect("it runs");
}

/// The program's exit status, waited for no longer than the deadline.
#[track_caller]
fn exit_status(mut child: Box<dyn Child + Send + Sync>) -> u32 {
    let mut killer = child.clone_killer();
    let (sender, status) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait().map(|status| status.exit_code())));
    let Ok(status) = status.recv_timeout(DEADLINE) else {
        let _ = killer.kill();
        panic!("the program does not end");
    };
    status.expect("a status")
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
