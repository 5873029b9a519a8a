//! [`View`]: a view of any shape behind one type.
//!
//! Leptos has `View` for this, which carries everything a view could ever be asked for (streams,
//! asynchronous hydration, attribute spreading), instantiated for every shape. Our pages are
//! rendered in one go and hydrated in one go, so this one carries only that: a third of the app's
//! bytes (`docs/decisions/0070-two-bundles.md`).

use std::mem;

use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node as Dom};
use leptos::tachys::view::{Position, PositionState};

use crate::platform::markup::Node;

/// A view of any shape. Made by [`IntoShape::shape`].
pub struct View(Box<dyn Shape>);

/// What a shape can be asked for.
trait Shape: Send {
    fn build(self: Box<Self>) -> Box<dyn Mountable>;
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Mountable>;
    #[cfg(not(target_arch = "wasm32"))]
    fn html(self: Box<Self>, buf: &mut String, position: &mut Position, escape: bool);
}

impl<T: RenderHtml + Send + 'static> Shape for T {
    fn build(self: Box<Self>) -> Box<dyn Mountable> {
        Box::new(Render::build(*self))
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Mountable> {
        Box::new(RenderHtml::hydrate::<true>(*self, cursor, position))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn html(self: Box<Self>, buf: &mut String, position: &mut Position, escape: bool) {
        self.to_html_with_buf(buf, position, escape, false, Vec::new());
    }
}

/// Any view becomes a [`View`].
pub trait IntoShape {
    fn shape(self) -> View;
}

impl<T: RenderHtml + Send + 'static> IntoShape for T {
    fn shape(self) -> View {
        View(Box::new(self))
    }
}

/// What stands in the document of a [`View`].
pub struct Standing(Box<dyn Mountable>);

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Dom>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl Render for View {
    type State = Standing;

    fn build(self) -> Standing {
        Standing(self.0.build())
    }

    /// Another shape takes the place of the one before.
    fn rebuild(self, state: &mut Standing) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        mem::replace(state, new).unmount();
    }
}

impl RenderHtml for View {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        self.0.html(buf, position, escape);
    }

    /// Browsers build nodes.
    #[cfg(target_arch = "wasm32")]
    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Standing {
        Standing(self.0.hydrate(cursor, position))
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// Attributes are not spread onto our views.
impl AddAnyAttr for View {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Markup as data is a view like any other.
impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        if *position == Position::NextChildAfterText {
            buf.push_str("<!---->");
        }
        let before = buf.len();
        self.write(buf);
        if buf.len() == before {
            // Something has to say where the place is.
            buf.push_str("<!---->");
        }
        *position = Position::NextChild;
    }

    #[cfg(target_arch = "wasm32")]
    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    /// Only whole parts are hydrated, by `platform::nodes`.
    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self::State {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// Nothing is built on the publisher's machine: pages are written.
#[cfg(not(target_arch = "wasm32"))]
impl Render for Node {
    type State = <() as Render>::State;

    fn build(self) -> Self::State {
        Render::build(())
    }

    fn rebuild(self, _: &mut Self::State) {}
}

impl AddAnyAttr for Node {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}
