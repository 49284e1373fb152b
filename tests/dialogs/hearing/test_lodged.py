"""How long one lodges in what one rents, and with whom."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
PEOPLE = ("几个老乡", "两个同事", "老乡", "一个工友", "几个湖南人")


def told(text: str, asked: str = "") -> tuple[dict[str, object], dict[str, object]]:
    heard = hear(questions()[asked] if asked else None, Said(text), TODAY)
    return dict(heard.facts), dict(heard.others)


def test_the_years_behind_the_lodging_are_of_it() -> None:
    for home, where in product(
        ("房子租的", "房子是租的", "社保没有，房子租的"), ("店里楼上", "一直", "楼上", "厂旁边")
    ):
        facts, _ = told(f"{home}，{where}住了5年")
        assert (facts["rented_years"], facts["owned_home"]) == (5, False), (home, where)
        assert "residence_months" not in facts, (home, where)


def test_what_is_rented_owns_nothing() -> None:
    for thing in ("公寓", "民房", "农民房", "单间", "阁楼", "平房"):
        facts, others = told(f"租的{thing}满三年了")
        assert (facts.get("rented_years"), others) == (3, {}), thing


def test_those_one_lodges_with_own_nothing() -> None:
    for whom, frame in product(PEOPLE, ("跟{}合租的", "和{}合租", "跟{}合租的民房")):
        facts, others = told(frame.format(whom), "home")
        assert (facts.get("owned_home"), others) == (False, {}), (whom, frame)


def test_who_is_lodged_at_work_owns_nothing() -> None:
    for payer, gives, room in product(
        ("厂里", "老板", "公司", "工地"),
        ("给", "提供", "安排了", "给我们"),
        ("个屋", "间房", "宿舍", ""),
    ):
        text = f"{payer}{gives}{room}住"
        assert told(text)[0] == {"owned_home": False}, text
        assert told(text, "home")[0] == {"owned_home": False}, text
