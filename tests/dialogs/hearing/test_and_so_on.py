"""营业税什么的: 什么的 ends a list, and asks nothing."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
SO_ON = ("什么的", "啥的", "啥子的")
LINES = {
    "公积金": "housing_fund",
    "营业税": "taxes",
    "增值税": "taxes",
    "个税": "taxes",
    "表彰": "honours",
    "党员": "special_status",
}


def test_a_line_of_a_list_is_ticked() -> None:
    for (line, key), so_on in product(LINES.items(), SO_ON):
        for text in (line + so_on, f"{line}{so_on}，有的"):
            heard = hear(questions()["county"], Said(text), TODAY)
            assert not heard.question, text
            assert isinstance(heard.answer, Taken), text
            assert heard.answer.ticked == (key,), text


def test_the_figure_behind_it_is_heard() -> None:
    for so_on in SO_ON:
        heard = hear(questions()["taxes"], Said(f"营业税{so_on}交了三万"), TODAY)
        assert heard.facts.get("business_tax_yuan") == 30000, so_on
        unclear = hear(questions()["taxes"], Said(f"营业税{so_on}"), TODAY).answer
        assert not isinstance(unclear, Refused) or unclear.why != "question", so_on


def test_what_something_is_for_is_asked() -> None:
    for text in ("公积金是干什么的", "表彰是做啥的？", "个税是什么的证明？"):
        heard = hear(questions()["county"], Said(text), TODAY)
        assert not isinstance(heard.answer, Taken), text
