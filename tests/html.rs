//! Untrusted bodies, from markup to page: fixtures beside their expected output, and what holds
//! for every input.
//!
//! `tests/html/NAME.html` becomes `NAME.expected.html`; `DATELINE_UPDATE=1` writes the latter
//! anew, to be read before it is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::html::{
    Block, Cleaned, Context, Limit, WriteOptions, clean, limit_of, plain_text, write,
};
use dateline::model::{Article, Body, Image, Site, Summary};
use dateline::platform::HOST;
use dateline::strings::Strings;

fn strings() -> Strings {
    let locale = include_str!("../public/app/locales/en.json");
    Strings::parse("en", locale).expect("the English locale")
}

/// The source's own stories, by the address they have there and by the one they have here.
fn site_link(url: &str) -> Option<String> {
    let slug = ["https://news.example/own/", "https://news.example/article/"]
        .iter()
        .find_map(|home| url.strip_prefix(home))?;
    Some(format!("/article/{}/", slug.trim_end_matches('/')))
}

fn context() -> Context<'static> {
    Context {
        host: &HOST,
        base_url: Some("https://news.example/own/story"),
        site_links: &site_link,
        headline: None,
        lead_image: None,
        id_prefix: "s-",
        comment: false,
        language: Some("en"),
    }
}

fn cleaned(html: &str) -> Cleaned {
    clean(&Body::Html(html.to_owned()), &context())
}

fn written(blocks: &[Block]) -> String {
    write(
        blocks,
        &WriteOptions {
            strings: &strings(),
            moment: dateline::platform::moment,
            comment: false,
        },
    )
}

fn page(html: &str) -> String {
    written(&cleaned(html).blocks)
}

fn fixtures() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html");
    let mut found: Vec<_> = fs::read_dir(&folder)
        .expect("tests/html")
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| {
            let name = path
                .file_name()?
                .to_str()?
                .strip_suffix(".html")?
                .to_owned();
            (!name.ends_with(".expected")).then_some((name, path))
        })
        .collect();
    found.sort();
    found
}

/// One element a line, so that a difference is seen where it is.
fn lines(html: &str) -> String {
    format!("{}\n", html.replace("><", ">\n<"))
}

/// Compares line by line and shows the first difference only.
fn assert_same(name: &str, found: &str, wanted: &str) {
    let (found, wanted) = (lines(found), lines(wanted));
    for (found, wanted) in found.lines().zip(wanted.lines()) {
        assert_eq!(found, wanted, "{name}");
    }
    assert_eq!(found.lines().count(), wanted.lines().count(), "{name}");
}

#[test]
fn fixtures_come_out_as_expected() {
    let update = std::env::var_os("DATELINE_UPDATE").is_some();
    for (name, path) in fixtures() {
        let out = lines(&page(&fs::read_to_string(&path).expect("a fixture")));
        let expected = path.with_file_name(format!("{name}.expected.html"));
        if update {
            fs::write(&expected, &out).expect("a writable folder");
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(
            out, wanted,
            "{name}: run with DATELINE_UPDATE=1 if this is meant"
        );
    }
}

#[test]
fn cleaning_twice_changes_nothing() {
    for (name, path) in fixtures() {
        let html = fs::read_to_string(&path).expect("a fixture");
        let blocks = cleaned(&html).blocks;
        let once = written(&blocks);
        assert_same(&name, &page(&once), &once);
    }
}

/// Everything in the output that is not text, checked against the list of what may be there.
fn assert_only_known_markup(html: &str, name: &str) {
    const ELEMENTS: &str = "a abbr audio blockquote br button caption cite code dd del details div dl dt \
        em figcaption figure footer h2 h3 h4 h5 h6 hr img ins kbd li mark ol p pre q section small span \
        strong sub summary sup table tbody td tfoot th thead time tr ul video";
    const ATTRIBUTES: &str = "alt aria-label class colspan controls data-embed data-id data-time datetime \
        decoding dir disabled fetchpriority height href id lang loading poster preload rel reversed role rowspan \
        scope sizes src srcset start tabindex title type value width";
    fn visit(nodes: &[dateline::html::tree::Node], name: &str) {
        for node in nodes {
            let dateline::html::tree::Node::Element(element) = node else {
                continue;
            };
            assert!(element.html, "{name}: foreign {}", element.name);
            assert!(
                ELEMENTS.split_whitespace().any(|e| e == element.name),
                "{name}: <{}>",
                element.name
            );
            for (key, value) in &element.attributes {
                assert!(
                    ATTRIBUTES.split_whitespace().any(|a| a == key),
                    "{name}: {key}={value}"
                );
                if matches!(key.as_str(), "href" | "src" | "poster") {
                    let safe = ["https://", "http://", "mailto:", "tel:", "#s-", "/article/"];
                    assert!(
                        safe.iter().any(|start| value.starts_with(start)),
                        "{name}: {key}={value}"
                    );
                }
                if key == "id" {
                    assert!(value.starts_with("s-"), "{name}: id={value}");
                }
            }
            visit(&element.children, name);
        }
    }
    visit(&(HOST.parse_html)(html), name);
}

#[test]
fn nothing_off_the_list_reaches_a_page() {
    for (name, path) in fixtures() {
        assert_only_known_markup(&page(&fs::read_to_string(&path).expect("a fixture")), &name);
    }
}

#[test]
fn nesting_bombs_become_plain_text_in_no_time() {
    let start = Instant::now();
    for bomb in [
        "<b>".repeat(60_000) + "text",
        "<div>".repeat(19_000) + "text",
        format!(
            "{}{}",
            (0..400).map(|n| format!("<b c={n}>")).collect::<String>(),
            "<p>text".repeat(15_000)
        ),
        "<table>".repeat(5_000) + "text",
        "<svg>".repeat(9_000) + "text",
        // Ends that no parser sees.
        format!(
            "{}<!--{}-->{}",
            (0..200).map(|n| format!("<b c={n}>")).collect::<String>(),
            "</b>".repeat(200),
            "<p>text".repeat(2_000)
        ),
        [
            "<div>".repeat(400),
            "<i title='".into(),
            "</div>".repeat(400),
            "'>".into(),
        ]
        .concat()
        .repeat(20)
            + "text",
        // What the walk itself would make anew in every paragraph.
        "<mark>".repeat(180) + &"<p>text</p>".repeat(4_000),
        format!(
            "<a href='https://x.example/{}'>{}",
            "a".repeat(4_000),
            "<p>text</p>".repeat(9_000)
        ),
        "<rt>".repeat(15_000) + "text",
        format!(
            "<p {}>text",
            (0..9_000).map(|n| format!("a{n} ")).collect::<String>()
        ),
    ] {
        let cleaned = cleaned(&bomb);
        assert!(cleaned.limit.is_some());
        assert!(plain_text(&cleaned.blocks).contains("text"));
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn many_of_one_thing_take_no_longer_than_they_should() {
    let start = Instant::now();
    let headings = cleaned(&"<h2>A</h2>".repeat(24_000));
    let ids: std::collections::BTreeSet<_> = headings.outline.iter().map(|it| &it.id).collect();
    assert_eq!(ids.len(), 24_000, "each its own");
    let notes = "<ol class=footnotes>".to_owned() + &"<li>x".repeat(49_000);
    assert!(page(&notes).matches("<li").count() > 48_000);
    let captions = "<figcaption>At the quay</figcaption>".repeat(24_000);
    let figure = format!("<figure><img src='https://a.example/x.jpg'>{captions}</figure>");
    assert!(page(&figure).contains("At the quay At the quay"));
    let points = "<ul class=tldr><li>x</ul>".repeat(16_000);
    assert_eq!(cleaned(&points).key_points.len(), 16_000);
    let captioned = "<img src='https://a.example/x.jpg'><ul><li>x</ul>".repeat(12_000);
    assert!(!page(&captioned).contains("<ul"));
    for brackets in [
        "[".repeat(400_000),
        "[vc_row ".repeat(100_000),
        "[youtube ".repeat(90_000),
    ] {
        assert!(!page(&format!("<p>{brackets}x</p>")).is_empty());
    }
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn tables_within_tables_need_no_more_stack_than_a_thread_has() {
    let nested = |n: usize| {
        format!(
            "{}deep{}",
            "<table><tr><td>".repeat(n),
            "</table>".repeat(n)
        )
    };
    let lists = |n: usize| format!("{}deep{}", "<ul><li>".repeat(n), "</ul>".repeat(n));
    let quotes = |n: usize| {
        format!(
            "{}deep{}",
            "<blockquote>".repeat(n),
            "</blockquote>".repeat(n)
        )
    };
    let read = move || {
        for n in [60, 99, 120, 250] {
            for bomb in [nested(n), lists(n), quotes(n)] {
                assert!(plain_text(&cleaned(&bomb).blocks).contains("deep"), "{n}");
            }
        }
    };
    // As much as threads have that are started without a word about it.
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    thread
        .spawn(read)
        .expect("a thread")
        .join()
        .expect("no abort");
}

#[test]
fn deep_but_parsable_nesting_is_told_by_the_policy() {
    let deep = format!("{}deep{}", "<div>".repeat(400), "</div>".repeat(400));
    let cleaned = cleaned(&deep);
    assert_eq!(cleaned.limit, Some(Limit::Depth));
    assert_eq!(plain_text(&cleaned.blocks), "deep");
}

#[test]
fn a_body_beyond_the_limits_keeps_its_paragraphs_and_says_why() {
    let long = "<p>One &amp; two</p><script>no()</script>".repeat(30_000);
    let cleaned = cleaned(&long);
    assert_eq!(cleaned.limit, Some(Limit::Size));
    assert_eq!(
        cleaned
            .blocks
            .first()
            .map(|b| written(std::slice::from_ref(b)))
            .as_deref(),
        Some("<p>One &amp; two</p>")
    );
    assert!(!plain_text(&cleaned.blocks).contains("no()"));
}

#[test]
fn what_is_longer_than_can_be_shown_breaks_off_between_words_and_says_so() {
    let words = "harbour ".repeat(70_000);
    let markup = format!("<p>{words}</p>").repeat(4);
    let tags = format!("{}<p>last</p>", "<p class='x'>a</p>".repeat(240_000));
    for body in [Body::Text(words), Body::Html(markup), Body::Html(tags)] {
        let cleaned = clean(&body, &context());
        assert_eq!(cleaned.limit, Some(Limit::Length));
        assert_eq!(limit_of(&body, &HOST), Some(Limit::Length));
        let text = plain_text(&cleaned.blocks);
        assert!(!text.contains("last"));
        let end: String = text.chars().rev().take(12).collect();
        assert!(
            end.starts_with("…ruobrah") || end.starts_with("…\na"),
            "{end}"
        );
    }
    let large = Body::Html("<p>One</p>".repeat(30_000));
    assert_eq!(limit_of(&large, &HOST), Some(Limit::Size));
    assert_eq!(limit_of(&Body::Text("One".into()), &HOST), None);
}

#[test]
fn a_large_pasted_picture_costs_a_story_only_the_picture() {
    let data = "iVBORw0K".repeat(300_000);
    let body =
        format!("<p>A <a href='/own/b'>link</a></p><img src='data:image/png;base64,{data}'>");
    let cleaned = cleaned(&body);
    assert_eq!(cleaned.limit, None);
    assert_eq!(cleaned.dropped.pictures, 1);
    assert_eq!(
        written(&cleaned.blocks),
        "<p>A <a href=\"/article/b/\">link</a></p>"
    );
}

#[test]
fn a_body_that_was_escaped_once_too_often_is_read_as_what_was_meant() {
    for (body, wanted) in [
        (
            "&lt;p&gt;Boats &amp;amp; trains&lt;/p&gt;&lt;P class='x'&gt;Two&lt;/P&gt;\n",
            "<p>Boats &amp; trains</p><p>Two</p>",
        ),
        (
            "&lt;!-- on --&gt;&lt;div class=\"md\"&gt;&lt;ul&gt;&lt;li&gt;b &amp;lt;div&amp;gt;\
             &lt;/li&gt;&lt;/ul&gt;&lt;/div&gt;&lt;!-- off --&gt;",
            "<ul><li>b &lt;div&gt;</li></ul>",
        ),
        (
            "&lt;p&gt;&lt;script&gt;alert(1)&lt;/script&gt;x&lt;/p&gt;",
            "<p>x</p>",
        ),
        // Once only, and no text about tags.
        (
            "&lt;p&gt;&amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;&lt;/p&gt;",
            "<p>&lt;p&gt;x&lt;/p&gt;</p>",
        ),
        ("<p>&lt;p&gt;x&lt;/p&gt;</p>", "<p>&lt;p&gt;x&lt;/p&gt;</p>"),
        (
            "&lt;p&gt;x&lt;/p&gt; is a paragraph",
            "<p>&lt;p&gt;x&lt;/p&gt; is a paragraph</p>",
        ),
        (
            "&lt;my-tag&gt;x&lt;/my-tag&gt;",
            "<p>&lt;my-tag&gt;x&lt;/my-tag&gt;</p>",
        ),
    ] {
        assert_eq!(page(body), wanted, "{body}");
    }
    let comment = Context {
        comment: true,
        ..context()
    };
    let typed = Body::Html("&lt;p&gt;x&lt;/p&gt;".into());
    assert_eq!(plain_text(&clean(&typed, &comment).blocks), "<p>x</p>");
}

#[test]
fn links_to_own_stories_become_internal_and_others_are_marked() {
    assert_eq!(
        page(
            "<p><a href='/own/tides' target=_top>in</a> <a href='https://x.example/'>out</a> <a href='mailto:a@b.example'>mail</a></p>"
        ),
        "<p><a href=\"/article/tides/\">in</a> <a href=\"https://x.example/\" rel=\"noopener nofollow\">out</a> <a href=\"mailto:a@b.example\">mail</a></p>"
    );
}

#[test]
fn fragment_links_lead_to_prefixed_ids_or_nowhere() {
    assert_eq!(
        page(
            "<p><a href='#there'>go</a> <a href='#gone'>lost</a></p><p id=there>x</p><p id=unused>y</p>"
        ),
        "<p><a href=\"#s-there\">go</a> lost</p><p><span id=\"s-there\"></span>x</p><p>y</p>"
    );
}

#[test]
fn what_the_head_of_the_page_shows_is_not_repeated() {
    let context = Context {
        headline: Some("Ferries return"),
        lead_image: Some("https://cms.example/up/quay.jpg?w=1200"),
        ..context()
    };
    let html = "<h1>Ferries  Return</h1><figure><img src='https://cms.example/up/quay-1024x683.jpg'></figure><p>Text</p>";
    let cleaned = clean(&Body::Html(html.into()), &context);
    assert_eq!(written(&cleaned.blocks), "<p>Text</p>");
}

#[test]
fn a_lead_is_told_by_its_repetition_in_the_text() {
    let lead = Image {
        src: "https://cms.example/quay.jpg".into(),
        ..Image::default()
    };
    let told = |image: Image, markup: &str| {
        let article = Article {
            image: Some(image),
            body: Body::Html(markup.into()),
            ..Article::default()
        };
        let cleaned =
            dateline::page::cleaned(&article, &dateline::page::body_context(&HOST, &article));
        let summary = Summary::default();
        let story = dateline::page::story(&Site::default(), &article, summary, &cleaned);
        (story.image.expect("the lead"), cleaned.blocks.len())
    };
    let figure = "<figure><img src='https://cms.example/quay.jpg' alt='Boats' width=1200 \
        height=800><figcaption>The quay at dawn. Photograph: Ada Quill</figcaption></figure>\
        <p>Text</p>";
    let (image, blocks) = told(lead.clone(), figure);
    assert_eq!(blocks, 1, "one picture, the lead");
    assert_eq!(image.alt, "Boats");
    assert_eq!(image.caption.as_deref(), Some("The quay at dawn."));
    assert_eq!(image.credit.as_deref(), Some("Photograph: Ada Quill"));
    assert_eq!((image.width, image.height), (Some(1200), Some(800)));
    let (image, _) = told(
        lead.clone(),
        &figure.replace("quay.jpg", "quay-300x300.jpg"),
    );
    assert_eq!(image.alt, "Boats");
    assert_eq!(image.width, None, "that is another version's");
    let own = Image {
        alt: "A harbour".into(),
        caption: Some("In autumn".into()),
        ..lead
    };
    let (image, _) = told(own, figure);
    assert_eq!(image.alt, "A harbour");
    assert_eq!(image.caption.as_deref(), Some("In autumn"));
}

#[test]
fn key_points_at_the_top_are_lifted_out() {
    let html = fs::read_to_string("tests/html/points.html").expect("a fixture");
    assert_eq!(
        cleaned(&html).key_points,
        ["Boats sail.", "Tickets cost more."]
    );
}

#[test]
fn a_comment_may_not_hold_headings_pictures_tables_or_embeds() {
    let context = Context {
        comment: true,
        ..context()
    };
    let html = "<h2>Loud</h2><img src='https://a.example/x.jpg'><table><tr><td>a</td><td>b</td></tr></table>\
        <iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe><p>See <a href='https://a.example/'>a</a></p>\
        <div class=kg-callout-card>box</div><video src='https://a.example/v.mp4'></video>\
        <figure data-embed=youtube data-id=dQw4w9WgXcQ></figure><aside>aside</aside>\
        <iframe src=https://evil.example/ title='Log in again'></iframe><div id=datawrapper-vis-AbCd1>x</div>\
        <amp-youtube data-videoid=abcdefghijk></amp-youtube><div class=flourish-embed data-src=story/1></div>";
    let cleaned = clean(&Body::Html(html.into()), &context);
    let out = write(
        &cleaned.blocks,
        &WriteOptions {
            strings: &strings(),
            moment: dateline::platform::moment,
            comment: true,
        },
    );
    for refused in [
        "<h2",
        "<img",
        "<table",
        "<iframe",
        "<video",
        "callout",
        "data-embed",
        "Log in",
        "link-card",
    ] {
        assert!(!out.contains(refused), "{refused} in {out}");
    }
    assert!(out.contains("rel=\"noopener nofollow ugc\""), "{out}");
}

#[test]
fn plain_text_bodies_keep_their_paragraphs() {
    let cleaned = clean(&Body::Text("One <b>\nline\n\n\nTwo".into()), &context());
    assert_eq!(
        written(&cleaned.blocks),
        "<p>One &lt;b&gt;<br>line</p><p>Two</p>"
    );
    assert_eq!(cleaned.words, 4);
}

#[test]
fn the_outline_names_every_heading_once() {
    let cleaned = cleaned("<h2>A</h2><h4>A</h4><h2 id='x y'>B <i>b</i></h2>");
    let entries: Vec<_> = cleaned
        .outline
        .iter()
        .map(|e| (e.level, e.id.as_str(), e.text.as_str()))
        .collect();
    assert_eq!(
        entries,
        [(2, "s-a", "A"), (3, "s-a-2", "A"), (2, "s-x-y", "B b")]
    );
}

#[test]
fn what_was_dropped_is_counted() {
    let dropped = cleaned(
        "<script>x</script><a href='javascript:x'>y</a><img src='data:x'><iframe src='https://m.example/'></iframe>",
    )
    .dropped;
    assert_eq!(
        (
            dropped.elements,
            dropped.links,
            dropped.pictures,
            dropped.frames
        ),
        (1, 1, 1, 1)
    );
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    assert_eq!(page("\u{feff}<p>x</p>"), "<p>x</p>");
}

#[test]
fn a_srcset_keeps_twelve_candidates_of_one_kind() {
    let set: Vec<String> = (1..=40)
        .map(|n| format!("https://a.example/{n},x.jpg {}w", n * 100))
        .collect();
    let out = page(&format!(
        "<img src='https://a.example/0.jpg' srcset='{}, https://a.example/z.jpg 2x'>",
        set.join(", ")
    ));
    let set = out
        .split("srcset=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a srcset");
    assert_eq!(set.split(", ").count(), 12);
    assert!(
        set.starts_with("https://a.example/1%2Cx.jpg 100w") && set.ends_with("4000w"),
        "{set}"
    );
}

fn samples() -> Option<PathBuf> {
    let folder = std::env::var_os("DATELINE_SAMPLES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

#[test]
fn real_pages_keep_their_words_and_are_stable() {
    let Some(folder) = samples() else {
        eprintln!("SKIPPED: no samples beside the checkout, and DATELINE_SAMPLES is not set");
        return;
    };
    for entry in fs::read_dir(folder.join("readability")).expect("the samples") {
        let path = entry.expect("an entry").path().join("expected.html");
        let name = path.display().to_string();
        let html = fs::read_to_string(&path).expect("a sample");
        let cleaned = cleaned(&html);
        assert_eq!(cleaned.limit, None, "{name}");
        let before = dateline::html::text::words(&dateline::html::text::plain(&HOST, &html));
        let after = cleaned.words;
        // Formulas shrink to their source, and labels of players go.
        let least = if name.contains("mathjax") { 50 } else { 90 };
        assert!(
            after * 100 >= before * least,
            "{name}: {after} of {before} words"
        );
        let once = written(&cleaned.blocks);
        assert_only_known_markup(&once, &name);
        assert_same(&name, &page(&once), &once);
        assert!(
            !once.contains("<p></p>") && !once.contains("<p>&nbsp;</p>"),
            "{name}"
        );
    }
}

#[test]
fn bold_and_italics_by_inline_style_stay_and_a_pasted_wrapper_makes_nothing_bold() {
    for (markup, wanted) in [
        (
            "<p><span style=\"font-weight: 700; color: red\">a</span> b</p>",
            "<strong>a</strong> b",
        ),
        (
            "<p><span style='FONT-STYLE:italic'>a</span> b</p>",
            "<em>a</em> b",
        ),
        (
            "<p><span style='font-weight:400'>a</span> b</p>",
            "<p>a b</p>",
        ),
        (
            "<b style='font-weight:normal' id='docs-internal-guid-1'><p>a</p><p>b</p></b>",
            "<p>a</p><p>b</p>",
        ),
        (
            "<p><b>a</b> <em style='font-style:normal'>b</em></p>",
            "<strong>a</strong> b",
        ),
        (
            "<p><span style=\"background:url('javascript:alert(1)')\">a</span></p>",
            "<p>a</p>",
        ),
    ] {
        let html = page(markup);
        assert!(html.replace('\n', "").contains(wanted), "{markup}: {html}");
        assert!(!html.contains("style"), "{html}");
    }
}

#[test]
fn a_credit_is_found_in_brackets_and_by_schema_org_and_a_label_goes() {
    let html = page(
        "<figure><span>Photo</span><img src=\"https://p.example/a.jpg\"><figcaption><span>Two \
         boats.</span> <span itemprop=\"copyrightHolder\">Ada Quill</span></figcaption></figure>\
         <figure><img src=\"https://p.example/b.jpg\"><figcaption><p>One boat.</p><p>(Bild: Ada \
         Quill)</p></figcaption></figure>",
    );
    assert!(!html.contains(">Photo<"), "{html}");
    assert!(html.contains("Two boats."), "{html}");
    assert!(html.contains("One boat."), "{html}");
    assert_eq!(html.matches("class=\"credit\"").count(), 2, "{html}");
    assert!(
        html.contains(">Ada Quill</span>") && html.contains(">Bild: Ada Quill</span>"),
        "{html}"
    );
    assert!(!html.contains('('), "{html}");
}

#[test]
fn a_table_of_formulas_reads_row_by_row() {
    let html = page(
        "<p><math><mtable><mtr><mtd><mi>x</mi></mtd><mtd><mo>=</mo><mi>yz</mi></mtd></mtr>\
         <mtr><mtd><mi>u</mi></mtd><mtd><mo>=</mo><mi>v</mi></mtd></mtr></mtable></math></p>",
    );
    assert!(html.contains("<code>x =yz; u =v</code>"), "{html}");
}

#[path = "support/generated.rs"]
mod inputs;
#[path = "html/markup.rs"]
mod markup;

/// The browser cleans the same fragments (`tests/web_html.rs`) and compares with this file.
#[test]
fn generated_fragments_come_out_as_the_browser_is_told() {
    let found: String = (0..markup::FRAGMENTS)
        .map(|seed| markup::digest(&page(&markup::markup(seed))) + "\n")
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/fragments.txt");
    if std::env::var_os("DATELINE_UPDATE").is_some() {
        fs::write(&path, &found).expect("a writable folder");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    for (seed, (found, wanted)) in found.lines().zip(wanted.lines()).enumerate() {
        assert_eq!(found, wanted, "{seed}: {}", markup::markup(seed as u64));
    }
    assert_eq!(found.lines().count(), wanted.lines().count());
}

mod generated {
    use super::*;
    use proptest::prelude::*;

    use super::markup::{ATTRIBUTES, NAMES, VOIDS, WORDS};

    /// Pieces of markup that meet in ways nobody would write.
    fn piece() -> impl Strategy<Value = String> {
        let one = prop::sample::select::<&'static str>;
        prop_oneof![
            4 => (one(NAMES), one(ATTRIBUTES)).prop_map(|(name, rest)| format!("<{name}{rest}>")),
            3 => one(NAMES).prop_map(|name| format!("</{name}>")),
            3 => one(WORDS).prop_map(str::to_owned),
            2 => one(VOIDS).prop_map(str::to_owned),
        ]
    }

    fn fragments() -> impl Strategy<Value = String> {
        prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(inputs::config(2_000))]

        #[test]
        fn any_markup_is_stable_and_on_the_list(html in fragments()) {
            let once = page(&html);
            assert_only_known_markup(&once, &html);
            prop_assert_eq!(page(&once), once);
        }
    }
}

/// Pieces of fixtures and attacks, cut anywhere and joined: what a fuzzer with a corpus does, without
/// its tools. `DATELINE_FUZZ=300` goes on for that many seconds; what it finds becomes a fixture.
mod spliced {
    use super::*;

    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, below: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 11) as usize % below.max(1)
        }

        fn cut<'a>(&mut self, text: &'a str) -> &'a str {
            let from = text.floor_char_boundary(self.roll(text.len()));
            let to = text.floor_char_boundary((from + 1 + self.roll(160)).min(text.len()));
            &text[from..to.max(from)]
        }
    }

    #[test]
    fn whatever_pieces_meet_the_outcome_is_stable_and_on_the_list() {
        let mut corpus: Vec<String> = fixtures()
            .into_iter()
            .map(|(_, path)| fs::read_to_string(path).expect("a fixture"))
            .collect();
        let attacks: serde_json::Value =
            serde_json::from_str(include_str!("attacks/payloads.json")).expect("the attacks");
        for group in attacks.as_array().expect("groups") {
            for text in group["texts"].as_array().into_iter().flatten() {
                corpus.push(text.as_str().unwrap_or_default().to_owned());
            }
        }
        let seconds = std::env::var("DATELINE_FUZZ").ok();
        let seconds: u64 = seconds.and_then(|text| text.parse().ok()).unwrap_or(0);
        let started = Instant::now();
        let mut dice = Dice(0x9e37_79b9 + seconds);
        let (mut rounds, mut unstable) = (0, Vec::new());
        // A fixed number unless asked, so that every machine joins the same pieces.
        while rounds < 200 || started.elapsed() < Duration::from_secs(seconds) {
            let mut html = String::new();
            for _ in 0..=dice.roll(12) {
                let at = dice.roll(corpus.len());
                let piece = dice.cut(&corpus[at]).to_owned();
                html.push_str(&piece);
                if dice.roll(4) == 0 {
                    html.push_str(markup::VOIDS[dice.roll(markup::VOIDS.len())]);
                }
            }
            let once = page(&html);
            assert_only_known_markup(&once, &html);
            if page(&once) != once {
                unstable.push(html);
            }
            rounds += 1;
        }
        eprintln!("{rounds} joined pieces");
        unstable.sort_by_key(String::len);
        if let Some(shortest) = unstable.first() {
            let once = page(shortest);
            assert_same(shortest, &page(&once), &once);
        }
    }
}
