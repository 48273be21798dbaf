//! Customs procedures and documents as declarations after the WCO data model write them.

use model::case::Case;
use model::declaration::GoodsItem;
use model::particulars::{Procedure, by_line};

/// Figures of a procedure; additional ones have more, and letters among them.
const FIGURES: usize = 2;

/// Goods lines with the procedure of each: the one that names what was before it, else the first. Lines without are left
/// out.
pub fn main_procedures<'c>(case: &Case<'c>) -> impl Iterator<Item = (&'c GoodsItem<'c>, &'c Procedure<'c>)> {
    let declaration = case.declaration;
    by_line(declaration.procedures, declaration.items).filter_map(|(item, procedures)| {
        let main = procedures.iter().find(|procedure| procedure.previous.is_present());
        Some((item, main.or(procedures.first())?))
    })
}

/// The shape of a procedure, not of an additional one.
pub fn is_procedure(code: &str) -> bool {
    code.len() == FIGURES && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Document 999L: no licence is needed.
pub fn is_waiver(category: &str, type_code: &str) -> bool {
    (category, type_code) == ("9", "99L")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;

    #[test]
    fn the_procedure_that_names_one_before_it_is_that_of_the_line() {
        let notation =
            "uk\nprocedure goods_line=1 current=000\nprocedure goods_line=1 current=10 previous=40";
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let mains: Vec<&str> = main_procedures(case).map(|(_, main)| main.current.value).collect();
            assert_eq!(mains, ["10"]);
        });
    }

    #[test]
    fn a_procedure_has_two_figures() {
        assert!(is_procedure("10") && !is_procedure("1040") && !is_procedure("F15") && !is_procedure("1A"));
        assert!(is_waiver("9", "99L") && !is_waiver("9", "104"));
    }
}
