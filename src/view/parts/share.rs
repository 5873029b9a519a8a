//! Share: the system's own sheet, else copying the link, else a mail.
//!
//! The mail link is what the first render has, since it needs nothing; after start a button takes
//! its place where the browser can do better.

use leptos::prelude::*;

use super::after_render;
use crate::page::{Island, Told};
use crate::platform::markup::{Node, changing, el};
use crate::platform::{hand, spawn, timer};
use crate::reader::saved;
use crate::store::keepsakes::Keepsakes;
use crate::strings::Key;
use crate::view::Live;

/// What the browser can do, known after start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Mail,
    Sheet,
    Copy,
}

/// The inside of the share line of a story.
pub fn share(cx: &Live, story: &Told) -> Node {
    let way = RwSignal::new(Way::Mail);
    let copied = RwSignal::new(false);
    let address = address(&cx.island, story);
    let mail = mail_link(&story.headline, &address);
    after_render(move || {
        if hand::can_share() {
            way.set(Way::Sheet);
        } else if hand::can_copy() {
            way.set(Way::Copy);
        }
    });
    let (texts, headline) = (cx.clone(), story.headline.clone());
    let control = changing(move || {
        let button = el("button").class("button").attr("type", "button");
        match way.get() {
            Way::Mail => el("a")
                .class("button")
                .attr("href", mail.clone())
                .with(texts.text(Key::ShareByMail)),
            Way::Sheet => {
                let headline = headline.clone();
                button
                    .on("click", move |_| hand::share(&headline))
                    .with(texts.text(Key::Share))
            }
            Way::Copy => {
                let address = address.clone();
                button
                    .on("click", move |_| copy(address.clone(), way, copied))
                    .with(texts.text(Key::CopyLink))
            }
        }
    });
    let done = cx.text(Key::LinkCopied);
    let said = changing(move || copied.get().then(|| done.clone()));
    let said = el("span")
        .class("share-said")
        .attr("role", "status")
        .with(said);
    [control, " ".into(), save(cx, story), said.into()].into()
}

/// Keeps the story on this device, or lets it go.
fn save(cx: &Live, story: &Told) -> Node {
    let keepsakes = Keepsakes::new(&cx.island.base);
    after_render(move || keepsakes.peek());
    let (cx, href, headline) = (cx.clone(), story.href.clone(), story.headline.clone());
    changing(move || {
        let items = keepsakes.items.get()?;
        if keepsakes.failed.get() {
            let said = el("span").class("share-said").attr("role", "status");
            return Some(said.with(cx.text(Key::NotSaved)));
        }
        let kept = saved::holds(&items, &href);
        let (href, headline) = (href.clone(), headline.clone());
        let button = el("button").class("button").attr("type", "button");
        let button = button.on("click", move |_| match kept {
            true => keepsakes.remove(&href),
            false => keepsakes.save(&href, &headline),
        });
        let text = if kept { Key::SavedHere } else { Key::SaveStory };
        Some(button.with(cx.text(text)))
    })
}

/// Copies the page's address and says so for three seconds; what cannot copy offers a mail.
fn copy(address: String, way: RwSignal<Way>, copied: RwSignal<bool>) {
    spawn(async move {
        if hand::copy(address).await {
            // The page may have been turned while the browser was asked.
            let _ = copied.try_set(true);
            timer::pause(3000).await;
            let _ = copied.try_set(false);
        } else {
            let _ = way.try_set(Way::Mail);
        }
    });
}

/// The story's address on this site.
fn address(island: &Island, story: &Told) -> String {
    match story.href.strip_prefix(&island.base) {
        Some(path) if !island.url.is_empty() => [&island.url, path].concat(),
        _ => story.href.clone(),
    }
}

/// A mail with headline and address. Everything but letters and digits is encoded.
fn mail_link(headline: &str, address: &str) -> String {
    let mut out = String::from("mailto:?subject=");
    encode(headline, &mut out);
    out.push_str("&body=");
    encode(address, &mut out);
    out
}

fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mail_link;

    #[test]
    fn a_headline_with_signs_stays_one_subject() {
        assert_eq!(
            mail_link("Tea & cake?\n", "https://n.example/ü/"),
            "mailto:?subject=Tea%20%26%20cake%3F%0A&body=https%3A%2F%2Fn.example%2F%C3%BC%2F"
        );
    }
}
