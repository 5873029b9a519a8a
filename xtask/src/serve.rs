//! `cargo xtask serve`: a site on this machine that follows its sources.
//!
//! The same build as `cargo xtask build`, into `target/serve`. Then the folders a site is made
//! from are watched; when something in them changes, the build runs again (its own stamps skip
//! what need not be done) and open pages reload. A failed rebuild is told in the terminal and
//! leaves the last good site standing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{EventKind, RecursiveMode, Watcher};

use crate::args::Serve;
use crate::build;
use crate::progress::time;
use crate::server::{Effort, Live, Options, Server};

/// What editors do to one file takes them a few events; this long a silence ends them.
const QUIET: Duration = Duration::from_millis(150);

/// What a site is made from, beside the folder of its `site.json`.
const SOURCES: &[&str] = &[
    "src",
    "style",
    "public/app",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
];

pub fn run(root: &Path, options: &Serve) -> Result<()> {
    // The port first: nobody should wait for a build to hear that the port is taken.
    std::fs::create_dir_all(&options.build.out)?;
    let live = Arc::new(Live::default());
    let server = Server::bind(Options {
        dir: options.build.out.clone(),
        base: options.build.base.clone(),
        port: options.port,
        effort: Effort::Quick,
        live: Some(Arc::clone(&live)),
    })?;
    build::run(root, &options.build)?;
    let url = server.url();
    // Watching begins before the address is printed: a change right after it is not missed.
    let (_watcher, changes) = watch(root, &options.build.site)?;
    server.spawn();
    println!("\n{url}\n\nRebuilds on change; Ctrl-C ends it.");
    while let Some(path) = next_change(&changes) {
        let name = path.strip_prefix(root).unwrap_or(&path).display();
        eprintln!("\n{name} has changed.");
        let started = std::time::Instant::now();
        match build::run(root, &options.build) {
            Ok(()) => {
                eprintln!("Built again in {}.", time(started.elapsed()));
                live.reload();
            }
            Err(error) => {
                eprintln!("\nerror: {error:#}\n\nThe last good build is still at {url}");
                live.failed();
            }
        }
    }
    anyhow::bail!("watching for changes has ended; start `cargo xtask serve` again")
}

/// Starts watching. The watcher lives as long as what is returned with it.
fn watch(root: &Path, site: &Path) -> Result<(impl Watcher + use<>, Receiver<PathBuf>)> {
    let (sender, changes) = channel();
    let checkout = root.to_path_buf();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        // Reading counts as an event too, and the build reads everything.
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        for path in event
            .paths
            .into_iter()
            .filter(|path| matters(&checkout, path))
        {
            let _ = sender.send(path);
        }
    })
    .context("this system offers no way to watch files")?;
    let site_folder = site.parent().unwrap_or(root).to_path_buf();
    let sources = SOURCES
        .iter()
        .map(|name| root.join(name))
        .filter(|path| path.exists());
    for path in sources.chain([site_folder]) {
        watcher
            .watch(&path, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", path.display()))?;
    }
    Ok((watcher, changes))
}

/// Waits for a change, then for the silence after it.
fn next_change(changes: &Receiver<PathBuf>) -> Option<PathBuf> {
    let first = changes.recv().ok()?;
    while changes.recv_timeout(QUIET).is_ok() {}
    Some(first)
}

/// Editors' own files and what a build writes are not sources.
fn matters(root: &Path, path: &Path) -> bool {
    let path = path.strip_prefix(root).unwrap_or(path);
    let ours = ["target", "node_modules", ".git"];
    let foreign = path
        .components()
        .any(|part| ours.iter().any(|name| part.as_os_str() == *name));
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let scratch = name.ends_with('~') || name.ends_with(".swp") || name.starts_with(".#");
    !foreign && !scratch && name != "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_scribbles_is_not_a_change() {
        for path in [
            "src/.#lib.rs",
            "src/lib.rs~",
            "src/.lib.rs.swp",
            "src/4913",
            "target/x.html",
        ] {
            assert!(
                !matters(Path::new("/target/repo"), Path::new(path)),
                "{path}"
            );
        }
        assert!(matters(
            Path::new("/target/repo"),
            Path::new("/target/repo/public/feed.json")
        ));
    }

    #[test]
    fn a_burst_of_events_is_one_change() {
        let (sender, changes) = channel();
        for name in ["a", "b", "c"] {
            sender
                .send(PathBuf::from(name))
                .expect("the receiver is here");
        }
        assert_eq!(next_change(&changes), Some(PathBuf::from("a")));
        drop(sender);
        assert_eq!(next_change(&changes), None);
    }
}
