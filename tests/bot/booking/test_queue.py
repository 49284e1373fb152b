"""Calling people in the hall: numbers, the next one, once more, to another window."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.booking import counter, transitions
from bot.booking.queue.calls import call_next, hand_over, has_called, recall
from bot.booking.queue.hall import hall_of
from bot.booking.queue.standing import standing
from bot.booking.queue.walk_in import take_number
from bot.booking.queue.windows import open_windows, windows_at_work
from bot.booking.tables import appointments, notices, slots, tickets
from bot.database import reading, writing
from bot.staff.auth import members, sessions
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, TOMORROW, make_slot, states, taken
from tests.bot.booking.storm import check_books


@pytest.fixture
def slot(engine):
    with writing(engine) as connection:
        return make_slot(connection, bookable=40, capacity=40)


def come(engine, slot, purpose="review", now=NINE):
    """A person with an appointment who is here."""
    with writing(engine) as connection:
        made = counter.book_for(connection, slot, purpose, NOW)
        assert transitions.step(connection, made, "arrived", now)
        return made


def call(engine, by="anna", window="1", now=NINE):
    with writing(engine) as connection:
        return call_next(connection, SITE, now, by, window)


def kept(engine, id):
    with reading(engine) as connection:
        return counter.by_id(connection, id)


def test_numbers_run_by_purpose_and_are_never_given_twice(engine, slot):
    ids = [come(engine, slot, one) for one in ("review", "question", "review", "gone")]
    assert [kept(engine, id).ticket for id in ids] == ["A001", "D001", "A002", "Z001"]
    with writing(engine) as connection:
        transitions.step(connection, ids[2], "booked", NINE)
        transitions.step(connection, ids[2], "arrived", NINE)
    assert kept(engine, ids[2]).ticket == "A002"  # it is the same person
    assert kept(engine, come(engine, slot)).ticket == "A003"


def test_a_number_is_of_a_day_and_a_place(engine, slot):
    id = come(engine, slot)
    with writing(engine) as connection:
        transitions.step(connection, id, "booked", NINE)
        next_day = make_slot(connection, TEN + timedelta(days=1), bookable=2)
        assert counter.move(connection, id, next_day, NINE)
        assert transitions.step(connection, id, "arrived", TEN + timedelta(days=1))
    row = kept(engine, id)
    assert (row.ticket, row.called_at) == ("A001", None)
    with reading(engine) as connection:
        assert connection.scalar(select(tickets.c.day)) == TOMORROW + timedelta(days=1)


def test_the_next_one_is_called_to_the_window_and_served_there(engine, slot):
    first, second = come(engine, slot), come(engine, slot)
    assert call(engine, "anna", "1") == first
    assert call(engine, "bea", "2") == second
    assert call(engine) is None
    row = kept(engine, second)
    assert (row.state, row.served_by, row.called_to, row.calls) == ("called", "bea", "2", 1)
    with writing(engine) as connection:
        assert has_called(connection, SITE, NINE, "anna") == "A001"
        assert not transitions.step(connection, second, "serving", NINE, "anna")
        assert transitions.step(connection, second, "serving", NINE, "bea")
        assert transitions.step(connection, second, "served", TEN, "bea")


def test_called_in_vain_one_waits_on_and_is_called_again(engine, slot):
    first, second, third = (come(engine, slot) for _ in range(3))
    assert call(engine) == first
    with writing(engine) as connection:
        assert recall(connection, first, NINE, "anna")
        assert not recall(connection, first, NINE, "bea")
        assert transitions.step(connection, first, "passed", NINE + timedelta(minutes=2), "anna")
    row = kept(engine, first)
    assert (row.state, row.served_by, row.calls) == ("passed", None, 2)
    assert [call(engine, now=NINE + timedelta(minutes=5)) for _ in range(3)] == [
        second,  # all have their appointment at nine, the first one went back to 9:02
        third,
        first,
    ]


def test_handed_over_one_is_called_to_the_other_window(engine, slot):
    id = come(engine, slot)
    call(engine, "anna", "1")
    with writing(engine) as connection:
        transitions.step(connection, id, "serving", NINE, "anna")
        assert not hand_over(connection, id, "2", NINE, "bea")
        assert hand_over(connection, id, "2", NINE, "anna")
        assert not hand_over(connection, id, "3", NINE, "anna")  # a button tapped twice
    row = kept(engine, id)
    assert (row.state, row.served_by, row.called_to) == ("called", None, "2")
    with writing(engine) as connection:
        assert transitions.step(connection, id, "serving", NINE, "bea", window="2")


def test_a_full_hour_still_takes_who_walks_in(engine):
    """Two places, one of them booked by a person who does not come: the walk-in has it. The next
    one goes beyond the places: 3 of 2."""
    with writing(engine) as connection:
        slot = make_slot(connection, bookable=2, capacity=2)
        missed, comes = (counter.book_for(connection, slot, "review", NOW) for _ in range(2))
    assert taken(engine, slot) == 2
    with writing(engine) as connection:
        assert transitions.step(connection, missed, "missed", NINE)
        assert transitions.step(connection, comes, "arrived", NINE)
    assert taken(engine, slot) == 1
    with writing(engine) as connection:
        assert take_number(connection, SITE, "review", NINE)
    assert taken(engine, slot) == 2
    with writing(engine) as connection:
        assert take_number(connection, SITE, "papers", NINE)
        assert transitions.step(connection, missed, "arrived", NINE)  # came after all
    assert taken(engine, slot) == 4
    with reading(engine) as connection:
        waiting = hall_of(connection, SITE, NINE).waiting
    assert [(row.number, row.walk_in) for row in waiting] == [
        ("A003", False),  # of one time, who booked first
        ("A001", False),
        ("A002", True),
        ("C001", True),
    ]


def test_a_walk_in_takes_no_place_that_can_still_be_booked(engine):
    with writing(engine) as connection:
        ten = make_slot(connection, TEN, bookable=1)
        early = take_number(connection, SITE, "review", NINE)
    assert (kept(engine, early).slot, taken(engine, ten)) == (ten, 1)
    with writing(engine) as connection:
        assert counter.book_for(connection, ten, "review", NINE) is None
        connection.execute(update(slots).values(open=False))
        assert take_number(connection, SITE, "review", NINE) is None  # closed today


def test_two_left_are_told_once_if_they_asked_for_notices(engine, slot):
    ids = [come(engine, slot) for _ in range(5)]
    with writing(engine) as connection:
        for number, id in enumerate(ids):
            this = update(appointments).where(appointments.c.id == id)
            connection.execute(this.values(person=f"p{number}", reminders=number != 2))
    call(engine)  # p1 is next, p2 did not ask, p3 has two before them
    call(engine)  # p4 has two before them
    with reading(engine) as connection:
        told = connection.execute(select(notices).order_by(notices.c.id)).all()
    assert [(one.person, one.kind, one.words["code"], one.words["ahead"]) for one in told] == [
        ("p1", "your_turn", "A002", "0"),
        ("p3", "your_turn", "A004", "2"),
        ("p4", "your_turn", "A005", "2"),
    ]


def test_many_clerks_at_once_never_get_the_same_person(engine, slot):
    ids = [come(engine, slot) for _ in range(12)]
    with ThreadPoolExecutor(6) as threads:
        calls = [threads.submit(call, engine, f"clerk{n % 6}", str(n % 6)) for n in range(14)]
        called = [one.result() for one in calls]
    assert sorted(one for one in called if one) == ids
    assert called.count(None) == 2
    assert set(states(engine)) == {"called"}


def test_many_who_come_at_once_have_numbers_of_their_own(engine, slot):
    def number(_):
        with writing(engine) as connection:
            return take_number(connection, SITE, "review", NINE)

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(number, range(12)))
    with reading(engine) as connection:
        numbers = sorted(connection.scalars(select(tickets.c.number)))
    assert len(set(made)) == 12
    assert numbers == [f"A{n:03}" for n in range(1, 13)]
    check_books(engine)


def owned(engine, id, person="anna"):
    with writing(engine) as connection:
        this = update(appointments).where(appointments.c.id == id)
        connection.execute(this.values(person=person))


def stands(engine, now=NINE):
    with reading(engine) as connection:
        return standing(connection, "anna", now)


def test_what_one_is_told_of_the_queue(engine, slot):
    """Three were served in 3, 4 and 9 minutes: 2 people before one, at one window, are 2 × 4."""
    first, second, mine = (come(engine, slot) for _ in range(3))
    owned(engine, mine)
    assert (stands(engine).ahead, stands(engine).minutes) == (2, None)  # nothing was measured
    with writing(engine) as connection:
        for minutes in (3, 4, 9):
            made = counter.book_for(connection, slot, "papers", NOW)
            for state, at in (("serving", 0), ("served", minutes)):
                transitions.step(connection, made, state, NINE + timedelta(minutes=at), "anna")
    assert stands(engine).minutes is None  # and no window is open
    with writing(engine) as connection:
        member = members.add(connection, "anna", "Anna", "window", SITE, "x", NOW)
        token = sessions.start(connection, member, True, NINE)
        sessions.sit(connection, token, SITE, "1")
    shown = stands(engine)
    assert (shown.number, shown.state, shown.ahead, shown.minutes) == ("A003", "arrived", 2, 8)
    assert stands(engine, NINE + timedelta(minutes=31)).minutes is None  # the window went to sleep
    call(engine), call(engine, "bea", "2"), call(engine, "cleo", "3")
    shown = stands(engine)
    assert (shown.state, shown.window, shown.ahead) == ("called", "3", 0)
    assert kept(engine, first).state == kept(engine, second).state == "called"


def test_who_has_no_number_is_told_none(engine, slot):
    assert stands(engine) is None
    with writing(engine) as connection:
        made = counter.book_for(connection, slot, "review", NOW)
    owned(engine, made)
    assert stands(engine) is None


def test_a_window_where_two_sit_is_open_while_one_of_them_calls(engine):
    with writing(engine) as connection:
        for name, pauses in (("anna", True), ("bea", False)):
            member = members.add(connection, name, name, "window", SITE, "x", NOW)
            token = sessions.start(connection, member, True, NINE)
            sessions.sit(connection, token, SITE, "10")
            sessions.pause(connection, token, NINE if pauses else None)
        cleo = members.add(connection, "cleo", "Cleo", "window", SITE, "x", NOW)
        token = sessions.start(connection, cleo, True, NINE)
        sessions.sit(connection, token, SITE, "2")
        sessions.pause(connection, token, NINE)
        assert windows_at_work(connection, SITE, NINE) == {"2": True, "10": False}
        assert open_windows(connection, SITE, NINE) == ["10"]
        assert open_windows(connection, "yantou", NINE) == []
