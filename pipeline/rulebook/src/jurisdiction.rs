//! Which rules judge a declaration: those of the law it is filed under, and those that hold under any law.
//!
//! A group of rules belongs to one law, so a new rule belongs where its group does and says nothing of it. A rule of
//! another law does not apply, as one that is not in force: it is neither passed nor named.
//! Under any law hold what the readers find, and what the office orders by its registers.

use crate::rule::Rule;
use crate::rules::RULES;
use model::jurisdiction::Jurisdiction;
use std::sync::LazyLock;

/// Groups that are not Chinese law, each with the law it is; none for groups that hold under any.
const GROUPS: &[(&str, Option<Jurisdiction>)] = &[("CDS", Some(Jurisdiction::UnitedKingdom)), ("MSG", None)];

/// Rules of other groups that hold under any law: campaigns, stop orders and alerts of the office.
const ORDERS: &[&str] = &["CHN-015", "CHN-016", "RSK-006"];

/// The law a rule belongs to; none when it holds under any.
pub fn law_of(rule: &Rule) -> Option<Jurisdiction> {
    let (group, _) = rule.id.0.split_once('-').unwrap_or_default();
    let known = GROUPS.iter().find(|(known, _)| *known == group).map(|(_, law)| *law);
    known.unwrap_or_else(|| (!ORDERS.contains(&rule.id.0)).then_some(Jurisdiction::China))
}

/// The rules that judge what is filed under this law, by id.
pub fn rules_of(jurisdiction: Jurisdiction) -> &'static [&'static Rule] {
    static RULES_BY_LAW: LazyLock<[Vec<&'static Rule>; Jurisdiction::ALL.len()]> = LazyLock::new(|| {
        Jurisdiction::ALL.map(|law| {
            RULES.iter().copied().filter(|rule| law_of(rule).is_none_or(|of_rule| of_rule == law)).collect()
        })
    });
    &RULES_BY_LAW[jurisdiction as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(law: Jurisdiction) -> Vec<&'static str> {
        rules_of(law).iter().map(|rule| rule.id.0).collect()
    }

    #[test]
    fn each_law_has_its_own_groups_and_all_have_the_readers_and_the_orders() {
        let [china, kingdom] = Jurisdiction::ALL.map(ids);
        assert!(china.contains(&"DOC-026") && !kingdom.contains(&"DOC-026"));
        assert!(kingdom.contains(&"CDS-11006") && !china.contains(&"CDS-11006"));
        for everywhere in ["MSG-001"].iter().chain(ORDERS) {
            assert!(china.contains(everywhere) && kingdom.contains(everywhere), "{everywhere}");
        }
    }

    #[test]
    fn laws_stand_in_the_order_of_their_numbers() {
        for (number, law) in Jurisdiction::ALL.into_iter().enumerate() {
            assert_eq!(law as usize, number);
        }
    }

    #[test]
    fn every_rule_is_of_some_law() {
        let [china, kingdom] = Jurisdiction::ALL.map(ids);
        assert!(RULES.iter().all(|rule| china.contains(&rule.id.0) || kingdom.contains(&rule.id.0)));
    }
}
