//! What an office takes and how much of it: the bounds of the readers as an operator writes them, and as the journal
//! keeps them. Both are TOML, a line a setting; what is not said is as usual.

use crate::world::{World, read_exact};
use model::limits::Limits;
use std::path::Path;
use toml::{Table, Value};

/// A file of settings longer than this is none.
const FILE_BYTES_MAX: u64 = 64 << 10;

/// The setting that is no number.
const ENCODINGS: &str = "encodings";

/// Reads a file of settings.
pub fn load(world: &dyn World, path: &Path) -> Result<Limits, String> {
    let told = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let file = world.open(path).map_err(|error| told(&error))?;
    if file.len() > FILE_BYTES_MAX {
        return Err(told(&"too long for a file of limits"));
    }
    let mut bytes = vec![0; file.len() as usize];
    read_exact(&*file, &mut bytes, 0).map_err(|error| told(&error))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| told(&error))?;
    read(text).map_err(|why| told(&why))
}

/// Reads settings: `encodings = "GB18030, UTF-16"`, and any limit by its name.
pub fn read(text: &str) -> Result<Limits, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let mut limits = Limits::default();
    for (name, value) in &table {
        match value {
            Value::String(list) if name == ENCODINGS => limits.encodings = list.parse()?,
            Value::Integer(to) if name != ENCODINGS => {
                let to = u64::try_from(*to).map_err(|_| format!("`{name}` cannot be {to}"))?;
                limits.tighten(name, to)?;
            }
            _ if name == ENCODINGS => {
                return Err(format!("`{name}` is a list in quotes: \"UTF-8, GB18030\""));
            }
            _ => return Err(format!("`{name}` is no whole number")),
        }
    }
    Ok(limits)
}

/// Writes what differs from the usual.
pub fn written(limits: &Limits) -> String {
    let usual = Limits::default();
    let encodings =
        (limits.encodings != usual.encodings).then(|| format!("{ENCODINGS} = \"{}\"\n", limits.encodings));
    let numbers = limits.named().into_iter().zip(usual.named());
    let tightened =
        numbers.filter(|(now, usual)| now != usual).map(|((name, to), _)| format!("{name} = {to}\n"));
    encodings.into_iter().chain(tightened).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::encoding::Encodings;

    #[test]
    fn what_is_written_is_read() {
        let tightened = Limits {
            encodings: Encodings { gb18030: true, utf16: false },
            depth: 32,
            document_bytes: 1 << 20,
            zstd_frames: 1,
            ..Limits::default()
        };
        let text = "encodings = \"UTF-8,GB18030\"\ndocument_bytes = 1048576\ndepth = 32\nzstd_frames = 1\n";
        assert_eq!(written(&tightened), text);
        assert_eq!(read(text), Ok(tightened));
        assert_eq!(written(&Limits::default()), "");
        assert_eq!(read(""), Ok(Limits::default()));
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        for (text, why) in [
            ("dept = 3", "there is no limit `dept`"),
            ("depth = 65", "`depth` can be 1 to 64, not 65"),
            ("depth = -1", "`depth` cannot be -1"),
            ("depth = \"3\"", "`depth` is no whole number"),
            ("encodings = \"Big5\"", "`Big5` is none of UTF-8, GB18030 and UTF-16"),
            ("encodings = 3", "`encodings` is a list in quotes: \"UTF-8, GB18030\""),
        ] {
            assert_eq!(read(text), Err(why.to_owned()), "{text}");
        }
        assert!(read("depth = 3\ndepth = 4").is_err());
    }
}
