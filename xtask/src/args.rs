//! The command line: names and options as the README promises them, and the help texts.
//!
//! Parsed with `lexopt`: it has no dependencies and compiles in a blink, which matters for the
//! first program compiled on a fresh machine; six commands do not need a framework.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::prelude::*;

use crate::help;
use crate::server::Effort;

/// What to do.
pub enum Command {
    Help(&'static str),
    Build(BuildOptions),
    Serve(ServeOptions),
    ServeDir(ServeDirOptions),
    Test(TestOptions),
    Bench(BenchOptions),
}

/// `cargo xtask build`, and the part of `serve` that builds.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    pub site: Option<PathBuf>,
    pub out: Option<PathBuf>,
    pub base: String,
}

/// The same with every path absolute.
#[derive(Clone, Debug)]
pub struct Build {
    pub site: PathBuf,
    pub out: PathBuf,
    pub base: String,
}

impl BuildOptions {
    /// Paths given by the user count from where the user stands, defaults from the root.
    pub fn resolved(&self, here: &Path, root: &Path) -> Build {
        let place = |given: &Option<PathBuf>, default: &str| match given {
            Some(path) => here.join(path),
            None => root.join(default),
        };
        Build {
            site: place(&self.site, "public/site.json"),
            out: place(&self.out, "dist"),
            base: self.base.clone(),
        }
    }
}

/// `cargo xtask serve`.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    pub build: BuildOptions,
    pub port: u16,
}

/// The same with every path absolute.
#[derive(Clone, Debug)]
pub struct Serve {
    pub build: Build,
    pub port: u16,
}

impl ServeOptions {
    /// As for a build, but into a folder of its own.
    pub fn resolved(&self, here: &Path, root: &Path) -> Serve {
        let mut build = self.build.resolved(here, root);
        build.out = root.join("target/serve");
        Serve {
            build,
            port: self.port,
        }
    }
}

/// A part of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    Fmt,
    Clippy,
    /// Skipped where `cargo deny` is not installed.
    Deny,
    Native,
    Wasm,
    E2e,
    /// Skips a browser that is not here and cannot be installed.
    Engines,
    /// Only when asked for: it needs a database and PHP.
    WordPress,
}

impl Suite {
    /// All that belong to an ordinary run, quick ones first.
    const ALL: [Suite; 7] = [
        Suite::Fmt,
        Suite::Clippy,
        Suite::Deny,
        Suite::Native,
        Suite::Wasm,
        Suite::E2e,
        Suite::Engines,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Suite::Fmt => "fmt",
            Suite::Clippy => "clippy",
            Suite::Deny => "deny",
            Suite::Native => "native",
            Suite::Wasm => "wasm",
            Suite::E2e => "e2e",
            Suite::Engines => "engines",
            Suite::WordPress => "wordpress",
        }
    }

    /// What it does, for its heading.
    pub fn says(self) -> &'static str {
        match self {
            Suite::Fmt => "formatting",
            Suite::Clippy => "lints, native and WebAssembly",
            Suite::Deny => "licences and origins of what is depended on",
            Suite::Native => "native tests",
            Suite::Wasm => "WebAssembly tests in headless Chromium",
            Suite::E2e => "browser tests against a release build on the static server",
            Suite::Engines => "the same release build in Firefox and in WebKit",
            Suite::WordPress => "a real WordPress on loopback",
        }
    }
}

/// `cargo xtask test`.
#[derive(Clone, Debug, Default)]
pub struct TestOptions {
    only: Vec<Suite>,
    /// Test names (native, wasm) or parts of spec file names (e2e, engines).
    pub filter: Vec<String>,
}

impl TestOptions {
    /// The browser's spec files whose names contain one of `names`.
    pub fn of_specs(names: &[&str]) -> Self {
        Self {
            only: vec![Suite::E2e],
            filter: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// The suites to run, in their order.
    pub fn suites(&self) -> Vec<Suite> {
        let wanted = |suite: &Suite| self.only.is_empty() || self.only.contains(suite);
        let all = Suite::ALL.into_iter().filter(wanted);
        let asked = self.only.contains(&Suite::WordPress);
        all.chain(asked.then_some(Suite::WordPress)).collect()
    }
}

/// `cargo xtask bench`.
#[derive(Clone, Debug)]
pub struct BenchOptions {
    pub articles: Vec<usize>,
    pub check: bool,
}

/// `cargo xtask serve-dir`.
#[derive(Clone, Debug)]
pub struct ServeDirOptions {
    pub dir: PathBuf,
    pub port: u16,
    pub base: String,
    pub effort: Effort,
}

impl ServeDirOptions {
    pub fn resolved(&self, here: &Path) -> ServeDirOptions {
        ServeDirOptions {
            dir: here.join(&self.dir),
            ..self.clone()
        }
    }
}

/// Reads the arguments; the first of them is the program's own name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let command = match parser.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help(help::ALL)),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    match command.as_str() {
        "build" => build(&mut parser),
        "serve" => serve(&mut parser),
        "serve-dir" => serve_dir(&mut parser),
        "test" => test(&mut parser),
        "bench" => bench(&mut parser),
        "help" => Ok(Command::Help(help::ALL)),
        other => Err(format!("there is no command `{other}`").into()),
    }
}

fn build(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = BuildOptions {
        site: None,
        out: None,
        base: "/".into(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("site") => options.site = Some(parser.value()?.into()),
            Long("out") => options.out = Some(parser.value()?.into()),
            Long("base") => options.base = base(&parser.value()?.string()?)?,
            Short('h') | Long("help") => return Ok(Command::Help(help::BUILD)),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Build(options))
}

fn serve(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let build = BuildOptions {
        site: None,
        out: None,
        base: "/".into(),
    };
    let mut options = ServeOptions { build, port: 8080 };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("site") => options.build.site = Some(parser.value()?.into()),
            Long("base") => options.build.base = base(&parser.value()?.string()?)?,
            Long("port") => options.port = parser.value()?.parse()?,
            Short('h') | Long("help") => return Ok(Command::Help(help::SERVE)),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}

fn serve_dir(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut dir = None;
    let mut options = ServeDirOptions {
        dir: PathBuf::new(),
        port: 8080,
        base: "/".into(),
        effort: Effort::Quick,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("base") => options.base = base(&parser.value()?.string()?)?,
            Long("best") => options.effort = Effort::Best,
            Short('h') | Long("help") => return Ok(Command::Help(help::SERVE_DIR)),
            Value(path) if dir.is_none() => dir = Some(PathBuf::from(path)),
            other => return Err(other.unexpected()),
        }
    }
    options.dir = dir.ok_or("serve-dir needs the folder to serve")?;
    Ok(Command::ServeDir(options))
}

fn test(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = TestOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("only") => {
                for name in parser.value()?.string()?.split(',') {
                    let found = Suite::ALL.into_iter().find(|suite| suite.name() == name);
                    let names = Suite::ALL.map(Suite::name).join(", ");
                    let unknown = || format!("there is no suite `{name}`; there are {names}");
                    options.only.push(found.ok_or_else(unknown)?);
                }
            }
            Long("wordpress") => options.only.push(Suite::WordPress),
            Value(name) => options.filter.push(name.string()?),
            Short('h') | Long("help") => return Ok(Command::Help(help::TEST)),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Test(options))
}

fn bench(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = BenchOptions {
        articles: vec![100, 1_000, 10_000],
        check: false,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("articles") => {
                let list = parser.value()?.string()?;
                let numbers: Result<_, _> = list.split(',').map(str::parse).collect();
                options.articles = numbers.map_err(|_| "--articles takes numbers: 100,1000")?;
            }
            Long("check") => options.check = true,
            Short('h') | Long("help") => return Ok(Command::Help(help::BENCH)),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Bench(options))
}

/// A base path begins and ends with a slash, whatever was typed.
fn base(text: &str) -> Result<String, lexopt::Error> {
    let inner = text.trim_matches('/');
    let odd = |part: &str| {
        part.is_empty()
            || part == "."
            || part == ".."
            || !part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    if inner.is_empty() {
        return Ok("/".into());
    }
    if inner.split('/').any(odd) {
        return Err(format!("--base takes a plain path such as /news/, not `{text}`").into());
    }
    Ok(format!("/{inner}/"))
}

#[cfg(test)]
#[path = "args_tests.rs"]
mod tests;
