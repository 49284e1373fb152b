"""Nobody keeps a day from everybody by taking places and letting them go, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

import bot.worker  # noqa: F401 - registers the holders
from bot import people
from bot.booking import appointments, holds, reservation, slots
from bot.booking.tables import returning_places
from bot.database import reading, writing
from dialogs.booking.protocol import Confirmed, Full, Held, TooOften
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, book, make_slot, wish
from tests.bot.booking.storm import check_books

TIMES = (NINE, TEN)
TRIES = 40
HONEST = 5
SECOND = timedelta(seconds=1)
RETURNED = timedelta(seconds=slots.RETURNS_AFTER_SECONDS[1])
HELD_AGAIN = timedelta(seconds=slots.LAPSES_AFTER_SECONDS[1])


@pytest.fixture
def places(engine):
    """Two slots of twenty."""
    with writing(engine) as connection:
        return [make_slot(connection, at, bookable=20) for at in TIMES]


def hold(engine, starts_at, now=NOW, person="anna"):
    with writing(engine) as connection:
        return reservation.hold(connection, person, SITE, starts_at, now)


def cancel(engine, starts_at, now=NOW):
    with writing(engine) as connection:
        return appointments.cancel(connection, "anna", now, starts_at)


def on_the_way(engine, now):
    due = select(func.count()).where(returning_places.c.due_at > now)
    with reading(engine) as connection:
        return connection.execute(due).scalar_one()


def switching(engine, i, now):
    return hold(engine, TIMES[i % 2], now)


def moving(engine, i, now):
    return book(engine, "anna", TIMES[i % 2], now, moving=True)


def cancelling(engine, i, now):
    booked = book(engine, "anna", NINE, now)
    cancel(engine, NINE, now)
    return booked


def letting_go(engine, i, now):
    held = hold(engine, NINE, now)
    with writing(engine) as connection:
        holds.release(connection, "anna", now)
    return held


@pytest.mark.parametrize("churn", [switching, moving, cancelling, letting_go])
def test_one_person_keeps_few_places_from_others(engine, places, churn):
    """Once a second, and again when places are back."""
    for start in (NOW, NOW + RETURNED):
        outcomes = []
        for i in range(TRIES):
            now = start + i * SECOND
            outcomes.append(type(churn(engine, i, now)))
            # One move may let go of two: the place held before, and the place moved from.
            assert on_the_way(engine, now) <= reservation.MOST_LET_GO + 1
        assert set(outcomes[: HONEST + 1]) <= {Held, Confirmed}
        assert TooOften in outcomes
        check_books(engine)
    assert isinstance(hold(engine, NINE, now, "berta"), Held)


def test_what_is_held_stays_and_can_be_booked(engine, places):
    for i in range(TRIES):
        refused = hold(engine, TIMES[i % 2])
    with reading(engine) as connection:
        kept = reservation.current(connection, "anna", NOW)
    assert refused == TooOften(kept)
    assert kept is not None
    assert isinstance(hold(engine, kept.starts_at), Held)  # the same again is no change
    with writing(engine) as connection:
        done = appointments.confirm(connection, "anna", wish(kept.starts_at), NOW, "chat")
    assert isinstance(done, Confirmed)


def test_after_a_while_one_may_change_again(engine, places):
    for i in range(TRIES):
        hold(engine, TIMES[i % 2])
    assert isinstance(hold(engine, NINE, NOW + HELD_AGAIN), Held)
    assert isinstance(hold(engine, TEN, NOW + HELD_AGAIN), Held)


def test_who_holds_nothing_any_more_is_told_so(engine, places):
    for i in range(reservation.MOST_LET_GO):
        cancelling(engine, i, NOW)
    assert hold(engine, NINE) == TooOften(None)


def test_nobody_honest_is_hit(engine, places):
    """Five times chosen in one breath, booked, and moved three times."""
    for i in range(HONEST):
        assert isinstance(hold(engine, TIMES[i % 2]), Held)
    for starts_at in (NINE, TEN, NINE, TEN):
        assert isinstance(book(engine, "anna", starts_at, moving=True), Confirmed)


def test_others_are_not_held_to_it(engine, places):
    for i in range(TRIES):
        hold(engine, TIMES[i % 2])
        cancelling(engine, i, NOW)
    assert isinstance(book(engine, "berta"), Confirmed)


def test_a_full_time_is_full_for_whoever_may_still_change(engine):
    with writing(engine) as connection:
        make_slot(connection)
    book(engine, "berta")
    assert hold(engine, NINE) == Full()


def test_who_is_forgotten_leaves_no_name_on_a_place(engine, places):
    switching(engine, 0, NOW)
    switching(engine, 1, NOW)
    with writing(engine) as connection:
        people.forget(connection, "anna")
        names = connection.execute(select(returning_places.c.person)).scalars().all()
    assert names == [None, None]
    check_books(engine)
