//! What an alert of each level asks for (RSK-006). Its floor stands in `modifiers`.

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::decision::Mode;
use model::finding::Effect;
use model::registers::AlertLevel;
use serde::Deserialize;

/// Effects by level and day.
#[derive(Clone, Debug)]
pub struct AlertEffects {
    by_level: Dated<AlertLevel, Asks>,
}

/// What an alert asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// Effect of its finding.
    pub effect: Effect,
    /// The mode it asks for at least.
    pub mode: Option<Mode>,
    /// No zone cap and no exemption beside it.
    pub lifts_benefits: bool,
    /// The goods need a laboratory report.
    pub report: bool,
}

#[derive(Deserialize)]
struct Columns {
    level: String,
    effect: String,
    mode: Option<String>,
    lifts_benefits: bool,
    report: bool,
}

impl AlertEffects {
    /// Reads the table; every level has a row.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_level = read("alert effects", text, Coverage::Gapless, |row: Columns| {
            let level = AlertLevel::ALL.into_iter().find(|level| level.name() == row.level);
            let level = level.ok_or_else(|| format!("no such level: {}", row.level))?;
            let known = [Effect::Warn, Effect::Inspect, Effect::Hold];
            let effect = known.into_iter().find(|effect| effect.name() == row.effect);
            let effect = effect.ok_or_else(|| format!("an alert cannot {}", row.effect))?;
            let mode = row.mode.as_deref().map(super::modes::mode).transpose()?;
            let Columns { lifts_benefits, report, .. } = row;
            Ok((level, Asks { effect, mode, lifts_benefits, report }))
        })?;
        if by_level.keys().copied().eq(AlertLevel::ALL) {
            Ok(AlertEffects { by_level })
        } else {
            let what = "the levels are L1, L2 and L3".to_owned();
            Err(TableError { table: "alert effects", key: "-".to_owned(), what })
        }
    }

    /// What this level asks for; a day without a row is the safe side.
    pub fn asks(&self, level: AlertLevel, day: Date) -> Asks {
        let row = self.by_level.on(&level, day).copied();
        row.unwrap_or(Asks { effect: Effect::Inspect, mode: None, lifts_benefits: true, report: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../data/alert_effects.toml");

    #[test]
    fn each_level_asks_for_more() {
        let effects = AlertEffects::parse(SHIPPED).expect("shipped tables are good");
        let asks = AlertLevel::ALL.map(|level| effects.asks(level, date(2018, 6, 1)));
        assert_eq!(asks.map(|it| it.effect), [Effect::Warn, Effect::Warn, Effect::Inspect]);
        assert_eq!(asks.map(|it| it.mode), [None, None, Some(Mode::Strict)]);
        assert_eq!(asks.map(|it| it.lifts_benefits), [false, true, true]);
        assert_eq!(asks.map(|it| it.report), [false, true, true]);
    }

    #[test]
    fn an_alert_rejects_nothing() {
        let error = AlertEffects::parse(&SHIPPED.replace("\"inspect\"", "\"reject\"")).expect_err("no");
        assert_eq!(error.what, "an alert cannot reject");
    }
}
