//! What the registers say of the firms behind a declaration, on the day it was accepted.
//!
//! Which firm bears what: the draw looks at the producer of each goods line, the papers at the consignor (ruling C7).

use crate::tables::Tables;
use jiff::civil::DateTime;
use model::case::Case;
use model::decision::TraceLine;
pub use model::registers::{AlertLevel, Risk};
use std::borrow::Cow;

/// What is known of a firm and its goods on the day of acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Internal credit level, 0 to 5 (domain-rules 2.2).
    pub level: u8,
    /// Producer class, 1 to 4 (order 113).
    pub class: u8,
    /// Risk of the goods.
    pub risk: Risk,
    /// Active member of the zone.
    pub in_zone: bool,
    /// What it has sent before; none when the office keeps no history (ruling C6).
    pub history: Option<History>,
    /// What raises its ratio.
    pub floors: Floors,
}

/// What a producer has sent before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Never sent this heading.
    pub is_new_pair: bool,
    /// One of the first consignments to this destination.
    pub is_new_destination: bool,
}

/// What raises a ratio, whatever the firm (domain-rules 4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Floors {
    /// The highest floor of the campaigns that cover the goods.
    pub campaign_bp: Option<u32>,
    /// The gravest alert in force for the goods.
    pub alert: Option<AlertLevel>,
    /// One of the batches after a return the producer caused.
    pub return_follow_up: bool,
}

impl Standing {
    /// A firm of which nothing is known (ruling C5).
    pub const UNKNOWN: Standing = Standing {
        level: 3,
        class: 3,
        risk: Risk::General,
        in_zone: false,
        history: None,
        floors: Floors { campaign_bp: None, alert: None, return_follow_up: false },
    };
}

/// The firms behind a declaration.
#[derive(Clone, Debug)]
pub struct Standings {
    /// Whose papers they are.
    pub consignor: Standing,
    /// Who made the goods, at least one: lines of one producer share an entry.
    pub producers: Cow<'static, [Standing]>,
}

impl Standings {
    /// The firms of this declaration: the one place where registers become standings. None of those this program
    /// reads says anything of a firm's grade, class or past, so all firms are unknown.
    pub fn of(
        _case: &Case<'_>,
        _moment: DateTime,
        _tables: &Tables,
        _trace: &mut Vec<TraceLine>,
    ) -> Standings {
        Standings::unknown()
    }

    /// Firms of which nothing is known.
    pub const fn unknown() -> Standings {
        Standings { consignor: Standing::UNKNOWN, producers: Cow::Borrowed(&[Standing::UNKNOWN]) }
    }

    /// The lowest level of all firms concerned.
    pub fn level_min(&self) -> u8 {
        self.producers.iter().map(|producer| producer.level).fold(self.consignor.level, u8::min)
    }
}
