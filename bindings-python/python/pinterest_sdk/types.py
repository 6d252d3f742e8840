"""The closed sets of words, for type checkers; at run time nothing here imports this."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = [
    "AuthorizationReason",
    "Checks",
    "EnvironmentName",
    "GrantType",
    "Headers",
    "Kind",
    "Outcome",
    "Phase",
    "Timeout",
    "TokenEventKind",
    "TokenState",
    "TokenTypeHint",
]

GrantType: TypeAlias = Literal["authorization_code", "refresh_token", "client_credentials"]
"""What a token is asked for with."""

TokenTypeHint: TypeAlias = Literal["access_token", "refresh_token"]
"""What a token to revoke is."""

Kind: TypeAlias = Literal[
    "InvalidInput",
    "Network",
    "Protocol",
    "Authentication",
    "InvalidGrant",
    "Authorization",
    "Scope",
    "Forbidden",
    "RateLimited",
    "Server",
    "Api",
    "Store",
    "ReauthorizationRequired",
]
"""What went wrong."""

Outcome: TypeAlias = Literal["NotSent", "Refused", "Unknown"]
"""Whether the call has had an effect."""

Phase: TypeAlias = Literal["resolve", "connect", "tls", "send", "receive", "timeout"]
"""Where a failure of the network stopped the call."""

AuthorizationReason: TypeAlias = Literal[
    "Denied",
    "Declined",
    "Foreign",
    "Replayed",
    "Late",
    "Damaged",
    "OtherClient",
    "NotPending",
    "NoBrowser",
]
"""Why an authorization gave no token; releases may add to these."""

Checks: TypeAlias = Literal["usual", "strict", "off"]
"""How arguments are checked before they are sent."""

Timeout: TypeAlias = float | tuple[float, float] | None
"""Seconds for the whole call, or for sending the request and then for the answer."""

Headers: TypeAlias = dict[str, str] | None
"""More headers for one call."""

TokenState: TypeAlias = Literal["Fresh", "Stale", "Expired", "ReauthorizationRequired"]
"""What can be done with an account's tokens."""

TokenEventKind: TypeAlias = Literal[
    "Refreshed", "RefreshFailed", "NotKept", "SetAside", "ReauthorizationSoon", "ReauthorizationNeeded"
]
"""What happened to an account's tokens; releases may add to these."""

EnvironmentName: TypeAlias = Literal["production", "sandbox"]
"""Pinterest's two worlds. Tokens of one are not valid in the other."""
