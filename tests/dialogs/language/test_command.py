"""`xinshimin answer`: the contract other programs rely on."""

import json

import pytest
from click.testing import CliRunner

from bot.cli.answer import command

ON = ["--on", "2026-11-23"]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["months", "三年半"], {"value": 42}),
        (["years", "三年半"], {"value": 3}),
        (["count", "三四次"], {"refused": "vague", "offers": [3, 4]}),
        (["yuan", "1万五"], {"value": 15000}),
        (["date", "1990年5月"], {"value": "1990-05-01"}),
        (["yesno", "没有"], {"value": False}),
        (["months", "-3"], {"refused": "negative", "offers": []}),
        (["months", "2019年3月到现在"], {"value": 92}),
        (["months", ""], {"refused": "empty", "offers": []}),
    ],
)
def test_one_answer(arguments: list[str], shown: dict[str, object]) -> None:
    result = CliRunner().invoke(command, [*arguments, *ON, "--json"])
    assert result.exit_code == 0
    assert json.loads(result.output) == shown


def test_one_line_for_each_line() -> None:
    typed = "三年半\n\n七八年\r\n三年\u2028半\n".encode() + b"\xff\xfe\n42"
    result = CliRunner().invoke(command, ["months", "-", "--json", *ON], input=typed)
    assert result.exit_code == 0
    shown = [json.loads(line) for line in result.output.splitlines()]
    assert shown[:3] == [
        {"value": 42},
        {"refused": "empty", "offers": []},
        {"refused": "vague", "offers": [84, 96]},
    ]
    assert shown[-1] == {"value": 42}
    assert len(shown) == 6


def test_plain_words() -> None:
    assert CliRunner().invoke(command, ["yesno", "有"]).output == "true\n"
    shown = CliRunner().invoke(command, ["months", "七八年", *ON]).output
    assert shown == "refused: vague (84, 96?)\n"


def test_an_unknown_kind_is_a_misuse() -> None:
    assert CliRunner().invoke(command, ["weeks", "三"]).exit_code == 2
