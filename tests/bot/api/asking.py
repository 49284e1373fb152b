"""A language model's host: it starts the command and talks with it, as its makers wrote it."""

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from tests.bot.setting_up import DATA_KEY

COMMAND = str(Path(sys.executable).parent / "xinshimin")
SERVER = StdioServerParameters(command=COMMAND, args=["mcp"], env={"XINSHIMIN_DATA_KEY": DATA_KEY})
SECONDS = 60
Talk = Callable[[Client], Awaitable[None]]


def talked(talk: Talk, log: Path, server: StdioServerParameters = SERVER) -> str:
    """Hold a talk with the command in a process of its own; what it wrote to its log."""

    async def run() -> None:
        with log.open("w") as errors, anyio.fail_after(SECONDS):
            async with Client(stdio_client(server, errlog=errors)) as client:
                await talk(client)

    anyio.run(run)
    return log.read_text()


def written(*lines: bytes) -> tuple[list[Any], bytes, int]:
    """Write these lines as they are, after a beginning, to a process of its own, and end the input:
    its answers, its log, how it ended."""
    begin = [
        message(0, "initialize", **BEGIN),
        b'{"jsonrpc":"2.0","method":"notifications/initialized"}',
    ]
    done = subprocess.run(
        [COMMAND, "mcp"],
        input=b"\n".join([*begin, *lines, b""]),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    first, *answers = map(json.loads, done.stdout.splitlines())
    assert first["id"] == 0
    return answers, done.stderr, done.returncode


BEGIN = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


def message(id: Any, method: str, **params: Any) -> bytes:
    told = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
    return json.dumps(told).encode()


def asked(id: Any, tool: Any, **arguments: Any) -> bytes:
    return message(id, "tools/call", name=tool, arguments=arguments)


def answer(result: CallToolResult) -> Any:
    """What a tool said, the same as data and as text."""
    told = result.structured_content
    [content] = result.content
    assert isinstance(content, TextContent)
    assert json.loads(content.text) == told
    return told
