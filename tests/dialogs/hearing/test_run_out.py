"""A permit that has run out is none that counts, and no denial of the registration."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
RUN_OUT = (
    "过期了",
    "到期了没去续",
    "去年到期了没去续",
    "过期了还没换",
    "上个月过期了",
    "早就失效了",
)


def test_it_is_said_what_to_do_and_nothing_is_offered_as_there() -> None:
    for lead, said in product(("", "证", "证是有的", "不是啊", "有的，但是"), RUN_OUT):
        answer = hear(questions()["permit"], Said(lead + said), TODAY).answer
        assert isinstance(answer, Refused), lead + said
        assert (answer.why, answer.choices) == ("expired", ()), lead + said


def test_named_among_other_things_it_is_asked_back() -> None:
    for said, beside in product(RUN_OUT, ("", "，登记一直有", "，社保六年")):
        heard = hear(None, Said("居住证" + said + beside), TODAY)
        assert "permit" not in heard.facts, said + beside
        assert heard.confirm["permit"].why == "expired", said + beside


def test_what_is_there_beside_it_or_renewed_is_taken() -> None:
    for text, value in {
        "过期了，只有登记": "registration_only",
        "证过期了已经续好了": "residence_permit",
        "有，没过期": "residence_permit",
        "有，28年到期": "residence_permit",
    }.items():
        assert hear(questions()["permit"], Said(text), TODAY).facts == {"permit": value}, text
    told = hear(None, Said("我有居住证他那个过期了"), TODAY)
    assert told.facts["permit"] == "residence_permit"


def test_a_registration_says_nothing_of_the_permit() -> None:
    for text in ("居住登记办了八年了", "登记办了八年了", "登记做了八年", "居住登记办了有八年"):
        assert hear(None, Said(text), TODAY).facts == {"residence_months": 96}, text
    assert "permit" not in hear(None, Said("大专，有居住登记"), TODAY).facts
    denied = hear(None, Said("登记办了八年了，居住证没有"), TODAY)
    assert denied.facts == {"residence_months": 96, "permit": "registration_only"}


OTHERS = ("他的到期了", "我老婆的过期了", "我老公的证上个月过期了", "我哥的早就失效了")
MINE = ("我的还在有效期", "我的还在有效期内", "我的还有效", "我的还没", "我的没到期", "我的有")


def test_another_s_that_has_run_out_is_not_one_s_own() -> None:
    for theirs, pause, mine in product(OTHERS, ("，", " "), MINE):
        text = f"{theirs}{pause}{mine}"
        heard = hear(questions()["permit"], Said(text), TODAY)
        assert heard.facts == {"permit": "residence_permit"}, text
    for theirs in OTHERS:
        assert not hear(questions()["permit"], Said(theirs), TODAY).facts, theirs
        heard = hear(questions()["permit"], Said(f"{theirs}，我的也过期了"), TODAY)
        assert isinstance(heard.answer, Refused), theirs
        assert heard.answer.why == "expired", theirs
