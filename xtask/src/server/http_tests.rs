//! Conversations over a real socket, each with a server of its own.

use std::net::TcpListener;

use super::*;

/// Says `request` to a server that answers with the target it was asked for; gives all it says
/// until it closes.
fn conversation(request: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("the test connects");
        let _ = converse(&stream, |request| Response::text(200, &request.target));
    });
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .write_all(request.as_bytes())
        .expect("the server reads");
    stream
        .shutdown(std::net::Shutdown::Write)
        .expect("an open socket");
    let mut said = String::new();
    stream
        .read_to_string(&mut said)
        .expect("the server answers in text");
    server.join().expect("the server does not panic");
    said
}

#[test]
fn requests_sent_at_once_are_answered_in_turn_on_one_connection() {
    let said = conversation("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(said.matches("HTTP/1.1 200 OK").count(), 2);
    assert!(said.find("/a") < said.find("/b"));
    assert!(said.contains("Connection: keep-alive"));
}

#[test]
fn a_head_request_gets_the_length_but_not_the_body() {
    let said = conversation("HEAD /long HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(said.contains("Content-Length: 5\r\n"), "{said}");
    assert!(said.ends_with("\r\n\r\n"), "{said}");
}

#[test]
fn a_body_is_refused_and_ends_the_connection() {
    let said =
        conversation("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\r\n");
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    assert_eq!(said.matches("HTTP/1.1").count(), 1);
}

#[test]
fn nonsense_and_endless_heads_are_refused() {
    assert!(conversation("not http at all\r\n\r\n").starts_with("HTTP/1.1 400"));
    let endless = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(LONGEST_HEAD + 10));
    assert!(conversation(&endless).starts_with("HTTP/1.1 400"));
    assert_eq!(conversation("GET / HT"), "", "half a request is no request");
}

#[test]
fn a_line_break_in_a_value_cannot_begin_another_header() {
    let response = Response::new(200).with("X-A", "a\r\nX-B: b");
    let text = String::from_utf8(head(&response, true)).expect("a head is text");
    assert!(text.contains("X-A: aX-B: b\r\n"), "{text}");
}
