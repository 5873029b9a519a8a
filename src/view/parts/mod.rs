//! What several pages share.

pub mod body;
pub mod card;
pub mod comment_form;
pub mod comment_state;
pub mod comments;
pub mod footer;
pub mod fresh;
pub mod header;
pub mod pagination;
pub mod picture;
