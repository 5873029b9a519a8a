//! Documents far larger than anyone should publish: every format is read to its end, natively, in
//! memory that does not follow the document's size. The command itself runs, and is watched.

#[path = "support/server.rs"]
mod server;

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use server::{Answer, Server};

/// Enough for the largest slice in every form it passes through, and a third of the document.
const MOST: u64 = 100 << 20;
const ITEMS: usize = 1_500;

/// Head, item by number, what stands between items, tail.
struct Shape {
    head: &'static str,
    item: fn(usize, &str) -> String,
    between: &'static str,
    tail: &'static str,
}

const RSS: Shape = Shape {
    head: "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Large</title>",
    item: |n, text| {
        format!(
            "<item><title>Story {n}</title><guid>{n}</guid><description><![CDATA[{text}]]>\
             </description></item>"
        )
    },
    between: "\n",
    tail: "</channel></rss>",
};

const FEED: Shape = Shape {
    head: "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[",
    item: |n, text| format!("{{\"id\":{n},\"title\":\"Story {n}\",\"content_text\":\"{text}\"}}"),
    between: ",",
    tail: "],\"title\":\"Large\"}",
};

const NINJS: Shape = Shape {
    head: "[",
    item: |n, text| {
        format!("{{\"uri\":\"urn:{n}\",\"headline\":\"Story {n}\",\"body_text\":\"{text}\"}}")
    },
    between: ",\n",
    tail: "]",
};

const ROWS: Shape = Shape {
    head: "{\"rows\":[",
    item: |n, text| format!("{{\"id\":{n},\"t\":\"Story {n}\",\"b\":\"{text}\"}}"),
    between: ",",
    tail: "]}",
};

impl Shape {
    /// A document of about 60 MB; gives its size.
    fn write(&self, path: &Path) -> u64 {
        let text = "The ferry left an hour late, and nobody was surprised. ".repeat(750);
        let mut out = BufWriter::new(fs::File::create(path).expect("a file"));
        out.write_all(self.head.as_bytes()).expect("written");
        for n in 0..ITEMS {
            let between = if n == 0 { "" } else { self.between };
            write!(out, "{between}{}", (self.item)(n, &text)).expect("written");
        }
        out.write_all(self.tail.as_bytes()).expect("written");
        out.flush().expect("written");
        fs::metadata(path).expect("a file").len()
    }
}

/// The report of `check` and the most memory it ever held, where the system tells.
fn checked(args: &[&str]) -> (Value, Option<u64>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["check", "--json"])
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    // The kernel keeps the high-water mark itself; it only has to be read before the end.
    while child.try_wait().expect("a state").is_none() {
        let now = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        });
        peak = now.max(peak);
        std::thread::yield_now();
    }
    let output = child.wait_with_output().expect("an end");
    let report = serde_json::from_slice(&output.stdout).expect("a report");
    (report, peak.map(|kilobytes| kilobytes << 10))
}

fn whole(named: &str, args: &[&str], size: u64) {
    assert!(size > 55 << 20, "{named}: {size} bytes");
    let (report, peak) = checked(args);
    assert_eq!(report["articles"], ITEMS, "{named}: {}", report["problems"]);
    match peak {
        Some(peak) => assert!(peak < MOST, "{named}: {} MB of memory", peak >> 20),
        None => eprintln!("SKIPPED: this system does not tell how much memory a program held"),
    }
}

#[test]
fn a_large_file_of_every_single_document_format_is_read_slice_by_slice() {
    let folder = tempfile::tempdir().expect("a folder");
    for (named, kind, shape) in [
        ("feed.xml", "rss", RSS),
        ("feed.json", "jsonfeed", FEED),
        ("items.json", "ninjs", NINJS),
    ] {
        let path = folder.path().join(named);
        let size = shape.write(&path);
        whole(
            named,
            &[path.to_str().expect("a path"), "--kind", kind],
            size,
        );
        fs::remove_file(path).expect("clean up");
    }
    let rows = folder.path().join("rows.json");
    let size = ROWS.write(&rows);
    let site = folder.path().join("site.json");
    let source = r#"{ "source": { "kind": "mapped", "base": "rows.json", "list": { "path": "",
        "items": "/rows" }, "map": { "id": "/id", "title": "/t", "text": "/b" } } }"#;
    fs::write(&site, source).expect("a file");
    whole("mapped", &["--site", site.to_str().expect("a path")], size);
}

#[test]
fn a_large_answer_over_the_network_is_kept_in_a_file_meanwhile() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feed.json");
    let size = FEED.write(&path);
    let server = Server::start(move |_| {
        let body = fs::read(&path).expect("the document");
        Answer::Full(200, vec![("Content-Type", "application/json".into())], body)
    });
    let address = format!("{}/feed.json", server.url);
    whole("over the network", &[&address, "--kind", "jsonfeed"], size);
}

#[test]
fn a_large_document_that_ends_in_the_middle_gives_its_whole_stories_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    for (named, kind, shape) in [("feed.xml", "rss", RSS), ("items.json", "ninjs", NINJS)] {
        let path = folder.path().join(named);
        let size = shape.write(&path);
        let file = fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .expect("a file");
        file.set_len(size - 1_000).expect("cut");
        let (report, _) = checked(&[path.to_str().expect("a path"), "--kind", kind]);
        assert_eq!(report["articles"], ITEMS - 1, "{named}");
        let problems = report["problems"].to_string();
        assert!(
            problems.contains("ends in the middle"),
            "{named}: {problems}"
        );
        fs::remove_file(path).expect("clean up");
    }
}
