"""Who is called next, as data: numbers stand for minutes after eight o'clock."""

from datetime import timedelta

import pytest

from bot.booking.queue.order import Called, Waiting, queue_order
from tests.bot.booking.desk import NINE

EIGHT = NINE - timedelta(hours=1)


def at(minute):
    return EIGHT + timedelta(minutes=minute)


def booked(id, starts, came, passed=None):
    """An appointment in a slot of half an hour."""
    times = (at(starts), at(starts + 30), at(came))
    return Waiting(id, *times, passed_at=None if passed is None else at(passed))


def walk_in(id, came, passed=None):
    times = (at(0), at(30), at(came))
    return Waiting(id, *times, walk_in=True, passed_at=None if passed is None else at(passed))


@pytest.mark.parametrize(
    ("waiting", "called", "share", "now", "order"),
    [
        # By the time of the appointment, anyone who came first; of one time, by coming.
        ([booked(1, 30, 5), booked(2, 0, 20), booked(3, 30, 4)], (0, 0), 25, 40, [2, 3, 1]),
        # A moment before its time an appointment is early, and goes after who walked in; at its
        # time it is not.
        ([booked(1, 30, 5), walk_in(2, 20)], (0, 0), 0, 29, [2, 1]),
        ([booked(1, 30, 5), walk_in(2, 20)], (0, 0), 0, 30, [1, 2]),
        # A moment before the slot is over one is in time; then one goes by when one came.
        ([booked(1, 0, 29), booked(2, 15, 10)], (0, 0), 25, 60, [1, 2]),
        ([booked(1, 0, 30), booked(2, 15, 10)], (0, 0), 25, 60, [2, 1]),
        # Of four calls one is a walk-in's at 25 %: (0 + 1) × 100 <= 25 × (3 + 0 + 1).
        ([booked(1, 0, 0), walk_in(2, 0)], (2, 0), 25, 40, [1, 2]),
        ([booked(1, 0, 0), walk_in(2, 0)], (3, 0), 25, 40, [2, 1]),
        # And the next one after three more: (1 + 1) × 100 <= 25 × (6 + 1 + 1).
        ([booked(1, 0, 0), walk_in(2, 0)], (5, 1), 25, 40, [1, 2]),
        ([booked(1, 0, 0), walk_in(2, 0)], (6, 1), 25, 40, [2, 1]),
        # At 50 % they take turns; at 100 % who walked in goes first, at 0 % last.
        (
            [booked(1, 0, 0), booked(2, 0, 1), walk_in(3, 0), walk_in(4, 1)],
            (0, 0),
            50,
            40,
            [1, 3, 2, 4],
        ),
        ([booked(1, 0, 0), walk_in(2, 30)], (0, 0), 100, 40, [2, 1]),
        ([booked(1, 0, 0), walk_in(2, 0)], (99, 0), 0, 40, [1, 2]),
        # Who was called in vain goes by that moment, in their own line.
        (
            [booked(1, 0, 0, passed=35), booked(2, 30, 0), booked(3, 37, 9)],
            (0, 0),
            0,
            40,
            [2, 1, 3],
        ),
        ([walk_in(1, 0, passed=35), walk_in(2, 34), walk_in(3, 36)], (0, 0), 0, 40, [2, 1, 3]),
    ],
)
def test_the_order(waiting, called, share, now, order):
    for given in (waiting, waiting[::-1]):
        found = queue_order(given, Called(*called), share, at(now))
        assert [one.id for one in found] == order


def test_with_the_share_of_a_quarter_every_fourth_call_is_a_walk_ins():
    waiting = [*(booked(n, 0, 0) for n in range(6)), *(walk_in(n, 0) for n in range(6, 8))]
    found = queue_order(waiting, Called(), 25, at(40))
    assert [one.walk_in for one in found] == [False] * 3 + [True] + [False] * 3 + [True]


def test_who_is_early_is_marked():
    assert booked(1, 30, 5).is_early(at(29))
    assert not booked(1, 30, 5).is_early(at(30))
    assert not walk_in(1, 0).is_early(at(0))
