//! Names that are like one which there is not.

/// How many letters may differ.
const FAR: usize = 2;
/// How many names are given, and of how long a name they are looked for.
const MOST: usize = 6;
const LONGEST: usize = 64;

/// The names that are most like one: with a few letters that differ, or with its words in another order; otherwise those of
/// its group. None if there are none.
pub(super) fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let wanted = words(name);
    let (text, sorted) = (wanted.join("_"), in_order(&wanted));
    let group = name.split_once(['/', '.']).map(|(group, _)| group);
    let (mut alike, mut beside) = (Vec::new(), Vec::new());
    for known in names {
        let of_known = words(known);
        let far = distance(&of_known.join("_"), &text).min(distance(&in_order(&of_known), &sorted));
        if far <= FAR && far * 2 < text.len() {
            alike.push((far, known));
        }
        if group.is_some() && known.split_once('/').map(|(group, _)| group) == group {
            beside.push(known);
        }
    }
    alike.sort_by_key(|(far, _)| *far);
    // One letter wrong is meant for that one, and not for what has two.
    let least = alike.first().map(|(far, _)| *far);
    let alike: Vec<_> = alike.into_iter().filter(|(far, _)| Some(*far) == least).collect();
    let mut found: Vec<_> = alike.into_iter().map(|(_, known)| known).collect();
    if found.is_empty() {
        found = beside;
    }
    found.truncate(MOST);
    found
}

/// `boards/list_pins`, `boardsListPins` and `boards-list-pins` are the same three words.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn in_order(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.join("_")
}

/// How many letters have to be put in, left out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (column, known) in other.iter().enumerate() {
            let changed = before + usize::from(letter != *known);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_what_people_write() {
        let known = [
            "boards/create",
            "boards/list",
            "boards/list_pins",
            "pins/create",
            "pins/list",
            "user_account/get",
        ];
        for (name, meant) in [
            ("bords/list", vec!["boards/list"]),
            ("boardsList", vec!["boards/list"]),
            ("boards.list", vec!["boards/list"]),
            ("list_boards", vec!["boards/list"]),
            ("getUserAccount", vec!["user_account/get"]),
            ("pin/create", vec!["pins/create"]),
            (
                "boards/pins",
                vec!["boards/create", "boards/list", "boards/list_pins"],
            ),
            ("x", vec![]),
            ("", vec![]),
            ("/", vec![]),
            ("catalogs/feed", vec![]),
        ] {
            assert_eq!(nearest(name, known.into_iter()), meant, "{name}");
        }
        assert_eq!(
            nearest(&"boards/list".repeat(99), known.into_iter()),
            Vec::<&str>::new()
        );
    }
}
