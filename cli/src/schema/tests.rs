use super::*;

fn schema_of(name: &str) -> Value {
    arguments(&Operation::find(name).unwrap(), Some(10)).into()
}

#[test]
fn types_are_written_with_what_they_have_to_keep_to() {
    let mut types = Types::default();
    for (kind, schema) in [
        (
            "string(1..3)",
            json!({"type": "string", "minLength": 1, "maxLength": 3}),
        ),
        (
            r#"string~"^\\d+$"?"#,
            json!({"type": ["string", "null"], "pattern": r"^\d+$"}),
        ),
        ("date", json!({"type": "string", "format": "date"})),
        (
            "double(>0..1.5)",
            json!({"type": "number", "exclusiveMinimum": 0, "maximum": 1.5}),
        ),
        (
            "[integer](1..2)",
            json!({"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2}),
        ),
        (
            "{boolean}",
            json!({"type": "object", "additionalProperties": {"type": "boolean"}}),
        ),
        (
            "ConversionAttributionWindowDays",
            json!({"enum": [0, 1, 7, 14, 30, 60]}),
        ),
        ("any", json!({})),
        (
            "CatalogsProductGroupCurrencyCriteria:negated",
            json!({"enum": [false]}),
        ),
        ("LabelStatus", json!({"enum": ["ACTIVE", "ARCHIVED", null]})),
        ("LabelStatus?", json!({"enum": ["ACTIVE", "ARCHIVED", null]})),
    ] {
        assert_eq!(types.schema(kind), schema, "{kind}");
    }
    let countries = types.schema("Country");
    assert_eq!(countries["type"], "string");
    assert!(
        countries["description"]
            .as_str()
            .unwrap()
            .contains("such as AD, AE")
    );
}

/// What is named elsewhere, and what is a choice beside its own properties, may be `null` as well.
#[test]
fn a_type_that_has_a_name_may_be_null() {
    let mut types = Types::default();
    types.count("[BusinessAccessUserSummary]");
    types.count("[BusinessAccessUserSummary]");
    for (kind, inner) in [
        (
            "BusinessAccessUserSummary?",
            json!({"$ref": "#/$defs/BusinessAccessUserSummary"}),
        ),
        ("CatalogsItemsFilters?", types.schema("CatalogsItemsFilters")),
    ] {
        assert_eq!(
            types.schema(kind),
            json!({"anyOf": [inner, {"type": "null"}]}),
            "{kind}"
        );
    }
    let locales = types.schema("NullableCurrency");
    assert_eq!(locales["type"], json!(["string", "null"]));
}

#[test]
fn a_choice_is_told_apart_by_its_value() {
    let pin = schema_of("pins/create");
    assert_eq!(pin["required"], json!(["body"]));
    let choices = pin["properties"]["body"]["properties"]["media_source"]["anyOf"]
        .as_array()
        .unwrap()
        .clone();
    let url = choices
        .iter()
        .find(|one| one["properties"]["source_type"] == json!({"const": "image_url"}))
        .unwrap();
    assert!(
        url["required"]
            .as_array()
            .unwrap()
            .contains(&"source_type".into())
    );
    assert_eq!(url["properties"]["url"]["type"], "string");
}

/// Every name leads somewhere, no argument of ours hides one of Pinterest's, and none is a book.
#[test]
fn every_operation_has_a_schema() {
    fn names<'a>(schema: &'a Value, found: &mut Vec<&'a str>) {
        match schema {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|value| names(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            _ => {}
        }
    }
    for operation in Operation::all() {
        let schema = Value::Object(arguments(&operation, Some(10)));
        let mut found = Vec::new();
        names(&schema, &mut found);
        for name in found {
            let shared = schema.pointer(name.trim_start_matches('#'));
            assert!(
                shared.is_some_and(Value::is_object),
                "{name} of {}",
                operation.name
            );
        }
        assert!(
            operation
                .parameters
                .iter()
                .all(|one| one.name != BODY && one.name != PAGES)
        );
        let length = schema.to_string().len();
        assert!(length < 40_000, "{} has {length}", operation.name);
    }
}
