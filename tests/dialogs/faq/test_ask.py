"""`xinshimin ask`."""

import json

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.ask import command

DAY = ["--on", "2026-11-23"]


def asked(*arguments: str, stdin: bytes = b"") -> str:
    result = CliRunner().invoke(command, [*arguments, *DAY], input=stdin)
    assert result.exit_code == 0, result.output
    return result.output


def test_one_question_as_json() -> None:
    told = json.loads(asked("F类人才多少分", "--json"))
    assert told["decision"] == "answer"
    assert told["topics"][0] == "talent_points"


def test_one_json_line_for_each_line_even_the_broken_ones() -> None:
    out = asked("-", "--json", stdin="献血加几分\r\n\n".encode() + b"\xff\xfe\n" + "护照".encode())
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["decision"] for line in lines] == ["answer", "none", "none", "elsewhere"]
    assert all(set(line) == {"decision", "topics"} for line in lines)
    assert [line["topics"] for line in lines[1:]] == [[], [], []]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("F类人才多少分", "G 类人才 5 分"),
        ("献血", "在永嘉无偿献血能加分"),
        ("护照", "护照、港澳台通行证由公安"),
        ("-5", "没看明白"),
    ],
)
def test_plain_words(text: str, start: str) -> None:
    assert asked(text).startswith(start)


def test_the_office_rules_count(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINSHIMIN_RULES", str(tmp_path / "absent"))
    result = CliRunner().invoke(main, ["ask", "献血加几分", *DAY])
    assert result.exit_code == 2
    assert "没有这个文件夹" in result.output
