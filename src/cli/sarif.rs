//! Diagnostics as SARIF 2.1.0, the format that code hosts and editors read.

use serde_json::{Value, json};

use super::severity::severity_name;
use crate::domain::catalogue::Catalogue;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::source_location::SourceLocation;
use crate::i18n::{Lang, explain, explanation};

/// A SARIF log with one run and all rules.
pub fn log(found: &[&Diagnostic], catalogue: &Catalogue, lang: Lang) -> Value {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code, lang)).collect();
    let results: Vec<Value> = found.iter().map(|found| result(found, catalogue, lang)).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        // Columns count characters, not UTF-16 code units, which are SARIF's default.
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    })
}

fn rule(code: Code, lang: Lang) -> Value {
    let said = explanation(code, lang);
    json!({
        "id": code.name(),
        "shortDescription": { "text": said.meaning },
        "fullDescription": { "text": said.reason },
        "help": { "text": format!("{} ({})", said.remedy, said.example) },
        "defaultConfiguration": { "level": severity_name(code.severity()) },
    })
}

fn result(found: &Diagnostic, catalogue: &Catalogue, lang: Lang) -> Value {
    let rule = Code::ALL.iter().position(|code| *code == found.code);
    let mut result = json!({
        "ruleId": found.code.name(),
        "ruleIndex": rule,
        "level": severity_name(found.severity()),
        "message": { "text": explain(found, lang) },
        "locations": [location(found.place, catalogue)],
    });
    if let Some((other, result)) = found.other_place.zip(result.as_object_mut()) {
        result.insert("relatedLocations".to_owned(), json!([location(other, catalogue)]));
    }
    result
}

fn location(place: SourceLocation, catalogue: &Catalogue) -> Value {
    let uri = uri(catalogue.source_name(place.source));
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(physical) = physical.as_object_mut().filter(|_| place.line > 0) {
        let region = match place.column {
            0 => json!({ "startLine": place.line }),
            column => json!({ "startLine": place.line, "startColumn": column }),
        };
        physical.insert("region".to_owned(), region);
    }
    json!({ "physicalLocation": physical })
}

/// A path as a URI reference: reserved and non-ASCII bytes are percent-encoded.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let spell = |byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(spell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("projekt/åmål 1.txt"), "projekt/%C3%A5m%C3%A5l%201.txt");
    }
}
