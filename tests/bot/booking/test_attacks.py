"""What a person tries who wants more than one place, or another person's, through the pages."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from bot.booking.reservation import MOST_LET_GO
from bot.booking.tables import appointments, holds, returning_places, slots
from bot.database import reading, writing
from tests.bot.booking.desk import NINE, SITE, TEN, TOMORROW, make_slot
from tests.bot.booking.storm import check_books
from tests.bot.databases import sqlite
from tests.bot.web import app, service, signed_in, watch

__all__ = ["app", "service", "sqlite", "watch"]

TRIES = 40


@pytest.fixture
def places(service):
    with writing(service.engine) as connection:
        return [make_slot(connection, at, bookable=10) for at in (NINE, TEN)]


def hold(browser, starts_at, site=SITE):
    browser.get(f"/appointments/{SITE}?day={TOMORROW}")
    return browser.post("/appointments/hold", {"site": site, "starts_at": starts_at})


def confirm(browser, starts_at=NINE, **more):
    wish = {"site": SITE, "starts_at": starts_at.isoformat(), "purpose": "review"}
    return browser.post("/appointments/confirm", wish | more)


def count(service, table):
    with reading(service.engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_one_person_holds_one_place_however_often_they_ask(app, service, places):
    greedy = signed_in(app, "oGreedy-openid")
    for i in range(TRIES):
        assert hold(greedy, (NINE, TEN)[i % 2].isoformat()).status_code == 302
    assert "先歇几分钟再换。现在这个位置还给您留着" in greedy.get("/appointments/confirm").text
    assert count(service, holds) == 1
    assert count(service, returning_places) == MOST_LET_GO
    check_books(service.engine)
    with reading(service.engine) as connection:
        left = connection.execute(select(func.sum(slots.c.bookable - slots.c.taken))).scalar_one()
    assert left + count(service, returning_places) + count(service, holds) == 20


def test_two_phones_of_one_person_and_a_form_sent_again(app, service, places):
    phones = [signed_in(app, "oTwice-openid") for _ in range(2)]
    for phone in phones:
        hold(phone, NINE.isoformat())
    for phone in phones * 2:
        assert confirm(phone).headers["Location"] == "/appointments"
    assert count(service, appointments) == 1
    check_books(service.engine)


def test_what_somebody_else_holds_confirms_nothing(app, service, places):
    hold(signed_in(app, "oOwner-openid"), NINE.isoformat())
    thief = signed_in(app, "oThief-openid")
    thief.get(f"/appointments/{SITE}?day={TOMORROW}")
    assert confirm(thief).headers["Location"] == f"/appointments/{SITE}"
    assert count(service, appointments) == 0


@pytest.mark.parametrize(
    "starts_at",
    [
        (NINE + timedelta(days=3650)).isoformat(),
        (NINE - timedelta(days=400)).isoformat(),
        NINE.replace(tzinfo=None).isoformat(),
        "2026-11-24T09:00:00+23:59",
        "2026-11-24T09:00:00-23:59",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "' OR 1=1",
        "9" * 5000,
        "",
    ],
)
def test_no_forged_time_is_held(app, service, places, starts_at):
    browser = signed_in(app, "oForger-openid")
    assert hold(browser, starts_at).status_code == 302
    assert count(service, holds) == 0


def test_the_same_moment_in_another_zone_is_the_same_place(app, service, places):
    browser = signed_in(app, "oFar-openid")
    hold(browser, "2026-11-24T01:00:00+00:00")
    with reading(service.engine) as connection:
        assert connection.execute(select(holds.c.slot)).scalar() == places[0]


@pytest.mark.parametrize("site", ["nowhere", "", "oubei' --", "../staff", "0" * 3000])
def test_a_site_that_does_not_exist(app, service, places, site):
    browser = signed_in(app, "oLost-openid")
    assert hold(browser, NINE.isoformat(), site).status_code == 404
    assert browser.get(f"/appointments/{quote(site or 'x', safe='')}").status_code == 404
