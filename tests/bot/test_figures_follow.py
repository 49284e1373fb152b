"""Nothing shown stays behind when an office changes a figure: no page, answer, JSON or talk says
the old one outside a quotation. All talks, and every figure by itself, are soak."""

import json
import re
from pathlib import Path

import pytest

from scoring import load_ruleset
from tests.bot import surfaces
from tests.rulesets.changed import (
    RULESETS,
    Changed,
    all_but,
    all_changed,
    figures,
    old_amounts,
    old_numbers,
)

ALL = sorted(surfaces.TRANSCRIPTS.glob("*.txt"))
FEW = [path for path in ALL if path.stem in ("everything_ticked", "registration_only")]
SAID = re.compile(r"^> .*\d ?分.*$", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def files(folder: Path, written: dict[str, str]) -> Path:
    own = folder / "rules"
    own.mkdir()
    for name, text in written.items():
        (own / name).write_text(text, encoding="utf-8")
    return own


def left(name: str, text: str) -> list[str]:
    """What a text still says of the old figures, with the line where it stands. A goal is the
    person's own number, and what is lacking to it is none of the rules'."""
    if name.endswith(("JSON", "compared")):
        return [f"{name}: {one}" for one in old_numbers(json.loads(text))]
    goals = {goal for line in SAID.findall(text) for goal in NUMBER.findall(line)}
    return [
        f"{name}: {old}: {line}"
        for line in text.split("\n")
        if not (goals and goals.intersection(NUMBER.findall(line)))
        for old in old_amounts(line)
    ]


def everything(
    sqlite: Path, folder: Path, written: dict[str, str], talks: list[Path]
) -> dict[str, str]:
    surfaces.database(sqlite, folder)
    return dict(surfaces.read(files(folder, written), folder, talks))


def all_left(told: dict[str, str]) -> list[str]:
    return [one for name, text in told.items() for one in left(name, text)]


def test_with_every_figure_changed_nothing_says_an_old_one(tmp_path: Path, sqlite: Path) -> None:
    told = everything(sqlite, tmp_path, all_changed(), FEW)
    assert all_left(told) == []
    assert "待确认的规则" in told["/staff/rules"]  # signed in
    assert "70.62 分" in told["/sheet"]  # 66 × 1.07
    assert "超过 62 岁 0.535 分" in told["/rules/age"]  # 0 is never called old


@pytest.mark.soak
def test_no_talk_says_an_old_one(tmp_path: Path, sqlite: Path) -> None:
    assert all_left(everything(sqlite, tmp_path, all_changed(), ALL)) == []


EACH = [
    pytest.param(id, one, id=f"{id}: {one.name}")
    for id in RULESETS
    for one in figures(load_ruleset(id))
    if one.was
]


@pytest.mark.soak
@pytest.mark.parametrize(("id", "one"), EACH)
def test_each_figure_is_told_as_it_is_and_gone_when_it_is_changed(
    tmp_path: Path, sqlite: Path, id: str, one: Changed
) -> None:
    """Where it alone is the old one, it is found: then all that showed it is looked at above, where
    it is changed as well and nothing old is left."""
    told = everything(sqlite, tmp_path, all_but(id, one), FEW[:1])
    shown = {name for name, text in told.items() if left(name, text)}
    assert shown, "nothing tells of this figure"
    assert f"rules show {id} --on {surfaces.ON}" in shown


def test_what_is_typed_would_be_found() -> None:
    for text in (
        "大专 8 分",
        "可能 66～76.5 分",
        "满 60 周岁",
        "55 至 62 周岁",
        "满 57 岁，年龄少 1 分",
    ):
        assert old_amounts(text)
    for text in (
        "说明稿“每月计0.25分”",
        "大专 8.56 分",
        "出处：“最高30分不变”",
        "大约 3 分钟，0 分",
        "2029年12月 10.7 分，满 55 岁，年龄少 1.07 分",
    ):
        assert old_amounts(text) == []
    assert list(old_numbers({"points": 66, "items": [{"cap": 5.35, "place": "最高30分"}]})) == [
        "points 66"
    ]
