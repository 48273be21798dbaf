//! Every fault with its place, the schema and the example beside the code, and the folders of a made-up machine.

mod environment;
mod faults;
mod laws;

use super::*;
use crate::world::memory::Memory;

/// A world with one file: the configuration.
fn world_with(text: &str) -> Memory {
    let world = Memory::new();
    world.create_dir_all(Path::new("/etc/clearance")).unwrap();
    write(&world, FILE, text.as_bytes());
    world
}

const FILE: &str = "/etc/clearance/serve.toml";

fn write(world: &Memory, path: &str, bytes: &[u8]) {
    let mut file = world.create(Path::new(path)).unwrap();
    file.append(bytes).unwrap();
}

fn loaded(text: &str) -> Result<Config, Faults> {
    load(&world_with(text), Path::new(FILE))
}

/// The faults as an operator reads them, without the name of the file.
fn told(text: &str, language: Language) -> Vec<String> {
    let faults = loaded(text).expect_err("the file has faults");
    lines(&faults, language)
}

fn lines(faults: &Faults, language: Language) -> Vec<String> {
    faults.in_language(language).lines().map(|line| line.trim_start_matches(FILE).to_owned()).collect()
}
