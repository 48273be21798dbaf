//! Customs procedures and documents as declarations after the WCO data model write them.

use model::case::Case;
use model::declaration::GoodsItem;
use model::particulars::{Procedure, of_line};

/// Figures of a procedure; additional ones have more, and letters among them.
const FIGURES: usize = 2;

/// The procedure of a goods line: the one that names what was before it, else the first.
pub fn main_procedure<'c>(case: &Case<'c>, item: &GoodsItem<'_>) -> Option<&'c Procedure<'c>> {
    let procedures = case.declaration.procedures;
    let belonging = || of_line(procedures, item);
    belonging().find(|procedure| procedure.previous.is_present()).or_else(|| belonging().next())
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
            let main = main_procedure(case, &case.items()[0]).expect("the line has one");
            assert_eq!(main.current.value, "10");
        });
    }

    #[test]
    fn a_procedure_has_two_figures() {
        assert!(is_procedure("10") && !is_procedure("1040") && !is_procedure("F15") && !is_procedure("1A"));
        assert!(is_waiver("9", "99L") && !is_waiver("9", "104"));
    }
}
