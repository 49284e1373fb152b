"""The window's day, and finding the nearest site."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.booking import counter, transitions
from bot.booking.appointments import confirm, mine
from bot.booking.privacy import blank
from bot.booking.reservation import hold
from bot.booking.sites import nearest
from bot.booking.tables import appointments, notices, sites
from bot.database import reading, writing
from bot.sweep_limit import SweepLimit
from dialogs.booking.protocol import Confirmed, HasOne
from tests.bot.booking.desk import (
    NINE,
    NOW,
    SITE,
    TEN,
    TOMORROW,
    book,
    make_slot,
    states,
    taken,
    wish,
)
from tests.bot.booking.storm import check_books


@pytest.fixture
def slot(engine):
    with writing(engine) as connection:
        return make_slot(connection, bookable=2, capacity=3)


@pytest.fixture
def booked(engine, slot):
    book(engine, "anna")
    with reading(engine) as connection:
        return counter.day_view(connection, SITE, TOMORROW)[0]


def take_up(engine, wanted):
    with writing(engine) as connection:
        return confirm(connection, "anna", wanted, NOW, "chat")


def step(engine, id, *to):
    with writing(engine) as connection:
        return [transitions.step(connection, id, state, NINE) for state in to]


def test_the_way_through_the_day(engine, booked):
    assert step(engine, booked.id, "arrived", "serving", "served") == [True] * 3
    with reading(engine) as connection:
        row = counter.by_id(connection, booked.id)
    assert row.arrived_at == row.serving_at == row.ended_at == NINE


@pytest.mark.parametrize(
    ("way", "last"),
    [
        (["served"], False),
        (["missed", "arrived"], True),
        (["arrived", "missed"], False),
        (["arrived", "booked", "missed", "booked"], True),
        (["arrived", "serving", "served", "arrived"], False),
        (["serving", "serving"], False),
    ],
)
def test_steps_that_may_follow_each_other(engine, booked, way, last):
    assert step(engine, booked.id, *way)[-1] is last


def test_who_booked_again_after_being_missed_does_not_come_twice(engine, booked):
    with writing(engine) as connection:
        make_slot(connection, TEN)
    step(engine, booked.id, "missed")
    book(engine, "anna", TEN)
    assert step(engine, booked.id, "arrived", "booked") == [False, False]


def test_missed_and_here_after_all_while_they_book_another_time(engine, booked):
    """A clerk takes the "missed" back while the person's new booking is not yet committed."""
    with writing(engine) as connection:
        make_slot(connection, TEN)
        transitions.step(connection, booked.id, "missed", NINE)
        hold(connection, "anna", SITE, TEN, NOW)
    with ThreadPoolExecutor() as threads:
        with writing(engine) as connection:
            assert isinstance(confirm(connection, "anna", wish(TEN), NOW, "chat"), Confirmed)
            taken_back = threads.submit(step, engine, booked.id, "booked")
            wait([taken_back], timeout=0.3)
        assert taken_back.result() == [False]
    assert states(engine) == ["missed", "booked"]


def test_the_code_finds_whoever_stands_there(engine, booked):
    with reading(engine) as connection:
        assert counter.by_code(connection, SITE, booked.code).id == booked.id
        assert counter.by_code(connection, "yantou", booked.code) is None


def test_a_telephone_booking_has_name_and_phone_and_they_are_blanked(engine, slot):
    with writing(engine) as connection:
        id = counter.book_for(connection, slot, "review", NOW, name="王某", phone="13800000000")
        assert (counter.by_id(connection, id).name, counter.by_id(connection, id).person) == (
            "王某",
            None,
        )
    assert blank(engine, NOW + timedelta(days=31), 30, SweepLimit()) == {}
    assert blank(engine, NOW + timedelta(days=32), 30, SweepLimit()) == {"appointments": 1}
    assert blank(engine, NOW + timedelta(days=32), 30, SweepLimit()) == {}
    with reading(engine) as connection:
        row = counter.by_id(connection, id)
    assert (row.name, row.phone) == (None, None)
    assert row.blanked_at is not None


def test_many_people_without_openid_may_have_appointments(engine, slot):
    with writing(engine) as connection:
        ids = [counter.book_for(connection, slot, "review", NOW) for _ in range(4)]
    assert ids[:3] == [id for id in ids[:3] if id]
    assert ids[3] is None
    assert taken(engine, slot) == 3


def test_moving_somebody_takes_the_new_place_and_tells_them(engine, booked):
    with writing(engine) as connection:
        ten = make_slot(connection, TEN)
        assert counter.move(connection, booked.id, ten, NOW)
        assert not counter.move(connection, booked.id, ten, NOW)  # full now, with herself
        kinds = connection.execute(select(notices.c.person, notices.c.kind)).all()
        assert counter.by_id(connection, booked.id).starts_at == TEN
    assert [tuple(row) for row in kinds] == [("anna", "moved")]


def test_the_window_and_the_person_move_the_same_appointment_at_once(engine, booked):
    """The person is told or moves on from there; no place is lost, none given back twice."""
    eleven = TEN + timedelta(hours=1)
    with writing(engine) as connection:
        ten = make_slot(connection, TEN)
        make_slot(connection, eleven)
        hold(connection, "anna", SITE, eleven, NOW)
    with ThreadPoolExecutor() as threads:
        with writing(engine) as connection:
            assert counter.move(connection, booked.id, ten, NOW)
            own = threads.submit(take_up, engine, wish(eleven, moving=True))
            wait([own], timeout=0.3)
        answer = own.result()
    assert isinstance(answer, HasOne | Confirmed)
    with reading(engine) as connection:
        kept = mine(connection, "anna", NOW)
    assert kept == answer.place
    check_books(engine)


def test_who_is_checked_in_is_not_moved_nor_called_off(engine, booked):
    step(engine, booked.id, "arrived")
    with writing(engine) as connection:
        ten = make_slot(connection, TEN)
        assert not counter.move(connection, booked.id, ten, NOW)
        assert not counter.call_off(connection, booked.id, "停电", NOW)
    assert taken(engine, ten) == 0
    assert states(engine) == ["arrived"]


def test_cancelled_appointments_leave_the_day_view(engine, booked):
    with writing(engine) as connection:
        assert counter.call_off(connection, booked.id, "停电", NOW)
        assert counter.day_view(connection, SITE, TOMORROW) == []
        assert [row.starts_at for row in counter.slots_of_day(connection, SITE, TOMORROW)] == [NINE]


def test_blanking_spares_what_is_still_to_come(engine, booked):
    assert blank(engine, NOW, 0, SweepLimit()) == {}
    with reading(engine) as connection:
        assert connection.execute(select(appointments.c.person)).scalar() == "anna"


def test_the_nearest_site_with_known_coordinates(engine):
    places = {"oubei": (28.05, 120.66), "yantou": (28.33, 120.72)}
    with writing(engine) as connection:
        assert nearest(connection, 28.06, 120.66) is None
        for site, (latitude, longitude) in places.items():
            this = update(sites).where(sites.c.id == site)
            connection.execute(this.values(latitude=latitude, longitude=longitude))
        assert nearest(connection, 28.06, 120.66) == "oubei"
        assert nearest(connection, 28.30, 120.70) == "yantou"
        assert nearest(connection, 39.90, 116.40) is None


def test_steps_wait_for_their_day_and_time(engine, booked):
    early = NINE - timedelta(minutes=1)
    with writing(engine) as connection:
        assert not transitions.step(connection, booked.id, "arrived", NOW)
        assert not transitions.step(connection, booked.id, "missed", early)
        assert transitions.step(connection, booked.id, "arrived", early)
