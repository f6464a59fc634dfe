//! The two real records are printed completely.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Machine;

#[expect(clippy::print_stdout, reason = "a test that does not run must say so")]
fn delivered(name: &str) -> Option<(PathBuf, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/records").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some((path, text)),
        Err(error) => {
            println!("skipped: {}: {error}", path.display());
            None
        }
    }
}

/// The labels and values, and the text, by the plainest reading of the file.
fn plainly(text: &str) -> (Vec<(&str, &str)>, &str) {
    let mut parts = text.splitn(3, "\n\n");
    let _title = parts.next();
    let lines: Vec<&str> = parts.next().expect("fields").lines().collect();
    let fields = lines.chunks(2).map(|pair| (pair[0].trim_end_matches(':'), pair[1])).collect();
    (fields, parts.next().expect("a text").trim())
}

#[test]
fn every_label_value_and_paragraph_is_in_the_json() {
    for (name, id) in [("23-079-S13.txt", "23079s13"), ("24-003-S05.txt", "24-003")] {
        let Some((path, text)) = delivered(name) else { continue };
        let output =
            Machine::new().output(&["show", id, "-d", path.to_str().expect("a path"), "--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let record = &json[0];
        let (fields, body) = plainly(&text);
        let shown: Vec<(&str, &str)> = record["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .map(|field| {
                (field["label"].as_str().expect("a label"), field["value"].as_str().expect("a value"))
            })
            .collect();
        assert_eq!(shown, fields);
        assert_eq!(record["description"], body);
        assert_eq!(record["name"], fields[1].1);
        assert_eq!(record["sources"][0]["line"], 1);
        assert_eq!(
            (&record["cofinancing_rate"], &record["countries"][0]),
            (&Value::from(40), &Value::from("Sverige"))
        );
    }
}
