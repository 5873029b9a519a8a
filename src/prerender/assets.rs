//! What every build ships beside its pages: the bundle, the texts, the start script, the styles.
//! Each gets its content's hash in its name, so a host may keep it for ever.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::styles::{self, Sheets};
use super::{Options, early::Early, output::Output};
use crate::model::Site;
use crate::strings::{Key, Strings};

/// Addresses (under the base, with it) and inlined parts that documents need.
pub struct Assets {
    pub strings: Strings,
    /// Inlined in every page.
    pub css: String,
    pub css_hash: String,
    /// Address of what only paper needs; browsers load it behind everything else.
    pub print: String,
    /// Loaded by the app after start: what no first view needs.
    pub app_css: String,
    /// Runs inline before the first paint.
    pub theme: String,
    pub theme_hash: String,
    /// Address of the site's icon.
    pub icon: Option<String>,
    /// Its pixels, where it is a picture of the site's folder.
    pub icon_size: Option<(u32, u32)>,
    /// Entries of the manifest for icons made from it.
    pub icons: Vec<serde_json::Value>,
    /// The Content Security Policy, for hosts that send no headers; set once all is known.
    pub policy: String,
    pub boot: String,
    /// Searches the static index; loaded by the search page.
    pub search: String,
    /// Keeps saved stories; loaded when a reader saves one or looks at them.
    pub shelf: String,
    /// Brings prerendered pages to life.
    pub app: Bundle,
    /// Makes pages in the browser, where there is only a shell.
    pub press: Bundle,
    pub locale: String,
    /// What a shell asks for while the press loads; set once the source is known.
    pub early: Early,
    /// Starts an empty shell, before the start script.
    pub shell: String,
    /// Reads the first answers there; none in a build without it.
    pub widget: Option<Bundle>,
}

/// The addresses of a bundle.
pub struct Bundle {
    pub js: String,
    pub wasm: String,
}

const THEME: &str = include_str!("../../public/app/theme.js");
const BOOT: &str = include_str!("../../public/app/boot.js");
const OFFLINE: &str = include_str!("../../public/app/offline.js");
const SEARCH: &str = include_str!("../../public/app/search.js");
const SHELL: &str = include_str!("../../public/app/shell.js");
const SHELF: &str = include_str!("../../public/app/shelf.js");

/// Puts the assets of a build into the output folder.
///
/// `sheets` are those that the languages of the site and its stories need.
///
/// # Errors
/// When Trunk's output has no bundle (run the build through xtask), or a file cannot be written.
pub fn gather(
    options: &Options,
    site: &Site,
    sheets: &Sheets,
    strings: Strings,
    out: &Output,
) -> Result<Assets> {
    let base = &site.base;
    let put = |name: &str, bytes: &[u8]| -> Result<String> {
        out.put(&format!("assets/{name}"), bytes)?;
        Ok(format!("{base}assets/{name}"))
    };
    ship(&options.app, out)?;
    let widget = super::embed::put(options, base, out)?;
    let read = |name: &str| {
        fs::read(options.app.join(name)).with_context(|| {
            format!(
                "{name} cannot be read in {}; run cargo xtask build",
                options.app.display()
            )
        })
    };
    let bundle = |name: &str, files: [String; 2]| -> Result<Bundle> {
        let (js, wasm) = (read(&files[0])?, read(&files[1])?);
        Ok(Bundle {
            js: put(&hashed(name, "js", &js), &js)?,
            wasm: put(&hashed(name, "wasm", &wasm), &wasm)?,
        })
    };
    let app = bundle(
        "app",
        ["bundles/app.js", "bundles/app_bg.wasm"].map(str::to_owned),
    )?;
    let desk = bundle(
        "desk",
        ["bundles/desk.js", "bundles/desk_bg.wasm"].map(str::to_owned),
    )?;
    let press = bundle("press", press(&options.app)?)?;
    let (language, text) = super::locales::chosen(&site.language);
    let locale = put(&hashed(language, "json", text.as_bytes()), text.as_bytes())?;
    let small = |name: &str, text: &str| {
        let text = script(text);
        put(&hashed(name, "js", text.as_bytes()), text.as_bytes())
    };
    let named = |mut text: String| {
        let all = [("APP", &app), ("DESK", &desk), ("PRESS", &press)];
        for (name, bundle) in all
            .into_iter()
            .chain(widget.iter().map(|it| ("WIDGET", it)))
        {
            text = text
                .replace(&format!("{name}_JS"), &bundle.js)
                .replace(&format!("{name}_WASM"), &bundle.wasm);
        }
        text
    };
    let offline = small("offline", &named(OFFLINE.replace("BASE", base)))?;
    let shell = small("shell", &named(SHELL.to_owned()))?;
    let mut boot_text = named(script(BOOT)).replace("OFFLINE_JS", &offline);
    for (name, key) in [
        ("TEXT_RELOAD", Key::Reload),
        ("TEXT_ENDED", Key::AppEnded),
        ("TEXT_OUTDATED", Key::Outdated),
    ] {
        boot_text = boot_text.replace(name, &serde_json::to_string(strings.get(key))?);
    }
    let boot = put(
        &hashed("boot", "js", boot_text.as_bytes()),
        boot_text.as_bytes(),
    )?;
    let css = match face(&options.app) {
        Some((font, licence)) => {
            put("OFL.txt", &licence)?;
            let font = put(&hashed("newsreader", "woff2", &font), &font)?;
            face_rule(&font) + &sheets.inlined()
        }
        None => sheets.inlined(),
    };
    let css = css + &super::accent::rule(site.accent.as_deref());
    let print = styles::print();
    let print = put(&hashed("print", "css", print.as_bytes()), print.as_bytes())?;
    let app_text = styles::app();
    let app_css = put(
        &hashed("app", "css", app_text.as_bytes()),
        app_text.as_bytes(),
    )?;
    let theme = script(THEME);
    Ok(Assets {
        strings,
        theme_hash: csp_hash(&theme),
        theme,
        icon: None,
        icon_size: None,
        icons: Vec::new(),
        policy: String::new(),
        css_hash: csp_hash(&css),
        css,
        print,
        app_css,
        boot,
        search: small("search", SEARCH)?,
        shelf: small("shelf", SHELF)?,
        app,
        press,
        locale,
        early: Early::default(),
        shell,
        widget,
    })
}

/// The headline face and its licence, where the build has them: a machine without npm has not.
fn face(app: &Path) -> Option<(Vec<u8>, Vec<u8>)> {
    let read = |name: &str| fs::read(app.join("fonts").join(name)).ok();
    Some((read("newsreader-600.woff2")?, read("OFL.txt")?))
}

/// `optional`: a reader whose font is late keeps the fallback, and nothing moves.
fn face_rule(address: &str) -> String {
    format!(
        "@font-face{{font-family:Newsreader;font-weight:600;font-display:optional;\
         src:url({address})}}"
    )
}

/// The names of the press in Trunk's output: it starts Trunk's own page, so Trunk hashes it.
pub fn press(app: &Path) -> Result<[String; 2]> {
    let mut found = [const { None }; 2];
    for entry in fs::read_dir(app)
        .with_context(|| format!("{} is not there; run cargo xtask build", app.display()))?
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("press-") {
            let kind = usize::from(name.ends_with("_bg.wasm"));
            if kind == 1 || name.ends_with(".js") {
                found[kind] = Some(name);
            }
        }
    }
    match found {
        [Some(js), Some(wasm)] => Ok([js, wasm]),
        _ => bail!("{} holds no bundles; run cargo xtask build", app.display()),
    }
}

/// `name-0123456789abcdef.ext`.
pub fn hashed(name: &str, extension: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let short: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{name}-{short}.{extension}")
}

/// `sha256-…` as a Content Security Policy wants it.
pub fn csp_hash(text: &str) -> String {
    use base64::Engine;
    let digest = Sha256::digest(text.as_bytes());
    format!(
        "sha256-{}",
        base64::engine::general_purpose::STANDARD.encode(digest)
    )
}

/// What every site ships as it is: icons, the worker. The start scripts and the
/// widget's loader are not among it: they are filled in.
fn ship(app: &Path, out: &Output) -> Result<()> {
    let folder = app.join("app");
    if folder.is_dir() {
        copy(&folder, "app", out)?;
    }
    Ok(())
}

fn copy(folder: &Path, to: &str, out: &Output) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let target = format!("{to}/{name}");
        // The one locale that is needed stands among the assets already.
        if name == "locales" {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &target, out)?;
        } else if !matches!(
            name.as_str(),
            "boot.js"
                | "theme.js"
                | "embed.js"
                | "configure.js"
                | "offline.js"
                | "search.js"
                | "shelf.js"
                | "shell.js"
                | "sw.js"
        ) {
            out.put(&target, &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// A script of ours without comment lines and indentation.
pub fn script(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//") && !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
