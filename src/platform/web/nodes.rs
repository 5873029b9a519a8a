//! [`Node`]s in the document: built, or found where the build wrote them.
//!
//! One walk for every view. What follows signals is a Leptos effect of its own that exchanges only
//! the nodes before its empty comment. Dropping what stands ends its effects and listeners.

use std::cell::{Cell, RefCell};
use std::mem;
use std::rc::Rc;

use any_spawner::Executor;
use leptos::prelude::{Mountable, Owner, Render, RenderEffect};
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use super::events::{Happening, Listener, listen};
use crate::platform::markup::{Element, Kind, Node, Value};

type Dom = web_sys::Node;

/// What stands in the document of a node: its outermost DOM nodes, and what keeps them alive.
#[derive(Default)]
pub struct Standing {
    pieces: Vec<Piece>,
    listeners: Vec<Listener>,
    effects: Vec<RenderEffect<()>>,
}

enum Piece {
    Node(Dom),
    Region(Rc<RefCell<Region>>),
}

/// The nodes before an empty comment, exchanged together.
struct Region {
    standing: Standing,
    end: Dom,
}

/// Where hydration is: the next node of the document that has no owner yet.
#[derive(Clone, Default)]
struct Cursor {
    next: Rc<RefCell<Option<Dom>>>,
    text_before: Rc<Cell<bool>>,
}

impl Cursor {
    fn at(next: Option<Dom>) -> Self {
        Self {
            next: Rc::new(RefCell::new(next)),
            text_before: Rc::default(),
        }
    }

    /// The next node, of whatever kind the count before hydration promises.
    fn take(&self) -> Option<Dom> {
        let mut next = self.next.borrow_mut();
        let node = next.take()?;
        *next = node.next_sibling();
        Some(node)
    }
}

impl Standing {
    fn nodes(&self, into: &mut Vec<Dom>) {
        for piece in &self.pieces {
            match piece {
                Piece::Node(node) => into.push(node.clone()),
                Piece::Region(region) => {
                    let region = region.borrow();
                    region.standing.nodes(into);
                    into.push(region.end.clone());
                }
            }
        }
    }

    fn put(&self, parent: &Dom, before: Option<&Dom>) {
        let mut nodes = Vec::new();
        self.nodes(&mut nodes);
        for node in nodes {
            let _ = parent.insert_before(&node, before);
        }
    }

    fn remove(&self) {
        let mut nodes = Vec::new();
        self.nodes(&mut nodes);
        for node in nodes {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(&node);
            }
        }
    }

    /// Makes a node; into `cursor`'s document where there is one.
    fn add(&mut self, document: &Document, node: Node, cursor: Option<&Cursor>) {
        match node.0 {
            Kind::Nothing => {}
            Kind::Text(text) if text.is_empty() => {}
            Kind::Text(text) => {
                let found = cursor.and_then(|cursor| {
                    if cursor.text_before.replace(true) {
                        cursor.take();
                    }
                    cursor.take()
                });
                let node = found.unwrap_or_else(|| document.create_text_node(&text).into());
                self.pieces.push(Piece::Node(node));
            }
            Kind::Many(nodes) => {
                for node in nodes {
                    self.add(document, node, cursor);
                }
            }
            Kind::Element(element) => self.add_element(document, *element, cursor),
            Kind::Changing(make) => self.add_changing(document, make, cursor),
        }
    }

    fn add_element(&mut self, document: &Document, element: Element, cursor: Option<&Cursor>) {
        let found = cursor.and_then(|cursor| {
            cursor.text_before.set(false);
            cursor.take()?.dyn_into::<web_sys::Element>().ok()
        });
        let inside = found.as_ref().map(|found| Cursor::at(found.first_child()));
        let made = found.or_else(|| document.create_element(element.name).ok());
        let Some(dom) = made else { return };
        for (name, value) in element.attributes {
            match value {
                Value::Fixed(value) => {
                    if inside.is_none() {
                        let _ = dom.set_attribute(name, &value);
                    }
                }
                Value::Changing(mut make) => {
                    let dom = dom.clone();
                    self.effects.push(RenderEffect::new(move |_| {
                        let _ = match make() {
                            Some(value) => dom.set_attribute(name, &value),
                            None => dom.remove_attribute(name),
                        };
                    }));
                }
            }
        }
        for (name, mut act) in element.events {
            let act = Box::new(move |event| act(Happening(event)));
            self.listeners.push(listen(&dom, name, act));
        }
        if let Some(place) = element.place {
            place.put(dom.clone());
        }
        if let Some(words) = element.held {
            // A detached element can always be taken in.
            let _ = dom.append_child(&words);
        }
        // A browser that runs scripts reads a `noscript` as one text; there is nothing in it to find.
        if element.name != "noscript" {
            let mut within = Standing::default();
            for child in element.children {
                within.add(document, child, inside.as_ref());
            }
            if inside.is_none() {
                within.put(&dom, None);
            }
            self.listeners.append(&mut within.listeners);
            self.effects.append(&mut within.effects);
        }
        self.pieces.push(Piece::Node(dom.into()));
    }

    fn add_changing(
        &mut self,
        document: &Document,
        mut make: Box<dyn FnMut() -> Node + Send>,
        cursor: Option<&Cursor>,
    ) {
        let region = Rc::new(RefCell::new(Region {
            standing: Self::default(),
            end: document.create_comment("").into(),
        }));
        let mut first = cursor.cloned();
        let (kept, document) = (region.clone(), document.clone());
        self.effects.push(RenderEffect::new(move |_| {
            let mut new = Self::default();
            new.add(&document, make(), first.as_ref());
            let found = first.take();
            let mut region = kept.borrow_mut();
            if let Some(cursor) = found {
                cursor.text_before.set(false);
                if let Some(end) = cursor.take() {
                    region.end = end;
                }
            } else if let Some(parent) = region.end.parent_node() {
                new.put(&parent, Some(&region.end));
            }
            let old = mem::replace(&mut region.standing, new);
            drop(region);
            old.remove();
        }));
        self.pieces.push(Piece::Region(region));
    }
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.remove();
        self.listeners.clear();
        self.effects.clear();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Dom>) {
        self.put(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let mut nodes = Vec::new();
        self.nodes(&mut nodes);
        let Some(first) = nodes.first() else {
            return false;
        };
        let parent = first.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(first));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        Vec::new()
    }
}

impl Render for Node {
    type State = Standing;

    fn build(self) -> Standing {
        let mut standing = Standing::default();
        if let Some(document) = super::page::document() {
            standing.add(&document, self, None);
            if standing.pieces.is_empty() {
                // Something has to say where the place is.
                let place = document.create_comment("");
                standing.pieces.push(Piece::Node(place.into()));
            }
        }
        standing
    }

    fn rebuild(self, state: &mut Standing) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        mem::replace(state, new).unmount();
    }
}

/// A view that stands in an element of the page. Dropping it takes it away again and ends all its
/// effects; what it has to do last, it does while it still stands.
pub struct Mounted {
    standing: Standing,
    owner: Owner,
}

impl Mounted {
    /// Ends what it does and leaves its nodes where they stand, for a page that may be shown again.
    pub fn leave(mut self) {
        self.owner.cleanup();
        mem::take(&mut self.standing);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.standing.unmount();
    }
}

/// Puts a view into an element, after what it holds.
pub fn mount(place: &HtmlElement, make: impl FnOnce() -> Node) -> Mounted {
    stand(place, make, false)
}

/// Brings to life what the build wrote into an element: all of it, and nothing else.
pub fn hydrate(place: &HtmlElement, make: impl FnOnce() -> Node) -> Mounted {
    stand(place, make, true)
}

fn stand(place: &HtmlElement, make: impl FnOnce() -> Node, written: bool) -> Mounted {
    // Only the first of a visit finds none; a refusal means that there is one.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let mut standing = Standing::default();
    if let Some(document) = super::page::document() {
        let cursor = written.then(|| Cursor::at(place.first_child()));
        owner.with(|| standing.add(&document, make(), cursor.as_ref()));
        if !written {
            standing.put(place, None);
        }
    }
    Mounted { standing, owner }
}
