//! `clearance generate`: realistic batches of any size from a seed, with the registers they need and, beside them, what
//! must become of each document, stated without the rule book.

use crate::cli::GenerateArguments;
use crate::world::{File, World};
use fixtures::generate::{
    Plan, RegisterFile, Shape, Size, registers, sample_batches, write_folder, write_streaming,
};
use std::io::{self, Write};
use std::path::Path;

/// Shapes by their names on the command line.
const SHAPES: &[(&str, Shape)] = &[
    ("bare", Shape::Bare),
    ("concatenated", Shape::Concatenated),
    ("wrapper", Shape::UnknownWrapper),
    ("import-message", Shape::ImportMessage),
    ("dxp", Shape::DxpMsg),
    ("zip", Shape::Zip),
    ("tar", Shape::Tar),
    ("folder", Shape::Folder),
];

/// Writes what was asked for.
pub fn generate(world: &dyn World, asked: &GenerateArguments) -> io::Result<()> {
    if asked.samples {
        return samples(world, &asked.out);
    }
    let (name, is_zstd) =
        asked.shape.strip_suffix(".zst").map_or((asked.shape.as_str(), false), |name| (name, true));
    let shape =
        SHAPES.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape).ok_or_else(unknown_shape)?;
    let plan = Plan {
        size: asked.bytes.map_or(Size::Declarations(asked.documents), Size::Bytes),
        accepted_on: asked.accepted_on,
        defect_rate_bp: u32::from(asked.defects_bp),
        shape,
        zstd: is_zstd,
        ..Plan::new(asked.seed)
    };
    if shape == Shape::Folder {
        return folder(world, &asked.out, &plan);
    }
    let extension = match (shape, is_zstd) {
        (Shape::Zip, false) => "zip",
        (Shape::Zip, true) => "zip.zst",
        (Shape::Tar, false) => "tar",
        (Shape::Tar, true) => "tar.zst",
        (_, false) => "xml",
        (_, true) => "xml.zst",
    };
    let mut batch = create(world, &asked.out.join("batches").join(format!("{}.{extension}", plan.name)))?;
    let mut late = create(world, &asked.out.join("late").join(format!("{}-late.xml", plan.name)))?;
    let mut expected = create(world, &asked.out.join("expected.ndjson"))?;
    let mut line = String::new();
    write_streaming(&plan, &mut batch, &mut late, &mut |document| {
        line.clear();
        document.push_json(&mut line);
        line.push('\n');
        expected.write_all(line.as_bytes())
    })?;
    for file in [&mut batch, &mut late, &mut expected] {
        file.flush()?;
    }
    write_registers(world, &asked.out, &registers(&plan)?)
}

fn folder(world: &dyn World, out: &Path, plan: &Plan) -> io::Result<()> {
    let manifest =
        write_folder(plan, &mut |name, bytes| whole(world, &out.join("batches").join(name), bytes))?;
    let mut expected = create(world, &out.join("expected.ndjson"))?;
    manifest.write_ndjson(&mut expected)?;
    expected.flush()?;
    write_registers(world, out, &manifest.registers)
}

fn write_registers(world: &dyn World, out: &Path, files: &[RegisterFile]) -> io::Result<()> {
    files
        .iter()
        .try_for_each(|file| whole(world, &out.join("registers").join(file.name), file.text.as_bytes()))
}

fn samples(world: &dyn World, out: &Path) -> io::Result<()> {
    let samples = sample_batches()?;
    for (name, bytes) in &samples.inputs {
        whole(world, &out.join("batches").join(name), bytes)?;
    }
    let mut expected = create(world, &out.join("expected.ndjson"))?;
    samples.manifest.write_ndjson(&mut expected)?;
    expected.flush()?;
    write_registers(world, out, &samples.manifest.registers)
}

fn whole(world: &dyn World, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(world, path)?;
    file.write_all(bytes)?;
    file.flush()
}

fn create(world: &dyn World, path: &Path) -> io::Result<io::BufWriter<Writing>> {
    world.create_dir_all(crate::world::parent_of(path))?;
    Ok(io::BufWriter::with_capacity(256 << 10, Writing(world.create(path)?)))
}

fn unknown_shape() -> io::Error {
    let names: Vec<&str> = SHAPES.iter().map(|(name, _)| *name).collect();
    io::Error::other(format!("the shapes are {}, each also with .zst behind it", names.join(", ")))
}

/// A file of the outside world as a stream.
struct Writing(Box<dyn File>);

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.append(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
