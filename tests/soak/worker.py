"""A worker of the soak test in Python, see README.md: uses its accounts' tokens until its input ends."""

from __future__ import annotations

import http.client
import itertools
import os
import queue
import sys
import threading
import time
import urllib.error
import urllib.request

from pinterest_sdk import (
    ApiClient,
    ApiException,
    Configuration,
    FileStore,
    OauthApi,
    RedisStore,
    TokenManager,
)

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


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
        manager = TokenManager(client, opened(store), account=accounts[0])
        for account in itertools.cycle(accounts):
            if is_over.is_set():
                break
            tokens = manager.account(account)
            try:
                used += use_one(tokens)
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


def opened(store: str) -> FileStore | RedisStore:
    """Open `file:FOLDER` or `redis://…`."""
    if store.startswith("file:"):
        return FileStore(store.removeprefix("file:"))
    import redis

    return RedisStore(redis.Redis.from_url(store, socket_timeout=5))


def use_one(tokens: TokenManager) -> bool:
    """Use a token; whether the API took it. One that it refused is given back."""
    token = tokens.access_token()
    address = os.environ["PINTEREST_API_URI"] + "/v5/user_account"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
    try:
        with DIRECT.open(request, timeout=10) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        if error.code == 401:
            tokens.invalidate(token)
        return False
    except (OSError, http.client.HTTPException):
        return False  # The answer was cut off.
    return True


def log_in(client: ApiClient, tokens: TokenManager, account: str, code: str) -> None:
    try:
        answer = OauthApi(client).oauth_token(
            "authorization_code", code=code, redirect_uri="http://localhost:8085/"
        )
        tokens.adopt(answer)
    except ApiException as error:
        say("failed", account, error)


def say(word: str, account: str, error: ApiException) -> None:
    message = str(error).splitlines()[0]
    print(word, account, *([error.kind] if word == "failed" else []), message, flush=True)


main()
