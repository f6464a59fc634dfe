//! Statistics for people: aligned bars, sums in millions.

use super::StatsResult;
use crate::cli::app::CliContext;
use crate::cli::error::CliError;
use crate::domain::codes::Codes;
use crate::domain::values::currency::Currency;
use crate::i18n::{CliWords, Lang, Words, field_label};
use crate::search::index::Index;
use crate::search::language::query_context::Rates;
use crate::search::results::groups::value_in_words;
use crate::search::results::stats::{SUMMED, Stats, Sum, Sums};
use crate::text::printable::printable;
use crate::text::width::{truncated, width};

/// Number of values shown for a field that was not asked for.
const MOST_VALUES: usize = 10;

/// Width of the longest bar, in columns.
const BAR: usize = 24;

/// Minimum width of a truncated name, in columns.
const NARROWEST: usize = 12;

/// One line of a chart.
struct BarLine {
    name: String,
    count: usize,
    sum: String,
}

/// Prints the totals, then a chart for each field.
pub(super) fn print(app: &mut CliContext<'_>, index: &Index, counted: &StatsResult) -> Result<(), CliError> {
    let words = app.words;
    let rates = app.settings.rates.value;
    let heading = app.output.data_looks.strong(words.records(counted.whole.count));
    writeln!(app.output.data, "{heading}")?;
    let titles = SUMMED.map(|kind| field_label(kind, words.lang));
    let widest = titles.iter().map(|title| width(title)).max().unwrap_or(0);
    for (title, sum) in titles.iter().zip(&counted.whole.amounts) {
        let gap = " ".repeat(widest - width(title));
        writeln!(app.output.data, "  {title}{gap}  {}", whole_sum(sum, counted.whole.count, rates, &words))?;
    }
    if !rates.is_empty() {
        writeln!(app.output.data, "  {rates}")?;
    }
    let summed = most_known(&counted.whole);
    for stats in &counted.by {
        group(app, index.catalogue().codes(), stats, summed, counted.chosen)?;
    }
    Ok(())
}

/// `1 234,5 MSEK · 12 saknar uppgift`
fn whole_sum(sum: &Sum, count: usize, rates: Rates, words: &Words) -> String {
    let known = (sum.unknown < count).then(|| millions(sum, rates, words.lang));
    let unknown = (sum.unknown > 0).then(|| format!("{} {}", sum.unknown, words.unknown_value));
    known.into_iter().chain(unknown).collect::<Vec<_>>().join(" · ")
}

/// The amount field that most records have, shown next to the bars. `None` if no record has any.
fn most_known(whole: &Sums) -> Option<usize> {
    let known = |at: &usize| whole.amounts.get(*at).map_or(usize::MAX, |sum| sum.unknown);
    (0..SUMMED.len()).min_by_key(known).filter(|at| known(at) < whole.count)
}

fn group(
    app: &mut CliContext<'_>,
    codes: &Codes,
    stats: &Stats,
    summed: Option<usize>,
    all: bool,
) -> Result<(), CliError> {
    let (words, rates) = (app.words, app.settings.rates.value);
    let sum = |sums: &Sums| {
        let sum = summed.and_then(|at| sums.amounts.get(at)).filter(|sum| sum.unknown < sums.count);
        sum.map_or_else(String::new, |sum| millions(sum, rates, words.lang))
    };
    let shown = if all { usize::MAX } else { MOST_VALUES };
    let mut lines: Vec<BarLine> = Vec::new();
    for (value, sums) in stats.groups.iter().take(shown) {
        let name = printable(&value_in_words(stats.field, value, codes, words.lang)).into_owned();
        lines.push(BarLine { name, count: sums.count, sum: sum(sums) });
    }
    if stats.without.count > 0 {
        let name = words.unknown_value.to_owned();
        lines.push(BarLine { name, count: stats.without.count, sum: sum(&stats.without) });
    }
    let of_sums = summed.and_then(|at| SUMMED.get(at));
    let of_sums = of_sums.map_or("", |kind| field_label(*kind, words.lang));
    table(app, stats.field.title(words.lang), of_sums, &lines)?;
    let more = stats.groups.len().saturating_sub(shown);
    if more > 0 {
        let hint = format!("  … {more} {}: --by {}", CliWords::of(words.lang).more_values, stats.field.key());
        writeln!(app.output.data, "{}", app.output.data_looks.quiet(hint))?;
    }
    Ok(())
}

/// Prints a heading, then aligned columns of names, counts, bars and sums.
fn table(app: &mut CliContext<'_>, title: &str, of_sums: &str, lines: &[BarLine]) -> Result<(), CliError> {
    let (looks, ascii) = (app.output.data_looks, app.settings.ascii.value);
    let counts = lines.iter().map(|line| line.count.to_string().len()).max().unwrap_or(1);
    let sums = lines.iter().map(|line| width(&line.sum)).max().unwrap_or(0).max(width(of_sums));
    let beside = 2 + 2 + counts + 2 + BAR + 2 + sums;
    let names = lines.iter().map(|line| width(&line.name)).max().unwrap_or(0).max(width(title) - 1);
    let names =
        looks.columns.map_or(names, |columns| names.min(columns.saturating_sub(beside).max(NARROWEST)));
    let gap = " ".repeat((names + beside - sums).saturating_sub(width(title)));
    let heading = format!("{}{gap}{of_sums:>sums$}", looks.strong(title));
    writeln!(app.output.data, "\n{}", heading.trim_end())?;
    let most = lines.iter().map(|line| line.count).max().unwrap_or(0);
    for line in lines {
        let name = truncated(&line.name, names, if ascii { ".." } else { "…" });
        let gap = " ".repeat(names - width(&name));
        let bar = bar(line.count, most, ascii);
        let text = format!("  {name}{gap}  {:>counts$}  {bar}  {:>sums$}", line.count, line.sum);
        writeln!(app.output.data, "{}", text.trim_end())?;
    }
    Ok(())
}

/// A bar of at most [`BAR`] columns, in half columns. A count above zero is at least a half.
fn bar(count: usize, most: usize, ascii: bool) -> String {
    let halves = (count * BAR * 2).checked_div(most).unwrap_or(0).max(usize::from(count > 0));
    let (full, half) = if ascii { ("#", "-") } else { ("█", "▌") };
    let mut bar = full.repeat(halves / 2);
    if halves % 2 == 1 {
        bar.push_str(half);
    }
    let missing = BAR - halves.div_ceil(2);
    bar.extend(std::iter::repeat_n(' ', missing));
    bar
}

/// A sum in millions for each currency (`1 234,5 mnkr + 2,3 MEUR`), or in kronor only if a rate is given.
fn millions(sum: &Sum, rates: Rates, lang: Lang) -> String {
    let kronor = CliWords::of(lang).million_kronor;
    if let Some(sek) = sum.in_sek(rates) {
        return format!("{} {kronor}", decimal(sek, lang));
    }
    let unit = |currency: Option<Currency>| match currency {
        Some(Currency::SEK) => kronor.to_owned(),
        Some(currency) => format!("M{}", currency.code()),
        None => CliWords::of(lang).million_without_currency.to_owned(),
    };
    let known = sum.by_currency.iter().filter(|(_, minor)| **minor != 0);
    let said: Vec<String> =
        known.map(|(currency, minor)| format!("{} {}", decimal(*minor, lang), unit(*currency))).collect();
    if said.is_empty() { format!("0 {kronor}") } else { said.join(" + ") }
}

/// Hundredths as millions with one decimal, or three for sums that would round to zero.
fn decimal(minor: i128, lang: Lang) -> String {
    let (group, point) = (lang.group_separator(), lang.decimal_sign());
    let decimals: usize = if minor.abs() < 5_000_000 { 3 } else { 1 };
    let unit = if decimals == 3 { 100_000 } else { 10_000_000 };
    let rounded = (minor.abs() + unit / 2) / unit;
    let scale = if decimals == 3 { 1_000 } else { 10 };
    let (whole, rest) = ((rounded / scale).to_string(), rounded % scale);
    let mut out = String::from(if minor < 0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    format!("{out}{point}{rest:0decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn sum(amounts: &[(Option<Currency>, i128)]) -> Sum {
        Sum { by_currency: amounts.iter().copied().collect(), unknown: 0 }
    }

    #[rstest]
    #[case(123_456_789_000, "1 234,6 mnkr")]
    #[case(5_000_000, "0,1 mnkr")]
    #[case(4_999_999, "0,050 mnkr")]
    #[case(-123_456_789_000, "-1 234,6 mnkr")]
    #[case(0, "0 mnkr")]
    fn sums_in_millions(#[case] sek: i128, #[case] text: &str) {
        assert_eq!(millions(&sum(&[(Some(Currency::SEK), sek)]), Rates::default(), Lang::Swedish), text);
    }

    #[test]
    fn currencies_are_added_only_at_a_rate() {
        let mut amounts = vec![(Some(Currency::SEK), 100_000_000), (Some(Currency::EUR), 100_000_000)];
        let text = "1.0 MSEK + 1.0 MEUR";
        assert_eq!(millions(&sum(&amounts), Rates::default(), Lang::English), text);
        let rates = Rates::read("EUR=11.2").expect("a rate");
        assert_eq!(millions(&sum(&amounts), rates, Lang::English), "12.2 MSEK");
        // No rate makes kronor of an amount whose currency is not stated.
        amounts.push((None, 100_000_000));
        let text = millions(&sum(&amounts), rates, Lang::English);
        assert!(text.ends_with("1.0 MSEK + 1.0 MEUR"), "{text}");
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(10, 10, false).trim_end(), "█".repeat(BAR));
        assert_eq!(bar(1, 1_000_000, false).trim_end(), "▌");
        assert_eq!(bar(0, 10, false).trim_end(), "");
        assert_eq!(width(&bar(7, 13, true)), BAR);
    }
}
