use super::super::create_dir_durable;
use super::*;

#[test]
fn a_crash_keeps_what_was_synced_and_nothing_else() {
    let world = Memory::new();
    let dir = Path::new("/data");
    create_dir_durable(&world, dir).unwrap();
    let mut file = world.create(&dir.join("a")).unwrap();
    file.append(b"synced").unwrap();
    file.sync_data().unwrap();
    world.sync_dir(dir).unwrap();
    file.append(b"lost").unwrap();
    world.create(&dir.join("b")).unwrap().sync_data().unwrap();
    world.crash(|_| Keep::Nothing);
    assert_eq!(world.paths(), [dir.join("a")]);
    assert_eq!(world.bytes(&dir.join("a")).unwrap(), b"synced");
    assert!(file.append(b"more").is_err(), "a handle from before the crash");
}

#[test]
fn a_write_may_be_torn_and_a_later_one_survive() {
    let world = Memory::new();
    let path = Path::new("a");
    let mut file = world.create(path).unwrap();
    file.append(b"one").unwrap();
    file.append(b"two").unwrap();
    world.crash(|change| match change {
        Unsynced::Write { offset: 0, .. } => Keep::First(1),
        _ => Keep::All,
    });
    assert_eq!(world.bytes(path).unwrap(), b"o\0\0two");
}

#[test]
fn a_fork_goes_its_own_way_from_here() {
    let world = Memory::new();
    let path = Path::new("a");
    let mut file = world.create(path).unwrap();
    file.append(b"one").unwrap();
    file.sync_data().unwrap();
    world.sync_dir(Path::new("/")).unwrap();
    file.append(b"two").unwrap();
    let fork = world.fork();
    file.append(b"three").unwrap();
    assert_eq!(
        (fork.bytes(path).unwrap(), world.bytes(path).unwrap()),
        (b"onetwo".to_vec(), b"onetwothree".to_vec())
    );
    fork.crash(|_| Keep::Nothing);
    assert_eq!(
        (fork.bytes(path).unwrap(), world.bytes(path).unwrap()),
        (b"one".to_vec(), b"onetwothree".to_vec())
    );
}

#[test]
fn a_failed_sync_loses_what_it_should_have_kept() {
    let world = Memory::new();
    let path = Path::new("a");
    let mut file = world.create(path).unwrap();
    world.sync_dir(Path::new("/")).unwrap();
    file.append(b"gone").unwrap();
    world.fail_call(1, io::ErrorKind::Other);
    assert!(file.sync_data().is_err());
    file.sync_data().unwrap();
    assert_eq!(world.bytes(path).unwrap(), b"gone");
    world.crash(|_| Keep::All);
    assert_eq!(world.bytes(path).unwrap(), b"");
}

#[test]
fn a_folder_that_was_not_synced_takes_its_files_along() {
    let world = Memory::new();
    world.create_dir_all(Path::new("/d")).unwrap();
    world.create(Path::new("/d/a")).unwrap().sync_data().unwrap();
    world.sync_dir(Path::new("/d")).unwrap();
    world.crash(|_| Keep::Nothing);
    assert!(world.paths().is_empty());
}
