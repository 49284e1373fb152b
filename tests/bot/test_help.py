"""Anyone may ask what a command does, before there is anything to do it with."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, main
from tests.guides import GUIDES, ROOT


def commands() -> Iterator[tuple[str, ...]]:
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        inner = command.list_commands(context) if isinstance(command, click.Group) else ()
        yield from [(name,), *((name, one) for one in inner)]


def test_help_needs_nothing_and_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = list(commands())
    found = {one: CliRunner().invoke(main, [*one, "--help"]) for one in asked}
    assert ("staff", "create") in found
    assert {one: told.output for one, told in found.items() if told.exit_code} == {}
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


NAMED = re.compile(r"xinshimin(?: --[a-z]+ [^ `\n]+)? ([a-z-]+)(?: ([a-z-]+))?([^`#\n]*)")


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_commands_and_options_that_exist(guide: str) -> None:
    known = set(commands())
    for line in (ROOT / guide).read_text("utf-8").splitlines():
        for name, inner, rest in NAMED.findall(line):
            if (name,) not in known:
                continue  # a file's or an account's name
            called = (name, inner) if (name, inner) in known else (name,)
            told = CliRunner().invoke(main, [*called, "--help"]).output
            missing = [one for one in re.findall(r"--[a-z-]+", rest) if one not in told]
            assert not missing, line
