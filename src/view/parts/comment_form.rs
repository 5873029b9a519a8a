//! "Leave a reply": the comment draft form under an article.

use leptos::prelude::*;

use crate::page::Story;
use crate::strings::Key;
use crate::view::Cx;

/// The form. Its first render is the same for everyone; drafts come back in an effect.
pub fn comment_form(cx: &Cx, _story: &Story) -> AnyView {
    view! {
        <section class="reply" id="reply">
            <h2>{cx.text(Key::LeaveAReply)}</h2>
        </section>
    }
    .into_any()
}

/// Brings the form of an altered page to life by itself (hydration contract, point 5).
pub fn mount_alone(_cx: &Cx) {}
