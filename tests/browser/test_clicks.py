"""How many clicks the work of an office takes, typing and the Tab key apart. A choice from a list
is two: one opens it."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from bot.booking import changes, counter
from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.tables import appointments, weekly_rules
from bot.booking.transitions import step
from bot.database import reading, writing
from bot.models.appointment import ARRIVED, SERVED
from tests.bot.setting_up import NOW
from tests.bot.web import talked
from tests.browser.looking import DESK, PHONE
from tests.browser.test_console import Office, office, page

__all__ = ["office", "page"]
pytestmark = pytest.mark.browser
DAY = "/staff/sites/oubei"
TOMORROW = NOW.date() + timedelta(days=1)


class Hand:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def choose(self, target: Locator, value: str) -> None:
        self.clicks += 2
        target.select_option(value)

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True))


@pytest.fixture
def hand(page: Page, office: Office) -> Hand:
    """At the desk. Oubei is open tomorrow as well."""
    hours = Hours(NOW.time(), NOW.replace(hour=12).time(), capacity=4)
    rule = WeeklyRule(TOMORROW.isoweekday(), hours, TOMORROW)
    with writing(office.engine) as connection:
        if not counter.slots_of_day(connection, "oubei", TOMORROW):
            changes.apply(connection, changes.AddWeeklyRule("oubei", rule), office.clock())
    return Hand(page)


def state_of(office: Office, number: int) -> str:
    with reading(office.engine) as connection:
        row = counter.by_id(connection, number)
    return str(row.state) if row else ""


def arrived(office: Office, person: str | None = None) -> int:
    """A person who stands at the window; with `person` a person whose estimate is known."""
    with writing(office.engine) as connection:
        slots = counter.slots_of_day(connection, "oubei", NOW.date())
        slot = next(one.id for one in reversed(slots) if one.taken < one.capacity)
        made = counter.book_for(connection, slot, "review", office.clock(), name="何到", phone="")
        assert made
        if person:
            mine = appointments.update().where(appointments.c.id == made)
            connection.execute(mine.values(person=person, name=None, source="chat"))
        step(connection, made, ARRIVED, office.clock())
    return made


def test_hours_of_three_windows_with_lunch_for_all_sites(hand: Hand, office: Office) -> None:
    """22 sites, 3 windows, 5 days, morning and afternoon: 660 rules."""
    page = hand.page
    page.goto("/staff/")
    hand.link("开放时间")
    hand.link("一周时间表，几处一起改")
    hand.click(page.get_by_label("全部"))
    page.get_by_label("新的窗口").fill("2、3")  # the first is ticked
    for label, at in (("上午开门", "08:30"), ("上午关门", "11:30"), ("下午开门", "13:30")):
        page.get_by_label(f"周一{label}").fill(at)
    hand.button("先看影响")
    expect(page.locator("main")).to_contain_text("还没有改")
    hand.button("确定改")
    expect(page.get_by_role("status")).to_contain_text("改好了")
    with reading(office.engine) as connection:
        typed = weekly_rules.c.opens.in_([time(8, 30), time(13, 30)])
        count = select(func.count()).where(typed)
        assert connection.scalar(count) == 22 * 3 * 5 * 2
    assert hand.clicks == 5  # at most 20


def test_a_booking_by_telephone_for_another_day(hand: Hand, office: Office) -> None:
    page = hand.page
    page.goto(DAY)
    page.get_by_label("哪一天").fill(TOMORROW.isoformat())
    hand.button("查看")
    page.get_by_label("姓名", exact=True).fill("周明天")
    page.get_by_label("电话", exact=True).fill("13611112222")
    hand.button("预约")
    expect(page.get_by_role("status")).to_contain_text("约好了")
    assert hand.clicks == 2  # at most 4 were promised


def test_moving_an_appointment(hand: Hand, office: Office) -> None:
    page = hand.page
    page.goto(DAY)
    hand.click(page.locator("#hour td a").first)
    page.get_by_label("哪一天").fill(TOMORROW.isoformat())
    hand.button("看空位")
    hand.button("改到这个时间")  # the first one that is free
    expect(page.get_by_role("status")).to_contain_text("时间改好了")
    assert hand.clicks == 3  # at most 4


def test_a_worksheet_of_six_items_without_an_estimate(hand: Hand, office: Office) -> None:
    """Nothing is folded: what is found is typed or chosen, then sent."""
    page, number = hand.page, arrived(office)
    page.goto(f"{DAY}/appointments/{number}/review")
    for fact, text in (
        ("birth_date", "1994-11-23"), ("social_insurance_months", "42"),
        ("residence_months", "50"), ("volunteer_services", "4"), ("rented_years", "3"),
    ):  # fmt: skip
        expect(page.locator(f"[name=fact-{fact}]")).to_be_visible()
        page.locator(f"[name=fact-{fact}]").fill(text)
    hand.choose(page.locator("[name=fact-education]"), "junior_college")
    hand.button("定下来，办完")
    expect(page.get_by_role("status")).to_contain_text("办完了")
    assert hand.clicks == 3  # at most 7
    assert state_of(office, number) == SERVED


def test_serving_a_person_whose_items_are_all_true(hand: Hand, office: Office) -> None:
    """From the code, typed or scanned, to the result that was sent."""
    page, number = hand.page, arrived(office, "oClicks")
    with reading(office.engine) as connection:
        row = counter.by_id(connection, number)
    assert row
    talked(office, "oClicks")  # type: ignore[arg-type]  # it only needs the engine
    page.goto(DAY)
    page.get_by_label("签到码", exact=True).fill(row.code)
    hand.button("开始办理")
    hand.button("全部属实，发给本人")
    expect(page.get_by_role("status")).to_contain_text("办完了")
    assert hand.clicks <= 2
    assert state_of(office, number) == SERVED


def test_keys_find_call_and_serve(hand: Hand, office: Office) -> None:
    """Where a code is to be typed, too: "/" stands in none."""
    page = hand.page
    arrived(office)
    page.goto(DAY)
    if page.locator(".sit").count():
        page.locator(".sit button").first.click()
    expect(page.get_by_label("签到码", exact=True)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("姓名、电话或签到码")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_label("姓名、电话或签到码")).to_have_value("a/b")
    page.keyboard.press("F8")
    expect(page.locator(".called")).to_be_visible()
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", level=1)).to_have_text("复核单")


def test_people_stand_on_the_first_screen(page: Page, office: Office) -> None:
    """On a phone the first of them, on a desk six."""
    for _ in range(8):
        arrived(office)
    for size, least in ((PHONE, 1), (DESK, 6)):
        page.set_viewport_size(size)
        page.goto(DAY)
        boxes = [one.bounding_box() for one in page.locator("#here tbody tr").all()]
        seen = [box for box in boxes if box and box["y"] + box["height"] <= size["height"]]
        assert len(seen) >= least, size


def test_no_field_hides_behind_the_buttons_that_stay(page: Page, office: Office) -> None:
    """On a phone every field that one goes to by Tab is seen whole."""
    number = arrived(office)
    page.set_viewport_size(PHONE)
    page.goto(f"{DAY}/appointments/{number}/review")
    covered = page.evaluate(
        """() => [...document.querySelectorAll("fieldset input, fieldset select")].filter(one => {
            if (one.type === "hidden" || one.closest("details:not([open])")) { return false; }
            one.focus();
            const bar = document.querySelector(".staying").getBoundingClientRect();
            return one.getBoundingClientRect().bottom > bar.top + 1;
        }).map(one => one.name)"""
    )
    assert covered == []
