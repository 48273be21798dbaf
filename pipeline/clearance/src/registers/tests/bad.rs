//! Each kind of bad row, by name.

use super::*;

const GOOD: &str = "91441323MAXK00072A";

pub(super) fn check_text(file: &str, text: &str, expected: Expect) {
    check_reports(&[(file, text.as_bytes())], expected);
}

pub(super) fn faults(file: &str, text: &str) -> Vec<(u64, &'static str)> {
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
    check_text(
        "firms.csv",
        text,
        expect![[r#"
            firms.csv:2:scc: "91441323MAXK00072" has 17 characters, a unified social credit code has 18
            firms.csv:3:scc: "91441323MAXK000723" has the check digit 3, it should be A
            firms.csv:4:scc: "9144132OMAXK00072A" has the letter O at position 8; I, O, S, V and Z are not used
            firms.csv:5:scc: "91441323maxk00072A" has "m" at position 9, not a figure or capital letter
            registers do not load: firms.csv 4 rows, 4 wrong; 21 absent
            firms.csv:2:scc: “91441323MAXK00072”有 17 位，统一社会信用代码为 18 位
            firms.csv:3:scc: “91441323MAXK000723”的校验码是 3，应为 A
            firms.csv:4:scc: “9144132OMAXK00072A”第 8 位是字母 O，统一社会信用代码不使用 I、O、S、V、Z
            firms.csv:5:scc: “91441323maxk00072A”第 9 位是“m”，应为数字或大写字母
            登记册未载入：firms.csv 4 行，有误 4 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn other_codes() {
    let text = format!(
        "scc,name,customs_code,ciq_code\n{GOOD},a,441396007,\n{GOOD},a,44139600_7,\n{GOOD},a,4.41396E+09,4413/1\n"
    );
    check_text(
        "firms.csv",
        &text,
        expect![[r#"
            firms.csv:2:customs_code: "441396007" has 9 characters, a customs code has 10
            firms.csv:3:scc: "91441323MAXK00072A" stands on line 2 already
            firms.csv:3:customs_code: "44139600_7" contains "_"; codes are letters, figures and hyphens
            firms.csv:4:scc: "91441323MAXK00072A" stands on line 2 already
            firms.csv:4:customs_code: "4.41396E+09" was turned into a quantity by a spreadsheet; format the column as text
            firms.csv:4:ciq_code: "4413/1" contains "/"; codes are letters, figures and hyphens
            registers do not load: firms.csv 3 rows, 3 wrong; 21 absent
            firms.csv:2:customs_code: “441396007”有 9 位，海关编码为 10 位
            firms.csv:3:scc: “91441323MAXK00072A”与第 2 行重复
            firms.csv:3:customs_code: “44139600_7”含有“_”，代码只能由字母、数字和连字符组成
            firms.csv:4:scc: “91441323MAXK00072A”与第 2 行重复
            firms.csv:4:customs_code: “4.41396E+09”已被表格软件转成科学计数，请将该列设为文本后重新填写
            firms.csv:4:ciq_code: “4413/1”含有“/”，代码只能由字母、数字和连字符组成
            登记册未载入：firms.csv 3 行，有误 3 行；另有 21 个登记册没有文件
        "#]],
    );
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
    check_text(
        "firms.csv",
        "scc,名称\n91441323MAXK00072A, \u{3000}\n,汐蔓\n",
        expect![[r#"
            firms.csv:2:名称: required, and empty
            firms.csv:3:scc: required, and empty
            registers do not load: firms.csv 2 rows, 2 wrong; 21 absent
            firms.csv:2:名称: 必填，不能为空
            firms.csv:3:scc: 必填，不能为空
            登记册未载入：firms.csv 2 行，有误 2 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn required_columns_are_there() {
    check_text(
        "draws.csv",
        "\n日期,说明\n2018-06-01,x\n",
        expect![[r#"
            draws.csv:2:commitment: the required column is missing (承诺值)
            notice: draws.csv: unknown column "说明", not read
            registers do not load: draws.csv 0 rows, 1 wrong; 21 absent
            draws.csv:2:commitment: 缺少必填列（承诺值）
            提示：draws.csv：未知列“说明”，未读取
            登记册未载入：draws.csv 0 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn a_column_stands_once() {
    check_text(
        "firms.csv",
        "scc,name,统一社会信用代码\n91441323MAXK00072A,a,\n",
        expect![[r#"
            firms.csv:1:统一社会信用代码: the header names this column twice
            registers do not load: firms.csv 0 rows, 1 wrong; 21 absent
            firms.csv:1:统一社会信用代码: 该列在表头中出现两次
            登记册未载入：firms.csv 0 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn keys_stand_once() {
    let text = "scc,name\n91441323MAXK00072A,\"a\nb\"\n91441323MAYD00123L,c\n91441323 ＭＡＸＫ00072A,d\n";
    check_text(
        "firms.csv",
        text,
        expect![[r#"
            firms.csv:5:scc: "91441323MAXK00072A" stands on line 2 already
            registers do not load: firms.csv 3 rows, 1 wrong; 21 absent
            firms.csv:5:scc: “91441323MAXK00072A”与第 2 行重复
            登记册未载入：firms.csv 3 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
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
    check_text(
        "statements.csv",
        &text,
        expect![[r#"
            statements.csv:2:to: ends on 2018-06-01, before it begins on 2018-06-02
            statements.csv:3:to: begins and ends on 2018-06-01; the end is outside, so no day is inside
            registers do not load: statements.csv 3 rows, 2 wrong; 21 absent
            statements.csv:2:to: 止日 2018-06-01 早于起日 2018-06-02
            statements.csv:3:to: 起止都是 2018-06-01：止日不含在内，该区间没有一天有效
            登记册未载入：statements.csv 3 行，有误 2 行；另有 21 个登记册没有文件
        "#]],
    );
    let text = format!("agent,principal,from,to\n{GOOD},{GOOD},2018-06-02,2018-06-01\n");
    assert_eq!(faults("authorisations.csv", &text), [(2, "interval-inverted")]);
}

#[test]
fn days_are_days() {
    for day in [
        "20180601",
        "2018-06-31",
        "6/1/2018",
        "18-6-1",
        "2018/6",
        "2018/6/1 2",
        "2018-06-01 09:30",
        "43252",
        "６月１日",
        "2018/6-1",
        "Jun-18",
    ] {
        assert_eq!(faults("statements.csv", &format!("scc,from\n{GOOD},{day}\n")), [(2, "day")], "{day}");
    }
    check_text(
        "statements.csv",
        &format!("scc,from\n{GOOD},6/1/2018\n"),
        expect![[r#"
            statements.csv:2:from: "6/1/2018" is no day; write 2018-06-01
            registers do not load: statements.csv 1 row, 1 wrong; 21 absent
            statements.csv:2:from: “6/1/2018”不是日期，应写作 2018-06-01
            登记册未载入：statements.csv 1 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn commitments_fit_their_secrets_and_no_secret_is_told() {
    let commitment = "7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a";
    let text = format!(
        "date,secret,commitment,revealed_on\n2018-06-01,S-7f3b,{commitment},\n2018-06-02,S-7f3a,{commitment},\n\
         2018-06-03,,{},\n2018-06-04,,{commitment},2018-06-05\n2018-06-05,hidden\u{7},{commitment},\n",
        &commitment[1..]
    );
    check_text(
        "draws.csv",
        &text,
        expect![[r#"
            draws.csv:2:commitment: not the SHA-256 of date:secret (blanks count)
            draws.csv:3:commitment: not the SHA-256 of date:secret (blanks count)
            draws.csv:4:commitment: not a SHA-256 of 64 hexadecimal figures
            draws.csv:5:secret: there is a day of revealing, and no secret
            draws.csv:6:secret: contains an invisible or damaged character, U+0007
            registers do not load: draws.csv 5 rows, 5 wrong; 21 absent
            draws.csv:2:commitment: 不是“日期:密值”的 SHA-256 值（空格也计算在内）
            draws.csv:3:commitment: 不是“日期:密值”的 SHA-256 值（空格也计算在内）
            draws.csv:4:commitment: 不是 64 位十六进制的 SHA-256 值
            draws.csv:5:secret: 已填公布日期，但没有密值
            draws.csv:6:secret: 含有不可见或损坏的字符 U+0007
            登记册未载入：draws.csv 5 行，有误 5 行；另有 21 个登记册没有文件
        "#]],
    );
    let early = DRAWS.replace("ment\n", "ment,revealed_on\n").replace("4a\n", "4a,2018-05-31\n");
    assert_eq!(faults("draws.csv", &early), [(2, "revealed-too-early")]);
    assert_eq!(faults("draws.csv", &early.replace("05-31", "06-01")), []);
    assert_eq!(faults("draws.csv", &DRAWS.replace("S-7f3a", " S-7f3a")), [(2, "commitment-missed")]);
}

#[test]
fn bytes_that_are_no_utf_8_are_named() {
    // 禾岚 in GBK, as a spreadsheet saves it unless told otherwise.
    let gbk = b"scc,name,memo\n91441323MAXK00072A,\xba\xcc\xe1\xb0,\n";
    check_reports(
        &[("firms.csv", gbk)],
        expect![[r#"
            firms.csv:2:name: not UTF-8; save the file as "CSV UTF-8"
            notice: firms.csv: unknown column "memo", not read
            registers do not load: firms.csv 1 row, 1 wrong; 21 absent
            firms.csv:2:name: 不是 UTF-8 编码，请另存为“CSV UTF-8”
            提示：firms.csv：未知列“memo”，未读取
            登记册未载入：firms.csv 1 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
    check_reports(
        &[("firms.csv", b"scc,\xc3\xfb\xb3\xc6\n91441323MAXK00072A,a\n")],
        expect![[r#"
            firms.csv:1: not UTF-8; save the file as "CSV UTF-8"
            registers do not load: firms.csv 0 rows, 1 wrong; 21 absent
            firms.csv:1: 不是 UTF-8 编码，请另存为“CSV UTF-8”
            登记册未载入：firms.csv 0 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
    let utf_16: Vec<u8> = FIRMS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_reports(
        &[("firms.csv", &[b"\xff\xfe", &*utf_16].concat())],
        expect![[r#"
            firms.csv:1: the file is UTF-16; save it as "CSV UTF-8"
            registers do not load: firms.csv 0 rows, 1 wrong; 21 absent
            firms.csv:1: 文件是 UTF-16 编码，请另存为“CSV UTF-8”
            登记册未载入：firms.csv 0 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn damaged_characters_are_named() {
    let text = format!("scc,name\n{GOOD},禾\u{fffd}\n{GOOD},a\0\n");
    check_text(
        "firms.csv",
        &text,
        expect![[r#"
            firms.csv:2:name: contains an invisible or damaged character, U+FFFD
            firms.csv:3:scc: "91441323MAXK00072A" stands on line 2 already
            firms.csv:3:name: contains an invisible or damaged character, U+0000
            registers do not load: firms.csv 2 rows, 2 wrong; 21 absent
            firms.csv:2:name: 含有不可见或损坏的字符 U+FFFD
            firms.csv:3:scc: “91441323MAXK00072A”与第 2 行重复
            firms.csv:3:name: 含有不可见或损坏的字符 U+0000
            登记册未载入：firms.csv 2 行，有误 2 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn cells_are_counted() {
    let text = format!("scc,name,town\n{GOOD},a\n{GOOD},a,b,c\n{GOOD},Helan Co., Ltd.,b\n,,,,\n");
    check_text(
        "firms.csv",
        &text,
        expect![[r#"
            firms.csv:2: the row has 2 values, the header has 3 columns
            firms.csv:3: the row has 4 values, the header has 3 columns
            firms.csv:4: the row has 4 values, the header has 3 columns
            registers do not load: firms.csv 3 rows, 3 wrong; 21 absent
            firms.csv:2: 该行有 2 个值，表头有 3 列
            firms.csv:3: 该行有 4 个值，表头有 3 列
            firms.csv:4: 该行有 4 个值，表头有 3 列
            登记册未载入：firms.csv 3 行，有误 3 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn a_broken_quote_stops_its_file_and_not_the_others() {
    let open = format!("scc,name\n{GOOD},\n{GOOD},\"a\nb\n");
    let after = format!("scc,name\n{GOOD},\n{GOOD},\"a\n{GOOD},\"b\"\n");
    check_reports(
        &[("firms.csv", open.as_bytes()), ("draws.csv", b"date,commitment\n2018-06-01,x\n")],
        expect![[r#"
            firms.csv:2:name: required, and empty
            firms.csv:3: a quote is opened and not closed
            draws.csv:2:commitment: not a SHA-256 of 64 hexadecimal figures
            registers do not load: firms.csv 1 row, 2 wrong; draws.csv 1 row, 1 wrong; 20 absent
            firms.csv:2:name: 必填，不能为空
            firms.csv:3: 引号没有结束
            draws.csv:2:commitment: 不是 64 位十六进制的 SHA-256 值
            登记册未载入：firms.csv 1 行，有误 2 行；draws.csv 1 行，有误 1 行；另有 20 个登记册没有文件
        "#]],
    );
    check_text(
        "firms.csv",
        &after,
        expect![[r#"
            firms.csv:2:name: required, and empty
            firms.csv:3: something follows the end of a quote that begins here; a quote inside a value is written twice
            registers do not load: firms.csv 1 row, 2 wrong; 21 absent
            firms.csv:2:name: 必填，不能为空
            firms.csv:3: 从此行开始的引号提前结束，或没有结束；值中的引号应写两次
            登记册未载入：firms.csv 1 行，有误 2 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn a_row_has_a_limit() {
    let text = format!("scc,name\n{GOOD},a\n{GOOD},\"{}", "a\n".repeat(ROW_BYTES_MAX));
    check_text(
        "firms.csv",
        &text,
        expect![[r#"
            firms.csv:3: the row is longer than 262144 bytes; a quote may not be closed
            registers do not load: firms.csv 1 row, 1 wrong; 21 absent
            firms.csv:3: 该行超过 262144 字节，可能有引号没有结束
            登记册未载入：firms.csv 1 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
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
    let mut loading = Loading::new(Keep::Nothing);
    table::read(&firms::REGISTER, Box::new(Endless), &mut loading).unwrap();
    let Err(RegisterError::Bad(bad)) = loading.finish() else { panic!("it is too long") };
    assert_eq!(bad.rows[0].reason, Reason::FileTooLong { bytes: FILE_BYTES_MAX + 1, limit: FILE_BYTES_MAX });
}

#[test]
fn an_empty_file_is_no_register() {
    for text in ["", "\n\n", "\u{feff}", "\u{feff}\r\n"] {
        assert_eq!(faults("firms.csv", text), [(1, "no-header")], "{text:?}");
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let text = format!("\r\n\r\nscc,name\r\n\r\n{GOOD},\"a\r\n\r\nb\"\r\n , \r\n\r\nx,\"c\r\nd\"\r\ny,e\r\n");
    let expected = [(10, "unified-code"), (12, "unified-code")];
    assert_eq!(faults("firms.csv", &text), expected, "CRLF");
    for end in ["\n", "\r"] {
        assert_eq!(faults("firms.csv", &text.replace("\r\n", end)), expected, "{end:?}");
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
    expect![[r#"
        and 1401 more
        registers do not load: firms.csv 1200 rows, 1200 wrong; draws.csv 0 rows, 1 wrong; 20 absent"#]]
    .assert_eq(&last.join("\n"));
}
