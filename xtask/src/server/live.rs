//! Telling open pages that the site has been built again (only under `serve`).
//!
//! Server-sent events at an address of their own, and a script that listens to them. The script
//! is a file, not inline, so the site's own Content-Security-Policy stays as it is shipped.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The folder of addresses that exist only under `serve`.
pub const PREFIX: &str = "/__dateline/";

/// What is put into HTML answers.
pub const TAG: &str = "<script src=\"/__dateline/reload.js\" defer></script>";

/// The listening script. A message from a failed rebuild goes to the console, where whoever edits
/// the sources has a second look; the page stays.
pub const SCRIPT: &str = "\
const events = new EventSource('/__dateline/events');
events.addEventListener('reload', () => location.reload());
events.addEventListener('failed', () => console.error('Dateline: the build failed; see the terminal'));
addEventListener('pagehide', () => events.close());
";

/// Who listens.
#[derive(Default)]
pub struct Live {
    listeners: Mutex<Vec<Sender<&'static str>>>,
}

/// One open page.
pub struct Listener(Receiver<&'static str>);

impl Live {
    pub fn listen(&self) -> Listener {
        let (sender, receiver) = channel();
        self.lock().push(sender);
        Listener(receiver)
    }

    /// The site is new: pages reload.
    pub fn reload(&self) {
        self.send("event: reload\ndata: now\n\n");
    }

    /// A rebuild failed: pages say so in their console.
    pub fn failed(&self) {
        self.send("event: failed\ndata: now\n\n");
    }

    fn send(&self, message: &'static str) {
        self.lock()
            .retain(|listener| listener.send(message).is_ok());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Sender<&'static str>>> {
        // A thread that died while holding the list leaves it as good as it was.
        self.listeners
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Listener {
    /// Passes messages on to `write` until it fails, which is how a closed page shows. The
    /// comment line every few seconds is what notices pages that closed without a word.
    pub fn tell(self, mut write: impl FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<()> {
        loop {
            match self.0.recv_timeout(Duration::from_secs(10)) {
                Ok(message) => write(message.as_bytes())?,
                Err(RecvTimeoutError::Timeout) => write(b": still here\n\n")?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}
