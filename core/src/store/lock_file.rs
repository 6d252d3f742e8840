//! Files that whoever has them open may lock.

use std::fs::File;
use std::ops::{Deref, DerefMut};
#[cfg(unix)]
use std::os::fd::{AsRawFd as _, RawFd};
#[cfg(unix)]
use std::sync::atomic::{AtomicU64, Ordering};

/// A bit for each descriptor of this process that is a [`LockFile`]'s. There is no lock, so that a child that
/// is forked at any moment can read it. More descriptors than there are bits hardly anybody may have open.
#[cfg(unix)]
static OPEN: [AtomicU64; 1024] = [const { AtomicU64::new(0) }; 1024];

/// An open file that is locked at times; the lock ends with it.
pub(super) struct LockFile(File);

impl LockFile {
    /// Before it is locked for the first time.
    pub(super) fn new(file: File) -> Self {
        let file = Self(file);
        file.count(true);
        file
    }

    #[cfg(unix)]
    fn count(&self, is_open: bool) {
        let number = usize::try_from(self.0.as_raw_fd()).unwrap_or(usize::MAX);
        let bit = 1 << (number % 64);
        match OPEN.get(number / 64) {
            Some(word) if is_open => word.fetch_or(bit, Ordering::Relaxed),
            Some(word) => word.fetch_and(!bit, Ordering::Relaxed),
            None => 0,
        };
    }

    #[cfg(not(unix))]
    fn count(&self, _is_open: bool) {}
}

impl Drop for LockFile {
    /// Closing it would not do: a process that was forked meanwhile has it open as well.
    fn drop(&mut self) {
        let _ = self.0.unlock();
        // Before its number can be another file's.
        self.count(false);
    }
}

impl Deref for LockFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for LockFile {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

/// The descriptors of this process that hold a file's lock, or may: a child that was forked has them as well, and
/// what is locked stays so until it has put something else in their place or ended, whatever becomes of its parent.
/// Each is told once: what has its number in the child later is another file. That takes no lock and no memory.
#[cfg(unix)]
pub fn take_lock_descriptors() -> impl Iterator<Item = RawFd> {
    let words = OPEN.iter().map(|word| word.swap(0, Ordering::Relaxed));
    (0..).zip(words).flat_map(|(index, word)| {
        (0..64)
            .filter(move |bit| word >> bit & 1 == 1)
            .map(move |bit| index * 64 + bit)
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::File;
    use std::os::fd::AsRawFd as _;

    use super::{LockFile, take_lock_descriptors};

    #[test]
    fn a_lock_s_descriptor_is_told_once_and_while_it_is_open() {
        let path = std::env::temp_dir().join(format!("pinterest-sdk-lock-{}", std::process::id()));
        let files: Vec<_> = (0..70)
            .map(|_| LockFile::new(File::create(&path).unwrap()))
            .collect();
        std::fs::remove_file(path).unwrap();
        let numbers: Vec<_> = files.iter().map(|file| file.as_raw_fd()).collect();
        let told = || {
            let told: Vec<_> = take_lock_descriptors().collect();
            numbers.iter().filter(|number| told.contains(number)).count()
        };
        assert_eq!(told(), 70);
        assert_eq!(told(), 0);
        for file in &files {
            file.count(true);
        }
        drop(files);
        // Another test may have some of the numbers by now.
        assert!(told() < 70);
    }

    #[test]
    fn a_lock_ends_with_its_holder_though_a_fork_has_its_file_open() {
        let path = std::env::temp_dir().join(format!("pinterest-sdk-fork-{}", std::process::id()));
        let file = LockFile::new(File::create(&path).unwrap());
        let _fork = file.try_clone().unwrap();
        file.try_lock().unwrap();
        let other = File::open(&path).unwrap();
        assert!(other.try_lock().is_err());
        drop(file);
        assert!(other.try_lock().is_ok());
        std::fs::remove_file(path).unwrap();
    }
}
