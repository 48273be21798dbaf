//! The schema, the example and the settings in force say what the reader reads.

use super::*;
use std::net::Ipv4Addr;

const SCHEMA: &str = include_str!("../../../../../../ops/clearance.schema.json");

const SMALLEST: &str = "data = \"books\"\n[[folders]]\nroot = \"/srv/a\"\n";

#[test]
fn what_is_not_said_is_as_usual() {
    let config = loaded(SMALLEST).unwrap();
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 9090));
    let expected = Config {
        data: "/etc/clearance/books".into(),
        registers: "/etc/clearance/books/registers".into(),
        is_registers_named: false,
        language: None,
        n_threads: 0,
        window_bytes: 512 << 10,
        compression: Compression::Fastest,
        limits: Limits::default(),
        rescan: Duration::from_secs(5),
        turn: Turn { n_files: 256, n_bytes: 64 << 20, n_answers_waiting: 100_000 },
        retry: Retry { first: Duration::from_secs(1), longest: Duration::from_secs(300) },
        heads: None,
        http: Some(Http { listen, waiting_max: Duration::from_secs(600) }),
        retention: None,
        folders: vec![Folders {
            id: "1".to_owned(),
            firm: String::new(),
            root: "/srv/a".into(),
            types: None,
            declarants: None,
        }],
    };
    assert_eq!(config, expected);
}

#[test]
fn what_is_said_counts() {
    let text = r#"
        data = "../books"
        registers = "./lists"
        language = "en"
        threads = 2
        window = "2 MiB"
        compression = "small"
        limits = "limits.toml"
        encodings = "GB18030"
        rescan = "250 ms"
        heads = "../witness/heads"
        turn = { files = 3, bytes = "1 MiB", answers_waiting = 7 }
        retry = { first = "2 s", longest = "1 h" }
        http = { listen = "none" }
        retention = { archive = "/archive", raw_days = 30, journal_days = 400 }
        [[folders]]
        id = "a-1"
        firm = "惠东鞋业"
        root = "drop/a"
        types = ["Deccus001", "CooImp"]
        declarants = ["91441323555600018G"]
        [[folders]]
        root = "drop/b"
    "#;
    let world = world_with(text);
    write(&world, "/etc/clearance/limits.toml", b"depth = 32\nencodings = \"UTF-16\"\n");
    let config = load(&world, Path::new(FILE)).unwrap();
    assert_eq!(config.data, Path::new("/etc/books"));
    assert_eq!(config.registers, Path::new("/etc/clearance/lists"));
    assert!(config.is_registers_named);
    assert_eq!(config.language, Some(Language::En));
    assert_eq!(config.limits.depth, 32);
    assert_eq!((config.window_bytes, config.compression), (2 << 20, Compression::Small));
    // What the file itself says wins over the file of limits, as on the command line of `run`.
    assert_eq!(config.limits.encodings.to_string(), "UTF-8,GB18030");
    assert_eq!(config.rescan, Duration::from_millis(250));
    assert_eq!(config.turn, Turn { n_files: 3, n_bytes: 1 << 20, n_answers_waiting: 7 });
    assert_eq!(config.heads.as_deref(), Some(Path::new("/etc/witness/heads")));
    assert_eq!(config.http, None);
    let ages = Ages { raw_days: Some(30), journal_days: Some(400) };
    assert_eq!(config.retention, Some(Retention { archive: "/archive".into(), ages }));
    let sets: Vec<(&str, &Path)> = config.folders.iter().map(|it| (&*it.id, &*it.root)).collect();
    assert_eq!(
        sets,
        [("a-1", Path::new("/etc/clearance/drop/a")), ("2", Path::new("/etc/clearance/drop/b"))]
    );
    assert_eq!(config.folders[0].types.as_deref(), Some(&["Deccus001".to_owned(), "CooImp".to_owned()][..]));
}

#[test]
fn settings_in_force_are_read_as_they_are_shown() {
    let text = "data = \"/d\"\nlanguage = \"zh\"\nencodings = \"UTF-16\"\nrescan = \"90 s\"\nheads = \"/w/heads\"\n\
        [retention]\narchive = \"/z\"\nraw_days = 7\n[[folders]]\nfirm = \"\\u007f\\\"鞋\\\"\"\nroot = \"/srv/a\"\ntypes = [\"Deccus001\"]\n\
        declarants = [\"91441323555600018G\"]\n[[folders]]\nroot = \"/srv/b\"\n";
    let mut config = loaded(text).unwrap();
    let again = loaded(&show(&config)).unwrap();
    // Shown, the folder of registers has a name.
    config.is_registers_named = true;
    assert_eq!(again, config);
    let closed = Config { http: None, ..config };
    assert_eq!(loaded(&show(&closed)).unwrap(), closed);
}

#[test]
fn the_example_loads_and_leaves_everything_as_usual_that_it_comments_out() {
    let example = loaded(EXAMPLE).unwrap();
    let small = loaded(SMALLEST).unwrap();
    assert_eq!(example.data, Path::new("/var/lib/clearance"));
    assert_eq!(example.folders[0].id, "a");
    let differing = Config {
        data: small.data.clone(),
        registers: small.registers.clone(),
        language: small.language,
        folders: small.folders.clone(),
        ..example
    };
    assert_eq!(differing, small);
}

/// Each commented setting, taken in, is good as well, and there is none the example leaves out.
#[test]
fn the_example_names_every_setting_as_it_may_be() {
    let is_setting = |line: &&str| line.starts_with("# ") && line.contains(" = ") && !line.contains('。');
    let named: Vec<&str> = EXAMPLE.lines().filter(is_setting).collect();
    let all = named.iter().fold(EXAMPLE.to_owned(), |text, line| text.replace(line, &line[2..]));
    let world = world_with(&all);
    write(&world, "/etc/clearance/limits.toml", b"");
    let config = load(&world, Path::new(FILE)).unwrap();
    assert_eq!(
        config.retention.map(|it| it.ages),
        Some(Ages { raw_days: Some(3650), journal_days: Some(3650) })
    );
    let keys = |settings: &[setting::Setting]| -> Vec<&str> { settings.iter().map(|it| it.key).collect() };
    let inner = setting::ROOT.iter().flat_map(|it| keys(it.kind.inner()));
    for key in keys(setting::ROOT).into_iter().chain(inner) {
        let is_named = all
            .lines()
            .any(|line| line.starts_with(&format!("{key} = ")) || line.trim_matches(['[', ']']) == key);
        assert!(is_named, "{key}");
    }
}

#[test]
fn the_published_schema_is_that_of_the_code() {
    assert!(SCHEMA == schema(), "write it again: clearance config schema > ops/clearance.schema.json");
}

/// The schema by hand for a few settings of each kind, so that the file cannot be wrong together with the code.
#[test]
fn the_schema_says_what_the_reader_takes() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], serde_json::json!(["data", "folders"]));
    let of = |pointer: &str| schema.pointer(&format!("/properties/{pointer}")).unwrap().clone();
    assert_eq!(of("turn/additionalProperties"), false);
    assert_eq!(of("turn/properties/files/maximum"), 10_000);
    assert_eq!(of("turn/properties/bytes/default"), "64 MiB");
    assert_eq!(of("rescan/pattern"), "^[0-9]+ ?(ms|s|min|h|d)$");
    assert_eq!(of("language/enum"), serde_json::json!(["zh", "en"]));
    assert_eq!(of("folders/minItems"), 1);
    assert_eq!(of("folders/items/required"), serde_json::json!(["root"]));
}

/// The page for operators names each setting with its usual value, in the words of the list.
#[test]
fn the_page_for_operators_names_every_setting() {
    const PAGE: &str = include_str!("../../../../../../ops/serve.md");
    let row = |path: String, setting: &setting::Setting| {
        let usual = match setting.kind {
            setting::Kind::Address(usual) => format!("`{usual}`"),
            kind => match kind.bounds().and_then(|bounds| bounds.usual) {
                Some(usual) => format!("`{}`", kind.written(usual)),
                None if setting.is_required => "must be said".to_owned(),
                None => "–".to_owned(),
            },
        };
        format!("| `{path}` | {usual} | {} |\n", setting.about.en)
    };
    for setting in setting::ROOT {
        let inner = setting.kind.inner();
        if inner.is_empty() {
            assert!(PAGE.contains(&row(setting.key.to_owned(), setting)), "{}", setting.key);
        }
        for below in inner {
            let list = if matches!(setting.kind, setting::Kind::Tables(_)) { "[]" } else { "" };
            let row = row(format!("{}{list}.{}", setting.key, below.key), below);
            assert!(PAGE.contains(&row), "{row}");
        }
    }
}
