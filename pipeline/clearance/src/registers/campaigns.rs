//! `campaigns.csv` 专项行动: campaigns that raise the batch ratio in a window (CHN-015).

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Campaign, Registers};

/// Basis points: ten thousand are every batch.
const BASIS_POINTS: Kind = Kind::Whole { min: 0, max: 10_000 };

pub(super) static REGISTER: Register = Register {
    file: "campaigns.csv",
    title: "专项行动",
    columns: &[
        Column::required("campaign_no", &["行动编号", "专项行动编号"], Kind::Number),
        Column::ANY_PREFIX,
        Column::optional("towns", &["镇街"], Kind::List),
        Column::optional("brands", &["品牌"], Kind::List),
        Column::optional("floor_bp", &["最低抽批基点", "最低基点"], BASIS_POINTS),
        Column::FROM,
        Column::TO,
    ],
    once: Once::OnADay(&["campaign_no", "hs_prefix", "towns", "brands"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<7>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [number, prefix, towns, brands, floor_bp, from, to] = row.cells();
    let campaign = Campaign {
        number: number.text(),
        commodity_prefix: prefix.text(),
        towns: towns.list(),
        brands: brands.list(),
        floor_bp: floor_bp.whole(),
        valid: interval(from, to),
    };
    into.campaigns.add(prefix.value, campaign);
}
