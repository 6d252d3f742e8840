"""A user's mistakes: each line that ends in `# wrong`, and no other, is one for mypy and for pyright."""

from __future__ import annotations

from openapi_generated.pinterest_client.api.boards_api import BoardsApi
from openapi_generated.pinterest_client.model.board import Board

import pinterest_sdk
from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio, model_utils
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.models import Error, OauthAccessTokenRequestRefresh
from pinterest_sdk import (
    AuthorizationRequest,
    FileStore,
    MemoryStore,
    PendingAuthorization,
    TokenManager,
    login,
)
from pinterest_sdk import aio as sdk_aio
from pinterest_sdk import api as own_api

configuration = Configuration(username="id", password="secret")
configuration.pasword = "secret"  # wrong
configuration.timeout = "5"  # wrong
Configuration(verify=False)  # wrong
client = ApiClient(configuration)
client.cal_api("/boards", "GET")  # wrong
client.call_api("/boards", "GET", query=[])  # wrong
api = OauthApi(client)


def the_generated_clients_names() -> None:
    token = api.oauth_token("refresh_token", refresh_token="r")
    print(token.acess_token)  # wrong
    print(token.refresh_token.upper())  # wrong
    token.acess_token = "pina_1"  # wrong
    print(token.get("scope", "").upper())
    api.oauth_token("refresh_tokn", refresh_token="r")  # wrong
    api.oauth_token("refresh_token", refresh="r")  # wrong
    api.oauth_token("refresh_token", scope=5)  # wrong
    api.oauth_token()  # wrong
    api.oauth_tokens("refresh_token")  # wrong
    api.revoke_token("t", "acces_token")  # wrong
    api.revoke_token("t", token_type_hnt="access_token")  # wrong
    api.conversion_token(token="t")  # wrong
    print(model_utils.check_allowed_values)  # wrong
    print(Error(code=2, message="m").mesage)  # wrong
    form = OauthAccessTokenRequestRefresh(grant_type="refresh_token", refresh_token="r")
    print(form.refresh_tokn)  # wrong


def a_failure() -> None:
    try:
        api.conversion_token()
    except ApiException as error:
        print(error.hnt)  # wrong
        if error.kind == "RateLimitd":  # wrong
            print(error.retry_after)
        if error.outcome == "Notsent":  # wrong
            print(error.code)
        if error.phase == "reslve":  # wrong
            print(error.message)
        if error.rate_limit:
            print(error.rate_limit.remainig)  # wrong
        if error.headers:
            print(error.headers.get("retry-after", "").upper(), error.headers.get("x").upper())  # wrong


async def awaited() -> None:
    later = aio.OauthApi(client)
    await later.oauth_token("refresh_token", async_req=True)  # wrong
    await later.oauth_token("refresh")  # wrong
    await later.revoke_token("t", "acces_token")  # wrong
    print((await later.conversion_token()).acces_token)  # wrong


def the_sdks_own(request: AuthorizationRequest, pending: PendingAuthorization) -> None:
    print(pinterest_sdk.log_in)  # wrong
    settings = pinterest_sdk.Configuration(usrname="id")  # wrong
    pinterest_sdk.Configuration.from_env(usrname="id")  # wrong
    settings.hst = "https://api.pinterest.com/v5"  # wrong
    own = pinterest_sdk.OauthApi(pinterest_sdk.ApiClient(settings))
    own.oauth_token("refresh")  # wrong
    own.oauth_token("refresh_token", refresh="r")  # wrong
    own.revoke_token("t", "token", timeout=5)  # wrong
    print(own.conversion_token().acces_token)  # wrong
    login(client, "http://localhost:8085/")  # wrong
    login(client, request, print)  # wrong
    AuthorizationRequest("http://localhost:8085/", ["pins:read"], pcke=True)  # wrong
    print(pending.uri)  # wrong


async def the_sdks_own_awaited(request: AuthorizationRequest) -> None:
    await sdk_aio.login(client, "http://localhost:8085/")  # wrong
    await sdk_aio.OauthApi(client).oauth_token("refresh_token", timeout="5")  # wrong
    print((await sdk_aio.login(client, request)).acces_token)  # wrong


def tokens_that_stay() -> None:
    tokens = TokenManager(client, MemoryStore(), "shop-1")
    TokenManager(configuration, MemoryStore(), "shop-1")  # wrong
    TokenManager(client, {}, "shop-1")  # wrong
    TokenManager(client, MemoryStore)  # wrong
    TokenManager(client, MemoryStore(), "shop-1", wait="5")  # wrong
    tokens.adopt("pina_1")  # wrong
    FileStore(key=5)  # wrong
    print(tokens.acces_token())  # wrong
    if tokens.status().state == "Fersh":  # wrong
        tokens.status().state = "Fresh"


def every_operation() -> None:
    boards = BoardsApi(client)
    boards.boards_get(1)  # wrong
    boards.boards_get("1", colour=1)  # wrong
    boards.boards_create(Board("n", privacy="HIDDEN"))  # wrong
    print(boards.boards_get("1").nam)  # wrong


def own_operations(tokens: TokenManager) -> None:
    own = pinterest_sdk.ApiClient()
    own.tokens = "pina_1"  # wrong
    boards = own_api.BoardsApi(own)
    print(own_api.BordsApi)  # wrong
    boards.boards_lst()  # wrong
    boards.boards_list(page_sise=5)  # wrong
    boards.boards_list(page_size="5")  # wrong
    boards.boards_list(privacy="SECRT")  # wrong
    boards.boards_list(tokens="pina_1")  # wrong
    boards.boards_list(checks="strickt")  # wrong
    boards.boards_get()  # wrong
    boards.boards_create({"nam": "n"})  # wrong
    boards.boards_create({"name": "n", "privacy": "SECRT"})  # wrong
    boards.boards_create(body=[])  # wrong
    print(boards.boards_get("1", tokens=tokens)["nam"])  # wrong
    own_api.PinsApi(own).pins_analytics("1", "2026-01-01", "2026-01-31", ["SAV"])  # wrong
    own_api.PinsApi(own).pins_create({"media_source": {"source_type": "image_ur", "url": "x"}})  # wrong
    own_api.paginate(boards.boards_list, page_sise=5)  # wrong
    own_api.paginate(boards.boards_get, "1")  # wrong
    print(pinterest_sdk.failures_in(boards.boards_get))  # wrong
    print(pinterest_sdk.failures_in("campaigns/create", {})[0].cod)  # wrong


async def own_operations_awaited() -> None:
    later = sdk_aio.BoardsApi(pinterest_sdk.ApiClient())
    await later.boards_get(board="1")  # wrong
    print((await later.boards_get("1"))["nam"])  # wrong
    sdk_aio.paginate(later.boards_get, "1")  # wrong
