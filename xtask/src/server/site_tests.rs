//! What a host answers, asked of a folder made for each test.

use super::*;

struct Folder {
    path: PathBuf,
}

impl Folder {
    fn with(files: &[(&str, &str)]) -> Folder {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("xtask-site-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        for (name, text) in files {
            let file = path.join("site").join(name);
            std::fs::create_dir_all(file.parent().expect("a file lies in a folder"))
                .expect("a temporary folder");
            std::fs::write(file, text).expect("a temporary file");
        }
        Folder { path }
    }

    fn get(&self, base: &str, target: &str, headers: &[(&str, &str)]) -> Response {
        let site = Site::new(self.path.join("site"), base.into(), Effort::Quick, None);
        let headers = headers
            .iter()
            .map(|(n, v)| ((*n).into(), (*v).into()))
            .collect();
        site.answer(&Request {
            method: "GET".into(),
            target: target.into(),
            headers,
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    let found = response.headers.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

fn body(response: &Response) -> String {
    match &response.body {
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}

#[test]
fn a_folder_answers_with_its_index_and_asks_for_its_slash() {
    let folder = Folder::with(&[("index.html", "front"), ("about us/index.html", "about")]);
    assert_eq!(body(&folder.get("/", "/", &[])), "front");
    assert_eq!(body(&folder.get("/", "/about%20us/", &[])), "about");
    let moved = folder.get("/", "/about%20us?x=1", &[]);
    assert_eq!(
        (moved.status, header(&moved, "Location")),
        (301, Some("/about%20us/?x=1"))
    );
}

#[test]
fn what_is_not_there_is_a_404_with_the_sites_own_page() {
    let folder = Folder::with(&[("404.html", "lost"), ("a/x.txt", "")]);
    let missing = folder.get("/", "/nowhere/", &[]);
    assert_eq!((missing.status, body(&missing).as_str()), (404, "lost"));
    assert_eq!(
        folder.get("/", "/a/", &[]).status,
        404,
        "no listing of folders"
    );
}

#[test]
fn nothing_outside_of_the_folder_is_ever_read() {
    let folder = Folder::with(&[
        ("index.html", "front"),
        ("_headers", "/*"),
        (".git/config", "x"),
    ]);
    std::fs::write(folder.path.join("secret.txt"), "secret").expect("a temporary file");
    let attempts = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/x/../../secret.txt",
        "/..\\secret.txt",
        "//etc/passwd",
        "/_headers",
        "/.git/config",
        "/a%00b",
    ];
    for target in attempts {
        let answer = folder.get("/", target, &[]);
        assert_eq!(answer.status, 404, "{target}");
        assert_ne!(body(&answer), "secret", "{target}");
    }
    assert_eq!(folder.get("/", "/%zz", &[]).status, 400);
    assert_eq!(folder.get("/", "/%ff", &[]).status, 400);
}

#[test]
fn a_known_tag_gets_304_and_another_encoding_another_tag() {
    let text = "The ferry is late again. ".repeat(40);
    let folder = Folder::with(&[("index.html", &text)]);
    let plain = folder.get("/", "/", &[]);
    let packed = folder.get("/", "/", &[("Accept-Encoding", "gzip, br")]);
    assert_eq!(header(&packed, "Content-Encoding"), Some("br"));
    assert_eq!(header(&packed, "Vary"), Some("Accept-Encoding"));
    let tag = header(&packed, "ETag").expect("a tag").to_owned();
    assert_ne!(header(&plain, "ETag"), Some(tag.as_str()));
    let again = folder.get(
        "/",
        "/",
        &[("accept-encoding", "br"), ("if-none-match", &tag)],
    );
    assert_eq!((again.status, body(&again).as_str()), (304, ""));
}

#[test]
fn a_site_under_a_base_path_answers_there_and_only_there() {
    let folder = Folder::with(&[("index.html", "front"), ("a/index.html", "a")]);
    assert_eq!(body(&folder.get("/news/", "/news/", &[])), "front");
    assert_eq!(
        header(&folder.get("/news/", "/news", &[]), "Location"),
        Some("/news/")
    );
    assert_eq!(
        header(&folder.get("/news/", "/news/a", &[]), "Location"),
        Some("/news/a/")
    );
    assert_eq!(folder.get("/news/", "/a/", &[]).status, 404);
    assert_eq!(folder.get("/news/", "/", &[]).status, 404);
}

#[test]
fn redirects_come_after_files_unless_forced() {
    let redirects =
        "/old/* /new/:splat\n/page/ /elsewhere/ 302\n/forced/ /new/ 301!\n/app/* /shell.html 200\n";
    let folder = Folder::with(&[
        ("_redirects", redirects),
        ("page/index.html", "page"),
        ("forced/index.html", "forced"),
        ("shell.html", "shell"),
    ]);
    let moved = folder.get("/", "/old/x/?q=1", &[]);
    assert_eq!(
        (moved.status, header(&moved, "Location")),
        (301, Some("/new/x/?q=1"))
    );
    assert_eq!(body(&folder.get("/", "/page/", &[])), "page");
    assert_eq!(folder.get("/", "/forced/", &[]).status, 301);
    let shell = folder.get("/", "/app/deep/er/", &[]);
    assert_eq!((shell.status, body(&shell).as_str()), (200, "shell"));
}

#[test]
fn header_rules_reach_every_answer_also_errors() {
    let folder = Folder::with(&[
        (
            "_headers",
            "/*\n  X-Content-Type-Options: nosniff\n/news/a.js\n  Cache-Control: immutable\n",
        ),
        ("a.js", "1"),
    ]);
    let missing = folder.get("/news/", "/news/none", &[]);
    assert_eq!(header(&missing, "X-Content-Type-Options"), Some("nosniff"));
    let script = folder.get("/news/", "/news/a.js", &[]);
    assert_eq!(header(&script, "Cache-Control"), Some("immutable"));
}

#[test]
fn pages_get_the_reload_script_only_where_one_listens() {
    let folder = Folder::with(&[("index.html", "<html><head></head><body></body>")]);
    assert!(!body(&folder.get("/", "/", &[])).contains("script"));
    assert_eq!(folder.get("/", "/__dateline/reload.js", &[]).status, 404);
    let live = Some(Arc::new(Live::default()));
    let site = Site::new(folder.path.join("site"), "/".into(), Effort::Quick, live);
    let get = |target: &str| {
        site.answer(&Request {
            method: "GET".into(),
            target: target.into(),
            headers: Vec::new(),
        })
    };
    assert!(body(&get("/")).contains("/__dateline/reload.js\" defer></script></head>"));
    assert_eq!(get("/__dateline/reload.js").status, 200);
}

#[test]
fn only_reading_is_allowed() {
    let folder = Folder::with(&[("index.html", "front")]);
    let site = Site::new(folder.path.join("site"), "/".into(), Effort::Quick, None);
    let post = Request {
        method: "POST".into(),
        target: "/".into(),
        headers: Vec::new(),
    };
    assert_eq!(site.answer(&post).status, 405);
}
