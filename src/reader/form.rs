//! What a comment form accepts, and what it says about the room that is left.
//!
//! Rules follow what the receiver really asks for. A text that is too long is kept and counted
//! negative; it only cannot be sent.

/// The fields, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Comment,
    Name,
    Email,
    Website,
}

impl Field {
    /// The last part of the field's id.
    pub fn part(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Name => "name",
            Self::Email => "email",
            Self::Website => "website",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    /// No email address, or no web address.
    Malformed,
    TooLong,
}

/// What the receiver asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether there is a receiver at all; without one only the comment matters.
    pub posts: bool,
    pub needs_author: bool,
    /// In characters.
    pub max_length: usize,
}

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    pub comment: String,
    pub name: String,
    pub email: String,
    pub website: String,
}

impl Rules {
    /// Whether a field carries the mark of the required ones.
    pub fn requires(self, field: Field) -> bool {
        match field {
            Field::Comment => true,
            Field::Name | Field::Email => self.posts && self.needs_author,
            Field::Website => false,
        }
    }

    /// What is wrong with one field.
    pub fn fault(self, field: Field, entries: &Entries) -> Option<Fault> {
        let value = match field {
            Field::Comment => &entries.comment,
            Field::Name => &entries.name,
            Field::Email => &entries.email,
            Field::Website => &entries.website,
        };
        let value = value.trim();
        if value.is_empty() {
            return self.requires(field).then_some(Fault::Missing);
        }
        let sound = match field {
            Field::Comment => {
                return (remaining(value, self.max_length) < 0).then_some(Fault::TooLong);
            }
            Field::Name => return (value.chars().count() > 245).then_some(Fault::TooLong),
            Field::Email => is_email(value),
            Field::Website => website(value).is_some(),
        };
        (!sound && self.posts).then_some(Fault::Malformed)
    }

    /// Everything that is wrong, in the order of the fields.
    pub fn faults(self, entries: &Entries) -> Vec<(Field, Fault)> {
        [Field::Comment, Field::Name, Field::Email, Field::Website]
            .into_iter()
            .filter_map(|field| self.fault(field, entries).map(|fault| (field, fault)))
            .collect()
    }
}

/// Characters left; negative when there are too many.
pub fn remaining(text: &str, max_length: usize) -> i64 {
    let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    i64::try_from(max_length).unwrap_or(i64::MAX) - count
}

/// Whether the count is to be spoken: at 100, 20 and 0, each time it is reached from above.
pub fn speaks(before: i64, after: i64) -> bool {
    [100, 20, 0]
        .into_iter()
        .any(|mark| before > mark && after <= mark)
}

/// A letter or digit, of any script: what else a domain may hold, its registry decides.
fn named(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_whitespace())
}

/// HTML's own idea of an email address, with a dot in the domain, which the public net needs.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| named(c) || c == '-')
    };
    !local.is_empty()
        && text.len() <= 100
        && local
            .chars()
            .all(|c| named(c) || ".!#$%&'*+/=?^_`{|}~-".contains(c))
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// A website as it is sent: `https://` is added where someone just wrote the name.
pub fn website(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = match text.split_once("://") {
        Some(("http" | "https", rest)) => rest,
        Some(_) => return None,
        None => text,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let sound = !text.contains(char::is_whitespace)
        && text.len() <= 200
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host
            .chars()
            .all(|c| named(c) || matches!(c, '.' | '-' | ':'));
    sound.then(|| {
        if rest.len() < text.len() {
            text.to_owned()
        } else {
            format!("https://{text}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: Rules = Rules {
        posts: true,
        needs_author: true,
        max_length: 10,
    };
    const COPY: Rules = Rules {
        posts: false,
        needs_author: true,
        max_length: 10,
    };

    fn entries(comment: &str, name: &str, email: &str, website: &str) -> Entries {
        Entries {
            comment: comment.into(),
            name: name.into(),
            email: email.into(),
            website: website.into(),
        }
    }

    #[test]
    fn a_form_without_a_receiver_asks_for_the_comment_only() {
        assert_eq!(
            COPY.faults(&entries(" ", "", "", "")),
            [(Field::Comment, Fault::Missing)]
        );
        assert!(COPY.faults(&entries("Hello", "", "half@", "")).is_empty());
        assert!(!COPY.requires(Field::Name));
    }

    #[test]
    fn faults_come_in_the_order_of_the_fields() {
        assert_eq!(
            POST.faults(&entries("", " ", "nobody", "no address")),
            [
                (Field::Comment, Fault::Missing),
                (Field::Name, Fault::Missing),
                (Field::Email, Fault::Malformed),
                (Field::Website, Fault::Malformed),
            ]
        );
        assert!(
            POST.faults(&entries("Hello", "Ada", "a@b.example", ""))
                .is_empty()
        );
    }

    #[test]
    fn length_is_counted_in_characters_and_goes_below_nothing() {
        assert_eq!(remaining("🦆é", 10), 8);
        assert_eq!(remaining(&"x".repeat(13), 10), -3);
        let long = entries(&"x".repeat(11), "Ada", "a@b.example", "");
        assert_eq!(POST.faults(&long), [(Field::Comment, Fault::TooLong)]);
    }

    #[test]
    fn the_count_is_spoken_when_a_mark_is_reached_from_above() {
        assert!(speaks(101, 100));
        assert!(speaks(300, 7));
        assert!(speaks(1, 0));
        assert!(!speaks(100, 99));
        assert!(!speaks(20, 21));
        assert!(!speaks(-1, -2));
    }

    #[test]
    fn email_addresses_of_the_real_world_are_accepted() {
        for good in ["a@b.example", "o'neil+news@mail.co.uk", "ü@bücher.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "a",
            "a@",
            "@b.example",
            "a@b",
            "a b@c.example",
            "a@b..c",
            "a@-b.example",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_website_gets_its_scheme_and_nothing_but_the_web_is_one() {
        assert_eq!(
            website("ada.example").as_deref(),
            Some("https://ada.example")
        );
        assert_eq!(
            website("http://ada.example/x").as_deref(),
            Some("http://ada.example/x")
        );
        for bad in [
            "javascript:alert(1)",
            "ftp://a.example",
            "ada",
            "a b.example",
            "//a.example",
        ] {
            assert_eq!(website(bad), None, "{bad}");
        }
    }
}
