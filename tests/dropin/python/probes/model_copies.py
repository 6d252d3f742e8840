"""The OAuth models as texts, dicts, copies, pickles; when two are equal."""

import copy
import json
import pickle
from typing import Any

from openapi_generated.pinterest_client.model.error import Error

from context import Context
from probes import probe


@probe("to_dict: a plain dict, of its own")
def _(c: Context) -> Any:
    token = c.made_token(other={"a": 1})
    plain = token.to_dict()
    plain["scope"] = "changed"
    return [type(plain).__name__, list(plain), token.scope]


@probe("to_dict: order of setting, models inside lists and dicts")
def _(c: Context) -> Any:
    error = Error(message="m", code=1)
    error.items_ = [1, {"b": 1, "a": 2}]
    error.at = {"x": [None, 1.5]}
    return [list(error.to_dict()), error.to_dict()]


@probe("to_str, str and repr")
def _(c: Context) -> Any:
    token = c.made_token()
    return [token.to_str(), str(token) == repr(token) == token.to_str(), f"{token}" == token.to_str()]


@probe("pprint and print")
def _(c: Context) -> Any:
    from pprint import pprint

    pprint(c.made_token())
    print(Error(code=1, message="m"))


@probe("equality: same class and data")
def _(c: Context) -> Any:
    token = c.made_token()
    return [
        token == c.made_token(),
        token != c.made_token(),
        token == c.made_token(scope="other"),
        token != c.made_token(scope="other"),
        token == token.to_dict(),
        token == Error(code=1, message="m"),
        token is None,
        token == 7,
    ]


@probe("equality: 1 and 1.0, order of the fields")
def _(c: Context) -> Any:
    return [
        Error(code=1, message="m", a=1, b=2) == Error(code=1, message="m", b=2, a=1),
        Error(code=1, message="m", a=1) == Error(code=1, message="m", a=1.0),
    ]


@probe("hash")
def _(c: Context) -> Any:
    return [c.attempt(hash, c.made_token()), c.attempt(lambda: {Error(code=1, message="m")})]


@probe("truth, length, order")
def _(c: Context) -> Any:
    return [
        bool(c.made_token()),
        c.attempt(len, c.made_token()),
        c.attempt(lambda: c.made_token() < c.made_token()),
    ]


@probe("dict, list, for, **")
def _(c: Context) -> Any:
    token = c.made_token()
    return [
        c.attempt(action).partition(":")[0] if isinstance(c.attempt(action), str) else c.attempt(action)
        for action in (lambda: dict(token), lambda: list(token), lambda: dict(**token))
    ]


@probe("json.dumps of a model and of its dict")
def _(c: Context) -> Any:
    return [c.attempt(json.dumps, c.made_token()), json.dumps(Error(code=1, message="m").to_dict())]


@probe("copy.copy of one that was made")
def _(c: Context) -> Any:
    return [c.attempt(copy.copy, c.made_token()), c.attempt(copy.copy, Error(code=1, message="m"))]


@probe("copy.copy of one that was received")
def _(c: Context) -> Any:
    token = c.received_token()
    copied = copy.copy(token)
    return [type(copied).__name__, copied == token, copied.access_token]


@probe("copy.copy: a change of the copy does not reach the first one")
def _(c: Context) -> Any:
    token = c.received_token()
    copied = copy.copy(token)
    copied.scope = "changed"
    return [token.scope, copied.scope]


@probe("deepcopy of one that was made")
def _(c: Context) -> Any:
    token = c.made_token(other={"a": [1]})
    copied = copy.deepcopy(token)
    copied.scope = "changed"
    copied.other["a"].append(2)
    return [type(copied).__name__, token.scope, token.other, copied.scope]


@probe("deepcopy of one that was received")
def _(c: Context) -> Any:
    token = c.received_token()
    copied = copy.deepcopy(token)
    return [copied == token, copied is token, copied.access_token]


@probe("deepcopy of a client_credentials answer", since="0.1.12")
def _(c: Context) -> Any:
    token = c.received_token(
        response_type="client_credentials", refresh_token=None, refresh_token_expires_in=None
    )
    return c.attempt(lambda: copy.deepcopy(token) == token)


@probe("deepcopy of a plain class")
def _(c: Context) -> Any:
    return c.attempt(lambda: copy.deepcopy(Error(code=1, message="m")).to_dict())


@probe("pickle of a plain class")
def _(c: Context) -> Any:
    error = Error(code=1, message="m")
    return c.attempt(lambda: pickle.loads(pickle.dumps(error)).to_dict())


@probe("pickle of a composed class: made and received")
def _(c: Context) -> Any:
    made, received = c.made_token(), c.received_token()
    return [
        c.attempt(lambda each=each: pickle.loads(pickle.dumps(each)) == each) for each in (made, received)
    ]


@probe("pickle of a client_credentials answer", since="0.1.12")
def _(c: Context) -> Any:
    token = c.received_token(
        response_type="client_credentials", refresh_token=None, refresh_token_expires_in=None
    )
    return c.attempt(lambda: pickle.loads(pickle.dumps(token)) == token)
