//! The policy: what every element, class and shortcode of untrusted markup means. Data only.
//!
//! `walk` and its neighbours act on it. What is not named here is unwrapped: its words stay, the
//! element goes. Attributes need no list: `walk` reads the few it wants and copies none.

use super::Style;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Gone with everything in it.
    Drop,
    /// Its content stays, as part of the line.
    Unwrap,
    /// Its content stays, as blocks of their own.
    Block,
    Paragraph,
    Heading(u8),
    List {
        ordered: bool,
    },
    Item,
    Definitions,
    Quote,
    Aside,
    Preformatted,
    Figure,
    Caption,
    Image,
    Picture,
    /// A copy for readers without scripts: used where it holds the only picture.
    Fallback,
    Media {
        video: bool,
    },
    Frame,
    /// `object` and `embed`: what they play of a known provider, else the way to it.
    Plugin,
    Table,
    Details,
    Separator,
    Break,
    Style(Style),
    Link,
    Abbreviation,
    /// A word may break here; modern layout needs no hint.
    Nothing,
}

/// Elements by name, sorted.
pub const ELEMENTS: &[(&str, Rule)] = &[
    ("a", Rule::Link),
    ("abbr", Rule::Abbreviation),
    ("acronym", Rule::Abbreviation),
    ("address", Rule::Block),
    ("amp-anim", Rule::Image),
    ("amp-audio", Rule::Media { video: false }),
    ("amp-dailymotion", Rule::Frame),
    ("amp-iframe", Rule::Frame),
    ("amp-img", Rule::Image),
    ("amp-instagram", Rule::Frame),
    ("amp-twitter", Rule::Frame),
    ("amp-video", Rule::Media { video: true }),
    ("amp-vimeo", Rule::Frame),
    ("amp-youtube", Rule::Frame),
    ("applet", Rule::Drop),
    ("area", Rule::Nothing),
    ("article", Rule::Block),
    ("aside", Rule::Aside),
    ("audio", Rule::Media { video: false }),
    ("b", Rule::Style(Style::Strong)),
    ("base", Rule::Nothing),
    ("blockquote", Rule::Quote),
    ("br", Rule::Break),
    ("button", Rule::Drop),
    ("canvas", Rule::Drop),
    ("center", Rule::Block),
    ("cite", Rule::Style(Style::Citation)),
    ("code", Rule::Style(Style::Code)),
    ("datalist", Rule::Drop),
    ("dd", Rule::Block),
    ("del", Rule::Style(Style::Deleted)),
    ("details", Rule::Details),
    ("dfn", Rule::Style(Style::Emphasis)),
    ("dialog", Rule::Drop),
    ("dir", Rule::List { ordered: false }),
    ("div", Rule::Block),
    ("dl", Rule::Definitions),
    ("dt", Rule::Block),
    ("em", Rule::Style(Style::Emphasis)),
    ("embed", Rule::Plugin),
    ("fieldset", Rule::Block),
    ("figcaption", Rule::Caption),
    ("figure", Rule::Figure),
    ("footer", Rule::Block),
    ("form", Rule::Block),
    ("frame", Rule::Drop),
    ("frameset", Rule::Drop),
    ("h1", Rule::Heading(2)),
    ("h2", Rule::Heading(2)),
    ("h3", Rule::Heading(3)),
    ("h4", Rule::Heading(4)),
    ("h5", Rule::Heading(5)),
    ("h6", Rule::Heading(6)),
    ("head", Rule::Drop),
    ("header", Rule::Block),
    ("hgroup", Rule::Block),
    ("hr", Rule::Separator),
    ("i", Rule::Style(Style::Emphasis)),
    ("iframe", Rule::Frame),
    ("img", Rule::Image),
    ("input", Rule::Drop),
    ("ins", Rule::Style(Style::Inserted)),
    ("kbd", Rule::Style(Style::Keyboard)),
    ("label", Rule::Drop),
    ("legend", Rule::Drop),
    ("li", Rule::Item),
    ("link", Rule::Nothing),
    ("listing", Rule::Preformatted),
    ("lite-vimeo", Rule::Frame),
    ("lite-youtube", Rule::Frame),
    ("main", Rule::Block),
    ("mark", Rule::Style(Style::Mark)),
    ("menu", Rule::List { ordered: false }),
    ("meta", Rule::Nothing),
    ("meter", Rule::Drop),
    ("nav", Rule::Drop),
    ("noembed", Rule::Drop),
    ("noframes", Rule::Drop),
    ("noscript", Rule::Fallback),
    ("object", Rule::Plugin),
    ("oembed", Rule::Frame),
    ("ol", Rule::List { ordered: true }),
    ("optgroup", Rule::Drop),
    ("option", Rule::Drop),
    ("output", Rule::Drop),
    ("p", Rule::Paragraph),
    ("param", Rule::Nothing),
    ("picture", Rule::Picture),
    ("plaintext", Rule::Preformatted),
    ("pre", Rule::Preformatted),
    ("progress", Rule::Drop),
    ("q", Rule::Style(Style::Quotation)),
    ("rp", Rule::Unwrap),
    ("s", Rule::Style(Style::Deleted)),
    ("samp", Rule::Style(Style::Code)),
    ("script", Rule::Drop),
    ("search", Rule::Drop),
    ("section", Rule::Block),
    ("select", Rule::Drop),
    ("small", Rule::Style(Style::Small)),
    ("source", Rule::Nothing),
    ("strike", Rule::Style(Style::Deleted)),
    ("strong", Rule::Style(Style::Strong)),
    ("style", Rule::Drop),
    ("sub", Rule::Style(Style::Subscript)),
    ("summary", Rule::Paragraph),
    ("sup", Rule::Style(Style::Superscript)),
    ("table", Rule::Table),
    ("tbody", Rule::Block),
    ("td", Rule::Block),
    ("template", Rule::Drop),
    ("textarea", Rule::Drop),
    ("tfoot", Rule::Block),
    ("th", Rule::Block),
    ("thead", Rule::Block),
    ("title", Rule::Drop),
    ("tr", Rule::Block),
    ("track", Rule::Nothing),
    ("tt", Rule::Style(Style::Code)),
    ("twitter-widget", Rule::Frame),
    ("u", Rule::Unwrap),
    ("ul", Rule::List { ordered: false }),
    ("var", Rule::Style(Style::Emphasis)),
    ("video", Rule::Media { video: true }),
    ("wbr", Rule::Nothing),
    ("xml", Rule::Drop),
    ("xmp", Rule::Preformatted),
];

/// The rule for an element of the HTML namespace.
pub fn rule(name: &str) -> Rule {
    match ELEMENTS.binary_search_by_key(&name, |(known, _)| known) {
        Ok(at) => ELEMENTS[at].1,
        // Word's own elements hold settings, not words; its paragraphs (`o:p`) are unwrapped.
        Err(_) if name.starts_with("w:") || name.starts_with("m:") || name.starts_with("v:") => {
            Rule::Drop
        }
        Err(_) => Rule::Unwrap,
    }
}

/// Players that are elements of their own: which attribute has the id, and where it is played.
pub const PLAYERS: &[(&str, &str, &str)] = &[
    (
        "amp-dailymotion",
        "data-videoid",
        "https://www.dailymotion.com/video/",
    ),
    (
        "amp-instagram",
        "data-shortcode",
        "https://www.instagram.com/p/",
    ),
    ("amp-twitter", "data-tweetid", "https://x.com/i/web/status/"),
    ("amp-vimeo", "data-videoid", "https://vimeo.com/"),
    (
        "amp-youtube",
        "data-videoid",
        "https://www.youtube.com/watch?v=",
    ),
    ("lite-vimeo", "videoid", "https://vimeo.com/"),
    (
        "lite-youtube",
        "videoid",
        "https://www.youtube.com/watch?v=",
    ),
    ("oembed", "url", ""),
    (
        "twitter-widget",
        "data-tweet-id",
        "https://x.com/i/web/status/",
    ),
];

/// Boxes that a script fills: class, the attribute that names with what, and where that is found.
/// Where nothing else comes of them they lead there.
pub const BOXES: &[(&str, &str, &str)] = &[
    ("fb-post", "data-href", ""),
    ("fb-video", "data-href", ""),
    (
        "flourish-embed",
        "data-src",
        "https://public.flourish.studio/",
    ),
    ("infogram-embed", "data-id", "https://infogram.com/"),
];

/// Where scripts come from that write what they name where they stand; without its `.js` the address
/// is that of a page.
pub const SCRIPTS: &[&str] = &[
    "https://asciinema.org/a/",
    "https://gist.github.com/",
    "https://gitlab.com/-/snippets/",
    "https://www.buzzsprout.com/",
];

/// What a class says that its element does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Sign-up forms, share buttons, related lists: the page has its own.
    Drop,
    Start,
    End,
    Centre,
    Wide,
    Full,
    Figure,
    Caption,
    /// A caption by its name: that of the picture before it, if one is, and else only words.
    Under,
    Credit,
    Gallery,
    PullQuote,
    KeyPoints,
    Callout,
    Icon,
    Bookmark,
    Toggle,
    Button,
    Footnotes,
    Update,
    Verse,
    Post,
    Player,
    /// A box that a script fills: with a chart, a post, a film.
    Box,
    /// Numbers beside lines of code, where it is a cell or a span; else only a word for space.
    Gutter,
    Emoji,
    /// Written by `render`; made anew each time.
    Made,
}

/// Classes of WordPress, Ghost, big publishers' payloads and `render` itself, sorted.
pub const CLASSES: &[(&str, Meaning)] = &[
    ("a11y-hidden", Meaning::Drop),
    ("action", Meaning::Button),
    ("addtoany_share_save_container", Meaning::Drop),
    ("adsbygoogle", Meaning::Drop),
    ("aligncenter", Meaning::Centre),
    ("alignfull", Meaning::Full),
    ("alignleft", Meaning::Start),
    ("alignright", Meaning::End),
    ("alignwide", Meaning::Wide),
    ("anchor", Meaning::Made),
    ("article-caption", Meaning::Under),
    ("article-highlights", Meaning::KeyPoints),
    ("at-a-glance", Meaning::KeyPoints),
    ("back", Meaning::Made),
    ("blockquote--pull", Meaning::PullQuote),
    ("blogcard-wrap", Meaning::Bookmark),
    ("callout", Meaning::Callout),
    ("callout-icon", Meaning::Icon),
    ("caption", Meaning::Under),
    ("caption-credit", Meaning::Credit),
    ("caption-text", Meaning::Under),
    ("caption__credit", Meaning::Credit),
    ("centre", Meaning::Centre),
    ("credit", Meaning::Credit),
    ("element-pullquote", Meaning::PullQuote),
    ("elementor-widget-video", Meaning::Box),
    ("emoji", Meaning::Emoji),
    ("end", Meaning::End),
    ("fb-post", Meaning::Box),
    ("fb-video", Meaning::Box),
    ("figcaption__credit", Meaning::Credit),
    ("flourish-embed", Meaning::Box),
    ("footnotes", Meaning::Footnotes),
    ("full", Meaning::Full),
    ("gallery", Meaning::Gallery),
    ("gallery-caption", Meaning::Caption),
    ("gallery-item", Meaning::Figure),
    ("gh-post-upgrade-cta", Meaning::Drop),
    ("gutter", Meaning::Gutter),
    ("highlights", Meaning::KeyPoints),
    ("image-caption", Meaning::Under),
    ("image-credit", Meaning::Credit),
    ("img-caption", Meaning::Under),
    ("infogram-embed", Meaning::Box),
    ("instagram-media", Meaning::Post),
    ("jp-relatedposts", Meaning::Drop),
    ("key-facts", Meaning::KeyPoints),
    ("key-points", Meaning::KeyPoints),
    ("key-takeaways", Meaning::KeyPoints),
    ("keypoints", Meaning::KeyPoints),
    ("kg-audio-card", Meaning::Player),
    ("kg-bookmark-card", Meaning::Bookmark),
    ("kg-btn", Meaning::Button),
    ("kg-callout-card", Meaning::Callout),
    ("kg-callout-emoji", Meaning::Icon),
    ("kg-cta-button", Meaning::Button),
    ("kg-file-card", Meaning::Bookmark),
    ("kg-gallery-card", Meaning::Gallery),
    ("kg-gallery-image", Meaning::Figure),
    ("kg-header-card-button", Meaning::Button),
    ("kg-product-card-button", Meaning::Button),
    ("kg-signup-card", Meaning::Drop),
    ("kg-toggle-card", Meaning::Toggle),
    ("kg-video-card", Meaning::Player),
    ("kg-width-full", Meaning::Full),
    ("kg-width-wide", Meaning::Wide),
    ("lineno", Meaning::Drop),
    ("linenos", Meaning::Drop),
    ("link-card", Meaning::Bookmark),
    ("media-caption", Meaning::Under),
    ("mw-editsection", Meaning::Drop),
    ("photo-caption", Meaning::Under),
    ("photo-credit", Meaning::Credit),
    ("picture-caption", Meaning::Under),
    ("pull-quote", Meaning::PullQuote),
    ("pullquote", Meaning::PullQuote),
    ("screen-reader-text", Meaning::Drop),
    ("sharedaddy", Meaning::Drop),
    ("show-for-sr", Meaning::Drop),
    ("sr-only", Meaning::Drop),
    ("start", Meaning::Start),
    ("story-highlights", Meaning::KeyPoints),
    ("takeaways", Meaning::KeyPoints),
    ("tiktok-embed", Meaning::Post),
    ("tldr", Meaning::KeyPoints),
    ("tr-caption", Meaning::Under),
    ("tr-caption-container", Meaning::Figure),
    ("twitter-tweet", Meaning::Post),
    ("update", Meaning::Update),
    ("verse", Meaning::Verse),
    ("visually-hidden", Meaning::Drop),
    ("visuallyhidden", Meaning::Drop),
    ("wide", Meaning::Wide),
    ("wp-block-button__link", Meaning::Button),
    ("wp-block-file", Meaning::Bookmark),
    ("wp-block-footnotes", Meaning::Footnotes),
    ("wp-block-gallery", Meaning::Gallery),
    ("wp-block-pullquote", Meaning::PullQuote),
    ("wp-block-verse", Meaning::Verse),
    ("wp-caption", Meaning::Figure),
    ("wp-caption-text", Meaning::Caption),
    ("wp-embedded-content", Meaning::Post),
    ("wp-smiley", Meaning::Emoji),
];

/// The meanings of a `class` attribute, in order.
pub fn meanings(class: &str) -> impl Iterator<Item = Meaning> + '_ {
    class.split_ascii_whitespace().filter_map(|token| {
        CLASSES
            .binary_search_by_key(&token, |(known, _)| known)
            .ok()
            .map(|at| CLASSES[at].1)
    })
}

/// Parts of the names of what stands hidden until a reader opens it, which is a part of the text.
const OPENED: &[&str] = &[
    "accordion",
    "collaps",
    "faq",
    "read-more",
    "readmore",
    "spoiler",
    "tab-content",
    "tab-pane",
    "tab_content",
    "tabpanel",
    "tabs-content",
    "tabs-panel",
    "toggle",
];

/// Parts of the names of what opens over a page, and belongs to the page and not to the text.
const OVER: &[&str] = &["dialog", "lightbox", "modal", "popup"];

/// Whether a class or an id says that its element is opened by its reader.
pub fn names_opened(name: &str) -> bool {
    has_part(name, OPENED)
}

/// Whether a class or a role says that its element opens over the page.
pub fn names_over(name: &str) -> bool {
    has_part(name, OVER)
}

fn has_part(name: &str, parts: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    parts.iter().any(|part| name.contains(part))
}

/// Shortcodes that themes and plug-ins leave behind when they are gone; `*` ends a prefix.
const SHORTCODES: &[&str] = &[
    "adrotate",
    "av_*",
    "bctt*",
    "caption",
    "contact-form*",
    "cs_*",
    "dailymotion",
    "elementor-*",
    "embed",
    "et_pb_*",
    "fusion_*",
    "gallery",
    "gist",
    "googlemaps",
    "gravityform*",
    "instagram",
    "mc4wp*",
    "metaslider",
    "ngg*",
    "ninja_form*",
    "polldaddy",
    "rev_slider*",
    "scribd",
    "slideshare",
    "smartslider*",
    "soundcloud",
    "su_*",
    "tribe_*",
    "tweet",
    "vc_*",
    "vimeo",
    "wp_*",
    "wpforms",
    "wpvideo",
    "youtube",
];

/// Names that are ordinary words too: only with attributes or an end.
const DOUBTFUL: &[&str] = &[
    "accordion",
    "ad",
    "audio",
    "button",
    "column",
    "columns",
    "divider",
    "dropcap",
    "expand",
    "highlight",
    "iframe",
    "infobox",
    "one_half",
    "one_half_last",
    "playlist",
    "pullquote",
    "quote",
    "row",
    "section",
    "spacer",
    "tab",
    "table",
    "tabs",
    "toggle",
    "video",
];

/// Whether a name in square brackets is a shortcode; `certain` when it carries attributes or is
/// an end.
pub fn is_shortcode(name: &str, certain: bool) -> bool {
    SHORTCODES
        .iter()
        .any(|known| match known.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => name == *known,
        })
        || (certain && is_doubtful(name))
}

/// Whether a name is an ordinary word too.
pub fn is_doubtful(name: &str) -> bool {
    DOUBTFUL.contains(&name)
}

/// Parts of addresses whose pictures only count readers.
pub const TRACKERS: &[&str] = &[
    "doubleclick.net",
    "feedburner.com/~",
    "feeds.wordpress.com",
    "pixel.wp.com",
    "scorecardresearch.com",
    "stats.wordpress.com",
    "facebook.com/tr",
    "google-analytics.com",
    "/pixel.gif",
    "/b.gif?",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_so_that_they_can_be_searched() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| name));
        assert!(CLASSES.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn what_runs_or_collects_is_dropped() {
        for name in [
            "script", "style", "template", "button", "input", "select", "textarea",
        ] {
            assert_eq!(rule(name), Rule::Drop, "{name}");
        }
        assert_eq!(rule("blink"), Rule::Unwrap);
        assert_eq!(rule("w:worddocument"), Rule::Drop);
    }
}
