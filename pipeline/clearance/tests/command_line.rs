//! The program as a shell sees it: what it says on which stream, and its exit codes (ruling O8).
#![allow(clippy::unwrap_used, reason = "helpers of a test, which clippy does not take for one")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a command came to.
struct Came {
    code: Option<i32>,
    out: String,
    err: String,
}

/// A folder of its own for a test, empty.
fn folder(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("command-{test}-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn clearance(dir: &Path, arguments: &[&str]) -> Came {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clearance"));
    let output = command.current_dir(dir).args(["--lang", "en"]).args(arguments).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Came { code: output.status.code(), out, err }
}

#[test]
fn a_registers_folder_that_was_named_must_be_there() {
    let dir = folder("registers");
    std::fs::write(dir.join("a.xml"), "<Receipt/>").unwrap();
    let named = clearance(&dir, &["run", "a.xml", "--out", "out", "--registers", "regsiters"]);
    assert_eq!(named.code, Some(2), "{}", named.err);
    assert!(named.err.contains("regsiters: there is no such folder of registers"), "{}", named.err);
    assert!(!dir.join("out").exists() && !dir.join("clearance-data").exists());
    let unnamed = clearance(&dir, &["run", "a.xml", "--out", "out"]);
    assert_eq!(unnamed.code, Some(0), "{}", unnamed.err);
    assert!(unnamed.err.contains("notice: there is no folder of registers"), "{}", unnamed.err);
    for arguments in [&["register", "check", "regsiters"][..], &["register", "check", "--json", "regsiters"]]
    {
        let checked = clearance(&dir, arguments);
        assert_eq!(checked.code, Some(2));
        assert!(
            checked.out.contains("there is no such folder") && !checked.out.contains("good"),
            "{}",
            checked.out
        );
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_run_tells_what_it_passed_over_in_the_registers() {
    let dir = folder("notices");
    std::fs::write(dir.join("a.xml"), "<Receipt/>").unwrap();
    std::fs::create_dir(dir.join("registers")).unwrap();
    for n in 0..12 {
        std::fs::write(dir.join(format!("registers/{n:02}.csv")), "").unwrap();
    }
    let ran = clearance(&dir, &["run", "a.xml", "--out", "out", "--registers", "registers"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let said: Vec<&str> = ran.err.lines().collect();
    assert_eq!(said.len(), 11, "{}", ran.err);
    assert_eq!(said[0], "clearance: notice: 00.csv: unknown file, not read");
    assert_eq!(said[10], "clearance: notice: and 2 more");
    assert!(ran.out.contains("declined") && !ran.out.contains("notice"), "{}", ran.out);
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn json_on_the_terminal_is_that_of_the_file() {
    let dir = folder("json");
    std::fs::write(dir.join("a.xml"), "<Receipt/>").unwrap();
    let ran = clearance(&dir, &["run", "a.xml", "--out", "out", "--json"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1), "{}", ran.err);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let kept = std::fs::read_to_string(dir.join("out/summary.json")).unwrap();
    assert_eq!(said, serde_json::from_str::<serde_json::Value>(&kept).unwrap());
    assert_eq!(said["outcomes"]["declined"], 1);
    std::fs::remove_dir_all(&dir).unwrap();
}

/// The same with something on standard input.
fn piped(dir: &Path, arguments: &[&str], input: &[u8]) -> Came {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clearance"));
    let command = command.current_dir(dir).args(["--lang", "en"]).args(arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Came { code: output.status.code(), out, err }
}

/// 1 is for what would go back and nothing else; findings are on standard error, what machines read on standard output.
#[test]
fn a_check_tells_by_its_exit_code_what_it_came_to() {
    let dir = folder("check");
    std::fs::write(dir.join("bad.xml"), "<DecMessage>\n<A></DecMessage>").unwrap();
    std::fs::write(dir.join("declined.xml"), "<Receipt/>").unwrap();
    std::fs::create_dir(dir.join("empty")).unwrap();
    let before = std::fs::read_dir(&dir).unwrap().count();
    for (arguments, code, told) in [
        (&["check", "bad.xml"][..], 1, " --> bad.xml:2:4 (/DecMessage"),
        (&["check", "bad.xml", "--format", "short"], 1, "bad.xml:2:4: error: "),
        (&["check", "declined.xml"], 0, "warning[MSG-030]"),
        (
            &["check", "declined.xml", "bad.xml"],
            1,
            "checked 2 documents: 1 unreadable, 1 not for this program",
        ),
        (&["check", "."], 1, "checked 2 documents"),
        (&["check"], 2, "required"),
        (&["check", "empty"], 2, "empty: there are no files to check"),
        (&["check", "-", "-"], 2, "standard input (-) can be named once only"),
        (&["check", "bad.xml", "--registers", "regsiters"], 2, "there is no such folder"),
        (&["check", "bad.xml", "--json", "--svrl"], 2, "cannot be used with"),
        (&["check", "bad.xml", "gone.xml"], 3, "gone.xml: cannot open"),
    ] {
        let came = clearance(&dir, arguments);
        assert_eq!((came.code, came.out.as_str()), (Some(code), ""), "{arguments:?}: {}", came.err);
        assert!(came.err.contains(told), "{arguments:?}: {}", came.err);
        assert!(!came.err.contains('\u{1B}'), "no colours but on a terminal");
    }
    for (form, first) in [("json", "{\"kind\":\"finding\",\"input\":\"bad.xml\""), ("svrl", "<?xml ")] {
        let came = clearance(&dir, &["check", "bad.xml", &format!("--{form}")]);
        let same = clearance(&dir, &["check", "bad.xml", "--format", form]);
        assert_eq!((came.code, came.err.as_str(), &came.out), (Some(1), "", &same.out));
        assert!(came.out.starts_with(first), "{}", came.out);
    }
    // What a shell makes of `<(…)`.
    let came = piped(&dir, &["check", "/dev/stdin"], b"<DecMessage/>");
    assert_eq!(came.code, Some(3), "{}", came.err);
    assert!(came.err.contains("it is a pipe; hand it in on standard input and name it -"), "{}", came.err);
    let came = piped(&dir, &["check", "-"], b"<DecMessage>\n<A></DecMessage>");
    assert_eq!(came.code, Some(1));
    assert!(came.err.contains(" --> <stdin>:2:4"), "{}", came.err);
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), before, "nothing is left behind");
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn the_sample_zone_is_checked_and_shown() {
    let zone = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/zone");
    let dir = folder("zone");
    let checked = clearance(&dir, &["register", "check", zone]);
    assert_eq!((checked.code, checked.out.lines().count()), (Some(0), 1), "{}", checked.out);
    assert!(checked.out.contains("members.csv 33 rows"), "{}", checked.out);
    let firm = ["register", "show", zone, "91441323555600018G", "--on", "2018-06-01"];
    let shown = clearance(&dir, &firm);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    for known in ["zone: member", "internal credit level: 4", "V-2018-000123", "一般认证", "第一批"] {
        assert!(shown.out.contains(known), "{known}: {}", shown.out);
    }
    let wrong = clearance(&dir, &["register", "show", zone, "membres"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));
    assert!(wrong.err.contains("neither a register nor a unified social credit code"), "{}", wrong.err);
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_desk_runs_its_own_scenarios() {
    let dir = folder("scenarios");
    let says = |what: &str| {
        format!(
            "# A title\n\n## 2018-06-01\n\n```xml\n<Receipt/>\n```\n```outcome\nbatch.xml:1 {what}\n  MSG-030 warn\n```\n"
        )
    };
    std::fs::write(dir.join("good.md"), says("declined")).unwrap();
    std::fs::write(dir.join("bad.md"), says("refused")).unwrap();
    let both = clearance(&dir, &["rules", "test", "good.md", "bad.md"]);
    assert_eq!(both.code, Some(1), "{}{}", both.out, both.err);
    assert!(both.out.contains("ok    good.md  A title") && both.out.contains("FAIL  bad.md"), "{}", both.out);
    assert!(both.out.contains("1 scenarios passed, 1 differ"), "{}", both.out);
    let good = clearance(&dir, &["rules", "test", "good.md"]);
    assert_eq!(good.code, Some(0), "{}{}", good.out, good.err);
    let nobody = clearance(&dir, &["explain", "D-001", "--data", "nowhere"]);
    assert_eq!(nobody.code, Some(2), "{}", nobody.err);
    assert!(nobody.err.contains("no decision on a document with the number D-001"), "{}", nobody.err);
    assert!(!dir.join("nowhere").exists(), "looking makes no folder");
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn encodings_and_limits_are_settings_of_a_run() {
    let dir = folder("limits");
    // 鞋 in GBK.
    let gbk = b"<?xml version='1.0' encoding='GBK'?><Receipt><A>\xD0\xAC</A></Receipt>";
    std::fs::write(dir.join("a.xml"), gbk).unwrap();
    std::fs::write(dir.join("limits.toml"), "encodings = \"GB18030\"\ntext_value_bytes = 2\n").unwrap();
    std::fs::write(dir.join("loose.toml"), "depth = 65\n").unwrap();
    let run = |more: &[&str]| {
        let arguments = [&["run", "a.xml", "--out", "out", "--json"][..], more].concat();
        let came = clearance(&dir, &arguments);
        (came.code, came.out, came.err)
    };
    let count = |out: &str, outcome: &str| {
        let summary: serde_json::Value = serde_json::from_str(out).unwrap();
        summary["outcomes"][outcome].as_u64().unwrap_or(0)
    };
    let (code, out, _) = run(&[]);
    assert_eq!((code, count(&out, "refused")), (Some(0), 1));
    let (code, out, _) = run(&["--encodings", "gbk"]);
    assert_eq!((code, count(&out, "declined")), (Some(0), 1));
    // The value has three bytes in UTF-8.
    let (code, out, _) = run(&["--limits", "limits.toml"]);
    assert_eq!((code, count(&out, "refused")), (Some(0), 1));
    for (more, told) in [
        (&["--encodings", "big5"][..], "`big5` is none of UTF-8, GB18030 and UTF-16"),
        (&["--limits", "loose.toml"], "loose.toml: `depth` can be 1 to 64, not 65"),
        (&["--limits", "none.toml"], "none.toml: "),
    ] {
        let (code, _, err) = run(more);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(told), "{err}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_configuration_is_checked_before_a_start() {
    let dir = folder("config");
    let check = |arguments: &[&str]| clearance(&dir, &[&["config", "check"][..], arguments].concat());
    let absent = check(&[]);
    assert_eq!(absent.code, Some(2));
    assert!(absent.out.starts_with("clearance.toml: cannot read: "), "{}", absent.out);
    std::fs::write(dir.join("clearance.toml"), "data = \"books\"\n[[folders]]\nroot = \"a\"\nfrim = \"b\"\n")
        .unwrap();
    let faulty = check(&[]);
    assert_eq!(faulty.code, Some(2));
    assert_eq!(
        faulty.out,
        "clearance.toml:4:1: folders[1].frim: there is no such setting; did you mean `firm`\n\
         clearance.toml: not usable, wrong: 1\n"
    );
    let shown = clearance(&dir, &["config", "show"]);
    assert_eq!((shown.code, &*shown.out), (Some(2), ""));
    assert!(shown.err.contains("did you mean `firm`"), "{}", shown.err);
    std::fs::write(dir.join("clearance.toml"), "data = \"books\"\n[[folders]]\nroot = \"a\"\n").unwrap();
    let alone = check(&["--no-environment"]);
    assert_eq!(alone.code, Some(0));
    assert_eq!(alone.out, "clearance.toml: usable, folder sets: 1; the folders were not looked at\n");
    let folders = check(&[]);
    assert_eq!(folders.code, Some(2));
    assert!(
        folders.out.contains("clearance.toml:3:8: folders[1].root: there is no folder a; "),
        "{}",
        folders.out
    );
    std::fs::create_dir_all(dir.join("a/Deccus001/OutBox")).unwrap();
    let good = check(&["--json"]);
    assert_eq!(good.code, Some(0), "{}", good.out);
    let lines: Vec<&str> = good.out.lines().collect();
    assert!(lines[0].contains("\"notice\":\"no-registers\""), "{}", good.out);
    assert_eq!(
        lines[1],
        "{\"kind\":\"summary\",\"file\":\"clearance.toml\",\"usable\":true,\"faults\":0,\"environment\":true}"
    );
    assert!(std::fs::read_dir(dir.join("a/Deccus001/OutBox")).unwrap().next().is_none());
    let shown = clearance(&dir, &["config", "show"]);
    assert!(shown.out.contains("\nrescan = \"5 s\"\n"), "{}", shown.out);
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_service_that_is_not_there_is_told_and_no_success() {
    let dir = folder("top");
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let gone = clearance(&dir, &["top", "--once", "--url", &url]);
    assert_eq!((gone.code, &*gone.out), (Some(3), ""));
    assert!(gone.err.contains("no answer"), "{}", gone.err);
    let strange = clearance(&dir, &["top", "--once", "--url", "https://127.0.0.1:1"]);
    assert_eq!(strange.code, Some(2));
    std::fs::remove_dir_all(&dir).unwrap();
}
