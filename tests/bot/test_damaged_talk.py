"""A talk that is damaged cannot be read by anyone: its person is told so, and starts anew."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from bot import create_app
from bot.database import writing
from bot.service import Service
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import rewrite_talks
from tests.bot.web import signed_in

ME = "oMe-0001-openid"


@pytest.fixture
def app(url: str) -> Iterator[Flask]:
    """Of a person whose talk was cut short on the disk."""
    made = create_app(settings_for(Path("unused"), database_url=url), lambda: NOW)
    service: Service = made.extensions["xinshimin"]
    for number, said in enumerate((Followed(), Said("1"), Said("1990年5月"))):
        take_turn(service, ME, str(number), said, NOW)
    yield made
    service.engine.dispose()


def cut(service: Service) -> None:
    with writing(service.engine) as connection:
        connection.execute(text("UPDATE conversations SET talk = substr(talk, 1, 60)"))


def spoil(service: Service) -> None:
    """It opens, and no program understands it."""
    with writing(service.engine) as connection:
        rewrite_talks(connection, '{"facts": "1990-05"}')


@pytest.mark.parametrize("damage", [cut, spoil])
def test_in_the_chat_it_is_said_once_and_the_talk_starts_anew(
    app: Flask, damage: Callable[[Service], None], caplog: pytest.LogCaptureFixture
) -> None:
    service: Service = app.extensions["xinshimin"]
    damage(service)
    with caplog.at_level(logging.ERROR):
        reply = str(take_turn(service, ME, "a", Said("进度"), NOW))
        assert reply.startswith("您以前的回答读不出来了")
        assert "同意" in reply
        assert reply == take_turn(service, ME, "a", Said("进度"), NOW)  # delivered again
        assert "读不出来" not in str(take_turn(service, ME, "b", Said("1"), NOW))
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize(
    ("page", "status"), [("/sheet", 404), ("/my-data", 200), ("/appointments", 200)]
)
def test_its_owners_pages_say_it_in_a_line(
    app: Flask, page: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    cut(app.extensions["xinshimin"])
    browser = signed_in(app, ME)
    with caplog.at_level(logging.ERROR):
        answer = browser.get(page)
    assert answer.status_code == status
    assert ("是我们这边的问题" in answer.get_data(as_text=True)) is (page != "/appointments")
    for record in caplog.records:
        assert record.exc_info is None
    assert len(caplog.records) <= 1


def test_the_file_of_ones_own_data_has_what_is_left(app: Flask) -> None:
    cut(app.extensions["xinshimin"])
    kept = json.loads(signed_in(app, ME).get("/my-data.json").get_data(as_text=True))["kept"]
    assert kept["conversation"]["lost"] == "damaged"
    assert kept["replies"]
