//! Going through an answer with its type beside it.

use serde_json::Value;

use super::kind::{Kind, Named, Object, Type, named};

/// What a part of an answer is.
pub(crate) enum Visited<'a> {
    /// One of some values.
    Enumeration,
    /// An object, with the names that have to be there.
    Object(&'a [&'static str]),
}

/// Shows each object, after what is in it, and each value of an enumeration.
pub(crate) fn visit(value: &mut Value, kind: &str, show: &mut impl FnMut(&mut Value, Visited<'_>)) {
    match (Kind::of(kind).base, &mut *value) {
        (Type::List(inner), Value::Array(items)) => {
            for item in items {
                visit(item, inner, show);
            }
        }
        (Type::Map(inner), Value::Object(fields)) => {
            for field in fields.values_mut() {
                visit(field, inner, show);
            }
        }
        (Type::Named(name), _) => match named(name) {
            Named::Alias(alias) => visit(value, alias, show),
            Named::Values(..) if !value.is_null() => show(value, Visited::Enumeration),
            Named::Values(..) => {}
            Named::Object(object) => visit_object(value, &object, name, show),
        },
        _ => {}
    }
}

fn visit_object(
    value: &mut Value,
    object: &Object,
    name: &str,
    show: &mut impl FnMut(&mut Value, Visited<'_>),
) {
    let told = object.told_by.as_ref().and_then(|(by, _)| {
        let told = value.get(*by)?.as_str()?;
        object.told(told, name)
    });
    if let Some(Named::Object(told)) = told.map(named) {
        return visit_properties(value, &told, show);
    }
    match object.one_of.first().filter(|_| object.properties.is_empty()) {
        Some(first) => visit(value, first, show),
        None => visit_properties(value, object, show),
    }
}

fn visit_properties(value: &mut Value, object: &Object, show: &mut impl FnMut(&mut Value, Visited<'_>)) {
    for (property, _, kind) in &object.properties {
        if let Some(field) = value.get_mut(*property) {
            visit(field, kind, show);
        }
    }
    let required = object
        .properties
        .iter()
        .filter(|(_, is_required, _)| *is_required);
    let required: Vec<&str> = required.map(|(property, ..)| *property).collect();
    show(value, Visited::Object(&required));
}
