"""Registered and without the permit, however far apart the two are told."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
REGISTERED = (
    "登记是前年办的", "居住登记是房东带我去办的", "登记早就登过了", "登记过", "居住登记2019年办的",
    "登记了三年", "居住登记倒是做了", "派出所登记过", "登记有的",
)  # fmt: skip
NO_PERMIT = (
    "居住证一直没去申请", "证没办", "居住证还没有", "那个卡片证没有", "证没领", "居住证也没去办",
    "居住证没拿到", "居住证没得", "卡没办",
)  # fmt: skip
HAS_IT = (
    "居住证有",
    "身份证没带，居住证办了",
    "居住证没过期",
    "居住证没丢",
    "献血证没有，居住证有",
)


def permit(text: str) -> object:
    return hear(None, Said(text), TODAY).facts.get("permit")


def test_registered_without_the_permit() -> None:
    for at, (done, denied) in enumerate(product(REGISTERED, NO_PERMIT)):
        between = ("，", " ", "，大专，", "，")[at % 4]
        assert permit(done + between + denied) == "registration_only", (done, denied, between)


def test_the_permit_is_there() -> None:
    for done, there in product(REGISTERED, HAS_IT):
        assert permit(f"{done}，{there}") in ("residence_permit", None), (done, there)


def test_neither_and_another_person() -> None:
    for denied in NO_PERMIT:
        assert permit(f"登记没办，{denied}") in ("none", None), denied
        assert permit(f"我登记了三年，老婆的{denied}") is None, denied


BEFORE_IT = (
    "住了两年才登记",
    "过了两年才去登记的",
    "来了三个月才办登记",
    "先没登记，住了两年才登记",
)
SINCE_THEN = ("登记五年了", "居住登记五年了", "登记有五年了")


def test_the_time_before_the_registration_is_not_recorded() -> None:
    for text in BEFORE_IT:
        assert hear(None, Said(text), TODAY).facts == {}, text
        heard = hear(questions()["residence"], Said(text), TODAY)
        assert heard.facts == {}, text
        assert isinstance(heard.answer, Refused), text
    for before, pause, since in product(BEFORE_IT, ("，", " "), SINCE_THEN):
        for asked in (None, questions()["residence"]):
            heard = hear(asked, Said(f"{before}{pause}{since}"), TODAY)
            assert heard.facts == {"residence_months": 60}, (before, since)


ONLY = ("只", "就", "就只", "，只", "，但就")
DONE = ("办了居住登记", "在瓯北派出所办了居住登记", "去社区做了个登记", "有个居住登记")


def test_only_the_registration_behind_the_permit_denied() -> None:
    for denied, only, done in product(("居住证我没有", "居住证没办", "证没领"), ONLY, DONE):
        for so_long in ("", "办了有两年了"):
            text = denied + only + done + so_long
            assert permit(text) == "registration_only", text
    for planned in ("只打算去办居住登记", "就等着办登记", "只听说要去办登记"):
        assert permit("居住证我没有" + planned) in ("none", None), planned


def test_only_the_registration_before_it() -> None:
    for said in ("就登记了一下", "只登记了", "光登记过", "就做了个登记，"):
        for denied in NO_PERMIT:
            heard = hear(questions()["permit"], Said(said + denied), TODAY)
            assert heard.facts.get("permit") == "registration_only", said + denied
