//! `docs/reliability.md` and `docs/accessibility.md` name tests that exist, and leave no line without one.

use std::fs;
use std::path::{Path, PathBuf};

/// Files of tests by their names: `faults.rs`, `faults.spec`.
fn files(folder: &Path, found: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, found);
        } else if name.ends_with(".rs") || name.ends_with(".spec.mjs") {
            found.push((name.trim_end_matches(".mjs").to_owned(), path));
        }
    }
}

/// Whether a test of this text has a name that begins so. A name made in a loop may begin with what
/// the loop says.
fn holds(text: &str, named: &str) -> bool {
    let native = format!("fn {named}");
    text.lines().map(str::trim).any(|line| {
        let title = line
            .strip_prefix("test(")
            .is_some_and(|title| title.contains(named));
        title || line.starts_with(&native)
    })
}

/// Every row of a table names at least one test, and each of them exists.
fn each_row_is_held(table: &str, least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join(table)).expect("the table");
    let mut known = Vec::new();
    files(&root.join("tests"), &mut known);
    files(&root.join("src"), &mut known);
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > least, "the table is read: {} rows", rows.len());
    for row in rows {
        let held = row.trim_end_matches(" |").rsplit(" | ").next();
        let tests: Vec<(&str, &str)> = held
            .unwrap_or_default()
            .split('`')
            .skip(1)
            .step_by(2)
            .filter_map(|test| test.split_once(": "))
            .collect();
        assert!(!tests.is_empty(), "nothing holds: {row}");
        for (file, named) in tests {
            let held = known.iter().any(|(name, path)| {
                name == file && holds(&fs::read_to_string(path).unwrap_or_default(), named)
            });
            assert!(held, "no test \"{named}\" in {file}: {row}");
        }
    }
}

#[test]
fn each_fault_names_tests_that_exist() {
    each_row_is_held("docs/reliability.md", 25);
}

#[test]
fn each_promise_to_every_reader_names_tests_that_exist() {
    each_row_is_held("docs/accessibility.md", 15);
}

#[test]
fn a_test_that_is_not_there_is_missed() {
    assert!(holds("#[test]\nfn a_b_c() {\n", "a_b"));
    assert!(holds(
        "  test(`${name} on a click: said`, async () => {",
        "on a click"
    ));
    assert!(!holds("// fn a_b_c\nlet x = \"a_b\";", "a_b"));
}
