//! A feed as elements: headings, list and links, written to whatever takes elements (nodes in a
//! browser, text in tests). Only names from this file and plain text go out, so nothing in a feed
//! can become markup.

use super::options::{Dates, Layout, Options};
use super::story::{Feed, Picture, Story, decimal};
use crate::html::Sink;
use crate::model::{Direction, Instant};

/// Writes a date in words, absolute or relative; lent, because only a machine knows languages.
pub type Words<'a> = dyn Fn(&str, Instant, bool) -> String + 'a;

/// Writes heading and list; how many stories are shown.
pub fn write(feed: &Feed, options: &Options, words: &Words<'_>, out: &mut dyn Sink) -> usize {
    let language = match options.language.as_str() {
        "" => feed.language.as_str(),
        chosen => chosen,
    };
    if !options.heading.is_empty() {
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(options.level) - 1];
        out.open(name);
        out.attribute("part", "heading");
        out.text(&options.heading);
        out.close(name);
    }
    let stories = &feed.stories[..feed.stories.len().min(options.limit)];
    out.open("ol");
    out.attribute("part", "list");
    // Safari takes the role away from lists without markers.
    out.attribute("role", "list");
    out.attribute(
        "class",
        match options.layout {
            Layout::List => "list",
            Layout::Cards => "cards",
            Layout::Headlines => "headlines",
        },
    );
    for story in stories {
        item(story, language, options, words, out);
    }
    out.close("ol");
    stories.len()
}

fn item(story: &Story, language: &str, options: &Options, words: &Words<'_>, out: &mut dyn Sink) {
    let own = match story.language.as_str() {
        "" => language,
        own => own,
    };
    out.open("li");
    let part = match story.featured {
        true => "item featured",
        false => "item",
    };
    out.attribute("part", part);
    if own != language {
        out.attribute("lang", own);
        out.attribute("dir", Direction::of_language(own).as_str());
    }
    if options.images {
        out.open("span");
        out.attribute("class", "picture");
        if !story.pictures.is_empty() {
            picture(&story.pictures, options.layout, out);
        }
        out.close("span");
    }
    out.open("div");
    out.attribute("class", "text");
    out.open("a");
    out.attribute("part", "link");
    out.attribute("href", &story.href);
    if !options.target.is_empty() {
        out.attribute("target", &options.target);
        if options.target == "_blank" {
            out.attribute("rel", "noopener");
        }
    }
    out.text(&story.headline);
    out.close("a");
    if options.summary && !story.excerpt.is_empty() {
        out.open("p");
        out.attribute("part", "summary");
        out.text(&story.excerpt);
        out.close("p");
    }
    meta(story, own, options, words, out);
    out.close("div");
    out.close("li");
}

/// Section and date, as far as they are known and wanted.
fn meta(story: &Story, language: &str, options: &Options, words: &Words<'_>, out: &mut dyn Sink) {
    let section = match options.layout {
        Layout::Headlines => "",
        _ => &story.section,
    };
    let date = story.published.filter(|_| options.date != Dates::Off);
    if section.is_empty() && date.is_none() {
        return;
    }
    out.open("p");
    out.attribute("part", "meta");
    if !section.is_empty() {
        out.open("span");
        out.attribute("class", "section");
        out.text(section);
        out.close("span");
    }
    if let Some(moment) = date {
        if !section.is_empty() {
            out.text(" ");
        }
        out.open("time");
        out.attribute("datetime", &standard(moment));
        out.text(&words(language, moment, options.date == Dates::Relative));
        out.close("time");
    }
    out.close("p");
}

/// The browser chooses among the versions whose width is known. Decorative: the headline beside it
/// is the link.
fn picture(versions: &[Picture], layout: Layout, out: &mut dyn Sink) {
    let (wanted, sizes) = match layout {
        Layout::Cards => (640, "auto, (max-width: 28em) 100vw, 24em"),
        _ => (240, "6em"),
    };
    let wide_enough = versions.iter().filter(|it| it.width >= wanted);
    let src = wide_enough.min_by_key(|it| it.width);
    let src = src.or(versions.iter().max_by_key(|it| it.width));
    let mut set = String::new();
    for version in versions.iter().filter(|it| it.width > 0) {
        if !set.is_empty() {
            set.push_str(", ");
        }
        // What parts addresses in a set must not stand in one.
        set.push_str(&version.src.replace(' ', "%20").replace(',', "%2C"));
        set.push(' ');
        set.push_str(&decimal(version.width));
        set.push('w');
    }
    out.open("img");
    out.attribute("part", "image");
    out.attribute("alt", "");
    out.attribute("loading", "lazy");
    out.attribute("decoding", "async");
    if versions.len() > 1 && !set.is_empty() {
        out.attribute("sizes", sizes);
        out.attribute("srcset", &set);
    }
    out.attribute("src", src.map_or("", |it| &it.src));
    out.close("img");
}

/// A moment as `datetime` wants it, in UTC.
fn standard(moment: Instant) -> String {
    let c = moment.utc().civil();
    let mut out = decimal(c.year as u32);
    let rest = [
        ("-", c.month),
        ("-", c.day),
        ("T", c.hour),
        (":", c.minute),
        (":", c.second),
    ];
    for (mark, part) in rest {
        out.push_str(mark);
        if part < 10 {
            out.push('0');
        }
        out.push_str(&decimal(part.into()));
    }
    out.push('Z');
    out
}
