"""`Endpoint`: what the generated client knows of an operation, and the call."""

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
        params_map: the names of its parameters: ``all``, ``required``, ``nullable``, ``enum`` and
            ``validation``.
        headers_map: the content types that it sends and takes.
        api_client: makes the call.
        callable: the method that this endpoint describes.
        validations: by parameter, the limits of its values.
        allowed_values: by parameter, the values that there are.
        openapi_types: by parameter, its types.
        attribute_map: by parameter, its name in the request.
        location_map: by parameter, where it goes: path, query or body.
        collection_format_map: by parameter, how a list is sent.

    """

    def __init__(
        self,
        settings: dict[str, Any],
        params_map: dict[str, list[str]],
        root_map: dict[str, dict[Any, Any]] | None = None,
        headers_map: dict[str, list[str]] | None = None,
        api_client: Any = None,
        callable: Callable[..., Any] | None = None,
    ) -> None:
        self.settings: dict[str, Any] = settings
        self.params_map: dict[str, list[str]] = params_map
        self.headers_map: dict[str, list[str]] = headers_map or {}
        self.api_client: Any = api_client
        self.callable: Any = callable
        facts = root_map or {}
        self.validations: dict[Any, Any] = facts.get("validations", {})
        self.allowed_values: dict[Any, Any] = facts.get("allowed_values", {})
        self.openapi_types: dict[str, Any] = facts.get("openapi_types", {})
        self.attribute_map: dict[str, str] = facts.get("attribute_map", {})
        self.location_map: dict[str, str] = facts.get("location_map", {})
        self.collection_format_map: dict[str, str] = facts.get("collection_format_map", {})
        self._is_called = root_map is not None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.callable(*args, **kwargs)

    def call_with_http_info(self, **kwargs: Any) -> Any:
        """Call by keywords alone."""
        if not self._is_called:
            self._check_required(kwargs)
            return self.callable(**kwargs)
        arguments, named = self.request(kwargs)
        return self.api_client.call_api(*arguments, **named)

    def request(self, given: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Give the arguments of `ApiClient.call_api` for those of the call.

        Raises:
            ApiTypeError: an unknown keyword, or a value of another type.
            ApiValueError: a value that cannot be, or a required one that is missing.

        """
        from openapi_generated.pinterest_client._given import arguments

        self._check_required(given)
        return arguments(self, self.api_client, given)

    def _check_required(self, given: dict[str, Any]) -> None:
        for name in self.params_map["required"]:
            if name not in given:
                raise ApiValueError(
                    f"Missing the required parameter `{name}` when calling `{self.settings['operation_id']}`"
                )


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
