//! What a story has beside its text: a film or recordings, which play above it, and documents, to which
//! links below it lead.

use super::markup::escaped;
use super::media::{Found, stem};
use crate::model::Body;
use crate::source::place::Place;
use crate::source::text;

/// The files of an item that are no pictures.
#[derive(Default)]
pub(super) struct Beside {
    players: Vec<Player>,
    documents: Vec<String>,
}

struct Player {
    src: String,
    film: bool,
}

impl Beside {
    /// The first film or recording, and every other recording that is enclosed; more films, and
    /// recordings of the same name, are mostly the same in other sizes.
    pub(super) fn of(found: &[Found<'_>], place: &Place) -> Self {
        let mut beside = Self::default();
        for file in found.iter().filter(|file| !file.is_picture()) {
            match file.is_film() {
                Some(film) => {
                    let src = file.address().and_then(|address| place.picture(address));
                    let player = src.map(|src| Player { src, film });
                    let more = file.is_enclosure() && !film;
                    let new = |it: &Player| {
                        beside.players.is_empty()
                            || more && !beside.players.iter().any(|known| known.is_same(it))
                    };
                    let player = player.filter(new);
                    beside.players.extend(player);
                }
                None if file.is_document() => {
                    let href = file.address().and_then(|address| place.address(address));
                    beside
                        .documents
                        .extend(href.filter(|it| !beside.documents.contains(it)));
                }
                None => {}
            }
        }
        beside
    }

    /// Whether the story is to be seen or heard here.
    pub(super) fn plays(&self) -> bool {
        !self.players.is_empty()
    }

    /// The story with its players before the first words, unless it plays the files itself, and its
    /// documents behind the last, unless it leads to them itself. A card that leads elsewhere stays one
    /// for the sake of a document.
    pub(super) fn around(&self, body: Body, leads: bool) -> Body {
        if !self.plays() && (self.documents.is_empty() || leads && body == Body::Absent) {
            return body;
        }
        let text = match body {
            Body::Html(html) => html,
            Body::Text(text) => paragraphs(&text),
            Body::Absent => String::new(),
        };
        let players = self.players.iter().filter(|it| !text.contains(it.name()));
        let mut html: String = players.map(Player::html).collect();
        html.push_str(&text);
        let documents = self
            .documents
            .iter()
            .filter(|it| !text.contains(file_name(it)));
        html.extend(documents.map(|it| link(it)));
        Body::Html(html)
    }
}

impl Player {
    fn html(&self) -> String {
        let name = if self.film { "video" } else { "audio" };
        let src = attribute(&self.src);
        ["<", name, " src=\"", &src, "\" controls></", name, ">"].concat()
    }

    /// The address without its scheme and query, which trackers vary.
    fn name(&self) -> &str {
        let stem = stem(&self.src);
        stem.split_once("://").map_or(stem, |(_, rest)| rest)
    }

    /// Whether this is the same recording, perhaps in another format.
    fn is_same(&self, other: &Self) -> bool {
        let bare = |it: &Self| {
            it.name()
                .rsplit_once('.')
                .map_or(it.name(), |(bare, _)| bare)
                .to_owned()
        };
        bare(self) == bare(other)
    }
}

/// A line that leads to a document, under the name of its file.
fn link(href: &str) -> String {
    let name = text::percent_decoded(file_name(href));
    [
        "<p><a href=\"",
        &attribute(href),
        "\">",
        &escaped(&name),
        "</a></p>",
    ]
    .concat()
}

/// The last segment of an address; all of it where that is empty.
fn file_name(address: &str) -> &str {
    let last = stem(address).rsplit('/').next();
    last.filter(|name| !name.is_empty()).unwrap_or(address)
}

fn attribute(value: &str) -> String {
    escaped(value).replace('"', "&quot;")
}

/// Plain text as HTML: a blank line parts paragraphs, other line ends stay.
fn paragraphs(text: &str) -> String {
    let mut html = String::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        html.push_str(match (line.is_empty(), open) {
            (true, true) => "</p>",
            (true, false) => "",
            (false, true) => "<br>",
            (false, false) => "<p>",
        });
        html.push_str(&escaped(line));
        open = !line.is_empty();
    }
    html.push_str(if open { "</p>" } else { "" });
    html
}
