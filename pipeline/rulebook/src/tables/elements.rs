//! The declared elements of a commodity and their order in the specification, by heading and day (DOC-020).

use super::headings::ByHeading;
use super::{Coverage, TableError, read_each};
use jiff::civil::Date;
use model::finding::Words;
use serde::Deserialize;

/// What separates two elements: U+007C and nothing that looks like it.
const SEPARATOR: u8 = b'|';

/// Declared elements by heading of chapter 64.
#[derive(Clone, Debug)]
pub struct DeclaredElements {
    by_heading: ByHeading<Elements>,
}

/// The elements of one heading, in order.
#[derive(Clone, Debug)]
pub struct Elements {
    order: Vec<(Element, Need)>,
}

/// One declared element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Brand type: one digit.
    BrandType,
    /// Export preference: one digit.
    ExportPreference,
    /// Style, and whether it covers the ankle.
    Style,
    /// Material of the upper.
    Upper,
    /// Material of the outer sole.
    Sole,
    /// Brand.
    Brand,
    /// Item number of the maker.
    ItemNumber,
    /// Anything else.
    Others,
}

/// Whether an element may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must be filled.
    Required,
    /// It may be empty.
    Optional,
}

#[derive(Deserialize)]
struct Columns {
    headings: Vec<String>,
    elements: Vec<Element>,
    optional: Vec<Element>,
}

impl DeclaredElements {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let dated = read_each("declared elements", text, Coverage::Gapless, |row: Columns| {
            let need = |element: &Element| {
                if row.optional.contains(element) { Need::Optional } else { Need::Required }
            };
            let order = row.elements.iter().map(|element| (*element, need(element))).collect();
            let elements = Elements { order };
            Ok(row.headings.into_iter().map(|heading| (heading, elements.clone())).collect())
        })?;
        Ok(DeclaredElements { by_heading: ByHeading::new("declared elements", dated)? })
    }

    /// Elements of this code on this day.
    pub fn on(&self, commodity_code: &str, day: Date) -> Option<&Elements> {
        self.by_heading.on(commodity_code, day)
    }
}

impl Elements {
    /// All of them, in order.
    pub fn in_order(&self) -> &[(Element, Need)] {
        &self.order
    }

    /// What a specification says of one element; empty when it says nothing.
    pub fn value<'s>(&self, element: Element, specification: &'s str) -> &'s str {
        let place = self.order.iter().position(|(known, _)| *known == element);
        place.and_then(|place| split(specification).nth(place)).map_or("", trim)
    }
}

/// The values of a specification, in order. Elements are short, so this is a plain walk over the bytes.
pub fn split(specification: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(specification);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(len) = text.bytes().position(|byte| byte == SEPARATOR) else { return rest.take() };
        rest = text.get(len + 1..);
        text.get(..len)
    })
}

/// The value without blanks around it. Most begin and end with a Latin or Chinese character, which a glance tells.
pub fn trim(value: &str) -> &str {
    let bytes = value.as_bytes();
    let begins = matches!(bytes, [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0xE4..=0xE9, ..]);
    let ends = matches!(bytes, [.., b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z'] | [.., 0xE4..=0xE9, _, _]);
    if begins && ends { value } else { value.trim() }
}

impl Element {
    /// Its name.
    pub const fn name(self) -> Words {
        match self {
            Element::BrandType => Words { zh: "品牌类型", en: "brand type" },
            Element::ExportPreference => Words { zh: "出口享惠情况", en: "export preference" },
            Element::Style => Words { zh: "款式", en: "style" },
            Element::Upper => Words { zh: "鞋面材料", en: "upper material" },
            Element::Sole => Words { zh: "鞋底材料", en: "sole material" },
            Element::Brand => Words { zh: "品牌", en: "brand" },
            Element::ItemNumber => Words { zh: "货号", en: "item number" },
            Element::Others => Words { zh: "其他", en: "others" },
        }
    }

    /// It is a code of one digit.
    pub const fn is_code(self) -> bool {
        matches!(self, Element::BrandType | Element::ExportPreference)
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, split, trim};
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn a_specification_is_split_at_the_plain_stroke() {
        for specification in ["", "|", "1|0", "1|0|", "|女鞋 不过踝||橡胶", "1｜0"] {
            assert!(split(specification).eq(specification.split('|')), "{specification:?}");
        }
    }

    #[test]
    fn blanks_of_every_width_are_trimmed() {
        for (value, trimmed) in [
            ("A-101", "A-101"),
            ("橡胶", "橡胶"),
            ("橡胶 ", "橡胶"),
            ("\u{3000}橡胶\u{3000}", "橡胶"),
            ("\u{3000}", ""),
            ("", ""),
        ] {
            assert_eq!(trim(value), trimmed, "{value:?}");
        }
    }

    #[test]
    fn elements_stand_in_the_order_of_the_table() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let elements = tables.elements.on("6403990090", date(2018, 1, 1)).expect("6403 has a row");
        let specification = "1|0|女鞋 不过踝| 牛皮革|橡胶|自有品牌名|A-101";
        assert_eq!(elements.value(Element::Style, specification), "女鞋 不过踝");
        assert_eq!(elements.value(Element::Upper, specification), "牛皮革");
        assert_eq!(elements.value(Element::Sole, specification), "橡胶");
        assert_eq!(elements.value(Element::Others, specification), "");
        assert!(tables.elements.on("6403990090", date(2017, 12, 31)).is_none());
        assert!(tables.elements.on("6406109000", date(2018, 6, 1)).is_none());
    }
}
