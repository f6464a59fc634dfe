//! The person's own editor: it gets the terminal, and what it leaves in a file of its own is read.
//!
//! Knows no screen; the driver draws anew afterwards.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;
use tempfile::NamedTempFile;

use super::restore::Restorer;
use super::tty;
use super::wake::Wake;

/// A note is no longer than this, in bytes.
const LONGEST: u64 = 1 << 20;

/// Gives the terminal to the editor with a text until it ends; the text that it leaves, or why there is none. When the
/// line drops meanwhile, what has been written so far. The terminal is to be taken again afterwards.
///
/// `command` is a command line of the shell, as `$VISUAL` and `$EDITOR` are; the file, for the user's eyes alone, lies
/// in `folder` and is removed at the end.
pub fn edit(
    restorer: &Restorer,
    wake: &Wake,
    command: &str,
    folder: &Path,
    text: &str,
) -> Result<String, String> {
    let file = written(folder, text).map_err(|error| format!("{}: {error}", folder.display()))?;
    restorer.leave();
    let ended = start(restorer, command, file.path()).and_then(|child| wait(wake, child));
    // Whatever else woke the loop meanwhile is looked at now.
    wake.waker()();
    match ended {
        Ok(Some(status)) if !status.success() => Err(format!("{command}: {status}")),
        Ok(_) => read(file.path()).map_err(|error| format!("{}: {error}", file.path().display())),
        Err(error) => Err(format!("{command}: {error}")),
    }
}

fn written(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix("diarium-").suffix(".txt").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(file)
}

fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the text is longer than 1 MiB"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn start(restorer: &Restorer, command: &str, path: &Path) -> io::Result<Child> {
    // Standard output may be a pipe (`--pick`): the editor gets what the screen had.
    let (input, output) = (restorer.tty().input(), restorer.tty().output());
    Command::new("sh")
        .args(["-c", &format!("{command} \"$@\""), command])
        .arg(path)
        .stdin(Stdio::from(input.try_clone_to_owned()?))
        .stdout(Stdio::from(output.try_clone_to_owned()?))
        .stderr(Stdio::from(output.try_clone_to_owned()?))
        .spawn()
}

/// Waits for the editor; `None` if the terminal went away before. An editor that stops its job stops this program too.
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
