//! Which canonical fields a rule names: read out of its source by `build.rs`, not kept by hand.
//!
//! A rule that works on what is known of the firms or on the steps of the decision names none. Fields beyond those a rule
//! needs in the end may stand here as well: it is what the rule may look at, no more.

use crate::rule::Rule;

/// A field of a row of `model`, by the names of its [`Record`](model::text::Record).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// Kind of row.
    pub row: &'static str,
    /// Canonical name.
    pub field: &'static str,
}

/// By id, in order.
static READS: &[(&str, &[FieldName])] = include!(concat!(env!("OUT_DIR"), "/reads.rs"));

/// The fields this rule names itself or through its helpers.
pub fn reads(rule: &Rule) -> &'static [FieldName] {
    READS.binary_search_by(|(id, _)| id.cmp(&rule.id.0)).map_or(&[], |idx| READS[idx].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{RULES, find};

    fn names(id: &str) -> Vec<String> {
        let rule = find(id).expect("a rule of the list");
        reads(rule).iter().map(|it| format!("{}.{}", it.row, it.field)).collect()
    }

    #[test]
    fn a_rule_reads_what_its_source_names() {
        assert_eq!(names("DOC-026"), ["GoodsItem.quantity", "GoodsItem.total_price", "GoodsItem.unit_price"]);
        assert_eq!(
            names("DOC-030"),
            [
                "DeclarationHead.gross_weight_kg",
                "DeclarationHead.net_weight_kg",
                "GoodsItem.first_quantity",
                "GoodsItem.first_unit"
            ]
        );
    }

    #[test]
    fn a_rule_reads_what_its_helpers_name() {
        assert!(names("DOC-006").contains(&"DeclarationHead.owner_unified_code".to_owned()));
        let both = names("ORG-038");
        assert!(both.contains(&"CertificateItem.gross_weight".to_owned()));
        assert!(both.contains(&"DeclarationHead.gross_weight_kg".to_owned()));
    }

    #[test]
    fn the_list_is_that_of_the_rules_and_every_field_is_one() {
        let ids: Vec<&str> = READS.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, RULES.iter().map(|rule| rule.id.0).collect::<Vec<_>>());
        for name in READS.iter().flat_map(|(_, names)| *names) {
            assert!(model::seen::field(name.row, name.field).is_some(), "{}.{}", name.row, name.field);
        }
    }
}
