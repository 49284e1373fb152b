"""The one state machine of an appointment, as data."""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.booking.lifecycle import BUTTON, DAY_END, STATES, TRANSITIONS, steps, transition, values
from bot.models.appointment import ACTIVE
from tests.bot.booking.desk import NINE, TEN

BUTTONS = {  # by state: what its row offers while its slot lasts, in the order of the buttons
    "booked": {"arrived": "check_in", "missed": "mark_missed"},
    "arrived": {"serving": "start_serving", "booked": "undo"},
    "called": {"serving": "start_serving", "passed": "pass_by", "arrived": "undo"},
    "passed": {"serving": "start_serving", "arrived": "undo"},
    "serving": {"served": "finish", "arrived": "undo"},
    "served": {"serving": "undo"},
    "missed": {"arrived": "check_in", "booked": "undo"},
    "past": {},
}


def row(state, **more):
    about = {"arrived_at": None, "served_by": None, "serving_at": None} | more
    return SimpleNamespace(state=state, day=NINE.date(), starts_at=NINE, ends_at=TEN, **about)


@pytest.mark.parametrize("state", BUTTONS)
def test_what_the_buttons_of_a_row_offer(state):
    assert steps(row(state), NINE) == BUTTONS[state]


def test_every_state_is_entered_and_left_in_one_way_each():
    pairs = Counter((before, one.to) for one in TRANSITIONS for before in one.sources)
    assert set(pairs.values()) == {1}
    assert {to for _, to in pairs} == {before for before, _ in pairs} == set(STATES)
    assert all(before != to for before, to in pairs)


def test_whatever_was_tapped_by_mistake_is_taken_back_by_a_button():
    for one in (one for one in TRANSITIONS if one.by == BUTTON):
        assert one.name == "undo" or "undo" in BUTTONS[one.to].values(), one


def test_every_open_appointment_can_be_settled_and_put_right_later():
    settled = ("served", "missed", "past")
    for state in (*ACTIVE, *settled):
        ways = {to: transition(state, to) for to in settled if to != state}
        assert all(ways.values()), state
    assert all(transition(state, "served").by == DAY_END for state in ("booked", "past"))


def test_the_moments_that_a_state_sets():
    came, later = NINE + timedelta(minutes=3), NINE + timedelta(minutes=9)
    serving = row("serving", arrived_at=came, serving_at=later, served_by="anna")
    assert values(row("booked"), "arrived", came, None)["arrived_at"] == came
    assert values(serving, "arrived", TEN, "anna") == {
        "state": "arrived",
        "served_by": None,
        "ended_at": None,
        "serving_at": None,
        "arrived_at": came,
    }
    called = values(row("passed", arrived_at=came), "called", later, "bea")
    assert (called["served_by"], called["arrived_at"]) == ("bea", came)
    served = row("served", arrived_at=came, serving_at=later, served_by="anna")
    assert "serving_at" not in values(served, "serving", TEN, "anna")  # it went on all the time
    sent = row("served", arrived_at=came, served_by="anna")  # a result ended it, nobody began
    assert values(sent, "serving", TEN, "anna")["serving_at"] == TEN
    assert values(row("booked"), "past", TEN, "anna")["arrived_at"] == NINE  # nobody noted when
