"""What an office has filled in is nowhere called unwritten any more."""

import re
from datetime import date
from pathlib import Path

import pytest

from dialogs.data import parse
from dialogs.faq import answer, topics
from dialogs.region.admissions import Admissions
from scoring import Ruleset, load_ruleset
from tests.rulesets.filled import NAMED, all_filled
from tests.scoring.amendments import rules_with

ON = date(2026, 11, 29)
UNWRITTEN = re.compile(
    r"[^。？！；\n]*(?:没有?公布|没有?写|没有?定|没有公开|不公开|写法不一|两种读法)[^。？！；\n]*"
)
PURPOSES = ("积分入学", "入园", "疗养", "积分旅游", "住房租赁补贴")
LEFT: dict[str, list[str]] = parse(Path(__file__).with_name("unwritten.yaml").read_text())


def published() -> Admissions:
    """Everything that an office may publish, for every purpose."""
    common = {"year": 2026, "from": ON, "source": "通告"}
    own = {
        "admissions": {"place": "瓯北街道", "last": "60"},
        "windows": {"opens": date(2026, 3, 1), "closes": date(2026, 4, 1)},
        "rankings": {"text": "从高到低", "ties": "抽签"},
        "uses": {},
    }
    return Admissions.model_validate(
        {kind: [common | one | {"purpose": p} for p in PURPOSES] for kind, one in own.items()}
    )


@pytest.fixture(scope="module")
def filled() -> Ruleset:
    return rules_with(all_filled(load_ruleset("yongjia-2022"), ON))


def test_nothing_that_is_filled_in_is_called_unwritten(filled: Ruleset) -> None:
    """What is left no file has a place for: a new sentence is looked at, then written down."""
    said = {id: answer(id, filled, ON, local=published()).text for id in topics()}
    found = {id: [one.strip() for one in UNWRITTEN.findall(text)] for id, text in said.items()}
    assert {id: left for id, left in found.items() if left} == LEFT


def test_what_false_papers_cost_is_told_with_its_source(filled: Ruleset) -> None:
    plain = answer("fake_documents", load_ruleset("yongjia-2022"), ON).text
    assert "具体怎么处理没有公布" in plain
    told = answer("fake_documents", filled, ON).text
    assert f"{NAMED}每次扣 1 分，最多扣 5 分" in told
    assert "《县里的答复》" in told
