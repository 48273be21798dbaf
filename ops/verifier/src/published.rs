//! The file of published heads, line by line as the document gives it.

use crate::head::Head;
use crate::header::keyed;

/// What a file of published heads says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Its heads, in the order of the lines.
    pub heads: Vec<Head>,
    /// Numbers of the lines that are no heads: torn by a crash, or changed.
    pub passed_over: Vec<usize>,
}

/// Reads a file of published heads. A line that is not as it was written is passed over, and counted.
pub fn published(bytes: &[u8]) -> Published {
    let mut published = Published::default();
    for (number, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        match str::from_utf8(line).ok().and_then(head) {
            Some(head) => published.heads.push(head),
            None if line.is_empty() => {}
            None => published.passed_over.push(number),
        }
    }
    published
}

/// `INDEX:HASH TIME HASH`, the last over the other three.
fn head(line: &str) -> Option<Head> {
    let mut fields = line.split(' ');
    let (head, time, signed) = (fields.next()?, fields.next()?, fields.next()?);
    let head: Head = head.parse().ok()?;
    let mut said = vec![1, 0];
    said.extend_from_slice(&head.index.to_le_bytes());
    said.extend_from_slice(&head.hash);
    said.extend_from_slice(&milliseconds(time)?.to_le_bytes());
    let is_as_written = blake3::Hash::from_bytes(keyed("checkpoint", &said)).to_hex().as_str() == signed;
    (is_as_written && fields.next().is_none()).then_some(head)
}

/// Milliseconds since 1970 of `2018-06-01T01:30:05.250Z`.
fn milliseconds(time: &str) -> Option<i64> {
    if time.len() != 24 || !time.is_ascii() {
        return None;
    }
    let signs = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")];
    if signs.iter().any(|(at, sign)| !time[*at..].starts_with(sign)) {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = &time[from..to];
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = (number(11, 13)? * 60 + number(14, 16)?) * 60 + number(17, 19)?;
    Some((days(year, month, day) * 86_400 + seconds) * 1_000 + number(20, 23)?)
}

/// Days since 1970. Years begin in March, so that a leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(index: u64, time: &str, milliseconds: i64) -> String {
        let head = Head { index, hash: [7; 32] };
        let mut said = vec![1, 0];
        said.extend_from_slice(&index.to_le_bytes());
        said.extend_from_slice(&[7; 32]);
        said.extend_from_slice(&milliseconds.to_le_bytes());
        format!("{head} {time} {}\n", blake3::Hash::from_bytes(keyed("checkpoint", &said)))
    }

    /// The numbers are those that `date +%s` gives.
    #[test]
    fn a_moment_is_milliseconds_since_1970() {
        for (time, expected) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2000-02-29T23:59:59.999Z", 951_868_799_999),
            ("2018-06-01T01:30:05.250Z", 1_527_816_605_250),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400_000),
        ] {
            assert_eq!(milliseconds(time), Some(expected), "{time}");
        }
        for wrong in
            ["2018-06-01 01:30:05.250Z", "2018-06-01T01:30:05.250", "2018-06-01T01:30:0x.250Z", "", "中"]
        {
            assert_eq!(milliseconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_torn_or_changed_is_no_head() {
        let (one, two) = (
            line(1, "1970-01-01T00:00:00.000Z", 0),
            line(20_000, "2018-06-01T01:30:05.250Z", 1_527_816_605_250),
        );
        let read = |text: &str| {
            let published = published(text.as_bytes());
            (published.heads.iter().map(|it| it.index).collect::<Vec<_>>(), published.passed_over)
        };
        assert_eq!(read(&format!("{one}{two}")), (vec![1, 20_000], vec![]));
        assert_eq!(read(""), (vec![], vec![]));
        for torn in 1..one.len() - 1 {
            assert_eq!(read(&format!("{}\n{two}", &one[..torn])), (vec![20_000], vec![1]), "{torn}");
        }
        for at in 0..one.len() - 1 {
            let mut changed = one.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(read(&format!("{two}{changed}")).0, [20_000], "{at}");
        }
    }
}
