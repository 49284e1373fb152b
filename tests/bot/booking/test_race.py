"""Storms on both databases: nothing is booked twice, and nobody sees an error."""

from collections import Counter
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.calendars import load_special_days
from bot.booking.changes import AddWeeklyRule, apply, orphaned
from bot.booking.holds import hold
from bot.booking.tables import appointments, slots
from bot.database import reading, writing
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, TOMORROW, book, make_slot, states
from tests.bot.booking.storm import (
    Booking,
    Cancelling,
    Closing,
    Lapsing,
    Rescheduling,
    check_books,
    storm,
)

CAPACITY = 10
ELEVEN = TEN + timedelta(hours=1)


@pytest.fixture
def three(engine):
    """Three slots of ten."""
    with writing(engine) as connection:
        return [make_slot(connection, at, bookable=CAPACITY) for at in (NINE, TEN, ELEVEN)]


def test_booking_storm(engine, url, three):
    answers = storm(url, [Booking(50, [NINE, TEN, ELEVEN])] * 8)
    outcomes = Counter(outcome for answer in answers for _, outcome in answer)
    assert outcomes == {"Confirmed": 30, "Full": 370}
    assert [len(states(engine, slot)) for slot in three] == [CAPACITY] * 3
    check_books(engine)


def test_rescheduling_storm(engine, url, three):
    persons = [f"r{i}" for i in range(18)]
    for i, person in enumerate(persons):
        book(engine, person, (NINE, TEN, ELEVEN)[i % 3])
    storm(url, [Rescheduling(15, persons, [NINE, TEN, ELEVEN])] * 8)
    with reading(engine) as connection:
        booked = select(appointments.c.person).where(appointments.c.state == "booked")
        assert sorted(connection.execute(booked).scalars()) == sorted(persons)
    check_books(engine)


def test_holds_that_end_at_the_moment_of_confirmation(engine, url, three):
    persons = [f"h{i}" for i in range(CAPACITY)]
    for person in persons:
        with writing(engine) as connection:
            hold(connection, person, SITE, NINE, NOW)
    answers = storm(url, [Lapsing(three[0], persons)] * 8)
    check_books(engine)
    with reading(engine) as connection:
        booked = set(connection.execute(select(appointments.c.person)).scalars())
    assert len(booked) == len(states(engine)) <= CAPACITY
    confirmed = {who for answer in answers for who, outcome in answer if outcome == "Confirmed"}
    assert confirmed == booked


def test_closing_a_day_while_people_book(engine, url):
    with writing(engine) as connection:
        load_special_days(connection, 2026)
        hours = Hours(time(9), time(12), slot_minutes=60, capacity=CAPACITY)
        rule = WeeklyRule(TOMORROW.isoweekday(), hours, date(2026, 1, 1))
        apply(connection, AddWeeklyRule(SITE, rule), NOW)
    *answers, hit = storm(url, [Booking(12, [NINE, TEN, ELEVEN])] * 7 + [Closing()])
    confirmed = [who for answer in answers for who, outcome in answer if outcome == "Confirmed"]
    with reading(engine) as connection:
        kept = connection.execute(select(appointments.c.id, appointments.c.person)).all()
        left = orphaned(connection, NOW)
    assert sorted(row.person for row in kept) == sorted(confirmed)
    assert sorted(hit) == sorted(row.id for row in kept) == sorted(row.id for row in left)
    check_books(engine)


def test_cancelling_storm(engine, url, three):
    storm(url, [Cancelling(8)] * 8)
    assert set(states(engine)) <= {"cancelled"}
    check_books(engine)


def test_two_taps_of_one_person_at_once(engine, url, three):
    """The same person books through eight processes; one appointment comes of it."""
    storm(url, [Rescheduling(6, ["anna"], [NINE, TEN, ELEVEN])] * 8)
    assert states(engine) == ["booked"]
    check_books(engine)


@pytest.mark.soak
def test_a_long_storm(engine, url, three):
    persons = [f"r{i}" for i in range(30)]
    storm(url, [Rescheduling(100, persons, [NINE, TEN, ELEVEN])] * 8 + [Cancelling(50)] * 4)
    check_books(engine)


def test_the_check_itself_notices_a_wrong_count(engine, three):
    with writing(engine) as connection:
        connection.execute(update(slots).where(slots.c.id == three[0]).values(taken=3))
    with pytest.raises(AssertionError):
        check_books(engine)
