"""A made-up county runs the whole product: talk, pages, booking, console."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from dialogs.region import region
from dialogs.region.check import check
from tests.bot.setting_up import environment_of, settings_for

COUNTY = Path(__file__).parent / "xiaohe"
ROOT = Path(__file__).parents[2]
Read = dict[str, list[str]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """What a person and a clerk of the county read."""
    command = [sys.executable, "-m", "tests.counties.walk", str(COUNTY)]
    folder = tmp_path_factory.mktemp("walk")
    run = subprocess.run([*command, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return cast(Read, json.loads(run.stdout))


def test_it_is_complete() -> None:
    assert check(COUNTY) == []


def test_it_greets_and_counts_by_its_own_rules(read: Read) -> None:
    chat = "\n".join(read["chat"])
    assert "小河县新市民积分助手" in chat
    # 年龄 20, 大专 8, 社保 40 × 0.5, 居住 50 × 0.25, 公积金 40 × 0.5, at most 20
    assert "估算 80.5 分" in chat
    assert "0578-00000000（2026 年公布）" in chat


def test_its_own_answers_stand_instead_of_the_common_ones(read: Read) -> None:
    chat = "\n".join(read["chat"])
    assert "满 60 分，到青石街道窗口登记" in chat  # a topic of its own
    assert "县里的漂流免费一次" in chat  # a common topic, answered by the county
    assert "说“老城”的，看是青石还是柳桥镇" in chat


def test_it_is_told_nothing_of_another_county(read: Read) -> None:
    """Each common answer has a source that this county has, or says that nothing is written."""
    assert read["faults"] == []


def test_its_window_is_booked(read: Read) -> None:
    assert any("青石街道，11月25日 周三 09:00" in one for one in read["booking"])
    assert any("青石路 1 号" in one for one in read["booking"])
    assert read["booking"][-1] == "booked"
    assert any("青石街道" in one and "竹坪乡" in one for one in read["pages"])
    assert any("柳桥镇 0 0 0" in one for one in read["staff"])


def test_its_pages_show_its_rules(read: Read) -> None:
    pages = "\n".join(read["pages"])
    assert "住在小河县、在小河县工作的外地朋友" in pages
    assert "住房公积金 最高 20 分" in pages
    assert "每次扣 10 分" in pages


def test_a_production_start_speaks_for_it(tmp_path: Path) -> None:
    """The county is chosen by its setting before anything reads one."""
    settings = settings_for(tmp_path)
    told = environment_of(settings) | {"XINSHIMIN_COUNTY": str(COUNTY)}
    show = "from bot import create_app; from dialogs.region import region; create_app()"
    for arguments in (["-m", "bot.cli", "db", "upgrade"], ["-c", f"{show}; print(region().name)"]):
        run = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **told},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "小河"


def test_what_its_office_publishes_is_told(read: Read) -> None:
    chat, rules = "\n".join(read["chat"]), read["pages"][1]
    assert "青石街道 63.5 分，120 个名额；\n柳桥镇 58 分。" in chat
    assert "2027 年还没有开始：3 月 2 日到 4 月 16 日（2027 年入学通告）" in chat
    assert "2026 年，分数一样的，居住时间长的排前面（2026 年入学通告）" in chat
    assert "2027 年可以申请的时间是 2027年3月2日到 2027年4月16日。" in rules
    assert "青石街道 ，120 个名额 63.5 分" in rules


def test_nothing_speaks_of_another_county(read: Read) -> None:
    """But quotations: what stands in 《》 or “” is the name of a document or of a place in it."""
    here = region()
    townships = (name for one in here.townships for name in (one.title, one.id))
    names = re.compile("|".join([here.name, *here.former, *townships]))
    quoted = re.compile("《[^》]*》|“[^”]*”")
    said = [text for texts in read.values() for text in texts]
    assert not [found[0] for text in said if (found := names.search(quoted.sub("", text)))]
