//! Somebody with a token.

use pinterest_sandbox::Sandbox;
use serde_json::{Value, json};

use super::{Answer, control, request};

pub const ALL: &str = "user_accounts:read,boards:read,boards:write,pins:read,pins:write,ads:read";
pub const FIRST_BOARD: &str = "5497558600000";

/// A person with a token of some scopes.
pub struct Person<'a> {
    sandbox: &'a Sandbox,
    headers: String,
}

impl<'a> Person<'a> {
    pub async fn with(sandbox: &'a Sandbox, scope: &str) -> Self {
        let minted = control(sandbox, "POST", "tokens", json!({"scope": scope})).await;
        let token = minted["access_token"].as_str().unwrap();
        let headers = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
        Self { sandbox, headers }
    }

    pub async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        request(self.sandbox, method, &format!("/v5{path}"), &self.headers, &text).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, Value::Null).await
    }

    /// Creates something; gives its id.
    pub async fn create(&self, path: &str, body: Value) -> String {
        let answer = self.ask("POST", path, body).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub async fn delete(&self, path: &str) {
        let answer = self.ask("DELETE", path, Value::Null).await;
        assert_eq!((answer.status, &*answer.body), (204, ""), "{path}");
        assert!(!answer.head.contains("Content-Length"), "{}", answer.head);
    }

    /// How many entries all pages of a list have.
    pub async fn count(&self, path: &str) -> (usize, usize) {
        let (mut seen, mut pages, mut bookmark) = (0, 0, String::new());
        loop {
            let page = self.get(&format!("{path}{bookmark}")).await.json();
            seen += page["items"].as_array().unwrap().len();
            pages += 1;
            match page["bookmark"].as_str() {
                Some(next) => bookmark = format!("&bookmark={next}"),
                None => return (seen, pages),
            }
        }
    }
}

pub fn image(board_id: &str) -> Value {
    json!({"board_id": board_id, "title": "A title", "media_source": {"source_type": "image_url", "url": "https://example.com/a.jpg"}})
}
