//! What the project depends on has a licence that goes with its own, and comes from crates.io.
//!
//! The list of licences stands in `deny.toml`, for `cargo deny check`, which looks at more and takes long to build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

struct Allowed {
    licences: BTreeSet<String>,
    /// For single crates others too.
    exceptions: BTreeMap<String, BTreeSet<String>>,
}

fn allowed() -> Allowed {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).expect("deny.toml");
    let file: toml::Value = toml::from_str(&text).expect("deny.toml is TOML");
    let names = |value: &toml::Value| -> BTreeSet<String> {
        value.as_array().expect("a list").iter().filter_map(|n| n.as_str().map(str::to_owned)).collect()
    };
    let exceptions = file["licenses"]["exceptions"].as_array().expect("a list");
    Allowed {
        licences: names(&file["licenses"]["allow"]),
        exceptions: exceptions
            .iter()
            .map(|e| (e["crate"].as_str().expect("a name").to_owned(), names(&e["allow"])))
            .collect(),
    }
}

impl Allowed {
    /// What is wrong with a package, if anything.
    fn complaint(&self, name: &str, licence: Option<&str>, source: Option<&str>) -> Option<String> {
        // Without a source it is a part of this workspace.
        let source = source?;
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            return Some(format!("{name} comes from {source}"));
        }
        let Some(Ok(licence)) = licence.map(|text| Expression::parse_mode(text, ParseMode::LAX)) else {
            return Some(format!("{name} has the licence {licence:?}, which nobody can read"));
        };
        let more = self.exceptions.get(name);
        let fits = licence.evaluate(|asked| {
            let asked = asked.to_string();
            self.licences.contains(&asked) || more.is_some_and(|names| names.contains(&asked))
        });
        (!fits).then(|| format!("{name} has the licence {licence}, which deny.toml does not allow"))
    }
}

#[test]
fn every_dependency_has_a_licence_and_a_source_that_are_allowed() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--all-features", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let allowed = allowed();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "all features are looked at");
    let complaints: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let name = package["name"].as_str().expect("a name");
            allowed.complaint(name, package["license"].as_str(), package["source"].as_str())
        })
        .collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn what_is_not_allowed_is_told() {
    let (allowed, crates) = (allowed(), "registry+https://github.com/rust-lang/crates.io-index");
    let complaint = |name, licence| allowed.complaint(name, Some(licence), Some(crates));
    assert_eq!(complaint("any", "MIT/Apache-2.0"), None);
    assert_eq!(complaint("any", "(MIT OR GPL-3.0-only) AND Unicode-3.0"), None);
    assert_eq!(complaint("selectors", "MPL-2.0"), None);
    for (name, licence) in [("any", "MPL-2.0"), ("any", "MIT AND GPL-3.0-only"), ("any", "as you like")] {
        assert!(complaint(name, licence).is_some(), "{licence}");
    }
    assert!(allowed.complaint("any", None, Some(crates)).is_some());
    assert!(allowed.complaint("any", Some("MIT"), Some("git+https://example.org/any")).is_some());
}
