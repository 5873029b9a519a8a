//! The suites: what each runs, and what it needs first.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::count::Count;
use crate::args::{Build, Suite, TestOptions};
use crate::process::{cannot_start, plain, shown};
use crate::server::{Effort, Options, Server};
use crate::tools::{self, browser, cargo, node};
use crate::{build, root};

const WASM: [&str; 5] = [
    "--target",
    "wasm32-unknown-unknown",
    "--no-default-features",
    "--features",
    "hydrate",
];

/// Runs one suite to its end. An error means that it could not be run, or broke off.
pub fn run(root: &Path, suite: Suite, options: &TestOptions) -> Result<Count> {
    match suite {
        Suite::Fmt => check(cargo::cargo(root).args(["fmt", "--all", "--check"]))
            .context("`cargo fmt --all` puts it right"),
        Suite::Clippy => clippy(root),
        Suite::Deny => deny(root),
        Suite::Native => {
            let mut command = cargo::cargo(root);
            command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
            counted(command.args(&options.filter))
        }
        Suite::Wasm => wasm(root, options),
        Suite::E2e => e2e(root, options, &[]),
        Suite::Engines => engines(root, options),
        Suite::WordPress => super::wordpress::run(root, options),
    }
}

fn clippy(root: &Path) -> Result<Count> {
    let lint = |arguments: &[&str]| {
        let mut command = cargo::cargo(root);
        command
            .args(["clippy", "--locked"])
            .args(arguments)
            .args(["--", "-D", "warnings"])
            .env("CUSTOM_LIBFUZZER_PATH", "/unused/libfuzzer.a");
        check(&mut command)
    };
    let native = lint(&["--workspace", "--all-targets"])?;
    cargo::wasm_target(root)?;
    let browser = lint(&[&WASM[..], &["--lib", "--bins"]].concat())?;
    // The fuzz targets are a workspace of their own, so nothing else would notice one that no longer
    // builds. The fuzzer itself (C++) is only linked, which a check does not do: a name is enough.
    let fuzz = lint(&[
        "--manifest-path",
        "fuzz/Cargo.toml",
        "--target-dir",
        "target",
    ])?;
    Ok(native.and(browser).and(fuzz))
}

/// `deny.toml` against `Cargo.lock`. A guard of the project's own, so it installs nothing for it.
fn deny(root: &Path) -> Result<Count> {
    if tools::installed("cargo-deny").is_empty() {
        println!("skipped: it is not here (`cargo install cargo-deny --locked`)");
        return Ok(Count {
            skipped: 1,
            ..Count::default()
        });
    }
    check(cargo::cargo(root).args(["deny", "check", "bans", "licenses", "sources"]))
}

fn wasm(root: &Path, options: &TestOptions) -> Result<Count> {
    cargo::wasm_target(root)?;
    let browser = browser::ready(root)?;
    let bindgen = tools::wasm_bindgen(root)?;
    let runner = bindgen.with_file_name("wasm-bindgen-test-runner");
    let mut command = cargo::cargo(root);
    command
        .args(["test", "--locked"])
        .args(WASM)
        .args(["--test", "web*"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &browser.driver)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            webdriver_json(root, &browser.chromium)?,
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    if !options.filter.is_empty() {
        command.arg("--").args(&options.filter);
    }
    counted(&mut command)
}

/// The committed `webdriver.json` with the browser that was found. The file itself names none, so
/// that it serves a plain `cargo test` on other machines too.
fn webdriver_json(root: &Path, chromium: &Path) -> Result<PathBuf> {
    let text = std::fs::read_to_string(root.join("webdriver.json"))?;
    let mut json: serde_json::Value =
        serde_json::from_str(&text).context("webdriver.json is not JSON")?;
    json["goog:chromeOptions"]["binary"] = chromium.to_string_lossy().into();
    let path = root::state(root).join("webdriver.json");
    std::fs::create_dir_all(root::state(root))?;
    std::fs::write(&path, json.to_string())?;
    Ok(path)
}

/// Browser tests against a release build of the demo on the static server; `told` is what they find
/// in their environment beside the usual.
pub fn e2e(root: &Path, options: &TestOptions, told: &[(&str, &str)]) -> Result<Count> {
    let browser = browser::ready(root)?;
    node::packages(root)?;
    let out = demo(root)?;
    let server = Server::bind(Options {
        dir: out.clone(),
        base: "/".into(),
        port: 0,
        effort: Effort::Quick,
        live: None,
    })?;
    let url = server.url();
    server.spawn();
    let mut command = node_tests(root, "2");
    command.args(specs(&root.join("tests/e2e"), &options.filter)?);
    command
        .env("DATELINE_URL", url)
        .env("DATELINE_OUT", &out)
        .env("DATELINE_XTASK", std::env::current_exe()?)
        .env("CHROMIUM", &browser.chromium)
        .envs(told.iter().copied());
    counted(&mut command)
}

/// The demo in other browsers' engines: each that is here or may be installed, one after the other.
fn engines(root: &Path, options: &TestOptions) -> Result<Count> {
    node::packages(root)?;
    let specs = specs(&root.join("tests/engines"), &options.filter)?;
    let out = demo(root)?;
    let all = [
        ("firefox", tools::engines::firefox(root)),
        ("webkit", tools::engines::webkit(root)),
    ];
    let mut sum = Count::default();
    for (name, engine) in all {
        println!("-- {name}");
        match engine {
            Ok(engine) => {
                let mut command = node_tests(root, "1");
                command.args(&specs).env("ENGINE", name).envs(engine);
                sum = sum.and(counted(command.env("DATELINE_OUT", &out))?);
            }
            Err(error) => {
                println!("skipped: {error:#}");
                sum.skipped += 1;
            }
        }
    }
    Ok(sum)
}

/// The demo's release build, made where it is not as the sources are.
fn demo(root: &Path) -> Result<PathBuf> {
    let out = root.join("target/e2e/site");
    let build = Build {
        site: root.join("public/site.json"),
        out: out.clone(),
        base: "/".into(),
    };
    build::run(root, &build)?;
    Ok(out)
}

/// Node's own test runner, so many files at a time.
fn node_tests(root: &Path, at_once: &str) -> Command {
    let mut command = node::node(root);
    command.args([
        "--test",
        "--test-reporter=spec",
        "--test-concurrency",
        at_once,
    ]);
    // A browser that hangs must not hang the run.
    command.arg("--test-timeout=900000");
    command
}

/// The spec files of a folder; a filter keeps those whose names contain it.
fn specs(folder: &Path, filter: &[String]) -> Result<Vec<PathBuf>> {
    let all = crate::stamp::files(folder)?;
    let wanted = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        name.ends_with(".spec.mjs")
            && (filter.is_empty() || filter.iter().any(|part| name.contains(part.as_str())))
    };
    let found: Vec<PathBuf> = all.into_iter().filter(wanted).collect();
    anyhow::ensure!(
        !found.is_empty(),
        "no file {}/*.spec.mjs matches {filter:?}",
        folder.display()
    );
    Ok(found)
}

/// A command that is one check: well or not.
fn check(command: &mut Command) -> Result<Count> {
    let status = plain(command)
        .status()
        .with_context(|| cannot_start(command))?;
    anyhow::ensure!(
        status.success(),
        "`{}` found something; it stands above",
        shown(command)
    );
    Ok(Count::one())
}

/// A command that runs tests: its output is passed on and counted.
pub fn counted(command: &mut Command) -> Result<Count> {
    let mut child = plain(command)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command))?;
    let mut count = Count::default();
    if let Some(output) = child.stdout.take() {
        let mut lines = BufReader::new(output);
        let mut line = Vec::new();
        // Bytes, not text: a test may print anything.
        while lines.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            count = count.and(Count::of(&text));
            line.clear();
        }
    }
    let status = child.wait()?;
    // Failed tests are counted; a failure without any is one that nobody counted.
    if !status.success() && count.failed == 0 {
        anyhow::bail!("`{}` broke off ({status})", shown(command));
    }
    Ok(count)
}
