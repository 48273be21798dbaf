//! Container numbers by ISO 6346 (DOC-039 to DOC-041) and the old size codes (single-window.md 8.15).

use super::{CodeList, Row, zh};

/// What a look at a container number shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContainerCheck {
    /// A freight container with the right check digit.
    Ok,
    /// The check digit does not follow from the rest.
    WrongDigit {
        /// The right one.
        expected: char,
    },
    /// The remainder is 10, written 0: legal, but the standard asks owners to avoid such serials.
    RemainderTen,
    /// Not four capital letters and seven figures.
    BadShape,
    /// The fourth letter is this one and not U, J or Z: no freight container.
    NotFreight(char),
}

/// Checks shape, then the fourth letter, then the check digit; the first defect is told.
#[must_use]
pub fn check(number: &str) -> ContainerCheck {
    let Ok(bytes) = <&[u8; 11]>::try_from(number.as_bytes()) else {
        return ContainerCheck::BadShape;
    };
    let [owner @ .., category, _, _, _, _, _, _, digit] = bytes;
    if !owner.iter().all(u8::is_ascii_uppercase)
        || !category.is_ascii_uppercase()
        || !bytes[4..].iter().all(u8::is_ascii_digit)
    {
        return ContainerCheck::BadShape;
    }
    if !matches!(category, b'U' | b'J' | b'Z') {
        return ContainerCheck::NotFreight(char::from(*category));
    }
    let sum: u32 = bytes[..10].iter().enumerate().map(|(place, &byte)| value(byte) << place).sum();
    let remainder = sum % 11;
    let expected = b'0' + (remainder % 10) as u8;
    if *digit != expected {
        ContainerCheck::WrongDigit { expected: char::from(expected) }
    } else if remainder == 10 {
        ContainerCheck::RemainderTen
    } else {
        ContainerCheck::Ok
    }
}

/// Old two-figure size and type codes 集装箱规格; newer messages carry others, so an unknown one is no defect.
pub static SIZES: CodeList = CodeList::new("集装箱规格", "container size", SIZE_ROWS);

const SIZE_ROWS: &[Row] = &[
    zh("11", "普通2*标准箱(L)"),
    zh("12", "冷藏(L)"),
    zh("13", "罐式(L)"),
    zh("21", "普通标准箱(S)"),
    zh("22", "冷藏(S)"),
    zh("23", "罐式(S)"),
    zh("31", "其他(S)"),
    zh("32", "其他(L)"),
];

/// Letters are 10 to 38 without the multiples of 11.
fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => {
            let place = u32::from(byte.saturating_sub(b'A'));
            10 + place + place.div_ceil(10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_skip_the_multiples_of_eleven() {
        let values: Vec<u32> = (b'A'..=b'Z').map(value).collect();
        let expected: Vec<u32> = (10..=38).filter(|value| value % 11 != 0).collect();
        assert_eq!(values, expected);
    }

    #[test]
    fn numbers_of_doc_039_to_041() {
        for (number, result) in [
            ("CSQU3054383", ContainerCheck::Ok),
            ("CBHU3202732", ContainerCheck::Ok),
            ("MWCU6059784", ContainerCheck::Ok),
            ("CSQU3054380", ContainerCheck::WrongDigit { expected: '3' }),
            ("TGHU2000060", ContainerCheck::RemainderTen),
            ("TGHU2000061", ContainerCheck::WrongDigit { expected: '0' }),
            ("CSQX3054383", ContainerCheck::NotFreight('X')),
            ("CSQR3054383", ContainerCheck::NotFreight('R')),
        ] {
            assert_eq!(check(number), result, "{number}");
        }
    }

    #[test]
    fn other_shapes() {
        for number in [
            "",
            "CSQU305438",
            "CSQU30543833",
            "csqu3054383",
            "CSQU 305438",
            "CS1U3054383",
            "CSQU30543A3",
            "集装箱号é",
        ] {
            assert_eq!(check(number), ContainerCheck::BadShape, "{number:?}");
        }
    }

    #[test]
    fn every_single_slip_in_the_figures_is_caught() {
        let number = "CSQU3054383";
        for place in 4..number.len() {
            for other in '0'..='9' {
                let mut slip = number.to_owned();
                slip.replace_range(place..=place, other.encode_utf8(&mut [0; 4]));
                let caught = matches!(check(&slip), ContainerCheck::WrongDigit { .. });
                assert_eq!(caught, slip != number, "{slip}");
            }
        }
    }

    #[test]
    fn sizes() {
        assert_eq!(SIZES.name_zh("21"), Some("普通标准箱(S)"));
        assert!(!SIZES.is_known("14"));
    }
}
