"""Storms on both databases: nothing is booked twice, and nobody sees an error."""

from collections import Counter
from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from bot.booking import waiting
from bot.booking.calendar import ExtraDay, Hours
from bot.booking.changes import CLOSED, AddExtraDay, affected, apply
from bot.booking.holidays import load_special_days
from bot.booking.reservation import hold
from bot.booking.tables import appointments, holds, notices, slots
from bot.database import reading, writing
from dialogs.booking.protocol import Confirmed
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, TOMORROW, book, make_slot, states
from tests.bot.booking.storm import (
    Booking,
    Cancelling,
    Clerk,
    Closing,
    Holding,
    Lapsing,
    MovingAlone,
    Opening,
    Rescheduling,
    Working,
    check_books,
    cut_down,
    storm,
)

CAPACITY = 10
ENDLESS = 10**6
ELEVEN = TEN + timedelta(hours=1)
NOON = ELEVEN + timedelta(hours=1)
TIMES = [NINE, TEN, ELEVEN]


@pytest.fixture
def three(engine):
    """Three slots of ten."""
    with writing(engine) as connection:
        return [make_slot(connection, at, bookable=CAPACITY) for at in TIMES]


def open_tomorrow(engine, *windows, capacity):
    """Publish the three hours, at each window so many places."""
    with writing(engine) as connection:
        load_special_days(connection, TOMORROW.year)
        for window in windows:
            hours = Hours(time(9), time(12), window, slot_minutes=60, capacity=capacity)
            apply(connection, AddExtraDay(SITE, ExtraDay(TOMORROW, hours)), NOW)


def whose(engine):
    """Who has an appointment, each as often as they have one."""
    booked = select(appointments.c.person).where(appointments.c.state == "booked")
    with reading(engine) as connection:
        return sorted(connection.execute(booked).scalars())


def confirmed(answers):
    return sorted(who for answer in answers for who, done in answer if done == "Confirmed")


def test_booking_storm(engine, url, three):
    answers = storm(url, [Booking(50, TIMES)] * 8)
    outcomes = Counter(outcome for answer in answers for _, outcome in answer)
    assert outcomes == {"Confirmed": 30, "Full": 370}
    assert [len(states(engine, slot)) for slot in three] == [CAPACITY] * 3
    check_books(engine)


def test_rescheduling_storm(engine, url, three):
    """Half of the processes and a clerk move the same persons, half persons of their own."""
    shared = [f"r{i}" for i in range(6)]
    alone = [f"m{number}-{i}" for number in range(4, 8) for i in range(3)]
    for i, person in enumerate(shared + alone):
        book(engine, person, TIMES[i % 3])
    works = [Rescheduling(50, shared, TIMES)] * 4 + [MovingAlone(50, 3, TIMES)] * 4
    storm(url, [*works, Clerk(50, shared)])
    assert whose(engine) == sorted(shared + alone)
    check_books(engine)


def test_holds_that_end_at_the_moment_of_confirmation(engine, url):
    persons = [f"h{i}" for i in range(50)]
    with writing(engine) as connection:
        make_slot(connection, bookable=len(persons))
        for person in persons:
            hold(connection, person, SITE, NINE, NOW)
    answers = storm(url, [Lapsing(persons)] * 8)
    # Two processes confirm for the same person; the same answer twice is one appointment.
    assert whose(engine) == sorted(set(confirmed(answers)))
    with reading(engine) as connection:
        assert connection.execute(select(holds)).all() == []
    check_books(engine)


def test_closing_a_day_while_people_book(engine, url):
    open_tomorrow(engine, "1", capacity=60)
    works = [Booking(50, TIMES)] * 8 + [Closing(booked=60), Working(20, minutes=0)]
    *answers, hit, _ = storm(url, works)
    assert whose(engine) == confirmed(answers)
    told = select(notices.c.appointment).where(notices.c.kind == CLOSED)
    with reading(engine) as connection:
        kept = sorted(connection.execute(select(appointments.c.id)).scalars())
        left = [row.id for row in affected(connection, NOW)]
        assert sorted(connection.execute(told).scalars()) == kept
    assert sorted(hit) == sorted(left) == kept
    assert len(kept) >= 60
    check_books(engine)


def test_holding_while_hours_change_and_the_waiting_list_moves(engine, url):
    """All that touches several slots and several persons at once, on three windows."""
    open_tomorrow(engine, "1", "2", "3", capacity=3)
    with writing(engine) as connection:
        for i in range(10):
            waiting.join(connection, f"p{i}", SITE, NOW)
    holding = Holding(50, 30, [NINE, TEN])
    storm(url, [holding] * 5 + [Opening(5)] + [Working(30, minutes=1)] * 2)
    check_books(engine)


def test_cancelling_storm(engine, url, three):
    storm(url, [Cancelling(8)] * 8)
    assert set(states(engine)) <= {"cancelled"}
    check_books(engine)


def test_killed_in_the_middle_of_it(engine, url, three):
    """Whatever the moment, the books are right afterwards and nothing stays locked."""
    persons = [f"r{i}" for i in range(12)]
    works = [Rescheduling(ENDLESS, persons, TIMES)] * 4 + [Cancelling(ENDLESS)] * 2
    for _ in range(3):
        cut_down(url, [*works, Working(ENDLESS, minutes=1)])
        check_books(engine)
    assert len(set(whose(engine))) == len(whose(engine))
    with writing(engine) as connection:
        make_slot(connection, NOON)
    assert isinstance(book(engine, "anna", NOON), Confirmed)


def test_two_taps_of_one_person_at_once(engine, url, three):
    """The same person books through eight processes; one appointment comes of it."""
    storm(url, [Rescheduling(6, ["anna"], TIMES)] * 8)
    assert states(engine) == ["booked"]
    check_books(engine)


@pytest.mark.soak
def test_a_long_storm(engine, url, three):
    persons = [f"r{i}" for i in range(30)]
    storm(url, [Rescheduling(100, persons, TIMES)] * 8 + [Cancelling(50)] * 4)
    check_books(engine)


@pytest.mark.soak
def test_a_long_storm_over_changing_hours(engine, url):
    open_tomorrow(engine, "1", "2", "3", capacity=3)
    with writing(engine) as connection:
        for i in range(10):
            waiting.join(connection, f"p{i}", SITE, NOW)
    storm(url, [Holding(150, 30, [NINE, TEN])] * 5 + [Opening(20)] + [Working(100, minutes=1)] * 2)
    check_books(engine)


def test_the_check_itself_notices_a_wrong_count(engine, three):
    with writing(engine) as connection:
        connection.execute(update(slots).where(slots.c.id == three[0]).values(taken=3))
    with pytest.raises(AssertionError):
        check_books(engine)
