//! Firefox and WebKit with their drivers, for the tests that ask whether it is the same site there.
//!
//! `$FIREFOX`, `$GECKODRIVER`, `$WEBKIT_DRIVER` and `$MINIBROWSER` name what lies elsewhere. Safari itself
//! runs on Apple's machines alone; Debian's WebKitGTK has its engine, on a display that Xvfb makes up.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{cargo, installed};

/// The last geckodriver that is known to work; any that is there already serves as well.
const GECKODRIVER: &str = "0.37.1";

/// An engine that is here: the variables by which its tests find it.
pub type Engine = Vec<(&'static str, PathBuf)>;

/// Firefox, found or installed.
///
/// # Errors
/// Says what to install where this user may not.
pub fn firefox(root: &Path) -> Result<Engine> {
    let browser = || found("FIREFOX", &["firefox", "firefox-esr"]);
    if browser().is_none() {
        super::apt(root, "Firefox (or name it in FIREFOX)", &["firefox-esr"])?;
    }
    let browser = browser().ok_or_else(|| missing("firefox-esr"))?;
    let driver = match found("GECKODRIVER", &["geckodriver"]) {
        Some(driver) => driver,
        None => cargo::tool(
            root,
            "geckodriver",
            "geckodriver",
            GECKODRIVER,
            true,
            "about 3 minutes",
        )?,
    };
    Ok(vec![("FIREFOX", browser), ("GECKODRIVER", driver)])
}

/// WebKitGTK, found or installed, with a display.
///
/// # Errors
/// Says what to install where this user may not.
pub fn webkit(root: &Path) -> Result<Engine> {
    let find = || {
        Some(vec![
            (
                "WEBKIT_DRIVER",
                found("WEBKIT_DRIVER", &["WebKitWebDriver"])?,
            ),
            (
                "MINIBROWSER",
                found("MINIBROWSER", &["MiniBrowser"]).or_else(mini_browser)?,
            ),
            ("XVFB", found("XVFB", &["Xvfb"])?),
        ])
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    super::apt(
        root,
        "WebKitGTK with its driver and a display",
        &["webkit2gtk-driver", "xvfb"],
    )?;
    find().ok_or_else(|| missing("webkit2gtk-driver and xvfb"))
}

/// Where distributions put WebKitGTK's own small browser: beside the library, not on PATH.
fn mini_browser() -> Option<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let mut folders: Vec<PathBuf> = vec![
        "/usr/lib".into(),
        "/usr/lib64".into(),
        "/usr/libexec".into(),
    ];
    folders.extend(below(Path::new("/usr/lib")));
    folders
        .iter()
        .flat_map(|folder| ["webkit2gtk-4.1", "webkitgtk-6.0"].map(|it| folder.join(it)))
        .map(|folder| folder.join("MiniBrowser"))
        .find(|program| program.is_file())
}

fn found(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let on_path = || {
        names
            .iter()
            .find_map(|name| installed(name).into_iter().next())
    };
    named.filter(|program| program.is_file()).or_else(on_path)
}

fn missing(packages: &str) -> anyhow::Error {
    anyhow::anyhow!("apt installed {packages}, yet it is not where Debian puts it")
}
