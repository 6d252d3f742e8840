//! What a forked child, or a machine that can start no more threads, would stumble over.

use std::fs;

use super::{has_extension, root, sources};

/// A child of `fork` has one thread: a lock that another one held stays locked in it for ever.
/// And `thread::spawn` panics where no thread can be started; `thread::Builder` tells.
#[test]
fn the_core_holds_no_lock_across_a_fork_and_starts_no_thread_that_may_panic() {
    let mut wrong = Vec::new();
    for file in sources(&root().join("core/src")) {
        if !has_extension(&file, &["rs"]) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a readable file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let declared = line.trim_start().trim_start_matches("pub(crate) ");
            let is_static = declared.starts_with("static ") || declared.contains(" static ");
            let locks = [
                "Mutex", "RwLock", "OnceLock", "LazyLock", "Once", "Condvar", "OnceCell",
            ];
            let mut words = line.split(|letter: char| !letter.is_alphanumeric());
            if is_static && words.any(|word| locks.contains(&word)) || line.contains("thread::spawn(") {
                wrong.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
