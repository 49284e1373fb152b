"""`xinshimin chat`: scripts, records, a live talk, faults said clearly."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.chat import command
from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed

SHORT = "[关注]\n1\n1\n1994年5月\n# 一周后\n结果\n"


def run(*arguments: str, said: str = "") -> str:
    result = CliRunner().invoke(command, ["--on", "2026-11-23", *arguments], input=said)
    assert result.exit_code == 0, result.output
    return result.output


def test_script(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(SHORT, encoding="utf-8")
    shown = run("--script", str(script))
    assert "估算 20 分" in shown
    assert "2026-11-30。" in shown
    assert "\n# 一周后\n" in shown


def test_a_record_plays_again_word_for_word(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    run("--script", "-", "--record", str(first), said=SHORT)
    run("--script", str(first), "--record", str(second))
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")


def test_live_talk(tmp_path: Path) -> None:
    record = tmp_path / "live.txt"
    shown = run("--record", str(record), said="1\n▸ 有，在有效期内\n# 一周后\n▸ 没有这个\n你好\n\n")
    assert shown.startswith("您好")
    assert "上次做到“出生年月”" in shown
    assert "> ▸ 有，在有效期内\n记下：有居住证。" in record.read_text(encoding="utf-8")


def test_a_tap_that_was_never_offered() -> None:
    result = CliRunner().invoke(command, ["--script", "-"], input="[关注]\n▸ 没有这个\n")
    assert result.exit_code == 1
    assert "没有这个" in result.output


def test_unknown_ruleset() -> None:
    result = CliRunner().invoke(main, ["chat", "--ruleset", "nowhere", "--script", "-"], input="")
    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_rules_folder_is_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINSHIMIN_RULES", str(tmp_path))
    assert "估算 20 分" in run("--script", "-", said=SHORT)


def test_without_a_desk_nothing_is_booked() -> None:
    person = Talker(RULES, NOW)
    for line in ("[关注]", "同意"):
        person.line(line)
    before = person.conversation
    assert "终端里不能预约" in person.line("预约").text
    assert person.conversation == before


@pytest.mark.parametrize("said", ["复核结果", "我想看复核结果"])
def test_what_the_window_decided_is_on_the_sheet(said: str) -> None:
    told = agreed(*COMPLETE).line(said)
    assert "核定了多少分" in told.text
    assert told.links[0].page == "/sheet"


def test_five_doubts_are_not_told_as_three() -> None:
    """By hand: 5 + 0 (5) + 8 (3) + 30 + 30, then 15 (20) + 20 (10) + 2 (12) + 13 (18)."""
    person = agreed(
        "1", "1968年3月10日", "初中", "专项能力高级", "200个月", "130个月", "自己的房", "2年"
    )
    person.line("4 6 7")
    for line in ("县级一个，市级两个", "两个都有", "税费35000，个税5999", "3 5", "3次"):
        person.line(line)
    told = person.line("2500元").text
    assert "估算 123 分（可能 108～148 分）" in told
    assert "还没有定论：文化程度、职业技能、住所情况等 5 项，所以是一个范围。" in told


def test_a_live_talk_ends_with_its_input() -> None:
    assert "【第 1 题】" in run(said="1\n")


def test_a_script_in_another_encoding_is_named(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(SHORT, encoding="gbk")
    result = CliRunner().invoke(command, ["--script", str(script)])
    assert result.exit_code == 1
    assert f"{script} is not UTF-8; save it as UTF-8" in result.output


def test_a_byte_order_mark_says_nothing() -> None:
    assert run("--script", "-", said="\ufeff" + SHORT) == run("--script", "-", said=SHORT)


EARLIER = """
amends: yongjia-original
title: 口径
documents: {reply: {title: 答复}}
correct:
  - figure: junior_college.points
    value: 12
    from: 2022-01-14
    source: {document: reply, place: 第一条}
    verified_on: 2026-11-01
"""


def test_before_and_after_counts_what_the_office_says_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "earlier.yaml").write_text(EARLIER, encoding="utf-8")
    said = "\n".join(("[关注]", "1", *COMPLETE[1:], "新旧对比"))
    assert "文化程度：原来 10 分，现在 8 分" in run("--script", "-", said=said)
    monkeypatch.setenv("XINSHIMIN_RULES", str(tmp_path))
    assert "文化程度：原来 12 分，现在 8 分" in run("--script", "-", said=said)
