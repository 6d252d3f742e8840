"""`ApiClient`'s conversions: what is sent, made from values; values, made from what came."""

import datetime
import io
from typing import Any

from openapi_generated.pinterest_client import ApiClient

from context import Context
from probes import probe


@probe("sanitize_for_serialization: plain values")
def _(c: Context) -> Any:
    values = [None, "a", 1, 1.5, True, [1, ("a", None)], {"a": [datetime.date(2026, 1, 2)]}]
    return [c.client().sanitize_for_serialization(value) for value in values]


@probe("sanitize_for_serialization: dates and times")
def _(c: Context) -> Any:
    at = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    return [ApiClient.sanitize_for_serialization(value) for value in (at, at.date())]


@probe("sanitize_for_serialization: a file is read and closed")
def _(c: Context) -> Any:
    file = io.BytesIO(b"content")
    return [ApiClient.sanitize_for_serialization(file), file.closed]


@probe("sanitize_for_serialization: a model")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.models import Error

    return ApiClient.sanitize_for_serialization({"error": [Error(code=1, message="m")]})


@probe("sanitize_for_serialization: what it refuses")
def _(c: Context) -> Any:
    values = [b"bytes", {1, 2}, object(), 1j, range(3)]
    return [c.attempt(ApiClient.sanitize_for_serialization, value) for value in values]


@probe("parameters_to_tuples: every format of a collection")
def _(c: Context) -> Any:
    to_tuples = c.client().parameters_to_tuples
    return [
        to_tuples({"k": ["a", 1], "other": "x"}, {"k": each})
        for each in ("multi", "csv", "ssv", "tsv", "pipes", "new")
    ]


@probe("parameters_to_tuples: a list of pairs, no formats")
def _(c: Context) -> Any:
    to_tuples = c.client().parameters_to_tuples
    return [to_tuples([("a", 1), ("a", 2)], None), to_tuples({}, {})]


@probe("parameters_to_multipart: a dict goes as JSON")
def _(c: Context) -> Any:
    parts = c.client().parameters_to_multipart({"plain": "x", "object": {"a": "é"}}, dict)
    plain, part = parts
    return [plain, type(part).__name__, part.data, part.headers["Content-Type"]]


@probe("files_parameters: name, bytes and type")
def _(c: Context) -> Any:
    path = c.folder() / "pins.csv"
    path.write_text("a,b")
    client = c.client()
    return [
        client.files_parameters(None),
        client.files_parameters({"f": None, "g": [None]}),
        client.files_parameters({"f": [path.open("rb")]}),
    ]


@probe("files_parameters: a closed file")
def _(c: Context) -> Any:
    path = c.folder() / "pins.csv"
    path.write_text("a,b")
    file = path.open("rb")
    file.close()
    return c.client().files_parameters({"f": [file]})


@probe("get_file_data_and_close_file")
def _(c: Context) -> Any:
    file = io.BytesIO(b"content")
    return [ApiClient.get_file_data_and_close_file(file), file.closed]


class Received:
    """An answer as `deserialize` takes it."""

    def __init__(self, data: Any) -> None:
        self.data = data


@probe("deserialize: primitives, lists, dicts")
def _(c: Context) -> Any:
    client = c.client()
    pairs: list[tuple[str, Any]] = [
        ('"text"', (str,)),
        ("7", (int,)),
        ("1.5", (float,)),
        ("true", (bool,)),
        ("null", (type(None), str)),
        ("[1, 2]", ([int],)),
        ('{"a": [true]}', ({str: ([bool],)},)),
        ('"2026-01-02"', (datetime.date,)),
        ('"2026-01-02T03:04:05+00:00"', (datetime.datetime,)),
    ]
    return [c.attempt(client.deserialize, Received(text), kind, True) for text, kind in pairs]


@probe("deserialize: an integer where a float is declared")
def _(c: Context) -> Any:
    client = c.client()
    return [
        client.deserialize(Received("3"), (float,), True),
        client.deserialize(Received("3"), (float,), False),
    ]


@probe("deserialize: a text that is no date")
def _(c: Context) -> Any:
    from datetime import date, datetime

    client = c.client()
    pairs: list[tuple[str, Any]] = [('"soon"', (date,)), ('"soon"', (datetime,)), ('["soon"]', ([date],))]
    return [c.attempt(client.deserialize, Received(text), kind, True) for text, kind in pairs]


@probe("deserialize: the wrong type")
def _(c: Context) -> Any:
    client = c.client()
    pairs: list[tuple[str, Any]] = [
        ("7", (str,)),
        ('"7"', (int,)),
        ('{"a": "x"}', ({str: (int,)},)),
        ("[1, null]", ([int],)),
        ("true", (int,)),
    ]
    return [c.attempt(client.deserialize, Received(text), kind, True) for text, kind in pairs]


@probe("deserialize: _check_type False")
def _(c: Context) -> Any:
    client = c.client()
    return [c.attempt(client.deserialize, Received(text), (int,), False) for text in ('"7"', "7", "[1]")]


@probe("deserialize: not JSON is a text")
def _(c: Context) -> Any:
    return [
        c.attempt(c.client().deserialize, Received("plain <text>"), kind, True) for kind in ((str,), (int,))
    ]


@probe("deserialize: models by their class")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.models import Error, OauthAccessTokenResponse

    client = c.client()
    return [
        client.deserialize(Received('{"code": 7, "message": "m"}'), (Error,), True),
        client.deserialize(Received('[{"code": 7, "message": "m"}]'), ([Error],), True)[0],
        client.deserialize(
            Received(
                '{"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"}'
            ),
            (OauthAccessTokenResponse,),
            True,
        ),
    ]


@probe("deserialize: a model with the wrong type inside")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.models import Error

    return c.client().deserialize(Received('{"code": "7", "message": "m"}'), (Error,), True)
