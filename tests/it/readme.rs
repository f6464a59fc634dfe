//! The README: its commands run, its links lead somewhere, and it is short.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use portable_pty::CommandBuilder;

use super::pty::harness::Terminal;

/// Prefix of shell lines that build the program; lines with `diarium` are run.
const CARGO: &str = "cargo ";
/// The commands that open no screen.
const WITHOUT_SCREEN: &[&str] = &["find", "show", "stats", "convert", "check", "review", "guide"];

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("readable")
}

/// The lines of shell code, without their remarks.
fn shell_lines(text: &str) -> Vec<String> {
    let mut fences = text.split("```");
    let mut lines = Vec::new();
    while let (Some(_), Some(code)) = (fences.next(), fences.next()) {
        let code = code.strip_prefix("sh\n").unwrap_or_default().lines();
        lines.extend(code.map(|line| line.split("  #").next().unwrap_or_default().trim().to_owned()));
    }
    lines
}

/// A folder with records, and with the program on a fixed day.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("projekt");
    fs::create_dir(&records).expect("made");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/projekt");
    for file in fs::read_dir(fixtures).expect("a folder").flatten() {
        fs::copy(file.path(), records.join(file.file_name())).expect("copied");
    }
    let program = folder.path().join("bin/diarium");
    fs::create_dir(folder.path().join("bin")).expect("made");
    let script = format!("#!/bin/sh\nexec '{}' --date 2026-11-21 \"$@\"\n", env!("CARGO_BIN_EXE_diarium"));
    fs::write(&program, script).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("executable");
    folder
}

/// Exit status and messages of a command that opens no screen.
fn run(line: &str, folder: &Path, path: &str) -> (Option<i32>, String) {
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Opens the screen and quits; nothing where there are no pseudo-terminals.
fn browse(line: &str, folder: &Path, path: &str) {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", line]);
    command.cwd(folder);
    command.env_clear();
    command.env("HOME", folder);
    command.env("PATH", path);
    let Some(mut terminal) = Terminal::start(command, 100, 30) else { return };
    terminal.frame("diarium");
    // F10 quits from the prompt too, where a query opens the screen.
    terminal.press(b"\x1b[21~");
    assert_eq!(terminal.end().0, 0, "{line}");
}

#[test]
fn every_command_runs() {
    let folder = workplace();
    let system = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{system}", folder.path().join("bin").display());
    let lines = shell_lines(&readme());
    assert!(lines.iter().filter(|line| line.starts_with("diarium ")).count() > 9, "{lines:?}");
    for line in lines.iter().filter(|line| !line.starts_with(CARGO)) {
        let verb = line.strip_prefix("diarium ").expect("diarium or cargo").split(' ').next();
        if !verb.is_some_and(|verb| WITHOUT_SCREEN.contains(&verb)) {
            browse(line, folder.path(), &path);
            continue;
        }
        let (status, said) = run(line, folder.path(), &path);
        // A check that finds something ends with 1.
        let expected = if verb == Some("check") { [Some(0), Some(1)] } else { [Some(0); 2] };
        assert!(expected.contains(&status), "{line}: {status:?}: {said}");
    }
    for file in ["urval.csv", "granskning.html"] {
        assert!(folder.path().join(file).metadata().expect(file).len() > 0, "{file}");
    }
}

#[test]
fn links_lead_somewhere() {
    let text = readme();
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets.filter(|target| !target.starts_with("http")) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(target).is_file(), "{target}");
    }
}

#[test]
fn it_is_read_in_two_minutes() {
    let text = readme();
    assert!(text.lines().count() <= 90);
    assert!(text.split_whitespace().count() < 700);
}
