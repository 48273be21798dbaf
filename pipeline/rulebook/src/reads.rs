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

/// The fields among them that it cannot do without.
pub fn needs(rule: &Rule) -> impl Iterator<Item = FieldName> {
    let can_spare = |name: &FieldName| {
        let spared = |it: &&Spared| (it.row, it.field) == (name.row, name.field);
        SPARED.iter().filter(spared).any(|it| it.rules.is_empty() || it.rules.contains(&rule.id.0))
    };
    reads(rule).iter().copied().filter(move |name| !can_spare(name))
}

/// A field that a rule asks for and judges without.
struct Spared {
    row: &'static str,
    field: &'static str,
    /// The rules; all of them when there are none.
    rules: &'static [&'static str],
}

const CODES: &[&str] = &["DOC-005", "DOC-006", "DOC-007", "DOC-008"];
const CHARGES: &[&str] = &["DOC-029"];
const ORDERS: &[&str] = &["CHN-016", "RSK-006"];

/// Fields that a rule looks at for themselves, so that one that is not there leaves the others judged, and fields whose
/// absence says something by itself.
static SPARED: &[Spared] = &[
    // A certificate without a flag has goods in its line (single-window.md 5.2).
    Spared { row: "CertificateItem", field: "goods_flag", rules: &[] },
    // It stands in for the day of issue (ruling D4).
    Spared { row: "CertificateHead", field: "application_date", rules: &[] },
    // The code of each firm is checked by itself.
    Spared { row: "DeclarationHead", field: "owner_unified_code", rules: CODES },
    Spared { row: "DeclarationHead", field: "entry_firm_unified_code", rules: CODES },
    // The currency of each charge is; one that is not declared has none.
    Spared { row: "DeclarationHead", field: "freight_mark", rules: CHARGES },
    Spared { row: "DeclarationHead", field: "freight_currency", rules: CHARGES },
    Spared { row: "DeclarationHead", field: "insurance_mark", rules: CHARGES },
    Spared { row: "DeclarationHead", field: "insurance_currency", rules: CHARGES },
    Spared { row: "DeclarationHead", field: "other_mark", rules: CHARGES },
    Spared { row: "DeclarationHead", field: "other_currency", rules: CHARGES },
    // Orders of the office name firm, goods or destination; what is not declared is found by the others.
    Spared { row: "GoodsItem", field: "producer_registration", rules: ORDERS },
];

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

    #[test]
    fn what_can_be_spared_is_asked_for_by_its_rules() {
        for Spared { row, field, rules } in SPARED {
            let name = FieldName { row, field };
            let asking: Vec<&str> =
                RULES.iter().filter(|rule| reads(rule).contains(&name)).map(|rule| rule.id.0).collect();
            assert!(!asking.is_empty(), "{row}.{field}");
            assert!(rules.iter().all(|id| asking.contains(id)), "{row}.{field} is asked for by {asking:?}");
        }
        let needed =
            |id: &str| needs(find(id).expect("a rule of the list")).map(|it| it.field).collect::<Vec<_>>();
        assert_eq!(needed("DOC-005"), ["agent_unified_code", "consignor_unified_code"]);
        assert_eq!(needed("DOC-029"), ["currency"]);
        assert!(needed("DOC-006").contains(&"consignor_unified_code"));
    }
}
