"""Entries of the office's file changed one by one: all other lines stay as they were written."""

from datetime import date
from decimal import Decimal

import pytest

from dialogs import data
from dialogs.region.entries import UneditableError, entries, with_entry, without_entry
from dialogs.region.load import folder

READ = {"purpose": "积分入学", "year": 2026, "last": 62.5, "from": date(2026, 6, 1)}
NEW = {**READ, "last": Decimal("62.5")}
BLOCK = """# 县里的
uses:   # 用处
  - purpose: 入园   # 幼儿园
    year: 2025

  # 下面是去年的
  - purpose: "疗养：休息"
    year: 2024
windows: []
"""
FLOW = "uses:\n- {purpose: 入园,\n   year: 2025}\n- {purpose: 疗养, year: 2024} # 去年\n"
TEXTS = {"block": BLOCK, "flow": FLOW, "none": "", "comment": "# 还没有\n", "null": "uses:\n"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_one_is_added_changed_and_taken_away(text: str) -> None:
    known = entries(text, "uses")
    more = with_entry(text, "uses", NEW)
    assert entries(more, "uses") == [*known, READ]
    assert without_entry(more, "uses", len(known)).replace("uses:\n", "") == text.replace(
        "uses:\n", ""
    )
    for number in range(len(known)):
        rest = [*known[:number], *known[number + 1 :]]
        changed = [*known[:number], READ, *known[number + 1 :]]
        assert entries(with_entry(text, "uses", NEW, number), "uses") == changed
        assert entries(without_entry(text, "uses", number), "uses") == rest


def test_comments_stay() -> None:
    for changed in (with_entry(BLOCK, "uses", NEW, 0), without_entry(BLOCK, "uses", 1)):
        assert "# 县里的\nuses:   # 用处\n" in changed
        assert "  # 下面是去年的\n" in changed
    added = with_entry(BLOCK, "windows", {"year": 2027})
    assert entries(added, "windows") == [{"year": 2027}]
    assert added.startswith(BLOCK.removesuffix("windows: []\n"))


def test_the_packaged_file_gains_and_loses_an_entry_without_a_trace() -> None:
    text = (folder() / "admissions.yaml").read_text("utf-8")
    for kind in data.parse(text):
        more = with_entry(text, kind, NEW)
        assert without_entry(more, kind, len(entries(text, kind))) == text


@pytest.mark.parametrize("text", ["uses: [{year: 2025}]\n", "uses: [\n {year: 2025}]\n"])
def test_what_stands_in_one_bracket_is_not_torn_apart(text: str) -> None:
    with pytest.raises(UneditableError):
        with_entry(text, "uses", NEW)
