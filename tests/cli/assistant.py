"""`pinterest mcp` as an assistant's program starts it: with a client of its makers, or line by line."""

from __future__ import annotations

import contextlib
import itertools
import json
from typing import TYPE_CHECKING, Any

from mcp import Client, StdioServerParameters, stdio_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from mcp import Tool
    from mcp.types import CallToolResult

    from program import Person, Result


@contextlib.asynccontextmanager
async def served(
    person: Person, *options: str, mode: str = "auto", env: Mapping[str, str | None] | None = None
) -> AsyncIterator[Client]:
    """A client of a server that is started for it; what the server says on standard error is in a file."""
    command, *arguments = person.launcher
    parameters = StdioServerParameters(
        command=command,
        args=[*arguments, "mcp", *options],
        env=person.variables(env or {}),
        cwd=person.folder,
    )
    with said(person).open("w") as errors:
        async with Client(stdio_client(parameters, errlog=errors), mode=mode) as client:
            yield client


def said(person: Person) -> Any:
    return person.folder / "said-by-mcp"


async def tools(client: Client) -> dict[str, Tool]:
    return {tool.name: tool for tool in (await client.list_tools()).tools}


def texts(result: CallToolResult) -> list[str]:
    """The blocks of a result, all of which are texts."""
    return [block.text for block in result.content if block.type == "text"]


def failure(result: CallToolResult) -> dict[str, Any]:
    """What a failed call says."""
    assert result.is_error, result
    (text,) = texts(result)
    found: dict[str, Any] = json.loads(text)["error"]
    return found


class Wire:
    """The protocol by hand, for what a client that keeps to it does not do."""

    def __init__(self, person: Person, *options: str, **start: Any) -> None:
        self.running = person.start("mcp", *options, **start)
        self._numbers = itertools.count(1)
        client = {"name": "by hand", "version": "1"}
        number = self.send("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        self.greeting = self.answer(number)
        self.write({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def write(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        self.running.type(text + "\n")

    def send(self, method: str, **parameters: Any) -> int:
        number = next(self._numbers)
        self.write({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})
        return number

    def call(self, tool: str, **arguments: Any) -> int:
        return self.send("tools/call", name=tool, arguments=arguments)

    def answer(self, number: int) -> dict[str, Any]:
        """Waits for the answer to a message."""
        self.running.says(f'"id":{number},')
        for line in self.running.printed().splitlines():
            message: dict[str, Any] = json.loads(line)
            if message.get("id") == number:
                return message
        raise AssertionError(self.running.printed())

    def end(self) -> Result:
        return self.running.end()
