//! The neutral model: what every source is read into and every page is made from.
//!
//! Plain data with serde, no behaviour beyond what keeps wrong states out ([`Instant`], [`Slug`]).
//! Anything may use this layer; it uses nothing but `std` and serde.

mod article;
mod config;
mod instant;
pub(crate) mod keys;
mod live;
mod nearest;
mod percent;
mod site;
mod slug;
mod summary;

pub use article::{
    Access, Article, Author, Body, CommentThread, Correction, Direction, Image, ImageSize, Kind,
    PullQuote, Section, Tag,
};
pub use config::{
    CommentsConfig, ConfigError, FrontConfig, Link, Newsletter, PictureConfig, RESERVED,
    RemotePictures, Secret, SiteConfig, SourceConfig,
};
pub use instant::{Civil, Instant};
pub use live::{Live, LiveUpdate};
pub use nearest::{nearest, nearest_of};
pub use percent::percent_decode;
pub use site::{Fresh, Site, SourceKind};
pub use slug::Slug;
pub(crate) use slug::is_mark;
pub use summary::{SectionRef, Summary};
