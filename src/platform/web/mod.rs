//! The reader's browser: what the pure layers borrow, made of web APIs that cost no bytes.

pub mod body;
mod html;
mod regexp;
mod trusted;
mod url;
mod xml;

use crate::host::Host;

/// The browser's functions, for `store`, `view` and tests.
pub const HOST: Host = Host {
    resolve: url::resolve,
    parse_html: html::parse_html,
    parse_xml: xml::parse_xml,
    replace: regexp::replace,
};
