//! A report as text for people and as JSON for machines, and the `site.json` to begin with.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{Plan, Report};
use crate::model::{Secret, SourceKind};
use crate::source::place::is_absolute;

/// Skipped items that a person wants to read; the JSON has all of them.
const SHOWN: usize = 10;

/// For machines.
pub(super) fn json(report: &Report) -> String {
    let fields: Map<String, Value> = Report::fields()
        .iter()
        .map(|field| {
            (
                (*field).to_owned(),
                json!((report.share(field) * 1000.0).round() / 1000.0),
            )
        })
        .collect();
    let sections: Vec<Value> = report
        .sections
        .iter()
        .map(|(path, (name, count))| json!({ "path": path, "name": name, "articles": count }))
        .collect();
    let cors = report.cors.as_ref().map(|cors| {
        json!({ "allowed": cors.allowed, "origin": cors.origin, "exposed": cors.exposed,
                "preflight": cors.preflight })
    });
    let value = json!({
        "ok": report.showable(),
        "kind": (!report.address.is_empty()).then(|| report.kind.name()),
        "address": report.address,
        "title": report.about.title,
        "description": report.about.description,
        "language": report.about.language,
        "articles": report.articles,
        "pages": report.pages,
        "total": report.total,
        "skipped": report.skipped,
        "sections": sections,
        "oldest": report.oldest,
        "newest": report.newest,
        "fields": fields,
        "pictures": { "all": report.pictures, "without_alt": report.without_alt,
                      "http": report.mixed },
        "cors": cors,
        "problems": report.problems,
        "notes": report.notes,
        "site": report.site,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

/// For people. Writing to a `String` cannot fail.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    if !report.address.is_empty() || report.articles > 0 {
        let _ = writeln!(out, "{} {}", report.kind.name(), report.address);
    }
    if let Some(title) = &report.about.title {
        let _ = writeln!(out, "title      {title}");
    }
    if let Some(description) = report
        .about
        .description
        .as_ref()
        .filter(|it| !it.is_empty())
    {
        let _ = writeln!(out, "about      {description}");
    }
    if report.articles > 0 {
        let total = report
            .total
            .map(|total| format!(" of {total}"))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "articles   {}{total} on {} page{}",
            report.articles,
            report.pages,
            if report.pages == 1 { "" } else { "s" }
        );
        if let (Some(oldest), Some(newest)) = (report.oldest, report.newest) {
            let _ = writeln!(out, "dates      {oldest} to {newest}");
        }
        let mut sections: Vec<_> = report.sections.iter().collect();
        sections.sort_by_key(|(_, (_, count))| std::cmp::Reverse(*count));
        let named: Vec<String> = sections
            .iter()
            .take(12)
            .map(|(path, (_, count))| format!("{path} ({count})"))
            .collect();
        if !named.is_empty() {
            let more = sections.len().saturating_sub(12);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            let _ = writeln!(out, "sections   {}{more}", named.join(", "));
        }
        let _ = writeln!(out, "\nfield        share of articles");
        for field in Report::fields() {
            let share = report.share(field);
            let bar = "#".repeat((share * 20.0).round() as usize);
            let _ = writeln!(out, "  {field:<11}{:>4.0} %  {bar}", share * 100.0);
        }
        let _ = writeln!(
            out,
            "\npictures   {} ({} without alternative text, {} named with http)",
            report.pictures, report.without_alt, report.mixed
        );
    }
    if let Some(cors) = &report.cors {
        let _ = writeln!(
            out,
            "browsers   {}",
            match (cors.allowed, &cors.origin) {
                (true, _) if cors.preflight =>
                    "may read it after a preflight (extra headers)".into(),
                (true, _) => "of other origins may read it".to_owned(),
                (false, Some(origin)) => format!("of other origins may not; only {origin} may"),
                (false, None) => "of other origins may not read it (no CORS header)".to_owned(),
            }
        );
        if !cors.exposed.is_empty() {
            let _ = writeln!(
                out,
                "           headers they see: {}",
                cors.exposed.join(", ")
            );
        }
    }
    list(&mut out, "problems", &report.problems);
    list(&mut out, "notes", &report.notes);
    if !report.skipped.is_empty() {
        let _ = writeln!(out, "\nskipped    {}", report.skipped.len());
        for skipped in report.skipped.iter().take(SHOWN) {
            let _ = writeln!(out, "  - {}: {}", skipped.item, skipped.reason);
        }
        if report.skipped.len() > SHOWN {
            let _ = writeln!(
                out,
                "  and {} more (--json has all)",
                report.skipped.len() - SHOWN
            );
        }
    }
    if report.showable() {
        let site = serde_json::to_string_pretty(&report.site).unwrap_or_default();
        let _ = writeln!(out, "\nA site.json to begin with:\n{site}");
        if report.site.get("url").is_none() {
            let _ = writeln!(
                out,
                "Give it a \"url\" as well, the address readers will find the site at: canonical \
                 addresses, feeds and sitemap are made of it."
            );
        }
    } else if report.unread {
        let _ = writeln!(out, "\nNothing was read.");
    } else {
        let _ = writeln!(out, "\nThe app could not show this source.");
    }
    out
}

fn list(out: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(out, "\n{title}");
        for line in lines {
            let _ = writeln!(out, "  - {line}");
        }
    }
}

/// What was found, as configuration. Secrets appear by the name of their variable only.
pub(super) fn suggested(report: &Report, plan: &Plan) -> Value {
    let mut source = Map::new();
    source.insert("kind".into(), json!(report.kind.name()));
    if !plan.config.url.is_empty() {
        source.insert("url".into(), json!(plan.config.url));
    }
    let named = |secret: &Secret, fallback: &str| match secret {
        Secret::Env(name) => json!({ "env": name }),
        Secret::Open(_) | Secret::Revealed(_) => json!({ "env": fallback }),
    };
    if let Some(key) = &plan.config.key {
        let fallback = plan.key_env.as_deref().unwrap_or("SOURCE_KEY");
        // Ghost's content key is public by design.
        let key = match (plan.config.kind, key) {
            (SourceKind::Ghost, Secret::Open(open)) => json!(open),
            _ => named(key, fallback),
        };
        source.insert("key".into(), key);
    }
    if !plan.config.headers.is_empty() {
        let headers: Map<String, Value> = plan
            .config
            .headers
            .iter()
            .map(|(name, value)| {
                let variable = name.to_uppercase().replace('-', "_");
                (name.clone(), named(value, &variable))
            })
            .collect();
        source.insert("headers".into(), Value::Object(headers));
    }
    for (key, value) in &plan.config.options {
        source.insert(key.clone(), value.clone());
    }
    let mut site = Map::new();
    let title = plan
        .site
        .as_ref()
        .map(|site| site.title.clone())
        .filter(|it| !it.is_empty());
    let title = title.or_else(|| report.about.title.clone());
    site.insert(
        "title".into(),
        json!(title.unwrap_or_else(|| "My newspaper".into())),
    );
    if let Some(description) = report
        .about
        .description
        .as_ref()
        .filter(|it| !it.is_empty())
    {
        site.insert("description".into(), json!(description));
    }
    let language = report.about.language.clone().unwrap_or_else(|| "en".into());
    site.insert("language".into(), json!(language));
    site.insert("source".into(), Value::Object(source));
    let mut sections: Vec<_> = report.sections.iter().collect();
    sections.sort_by_key(|(_, (_, count))| std::cmp::Reverse(*count));
    let top: Vec<&String> = sections
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| !path.contains('/'))
        .take(8)
        .collect();
    if !top.is_empty() {
        site.insert("sections".into(), json!(top));
    }
    if report.cors.as_ref().is_some_and(|cors| cors.allowed)
        && !plan.config.has_secrets()
        && is_absolute(&plan.config.url)
    {
        site.insert("fresh".into(), json!("api"));
    }
    Value::Object(site)
}
