//! The folders a configuration names, on a made-up machine.

use super::*;
use crate::world::memory::Op;
use std::io;

const TEXT: &str = "data = \"/var/books\"\n[[folders]]\nroot = \"/srv/a\"\ntypes = [\"Deccus001\"]\n\
    [[folders]]\nroot = \"/srv/b\"\n";

const A: &str = "/srv/a/Deccus001";
const B: &str = "/srv/b/CooImp";

/// A machine on which everything is as it should be.
fn machine(text: &str) -> Memory {
    let world = world_with(text);
    for dir in ["/var", "/var/books/registers", "/srv/b/notes"] {
        world.create_dir_all(Path::new(dir)).unwrap();
    }
    for dir in [A, B] {
        for name in ["OutBox", "SentBox", "FailBox", "InBox"] {
            world.create_dir_all(&Path::new(dir).join(name)).unwrap();
        }
    }
    world
}

fn checked(world: &Memory) -> Result<Checked, Faults> {
    check(world, Path::new(FILE), Environment::Asked)
}

fn faults(world: &Memory) -> Vec<String> {
    lines(&checked(world).expect_err("something is wrong with the folders"), Language::En)
}

fn all_names(world: &Memory, dir: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in world.list(Path::new(dir)).unwrap() {
        let path = format!("{dir}/{}", entry.name.to_string_lossy());
        if entry.kind == crate::world::EntryKind::Dir {
            names.extend(all_names(world, &path));
        }
        names.push(path);
    }
    names
}

#[test]
fn a_good_machine_has_no_faults_and_is_left_as_it_was() {
    let world = machine(TEXT);
    let before = [all_names(&world, "/srv"), all_names(&world, "/var")];
    assert_eq!(checked(&world).unwrap().notices, []);
    assert_eq!([all_names(&world, "/srv"), all_names(&world, "/var")], before);
}

/// A witness must lie where it can be written to, and apart from what it witnesses.
#[test]
fn heads_go_to_a_second_place() {
    let with = |path: &str| format!("heads = \"{path}\"\n{TEXT}");
    let world = machine(&with("/witness/heads"));
    assert_eq!(checked(&world).unwrap().config.heads.as_deref(), Some(Path::new("/witness/heads")));
    let inside = machine(&with("/var/books/heads"));
    assert_eq!(
        faults(&inside),
        [":1:9: heads: around or inside the folder of line 2; use folders apart from each other"]
    );
    world.on_call(|call| {
        let is_there =
            call.op == Op::Create && !call.path.starts_with("/srv") && !call.path.starts_with("/var");
        is_there.then(|| io::ErrorKind::PermissionDenied.into())
    });
    let faults = faults(&world);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with(":1:9: heads: cannot write to the folder /: "), "{faults:?}");
}

/// An archive is never made, lies apart from the data, and ages have one.
#[test]
fn an_archive_is_there_and_lies_apart() {
    let with =
        |retention: &str| TEXT.replacen("[[folders]]", &format!("[retention]\n{retention}\n[[folders]]"), 1);
    let world = machine(&with("archive = \"/archive\"\nraw_days = 30"));
    assert_eq!(
        faults(&world),
        [":3:11: retention.archive: there is no folder /archive; make it, or mend the path"]
    );
    world.create_dir_all(Path::new("/archive")).unwrap();
    assert!(checked(&world).unwrap().config.retention.is_some());
    let inside = machine(&with("archive = \"/var/books/old\"\nraw_days = 30"));
    assert_eq!(
        faults(&inside),
        [
            ":3:11: retention.archive: around or inside the folder of line 1; use folders apart from each other"
        ]
    );
    let nowhere = faults(&machine(&with("journal_days = 30")));
    assert_eq!(nowhere.len(), 1);
    assert!(
        nowhere[0].starts_with(":3:16: retention.archive: missing (folder of the archive"),
        "{nowhere:?}"
    );
}

/// Every folder that is missing, and a type that is not there: all are told at once.
#[test]
fn missing_folders_are_named() {
    let world = world_with(&TEXT.replace("\"Deccus001\"", "\"Deccus001\", \"Sas\""));
    world.create_dir_all(Path::new("/srv/a/Deccus001/InBox")).unwrap();
    world.create_dir_all(Path::new("/srv/b/CooImp/InBox")).unwrap();
    assert_eq!(
        faults(&world),
        [
            ":4:9: folders[1].types: there is no folder /srv/a/Deccus001/OutBox; make it, or mend the path",
            ":4:9: folders[1].types: there is no folder /srv/a/Sas; make it, or mend the path",
            ":6:8: folders[2].root: no folder of the root holds an OutBox; mend the root, or make the folders first",
        ]
    );
    let world = world_with(TEXT);
    assert_eq!(
        faults(&world),
        [
            ":3:8: folders[1].root: there is no folder /srv/a; make it, or mend the path",
            ":6:8: folders[2].root: there is no folder /srv/b; make it, or mend the path",
        ]
    );
    // The file alone is good.
    assert!(check(&world, Path::new(FILE), Environment::LeftAlone).is_ok());
}

#[test]
fn folders_nobody_may_write_to_are_named_each() {
    let world = machine(TEXT);
    world.on_call(|call| {
        let is_there = ["/srv/b", "/var"].iter().any(|dir| call.path.starts_with(dir));
        let is_denied = call.op == Op::Create && is_there;
        is_denied.then(|| io::Error::from(io::ErrorKind::ReadOnlyFilesystem))
    });
    assert_eq!(
        faults(&world),
        [
            ":1:8: data: cannot write to the folder /var/books: read-only filesystem or storage medium; let the user of the service write there",
            ":6:8: folders[2].root: cannot write to the folder /srv/b/CooImp/OutBox: read-only filesystem or storage medium; let the user of the service write there",
        ]
    );
}

#[test]
fn a_data_folder_is_a_folder_or_can_be_made() {
    let world = machine(&TEXT.replace("/var/books", "/var/new/books"));
    assert!(checked(&world).is_ok());
    write(&world, "/var/new", b"a file");
    assert_eq!(
        faults(&world),
        [":1:8: data: /var/new is no folder; links are not followed, write where it leads"]
    );
}

#[test]
fn files_must_move_between_the_folders_of_a_type() {
    let world = machine(TEXT);
    world.on_call(|call| {
        let is_inbox = call.op == Op::Rename && call.path.starts_with("/srv/a/Deccus001/OutBox");
        is_inbox.then(|| io::Error::from(io::ErrorKind::CrossesDevices))
    });
    assert_eq!(
        faults(&world),
        [
            ":4:9: folders[1].types: cannot move a file from /srv/a/Deccus001/OutBox to /srv/a/Deccus001/SentBox: cross-device link or rename; both must be on one file system"
        ]
    );
    assert_eq!(world.list(Path::new("/srv/a/Deccus001/OutBox")).unwrap(), []);
}

#[test]
fn registers_that_are_named_are_there_and_load() {
    let world =
        machine(&TEXT.replace(
            "[[folders]]\nroot = \"/srv/a\"",
            "registers = \"/lists\"\n[[folders]]\nroot = \"/srv/a\"",
        ));
    assert_eq!(faults(&world), [":2:13: registers: there is no folder /lists; make it, or mend the path"]);
    world.create_dir_all(Path::new("/lists")).unwrap();
    write(&world, "/lists/firms.csv", b"no header of ours\n");
    assert_eq!(
        faults(&world),
        [":2:13: registers: the registers in /lists do not load; run `clearance register check`"]
    );
}

#[test]
fn what_may_not_have_been_meant_is_noticed() {
    let world = world_with(&format!("http.listen = \"0.0.0.0:9090\"\n{TEXT}"));
    for dir in ["/srv/a/Deccus001/OutBox", "/srv/b/CooImp/OutBox"] {
        world.create_dir_all(Path::new(dir)).unwrap();
    }
    assert_eq!(checked(&world).unwrap().notices, [Notice::Open, Notice::NoRegisters]);
}

/// Two lines for one folder are found although they are written differently.
#[test]
fn one_folder_under_two_names_is_found() {
    use crate::world::Disk;
    let dir = std::env::temp_dir().join(format!("clearance-config-{}", std::process::id()));
    let _gone = std::fs::remove_dir_all(&dir);
    for name in ["OutBox", "SentBox", "FailBox", "InBox"] {
        std::fs::create_dir_all(dir.join("a/Deccus001").join(name)).unwrap();
    }
    std::os::unix::fs::symlink(dir.join("a"), dir.join("b")).unwrap();
    let file = dir.join("serve.toml");
    std::fs::write(&file, "data = \"books\"\n[[folders]]\nroot = \"a\"\n[[folders]]\nroot = \"b\"\n")
        .unwrap();
    let faults = check(&Disk, &file, Environment::Asked).expect_err("both are one folder");
    let told = faults.in_language(Language::Zh);
    assert!(
        told.ends_with(":5:8: folders[2].root: 与第 3 行是同一个文件夹，只是路径不同；请删去其中一组\n"),
        "{told}"
    );
    // A business type that is a link is not followed.
    std::fs::remove_file(dir.join("b")).unwrap();
    std::fs::create_dir_all(dir.join("b")).unwrap();
    std::os::unix::fs::symlink(dir.join("a/Deccus001"), dir.join("b/Deccus001")).unwrap();
    std::fs::write(&file, "data = \"books\"\n[[folders]]\nroot = \"b\"\ntypes = [\"Deccus001\"]\n").unwrap();
    let faults = check(&Disk, &file, Environment::Asked).expect_err("the type is a link");
    let told = faults.in_language(Language::En);
    assert!(
        told.ends_with("b/Deccus001 is no folder; links are not followed, write where it leads\n"),
        "{told}"
    );
    std::fs::remove_dir_all(&dir).unwrap();
}
