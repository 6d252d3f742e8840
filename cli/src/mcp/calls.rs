//! Calls of operations with the profile's token, and what is told of their answers.

use std::future::Future;
use std::time::Duration;

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Value, json};
use tokio::sync::{Mutex, oneshot};
use tokio::time::sleep;

use crate::failure::Failure;
use crate::keys;
use crate::screen::{Screen, facts};
use crate::settings::Settings;
use crate::token::{self, Held};
use pinterest_sdk::operations::{Bookmarks, Operation, read_answer};
use pinterest_sdk::{ApiClient, ApiResponse, CallOptions, OperationCall};

/// How long a call waits, without saying so, for a limit of Pinterest's that is used up: a window of a second, and not
/// one of a minute.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a token that could not be kept is tried to be kept.
const AGAIN: Duration = Duration::from_secs(2);

/// A call that a client waits for.
pub(super) struct Asked {
    pub(super) call: OperationCall,
    pub(super) pages: u32,
    /// Closed when nobody waits any more.
    pub(super) reply: oneshot::Sender<CallToolResult>,
}

/// What calls are made with.
pub(super) struct Calls<'a> {
    pub(super) settings: &'a Settings,
    pub(super) screen: &'a Screen,
    /// Whether requests are shown instead of sent.
    pub(super) dry_run: bool,
    /// The longest text of a result.
    pub(super) most_bytes: usize,
    /// One call at a time asks for a token, and so renews it.
    pub(super) connection: Mutex<Connection>,
}

/// What a call leaves to the next.
#[derive(Default)]
pub(super) struct Connection {
    /// The last client, for what it is connected to.
    client: Option<ApiClient>,
    held: Option<Held>,
}

impl Calls<'_> {
    /// Keeps what could not be kept as soon as can be, though no call comes: whoever else renews meanwhile sends a refresh
    /// token that is used up.
    pub(super) async fn keep_behind(&self) {
        loop {
            sleep(AGAIN).await;
            let held = &mut self.connection.lock().await.held;
            Held::keep_behind(held, self.settings, self.screen).await;
        }
    }

    /// Ends, once no call is made any more.
    pub(super) async fn end(self) {
        let held = self.connection.into_inner().held;
        Held::keep_at_the_end(held, self.settings, self.screen).await;
    }

    /// Makes the call, unless nobody waits for it any more when its turn comes. What asks for a token is never dropped on
    /// the way: the token that it gets may be the only one.
    pub(super) async fn answer(&self, asked: Asked) {
        let Asked {
            call,
            pages,
            mut reply,
        } = asked;
        if reply.is_closed() {
            return;
        }
        if !self.settings.is_token_given() {
            keys::fetch(&self.settings.store, self.screen).await;
        }
        let result = if self.dry_run {
            self.shown(&call).await.map(|text| vec![ContentBlock::text(text)])
        } else {
            self.made(call, pages, &mut reply).await
        };
        // Whoever has gone needs no answer.
        let _ = reply.send(match result {
            Ok(content) => CallToolResult::success(content),
            Err(failure) => failed(&failure),
        });
    }

    async fn shown(&self, call: &OperationCall) -> Result<String, Failure> {
        let request = call.request()?;
        let url = format!(
            "{}{}",
            self.settings.destination(self.screen).await?,
            request.target()
        );
        Ok(json!({"method": request.method(), "url": url, "body": call.body()}).to_string())
    }

    /// A block for each page; as many as are asked for and as there is room for. Where a later one fails, those before
    /// it are given, and why it failed: their last bookmark leads on.
    async fn made(
        &self,
        call: OperationCall,
        pages: u32,
        reply: &mut oneshot::Sender<CallToolResult>,
    ) -> Result<Vec<ContentBlock>, Failure> {
        let operation = call.operation().clone();
        let first = call.argument("bookmark").and_then(Value::as_str);
        let mut bookmarks = Bookmarks::from(first);
        let mut call = call;
        let (mut content, mut bytes) = (Vec::new(), 0);
        let mut before = None;
        for page in 1..=pages {
            let (client, answer) = match self.page(&call, before.as_ref(), reply).await {
                Ok(page) => page,
                Err(failure) if page > 1 => {
                    content.push(ContentBlock::text(told(&failure)));
                    break;
                }
                Err(failure) => return Err(failure),
            };
            // No answer of Pinterest's repeats the token; one from elsewhere might, in any place and encoding.
            let text = client.without_secrets(&text_of(&answer));
            if page > 1 && bytes + text.len() > self.most_bytes {
                let note = "There was no room for the page of the bookmark above; ask for it alone.";
                content.push(ContentBlock::text(note));
                break;
            }
            let shown: Value = read_answer(text.as_bytes()).unwrap_or_default();
            let blocks = self.blocks(text, &operation, &shown);
            bytes += blocks.iter().map(String::len).sum::<usize>();
            content.extend(blocks.into_iter().map(ContentBlock::text));
            before = Some(client);
            if page == pages {
                break;
            }
            match bookmarks.after(&answer.data) {
                Ok(Some(next)) => call = call.with("bookmark", next),
                Ok(None) => break,
                Err(error) => {
                    content.push(ContentBlock::text(told(&error.into())));
                    break;
                }
            }
        }
        Ok(content)
    }

    /// An answer, and the client that it came to: a token may end between two pages.
    async fn page(
        &self,
        call: &OperationCall,
        before: Option<&ApiClient>,
        reply: &mut oneshot::Sender<CallToolResult>,
    ) -> Result<(ApiClient, ApiResponse<Value>), Failure> {
        let client = self.connected(reply).await?;
        token::check_goes_on(self.settings, before, &client)?;
        let answer = while_waited_for(reply, self.ask(&client, call)).await?;
        Ok((client, answer))
    }

    /// A client with a valid token, on the connections of the one before.
    async fn connected(&self, reply: &mut oneshot::Sender<CallToolResult>) -> Result<ApiClient, Failure> {
        let turn = async { Ok(self.connection.lock().await) };
        let mut last = while_waited_for(reply, turn).await?;
        let client = token::bearer_held(self.settings, self.screen, &mut last.held).await?;
        let configuration = client.configuration().clone().with_rate_limit_wait(PATIENCE);
        let client = last.client.take().unwrap_or(client).reconfigured(configuration)?;
        last.client = Some(client.clone());
        Ok(client)
    }

    async fn ask(&self, client: &ApiClient, call: &OperationCall) -> Result<ApiResponse<Value>, Failure> {
        let answer = client.call(call, &CallOptions::default()).await;
        answer.map_err(|error| token::name_login(self.settings, error))
    }

    /// An answer, cut where it is too long, and what has to be said of it: that has a part of the room at most.
    fn blocks(&self, text: String, operation: &Operation, shown: &Value) -> Vec<String> {
        let room_of_a_note = self.most_bytes / 4;
        let mut failed = String::new();
        for one in operation.failures_in(shown) {
            let separator = if failed.is_empty() { "" } else { "; " };
            failed = failed + separator + &one.place + ": " + &one.value.to_string();
        }
        if let Some(part) = cut(&failed, room_of_a_note) {
            failed = format!("{part}… and more, which the answer has");
        }
        let (whole, room) = (text.len(), self.most_bytes.saturating_sub(failed.len()));
        let mut blocks = match cut(&text, room) {
            Some(part) => {
                let next = match shown.get("bookmark").and_then(Value::as_str) {
                    Some(bookmark) if bookmark.len() > room_of_a_note => {
                        " The bookmark of the next page is too long to be shown.".to_owned()
                    }
                    Some(bookmark) => format!(" The bookmark of the next page is {bookmark}"),
                    None => String::new(),
                };
                let note = format!(
                    "The answer has {whole} bytes, of which the first {} are above. A smaller page_size, or more of what narrows it, \
                     makes it shorter; --max-result-bytes is the limit.{next}",
                    part.len()
                );
                vec![part.to_owned(), note]
            }
            None => vec![text],
        };
        if !failed.is_empty() {
            blocks.push(format!(
                "The call succeeded, and some of its items failed: {failed}"
            ));
        }
        blocks
    }
}

/// The work's result, or an end when nobody waits for it any more: it is then not even begun.
async fn while_waited_for<T>(
    reply: &mut oneshot::Sender<CallToolResult>,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        () = reply.closed() => Err(Failure::usage("nobody waits for it any more", "ask again")),
        result = work => result,
    }
}

/// A failed call, with what happened and what to do.
pub(super) fn failed(failure: &Failure) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(told(failure))])
}

/// What happened and what to do, as JSON.
fn told(failure: &Failure) -> String {
    let mut facts = facts(failure);
    if let Value::Object(facts) = &mut facts {
        facts.retain(|_, fact| !fact.is_null());
    }
    json!({"error": facts}).to_string()
}

/// The answer as it came; where nothing came, its status.
fn text_of<T>(answer: &ApiResponse<T>) -> String {
    let text = String::from_utf8_lossy(answer.body.as_bytes());
    match text.trim() {
        "" => json!({"status": answer.status}).to_string(),
        text => text.to_owned(),
    }
}

/// The first bytes of a text, without half a character; none if it is short enough.
fn cut(text: &str, most: usize) -> Option<&str> {
    if text.len() <= most {
        return None;
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("abc", 3), None);
        assert_eq!(cut("abcd", 3), Some("abc"));
        assert_eq!(cut("aéé", 4), Some("aé"));
        assert_eq!(cut("é", 1), Some(""));
    }
}
