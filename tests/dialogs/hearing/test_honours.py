"""Honours by their level, in whatever words they are called."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
LEVELS = {
    "县": "county",
    "县里": "county",
    "县级": "county",
    "市": "city",
    "省级": "province",
    "全国": "nation",
}
HONOURS = (
    "优秀教师",
    "优秀员工",
    "最美志愿者",
    "十佳青年",
    "先进个人",
    "劳模",
    "先进工作者",
)


def told(text: str) -> dict[str, object]:
    return dict(hear(None, Said(text), TODAY).facts)


def test_an_honour_is_named_by_its_level() -> None:
    for (level, fact), honour in product(LEVELS.items(), HONOURS):
        for text in (f"{level}{honour}两次", f"得过两次{level}{honour}"):
            assert told(text) == {f"honours_{fact}": 2}, text


def test_what_a_firm_gives_is_none() -> None:
    for honour in HONOURS:
        assert not any(fact.startswith("honours") for fact in told(f"厂里{honour}两次")), honour
