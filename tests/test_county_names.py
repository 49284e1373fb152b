"""Neither code nor templates name a county: what differs by county stands in its folder."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.region import folder, region

ROOT = Path(__file__).parents[1]
ROOMS = ("scoring", "dialogs", "bot")
COUNTIES = ROOT / "scoring" / "counties"
IDS = [rf"\b{one.id}\b" for one in region().townships]
NAMES = re.compile("|".join([region().name, folder().name, region().city, *region().former, *IDS]))


def files(room: str, *endings: str) -> list[Path]:
    found = (path for path in (ROOT / room).rglob("*") if path.suffix in endings)
    return sorted(path for path in found if not path.is_relative_to(COUNTIES))


def strings(code: str) -> Iterator[tuple[int, str]]:
    """Every string of a program but its docstrings, whose examples may name places."""
    tree = ast.parse(code)
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_no_program_names_a_county() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for room in ROOMS
        for path in files(room, ".py")
        for line, text in strings(path.read_text("utf-8"))
        if NAMES.search(text)
    ]
    assert not found


def test_no_words_of_the_language_name_the_city() -> None:
    data = files("dialogs/language", ".yaml")
    assert not [path.name for path in data if region().city in path.read_text("utf-8")]


@pytest.mark.parametrize("room", ["templates", *ROOMS])
def test_no_words_and_no_data_say_the_countys_name(room: str) -> None:
    """Examples of what people ask (`aliases`) may name places; they are not said."""
    endings = (".txt", ".html", ".yaml", ".js", ".css", ".svg")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files(room, *endings)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(f"{region().name}|{folder().name}", line)
    ]
    assert not found
