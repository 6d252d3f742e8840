"""`Endpoint`: what the generated client knows of an operation."""

from __future__ import annotations

from pinterest_sdk.errors import ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
else:  # For `typing.get_type_hints`.
    from _collections_abc import Callable  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001


class Endpoint:
    """An operation: its description, and the call.

    Attributes:
        settings: path, method, credentials and the class of the answer.
        params_map: the names of its parameters, ``required`` among them.
        headers_map: the content types that it sends and takes.
        api_client: makes the call.

    """

    def __init__(
        self,
        settings: dict[str, Any],
        params_map: dict[str, list[str]],
        headers_map: dict[str, list[str]],
        api_client: Any,
        callable: Callable[..., Any],
    ) -> None:
        self.settings: dict[str, Any] = settings
        self.params_map: dict[str, list[str]] = params_map
        self.headers_map: dict[str, list[str]] = headers_map
        self.api_client: Any = api_client
        self.callable: Callable[..., Any] = callable

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.callable(*args, **kwargs)

    def call_with_http_info(self, **kwargs: Any) -> Any:
        """Call by keywords alone."""
        for name in self.params_map["required"]:
            if name not in kwargs:
                raise ApiValueError(
                    f"Missing the required parameter `{name}` when calling `{self.settings['operation_id']}`"
                )
        return self.callable(**kwargs)


def oauth_token_endpoint(api_client: Any, call: Callable[..., Any]) -> Endpoint:
    """Describe `OauthApi.oauth_token`."""
    from pinterest_sdk.models import OauthAccessTokenResponse

    return Endpoint(
        settings={
            "response_type": (OauthAccessTokenResponse,),
            "auth": ["basic"],
            "endpoint_path": "/oauth/token",
            "operation_id": "oauth_token",
            "http_method": "POST",
            "servers": None,
        },
        params_map={"all": ["grant_type"], "required": ["grant_type"]},
        headers_map={
            "accept": ["application/json"],
            "content_type": ["application/x-www-form-urlencoded"],
        },
        api_client=api_client,
        callable=call,
    )
