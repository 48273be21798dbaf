//! The program: verbs of the command line to the modules that do them, errors to exit codes.

use clap::{CommandFactory, Parser};
use clearance::archive::{self, Ages};
use clearance::check::{self, CheckError, Streams};
use clearance::cli::{
    ArchiveArguments, CheckArguments, Cli, ConfigVerb, ExplainArguments, JournalVerb, RegisterVerb,
    RulesVerb, RunArguments, TakenArguments, TopArguments, TuneArguments, Verb,
};
use clearance::explain::{self, ExplainError, Question};
use clearance::intake::limits;
use clearance::record::RecordError;
use clearance::registers::{Asked, ShowError};
use clearance::run::{Done, Order, Progress, RunError};
use clearance::serve::config::{self, Environment};
use clearance::serve::log::Log;
use clearance::top::{self, TopError};
use clearance::tune::{self, TuneError};
use clearance::world::{Disk, World};
use clearance::{generate, profile, registers, rules, run, scenarios, serve};
use mimalloc::MiMalloc;
use model::finding::{Language, Words};
use model::limits::Limits;
use rulebook::tables::Tables;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use verifier::{End, Head};

/// Parsing and printing allocate a little for every document on both threads; this allocator does not make them wait.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Exit codes (design section 8, ruling O8): 1 is a scenario that differs, a check that found what would go back, and a
/// journal with an unfinished end.
const DIFFERS: u8 = 1;
const USAGE: u8 = 2;
const WORLD: u8 = 3;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| tell_fault(panic.location())));
    let cli = Cli::parse();
    let language = run::language(cli.lang.map(Language::from));
    let world: Arc<dyn World> = Arc::new(Disk);
    let done = match cli.verb {
        Verb::Run(arguments) => decide(&world, arguments, language),
        Verb::Check(arguments) => checked(&world, arguments, language),
        Verb::Explain(arguments) => explained(&world, &arguments, language),
        Verb::Register { verb: RegisterVerb::Check { dir, json } } => {
            let loaded = registers::require(&*world, &dir).and_then(|()| registers::load(&*world, &dir));
            let text = if json { said_as_json(&loaded) } else { said(&loaded, language) };
            print(&text).and(loaded.map(drop).map_err(|error| register_code(&error)))
        }
        Verb::Register { verb: RegisterVerb::Show { dir, what, on, json } } => {
            let asked = Asked { what: what.as_deref(), on, json };
            show_registers(&*world, &dir, asked, language)
        }
        Verb::Rules { verb: RulesVerb::Test { paths } } => test_scenarios(&*world, &paths, language),
        Verb::Rules { verb } => show_rules(&verb, language),
        Verb::Archive(arguments) => archived(&world, &arguments, language),
        Verb::Journal { verb: JournalVerb::Verify { data, archive, heads, published } } => {
            published_heads(&*world, heads, &published, language)
                .and_then(|heads| verify(&*world, &data, archive.as_deref(), &heads, language))
        }
        Verb::Config { verb } => configuration(&*world, &verb, language),
        Verb::Serve { config } => serve_folders(&world, &config, cli.lang.map(Language::from)),
        Verb::Top(arguments) => watch(arguments, language),
        Verb::Tune(arguments) => tuned(&*world, arguments, language),
        Verb::Generate(arguments) => {
            generate::generate(&*world, &arguments).map_err(|error| told(&error.to_string(), WORLD))
        }
        Verb::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "clearance", &mut std::io::stdout());
            Ok(())
        }
        Verb::Man => clap_mangen::Man::new(Cli::command())
            .render(&mut std::io::stdout())
            .map_err(|error| told(&error.to_string(), WORLD)),
    };
    done.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

fn decide(world: &Arc<dyn World>, arguments: RunArguments, language: Language) -> Result<(), u8> {
    if let Some(dir) = &arguments.registers {
        registers::require(&**world, dir).map_err(|error| not_loaded(error, language))?;
    }
    let limits = limits_of(&**world, &arguments.taken)?;
    let order = Order {
        registers: arguments.registers.unwrap_or_else(|| arguments.data.join("registers")),
        inputs: arguments.inputs,
        out: arguments.out,
        data: arguments.data,
        accepted: arguments.taken.accepted_at,
        receipts: arguments.receipts,
        report: arguments.report,
        profile: arguments.profile,
        n_threads: arguments.threads,
        window_bytes: usize::try_from(arguments.window).unwrap_or(usize::MAX),
        compression: arguments.compression,
        language,
        limits,
    };
    let progress = Progress::on_standard_error();
    let stop = stop_on_interrupt();
    match run::run(world, &order, &stop, &progress) {
        Ok(Done { json, .. }) if arguments.json => print(&json),
        Ok(Done { summary, rulebook, profile, .. }) => {
            let tables = run::print(&summary, &rulebook, progress.elapsed_ms(), language);
            let profile = profile.map_or(String::new(), |profile| profile::print(&profile, language));
            print(&(tables + &profile))
        }
        Err(RunError::Registers(error)) => Err(not_loaded(error, language)),
        Err(error @ RunError::Setting(_)) => Err(told(&error.to_string(), USAGE)),
        Err(error) => Err(told(&error.to_string(), WORLD)),
    }
}

fn tuned(world: &dyn World, arguments: TuneArguments, language: Language) -> Result<(), u8> {
    if let Some(dir) = &arguments.registers {
        registers::require(world, dir).map_err(|error| not_loaded(error, language))?;
    }
    let (progress, stop) = (Progress::on_standard_error(), stop_on_interrupt());
    match tune::tune_here(world, arguments, language, &stop, &progress) {
        Ok(text) => print(&text),
        Err(error) => {
            let code = match &error {
                TuneError::Differs { .. } => DIFFERS,
                TuneError::Failed { code, .. } => *code,
                TuneError::InTheWay(_) => USAGE,
                TuneError::World { .. } | TuneError::Stopped => WORLD,
            };
            Err(told(&error.to_string(), code))
        }
    }
}

fn limits_of(world: &dyn World, taken: &TakenArguments) -> Result<Limits, u8> {
    let mut limits = match &taken.limits {
        Some(path) => limits::load(world, path).map_err(|why| told(&why, USAGE))?,
        None => Limits::default(),
    };
    limits.encodings = taken.encodings.unwrap_or(limits.encodings);
    Ok(limits)
}

fn checked(world: &Arc<dyn World>, arguments: CheckArguments, language: Language) -> Result<(), u8> {
    if let Some(dir) = &arguments.registers {
        registers::require(&**world, dir).map_err(|error| not_loaded(error, language))?;
    }
    let limits = limits_of(&**world, &arguments.taken)?;
    let form = arguments.form();
    let order = check::Order {
        inputs: arguments.inputs,
        registers: arguments.registers,
        accepted: arguments.taken.accepted_at,
        n_threads: arguments.threads,
        window_bytes: arguments.window,
        language,
        limits,
        form,
        is_coloured: std::io::stderr().is_terminal() && clearance::config::wants_colours(),
    };
    let mut output: Box<dyn Write + Send> =
        if form.is_for_people() { Box::new(std::io::stderr()) } else { Box::new(std::io::stdout()) };
    let streams = Streams { input: Box::new(std::io::stdin()), output: &mut *output };
    let progress = Progress::on_standard_error();
    let stop = stop_on_interrupt();
    match check::check(world, &order, streams, &stop, &progress) {
        Ok(counts) if counts.would_reject() => Err(DIFFERS),
        Ok(_) => Ok(()),
        Err(CheckError::Registers(error)) => Err(not_loaded(error, language)),
        Err(error @ CheckError::Setting(_)) => Err(told(&error.to_string(), USAGE)),
        Err(error) => Err(told(&error.to_string(), WORLD)),
    }
}

fn explained(world: &Arc<dyn World>, arguments: &ExplainArguments, language: Language) -> Result<(), u8> {
    if let Some(dir) = &arguments.registers {
        registers::require(&**world, dir).map_err(|error| not_loaded(error, language))?;
    }
    let beside = arguments.data.join("registers");
    let question = Question {
        number: &arguments.number,
        declarant: arguments.declarant.as_deref(),
        version: arguments.document_version,
        data: &arguments.data,
        registers: arguments.registers.as_deref().unwrap_or(&beside),
        language,
    };
    match explain::explain(world, &question) {
        Ok(explanation) if arguments.json => print(&(explanation.to_json() + "\n")),
        Ok(explanation) => print(&explain::tell(&explanation, language)),
        Err(ExplainError::Registers(error)) => Err(not_loaded(error, language)),
        Err(ExplainError::Record(error)) => Err(told(&error.to_string(), WORLD)),
        Err(error) => Err(told(&error.to_string(), USAGE)),
    }
}

/// Ctrl-C lets the window in work be recorded, then stops; a second one stops at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if heard.swap(true, Ordering::Relaxed) {
                    std::process::exit(i32::from(WORLD));
                }
            }
        });
    });
    stop
}

/// Registers that are bad are mended before the next try; what could not be read may be readable then.
fn register_code(error: &registers::RegisterError) -> u8 {
    match error {
        registers::RegisterError::Io { .. } => WORLD,
        registers::RegisterError::Bad(_) | registers::RegisterError::NoFolder { .. } => USAGE,
    }
}

/// Tells why registers were not loaded; the exit code.
fn not_loaded(error: registers::RegisterError, language: Language) -> u8 {
    let code = register_code(&error);
    told(&said(&Err(error), language), code)
}

fn said(loaded: &Result<registers::Loaded, registers::RegisterError>, language: Language) -> String {
    let mut text = String::new();
    registers::report(loaded, language, &mut text);
    text
}

fn said_as_json(loaded: &Result<registers::Loaded, registers::RegisterError>) -> String {
    let mut text = String::new();
    registers::to_json_lines(loaded, &mut text);
    text
}

fn show_registers(world: &dyn World, dir: &Path, asked: Asked<'_>, language: Language) -> Result<(), u8> {
    let tables = Tables::shipped().map_err(|error| told(&error.to_string(), USAGE))?;
    match registers::show(world, dir, asked, &tables, language) {
        Ok(text) => print(&text),
        Err(ShowError::Registers(error)) => Err(not_loaded(error, language)),
        Err(error) => Err(told(&error.to_string(), USAGE)),
    }
}

fn show_rules(verb: &RulesVerb, language: Language) -> Result<(), u8> {
    let text = match verb {
        RulesVerb::List { json } => rules::list(language, *json),
        RulesVerb::Show { id } => match rules::show(id, language) {
            Some(text) => text,
            None => return Err(told(&format!("there is no rule {id}"), USAGE)),
        },
        RulesVerb::Test { .. } => return Ok(()), // It shows nothing; see `test_scenarios`.
        RulesVerb::Digest => rules::digest().map_err(|error| told(&error.to_string(), USAGE))?,
    };
    print(&text)
}

fn test_scenarios(world: &dyn World, paths: &[PathBuf], language: Language) -> Result<(), u8> {
    let written = if paths.is_empty() {
        scenarios::shipped()
    } else {
        scenarios::read(world, paths).map_err(|error| told(&error.to_string(), WORLD))?
    };
    if written.is_empty() {
        return Err(told("there are no scenarios", USAGE));
    }
    let tested = scenarios::test(&written, language);
    print(&tested.text).and(if tested.n_failed == 0 { Ok(()) } else { Err(DIFFERS) })
}

fn archived(world: &Arc<dyn World>, arguments: &ArchiveArguments, language: Language) -> Result<(), u8> {
    let absolute = |path: &Path| {
        clearance::config::absolute(path)
            .map_err(|error| told(&format!("{}: {error}", path.display()), WORLD))
    };
    let (data, to) = (absolute(&arguments.data)?, absolute(&arguments.to)?);
    let ages = Ages { raw_days: arguments.raw_days, journal_days: arguments.journal_days };
    let moved = archive::alone(world, &data, &to, ages);
    let moved = moved.map_err(|error| told(&error.to_string(), WORLD))?;
    print(&archive::tell(&moved, &to, language))?;
    if moved.damaged.is_empty() { Ok(()) } else { Err(WORLD) }
}

/// The heads named one by one, and those of the files.
fn published_heads(
    world: &dyn World,
    mut heads: Vec<Head>,
    files: &[PathBuf],
    language: Language,
) -> Result<Vec<Head>, u8> {
    for file in files {
        let published = clearance::verify::published(world, file);
        let published = published.map_err(|error| told(&error.to_string(), WORLD))?;
        let said = match language {
            Language::Zh => verifier::passed_over_zh(&published),
            Language::En => verifier::passed_over_en(&published),
        };
        said.iter().for_each(|said| eprint!("clearance: {}: {said}", file.display()));
        if published.heads.is_empty() {
            // A file without heads must not look like heads that fit.
            return Err(told(&format!("{}: {}", file.display(), NO_HEADS.in_language(language)), USAGE));
        }
        heads.extend(published.heads);
    }
    Ok(heads)
}

const NO_HEADS: Words = Words {
    zh: "文件中没有已公布的链头；请核对是否指错了文件",
    en: "there is no published head in it; is it the right file",
};

fn verify(
    world: &dyn World,
    data: &Path,
    archive: Option<&Path>,
    published: &[Head],
    language: Language,
) -> Result<(), u8> {
    let verdict = clearance::verify::verify_with(world, data, archive, published);
    let verdict = verdict.map_err(|error| told(&error.to_string(), WORLD))?;
    let text = match language {
        Language::Zh => verifier::zh(&verdict),
        Language::En => verifier::en(&verdict),
    };
    match verdict.end {
        End::Whole => print(&text),
        End::Unfinished(_) => Err(told(&text, DIFFERS)),
        End::Damaged(_) => Err(told(&text, WORLD)),
    }
}

fn configuration(world: &dyn World, verb: &ConfigVerb, language: Language) -> Result<(), u8> {
    match verb {
        ConfigVerb::Check { file, no_environment, json } => {
            let environment = if *no_environment { Environment::LeftAlone } else { Environment::Asked };
            let checked = config::check(world, file, environment);
            let name = file.display().to_string();
            let text = match json {
                true => config::to_json_lines(&checked, &name, environment),
                false => config::report(&checked, &name, environment, language),
            };
            print(&text).and(if checked.is_ok() { Ok(()) } else { Err(USAGE) })
        }
        ConfigVerb::Show { file } => match config::load(world, file) {
            Ok(config) => print(&config::show(&config)),
            Err(faults) => Err(told(&faults.in_language(language), USAGE)),
        },
        ConfigVerb::Schema => print(&config::schema()),
        ConfigVerb::Example => print(config::EXAMPLE),
    }
}

/// The language of what is decided is that of the configuration; one named on the command line goes before it.
fn serve_folders(world: &Arc<dyn World>, file: &Path, named: Option<Language>) -> Result<(), u8> {
    let language = run::language(named);
    let mut config = config::load(&**world, file).map_err(|it| told(&it.in_language(language), USAGE))?;
    config.language = named.or(config.language);
    match serve::serve(world, config, Log::on_standard_error()) {
        Ok(()) => Ok(()),
        Err(RunError::Registers(error)) => Err(not_loaded(error, language)),
        Err(error @ (RunError::Setting(_) | RunError::Record(RecordError::InUse { .. }))) => {
            Err(told(&error.to_string(), USAGE))
        }
        // The log has said it.
        Err(_) => Err(WORLD),
    }
}

fn watch(arguments: TopArguments, language: Language) -> Result<(), u8> {
    let order = top::Order {
        place: arguments.url,
        form: if arguments.json { top::Form::Json } else { top::Form::Suited },
        is_once: arguments.once,
        every: Duration::from_secs(arguments.every),
        language,
    };
    let mut screen = std::io::stdout();
    let is_terminal = screen.is_terminal();
    match top::top(&order, is_terminal, &mut screen) {
        Err(TopError::Ask(error)) => Err(told(&error.in_language(language), WORLD)),
        // A reader that has seen enough closes the pipe.
        Err(TopError::Write(error)) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(told(&error.to_string(), WORLD))
        }
        _ => Ok(()),
    }
}

fn print(text: &str) -> Result<(), u8> {
    // A reader that has seen enough closes the pipe; that is no failure of ours.
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(told(&error.to_string(), WORLD)),
        _ => Ok(()),
    }
}

/// Where a fault of ours is, for whoever mends it. Not what it says: that may quote a document (ruling J2).
fn tell_fault(location: Option<&std::panic::Location<'_>>) {
    match location {
        Some(location) => {
            eprintln!("clearance: internal fault at {location}, version {}", env!("CARGO_PKG_VERSION"))
        }
        None => eprintln!("clearance: internal fault"),
    }
}

fn told(what: &str, code: u8) -> u8 {
    eprintln!("clearance: {}", what.trim_end());
    code
}
