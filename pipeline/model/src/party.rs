//! The codes by which firms are known: unified, organisation and customs codes.
//!
//! Sources: GB 32100-2015 for the unified social credit code (domain-rules.md DOC-005, DOC-006),
//! GB 11714 for the organisation code inside it (DOC-007),
//! domain-rules.md DOC-009 to DOC-011 for the ten characters of the customs registration.
//! Everything here is about the text of a code; whether a firm is on file is a register's question.

/// The unified social credit code 统一社会信用代码, 18 characters.
pub mod unified_code {
    /// Characters of a code.
    pub const LENGTH: usize = 18;

    /// The letters GB 32100 leaves out, because they look like figures or each other.
    pub const FORBIDDEN_LETTERS: [char; 5] = ['I', 'O', 'S', 'V', 'Z'];

    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    /// 3^(i−1) mod 31.
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// Why a text is no unified code. Positions count from 1, as the standard does.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub enum UnifiedCodeDefect {
        /// Not 18 characters.
        Length {
            /// Characters found.
            found: usize,
        },
        /// One of I, O, S, V, Z.
        ForbiddenLetter {
            /// Where, from 1.
            position: usize,
            /// Which.
            letter: char,
        },
        /// Neither figure nor capital letter.
        Character {
            /// Where, from 1.
            position: usize,
            /// Which.
            found: char,
        },
        /// Position 18 does not follow from the others.
        CheckDigit {
            /// What stands there.
            found: char,
            /// What should.
            expected: char,
        },
    }

    /// Checks length, then alphabet, then check digit; the first defect is told.
    pub fn check(code: &str) -> Result<(), UnifiedCodeDefect> {
        let Ok(bytes) = <&[u8; LENGTH]>::try_from(code.as_bytes()) else {
            return Err(length_or_character(code));
        };
        let mut sum = 0;
        for (position, (&byte, weight)) in bytes.iter().zip(WEIGHTS).enumerate() {
            sum += value(byte).ok_or_else(|| wrong_character(code, position))? * weight;
        }
        let last = bytes[LENGTH - 1];
        if value(last).is_none() {
            return Err(wrong_character(code, LENGTH - 1));
        }
        let expected = ALPHABET[((31 - sum % 31) % 31) as usize];
        if last == expected {
            return Ok(());
        }
        Err(UnifiedCodeDefect::CheckDigit { found: char::from(last), expected: char::from(expected) })
    }

    /// Whether it is a unified code in every respect.
    #[must_use]
    pub fn is_valid(code: &str) -> bool {
        check(code).is_ok()
    }

    /// Characters 3–8: the administrative division of registration (DOC-008).
    #[must_use]
    pub fn division(code: &str) -> Option<&str> {
        part(code, 2..8)
    }

    /// Characters 9–17: the organisation code, which certificates carry in their number (ORG-008).
    #[must_use]
    pub fn organisation_code(code: &str) -> Option<&str> {
        part(code, 8..17)
    }

    fn part(code: &str, range: std::ops::Range<usize>) -> Option<&str> {
        if code.len() == LENGTH && code.is_ascii() { code.get(range) } else { None }
    }

    fn value(byte: u8) -> Option<u32> {
        const VALUES: [u8; 256] = {
            let mut values = [u8::MAX; 256];
            let mut index = 0;
            while index < ALPHABET.len() {
                values[ALPHABET[index] as usize] = index as u8;
                index += 1;
            }
            values
        };
        match VALUES[usize::from(byte)] {
            u8::MAX => None,
            value => Some(u32::from(value)),
        }
    }

    /// 18 bytes may be fewer characters, and 18 characters more bytes.
    #[cold]
    fn length_or_character(code: &str) -> UnifiedCodeDefect {
        let found = code.chars().count();
        if found != LENGTH {
            return UnifiedCodeDefect::Length { found };
        }
        first_bad_character(code).unwrap_or(UnifiedCodeDefect::Length { found })
    }

    #[cold]
    fn wrong_character(code: &str, byte: usize) -> UnifiedCodeDefect {
        if !code.is_ascii() {
            return length_or_character(code);
        }
        defect_of_character(byte + 1, char::from(code.as_bytes()[byte]))
    }

    fn first_bad_character(code: &str) -> Option<UnifiedCodeDefect> {
        let (position, found) = code
            .chars()
            .enumerate()
            .find(|&(_, found)| u8::try_from(found).ok().and_then(value).is_none())?;
        Some(defect_of_character(position + 1, found))
    }

    fn defect_of_character(position: usize, found: char) -> UnifiedCodeDefect {
        if FORBIDDEN_LETTERS.contains(&found) {
            UnifiedCodeDefect::ForbiddenLetter { position, letter: found }
        } else {
            UnifiedCodeDefect::Character { position, found }
        }
    }
}

/// The organisation code 组织机构代码: nine characters, since 2015 inside the unified code.
///
/// Codes older than the standard miss its check digit now and then,
/// so a miss is a warning (DOC-007), and some letters the unified code forbids do occur.
pub mod organisation_code {
    /// Characters of a code, the check digit included.
    pub const LENGTH: usize = 9;

    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

    /// Why a text is no organisation code.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub enum OrganisationCodeDefect {
        /// Not nine figures and capital letters.
        Shape,
        /// Position 9 does not follow from the others.
        CheckDigit {
            /// What stands there.
            found: char,
            /// What should.
            expected: char,
        },
    }

    /// Checks nine characters without hyphen against GB 11714.
    pub fn check(code: &str) -> Result<(), OrganisationCodeDefect> {
        let Ok(bytes) = <&[u8; LENGTH]>::try_from(code.as_bytes()) else {
            return Err(OrganisationCodeDefect::Shape);
        };
        let [body @ .., last] = bytes;
        let expected = check_digit(body).ok_or(OrganisationCodeDefect::Shape)?;
        if !last.is_ascii_digit() && !last.is_ascii_uppercase() {
            return Err(OrganisationCodeDefect::Shape);
        }
        let found = char::from(*last);
        if found == expected {
            return Ok(());
        }
        Err(OrganisationCodeDefect::CheckDigit { found, expected })
    }

    /// 11 − Σ mod 11, where 10 is written X and 11 is written 0.
    fn check_digit(body: &[u8; 8]) -> Option<char> {
        let mut sum = 0;
        for (&byte, weight) in body.iter().zip(WEIGHTS) {
            let value = match byte {
                b'0'..=b'9' => byte - b'0',
                b'A'..=b'Z' => byte - b'A' + 10,
                _ => return None,
            };
            sum += u32::from(value) * weight;
        }
        match 11 - sum % 11 {
            10 => Some('X'),
            11 => Some('0'),
            digit => char::from_digit(digit, 10),
        }
    }
}

/// The customs registration code 海关注册编码, ten characters.
pub mod customs_code {
    /// Characters of a code.
    pub const LENGTH: usize = 10;

    /// Position 6 of a firm that may only declare for others, never consign (DOC-010).
    pub const DECLARATION_ONLY: char = '8';

    /// Whether it has ten characters. By ruling D6 this is all that DOC-009 asks.
    #[must_use]
    pub fn has_length(code: &str) -> bool {
        code.chars().count() == LENGTH
    }

    /// Whether it fits `[0-9]{4}[0-9A-Z][1-9A-Z][0-9A-Z]{4}`, the pattern of DOC-011.
    ///
    /// Basis B: new registrations carry letters, so figures are not required after the area.
    #[must_use]
    pub fn matches_pattern(code: &str) -> bool {
        let Ok([area @ .., zone, ownership, a, b, c, d]) = <&[u8; LENGTH]>::try_from(code.as_bytes()) else {
            return false;
        };
        area.iter().all(u8::is_ascii_digit)
            && [zone, ownership, a, b, c, d]
                .into_iter()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
            && *ownership != b'0'
    }

    /// Characters 1–4: the administrative area.
    #[must_use]
    pub fn area(code: &str) -> Option<&str> {
        part(code, 0..4)
    }

    /// Character 5: the kind of economic zone.
    #[must_use]
    pub fn zone_type(code: &str) -> Option<char> {
        part(code, 4..5)?.chars().next()
    }

    /// Character 6: the ownership of the firm.
    #[must_use]
    pub fn ownership(code: &str) -> Option<char> {
        part(code, 5..6)?.chars().next()
    }

    /// Characters 7–10: the serial.
    #[must_use]
    pub fn serial(code: &str) -> Option<&str> {
        part(code, 6..10)
    }

    /// Whether the firm has the right to declare only, so that it cannot be the consignor (DOC-010).
    #[must_use]
    pub fn is_declaration_only(code: &str) -> bool {
        ownership(code) == Some(DECLARATION_ONLY)
    }

    fn part(code: &str, range: std::ops::Range<usize>) -> Option<&str> {
        if code.len() == LENGTH && code.is_ascii() { code.get(range) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::organisation_code::OrganisationCodeDefect;
    use super::unified_code::UnifiedCodeDefect;
    use super::{customs_code, organisation_code, unified_code};

    #[test]
    fn unified_codes_of_doc_005_pass() {
        for code in ["91441323MA4WXY1296", "91441323555600018G", "91441323MA52000160"] {
            assert_eq!(unified_code::check(code), Ok(()), "{code}");
        }
    }

    #[test]
    fn unified_code_defects_are_told_one_by_one() {
        use UnifiedCodeDefect::{Character, CheckDigit, ForbiddenLetter, Length};
        for (code, defect) in [
            ("91350100M000100Y4Z", ForbiddenLetter { position: 18, letter: 'Z' }),
            ("91350100M000100Y44", CheckDigit { found: '4', expected: '3' }),
            ("91441323MA4WXY1295", CheckDigit { found: '5', expected: '6' }),
            ("91441323MA5200016X", CheckDigit { found: 'X', expected: '0' }),
            ("I1441323MA4WXY1296", ForbiddenLetter { position: 1, letter: 'I' }),
            ("9144132OMA4WXY1296", ForbiddenLetter { position: 8, letter: 'O' }),
            ("91441323SA4WXY1296", ForbiddenLetter { position: 9, letter: 'S' }),
            ("91441323MV4WXY1296", ForbiddenLetter { position: 10, letter: 'V' }),
            ("91441323MA4WXY1Z96", ForbiddenLetter { position: 16, letter: 'Z' }),
            ("91441323ma4WXY1296", Character { position: 9, found: 'm' }),
            ("91441323MA4WXY129-", Character { position: 18, found: '-' }),
            ("91441323MA4WXY129６", Character { position: 18, found: '６' }),
            ("91441323MA4WXY1é9", Length { found: 17 }),
            ("", Length { found: 0 }),
            ("91441323MA4WXY129", Length { found: 17 }),
            ("91441323MA4WXY12960", Length { found: 19 }),
            // 18 bytes that are 17 characters.
            ("91441323MA4WXYé29", Length { found: 17 }),
        ] {
            assert_eq!(unified_code::check(code), Err(defect), "{code}");
        }
        assert_eq!(unified_code::check("91350100M000100Y43"), Ok(()));
    }

    #[test]
    fn every_single_slip_is_caught() {
        let code = "91441323MA4WXY1296";
        for position in 0..code.len() {
            for other in "0123456789ABCDEFGHJKLMNPQRTUWXY".chars() {
                let mut slip = code.to_owned();
                slip.replace_range(position..=position, other.encode_utf8(&mut [0; 4]));
                assert_eq!(unified_code::is_valid(&slip), slip == code, "{slip}");
            }
        }
    }

    #[test]
    fn parts_of_a_unified_code() {
        assert_eq!(unified_code::division("91441323MA4WXY1296"), Some("441323"));
        assert_eq!(unified_code::organisation_code("91441323MA4WXY1296"), Some("MA4WXY129"));
        assert_eq!(unified_code::organisation_code("91441323MA4WXY129"), None);
        assert_eq!(unified_code::organisation_code("91441323MA4WXYé29"), None);
    }

    #[test]
    fn organisation_codes_of_doc_007() {
        use OrganisationCodeDefect::{CheckDigit, Shape};
        assert_eq!(organisation_code::check("MA4WXY129"), Ok(()));
        assert_eq!(organisation_code::check("MA4WXY128"), Err(CheckDigit { found: '8', expected: '9' }));
        // The two other values of the remainder: 10 is X, 11 is 0.
        assert_eq!(organisation_code::check("00000006X"), Ok(()));
        assert_eq!(organisation_code::check("000000000"), Ok(()));
        for code in ["", "MA4WXY12", "MA4WXY1-9", "ma4wxy129", "MA4WXY12-", "MA4WXY1é"] {
            assert_eq!(organisation_code::check(code), Err(Shape), "{code}");
        }
    }

    #[test]
    fn customs_codes_of_doc_009_and_011() {
        for code in ["4413961234", "44139609K1", "4403W6K0A1"] {
            assert!(customs_code::has_length(code) && customs_code::matches_pattern(code), "{code}");
        }
        assert!(!customs_code::has_length("441396123"));
        assert!(customs_code::has_length("4413-96123"));
        for code in ["4413-96123", "441396123", "4413901234", "441396123é", "4413961a34", "A413961234"] {
            assert!(!customs_code::matches_pattern(code), "{code}");
        }
    }

    #[test]
    fn positions_of_a_customs_code() {
        let code = "4403W6K0A1";
        assert_eq!(customs_code::area(code), Some("4403"));
        assert_eq!(customs_code::zone_type(code), Some('W'));
        assert_eq!(customs_code::ownership(code), Some('6'));
        assert_eq!(customs_code::serial(code), Some("K0A1"));
        assert_eq!(customs_code::area("44139612é"), None);
        assert!(customs_code::is_declaration_only("4413980001"));
        assert!(!customs_code::is_declaration_only("4413961234"));
    }
}
