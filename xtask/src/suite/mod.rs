//! `cargo xtask test`: every check there is, one after the other, and one line at the end.
//!
//! A failing suite does not stop the next ones: one run tells all that is wrong. Each suite's own
//! output is passed through as it comes, and counted on the way; a formatting or lint check counts
//! as one test. The last line is `N passed, N failed` and nothing else, for machines to read.

mod count;
mod suites;
mod wordpress;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::args::{Suite, TestOptions};
use crate::progress::time;
use count::Count;

/// How one suite ended.
struct Outcome {
    suite: Suite,
    count: Count,
    took: Duration,
    /// Why it could not be run, or what failed beside its tests.
    trouble: Option<String>,
}

/// Runs the suites asked for.
pub fn run(root: &Path, options: &TestOptions) -> ExitCode {
    let started = Instant::now();
    let mut outcomes = Vec::new();
    for suite in options.suites() {
        println!("\n== {}: {}", suite.name(), suite.says());
        let started = Instant::now();
        let outcome = match suites::run(root, suite, options) {
            Ok(count) => Outcome {
                suite,
                count,
                took: started.elapsed(),
                trouble: None,
            },
            Err(error) => {
                let trouble = format!("{error:#}");
                eprintln!("\nerror: {trouble}");
                let count = Count {
                    failed: 1,
                    ..Count::default()
                };
                Outcome {
                    suite,
                    count,
                    took: started.elapsed(),
                    trouble: Some(trouble),
                }
            }
        };
        outcomes.push(outcome);
    }
    println!("\n{}", table(&outcomes));
    let total = outcomes
        .iter()
        .fold(Count::default(), |total, outcome| total.and(outcome.count));
    println!("In {}.\n", time(started.elapsed()));
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 && total.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn table(outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "{:<8} {:>7} {:>7} {:>8} {:>14}\n",
        "suite", "passed", "failed", "skipped", "time"
    );
    for Outcome {
        suite,
        count,
        took,
        trouble,
    } in outcomes
    {
        text.push_str(&format!(
            "{:<8} {:>7} {:>7} {:>8} {:>14}",
            suite.name(),
            count.passed,
            count.failed,
            count.skipped,
            time(*took)
        ));
        if let Some(first) = trouble
            .as_deref()
            .and_then(|trouble| trouble.lines().next())
        {
            text.push_str(&format!("  {first}"));
        }
        text.push('\n');
    }
    text
}
