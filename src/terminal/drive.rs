//! The main loop: waits, reads all there is, hands it to the guest, does what the guest requests, and draws what
//! changed. One thread; no tick: an idle program sends nothing and uses no CPU.
//!
//! Knows no escape sequence and no key.

use std::io;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::SIGHUP;

use super::capability::Capability;
use super::clipboard::{self, ClipboardAnswer, Way};
use super::editor;
use super::input::Keyboard;
use super::rejoin::{HOLD_LOCAL, HOLD_REMOTE, RawInput};
use super::restore::Restorer;
use super::screen::Screen;
use super::suspend::{SuspendRequest, suspend};
use super::tty;
use super::wake::Wake;
use super::watch::Interrupts;
use super::{App, Ended, TerminalSettings};
use crate::ui::event::{CopyResult, Event, Request};

/// The least time between two frames, unless the first one showed no more than what was typed.
const FRAME: Duration = Duration::from_millis(10);
/// How long a frame waits for an answer that is expected: most searches take less, and one frame then shows the
/// typed letter and what it finds.
const SETTLING: Duration = Duration::from_millis(6);
/// A frame that has been due for this long is drawn even if events keep coming.
const PATIENCE: Duration = Duration::from_millis(50);

/// Why the loop ends before the guest asks for it: the terminal is gone.
type Flow = Result<(), Ended>;

pub struct Driver<'a, G> {
    restorer: &'a Restorer,
    wake: &'a Wake,
    interrupts: &'a Interrupts,
    settings: &'a TerminalSettings,
    keyboard: Keyboard,
    screen: Screen,
    size: Size,
    guest: G,
    started: Instant,
    /// When the last frame was drawn that waited for nothing: the answer to a typed letter may follow it at once.
    drawn: Option<Instant>,
    /// When the guest first changed after it.
    changed: Option<Instant>,
    answers: (mpsc::Sender<ClipboardAnswer>, mpsc::Receiver<ClipboardAnswer>),
    copied_as: CopyResult,
}

/// What the wait was ended by.
#[derive(Default)]
struct Ready {
    keys: bool,
    woken: bool,
    writable: bool,
}

impl<'a, G: App> Driver<'a, G> {
    pub fn new(
        restorer: &'a Restorer,
        wake: &'a Wake,
        interrupts: &'a Interrupts,
        settings: &'a TerminalSettings,
        capability: Capability,
        size: Size,
        guest: G,
    ) -> Self {
        let hold = if settings.environment.ssh { HOLD_REMOTE } else { HOLD_LOCAL };
        let now = Instant::now();
        Self {
            restorer,
            wake,
            interrupts,
            settings,
            keyboard: Keyboard::new(hold),
            screen: Screen::new(capability, size),
            size,
            guest,
            started: now,
            drawn: None,
            changed: Some(now),
            answers: mpsc::channel(),
            copied_as: CopyResult::SentToTerminal,
        }
    }

    /// Runs until the guest or the terminal goes.
    pub fn run(mut self) -> (Ended, G) {
        let ended = loop {
            if let Err(ended) = self.turn() {
                break ended;
            }
        };
        (ended, self.guest)
    }

    fn turn(&mut self) -> Flow {
        if self.drawn.is_none() && self.changed.is_some() {
            let Size { width, height } = self.size;
            self.handle(Event::Now(0))?;
            self.handle(Event::Resize { width, height })?;
            return self.draw();
        }
        if self.guest.take_changed() {
            self.changed.get_or_insert_with(Instant::now);
        }
        let now = Instant::now();
        let due = self.changed.map(|since| {
            let wanted = if self.guest.is_settling() { since + SETTLING } else { since };
            self.drawn.map_or(wanted, |drawn| wanted.max(drawn + FRAME))
        });
        let ready = self.wait(now, due)?;
        let late = due.is_some_and(|due| now > due + PATIENCE);
        if (ready.keys || ready.woken) && !(late && ready.writable) {
            return self.events(&ready);
        }
        let now = Instant::now();
        if self.keyboard.deadline().into_iter().chain(self.wanted()).any(|deadline| deadline <= now) {
            return self.events(&ready);
        }
        if ready.writable { self.draw() } else { Ok(()) }
    }

    /// Waits for the keyboard, a waker or a signal; for a held Esc or a frame that is due, no longer than that.
    /// A due frame waits until the terminal takes bytes: where the line is slow, later keys still count into it.
    fn wait(&self, now: Instant, due: Option<Instant>) -> Result<Ready, Ended> {
        let tty = self.restorer.tty();
        let (input, output, wake) = (tty.input(), tty.output(), self.wake.descriptor());
        let mut polled = [
            PollFd::from_borrowed_fd(input, PollFlags::IN),
            PollFd::from_borrowed_fd(wake, PollFlags::IN),
            PollFd::from_borrowed_fd(output, PollFlags::OUT),
        ];
        let draw = due.is_some_and(|due| due <= now);
        let count = if draw { 3 } else { 2 };
        let until =
            [due.filter(|_| !draw), self.keyboard.deadline(), self.wanted()].into_iter().flatten().min();
        let timeout = until.map(|until| until.saturating_duration_since(now));
        let Some(asked) = polled.get_mut(..count) else { return Ok(Ready::default()) };
        tty::wait(asked, timeout).map_err(gone)?;
        if let Some(signal) = self.wake.gone_by() {
            return Err(Ended::Gone(signal));
        }
        let [keys, woken, output] = polled.map(|polled| polled.revents());
        if tty::is_gone(keys) || tty::is_gone(output) {
            return Err(Ended::Gone(SIGHUP));
        }
        Ok(Ready { keys: !keys.is_empty(), woken: !woken.is_empty(), writable: !output.is_empty() })
    }

    /// When the guest wants to know the time.
    fn wanted(&self) -> Option<Instant> {
        self.guest.wake_at().map(|at| self.started + Duration::from_millis(at))
    }

    /// Hands over all that has come.
    fn events(&mut self, ready: &Ready) -> Flow {
        let mut inputs = Vec::new();
        if ready.woken {
            self.wake.drain();
        }
        if ready.keys || self.keyboard.is_due() {
            self.keyboard.read(&mut inputs).map_err(gone)?;
        }
        self.keyboard.expire(&mut inputs);
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.handle(Event::Now(now))?;
        if ready.woken {
            self.woken()?;
        }
        for input in inputs {
            self.handle(match input {
                RawInput::Key(key) => Event::Key(key),
                RawInput::Paste(text) => Event::Paste(text),
            })?;
        }
        Ok(())
    }

    /// What signals and workers have left.
    fn woken(&mut self) -> Flow {
        if self.wake.take_stopped() {
            self.stop(SuspendRequest::Elsewhere)?;
        }
        if self.wake.take_continued() {
            // Stopped by SIGSTOP, which nobody can prepare for: the shell has had the terminal.
            self.restorer.enter().map_err(gone)?;
            self.redraw();
            self.resize()?;
        }
        if self.wake.take_resized() {
            self.resize()?;
        }
        while let Ok(answer) = self.answers.1.try_recv() {
            let result = match answer {
                ClipboardAnswer::Took => self.copied_as,
                ClipboardAnswer::Refused(text) => self.send(&text)?,
            };
            self.handle(Event::Copied(result))?;
        }
        self.guest.drain();
        self.requests()
    }

    fn handle(&mut self, event: Event) -> Flow {
        self.guest.handle(event);
        self.requests()
    }

    /// Does all that the guest requests.
    fn requests(&mut self) -> Flow {
        while let Some(request) = self.guest.request() {
            match request {
                Request::Quit(outcome) => return Err(Ended::Outcome(outcome)),
                Request::Suspend => self.stop(SuspendRequest::Here)?,
                Request::Redraw => self.redraw(),
                Request::Copy(text) => self.copy(text)?,
                Request::Edit(text) => self.edit(&text)?,
            }
        }
        Ok(())
    }

    fn stop(&mut self, asked: SuspendRequest) -> Flow {
        if suspend(self.restorer, self.wake, asked).map_err(gone)? {
            self.redraw();
            self.resize()?;
        }
        Ok(())
    }

    fn edit(&mut self, text: &str) -> Flow {
        let command = &self.settings.environment.editor;
        let result = match &self.settings.scratch {
            Some(folder) => {
                self.interrupts.ignore();
                editor::edit(self.restorer, self.wake, command, folder, text)
            }
            None => Err(format!("{command}: no folder")),
        };
        self.interrupts.heed();
        if let Some(signal) = self.wake.gone_by() {
            // What was written so far is not lost with the line.
            self.guest.handle(Event::Edited(result));
            return Err(Ended::Gone(signal));
        }
        self.restorer.enter().map_err(gone)?;
        self.wake.take_stopped();
        self.wake.take_continued();
        self.redraw();
        self.resize()?;
        self.handle(Event::Edited(result))
    }

    fn redraw(&mut self) {
        self.screen.forget();
        self.changed.get_or_insert_with(Instant::now);
    }

    /// The kernel is asked for the size, the terminal never.
    fn resize(&mut self) -> Flow {
        let size = self.restorer.tty().size();
        if size == self.size {
            return Ok(());
        }
        self.size = size;
        self.screen.resize(size);
        self.changed.get_or_insert_with(Instant::now);
        self.handle(Event::Resize { width: size.width, height: size.height })
    }

    fn copy(&mut self, text: String) -> Flow {
        match clipboard::way(&self.settings.environment) {
            Way::Tools(tools) => {
                self.copied_as = clipboard::meaning(tools);
                clipboard::run(tools, text, self.answers.0.clone(), self.wake.waker());
                Ok(())
            }
            Way::Osc52 => {
                let result = self.send(&text)?;
                self.handle(Event::Copied(result))
            }
        }
    }

    /// Sends a text to the terminal's clipboard.
    fn send(&self, text: &str) -> Result<CopyResult, Ended> {
        match clipboard::osc52(text, self.settings.environment.screen) {
            Ok(sequence) => {
                self.restorer.tty().write(&sequence).map_err(gone)?;
                Ok(CopyResult::SentToTerminal)
            }
            Err(result) => Ok(result),
        }
    }

    fn draw(&mut self) -> Flow {
        self.guest.take_changed();
        let guest = &self.guest;
        let bytes = self.screen.frame(|buffer| guest.render(buffer));
        self.restorer.tty().write(bytes).map_err(gone)?;
        if self.drawn.is_none() || !self.guest.is_settling() {
            self.drawn = Some(Instant::now());
        }
        self.changed = None;
        Ok(())
    }
}

/// A terminal that cannot be read or written is one that went away.
fn gone(_: io::Error) -> Ended {
    Ended::Gone(SIGHUP)
}
