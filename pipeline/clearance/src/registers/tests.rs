use super::*;
use crate::world::memory::{Memory, Op};
use expect_test::{Expect, expect};
use model::finding::Language;

mod bad;
mod kinds;
mod laws;
mod page;
mod shown;

const DIR: &str = "/registers";
const FIRMS: &str = "scc,name\n91441323MAXK00072A,禾岚鞋业\n91441323MAYD00123L,汐蔓鞋业\n";
const DRAWS: &str = "date,secret,commitment\n2018-06-01,S-7f3a,7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a\n";

fn world(files: &[(&str, &[u8])]) -> Memory {
    let world = Memory::new();
    world.create_dir_all(Path::new(DIR)).unwrap();
    for (name, bytes) in files {
        world.create(&Path::new(DIR).join(name)).unwrap().append(bytes).unwrap();
    }
    world
}

fn loaded(files: &[(&str, &str)]) -> Result<Loaded, RegisterError> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    load(&world(&files), Path::new(DIR))
}

fn good(files: &[(&str, &str)]) -> Loaded {
    loaded(files).unwrap_or_else(|error| panic!("{error}"))
}

fn one_firm(text: &str) -> model::registers::Firm {
    let loaded = good(&[("firms.csv", text)]);
    assert_eq!(loaded.registers.firms.len(), 1, "{text}");
    loaded.registers.firm("91441323MAXK00072A").unwrap().clone()
}

/// Both reports of a folder, English first.
fn check_reports(files: &[(&str, &[u8])], expected: Expect) {
    let loaded = load(&world(files), Path::new(DIR));
    let mut text = String::new();
    report(&loaded, Language::En, &mut text);
    report(&loaded, Language::Zh, &mut text);
    expected.assert_eq(&text);
}

fn samples() -> [(&'static str, &'static str); 4] {
    [
        ("firms.csv", include_str!("../../../../fixtures/registers/firms.csv")),
        ("authorisations.csv", include_str!("../../../../fixtures/registers/authorisations.csv")),
        ("statements.csv", include_str!("../../../../fixtures/registers/statements.csv")),
        ("draws.csv", include_str!("../../../../fixtures/registers/draws.csv")),
    ]
}

#[test]
fn the_sample_folder_loads_clean() {
    let loaded = good(&samples());
    assert_eq!(loaded.notices, []);
    let present = loaded.counts.iter().filter(|count| count.present);
    let counts: Vec<(&str, u64)> = present.map(|count| (count.file, count.n_rows)).collect();
    assert_eq!(
        counts,
        [("firms.csv", 6), ("authorisations.csv", 5), ("statements.csv", 4), ("draws.csv", 3)]
    );
    let registers = &loaded.registers;
    let firm = registers.firm("91441323MAXK00072A").unwrap();
    assert_eq!(firm.aliases, ["禾岚鞋业", "禾岚制鞋厂"]);
    assert_eq!(firm.name_en, "Huidong Jilong Helan Shoes Co., Ltd.");
    assert_eq!(registers.authorisations("91441323MAXQ50104J", "91441323MAWR00317X").count(), 2);
    let [statement] = registers.statements("91441302MAXB004455") else { panic!("one statement") };
    assert_eq!(statement.basis, "合同 LZ-2018-01\n及补充协议一");
    let seed = registers.seed("2018-06-01".parse().unwrap()).unwrap();
    assert_eq!((&*seed.secret, seed.revealed_on.is_some()), ("S-7f3a", true));
    assert_eq!(registers.seed("2018-06-04".parse().unwrap()).unwrap().secret, "");
}

#[test]
fn an_absent_folder_is_a_notice_and_knows_nobody() {
    let loaded = load(&Memory::new(), Path::new(DIR)).unwrap();
    assert_eq!(loaded.notices, [Notice::NoFolder]);
    assert_eq!(loaded.registers.firms.len(), 0);
    assert!(loaded.counts.iter().all(|count| !count.present));
}

#[test]
fn an_absent_file_is_an_empty_register() {
    let loaded = good(&[("draws.csv", DRAWS)]);
    assert_eq!((loaded.registers.firms.len(), loaded.notices.len()), (0, 0));
    assert_eq!(loaded.counts[0], Count::new(&firms::REGISTER, false));
}

#[test]
fn files_and_columns_that_are_not_read_are_notices() {
    check_reports(
        &[
            ("firms.csv", "scc,name,电话,\n91441323MAXK00072A,禾岚鞋业,,\n".as_bytes()),
            ("brand.csv", b"\xff"),
            ("~$firms.xlsx", b""),
        ],
        expect![[r#"
            notice: firms.csv: unknown column "电话", not read
            notice: firms.csv: a column without a name, not read
            notice: brand.csv: unknown file, not read
            notice: ~$firms.xlsx: unknown file, not read
            registers are good: firms.csv 1 row; 21 absent
            提示：firms.csv：未知列“电话”，未读取
            提示：firms.csv：有一列没有列名，未读取
            提示：brand.csv：未知文件，未读取
            提示：~$firms.xlsx：未知文件，未读取
            登记册可用：firms.csv 1 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn every_file_of_the_reference_is_read_and_stands_by_columns_it_has() {
    assert_eq!(REGISTERS.len(), 22);
    for register in REGISTERS {
        let names = match register.once {
            register::Once::Never => Vec::new(),
            register::Once::InTheFile(names) => names.to_vec(),
            register::Once::OnADay(names) => [names, &["from", "to"]].concat(),
        };
        for name in names {
            assert!(register.column(name).is_some(), "{name} of {}", register.file);
        }
    }
}

#[test]
fn notices_are_bounded() {
    let header: String = (0..NOTICES_MAX + 5).map(|n| format!(",extra {n}")).collect();
    let loaded = good(&[("firms.csv", &format!("scc,name{header}\n"))]);
    assert_eq!((loaded.notices.len(), loaded.n_more_notices), (NOTICES_MAX, 5));
}

#[test]
fn each_column_has_its_chinese_names() {
    for register in REGISTERS {
        for column in register.columns {
            assert!(!column.aliases.is_empty(), "{} of {}", column.name, register.file);
        }
    }
    let text = "名称,别名,统一社会信用代码,规模,镇街,英文名称,检验检疫编码,海关编码\n\
                禾岚鞋业,禾岚,91441323MAXK00072A,小型,吉隆镇,Helan,4413600007,4413960007\n";
    let firm = one_firm(text);
    assert_eq!((&*firm.name, &*firm.town, &*firm.size), ("禾岚鞋业", "吉隆镇", "小型"));
    assert_eq!((&*firm.customs_code, &*firm.inspection_code), ("4413960007", "4413600007"));
}

#[test]
fn header_names_forgive_case_blanks_and_full_width() {
    one_firm(" SCC ,ｎａｍｅ\n91441323MAXK00072A,禾岚鞋业\n");
}

#[test]
fn codes_and_dates_forgive_what_spreadsheets_do() {
    one_firm("scc,name\n９１４４１３２３ＭＡＸＫ０００７２Ａ,禾岚\n");
    one_firm("scc,name\n\u{3000}91441323 MAXK\u{a0}00072A\u{200b},禾岚\n");
    let commitment = "７AFFE4AC30DE4CD2041F7AEB4A87320C93138ED654F3A0BCE58EE3F780CDD04A";
    let text = format!("date,secret,commitment\n２０１８－０６－０１,S-7f3a,{commitment}\n");
    let loaded = good(&[("draws.csv", &text)]);
    let seed = loaded.registers.seed("2018-06-01".parse().unwrap()).unwrap();
    assert!(seed.commitment.starts_with("7affe4ac"));
}

#[test]
fn names_stay_as_they_are_written() {
    let firm = one_firm(
        "scc,name,name_en\n91441323MAXK00072A,\u{3000}榕桥制鞋厂（普通合伙） ,\"Rongqiao \"\"Shoe\"\"\"\n",
    );
    assert_eq!(firm.name, "榕桥制鞋厂（普通合伙）");
    assert_eq!(firm.name_en, "Rongqiao \"Shoe\"");
}

#[test]
fn lists_are_joined_by_either_semicolon() {
    let firm = one_firm("scc,name,aliases\n91441323MAXK00072A,禾岚,甲 ;; 乙；丙;\n");
    assert_eq!(firm.aliases, ["甲", "乙", "丙"]);
}

#[test]
fn a_last_line_needs_no_end() {
    one_firm("scc,name\n91441323MAXK00072A,禾岚");
    one_firm("scc,name\r91441323MAXK00072A,禾岚");
}

#[test]
fn an_open_interval_has_no_end() {
    let text = "agent,principal,from,to\n91440304MAYL5003XC,91441323MAXK00072A,2018-01-01,\n";
    let loaded = good(&[("authorisations.csv", text)]);
    let row =
        loaded.registers.authorisations("91440304MAYL5003XC", "91441323MAXK00072A").next().unwrap().clone();
    assert!(row.valid.contains("9999-12-31".parse().unwrap()));
    assert!(!row.valid.contains("2017-12-31".parse().unwrap()));
}

#[test]
fn a_header_alone_is_an_empty_register() {
    assert_eq!(good(&[("firms.csv", "scc,name\n")]).registers.firms.len(), 0);
}

#[test]
fn a_refusing_file_system_is_not_a_bad_row() {
    for op in [Op::List, Op::Open, Op::Read] {
        let world = world(&[("firms.csv", FIRMS.as_bytes())]);
        world.on_call(move |call| (call.op == op).then(|| io::ErrorKind::PermissionDenied.into()));
        let result = load(&world, Path::new(DIR));
        assert!(matches!(result, Err(RegisterError::Io { .. })), "{op:?}");
    }
}

#[test]
fn a_folder_in_the_place_of_a_register_is_not_absent() {
    let world = world(&[]);
    world.create_dir_all(&Path::new(DIR).join("firms.csv")).unwrap();
    let mut text = String::new();
    let result = check(&world, Path::new(DIR), Language::Zh, &mut text);
    assert!(matches!(result, Err(RegisterError::Io { .. })));
    assert_eq!(text, "/registers/firms.csv：无法读取：not a regular file\n");
}

#[test]
fn a_file_that_grows_while_it_is_read_does_not_load() {
    let world = world(&[("firms.csv", FIRMS.as_bytes())]);
    let writer = world.append(&Path::new(DIR).join("firms.csv")).unwrap();
    let writer = std::sync::Mutex::new(writer);
    let file = world.open(&Path::new(DIR).join("firms.csv")).unwrap();
    writer.lock().unwrap().append("91441323MAWR00317X,榕桥\n".as_bytes()).unwrap();
    let error = table::read(&firms::REGISTER, file, &mut Loading::new(Keep::Nothing)).unwrap_err();
    assert_eq!(error.to_string(), "the file changes while it is read");
}
