//! Each kind of bad row, by name.

use super::*;

const GOOD: &str = "91441323MAXK00072A";

fn check_text(file: &str, text: &str, expected: Expect) {
    check_reports(&[(file, text.as_bytes())], expected);
}

fn faults(file: &str, text: &str) -> Vec<(u64, &'static str)> {
    match loaded(&[(file, text)]) {
        Ok(_) => Vec::new(),
        Err(RegisterError::Bad(bad)) => bad.rows.iter().map(|row| (row.line, row.reason.code())).collect(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn unified_codes_by_gb_32100() {
    let text = "scc,name\n91441323MAXK00072,短\n91441323MAXK000723,校验\n9144132OMAXK00072A,字母\n\
                91441323maxk00072A,小写\n";
    check_text("firms.csv", text, expect![[""]]);
}

#[test]
fn other_codes() {
    let text = format!(
        "scc,name,customs_code,ciq_code\n{GOOD},a,441396007,\n{GOOD},a,44139600_7,\n{GOOD},a,4.41396E+09,4413/1\n"
    );
    check_text("firms.csv", &text, expect![[""]]);
}

#[test]
fn a_declaration_number_that_became_a_quantity() {
    let text = format!("scc,number,from\n{GOOD},5.3162E+17,2018-01-01\n{GOOD},5E+17,2018-01-01\n");
    assert_eq!(faults("statements.csv", &text), [(2, "scientific"), (3, "scientific")]);
    let text = format!("scc,number,from\n{GOOD},53E162018,2018-01-01\n");
    assert_eq!(faults("statements.csv", &text), []);
}

#[test]
fn required_cells_are_filled() {
    check_text("firms.csv", "scc,名称\n91441323MAXK00072A, \u{3000}\n,汐蔓\n", expect![[""]]);
}

#[test]
fn required_columns_are_there() {
    check_text("draws.csv", "\n日期,说明\n2018-06-01,x\n", expect![[""]]);
}

#[test]
fn a_column_stands_once() {
    check_text("firms.csv", "scc,name,统一社会信用代码\n91441323MAXK00072A,a,\n", expect![[""]]);
}

#[test]
fn keys_stand_once() {
    let text = "scc,name\n91441323MAXK00072A,\"a\nb\"\n91441323MAYD00123L,c\n91441323 ＭＡＸＫ00072A,d\n";
    check_text("firms.csv", text, expect![[""]]);
    assert_eq!(
        faults("draws.csv", &format!("{DRAWS}{}\n", DRAWS.lines().nth(1).unwrap())),
        [(3, "duplicate")]
    );
}

#[test]
fn intervals_hold_a_day() {
    let text = format!(
        "scc,from,to\n{GOOD},2018-06-02,2018-06-01\n{GOOD},2018-06-01,2018-06-01\n{GOOD},2018-06-01,2018-06-02\n"
    );
    check_text("statements.csv", &text, expect![[""]]);
    let text = format!("agent,principal,from,to\n{GOOD},{GOOD},2018-06-02,2018-06-01\n");
    assert_eq!(faults("authorisations.csv", &text), [(2, "interval-inverted")]);
}

#[test]
fn days_are_days() {
    for day in ["2018/6/1", "20180601", "2018-06-31", "2018-6-1", "2018-06-01 09:30", "43252", "６月１日"]
    {
        assert_eq!(faults("statements.csv", &format!("scc,from\n{GOOD},{day}\n")), [(2, "day")], "{day}");
    }
    check_text("statements.csv", &format!("scc,from\n{GOOD},2018/6/1\n"), expect![[""]]);
}

#[test]
fn commitments_fit_their_secrets_and_no_secret_is_told() {
    let commitment = "7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a";
    let text = format!(
        "date,secret,commitment,revealed_on\n2018-06-01,S-7f3b,{commitment},\n2018-06-02,S-7f3a,{commitment},\n\
         2018-06-03,,{},\n2018-06-04,,{commitment},2018-06-05\n2018-06-05,hidden\u{7},{commitment},\n",
        &commitment[1..]
    );
    check_text("draws.csv", &text, expect![[""]]);
    let early = DRAWS.replace("ment\n", "ment,revealed_on\n").replace("4a\n", "4a,2018-05-31\n");
    assert_eq!(faults("draws.csv", &early), [(2, "revealed-too-early")]);
    assert_eq!(faults("draws.csv", &early.replace("05-31", "06-01")), []);
    assert_eq!(faults("draws.csv", &DRAWS.replace("S-7f3a", " S-7f3a")), [(2, "commitment-missed")]);
}

#[test]
fn bytes_that_are_no_utf_8_are_named() {
    // 禾岚 in GBK, as a spreadsheet saves it unless told otherwise.
    let gbk = b"scc,name,memo\n91441323MAXK00072A,\xba\xcc\xe1\xb0,\n";
    check_reports(&[("firms.csv", gbk)], expect![[""]]);
    check_reports(&[("firms.csv", b"scc,\xc3\xfb\xb3\xc6\n91441323MAXK00072A,a\n")], expect![[""]]);
    let utf_16: Vec<u8> = FIRMS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_reports(&[("firms.csv", &[b"\xff\xfe", &*utf_16].concat())], expect![[""]]);
}

#[test]
fn damaged_characters_are_named() {
    let text = format!("scc,name\n{GOOD},禾\u{fffd}\n{GOOD},a\0\n");
    check_text("firms.csv", &text, expect![[""]]);
}

#[test]
fn cells_are_counted() {
    let text = format!("scc,name,town\n{GOOD},a\n{GOOD},a,b,c\n{GOOD},Helan Co., Ltd.,b\n,,,,\n");
    check_text("firms.csv", &text, expect![[""]]);
}

#[test]
fn a_broken_quote_stops_its_file_and_not_the_others() {
    let open = format!("scc,name\n{GOOD},\n{GOOD},\"a\nb\n");
    let after = format!("scc,name\n{GOOD},\n{GOOD},\"a\n{GOOD},\"b\"\n");
    check_reports(
        &[("firms.csv", open.as_bytes()), ("draws.csv", b"date,commitment\n2018-06-01,x\n")],
        expect![[""]],
    );
    check_text("firms.csv", &after, expect![[""]]);
}

#[test]
fn a_row_has_a_limit() {
    let text = format!("scc,name\n{GOOD},a\n{GOOD},\"{}", "a\n".repeat(ROW_BYTES_MAX));
    check_text("firms.csv", &text, expect![[""]]);
}

#[test]
fn a_file_has_a_limit() {
    struct Endless;
    impl crate::world::File for Endless {
        fn read_at(&self, _: &mut [u8], _: u64) -> io::Result<usize> {
            unreachable!("nobody reads it")
        }
        fn append(&mut self, _: &[u8]) -> io::Result<()> {
            unreachable!("nobody writes it")
        }
        fn sync_data(&mut self) -> io::Result<()> {
            unreachable!("nobody writes it")
        }
        fn set_len(&mut self, _: u64) -> io::Result<()> {
            unreachable!("nobody writes it")
        }
        fn len(&self) -> u64 {
            FILE_BYTES_MAX + 1
        }
    }
    let mut loading = Loading::new();
    table::read(&firms::REGISTER, Box::new(Endless), &mut loading).unwrap();
    let Err(RegisterError::Bad(bad)) = loading.finish() else { panic!("it is too long") };
    assert_eq!(bad.rows[0].reason, Reason::FileTooLong { bytes: FILE_BYTES_MAX + 1 });
}

#[test]
fn an_empty_file_is_no_register() {
    for text in ["", "\n\n", "\u{feff}", "\u{feff}\r\n"] {
        assert_eq!(faults("firms.csv", text), [(1, "no-header")], "{text:?}");
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let text = format!("\r\n\r\nscc,name\r\n\r\n{GOOD},\"a\r\n\r\nb\"\r\n,,\r\n\r\nx,\"c\r\nd\"\r\ny,e\r\n");
    let expected = [(11, "unified-code"), (13, "unified-code")];
    assert_eq!(faults("firms.csv", &text.replace(",,", ",")), expected, "CRLF");
    for end in ["\n", "\r"] {
        assert_eq!(faults("firms.csv", &text.replace(",,", ",").replace("\r\n", end)), expected, "{end:?}");
    }
}

#[test]
fn a_thousand_bad_rows_are_listed_and_all_are_counted() {
    let text = format!("scc,name\n{}", "x,\n".repeat(1_200));
    let Err(RegisterError::Bad(bad)) = loaded(&[("firms.csv", &text), ("draws.csv", "")]) else {
        panic!("bad")
    };
    assert_eq!((bad.rows.len(), bad.n_more), (BAD_ROWS_MAX, 1_401));
    assert_eq!((bad.counts[0].n_rows, bad.counts[0].n_bad, bad.counts[3].n_bad), (1_200, 1_200, 1));
    let mut text = String::new();
    report(&Err(RegisterError::Bad(bad)), Language::En, &mut text);
    let last: Vec<&str> = text.lines().skip(BAD_ROWS_MAX).collect();
    expect![[""]].assert_eq(&last.join("\n"));
}
