//! A feed as elements: headings, list and links, written to whatever takes elements (nodes in a
//! browser, text in tests). Only names from this file and plain text go out, so nothing in a feed
//! can become markup.

use super::options::{Dates, Layout, Options};
use super::story::leads_somewhere;
use crate::html::Sink;
use crate::model::{Direction, Image, Instant, Summary};

use super::Feed;

/// Writes dates in words; lent, because only a machine knows languages.
pub struct Words<'a> {
    pub date: &'a dyn Fn(&str, Instant) -> String,
    pub relative: &'a dyn Fn(&str, Instant) -> String,
}

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

fn item(story: &Summary, language: &str, options: &Options, words: &Words<'_>, out: &mut dyn Sink) {
    let own = story.language.as_deref().unwrap_or(language);
    out.open("li");
    out.attribute("part", "item");
    if own != language {
        out.attribute("lang", own);
        out.attribute("dir", Direction::of_language(own).as_str());
    }
    if let Some(width) = options.images {
        out.open("span");
        out.attribute("class", "picture");
        if let Some(image) = &story.image {
            picture(image, width.0, out);
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
fn meta(story: &Summary, language: &str, options: &Options, words: &Words<'_>, out: &mut dyn Sink) {
    let section = match options.layout {
        Layout::Headlines => None,
        _ => story
            .kicker
            .as_deref()
            .or(story.section.as_ref().map(|section| section.name.as_str())),
    };
    let date = story.published.and_then(|moment| match options.date {
        Dates::Off => None,
        Dates::Absolute => Some((moment, (words.date)(language, moment))),
        Dates::Relative => Some((moment, (words.relative)(language, moment))),
    });
    if section.is_none() && date.is_none() {
        return;
    }
    out.open("p");
    out.attribute("part", "meta");
    if let Some(section) = section {
        out.open("span");
        out.attribute("class", "section");
        out.text(section);
        out.close("span");
    }
    if let Some((moment, text)) = date {
        if section.is_some() {
            out.text(" ");
        }
        out.open("time");
        out.attribute("datetime", &moment.to_string());
        out.text(&text);
        out.close("time");
    }
    out.close("p");
}

/// The smallest version that is wide enough. Decorative: the headline beside it is the link.
fn picture(image: &Image, width: u32, out: &mut dyn Sink) {
    let src = image
        .sizes
        .iter()
        .filter(|size| size.width >= width && leads_somewhere(&size.src))
        .min_by_key(|size| size.width)
        .map_or(&image.src, |size| &size.src);
    out.open("img");
    out.attribute("part", "image");
    out.attribute("alt", "");
    out.attribute("loading", "lazy");
    out.attribute("decoding", "async");
    out.attribute("src", src);
    out.close("img");
}
