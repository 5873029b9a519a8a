//! Names under which the reader's things are stored.
//!
//! Every name starts with `dateline:1:`, the same in both stores. Parts that come from outside are
//! percent-encoded, so that no article can be called in a way that reaches another one's draft.

/// What every name begins with; the number is the schema of the names themselves.
pub const PREFIX: &str = "dateline:1:";
/// Drafts, one a comment being written.
pub const DRAFT: &str = "dateline:1:draft:";
/// Comments that were given out of hand and are not delivered yet.
pub const QUEUE: &str = "dateline:1:queue:";
/// Values that could not be read. Nothing ever deletes them but "Forget me on this device".
pub const ASIDE: &str = "dateline:1:aside:";
/// The list of saved stories of a site, whose base path follows.
pub const SAVED: &str = "dateline:1:saved:";
/// The one record with name, email and website.
pub const IDENTITY: &str = "dateline:1:identity";

/// The one record of what was read, while the reader wants it kept.
pub const HISTORY: &str = "dateline:1:history";

/// A comment that was typed while no desk was there, by its page's path: in the tab's own storage,
/// written and read by the start script.
pub const TYPED: &str = "dateline:1:typed:";

/// Which comment is being written: under which article, in answer to which comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Base URL of the site, so that two sites on one host do not share drafts.
    pub site: String,
    /// The source's format name and address, or just its name.
    pub source: String,
    /// The article's id at its source.
    pub article: String,
    /// The comment that is answered; empty for a comment on the article.
    pub parent: String,
}

impl Place {
    /// `site:source:article:parent`, each percent-encoded.
    pub fn key(&self) -> String {
        let mut key = String::new();
        for (index, part) in [&self.site, &self.source, &self.article, &self.parent]
            .into_iter()
            .enumerate()
        {
            if index > 0 {
                key.push(':');
            }
            encode_into(&mut key, part);
        }
        key
    }

    /// The name of this place's draft.
    pub fn draft(&self) -> String {
        let mut name = DRAFT.to_owned();
        name.push_str(&self.key());
        name
    }

    /// What the names of this place's waiting comments begin with: each lies beside it, under its own
    /// id. Earlier releases kept one comment a place, under this name itself.
    pub fn queue(&self) -> String {
        let mut name = QUEUE.to_owned();
        name.push_str(&self.key());
        name
    }
}

/// The name for a text of its own in a place: a draft of another tab, or one of the comments that
/// wait there.
pub fn beside(place: &str, nonce: &str) -> String {
    let mut name = place.to_owned();
    name.push('~');
    encode_into(&mut name, nonce);
    name
}

/// Whether a stored name belongs to a place: the place's own, or one beside it.
pub fn same_place(name: &str, place: &str) -> bool {
    name.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('~'))
}

/// The name of the draft of the place whose waiting comment has this name.
pub fn draft_of(queue: &str) -> String {
    let rest = queue.strip_prefix(QUEUE).unwrap_or(queue);
    let key = rest.split('~').next().unwrap_or(rest);
    [DRAFT, key].concat()
}

/// What every name of a kind ([`DRAFT`], [`QUEUE`]) begins with that belongs to a site.
pub fn of_site(kind: &str, site: &str) -> String {
    [kind, &encode(site), ":"].concat()
}

/// Where a value that cannot be read goes.
pub fn aside(name: &str, at: u64) -> String {
    let rest = name.strip_prefix(PREFIX).unwrap_or(name);
    let mut moved = ASIDE.to_owned();
    moved.push_str(rest);
    moved.push('~');
    moved.push_str(&at.to_string());
    moved
}

/// Percent-encodes everything but RFC 3986's unreserved characters; `~` too, which separates.
fn encode_into(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)] as char);
            out.push(HEX[usize::from(byte & 15)] as char);
        }
    }
}

/// Percent-encoding as `application/x-www-form-urlencoded` accepts it (a space is `%20`).
pub fn encode(text: &str) -> String {
    let mut out = String::new();
    encode_into(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(article: &str, parent: &str) -> Place {
        Place {
            site: "https://news.example/".into(),
            source: "jsonfeed".into(),
            article: article.into(),
            parent: parent.into(),
        }
    }

    #[test]
    fn a_name_has_four_encoded_parts() {
        assert_eq!(
            place("a/1", "").draft(),
            "dateline:1:draft:https%3A%2F%2Fnews.example%2F:jsonfeed:a%2F1:"
        );
    }

    #[test]
    fn no_article_reaches_the_draft_of_another_by_its_name() {
        assert_ne!(place("a:b", "").key(), place("a", "b").key());
        assert_ne!(place("a", "").key(), place("a%", "").key());
        assert!(!same_place(
            &place("a", "12").draft(),
            &place("a", "1").draft()
        ));
        assert!(!same_place(
            &place("a", "1~x").draft(),
            &place("a", "1").draft()
        ));
        assert!(same_place(
            &beside(&place("a", "1").draft(), "t7"),
            &place("a", "1").draft()
        ));
    }

    #[test]
    fn a_waiting_comment_knows_its_place_and_its_site() {
        let place = place("a~1", "7");
        let name = beside(&place.queue(), "12x34");
        assert!(same_place(&name, &place.queue()));
        // As earlier releases named it, too.
        assert_eq!(draft_of(&place.queue()), place.draft());
        assert_eq!(draft_of(&name), place.draft());
        assert!(name.starts_with(&of_site(QUEUE, &place.site)));
        assert!(!name.starts_with(&of_site(QUEUE, "https://news.example")));
    }
}
