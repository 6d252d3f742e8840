"""What operations take and what they make of answers; what their models take and are."""

import copy
import pickle
from importlib import import_module
from typing import Any

from context import Context
from observe import signature
from probes import probe

MODELS = "openapi_generated.pinterest_client.model"
APIS = "openapi_generated.pinterest_client.api"


def _model(name: str) -> Any:
    module = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
    return getattr(import_module(f"{MODELS}.{module}"), name)


def _api(c: Context, name: str, **arguments: Any) -> Any:
    cls = getattr(import_module(f"{APIS}.{name}_api"), f"{name.title().replace('_', '')}Api")
    return cls(c.client(access_token="pina_token", **arguments))


ARGUMENTS: dict[str, Any] = {
    "missing": lambda c: _api(c, "boards").boards_get(),
    "too many": lambda c: _api(c, "boards").boards_get("1", "2"),
    "None": lambda c: _api(c, "boards").boards_get(None),
    "above the maximum": lambda c: _api(c, "pins").pins_list(page_size=300),
    "below the minimum": lambda c: _api(c, "pins").pins_list(page_size=0),
    "not a choice": lambda c: _api(c, "pins").pins_list(pin_filter="zzz"),
    "a text for a list": lambda c: _api(c, "pins").pins_list(creative_types="REGULAR"),
    "not the pattern": lambda c: _api(c, "boards").boards_list(ad_account_id="x"),
    "too long": lambda c: _api(c, "boards").boards_list(ad_account_id="1" * 19),
    "a text for a body": lambda c: _api(c, "boards").boards_create("b"),
}


KEYWORDS: dict[str, Any] = {
    "unknown": lambda c: _api(c, "boards").boards_get("1", colour=1),
    "a keyword of another type": lambda c: _api(c, "boards").boards_get("1", async_req=1),
}
TYPES: dict[str, Any] = {
    "a number for an id": lambda c: _api(c, "boards").boards_get(1),
    "a text for a number": lambda c: _api(c, "pins").pins_list(page_size="2"),
}
CHOICES: dict[str, Any] = {
    "none of the choices": lambda c: _api(c, "pins").pins_list(creative_types=["ZZZ"]),
}


@probe("keywords that are refused", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(call, c) for name, call in KEYWORDS.items()}


@probe("arguments of another type that have limits", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(call, c) for name, call in TYPES.items()}


@probe("a list with none of the choices", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(call, c) for name, call in CHOICES.items()}


@probe("arguments that are refused", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(call, c) for name, call in ARGUMENTS.items()}


@probe("arguments in unusual forms", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_always({"status": 200, "json": {"name": "b"}})
    pins, boards = _api(c, "pins"), _api(c, "boards")
    return [
        c.attempt(pins.pins_list, creative_types=["REGULAR", "VIDEO"], bookmark="a b&c", page_size=2),
        c.attempt(boards.boards_get, board_id="1", ad_account_id="2"),
        c.attempt(boards.boards_get, "ö 1"),
        c.attempt(boards.boards_create, {"name": "from a dict", "privacy": "SECRET"}),
        c.attempt(boards.boards_create, board=_model("Board")("by name")),
        c.attempt(
            boards.boards_create, _model("Board")("another type"), _content_type="application/json; a=b"
        ),
        c.attempt(_api(c, "resources").metrics_ready_state_get, "2024-01-31"),
        c.attempt(
            _api(c, "pins", disabled_client_side_validations="maximum,pattern").pins_list,
            page_size=300,
            ad_account_id="x",
        ),
        c.attempt(boards.boards_get, "a/b"),
        c.attempt(boards.boards_get, ".."),
    ]


@probe("arguments that are not checked", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_always({"status": 200, "json": {}})
    pins = _api(c, "pins")
    return [
        c.attempt(pins.pins_list, page_size="2", _check_input_type=False),
        c.attempt(pins.pins_get, None, _check_input_type=False),
    ]


@probe("ways to call", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_always({"status": 200, "json": {"id": "1", "name": "b"}})
    boards = _api(c, "boards")
    data, status, headers = boards.boards_get("1", _return_http_data_only=False)
    raw = boards.boards_get("1", _preload_content=False)
    return [
        boards.boards_get("1", async_req=True).get(),
        data,
        status,
        headers["content-type"],
        raw.status,
        raw.data,
        boards.boards_get("1", _request_timeout=5),
        boards.boards_get("1", _request_timeout=(5, 5)),
        boards.boards_get("1", _host_index=None),
        boards.boards_delete("1"),
    ]


ANSWERS: dict[str, Any] = {
    "as documented": {"id": "1", "name": "b", "privacy": "PUBLIC", "owner": {"username": "u"}},
    "a new field": {"id": "1", "name": "b", "added": "later"},
    "a new value of an enumeration": {"id": "1", "name": "b", "privacy": "ADDED"},
    "another type": {"id": "1", "name": "b", "pin_count": "many"},
    "without the name": {"id": "1"},
    "null for a name": {"id": "1", "name": None},
    "an id that is no number": {"id": "abc", "name": "b"},
    "a list": [{"id": "1"}],
    "a text": "text",
    "null": None,
}


@probe("answers of a typed operation", since="0.1.12")
def _(c: Context) -> Any:
    boards = _api(c, "boards")
    found = {}
    for name, answer in ANSWERS.items():
        c.answers({"status": 200, "json": answer})
        found[name] = c.attempt(boards.boards_get, "1")
    return found


@probe("an enumeration that grew, after a POST", since="0.1.12")
def _(c: Context) -> Any:
    c.answers({"status": 201, "json": {"id": "1", "name": "b", "privacy": "ADDED"}})
    return c.attempt(_api(c, "boards").boards_create, _model("Board")("b"))


@probe("answers of an untyped operation", since="0.1.12")
def _(c: Context) -> Any:
    answer = {"items": [{"id": "1", "created_at": "2024-01-31T12:30:00"}], "bookmark": None}
    c.answers({"status": 200, "json": answer}, {"status": 200, "json": [1]}, {"status": 200, "body": ""})
    boards = _api(c, "boards")
    return [c.attempt(boards.boards_list) for _ in range(3)]


@probe("answers with days and times", since="0.1.12")
def _(c: Context) -> Any:
    rows = [{"DATE": "2024-01-31", "SPEND_IN_DOLLAR": 1.5, "CAMPAIGN_ID": "626735565838"}]
    pin = {"id": "1", "created_at": "2024-01-31T12:30:00", "title": "2024-01-31"}
    c.answers({"status": 200, "json": rows}, {"status": 200, "json": pin})
    found = _api(c, "ad_accounts").ad_account_analytics(
        "1", "2024-01-01", "2024-01-31", ["SPEND_IN_DOLLAR"], _model("Granularity")("DAY")
    )
    return [type(found).__name__, found.value, c.attempt(_api(c, "pins").pins_get, "1")]


@probe("an answer with an enumeration's model", since="0.1.12")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {"id": "1", "objective_type": "AWARENESS", "status": "ACTIVE"}})
    campaign = _api(c, "campaigns").campaigns_get("1", "1")
    return [campaign, type(campaign.objective_type).__name__, campaign.objective_type.value, campaign.status]


MAKES: dict[str, Any] = {
    "a model": lambda: _model("Board")("n", description="d"),
    "without what it needs": lambda: _model("Board")(),
    "another type": lambda: _model("Board")(5),
    "an unknown field": lambda: _model("Board")("n", added=1),
    "a read-only field": lambda: _model("Board")("n", pin_count=1),
    "a read-only field as received": lambda: _model("Board")._from_openapi_data("n", pin_count=1),
    "not a choice": lambda: _model("Board")("n", privacy="X"),
    "too long": lambda: _model("PinCreate")(title="x" * 101),
    "not the pattern": lambda: _model("PinCreate")(board_id="abc"),
    "None for a model that may be": lambda: _model("PinCreate")(None),
    "a dict for a dict": lambda: _model("PinCreate")(media_source={"source_type": "image_url", "url": "u"}),
    "a model for a dict": lambda: _model("PinCreate")(media_source=_model("PinMediaSourceVideoID")("1", "u")),
    "chosen by a field": lambda: _model("PinMediaSource")(source_type="pin_url"),
    "chosen by nothing": lambda: _model("PinMediaSource")(url="u"),
    "chosen by an unknown one": lambda: _model("PinMediaSource")(source_type="x"),
    "a word": lambda: _model("Country")("US"),
    "a word by name": lambda: _model("Country")(value="US"),
    "no such word": lambda: _model("ActionType")("XX"),
    "no word": lambda: _model("Country")(),
    "a model of a word": lambda: _model("AdAccount")(country=_model("Country")("US")),
    "another model": lambda: _model("AdAccount")(owner=_model("Country")("US")),
    "names of JSON": lambda: _model("TargetingSpec")(AGE_BUCKET=["25-34"], _spec_property_naming=True),
}


POSITIONS: dict[str, Any] = {
    "by position": lambda: _model("Board")("n", "d"),
}
EITHER: dict[str, Any] = {
    "a word for a model": lambda: _model("AdAccount")(country="US"),
    "a dict for a model": lambda: _model("AdAccount")(owner={"username": "u"}),
    "a word of another list": lambda: _model("KeywordsCommon")(
        match_type=_model("MatchType")("BROAD"), value="v"
    ),
}


@probe("a constructor with too many positions", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(lambda make=make: f"{make()!r}") for name, make in POSITIONS.items()}


@probe("what is a model, and given as something else", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(lambda make=make: f"{make()!r}") for name, make in EITHER.items()}


@probe("what constructors make", since="0.1.12")
def _(c: Context) -> Any:
    return {name: c.attempt(lambda make=make: f"{make()!r}") for name, make in MAKES.items()}


@probe("a model's fields", since="0.1.12")
def _(c: Context) -> Any:
    board = _model("Board")("n", description="d")

    def put(name: str, value: Any) -> Any:
        setattr(board, name, value)
        return board[name]

    return [
        board.name,
        board["description"],
        board.get("privacy"),
        "privacy" in board,
        hasattr(board, "privacy"),
        c.attempt(getattr, board, "owner"),
        c.attempt(put, "privacy", "SECRET"),
        c.attempt(put, "privacy", "X"),
        c.attempt(put, "name", 5),
        c.attempt(put, "added", [1]),
        board.to_dict(),
        board == _model("Board")("n"),
        _model("Country")("US") == _model("Country")("US"),
        str(_model("Country")("US")),
    ]


@probe("copies of a model", since="0.1.12")
def _(c: Context) -> Any:
    board = _model("Board")("n")
    return [
        c.attempt(lambda make=make: make(board).to_dict())
        for make in (copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made)))
    ]


@probe("what introspection sees", since="0.1.12")
def _(c: Context) -> Any:
    boards = _api(c, "boards")
    cls = type(boards)
    described = boards.boards_list_pins_endpoint
    return [
        *signature(cls.boards_create),
        *signature(cls),
        cls.__module__,
        cls.boards_get.__qualname__,
        [name for name in dir(boards) if name.endswith("_endpoint")],
        {name: described.settings[name] for name in ("auth", "endpoint_path", "http_method")},
        {name: described.params_map[name] for name in ("required", "enum", "validation", "nullable")},
        described.validations,
        described.location_map,
        described.collection_format_map,
        type(described).__name__,
        [*_model("Board").openapi_types],
        sorted(_model("Board").read_only_vars),
        *signature(_model("Board").__init__),
        _model("Board").__module__,
        [base.__name__ for base in _model("Country").__mro__ if base.__name__.startswith("Model")],
        len(_model("Country").allowed_values[("value",)]),
    ]
