"""The tree of exceptions: classes, attributes, texts, `render_path`."""

import copy
import pickle
from typing import Any

from openapi_generated.pinterest_client import ApiException, ApiTypeError, ApiValueError, exceptions

from context import Context
from observe import public_classes
from probes import probe


@probe("the tree")
def _(c: Context) -> Any:
    names = (
        "OpenApiException ApiTypeError ApiValueError ApiAttributeError ApiKeyError ApiException"
        " NotFoundException UnauthorizedException ForbiddenException ServiceException"
    )
    return {name: public_classes(getattr(exceptions, name)) for name in names.split()}


@probe("render_path")
def _(c: Context) -> Any:
    return [exceptions.render_path(path) for path in (["a", 0, "b"], [], [1, 2], ("x",), [True], ["it's"])]


@probe("ApiTypeError: arguments, attributes, text")
def _(c: Context) -> Any:
    error = ApiTypeError("wrong", path_to_item=["a", 0], valid_classes=(str, int), key_type=False)
    return [
        str(error),
        error.path_to_item,
        error.valid_classes,
        error.key_type,
        error.args,
        isinstance(error, TypeError),
    ]


@probe("ApiTypeError: a message alone")
def _(c: Context) -> Any:
    error = ApiTypeError("wrong")
    return [str(error), error.path_to_item, error.valid_classes, error.key_type]


@probe("ApiValueError, ApiAttributeError, ApiKeyError: path and text")
def _(c: Context) -> Any:
    seen = []
    for cls in (exceptions.ApiValueError, exceptions.ApiAttributeError, exceptions.ApiKeyError):
        error = cls("wrong", ["a"])
        seen += [str(error), error.path_to_item, str(cls("wrong"))]
    return seen


@probe("a message is required")
def _(c: Context) -> Any:
    return [c.attempt(cls).partition(":")[0] for cls in (ApiTypeError, ApiValueError)]


@probe("ApiException: status and reason")
def _(c: Context) -> Any:
    error = ApiException(status=418, reason="Teapot")
    return [error.status, error.reason, error.body, error.headers, str(error), error.args]


@probe("ApiException: nothing at all, and by position")
def _(c: Context) -> Any:
    return [str(ApiException()), str(ApiException(404, "Gone"))]


@probe("the subclasses take the same arguments")
def _(c: Context) -> Any:
    classes = (
        exceptions.NotFoundException,
        exceptions.UnauthorizedException,
        exceptions.ForbiddenException,
        exceptions.ServiceException,
    )
    return [str(cls(status=1, reason="r")) for cls in classes]


@probe("http_resp: taken over from an answer")
def _(c: Context) -> Any:
    class Inner:
        headers = {"X-One": "1"}

    class Answer:
        status = 404
        reason = "Not Found"
        data = "body"
        urllib3_response = Inner()

        def getheaders(self) -> Any:
            return {"X-One": "1"}

    error = ApiException(http_resp=Answer())
    return [error.status, error.reason, error.body, error.headers, str(error)]


@probe("attributes can be set")
def _(c: Context) -> Any:
    error = ApiException(status=400, reason="Bad Request")
    error.body = "changed"
    error.headers = {"A": "1"}
    return str(error)


@probe("copies and pickles")
def _(c: Context) -> Any:
    error = ApiException(status=400, reason="Bad Request")
    type_error = ApiTypeError("wrong", path_to_item=["a"])
    return [
        c.attempt(lambda: str(copy.copy(error))),
        c.attempt(lambda: str(pickle.loads(pickle.dumps(error)))),
        c.attempt(lambda: str(copy.copy(type_error))),
        c.attempt(lambda: pickle.loads(pickle.dumps(type_error)).path_to_item),
    ]


@probe("a pickle of a refusal")
def _(c: Context) -> Any:
    c.answers({"status": 401, "json": {"code": 2, "message": "no"}})
    try:
        c.api().oauth_token("authorization_code")
    except ApiException as error:
        again = pickle.loads(pickle.dumps(error))
        return [type(again).__name__, again.status, again.body]


@probe("a refusal's pickle and text carry no credential")
def _(c: Context) -> Any:
    c.answers({"status": 401, "json": {"code": 2, "message": "no"}})
    try:
        c.api().oauth_token("authorization_code")
    except ApiException as error:
        shown = pickle.dumps(error).decode("latin-1") + str(error) + repr(error)
        return ["0123456789abcdef0123456789abcdef01234567" in shown, "MTIzNDU2NzowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3" in shown]


@probe("a refusal's body that holds a token")
def _(c: Context) -> Any:
    c.answers({"status": 400, "json": {"code": 1, "message": "bad", "access_token": "pina_leak"}})
    return "pina_leak" in c.attempt(c.api().oauth_token, "authorization_code")


@probe("repr")
def _(c: Context) -> Any:
    return [repr(ApiException(status=400, reason="r")), repr(ApiValueError("wrong"))]


@probe("except by each base: OpenApiException, Exception")
def _(c: Context) -> Any:
    seen = []
    for base in (exceptions.OpenApiException, Exception):
        c.answers({"status": 403, "json": {"code": 29, "message": "no"}})
        try:
            c.api().oauth_token("authorization_code")
        except base as error:
            seen.append(type(error).__name__)
    return seen


@probe("the cause of a failure is not lost")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.model.oauth_access_token_response_refresh import (
        OauthAccessTokenResponseRefresh,
    )

    try:
        OauthAccessTokenResponseRefresh(expires_in="5")
    except Exception as error:
        return [type(error).__name__, type(error.__cause__).__name__]
