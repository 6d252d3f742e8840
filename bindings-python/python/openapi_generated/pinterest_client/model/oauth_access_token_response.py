"""`OauthAccessTokenResponse`: the answer to a token request."""

from pinterest_sdk.models import OauthAccessTokenResponse

__all__ = ["OauthAccessTokenResponse"]

TYPE_CHECKING = False
if not TYPE_CHECKING:  # For `typing.get_type_hints`, which looks for names in the module that a class says.
    from pinterest_sdk._hints import Any, ClassVar  # noqa: F401

OauthAccessTokenResponse.__module__ = __name__
