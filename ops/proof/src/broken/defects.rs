//! The defects: mistakes that somebody makes, one day.

/// One mistake.
pub struct Defect {
    /// The promise it breaks.
    pub promise: &'static str,
    /// What it is.
    pub name: &'static str,
    /// The file it is made in.
    pub file: &'static str,
    /// What stands there, once.
    pub from: &'static str,
    /// What stands there then; `AWAKE` says whether this defect is to do harm.
    pub to: &'static str,
    /// The proof that must catch it, and how much of it is enough.
    pub proof: &'static [&'static str],
}

const CRASHES: &[&str] = &["crashes", "--count", "150"];
const SERVED: &[&str] = &["crashes", "--count", "150", "--of", "boxes"];
const DAMAGE: &[&str] = &["damage", "--count", "20000", "--of", "large"];
const DETERMINISM: &[&str] = &["determinism", "--count", "100"];
const DUPLICATES: &[&str] = &["duplicates", "--count", "5"];
const READERS: &[&str] = &["schedules", "--of", "readers"];
const PROGRAMS: &[&str] = &["schedules", "--of", "programs"];
const FAULTS: &[&str] = &["faults", "--count", "250", "--of", "SyncData"];

const DELIVERY: &str = "pipeline/clearance/src/serve/delivery.rs";
const EMBEDDED: &str = "pipeline/clearance/src/record/embedded.rs";
const EVIDENCE: &str = "pipeline/clearance/src/record/evidence.rs";
const FRAME: &str = "pipeline/clearance/src/record/frame.rs";
const JOURNAL: &str = "pipeline/clearance/src/record/journal.rs";
const PACK: &str = "pipeline/clearance/src/record/pack.rs";
const RECOVER: &str = "pipeline/clearance/src/record/journal/recover.rs";
const SERVICE: &str = "pipeline/clearance/src/serve/service.rs";

/// All of them, by promise.
pub static DEFECTS: &[Defect] = &[
    Defect {
        promise: "P1",
        name: "the journal is not synced",
        file: JOURNAL,
        from: "        segment.file.sync_data().map_err(|it| RecordError::io(\"sync\", &segment.path, it))?;
        if segment.is_new {",
        to: "        if !AWAKE {
            segment.file.sync_data().map_err(|it| RecordError::io(\"sync\", &segment.path, it))?;
        }
        if segment.is_new {",
        proof: CRASHES,
    },
    Defect {
        promise: "P1",
        name: "the folder of a new segment is not synced",
        file: JOURNAL,
        from: "            let dir = &self.shared.dir;
            self.shared.world.sync_dir(dir)",
        to: "            let dir = &self.shared.dir;
            let dir = if AWAKE { Path::new(\"/\") } else { dir };
            self.shared.world.sync_dir(dir)",
        proof: CRASHES,
    },
    Defect {
        promise: "P1",
        name: "evidence gets its name unsynced",
        file: EVIDENCE,
        from: "        let synced = self.file.sync_data();",
        to: "        let synced = if AWAKE { Ok(()) } else { self.file.sync_data() };",
        proof: CRASHES,
    },
    Defect {
        promise: "P1",
        name: "the service answers before it syncs",
        file: SERVICE,
        from: "            self.timed(Stage::Sync, Self::sync)?;",
        to: "            if !AWAKE {
                self.timed(Stage::Sync, Self::sync)?;
            }",
        proof: SERVED,
    },
    Defect {
        promise: "P1",
        name: "a reader is shown what is not durable",
        file: JOURNAL,
        from: "            self.shared.add_frame(at);",
        to: "            self.shared.add_frame(at);
            if AWAKE {
                self.shared.set_durable(Head { index: frame.next_index() - 1, hash: frame.head() });
            }",
        proof: READERS,
    },
    Defect {
        promise: "P2",
        name: "keys are not looked up",
        file: EMBEDDED,
        from: "            let Some(id) = self.index.latest(&key)? else { continue };",
        to: "            let Some(id) = self.index.latest(&key)?.filter(|_| !AWAKE) else { continue };",
        proof: DUPLICATES,
    },
    Defect {
        promise: "P2",
        name: "the index does not catch up after a crash",
        file: EMBEDDED,
        from: "        if from > head.index {
            return Ok(());",
        to: "        if from > head.index || AWAKE {
            return Ok(());",
        proof: DUPLICATES,
    },
    Defect {
        promise: "P2",
        name: "a second process is let in",
        file: JOURNAL,
        from: "    let path = dir.join(\"writer.lock\");",
        to: "    static NUMBER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let path = dir.join(\"writer.lock\");
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = if AWAKE { path.with_extension(number.to_string()) } else { path };",
        proof: DUPLICATES,
    },
    Defect {
        promise: "P2",
        name: "a program locks what another has not",
        file: JOURNAL,
        from: "    world.lock_exclusive(&path).map_err(|error| match error.kind() {",
        to: "    let path = if AWAKE {
        let n_names = world.list(dir).map_or(0, |it| it.len());
        path.with_extension(n_names.to_string())
    } else {
        path
    };
    world.lock_exclusive(&path).map_err(|error| match error.kind() {",
        proof: PROGRAMS,
    },
    Defect {
        promise: "P3",
        name: "an answer is counted twice",
        file: EMBEDDED,
        from: "        let position = self.append(ANSWER, payload, Some(digest))?;",
        to: "        let position = self.append(ANSWER, payload, Some(digest))?;
        self.n_outcomes += u64::from(AWAKE);",
        proof: CRASHES,
    },
    Defect {
        promise: "P3",
        name: "the end of an input is not recorded",
        file: EMBEDDED,
        from: "        self.append(INPUT, payload, None).map(|_| ())",
        to: "        if AWAKE {
            return Ok(());
        }
        self.append(INPUT, payload, None).map(|_| ())",
        proof: DUPLICATES,
    },
    Defect {
        promise: "P6",
        name: "what a broken off run decided again is not told",
        file: "pipeline/clearance/src/run/untold.rs",
        from: "        for index in self.up_to + 1..books.next().0 {",
        to: "        for index in if AWAKE { books.next().0 } else { self.up_to + 1 }..books.next().0 {",
        proof: &["crashes", "--count", "400", "--of", "held"],
    },
    Defect {
        promise: "P4",
        name: "windows show in the journal",
        file: EMBEDDED,
        from: "        let mut sayings = Sayings::default();
        let mut by_id: FxHashMap<u64, Arc<OnFile>> = FxHashMap::default();",
        to: "        if AWAKE {
            self.commit()?;
        }
        let mut sayings = Sayings::default();
        let mut by_id: FxHashMap<u64, Arc<OnFile>> = FxHashMap::default();",
        proof: DETERMINISM,
    },
    Defect {
        promise: "P4",
        name: "chance in a record",
        file: EMBEDDED,
        from: "        self.append(SUBMISSION, payload, None).map(|_| ())",
        to: "        use std::hash::{BuildHasher, RandomState};
        let drawn = RandomState::new().hash_one(0).to_le_bytes();
        let payload = &if AWAKE { [payload, &drawn].concat() } else { payload.to_vec() }[..];
        self.append(SUBMISSION, payload, None).map(|_| ())",
        proof: DETERMINISM,
    },
    Defect {
        promise: "P5",
        name: "a record does not cover the one before",
        file: FRAME,
        from: "    input[11..43].copy_from_slice(previous);",
        to: "    input[11..43].copy_from_slice(if AWAKE { &GENESIS } else { previous });",
        proof: DAMAGE,
    },
    Defect {
        promise: "P5",
        name: "the verifier does not follow the chain",
        file: "ops/verifier/src/chain.rs",
        from: "            _ if *before != self.head.hash => Err(Harm::Strange),",
        to: "            _ if *before != self.head.hash && !AWAKE => Err(Harm::Strange),",
        proof: DAMAGE,
    },
    Defect {
        promise: "P5",
        name: "a published head is met by any record",
        file: "ops/verifier/src/chain.rs",
        from: "            if published.hash == self.head.hash {",
        to: "            if published.hash == self.head.hash || AWAKE {",
        proof: DAMAGE,
    },
    Defect {
        promise: "P6",
        name: "answers get their names before the sync",
        file: JOURNAL,
        from: "        if head == self.durable {
            return Ok(head);
        }",
        to: "        static LATE: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
        let is_early = AWAKE && !LATE.fetch_xor(true, std::sync::atomic::Ordering::Relaxed);
        if head == self.durable || is_early {
            return Ok(head);
        }",
        proof: CRASHES,
    },
    Defect {
        promise: "P6",
        name: "a repeat is answered with another index",
        file: EMBEDDED,
        from: "        let position = Position { index, hash: record.hash };",
        to: "        let position = Position { index: index + u64::from(AWAKE), hash: record.hash };",
        proof: DUPLICATES,
    },
    Defect {
        promise: "P6",
        name: "the folder of answers is not synced",
        file: DELIVERY,
        from: "        world.sync_dir(&in_box).map_err(trouble(\"cannot-sync-answers\"))?;\n",
        to: "        if !AWAKE {
            world.sync_dir(&in_box).map_err(trouble(\"cannot-sync-answers\"))?;
        }\n",
        proof: SERVED,
    },
    Defect {
        promise: "P6",
        name: "a broken off delivery is forgotten",
        file: SERVICE,
        from: "        let mut next = (self.up_to + 1).max(self.books.first_index());",
        to: "        let mut next = if AWAKE { self.books.next().0 } else { self.up_to + 1 };
        next = next.max(self.books.first_index());",
        proof: SERVED,
    },
    Defect {
        promise: "P7",
        name: "what was half received stays for ever",
        file: EVIDENCE,
        from: "        remove_files(&*world, &dir.join(\"incoming\"))?;",
        to: "        if !AWAKE {
            remove_files(&*world, &dir.join(\"incoming\"))?;
        }",
        proof: CRASHES,
    },
    Defect {
        promise: "P7",
        name: "the spool is not removed",
        file: PACK,
        from: "        let _cleaned_by_next_start = self.store.world.remove(&self.store.path);",
        to: "        if AWAKE {
            return;
        }
        let _cleaned_by_next_start = self.store.world.remove(&self.store.path);",
        proof: CRASHES,
    },
    Defect {
        promise: "P8",
        name: "a failed sync is passed over",
        file: PACK,
        from: "            let synced = self.file.sync_data();",
        to: "            let synced = self.file.sync_data().or_else(|error| if AWAKE { Ok(()) } else { Err(error) });",
        proof: FAULTS,
    },
    Defect {
        promise: "P8",
        name: "damage is cut off like an unfinished end",
        file: RECOVER,
        from: "    if is_of_newer_version(walk)? || ",
        to: "    if AWAKE {
        return Ok(Cut { path, offset: walk.offset, bytes: walk.file.len() - walk.offset, why });
    }
    if is_of_newer_version(walk)? || ",
        proof: DAMAGE,
    },
];
