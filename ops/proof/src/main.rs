//! `cargo run -p proof -- NAME [--count N] [--seed S] [--of PART] [--only K]`: one proof, or all of them.

use anyhow::{Context, Result, bail};
use proof::endurance::faulty;
use proof::surfaces::SURFACES;
use proof::{Extent, PROOFS, Proof, SEED};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [verb, rest @ ..] = &arguments[..]
        && verb == faulty::VERB
    {
        return faulty::serve(rest).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        });
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What was asked for on the command line.
#[derive(Default)]
struct Asked {
    names: Vec<String>,
    count: Option<u64>,
    seed: Option<u64>,
    only: Option<u64>,
    of: Option<String>,
    is_full: bool,
}

fn run() -> Result<()> {
    let asked = Asked::from(std::env::args().skip(1))?;
    if asked.names == [SEEDS] {
        return seeds();
    }
    let wanted = asked.proofs()?;
    for proof in wanted {
        let extent = asked.extent(proof)?;
        println!("--- {}: {}", proof.name, proof.shows);
        let counted = (proof.run)(&extent).with_context(|| format!("{} FAILED", proof.name))?;
        println!("--- {}: {counted}", proof.name);
    }
    Ok(())
}

/// Writes down what a fuzzer begins with.
const SEEDS: &str = "seeds";

fn seeds() -> Result<()> {
    let root = root()?;
    for surface in SURFACES {
        let folder = root.join("ops/fuzz/found").join(surface.name);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let seeds = (surface.seeds)(&root)?;
        for (number, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number:04}")), &seed.bytes)?;
        }
        println!("{}: {} seeds", folder.display(), seeds.len());
    }
    Ok(())
}

impl Asked {
    fn from(mut arguments: impl Iterator<Item = String>) -> Result<Asked> {
        let mut asked = Asked::default();
        while let Some(argument) = arguments.next() {
            let mut number = || -> Result<u64> {
                let value = arguments.next().with_context(|| format!("{argument} needs a number"))?;
                value.parse().with_context(|| format!("{argument} {value}: not a number"))
            };
            match argument.as_str() {
                "--count" => asked.count = Some(number()?),
                "--seed" => asked.seed = Some(number()?),
                "--only" => asked.only = Some(number()?),
                "--of" => asked.of = arguments.next(),
                "--full" => asked.is_full = true,
                name if !name.starts_with('-') => asked.names.push(name.to_owned()),
                _ => bail!("{}", usage()),
            }
        }
        Ok(asked)
    }

    fn proofs(&self) -> Result<Vec<&'static Proof>> {
        if self.names.is_empty() {
            return Ok(PROOFS.iter().collect());
        }
        let named = |name: &String| PROOFS.iter().find(|proof| proof.name == *name).with_context(usage);
        self.names.iter().map(named).collect()
    }

    fn extent(&self, proof: &Proof) -> Result<Extent> {
        let usual = if self.is_full { proof.full } else { proof.floor };
        Ok(Extent {
            count: self.count.unwrap_or(usual),
            seed: self.seed.unwrap_or(SEED),
            only: self.only,
            of: self.of.clone(),
            is_full: self.is_full,
            root: root()?,
        })
    }
}

fn usage() -> String {
    let lines = PROOFS.iter().map(|it| format!("  {:<14}{}\n", it.name, it.shows));
    format!(
        "usage: proof [NAME…] [--full] [--count N] [--seed S] [--of PART] [--only K]\n       proof {SEEDS}\n\n{}",
        lines.collect::<String>()
    )
}

/// The checkout, from anywhere below it.
fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    let root = here.ancestors().find(|it| it.join("ops/proof/Cargo.toml").is_file());
    root.map(PathBuf::from).with_context(|| format!("{} is not inside the project", here.display()))
}
