//! A voucher of the exporter does not pay what another firm owes: the holder is the payer, or it is refused.
//!
//! A voucher goes from issued to reserved while the goods are held, to used once they are released or inspected, and back
//! to issued when the decision is superseded; the trace says how a decision leaves it.

use crate::channel;
use crate::fees::{Draft, DraftLine, Gross, Nature, money};
use crate::prelude::*;
use model::assessment::{Assessment, Authority};
use model::decision::TraceLine;
use model::registers::Registers;
use model::waiver::{Account, AccountKind, Drawing};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-023"),
    name: "voucher-of-another",
    version: 1,
    title: Words { zh: "服务券不得为他人抵扣", en: "a voucher does not pay for another firm" },
    message: Words {
        zh: "服务券 {serial} 持有人 {holder}，费目 {head} 由 {payer} 缴付，不能抵扣",
        en: "voucher {serial} is held by {holder}, {head} is paid by {payer}: it is not used",
    },
    remedy: Words {
        zh: "由持有人缴付该费用，或在委托单中更正付费企业",
        en: "let the holder pay, or correct the payer in the order",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-023" }],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let (registers, at) = (case.registers, case.declaration.head);
    let holder = at.consignor_unified_code.value;
    let vouchers = registers.vouchers.of(holder);
    if vouchers.is_empty() {
        return;
    }
    let Some(draft) = dossier.draft(law) else { return };
    let of_others = |line: &&DraftLine| {
        line.payer != holder && line.nature == Nature::Platform && matches!(line.gross, Gross::Charged { .. })
    };
    for line in draft.lines.iter().filter(of_others) {
        let day = case.accepted_on();
        let may = vouchers.iter().find(|it| it.valid.contains(day) && it.services.contains(&line.head));
        if let Some(voucher) = may {
            let (serial, head, payer) = (voucher.serial.as_str(), line.head.as_str(), line.payer.as_str());
            report.at(at, &at.consignor_unified_code, evidence![serial, holder, head, payer]);
        }
    }
}

const LEFT: Words =
    Words { zh: "{status}，面值 {value} 元，余额 {left} 元", en: "{status}, {left} left of {value}" };
const USED: Words = Words { zh: "已使用", en: "USED" };
const RESERVED: Words = Words { zh: "已预留", en: "RESERVED" };

/// Says how a decision leaves the vouchers it uses.
pub fn statuses(
    draft: &Draft,
    registers: &Registers,
    assessment: &Assessment,
    is_final: bool,
    drawing: &Drawing<'_>,
    trace: &mut Vec<TraceLine>,
) {
    let is_used = |serial: &str| {
        let mut steps = assessment.lines.iter().flat_map(|line| &line.steps);
        steps.any(|step| matches!(&step.authority, Authority::Voucher(used) if used == serial))
    };
    let status = if is_final { USED } else { RESERVED };
    let mut told: Vec<&str> = Vec::new();
    for voucher in draft.lines.iter().flat_map(|line| line.vouchers(registers)) {
        if !is_used(&voucher.serial) || told.contains(&voucher.serial.as_str()) {
            continue;
        }
        told.push(&voucher.serial);
        let used = drawing.used(&Account::new(AccountKind::Voucher, &voucher.serial)).unwrap_or_default();
        let left = voucher.value.checked_sub(used).unwrap_or_default().max(Decimal::ZERO);
        let values = evidence![status, left = money(left), value = money(voucher.value)];
        trace.push(channel::step(&RULE, voucher.serial.as_str(), Phrase { words: LEFT, values }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check_fee, check_rule};
    use expect_test::expect;

    #[test]
    fn the_holder_pays_with_it() {
        check_rule(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes\nmember scc=91441323555600018G from=2018-03-20",
            expect![""],
        );
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes\nmember scc=91441323555600018G from=2018-03-20",
            expect![[r#"
                LAB-CM 1500.00 → 700.00
                trace V-2018-000123 → USED, 0.00 left of 800.00
            "#]],
        );
    }

    #[test]
    fn another_payer_is_refused() {
        let notation = "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500 payer=91441323MA4WXY1296\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes\nmember scc=91441323555600018G from=2018-03-20";
        check_rule(
            &RULE,
            notation,
            expect![[r#"
                deny declaration consignor_unified_code: voucher V-2018-000123 is held by 91441323555600018G, LAB-CM is paid by 91441323MA4WXY1296: it is not used
            "#]],
        );
        check_fee(
            &RULE,
            notation,
            expect![[r#"
                LAB-CM 1500.00 → 1500.00
            "#]],
        );
    }
}
