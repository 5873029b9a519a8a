//! Dateline: the same Rust code turns any article source into a prerendered news site.
