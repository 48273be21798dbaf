//! `policies.toml` 减免政策: reliefs, each with authority, funder, window and scope (FEE-013, FEE-016 to FEE-018).
//!
//! A relief that nobody decided does not load. Which heads there are is the rule book's to say.

use super::column::{Cell, Column, Kind, PREFIX, Word, interval};
use super::fault::{Fault, Reason};
use super::register::{Once, Register, Row};
use model::code::country::Country;
use model::decimal::Decimal;
use model::registers::{Policy, PolicyFirms, PolicyKind, Registers, Stack};

/// Name of the tables in the file.
pub(super) const TABLE: &str = "policy";

static KINDS: &[Word] = &[
    Word::new("FULL", &["全免"]),
    Word::new("PERCENT", &["按比例", "比例"]),
    Word::new("CAP", &["封顶"]),
    Word::new("FIXED", &["定额"]),
];

static STACKS: &[Word] = &[
    Word::new("best_single", &["best-single", "single", "取最优", "择优"]),
    Word::new("sequential", &["依次", "叠加"]),
];

/// What a cap limits (FEE-018).
static PERIODS: &[Word] = &[Word::new("head", &["单笔", "每笔"]), Word::new("year", &["年度", "按年"])];

pub(super) static REGISTER: Register = Register {
    file: "policies.toml",
    title: "减免政策",
    columns: &[
        Column::required("id", &["编号"], Kind::Number),
        Column::required("kind", &["方式"], Kind::OneOf(KINDS)),
        Column::optional("value", &["数值"], Kind::Amount),
        Column::required("heads", &["费目"], Kind::ListOf(&Kind::Code)),
        Column::required("firms", &["适用企业"], Kind::Firms),
        Column::optional("hs_prefix", &["商品编码前缀"], Kind::ListOf(&PREFIX)),
        Column::optional("destinations", &["目的地"], Kind::ListOf(&Kind::Country)),
        Column::FROM,
        Column::TO,
        Column::required("authority_doc", &["依据文件"], Kind::Number),
        Column::DECISION,
        Column::required("funder", &["出资单位"], Kind::Text),
        Column::optional("quota", &["额度"], Kind::Amount),
        Column::optional("stack", &["叠加方式"], Kind::OneOf(STACKS)),
        Column::optional("per", &["封顶范围"], Kind::OneOf(PERIODS)),
    ],
    once: Once::OnADay(&["id"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, kind, value, _, _, _, _, from, to, _, decision, _, _, _, per] = row.cells();
    if decision.is_empty() {
        return Some(decision.fault(Reason::NoDecision { rule: "AUD-002" }));
    }
    if per.value == "year" && !matches!(kind.value, "" | "CAP") {
        return Some(per.fault(Reason::YearOfCap { kind: kind.text() }));
    }
    worth(kind, value).or_else(|| Fault::of_interval(from, to))
}

/// Every kind but FULL says how much; a percentage has its bounds (FEE-017).
fn worth(kind: Cell<'_>, value: Cell<'_>) -> Option<Fault> {
    if matches!(kind.value, "" | "FULL") {
        return None;
    }
    let Some(amount) = value.decimal() else { return Some(value.fault(Reason::Empty)) };
    match kind.value {
        "PERCENT" if amount.is_zero() || amount > Decimal::HUNDRED => {
            Some(value.fault(Reason::Percent { value: value.text() }))
        }
        "FIXED" if amount.is_zero() => Some(value.fault(Reason::NotPositive { value: value.text() })),
        _ => None,
    }
}

fn take(row: &Row, into: &mut Registers) {
    let [
        id,
        kind,
        value,
        heads,
        firms,
        prefixes,
        destinations,
        from,
        to,
        authority,
        decision,
        funder,
        quota,
        stack,
        per,
    ] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(kind) = policy_kind(kind, value, per) else { return };
    into.policies.push(Policy {
        id: id.text(),
        kind,
        heads: heads.list(),
        firms: policy_firms(firms),
        commodity_prefixes: prefixes.list(),
        destinations: destinations.parts().filter_map(Country::from_code).collect(),
        valid: interval(from, to),
        authority_document: authority.text(),
        decision_number: decision.text(),
        funder: funder.text(),
        quota: quota.decimal(),
        stack: if stack.value == "sequential" { Stack::Sequential } else { Stack::BestSingle },
    });
}

fn policy_kind(kind: Cell<'_>, value: Cell<'_>, per: Cell<'_>) -> Option<PolicyKind> {
    match kind.value {
        "FULL" => Some(PolicyKind::Full),
        "PERCENT" => value.decimal().map(PolicyKind::Percent),
        "CAP" if per.value == "year" => value.decimal().map(PolicyKind::YearlyCap),
        "CAP" => value.decimal().map(PolicyKind::Cap),
        "FIXED" => value.decimal().map(PolicyKind::Fixed),
        _ => None,
    }
}

fn policy_firms(firms: Cell<'_>) -> PolicyFirms {
    match firms.value {
        "zone" => PolicyFirms::Zone,
        "all" => PolicyFirms::All,
        _ => PolicyFirms::Listed(firms.list()),
    }
}
