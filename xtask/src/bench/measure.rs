//! Running a program with a stopwatch and an eye on its memory.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process::{cannot_start, plain, shown};

/// How a program ran.
pub struct Run {
    pub took: Duration,
    /// The most memory it ever held, where the system tells (Linux does).
    pub peak_bytes: Option<u64>,
}

/// Runs `command` with its output in `log`.
pub fn run(command: &mut Command, log: &Path) -> Result<Run> {
    let file =
        std::fs::File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let started = Instant::now();
    let mut child = plain(command)
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| cannot_start(command))?;
    let mut peak_bytes = None;
    // The kernel keeps the high-water mark itself; it only has to be read before the end.
    let status = loop {
        peak_bytes = peak(&child).max(peak_bytes);
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let took = started.elapsed();
    anyhow::ensure!(
        status.success(),
        "`{}` failed ({status}):\n{}",
        shown(command),
        std::fs::read_to_string(log).unwrap_or_default()
    );
    Ok(Run { took, peak_bytes })
}

fn peak(child: &Child) -> Option<u64> {
    high_water(&std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?)
}

/// The line is `VmHWM:`, spaces, a number, `kB`.
fn high_water(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// Units a second, from the line `N bytes in S seconds` among others.
pub fn rate(said: &str) -> Option<f64> {
    said.lines().find_map(|line| {
        let (bytes, seconds) = line.strip_suffix(" seconds")?.split_once(" bytes in ")?;
        Some(bytes.parse::<f64>().ok()? / seconds.parse::<f64>().ok()?)
    })
}

/// Seconds of two parts of a build, as it says them in one line.
pub fn parts(said: &str) -> Option<(f64, f64)> {
    said.lines().find_map(|line| {
        let line = line
            .strip_prefix("Related stories in ")?
            .strip_suffix(" s")?;
        let (related, search) = line.split_once(" s of all cores, search index in ")?;
        Some((related.parse().ok()?, search.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_from_its_line() {
        assert_eq!(rate("running\n500 bytes in 2.5 seconds\n"), Some(200.0));
        assert_eq!(rate("skipped: name a JSON Feed"), None);
    }

    #[test]
    fn the_parts_of_a_build_are_read_from_its_own_words() {
        let said =
            "Read 3\nRelated stories in 1.50 s of all cores, search index in 0.25 s\nWrote 3";
        assert_eq!(parts(said), Some((1.5, 0.25)));
        assert_eq!(parts("Wrote 3"), None);
    }

    #[test]
    fn the_high_water_mark_is_read() {
        assert_eq!(
            high_water("VmPeak:\t 9 kB\nVmHWM:\t    2048 kB\n"),
            Some(2 * 1024 * 1024)
        );
        assert_eq!(high_water("State:\tZ (zombie)\n"), None);
    }
}
