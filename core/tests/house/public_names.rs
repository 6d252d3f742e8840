//! What the core shows: settings are made by setters, since their structs may grow, and no type of a crate
//! that only the core uses stands in a signature.

use std::fs;

use crate::{root, sources};

#[test]
fn every_setting_has_a_setter() {
    for (file, name) in [
        ("configuration.rs", "Configuration"),
        ("configuration.rs", "ConnectionSettings"),
        ("client.rs", "CallOptions"),
    ] {
        let text = fs::read_to_string(root().join("core/src").join(file)).expect("a readable file");
        let between = |start: String, end: &str| {
            let (_, after) = text.split_once(&start).expect("the struct and its methods");
            after.split_once(end).expect("an end").0.to_owned()
        };
        let fields = between(format!("pub struct {name} {{"), "\n}");
        let methods = between(format!("\nimpl {name} {{"), "\n}\n");
        let fields: Vec<&str> = fields
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'))
            .map(|(field, _)| field)
            .collect();
        assert!(fields.len() > 2, "{name}: {fields:?}");
        for field in fields {
            // A list is set item by item.
            let of_item = format!("fn with_{}(", field.strip_suffix('s').unwrap_or(field));
            let setter = format!("fn with_{field}(");
            assert!(
                methods.contains(&setter) || methods.contains(&of_item),
                "{name} has no `with_{field}`"
            );
        }
    }
}

/// A type of another crate in a signature binds every user to that crate's release.
#[test]
fn no_signature_names_what_only_this_crate_uses() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for file in sources(&root().join("core/src")) {
        let text = fs::read_to_string(&file).expect("a readable file");
        for (at, _) in text
            .match_indices("\n    pub ")
            .chain(text.match_indices("\npub "))
        {
            let signature = text[at..]
                .trim_start()
                .split(['{', ';', '\n'])
                .next()
                .unwrap_or_default();
            // The fields of such a struct are its own.
            if signature.starts_with("pub struct") {
                continue;
            }
            seen += 1;
            if ["Zeroizing", "Map<", "reqwest::", "HeaderMap", "Bytes"]
                .iter()
                .any(|name| signature.contains(name))
            {
                wrong.push(format!("{}: {signature}", file.display()));
            }
        }
    }
    assert!(
        seen > 100,
        "only {seen} signatures were found: is the search right?"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
