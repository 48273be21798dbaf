//! The schema of the configuration, for editors and for whoever generates one: JSON Schema 2020-12.

use super::setting::{ID_CHARS_MAX, Kind, ROOT, Setting};
use serde_json::{Map, Value, json};

/// The schema, as the file in `ops/` has it.
pub fn schema() -> String {
    let mut schema = object(ROOT);
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clearance serve",
        "description": "configuration of `clearance serve`, written as TOML",
    });
    if let (Value::Object(schema), Value::Object(head)) = (&mut schema, head) {
        schema.extend(head);
    }
    format!("{schema:#}\n")
}

fn object(settings: &[Setting]) -> Value {
    let properties: Map<String, Value> =
        settings.iter().map(|setting| (setting.key.to_owned(), property(setting))).collect();
    let required: Vec<&str> = settings.iter().filter(|it| it.is_required).map(|it| it.key).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(setting: &Setting) -> Value {
    let mut property = value(setting);
    if let Value::Object(property) = &mut property {
        property.insert("title".to_owned(), json!(setting.about.zh));
        property.insert("description".to_owned(), json!(setting.about.en));
    }
    property
}

fn value(setting: &Setting) -> Value {
    let usual = setting.kind.bounds().and_then(|bounds| bounds.usual);
    match setting.kind {
        Kind::Text | Kind::Path | Kind::Encodings => json!({ "type": "string", "minLength": 1 }),
        Kind::Id => json!({ "type": "string", "pattern": format!("^[a-z0-9-]{{1,{ID_CHARS_MAX}}}$") }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Address(usual) => json!({ "type": "string", "default": usual }),
        Kind::Number(bounds) => {
            let mut number = json!({ "type": "integer", "minimum": bounds.least, "maximum": bounds.most });
            if let (Value::Object(number), Some(usual)) = (&mut number, usual) {
                number.insert("default".to_owned(), json!(usual));
            }
            number
        }
        Kind::Size(_) | Kind::Time(_) => {
            let pattern = setting.kind.units().map(super::quantity::Units::pattern);
            let usual = usual.map(|usual| setting.kind.written(usual));
            json!({ "type": "string", "pattern": pattern, "default": usual })
        }
        Kind::Businesses => list(json!({ "type": "string", "pattern": "^[^./\\\\][^/\\\\]*$" })),
        Kind::UnifiedCodes => list(json!({ "type": "string", "pattern": "^[0-9A-HJ-NP-RTUWXY]{18}$" })),
        Kind::Table(inner) => object(inner),
        Kind::Tables(inner) => json!({ "type": "array", "minItems": 1, "items": object(inner) }),
    }
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": items })
}
