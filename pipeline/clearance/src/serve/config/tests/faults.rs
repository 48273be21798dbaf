//! One file for each way to get it wrong: what is said, and where.

use super::*;

const GOOD: &str = "data = \"/d\"\n[[folders]]\nroot = \"/srv/a\"\n";

/// Puts lines in front of a good file and compares what is said in English.
#[track_caller]
fn is_told(lines: &str, expected: &[&str]) {
    assert_eq!(told(&format!("{lines}\n{GOOD}"), Language::En), expected);
}

#[test]
fn a_key_nobody_reads_is_named_with_the_nearest() {
    is_told("rescn = \"5 s\"", &[":1:1: rescn: there is no such setting; did you mean `rescan`"]);
    is_told(
        "colour = 3",
        &[":1:1: colour: there is no such setting; remove it, `clearance config schema` names all"],
    );
    is_told("turn = { fils = 3 }", &[":1:10: turn.fils: there is no such setting; did you mean `files`"]);
}

#[test]
fn a_key_that_must_be_there_is_missed_at_its_table() {
    assert_eq!(
        told("", Language::En),
        [
            ":1:1: data: missing (data folder: journal, evidence, index); write a path in quotes",
            ":1:1: folders: missing (folder sets, one table each); write tables [[folders]], one or more",
        ]
    );
    assert_eq!(
        told("data = \"/d\"\n\n[[folders]]\nid = \"a\"\n", Language::Zh),
        [":3:1: folders[1].root: 缺少此项（根文件夹：每个业务类型一个子文件夹）；请填写引号内的路径"]
    );
}

#[test]
fn a_value_of_another_kind_is_told_with_what_stands_there() {
    is_told("threads = \"2\"", &[":1:11: threads: found a text; write a whole number without quotes"]);
    is_told(
        "threads = 1.5",
        &[":1:11: threads: found a number with a fraction; write a whole number without quotes"],
    );
    is_told(
        "rescan = 5",
        &[
            ":1:10: rescan: found a whole number; write a time with its unit, ms, s, min, h or d, e.g. \"5 s\"",
        ],
    );
    is_told("registers = true", &[":1:13: registers: found true or false; write a path in quotes"]);
    is_told("turn = 3", &[":1:8: turn: found a whole number; write a table [turn]"]);
    assert_eq!(
        told("data = \"/d\"\nfolders = [3]\n", Language::En),
        [":2:11: folders: found a whole number; write tables [[folders]], one or more"]
    );
    assert_eq!(
        told("data = \"/d\"\nfolders = []\n", Language::En),
        [":2:11: folders: found a list; write tables [[folders]], one or more"]
    );
}

#[test]
fn a_text_that_cannot_be_read_is_shown() {
    is_told(
        "rescan = \"5 sec\"",
        &[
            ":1:10: rescan: \"5 sec\" cannot be read; write a time with its unit, ms, s, min, h or d, e.g. \"5 s\"",
        ],
    );
    is_told(
        "turn = { bytes = \"64 MB\" }",
        &[
            ":1:18: turn.bytes: \"64 MB\" cannot be read; write a size with its unit, B, KiB, MiB, GiB or TiB, e.g. \"64 MiB\"",
        ],
    );
    is_told("language = \"de\"", &[":1:12: language: \"de\" cannot be read; write \"zh\" or \"en\""]);
    is_told(
        "http = { listen = \"localhost\" }",
        &[
            ":1:19: http.listen: \"localhost\" cannot be read; write an address and its port, e.g. \"127.0.0.1:9090\", or \"none\"",
        ],
    );
    is_told("encodings = \"Big5\"", &[":1:13: encodings: `Big5` is none of UTF-8, GB18030 and UTF-16"]);
    is_told("threads = -1", &[":1:11: threads: \"-1\" cannot be read; write a whole number without quotes"]);
    is_told("registers = \" \"", &[":1:13: registers: empty; say something, or remove the setting"]);
}

/// Each bound at its edge and one beyond.
#[test]
fn a_number_keeps_its_bounds() {
    for good in ["threads = 1024", "rescan = \"100 ms\"", "rescan = \"1 h\"", "turn = { bytes = \"1 MiB\" }"]
    {
        assert!(loaded(&format!("{good}\n{GOOD}")).is_ok(), "{good}");
    }
    is_told("threads = 1025", &[":1:11: threads: 1025 is out of bounds; it can be 0 to 1024"]);
    is_told("rescan = \"99 ms\"", &[":1:10: rescan: 99 ms is out of bounds; it can be 100 ms to 1 h"]);
    is_told("rescan = \"3601 s\"", &[":1:10: rescan: 3601 s is out of bounds; it can be 100 ms to 1 h"]);
    is_told(
        "turn = { bytes = \"1023 KiB\" }",
        &[":1:18: turn.bytes: 1023 KiB is out of bounds; it can be 1 MiB to 32 GiB"],
    );
    is_told("turn = { files = 0 }", &[":1:18: turn.files: 0 is out of bounds; it can be 1 to 10000"]);
}

#[test]
fn names_of_sets_types_and_declarants_are_plain() {
    let text = "data = \"/d\"\n[[folders]]\nid = \"Hui Dong\"\nroot = \"/srv/a\"\ntypes = [\"../b\", \"CooImp\", \"CooImp\", \".x\", 3]\n\
        declarants = [\"91441323555600018H\"]\n[[folders]]\nroot = \"/srv/b\"\ntypes = []\n";
    assert_eq!(
        told(text, Language::En),
        [
            ":3:6: folders[1].id: \"Hui Dong\" is no short name; use small letters, figures and hyphens, at most 32",
            ":5:10: folders[1].types: \"../b\" is no business type; write the name of a folder of the root",
            ":5:28: folders[1].types: the same as on line 5; each set needs its own",
            ":5:38: folders[1].types: \".x\" is no business type; write the name of a folder of the root",
            ":5:44: folders[1].types: found a whole number; write a list of folder names, e.g. [\"Deccus001\"]",
            ":6:15: folders[1].declarants: \"91441323555600018H\" has the check digit H, it should be G",
            ":9:9: folders[2].types: empty; say something, or remove the setting",
        ]
    );
}

#[test]
fn folders_of_two_sets_lie_apart() {
    let text = "data = \"/srv/books\"\n\
        [[folders]]\nroot = \"/srv/a\"\n\
        [[folders]]\nroot = \"/srv/b/../a/.\"\n\
        [[folders]]\nroot = \"/srv/a/inner\"\n\
        [[folders]]\nroot = \"/srv/books/in\"\n\
        [[folders]]\nroot = \"/srv/ab\"\n";
    assert_eq!(
        told(text, Language::En),
        [
            ":5:8: folders[2].root: the same as on line 3; each set needs its own",
            ":7:8: folders[3].root: around or inside the folder of line 3; use folders apart from each other",
            ":9:8: folders[4].root: around or inside the folder of line 1; use folders apart from each other",
        ]
    );
}

#[test]
fn ids_differ_also_from_the_numbers_of_others() {
    let text = "data = \"/d\"\n[[folders]]\nid = \"2\"\nroot = \"/srv/a\"\n[[folders]]\nroot = \"/srv/b\"\n";
    assert_eq!(
        told(text, Language::En),
        [":5:1: folders[2].id: the same as on line 3; each set needs its own"]
    );
}

#[test]
fn the_first_wait_is_not_longer_than_the_longest() {
    is_told(
        "retry = { longest = \"1 s\", first = \"2 s\" }",
        &[":1:36: retry.first: `first` is longer than `longest`; mend one of them"],
    );
    // The usual longest wait is five minutes.
    is_told(
        "retry.first = \"6 min\"",
        &[":1:15: retry.first: `first` is longer than `longest`; mend one of them"],
    );
}

#[test]
fn limits_that_cannot_be_used_are_told_where_they_are_named() {
    let world = world_with(&format!("limits = \"l.toml\"\n{GOOD}"));
    write(&world, "/etc/clearance/l.toml", b"depth = 65\n");
    let faults = load(&world, Path::new(FILE)).expect_err("the limit is loosened");
    assert_eq!(
        lines(&faults, Language::En),
        [
            ":1:10: limits: /etc/clearance/l.toml: `depth` can be 1 to 64, not 65; formats/hostile.md names the limits"
        ]
    );
}

/// Columns count characters, and a byte order mark is none.
#[test]
fn places_are_those_an_editor_shows() {
    let text =
        "\u{feff}data = \"/d\"\nturn = { \"件数\" = \"鞋\", files = 0 }\n[[folders]]\nroot = \"/srv/a\"\n";
    let told = told(text, Language::En);
    assert!(told[0].starts_with(":2:10: turn.件数: there is no such setting"), "{told:?}");
    assert!(told[1].starts_with(":2:30: turn.files: 0 is out of bounds"), "{told:?}");
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_places() {
    let told = told("data = \n[[folders]\nroot = \"/srv/a\"\n", Language::En);
    assert!(told.len() > 1, "{told:?}");
    assert!(told.iter().all(|line| line.contains(": no TOML: ")), "{told:?}");
    assert!(told[0].starts_with(":1:"), "{told:?}");
    let twice = super::told("data = \"/d\"\ndata = \"/e\"\n", Language::Zh);
    assert!(twice[0].starts_with(":2:1: 不符合 TOML 格式："), "{twice:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_as_a_whole() {
    let world = Memory::new();
    let faults = load(&world, Path::new(FILE)).expect_err("there is no file");
    assert!(lines(&faults, Language::En)[0].starts_with(": cannot read: "));
    world.create_dir_all(Path::new("/etc/clearance")).unwrap();
    write(&world, FILE, b"data = \"\xb9\xdd\"");
    let faults = load(&world, Path::new(FILE)).expect_err("the file is GBK");
    assert_eq!(lines(&faults, Language::Zh), [": 不是 UTF-8 编码；请另存为 UTF-8"]);
    write(&world, FILE, &vec![b'#'; (1 << 20) + 1]);
    let faults = load(&world, Path::new(FILE)).expect_err("the file is too long");
    assert_eq!(
        lines(&faults, Language::En),
        [": the file has 1048577 bytes, the limit is 1048576; is it the right file"]
    );
}

/// What a machine reads of a fault.
#[test]
fn a_fault_is_also_a_line_of_json() {
    let faults = loaded(&format!("threads = 1025\n{GOOD}")).expect_err("too many threads");
    assert_eq!(
        faults.faults[0].json(&faults.file),
        "{\"kind\":\"fault\",\"file\":\"/etc/clearance/serve.toml\",\"line\":1,\"column\":11,\"key\":\"threads\",\"reason\":\"bounds\",\
         \"zh\":\"“1025”超出范围；应在 0 至 1024 之间\",\"en\":\"1025 is out of bounds; it can be 0 to 1024\"}"
    );
}
