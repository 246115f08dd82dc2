//! The house is built as its plan says: a folder of `src/` uses only folders above it.
//!
//! The order stands in one place, the third-level headings of ARCHITECTURE.md that link to `src/`. Code behind
//! `#[cfg(test)]` may use what it likes: the tests of a stage may run the stages below it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders and single files of `src/`, from the top down, as ARCHITECTURE.md lists them:
/// ``### [`src/token/`](src/token/): here are my letters, find the words``.
fn order() -> Vec<String> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let name = |line: &str| {
        let path = line.strip_prefix("### [`src/")?.split_once('`')?.0;
        Some(path.trim_end_matches('/').trim_end_matches(".rs").to_owned())
    };
    text.lines().filter_map(name).collect()
}

/// A Rust file with the modules in which it stands: `["token", "scan"]`.
struct Module {
    file: PathBuf,
    path: Vec<String>,
    /// Without comments, literals and tests.
    code: String,
}

fn modules(folder: &Path, path: &[String], out: &mut Vec<Module>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for entry in entries {
        let stem = entry.file_stem().expect("a name").to_string_lossy().into_owned();
        let below = |name: String| path.iter().cloned().chain([name]).collect::<Vec<_>>();
        if entry.is_dir() {
            modules(&entry, &below(stem), out);
        } else if entry.extension().is_some_and(|ending| ending == "rs") && stem != "tests" {
            let text = fs::read_to_string(&entry).expect("a Rust file");
            let path = if stem == "mod" { path.to_vec() } else { below(stem) };
            out.push(Module { code: code(&text), file: entry, path });
        }
    }
}

/// The modules of the library.
fn library() -> Vec<Module> {
    let mut all = Vec::new();
    modules(&root().join("src"), &[], &mut all);
    all.retain(|module| module.path[0] != "bin" && module.path[0] != "lib");
    all
}

/// Rust without comments, string literals and everything from the first `#[cfg(test)]` on.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            '"' => string(rest),
            'r' if rest.starts_with("r\"") => rest[2..].find('"').map_or(rest.len(), |at| at + 3),
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |at| at + 2),
            '\'' if rest.starts_with("'\"'") || rest.starts_with("'/'") => 3,
            _ => 0,
        };
        if skipped == 0 {
            code.push(c);
        }
        rest = &rest[if skipped == 0 { c.len_utf8() } else { skipped }..];
    }
    code.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The length of the string literal that begins here.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// The first names behind every path that starts at the root of the library, `crate::…` or enough of `super::`.
/// Inside a module in braces one `super::` leads less far, so that what it names may be no folder.
fn roots(module: &Module, folders: &BTreeMap<String, String>) -> Vec<String> {
    let behind = |start: &str| -> Vec<String> {
        let places = module.code.match_indices(start);
        places.flat_map(|(at, _)| firsts(&module.code[at + start.len()..])).collect()
    };
    let mut names = behind("crate::");
    let climbed = behind(&"super::".repeat(module.path.len()));
    names.extend(climbed.into_iter().filter(|name| folders.contains_key(name)));
    names
}

/// The names with which a path or a braced list of paths begins: `a` for `a::b`, `a` and `c` for `{a::b, c}`.
fn firsts(path: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(word(&list[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// For everything that can be named at the root of the library, the folder it comes from: re-exports and macros.
fn homes(modules: &[Module]) -> BTreeMap<String, String> {
    let mut homes = BTreeMap::new();
    for module in modules {
        homes.insert(module.path[0].clone(), module.path[0].clone());
        for (at, _) in module.code.match_indices("macro_rules!") {
            for name in firsts(module.code[at + "macro_rules!".len()..].trim_start()) {
                homes.insert(name, module.path[0].clone());
            }
        }
    }
    let lib = code(&fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs"));
    for (at, _) in lib.match_indices("pub use ") {
        let path = &lib[at + "pub use ".len()..];
        let path = &path[..path.find(';').expect("a semicolon ends `pub use`")];
        if let Some((folder, names)) = path.split_once("::") {
            homes.extend(firsts(names).into_iter().map(|name| (name, folder.to_owned())));
        }
    }
    homes
}

#[test]
fn a_folder_uses_only_folders_above_it() {
    let (order, modules) = (order(), library());
    let homes = homes(&modules);
    let place = |folder: &str| order.iter().position(|known| known == folder);
    let mut complaints = Vec::new();
    for module in &modules {
        let Some(here) = place(&module.path[0]) else { continue };
        for name in roots(module, &homes) {
            let shown = module.file.strip_prefix(root()).unwrap_or(&module.file).display();
            match homes.get(&name).map(|folder| (folder, place(folder))) {
                None => complaints.push(format!("{shown}: `crate::{name}` comes from no folder of src/")),
                Some((folder, Some(there))) if there > here => {
                    complaints
                        .push(format!("{shown}: uses `{folder}`, which stands below `{}`", order[here]));
                }
                Some(_) => {}
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn architecture_names_every_folder_once_and_none_that_is_gone() {
    let mut named = order();
    named.sort();
    let mut there: Vec<String> = fs::read_dir(root().join("src"))
        .expect("src/")
        .map(|entry| {
            entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
        })
        .collect();
    there.sort();
    assert_eq!(named, there);
}

#[test]
fn programs_see_only_the_public_library() {
    let mut programs = Vec::new();
    modules(&root().join("src/bin"), &[], &mut programs);
    assert!(programs.len() > 2, "the programs stand in src/bin");
    for program in &programs {
        for door in ["#[path", "include!(", "onrecord::__"] {
            assert!(!program.code.contains(door), "{} goes round the library", program.file.display());
        }
    }
}

#[test]
fn the_library_never_prints() {
    for module in library() {
        for macro_name in ["println!", "print!", "dbg!"] {
            assert!(
                !module.code.contains(macro_name),
                "{}: {macro_name} belongs to the programs",
                module.file.display()
            );
        }
    }
}

#[test]
fn the_library_knows_no_network() {
    for module in library() {
        for door in ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs", "std::process", "Command::new"] {
            assert!(!module.code.contains(door), "{}: {door} leads outside", module.file.display());
        }
    }
}

#[test]
fn paths_are_read_as_rust_reads_them() {
    assert_eq!(firsts("span::Span;"), ["span"]);
    assert_eq!(firsts("{span::{Span, TokenSpan}, token::Token, t};"), ["span", "token", "t"]);
    let text =
        "use crate::a; // crate::b\nlet s = \"crate::c \\\" crate::d\"; '\"' crate::e\n#[cfg(test)] crate::f";
    let module = Module { file: PathBuf::new(), path: vec!["x".into(), "y".into()], code: code(text) };
    let folders = BTreeMap::from([("w".to_owned(), "w".to_owned())]);
    assert_eq!(roots(&module, &folders), ["a", "e"]);
    let up = Module { code: "use super::z; use super::super::{v::V, w::W};".into(), ..module };
    assert_eq!(roots(&up, &folders), ["w"]);
}
