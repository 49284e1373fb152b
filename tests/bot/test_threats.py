"""The guide's list of threats: every line names tests that exist."""

import re
from pathlib import Path

import bot

TESTS = Path(__file__).parents[1]
TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)
GUIDE = (Path(bot.__file__).parent / "THREATS.md").read_text("utf-8")


def lines() -> list[list[str]]:
    """The cells of each line of the table."""
    rows = re.findall(r"^\| (.*) \|$", GUIDE, re.MULTILINE)
    return [re.split(r" \| ", row) for row in rows[1:]]


def existing() -> set[str]:
    """The names of all tests."""
    files = TESTS.rglob("test_*.py")
    return {name for file in files for name in TEST.findall(file.read_text("utf-8"))}


def test_every_threat_says_who_what_and_how_and_names_tests_that_exist() -> None:
    known = existing()
    assert len(lines()) > 20
    for line in lines():
        assert len(line) == 4, line
        assert all(line)
        named = re.findall(r"`([^`]+)`", line[3])
        assert named, line
        assert set(named) <= known, (line[0], set(named) - known)
