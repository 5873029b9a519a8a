//! Running other programs: quietly with a log, or in full view.
//!
//! A set-up or build step runs quietly: its output goes to `target/xtask/logs/`, and only when it
//! fails are the last lines shown, with the log's name. Nothing else in xtask spawns processes
//! and waits for them by hand.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::root;

/// How many lines of a failed program's output are shown.
const TAIL: usize = 60;

/// Runs `command` with its output in a log called `name`; an error carries the end of that log.
pub fn quiet(root: &Path, name: &str, command: &mut Command) -> Result<()> {
    let folder = root::state(root).join("logs");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let path = folder.join(format!("{name}.log"));
    let log = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let status = plain(command)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .status()
        .with_context(|| cannot_start(command))?;
    if status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines[lines.len().saturating_sub(TAIL)..].join("\n");
    bail!(
        "`{}` failed ({status}). Its last words:\n\n{tail}\n\nAll of it: {}",
        shown(command),
        path.display()
    )
}

/// Runs `command` and gives back what it wrote to its standard output, trimmed; `None` when it
/// cannot be started or fails. For asking a program its version.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = plain(command)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Takes out of the environment what disturbs the tools: `NO_COLOR=1` makes Trunk 0.21 stop with
/// a complaint about a missing value, and the variables cargo sets for xtask itself would make a
/// nested cargo rebuild what depends on them.
pub fn plain(command: &mut Command) -> &mut Command {
    command.env_remove("NO_COLOR");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// The message for a program that is not there at all.
pub fn cannot_start(command: &Command) -> String {
    format!(
        "cannot start `{}`: is it installed and on PATH?",
        shown(command)
    )
}

/// A command as one would type it.
pub fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_quoted_in_the_error() {
        let root = std::env::temp_dir().join(format!("xtask-process-{}", std::process::id()));
        let error = quiet(
            &root,
            "t",
            Command::new("sh").args(["-c", "echo why; exit 3"]),
        )
        .expect_err("exit status 3 is an error");
        let text = format!("{error:#}");
        assert!(text.contains("why") && text.contains("sh -c"), "{text}");
        std::fs::remove_dir_all(&root).expect("the folder was made above");
    }

    #[test]
    fn an_absent_program_has_no_answer() {
        assert_eq!(
            answer(Command::new("no-such-program-anywhere").arg("--version")),
            None
        );
    }
}
