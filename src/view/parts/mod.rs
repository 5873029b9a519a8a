//! What several pages share.

pub mod body;
pub mod card;
pub mod comment_form;
pub mod footer;
pub mod header;
pub mod pagination;
pub mod picture;
