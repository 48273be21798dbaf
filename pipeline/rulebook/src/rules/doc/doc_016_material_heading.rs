//! The heading does not follow from the materials of upper and sole.
//!
//! The truth table of domain-rules 6.1, over the materials the trader declares for upper (largest outer area) and outer
//! sole. Rubber and plastics are one material to it. Whether a shoe of plastics is moulded waterproof (6401) or not
//! (6402) is not declared in words that can be trusted, so either heading passes.
//! Materials are read through a word table: a text with a word it does not know, or with two materials, is not judged.

use crate::prelude::*;
use crate::tables::elements::Element;
use crate::tables::words::Material;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-016"),
    name: "heading-not-of-material",
    version: 1,
    title: Words {
        zh: "商品编号与鞋面、鞋底材料不符", en: "heading does not follow from upper and sole"
    },
    message: Words {
        zh: "鞋面 {upper}（{upper_material}），鞋底 {sole}（{sole_material}），应归入 {heading}，申报 {code}",
        en: "upper {upper} ({upper_material}) and sole {sole} ({sole_material}) belong to {heading}, declared {code}",
    },
    remedy: Words {
        zh: "核对材料后更正商品编号或申报要素",
        en: "check the materials, then correct the code or the declared elements",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "Harmonized System", article: "chapter 64, notes" },
        Citation { instrument: "domain-rules S20", article: "6, DOC-016; 6.1" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const RUBBER_PLASTIC: &[&str] = &["6401", "6402"];
const LEATHER: &[&str] = &["6403"];
const TEXTILE: &[&str] = &["6404"];
const OTHER: &[&str] = &["6405"];

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        let code = item.commodity_code;
        let Some(heading) = commodity::heading(code.value).filter(|heading| is_shoe(heading)) else {
            continue; // Parts have no upper, other goods and broken codes are DOC-014's.
        };
        let Some(elements) = law.elements.on(heading, day) else {
            report.not_judged(NO_ELEMENTS);
            continue;
        };
        let upper = elements.value(Element::Upper, item.specification.value);
        let sole = elements.value(Element::Sole, item.specification.value);
        if upper.is_empty() || sole.is_empty() {
            continue; // Absence is DOC-020's.
        }
        let material = |words| law.materials.only(words, day, Material::Neutral);
        let (Some(upper_material), Some(sole_material)) = (material(upper), material(sole)) else {
            report.not_judged(UNKNOWN_WORD);
            continue;
        };
        let headings = headings(upper_material, sole_material);
        if !headings.contains(&heading) {
            let told = evidence![
                upper,
                upper_material = name(upper_material),
                sole,
                sole_material = name(sole_material),
                heading = headings.join("/"),
                code,
            ];
            report.at(item, &item.commodity_code, told);
        }
    }
}

const NO_ELEMENTS: Words = Words {
    zh: "申报日的申报要素目录未收录，材料无法核对",
    en: "the declared elements of the day are not on file, so materials cannot be checked",
};
const UNKNOWN_WORD: Words = Words {
    zh: "材料用语不在词表内或含多种材料，归类无法核对",
    en: "a material is in words the table does not know, or is mixed, so the heading cannot be checked",
};

fn is_shoe(heading: &str) -> bool {
    matches!(heading, "6401" | "6402" | "6403" | "6404" | "6405")
}

/// The truth table.
fn headings(upper: Material, sole: Material) -> &'static [&'static str] {
    let ordinary_sole =
        matches!(sole, Material::RubberPlastic | Material::Leather | Material::CompositionLeather);
    match upper {
        Material::RubberPlastic if sole == Material::RubberPlastic => RUBBER_PLASTIC,
        Material::Leather if ordinary_sole => LEATHER,
        Material::Textile if ordinary_sole => TEXTILE,
        _ => OTHER,
    }
}

const fn name(material: Material) -> Words {
    match material {
        Material::Leather => Words { zh: "皮革", en: "leather" },
        Material::CompositionLeather => Words { zh: "再生皮革", en: "composition leather" },
        Material::RubberPlastic => Words { zh: "橡胶或塑料", en: "rubber or plastics" },
        Material::Textile => Words { zh: "纺织材料", en: "textile" },
        Material::Other | Material::Neutral => Words { zh: "其他材料", en: "other material" },
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(code: &str, upper: &str, sole: &str) -> String {
        format!("item commodity_code={code} specification=\"1|0|女鞋 不过踝|{upper}|{sole}|JILONG|A-101\"")
    }

    #[test]
    fn every_row_of_the_truth_table_passes_under_its_own_heading() {
        for (code, upper, sole) in [
            ("6401990000", "橡胶", "橡胶"),
            ("6402992900", "聚氨酯", "橡胶"),
            ("6403990090", "牛皮革", "橡胶"),
            ("6403590090", "牛皮革", "皮革"),
            ("6404190000", "棉布", "橡胶"),
            ("6404209000", "棉布", "再生皮革"),
            ("6405100090", "再生皮革", "橡胶"),
            ("6405200090", "棉布", "棉布"),
            ("6405901000", "PU", "皮革"),
        ] {
            check_rule(&RULE, &line(code, upper, sole), expect![""]);
        }
    }

    #[test]
    fn a_textile_upper_in_6403_is_rejected() {
        check_rule(
            &RULE,
            &line("6403990090", "纺织材料", "橡胶"),
            expect![[r#"
                reject item 1 commodity_code: upper 纺织材料 (textile) and sole 橡胶 (rubber or plastics) belong to 6404, declared 6403990090
            "#]],
        );
    }

    #[test]
    fn imitation_leather_is_plastics() {
        check_rule(
            &RULE,
            &line("6403990090", "PU leather", "TPR"),
            expect![[r#"
                reject item 1 commodity_code: upper PU leather (rubber or plastics) and sole TPR (rubber or plastics) belong to 6401/6402, declared 6403990090
            "#]],
        );
    }

    #[test]
    fn unknown_and_mixed_words_are_not_judged() {
        for upper in ["超纤", "60%牛皮革40%棉布"] {
            check_rule(
                &RULE,
                &line("6404190000", upper, "橡胶"),
                expect![[r#"
                    not judged: a material is in words the table does not know, or is mixed, so the heading cannot be checked
                "#]],
            );
        }
    }

    #[test]
    fn parts_and_other_goods_are_not_asked() {
        check_rule(&RULE, &line("6406109000", "棉布", "橡胶"), expect![""]);
        check_rule(&RULE, &line("4202210090", "棉布", "橡胶"), expect![""]);
    }

    #[test]
    fn before_the_first_list_of_elements_nothing_is_judged() {
        check_rule(
            &RULE,
            &format!("accepted 2017-12-31\n{}", line("6403990090", "纺织材料", "橡胶")),
            expect![[r#"
                not judged: the declared elements of the day are not on file, so materials cannot be checked
            "#]],
        );
    }
}
