//! The list of rules: two lines for each, its module and its place in the list.

use crate::rule::Rule;

/// The gateway of the United Kingdom: rules by the codes of its error list.
pub mod cds {
    pub mod cds_001_lane;
    pub mod cds_002_goods_awaited;
    pub mod cds_003_declaration_cancelled;
    pub mod cds_004_element_amended;
    pub mod cds_005_decided_already;
    pub mod cds_006_officer_decides;
    pub mod cds_007_amendment_unclear;
    pub mod cds_10001_element_missing;
    pub mod cds_10002_element_not_allowed;
    pub mod cds_10003_too_many_lines;
    pub mod cds_10010_format_invalid;
    pub mod cds_10020_value_not_in_list;
    pub mod cds_10021_value_negative;
    pub mod cds_11003_item_count_differs;
    pub mod cds_11004_procedure_of_another_movement;
    pub mod cds_11005_data_sets_differ;
    pub mod cds_11006_net_mass_not_below_gross;
    pub mod cds_11007_submitter_differs;
    pub mod cds_11012_element_not_amendable;
    pub mod cds_12006_licence_unknown;
    pub mod cds_12014_arrival_not_awaited;
    pub mod cds_12015_declaration_not_on_file;
    pub mod cds_12016_acceptance_date;
    pub mod cds_12022_line_number_beyond_count;
    pub mod cds_12024_line_number_twice;
    pub mod cds_12026_amended_twice;
    pub mod cds_12031_presented_too_late;
    pub mod cds_12050_procedure_not_valid;
    pub mod cds_12052_type_not_valid;
    pub mod cds_12057_invoice_currencies_differ;
    pub mod cds_12058_no_package;
    pub mod cds_12071_head_and_line;
    pub mod cds_12072_code_and_name;
    pub mod cds_12073_destination_nowhere;
    pub mod cds_12081_exporter_imports;
    pub mod cds_12082_currency_of_total;
    pub mod cds_12083_two_preferential_origins;
    pub mod cds_12084_consignee_code_and_name;
    pub mod cds_12086_carrier_code_and_name;
    pub mod cds_12091_exporter_receives;
    pub mod cds_12092_exporter_sells;
    pub mod cds_12108_consignment_reference_missing;
    pub mod cds_12113_guarantee_kind_missing;
    pub mod cds_12117_importer_buys;
    pub mod cds_12123_mass_zero;
    pub mod cds_12132_consignment_reference_malformed;
    pub mod cds_12133_master_reference_malformed;
    pub mod cds_12135_export_country_nowhere;
    pub mod cds_12149_none_beside_others;
    pub mod cds_12154_movement_beside_waiver;
    pub mod cds_12155_waiver_twice;
    pub mod cds_12156_entry_date_differs;
    pub mod cds_40059_tariff_unknown;
    pub mod cds_40072_movement_in_some_lines;
    pub mod cds_71200_document_twice;
    pub mod cds_77005_waiver_without_reason;
}
/// The inspection mode.
pub mod chn {
    pub mod chn_001_worst_mode;
    pub mod chn_002_collect_all;
    pub mod chn_003_class_and_risk;
    pub mod chn_004_supervision_mode;
    pub mod chn_005_zone_cap;
    pub mod chn_006_document_review;
    pub mod chn_007_mode_not_yet;
    pub mod chn_008_statement_defective;
    pub mod chn_009_exemption_not_covering;
    pub mod chn_011_exemption_overridden;
    pub mod chn_012_joint_not_approved;
    pub mod chn_013_class_matrix;
    pub mod chn_015_campaign;
    pub mod chn_016_stop_order;
}
/// Credit grades of firms.
pub mod crd {
    pub mod crd_001_regime_not_in_force;
    pub mod crd_002_lower_of_two;
    pub mod crd_015_ratio_by_grade;
    pub mod crd_016_worse_grade_lighter;
    pub mod crd_019_grade_not_yet;
    pub mod crd_020_firm_unknown;
    pub mod crd_021_grade_by_value;
}
/// Declaration fields and arithmetic.
pub mod doc {
    pub mod doc_001_missing_field;
    pub mod doc_002_entry_number;
    pub mod doc_003_entry_year;
    pub mod doc_004_paper_lane;
    pub mod doc_005_unified_code;
    pub mod doc_006_unified_code_letter;
    pub mod doc_007_inner_check_digit;
    pub mod doc_008_division;
    pub mod doc_009_customs_code_length;
    pub mod doc_010_consignor_rights;
    pub mod doc_011_customs_code_pattern;
    pub mod doc_012_code_pair;
    pub mod doc_013_authorisation;
    pub mod doc_014_commodity_code;
    pub mod doc_015_inspection_code;
    pub mod doc_016_material_heading;
    pub mod doc_017_ankle;
    pub mod doc_018_sports_footwear;
    pub mod doc_019_permit_missing;
    pub mod doc_020_declared_elements;
    pub mod doc_021_leather_elements;
    pub mod doc_022_brand_type;
    pub mod doc_023_preference_code;
    pub mod doc_024_statutory_units;
    pub mod doc_025_whole_pairs;
    pub mod doc_026_line_total;
    pub mod doc_027_invoice_total;
    pub mod doc_028_mixed_currencies;
    pub mod doc_029_currency_unknown;
    pub mod doc_030_net_gross;
    pub mod doc_031_pair_weight;
    pub mod doc_033_package_kind;
    pub mod doc_035_charges_of_term;
    pub mod doc_036_fee_mark;
    pub mod doc_037_port_of_transport;
    pub mod doc_038_carriage;
    pub mod doc_039_container_check_digit;
    pub mod doc_040_container_remainder_ten;
    pub mod doc_041_container_category;
    pub mod doc_043_levy_category;
    pub mod doc_044_handbook;
    pub mod doc_045_duty_mode;
    pub mod doc_046_destination;
    pub mod doc_047_dates;
    pub mod doc_048_contract_number;
    pub mod doc_049_marks;
    pub mod doc_050_too_many_lines;
    pub mod doc_053_origin_outside_zone;
}
/// Fees, waivers, vouchers.
pub mod fee {
    pub mod fee_001_tariff_row;
    pub mod fee_002_acceptance_day;
    pub mod fee_003_share_of_value;
    pub mod fee_004_minimum;
    pub mod fee_005_rounding;
    pub mod fee_006_customs_rate;
    pub mod fee_007_fob_value;
    pub mod fee_008_each_head;
    pub mod fee_009_joint_inspection;
    pub mod fee_010_minimum_again;
    pub mod fee_011_suspended;
    pub mod fee_012_arrears;
    pub mod fee_013_quota_short;
    pub mod fee_014_nothing_to_waive;
    pub mod fee_015_full_ends;
    pub mod fee_016_best_single;
    pub mod fee_017_percent_bounds;
    pub mod fee_018_cap;
    pub mod fee_019_payer_not_in_zone;
    pub mod fee_020_zone_first;
    pub mod fee_021_voucher_for_service;
    pub mod fee_022_vouchers_last;
    pub mod fee_023_voucher_of_another;
    pub mod fee_024_pot_short;
    pub mod fee_025_charged_once;
    pub mod fee_026_given_back;
    pub mod fee_028_each_certificate;
    pub mod fee_031_statement;
}
/// Reading a message.
pub mod msg {
    pub mod msg_001_unreadable;
    pub mod msg_002_document_type_declaration;
    pub mod msg_003_encoding_not_taken;
    pub mod msg_004_container_unreadable;
    pub mod msg_005_repeated_element;
    pub mod msg_006_not_a_number;
    pub mod msg_007_not_a_date;
    pub mod msg_008_unknown_element;
    pub mod msg_009_comment_inside_value;
    pub mod msg_010_limit_exceeded;
    pub mod msg_011_base64_unreadable;
    pub mod msg_012_nothing_to_read;
    pub mod msg_013_stray_text;
    pub mod msg_014_document_cut_short;
    pub mod msg_020_acceptance_date;
    pub mod msg_030_not_for_this_program;
    pub mod msg_031_number_reused;
    pub mod msg_032_internal_fault;
    pub mod msg_033_number_missing;
    pub mod msg_034_rules_beyond_format;
    pub mod msg_035_declarant_of_another_sender;
    pub mod msg_036_value_too_long;
    pub mod msg_037_too_many_figures;
}
/// Certificates of origin.
pub mod org {
    pub mod org_001_form_not_issued;
    pub mod org_002_form_a_in_transition;
    pub mod org_003_form_unknown;
    pub mod org_004_issuer_not_authorised;
    pub mod org_005_number_pattern;
    pub mod org_006_number_letter;
    pub mod org_007_number_year;
    pub mod org_008_registration_of_another;
    pub mod org_010_second_certificate;
    pub mod org_011_exporter_not_consignor;
    pub mod org_012_consignee_outside_party;
    pub mod org_014_producer_words;
    pub mod org_015_commodity_code;
    pub mod org_017_criterion_not_allowed;
    pub mod org_018_shoes_wholly_obtained;
    pub mod org_019_suffix_alone;
    pub mod org_020_local_share_too_low;
    pub mod org_023_heading_missing;
    pub mod org_024_import_share;
    pub mod org_025_printed_share;
    pub mod org_026_validity_too_short;
    pub mod org_027_retrospective_mark;
    pub mod org_028_mark_of_another_form;
    pub mod org_029_asia_pacific_late;
    pub mod org_030_retrospective_too_late;
    pub mod org_031_vessel_not_named;
    pub mod org_032_port_outside_party;
    pub mod org_033_direct_consignment;
    pub mod org_034_invoice_mismatch;
    pub mod org_035_third_party_not_named;
    pub mod org_036_back_to_back;
    pub mod org_037_certificates_exceed_line;
    pub mod org_038_quantity_or_weight;
    pub mod org_039_value_mismatch;
    pub mod org_043_too_many_items;
    pub mod org_044_preference_block;
    pub mod org_045_changed_dates;
    pub mod org_046_copy_without_statement;
    pub mod org_051_claim_without_proof;
}
/// Risk information.
pub mod rsk {
    pub mod rsk_006_alert_level;
    pub mod rsk_007_alert_scope;
}
/// Documents and what simplification spares.
pub mod sim {
    pub mod sim_001_required_set;
    pub mod sim_002_cell_source;
    pub mod sim_004_waived_document_conflicts;
    pub mod sim_005_statement_missing;
    pub mod sim_007_clearance_slip;
    pub mod sim_008_application_missing;
    pub mod sim_009_application_differs;
    pub mod sim_010_inspection_declaration_type;
    pub mod sim_011_grade_fell;
    pub mod sim_013_documents_spared;
    pub mod sim_014_document_missing;
}
/// Sampling and the draw.
pub mod smp {
    pub mod smp_001_base_ratio;
    pub mod smp_002_modifiers;
    pub mod smp_003_floors;
    pub mod smp_010_draw;
    pub mod smp_011_seed;
    pub mod smp_012_first_draw;
    pub mod smp_020_coverage_unknown;
}
/// Membership of the zone.
pub mod zon {
    pub mod zon_005_membership;
    pub mod zon_009_site_outside_zone;
    pub mod zon_014_member_without_grade;
    pub mod zon_015_producer_outside_zone;
}

/// All rules, by id.
pub static RULES: &[&Rule] = &[
    &cds::cds_001_lane::RULE,
    &cds::cds_002_goods_awaited::RULE,
    &cds::cds_003_declaration_cancelled::RULE,
    &cds::cds_004_element_amended::RULE,
    &cds::cds_005_decided_already::RULE,
    &cds::cds_006_officer_decides::RULE,
    &cds::cds_007_amendment_unclear::RULE,
    &cds::cds_10001_element_missing::RULE,
    &cds::cds_10002_element_not_allowed::RULE,
    &cds::cds_10003_too_many_lines::RULE,
    &cds::cds_10010_format_invalid::RULE,
    &cds::cds_10020_value_not_in_list::RULE,
    &cds::cds_10021_value_negative::RULE,
    &cds::cds_11003_item_count_differs::RULE,
    &cds::cds_11004_procedure_of_another_movement::RULE,
    &cds::cds_11005_data_sets_differ::RULE,
    &cds::cds_11006_net_mass_not_below_gross::RULE,
    &cds::cds_11007_submitter_differs::RULE,
    &cds::cds_11012_element_not_amendable::RULE,
    &cds::cds_12006_licence_unknown::RULE,
    &cds::cds_12014_arrival_not_awaited::RULE,
    &cds::cds_12015_declaration_not_on_file::RULE,
    &cds::cds_12016_acceptance_date::RULE,
    &cds::cds_12022_line_number_beyond_count::RULE,
    &cds::cds_12024_line_number_twice::RULE,
    &cds::cds_12026_amended_twice::RULE,
    &cds::cds_12031_presented_too_late::RULE,
    &cds::cds_12050_procedure_not_valid::RULE,
    &cds::cds_12052_type_not_valid::RULE,
    &cds::cds_12057_invoice_currencies_differ::RULE,
    &cds::cds_12058_no_package::RULE,
    &cds::cds_12071_head_and_line::RULE,
    &cds::cds_12072_code_and_name::RULE,
    &cds::cds_12073_destination_nowhere::RULE,
    &cds::cds_12081_exporter_imports::RULE,
    &cds::cds_12082_currency_of_total::RULE,
    &cds::cds_12083_two_preferential_origins::RULE,
    &cds::cds_12084_consignee_code_and_name::RULE,
    &cds::cds_12086_carrier_code_and_name::RULE,
    &cds::cds_12091_exporter_receives::RULE,
    &cds::cds_12092_exporter_sells::RULE,
    &cds::cds_12108_consignment_reference_missing::RULE,
    &cds::cds_12113_guarantee_kind_missing::RULE,
    &cds::cds_12117_importer_buys::RULE,
    &cds::cds_12123_mass_zero::RULE,
    &cds::cds_12132_consignment_reference_malformed::RULE,
    &cds::cds_12133_master_reference_malformed::RULE,
    &cds::cds_12135_export_country_nowhere::RULE,
    &cds::cds_12149_none_beside_others::RULE,
    &cds::cds_12154_movement_beside_waiver::RULE,
    &cds::cds_12155_waiver_twice::RULE,
    &cds::cds_12156_entry_date_differs::RULE,
    &cds::cds_40059_tariff_unknown::RULE,
    &cds::cds_40072_movement_in_some_lines::RULE,
    &cds::cds_71200_document_twice::RULE,
    &cds::cds_77005_waiver_without_reason::RULE,
    &chn::chn_001_worst_mode::RULE,
    &chn::chn_002_collect_all::RULE,
    &chn::chn_003_class_and_risk::RULE,
    &chn::chn_004_supervision_mode::RULE,
    &chn::chn_005_zone_cap::RULE,
    &chn::chn_006_document_review::RULE,
    &chn::chn_007_mode_not_yet::RULE,
    &chn::chn_008_statement_defective::RULE,
    &chn::chn_009_exemption_not_covering::RULE,
    &chn::chn_011_exemption_overridden::RULE,
    &chn::chn_012_joint_not_approved::RULE,
    &chn::chn_013_class_matrix::RULE,
    &chn::chn_015_campaign::RULE,
    &chn::chn_016_stop_order::RULE,
    &crd::crd_001_regime_not_in_force::RULE,
    &crd::crd_002_lower_of_two::RULE,
    &crd::crd_015_ratio_by_grade::RULE,
    &crd::crd_016_worse_grade_lighter::RULE,
    &crd::crd_019_grade_not_yet::RULE,
    &crd::crd_020_firm_unknown::RULE,
    &crd::crd_021_grade_by_value::RULE,
    &doc::doc_001_missing_field::RULE,
    &doc::doc_002_entry_number::RULE,
    &doc::doc_003_entry_year::RULE,
    &doc::doc_004_paper_lane::RULE,
    &doc::doc_005_unified_code::RULE,
    &doc::doc_006_unified_code_letter::RULE,
    &doc::doc_007_inner_check_digit::RULE,
    &doc::doc_008_division::RULE,
    &doc::doc_009_customs_code_length::RULE,
    &doc::doc_010_consignor_rights::RULE,
    &doc::doc_011_customs_code_pattern::RULE,
    &doc::doc_012_code_pair::RULE,
    &doc::doc_013_authorisation::RULE,
    &doc::doc_014_commodity_code::RULE,
    &doc::doc_015_inspection_code::RULE,
    &doc::doc_016_material_heading::RULE,
    &doc::doc_017_ankle::RULE,
    &doc::doc_018_sports_footwear::RULE,
    &doc::doc_019_permit_missing::RULE,
    &doc::doc_020_declared_elements::RULE,
    &doc::doc_021_leather_elements::RULE,
    &doc::doc_022_brand_type::RULE,
    &doc::doc_023_preference_code::RULE,
    &doc::doc_024_statutory_units::RULE,
    &doc::doc_025_whole_pairs::RULE,
    &doc::doc_026_line_total::RULE,
    &doc::doc_027_invoice_total::RULE,
    &doc::doc_028_mixed_currencies::RULE,
    &doc::doc_029_currency_unknown::RULE,
    &doc::doc_030_net_gross::RULE,
    &doc::doc_031_pair_weight::RULE,
    &doc::doc_033_package_kind::RULE,
    &doc::doc_035_charges_of_term::RULE,
    &doc::doc_036_fee_mark::RULE,
    &doc::doc_037_port_of_transport::RULE,
    &doc::doc_038_carriage::RULE,
    &doc::doc_039_container_check_digit::RULE,
    &doc::doc_040_container_remainder_ten::RULE,
    &doc::doc_041_container_category::RULE,
    &doc::doc_043_levy_category::RULE,
    &doc::doc_044_handbook::RULE,
    &doc::doc_045_duty_mode::RULE,
    &doc::doc_046_destination::RULE,
    &doc::doc_047_dates::RULE,
    &doc::doc_048_contract_number::RULE,
    &doc::doc_049_marks::RULE,
    &doc::doc_050_too_many_lines::RULE,
    &doc::doc_053_origin_outside_zone::RULE,
    &fee::fee_001_tariff_row::RULE,
    &fee::fee_002_acceptance_day::RULE,
    &fee::fee_003_share_of_value::RULE,
    &fee::fee_004_minimum::RULE,
    &fee::fee_005_rounding::RULE,
    &fee::fee_006_customs_rate::RULE,
    &fee::fee_007_fob_value::RULE,
    &fee::fee_008_each_head::RULE,
    &fee::fee_009_joint_inspection::RULE,
    &fee::fee_010_minimum_again::RULE,
    &fee::fee_011_suspended::RULE,
    &fee::fee_012_arrears::RULE,
    &fee::fee_013_quota_short::RULE,
    &fee::fee_014_nothing_to_waive::RULE,
    &fee::fee_015_full_ends::RULE,
    &fee::fee_016_best_single::RULE,
    &fee::fee_017_percent_bounds::RULE,
    &fee::fee_018_cap::RULE,
    &fee::fee_019_payer_not_in_zone::RULE,
    &fee::fee_020_zone_first::RULE,
    &fee::fee_021_voucher_for_service::RULE,
    &fee::fee_022_vouchers_last::RULE,
    &fee::fee_023_voucher_of_another::RULE,
    &fee::fee_024_pot_short::RULE,
    &fee::fee_025_charged_once::RULE,
    &fee::fee_026_given_back::RULE,
    &fee::fee_028_each_certificate::RULE,
    &fee::fee_031_statement::RULE,
    &msg::msg_001_unreadable::RULE,
    &msg::msg_002_document_type_declaration::RULE,
    &msg::msg_003_encoding_not_taken::RULE,
    &msg::msg_004_container_unreadable::RULE,
    &msg::msg_005_repeated_element::RULE,
    &msg::msg_006_not_a_number::RULE,
    &msg::msg_007_not_a_date::RULE,
    &msg::msg_008_unknown_element::RULE,
    &msg::msg_009_comment_inside_value::RULE,
    &msg::msg_010_limit_exceeded::RULE,
    &msg::msg_011_base64_unreadable::RULE,
    &msg::msg_012_nothing_to_read::RULE,
    &msg::msg_013_stray_text::RULE,
    &msg::msg_014_document_cut_short::RULE,
    &msg::msg_020_acceptance_date::RULE,
    &msg::msg_030_not_for_this_program::RULE,
    &msg::msg_031_number_reused::RULE,
    &msg::msg_032_internal_fault::RULE,
    &msg::msg_033_number_missing::RULE,
    &msg::msg_034_rules_beyond_format::RULE,
    &msg::msg_035_declarant_of_another_sender::RULE,
    &msg::msg_036_value_too_long::RULE,
    &msg::msg_037_too_many_figures::RULE,
    &org::org_001_form_not_issued::RULE,
    &org::org_002_form_a_in_transition::RULE,
    &org::org_003_form_unknown::RULE,
    &org::org_004_issuer_not_authorised::RULE,
    &org::org_005_number_pattern::RULE,
    &org::org_006_number_letter::RULE,
    &org::org_007_number_year::RULE,
    &org::org_008_registration_of_another::RULE,
    &org::org_010_second_certificate::RULE,
    &org::org_011_exporter_not_consignor::RULE,
    &org::org_012_consignee_outside_party::RULE,
    &org::org_014_producer_words::RULE,
    &org::org_015_commodity_code::RULE,
    &org::org_017_criterion_not_allowed::RULE,
    &org::org_018_shoes_wholly_obtained::RULE,
    &org::org_019_suffix_alone::RULE,
    &org::org_020_local_share_too_low::RULE,
    &org::org_023_heading_missing::RULE,
    &org::org_024_import_share::RULE,
    &org::org_025_printed_share::RULE,
    &org::org_026_validity_too_short::RULE,
    &org::org_027_retrospective_mark::RULE,
    &org::org_028_mark_of_another_form::RULE,
    &org::org_029_asia_pacific_late::RULE,
    &org::org_030_retrospective_too_late::RULE,
    &org::org_031_vessel_not_named::RULE,
    &org::org_032_port_outside_party::RULE,
    &org::org_033_direct_consignment::RULE,
    &org::org_034_invoice_mismatch::RULE,
    &org::org_035_third_party_not_named::RULE,
    &org::org_036_back_to_back::RULE,
    &org::org_037_certificates_exceed_line::RULE,
    &org::org_038_quantity_or_weight::RULE,
    &org::org_039_value_mismatch::RULE,
    &org::org_043_too_many_items::RULE,
    &org::org_044_preference_block::RULE,
    &org::org_045_changed_dates::RULE,
    &org::org_046_copy_without_statement::RULE,
    &org::org_051_claim_without_proof::RULE,
    &rsk::rsk_006_alert_level::RULE,
    &rsk::rsk_007_alert_scope::RULE,
    &sim::sim_001_required_set::RULE,
    &sim::sim_002_cell_source::RULE,
    &sim::sim_004_waived_document_conflicts::RULE,
    &sim::sim_005_statement_missing::RULE,
    &sim::sim_007_clearance_slip::RULE,
    &sim::sim_008_application_missing::RULE,
    &sim::sim_009_application_differs::RULE,
    &sim::sim_010_inspection_declaration_type::RULE,
    &sim::sim_011_grade_fell::RULE,
    &sim::sim_013_documents_spared::RULE,
    &sim::sim_014_document_missing::RULE,
    &smp::smp_001_base_ratio::RULE,
    &smp::smp_002_modifiers::RULE,
    &smp::smp_003_floors::RULE,
    &smp::smp_010_draw::RULE,
    &smp::smp_011_seed::RULE,
    &smp::smp_012_first_draw::RULE,
    &smp::smp_020_coverage_unknown::RULE,
    &zon::zon_005_membership::RULE,
    &zon::zon_009_site_outside_zone::RULE,
    &zon::zon_014_member_without_grade::RULE,
    &zon::zon_015_producer_outside_zone::RULE,
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
