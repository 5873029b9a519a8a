//! The files of an item: enclosures of RSS and Atom, and Media RSS, whose `content` may stand in a
//! `group`, hold a `thumbnail`, and leave what is said of it to either. Pictures are read here, what
//! plays or is a document in `beside`.

use std::cmp::Reverse;

use super::words::{self, Reading};
use super::{children, content, local};
use crate::host::Host;
use crate::html::tree::{Element, Node, take_out};
use crate::model::{Body, Image};
use crate::source::place::Place;
use crate::source::text;

/// A thumbnail narrower than this leads no page whose text has a picture.
const SMALL: u32 = 200;

/// A picture smaller than this is a sign among words, or counts readers.
const SIGN: u32 = 48;

/// How the names of documents end.
const DOCUMENTS: &[&str] = &[
    ".pdf", ".epub", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx",
    ".zip",
];

/// More files than an item names; each may ask all around it.
const MOST: usize = 100;

/// Deeper groups than anybody nests.
const DEPTH: usize = 8;

/// The prefix the document gives to Media RSS.
pub(super) fn prefix(root: &Element) -> String {
    let declared = root.attributes.iter().find_map(|(key, value)| {
        let names = value.contains("search.yahoo.com/mrss");
        key.strip_prefix("xmlns:").filter(|_| names)
    });
    declared.unwrap_or("media").to_owned()
}

/// Whether an element is Media RSS.
pub(super) fn is_media(element: &Element, prefix: &str) -> bool {
    match element.name.split_once(':') {
        Some((own, _)) => own == prefix || own == "media",
        None => element
            .attribute("xmlns")
            .is_some_and(|space| space.contains("search.yahoo.com/mrss")),
    }
}

/// A file an item names, with the elements that may say something of it, innermost first.
pub(super) struct Found<'a> {
    element: &'a Element,
    around: Vec<&'a Element>,
    prefix: &'a str,
}

/// All files of an item: enclosures, then contents, then thumbnails.
pub(super) fn found<'a>(item: &'a Element, prefix: &'a str) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    gather(item, &[], prefix, &mut found);
    found.sort_by_key(|found| match local(&found.element.name) {
        "enclosure" | "link" => 0,
        "content" => 1,
        _ => 2,
    });
    found
}

fn gather<'a>(
    parent: &'a Element,
    around: &[&'a Element],
    prefix: &'a str,
    found: &mut Vec<Found<'a>>,
) {
    let around = [&[parent], around].concat();
    for node in &parent.children {
        let Node::Element(element) = node else {
            continue;
        };
        if found.len() == MOST {
            return;
        }
        let name = local(&element.name);
        let file = match name {
            "enclosure" | "thumbnail" => true,
            "link" => element.attribute("rel") == Some("enclosure"),
            "content" => element.attribute("url").is_some(),
            _ => false,
        };
        if file {
            found.push(Found {
                element,
                around: around.clone(),
                prefix,
            });
        }
        let holds = name == "group" || (name == "content" && is_media(element, prefix));
        if holds && around.len() < DEPTH {
            gather(element, &around, prefix, found);
        }
    }
}

/// The descriptions of an item's media groups, for items that say nothing themselves.
pub(super) fn descriptions(item: &Element) -> impl Iterator<Item = &Element> {
    let groups = children(item, "group").into_iter();
    groups.flat_map(|group| children(group, "description"))
}

impl Found<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.element.attribute(name)
    }

    /// The address as it is written: RSS calls it `url`, Atom `href`.
    pub(super) fn address(&self) -> Option<&str> {
        self.attribute("url").or_else(|| self.attribute("href"))
    }

    fn mime(&self) -> &str {
        self.attribute("type").unwrap_or_default()
    }

    fn is_thumbnail(&self) -> bool {
        local(&self.element.name) == "thumbnail"
    }

    /// Whether the file's name ends in one of these.
    fn ends(&self, endings: &[&str]) -> bool {
        let address = self.address().unwrap_or_default();
        let stem = stem(address).to_ascii_lowercase();
        endings.iter().any(|end| stem.ends_with(end))
    }

    pub(super) fn is_enclosure(&self) -> bool {
        matches!(local(&self.element.name), "enclosure" | "link")
    }

    pub(super) fn is_picture(&self) -> bool {
        self.mime().starts_with("image/")
            || self.attribute("medium") == Some("image")
            || self.is_thumbnail()
            || (self.attribute("type").is_none()
                && self.ends(&[".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"]))
    }

    /// `Some(true)` is a film, `Some(false)` a recording.
    pub(super) fn is_film(&self) -> Option<bool> {
        let mime = self.mime().to_ascii_lowercase();
        let unnamed = mime.is_empty() || mime == "application/octet-stream";
        if mime.starts_with("audio/")
            || (unnamed && self.ends(&[".mp3", ".m4a", ".ogg", ".opus", ".aac"]))
        {
            return Some(false);
        }
        let film = mime.starts_with("video/") || (unnamed && self.ends(&[".mp4", ".m4v", ".webm"]));
        (film && !self.ends(&[".flv", ".swf"])).then_some(true)
    }

    /// An enclosure that is read or unpacked: by its type, else by its name.
    pub(super) fn is_document(&self) -> bool {
        let mime = self.mime().to_ascii_lowercase();
        let unnamed = mime.is_empty() || mime == "application/octet-stream";
        let typed = mime.starts_with("application/") || mime.starts_with("text/");
        let document = if unnamed {
            self.ends(DOCUMENTS)
        } else {
            typed && !self.ends(&[".flv", ".swf"])
        };
        document && self.is_enclosure()
    }

    /// What the nearest element says under a name.
    fn said(&self, name: &str, reading: Reading) -> Option<String> {
        let own = children(self.element, name).into_iter();
        let around = self.around.iter().flat_map(|parent| children(parent, name));
        own.chain(around.filter(|it| is_media(it, self.prefix)))
            .map(|element| words::line(element, reading))
            .find(|text| !text.is_empty())
    }

    fn size(&self, name: &str) -> Option<u32> {
        let written = self.attribute(name)?;
        written.trim().parse().ok().filter(|size| *size > 0)
    }

    fn image(&self, place: &Place, reading: Reading) -> Option<Image> {
        let own = children(self.element, "text").into_iter().next();
        Some(Image {
            src: place.picture(self.address()?)?,
            alt: own
                .map(content)
                .or_else(|| self.said("title", reading))
                .unwrap_or_default(),
            caption: self.said("description", reading),
            credit: self.said("credit", reading),
            width: self.size("width"),
            height: self.size("height"),
            ..Image::default()
        })
    }
}

/// The widest picture; one of unknown width is no thumbnail.
pub(super) fn picture(found: &[Found<'_>], place: &Place, reading: Reading) -> Option<Image> {
    let mut pictures: Vec<_> = found.iter().filter(|found| found.is_picture()).collect();
    pictures.sort_by_key(|picture| Reverse(picture.size("width").unwrap_or(SMALL)));
    pictures
        .iter()
        .find_map(|picture| picture.image(place, reading))
}

/// The first picture within markup that is more than a sign or the pixel of a counter.
pub(super) fn within(html: &str, place: &Place, host: Host) -> Option<Image> {
    if !html.contains("<img") || crate::html::limit(html).is_some() {
        return None;
    }
    let size = |img: &Element, name: &str| img.attribute(name)?.trim().parse::<u32>().ok();
    let seen = |img: &Element, name: &str| size(img, name).is_none_or(|size| size >= SIGN);
    let shown = |it: &Element| it.name == "img" && seen(it, "width") && seen(it, "height");
    let img = take_out(&mut (host.parse_html)(html), &shown)?;
    Some(Image {
        src: place.picture(img.attribute("src")?)?,
        alt: img.attribute("alt").unwrap_or_default().to_owned(),
        width: size(&img, "width"),
        height: size(&img, "height"),
        ..Image::default()
    })
}

/// The cover of a podcast's episode.
pub(super) fn cover(item: &Element, place: &Place) -> Option<Image> {
    let href = children(item, "image")
        .into_iter()
        .find_map(|image| image.attribute("href"))?;
    Some(Image {
        src: place.picture(href)?,
        ..Image::default()
    })
}

/// Whether a picture is a thumbnail of a text that shows the picture itself.
pub(super) fn is_too_small(image: &Image, body: &Body) -> bool {
    let small = image.width.is_some_and(|width| width < SMALL);
    small && matches!(body, Body::Html(html) if html.contains("<img"))
}

/// A picture without what the story says already: a film's title is often the headline, and its
/// description the summary.
pub(super) fn said_once(mut image: Image, headline: &str, summary: Option<&str>) -> Image {
    if image.alt == headline {
        image.alt.clear();
    }
    let caption = image.caption.as_deref();
    if caption
        .map(|caption| text::shortened(caption, 300))
        .as_deref()
        == summary
    {
        image.caption = None;
    }
    image
}

/// An address without query and fragment.
pub(super) fn stem(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}
