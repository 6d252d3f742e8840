"""The OAuth operations: their arguments, checked, as what the core takes; and what their answers are."""

from __future__ import annotations

from pinterest_sdk._checks import check_text, check_type, shown
from pinterest_sdk._native import Call
from pinterest_sdk.errors import InvalidInputException
from pinterest_sdk.models import ConversionAccessTokenResponse, OauthAccessTokenResponse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias, TypeVar

    from pinterest_sdk._model import AnswerModel
    from pinterest_sdk._native import Answer, Client

    Form: TypeAlias = list[tuple[str, str]]
    Result = TypeVar("Result", bound=AnswerModel | None)
    Read: TypeAlias = Callable[[dict[str, Any]], Result]

GRANT_TYPES = ["authorization_code", "refresh_token", "client_credentials"]
TOKEN_TYPE_HINTS = ["access_token", "refresh_token"]


class Operation:
    """An OAuth operation and its arguments.

    Attributes:
        name: what API objects call it.
        path: under the host.
        carries_token: whether it goes with an access token; the others go with the app's id and secret.
        call: what the core takes.

    """

    __slots__ = ("_read", "call", "carries_token", "name", "path")

    def __init__(
        self,
        name: str,
        path: str,
        call: Call,
        read: Read[Any],
    ) -> None:
        self.name = name
        self.path = path
        self.carries_token: bool = name == "conversion_token"
        self.call = call
        self._read = read

    @property
    def what(self) -> str:
        """What a log calls it."""
        return f"POST {self.path}"

    def form(self, connect: Callable[[], Client]) -> Form:  # noqa: ARG002
        """Give the form that the core sends, for a client that sends it in a way of its own."""
        return self.call.form()

    def give_back(self) -> None:
        """Take back what `form` used up: nothing was sent."""

    def result(self, answer: Answer) -> Any:
        """Give what the operation returns."""
        return read_answer(answer, self._read)

    def result_of(self, fields: dict[str, Any], answer: Answer) -> Any:
        """Give what it returns of fields that were read in another way."""
        return reported(self._read(fields), answer)


def oauth_token(
    grant_type: str,
    code: str | None,
    redirect_uri: str | None,
    refresh_token: str | None,
    scope: str | None,
    continuous_refresh: bool | None,
    refresh_on: bool | None,
) -> Operation:
    """Read the arguments of `oauth_token`."""
    if isinstance(grant_type, (list, dict)):
        check_type("grant_type", grant_type, (str,))
    _refuse_unknown("grant_type", grant_type, GRANT_TYPES)
    texts = {"code": code, "redirect_uri": redirect_uri, "refresh_token": refresh_token, "scope": scope}
    for name, text in texts.items():
        if text is not None:
            check_text(name, text)
    for name, flag in (("continuous_refresh", continuous_refresh), ("refresh_on", refresh_on)):
        if flag is not None:
            check_type(name, flag, (bool,))
    call = Call.oauth_token(
        grant_type, code, redirect_uri, refresh_token, scope, bool(continuous_refresh), bool(refresh_on)
    )
    return Operation("oauth_token", "/oauth/token", call, read_token)


def revoke_token(token: str, token_type_hint: str | None) -> Operation:
    """Read the arguments of `revoke_token`."""
    if token_type_hint is not None:
        _refuse_unknown("token_type_hint", token_type_hint, TOKEN_TYPE_HINTS)
    check_text("token", token)
    call = Call.revoke_token(token, token_type_hint)
    return Operation("revoke_token", "/oauth/token/revoke", call, _read_nothing)


def conversion_token() -> Operation:
    """Give `conversion_token`, which has no arguments."""
    read = ConversionAccessTokenResponse._from_wire
    return Operation("conversion_token", "/oauth/conversion_token", Call.conversion_token(), read)


def _refuse_unknown(name: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise InvalidInputException(f"Invalid value for `{name}` ({shown(value)}), must be one of {known}")


def _read_nothing(fields: dict[str, Any]) -> None:
    """Give nothing: the answer has no content."""


def read_answer(answer: Answer, read: Read[Result]) -> Result:
    """Make what ``read`` makes of an answer's fields."""
    fields: dict[str, Any] = answer.fields()
    additional = answer.additional()
    if additional is not None:
        from json import loads

        fields.update(loads(additional))
    return reported(read(fields), answer)


def reported(model: Result, answer: Answer) -> Result:
    """Give the model, which knows now what was odd about its answer, and when its token ends."""
    if model is not None:
        odd = answer.odd_fields()
        if odd:
            model._report(odd)
        end = answer.expires_at()
        if end is not None:
            object.__setattr__(model, "_expires_at", end)
    return model


read_token: Read[OauthAccessTokenResponse] = OauthAccessTokenResponse._from_wire
"""Make a model of a token answer."""
