"""The queue against a plain model of it: random days, and faults that must be found."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from tests.bot.booking.queue_faults import FAULTS
from tests.bot.booking.queue_machine import QueueMachine, a_random_day

STEPS = 100  # of one day
QUICKLY_FOUND = (
    "a share of nothing",
    "a call notes nothing",
    "a closure closes nothing",
    "a worksheet asks nobody whose it is",
    "anyone may step in",
)


def run(days: int) -> None:
    """So many random days."""
    run_state_machine_as_test(
        QueueMachine,
        settings=settings(
            max_examples=days,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def random_days(most: int) -> None:
    """Until a fault is found."""
    for seed in range(most):
        a_random_day(seed, STEPS)


@pytest.fixture(autouse=True)
def _empty(sqlite, monkeypatch):
    monkeypatch.setattr(QueueMachine, "empty", sqlite, raising=False)


def test_the_queue_does_as_the_model_says():
    """10 days of at most 100 acts: 1,000; a day that goes wrong is made as short as it can be."""
    run(10)


def test_the_queue_does_as_the_model_says_by_plain_dice():
    """10 days of 100 acts: 1,000 more."""
    random_days(10)


@pytest.mark.soak
def test_the_queue_does_as_the_model_says_for_long():
    """1,000 days: 100,000 acts."""
    run(1000)


@pytest.mark.parametrize("fault", QUICKLY_FOUND)
def test_a_planted_fault_is_found(fault, monkeypatch):
    FAULTS[fault](monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        random_days(10)


@pytest.mark.soak
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_planted_fault_is_found(fault, monkeypatch):
    FAULTS[fault](monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        random_days(200)


def test_there_are_enough_faults():
    assert len(FAULTS) >= 20
    assert set(QUICKLY_FOUND) <= set(FAULTS)
