"""Whatever is written to `xinshimin mcp` is answered, and it goes on until the input ends."""

import os
import subprocess
import sys
from pathlib import Path

import anyio
from mcp import Client

from bot.api.stdio import LONGEST_LINE, MOST_AT_ONCE
from tests.bot.api.asking import BEGIN, COMMAND, answer, asked, message, talked, written

SECRET = "330324198801011234"
PARSE, INVALID, METHOD, PARAMS = -32700, -32600, -32601, -32602
NO_MESSAGES = (
    b"{broken",
    b"\xff\xfe\x00",
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"estimate","arguments":'
    + b'{"a":' * 100_000
    + b"1"
    + b"}" * 100_000
    + b"}}",
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"x":' + b"9" * 5_000 + b"}}",
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"x":"\\ud800"}}',
    b"x" * (LONGEST_LINE * 2 + 7),
    b"[]",
    b'"text"',
    b"null",
    b'{"jsonrpc":"1.0","id":1,"method":"tools/list"}',
)
NO_REQUESTS = (  # without an id there is nothing to answer
    b'{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
    b'{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}',
)
REFUSED = {
    1: (message(1, "nothing"), METHOD),
    2: (asked(2, 5), PARAMS),
    3: (message(3, "tools/call", name="estimate", arguments=[]), PARAMS),
    4: (message(4, "tools/call"), PARAMS),
}
FAULTY: dict[int, tuple[bytes, str]] = {
    11: (asked(11, "delete_all"), "estimate"),
    12: (asked(12, "estimate"), "缺这个字段"),
    13: (asked(13, "estimate", facts=[]), "对象"),
    14: (asked(14, "estimate", facts={"rented_years": "x" * 1_000_000}), "16384"),
    15: (asked(15, "estimate", facts={"rented_years": float("nan")}), "0 到 100"),
    16: (asked(16, "estimate", facts={f"x{n}": 1 for n in range(201)}), "200"),
    17: (asked(17, "rulesets", x=1), "空的对象"),
    18: (asked(18, "determine", facts={}, determination="9" * 300), "核对编号"),
    19: (
        asked(19, "determine", facts={}, determination=f"a:{'0' * 8}:9999-12-31:1:unkeyed"),
        "核对编号",
    ),
    20: (asked(20, "estimate", facts={"name": SECRET}), "改法"),
    21: (asked(21, "estimate", facts={"permit": SECRET}), "可选"),
}


def test_every_line_is_answered_and_none_is_logged() -> None:
    lines = [*NO_REQUESTS, *NO_MESSAGES]
    lines += (line for line, _ in (*REFUSED.values(), *FAULTY.values()))
    answers, log, ended = written(*lines, asked(99, "rulesets"))
    assert (log, ended) == (b"", 0)
    codes = [one["error"]["code"] for one in answers if one["id"] is None]
    assert len(codes) == len(NO_MESSAGES)
    assert set(codes) == {PARSE, INVALID}
    told = {one["id"]: one for one in answers if one["id"] is not None}
    assert told.keys() == {*REFUSED, *FAULTY, 99}
    for id, (_, code) in REFUSED.items():
        assert told[id]["error"]["code"] == code, told[id]
    for id, (_, word) in FAULTY.items():
        result = told[id]["result"]
        assert result["isError"], id
        assert word in result["structuredContent"]["detail"], result
    assert not told[99]["result"].get("isError")


def test_many_calls_at_once_are_all_answered(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        async def one(months: int) -> None:
            facts = {"social_insurance_months": months}
            told = answer(await client.call_tool("explain", {"facts": facts}))
            assert told["points"] == months / 4

        async with anyio.create_task_group() as tasks:
            for months in range(40):
                tasks.start_soon(one, months)

    assert talked(talk, tmp_path / "log") == ""


def test_more_than_can_wait_are_refused_and_none_is_lost() -> None:
    """Nobody reads until everything is written."""
    count = MOST_AT_ONCE * 5
    answers, log, ended = written(*(asked(id, "rulesets") for id in range(1, count + 1)))
    assert (log, ended) == (b"", 0)
    assert sorted(one["id"] for one in answers) == list(range(1, count + 1))
    refused = [one["error"]["message"] for one in answers if "error" in one]
    assert all("再发一次" in one for one in refused)


def test_it_ends_quietly_when_nobody_reads_any_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [COMMAND, "mcp"], stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        _, log = process.communicate(message(0, "initialize", **BEGIN) + b"\n", timeout=60)
    assert (log, process.returncode) == (b"", 0)


def test_without_the_sdk_it_says_what_to_install() -> None:
    without = """
import sys
from importlib.abc import MetaPathFinder

class Refused(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "mcp":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Refused())
from bot.cli import main
main(["mcp"])
"""
    done = subprocess.run(
        [sys.executable, "-c", without], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "requirements-mcp.txt" in done.stderr
    assert "Traceback" not in done.stderr
