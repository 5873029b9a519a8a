//! `cargo xtask`: everything one does with a checkout of Dateline, from nothing but rustup and Node.
//!
//! This is the entrance: it reads the arguments, goes to the repository's root and hands over to
//! one module per command. Whatever goes wrong below comes up here as one error, is printed with
//! its causes, and ends the process with a status other than zero.

mod args;
mod bench;
mod build;
mod font;
mod help;
mod names;
mod process;
mod progress;
mod root;
mod serve;
mod server;
mod smaller;
mod stamp;
mod suite;
mod tools;
mod wasm;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\nRun `cargo xtask --help` to see what there is.");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    // A user's paths are relative to where the user stands; ours to the repository's root.
    let here = std::env::current_dir()?;
    let root = root::find()?;
    match command {
        Command::Help(text) => print!("{text}"),
        Command::Build(options) => build::run(&root, &options.resolved(&here, &root))?,
        Command::Serve(options) => serve::run(&root, &options.resolved(&here, &root))?,
        Command::ServeDir(options) => server::serve_dir(&options.resolved(&here))?,
        Command::Bench(options) => {
            anyhow::ensure!(
                bench::run(&root, &options)?,
                "a budget is passed; the table says which"
            );
        }
        Command::Test(options) => return Ok(suite::run(&root, &options)),
    }
    Ok(ExitCode::SUCCESS)
}
