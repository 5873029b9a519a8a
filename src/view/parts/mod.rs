//! What several pages share.

pub mod body;
pub mod card;
pub mod comment_form;
pub mod comment_state;
pub mod comments;
pub mod footer;
pub mod fresh;
pub mod header;
pub mod newsletter;
pub mod pagination;
pub mod picture;
pub mod search_box;
pub mod share;
pub mod story_end;
pub mod time;
pub mod worth_reading;
