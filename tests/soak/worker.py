"""A worker of the soak test in Python (see README.md): uses the tokens of its accounts until its input ends."""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import time

from pinterest_sdk import ApiClient, ApiException, Configuration, FileStore, OauthApi, TokenManager


def main() -> None:
    store, *accounts = sys.argv[1:]
    codes: queue.Queue[str | None] = queue.Queue()
    is_over = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            codes.put(line.strip())
        is_over.set()
        codes.put(None)

    threading.Thread(target=listen, daemon=True).start()
    used = 0
    with ApiClient(Configuration.from_env()) as client:
        manager = TokenManager(client, FileStore(store.removeprefix("file:")), account=accounts[0])
        for account in itertools.cycle(accounts):
            if is_over.is_set():
                break
            tokens = manager.account(account)
            try:
                used += use_one(client, tokens)
            except ApiException as error:
                if error.kind != "ReauthorizationRequired":
                    say("failed", account, error)
                else:
                    say("login", account, error)
                    if (code := codes.get()) is None:
                        break
                    log_in(client, tokens, account, code)
            time.sleep(0.005)
        manager.close(30)
    print("done", used, flush=True)


def use_one(client: ApiClient, tokens: TokenManager) -> bool:
    """Use a token; whether the API took it. One that it refused is given back."""
    token = tokens.access_token()
    try:
        client.call_api("/user_account", "GET", header_params={"Authorization": f"Bearer {token}"})
    except ApiException as error:
        if error.kind != "Authentication":
            raise
        tokens.invalidate(token)
        return False
    return True


def log_in(client: ApiClient, tokens: TokenManager, account: str, code: str) -> None:
    try:
        answer = OauthApi(client).oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
        tokens.adopt(answer)
    except ApiException as error:
        say("failed", account, error)


def say(word: str, account: str, error: ApiException) -> None:
    message = str(error).splitlines()[0]
    print(word, account, *([error.kind] if word == "failed" else []), message, flush=True)


main()
