"""Connect with Pinterest, in a web application: FastAPI and pinterest-sdk.

Install pinterest-sdk and what requirements.txt names, register PINTEREST_REDIRECT_URI
(http://localhost:8085/callback unless set) for your app, set PINTEREST_APP_ID and
PINTEREST_APP_SECRET, run `python app.py`, and open the address that it prints.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from functools import partial
from html import escape
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from pinterest_sdk import AuthorizationRequest, MemoryStore, PendingAuthorization, aio

REDIRECT_URI = os.environ.get("PINTEREST_REDIRECT_URI", "http://localhost:8085/callback")
CALLBACK = urlsplit(REDIRECT_URI).path
if CALLBACK in {"", "/"}:
    raise SystemExit("PINTEREST_REDIRECT_URI needs a path of its own: / is the home page")
# PINTEREST_API_URI and PINTEREST_OAUTH_URI lead to another Pinterest, such as the sandbox.
client = ApiClient(Configuration.from_env())
# Valid tokens of everybody who connected, renewed in time. They are forgotten when the program ends; a
# `FileStore`, or a store of your own over your database, keeps them.
tokens = aio.TokenManager(client, MemoryStore(), account="nobody")
# Who is signed in, by session. A real application has accounts of its own.
people: dict[str, str] = {}

app = FastAPI(openapi_url=None)
# `request.session` is a signed cookie, HttpOnly and SameSite=Lax: it holds an id, and no token. Over
# https add https_only=True, and take the key from your settings, so that sessions outlive a restart.
app.add_middleware(SessionMiddleware, secret_key=secrets.token_urlsafe(32), session_cookie="fastapi_session")


@app.get("/")
async def home(request: Request) -> HTMLResponse:
    """Greet whoever is signed in, and offer to connect to everybody else."""
    person = people.get(request.session.get("id", ""))
    problem = request.session.pop("problem", None)
    if person is not None:
        try:
            name = escape(await username(await tokens.account(person).access_token()))
        except ApiException as error:
            problem = sentence(error)
        else:
            return page(
                f'<p>Hello, {name}!</p><form method="post" action="/logout"><button>Log out</button></form>'
            )
    said = f"<p>{escape(problem)}</p>" if problem else ""
    return page(f'{said}<a href="/login">Connect with Pinterest</a>')


@app.get("/login")
async def login(request: Request) -> RedirectResponse:
    """Send the person to Pinterest, and remember in their session what they were asked."""
    pending = AuthorizationRequest(REDIRECT_URI, ["user_accounts:read"]).start(client)
    request.session["pending"] = pending.to_json()
    return RedirectResponse(pending.url, 303)


@app.get(CALLBACK)
async def callback(request: Request) -> RedirectResponse:
    """Take the person back, exchange the code, keep the tokens, and begin a new session."""
    pending = request.session.pop("pending", None)
    try:
        if pending is None:
            request.session["problem"] = "No login is under way here. Please start again."
        else:
            answer = await aio.complete(client, PendingAuthorization.from_json(pending), str(request.url))
            person = await username(answer.access_token)
            await tokens.account(person).adopt(answer)
            await logout(request)
            request.session["id"] = secrets.token_urlsafe(32)
            people[request.session["id"]] = person
    except ApiException as error:
        request.session["problem"] = sentence(error)
    return RedirectResponse("/", 303)


@app.post("/logout")
async def logout(request: Request) -> RedirectResponse:
    """Forget the session. The person's tokens stay, for their other browsers; `forget` ends them."""
    people.pop(request.session.get("id", ""), None)
    request.session.clear()
    return RedirectResponse("/", 303)


async def username(token: str) -> str:
    """Ask Pinterest who the token belongs to."""
    theirs = ApiClient(Configuration(host=client.configuration.host, access_token=token))
    ask = partial(theirs.call_api, response_type=(dict,), auth_settings=["pinterest_oauth2"])
    account, _, _ = await asyncio.to_thread(ask, "/user_account", "GET")
    return str(account["username"])


def sentence(error: ApiException) -> str:
    """Say why it did not work. Neither of these ever holds a token or a secret."""
    return f"That did not work: {error.message}" + (f" ({error.hint})." if error.hint else ".")


def page(content: str) -> HTMLResponse:
    """Make a page that no cache keeps."""
    head = '<meta name="viewport" content="width=device-width"><title>FastAPI and Pinterest</title>'
    text = f'<!doctype html><html lang="en">{head}<main>{content}</main></html>'
    return HTMLResponse(text, headers={"Cache-Control": "no-store"})


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", urlsplit(REDIRECT_URI).port or 80))
    print(f"http://localhost:{listener.getsockname()[1]}/", flush=True)
    # No access log: the callback's URL holds a code.
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])
