"""Whether it is enough: last year's practice beside one's own range, only where it is published."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dialogs.enough import enough
from dialogs.phrases import say
from dialogs.region import admissions as told
from tests.dialogs.talks import COMPLETE, agreed

ON = date(2026, 11, 23)
PLACES = ("瓯北公办小学", "东城街道", "沙头镇", "碧莲镇")
NONE = "往年最后一名多少分，县里没有公布，够不够说不准。"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(told, "folder", lambda: tmp_path)
    return tmp_path / told.FILE


def row(place: str, last: str, year: int = 2025, since: str = "2025-06-20") -> str:
    about = f"purpose: 积分入学, year: {year}, place: {place}, last: {last}"
    return f"- {{{about}, from: {since}, source: {year} 年通告}}"


def said(low: str, high: str, on: date = ON) -> str:
    return say("_enough", enough=enough(Decimal(low), Decimal(high), on), whose="")


@pytest.mark.parametrize(
    ("low", "high", "own"),
    [
        ("66", "66", "您 66 分"),
        ("66", "76.5", "您至少 66 分"),
        ("62", "76.5", "您至少 62 分"),
        ("50", "61.5", "您最多 61.5 分"),
        ("50", "62", "您可能 50～62 分"),
        ("50", "Infinity", "您可能 50 分起"),
    ],
)
def test_ones_own_range_stands_beside_it(file: Path, low: str, high: str, own: str) -> None:
    file.write_text(f"admissions:\n{row(PLACES[0], '62')}\n", encoding="utf-8")
    expected = f"去年积分入学最后一名：瓯北公办小学 62 分；{own}。\n每年不一样，只能参考。"
    assert said(low, high) == expected


def test_of_many_places_the_fewest_and_the_most(file: Path) -> None:
    points = ("62", "58.5", "71", "60")
    rows = "\n".join(map(row, PLACES, points))
    file.write_text(f"admissions:\n{rows}\n", encoding="utf-8")
    few, most = "最低的东城街道 58.5 分", "最高的沙头镇 71 分"
    assert said("60", "70").startswith(f"去年积分入学最后一名：{few}，{most}；您可能 60～70 分。")


def test_the_latest_year_that_is_told_by_its_name(file: Path) -> None:
    rows = [row("东城街道", "60", 2024), row("东城街道", "63", 2026, "2027-01-01")]
    file.write_text("admissions:\n" + "\n".join(rows), encoding="utf-8")
    assert said("66", "66").startswith("2024 年积分入学最后一名：东城街道 60 分；")
    assert said("66", "66", date(2027, 1, 1)).startswith("去年积分入学最后一名：东城街道 63 分；")


@pytest.mark.usefixtures("file")
def test_where_nothing_is_published_that_is_said() -> None:
    assert said("66", "76.5") == NONE


def test_it_is_said_with_the_result_and_when_asked(file: Path) -> None:
    file.write_text(f"admissions:\n{row(PLACES[0], '62')}\n", encoding="utf-8")
    person = agreed(*COMPLETE)
    for asked in ("我现在多少分", "够不够"):
        assert "瓯北公办小学 62 分；您至少 66 分。" in person.line(asked).text, asked
