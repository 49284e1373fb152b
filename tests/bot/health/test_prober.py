"""Anyone who asks is answered in time, whatever hangs."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.health import prober as module
from bot.health.prober import Look, Prober
from bot.health.report import Finding, Report


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(module, "FRESH_SECONDS", 0.05)


class Hanging:
    """A look that lasts until `go_on`, and counts how often it began."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.looks = 0

    def __call__(self, look: Look) -> Iterator[Report]:
        self.looks += 1
        look.at = "the disk"
        assert self.go_on.wait(10)
        yield Report()


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    made = Hanging()
    yield made
    made.go_on.set()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_hangs_is_said_in_time_by_name_and_asked_once(hanging: Hanging) -> None:
    prober = Prober(hanging)
    start = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        reports = list(threads.map(lambda _: prober.report(), range(40)))
    assert time.monotonic() - start < 1  # not forty times the patience
    assert {report.lines[1] for report in reports} == {
        "problem: the disk does not answer within 0.1 seconds"
    }
    assert hanging.looks == 1


def test_it_is_ready_again_when_it_answers_again(hanging: Hanging) -> None:
    prober = Prober(hanging)
    assert prober.report().problems
    hanging.go_on.set()
    until(lambda: not prober.report().problems)


def test_a_change_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    faults: list[Finding] = []
    prober = Prober(lambda _: iter([Report(tuple(faults))]))

    def look_again() -> list[str]:
        caplog.clear()
        for _ in range(3):
            time.sleep(module.FRESH_SECONDS)
            prober.report()
        return [record.getMessage() for record in caplog.records]

    assert look_again() == []
    faults.append(Finding("disk", "the disk is full by 1 byte"))
    assert look_again() == ["not ready; problem: the disk is full by 1 byte"]
    faults[0] = Finding("disk", "the disk is full by 2 bytes")
    assert look_again() == []
    faults.clear()
    assert look_again() == ["ready"]


def test_a_fault_of_ours_is_told_with_one_traceback(caplog: pytest.LogCaptureFixture) -> None:
    def look(_: Look) -> Iterator[Report]:
        raise LookupError("ours")
        yield

    prober = Prober(look)
    caplog.set_level(logging.INFO)
    for _ in range(3):
        time.sleep(module.FRESH_SECONDS)
        assert prober.report().lines == ["not ready", "problem: the database: LookupError('ours')"]
    assert caplog.text.count("Traceback") == 1
