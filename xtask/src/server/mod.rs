//! A small static server that behaves as real hosts do.
//!
//! `serve` shows the site with it and every browser test runs against it, so what passes here is
//! meant to pass on Netlify, Cloudflare Pages, GitHub Pages or nginx: `index.html` of folders and
//! the redirect to the trailing slash, `404.html`, `_headers`, `_redirects`, a base path,
//! compression, entity tags. [`site::Site`] decides what a request gets and knows no sockets;
//! [`http`] knows sockets and nothing else. It listens on 127.0.0.1 only.

mod address;
mod compress;
mod http;
mod live;
mod mime;
mod pattern;
mod rules;
mod site;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};

pub use compress::{Effort, brotli};
pub use live::Live;
use site::Site;

use crate::args::ServeDirOptions;

/// What to serve and how.
pub struct Options {
    pub dir: PathBuf,
    pub base: String,
    pub port: u16,
    pub effort: Effort,
    /// Given by `serve`: open pages are told to reload when the site has changed.
    pub live: Option<Arc<Live>>,
}

/// A server that listens but does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    site: Arc<Site>,
}

impl Server {
    /// Takes the port.
    pub fn bind(options: Options) -> Result<Server> {
        anyhow::ensure!(
            options.dir.is_dir(),
            "there is no folder {} to serve",
            options.dir.display()
        );
        let listener = TcpListener::bind(("127.0.0.1", options.port)).with_context(|| {
            format!(
                "port {} of 127.0.0.1 is taken; end what runs there, or choose another with --port",
                options.port
            )
        })?;
        let address = listener.local_addr()?;
        let site = Site::new(options.dir, options.base, options.effort, options.live);
        Ok(Server {
            listener,
            address,
            site: Arc::new(site),
        })
    }

    /// The address of the site's front page.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.site.base())
    }

    /// Answers in the background for as long as the process lives.
    pub fn spawn(self) {
        std::thread::spawn(move || self.run());
    }

    /// Answers for ever, one thread a connection: a browser opens a handful.
    pub fn run(self) {
        for stream in self.listener.incoming() {
            let Ok(stream) = stream else { continue };
            let site = Arc::clone(&self.site);
            std::thread::spawn(move || converse(&stream, &site));
        }
    }
}

/// One connection, until either side has had enough. A broken one concerns nobody else.
fn converse(stream: &TcpStream, site: &Site) {
    let _ = http::converse(stream, |request| site.answer(request));
}

/// `cargo xtask serve-dir`.
pub fn serve_dir(options: &ServeDirOptions) -> Result<()> {
    let server = Server::bind(Options {
        dir: options.dir.clone(),
        base: options.base.clone(),
        port: options.port,
        effort: options.effort,
        live: None,
    })?;
    // The port already listens: whoever reads this line can connect.
    println!("{}", server.url());
    server.run();
    Ok(())
}
