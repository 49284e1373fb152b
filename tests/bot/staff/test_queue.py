"""Calling people on the page of the day: one's window, the next one, in vain, to a colleague."""

import pytest

from bot.database import writing
from tests.bot.booking.desk import make_slot
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, Office, kept, text
from tests.bot.web import Browser


def at_window(office: Office, account: str = "clerk", window: str = "1") -> Browser:
    """Signed in, and at a window that is open today."""
    if window != "1":
        with writing(office.service.engine) as connection:
            make_slot(connection, NOW, window=window)
    browser = office.browser(account)
    browser.get(DAY)
    browser.post(f"{DAY}/window", {"window": window})
    return browser


def here(office: Office, browser: Browser, *numbers: int) -> None:
    for number in numbers:
        browser.post(f"{DAY}/appointments/{number}/step", {"state": "arrived"})


def test_the_window_is_said_once_and_the_next_one_is_called_to_it(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    assert "您坐哪个窗口" in text(browser.get(DAY))
    here(office, browser, *booked[:2])
    browser.post(f"{DAY}/next")
    assert "请先点一下您坐哪个窗口" in text(browser.get(DAY))
    browser = at_window(office)
    assert "叫下一位（A001）" in text(browser.get(DAY))
    browser.post(f"{DAY}/next")
    page = text(browser.get(DAY))
    assert '<b class="number">A001</b> <span>请到 1 号窗口' in page
    row = kept(office, booked[0])
    assert (row.state, row.called_to, row.served_by) == ("called", "1", "clerk")
    assert [len(office.trail(action)) for action in ("sit_down", "call")] == [1, 1]
    shown = text(office.browser("boss").get("/staff/trail?action=call"))
    assert "哪里 瓯北街道，号码 A001，窗口 1" in shown
    page = text(browser.get(f"{DAY}/appointments/{booked[0]}"))
    assert "叫了号，您叫的" in page


def test_two_taps_call_one_person_and_who_has_not_come_is_passed_first(
    office: Office, booked: list[int]
) -> None:
    browser = at_window(office)
    here(office, browser, *booked[:2])
    for _ in range(2):
        browser.post(f"{DAY}/next")
    assert 'class="box bad"' not in text(browser.get(DAY))
    assert kept(office, booked[1]).state == "arrived"
    office.watch.wait(minutes=1)
    browser.post(f"{DAY}/next")
    assert "A001 还没到" in text(browser.get(DAY))
    browser.post(f"{DAY}/appointments/{booked[0]}/recall")
    assert "又叫了一次 <b>A001</b>" in text(browser.get(DAY))
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "passed"})
    browser.post(f"{DAY}/next")
    states = [kept(office, number).state for number in booked[:2]]
    assert states == ["passed", "called"]
    page = text(browser.get(DAY))
    assert page.index(f'id="a{booked[1]}"') < page.index(f'id="a{booked[0]}"')
    assert [len(office.trail(one)) for one in ("call", "recall", "pass_by")] == [2, 1, 1]


def test_a_paused_window_calls_nobody(office: Office, booked: list[int]) -> None:
    browser = at_window(office)
    here(office, browser, booked[0])
    browser.post(f"{DAY}/pause", {"pause": "1"})
    browser.post(f"{DAY}/next")
    page = text(browser.get(DAY))
    assert "您的窗口暂停着" in page
    assert "暂停中" in page
    browser.post(f"{DAY}/pause", {"pause": "0"})
    browser.post(f"{DAY}/next")
    assert kept(office, booked[0]).state == "called"


def test_handed_over_to_another_window_one_is_called_there(
    office: Office, booked: list[int]
) -> None:
    first, second = at_window(office), at_window(office, "desk", "2")
    here(office, first, booked[0])
    first.post(f"{DAY}/next")
    assert 'value="2" class="second" aria-label' in text(first.get(DAY))
    for _ in range(2):
        first.post(f"{DAY}/appointments/{booked[0]}/hand-over", {"window": "2"})
    assert 'class="box bad"' not in text(first.get(DAY))
    assert "A001</b> <span>请到 2 号窗口" in text(second.get(DAY))
    second.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "serving"})
    row = kept(office, booked[0])
    assert (row.state, row.served_by, row.called_to) == ("serving", "desk", "2")
    assert len(office.trail("hand_over")) == 1


def test_a_number_for_who_walks_in_is_one_tap_also_on_a_full_day(
    office: Office, booked: list[int]
) -> None:
    browser = at_window(office)
    for purpose, number, ahead in (("review", "A001", 0), ("papers", "C001", 1)):
        browser.post(f"{DAY}/walk-in", {"purpose": purpose})
        assert f"<b>{number}</b>，前面 {ahead} 人" in text(browser.get(DAY))
    browser.post(f"{DAY}/walk-in", {"purpose": "x"})
    assert len(office.trail("take_number")) == 2
    browser.post(f"{DAY}/next")
    assert '<b class="number">A001</b> <span>请到 1 号窗口' in text(browser.get(DAY))


def test_who_comes_before_the_time_is_marked(office: Office, booked: list[int]) -> None:
    office.watch.wait(hours=-2)  # eight o'clock, the first has half past eight
    browser = office.browser("clerk")
    here(office, browser, booked[0])
    assert "早到" in text(browser.get(DAY))
    office.watch.wait(minutes=30)
    assert "早到" not in text(browser.get(DAY))


def test_a_page_that_refreshes_itself_keeps_what_is_said_and_no_session_alive(
    office: Office, booked: list[int]
) -> None:
    browser = at_window(office)
    browser.post(f"{DAY}/walk-in", {"purpose": "review"})
    fresh = browser.get(DAY, headers={"X-Live": "1"})
    assert "叫下一位（A001）" in text(fresh)
    assert "<html" not in text(fresh)
    assert "取好了" in text(browser.get(DAY))
    for _ in range(3):
        office.watch.wait(minutes=11)
        status = browser.get(DAY, headers={"X-Live": "1"}).status_code
    assert status == 401
    assert browser.get(DAY).status_code == 302


@pytest.mark.parametrize("path", ["next", "window", "pause", "walk-in"])
def test_a_clerk_of_another_site_calls_nobody_here(office: Office, path: str) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    assert browser.post(f"/staff/sites/dongcheng/{path}").status_code == 403


def test_the_office_sets_the_share_of_who_walks_in(office: Office, booked: list[int]) -> None:
    browser = office.browser("desk")
    page = f"{DAY}/queue"
    browser.get(page)
    assert browser.post(f"{page}/share", {"share": "101"}).status_code == 400
    for _ in range(2):
        browser.post(f"{page}/share", {"share": "100"})
    assert 'value="100"' in text(browser.get(page))
    assert len(office.trail("queue_share")) == 1
    browser.post(f"{DAY}/walk-in", {"purpose": "review"})
    here(office, browser, booked[0])
    assert "叫下一位（" not in text(browser.get(DAY))  # she sits nowhere
    assert "叫下一位（A001）" in text(at_window(office).get(DAY))
    clerk = office.browser("clerk")
    assert "100% 留给没有预约的" in text(clerk.get(page))
    assert clerk.post(f"{page}/share", {"share": "0"}).status_code == 403


def test_nobody_sits_at_a_window_that_is_not_open_today(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    browser.post(f"{DAY}/window", {"window": "九"})
    page = text(browser.get(DAY))
    assert "今天没有这个窗口" in page
    assert "您坐哪个窗口" in page
    assert office.trail("sit_down") == []
