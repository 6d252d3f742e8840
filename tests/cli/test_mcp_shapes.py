"""What reaches `pinterest mcp` and what it is given, where one or the other is not as it should be."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from asked import asked
from assistant import Wire, failure, served, texts

if TYPE_CHECKING:
    from program import Person


def test_half_a_character_leaves_nobody_waiting(person: Person) -> None:
    person.keep()
    wire = Wire(person)
    # As the protocol's Python writes it; no library for it has to be able to read that.
    call = {"operation": "boards/list", "arguments": {"bookmark": "\ud83d"}}
    answer = wire.answer(wire.call("call_operation", **call))
    assert answer["error"]["code"] == -32700
    assert "half a character" in answer["error"]["message"]
    person.sandbox.respond({"body": '{"items": [{"name": "\\ud83d"}], "bookmark": null}'})
    answer = wire.answer(wire.call("call_operation", operation="boards/list"))
    (text,) = answer["result"]["content"]
    assert text["text"] == '{"items": [{"name": "\\ud83d"}], "bookmark": null}'
    assert len(person.sandbox.requests()) == 1
    wire.end()


def test_what_is_no_request_leaves_nobody_waiting(person: Person) -> None:
    person.keep()
    wire = Wire(person, "--write", "pins", "--dry-run")
    call: dict[str, Any] = {"jsonrpc": "2.0", "method": "tools/call"}
    long = {"operation": "pins/create", "arguments": {"body": {"description": "y" * (17 << 20)}}}
    wrong: list[tuple[dict[str, Any], int | None, str]] = [
        ({"method": "ping"}, -32600, "no request of JSON-RPC 2.0"),
        ({"jsonrpc": "2.0", "method": 5}, -32600, "no request of JSON-RPC 2.0"),
        ({**call, "params": [1]}, -32600, "no request of JSON-RPC 2.0"),
        ({**call, "params": {"name": 5}}, -32602, "the params of tools/call do not fit"),
        (
            {**call, "params": {"name": "call_operation", "arguments": []}},
            -32602,
            "the params of tools/call do not fit",
        ),
        (call, -32602, "the params of tools/call do not fit"),
        ({"jsonrpc": "2.0", "method": "prompts/list"}, -32601, "prompts/list"),
        # Longer than the protocol's library takes by itself.
        ({**call, "params": {"name": "write_operation", "arguments": long}}, None, "has more than 800"),
    ]
    for number, (message, code, words) in enumerate(wrong, start=100):
        wire.write({**message, "id": number})
        answer = wire.answer(number)
        assert answer.get("error", {}).get("code") == code, answer
        assert words in json.dumps(answer)
    wire.end()


def test_pages_are_counted_as_json_counts(person: Person) -> None:
    person.keep()

    async def assistant() -> None:
        async with served(person) as client:
            for pages, count in ((2.0, 2), (1, 1)):
                arguments = {"operation": "boards/list", "arguments": {"page_size": 1, "pages": pages}}
                assert len(texts(await client.call_tool("call_operation", arguments))) == count
            for odd in (1.5, 0, 11, "1"):
                arguments = {"operation": "boards/list", "arguments": {"pages": odd}}
                said = failure(await client.call_tool("call_operation", arguments))
                assert said["message"] == "`pages` is no whole number from 1 to 10"

    asyncio.run(assistant())


def test_nothing_of_an_answer_hides_its_bookmark_and_failures(person: Person) -> None:
    person.keep()
    for odd in ("1e400", "[" * 200 + "]" * 200):
        text = f'{{"items":[{{"exceptions":[{{"code":2}}]}}],"bookmark":"b","x":{odd}}}'
        last = '{"items":[]}'
        person.sandbox.respond({"body": text}, {"body": last}, {"body": text}, {"body": last})

        async def assistant(text: str, last: str) -> None:
            async with served(person) as client:
                arguments = {"operation": "campaigns/list", "arguments": {"ad_account_id": "1", "pages": 2}}
                assert texts(await client.call_tool("call_operation", arguments)) == [text, last]

        asyncio.run(assistant(text, last))
        result = person.run("api", "campaigns", "list", "--ad-account-id", "1", "--paginate")
        assert result.out.splitlines() == [text, last]


def test_pages_that_came_are_given_though_a_later_one_fails(person: Person) -> None:
    person.keep()
    pages: list[dict[str, Any]] = [{"json": {"items": [mark], "bookmark": mark}} for mark in "ab"]
    slow_down = {
        "status": 429,
        "json": {"code": 8, "message": "slow"},
        "headers": {"Retry-After": "40"},
    }

    async def assistant() -> None:
        async with served(person) as client:
            person.sandbox.respond(*pages, slow_down)
            call = {"operation": "boards/list", "arguments": {"pages": 5}}
            result = await client.call_tool("call_operation", call)
            assert not result.is_error
            first, second, told = texts(result)
            assert [json.loads(first)["bookmark"], json.loads(second)["bookmark"]] == ["a", "b"]
            error = json.loads(told)["error"]
            assert (error["kind"], error["retry_after"]) == ("RateLimited", 40)

    asyncio.run(assistant())


def test_pages_of_one_login_are_not_gone_on_with_in_another(person: Person) -> None:
    person.keep()
    other = person.environment["PINTEREST_API_URI"].replace("127.0.0.1", "localhost")

    async def assistant() -> None:
        async with served(person, env={"PINTEREST_API_URI": None}) as client:
            page = {"json": {"items": [], "bookmark": "b"}, "delay_ms": 1500}
            person.sandbox.respond(page, {"json": {"items": []}})
            call = {"operation": "boards/list", "arguments": {"pages": 5}}
            asking = asyncio.create_task(client.call_tool("call_operation", call))
            await asyncio.to_thread(asked, person, "/boards")
            person.keep(host=other)
            first, told = texts(await asking)
            assert json.loads(first)["bookmark"] == "b"
            assert "another app or environment" in json.loads(told)["error"]["message"]
            # What is asked for from now on is the new login's.
            await client.call_tool("call_operation", {"operation": "boards/list"})
            assert len(person.sandbox.requests("/boards")) == 2

    asyncio.run(assistant())


def test_whose_token_is_used_is_told(person: Person) -> None:
    token = str(person.keep()["access_token"])

    async def assistant(env: dict[str, str | None]) -> str:
        async with served(person, env=env) as client:
            return client.instructions or ""

    assert "of the profile `default`" in asyncio.run(assistant({}))
    told = asyncio.run(assistant({"PINTEREST_ACCESS_TOKEN": token}))
    assert "of the token in PINTEREST_ACCESS_TOKEN" in told
    assert "profile" not in told
    assert token not in told
