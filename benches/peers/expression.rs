//! A rule as an expression of GoRules, compiled once, beside ours.
//!
//! Ours is the whole time of judging, with fees, dossiers and findings, divided by the rules over a declaration that are in
//! force: more than a rule takes, so the ratio is less than it might be said to be.

use super::Judged;
use benches::timed;
use jiff::civil::date;
use model::jurisdiction::Jurisdiction;
use rulebook::jurisdiction::rules_of;
use rulebook::rule::Check;
use serde_json::{Value, json};
use zen_expression::compile_expression;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;

const RULE: &str = "trade_mode == '0110' and startsWith(hs, '64') and net_weight <= gross_weight";

/// Best of so many rounds, in turns.
pub fn against_ours(n_rounds: usize, mut judge: impl FnMut() -> Judged) -> Value {
    let inputs: Vec<Variable> = (0..2_000).map(input).collect();
    let rule = compile_expression(RULE).expect("the rule is sound");
    let is_over_declarations = |check: &Check| matches!(check, Check::Declaration(_) | Check::Dossier(_));
    let in_force = rules_of(Jurisdiction::China).iter();
    let in_force =
        in_force.filter(|rule| is_over_declarations(&rule.check) && rule.in_force.on(date(2018, 6, 1)));
    let n_rules = in_force.count() as u64;
    let (mut ours, mut theirs) = (u64::MAX, u64::MAX);
    for _ in 0..=n_rounds {
        let judged = judge();
        ours = ours.min(judged.ns * 1_000 / (judged.n_declarations * n_rules).max(1));
        let mut machine = VM::new();
        let (n_true, ns) = timed(|| {
            let holds = |it: &&Variable| {
                let said = rule.evaluate_with((*it).clone(), &mut machine).expect("it can be evaluated");
                said == Variable::Bool(true)
            };
            let mut holds = holds;
            let mut n_true = 0;
            for it in &inputs {
                n_true += usize::from(holds(&it));
            }
            n_true
        });
        // Modes and headings of every sixth input fit, and one weight in five does not.
        assert_eq!(n_true, (0..2_000).filter(|n| n % 6 == 0 && n % 5 != 0).count());
        theirs = theirs.min(ns * 1_000 / inputs.len() as u64);
    }
    json!({
        "case": "rule ÷ GoRules", "rules": n_rules, "ours_ps": ours, "gorules_ps": theirs,
        "ratio_per_mille": theirs * 1_000 / ours.max(1),
    })
}

fn input(n: u64) -> Variable {
    let (mode, hs) = if n.is_multiple_of(6) { ("0110", "6403990090") } else { ("1210", "6109100021") };
    let net = if n.is_multiple_of(5) { 11_000 } else { 10_000 };
    json!({"trade_mode": mode, "hs": hs, "net_weight": net, "gross_weight": 10_800}).into()
}
