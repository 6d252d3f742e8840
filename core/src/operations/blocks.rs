//! The three texts of the table: packed when the crate is built, unpacked when one is first asked for.

use miniz_oxide::inflate::decompress_to_vec;
use once_cell::race::OnceBox;

// Two threads may unpack the same at once; neither waits, so that no child of a fork waits for ever.
static OPERATIONS: OnceBox<Blocks> = OnceBox::new();
static TYPES: OnceBox<Blocks> = OnceBox::new();
static ENUMERATIONS: OnceBox<Blocks> = OnceBox::new();

/// Methods and paths: `operations.txt`.
pub(super) fn operations() -> &'static Blocks {
    unpacked(
        &OPERATIONS,
        include_bytes!(concat!(env!("OUT_DIR"), "/operations")),
    )
}

/// What goes in and comes out: `types.txt`.
pub(super) fn types() -> &'static Blocks {
    unpacked(&TYPES, include_bytes!(concat!(env!("OUT_DIR"), "/types")))
}

/// Lists of known values: `enumerations.txt`.
pub(super) fn enumerations() -> &'static Blocks {
    unpacked(
        &ENUMERATIONS,
        include_bytes!(concat!(env!("OUT_DIR"), "/enumerations")),
    )
}

fn unpacked(place: &'static OnceBox<Blocks>, packed: &[u8]) -> &'static Blocks {
    place.get_or_init(|| {
        let text = decompress_to_vec(packed).ok();
        let text = text.and_then(|text| String::from_utf8(text).ok());
        Box::new(Blocks::of(text.unwrap_or_default()))
    })
}

/// Blocks of lines under names, sorted by name. A name begins its line; what is said of it is indented by one space.
pub(super) struct Blocks {
    text: String,
    /// Where each name begins.
    starts: Vec<usize>,
    version: String,
}

impl Blocks {
    fn of(text: String) -> Self {
        let mut starts = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if !line.starts_with([' ', '#']) {
                starts.push(at);
            }
            at += line.len();
        }
        let first = text.lines().next().unwrap_or_default();
        let version = first.trim_start_matches("# v5 ").to_owned();
        Self {
            text,
            starts,
            version,
        }
    }

    /// The release of Pinterest's description that the table was made from.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// What is said of a name, line by line.
    pub(super) fn find(&self, name: &str) -> Option<impl Iterator<Item = &str> + Clone> {
        let number = self
            .starts
            .binary_search_by(|start| self.name_at(*start).cmp(name))
            .ok()?;
        let start = self.starts[number];
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        let block = self.text.get(start..end)?;
        Some(
            block
                .lines()
                .skip(1)
                .map(|line| line.get(1..).unwrap_or_default()),
        )
    }

    /// All names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.starts.iter().map(|start| self.name_at(*start))
    }

    fn name_at(&self, start: usize) -> &str {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again_with_its_lines() {
        for blocks in [operations(), types(), enumerations()] {
            assert!(blocks.names().count() > 200);
            for name in blocks.names() {
                assert!(blocks.find(name).is_some(), "{name}");
            }
            let mut sorted: Vec<&str> = blocks.names().collect();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(blocks.names()));
        }
        assert!(operations().find("pins/lis").is_none());
        assert!(operations().find("").is_none());
        assert_eq!(
            operations()
                .find("boards/delete")
                .and_then(|mut lines| lines.next()),
            Some("DELETE /boards/{board_id}")
        );
    }

    #[test]
    fn the_three_are_of_one_release() {
        assert!(operations().version().starts_with("5."));
        assert_eq!(operations().version(), types().version());
        assert_eq!(operations().version(), enumerations().version());
    }
}
