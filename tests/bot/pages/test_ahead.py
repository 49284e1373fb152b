"""Advice and the coming years on a page."""

from typing import Any

import pytest

from bot.pages.ahead import OPEN, ahead
from dialogs.conversation import Conversation
from dialogs.flow import Talk
from scoring import load_ruleset
from scoring.engine.results import plain
from tests.bot.setting_up import NOW
from tests.bot.web import FORM, Browser
from tests.scoring.people import ACCEPTANCE, complete

NEW, OLD = load_ruleset("yongjia-2022"), load_ruleset("yongjia-original")


def ahead_of(rules: Any, facts: Any, answered: tuple[str, ...] = ()) -> dict[str, Any]:
    told = {id: plain(value) for id, value in facts.items()}
    conversation = Conversation(facts=told, answered=answered)
    return ahead(Talk(conversation, NOW, rules))


def test_the_first_stages_stand_open_and_what_gives_of_the_body_is_folded() -> None:
    shown = ahead_of(NEW, complete(ACCEPTANCE))
    first = [stage.id for stage, _ in shown["advised"]]
    later = [stage.id for stage, _ in shown["advised_later"]]
    assert first + later == ["time", "papers", "easy", "effort", "money", "body"]
    assert first[0] == "time"
    assert later[-1] == "body"
    assert sum(len(steps) for _, steps in shown["advised"]) >= OPEN


def test_only_what_one_has_is_said_to_go_on() -> None:
    months = {"social_insurance_months": 0, "residence_months": 50}
    assert ahead_of(NEW, months)["going"] == ["居住时间"]


@pytest.mark.parametrize(
    ("rules", "facts"),
    [(NEW, {}), (OLD, {"social_insurance_months": 1}), (NEW, complete(ACCEPTANCE))],
)
def test_every_band_lies_on_one_axis_from_nothing(rules: Any, facts: Any) -> None:
    for band in ahead_of(rules, facts)["bands"]:
        assert 0 <= band.low <= band.points <= band.high <= 100
        assert band.endless == band.moment.high.is_infinite()


def test_the_page_tells_cost_and_time_and_why_it_dips(browser: Browser) -> None:
    browser.get("/estimate")
    form = [(name, "1985年5月" if name == "birth" else text) for name, text in FORM]
    text = browser.estimated(form).get_data(as_text=True)
    assert text.index("时间到了就有") < text.index("容易做到") < text.index("要带的材料")
    assert "花费：照常缴费。时间：到2027年11月。" in text
    assert "花费、时间没有写。" in text
    assert "2027年5月，满 42 岁，年龄少 1 分。" in text
    assert "每条从 0 分画起" in text
    assert "<text" not in text  # letters in a drawing do not grow


def test_what_is_asked_no_more_is_not_called_unanswered() -> None:
    """Who answered the degree is done with it; who owns a home is not asked for another."""
    facts = {"education": "below_high_school", "owned_home": True}
    told = ahead_of(NEW, facts, ("education", "home"))["may_have"]
    found = {one.category: one.papers[0] for one in told}
    assert found["housing_fund"] == "住房公积金缴存证明"
    assert found["housing"].startswith("备案的租赁合同")  # asked yet, and no other home is
    assert "education" not in found
