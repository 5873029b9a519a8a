//! A server on loopback that misbehaves as it is told.

#![allow(dead_code)] // Each test program uses a part of it.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What to do with one request, by its path and how often it was asked before.
pub type Handler = dyn Fn(&Asked) -> Answer + Send + Sync;

pub struct Asked {
    pub path: String,
    pub head: String,
    /// What was posted.
    pub body: String,
    /// Times this path was asked before.
    pub before: usize,
}

pub enum Answer {
    /// Status, headers, body.
    Full(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Promises a length and hangs up in the middle.
    Cut(Vec<u8>),
    /// Takes the connection and never says anything.
    Silence,
}

pub fn json(body: impl Into<String>) -> Answer {
    Answer::Full(
        200,
        vec![("Content-Type", "application/json".into())],
        body.into().into_bytes(),
    )
}

pub struct Server {
    pub url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start(handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let handler: Arc<Handler> = Arc::new(handler);
        let (log, counts) = (asked.clone(), Arc::new(Mutex::new(HashMap::new())));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (handler, log, counts) = (handler.clone(), log.clone(), counts.clone());
                thread::spawn(move || serve(stream, &*handler, &log, &counts));
            }
        });
        Self { url, asked }
    }

    /// Paths asked so far, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a log").clone()
    }
}

fn serve(
    mut stream: TcpStream,
    handler: &Handler,
    log: &Mutex<Vec<String>>,
    counts: &Mutex<HashMap<String, usize>>,
) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse::<usize>().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    let _ = stream.read_exact(&mut body);
    let body = String::from_utf8_lossy(&body).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().expect("a log").push(path.clone());
    let before = {
        let mut counts = counts.lock().expect("counts");
        let count = counts.entry(path.clone()).or_insert(0);
        *count += 1;
        *count - 1
    };
    match handler(&Asked {
        path,
        head,
        body,
        before,
    }) {
        Answer::Full(status, headers, body) => {
            let mut text = format!(
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n",
                body.len()
            );
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            let _ = stream.write_all(text.as_bytes());
            let _ = stream.write_all(b"\r\n");
            let _ = stream.write_all(&body);
        }
        Answer::Cut(body) => {
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
                body.len() + 1000
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
        Answer::Silence => {
            // Until the other side gives up and closes.
            let _ = stream.read(&mut byte);
        }
    }
}
