//! Destinations of `--to` that are no files, the configuration that `--config` names, and control characters in
//! SARIF.

use std::fs;
use std::process::Stdio;

use super::Machine;
use crate::cli::commands::DATA;

#[cfg(target_os = "linux")]
#[test]
fn output_to_dev_stdout_goes_into_the_redirected_file() {
    use std::os::unix::fs::MetadataExt;
    let machine = Machine::new();
    let path = machine.home().join("out.csv");
    fs::write(&path, "before\n").expect("written");
    let inode = fs::metadata(&path).expect("there").ino();
    for arguments in [
        ["convert", "-d", DATA, "--format", "ids", "--to", "/dev/stdout"].as_slice(),
        &["convert", "-d", DATA, "--format", "csv", "--fields", "id", "--to", "/dev/stdout"],
        &["convert", "-d", DATA, "--format", "tsv", "--fields", "id", "--to", "/proc/self/fd/1"],
    ] {
        let file = fs::OpenOptions::new().append(true).open(&path).expect("open");
        machine.command(arguments).stdout(file).stderr(Stdio::null()).status().expect("run");
    }
    assert_eq!(fs::metadata(&path).expect("there").ino(), inode);
    let written = fs::read_to_string(&path).expect("read");
    assert_eq!(written.replace('\r', ""), "before\nid\n23-101-S01\n24-102-S03\nid\n23-101-S01\n24-102-S03\n");
}

#[test]
fn a_named_configuration_must_be_readable() {
    let machine = Machine::new();
    let missing = machine.home().join("missing.toml");
    let missing = missing.to_str().expect("a path");
    let folder = machine.home().to_str().expect("a path");
    for path in [missing, folder] {
        for command in [["find", "x"].as_slice(), &["config", "show"], &["stats"]] {
            let arguments = [["--lang", "en", "--config", path].as_slice(), command].concat();
            let output = machine.output(&arguments);
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(errors.contains("configuration file") && errors.contains(path), "{errors}");
        }
    }
    let init = machine.output(&["--config", missing, "config", "init"]);
    assert_eq!(init.status.code(), Some(0), "`config init` creates what `--config` names");
}

#[test]
fn a_configuration_of_many_unknown_keys_is_read_once() {
    let machine = Machine::new();
    let path = machine.home().join("many.toml");
    let text = (0..40_000).map(|number| format!("key{number} = {number}")).collect::<Vec<_>>().join("\n");
    fs::write(&path, text).expect("written");
    let output = machine.output(&["--config", path.to_str().expect("a path"), "--lang", "en", "keys"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("many.toml:40000:1: warning: there is no setting `key39999`"), "no last line");
}

#[test]
fn sarif_escapes_control_characters() {
    let machine = Machine::new();
    let path = machine.home().join("list.csv");
    fs::write(&path, "Diarienummer;Namn;Startdatum\n23-001-S01;A\u{9b}31m;2024\u{202e}-99-99\u{9b}2J\n")
        .expect("written");
    for format in ["sarif", "json", "text"] {
        let output = machine.output(&["check", path.to_str().expect("a path"), "--format", format]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.contains("list.csv"));
        assert!(
            !text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')),
            "{format}: {text:?}"
        );
    }
}
