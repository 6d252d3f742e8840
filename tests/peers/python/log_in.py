"""Logs in with one of Python's OAuth clients: log_in.py authlib | requests_oauthlib | httpx_oauth."""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

API = os.environ["PINTEREST_API_URI"]
PAGE = os.environ["PINTEREST_OAUTH_URI"]
APP_ID, APP_SECRET = os.environ["PINTEREST_APP_ID"], os.environ["PINTEREST_APP_SECRET"]
REDIRECT_URI, SCOPES = os.environ["REDIRECT_URI"], os.environ["SCOPES"].split()
TOKEN_URL, WHO_URL = f"{API}/oauth/token", f"{API}/user_account"


def ask(page: str) -> str:
    """Give the callback's address, of whoever opened the page."""
    print(page, flush=True)
    return sys.stdin.readline().strip()


def tell(access_token: str, refreshed: str, username: str) -> None:
    """Say what was got."""
    print(json.dumps({"access_token": access_token, "refreshed": refreshed, "username": username}))


def authlib() -> None:
    """Log in with Authlib."""
    from authlib.integrations.requests_client import OAuth2Session

    session = OAuth2Session(APP_ID, APP_SECRET, redirect_uri=REDIRECT_URI, scope=SCOPES)
    session.code_challenge_method = "S256"
    verifier = secrets.token_urlsafe(48)
    page, state = session.create_authorization_url(PAGE, code_verifier=verifier)
    token = session.fetch_token(
        TOKEN_URL, authorization_response=ask(page), state=state, code_verifier=verifier
    )
    refreshed = session.refresh_token(TOKEN_URL, token["refresh_token"])
    tell(token["access_token"], refreshed["access_token"], session.get(WHO_URL).json()["username"])


def requests_oauthlib() -> None:
    """Log in with requests-oauthlib."""
    # oauthlib asks for TLS even on this machine.
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    from requests.auth import HTTPBasicAuth
    from requests_oauthlib import OAuth2Session

    app = HTTPBasicAuth(APP_ID, APP_SECRET)
    session = OAuth2Session(APP_ID, redirect_uri=REDIRECT_URI, scope=SCOPES, pkce="S256")
    page, _ = session.authorization_url(PAGE)
    token = session.fetch_token(TOKEN_URL, authorization_response=ask(page), auth=app)
    first = token["access_token"]
    refreshed = session.refresh_token(TOKEN_URL, auth=app)
    tell(first, refreshed["access_token"], session.get(WHO_URL).json()["username"])


def httpx_oauth() -> None:
    """Log in with httpx-oauth."""
    import httpx
    from httpx_oauth.oauth2 import BaseOAuth2

    async def log_in() -> None:
        client = BaseOAuth2(
            *(APP_ID, APP_SECRET, PAGE, TOKEN_URL, TOKEN_URL),
            token_endpoint_auth_method="client_secret_basic",
        )
        page = await client.get_authorization_url(REDIRECT_URI, state=secrets.token_urlsafe(), scope=SCOPES)
        [code] = parse_qs(urlsplit(ask(page)).query)["code"]
        token = await client.get_access_token(code, REDIRECT_URI)
        refreshed = await client.refresh_token(token["refresh_token"])
        async with httpx.AsyncClient() as http:
            who = await http.get(WHO_URL, headers={"Authorization": f"Bearer {refreshed['access_token']}"})
        tell(token["access_token"], refreshed["access_token"], who.json()["username"])

    asyncio.run(log_in())


CLIENTS: list[Callable[[], None]] = [authlib, requests_oauthlib, httpx_oauth]
{client.__name__: client for client in CLIENTS}[sys.argv[1]]()
