"""The screen in the hall: numbers and windows, no names, and only for who has its address."""

import re

from tests.bot.staff.office import DAY, Office, text
from tests.bot.staff.test_queue import at_window, here


def address(office: Office, account: str = "clerk") -> str:
    shown = text(office.browser(account).get(f"{DAY}/queue"))
    found = re.search(r"(/display/oubei/\w+)", shown)
    assert found
    return found[1]


def test_it_shows_numbers_and_windows_and_nothing_of_anybody(
    office: Office, booked: list[int]
) -> None:
    browser = at_window(office)
    here(office, browser, *booked[:3])
    browser.post(f"{DAY}/next")
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "serving"})
    browser.post(f"{DAY}/appointments/{booked[1]}/recall")  # was not called: nothing changes
    office.watch.wait(minutes=1)
    browser.post(f"{DAY}/next")
    screen = office.browser("")
    page = text(screen.get(address(office)))
    assert "<b>A002</b> <span>1 号窗口</span>" in page
    assert "<b>A001</b> 1 号窗口" in page
    assert "<li>A003</li>" in page
    assert not re.search("张|李|王|138", page)
    assert "Set-Cookie" not in screen.get(address(office)).headers


def test_it_asks_for_its_changing_part_alone(office: Office, booked: list[int]) -> None:
    screen, browser = office.browser(""), at_window(office)
    first = text(screen.get(address(office), headers={"X-Live": "1"}))
    assert "<html" not in first
    assert "请等叫号" in first
    browser.post(f"{DAY}/walk-in", {"purpose": "question"})
    browser.post(f"{DAY}/pause", {"pause": "1"})
    page = text(screen.get(address(office), headers={"X-Live": "1"}))
    assert "<li>D001</li>" in page
    assert "1 号窗口暂停，马上回来" in page


def test_without_script_it_reloads(office: Office, booked: list[int]) -> None:
    page = text(office.browser("").get(address(office)))
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page


def test_another_address_ends_the_old_one_at_once(office: Office, booked: list[int]) -> None:
    screen, desk, old = office.browser(""), office.browser("desk"), address(office)
    desk.get(f"{DAY}/queue")
    for _ in range(2):  # tapped twice, it is one new address
        desk.post(f"{DAY}/queue/display", {"version": "1"})
    new = address(office)
    assert new != old
    assert screen.get(old).status_code == 404
    assert screen.get(new).status_code == 200
    assert screen.get(new.replace("oubei", "dongcheng")).status_code == 404
    assert screen.get("/display/nowhere/x").status_code == 404
    assert len(office.trail("new_display")) == 1
    clerk = office.browser("clerk")
    clerk.get(f"{DAY}/queue")
    assert clerk.post(f"{DAY}/queue/display", {"version": "2"}).status_code == 403


def test_pages_may_ask_their_own_service(office: Office, booked: list[int]) -> None:
    """Otherwise nothing refreshes itself, and no worksheet counts."""
    policy = office.browser("").get(address(office)).headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
