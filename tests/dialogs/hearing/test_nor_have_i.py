"""What another one has, the speaker has not: none, where the denial leaves no other grade."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
OTHERS = ("我爱人", "我师傅", "老公", "我哥")
NONE = {
    "talent_class": ("是F类人才", ("没有", "没评过", "自己没评过")),
    "skill": ("高级技师", ("没有", "没考过", "没得")),
    "political_role": ("是县人大代表", ("没有", "没当过")),
}


def test_none_of_it() -> None:
    for fact, (has, denials) in NONE.items():
        for other, denial, pause in product(OTHERS, denials, ("，", " ")):
            text = f"{other}{has}{pause}我{denial}"
            assert hear(None, Said(text), TODAY).facts.get(fact) == "none", text


def test_another_grade_is_left_open() -> None:
    for other in OTHERS:
        heard = hear(None, Said(f"{other}是高级工，我不是"), TODAY)
        assert "skill" not in heard.facts, other
