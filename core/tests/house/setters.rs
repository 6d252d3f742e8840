//! Settings outside their crate are made by setters, for their structs may grow: none may be missing.

use std::fs;

use crate::root;

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
