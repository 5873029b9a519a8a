//! What `site.json` names in its own folder: pictures, the folder of pages, what sources may name.

use std::fs;
use std::path::Path;

use super::Proof;
use crate::model::{SiteConfig, nearest};
use crate::prerender::files::{By, Files, inside, tidy};
use crate::source::place::is_absolute;

pub(super) fn look(config: &SiteConfig, folder: &Path, proof: &mut Proof) {
    let site = crate::page::resolve(config, "/", Vec::new());
    let files = Files::new(folder, config, &site);
    for (key, picture) in [("logo", &config.logo), ("icon", &config.icon)] {
        if let Some(picture) = picture
            && (!is_absolute(picture) || picture.starts_with(&*site.url) && !site.url.is_empty())
            && files.local(picture, By::Config).is_none()
        {
            proof.note(format!(
                "\"{key}\" is {picture:?}, {}",
                why_not(folder, picture)
            ));
        }
    }
    if let Some(name) = &config.pages {
        pages(folder, name, config.prerender, proof);
    }
    for name in &config.files {
        listed(folder, name, proof);
    }
}

/// Why a picture of the folder will not be on the site.
fn why_not(folder: &Path, picture: &str) -> String {
    if leads_out(picture) {
        return "which leads out of the site's folder; copy it into the folder".into();
    }
    if inside(folder, picture).is_some_and(|path| path.is_file()) {
        return "which is no kind of picture that is published; save it as png, svg, jpg or webp"
            .into();
    }
    match nearby(folder, picture) {
        Some(near) => format!("which is not in the site's folder; did you mean {near:?}?"),
        None => "which is not in the site's folder; put it there, or take the key out".into(),
    }
}

fn leads_out(path: &str) -> bool {
    path.split('/').any(|part| part == "..")
}

/// The file of the folder whose name is nearest to one that is not there.
pub(crate) fn nearby(folder: &Path, name: &str) -> Option<String> {
    let (below, name) = name
        .trim_matches('/')
        .rsplit_once('/')
        .unwrap_or(("", name));
    let below = match below {
        "" => folder.to_owned(),
        below => inside(folder, below)?,
    };
    let entries = fs::read_dir(&below).ok()?.flatten();
    let names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|found| !found.starts_with('.') && found != "site.json")
        .collect();
    let near = nearest(name, names.iter().map(String::as_str))?;
    let near = below.strip_prefix(folder).unwrap_or(&below).join(near);
    near.to_str()
        .map(str::to_owned)
        .filter(|near| !Path::new(near).is_absolute())
}

fn pages(folder: &Path, name: &str, prerender: bool, proof: &mut Proof) {
    if leads_out(name) || name.contains("://") {
        return proof.error(format!(
            "\"pages\" is {name:?}, which leads out of the site's folder; copy the pages into a folder \
             beside site.json and name that"
        ));
    }
    let path = match inside(folder, name) {
        Some(path) if path.is_dir() => path,
        Some(_) => {
            return proof.error(format!(
                "\"pages\" is {name:?}, which is a file; name the folder that your pages are in"
            ));
        }
        None => {
            let near = nearby(folder, name).filter(|near| folder.join(near).is_dir());
            let hint = near.map_or_else(
                || "make it, or take the key out".into(),
                |near| format!("did you mean \"{near}/\"?"),
            );
            return proof.error(format!(
                "\"pages\" is {name:?}, and there is no such folder in {}; {hint}",
                folder.display()
            ));
        }
    };
    if !prerender {
        proof.note("\"pages\" are not written where \"prerender\" is false".into());
    }
    let mut ignored: Vec<String> = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| is_ignored(&entry.path()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    ignored.sort();
    if !ignored.is_empty() {
        proof.note(format!(
            "\"pages\": not read: {}; a page is a file of HTML (.html) or Markdown (.md) that lies in the folder itself",
            ignored.join(", ")
        ));
    }
}

/// Whether something in the folder of pages looks like a page and is none. Pictures are what pages
/// show.
fn is_ignored(path: &Path) -> bool {
    let named = |part: Option<&std::ffi::OsStr>| {
        part.and_then(|part| part.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let hidden = named(path.file_name()).starts_with('.');
    let kind = named(path.extension());
    if path.is_dir() {
        let mut within = fs::read_dir(path).into_iter().flatten().flatten();
        return !hidden
            && within
                .any(|entry| written_in(&entry.path()).is_some() || is_ignored(&entry.path()));
    }
    let text = [
        "mdx", "txt", "xhtml", "php", "rtf", "odt", "doc", "docx", "",
    ];
    !hidden && text.contains(&kind.as_str())
}

/// What a page of the publisher's own is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Html,
    Markdown,
}

/// What a file of the folder of pages is written in; `None` for what is no page.
pub(crate) fn written_in(path: &Path) -> Option<Written> {
    let kind = path.extension()?.to_str()?.to_ascii_lowercase();
    match kind.as_str() {
        "html" | "htm" => Some(Written::Html),
        "md" | "markdown" => Some(Written::Markdown),
        _ => None,
    }
}

fn listed(folder: &Path, name: &str, proof: &mut Proof) {
    let bare = tidy(name);
    if matches!(bare, "" | ".") || leads_out(bare) || bare.contains('*') {
        return proof.error(format!(
            "\"files\" names {name:?}; list files and folders inside the folder of site.json, one by \
             one: \"downloads/\""
        ));
    }
    if inside(folder, bare).is_none() {
        let hint = nearby(folder, bare)
            .map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
        proof.note(format!(
            "\"files\" names {name:?}, which is not in the site's folder{hint}"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a logo, a picture that is none, and pages of every sort.
    fn proof(more: &str) -> Proof {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["logo.svg", "draft.psd", "feed.json"] {
            fs::write(folder.path().join(name), "x").expect("a file");
        }
        for name in ["pages", "pages/sub", "downloads"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        for name in [
            "a.html",
            "b.HTM",
            "c.mdx",
            "d.txt",
            "e.png",
            ".hidden",
            "sub/f.html",
        ] {
            fs::write(folder.path().join("pages").join(name), "x").expect("a file");
        }
        let text = format!("{{ {more}, \"source\": {{ \"url\": \"feed.json\" }} }}");
        let config = SiteConfig::parse(&text).expect("a site");
        let mut proof = Proof::default();
        look(&config, folder.path(), &mut proof);
        proof
    }

    #[test]
    fn a_picture_that_is_not_there_is_noted_with_the_one_that_is() {
        for (more, said) in [
            ("\"logo\": \"logo.png\"", "did you mean \"logo.svg\"?"),
            (
                "\"icon\": \"/faces/icon.png\"",
                "\"icon\" is \"/faces/icon.png\"",
            ),
            ("\"logo\": \"draft.psd\"", "save it as png"),
            ("\"logo\": \"../logo.svg\"", "copy it into the folder"),
            (
                "\"url\": \"https://a.example\", \"logo\": \"https://a.example/l.svg\"",
                "not in the site's folder",
            ),
        ] {
            let proof = proof(more);
            assert!(
                proof.notes.iter().any(|it| it.contains(said)),
                "{more}: {proof:?}"
            );
        }
        for fine in ["logo.svg", "/logo.svg", "https://cdn.example/logo.svg"] {
            assert_eq!(
                proof(&format!("\"logo\": {fine:?}")),
                Proof::default(),
                "{fine}"
            );
        }
    }

    #[test]
    fn a_folder_of_pages_that_is_not_there_is_an_error_of_its_own() {
        for (name, said) in [
            ("page/", "did you mean \"pages/\"?"),
            ("imprint", "no such folder"),
            ("../pages", "leads out"),
            ("feed.json", "which is a file"),
        ] {
            let proof = proof(&format!("\"pages\": {name:?}"));
            assert!(
                proof.errors.iter().any(|it| it.contains(said)),
                "{name}: {proof:?}"
            );
        }
    }

    #[test]
    fn files_that_are_no_pages_are_named() {
        let proof = proof("\"pages\": \"pages\"");
        assert_eq!(proof.notes.len(), 1, "{proof:?}");
        assert!(
            proof.notes[0].contains("not read: c.mdx, d.txt, sub;"),
            "{proof:?}"
        );
    }

    #[test]
    fn what_is_listed_lies_in_the_folder() {
        assert_eq!(
            proof("\"files\": [\"downloads/\", \"./pages/e.png\"]"),
            Proof::default()
        );
        for all in [".", "/", "../x", "*.pdf"] {
            assert_eq!(
                proof(&format!("\"files\": [{all:?}]")).errors.len(),
                1,
                "{all}"
            );
        }
        let near = proof("\"files\": [\"download/\"]");
        assert!(
            near.notes[0].contains("did you mean \"downloads\"?"),
            "{near:?}"
        );
    }
}
