//! What the library promises to programs: `tests/api/onrecord.txt` lists every public name, and changes where they do.
//!
//! The listing is made by cargo-public-api, which needs a nightly toolchain and minutes, so that the test runs where
//! it is asked for: `cargo test --test api -- --ignored`. `ONRECORD_BLESS=1` writes the listing anew.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
#[ignore = "needs cargo-public-api and a nightly toolchain, and takes minutes"]
fn the_public_names_are_those_of_the_listing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("cargo-public-api")
        .args(["public-api", "--package", "onrecord", "--no-default-features", "-sss"])
        .current_dir(root)
        .output()
        .expect("cargo-public-api is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = String::from_utf8(output.stdout).expect("UTF-8");
    let listing = root.join("tests/api/onrecord.txt");
    if env::var_os("ONRECORD_BLESS").is_some_and(|value| value == "1") {
        fs::write(&listing, &found).expect("the listing can be written");
    }
    let known = fs::read_to_string(listing).expect("tests/api/onrecord.txt");
    pretty_assertions::assert_str_eq!(known, found);
}
