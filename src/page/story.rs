//! An article becomes a card and a page: the plain data of both, from the source's own fields.

use crate::host::Host;
use crate::html::{self, Block, Cleaned, Limit};
use crate::model::{Access, Article, Author, Image, SectionRef, Site, Slug, Summary};
use crate::page::{Story, live};

/// Characters of an excerpt that is made from the text.
const EXCERPT: usize = 200;
/// Letters by which a summary that breaks off is known to be the text's beginning.
const CUT_OFF: usize = 30;

/// The card of an article. `href` has been decided (clashes resolved); `text` is the beginning of
/// the body as plain text, for stories without a summary.
pub fn summary(
    site: &Site,
    article: &Article,
    href: String,
    external: bool,
    text: &str,
) -> Summary {
    Summary {
        id: article.id.clone(),
        href,
        external,
        headline: article.headline.clone(),
        kicker: article.kicker.clone(),
        section: article.section.as_ref().map(|section| SectionRef {
            name: section.name.clone(),
            path: section.path.clone(),
        }),
        excerpt: excerpt_of(article, text),
        published: article.published,
        modified: article.modified,
        image: article.image.clone().map(|mut image| {
            image.caption = None;
            image.credit = None;
            image
        }),
        byline: article
            .authors
            .iter()
            .map(|author| author.name.clone())
            .collect(),
        kind: article.kind,
        access: article.access,
        language: article
            .language
            .clone()
            .filter(|language| *language != site.language),
        comments: article.comments.as_ref().and_then(|thread| thread.count),
        shared: Vec::new(),
        rank: article.rank,
    }
}

/// The standfirst, else the summary, else the first words of the text.
pub fn excerpt_of(article: &Article, text: &str) -> String {
    let own = article
        .standfirst
        .as_deref()
        .or(article.summary.as_deref())
        .unwrap_or_default();
    let own = own.trim();
    if own.is_empty() {
        html::text::excerpt(text, EXCERPT)
    } else {
        own.to_owned()
    }
}

/// What cleaning an article's body needs to know of it.
pub fn body_context<'a>(host: &'a Host, article: &'a Article) -> html::Context<'a> {
    html::Context {
        headline: Some(&article.headline),
        lead_image: article.image.as_ref().map(|image| image.src.as_str()),
        language: article.language.as_deref(),
        ..html::Context::new(host, article.url.as_deref())
    }
}

/// The text of an article and its updates, cleaned.
pub fn cleaned(article: &Article, context: &html::Context<'_>) -> Cleaned {
    match &article.live {
        Some(live) => html::clean_live(&article.body, &live.updates, context),
        None => html::clean(&article.body, context),
    }
}

/// Whether the text itself begins with a standfirst, perhaps below a picture: many systems make
/// their excerpts of the first words, and nobody wants to read those twice.
fn begins_with(blocks: &[Block], standfirst: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut own = letters(standfirst);
    let end = standfirst.trim_end_matches([']', ' ']);
    if (end.ends_with('…') || end.ends_with("..."))
        && let Some((cut, _)) = own.char_indices().nth(CUT_OFF)
    {
        // It breaks off, and may hold words of what is no text here, such as cards.
        own.truncate(cut);
    }
    let first = &blocks[..blocks.len().min(8)];
    !own.is_empty()
        && (0..first.len().min(3))
            .any(|at| letters(&html::plain_text(&first[at..])).starts_with(&own))
}

/// The lead with what its repetition in the text says of it, where it says nothing itself: feeds name
/// a picture without its words, and the text has both.
fn told(mut image: Image, cleaned: &Cleaned) -> Image {
    let Some(figure) = &cleaned.repeated else {
        return image;
    };
    let words = |run: &[html::Inline]| Some(html::inline_text(run)).filter(|it| !it.is_empty());
    if image.alt.is_empty() {
        image.alt.clone_from(&figure.picture.alt);
    }
    image.caption = image.caption.or_else(|| words(&figure.caption));
    image.credit = image.credit.or_else(|| words(&figure.credit));
    // Another version may be cut to another shape.
    if image.width.is_none() && image.src == figure.picture.src.as_str() {
        (image.width, image.height) = figure.picture.size.unzip();
    }
    image
}

/// A caption that ends with the credit ("… at dawn. Photograph: A. Name") says it once.
fn credited_once(mut image: Image) -> Image {
    let credit = image.credit.as_deref().map(str::trim).unwrap_or_default();
    let caption = image.caption.as_deref().map(str::trim_end);
    let rest = caption.and_then(|caption| caption.trim_end_matches('.').strip_suffix(credit));
    if let (Some(rest), false) = (rest, credit.is_empty()) {
        let rest = rest.trim_end();
        let label = rest.rsplit_once(char::is_whitespace);
        let rest = match label {
            Some((before, label)) if label.ends_with(':') => before.trim_end(),
            _ if rest.ends_with(':') => "",
            _ => rest,
        };
        image.caption = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
    }
    image
}

/// The article page, but for what only the archive knows (related stories): the caller fills it in.
pub fn story(site: &Site, article: &Article, summary: Summary, cleaned: &Cleaned) -> Story {
    let open = article.comments.as_ref().is_none_or(|thread| thread.open);
    Story {
        standfirst: article
            .standfirst
            .clone()
            .or_else(|| article.summary.clone())
            .filter(|own| !begins_with(&cleaned.blocks, own)),
        authors: article.authors.iter().cloned().map(with_slug).collect(),
        image: article
            .image
            .clone()
            .map(|image| credited_once(told(image, cleaned))),
        tags: article.tags.clone(),
        key_points: if article.key_points.is_empty() {
            cleaned.key_points.clone()
        } else {
            article.key_points.clone()
        },
        outline: cleaned
            .outline
            .iter()
            .map(|at| (at.text.clone(), at.id.clone()))
            .collect(),
        words: cleaned.words as u32,
        minutes: html::text::reading_minutes(cleaned.words) as u32,
        limit: cleaned.limit.map(|limit| match limit {
            Limit::Size => "limit_size".into(),
            Limit::Depth => "limit_depth".into(),
            Limit::Length => "limit_length".into(),
        }),
        corrections: article.corrections.clone(),
        live: live::Story::of(site, article, cleaned),
        comments_open: open && article.access == Access::Full,
        comments_url: article
            .comments
            .as_ref()
            .and_then(|thread| thread.url.clone()),
        url: article.url.clone(),
        rights: article.rights.clone(),
        summary,
        ..Story::default()
    }
}

fn with_slug(mut author: Author) -> Author {
    if author.slug.is_empty()
        && let Some(slug) = Slug::from_text(&author.name)
    {
        author.slug = slug.to_string();
    }
    author
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Inline;

    #[test]
    fn the_beginning_of_a_text_is_no_standfirst_of_it() {
        let paragraph = |text: &str| Block::Paragraph(vec![Inline::Text(text.into())]);
        let text = [
            paragraph("Photograph of the quay."),
            paragraph("The crane, silent for eleven years, moved."),
            paragraph("It lifted a crate."),
        ];
        for own in [
            "The crane, silent for eleven years, moved. It lifted […]",
            "THE CRANE – silent for eleven years",
            "The crane, silent for eleven years, moved. Read also: Ferries | The Po…",
        ] {
            assert!(begins_with(&text, own), "{own}");
        }
        for own in [
            "",
            "…",
            "Eleven years later a crane moves",
            "It lifted a crate. And more",
            "The crane, silent for a long time, and what it lifted…",
        ] {
            assert!(!begins_with(&text, own), "{own}");
        }
    }

    #[test]
    fn a_caption_says_its_credit_once() {
        let caption = |caption: &str, credit: &str| {
            credited_once(Image {
                caption: Some(caption.into()),
                credit: Some(credit.into()),
                ..Image::default()
            })
            .caption
        };
        let told = |text: &str| Some(text.to_owned());
        assert_eq!(
            caption("At dawn. Photograph: Ada Quill/Post", "Ada Quill/Post"),
            told("At dawn.")
        );
        assert_eq!(caption("Ada Quill/Post", "Ada Quill/Post"), None);
        assert_eq!(caption("Photograph: Ada Quill", "Ada Quill"), None);
        assert_eq!(caption("At dawn.", "Ada Quill"), told("At dawn."));
        assert_eq!(caption("At dawn.", ""), told("At dawn."));
    }
}
