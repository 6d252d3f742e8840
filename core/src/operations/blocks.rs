//! The three texts of the table: packed when the crate is built, unpacked when one is first asked for.

use std::sync::LazyLock;

use miniz_oxide::inflate::decompress_to_vec;

/// Methods and paths: `operations.txt`.
pub(super) static OPERATIONS: LazyLock<Blocks> =
    LazyLock::new(|| Blocks::unpack(include_bytes!(concat!(env!("OUT_DIR"), "/operations"))));
/// What goes in and comes out: `types.txt`.
pub(super) static TYPES: LazyLock<Blocks> =
    LazyLock::new(|| Blocks::unpack(include_bytes!(concat!(env!("OUT_DIR"), "/types"))));
/// Lists of known values: `enumerations.txt`.
pub(super) static ENUMERATIONS: LazyLock<Blocks> =
    LazyLock::new(|| Blocks::unpack(include_bytes!(concat!(env!("OUT_DIR"), "/enumerations"))));

/// Blocks of lines under names, sorted by name. A name begins its line; what is said of it is indented by one space.
pub(super) struct Blocks {
    text: String,
    /// Where each name begins.
    starts: Vec<usize>,
    version: String,
}

impl Blocks {
    fn unpack(packed: &[u8]) -> Self {
        let text = decompress_to_vec(packed).ok();
        Self::of(
            text.and_then(|text| String::from_utf8(text).ok())
                .unwrap_or_default(),
        )
    }

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
        for blocks in [&OPERATIONS, &TYPES, &ENUMERATIONS] {
            assert!(blocks.names().count() > 200);
            for name in blocks.names() {
                assert!(blocks.find(name).is_some(), "{name}");
            }
            let mut sorted: Vec<&str> = blocks.names().collect();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(blocks.names()));
        }
        assert!(OPERATIONS.find("pins/lis").is_none());
        assert!(OPERATIONS.find("").is_none());
        assert_eq!(
            OPERATIONS
                .find("boards/delete")
                .and_then(|mut lines| lines.next()),
            Some("DELETE /boards/{board_id}")
        );
    }

    #[test]
    fn the_three_are_of_one_release() {
        assert!(OPERATIONS.version().starts_with("5."));
        assert_eq!(OPERATIONS.version(), TYPES.version());
        assert_eq!(OPERATIONS.version(), ENUMERATIONS.version());
    }
}
