//! The types of a cleaned body. Only the policy makes them; `render` and everything above reads.
//!
//! Whatever is not in these types cannot be on a page: there is no variant for a script, no field
//! for a style, and addresses are [`SafeUrl`]s that only `html::url` can make.

use super::url::SafeUrl;
use crate::model::Instant;

/// A block of a body, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// A paragraph that its editor set to the middle or the end: a dedication, a signature.
    Aligned {
        align: Align,
        text: Vec<Inline>,
    },
    Heading(Heading),
    List(List),
    /// Terms with what they mean.
    Definitions(Vec<Definition>),
    Quote {
        blocks: Vec<Block>,
        cite: Vec<Inline>,
    },
    PullQuote {
        text: Vec<Inline>,
        cite: Vec<Inline>,
    },
    KeyPoints {
        title: Vec<Inline>,
        items: Vec<Vec<Block>>,
    },
    Figure(Figure),
    Gallery {
        figures: Vec<Figure>,
        caption: Vec<Inline>,
    },
    Media(Media),
    Table(Table),
    Code {
        text: String,
        language: Option<String>,
    },
    /// Lines and spaces kept, in the text's own face: poems, `pre` with markup.
    Verse(Vec<Inline>),
    Embed(Embed),
    LinkCard(LinkCard),
    Callout {
        icon: Option<String>,
        blocks: Vec<Block>,
    },
    Details {
        summary: Vec<Inline>,
        blocks: Vec<Block>,
    },
    /// A link that was a button.
    Button {
        link: Link,
        text: Vec<Inline>,
    },
    Separator,
    Footnotes(Vec<Footnote>),
    /// An entry of a live story.
    Update(Update),
    /// Text in another language or direction than its surroundings.
    Region {
        speech: Speech,
        blocks: Vec<Block>,
    },
    /// The place a `#` link leads to, where no other block could carry the id.
    Anchor(String),
}

/// A sub-heading. `level` is 2 to 6, and never skips one downwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: Vec<Inline>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<i32>,
    /// Counted down.
    pub reversed: bool,
    /// Letters or Roman numerals instead of numbers, as HTML's `type` names them.
    pub numerals: Option<&'static str>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// An id that something in the body links to.
    pub id: Option<String>,
    /// A number other than the next.
    pub value: Option<i32>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub term: bool,
    pub blocks: Vec<Block>,
}

/// How wide a picture stands, or to which side text flows around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Text,
    Wide,
    Full,
    Start,
    End,
    Centre,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub picture: Picture,
    pub caption: Vec<Inline>,
    pub credit: Vec<Inline>,
    pub width: Width,
    /// Where a click leads; without one the lightbox opens `picture.full`.
    pub link: Option<Link>,
}

impl Figure {
    /// Nothing is said under it.
    pub fn is_silent(&self) -> bool {
        self.caption.is_empty() && self.credit.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub src: SafeUrl,
    /// At most twelve, all by width or all by density.
    pub candidates: Vec<Candidate>,
    /// Empty when the source gives none (never a file name).
    pub alt: String,
    /// CSS pixels of `src`; without them a ratio is reserved.
    pub size: Option<(u32, u32)>,
    /// The largest version known.
    pub full: SafeUrl,
    /// The first picture of a body without a lead picture comes before others.
    pub first: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub url: SafeUrl,
    pub size: Descriptor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Descriptor {
    /// Pixels.
    Width(u32),
    /// Thousandths: 1500 is `1.5x`.
    Density(u32),
}

/// A sound or film file that the browser plays itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    pub video: bool,
    pub src: SafeUrl,
    pub poster: Option<SafeUrl>,
    pub size: Option<(u32, u32)>,
    pub caption: Vec<Inline>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub caption: Vec<Inline>,
    /// Rows that head the columns, from `thead` or a first row of `th`.
    pub head: Vec<Vec<Cell>>,
    pub body: Vec<Vec<Cell>>,
    pub foot: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub header: bool,
    pub columns: u16,
    pub rows: u16,
    pub align: Align,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Centre,
    End,
}

/// Something of a known provider, loaded only when the reader asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Embed {
    pub provider: super::Provider,
    /// Within the provider's grammar; never a URL.
    pub id: String,
    pub page: SafeUrl,
    pub title: Option<String>,
    /// What can be read without loading it: the text of a post.
    pub text: Vec<Block>,
    pub caption: Vec<Inline>,
}

/// A link with more than its words: a bookmark, an unknown embed, a file.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkCard {
    pub link: Link,
    pub title: String,
    pub description: String,
    /// The site, as the source names it, else the host.
    pub publisher: String,
    pub picture: Option<SafeUrl>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    pub id: String,
    /// The reference in the text that leads here, to go back to.
    pub back: Option<String>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    pub id: String,
    pub time: Option<Instant>,
    pub title: Vec<Inline>,
    /// One of those that tell the story in short.
    pub key: bool,
    pub blocks: Vec<Block>,
}

/// Language and direction of foreign text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// BCP 47.
    pub language: Option<String>,
    pub direction: Option<crate::model::Direction>,
}

/// Text and what it means.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Break,
    Styled(Style, Vec<Inline>),
    Link(Link, Vec<Inline>),
    Abbreviation(String, Vec<Inline>),
    Foreign(Speech, Vec<Inline>),
    /// A picture within a line: an icon, a formula.
    Icon(Picture),
    /// The place a `#` link leads to.
    Anchor(String),
}

impl Inline {
    /// What stands within an inline element; `None` where nothing can.
    pub fn children(&self) -> Option<&[Inline]> {
        match self {
            Self::Styled(_, text)
            | Self::Link(_, text)
            | Self::Abbreviation(_, text)
            | Self::Foreign(_, text) => Some(text),
            Self::Text(_) | Self::Break | Self::Icon(_) | Self::Anchor(_) => None,
        }
    }

    /// The same, to change it.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Self::Styled(_, text)
            | Self::Link(_, text)
            | Self::Abbreviation(_, text)
            | Self::Foreign(_, text) => Some(text),
            Self::Text(_) | Self::Break | Self::Icon(_) | Self::Anchor(_) => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Strong,
    Emphasis,
    Code,
    Keyboard,
    Mark,
    Deleted,
    Inserted,
    Small,
    Subscript,
    Superscript,
    Quotation,
    Citation,
}

/// Where a link leads, and so what it may carry.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// A page of this site: a path under its base.
    Internal(SafeUrl),
    /// Another site.
    External(SafeUrl),
    /// A mail address or telephone number.
    Contact(SafeUrl),
    /// A place in this body, by its (prefixed) id.
    Fragment(String),
}
