//! The help texts: what `--help` prints, for every command.

pub const ALL: &str = "\
Everything one does with a checkout of Dateline. What a command needs is found or installed first.

  cargo xtask serve       build the demo newsroom, serve it at http://127.0.0.1:8080, rebuild on change
  cargo xtask build       build a site into dist/, ready for any static host
  cargo xtask test        formatting, lints, native, WebAssembly and browser tests
  cargo xtask bench       sizes and speeds, as a table and in target/bench.json
  cargo xtask serve-dir   serve any folder the way a static host would

`cargo xtask COMMAND --help` tells a command's options.
";

pub const BUILD: &str = "\
Builds a site: every page as a file, and the app that makes it come alive.

  cargo xtask build [--site FILE] [--out DIR] [--base /path/]

  --site FILE     the site to build                      [public/site.json]
  --out DIR       where to                               [dist]
  --base /path/   where on its host the site will live   [/]
";

pub const SERVE: &str = "\
Builds a site and serves it at http://127.0.0.1:8080. When a source, a style or a story changes,
what has to be is built again, and open pages reload.

  cargo xtask serve [--site FILE] [--port N] [--base /path/]

  --site FILE     the site to show                       [public/site.json]
  --port N        0 takes any free port                  [8080]
  --base /path/   the path it lives under                [/]
";

pub const TEST: &str = "\
Runs every check and test, after setting up what they need. Ends with `N passed, N failed`.

  cargo xtask test [--only SUITE[,SUITE]] [NAME…]
  cargo xtask test --wordpress

  --only SUITE    fmt, clippy, deny, native, wasm, e2e, engines   [all of them]
  --wordpress     only these: a real WordPress on loopback (installs Debian's packages when it may)
  NAME            only tests (native, wasm) or spec files (e2e, engines) whose name contains it
";

pub const BENCH: &str = "\
Measures what readers download (after brotli 11), and how fast and in how much memory generated
archives are prerendered. Prints tables and writes target/bench.json.

  cargo xtask bench [--articles N[,N]] [--check]

  --articles N    sizes of the archives                  [100,1000,10000]
  --check         fail when a budget is passed
";

pub const SERVE_DIR: &str = "\
Serves a folder as a static host would: index.html of folders, 404.html, _headers, _redirects,
compression, entity tags. Prints the address once it answers.

  cargo xtask serve-dir DIR [--port N] [--base /path/] [--best]

  --port N        0 takes any free port                  [8080]
  --base /path/   the path the folder lives under        [/]
  --best          compress as hard as can be: for measuring
";
