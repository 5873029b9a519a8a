//! `cargo xtask test --wordpress`: a real WordPress on loopback, and the tests that ask it.
//!
//! Debian's packages, the database in a folder of its own, PHP's own server: nothing of the machine
//! is touched but `target/wordpress`, which is made anew each time. What the site holds is in
//! `tests/wordpress/seed.php`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::count::Count;
use super::suites::{self, counted};
use crate::args::TestOptions;
use crate::process::{answer, cannot_start, plain, quiet};
use crate::progress::Step;
use crate::tools::{self, cargo, installed};

const PACKAGES: [&str; 4] = ["wordpress", "php-cli", "php-mysql", "mariadb-server"];
/// Where Debian's package puts WordPress.
const ORIGINAL: &str = "/usr/share/wordpress";
const PRETTY: &str = "/%year%/%monthnum%/%postname%/";

/// Programs that end with this value.
struct Running(Vec<Child>);

impl Drop for Running {
    fn drop(&mut self) {
        for child in self.0.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A WordPress that answers.
struct WordPress {
    state: PathBuf,
    tests: PathBuf,
    url: String,
    _running: Running,
}

/// Starts one, asks it in every way, and takes it down.
pub fn run(root: &Path, options: &TestOptions) -> Result<Count> {
    ensure!(
        options.filter.is_empty(),
        "--wordpress takes no names of tests"
    );
    packages(root)?;
    let step = Step::start("Setting up a WordPress (a quarter of a minute)");
    let site = WordPress::start(root)?;
    step.done();
    let ask = || {
        let mut command = cargo::cargo(root);
        command.args(["test", "--locked", "--test", "wordpress"]);
        counted(command.env("DATELINE_WORDPRESS", &site.url))
    };
    println!("-- pretty permalinks");
    let mut count = ask()?;
    println!("-- plain permalinks");
    site.permalinks(root, "")?;
    count = count.and(ask()?);
    println!("-- /wp-json/ blocked");
    site.permalinks(root, PRETTY)?;
    let blocked = site.state.join("no-wp-json");
    std::fs::write(&blocked, "")?;
    count = count.and(ask()?);
    std::fs::remove_file(&blocked)?;
    println!("-- in a browser");
    let own = TestOptions::of_specs(&["wordpress"]);
    let specs = suites::e2e(root, &own, &[("DATELINE_WORDPRESS", &site.url)])?;
    ensure!(
        options.filter.is_empty(),
        "--wordpress takes no names of tests"
    );
    Ok(count.and(specs))
}

/// Finds the packages or installs them.
fn packages(root: &Path) -> Result<()> {
    let there = Path::new(ORIGINAL).is_dir()
        && ["php", "mariadb-install-db"]
            .iter()
            .all(|name| !installed(name).is_empty())
        && mariadbd().is_some();
    if there {
        return Ok(());
    }
    tools::apt(root, "a WordPress for tests", &PACKAGES)
}

/// The database's server, which lies outside of most users' PATH.
fn mariadbd() -> Option<PathBuf> {
    let places = [
        "/usr/sbin/mariadbd",
        "/usr/libexec/mariadbd",
        "/usr/bin/mariadbd",
    ];
    let known = places
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.is_file());
    known.or_else(|| installed("mariadbd").into_iter().next())
}

impl WordPress {
    fn start(root: &Path) -> Result<Self> {
        let state = root.join("target/wordpress");
        if state.exists() {
            std::fs::remove_dir_all(&state)?;
        }
        std::fs::create_dir_all(state.join("data"))?;
        let tests = root.join("tests/wordpress");
        quiet(
            root,
            "wordpress-copy",
            Command::new("cp")
                .args(["-rL", ORIGINAL])
                .arg(state.join("site")),
        )?;
        let plugins = state.join("site/wp-content/mu-plugins");
        std::fs::create_dir_all(&plugins)?;
        std::fs::copy(tests.join("plugin.php"), plugins.join("dateline.php"))?;
        std::fs::copy(tests.join("config.php"), state.join("site/wp-config.php"))?;
        let mut running = Running(Vec::new());
        database(root, &state, &mut running)?;
        // The port is free again when PHP asks for it; nobody else is likely to take it in between.
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))?
            .local_addr()?
            .port();
        let site = Self {
            url: format!("http://127.0.0.1:{port}"),
            state,
            tests,
            _running: running,
        };
        quiet(
            root,
            "wordpress-seed",
            site.php().arg(site.tests.join("seed.php")),
        )?;
        site.serve(port)
    }

    fn php(&self) -> Command {
        let mut command = Command::new("php");
        command
            .env("DATELINE_WP_STATE", &self.state)
            .env("DATELINE_WP_URL", &self.url);
        command
    }

    fn serve(mut self, port: u16) -> Result<Self> {
        let mut command = self.php();
        command
            .args(["-S", &format!("127.0.0.1:{port}"), "-t"])
            .arg(self.state.join("site"))
            .arg(self.tests.join("router.php"))
            .env("PHP_CLI_SERVER_WORKERS", "4");
        self._running
            .0
            .push(background(&mut command, &self.state.join("php.log"))?);
        let answers = || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
        wait(answers, "PHP's server does not answer")?;
        Ok(self)
    }

    fn permalinks(&self, root: &Path, structure: &str) -> Result<()> {
        let mut command = self.php();
        command
            .arg(self.tests.join("permalinks.php"))
            .arg(structure);
        quiet(root, "wordpress-permalinks", &mut command)
    }
}

/// Starts the database on a socket in the state folder.
fn database(root: &Path, state: &Path, running: &mut Running) -> Result<()> {
    let option = |name: &str, path: &str| format!("--{name}={}", state.join(path).display());
    let data = option("datadir", "data");
    let socket = option("socket", "mariadb.sock");
    let mut owner = Vec::new();
    if answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        owner.push("--user=root");
    }
    let mut install = Command::new("mariadb-install-db");
    install
        .args([
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ])
        .arg(&data)
        .args(&owner);
    quiet(root, "mariadb-install", &mut install)?;
    let mut server = Command::new(mariadbd().context("mariadbd is not there")?);
    server
        .args([
            "--no-defaults",
            "--skip-networking",
            "--innodb-flush-log-at-trx-commit=0",
        ])
        .args([&data, &socket, &option("pid-file", "mariadb.pid")])
        .args(&owner);
    running
        .0
        .push(background(&mut server, &state.join("mariadb.log"))?);
    let asked = |statement: &str| {
        let mut client = Command::new("mariadb");
        answer(client.args(["--no-defaults", "--user=root", &socket, "-e", statement])).is_some()
    };
    wait(|| asked("SELECT 1"), "the database does not answer")?;
    ensure!(
        asked("CREATE DATABASE wordpress"),
        "the database refuses to make one"
    );
    Ok(())
}

fn background(command: &mut Command, log: &Path) -> Result<Child> {
    let file = std::fs::File::create(log)?;
    plain(command)
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| cannot_start(command))
}

fn wait(ready: impl Fn() -> bool, otherwise: &'static str) -> Result<()> {
    let started = Instant::now();
    while !ready() {
        ensure!(started.elapsed() < Duration::from_secs(60), otherwise);
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
