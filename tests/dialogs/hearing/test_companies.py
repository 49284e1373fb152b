"""What is told of a firm: whose it is in law, and what tax it pays."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
LEGAL = "above_scale_legal_representative"
OTHERS = ("我老婆", "我弟", "我们老板", "我爸", "他", "别人", "我合伙人", "我岳父")
ABOVE_SCALE = ("厂子是规上的", "公司去年上规了", "我们公司规上企业", "规上企业，交税一百多万")


def facts_of(text: str, asked: str = "") -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


def test_whose_firm_it_is_not() -> None:
    for firm, who, frame in product(
        ABOVE_SCALE,
        OTHERS,
        ("{firm}，法人是{who}", "{firm} 法人代表写的是{who}", "法人是{who}，{firm}"),
    ):
        text = frame.format(firm=firm, who=who)
        assert facts_of(text).get(LEGAL) is False, text


def test_whose_firm_it_is() -> None:
    for firm, me in product(ABOVE_SCALE[:3], ("我", "我自己", "我本人")):
        assert facts_of(f"{firm}，法人是{me}").get(LEGAL) is True, (firm, me)


def test_another_s_firm_alone_says_nothing_of_its_size() -> None:
    for who in OTHERS:
        assert LEGAL not in facts_of(f"法人是{who}"), who


def test_who_is_free_of_tax_paid_none() -> None:
    for shop, free in product(("店里", "小店", "小规模", "我开店"), ("免税", "免税的", "没交过税")):
        assert facts_of(f"{shop}{free}").get("business_tax_yuan") == 0, (shop, free)
    for free in ("免税", "免税的", "一直免税", "免税，没交过"):
        none = {"business_tax_yuan": 0, "income_tax_yuan": 0}
        assert facts_of(free, "taxes") == none, free


def test_a_shop_free_of_tax_is_another_thing() -> None:
    for text in ("在免税店上班", "免税商品", "免税额度多少", "免税吗"):
        assert not facts_of(text), text
