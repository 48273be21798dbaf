//! States a receipt reports, field `CHANNEL` of `DEC_RESULT`: single-window.md 4.3.
//!
//! Case sensitive, one to three characters.
//! This is customs' word on a declaration, not the inspection channel our own rules choose.
//! The classes are inferred in the reference, and so uncertain.

use super::{CodeList, Row, both};

/// Goods may leave 海关已放行; what a release is answered with.
pub const RELEASED: &str = "P";
/// Paperless release 海关无纸放行通知.
pub const RELEASED_PAPERLESS: &str = "I";
/// Physical inspection 出口查验通知.
pub const INSPECT: &str = "C";
/// Documents wanted 重传文件.
pub const DOCUMENTS_WANTED: &str = "N";
/// Held for manual work 海关挂起，需手工申报.
pub const HELD: &str = "H";
/// Returned for change 退回修改.
pub const RETURNED_FOR_CHANGE: &str = "Z";
/// Not accepted 海关退单/不受理.
pub const NOT_ACCEPTED: &str = "E";

/// The list.
pub static LIST: CodeList = CodeList::new("回执状态", "receipt state", ROWS);

/// What a state means for whoever waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// On its way, nothing decided.
    Progress,
    /// Taken in.
    Accepted,
    /// Examined on paper.
    Reviewed,
    /// Duty, fees or files are asked for.
    Wanted,
    /// Waits for an officer.
    Held,
    /// Goods are or will be looked at.
    Inspected,
    /// Goods may leave.
    Released,
    /// Finished; later receipts change nothing.
    Closed,
    /// Refused, for good or for change.
    Rejected,
    /// Deleted.
    Cancelled,
    /// On the inspection authority's side.
    InspectionSide,
    /// The client's own state.
    Client,
    /// A step of the two-step declaration.
    TwoStep,
    /// Of one port only.
    Local,
}

/// The class of a state.
#[must_use]
pub fn class(code: &str) -> Option<Class> {
    Some(match code {
        "0" | "1" => Class::Progress,
        "7" | "L" => Class::Accepted,
        "G" | "J" | "W" => Class::Reviewed,
        "N" | "T" => Class::Wanted,
        "H" | "M" => Class::Held,
        "C" | "S" => Class::Inspected,
        "B" | "F" | "I" | "K" | "P" => Class::Released,
        "R" => Class::Closed,
        "E" | "Y" | "Z" => Class::Rejected,
        "A" | "D" => Class::Cancelled,
        "a" | "b" | "c" | "d" => Class::InspectionSide,
        "E0" | "E1" | "F1" | "S0" | "f0" => Class::Client,
        "Sp1" | "SpC" | "SpE" | "SpJ" | "SpK" | "SpL" => Class::TwoStep,
        "X" => Class::Local,
        _ => return None,
    })
}

const ROWS: &[Row] = &[
    // No text was seen for 0 and 1; one source treats both as ordinary progress.
    both("0", "处理中", "in progress"),
    both("1", "处理中", "in progress"),
    both("7", "申报成功", "declared successfully"),
    both("A", "放行前删除或异常处理", "deleted before release or exception, manual"),
    both("B", "担保放行", "released on guarantee"),
    both("C", "出口查验通知", "physical inspection notice"),
    both("D", "海关删单", "deleted by customs"),
    both("E", "海关退单/不受理", "customs returned it or did not accept it"),
    both("E0", "表格已申报", "form declared"),
    both("E1", "表格申报成功", "form declared successfully"),
    both("F", "放行交单", "released, papers to be handed in"),
    both("F1", "暂存失败", "draft failed"),
    both("G", "报关单已审结", "review finished"),
    both("H", "海关挂起，需手工申报", "held, manual declaration needed"),
    both("I", "海关无纸放行通知", "paperless release"),
    both("J", "通关无纸化审结", "paperless review finished"),
    both("K", "通关无纸化担保放行", "paperless release on guarantee"),
    both("L", "海关已接收", "customs has received it"),
    both("M", "报关单重审", "under review again"),
    both("N", "重传文件", "resend files"),
    both("P", "海关已放行", "released"),
    both("R", "已结关", "cleared, closed"),
    both("S", "施检", "inspection being made"),
    both("S0", "暂存成功", "draft saved"),
    // The two-step states are given in English only; the Chinese is ours.
    both("Sp1", "两步申报：需补充申报", "two-step: supplement wanted"),
    both("SpC", "两步申报：查验", "two-step: inspect"),
    both("SpE", "两步申报：退单", "two-step: returned"),
    both("SpJ", "两步申报：审结", "two-step: reviewed"),
    both("SpK", "两步申报：准予提离", "two-step: pick-up release"),
    both("SpL", "两步申报：概要已入库", "two-step: summary stored"),
    both("T", "需交税费", "duty or fees due"),
    both("W", "海关无纸验放通知（审结）", "paperless release notice, reviewed"),
    both("X", "准予进港", "may enter port"),
    both("Y", "申报失败", "declaration failed"),
    both("Z", "退回修改", "returned for change"),
    both("a", "签证、检务收单、领取证单", "certificate ready"),
    both("b", "已发检验检疫审核", "sent to inspection review"),
    both("c", "检验检疫撤单", "inspection withdrawn"),
    both("d", "申请检验检疫成功", "inspection application accepted"),
    both("f0", "客户端错误", "client error"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_matters() {
        assert_eq!(LIST.name_zh("C"), Some("出口查验通知"));
        assert_eq!(LIST.name_zh("c"), Some("检验检疫撤单"));
        assert_eq!(LIST.name_zh("F"), Some("放行交单"));
        assert_eq!(LIST.name_zh("F1"), Some("暂存失败"));
        assert!(!LIST.is_known("f1") && !LIST.is_known("SPK"));
    }

    #[test]
    fn every_state_has_a_class() {
        for row in LIST.rows() {
            assert!(class(row.code).is_some(), "{}", row.code);
        }
        assert_eq!(class("?"), None);
        assert_eq!(LIST.rows().len(), 40);
    }

    #[test]
    fn answers_of_ruling_o9() {
        for (code, expected) in [
            (RELEASED, Class::Released),
            (RELEASED_PAPERLESS, Class::Released),
            (INSPECT, Class::Inspected),
            (DOCUMENTS_WANTED, Class::Wanted),
            (HELD, Class::Held),
            (RETURNED_FOR_CHANGE, Class::Rejected),
            (NOT_ACCEPTED, Class::Rejected),
        ] {
            assert_eq!(class(code), Some(expected), "{code}");
        }
    }
}
