"""What the office publishes of each year: told from its day on, never guessed."""

import os
from datetime import date
from pathlib import Path

import pytest

from dialogs.faq import answer
from dialogs.region import admissions as told
from dialogs.region.admissions import Admissions, AdmissionsError, admissions
from dialogs.region.check import admissions_faults
from scoring import load_ruleset

RULES = load_ruleset("yongjia-2022")
ON = date(2027, 3, 10)
HEAD = "purpose: 积分入学, source: 通告"
LAST = f"- {{{HEAD}, year: 2026, place: 东城街道, last: 60, from: 2026-06-01}}"
CORRECTED = f"- {{{HEAD}, year: 2026, place: 东城街道, last: 61.5, offered: 9, from: 2026-06-10}}"
WINDOW = f"- {{{HEAD}, year: 2027, opens: 2027-03-01, closes: 2027-03-31, from: 2027-02-01}}"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(told, "folder", lambda: tmp_path)
    return tmp_path / told.FILE


def said(topic: str, on: date = ON) -> str:
    return answer(topic, RULES, on).text


@pytest.mark.usefixtures("file")
def test_without_a_file_nothing_is_published() -> None:
    assert admissions(ON) == Admissions()
    assert "往年最后一名多少分，县里没有公布" in said("school_admission")
    assert "申请的日子，县里没有公布" in said("school_deadline")
    assert "没有写" in said("same_score")
    assert "县里还没有公布" in said("what_for")


def test_a_correction_holds_from_its_day(file: Path) -> None:
    file.write_text(f"admissions:\n{LAST}\n{CORRECTED}\n", encoding="utf-8")
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 9), date(2026, 6, 10))
    found = [[str(one.last) for one in admissions(day).admissions] for day in days]
    assert found == [[], ["60"], ["60"], ["61.5"]]
    assert "东城街道 61.5 分，9 个名额。" in said("school_admission")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2027, 1, 31), "申请的日子，县里没有公布"),
        (date(2027, 2, 28), "2027 年还没有开始：3 月 1 日到 3 月 31 日"),
        (date(2027, 3, 1), "2027 年现在可以申请"),
        (date(2027, 3, 31), "2027 年现在可以申请"),
        (date(2027, 4, 1), "2027 年收申请是 3 月 1 日到 3 月 31 日。别的年份看当年通知"),
    ],
)
def test_the_window_is_told_by_the_day(file: Path, on: date, words: str) -> None:
    file.write_text(f"windows:\n{WINDOW}\n", encoding="utf-8")
    assert words in said("school_deadline", on)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WINDOW.replace("closes: 2027-03-31", "closes: 2027-02-28"), "is before opens"),
        (WINDOW.replace(", source: 通告", ""), "source"),
        (WINDOW.replace(", from: 2027-02-01", ""), "from"),
        (WINDOW.replace("closes", "close"), "close"),
    ],
)
def test_a_slip_is_refused(file: Path, text: str, fault: str) -> None:
    file.write_text(f"windows:\n{text}\n", encoding="utf-8")
    with pytest.raises(AdmissionsError, match=fault):
        admissions(ON)


def test_while_it_is_damaged_what_was_read_last_holds(file: Path) -> None:
    file.write_text(f"admissions:\n{LAST}\n", encoding="utf-8")
    assert len(admissions(ON).admissions) == 1
    file.write_text("admissions: [", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert len(admissions(ON).admissions) == 1
    more = LAST.replace("东城", "南城")
    file.write_text(f"admissions:\n{LAST}\n{more}\n", encoding="utf-8")
    assert len(admissions(ON).admissions) == 2


def test_the_same_from_the_same_day_is_told_with_both_lines() -> None:
    told = admissions_faults(f"admissions:\n{LAST}\n{CORRECTED}\n{LAST}\n")
    assert [str(one) for one in told] == [
        "admissions.yaml:4: 和第 2 行是同一件事、同一天起。改法：去掉一条，或者改 from"
    ]
