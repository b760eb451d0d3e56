//! The part of HTTP/1.1 that a client of AWS speaks: requests with a length, on connections that are kept.

use std::collections::HashMap;
use std::future::Future;
use std::net::TcpListener as Listener;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::Asked;

/// What goes out.
#[derive(Debug)]
pub(super) enum Sent {
    /// An answer: head and body.
    Whole(Vec<u8>),
    /// The first half of an answer, then the connection is cut.
    Half(Vec<u8>),
    /// An answer that comes in two halves, with a pause between them.
    Slow(Vec<u8>, Duration),
    /// The connection is cut.
    Nothing,
}

impl Sent {
    pub(super) fn whole(status: u16, headers: Vec<(&str, String)>, body: String) -> Self {
        Self::Whole(written(status, headers, body))
    }
}

pub(super) fn written(status: u16, headers: Vec<(&str, String)>, body: String) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body.as_bytes());
    bytes
}

/// Starts a server on threads of its own. It ends when what comes along with its address is dropped.
///
/// # Panics
/// When there is no free port, or no thread.
pub(super) fn start<A, F>(answer: A) -> (String, oneshot::Sender<()>)
where
    A: Fn(Asked) -> F + Send + Sync + 'static,
    F: Future<Output = Sent> + Send + 'static,
{
    let listener = Listener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (stop, stopped) = oneshot::channel();
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("threads").block_on(async move {
            let listener = TcpListener::from_std(listener).expect("a listener");
            let accepting = async {
                loop {
                    let Ok((stream, _)) = listener.accept().await else { continue };
                    tokio::spawn(converse(stream, Arc::clone(&answer)));
                }
            };
            tokio::select! {
                () = accepting => {}
                _ = stopped => {}
            }
        });
    });
    (url, stop)
}

/// Answers the requests of a connection. A client that has gone is no concern of the server.
async fn converse<A, F>(mut stream: TcpStream, answer: Arc<A>) -> std::io::Result<()>
where
    A: Fn(Asked) -> F,
    F: Future<Output = Sent>,
{
    stream.set_nodelay(true)?;
    let mut bytes = Vec::new();
    while let Some(asked) = read(&mut stream, &mut bytes).await? {
        let half = |whole: &Vec<u8>| whole.len() / 2;
        match answer(asked).await {
            Sent::Whole(whole) => stream.write_all(&whole).await?,
            Sent::Slow(whole, pause) => {
                let (first, second) = whole.split_at(half(&whole));
                stream.write_all(first).await?;
                tokio::time::sleep(pause).await;
                stream.write_all(second).await?;
            }
            Sent::Half(whole) => return stream.write_all(whole.split_at(half(&whole)).0).await,
            Sent::Nothing => return Ok(()),
        }
    }
    Ok(())
}

/// The next request; none when the client is done.
async fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> std::io::Result<Option<Asked>> {
    loop {
        if let Some((asked, length)) = parsed(bytes) {
            bytes.drain(..length);
            return Ok(Some(asked));
        }
        if stream.read_buf(bytes).await? == 0 {
            return Ok(None);
        }
    }
}

/// The request that the bytes begin with, once it is complete, and its length.
fn parsed(bytes: &[u8]) -> Option<(Asked, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, rest) = bytes.split_at_checked(end + 4)?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let headers: HashMap<String, String> =
        lines.filter_map(|line| line.split_once(": ")).map(|(n, v)| (n.to_lowercase(), v.to_owned())).collect();
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let body = String::from_utf8_lossy(rest.get(..length)?).into_owned();
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    Some((Asked { method, path, headers, body }, end + 4 + length))
}
