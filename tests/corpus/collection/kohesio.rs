//! The European list of projects as Kohesio gives it out since 2025: commas, days with slashes, decimal points, euros.

use std::io::{self, Write};
use std::sync::LazyLock;

use super::cells::row;
use super::model::Model;
use super::values::{euros, slashed};

const COLUMNS: &[&str] = &[
    "Operation_Unique_Identifier",
    "Operation_Local_Identifier",
    "Operation_Name_English",
    "Operation_Name_Programme_Language",
    "Country",
    "CountryCode",
    "Operation_Start_Date",
    "Operation_End_Date",
    "Cofinancing_Rate",
    "Total_Eligible_Expenditure_amount",
    "Total_Eligible_Expenditure_Currency",
    "Project_EU_Budget",
    "Beneficiary_Unique_Identifier",
    "Beneficiary_Name",
    "Beneficiary_Local_Identifier",
    "Location_Indicator_latitude_longitude",
    "Category_Of_Intervention",
    "Category_Label",
    "Thematic_Objective_Label",
    "Specific_Objective_Label",
    "Policy_Objective_Label",
    "Fund_Code",
    "Fund_Name",
    "Programme_Code",
    "Programme_Name",
    "NUTS1_Code",
    "NUTS1_Label",
    "NUTS2_Code",
    "NUTS2_Label",
    "NUTS3_Code",
    "NUTS3_Label",
    "LAU_Labels",
    "Programming_Period",
    "Operation_Summary_English",
    "Operation_Summary_Programme_Language",
];

/// Period, code and English name of the intervention fields, as the program knows them.
static INTERVENTIONS: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/intervention_fields.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (code, period) = (cells.next()?, cells.next()?);
        Some((period, code, cells.nth(2)?))
    })
    .collect()
});

pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    row(COLUMNS, ',', "\n", out)
}

pub fn record(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    let (part, part_name) = model.town.part();
    let (nuts3, county) = (model.town.nuts3, model.town.county());
    let id = model
        .id
        .as_ref()
        .map(|id| if model.is_old { id.clone() } else { format!("{}_{id}", model.programme()) });
    let number = model.number;
    let cells = [
        format!("https://linkedopendata.eu/entity/Q{}", 7_000_000 + number),
        id.unwrap_or_default(),
        model.name_english.clone(),
        model.name.clone(),
        "Sweden".to_owned(),
        "SE".to_owned(),
        slashed(model.start),
        model.end.map(slashed).unwrap_or_default(),
        format!("{}.0", model.rate),
        model.total.map(euros).unwrap_or_default(),
        "EUR".to_owned(),
        model.union_part().map(euros).unwrap_or_default(),
        format!("https://linkedopendata.eu/entity/Q{}", 3_000_000 + number % 40_000),
        model.owner.clone(),
        model.owner_number.clone().unwrap_or_default(),
        coordinates(model),
        joined(model, as_float),
        joined(model, |code| intervention(model.period(), code).to_owned()),
        if model.is_old { "Social inclusion".to_owned() } else { String::new() },
        if model.is_old { String::new() } else { model.european_objective.to_owned() },
        "Social Europe".to_owned(),
        model.fund().to_owned(),
        if model.is_old { "European Social Fund" } else { "European Social Fund Plus" }.to_owned(),
        model.programme().to_owned(),
        "Employment - SE - ESF+".to_owned(),
        part.to_owned(),
        part_name.to_owned(),
        model.town.region().nuts2.to_owned(),
        model.region.eurostat.to_owned(),
        nuts3.to_owned(),
        county.to_owned(),
        model.town.name.to_owned(),
        model.period().to_owned(),
        model.short_english.clone(),
        model.short.clone(),
    ];
    row(&cells, ',', "\n", out)
}

fn coordinates(model: &Model) -> String {
    let (north, east) = (model.town.latitude, model.town.longitude);
    format!("{}.{:02},{}.{:02}", north / 100, north % 100, east / 100, east % 100)
}

/// The intervention fields, each put so.
fn joined(model: &Model, put: impl Fn(&str) -> String) -> String {
    model.interventions.iter().map(|code| put(code)).collect::<Vec<_>>().join("|")
}

/// Codes are numbers there, and numbers have decimals.
fn as_float(code: &str) -> String {
    if code.bytes().all(|byte| byte.is_ascii_digit()) { format!("{code}.0") } else { code.to_owned() }
}

fn intervention(period: &str, code: &str) -> &'static str {
    INTERVENTIONS.iter().find(|row| (row.0, row.1) == (period, code)).map_or("", |row| row.2)
}
