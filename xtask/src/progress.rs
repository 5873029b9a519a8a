//! What a person at the terminal sees while something long runs.
//!
//! A step says what it does before it starts, shows its elapsed time while it runs, and says how
//! long it took. On a terminal the line is redrawn each second; in a log (a CI run) only the
//! start and the end are written, with a sign of life every minute, so that logs stay readable.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A running step. Finish it with [`Step::done`]; dropping it otherwise ends the line as failed.
pub struct Step {
    text: String,
    started: Instant,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Step {
    /// Announces `text` ("Installing trunk 0.21.14 (about 8 minutes, once)") and starts the clock.
    pub fn start(text: impl Into<String>) -> Step {
        let text = text.into();
        let started = Instant::now();
        let terminal = std::io::stderr().is_terminal();
        if terminal {
            eprint!("  {text} …");
        } else {
            eprintln!("  {text} …");
        }
        let _ = std::io::stderr().flush();
        let (stop, stopped) = channel::<()>();
        let line = text.clone();
        let pause = Duration::from_secs(if terminal { 1 } else { 60 });
        let thread = std::thread::spawn(move || {
            // Until the sender goes away, every timeout is one more sign of life.
            while let Err(std::sync::mpsc::RecvTimeoutError::Timeout) = stopped.recv_timeout(pause)
            {
                let so_far = time(started.elapsed());
                if terminal {
                    eprint!("\r\x1b[2K  {line} … {so_far}");
                    let _ = std::io::stderr().flush();
                } else {
                    eprintln!("  {line} … {so_far} so far");
                }
            }
        });
        Step {
            text,
            started,
            ticker: Some((stop, thread)),
        }
    }

    /// Ends the step well and tells its time.
    pub fn done(mut self) -> Duration {
        let took = self.started.elapsed();
        self.end(&format!("\u{2713} {} ({})", self.text, time(took)));
        took
    }

    fn end(&mut self, line: &str) {
        let Some((stop, thread)) = self.ticker.take() else {
            return;
        };
        drop(stop);
        let _ = thread.join();
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[2K");
        }
        eprintln!("{line}");
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        let line = format!("\u{2717} {} ({})", self.text, time(self.started.elapsed()));
        self.end(&line);
    }
}

/// A span of time as people say it: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn time(span: Duration) -> String {
    let seconds = span.as_secs_f64();
    if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else if seconds < 60.0 {
        format!("{seconds:.0} s")
    } else {
        format!("{} min {:02} s", span.as_secs() / 60, span.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_say_them() {
        assert_eq!(time(Duration::from_millis(412)), "0.4 s");
        assert_eq!(time(Duration::from_secs(12)), "12 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 05 s");
    }
}
