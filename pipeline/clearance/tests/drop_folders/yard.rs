//! A yard of firms in memory: their drop folders, the service, and what lies where.

use clearance::record::{Record, RecordError, journal, wire};
use clearance::run::RunError;
use clearance::serve::config::{Config, Folders, Retry, Turn};
use clearance::serve::log::Log;
use clearance::serve::meters::Meters;
use clearance::serve::service::Service;
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable};
use jiff::Timestamp;
use jiff::civil::DateTime;
use model::finding::Language;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The folders of one firm's declarations, and of another's certificates.
pub const A: &str = "/firms/a/Deccus001";
pub const A_CERTIFICATES: &str = "/firms/a/CooImp";
pub const B: &str = "/firms/b/Deccus001";

/// Folders and the service.
#[derive(Clone)]
pub struct Yard {
    pub world: Memory,
    pub config: Config,
    pub meters: Arc<Meters>,
    pub log: Arc<Mutex<Vec<String>>>,
}

/// Files of one box: name and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Yard {
    /// Two firms, the first with two business types.
    pub fn new() -> Yard {
        let world = Memory::new();
        let yard =
            Yard { meters: Arc::new(Meters::new(world.now())), world, config: config(), log: Arc::default() };
        yard.at(crate::documents::morning());
        for folder in [A, A_CERTIFICATES, B] {
            yard.folder(folder);
        }
        create_dir_durable(&yard.world, Path::new("/office/registers")).unwrap();
        yard
    }

    /// It is this moment now, at UTC+8.
    pub fn at(&self, moment: DateTime) {
        self.world.set_now(jiff::tz::offset(8).to_timestamp(moment).unwrap());
    }

    pub fn later(&self, seconds: i64) {
        self.world.set_now(self.world.now() + jiff::SignedDuration::from_secs(seconds));
    }

    /// Makes the folder of a business type as its firm does: only the `OutBox`.
    pub fn folder(&self, folder: &str) {
        create_dir_durable(&self.world, &Path::new(folder).join("OutBox")).unwrap();
    }

    /// Puts a register in its folder.
    pub fn register(&self, name: &str, text: &str) {
        let mut file = self.world.create(&Path::new("/office/registers").join(name)).unwrap();
        file.append(text.as_bytes()).unwrap();
        file.sync_data().unwrap();
        self.world.sync_dir(Path::new("/office/registers")).unwrap();
    }

    /// A firm drops a file: written under another name, then renamed.
    pub fn drop_in(&self, folder: &str, name: &str, bytes: impl AsRef<[u8]>) {
        let out_box = Path::new(folder).join("OutBox");
        let unfinished = out_box.join("dropping.tmp");
        let mut file = self.world.create(&unfinished).unwrap();
        file.append(bytes.as_ref()).unwrap();
        file.sync_data().unwrap();
        self.world.rename(&unfinished, &out_box.join(name)).unwrap();
        self.world.sync_dir(&out_box).unwrap();
    }

    pub fn start(&self) -> Service {
        self.try_start().unwrap_or_else(|error| panic!("the service did not start: {error}"))
    }

    pub fn try_start(&self) -> Result<Service, RunError> {
        let world: Arc<dyn World> = Arc::new(self.world.clone());
        let lines = Arc::clone(&self.log);
        let log = Log::to(move |line| lines.lock().unwrap().push(line.to_owned()));
        Service::open(&world, self.config.clone(), Language::En, Arc::clone(&self.meters), Arc::new(log))
    }

    /// The service runs until nothing is left to do, and is stopped.
    pub fn serve(&self) {
        let mut service = self.start();
        run_down(&mut service).unwrap();
        service.close().unwrap();
    }

    /// The files in a box.
    pub fn files(&self, folder: &str, name: &str) -> Files {
        let dir = Path::new(folder).join(name);
        let paths = self.world.paths().into_iter().filter(|path| path.parent() == Some(&dir));
        paths.map(|path| (name_of(&path), self.world.bytes(&path).unwrap_or_default())).collect()
    }

    /// The names of the files in a box.
    pub fn names(&self, folder: &str, name: &str) -> Vec<String> {
        self.files(folder, name).into_keys().collect()
    }

    /// The events that were logged, by their code.
    pub fn events(&self, code: &str) -> Vec<serde_json::Value> {
        let lines = self.log.lock().unwrap();
        let events = lines.iter().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        events.filter(|event| event["event"] == code).collect()
    }

    /// Every durable record of the journal, also while the service runs.
    pub fn records(&self) -> Vec<Record> {
        let world: Arc<dyn World> = Arc::new(self.world.clone());
        let reader = journal::look(world, Path::new("/office/data"), journal::Limits::default()).unwrap();
        let mut records = Vec::new();
        let keep = |record| {
            records.push(record);
            Ok::<(), RecordError>(())
        };
        reader.scan(1, keep).unwrap();
        records
    }

    pub fn world_now(&self) -> Timestamp {
        self.world.now()
    }

    /// Number, version and what it supersedes, of every decision.
    pub fn decisions(&self) -> Vec<(String, u32, u64)> {
        let records = self.records().into_iter().filter(|record| record.kind == wire::DECISION);
        let decided = records.map(|record| wire::read_decided(&record.payload).unwrap());
        decided.map(|it| (it.number.into_owned(), it.version, it.supersedes)).collect()
    }
}

pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Turns until one finds nothing to do.
pub fn run_down(service: &mut Service) -> Result<(), RunError> {
    loop {
        let turn = service.turn()?;
        if turn.n_settled == 0 && !turn.is_more {
            return Ok(());
        }
    }
}

fn config() -> Config {
    let firm = |id: &str| Folders::of(id, PathBuf::from("/firms").join(id));
    let usual = Config::of("/office/data".into(), "/office/registers".into(), vec![firm("a"), firm("b")]);
    let turn = Turn { n_answers_waiting: 10_000, ..usual.turn };
    let retry = Retry { longest: Duration::from_secs(60), ..usual.retry };
    Config { n_threads: 1, turn, retry, ..usual }
}

/// What a technical answer says: its code, and the sender's number.
pub fn technical(answer: &[u8]) -> (String, String) {
    let text = std::str::from_utf8(answer).unwrap();
    assert!(text.starts_with("<DecImportResponse"), "{text}");
    let value = |name| crate::documents::value(text, name).to_owned();
    (value("ResponseCode"), value("ClientSeqNo"))
}

/// The channel code of a business answer.
pub fn channel(answer: &[u8]) -> String {
    let text = std::str::from_utf8(answer).unwrap();
    assert!(text.starts_with("<DEC_RESULT>"), "{text}");
    crate::documents::value(text, "CHANNEL").to_owned()
}
