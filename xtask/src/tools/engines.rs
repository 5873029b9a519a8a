//! Firefox and WebKit with their drivers, for the tests that ask whether it is the same site there.
//!
//! `$FIREFOX`, `$GECKODRIVER`, `$WEBKIT_DRIVER` and `$MINIBROWSER` name what lies elsewhere. Safari itself
//! runs on Apple's machines alone; Debian's WebKitGTK has its engine, on a display that Xvfb makes up.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{cargo, named, provided};

/// The last geckodriver that is known to work; any that is there already serves as well.
const GECKODRIVER: &str = "0.37.1";

/// An engine that is here: the variables by which its tests find it.
pub type Engine = Vec<(&'static str, PathBuf)>;

/// Firefox, found or installed.
///
/// # Errors
/// Says what to install where this user may not.
pub fn firefox(root: &Path) -> Result<Engine> {
    let browser = provided(
        root,
        "Firefox (or name it in FIREFOX)",
        &["firefox-esr"],
        || named("FIREFOX", &["firefox", "firefox-esr"]),
    )?;
    let driver = match named("GECKODRIVER", &["geckodriver"]) {
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
    let what = "WebKitGTK with its driver and a display";
    provided(root, what, &["webkit2gtk-driver", "xvfb"], || {
        Some(vec![
            (
                "WEBKIT_DRIVER",
                named("WEBKIT_DRIVER", &["WebKitWebDriver"])?,
            ),
            (
                "MINIBROWSER",
                named("MINIBROWSER", &["MiniBrowser"]).or_else(mini_browser)?,
            ),
            ("XVFB", named("XVFB", &["Xvfb"])?),
        ])
    })
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
