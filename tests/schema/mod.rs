//! As much of JSON Schema as the schema of a record uses; anything else in it is an error, so that no rule can be
//! passed over.

use serde_json::{Map, Value};

/// Panics with the place where the value does not obey.
pub fn check(schema: &Value, value: &Value) {
    Checker { root: schema, told: true }
        .check(schema, value, "record")
        .unwrap_or_else(|complaint| panic!("{complaint}"));
}

struct Checker<'a> {
    root: &'a Value,
    /// Somebody reads what is wrong; of a choice only whether it fits is asked, again and again.
    told: bool,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let rules = schema.as_object().ok_or_else(|| format!("{at}: the schema is no object"))?;
        for (rule, wanted) in rules {
            self.rule(rules, rule, wanted, value, at)?;
        }
        Ok(())
    }

    fn rule(
        &self,
        rules: &Map<String, Value>,
        rule: &str,
        wanted: &Value,
        value: &Value,
        at: &str,
    ) -> Result<(), String> {
        let holds = match rule {
            "$schema" | "title" | "description" | "$defs" | "format" => true,
            "$ref" => return self.check(self.definition(wanted), value, at),
            "type" => has_type(wanted, value),
            "const" => wanted == value,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|n| n >= wanted.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= wanted.as_f64().unwrap()),
            "anyOf" | "oneOf" => {
                let quiet = Checker { told: false, ..*self };
                let fits = |way: &&Value| quiet.check(way, value, "").is_ok();
                let fitting = wanted.as_array().unwrap().iter().filter(fits).count();
                if rule == "anyOf" { fitting > 0 } else { fitting == 1 }
            }
            "allOf" => return wanted.as_array().unwrap().iter().try_for_each(|s| self.check(s, value, at)),
            "required" => {
                let has =
                    |key: &Value| value.as_object().is_none_or(|o| o.contains_key(key.as_str().unwrap()));
                wanted.as_array().unwrap().iter().all(has)
            }
            "items" => {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                return items.iter().try_for_each(|item| self.check(wanted, item, &format!("{at}[]")));
            }
            "additionalProperties" => {
                let mut values = value.as_object().into_iter().flatten();
                return values.try_for_each(|(key, inner)| self.check(wanted, inner, &self.inside(at, key)));
            }
            "properties" => return self.properties(wanted, value, at),
            other => {
                return Err(format!(
                    "{at}: the schema has a rule `{other}` that this test does not know: {rules:?}"
                ));
            }
        };
        match (holds, self.told) {
            (true, _) => Ok(()),
            (false, true) => Err(format!("{at}: {value} does not obey {rule}: {wanted}")),
            (false, false) => Err(String::new()),
        }
    }

    fn inside(&self, at: &str, key: &str) -> String {
        if self.told { format!("{at}.{key}") } else { String::new() }
    }

    /// Stricter than JSON Schema: every key of the value must be described.
    fn properties(&self, wanted: &Value, value: &Value, at: &str) -> Result<(), String> {
        for (key, inner) in value.as_object().into_iter().flatten() {
            let schema = wanted
                .get(key)
                .ok_or_else(|| format!("{at}.{key}: the schema does not describe this key"))?;
            self.check(schema, inner, &self.inside(at, key))?;
        }
        Ok(())
    }

    fn definition(&self, reference: &Value) -> &Value {
        let path = reference.as_str().unwrap().trim_start_matches('#');
        self.root
            .pointer(path)
            .unwrap_or_else(|| panic!("the schema refers to {path}, which it does not have"))
    }
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        other => panic!("`{other}` is no type"),
    };
    wanted.as_array().map_or_else(|| is(wanted), |names| names.iter().any(is))
}
