//! Markup nobody would write, made from a number, so that the native tests and the browser's can
//! clean the same thousands of fragments and compare.

pub const NAMES: &[&str] = &[
    "p",
    "div",
    "b",
    "i",
    "a",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h3",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "code",
    "details",
    "summary",
    "section",
    "dl",
    "dt",
    "dd",
    "picture",
    "noscript",
    "svg",
    "math",
    "form",
    "center",
    "font",
    "sup",
    "aside",
    "cite",
    "q",
    "video",
    "object",
    "caption",
    "article",
    "footer",
    "abbr",
    "template",
    "button",
    "ruby",
    "rt",
    "rp",
    "tbody",
    "mark",
    "kbd",
    "amp-img",
];

pub const ATTRIBUTES: &[&str] = &[
    "",
    "",
    "",
    " class=alignright",
    " class=key-points",
    " class=wp-caption",
    " class=gallery",
    " id=a",
    " href=#a",
    " href=https://x.example/a.jpg",
    " class=footnotes",
    " class='pullquote'",
    " lang=ar",
    " dir=rtl",
    " class=callout",
    " class='kg-bookmark-card'",
    " class=twitter-tweet",
    " title=t",
    " class=verse",
    " class='action'",
    " data-embed=youtube data-id=abc",
    " href=https://youtu.be/abc",
    " class=update id=u",
    " class=credit",
    " hidden",
    " style='display:none'",
    " role=presentation",
    " class=kg-toggle-card",
    " start=3",
    " colspan=2",
    " class=wp-caption-text",
    " name=attributes",
    " onclick=x",
    " aria-expanded=false",
    " class=gutter",
    " class=anchor href=#a",
    " class=sr-only",
    " class=photo-caption",
    " class=kg-file-card",
    " reversed type=a",
    " value=7",
    " class=flourish-embed data-src=story/9",
    " id=datawrapper-vis-AbCd1",
    " href=#%61",
    " data=r.pdf",
];

pub const WORDS: &[&str] = &[
    "word ",
    " ",
    "\n",
    "&nbsp;",
    "a<b",
    "—",
    "* * *",
    "[caption]",
    "é",
    "مرحبا",
    "https://youtu.be/abc",
    "&lt;script&gt;",
    "\u{200b}",
    "]]>",
    "&#0;",
    "&unknown;",
    "***",
    "---",
    "[youtube dQw4w9WgXcQ]",
    "[highlight]",
    "[/highlight]",
    "[row=1]",
    "https://x.example/page",
    "(Photo: A. B)",
    "Photo: A. B",
    " . ",
];

pub const VOIDS: &[&str] = &[
    "<br>",
    "<hr>",
    "<img src=https://x.example/a.jpg>",
    "<img src=/b.jpg width=20 height=20 alt=x>",
    "<iframe src=https://www.youtube.com/embed/abc></iframe>",
    "<iframe src=https://m.example/></iframe>",
    "<!-- c -->",
    "<script>x</script>",
    "<source srcset='a 1x, b 2x'>",
    "<input name=nextSibling>",
    "<wbr>",
    "<style>p{}</style>",
    "<img data-src=/c_{width}.jpg data-lazy=true>",
    "<img src=/img?u=1>",
    "<amp-youtube data-videoid=abcdefghijk></amp-youtube>",
    "<noscript><iframe src=https://vimeo.com/12345></iframe></noscript>",
    "<br>&nbsp;<br>",
];

/// The fragment of a number.
#[allow(dead_code)]
pub fn markup(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    let mut out = String::new();
    for _ in 0..=next(30) {
        match next(12) {
            0..=3 => {
                let name = NAMES[next(NAMES.len())];
                out.push_str(&format!("<{name}{}>", ATTRIBUTES[next(ATTRIBUTES.len())]));
            }
            4..=6 => out.push_str(&format!("</{}>", NAMES[next(NAMES.len())])),
            7..=9 => out.push_str(WORDS[next(WORDS.len())]),
            _ => out.push_str(VOIDS[next(VOIDS.len())]),
        }
    }
    out
}

/// How many fragments both sides clean.
#[allow(dead_code)]
pub const FRAGMENTS: u64 = 3_000;

/// A short name of a text, the same on every machine (FNV-1a).
#[allow(dead_code)]
pub fn digest(text: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}
