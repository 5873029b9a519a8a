//! The measurements as tables, as JSON, and against their budgets.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use super::cleaning::Cleaning;
use super::sizes::{Page, Size, bundle};
use super::sources::Reading;
use super::weight::Weight;

/// One prerender run.
pub struct Scale {
    pub articles: usize,
    pub pages: usize,
    pub took: Duration,
    /// Seconds for related stories (of all cores) and for the search index, both within `took`.
    pub parts: Option<(f64, f64)>,
    pub peak_bytes: Option<u64>,
}

impl Scale {
    fn pages_per_second(&self) -> f64 {
        self.pages as f64 / self.took.as_secs_f64()
    }
}

/// A limit and what was measured against it, both in `unit`.
pub struct Budget {
    pub what: String,
    pub unit: &'static str,
    pub measured: f64,
    pub limit: f64,
}

impl Budget {
    pub fn holds(&self) -> bool {
        self.measured <= self.limit
    }

    /// The budgets that the measurements speak to.
    pub fn all(
        assets: &[Size],
        pages: &[Page],
        scales: &[Scale],
        reading: &Reading,
    ) -> Vec<Budget> {
        let mut all = Vec::new();
        let mut add = |what: String, unit, measured: f64, limit| {
            all.push(Budget {
                what,
                unit,
                measured,
                limit,
            });
        };
        let kilo = |bytes: usize| bytes as f64 / 1000.0;
        add(
            "app: wasm and js".into(),
            "KB",
            kilo(bundle(assets, "app")),
            130.0,
        );
        add(
            "desk: wasm and js".into(),
            "KB",
            kilo(bundle(assets, "desk")),
            125.0,
        );
        if bundle(assets, "widget") > 0 {
            add(
                "widget: wasm and js".into(),
                "KB",
                kilo(bundle(assets, "widget")),
                60.0,
            );
        }
        for page in pages {
            add(
                format!("{}: inlined css", page.whole.name),
                "KB",
                kilo(page.css.packed),
                6.0,
            );
            if page.whole.name == "1,000 words" {
                let what = "article of 1,000 words: page".to_owned();
                add(what, "KB", kilo(page.whole.packed), 14.0);
            }
        }
        for scale in scales.iter().filter(|scale| scale.articles == 10_000) {
            add(
                "10,000 articles: time".into(),
                "s",
                scale.took.as_secs_f64(),
                10.0,
            );
            if let Some(peak) = scale.peak_bytes {
                add(
                    "10,000 articles: peak memory".into(),
                    "MB",
                    peak as f64 / 1e6,
                    300.0,
                );
            }
        }
        if let Some(peak) = reading.large_peak {
            add(
                "feed of 200 MB: peak memory".into(),
                "MB",
                peak as f64 / 1e6,
                100.0,
            );
        }
        all
    }
}

/// Everything that was measured.
pub struct Report {
    pub assets: Vec<Size>,
    pub weights: Vec<Weight>,
    pub pages: Vec<Page>,
    pub scales: Vec<Scale>,
    pub cleaning: Cleaning,
    pub reading: Reading,
    pub budgets: Vec<Budget>,
}

type Parts = std::collections::BTreeMap<String, usize>;

/// What a bundle's WebAssembly is, down to half a percent.
fn weighed(f: &mut fmt::Formatter<'_>, weight: &Weight) -> fmt::Result {
    let all = weight.all();
    let title = format!("{}: its WebAssembly", weight.bundle);
    writeln!(f, "\n{title:<44} {:>12} {:>12}", "bytes", "share")?;
    let mut line = |name: &str, bytes: usize| {
        let share = bytes as f64 / all as f64 * 100.0;
        writeln!(f, "{name:<44} {bytes:>12} {share:>10.1} %")
    };
    let (large, small): (Vec<_>, Vec<_>) = weight
        .parts
        .iter()
        .partition(|(_, bytes)| bytes * 200 >= all);
    for (name, bytes) in large {
        line(name, *bytes)?;
    }
    let rest = small.iter().map(|(_, bytes)| bytes).sum();
    line(&format!("{} more", small.len()), rest)?;
    line("together", all)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<44} {:>12} {:>12}", "file", "bytes", "brotli 11")?;
        for Size { name, raw, packed } in &self.assets {
            writeln!(f, "{name:<44} {raw:>12} {packed:>12}")?;
        }
        self.weights
            .iter()
            .try_for_each(|weight| weighed(f, weight))?;
        writeln!(
            f,
            "\n{:<14} {:>9} {:>11} {:>9} {:>9} {:>9}",
            "page", "bytes", "brotli 11", "css", "island", "the rest"
        )?;
        for Page {
            whole,
            css,
            island,
            text,
        } in &self.pages
        {
            writeln!(
                f,
                "{:<14} {:>9} {:>11} {:>9} {:>9} {:>9}",
                whole.name, whole.raw, whole.packed, css.packed, island.packed, text.packed
            )?;
        }
        writeln!(
            f,
            "\n{:<10} {:>9} {:>9} {:>10} {:>12} {:>9} {:>9}",
            "articles", "pages", "time", "pages/s", "peak memory", "related", "search"
        )?;
        for scale in &self.scales {
            let peak = scale
                .peak_bytes
                .map_or("unknown".into(), |b| format!("{:.0} MB", b as f64 / 1e6));
            let took = format!("{:.2} s", scale.took.as_secs_f64());
            let speed = format!("{:.0}", scale.pages_per_second());
            let part = |seconds: Option<f64>| seconds.map_or("?".into(), |s| format!("{s:.2} s"));
            let related = part(scale.parts.map(|parts| parts.0));
            let search = part(scale.parts.map(|parts| parts.1));
            writeln!(
                f,
                "{:<10} {:>9} {took:>9} {speed:>10} {peak:>12} {related:>9} {search:>9}",
                scale.articles, scale.pages
            )?;
        }
        let cleaning = &self.cleaning;
        writeln!(f, "\ncleaning HTML: {:.1} MB/s", cleaning.native / 1e6)?;
        for (who, rate) in &cleaning.browser {
            let who = who.replace('_', " ");
            writeln!(
                f,
                "cleaning HTML in Chromium, {who}: {:.1} MB/s",
                rate / 1e6
            )?;
        }
        if cleaning.added > 0 {
            let added = cleaning.added;
            writeln!(
                f,
                "cleaning HTML adds to a bundle: {added} bytes after brotli"
            )?;
        }
        for (format, speed) in &self.reading.formats {
            writeln!(f, "reading {format}: {speed:.1} MB/s")?;
        }
        let peak = self.reading.large_peak;
        writeln!(
            f,
            "reading a feed of 200 MB: {:.1} s, {}",
            self.reading.large_seconds,
            peak.map_or("memory unknown".into(), |b| format!(
                "{:.0} MB of memory",
                b as f64 / 1e6
            ))
        )?;
        writeln!(f, "\n{:<44} {:>12} {:>12}", "budget", "measured", "limit")?;
        for budget in &self.budgets {
            let Budget {
                what,
                unit,
                measured,
                limit,
            } = budget;
            let (measured, limit) = (
                format!("{measured:.1} {unit}"),
                format!("{limit:.0} {unit}"),
            );
            let verdict = if budget.holds() { "" } else { "  OVER" };
            writeln!(f, "{what:<44} {measured:>12} {limit:>12}{verdict}")?;
        }
        Ok(())
    }
}

impl Report {
    pub fn json(&self) -> Value {
        let size =
            |size: &Size| json!({ "name": size.name, "bytes": size.raw, "brotli": size.packed });
        let page = |page: &Page| {
            json!({
                "name": page.whole.name, "bytes": page.whole.raw, "brotli": page.whole.packed,
                "css_brotli": page.css.packed, "island_brotli": page.island.packed,
                "rest_brotli": page.text.packed,
            })
        };
        let scale = |scale: &Scale| {
            json!({
                "articles": scale.articles, "pages": scale.pages,
                "seconds": scale.took.as_secs_f64(), "pages_per_second": scale.pages_per_second(),
                "related_seconds": scale.parts.map(|parts| parts.0),
                "search_seconds": scale.parts.map(|parts| parts.1),
                "peak_bytes": scale.peak_bytes,
            })
        };
        let budget = |budget: &Budget| {
            json!({
                "what": budget.what, "unit": budget.unit, "measured": budget.measured,
                "limit": budget.limit, "holds": budget.holds(),
            })
        };
        json!({
            "assets": self.assets.iter().map(size).collect::<Vec<_>>(),
            "weights": self.weights.iter()
                .map(|weight| (weight.bundle, weight.parts.iter().cloned().collect::<Parts>()))
                .collect::<std::collections::BTreeMap<_, _>>(),
            "pages": self.pages.iter().map(page).collect::<Vec<_>>(),
            "prerender": self.scales.iter().map(scale).collect::<Vec<_>>(),
            "cleaning_bytes_per_second": self.cleaning.native,
            "cleaning_in_browser_bytes_per_second": self.cleaning.browser.iter().cloned()
                .collect::<std::collections::BTreeMap<_, _>>(),
            "cleaning_adds_brotli": self.cleaning.added,
            "reading_megabytes_per_second": self.reading.formats.iter().cloned()
                .collect::<std::collections::BTreeMap<_, _>>(),
            "large_feed": {
                "bytes": 200_000_000, "seconds": self.reading.large_seconds,
                "peak_bytes": self.reading.large_peak,
            },
            "budgets": self.budgets.iter().map(budget).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_past_its_budget_does_not_hold() {
        let asset = |packed| {
            [Size {
                name: "app-1_bg.wasm".into(),
                raw: 0,
                packed,
            }]
        };
        assert!(
            Budget::all(&asset(129_000), &[], &[], &Reading::default())
                .iter()
                .all(Budget::holds)
        );
        assert!(
            !Budget::all(&asset(131_000), &[], &[], &Reading::default())
                .iter()
                .all(Budget::holds)
        );
    }

    #[test]
    fn ten_thousand_articles_have_a_time_and_a_memory_to_keep() {
        let scale = |seconds, peak| Scale {
            articles: 10_000,
            pages: 20_000,
            took: Duration::from_secs(seconds),
            parts: None,
            peak_bytes: Some(peak),
        };
        let kept = |scale| {
            let budgets = Budget::all(&[], &[], &[scale], &Reading::default());
            budgets.iter().all(Budget::holds)
        };
        assert!(kept(scale(9, 200_000_000)));
        assert!(!kept(scale(11, 200_000_000)));
        assert!(!kept(scale(9, 400_000_000)));
    }

    #[test]
    fn a_large_feed_has_a_memory_to_keep() {
        let kept = |large_peak| {
            let reading = Reading {
                large_peak,
                ..Reading::default()
            };
            Budget::all(&[], &[], &[], &reading)
                .iter()
                .all(Budget::holds)
        };
        assert!(kept(Some(99_000_000)) && kept(None));
        assert!(!kept(Some(101_000_000)));
    }
}
