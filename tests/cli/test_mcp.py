"""`pinterest mcp`: operations as tools, asked for by the protocol's Python client."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from mcp import MCPError

from assistant import failure, said, served, texts, tools
from program import due

if TYPE_CHECKING:
    from program import Person


def paths(person: Person) -> list[str]:
    return [f"{request['method']} {request['path']}" for request in person.sandbox.requests()]


@pytest.mark.smoke
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_finds_an_operation_and_calls_it(person: Person, mode: str) -> None:
    token = str(person.keep()["access_token"])

    async def assistant() -> list[str]:
        async with served(person, mode=mode) as client:
            assert "Nothing can be changed" in (client.instructions or "")
            offered = await tools(client)
            assert sorted(offered) == ["call_operation", "describe_operation", "list_operations"]
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in offered.values())
            (listed,) = texts(await client.call_tool("list_operations", {"group": "boards", "words": "list"}))
            assert "boards/list  GET /boards\n" in listed
            assert "pins/list" not in listed
            (told,) = texts(await client.call_tool("describe_operation", {"operation": "boards/list"}))
            schema = json.loads(told)["arguments"]
            assert schema["properties"]["page_size"] == {
                "type": "integer",
                "minimum": 1,
                "maximum": 250,
                "default": 25,
            }
            arguments = {"operation": "boards_list", "arguments": {"page_size": 2, "pages": 2}}
            result = await client.call_tool("call_operation", arguments)
            assert not result.is_error
            return [listed, told, *texts(result)]

    *_, first, second = shown = asyncio.run(assistant())
    assert len(json.loads(first)["items"]) == len(json.loads(second)["items"]) == 2
    assert json.loads(second)["bookmark"]
    assert paths(person) == ["GET /v5/boards"] * 2
    assert token not in "".join(shown) + said(person).read_text()
    assert said(person).read_text() == ""


def test_operations_are_tools_of_their_own(person: Person) -> None:
    person.keep()

    async def assistant() -> None:
        async with served(person, "--tools", "boards,pins_get", "--write", "boards/create") as client:
            offered = await tools(client)
            assert {"boards_list", "boards_get", "boards_create", "pins_get"} <= set(offered)
            assert not {"boards_delete", "pins_list", "call_operation"} & set(offered)
            create = offered["boards_create"]
            assert create.annotations
            assert (create.annotations.read_only_hint, create.annotations.destructive_hint) == (False, True)
            body = create.input_schema["properties"]["body"]
            assert create.input_schema["required"] == ["body"]
            assert body["required"] == ["name"]
            assert body["properties"]["privacy"]["enum"] == ["PROTECTED", "PUBLIC", "SECRET"]
            assert "id" not in body["properties"]
            assert "POST /boards. Changes; group boards. Needs boards:read, boards:write." in str(
                create.description
            )
            person.sandbox.respond({"status": 201, "json": {"id": "1"}})
            result = await client.call_tool("boards_create", {"body": {"name": "é", "new_in_2027": 1}})
            assert texts(result) == ['{"id":"1"}']
            with pytest.raises(MCPError):
                await client.call_tool("boards_delete", {"board_id": "1"})

    asyncio.run(assistant())
    (request,) = person.sandbox.requests()
    assert json.loads(request["body"]) == {"name": "é", "new_in_2027": 1}


def test_what_changes_something_is_refused_unless_it_is_named(person: Person) -> None:
    person.keep()
    create = {"operation": "boards/create", "arguments": {"body": {"name": "n"}}}

    async def assistant() -> None:
        async with served(person) as client:
            refused = failure(await client.call_tool("call_operation", create))
            assert refused["message"] == "boards/create changes something, and this server may not"
            assert "pinterest mcp --write boards/create" in refused["hint"]
            with pytest.raises(MCPError):
                await client.call_tool("write_operation", create)
            told = texts(await client.call_tool("describe_operation", {"operation": "boards/create"}))
            assert json.loads(told[0])["call_with"] is None
        assert paths(person) == []
        async with served(person, "--write", "boards") as client:
            offered = await tools(client)
            assert offered["write_operation"].annotations
            assert offered["write_operation"].annotations.destructive_hint
            refused = failure(await client.call_tool("call_operation", create))
            assert "call it with write_operation" in refused["hint"]
            assert paths(person) == []
            person.sandbox.respond({"status": 201, "json": {"id": "1"}})
            assert not (await client.call_tool("write_operation", create)).is_error
            for name in ("oauth/token", "oauth/conversion_token", "token/revoke"):
                refused = failure(await client.call_tool("write_operation", {"operation": name}))
                assert "about tokens" in refused["message"]
        assert paths(person) == ["POST /v5/boards"]

    asyncio.run(assistant())


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("list_operations", {"grop": "boards"}, "takes group, words and nothing else"),
        ("list_operations", {"group": 5}, "`group` is no text"),
        ("list_operations", {"words": "hologram"}, "no operation is so"),
        ("describe_operation", {}, "`operation` is missing"),
        ("describe_operation", {"operation": "boards/lst"}, "there is no operation `boards/lst`"),
        ("call_operation", {"operation": "boards/list", "arguments": []}, "`arguments` is no object"),
        ("call_operation", {"operation": "boards/list", "page_size": 5}, "takes operation and nothing else"),
        ("call_operation", {"operation": "boards/get"}, "`board_id` of boards/get is missing"),
        ("call_operation", {"operation": "boards/get", "arguments": {"board_id": "a/b"}}, "not of the form"),
        ("call_operation", {"operation": "boards/list", "arguments": {"page_size": 251}}, "is above 250"),
        ("call_operation", {"operation": "boards/list", "arguments": {"name": "x"}}, "no parameter `name`"),
        ("call_operation", {"operation": "boards/list", "arguments": {"pages": 11}}, "from 1 to 10"),
        ("call_operation", {"operation": "boards/list", "arguments": {"body": {}}}, "it takes none"),
        ("write_operation", {"operation": "pins/create", "arguments": {"name": "n"}}, "no parameter `name`"),
        ("write_operation", {"operation": "boards/list"}, "boards/list only reads"),
    ],
)
def test_arguments_that_do_not_fit_are_refused_with_what_is_wrong(
    person: Person, tool: str, arguments: dict[str, Any], message: str
) -> None:
    person.keep()

    async def assistant() -> dict[str, Any]:
        async with served(person, "--write", "pins/create") as client:
            return failure(await client.call_tool(tool, arguments))

    refused = asyncio.run(assistant())
    assert message in refused["message"]
    assert refused["kind"] == "InvalidInput"
    assert refused["hint"]
    if tool == "write_operation" and "arguments" in arguments:
        assert "what is sent is given in `body`" in refused["hint"]
    assert paths(person) == []


def test_failures_of_calls_are_the_tools_errors(person: Person) -> None:
    person.keep()

    async def assistant() -> None:
        async with served(person) as client:
            call = {"operation": "boards/get", "arguments": {"board_id": "404404"}}
            person.sandbox.respond({"status": 404, "json": {"code": 40, "message": "Board not found."}})
            found = failure(await client.call_tool("call_operation", call))
            assert (found["kind"], found["status"], found["code"]) == ("Api", 404, 40)
            assert "Board not found" in found["message"]
            person.sandbox.respond({"status": 401, "json": {"code": 2, "message": "Authentication failed."}})
            found = failure(await client.call_tool("call_operation", call))
            assert "pinterest refresh --profile default" in found["hint"]
            # Whoever answers so is not Pinterest.
            person.sandbox.respond({"body": "<html>Log in to this network</html>"})
            found = failure(await client.call_tool("call_operation", call))
            assert (found["kind"], found["outcome"]) == ("Protocol", "Unknown")

    asyncio.run(assistant())


def test_what_is_used_up_is_not_asked_for(person: Person) -> None:
    person.keep(scope="boards:read,ads:read")
    boards, account = {"operation": "boards/list"}, {"operation": "ad_accounts/list"}

    async def assistant() -> None:
        async with served(person) as client:
            person.sandbox.respond(
                {
                    "json": {"items": []},
                    "headers": {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"},
                },
                {"json": {"items": []}},
                {"status": 429, "json": {"code": 8, "message": "slow"}, "headers": {"Retry-After": "40"}},
            )
            assert not (await client.call_tool("call_operation", boards)).is_error
            # A second is waited for.
            assert not (await client.call_tool("call_operation", boards)).is_error
            assert failure(await client.call_tool("call_operation", boards))["kind"] == "RateLimited"
            sent = len(paths(person))
            refused = failure(await client.call_tool("call_operation", boards))
            assert "takes no more calls of the category" in refused["message"]
            assert refused["retry_after"] in (39, 40)
            assert "nothing was sent" in refused["hint"]
            assert len(paths(person)) == sent
            # Another category has limits of its own.
            assert not (await client.call_tool("call_operation", account)).is_error

    asyncio.run(assistant())


def test_a_result_has_an_end(person: Person) -> None:
    person.keep()
    long = {"items": [{"name": "é" * 2000}], "bookmark": "next"}
    call = {"operation": "boards/list"}

    async def assistant() -> None:
        async with served(person, "--max-result-bytes", "3000") as client:
            person.sandbox.respond({"json": long})
            text, note = texts(await client.call_tool("call_operation", call))
            assert len(text.encode()) <= 3000
            assert "The bookmark of the next page is next" in note
            short = {"items": [{"name": "n" * 2000}], "bookmark": "second"}
            person.sandbox.respond({"json": short}, {"json": long})
            first, note = texts(
                await client.call_tool("call_operation", {**call, "arguments": {"pages": 10}})
            )
            assert json.loads(first) == short
            assert "no room" in note
            person.sandbox.respond(*({"json": {"items": [], "bookmark": mark}} for mark in "aba"))
            *blocks, told = texts(
                await client.call_tool("call_operation", {**call, "arguments": {"pages": 10}})
            )
            assert len(blocks) == 3
            assert "leads to one that came before" in told

    asyncio.run(assistant())


def test_a_result_says_which_items_failed_and_holds_no_token(person: Person) -> None:
    token = str(person.keep()["access_token"])
    items = [{"data": {"id": "1"}}, {"exceptions": [{"code": 2, "message": "Invalid"}]}]
    body = [{"ad_account_id": "1", "name": "n", "objective_type": "AWARENESS"}]

    async def assistant() -> None:
        async with served(person, "--write", "campaigns/create") as client:
            person.sandbox.respond({"json": {"items": items}}, {"json": {"echo": f"Bearer {token}"}})
            call = {"operation": "campaigns/create", "arguments": {"ad_account_id": "1", "body": body}}
            _, note = texts(await client.call_tool("write_operation", call))
            assert "items[1].exceptions[0]" in note
            (text,) = texts(await client.call_tool("call_operation", {"operation": "user_account/get"}))
            assert json.loads(text) == {"echo": "Bearer [redacted]"}

    asyncio.run(assistant())


def test_no_note_and_no_encoding_shows_the_token(person: Person) -> None:
    token = str(person.keep()["access_token"])
    body = [{"ad_account_id": "1", "name": "n", "objective_type": "AWARENESS"}]
    escaped = "".join(f"\\u{ord(character):04x}" for character in token)
    coded = base64.b64encode(token.encode()).decode()
    create = {"operation": "campaigns/create", "arguments": {"ad_account_id": "1", "body": body}}

    async def assistant() -> list[str]:
        found = []
        async with served(person, "--write", "campaigns/create", "--max-result-bytes", "2000") as client:
            for answer in (
                {"json": {"items": [{"exceptions": [{"code": 2, "message": f"Not {token}"}]}]}},
                {"json": {"items": ["n" * 3000], "bookmark": token}},
                {"body": f'{{"a": "{escaped}"}}'},
                {"json": {"a": coded}},
            ):
                person.sandbox.respond(answer)
                found += texts(await client.call_tool("write_operation", create))
            person.sandbox.respond({"json": {"items": [{"exceptions": [{"message": "m" * 900}]}] * 9}})
            blocks = texts(await client.call_tool("write_operation", create))
            assert len("".join(blocks).encode()) < 2500
            assert "and more, which the answer has" in blocks[-1]
            person.sandbox.respond({"json": {"items": ["n" * 3000], "bookmark": "b" * 3000}})
            blocks = texts(await client.call_tool("write_operation", create))
            assert len("".join(blocks).encode()) < 2500
            assert "too long to be shown" in blocks[-1]
        return found

    found = "".join(asyncio.run(assistant()))
    assert "items[0].exceptions[0]" in found
    for secret in (token, escaped, coded):
        assert secret not in found
    assert found.count("[redacted]") >= 4


def test_pages_from_a_bookmark_on_are_not_asked_for_twice(person: Person) -> None:
    person.keep()

    async def assistant() -> None:
        async with served(person) as client:
            person.sandbox.respond({"json": {"items": [], "bookmark": "b"}})
            call = {"operation": "boards/list", "arguments": {"pages": 5, "bookmark": "b"}}
            _, told = texts(await client.call_tool("call_operation", call))
            assert "leads to one that came before" in told

    asyncio.run(assistant())
    assert paths(person) == ["GET /v5/boards"]


def test_a_dry_run_shows_the_request_and_sends_nothing(person: Person) -> None:
    token = str(person.keep()["access_token"])

    async def assistant() -> list[str]:
        async with served(person, "--dry-run", "--write", "all") as client:
            assert "dry run" in (client.instructions or "")
            call = {"operation": "boards/create", "arguments": {"body": {"name": "n"}}}
            result = await client.call_tool("write_operation", call)
            assert not result.is_error
            return texts(result)

    (text,) = asyncio.run(assistant())
    shown = json.loads(text)
    assert (shown["method"], shown["body"]) == ("POST", {"name": "n"})
    assert shown["url"] == f"{person.environment['PINTEREST_API_URI']}/boards"
    assert token not in text
    assert paths(person) == []


def test_calls_at_once_renew_a_token_once(person: Person) -> None:
    old = str(person.keep(expires_at=due())["access_token"])

    async def assistant() -> None:
        async with served(person) as client:
            call = {"operation": "user_account/get"}
            results = await asyncio.gather(*(client.call_tool("call_operation", call) for _ in range(10)))
            assert [result.is_error for result in results] == [False] * 10

    asyncio.run(assistant())
    assert paths(person).count("POST /v5/oauth/token") == 1
    assert paths(person).count("GET /v5/user_account") == 10
    assert person.stored()["access_token"] != old


def test_without_a_login_it_serves_and_says_what_to_do(person: Person) -> None:
    async def assistant() -> None:
        async with served(person) as client:
            assert "boards/list" in texts(await client.call_tool("list_operations", {}))[0]
            found = failure(await client.call_tool("call_operation", {"operation": "boards/list"}))
            assert found["kind"] == "ReauthorizationRequired"
            assert "pinterest login" in found["hint"]

    asyncio.run(assistant())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tools", "bords"), "--tools names no operation"),
        (("--write", "boards/list"), "names what only reads"),
        (("--tools", "boards/create"), "--write does not name it"),
        (("--tools", "advanced_auction"), "--write does not name it"),
        (("--write", "oauth/token"), "--write names no operation"),
        (("--max-pages", "0"), "--max-pages"),
        (("--app-secret-file", "-"), "would both read standard input"),
    ],
)
def test_options_that_make_no_server_are_refused(person: Person, options: tuple[str, ...], said: str) -> None:
    result = person.run("mcp", *options)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_every_operation_can_be_a_tool(person: Person) -> None:
    async def assistant() -> None:
        async with served(person, "--tools", "all", "--write", "all") as client:
            offered = await tools(client)
            assert len(offered) > 220
            assert all(len(name) <= 64 for name in offered)

    asyncio.run(assistant())
