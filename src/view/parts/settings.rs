//! "Reading settings": theme, text size, typeface, pictures, and what may load from other sites.
//!
//! The button stands in every page and is disabled until the app is live; the dialog is made when
//! it is asked for. Nothing of it leaves the device.

use leptos::prelude::*;

use super::after_render;
use super::comment_state::button;
use crate::html::name_of;
use crate::platform::markup::{Element, Node, changing, el};
use crate::platform::{choices, embeds, timer};
use crate::strings::Key;
use crate::view::Live;

const DIALOG: &str = "reading-settings";

/// A choice: its name in the record, its title, and its values; the first is everybody's.
struct Choice {
    name: &'static str,
    title: Key,
    values: &'static [(&'static str, Key)],
}

const CHOICES: [Choice; 5] = [
    Choice {
        name: "theme",
        title: Key::Theme,
        values: &[
            ("", Key::AsDevice),
            ("light", Key::ThemeLight),
            ("dark", Key::ThemeDark),
        ],
    },
    Choice {
        name: "size",
        title: Key::TextSize,
        values: &[
            ("", Key::SizeNormal),
            ("small", Key::SizeSmall),
            ("large", Key::SizeLarge),
            ("larger", Key::SizeLarger),
        ],
    },
    Choice {
        name: "face",
        title: Key::Typeface,
        values: &[("", Key::FaceSerif), ("sans", Key::FaceSans)],
    },
    Choice {
        name: "pictures",
        title: Key::Pictures,
        values: &[
            ("", Key::AsDevice),
            ("all", Key::PicturesShown),
            ("tap", Key::PicturesTapped),
        ],
    },
    Choice {
        name: "history",
        title: Key::History,
        values: &[("", Key::HistoryOff), ("on", Key::HistoryOn)],
    },
];

/// The button and its dialog.
pub fn settings(cx: &Live) -> Node {
    let live = RwSignal::new(false);
    let open = RwSignal::new(false);
    after_render(move || live.set(true));
    let show = move |_| {
        open.set(true);
        // The dialog is made in the next turn.
        timer::later(0, || choices::open(DIALOG));
    };
    let name = el("span")
        .class("unseen")
        .with(cx.text(Key::ReadingSettings));
    let control = el("button")
        .class("tool tool-settings")
        .attr("type", "button")
        .attr("aria-haspopup", "dialog")
        .follows("disabled", move || (!live.get()).then(String::new))
        .on("click", show)
        .with(name)
        .with(el("span").attr("aria-hidden", "true").with("Aa"));
    let texts = cx.clone();
    let dialog = changing(move || open.get().then(|| dialog(&texts, open)));
    [control.into(), dialog].into()
}

fn dialog(cx: &Live, open: RwSignal<bool>) -> Element {
    // Reset makes the fields anew.
    let made = RwSignal::new(0);
    let texts = cx.clone();
    let fields = changing(move || -> Vec<Node> {
        made.track();
        let choices = CHOICES.iter().map(|choice| fieldset(&texts, choice).into());
        choices.chain([allowed(&texts)]).collect()
    });
    let reset = move || {
        choices::reset();
        embeds::reset();
        made.update(|made| *made += 1);
    };
    let close = el("button").class("button").with(cx.text(Key::Close));
    let buttons = el("form")
        .attr("method", "dialog")
        .class("form-buttons")
        .with(close)
        .with(button(cx.text(Key::Reset), reset));
    el("dialog")
        .class("settings")
        .id(DIALOG)
        .attr("aria-labelledby", "settings-title")
        .on("close", move |_| open.set(false))
        .with(
            el("h2")
                .id("settings-title")
                .with(cx.text(Key::ReadingSettings)),
        )
        .with(fields)
        .with(el("p").class("form-note").with(cx.text(Key::SettingsHint)))
        .with(buttons)
}

fn fieldset(cx: &Live, choice: &Choice) -> Element {
    let chosen = choices::chosen(choice.name).unwrap_or_default();
    let mut field = el("fieldset").with(el("legend").with(cx.text(choice.title)));
    for &(value, text) in choice.values {
        let name = choice.name;
        let act = move |_| choices::choose(name, Some(value).filter(|value| !value.is_empty()));
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", ["settings-", name].concat())
            .attr("value", value)
            .flag("checked", chosen == value)
            .on("change", act);
        field = field.with(el("label").with(radio).with(cx.text(text)));
    }
    field
}

/// Providers that the reader lets load without being asked, each to be taken back.
fn allowed(cx: &Live) -> Node {
    let kept = RwSignal::new(embeds::always());
    let texts = cx.clone();
    changing(move || {
        let providers = kept.get();
        let mut list = el("ul");
        for key in &providers {
            let Some(name) = name_of(key) else {
                continue;
            };
            let own = key.clone();
            let ask = move || {
                embeds::set_always(&own, false);
                kept.set(embeds::always());
            };
            let row = el("li").with(name).with(" ");
            list = list.with(row.with(button(texts.text(Key::AskAgain), ask)));
        }
        let title = el("h3").with(texts.text(Key::EmbedsAlways));
        (!providers.is_empty()).then(|| el("div").with(title).with(list))
    })
}
