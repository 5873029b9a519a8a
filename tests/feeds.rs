//! What RSS and Atom leave open, or most generators get wrong: whether a text is markup, where a
//! picture, a film or a recording hides, and what a relative reference is relative to.

mod support;

use dateline::model::{Article, Body};
use dateline::source::{About, Batch, Query};
use support::{World, open};

const AT: &str = "https://feeds.example/all.xml";

fn read(feed: &str) -> Batch {
    read_at(AT, feed)
}

fn read_at(address: &str, feed: &str) -> Batch {
    let config = format!(r#"{{ "kind": "rss", "url": "{address}" }}"#);
    let mut world = World::default().with(address, feed);
    world
        .read(&open(&config), Query::Latest, None)
        .expect("a feed")
}

/// The story of an RSS feed with one item.
fn item(inside: &str) -> Article {
    let feed = format!(
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' \
         xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>T</title>\
         <link>https://quay.example/blog/</link><item>{inside}</item></channel></rss>"
    );
    read(&feed).items.remove(0)
}

/// The story of an Atom feed with one entry.
fn entry(inside: &str) -> Article {
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>\
         <title>T</title><entry><id>1</id>{inside}</entry></feed>"
    );
    read(&feed).items.remove(0)
}

fn html(article: &Article) -> &str {
    match &article.body {
        Body::Html(html) => html,
        other => panic!("no markup but {other:?}"),
    }
}

fn about(feed: &str) -> About {
    read(feed).about.expect("a channel")
}

#[test]
fn atom_titles_are_text_unless_they_say_otherwise() {
    for (title, expected) in [
        ("<title>What Vec&lt;T> costs</title>", "What Vec<T> costs"),
        (
            "<title type='text'>The &lt;b> element\n and &amp;amp;</title>",
            "The <b> element and &amp;",
        ),
        (
            "<title type='html'>A &lt;b>bold&lt;/b> &amp;lt;claim></title>",
            "A bold <claim>",
        ),
        (
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>The <code>&lt;i></code>\
             &amp;amp; <em>you</em></div></title>",
            "The <i>&amp; you",
        ),
        (
            "<title mode='escaped' type='text/html'>Fish &amp;amp; &lt;i>chips&lt;/i></title>",
            "Fish & chips",
        ),
    ] {
        assert_eq!(entry(title).headline, expected, "{title}");
    }
    let names = entry("<title>T</title><author><name>A &lt;b> C</name></author>").authors;
    assert_eq!(names[0].name, "A <b> C");
    let channel = about(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>On &lt;b></title>\
         <subtitle type='html'>&lt;i>Words&lt;/i></subtitle></feed>",
    );
    assert_eq!(channel.title.as_deref(), Some("On <b>"));
    assert_eq!(channel.description.as_deref(), Some("Words"));
}

#[test]
fn rss_titles_lose_the_tags_of_html_and_keep_what_only_looks_like_one() {
    for (title, expected) in [
        ("What Vec&lt;T> costs", "What Vec<T> costs"),
        ("Q&amp;A: x &lt;y> z", "Q&A: x <y> z"),
        (
            "A &lt;b>bold&lt;/b> &lt;EM class='x'>claim&lt;/EM>",
            "A bold claim",
        ),
        ("5 &lt; 6, a&lt;b and i&lt;p", "5 < 6, a<b and i<p"),
        ("if a &lt;b and c> d", "if a <b and c> d"),
        ("The &lt;video> element", "The <video> element"),
        ("Seen &lt;video src='x'>once&lt;/video>", "Seen once"),
        ("Calm&lt;script>alert('&lt;x>')&lt;/script>", "Calm"),
        ("Calm&lt;!-- no &lt;b> --> sea", "Calm sea"),
        ("I &lt;3 ferries &lt;!--", "I <3 ferries <!--"),
        ("Word&lt;o:p>&lt;/o:p> here", "Word here"),
        ("See &lt;https://x.example/a>", "See <https://x.example/a>"),
        ("Ann &lt;a@x.example>", "Ann <a@x.example>"),
        ("Cut &lt;a href=\"https://x.exa", "Cut"),
        (
            "The &amp;lt;b&amp;gt; tag &amp;amp; more",
            "The <b> tag & more",
        ),
    ] {
        let article = item(&format!("<title>{title}</title>"));
        assert_eq!(article.headline, expected, "{title}");
    }
    let article =
        item("<title>T</title><description>&lt;p>Map&lt;K, V> &lt;i>and&lt;/i></description>");
    assert_eq!(article.summary.as_deref(), Some("Map<K, V> and"));
    let channel = about("<rss><channel><title>On &lt;T></title></channel></rss>");
    assert_eq!(channel.title.as_deref(), Some("On <T>"));
}

#[test]
fn a_long_text_of_broken_tags_is_read_in_no_time() {
    for part in ["&lt;a ", "&lt;x-y>", "&lt;!--", "&lt;video>"] {
        let article = item(&format!(
            "<title>T</title><description>{}</description>",
            part.repeat(20_000)
        ));
        assert_eq!(article.headline, "T");
    }
}

#[test]
fn atom_text_stays_text_and_keeps_its_paragraphs() {
    for kind in ["", " type='text'", " type='text/plain'"] {
        let said = "One &lt;b> two.\n\nThree.";
        let article = entry(&format!("<content{kind}>{said}</content>"));
        assert_eq!(article.body, Body::Text("One <b> two.\n\nThree.".into()));
        let article = entry(&format!("<summary{kind}>The &lt;b> tag</summary>"));
        assert_eq!(article.summary.as_deref(), Some("The <b> tag"));
    }
}

#[test]
fn markup_without_its_type_is_markup_and_data_is_no_story() {
    for kind in ["", " type='text'"] {
        let article = entry(&format!(
            "<content{kind}>&lt;p>One&lt;/p>&lt;p>Two&lt;/p></content>"
        ));
        assert_eq!(html(&article), "<p>One</p><p>Two</p>");
    }
    let spoken_of = entry("<content type='text'>Close it with &lt;/p>.</content>");
    assert_eq!(spoken_of.body, Body::Text("Close it with </p>.".into()));
    let data = entry("<title>T</title><content type='image/png'>iVBORw0KGgo=</content>");
    assert_eq!(data.body, Body::Absent);
}

#[test]
fn media_contents_are_pictures_and_no_story() {
    let article = item(
        "<title>Boats</title><link>https://quay.example/1</link>\
         <description>Boats at dawn.</description>\
         <media:content><media:player url='https://quay.example/player'/>\
         <media:thumbnail url='https://i.example/960.jpg' width='960'/>\
         <media:credit>Ann Reed</media:credit></media:content>",
    );
    assert_eq!(
        (&article.body, article.summary.as_deref()),
        (&Body::Absent, Some("Boats at dawn."))
    );
    let image = article.image.expect("the nested thumbnail");
    assert_eq!(image.src, "https://i.example/960.jpg");
    assert_eq!(image.credit.as_deref(), Some("Ann Reed"));
    let other = read(
        "<rss xmlns:m='http://search.yahoo.com/mrss/'><channel><item><title>A</title>\
         <m:content><m:thumbnail url='https://i.example/a.jpg'/></m:content></item></channel></rss>",
    );
    assert_eq!(other.items[0].body, Body::Absent, "whatever its prefix");
    assert!(other.items[0].image.is_some());
}

#[test]
fn what_is_said_of_a_picture_may_stand_around_it() {
    let article = item(
        "<title>A</title><description>Words.</description>\
         <media:credit>The item</media:credit><media:title>Of the item</media:title>\
         <media:group><media:credit>The group</media:credit>\
         <media:description>The pier.</media:description>\
         <media:content url='https://i.example/a.jpg' width='800'/></media:group>",
    );
    let image = article.image.expect("a picture");
    assert_eq!(image.credit.as_deref(), Some("The group"));
    assert_eq!(image.caption.as_deref(), Some("The pier."));
    assert_eq!(image.alt, "Of the item");
}

#[test]
fn a_film_is_described_by_its_group() {
    let article = entry(
        "<title>The tide</title><link href='https://v.example/1'/><media:group>\
         <media:title>The tide</media:title>\
         <media:content url='https://v.example/f' type='application/x-shockwave-flash'/>\
         <media:thumbnail url='https://i.example/t.jpg' width='480'/>\
         <media:description>How the moon\npulls.</media:description></media:group>",
    );
    assert_eq!(article.summary.as_deref(), Some("How the moon pulls."));
    assert_eq!(article.external_url.as_deref(), Some("https://v.example/1"));
    let image = article.image.expect("a picture");
    assert_eq!((&*image.alt, image.caption), ("", None), "said once");
    let silent = item("<description/><media:description>Seen.</media:description>");
    assert_eq!(silent.summary.as_deref(), Some("Seen."));
}

const PLAYER: &str = "<audio src=\"https://quay.example/12.mp3?a=1&amp;b=2\" controls></audio>";
const ENCLOSURE: &str =
    "<enclosure url='https://quay.example/12.mp3?a=1&amp;b=2' length='9' type='audio/mpeg'/>";

#[test]
fn an_episode_is_a_player_with_what_is_said_of_it() {
    let bare = item(&format!(
        "<title>Ep 12</title>{ENCLOSURE}<itunes:image href='https://quay.example/c.jpg'/>"
    ));
    assert_eq!(html(&bare), PLAYER);
    assert_eq!((bare.url, bare.external_url), (None, None));
    assert_eq!(
        bare.image.expect("a cover").src,
        "https://quay.example/c.jpg"
    );
    let noted = item(&format!(
        "<title>Ep 12</title><link>https://quay.example/12</link>\
         <itunes:summary>One &amp; two.\n\nThree &lt;3.</itunes:summary>{ENCLOSURE}"
    ));
    let notes = [PLAYER, "<p>One &amp; two.</p><p>Three &lt;3.</p>"].concat();
    assert_eq!(html(&noted), notes);
    assert_eq!(noted.external_url, None, "it is heard here");
    let played = "&lt;audio src=\"https://quay.example/12.mp3?_=1\">&lt;/audio>";
    let once = item(&format!(
        "<title>A</title><description>{played}</description>{ENCLOSURE}"
    ));
    assert_eq!(html(&once).matches("<audio").count(), 1);
}

#[test]
fn films_and_atom_enclosures_play_too_and_documents_do_not() {
    let film =
        item("<title>A</title><media:content url='https://v.example/a.mp4' type='video/mp4'/>");
    assert_eq!(
        html(&film),
        "<video src=\"https://v.example/a.mp4\" controls></video>"
    );
    let atom = entry("<link rel='enclosure' type='audio/ogg' href='https://v.example/a.ogg'/>");
    assert!(html(&atom).starts_with("<audio src=\"https://v.example/a.ogg\""));
}

#[test]
fn an_enclosed_document_is_a_link_below_the_text() {
    let enclosed = |more: &str| {
        item(&format!(
            "<title>A</title>{more}<enclosure url='https://v.example/d/The%20plan.pdf?a=1&amp;b=\"' \
             type='application/pdf'/>"
        ))
    };
    let link =
        "<p><a href=\"https://v.example/d/The%20plan.pdf?a=1&amp;b=%22\">The plan.pdf</a></p>";
    assert_eq!(html(&enclosed("")), link);
    let told = "<content:encoded>&lt;p>Read.&lt;/p></content:encoded>";
    assert_eq!(html(&enclosed(told)), ["<p>Read.</p>", link].concat());
    let card = enclosed("<link>https://v.example/a</link>");
    assert_eq!(card.body, Body::Absent, "it is enclosed there as well");
    let said = "<description>&lt;a href=\"/d/The%20plan.pdf\">The plan&lt;/a></description>";
    assert_eq!(html(&enclosed(said)).matches("<a ").count(), 1);
}

#[test]
fn every_enclosed_recording_plays_once() {
    let audio = |name: &str, kind: &str| {
        format!("<enclosure url='https://v.example/{name}' type='audio/{kind}'/>")
    };
    let files = [
        audio("one.mp3", "mpeg"),
        audio("two.mp3", "mpeg"),
        audio("one.ogg", "ogg"),
    ];
    let article = item(&["<title>A</title>", &files.concat()].concat());
    let player = |name| format!("<audio src=\"https://v.example/{name}\" controls></audio>");
    assert_eq!(
        html(&article),
        [player("one.mp3"), player("two.mp3")].concat()
    );
}

#[test]
fn a_short_description_lends_its_picture_to_the_card() {
    let short = "&lt;a href=\"https://n.example/a\">&lt;img src=\"/t.gif\" width=1 height=1>\
        &lt;img src=\"i/a.jpg\" width=\"400\" height=\"240\" alt=\"The quay\">&lt;/a>&lt;/br>In short.";
    let told = |link: &str| {
        item(&format!(
            "<title>A</title>{link}<description>{short}</description>"
        ))
    };
    let card = told("<link>https://n.example/2026/a</link>");
    assert_eq!(card.summary.as_deref(), Some("In short."));
    assert_eq!(card.body, Body::Absent);
    let image = card.image.expect("a picture");
    assert_eq!(image.src, "https://n.example/2026/i/a.jpg");
    assert_eq!(
        (&*image.alt, image.width, image.height),
        ("The quay", Some(400), Some(240))
    );
    // Without a link there is no other place for the link and the picture.
    let page = told("");
    assert!(html(&page).contains("href=\"https://n.example/a\"") && html(&page).contains("a.jpg"));
    assert_eq!((page.image, page.external_url), (None, None));
}

#[test]
fn every_xml_base_moves_what_is_within() {
    let feed = read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://quay.example/blog/'>\
         <entry xml:base='2026/'><id>1</id><link href='one.html'/>\
         <content type='xhtml' xml:base='assets/'><div xmlns='http://www.w3.org/1999/xhtml'>\
         <a href='two.html'>x</a><a href='#n'>n</a><p xml:base='/deep/'><img src='p.png'/></p>\
         </div></content></entry>\
         <entry><id>2</id><link href='three/four'/><content type='html'>&lt;img src=\"a.png\" \
         srcset=\"a,1.png 1x, /b.png 2x\">&lt;a href=\"mailto:a@quay.example\">m&lt;/a>\
         &lt;br></content></entry></feed>",
    );
    let [first, second] = &feed.items[..] else {
        panic!("two stories")
    };
    let base = "https://quay.example/blog/";
    assert_eq!(
        first.url.as_deref(),
        Some("https://quay.example/blog/2026/one.html")
    );
    for expected in [
        format!("<a href=\"{base}2026/assets/two.html\">"),
        "<a href=\"#n\">".into(),
        "<img src=\"https://quay.example/deep/p.png\">".into(),
    ] {
        assert!(
            html(first).contains(&expected),
            "{expected} in {}",
            html(first)
        );
    }
    assert_eq!(
        html(second),
        format!(
            "<img src=\"{base}a.png\" srcset=\"{base}a,1.png 1x, https://quay.example/b.png 2x\">\
             <a href=\"mailto:a@quay.example\">m</a><br>"
        )
    );
}

#[test]
fn a_story_without_an_address_stands_where_its_channel_does() {
    let words =
        "<title>A</title><description>&lt;p>&lt;img src=\"/a.png\">&lt;p>2&lt;p>3</description>";
    let homeless = item(words);
    assert!(html(&homeless).contains("src=\"https://quay.example/a.png\""));
    let own = item(&[words, "<link>https://else.example/1</link>"].concat());
    assert!(
        html(&own).contains("src=\"/a.png\""),
        "its own address decides"
    );
    let saved = read_at(
        "saved.xml",
        "<rss><channel><link>https://quay.example/blog/</link><item><title>A</title>\
         <link>/news/1</link><enclosure url='a.jpg' type='image/jpeg'/></item></channel></rss>",
    );
    let story = &saved.items[0];
    assert_eq!(story.url.as_deref(), Some("https://quay.example/news/1"));
    let image = story.image.as_ref().expect("a picture of the folder");
    assert_eq!(image.src, "a.jpg");
}

#[test]
fn an_atom_enclosure_is_a_picture_and_a_thumbnail_leads_no_text_with_a_picture() {
    let enclosed = "<link rel='enclosure' type='image/jpeg' href='https://i.example/b.jpg'/>";
    let thumbnail = "<media:thumbnail url='https://i.example/s72.jpg' width='72' height='72'/>";
    let text =
        "<content type='html'>&lt;p>&lt;img src=\"https://i.example/a.jpg\">&lt;/p></content>";
    let source = |parts: &[&str]| entry(&parts.concat()).image.map(|image| image.src);
    assert_eq!(
        source(&[enclosed, text]).as_deref(),
        Some("https://i.example/b.jpg")
    );
    assert_eq!(
        source(&[enclosed, thumbnail]).as_deref(),
        Some("https://i.example/b.jpg")
    );
    assert_eq!(source(&[thumbnail, text]), None);
    assert_eq!(
        source(&[thumbnail]).as_deref(),
        Some("https://i.example/s72.jpg")
    );
}

#[test]
fn the_kind_of_a_document_is_no_section() {
    let article = entry(
        "<category scheme='http://schemas.google.com/g/2005#kind' term='http://x.example/kind#post'/>\
         <category scheme='http://x.example/ns#' term='Harbour'/>",
    );
    assert_eq!(article.section.expect("a section").name, "Harbour");
    assert_eq!(article.tags.len(), 1);
}

#[test]
fn dates_that_cannot_be_read_are_counted() {
    let item = |id: u8, date: &str| {
        format!("<item><guid>{id}</guid><title>T</title><pubDate>{date}</pubDate></item>")
    };
    let items = [
        item(1, "Mon, 01 Jan 0001 00:00:00 +0000"),
        item(2, "Mon, 23 Nov 2026 08:12:00 AEST"),
        item(3, ""),
    ];
    let batch = read(&format!(
        "<rss><channel><title>T</title>{}</channel></rss>",
        items.concat()
    ));
    assert_eq!(batch.unread.published.count, 1);
    assert!(
        batch
            .unread
            .notes()
            .next()
            .is_some_and(|note| note.contains("Jan 0001"))
    );
    assert!(batch.items[1].published.is_some());
}
