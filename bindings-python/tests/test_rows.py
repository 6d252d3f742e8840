"""Rows of a program's own database: what is adopted from one, and what a store gives for another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, first_answer, log_in, result
from pinterest_sdk import ApiException, MemoryStore
from pinterest_sdk.errors import InvalidInputException
from pinterest_sdk.models import OauthAccessTokenResponse
from test_own_store import Plain

if TYPE_CHECKING:
    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

both_faces = pytest.mark.parametrize("face", FACES.values(), ids=FACES)


@both_faces
def test_a_row_that_has_the_end_alone_is_adopted(face: type[Manager], client: ApiClient) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    seconds = 4_000_000_000
    elsewhere = timezone(timedelta(hours=5))
    for end in (
        seconds,
        float(seconds),
        *(datetime.fromtimestamp(seconds, zone) for zone in (timezone.utc, elsewhere)),
    ):
        row = {
            "access_token": "pina_r",
            "refresh_token": "pinr_r",
            "expires_at": end,
            "refresh_token_expires_at": end,
        }
        assert result(manager.adopt(row)) == "pina_r"
        status = result(manager.status())
        assert (status.access_life.expires_at, status.refresh_life.expires_at) == (seconds, seconds)
    # As databases of programs in other languages have it.
    row = {"access_token": "pina_m", "expires_at": seconds * 1000, "refresh_token_expires_at": seconds * 1000}
    result(manager.adopt({**row, "refresh_token": "pinr_m"}))
    status = result(manager.status())
    assert (status.access_life.expires_at, status.refresh_life.expires_at) == (seconds, seconds)
    with pytest.raises(InvalidInputException, match="the access token to adopt is a refresh token") as caught:
        result(manager.adopt({"access_token": "pinr_canary"}))
    assert "canary" not in str(caught.value)
    # Nobody knows which moment that is.
    with pytest.raises(InvalidInputException, match="`expires_at` has no time zone"):
        result(manager.adopt({"access_token": "pina_n", "expires_at": datetime(2030, 1, 1)}))  # noqa: DTZ001


@both_faces
def test_rows_as_databases_give_them_are_adopted(face: type[Manager], client: ApiClient) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    with closing(sqlite3.connect(":memory:")) as database:
        database.row_factory = sqlite3.Row
        row = database.execute(
            "SELECT 'pina_s' access_token, 'pinr_s' refresh_token, NULL scope, 4000000000 expires_at"
        ).fetchone()
    # What `extract(epoch FROM …)` of PostgreSQL comes as.
    decimal = {"access_token": "pina_d", "refresh_token": "pinr_d", "expires_at": Decimal("4000000000.25")}
    for given, token in ((row, "pina_s"), (decimal, "pina_d")):
        assert result(manager.adopt(given)) == token
        status = result(manager.status())
        assert (status.access_life.expires_at, status.refresh_life is None) == (4_000_000_000, False)
    merged = OauthAccessTokenResponse("pina_t").merged_with(row)
    assert (merged.refresh_token, merged.get("scope")) == ("pinr_s", None)


class Caseless(Plain):
    """As a database whose keys do not tell upper case from lower."""

    def load(self, key: str) -> Any:
        return super().load(key.lower())

    def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> Any:
        return super().compare_and_swap(key.lower(), expected, new)


@both_faces
def test_two_accounts_that_are_one_to_a_store_do_not_get_each_others_tokens(
    face: type[Manager], client: ApiClient, sandbox: Sandbox
) -> None:
    store = Caseless()
    manager = face(client, store, "shop")
    token = log_in(sandbox, client, manager)
    kept = dict(store.texts)
    other = manager.account("Shop")
    answer = first_answer(sandbox, client)
    for ask in (other.access_token, other.status, other.forget, lambda: other.adopt(answer)):
        with pytest.raises(ApiException, match=" Shop` the store gave what it keeps for `") as caught:
            result(ask())
        assert caught.value.kind == "Store"
    assert store.texts == kept
    assert result(manager.access_token()) == token
