"""A language model's host holds a talk with `xinshimin mcp`, over its real input and output."""

import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from bot.api.operations import OPERATIONS
from bot.api.tools import ASKS_ONLY
from bot.api.words import api_words
from tests.bot.api.asking import answer, talked
from tests.bot.api.client import PERSON
from tests.bot.api.client import Client as Program
from tests.bot.setting_up import DATA_KEY

DAY = "2026-11-23"
SEALED_OFF = """
import sys

def refuse(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect",
                           "subprocess.Popen", "os.mkdir", "os.rename", "os.remove"}:
        if not isinstance(arguments[0], int):  # a descriptor that is open already
            raise PermissionError(f"{event} {arguments}")

sys.dont_write_bytecode = True
sys.addaudithook(refuse)
from bot.cli import main
main(["mcp"])
"""


def test_from_the_first_question_to_a_confirmed_estimate(tmp_path: Path) -> None:
    """In a process that can neither connect to anything nor write a file."""
    server = StdioServerParameters(
        command=sys.executable, args=["-c", SEALED_OFF], env={"XINSHIMIN_DATA_KEY": DATA_KEY}
    )

    async def talk(client: Client) -> None:
        async def told(tool: str, **arguments: Any) -> Any:
            found = await client.call_tool(tool, arguments)
            assert not found.is_error, found
            return answer(found)

        first, *_ = (await told("questions", facts={}))["questions"]
        assert first["id"] == "permit"
        facts = {first["id"]: first["choices"][0]["id"], "education": "junior_college"}
        left = [one["id"] for one in (await told("questions", facts=facts))["questions"]]
        assert "social_insurance_months" in left
        assert "education" not in left

        wrong = await client.call_tool("estimate", {"facts": {**facts, "rented_years": -1}})
        assert wrong.is_error
        assert answer(wrong)["errors"][0]["field"] == "facts.rented_years"
        assert "0 到 100" in answer(wrong)["detail"]

        facts["social_insurance_months"] = 42
        estimate = await told("estimate", facts=facts, on=DAY)
        assert (estimate["points"], estimate["low"]) == (18.5, 18.5)
        explained = await told("explain", facts=facts, on=DAY)
        assert explained["points"] == estimate["points"]
        for category in explained["categories"]:
            for item in category["items"]:
                assert all(item["source"].values()), item
                assert item["source"]["title"] in item["text"]
        for step in (await told("advice", facts=facts, on=DAY))["advice"]:
            assert all(all(one["source"].values()) for one in step["items"])
            assert step["items"], step
        papers = [one["papers"] for one in (await told("evidence", facts=facts))["evidence"]]
        assert ["参保证明"] in papers
        before = await told("compare", facts=facts, on=DAY, before="yongjia-original")
        assert before["compare"]["points"] == 20.5

        id = estimate["determination"]
        same = await told("determine", determination=id, facts=facts)
        assert same["confirmed"], same
        assert "核对相符" in same["text"]
        other = await told("determine", determination=id, facts={**facts, "education": "master"})
        assert other["differs"] == ["facts"]

    assert talked(talk, tmp_path / "log", server) == ""


def test_the_tools_are_the_operations_of_the_api_and_say_what_is_not_to_be_added(
    tmp_path: Path,
) -> None:
    async def talk(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [one.name for one in tools] == list(OPERATIONS)
        rules = api_words().model
        for word in ("不加承诺", "估算，以县里核定为准", "不要猜", "questions", "身份证号", "出处"):
            assert word in rules
        for tool in tools:
            fields = OPERATIONS[tool.name].asked.model_fields
            assert tool.input_schema["properties"].keys() == fields.keys()
            assert (tool.description or "").endswith(rules)
            assert tool.annotations == ASKS_ONLY
        assert rules in (client.instructions or "")

    assert talked(talk, tmp_path / "log") == ""


def test_an_answer_is_that_of_the_address(client: Program, tmp_path: Path) -> None:
    """Word for word, problems too."""
    asked: list[tuple[str, dict[str, Any]]] = [
        *((name, {"facts": PERSON, "on": DAY}) for name in ("estimate", "explain", "advice")),
        ("compare", {"facts": PERSON, "on": DAY, "before": "yongjia-original"}),
        ("compare", {"facts": PERSON}),
        ("questions", {"facts": {"educatoin": "master"}}),
        ("evidence", {"facts": PERSON, "ruleset": "nowhere"}),
        ("determine", {"facts": PERSON, "determination": "no id"}),
        ("estimate", {"facts": {"education": "x" * 20_000}}),
    ]

    async def talk(model: Client) -> None:
        for name, arguments in asked:
            found = await model.call_tool(name, arguments)
            said = client.ask(name, arguments)
            assert answer(found) == said.json, name
            assert found.is_error is (said.status_code != 200)

    assert talked(talk, tmp_path / "log") == ""


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_is_described_in_words(name: str) -> None:
    assert api_words().operations[name].summary
