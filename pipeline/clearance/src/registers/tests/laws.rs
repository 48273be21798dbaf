//! The digest, the machine's report, and the cutting of lines.

use super::*;
use proptest::prelude::*;

fn digest(files: &[(&str, &str)]) -> [u8; 32] {
    good(files).registers.digest
}

fn digest_of_firms(text: &str) -> [u8; 32] {
    digest(&[("firms.csv", text)])
}

#[test]
fn how_a_spreadsheet_saved_it_does_not_change_the_digest() {
    let plain = digest_of_firms(FIRMS);
    for (quirk, text) in [
        ("byte order mark", format!("\u{feff}{FIRMS}")),
        ("CRLF", FIRMS.replace('\n', "\r\n")),
        ("blank lines", format!("\n{}", FIRMS.replace('\n', "\n\n , \n"))),
        ("no last line end", FIRMS.trim_end().to_owned()),
        ("quotes", FIRMS.replace("禾岚鞋业", "\"禾岚鞋业\" ")),
        ("full width", FIRMS.replace('9', "９")),
        ("Chinese header", FIRMS.replace("scc,name", "统一社会信用代码,名称")),
        ("unknown column", FIRMS.replace('\n', ",x\n")),
        ("empty column", FIRMS.replace("scc,name\n", "town,scc,name\n").replace("\n914", "\n,914")),
        ("column order", "name,scc\n禾岚鞋业,91441323MAXK00072A\n汐蔓鞋业,91441323MAYD00123L\n".to_owned()),
    ] {
        assert_eq!(digest_of_firms(&text), plain, "{quirk}");
    }
}

#[test]
fn a_quoted_crlf_is_a_quoted_newline() {
    let text = FIRMS.replace("禾岚鞋业", "\"禾岚\n鞋业\"");
    assert_eq!(digest_of_firms(&text), digest_of_firms(&text.replace('\n', "\r\n")));
}

#[test]
fn any_value_changes_the_digest() {
    let plain = digest_of_firms(FIRMS);
    for (change, text) in [
        ("a name", FIRMS.replace("禾岚鞋业", "禾岚鞋厂")),
        ("a code", FIRMS.replace("91441323MAXK00072A", "91441323MAWR00317X")),
        ("a row more", format!("{FIRMS}91441323MAWR00317X,榕桥\n")),
        ("a row less", FIRMS.lines().take(2).collect::<Vec<_>>().join("\n")),
        ("another column", FIRMS.replace("scc,name\n", "scc,name,town\n").replace("业\n", "业,吉隆镇\n")),
    ] {
        assert_ne!(digest_of_firms(&text), plain, "{change}");
    }
    let town = "scc,name,town,size\n91441323MAXK00072A,a,b,\n";
    assert_ne!(digest_of_firms(town), digest_of_firms(&town.replace("b,", ",b")));
    assert_ne!(digest(&[("firms.csv", FIRMS), ("draws.csv", DRAWS)]), plain);
}

#[test]
fn each_cell_of_the_samples_counts() {
    let plain = digest(&samples());
    for (file, from, to) in [
        ("authorisations.csv", "代办原产地证", "代办"),
        ("authorisations.csv", "2019-03-15", "2019-03-16"),
        ("statements.csv", "厂长", "副厂长"),
        ("statements.csv", "531620180168000002", ""),
        ("draws.csv", "b91c-0e47-5d20", ""),
        ("draws.csv", ",2018-06-04\n", ",2018-06-05\n"),
    ] {
        let changed = samples().map(|(name, text)| {
            let text = if name == file { text.replacen(from, to, 1) } else { text.to_owned() };
            (name, text)
        });
        let changed: Vec<(&str, &str)> = changed.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_ne!(digest(&changed), plain, "{file}: {from}");
    }
}

#[test]
fn no_file_no_rows_and_no_folder_have_the_same_digest() {
    let nothing = load(&Memory::new(), Path::new(DIR)).unwrap().registers.digest;
    assert_eq!(digest(&[]), nothing);
    assert_eq!(digest(&[("firms.csv", "scc,name\n"), ("brands.csv", "scc,mark,kind,from\n")]), nothing);
    assert_ne!(nothing, [0; 32]);
}

/// Decisions name this digest: a change of its form makes every office's registers look changed.
#[test]
fn the_digest_of_the_samples_is_this_one() {
    let digest: String = digest(&samples()).iter().map(|byte| format!("{byte:02x}")).collect();
    expect!["85f37ef73ae1a96a155bf0f4855bbb2a8612b5ef37002d52aa4360fcf90328df"].assert_eq(&digest);
}

#[test]
fn a_program_reads_json_lines() {
    let mut text = String::new();
    to_json_lines(&loaded(&[("firms.csv", FIRMS), ("brand.csv", "")]), &mut text);
    to_json_lines(&loaded(&[("firms.csv", "代码,scc,name\n,91441323MAXK00072,禾岚\n")]), &mut text);
    let folder = world(&[]);
    folder.fail_call(1, io::ErrorKind::PermissionDenied);
    to_json_lines(&load(&folder, Path::new(DIR)), &mut text);
    expect![[r#"
        {"kind":"notice","notice":"unknown-file","zh":"brand.csv：未知文件，未读取","en":"brand.csv: unknown file, not read"}
        {"kind":"summary","loaded":true,"digest":"b3:4e9b1a94adcfed5b86c197a9e955575558ed988e80d40edfba1aa597b192eff9","files":[{"file":"firms.csv","present":true,"rows":2,"bad":0},{"file":"authorisations.csv","present":false,"rows":0,"bad":0},{"file":"statements.csv","present":false,"rows":0,"bad":0},{"file":"draws.csv","present":false,"rows":0,"bad":0},{"file":"members.csv","present":false,"rows":0,"bad":0},{"file":"grades.csv","present":false,"rows":0,"bad":0},{"file":"producers.csv","present":false,"rows":0,"bad":0},{"file":"risk.csv","present":false,"rows":0,"bad":0},{"file":"brands.csv","present":false,"rows":0,"bad":0},{"file":"exemptions.csv","present":false,"rows":0,"bad":0},{"file":"joint_approvals.csv","present":false,"rows":0,"bad":0},{"file":"laboratories.csv","present":false,"rows":0,"bad":0},{"file":"reports.csv","present":false,"rows":0,"bad":0},{"file":"policies.toml","present":false,"rows":0,"bad":0},{"file":"orders.csv","present":false,"rows":0,"bad":0},{"file":"vouchers.csv","present":false,"rows":0,"bad":0},{"file":"pots.csv","present":false,"rows":0,"bad":0},{"file":"alerts.csv","present":false,"rows":0,"bad":0},{"file":"campaigns.csv","present":false,"rows":0,"bad":0},{"file":"stops.csv","present":false,"rows":0,"bad":0},{"file":"exchange.csv","present":false,"rows":0,"bad":0},{"file":"history.csv","present":false,"rows":0,"bad":0}],"bad_rows_not_listed":0,"notices_not_listed":0}
        {"kind":"bad_row","file":"firms.csv","line":2,"column":"scc","header":"scc","reason":"unified-code","zh":"“91441323MAXK00072”有 17 位，统一社会信用代码为 18 位","en":"\"91441323MAXK00072\" has 17 characters, a unified social credit code has 18"}
        {"kind":"notice","notice":"unknown-column","zh":"firms.csv：未知列“代码”，未读取","en":"firms.csv: unknown column \"代码\", not read"}
        {"kind":"summary","loaded":false,"digest":null,"files":[{"file":"firms.csv","present":true,"rows":1,"bad":1},{"file":"authorisations.csv","present":false,"rows":0,"bad":0},{"file":"statements.csv","present":false,"rows":0,"bad":0},{"file":"draws.csv","present":false,"rows":0,"bad":0},{"file":"members.csv","present":false,"rows":0,"bad":0},{"file":"grades.csv","present":false,"rows":0,"bad":0},{"file":"producers.csv","present":false,"rows":0,"bad":0},{"file":"risk.csv","present":false,"rows":0,"bad":0},{"file":"brands.csv","present":false,"rows":0,"bad":0},{"file":"exemptions.csv","present":false,"rows":0,"bad":0},{"file":"joint_approvals.csv","present":false,"rows":0,"bad":0},{"file":"laboratories.csv","present":false,"rows":0,"bad":0},{"file":"reports.csv","present":false,"rows":0,"bad":0},{"file":"policies.toml","present":false,"rows":0,"bad":0},{"file":"orders.csv","present":false,"rows":0,"bad":0},{"file":"vouchers.csv","present":false,"rows":0,"bad":0},{"file":"pots.csv","present":false,"rows":0,"bad":0},{"file":"alerts.csv","present":false,"rows":0,"bad":0},{"file":"campaigns.csv","present":false,"rows":0,"bad":0},{"file":"stops.csv","present":false,"rows":0,"bad":0},{"file":"exchange.csv","present":false,"rows":0,"bad":0},{"file":"history.csv","present":false,"rows":0,"bad":0}],"bad_rows_not_listed":0,"notices_not_listed":0}
        {"kind":"unreadable","path":"/registers","message":"permission denied"}
    "#]].assert_eq(&text);
}

#[test]
fn whoever_wanted_to_load_is_told_the_first_fault() {
    let error = loaded(&[("firms.csv", "scc,name\n91441323MAXK00072A,\n,禾岚\n")]).unwrap_err();
    expect!["registers do not load, 2 wrong: firms.csv:2:name: required, and empty; see `clearance register check`"].assert_eq(&error.to_string());
}

#[test]
fn chunks_may_end_anywhere() {
    // The first name is as long as it takes to move every later byte over the edge of a chunk.
    let rest = "\"\r\n91441323MAYD00123L,\"汐\r\n\"\"蔓\"\"\"\r\n";
    for n_pad in CHUNK_BYTES - rest.len() - 40..CHUNK_BYTES {
        let text = format!("\u{feff}scc,name\r\n91441323MAXK00072A,\"{}{rest}", "a".repeat(n_pad));
        let loaded = good(&[("firms.csv", &text)]);
        let (first, second) = ("91441323MAXK00072A", "91441323MAYD00123L");
        assert_eq!(loaded.registers.firm(first).unwrap().name.len(), n_pad);
        assert_eq!(loaded.registers.firm(second).unwrap().name, "汐\n\"蔓\"");
    }
}

proptest! {
    /// Whatever the bytes: no panic, and a folder that loads has no bad row.
    #[test]
    fn any_bytes_load_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut text = b"scc,name,aliases\n91441323MAXK00072A,".to_vec();
        text.extend(bytes);
        let result = load(&world(&[("firms.csv", &text)]), Path::new(DIR));
        let is_io = matches!(result, Err(RegisterError::Io { .. }));
        prop_assert!(!is_io);
        let mut said = String::new();
        report(&result, Language::Zh, &mut said);
        to_json_lines(&result, &mut said);
    }

    /// A name written by the rules of CSV comes back as it was, whatever is in it.
    #[test]
    fn a_quoted_name_comes_back(name in "[a-z,\"\n;禾 ]{0,30}z") {
        let quoted = name.replace('"', "\"\"");
        let firm = one_firm(&format!("scc,name\n91441323MAXK00072A,\"{quoted}\"\n"));
        prop_assert_eq!(firm.name, name.trim());
    }
}
