"""A user's program, with nothing for a type checker to find."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from multiprocessing.pool import ApplyResult
from typing import Any

from openapi_generated.pinterest_client.api.boards_api import BoardsApi
from openapi_generated.pinterest_client.model.board import Board
from typing_extensions import assert_type

import pinterest_sdk
from openapi_generated.pinterest_client import (
    ApiClient,
    ApiException,
    ApiTypeError,
    Configuration,
    aio,
    apis,
    models,
)
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.apis import OauthApi as SameOauthApi
from openapi_generated.pinterest_client.exceptions import UnauthorizedException
from openapi_generated.pinterest_client.model.conversion_access_token_response import (
    ConversionAccessTokenResponse,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.models import Error, OauthAccessTokenResponseCode
from openapi_generated.pinterest_client.rest import HTTPHeaderDict, RESTResponse
from pinterest_sdk import (
    AuthorizationRequest,
    FileStore,
    ItemFailure,
    ManualClock,
    MemoryStore,
    PendingAuthorization,
    RedisStore,
    TokenEvent,
    TokenManager,
    failures_in,
    login,
    open_browser,
    stores,
)
from pinterest_sdk import aio as sdk_aio
from pinterest_sdk.api import AdsApi, CampaignsApi, PinsApi, UserAccountApi, paginate
from pinterest_sdk.api import BoardsApi as OwnBoardsApi
from pinterest_sdk.schemas import Board as OwnBoard
from pinterest_sdk.schemas import BoardCreate, Pin
from pinterest_sdk.types import GrantType, Kind, Outcome, TokenEventKind, TokenState

configuration = Configuration(host="https://api.pinterest.com/v5", username="id", password="secret")
configuration.proxy = "http://proxy:3128"

with ApiClient(configuration, pool_threads=2) as client:
    assert_type(client, ApiClient)
    api = OauthApi(client)
    SameOauthApi(client)
    try:
        token = api.oauth_token("authorization_code", code="c", redirect_uri="http://localhost:8085/")
        assert_type(token, OauthAccessTokenResponse)
        assert_type(token.access_token, str)
        assert_type(token.expires_in, int | None)
        assert_type(token.refresh_token_expires_at, int | None)
        assert_type(token["scope"], Any)
        assert_type(token.get("scope"), Any | None)
        assert_type(token.to_dict(), dict[str, Any])
        if isinstance(token, OauthAccessTokenResponseCode):
            assert_type(token.refresh_token, str | None)
    except UnauthorizedException as error:
        assert_type(error.status, int | None)
    except ApiTypeError as refused:
        print(refused.path_to_item)
    except ApiException as error:
        assert_type(error.hint, str | None)
        assert_type(error.retry_after, int | None)
        assert_type(error.headers, HTTPHeaderDict | None)
        assert_type(error.kind, Kind | None)
        assert_type(error.outcome, Outcome | None)
        if error.kind == "RateLimited" and error.headers and error.rate_limit:
            assert_type(error.headers.get("retry-after", "60"), str)
            assert_type(error.headers.get("retry-after"), str | None)
            assert_type(error.rate_limit.remaining, int | None)

    assert_type(
        api.oauth_token("refresh_token", refresh_token="r", _return_http_data_only=False),
        tuple[OauthAccessTokenResponse, int, HTTPHeaderDict],
    )
    assert_type(api.oauth_token("refresh_token", _preload_content=False), RESTResponse)
    assert_type(api.oauth_token("refresh_token", async_req=True), ApplyResult[OauthAccessTokenResponse])
    assert_type(api.oauth_token("refresh_token", _request_timeout=(1, 2.5)), OauthAccessTokenResponse)
    assert_type(api.conversion_token(), ConversionAccessTokenResponse)
    api.revoke_token("t", token_type_hint="access_token")
    assert_type(client.sanitize_for_serialization({"a": 1}), Any)
    assert_type(client.select_header_accept(["text/csv"]), str | None)
    assert_type(configuration.auth_settings(), dict[str, dict[str, Any]])
    client.call_api("/boards", "GET", query_params=[("page_size", 25)], response_type=(dict,))
    assert_type(Error(code=2, message="m").code, int)


async def later() -> None:
    later_api = aio.OauthApi(client)
    assert_type(
        await later_api.oauth_token("client_credentials", scope="pins:read"), OauthAccessTokenResponse
    )
    assert_type(
        await later_api.oauth_token("refresh_token", _return_http_data_only=False),
        tuple[OauthAccessTokenResponse, int, HTTPHeaderDict],
    )
    assert_type(await later_api.conversion_token(), ConversionAccessTokenResponse)
    await later_api.revoke_token("t")


def log_in(session: dict[str, str], callback: str) -> None:
    request = AuthorizationRequest("http://localhost:8085/", ["pins:read"], pkce=True, lifetime=60.5)
    assert_type(login(client, request), OauthAccessTokenResponse)
    assert_type(login(client, request, show=print), OauthAccessTokenResponse)
    pending = request.start(client)
    assert_type(pending, PendingAuthorization)
    assert_type((pending.url, pending.state, pending.redirect_uri), tuple[str, str, str])
    assert_type(pending.expires_at, int)
    session["pending"] = pending.to_json()
    restored = PendingAuthorization.from_json(session["pending"])
    assert_type(restored.complete(client, callback), OauthAccessTokenResponse)
    open_browser(pending.url)
    Configuration(authorization_url="http://127.0.0.1:8086/oauth/")


async def log_in_later(pending: PendingAuthorization) -> None:
    request = AuthorizationRequest("http://localhost:8085/", ("pins:read",))
    assert_type(await sdk_aio.login(client, request), OauthAccessTokenResponse)
    assert_type(await sdk_aio.complete(client, pending, "?code=c"), OauthAccessTokenResponse)


def without_the_generated_clients_names(grant: GrantType) -> None:
    settings = pinterest_sdk.Configuration(username="id", password="secret", timeout=(2, 5.5))
    settings.retries = 3
    with pinterest_sdk.ApiClient(settings) as own_client:
        own = pinterest_sdk.OauthApi(own_client)
        assert_type(own.oauth_token(grant, code="c", timeout=5), OauthAccessTokenResponse)
        assert_type(own.conversion_token(), ConversionAccessTokenResponse)
        own.revoke_token("t", "access_token")
        request = AuthorizationRequest("http://localhost:8085/", ["pins:read"])
        assert_type(login(own_client, request), OauthAccessTokenResponse)


class DictStore:
    """A store of one's own."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def load(self, key: str) -> str | None:
        return self.texts.get(key)

    async def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> bool:
        return self.texts.get(key) == expected and new is not None

    def lock(self, _key: str, _seconds: float) -> AbstractContextManager[None]:
        return nullcontext()


def hear(event: TokenEvent) -> None:
    assert_type(event.kind, TokenEventKind)
    assert_type(event.error, ApiException | None)
    assert_type(event.at, int | None)


def tokens_that_stay(token: OauthAccessTokenResponse) -> None:
    store: stores.TokenStore = DictStore()
    with TokenManager(client, store, "shop-1", wait=5, on_event=hear) as tokens:
        assert_type(tokens, TokenManager)
        assert_type(tokens.adopt(token), str)
        tokens.adopt({"access_token": "pina_1", "expires_in": 60})
        assert_type(tokens.access_token(), str)
        assert_type(tokens.account("shop-2"), TokenManager)
        status = tokens.status()
        assert_type(status.state, TokenState)
        if status.access_life and status.failure:
            assert_type(status.access_life.expires_at, int | None)
            assert_type(status.failure.message, str)
    TokenManager(pinterest_sdk.ApiClient(), MemoryStore(), "a", client_credentials=["pins:read"])
    assert_type(FileStore("folder", key=stores.keyring_key()).folder, str)
    assert_type(FileStore(key=[b"", "text"]).reseal("a"), list[str])
    clock = ManualClock()
    client.configuration.clock = clock
    assert_type(pinterest_sdk.Configuration(clock=clock).clock, ManualClock | None)
    clock.advance(31 * 86400)
    assert_type(clock.now(), float)
    TokenManager(client, FileStore(key=[b"", "text"]), "a")
    TokenManager(client, RedisStore(object()), "a")


async def tokens_that_stay_later(token: OauthAccessTokenResponse) -> None:
    async with sdk_aio.TokenManager(client, FileStore(), "shop-1", on_event=print) as tokens:
        assert_type(await tokens.adopt(token), str)
        assert_type(await tokens.authorization_header(), str)
        assert_type((await tokens.status()).unsaved, bool)
        assert_type(await tokens.forget(), bool)
    assert_type(await sdk_aio.reseal(FileStore(key="text")), list[str])


def own_operations(tokens: TokenManager) -> None:
    own_client = pinterest_sdk.ApiClient(tokens=tokens)
    own_client.tokens = None
    boards = OwnBoardsApi(own_client.with_tokens(tokens))
    body: BoardCreate = {"name": "n", "privacy": "SECRET"}
    made = boards.boards_create(body, tokens=tokens.account("shop-2"), timeout=(1, 5), headers={"a": "b"})
    assert_type(made, OwnBoard)
    assert_type(made["name"], str)
    assert_type(boards.boards_delete("1", checks="strict"), None)
    for board in paginate(boards.boards_list, privacy="SECRET", page_size=5):
        assert_type(board, OwnBoard)
    assert_type(boards.boards_list()["items"], list[OwnBoard])
    pins = PinsApi(own_client)
    pin = pins.pins_create(
        {"board_id": "1", "media_source": {"source_type": "image_url", "url": "https://x"}, "link": None}
    )
    assert_type(pin, Pin)
    pins.pins_analytics("1", date(2026, 1, 1), "2026-01-31", ["SAVE", "IMPRESSION"], app_types="ALL")
    AdsApi(own_client).ads_list("5", campaign_ids=["1"], order="ASCENDING")
    campaigns = CampaignsApi(own_client)
    created = campaigns.campaigns_create(
        "5", [{"ad_account_id": "5", "name": "n", "objective_type": "AWARENESS"}]
    )
    for failure in failures_in(campaigns.campaigns_create, created):
        assert_type(failure, ItemFailure)
        assert_type(failure.item, int | None)
        assert_type(failure.message, str | None)
    print(UserAccountApi(own_client).user_account_get().get("username"))
    assert_type(client.with_tokens(tokens), ApiClient)


async def own_operations_awaited(tokens: sdk_aio.TokenManager) -> None:
    boards = sdk_aio.BoardsApi(pinterest_sdk.ApiClient())
    assert_type(await boards.boards_get("1", tokens=tokens), OwnBoard)
    async for board in sdk_aio.paginate(boards.boards_list, page_size=5):
        assert_type(board, OwnBoard)


async def the_same_awaited() -> None:
    own = sdk_aio.OauthApi(pinterest_sdk.ApiClient())
    assert_type(await own.oauth_token("client_credentials", scope="pins:read"), OauthAccessTokenResponse)


def every_operation() -> None:
    boards = BoardsApi(client)
    assert_type(boards.boards_create(Board("n", privacy="SECRET"), ad_account_id="1"), Board)
    assert_type(boards.boards_create({"name": "n"}), Board)
    assert_type(boards.boards_delete("1"), None)
    assert_type(boards.boards_get("1").name, str)
    data, status, _ = boards.boards_get("1", _return_http_data_only=False)
    print(data, status)
    assert_type(models.Country("US").value, str)
    pin = models.PinCreate(board_id="1", media_source={"source_type": "image_url", "url": "https://x"})
    assert_type(apis.PinsApi(client).pins_create(pin), models.Pin)
    assert_type(apis.PinsApi(client).pins_list(creative_types=["REGULAR"], page_size=5), Any)
