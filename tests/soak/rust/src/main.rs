//! A worker of `tests/soak` (see its README): uses the tokens of its accounts until its input ends.

use std::env;
use std::io::{self, BufRead as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use pinterest_sdk::{
    Account, ApiClient, ApiRequest, CallOptions, Configuration, Error, ErrorKind, FileStore,
    OauthAccessTokenRequest, OauthApi, RedisStore, TokenManager,
};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut arguments = env::args().skip(1);
    let store = arguments.next().unwrap_or_default();
    let client = ApiClient::new(Configuration::from_env())?;
    let accounts = arguments
        .map(|name| Account::new(&name))
        .collect::<Result<Vec<Account>, Error>>()?;
    let Some(first) = accounts.first() else {
        return Ok(());
    };
    let manager = match store.strip_prefix("file:") {
        Some(folder) => TokenManager::new(client.clone(), FileStore::new(folder), first.clone())?,
        None => TokenManager::new(client.clone(), redis_store(&store).await?, first.clone())?,
    };
    let (codes, is_over) = input();

    let mut used = 0;
    for account in accounts.iter().cycle() {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let tokens = manager.account(account.clone());
        match use_one(&client, &tokens).await {
            Ok(success) => used += u32::from(success),
            Err(error) if error.kind() == ErrorKind::ReauthorizationRequired => {
                say(&format!("login {account} {error}"));
                let Ok(code) = codes.recv() else {
                    break;
                };
                let request = OauthAccessTokenRequest::authorization_code(code, "http://localhost:8085/");
                match OauthApi::new(client.clone()).oauth_token(request).await {
                    Ok(answer) => drop(tokens.adopt(answer).await),
                    Err(error) => fail(account, &error),
                }
            }
            Err(error) => fail(account, &error),
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    manager.close(Duration::from_secs(30)).await;
    say(&format!("done {used}"));
    Ok(())
}

/// Uses a token; whether the API took it. One that it refused is given back.
async fn use_one(client: &ApiClient, tokens: &TokenManager) -> Result<bool, Error> {
    let token = tokens.access_token().await?;
    let configuration = client.configuration().clone().with_access_token(token.expose());
    let request = ApiRequest::get("/user_account");
    let client = client.reconfigured(configuration)?;
    match client
        .request::<serde_json::Value>(request, &CallOptions::default())
        .await
    {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::Authentication => {
            tokens.invalidate(token.expose());
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// The store of `redis://…`, over a connection that is made again when it breaks.
async fn redis_store(address: &str) -> Result<RedisStore, Error> {
    let failed = |error: redis::RedisError| Error::store(error.to_string());
    let client = redis::Client::open(address).map_err(failed)?;
    let connection = client.get_connection_manager().await.map_err(failed)?;
    Ok(RedisStore::new(connection))
}

/// Codes from standard input, and whether it has ended.
fn input() -> (Receiver<String>, Arc<AtomicBool>) {
    let (give, codes) = channel();
    let is_over = Arc::new(AtomicBool::new(false));
    let over = Arc::clone(&is_over);
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            let _ = give.send(line);
        }
        over.store(true, Ordering::Relaxed);
    });
    (codes, is_over)
}

fn fail(account: &Account, error: &Error) {
    say(&format!("failed {account} {} {error}", error.kind().name()));
}

fn say(line: &str) {
    // Nobody is left to hear it otherwise.
    let _ = writeln!(io::stdout(), "{line}");
}
