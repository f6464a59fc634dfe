//! The text record.

use std::io::{self, Write};

use super::faults::Fault;
use super::model::Model;
use super::values::{iso, kronor, rate, town, yes_no};

pub fn record(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    if let Some(id) = &model.id {
        write!(out, "{id} - {}\n\n", model.name)?;
    } else {
        write!(out, "{}\n\n", model.name)?;
    }
    for (label, value) in fields(model) {
        if !value.is_empty() {
            write!(out, "{label}:\n{value}\n")?;
        }
    }
    write!(out, "\n{}\n\n", model.description)
}

/// The fields with their labels, in the order of a text record; one without a value is empty.
pub fn fields(model: &Model) -> Vec<(&'static str, String)> {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let since_2021 = |value: &str| if model.is_old { String::new() } else { value.to_owned() };
    let has_place = model.number.is_multiple_of(2) || model.has(Fault::MarkerForTown);
    vec![
        ("Diarienummer", optional(&model.id)),
        ("Namn", model.name.clone()),
        ("Startdatum", iso(model.start, model)),
        ("Slutdatum", model.end.map(|day| iso(day, model)).unwrap_or_default()),
        ("Land som berörs", "Sverige".to_owned()),
        ("Berörd fond", model.fund().to_owned()),
        ("Program CCI", model.programme().chars().take(12).collect()),
        ("Projektägare organisationsnummer", optional(&model.owner_number)),
        ("Projektägare", model.owner.clone()),
        ("Unionens medfinansieringsgrad", rate(model)),
        ("Programområde", since_2021(model.priority)),
        ("Specifikt mål", since_2021(model.objective)),
        ("Sekundärtema - Motverka barnfattigdom", since_2021(yes_no(model.child_poverty))),
        ("Region", model.region.name.to_owned()),
        ("NUTS-2 kod", model.town.region().nuts2.to_owned()),
        ("Stödmottagare postnr", if has_place { model.postcode.clone() } else { String::new() }),
        ("Stödmottagare ort", if has_place { town(model) } else { String::new() }),
        ("Interventionstyp", model.interventions.join(", ")),
        ("Antal deltagare", model.participants.map(|count| count.to_string()).unwrap_or_default()),
        ("Total projektbudget", kronor(model.total, model)),
        ("Insats av strategisk betydelse", yes_no(model.strategic).to_owned()),
    ]
}
