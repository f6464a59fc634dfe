//! Configuration files, and the reports of mistakes in them.

use super::Machine;

fn write_config(machine: &Machine, text: &str) {
    let folder = machine.home().join(".config/diarium");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("config.toml"), text).expect("written");
}

#[test]
fn a_first_configuration_is_written_once() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "config_init",
        machine.runs(&[&["config", "path"], &["config", "init"], &["config", "init"], &["config", "show"]])
    );
}

#[test]
fn mistakes_are_reported_and_stop_nothing() {
    let machine = Machine::new().with("DIARIUM_LANG", "en");
    write_config(
        &machine,
        "data = [\"~/egna\", \"bredvid\"]\nlanguage = \"sv\"\ncolour = true\n\n\
         [keys.list]\ndown = [\"x\", \"hyper-x\"]\nup = \"x\"\nfly = \"f\"\n",
    );
    insta::assert_snapshot!("config_mistakes", machine.run(&["config"]));
}

#[test]
fn a_file_that_is_no_toml_leaves_the_defaults() {
    let machine = Machine::new().with("DIARIUM_DATA", "tests/fixtures/cli");
    write_config(&machine, "language = \"en\"\nascii = = true\n");
    insta::assert_snapshot!("config_no_toml", machine.runs(&[&["find", "nästa"], &["config"]]));
}

#[test]
fn keys_in_force_are_printed() {
    let machine = Machine::new();
    write_config(&machine, "[keys.list]\ndown = [\"x\", \"down\"]\n");
    let keys = String::from_utf8(machine.output(&["keys"]).stdout).expect("text");
    assert!(keys.contains("  x, down            down "), "{keys}");
}

#[test]
fn own_records_are_read_without_being_named() {
    let machine = Machine::new();
    let folder = machine.home().join(".local/share/diarium/records");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::copy("tests/fixtures/cli/a.txt", folder.join("a.txt")).expect("copied");
    assert_eq!(machine.output(&["find"]).stdout, b"23-101-S01\n");
}
