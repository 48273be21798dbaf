//! An office in memory: registers, a data folder, and submissions one after another.

use crate::record::Compression;
use crate::run::{self, Order, Progress, Receipts, RunError};
use crate::world::memory::Memory;
use crate::world::{World, create_dir_durable, parent_of, read_exact};
use engine::Accepted;
use model::finding::Language;
use model::limits::Limits;
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const REGISTERS: &str = "/office/registers";

/// What is on file stays from one submission to the next.
pub struct Office {
    world: Memory,
    n_submissions: usize,
}

impl Office {
    pub fn new() -> Office {
        Office { world: Memory::new(), n_submissions: 0 }
    }

    /// Changes registers, submits, and gives the lines in order of decision.
    pub fn submit(
        &mut self,
        registers: &[(String, String)],
        inputs: &[(String, Vec<u8>)],
        accepted: Accepted,
        window_bytes: usize,
    ) -> Result<Vec<Value>, String> {
        self.n_submissions += 1;
        let order =
            self.prepare(registers, inputs, accepted, window_bytes).map_err(|error| error.to_string())?;
        let world: Arc<dyn World> = Arc::new(self.world.clone());
        match run::run(&world, &order, &AtomicBool::new(false), &Progress::hidden()) {
            Ok(_) => self.lines(&order.out.join("decisions.ndjson")).map_err(|error| error.to_string()),
            Err(RunError::Registers(error)) => {
                let mut text = String::new();
                crate::registers::report(&Err(error), Language::En, &mut text);
                Err(text)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    fn prepare(
        &self,
        registers: &[(String, String)],
        inputs: &[(String, Vec<u8>)],
        accepted: Accepted,
        window_bytes: usize,
    ) -> io::Result<Order> {
        create_dir_durable(&self.world, Path::new(REGISTERS))?;
        for (name, text) in registers {
            self.write(&Path::new(REGISTERS).join(name), text.as_bytes())?;
        }
        let dropped = self.folder("in");
        let mut arguments: Vec<PathBuf> = Vec::new();
        for (name, bytes) in inputs {
            self.write(&dropped.join(name), bytes)?;
            // A name with a `/` lies in a folder, and the folder is what is named to the program.
            let argument = dropped.join(name.split('/').next().unwrap_or(name));
            if !arguments.contains(&argument) {
                arguments.push(argument);
            }
        }
        Ok(Order {
            inputs: arguments,
            out: self.folder("out"),
            data: PathBuf::from("/office/data"),
            registers: PathBuf::from(REGISTERS),
            accepted: Some(accepted),
            receipts: Receipts::None,
            report: false,
            profile: false,
            n_threads: 1,
            window_bytes,
            compression: Compression::default(),
            language: Language::En,
            limits: Limits::default(),
        })
    }

    fn folder(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("/office/{name}-{}", self.n_submissions))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        create_dir_durable(&self.world, parent_of(path))?;
        self.world.create(path)?.append(bytes)
    }

    fn lines(&self, path: &Path) -> io::Result<Vec<Value>> {
        let file = self.world.open(path)?;
        let mut bytes = vec![0; file.len() as usize];
        read_exact(&*file, &mut bytes, 0)?;
        let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        Ok(lines.map(|line| serde_json::from_slice(line).unwrap_or_default()).collect())
    }
}
