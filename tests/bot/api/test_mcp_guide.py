"""The guide's example for a language model's host, followed as it stands in an empty folder."""

import json
import os
import re
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters

from bot.api.operations import OPERATIONS
from tests.bot.api.asking import answer, talked
from tests.bot.api.test_guide import GUIDE


def test_the_example_for_a_host_starts_the_tools(tmp_path: Path) -> None:
    [block] = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    [written] = json.loads(block)["mcpServers"].values()
    written["env"]["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    empty = tmp_path / "empty"
    empty.mkdir()

    async def talk(client: Client) -> None:
        assert [one.name for one in (await client.list_tools()).tools] == list(OPERATIONS)
        told = answer(await client.call_tool("estimate", {"facts": {"education": "bachelor"}}))
        assert told["points"] == 10
        assert not told["determination"].endswith("unkeyed")

    server = StdioServerParameters(**written, cwd=empty)
    assert talked(talk, tmp_path / "log", server) == ""
    assert not list(empty.iterdir())
