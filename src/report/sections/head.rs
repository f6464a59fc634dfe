//! The first sections: the round, its sources, the sample, the reviewers.

use crate::domain::values::amount::{Amount, format_amount};
use crate::i18n::{ReportWords, label_of_key};
use crate::report::blocks::{Block, ColumnKind, Table, said, signed, time};
use crate::report::{Report, ReportText, Shown};
use crate::review::event::{SampleKind, SourceFile, StratumOf};

/// The round as a whole.
pub(super) fn about(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.about));
    let purpose = match &report.purpose {
        ReportText::Nothing => words.not_stated,
        purpose => said(purpose, words),
    };
    let mut facts = vec![(words.purpose, vec![Shown::from(purpose)])];
    facts.extend(report.from.iter().map(|from| (words.goes_on_from, vec![Shown::from(from)])));
    let [begun_with, written_with] = &report.programs;
    let program = if begun_with == written_with {
        format!("diarium {written_with}")
    } else {
        format!("diarium {begun_with}; {} diarium {written_with}", words.report_by)
    };
    let query = if report.query.is_empty() { words.everything } else { &report.query };
    let eyes = match report.eyes {
        0 | 1 => words.one_person.to_owned(),
        eyes => format!("{eyes} {}", words.people_must_agree),
    };
    let state = match &report.seal {
        None => words.open.to_owned(),
        Some(seal) => format!("{}, {}", words.closed, time(seal.closing.time)),
    };
    facts.extend([
        (words.begun, vec![Shown::from(&signed(&report.begun))]),
        (words.reference_date, vec![report.date.to_string().into()]),
        (words.program, vec![program.into()]),
        (words.scope, vec![words.records(report.tally.records).into()]),
        (words.query, vec![query.into()]),
        (words.eyes, vec![eyes.into()]),
        (words.state, vec![state.into()]),
    ]);
    blocks.push(Block::Facts(facts));
}

/// The files.
pub(super) fn sources(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.sources));
    blocks.push(files(&report.sources, words));
    if let Some(compared) = &report.compared {
        blocks.push(Block::Subheading(words.compared_with.to_owned()));
        blocks.push(Block::Paragraph(words.compared_why.into()));
        blocks.push(files(compared, words));
    }
}

/// Files with their hashes. Parts of the program itself have none and are named together: there are many.
fn files(files: &[SourceFile], words: &ReportWords) -> Block {
    let mut table = Table::new(&[(words.file, ColumnKind::Text), (words.sha256, ColumnKind::Digits)]);
    let is_built_in = |file: &&SourceFile| file.name.starts_with("<built-in>/") && file.sha256.is_none();
    for file in files.iter().filter(|file| !is_built_in(file)) {
        table.row([file.name.as_str(), file.sha256.as_deref().unwrap_or(words.no_file)]);
    }
    let built_in = files.iter().filter(is_built_in).count();
    if built_in > 0 {
        table.row([format!("{} ({built_in})", words.built_in), words.no_file.to_owned()]);
    }
    Block::Table(table)
}

/// The sampling method, with everything that is needed to repeat the draw.
pub(super) fn sample(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    let Some(sample) = &report.sample else { return };
    blocks.push(Block::Heading(words.sample));
    let method = match &sample.method {
        SampleKind::Simple => words.sample_simple.to_owned(),
        SampleKind::Stratified { by } => format!("{} {}.", words.sample_stratified, field(by, words)),
        SampleKind::ByAmount { weight, rate } => {
            let rate = rate.as_ref().map(|rate| format!(" ({rate})")).unwrap_or_default();
            format!("{} {}{rate}.", words.sample_by_amount, field(weight, words))
        }
    };
    let drawn = format!("{} ({} {})", report.tally.records, words.asked_for, sample.size);
    blocks.push(Block::Facts(vec![
        (words.method, vec![method.into()]),
        (words.population, vec![words.records(sample.population).into()]),
        (words.drawn, vec![drawn.into()]),
        (words.seed, vec![Shown::from(&sample.seed)]),
        (words.to_draw_again, vec![words.how_to_draw.into()]),
    ]));
    if sample.strata.is_empty() {
        return;
    }
    let mut columns = vec![
        (words.stratum, ColumnKind::Text),
        (words.population, ColumnKind::Number),
        (words.drawn, ColumnKind::Number),
    ];
    let has_amounts = sample.strata.iter().any(|stratum| stratum.amounts.is_some());
    if has_amounts {
        columns
            .extend([(words.amount_of_all, ColumnKind::Number), (words.amount_of_drawn, ColumnKind::Number)]);
    }
    let mut table = Table::new(&columns);
    for stratum in &sample.strata {
        let of = stratum_name(&stratum.of, words);
        let mut cells = vec![of.to_owned(), stratum.population.to_string(), stratum.drawn.to_string()];
        if has_amounts {
            let amounts = stratum.amounts.map(|amounts| [amounts.population, amounts.drawn]);
            let amounts = amounts.map(|amounts| amounts.map(|hundredths| amount(hundredths, words)));
            cells.extend(amounts.unwrap_or_else(|| ["–", "–"].map(str::to_owned)));
        }
        table.row(cells);
    }
    blocks.push(Block::Table(table));
}

/// The label of a field, by its key.
fn field<'a>(key: &'a str, words: &ReportWords) -> &'a str {
    label_of_key(key, words.lang).unwrap_or(key)
}

/// The name of a stratum.
#[must_use]
pub fn stratum_name<'a>(of: &'a StratumOf, words: &ReportWords) -> &'a str {
    match of {
        StratumOf::Value(value) => value,
        StratumOf::NoValue => words.no_value,
        StratumOf::Certain => words.certain,
        StratumOf::Proportional => words.proportional,
        StratumOf::NoAmount => words.no_amount,
    }
}

fn amount(hundredths: u64, words: &ReportWords) -> String {
    let amount = Amount { minor: i64::try_from(hundredths).unwrap_or(i64::MAX), currency: None };
    format_amount(&amount, '\u{a0}', words.lang.decimal_sign())
}

/// The people who took part, and accounts that several of them used.
pub(super) fn reviewers(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.reviewers));
    let mut table = Table::new(&[
        (words.name, ColumnKind::Text),
        (words.account, ColumnKind::Text),
        (words.first, ColumnKind::Whole),
        (words.last, ColumnKind::Whole),
        (words.verdicts, ColumnKind::Number),
    ]);
    for reviewer in &report.reviewers {
        table.row([
            reviewer.person.clone(),
            reviewer.accounts.join(", "),
            time(reviewer.first),
            time(reviewer.last),
            reviewer.verdicts.to_string(),
        ]);
    }
    blocks.push(Block::Table(table));
    for (account, people) in &report.shared_accounts {
        let notice = format!("{}: {account} ({}).", words.one_account, people.join(", "));
        blocks.push(Block::Notice(notice.into()));
    }
}
