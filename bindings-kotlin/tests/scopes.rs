//! `Scopes.kt` writes the core's list once more, since constants of Kotlin and Java are texts in the source.

use pinterest_sdk::Scope;

#[test]
fn kotlin_names_the_scopes_that_the_core_knows() {
    let written: Vec<&str> = include_str!("../src/main/kotlin/pinterest/sdk/Scopes.kt")
        .lines()
        .filter_map(|line| line.trim().strip_prefix("public const val "))
        .collect();
    let known: Vec<String> = Scope::KNOWN
        .iter()
        .map(|scope| {
            let name = scope.as_str().replace(':', "_").to_uppercase();
            format!("{name}: String = \"{scope}\"")
        })
        .collect();
    assert_eq!(written, known);
}
