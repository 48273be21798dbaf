//! The list of rules: two lines for each, its module and its place in the list.

use crate::rule::Rule;

/// Declaration fields and arithmetic.
pub mod doc {
    pub mod doc_026_line_total;
    pub mod doc_030_net_gross;
}
/// Reading a message.
pub mod msg {
    pub mod msg_001_unreadable;
}
/// Certificates of origin.
pub mod org {
    pub mod org_001_form_not_issued;
    pub mod org_003_form_unknown;
    pub mod org_005_number_pattern;
    pub mod org_006_number_letter;
    pub mod org_008_registration_of_another;
    pub mod org_015_commodity_code;
    pub mod org_017_criterion_not_allowed;
    pub mod org_018_shoes_wholly_obtained;
}

/// All rules, by id.
pub static RULES: &[&Rule] = &[
    &doc::doc_026_line_total::RULE,
    &doc::doc_030_net_gross::RULE,
    &msg::msg_001_unreadable::RULE,
    &org::org_001_form_not_issued::RULE,
    &org::org_003_form_unknown::RULE,
    &org::org_005_number_pattern::RULE,
    &org::org_006_number_letter::RULE,
    &org::org_008_registration_of_another::RULE,
    &org::org_015_commodity_code::RULE,
    &org::org_017_criterion_not_allowed::RULE,
    &org::org_018_shoes_wholly_obtained::RULE,
];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.id.0.cmp(id)).ok().map(|idx| RULES[idx])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_of_id_and_none_twice() {
        for pair in RULES.windows(2) {
            assert!(pair[0].id.0 < pair[1].id.0, "{} before {}", pair[0].id, pair[1].id);
        }
    }

    #[test]
    fn every_rule_speaks_both_languages_and_names_its_source() {
        for rule in RULES {
            for words in [rule.title, rule.message, rule.remedy] {
                assert!(!words.zh.is_empty() && !words.en.is_empty(), "{} lacks words", rule.id);
                assert!(
                    !words.en.ends_with('.') && !words.zh.ends_with('。'),
                    "{} ends in a full stop",
                    rule.id
                );
                assert_eq!(
                    placeholders(words.zh),
                    placeholders(words.en),
                    "{} differs in its placeholders",
                    rule.id
                );
            }
            assert!(!rule.citation.is_empty(), "{} has no citation", rule.id);
            assert!(rule.version > 0, "{} has no version", rule.id);
        }
    }

    #[test]
    fn a_rule_is_found_by_its_id() {
        assert_eq!(find("DOC-026").map(|rule| rule.id.0), Some("DOC-026"));
        assert!(find("DOC-999").is_none());
    }

    fn placeholders(template: &str) -> Vec<&str> {
        let mut names: Vec<&str> = template
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect();
        names.sort_unstable();
        names
    }
}
