//! The person's own editor: it gets the terminal, and the file that it leaves is read.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;
use tempfile::NamedTempFile;

use super::devices::Devices;
use super::restore::Restorer;
use super::tty;
use super::wake::Wake;
use crate::ui::event::EditOutcome;

/// Maximum size in bytes of the file that is read back.
const LONGEST: u64 = 1 << 20;
/// An editor that ends within this time has probably opened a window of its own.
const AT_ONCE: Duration = Duration::from_millis(500);

/// Gives the terminal to the editor until it ends, and returns the contents of its file; if the line drops meanwhile,
/// the contents written so far. The caller takes the terminal over again afterwards.
///
/// The editor is a shell command, as in `$VISUAL` and `$EDITOR`. The file has mode 0600, is created in `folder` and is
/// removed at the end.
pub fn edit(devices: Devices<'_>, folder: &Path, text: &str) -> EditOutcome {
    let Devices { restorer, wake, settings, .. } = devices;
    let command = &settings.environment.editor;
    let file = match write(folder, text) {
        Ok(file) => file,
        Err(error) => return failed(format!("{}: {error}", folder.display()), None),
    };
    restorer.leave();
    let began = Instant::now();
    let ended = start(restorer, command, file.path()).and_then(|child| wait(wake, child));
    let at_once = began.elapsed() < AT_ONCE;
    // Events that woke the loop meanwhile are handled now.
    wake.waker()();
    let contents = read(file.path());
    match (ended, contents) {
        (Ok(Some(status)), contents) if !status.success() => {
            failed(format!("{command}: {status}"), contents.ok())
        }
        (Ok(_), Ok(contents)) => EditOutcome::Ended { contents, at_once },
        (Ok(_), Err(error)) => failed(format!("{}: {error}", file.path().display()), None),
        (Err(error), contents) => failed(format!("{command}: {error}"), contents.ok()),
    }
}

fn failed(reason: String, contents: Option<Vec<u8>>) -> EditOutcome {
    EditOutcome::Failed { reason, contents }
}

fn write(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix("diarium-").suffix(".txt").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(file)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the text is longer than 1 MiB"));
    }
    Ok(bytes)
}

fn start(restorer: &Restorer, command: &str, path: &Path) -> io::Result<Child> {
    // Standard output may be a pipe (`--pick`): the editor gets the terminal of the screen.
    let (input, output) = (restorer.tty().input(), restorer.tty().output());
    Command::new("sh")
        .args(["-c", &format!("{command} \"$@\""), command])
        .arg(path)
        .stdin(Stdio::from(input.try_clone_to_owned()?))
        .stdout(Stdio::from(output.try_clone_to_owned()?))
        .stderr(Stdio::from(output.try_clone_to_owned()?))
        .spawn()
}

/// Waits for the editor; returns `None` if the terminal goes away before. An editor that stops its job stops this program
/// too.
fn wait(wake: &Wake, mut child: Child) -> io::Result<Option<ExitStatus>> {
    let (sender, ended) = channel();
    let waker = wake.waker();
    thread::Builder::new().name("editor".into()).spawn(move || {
        sender.send(child.wait()).unwrap_or_default();
        waker();
    })?;
    loop {
        if let Ok(status) = ended.try_recv() {
            return status.map(Some);
        }
        if wake.gone_by().is_some() {
            return Ok(None);
        }
        if wake.take_stopped() {
            low_level::emulate_default_handler(SIGTSTP)?;
        }
        let descriptor = wake.descriptor();
        tty::wait(&mut [PollFd::new(&descriptor, PollFlags::IN)], None)?;
        wake.drain();
    }
}
