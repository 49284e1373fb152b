"""Another time kept for people whose window closed, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.booking import reservation, sweep
from bot.booking.aftermath import settle, unsettled
from bot.booking.rebooking import Outcome, offer_time, offers
from bot.booking.sites import neighbours
from bot.booking.tables import appointments, holds, notices, sites, slots
from bot.database import reading, writing
from tests.bot.booking.desk import NOW, SITE, TEN, book, make_slot

ELSEWHERE = "huangtian"
LATER = TEN + timedelta(days=1)


def closed(engine, *people):
    """Each had an appointment at nine, and the window closes. Their numbers."""
    with writing(engine) as connection:
        make_slot(connection, bookable=len(people))
    for person in people:
        book(engine, person)
    with writing(engine) as connection:
        connection.execute(update(slots).values(open=False))
        return list(connection.scalars(select(appointments.c.id).order_by(appointments.c.id)))


def offered(engine, number, site=SITE, now=NOW):
    with writing(engine) as connection:
        return offer_time(connection, number, site, now)


def test_no_place_is_kept_twice_however_many_clerks_offer(engine):
    """Nine people, four clerks at once, five places: five offers, and the count is right."""
    numbers = closed(engine, *(f"person-{n}" for n in range(9)))
    with writing(engine) as connection:
        slot = make_slot(connection, LATER, bookable=5, capacity=6)
    with ThreadPoolExecutor(4) as pool:
        came = Counter(pool.map(lambda number: offered(engine, number), numbers))
    assert came == {Outcome.MADE: 5, Outcome.FULL: 4}
    with reading(engine) as connection:
        assert connection.scalar(select(slots.c.taken).where(slots.c.id == slot)) == 5
        assert connection.scalar(select(func.count()).select_from(holds)) == 5


def test_two_clerks_offer_the_same_person_one_place(engine):
    (number,) = closed(engine, "anna")
    with writing(engine) as connection:
        slot = make_slot(connection, LATER, bookable=9)
    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(lambda _: offered(engine, number), range(8)))
    assert set(came) <= {Outcome.MADE, Outcome.CHOOSING}
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(holds)) == 1
        waiting = notices.c.kind == "rebook", notices.c.state == "waiting"
        query = select(func.count()).select_from(notices).where(*waiting)
        assert connection.scalar(query) == 1
    with writing(engine) as connection:  # what was given up on the way is free again
        sweep_moment = NOW + timedelta(hours=1)
    sweep.sweep(engine, sweep_moment)
    with reading(engine) as connection:
        assert connection.scalar(select(slots.c.taken).where(slots.c.id == slot)) == 1


def test_an_offer_that_nobody_takes_comes_back(engine):
    """Kept from 9:00 for 24 hours; the sweep of the day after next finds the place free."""
    (number,) = closed(engine, "anna")
    with writing(engine) as connection:
        slot = make_slot(connection, LATER + timedelta(days=1))
    assert offered(engine, number) is Outcome.MADE
    with reading(engine) as connection:
        held = reservation.current(connection, "anna", NOW)
        assert held.until == NOW + timedelta(hours=24)
        assert offers(connection)["anna"].until == held.until
    sweep.sweep(engine, NOW + timedelta(hours=25))
    with reading(engine) as connection:
        assert connection.scalar(select(slots.c.taken).where(slots.c.id == slot)) == 0
        assert [row.id for row in unsettled(connection)] == [number]  # still to be told


@pytest.mark.parametrize("hours", [1, 4])
def test_a_time_too_soon_to_answer_is_not_offered(engine, hours):
    """Three hours to answer and two to come: less than five ahead is none."""
    (number,) = closed(engine, "anna")
    with writing(engine) as connection:
        make_slot(connection, NOW + timedelta(hours=hours))
    assert offered(engine, number) is Outcome.FULL


def test_who_moved_or_cancelled_meanwhile_is_offered_nothing(engine):
    (number,) = closed(engine, "anna")
    with writing(engine) as connection:
        make_slot(connection, LATER)
        connection.execute(update(appointments).values(state="cancelled"))
    assert offered(engine, number) is Outcome.NOBODY
    with writing(engine) as connection:
        assert not settle(connection, number, NOW)


def test_a_place_elsewhere_is_offered_and_the_nearest_are_known(engine):
    (number,) = closed(engine, "anna")
    with writing(engine) as connection:
        make_slot(connection, LATER, site=ELSEWHERE)
        for id, latitude in ((SITE, 28.0), (ELSEWHERE, 28.3), ("yantou", 28.1)):
            place = update(sites).where(sites.c.id == id)
            connection.execute(place.values(latitude=latitude, longitude=120.6))
        assert neighbours(connection, SITE)[:2] == ("yantou", ELSEWHERE)
    assert offered(engine, number) is Outcome.FULL
    assert offered(engine, number, ELSEWHERE) is Outcome.MADE
    with reading(engine) as connection:
        assert reservation.current(connection, "anna", NOW).site == ELSEWHERE
