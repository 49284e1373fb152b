"""Looking people up has its measure, and the trail says who looks how often."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine

from bot.database import writing
from bot.staff import audit
from bot.staff.counter import look_ups
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, Office, hired, kept, text
from tests.bot.web import Browser

MOST = look_ups.PEOPLE.most
WRONG = look_ups.WRONG_CODES.most


def find(browser: Browser, who: str = "张") -> Any:
    return browser.post(f"{DAY}/find", {"who": who, "day": "2026-11-23"})


def check_in(browser: Browser, code: str) -> str:
    """What the page says after a code."""
    browser.post(f"{DAY}/check-in", {"code": code})
    return text(browser.get(DAY))


def wrong_ones(office: Office, booked: list[int]) -> list[str]:
    right = {kept(office, number).code for number in booked}
    return [code for code in (f"{number:06}" for number in range(WRONG + 5)) if code not in right]


def test_a_busy_window_finds_whom_it_looks_for_and_a_harvest_is_paused(
    office: Office, booked: list[int]
) -> None:
    clerk = office.browser("clerk")
    for _ in range(MOST):
        assert "张**" in text(find(clerk))
    refused = find(clerk, "李四")
    assert refused.status_code == 429
    assert "请等一分钟再查" in text(refused)
    assert 'value="李四"' in text(refused)
    contact = clerk.post(f"{DAY}/appointments/{booked[0]}/contact")
    assert contact.status_code == 429
    assert "13812345670" not in text(contact)
    assert "张**" in text(find(office.browser("desk")))  # a colleague at the same machine
    office.watch.wait(seconds=60)
    assert "李*" in text(find(clerk, "李四"))


def test_numbers_shown_in_full_count_too(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    own = f"{DAY}/appointments/{booked[0]}/contact"
    for _ in range(MOST):
        assert "13812345670" in text(clerk.post(own))
    assert clerk.post(own).status_code == 429
    assert find(clerk).status_code == 429
    assert len(office.trail("see_contact")) == MOST


def test_after_some_wrong_codes_no_code_is_looked_at(office: Office, booked: list[int]) -> None:
    clerk, right = office.browser("clerk"), kept(office, booked[0]).code
    for code in wrong_ones(office, booked)[:WRONG]:
        assert "没有这个签到码" in check_in(clerk, code)
    page = check_in(clerk, right)
    assert "请等一分钟再输" in page
    assert f'value="{right}"' in page
    assert kept(office, booked[0]).state == "booked"
    office.watch.wait(seconds=60)
    assert "签到好了" in check_in(clerk, right)


def test_right_codes_are_never_too_many(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    for _ in range(WRONG + 1):
        for number in booked:
            assert "请等" not in check_in(clerk, kept(office, number).code)


def test_the_trail_says_it_and_repeats_nothing_that_was_typed(
    office: Office, booked: list[int]
) -> None:
    clerk = office.browser("clerk")
    for code in wrong_ones(office, booked):
        check_in(clerk, code)
    for _ in range(MOST + 5):
        find(clerk, "张三丰")
    assert len(office.trail("wrong_code")) == WRONG
    assert len(office.trail("find")) == MOST
    assert len(office.trail("look_ups_paused")) == 1  # one for the minute, however often
    page = text(office.browser("boss").get("/staff/trail"))
    assert "查得太密" in page
    assert "张三丰" not in page
    assert "000001" not in page
    assert not any(entry.personal for entry in office.trail("find"))


def test_look_ups_at_the_same_moment_are_counted_one_by_one(engine: Engine) -> None:
    hired(engine)

    def look(_: int) -> bool:
        with writing(engine) as connection:
            may = look_ups.may_go_on(connection, NOW, "clerk", look_ups.WRONG_CODES, "oubei")
            if may:
                audit.record(connection, NOW, "clerk", "wrong_code", site="oubei")
            return may

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(look, range(3 * WRONG))) == WRONG
