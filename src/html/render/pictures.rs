//! Figures and galleries as elements: reserved space, a plain link to the large picture that the
//! lightbox takes over, caption and credit.

use std::fmt::Write;

use super::Renderer;
use crate::html::Inline;
use crate::html::block::{Descriptor, Figure, Picture, Width};
use crate::strings::Key;

impl Renderer<'_> {
    /// `sizes` is given where a gallery knows better than the figure's own width.
    pub(super) fn picture_figure(&mut self, figure: &Figure, sizes: Option<&str>) {
        self.start("figure", class(figure.width));
        self.sink.open("a");
        match &figure.link {
            Some(link) => self.href(link),
            None => {
                self.sink.attribute("class", "zoom");
                self.sink.attribute("href", figure.picture.full.as_str());
                if figure.picture.alt.is_empty() {
                    let label = self.options.strings.get(Key::EnlargePicture);
                    self.sink.attribute("aria-label", label);
                }
            }
        }
        self.image(&figure.picture, "", sizes.unwrap_or(sizes_of(figure.width)));
        self.sink.close("a");
        if !figure.caption.is_empty() || !figure.credit.is_empty() {
            self.sink.open("figcaption");
            self.inlines(&figure.caption);
            if !figure.credit.is_empty() {
                if !figure.caption.is_empty() {
                    self.sink.text(" ");
                }
                self.wrapped("span", "credit", &figure.credit);
            }
            self.sink.close("figcaption");
        }
        self.sink.close("figure");
    }

    pub(super) fn gallery(&mut self, figures: &[Figure], caption: &[Inline]) {
        self.start("figure", "gallery");
        for figure in figures {
            self.picture_figure(figure, Some("(min-width: 40rem) 213px, 50vw"));
        }
        if !caption.is_empty() {
            self.wrapped("figcaption", "", caption);
        }
        self.sink.close("figure");
    }

    pub(super) fn image(&mut self, picture: &Picture, class: &str, sizes: &str) {
        self.sink.open("img");
        self.sink.attribute("src", picture.src.as_str());
        let mut list = String::new();
        for candidate in &picture.candidates {
            if !list.is_empty() {
                list.push_str(", ");
            }
            // Commas and spaces part candidates; inside an address they are encoded instead.
            list.push_str(&candidate.url.as_str().replace(',', "%2C"));
            let _ = match candidate.size {
                Descriptor::Width(pixels) => write!(list, " {pixels}w"),
                Descriptor::Density(thousandths) if thousandths % 1000 == 0 => {
                    write!(list, " {}x", thousandths / 1000)
                }
                Descriptor::Density(thousandths) => {
                    write!(list, " {}.{:03}x", thousandths / 1000, thousandths % 1000)
                }
            };
        }
        if !list.is_empty() {
            self.sink.attribute("srcset", &list);
            if matches!(picture.candidates[0].size, Descriptor::Width(_)) && !sizes.is_empty() {
                self.sink.attribute("sizes", sizes);
            }
        }
        self.sink.attribute("alt", &picture.alt);
        match (picture.size, class) {
            (Some((width, height)), _) => {
                self.sink.attribute("width", &width.to_string());
                self.sink.attribute("height", &height.to_string());
                if !class.is_empty() {
                    self.sink.attribute("class", class);
                }
            }
            (None, "") => self.sink.attribute("class", "unsized"),
            (None, class) => self.sink.attribute("class", class),
        }
        if picture.first {
            self.sink.attribute("fetchpriority", "high");
        } else {
            self.sink.attribute("loading", "lazy");
            self.sink.attribute("decoding", "async");
        }
        self.sink.close("img");
    }
}

/// The class that says a width; `policy` reads the same names back.
fn class(width: Width) -> &'static str {
    match width {
        Width::Text => "",
        Width::Wide => "wide",
        Width::Full => "full",
        Width::Start => "start",
        Width::End => "end",
        Width::Centre => "centre",
    }
}

fn sizes_of(width: Width) -> &'static str {
    match width {
        Width::Text | Width::Centre => "(min-width: 43rem) 640px, 100vw",
        Width::Wide => "(min-width: 62rem) 928px, 100vw",
        Width::Full => "100vw",
        Width::Start | Width::End => "(min-width: 43rem) 304px, 100vw",
    }
}
