//! A site in a folder of its own, built by the command as on a publisher's machine.

#![allow(dead_code)] // Each test program uses a part of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A site that reads an API, in a folder of its own.
pub struct Site {
    root: TempDir,
}

/// How a build went.
pub struct Built {
    pub ok: bool,
    pub said: String,
}

impl Site {
    pub fn new(site: &Value) -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let app = root.path().join("app");
        fs::create_dir_all(app.join("bundles")).expect("a folder");
        for name in ["bundles/app", "bundles/desk", "press-1111"] {
            fs::write(app.join(format!("{name}.js")), "1").expect("a bundle");
            fs::write(app.join(format!("{name}_bg.wasm")), "1").expect("a bundle");
        }
        let new = Self { root };
        new.configure(site);
        new
    }

    pub fn configure(&self, site: &Value) {
        fs::write(self.path("site.json"), site.to_string()).expect("site.json");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn build(&self, secrets: &[(&str, &str)]) -> Built {
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["prerender", "--now", "2026-11-23T10:00:00Z", "--app"])
            .arg(self.path("app"))
            .arg("--site")
            .arg(self.path("site.json"))
            .arg("--out")
            .arg(self.path("out"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .envs(secrets.iter().copied())
            .output()
            .expect("the command");
        let said = [output.stdout, output.stderr].concat();
        Built {
            ok: output.status.success(),
            said: String::from_utf8_lossy(&said).into_owned(),
        }
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path("out").join(file))
            .unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub fn has(&self, file: &str) -> bool {
        self.path("out").join(file).is_file()
    }
}

/// Every file below a folder with its bytes.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("a path below the root");
                let bytes = fs::read(&path).expect("a file");
                files.insert(name.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}
