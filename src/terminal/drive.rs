//! The main loop: waits, reads all input, hands it to the application, performs its requests, and draws what has
//! changed. One thread and no tick: an idle program sends nothing and uses no CPU.

use std::io;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::SIGHUP;

use super::clipboard::{self, ClipboardAnswer, Way};
use super::decoder::{HOLD_LOCAL, HOLD_REMOTE, RawInput};
use super::devices::Devices;
use super::editor;
use super::input::Keyboard;
use super::screen::Screen;
use super::suspend::{SuspendRequest, suspend};
use super::tty;
use super::{App, Ended};
use crate::ui::event::{CopyResult, EditOutcome, Event, Request};
use crate::ui::keys::key::{Key, KeyCode};

/// Minimum time between two frames, unless the first one showed only typed text.
const FRAME: Duration = Duration::from_millis(10);
/// Time that a frame waits for an expected answer. Most searches take less, so that one frame shows the typed letter
/// and its hits.
const SETTLING: Duration = Duration::from_millis(6);
/// Time after which a due frame is drawn even if events keep coming.
const PATIENCE: Duration = Duration::from_millis(50);

/// `Err` ends the loop.
type Flow = Result<(), Ended>;

/// The main loop of an application.
pub struct Driver<'a, A> {
    devices: Devices<'a>,
    keyboard: Keyboard,
    screen: Screen,
    size: Size,
    app: A,
    started: Instant,
    /// Time of the last frame, unless that one was drawn while an answer was expected: the answer may follow at once.
    drawn: Option<Instant>,
    /// Time of the first change that has not been drawn.
    changed: Option<Instant>,
    answers: (mpsc::Sender<ClipboardAnswer>, mpsc::Receiver<ClipboardAnswer>),
    copied_as: CopyResult,
}

/// The events that ended a wait.
#[derive(Default)]
struct Ready {
    keys: bool,
    woken: bool,
    writable: bool,
}

impl<'a, A: App> Driver<'a, A> {
    /// A loop that has drawn nothing yet.
    pub fn new(devices: Devices<'a>, screen: Screen, size: Size, app: A) -> Self {
        let hold = if devices.settings.environment.ssh { HOLD_REMOTE } else { HOLD_LOCAL };
        let now = Instant::now();
        Self {
            devices,
            keyboard: Keyboard::new(hold),
            screen,
            size,
            app,
            started: now,
            drawn: None,
            changed: Some(now),
            answers: mpsc::channel(),
            copied_as: CopyResult::SentToTerminal,
        }
    }

    /// Runs until the application ends or the terminal goes away.
    pub fn run(mut self) -> (Ended, A) {
        let ended = loop {
            if let Err(ended) = self.turn() {
                break ended;
            }
        };
        (ended, self.app)
    }

    fn turn(&mut self) -> Flow {
        if self.drawn.is_none() && self.changed.is_some() {
            let Size { width, height } = self.size;
            self.handle(Event::Now(0))?;
            self.handle(Event::Resize { width, height })?;
            return self.draw();
        }
        if self.app.take_changed() {
            self.changed.get_or_insert_with(Instant::now);
        }
        let now = Instant::now();
        let due = self.changed.map(|since| {
            let wanted = if self.app.is_settling() { since + SETTLING } else { since };
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

    /// Waits for the keyboard, a worker or a signal, at most until a held Esc or a frame is due. A due frame waits until
    /// the terminal takes bytes: on a slow line, later keys are drawn with it.
    fn wait(&self, now: Instant, due: Option<Instant>) -> Result<Ready, Ended> {
        let tty = self.devices.restorer.tty();
        let (input, output, wake) = (tty.input(), tty.output(), self.devices.wake.descriptor());
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
        let Some(polled_now) = polled.get_mut(..count) else { return Ok(Ready::default()) };
        tty::wait(polled_now, timeout).map_err(gone)?;
        if let Some(signal) = self.devices.wake.gone_by() {
            return Err(Ended::Gone(signal));
        }
        let [keys, woken, output] = polled.map(|polled| polled.revents());
        if tty::is_gone(keys) || tty::is_gone(output) {
            return Err(Ended::Gone(SIGHUP));
        }
        Ok(Ready { keys: !keys.is_empty(), woken: !woken.is_empty(), writable: !output.is_empty() })
    }

    /// Time at which the application wants [`Event::Now`].
    fn wanted(&self) -> Option<Instant> {
        self.app.wake_at().map(|at| self.started + Duration::from_millis(at))
    }

    /// Hands over all input.
    fn events(&mut self, ready: &Ready) -> Flow {
        let mut inputs = Vec::new();
        if ready.woken {
            self.devices.wake.drain();
        }
        if ready.keys {
            self.keyboard.read(self.devices.restorer.tty(), &mut inputs).map_err(gone)?;
        }
        self.keyboard.expire(&mut inputs);
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.handle(Event::Now(now))?;
        if ready.woken {
            self.woken()?;
        }
        let mut keys = Vec::new();
        for input in inputs {
            match input {
                RawInput::Key(key) => keys.push(key),
                RawInput::Paste(text) => {
                    self.keys(&std::mem::take(&mut keys))?;
                    self.handle(Event::Paste(text))?;
                }
            }
        }
        self.keys(&keys)
    }

    /// Hands over keys that have arrived at once; the end of them may be a text that was pasted without brackets.
    fn keys(&mut self, keys: &[Key]) -> Flow {
        let pasted_from = self.app.pasted_from(keys).unwrap_or(keys.len());
        let (typed, pasted) = keys.split_at(pasted_from.min(keys.len()));
        for key in typed {
            self.handle(Event::Key(*key))?;
        }
        if pasted.is_empty() {
            return Ok(());
        }
        self.handle(Event::UnbracketedPaste(pasted.iter().filter_map(pasted_character).collect()))
    }

    /// Handles what signals and workers have sent.
    fn woken(&mut self) -> Flow {
        if self.devices.wake.take_stopped() {
            self.stop(SuspendRequest::Elsewhere)?;
        }
        if self.devices.wake.take_continued() {
            // SIGSTOP cannot be caught: the shell has used the terminal meanwhile.
            self.devices.restorer.enter().map_err(gone)?;
            self.redraw();
            self.resize()?;
        }
        if self.devices.wake.take_resized() {
            self.resize()?;
        }
        while let Ok(answer) = self.answers.1.try_recv() {
            let result = match answer {
                ClipboardAnswer::Taken => self.copied_as,
                ClipboardAnswer::Refused(text) => self.send(&text)?,
            };
            self.handle(Event::Copied(result))?;
        }
        self.app.drain();
        self.requests()
    }

    fn handle(&mut self, event: Event) -> Flow {
        self.app.handle(event);
        self.requests()
    }

    /// Performs all requests of the application.
    fn requests(&mut self) -> Flow {
        while let Some(request) = self.app.request() {
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

    fn stop(&mut self, requested_by: SuspendRequest) -> Flow {
        if suspend(self.devices.restorer, self.devices.wake, requested_by).map_err(gone)? {
            self.redraw();
            self.resize()?;
        }
        Ok(())
    }

    fn edit(&mut self, text: &str) -> Flow {
        let command = &self.devices.settings.environment.editor;
        let outcome = match &self.devices.settings.scratch {
            Some(folder) => {
                self.devices.interrupts.ignore();
                editor::edit(self.devices, folder, text)
            }
            None => EditOutcome::Failed { reason: format!("{command}: no folder"), contents: None },
        };
        self.devices.interrupts.heed();
        if let Some(signal) = self.devices.wake.gone_by() {
            // The text written so far must survive the lost line.
            self.app.handle(Event::Edited(outcome));
            return Err(Ended::Gone(signal));
        }
        self.devices.restorer.enter().map_err(gone)?;
        self.devices.wake.take_stopped();
        self.devices.wake.take_continued();
        self.redraw();
        self.resize()?;
        self.handle(Event::Edited(outcome))
    }

    fn redraw(&mut self) {
        self.screen.forget();
        self.changed.get_or_insert_with(Instant::now);
    }

    /// Takes the size from the kernel; the terminal itself is never queried.
    fn resize(&mut self) -> Flow {
        let size = self.devices.restorer.tty().size();
        if size == self.size {
            return Ok(());
        }
        self.size = size;
        self.screen.resize(size);
        self.changed.get_or_insert_with(Instant::now);
        self.handle(Event::Resize { width: size.width, height: size.height })
    }

    fn copy(&mut self, text: String) -> Flow {
        match clipboard::way(&self.devices.settings.environment) {
            Way::Tools(tools) => {
                self.copied_as = clipboard::result_of(tools);
                clipboard::run(tools, text, self.answers.0.clone(), self.devices.wake.waker());
                Ok(())
            }
            Way::Osc52 => {
                let result = self.send(&text)?;
                self.handle(Event::Copied(result))
            }
        }
    }

    /// Sends a text to the clipboard of the terminal.
    fn send(&self, text: &str) -> Result<CopyResult, Ended> {
        match clipboard::osc52(text, self.devices.settings.environment.screen) {
            Ok(sequence) => {
                self.devices.restorer.tty().write(&sequence).map_err(gone)?;
                Ok(CopyResult::SentToTerminal)
            }
            Err(result) => Ok(result),
        }
    }

    fn draw(&mut self) -> Flow {
        self.app.take_changed();
        let app = &self.app;
        let bytes = self.screen.frame(|buffer| app.render(buffer));
        self.devices.restorer.tty().write(bytes).map_err(gone)?;
        if self.drawn.is_none() || !self.app.is_settling() {
            self.drawn = Some(Instant::now());
        }
        self.changed = None;
        Ok(())
    }
}

/// The character of a key in a paste.
fn pasted_character(key: &Key) -> Option<char> {
    match key.code {
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => key.typed(),
    }
}

/// A terminal that cannot be read or written has gone away.
fn gone(_: io::Error) -> Ended {
    Ended::Gone(SIGHUP)
}
