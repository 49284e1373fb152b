"""Rules that changed since one was here last are told once, with what they change for oneself."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.transcript import Talker
from scoring import Ruleset, load_ruleset
from tests.dialogs.talks import COMPLETE, NOW, agreed

LATER = NOW + timedelta(days=40)
TOLD = "规则改了（《口径的答复》）：文化程度 8 → 9。\n同样的回答，您的估算 66 → 67 分。"
CORRECTED = """
amends: yongjia-2022
title: 口径的答复
documents:
  reply: {{title: 答复}}
correct:
  - figure: education.junior_college.points
    value: {points}
    from: {start}
    source: {{document: reply, place: 第一条}}
    verified_on: 2026-11-01
"""


def rules(folder: Path, *, points: int = 9, start: str = "") -> Ruleset:
    """The rules, corrected from a day on by a file in the folder if one is said."""
    if start:
        text = CORRECTED.format(points=points, start=start)
        (folder / f"own{points}.yaml").write_text(text, encoding="utf-8")
    return load_ruleset("yongjia-2022", folder)


def here(known: Ruleset, born: str = COMPLETE[1]) -> Talker:
    """The acceptance person, who gave all answers under these rules."""
    person = agreed()
    person.rules = known
    for line in (COMPLETE[0], born, *COMPLETE[2:]):
        person.line(line)
    return person


def back(person: Talker, under: Ruleset, said: str = "明细") -> str:
    """What they hear 40 days later."""
    person.rules, person.now = under, LATER
    return person.line(said).text


@pytest.mark.parametrize("said", ["明细", "预约", "你好", "我的数据"])
def test_what_came_into_force_meanwhile_is_told_once(tmp_path: Path, said: str) -> None:
    own = rules(tmp_path, start="2026-12-15")
    person = here(own)
    assert back(person, own, said).startswith(TOLD)
    assert "规则改了" not in person.line("结果").text


def test_what_was_entered_meanwhile_for_an_earlier_day_is_told_too(tmp_path: Path) -> None:
    person = here(rules(tmp_path))
    assert back(person, rules(tmp_path, start="2026-11-01")).startswith(TOLD)


def test_a_birthday_or_what_gives_the_same_is_no_change_of_the_rules(tmp_path: Path) -> None:
    person = here(rules(tmp_path), "1985年12月")  # 41 in December: a point less
    assert person.conversation.facts["birth_date"] == "1985-12-01"
    assert "规则改了" not in back(person, rules(tmp_path, points=8, start="2026-12-15"))


def test_what_was_known_and_is_there_no_more_is_not_guessed(tmp_path: Path) -> None:
    person = here(rules(tmp_path, start="2026-11-01"))
    (tmp_path / "own9.yaml").unlink()
    assert "规则改了" not in back(person, rules(tmp_path, points=10, start="2026-11-01"))


def test_while_the_folder_is_away_nothing_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    person = here(rules(folder))
    own = rules(folder, start="2026-11-01")
    folder.rename(tmp_path / "elsewhere")
    assert "规则改了" not in back(person, own)


def test_a_talk_of_an_earlier_version_goes_by_the_days(tmp_path: Path) -> None:
    person = here(rules(tmp_path))
    person.conversation = person.conversation.but(amendments=None)
    assert "规则改了" not in back(person, rules(tmp_path, start="2026-11-01"))
    assert back(here(own := rules(tmp_path, start="2026-11-01")), own).startswith("年龄")
