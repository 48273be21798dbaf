//! The European Union as a destination: alerts speak of it as of one market, declarations name a country.
//!
//! Membership by the treaties of accession; the United Kingdom counts to the end of the transition period, because its
//! market was under the Union's product rules until then (Withdrawal Agreement, Art. 126; text not seen, basis B).

use super::country::Country;
use crate::registers::Interval;
use jiff::civil::{Date, date};

/// What an office writes for it.
pub const CODE: &str = "EU";
/// What an office writes for it in Chinese.
pub const NAME_ZH: &str = "欧盟";

const TEN: Date = date(2004, 5, 1);
const TWO: Date = date(2007, 1, 1);
const ONE: Date = date(2013, 7, 1);
const AFTER_TRANSITION: Date = date(2021, 1, 1);

static MEMBERS: &[(Country, Option<Date>, Option<Date>)] = &[
    (Country::known("AUT"), None, None),
    (Country::known("BEL"), None, None),
    (Country::known("DNK"), None, None),
    (Country::known("FIN"), None, None),
    (Country::known("FRA"), None, None),
    (Country::known("DEU"), None, None),
    (Country::known("GRC"), None, None),
    (Country::known("IRL"), None, None),
    (Country::known("ITA"), None, None),
    (Country::known("LUX"), None, None),
    (Country::known("NLD"), None, None),
    (Country::known("PRT"), None, None),
    (Country::known("ESP"), None, None),
    (Country::known("SWE"), None, None),
    (Country::known("GBR"), None, Some(AFTER_TRANSITION)),
    (Country::known("CYP"), Some(TEN), None),
    (Country::known("CZE"), Some(TEN), None),
    (Country::known("EST"), Some(TEN), None),
    (Country::known("HUN"), Some(TEN), None),
    (Country::known("LVA"), Some(TEN), None),
    (Country::known("LTU"), Some(TEN), None),
    (Country::known("MLT"), Some(TEN), None),
    (Country::known("POL"), Some(TEN), None),
    (Country::known("SVK"), Some(TEN), None),
    (Country::known("SVN"), Some(TEN), None),
    (Country::known("BGR"), Some(TWO), None),
    (Country::known("ROU"), Some(TWO), None),
    (Country::known("HRV"), Some(ONE), None),
];

/// Members since 1995 and later, with the days of their membership.
pub fn members() -> impl Iterator<Item = (Country, Interval)> {
    MEMBERS.iter().map(|(country, from, to)| (*country, Interval { from: *from, to: *to }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn membership_has_days() {
        let n_on = |day: Date| members().filter(|(_, days)| days.contains(day)).count();
        assert_eq!(n_on(date(2004, 4, 30)), 15);
        assert_eq!(n_on(date(2004, 5, 1)), 25);
        assert_eq!(n_on(date(2007, 1, 1)), 27);
        assert_eq!(n_on(date(2018, 6, 1)), 28);
        assert_eq!(n_on(date(2021, 1, 1)), 27);
    }
}
