//! Numbers of certificates of origin (ORG-005 to ORG-009, single-window.md 5.5, ruling D1).
//!
//! From 2007-08-01: one letter, two figures of the year, nine figures of registration, four of a serial: 16.
//! Later: one or two letters of the type, year, nine characters of the organisation code, serial: 16 or 17.
//! The date of the switch is uncertain (C), so both are read, and most numbers of the first fit the second.
//! Numbers from before 2007 look different and are only recognised.

use super::certificate_type;

/// A number in its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CertificateNumber<'a> {
    /// One or two letters of the certificate's type.
    pub form: &'a str,
    /// The year, in full: `18` is 2018, as the pattern is younger than 2000.
    pub year: u16,
    /// Nine characters: registration, later the organisation code of the exporter (ORG-008).
    pub registration: &'a str,
    /// Four figures.
    pub serial: &'a str,
}

/// Why a text is no certificate number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CertificateNumberDefect {
    /// Neither 16 nor 17 characters.
    Length {
        /// Characters found.
        found: usize,
    },
    /// Does not begin with one letter (16 characters) or two (17).
    Letters,
    /// Begins with letters of no known type (ORG-003 and ruling D5 say what follows).
    UnknownForm,
    /// The year is not two figures.
    Year,
    /// The registration part is not nine figures and capital letters.
    Registration,
    /// The serial is not four figures.
    Serial,
}

impl<'a> CertificateNumber<'a> {
    /// Takes a number apart; the first defect from the left is told.
    pub fn parse(number: &'a str) -> Result<CertificateNumber<'a>, CertificateNumberDefect> {
        use CertificateNumberDefect::{Length, Letters, Registration, Serial, UnknownForm, Year};
        let found = number.chars().count();
        let n_letters = match found {
            16 => 1,
            17 => 2,
            _ => return Err(Length { found }),
        };
        let (form, rest) = split(number, n_letters, u8::is_ascii_uppercase).ok_or(Letters)?;
        if !certificate_type::LIST.is_known(form) {
            return Err(UnknownForm);
        }
        let (year, rest) = split(rest, 2, u8::is_ascii_digit).ok_or(Year)?;
        let (registration, rest) = split(rest, 9, is_figure_or_capital).ok_or(Registration)?;
        let (serial, _) = split(rest, 4, u8::is_ascii_digit).ok_or(Serial)?;
        let year = year.bytes().fold(0, |year, byte| year * 10 + u16::from(byte - b'0'));
        Ok(CertificateNumber { form, year: 2000 + year, registration, serial })
    }

    /// Whether it also fits the pattern of 2007: one letter and a registration of figures only.
    #[must_use]
    pub fn fits_pattern_of_2007(&self) -> bool {
        self.form.len() == 1 && self.registration.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Takes the claim's leading letter off an `EcoCertNo`: C for a certificate, D for a declaration of origin.
///
/// Only when the rest is a valid number, since the number of a general certificate begins with C itself.
/// One ambiguity stays and is settled by the ruling: `CA18…` and `CG18…` of 17 characters could be
/// numbers for Cambodia and Congo without a claim letter, and are read as claims of `A18…` and `G18…`.
#[must_use]
pub fn strip_claim_letter(claimed: &str) -> &str {
    match claimed.strip_prefix(['C', 'D']) {
        Some(rest) if CertificateNumber::parse(rest).is_ok() => rest,
        _ => claimed,
    }
}

/// Whether it looks like a number from before 2007, such as `ZJCA33121/050001` (ORG-009).
///
/// Uncertain: read off one example as four letters, five figures, a stroke, year and serial.
#[must_use]
pub fn is_older_than_2007(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 16
        && bytes[..4].iter().all(u8::is_ascii_uppercase)
        && bytes[4..9].iter().all(u8::is_ascii_digit)
        && bytes[9] == b'/'
        && bytes[10..].iter().all(u8::is_ascii_digit)
}

/// The first `length` characters, if they are ASCII and all pass, and what follows.
fn split(text: &str, length: usize, is_allowed: fn(&u8) -> bool) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(length)?;
    head.as_bytes().iter().all(is_allowed).then_some((head, tail))
}

fn is_figure_or_capital(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(number: &str) -> (&str, u16, &str, &str) {
        let number = CertificateNumber::parse(number).unwrap();
        (number.form, number.year, number.registration, number.serial)
    }

    #[test]
    fn numbers_of_org_005() {
        assert_eq!(parts("E184400123450061"), ("E", 2018, "440012345", "0061"));
        assert_eq!(parts("E18MA4WXY1290061"), ("E", 2018, "MA4WXY129", "0061"));
        assert_eq!(parts("RC22MA4WXY1290061"), ("RC", 2022, "MA4WXY129", "0061"));
    }

    #[test]
    fn the_pattern_of_2007_is_told_apart() {
        for (number, fits) in
            [("E184400123450061", true), ("E18MA4WXY1290061", false), ("RC224400123450061", false)]
        {
            assert_eq!(CertificateNumber::parse(number).unwrap().fits_pattern_of_2007(), fits, "{number}");
        }
    }

    #[test]
    fn defects_are_told_from_the_left() {
        use CertificateNumberDefect::*;
        for (number, defect) in [
            ("", Length { found: 0 }),
            ("E18440012345006", Length { found: 15 }),
            ("RC22MA4WXY12900612", Length { found: 18 }),
            ("1184400123450061", Letters),
            ("e184400123450061", Letters),
            ("é184400123450061", Letters),
            ("E1844001234500610", Letters),
            ("Q184400123450061", UnknownForm),
            ("CP22MA4WXY1290061", UnknownForm),
            ("EX84400123450061", Year),
            ("RC2XMA4WXY1290061", Year),
            ("E18MA4WXY12-0061", Registration),
            ("E18ma4wxy1290061", Registration),
            ("E18MA4WXY12９0061", Registration),
            ("E18MA4WXY129006A", Serial),
            ("E18MA4WXY129006１", Serial),
            ("ZJCA33121/050001", UnknownForm),
        ] {
            assert_eq!(CertificateNumber::parse(number), Err(defect), "{number}");
        }
    }

    #[test]
    fn the_registration_is_the_organisation_code_of_the_exporter() {
        let exporter = crate::party::unified_code::organisation_code("91441323MA4WXY1296");
        assert_eq!(exporter, Some(parts("E18MA4WXY1290061").2));
    }

    #[test]
    fn claim_letters_of_ruling_d1() {
        for (claimed, number) in [
            ("CE184400123450061", "E184400123450061"),
            ("DE18MA4WXY1290061", "E18MA4WXY1290061"),
            ("CRC22MA4WXY1290061", "RC22MA4WXY1290061"),
            // A general certificate begins with C itself.
            ("C184400123450061", "C184400123450061"),
            ("CC184400123450061", "C184400123450061"),
            // The rest is no number: nothing is stripped.
            ("C12345", "C12345"),
            ("D", "D"),
            ("", ""),
            ("E184400123450061", "E184400123450061"),
            ("XE184400123450061", "XE184400123450061"),
            // Read as a claim, by the ruling.
            ("CA18MA4WXY1290061", "A18MA4WXY1290061"),
            ("CCA22MA4WXY1290061", "CA22MA4WXY1290061"),
        ] {
            assert_eq!(strip_claim_letter(claimed), number, "{claimed}");
        }
    }

    #[test]
    fn numbers_before_2007_are_recognised() {
        assert!(is_older_than_2007("ZJCA33121/050001"));
        for number in ["E184400123450061", "ZJCA33121-050001", "", "浙江33121/0500"] {
            assert!(!is_older_than_2007(number), "{number}");
        }
    }
}
