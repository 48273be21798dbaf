//! What is checked, in order, read into windows: files, folders and standard input, in any shape `run` takes.

use super::spill::{Counted, Spill};
use super::{CheckError, Order};
use crate::intake::files::listing;
use crate::record::RecordError;
use crate::run::{Progress, tell_passed_over};
use crate::world::{Stream, World, read_full};
use engine::decode::{Decoder, Source};
use formats::ROOTS;
use model::batch::{Inputs, RawBatch};
use model::finding::{Language, Words};
use model::limits::Limits;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What standard input is called on the command line, and what it is called in what is told.
const STANDARD: &str = "-";
const STANDARD_NAME: &str = "<stdin>";

/// What is said of a pipe that was named like a file.
const A_PIPE: &str = "it is a pipe; hand it in on standard input and name it -";

/// The first bytes of a ZIP.
const ZIP_MAGIC: &[u8; 4] = b"PK\x03\x04";

/// One input.
pub(super) struct Input {
    /// A file; standard input where there is none.
    path: Option<PathBuf>,
    /// The way to it as the command line has it, so that an editor finds it.
    name: String,
    /// Its length, where that is known.
    pub bytes: Option<u64>,
}

const NO_FILES: Words = Words { zh: "没有可检查的文件", en: "there are no files to check" };

/// The inputs of an order: what lies in folders is listed, and what is passed over there is told.
pub(super) fn list(world: &dyn World, order: &Order, progress: &Progress) -> Result<Vec<Input>, CheckError> {
    let mut inputs = Vec::new();
    for argument in &order.inputs {
        if argument.as_os_str() == STANDARD {
            inputs.push(Input { path: None, name: STANDARD_NAME.to_owned(), bytes: None });
            continue;
        }
        let listed = listing(world, std::slice::from_ref(argument))
            .map_err(|error| RecordError::io("open", argument, error))?;
        tell_passed_over(&listed, order.language, progress);
        if listed.files.is_empty() {
            progress.say(&format!("{}: {}", argument.display(), NO_FILES.in_language(order.language)));
        }
        let named = listed.files.into_iter().map(|file| Input {
            name: shown(&file.path),
            path: Some(file.path),
            bytes: Some(file.bytes),
        });
        inputs.extend(named);
    }
    if inputs.iter().filter(|input| input.path.is_none()).count() > 1 {
        return Err(setting(TWICE, order.language));
    }
    if inputs.is_empty() {
        return Err(setting(NOTHING, order.language));
    }
    Ok(inputs)
}

const TWICE: Words =
    Words { zh: "标准输入（-）只能列一次", en: "standard input (-) can be named once only" };
const NOTHING: Words = Words { zh: "没有检查任何文件", en: "nothing was checked" };

fn setting(words: Words, language: Language) -> CheckError {
    CheckError::Setting(words.in_language(language).to_owned())
}

/// A path for people, whatever stands in it.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    path.chars().map(|it| if it.is_control() { char::REPLACEMENT_CHARACTER } else { it }).collect()
}

/// The inputs still to be read, and the one being read.
pub(super) struct Filling {
    inputs: std::vec::IntoIter<Input>,
    open: Option<(Decoder, PathBuf)>,
    standard: Option<Box<dyn Read + Send>>,
    n_read: Arc<AtomicU64>,
}

impl Filling {
    pub fn new(inputs: Vec<Input>, standard: Box<dyn Read + Send>) -> Filling {
        let n_read = Arc::new(AtomicU64::new(0));
        Filling { inputs: inputs.into_iter(), open: None, standard: Some(standard), n_read }
    }

    /// Bytes read so far.
    pub fn n_read(&self) -> u64 {
        self.n_read.load(Ordering::Relaxed)
    }
}

/// How inputs are opened.
#[derive(Clone, Copy)]
pub(super) struct Opening<'o> {
    pub world: &'o Arc<dyn World>,
    pub limits: &'o Limits,
    pub window_bytes: usize,
}

impl Opening<'_> {
    /// Fills a window from one input after another; it stays empty when nothing is left.
    pub fn fill(
        &self,
        filling: &mut Filling,
        batch: &mut RawBatch,
        names: &mut Inputs,
    ) -> Result<(), CheckError> {
        loop {
            let Some((decoder, path)) = &mut filling.open else {
                let Some(input) = filling.inputs.next() else { return Ok(()) };
                filling.open = Some(self.open(input, filling)?);
                continue;
            };
            let is_full = decoder.fill(batch, names, self.window_bytes);
            batch.attachments.clear();
            if is_full.map_err(|error| RecordError::io("read", path, error))? {
                return Ok(());
            }
            filling.open = None;
        }
    }

    fn open(&self, input: Input, filling: &mut Filling) -> Result<(Decoder, PathBuf), CheckError> {
        let n_read = Arc::clone(&filling.n_read);
        let source = match (&input.path, filling.standard.take_if(|_| input.path.is_none())) {
            (Some(path), _) => self.file(path, n_read),
            (None, Some(reader)) => self.standard(Counted { reader, n_read }),
            (None, None) => unreachable!("standard input is named once only"),
        };
        let path = input.path.unwrap_or_else(|| PathBuf::from(STANDARD_NAME));
        let source = source.map_err(|error| match error.kind() {
            io::ErrorKind::NotSeekable => RecordError::io("open", &path, io::Error::other(A_PIPE)),
            _ => RecordError::io("open", &path, error),
        })?;
        Ok((Decoder::new(input.name, source, &ROOTS, self.limits), path))
    }

    fn file(&self, path: &Path, n_read: Arc<AtomicU64>) -> io::Result<Source> {
        let file = self.world.open(path)?;
        let mut magic = [0; ZIP_MAGIC.len()];
        let n_magic = read_full(&*file, &mut magic, 0)?;
        let reader = Counted { reader: Stream::new(file), n_read };
        // A ZIP is read from its end.
        Ok(if magic[..n_magic] == *ZIP_MAGIC { Source::seekable(reader) } else { Source::stream(reader) })
    }

    /// A ZIP that comes through a pipe is put aside, so that one of any size is read as if it were a file.
    fn standard(&self, mut reader: Counted<Box<dyn Read + Send>>) -> io::Result<Source> {
        let mut magic = Vec::new();
        reader.by_ref().take(ZIP_MAGIC.len() as u64).read_to_end(&mut magic)?;
        let is_zip = magic == ZIP_MAGIC;
        let whole = Cursor::new(magic).chain(reader);
        if !is_zip {
            return Ok(Source::stream(whole));
        }
        let mut aside = Spill::new(self.world);
        aside.take(whole, self.limits.raw_bytes.saturating_add(1))?;
        Ok(Source::seekable(Stream::new(Box::new(aside))))
    }
}
