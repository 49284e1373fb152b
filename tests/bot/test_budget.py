"""A message has a budget of processor time; what goes over it is undone, and answered kindly."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from bot import create_app, turns
from bot.budget import Budget, OverspentError
from bot.database import reading
from bot.service import Service
from bot.turns import take_turn
from dialogs.phrases import say
from dialogs.requests import Request
from dialogs.turn import Turn
from dialogs.utterance import Followed, Outcome, Said
from tests.bot.setting_up import NOW, settings_for

ENDLESS = re.compile("(?:想|要|想要)*")
HOSTILE = "想要" * 60 + "x"


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    app: Flask = create_app(settings_for(Path("unused"), database_url=url), lambda: NOW)
    made: Service = app.extensions["xinshimin"]
    yield made
    made.engine.dispose()


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The conversation as if one of its patterns took a text badly; what it was told."""
    converse, heard = turns.converse, []

    def badly(conversation, utterance, *others):
        heard.append(utterance)
        if isinstance(utterance, Said) and utterance.text == HOSTILE:
            ENDLESS.fullmatch(HOSTILE)
        return converse(conversation, utterance, *others)

    monkeypatch.setattr(turns, "converse", badly)
    monkeypatch.setattr(turns, "SECONDS", 0.3)
    return heard


def everything(service: Service) -> list[object]:
    with reading(service.engine) as connection:
        return [
            list(connection.exec_driver_sql(f"SELECT * FROM {table}"))
            for table in ("conversations", "unmatched_texts")
        ]


def said(service: Service, text: str, number: int) -> str | None:
    return take_turn(service, "o1", str(number), Said(text), NOW)


def test_a_regular_expression_is_interrupted() -> None:
    started = time.process_time()
    with pytest.raises(OverspentError), Budget(0.05).counted():
        ENDLESS.fullmatch(HOSTILE)
    assert time.process_time() - started < 1


def test_no_other_handler_of_errors_takes_the_interruption() -> None:
    def stubborn() -> None:
        try:
            ENDLESS.fullmatch(HOSTILE)
        except Exception:
            pytest.fail("the interruption was taken for an error")

    with pytest.raises(OverspentError), Budget(0.05).counted():
        stubborn()


def test_several_stretches_share_one_budget() -> None:
    budget = Budget(0.2)
    with budget.counted():
        end = time.process_time() + 0.1
        while time.process_time() < end:
            pass
    assert 0 < budget.left < 0.15
    with pytest.raises(OverspentError), budget.counted():
        ENDLESS.fullmatch(HOSTILE)
    with pytest.raises(OverspentError), budget.counted():
        pytest.fail("nothing was left")


def test_waiting_costs_nothing_and_nothing_rings_later() -> None:
    with Budget(0.05).counted():
        time.sleep(0.1)
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass


def test_the_time_of_other_threads_is_not_spent() -> None:
    """As a probe, or another person's turn, beside this one."""

    def work() -> None:
        end = time.thread_time() + 0.3
        while time.thread_time() < end:
            sum(range(10_000))

    budget = Budget(0.1)
    with budget.counted():
        other = Thread(target=work)
        other.start()
        while other.is_alive():  # the signal reaches us between two instructions
            time.sleep(0.01)
    assert budget.left > 0
    with pytest.raises(OverspentError), budget.counted():
        ENDLESS.fullmatch(HOSTILE)


def test_another_thread_works_without_a_budget() -> None:
    done: list[str] = []

    def work() -> None:
        with Budget(0).counted():
            done.append("worked")

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["worked"]


@pytest.mark.parametrize("new", [True, False], ids=["a new person", "in the middle"])
def test_a_message_that_takes_too_long_changes_nothing_and_is_excused_once(
    service: Service, hostile: list[object], new: bool, caplog: pytest.LogCaptureFixture
) -> None:
    if not new:
        take_turn(service, "o1", "follow", Followed(), NOW)
        said(service, "1", 1)
    before, _ = everything(service), hostile.clear()
    replies = [said(service, HOSTILE, 2) for _ in range(3)]
    assert replies == [say("service/too_much")] * 3
    assert len(hostile) == 1, "a later delivery was computed again"
    assert everything(service) == before
    [line] = [record.getMessage() for record in caplog.records]
    assert "想要" not in line
    assert "o1" not in line
    assert said(service, "1", 3) not in replies


def test_what_was_asked_for_before_the_time_ran_out_is_undone(
    service: Service, hostile: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_turn(service, "o1", "follow", Followed(), NOW)
    said(service, "1", 1)
    converse = turns.converse

    def at_the_end(conversation, utterance, *others):
        if isinstance(utterance, Outcome):
            ENDLESS.fullmatch(HOSTILE)
        return converse(conversation, utterance, *others)

    monkeypatch.setattr(turns, "converse", at_the_end)
    said(service, "删除我的数据", 2)
    asked = everything(service)
    assert said(service, "1", 3) == say("service/too_much")
    assert everything(service) == asked


def test_a_message_that_asks_without_end_is_excused_and_undone(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_turn(service, "o1", "follow", Followed(), NOW)
    before = everything(service)

    class More(Request):
        pass

    monkeypatch.setattr(turns, "fulfil", lambda desk, request: None)
    monkeypatch.setattr(turns, "converse", lambda talk, *_: Turn(talk, None, More()))
    assert [said(service, "1", 1) for _ in range(2)] == [say("service/too_much")] * 2
    assert everything(service) == before
