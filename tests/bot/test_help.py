"""Anyone may ask what a command does, before there is anything to do it with."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.guides import GUIDES, ROOT


def commands(group: click.Group = main) -> Iterator[tuple[str, ...]]:
    """Those of a group, and of the groups in it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, *inner) for inner in commands(command))


def test_help_needs_nothing_and_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = list(commands())
    found = {one: CliRunner().invoke(main, [*one, "--help"]) for one in asked}
    assert found.keys() >= {("staff", "create"), ("api", "key", "add")}
    assert {one: told.output for one, told in found.items() if told.exit_code} == {}
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


NAMED = re.compile(r"xinshimin(?: --[a-z]+ [^ `\n]+)? ([a-z-]+(?: [a-z-]+)*)([^`#\n]*)")


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_commands_and_options_that_exist(guide: str) -> None:
    known = set(commands())
    for line in (ROOT / guide).read_text("utf-8").splitlines():
        for words, rest in NAMED.findall(line):
            called = tuple(words.split())
            while called and called not in known:
                called = called[:-1]  # an argument
            if not called:
                continue  # a file's or an account's name
            told = CliRunner().invoke(main, [*called, "--help"]).output
            missing = [one for one in re.findall(r"--[a-z-]+", rest) if one not in told]
            assert not missing, line
