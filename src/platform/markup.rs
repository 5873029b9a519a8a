//! Markup as data: what the live parts of a page are written in.
//!
//! Leptos' `view!` makes a type of every element, and the compiler a copy of the renderer for every
//! type: about two kilobytes of WebAssembly an element. Pages made on the publisher's machine do
//! not mind; the app, which every reader downloads, does. Its parts are therefore values of one
//! type, [`Node`], rendered by one walk: [`write`](Node::write) here, `platform::web::nodes` in the
//! browser, where Leptos' signals and effects keep what changes up to date
//! (`docs/decisions/0071-markup-as-data.md`).

use std::borrow::Cow;
use std::fmt::Write as _;

use super::bundle::Words;
use super::events::Happening;
use super::fields::Place;

/// Something that stands in a page.
pub struct Node(pub(super) Kind);

pub(super) enum Kind {
    Nothing,
    Text(Cow<'static, str>),
    Element(Box<Element>),
    Many(Vec<Node>),
    /// Made again whenever a signal that it read has changed.
    Changing(Box<dyn FnMut() -> Node + Send>),
}

/// An element being written; becomes a [`Node`].
pub struct Element {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<(&'static str, Value)>,
    pub(super) events: Vec<(&'static str, Handler)>,
    pub(super) place: Option<Place>,
    /// Nodes made elsewhere, taken in as they are.
    pub(super) held: Option<Words>,
    pub(super) children: Vec<Node>,
}

pub(super) type Handler = Box<dyn FnMut(Happening) + Send>;

/// An attribute's value; `None` leaves the attribute out.
pub(super) enum Value {
    Fixed(Cow<'static, str>),
    Changing(Box<dyn FnMut() -> Option<String> + Send>),
}

/// Elements without an end tag.
const VOID: &[&str] = &["img", "input", "br", "source", "hr", "wbr"];

/// An element of a name.
pub fn el(name: &'static str) -> Element {
    Element {
        name,
        attributes: Vec::new(),
        events: Vec::new(),
        place: None,
        held: None,
        children: Vec::new(),
    }
}

/// What is made again whenever a signal that it read has changed.
pub fn changing<N: Into<Node>>(mut make: impl FnMut() -> N + Send + 'static) -> Node {
    Node(Kind::Changing(Box::new(move || make().into())))
}

impl Element {
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.attributes.push((name, Value::Fixed(value.into())));
        self
    }

    /// An attribute that is there only with a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Cow<'static, str>>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute without a value, or none.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// An attribute that follows signals.
    pub fn follows(
        mut self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.attributes
            .push((name, Value::Changing(Box::new(value))));
        self
    }

    pub fn class(self, class: impl Into<Cow<'static, str>>) -> Self {
        self.attr("class", class)
    }

    pub fn id(self, id: impl Into<Cow<'static, str>>) -> Self {
        self.attr("id", id)
    }

    /// What an event does.
    pub fn on(mut self, event: &'static str, act: impl FnMut(Happening) + Send + 'static) -> Self {
        self.events.push((event, Box::new(act)));
        self
    }

    /// Where code finds the element once it stands in the document.
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Takes in what was made elsewhere: the cleaned words of a comment.
    pub fn hold(mut self, words: Words) -> Self {
        self.held = Some(words);
        self
    }

    /// Another child, after those before.
    pub fn with(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self(Kind::Element(Box::new(element)))
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self(Kind::Text(text.into()))
    }
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Self {
        Self(Kind::Text(text.into()))
    }
}

impl From<()> for Node {
    fn from((): ()) -> Self {
        Self(Kind::Nothing)
    }
}

impl<N: Into<Self>> From<Option<N>> for Node {
    fn from(node: Option<N>) -> Self {
        node.map_or(Self(Kind::Nothing), Into::into)
    }
}

impl From<Vec<Self>> for Node {
    fn from(nodes: Vec<Self>) -> Self {
        Self(Kind::Many(nodes))
    }
}

impl<const N: usize> From<[Self; N]> for Node {
    fn from(nodes: [Self; N]) -> Self {
        Self(Kind::Many(nodes.into()))
    }
}

impl Node {
    /// Writes the node as HTML. A browser's parser makes the same nodes of it that
    /// `platform::web::nodes` expects: two texts in a row are kept apart by an empty comment, and
    /// another stands behind whatever may change.
    pub fn write(self, out: &mut String) {
        self.write_after(out, &mut false);
    }

    fn write_after(self, out: &mut String, text_before: &mut bool) {
        match self.0 {
            Kind::Nothing => {}
            Kind::Text(text) if text.is_empty() => {}
            Kind::Text(text) => {
                if *text_before {
                    out.push_str("<!---->");
                }
                escape(&text, out);
                *text_before = true;
            }
            Kind::Many(nodes) => {
                for node in nodes {
                    node.write_after(out, text_before);
                }
            }
            Kind::Changing(mut make) => {
                make().write_after(out, text_before);
                out.push_str("<!---->");
                *text_before = false;
            }
            Kind::Element(element) => {
                element.write(out);
                *text_before = false;
            }
        }
    }
}

impl Element {
    fn write(self, out: &mut String) {
        let _ = write!(out, "<{}", self.name);
        for (name, value) in self.attributes {
            let value = match value {
                Value::Fixed(value) => value,
                Value::Changing(mut make) => match make() {
                    Some(value) => value.into(),
                    None => continue,
                },
            };
            let _ = write!(out, " {name}");
            if !value.is_empty() {
                out.push_str("=\"");
                escape(&value, out);
                out.push('"');
            }
        }
        out.push('>');
        if VOID.contains(&self.name) {
            return;
        }
        let mut text_before = false;
        for child in self.children {
            child.write_after(out, &mut text_before);
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(node: impl Into<Node>) -> String {
        let mut out = String::new();
        node.into().write(&mut out);
        out
    }

    #[test]
    fn elements_texts_and_attributes_are_written_escaped() {
        let link = el("a")
            .attr("href", "/?a=1&b=\"2\"")
            .flag("hidden", true)
            .maybe("lang", None::<String>)
            .with("Q & <A>");
        assert_eq!(
            html(link),
            "<a href=\"/?a=1&amp;b=&quot;2&quot;\" hidden>Q &amp; &lt;A&gt;</a>"
        );
        assert_eq!(
            html(el("input").attr("type", "text")),
            "<input type=\"text\">"
        );
    }

    #[test]
    fn a_parser_finds_every_text_and_every_place_of_change() {
        let node = el("p")
            .with("one")
            .with(String::new())
            .with("two")
            .with(changing(|| "three"))
            .with(changing(|| None::<Node>))
            .with("four");
        assert_eq!(
            html(node),
            "<p>one<!---->two<!---->three<!----><!---->four</p>"
        );
    }
}
