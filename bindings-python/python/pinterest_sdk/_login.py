"""Logging a person in on this machine, with a browser and a listener for its callback."""

from __future__ import annotations

import sys

from openapi_generated.pinterest_client import _seam
from openapi_generated.pinterest_client._arguments import check_text, check_type
from openapi_generated.pinterest_client.exceptions import ApiException, from_failure
from pinterest_sdk import _native, _waiting
from pinterest_sdk._authorization import AuthorizationRequest, native_client, token_of
from pinterest_sdk._failure import CallFailed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from openapi_generated.pinterest_client.api_client import ApiClient
    from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
    from pinterest_sdk._native import Login


def login(
    api_client: ApiClient, request: AuthorizationRequest, *, show: Callable[[str], object] | None = None
) -> OauthAccessTokenResponse:
    """Log a person in: listen on the redirect URI's port, show the page, wait, and give the token.

    Whatever ends it, the port is free afterwards; Ctrl-C ends it at once.

    Args:
        api_client: with the app id and secret.
        request: its redirect URI must lead to this machine: ``http://localhost:8085/``.
        show: gets the page's URL and returns, for the wait begins only then. Unless given, the URL
            is printed to standard error and opened in a browser.

    Returns:
        What `OauthApi.oauth_token` returns.

    Raises:
        ApiException: with the kind ``InvalidInput`` if the redirect URI is not of this machine or
            its port is in use, ``Authorization`` if the person does not allow it, ``Network`` if
            nobody comes in time; otherwise as from `OauthApi.oauth_token`.

    """
    started = listen(api_client, request)
    try:
        (show or show_page)(started.url)
        if _seam.is_overridden(api_client):
            from pinterest_sdk._own_exchange import exchange

            token: OauthAccessTokenResponse = exchange(api_client, started)
            return token
        answer = _waiting.wait(started.wait, started.start)
    except CallFailed as failure:
        raise from_failure(failure) from None
    finally:
        started.close()
    return token_of(answer)


def listen(api_client: ApiClient, request: AuthorizationRequest) -> Login:
    """Start a login, which listens from now on until it is closed."""
    check_type("request", request, (AuthorizationRequest,))
    client = native_client(api_client)
    try:
        return client.listen(request._native)
    except CallFailed as failure:
        raise from_failure(failure) from None


def show_page(url: str) -> None:
    """Print the URL to standard error, and open it if there is a browser."""
    print(f"To log in, open {url}", file=sys.stderr, flush=True)  # noqa: T201
    try:
        open_browser(url)
    except ApiException:
        return  # As over SSH: the printed line is what the person has.


def open_browser(url: str) -> None:
    """Open a page in the browser that ``BROWSER`` names, or in the system's own.

    The URL is one argument of a program; no shell reads it. Returns within a second.

    Raises:
        ApiException: no browser can be opened here; its kind is ``Authorization``.

    """
    check_text("url", url)
    try:
        _waiting.run(_native.open_browser, url)
    except CallFailed as failure:
        raise from_failure(failure) from None
