"""Logging a person in on this machine, with a browser and a listener for its callback."""

from __future__ import annotations

import sys
from collections.abc import Callable  # noqa: TC003 - for `typing.get_type_hints`; so are other names below.

from pinterest_sdk import _native, _waiting
from pinterest_sdk._authorization import AuthorizationRequest, connected
from pinterest_sdk._checks import check_text, check_type
from pinterest_sdk._client import ApiClient  # noqa: TC001
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._operations import read_answer, read_token
from pinterest_sdk._own_exchange import exchange
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import ApiException, from_failure
from pinterest_sdk.models import OauthAccessTokenResponse  # noqa: TC001

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pinterest_sdk._native import Answer, Login


@unshown
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
        if api_client._is_overridden():
            return exchange(api_client, started)
        answer = _waiting.wait(started.wait, started.start)
    except CallFailed as failure:
        raise from_failure(failure) from None
    finally:
        started.close()
    return token_of(api_client, answer)


def listen(api_client: ApiClient, request: AuthorizationRequest) -> Login:
    """Start a login, which listens from now on until it is closed."""
    check_type("request", request, (AuthorizationRequest,))
    client = connected(api_client)
    try:
        return client.listen(request._native)
    except CallFailed as failure:
        raise from_failure(failure) from None


def token_of(api_client: ApiClient, answer: Answer) -> OauthAccessTokenResponse:
    """Give the model of a login's answer."""
    api_client._connection.log(f"POST /oauth/token answered: {answer.status}")
    return read_answer(answer, read_token)


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
