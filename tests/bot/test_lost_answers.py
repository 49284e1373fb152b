"""A commit whose answer is lost: it may be kept or not, and nobody is told what is not so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import database, turns
from bot.database import UncertainError
from bot.pages import activity
from bot.service import Service
from dialogs.phrases import say
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.web import signed_in
from tests.bot.wechat.platform import Platform

Lose = Callable[[int, bool], list[str]]


@pytest.fixture
def platform(url: str, tmp_path: Path) -> Iterator[Platform]:
    app = service_for(settings_for(tmp_path, database_url=url))
    service: Service = app.extensions["xinshimin"]
    yield Platform(app.test_client(), service.settings, int(NOW.timestamp()))
    service.engine.dispose()


@pytest.fixture
def lose(monkeypatch: pytest.MonkeyPatch) -> Lose:
    """Of so many commits the answer is lost, after they were `kept` or before; which those were."""

    def lose(times: int, kept: bool) -> list[str]:
        lost: list[str] = []

        @contextmanager
        def certain(_engine: Any) -> Iterator[None]:
            loses = len(lost) < times
            if loses:
                lost.append("lost")
            if loses and not kept:
                raise UncertainError(OSError("reset"))
            yield
            if loses:
                raise UncertainError(OSError("reset"))

        monkeypatch.setattr(database, "_certain", certain)
        return lost

    return lose


def versions(platform: Platform) -> list[int]:
    engine = platform.client.application.extensions["xinshimin"].engine
    with database.reading(engine) as connection:
        return list(connection.exec_driver_sql("SELECT version FROM conversations").scalars())


@pytest.mark.parametrize("kept", [True, False])
def test_the_person_gets_the_reply_and_it_counts_once(
    platform: Platform, lose: Lose, kept: bool
) -> None:
    platform.event("anna", "subscribe")
    lost = lose(1, kept)
    assert "【第 1 题】" in platform.say("anna", "1")
    assert lost
    assert versions(platform) == [2]


def test_what_is_surely_not_kept_is_said_again(platform: Platform, lose: Lose) -> None:
    platform.event("anna", "subscribe")
    lose(turns.DOUBTS, kept=False)
    assert platform.say("anna", "1") == say("service/sorry")
    assert versions(platform) == [1]


def test_where_nobody_can_look_nobody_says_that_it_is_not_kept(
    platform: Platform, lose: Lose, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, looks = turns.looking, []

    @contextmanager
    def looking_once(engine: Any) -> Iterator[Any]:
        looks.append(1)
        if len(looks) > 1:
            raise database.driver.OperationalError("away")
        with looking(engine) as cursor:
            yield cursor

    platform.event("anna", "subscribe")
    monkeypatch.setattr(turns, "looking", looking_once)
    lose(1, kept=True)
    assert platform.say("anna", "1") == say("service/unsure")
    assert versions(platform) == [2]


@pytest.mark.parametrize(("seconds", "told"), [(0, "sorry"), (4, "sorry"), (5, "unsure")])
def test_what_came_of_an_earlier_delivery_only_the_database_knows(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, seconds: int, told: str
) -> None:
    """Its process may have died between commit and answer."""
    platform.event("anna", "subscribe")
    body = platform.text("anna", "1", CreateTime=platform.now - seconds)
    assert platform.reply(body)

    @contextmanager
    def away(_engine: Any) -> Iterator[Any]:
        raise database.driver.OperationalError("away")
        yield

    monkeypatch.setattr(turns, "looking", away)
    assert platform.reply(body) == say(f"service/{told}")


def test_a_page_says_that_it_does_not_know(platform: Platform, lose: Lose) -> None:
    app = platform.client.application
    browser = signed_in(app, "anna")
    browser.get("/appointments")
    lose(1, kept=True)
    answer = browser.post("/sign-out")
    assert answer.status_code == 503
    assert "不知道做成没有" in answer.get_data(as_text=True)


def test_what_a_page_did_is_told_though_the_visit_cannot_be_noted(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", None, OSError("reset"))

    monkeypatch.setattr(activity, "see", away)
    browser = signed_in(platform.client.application, "anna")
    browser.get("/appointments")
    answer = browser.post("/appointments/wait", {"site": "oubei"})
    assert answer.status_code == 302
