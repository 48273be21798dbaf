//! Sizes and times as an operator writes them: a whole number and its unit, `64 MiB` or `5 s`.
//!
//! A number without a unit is none: nobody should have to guess whether 300 means seconds or minutes.

/// Units of one kind, the smallest first; the smallest counts 1.
pub struct Units(&'static [(&'static str, u64)]);

/// Of bytes.
pub static SIZES: Units =
    Units(&[("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40)]);

/// Of time, in milliseconds.
pub static TIMES: Units =
    Units(&[("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)]);

impl Units {
    /// Reads a quantity in the smallest unit; `None` when it is no such text, or too large for any use.
    pub fn read(&self, text: &str) -> Option<u64> {
        let n_figures = text.bytes().take_while(u8::is_ascii_digit).count();
        let (figures, unit) = text.split_at(n_figures);
        let unit = unit.strip_prefix(' ').unwrap_or(unit);
        let (_, factor) = self.0.iter().find(|(name, _)| *name == unit)?;
        figures.parse::<u64>().ok()?.checked_mul(*factor)
    }

    /// Writes a quantity in the largest unit that leaves no fraction.
    pub fn written(&self, quantity: u64) -> String {
        let fits = |(_, factor): &&(&str, u64)| quantity != 0 && quantity.is_multiple_of(*factor);
        let (name, factor) = self.0.iter().rev().find(fits).unwrap_or(&self.0[0]);
        format!("{} {name}", quantity / factor)
    }

    /// The texts that are read, as a regular expression.
    pub fn pattern(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| *name).collect();
        format!("^[0-9]+ ?({})$", names.join("|"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_a_whole_number_and_its_unit() {
        for (text, quantity) in [
            ("64 MiB", Some(67_108_864)),
            ("64MiB", Some(67_108_864)),
            ("0 B", Some(0)),
            ("1 TiB", Some(1_099_511_627_776)),
            ("64", None),
            ("MiB", None),
            ("64 MB", None),
            ("64  MiB", None),
            ("-1 B", None),
            ("1.5 GiB", None),
            ("99999999999 TiB", None),
        ] {
            assert_eq!(SIZES.read(text), quantity, "{text}");
        }
        assert_eq!(TIMES.read("5 min"), Some(300_000));
        assert_eq!(TIMES.read("250ms"), Some(250));
        assert_eq!(TIMES.read("5 m"), None);
    }

    #[test]
    fn what_is_written_is_read() {
        for quantity in [0, 1, 999, 1_000, 1_500, 60_000, 90_000, 86_400_000, 604_800_000] {
            assert_eq!(TIMES.read(&TIMES.written(quantity)), Some(quantity));
        }
        assert_eq!(TIMES.written(90_000), "90 s");
        assert_eq!(SIZES.written(64 << 20), "64 MiB");
        assert_eq!(SIZES.written(0), "0 B");
    }
}
