"""What a person said is no figure of one's own where something else turned out."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
SAYERS = ("老板", "会计", "厂里", "别人", "老乡", "中介")
SAID = ("说我社保有五年", "说给我交了五年社保", "讲社保交了五年")
FOUND = (
    "其实才三年", "我一查只有三年", "实际只有三年", "结果就三年", "我去社保局一查才三年",
    "打出来才三年", "查了一下是三年",
)  # fmt: skip
PROMISED = ("说给我交了五年社保", "讲社保给我交了五年", "答应帮我交五年社保")


def test_the_figure_somebody_said_is_not_recorded() -> None:
    for at, (sayer, said, found) in enumerate(product(SAYERS, SAID, FOUND)):
        between = ("，", " ", "", "，")[at % 4]
        heard = hear(None, Said(f"{sayer}{said}{between}{found}"), TODAY)
        assert heard.facts.get("social_insurance_months") != 60, (sayer, said, found)


def test_what_turned_out_is_offered_first() -> None:
    for sayer, found in zip(SAYERS, FOUND, strict=False):
        heard = hear(None, Said(f"{sayer}说我社保有五年，{found}"), TODAY)
        assert heard.confirm["social_insurance_months"].choices[0] == 36, (sayer, found)


def test_what_an_employer_says_is_asked_back() -> None:
    for sayer, said in product(("老板", "会计", "厂里", "中介"), PROMISED):
        assert "social_insurance_months" not in hear(None, Said(f"{sayer}{said}"), TODAY).facts


def test_a_figure_is_no_nothing_of_the_field_it_belongs_to() -> None:
    question = questions()["taxes"]
    for shop, paid, denied in product(
        ("店里", "店里头", "公司", "厂里的税", "店里的税"),
        ("一共交了五万三", "前后交了五万三", "这些年一共五万三", "交了五万三多"),
        ("个税没交过", "个人所得税没有", "个税一分没交"),
    ):
        facts = hear(question, Said(f"{shop}{paid}，{denied}"), TODAY).facts
        assert facts.get("business_tax_yuan") in (None, 53000), (shop, paid, denied)
        assert facts["income_tax_yuan"] == 0


def test_a_pause_elsewhere_loses_nothing_told_after_it() -> None:
    for pause, between in product(("停了", "停了两年", "断了"), ("，", " ")):
        story = ("先在永嘉交社保一年半", f"疫情回九江{pause}", "22年回来又交了三年四个月")
        heard = hear(None, Said(between.join(story)), TODAY)
        assert "social_insurance_months" not in heard.facts
        assert heard.confirm["social_insurance_months"].choices[0] == 58, (pause, between)
