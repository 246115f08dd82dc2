//! JSON Lines, and JSON that is one array of objects or one object.

use std::io::{self, BufRead, BufReader, Read};

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::limits::{self, Budget};
use super::problem::Wrong;
use super::source::{Source, utf8};
use super::table::Columns;
use super::walk::{Flow, Place, Walk};

/// A document for each line.
pub(super) fn lines(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let mut reader = utf8(source);
    let (mut objects, mut line, mut number) = (Objects::default(), Vec::new(), 0_u64);
    let most = walk.options.limits.document();
    loop {
        line.clear();
        number += 1;
        let read = reader.by_ref().take(most + 1).read_until(b'\n', &mut line);
        let at = |wrong: Wrong| wrong.at(format!("line {number}"));
        if read.map_err(|error| at(error.into()))? == 0 {
            return Ok(Flow::Continue(()));
        }
        if line.len() as u64 > most {
            return Err(at(walk.options.limits.too_large()));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let flow = match serde_json::from_slice(line.trim_ascii_end()) {
            Ok(object) => objects.row(walk, place, number, &object)?,
            Err(error) => walk.problem(place, bad(&error, number - 1)),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
}

/// A document for each object of an array, which is read piece by piece; or one for the one object that there is, or
/// for each object of the only list in it: such an object is read whole.
pub(super) fn whole(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let most = walk.options.limits.document();
    let (head, source) = source.peek(64)?;
    let opens = head.iter().find(|byte| !byte.is_ascii_whitespace() && !(0x80..).contains(*byte));
    let mut objects = Objects::default();
    if opens == Some(&b'[') {
        let budget = Budget::new(most);
        let reader = BufReader::new(budget.reader(utf8(source), walk.options.limits.too_large()));
        let mut json = serde_json::Deserializer::from_reader(reader);
        let mut array =
            Array { objects: &mut objects, walk, place, budget, flow: Flow::Continue(()), wrong: None };
        let done = json.deserialize_seq(&mut array);
        return match (array.flow, array.wrong, done) {
            (Flow::Break(()), None, _) => Ok(Flow::Break(())),
            (_, Some(wrong), _) => Err(wrong),
            (_, None, Ok(())) => json.end().map(|()| Flow::Continue(())).map_err(|error| bad(&error, 0)),
            (_, None, Err(error)) if error.is_io() => Err(io::Error::from(error).into()),
            (_, None, Err(error)) => Err(bad(&error, 0)),
        };
    }
    let mut bytes = Vec::new();
    utf8(source).take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Wrong::new(
            format!("it is one JSON object larger than {}, the limit for a document", limits::bytes(most)),
            "write it as an array or as JSON Lines, which are read piece by piece, or raise --max-document",
        ));
    }
    if bytes.trim_ascii().is_empty() {
        return Ok(Flow::Continue(()));
    }
    let object: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|error| bad(&error, 0))?;
    let lists: Vec<&Vec<Value>> = object
        .values()
        .filter_map(Value::as_array)
        .filter(|list| list.first().is_some_and(Value::is_object))
        .collect();
    match (objects.row(walk, place, 1, &object), &lists[..]) {
        (Err(_), [list]) => {
            for (number, value) in (1..).zip(list.iter()) {
                if objects.value(walk, place, number, value)?.is_break() {
                    return Ok(Flow::Break(()));
                }
            }
            Ok(Flow::Continue(()))
        }
        (flow, _) => flow,
    }
}

/// What is wrong behind so many lines.
fn bad(error: &serde_json::Error, before: u64) -> Wrong {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or_default();
    let place = format!("line {}, column {}", before + error.line() as u64, error.column());
    Wrong::new(format!("this is no JSON ({what})"), "mend it, or leave it out").at(place)
}

/// Objects of one data set.
#[derive(Default)]
struct Objects {
    columns: Option<Columns>,
}

impl Objects {
    fn value(
        &mut self,
        walk: &mut Walk<'_>,
        place: &Place,
        number: u64,
        value: &Value,
    ) -> Result<Flow, Wrong> {
        match value {
            Value::Object(object) => self.row(walk, place, number, object),
            _ => {
                let wrong =
                    Wrong::new("an object was expected", "each document needs its keys, as in {\"text\": …}");
                Ok(walk.problem(place, wrong.at(format!("object {number}"))))
            }
        }
    }

    fn row(
        &mut self,
        walk: &mut Walk<'_>,
        place: &Place,
        number: u64,
        object: &Map<String, Value>,
    ) -> Result<Flow, Wrong> {
        let columns = match &mut self.columns {
            Some(columns) => columns,
            none => {
                let names: Vec<String> = object.keys().cloned().collect();
                let (columns, note) = Columns::choose(&names, false, walk.options)?;
                if let Some(note) = note
                    && walk.note(place, note).is_break()
                {
                    return Ok(Flow::Break(()));
                }
                none.insert(columns)
            }
        };
        let row = columns.row(|name| object.get(name).and_then(cell));
        Ok(walk.row(place, number, row))
    }
}

/// A value as a cell: a list of words with commas between them, anything deeper as JSON.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            Some(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
        }
        other => Some(other.to_string()),
    }
}

/// An array that is shown while it is read.
struct Array<'a, 'w> {
    objects: &'a mut Objects,
    walk: &'a mut Walk<'w>,
    place: &'a Place,
    budget: Budget,
    flow: Flow,
    wrong: Option<Wrong>,
}

impl<'de> Visitor<'de> for &mut Array<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        let most = self.walk.options.limits.document();
        let mut number = 0;
        while let Some(value) = array.next_element::<Value>()? {
            self.budget.set(most);
            number += 1;
            match self.objects.value(self.walk, self.place, number, &value) {
                Ok(Flow::Continue(())) => {}
                Ok(Flow::Break(())) => {
                    self.flow = Flow::Break(());
                    return Err(serde::de::Error::custom("no more is wanted"));
                }
                Err(wrong) => {
                    self.wrong = Some(wrong.at(format!("object {number}")));
                    return Err(serde::de::Error::custom("stopped"));
                }
            }
        }
        Ok(())
    }
}
