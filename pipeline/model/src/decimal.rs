//! Exact decimal numbers with five places, in one machine word.
//!
//! The messages carry quantities and weights as `19,5` and prices as `19,4`
//! (single-window.md 3.3 and trap 13), so five places hold every field as filed.
//! An `i64` ends at 92,233,720,368,547.75807; the few `19,5` texts beyond that
//! are refused by [`Decimal::parse`] like any other text that is no number.
//! Products and quotients go through `i128`, are exact, and are rounded once,
//! half up by magnitude: −0.5 becomes −1 as 0.5 becomes 1.
//! There is deliberately no operator `+` or `*`: every result that may not fit says so.

use std::fmt;

/// A signed number with five decimal places.
///
/// The range is symmetric, so that [`Decimal::negated`] and [`Decimal::abs`] always succeed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

/// A decimal to be shown with a fixed number of places; see [`Decimal::to_fixed`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fixed {
    value: Decimal,
    places: u32,
}

const POWERS: [i64; 6] = [1, 10, 100, 1_000, 10_000, 100_000];

impl Decimal {
    /// Decimal places kept.
    pub const PLACES: u32 = 5;
    /// How many units of the last place make one.
    pub const SCALE: i64 = 100_000;
    /// 0
    pub const ZERO: Decimal = Decimal(0);
    /// 0.5
    pub const HALF: Decimal = Decimal(Self::SCALE / 2);
    /// 1
    pub const ONE: Decimal = Decimal(Self::SCALE);
    /// 100, the divisor of per cent.
    pub const HUNDRED: Decimal = Decimal(100 * Self::SCALE);
    /// 0.01, a cent, the usual tolerance.
    pub const HUNDREDTH: Decimal = Decimal(Self::SCALE / 100);
    /// The greatest number held.
    pub const MAX: Decimal = Decimal(i64::MAX);
    /// The least number held.
    pub const MIN: Decimal = Decimal(-i64::MAX);

    /// Reads `-`?, digits, and optionally `.` with digits; nothing else.
    ///
    /// No exponent, `+`, blanks, separators, empty integer part or bare point.
    /// Places beyond the fifth must be zeros. Out of range is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            all => (false, all),
        };
        let short = if digits.len() <= SHORT { short(digits) } else { None };
        let scaled = match short {
            Some(scaled) => scaled,
            None => long(digits)?,
        };
        Some(Decimal(if negative { -scaled } else { scaled }))
    }

    /// A whole number known to fit.
    #[must_use]
    pub const fn integer(value: i32) -> Decimal {
        Decimal(value as i64 * Self::SCALE)
    }

    /// A whole number, if it fits.
    #[must_use]
    pub const fn from_integer(value: i64) -> Option<Decimal> {
        match value.checked_mul(Self::SCALE) {
            Some(scaled) => Some(Decimal(scaled)),
            None => None,
        }
    }

    /// A count of hundred-thousandths, if it fits (all but `i64::MIN` do).
    #[must_use]
    pub const fn from_scaled(scaled: i64) -> Option<Decimal> {
        if scaled == i64::MIN { None } else { Some(Decimal(scaled)) }
    }

    /// An amount in minor units of a currency with `places` decimals: 1205 and 2 are 12.05.
    ///
    /// `None` when it does not fit or `places` is more than five.
    #[must_use]
    pub fn from_minor(minor: i64, places: u32) -> Option<Decimal> {
        let missing = Self::PLACES.checked_sub(places)?;
        Self::from_scaled(minor.checked_mul(POWERS[missing as usize])?)
    }

    /// The number in hundred-thousandths.
    #[must_use]
    pub const fn scaled(self) -> i64 {
        self.0
    }

    /// The number in minor units of a currency with `places` decimals, half up.
    #[must_use]
    pub fn to_minor(self, places: u32) -> i64 {
        let unit = POWERS[Self::PLACES.saturating_sub(places) as usize];
        divide_half_up(i128::from(self.0), i128::from(unit)) as i64
    }

    /// Whether nothing follows the point.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.0 % Self::SCALE == 0
    }

    /// The whole number, if it is one.
    #[must_use]
    pub const fn to_integer(self) -> Option<i64> {
        if self.is_integer() { Some(self.0 / Self::SCALE) } else { None }
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is more than 0.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is less than 0.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The number with the other sign.
    #[must_use]
    pub const fn negated(self) -> Decimal {
        Decimal(-self.0)
    }

    /// The number without its sign.
    #[must_use]
    pub const fn abs(self) -> Decimal {
        Decimal(self.0.abs())
    }

    /// The sum, if it fits.
    #[must_use]
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        Self::from_scaled(self.0.checked_add(other.0)?)
    }

    /// The difference, if it fits.
    #[must_use]
    pub fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        Self::from_scaled(self.0.checked_sub(other.0)?)
    }

    /// How far apart two numbers are, if that fits.
    #[must_use]
    pub fn distance(self, other: Decimal) -> Option<Decimal> {
        self.checked_sub(other).map(Decimal::abs)
    }

    /// The number rounded half up to `places` (five at most), if it fits.
    #[must_use]
    pub fn rounded(self, places: u32) -> Option<Decimal> {
        from_ratio(i128::from(self.0), i128::from(Self::SCALE), places)
    }

    /// The exact product, rounded once, half up, to `places` (five at most), if it fits.
    #[must_use]
    pub fn mul_rounded(self, other: Decimal, places: u32) -> Option<Decimal> {
        let scale = i128::from(Self::SCALE);
        from_ratio(i128::from(self.0) * i128::from(other.0), scale * scale, places)
    }

    /// The exact quotient, rounded once, half up, to `places` (five at most).
    ///
    /// `None` when `other` is 0 or the result does not fit.
    #[must_use]
    pub fn div_rounded(self, other: Decimal, places: u32) -> Option<Decimal> {
        if other.is_zero() {
            return None;
        }
        from_ratio(i128::from(self.0), i128::from(other.0), places)
    }

    /// Shows the number with exactly `places` places (five at most), half up: 0.805 with 2 is `0.81`.
    #[must_use]
    pub const fn to_fixed(self, places: u32) -> Fixed {
        Fixed { value: self, places }
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Decimal {
        Decimal::integer(value)
    }
}

impl From<u32> for Decimal {
    fn from(value: u32) -> Decimal {
        Decimal(i64::from(value) * Decimal::SCALE)
    }
}

impl fmt::Display for Decimal {
    /// Without trailing zeros: `9.6`, `12`, `0.8`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut places = Self::PLACES;
        let mut units = self.0.unsigned_abs();
        while places > 0 && units.is_multiple_of(10) {
            units /= 10;
            places -= 1;
        }
        write_digits(f, self.is_negative(), units, places)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.places.min(Decimal::PLACES);
        let units = self.value.to_minor(places);
        // What rounds to nothing has no sign.
        write_digits(f, units < 0, units.unsigned_abs(), places)
    }
}

/// Digits and a point that cannot leave the range, whatever they are.
const SHORT: usize = 13;

/// Reads what nearly every field holds: few digits, and no more places than are kept. None of anything else.
fn short(digits: &[u8]) -> Option<i64> {
    let (mut number, mut point) = (0, digits.len());
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            number = number * 10 + i64::from(digit);
        } else if byte == b'.' && point == digits.len() && at > 0 {
            point = at;
        } else {
            return None;
        }
    }
    let places = match digits.len() - point {
        0 if digits.is_empty() => return None,
        0 => 0,
        // A bare point is no number.
        1 => return None,
        n_behind => n_behind - 1,
    };
    let missing = (Decimal::PLACES as usize).checked_sub(places)?;
    Some(number * POWERS[missing])
}

/// Reads any digits.
fn long(digits: &[u8]) -> Option<i64> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    let (whole, fraction) = match digits.iter().position(|&byte| byte == b'.') {
        Some(point) => (&digits[..point], Some(&digits[point + 1..])),
        None => (digits, None),
    };
    if whole.is_empty() || fraction.is_some_and(<[u8]>::is_empty) {
        return None;
    }
    let mut magnitude = 0_u64;
    for &byte in whole {
        magnitude = magnitude.checked_mul(10)?.checked_add(digit(byte)?)?;
    }
    let mut places = 0;
    for &byte in fraction.unwrap_or_default() {
        match digit(byte)? {
            next if places < Decimal::PLACES => {
                magnitude = magnitude.checked_mul(10)?.checked_add(next)?;
                places += 1;
            }
            0 => {}
            _ => return None,
        }
    }
    i64::try_from(magnitude).ok()?.checked_mul(POWERS[(Decimal::PLACES - places) as usize])
}

/// `numerator / denominator` as a decimal, rounded half up to `places`.
///
/// The numerator stays below 2^126 (a product of two words) and is scaled up by less
/// than 2^17 only when it is one word, so nothing overflows before the check at the end.
fn from_ratio(numerator: i128, denominator: i128, places: u32) -> Option<Decimal> {
    let places = places.min(Decimal::PLACES);
    let unit = i128::from(POWERS[places as usize]);
    let missing = i128::from(POWERS[(Decimal::PLACES - places) as usize]);
    let rounded = if denominator % unit == 0 {
        divide_half_up(numerator, denominator / unit)
    } else {
        divide_half_up(numerator.checked_mul(unit)?, denominator)
    };
    let scaled = i64::try_from(rounded.checked_mul(missing)?).ok()?;
    Decimal::from_scaled(scaled)
}

fn divide_half_up(numerator: i128, denominator: i128) -> i128 {
    let quotient = numerator / denominator;
    let rest = (numerator % denominator).unsigned_abs();
    if rest < denominator.unsigned_abs() - rest {
        return quotient;
    }
    if (numerator < 0) == (denominator < 0) { quotient + 1 } else { quotient - 1 }
}

fn write_digits(f: &mut fmt::Formatter<'_>, negative: bool, units: u64, places: u32) -> fmt::Result {
    // From the last digit to the first: all of an u64, a point and a sign.
    let mut text = [0_u8; 22];
    let (mut at, mut rest, mut n_written) = (text.len(), units, 0);
    let mut put = |byte: u8| {
        at -= 1;
        text[at] = byte;
    };
    while rest > 0 || n_written <= places {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        n_written += 1;
        if n_written == places {
            put(b'.');
        }
    }
    if negative {
        put(b'-');
    }
    f.write_str(std::str::from_utf8(&text[at..]).expect("digits are ASCII"))
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn dec(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    /// A small generator with a fixed seed, so that a failure repeats.
    fn numbers() -> impl Iterator<Item = i64> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        (0..20_000).map(move |step| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            // All magnitudes come up, not only the greatest.
            (state as i64 >> (step % 63)).max(-i64::MAX)
        })
    }

    #[test]
    fn reads_what_the_messages_carry() {
        for (text, scaled) in [
            ("0", 0),
            ("-0", 0),
            ("12", 1_200_000),
            ("9.6", 960_000),
            ("007.50", 750_000),
            ("0.00001", 1),
            ("-0.00001", -1),
            ("1.2345600000", 123_456),
            ("92233720368547.75807", i64::MAX),
            ("-92233720368547.75807", -i64::MAX),
        ] {
            assert_eq!(Decimal::parse(text).map(Decimal::scaled), Some(scaled), "{text}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "-",
            ".",
            ".5",
            "5.",
            "-.5",
            "+5",
            " 5",
            "5 ",
            "1e3",
            "1,000",
            "1.2.3",
            "--5",
            "５",
            "1.000001",
            "1.00000x",
            "92233720368547.75808",
            "-92233720368547.75808",
            "92233720368548",
            "99999999999999999999999999",
            "0x10",
            "NaN",
            "1_000",
            "5\u{0}",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn shows_without_trailing_zeros() {
        for (text, shown) in [
            ("9.60000", "9.6"),
            ("12.0", "12"),
            ("0.80", "0.8"),
            ("100", "100"),
            ("-0.5", "-0.5"),
            ("-0.0", "0"),
            ("0.00010", "0.0001"),
        ] {
            assert_eq!(dec(text).to_string(), shown);
        }
    }

    #[test]
    fn shows_fixed_places_half_up() {
        for (text, places, shown) in [
            ("14662.665", 2, "14662.67"),
            ("14662.66499", 2, "14662.66"),
            ("0.805", 2, "0.81"),
            ("-0.805", 2, "-0.81"),
            ("-0.004", 2, "0.00"),
            ("12", 2, "12.00"),
            ("0.5", 0, "1"),
            ("1.5", 9, "1.50000"),
            ("92233720368547.75807", 0, "92233720368548"),
        ] {
            assert_eq!(dec(text).to_fixed(places).to_string(), shown);
        }
    }

    #[test]
    fn multiplies_as_doc_026_prints() {
        assert_eq!(dec("12.35").mul_rounded(dec("1200"), 2), Some(dec("14820")));
        assert_eq!(dec("7.335").mul_rounded(dec("1999"), 2), Some(dec("14662.67")));
        assert_eq!(dec("-7.335").mul_rounded(dec("1999"), 2), Some(dec("-14662.67")));
        assert_eq!(Decimal::MAX.mul_rounded(Decimal::MAX, 2), None);
        assert_eq!(Decimal::MAX.mul_rounded(Decimal::ONE, 5), Some(Decimal::MAX));
        assert_eq!(Decimal::MAX.mul_rounded(Decimal::ONE, 0), None);
    }

    #[test]
    fn divides_as_doc_031_and_org_020_print() {
        assert_eq!(dec("9600").div_rounded(dec("12000"), 2), Some(dec("0.8")));
        assert_eq!(dec("9600").div_rounded(dec("1000"), 2), Some(dec("9.6")));
        let per_cent =
            |part: &str, whole: &str| dec(part).mul_rounded(Decimal::HUNDRED, 5)?.div_rounded(dec(whole), 2);
        assert_eq!(per_cent("8.10", "14.20"), Some(dec("57.04")));
        assert_eq!(per_cent("5.60", "14.20"), Some(dec("39.44")));
        assert_eq!(Decimal::ONE.div_rounded(Decimal::ZERO, 2), None);
        assert_eq!(dec("1").div_rounded(dec("-3"), 5), Some(dec("-0.33333")));
        assert_eq!(dec("-2").div_rounded(dec("-3"), 5), Some(dec("0.66667")));
        assert_eq!(Decimal::MAX.div_rounded(dec("0.00001"), 0), None);
        assert_eq!(Decimal::MIN.div_rounded(Decimal::MAX, 5), Some(dec("-1")));
    }

    #[test]
    fn minor_units_go_both_ways() {
        assert_eq!(Decimal::from_minor(1205, 2), Some(dec("12.05")));
        assert_eq!(Decimal::from_minor(1205, 0), Some(dec("1205")));
        assert_eq!(Decimal::from_minor(1, 6), None);
        assert_eq!(dec("12.055").to_minor(2), 1206);
        assert_eq!(dec("-12.055").to_minor(2), -1206);
    }

    #[test]
    fn integers_are_told_from_the_rest() {
        assert!(dec("1200").is_integer() && !dec("1200.5").is_integer());
        assert_eq!(dec("1200").to_integer(), Some(1200));
        assert_eq!(dec("1200.5").to_integer(), None);
        assert_eq!(Decimal::from_integer(92_233_720_368_547), Some(dec("92233720368547")));
        assert_eq!(Decimal::from_integer(92_233_720_368_548), None);
        assert_eq!(Decimal::from(-3), dec("-3"));
        assert_eq!(Decimal::from_scaled(i64::MIN), None);
    }

    #[test]
    fn what_is_shown_reads_back() {
        for scaled in numbers() {
            let value = Decimal::from_scaled(scaled).unwrap();
            assert_eq!(Decimal::parse(&value.to_string()), Some(value));
            assert_eq!(Decimal::parse(&value.to_fixed(5).to_string()), Some(value));
        }
    }

    #[test]
    fn sums_and_order_are_those_of_the_integers() {
        for (a, b) in numbers().zip(numbers().skip(7)) {
            let (x, y) = (Decimal::from_scaled(a).unwrap(), Decimal::from_scaled(b).unwrap());
            assert_eq!(x.cmp(&y), a.cmp(&b));
            if let Some(sum) = x.checked_add(y) {
                assert_eq!(i128::from(sum.scaled()), i128::from(a) + i128::from(b));
                assert_eq!(sum.checked_sub(y), Some(x));
            }
            assert_eq!(x.distance(y), y.distance(x));
        }
    }

    #[test]
    fn products_are_within_half_a_place_and_mirror_in_zero() {
        for (a, b) in numbers().zip(numbers().skip(11)) {
            let (x, y) = (Decimal::from_scaled(a).unwrap(), Decimal::from_scaled(b).unwrap());
            for places in 0..=5 {
                let product = x.mul_rounded(y, places);
                assert_eq!(x.negated().mul_rounded(y, places), product.map(Decimal::negated));
                let Some(product) = product else { continue };
                let exact = i128::from(a) * i128::from(b);
                let error = exact - i128::from(product.scaled()) * i128::from(Decimal::SCALE);
                let place = 10_i128.pow(10 - places);
                assert!(2 * error.abs() <= place, "{x} × {y} to {places}");
            }
        }
    }

    #[test]
    fn quotients_are_within_half_a_place() {
        for (a, b) in numbers().zip(numbers().skip(13)).filter(|&(_, b)| b != 0) {
            let (x, y) = (Decimal::from_scaled(a).unwrap(), Decimal::from_scaled(b).unwrap());
            let Some(quotient) = x.div_rounded(y, 5) else { continue };
            let error =
                i128::from(a) * i128::from(Decimal::SCALE) - i128::from(quotient.scaled()) * i128::from(b);
            assert!(2 * error.abs() <= i128::from(b).abs(), "{x} ÷ {y}");
        }
    }
}
