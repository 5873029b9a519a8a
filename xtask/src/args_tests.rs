//! What a command line means, and what is refused.

use super::*;

fn read(line: &str) -> Result<Command, String> {
    let words = std::iter::once("xtask")
        .chain(line.split_whitespace())
        .map(OsString::from);
    parse(words).map_err(|error| error.to_string())
}

#[test]
fn a_build_without_options_is_the_demo_into_dist() {
    let Ok(Command::Build(options)) = read("build") else {
        panic!("not a build")
    };
    let build = options.resolved(Path::new("/elsewhere"), Path::new("/repo"));
    assert_eq!(build.site, Path::new("/repo/public/site.json"));
    assert_eq!(build.out, Path::new("/repo/dist"));
    assert_eq!(build.base, "/");
}

#[test]
fn given_paths_count_from_where_the_user_stands() {
    let Ok(Command::Build(options)) = read("build --site x/site.json --base news") else {
        panic!("not a build")
    };
    let build = options.resolved(Path::new("/elsewhere"), Path::new("/repo"));
    assert_eq!(build.site, Path::new("/elsewhere/x/site.json"));
    assert_eq!(build.base, "/news/");
}

#[test]
fn suites_run_in_their_own_order_whatever_was_typed() {
    let Ok(Command::Test(options)) = read("test --only e2e,fmt feeds") else {
        panic!("not a test run")
    };
    assert_eq!(options.suites(), [Suite::Fmt, Suite::E2e]);
    assert_eq!(options.filter, ["feeds"]);
    assert!(read("test --only unit").is_err_and(|error| error.contains("clippy")));
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    assert!(read("biuld").is_err_and(|error| error.contains("biuld")));
    assert!(read("build --ouch x").is_err_and(|error| error.contains("--ouch")));
    assert!(read("build --base /a/../b/").is_err_and(|error| error.contains("--base")));
    assert!(read("serve-dir").is_err_and(|error| error.contains("folder")));
}
