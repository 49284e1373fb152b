"""What is told in the standard language is told in seven regional ways: the same is recorded."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.interpret import hear
from dialogs.language import regional
from dialogs.language.regional import in_standard_words
from dialogs.questions import questions
from dialogs.utterance import Said

HERE = Path(__file__).parent
TODAY = date(2026, 11, 28)
REGIONS = {
    "Sichuan": {
        "没有": "莫得", "什么": "啥子", "怎么": "咋个", "不知道": "晓不得", "孩子": "娃儿",
        "(?<=[证记照])办了": "办起了", "家里": "屋头", "记不得": "记不到", "我们": "我们些",
    },
    "Wenzhou": {"没有": "呒没", "吗(?=$|[,，。?？ ])": "伐", "不是": "勿是", "不知道": "勿晓得"},
    "Henan": {
        "没有": "木有", "什么": "啥", "(?<=[证记照])办了": "弄了", "办过": "弄过", "我": "俺",
        "(?<![现存实就还都正自大])在(?!读|职|审|校)": "搁",
    },
    "the Northeast": {
        "(?<=[证记照])办了": "整了", "办过": "整过", "什么": "啥玩意", "我们": "咱们",
    },
    "Guangdong": {
        "没有": "冇", "不是": "唔系", "(?<![要还可但于只就])是": "系", "的": "嘅", "了": "咗",
        "他": "佢", "多少": "几多", "还有": "仲有", "给": "畀", "不知道": "唔知",
        "(?<![现存实就还都正自大])在(?!读|职|审|校)": "喺",
    },
    "Hunan": {"没有": "冇得", "什么": "么子", "(?<=[证记照])办了": "搞了", "这个": "咯个"},
    "Anhui": {"没有": "么得", "可以": "阔以", "(?<=[证记照])办了": "搞了", "办好": "搞好"},
}  # fmt: skip
FORMS = Path(regional.__file__).with_name("regional.yaml")
SETS = ("second", "ninth", "thirteenth", "twentieth", "twentyfifth", "twentyeighth")


def rows() -> Iterator[tuple[str | None, str]]:
    for name in SETS:
        for kind in ("messages", "answers"):
            for row in parse((HERE / f"{name}_{kind}.yaml").read_text("utf-8")):
                yield row.get("asked"), row["text"]


def told(asked: str | None, text: str) -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


@pytest.fixture(scope="module")
def standard() -> dict[tuple[str | None, str], dict[str, object]]:
    return {row: told(*row) for row in rows()}


@pytest.mark.parametrize("region", REGIONS)
def test_the_same_is_recorded(region: str, standard: dict[str, Any]) -> None:
    """Of 28 sets, 7,900 texts in all. First run: 630 differed, 170 with something wrong; now 14
    differ. Here one in 100 may."""
    tried, differ = 0, []
    for (asked, text), heard in standard.items():
        said = text
        for word, form in REGIONS[region].items():
            said = re.sub(word, form, said)
        if said != text:
            tried += 1
            differ += [said] if told(asked, said) != heard else []
    assert tried > 20
    assert len(differ) <= max(1, tried / 100), differ


@pytest.mark.parametrize(
    "text",
    [
        *("有关系统的联系", "三年整", "整年都在", "耽搁了两年", "搁置", "屋里头那个", "怎么得了"),
        *("多么有用", "北伐", "记得起", "中文系毕业", "几多分", "认识他", "勿忘我"),
    ],
)
def test_what_only_looks_regional_stays(text: str) -> None:
    assert in_standard_words(text) == (text if text != "几多分" else "多少分")


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("租勒一间房东勒租了九年了", "租了一间房东的租了九年了"),
        ("有啥子不同意勒", "有什么不同意的"),
        ("命令你勒令停工", "命令你勒令停工"),
    ],
)
def test_what_guizhou_writes_for_two_particles(text: str, standard: str) -> None:
    assert in_standard_words(text) == standard
