//! The publisher's command: `prerender` builds a site, `check` looks a source over.
//!
//! Only dispatch lives here; each command is a module of the library.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use dateline::model::Instant;
use dateline::{check, prerender};

#[derive(Parser)]
#[command(
    name = "dateline",
    version,
    about = "Turns any article source into a news site."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads a source as the app would and says what it found, what it skipped and why.
    Check(check::Args),
    /// Measures how fast each format is read.
    #[command(hide = true)]
    BenchSources,
    /// Writes every page of a site into a folder.
    Prerender {
        /// Folder with the app's bundles (Trunk's output).
        #[arg(long)]
        app: PathBuf,
        /// The site's configuration.
        #[arg(long, default_value = "public/site.json")]
        site: PathBuf,
        /// Folder to publish.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// Path the site lives under.
        #[arg(long, default_value = "/")]
        base: String,
        /// The moment to build for (RFC 3339), for builds that must repeat byte by byte.
        #[arg(long)]
        now: Option<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => return check::run(&args),
        Command::BenchSources => return check::bench(),
        Command::Prerender {
            app,
            site,
            out,
            base,
            now,
        } => {
            let base = format!("/{}/", base.trim_matches('/')).replace("//", "/");
            let moment = now.as_deref().map(|text| {
                Instant::parse(text).ok_or_else(|| {
                    anyhow::anyhow!("--now {text} is no moment; write it as 2026-11-23T10:00:00Z")
                })
            });
            moment
                .transpose()
                .and_then(|now| {
                    prerender::run(&prerender::Options {
                        app,
                        site,
                        out,
                        base,
                        now,
                    })
                })
                .map(|_| ())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dateline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
