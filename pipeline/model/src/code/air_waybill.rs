//! Air waybill numbers: airline prefix, serial and check figure (DOC-038; the rule of IATA, basis B).

/// What a look at a number shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AirWaybillCheck {
    /// Eleven figures with the right last one.
    Ok,
    /// The last figure is not the serial modulo 7.
    WrongDigit {
        /// The right one.
        expected: char,
    },
    /// Not three figures, an optional hyphen, and eight figures.
    BadShape,
}

/// Checks `172-12345675` or `17212345675`.
#[must_use]
pub fn check(number: &str) -> AirWaybillCheck {
    let Some(serial) = serial_and_digit(number.as_bytes()) else {
        return AirWaybillCheck::BadShape;
    };
    let [serial @ .., digit] = serial;
    let value = serial.iter().fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
    let expected = b'0' + (value % 7) as u8;
    if *digit == expected {
        AirWaybillCheck::Ok
    } else {
        AirWaybillCheck::WrongDigit { expected: char::from(expected) }
    }
}

fn serial_and_digit(number: &[u8]) -> Option<&[u8; 8]> {
    let (prefix, rest) = number.split_at_checked(3)?;
    let rest = <&[u8; 8]>::try_from(rest.strip_prefix(b"-").unwrap_or(rest)).ok()?;
    prefix.iter().chain(rest).all(u8::is_ascii_digit).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{AirWaybillCheck, check};

    #[test]
    fn numbers_of_doc_038() {
        assert_eq!(check("172-12345675"), AirWaybillCheck::Ok);
        assert_eq!(check("17212345675"), AirWaybillCheck::Ok);
        assert_eq!(check("172-12345674"), AirWaybillCheck::WrongDigit { expected: '5' });
        for number in ["", "172", "172-1234567", "172 12345675", "17A-12345675", "172-123456755", "运单号"]
        {
            assert_eq!(check(number), AirWaybillCheck::BadShape, "{number:?}");
        }
    }
}
