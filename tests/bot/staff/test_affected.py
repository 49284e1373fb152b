"""Appointments whose window closed: listed with what became of their notice, until settled."""

import pytest
from sqlalchemy import update

from bot.booking.appointments import close_past
from bot.booking.tables import appointments, notices
from bot.database import writing
from bot.models.notice import DELIVERED, REFUSED
from bot.staff.schedule import affected
from tests.bot.staff.office import Office, kept, open_and_book
from tests.bot.staff.test_hours import CLOSE

LIST = "/staff/affected"


def test_an_affected_appointment_stays_listed_until_somebody_settled_it(
    office: Office, booked: list[int]
) -> None:
    office.watch.wait(hours=-2)
    office.browser("desk").post("/staff/hours/apply", CLOSE)
    office.watch.wait(days=1)
    with writing(office.service.engine) as connection:
        assert close_past(connection, office.watch()) == 4
    browser = office.browser("clerk")
    for left in (4, 3):
        page = browser.get("/staff/affected").get_data(as_text=True)
        assert page.count("已联系好</button>") == left
        browser.post(f"/staff/sites/oubei/appointments/{booked[0]}/settle")
    assert len(office.trail("settle")) == 1


def in_the_chat(office: Office, *numbers: int) -> None:
    with writing(office.service.engine) as connection:
        for number in numbers:
            mine = update(appointments).where(appointments.c.id == number)
            connection.execute(mine.values(person=f"o{number}", name=None, source="chat"))


def came_of(office: Office, number: int, state: str) -> None:
    """The notice about this appointment ended so."""
    with writing(office.service.engine) as connection:
        mine = update(notices).where(notices.c.appointment == number)
        connection.execute(mine.values(state=state))


def test_the_list_says_what_became_of_each_notice(office: Office, booked: list[int]) -> None:
    office.watch.wait(hours=-2)
    in_the_chat(office, *booked[:3])
    office.browser("desk").post("/staff/hours/apply", CLOSE)
    came_of(office, booked[0], DELIVERED)
    came_of(office, booked[1], REFUSED)
    page = office.browser("clerk").get(LIST).get_data(as_text=True)
    told = [part.partition("</td>")[0] for part in page.split('data-name="通知">')[1:]]
    assert told == ["已送达", "对方不接收", "等着发", "请打电话"]


def test_all_who_were_reached_leave_the_list_at_once_and_nobody_else(
    office: Office, booked: list[int]
) -> None:
    elsewhere = open_and_book(office.service.engine, "huangtian")[0]
    office.watch.wait(hours=-2)
    in_the_chat(office, *booked[:2], elsewhere)
    office.browser("desk").post("/staff/hours/apply", CLOSE | {"site": "", "from": ""})
    for number in (booked[0], elsewhere):
        came_of(office, number, DELIVERED)
    clerk = office.browser("clerk")
    assert "有 1 个，通知已经送到" in clerk.get(LIST).get_data(as_text=True)
    clerk.post(f"{LIST}/settle-told")
    settled = [n for n in (*booked, elsewhere) if kept(office, n).settled_at is not None]
    assert settled == [booked[0]]
    assert [entry.target for entry in office.trail("settle")] == [f"appointment {booked[0]}"]
    assert "都算已联系好" not in clerk.get(LIST).get_data(as_text=True)


def test_a_long_list_begins_with_the_earliest(
    office: Office, booked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(affected, "MOST", 3)
    office.watch.wait(hours=-2)
    office.browser("desk").post("/staff/hours/apply", CLOSE)
    page = office.browser("clerk").get(LIST).get_data(as_text=True)
    assert "共 4 个，先列最早的 3 个" in page
    assert [kept(office, n).code in page for n in booked] == [True, True, True, False]
