"""Formal wording in traditional characters; the same is heard in either script."""

from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from dialogs.data import parse
from tests.dialogs.hearing.test_sets import faults, heard_facts

HERE = Path(__file__).parent
ROWS = parse((HERE / "formal.yaml").read_text("utf-8"))
SETS = ("thirtyeighth_answers", "thirtyninth_messages", "fortieth_answers", "fortyfirst_messages")


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_formal_wording_is_heard(row: dict[str, Any]) -> None:
    assert faults(row) == (0, 0), heard_facts(row)


@pytest.mark.parametrize("name", SETS)
def test_in_traditional_characters_the_same_is_heard(name: str) -> None:
    traditional = OpenCC("s2t")
    for row in parse((HERE / f"{name}.yaml").read_text("utf-8")):
        text = traditional.convert(row["text"])
        assert heard_facts({**row, "text": text}) == heard_facts(row), text
