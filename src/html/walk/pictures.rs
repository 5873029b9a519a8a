//! Pictures out of the many ways pages write them: lazy loading, `picture`, `srcset`, links to the
//! large version, copies for readers without scripts.

use super::speech::append;
use super::srcset::{largest, middle, pixels, srcset};
use super::{Flow, Walker, Wrapper};
use crate::html::block::{Block, Candidate, Descriptor, Figure, Inline, Link, Picture, Width};
use crate::html::tree::{Element, find, take_all, take_out};
use crate::html::url;
use crate::html::{policy, text};

/// Attributes that lazy loaders keep the real address in, most trusted first.
const LAZY: [&str; 14] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-orig-file",
    "data-src-medium",
    "data-hi-res-src",
    "data-full-src",
    "data-delayed-url",
    "data-rocket-src",
    "data-lazyload",
    "data-lazy",
    "data-url",
    "data-image",
];
/// What Webflow writes for a picture that has no words of its own begins with it.
const WEBFLOWS: &str = "__wf_reserved_";

const LAZY_SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];

impl Walker<'_> {
    pub(super) fn image_element(&mut self, image: &Element, sources: &[Element], flow: &mut Flow) {
        let class = image.attribute("class").unwrap_or_default();
        let named = policy::meanings(class).any(|meaning| meaning == policy::Meaning::Emoji);
        let is_emoji = |address: &str| address.contains("/images/core/emoji/");
        let as_text = || Inline::Text(image.attribute("alt").unwrap_or_default().into());
        if named || image.attribute("src").is_some_and(is_emoji) {
            flow.run.push(as_text());
            return;
        }
        let picture = if self.context.comment {
            None
        } else {
            self.picture(image, sources)
        };
        let Some(picture) = picture else {
            self.dropped.pictures += 1;
            return;
        };
        // Some only lead there once they are resolved, or come from a lazy attribute.
        if is_emoji(picture.src.as_str()) {
            flow.run.push(as_text());
            return;
        }
        if is_icon(image) {
            flow.run.push(Inline::Icon(picture));
            return;
        }
        let width = super::figures::width_of(class);
        self.push_figure(picture, width, flow);
    }

    /// A `picture`: its `img`, with sizes from the sources where it has none itself.
    pub(super) fn picture_element(&mut self, mut element: Element, flow: &mut Flow) {
        let is_source = |child: &Element| child.name == "source";
        let mut sources = take_all(&mut element.children, &is_source, &|_| false);
        for source in &mut sources {
            // What stands in a source by a parser's repair is content still.
            element.children.append(&mut source.children);
        }
        match take_out(&mut element.children, &|child| child.name == "img") {
            Some(image) => self.image_element(&image, &sources, flow),
            None => {
                let image = Element {
                    name: "img".into(),
                    html: true,
                    ..Element::default()
                };
                self.image_element(&image, &sources, flow);
            }
        }
        self.nodes(element.children, flow);
    }

    /// A copy for readers without scripts: instead of a small stand-in of the same name, else only
    /// where no script-loaded one came before it.
    pub(super) fn fallback(&mut self, element: Element, flow: &mut Flow) {
        let shows =
            |child: &Element| matches!(child.name.as_str(), "img" | "iframe" | "video" | "audio");
        if find(&element.children, &shows).is_none() {
            return;
        }
        self.flush(flow);
        let mut within = Flow::default();
        self.nodes(element.children, &mut within);
        self.flush(&mut within);
        if let (Some(Block::Figure(before)), Some(Block::Figure(copy))) =
            (flow.blocks.last_mut(), within.blocks.first_mut())
        {
            let (src, other) = (before.picture.src.as_str(), copy.picture.src.as_str());
            let same = same_picture(src, other);
            if same || same_name(src, other) {
                if !same && before.picture.candidates.is_empty() {
                    std::mem::swap(&mut before.picture, &mut copy.picture);
                }
                within.blocks.remove(0);
            }
        }
        if within.blocks.first() == flow.blocks.last() {
            within.blocks.drain(..within.blocks.len().min(1));
        }
        append(&mut flow.blocks, within.blocks);
    }

    /// Adds a figure, unless it repeats the one before.
    pub(super) fn push_figure(&mut self, picture: Picture, width: Width, flow: &mut Flow) {
        self.flush(flow);
        if let Some(Block::Figure(before)) = flow.blocks.last()
            && same_picture(before.picture.src.as_str(), picture.src.as_str())
        {
            return;
        }
        let mut figure = Figure {
            picture,
            caption: Vec::new(),
            credit: Vec::new(),
            width,
            link: None,
        };
        let around = self
            .wrappers
            .iter()
            .rev()
            .find(|wrapper| matches!(wrapper, Wrapper::Link(_) | Wrapper::Zoom(_)));
        match around {
            Some(Wrapper::Zoom(full)) => figure.picture.full = full.clone(),
            Some(Wrapper::Link(Link::External(url) | Link::Internal(url)))
                if is_picture_file(url.as_str()) =>
            {
                let full = url::picture(self.context.host, self.context.base_url, url.as_str());
                figure.picture.full = full.unwrap_or(figure.picture.full);
            }
            // A place in this page is a gallery script's own.
            Some(Wrapper::Link(Link::Fragment(_))) => {}
            Some(Wrapper::Link(link)) => figure.link = Some(link.clone()),
            _ => {}
        }
        flow.blocks.push(Block::Figure(figure));
    }

    /// A picture with a usable address; `None` for trackers and placeholders.
    pub(super) fn picture(&self, image: &Element, sources: &[Element]) -> Option<Picture> {
        let resolve = |address: &str| {
            url::picture(self.context.host, self.context.base_url, address).filter(|url| {
                !policy::TRACKERS
                    .iter()
                    .any(|tracker| url.as_str().contains(tracker))
            })
        };
        let size = match (dimension(image, "width"), dimension(image, "height")) {
            (Some(width), Some(height)) if width <= 2 || height <= 2 => return None,
            (Some(width), Some(height)) => Some((width, height)),
            _ => None,
        };
        let mut candidates: Vec<Candidate> = Vec::new();
        let sets = LAZY_SETS.iter().filter_map(|name| image.attribute(name));
        for set in sets {
            candidates = srcset(set, &resolve);
            if !candidates.is_empty() {
                break;
            }
        }
        if candidates.is_empty() {
            candidates = srcset(&joined(sources), &resolve);
            candidates.retain(|candidate| matches!(candidate.size, Descriptor::Width(_)));
        }
        // Some hold a switch ("true") instead; shops leave the width to their script.
        let lazy = LAZY
            .iter()
            .filter_map(|name| image.attribute(name))
            .filter(|address| address.contains(['/', '.']))
            .map(|address| address.replace("{width}", "1200"));
        let src = lazy
            .chain(image.attribute("src").map(str::to_owned))
            .find_map(|address| resolve(&address).filter(|url| !is_placeholder(url.as_str())))
            .or_else(|| middle(&candidates))
            .or_else(|| {
                sources.iter().find_map(|source| {
                    let set = source.attribute("srcset")?;
                    srcset(set, &resolve)
                        .into_iter()
                        .next()
                        .map(|candidate| candidate.url)
                })
            })?;
        let size = size.or_else(|| size_in_name(src.as_str()));
        let full = largest(&candidates)
            .filter(|candidate| size.is_none_or(|(width, _)| width < pixels(candidate)))
            .map_or_else(|| src.clone(), |candidate| candidate.url.clone());
        let alt = text::collapse(image.attribute("alt").unwrap_or_default());
        let alt = if is_file_name(&alt) || alt.starts_with(WEBFLOWS) {
            String::new()
        } else {
            alt
        };
        Some(Picture {
            src,
            candidates,
            alt,
            size,
            full,
            first: false,
        })
    }
}

/// Small enough to stand in a line.
pub(super) fn is_icon(image: &Element) -> bool {
    let class = image.attribute("class").unwrap_or_default();
    class
        .split_ascii_whitespace()
        .any(|token| matches!(token, "icon" | "latex" | "wp-smiley" | "emoji"))
        || matches!(
            (dimension(image, "width"), dimension(image, "height")),
            (Some(3..=48), Some(3..=48))
        )
}

fn dimension(image: &Element, name: &str) -> Option<u32> {
    // There it may be one side of a ratio.
    let is_ratio = image.name.starts_with("amp-") && image.attribute("layout") != Some("fixed");
    let least = if is_ratio { 50 } else { 1 };
    let value = image.attribute(name)?.trim();
    let value = value.strip_suffix("px").unwrap_or(value);
    let whole = value.split('.').next().unwrap_or(value);
    whole
        .parse()
        .ok()
        .filter(|pixels| (least..=20_000).contains(pixels))
}

/// WordPress names scaled pictures after their size: `harbour-1024x683.jpg`.
fn size_in_name(url: &str) -> Option<(u32, u32)> {
    let path = url.split(['?', '#']).next()?;
    let (stem, _) = path.rsplit_once('.')?;
    let (_, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| {
        text.parse()
            .ok()
            .filter(|pixels| (16..=20_000).contains(pixels))
    };
    Some((number(width)?, number(height)?))
}

/// Asked of the address as it was understood: what is written may hold control characters within a name.
fn is_placeholder(src: &str) -> bool {
    let name = src.split(['?', '#']).next().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    name.contains("placeholder")
        || matches!(
            stem,
            "blank" | "spacer" | "1x1" | "transparent" | "grey" | "gray" | "clear"
        )
        // Pictures may have these names, drawings and animations of nothing do.
        || (matches!(extension, "gif" | "svg") && matches!(stem, "loading" | "loader" | "lazy" | "lazyload" | "pixel"))
}

fn is_file_name(alt: &str) -> bool {
    let lower = alt.to_ascii_lowercase();
    !alt.contains(' ')
        && ([".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"]
            .iter()
            .any(|end| lower.ends_with(end))
            || lower.starts_with("img_")
            || lower.starts_with("dsc"))
}

pub(super) fn is_picture_file(url: &str) -> bool {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Whether two addresses are versions of one picture: the same file, whatever its scale.
pub fn same_picture(a: &str, b: &str) -> bool {
    a == b || stem(a) == stem(b)
}

/// Whether two addresses end in the same name, one too long to be chance: picture services put
/// the scale into a folder of their own making.
fn same_name(a: &str, b: &str) -> bool {
    let name = |url: &str| {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    name(a).len() >= 12 && name(a) == name(b)
}

/// Path without scale and extension; Ghost scales by a folder, WordPress by a suffix. An address that
/// names no file is told apart by what it asks for, its size aside.
fn stem(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let file = name.rsplit_once('.').filter(|_| is_picture_file(name));
    let name = file.map_or(name, |(stem, _)| stem);
    let scaled = name.rsplit_once('-').filter(|(_, size)| {
        *size == "scaled"
            || size.split_once('x').is_some_and(|(w, h)| {
                !w.is_empty() && w.bytes().chain(h.bytes()).all(|b| b.is_ascii_digit())
            })
    });
    let name = scaled.map_or(name, |(stem, _)| stem);
    let mut stem = match folder.split_once("/size/") {
        Some((before, after)) => {
            let (_, rest) = after.split_once('/').unwrap_or_default();
            [before, "/", rest].concat()
        }
        None => folder.to_owned(),
    };
    stem.push('/');
    stem.push_str(name);
    if file.is_none() {
        for part in query.split('&') {
            let key = part.split('=').next().unwrap_or_default();
            if !SCALING.contains(&key) {
                stem.push('&');
                stem.push_str(part);
            }
        }
    }
    stem
}

/// What picture services are told of size and form.
const SCALING: &[&str] = &[
    "w", "h", "width", "height", "q", "quality", "fit", "crop", "resize", "dpr", "ssl", "format",
    "fm", "auto", "s", "size",
];

/// The sets of a `picture`'s sources as one: browsers are given every width, whatever the medium.
fn joined(sources: &[Element]) -> String {
    let mut set = String::new();
    for source in sources {
        if let Some(more) = LAZY_SETS.iter().find_map(|name| source.attribute(name)) {
            set.push_str(more);
            set.push_str(", ");
        }
    }
    set
}
