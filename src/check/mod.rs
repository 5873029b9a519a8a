//! `dateline check`: reads a source as the app would and tells its publisher what there is, what is
//! missing, what was skipped and why, and which `site.json` to begin with.
//!
//! Native only. Reads through `platform` and `source` like everybody else; knows nothing of pages.

mod bench;
mod guess;
mod pointers;
mod print;
mod propose;
mod report;
mod shape;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::model::{SiteConfig, SourceConfig, SourceKind};
use crate::platform::{Limits, ReadError, Reader, read_all};
use crate::prerender::files::Files;
use crate::proof::{self, Proof};
use crate::source::{Request, Response, SourceError};

pub use bench::bench;
pub use report::Report;

/// What the command line says.
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// An address (a site, a feed, an API) or a file. May be left out with --site.
    pub target: Option<String>,
    /// jsonfeed, wordpress, ghost, guardian, ninjs, mapped or rss; guessed when left out.
    #[arg(long)]
    pub kind: Option<String>,
    /// A site.json whose "source" is read; a target beside it takes the place of its address.
    #[arg(long)]
    pub site: Option<PathBuf>,
    /// The environment variable that holds the API key, for sources that need one.
    #[arg(long, value_name = "NAME")]
    pub key_env: Option<String>,
    /// Prints the report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Reads, reports, and says by the exit code whether the app could show the source.
pub fn run(args: &Args) -> ExitCode {
    let report = report(args, &mut |line| eprintln!("{line}"));
    if args.json {
        println!("{}", print::json(&report));
    } else {
        print!("{}", print::text(&report));
    }
    if report.showable() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The whole report, progress told line by line.
pub fn report(args: &Args, progress: &mut dyn FnMut(&str)) -> Report {
    let plan = match plan(args, progress) {
        Ok(plan) => plan,
        Err(problem) => {
            return Report {
                fatal: true,
                unread: true,
                problems: vec![problem],
                ..Report::default()
            };
        }
    };
    let mut report = Report::begin(&plan);
    if plan.errors.is_empty() {
        let outcome = plan
            .revealed()
            .and_then(|config| read(&plan, &config, &mut report, progress));
        if let Err(problem) = outcome {
            report.problems.insert(0, problem);
            report.fatal = true;
        }
    } else {
        report.problems.clone_from(&plan.errors);
        report.fatal = true;
        report.unread = true;
    }
    report.finish(&plan);
    report
}

/// What is to be read, and how.
pub(crate) struct Plan {
    pub config: SourceConfig,
    /// The rest of `site.json`, where one was given.
    pub site: Option<SiteConfig>,
    pub limits: Limits,
    /// What would leave the site broken; then nothing is read.
    pub errors: Vec<String>,
    /// What was found out on the way to the source.
    pub notes: Vec<String>,
    /// The variable that holds the key, to be named in the suggested `site.json`.
    pub key_env: Option<String>,
}

impl Plan {
    /// The folder of `site.json`, where the source is the one that it names.
    fn files(&self) -> Option<Files> {
        let site = self.site.as_ref()?;
        let root = self.limits.root.as_deref()?;
        let same = self.config.url == site.source.url;
        same.then(|| Files::new(root, site, &crate::page::resolve(site, "/", Vec::new())))
    }

    fn revealed(&self) -> Result<SourceConfig, String> {
        let secret = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        self.config
            .reveal(&secret)
            .map_err(|error| error.to_string())
    }
}

fn plan(args: &Args, progress: &mut dyn FnMut(&str)) -> Result<Plan, String> {
    let kind = match &args.kind {
        None => None,
        Some(name) => Some(SourceKind::from_name(name).ok_or_else(|| {
            let known: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.name()).collect();
            format!(
                "no kind of source is called \"{name}\"; there are {}",
                known.join(", ")
            )
        })?),
    };
    let target = args
        .target
        .as_deref()
        .map(str::trim)
        .filter(|target| !target.is_empty());
    let as_site = target
        .map(Path::new)
        .filter(|path| args.site.is_none() && is_site(path));
    if let Some(file) = args.site.as_deref().or(as_site) {
        return planned_site(file, target.filter(|_| as_site.is_none()), kind);
    }
    let Some(target) = target else {
        return Err("say what to read: an address, a file, or --site FILE".into());
    };
    let (address, limits) = place(target)?;
    let mut guessed = match kind {
        Some(kind) => guess::told(kind, &address),
        None => guess::guess(&address, &limits, progress)?,
    };
    if let Some(name) = &args.key_env {
        guessed.config.key = Some(crate::model::Secret::Env(name.clone()));
    }
    Ok(Plan {
        config: guessed.config,
        site: None,
        limits,
        errors: Vec::new(),
        notes: guessed.notes,
        key_env: args.key_env.clone(),
    })
}

/// Whether a file is a `site.json`: it is called so, or is an object with a source in it.
fn is_site(path: &Path) -> bool {
    if path.is_file() && path.file_name().is_some_and(|name| name == "site.json") {
        return true;
    }
    const SMALL: u64 = 1 << 20;
    let small = std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() < SMALL);
    small
        && std::fs::read_to_string(path).is_ok_and(|text| {
            let value: Option<serde_json::Value> =
                serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
            value.is_some_and(|value| value.get("source").is_some_and(|it| it.is_object()))
        })
}

fn planned_site(
    file: &Path,
    target: Option<&str>,
    kind: Option<SourceKind>,
) -> Result<Plan, String> {
    let (site, mut notes) = proof::read(file)?;
    let folder = proof::folder_of(file);
    let mut limits = Limits {
        root: Some(folder.to_owned()),
        ..Limits::default()
    };
    let Proof {
        mut errors,
        notes: more,
    } = Proof::of(&site, folder, None);
    notes.extend(more);
    let mut config = site.source.clone();
    if let Some(target) = target {
        let (address, at) = place(target)?;
        (config.url, limits) = (address, at);
        errors.retain(|error| !error.starts_with("\"source.url\""));
    }
    config.kind = kind.unwrap_or(config.kind);
    Ok(Plan {
        config,
        site: Some(site),
        limits,
        errors,
        notes,
        key_env: None,
    })
}

/// An address as it is, a file as its name in its folder.
fn place(target: &str) -> Result<(String, Limits), String> {
    if crate::source::place::is_absolute(target) {
        return Ok((target.to_owned(), Limits::default()));
    }
    let path = Path::new(target);
    if path.is_dir() {
        return Err(format!("{target} is a folder; name a file in it"));
    }
    if !path.is_file() {
        let host = proof::is_host(target.split('/').next().unwrap_or_default());
        let host = host.then(|| format!("https://{target}"));
        let meant = [proof::nearby(Path::new("."), target), host];
        let meant: Vec<String> = meant.into_iter().flatten().collect();
        let hint = match meant.as_slice() {
            [] => String::new(),
            some => format!("; did you mean {}?", some.join(" or ")),
        };
        return Err(format!("there is no file {target}{hint}"));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| format!("the name of {target} is no text"))?;
    let folder = proof::folder_of(path);
    Ok((
        name.to_owned(),
        Limits {
            root: Some(folder.to_owned()),
            ..Limits::default()
        },
    ))
}

/// Reads everything, page after page.
fn read(
    plan: &Plan,
    config: &SourceConfig,
    report: &mut Report,
    progress: &mut dyn FnMut(&str),
) -> Result<(), String> {
    let mut gathering = Gathering { report, progress };
    let reading =
        read_all(config, &plan.limits, &mut gathering).map_err(|error| remedied(&error, plan))?;
    report.pages = reading.pages;
    report.total = reading.total;
    report.about = reading.about;
    report.problems.extend(reading.notes);
    if reading.bodies > 0 {
        report.notes.push(format!(
            "lists have no bodies here; of {} stories asked for one by one {} had one, and a build \
             asks for all",
            reading.bodies,
            report.present.get("body").copied().unwrap_or(0)
        ));
    }
    if let Some(error) = reading.incomplete {
        report.problems.push(format!(
            "reading stopped after {} articles: {}",
            report.articles,
            remedied(&ReadError::Source(error), plan)
        ));
    }
    report.cors(config, plan);
    Ok(())
}

/// Bodies that are asked for where lists have none.
const FEW_BODIES: usize = 3;

/// Puts items into the report as they come.
struct Gathering<'a> {
    report: &'a mut Report,
    progress: &'a mut dyn FnMut(&str),
}

impl Reader for Gathering<'_> {
    fn item(&mut self, item: Result<crate::model::Article, crate::source::Skipped>) {
        match item {
            Ok(article) => self.report.add(&article),
            Err(skipped) => self.report.skipped.push(skipped),
        }
        if self.report.articles > 0 && self.report.articles.is_multiple_of(10_000) {
            (self.progress)(&format!("{} articles …", self.report.articles));
        }
    }

    fn wants_body(&mut self, asked: usize) -> bool {
        // A few show whether there are bodies at all; a check of thousands would be impolite.
        asked < FEW_BODIES
    }

    fn page(&mut self, page: usize, articles: usize, total: Option<u64>) {
        (self.progress)(&crate::platform::paged(page, articles, total));
    }

    fn waits(&mut self, request: &Request, status: u16, wait: std::time::Duration) {
        (self.progress)(&crate::platform::waited(request, status, wait));
    }

    fn saw(&mut self, request: &Request, response: &Response) {
        self.report.saw(request, response);
    }
}

/// An error with what can be done about it.
fn remedied(error: &ReadError, plan: &Plan) -> String {
    let ReadError::Source(error) = error else {
        return error.to_string();
    };
    // What is there instead: a feed of another kind, a page that names one.
    let odd = matches!(
        error,
        SourceError::Unexpected { .. } | SourceError::Broken { .. } | SourceError::WebPage { .. }
    );
    let looks = || guess::guess(&plan.config.url, &plan.limits, &mut |_| {}).ok();
    let looks = odd.then(looks).flatten();
    let same = |guess: &guess::Guess| guess.config.url == plan.config.url;
    let kind = looks.filter(same).map(|guess| guess.config.kind);
    proof::remedied(error, &plan.config, proof::Looked::At(kind))
}
