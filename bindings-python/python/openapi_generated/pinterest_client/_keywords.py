"""The keywords of the calls, for type checkers; nothing imports this at run time."""

from __future__ import annotations

from typing import TypedDict


class CallKeywords(TypedDict, total=False):
    """What every call takes."""

    _request_timeout: float | tuple[float, float] | None
    """Seconds for the whole call, or for sending the request and for receiving the answer."""
    _headers: dict[str, str] | None
    """More headers for this call."""
    _check_input_type: bool
    """False turns values into text instead of refusing those that are not."""
    _check_return_type: bool
    """False keeps the answer's fields as they were received."""
    _spec_property_naming: bool
    """Kept from the generated client; the names are the same either way."""
    _content_type: str | None
    """Kept from the generated client; there is only one that Pinterest takes."""
    _host_index: int | None
    """Which of `Configuration.get_host_settings` to call; the configured host unless given."""


class TokenKeywords(CallKeywords, total=False):
    """What `oauth_token` takes besides; each is sent if it is given and not None."""

    code: str | None
    """The one-time code of the callback, for ``authorization_code``."""
    redirect_uri: str | None
    """Where the callback came, byte for byte as in the authorization URL."""
    refresh_token: str | None
    """For ``refresh_token``."""
    scope: str | None
    """Separated by commas or spaces, for ``client_credentials``; narrows a ``refresh_token``."""
    continuous_refresh: bool | None
    """Apps made before 25 September 2025 ask for refresh tokens that are renewed."""
    refresh_on: bool | None
    """Asks for a new refresh token along with a refresh."""
