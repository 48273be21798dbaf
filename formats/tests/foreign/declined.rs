//! Messages of others that are known and not decided here.

use super::{read, samples};

/// Folder, what the name of the file ends with, what its sender is told.
const EXPECTED: &[(&str, &str, &str)] = &[
    ("other", "SPSCertificate-17_ephyto.xml", "a sanitary or phytosanitary certificate"),
    ("wco/movements", "TT_EX039a_EAL.xml", "a movement of goods"),
    ("single-window", "common_resp_msg.xml", "an answer"),
    ("single-window", "MT1401_XDT20240510001.xml", "a road manifest"),
];

#[test]
fn each_is_told_what_it_is() {
    for (folder, name, told) in EXPECTED {
        let Some(samples) = samples(folder) else { return };
        let sample =
            samples.iter().find(|sample| sample.name.ends_with(name)).expect("a sample of this name");
        let reading = read(&sample.text, |_| {});
        assert_eq!((reading.kind, reading.format), ("declined", None), "{name}");
        assert!(reading.findings[0].contains(told), "{name}: {:?}", reading.findings);
    }
}
