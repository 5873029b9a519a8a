//! `dateline check`: reads a source as the app would and tells its publisher what there is, what is
//! missing, what was skipped and why, and which `site.json` to begin with.
//!
//! Native only. Reads through `platform` and `source` like everybody else; knows nothing of pages.

mod bench;
mod guess;
mod print;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::model::{SiteConfig, SourceConfig, SourceKind};
use crate::platform::{HOST, Limits, read_watched};
use crate::source::{Query, Request, Response, Source, SourceError, json_feed, open, shown};

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
                problems: vec![problem],
                ..Report::default()
            };
        }
    };
    let mut report = Report::begin(&plan);
    let outcome = plan
        .source()
        .and_then(|source| read(&plan, &source, &mut report, progress));
    if let Err(problem) = outcome {
        report.problems.insert(0, problem);
        report.fatal = true;
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
    /// What was found out on the way to the source.
    pub notes: Vec<String>,
    /// The variable that holds the key, to be named in the suggested `site.json`.
    pub key_env: Option<String>,
}

impl Plan {
    fn source(&self) -> Result<Source, String> {
        let secret = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let config = self
            .config
            .reveal(&secret)
            .map_err(|error| error.to_string())?;
        open(&config, HOST).map_err(|error| error.to_string())
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
        notes: guessed.notes,
        key_env: args.key_env.clone(),
    })
}

/// Whether a file is a `site.json`: an object with a source in it.
fn is_site(path: &Path) -> bool {
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
    let name = file.display();
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("{name} cannot be read: {error}"))?;
    let site = SiteConfig::parse(&text).map_err(|error| format!("{name}: {error}"))?;
    let folder = file
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut limits = Limits {
        root: Some(folder.to_owned()),
        ..Limits::default()
    };
    let mut config = site.source.clone();
    if let Some(target) = target {
        let (address, at) = place(target)?;
        (config.url, limits) = (address, at);
    }
    config.kind = kind.unwrap_or(config.kind);
    Ok(Plan {
        config,
        site: Some(site),
        limits,
        notes: Vec::new(),
        key_env: None,
    })
}

/// An address as it is, a file as its name in its folder.
fn place(target: &str) -> Result<(String, Limits), String> {
    if crate::source::place::is_absolute(target) {
        return Ok((target.to_owned(), Limits::default()));
    }
    let path = Path::new(target);
    if !path.is_file() {
        let hint = if target.contains('.') && !target.contains(['/', '\\']) {
            format!("; did you mean https://{target}?")
        } else {
            String::new()
        };
        return Err(format!("there is no file {target}{hint}"));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| format!("the name of {target} is no text"))?;
    let folder = path
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
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
    source: &Source,
    report: &mut Report,
    progress: &mut dyn FnMut(&str),
) -> Result<(), String> {
    if source.kind() == SourceKind::JsonFeed
        && !crate::source::place::is_absolute(&plan.config.url)
        && plan.config.options.is_empty()
    {
        return stream(plan, report, progress);
    }
    let said = |error: SourceError| remedied(&error, plan);
    let mut cursor = None;
    loop {
        let mut seen = |request: &Request, response: &Response| report.saw(request, response);
        let batch = match read_watched(source, Query::Latest, cursor, &plan.limits, &mut seen) {
            Ok(batch) => batch,
            Err(error) if report.articles > 0 => {
                report.problems.push(format!(
                    "reading stopped after {} articles: {}",
                    report.articles,
                    said(error)
                ));
                break;
            }
            Err(error) => return Err(said(error)),
        };
        let before = report.articles;
        cursor = report.add_page(batch);
        if cursor.is_some() && report.articles == before {
            report.problems.push(format!(
                "page {} brings nothing new, though the source says that there is more",
                report.pages
            ));
            break;
        }
        if cursor.is_none() {
            break;
        }
        if report.articles >= Report::MOST {
            report.notes.push(format!(
                "stopped after {} articles; there are more",
                report.articles
            ));
            break;
        }
        progress(&format!(
            "{} pages, {} articles …",
            report.pages, report.articles
        ));
    }
    if report.about.title.is_none() || report.about.sections.is_empty() {
        let mut seen = |_: &Request, _: &Response| {};
        if let Ok(batch) = read_watched(source, Query::About, None, &plan.limits, &mut seen)
            && let Some(about) = batch.about
        {
            report.about = about;
        }
    }
    report.cors(plan);
    Ok(())
}

/// A feed file of any size, item by item, following its pages.
fn stream(plan: &Plan, report: &mut Report, progress: &mut dyn FnMut(&str)) -> Result<(), String> {
    let mut next = Some(plan.config.url.clone());
    let mut visited: Vec<String> = Vec::new();
    while let Some(address) = next {
        let path = crate::platform::path_in(plan.limits.root.as_deref(), &address);
        let file = path.and_then(|path| std::fs::File::open(path).ok());
        let Some(file) = file else {
            let problem = format!("{} is not there", shown(&address));
            if report.pages == 0 {
                return Err(problem);
            }
            report.problems.push(problem);
            return Ok(());
        };
        let mut each = |item: Result<crate::model::Article, crate::source::Skipped>| {
            match item {
                Ok(article) => report.add(&article),
                Err(skipped) => report.skipped.push(skipped),
            }
            if (report.articles + report.skipped.len()).is_multiple_of(10_000) {
                progress(&format!("{} articles …", report.articles));
            }
        };
        let outcome = json_feed::stream(file, &address, HOST, &mut each);
        report.pages += 1;
        match outcome {
            Ok(head) => {
                if report.about.title.is_none() {
                    report.about = head.about;
                }
                visited.push(address);
                let local = |next: &String| !crate::source::place::is_absolute(next);
                if let Some(elsewhere) = head.next.as_ref().filter(|next| !local(next)) {
                    report.notes.push(format!(
                        "the next page lies elsewhere: {}",
                        shown(elsewhere)
                    ));
                }
                next = head
                    .next
                    .filter(local)
                    .filter(|next| !visited.contains(next));
            }
            Err(error) if report.articles == 0 => return Err(remedied(&error, plan)),
            Err(error) => {
                report
                    .problems
                    .push(format!("the feed breaks off: {error}"));
                return Ok(());
            }
        }
    }
    Ok(())
}

/// An error with what can be done about it.
fn remedied(error: &SourceError, plan: &Plan) -> String {
    let remedy = match error {
        SourceError::Fetch(crate::source::FetchError::Timeout { .. }) => {
            "the server is slow or stuck; try again, or ask its host"
        }
        SourceError::Status { status: 404, .. } => "check the address",
        SourceError::Status {
            status: 429 | 503, ..
        } => "the server asks for patience; try later",
        SourceError::Status { status: 500.., .. } => "the server fails; its error log says why",
        SourceError::Unexpected { .. } if plan.config.kind == SourceKind::Mapped => {
            "compare the pointers in \"source\" with a real answer"
        }
        SourceError::Unexpected { .. } => "leave out --kind and let check guess",
        _ => return error.to_string(),
    };
    format!("{error}; {remedy}")
}
