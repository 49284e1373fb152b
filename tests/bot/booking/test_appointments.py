"""Holding, confirming, moving, cancelling, on both databases."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.booking import appointments, counter, holds, reservation, slots, transitions, waiting
from bot.booking.sweep import sweep
from bot.booking.tables import appointments as table
from bot.booking.tables import notices, returning_places, sites
from bot.booking.tables import slots as slot_table
from bot.database import reading, writing
from bot.models.notice import DELIVERED
from dialogs.booking.protocol import Cancelled, Confirmed, Full, HasOne, Held, Lapsed, NotNow
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

LATER = NOW + timedelta(minutes=reservation.HOLD_MINUTES)
FREED = LATER + timedelta(seconds=slots.LAPSES_AFTER_SECONDS[1])
INSTANT = timedelta(microseconds=1)
RETURNED = NOW + timedelta(seconds=slots.RETURNS_AFTER_SECONDS[1])


@pytest.fixture
def nine(engine):
    with writing(engine) as connection:
        return make_slot(connection)


@pytest.fixture
def ten(engine):
    with writing(engine) as connection:
        return make_slot(connection, TEN)


def test_a_place_is_held_then_booked(engine, nine):
    booked = book(engine, "anna")
    assert isinstance(booked, Confirmed)
    assert (booked.place.title, booked.place.starts_at) == ("瓯北街道", NINE)
    assert len(booked.place.code) == 6
    assert taken(engine, nine) == 1
    assert isinstance(book(engine, "berta"), Full)


def test_confirming_twice_is_confirming_once(engine, nine):
    first = book(engine, "anna")
    with writing(engine) as connection:
        assert appointments.confirm(connection, "anna", wish(), NOW, "chat") == first
    assert states(engine) == ["booked"]
    assert taken(engine, nine) == 1


def test_a_hold_lapses_exactly_at_its_end(engine, nine):
    with writing(engine) as connection:
        held = reservation.hold(connection, "anna", SITE, NINE, NOW)
        assert held == Held(SITE, NINE, LATER)
        assert reservation.current(connection, "anna", LATER - timedelta(seconds=1)) == held
        assert reservation.current(connection, "anna", LATER) is None
        assert appointments.confirm(connection, "anna", wish(), LATER, "chat") == Lapsed()
    assert states(engine) == []


def test_a_lapsed_hold_frees_its_place_without_any_sweep(engine, nine):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        assert slots.open_times(connection, SITE, TOMORROW, NOW)[0].free == 0
        assert slots.open_times(connection, SITE, TOMORROW, FREED)[0].free == 1
    assert isinstance(book(engine, "berta", now=FREED), Confirmed)
    with writing(engine) as connection:
        assert appointments.confirm(connection, "anna", wish(), FREED, "chat") == Lapsed()


def test_nobody_can_let_a_hold_lapse_for_somebody_else(engine, nine):
    """The place is not free at a known moment, but its owner may still take it up again."""
    soon = LATER + timedelta(seconds=slots.LAPSES_AFTER_SECONDS[0]) - INSTANT
    last = NOW + slots.LONGEST_HOLD
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        assert slots.open_times(connection, SITE, TOMORROW, soon, "berta")[0].free == 0
        assert reservation.hold(connection, "berta", SITE, NINE, soon) == Full()
        assert slots.open_times(connection, SITE, TOMORROW, soon, "anna")[0].free == 1
        assert reservation.hold(connection, "anna", SITE, NINE, soon) == Held(SITE, NINE, last)
        assert slots.open_times(connection, SITE, TOMORROW, last, "anna")[0].free == 0
        assert reservation.hold(connection, "anna", SITE, NINE, last) == Full()
    assert taken(engine, nine) == 1


@pytest.mark.parametrize("swept", [False, True])
@pytest.mark.parametrize(
    ("moment", "outcome"),
    [(LATER - INSTANT, Confirmed), (LATER, Lapsed), (LATER + INSTANT, Lapsed)],
)
def test_confirming_at_the_limit(engine, nine, moment, outcome, swept):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
    if swept:
        sweep(engine, moment)
    with writing(engine) as connection:
        done = appointments.confirm(connection, "anna", wish(), moment, "chat")
    assert isinstance(done, outcome)
    assert states(engine) == ["booked"] * (outcome is Confirmed)
    check_books(engine)


def test_a_sweep_between_the_look_at_the_clock_and_the_confirmation(engine, nine):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
    assert sweep(engine, FREED).freed == 1
    with writing(engine) as connection:
        done = appointments.confirm(connection, "anna", wish(), LATER - INSTANT, "chat")
    assert done == Lapsed()
    assert taken(engine, nine) == 0


def test_what_one_holds_oneself_is_still_on_offer(engine, nine):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        offers = {
            person: (
                slots.open_times(connection, SITE, TOMORROW, NOW, person)[0].free,
                slots.open_days(connection, SITE, NOW, person)[0].free,
            )
            for person in ("anna", "berta")
        }
        assert isinstance(reservation.hold(connection, "anna", SITE, NINE, NOW), Held)
    assert offers == {"anna": (1, 1), "berta": (0, 0)}
    assert taken(engine, nine) == 1


def test_the_sweep_frees_lapsed_holds(engine, nine):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
    assert sweep(engine, LATER).freed == 0
    assert sweep(engine, FREED).freed == 1
    assert sweep(engine, FREED).freed == 0
    assert taken(engine, nine) == 0


def test_a_new_hold_replaces_the_old_one(engine, nine, ten):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        reservation.hold(connection, "anna", SITE, TEN, NOW)
        reservation.hold(connection, "anna", SITE, TEN, NOW)
        assert (
            reservation.hold(connection, "berta", SITE, NINE, NOW) == Full()
        )  # it cannot be handed on
        assert isinstance(reservation.hold(connection, "berta", SITE, NINE, RETURNED), Held)
    assert (taken(engine, nine), taken(engine, ten)) == (1, 1)


def test_one_active_appointment_per_person(engine, nine, ten):
    first = book(engine, "anna")
    second = book(engine, "anna", TEN)
    assert isinstance(first, Confirmed)
    assert second == HasOne(first.place)
    with writing(engine) as connection:
        row = connection.execute(select(table).where(table.c.person == "anna")).one()._asdict()
        second_row = insert(table).values(row | {"id": row["id"] + 1, "slot": ten})
        with pytest.raises(IntegrityError):
            connection.execute(second_row)


def test_moving_takes_the_new_before_it_returns_the_old(engine, nine, ten):
    first = book(engine, "anna")
    moved = book(engine, "anna", TEN, moving=True)
    assert isinstance(first, Confirmed)
    assert isinstance(moved, Confirmed)
    assert moved.place.starts_at == TEN
    assert moved.place.code == first.place.code
    assert states(engine) == ["booked"]
    assert (taken(engine, nine), taken(engine, ten)) == (1, 1)  # nine returns a little later
    assert isinstance(book(engine, "berta", now=NOW), Full)
    assert isinstance(book(engine, "berta", now=RETURNED), Confirmed)


def test_moving_to_the_same_time_changes_purpose_and_reminders(engine, nine):
    with writing(engine) as connection:
        connection.execute(update(slot_table).values(bookable=2, capacity=2))
    book(engine, "anna")
    other = replace(wish(moving=True), purpose="papers", reminders=True)
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        changed = appointments.confirm(connection, "anna", other, NOW, "chat")
        assert appointments.confirm(connection, "anna", other, NOW, "chat") == changed
    assert isinstance(changed, Confirmed)
    assert (changed.place.purpose, changed.place.reminders) == ("papers", True)
    assert states(engine) == ["booked"]


def test_from_a_closed_window_to_the_one_beside_it(engine, nine):
    book(engine, "anna")
    with writing(engine) as connection:
        connection.execute(update(slot_table).values(open=False))
        beside = make_slot(connection, window="2")
    moved = book(engine, "anna", moving=True)
    assert isinstance(moved, Confirmed)
    assert (moved.place.window, moved.place.closed) == ("2", False)
    assert taken(engine, beside) == 1


def test_a_failed_move_keeps_the_old_place(engine, nine, ten):
    first = book(engine, "anna")
    book(engine, "berta", TEN)
    assert isinstance(book(engine, "anna", TEN, moving=True), Full)
    with reading(engine) as connection:
        assert Confirmed(appointments.mine(connection, "anna", NOW)) == first


def test_cancelling_returns_the_place_after_a_random_while(engine, nine):
    book(engine, "anna")
    with writing(engine) as connection:
        assert appointments.cancel(connection, "anna", NOW, NINE) == Cancelled()
        assert appointments.cancel(connection, "anna", NOW, NINE) == Cancelled()
        due = connection.execute(select(returning_places.c.due_at)).scalar_one()
    low, high = slots.RETURNS_AFTER_SECONDS
    assert timedelta(seconds=low) <= due - NOW <= timedelta(seconds=high)
    assert isinstance(book(engine, "berta", now=NOW), Full)
    assert isinstance(book(engine, "berta", now=RETURNED), Confirmed)
    assert states(engine) == ["cancelled", "booked"]


def test_only_what_was_seen_is_cancelled(engine, nine, ten):
    book(engine, "anna")
    moved = book(engine, "anna", TEN, moving=True)
    assert isinstance(moved, Confirmed)
    with writing(engine) as connection:
        seen = appointments.cancel(connection, "anna", NOW, NINE)
    assert seen == HasOne(moved.place)
    assert states(engine) == ["booked"]


def test_nothing_to_cancel(engine, nine):
    with writing(engine) as connection:
        assert appointments.cancel(connection, "anna", NOW, NINE) == NotNow()


def test_what_is_checked_in_or_has_begun_cannot_be_cancelled_or_moved(engine, nine, ten):
    book(engine, "anna")
    with writing(engine) as connection:
        assert appointments.cancel(connection, "anna", NINE, NINE) == NotNow()
        row = counter.day_view(connection, SITE, TOMORROW)[0]
        assert transitions.step(connection, row.id, "arrived", NINE)
        assert appointments.cancel(connection, "anna", NOW, NINE) == NotNow()
    assert isinstance(book(engine, "anna", TEN, moving=True), HasOne)
    assert states(engine) == ["arrived"]


def test_yesterdays_appointment_does_not_block_a_new_one(engine, nine):
    book(engine, "anna")
    two_days = NOW + timedelta(days=2)
    friday = TEN + timedelta(days=3)
    with writing(engine) as connection:
        make_slot(connection, friday)
        assert appointments.mine(connection, "anna", two_days) is None
    assert isinstance(book(engine, "anna", friday, two_days), Confirmed)
    assert states(engine) == ["past", "booked"]


def test_the_horizon_counts_days_of_the_county(engine):
    """Seven in the morning of the day after is still the day before in Greenwich."""
    beyond = (NOW + timedelta(days=15)).replace(hour=7)
    with writing(engine) as connection:
        make_slot(connection, beyond)
    assert isinstance(book(engine, "anna", beyond.astimezone(UTC)), Full)


def test_lead_time_and_horizon(engine):
    soon, far = NOW + timedelta(minutes=90), NOW + timedelta(days=15)
    with writing(engine) as connection:
        for starts_at in (soon, far, NINE):
            make_slot(connection, starts_at)
        assert [one.day for one in slots.open_days(connection, SITE, NOW)] == [TOMORROW]
    assert isinstance(book(engine, "anna", soon), Full)
    assert isinstance(book(engine, "anna", far), Full)


def test_a_closed_slot_cannot_be_held_nor_confirmed(engine, nine):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        connection.execute(update(slot_table).values(open=False))
        assert appointments.confirm(connection, "anna", wish(), NOW, "chat") == Lapsed()
        assert reservation.hold(connection, "berta", SITE, NINE, NOW) == Full()


def test_several_windows_are_offered_as_one(engine):
    with writing(engine) as connection:
        first = make_slot(connection, window="1", bookable=2)
        second = make_slot(connection, window="2", bookable=1)
        (offer,) = slots.open_times(connection, SITE, TOMORROW, NOW)
    assert offer.free == 3
    for person in ("anna", "berta", "clara"):
        assert isinstance(book(engine, person), Confirmed)
    assert isinstance(book(engine, "dora"), Full)
    assert (taken(engine, first), taken(engine, second)) == (2, 1)


def test_places_kept_for_walk_ins_are_the_windows(engine):
    with writing(engine) as connection:
        slot = make_slot(connection, bookable=1, capacity=2)
    book(engine, "anna")
    assert isinstance(book(engine, "berta"), Full)
    with writing(engine) as connection:
        assert counter.book_for(connection, slot, "review", NOW, name="丁", phone="13800000000")
        assert counter.book_for(connection, slot, "review", NOW) is None
    assert taken(engine, slot) == 2


def test_the_waiting_list_gets_a_returned_place_first(engine, nine):
    book(engine, "anna")
    with writing(engine) as connection:
        waiting.join(connection, "clara", SITE, NOW)
        waiting.join(connection, "dora", SITE, NOW + timedelta(seconds=1))
        appointments.cancel(connection, "anna", NOW, NINE)
    assert isinstance(book(engine, "berta", now=RETURNED), Full)
    assert sweep(engine, RETURNED).offered == 0  # clara was offered it when berta asked
    with writing(engine) as connection:
        held = reservation.current(connection, "clara", RETURNED)
        entry = waiting.mine(connection, "clara", RETURNED, held)
        kinds = connection.execute(select(notices.c.person, notices.c.kind)).all()
    assert held == Held(SITE, NINE, RETURNED + waiting.OFFER)
    assert entry is not None
    assert entry.offer == held
    assert [tuple(row) for row in kinds] == [("clara", "offer")]


def test_an_offer_that_lapses_goes_to_the_next_in_line(engine, nine):
    book(engine, "anna")
    with writing(engine) as connection:
        waiting.join(connection, "clara", SITE, NOW)
        waiting.join(connection, "dora", SITE, NOW + timedelta(seconds=1))
        appointments.cancel(connection, "anna", NOW, NINE)
    assert sweep(engine, RETURNED).offered == 1
    with writing(engine) as connection:
        connection.execute(update(notices).values(state=DELIVERED))
    over = RETURNED + waiting.OFFER
    assert sweep(engine, over).offered == 0
    over += timedelta(seconds=slots.LAPSES_AFTER_SECONDS[1])
    assert sweep(engine, over).offered == 1
    with writing(engine) as connection:
        assert waiting.mine(connection, "clara", over, None) is None
        assert reservation.current(connection, "dora", over) is not None
        assert isinstance(appointments.confirm(connection, "dora", wish(), over, "chat"), Confirmed)
        assert waiting.mine(connection, "dora", over, None) is None


def test_an_offer_of_the_night_lasts_into_the_morning(engine, nine):
    night = NOW.replace(hour=22)
    with writing(engine) as connection:
        waiting.join(connection, "clara", SITE, night)
        assert waiting.wanted(connection, night) == [nine]
        waiting.offer(connection, nine, night)
        held = reservation.current(connection, "clara", night)
    assert held is not None
    assert held.until == NINE  # an hour after eight, which is when the slot begins
    with reading(engine) as connection:
        due_at = connection.execute(select(notices.c.due_at)).scalar_one()
    assert due_at == NINE.replace(hour=7)  # slots are published at midnight: nobody is woken


def test_who_lets_an_offer_pass_may_wait_again_before_any_sweep(engine, nine):
    with writing(engine) as connection:
        waiting.join(connection, "clara", SITE, NOW)
        waiting.offer(connection, nine, NOW)
        over = NOW + waiting.OFFER
        waiting.join(connection, "clara", SITE, over)
        assert waiting.mine(connection, "clara", over, None)
    sweep(engine, over)
    with reading(engine) as connection:
        assert waiting.mine(connection, "clara", over, None)


def test_no_place_is_offered_later_than_it_could_be_booked(engine, nine):
    """The lead time and the horizon of the site hold for the waiting list as for everybody."""
    with writing(engine) as connection:
        far = make_slot(connection, NOW + timedelta(days=14))
        waiting.join(connection, "clara", SITE, NOW)
        connection.execute(update(sites).values(lead_minutes=120, horizon_days=13))
        assert waiting.offer(connection, nine, NINE - timedelta(minutes=119)) == 0
        assert waiting.offer(connection, far, NOW) == 0
        assert waiting.offer(connection, nine, NINE - timedelta(minutes=120)) == 1


def test_waiting_no_longer_gives_back_what_was_offered_and_keeps_what_was_chosen(engine, nine, ten):
    with writing(engine) as connection:
        for person in ("anna", "clara"):
            waiting.join(connection, person, SITE, NOW)
        reservation.hold(connection, "anna", SITE, TEN, NOW)
        waiting.offer(connection, nine, NOW)
        for person in ("anna", "clara"):
            waiting.give_up(connection, person, NOW)
        kept = [reservation.current(connection, person, NOW) for person in ("anna", "clara")]
    assert kept == [Held(SITE, TEN, LATER), None]


def test_a_person_without_an_offer_still_sees_that_they_wait(engine, nine):
    book(engine, "anna")
    with writing(engine) as connection:
        waiting.join(connection, "clara", SITE, NOW)
        entry = waiting.mine(connection, "clara", NOW, None)
    assert entry is not None
    assert entry.offer is None


def test_a_hold_cannot_be_prolonged_for_ever(engine, nine):
    last = NOW + slots.LONGEST_HOLD
    with writing(engine) as connection:
        for minutes in (0, 9, 18):
            held = reservation.hold(
                connection, "anna", SITE, NINE, NOW + timedelta(minutes=minutes)
            )
        assert held == Held(SITE, NINE, last)
        assert reservation.current(connection, "anna", last) is None


def test_a_hold_let_go_returns_after_a_while(engine, nine):
    with writing(engine) as connection:
        reservation.hold(connection, "anna", SITE, NINE, NOW)
        holds.release(connection, "anna", NOW)
        assert reservation.hold(connection, "berta", SITE, NINE, NOW) == Full()
        assert isinstance(reservation.hold(connection, "berta", SITE, NINE, RETURNED), Held)
    assert taken(engine, nine) == 1
