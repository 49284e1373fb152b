"""What is written as it sounds is heard; what says something by itself stays as it is."""

import re
from pathlib import Path

import pytest

from dialogs.language.by_ear import as_named
from dialogs.language.vocabulary import named_words, stated_values
from dialogs.simplified import simplified
from dialogs.sounds import sounds

ROOT = Path(__file__).parents[3]
WRITTEN = sorted((ROOT / "templates" / "chat").rglob("*.txt"))
NUMERAL = re.compile("[一二两三四五六七八九十]")
HOMOPHONES = (
    "设社射摄保宝报包猪住主政正征济机及公鸡基金今斤忠钟砖传科可学雪血献现合同铜通党当员圆元"
)
SLIPS = {
    "居住登济办了": "居住登记办了",
    "现血两次，献学证有": "献血两次，献血证有",
    "厂里宿设": "厂里宿舍",
    "税废四万各税一分没交": "税费四万个税一分没交",
    "啥子荣玉都没得": "啥子荣誉都没得",
    "居住正是有的": "居住证是有的",
    "居住正在桥头办的": "居住证在桥头办的",
    "劳动和同也签了": "劳动合同也签了",
    "高级及时": "高级技师",
    "造血干系胞": "造血干细胞",
    "做自愿者": "做志愿者",
}
PLAIN = (
    *("出现血丝", "一直有登记", "换房子又登记了", "当员工", "县人大代表", "表哥是政协委员"),
    *("在永嘉租了三年", "买了房自己住", "租房租了五年", "建筑工地", "志愿浙江上写", "要涨租怎么办"),
    *("给登记怎么办", "和租房有关", "小雪没来", "等几天", "动合同公司不给"),
)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_heard(slip: str) -> None:
    assert as_named(slip) == SLIPS[slip]


@pytest.mark.parametrize("text", PLAIN)
def test_what_says_something_stays(text: str) -> None:
    assert as_named(text) == text


def test_our_own_sentences_stay() -> None:
    for path in WRITTEN:
        for line in map(simplified, path.read_text("utf-8").splitlines()):
            assert as_named(line) == line, path


def test_names_with_one_slip_are_heard() -> None:
    long = [word for word in named_words() if len(word) in (4, 5) and not NUMERAL.search(word)]
    slips = [(word, slip) for word in long for slip in _slips(word)]
    heard = [_is_alike(as_named(slip), word) for word, slip in slips]
    assert len(slips) > 300
    assert sum(heard) / len(heard) > 0.9


def _slips(word: str) -> list[str]:
    """The word with one of its characters written as another that sounds like it."""
    return [
        word[:at] + other + word[at + 1 :]
        for at, own in enumerate(word)
        for other in HOMOPHONES
        if other != own and sounds(other) == sounds(own)
    ]


def _is_alike(heard: str, word: str) -> bool:
    values = stated_values()
    return heard == word or (heard in values and values[heard] == values.get(word))
