"""Calling people in real Chromium, under the real policy of the pages: how many clicks it takes,
and that what others do is seen without a reload."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot import create_app
from bot.booking import counter
from bot.booking.queue.calls import call_next
from bot.booking.queue.walk_in import take_number
from bot.database import reading, writing
from bot.service import Service
from bot.staff.auth import members, sessions
from bot.web.display_key import display_key
from tests.bot.databases import sqlite
from tests.bot.server import free_port, in_a_thread
from tests.bot.setting_up import NOW, settings_for
from tests.bot.staff.office import hired, open_and_book
from tests.browser.looking import PHONE, faults

__all__ = ["sqlite"]
pytestmark = pytest.mark.browser
DAY = "/staff/sites/oubei"
ELEVEN_SECONDS = 11_000


class Hall:
    """A running service, four appointments of today, and a clerk at window 1."""

    def __init__(self, root: str, service: Service) -> None:
        self.root, self.service = root, service
        self.ids = hired(service.engine)
        self.booked = open_and_book(service.engine)

    def context(self, chromium: Browser, account: str = "clerk", **more: object) -> BrowserContext:
        """A browser where the account is signed in, at window 1."""
        with writing(self.service.engine) as connection:
            members.change(connection, self.ids[account], must_change_password=False)
            token = sessions.start(connection, self.ids[account], True, NOW)
            sessions.sit(connection, token, "oubei", "1")
        made = chromium.new_context(base_url=self.root, **more)  # type: ignore[arg-type]
        cookie = {"name": "staff_session", "value": token, "url": f"{self.root}/"}
        made.add_cookies([cookie])  # type: ignore[list-item]
        return made

    def state(self, number: int) -> str:
        with reading(self.service.engine) as connection:
            row = counter.by_id(connection, number)
        return str(row.state) if row else ""

    def walk_in(self) -> None:
        with writing(self.service.engine) as connection:
            assert take_number(connection, "oubei", "review", NOW)


@pytest.fixture
def hall(tmp_path: Path, sqlite: Path) -> Iterator[Hall]:
    shutil.copy(sqlite, tmp_path / "test.db")
    port = free_port()
    settings = settings_for(
        tmp_path,
        database_url=f"sqlite:///{tmp_path / 'test.db'}",
        public_url=f"http://127.0.0.1:{port}",
    )
    app = create_app(settings, lambda: NOW)
    with in_a_thread(app, port) as root:
        yield Hall(root, app.extensions["xinshimin"])


def counting(page: Page) -> None:
    """From now on every click of the page's owner is counted."""
    page.evaluate("sessionStorage.clicks = 0")
    page.add_init_script(
        "addEventListener('click', one => { if (one.isTrusted && one.detail)"
        " { sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1; } }, true)"
    )
    page.reload()


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.clicks"))


def test_a_scanner_checks_in_without_a_click_and_a_walk_in_is_served_with_two(
    chromium: Browser, hall: Hall
) -> None:
    page = hall.context(chromium).new_page()
    page.goto(DAY)
    counting(page)
    with reading(hall.service.engine) as connection:
        row = counter.by_id(connection, hall.booked[0])
    assert row
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(row.code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("签到好了")
    assert (hall.state(hall.booked[0]), clicks(page)) == ("arrived", 0)
    page.get_by_role("button", name="当面咨询").click()
    expect(page.get_by_role("status")).to_contain_text("D001")
    page.locator("tr", has_text="D001").get_by_role("button", name="开始办理").click()
    expect(page.locator("tr", has_text="D001")).to_contain_text("办理中")
    assert clicks(page) == 2


def test_the_next_one_is_called_with_one_click_and_served_with_two(
    chromium: Browser, hall: Hall
) -> None:
    hall.walk_in()
    page = hall.context(chromium, viewport=PHONE).new_page()
    page.goto(DAY)
    counting(page)
    page.get_by_role("button", name="叫下一位（A001）").click()
    expect(page.locator(".called")).to_contain_text("请到 1 号窗口")
    assert clicks(page) == 1
    page.locator(".called").get_by_role("button", name="开始办理").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("复核单")
    assert clicks(page) == 2


def test_what_others_do_is_seen_and_what_is_typed_stays(chromium: Browser, hall: Hall) -> None:
    page = hall.context(chromium).new_page()
    page.clock.install(time=NOW)
    page.goto(DAY)
    page.get_by_label("姓名、电话或签到码").fill("小明")
    page.locator("#name").fill("陈七")
    page.locator("#name").focus()
    hall.walk_in()
    page.clock.run_for(ELEVEN_SECONDS)
    expect(page.locator("#here")).to_contain_text("A001")
    expect(page.get_by_role("button", name="叫下一位（A001）")).to_be_visible()
    expect(page.get_by_label("姓名、电话或签到码")).to_have_value("小明")
    expect(page.locator("#name")).to_have_value("陈七")
    expect(page.locator("#name")).to_be_focused()
    page.get_by_role("button", name="叫下一位（A001）").click()
    expect(page.locator(".called")).to_contain_text("A001")


def test_without_script_a_reload_shows_it_and_the_buttons_work(
    chromium: Browser, hall: Hall
) -> None:
    page = hall.context(chromium, java_script_enabled=False).new_page()
    page.goto(DAY)
    hall.walk_in()
    page.reload()
    page.get_by_role("button", name="叫下一位（A001）").click()
    expect(page.locator(".called")).to_contain_text("A001")


def test_the_screen_in_the_hall_follows_and_says_when_it_cannot(
    chromium: Browser, hall: Hall
) -> None:
    key = display_key(hall.service.settings.secret_key, "oubei", 1)
    page = chromium.new_context(base_url=hall.root).new_page()
    page.clock.install(time=NOW)
    page.goto(f"/display/oubei/{key}")
    expect(page.locator("main")).to_contain_text("请等叫号")
    hall.walk_in()
    with writing(hall.service.engine) as connection:
        assert call_next(connection, "oubei", NOW, "clerk", "1")
    page.clock.run_for(ELEVEN_SECONDS)
    expect(page.locator(".call.last.fresh")).to_have_text("A001 1 号窗口")
    size = page.locator(".call.last b").evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )
    assert size > 80  # px, of 1280 across
    expect(page.locator("#lost")).to_be_hidden()
    page.context.set_offline(True)
    for _ in range(5):
        page.clock.run_for(5_500)
        page.wait_for_timeout(50)
    expect(page.locator("#lost")).to_be_visible()


COUNT_NOTES = """
window.notes = 0;
const create = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  window.notes += 1;
  return create.call(this);
};
"""


def test_the_screen_chimes_at_a_call_once_it_was_asked_to(chromium: Browser, hall: Hall) -> None:
    """Two notes a chime: at the tap, so that one hears it; then at each call while it is on."""
    key = display_key(hall.service.settings.secret_key, "oubei", 1)
    page = chromium.new_context(base_url=hall.root).new_page()
    page.add_init_script(COUNT_NOTES)
    page.clock.install(time=NOW)
    page.goto(f"/display/oubei/{key}")
    button, notes = page.get_by_role("button", name="叫号时响一声"), []
    for number, tapped in enumerate((False, True, True), 1):
        if tapped:
            button.click()
        hall.walk_in()
        with writing(hall.service.engine) as connection:
            assert call_next(connection, "oubei", NOW, "clerk", "1")
        page.clock.run_for(ELEVEN_SECONDS)
        expect(page.locator(".call.fresh").first).to_contain_text(f"A00{number}")
        page.clock.run_for(ELEVEN_SECONDS)
        notes.append(page.evaluate("window.notes"))
    assert notes == [0, 4, 4]


def test_nothing_is_wrong_with_how_it_looks(chromium: Browser, hall: Hall) -> None:
    hall.walk_in()
    page = hall.context(chromium, "desk", bypass_csp=True).new_page()
    key = display_key(hall.service.settings.secret_key, "oubei", 1)
    found = {}
    page.goto(DAY)
    page.get_by_role("button", name="叫下一位").click()
    for path in (DAY, f"{DAY}/queue", f"{DAY}/day-end", f"/display/oubei/{key}"):
        page.goto(path)
        found[path] = faults(page)
    assert not any(found.values()), found
