use serde_json::json;

use super::super::blocks::types;
use super::*;

fn said(checks: Checks, kind: &str, value: &Value) -> Option<String> {
    let checked = Checked::new("pins/create", checks);
    checked
        .value(kind, value, "x")
        .err()
        .map(|error| error.message().to_owned())
}

#[test]
fn what_does_not_fit_is_named_by_its_place() {
    let cases = [
        ("string", json!(1), "`x` of pins/create is a number, not a text"),
        (
            "string(..3)",
            json!("four"),
            "`x` of pins/create has more than 3 characters",
        ),
        (
            r#"string~"^\\d+$""#,
            json!("12a"),
            r"`x` of pins/create is not of the form ^\d+$",
        ),
        ("integer(1..250)", json!(251), "`x` of pins/create is above 250"),
        (
            "integer",
            json!(1.5),
            "`x` of pins/create is a number, not a whole number",
        ),
        ("double(>0..1)", json!(0), "`x` of pins/create is not above 0"),
        (
            "boolean",
            json!("true"),
            "`x` of pins/create is a text, not true or false",
        ),
        (
            "date",
            json!("31.1.2026"),
            "`x` of pins/create is not a date such as 2026-01-31",
        ),
        (
            "date",
            json!("2026-02-30"),
            "`x` of pins/create is not a date such as 2026-01-31",
        ),
        (
            "PinMediaSource",
            json!([]),
            "`x` of pins/create is a list, not an object",
        ),
        (
            "PinMediaSource",
            json!({"source_type": 5}),
            "`x.source_type` of pins/create is a number, not a text",
        ),
        (
            "ItemAttributesRequest:image_link",
            json!({}),
            "`x` of pins/create is an object, not one of what it may be",
        ),
        (
            "multi_pins/analytics:metric_types:item",
            json!([]),
            "`x` of pins/create is a list, not one of what it may be",
        ),
        (
            "[string](1..2)",
            json!([]),
            "`x` of pins/create has fewer than 1 items",
        ),
        (
            "[string]",
            json!(["a", null]),
            "`x[1]` of pins/create is null, not a text",
        ),
        ("[string]", json!("a"), "`x` of pins/create is a text, not a list"),
        (
            "{integer}",
            json!({"a": "b"}),
            "`x.a` of pins/create is a text, not a whole number",
        ),
        (
            "Country",
            json!(["CH"]),
            "`x` of pins/create is a list, not one value",
        ),
        ("BoardSection", json!({}), "`x.name` of pins/create is missing"),
        (
            "PinMediaSource",
            json!({}),
            "`x.source_type` of pins/create is missing",
        ),
        (
            "PinCreate",
            json!([]),
            "`x` of pins/create is a list, not an object",
        ),
        (
            "PinCreate",
            json!({"media_source": {"source_type": "image_url", "url": 5}}),
            "`x.media_source.url` of pins/create is a number, not a text",
        ),
    ];
    for (kind, value, message) in cases {
        assert_eq!(said(Checks::Usual, kind, &value).as_deref(), Some(message));
        assert_eq!(said(Checks::Off, kind, &value), None);
    }
}

#[test]
fn what_is_new_to_the_table_passes_unless_strictness_is_asked_for() {
    let cases = [
        ("Country", json!("XX")),
        ("BoardSection", json!({"name": "n", "added_in_2027": true})),
        ("PinMediaSource", json!({"source_type": "hologram", "data": 1})),
    ];
    for (kind, value) in &cases {
        assert_eq!(said(Checks::Usual, kind, value), None, "{kind}");
    }
    let message = said(Checks::Strict, "Country", &json!("XX"));
    assert!(message.is_some_and(|message| message.contains("none of the values that are known: AD, AE,")));
    assert_eq!(said(Checks::Strict, "Country", &json!("CH")), None);
    assert_eq!(said(Checks::Strict, "string?", &json!(null)), None);
}

/// Whatever a type is, every value of another shape is refused, and so one that no choice has.
#[test]
fn every_choice_ends_at_shapes() {
    let shapes = [json!(""), json!(0), json!(true), json!([]), json!({})];
    for name in types().names() {
        let choices = Definition::find(name).unwrap_or_default().choices;
        if !choices.is_empty() {
            let some = shapes.iter().filter(|shape| admits(name, shape)).count();
            assert!((1..=3).contains(&some), "{name} admits {some}");
        }
    }
    for image in [
        json!("https://example.com/a.png"),
        json!(["https://example.com/a.png"]),
    ] {
        assert_eq!(
            said(Checks::Usual, "ItemAttributesRequest:image_link", &image),
            None
        );
    }
    for gtin in [json!(null), json!("1"), json!(1)] {
        assert_eq!(said(Checks::Usual, "UpdatableItemAttributes:gtin", &gtin), None);
    }
}
