//! Last touches to a written body, when the whole site is known: links to stories of the same
//! source become paths of this site, addresses of the site's own files too, pictures get sizes.
//!
//! Works on the text that `html::write` made, whose form is known (quoted, escaped attributes, no
//! `>` inside a tag), so a scan from tag to tag is enough.

use std::borrow::Cow;
use std::fmt::Write;

use super::addresses::is_path;
use super::document::escape;
use super::files::{By, Files};
use super::pictures::Pictures;

/// What a body is settled against.
pub struct Settle<'a> {
    pub files: &'a Files,
    /// Whose words the body is.
    pub by: By,
    pub pictures: &'a Pictures<'a>,
    /// The page of this site that an absolute address means.
    pub page: &'a dyn Fn(&str) -> Option<String>,
}

/// The body with its addresses settled.
pub fn rewrite(body: &str, settle: &Settle<'_>) -> String {
    each_tag(body, |tag, out| {
        if tag.starts_with("<a ") {
            link(tag, settle, out);
        } else if tag.starts_with("<img ") {
            image(tag, settle, out);
        } else if tag.starts_with("<video") || tag.starts_with("<audio") {
            media(tag, settle, out);
        } else {
            out.push_str(tag);
        }
    })
}

/// The texts of a body, each with the tag behind it; the last has none.
fn pieces(body: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = body;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (text, behind) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let (tag, after) = behind.split_at(behind.find('>').map_or(behind.len(), |at| at + 1));
        rest = after;
        Some((text, tag))
    })
}

/// The body with every tag written by `write`; texts stay, whatever they say of tags.
fn each_tag(body: &str, mut write: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(body.len() + 256);
    for (text, tag) in pieces(body) {
        out.push_str(text);
        if !tag.is_empty() {
            write(tag, &mut out);
        }
    }
    out
}

fn link(tag: &str, settle: &Settle<'_>, out: &mut String) {
    let Some(href) = attribute(tag, "href") else {
        return out.push_str(tag);
    };
    let address = unescape(href);
    if let Some(local) = settle.files.local(&address, settle.by) {
        return out.push_str(&with(tag, "href", &settle.files.href(&local)));
    }
    let page = (settle.page)(&address).filter(|page| !page.starts_with("//"));
    let Some(mut page) = page else {
        return out.push_str(tag);
    };
    let fragment = address.split_once('#').map(|(_, fragment)| fragment);
    if let Some(fragment) = fragment.filter(|it| !it.is_empty() && !is_path(it)) {
        let _ = write!(page, "#{fragment}");
    }
    out.push_str(&without(&with(tag, "href", &page), "rel"));
}

fn media(tag: &str, settle: &Settle<'_>, out: &mut String) {
    let mut tag = tag.to_owned();
    for name in ["src", "poster"] {
        let named = attribute(&tag, name).map(unescape);
        if let Some(local) = named.and_then(|address| settle.files.local(&address, settle.by)) {
            tag = with(&tag, name, &settle.files.href(&local));
        }
    }
    out.push_str(&tag);
}

fn image(tag: &str, settle: &Settle<'_>, out: &mut String) {
    let source = attribute(tag, "src").map(unescape).unwrap_or_default();
    let local = settle.files.local(&source, settle.by);
    let mut tag = tag.to_owned();
    if let Some(srcset) = attribute(&tag, "srcset").map(unescape) {
        tag = with(&tag, "srcset", &candidates(&srcset, settle));
    }
    let version = match &local {
        Some(local) => {
            tag = with(&tag, "src", &settle.files.href(local));
            settle.pictures.local(local)
        }
        None => settle.pictures.remote(&source),
    };
    let size = version
        .as_ref()
        .map(|made| (made.width, made.height))
        .or_else(|| settle.files.size(local.as_deref()?));
    if let (Some((width, height)), None) = (size, attribute(&tag, "width")) {
        tag = without(&tag, "class");
        tag.pop();
        let _ = write!(tag, " width=\"{width}\" height=\"{height}\">");
    }
    let modern =
        version.filter(|made| !made.sizes.is_empty() && attribute(&tag, "srcset").is_none());
    let Some(made) = modern else {
        return out.push_str(&tag);
    };
    let mut srcset = String::new();
    for size in &made.sizes {
        let comma = if srcset.is_empty() { "" } else { ", " };
        let _ = write!(
            srcset,
            "{comma}{} {}w",
            settle.files.href(&size.src),
            size.width
        );
    }
    let _ = write!(
        out,
        "<picture><source type=\"image/webp\" srcset=\"{}\" \
         sizes=\"(min-width: 43rem) 640px, 100vw\">{tag}</picture>",
        escape(&srcset)
    );
}

/// Every address that a written body has files at: links, pictures of any size, films and their stills.
pub fn each_address(body: &str, take: &impl Fn(&str)) {
    for (_, tag) in pieces(body) {
        for name in ["href", "src", "poster"] {
            attribute(tag, name)
                .map(unescape)
                .iter()
                .for_each(|it| take(it));
        }
        if let Some(srcset) = attribute(tag, "srcset").map(unescape) {
            let urls = srcset
                .split(", ")
                .map(|it| it.split(' ').next().unwrap_or(it));
            urls.for_each(take);
        }
    }
}

fn candidates(srcset: &str, settle: &Settle<'_>) -> String {
    let one = |candidate: &str| {
        let (url, size) = candidate.split_once(' ').unwrap_or((candidate, ""));
        let local = settle.files.local(url, settle.by);
        let url = local.map_or_else(|| url.to_owned(), |local| settle.files.href(&local));
        format!("{url} {size}").trim_end().to_owned()
    };
    srcset.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

/// The still escaped value of an attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (start, end) = place(tag, name)?;
    Some(&tag[start..end])
}

fn place(tag: &str, name: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from + tag[from..].find(name)?;
        let start = at + name.len() + 2;
        if tag[..at].ends_with(' ') && tag[at + name.len()..].starts_with("=\"") {
            return Some((start, start + tag[start..].find('"')?));
        }
        from = at + name.len();
    }
}

fn with(tag: &str, name: &str, value: &str) -> String {
    match place(tag, name) {
        Some((start, end)) => [&tag[..start], &escape(value), &tag[end..]].concat(),
        None => tag.to_owned(),
    }
}

fn without(tag: &str, name: &str) -> String {
    match place(tag, name) {
        Some((start, end)) => [&tag[..start - name.len() - 3], &tag[end + 1..]].concat(),
        None => tag.to_owned(),
    }
}

fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Makes every address under `base` absolute, for feeds that are read elsewhere.
pub fn absolute(body: &str, base: &str, url: &str) -> String {
    let pairs = ["href", "src", "poster"]
        .map(|name| (format!(" {name}=\"{base}"), format!(" {name}=\"{url}")));
    each_tag(body, |tag, out| {
        let mut tag = Cow::Borrowed(tag);
        for (own, whole) in &pairs {
            if tag.contains(own) {
                tag = tag.replace(own, whole).into();
            }
        }
        out.push_str(&tag);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute_in_tags_alone() {
        assert_eq!(
            absolute(
                "<p>a href=\"/x\" <a href=\"/y\">z</a></p>",
                "/",
                "https://a.example/"
            ),
            "<p>a href=\"/x\" <a href=\"https://a.example/y\">z</a></p>"
        );
    }

    #[test]
    fn attributes_are_found_by_whole_name_only() {
        let tag = "<a data-href=\"x\" href=\"/y\" rel=\"nofollow\">";
        assert_eq!(attribute(tag, "href"), Some("/y"));
        assert_eq!(
            with(tag, "href", "/z&"),
            "<a data-href=\"x\" href=\"/z&amp;\" rel=\"nofollow\">"
        );
        assert_eq!(without(tag, "rel"), "<a data-href=\"x\" href=\"/y\">");
    }
}
