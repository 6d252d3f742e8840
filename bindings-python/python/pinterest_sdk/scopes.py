"""Scopes by name (Pinterest API 5.23). Pinterest adds some without notice: any other text is a scope too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Final  # noqa: TC001


class Scope:
    """What a token may do.

    ``AuthorizationRequest("http://localhost:8085/", [Scope.PINS_READ, Scope.BOARDS_READ])``
    """

    ADS_READ: Final = "ads:read"
    """See ads, their settings and results."""
    ADS_WRITE: Final = "ads:write"
    """Create and change ads."""
    BILLING_READ: Final = "billing:read"
    """See billing data."""
    BILLING_WRITE: Final = "billing:write"
    """Change billing data."""
    BIZ_ACCESS_READ: Final = "biz_access:read"
    """See business access."""
    BIZ_ACCESS_WRITE: Final = "biz_access:write"
    """Change business access."""
    BOARDS_READ: Final = "boards:read"
    """See public boards."""
    BOARDS_READ_SECRET: Final = "boards:read_secret"  # noqa: S105
    """See secret boards."""
    BOARDS_WRITE: Final = "boards:write"
    """Create and change public boards."""
    BOARDS_WRITE_SECRET: Final = "boards:write_secret"  # noqa: S105
    """Create and change secret boards."""
    CATALOGS_READ: Final = "catalogs:read"
    """See catalogs."""
    CATALOGS_WRITE: Final = "catalogs:write"
    """Create and change catalogs."""
    MSOT_WRITE: Final = "msot:write"
    """Send measurement data."""
    PINS_READ: Final = "pins:read"
    """See public Pins."""
    PINS_READ_SECRET: Final = "pins:read_secret"  # noqa: S105
    """See secret Pins."""
    PINS_WRITE: Final = "pins:write"
    """Create and change public Pins."""
    PINS_WRITE_SECRET: Final = "pins:write_secret"  # noqa: S105
    """Create and change secret Pins."""
    USER_ACCOUNTS_READ: Final = "user_accounts:read"
    """See the account and its followers."""
    USER_ACCOUNTS_WRITE: Final = "user_accounts:write"
    """Change the account."""
